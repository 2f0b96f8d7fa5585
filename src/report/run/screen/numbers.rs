//! The answer in one sentence, the three numbers as bars with their intervals, what lies between them, and what each rival
//! account makes of them.

use super::super::accounts;
use super::super::answer::error;
use super::Answer;
use crate::analysis::{Headline, Mean, Share};
use crate::model::Defeat;
use crate::num::Order;
use crate::report::terms;
use crate::text::WIDTH;
use crate::text::columns::{columns, padded};
use crate::text::screen::{LABEL, Role, Screen, bar};
use crate::text::words::{capital, margin, percent, percent_of, visible};

/// Whether one exists, and whether the talks get there.
pub fn verdict(a: &Answer) -> String {
    let what = if a.nobody_can_veto() {
        format!("Nobody at home can stop a deal; one that suits {} leaders", terms::all_or_enough(a.n()))
    } else {
        format!("A deal that is a defeat for nobody{}", terms::asked(a.n()))
    };
    format!("{what} {}{}.", existence(a), talks(a))
}

/// How often one exists: in words that hold under every account, else in numbers.
fn existence(a: &Answer) -> String {
    match accounts::exists(a) {
        Some([low, high]) if how_often(low).0 != how_often(high).0 => {
            format!("exists in {} of worlds, by account", accounts::words([low, high]))
        }
        Some([low, _]) => how_often(low).0,
        None => how_often(a.survey.exists).0,
    }
}

/// What becomes of the talks where one exists, in the same way.
fn talks(a: &Answer) -> String {
    let Some(r) = &a.reached else { return String::new() };
    let there = r.gap().reached_where_one_exists;
    match accounts::reached_where_one_exists(a) {
        _ if there.of == 0 => String::new(),
        Some([low, high]) if how_often(low).1 != how_often(high).1 => {
            let whole = |share: Share| {
                if share.share < 0.01 { percent_of(share.share) } else { format!("{:.0}", 100.0 * share.share) }
            };
            format!("; talks then find it in {}–{} %", whole(low), whole(high))
        }
        Some([low, _]) => format!("; the talks {}", how_often(low).1),
        None => format!("; the talks {}", how_often(there).1),
    }
}

/// How often such a deal exists, and what becomes of the talks where one exists.
fn how_often(share: Share) -> (String, String) {
    let some = format!("exists in {} of worlds", percent(share.share));
    let got = format!("find it there in {}", percent(share.share));
    let (often, there) = match (share.count, Headline::of(share.share)) {
        (0, _) => ("exists in no world", "never get there"),
        (all, _) if all == share.of => ("exists in every world", "always get there"),
        (_, Headline::Yes) => ("exists in nearly every world", "nearly always get there"),
        (_, Headline::MostlyYes) => ("mostly exists", "mostly get there"),
        (_, Headline::Depends) => (&*some, &*got),
        (_, Headline::MostlyNo) => ("mostly does not exist", "mostly miss it"),
        (_, Headline::No) => ("exists in hardly any world", "nearly always miss it"),
    };
    (often.to_owned(), there.to_owned())
}

/// Whose verdict is counted, where it is not that of those at home.
pub fn counted(defeat: Defeat) -> Option<&'static str> {
    match defeat {
        Defeat::Audience => None,
        Defeat::Leader => Some("Only leaderships are asked."),
        Defeat::Both => Some("Leaderships are asked as well as those at home."),
        Defeat::NoVeto => Some("Nobody's veto is counted."),
    }
}

/// A margin below this leaves little room. Source: assumption.
const THIN: f64 = 0.1;

/// The three numbers, a line each, over accounts where there are several; what was not asked has none.
pub fn bars(a: &Answer, s: &mut Screen) {
    let several = accounts::exists(a).is_some();
    if several {
        let pooled = accounts::pooled(a).replace("each account", "each");
        s.line(Role::Plain, &format!("{}{}{pooled}", padded("", NAMES), padded("by account", BY)));
    }
    let row = |what: &str, share: Share, range: Option<[Share; 2]>, beside: &str| match range {
        Some(range) => line_by_account(what, share, range, beside),
        None => line(what, share, beside),
    };
    s.line(Role::Bar, &row("one exists", a.survey.exists, accounts::exists(a), ""));
    match &a.survey.same_package {
        Some(same) => s.line(Role::Bar, &row("one same package", same.share, accounts::same_package(a), "")),
        None => s.line(Role::Bar, "  one same package    none"),
    }
    if let Some(reached) = &a.reached {
        let holding = holding(a).filter(|told| fits_beside(a, told)).unwrap_or_default();
        s.line(Role::Bar, &row("it is reached", reached.reached, accounts::reached(a), &holding));
    }
}

/// Columns of the names of the three numbers, of their ranges, of the pooled number, and of a bar.
const NAMES: usize = 20;
const BY: usize = 13;
const POOLED: usize = 14;
const SHORT: usize = 32;

