//! What the answer hangs on: the page, the JSON, the CSV sheets.

mod data;
mod page;

use itertools::Itertools as _;

pub use data::{indices, screening, summary};
pub(super) use page::share;
pub use page::{NOT_TOLD, page};

use super::frame::AnswerTo;
use crate::analysis::sensitivity::{GroupKind, Indices, InputGroup, Measure, Study, StudySettings};
use crate::text::words::{count, counted, visible};

/// A study with all that was asked.
pub type Studied<'a> = AnswerTo<'a, StudySettings, Study>;

impl<'a> Studied<'a> {
    /// Groups with their indices, the largest total first.
    #[must_use]
    pub fn ranked(&self) -> Vec<(&'a InputGroup, Indices)> {
        let groups = self.answer.groups.iter().zip(self.answer.decomposition.groups.iter().copied());
        groups.sorted_by(|x, y| y.1.total.value.total_cmp(&x.1.total.value)).collect()
    }

    /// What the numbers of the outcome are.
    #[must_use]
    pub fn measure(&self) -> &'static str {
        match self.settings.outcome {
            Measure::Margin => "the margin",
            Measure::Exists => "the share of worlds in which one exists",
            Measure::Reached => "the share of runs in which it is reached",
        }
    }

    /// What a group is called.
    #[must_use]
    pub fn name(&self, group: &InputGroup) -> String {
        match &group.kind {
            GroupKind::Input => visible(&self.answer.factors[group.factors[0]].path),
            GroupKind::Named(name) => format!("{} ({})", visible(name), counted(group.factors.len(), "input")),
            GroupKind::Others if group.factors.len() == 1 => "the one other input".into(),
            GroupKind::Others => format!("all {} other inputs", count(group.factors.len() as u128)),
            GroupKind::Luck => "the luck of the rounds".into(),
        }
    }
}

/// What an outcome is called on a page.
#[must_use]
pub fn outcome(of: Measure) -> &'static str {
    match of {
        Measure::Margin => "the margin",
        Measure::Exists => "whether one exists",
        Measure::Reached => "whether it is reached",
    }
}
