//! Every answer about one world, in process and after loading, beside a plain loop that only counts.
//!
//! `cargo bench --bench solve`. Medians of several repeats.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use winset::import::{Source, import, write};
use winset::model::{ActorId, AudienceId, Defeat, IssueId, Negotiation, Package, Scale, Scores, World};
use winset::scenario::Scenario;
use winset::space::solution::solutions;
use winset::space::{Limits, Margin, solve};

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

fn main() {
    let million = additive(6, 10);
    let time = answer("10^6 additive packages, every answer", &million);
    let (seconds, would_do, margin) = plainly(&million);
    println!(
        "  every answer by a plain loop over the definitions: {:.0} ms; ratio {:.0}",
        seconds * 1e3,
        seconds / time
    );
    let found = solve(&million, &[], &modal(&million), Defeat::Audience, Limits::default()).expect("it is small");
    assert_eq!(
        (found.packages.would_do, found.margin.map(Margin::slack)),
        (Some(would_do), Some(margin)),
        "both say the same"
    );
    let wide = additive(2, 1_001);
    answer("1 001 x 1 001 packages, every answer", &wide);
    let istanbul = parse(ISTANBUL);
    answer("Istanbul, 466 560 packages with clauses, every answer", &istanbul);
    answer("10^10 additive packages: frontier, solutions, what can be counted", &additive(10, 10));
    answer("10^20 additive packages: frontier, solutions, what can be counted", &additive(20, 10));
    let ties = "[links.pair]\nfor = \"a\"\nwhen = { k3 = \"o1\", k7 = \"o2\" }\nbonus = 3\n";
    answer("10^20 packages, a link on a pair of issues", &parse(&(text(20, 10) + ties)));
    let hub = "[modifiers.m]\nfor = \"all\"\nwhen = { k0 = \"o1\" }\nlosses = 0.5\n";
    answer("10^20 packages, a modifier ties all issues to one", &parse(&(text(20, 10) + hub)));
    let opposed = parse(&free(&[10; 5], 2, true));
    let time = answer("10^5 zero-sum packages, every answer", &opposed);
    let plain = sorted(&opposed);
    println!("  plain loop that sorts and climbs, frontier only: {:.0} ms; ratio {:.0}", plain * 1e3, plain / time);
    answer("10^10 zero-sum packages of four digits", &parse(&free(&[10; 10], 2, true)));
    answer("three parties, 15 x 10, four digits: frontier and solutions", &parse(&free(&[10; 15], 3, false)));
    answer("four parties, 10 x 10, four digits", &parse(&free(&[10; 10], 4, false)));
    pools();
}

