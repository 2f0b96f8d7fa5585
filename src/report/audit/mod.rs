//! How much of the answer rests on numbers without a source: the page and the JSON.

mod data;
mod page;

pub use data::{sheet, summary};
pub use page::page;

use crate::analysis::sensitivity::{Audit, AuditSettings};
use crate::ask::Choices;
use crate::model::Negotiation;

/// An audit with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Audited<'a> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// How the audit was made.
    pub settings: &'a AuditSettings,
    /// What was chosen.
    pub choices: &'a Choices,
    /// What it says.
    pub audit: &'a Audit,
}
