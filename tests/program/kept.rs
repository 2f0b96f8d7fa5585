//! What is kept is neither lost nor trusted wrongly: folders that were cut, edited, forged, interrupted or shared.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::cli_support::{Asked, Folder, command, winset};

/// Six experiments over one number.
const PLAN: &str = "title = \"Strike\"\nscenarios = [\"labour-dispute\"]\nruns = 200\n[design]\nkind = \"factorial\"\n\
                    inputs.\"audiences.drivers.loss_aversion\" = { from = 1, to = 3, steps = 6 }\n";

/// The same with a row for each run.
fn with_rows() -> String {
    PLAN.replace("[design]", "record = \"runs\"\n[design]")
}

fn plan_in(folder: &Folder, name: &str, text: &str) -> String {
    let path = folder.path(name);
    fs::write(&path, text).expect("the folder can be written");
    path
}

fn done(words: &[&str]) -> Asked {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
    asked
}

fn read(path: &str) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn write(path: &str, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
}

/// A text with something in it replaced, which must be there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no `{from}`");
    text.replacen(from, to, 1)
}

/// A file of units with something replaced, and a checksum that fits.
fn forged(text: &str, from: &str, to: &str) -> String {
    let forged = replaced(text, from, to);
    let body = &forged[..=forged.trim_end().rfind('\n').expect("several lines")];
    let sum: String = Sha256::digest(body).iter().map(|b| format!("{b:02x}")).collect();
    format!("{body}{{\"sha256\":\"{sum}\"}}\n")
}

/// What becomes of a file: `None` where it is gone.
type Hurt = fn(&[u8]) -> Option<&[u8]>;

#[test]
fn what_totals_can_make_again_of_a_complete_folder_is_made_again() {
    let folder = Folder::new("mended");
    let (plan, out) = (plan_in(&folder, "plan.toml", PLAN), folder.path("out"));
    done(&["batch", &plan, "--out", &out]);
    let names = folder.files("out");
    let texts = ["experiments.csv", "distributions.csv", "page.txt", "summary.json", "plan.toml"];
    let pictures = names.iter().map(String::as_str).filter(|name| name.contains(".svg") || name.contains(".png"));
    let all: Vec<&str> = texts.into_iter().chain(pictures).chain(["scenarios/labour-dispute.toml"]).collect();
    assert!(all.len() > 7, "{all:?}");
    let whole: Vec<Vec<u8>> = all.iter().map(|name| read(&format!("{out}/{name}"))).collect();
    let hurts: [Hurt; 3] = [|_| None, |bytes| Some(&bytes[..bytes.len() / 2]), |_| Some(b"other")];
    for hurt in hurts {
        for (name, bytes) in all.iter().zip(&whole) {
            let path = format!("{out}/{name}");
            match hurt(bytes) {
                None => fs::remove_file(&path).expect("it is there"),
                Some(bytes) => write(&path, bytes),
            }
        }
        let mended = done(&["batch", &plan, "--out", &out]);
        for (name, bytes) in all.iter().zip(&whole) {
            assert!(mended.err.contains(&format!("`{name}` ")), "{name}: {}", mended.err);
            assert!(read(&format!("{out}/{name}")) == *bytes, "{name} is another");
        }
    }
    let again = done(&["batch", &plan, "--out", &out]);
    assert!(!again.err.contains("written again") && again.out.contains("was complete already"), "{}", again.err);
}

#[test]
fn rows_of_runs_that_are_lost_are_named_and_nothing_grows_from_the_rest() {
    let folder = Folder::new("rows-lost");
    let (plan, out) = (plan_in(&folder, "plan.toml", &with_rows()), folder.path("out"));
    done(&["batch", &plan, "--out", &out]);
    let rows = format!("{out}/runs.csv");
    let whole = String::from_utf8(read(&rows)).expect("it is text");
    let lines: Vec<&str> = whole.lines().collect();
    let hurts = [
        (lines[..601].join("\n") + "\n", "`{out}/runs.csv` has 600 rows in place of 1200"),
        (replaced(&whole, ",1,", ",0,"), "`{out}/runs.csv` was changed since it was written"),
        (String::new(), "`{out}/runs.csv` has 0 rows in place of 1200"),
    ];
    for (text, said) in hurts {
        write(&rows, &text);
        let said = said.replace("{out}", &out);
        let merged = folder.path("merged");
        let asked: [(&[&str], i32); 5] = [
            (&["batch", &plan, "--out", &out], 1),
            (&["batch", &plan, "--out", &out, "--runs", "300"], 1),
            (&["merge", &out, "--out", &merged], 2),
            (&["missing", &out], 2),
            (&["discover", &out, "--target", "one_exists=1"], 2),
        ];
        for (words, status) in asked {
            let asked = winset(words);
            assert_eq!(asked.status, status, "{words:?}: {}", asked.err);
            assert!(asked.err.contains(&said), "{words:?}: {} instead of {said}", asked.err);
            assert!(asked.err.lines().all(|line| !line.contains("panicked")), "{}", asked.err);
        }
        assert!(!Path::new(&merged).exists() && read(&rows) == text.as_bytes());
    }
    fs::remove_file(&rows).expect("it is there");
    let asked = winset(&["batch", &plan, "--out", &out]);
    assert_eq!((asked.status, asked.err.contains("runs.csv` is gone")), (1, true), "{}", asked.err);
    write(&rows, &whole);
    done(&["batch", &plan, "--out", &out]);
}

