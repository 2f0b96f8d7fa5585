//! The page, for a terminal of 80 columns.

use itertools::Itertools;

use super::super::{CAVEAT, terms::in_words};
use super::{Compared, NamedArm, headline, letter, sides};
use crate::analysis::compare::{Against, Difference, Headline, Reason};
use crate::text::table::Table;
use crate::text::words::{bullet, count, list, paragraph, percent, signed, stacked, visible, wrapped};

/// Kinds of flips and reasons that are shown at most.
const SHOWN: usize = 8;

/// The arms, how each differs from the first, which runs flip and what differs first in them.
pub fn page(c: &Compared) -> String {
    let mut parts = vec![arms(c)];
    for against in &c.found.others {
        parts.extend([differs(c, against), flips(c, against), reasons(c, against)]);
    }
    parts.push(notes(c));
    stacked(&parts)
}

fn arms(c: &Compared) -> String {
    let first = c.arms[0].n();
    let mut shared = c.arms[0].notices();
    shared.retain(|notice| c.arms.iter().all(|arm| arm.notices().contains(notice)));
    let line = |(place, arm): (usize, &NamedArm)| {
        let own = arm.notices().into_iter().filter(|notice| !shared.contains(notice));
        let title = (arm.n().title != first.title).then(|| format!("{}.", visible(&arm.n().title)));
        let said = title.into_iter().chain(arm.told.iter().cloned()).chain(own).join(" ");
        let text = format!("`{}` {said}", visible(&arm.text));
        wrapped(&text, &format!("{}  ", letter(place)), "   ", crate::text::WIDTH)
    };
    let (arms, runs, seed) = (c.arms.len(), count(c.found.runs), c.settings.seed);
    let opening = format!("{arms} arms on the same luck: {runs} runs of each, seed {seed}.");
    let lines: String = c.arms.iter().enumerate().map(line).collect();
    let notices: String = shared.iter().map(|notice| paragraph(notice)).collect();
    format!("{}{}{notices}\n{lines}", paragraph(&visible(&first.title)), paragraph(&opening))
}

fn differs(c: &Compared, against: &Against) -> String {
    let b = letter(against.arm);
    let heading = format!("{b} AGAINST A");
    if against.differing == 0 {
        let told = format!(
            "No run differs: nothing that {b} changes is ever met. Either it plays no part in this scenario, or it is \
             switched off there."
        );
        return format!("{heading}\n\n{}", paragraph(&told));
    }
    let mut table = Table::new(&["A", &b, &format!("{b} − A"), "95 %", "gained", "lost", ""]);
    for d in against.differences.iter().filter(|d| d.is_met()) {
        let told = d.known().map(|all| all.map(|x| change(d.headline, x)));
        let [difference, low, high] = told.unwrap_or(["–"; 3].map(String::from));
        table.row(vec![
            level(d.headline, d.base),
            level(d.headline, d.other),
            difference,
            format!("{low} to {high}"),
            of_share(d, d.gained),
            of_share(d, d.lost),
            format!("{}{}", headline(c, d.headline), verdict(d)),
        ]);
    }
    let differing = crate::analysis::Share::of(against.differing, c.found.runs);
    let (differ, all, share) = (count(differing.count), count(differing.of), percent(differing.share));
    let note = format!("{differ} of the {all} runs differ in something, {share}.");
    format!("{heading}\n\n{}\n{}{}", table.text(), paragraph(&answer(c, against)), paragraph(&note))
}

/// Runs gained or lost; of a mean there are none.
fn of_share(d: &Difference, runs: u64) -> String {
    if matches!(d.headline, Headline::Margin | Headline::Rounds | Headline::Payoff(_)) {
        "–".to_owned()
    } else {
        count(runs)
    }
}

/// What can be told from 0, in a sentence.
fn answer(c: &Compared, against: &Against) -> String {
    let b = letter(against.arm);
    let told = |(up, word): (bool, &str)| {
        let real = against.differences.iter().filter(|d| d.real && (d.difference[0] > 0.0) == up);
        let real = real.map(|d| format!("“{}”", headline(c, d.headline))).collect_vec();
        (!real.is_empty()).then(|| format!("{word} in {}", list(&real)))
    };
    match [(true, "higher"), (false, "lower")].into_iter().filter_map(told).join(" and ") {
        none if none.is_empty() => format!("No difference of {b} can be told from 0."),
        told => format!("{b} is {told}; nothing else can be told from 0."),
    }
}

