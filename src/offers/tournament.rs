//! All tactics against all, over several grounds.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Course, End, Ground, Rules, Table, Tactic};
use crate::engine::{Streams, ThreadsError, hand_out};
use crate::num::{Moments, t95};

/// A ground under its name.
#[derive(Debug)]
pub struct Field<'a> {
    /// As the file is called.
    pub name: String,
    /// What the packages are worth there.
    pub ground: &'a Ground,
}

/// What tactics won, over some sessions.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// Sessions, each counted for every seat that the tactic had.
    pub sessions: u64,
    /// Those that ended with an agreement.
    pub agreed: u64,
    /// Sum of the shares that the tactic gained of what it could: [`Side::gain`](super::Side::gain), 0 without a deal.
    gained: f64,
    /// Sum of the rounds of the agreements.
    rounds: u64,
}

impl Score {
    fn add(&mut self, gained: f64, end: End) {
        self.sessions += 1;
        self.gained += gained;
        if let Some(agreed) = end.agreed() {
            self.agreed += 1;
            self.rounds += u64::from(agreed.round);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.agreed += other.agreed;
        self.gained += other.gained;
        self.rounds += other.rounds;
    }

    /// The mean share gained; 0 without sessions.
    pub fn gain(&self) -> f64 {
        self.gained / self.sessions.max(1) as f64
    }

    /// The mean round of the agreements, from 0; `None` without any.
    pub fn round(&self) -> Option<f64> {
        (self.agreed > 0).then(|| self.rounds as f64 / self.agreed as f64)
    }
}

/// A mean over files with its 95 % interval.
///
/// ```text
/// mean ± t(0.975, F−1) · s / √F,  F files
/// ```
///
/// Files are what stands for other files; sessions within one do not add to what is known of these.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean of the means of the files.
    pub mean: f64,
    /// The interval; `None` for one file, which says nothing of others.
    pub interval: Option<(f64, f64)>,
}

impl Mean {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut all = Moments::default();
        values.for_each(|x| all.add(x));
        let mean = all.mean().unwrap_or_default();
        let half = all.error().map(|error| t95(all.count() - 1) * error);
        Self { mean, interval: half.map(|half| (mean - half, mean + half)) }
    }
}

/// One tactic, or one against another, over all files.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The share gained.
    pub gain: Mean,
    /// All sessions together.
    pub score: Score,
}

/// Every tactic against every other, and itself, in every seat and with each party beginning, over several files.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Tournament {
    /// The tactics, as they were named.
    pub tactics: Vec<Tactic>,
    /// `files[file][tactic]`.
    pub files: Vec<Vec<Score>>,
    /// `pairs[file][tactic][other]`: where the other sat at the table too.
    pairs: Vec<Vec<Vec<Score>>>,
}

/// How many sessions a tournament plays in one file: every way to seat the tactics, each with every party beginning.
pub fn sessions_of(seats: usize, tactics: usize, repeats: u64) -> u128 {
    let seatings = (0..seats).fold(1_u128, |all, _| all.saturating_mul(tactics as u128));
    seatings.saturating_mul(seats as u128).saturating_mul(u128::from(repeats))
}

impl Tournament {
    /// Plays all sessions, files side by side. `repeats` with lots for which of equals is offered; `None`: one of each
    /// with the lowest number.
    ///
    /// # Errors
    /// [`ThreadsError`] if the threads asked for cannot be started.
    pub fn of(
        fields: &[Field],
        tactics: &[Tactic],
        rules: &[Rules],
        repeats: Option<(u64, u64)>,
        threads: Option<usize>,
    ) -> Result<Self, ThreadsError> {
        const WHY: &str = "nothing panics while it holds the scores";
        let found = Mutex::new(BTreeMap::new());
        let one = |(): &mut (), file: u64| -> Result<(), ThreadsError> {
            let at = file as usize;
            let scores = Hall::of(fields[at].ground, tactics, rules[at]).play(repeats);
            found.lock().expect(WHY).insert(file, scores);
            Ok(())
        };
        hand_out(fields.len() as u64, threads, || (), one)?;
        let (files, pairs) = found.into_inner().expect(WHY).into_values().unzip();
        Ok(Self { tactics: tactics.to_vec(), files, pairs })
    }

    /// How a tactic fared over all files.
    pub fn of_tactic(&self, tactic: usize) -> Entry {
        entry(self.files.iter().map(|scores| &scores[tactic]))
    }

    /// How a tactic fared where another, or itself, sat at the table too.
    pub fn against(&self, tactic: usize, other: usize) -> Entry {
        entry(self.pairs.iter().map(|scores| &scores[tactic][other]))
    }
}

fn entry<'s>(scores: impl Iterator<Item = &'s Score> + Clone) -> Entry {
    let mut score = Score::default();
    scores.clone().for_each(|of_file| score.merge(of_file));
    Entry { gain: Mean::of(scores.map(Score::gain)), score }
}

/// One file of a tournament.
struct Hall<'g> {
    ground: &'g Ground,
    rules: Rules,
    /// `courses[seat][tactic]`.
    courses: Vec<Vec<Arc<Course>>>,
    tactics: usize,
}

impl<'g> Hall<'g> {
    fn of(ground: &'g Ground, tactics: &[Tactic], rules: Rules) -> Self {
        let course = |seat, tactic: &Tactic| Arc::new(Course::of(ground, seat, *tactic, rules));
        let courses = (0..ground.seats()).map(|seat| tactics.iter().map(|t| course(seat, t)).collect()).collect();
        Self { ground, rules, courses, tactics: tactics.len() }
    }

    fn play(&self, repeats: Option<(u64, u64)>) -> (Vec<Score>, Vec<Vec<Score>>) {
        let seats = self.ground.seats();
        let mut alone = vec![Score::default(); self.tactics];
        let mut pairs = vec![vec![Score::default(); self.tactics]; self.tactics];
        let streams = repeats.map(|(seed, sessions)| (Streams::new(seed, "offers"), sessions));
        for number in 0..self.tactics.pow(seats as u32) {
            let seating = self.seating(number);
            for first in 0..seats {
                let courses = seating.iter().zip(&self.courses).map(|(t, courses)| Arc::clone(&courses[*t])).collect();
                let table = Table::seated(self.ground, courses, self.rules, first);
                let mut count = |end| self.count(&seating, end, &mut alone, &mut pairs);
                match &streams {
                    None => count(table.end(None)),
                    Some((streams, sessions)) => {
                        (0..*sessions).for_each(|run| count(table.end(Some(&mut streams.of_run(run)))));
                    }
                }
            }
        }
        (alone, pairs)
    }

    /// `seating[seat]`: the tactics of a number, written to the base of how many there are.
    fn seating(&self, number: usize) -> Vec<usize> {
        let digit = |rest: &mut usize| {
            let tactic = *rest % self.tactics;
            *rest /= self.tactics;
            Some(tactic)
        };
        (0..self.ground.seats()).scan(number, |rest, _| digit(rest)).collect()
    }

    fn count(&self, seating: &[usize], end: End, alone: &mut [Score], pairs: &mut [Vec<Score>]) {
        for (seat, tactic) in seating.iter().enumerate() {
            let gained = end.agreed().map_or(0.0, |agreed| self.ground.sides[seat].gain(agreed.package));
            alone[*tactic].add(gained, end);
            for (_, other) in seating.iter().enumerate().filter(|(other, _)| *other != seat) {
                pairs[*tactic][*other].add(gained, end);
            }
        }
    }
}
