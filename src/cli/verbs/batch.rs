//! `winset batch`: many experiments, kept as they are done.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::json;
use winset::ask::whole;
use winset::batch::{BatchPlan, Bench, Done, Gate, MOST_RUNS, Shard, Spaces, Span, Store, StoreError, Unit, Workshop};
use winset::engine::{hand_out, machine_threads};
use winset::report::batch::{self as told, Results, Trial};
use winset::text::words::visible;

use super::super::args::BatchArgs;
use super::super::folder;
use super::super::interrupt;
use super::super::output::complain;
use super::super::plans::{self, Planned};
use super::super::progress::Progress;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};
use super::complete::{Telling, gone, with_parquet};

/// Shards at most.
pub const MOST_SHARDS: u64 = 1_000_000;

/// Units are kept together until this much time has gone, so that a slow disk costs little.
const KEEP_EVERY: Duration = Duration::from_millis(500);

/// Or until this part of the time that the work has taken has gone, so that long work leaves few files.
const KEEP_PART: u32 = 100;

/// Bytes of rows that are gathered at most before they are kept.
const MOST_ROWS: usize = 8_000_000;

/// The variable of the environment that names a shard where no flag does.
const SHARD: &str = "WINSET_SHARD";

pub fn batch(args: BatchArgs, out: &mut Output) -> Outcome {
    let runs = args.runs.as_deref().map(|n| whole("--runs", n, 1, MOST_RUNS)).transpose()?;
    let threads = args.threads.as_deref().map(|t| whole("--threads", t, 1, 1_024)).transpose()?;
    let threads = threads.and_then(|t| usize::try_from(t).ok());
    let shard = shard(args.shard.as_deref())?;
    let (parquet, theme) = (with_parquet(args.parquet)?, args.looks.theme()?);
    let planned = plans::load(&args.plan, runs)?;
    let telling = Telling { frame: told::frame("batch", &planned.plan), json: args.json, theme, parquet };
    if args.dry_run {
        return dry_run(&args, &planned.plan, threads, out);
    }
    let Some(folder) = args.out.as_deref() else {
        return Err(Trouble::new("`--out` is missing: where should the results go?")
            .hint("add --out DIR, or --dry-run to see the plan"));
    };
    into_folder(&planned, folder, (shard, threads), &telling, out)
}

/// Does a batch, or a part of it, into a folder, new or begun.
pub fn into_folder(
    planned: &Planned,
    said: &str,
    (shard, threads): (Shard, Option<usize>),
    telling: &Telling,
    out: &mut Output,
) -> Outcome {
    folder::named(said)?;
    let plan = &planned.plan;
    let spaces = plan.compile().map_err(|e| Trouble::new(e.to_string()))?;
    let folder = folder::plain(said);
    let mut store = Store::open(&folder, plan, &planned.copies, shard)?;
    enough(&store, Path::new(said), plan)?;
    let note = |part: &String| complain(&format!("note: `{}` is not whole; its runs are done again\n", visible(part)));
    store.broken.iter().for_each(note);
    let lacking = store.lacking(plan.runs, shard);
    if lacking.is_empty() && store.sealed(plan) {
        let _gate = Gate::shut(&folder)?;
        return telling.already(&store, planned, (&folder, said), out);
    }
    if let Some(lost) = store.lost_rows() {
        gone(said, lost);
        return Ok(Answered::No);
    }
    store.unseal(plan)?;
    let job = Job { plan, folder: &folder, threads };
    let began = Instant::now();
    let whole = lacking.is_empty() || job.work(&spaces, &store, &lacking)?;
    let _gate = Gate::shut(&folder)?;
    store.again(plan)?;
    if !whole {
        let (kept, all) = (store.done(), plan.size());
        let left = all - u128::from(kept);
        complain(&format!("stopped: {kept} of {all} runs are kept, {left} are left; the same command goes on\n"));
        return Ok(Answered::Interrupted);
    }
    if !store.gaps(plan.runs).is_empty() {
        return shard_done(&store, said, plan, shard, telling, out);
    }
    if store.sealed(plan) {
        return telling.already(&store, planned, (&folder, said), out);
    }
    let log = job.log(began, lacking.iter().map(|u| u.size()).sum());
    telling.fill(&store, planned, &folder, &log)?;
    telling.tell(&Results { plan, kept: &store.kept }, said, "is complete", out)?;
    Ok(Answered::Yes)
}

/// One part of a batch, or the whole of it.
struct Job<'a> {
    plan: &'a BatchPlan,
    folder: &'a Path,
    threads: Option<usize>,
}

impl Job<'_> {
    /// Does units and keeps them; `false` if it was interrupted.
    fn work(&self, spaces: &Spaces, store: &Store, units: &[Unit]) -> Result<bool, Trouble> {
        let began = Instant::now();
        let workshop = Workshop::open(self.plan, spaces);
        let hash = self.plan.hash();
        let there = store.done();
        let progress = Progress::of_runs(there + units.iter().map(|u| u.size()).sum::<u64>(), there);
        let _gently = interrupt::gently();
        let gathered = Mutex::new(Gathered { units: Vec::new(), rows: 0, since: began });
        let keep = |units: &[Done]| if units.is_empty() { Ok(()) } else { Store::keep(self.folder, &hash, units) };
        let one = |bench: &mut Bench, place: u64| {
            let Some(done) = workshop.run(units[place as usize], bench, &interrupt::stopped) else {
                return Ok(());
            };
            progress.more(done.unit.size());
            let patience = KEEP_EVERY.max(began.elapsed() / KEEP_PART);
            let ripe = gathered.lock().expect("no thread panics while it gathers").add(done, patience);
            keep(&ripe)
        };
        let worked = hand_out(units.len() as u64, self.threads, Bench::default, one);
        let rest = keep(&gathered.into_inner().expect("no thread panicked while it gathered").units);
        worked.and(rest)?;
        Ok(!interrupt::stopped())
    }

    fn log(&self, began: Instant, runs: u64) -> serde_json::Value {
        json!({
            "threads": self.threads.unwrap_or_else(machine_threads),
            "runs_done_this_time": runs,
            "seconds": began.elapsed().as_secs_f64(),
        })
    }
}

