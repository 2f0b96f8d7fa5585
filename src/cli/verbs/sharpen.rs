//! How many worlds a page needs for a precision.

use winset::analysis::estimator::{Asked, Estimate, Method, Target, Until, estimate};
use winset::ask::Choices;
use winset::report::estimate::Sharp;
use winset::report::run::shell;
use winset::scenario::Scenario;

use super::super::trouble::Trouble;
use super::estimate::cannot;

/// Worlds that a page draws at most for a precision.
const MOST_WORLDS: u64 = 1 << 20;

/// Sets the number of worlds so that the intervals of the headlines are no wider than asked for.
pub fn sharpen(scenario: &Scenario, choices: &mut Choices, half: f64) -> Result<Sharp, Trouble> {
    let n = &scenario.negotiation;
    if choices.settings.agreeing {
        return Err(Trouble::new("`--precision` and `--agreeing` exclude each other")
            .hint("how many worlds are kept is known only afterwards: use --runs"));
    }
    let talks = n.talks.is_some();
    let alike = choices.settings.drawing.accounts.all_alike(n);
    let exists = if alike { None } else { Some(ask(scenario, choices, half, (Target::Exists, Some(Method::Plain)))?) };
    let reached =
        if talks { Some(ask(scenario, choices, half, (Target::Reached, Some(Method::Plain)))?) } else { None };
    let each = || exists.iter().chain(&reached);
    if let Some(wanted) = each().filter_map(|e| e.wanted).reduce(f64::max) {
        let found = format!(
            "`--precision {half}` would take some {wanted:.0} worlds, more than the {MOST_WORLDS} that a page draws"
        );
        return Err(Trouble::new(found).hint("ask for a wider interval, or ask `winset estimate` for one share alone"));
    }
    choices.settings.runs = each().map(|e| e.worlds).max().unwrap_or(choices.settings.runs);
    let by_estimate = if alike { None } else { Some(ask(scenario, choices, half, (Target::Exists, None))?) };
    let took = by_estimate.filter(|e| e.precise).map(|e| e.worlds + e.pilot);
    let estimate = took.filter(|took| *took < choices.settings.runs);
    let command = format!("winset estimate {} --precision {half}", shell(&scenario.name));
    Ok(Sharp { alike, half, worlds: choices.settings.runs, talks, estimate, command })
}

fn ask(
    scenario: &Scenario,
    choices: &Choices,
    half: f64,
    (target, method): (Target, Option<Method>),
) -> Result<Estimate, Trouble> {
    let settings = &choices.settings;
    let asked = Asked { target, method, drawing: settings.drawing.clone() };
    let until = Until::Precision { half, most: MOST_WORLDS };
    estimate(&scenario.negotiation, &asked, until, |_| ()).map_err(|e| cannot(&scenario.name, &e))
}
