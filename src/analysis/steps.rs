//! The law of the step: the same talks in shorter rounds end as often in each way.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reached::{Endings, endings};
use super::survey::Settings;
use crate::engine::talks::{Desk, Ending, Talks};
use crate::engine::{CannotRun, tally};
use crate::model::Negotiation;
use crate::space::Compiled;

/// Into how many rounds a unit of time is cut: whole, halves, sevenths, as a week is into days.
pub const PARTS: [u32; 3] = [1, 2, 7];

/// Points by which shares may be apart beside sampling error. Source: assumption (what a step in place of a flow may cost).
const ROOM: f64 = 0.03;

/// Standard errors of a difference that sampling error is taken for: several shares are looked at, so that two would be few.
/// Source: assumption.
const ERRORS: f64 = 3.0;

/// Talks in rounds of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Stepped {
    /// Rounds to a unit of time.
    pub parts: u32,
    /// How the runs ended.
    pub endings: Endings,
    /// When half of the deals were signed and ratified; `None` where none was.
    pub deals: Option<MedianTime>,
}

/// The median of times, in units from the start, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MedianTime {
    /// The median.
    pub at: f64,
    /// The low end of the interval.
    pub low: f64,
    /// The high end.
    pub high: f64,
}

/// The same talks in rounds of each of [`PARTS`].
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// Runs of each.
    pub runs: u64,
    /// In the order of [`PARTS`].
    pub all: Vec<Stepped>,
}

/// How far a share is from what it is in rounds of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// Of which ending.
    pub ending: Ending,
    /// Rounds to a unit of time where it is farthest.
    pub parts: u32,
    /// The distance of the two shares, in [0, 1].
    pub by: f64,
    /// The distance that is allowed.
    pub room: f64,
}

impl Apart {
    /// Whether the two shares agree.
    pub fn agrees(&self) -> bool {
        self.by <= self.room
    }
}

impl Steps {
    /// Every ending in the order of [`Ending::ALL`], where it is farthest from its share in rounds of a unit by the room that
    /// it has,
    ///
    /// ```text
    /// |p − q| ≤ 0.03 + 3 · √( ( p(1 − p) + q(1 − q) ) / n )
    /// ```
    pub fn apart(&self) -> Vec<Apart> {
        let variance = |p: f64| p * (1.0 - p) / self.runs.max(1) as f64;
        let between = |which: usize, other: &Stepped| {
            let (ending, p) = (self.all[0].endings[which].0, self.all[0].endings[which].1.share);
            let q = other.endings[which].1.share;
            let room = ROOM + ERRORS * (variance(p) + variance(q)).sqrt();
            Apart { ending, parts: other.parts, by: (p - q).abs(), room }
        };
        let beyond = |it: &Apart| it.by - it.room;
        let farthest = |which: usize| {
            let others = self.all[1..].iter().map(|other| between(which, other));
            others.max_by(|one, other| beyond(one).total_cmp(&beyond(other)))
        };
        (0..Ending::ALL.len()).filter_map(farthest).collect()
    }

    /// Whether every share agrees.
    pub fn agree(&self) -> bool {
        self.apart().iter().all(Apart::agrees)
    }
}

impl MedianTime {
    /// That of times of which so many fall on each round, in rounds of some `parts` to a unit; the interval is that between the
    /// times with the places n/2 ± 1.96 · √n/2. Source: assumption (the normal approximation of the binomial places).
    fn of(rounds: &BTreeMap<u32, u64>, parts: u32) -> Option<Self> {
        let all: u64 = rounds.values().sum();
        let at = |place: f64| {
            let place = (place.max(1.0) as u64).min(all);
            let mut seen = 0;
            let found = rounds.iter().find(|(_, count)| {
                seen += **count;
                seen >= place
            });
            found.map(|(round, _)| f64::from(*round) / f64::from(parts))
        };
        let (middle, reach) = (all as f64 / 2.0, 1.96 * (all as f64).sqrt() / 2.0);
        Some(Self {
            at: at(middle.ceil())?,
            low: at((middle - reach).floor())?,
            high: at((middle + reach).ceil() + 1.0)?,
        })
    }
}

/// What the runs of one length come to.
type Counts = ([u64; Ending::ALL.len()], BTreeMap<u32, u64>);

/// Plays the same worlds in rounds of 1, 1/2 and 1/7 of the unit of time.
///
/// # Errors
/// [`CannotRun::NoTalks`], [`CannotRun::Space`], [`CannotRun::Threads`].
pub fn steps(n: &Negotiation, settings: &Settings) -> Result<Steps, CannotRun> {
    let all = PARTS.into_iter().map(|parts| in_rounds(&n.in_rounds(parts), parts, settings));
    Ok(Steps { runs: settings.runs, all: all.collect::<Result<_, _>>()? })
}

fn in_rounds(n: &Negotiation, parts: u32, settings: &Settings) -> Result<Stepped, CannotRun> {
    let drawing = &settings.drawing;
    let compiled = Compiled::of(n, &drawing.accounts.variants)?;
    let talks = Talks::of(&compiled, drawing.clone())?;
    let draws = drawing.draws(n);
    let work = |(desk, (ended, deals)): &mut (Desk, Counts), runs: Range<u64>| {
        for run in runs {
            let run = talks.play(&draws.run(run), desk, None);
            ended[run.ending as usize] += 1;
            if matches!(run.ending, Ending::Settlement | Ending::Truce | Ending::Defeat) {
                *deals.entry(run.rounds).or_default() += 1;
            }
        }
    };
    let (_, (ended, deals)) = tally(settings.runs, drawing.threads, Default::default, work, |_| ())?;
    Ok(Stepped { parts, endings: endings(&ended), deals: MedianTime::of(&deals, parts) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_and_its_interval_holds_it() {
        let rounds: BTreeMap<u32, u64> = (1..=99).map(|round| (round, 1)).collect();
        let median = MedianTime::of(&rounds, 1).expect("there are deals");
        // Places 49.5 ± 9.75 of 99.
        assert_eq!(median, MedianTime { at: 50.0, low: 39.0, high: 61.0 });
        assert_eq!(MedianTime::of(&rounds, 2).map(|it| it.at), Some(25.0));
        assert_eq!(MedianTime::of(&BTreeMap::new(), 1), None);
        let one = MedianTime::of(&BTreeMap::from([(7, 1)]), 7);
        assert_eq!(one, Some(MedianTime { at: 1.0, low: 1.0, high: 1.0 }));
    }

    #[test]
    fn shares_agree_within_three_points_and_three_standard_errors() {
        let stepped = |parts, settled: u64, runs: u64| {
            let mut counts = [0; Ending::ALL.len()];
            (counts[Ending::Settlement as usize], counts[Ending::NoDeal as usize]) = (settled, runs - settled);
            Stepped { parts, endings: endings(&counts), deals: None }
        };
        let steps = |runs: u64, settled: [u64; 3]| Steps {
            runs,
            all: PARTS.iter().zip(settled).map(|(parts, settled)| stepped(*parts, settled, runs)).collect(),
        };
        // Half of 10 000: three standard errors of a difference are 2.1 points.
        assert!(steps(10_000, [5_000, 5_100, 5_500]).agree());
        assert!(!steps(10_000, [5_000, 5_100, 5_550]).agree());
        assert!(steps(100, [50, 51, 70]).agree());
        let apart = steps(10_000, [5_000, 5_100, 5_550]).apart();
        let settled = apart.iter().find(|it| it.ending == Ending::Settlement).expect("it is an ending");
        assert_eq!(settled.parts, 7);
    }
}
