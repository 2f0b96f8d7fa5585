//! Rates of the kernel and of whole worlds, each beside a plain loop in the same run, and a survey end to end.
//!
//! `cargo bench --bench worlds`. One core unless said otherwise; medians of several repeats.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use winset::analysis::{Settings, survey};
use winset::engine::{Accounts, Drawing, Drawn, Draws};
use winset::model::{Defeat, Negotiation};
use winset::scenario::Scenario;
use winset::space::{Compiled, Lanes, Question, Space, Term, Test, WorldTables, count, outlook};

const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");

fn main() {
    additive();
    istanbul();
    end_to_end();
}

/// Eight issues of five options, two parties, two audiences, nothing but feelings: 390 625 packages.
fn additive_text() -> String {
    let mut text = String::from("title = \"bench\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n");
    text += "[audiences]\nhome_a = { of = \"a\", veto = true, defeat_below = [-4, 4] }\n";
    text += "home_b = { of = \"b\", veto = true, defeat_below = [-4, 4] }\n";
    for k in 0..8 {
        let _ = writeln!(text, "[issues.k{k}]\noptions = [\"o0\", \"o1\", \"o2\", \"o3\", \"o4\"]");
        for (who, (by_option, by_issue)) in [("a", (7, 3)), ("b", (3, 5)), ("home_a", (7, 3)), ("home_b", (3, 5))] {
            let value = |o: i32| f64::from((o * by_option + k * by_issue) % 11 - 5) / 5.0;
            let values: Vec<String> = (0..5).map(|o| format!("{:?}", value(o))).collect();
            let _ = writeln!(text, "views.{who} = {{ weight = [8, 12], values = [{}] }}", values.join(", "));
        }
    }
    text
}

