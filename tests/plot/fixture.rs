//! Batches as they are drawn, from made-up numbers.

use std::collections::BTreeMap;

use winset::batch::Tally;
use winset::report::results::{Experiment, Lasting, Results};

/// How many of a thousand runs end in each, before it is reached or not is decided.
const REST: [u64; 4] = [120, 210, 80, 590];

/// A batch to be drawn.
#[derive(Clone)]
pub struct Batch {
    pub scenarios: Vec<&'static str>,
    pub readings: Vec<&'static str>,
    pub policies: Vec<String>,
    pub inputs: Vec<&'static str>,
    /// The values of all inputs at each point; empty cells for what is left as in the file.
    pub points: Vec<(String, Vec<String>)>,
    pub runs: u64,
    pub talks: bool,
    /// The base case, where something tells it.
    pub base: Vec<(&'static str, f64)>,
}

pub const DRIFT: &str = "states.balance.drift";
pub const AVERSION: &str = "audiences.home-front.loss_aversion";

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

impl Batch {
    /// No input is varied.
    pub fn plain() -> Self {
        Self {
            scenarios: vec!["istanbul-2025"],
            readings: vec!["pastukhov", "preobrazhensky", "stanovaya", "realist"],
            policies: strings(&["none", "us-mediates", "china-mediates"]),
            inputs: vec![],
            points: vec![("base".into(), vec![])],
            runs: 1_000,
            talks: true,
            base: vec![],
        }
    }

    /// One input at several values.
    pub fn curve(values: u32) -> Self {
        let value = |i| 0.2 * f64::from(i) / f64::from(values - 1);
        let points = (0..values).map(|i| (format!("p{i}"), vec![format!("{:.4}", value(i))]));
        Self { inputs: vec![DRIFT], points: points.collect(), base: vec![(DRIFT, 0.06)], ..Self::plain() }
    }

    /// Two inputs in a grid.
    pub fn grid(columns: u32, rows: u32) -> Self {
        let at = |i: u32, n: u32| f64::from(i) / f64::from(n.max(2) - 1);
        let point = |i: u32, j: u32| {
            let values = vec![format!("{:.3}", 0.2 * at(i, columns)), format!("{:.3}", 1.0 + 2.0 * at(j, rows))];
            (format!("p{i}-{j}"), values)
        };
        let points = (0..columns).flat_map(|i| (0..rows).map(move |j| point(i, j))).collect();
        let base = vec![(DRIFT, 0.1), (AVERSION, 2.0)];
        Self { inputs: vec![DRIFT, AVERSION], points, base, ..Self::plain() }
    }

    /// Some inputs, one at a time, around a base case in which nothing is set.
    pub fn one_at_a_time(inputs: usize) -> Self {
        const PATHS: [&str; 24] = [
            DRIFT,
            AVERSION,
            "mediator.patience",
            "mediator.chance",
            "talks.hazard",
            "audiences.hardliners.line",
            "audiences.soldiers.line",
            "intents.firm.prior",
            "claims.church.worth",
            "events.offensive.chance",
            "states.economy.drift",
            "states.economy.noise",
            "parties.firm.patience",
            "parties.union.patience",
            "issues.pay.views.firm.weight",
            "issues.jobs.views.union.weight",
            "durability.half_life",
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "g",
        ];
        let mut points = vec![("base".to_owned(), vec![String::new(); inputs])];
        for input in 0..inputs {
            for (end, value) in [("low", "0.01"), ("high", "0.2")] {
                let mut values = vec![String::new(); inputs];
                values[input] = value.into();
                points.push((format!("{end}-{input}"), values));
            }
        }
        Self {
            inputs: PATHS[..inputs].to_vec(),
            points,
            readings: vec!["pastukhov"],
            policies: vec![String::new()],
            base: vec![],
            ..Self::plain()
        }
    }

