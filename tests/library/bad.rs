//! Wrong files and what is said of them.
//!
//! In `tests/bad/*.toml` the expected findings stand over the line that causes them: `#! error: part of the message` or
//! `#! warning: …`, with ` => part of the advice` behind it where the advice matters; findings without a line stand at the top as `#! file error: …`. A file has exactly these findings.

use std::path::PathBuf;

use winset::scenario::{Finding, Scenario, Severity, render};

/// A finding as the comments write it: line (0: the file as a whole), severity, part of the message.
type Expected = (usize, String, String);

fn expected(text: &str) -> Vec<Expected> {
    let mut waiting = Vec::new();
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(rest) = line.strip_prefix("#! file ") {
            let (severity, part) = rest.split_once(": ").expect("severity: part");
            all.push((0, severity.to_owned(), part.to_owned()));
        } else if let Some(rest) = line.strip_prefix("#! ") {
            let (severity, part) = rest.split_once(": ").expect("severity: part");
            waiting.push((severity.to_owned(), part.to_owned()));
        } else {
            all.extend(waiting.drain(..).map(|(severity, part)| (number + 1, severity, part)));
        }
    }
    assert!(waiting.is_empty(), "every expectation stands over a line");
    all
}

fn findings(name: &str, bytes: &[u8]) -> Vec<Finding> {
    match Scenario::parse(name, bytes) {
        Ok(scenario) => scenario.warnings,
        Err(findings) => findings,
    }
}

fn matches(finding: &Finding, text: &str, (line, severity, part): &Expected) -> bool {
    let said = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (message, advice) = part.split_once(" => ").unwrap_or((part, ""));
    let advised = finding.hints.iter().any(|hint| hint.contains(advice)) || advice.is_empty();
    finding.line(text) == *line && said == severity && finding.message.contains(message) && advised
}

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("it can be read").path()).collect();
    files.sort();
    files
}

