//! How far the answer depends on each uncertain input: worlds in the lower half of its range against the upper half.

use super::estimate::Share;
use crate::engine::Accounts;
use crate::model::{InputId, InputKind, Law, Negotiation, Quantity, World};
use crate::space::Margin;

/// One uncertain input and what the answer is in either half of its distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The input.
    pub input: InputId,
    /// Its median; for a chance, the halves are "does not happen" and "happens".
    pub median: f64,
    /// One exists, in worlds at or below the median.
    pub exists_low: Share,
    /// One exists, in worlds above it.
    pub exists_high: Share,
    /// Mean finite margin in worlds at or below the median.
    pub margin_low: f64,
    /// Mean finite margin in worlds above it.
    pub margin_high: f64,
    /// `margin_high` − `margin_low` with its standard error; 0 where one half holds no world.
    pub effect: f64,
    /// Standard error of the effect (independent halves).
    pub error: f64,
}

/// The inputs that vary, each with the value that divides its worlds.
#[derive(Debug, Clone)]
pub(super) struct Drivers(Vec<(InputId, f64)>);

impl Drivers {
    pub(super) fn of(n: &Negotiation, accounts: &Accounts) -> Self {
        // Where readings disagree, the first by identifier says where halves part: the order of the file plays no part.
        let mut places: Vec<usize> = (0..n.readings.len()).collect();
        places.sort_by(|a, b| n.readings[*a].id.cmp(&n.readings[*b].id));
        let readings = if places.is_empty() { vec![None] } else { places.into_iter().map(Some).collect() };
        let readings = accounts.reading.map_or(readings, |r| vec![Some(r)]);
        let laws: Vec<Vec<Law>> = readings.into_iter().map(|r| n.laws(r, &accounts.variants)).collect();
        let divided = |(id, input): (InputId, &crate::model::Input)| {
            let own = |laws: &Vec<Law>| if let Law::Own(q) = &laws[id.0] { Some(q.clone()) } else { None };
            let quantities: Vec<Quantity> = laws.iter().filter_map(own).collect();
            if input.kind == InputKind::Chance {
                let open = |q: &Quantity| !q.is_fixed() || (q.modal() > 0.0 && q.modal() < 1.0);
                return quantities.iter().any(open).then_some((id, 0.5));
            }
            let varies = |q: &&Quantity| !q.is_fixed();
            quantities.iter().find(varies).map(|q| (id, q.quantile(0.5)))
        };
        Self(n.inputs.iter().filter_map(divided).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Sums over worlds, one a half of an input.
#[derive(Debug, Clone)]
pub(super) struct Halves(Vec<[Half; 2]>);

#[derive(Debug, Clone, Copy, Default)]
struct Half {
    worlds: u64,
    exists: u64,
    finite: u64,
    /// Σ margin and Σ margin², in units of 2⁻²⁴ and 2⁻⁴⁸: whole numbers add up to the same in any order.
    sum: i128,
    squares: i128,
}

const UNITS: f64 = 16_777_216.0;

impl Halves {
    pub(super) fn new(inputs: usize) -> Self {
        Self(vec![[Half::default(); 2]; inputs])
    }

    pub(super) fn add(&mut self, drivers: &Drivers, world: &World, margin: Margin) {
        let units = margin.share().map(|share| (share * UNITS).round() as i128);
        let exists = u64::from(margin.exists());
        for ((input, median), halves) in drivers.0.iter().zip(&mut self.0) {
            let half = &mut halves[usize::from(world.value(*input) > *median)];
            half.worlds += 1;
            half.exists += exists;
            if let Some(units) = units {
                half.finite += 1;
                half.sum += units;
                half.squares += units * units;
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            mine.worlds += theirs.worlds;
            mine.exists += theirs.exists;
            mine.finite += theirs.finite;
            mine.sum += theirs.sum;
            mine.squares += theirs.squares;
        }
    }

    pub(super) fn summary(&self, drivers: &Drivers) -> Vec<Driver> {
        let driver = |((input, median), [low, high]): (&(InputId, f64), &[Half; 2])| {
            let both = low.finite > 1 && high.finite > 1;
            Driver {
                input: *input,
                median: *median,
                exists_low: Share::of(low.exists, low.worlds),
                exists_high: Share::of(high.exists, high.worlds),
                margin_low: low.mean(),
                margin_high: high.mean(),
                effect: if both { high.mean() - low.mean() } else { 0.0 },
                error: if both { (low.variance_of_mean() + high.variance_of_mean()).sqrt() } else { 0.0 },
            }
        };
        let mut drivers: Vec<Driver> = drivers.0.iter().zip(&self.0).map(driver).collect();
        drivers.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()).then(a.input.cmp(&b.input)));
        drivers
    }
}

impl Half {
    fn mean(&self) -> f64 {
        if self.finite == 0 { 0.0 } else { self.sum as f64 / UNITS / self.finite as f64 }
    }

    fn variance_of_mean(&self) -> f64 {
        let n = self.finite as f64;
        let mean = self.mean();
        let second = self.squares as f64 / (UNITS * UNITS) / n;
        ((second - mean * mean).max(0.0) / (n - 1.0)).max(0.0)
    }
}
