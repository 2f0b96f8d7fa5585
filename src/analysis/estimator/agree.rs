//! Whether a method agrees with plain counting.

use super::{Estimate, EstimateSettings, Method, Until, estimate};
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
    pub fn holds(&self) -> bool {
        self.z.abs() <= 4.0
    }
}

/// What is found of a share: an estimate, and the plain count beside it where it is none itself.
#[derive(Debug, Clone, PartialEq)]
pub enum ShareFound {
    /// The estimate.
    Estimate(Box<Estimate>, Option<Agreement>),
    /// The pilot of importance sampling never met the target, so that no share is told.
    NeverMet {
        /// Its worlds.
        worlds: u64,
        /// What the share is at most, at 95 %.
        bound: f64,
    },
}

impl ShareFound {
    /// Estimates a share, and counts plainly beside it over about as many worlds; `done` hears how many worlds of the
    /// estimate are drawn.
    ///
    /// # Errors
    /// As [`estimate`], but for a target that is never met.
    pub fn of(n: &Negotiation, settings: &EstimateSettings, done: impl Fn(u64) + Sync) -> Result<Self, CannotRun> {
        let found = match estimate(n, settings, done) {
            Err(CannotRun::NeverMet { worlds, bound }) => return Ok(Self::NeverMet { worlds, bound }),
            found => found?,
        };
        let counted = (found.worlds + found.pilot).clamp(COUNTED.0, COUNTED.1);
        let beside = (found.method != Method::Plain).then(|| agreement(n, settings, &found, counted, |_| ()));
        Ok(Self::Estimate(Box::new(found), beside.transpose()?))
    }

    /// Whether it is precise enough, and plain counting agrees; a target that is never met is told for what it is.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Estimate(found, beside) => found.precise && beside.is_none_or(|beside| beside.holds()),
            Self::NeverMet { .. } => true,
        }
    }
}

/// Worlds of the plain count beside an estimate, at least and at most.
const COUNTED: (u64, u64) = (2_048, 16_384);

/// Counts plainly over so many worlds, none of which is behind the estimate, and compares.
///
/// # Errors
/// As [`estimate`].
pub fn agreement(
    n: &Negotiation,
    settings: &EstimateSettings,
    found: &Estimate,
    worlds: u64,
    done: impl Fn(u64) + Sync,
) -> Result<Agreement, CannotRun> {
    let plainly = EstimateSettings { method: Some(Method::Plain), until: Until::Worlds(worlds), ..settings.clone() };
    let counted = estimate(n, &plainly, done)?;
    let plain = Share::of(counted.hits, counted.worlds);
    let (mine, theirs) = (found.worlds as f64, counted.worlds as f64);
    let both = (found.interval.share * mine + plain.share * theirs) / (mine + theirs);
    let variance = found.interval.error * found.interval.error + (both * (1.0 - both)).max(0.0) / theirs;
    let difference = found.interval.share - plain.share;
    let z = if difference == 0.0 { 0.0 } else { difference / variance.sqrt() };
    Ok(Agreement { plain, z })
}