#[test]
fn a_complete_folder_lists_hash_and_rows_of_every_result() {
    let folder = Folder::new("listed");
    let (plan, out) = (plan_in(&folder, "plan.toml", &with_rows()), folder.path("out"));
    done(&["batch", &plan, "--out", &out]);
    let manifest: serde_json::Value = serde_json::from_slice(&read(&format!("{out}/manifest.json"))).expect("JSON");
    let listed = manifest["results"].as_object().expect("results are listed");
    for name in folder.files("out").iter().filter(|n| !["manifest.json", "log.json", "scenarios"].contains(&n.as_str()))
    {
        let sum: String = Sha256::digest(read(&format!("{out}/{name}"))).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(listed[name]["sha256"], sum.as_str(), "{name}");
    }
    assert_eq!((&listed["experiments.csv"]["rows"], &listed["runs.csv"]["rows"]), (&6.into(), &1200.into()));
    assert!(listed.contains_key("scenarios/labour-dispute.toml"));
}

#[test]
fn tallies_that_cannot_come_of_their_runs_are_not_believed() {
    let folder = Folder::new("forged");
    let (plan, out, whole) = (plan_in(&folder, "plan.toml", PLAN), folder.path("out"), folder.path("whole"));
    done(&["batch", &plan, "--out", &whole]);
    done(&["batch", &plan, "--out", &out, "--shard", "1/1000"]);
    let parts = Path::new(&out).join("parts");
    let part = fs::read_dir(parts).expect("there are parts").next().expect("one").expect("it can be read").path();
    let part = part.to_str().expect("UTF-8").to_owned();
    let text = String::from_utf8(read(&part)).expect("it is text");
    let exists = &text[text.find("\"exists\":").expect("a count")..][..12];
    let cases = [
        ("\"runs\":200", "\"runs\":201"),
        ("\"from\":0,\"to\":200", "\"from\":0,\"to\":90"),
        ("\"from\":0,\"to\":200", "\"from\":200,\"to\":0"),
        ("\"to\":200", "\"to\":18446744073709551615"),
        ("\"none\":", "\"none\":9"),
        (exists, &exists.replacen(':', ":1", 1)),
        ("\"margin\":[", "\"margin\":[9"),
    ];
    for (from, to) in cases {
        write(&part, forged(&text, from, to));
        let missing = winset(&["missing", &out]);
        assert_eq!(missing.status, 1, "{from} → {to}: {}", missing.err);
        assert!(missing.err.contains("is not whole, and left out"), "{from} → {to}: {}", missing.err);
    }
    write(&part, &text);
    assert!(!winset(&["missing", &out]).err.contains("is not whole"));
    // Totals have their hash in the manifest as well.
    let totals = format!("{whole}/totals.jsonl");
    let (honest, table) =
        (String::from_utf8(read(&totals)).expect("it is text"), read(&format!("{whole}/experiments.csv")));
    write(&totals, forged(&honest, "\"none\":0,\"unbounded\":0", "\"unbounded\":0,\"none\":0"));
    let again = done(&["batch", &plan, "--out", &whole]);
    assert!(again.err.contains("is not whole; its runs are done again"), "{}", again.err);
    assert!(read(&totals) == honest.as_bytes() && read(&format!("{whole}/experiments.csv")) == table);
}

#[test]
fn what_an_interrupted_program_leaves_is_passed_over_and_swept() {
    let folder = Folder::new("swept");
    let (plan, out) = (plan_in(&folder, "plan.toml", PLAN), folder.path("out"));
    fs::create_dir(&out).expect("the folder can be made");
    for name in [".tmp-manifest.json-1", ".tmp-plan.toml-77", ".lock-1-of-1-4000000"] {
        write(&format!("{out}/{name}"), "{");
    }
    done(&["batch", &plan, "--out", &out]);
    assert!(folder.files("out").iter().all(|name| !name.starts_with('.')), "{:?}", folder.files("out"));
    // Anything else is somebody's.
    let other = folder.path("other");
    fs::create_dir(&other).expect("the folder can be made");
    write(&format!("{other}/.tmp-manifest.json-1"), "{");
    write(&format!("{other}/notes.txt"), "mine");
    let asked = winset(&["batch", &plan, "--out", &other]);
    assert_eq!((asked.status, asked.err.contains("holds no results of a batch")), (2, true), "{}", asked.err);
    assert_eq!(folder.files("other"), [".tmp-manifest.json-1", "notes.txt"]);
}