/// A bar of `#` up to the least of all accounts, and of `-` on to the greatest.
fn line_by_account(what: &str, share: Share, [low, high]: [Share; 2], beside: &str) -> String {
    let by = padded(&accounts::words([low, high]).replace(" to ", "–"), BY);
    let pooled = padded(&format!("{} {}", percent(share.share), around(share)), POOLED);
    let bar = format!("{}  {beside}", bar_between(low.share, high.share));
    format!("  {}{by}{pooled} {}", padded(what, NAMES - 2), bar.trim_end()).trim_end().to_owned()
}

fn bar_between(low: f64, high: f64) -> String {
    let (all, sure) = (bar(high, SHORT), bar(low, SHORT));
    format!("{sure}{}", "-".repeat(columns(&all) - columns(&sure)))
}

/// Columns of a bar, and of the interval before it.
const BAR: usize = 40;
const AROUND: usize = 9;

fn line(what: &str, share: Share, beside: &str) -> String {
    let value = format!("{:>8}", percent(share.share));
    let bar = format!("{}  {beside}", bar(share.share, BAR));
    let line = format!("  {}{value}  {} {}", padded(what, 17), padded(&around(share), AROUND), bar.trim_end());
    line.trim_end().to_owned()
}

/// How often it is reached and still holds after a year; `None` where nothing is said of how long deals hold.
fn holding(a: &Answer) -> Option<String> {
    let reached = a.reached.as_ref().filter(|r| r.survival.is_some() && r.reached.count > 0)?;
    let drawn = || reached.holding_by_reading.iter().zip(&reached.by_reading).filter(|(_, ends)| ends[0].1.of > 0);
    let mean = |(held, _): (&Mean, _)| held.mean;
    let [low, high] = [drawn().map(mean).fold(1.0, f64::min), drawn().map(mean).fold(0.0, f64::max)];
    Some(if accounts::reached(a).is_some() {
        format!("held a year: {}–{}", percent_of(low), percent(high))
    } else {
        format!("still holding after a year: {}", percent(reached.holding.mean))
    })
}

/// Whether there is room behind the bar of what is reached.
fn fits_beside(a: &Answer, told: &str) -> bool {
    let (bar, room) = match (accounts::reached(a), &a.reached) {
        (Some([low, high]), _) => (bar_between(low.share, high.share), SHORT),
        (None, Some(reached)) => (bar(reached.reached.share, BAR), BAR),
        (None, None) => return false,
    };
    columns(&bar) + 2 + columns(told) <= room
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
    let beside = |told: &String| !fits_beside(a, told);
    let holding = holding(a).filter(beside).map(|told| format!("{}.", capital(&told)));
    [missed, holding, room(a)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The margin in the middle world; with its range where it is the headline.
fn room(a: &Answer) -> Option<String> {
    let quantile = |p| a.survey.margin.quantile(p);
    let middle = quantile(0.5)?;
    let (low, high) = (margin(quantile(0.05)?), margin(quantile(0.95)?));
    let range = if a.is_saturated() { format!(", from {low} to {high} in nine worlds of ten") } else { String::new() };
    let how = match middle {
        m if m < 0.0 => format!("The best package falls short by {}", margin(-m)),
        m if m < THIN => format!("Thin safety margin: {}", margin(m)),
        m => format!("Safety margin: {}", margin(m)),
    };
    Some(format!("{how} of a span{range}."))
}

/// Accounts side by side; of more, the ends of their range are told.
const MOST: usize = 4;

/// Columns of the labels: wider than those of entries, for they are whole clauses.
const BEFORE: usize = LABEL + 5;

/// Two lines; nothing without accounts, or where only one is drawn.
pub fn readings(a: &Answer, s: &mut Screen) {
    if a.n().readings.is_empty() || a.choices.settings.drawing.accounts.reading.is_some() {
        return;
    }
    let mut order: Vec<usize> = (0..a.n().readings.len()).collect();
    let exists = |r: &usize| a.survey.exists_by_reading[*r];
    order.order_by(|x, y| exists(y).share.total_cmp(&exists(x).share).then(x.cmp(y)));
    let shown: Vec<usize> = match order.as_slice() {
        all if all.len() <= MOST => order,
        [first, .., last] => vec![*first, *last],
        _ => order,
    };
    let wide = (WIDTH - BEFORE) / shown.len();
    let row = |label: &str, cell: &dyn Fn(usize) -> String| {
        let cells: String = shown.iter().map(|r| padded(&padded(&cell(*r), wide - 1), wide)).collect();
        format!("{}{cells}", padded(label, BEFORE))
    };
    let all = shown.len() == a.n().readings.len();
    let head = if all { "If this account is right" } else { "Best and worst account" };
    s.line(Role::Plain, &row(head, &|r| visible(&a.n().readings[r].id)));
    let what = if a.reached.is_some() { "  one exists / is reached" } else { "  one exists" };
    s.line(Role::Plain, &row(what, &|r| shares(a, r)));
}

fn shares(a: &Answer, r: usize) -> String {
    let exists = percent_of(a.survey.exists_by_reading[r].share);
    let reached = a.reached.as_ref().map(|reached| percent_of(reached.gap_in(r).reached.share));
    reached.map_or_else(|| exists.clone(), |reached| format!("{exists} / {reached}"))
}