/// What is done and not kept yet.
struct Gathered {
    units: Vec<Done>,
    rows: usize,
    since: Instant,
}

impl Gathered {
    /// Adds a unit; gives all that is gathered if it is time to keep it.
    fn add(&mut self, done: Done, patience: Duration) -> Vec<Done> {
        self.rows += done.rows.iter().map(String::len).sum::<usize>();
        self.units.push(done);
        if self.since.elapsed() < patience && self.rows <= MOST_ROWS {
            return Vec::new();
        }
        self.rows = 0;
        self.since = Instant::now();
        std::mem::take(&mut self.units)
    }
}

/// Which part of the work is asked for: by the flag, or else by the environment.
fn shard(flag: Option<&str>) -> Result<Shard, Trouble> {
    let said = match flag {
        Some(text) => Some(("--shard", text.to_owned())),
        None => std::env::var(SHARD).ok().filter(|text| !text.is_empty()).map(|text| (SHARD, text)),
    };
    let Some((name, text)) = said else { return Ok(Shard::WHOLE) };
    let wrong = || {
        Trouble::new(format!("`{name} {}` is no part of a batch", shown(&text)))
            .hint("write I/N: part I of N, such as 2/5; I is from 1 to N")
    };
    let (index, of) = text.split_once('/').ok_or_else(wrong)?;
    let part = |text: &str| text.parse::<u64>().ok().filter(|n| (1..=MOST_SHARDS).contains(n));
    match (part(index), part(of)) {
        (Some(index), Some(of)) if index <= of => Ok(Shard { index, of }),
        _ => Err(wrong()),
    }
}

/// A folder that has more runs than are asked for cannot be cut down.
pub fn enough(store: &Store, folder: &Path, plan: &BatchPlan) -> Result<(), Trouble> {
    if store.reach() <= plan.runs {
        return Ok(());
    }
    let folder = folder.display().to_string();
    Err(StoreError::Fewer { folder, there: store.reach(), here: plan.runs }.into())
}

fn dry_run(args: &BatchArgs, plan: &BatchPlan, threads: Option<usize>, out: &mut Output) -> Outcome {
    if args.json {
        let frame = told::frame("batch", plan).asking("dry_run", true);
        out.print(&format!("{}\n", frame.around(told::plan_data(plan))))?;
        return Ok(Answered::Yes);
    }
    let spaces = plan.compile().map_err(|e| Trouble::new(e.to_string()))?;
    let kept = match args.out.as_deref().map(Path::new).filter(|p| p.join("manifest.json").exists()) {
        Some(folder) => Store::of_many(&[folder.to_path_buf()], plan)?.done(),
        None => 0,
    };
    let (runs, seconds) = trial(plan, &spaces);
    let trial = Trial { runs, seconds, threads: threads.unwrap_or_else(machine_threads), kept };
    out.print(&told::plan(plan, trial))?;
    Ok(Answered::Yes)
}

/// A few runs of a few experiments on one thread: how many, and their seconds.
fn trial(plan: &BatchPlan, spaces: &Spaces) -> (u64, f64) {
    const EXPERIMENTS: u64 = 8;
    const LONGEST: Duration = Duration::from_secs(2);
    let workshop = Workshop::open(plan, spaces);
    let mut bench = Bench::default();
    let count = plan.experiments().min(EXPERIMENTS);
    let began = Instant::now();
    let mut tried = 0;
    for i in 0..count {
        let e = i * (plan.experiments() - 1) / (count - 1).max(1);
        let runs = Span { from: 0, to: plan.runs.min(64) };
        let unit = Unit { experiments: Span { from: e, to: e + 1 }, runs };
        if workshop.run(unit, &mut bench, &|| began.elapsed() > LONGEST).is_some() {
            tried += unit.size();
        }
    }
    (tried, began.elapsed().as_secs_f64())
}

fn shard_done(
    store: &Store,
    folder: &str,
    plan: &BatchPlan,
    Shard { index, of }: Shard,
    telling: &Telling,
    out: &mut Output,
) -> Outcome {
    let (kept, all) = (store.done(), plan.size());
    if telling.json {
        let answer = json!({ "kept": kept, "runs": all.to_string(), "complete": false });
        let frame = telling.frame.clone().asking("shard", format!("{index}/{of}"));
        out.print(&format!("{}\n", frame.around(answer)))?;
    } else {
        let left = all - u128::from(kept);
        let folder = shown(folder);
        out.print(&format!(
            "part {index}/{of} is done: `{folder}` keeps {kept} of {all} runs, {left} are for other parts\n"
        ))?;
    }
    Ok(Answered::Yes)
}