#[test]
fn shards_that_are_started_at_once_share_a_folder() {
    let folder = Folder::new("at-once");
    let (plan, whole, out) = (plan_in(&folder, "plan.toml", &with_rows()), folder.path("whole"), folder.path("out"));
    done(&["batch", &plan, "--out", &whole]);
    for _ in 0..3 {
        let _ = fs::remove_dir_all(&out);
        let start = |i: u32| {
            let mut program = command(&["batch", &plan, "--out", &out, "--shard", &format!("{i}/3")]);
            program.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
        };
        for child in (1..=3).map(start).collect::<Vec<_>>() {
            let ended = child.wait_with_output().expect("it ends");
            assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        for name in ["totals.jsonl", "runs.csv", "manifest.json", "experiments.csv"] {
            assert!(read(&format!("{out}/{name}")) == read(&format!("{whole}/{name}")), "{name} differs");
        }
        assert!(folder.files("out").iter().all(|name| !name.starts_with('.')), "{:?}", folder.files("out"));
    }
}

#[test]
fn a_second_process_in_a_folder_is_told_which_one_is_at_work() {
    let folder = Folder::new("busy");
    let plan = plan_in(&folder, "plan.toml", &PLAN.replace("runs = 200", "runs = 2000000"));
    let out = folder.path("out");
    let mut first = command(&["batch", &plan, "--out", &out, "--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let began = Instant::now();
    while !Path::new(&out).join("plan.toml").exists() && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = winset(&["batch", &plan, "--out", &out]);
    let part = winset(&["batch", &plan, "--out", &out, "--shard", "2/3"]);
    let _ = first.kill();
    let _ = first.wait();
    let said = format!("process {} (part 1/1) is at work in", first.id());
    for asked in [second, part] {
        assert_eq!((asked.status, asked.err.contains(&said)), (2, true), "{}", asked.err);
    }
    // A dead process keeps nobody out.
    let shorter = plan_in(&folder, "plan.toml", PLAN);
    let _ = fs::remove_dir_all(format!("{out}/parts"));
    done(&["batch", &shorter, "--out", &out]);
}

#[test]
fn parts_are_held_against_the_plan_that_is_named() {
    let folder = Folder::new("plan-named");
    let (plan, a, b) = (plan_in(&folder, "plan.toml", PLAN), folder.path("a"), folder.path("b"));
    for (out, shard) in [(&a, "1/2"), (&b, "2/2")] {
        done(&["batch", &plan, "--out", out, "--shard", shard]);
    }
    done(&["missing", &a, &b, "--plan", &plan]);
    let longer = plan_in(&folder, "longer.toml", &PLAN.replace("runs = 200", "runs = 300"));
    let other = plan_in(&folder, "other.toml", &PLAN.replace("runs = 200", "runs = 200\nseed = 5"));
    let out = folder.path("out");
    let asked = winset(&["missing", &a, &b, "--plan", &longer]);
    assert_eq!((asked.status, asked.out.contains("600 of 1800 runs are missing")), (1, true), "{}", asked.out);
    let asked = winset(&["missing", &a, &b, "--plan", &longer, "--shards", "2"]);
    assert_eq!((asked.status, asked.out.as_str()), (1, "1-2\n"));
    for verb in [&["missing", &a, &b, "--plan", &other][..], &["merge", &a, &b, "--plan", &other, "--out", &out]] {
        let asked = winset(verb);
        assert_eq!(asked.status, 2, "{verb:?}");
        assert!(asked.err.contains("holds results of another seed: 1, not 5"), "{}", asked.err);
    }
    assert_eq!(winset(&["merge", &a, &b, "--plan", &longer, "--out", &out]).status, 2);
    done(&["merge", &a, &b, "--plan", &plan, "--out", &out]);
}

#[cfg(unix)]
#[test]
fn a_merge_that_fails_leaves_nothing() {
    let folder = Folder::new("merge-fails");
    let (plan, a, out) = (plan_in(&folder, "plan.toml", PLAN), folder.path("a"), folder.path("out"));
    done(&["batch", &plan, "--out", &a]);
    // A limit on the size of files stands for a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 4; exec {} merge {a} --out {out}", env!("CARGO_BIN_EXE_winset"));
    let full = std::process::Command::new("bash").args(["-c", &script]).output().expect("bash runs");
    assert_eq!(full.status.code(), Some(2), "{}", String::from_utf8_lossy(&full.stderr));
    assert_eq!(folder.entries(), ["a", "plan.toml"]);
    // One that is ended in the middle leaves no folder of that name.
    for wait in [0, 20, 60, 150] {
        let mut child = command(&["merge", &a, "--out", &out])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        if Path::new(&out).exists() {
            assert!(Path::new(&out).join("manifest.json").exists());
            done(&["missing", &out]);
            fs::remove_dir_all(&out).expect("it is there");
        }
    }
    done(&["merge", &a, "--out", &out]);
}

#[test]
fn results_stay_where_they_are_whatever_the_way_to_them() {
    let folder = Folder::new("plain");
    let run = |out: &str| folder.winset(&["run", "split-the-pie", "--runs", "20", "--out", out, "--force"]);
    for out in ["zz", "zz/../zz", "none/../zz", "zz/./../zz/."] {
        let asked = run(out);
        assert_eq!(asked.status, 0, "{out}: {}", asked.err);
        assert_eq!(folder.entries(), ["zz"], "{out}");
        assert!(folder.files("zz").contains(&"manifest.json".to_owned()), "{out}");
    }
    assert_eq!(run("zz/..").status, 2);
    assert_eq!(folder.entries(), ["zz"]);
}

#[cfg(unix)]
#[test]
fn only_regular_files_of_some_size_are_read_from_a_folder() {
    let folder = Folder::new("regular");
    let (plan, out) = (plan_in(&folder, "plan.toml", PLAN), folder.path("out"));
    done(&["batch", &plan, "--out", &out]);
    let swapped = |name: &str, words: &[&str]| {
        let (path, aside) = (format!("{out}/{name}"), folder.path("aside"));
        fs::rename(&path, &aside).expect("it is there");
        std::os::unix::fs::symlink("/dev/zero", &path).expect("a link can be made");
        let asked = winset(words);
        fs::remove_file(&path).expect("it is there");
        fs::rename(&aside, &path).expect("it is there");
        asked
    };
    for name in ["plan.toml", "manifest.json", "scenarios/labour-dispute.toml"] {
        let asked = swapped(name, &["missing", &out]);
        assert_eq!((asked.status, asked.err.contains("it is no regular file")), (2, true), "{name}: {}", asked.err);
    }
    let asked = swapped("experiments.csv", &["discover", &out, "--target", "one_exists>0.5"]);
    assert_eq!(asked.status, 2, "{}", asked.err);
    let asked = winset(&["discover", "/dev/zero", "--target", "a>0.5"]);
    assert_eq!((asked.status, asked.err.contains("it is no regular file")), (2, true), "{}", asked.err);
    let large = fs::File::create(folder.path("large.csv")).expect("the folder can be written");
    large.set_len(1 << 40).expect("a file may have holes");
    let asked = winset(&["discover", &folder.path("large.csv"), "--target", "a>0.5"]);
    assert_eq!((asked.status, asked.err.contains("it is larger than 1000 MB")), (2, true), "{}", asked.err);
}

#[test]
fn what_a_foreign_manifest_says_is_cut_by_letters_and_shown_cleaned() {
    let folder = Folder::new("foreign");
    let (plan, out) = (plan_in(&folder, "plan.toml", PLAN), folder.path("out"));
    done(&["batch", &plan, "--out", &out]);
    let path = format!("{out}/manifest.json");
    let honest: serde_json::Value = serde_json::from_slice(&read(&path)).expect("JSON");
    for (key, value) in [
        ("plan", "é".repeat(30)),
        ("plan", format!("x{}", "é".repeat(30))),
        ("plan", "a\u{1b}[31m\u{202e}".repeat(9)),
        ("version", "\u{1b}[2J".into()),
    ] {
        let mut other = honest.clone();
        other[key] = value.clone().into();
        other["title"] = "T\u{1b}[2J".into();
        write(&path, other.to_string());
        for words in [&["batch", &plan, "--out", &out][..], &["missing", &out]] {
            let asked = winset(words);
            assert_eq!((asked.status, asked.err.contains("holds results of another")), (2, true), "{}", asked.err);
            assert!(!asked.err.contains(['\u{1b}', '\u{202e}']), "{:?}", asked.err);
        }
    }
    let mut other = honest;
    other["runs"] = u64::MAX.into();
    write(&path, other.to_string());
    assert!(!winset(&["missing", &out]).err.contains("panicked"));
}
