//! Whether a method agrees with plain counting.

use super::{Asked, Estimate, Method, Until, estimate};
use crate::analysis::Share;
use crate::engine::CannotRun;
use crate::model::Negotiation;

/// A plain count beside an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// The count, over the worlds that a survey under the same seed looks at.
    pub plain: Share,
    /// The difference in standard errors of both; 0 where there is none, infinite where an exact share is contradicted.
    ///
    /// ```text
    /// z = (estimate − count/n) / √( error² + p(1 − p)/n ),   p of both together, each by its worlds
    /// ```
    pub z: f64,
}

impl Agreement {
    /// Whether the difference is within four standard errors: chance exceeds it once in 16 000 times.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.z.abs() <= 4.0
    }
}

/// Counts plainly over so many worlds, none of which is behind the estimate, and compares.
///
/// # Errors
/// As [`estimate`].
pub fn agreement(
    n: &Negotiation,
    asked: &Asked,
    found: &Estimate,
    worlds: u64,
    done: impl Fn(u64) + Sync,
) -> Result<Agreement, CannotRun> {
    let plainly = Asked { method: Some(Method::Plain), ..asked.clone() };
    let counted = estimate(n, &plainly, Until::Worlds(worlds), done)?;
    let plain = Share::of(counted.hits, counted.worlds);
    let (mine, theirs) = (found.worlds as f64, counted.worlds as f64);
    let both = (found.interval.share * mine + plain.share * theirs) / (mine + theirs);
    let variance = found.interval.error * found.interval.error + (both * (1.0 - both)).max(0.0) / theirs;
    let difference = found.interval.share - plain.share;
    let z = if difference == 0.0 { 0.0 } else { difference / variance.sqrt() };
    Ok(Agreement { plain, z })
}
