//! Directions: which way an answer ought to move when something of the scenario is changed.
//!
//! A direction compares two arms of one scenario, the base and the changed one, run by run on the same luck.

use super::{ActorId, InputId, Law, Negotiation, Rule};

/// A change of the scenario with the ways in which answers are expected to move.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// What holds in both arms.
    pub given: Change,
    /// What holds in the changed arm only.
    pub change: Change,
    /// What is asked of the two arms, and the answer expected; at least one.
    pub expects: Vec<(Measure, Sign)>,
    /// Why it is expected.
    pub kind: DirectionKind,
    /// Who says so.
    pub source: Option<String>,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// Why a direction is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectionKind {
    /// It holds by construction: a miss is a mistake in the program.
    Wiring,
    /// It is a finding about the scenario, and may fail.
    Emergent,
}

impl DirectionKind {
    /// Both kinds, with their words.
    pub const WORDS: [(&'static str, Self); 2] = [("wiring", Self::Wiring), ("emergent", Self::Emergent)];
}

/// Which way a measure is expected to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// It grows.
    Up,
    /// It falls.
    Down,
    /// It stays.
    Zero,
}

impl Sign {
    /// All signs, with the words of files.
    pub const WORDS: [(&'static str, Self); 3] = [("up", Self::Up), ("down", Self::Down), ("zero", Self::Zero)];
}

/// What is asked of a world or of a run. The first three need no talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Share of worlds in which a settlement exists that is a defeat for nobody.
    Exists,
    /// Mean margin, as a share of the span of who binds; worlds without one in either arm are left out.
    Margin,
    /// Mean share of all packages that are allowed, available and a defeat for nobody.
    NoDefeat,
    /// Share of runs that end in a settlement or a truce.
    Reached,
    /// Share of runs that end in a deal signed and ratified, whatever home thinks of it.
    Signed,
    /// Share of runs that end so: place among [`Measure::ENDINGS`].
    Ending(usize),
    /// Share of runs that end without a deal for this reason: place among [`Measure::CAUSES`].
    Cause(usize),
    /// Share of runs that end without a deal while an earlier paper is in force.
    Interim,
    /// Mean time that runs take, in units of time.
    Rounds,
    /// Mean time to a deal signed and ratified, given one, in units of time.
    RoundsToDeal,
    /// Mean relative gain of a party, given a deal signed and ratified.
    Gain(ActorId),
    /// Mean relative gain of a party over all runs, 0 without a deal.
    Benefit(ActorId),
    /// Mean worth of the deal to a party's leadership in its own points, given a deal signed and ratified.
    Points(ActorId),
    /// Mean of what a run pays a party in all, in its own points; see `docs/model.md`.
    Payoff(ActorId),
    /// Mean share of a party's moves that are talk, token or hold; runs without a move of its own are left out.
    Stalling(ActorId),
    /// Mean packages that a party names in a run.
    Offers(ActorId),
    /// Mean chance that a deal signed and ratified still holds after so many years, given one.
    Survival(u32),
}

/// The measure of a party.
type OfParty = fn(ActorId) -> Measure;

impl Measure {
    /// Measures that are one word.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("exists", Self::Exists),
        ("margin", Self::Margin),
        ("no_defeat", Self::NoDefeat),
        ("reached", Self::Reached),
        ("signed", Self::Signed),
        ("interim", Self::Interim),
        ("rounds", Self::Rounds),
        ("rounds_to_deal", Self::RoundsToDeal),
    ];

    /// Endings of runs, as they are told.
    pub const ENDINGS: [&str; 6] = ["settlement", "truce", "defeat", "unratified", "imposed", "no-deal"];

    /// Why runs end without a deal, as it is told.
    pub const CAUSES: [&str; 8] =
        ["walked-out", "mishap", "ultimatum", "escalation", "mediator-left", "deadline", "ran-out", "still-talking"];

