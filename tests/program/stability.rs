//! Conflicts drawn: a folder holds the graph of states and moves, of one case or of several, and of settlements.

use serde_json::{Value, json};

use crate::cli_support::{Folder, winset, winset_with_input};

/// East pays for a bridge, or West does; West has 7 without a deal.
const BRIDGE: &[u8] = br#"
title = "A bridge"
[actors]
east = { role = "party" }
west = { role = "party" }
[issues.bridge]
now = "none"
options = ["none", "built"]
views.east = { weight = 10, built = 1 }
views.west = { weight = 10, built = 1 }
[issues.toll]
now = "none"
options = ["none", "east", "west"]
views.east = { weight = 4, east = -1, west = 1 }
views.west = { weight = 4, east = 1, west = -1 }
[no_deal.east]
base = 0
[no_deal.west]
base = 7
[packages]
east-pays = { picks = { bridge = "built", toll = "east" } }
west-pays = { picks = { bridge = "built", toll = "west" } }
"#;

/// What is drawn, by the stem of its file.
fn drawn(place: &str) -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(format!("{place}/pictures.json")).expect("something is drawn");
    let all: Vec<Value> = serde_json::from_str(&text).expect("it is a list");
    all.into_iter().map(|it| (it["name"].as_str().expect("it has a name").to_owned(), it["data"].clone())).collect()
}

#[test]
fn a_folder_of_a_conflict_holds_its_graph_in_either_theme() {
    let folder = Folder::new("stability-graph");
    let place = folder.path("out");
    for theme in ["light", "dark"] {
        let asked = winset(&["stability", "--gmcr", "elmira", "--out", &place, "--force", "--theme", theme]);
        assert_eq!(asked.status, 0, "{}", asked.err);
    }
    let svg = std::fs::read_to_string(format!("{place}/moves.svg")).expect("it is drawn");
    assert!(
        svg.contains("M: the ministry") && svg.contains("it begins here") && svg.contains("An empty head"),
        "{svg}"
    );
    let all = drawn(&place);
    let [(name, data)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(name, "moves");
    // Who would leave by SEQ, by the table of the page: the company four states, the town two.
    let leaves = |name: &str| {
        let states = data["states"].as_array().expect("it has states");
        states.iter().find(|state| state["name"] == name).expect("it is one of them")["leaves"].clone()
    };
    assert_eq!([leaves("delay"), leaves("accepted"), leaves("plant abandoned")], [json!([2]), json!([1]), json!([])]);
    let moves = data["moves"].as_array().expect("there are moves");
    let back = |m: &&Value| {
        m["mover"] == 0 && moves.iter().any(|o| o["mover"] == 0 && o["from"] == m["to"] && o["to"] == m["from"])
    };
    assert_eq!(moves.iter().filter(back).count(), 0, "what the ministry does cannot be undone");
}

#[test]
fn of_several_cases_each_that_is_small_has_a_graph_of_its_own() {
    let folder = Folder::new("stability-graphs");
    let ring = |states: usize| {
        let names: Vec<String> = (0..states).map(|s| format!("s{s}")).collect();
        let moves: Vec<Value> = (0..states).map(|s| json!([names[s], names[(s + 1) % states]])).collect();
        json!({ "dms": ["a"], "states": names, "moves": { "a": moves }, "preferences": { "a": names } })
    };
    let cases = folder.path("cases.json");
    std::fs::write(&cases, json!({ "cases": [ring(30), ring(31), ring(2)] }).to_string()).expect("it can be written");
    let place = folder.path("out");
    for _ in 0..2 {
        let asked = winset(&["stability", "--gmcr", &cases, "--out", &place, "--force"]);
        assert_eq!(asked.status, 0, "{}", asked.err);
    }
    let names: Vec<String> = drawn(&place).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["moves-1", "moves-3"]);
}

#[test]
fn a_line_leads_to_a_settlement_only_if_all_would_sign_it() {
    let folder = Folder::new("stability-settlements");
    let graph = |named: &str| {
        let place = folder.path(named);
        let asked = winset_with_input(&["stability", "-", "--named", named, "--runs", "20", "--out", &place], BRIDGE);
        assert_eq!(asked.status, 0, "{}", asked.err);
        drawn(&place).remove(0).1
    };
    let (east, west) = (graph("east-pays"), graph("west-pays"));
    assert_eq!(east["states"][0], json!({ "name": "no deal, as today", "leaves": [] }));
    assert_eq!(east["states"][1], json!({ "name": "1: east-pays", "leaves": [0] }));
    assert_eq!(east["states"][2]["name"], "1 without toll: east");
    assert!(
        east["moves"]
            .as_array()
            .is_some_and(|all| all.contains(&json!({ "mover": 0, "from": 1, "to": 2, "better": true })))
    );
    assert_eq!((&east["together"], &west["together"]), (&json!([[0, 1]]), &json!([])));
}

