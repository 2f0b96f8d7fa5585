//! A game as a text: JSON with one line a decision, in words that can be read and written.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Fingerprint;
use super::game::{Session, Start};
use crate::ask::{self, Wanted};
use crate::engine::talks::{Asked, Decision, Question, Seats, Terms};
use crate::model::{ActorId, Move, Negotiation, Package};
use crate::scenario::Finding;
use crate::text::words::shown;

/// The form of a saved game that is written, and the only one that is read.
const FORM: u32 = 1;

/// Bytes of a saved game at most, and decisions: many times what the longest game needs.
pub const MOST_BYTES: usize = 4_000_000;
const MOST_DECISIONS: usize = 100_000;

/// A game as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The form of this text.
    pub winset_talk: u32,
    /// The scenario, by the name under which it was read.
    pub scenario: String,
    /// A hash of all that a run of it hangs on.
    pub fingerprint: String,
    /// Who sits at the table for whom decisions are listed.
    pub seats: Vec<String>,
    /// The intents that were given, as `party=intent`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intents: Vec<String>,
    /// The seed of the world; left out where every number is at its likeliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The run.
    #[serde(default)]
    pub run: u64,
    /// Numbers changed, as `--set` takes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// Variants switched, as `--variant` takes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variant: Vec<String>,
    /// The one account, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// The decisions in order.
    pub decisions: Vec<Line>,
}

/// One decision. Round and seat are for readers: they follow from the decisions before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The round.
    pub round: u32,
    /// Whose it is.
    pub seat: String,
    /// What is decided: `offer issue=option,…`, `talk`, `accept`, `refuse`, ….
    pub does: String,
}

/// A hash of all that a run hangs on: SHA-256 in hexadecimal of its fingerprint, which is of the likeliest world, and of the
/// ranges of all numbers. Comments and blanks of the file play no part.
fn fingerprint(n: &Negotiation) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    add(&format!("{:?}", Fingerprint::of(n)));
    for (_, input) in n.inputs.iter() {
        add(&input.path);
        add(&format!("{:?}", input.law));
    }
    add(&n.horizon.to_string());
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Saved {
    /// A game, under the name of its scenario and with what was wanted of it.
    pub fn of(session: &Session, scenario: &str, wanted: &Wanted) -> Self {
        let (n, start) = (session.negotiation(), session.start());
        let id = |i: &ActorId| n.actor(*i).id.clone();
        let intent = |k: &usize| format!("{}={}", n.actor(n.intents[*k].of).id, n.intents[*k].id);
        let line = |(round, seat, decision): (u32, ActorId, Decision)| Line {
            round,
            seat: id(&seat),
            does: written(n, &decision),
        };
        let decisions = session.told().into_iter().map(line).collect();
        Self {
            winset_talk: FORM,
            scenario: scenario.to_owned(),
            fingerprint: fingerprint(n),
            seats: start.seats.who.iter().map(id).collect(),
            intents: start.seats.intents.iter().map(intent).collect(),
            seed: start.seed,
            run: start.run,
            set: wanted.set.clone(),
            variant: wanted.variant.clone(),
            reading: wanted.reading.clone(),
            decisions,
        }
    }

    /// What is wanted of the scenario.
    pub fn wanted(&self) -> Wanted {
        let seed = self.seed.unwrap_or(Start::SEED).to_string();
        let (set, variant, reading) = (self.set.clone(), self.variant.clone(), self.reading.clone());
        Wanted { seed, reading, variant, set, ..Wanted::default() }
    }

    /// The text of a game.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |text| text + "\n")
    }

    /// Reads a text.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        if text.len() > MOST_BYTES {
            return Err(Finding::error(format!("a saved game has at most {MOST_BYTES} bytes")));
        }
        let saved: Self = serde_json::from_str(text).map_err(|e| {
            let place = format!("line {}, column {}", e.line(), e.column());
            Finding::error(format!("this is no saved game ({place}): {}", shown(&what(&e))))
                .hint("`winset play FILE --save talk.json` writes one")
        })?;
        if saved.winset_talk != FORM {
            return Err(Finding::error(format!("the form {} of this saved game is not known", saved.winset_talk))
                .hint(format!("this program reads form {FORM}")));
        }
        if saved.decisions.len() > MOST_DECISIONS {
            return Err(Finding::error(format!("a saved game has at most {MOST_DECISIONS} decisions")));
        }
        Ok(saved)
    }

    /// How the game began.
    ///
    /// # Errors
    /// Whoever is not known to the scenario; a scenario that is another.
    pub fn start(&self, n: &Negotiation) -> Result<Start, Finding> {
        if self.fingerprint != fingerprint(n) {
            let found = format!("the saved game was played on another scenario, called `{}`", shown(&self.scenario));
            return Err(
                Finding::error(found).hint("numbers or options of the file have changed since, or it is another")
            );
        }
        let who = self.seats.iter().map(|id| seat(n, id)).collect::<Result<_, _>>()?;
        let intents = self.intents.iter().map(|text| intent(n, text)).collect::<Result<_, _>>()?;
        Ok(Start { seats: Seats { who, intents }, seed: self.seed, run: self.run })
    }

    /// The decisions.
    ///
    /// # Errors
    /// The first that cannot be read, by its number.
    pub fn decisions(&self, n: &Negotiation) -> Result<Vec<Decision>, Finding> {
        let one = |(at, line): (usize, &Line)| {
            read(n, &line.does).map_err(|why| {
                let found = format!("decision {} is not understood: {}", at + 1, why.message);
                why.hints.into_iter().fold(Finding::error(found), Finding::hint)
            })
        };
        self.decisions.iter().enumerate().map(one).collect()
    }
}

