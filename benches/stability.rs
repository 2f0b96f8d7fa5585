//! Who would stay where, beside the definitions walked word by word; and Istanbul's leading settlements over many worlds.
//!
//! `cargo bench --bench stability`. Medians of several repeats.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use winset::stability::{Conflict, Move, Settlements, analyse, over_worlds};
use winset::{Drawing, Scenario};

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

fn main() {
    for (states, actors) in [(100, 3), (1_000, 4)] {
        let conflict = random(states, actors, 6);
        let ours = median(9, || drop(black_box(analyse(&conflict))));
        let plain = median(1, || {
            let some = (0..actors).flat_map(|i| (0..states.min(50)).map(move |s| (i, s)));
            black_box(some.filter(|(i, s)| by_the_definition(&conflict, *i, *s)).count());
        }) * states as f64
            / states.min(50) as f64;
        println!(
            "{states} states x {actors} actors: {:.2} ms; the definition of SEQ alone, walked for each state: {:.0} ms; ratio {:.0}",
            ours * 1e3,
            plain * 1e3,
            plain / ours
        );
    }
    let scenario = Scenario::parse("istanbul.toml", ISTANBUL.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    let n = &scenario.negotiation;
    let drawing = Drawing::of(n, 1);
    let compiled = drawing.compile(n).expect("it can be compiled");
    let packages: Vec<_> = n.packages.iter().take(8).map(|p| p.package.clone()).collect();
    let laws = n.laws(None, &n.default_variants());
    let graph = Settlements::of(&compiled, &n.modal_world(&laws), &packages).expect("it is a graph");
    let time = median(3, || drop(black_box(over_worlds(&graph, &drawing, 10_000))));
    println!(
        "Istanbul, {} named packages, {} states, 10 000 worlds: {time:.2} s",
        packages.len(),
        graph.situations().len()
    );
}

/// A graph whose moves and ranks come from a small generator of its own.
fn random(states: usize, actors: usize, moves: usize) -> Conflict {
    let mut luck = 14_u64;
    let mut below = |n: usize| {
        luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (luck >> 33) as usize % n
    };
    let mut all = Vec::new();
    for actor in 0..actors {
        for from in 0..states {
            all.extend((0..moves).map(|_| Move { actor, from, to: below(states) }));
        }
    }
    let ranks = (0..actors).map(|_| (0..states).map(|_| below(states / 2) as i64).collect()).collect();
    let named = |what: &str, n: usize| (0..n).map(|k| format!("{what}{k}")).collect();
    Conflict::new(named("a", actors), named("s", states), all, ranks).expect("it is a graph")
}

/// Sequential stability as it is defined: from each improvement every legal sequence of improvements is walked.
fn by_the_definition(conflict: &Conflict, i: usize, s: usize) -> bool {
    let sanctioned = |t: usize| {
        let (mut met, mut open) = (BTreeSet::new(), vec![(t, i)]);
        while let Some((state, last)) = open.pop() {
            for k in (0..conflict.actors().len()).filter(|k| *k != i && *k != last) {
                for u in conflict.improvements(k, state) {
                    if conflict.rank(i, u) <= conflict.rank(i, s) {
                        return true;
                    }
                    if met.insert((u, k)) {
                        open.push((u, k));
                    }
                }
            }
        }
        false
    };
    conflict.improvements(i, s).all(sanctioned)
}

fn median(times: usize, mut work: impl FnMut()) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64()
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}
