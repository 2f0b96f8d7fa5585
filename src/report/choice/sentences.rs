//! The three sentences that lead the page: what a side would choose, what would have to be true for one plan to pay, and what
//! therefore follows from a record that looks like it.

use itertools::Itertools as _;

use super::Chosen;
use crate::choice::{Crosses, Line, OfAccount, Sought};
use crate::report::terms::input;
use crate::report::who::Who;
use crate::text::words::{capital, fixed, list, number, percent};

/// Share of resamples from which a support is settled.
const HALF: f64 = 0.5;

/// What an account says of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is played in no equilibrium that survives, and another plan pays more beyond error.
    WouldNot,
    /// It is played in one that comes back in half of the resamples or more, and pays more than any other plan beyond error.
    Would,
    /// The runs do not settle it.
    Open,
}

pub(super) fn verdict(of: &OfAccount, sought: &Sought) -> Verdict {
    if sought.chosen == 0.0 && sought.more.mean + of.errors.critical * sought.more.error < 0.0 {
        Verdict::WouldNot
    } else if sought.chosen >= HALF && sought.more.mean > of.errors.critical * sought.more.error {
        Verdict::Would
    } else {
        Verdict::Open
    }
}

/// The sentences, each a paragraph; none where no plan is asked about.
pub(super) fn sentences(c: &Chosen) -> Vec<String> {
    if c.sought().is_empty() {
        return Vec::new();
    }
    vec![chooses(c), must_hold(c), follows(c)]
}

/// `plays for time`.
fn plan_in_words(c: &Chosen) -> (Who, String) {
    let (actor, intent) = c.asked.about.expect("a plan is asked about where it is sought");
    let intent_of = &c.n.intents[intent];
    let words =
        if intent_of.name == intent_of.id { format!("plays `{}`", intent_of.id) } else { intent_of.name.clone() };
    (Who::actor(c.n, actor), words)
}

/// By how many points: `2.1`, or `2.1 to 8.3`.
fn span(values: impl Iterator<Item = f64> + Clone, word: impl Fn(f64) -> String) -> String {
    let (low, high) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
    let (low, high) = (word(low), word(high));
    if low == high { low } else { format!("{low} to {high}") }
}

fn chooses(c: &Chosen) -> String {
    let (who, plan) = plan_in_words(c);
    let all = c.sought();
    let of = |verdict_of: Verdict| all.iter().filter(|(of, sought)| verdict(of, sought) == verdict_of).collect_vec();
    let (not, would, open) = (of(Verdict::WouldNot), of(Verdict::Would), of(Verdict::Open));
    let names = |of: &[&(&OfAccount, &Sought)]| list(of.iter().map(|(of, sought)| case(c, of, sought)).collect_vec());
    let cases = if c.accounts.len() > 1 { "accounts" } else { "cases" };
    // Where there is but one case it needs no name.
    let lead = |of: usize, comma: &str| {
        if all.len() == 1 { String::new() } else { format!("in {of} of {} {cases}{comma} ", all.len()) }
    };
    let named = |of: &[&(&OfAccount, &Sought)]| {
        if of.len() == all.len() { String::new() } else { format!(" ({})", names(of)) }
    };
    let mut said = Vec::new();
    if !not.is_empty() {
        let less = span(not.iter().map(|(_, it)| -it.more.mean), |x| fixed(x, 1));
        let other = span(not.iter().map(|(_, it)| it.other_sign), percent);
        let wants = if c.accounts.len() > 1 { " that wants what the account says" } else { "" };
        said.push(format!(
            "{}{}{wants} would not choose the plan “{plan}”: it pays {less} points less than the best of its others, and more in \
             {other} of the worlds{}.",
            lead(not.len(), ","),
            who.name,
            named(&not),
        ));
    }
    if !would.is_empty() {
        let more = span(would.iter().map(|(_, it)| it.more.mean), |x| fixed(x, 1));
        let other = span(would.iter().map(|(_, it)| it.other_sign), percent);
        said.push(format!(
            "{}{} would choose “{plan}”{}: beside the best of its other plans it pays {more} points more, with the other sign in \
             {other} of the worlds.",
            lead(would.len(), ""),
            who.name,
            named(&would),
        ));
    }
    if !open.is_empty() {
        let within = open.iter().map(|(of, it)| it.more.mean.abs() + of.errors.critical * it.more.error);
        let within = within.fold(0.0, f64::max);
        said.push(format!(
            "{}so many runs do not settle whether {} would choose “{plan}”{}: it and the best of the others pay the same to \
             within {} points.",
            lead(open.len(), ""),
            who.name,
            named(&open),
            fixed(within, 1),
        ));
    }
    said.iter().map(|said| capital(said)).join(" ")
}

