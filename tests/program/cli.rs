//! The command line, asked as anybody would ask it.

use std::fs;
use std::process::Stdio;

use crate::cli_support::{Asked, Folder, winset, winset_with_input};
use serde_json::Value;

const SMALL: [&str; 4] = ["run", "labour-dispute", "--runs", "600"];

fn small(more: &[&str]) -> Asked {
    winset(&[&SMALL, more].concat())
}

fn json(asked: &Asked) -> Value {
    crate::cli_support::answer(&asked.out)
}

#[test]
fn every_verb_has_help_with_an_example() {
    for verb in [
        "run",
        "offers",
        "solve",
        "ablations",
        "trace",
        "verdict",
        "explain",
        "import",
        "export",
        "handout",
        "class",
        "check",
        "schema",
        "new",
        "list",
        "completions",
    ] {
        let help = winset(&[verb, "--help"]);
        assert_eq!(help.status, 0, "{verb}");
        assert!(help.out.contains("Example") && help.out.contains(&format!("winset {verb}")), "{verb}: {}", help.out);
        assert!(help.out.lines().all(|line| line.chars().count() <= 100), "{verb}");
    }
    assert!(winset(&["--help"]).out.contains("Status: 0 answered"));
    assert!(winset(&["--version"]).out.starts_with("winset 0."));
}

#[test]
fn a_page_has_no_line_over_80_columns_unless_a_command_is_longer() {
    let page = small(&["--show", "all"]);
    assert_eq!((page.status, page.err.contains("error")), (0, false));
    let long: Vec<&str> = page.out.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(page.out.contains("in this model, under these ranges"));
    assert!(page.out.contains("It is reached"));
}

