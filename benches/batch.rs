//! What an experiment costs beside its runs, in memory and on disk.
//!
//! ```text
//! overhead = (time of N experiments of one run each  −  time of one experiment of N runs) / N
//! ```
//!
//! `cargo bench --bench batch`. One thread, a tiny scenario in which nothing is drawn, so that every run costs the same; the
//! best of several repeats in turn, seconds of this process.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use winset::batch::{BatchPlan, Bench, Done, Shard, Span, Store, Unit, Workshop, put, units};
use winset::report::batch::{Results, distributions, experiments, page};
use winset::scenario::{PlanFile, Scenario};

const PASTURE: &str = include_str!("../scenarios/textbook/split-the-pie.toml");

/// Experiments, and runs of the one experiment that they are held against.
const COUNT: u64 = 16_384;

const REPEATS: usize = 9;

fn main() {
    let many = plan(COUNT, 1);
    let one = plan(1, COUNT);
    let (many_time, one_time) = in_memory(&many, &one);
    let each = |time: f64| time / COUNT as f64 * 1e6;
    println!("one experiment of {COUNT} runs: {:.2} µs a run", each(one_time));
    println!("{COUNT} experiments of one run: {:.2} µs an experiment", each(many_time));
    println!("overhead of an experiment in memory: {:.2} µs (aim: under 2)", each(many_time - one_time));
    let (kept, bytes) = kept(&many);
    println!("kept on disk as it is done: {:.2} µs and {} bytes an experiment more", each(kept), bytes / COUNT);
    let (finished, bytes) = finished(&many);
    println!("read again, totals and tables: {:.2} µs and {} bytes an experiment more", each(finished), bytes / COUNT);
}

/// Experiments that differ by a hair in what the north has without a deal.
fn plan(experiments: u64, runs: u64) -> BatchPlan {
    let steps = experiments.max(2);
    let values = if experiments == 1 {
        "{ values = [0.2] }".to_owned()
    } else {
        format!("{{ from = 0.2, to = 0.2000001, steps = {steps} }}")
    };
    let text = format!(
        "title = \"bench\"\nscenarios = [\"a.toml\"]\nruns = {runs}\n[design]\nkind = \"factorial\"\n\
         inputs.\"no_deal.north.base\" = {values}\n"
    );
    let file = PlanFile::parse("bench.toml", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    let certain = PASTURE.replace("{ normal = { mean = 0.4, sd = 0.1 } }", "0.4");
    assert_ne!(certain, PASTURE, "the scenario has changed");
    let scenario = Scenario::parse("a.toml", certain.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    BatchPlan::of(&file, vec![scenario], None).unwrap_or_else(|found| panic!("{found:#?}"))
}

fn all(plan: &BatchPlan) -> Vec<Unit> {
    units(plan.experiments(), Span { from: 0, to: plan.runs }).collect()
}

/// Seconds of the work alone, of two plans.
fn in_memory(one: &BatchPlan, other: &BatchPlan) -> (f64, f64) {
    let spaces = [one, other].map(|plan| plan.compile().expect("it can be compiled"));
    let [one, other] =
        [(one, &spaces[0]), (other, &spaces[1])].map(|(plan, spaces)| (plan, Workshop::open(plan, spaces)));
    let mut bench = Bench::default();
    let mut time = |(plan, workshop): &(&BatchPlan, Workshop)| {
        let start = seconds();
        for unit in all(plan) {
            black_box(workshop.run(unit, &mut bench, &|| false));
        }
        seconds() - start
    };
    let times: Vec<(f64, f64)> = (0..REPEATS).map(|_| (time(&one), time(&other))).collect();
    times.iter().fold((f64::MAX, f64::MAX), |best, t| (best.0.min(t.0), best.1.min(t.1)))
}

fn done(plan: &BatchPlan) -> Vec<Done> {
    let spaces = plan.compile().expect("it can be compiled");
    let workshop = Workshop::open(plan, &spaces);
    let mut bench = Bench::default();
    all(plan).into_iter().filter_map(|unit| workshop.run(unit, &mut bench, &|| false)).collect()
}

/// Seconds of writing what is done to disk, synced, 16 units a file; and bytes written.
fn kept(plan: &BatchPlan) -> (f64, u64) {
    let (done, hash) = (done(plan), plan.hash());
    let mut bytes = 0;
    let time = best(|| {
        let folder = Folder::new();
        Store::open(&folder.0, plan, &[], Shard::WHOLE).expect("the folder can be made");
        let start = seconds();
        done.chunks(16).for_each(|units| Store::keep(&folder.0, &hash, units).expect("it can be written"));
        let time = seconds() - start;
        bytes = size(&folder.0.join("parts"));
        time
    });
    (time, bytes)
}

/// Seconds from units on disk to a complete folder; and its bytes.
fn finished(plan: &BatchPlan) -> (f64, u64) {
    let (done, hash) = (done(plan), plan.hash());
    let mut bytes = 0;
    let time = best(|| {
        let folder = Folder::new();
        Store::open(&folder.0, plan, &[], Shard::WHOLE).expect("the folder can be made");
        done.chunks(16).for_each(|units| Store::keep(&folder.0, &hash, units).expect("it can be written"));
        let start = seconds();
        let store = Store::open(&folder.0, plan, &[], Shard::WHOLE).expect("it can be read");
        assert!(store.lacking(plan.runs, Shard::WHOLE).is_empty(), "all is kept");
        let results = Results { plan, kept: &store.kept };
        for (name, text) in [("experiments.csv", experiments(&results)), ("distributions.csv", distributions(&results))]
        {
            put(&folder.0, name, text.csv().as_bytes()).expect("it can be written");
        }
        put(&folder.0, "page.txt", page(&results).as_bytes()).expect("it can be written");
        store.complete(&folder.0, plan).expect("it can be written");
        let results = ["experiments.csv", "distributions.csv", "page.txt", "totals.jsonl"].map(str::to_owned);
        Store::seal(&folder.0, plan, &results).expect("it can be written");
        let time = seconds() - start;
        bytes = size(&folder.0);
        time
    });
    (time, bytes)
}

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("winset-bench-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("the folder can be read").flatten();
    entries.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|m| m.len()).sum()
}

fn best(mut time: impl FnMut() -> f64) -> f64 {
    (0..REPEATS).map(|_| time()).fold(f64::MAX, f64::min)
}

/// Seconds that this process has run, where the system says so; a busy machine then disturbs less.
fn seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let run = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = run.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}
