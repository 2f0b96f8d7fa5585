//! A scenario that was read, and what is asked of it.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use winset::Wanted;
use winset::ask::{GameWanted, Hearing, Judged, Prepared, Wrong};
use winset::door::Door;
use winset::report::run;

use crate::answer::Answer;
use crate::findings::{refused, told};
use crate::verbs;
use crate::work::work;

/// A scenario, compiled when it is first asked something, and then kept.
#[pyclass(frozen, module = "winset._winset")]
pub struct Scenario(Arc<Prepared>);

/// The words of the command line, as keys of a dict.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Choices {
    runs: String,
    seed: String,
    reading: Option<String>,
    variant: Vec<String>,
    set: Vec<String>,
    defeat: Option<String>,
    without: Vec<String>,
    agreeing: bool,
    threads: Option<String>,
}

/// What is asked of a game besides.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Game {
    runs: String,
    about: Option<String>,
    break_even: Vec<String>,
    map: Vec<String>,
    explore: bool,
    held_runs: String,
    resamples: String,
}

impl From<Choices> for Wanted {
    fn from(it: Choices) -> Self {
        let Choices { runs, seed, reading, variant, set, defeat, without, agreeing, threads } = it;
        Self { runs, seed, reading, variant, set, defeat, without, agreeing, threads }
    }
}

impl Scenario {
    /// What is asked of the scenario, judged and worked out where Python goes on.
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        choices: Choices,
        of: impl FnOnce(Judged) -> Result<T, Wrong> + Send + 'static,
    ) -> PyResult<T> {
        let (scenario, wanted) = (Arc::clone(&self.0), Wanted::from(choices));
        let found = work(py, move |_| scenario.judge(&wanted).and_then(of))?;
        found.map_err(|wrong| self.refused(py, &wrong))
    }

    fn refused(&self, py: Python<'_>, wrong: &Wrong) -> PyErr {
        refused(py, wrong, &self.0.scenario().name, &self.0.scenario().text)
    }

    /// A request of the door about the scenario as its file says.
    fn by_the_door(&self, py: Python<'_>, verb: &'static str, runs: Option<u64>) -> PyResult<String> {
        let scenario = Arc::clone(&self.0);
        work(py, move |_| {
            let (mut door, scenario) = (Door::default(), scenario.scenario());
            let opened =
                door.call(json!({ "do": "open", "name": scenario.name, "text": scenario.text }).to_string().as_bytes());
            if verb == "open" {
                opened
            } else {
                door.call(json!({ "do": verb, "handle": 1, "runs": runs }).to_string().as_bytes())
            }
        })
    }
}

#[pymethods]
impl Scenario {
    #[new]
    fn new(py: Python<'_>, name: String, text: String) -> PyResult<Self> {
        let read = winset::Scenario::parse(&name, text.as_bytes());
        read.map(|scenario| Self(Arc::new(Prepared::of(scenario)))).map_err(|wrong| refused(py, &wrong, &name, &text))
    }

    #[getter]
    fn name(&self) -> &str {
        &self.0.scenario().name
    }

    #[getter]
    fn text(&self) -> &str {
        &self.0.scenario().text
    }

    /// What is legal but odd, as keywords of findings.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let it = self.0.scenario();
        it.warnings.iter().map(|found| told(py, found, &it.name, &it.text)).collect()
    }

    /// Whether these choices can be made of the scenario.
    fn judge(&self, py: Python<'_>, choices: Choices) -> PyResult<()> {
        self.0.judge(&choices.into()).map(drop).map_err(|wrong| self.refused(py, &wrong))
    }

    /// Everything that can be chosen, as JSON of the door.
    fn about(&self, py: Python<'_>) -> PyResult<String> {
        self.by_the_door(py, "open", None)
    }

    /// What the file holds and how its anchors fare, as JSON of the door.
    fn check(&self, py: Python<'_>, runs: u64) -> PyResult<String> {
        self.by_the_door(py, "check", Some(runs))
    }

    fn run(
        &self,
        py: Python<'_>,
        choices: Choices,
        precision: Option<f64>,
        record: bool,
        courses: bool,
    ) -> PyResult<Answer> {
        let (scenario, wanted) = (Arc::clone(&self.0), Wanted::from(choices));
        let found = work(py, move |halt| {
            let mut judged = scenario.judge(&wanted)?;
            let sharp = precision.map(|half| judged.choices.sharpen(&judged.scenario, half)).transpose()?;
            let n = judged.scenario.negotiation.clone();
            let columns = winset::batch::OutcomeColumns::of(&n);
            let write = |recorded: &winset::analysis::Recorded| run::recorded(&n, &columns, recorded);
            let write = record.then_some(&write as &winset::analysis::Write);
            let mut answer = judged.answer(Hearing { courses, write, halt: Some(halt) })?;
            answer.sharp = sharp;
            Ok(answer)
        })?;
        found.map(Answer::of).map_err(|wrong| self.refused(py, &wrong))
    }

    fn solve(&self, py: Python<'_>, choices: Choices, world: Option<u64>) -> PyResult<String> {
        self.ask(py, choices, move |judged| verbs::solve(&judged, world))
    }

    fn verdict(
        &self,
        py: Python<'_>,
        choices: Choices,
        package: Option<String>,
        named: Option<String>,
        side: Option<String>,
    ) -> PyResult<String> {
        self.ask(py, choices, move |judged| verbs::verdict(&judged, package, named, side))
    }

    fn game(&self, py: Python<'_>, choices: Choices, game: Game) -> PyResult<String> {
        let Game { runs, about, break_even, map, explore, held_runs, resamples } = game;
        let from = choices.into();
        let wanted = GameWanted { from, runs, about, break_even, map, explore, held_runs, resamples };
        let scenario = Arc::clone(&self.0);
        let found = work(py, move |_| verbs::game(&scenario, &wanted))?;
        found.map_err(|wrong| self.refused(py, &wrong))
    }

    fn infer(&self, py: Python<'_>, choices: Choices, by_play: bool) -> PyResult<String> {
        self.ask(py, choices, move |judged| verbs::infer(&judged, by_play))
    }
}

impl Scenario {
    /// The scenario behind the handle.
    pub fn prepared(&self) -> &Arc<Prepared> {
        &self.0
    }
}
