//! How long the deals of an experiment last.

use std::collections::BTreeMap;

use super::Results;
use super::fault::{Fault, MOST};
use crate::text::sheet::rows;

/// The file.
pub const FILE: &str = "survival.csv";
/// Parts of a year by which places in time are told apart.
const PARTS: f64 = 1024.0;

/// The mean chance that a deal still holds, by the time since its signature.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lasting {
    /// Deals over which the mean is taken.
    pub deals: u64,
    /// Deals of one experiment, of those pooled the most: experiments share their luck.
    pub distinct: u64,
    /// The chance by time, in parts of a year.
    holds: BTreeMap<i64, f64>,
}

impl Lasting {
    /// Years and chance, in rising order of years.
    #[must_use]
    pub fn holds(&self) -> Vec<(f64, f64)> {
        self.holds.iter().map(|(at, chance)| (*at as f64 / PARTS, *chance)).collect()
    }

    /// The means of several, weighted by their deals, at the times that all of them tell.
    #[must_use]
    pub fn pooled(all: &[&Self]) -> Self {
        let some: Vec<&&Self> = all.iter().filter(|l| l.deals > 0).collect();
        let deals: u64 = some.iter().map(|l| l.deals).sum();
        let mean = |at: &i64| -> Option<f64> {
            let sums = some.iter().map(|l| l.holds.get(at).map(|chance| chance * l.deals as f64));
            sums.sum::<Option<f64>>().map(|sum| sum / deals as f64)
        };
        let times = some.first().into_iter().flat_map(|l| l.holds.keys());
        let distinct = some.iter().map(|l| l.distinct).max().unwrap_or(0);
        Self { deals, distinct, holds: times.filter_map(|at| Some((*at, mean(at)?))).collect() }
    }
}

/// Reads the sheet into its experiments.
pub fn read(text: &str, results: &mut Results) -> Result<(), Vec<Fault>> {
    let rows = rows(text).map_err(|bad| vec![Fault::at(FILE, bad.line, bad.why)])?;
    for (place, name) in ["experiment", "years", "deals", "holds"].iter().enumerate() {
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
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn one(line: u64, cells: &[String], places: &BTreeMap<String, usize>, results: &mut Results) -> Result<(), Fault> {
    let wrong = |place: usize, what: &str| {
        let found: String = cells[place].chars().take(40).collect();
        Fault::at(FILE, line, format!("`{found}` is not {what}"))
    };
    let place = places.get(&cells[0]).ok_or_else(|| wrong(0, "an experiment of experiments.csv"))?;
    let number = |place: usize, most: f64| cells[place].parse().ok().filter(|x: &f64| (0.0..=most).contains(x));
    let years = number(1, 1e4).ok_or_else(|| wrong(1, "a number of years"))?;
    let deals = cells[2].parse().map_err(|_| wrong(2, "a whole number"))?;
    let chance = number(3, 1.0).ok_or_else(|| wrong(3, "a chance from 0 to 1"))?;
    let lasting = &mut results.experiments[*place].lasting;
    lasting.deals = deals;
    lasting.distinct = deals;
    lasting.holds.insert((years * PARTS).round() as i64, chance);
    Ok(())
}
