//! What is estimated, how, and for how long.

use crate::engine::Drawing;
use crate::engine::talks::Ending;
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
    #[must_use]
    pub fn needs_talks(&self) -> bool {
        matches!(self, Self::Reached | Self::Ends(_))
    }
}

/// How it is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Count worlds: those that a survey under the same seed looks at.
    Plain,
    /// Count worlds that are drawn by scrambled Sobol' points.
    Sobol,
    /// Draw worlds by chance, and integrate out the lines at home.
    Lines,
    /// Both.
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
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }

    pub(super) fn integrates(self) -> bool {
        matches!(self, Self::Lines | Self::LinesSobol)
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The share.
    pub target: Target,
    /// The method; `None`: the one that does best for targets of this kind.
    pub method: Option<Method>,
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
