//! The telling of the talks: the third number, parts left out, one run as data.

use std::fs;

use crate::cli_support::{Folder, winset};
use serde_json::{Value, json};
use winset::analysis::{Contrast, Part, Settings, ablations, courses, reached, survey};
use winset::engine::talks::{Desk, Ending, Mechanism, Step, Talks};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::Negotiation;
use winset::report::steps;
use winset::scenario::Scenario;
use winset::space::Compiled;

const ISTANBUL: &str = include_str!("../../scenarios/talks/istanbul-2025.toml");

fn istanbul() -> Negotiation {
    Scenario::parse("istanbul.toml", ISTANBUL.as_bytes()).expect("it is shipped").negotiation
}

fn settings(n: &Negotiation, runs: u64, agreeing: bool) -> Settings {
    Settings { runs, drawing: Drawing { threads: Some(2), ..Drawing::of(n, 1) }, agreeing }
}

fn json(words: &[&str]) -> Value {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{}", asked.err);
    crate::cli_support::answer(&asked.out)
}

#[test]
fn one_exists_in_as_many_runs_as_worlds() {
    let n = istanbul();
    for agreeing in [false, true] {
        let settings = settings(&n, 300, agreeing);
        let (worlds, runs) = (survey(&n, &settings, |_| ()), reached(&n, &settings, |_| ()));
        let (worlds, runs) = (worlds.expect("it can be surveyed"), runs.expect("it has talks"));
        assert_eq!((runs.runs, runs.gap().exists), (worlds.kept, worlds.exists), "agreeing {agreeing}");
        let by_reading: Vec<_> = (0..n.readings.len()).map(|r| runs.gap_in(r).exists).collect();
        assert_eq!(by_reading, worlds.exists_by_reading, "agreeing {agreeing}");
        let gap = runs.gap();
        assert_eq!(gap.missed.count + gap.both.count, gap.exists.count);
        assert_eq!(gap.beyond.count + gap.both.count, runs.reached.count);
        assert!(gap.missed.count > 0 && gap.both.count > 0, "else this test says nothing");
    }
}

#[test]
fn a_run_traced_as_json_is_the_run_in_a_batch() {
    let n = istanbul();
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it can be compiled");
    let talks = Talks::of(&compiled, settings(&n, 1, false).drawing).expect("it has talks");
    let (draws, mut desk) = (Draws::new(&n, accounts, 1), Desk::default());
    for drawn in draws.block(0, 260) {
        let mut heard: Vec<Step> = Vec::new();
        let run = talks.play(&drawn, &mut desk, Some(&mut heard));
        if ![0, 7, 255, 259].contains(&run.run) {
            continue;
        }
        let told = steps::data(&n, compiled.scale, &run, &heard);
        let number = run.run.to_string();
        let traced = winset(&["trace", "istanbul-2025", "--run", &number, "--json", "--runs", "3"]);
        assert!(traced.out.starts_with(&format!("{{\"answer\":{told},")), "run {number}");
    }
}

#[test]
fn a_traced_run_names_everybody_by_identifier() {
    let trace = |run: u64| json(&["trace", "istanbul-2025", "--run", &run.to_string(), "--json"]);
    let told = (0..200).map(trace).find(|told| told["reached"] == true).expect("some run gets there");
    let all = told["steps"].as_array().expect("steps");
    let whole = |step: &&Value| step["step"] == "offers" && step["stage"].is_null();
    let offer = all.iter().find(whole).expect("somebody offers a whole deal");
    assert!(offer["package"]["territory"].is_string());
    assert!(["russia", "ukraine"].contains(&offer["who"].as_str().expect("an identifier")));
    assert!(offer["gains"]["russia"].is_number() && offer["worth"].as_f64() >= offer["asks"].as_f64());
    assert!(["settlement", "truce"].contains(&told["ending"].as_str().expect("a word")), "{}", told["ending"]);
    assert_eq!(told["rounds"], all.last().expect("it has steps")["round"]);
    assert!(told["package"]["territory"].is_string() && told["gains"]["ukraine"].is_number());
}

