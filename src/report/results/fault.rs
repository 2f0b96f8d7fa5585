//! What is wrong with a folder of results.

use std::fmt;

/// Faults that are shown at most.
pub const MOST: usize = 20;

/// One thing that is wrong with a folder of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: &'static str,
    /// Its line, from 1, if one line is at fault.
    pub line: Option<u64>,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to try.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault of a whole file.
    pub(super) fn of(file: &'static str, message: impl Into<String>) -> Self {
        Self { file, line: None, message: message.into(), hint: None }
    }

    /// A fault of one line.
    pub(super) fn at(file: &'static str, line: u64, message: impl Into<String>) -> Self {
        Self { line: (line > 0).then_some(line), ..Self::of(file, message) }
    }

    /// The same with advice.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A file that is not there.
    pub(super) fn missing(file: &'static str) -> Self {
        Self::of(file, "the file is not there")
            .hint("give a folder that `winset batch` wrote; of one run, `winset run --out` writes the pictures at once")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}
