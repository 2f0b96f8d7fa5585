//! Every answer about one world, in process and after loading, beside a plain loop that only counts.
//!
//! `cargo bench --bench solve`. Medians of several repeats.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use winset::model::{ActorId, AudienceId, Defeat, Negotiation, Scale, Scores, World};
use winset::scenario::Scenario;
use winset::space::{Limits, solve};

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

fn main() {
    let million = additive(6, 10);
    let time = answer("10^6 additive packages, every answer", &million);
    let (looked, plain) = plain_rate(&million);
    let whole = plain * 1e6 / looked;
    println!("  plain loop over definitions, counting only: {:.0} ms for 10^6; ratio {:.0}", whole * 1e3, whole / time);
    let wide = additive(2, 1_001);
    answer("1 001 x 1 001 packages, every answer", &wide);
    let istanbul = parse(ISTANBUL);
    answer("Istanbul, 466 560 packages with clauses, every answer", &istanbul);
    answer("10^10 additive packages: frontier, solutions, what can be counted", &additive(10, 10));
    answer("10^20 additive packages: frontier, solutions, what can be counted", &additive(20, 10));
}

/// Issues that two parties and their audiences value by weights and values of their own.
fn additive(issues: usize, options: usize) -> Negotiation {
    let mut text = String::from("title = \"bench\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n");
    text += "[audiences]\nhome_a = { of = \"a\", veto = true, defeat_below = 5 }\n";
    text += "home_b = { of = \"b\", veto = true, defeat_below = 5 }\n[no_deal.a]\nbase = -5\n[no_deal.b]\nbase = -5\n";
    for k in 0..issues {
        let ids: Vec<String> = (0..options).map(|o| format!("\"o{o}\"")).collect();
        let _ = writeln!(text, "[issues.k{k}]\noptions = [{}]", ids.join(", "));
        for (i, who) in ["a", "b", "home_a", "home_b"].into_iter().enumerate() {
            // A small generator of its own, so that the bench needs no other: values in hundredths from -1 to 1.
            let value = |o: usize| ((o * 7_919 + k * 104_729 + (i % 2) * 1_299_709) % 201) as f64 / 100.0 - 1.0;
            let values: Vec<String> = (0..options).map(|o| format!("{:.2}", value(o))).collect();
            let _ = writeln!(
                text,
                "views.{who} = {{ weight = {}, values = [{}] }}",
                8 + (k * 3 + i) % 7,
                values.join(", ")
            );
        }
    }
    parse(&text)
}

fn parse(text: &str) -> Negotiation {
    Scenario::parse("bench.toml", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}")).negotiation
}

fn modal(n: &Negotiation) -> World {
    n.modal_world(&n.laws(None, &n.default_variants()))
}

fn answer(name: &str, n: &Negotiation) -> f64 {
    let world = modal(n);
    let once = |_| {
        let start = Instant::now();
        let solved = solve(n, &n.default_variants(), &world, Defeat::Audience, Limits::default());
        let seconds = start.elapsed().as_secs_f64();
        black_box(solved.expect("the bench spaces can be solved"));
        seconds
    };
    let mut times: Vec<f64> = (0..7).map(once).collect();
    times.sort_by(f64::total_cmp);
    println!("{name}: {:.1} ms", times[3] * 1e3);
    times[3]
}

/// Looks at the first packages one by one with the definitions; gives how many, and the seconds that they take.
fn plain_rate(n: &Negotiation) -> (f64, f64) {
    const LOOKED: u32 = 50_000;
    let world = modal(n);
    let scores = Scores::new(n, Scale::of(n));
    let start = Instant::now();
    let would_do = |number: &u32| {
        let package = n.space.package(u128::from(*number));
        (0..2).all(|i| scores.rational(&world, ActorId(i), &package))
            && (0..2).all(|a| scores.verdict(&world, AudienceId(a), &package) != winset::model::Verdict::Defeat)
    };
    black_box((0..LOOKED).filter(would_do).count());
    (f64::from(LOOKED), start.elapsed().as_secs_f64())
}
