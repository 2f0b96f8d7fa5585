//! Whole runs of the talks a second, on one core.
//!
//! `cargo bench --bench talks`. Medians of several repeats; the same runs every time.

use std::hint::black_box;
use std::time::Instant;

use winset::engine::talks::{Desk, NoRecord, Settings, Talks};
use winset::engine::{Accounts, Draws};
use winset::scenario::Scenario;
use winset::space::Compiled;

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

fn main() {
    let few = ISTANBUL.replace("horizon  = 52", "horizon  = 13");
    rate("Istanbul as shipped", ISTANBUL, 2_048);
    rate("Istanbul, a quarter of the rounds", &few, 2_048);
}

fn rate(name: &str, text: &str, runs: u64) {
    let scenario = Scenario::parse("bench.toml", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    let n = &scenario.negotiation;
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it can be compiled");
    let talks = Talks::of(&compiled, Settings { seed: 1, ..Settings::default() }).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    let mut desk = Desk::default();
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            for block in 0..runs / 256 {
                for drawn in draws.block(256 * block, 256) {
                    black_box(talks.play(&drawn, &mut desk, &mut NoRecord));
                }
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name}: {} packages, {:.0} runs/s", n.space.size(), runs as f64 / times[times.len() / 2]);
}
