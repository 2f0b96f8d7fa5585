//! Finite games in strategic form, exactly: payoff tables from files, and all that is in equilibrium in them.
//!
//! A payoff is a rational number and stays one. Two players are solved completely: every extreme equilibrium, degenerate games
//! too, from which all others are mixed. With three or more only equilibria in pure strategies are found. Beside them stand the
//! equilibria of two sides that err, in floats.

mod equilibria;
mod grid;
mod linear;
mod logit;
mod polytope;
mod read;
pub mod reckon;
mod table;
mod wide;

pub use equilibria::{Equilibrium, MOST_STRATEGIES, TooLarge, equilibria};
pub use grid::on_grid;
pub use logit::{Logit, Sides, branch, principal};
pub use read::{as_csv, as_nfg, csv, nfg, number};
pub use table::{Game, MOST_PROFILES, Player, Profile};

/// A payoff or a probability: a fraction in lowest terms.
pub type Exact = num_rational::BigRational;

/// The float nearest to a fraction, or infinity where none is near.
pub fn nearest(x: &Exact) -> f64 {
    num_traits::ToPrimitive::to_f64(x).unwrap_or(f64::INFINITY)
}
