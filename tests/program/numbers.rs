//! One number everywhere, asked as a user asks.
#![cfg(feature = "cli")]

use std::fs;

use serde_json::Value;

use crate::cli_support::{Folder, winset, winset_with_input};

/// A margin of −900 %, and nothing that varies.
const FAR: &str = "title = \"Far\"\nactors.a = { role = \"party\" }\nactors.b = { role = \"party\" }\n\
    audiences.home = { of = \"a\", veto = true, defeat_below = 100 }\n[issues.x]\noptions = [\"p\", \"q\"]\n\
    views.a = { weight = 10, p = 0, q = 1 }\nviews.b = { weight = 10, p = 0, q = 1 }\n\
    views.home = { weight = 10, p = 0, q = 1 }\n";

/// Two sides who talk and never offer anything.
const SILENT: &str = "title = \"Silence\"\nhorizon = 3\nactors.a = { role = \"party\" }\nactors.b = { role = \"party\" }\n\
    [issues.x]\nnow = \"p\"\noptions = [\"p\", \"q\"]\nviews.a = { weight = 10, q = 1 }\nviews.b = { weight = 10, q = 1 }\n\
    [talks]\ndeadline = 4\n[intents.a.mute]\nmoves = { hold = 1 }\n[intents.b.mute]\nmoves = { hold = 1 }\n";

fn written(folder: &Folder, text: &str) -> String {
    let path = folder.path("scenario.toml");
    fs::write(&path, text).expect("the folder can be written");
    path
}

fn told(words: &[&str]) -> String {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
    asked.out
}

/// The whole document.
fn document(words: &[&str]) -> Value {
    serde_json::from_str(&told(words)).unwrap_or_else(|e| panic!("{words:?}: {e}"))
}

/// The answer in it.
fn json(words: &[&str]) -> Value {
    document(words)["answer"].take()
}

#[test]
fn a_margin_beyond_every_table_reads_the_same_on_every_page() {
    let folder = Folder::new("far-margin");
    let file = written(&folder, FAR);
    for words in [&["solve", &file][..], &["run", &file, "--runs", "20"]] {
        let page = told(words).replace('\u{a0}', " ");
        assert!(page.contains("900.0 %") && !page.contains("400"), "{words:?}: {page}");
    }
    assert_eq!(json(&["solve", &file, "--json"])["margin"], -9.0);
    let run = json(&["run", &file, "--runs", "20", "--json"]);
    assert_eq!((&run["margin"]["p05"], &run["margin"]["p95"]), (&Value::from(-9.0), &Value::from(-9.0)));
}

#[test]
fn where_nothing_varies_no_interval_is_given_and_no_more_worlds_are_asked_for() {
    let folder = Folder::new("nothing-varies");
    let file = written(&folder, &FAR.replace("100 }", "-1 }"));
    told(&["run", &file, "--runs", "100", "--out", &folder.path("o")]);
    let page = fs::read_to_string(folder.path("o/page.txt")).expect("the page is there");
    assert!(page.contains("(exactly)") && !page.contains("would bring"), "{page}");
    assert!(!page.contains("±") && !page.contains("96."), "{page}");
    let run = json(&["run", &file, "--runs", "100", "--json"]);
    assert_eq!((&run["exists"]["low"], &run["exists"]["high"]), (&Value::from(1.0), &Value::from(1.0)));
    let sharp = told(&["run", &file, "--precision", "0.00005"]);
    assert!(sharp.contains("All worlds are alike") && !sharp.contains("doubled"), "{sharp}");
}

#[test]
fn where_nothing_is_reached_there_are_no_rounds_and_no_gains() {
    let folder = Folder::new("nothing-reached");
    let file = written(&folder, SILENT);
    let run = json(&["run", &file, "--runs", "20", "--json"]);
    assert_eq!(run["reached"]["count"], 0);
    assert!(run["rounds"].is_null() && run["gains"]["a"].is_null() && run["gains"]["b"].is_null(), "{run}");
}

#[test]
fn a_seed_that_json_readers_would_misread_is_refused_everywhere() {
    let (most, beyond) = ("9007199254740991", "9007199254740993");
    for verb in ["run", "solve", "trace", "infer", "directions", "compare", "check", "sensitivity", "audit"] {
        let arms = if verb == "compare" { 2 } else { 1 };
        let words = [vec![verb], vec!["labour-dispute"; arms], vec!["--seed", beyond]].concat();
        let asked = winset(&words);
        assert_eq!(asked.status, 2, "{verb}: {}", asked.out);
        assert!(asked.err.contains("2^53 − 1"), "{verb}: {}", asked.err);
    }
    let run = document(&["run", "split-the-pie", "--runs", "4", "--seed", most, "--json"]);
    assert_eq!(run["seed"].to_string(), most);
    let folder = Folder::new("large-seed");
    for (seed, status) in [(most, 0), (beyond, 2), ("9007199254740992", 2)] {
        let plan = format!("title = \"t\"\nscenarios = \"split-the-pie\"\nruns = 4\nseed = {seed}\n");
        let path = written(&folder, &plan);
        let asked = winset(&["batch", &path, "--dry-run"]);
        assert_eq!(asked.status, status, "{seed}: {}{}", asked.out, asked.err);
    }
}

