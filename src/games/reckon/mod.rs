//! Reckoning: what two sides get that know all of each other and make no mistake, exactly.
//!
//! A [`Problem`] says what they divide and what presses them; [`solve`] works back from the last offer, or finds the division
//! that holds itself up. In fractions every answer is exact; in floats it is fast.

mod number;
mod solve;
mod step;
mod zone;

pub use crate::model::reckoning::{NotReckoned, Problem, Side, Turn};
pub use number::Number;
pub use solve::{Plan, Unsolved, solve};
pub use step::{Comes, Offer, Rules, Threat};
pub use zone::Zone;
