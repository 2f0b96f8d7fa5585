//! Batches: the same bytes whoever did which part of them, when, and however often they were killed.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use winset::analysis::{Settings, reached};
use winset::batch::{BatchPlan, Bench, Span, Unit, Workshop};
use winset::engine::{Accounts, Drawing, Draws, Pin};
use winset::model::InputId;
use winset::scenario::{PlanFile, Scenario};

use crate::cli_support::{Folder, command, winset};

/// A plan over the labour dispute: two arms, three points, a row for each run.
const PLAN: &str = "title = \"Strike\"\nscenarios = \"labour-dispute\"\nruns = 700\nrecord = \"inputs\"\n\
                    [policies.as-is]\n[policies.calm]\nwithout = \"events\"\n\
                    [design]\nkind = \"factorial\"\ninputs.\"audiences.drivers.loss_aversion\" = { values = [1, 1.5, 2] }\n";

fn plan_in(folder: &Folder, text: &str) -> String {
    let path = folder.path("plan.toml");
    fs::write(&path, text).expect("the folder can be written");
    path
}

/// Every file of a folder of results with its bytes, but for the log; the same list whatever made it.
fn bytes(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("log.json") {
                let name = path.strip_prefix(folder).expect("it is inside").to_string_lossy().into_owned();
                found.push((name, fs::read(&path).expect("it can be read")));
            }
        }
    }
    found.sort();
    found
}

fn same(a: &str, b: &str) {
    let (a, b) = (bytes(a), bytes(b));
    let names = |list: &[(String, Vec<u8>)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b));
    for ((name, mine), (_, theirs)) in a.iter().zip(&b) {
        assert!(mine == theirs, "{name} differs");
    }
}

fn done(words: &[&str]) -> String {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
    asked.out
}

#[test]
fn the_same_bytes_come_of_any_threads_any_shards_in_any_order() {
    let folder = Folder::new("shards");
    let plan = plan_in(&folder, PLAN);
    let whole = folder.path("whole");
    done(&["batch", &plan, "--out", &whole, "--threads", "1"]);
    assert!(Path::new(&whole).join("runs.csv").exists());
    for (of, threads) in [(1, "2"), (2, "7"), (3, "1"), (7, "2")] {
        let parts: Vec<String> = (1..=of).map(|i| folder.path(&format!("part-{of}-{i}"))).collect();
        // Any order: the last part first.
        for i in (1..=of).rev() {
            let shard = format!("{i}/{of}");
            done(&["batch", &plan, "--out", &parts[i - 1], "--shard", &shard, "--threads", threads]);
        }
        let merged = folder.path(&format!("merged-{of}"));
        let mut words: Vec<&str> = vec!["merge"];
        words.extend(parts.iter().rev().map(String::as_str));
        words.extend(["--out", &merged]);
        done(&words);
        same(&whole, &merged);
    }
}

#[test]
fn shards_may_share_one_folder() {
    let folder = Folder::new("one-folder");
    let plan = plan_in(&folder, PLAN);
    let (whole, shared) = (folder.path("whole"), folder.path("shared"));
    done(&["batch", &plan, "--out", &whole]);
    let mut command = command(&["batch", &plan, "--out", &shared]);
    let first = command.env("WINSET_SHARD", "2/2").output().expect("the program runs");
    assert!(String::from_utf8_lossy(&first.stdout).contains("part 2/2 is done"), "{first:?}");
    done(&["batch", &plan, "--out", &shared, "--shard", "1/2"]);
    same(&whole, &shared);
}

