//! What two sides get that reckon: the page, and its data.

mod data;
mod kinds;
mod page;
mod rests;

use crate::games::reckon::{Answer, NotReckoned, answer};
use crate::model::Negotiation;

pub use data::data;
pub use page::page;

/// A negotiation that is reckoned, as far as it can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned<'n> {
    /// The negotiation.
    pub n: &'n Negotiation,
    /// What its sides work out, or why that is not answered.
    pub answer: Result<Answer, NotReckoned>,
}

impl<'n> Reckoned<'n> {
    /// Reckons.
    pub fn of(n: &'n Negotiation) -> Self {
        Self { n, answer: answer(n) }
    }

    /// How many numbers are taken at their likeliest value because they are uncertain.
    fn uncertain(&self) -> usize {
        self.n.inputs.iter().filter(|(_, input)| input.law.is_uncertain(input.kind)).count()
    }
}
