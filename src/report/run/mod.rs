//! What many worlds say: the page, the JSON, the CSV sheets.

mod anchors;
mod answer;
mod data;
mod hangs;
mod manifest;
mod next;
mod packages;
mod page;
mod record;
mod rests;
mod screen;
mod sheets;
mod talks;

#[cfg(feature = "figures")]
pub(super) use answer::unmeasured;
pub use data::{fare, package, share, summary};
pub use manifest::{fingerprint, frame, manifest};
pub use next::shell;
pub use page::{Show, page, shown};
pub use record::Runs;
pub use screen::screen;
pub use sheets::{options, packages, unknowns};
pub use talks::{blocked, ending_id, endings, survival, terms};

use crate::analysis::{Leading, Part, Reached, Settings, Soundness, Survey};
use crate::model::Negotiation;
use crate::scenario::Scenario;

/// A survey with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The scenario, as changed from outside the file.
    pub scenario: &'a Scenario,
    /// How the survey was made.
    pub settings: &'a Settings,
    /// Numbers changed from outside the file: path and value as they were given.
    pub changed: &'a [(String, String)],
    /// What many worlds say.
    pub survey: &'a Survey,
    /// How the package fares in which everything stays as it is now; `None` if there is none.
    pub as_now: Option<&'a Leading>,
    /// How the anchors fare, over as many worlds as it takes to say so; `None` where there are none.
    pub sound: Option<&'a Soundness>,
    /// What the talks come to; `None` where the scenario has none.
    pub reached: Option<&'a Reached>,
    /// What was left out of the model and of the talks.
    pub without: &'a [Part],
}

impl<'a> Answer<'a> {
    /// Notices of the variants that are on.
    fn notices(&self) -> Vec<String> {
        super::head::notices(self.n(), &self.settings.drawing.accounts.variants)
    }

    fn n(&self) -> &'a Negotiation {
        &self.scenario.negotiation
    }

    /// Whether "one exists" says so little (it is near 0 or 1) that the margin is the headline.
    #[must_use]
    pub fn is_saturated(&self) -> bool {
        let share = self.survey.exists.share;
        self.nobody_can_veto() || !(NEAR..=1.0 - NEAR).contains(&share)
    }

    /// Whether no verdict can make a package a defeat in any world.
    #[must_use]
    pub fn nobody_can_veto(&self) -> bool {
        let margin = &self.survey.margin;
        margin.finite() == 0 && margin.unbounded > 0 && self.survey.without_span.is_empty()
    }

    /// Whether other packages do as often as the one found.
    fn is_one_of_many(&self) -> bool {
        self.survey.same_package.as_ref().is_some_and(|same| same.ties > 1)
    }

    /// How the bare minimum fares, if the scenario marks one.
    fn bare_minimum(&self) -> Option<&'a Leading> {
        let place = self.n().packages.iter().position(|p| p.bare_minimum)?;
        self.survey.named.get(place)
    }

    /// The worlds in which keeping everything as it is would do, if that is at least half of those in which anything
    /// would: then it is what makes "one exists" true.
    fn carried_by_now(&self) -> Option<&'a Leading> {
        let carries = |now: &&Leading| now.would_do.count > 0 && 2 * now.would_do.count >= self.survey.exists.count;
        self.as_now.filter(carries)
    }
}

/// How near to 0 or 1 a share must be to say little. Source: assumption.
const NEAR: f64 = 0.05;
