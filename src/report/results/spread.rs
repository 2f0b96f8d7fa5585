//! How margins and rounds are spread over the runs of an experiment.

use std::collections::BTreeMap;

use super::fault::{Fault, MOST};
use super::{Results, Status};
use crate::engine::talks::Ending;
use crate::text::sheet::rows;

/// The file.
pub const FILE: &str = "distributions.csv";
/// Half a bin of margins is one over this.
const HALVES: f64 = 512.0;

/// Counts of runs by what they gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// Worlds by margin, in half bins: a key of 513 is the margin 513/512 of a span.
    margin: BTreeMap<i64, u64>,
    /// Worlds in which no package could be looked at.
    pub none: u64,
    /// Worlds in which nobody's verdict counts.
    pub unbounded: u64,
    /// Runs by the round in which it was reached.
    rounds: BTreeMap<i64, u64>,
    /// Runs by how they end, if that is told.
    endings: [u64; 9],
}

impl Spread {
    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        for (own, others) in [(&mut self.margin, &other.margin), (&mut self.rounds, &other.rounds)] {
            others.iter().for_each(|(at, count)| *own.entry(*at).or_default() += count);
        }
        self.none += other.none;
        self.unbounded += other.unbounded;
    }

    /// Worlds by margin, as shares of a span, in rising order.
    #[must_use]
    pub fn margins(&self) -> Vec<(f64, u64)> {
        self.margin.iter().map(|(at, count)| (*at as f64 / HALVES, *count)).collect()
    }

    /// Runs by the round in which it was reached, in rising order.
    #[must_use]
    pub fn rounds(&self) -> Vec<(f64, u64)> {
        self.rounds.iter().map(|(at, count)| (*at as f64, *count)).collect()
    }

    /// Worlds of which the margin is told, those without one among them.
    #[must_use]
    pub fn worlds(&self) -> u64 {
        self.margin.values().sum::<u64>() + self.none + self.unbounded
    }

    /// Counts one line of the file; what it says of other outcomes is passed over.
    fn add(&mut self, outcome: &str, at: &str, count: u64) -> Result<(), &'static str> {
        let whole = || at.parse::<i64>().ok().filter(|n| *n >= 0).ok_or("a whole number");
        match (outcome, at) {
            ("margin", "none") => self.none += count,
            ("margin", "unbounded") => self.unbounded += count,
            ("margin", _) => {
                let middle = at.parse::<f64>().ok().filter(|x| x.is_finite() && x.abs() < 1e6);
                let middle = middle.ok_or("a number, `none` or `unbounded`")?;
                *self.margin.entry((middle * HALVES).round() as i64).or_default() += count;
            }
            ("rounds", _) => *self.rounds.entry(whole()?).or_default() += count,
            ("ending", _) => {
                let place = Ending::ALL.iter().position(|e| super::experiment::word(*e) == at);
                self.endings[place.ok_or("an ending")?] += count;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Reads the distributions into their experiments; counts of endings take the place of those worked out from shares.
pub fn read(text: &str, results: &mut Results) -> Result<(), Vec<Fault>> {
    let rows = rows(text).map_err(|bad| vec![Fault::at(FILE, bad.line, bad.why)])?;
    for (place, name) in ["experiment", "outcome", "at", "count"].iter().enumerate() {
        if rows.head.get(place).map(String::as_str) != Some(*name) {
            return Err(vec![Fault::of(FILE, format!("column {} is not `{name}`", place + 1))]);
        }
    }
    let places: BTreeMap<String, usize> =
        results.experiments.iter().enumerate().map(|(i, e)| (e.name.clone(), i)).collect();
    let mut faults = Vec::new();
    for row in rows {
        let read = row.map_err(|bad| Fault::at(FILE, bad.line, bad.why));
        faults.extend(read.and_then(|(line, cells)| one(line, &cells, &places, results)).err());
        if faults.len() == MOST {
            break;
        }
    }
    if faults.is_empty() {
        faults = settle(results);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn one(line: u64, cells: &[String], places: &BTreeMap<String, usize>, results: &mut Results) -> Result<(), Fault> {
    let shown = |text: &str| text.chars().take(40).collect::<String>();
    let [experiment, outcome, at, count, ..] = cells else {
        return Err(Fault::at(FILE, line, "the row has fewer than four cells"));
    };
    let Some(place) = places.get(experiment) else {
        let found = format!("experiment `{}` is not in experiments.csv", shown(experiment));
        return Err(Fault::at(FILE, line, found));
    };
    let wrong = |name: &str, found: &str, wanted: &str| {
        Fault::at(FILE, line, format!("`{name}` is `{}`, not {wanted}", shown(found)))
    };
    let number = count.parse().map_err(|_| wrong("count", count, "a whole number"))?;
    results.experiments[*place].spread.add(outcome, at, number).map_err(|wanted| wrong("at", at, wanted))
}

/// Checks that counts add up to the runs, and takes those of the endings over.
fn settle(results: &mut Results) -> Vec<Fault> {
    let mut faults = Vec::new();
    for e in results.experiments.iter_mut().filter(|e| e.status == Status::Ok) {
        let ended: u64 = e.spread.endings.iter().sum();
        for (what, sum) in [("endings", ended), ("margins", e.spread.worlds())] {
            if sum > 0 && sum != e.runs {
                let found =
                    format!("the {what} of experiment `{}` add up to {sum}, and it has {} runs", e.name, e.runs);
                faults.push(Fault::of(FILE, found));
            }
        }
        if ended > 0 && e.endings.is_some() {
            e.endings = Some(e.spread.endings);
            let reached = |(ending, _): &(Ending, u64)| ending.is_reached();
            let counts = Ending::ALL.into_iter().zip(e.spread.endings);
            e.reached = Some(counts.filter(reached).map(|(_, count)| count).sum());
        }
    }
    faults.truncate(MOST);
    faults
}
