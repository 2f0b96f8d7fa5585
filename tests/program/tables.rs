//! Payoff tables on the command line: written in the other format and read again, in a folder with its picture, as data.

use crate::cli_support::{Folder, answer, winset, winset_with_input};

const CHICKEN: &[u8] = b",swerve,straight\nswerve,0;0,-1;1\nstraight,1;-1,-10;-10\n";

#[test]
fn a_table_is_the_same_game_in_either_format() {
    let folder = Folder::new("tables-formats");
    let [nfg, csv] = ["chicken.nfg", "again.csv"].map(|name| folder.path(name));
    let asked = winset_with_input(&["game", "-", "--to", &nfg, "--json"], CHICKEN);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let one = answer(&asked.out);
    let other = winset(&["game", &nfg, "--to", &csv, "--json"]);
    assert_eq!(answer(&other.out), one);
    let back = winset(&["game", &csv, "--json"]);
    assert_eq!(answer(&back.out)["equilibria"], one["equilibria"]);
    // Sorted, and in words: no float stands for a fraction.
    let mixed =
        serde_json::json!({ "row": ["9/10", "1/10"], "column": ["9/10", "1/10"], "payoffs": ["-1/10", "-1/10"] });
    let equilibria = one["equilibria"].as_array().expect("two play");
    assert!(equilibria.len() == 3 && equilibria[1] == mixed, "{equilibria:?}");
    assert_eq!([&one["pure"], &one["dominated"]].map(|list| list.as_array().map(Vec::len)), [Some(2), Some(0)]);
    assert!(one["stopped"].is_null());
}

#[test]
fn a_folder_of_a_table_holds_its_picture_and_can_be_replaced() {
    let folder = Folder::new("tables-folder");
    let place = folder.path("out");
    for theme in ["light", "dark"] {
        let asked = winset_with_input(&["game", "-", "--out", &place, "--force", "--theme", theme], CHICKEN);
        assert_eq!(asked.status, 0, "{}", asked.err);
    }
    let svg = std::fs::read_to_string(format!("{place}/payoffs.svg")).expect("it is drawn");
    assert!(svg.contains("3 extreme equilibria, 2 of them in pure strategies") && svg.contains("paid to row player"));
    let table = std::fs::read_to_string(format!("{place}/payoffs.data.csv")).expect("a table stands behind it");
    assert!(table.contains("straight") && table.contains("−10"), "{table}");
}

#[test]
fn what_is_too_large_for_mixed_equilibria_is_said_and_is_no_failure() {
    let heads: Vec<String> = (0..40).map(|j| format!("c{j}")).collect();
    let row =
        |i: usize| (0..40).map(|j| format!("{};{}", (i * 7 + j) % 11, (i + j * 5) % 13)).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", heads.join(","), (0..40).map(row).collect::<Vec<_>>().join("\n"));
    let asked = winset_with_input(&["game", "-"], text.as_bytes());
    let said = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        asked.status == 0 && said.contains("40 strategies of one player: mixed equilibria are found for 12 at most"),
        "{said}"
    );
    assert!(answer(&winset_with_input(&["game", "-", "--json"], text.as_bytes()).out)["equilibria"].is_null());
}

#[test]
fn a_folder_of_a_game_over_intents_holds_its_pictures_and_what_was_asked() {
    let folder = Folder::new("tables-intents");
    let place = folder.path("out");
    for theme in ["light", "dark"] {
        let asked = ["game", "chicken", "--runs", "50", "--resamples", "20", "--out", &place, "--force", "--json"];
        let asked = winset(&[&asked[..], &["--theme", theme]].concat());
        assert_eq!(asked.status, 0, "{}", asked.err);
        let document: serde_json::Value = serde_json::from_str(&asked.out).expect("it is one document");
        assert_eq!((&document["asked"]["runs"], &document["asked"]["resamples"]), (&50.into(), &20.into()));
    }
    for name in ["payoffs.svg", "errs.svg", "regrets.svg", "cells.csv"] {
        assert!(std::path::Path::new(&format!("{place}/{name}")).is_file(), "{name}");
    }
}
