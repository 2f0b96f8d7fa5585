//! A scenario that is asked many times: what no number touches is compiled once.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use super::{Answer, Choices, Wanted, Wrong, none_kept};
use crate::analysis::{Part, Write};
use crate::engine::CannotRun;
use crate::scenario::{Finding, Scenario};
use crate::space::{Compiled, Kept};
use crate::text::words::shown;

/// A scenario, and what of it serves whatever numbers, readings and variants are asked for: the deal space without its
/// numbers, the tables by which quantities are drawn. Every answer is the one that the changed file would give, bit for bit.
#[derive(Debug)]
pub struct Prepared {
    scenario: Scenario,
    /// By the parts of the model that are left out: without them it is another deal space.
    kept: Mutex<BTreeMap<Vec<Part>, Arc<Kept>>>,
}

/// What is wanted of a prepared scenario, judged; nothing is drawn yet.
#[derive(Debug)]
pub struct Judged {
    /// The scenario as it was changed.
    pub scenario: Scenario,
    /// What was chosen.
    pub choices: Choices,
    kept: Arc<Kept>,
}

/// What is heard of the runs besides what is counted.
#[derive(Clone, Copy, Default)]
pub struct Hearing<'a> {
    /// Whether courses are heard, from which pictures of talks are drawn.
    pub courses: bool,
    /// What is to be written of each run.
    pub write: Option<&'a Write<'a>>,
    /// Where set, the runs are given up.
    pub halt: Option<&'a AtomicBool>,
}

impl Prepared {
    /// Prepares a scenario: nothing is compiled before something is asked.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, kept: Mutex::default() }
    }

    /// The scenario as its file says.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Judges what is wanted, of a copy of the scenario that is changed as it says.
    ///
    /// # Errors
    /// Everything wrong with any of the words.
    ///
    /// # Panics
    /// Never: nothing panics while it holds what is kept.
    pub fn judge(&self, wanted: &Wanted) -> Result<Judged, Wrong> {
        let mut scenario = self.scenario.clone();
        let choices = wanted.judge(&mut scenario)?;
        let left_out = choices.without.iter().copied().filter(|part| part.mechanism().is_none()).collect();
        let mut kept = self.kept.lock().expect("nothing panics while it holds what is kept");
        let kept = Arc::clone(kept.entry(left_out).or_default());
        Ok(Judged { scenario, choices, kept })
    }
}

impl Judged {
    /// The deal space: only what hangs on numbers is compiled, where others were asked for before.
    ///
    /// # Errors
    /// Why it cannot be run.
    pub fn compile(&self) -> Result<Compiled<'_>, Wrong> {
        let variants = &self.choices.settings.drawing.accounts.variants;
        Compiled::keeping(&self.scenario.negotiation, variants, &self.kept).map_err(|e| self.cannot(&e.into()))
    }

    /// The answer that [`answer`](super::answer()) gives to the same words. `hearing` says what else is heard of its runs.
    ///
    /// # Errors
    /// Why it cannot be run, or [`CannotRun::Halted`] in words; no world gives the verdicts of all anchors.
    pub fn answer(self, hearing: Hearing) -> Result<Answer, Wrong> {
        let space = self.compile()?;
        let found = Answer::counted(&space, &self.choices, hearing).map_err(|e| self.cannot(&e))?;
        drop(space);
        let (runs, Self { scenario, choices, .. }) = (self.choices.settings.runs, self);
        Answer::of_owned(found, scenario, choices).ok_or_else(|| vec![none_kept(runs)])
    }

    fn cannot(&self, error: &CannotRun) -> Wrong {
        vec![Finding::error(format!("`{}` cannot be run: {error}", shown(&self.scenario.name)))]
    }
}
