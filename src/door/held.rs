//! A scenario that is held open: what is asked of it, what of that is compiled, and what was counted so far.

use std::ops::Range;

use super::say::{cannot, wrong};
use crate::analysis::{Counting, Handed, Surveying};
use crate::ask::{Answer, Choices, MOST_RUNS, Wanted, Wrong};
use crate::model::Negotiation;
use crate::scenario::{Finding, Scenario};
use crate::space::Compiled;

self_cell::self_cell!(
    /// A scenario as it was changed from outside its file, with its deal space.
    struct Ground {
        owner: Scenario,
        #[covariant]
        dependent: Compiled,
    }
);

self_cell::self_cell!(
    /// The same with a pass over its worlds.
    struct Work {
        owner: Ground,
        #[not_covariant]
        dependent: Surveying,
    }
);

/// Runs that one call works through at most: whoever calls waits for them.
pub const MOST_AT_ONCE: u64 = 100_000;

/// A scenario that is held open.
pub struct Held {
    /// As its file says.
    original: Scenario,
    choices: Choices,
    courses: bool,
    /// `None` only where what was asked last could not be made ready.
    work: Option<Work>,
    counted: Vec<Range<u64>>,
}

impl Held {
    /// Reads, checks and compiles a scenario; its worlds are drawn as its file says.
    pub fn open(name: &str, text: &str) -> Result<Self, Wrong> {
        let original = Scenario::parse(name, text.as_bytes())?;
        let (scenario, choices) = judged(&original, &Wanted::default())?;
        let work = ready(ground(scenario, &choices)?, &choices, false)?;
        Ok(Self { original, choices, courses: false, work: Some(work), counted: Vec::new() })
    }

    /// The scenario as its file says.
    pub fn original(&self) -> &Scenario {
        &self.original
    }

    /// What was chosen.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// The scenario as it was changed.
    pub fn scenario(&self) -> Result<&Scenario, Wrong> {
        self.work().map(|work| work.borrow_owner().borrow_owner())
    }

    /// The negotiation as it was changed.
    pub fn n(&self) -> Result<&Negotiation, Wrong> {
        self.scenario().map(|scenario| &scenario.negotiation)
    }

