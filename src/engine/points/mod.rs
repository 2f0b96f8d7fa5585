//! Points that fill a cube more evenly than chance: what worlds are drawn by where every draw is dear.
//!
//! [`Sobol`] for estimates and sensitivity, [`Latin`] for designs of a few hundred worlds. Both give one uniform in
//! [0, 1) for each dimension and point, and each dimension is named by a path.

mod directions;
mod latin;
mod sobol;

pub use directions::DIMENSIONS;
pub use latin::Latin;
pub use sobol::Sobol;

/// 2⁻⁵³.
const DIGIT: f64 = 1.0 / 9_007_199_254_740_992.0;

/// The number in [0, 1) of which these are the 64 binary digits, cut to 53.
fn fraction(digits: u64) -> f64 {
    (digits >> 11) as f64 * DIGIT
}
