//! What a folder of results was made from, and what a precision took.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Answer, shell};
use crate::ask::Sharp;
use crate::report::{
    estimate::asked_precision,
    frame::{FORMAT, Frame},
};
use crate::text::words::{count, paragraph, wrapped};

/// The paragraph under the page; empty where no precision was asked for.
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
pub(super) fn precision(a: &Answer, sharp: &Sharp) -> Value {
    json!({
        "exact": sharp.alike, "half": sharp.half, "worlds": sharp.worlds, "talks": sharp.talks,
        "estimate_worlds": sharp.estimate, "estimate_command": command(a, sharp),
    })
}

/// The command that makes the estimate.
fn command(a: &Answer, sharp: &Sharp) -> String {
    format!("winset estimate {} --precision {}", shell(&a.scenario.name), sharp.half)
}

/// SHA-256 of a text, in hexadecimal: the same file has the same fingerprint.
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All that is needed to make the same folder again. It holds no time and no name of a machine.
pub fn manifest(a: &Answer) -> Value {
    let n = a.n();
    let mut made = json!({
        "program": "winset",
        "version": env!("CARGO_PKG_VERSION"),
        "format": FORMAT,
        "scenario": { "file": a.scenario.name, "title": n.title, "sha256": fingerprint(&a.scenario.text) },
        "runs": a.survey.drawn,
        "kept": a.survey.kept,
        "counts": {
            "issues": n.space.issues.len(),
            "packages": n.space.size().to_string(),
            "parties": n.parties().count(),
            "audiences": n.audiences.len(),
            "inputs": n.inputs.len(),
            "inputs_that_vary": a.survey.drivers.len(),
        },
    });
    made["seed"] = json!(a.choices.settings.drawing.seed);
    made["asked"] = frame(a).asked;
    made
}

/// The frame of the answer as JSON.
pub fn frame(a: &Answer) -> Frame {
    Frame::of("run", &a.scenario.name, a.n(), &a.choices)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fingerprint_is_sha_256() {
        // The published value of the empty text (FIPS 180-4).
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::fingerprint(""), empty);
    }
}
