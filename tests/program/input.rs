//! What the program makes of words, files and names that are not as they should be.

use crate::cli_support::{Folder, winset, winset_with_input};

/// Two parties in the plural, one intent without a name, a court that ratifies.
const GREENS: &str = r#"
title = "Coalition"
horizon = 12
[actors]
greens  = { role = "party", name = "The Greens", plural = true }
farmers = { role = "party", name = "The Farmers", plural = true }
[audiences]
members = { of = "greens", name = "The members", plural = true, veto = true, defeat_below = [-4, 2], victory_from = 8, ballot_noise = 2 }
[issues.water]
now = "0"
options = { from = 0, to = 10, step = 1, }
views.greens  = { weight = 10, 10 = 1 }
views.farmers = { weight = 10, 10 = -1 }
views.members = { weight = 8, 10 = 1 }
[issues.price]
now = "0"
options = { from = 0, to = 10, step = 1 }
views.greens  = { weight = 6, 10 = -1 }
views.farmers = { weight = 12, 10 = 1 }
views.members = { weight = 3, 10 = -1 }
[conflict]
until = 12
[talks]
deadline = 13
[intents.greens.deal]
moves = { offer = 1, token = 0.5, hold = 0.3 }
[intents.farmers]
serious = { name = "mean it", moves = { offer = 1, talk = 0.5, ultimatum = 0.1 } }
stall   = { moves = { offer = 0.4, talk = 1, hold = 1, walk-out = 0.1 } }
[no_deal]
greens  = { base = -4, cost = 0.2 }
farmers = { base = -4, cost = 0.2 }
"#;

