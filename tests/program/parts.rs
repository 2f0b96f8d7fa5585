//! Parts of a batch: which shards lack, and folders that are complete already.
#![cfg(feature = "cli")]

use std::fs;

use crate::cli_support::{Folder, document, winset};
use serde_json::json;

const PLAN: &str = "title = \"Pasture\"\nscenarios = \"split-the-pie\"\nruns = 3000\nrecord = \"runs\"\n\
                    [design]\nkind = \"factorial\"\ninputs.\"no_deal.north.base\" = { values = [0.1, 0.3] }\n";

fn plan_in(folder: &Folder) -> String {
    let path = folder.path("plan.toml");
    fs::write(&path, PLAN).expect("the folder can be written");
    path
}

fn done(words: &[&str]) -> String {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
    asked.out
}

#[test]
fn the_shards_that_lack_are_named_as_job_arrays_take_them() {
    let folder = Folder::new("lacking-shards");
    let plan = plan_in(&folder);
    // Two experiments of three units each: shards 1 to 6 have one unit, shard 7 has none.
    let parts = [2, 5].map(|i| folder.path(&format!("part-{i}")));
    for (part, i) in parts.iter().zip([2, 5]) {
        done(&["batch", &plan, "--out", part, "--shard", &format!("{i}/7")]);
    }
    let asked = winset(&["missing", &parts[0], &parts[1], "--shards", "7"]);
    assert_eq!((asked.out.as_str(), asked.status), ("1,3-4,6\n", 1), "{}", asked.err);
    let asked = winset(&["missing", &parts[0], &parts[1], "--shards", "3", "--json"]);
    // Shards 2 and 5 of 7 are the units 2 and 5 of 6, and these are shard 2 of 3.
    assert_eq!(document(&asked.out)["answer"]["shards"], json!([1, 3]));
    let rest = folder.path("rest");
    done(&["batch", &plan, "--out", &rest]);
    let asked = winset(&["missing", &rest, "--shards", "7"]);
    assert_eq!((asked.out.as_str(), asked.status), ("", 0), "{}", asked.err);
    let asked = winset(&["missing", &rest, "--shards", "0"]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("--shards"), "{}", asked.err);
}

#[test]
fn a_folder_that_is_complete_is_merged_with_the_rows_of_its_runs() {
    let folder = Folder::new("complete-part");
    let plan = plan_in(&folder);
    let (whole, merged) = (folder.path("whole"), folder.path("merged"));
    done(&["batch", &plan, "--out", &whole]);
    done(&["merge", &whole, "--out", &merged]);
    let rows = |folder: &str| fs::read_to_string(format!("{folder}/runs.csv")).expect("it is there");
    assert_eq!(rows(&whole).lines().count(), 6_001);
    assert!(rows(&whole) == rows(&merged), "the rows differ");
    // Rows that are gone are no empty table.
    fs::remove_file(format!("{whole}/runs.csv")).expect("it is there");
    let asked = winset(&["merge", &whole, "--out", &folder.path("again")]);
    assert_eq!(asked.status, 2, "{}", asked.out);
    assert!(asked.err.contains("runs.csv"), "{}", asked.err);
}

#[test]
fn verbs_of_batches_answer_in_the_one_frame() {
    let folder = Folder::new("frames");
    let plan = plan_in(&folder);
    let [whole, part, merged] = ["whole", "part", "merged"].map(|name| folder.path(name));
    let told = |words: &[&str]| document(&winset(words).out);
    let batch = told(&["batch", &plan, "--out", &whole, "--json"]);
    assert_eq!(
        [&batch["verb"], &batch["scenario"], &batch["seed"]],
        [&json!("batch"), &json!("split-the-pie"), &json!(1)]
    );
    assert_eq!([&batch["asked"]["plan"], &batch["asked"]["runs"]], [&json!("Pasture"), &json!(3000)]);
    assert_eq!(batch["answer"]["arms"].as_array().map(Vec::len), Some(1));
    // The folder says the same, whoever asks and when.
    assert_eq!(document(&fs::read_to_string(format!("{whole}/summary.json")).expect("it is there")), batch);
    assert_eq!(told(&["batch", &plan, "--out", &whole, "--json"]), batch);
    let merge = told(&["merge", &whole, "--out", &merged, "--json"]);
    assert_eq!([&merge["verb"], &merge["asked"]["folders"]], [&json!("merge"), &json!([whole])]);
    assert_eq!(merge["answer"], batch["answer"]);
    let shard = told(&["batch", &plan, "--out", &part, "--shard", "1/2", "--json"]);
    assert_eq!([&shard["asked"]["shard"], &shard["answer"]["complete"]], [&json!("1/2"), &json!(false)]);
    let missing = told(&["missing", &part, "--json"]);
    assert_eq!([&missing["verb"], &missing["asked"]["folders"]], [&json!("missing"), &json!([part])]);
    assert!(missing["answer"]["missing"].as_array().is_some_and(|gaps| !gaps.is_empty()), "{missing}");
    let two = folder.path("two.toml");
    fs::write(&two, "title = \"Two\"\nscenarios = [\"split-the-pie\", \"labour-dispute\"]\n").expect("written");
    let plan = told(&["batch", &two, "--dry-run", "--json"]);
    assert_eq!(
        [&plan["scenario"], &plan["asked"]["dry_run"]],
        [&json!(["split-the-pie", "labour-dispute"]), &json!(true)]
    );
    let vary = "no_deal.north.base=0.1:0.3:2";
    let varied = told(&["run", "split-the-pie", "--vary", vary, "--runs", "50", "--json"]);
    assert_eq!([&varied["verb"], &varied["asked"]["vary"]], [&json!("run"), &json!([vary])]);
    assert_eq!(varied["answer"]["by_experiment"].as_array().map(Vec::len), Some(2));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_before_anything_runs_where_the_program_has_none() {
    let folder = Folder::new("no-parquet");
    let (plan, out) = (plan_in(&folder), folder.path("out"));
    let asked = winset(&["batch", &plan, "--out", &out, "--parquet"]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("built without Parquet") && asked.err.contains("--features parquet"), "{}", asked.err);
    assert!(!std::path::Path::new(&out).exists());
}
