//! How long deals have held in history: figures to set beside a scenario's own.
//!
//! Shares of the cease-fires of civil wars that were still kept after 1, 2 and 5 years (Kaplan–Meier), from the data of
//! Fortna (2008); how they were counted, and how far another data set differs, stands in `docs/history.md`.

use crate::model::{Negotiation, Package, Role};

/// A kind of deal, by the class of history that is nearest to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DealKind {
    /// For a time.
    Truce,
    /// For a time, and a guarantor holds a term of it.
    GuardedTruce,
    /// Final.
    Final,
}

/// A class of history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastDeals {
    /// What it is called.
    pub name: &'static str,
    /// How many there were.
    pub count: u32,
    /// The share that was still kept after 1, 2 and 5 years.
    pub kept: [f64; 3],
}

/// By how much a chance may differ from history before it is warned of: ten points. Source: assumption.
pub const FAR_FROM_HISTORY: f64 = 0.1;

impl DealKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Truce, Self::GuardedTruce, Self::Final];

    /// The kind of a deal.
    pub fn of(n: &Negotiation, package: &Package) -> Self {
        let mut holders = n.space.picks(package).flat_map(|(_, option)| &option.holders);
        match n.space.is_temporary(package) {
            false => Self::Final,
            true if holders.any(|(who, _)| n.actor(*who).roles.contains(&Role::Guarantor)) => Self::GuardedTruce,
            true => Self::Truce,
        }
    }

    /// The nearest class of history.
    pub fn nearest(self) -> PastDeals {
        match self {
            Self::Truce => PastDeals { name: "truces", count: 48, kept: [0.54, 0.42, 0.29] },
            Self::GuardedTruce => PastDeals { name: "truces with peacekeepers", count: 15, kept: [0.67, 0.53, 0.53] },
            Self::Final => PastDeals { name: "treaties", count: 39, kept: [0.80, 0.74, 0.56] },
        }
    }
}
