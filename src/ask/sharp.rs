//! How many worlds an answer needs for a precision.

use super::{Choices, Wrong};
use crate::analysis::estimator::{EstimateSettings, Method, Target, Until, estimate};
use crate::engine::CannotRun;
use crate::scenario::{Finding, Scenario};
use crate::text::words::shown;

/// Worlds that an answer draws at most for a precision.
const MOST_WORLDS: u64 = 1 << 20;

/// What a precision took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sharp {
    /// Whether all worlds are alike: one of them says exactly what all would.
    pub alike: bool,
    /// Half the width of the intervals asked for.
    pub half: f64,
    /// Worlds of the answer.
    pub worlds: u64,
    /// Whether runs of the talks were sharpened too.
    pub talks: bool,
    /// Worlds, those of the pilot with them, in which an estimate of "one exists" comes to the same precision.
    pub estimate: Option<u64>,
}

impl Choices {
    /// Sets the number of worlds so that the 95 % intervals of the headlines are no wider than `half` to each side, a share
    /// above 0.
    ///
    /// # Errors
    /// Worlds are kept by anchors, so that their number is known only afterwards; it would take too many; or the scenario
    /// cannot be run.
    pub fn sharpen(&mut self, scenario: &Scenario, half: f64) -> Result<Sharp, Wrong> {
        let n = &scenario.negotiation;
        if self.settings.agreeing {
            let hint = "how many worlds are kept is known only afterwards: use --runs";
            return Err(vec![Finding::error("`--precision` and `--agreeing` exclude each other").hint(hint)]);
        }
        let ask = |target, method| {
            let until = Until::Precision { half, most: MOST_WORLDS };
            let settings = EstimateSettings { target, method, until, drawing: self.settings.drawing.clone() };
            estimate(n, &settings, |_| ()).map_err(|e| vec![cannot_estimate(&scenario.name, &e)])
        };
        let (talks, alike) = (n.talks.is_some(), self.settings.drawing.accounts.all_alike(n));
        let exists = (!alike).then(|| ask(Target::Exists, Some(Method::Plain))).transpose()?;
        let reached = talks.then(|| ask(Target::Reached, Some(Method::Plain))).transpose()?;
        let each = || exists.iter().chain(&reached);
        if let Some(wanted) = each().filter_map(|e| e.wanted).reduce(f64::max) {
            let found = format!(
                "`--precision {half}` would take some {wanted:.0} worlds, more than the {MOST_WORLDS} that a page draws"
            );
            let hint = "ask for a wider interval, or ask `winset estimate` for one share alone";
            return Err(vec![Finding::error(found).hint(hint)]);
        }
        let worlds = each().map(|e| e.worlds).max().unwrap_or(self.settings.runs);
        self.settings.runs = worlds;
        let by_estimate = (!alike).then(|| ask(Target::Exists, None)).transpose()?;
        let took = by_estimate.filter(|e| e.precise).map(|e| e.worlds + e.pilot);
        Ok(Sharp { alike, half, worlds, talks, estimate: took.filter(|took| *took < worlds) })
    }
}

/// Why a share of a scenario cannot be estimated, and what can.
pub fn cannot_estimate(name: &str, error: &CannotRun) -> Finding {
    let found = Finding::error(format!("`{}` cannot be estimated: {error}", shown(name)));
    match error {
        CannotRun::LinesMove => found.hint("use --method sobol, plain or importance, or leave it out"),
        CannotRun::NoTalks(_) => {
            found.hint("without talks, `exists`, `would-do:PACKAGE` and `no-defeat:PACKAGE` can be estimated")
        }
        _ => found,
    }
}
