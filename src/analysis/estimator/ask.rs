//! What is estimated, how, and for how long, and what an estimate says.

use serde::{Serialize, Serializer};

use super::{Interval, Treatment};
use crate::engine::{Drawing, talks::Ending};
use crate::model::Package;

/// What is estimated: a share of worlds, or of the runs that go with them.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// One exists: some package is allowed, available, rational for all, and a defeat for nobody.
    Exists,
    /// This package is all that.
    WouldDo(Package),
    /// This package is a defeat for nobody.
    NoDefeat(Package),
    /// The talks reach one.
    Reached,
    /// The talks end so.
    Ends(Ending),
}

impl Target {
    /// Whether talks are played.
    pub fn needs_talks(&self) -> bool {
        matches!(self, Self::Reached | Self::Ends(_))
    }

    /// The method that does best for it: lines integrated out and Sobol' points where no talks are played, Sobol' points
    /// where they are. Importance sampling is only used where it is asked for: of an ending that hangs on the luck of the
    /// rounds it makes worse estimates than counting.
    pub(super) fn best_method(&self) -> Method {
        if self.needs_talks() { Method::Sobol } else { Method::LinesSobol }
    }
}

/// How it is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Count worlds: those that a survey under the same seed looks at.
    Plain,
    /// Count worlds that are drawn by scrambled Sobol' points.
    Sobol,
    /// Draw worlds by chance, and integrate out the lines at home.
    Lines,
    /// Both.
    #[serde(rename = "lines+sobol")]
    LinesSobol,
    /// Draw more of the worlds and intents that lead to a rare ending, and weigh them.
    Importance,
}

impl Method {
    /// All of them, in the order of the documents, with the words that name them.
    pub const ALL: [(&'static str, Self); 5] = [
        ("plain", Self::Plain),
        ("sobol", Self::Sobol),
        ("lines", Self::Lines),
        ("lines+sobol", Self::LinesSobol),
        ("importance", Self::Importance),
    ];

    /// The word that names it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }

    pub(super) fn integrates(self) -> bool {
        matches!(self, Self::Lines | Self::LinesSobol)
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateSettings {
    /// The share.
    pub target: Target,
    /// The method; `None`: the one that does best for targets of this kind.
    pub method: Option<Method>,
    /// For how long worlds are drawn.
    pub until: Until,
    /// From what worlds are drawn, and what is played in them.
    pub drawing: Drawing,
}

/// For how long worlds are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Until {
    /// This many, ≥ 1; of Sobol' points the greatest power of two in each randomisation that is no more.
    Worlds(u64),
    /// Until half the interval is no more than this: twice as many after each look, `most` at most.
    Precision {
        /// Half the width of the interval, > 0.
        half: f64,
        /// Worlds drawn at most.
        most: u64,
    },
}

/// A share with what it cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// The method used.
    pub method: Method,
    /// The share with its error and interval.
    #[serde(flatten)]
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
    #[serde(serialize_with = "by_path")]
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

/// Pairs as a map.
fn by_path<S: Serializer>(lines: &[(String, Treatment)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(lines.iter().map(|(path, treatment)| (path, treatment)))
}
