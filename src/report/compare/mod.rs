//! Arms compared, told: how every headline differs, which runs flip, and what differs first in them.

mod first;
mod page;

use itertools::Itertools;
use serde_json::{Value, json};

use super::run::{package, share};
use super::{CAVEAT, head, story};
use crate::analysis::compare::{
    Against, CompareArm, CompareSettings, Comparison, Difference, First, Flip, FlipKind, Headline, Reason, parties_of,
};
use crate::model::{Actor, Negotiation};
use crate::text::sheet::csv;
use crate::text::words::visible;
use page::reason_in_words;

pub use first::first_difference;
pub use page::page;

/// An arm as a reader knows it.
#[derive(Debug, Clone)]
pub struct NamedArm {
    /// As it was written.
    pub text: String,
    /// As it is run.
    pub played: CompareArm,
    /// What it asks for otherwise than the file: each a sentence.
    pub told: Vec<String>,
    /// The words of a command that give the arm: the file, and flags.
    pub command: String,
}

impl NamedArm {
    /// The scenario.
    pub fn n(&self) -> &Negotiation {
        &self.played.n
    }

    /// Notices of the variants that are on.
    fn notices(&self) -> Vec<String> {
        head::notices(self.n(), &self.played.drawing.accounts.variants)
    }
}

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The arms, the first one first.
    pub arms: &'a [NamedArm],
    /// How they were compared.
    pub settings: &'a CompareSettings,
    /// What was found.
    pub found: &'a Comparison,
}

impl Compared<'_> {
    /// The command that tells one run of an arm.
    pub fn trace(&self, arm: usize, run: u64) -> String {
        let seed = self.settings.seed;
        let seed = if seed == 1 { String::new() } else { format!(" --seed {seed}") };
        format!("winset trace {} --run {run}{seed}", self.arms[arm].command)
    }
}

/// The letter of an arm: A, B, C, …; behind Z its number.
pub fn letter(arm: usize) -> String {
    let letter = u8::try_from(arm).ok().filter(|a| *a < 26).map(|a| char::from(b'A' + a));
    letter.map_or_else(|| (arm + 1).to_string(), String::from)
}

/// A headline in a few words.
pub fn headline(c: &Compared, of: Headline) -> String {
    match of {
        Headline::Payoff(place) => format!("what {} is paid", visible(&party(c, place).name)),
        Headline::Exists => "one exists".into(),
        Headline::SamePackage => "one same package".into(),
        Headline::Reached => "it is reached".into(),
        Headline::Ends(ending) => story::short(ending).into(),
        Headline::Margin => "mean margin".into(),
        Headline::Rounds => "mean rounds to it".into(),
    }
}

/// A party by its place among the identifiers.
fn party<'c>(c: &'c Compared, place: usize) -> &'c Actor {
    let n = c.arms[0].n();
    let id = parties_of(n)[place];
    n.actors.iter().find(|actor| actor.id == id).expect("it is one of them")
}

/// A headline as a word for data.
pub fn word(c: &Compared, of: Headline) -> String {
    match of {
        Headline::Payoff(place) => format!("payoff_{}", party(c, place).id),
        Headline::Exists => "one_exists".into(),
        Headline::SamePackage => "same_package".into(),
        Headline::Reached => "reached".into(),
        Headline::Ends(ending) => ending.word().into(),
        Headline::Margin => "margin_mean".into(),
        Headline::Rounds => "rounds_mean".into(),
    }
}

/// Both sides of a flip in a few words.
pub fn sides(flip: Flip) -> [String; 2] {
    let exists = |yes: bool| if yes { "one exists" } else { "none exists" }.to_owned();
    match flip {
        Flip::Ending(from, to) => [story::short(from).into(), story::short(to).into()],
        Flip::Exists(from, to) => [exists(from), exists(to)],
    }
}

