//! One arm of a comparison: a scenario as changed, made ready, and what is seen of each of its runs.

use super::{PairedSettings, sums::Value};
use crate::analysis::word;
use crate::engine::talks::{Desk, Ending, Mechanism, NoTalks, Recorder, Run, What};
use crate::engine::{Arm, CannotRun, Drawing, Drawn, Look, OfWorld, Wants};
use crate::model::{ActorId, Change, Direction, Measure, Move, Negotiation, Pace, Scale};
use crate::space::{Compiled, Spans};

/// A scenario as one arm has it.
#[derive(Debug)]
pub(super) struct Changed<'d> {
    direction: &'d Direction,
    pub n: Negotiation,
    pub drawing: Drawing,
}

impl<'d> Changed<'d> {
    /// The arm of some changes, made one after another.
    pub fn of(n: &Negotiation, direction: &'d Direction, changes: &[&Change], settings: &PairedSettings) -> Self {
        let mut arm = Self { direction, n: n.clone(), drawing: settings.drawing.clone() };
        for change in changes {
            change.apply(&mut arm.n);
            change.variants.iter().for_each(|(v, on)| arm.drawing.accounts.variants[*v] = *on);
            arm.drawing.accounts.reading = change.reading.or(arm.drawing.accounts.reading);
            arm.drawing.without.extend(Mechanism::ALL.into_iter().filter(|m| change.without.contains(&word(m))));
        }
        arm
    }

    /// Compiles the arm at a scale that all arms share.
    pub fn compile(&self, scale: Scale) -> Result<Compiled<'_>, CannotRun> {
        let direction = || format!("direction `{}`", self.direction.id);
        if let Some((first, second, _)) = self.n.clash(&self.drawing.accounts.variants) {
            let [first, second] = [first, second].map(str::to_owned);
            return Err(CannotRun::Clash { first, second }.of(direction()));
        }
        Compiled::at_scale(&self.n, &self.drawing.accounts.variants, scale)
            .map_err(|error| CannotRun::from(error).of(direction()))
    }

    /// The arm as it is looked at, with margins as shares of `spans`.
    pub fn ready<'a>(&self, compiled: &'a Compiled<'a>, spans: &'a Spans) -> Result<Arm<'a>, NoTalks> {
        let arm = Arm::of(compiled, &self.drawing).measured_by(spans);
        if arm.talks().is_none() && Asks::of(self.direction).wants.run { Err(NoTalks) } else { Ok(arm) }
    }
}

/// What has to be looked at for the measures asked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asks {
    wants: Wants,
    /// Whether moves are counted.
    moves: bool,
}

impl Asks {
    /// For the measures of a direction.
    pub fn of(direction: &Direction) -> Self {
        let any = |asked: fn(Measure) -> bool| direction.expects.iter().any(|(measure, _)| asked(*measure));
        let world = if any(Measure::is_of_worlds) { OfWorld::Counted } else { OfWorld::Nothing };
        let moves = any(|measure| matches!(measure, Measure::Stalling(_) | Measure::Offers(_)));
        Self { wants: Wants { world, run: any(|measure| !measure.is_of_worlds()) }, moves }
    }

    /// What either asks.
    pub fn and(self, other: Self) -> Self {
        Self { wants: self.wants.and(other.wants), moves: self.moves || other.moves }
    }

    /// Looks at one run of an arm.
    pub fn look(self, arm: &Arm, drawn: &Drawn, desk: &mut Desk) -> RunSeen {
        let mut moves = vec![Made::default(); if self.moves { arm.compiled.n.actors.len() } else { 0 }];
        let record = self.moves.then_some(&mut moves as &mut dyn Recorder);
        RunSeen { look: arm.look_hearing(drawn, self.wants, desk, record), moves, pace: arm.compiled.n.pace() }
    }
}

/// What is seen of one run.
#[derive(Debug)]
pub(super) struct RunSeen {
    look: Look,
    /// The moves of each actor.
    moves: Vec<Made>,
    /// How rounds make time.
    pace: Pace,
}

impl RunSeen {
    /// What a measure says of the run.
    pub fn value(&self, measure: Measure) -> Value {
        match measure {
            Measure::Exists => Value::flag(self.look.exists),
            Measure::Margin => Value::slack(self.look.margin.slack()),
            Measure::NoDefeat => Value::whole(self.look.no_defeat),
            _ => Value::of(self.look.run.as_ref().and_then(|run| self.value_of_run(measure, run))),
        }
    }

    fn value_of_run(&self, measure: Measure, run: &Run) -> Option<f64> {
        let signed = !run.gains.is_empty();
        let flag = |yes: bool| Some(f64::from(u8::from(yes)));
        let of = |list: &[(ActorId, f64)], party| list.iter().find(|(i, _)| *i == party).map(|(_, x)| *x);
        match measure {
            Measure::Reached => flag(run.ending.is_reached()),
            Measure::Signed => flag(signed),
            // The endings that files name have the order of the engine, as a test shows.
            Measure::Ending(place) => flag(Ending::ALL.get(place) == Some(&run.ending)),
            Measure::Cause(place) => flag(run.cause.is_some_and(|cause| cause.word() == Measure::CAUSES[place])),
            Measure::Interim => flag(run.is_interim()),
            Measure::Rounds => Some(self.pace.time(run.rounds)),
            Measure::RoundsToDeal => signed.then(|| self.pace.time(run.rounds)),
            Measure::Payoff(party) => of(&run.payoffs, party),
            Measure::Gain(party) => of(&run.gains, party),
            Measure::Points(party) => of(&run.points, party),
            Measure::Benefit(party) => of(&run.gains, party).or(Some(0.0)),
            Measure::Stalling(party) => self.moves[party.0].stalling(),
            Measure::Offers(party) => Some(f64::from(self.moves[party.0].offers)),
            Measure::Survival(years) => run.outlook.as_ref().map(|it| it.hazard.survival(f64::from(years))),
            Measure::Exists | Measure::Margin | Measure::NoDefeat => None,
        }
    }
}

/// How many moves an actor made in one run.
#[derive(Debug, Clone, Copy, Default)]
struct Made {
    all: u32,
    stalling: u32,
    offers: u32,
}

impl Made {
    /// The share of its moves that keep talks going without a new offer; `None` if it made none.
    fn stalling(self) -> Option<f64> {
        (self.all > 0).then(|| f64::from(self.stalling) / f64::from(self.all))
    }
}

impl Recorder for Vec<Made> {
    fn record(&mut self, _: u32, what: What) {
        match what {
            What::Makes(of, made) => {
                let counts = &mut self[of.0];
                counts.all += 1;
                counts.stalling += u32::from(matches!(made, Move::Talk | Move::Token | Move::Hold));
            }
            What::Offers { by, .. } => self[by.0].offers += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_files_are_those_of_the_engine() {
        let endings: Vec<String> = Ending::ALL.iter().map(word).collect();
        assert_eq!(endings, Measure::ENDINGS);
    }
}