    /// Its deal space.
    pub fn space(&self) -> Result<&Compiled<'_>, Wrong> {
        self.work().map(|work| work.borrow_owner().borrow_dependent())
    }

    /// Asks something else of it: what was counted is dropped, unless it would be counted in the same way again.
    ///
    /// Only what must be is compiled again: nothing where numbers and variants are as they were. `courses` says whether the
    /// courses of runs are heard, from which pictures of talks are drawn.
    pub fn set(&mut self, wanted: &Wanted, courses: bool) -> Result<(), Wrong> {
        let (scenario, choices) = judged(&self.original, wanted)?;
        let same_ground = self.scenario().is_ok_and(|held| *held == scenario)
            && self.choices.settings.drawing.accounts.variants == choices.settings.drawing.accounts.variants;
        let as_counted = |choices: &Choices, courses| {
            let settings = &choices.settings;
            let counting = Answer::counting(&scenario.negotiation, settings, courses);
            (settings.drawing.clone(), settings.agreeing, counting)
        };
        if same_ground && as_counted(&self.choices, self.courses) == as_counted(&choices, courses) {
            self.choices = choices;
            return Ok(());
        }
        let ground = match self.work.take_if(|_| same_ground) {
            Some(work) => work.into_owner(),
            None => ground(scenario, &choices)?,
        };
        self.counted.clear();
        self.work = None;
        let work = ready(ground, &choices, courses)?;
        (self.choices, self.courses, self.work) = (choices, courses, Some(work));
        Ok(())
    }

    /// Works through some runs on top of those that are done.
    pub fn go_on(&mut self, runs: Range<u64>) -> Result<(), Wrong> {
        self.fits(&runs)?;
        if runs.end - runs.start > MOST_AT_ONCE {
            let found = format!("`from` {} `to` {} are more than {MOST_AT_ONCE} runs", runs.start, runs.end);
            return Err(wrong(Finding::error(found).hint("ask for them in several calls")));
        }
        let went = self.work_mut()?.with_dependent_mut(|_, pass| pass.go_on(runs.clone(), &|_| true));
        went.map_err(|e| cannot(&self.original.name, &e))?;
        self.counted.push(runs);
        Ok(())
    }

    /// Runs that are done.
    pub fn done(&self) -> u64 {
        self.counted.iter().map(|runs| runs.end - runs.start).sum()
    }

    /// What was counted, to be handed on.
    pub fn handed(&self) -> Result<Handed, Wrong> {
        Ok(self.work()?.with_dependent(|_, pass| pass.handed()))
    }

    /// Adds what was counted elsewhere under the same settings.
    pub fn take_over(&mut self, handed: &[Handed]) -> Result<(), Wrong> {
        let all: Vec<&Range<u64>> = handed.iter().flat_map(|handed| &handed.runs).collect();
        for (place, runs) in all.iter().enumerate() {
            self.fits(runs)?;
            if all[..place].iter().any(|other| overlap(other, runs)) {
                return Err(twice(runs));
            }
        }
        for handed in handed {
            let taken = self.work_mut()?.with_dependent_mut(|_, pass| pass.take_over(handed));
            taken.ok_or_else(|| wrong(Finding::error("the counts of a tally are those of another scenario")))?;
            self.counted.extend(handed.runs.iter().cloned());
        }
        Ok(())
    }

    /// The answer of all runs that are done: that of as many runs from the first on, where these are those.
    pub fn answer(&self) -> Result<Answer, Wrong> {
        if self.counted.is_empty() {
            let hint = "`go_on` works through runs, `merge` adds those of others";
            return Err(wrong(Finding::error("no run is done").hint(hint)));
        }
        let found = self.work()?.with_dependent(|_, pass| pass.so_far());
        let found = found.map_err(|e| cannot(&self.original.name, &e))?;
        let mut choices = self.choices.clone();
        choices.settings.runs = found.drawn;
        let drawn = found.drawn;
        Answer::told(found, self.scenario()?, &choices).ok_or_else(|| wrong(crate::ask::none_kept(drawn)))
    }

    /// What is counted.
    pub fn counting(&self) -> Result<Counting, Wrong> {
        Ok(Answer::counting(self.n()?, &self.choices.settings, self.courses))
    }

    fn work(&self) -> Result<&Work, Wrong> {
        self.work.as_ref().ok_or_else(not_ready)
    }

    fn work_mut(&mut self) -> Result<&mut Work, Wrong> {
        self.work.as_mut().ok_or_else(not_ready)
    }

    /// Whether none of these runs is done.
    fn fits(&self, runs: &Range<u64>) -> Result<(), Wrong> {
        if runs.start >= runs.end || runs.end > MOST_RUNS {
            let found = format!("`from` {} `to` {} are no runs", runs.start, runs.end);
            let hint = format!("`from` is the first run, `to` the one behind the last, at most {MOST_RUNS}");
            return Err(wrong(Finding::error(found).hint(hint)));
        }
        if self.counted.iter().any(|other| overlap(other, runs)) { Err(twice(runs)) } else { Ok(()) }
    }
}

fn overlap(a: &Range<u64>, b: &Range<u64>) -> bool {
    a.start < b.end && b.start < a.end
}

fn twice(runs: &Range<u64>) -> Wrong {
    let found = format!("some of the runs from {} to {} are done already", runs.start, runs.end);
    wrong(Finding::error(found).hint("each run is counted once; `set` begins anew where anything else is asked"))
}

fn not_ready() -> Wrong {
    wrong(Finding::error("what was set last could not be made ready").hint("`set` something else"))
}

/// What is wanted of a scenario, which is changed as it says; all on one thread.
fn judged(original: &Scenario, wanted: &Wanted) -> Result<(Scenario, Choices), Wrong> {
    let mut scenario = original.clone();
    let mut choices = wanted.judge(&mut scenario)?;
    choices.settings.drawing.threads = Some(1);
    Ok((scenario, choices))
}

fn ground(scenario: Scenario, choices: &Choices) -> Result<Ground, Wrong> {
    let name = scenario.name.clone();
    Ground::try_new(scenario, |scenario| choices.settings.drawing.compile(&scenario.negotiation))
        .map_err(|e| cannot(&name, &e))
}

fn ready(ground: Ground, choices: &Choices, courses: bool) -> Result<Work, Wrong> {
    let name = ground.borrow_owner().name.clone();
    let pass = Work::try_new(ground, |ground| {
        let space = ground.borrow_dependent();
        Surveying::of(space, &choices.settings, Answer::counting(space.n, &choices.settings, courses))
    });
    pass.map_err(|e| cannot(&name, &e))
}
