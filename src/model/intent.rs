//! Intents: what a party is really after, as a policy of moves, concessions and refusals; and concession tactics: how far
//! a side has come down by a given round.
//!
//! Source of the tactics: Faratin et al. (1998).

use serde::Serialize;

use super::{ActorId, Circumstance, Clause, Condition, InputId, StateId};
use crate::num;

/// What a party may do in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// Names a whole package.
    Offer,
    /// Makes a small gesture.
    Token,
    /// Talks, without an offer.
    Talk,
    /// Does nothing.
    Hold,
    /// Names a whole package as its last word: its own audiences will hold it to it.
    Ultimatum,
    /// Leaves for good.
    WalkOut,
}

impl Move {
    /// All moves, in the order of `rates`.
    pub const ALL: [Self; 6] = [Self::Offer, Self::Token, Self::Talk, Self::Hold, Self::Ultimatum, Self::WalkOut];
    /// How files name them, in the same order.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("offer", Self::Offer),
        ("token", Self::Token),
        ("talk", Self::Talk),
        ("hold", Self::Hold),
        ("ultimatum", Self::Ultimatum),
        ("walk-out", Self::WalkOut),
    ];

    /// How files name it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether it puts a package or a paper on the table.
    pub fn names_terms(self) -> bool {
        matches!(self, Self::Offer | Self::Ultimatum)
    }
}

/// What a party may be after; one is drawn for each run, by prior.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// Whose it may be.
    pub of: ActorId,
    /// Identifier used in the file, unique for the party.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Weight with which it is drawn, ≥ 0; priors of a party are divided by their sum.
    pub prior: InputId,
    /// `rates[move]`, ≥ 0, divided by their sum in every round; `None` is 0.
    pub rates: [Option<InputId>; 6],
    /// What multiplies rates, and when.
    pub responses: Vec<Response>,
    /// How it comes down.
    pub tactic: Tactic,
    /// The least utility that it ever asks for, in points; what no deal is worth, if that is more or none is given.
    pub floor: Option<InputId>,
    /// Share of the way from what no deal is worth to the best that it can hope for that it never gives up, in [0, 1].
    pub holds_out: Option<InputId>,
    /// What it does to the states around the talks, talking or not.
    pub escalates: Option<Escalation>,
    /// What every package must hold that it offers or accepts.
    pub requires: Condition,
    /// Packages that it neither offers nor accepts: any clause in force rules a package out.
    pub refuses: Vec<Clause>,
    /// Share of the way that it comes down at once on a paper that binds little: at every stage but the last.
    pub on_paper: InputId,
    /// Share of what it hopes to gain in the end that it puts at risk on such a paper, in [0, 1].
    pub ventures: InputId,
    /// When it takes what home may call a defeat: the chance of being borne with which it is then content.
    pub yields: Option<Yielding>,
    /// Time after which it leaves, ≥ 0; `None`: it stays.
    pub patience: Option<InputId>,
    /// Its own deadline, in units of time from the start, ≥ 0: it leaves then as well. `None`: it has none.
    pub deadline: Option<InputId>,
    /// Whether whoever has it does not mean to make the concessions that a settlement takes.
    pub obstructs: bool,
}

/// Factors on the rates of moves while a circumstance holds. Factors of several responses are multiplied.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Identifier used in the file.
    pub id: String,
    /// When.
    pub during: Circumstance,
    /// Factor on the rate of each move, ≥ 0.
    pub times: Vec<(Move, InputId)>,
}

/// A side that is pressed or exhausted: what it then accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Yielding {
    /// In what circumstances.
    pub during: Circumstance,
    /// The least chance that those at home bear what it accepts, in [0, 1]; replaces that of the talks.
    pub accepts_if_borne: InputId,
}

/// Pressure outside the room, independent of what is said in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// Rate, in [0, 1).
    pub chance: InputId,
    /// What it adds to states.
    pub moves: Vec<(StateId, InputId)>,
    /// In what circumstances.
    pub during: Circumstance,
}

