//! Conflicts that others drew: read in every way in which they are written, refused in words, written and read again.

use std::time::{Duration, Instant};

use winset::import::Source;
use winset::import::conflict::{Case, as_csv, cases};
use winset::stability::{Concept, analyse};

use crate::generate::Chance;

/// A town may insist, a plant may clean up or close; what is closed stays closed, and all states with it are one.
const PLANT: &str = r#"{
  "name": "the plant", "dms": [{"name": "town", "options": ["insist"]}, {"name": "plant", "options": ["clean", "close"]}],
  "states": {"quiet": "NNN", "pressed": "YNN", "clean": "NYN", "both": "YYN", "closed": "--Y"},
  "irreversible": [["close", "Y>N"]],
  "preferences": {"town": ["clean", "both", ["pressed", "quiet"], "closed"], "plant": ["quiet", "clean", "both", "pressed", "closed"]},
  "status_quo": "quiet"
}"#;

/// The same by arcs, preferences by number, and by signs.
const ARCS: &str = r#"{"cases": [{
  "name": "arcs", "dms": ["a", "b", "c"], "states": ["s", "t", "u"],
  "moves": {"a": {"s": ["t"]}, "b": [["t", "u"]], "c": {"u": "s"}},
  "preferences": {"a": {"s": 1, "t": 2.5, "u": 1}, "b": "u > t > s", "c": ["s = u", "u > t"]}
}]}"#;

/// A case of one actor and so many states, between any two of which it can move.
fn crowd(states: usize) -> String {
    let pattern = |k: usize| (0..12).map(|bit| if k >> bit & 1 == 1 { 'Y' } else { 'N' }).collect::<String>();
    let all: Vec<String> = (0..states).map(pattern).collect();
    let options: Vec<String> = (0..12).map(|k| format!("\"o{k}\"")).collect();
    let named: Vec<String> = all.iter().map(|p| format!("\"{p}\": \"{p}\"")).collect();
    let ranked: Vec<String> = all.iter().map(|p| format!("\"{p}\"")).collect();
    format!(
        "{{\"dms\": [{{\"name\": \"a\", \"options\": [{}]}}], \"states\": {{{}}}, \"preferences\": {{\"a\": [{}]}}}}",
        options.join(","),
        named.join(","),
        ranked.join(",")
    )
}

fn read(text: &str) -> Vec<Case> {
    let source = Source { name: "case.json".into(), bytes: text.as_bytes().to_vec() };
    cases(&source).unwrap_or_else(|sheet| panic!("{}", sheet.told())).0
}

fn said(name: &str, text: &str) -> String {
    let source = Source { name: name.into(), bytes: text.as_bytes().to_vec() };
    match cases(&source) {
        Ok((_, sheet)) => sheet.told(),
        Err(sheet) => sheet.told(),
    }
}

fn moves(case: &Case) -> Vec<String> {
    let it = &case.conflict;
    it.all_moves().map(|m| format!("{}: {} {}", it.actors()[m.actor], it.states()[m.from], it.states()[m.to])).collect()
}

#[test]
fn options_say_who_can_move_where() {
    let case = &read(PLANT)[0];
    let expected = [
        "town: quiet pressed",
        "town: pressed quiet",
        "town: clean both",
        "town: both clean",
        "plant: quiet clean",
        "plant: quiet closed",
        "plant: pressed both",
        "plant: pressed closed",
        "plant: clean quiet",
        "plant: clean closed",
        "plant: both pressed",
        "plant: both closed",
    ];
    assert_eq!(moves(case), expected);
    // What need not stay closed can be opened again.
    let open = &read(&PLANT.replace("\"irreversible\": [[\"close\", \"Y>N\"]],", ""))[0];
    assert_eq!(moves(open).len(), expected.len() + 4);
    assert_eq!(case.status_quo, Some(0));
    let rank = |s: usize| case.conflict.rank(0, s);
    assert!(rank(2) > rank(3) && rank(3) > rank(0) && rank(0) == rank(1) && rank(1) > rank(4));
}

