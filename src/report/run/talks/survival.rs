//! How long what is reached lasts: in words, as JSON and as CSV.

use std::cmp::Reverse;

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::super::{Answer, data::share};
use crate::analysis::{Mean, Reached, Standing, Survival, YEARS};
use crate::model::Negotiation;
use crate::text::sheet::csv;
use crate::text::words::{counted, counted_share, list, margin, paragraph, visible};

/// The mean chance that what is reached still holds after some years; empty without durability or without deals.
pub fn told(a: &Answer, r: &Reached) -> String {
    let Some(s) = r.survival.as_ref().filter(|s| s.reached.deals > 0) else { return String::new() };
    let each = YEARS.iter().zip(&s.reached.after).map(|(years, chance)| {
        let plural = if *years == 1.0 { "" } else { "s" };
        format!("{} ± {} after {years} year{plural}", margin(chance.mean), margin(1.96 * chance.error))
    });
    let mut text = format!("What is reached still holds, on average, with a chance of {}.", list(each));
    if s.turned.count > 0 {
        let turned = counted_share(s.turned, "deal");
        text += &format!(" In {turned} somebody who bore it would call it a defeat once sentiment has turned.");
    }
    paragraph(&(text + &strongest(a.n(), s)))
}

/// How long what is reached holds, under a head of its own; empty without durability, talks or deals.
pub fn holds(a: &Answer) -> String {
    let told = a.reached.as_ref().map_or(String::new(), |r| told(a, r));
    if told.is_empty() { told } else { format!("WHAT HOLDS\n\n{told}") }
}

/// The factors in force in most deals.
fn strongest(n: &Negotiation, s: &Survival) -> String {
    let named = n.durability.iter().flat_map(|d| &d.factors);
    let felt = named.zip(&s.factors).filter(|(_, felt)| felt.in_force.count > 0);
    let felt = felt.sorted_by_key(|(_, felt)| Reverse(felt.in_force.count)).take(3).collect_vec();
    let Some((_, first)) = felt.first() else { return String::new() };
    let deals = counted(first.in_force.of as usize, "deal");
    let each =
        felt.iter().map(|(factor, felt)| format!("{} in {}", visible(&factor.name), margin(felt.in_force.share)));
    format!(" Of the {deals} that were signed and ratified, {}.", list(each))
}

/// The same as data; null without durability.
pub fn data(n: &Negotiation, r: &Reached) -> Value {
    let Some(s) = &r.survival else { return Value::Null };
    let named = n.durability.iter().flat_map(|d| &d.factors);
    let factors = named.zip(&s.factors).map(|(factor, felt)| {
        json!({ "factor": factor.id, "in_force": share(felt.in_force), "mean": felt.size.mean, "error": felt.size.error })
    });
    json!({
        "reached": standing(&s.reached),
        "signed": standing(&s.signed),
        "turned": share(s.turned),
        "factors": factors.collect::<Vec<_>>(),
    })
}

fn standing(s: &Standing) -> Value {
    // Of no deal nothing is known, and the mean of one has no error.
    let known = |least: u64, value: f64| (s.deals >= least).then_some(value);
    let after = |(years, Mean { mean, error }): (&f64, &Mean)| json!({ "years": years, "mean": known(1, *mean), "error": known(2, *error) });
    json!({
        "deals": s.deals,
        "after": YEARS.iter().zip(&s.after).map(after).collect::<Vec<_>>(),
        "curve": s.curve.iter().map(|(years, chance)| json!([years, chance])).collect::<Vec<_>>(),
    })
}

/// One row a point of the curves: years, and the mean chance that what was reached, or signed at all, still holds.
pub fn survival(s: &Survival) -> String {
    let rows = s.signed.curve.iter().enumerate().map(|(at, (years, signed))| {
        let reached = s.reached.curve.get(at).map_or(String::new(), |(_, chance)| chance.to_string());
        vec![years.to_string(), reached, signed.to_string()]
    });
    csv(&["years", "reached", "signed"], &rows.collect::<Vec<_>>())
}
