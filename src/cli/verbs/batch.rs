//! `winset batch`: many experiments, kept as they are done; `winset missing` and `winset merge` for parts of them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use winset::batch::{Bench, Done, Plan, Shard, Spaces, Store, StoreError, Unit, Workshop, read_manifest};
use winset::engine::{hand_out, machine_threads};
use winset::report::batch::{self as told, Results, Trial};

use super::super::args::{BatchArgs, MergeArgs, MissingArgs};
use super::super::choices::whole;
use super::super::interrupt;
use super::super::output::complain;
use super::super::plans::{self, Planned, foreign};
use super::super::progress::Progress;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};

/// Runs of each experiment at most.
const MOST_RUNS: u64 = 1_000_000_000_000;

/// Shards at most.
const MOST_SHARDS: u64 = 1_000_000;

/// Units are kept together until this much time has gone, so that a slow disk costs little.
const KEEP_EVERY: Duration = Duration::from_millis(500);

/// Bytes of rows that a thread gathers at most before it keeps them.
const MOST_ROWS: usize = 8_000_000;

/// The variable of the environment that names a shard where no flag does.
const SHARD: &str = "WINSET_SHARD";

pub fn batch(args: BatchArgs, out: &mut Output) -> Outcome {
    let runs = args.runs.as_deref().map(|n| whole("--runs", n, 1, MOST_RUNS)).transpose()?;
    let threads = args.threads.as_deref().map(|t| whole("--threads", t, 1, 1_024)).transpose()?;
    let threads = threads.and_then(|t| usize::try_from(t).ok());
    let shard = shard(args.shard.as_deref())?;
    let planned = plans::load(&args.plan, runs)?;
    if args.dry_run {
        return dry_run(&args, &planned.plan, threads, out);
    }
    let Some(folder) = args.out.as_deref() else {
        return Err(Trouble::new("`--out` is missing: where should the results go?")
            .hint("add --out DIR, or --dry-run to see the plan"));
    };
    part_into(planned, folder, shard, threads, args.json, out)
}

/// Does a whole batch into a folder, new or begun.
pub fn into_folder(planned: Planned, folder: &str, threads: Option<usize>, json: bool, out: &mut Output) -> Outcome {
    part_into(planned, folder, Shard::WHOLE, threads, json, out)
}

fn part_into(
    planned: Planned,
    folder: &str,
    shard: Shard,
    threads: Option<usize>,
    json: bool,
    out: &mut Output,
) -> Outcome {
    let Planned { plan, copies } = planned;
    let spaces = plan.compile().map_err(|e| Trouble::new(e.to_string()))?;
    let folder = PathBuf::from(folder);
    let mut store = Store::open(&folder, &plan, &copies).map_err(|e| foreign(&e))?;
    enough(&store, &folder, &plan)?;
    store.broken().iter().for_each(|part| complain(&format!("note: `{part}` is not whole; its runs are done again\n")));
    let job = Job { plan: &plan, folder: &folder, threads };
    let began = Instant::now();
    let lacking = store.lacking(plan.runs, shard);
    let whole = lacking.is_empty() || job.work(&spaces, &store, &lacking)?;
    store.again(&plan).map_err(|e| foreign(&e))?;
    if !whole {
        let (kept, all) = (store.done(), plan.size());
        let left = all - u128::from(kept);
        complain(&format!("stopped: {kept} of {all} runs are kept, {left} are left; the same command goes on\n"));
        return Ok(Answered::Interrupted);
    }
    if !store.gaps(plan.runs).is_empty() {
        return shard_done(&store, &folder, &plan, shard, json, out);
    }
    let log = job.log(began, lacking.iter().map(|u| u.size()).sum());
    finish(&store, &plan, &folder, &log, json, out)
}

/// One part of a batch, or the whole of it.
struct Job<'a> {
    plan: &'a Plan,
    folder: &'a Path,
    threads: Option<usize>,
}

