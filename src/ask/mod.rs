//! The landing between those who ask and what is computed: words in, judged choices out.
//!
//! Whoever asks (a command line, a page, another program) says what it wants in words; here they are judged against
//! the scenario, and everything wrong with any of them is found at once, as findings without a place.
//!
//! | item | what it is |
//! |---|---|
//! | [`Judge`] | values judged one by one, so that all that is wrong is told |
//! | [`Wanted`] | what is asked of a scenario, in words |
//! | [`Choices`] | the same, judged: how worlds are drawn, what was changed, what is left out |
//! | [`Answer`], [`answer()`] | what many worlds say, owned: pages, JSON, sheets and pictures are drawn from it |
//! | [`Prepared`] | a scenario that is asked many times, compiled once |
//! | [`Exact`] | what all packages of one world come to, owned |
//! | [`WayToRead`], [`read_in_all_ways`] | a record read with priors and likelihoods by hand and by play |
//! | [`GameWanted`] | what is asked of the game over the intents of a scenario |
//! | [`Sharp`] | how many worlds an answer needs for a precision |
//! | [`ArmWords`], [`arms()`] | scenarios with changes behind `@`, as comparisons take them |
//! | [`Stretch`], [`plan_of`] | the small batch in which some inputs take several values |
//! | [`tactics()`] | tactics of those who make offers by rule, in words |
//! | [`package`], [`named`] | a package by its terms, or by the name that the scenario gives it |

mod answer;
mod arms;
mod choices;
mod choose;
mod exact;
mod inferences;
mod packages;
mod prepared;
mod sharp;
mod tactics;
mod vary;

pub use answer::{Answer, answer, none_kept};
pub use arms::{ArmWords, arms, within};
pub use choices::{Choices, MOST_RUNS, MOST_SEED, MOST_THREADS, Wanted, whole};
pub use choose::{GameAsked, GamePlayed, GameWanted, Hears, Map};
pub use exact::{Exact, OneWorld, dormant};
pub use inferences::{WayToRead, read_in_all_ways};
pub use packages::{named, package};
pub use prepared::{Hearing, Judged, Prepared};
pub use sharp::{Sharp, cannot_estimate};
pub use tactics::{every_tactic, tactic, tactics};
pub use vary::{Stretch, plan_of};

use crate::scenario::{Finding, advice};
use crate::text::words::shown;

/// Everything wrong with what was asked, in the order in which it was said; never empty.
pub type Wrong = Vec<Finding>;

/// An unknown word: what is known, and what was probably meant.
pub fn unknown(noun: &str, plural: &str, word: &str, known: &[&str]) -> Finding {
    Finding::error(format!("unknown {noun} `{}`", shown(word))).hint(advice(word, plural, known))
}

/// The value that a word of a closed list stands for.
///
/// # Errors
/// The words of the list, and which was probably meant.
pub fn word<T: Copy>(noun: &str, plural: &str, word: &str, all: &[(&str, T)]) -> Result<T, Finding> {
    let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
    let found = all.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
    found.ok_or_else(|| unknown(noun, plural, word, &known))
}

/// Values judged one by one: what is wrong is kept, so that all of it is told.
#[derive(Debug, Default)]
pub struct Judge(Wrong);

impl Judge {
    /// The value, or `None` where it is wrong.
    pub fn one<T>(&mut self, result: Result<T, Finding>) -> Option<T> {
        result.map_err(|finding| self.0.push(finding)).ok()
    }

    /// The same where more than one thing may be wrong with a value.
    pub fn all<T>(&mut self, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|wrong| self.0.extend(wrong)).ok()
    }

    /// What is found, if nothing was wrong.
    ///
    /// # Errors
    /// Everything that was.
    pub fn verdict<T>(self, value: Option<T>) -> Result<T, Wrong> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