/// What went wrong, without the place, which is said before.
fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Whoever may sit at the table: a party, or the mediator.
///
/// # Errors
/// Who could be meant.
pub fn seat(n: &Negotiation, id: &str) -> Result<ActorId, Finding> {
    let mut all: Vec<(&str, ActorId)> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    all.extend(n.mediator.as_ref().map(|it| (n.actor(it.actor).id.as_str(), it.actor)));
    ask::word("seat", "seats", id, &all)
}

/// An intent as `party=intent`.
///
/// # Errors
/// What could be meant.
pub fn intent(n: &Negotiation, text: &str) -> Result<usize, Finding> {
    let Some((party, id)) = text.split_once('=') else {
        return Err(Finding::error(format!("`{}` names no party", shown(text))).hint("write party=intent"));
    };
    let parties: Vec<(&str, ActorId)> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    let party = ask::word("party", "parties", party, &parties)?;
    let own: Vec<(&str, usize)> = n.intents_of(party).map(|k| (n.intents[k].id.as_str(), k)).collect();
    ask::word("intent", "intents", id, &own)
}

/// A decision in the words of a saved game.
pub fn written(n: &Negotiation, decision: &Decision) -> String {
    let package = |package: &Package| {
        n.space.picks(package).map(|(k, o)| format!("{}={}", k.id, o.id)).collect::<Vec<_>>().join(",")
    };
    let yes_or = |yes: bool, words: [&str; 2]| words[usize::from(!yes)].to_owned();
    match decision {
        Decision::Escalates(yes) => yes_or(*yes, ["escalate", "stay quiet"]),
        Decision::Leaves(yes) => yes_or(*yes, ["leave", "stay"]),
        Decision::Moves(made, None) => made.word().to_owned(),
        Decision::Moves(made, Some(terms)) => {
            let asks = terms.asks.map_or(String::new(), |asks| format!(" asking {asks}"));
            format!("{} {}{asks}", made.word(), package(&terms.package))
        }
        Decision::Answers(yes) => yes_or(*yes, ["accept", "refuse"]),
        Decision::Signs(yes) => yes_or(*yes, ["sign", "withdraw"]),
        Decision::PutsAgain(yes) => yes_or(*yes, ["put again", "take back"]),
        Decision::Presses(None) => "press nobody".into(),
        Decision::Presses(Some(of)) => format!("press {}", n.actor(*of).id),
        Decision::Proposes(None) => "propose nothing".into(),
        Decision::Proposes(Some(text)) => format!("propose {}", package(text)),
    }
}

/// A decision from the words of a saved game.
///
/// # Errors
/// What is not understood.
pub fn read(n: &Negotiation, does: &str) -> Result<Decision, Finding> {
    let does = does.trim();
    let plain = [
        ("escalate", Decision::Escalates(true)),
        ("stay quiet", Decision::Escalates(false)),
        ("leave", Decision::Leaves(true)),
        ("stay", Decision::Leaves(false)),
        ("accept", Decision::Answers(true)),
        ("refuse", Decision::Answers(false)),
        ("sign", Decision::Signs(true)),
        ("withdraw", Decision::Signs(false)),
        ("put again", Decision::PutsAgain(true)),
        ("take back", Decision::PutsAgain(false)),
        ("press nobody", Decision::Presses(None)),
        ("propose nothing", Decision::Proposes(None)),
    ];
    if let Some((_, decision)) = plain.iter().find(|(word, _)| *word == does) {
        return Ok(decision.clone());
    }
    let (verb, rest) = does.split_once(' ').unwrap_or((does, ""));
    let package = |terms: &str| ask::package(n, terms).map_err(|mut wrong| wrong.swap_remove(0));
    match verb {
        "press" => seat(n, rest).map(|of| Decision::Presses(Some(of))),
        "propose" => package(rest).map(|text| Decision::Proposes(Some(text))),
        _ => {
            let made = ask::word("decision", "decisions", verb, &Move::WORDS)?;
            if rest.is_empty() {
                return Ok(Decision::Moves(made, None));
            }
            let (terms, asks) = match rest.split_once(" asking ") {
                Some((terms, asks)) => {
                    let number = asks.trim().parse::<i64>();
                    (terms, Some(number.map_err(|_| Finding::error(format!("`{}` is no whole number", shown(asks))))?))
                }
                None => (rest, None),
            };
            Ok(Decision::Moves(made, Some(Terms { package: package(terms)?, asks })))
        }
    }
}

/// A decision in the words of a saved game or shorter, as it answers what is asked: `yes` and `no` do where it is a
/// question of yes or no.
///
/// # Errors
/// What is not understood, and what would be.
pub fn understood(n: &Negotiation, asked: &Asked, words: &str) -> Result<Decision, Finding> {
    let yes = match words.trim().to_lowercase().as_str() {
        "yes" | "y" => Some(true),
        "no" | "n" => Some(false),
        _ => None,
    };
    match (&asked.question, yes) {
        (Question::Answers { .. }, Some(yes)) => Ok(Decision::Answers(yes)),
        (Question::Signs(_), Some(yes)) => Ok(Decision::Signs(yes)),
        (Question::PutsAgain(_), Some(yes)) => Ok(Decision::PutsAgain(yes)),
        (Question::Escalates, Some(yes)) => Ok(Decision::Escalates(yes)),
        (Question::Leaves, Some(yes)) => Ok(Decision::Leaves(yes)),
        _ => read(n, words),
    }
}
