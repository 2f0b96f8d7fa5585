//! Every run by itself, in order: what a sheet of one row a run is written from.

use super::leading::agrees;
use super::survey::Settings;
use crate::engine::talks::{Desk, Run};
use crate::engine::{Arm, CannotRun, Drawn, OfWorld, Tally, Wants, tally};
use crate::model::Negotiation;
use crate::space::Margin;

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
    let (draws, arm) = (settings.drawing.draws(n), Arm::of(&compiled, &settings.drawing));
    let wanted = Wants { world: OfWorld::Margin, run: true };
    let mut from = 0;
    while from < settings.runs {
        let length = AT_ONCE.min(settings.runs - from);
        let fresh = || Part { rows: Vec::new(), desk: Desk::default() };
        let work = |part: &mut Part, runs: std::ops::Range<u64>| {
            for drawn in draws.block(from + runs.start, (runs.end - runs.start) as usize) {
                let look = arm.look(&drawn, wanted, &mut part.desk);
                if !settings.agreeing || agrees(&arm.posed(&drawn.world, part.desk.tables())) {
                    let Drawn { run, reading, .. } = drawn;
                    part.rows.push(Recorded { run, reading, margin: look.margin, played: look.run });
                }
            }
        };
        let mut rows = tally(length, settings.drawing.threads, fresh, work, |_| ())?.rows;
        rows.sort_unstable_by_key(|row| row.run);
        rows.iter().for_each(&mut take);
        from += length;
    }
    Ok(())
}
