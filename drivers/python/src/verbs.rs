//! The other questions, each as the document that the program prints with `--json`.

use pyo3::prelude::*;
use serde_json::json;
use winset::Finding;
use winset::analysis::{Likelihoods, infer as read_record};
use winset::ask::{self, Exact, GameWanted, Hears, Judged, Prepared, Wrong, none_kept, read_in_all_ways};
use winset::engine::CannotRun;
use winset::games::{csv, nfg};
use winset::report::frame::Frame;
use winset::report::verdict::Case;
use winset::report::{choice, game as tables, infer as inferred, reckon, solve as solved, verdict as verdicts};
use winset::space::Limits;
use winset::text::words::shown;

use crate::findings::refused;

fn wrong(judged: &Judged, what: &str, why: impl std::fmt::Display) -> Wrong {
    vec![Finding::error(format!("`{}` cannot be {what}: {why}", shown(&judged.scenario.name)))]
}

/// Every package of one world.
pub fn solve(judged: &Judged, world: Option<u64>) -> Result<String, Wrong> {
    let (n, choices) = (&judged.scenario.negotiation, &judged.choices);
    let exact = Exact::of(n, &choices.settings, world, Limits::default()).map_err(|e| wrong(judged, "solved", e))?;
    let frame = Frame::of("solve", &judged.scenario.name, n, choices);
    let frame = frame.asking("world", world.map_or(json!("mode"), |k| json!(k))).asking("coarsen", None::<u64>);
    Ok(frame.around(solved::json(&exact)).to_string())
}

/// One package, in the likeliest world and over many.
pub fn verdict(
    judged: &Judged,
    terms: Option<String>,
    named: Option<String>,
    side: Option<String>,
) -> Result<String, Wrong> {
    let (n, choices) = (&judged.scenario.negotiation, &judged.choices);
    let package = match (&terms, &named) {
        (_, Some(id)) => ask::named(n, id).map_err(|e| vec![e])?,
        (terms, None) => ask::package(n, terms.as_deref().unwrap_or_default())?,
    };
    let parties: Vec<_> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    let shows = side.as_deref().map(|id| ask::word("party", "parties", id, &parties)).transpose();
    let shows = shows.map_err(|e| vec![e])?;
    let case = Case::of(n, &choices.settings, None, &package).map_err(|e| wrong(judged, "run", e))?;
    let case = case.ok_or_else(|| vec![none_kept(choices.settings.runs)])?;
    let case = case.judged(n, &choices.settings, shows);
    let frame = Frame::of("verdict", &judged.scenario.name, n, choices);
    let frame = frame.asking("package", terms).asking("named", named).asking("side", side);
    Ok(frame.around(verdicts::summary(&case)).to_string())
}

/// What the record of the scenario says of accounts and intents.
pub fn infer(judged: &Judged, by_play: bool) -> Result<String, Wrong> {
    let (n, choices) = (&judged.scenario.negotiation, &judged.choices);
    let settings = &choices.settings;
    let cannot = |e: CannotRun| wrong(judged, "read", e);
    let (answer, ways) = if by_play {
        let ways = read_in_all_ways(n, settings, |_| ()).map_err(cannot)?;
        (ways[0].inferred.clone(), ways)
    } else {
        (read_record(n, settings, Likelihoods::ByHand, |_| ()).map_err(cannot)?, Vec::new())
    };
    let answer = inferred::Inference { n, settings, choices, answer: &answer };
    let frame = Frame::of("infer", &judged.scenario.name, n, choices).asking("by_play", by_play);
    Ok(frame.around(inferred::json(&answer, &ways)).to_string())
}

/// Who chooses what in the game over intents; of a scenario whose sides reckon, what they work out.
pub fn game(prepared: &Prepared, wanted: &GameWanted) -> Result<String, Wrong> {
    let mut scenario = prepared.scenario().clone();
    let name = scenario.name.clone();
    if scenario.negotiation.is_reckoned() {
        let frame = Frame { scenario: name.as_str().into(), ..Frame::bare("game") };
        return Ok(frame.around(reckon::data(&reckon::Reckoned::of(&scenario.negotiation))).to_string());
    }
    let asked = wanted.judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let played = asked.played(n, Hears { runs: &|_| (), step: &|_| () });
    let played =
        played.map_err(|e| vec![Finding::error(format!("the game of `{}` cannot be played: {e}", shown(&name)))])?;
    Ok(choice::document(&choice::Chosen::of(n, &asked, &played), &name, wanted).to_string())
}

/// What is in equilibrium in a table of payoffs, of CSV or of `.nfg`.
#[pyfunction]
pub fn table_game(py: Python<'_>, name: String, text: String, is_nfg: bool) -> PyResult<String> {
    let read = if is_nfg { nfg(&text) } else { csv(text.as_bytes()) };
    let table = read.map_err(|found| refused(py, &vec![found], &name, &text))?;
    py.detach(|| {
        let solved = tables::Solved::of(table);
        Ok(Frame::bare("game").asking("table", name).around(tables::data(&solved)).to_string())
    })
}
