//! What a call costs beside its runs: a scenario prepared once, and asked again and again with one number changed.
//!
//! `cargo bench --bench calls`. Milliseconds a call on one thread.

use std::hint::black_box;
use std::time::Instant;

use winset::Wanted;
use winset::ask::{Hearing, Prepared};
use winset::scenario::Scenario;

const CALLS: u32 = 200;

fn main() {
    let text = include_str!("../scenarios/talks/istanbul-2025.toml");
    let prepared = Prepared::of(Scenario::parse("istanbul-2025.toml", text.as_bytes()).expect("a shipped scenario"));
    let mut spent = Vec::new();
    for runs in [1, 16, 64] {
        ask(&prepared, runs, 0);
        let start = Instant::now();
        for call in 0..CALLS {
            ask(&prepared, runs, call);
        }
        spent.push(start.elapsed().as_secs_f64() * 1e3 / f64::from(CALLS));
        println!("{runs:4} runs: {:7.2} ms a call", spent[spent.len() - 1]);
    }
    let each = (spent[2] - spent[1]) / 48.0;
    println!("a run {each:.3} ms, a call {:.2} ms beside its runs", spent[0] - each);
}

fn ask(prepared: &Prepared, runs: u32, call: u32) {
    let set = vec![format!("no_deal.ukraine.cost={}", 0.1 + f64::from(call) / f64::from(CALLS))];
    let wanted = Wanted { runs: runs.to_string(), set, threads: Some("1".into()), ..Wanted::default() };
    let judged = prepared.judge(&wanted).expect("it can be set");
    black_box(judged.answer(Hearing::default()).expect("it can be run"));
}
