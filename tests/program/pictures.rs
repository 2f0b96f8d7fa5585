//! The data of pictures: all numbers are those of the answer, and a folder holds them as JSON and as tables.

use std::fs;

use crate::cli_support::{Folder, winset};
use serde_json::Value;

const ASKED: [&str; 4] = ["run", "istanbul-2025", "--runs", "200"];

fn answer() -> Value {
    let asked = winset(&[&ASKED[..], &["--json", "--with", "figures"]].concat());
    assert_eq!(asked.status, 0, "{}", asked.err);
    let document: Value = serde_json::from_str(&asked.out).expect("what --json prints is JSON");
    document["answer"].clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The data of the picture of this name.
fn figure<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let found = list(&answer["figures"]).iter().find(|figure| figure["name"] == name);
    &found.unwrap_or_else(|| panic!("there is no {name}"))["data"]
}

/// A share of the answer as pictures hold it.
fn share(of: &Value) -> [&Value; 3] {
    [&of["share"], &of["low"], &of["high"]]
}

fn drawn(of: &Value) -> [&Value; 3] {
    [&of["estimate"], &of["low"], &of["high"]]
}

fn per_cent(of: &Value) -> f64 {
    100.0 * of.as_f64().expect("a number")
}

#[test]
fn the_shares_that_pictures_show_are_those_of_the_answer() {
    let answer = answer();
    let rows = list(&figure(&answer, "gap")["rows"]);
    assert_eq!(drawn(&rows[0]["exists"]), share(&answer["exists"]));
    assert_eq!(drawn(&rows[0]["same"]), share(&answer["same_package"]));
    assert_eq!(drawn(&rows[0]["reached"]), share(&answer["reached"]));
    for (row, reading) in rows[1..].iter().zip(list(&answer["readings"])) {
        assert_eq!(drawn(&row["exists"]), share(&reading["exists"]), "{reading}");
    }
    let packages = list(&figure(&answer, "leading-packages")["packages"]);
    assert!(packages.len() >= list(&answer["packages"]).len());
    for (shown, package) in packages.iter().zip(list(&answer["packages"])) {
        assert_eq!(drawn(&shown["no_defeat"]), share(&package["no_defeat"]));
        assert_eq!(drawn(&shown["rational_and_available"]), share(&package["would_do"]));
    }
}

#[test]
fn the_endings_that_pictures_show_are_those_of_the_answer() {
    let answer = answer();
    let endings = figure(&answer, "endings");
    let shares = list(&endings["panels"][0]["shares"]);
    let mut told: Vec<[&Value; 3]> = answer["endings"].as_object().expect("endings").values().map(share).collect();
    told.retain(|[share, ..]| **share != 0.0);
    assert_eq!(shares.len(), told.len());
    assert!(shares.iter().all(|one| told.contains(&drawn(one))), "{shares:?} {told:?}");
    let survival = figure(&answer, "survival");
    for curve in ["reached", "signed"].into_iter().filter(|curve| !list(&survival[*curve]).is_empty()) {
        assert_eq!(survival[curve], answer["survival"][curve]["curve"]);
    }
}

#[test]
fn the_margins_that_pictures_show_are_those_of_the_answer() {
    let answer = answer();
    let readings = list(&figure(&answer, "margin")["readings"]);
    let told = [&answer["margin"]].into_iter().chain(list(&answer["readings"]).iter().map(|r| &r["margin"]));
    assert_eq!(readings.len(), 1 + list(&answer["readings"]).len());
    for (shown, margin) in readings.iter().zip(told) {
        let quantiles = ["p05", "p50", "p95"].map(|q| per_cent(&margin[q]));
        assert_eq!(shown["quantiles"], serde_json::json!(quantiles));
        assert_eq!((&shown["none"], &shown["unbounded"]), (&margin["none"], &margin["unbounded"]));
    }
    let changes = list(&figure(&answer, "tornado")["contributions"]);
    let told = list(&answer["options"]).iter().filter_map(|o| o["margin_change"].as_f64());
    let told: Vec<f64> = told.map(|change| 100.0 * change).collect();
    assert!(!changes.is_empty());
    for change in changes {
        let shown = change["change"].as_f64().expect("a number");
        // What is read back from JSON may differ in the last digit.
        assert!(told.iter().any(|told| (told - shown).abs() < 1e-9), "{change}");
    }
}

#[test]
fn a_folder_holds_the_data_of_its_pictures_and_a_table_behind_each() {
    let folder = Folder::new("pictures");
    let asked = folder.winset(&[&ASKED[..], &["--out", "o"]].concat());
    assert_eq!(asked.status, 0, "{}", asked.err);
    let data = fs::read_to_string(folder.path("o/pictures.json")).expect("the data is there");
    let data: Value = serde_json::from_str(&data).expect("it is JSON");
    let names = folder.files("o");
    for picture in list(&data) {
        let name = picture["name"].as_str().expect("a name");
        for end in ["svg", "data.csv"] {
            assert!(names.contains(&format!("{name}.{end}")), "{name}.{end} is missing: {names:?}");
        }
    }
    assert_eq!(
        list(&data).len(),
        names.iter().filter(|name| std::path::Path::new(name).extension().is_some_and(|e| e == "svg")).count()
    );
    let gap = fs::read_to_string(folder.path("o/gap.data.csv")).expect("the table is there");
    let exists = &list(&data)[0]["data"]["rows"][0]["exists"]["estimate"];
    assert!(gap.contains(&exists.to_string()), "{gap}");
    let again = folder.winset(&[&ASKED[..], &["--out", "o", "--force"]].concat());
    assert_eq!(again.status, 0, "{}", again.err);
}