#[test]
fn the_third_number_stands_in_the_json_and_its_endings_add_up() {
    let answer = json(&["run", "istanbul-2025", "--runs", "300", "--json"]);
    let endings = answer["endings"].as_object().expect("endings");
    let count = |value: &Value| value["count"].as_u64().expect("a count");
    assert_eq!(endings.len(), Ending::ALL.len());
    assert_eq!(endings.values().map(count).sum::<u64>(), answer["runs"].as_u64().expect("runs"));
    assert_eq!(count(&answer["reached"]), count(&endings["settlement"]) + count(&endings["truce"]));
    for key in ["count", "share", "low", "high"] {
        assert!(answer["reached"][key].is_number() && endings["no-deal"][key].is_number(), "{key}");
    }
    for key in ["mean", "p10", "p50", "p90"] {
        assert!(answer["rounds"][key].is_number(), "{key}");
    }
    assert!(answer["blocked_by"].as_array().is_some_and(|b| b.iter().all(|b| b["block"].is_string())));
    let there = answer["where_one_exists"].as_object().expect("endings").values().map(count).sum::<u64>();
    assert_eq!(there, count(&answer["exists"]));
}

#[test]
fn all_three_numbers_stand_on_the_page_and_a_scenario_without_talks_has_two() {
    let page = winset(&["run", "istanbul-2025", "--runs", "300", "--show", "all"]).out;
    for part in ["One exists", "One same package", "It is reached", "DO THE TALKS GET THERE", "Run k of the talks"] {
        assert!(page.contains(part), "{part}");
    }
    let long: Vec<&str> = page.lines().filter(|line| line.chars().count() > 80 && !line.contains('=')).collect();
    assert!(long.is_empty(), "{long:?}");
    let silent = winset(&["run", "split-the-pie", "--runs", "300", "--show", "all"]).out;
    assert!(silent.contains("the scenario has no `[talks]`") && !silent.contains("DO THE TALKS"));
    assert_eq!(json(&["run", "split-the-pie", "--runs", "300", "--json"])["reached"], Value::Null);
}

#[test]
fn leaving_a_part_out_in_turn_is_leaving_it_out_alone() {
    let n = istanbul();
    // Two blocks, so that what threads have counted is added up.
    let settings = settings(&n, 300, false);
    let parts = [Part::Claims, Part::Modifiers, Part::Talks(Mechanism::Events), Part::Talks(Mechanism::Mishap)];
    let found = ablations(&n, &settings, &parts, |_| ()).expect("it has talks");
    let whole = reached(&n, &settings, |_| ()).expect("it has talks");
    assert_eq!((found.runs, found.reached, &found.endings), (whole.runs, whole.reached, &whole.endings));
    for (part, ablation) in parts.into_iter().zip(&found.without) {
        let mut model = n.clone();
        part.leave_out(&mut model);
        let alone = reached(&model, &settings.without(&[part]), |_| ()).expect("it has talks");
        assert_eq!((ablation.part, ablation.reached.share), (part, alone.reached));
        assert_eq!(ablation.exists.share, alone.gap().exists, "{part:?}");
        let endings: Vec<_> = ablation.endings.iter().map(|(e, paired)| (*e, paired.share)).collect();
        assert_eq!(endings, alone.endings, "{part:?}");
        assert!(ablation.differing > 0, "{part:?}");
    }
}

#[test]
fn what_the_scenario_has_not_changes_nothing_when_it_is_left_out() {
    let mut n = istanbul();
    n.events.clear();
    n.claims.clear();
    let parts = [Part::Claims, Part::Talks(Mechanism::Events)];
    let found = ablations(&n, &settings(&n, 64, false), &parts, |_| ()).expect("talks");
    for ablation in &found.without {
        assert_eq!((ablation.differing, ablation.reached.gained, ablation.reached.lost), (0, 0, 0));
        assert_eq!((ablation.reached.difference, ablation.reached.error), (0.0, 0.0));
    }
}

