//! Names in scripts that the font of the pictures has, and in those that it lacks.
#![cfg(feature = "png")]

use std::fs;

use crate::cli_support::{Asked, Folder};

/// The bus strike with the name of an issue in another script, run with its pictures.
fn drawn(folder: &Folder, name: &str, more: &[&str]) -> Asked {
    let strike = include_str!("../../scenarios/textbook/labour-dispute.toml");
    fs::write(folder.path("strike.toml"), strike.replace("Who draws up the roster", name)).expect("a fresh file");
    folder.winset(&[&["run", "strike.toml", "--runs", "60", "--out", "drawn", "--force"], more].concat())
}

#[test]
fn a_name_that_no_font_has_is_noticed_with_its_characters() {
    let folder = Folder::new("fonts-missing");
    let asked = drawn(&folder, "谁排班", &[]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.err.contains("note: no font has `排`, `班`, `谁`:"), "{}", asked.err);
    assert!(asked.err.contains("= hint: `--font FILE`"), "{}", asked.err);
}

#[test]
fn names_in_scripts_that_are_embedded_are_not_noticed() {
    let folder = Folder::new("fonts-embedded");
    for name in [
        "Ai lập lịch trực, và bằng cách nào",
        "ვინ ადგენს გრაფიკს",
        "מי קובע את הסידור",
        "من يضع الجدول",
        "Ով է կազմում",
    ] {
        let asked = drawn(&folder, name, &[]);
        assert_eq!((asked.status, asked.err.contains("no font has")), (0, false), "{name}: {}", asked.err);
    }
}

#[test]
fn a_font_is_added_or_refused_by_name() {
    let folder = Folder::new("fonts-added");
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/DejaVuSans.ttf");
    assert_eq!(drawn(&folder, "Who draws up the roster", &["--font", font]).status, 0);
    for (file, why) in
        [("strike.toml", "this is no font"), (".", "it is no regular file"), ("nowhere.ttf", "No such file")]
    {
        let asked = drawn(&folder, "Who draws up the roster", &["--font", file]);
        assert_eq!(asked.status, 2);
        let said = format!("error: the font `{file}` cannot be used: {why}");
        assert!(asked.err.contains(&said), "{}", asked.err);
    }
}
