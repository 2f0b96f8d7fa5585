//! `winset missing` and `winset merge`: the parts of a batch.

use std::path::PathBuf;

use itertools::Itertools as _;
use serde_json::json;
use winset::ask::whole;
use winset::batch::{BatchPlan, MOST_RUNS, Store, Unit, put, read_manifest};
use winset::report::batch::{Results, frame, more};
use winset::text::words::visible;

use super::super::args::{MergeArgs, MissingArgs, PartsArgs};
use super::super::folder;
use super::super::output::complain;
use super::super::plans::{self, Planned};
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};
use super::batch::{MOST_SHARDS, enough};
use super::complete::{Telling, with_parquet};

/// Stretches that are listed at most.
const SHOWN: usize = 20;

pub fn missing(args: MissingArgs, out: &mut Output) -> Outcome {
    let of = args.shards.as_deref().map(|n| whole("--shards", n, 1, MOST_SHARDS)).transpose()?;
    let (Planned { plan, .. }, store) = together(&args.parts)?;
    let gaps = store.gaps(plan.runs);
    let shards = of.map(|of| store.lacking_shards(plan.runs, of));
    if args.json {
        let gap = |g: &Unit| json!({ "experiment": g.experiments.from, "from": g.runs.from, "to": g.runs.to });
        let answer = json!({
            "runs": plan.size().to_string(),
            "kept": store.done(),
            "missing": gaps.iter().map(gap).collect::<Vec<_>>(),
            "shards": shards,
        });
        let frame = frame("missing", &plan).asking("folders", args.parts.folders);
        out.print(&format!("{}\n", frame.around(answer)))?;
    } else if let Some(shards) = shards {
        out.print(&ranges(&shards))?;
    } else if gaps.is_empty() {
        out.print(&format!("nothing is missing: all {} runs are kept\n", plan.size()))?;
    } else {
        out.print(&page(&plan, &gaps))?;
    }
    Ok(if gaps.is_empty() { Answered::Yes } else { Answered::No })
}

fn page(plan: &BatchPlan, gaps: &[Unit]) -> String {
    let line = |g: &Unit| format!("  experiment {}: runs {} to {}\n", g.experiments.from, g.runs.from, g.runs.to - 1);
    let lines: String = gaps.iter().take(SHOWN).map(line).collect();
    format!("{}:\n{lines}{}", missing_of(plan, gaps), more(gaps.len(), SHOWN, " stretches"))
}

/// "12 of 40 runs are missing".
fn missing_of(plan: &BatchPlan, gaps: &[Unit]) -> String {
    format!("{} of {} runs are missing", gaps.iter().map(|g| g.runs.len()).sum::<u64>(), plan.size())
}

/// Numbers in order as a line such as `1-3,7`, as job arrays take them; nothing for none.
fn ranges(numbers: &[u64]) -> String {
    let stretch = |of: &[u64]| match of {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}-{last}"),
        [] => String::new(),
    };
    let line = numbers.chunk_by(|a, b| a + 1 == *b).map(stretch).join(",");
    if line.is_empty() { line } else { line + "\n" }
}

pub fn merge(args: MergeArgs, out: &mut Output) -> Outcome {
    let (parquet, theme) = (with_parquet(args.parquet)?, args.looks.theme()?);
    folder::named(&args.out)?;
    if std::fs::symlink_metadata(folder::plain(&args.out)).is_ok() {
        return Err(Trouble::new(format!("`{}` exists", shown(&args.out))).hint("merge writes a new folder"));
    }
    let (planned, store) = together(&args.parts)?;
    complete(&store, &planned.plan, &args.parts.folders)?;
    let log = json!({ "merged": args.parts.folders });
    let frame = frame("merge", &planned.plan).asking("folders", args.parts.folders);
    let telling = Telling { frame, json: args.json, theme, parquet };
    folder::built(&args.out, false, |beside| {
        for (name, text) in &planned.copies {
            put(beside, name, text.as_bytes())?;
        }
        telling.fill(&store, &planned, beside, &log)
    })?;
    telling.tell(&Results { plan: &planned.plan, kept: &store.kept }, &args.out, "is complete", out)?;
    Ok(Answered::Yes)
}

/// Whether nothing lacks.
fn complete(store: &Store, plan: &BatchPlan, folders: &[String]) -> Result<(), Trouble> {
    let gaps = store.gaps(plan.runs);
    let Some(first) = gaps.first() else { return Ok(()) };
    let (run, experiment) = (first.runs.from, first.experiments.from);
    let found = format!("{}, the first of them run {run} of experiment {experiment}", missing_of(plan, &gaps));
    Err(Trouble::new(found).hint(format!("`winset missing {}` names them all", visible(&folders.join(" ")))))
}

/// The plan of some folders, the one that is named or that of the first, and all that they keep of it.
fn together(args: &PartsArgs) -> Result<(Planned, Store), Trouble> {
    let runs = args.runs.as_deref().map(|n| whole("--runs", n, 1, MOST_RUNS)).transpose()?;
    let paths: Vec<PathBuf> = args.folders.iter().map(PathBuf::from).collect();
    for path in &paths {
        read_manifest(path)?;
    }
    let planned = match &args.plan {
        Some(file) => plans::load(file, runs)?,
        None => plans::of_results(&paths[0], runs)?,
    };
    let store = Store::of_many(&paths, &planned.plan)?;
    store.broken.iter().for_each(|part| complain(&format!("note: `{}` is not whole, and left out\n", visible(part))));
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
