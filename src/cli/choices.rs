//! What the flags choose, checked against the scenario: every wrong value is named, not only the first.

use winset::analysis::{Part, Settings};
use winset::engine::Accounts;
use winset::model::{Defeat, IssueId, Negotiation, Package};
use winset::report::run::shell;
use winset::scenario::Scenario;
use winset::text::words::count;

use super::args::WorldArgs;
use super::trouble::{Trouble, all, shown};

/// Runs that are drawn at most.
const MOST_RUNS: u64 = 1_000_000_000;

/// Threads that are started at most.
const MOST_THREADS: u64 = 1_024;

/// Defeats that count, as `--defeat` names them.
const DEFEATS: [(&str, Defeat); 4] =
    [("audience", Defeat::Audience), ("leader", Defeat::Leader), ("both", Defeat::Both), ("no-veto", Defeat::NoVeto)];

/// How worlds are drawn, and what was changed from outside the file.
pub struct Choices {
    /// The settings of a survey.
    pub settings: Settings,
    /// Path and value of every `--set`.
    pub changed: Vec<(String, String)>,
}

/// Applies the flags to a scenario.
///
/// # Errors
/// Everything wrong with any of them.
pub fn choose(scenario: &mut Scenario, args: &WorldArgs) -> Result<Choices, Trouble> {
    let mut wrong = Vec::new();
    let mut keep = |result: Result<u64, Trouble>, default: u64| {
        result.unwrap_or_else(|trouble| {
            wrong.push(trouble);
            default
        })
    };
    let runs = keep(whole("--runs", &args.runs, 1, MOST_RUNS), 1);
    let seed = keep(whole("--seed", &args.from.seed, 0, u64::MAX), 1);
    let threads = args.from.threads.as_deref().map(|t| keep(whole("--threads", t, 1, MOST_THREADS), 1));
    let defeat = defeat(&args.from.defeat).unwrap_or_else(|trouble| {
        wrong.push(trouble);
        Defeat::default()
    });
    let mut changed: Vec<(String, String)> = Vec::new();
    for set in &args.from.set {
        match change(scenario, set) {
            Ok((path, _)) if changed.iter().any(|(earlier, _)| *earlier == path) => {
                wrong.push(Trouble::new(format!("`{path}` is set twice")).hint("leave one of the two out"));
            }
            Ok(pair) => changed.push(pair),
            Err(trouble) => wrong.push(trouble),
        }
    }
    let accounts = accounts(&scenario.negotiation, args, &mut wrong);
    if args.agreeing && scenario.negotiation.anchors.is_empty() {
        wrong.push(
            Trouble::new("`--agreeing` needs anchors, and the scenario has none")
                .hint("add `[anchors]`, or leave the flag out"),
        );
    }
    all(wrong)?;
    let threads = threads.and_then(|t| usize::try_from(t).ok());
    Ok(Choices { settings: Settings { runs, seed, accounts, defeat, agreeing: args.agreeing, threads }, changed })
}

/// The parts that `--without` names, left out of the scenario as far as they are part of the model.
///
/// # Errors
/// Every unknown word; a mechanism of talks where there are none.
pub fn leave_out(scenario: &mut Scenario, words: &[String]) -> Result<Vec<Part>, Trouble> {
    let known: Vec<String> = Part::all().into_iter().map(Part::word).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let (mut parts, mut wrong) = (Vec::new(), Vec::new());
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        match Part::named(word) {
            None => wrong.push(Trouble::unknown("part", "parts", word, &known)),
            Some(part) if part.mechanism().is_some() && scenario.negotiation.talks.is_none() => {
                let found = format!("`--without {word}` leaves out a part of the talks, and the scenario has none");
                wrong.push(Trouble::new(found).hint("without talks, claims and modifiers can be left out"));
            }
            Some(part) if !parts.contains(&part) => parts.push(part),
            Some(_) => {}
        }
    }
    all(wrong)?;
    parts.sort_unstable();
    parts.iter().for_each(|part| part.leave_out(&mut scenario.negotiation));
    Ok(parts)
}

/// A whole number within limits.
pub fn whole(flag: &str, text: &str, least: u64, most: u64) -> Result<u64, Trouble> {
    let limits = if most == u64::MAX {
        format!("a whole number from {least} to 2^64 − 1")
    } else {
        format!("a whole number from {least} to {}", count(most).replace('\u{a0}', " "))
    };
    let wrong = || Trouble::new(format!("`{flag} {}` is not {limits}", shown(text)));
    let digits = text.replace(['_', ' '], "");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    digits.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(wrong)
}

fn defeat(word: &str) -> Result<Defeat, Trouble> {
    let known = DEFEATS.map(|(name, _)| name);
    let found = DEFEATS.iter().find(|(name, _)| *name == word);
    found.map(|(_, defeat)| *defeat).ok_or_else(|| Trouble::unknown("value of `--defeat`", "values", word, &known))
}

fn change(scenario: &mut Scenario, text: &str) -> Result<(String, String), Trouble> {
    let Some((path, value)) = text.split_once('=') else {
        let found = format!("`--set {}` has no `=`", shown(text));
        return Err(Trouble::new(found).hint("write --set PATH=VALUE, as in --set claims.church.worth=0.5"));
    };
    let (path, value) = (path.trim(), value.trim());
    scenario.set(path, value)?;
    Ok((path.to_owned(), value.to_owned()))
}

