//! What to try next: commands that would sharpen or challenge the answer.

use itertools::Itertools as _;

use super::super::{check::agreeing_helps, terms};
use super::answer::{error, runs_for};
use super::hangs::strong;
use super::{Answer, anchors};
use crate::model::{Defeat, InputKind};
use crate::text::words::{margin, percent};
use crate::text::{WIDTH, words};

const SHOWN: usize = 6;

/// The section.
pub fn next(a: &Answer) -> String {
    let steps = [mend(a), sharper(a), verdict(a), trace(a), driver(a), reading(a), ablations(a)].into_iter();
    let steps = steps.chain([agreeing(a), variant(a), leader(a), Some(folder(a))]).flatten();
    // The package whose anchor fails may be the one found: one command is enough.
    let steps = steps.unique_by(|(command, _)| command.clone()).take(SHOWN);
    let told = |(command, why): TryNext| pasteable(&command) + &words::wrapped(&why, "      ", "      ", WIDTH);
    format!("WHAT TO TRY NEXT\n\n{}", steps.map(told).collect::<String>())
}

/// A command, and why it is worth a try.
type TryNext = (String, String);

fn step(a: &Answer, verb: &str, flags: &str, why: impl Into<String>) -> TryNext {
    (command(a, verb, flags), why.into())
}

/// A command that asks the same question as this answer, but for `flags`.
pub(super) fn command(a: &Answer, verb: &str, flags: &str) -> String {
    let said: String = if verb == "check" { String::new() } else { asked(a, flags) };
    // Only what asks the talks can leave something out.
    let without = if ["run", "trace", "ablations"].contains(&verb) { without(a) } else { String::new() };
    format!("winset {verb} {} {flags}{said}{without}", shell(&a.scenario.name))
}

/// What was asked for beyond the file, as flags; what `flags` say already is left out.
fn asked(a: &Answer, flags: &str) -> String {
    let (n, settings) = (a.n(), &a.choices.settings);
    let drawing = &settings.drawing;
    let reading =
        drawing.accounts.reading.map(|r| ("--reading ".to_owned(), format!("--reading {}", shell(&n.readings[r].id))));
    let switched = n.variants.iter().zip(&drawing.accounts.variants).filter(|(v, on)| v.on != **on);
    let variants = switched.map(|(v, on)| {
        let flag = format!("--variant {}={}", shell(&v.id), if *on { "on" } else { "off" });
        (format!("--variant {}=", v.id), flag)
    });
    let set = a
        .choices
        .changed
        .iter()
        .map(|(path, value)| (format!("--set {path}="), format!("--set {}", shell(&format!("{path}={value}")))));
    let defeat = (drawing.defeat != Defeat::Audience)
        .then(|| ("--defeat ".to_owned(), format!("--defeat {}", drawing.defeat.word())));
    let agreeing = settings.agreeing.then(|| ("--agreeing".to_owned(), "--agreeing".to_owned()));
    let seed = (drawing.seed != 1).then(|| ("--seed ".to_owned(), format!("--seed {}", drawing.seed)));
    let all = reading.into_iter().chain(variants).chain(set).chain(defeat).chain(agreeing).chain(seed);
    all.filter(|(given, _)| !flags.contains(given)).map(|(_, flag)| format!(" {flag}")).collect()
}

fn without(a: &Answer) -> String {
    let words: Vec<String> = a.choices.without.iter().map(|part| part.word()).collect();
    if words.is_empty() { String::new() } else { format!(" --without {}", words.join(",")) }
}

/// A word as a shell takes it.
pub fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,+:@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A command over as many lines as it needs, each but the last with a backslash at its end.
fn pasteable(command: &str) -> String {
    let lines = words::wrapped(command, "  ", "      ", WIDTH - 2);
    lines.trim_end().replace('\n', " \\\n") + "\n"
}

/// More runs, where the error is above half a percent by more than a little.
fn sharper(a: &Answer) -> Option<TryNext> {
    const WANTED: f64 = 0.005;
    let share = a.survey.exists;
    if error(share) <= 2.0 * WANTED {
        return None;
    }
    let runs = runs_for(share.share, WANTED).max(2 * a.choices.settings.runs);
    let why = format!(
        "one exists in {} ± {}; {} runs would bring the error under half a per cent",
        percent(share.share),
        percent(error(share)),
        words::count(runs)
    );
    Some(step(a, "run", &format!("--runs {runs}"), why))
}

