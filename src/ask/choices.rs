//! What is asked of a scenario, in words, and judged.

use super::{Judge, Wrong, unknown, word};
use crate::analysis::{Part, Settings};
use crate::choice::played_by_the_game;
use crate::engine::{Accounts, Drawing};
use crate::model::{Defeat, Negotiation, Played};
use crate::num::Order;
use crate::scenario::{Finding, Scenario};
use crate::text::words::{count, shown};

/// Runs that are drawn at most.
pub const MOST_RUNS: u64 = 1_000_000_000;

/// Threads that are started at most.
pub const MOST_THREADS: u64 = 1_024;

/// The largest seed: up to here every reader of JSON reads the number that was written.
pub const MOST_SEED: u64 = crate::num::MOST_WHOLE;

/// What is asked of a scenario, as words: flags of a command line, or keys of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Worlds drawn; where the scenario has talks, also their runs.
    pub runs: String,
    /// Seed of all draws.
    pub seed: String,
    /// The one reading from which worlds are drawn.
    pub reading: Option<String>,
    /// Variants switched: `V`, `V=on` or `V=off`.
    pub variant: Vec<String>,
    /// Numbers changed: `PATH=VALUE`, the value as in a file.
    pub set: Vec<String>,
    /// Whose verdict makes a defeat: see [`Defeat::WORDS`]; `None`: the audiences'.
    pub defeat: Option<String>,
    /// Parts of the model that are left out: see [`Part::word`].
    pub without: Vec<String>,
    /// Whether only worlds that give the verdicts of all anchors are kept.
    pub agreeing: bool,
    /// Threads; `None`: as many as the machine has.
    pub threads: Option<String>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            runs: "10000".into(),
            seed: "1".into(),
            reading: None,
            variant: Vec::new(),
            set: Vec::new(),
            defeat: None,
            without: Vec::new(),
            agreeing: false,
            threads: None,
        }
    }
}

/// How worlds are drawn, what was changed from outside the file, and what was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// The settings of a survey.
    pub settings: Settings,
    /// Path and value of every number changed.
    pub changed: Vec<(String, String)>,
    /// What was left out of the model and of the talks, in order.
    pub without: Vec<Part>,
}

impl Wanted {
    /// Judges what is wanted, and changes the scenario as it says: numbers that are set, parts of the model left out.
    ///
    /// # Errors
    /// Everything wrong with any of the words.
    pub fn judge(&self, scenario: &mut Scenario) -> Result<Choices, Wrong> {
        let mut judge = Judge::default();
        let runs = judge.one(whole("--runs", &self.runs, 1, MOST_RUNS));
        let seed = judge.one(whole("--seed", &self.seed, 0, MOST_SEED));
        let threads = self.threads.as_deref().map(|t| whole("--threads", t, 1, MOST_THREADS)).transpose();
        let threads = judge.one(threads.map(|t| t.map(|t| t as usize)));
        let defeat = judge.one(self.defeat());
        let changed = judge.all(changed(scenario, &self.set));
        let accounts = judge.all(self.accounts(&scenario.negotiation));
        judge.one(self.anchored(&scenario.negotiation));
        let without = judge.all(leave_out(scenario, &self.without));
        let settings = || {
            let (runs, seed, accounts, defeat, threads) = (runs?, seed?, accounts?, defeat?, threads?);
            let drawing = Drawing { accounts, seed, defeat, without: Vec::new(), threads };
            Some(Settings { runs, drawing, agreeing: self.agreeing })
        };
        let choices = settings().zip(changed).zip(without);
        let choices = judge.verdict(choices.map(|((settings, changed), without)| Choices {
            settings: settings.without(&without),
            changed,
            without,
        }))?;
        let n = &mut scenario.negotiation;
        if n.game.as_ref().is_some_and(|game| game.draws) && n.talks.is_some() {
            n.played = Some(played(n, &choices.settings.drawing).map_err(|wrong| vec![wrong])?);
        }
        Ok(choices)
    }

    pub(super) fn defeat(&self) -> Result<Defeat, Finding> {
        let asked = self.defeat.as_ref().map(|whose| word("value of `--defeat`", "values", whose, &Defeat::WORDS));
        asked.unwrap_or(Ok(Defeat::default()))
    }

    /// Whether worlds can be kept by anchors, where that is wanted.
    fn anchored(&self, n: &Negotiation) -> Result<(), Finding> {
        if !self.agreeing || !n.anchors.is_empty() {
            return Ok(());
        }
        let found = "`--agreeing` needs anchors, and the scenario has none";
        Err(Finding::error(found).hint("add `[anchors]`, or leave the flag out"))
    }

