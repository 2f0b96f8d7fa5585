//! How long PRIM takes on 10⁵ rows of 10 columns on one core, and how that compares with sorting anew at every step.
//!
//! Inputs are the same in every run. Each time is the median of several repetitions.

use std::hint::black_box;
use std::time::Instant;

use winset::analysis::discovery::{Cases, Column, DiscoverySettings, Values, discover, peeled};

fn main() {
    let settings = DiscoverySettings::default();
    let table = planted(100_000, 10, 1);
    let fast = median(9, || peeled(&table, &settings));
    let steps = peeled(&table, &settings).len();
    println!("peel 10^5 rows × 10 columns, {steps} boxes {:>24.1} ms", fast * 1e3);
    let whole = median(5, || discover(&table, &settings));
    println!("choose on half, lift, paste, tree, score on the other half {:>10.1} ms", whole * 1e3);
    let ties = with_ties(100_000);
    println!("peel 10^5 rows × 10 columns of 10 values {:>27.1} ms", median(9, || peeled(&ties, &settings)) * 1e3);
    let plain = median(3, || plainly(&table, 0.05, 0.05));
    assert_eq!(
        plainly(&table, 0.05, 0.05),
        peeled(&table, &settings).iter().map(|s| s.density.of as usize).collect::<Vec<_>>()
    );
    println!("sorting the box anew at every step {:>33.1} ms", plain * 1e3);
    println!("ratio {:>62.1} x", plain / fast);
}

/// The obvious way: at every step every column of the rows in the box is sorted, and every slice counted.
///
/// Gives the rows of each box; values without ties.
fn plainly(table: &Cases, alpha: f64, least: f64) -> Vec<usize> {
    let columns: Vec<&Vec<f64>> = table.columns.iter().map(|column| numbers(&column.values)).collect();
    let mut inside: Vec<usize> = (0..table.rows()).collect();
    let mut sizes = vec![inside.len()];
    let least = (least * inside.len() as f64).ceil() as usize;
    loop {
        let n = inside.len();
        let k = ((alpha * n as f64).floor() as usize).max(1);
        if n - k < least {
            return sizes;
        }
        let hits = inside.iter().filter(|row| table.hits[**row]).count();
        let mut best: Option<(f64, Vec<usize>)> = None;
        for values in &columns {
            let mut sorted = inside.clone();
            sorted.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
            for (slice, rest) in [(&sorted[..k], &sorted[k..]), (&sorted[n - k..], &sorted[..n - k])] {
                let lost = slice.iter().filter(|row| table.hits[**row]).count();
                let gain = (hits * k) as f64 - (n * lost) as f64;
                if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, rest.to_vec()));
                }
            }
        }
        inside = best.expect("there is a column").1;
        sizes.push(inside.len());
    }
}

fn numbers(values: &Values) -> &Vec<f64> {
    match values {
        Values::Numbers(values) => values,
        Values::Words { .. } => unreachable!("the bench has numbers only"),
    }
}

/// Uniform columns; inside a box of the first three nineteen of twenty rows are hits, outside one in fifty.
fn planted(rows: usize, columns: usize, seed: u64) -> Cases {
    let mut dice = Dice(seed);
    let values: Vec<Vec<f64>> = (0..columns).map(|_| (0..rows).map(|_| dice.next()).collect()).collect();
    let inside = |r: usize| values[0][r] < 0.4 && values[1][r] > 0.5 && (0.2..0.8).contains(&values[2][r]);
    let hits = (0..rows).map(|r| dice.next() < if inside(r) { 0.95 } else { 0.02 }).collect();
    let column = |(c, values)| Column { name: format!("x{c}"), values: Values::Numbers(values) };
    Cases { columns: values.into_iter().enumerate().map(column).collect(), hits, luck: None }
}

fn with_ties(rows: usize) -> Cases {
    let mut table = planted(rows, 10, 2);
    for column in &mut table.columns {
        column.values = Values::Numbers(numbers(&column.values).iter().map(|x| (x * 10.0).floor()).collect());
    }
    table
}

/// A generator of plain uniforms: xorshift64*.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

fn median<T>(times: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut seconds: Vec<f64> = (0..times)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[times / 2]
}
