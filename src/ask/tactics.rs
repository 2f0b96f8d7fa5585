//! Tactics of those who make offers by rule, in words: `boulware`, `conceder=0.1`, `tit-for-tat=2`.

use super::{Judge, Wrong, word};
use crate::offers::{Family, Tactic};
use crate::scenario::Finding;
use crate::text::words::{counted, shown};

/// Most offers of the other that an answer in kind may reach back.
const FARTHEST: u32 = 1000;

/// A tactic by its word, and the number behind `=` if there is one.
///
/// # Errors
/// What is not known, or which numbers the tactic takes.
pub fn tactic(text: &str) -> Result<Tactic, Finding> {
    let (name, given) = text.split_once('=').map_or((text, None), |(name, given)| (name.trim(), Some(given.trim())));
    let usual = word("tactic", "tactics", name, &Tactic::WORDS)?;
    let Some(given) = given else { return Ok(usual) };
    let wrong = |takes: &str| Finding::error(format!("`{}`: {takes}", shown(text)));
    match Tactic::family(name) {
        Family::Clock(least, most) => {
            let found = given.parse().ok().filter(|e: &f64| *e > least && *e < most);
            let takes = format!("the exponent of `{name}` is a number above {least} and below {most}");
            let hint = "it concedes by t^e: above 1 late, 1 is `linear`, below 1 early";
            found.map(|e| usual.with(e)).ok_or_else(|| wrong(&takes).hint(hint))
        }
        Family::Offers => {
            let found = given.parse().ok().filter(|n: &u32| (1..=FARTHEST).contains(n));
            let takes = format!("`{name}` reaches back a whole number of offers, from 1 to {FARTHEST}");
            found.map(|n| usual.with(f64::from(n))).ok_or_else(|| wrong(&takes))
        }
        Family::Plain => Err(wrong(&format!("`{name}` takes no number"))),
    }
}

/// Tactics in the order of the parties; one alone is that of every party.
///
/// # Errors
/// Everything that is wrong with any of them, or that there are not as many as parties.
pub fn tactics(words: &[String], parties: &[&str]) -> Result<Vec<Tactic>, Wrong> {
    let found = every_tactic(words)?;
    match found[..] {
        [one] => Ok(vec![one; parties.len()]),
        _ if found.len() == parties.len() => Ok(found),
        _ => {
            let (many, of) = (counted(found.len(), "tactic"), counted(parties.len(), "party"));
            let names: Vec<String> = parties.iter().map(|id| shown(id)).collect();
            let hint = format!("give one for each, in this order: {}; or one for all", names.join(", "));
            Err(vec![Finding::error(format!("{many} for {of}")).hint(hint)])
        }
    }
}

/// Tactics of a list, each as it is.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn every_tactic(words: &[String]) -> Result<Vec<Tactic>, Wrong> {
    let mut judge = Judge::default();
    let found: Vec<Option<Tactic>> = words.iter().map(|text| judge.one(tactic(text.trim()))).collect();
    judge.verdict(found.into_iter().collect())
}