#[test]
fn a_batch_that_is_killed_again_and_again_goes_on_to_the_same_bytes() {
    let folder = Folder::new("killed");
    // Some seconds of work on one thread, so that a kill falls into it.
    let text = PLAN.replace("runs = 700", "runs = 2000");
    let plan = plan_in(&folder, &text);
    let whole = folder.path("whole");
    done(&["batch", &plan, "--out", &whole]);
    let wanted: u32 = std::env::var("WINSET_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5);
    let (mut killed, mut round, mut luck) = (0, 0, 12_345_u64);
    while killed < wanted {
        round += 1;
        let out = folder.path(&format!("killed-{round}"));
        // A folder is killed a few times and then left to end, so that late moments are met as well.
        for _ in 0..8.min(wanted - killed) {
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut child = command(&["batch", &plan, "--out", &out, "--threads", "2"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            std::thread::sleep(Duration::from_millis(30 + (luck >> 33) % 400));
            if child.try_wait().expect("it can be asked").is_none() {
                killed += 1;
            }
            let _ = child.kill();
            let _ = child.wait();
        }
        done(&["batch", &plan, "--out", &out]);
        same(&whole, &out);
        assert!(round < 40 + 2 * wanted, "the work is too short to be killed");
    }
}

#[test]
fn a_batch_that_is_continued_with_more_runs_is_the_longer_batch() {
    let folder = Folder::new("longer");
    let plan = plan_in(&folder, PLAN);
    let (long, grown) = (folder.path("long"), folder.path("grown"));
    done(&["batch", &plan, "--out", &long, "--runs", "1500"]);
    done(&["batch", &plan, "--out", &grown, "--runs", "300"]);
    let again = done(&["batch", &plan, "--out", &grown, "--runs", "300"]);
    assert!(again.contains("was complete already"), "{again}");
    done(&["batch", &plan, "--out", &grown, "--runs", "1500", "--threads", "1"]);
    same(&long, &grown);
    let fewer = winset(&["batch", &plan, "--out", &grown, "--runs", "200"]);
    assert_eq!(fewer.status, 2);
    assert!(fewer.err.contains("has 1500 runs of each experiment, more than 200"), "{}", fewer.err);
}

#[test]
fn what_is_missing_is_named_and_gaps_overlaps_and_other_plans_are_refused() {
    let folder = Folder::new("missing");
    let plan = plan_in(&folder, PLAN);
    let (one, two, out) = (folder.path("one"), folder.path("two"), folder.path("out"));
    done(&["batch", &plan, "--out", &one, "--shard", "1/2"]);
    let missing = winset(&["missing", &one]);
    assert_eq!(missing.status, 1);
    assert!(missing.out.contains("of 4200 runs are missing") && missing.out.contains("experiment"), "{}", missing.out);
    let gap = winset(&["merge", &one, "--out", &out]);
    assert_eq!(gap.status, 2);
    assert!(gap.err.contains("are missing, the first of them run"), "{}", gap.err);
    assert!(!Path::new(&out).exists());
    // The same runs cut otherwise: they overlap.
    done(&["batch", &plan, "--out", &two, "--runs", "500"]);
    let overlap = winset(&["merge", &one, &two, "--out", &out, "--runs", "700"]);
    assert_eq!(overlap.status, 2);
    assert!(overlap.err.contains("twice"), "{}", overlap.err);
    let other = plan_in(&folder, &PLAN.replace("values = [1, 1.5, 2]", "values = [1, 1.5, 3]"));
    let mixed = winset(&["batch", &other, "--out", &one]);
    assert_eq!(mixed.status, 2);
    assert!(mixed.err.contains("holds results of another plan"), "{}", mixed.err);
    let three = folder.path("three");
    done(&["batch", &other, "--out", &three, "--shard", "2/2"]);
    let mixed = winset(&["merge", &one, &three, "--out", &out]);
    assert_eq!(mixed.status, 2);
    assert!(mixed.err.contains("holds results of another plan"), "{}", mixed.err);
    // A changed part is not taken for whole: its runs are done again.
    let parts = Path::new(&one).join("parts");
    let part =
        fs::read_dir(&parts).expect("there are parts").next().expect("one at least").expect("it can be read").path();
    let text = fs::read(&part).expect("it can be read");
    fs::write(&part, &text[..text.len() / 2]).expect("it can be written");
    let plan = plan_in(&folder, PLAN);
    let mended = winset(&["batch", &plan, "--out", &one]);
    assert_eq!(mended.status, 0, "{}", mended.err);
    assert!(mended.err.contains("is not whole; its runs are done again"), "{}", mended.err);
    let whole = folder.path("whole");
    done(&["batch", &plan, "--out", &whole]);
    same(&whole, &one);
    // Another version of the program wrote it.
    let manifest = Path::new(&one).join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("it is there");
    fs::write(&manifest, text.replace(env!("CARGO_PKG_VERSION"), "0.0.9")).expect("it can be written");
    let other = winset(&["batch", &plan, "--out", &one]);
    assert!(other.err.contains("another version of winset: 0.0.9, not"), "{}", other.err);
}

#[test]
fn totals_that_were_damaged_are_made_again() {
    let folder = Folder::new("damaged");
    let plan = plan_in(&folder, PLAN);
    let (whole, hurt) = (folder.path("whole"), folder.path("hurt"));
    for place in [&whole, &hurt] {
        done(&["batch", &plan, "--out", place, "--runs", "300"]);
    }
    let totals = Path::new(&hurt).join("totals.jsonl");
    let text = fs::read(&totals).expect("it is there");
    fs::write(&totals, &text[..text.len() - 200]).expect("it can be written");
    let mended = winset(&["batch", &plan, "--out", &hurt, "--runs", "300"]);
    assert!(mended.err.contains("is not whole; its runs are done again"), "{}", mended.err);
    same(&whole, &hurt);
    let again = winset(&["batch", &plan, "--out", &hurt, "--runs", "300"]);
    assert!(again.out.contains("was complete already") && !again.err.contains("not whole"), "{}", again.err);
}

#[test]
fn a_folder_without_a_name_is_none() {
    let folder = Folder::new("nameless");
    let plan = plan_in(&folder, PLAN);
    for words in [vec!["batch", &plan, "--out", ""], vec!["merge", "x", "--out", " "], vec!["plot", "x", "--out", ""]] {
        let asked = folder.winset(&words);
        assert_eq!((asked.status, asked.err.contains("`--out` names no folder")), (2, true), "{}", asked.err);
    }
    assert_eq!(folder.entries(), ["plan.toml"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_folder_that_cannot_be_written_are_told_and_nothing_half_written_is_kept() {
    let folder = Folder::new("full");
    let plan = plan_in(&folder, PLAN);
    let out = folder.path("out");
    // A limit on the size of files stands for a full disk: the write fails in the middle.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {} batch {plan} --out {out}", env!("CARGO_BIN_EXE_winset"));
    let full = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("bash runs");
    let err = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(2), "{err}");
    assert!(err.contains("could not be written"), "{err}");
    assert!(bytes(&out).iter().all(|(name, _)| !name.contains("tmp")), "{:?}", bytes(&out).len());
    done(&["batch", &plan, "--out", &out]);
    let whole = folder.path("whole");
    done(&["batch", &plan, "--out", &whole]);
    same(&whole, &out);
    for place in ["/proc/winset-results", "Cargo.toml"] {
        let refused = winset(&["batch", &plan, "--out", place]);
        assert_eq!(refused.status, 2, "{place}");
        let said = refused.err.lines().any(|line| line.starts_with("error: `") && line.contains("could not be"));
        assert!(said, "{}", refused.err);
    }
}

/// The scenario with some numbers set, as the command line does it.
fn istanbul(set: &[(&str, &str)]) -> Scenario {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/talks/istanbul-2025.toml");
    let mut scenario = Scenario::parse("istanbul", &fs::read(path).expect("it is there")).expect("it is right");
    for (path, value) in set {
        scenario.set(path, value).expect("it may be set");
    }
    scenario
}

#[test]
fn a_number_held_at_a_value_draws_the_world_of_the_number_set() {
    // A value, a chance that the file leaves open, a certain one, and an unknown that others follow.
    let cases = [
        ("audiences.rus_public.claims_weight", 60.0),
        ("audiences.rus_public.veto", 0.35),
        ("issues.arms.options.word.grants.us", 0.8),
        ("unknowns.west-divided", 0.4),
    ];
    for (path, value) in cases {
        let base = istanbul(&[]);
        let ids: Vec<InputId> = base.inputs_at(path).expect("the path is there");
        let accounts = Accounts::of(&base.negotiation);
        let draws = Draws::holding(&base.negotiation, accounts.clone(), 3, &ids);
        let pins: Vec<Pin> = ids.iter().map(|input| Pin { input: *input, value }).collect();
        let set = istanbul(&[(path, &format!("{value}"))]);
        let other = Draws::new(&set.negotiation, accounts, 3);
        let uniforms = draws.uniforms(100, 50);
        for (i, drawn) in draws.worlds(&uniforms).iter().enumerate() {
            let pinned = draws.pinned(drawn, &uniforms, i, &pins);
            assert_eq!(pinned, other.run(100 + i as u64), "{path}");
        }
    }
}

#[test]
fn an_experiment_is_the_run_with_its_numbers_set() {
    let text = "title = \"x\"\nscenarios = \"istanbul-2025\"\nreadings = [\"pastukhov\"]\nseed = 4\nruns = 120\n\
                [design]\nkind = \"factorial\"\ninputs.\"no_deal.ukraine.cost\" = { values = [0.25, 1] }\n";
    let file = PlanFile::parse("x", text.as_bytes()).expect("it is right");
    let plan = BatchPlan::of(&file, vec![istanbul(&[])], None).expect("it is right");
    let spaces = plan.compile().expect("it can be compiled");
    let workshop = Workshop::open(&plan, &spaces);
    let unit = Unit { experiments: Span { from: 0, to: 2 }, runs: Span { from: 0, to: 120 } };
    let done = workshop.run(unit, &mut Bench::default(), &|| false).expect("nothing stops it");
    for (tally, value) in done.tallies.iter().zip(["0.25", "1"]) {
        let tally = tally.as_ref().expect("it succeeds");
        let set = istanbul(&[("no_deal.ukraine.cost", value)]);
        let n = &set.negotiation;
        let accounts = Accounts { reading: n.readings.iter().position(|r| r.id == "pastukhov"), ..Accounts::of(n) };
        let settings = Settings { runs: 120, drawing: Drawing { accounts, ..Drawing::of(n, 4) }, agreeing: false };
        let whole = reached(n, &settings, |_| {}).expect("it can be run");
        let counts: Vec<u64> = whole.endings.iter().map(|(_, share)| share.count).collect();
        assert_eq!(tally.endings, counts, "{value}");
        assert_eq!(tally.exists, whole.gap().exists.count, "{value}");
    }
}
