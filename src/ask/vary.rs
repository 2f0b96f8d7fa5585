//! Some inputs take several values each, the rest as it is: a small batch.

use std::fmt::Write as _;

use super::{Judge, MOST_RUNS, MOST_SEED, Wanted, Wrong, whole};
use crate::scenario::{
    DesignFile, DesignKind, Finding, Levels, PlanFile, Policy, Readings, Record, Said, Switches, Varied, number,
};
use crate::text::words::shown;

/// Values of one input at most.
const MOST_STEPS: u64 = 10_000;

/// What the one setting of variants and the one policy are called.
const ASKED: &str = "asked";

/// Values of one input at equal distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// The path of the input.
    pub path: String,
    /// The lowest.
    pub from: f64,
    /// The highest; the lowest itself only where there is one value.
    pub to: f64,
    /// How many, ≥ 1, both ends included.
    pub steps: u64,
}

impl Stretch {
    /// A stretch as it is written: `PATH=LOW:HIGH:STEPS`.
    ///
    /// # Errors
    /// How it would have to be written.
    pub fn parse(said: &str) -> Result<Self, Finding> {
        let wrong = || {
            Finding::error(format!("`--vary {}` says no stretch of values", shown(said)))
                .hint("write --vary PATH=LOW:HIGH:STEPS, as --vary mediator.patience=4:26:12")
        };
        let (path, rest) = said.split_once('=').ok_or_else(wrong)?;
        let parts: Vec<&str> = rest.split(':').map(str::trim).collect();
        let [low, high, steps] = parts[..] else { return Err(wrong()) };
        let number = |text: &str| {
            number(text)
                .map_err(|advice| if advice.is_empty() { wrong() } else { Finding { hints: vec![advice], ..wrong() } })
        };
        let (from, to) = (number(low)?, number(high)?);
        let steps = whole("--vary: steps", steps, 1, MOST_STEPS)?;
        if from > to || (from == to && steps > 1) {
            let found = format!("`--vary {}` goes from {from} to {to}", shown(said));
            return Err(Finding::error(found).hint("the lower end first"));
        }
        Ok(Self { path: path.trim().to_owned(), from, to, steps })
    }
}

/// The plan in which the scenario `file` is asked as `wanted` says, at every pair of values of the stretches. Its text is
/// what it would be in a file.
///
/// # Errors
/// What is no stretch, or not written as it must be.
pub fn plan_of(file: &str, title: String, wanted: &Wanted, stretches: &[String]) -> Result<PlanFile, Wrong> {
    let mut judge = Judge::default();
    let stretches: Vec<Stretch> = stretches.iter().filter_map(|said| judge.one(Stretch::parse(said))).collect();
    let runs = judge.one(whole("--runs", &wanted.runs, 1, MOST_RUNS));
    let seed = judge.one(whole("--seed", &wanted.seed, 0, MOST_SEED));
    let defeat = judge.one(wanted.defeat());
    let given = runs.zip(seed).zip(defeat);
    let plan = given.map(|((runs, seed), defeat)| PlanFile {
        name: "--vary".into(),
        text: String::new(),
        title,
        question: String::new(),
        scenarios: vec![said(file.to_owned())],
        readings: wanted.reading.clone().map_or(Readings::ByPrior, |r| Readings::Named(vec![said(r)])),
        runs,
        seed,
        defeat,
        record: Record::Experiments,
        variants: switches(wanted),
        policies: policies(wanted),
        design: Some(design(&stretches)),
        warnings: Vec::new(),
    });
    let mut plan = judge.verdict(plan)?;
    plan.text = written(&plan);
    Ok(plan)
}

/// Something that stands in no file.
fn said<T>(value: T) -> Said<T> {
    Said { value, span: 0..0 }
}

fn switches(wanted: &Wanted) -> Vec<Switches> {
    let on = |switch: &String| {
        let (id, word) = switch.split_once('=').unwrap_or((switch, "on"));
        (said(id.to_owned()), word == "on")
    };
    let on: Vec<_> = wanted.variant.iter().map(on).collect();
    if on.is_empty() { Vec::new() } else { vec![Switches { id: said(ASKED.into()), on }] }
}

fn policies(wanted: &Wanted) -> Vec<Policy> {
    let set = |change: &String| {
        let (path, value) = change.split_once('=').unwrap_or((change, ""));
        (said(path.trim().to_owned()), value.trim().to_owned())
    };
    let set: Vec<_> = wanted.set.iter().map(set).collect();
    let without: Vec<_> = wanted.without.iter().map(|word| said(word.trim().to_owned())).collect();
    let nothing = set.is_empty() && without.is_empty();
    if nothing { Vec::new() } else { vec![Policy { id: said(ASKED.into()), name: ASKED.into(), set, without }] }
}

