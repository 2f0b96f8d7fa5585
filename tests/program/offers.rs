//! `winset offers` as a reader of its JSON and of its folders meets it.

use serde_json::{Value, json};

use crate::cli_support::{Folder, answer, document, winset, winset_with_input};

/// Five ways to cut a cake. With four rounds a boulware (e = 2) and a linear party go as `tests/library/offers.rs` works out.
const CAKE: &str = r#"
title = "A cake"
[actors]
a = { role = "party" }
b = { role = "party" }
[issues.cake]
options = ["none", "third", "half", "most", "all"]
views.a = { weight = 1, values = [0, 0.3, 0.5, 0.8, 1] }
views.b = { weight = 1, values = [1, 0.9, 0.6, 0.35, 0] }
[no_deal.a]
base = 0.1
"#;

fn cake(words: &[&str]) -> Value {
    let asked = winset_with_input(&[&["offers", "-", "--json"], words].concat(), CAKE.as_bytes());
    assert_eq!(asked.status, 0, "{}", asked.err);
    answer(&asked.out)
}

#[test]
fn every_offer_and_what_was_agreed_stand_in_the_json() {
    let told = cake(&["--tactics", "boulware=2,linear", "--rounds", "4"]);
    let offer = |round: u32, party: &str, cake: &str, utility: f64| json!({ "round": round, "party": party, "package": { "cake": cake }, "utility": utility });
    let mut offers = told["offers"].as_array().expect("a list").clone();
    offers.iter_mut().for_each(|offer| drop(offer.as_object_mut().expect("an object").remove("threshold")));
    let by_hand = [
        offer(0, "a", "all", 1.0),
        offer(0, "b", "third", 0.9),
        offer(1, "a", "all", 1.0),
        offer(1, "b", "half", 0.6),
        offer(2, "a", "most", 0.8),
        offer(2, "b", "half", 0.6),
    ];
    assert_eq!(offers, by_hand);
    let agreement = json!({
        "package": { "cake": "half" }, "utility": { "a": 0.5, "b": 0.6 }, "discounted": { "a": 0.5, "b": 0.6 }, "round": 3,
        "offered_by": "b", "accepted_last_by": "a",
    });
    assert_eq!((&told["agreement"], &told["ended"]), (&agreement, &json!("agreement")));
    let none = cake(&["--tactics", "hardliner", "--rounds", "4"]);
    assert_eq!((&none["agreement"], &none["ended"]), (&Value::Null, &json!("deadline")));
    // Where 100 points make a utility of 1, a hundredth of a point is what thresholds lie lower.
    let lower = cake(&["--tactics", "boulware=2,linear", "--rounds", "4", "--unit", "100"]);
    let asked = lower["offers"][1]["threshold"].as_f64().expect("a number");
    assert!((asked - 0.79).abs() < 1e-9, "{asked}");
}

#[test]
fn sessions_and_tournaments_are_the_same_on_any_number_of_threads() {
    let many = |threads| cake(&["--tactics", "linear,tit-for-tat", "--repeat", "3000", "--threads", threads]);
    assert_eq!(many("1"), many("3"));
    assert_eq!(many("1")["repeated"]["sessions"], 3000);
    let held = |threads| {
        let words = ["offers", "labour-dispute", "log-rolling", "--tournament", "--json", "--rounds", "30"];
        let asked = winset(&[&words[..], &["--tactics", "boulware,linear,tit-for-tat", "--threads", threads]].concat());
        assert_eq!(asked.status, 0, "{}", asked.err);
        document(&asked.out)
    };
    let one = held("1");
    assert_eq!(one["answer"], held("2")["answer"]);
    assert_eq!(one["scenario"], json!(["labour-dispute", "log-rolling"]));
    assert_eq!(one["answer"]["pairs"].as_array().map(Vec::len), Some(9));
    // 3² seatings, two who begin, two files, two seats: 72 outcomes, of which each of three tactics has a third.
    assert_eq!(one["answer"]["tactics"][0]["sessions"], 3 * 3 * 2 * 2 * 2 / 3);
}

#[test]
fn a_folder_holds_every_offer_as_a_row() {
    let folder = Folder::new("offers");
    let asked = folder.winset(&["offers", "labour-dispute", "--tactics", "linear", "--out", "o"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let csv = std::fs::read_to_string(folder.path("o/offers.csv")).expect("it is written");
    let offers = answer(&std::fs::read_to_string(folder.path("o/summary.json")).expect("it is written"))["offers"]
        .as_array()
        .map(Vec::len);
    assert_eq!(Some(csv.lines().count() - 1), offers);
    assert!(csv.starts_with("round,party,threshold,utility_"), "{csv}");
}