fn accounts(n: &Negotiation, args: &WorldArgs, wrong: &mut Vec<Trouble>) -> Accounts {
    let mut accounts = Accounts::of(n);
    if let Some(id) = &args.from.reading {
        accounts.reading = n.readings.iter().position(|r| r.id == *id);
        if accounts.reading.is_none() {
            let known: Vec<&str> = n.readings.iter().map(|r| r.id.as_str()).collect();
            wrong.push(Trouble::unknown("reading", "readings", id, &known));
        }
    }
    let mut switched = Vec::new();
    for text in &args.from.variant {
        match switch(n, text) {
            Ok((variant, _)) if switched.contains(&variant) => {
                let found = format!("variant `{}` is switched twice", n.variants[variant].id);
                wrong.push(Trouble::new(found).hint("leave one of the two out"));
            }
            Ok((variant, on)) => {
                switched.push(variant);
                accounts.variants[variant] = on;
            }
            Err(trouble) => wrong.push(trouble),
        }
    }
    if let Some((first, second, number)) = n.clash(&accounts.variants) {
        let [first, second] = [first, second].map(|v| &n.variants[v].id);
        let found = format!("variants `{first}` and `{second}` both set `{}`", n.inputs.get(number).path);
        wrong.push(Trouble::new(found).hint(format!("switch one of them off: --variant {first}=off")));
    }
    accounts
}

fn switch(n: &Negotiation, text: &str) -> Result<(usize, bool), Trouble> {
    let example = n.variants.first().map_or("NAME", |v| v.id.as_str());
    let how = || format!("write --variant {example}=on or --variant {example}=off");
    let (id, word) = text.split_once('=').unwrap_or((text, "on"));
    let known: Vec<&str> = n.variants.iter().map(|v| v.id.as_str()).collect();
    let place = n
        .variants
        .iter()
        .position(|v| v.id == id)
        .ok_or_else(|| Trouble::unknown("variant", "variants", id, &known))?;
    match word {
        "on" => Ok((place, true)),
        "off" => Ok((place, false)),
        other => Err(Trouble::new(format!("variant `{id}` is `{}`, neither on nor off", shown(other))).hint(how())),
    }
}

/// What is said if no world gives the verdicts of all anchors.
pub fn none_kept(runs: u64, file: &str) -> Trouble {
    let worlds = count(runs).replace('\u{a0}', " ");
    Trouble::new(format!("no world of {worlds} gives the verdicts of all anchors"))
        .hint(format!("`winset check {}` says which anchors fail", shell(file)))
}

/// The package that a flag describes: `issue=option,…`, or `now`; what is not named stays as it is now.
pub fn package(n: &Negotiation, text: &str) -> Result<Package, Trouble> {
    let mut picks: Vec<Option<_>> = n.space.issues.iter().map(|k| k.now).collect();
    let mut named = vec![false; picks.len()];
    let mut wrong = Vec::new();
    let terms = text.split(',').map(str::trim).filter(|term| !term.is_empty() && *term != "now");
    for term in terms {
        match pick(n, term) {
            Ok((k, _)) if named[k.0] => {
                wrong.push(Trouble::new(format!("issue `{}` is picked twice", n.space.issues[k.0].id)));
            }
            Ok((k, option)) => {
                named[k.0] = true;
                picks[k.0] = Some(option);
            }
            Err(trouble) => wrong.push(trouble),
        }
    }
    all(wrong)?;
    let open = picks.iter().position(Option::is_none);
    picks.into_iter().collect::<Option<Vec<_>>>().map(Package).ok_or_else(|| {
        let issue = &n.space.issues[open.expect("some issue has no option")];
        let options: Vec<&str> = issue.options.iter().take(12).map(|o| o.id.as_str()).collect();
        let more = if issue.options.len() > 12 { ", …" } else { "" };
        Trouble::new(format!("the package does not say what becomes of `{}`, which has no present state", issue.id))
            .hint(format!("the options of `{}` are {}{more}", issue.id, options.join(", ")))
    })
}

fn pick(n: &Negotiation, term: &str) -> Result<(IssueId, winset::model::OptionId), Trouble> {
    let Some((issue, option)) = term.split_once('=') else {
        let found = format!("`{}` is no term of a package", shown(term));
        return Err(
            Trouble::new(found).hint("write --package issue=option,issue=option; what is not named stays as now")
        );
    };
    let (issue, option) = (issue.trim(), option.trim());
    let issues: Vec<&str> = n.space.issues.iter().map(|k| k.id.as_str()).collect();
    let k = n.space.issue(issue).ok_or_else(|| Trouble::unknown("issue", "issues", issue, &issues))?;
    let options: Vec<&str> = n.space.issues[k.0].options.iter().map(|o| o.id.as_str()).collect();
    let plural = format!("options of `{issue}`");
    let o = n.space.option(k, option).ok_or_else(|| Trouble::unknown("option", &plural, option, &options))?;
    Ok((k, o))
}

/// The package that the scenario calls by this name.
pub fn named(n: &Negotiation, id: &str) -> Result<Package, Trouble> {
    let known: Vec<&str> = n.packages.iter().map(|p| p.id.as_str()).collect();
    n.named(id).map(|p| p.package.clone()).ok_or_else(|| Trouble::unknown("package", "packages", id, &known))
}