#[test]
fn any_package_can_be_asked_about_and_what_cannot_be_given_up_alone_is_said() {
    let asked = winset(&["stability", "labour-dispute", "--package", "pay=2,roster=mixed,jobs=two", "--runs", "200"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.out.contains("WOULD HOLD there") && !asked.out.contains("They are a selection"), "{}", asked.out);
    let chicken = winset(&["stability", "chicken", "--runs", "50"]).out.replace(['\n', '\u{a0}'], " ");
    assert!(chicken.contains("Nobody can give up a term of it alone"), "{chicken}");
    let leading = winset(&["stability", "istanbul-2025", "--runs", "50"]).out.replace(['\n', '\u{a0}'], " ");
    assert!(leading.contains("They are a selection: each differs from the others in at least two terms"), "{leading}");
}

#[test]
fn of_several_ways_to_gain_and_of_an_answer_in_steps_the_sentence_tells() {
    let folder = Folder::new("stability-why");
    let text = |dms: &str, states: &str, moves: &str, preferences: &str| {
        let case =
            format!("{{\"dms\": {dms}, \"states\": {states}, \"moves\": {moves}, \"preferences\": {preferences}}}");
        let cases = folder.path("case.json");
        std::fs::write(&cases, case).expect("it can be written");
        let asked = winset(&["stability", "--gmcr", &cases]);
        assert_eq!(asked.status, 0, "{}", asked.err);
        asked.out.replace("\n  ", " ")
    };
    let both = text(
        r#"["a", "b"]"#,
        r#"["s", "t", "u", "v"]"#,
        r#"[["a", "s", "t"], ["a", "s", "u"], ["b", "t", "v"], ["b", "u", "v"]]"#,
        r#"{"a": ["t", "u", "s", "v"], "b": ["v", "s", "t", "u"]}"#,
    );
    assert!(
        both.contains(
            "if it moved to “t”, b could answer by moving to “v”; what else it would gain by can be answered too."
        ),
        "{both}"
    );
    let steps = text(
        r#"["a", "b", "c"]"#,
        r#"["s", "t", "u", "v"]"#,
        r#"[["a", "s", "t"], ["b", "t", "u"], ["c", "u", "v"]]"#,
        r#"{"a": ["t", "u", "s", "v"], "b": ["u", "s", "t", "v"], "c": ["v", "s", "t", "u"]}"#,
    );
    assert!(steps.contains("b could answer by moving to “u”, then c by moving to “v”."), "{steps}");
}

#[test]
fn what_is_mistyped_is_told() {
    let told = |args: &[&str]| {
        let asked = winset(args);
        assert_eq!((asked.status, asked.out.as_str()), (2, ""), "{args:?}");
        asked.err
    };
    let theme = told(&["stability", "--gmcr", "elmira", "--theme", "mauve"]);
    assert!(theme.contains("`mauve`") && theme.contains("light, dark"), "{theme}");
    let folder = Folder::new("stability-mistyped");
    let place = folder.path("both");
    let both = told(&["stability", "--gmcr", "elmira", "--to", &place, "--out", &place]);
    assert!(both.contains("`--to` and `--out` both name") && !std::path::Path::new(&place).exists(), "{both}");
    let ignored = [
        (&["stability", "chicken", "--to", "z.csv"][..], "`--to"),
        (&["stability", "--gmcr", "elmira", "--runs", "5"], "`--runs"),
        (&["stability", "--gmcr", "elmira", "--set", "a=1"], "`--set"),
        (&["stability", "--gmcr", "elmira", "--defeat", "leader"], "`--defeat"),
        (&["stability", "--gmcr", "elmira", "--seed", "2"], "`--seed"),
        (&["stability", "chicken", "--named", "x", "--top", "3"], "`--named"),
        (&["stability", "--gmcr"], "`winset stability --help`"),
        (&["stability", "chicken", "--package", "road=up"], "road"),
    ];
    for (args, wanted) in ignored {
        let said = told(args);
        assert!(said.contains(wanted) && said.contains("hint"), "{args:?}: {said}");
    }
    let name = folder.path("name.json");
    std::fs::write(&name, r#"{"dms": ["a"], "states": ["s\nt"], "moves": {}, "preferences": {"a": ["s\nt"]}}"#)
        .expect("it is written");
    let line = told(&["stability", "--gmcr", &name, "--to", &folder.path("name.csv")]);
    assert!(line.contains("is no name that a line of CSV can hold"), "{line}");
    std::fs::create_dir(folder.path("there")).expect("it is made");
    let there = told(&["export", "chicken", "--to", "genius", "--out", &folder.path("there")]);
    assert!(there.contains("give another name") && !there.contains("--force"), "{there}");
    let name = told(&["stability", "--gmcr", "elmirra"]);
    assert!(name.contains("`elmirra` could not be read") && name.contains("`elmira` comes with the program"), "{name}");
}
