//! What went wrong, what would be accepted, and what to try.

use std::fmt;

use itertools::Itertools as _;
use winset::ask::Wrong;
use winset::scenario::{Finding, render};
pub use winset::text::words::shown;

/// Why a verb gave no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// Whoever read the output closed it: no trouble at all.
    Closed,
    /// One message and its hints.
    Message(String, Vec<String>),
    /// Findings of a file, already laid out.
    Findings(String),
    /// Several, in the order in which they were met.
    Several(Vec<Trouble>),
}

impl Trouble {
    /// A message of one clause, lower case, values in backquotes.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into(), Vec::new())
    }

    /// The same with advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Message(message, mut hints) => {
                hints.push(hint.into());
                Self::Message(message, hints)
            }
            other => other,
        }
    }

    /// An unknown word: what is known, and what was probably meant.
    pub fn unknown(noun: &str, plural: &str, word: &str, known: &[&str]) -> Self {
        winset::ask::unknown(noun, plural, word, known).into()
    }

    /// The findings of a file.
    pub fn findings(findings: &[Finding], name: &str, text: &str) -> Self {
        Self::Findings(render(findings, name, text))
    }
}

impl From<winset::engine::ThreadsError> for Trouble {
    fn from(error: winset::engine::ThreadsError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<Finding> for Trouble {
    fn from(finding: Finding) -> Self {
        Self::Message(finding.message, finding.hints)
    }
}

impl From<Wrong> for Trouble {
    fn from(wrong: Wrong) -> Self {
        all(wrong.into_iter().map(Self::from).collect()).err().unwrap_or(Self::Several(Vec::new()))
    }
}

/// All troubles as one; `Ok` if there are none.
pub fn all(mut troubles: Vec<Trouble>) -> Result<(), Trouble> {
    match troubles.len() {
        0 => Ok(()),
        1 => Err(troubles.swap_remove(0)),
        _ => Err(Trouble::Several(troubles)),
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => Ok(()),
            Self::Message(message, hints) => {
                writeln!(f, "error: {message}")?;
                hints.iter().try_for_each(|hint| writeln!(f, " = hint: {hint}"))
            }
            Self::Findings(text) => f.write_str(text),
            Self::Several(all) => f.write_str(&all.iter().join("\n")),
        }
    }
}