#[test]
fn words_agree_with_names_in_the_plural_and_an_intent_without_a_name_is_no_verb() {
    let mut said = String::new();
    for run in ["0", "1", "2", "3", "4", "5"] {
        let asked = winset_with_input(&["trace", "-", "--full", "--run", run], GREENS.as_bytes());
        let asked =
            if asked.status == 0 { asked } else { winset_with_input(&["trace", "-", "--run", run], GREENS.as_bytes()) };
        assert_eq!(asked.status, 0, "{}", asked.err);
        said += &asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    assert!(said.contains("The Greens have the intent `deal`") && said.contains("mean it"), "{said}");
    for (place, name) in ["The Greens ", "The Farmers ", "The members "].iter().flat_map(|n| said.match_indices(n)) {
        let verb = said[place + name.len()..].split([' ', '.', ',']).next().expect("something follows");
        assert!(!verb.ends_with('s') || verb.ends_with("ss"), "{name}{verb}");
    }
}

#[test]
fn help_is_given_as_it_is_asked_for() {
    let [flag, word] = [&["--help"][..], &["help"]].map(winset);
    assert_eq!((word.status, &word.out), (0, &flag.out));
    let run = winset(&["help", "run"]);
    assert!(run.status == 0 && run.out.contains("Usage: winset run"), "{}", run.err);
}

#[test]
fn a_word_in_a_wrong_place_is_told_where_it_belongs() {
    let hints: [(&[&str], &str); 8] = [
        (&["run", "istanbul"], "did you mean `istanbul-2025`?"),
        (&["run", "dispute"], "did you mean `labour-dispute`?"),
        (&["run", "istanbul-analysts"], "it is a plan: `winset batch istanbul-analysts --dry-run`"),
        (&["batch", "istanbul-2025"], "it is a scenario: `winset run istanbul-2025`"),
        (&["istanbul-2025"], "`winset run istanbul-2025`"),
        (&["run", "istanbul-2025", "--reading", "past"], "did you mean `pastukhov`?"),
        (&["check", "scenarios/batches/istanbul-analysts.toml"], "winset batch FILE"),
        (&["batch", "scenarios/talks/istanbul-2025.toml", "--dry-run"], "winset run FILE"),
    ];
    for (words, hint) in hints {
        let asked = winset(words);
        assert_eq!(asked.status, 2, "{words:?}");
        assert!(asked.err.contains(hint) && asked.err.matches("error:").count() == 1, "{words:?}: {}", asked.err);
    }
}

#[test]
fn the_list_tells_talks_and_plans() {
    let list = winset(&["list"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(list.contains("the form it is given? It has talks: `winset trace` tells one run."), "{list}");
    assert!(!list.contains("which the other side must lose, it has. It has talks"), "{list}");
    assert!(list.contains("istanbul-analysts") && list.contains("winset batch NAME --dry-run"), "{list}");
}

#[test]
fn the_minus_that_is_printed_is_read_and_other_signs_are_named() {
    let path = "no_deal.greens.base";
    let solve = |value: &str| {
        winset_with_input(&["solve", "-", "--json", "--set", &format!("{path}={value}")], GREENS.as_bytes())
    };
    let plain = |asked: crate::cli_support::Asked| asked.out.replace('−', "-");
    assert_eq!(plain(solve("−12.5")), plain(solve("-12.5")));
    assert_eq!(solve("[−12, −5]").status, 0);
    for (value, hint) in [("1,5", "write 1.5"), ("–3", "(U+2013)"), ("[-5,5, 5]", "[-5.5, 5]"), ("1;", "write 1")] {
        let asked = solve(value);
        assert_eq!(asked.status, 2, "{value}");
        assert!(asked.err.contains(hint), "{value}: {}", asked.err);
    }
    let vary = |stretch: &str| {
        winset(&["run", "labour-dispute", "--runs", "10", "--vary", &format!("no_deal.union.base={stretch}")])
    };
    assert_eq!(vary("−12:-3:2").out, vary("-12:-3:2").out);
    assert!(vary("1,5:3:2").err.contains("write 1.5"), "{}", vary("1,5:3:2").err);
}

#[test]
fn a_table_with_semicolons_or_decimal_commas_is_told_so() {
    let folder = Folder::new("semicolons");
    let plan =
        "title = \"T\"\nscenarios = [\"labour-dispute\"]\nruns = 5\n[design]\nkind = \"table\"\ntable = \"t.csv\"\n";
    std::fs::write(folder.path("p.toml"), plan).expect("it can be written");
    let path = "audiences.drivers.loss_aversion";
    for (table, said) in [
        (format!("{path};issues.pay.views.firm.weight\n1;60\n"), "separated by `;`"),
        (format!("{path}\tissues.pay.views.firm.weight\n1\t60\n"), "separated by"),
        (format!("{path}\n\"1,5\"\n"), "it needs a decimal point"),
    ] {
        std::fs::write(folder.path("t.csv"), table).expect("it can be written");
        let asked = folder.winset(&["batch", "p.toml", "--dry-run"]);
        assert!(
            asked.status == 2 && asked.err.contains(said) && asked.err.contains("hint: save it as CSV"),
            "{}",
            asked.err
        );
    }
}

/// A character that would move the cursor, colour the terminal or turn the writing.
fn acts(c: char) -> bool {
    c != '\n' && winset::visible::acts(c)
}

#[test]
fn nothing_from_a_file_or_a_folder_steers_the_terminal_and_json_keeps_it() {
    let evil = "A\u{1b}[31m\u{202e}\u{9b}1m\u{61c}\u{2066}\u{7f}";
    let quoted =
        evil.chars().map(|c| if c.is_ascii_control() { format!("\\u{:04X}", c as u32) } else { c.to_string() });
    let name: String = quoted.collect();
    let text = GREENS
        .replace("\"Coalition\"", &format!("\"{name}\""))
        .replace("The Greens", &name)
        .replace("The members", &name);
    let folder = Folder::new("steering");
    let file = "f\u{1b}[31m\u{202e}.toml".to_owned();
    std::fs::write(folder.path(&file), &text).expect("it can be written");
    let out = "o\u{1b}[2J\u{2067}".to_owned();
    let verbs: [&[&str]; 8] = [
        &["check", &file],
        &["solve", &file],
        &["trace", &file],
        &["verdict", &file, "--package", "water=3"],
        &["run", &file, "--runs", "20", "--out", &out],
        &["run", &file, "--runs", "20"],
        &["run", &out],
        &["run", "nothing\u{1b}[0m\u{202e}"],
    ];
    for words in verbs {
        let asked = folder.winset(words);
        assert!(!asked.out.contains(acts) && !asked.err.contains(acts), "{words:?}: {:?} {:?}", asked.out, asked.err);
    }
    let json = folder.winset(&["solve", &file, "--json"]).out;
    assert!(!json.contains(acts) && json.contains("\\u202e"), "{json}");
    let data: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(data.to_string().contains('\u{202e}'), "the data are as they were");
    for picture in
        folder.files(&out).iter().filter(|name| std::path::Path::new(name).extension().is_some_and(|e| e == "svg"))
    {
        let svg = std::fs::read_to_string(folder.path(&format!("{out}/{picture}"))).expect("it is text");
        assert!(!svg.contains(acts), "{picture}");
    }
}
