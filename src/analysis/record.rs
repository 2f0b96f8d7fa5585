//! Every run by itself, in order: what a sheet of one row a run is written from.

use super::leading::agrees;
use super::survey::Settings;
use crate::engine::talks::{Desk, NoRecord, Run, Talks};
use crate::engine::{CannotRun, Drawn, Tally, tally};
use crate::model::Negotiation;
use crate::space::{Compiled, Lanes, Margin, Question, WorldTables};

/// Runs made before the next are begun: as many as are held in memory at once.
const AT_ONCE: u64 = 16_384;

/// One run: its world, and what its talks come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its number.
    pub run: u64,
    /// The reading of its world, as a place among the readings; `None` where none is drawn.
    pub reading: Option<usize>,
    /// The margin of its world when the talks begin.
    pub margin: Margin,
    /// What became of the talks; `None` where the scenario has none.
    pub played: Option<Run>,
}

struct Part {
    rows: Vec<Recorded>,
    desk: Desk,
    tables: WorldTables,
}

impl Tally for Part {
    fn merge(&mut self, other: Self) {
        self.rows.extend(other.rows);
    }
}

/// Makes the runs of a survey once more and hands each on, in the order of their numbers, whatever the threads; runs in
/// worlds that contradict an anchor are left out where such worlds are dropped. No more than 16 384 are held at once.
///
/// # Errors
/// [`CannotRun`], as for a survey.
pub fn record(n: &Negotiation, settings: &Settings, mut take: impl FnMut(&Recorded)) -> Result<(), CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let talks = n.talks.is_some().then(|| Talks::of(&compiled, settings.drawing.clone())).transpose()?;
    let draws = settings.drawing.draws(n);
    let desk = Recorder { compiled: &compiled, talks: talks.as_ref(), settings, lanes: Lanes::detect() };
    let mut from = 0;
    while from < settings.runs {
        let length = AT_ONCE.min(settings.runs - from);
        let fresh = || Part { rows: Vec::new(), desk: Desk::default(), tables: WorldTables::new() };
        let work = |part: &mut Part, runs: std::ops::Range<u64>| {
            for drawn in draws.block(from + runs.start, (runs.end - runs.start) as usize) {
                desk.look(&drawn, part);
            }
        };
        let mut rows = tally(length, settings.drawing.threads, fresh, work, |_| ())?.rows;
        rows.sort_unstable_by_key(|row| row.run);
        rows.iter().for_each(&mut take);
        from += length;
    }
    Ok(())
}

struct Recorder<'a> {
    compiled: &'a Compiled<'a>,
    talks: Option<&'a Talks<'a>>,
    settings: &'a Settings,
    lanes: Lanes,
}

impl Recorder<'_> {
    fn look(&self, drawn: &Drawn, part: &mut Part) {
        let (n, world) = (self.compiled.n, &drawn.world);
        let space = &self.compiled.at(world).space;
        let played = self.talks.map(|talks| talks.play(drawn, &mut part.desk, &mut NoRecord));
        if played.is_none() {
            space.fill(world, &mut part.tables);
        }
        let tables = if played.is_some() { part.desk.tables() } else { &part.tables };
        if self.settings.agreeing && !agrees(self.compiled, space, tables, world) {
            return;
        }
        let question = Question::of(space, n, world, tables, &self.compiled.spans, self.settings.drawing.defeat);
        let (margin, _) = question.search(self.lanes, true).margin(&space.available(n, world), f64::NEG_INFINITY);
        part.rows.push(Recorded { run: drawn.run, reading: drawn.reading, margin, played });
    }
}