#[test]
fn a_paired_difference_has_the_error_of_the_mean_of_its_pairs() {
    let (gained, lost, runs) = (7, 19, 200);
    let pairs = |i: u64| {
        if i < gained {
            1.0
        } else if i < gained + lost {
            -1.0
        } else {
            0.0
        }
    };
    let mean = (0..runs).map(pairs).sum::<f64>() / runs as f64;
    let squares: f64 = (0..runs).map(|i| (pairs(i) - mean) * (pairs(i) - mean)).sum();
    let error = (squares / (runs - 1) as f64 / runs as f64).sqrt();
    let paired = Contrast::of(50, gained, lost, runs);
    assert_eq!((paired.share.count, paired.difference), (38, mean));
    // Rounding of a sum of 200 squares.
    assert!((paired.error - error).abs() < 1e-12, "{} {error}", paired.error);
}

#[test]
fn every_part_has_a_word_of_its_own_that_leads_back_to_it() {
    let all = Part::all();
    assert_eq!(all.len(), Mechanism::ALL.len() + 2);
    for part in all {
        assert_eq!(Part::named(&part.word()), Some(part), "{}", part.word());
    }
    let help = winset(&["run", "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(Part::all().into_iter().all(|part| help.contains(&part.word())), "{help}");
}

#[test]
fn parts_left_out_are_named_and_unknown_ones_are_met_with_what_was_meant() {
    let page = winset(&["run", "istanbul-2025", "--runs", "100", "--without", "events,claims"]);
    assert!(page.out.contains("Left out, draws unchanged: `claims` and `events`."), "{}", page.out);
    let told = winset(&["run", "istanbul-2025", "--runs", "100", "--without", "events,claims", "--json"]);
    assert_eq!(crate::cli_support::document(&told.out)["asked"]["without"], serde_json::json!(["claims", "events"]));
    let wrong = winset(&["trace", "istanbul-2025", "--without", "evnts,claim"]);
    assert_eq!(wrong.status, 2);
    for text in ["unknown part `evnts`", "did you mean `events`?", "did you mean `claims`?"] {
        assert!(wrong.err.contains(text), "{text}: {}", wrong.err);
    }
    let silent = winset(&["run", "linkage", "--without", "events"]);
    assert!(silent.status == 2 && silent.err.contains("the scenario has none"), "{}", silent.err);
}

#[test]
fn a_number_below_nought_is_called_one_and_what_is_said_twice_is_refused() {
    for (words, found) in [
        (&["trace", "istanbul-2025", "--run", "-1"][..], "`--run -1` is not a whole number from 0"),
        (&["solve", "istanbul-2025", "--world", "-1"], "`--world -1` is neither `mode` nor the number of a run"),
        (
            &["run", "istanbul-2025", "--variant", "kyiv-frames=on", "--variant", "kyiv-frames=off"],
            "variant `kyiv-frames` is switched twice",
        ),
        (
            &["run", "istanbul-2025", "--set", "claims.result.worth=0", "--set", "claims.result.worth=1"],
            "`claims.result.worth` is set twice",
        ),
    ] {
        let asked = winset(words);
        assert_eq!(asked.status, 2, "{words:?}");
        assert!(asked.err.contains(found), "{words:?}: {}", asked.err);
    }
}

#[test]
fn one_world_is_told_in_the_singular() {
    for scenario in ["labour-dispute", "istanbul-2025"] {
        let page = winset(&["run", scenario, "--runs", "1", "--show", "all"]).out;
        assert!(page.contains("1 world") && !page.contains(" 1 worlds") && !page.contains(" 1 runs"), "{page}");
    }
}

#[test]
fn a_folder_of_talks_holds_their_sheets_and_pictures_and_can_be_replaced() {
    let folder = Folder::new("talks");
    let out = folder.path("results");
    let ask = |more: &[&str]| {
        let words = ["run", "istanbul-2025", "--runs", "200", "--out", &out];
        let asked = winset(&[&words[..], more].concat());
        assert_eq!(asked.status, 0, "{}", asked.err);
    };
    ask(&[]);
    let names = folder.files("results");
    let drawn = ["gap.svg", "endings.svg", "dance.svg", "concessions.svg", "beliefs.svg", "states.svg"];
    for name in ["endings.csv", "agreed.csv", "blocked.csv", "endings.data.csv"].iter().chain(&drawn) {
        assert!(names.iter().any(|n| n == name), "{name} is missing: {names:?}");
    }
    let endings = fs::read_to_string(format!("{out}/endings.csv")).expect("it is there");
    // Its head, and every ending over all runs, where one exists, in three readings and under six intents, weighed and as drawn.
    assert_eq!(endings.lines().count(), 1 + Ending::ALL.len() * (2 + 3 + 6 + 6));
    ask(&["--force"]);
}

#[test]
fn courses_do_not_depend_on_threads() {
    let n = istanbul();
    let mut asked = settings(&n, 600, false);
    let (two, one) = (courses(&n, &asked), {
        asked.drawing.threads = Some(1);
        courses(&n, &asked)
    });
    let (two, one) = (two.expect("it has talks"), one.expect("it has talks"));
    assert_eq!(one, two);
    for band in one.asked.iter().chain(&one.states).flatten() {
        assert!(band.count > 0 && band.deciles.is_sorted(), "{band:?}");
    }
}

#[test]
fn the_labour_dispute_is_told_without_a_word_of_war() {
    let mut told = winset(&["run", "labour-dispute", "--runs", "300", "--show", "all"]).out;
    told += &winset(&["ablations", "labour-dispute", "--runs", "100"]).out;
    for run in 0..12 {
        told += &winset(&["trace", "labour-dispute", "--full", "--run", &run.to_string()]).out;
    }
    assert!(told.contains("Conciliator") && told.contains("The end in round"));
    let words = told.to_lowercase();
    let of_war = ["war", "wars", "gun", "guns", "front", "army", "ceasefire", "truce", "peace", "troops", "fighting"];
    for word in words.split(|c: char| !c.is_alphabetic()) {
        assert!(!of_war.contains(&word), "{word}");
    }
}

#[test]
fn a_run_compiles_its_space_once_and_draws_each_world_once() {
    let folder = Folder::new("effort");
    let work = |words: &[&str], log: &str| -> Value {
        let asked = folder.winset(words);
        assert_eq!(asked.status, 0, "{}", asked.err);
        let log = fs::read_to_string(folder.path(log)).expect("it was written");
        serde_json::from_str::<Value>(&log).expect("it is JSON")["work"].clone()
    };
    let once = work(&["run", "istanbul-2025", "--runs", "600", "--out", "out"], "out/log.json");
    // The first 256 runs are played beforehand as well, to see how far the states go.
    assert_eq!(once, json!({ "spaces_compiled": 1, "worlds_drawn": 600, "worlds_filled": 600 + 256 }));
    // The second of two files counts what the first took as well, with all that was done to write its rows.
    let words = ["run", "labour-dispute", "istanbul-2025", "--runs", "600", "--record", "--out", "both"];
    let both = work(&words, "both/istanbul-2025/log.json");
    assert_eq!(both, json!({ "spaces_compiled": 2, "worlds_drawn": 1_200, "worlds_filled": 2 * (600 + 256) }));
    for of in ["labour-dispute", "istanbul-2025"] {
        let rows = fs::read_to_string(folder.path(&format!("both/{of}/runs.csv"))).expect("it was written");
        let numbers = rows.lines().skip(1).map(|row| row.split(',').next().expect("a row begins with its run"));
        assert!(numbers.eq((0..600).map(|run| run.to_string())), "every run of {of} has a row, in order");
    }
}
