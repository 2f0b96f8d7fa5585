//! Sessions of alternating offers on generated domains, beside a plain loop that looks at all packages in every turn.
//!
//! `cargo bench --bench sessions`; `-- write FOLDER` writes the domains as scenario files and as JSON for other programs.
//! One thread. A domain is looked at and sorted once; what that takes is told beside the rate.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use winset::engine::Drawing;
use winset::model::Negotiation;
use winset::offers::{Ground, Rules, Table, Tactic};
use winset::scenario::Scenario;
use winset::space::Compiled;

/// Options of each issue: 27, 180, 3 600 and 190 000 packages.
const DOMAINS: [&[usize]; 4] = [&[3, 3, 3], &[3, 3, 4, 5], &[3, 3, 4, 4, 5, 5], &[10, 10, 10, 10, 19]];

const ROUNDS: u32 = 100;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [write, folder] = &words[..]
        && write == "write"
    {
        return DOMAINS.iter().for_each(|radix| files(folder, radix));
    }
    println!("boulware (4) and linear, {ROUNDS} rounds, one thread");
    DOMAINS.iter().for_each(|radix| domain(radix));
}

fn domain(radix: &[usize]) {
    let n = parse(&text(radix));
    let tactics = [Tactic::Timed(4.0), Tactic::Timed(1.0)];
    let drawing = Drawing::of(&n, 1);
    let compiled = Compiled::of(&n, &drawing.accounts.variants).expect("the bench spaces are small");
    let world = n.modal_world(&n.laws(None, &drawing.accounts.variants));
    let looked = seconds_each(Duration::from_millis(300), || Ground::of(&compiled, &world));
    let ground = Ground::of(&compiled, &world);
    let rules = Rules::of(ROUNDS);
    let afresh = seconds_each(Duration::from_millis(300), || Table::of(&ground, &tactics, rules, 0).end(None));
    let table = Table::of(&ground, &tactics, rules, 0);
    let set = seconds_each(Duration::from_millis(300), || black_box(&table).end(None));
    let packages = radix.iter().product::<usize>() as u32;
    let plain = seconds_each(Duration::from_millis(300), || plainly(&ground, packages, [4.0, 1.0]));
    let session = table.session();
    let found = plainly(&ground, packages, [4.0, 1.0]);
    assert_eq!((session.end.agreed().map(|a| a.package), session.offers.len()), found, "both say the same");
    let (package, offers) = found;
    println!(
        "{packages} packages: {:.0} sessions/s at a table that is set, {:.0} with the tactics worked out for each, {:.0} \
         by the plain loop (ratios {:.0} and {:.0}); looked at and sorted in {:.3} ms; {offers} offers, agreed {package:?}",
        1.0 / set,
        1.0 / afresh,
        1.0 / plain,
        plain / set,
        plain / afresh,
        looked * 1e3,
    );
}

fn seconds_each<T>(span: Duration, mut once: impl FnMut() -> T) -> f64 {
    black_box(once());
    let (start, mut times) = (Instant::now(), 0_u32);
    while start.elapsed() < span {
        for _ in 0..(times / 8).max(1) {
            black_box(once());
            times += 1;
        }
    }
    start.elapsed().as_secs_f64() / f64::from(times)
}

/// The rules as they are stated: package and number of offers.
fn plainly(ground: &Ground, packages: u32, exponents: [f64; 2]) -> (Option<u32>, usize) {
    let (mut offers, mut standing) = (0, None);
    let worth = |seat: usize, p: u32| f64::from(ground.sides[seat].worth(p)) * 1e-6;
    let ends = [0, 1].map(|seat| {
        let all = || (0..packages).map(|p| worth(seat, p));
        let no_deal = ground.sides[seat].no_deal as f64 * 1e-6;
        (all().fold(f64::INFINITY, f64::min).max(no_deal), all().fold(0.0, f64::max), no_deal)
    });
    for round in 0..ROUNDS {
        let t = f64::from(round + 1) / f64::from(ROUNDS + 1);
        for seat in [0, 1] {
            let (lo, hi, no_deal) = ends[seat];
            let asked = ((hi - lo) * (1.0 - winset::num::pow(t, exponents[seat])) + lo - 1e-4).clamp(lo, hi);
            if let Some(package) = standing.filter(|p| worth(seat, *p) >= asked) {
                return (Some(package), offers);
            }
            let mut best = (f64::INFINITY, 0);
            for p in 0..packages {
                let (u, away) = (worth(seat, p), (worth(seat, p) - asked).abs());
                if u >= no_deal && u >= asked - 1e-6 && away < best.0 {
                    best = (away, p);
                }
            }
            offers += 1;
            standing = Some(best.1);
        }
    }
    (None, offers)
}

/// What each option of each issue is worth to each party: thousandths, from a small generator of its own.
fn values(radix: &[usize]) -> Vec<[Vec<u64>; 2]> {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % 1001
    };
    radix.iter().map(|options| [0, 1].map(|_| (0..*options).map(|_| next()).collect())).collect()
}

fn text(radix: &[usize]) -> String {
    let mut text = String::from("title = \"bench\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n");
    let weight = (1e4 / radix.len() as f64).floor() / 1e4;
    for (k, values) in values(radix).iter().enumerate() {
        let ids: Vec<String> = (0..radix[k]).map(|o| format!("\"o{o}\"")).collect();
        let _ = writeln!(text, "[issues.k{k}]\noptions = [{}]", ids.join(", "));
        for (who, values) in ["a", "b"].into_iter().zip(values) {
            let values: Vec<String> = values.iter().map(|v| format!("{:.3}", *v as f64 / 1e3)).collect();
            let _ = writeln!(text, "views.{who} = {{ weight = {weight}, values = [{}] }}", values.join(", "));
        }
    }
    text + "[no_deal]\na = { base = 0 }\nb = { base = 0 }\n"
}

fn parse(text: &str) -> Negotiation {
    Scenario::parse("bench.toml", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}")).negotiation
}

fn files(folder: &str, radix: &[usize]) {
    let place = format!("{folder}/domain-{}", radix.iter().product::<usize>());
    let json = serde_json::json!({ "weight": (1e4 / radix.len() as f64).floor() / 1e4, "thousandths": values(radix) });
    std::fs::write(format!("{place}.toml"), text(radix)).expect("the folder can be written");
    std::fs::write(format!("{place}.json"), json.to_string()).expect("the folder can be written");
}
