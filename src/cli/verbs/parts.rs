//! `winset missing` and `winset merge`: the parts of a batch.

use std::path::PathBuf;

use serde_json::json;
use winset::ask::whole;
use winset::batch::{Gap, MOST_RUNS, Plan, Store, put, read_manifest};
use winset::text::words::visible;

use super::super::args::{MergeArgs, MissingArgs};
use super::super::folder;
use super::super::output::complain;
use super::super::parquet::Parquet;
use super::super::plans::{self, Planned, foreign};
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};
use super::batch::{MOST_SHARDS, enough};
use super::complete::{fill, tell};

/// Stretches that are listed at most.
const SHOWN: usize = 20;

pub fn missing(args: MissingArgs, out: &mut Output) -> Outcome {
    let of = args.shards.as_deref().map(|n| whole("--shards", n, 1, MOST_SHARDS)).transpose()?;
    let (Planned { plan, .. }, store) = together(&args.folders, args.plan.as_deref(), args.runs.as_deref())?;
    let gaps = store.gaps(plan.runs);
    let shards = of.map(|of| store.lacking_shards(plan.runs, of));
    if args.json {
        let gap = |g: &Gap| json!({ "experiment": g.experiment, "from": g.runs.from, "to": g.runs.to });
        let told = json!({
            "runs": plan.size().to_string(),
            "kept": store.done(),
            "missing": gaps.iter().map(gap).collect::<Vec<_>>(),
        });
        let told = with_shards(told, shards.as_deref());
        out.print(&format!("{told}\n"))?;
    } else if let Some(shards) = shards {
        out.print(&ranges(&shards))?;
    } else if gaps.is_empty() {
        out.print(&format!("nothing is missing: all {} runs are kept\n", plan.size()))?;
    } else {
        out.print(&page(&plan, &gaps))?;
    }
    Ok(if gaps.is_empty() { Answered::Yes } else { Answered::No })
}

fn with_shards(mut told: serde_json::Value, shards: Option<&[u64]>) -> serde_json::Value {
    if let Some(shards) = shards {
        told["shards"] = json!(shards);
    }
    told
}

fn page(plan: &Plan, gaps: &[Gap]) -> String {
    let line = |g: &Gap| format!("  experiment {}: runs {} to {}\n", g.experiment, g.runs.from, g.runs.to - 1);
    let lines: String = gaps.iter().take(SHOWN).map(line).collect();
    let left: u64 = gaps.iter().map(|g| g.runs.len()).sum();
    let more = gaps.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("  … and {more} more stretches\n") } else { String::new() };
    format!("{left} of {} runs are missing:\n{lines}{more}", plan.size())
}

/// Numbers in order as a line such as `1-3,7`, as job arrays take them; nothing for none.
fn ranges(numbers: &[u64]) -> String {
    let stretch = |of: &[u64]| match of {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}-{last}"),
        [] => String::new(),
    };
    let stretches: Vec<String> = numbers.chunk_by(|a, b| a + 1 == *b).map(stretch).collect();
    if stretches.is_empty() { String::new() } else { stretches.join(",") + "\n" }
}

pub fn merge(args: MergeArgs, out: &mut Output) -> Outcome {
    let parquet = Parquet::asked(args.parquet)?;
    folder::named(&args.out)?;
    if std::fs::symlink_metadata(folder::plain(&args.out)).is_ok() {
        return Err(Trouble::new(format!("`{}` exists", shown(&args.out))).hint("merge writes a new folder"));
    }
    let (planned, store) = together(&args.folders, args.plan.as_deref(), args.runs.as_deref())?;
    complete(&store, &planned.plan, &args.folders)?;
    let log = json!({ "merged": args.folders });
    let told = folder::built(&args.out, false, |beside| {
        for (name, text) in &planned.copies {
            put(beside, name, text.as_bytes()).map_err(|e| foreign(&e))?;
        }
        fill(&store, &planned, beside, &log, parquet)
    })?;
    tell(&told, &args.out, "is complete", args.json, out)?;
    Ok(Answered::Yes)
}

/// Whether nothing lacks.
fn complete(store: &Store, plan: &Plan, folders: &[String]) -> Result<(), Trouble> {
    let gaps = store.gaps(plan.runs);
    let Some(first) = gaps.first() else { return Ok(()) };
    let left: u64 = gaps.iter().map(|g| g.runs.len()).sum();
    let found = format!(
        "{left} of {} runs are missing, the first of them run {} of experiment {}",
        plan.size(),
        first.runs.from,
        first.experiment
    );
    Err(Trouble::new(found).hint(format!("`winset missing {}` names them all", visible(&folders.join(" ")))))
}

/// The plan of some folders, the one that is named or that of the first, and all that they keep of it.
fn together(folders: &[String], plan: Option<&str>, runs: Option<&str>) -> Result<(Planned, Store), Trouble> {
    let runs = runs.map(|n| whole("--runs", n, 1, MOST_RUNS)).transpose()?;
    let paths: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    for path in &paths {
        read_manifest(path).map_err(|e| foreign(&e))?;
    }
    let planned = match plan {
        Some(file) => plans::load(file, runs)?,
        None => plans::of_results(&paths[0], runs)?,
    };
    let store = Store::of_many(&paths, &planned.plan).map_err(|e| foreign(&e))?;
    store.broken().iter().for_each(|part| complain(&format!("note: `{}` is not whole, and left out\n", visible(part))));
    enough(&store, &paths[0], &planned.plan)?;
    Ok((planned, store))
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_that_follow_each_other_are_told_as_a_stretch() {
        assert_eq!(super::ranges(&[1, 2, 3, 7, 9, 10]), "1-3,7,9-10\n");
        assert_eq!(super::ranges(&[]), "");
    }
}
