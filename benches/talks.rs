//! Whole runs of the talks a second, on one core, beside a plain search for the same offers.
//!
//! `cargo bench --bench talks`; `-- digest` prints fingerprints of many runs instead, to show that a change made runs
//! faster and nothing else. Medians of several repeats; the same runs every time.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::Instant;

use winset::engine::talks::{Desk, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{Beholder, Negotiation, Scores};
use winset::scenario::Scenario;
use winset::space::Compiled;

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

/// 180 packages, 52 rounds, two audiences with a veto, uncertain weights, lines and tactics.
const SMALL: &str = include_str!("talks/small.toml");

fn main() {
    let arguments: Vec<String> = std::env::args().filter(|argument| argument != "--bench").collect();
    let domains = [
        ("Istanbul as shipped", ISTANBUL.to_owned(), 2_048),
        ("Istanbul, fewer options", cut(), 4_096),
        ("Istanbul, all but 5 832 packages settled by the memorandum", staged(), 4_096),
        ("Istanbul, sequence, instrument and duration gone", settled(), 8_192),
        ("a small domain", SMALL.to_owned(), 32_768),
    ];
    for (name, text, runs) in domains.iter().filter(|d| arguments.get(2).is_none_or(|only| d.0.contains(only))) {
        let scenario = Scenario::parse("bench.toml", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
        let n = &scenario.negotiation;
        match arguments.get(1).map(String::as_str) {
            Some("digest") => digest(name, n, 20_000),
            Some("once") => println!("{name}: {:.0} runs/s", 1.0 / time(n, *runs)),
            _ => rate(name, n, *runs),
        }
    }
}

/// Some 10⁵ packages: no second track and no limit of arms on paper.
fn cut() -> String {
    let text = at_once();
    let (before, after) = text.split_once("[issues.track]").expect("an issue");
    let (_, after) = after.split_once("[issues.sequence]").expect("the next issue");
    let (after, _) = after.split_once("[variants.call-changed-nothing]").expect("the last variant");
    let text = format!("{before}[issues.sequence]{after}");
    let without = |text: String, what: &str| {
        assert!(text.contains(what), "`{what}` is not there");
        text.replace(what, "")
    };
    let lines = text.lines().filter(|l| !l.starts_with("options.paper    = { name = \"a limit on paper\""));
    let text = lines.map(|line| format!("{line}\n")).collect::<String>();
    let text = without(text, ", paper = [0.6, 0.8, 1]");
    let text = without(text, ", paper = [0.4, 0.6, 0.8]");
    let text = without(text, ", paper = [-0.9, -0.7, -0.5]");
    let text = without(text, ", paper = [-0.9, -0.7, -0.4]");
    let text = without(text, "arms = \"not paper\", ");
    let text = text.replace("arms = [\"word\", \"paper\"]", "arms = \"word\"");
    text.replace("arms = \"paper\"", "arms = \"word\"")
}

/// The first stage settles four issues, and leaves 5 832 packages to the last.
fn staged() -> String {
    let two = "settles     = [\"sequence\", \"timeframe\"]";
    assert!(ISTANBUL.contains(two), "the memorandum settles something else");
    ISTANBUL.replace(two, "settles = [\"sequence\", \"timeframe\", \"instrument\", \"duration\"]")
}

/// The scenario without stages and without what is only asked about it, so that issues can be cut.
fn at_once() -> String {
    let mut keep = true;
    let mut text = String::new();
    for line in ISTANBUL.lines() {
        if line.starts_with('[') {
            keep = !["[stages.", "[[record]]", "[conduct.", "[directions."].iter().any(|gone| line.starts_with(gone));
        }
        if keep && !line.starts_with("resumes") && !line.starts_with("accepts ") {
            text += &format!("{line}\n");
        }
    }
    text.replace("stops = { signed = \"memorandum\" }", "stops = \"at once\"")
        .replace("stops = { agreed = \"settlement\" }, ", "")
}

/// Everything at once with three issues gone: a small space.
fn settled() -> String {
    let mut text = String::new();
    let mut keep = true;
    for line in at_once().lines() {
        if line.starts_with('[') {
            let gone = ["[issues.sequence]", "[issues.instrument]", "[issues.duration]", "[rules.an-order]"];
            let gone_too =
                ["[rules.written", "[rules.peace", "[rules.treaties", "[links.", "[modifiers.temp", "[modifiers.reg"];
            let named = [
                "[packages.",
                "[anchors]",
                "[readings.",
                "[variants.",
                "[claims.killing",
                "[claims.result",
                "[red_lines.no-gift",
            ];
            keep = !gone.contains(&line) && !gone_too.iter().chain(&named).any(|gone| line.starts_with(gone));
        }
        let clause = ["unless    = { sequence", "refuses "].iter().any(|start| line.starts_with(start));
        if keep && !clause {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.replace("aims          = { result = 1 }\n", "")
}

fn time(n: &Negotiation, runs: u64) -> f64 {
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it can be compiled");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    let mut desk = Desk::default();
    let start = seconds();
    for block in 0..runs / 256 {
        for drawn in draws.block(256 * block, 256) {
            black_box(talks.play(&drawn, &mut desk, None));
        }
    }
    (seconds() - start) / runs as f64
}

/// Seconds that this process has run, where the system says so; a busy machine then disturbs less.
fn seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let run = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = run.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}

fn rate(name: &str, n: &Negotiation, runs: u64) {
    let mut times: Vec<f64> = (0..7).map(|_| time(n, runs)).collect();
    times.sort_by(f64::total_cmp);
    let fast = times[times.len() / 2];
    let (plain, of) = plainly(n);
    println!(
        "{name}: {} packages, {:.0} runs/s; {of:.1} offers a run, which alone would take {:.0} times as long if every \
         package were looked at",
        n.space.size(),
        1.0 / fast,
        plain / fast
    );
}

/// Seconds a run that its offers take if every package is scored by the model's own arithmetic, and offers a run.
fn plainly(n: &Negotiation) -> (f64, f64) {
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it can be compiled");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    let scale = compiled.modal().space.scale;
    let scores = Scores::new(n, scale);
    let runs = 256;
    let drawn: Vec<_> = (0..runs).map(|run| draws.run(run)).collect();
    let offers = drawn.iter().map(|drawn| {
        let steps = talks.trace(drawn).1;
        steps.iter().filter(|step| matches!(step.what, What::Offers { .. })).count()
    });
    let offers = offers.sum::<usize>() as f64 / runs as f64;
    let packages = n.space.size().min(4_000);
    let step = n.space.size() / packages;
    let beholders: Vec<Beholder> = n.beholders().collect();
    let start = seconds();
    for at in 0..packages {
        let package = n.space.package(at * step);
        for beholder in &beholders {
            black_box(match beholder {
                Beholder::Leadership(i) => scores.leadership(&drawn[0].world, *i, &package),
                Beholder::Audience(a) => scores.audience(&drawn[0].world, *a, &package),
            });
        }
    }
    ((seconds() - start) / packages as f64 * n.space.size() as f64 * offers, offers)
}

/// A fingerprint of all that is known of the runs: FNV-1a of their debug texts.
fn digest(name: &str, n: &Negotiation, runs: u64) {
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it can be compiled");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    let mut desk = Desk::default();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |text: String| {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for block in 0..runs / 250 {
        for drawn in draws.block(250 * block, 250) {
            feed(format!("{:?}", talks.play(&drawn, &mut desk, None)));
        }
    }
    for run in 0..runs / 50 {
        feed(format!("{:?}", talks.trace(&draws.run(run))));
    }
    println!("{name}: {hash:016x}");
}