/// Everything of the page, with every kind of flip and every reason.
pub fn summary(c: &Compared) -> Value {
    let arm = |(place, arm): (usize, &NamedArm)| json!({ "arm": letter(place), "asked": arm.text, "title": arm.n().title, "changes": arm.told, "command": arm.command });
    json!({
        "holds": CAVEAT,
        "runs": c.found.runs,
        "arms": c.arms.iter().enumerate().map(arm).collect::<Vec<_>>(),
        "package": c.found.package.as_ref().map(|p| package(c.arms[0].n(), p)),
        "against_the_first": c.found.others.iter().map(|a| against(c, a)).collect::<Vec<_>>(),
    })
}

fn against(c: &Compared, a: &Against) -> Value {
    json!({
        "arm": letter(a.arm),
        "runs_that_differ": a.differing,
        "differences": a.differences.iter().map(|d| difference(c, d)).collect::<Vec<_>>(),
        "flipped": share(a.flipped(c.found.runs)),
        "flips": a.flips.iter().map(kind).collect::<Vec<_>>(),
        "explained": a.first.len(),
        "first_differences": a.reasons().iter().map(|r| reason(c, a, r)).collect::<Vec<_>>(),
    })
}

fn difference(c: &Compared, d: &Difference) -> Value {
    let level = |x: Option<[f64; 3]>, of: u64| {
        x.map(|[x, low, high]| json!({ "value": x, "low": low, "high": high, "of": of }))
    };
    json!({
        "headline": word(c, d.headline),
        "first": level(d.base, d.counted[0]),
        "other": level(d.other, d.counted[1]),
        "difference": d.known().map(|known| known[0]),
        "low": d.known().map(|known| known[1]),
        "high": d.known().map(|known| known[2]),
        "gained": d.gained,
        "lost": d.lost,
        "p": d.p,
        "told_from_0": d.real,
    })
}

fn kind(k: &FlipKind) -> Value {
    let [from, to] = sides(k.flip);
    json!({ "from": from, "to": to, "count": k.count, "runs": k.runs })
}

fn reason(c: &Compared, a: &Against, r: &Reason) -> Value {
    let mut told = json!(r);
    told["words"] = reason_in_words(r, &letter(a.arm)).into();
    told["trace"] = json!([c.trace(0, r.run), c.trace(a.arm, r.run)]);
    told
}

/// One row for each headline of each arm behind the first.
pub fn differences(c: &Compared) -> String {
    let level = |x: Option<[f64; 3]>| x.map(|x| x.map(|x| x.to_string())).unwrap_or_default();
    let row = |arm: usize, d: &Difference| {
        let levels = [d.base, d.other].into_iter().zip(d.counted);
        let levels = levels.flat_map(|(x, of)| level(x).into_iter().chain([of.to_string()]));
        let counts = [d.gained.to_string(), d.lost.to_string(), d.p.map(|p| p.to_string()).unwrap_or_default()];
        let cells = [letter(arm), word(c, d.headline)].into_iter().chain(levels).chain(level(d.known())).chain(counts);
        cells.chain([u8::from(d.real).to_string()]).collect_vec()
    };
    let rows = c.found.others.iter().flat_map(|a| a.differences.iter().map(|d| row(a.arm, d))).collect_vec();
    let heads = "arm headline first_value first_low first_high first_of other_value other_low other_high other_of difference \
                 difference_low difference_high gained lost p told_from_0";
    csv(&heads.split(' ').collect_vec(), &rows)
}

/// One row for each flipped run of which the first difference was looked for.
pub fn flips(c: &Compared) -> String {
    let row = |arm: usize, run: u64, (flip, first): &(Flip, Option<First>)| {
        let told = first.as_ref().map(|f| [f.round.to_string(), f.base.clone(), f.other.clone()]);
        [letter(arm), run.to_string()].into_iter().chain(sides(*flip)).chain(told.unwrap_or_default()).collect_vec()
    };
    let rows = c.found.others.iter().flat_map(|a| a.first.iter().map(|(run, first)| row(a.arm, *run, first)));
    csv(&["arm", "run", "before", "after", "round", "event_before", "event_after"], &rows.collect_vec())
}
