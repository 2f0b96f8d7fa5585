//! The answer: what many worlds say of a scenario, with all that was asked of it, as one owned value. Pages, JSON, sheets
//! and pictures are drawn from it.

use super::{Choices, Hearing, Sharp, Wanted, Wrong};
use crate::analysis::{Counting, Courses, Leading, Reached, Settings, SoFar, Soundness, Survey, Surveying, Write};
use crate::engine::CannotRun;
use crate::model::{AudienceId, Negotiation};
use crate::scenario::{Finding, Scenario};
use crate::space::Compiled;
use crate::text::words::{count, shown};

/// How near to 0 or 1 a share must be to say little. Source: assumption.
const NEAR: f64 = 0.05;

/// Worlds in which the anchors are tried, at most: their shares need no more.
const MOST_TRIED: u64 = 2_000;

/// Runs whose courses are drawn, at most: bands need no more.
const MOST_COURSES: u64 = 4_096;

/// What many worlds say, with all that was asked.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// The scenario, as changed from outside the file.
    pub scenario: Scenario,
    /// What was asked of it.
    pub choices: Choices,
    /// What many worlds say; at least one was kept.
    pub survey: Survey,
    /// How the package fares in which everything stays as it is now; `None` if there is none.
    pub as_now: Option<Leading>,
    /// How the anchors fare, over as many worlds as it takes to say so; `None` where there are none.
    pub sound: Option<Soundness>,
    /// What the talks come to; `None` where the scenario has none.
    pub reached: Option<Reached>,
    /// The courses of some runs; `None` where they were not asked for, or there are no talks.
    pub courses: Option<Courses>,
    /// What was written of all runs kept, in the order of their numbers.
    pub rows: String,
    /// What a precision took; `None` where none was asked for.
    pub sharp: Option<Sharp>,
}

/// Asks a scenario what is wanted of it: judges the words, draws the worlds, runs the talks. Pictures need [`Answer::of`].
///
/// # Errors
/// Everything wrong with what is wanted; why it cannot be run; no world gives the verdicts of all anchors.
pub fn answer(mut scenario: Scenario, wanted: &Wanted) -> Result<Answer, Wrong> {
    let choices = wanted.judge(&mut scenario)?;
    let cannot = |e: CannotRun| vec![Finding::error(format!("`{}` cannot be run: {e}", shown(&scenario.name)))];
    let space = choices.settings.drawing.compile(&scenario.negotiation).map_err(cannot)?;
    let found = Answer::of(&space, &scenario, &choices, false, None, &|_| true).map_err(cannot)?;
    found.ok_or_else(|| vec![none_kept(choices.settings.runs)])
}

/// Said where no world gives the verdicts of all anchors, and only such worlds are kept.
pub fn none_kept(runs: u64) -> Finding {
    let worlds = count(runs).replace('\u{a0}', " ");
    Finding::error(format!("no world of {worlds} gives the verdicts of all anchors"))
}

