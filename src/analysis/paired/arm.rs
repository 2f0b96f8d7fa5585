//! One arm of a comparison: a scenario as changed, made ready, and what is seen of each of its runs.

use super::PairedSettings;
use super::sums::Value;
use crate::engine::talks::{Desk, Ending, Mechanism, NoRecord, Recorder, Run, Talks, What};
use crate::engine::{CannotRun, Drawing, Drawn, Draws};
use crate::model::{ActorId, Change, Defeat, Direction, Measure, Move, Negotiation, Scale};
use crate::space::{Compiled, Lanes, Question, Spans, WorldTables, count};

/// A scenario as one arm has it.
#[derive(Debug)]
pub(super) struct Arm<'d> {
    direction: &'d Direction,
    pub n: Negotiation,
    drawing: Drawing,
}

impl<'d> Arm<'d> {
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
            let [first, second] = [first, second].map(|v| self.n.variants[v].id.clone());
            return Err(CannotRun::Clash { first, second }.of(direction()));
        }
        Compiled::at_scale(&self.n, &self.drawing.accounts.variants, scale)
            .map_err(|error| CannotRun::from(error).of(direction()))
    }
}

/// The word by which files name a value of a closed list of the engine.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    let named = serde_json::to_value(value).ok();
    named.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// What has to be looked at for the measures asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wants {
    /// Worlds.
    worlds: bool,
    /// Runs.
    runs: bool,
    /// Moves in runs.
    moves: bool,
}

impl Wants {
    pub fn of(direction: &Direction) -> Self {
        let any = |asked: fn(Measure) -> bool| direction.expects.iter().any(|(measure, _)| asked(*measure));
        Self {
            worlds: any(Measure::is_of_worlds),
            runs: any(|measure| !measure.is_of_worlds()),
            moves: any(|measure| matches!(measure, Measure::Stalling(_) | Measure::Offers(_))),
        }
    }

    /// What either wants.
    pub fn and(self, other: Self) -> Self {
        Self { worlds: self.worlds || other.worlds, runs: self.runs || other.runs, moves: self.moves || other.moves }
    }
}

/// An arm that is ready to be run.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    pub compiled: &'a Compiled<'a>,
    pub draws: Draws<'a>,
    /// `None` where only worlds are asked about.
    talks: Option<Talks<'a>>,
    defeat: Defeat,
    lanes: Lanes,
}

impl<'a> Ready<'a> {
    pub fn of(arm: &'a Arm, compiled: &'a Compiled<'a>) -> Result<Self, CannotRun> {
        let talks = if arm.n.talks.is_none() { None } else { Some(Talks::of(compiled, arm.drawing.clone())?) };
        if talks.is_none() && Wants::of(arm.direction).runs {
            return Err(crate::engine::talks::NoTalks.into());
        }
        let draws = arm.drawing.draws(&arm.n);
        Ok(Self { compiled, draws, talks, defeat: arm.drawing.defeat, lanes: Lanes::detect() })
    }

    /// Looks at one run; margins are shares of `spans`, those of the base, so that only slacks differ between arms.
    pub fn look(&self, drawn: &Drawn, spans: &Spans, wants: Wants, look: &mut Look) {
        if wants.worlds {
            self.look_at_world(drawn, spans, look);
        }
        let Some(talks) = self.talks.as_ref().filter(|_| wants.runs) else { return };
        look.moves.begin(self.compiled.n.actors.len());
        let run = if wants.moves {
            talks.play(drawn, &mut look.desk, &mut look.moves)
        } else {
            talks.play(drawn, &mut look.desk, &mut NoRecord)
        };
        look.run = Some(run);
    }

    fn look_at_world(&self, drawn: &Drawn, spans: &Spans, look: &mut Look) {
        let (n, world) = (self.compiled.n, &drawn.world);
        let space = &self.compiled.at(world).space;
        space.fill(world, &mut look.tables);
        let question = Question::of(space, n, world, &look.tables, spans, self.defeat);
        let gate = space.available(n, world);
        look.no_defeat = count(self.lanes, &question.no_defeat_tests(), &gate);
        look.slack = question.search(self.lanes, true).margin(&gate, f64::NEG_INFINITY).0.slack();
    }
}

/// What is seen of one run, and what looking reuses.
#[derive(Debug, Default)]
pub(super) struct Look {
    tables: WorldTables,
    desk: Desk,
    no_defeat: u64,
    /// The margin as a slack.
    slack: f64,
    run: Option<Run>,
    moves: Moves,
}

impl Look {
    /// What a measure says of the run.
    pub fn value(&self, measure: Measure) -> Value {
        match measure {
            Measure::Exists => Value::flag(self.slack >= 0.0),
            Measure::Margin => Value::slack(self.slack),
            Measure::NoDefeat => Value::whole(self.no_defeat),
            _ => self.run.as_ref().map_or_else(Value::none, |run| self.value_of_run(measure, run)),
        }
    }

    fn value_of_run(&self, measure: Measure, run: &Run) -> Value {
        let signed = !run.gains.is_empty();
        let of = |list: &[(ActorId, f64)], party| list.iter().find(|(i, _)| *i == party).map(|(_, x)| *x);
        match measure {
            Measure::Reached => Value::flag(run.ending.is_reached()),
            Measure::Signed => Value::flag(signed),
            Measure::Ending(place) => Value::flag(is_called(run.ending, place)),
            Measure::Rounds => Value::number(f64::from(run.rounds)),
            Measure::RoundsToDeal if signed => Value::number(f64::from(run.rounds)),
            Measure::Gain(party) => of(&run.gains, party).map_or_else(Value::none, Value::number),
            Measure::Points(party) => of(&run.points, party).map_or_else(Value::none, Value::number),
            Measure::Benefit(party) => Value::number(of(&run.gains, party).unwrap_or(0.0)),
            Measure::Stalling(party) => self.moves.stalling(party),
            Measure::Offers(party) => Value::number(f64::from(self.moves.of[party.0].offers)),
            Measure::Survival(years) => {
                let outlook = run.outlook.as_ref();
                outlook.map_or_else(Value::none, |it| Value::number(it.hazard.survival(f64::from(years))))
            }
            Measure::RoundsToDeal | Measure::Exists | Measure::Margin | Measure::NoDefeat => Value::none(),
        }
    }
}

/// Whether an ending is the one that files call so; the two lists have the same order, as a test shows.
fn is_called(ending: Ending, place: usize) -> bool {
    Ending::ALL.get(place) == Some(&ending)
}

/// Counts the moves of each party in one run.
#[derive(Debug, Default)]
struct Moves {
    of: Vec<Counts>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    all: u32,
    stalling: u32,
    offers: u32,
}

impl Moves {
    fn begin(&mut self, actors: usize) {
        self.of.clear();
        self.of.resize(actors, Counts::default());
    }

    fn stalling(&self, party: ActorId) -> Value {
        let Counts { all, stalling, .. } = self.of[party.0];
        if all == 0 { Value::none() } else { Value::number(f64::from(stalling) / f64::from(all)) }
    }
}

impl Recorder for Moves {
    fn record(&mut self, _: u32, what: impl FnOnce() -> What) {
        match what() {
            What::Makes(of, made) => {
                let counts = &mut self.of[of.0];
                counts.all += 1;
                counts.stalling += u32::from(matches!(made, Move::Talk | Move::Token | Move::Hold));
            }
            What::Offers { by, .. } => self.of[by.0].offers += 1,
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
