//! The answer in one sentence, and the three numbers.

use super::super::{CAVEAT, terms};
use super::{Answer, accounts, anchors, talks};
use crate::analysis::{Headline, Share};
use crate::model::{Defeat, Negotiation};
use crate::text::table::pairs;
use crate::text::words::{
    capital, count, counted_share, full, list, margin as margin_text, paragraph, percent, worlds,
};

/// The sentence, and what must be said with it: what it is said of, that the scenario contradicts itself, that the
/// settlement found is the bare minimum, or no change at all.
pub fn answer(a: &Answer) -> String {
    let remarks = [
        anchors::dropped(a),
        anchors::by_construction(a),
        anchors::contradiction(a),
        Some(ASSUMED.into()),
        bare_minimum(a),
        as_now(a),
    ];
    let remarks = remarks.into_iter().flatten();
    [sentence(a)].into_iter().chain(remarks).map(|text| paragraph(&text)).collect()
}

const ASSUMED: &str =
    "The ranges are the scenario's assumptions; the intervals show only the error of sampling worlds.";

/// The answer in one sentence, or two where talks are run.
pub fn sentence(a: &Answer) -> String {
    let by = |range: Option<[Share; 2]>, share: Share| range.map_or_else(|| percent(share.share), accounts::words);
    let there = a.reached.as_ref().map(|r| format!(" The talks get there in {}.", by(accounts::reached(a), r.reached)));
    existence(a) + &there.unwrap_or_default() + &pooled(a)
}

/// The numbers over all accounts, and what they take for granted; nothing where there are no accounts.
fn pooled(a: &Answer) -> String {
    if accounts::exists(a).is_none() {
        return String::new();
    }
    let s = &a.survey;
    let same = s.same_package.as_ref().map(|same| percent(same.share.share));
    let reached = a.reached.as_ref().map(|r| percent(r.reached.share));
    let numbers = [Some(percent(s.exists.share)), same, reached].into_iter().flatten();
    format!(" Ranges are over accounts; {} it is {}.", accounts::pooled(a), list(numbers))
}

fn existence(a: &Answer) -> String {
    let s = &a.survey;
    let share = s.exists.share;
    let (caveat, asked) = (capital(CAVEAT), terms::asked(a.n()));
    if a.nobody_can_veto() {
        let share = percent(share);
        return format!(
            "{caveat}, no verdict at home can make a settlement a defeat; what is left is that in {share} of worlds some \
             package is worth at least as much as no deal to every leadership{asked}."
        );
    }
    let drawn = if a.choices.settings.agreeing { "kept" } else { "drawn" };
    if s.exists.count == s.kept {
        let all = if s.kept == 1 { "the one world".to_owned() } else { format!("all {}", worlds(s.kept)) };
        let same = same_in_all(a);
        return format!("Yes. In {all} {drawn} some settlement is a defeat for nobody{asked}, {CAVEAT}; {same}.")
            + &typically(a);
    }
    if s.exists.count == 0 {
        let there = if s.kept == 1 {
            format!("In the one world {drawn} there is no settlement")
        } else {
            format!("In none of the {} {drawn} is there a settlement", worlds(s.kept))
        };
        return format!("No. {there} that is a defeat for nobody{asked}, {CAVEAT}.") + &typically(a);
    }
    let words = |share: Share| Headline::of(share.share).words();
    let verdict = match accounts::exists(a) {
        Some([low, high]) if words(low) != words(high) => "It hangs on the account",
        Some([low, _]) => words(low),
        None => Headline::of(share).words(),
    };
    format!("{verdict}: {CAVEAT}, {}.", clause(a)) + &typically(a)
}

/// The margin, where "one exists" says so little that the margin is the headline.
fn typically(a: &Answer) -> String {
    let margin = a.survey.margin.quantile(0.5).filter(|_| a.is_saturated());
    margin.map(|m| format!(" The margin is typically {}.", margin_text(m))).unwrap_or_default()
}

/// Whether one package would do in all worlds, where some package does in each.
fn same_in_all(a: &Answer) -> String {
    let s = &a.survey;
    let Some(same) = &s.same_package else { return "no one package was found twice".into() };
    let fare = s.leading.iter().find(|l| l.package == same.package);
    let one = one_same(a);
    match fare {
        Some(fare) if fare.would_do.count == s.kept => format!("{one} would do in all of them"),
        _ if same.share.share >= 1.0 => format!("{one} would do in all on which it was tried"),
        _ => format!("{one} would do in {}", percent(same.share.share)),
    }
}

/// `one same package`, with its name if it has one and no other does as often.
fn one_same(a: &Answer) -> String {
    let named = a.survey.same_package.as_ref().and_then(|same| terms::named(a.n(), &same.package));
    let named = named.filter(|_| !a.is_one_of_many()).map(|id| format!(", `{id}`,"));
    format!("one same package{}", named.unwrap_or_default())
}