/// A thousand pools in one process: read, written as scenarios, read again, and solved.
fn pools() {
    let mut chance = Lcg(9);
    let mut text = String::new();
    for _ in 0..1_000 {
        let mut three = |most: u64| (0..3).map(|_| (1 + chance.below(most)).to_string()).collect::<Vec<_>>().join(",");
        let _ = writeln!(text, "{} {} {}", three(4), three(10), three(10));
    }
    let start = Instant::now();
    let source = Source { name: "pools.txt".into(), bytes: text.into_bytes() };
    let read = import(&[source], None).expect("every line is a pool");
    let solved = read.domains.iter().map(|pool| {
        let n = parse(&write(pool, &read.names(), &read.repairs()).text);
        let world = modal(&n);
        solve(&n, &[], &world, Defeat::Audience, Limits::default()).expect("a pool is small").packages.all
    });
    let packages: u128 = solved.sum();
    println!(
        "1 000 bargaining pools, {packages} packages, from lines to answers: {:.0} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
}

/// Parties alone, with values of four digits; `opposed`: what one gains the other loses.
fn free(radix: &[usize], parties: usize, opposed: bool) -> String {
    let (mut chance, names) = (Lcg(7), &["a", "b", "c", "d"][..parties]);
    let mut text = String::from("title = \"bench\"\n[actors]\n");
    names.iter().for_each(|who| text += &format!("{who} = {{ role = \"party\" }}\n"));
    text += "[no_deal]\n";
    names.iter().for_each(|who| text += &format!("{who} = {{ base = {} }}\n", if opposed { -100 } else { 0 }));
    for (k, options) in radix.iter().enumerate() {
        let ids: Vec<String> = (0..*options).map(|o| format!("\"o{o}\"")).collect();
        let _ = writeln!(text, "[issues.k{k}]\noptions = [{}]", ids.join(", "));
        let first: Vec<u64> = (0..*options).map(|_| chance.below(10_001)).collect();
        for (i, who) in names.iter().enumerate() {
            let sign = if opposed && i > 0 { "-" } else { "" };
            let own = |v: &u64| if opposed || i == 0 { *v } else { chance.below(10_001) };
            let values: Vec<String> = first.iter().map(own).map(|v| format!("{sign}{:.4}", v as f64 / 1e4)).collect();
            let _ = writeln!(text, "views.{who} = {{ weight = 1, values = [{}] }}", values.join(", "));
        }
    }
    text
}

/// Every package by the definitions, sorted, and the frontier climbed: seconds.
fn sorted(n: &Negotiation) -> f64 {
    let world = modal(n);
    let scores = Scores::new(n, Scale::of(n));
    let start = Instant::now();
    let worth = |number: u128| {
        let package = n.space.package(number);
        [0, 1].map(|i| scores.leadership(&world, ActorId(i), &package))
    };
    black_box(climbed((0..n.space.size()).map(worth).collect()).len());
    start.elapsed().as_secs_f64()
}

/// A linear congruential generator (multiplier of Knuth's MMIX); its high bits are good enough for inputs.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Issues that two parties and their audiences value by weights and values of their own.
fn additive(issues: usize, options: usize) -> Negotiation {
    parse(&text(issues, options))
}

fn text(issues: usize, options: usize) -> String {
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
    text
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

/// Every package by the definitions: how many are what, the margin, the margin without each option and each home, the frontier,
/// and the solution points. Seconds, how many would do, and the margin.
fn plainly(n: &Negotiation) -> (f64, u128, f64) {
    let (world, scores) = (modal(n), Scores::new(n, Scale::of(n)));
    let start = Instant::now();
    let all: Vec<(Package, [i64; 4])> = (0..n.space.size())
        .map(|number| {
            let package = n.space.package(number);
            let [a, b] = [0, 1].map(|i| scores.leadership(&world, ActorId(i), &package));
            let [c, d] = [0, 1].map(|a| scores.audience(&world, AudienceId(a), &package));
            (package, [a, b, c, d])
        })
        .collect();
    let span = |s: usize| {
        let (least, most) = all.iter().map(|(_, u)| u[s]).fold((i64::MAX, i64::MIN), |(l, m), u| (l.min(u), m.max(u)));
        (most - least) as f64
    };
    let (spans, no_deal) = ([span(2), span(3)], [0, 1].map(|i| scores.no_deal(&world, ActorId(i))));
    let lines = [0, 1].map(|a| scores.defeat_line(&world, AudienceId(a)).expect("it has one"));
    let (mut counts, mut margins) = ([0_u128; 5], [f64::NEG_INFINITY; 3]);
    let mut without: Vec<Vec<f64>> = n.space.radix().iter().map(|o| vec![f64::NEG_INFINITY; *o]).collect();
    let mut rational: Vec<[i64; 2]> = Vec::new();
    for (package, u) in &all {
        let (signs, bears) = ([u[0] >= no_deal[0], u[1] >= no_deal[1]], [u[2] >= lines[0], u[3] >= lines[1]]);
        let (signed, borne) = (signs[0] && signs[1], bears[0] && bears[1]);
        for (count, holds) in counts.iter_mut().zip([signed, bears[0], bears[1], borne, signed && borne]) {
            *count += u128::from(holds);
        }
        if !signed {
            continue;
        }
        rational.push([u[0], u[1]]);
        let slacks = [(u[2] - lines[0]) as f64 / spans[0], (u[3] - lines[1]) as f64 / spans[1]];
        let least = slacks[0].min(slacks[1]);
        for (margin, slack) in margins.iter_mut().zip([least, slacks[0], slacks[1]]) {
            *margin = margin.max(slack);
        }
        for (k, options) in without.iter_mut().enumerate() {
            let own = package.option(IssueId(k)).0;
            options.iter_mut().enumerate().filter(|(o, _)| *o != own).for_each(|(_, most)| *most = most.max(least));
        }
    }
    let frontier = climbed(all.iter().map(|(_, u)| [u[0], u[1]]).collect());
    black_box((frontier, solutions(&climbed(rational), &no_deal), without, margins, counts));
    (start.elapsed().as_secs_f64(), counts[4], margins[0])
}

/// The frontier of two utilities: sorted, and climbed.
fn climbed(mut all: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    all.sort_unstable_by(|a, b| b.cmp(a));
    let mut best = i64::MIN;
    all.retain(|u| {
        u[1] > best && {
            best = u[1];
            true
        }
    });
    all
}
