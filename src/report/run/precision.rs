//! How many worlds a page took for a precision, and how few an estimate takes.

use serde_json::{Value, json};

use super::{Answer, shell};
use crate::ask::Sharp;
use crate::report::estimate::asked_precision;
use crate::text::words::{count, paragraph, wrapped};

/// The paragraph under the page; empty where no precision was asked for.
#[must_use]
pub fn note(a: &Answer) -> String {
    let Some(sharp) = &a.sharp else { return String::new() };
    if sharp.alike && !sharp.talks {
        return paragraph("All worlds are alike: what one says is exact, and more would add nothing.");
    }
    let asked = match (sharp.alike, sharp.talks) {
        (true, _) => "“it is reached”",
        (false, true) => "“one exists” and of “it is reached”",
        (false, false) => "“one exists”",
    };
    let took = format!(
        "For ±{} by plain counting, worlds were doubled until the interval of {asked} was small enough: {} worlds.",
        asked_precision(sharp.half),
        count(sharp.worlds)
    );
    let Some(estimate) = sharp.estimate else { return paragraph(&took) };
    let fewer = format!(" For “one exists” alone an estimate takes {}:", count(estimate));
    paragraph(&(took + &fewer)) + &wrapped(&command(a, sharp), "  ", "      ", crate::text::WIDTH)
}

/// The same as data.
pub(super) fn data(a: &Answer, sharp: &Sharp) -> Value {
    json!({
        "exact": sharp.alike, "half": sharp.half, "worlds": sharp.worlds, "talks": sharp.talks,
        "estimate_worlds": sharp.estimate, "estimate_command": command(a, sharp),
    })
}

/// The command that makes the estimate.
fn command(a: &Answer, sharp: &Sharp) -> String {
    format!("winset estimate {} --precision {}", shell(&a.scenario.name), sharp.half)
}
