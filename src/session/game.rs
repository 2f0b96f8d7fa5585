//! The game itself.

use std::collections::BTreeSet;

use crate::engine::talks::{
    Asked, Decision, Desk, Illegal, Played, Question, Recorder, Run, Seats, Step, Talks, Weighed, What,
};
use crate::engine::{Drawing, Drawn};
use crate::model::{ActorId, Negotiation, Package};

/// How a game begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Who sits where, and which intents some parties have for certain.
    pub seats: Seats,
    /// The seed from which the world is drawn; `None`: it is the modal world, in which every number is at its likeliest.
    pub seed: Option<u64>,
    /// The run whose luck is met, and whose world it is where one is drawn.
    pub run: u64,
}

impl Start {
    /// The seed of the luck where the world is not drawn.
    pub const SEED: u64 = 1;

    /// The drawing of a game: the seed, and all else as it is wanted.
    pub fn drawing(&self, wanted: &Drawing) -> Drawing {
        Drawing { seed: self.seed.unwrap_or(Self::SEED), ..wanted.clone() }
    }

    /// The world of the game.
    pub fn drawn(&self, n: &Negotiation, wanted: &Drawing) -> Drawn {
        match self.seed {
            Some(_) => self.drawing(wanted).draws(n).run(self.run),
            None => Drawn { run: self.run, reading: wanted.accounts.reading, world: wanted.accounts.modal(n) },
        }
    }
}

/// A game in progress.
#[derive(Debug)]
pub struct Session<'a> {
    talks: &'a Talks<'a>,
    start: Start,
    drawn: Drawn,
    said: Vec<Decision>,
    /// Who escalates as the next round opens.
    escalates: BTreeSet<ActorId>,
    desk: Desk,
    now: Now,
}

/// What the decisions taken so far have led to.
#[derive(Debug, Default)]
struct Now {
    steps: Vec<Step>,
    /// How many of the steps have happened; the others would, if all seats did as their policies.
    happened: usize,
    played: Option<Played>,
}

impl Recorder for Now {
    fn record(&mut self, round: u32, what: What) {
        self.steps.record(round, what);
    }

    fn is_asked(&mut self) {
        self.happened = self.steps.len();
    }
}

impl<'a> Session<'a> {
    /// A game at its beginning, with talks made ready for [`Start::drawing`].
    pub fn open(talks: &'a Talks<'a>, start: Start, wanted: &Drawing) -> Self {
        let drawn = match start.seed {
            // The tables of quantities that were made for one game serve for the next.
            Some(_) => start.drawing(wanted).draws_of(talks.compiled()).run(start.run),
            None => start.drawn(talks.negotiation(), wanted),
        };
        let (said, escalates, desk, now) = (Vec::new(), BTreeSet::new(), Desk::default(), Now::default());
        let mut session = Self { talks, start, drawn, said, escalates, desk, now };
        session.now = session.played(&[]);
        session.goes_on();
        session
    }

    /// The same game from its beginning with other decisions, taken as they stand in the list.
    ///
    /// # Errors
    /// The place of the first decision that cannot be taken, and why; [`Illegal::NotAsked`] behind the end of the game.
    pub fn replayed(&self, said: &[Decision]) -> Result<Self, (usize, Illegal)> {
        let (start, drawn) = (self.start.clone(), self.drawn.clone());
        let (escalates, desk) = (BTreeSet::new(), Desk::default());
        let mut other =
            Self { talks: self.talks, start, drawn, said: said.to_vec(), escalates, desk, now: Now::default() };
        other.now = other.played(&[]);
        let taken = other.now.played.as_ref().map_or(0, |played| played.taken.len());
        match other.asked().map(|asked| asked.illegal) {
            Some(Some(illegal)) => Err(illegal),
            None if taken < said.len() => Err((taken, Illegal::NotAsked)),
            _ => Ok(other),
        }
    }

    /// What the game would have been with another decision at a place of the list: after that as its seats decided for as
    /// long as they are asked the same, and then as their policies decide, to the end.
    ///
    /// # Errors
    /// Why the decision cannot be taken there.
    pub fn what_if(&self, place: usize, decision: Decision) -> Result<Self, (usize, Illegal)> {
        let mut said: Vec<Decision> = self.said.iter().take(place).cloned().collect();
        said.push(decision);
        let mut other = self.replayed(&said)?;
        for at in place + 1..self.said.len() {
            let as_it_was = self.replayed(&self.said[..at])?;
            let same = |a: &Asked, b: &Asked| (a.seat, a.round, &a.question) == (b.seat, b.round, &b.question);
            if !other.asked().zip(as_it_was.asked()).is_some_and(|(a, b)| same(a, b)) {
                break;
            }
            said.push(self.said[at].clone());
            other = self.replayed(&said)?;
        }
        let policies: Vec<Decision> = other.advised().map(|(_, decision)| decision.clone()).collect();
        let all: Vec<Decision> = other.said.iter().cloned().chain(policies).collect();
        self.replayed(&all)
    }

