//! Arms compared, told: how every headline differs, which runs flip, and what differs first in them.

mod data;
mod first;
mod page;
mod sheets;

use crate::analysis::compare::{CompareSettings, Comparison, Flip, Headline};
use crate::model::Negotiation;

use super::story;

pub use data::summary;
pub use first::first_difference;
pub use page::page;
pub use sheets::{differences, flips};

/// An arm as a reader knows it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// As it was written.
    pub text: &'a str,
    /// The scenario.
    pub n: &'a Negotiation,
    /// Its variants, `on[variant]`.
    pub on: &'a [bool],
    /// What it asks for otherwise than the file: each a sentence.
    pub told: &'a [String],
    /// The words of a command that give the arm: the file, and flags.
    pub command: &'a str,
}

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The arms, the first one first.
    pub arms: &'a [Named<'a>],
    /// How they were compared.
    pub settings: &'a CompareSettings,
    /// What was found.
    pub found: &'a Comparison,
}

impl Compared<'_> {
    /// The command that tells one run of an arm.
    #[must_use]
    pub fn trace(&self, arm: usize, run: u64) -> String {
        let seed = self.settings.seed;
        let seed = if seed == 1 { String::new() } else { format!(" --seed {seed}") };
        format!("winset trace {} --run {run}{seed}", self.arms[arm].command)
    }
}

/// The letter of an arm: A, B, C, …; behind Z its number.
#[must_use]
pub fn letter(arm: usize) -> String {
    let letter = u8::try_from(arm).ok().filter(|a| *a < 26).map(|a| char::from(b'A' + a));
    letter.map_or_else(|| (arm + 1).to_string(), String::from)
}

/// A headline in a few words.
#[must_use]
pub fn headline(of: Headline) -> String {
    match of {
        Headline::Exists => "one exists".into(),
        Headline::SamePackage => "one same package".into(),
        Headline::Reached => "it is reached".into(),
        Headline::Ends(ending) => story::short(ending).into(),
        Headline::Margin => "mean margin".into(),
        Headline::Rounds => "mean rounds to it".into(),
    }
}

/// A headline as a word for data.
#[must_use]
pub fn word(of: Headline) -> String {
    match of {
        Headline::Exists => "one_exists".into(),
        Headline::SamePackage => "same_package".into(),
        Headline::Reached => "reached".into(),
        Headline::Ends(ending) => super::run::ending_id(ending),
        Headline::Margin => "margin_mean".into(),
        Headline::Rounds => "rounds_mean".into(),
    }
}

/// Both sides of a flip in a few words.
#[must_use]
pub fn sides(flip: Flip) -> [String; 2] {
    let exists = |yes: bool| if yes { "one exists" } else { "none exists" }.to_owned();
    match flip {
        Flip::Ending(from, to) => [story::short(from).into(), story::short(to).into()],
        Flip::Exists(from, to) => [exists(from), exists(to)],
    }
}
