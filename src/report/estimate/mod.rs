//! One share with its interval: how it was found, what it cost, and whether plain counting agrees.

mod data;
mod page;

pub use data::{never_met, summary};
pub(super) use page::asked_precision;
pub use page::{never_met_page, page, sentence, target_id};

use super::head::Otherwise;
use crate::analysis::estimator::{Agreement, Asked, Estimate};
use crate::model::Negotiation;

/// An estimate with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// What was asked.
    pub asked: &'a Asked,
    /// In what other ways than the file's own.
    pub otherwise: Otherwise<'a>,
    /// Half the width of the interval asked for, if a precision was.
    pub half: Option<f64>,
    /// The estimate.
    pub found: &'a Estimate,
    /// The plain count beside it; `None` where it is one itself.
    pub agreement: Option<&'a Agreement>,
}