/// Two actors with a switch each, these states, and what cannot be.
fn switches(states: &str, infeasible: &str) -> String {
    format!(
        r#"{{"dms": [{{"name": "a", "options": ["x"]}}, {{"name": "b", "options": ["y"]}}], "states": {states},
        "infeasible": [{infeasible}], "preferences": {{"a": ["p", "q"], "b": ["q", "p"]}}}}"#
    )
}

#[test]
fn through_what_cannot_be_nobody_moves() {
    let of = |infeasible: &str| moves(&read(&switches(r#"{"p": "YN", "q": "-Y"}"#, infeasible))[0]);
    assert_eq!(of(""), ["b: p q", "b: q p"]);
    assert_eq!(of(r#""YY""#), Vec::<String>::new(), "b would come to YY, which cannot be");
    assert_eq!(of(r#""NY""#), ["b: p q", "b: q p"]);
    // Together they leave nothing of -Y.
    let told = said("case.json", &switches(r#"{"p": "YN", "q": "-Y"}"#, r#""YY", "NY""#));
    assert!(told.contains("the state `q` is infeasible"), "{told}");
    // Where two states may be the same, staying is no move.
    let text = switches(r#"{"p": "--", "q": "NN"}"#, "");
    assert_eq!(moves(&read(&text)[0]), ["a: p q", "a: q p", "b: p q", "b: q p"]);
    assert!(said("case.json", &text).contains("`p` and `q` can be the same state"));
    let barred = switches(r#"{"p": "YN", "q": "NN", "r": "YY"}"#, r#""YY""#);
    assert!(said("case.json", &barred).contains("warning: the case `case 1`: the state `r` is infeasible"));
    let ranked = said("case.json", &barred.replace(r#""a": ["p""#, r#""a": ["r", "p""#));
    assert!(ranked.contains("error: the state `r` is infeasible"), "{ranked}");
}

#[test]
fn a_pattern_that_ever_fewer_may_complete_is_searched_through() {
    // Of 2^12 states each that has two neighbours taken is barred; the state of all but the first, open, can be only thinly.
    let options: Vec<String> = (0..12).map(|k| format!("\"o{k}\"")).collect();
    let barred: Vec<String> = (0..11).map(|k| format!("\"{}YY{}\"", "-".repeat(k), "-".repeat(10 - k))).collect();
    let text = |q: &str| {
        format!(
            r#"{{"dms": [{{"name": "a", "options": [{}]}}], "states": {{"p": "NNNNNNNNNNNN", "q": "{q}"}}, "infeasible": [{}],
            "preferences": {{"a": ["p", "q"]}}}}"#,
            options.join(","),
            barred.join(",")
        )
    };
    assert_eq!(moves(&read(&text("Y-----------"))[0]).len(), 2);
    assert!(said("case.json", &text("YY----------")).contains("the state `q` is infeasible"));
    // Every other one taken is all that is left, if six of the twelve are asked for by place.
    assert_eq!(moves(&read(&text("Y-Y-Y-Y-Y-Y-"))[0]).len(), 2);
}

#[test]
fn without_states_every_pattern_that_can_be_is_one() {
    let text = r#"{"dms": {"a": ["x"], "b": ["y", "z"]}, "infeasible": ["-YY"],
        "preferences": {"a": ["NNN","YNN","NYN","YYN","NNY","YNY"], "b": [["NNN","YNN","NYN","YYN","NNY","YNY"]]}}"#;
    let case = &read(text)[0];
    assert_eq!((case.conflict.states().len(), case.name.as_str()), (6, "case 1"));
    assert!(moves(case).contains(&"b: NNY NYN".to_owned()), "an actor turns both of its switches at once");
}

#[test]
fn arcs_and_the_three_ways_of_preferring_are_read() {
    let case = &read(ARCS)[0];
    assert_eq!(moves(case), ["a: s t", "b: t u", "c: u s"]);
    let rank = |actor: usize| (0..3).map(|s| case.conflict.rank(actor, s)).collect::<Vec<_>>();
    let of_b = |preference: &str| {
        let case = read(&ARCS.replace("\"u > t > s\"", preference)).remove(0).conflict;
        case.rank(1, 2) > case.rank(1, 1) && case.rank(1, 1) > case.rank(1, 0)
    };
    for same in ["\"s < t < u\"", "[\"u>>t\", \"t>s\"]", "[\"s < t\", \" u > t\"]", "{\" u\": 3, \"t\": 2, \"s\": 1}"] {
        assert!(of_b(same), "{same}");
    }
    assert!(rank(0)[0] == rank(0)[2] && rank(0)[1] > rank(0)[0]);
    assert!(rank(1)[2] > rank(1)[1] && rank(1)[1] > rank(1)[0]);
    assert!(rank(2)[0] == rank(2)[2] && rank(2)[0] > rank(2)[1]);
    // a would like t better; b then goes on to u, which is no better than s: it stays, if it looks so far.
    let found = analyse(&case.conflict);
    assert!(!found.stays(Concept::Nash, 0, 0) && found.stays(Concept::Seq, 0, 0));
}

#[test]
fn names_may_hold_signs_where_they_are_listed() {
    let text =
        r#"{"dms": ["a"], "states": ["GDP > 2%", "a=b"], "moves": {}, "preferences": {"a": ["a=b", "GDP > 2%"]}}"#;
    let case = &read(text)[0];
    assert!(case.conflict.rank(0, 1) > case.conflict.rank(0, 0));
}

#[test]
fn a_case_as_csv_is_the_same_case() {
    for case in [&read(PLANT)[0], &read(ARCS)[0]] {
        let text = as_csv(case);
        let source = Source { name: "again.csv".into(), bytes: text.clone().into_bytes() };
        let (again, sheet) = cases(&source).unwrap_or_else(|sheet| panic!("{}{text}", sheet.told()));
        assert_eq!(sheet.findings.len(), 0);
        assert_eq!((moves(&again[0]), again[0].status_quo), (moves(case), case.status_quo));
        assert_eq!(analyse(&again[0].conflict), analyse(&case.conflict));
    }
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let plant = |from: &str, to: &str| {
        assert!(PLANT.contains(from), "{from}");
        said("case.json", &PLANT.replace(from, to))
    };
    for (told, wanted) in [
        (plant("\"NNN\"", "\"NN\""), "`NN` is no pattern of 3 options"),
        (plant("[[\"close\", \"Y>N\"]]", "[[\"closes\", \"Y>N\"]]"), "an unknown option `closes`"),
        (plant("\"Y>N\"", "\"Y=N\""), "an unknown switch `Y=N`"),
        (plant("\"town\": [\"clean\"", "\"towns\": [\"clean\""), "an unknown actor `towns`"),
        (
            plant("\"clean\", \"both\", [\"pressed\"", "\"cleaned\", \"both\", [\"pressed\""),
            "an unknown state `cleaned`",
        ),
        (plant("\"clean\", \"both\", [\"pressed\"", "\"both\", [\"pressed\""), "does not rank `clean`"),
        (plant("[\"pressed\", \"quiet\"]", "[\"pressed\", \"quiet\", \"clean\"]"), "ranks `clean` twice"),
        (plant("\"status_quo\": \"quiet\"", "\"status_quo\": \"calm\""), "an unknown state `calm`"),
        (
            plant("\"status_quo\": \"quiet\"", "\"status_quo\": \"closed\""),
            "nobody can reach `quiet`, `pressed`, `clean`, `both` from `closed`",
        ),
        (said("c.json", &ARCS.replace("[[\"t\", \"u\"]]", "[[\"t\", \"v\"]]")), "an unknown state `v`"),
        (said("c.json", &ARCS.replace("\"b\": [[\"t\"", "\"d\": [[\"t\"")), "an unknown actor `d`"),
        (said("c.json", &ARCS.replace("u > t > s", "u > t > s > u")), "goes in a circle: "),
        (said("c.json", &ARCS.replace("u > t > s", "u > t")), "does not say which of"),
        (said("c.json", &ARCS.replace("u > t > s", "u >= t > s")), "`>=` is no sign between states"),
        (said("c.json", &ARCS.replace("u > t > s", "u <> t > s")), "`<>` is no sign between states"),
        (said("c.json", &ARCS.replace("\"u > t > s\"", "3")), "or signs, \"a > b = c\", is accepted"),
        (said("c.json", &ARCS.replace("[\"t\", \"u\"]", "[\"t\"]")), "a move has 1\u{a0}word"),
        (
            plant("\"pressed\": \"YNN\"", "\"pressed\": \"NNN\""),
            "the states `quiet` and `pressed` have the same options",
        ),
        (said("c.csv", "actor,a\nstate,s\nstate,t\nrank,a,s,1\nrank,a,s,2\nrank,a,t,1\n"), "`a` ranks `s` twice"),
        (said("c.csv", "case,x\ncase,y\n"), "a second case"),
        (said("c.csv", "start,s\nstart,t\n"), "a second start"),
        (said("c.csv", "actor,a\nstate,s\nstate,s\n"), "two states are called `s`"),
        (said("c.csv", "actor,\"a\nstate,s\n"), "a quote that is not closed"),
        (said("c.csv", &"state,s\n".repeat(400_001)), "too many lines"),
        (said("c.csv", "actor,a\nstate,s\nmove,a,s,t\nrank,a,s,1\n"), "an unknown state `t`"),
        (said("c.csv", "actor,a\nstate,s\nstate,t\nrank,a,s,1\n"), "`a` does not rank `t`"),
        (said("c.csv", "actor,a\nstates,s\n"), "`states,s` is no line of a case"),
        (plant("\"irreversible\"", "\"irreversable\""), "`irreversable` is no key of a case, and is passed over"),
        (said("c.json", &crowd(3_000)), "more than 4000000 pairs of states"),
        (said("c.json", "{\"dms\": []}"), "a case without actors"),
        (said("c.json", "[]"), "0 cases"),
        (said("c.json", " \n"), "the file is empty"),
        (said("c.json", &ARCS.replace("\"u > t > s\"", "[\"t~s\", \"s > u\", \"v\"]")), "an unknown state `v`"),
    ] {
        assert!(
            told.contains(wanted) && (told.contains("c.json") || told.contains("case.json") || told.contains("c.csv")),
            "{wanted}: {told}"
        );
    }
}

/// Mutated case files: none makes the reader or the analysis panic or wait. `WINSET_FUZZ=200000` asks for so many of each.
#[test]
fn no_mutated_case_makes_the_reader_panic_or_wait() {
    const ODD: [&str; 20] = [
        "\"", "{", "}", "[", "]", ":", ",", ">", "=", "<", "-", "Y", "N", "null", "1e9", "\n", "é", "s", "actor,",
        "rank,",
    ];
    let asked = std::env::var("WINSET_FUZZ").ok().and_then(|n| n.parse::<usize>().ok());
    let csv = as_csv(&read(PLANT)[0]);
    let mut luck = Chance(14);
    for (name, text) in [("plant.json", PLANT), ("arcs.json", ARCS), ("plant.csv", &csv)] {
        let (mut longest, mut still) = (Duration::ZERO, 0);
        for _ in 0..asked.unwrap_or(600) {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=luck.below(4) {
                let at = luck.below(bytes.len());
                let length = luck.below(30).min(bytes.len() - at);
                match luck.below(5) {
                    0 => drop(bytes.drain(at..at + length)),
                    1 => {
                        let part = bytes[at..at + length].to_vec();
                        bytes.splice(at..at, part);
                    }
                    2 => bytes[at] = luck.below(256) as u8,
                    _ => drop(bytes.splice(at..at, ODD[luck.below(ODD.len())].bytes())),
                }
                if bytes.is_empty() {
                    bytes.push(b' ');
                }
            }
            let began = Instant::now();
            if let Ok((cases, _)) = cases(&Source { name: name.into(), bytes }) {
                still += 1;
                cases.iter().for_each(|case| drop(analyse(&case.conflict)));
            }
            longest = longest.max(began.elapsed());
        }
        assert!(still > 0, "{name}: mutations are too strong");
        // A bound for a hang, not for speed: the machine may be busy.
        assert!(longest < Duration::from_secs(20), "{name}: {longest:?}");
        println!("{name}: {still} still read, the longest took {longest:?}");
    }
}