fn design(stretches: &[Stretch]) -> DesignFile {
    let varied =
        |s: &Stretch| Varied { path: said(s.path.clone()), levels: said(Levels::Steps(s.from, s.to, s.steps)) };
    DesignFile {
        kind: said(DesignKind::Factorial),
        points: None,
        table: None,
        inputs: stretches.iter().map(varied).collect(),
    }
}

/// Such a plan as the text of a file, from which the same plan is read.
fn written(plan: &PlanFile) -> String {
    let mut out = format!("title = {}\nscenarios = {}\n", quoted(&plan.title), quoted(&plan.scenarios[0].value));
    let _ = write!(out, "runs = {}\nseed = {}\ndefeat = {}\n", plan.runs, plan.seed, quoted(plan.defeat.word()));
    if let Readings::Named(readings) = &plan.readings {
        let ids: Vec<String> = readings.iter().map(|r| quoted(&r.value)).collect();
        let _ = writeln!(out, "readings = [{}]", ids.join(", "));
    }
    plan.variants.iter().for_each(|setting| switched(&mut out, setting));
    plan.policies.iter().for_each(|policy| changed(&mut out, policy));
    out += "[design]\nkind = \"factorial\"\n";
    for varied in plan.design.iter().flat_map(|d| &d.inputs) {
        if let Levels::Steps(from, to, steps) = varied.levels.value {
            let path = quoted(&varied.path.value);
            let _ = writeln!(out, "inputs.{path} = {{ from = {from:?}, to = {to:?}, steps = {steps} }}");
        }
    }
    out
}

fn switched(out: &mut String, setting: &Switches) {
    let _ = writeln!(out, "[variants.{ASKED}]");
    for (id, on) in &setting.on {
        let _ = writeln!(out, "{} = {on}", quoted(&id.value));
    }
}

fn changed(out: &mut String, policy: &Policy) {
    let _ = writeln!(out, "[policies.{ASKED}]");
    for (path, value) in &policy.set {
        let _ = writeln!(out, "set.{} = {}", quoted(&path.value), literal(value));
    }
    let gone: Vec<String> = policy.without.iter().map(|word| quoted(&word.value)).collect();
    if !gone.is_empty() {
        let _ = writeln!(out, "without = [{}]", gone.join(", "));
    }
}

/// A text as TOML writes it.
fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// A value as a file writes it: a bare word is text.
fn literal(value: &str) -> String {
    let written =
        value.parse::<f64>().is_ok() || value.starts_with(['[', '{', '"', '\'']) || ["true", "false"].contains(&value);
    if written { value.to_owned() } else { quoted(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without the places of what is said: a value built has none.
    fn placeless(plan: &PlanFile) -> String {
        let text = format!("{plan:#?}");
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("span:"));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_plan_made_of_flags_is_the_plan_that_its_text_says() {
        let wanted = Wanted {
            runs: "20".into(),
            reading: Some("pastukhov".into()),
            variant: vec!["second-track=off".into(), "kyiv-frames".into()],
            set: vec!["mediator.tilt=0.2".into(), "a.b=[1, 2, 3]".into(), "x=west-divided".into()],
            without: vec!["mediator".into()],
            defeat: Some("leader".into()),
            ..Wanted::default()
        };
        let stretches = ["a.b.c=0:1:3".to_owned(), "d.e=4:4:1".to_owned()];
        let plan = plan_of("a \"b\".toml", "A title".into(), &wanted, &stretches).expect("it is a plan");
        let mut read = PlanFile::parse("--vary", plan.text.as_bytes()).expect("its text is a plan");
        // A policy's values are kept as they are written: a bare word is quoted in a file.
        read.policies[0].set[2].1 = "west-divided".into();
        assert_eq!(placeless(&plan), placeless(&read));
    }

    #[test]
    fn all_that_is_wrong_with_a_stretch_is_told() {
        let wanted = Wanted { runs: "0".into(), ..Wanted::default() };
        let stretches = ["a.b".to_owned(), "a.b=2:1:3".to_owned(), "a.b=1:2:0".to_owned()];
        let wrong = plan_of("x.toml", String::new(), &wanted, &stretches).expect_err("all are wrong");
        assert_eq!(wrong.len(), 4, "{wrong:?}");
    }
}
