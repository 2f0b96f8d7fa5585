//! What the answer hangs on: the page, the JSON, the CSV sheets.

mod data;
mod page;
mod sheets;

pub use data::summary;
pub use page::page;
pub use sheets::{indices, screening};

use crate::analysis::sensitivity::{Group, GroupKind, Indices, Outcome, Study, StudySettings};
use crate::ask::Choices;
use crate::model::Negotiation;
use crate::text::words::{count, counted, visible};

/// A study with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// How the study was made.
    pub settings: &'a StudySettings,
    /// What was chosen.
    pub choices: &'a Choices,
    /// What it says.
    pub study: &'a Study,
}

impl<'a> Asked<'a> {
    /// Groups with their indices, the largest total first.
    #[must_use]
    pub fn ranked(&self) -> Vec<(&'a Group, Indices)> {
        let groups = self.study.groups.iter().zip(self.study.decomposition.groups.iter().copied());
        let mut all: Vec<(&Group, Indices)> = groups.collect();
        all.sort_by(|x, y| y.1.total.value.total_cmp(&x.1.total.value));
        all
    }

    /// What the numbers of the outcome are.
    #[must_use]
    pub fn measure(&self) -> &'static str {
        match self.settings.outcome {
            Outcome::Margin => "the margin",
            Outcome::Exists => "the share of worlds in which one exists",
            Outcome::Reached => "the share of runs in which it is reached",
        }
    }

    /// What a group is called.
    #[must_use]
    pub fn name(&self, group: &Group) -> String {
        match &group.kind {
            GroupKind::Input => visible(&self.study.factors[group.factors[0]].path),
            GroupKind::Named(name) => format!("{} ({})", visible(name), counted(group.factors.len(), "input")),
            GroupKind::Others if group.factors.len() == 1 => "the one other input".into(),
            GroupKind::Others => format!("all {} other inputs", count(group.factors.len() as u128)),
            GroupKind::Luck => "the luck of the rounds".into(),
        }
    }
}

/// What an outcome is called on a page.
#[must_use]
pub fn outcome(of: Outcome) -> &'static str {
    match of {
        Outcome::Margin => "the margin",
        Outcome::Exists => "whether one exists",
        Outcome::Reached => "whether it is reached",
    }
}
