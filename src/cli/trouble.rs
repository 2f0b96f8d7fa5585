//! What went wrong, what would be accepted, and what to try.

use std::fmt;

use winset::scenario::{Finding, advice, render};

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
        Self::new(format!("unknown {noun} `{}`", shown(word))).hint(advice(word, plural, known))
    }

    /// The findings of a file.
    pub fn findings(findings: &[Finding], name: &str, text: &str) -> Self {
        Self::Findings(render(findings, name, text))
    }
}

impl From<Finding> for Trouble {
    fn from(finding: Finding) -> Self {
        Self::Message(finding.message, finding.hints)
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

/// A word from outside as it may be shown: at most 80 characters, none that moves the cursor.
pub fn shown(word: &str) -> String {
    let mut text: String = winset::text::words::visible(word).chars().take(80).collect();
    if word.chars().nth(80).is_some() {
        text.push('…');
    }
    text
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
            Self::Several(all) => {
                for (i, trouble) in all.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    trouble.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}
