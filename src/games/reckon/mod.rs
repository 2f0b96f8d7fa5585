//! Reckoning: what two sides get that know all of each other and make no mistake, exactly.
//!
//! A [`Problem`] says what they divide and what presses them; [`solve`] works back from the last offer, or finds the division
//! that holds itself up. [`screen`] is for a side that offers to one of two kinds, [`told`] for a token sent before that. In
//! fractions every answer is exact; in floats it is fast.

mod answer;
mod number;
mod screen;
mod solve;
mod step;
mod token;
mod zone;

pub use crate::model::reckoning::{Case, Gesture, Kind, Kinds, NotReckoned, Pie, Problem, Side, Strip, Turn};
pub use answer::{Answer, Coarse, Division, Known, OfKinds, answer, decimal, division, fraction};
pub use number::Number;
pub use screen::{Asked, Rests, Screened, screen};
pub use solve::{Plan, Unsolved, solve, solve_throughout};
pub use step::{Comes, Offer, Rules, Threat};
pub use token::{Told, told};
pub use zone::Zone;
