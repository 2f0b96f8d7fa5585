//! How long what is reached lasts: in words, as JSON and as CSV.

use std::cmp::Reverse;

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::super::{Answer, data::share};
use crate::analysis::history::{DealKind, FAR_FROM_HISTORY};
use crate::analysis::{Mean, Reached, Share, Standing, Survival, YEARS};
use crate::model::Negotiation;
use crate::num::Ordered;
use crate::text::sheet::csv;
use crate::text::table::Table;
use crate::text::words::{count, counted, counted_share, list, margin, paragraph, stacked, visible};

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
    let told = a.reached.as_ref().map_or(String::new(), |r| stacked(&[told(a, r), beside_history(a.n(), r)]));
    if told.is_empty() { told } else { format!("WHAT HOLDS\n\n{told}") }
}

/// What was reached by kind beside the nearest class of history; empty where there never was a conflict.
pub fn beside_history(n: &Negotiation, r: &Reached) -> String {
    let Some(s) = r.survival.as_ref().filter(|s| n.is_conflict() && !s.kinds.is_empty()) else { return String::new() };
    let mut table = Table::new(&["deals", "after 1 year, %", "2 years", "5 years", "what"]);
    let mut far = Vec::new();
    for (kind, deals, after) in &s.kinds {
        let (past, shares) = (kind.nearest(), after.map(|mean| mean.mean));
        let whole = |x: f64| format!("{:.0}", 100.0 * x);
        let row = |of: String, shares: [String; 3], what: &str| {
            [of].into_iter().chain(shares).chain([what.to_owned()]).collect()
        };
        let few = |kept: f64| {
            let of = u64::from(past.count);
            let share = Share::of((kept * of as f64).round() as u64, of);
            format!("{} ({}–{})", whole(kept), whole(share.low), whole(share.high))
        };
        table.row(row(count(*deals), shares.map(whole), called(*kind)));
        table.row(row(past.count.to_string(), past.kept.map(few), &format!("  civil wars: {}", past.name)));
        let apart = shares.iter().zip(past.kept).any(|(ours, theirs)| (ours - theirs).abs() > FAR_FROM_HISTORY);
        far.extend(apart.then(|| called(*kind)));
    }
    let note = "History is that of cease-fires in civil wars (docs/history.md), which this need not be; brackets: 95 %, \
                as if all had been followed to the end.";
    let far = if far.is_empty() { String::new() } else { format!(" More than ten points from it: {}.", list(far)) };
    format!("{}\n{}", table.text(), paragraph(&format!("{note}{far}")))
}

fn called(kind: DealKind) -> &'static str {
    match kind {
        DealKind::Truce => "temporary deals",
        DealKind::GuardedTruce => "temporary deals with a guarantor",
        DealKind::Final => "final deals",
    }
}

/// The factors in force in most deals.
fn strongest(n: &Negotiation, s: &Survival) -> String {
    let named = n.durability.iter().flat_map(|d| &d.factors);
    let felt = named.zip(&s.factors).filter(|(_, felt)| felt.in_force.count > 0);
    let felt = felt.ordered_by_key(|(_, felt)| Reverse(felt.in_force.count)).take(3).collect_vec();
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
    let kinds = s.kinds.iter().map(|(kind, deals, after)| {
        let past = kind.nearest();
        let history = json!({ "class": past.name, "count": past.count, "kept": past.kept });
        json!({ "kind": kind, "deals": deals, "after": after.map(|mean| mean.mean), "history": history })
    });
    json!({
        "kinds": kinds.collect::<Vec<_>>(),
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

/// One row a point of the curves: the mean chance that what was reached, or signed at all, still holds after so many years.
pub fn survival(s: &Survival) -> String {
    let rows = [("reached", &s.reached), ("signed", &s.signed)].into_iter().flat_map(|(of, standing)| {
        standing.curve.iter().map(move |(years, holds)| {
            vec![of.to_owned(), years.to_string(), standing.deals.to_string(), holds.to_string()]
        })
    });
    csv(&["deals_of", "years", "deals", "holds"], &rows.collect::<Vec<_>>())
}
