//! `winset missing` and `winset merge`: the parts of a batch.

use std::path::PathBuf;

use serde_json::json;
use winset::ask::whole;
use winset::batch::{Gap, Plan, Store, put, read_manifest};

use super::super::args::{MergeArgs, MissingArgs};
use super::super::folder;
use super::super::output::complain;
use super::super::parquet::Parquet;
use super::super::plans::{self, Planned, foreign};
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};
use super::batch::{MOST_RUNS, MOST_SHARDS, enough, finish};

/// Stretches that are listed at most.
const SHOWN: usize = 20;

pub fn missing(args: MissingArgs, out: &mut Output) -> Outcome {
    let of = args.shards.as_deref().map(|n| whole("--shards", n, 1, MOST_SHARDS)).transpose()?;
    let (plan, store) = together(&args.folders, args.runs.as_deref())?;
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
        put(&into, &name, text.as_bytes()).map_err(|e| foreign(&e))?;
    }
    let log = json!({ "merged": args.folders });
    finish(&store, &plan, &into, &log, (args.json, parquet), out)
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

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_that_follow_each_other_are_told_as_a_stretch() {
        assert_eq!(super::ranges(&[1, 2, 3, 7, 9, 10]), "1-3,7,9-10\n");
        assert_eq!(super::ranges(&[]), "");
    }
}
