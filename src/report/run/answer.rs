//! The answer in one sentence, and the three numbers.

use super::super::CAVEAT;
use super::super::table::pairs;
use super::super::terms;
use super::super::words::{capital, count, full, margin as margin_text, paragraph, percent};
use super::Answer;
use crate::model::Defeat;

/// The sentence, and what must be said with it: that the settlement found is the bare minimum, or no change at all.
pub fn answer(a: &Answer) -> String {
    let mut text = paragraph(&sentence(a));
    for remark in [bare_minimum(a), as_now(a)].into_iter().flatten() {
        text += &paragraph(&remark);
    }
    text
}

/// The answer in one sentence.
pub fn sentence(a: &Answer) -> String {
    let s = a.survey;
    if a.nobody_can_veto() {
        let share = percent(s.exists.share);
        return format!(
            "{}, no verdict at home can make a settlement a defeat; what is left is that in {share} of worlds some \
             package is better than no deal for every leadership.",
            capital(CAVEAT)
        );
    }
    let verdict = match s.exists.share {
        share if share >= 1.0 => "Yes, in every world drawn",
        share if share > 0.95 => "Yes, in nearly every world",
        share if share > 0.75 => "Mostly yes",
        share if share >= 0.25 => "It depends",
        share if share >= 0.05 => "Mostly no",
        share if share > 0.0 => "No, in nearly every world",
        _ => "No, in no world drawn",
    };
    let margin = s.margin.quantile(0.5).filter(|_| a.is_saturated());
    let margin = margin.map(|m| format!("the margin is typically {}: ", margin_text(m))).unwrap_or_default();
    format!("{verdict}: {CAVEAT}, {margin}{}.", clause(a))
}

fn clause(a: &Answer) -> String {
    let s = a.survey;
    let some = format!("a settlement that is a defeat for nobody exists in {} of worlds", percent(s.exists.share));
    let Some(same) = &s.same_package else { return some };
    let joint = if same.share.share < 0.75 * s.exists.share { "but" } else { "and" };
    format!("{some}, {joint} one same package would do in {}", percent(same.share.share))
}

/// Said if the bare minimum is the settlement found.
fn bare_minimum(a: &Answer) -> Option<String> {
    let bare = a.n().bare_minimum()?;
    let found = a.survey.same_package.as_ref()?;
    (found.package == bare.package).then(|| {
        format!(
            "The package found is the bare minimum itself, `{}`: the least that would still count as a settlement.",
            bare.id
        )
    })
}

/// Said if changing nothing is what makes "one exists" true.
fn as_now(a: &Answer) -> Option<String> {
    let now = a.carried_by_now()?;
    Some(format!(
        "Beware: this rests on the package in which everything stays as it is now, which would do in {}. If that is no \
         settlement, add a rule that excludes it.",
        full(now.would_do)
    ))
}

/// The three numbers with their intervals, the margin, and what they mean.
pub fn numbers(a: &Answer) -> String {
    let s = a.survey;
    let same = s.same_package.as_ref().map_or_else(
        || "in no world would any package do".into(),
        |same| format!("{}, chosen on the other half of the worlds", full(same.share)),
    );
    let mut rows = vec![
        ("One exists".into(), full(s.exists)),
        ("One same package".into(), same),
        ("It is reached".into(), "not asked: the talks come with a later version".into()),
    ];
    let spread = margin_row(a);
    if a.is_saturated() {
        rows.insert(0, spread);
    } else {
        rows.push(spread);
    }
    pairs(&rows) + "\n" + &paragraph(&meaning(a))
}

fn margin_row(a: &Answer) -> (String, String) {
    let m = &a.survey.margin;
    let quantile = |p| m.quantile(p).map(margin_text);
    let text = match (quantile(0.05), quantile(0.5), quantile(0.95)) {
        (Some(low), Some(middle), Some(high)) => {
            format!("{middle}, from {low} to {high} in nine worlds of ten{}", beside(a))
        }
        _ => format!("in no world finite{}", beside(a)),
    };
    ("Margin".into(), text)
}

/// The worlds without a finite margin.
fn beside(a: &Answer) -> String {
    let m = &a.survey.margin;
    let none =
        (m.none > 0).then(|| format!("; none in {}: every package is refused or crosses a red line", worlds(m.none)));
    let unbounded = (m.unbounded > 0).then(|| format!("; unbounded in {}: no veto is in force", worlds(m.unbounded)));
    [none, unbounded].into_iter().flatten().collect()
}

fn worlds(n: u64) -> String {
    if n == 1 { "1\u{a0}world".into() } else { format!("{}\u{a0}worlds", count(n)) }
}

fn meaning(a: &Answer) -> String {
    let defeat = match a.settings.defeat {
        Defeat::Audience => "no audience with a veto calls it a defeat",
        Defeat::Leader => "no leadership prefers no deal (audiences are not asked)",
        Defeat::Both => "neither an audience with a veto nor a leadership calls it a defeat",
        Defeat::NoVeto => "nobody's veto is counted",
    };
    let granted = if has_holders(a) { ", those who hold its terms grant them" } else { "" };
    let mut text = format!(
        "A package would do in a world if the rules allow it{granted}, every leadership prefers it to no deal, and {defeat}."
    );
    if a.survey.margin.finite() > 0 {
        text += " The margin is the least room that the best package leaves, as a share of the distance between the best \
                 and the worst that whoever judges could get: below 0 nothing would do.";
    }
    let free = a.survey.exists_if_free;
    if free.count > a.survey.exists.count {
        text += &format!(" If only the audiences were asked, one would exist in {}.", full(free));
    }
    text
}

/// Whether some option needs the consent of a holder.
pub fn has_holders(a: &Answer) -> bool {
    a.n().space.issues.iter().flat_map(|k| &k.options).any(|o| !o.holders.is_empty())
}

/// The package that would do most often, in names.
pub fn same_package(a: &Answer) -> String {
    let Some(same) = &a.survey.same_package else { return String::new() };
    let name = terms::named(a.n(), &same.package).map(|id| format!(" (the scenario's `{id}`)")).unwrap_or_default();
    let one = if a.is_one_of_many() {
        "One of several packages that would do equally often"
    } else {
        "The package that would do most often"
    };
    paragraph(&format!("{one}{name} is {}.", terms::in_words(a.n(), &same.package)))
}

/// The error of a share, as half of its interval.
pub fn error(share: crate::analysis::Share) -> f64 {
    (share.high - share.low) / 2.0
}

/// The number of runs, rounded up to one digit, with which the error of a share would be `wanted`.
pub fn runs_for(share: f64, wanted: f64) -> u64 {
    let z = 1.96 / wanted;
    let needed = (share * (1.0 - share) * z * z).ceil().max(1.0);
    let mut unit = 1.0;
    while needed / unit >= 10.0 {
        unit *= 10.0;
    }
    ((needed / unit).ceil() * unit) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_thousand_runs_bring_an_even_chance_under_half_a_percent() {
        assert_eq!(runs_for(0.5, 0.005), 40_000);
        let error = |runs: u64| error(crate::analysis::Share::of(runs / 2, runs));
        assert!(error(40_000) < 0.005 && error(30_000) > 0.005);
    }
}