#[test]
fn what_the_prior_rules_out_no_record_can_change() {
    let zero = ["intents.russia.bargainer.prior=0", "intents.russia.conditional.prior=0"];
    let words =
        ["infer", "istanbul-2025", "--reading", "stanovaya", "--runs", "40", "--set", zero[0], "--set", zero[1]];
    let asked = winset(&words);
    assert!(asked.status == 0 && !asked.out.contains("NaN"), "{}{}", asked.out, asked.err);
    let plain = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains("The prior rules it out: no record can change that."), "{plain}");
    let answer = json(&[&words[..], &["--json"]].concat());
    let russia = &answer["parties"]["russia"];
    assert_eq!((&russia["serious"]["bits"], &russia["serious"]["by_prior"]), (&0.0.into(), &"ruled-out".into()));
    for entry in russia["record"].as_array().expect("it has a record") {
        let bits = entry["bits"].as_object().expect("bits by intent");
        assert!(bits.values().all(Value::is_number), "{entry}");
    }
    let sample = told(&["infer", "tests/samples/every-section.toml", "--json"]);
    // A bit below 0 is one; a zero below 0 is none.
    assert!(!sample.contains("-0.0,") && !sample.contains("-0.0}"), "{sample}");
}

#[test]
fn a_package_worth_as_much_as_no_deal_is_not_called_better() {
    let run = ["run", "split-the-pie", "--runs", "10", "--show", "all"];
    let pages = [told(&["solve", "split-the-pie", "--show", "all"]), told(&run)];
    for page in pages {
        let plain = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains("at least as much as no deal"), "{plain}");
        assert!(!plain.contains("more than no deal") && !plain.contains("better than no deal"), "{plain}");
    }
}

#[test]
fn unknowns_are_ranked_by_even_runs_and_shown_by_odd_ones() {
    let run = json(&["run", "labour-dispute", "--runs", "301", "--json"]);
    let unknowns = run["unknowns"].as_array().expect("a list");
    let ranks: Vec<f64> = unknowns.iter().map(|u| u["effect_on_even"].as_f64().expect("a number").abs()).collect();
    assert!(ranks.len() > 3 && ranks.is_sorted_by(|a, b| a >= b), "{ranks:?}");
    for unknown in unknowns {
        let of = |half: &str| unknown[half]["of"].as_u64().expect("a count");
        // Of the runs 0 to 300 those that are odd.
        assert_eq!(of("exists_low") + of("exists_high"), 150, "{unknown}");
        assert_ne!(unknown["effect"], unknown["effect_on_even"], "{unknown}");
        // What explains that it is reached, on the same odd runs; there are no accounts to weigh.
        let (low, high) = (&unknown["reached_low"], &unknown["reached_high"]);
        assert_eq!(low["of"].as_u64().zip(high["of"].as_u64()).map(|(low, high)| low + high), Some(150), "{unknown}");
        let share = |of: &Value| of["count"].as_f64().expect("a count") / of["of"].as_f64().expect("a count");
        let reach = unknown["reach"].as_f64().expect("a number");
        assert!((reach - (share(high) - share(low))).abs() < 1e-9, "{unknown}");
    }
    let page = told(&["run", "labour-dispute", "--runs", "301", "--show", "why"]);
    assert!(
        page.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(&format!("Picked of {} on even runs, shown on odd ones.", ranks.len())),
        "{page}"
    );
}

#[test]
fn a_verdict_tells_who_would_sign_from_who_would_keep() {
    let pie = "title = \"A pie\"\nround = \"month\"\n[actors]\nup = { role = \"party\" }\ndown = { role = \"party\" }\n\
        [state.power]\nstart = 0.3\nafter = 0.05\nmax = 0.9\nfavours = { up = 1, down = -1 }\n\
        [issues.share]\noptions = { from = 0, to = 100, step = 1 }\n\
        views.up = { weight = 100, 0 = 0, 100 = 1 }\nviews.down = { weight = 100, 0 = 1, 100 = 0 }\n\
        [no_deal]\nup = { base = 0, stake.power = 90 }\ndown = { base = 90, stake.power = 90 }\n";
    let asked = |package: &str, more: &[&str]| {
        let words = [&["verdict", "-", "--package", package][..], more].concat();
        winset_with_input(&words, pie.as_bytes()).out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // It could take 0.9 (30 + 5 t) after t months: 27 now, 33 after 1 1/3 months, in the second.
    let page = asked("share=33", &[]);
    assert!(page.contains("up would sign and not keep it"), "{page}");
    assert!(page.contains("it would sign, and go back on it in month 2"), "{page}");
    assert!(!page.contains("would not sign"), "{page}");
    let page = asked("share=10", &[]);
    assert!(page.contains("up would not sign") && !page.contains("keep it"), "{page}");
    let data: Value = serde_json::from_str(&asked("share=33", &["--json"])).expect("JSON");
    assert_eq!(data["answer"]["leaderships"]["up"]["would_sign"], true, "{data}");
}
