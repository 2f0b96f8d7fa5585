//! Arms on the same luck, asked on the command line.

use std::fs;

use crate::cli_support::{Folder, winset};
use serde_json::Value;

fn compared(words: &[&str]) -> Value {
    let asked = winset(&[&["compare"], words, &["--json"]].concat());
    assert_eq!(asked.status, 0, "{}", asked.err);
    crate::cli_support::answer(&asked.out)
}

fn difference<'a>(answer: &'a Value, arm: usize, headline: &str) -> &'a Value {
    let all = answer["against_the_first"][arm]["differences"].as_array().expect("a list");
    all.iter().find(|d| d["headline"] == headline).unwrap_or_else(|| panic!("no {headline} in {answer}"))
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let words = ["compare", "istanbul-2025", "@without=mediator", "--runs", "700", "--json"];
    let asked = ["1", "2", "7"].map(|threads| winset(&[&words[..], &["--threads", threads]].concat()).out);
    assert!(asked[0].contains("\"told_from_0\""));
    assert!(asked[0] == asked[1] && asked[0] == asked[2]);
}

#[test]
fn an_arm_against_itself_is_refused_and_one_that_changes_nothing_is_all_zero() {
    let same = winset(&["compare", "labour-dispute", "labour-dispute"]);
    assert!(same.status == 2 && same.err.contains("are the same"), "{}", same.err);
    // The variant is on in the file.
    let words = ["istanbul-2025", "@variant:kyiv-frames=on", "--runs", "300"];
    let answer = compared(&words);
    assert_eq!(answer["against_the_first"][0]["runs_that_differ"], 0);
    for d in answer["against_the_first"][0]["differences"].as_array().expect("a list") {
        assert_eq!((&d["difference"], &d["gained"], &d["lost"]), (&Value::from(0.0), &Value::from(0), &Value::from(0)));
    }
    let page = winset(&[&["compare"], &words[..]].concat()).out;
    assert!(page.contains("No run differs"), "{page}");
}

#[test]
fn differences_are_those_of_the_arms_run_alone() {
    let answer = compared(&["istanbul-2025", "@reading=pastukhov", "--runs", "400"]);
    let alone = |more: &[&str]| -> Value {
        let asked = winset(&[&["run", "istanbul-2025", "--runs", "400", "--json"], more].concat());
        crate::cli_support::answer(&asked.out)
    };
    let [base, other] = [alone(&[]), alone(&["--reading", "pastukhov"])];
    for (headline, key) in [("one_exists", "exists"), ("reached", "reached")] {
        let d = difference(&answer, 0, headline);
        assert_eq!(d["first"]["value"], base[key]["share"], "{headline}");
        assert_eq!(d["other"]["value"], other[key]["share"], "{headline}");
        let count = |v: &Value| v["count"].as_i64().expect("a count");
        let (gained, lost) = (d["gained"].as_i64().expect("a count"), d["lost"].as_i64().expect("a count"));
        assert_eq!(gained - lost, count(&other[key]) - count(&base[key]), "{headline}");
    }
    let same = difference(&answer, 0, "same_package");
    assert_eq!(same["first"]["value"], base["same_package"]["share"]);
    assert_eq!(answer["package"], base["same_package"]["package"]);
}

#[test]
fn arms_that_differ_only_in_their_reading_share_their_luck() {
    // A run whose drawn reading is the chosen one is the very same run.
    let answer = compared(&["istanbul-2025", "@reading=pastukhov", "--runs", "400"]);
    let differ = answer["against_the_first"][0]["runs_that_differ"].as_u64().expect("a count");
    assert!(differ > 0 && differ < 400, "{differ} of 400 runs differ");
    // Pairs tell more than two samples would: the interval of the difference is narrower than theirs together.
    let d = difference(&answer, 0, "one_exists");
    let width = |low: &Value, high: &Value| high.as_f64().expect("a number") - low.as_f64().expect("a number");
    let apart = |side: &str| width(&d[side]["low"], &d[side]["high"]);
    let unpaired = (apart("first") * apart("first") + apart("other") * apart("other")).sqrt();
    assert!(width(&d["low"], &d["high"]) < unpaired, "{d}");
}

#[test]
fn flips_are_counted_and_explained_by_the_first_thing_done_otherwise() {
    let answer = compared(&["istanbul-2025", "@without=mediator", "--runs", "1500"]);
    let against = &answer["against_the_first"][0];
    let flips = against["flips"].as_array().expect("a list");
    let sum: u64 = flips.iter().filter_map(|flip| flip["count"].as_u64()).sum();
    assert_eq!(against["flipped"]["count"], sum);
    assert_eq!(against["explained"], sum);
    let reasons = against["first_differences"].as_array().expect("a list");
    assert_eq!(reasons.iter().filter_map(|r| r["count"].as_u64()).sum::<u64>(), sum);
    let first = reasons[0]["words"].as_str().expect("words");
    assert!(first.contains("only in A: United States"), "without a mediator its acts go first: {first}");
    // The command told gives the run told.
    let command = reasons[0]["trace"][1].as_str().expect("a command");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    assert_eq!(words[..4], ["trace", "istanbul-2025", "--without", "mediator"]);
    assert_eq!(winset(&words).status, 0);
}

