//! The turning points of a run: what is told of it where there is no room for all.

use std::collections::BTreeMap;

use super::{Teller, because};
use crate::engine::talks::{Step, What};
use crate::model::{ActorId, Move, StageId};
use crate::text::words::{list, percent, visible};

/// How much hangs on a turn: the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It moved a clock or an account.
    Slight,
    /// It was said or done beside the offers.
    Beside,
    /// An offer and what became of it.
    Tried,
    /// It changed what was known or stood.
    Turned,
    /// It settled something, or undid it.
    Settled,
}

/// One turning point; the same words said again in later rounds are counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    /// The round in which it first happened.
    pub first: u32,
    /// The round in which it last did.
    pub last: u32,
    /// How often it did.
    pub times: u32,
    /// How much hangs on it.
    pub weight: Weight,
    /// What happened.
    pub text: String,
}

/// The turning points, in order.
pub(super) fn turns(teller: &Teller, steps: &[Step]) -> Vec<Turn> {
    let mut heard = Heard { teller, offer: String::new(), minds: BTreeMap::new(), turns: Vec::new() };
    steps.iter().for_each(|step| heard.hear(step));
    heard.turns
}

struct Heard<'a> {
    teller: &'a Teller<'a>,
    /// What is on the table.
    offer: String,
    /// What each takes each other to be after, where it thinks so with more than even odds.
    minds: BTreeMap<(ActorId, ActorId), usize>,
    turns: Vec<Turn>,
}

impl Heard<'_> {
    fn hear(&mut self, step: &Step) {
        let does = |of: &ActorId, what: &str| self.teller.who(*of).does(what);
        match &step.what {
            What::Offers { by, stage, .. } => self.offer = format!("{} {}", does(by, "offers"), self.paper(*stage)),
            What::Proposes { by, .. } => self.offer = does(by, "proposes a text"),
            What::Accepts(of) => {
                self.turn(step.round, Weight::Tried, format!("{}; {}", self.offer, does(of, "accepts")));
            }
            What::Refuses(of, why) => {
                let text = format!("{}; {}, {}", self.offer, does(of, "refuses"), because(self.teller.n, *of, *why));
                self.turn(step.round, Weight::Tried, text);
            }
            What::HasNothing(..) => {
                let text = self.teller.sentence(&step.what);
                self.turn(step.round, Weight::Beside, text.trim_end_matches('.').to_owned());
            }
            What::SettledBeside { stage, .. } => {
                let stage = visible(&self.teller.n.stage(*stage).name);
                self.turn(step.round, Weight::Turned, format!("Beside the talks, {stage} is settled"));
            }
            What::Learns { by, about, weights } => self.learn(step.round, by, *about, weights),
            what => {
                if let Some(weight) = weight(what) {
                    self.turn(step.round, weight, self.teller.sentence(what).trim_end_matches('.').to_owned());
                }
            }
        }
    }

    fn paper(&self, stage: Option<StageId>) -> String {
        stage.map_or_else(|| "a package".into(), |stage| visible(&self.teller.n.stage(stage).name))
    }

    /// Who has come to think of somebody, with more than even odds, what it did not think before.
    fn learn(&mut self, round: u32, by: &[ActorId], about: ActorId, weights: &[(usize, f64)]) {
        let Some((intent, odds)) = weights.iter().copied().find(|(_, odds)| *odds > 0.5) else { return };
        let learns = |who: &&ActorId| self.minds.get(&(**who, about)) != Some(&intent);
        let who: Vec<ActorId> = by.iter().filter(learns).copied().collect();
        if who.is_empty() {
            return;
        }
        let names = who.iter().map(|of| self.teller.actor(*of));
        let (them, n) = (self.teller.who(about), self.teller.n);
        let one = who.len() == 1 && !n.actor(who[0]).plural;
        let thinks = format!("{} now {}", list(names), if one { "thinks" } else { "think" });
        let text = format!("{thinks} of {}: {} ({})", them.name, them.it_intends(n, intent), percent(odds));
        self.minds.extend(who.into_iter().map(|of| ((of, about), intent)));
        self.turn(round, Weight::Turned, text);
    }

    fn turn(&mut self, round: u32, weight: Weight, text: String) {
        match self.turns.iter_mut().find(|turn| turn.text == text) {
            Some(turn) => (turn.last, turn.times) = (round, turn.times + 1),
            None => self.turns.push(Turn { first: round, last: round, times: 1, weight, text }),
        }
    }
}

/// How much hangs on what is told by a sentence of its own; `None`: it is left to the full story.
fn weight(what: &What) -> Option<Weight> {
    Some(match what {
        What::Agreed
        | What::Signs(_)
        | What::PutAgain
        | What::Leaves(_)
        | What::RunsOut
        | What::Withdraws(_)
        | What::GoesBack
        | What::ConflictEnds
        | What::ConflictResumes
        | What::MediatorLeaves(_)
        | What::Votes { .. }
        | What::Makes(_, Move::WalkOut) => Weight::Settled,
        What::Happens(_) | What::Reopens | What::Lasts(_) => Weight::Turned,
        What::Drafts { .. } | What::Makes(_, Move::Ultimatum) | What::Escalates(_) | What::Presses { .. } => {
            Weight::Beside
        }
        What::TakesHeart { .. } | What::Owes { .. } | What::Spends { .. } => Weight::Slight,
        _ => return None,
    })
}