/// An account, with the want where there are several.
fn case(c: &Chosen, of: &OfAccount, sought: &Sought) -> String {
    let want = c.want(&c.players.0[sought.player].types[sought.of]);
    match want {
        Some(want) if c.accounts.len() > 1 => format!("{}, {want}", c.briefly(of)),
        Some(want) => want,
        None => c.briefly(of),
    }
}

/// The accounts in which it would not be chosen.
fn losing<'c>(c: &Chosen<'c>) -> Vec<(&'c OfAccount, &'c Sought)> {
    c.sought().into_iter().filter(|(of, it)| verdict(of, it) == Verdict::WouldNot).collect()
}

fn must_hold(c: &Chosen) -> String {
    let losing = losing(c);
    if losing.is_empty() {
        return "Nothing else would have to be true for it to pay as much as any other plan.".to_owned();
    }
    let told = losing.iter().map(|(of, sought)| {
        let inside = sought.lines.iter().find_map(|line| inside(line).map(|at| (line, at)));
        let outside = sought.lines.iter().find_map(|line| outside(line).map(|at| (line, at)));
        let name = case(c, of, sought);
        let found = |line: &Line, at: f64| {
            let path = &c.n.inputs.get(line.input).path;
            let above = if line.slope > 0.0 { "above" } else { "below" };
            format!("{} {above} {}", input(c.n, path), number(at))
        };
        match (inside, outside) {
            (Some((line, at)), _) => format!("under {name}, {}", found(line, at)),
            (None, Some((line, at))) => {
                let (low, high) = line.range;
                let range = format!("{} to {}", number(low), number(high));
                format!(
                    "under {name}, no value of any number within its declared range: {}, which is declared as {range}",
                    found(line, at)
                )
            }
            (None, None) => format!("under {name}, no number seen makes it pay"),
        }
    });
    format!("For it to pay this would have to be true: {}.", told.collect_vec().join("; "))
}

fn inside(line: &Line) -> Option<f64> {
    if let Crosses::At { at, inside: true, .. } = line.crosses { Some(at) } else { None }
}

fn outside(line: &Line) -> Option<f64> {
    if let Crosses::At { at, inside: false, .. } = line.crosses { Some(at) } else { None }
}

fn follows(c: &Chosen) -> String {
    let (who, plan) = plan_in_words(c);
    let losing = c.sought().into_iter().filter(|(_, it)| it.more.mean < 0.0).collect_vec();
    if losing.is_empty() {
        return format!(
            "So a record that looks as if {} {plan} needs no other explanation than what the file says.",
            who.name
        );
    }
    let known = losing.iter().filter_map(|(_, it)| it.errs_by).collect_vec();
    let errs = if known.is_empty() {
        "errs by more than points can say".to_owned()
    } else {
        let errs = span(known.iter().copied(), |x| fixed(x, 1));
        format!("errs by about {errs} points (sides that err so much play it one time in ten)")
    };
    capital(&format!(
        "so if the record looks as if {} {plan}, then {} wants something that this file does not contain, or {errs}, or believes \
         what was just said: the record cannot tell these apart.",
        who.name, who.name,
    ))
}