#[test]
fn arms_without_talks_are_compared_in_their_worlds() {
    let answer = compared(&["split-the-pie", "@set:audiences.north_village.defeat_below=0.7", "--runs", "500"]);
    let all = answer["against_the_first"][0]["differences"].as_array().expect("a list");
    let names: Vec<&str> = all.iter().filter_map(|d| d["headline"].as_str()).collect();
    assert_eq!(names, ["one_exists", "same_package", "margin_mean"]);
    let exists = difference(&answer, 0, "one_exists");
    // A line that is hardly ever as high can only be crossed more often.
    assert!(exists["told_from_0"] == true && exists["gained"] == 0, "{exists}");
    assert_eq!(answer["against_the_first"][0]["flips"][0]["to"], "none exists");
}

#[test]
fn three_arms_are_each_compared_with_the_first_and_written_as_a_folder() {
    let folder = Folder::new("compare-out");
    let words = ["compare", "labour-dispute", "@defeat=leader", "@defeat=both", "--runs", "300", "--out", "o"];
    let asked = folder.winset(&words);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.out.contains("B AGAINST A") && asked.out.contains("C AGAINST A"), "{}", asked.out);
    assert!(asked.out.lines().all(|line| line.chars().count() <= 80 || line.contains("winset trace")), "{}", asked.out);
    let files = folder.files("o");
    for name in ["compare.svg", "differences.csv", "flips.csv", "page.txt", "summary.json"] {
        assert!(files.contains(&name.to_owned()), "{files:?}");
    }
    let sheet = fs::read_to_string(folder.path("o/differences.csv")).expect("the sheet is there");
    let arms = |letter: &str| sheet.lines().filter(|line| line.starts_with(letter)).count();
    assert!(arms("B,") > 3 && arms("B,") == arms("C,"), "{sheet}");
    assert_eq!(folder.winset(&[&words[..], &["--force"]].concat()).status, 0);
}

#[test]
fn a_flag_that_other_verbs_have_changes_all_arms() {
    let flags = ["--without", "events,mediator", "--set", "beliefs.slip=0.1", "--defeat", "both", "--runs", "300"];
    let by_flags = compared(&[&["istanbul-2025", "@reading=pastukhov@defeat=leader"][..], &flags].concat());
    let first = "istanbul-2025@without=events,mediator@set:beliefs.slip=0.1@defeat=both";
    let by_arms = compared(&[first, "@reading=pastukhov@defeat=leader", "--runs", "300"]);
    assert_eq!(by_flags["against_the_first"][0]["differences"], by_arms["against_the_first"][0]["differences"]);
    for arm in 0..2 {
        assert_eq!(by_flags["arms"][arm]["changes"], by_arms["arms"][arm]["changes"]);
        assert_eq!(by_flags["arms"][arm]["command"], by_arms["arms"][arm]["command"]);
    }
    let same = winset(&["compare", "istanbul-2025", "@defeat=both", "--defeat", "both", "--runs", "10"]);
    assert!(same.status == 2 && same.err.contains("are the same"), "{}", same.err);
}

#[test]
fn wrong_arms_are_refused_with_what_would_be_right() {
    for (arms, wanted) in [
        (["istanbul-2025", "@reeding=x"], "did you mean `reading`?"),
        (["istanbul-2025", "@reading=pastukov"], "did you mean `pastukhov`?"),
        (["istanbul-2025", "@set:mediator.tlt=1"], "in the arm `@set:mediator.tlt=1`"),
        (["istanbul-2025", "@without=mediater"], "did you mean `mediator`?"),
        (["istanbul-2025", "@variant:kyiv-frames=up"], "neither on nor off"),
        (["istanbul-2025", "@reading"], "says nothing of what to change"),
        (["@reading=x", "istanbul-2025"], "names no scenario"),
        (["istanbul-2025", "istanbul-2024"], "did you mean `istanbul-2025`?"),
    ] {
        let asked = winset(&[&["compare"], &arms[..], &["--runs", "10"]].concat());
        assert!(asked.status == 2 && asked.err.contains(wanted), "{arms:?}: {} {}", asked.status, asked.err);
    }
    assert_eq!(winset(&["compare", "istanbul-2025"]).status, 2);
    assert!(winset(&["compare", "--help"]).out.contains("Example"));
}