    fn played(&mut self, weigh: &[Package]) -> Now {
        let mut now = Now::default();
        let said = (&self.said[..], weigh);
        let played = self.talks.play_seated(&self.drawn, &self.start.seats, said, &mut self.desk, &mut now);
        if played.asked.is_none() {
            now.happened = now.steps.len();
        }
        now.played = Some(played);
        now
    }

    /// Takes a decision: with what happened since.
    ///
    /// # Errors
    /// Why it cannot be taken: then nothing has happened, and the same is asked.
    pub fn take(&mut self, decision: Decision) -> Result<&[Step], Illegal> {
        let before = self.now.happened;
        self.said.push(decision);
        let now = self.played(&[]);
        let illegal = now.played.as_ref().and_then(|it| it.asked.as_ref()).and_then(|asked| asked.illegal);
        if let Some((_, why)) = illegal {
            self.said.pop();
            return Err(why);
        }
        self.now = now;
        self.goes_on();
        Ok(&self.now.steps[before..self.now.happened])
    }

    /// Answers what nobody wants to be asked round after round: whoever has not said that it escalates does not, and a seat
    /// leaves by its own move only.
    fn goes_on(&mut self) {
        while let Some(asked) = self.asked() {
            let decision = match asked.question {
                Question::Escalates => Decision::Escalates(self.escalates.contains(&asked.seat)),
                Question::Leaves => Decision::Leaves(false),
                _ => return,
            };
            let seat = asked.seat;
            self.escalates.remove(&seat);
            self.said.push(decision);
            self.now = self.played(&[]);
        }
    }

    /// Says whether the seat that is asked escalates outside the room as the next round opens.
    pub fn will_escalate(&mut self, seat: ActorId, yes: bool) {
        if yes {
            self.escalates.insert(seat)
        } else {
            self.escalates.remove(&seat)
        };
    }

    /// Whether a seat has said so.
    pub fn escalates(&self, seat: ActorId) -> bool {
        self.escalates.contains(&seat)
    }

    /// Whether a seat has any means of escalating.
    pub fn may_escalate(&self, seat: ActorId) -> bool {
        let n = self.negotiation();
        n.intents_of(seat).any(|k| n.intents[k].escalates.is_some())
    }

    /// What is asked; `None`: the game is over.
    pub fn asked(&self) -> Option<&Asked> {
        self.now.played.as_ref()?.asked.as_ref()
    }

    /// How the game ended; `None` while something is asked.
    pub fn run(&self) -> Option<&Run> {
        let played = self.now.played.as_ref()?;
        played.asked.is_none().then_some(&played.run)
    }

    /// How it would end if all seats did from here on what their policies say; how it ended, if it is over.
    pub fn outlook(&self) -> Option<&Run> {
        self.now.played.as_ref().map(|played| &played.run)
    }

    /// What happened so far.
    pub fn happened(&self) -> &[Step] {
        &self.now.steps[..self.now.happened]
    }

    /// What would happen from here on if all seats did what their policies say.
    pub fn ahead(&self) -> &[Step] {
        &self.now.steps[self.now.happened..]
    }

    /// What the policies advise from here on, each decision with its seat.
    pub fn advised(&self) -> impl Iterator<Item = &(ActorId, Decision)> {
        self.now.played.iter().flat_map(|played| &played.advised)
    }

    /// The decisions taken so far, each with its round and its seat.
    pub fn told(&self) -> Vec<(u32, ActorId, Decision)> {
        let taken = self.now.played.iter().flat_map(|played| &played.taken);
        taken.zip(&self.said).map(|((round, seat), decision)| (*round, *seat, decision.clone())).collect()
    }

    /// Which variants are on.
    pub fn variants(&self) -> Vec<bool> {
        self.talks.variants().to_vec()
    }

    /// The decisions taken so far.
    pub fn said(&self) -> &[Decision] {
        &self.said
    }

    /// How packages fare for the seat that is asked, as things stand; empty where none is.
    pub fn weigh(&mut self, packages: &[Package]) -> Vec<Weighed> {
        let played = self.played(packages).played;
        played.and_then(|played| played.asked).map_or(Vec::new(), |asked| asked.weighed)
    }

    /// Runs from the same start with other luck, in the same world, in which every seat does what its policy says: what one's
    /// own course can be held against.
    pub fn others(&mut self, count: u64) -> Vec<Run> {
        let seats = Seats { who: Vec::new(), intents: self.start.seats.intents.clone() };
        let other = |run: u64| {
            let drawn = Drawn { run, ..self.drawn.clone() };
            let mut unheard: Vec<Step> = Vec::new();
            self.talks.play_seated(&drawn, &seats, (&[], &[]), &mut self.desk, &mut unheard).run
        };
        (self.drawn.run + 1..=self.drawn.run + count).map(other).collect()
    }

    /// How it began.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The world in which it is played.
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// The negotiation.
    pub fn negotiation(&self) -> &'a Negotiation {
        self.talks.negotiation()
    }
}
