//! Concession tactics: how far a side has come down by a given round.
//!
//! Source: Faratin et al. (1998).

use super::InputId;

/// How a side comes down from the best that it could have to the least that it would take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tactic {
    /// By the clock: see [`polynomial`].
    Polynomial {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// Shape, ≥ 0: below 1 late (Boulware), above 1 early (Conceder).
        beta: InputId,
    },
    /// By the clock: see [`exponential`].
    Exponential {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// Shape, ≥ 0.
        beta: InputId,
    },
    /// By what the others concede: in proportion (see [`relative`]), by as much (see [`absolute`]), or in proportion over
    /// several offers (see [`averaged`]).
    TitForTat {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// How the others' concession is answered.
        reply: Reply,
    },
}

/// How a concession is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// In the same proportion.
    Relative,
    /// By the same amount.
    Absolute,
    /// In the proportion of the last so many offers, ≥ 1.
    Averaged(usize),
}

/// Share conceded by the clock:
///
/// ```text
/// κ + (1 − κ) · (t/T)^(1/β)
/// ```
///
/// `share` is t/T in [0, 1]; β = 0 is the limit that concedes nothing before T. Source: Faratin et al. (1998).
#[must_use]
pub fn polynomial(kappa: f64, beta: f64, share: f64) -> f64 {
    if share >= 1.0 {
        return 1.0;
    }
    kappa + (1.0 - kappa) * crate::num::pow(share, 1.0 / beta)
}

/// Share conceded by the clock:
///
/// ```text
/// e^{(1 − t/T)^β · ln κ}
/// ```
///
/// `share` is t/T in [0, 1]; κ = 0 is the limit that concedes nothing before T. Source: Faratin et al. (1998).
#[must_use]
pub fn exponential(kappa: f64, beta: f64, share: f64) -> f64 {
    if share >= 1.0 {
        return 1.0;
    }
    if kappa <= 0.0 {
        return 0.0;
    }
    crate::num::exp(crate::num::pow(1.0 - share, beta) * crate::num::ln(kappa))
}

/// What one gives up next, when the others answered in the same proportion:
///
/// ```text
/// earlier / latest · own
/// ```
///
/// All three are prices that the payer wants low: what the others' two offers leave short of one's best, and what one
/// gave up last. An offer that leaves nothing short is answered by no change. Source: Faratin et al. (1998).
#[must_use]
pub fn relative(earlier: f64, latest: f64, own: f64) -> f64 {
    if latest <= 0.0 { own } else { earlier / latest * own }
}

/// What one gives up next, when the others' concession is matched: own + (earlier − latest), as in [`relative`].
///
/// Source: Faratin et al. (1998).
#[must_use]
pub fn absolute(earlier: f64, latest: f64, own: f64) -> f64 {
    own + (earlier - latest)
}

/// What one gives up next, in the proportion in which the others came down over the last `window` offers of `heard`.
/// No change while fewer are known. Source: Faratin et al. (1998).
#[must_use]
pub fn averaged(heard: &[f64], window: usize, own: f64) -> f64 {
    match heard {
        [.., latest] if heard.len() > window => relative(heard[heard.len() - 1 - window], *latest, own),
        _ => own,
    }
}

impl Reply {
    /// What one gives up next, given what the others' offers left short, `heard[offer]` from the first to the latest,
    /// and what one gave up last; all in the same points.
    #[must_use]
    pub fn next(self, heard: &[f64], own: f64) -> f64 {
        match (self, heard) {
            (Self::Averaged(window), _) => averaged(heard, window, own),
            (Self::Relative, [.., earlier, latest]) => relative(*earlier, *latest, own),
            (Self::Absolute, [.., earlier, latest]) => absolute(*earlier, *latest, own),
            _ => own,
        }
    }

    /// How many earlier offers [`next`](Self::next) looks back.
    #[must_use]
    pub fn window(self) -> usize {
        if let Self::Averaged(window) = self { window } else { 1 }
    }
}