/// Why the worst anchor fails.
fn mend(a: &Answer) -> Option<TryNext> {
    let package = anchors::worst(a)?;
    let why = "which points make the scenario contradict its own anchor";
    Some(step(a, "verdict", &format!("--named {}", shell(&package)), why))
}

/// Only worlds that give all anchors, where that keeps some and drops some.
fn agreeing(a: &Answer) -> Option<TryNext> {
    let sound = a.sound.as_ref().filter(|_| !a.choices.settings.agreeing)?;
    agreeing_helps(sound).then(|| {
        let why = format!(
            "keeps only the worlds that give the verdicts the scenario takes for certain, {} of them",
            percent(sound.all.share)
        );
        step(a, "run", "--agreeing", why)
    })
}

fn verdict(a: &Answer) -> Option<TryNext> {
    let same = a.survey.same_package.as_ref()?;
    let flags = match terms::named(a.n(), &same.package) {
        Some(id) => format!("--named {id}"),
        None => format!("--package {}", terms::as_flag(a.n(), &same.package)),
    };
    let why = "what each side can say of this package at home, and what it is charged with";
    Some(step(a, "verdict", &flags, why))
}

fn trace(a: &Answer) -> Option<TryNext> {
    a.reached.as_ref()?;
    Some(step(a, "trace", "--run 0", "one run of the talks in plain words; any other number tells another"))
}

fn ablations(a: &Answer) -> Option<TryNext> {
    a.reached.as_ref()?;
    Some(step(a, "ablations", "--runs 2000", "what each part of the model does to the talks"))
}

fn reading(a: &Answer) -> Option<TryNext> {
    let shares = &a.survey.exists_by_reading;
    if a.choices.settings.drawing.accounts.reading.is_some() || shares.len() < 2 {
        return None;
    }
    let least = (0..shares.len()).min_by(|x, y| shares[*x].share.total_cmp(&shares[*y].share))?;
    let most = (0..shares.len()).max_by(|x, y| shares[*x].share.total_cmp(&shares[*y].share))?;
    let id = |r: usize| &a.n().readings[r].id;
    let differ = shares[most].share - shares[least].share > 0.05;
    differ.then(|| {
        let why = format!(
            "the reading under which it looks worst; one exists in {} there, and in {} under `{}`",
            words::full(shares[least]),
            words::full(shares[most]),
            id(most)
        );
        step(a, "run", &format!("--reading {}", id(least)), why)
    })
}

fn variant(a: &Answer) -> Option<TryNext> {
    let mut all = a.n().variants.iter().zip(&a.choices.settings.drawing.accounts.variants);
    let (variant, on) = all.find(|(v, _)| v.notice.is_some())?;
    let (to, done) = if *on { ("off", "without") } else { ("on", "with") };
    let why = format!("the same {done} the variant {}", words::visible(&variant.name));
    Some(step(a, "run", &format!("--variant {}={to}", variant.id), why))
}

fn driver(a: &Answer) -> Option<TryNext> {
    let strongest = *strong(a).first()?;
    let input = a.n().inputs.get(strongest.input);
    let (low, high) = (margin(strongest.shown.margin_low), margin(strongest.shown.margin_high));
    let (value, what, [where_low, where_high]) = match input.kind {
        InputKind::Chance => {
            ("false".to_owned(), "the chance that moves the mean margin most, ruled out", ["without it", "with it"])
        }
        InputKind::Value => {
            let middle = words::number(strongest.median()?).replace('−', "-");
            let halves = ["in the lower half of its range", "in the upper"];
            (middle, "the number that moves the mean margin most, fixed at its middle", halves)
        }
    };
    let why = format!("{what}; the mean margin is {low} {where_low}, {high} {where_high}");
    Some(step(a, "run", &format!("--set {}={value}", input.path), why))
}

fn leader(a: &Answer) -> Option<TryNext> {
    (a.choices.settings.drawing.defeat == Defeat::Audience && a.survey.exists.share < 0.5)
        .then(|| step(a, "run", "--defeat leader", "the same if only the leaderships are asked"))
}

fn folder(a: &Answer) -> TryNext {
    step(a, "run", "--out results", "all packages, options and numbers as sheets")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_can_be_pasted_into_a_shell() {
        assert_eq!([shell("a/b.toml"), shell("my file"), shell("it's")], ["a/b.toml", "'my file'", r"'it'\''s'"]);
    }
}