/// How a side comes down from the best that it could have to the least that it would take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tactic {
    /// By the clock: see [`polynomial`].
    Polynomial {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// Shape, ≥ 0: below 1 late (Boulware), above 1 early (Conceder).
        beta: InputId,
        /// The time in which all is conceded, ≥ 0; see [`Tactic::over`].
        over: Option<InputId>,
        /// The time before which nothing is conceded, ≥ 0; `None`: it begins with the talks.
        starts: Option<InputId>,
    },
    /// By the clock: see [`exponential`].
    Exponential {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// Shape, ≥ 0.
        beta: InputId,
        /// The time in which all is conceded, ≥ 0; see [`Tactic::over`].
        over: Option<InputId>,
        /// The time before which nothing is conceded, ≥ 0; `None`: it begins with the talks.
        starts: Option<InputId>,
    },
    /// By what the others concede: in proportion (see [`relative`]), by as much (see [`absolute`]), or in proportion over
    /// several offers (see [`averaged`]).
    TitForTat {
        /// Share conceded at once, in [0, 1].
        kappa: InputId,
        /// How the others' concession is answered.
        reply: Reply,
    },
    /// It reckons: it asks for what it would be given if both sides knew all and made no mistake, see
    /// [`Negotiation::reckoning`](super::Negotiation::reckoning).
    Reckons,
}

impl Tactic {
    /// Whether it comes down by the clock, and the time in which it concedes all as far as the file writes it: without
    /// that, until one unit of time before its own deadline, else one before the public one.
    pub fn over(&self) -> Option<Option<InputId>> {
        match *self {
            Self::Polynomial { over, .. } | Self::Exponential { over, .. } => Some(over),
            Self::TitForTat { .. } | Self::Reckons => None,
        }
    }

    /// The time before which a tactic by the clock concedes nothing, where the file writes one.
    pub fn starts(&self) -> Option<InputId> {
        match *self {
            Self::Polynomial { starts, .. } | Self::Exponential { starts, .. } => starts,
            Self::TitForTat { .. } | Self::Reckons => None,
        }
    }
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
/// `share` is t/T in [0, 1], T the time by which all is conceded; β = 0 is the limit that concedes nothing before T. Source: Faratin et al. (1998).
pub fn polynomial(kappa: f64, beta: f64, share: f64) -> f64 {
    if share >= 1.0 {
        return 1.0;
    }
    kappa + (1.0 - kappa) * num::pow(share, 1.0 / beta)
}

/// Share conceded by the clock:
///
/// ```text
/// e^{(1 − t/T)^β · ln κ}
/// ```
///
/// `share` is t/T in [0, 1]; κ = 0 is the limit that concedes nothing before T. Source: Faratin et al. (1998).
pub fn exponential(kappa: f64, beta: f64, share: f64) -> f64 {
    if share >= 1.0 {
        return 1.0;
    }
    if kappa <= 0.0 {
        return 0.0;
    }
    num::exp(num::pow(1.0 - share, beta) * num::ln(kappa))
}

/// What one gives up next, when the others answered in the same proportion:
///
/// ```text
/// earlier / latest · own
/// ```
///
/// All three are prices that the payer wants low: what the others' two offers leave short of one's best, and what one
/// gave up last. An offer that leaves nothing short is answered by no change. Source: Faratin et al. (1998).
pub fn relative(earlier: f64, latest: f64, own: f64) -> f64 {
    if latest <= 0.0 { own } else { earlier / latest * own }
}

/// What one gives up next, when the others' concession is matched: own + (earlier − latest), as in [`relative`].
///
/// Source: Faratin et al. (1998).
pub fn absolute(earlier: f64, latest: f64, own: f64) -> f64 {
    own + (earlier - latest)
}

/// What one gives up next, in the proportion in which the others came down over the last `window` offers of `heard`.
/// No change while fewer are known. Source: Faratin et al. (1998).
pub fn averaged(heard: &[f64], window: usize, own: f64) -> f64 {
    match heard {
        [.., latest] if heard.len() > window => relative(heard[heard.len() - 1 - window], *latest, own),
        _ => own,
    }
}

impl Reply {
    /// What one gives up next, given what the others' offers left short, `heard[offer]` from the first to the latest,
    /// and what one gave up last; all in the same points.
    pub fn next(self, heard: &[f64], own: f64) -> f64 {
        match (self, heard) {
            (Self::Averaged(window), _) => averaged(heard, window, own),
            (Self::Relative, [.., earlier, latest]) => relative(*earlier, *latest, own),
            (Self::Absolute, [.., earlier, latest]) => absolute(*earlier, *latest, own),
            _ => own,
        }
    }

    /// How many earlier offers [`next`](Self::next) looks back.
    pub fn window(self) -> usize {
        if let Self::Averaged(window) = self { window } else { 1 }
    }
}
