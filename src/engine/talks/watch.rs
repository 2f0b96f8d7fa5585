//! The talks as somebody follows them who knows the policies and not the intents: what each intent of a party would do.

use super::seat::Seats;
use super::seating::Seating;
use super::{Desk, Mechanism, Talks, course::Course};
use crate::engine::Drawn;
use crate::model::{ActorId, Condition, Negotiation, StageId};
use crate::space::Compiled;

/// One world of the talks, round by round.
pub struct Watch<'c> {
    course: Course<'c>,
    going: Going,
}

/// How a world goes on that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Going {
    /// States and events take their course; no party does anything.
    Still,
    /// The talks are played.
    Played,
    /// They were, and are over.
    Over,
}

/// What is on the table when an entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Whole packages.
    Packages,
    /// Papers of the stage that was asked for.
    Papers,
    /// Papers of another stage than the one asked for.
    Elsewhere,
}

impl<'a> Talks<'a> {
    /// Follows a world from before the talks on.
    pub fn watch<T>(&self, drawn: &Drawn, desk: &mut Desk, follow: impl FnOnce(&mut Watch) -> T) -> T {
        self.fill(&drawn.world, desk);
        follow(&mut Watch { course: self.begin(drawn, desk, None), going: Going::Still })
    }

    /// Follows a run from its first round on in which a party has an intent for certain; those of the others are drawn.
    pub fn follow<T>(&self, drawn: &Drawn, intent: usize, desk: &mut Desk, follow: impl FnOnce(&mut Watch) -> T) -> T {
        self.fill(&drawn.world, desk);
        super::misread::begin(&self.parties, &mut desk.misread);
        let seats = Seats { who: Vec::new(), intents: vec![intent] };
        let course = Course::new(self, drawn, desk, None, Some(Seating::of(&seats)));
        follow(&mut Watch { course, going: Going::Played })
    }

    /// The parties, in the order of their identifiers.
    pub fn parties(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.parties.iter().map(|party| party.actor)
    }

    /// The intents that a party may have, by its place among [`parties`](Self::parties), in the order of their
    /// identifiers.
    pub fn intents(&self, party: usize) -> &[usize] {
        &self.parties[party].intents
    }

    /// Which variants are on, `variants[variant]`.
    pub fn variants(&self) -> &[bool] {
        &self.settings.accounts.variants
    }

    /// The negotiation.
    pub fn negotiation(&self) -> &'a Negotiation {
        self.n
    }

    /// The deal space of which they are.
    pub fn compiled(&self) -> &'a Compiled<'a> {
        self.compiled
    }
}

impl Watch<'_> {
    /// Lets the world go on to the first round of a unit of time, before anybody does anything in it; one that is over, or 0 and
    /// below, changes nothing.
    pub fn go_to(&mut self, unit: i32) {
        let round = self.course.talks.pace.first_round(unit.max(0) as u32);
        while self.going == Going::Played && self.course.round < round {
            let ends = (self.course.round > 0 && self.course.goes().is_some())
                || self.course.is_too_late(self.course.round + 1);
            if ends {
                self.going = Going::Over;
                break;
            }
            self.course.round += 1;
            self.course.opens();
        }
        while self.going == Going::Still && self.course.round < round {
            self.course.passes();
            self.course.round += 1;
            self.course.move_states();
            self.course.happen();
        }
    }

    /// How likely each move is now, in the order of [`Move::ALL`](crate::model::Move::ALL), if a party has the intent at
    /// a place among its own; nobody moves who has left.
    pub fn moves(&self, party: usize, place: usize) -> [f64; 6] {
        if self.is_out(party) {
            return [0.0; 6];
        }
        let rates = self.course.rates(party, place);
        let total: f64 = rates.iter().sum();
        rates.map(|rate| rate / total)
    }

    /// How likely the party is to escalate in a unit of time, if it has this intent.
    pub fn escalates(&self, party: usize, place: usize) -> f64 {
        let may = self.course.talks.has(Mechanism::Escalation);
        if may && !self.is_out(party) { self.course.escalation_chance(party, place) } else { 0.0 }
    }

    fn is_out(&self, party: usize) -> bool {
        self.going == Going::Over || self.course.sides[party].gone
    }

    /// The share of its range that the party has conceded by now, if it has this intent. A tit-for-tat is where it began:
    /// a record does not say what it heard.
    pub fn conceded(&self, party: usize, place: usize) -> f64 {
        self.course.conceded_at(party, place)
    }

    /// Turns to the paper of a stage, with nothing settled before it; `None`: to the stage with which the talks begin. Talks without
    /// their stages know no paper; where talks are played, what is on the table is not for the watch to choose.
    pub fn turn_to(&mut self, stage: Option<StageId>) -> Table {
        let at = stage.and_then(|s| self.course.talks.stages.order.iter().position(|other| *other == s));
        let to = at.unwrap_or(0);
        if self.going == Going::Still && to != self.course.agenda.at {
            self.course.agenda.at = to;
            self.course.open_stage();
        }
        match at {
            None => Table::Packages,
            Some(at) if at == self.course.agenda.at => Table::Papers,
            Some(_) => Table::Elsewhere,
        }
    }

    /// Whether the party would ever put a paper on the table that holds something at the stage to which the watch has turned, if it has
    /// this intent: one that it would sign, worth no less to it than the least that it asks of a paper now.
    pub fn could_put(&mut self, party: usize, place: usize, holding: &Condition) -> bool {
        let intent = self.course.talks.parties[party].intents[place];
        let gate = self.course.gate_of(intent);
        let hoped = self.course.best_of(party, intent, gate.as_deref());
        let (course, intent) = (&self.course, &self.course.talks.n.intents[intent]);
        let low = course.low_on_paper(party, place, hoped);
        let papers = course.agenda.papers.iter().filter(|paper| holding.holds(|k| paper.package.option(k)));
        papers
            .filter(|paper| paper.utilities[party] >= low)
            .any(|paper| course.would_sign(party, intent, &paper.package))
    }

    /// Whether the party could ever name a package that holds something, if it has this intent: one that the intent lets
    /// through, that is available, worth no less to it than the least that it would ever take, and borne by its own
    /// audiences now.
    pub fn could_name(&mut self, party: usize, place: usize, holding: &Condition) -> bool {
        let intent = self.course.talks.parties[party].intents[place];
        let best = (self.course.sides[party].stances[place].holds_out > 0.0).then(|| {
            let gate = self.course.gate_of(intent);
            self.course.best_of(party, intent, gate.as_deref())
        });
        let course = &self.course;
        let requires = &course.talks.n.intents[intent].requires;
        let gate = course.gate_for(Some(intent), &[requires, holding]);
        let least = course.sides[party].stances[place].least(course.no_deal(party), best.flatten());
        course.own_search(party).greatest(&gate, (least - 1) as f64).is_some()
    }

    /// The negotiation.
    pub fn negotiation(&self) -> &Negotiation {
        self.course.talks.n
    }
}
