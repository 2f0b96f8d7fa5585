//! Payoff tables, solved exactly: all extreme equilibria of games of many sizes; and logit equilibria.
//!
//! `cargo bench --bench games`; `-- write FOLDER` writes the same games as `.nfg` instead, for other programs. Medians of several
//! repeats; the same games every time.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use winset::games::{Exact, Game, Player, Sides, as_nfg, equilibria, nearest, nfg, principal};

/// Von Stengel (1999): no game of six by six is known to have more.
const SEVENTY_FIVE: &str = include_str!("games/seventy-five.nfg");

fn main() {
    let arguments: Vec<String> = std::env::args().filter(|argument| argument != "--bench").collect();
    let mut games = vec![("seventy-five".to_owned(), nfg(SEVENTY_FIVE).expect("it is a table"))];
    for (size, most) in [(4, 1_000), (6, 1_000), (8, 1_000), (10, 1_000), (12, 1_000), (10, 1_000_000_000)] {
        games.push((format!("random-{size}-below-{most}"), random(size, most)));
    }
    for (name, game) in &games {
        match (arguments.get(1).map(String::as_str), arguments.get(2)) {
            (Some("write"), Some(folder)) => {
                let place = Path::new(folder).join(name).with_extension("nfg");
                std::fs::write(&place, as_nfg(game)).unwrap_or_else(|e| panic!("{}: {e}", place.display()));
            }
            _ => rate(name, game),
        }
    }
    if arguments.len() == 1 {
        [4, 8, 12].into_iter().for_each(logit);
    }
}

/// The mean time of a logit equilibrium, payoffs from 0 to 40 points.
fn logit(size: usize) {
    let game = random(size, 41);
    let payoffs = |player: usize| {
        let pairs = (0..size).flat_map(|i| (0..size).map(move |j| [i, j]));
        vec![pairs.map(|pair| nearest(&game.paid(&pair)[player])).collect()]
    };
    let sides =
        Sides { weights: [vec![1.0], vec![1.0]], plans: [vec![size], vec![size]], payoffs: [payoffs(0), payoffs(1)] };
    for lambda in [0.1, 0.5, 2.0] {
        let begun = Instant::now();
        let found = (0..100).filter(|_| black_box(principal(black_box(&sides), lambda)).is_some()).count();
        let each = begun.elapsed().as_secs_f64() * 1e6 / 100.0;
        println!("logit, {size} by {size}, λ = {lambda}: {each:.0} µs ({found} of 100 found)");
    }
}

fn rate(name: &str, game: &Game) {
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let begun = Instant::now();
            let _ = black_box(equilibria(black_box(game)));
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let found = equilibria(game).map_or(0, |all| all.len());
    println!("{name}: {found} equilibria in {:.1} ms", times[times.len() / 2]);
}

/// Payoffs from 0 on, drawn evenly by a small generator of its own.
fn random(size: usize, most: u64) -> Game {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Exact::from_integer(((state >> 33) % most).into())
    };
    let player = |name: &str| Player { name: name.into(), strategies: (1..=size).map(|s| s.to_string()).collect() };
    let payoffs = (0..size * size).map(|_| vec![next(), next()]).collect();
    Game { title: format!("random {size}"), players: vec![player("row"), player("column")], payoffs }
}