impl Answer {
    /// Makes one pass over the worlds of `choices`, in which run k of the talks is played in world k.
    ///
    /// `space` is the scenario compiled with `choices`; `courses` says whether pictures are to be drawn, and `write` what is
    /// to be written of each run. `more` hears how many worlds are done and says whether to go on: where it does not, what was begun is finished and told. `None`
    /// where no world gives the verdicts of all anchors, and only such worlds are kept.
    ///
    /// # Errors
    /// Those of [`Surveying`].
    pub fn of(
        space: &Compiled,
        scenario: &Scenario,
        choices: &Choices,
        courses: bool,
        write: Option<&Write>,
        more: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Option<Self>, CannotRun> {
        let settings = &choices.settings;
        let mut surveying = Surveying::of(space, settings, Self::counting(space.n, settings, courses))?.writing(write);
        surveying.go_on(0..settings.runs, more)?;
        Ok(Self::told(surveying.so_far()?, scenario, choices))
    }

    /// What a pass over the worlds of `choices` counts.
    pub(super) fn counted(space: &Compiled, choices: &Choices, hearing: Hearing) -> Result<SoFar, CannotRun> {
        let (settings, Hearing { courses, write, halt }) = (&choices.settings, hearing);
        let counting = Self::counting(space.n, settings, courses);
        let mut surveying = Surveying::of(space, settings, counting)?.writing(write).halted_by(halt);
        surveying.go_on(0..settings.runs, &|_| true)?;
        surveying.so_far()
    }

    /// What is counted for an answer; `courses` says whether pictures are to be drawn.
    pub fn counting(n: &Negotiation, settings: &Settings, courses: bool) -> Counting {
        Counting {
            worlds: true,
            packages: n.space.as_now().into_iter().filter(|now| n.space.allows(now)).collect(),
            anchors: if n.anchors.is_empty() { 0 } else { MOST_TRIED },
            runs: true,
            courses: if courses { MOST_COURSES.min(settings.runs) } else { 0 },
        }
    }

    /// The answer of a pass that counted [so](Self::counting); `None` where no world was kept.
    pub fn told(found: SoFar, scenario: &Scenario, choices: &Choices) -> Option<Self> {
        Self::of_owned(found, scenario.clone(), choices.clone())
    }

    pub(super) fn of_owned(found: SoFar, scenario: Scenario, choices: Choices) -> Option<Self> {
        let survey = found.survey.filter(|survey| survey.kept > 0);
        survey.map(|survey| Self {
            scenario,
            choices,
            survey,
            as_now: found.packages.into_iter().next(),
            sound: Some(found.soundness).filter(|sound| !sound.anchors.is_empty()),
            reached: found.reached,
            courses: found.courses,
            rows: found.rows,
            sharp: None,
        })
    }

    /// The negotiation that was asked.
    pub fn n(&self) -> &Negotiation {
        &self.scenario.negotiation
    }

    /// Whether "one exists" says so little (it is near 0 or 1) that the margin is the headline.
    pub fn is_saturated(&self) -> bool {
        self.nobody_can_veto() || !(NEAR..=1.0 - NEAR).contains(&self.survey.exists.share)
    }

    /// Whether no verdict can make a package a defeat in any world.
    pub fn nobody_can_veto(&self) -> bool {
        let margin = &self.survey.margin;
        let unmeasured = margin.finite() == 0 && margin.unbounded > 0 && self.survey.without_span.is_empty();
        // Where some can be left out, it may be that only these can be stopped.
        unmeasured && (!self.n().has_coalitions() || !self.somebody_may_veto())
    }

    /// Whether somebody's verdict may make a package a defeat in some world.
    fn somebody_may_veto(&self) -> bool {
        let (n, defeat) = (self.n(), self.choices.settings.drawing.defeat);
        let may = |a: AudienceId| n.may_bind(a) && n.can_say_defeat(a) && n.range(n.audience(a).veto).1 > 0.0;
        defeat.counts_leaders() || (defeat.counts_audiences() && (0..n.audiences.len()).map(AudienceId).any(may))
    }

    /// Whether other packages do as often as the one found.
    pub fn is_one_of_many(&self) -> bool {
        self.survey.same_package.as_ref().is_some_and(|same| same.ties > 1)
    }

    /// How the bare minimum fares, if the scenario marks one.
    pub fn bare_minimum(&self) -> Option<&Leading> {
        let place = self.n().packages.iter().position(|p| p.bare_minimum)?;
        self.survey.named.get(place)
    }

    /// The worlds in which keeping everything as it is would do, if that is at least half of those in which anything
    /// would: then it is what makes "one exists" true.
    pub fn carried_by_now(&self) -> Option<&Leading> {
        let carries = |now: &&Leading| now.would_do.count > 0 && 2 * now.would_do.count >= self.survey.exists.count;
        self.as_now.as_ref().filter(carries)
    }
}