impl Job<'_> {
    /// Does units and keeps them; `false` if it was interrupted.
    fn work(&self, spaces: &Spaces, store: &Store, units: &[Unit]) -> Result<bool, Trouble> {
        let workshop = Workshop::open(self.plan, spaces);
        let hash = self.plan.hash();
        let there = store.done();
        let progress = Progress::of_runs(there + units.iter().map(|u| u.size()).sum::<u64>(), there);
        let _gently = interrupt::gently();
        let keep = |done: &mut Gathered| {
            done.since = Instant::now();
            done.rows = 0;
            let units = std::mem::take(&mut done.units);
            if units.is_empty() { Ok(()) } else { Store::keep(self.folder, &hash, &units) }
        };
        let fresh = || Gathered { bench: Bench::default(), units: Vec::new(), rows: 0, since: Instant::now() };
        let one = |mine: &mut Gathered, place: u64| {
            let Some(done) = workshop.run(units[place as usize], &mut mine.bench, &interrupt::stopped) else {
                return Ok(());
            };
            progress.more(done.unit.size());
            mine.rows += done.rows.iter().map(String::len).sum::<usize>();
            mine.units.push(done);
            if mine.since.elapsed() >= KEEP_EVERY || mine.rows > MOST_ROWS { keep(mine) } else { Ok(()) }
        };
        hand_out(units.len() as u64, self.threads, fresh, one, |mut mine| keep(&mut mine)).map_err(|e| foreign(&e))?;
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

/// What a thread has done and not kept yet.
struct Gathered {
    bench: Bench,
    units: Vec<Done>,
    rows: usize,
    since: Instant,
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
fn enough(store: &Store, folder: &Path, plan: &Plan) -> Result<(), Trouble> {
    if store.reach() <= plan.runs {
        return Ok(());
    }
    let folder = folder.display().to_string();
    Err(foreign(&StoreError::Fewer { folder, there: store.reach(), here: plan.runs }))
}

fn dry_run(args: &BatchArgs, plan: &Plan, threads: Option<usize>, out: &mut Output) -> Outcome {
    if args.json {
        out.print(&format!("{}\n", told::plan_data(plan)))?;
        return Ok(Answered::Yes);
    }
    let spaces = plan.compile().map_err(|e| Trouble::new(e.to_string()))?;
    let kept = match args.out.as_deref().map(Path::new).filter(|p| p.join("manifest.json").exists()) {
        Some(folder) => Store::of_many(&[folder.to_path_buf()], plan).map_err(|e| foreign(&e))?.done(),
        None => 0,
    };
    let (runs, seconds) = trial(plan, &spaces);
    let trial = Trial { runs, seconds, threads: threads.unwrap_or_else(machine_threads), kept };
    out.print(&told::plan(plan, trial))?;
    Ok(Answered::Yes)
}

/// A few runs of a few experiments on one thread: how many, and their seconds.
fn trial(plan: &Plan, spaces: &Spaces) -> (u64, f64) {
    const EXPERIMENTS: u64 = 8;
    const LONGEST: Duration = Duration::from_secs(2);
    let workshop = Workshop::open(plan, spaces);
    let mut bench = Bench::default();
    let count = plan.experiments().min(EXPERIMENTS);
    let began = Instant::now();
    let mut tried = 0;
    for i in 0..count {
        let e = i * (plan.experiments() - 1) / (count - 1).max(1);
        let runs = winset::batch::Span { from: 0, to: plan.runs.min(64) };
        let unit = Unit { experiments: winset::batch::Span { from: e, to: e + 1 }, runs };
        if workshop.run(unit, &mut bench, &|| began.elapsed() > LONGEST).is_some() {
            tried += unit.size();
        }
    }
    (tried, began.elapsed().as_secs_f64())
}

fn shard_done(store: &Store, folder: &Path, plan: &Plan, shard: Shard, json: bool, out: &mut Output) -> Outcome {
    let (kept, all) = (store.done(), plan.size());
    if json {
        let told = json!({ "kept": kept, "runs": all.to_string(), "complete": false });
        out.print(&format!("{told}\n"))?;
    } else {
        let left = all - u128::from(kept);
        let folder = folder.display().to_string();
        out.print(&format!(
            "part {}/{} is done: `{}` keeps {kept} of {all} runs, {left} are for other parts\n",
            shard.index,
            shard.of,
            shown(&folder)
        ))?;
    }
    Ok(Answered::Yes)
}

/// Writes everything that a complete batch comes to, and says so.
fn finish(store: &Store, plan: &Plan, into: &Path, log: &serde_json::Value, json: bool, out: &mut Output) -> Outcome {
    let results = Results { plan, kept: store.kept() };
    let page = told::page(&results);
    let summary = told::summary(&results);
    let already = store.sealed(into, plan);
    if !already {
        store.complete(into, plan, plan.runs).map_err(|e| foreign(&e))?;
        let mut files = vec![
            ("experiments.csv", told::experiments(&results)),
            ("distributions.csv", told::distributions(&results)),
            ("page.txt", page.clone()),
            ("summary.json", format!("{summary:#}\n")),
            ("log.json", format!("{log:#}\n")),
        ];
        files.extend(told::survival(&results).map(|text| ("survival.csv", text)));
        for (name, text) in files {
            winset::batch::put(into, name, text.as_bytes()).map_err(|e| foreign(&e))?;
        }
        Store::seal(into, plan).map_err(|e| foreign(&e))?;
    }
    if json {
        out.print(&format!("{summary}\n"))?;
    } else {
        let did = if already { "was complete already" } else { "is complete" };
        out.print(&format!("{page}\n`{}` {did}\n", into.display()))?;
    }
    Ok(Answered::Yes)
}

pub fn missing(args: MissingArgs, out: &mut Output) -> Outcome {
    let (plan, store) = together(&args.folders, args.runs.as_deref())?;
    let gaps = store.gaps(plan.runs);
    let left: u64 = gaps.iter().map(|g| g.runs.len()).sum();
    if args.json {
        let gap = |g: &winset::batch::Gap| json!({ "experiment": g.experiment, "from": g.runs.from, "to": g.runs.to });
        let gaps: Vec<_> = gaps.iter().map(gap).collect();
        out.print(&format!("{}\n", json!({ "runs": plan.size().to_string(), "kept": store.done(), "missing": gaps })))?;
    } else if gaps.is_empty() {
        out.print(&format!("nothing is missing: all {} runs are kept\n", plan.size()))?;
    } else {
        const SHOWN: usize = 20;
        let line = |g: &winset::batch::Gap| {
            format!("  experiment {}: runs {} to {}\n", g.experiment, g.runs.from, g.runs.to - 1)
        };
        let more = if gaps.len() > SHOWN {
            format!("  … and {} more stretches\n", gaps.len() - SHOWN)
        } else {
            String::new()
        };
        let lines: String = gaps.iter().take(SHOWN).map(line).collect();
        out.print(&format!("{left} of {} runs are missing:\n{lines}{more}", plan.size()))?;
    }
    Ok(if gaps.is_empty() { Answered::Yes } else { Answered::No })
}

pub fn merge(args: MergeArgs, out: &mut Output) -> Outcome {
    let into = PathBuf::from(&args.out);
    if into.exists() {
        return Err(Trouble::new(format!("`{}` exists", shown(&args.out))).hint("merge writes a new folder"));
    }
    let (plan, store) = together(&args.folders, args.runs.as_deref())?;
    let gaps = store.gaps(plan.runs);
    if let Some(first) = gaps.first() {
        let left: u64 = gaps.iter().map(|g| g.runs.len()).sum();
        return Err(Trouble::new(format!(
            "{left} of {} runs are missing, the first of them run {} of experiment {}",
            plan.size(),
            first.runs.from,
            first.experiment
        ))
        .hint(format!("`winset missing {}` names them all", args.folders.join(" "))));
    }
    let first = PathBuf::from(&args.folders[0]);
    let Planned { copies, .. } = plans::of_results(&first, Some(plan.runs))?;
    for (name, text) in copies {
        winset::batch::put(&into, &name, text.as_bytes()).map_err(|e| foreign(&e))?;
    }
    let log = json!({ "merged": args.folders });
    finish(&store, &plan, &into, &log, args.json, out)
}

/// The plan of some folders, and all that they keep.
fn together(folders: &[String], runs: Option<&str>) -> Result<(Plan, Store), Trouble> {
    let runs = runs.map(|n| whole("--runs", n, 1, MOST_RUNS)).transpose()?;
    let paths: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    for path in &paths {
        read_manifest(path).map_err(|e| foreign(&e))?;
    }
    let plan = plans::of_results(&paths[0], runs)?.plan;
    let store = Store::of_many(&paths, &plan).map_err(|e| foreign(&e))?;
    store.broken().iter().for_each(|part| complain(&format!("note: `{part}` is not whole, and left out\n")));
    enough(&store, &paths[0], &plan)?;
    Ok((plan, store))
}
