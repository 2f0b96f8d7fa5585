//! What an estimate costs: error against worlds and against time, by every method, on the Istanbul scenario.
//!
//! `cargo bench --bench estimates`; one core. Errors are root mean squares over repeated seeds, against a reference of
//! many more worlds. Arguments choose parts: `exists`, `package`, `ending`, `precision`; without any, all are run.

use std::time::Instant;

use winset::analysis::estimator::{Estimate, EstimateSettings, Method, Target, Until, estimate};
use winset::engine::Drawing;
use winset::engine::talks::Ending;
use winset::model::Negotiation;
use winset::scenario::Scenario;

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

/// The seed of references; repeats have those below it.
const REFERENCE: u64 = 1_000;

const WITHOUT_TALKS: [Method; 4] = [Method::Plain, Method::Sobol, Method::Lines, Method::LinesSobol];

fn main() {
    let scenario = Scenario::parse("istanbul", ISTANBUL.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    let n = &scenario.negotiation;
    let chosen: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wants = |part: &str| chosen.is_empty() || chosen.iter().any(|c| c == part);
    let package = n.named("moscow-memorandum").expect("the scenario names it").package.clone();
    if wants("exists") {
        table(
            n,
            "one exists",
            &Target::Exists,
            Method::LinesSobol,
            1 << 17,
            &WITHOUT_TALKS,
            &[1_024, 4_096, 16_384],
            16,
        );
    }
    if wants("package") {
        let target = Target::WouldDo(package.clone());
        let name = "`moscow-memorandum` would do";
        table(n, name, &target, Method::LinesSobol, 1 << 18, &WITHOUT_TALKS, &[1_024, 4_096, 16_384, 65_536], 16);
    }
    if wants("ending") {
        let methods = [Method::Plain, Method::Sobol, Method::Importance];
        let target = Target::Ends(Ending::Settlement);
        table(n, "the talks end as `settlement`", &target, Method::Plain, 1 << 17, &methods, &[4_096, 16_384], 8);
    }
    if wants("precision") {
        println!("\nto a precision (95 % interval), one seed, pilots included");
        println!("{:<28} {:>9} {:<12} {:>10} {:>9} {:>9}", "what", "±", "method", "worlds", "seconds", "share");
        for (name, target) in [("one exists", Target::Exists), ("`moscow-memorandum`", Target::WouldDo(package))] {
            for half in [0.005, 0.002] {
                for method in WITHOUT_TALKS {
                    let (found, seconds) = timed(n, &target, method, Until::Precision { half, most: 1 << 22 }, 1);
                    let worlds = found.worlds + found.pilot;
                    let share = found.interval.share;
                    println!("{name:<28} {half:>9} {:<12} {worlds:>10} {seconds:>9.2} {share:>9.4}", method.word());
                }
            }
        }
    }
}

fn timed(n: &Negotiation, target: &Target, method: Method, until: Until, seed: u64) -> (Estimate, f64) {
    let asked = EstimateSettings {
        target: target.clone(),
        method: Some(method),
        until,
        drawing: Drawing { threads: Some(1), ..Drawing::of(n, seed) },
    };
    let start = Instant::now();
    let found = estimate(n, &asked, |_| ()).unwrap_or_else(|e| panic!("{e}"));
    (found, start.elapsed().as_secs_f64())
}

/// A row for each method and number of worlds: root mean square error, what the intervals say, seconds, and how many
/// worlds plain counting would need for that error, by the worlds drawn (pilots included) and by the seconds taken.
#[expect(clippy::too_many_arguments, reason = "a table has as many parts")]
fn table(
    n: &Negotiation,
    name: &str,
    target: &Target,
    by: Method,
    worlds: u64,
    methods: &[Method],
    sizes: &[u64],
    repeats: u64,
) {
    let (reference, seconds) = timed(n, target, by, Until::Worlds(worlds), REFERENCE);
    let (p, off) = (reference.interval.share, reference.interval.error);
    println!("\n{name}: {p:.5}, standard error {off:.5} (reference: {}, {worlds} worlds, {seconds:.0} s)", by.word());
    println!(
        "{:<12} {:>8} {:>8} {:>10} {:>10} {:>9} {:>13} {:>12}",
        "method", "worlds", "pilot", "rms error", "told", "seconds", "fewer worlds", "less time"
    );
    // Plain counting costs p(1 − p) a world for a squared error, at its own pace.
    let largest = sizes.iter().copied().max().unwrap_or(1);
    let (plain, seconds) = timed(n, target, Method::Plain, Until::Worlds(largest), 1);
    let pace = plain.worlds as f64 / seconds;
    for method in methods {
        for size in sizes {
            let all: Vec<_> = (1..=repeats).map(|seed| timed(n, target, *method, Until::Worlds(*size), seed)).collect();
            let mean = |f: &dyn Fn(&(Estimate, f64)) -> f64| all.iter().map(f).sum::<f64>() / repeats as f64;
            let square = mean(&|(e, _)| (e.interval.share - p) * (e.interval.share - p));
            let told = mean(&|(e, _)| e.interval.error * e.interval.error).sqrt();
            let seconds = mean(&|(_, s)| *s);
            let (used, pilot) = (mean(&|(e, _)| (e.worlds + e.pilot) as f64), mean(&|(e, _)| e.pilot as f64));
            let plain = p * (1.0 - p) / square;
            println!(
                "{:<12} {:>8} {:>8} {:>10.5} {told:>10.5} {seconds:>9.3} {:>12.1}x {:>11.1}x",
                method.word(),
                used - pilot,
                pilot,
                square.sqrt(),
                plain / used,
                plain / pace / seconds
            );
        }
    }
}
