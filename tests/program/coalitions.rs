//! What the pages and the JSON say where not all must agree, and that they say nothing of it where all must.

use crate::cli_support::{Folder, answer, winset};

/// Money for a and b, for c, or for nobody: 2 of 3 suffice, a among them.
const TWO_AGAINST_ONE: &str = r#"
title = "Two against one"
question = "Whose is the money?"
horizon = 8
actors.a = { role = "party" }
actors.b = { role = "party" }
actors.c = { role = "party" }
audiences.public = { of = "c", veto = true, defeat_below = 0.5 }
no_deal = { a = { base = 1 }, b = { base = 1 }, c = { base = 1 } }
[issues.money]
options = ["none", "ours", "all", "theirs"]
[issues.money.views]
a = { weight = 4, none = 0, ours = 1, all = 0.5, theirs = 0 }
b = { weight = 4, none = 0, ours = 0.5, all = 0.5, theirs = 0 }
c = { weight = 4, none = 0, ours = 0, all = 0.5, theirs = 1 }
public = { weight = 4, none = 0, ours = 0, all = 0.5, theirs = 1 }
[packages.split]
picks = { money = "ours" }
[talks]
agree = { at_least = 2, with = ["a"] }
[intents.a.x]
moves = { offer = 1 }
tactic = { kind = "polynomial", over = 4 }
[intents.b.x]
moves = { hold = 1 }
tactic = { kind = "polynomial", over = 4 }
[intents.c.x]
moves = { hold = 1 }
tactic = { kind = "polynomial", over = 4 }
"#;

const OUTSIDE: &str = "It takes the consent of 2 of 3 parties, a among them. Of the packages that would do, 50.0 % are a defeat or \
                       worse than no deal for somebody outside.";

/// A text without its line breaks.
fn flat(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_pages_say_in_one_line_what_becomes_of_those_outside_and_only_where_there_are_any() {
    let folder = Folder::new("coalitions");
    let (two, all) = (folder.path("two.toml"), folder.path("all.toml"));
    std::fs::write(&two, TWO_AGAINST_ONE).expect("it can be written");
    let unanimous = TWO_AGAINST_ONE.replace("{ at_least = 2, with = [\"a\"] }", "\"all\"");
    std::fs::write(&all, unanimous).expect("it can be written");
    let shown = |words: &[&str]| {
        let asked = winset(words);
        assert_eq!(asked.status, 0, "{}", asked.err);
        asked.out
    };
    for words in
        [&["solve"][..], &["solve", "--show", "all"], &["run", "--runs", "8"], &["run", "--runs", "8", "--show", "all"]]
    {
        let of = |file: &str| flat(&shown(&[words, &[file]].concat()));
        assert_eq!(of(&two).matches(OUTSIDE).count(), 1, "{words:?}: {}", of(&two));
        assert!(!of(&all).contains("outside") && !of(&all).contains("whose consent"), "{words:?}: {}", of(&all));
    }
    let (solved, one) = (answer(&shown(&["solve", &two, "--json"])), answer(&shown(&["solve", &all, "--json"])));
    let counts = ["rational", "no_defeat", "would_do", "would_do_for_everybody"].map(|key| &solved["packages"][key]);
    assert_eq!(counts.map(serde_json::Value::as_u64), [Some(2), Some(4), Some(2), Some(1)]);
    assert_eq!(solved["packages"]["share_failing_outside"], 0.5);
    assert_eq!(solved["named"]["split"]["would_do"], true);
    assert_eq!(
        solved["named"]["split"]["against"].as_array().map(Vec::len),
        Some(2),
        "c refuses, and it is a defeat for c"
    );
    assert_eq!((&one["packages"]["would_do"], &one["named"]["split"]["would_do"]), (&1.into(), &false.into()));
    assert!(one["packages"].get("would_do_for_everybody").is_none());
    let run = |file: &str| answer(&shown(&["run", file, "--runs", "8", "--json"]));
    let outside = &run(&two)["outside"];
    assert_eq!((&outside["would_do"], &outside["failing"], &outside["share"]), (&16.into(), &8.into(), &0.5.into()));
    assert_eq!(outside["exists_for_everybody"]["count"], 8);
    assert!(run(&all).get("outside").is_none());
}