    fn accounts(&self, n: &Negotiation) -> Result<Accounts, Wrong> {
        let (mut judge, mut accounts, mut switched) = (Judge::default(), Accounts::of(n), Vec::new());
        accounts.reading = self.reading.as_ref().and_then(|id| judge.one(reading(n, id)));
        for (variant, on) in self.variant.iter().filter_map(|text| judge.one(switch(n, text))).collect::<Vec<_>>() {
            if switched.contains(&variant) {
                let found = format!("variant `{}` is switched twice", n.variants[variant].id);
                judge.0.push(Finding::error(found).hint("leave one of the two out"));
                continue;
            }
            switched.push(variant);
            accounts.variants[variant] = on;
        }
        if let Some((first, second, number)) = n.clash(&accounts.variants) {
            let found = format!("variants `{first}` and `{second}` both set `{}`", n.inputs.get(number).path);
            judge.0.push(Finding::error(found).hint(format!("switch one of them off: --variant {first}=off")));
        }
        judge.verdict(Some(accounts))
    }
}

/// Runs of a cell and account by which it is found how intents are played.
pub(super) const RUNS_OF_A_CELL: u64 = 2_000;

fn played(n: &Negotiation, drawing: &Drawing) -> Result<Played, Finding> {
    let cannot = |why: String| Finding::error(format!("the game cannot say how intents are played: {why}"));
    let found = played_by_the_game(n, drawing, RUNS_OF_A_CELL).map_err(|e| cannot(e.to_string()))?;
    let hint = "write prior = \"written\", or name two players";
    found.ok_or_else(|| cannot("it is said of two players alone".to_owned()).hint(hint))
}

fn reading(n: &Negotiation, id: &str) -> Result<usize, Finding> {
    let known: Vec<&str> = n.readings.iter().map(|r| r.id.as_str()).collect();
    known.iter().position(|k| *k == id).ok_or_else(|| unknown("reading", "readings", id, &known))
}

fn switch(n: &Negotiation, text: &str) -> Result<(usize, bool), Finding> {
    let (id, word) = text.split_once('=').unwrap_or((text, "on"));
    let known: Vec<&str> = n.variants.iter().map(|v| v.id.as_str()).collect();
    let place = known.iter().position(|k| *k == id).ok_or_else(|| unknown("variant", "variants", id, &known))?;
    match word {
        "on" => Ok((place, true)),
        "off" => Ok((place, false)),
        other => Err(Finding::error(format!("variant `{id}` is `{}`, neither on nor off", shown(other)))
            .hint(format!("write --variant {id}=on or --variant {id}=off"))),
    }
}

/// The numbers that are set, each once.
fn changed(scenario: &mut Scenario, set: &[String]) -> Result<Vec<(String, String)>, Wrong> {
    let (mut judge, mut changed) = (Judge::default(), Vec::<(String, String)>::new());
    for text in set {
        let Some((path, value)) = judge.one(change(scenario, text)) else { continue };
        if changed.iter().any(|(earlier, _)| *earlier == path) {
            judge.0.push(Finding::error(format!("`{path}` is set twice")).hint("leave one of the two out"));
        } else {
            changed.push((path, value));
        }
    }
    judge.verdict(Some(changed))
}

fn change(scenario: &mut Scenario, text: &str) -> Result<(String, String), Finding> {
    let Some((path, value)) = text.split_once('=') else {
        let found = format!("`--set {}` has no `=`", shown(text));
        return Err(Finding::error(found).hint("write --set PATH=VALUE, as in --set claims.church.worth=0.5"));
    };
    let (path, value) = (path.trim(), value.trim());
    scenario.set(path, value)?;
    Ok((path.to_owned(), value.to_owned()))
}

/// The parts that are named, left out of the scenario as far as they are part of the model.
fn leave_out(scenario: &mut Scenario, words: &[String]) -> Result<Vec<Part>, Wrong> {
    let mut judge = Judge::default();
    let words = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    let mut parts: Vec<Part> = words.filter_map(|word| judge.one(part(&scenario.negotiation, word))).collect();
    parts.order_by(Ord::cmp);
    parts.dedup();
    let parts = judge.verdict(Some(parts))?;
    parts.iter().for_each(|part| part.leave_out(&mut scenario.negotiation));
    Ok(parts)
}

fn part(n: &Negotiation, word: &str) -> Result<Part, Finding> {
    let known: Vec<String> = Part::all().into_iter().map(Part::word).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let part = Part::named(word).ok_or_else(|| unknown("part", "parts", word, &known))?;
    if part.mechanism().is_some() && n.talks.is_none() {
        let found = format!("`--without {word}` leaves out a part of the talks, and the scenario has none");
        return Err(Finding::error(found).hint("without talks, claims and modifiers can be left out"));
    }
    Ok(part)
}

/// A whole number within limits; blanks and `_` may stand between its digits.
///
/// # Errors
/// What would be accepted.
pub fn whole(flag: &str, text: &str, least: u64, most: u64) -> Result<u64, Finding> {
    let power = if most == MOST_SEED { ", 2^53 − 1" } else { "" };
    let end = count(most).replace('\u{a0}', " ") + power;
    let wrong = || Finding::error(format!("`{flag} {}` is not a whole number from {least} to {end}", shown(text)));
    let digits = text.replace(['_', ' ', '\u{a0}', '\u{202f}', '\u{2009}'], "");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    digits.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(wrong)
}
