//! How many worlds a page took for a precision, and how few an estimate takes.

use serde_json::{Value, json};

use super::page::asked_precision;
use crate::text::words::{count, paragraph, wrapped};

/// A page drawn to a precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharp {
    /// Whether all worlds are alike: one of them says exactly what all would.
    pub alike: bool,
    /// Half the width of the intervals asked for.
    pub half: f64,
    /// Worlds of the page.
    pub worlds: u64,
    /// Whether runs of the talks were sharpened too.
    pub talks: bool,
    /// Worlds, those of the pilot with them, in which an estimate of "one exists" comes to the same precision.
    pub estimate: Option<u64>,
    /// The command that makes that estimate.
    pub command: String,
}

impl Sharp {
    /// The paragraph under the page.
    #[must_use]
    pub fn note(&self) -> String {
        if self.alike && !self.talks {
            return paragraph("All worlds are alike: what one says is exact, and more would add nothing.");
        }
        let asked = match (self.alike, self.talks) {
            (true, _) => "“it is reached”",
            (false, true) => "“one exists” and of “it is reached”",
            (false, false) => "“one exists”",
        };
        let took = format!(
            "For ±{} by plain counting, worlds were doubled until the interval of {asked} was small enough: {} worlds.",
            asked_precision(self.half),
            count(self.worlds)
        );
        let Some(estimate) = self.estimate else { return paragraph(&took) };
        let fewer = format!(" For “one exists” alone an estimate takes {}:", count(estimate));
        paragraph(&(took + &fewer)) + &wrapped(&self.command, "  ", "      ", crate::text::WIDTH)
    }

    /// The same as data.
    #[must_use]
    pub fn data(&self) -> Value {
        json!({
            "exact": self.alike, "half": self.half, "worlds": self.worlds, "talks": self.talks,
            "estimate_worlds": self.estimate, "estimate_command": self.command,
        })
    }
}