fn parse(text: &str) -> Scenario {
    Scenario::parse("bench.toml", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn seconds<R>(op: impl FnOnce() -> R) -> f64 {
    let start = Instant::now();
    black_box(op());
    start.elapsed().as_secs_f64()
}

struct Bench<'a> {
    compiled: Compiled<'a>,
    worlds: Vec<Drawn>,
    packages: f64,
}

impl<'a> Bench<'a> {
    fn new(n: &'a Negotiation) -> Self {
        let compiled = Compiled::of(n, &n.default_variants()).expect("the bench scenarios compile");
        let worlds = Draws::new(n, Accounts::of(n), 1).block(0, 256);
        Self { compiled, worlds, packages: n.space.size() as f64 }
    }

    fn rates(&self, name: &str) {
        let n = self.compiled.n;
        let lanes = Lanes::detect();
        let draws = Draws::new(n, Accounts::of(n), 1);
        let draw = seconds(|| draws.block(256, 256)) / 256.0;
        let mut tables = WorldTables::new();
        let (mut kernel, mut fill, mut plain, mut pass) = (vec![], vec![], vec![], 0);
        for drawn in &self.worlds {
            let space = &self.compiled.at(&drawn.world).space;
            fill.push(seconds(|| space.fill(&drawn.world, &mut tables)));
            let question = Question::of(space, n, &drawn.world, &tables, &self.compiled.spans, Defeat::Audience);
            let (tests, gate) = (question.no_defeat_tests(), space.allowed());
            let mut passed = 0;
            kernel.push(seconds(|| passed = count(lanes, &tests, &gate)));
            pass += passed;
            if plain.len() < 9 {
                let start = Instant::now();
                let same = plain_count(space, n, drawn, &tests);
                plain.push(start.elapsed().as_secs_f64());
                assert_eq!(same, passed, "the kernel and the plain loop count the same packages");
            }
        }
        let (kernel, fill, plain) = (median(kernel), median(fill), median(plain));
        let giga = |t: f64| self.packages / t / 1e9;
        let share = pass as f64 / self.packages / self.worlds.len() as f64;
        println!("{name}: {} packages, of which {:.1} % are a defeat for nobody", self.packages, share * 100.0);
        println!("  kernel                 {:>8.1} us a world  {:>7.2} G package-worlds/s", kernel * 1e6, giga(kernel));
        println!("  draws                  {:>8.1} us a world", draw * 1e6);
        println!("  tables                 {:>8.1} us a world", fill * 1e6);
        let whole = draw + fill + kernel;
        println!("  draws, tables, kernel  {:>8.1} us a world  {:>7.2} G package-worlds/s", whole * 1e6, giga(whole));
        println!("  plain loop             {:>8.1} us a world  {:>7.3} G package-worlds/s", plain * 1e6, giga(plain));
        println!("  kernel : plain         {:>8.0}   whole : plain {:.0}", plain / kernel, plain / whole);
    }
}

/// Every package, every score, term by term from the compiled tables: no head, no tail, no lanes.
fn plain_count(space: &Space, n: &Negotiation, drawn: &Drawn, tests: &[Test]) -> u64 {
    let judged: Vec<usize> = space.vetoes(n, &drawn.world, Defeat::Audience).map(|(_, s)| s).collect();
    let mut cells = Vec::new();
    let mut tables: Vec<Vec<Vec<i32>>> = Vec::new();
    for &s in &judged {
        let seen = outlook(&space.plans[s].terms, &drawn.world);
        let fill = |term: &Term| {
            let mut table = Vec::new();
            term.fill(&drawn.world, space.scale, &seen, &mut cells, &mut table);
            table
        };
        tables.push(space.plans[s].terms.iter().map(fill).collect());
    }
    let radix = n.space.radix();
    let mut digits = vec![0_usize; radix.len()];
    let mut passed = 0;
    for _ in 0..n.space.size() {
        let borne = |((s, test), tables): ((&usize, &Test), &Vec<Vec<i32>>)| {
            let row = |term: &Term| term.issues.iter().zip(&term.radix).fold(0, |r, (k, n)| r * n + digits[k.0]);
            let terms = space.plans[*s].terms.iter().zip(tables);
            let score: i32 = terms.map(|(term, table)| table[row(term)]).sum();
            score >= test.line
        };
        let all = judged.iter().zip(tests).zip(&tables).all(borne);
        if all && allowed(n, &digits) && !crossed(n, &judged, space, &digits) {
            passed += 1;
        }
        for (digit, radix) in digits.iter_mut().zip(&radix).rev() {
            *digit += 1;
            if *digit < *radix {
                break;
            }
            *digit = 0;
        }
    }
    passed
}

fn allowed(n: &Negotiation, digits: &[usize]) -> bool {
    !n.space.rules.iter().any(|rule| rule.excludes(|k| winset::model::OptionId(digits[k.0])))
}

fn crossed(n: &Negotiation, judged: &[usize], space: &Space, digits: &[usize]) -> bool {
    let lines = |s: &usize| match space.beholders[*s] {
        winset::model::Beholder::Audience(a) => &n.audience(a).red_lines,
        winset::model::Beholder::Leadership(i) => &n.actor(i).red_lines,
    };
    judged.iter().flat_map(lines).any(|line| line.clause.holds(|k| winset::model::OptionId(digits[k.0])))
}

fn additive() {
    let scenario = parse(&additive_text());
    Bench::new(&scenario.negotiation).rates("additive, two audiences");
}

fn istanbul() {
    let parsing: Vec<f64> = (0..21).map(|_| seconds(|| parse(ISTANBUL))).collect();
    println!("parsing and checking the Istanbul file {:.2} ms", median(parsing) * 1e3);
    let scenario = parse(ISTANBUL);
    let compiling = |_| seconds(|| Compiled::of(&scenario.negotiation, &scenario.negotiation.default_variants()));
    println!("compiling it {:.2} ms", median((0..21).map(compiling).collect()) * 1e3);
    Bench::new(&scenario.negotiation).rates("Istanbul");
}

fn end_to_end() {
    let n = &parse(ISTANBUL).negotiation;
    let settings = Settings { runs: 10_000, drawing: Drawing::of(n, 1), agreeing: false };
    let time = seconds(|| survey(n, &settings, |_| ()));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    println!("10 000 worlds of Istanbul, everything ranked, all cores: {time:.2} s; {peak}");
}