    pub fn results(&self) -> Results {
        let mut experiments = Vec::new();
        for scenario in &self.scenarios {
            for (r, reading) in self.readings.iter().enumerate() {
                for (p, policy) in self.policies.iter().enumerate() {
                    for (point, values) in &self.points {
                        let x = values.iter().enumerate().map(|(i, v)| effect(i, v)).sum::<f64>();
                        let labels = Experiment {
                            name: format!("e{:04}", experiments.len() + 1),
                            scenario: (*scenario).to_owned(),
                            reading: (*reading).to_owned(),
                            policy: policy.clone(),
                            point: point.clone(),
                            inputs: values.clone(),
                            tally: Tally { runs: self.runs, ..Tally::default() },
                            ..Experiment::default()
                        };
                        experiments.push(self.one(labels, 0.75 - 0.12 * r as f64 + x, p));
                    }
                }
            }
        }
        let base = |path: &&str| self.base.iter().find(|(p, _)| p == path).map(|(_, base)| base.to_string());
        Results {
            title: "Istanbul, by its analysts".to_owned(),
            seed: 1,
            inputs: strings(&self.inputs),
            base: self.inputs.iter().map(base).collect(),
            experiments,
            failed: 0,
            parties: if self.talks { strings(&["russia", "ukraine"]) } else { Vec::new() },
            talks: self.talks,
        }
    }

    fn one(&self, labels: Experiment, level: f64, policy: usize) -> Experiment {
        let n = self.runs;
        let count = |share: f64| (share.clamp(0.0, 1.0) * n as f64).round() as u64;
        let exists = count(level);
        let reached = count(level * (0.3 + 0.15 * policy as f64)).min(exists);
        let (none, margins) = margins(n, exists);
        let mut e = Experiment { tally: Tally { exists, margins, none, ..labels.tally }, ..labels };
        if self.talks {
            e.tally.endings = endings(n, reached).to_vec();
            e.gains = vec![Some((3.0 + 4.0 * level, 0.21)), Some((7.0 - 2.0 * level, 0.18))];
            e.tally.rounds = rounds(reached);
            let holds = |half: u32| 1.0 / (1.0 + f64::from(half) * (0.05 + 0.03 * policy as f64));
            let deals = 100 + 50 * policy as u64;
            let half_years = (0..=20).map(|half| (half, holds(half))).collect();
            e.lasting = Lasting { deals, distinct: deals, half_years };
        }
        e
    }
}

/// What an input at a value does to the level.
fn effect(place: usize, value: &str) -> f64 {
    let Ok(x) = value.parse::<f64>() else { return 0.0 };
    match place {
        0 => -3.0 * (x - 0.1),
        1 => -0.25 * (x - 2.0).min(0.9),
        other => (x - 0.1) * [1.4, -0.9, 0.6, 0.05, -0.3][other % 5],
    }
}

fn endings(n: u64, reached: u64) -> [u64; 6] {
    let mut counts = [0; 6];
    counts[0] = reached / 3;
    counts[1] = reached - counts[0];
    for (count, rest) in counts[2..].iter_mut().zip(REST) {
        *count = (n - reached) * rest / 1_000;
    }
    counts[5] += n - counts.iter().sum::<u64>();
    counts
}

/// A bell of margins in bins of 1/256: as many at 0 or more as exist, some none.
fn margins(n: u64, exists: u64) -> (u64, BTreeMap<i32, u64>) {
    let none = (n - exists) / 5;
    let mut counts = BTreeMap::new();
    for (count, bins) in [(n - exists - none, -40..0), (exists, 0..50)] {
        let width = bins.len() as u64;
        let rising = bins.start < 0;
        let weight = move |i: u64| if rising { i + 1 } else { width - i };
        counts.extend(bins.zip(spread(count, width, weight)));
    }
    counts.retain(|_, count| *count > 0);
    (none, counts)
}

/// Rounds from 2 on, the middle ones most.
fn rounds(count: u64) -> BTreeMap<u32, u64> {
    const PLACES: u64 = 24;
    let counts = (2..).zip(spread(count, PLACES, |i| (i + 1) * (PLACES - i)));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// A count spread over places by weight; the last has the rest.
fn spread(count: u64, places: u64, weight: impl Fn(u64) -> u64) -> Vec<u64> {
    let whole: u64 = (0..places).map(&weight).sum();
    let mut left = count;
    let mut counts = Vec::new();
    for i in 0..places {
        let here = if i + 1 == places { left } else { (count * weight(i) / whole).min(left) };
        left -= here;
        counts.push(here);
    }
    counts
}
