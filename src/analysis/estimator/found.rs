//! What an estimate says.

use super::{Interval, Method, Treatment};

/// A share with what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The method used.
    pub method: Method,
    /// The share with its error and interval.
    pub interval: Interval,
    /// Worlds behind it.
    pub worlds: u64,
    /// Worlds of the pilot, not behind it: they chose whose line to integrate, or what to draw more of.
    pub pilot: u64,
    /// Worlds in which the value was above 0.
    pub hits: u64,
    /// Independent randomisations behind the error; 0 where each world is one.
    pub randomisations: u64,
    /// worlds · error²: the variance of one world in its effect on the estimate. Plain counting has p(1 − p).
    pub variance: f64,
    /// Worlds that plain counting needs for this interval; infinite where the interval has no width.
    pub plain_worlds: f64,
    /// `plain_worlds` by all worlds drawn, those of the pilot with them: 1 for plain counting but for rounding.
    pub saving: f64,
    /// Effective number of worlds behind the weights of importance sampling.
    pub effective: Option<f64>,
    /// The dimensions of the draws that importance sampling tilted; the intents of parties as `intents/PARTY`.
    pub tilted: Vec<String>,
    /// What became of the lines and vetoes that the target hangs on, by path; empty where nothing is integrated out.
    pub lines: Vec<(String, Treatment)>,
    /// Whose line was integrated out, where only one judge's can be: the path of the line.
    pub one_line: Option<String>,
    /// Whether nothing but what was integrated out is uncertain, so that the share is exact.
    pub exact: bool,
    /// Whether the precision asked for was reached; true where none was.
    pub precise: bool,
    /// Worlds that the precision would take, as far as can be told, where it was not reached.
    pub wanted: Option<f64>,
}