#[test]
fn the_json_of_a_run_has_the_promised_shape_and_its_counts_agree() {
    let document = crate::cli_support::document(&small(&["--json", "--seed", "3"]).out);
    let asked = &document["asked"];
    assert_eq!((&document["verb"], &document["scenario"]), (&Value::from("run"), &Value::from("labour-dispute")));
    assert_eq!((&asked["runs"], &document["seed"]), (&Value::from(600), &Value::from(3)));
    let answer = &document["answer"];
    let exists = &answer["exists"];
    let share = exists["count"].as_f64().expect("a count") / exists["of"].as_f64().expect("a count");
    assert_eq!(exists["share"].as_f64(), Some(share));
    assert!(exists["low"].as_f64() <= Some(share) && Some(share) <= exists["high"].as_f64());
    // Chosen on even runs, scored on the odd ones.
    assert_eq!(answer["same_package"]["of"], 300);
    for issue in ["pay", "roster", "jobs"] {
        assert!(answer["same_package"]["package"][issue].is_string());
        assert!(answer["packages"][0]["package"][issue].is_string());
    }
    for key in ["count", "share", "low", "high"] {
        assert!(answer["packages"][0]["no_defeat"][key].is_number(), "{key}");
    }
    for key in ["p05", "p50", "p95"] {
        assert!(answer["margin"][key].is_number(), "{key}");
    }
    assert!(answer["options"].as_array().is_some_and(|o| !o.is_empty()));
    assert!(answer["binding"].as_array().is_some_and(|b| !b.is_empty()));
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_any_threads_and_another_seed_others() {
    let one = small(&["--json", "--threads", "1"]);
    let three = small(&["--json", "--threads", "3"]);
    assert_eq!(one.out, three.out);
    assert_ne!(one.out, small(&["--json", "--seed", "2"]).out);
}

#[test]
fn a_number_set_from_outside_changes_the_answer_and_is_named_on_the_page() {
    let page = small(&["--set", "audiences.drivers.loss_aversion=9"]);
    assert!(page.out.contains("`audiences.drivers.loss_aversion` is set to 9"), "{}", page.out);
    let (before, after) =
        (json(&small(&["--json"])), json(&small(&["--json", "--set", "audiences.drivers.veto=false"])));
    assert!(after["margin"]["p50"].as_f64() > before["margin"]["p50"].as_f64());
}

#[test]
fn every_wrong_flag_is_named_with_what_would_be_accepted() {
    let wrong = small(&["--seed", "-3", "--defeat", "leaders", "--set", "claims.prices.wort=1", "--variant", "x=on"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (2, ""));
    let found = [
        "error: `--seed -3` is not a whole number from 0",
        "did you mean `leader`? the values are audience, leader, both, no-veto",
        "did you mean `claims.prices.worth`?",
        "unknown variant `x`",
        "the file has no variants",
    ];
    for text in found {
        assert!(wrong.err.contains(text), "{text} is not in {}", wrong.err);
    }
}

#[test]
fn wrong_verbs_flags_and_files_get_one_message_and_a_hint() {
    let cases: [(&[&str], &str, &str); 9] = [
        (&["rnu", "x"], "error: unknown verb `rnu`", "did you mean `run`?"),
        (&[], "error: no verb was given", "the verbs are run, solve"),
        (&["run"], "error: `<FILE>...` is missing", "winset run --help"),
        (&["run", "x", "--rnus", "3"], "error: unknown flag `--rnus`", "did you mean `--runs`?"),
        (&["run", "labor-dispute"], "error: no file `labor-dispute`", "did you mean `labour-dispute`?"),
        (
            &["run", "scenarios/textbook"],
            "error: `scenarios/textbook` is a directory",
            "it holds alternating-offers.toml",
        ),
        (
            &["run", "scenarios/textbook/linkag.toml"],
            "error: no file",
            "did you mean `scenarios/textbook/linkage.toml`?",
        ),
        (&["completions", "fsh"], "error: unknown shell `fsh`", "did you mean `fish`?"),
        (&["run", "istanbul-2025", "--reading", "stanovaia"], "error: unknown reading", "did you mean `stanovaya`?"),
    ];
    for (words, message, hint) in cases {
        let asked = winset(words);
        assert_eq!(asked.status, 2, "{words:?}");
        assert!(asked.err.contains(message) && asked.err.contains(hint), "{words:?}: {}", asked.err);
        assert_eq!(asked.err.matches("error:").count(), 1, "{}", asked.err);
        assert!(!asked.err.contains("panicked"));
    }
}

#[test]
fn a_scenario_may_come_from_standard_input() {
    let text = fs::read("scenarios/textbook/linkage.toml").expect("it is part of the repository");
    let asked = winset_with_input(&["run", "-", "--runs", "300", "--json"], &text);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert_eq!(json(&asked)["title"], "Fishing and transit");
    let empty = winset_with_input(&["check", "-"], b"");
    assert_eq!(empty.status, 2);
    assert!(empty.err.contains("the file is empty"), "{}", empty.err);
}

#[test]
fn a_closed_pipe_is_a_success() {
    for words in [&["schema"][..], &["list"], &["run", "labour-dispute", "--runs", "600"], &["run", "--help"]] {
        let mut child = crate::cli_support::command(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let done = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && !err.contains("panicked") && !err.contains("error"), "{words:?}: {err}");
    }
}

#[test]
fn a_folder_of_results_is_whole_and_only_its_log_may_differ() {
    let folder = Folder::new("whole");
    let (a, b) = (folder.path("a"), folder.path("b"));
    assert_eq!(small(&["--out", &a]).status, 0);
    assert_eq!(small(&["--out", &b, "--threads", "1"]).status, 0);
    let names = folder.files("a");
    for name in ["manifest.json", "log.json", "summary.json", "packages.csv", "options.csv", "unknowns.csv"] {
        assert!(names.contains(&name.to_owned()), "{name} is missing: {names:?}");
    }
    for name in names.iter().filter(|name| *name != "log.json") {
        assert_eq!(fs::read(format!("{a}/{name}")).ok(), fs::read(format!("{b}/{name}")).ok(), "{name}");
    }
    let manifest: Value =
        serde_json::from_slice(&fs::read(format!("{a}/manifest.json")).expect("it is there")).expect("JSON");
    assert_eq!((&manifest["seed"], &manifest["runs"]), (&Value::from(1), &Value::from(600)));
    assert_eq!(manifest["scenario"]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(folder.entries(), ["a", "b"], "nothing temporary is left");
}

#[test]
fn an_existing_folder_is_replaced_only_by_force_and_only_if_it_holds_results() {
    let folder = Folder::new("force");
    let results = folder.path("results");
    assert_eq!(small(&["--out", &results]).status, 0);
    let again = small(&["--out", &results]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("exists") && again.err.contains("--force"), "{}", again.err);
    assert_eq!(small(&["--out", &results, "--force", "--seed", "5"]).status, 0);
    let summary = fs::read_to_string(format!("{results}/summary.json")).expect("it is there");
    assert!(summary.contains("\"seed\": 5"));

    let precious = folder.path("precious");
    fs::create_dir(&precious).expect("a fresh folder");
    fs::write(format!("{precious}/letter.txt"), "keep me").expect("a fresh file");
    let refused = small(&["--out", &precious, "--force"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("holds `letter.txt`, which winset did not write"), "{}", refused.err);
    assert!(fs::exists(format!("{precious}/letter.txt")).is_ok_and(|there| there));
    assert_eq!(folder.entries(), ["precious", "results"]);
}

#[test]
fn a_place_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new("blocked");
    let file = folder.path("file");
    fs::write(&file, "no folder").expect("a fresh file");
    let asked = small(&["--out", &format!("{file}/results")]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("could not be written"), "{}", asked.err);
    assert_eq!(folder.entries(), ["file"]);
}

#[test]
fn several_files_give_a_line_or_a_folder_each() {
    let two = ["run", "linkage", "scenarios/textbook/split-the-pie.toml", "--runs", "300"];
    let lines = winset(&[&two[..], &["--json"]].concat());
    let titles: Vec<Value> = lines.out.lines().map(|l| crate::cli_support::answer(l)["title"].clone()).collect();
    assert_eq!(titles, ["Fishing and transit", "Splitting a pasture"]);
    let folder = Folder::new("several");
    let out = folder.path("results");
    let wrote = winset(&[&two[..], &["--out", &out]].concat());
    assert_eq!(wrote.status, 0, "{}", wrote.err);
    assert!(fs::exists(format!("{out}/linkage/summary.json")).is_ok_and(|there| there));
    assert!(fs::exists(format!("{out}/split-the-pie/summary.json")).is_ok_and(|there| there));
}

#[test]
fn if_one_of_several_files_is_wrong_none_is_run() {
    let folder = Folder::new("none");
    let out = folder.path("results");
    let asked = winset(&["run", "linkage", "no-such-thing", "--runs", "300", "--out", &out]);
    assert_eq!((asked.status, asked.out.as_str()), (2, ""));
    assert!(folder.entries().is_empty());
}

#[test]
fn the_starter_passes_check_without_warnings_and_is_never_overwritten() {
    let folder = Folder::new("starter");
    let made = folder.winset(&["new", "strike"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let checked = folder.winset(&["check", "strike.toml"]);
    assert_eq!(checked.status, 0, "{}", checked.out);
    assert!(!checked.out.contains("warning") && !checked.out.contains("fails"), "{}", checked.out);
    fs::write(folder.path("strike.toml"), "mine").expect("it is there");
    let again = folder.winset(&["new", "strike"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("the file `strike.toml` exists"), "{}", again.err);
    assert_eq!(fs::read_to_string(folder.path("strike.toml")).ok().as_deref(), Some("mine"));
}

#[test]
fn check_shows_all_mistakes_and_says_so_in_its_status() {
    let folder = Folder::new("check");
    let text = fs::read_to_string("assets/starter.toml").expect("it is part of the repository");
    let wrong =
        text.replace("half = 0.7", "hlf = 0.7").replace("of            = \"upper\"", "of            = \"uper\"");
    fs::write(folder.path("wrong.toml"), wrong).expect("a fresh file");
    let asked = folder.winset(&["check", "wrong.toml"]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("did you mean `half`?") && asked.err.contains("did you mean `upper`?"), "{}", asked.err);
    // An anchor that most worlds contradict: the answer is a no.
    let insane = text.replace("lower_voters = \"defeat\", lower", "lower_voters = \"victory\", lower");
    fs::write(folder.path("insane.toml"), insane).expect("a fresh file");
    let asked = folder.winset(&["check", "insane.toml"]);
    assert_eq!(asked.status, 1, "{}", asked.err);
    assert!(asked.out.contains("fails"), "{}", asked.out);
}

#[test]
fn every_shipped_scenario_is_listed() {
    let list = winset(&["list"]).out;
    for name in ["istanbul-2025", "labour-dispute", "packages-27", "split-the-pie"] {
        assert!(list.contains(name), "{name}");
    }
}

#[test]
fn the_schema_is_json_and_every_shell_has_completions() {
    let schema: Value = serde_json::from_str(&winset(&["schema"]).out).expect("the schema is JSON");
    assert_eq!(schema["title"], "winset scenario");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(winset(&["completions", shell]).out.contains("verdict"), "{shell}");
    }
}

#[test]
fn a_verdict_says_who_is_defeated_in_words_in_json_and_in_its_status() {
    let defeat = winset(&["verdict", "labour-dispute", "--named", "last-offer", "--runs", "300"]);
    assert_eq!(defeat.status, 1, "{}", defeat.err);
    assert!(
        defeat.out.contains("it is a defeat for union") && defeat.out.contains("by construction"),
        "{}",
        defeat.out
    );
    let borne = ["verdict", "labour-dispute", "--package", "pay=3,roster=mixed,jobs=two", "--runs", "300", "--json"];
    let borne = winset(&borne);
    assert_eq!(borne.status, 0, "{}", borne.err);
    let verdict = json(&borne);
    assert_eq!(verdict["defeated"], Value::Array(Vec::new()));
    assert_eq!(verdict["audiences"]["drivers"]["verdict"], "bearable");
    assert_eq!(verdict["package"]["pay"], "3");
    // The lines of an account add up to its score.
    let board = &verdict["audiences"]["board"];
    let sum: f64 = ["/speech/claims", "/speech/gains", "/charges/losses", "/charges/overheard"]
        .iter()
        .flat_map(|part| board.pointer(part).and_then(Value::as_array).expect("a list"))
        .map(|line| line["points"].as_f64().expect("points"))
        .sum();
    // Sums of decimal points in binary: far below the scale of 0.00001 point.
    assert!((sum - board["score"].as_f64().expect("points")).abs() < 1e-9);
}

#[test]
fn every_wrong_term_of_a_package_is_named() {
    let asked = winset(&["verdict", "labour-dispute", "--package", "pya=3,roster=mixd,jobs"]);
    assert_eq!(asked.status, 2);
    for text in ["did you mean `pay`?", "did you mean `mixed`? the options of `roster` are", "`jobs` is no term"] {
        assert!(asked.err.contains(text), "{text} is not in {}", asked.err);
    }
    let open = winset(&["verdict", "split-the-pie", "--package", "now"]);
    assert!(open.err.contains("does not say what becomes of `share`"), "{}", open.err);
    let unknown = winset(&["verdict", "labour-dispute", "--named", "arbitraton"]);
    assert!(unknown.err.contains("did you mean `arbitration`?"), "{}", unknown.err);
}

#[test]
fn one_world_is_solved_in_words_and_in_json() {
    let page = winset(&["solve", "labour-dispute", "--show", "all"]);
    assert_eq!(page.status, 0, "{}", page.err);
    assert!(page.out.contains("these would do         2") && page.out.contains("Nash"), "{}", page.out);
    let document = crate::cli_support::document(&winset(&["solve", "labour-dispute", "--json"]).out);
    assert_eq!(document["answer"]["packages"]["would_do"], 2);
    assert_eq!(document["asked"]["world"], "mode");
    // Another run is another world; the same run is the same world, alone or in a batch of any size.
    let world = |run: &str, of: &str| {
        let words = ["solve", "labour-dispute", "--json", "--world", run, "--runs", of];
        crate::cli_support::answer(&winset(&words).out)
    };
    assert_ne!(world("3", "10000"), world("4", "10000"));
    assert_eq!(world("3", "10000"), world("3", "5"));
    let wrong = winset(&["solve", "labour-dispute", "--world", "best"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("neither `mode` nor the number of a run"), "{}", wrong.err);
}

/// Two sides, a home whose line lies between two packages, and a Congress that may have a veto.
const VIENNA: &str = r#"
title    = "Vienna"
question = "Can both go home?"
numbers  = "assumption"

[actors]
a = { role = "party", name = "A" }
b = { role = "party", name = "B" }

[audiences.home]
of            = "a"
veto          = true
loss_aversion = 2
claims_weight = 40
defeat_below  = { bears = "vienna", rejects = "hard" }
victory_from  = 50

[audiences.congress]
of           = "b"
name         = "The Congress"
veto         = 0.4
defeat_below = [-6, 4]
victory_from = 50

[audiences.press]
of           = "b"
veto         = true
victory_from = 50

[issues.land]
now            = "all"
options        = { all = "all", half = "half", none = "none" }
views.a        = { weight = 40, half = -0.2, none = -1 }
views.b        = { weight = 40, half = 0.5, none = 1 }
views.home     = { weight = 40, half = -0.1, none = -0.74 }
views.congress = { weight = 10, half = -0.1, none = 1 }

[claims.peace]
heard_by = ["home"]
aim      = "peace"
when     = { land = ["all", "half"] }
says     = "There is peace."
worth    = 0.4

[no_deal]
a = { base = -20 }
b = { base = -20 }

[packages.vienna]
picks = { land = "half" }

[packages.hard]
picks = { land = "none" }

[variants.calm]
name   = "Calm"
on     = true
notice = "calm is assumed"
set."claims.peace.worth" = 0.4

[rules.something]
forbid = { land = "all" }

[anchors]
vienna = { a = "accepts", b = "accepts", home = "bears", congress = "bears" }
"#;

/// The text of a page with its lines joined, so that a sentence is found wherever it was broken.
fn flat(asked: &Asked) -> String {
    asked.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn vienna(words: &[&str]) -> Asked {
    winset_with_input(words, VIENNA.as_bytes())
}

fn says(asked: &Asked, parts: &[&str]) {
    let page = flat(asked);
    parts.iter().for_each(|part| assert!(page.contains(part), "{part} is not in {}{}", asked.out, asked.err));
}

#[test]
fn a_scenario_that_contradicts_its_anchors_says_so_before_anything_else() {
    let insane = VIENNA.replace("home = \"bears\"", "home = \"victory\"");
    let asked = |words: &[&str]| winset_with_input(words, insane.as_bytes());
    let page = asked(&["run", "-", "--runs", "300", "--show", "all"]);
    says(
        &page,
        &["This scenario contradicts its own anchors: “home calls `vienna` a victory” holds in 0 % (0 of 300 worlds"],
    );
    says(&page, &["`winset verdict - --named vienna` shows which points make it fail."]);
    let (answer, rest) = page.out.split_once("One exists").expect("the three numbers stand on the page");
    assert!(answer.contains("contradicts its own anchors") && rest.contains("own anchors hold in too few worlds"));
    // No world would be kept, so that is not proposed; and whoever asks for it gets the same answer from both verbs.
    assert!(!page.out.contains("--agreeing"), "{}", page.out);
    let run = asked(&["run", "-", "--runs", "300", "--agreeing"]);
    let verdict = asked(&["verdict", "-", "--named", "vienna", "--runs", "300", "--agreeing"]);
    assert_eq!((run.status, verdict.status), (2, 2));
    assert!(run.err.contains("no world of 300 gives the verdicts of all anchors"), "{}", run.err);
    assert_eq!(run.err, verdict.err);
    assert!(
        !vienna(&["run", "-", "--runs", "300", "--show", "all"]).out.contains("contradicts its own anchors: “home")
    );
}

#[test]
fn worlds_that_are_dropped_are_counted_beside_the_answer_and_what_anchors_settle_is_said() {
    let page = vienna(&["run", "-", "--runs", "400", "--agreeing", "--show", "all"]);
    says(&page, &["Of 400 worlds drawn, ", "contradict the anchors and were dropped"]);
    says(&page, &["by construction: the anchors themselves say that `vienna` would do."]);
    says(
        &page,
        &[
            "Yes. In all",
            "worlds kept some settlement is a defeat for nobody",
            "one same package, `vienna`, would do in all on which",
        ],
    );
    let fewer = VIENNA.replace(", congress = \"bears\"", "");
    let fewer = winset_with_input(&["run", "-", "--runs", "400", "--agreeing", "--show", "all"], fewer.as_bytes());
    assert!(!fewer.out.contains("by construction"), "{}", fewer.out);
}

#[test]
fn a_veto_that_is_a_chance_is_told_as_one() {
    let verdict = vienna(&["verdict", "-", "--named", "hard", "--runs", "300"]);
    says(&verdict, &["its veto, a chance of 0.4, does not happen in this world", "(40 × −0.74 × 2)"]);
    says(&verdict, &["by construction in the likeliest world", "it cannot call anything a defeat"]);
    let solved = vienna(&["solve", "-", "--show", "all"]);
    says(&solved, &["In this world this veto does not happen: The Congress (chance 0.4).", "`vienna` yes"]);
    let strict = VIENNA.replace("defeat_below = [-6, 4]", "defeat_below = [6, 8]");
    let solved = winset_with_input(&["solve", "-", "--show", "all"], strict.as_bytes());
    says(&solved, &["If it did, 0 packages would do instead of 1."]);
}

#[test]
fn what_the_present_state_is_worth_and_that_it_is_no_settlement_is_said() {
    let checked = vienna(&["check", "-"]);
    says(
        &checked,
        &["claim `peace` can be made if nothing changes: for it the present state is worth 16 points to `home`"],
    );
    says(&checked, &["such a line says almost nothing", "frozen at the scores of `hard` and `vienna`"]);
    let now = vienna(&["verdict", "-", "--package", "now", "--runs", "300"]);
    says(&now, &["It is no settlement: the rule excludes it (`something`)", "Now, signed, is worth 0 points"]);
    assert!(now.out.find("no settlement") < now.out.find("With every number"), "{}", now.out);
}

#[test]
fn notices_of_variants_stand_under_the_title_and_in_json() {
    for words in
        [&["run", "-", "--runs", "300"][..], &["solve", "-"], &["verdict", "-", "--named", "vienna", "--runs", "300"]]
    {
        // The first screen has no room for notices under its title: the whole page has.
        let whole: &[&str] = if words[0] == "verdict" { &[] } else { &["--show", "all"] };
        let words = &[words, whole].concat()[..];
        let page = vienna(words);
        let top: Vec<&str> = page.out.lines().take(3).collect();
        assert!(top.iter().any(|line| line.contains("calm is assumed")), "{words:?}: {}", page.out);
        let document = json(&vienna(&[&words[..words.len() - whole.len()], &["--json"]].concat()));
        assert_eq!(document["notices"].as_array().map(Vec::len), Some(1), "{words:?}");
        let off = vienna(&[words, &["--variant", "calm=off"]].concat());
        assert!(!off.out.contains("calm is assumed"), "{words:?}");
    }
}

#[test]
fn a_verdict_without_a_package_names_both_ways_and_the_names() {
    let asked = vienna(&["verdict", "-"]);
    assert_eq!(asked.status, 2);
    for part in ["--package", "--named", "the names are vienna, hard"] {
        assert!(asked.err.contains(part), "{part}: {}", asked.err);
    }
}