fn clause(a: &Answer) -> String {
    let s = &a.survey;
    let by = |range: Option<[Share; 2]>, share: Share| range.map_or_else(|| percent(share.share), accounts::words);
    let (asked, exists) = (terms::asked(a.n()), by(accounts::exists(a), s.exists));
    let some = format!("a settlement that is a defeat for nobody{asked} exists in {exists} of worlds");
    let Some(same) = &s.same_package else { return some };
    let joint = if same.share.share < 0.75 * s.exists.share { "but" } else { "and" };
    format!("{some}, {joint} {} would do in {}", one_same(a), by(accounts::same_package(a), same.share))
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
    let s = &a.survey;
    let same = match &s.same_package {
        Some(same) if same.share.is_exact() => full(same.share),
        Some(same) => format!("{}, chosen on the other half of the worlds", full(same.share)),
        None if s.exists.count > 0 => {
            "none would do in a world that chose it and could be scored in another".to_owned()
        }
        None => "in no world would any package do".to_owned(),
    };
    let by = |range: Option<[Share; 2]>, pooled: String| match range {
        Some(range) => format!("{} by account; {} {pooled}", accounts::words(range), accounts::pooled(a)),
        None => pooled,
    };
    let mut rows = vec![
        ("One exists", by(accounts::exists(a), full(s.exists))),
        ("One same package", by(accounts::same_package(a), same)),
        ("It is reached", by(accounts::reached(a), reached(a))),
    ];
    let spread = margin_row(a);
    if a.is_saturated() {
        rows.insert(0, spread);
    } else {
        rows.push(spread);
    }
    let gap = talks::gap(a).map(|gap| paragraph(&gap) + "\n").unwrap_or_default();
    pairs(&rows) + "\n" + &gap + &paragraph(&meaning(a))
}

fn reached(a: &Answer) -> String {
    a.reached.as_ref().map_or_else(
        || "not asked: the scenario has no `[talks]`".into(),
        |r| format!("{}, final or for a time", counted_share(r.reached, "run")),
    )
}

fn margin_row(a: &Answer) -> (&'static str, String) {
    let m = &a.survey.margin;
    let quantile = |p| m.quantile(p).map(margin_text);
    let text = match (quantile(0.05), quantile(0.5), quantile(0.95)) {
        (Some(low), Some(middle), Some(high)) => {
            format!("{middle}, from {low} to {high} in nine worlds of ten{}", beside(a))
        }
        _ => format!("in no world finite{}", beside(a)),
    };
    ("Margin, median", text)
}

/// The worlds without a finite margin.
fn beside(a: &Answer) -> String {
    let m = &a.survey.margin;
    let none = (m.none > 0).then(|| {
        format!("; none in {}: every package is refused or crosses a red line", worlds(m.none).replace(' ', "\u{a0}"))
    });
    let unbounded = (m.unbounded > 0).then(|| {
        format!("; unbounded in {}: {}", worlds(m.unbounded).replace(' ', "\u{a0}"), unmeasured(a.n(), &a.survey))
    });
    [none, unbounded].into_iter().flatten().collect()
}

/// Why a margin is unbounded.
pub fn unmeasured(n: &Negotiation, survey: &crate::analysis::Survey) -> &'static str {
    if n.has_coalitions() {
        return "some suffice whom no veto in force can stop";
    }
    if survey.without_span.is_empty() { "no veto is in force" } else { "no veto in force leaves a span" }
}

fn meaning(a: &Answer) -> String {
    const SIGNED: &str = "to every leadership it is worth at least as much as no deal";
    const BORNE: &str = "no audience with a veto calls it a defeat";
    let (defeat, enough) = (a.choices.settings.drawing.defeat, a.n().has_coalitions());
    // A defeat of a leadership, that it prefers no deal, is already said by the third.
    let needed = [
        (true, "the rules allow it"),
        (has_holders(a), "those who hold its terms grant them"),
        (true, if enough { "to enough leaderships it is worth at least as much as no deal" } else { SIGNED }),
        (defeat.counts_audiences(), if enough { "no audience of theirs with a veto calls it a defeat" } else { BORNE }),
    ];
    let needed: Vec<&str> = needed.into_iter().filter(|(asked, _)| *asked).map(|(_, what)| what).collect();
    let unasked = match defeat {
        Defeat::Leader => "; audiences are not asked",
        Defeat::NoVeto => "; nobody's veto is counted",
        Defeat::Audience | Defeat::Both => "",
    };
    let (last, others) = needed.split_last().expect("a leadership is always asked");
    let mut text = format!("A package would do in a world if {}, and {last}{unasked}.", others.join(", "));
    if a.survey.margin.finite() > 0 {
        text += " The margin is the room that the best package leaves to whoever is hardest to please, in per cent of the \
                 distance between that side's best and worst package; below 0 nothing would do.";
    }
    text += &terms::without_span(a.n(), &a.survey.without_span);
    if let Some(outside) = &a.survey.outside {
        text += &format!(" {}", terms::outside(a.n(), outside.share()));
        text += &format!(" One that fails for no party exists in {}.", full(outside.exists_for_everybody));
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
    terms::sentence(a.n(), &format!("{}{name}", which(a, same.ties)), &same.package)
}

/// Which package that is.
pub fn which(a: &Answer, ties: u64) -> String {
    if a.is_one_of_many() {
        format!("One of {} packages that would do equally often", count(ties))
    } else {
        "The package that would do most often".to_owned()
    }
}

/// The error of a share, as half of its interval.
pub fn error(share: crate::analysis::Share) -> f64 {
    (share.high - share.low) / 2.0
}

/// The number of runs, rounded up to one digit, with which the error of a share would be `wanted`.
pub fn runs_for(share: f64, wanted: f64) -> u64 {
    let z = 1.96 / wanted;
    // Wilson's interval of a share of 0 or 1 is z²/n wide: more than the variance alone says.
    let needed = (share * (1.0 - share) * z * z).max(1.96 * z / 2.0).ceil();
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
