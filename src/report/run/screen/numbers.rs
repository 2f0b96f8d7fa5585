//! The three numbers as bars with their intervals, and what lies between them.

use super::super::answer::error;
use super::Answer;
use crate::analysis::Share;
use crate::text::columns::padded;
use crate::text::screen::{Role, Screen, bar};
use crate::text::words::{margin, percent, percent_of};

/// A margin below this leaves little room. Source: assumption.
const THIN: f64 = 0.1;

/// The three numbers, a line each; what was not asked has none.
pub fn bars(a: &Answer, s: &mut Screen) {
    s.line(Role::Bar, &line("one exists", a.survey.exists));
    match &a.survey.same_package {
        Some(same) => s.line(Role::Bar, &line("one same package", same.share)),
        None => s.line(Role::Bar, "  one same package    none"),
    }
    if let Some(reached) = &a.reached {
        s.line(Role::Bar, &line("it is reached", reached.reached));
    }
}

fn line(what: &str, share: Share) -> String {
    let value = format!("{:>8}", percent(share.share));
    format!("  {}{value}   {}  {}", padded(what, 17), padded(&bar(share.share), 40), around(share))
}

/// Half of the interval; at the ends, the end that it reaches.
fn around(share: Share) -> String {
    match share.count {
        _ if share.is_exact() => "exactly".into(),
        0 => format!("≤ {}", percent_of(share.high)),
        all if all == share.of => format!("≥ {}", percent_of(share.low)),
        _ => format!("± {}", percent_of(error(share))),
    }
}

/// How often the talks miss what exists, and the margin.
pub fn gap(a: &Answer) -> String {
    let missed = a.reached.as_ref().map(|r| r.gap().missed).filter(|missed| missed.count > 0);
    let missed = missed.map(|missed| format!("One exists and the talks miss it in {}.", percent(missed.share)));
    [missed, room(a)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The margin in the middle world; with its range where it is the headline.
fn room(a: &Answer) -> Option<String> {
    let quantile = |p| a.survey.margin.quantile(p);
    let middle = quantile(0.5)?;
    let (low, high) = (margin(quantile(0.05)?), margin(quantile(0.95)?));
    let range = if a.is_saturated() { format!(", from {low} to {high} in nine worlds of ten") } else { String::new() };
    let how = match middle {
        m if m < 0.0 => format!("Short by {}", margin(-m)),
        m if m < THIN => format!("Little room: {}", margin(m)),
        m => format!("Room to spare: {}", margin(m)),
    };
    Some(format!("{how} of a side's span{range}."))
}