    /// Measures of a party, as `gain.PARTY`.
    pub const OF_PARTIES: [(&'static str, OfParty); 6] = [
        ("payoff", Self::Payoff),
        ("gain", Self::Gain),
        ("benefit", Self::Benefit),
        ("points", Self::Points),
        ("stalling", Self::Stalling),
        ("offers", Self::Offers),
    ];

    /// The measure of a word, one of [`WORDS`](Self::WORDS), [`ENDINGS`](Self::ENDINGS) or [`CAUSES`](Self::CAUSES).
    pub fn of(word: &str) -> Option<Self> {
        let plain = Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, measure)| *measure);
        let ending = || Self::ENDINGS.iter().position(|w| *w == word).map(Self::Ending);
        plain.or_else(ending).or_else(|| Self::CAUSES.iter().position(|w| *w == word).map(Self::Cause))
    }

    /// Whether a world answers it without any talks.
    pub fn is_of_worlds(self) -> bool {
        matches!(self, Self::Exists | Self::Margin | Self::NoDefeat)
    }

    /// As files write it.
    pub fn word(self, n: &Negotiation) -> String {
        match self {
            Self::Ending(place) => Self::ENDINGS[place].to_owned(),
            Self::Cause(place) => Self::CAUSES[place].to_owned(),
            Self::Survival(years) => format!("survival.{years}"),
            Self::Payoff(party)
            | Self::Gain(party)
            | Self::Benefit(party)
            | Self::Points(party)
            | Self::Stalling(party)
            | Self::Offers(party) => {
                let own = Self::OF_PARTIES.iter().find(|(_, measure)| measure(party) == self);
                format!("{}.{}", own.map_or("", |(word, _)| word), n.actor(party).id)
            }
            plain => {
                let own = Self::WORDS.iter().find(|(_, measure)| *measure == plain);
                own.map_or("", |(word, _)| word).to_owned()
            }
        }
    }
}

/// A change of the scenario, made in the order of the fields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Numbers that get another law, in every reading and with every variant.
    pub set: Vec<(InputId, Law)>,
    /// Numbers whose whole distribution is moved, in every reading and with every variant.
    pub moves: Vec<LawShift>,
    /// Variants switched, by place.
    pub variants: Vec<(usize, bool)>,
    /// The one reading that worlds are drawn from.
    pub reading: Option<usize>,
    /// Parts of the talks that are switched off, as the engine names them.
    pub without: Vec<String>,
    /// Rules that are added.
    pub rules: Vec<Rule>,
}

/// A distribution that is moved as a whole and kept within bounds:
///
/// ```text
/// x' = max(least, min(most, times · x + by)),  times ≥ 0
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LawShift {
    /// Which number.
    pub input: InputId,
    /// Factor.
    pub times: f64,
    /// Summand.
    pub by: f64,
    /// The least and the most that the key allows.
    pub bounds: (f64, f64),
}

impl LawShift {
    /// The law moved. One that follows an unknown moves without bounds: files in which it would leave them are refused.
    pub fn of(&self, law: &Law) -> Law {
        match law {
            Law::Own(quantity) => Law::Own(quantity.moved(self.times, self.by, self.bounds)),
            Law::Shared { unknown, times, plus } => {
                Law::Shared { unknown: *unknown, times: self.times * times, plus: self.times * plus + self.by }
            }
        }
    }

    /// Whether some value that the number can take in `n` is stopped by a bound.
    pub fn is_stopped(&self, n: &Negotiation) -> bool {
        let (lo, hi) = n.range(self.input);
        self.times * lo + self.by < self.bounds.0 || self.times * hi + self.by > self.bounds.1
    }
}

impl Change {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Changes a negotiation; variants, reading and parts switched off are left to whoever makes runs of it.
    pub fn apply(&self, n: &mut Negotiation) {
        for (id, law) in &self.set {
            n.inputs.set_law(*id, law.clone());
            for_all_rivals(n, *id, |rival| *rival = law.clone());
        }
        for shift in &self.moves {
            let moved = shift.of(&n.inputs.get(shift.input).law);
            n.inputs.set_law(shift.input, moved);
            for_all_rivals(n, shift.input, |rival| *rival = shift.of(rival));
        }
        n.space.rules.extend(self.rules.iter().cloned());
    }
}

/// Changes what readings and variants make of a number.
fn for_all_rivals(n: &mut Negotiation, id: InputId, change: impl Fn(&mut Law)) {
    let sets = n.readings.iter_mut().map(|r| &mut r.set).chain(n.variants.iter_mut().map(|v| &mut v.set));
    sets.flatten().filter(|(changed, _)| *changed == id).for_each(|(_, law)| change(law));
}