fn verdict(d: &Difference) -> &'static str {
    match d.real {
        true if d.difference[0] > 0.0 => ": higher",
        true => ": lower",
        false => "",
    }
}

/// A number as it is shown, and its decimals: a share in per cent, a margin too and one decimal more, rounds as they are.
fn shown(of: Headline, x: f64) -> (f64, usize) {
    match of {
        Headline::Rounds | Headline::Payoff(_) => (x, 2),
        Headline::Margin => (100.0 * x, 2),
        _ => (100.0 * x, 1),
    }
}

fn level(of: Headline, x: Option<[f64; 3]>) -> String {
    let told = |[x, ..]: [f64; 3]| {
        let (x, decimals) = shown(of, x);
        format!("{x:.decimals$}").replacen('-', "−", 1)
    };
    x.map_or_else(|| "–".into(), told)
}

fn change(of: Headline, x: f64) -> String {
    let (x, decimals) = shown(of, x);
    signed(x, decimals)
}

fn flips(c: &Compared, against: &Against) -> String {
    if against.flips.is_empty() {
        return String::new();
    }
    let all = against.flipped(c.found.runs);
    let mut table = Table::new(&["runs", "first ones", "from A to it"]);
    for kind in against.flips.iter().take(SHOWN) {
        let [from, to] = sides(kind.flip);
        let runs: Vec<String> = kind.runs.iter().take(3).map(u64::to_string).collect();
        table.row(vec![count(kind.count), runs.join(", "), format!("{from} → {to}")]);
    }
    let more = against.flips.len().saturating_sub(SHOWN);
    let more = if more > 0 { paragraph(&format!("And {more} rarer kinds.")) } else { String::new() };
    let heading = format!("WHICH RUNS FLIP IN {}: {} OF {}", letter(against.arm), count(all.count), count(all.of))
        .replace('\u{a0}', " ");
    format!("{heading}\n\n{}{more}", table.text())
}

fn reasons(c: &Compared, against: &Against) -> String {
    let reasons = against.reasons();
    let (Some(first), told) = (reasons.first(), against.first.len()) else { return String::new() };
    let b = letter(against.arm);
    let line = |reason: &Reason| bullet(&format!("{}: {}", count(reason.count), reason_in_words(reason, &b)));
    let lines: String = reasons.iter().take(SHOWN).map(line).collect();
    let more = reasons.len().saturating_sub(SHOWN);
    let more = if more > 0 { paragraph(&format!("And {more} rarer ones.")) } else { String::new() };
    let opening = format!("In {} flipped runs, what is the first that somebody does otherwise?", count(told as u64));
    let see = format!("Run {} in full, in A and in {}:", first.run, letter(against.arm));
    let commands = [c.trace(0, first.run), c.trace(against.arm, first.run)].map(|command| format!("  {command}\n"));
    format!("WHAT DIFFERS FIRST\n\n{}\n{lines}{more}\n{}{}", paragraph(&opening), paragraph(&see), commands.concat())
}

/// `round 3: in B the mediator presses Ukraine; in A it presses Russia`.
pub(super) fn reason_in_words(reason: &Reason, b: &str) -> String {
    let rounds = match reason.rounds {
        (0, 0) => "before the talks".to_owned(),
        (one, last) if one == last => format!("round {one}"),
        (one, last) => format!("rounds {one} to {last}"),
    };
    match (reason.base.as_str(), reason.other.as_str()) {
        (base, "") => format!("{rounds}, only in A: {base}"),
        ("", other) => format!("{rounds}, only in {b}: {other}"),
        (base, other) => format!("{rounds}, in {b}: {other}; in A: {base}"),
    }
}

fn notes(c: &Compared) -> String {
    let package = c.found.package.as_ref().map(|package| in_words(c.arms[0].n(), package)).map_or_else(
        || "No package would do in A, so none is compared.".to_owned(),
        |it| format!("“One same package” is that of A, chosen on even runs and scored in each arm on odd ones: {it}."),
    );
    paragraph(&format!(
        "Shares and margins in per cent, differences in percentage points. Gained: runs in which it holds only in that arm, \
         lost: only in A. A difference is told from 0 where its 95 % interval over pairs leaves 0 out; \
         of twenty true zeros one would seem real. {package} All of it holds {CAVEAT}."
    ))
}