#[test]
fn every_wrong_file_has_exactly_the_findings_that_its_comments_say() {
    let mut wrong = Vec::new();
    let files = files();
    assert!(files.len() >= 60, "only {} files", files.len());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("it is text");
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let (found, expected) = (findings(&name, text.as_bytes()), expected(&text));
        assert!(!expected.is_empty(), "{name} expects nothing");
        let same = found.len() == expected.len() && found.iter().zip(&expected).all(|(f, e)| matches(f, &text, e));
        if !same {
            wrong.push(format!("== {name} expects {expected:#?}, but:\n{}", render(&found, &name, &text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn only(bytes: &[u8]) -> String {
    match &findings("a.toml", bytes)[..] {
        [one] => one.message.clone(),
        several => panic!("{} findings", several.len()),
    }
}

#[test]
fn a_file_that_is_empty_or_too_large_or_not_utf_8_has_one_finding() {
    assert_eq!(only(b""), "the file is empty");
    assert_eq!(only(b"# nothing\n"), "the file is empty");
    assert_eq!(only(b"title = \"\xff\""), "the file is not UTF-8 text from byte 9 on");
    assert_eq!(only(&vec![b' '; 1_000_001]), "the file has 1000001 bytes, more than 1000000");
}

#[test]
fn values_nested_too_deep_are_found_without_exhausting_the_stack() {
    let found = findings("a.toml", format!("title = {}1{}", "[".repeat(60), "]".repeat(60)).as_bytes());
    assert!(found.iter().any(|f| f.message.contains("nested more than")), "{found:?}");
    let keys = vec!["a"; 70].join(".");
    let deep = format!("x = {}1{}", format!("{{ {keys} = ").repeat(70), "}".repeat(70));
    assert!(!findings("a.toml", deep.as_bytes()).is_empty());
    let very = format!("x = {}", "[".repeat(400_000));
    assert!(!findings("a.toml", very.as_bytes()).is_empty());
}

#[test]
fn limits_on_the_number_of_entries_are_kept() {
    let head = "title = \"t\"\n[actors]\na = { role = \"party\" }\n";
    let issues: String = (0..41)
        .map(|k| format!("[issues.k{k}]\noptions = [\"x\", \"y\"]\nviews.a = {{ weight = 1, x = 0, y = 1 }}\n"))
        .collect();
    assert!(findings("a.toml", format!("{head}{issues}").as_bytes())[0].message.contains("41 entries, more than 40"));
    let options: Vec<String> = (0..2_001).map(|o| format!("\"o{o}\"")).collect();
    let wide = format!("{head}[issues.k]\noptions = [{}]\n", options.join(", "));
    assert!(findings("a.toml", wide.as_bytes())[0].message.contains("2001 options, more than 2000"));
    let actors: String = (0..65).map(|i| format!("p{i} = {{ role = \"party\" }}\n")).collect();
    let many = format!(
        "title = \"t\"\n[actors]\n{actors}[issues.k]\noptions = [\"x\", \"y\"]\nviews.p0 = {{ weight = 1, values = [0, 1] }}\n"
    );
    assert!(findings("a.toml", many.as_bytes())[0].message.contains("65 entries, more than 64"));
}

#[test]
fn clauses_and_deal_spaces_that_cannot_be_tabulated_are_found() {
    let issue = |k: usize| {
        format!(
            "[issues.k{k}]\nnow = 0\noptions = {{ from = 0, to = 1999, step = 1 }}\nviews.a = {{ weight = 1, 1999 = 1 }}\n"
        )
    };
    let head = "title = \"t\"\n[actors]\na = { role = \"party\" }\n";
    let two = format!("{head}{}{}[red_lines.r]\nby = \"a\"\nwhen = {{ k0 = 1, k1 = 2 }}\n", issue(0), issue(1));
    assert!(only(two.as_bytes()).contains("4000000 combinations"));
    let ten: String = (0..10).map(issue).collect();
    assert!(only(format!("{head}{ten}").as_bytes()).contains("packages, more than 1e30"));
}

#[test]
fn scores_beyond_all_numbers_place_no_line() {
    let head = "title = \"t\"\n[actors]\na = { role = \"party\" }\n[audiences]\nh = { of = \"a\", victory_from = { bears = \"p\", rejects = \"q\" } }\n";
    let issue =
        "[issues.k]\nnow = \"x\"\noptions = [\"x\", \"y\", \"z\"]\nviews.h = { weight = 1000000, y = 1, z = -1 }\n";
    let packages = "[packages.p]\npicks = { k = \"y\" }\n[packages.q]\npicks = { k = \"z\" }\n";
    for count in [50, 51, 52, 100] {
        let factors: String = (0..count)
            .map(|i| format!("[modifiers.m{i}]\nfor = \"h\"\nwhen = {{}}\ngains = 1000000\nlosses = 1000000\n"))
            .collect();
        // Whatever the scores come to, there is an answer and no panic.
        let found = findings("a.toml", format!("{head}{issue}{packages}{factors}").as_bytes());
        assert!(
            found.iter().all(|f| f.message.contains("scores `p`") || f.message.contains("the same to `a`")),
            "{found:?}"
        );
    }
}

/// The findings of a file of `n` mistakes, and what they come to as text.
fn many(head: &str, one: &str, between: &str, n: usize) -> (Vec<Finding>, String) {
    let text = format!("{head}{}\n", vec![one; n].join(between));
    let found = findings("a.toml", text.as_bytes());
    let shown = render(&found, "a.toml", &text);
    (found, shown)
}

#[test]
fn twenty_mistakes_of_syntax_are_told_and_the_others_counted() {
    for (head, one, between) in [
        ("title = \"t\"\na = [", "x = \"y\"", ", "),
        ("title = \"t\"\n", "\r", ""),
        ("title = \"t\"\n", "x = yes no", "\n"),
        ("title = \"t\"\n", "[a", "\n"),
        ("title = \"t\"\nx = { ", "a = 1", ", "),
    ] {
        let (found, shown) = many(head, one, between, 3_000);
        assert_eq!(found.len(), 21, "{one:?}");
        assert!(found[20].message.contains("more mistakes of syntax"), "{}", found[20].message);
        assert!(shown.len() < 10_000, "{one:?}: {} bytes", shown.len());
        let (few, _) = many(head, one, between, 5);
        assert!(few.iter().all(|f| !f.message.contains("more mistake")), "{few:?}");
    }
}

/// What is told does not grow with the file, and the time in which it is found grows with its size and no faster: eight
/// times a file may take 24 times as long, where a pass over the file for each mistake would make it 64 times.
#[test]
fn a_file_full_of_mistakes_takes_time_as_its_size() {
    let time = |n: usize| {
        let once = || {
            let start = std::time::Instant::now();
            many("title = \"t\"\na = [", "x = \"y\"", ", ", n);
            start.elapsed()
        };
        (0..3).map(|_| once()).min().expect("it was timed")
    };
    let (small, large) = (time(8_000), time(64_000));
    assert!(large < 24 * small, "{small:?} for 8 000 mistakes, {large:?} for 64 000");
}

#[test]
fn a_file_in_another_notation_is_called_by_its_name() {
    for (text, kind) in [
        ("{ \"title\": \"t\", \"actors\": [1, 2] }", "JSON"),
        ("\u{feff}\n{\n\"title\": \"t\"\n", "JSON"),
        ("[{ \"a\": 1 }]", "JSON"),
        ("<!DOCTYPE html>\n<html>", "a web page or XML"),
        ("---\ntitle: t\n", "YAML"),
        ("{\\rtf1\\ansi title = 1}", "formatted text (RTF)"),
    ] {
        assert_eq!(only(text.as_bytes()), format!("this looks like {kind}, not TOML"));
    }
    let zipped = findings("a.toml", b"PK\x03\x04\xff\xfe");
    assert!(zipped[0].hints[0].contains("document or a spreadsheet"), "{zipped:?}");
    assert!(findings("a.toml", b"[1]\n[a]\nb = c d\n").iter().all(|f| !f.message.contains("JSON")));
}
