//! Intents: what a party is really after, as a policy of moves, concessions and refusals.

use serde::Serialize;

use super::{ActorId, Circumstance, Clause, Condition, InputId, StateId, Tactic};

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
    /// Rounds after which it leaves, ≥ 0; also the deadline of its tactic. `None`: it stays to the end.
    pub patience: Option<InputId>,
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
    /// Chance each round, in [0, 1].
    pub chance: InputId,
    /// What it adds to states.
    pub moves: Vec<(StateId, InputId)>,
    /// In what circumstances.
    pub during: Circumstance,
}
