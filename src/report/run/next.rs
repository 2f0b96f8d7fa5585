//! What to try next: commands that would sharpen or challenge the answer.

use super::super::check::agreeing_helps;
use super::super::terms;
use super::answer::{error, runs_for};
use super::hangs::strong;
use super::{Answer, anchors};
use crate::model::{Defeat, InputKind};
use crate::text::words::{margin, percent};
use crate::text::{WIDTH, words};

const SHOWN: usize = 6;

/// The section.
pub fn next(a: &Answer) -> String {
    let mut steps: Vec<(String, String)> =
        [mend(a), sharper(a), verdict(a), trace(a), driver(a), reading(a), ablations(a)]
            .into_iter()
            .chain([agreeing(a), variant(a), leader(a), Some(folder(a))])
            .flatten()
            .collect();
    // The package whose anchor fails may be the one found: one command is enough.
    let again = |i: &usize| steps[..*i].iter().any(|(command, _)| *command == steps[*i].0);
    let twice: Vec<usize> = (0..steps.len()).filter(again).collect();
    twice.into_iter().rev().for_each(|i| drop(steps.remove(i)));
    steps.truncate(SHOWN);
    let step = |(command, why): &(String, String)| pasteable(command) + &words::wrapped(why, "      ", "      ", WIDTH);
    format!("WHAT TO TRY NEXT\n\n{}", steps.iter().map(step).collect::<String>())
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
#[must_use]
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
fn sharper(a: &Answer) -> Option<(String, String)> {
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
    Some((command(a, "run", &format!("--runs {runs}")), why))
}

/// Why the worst anchor fails.
fn mend(a: &Answer) -> Option<(String, String)> {
    let package = anchors::worst(a)?;
    let why = "which points make the scenario contradict its own anchor".to_owned();
    Some((command(a, "verdict", &format!("--named {}", shell(&package))), why))
}

/// Only worlds that give all anchors, where that keeps some and drops some.
fn agreeing(a: &Answer) -> Option<(String, String)> {
    let sound = a.sound.as_ref().filter(|_| !a.choices.settings.agreeing)?;
    agreeing_helps(sound).then(|| {
        let why = format!(
            "keeps only the worlds that give the verdicts the scenario takes for certain, {} of them",
            percent(sound.all.share)
        );
        (command(a, "run", "--agreeing"), why)
    })
}

fn verdict(a: &Answer) -> Option<(String, String)> {
    let same = a.survey.same_package.as_ref()?;
    let flags = match terms::named(a.n(), &same.package) {
        Some(id) => format!("--named {id}"),
        None => format!("--package {}", terms::as_flag(a.n(), &same.package)),
    };
    Some((
        command(a, "verdict", &flags),
        "what each side can say of this package at home, and what it is charged with".into(),
    ))
}

fn trace(a: &Answer) -> Option<(String, String)> {
    a.reached.as_ref()?;
    Some((command(a, "trace", "--run 0"), "one run of the talks in plain words; any other number tells another".into()))
}

fn ablations(a: &Answer) -> Option<(String, String)> {
    a.reached.as_ref()?;
    Some((command(a, "ablations", "--runs 2000"), "what each part of the model does to the talks".into()))
}

fn reading(a: &Answer) -> Option<(String, String)> {
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
        (command(a, "run", &format!("--reading {}", id(least))), why)
    })
}

fn variant(a: &Answer) -> Option<(String, String)> {
    let mut all = a.n().variants.iter().zip(&a.choices.settings.drawing.accounts.variants);
    let (variant, on) = all.find(|(v, _)| v.notice.is_some())?;
    let (to, done) = if *on { ("off", "without") } else { ("on", "with") };
    Some((
        command(a, "run", &format!("--variant {}={to}", variant.id)),
        format!("the same {done} the variant {}", words::visible(&variant.name)),
    ))
}

fn driver(a: &Answer) -> Option<(String, String)> {
    let strongest = *strong(a).first()?;
    let input = a.n().inputs.get(strongest.input);
    let (low, high) = (margin(strongest.shown.margin_low), margin(strongest.shown.margin_high));
    let (value, why) = match input.kind {
        InputKind::Chance => (
            "false".to_owned(),
            format!("the chance that matters most, ruled out; the mean margin is {low} without it, {high} with it"),
        ),
        InputKind::Value => {
            let middle = words::number(strongest.median()?).replace('−', "-");
            (
                middle,
                format!(
                    "the number that matters most, fixed at its middle; the mean margin is {low} in the lower half of its range, {high} in the upper"
                ),
            )
        }
    };
    let flags = format!("--set {}={value}", input.path);
    Some((command(a, "run", &flags), why))
}

fn leader(a: &Answer) -> Option<(String, String)> {
    (a.choices.settings.drawing.defeat == Defeat::Audience && a.survey.exists.share < 0.5)
        .then(|| (command(a, "run", "--defeat leader"), "the same if only the leaderships are asked".into()))
}

fn folder(a: &Answer) -> (String, String) {
    (command(a, "run", "--out results"), "all packages, options and numbers as sheets".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_can_be_pasted_into_a_shell() {
        assert_eq!([shell("a/b.toml"), shell("my file"), shell("it's")], ["a/b.toml", "'my file'", r"'it'\''s'"]);
    }
}
