//! The door: JSON in, JSON out, the same answers as the library gives, and findings in words for everything else.

use std::fmt::Write as _;

use serde_json::{Value, json};
use winset::door::{Door, MOST_AT_ONCE, MOST_OPEN};
use winset::report::run::summary;
use winset::{Scenario, Wanted, answer};

const ISTANBUL: &str = include_str!("../../scenarios/talks/istanbul-2025.toml");
const LABOUR: &str = include_str!("../../scenarios/textbook/labour-dispute.toml");

/// Two divide a pie of three slices, and one of them may talk.
const PIE: &str = r#"
title = "A pie"
[actors]
ann = { role = "party" }
bob = { role = "party" }
[audiences]
kin = { of = "bob", veto = 0.5, defeat_below = [0, 4] }
[issues.pie]
now         = "0"
options     = { from = 0, to = 3, step = 1 }
views.ann   = { weight = [3, 4], 3 = 1 }
views.bob   = { weight = 3, 3 = -1 }
views.kin   = { weight = [2, 5], 3 = -1 }
[no_deal]
ann = { base = 0 }
bob = { base = -2 }
[talks]
deadline = 6
[intents.ann.some]
moves = { offer = 2, talk = 1 }
[intents.bob.some]
moves = { offer = 1, talk = 1 }
"#;

fn call(door: &mut Door, request: &Value) -> Value {
    serde_json::from_str(&door.call(request.to_string().as_bytes())).expect("a reply is JSON")
}

/// What is said where nothing is wrong.
fn ok(door: &mut Door, request: &Value) -> Value {
    let mut reply = call(door, request);
    assert!(reply.get("ok").is_some(), "{request}: {reply}");
    reply["ok"].take()
}

/// The first finding, with its hints.
fn found(door: &mut Door, request: &Value) -> String {
    let reply = call(door, request);
    let found = &reply["findings"][0];
    let hints = found["hints"].as_array().map(|hints| hints.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    format!("{} | {}", found["message"].as_str().unwrap_or_default(), hints.unwrap_or_default().join(" | "))
}

fn open(door: &mut Door, text: &str) -> u64 {
    let opened = ok(door, &json!({ "do": "open", "text": text, "name": "it.toml" }));
    opened["handle"].as_u64().expect("a handle is a number")
}

fn go_on(door: &mut Door, handle: u64, pieces: &[(u64, u64)]) {
    for (from, to) in pieces {
        ok(door, &json!({ "do": "go_on", "handle": handle, "from": from, "to": to }));
    }
}

/// The document of an answer as it was written: a reader of JSON may take another last digit of a number.
fn document(door: &mut Door, handle: u64) -> String {
    let reply = door.call(json!({ "do": "answer", "handle": handle }).to_string().as_bytes());
    let written = reply.strip_prefix("{\"ok\":{\"document\":").and_then(|rest| rest.split_once(",\"done\":"));
    let (document, _) = written.unwrap_or_else(|| panic!("{}", &reply[..reply.len().min(400)]));
    document.to_owned()
}

/// Fails where two long texts differ, and shows where.
fn same(one: &str, other: &str, what: &str) {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.get(at.saturating_sub(60)..(at + 60).min(text.len())).unwrap_or_default().to_owned();
    assert!(one == other, "{what}, at {at}: {} against {}", around(one), around(other));
}

#[test]
fn it_answers_what_the_library_answers_for_the_same_words() {
    let plain = Wanted { runs: "300".into(), threads: Some("1".into()), ..Wanted::default() };
    let otherwise = Wanted {
        seed: "9".into(),
        reading: Some("stanovaya".into()),
        set: vec!["mediator.tilt.ukraine=0.2".into()],
        without: vec!["mediator".into()],
        defeat: Some("both".into()),
        ..plain.clone()
    };
    let agreeing = Wanted { agreeing: true, ..plain.clone() };
    let (mut door, mut told) = (Door::default(), Vec::new());
    let handle = open(&mut door, ISTANBUL);
    for wanted in [plain, otherwise, agreeing] {
        let words = json!({
            "runs": wanted.runs, "seed": wanted.seed, "reading": wanted.reading, "set": wanted.set,
            "without": wanted.without, "defeat": wanted.defeat, "agreeing": wanted.agreeing,
        });
        ok(&mut door, &json!({ "do": "set", "handle": handle, "wanted": words }));
        go_on(&mut door, handle, &[(0, 300)]);
        let scenario = Scenario::parse("it.toml", ISTANBUL.as_bytes()).expect("it is shipped");
        let library = answer(scenario, &wanted).expect("it can be run");
        same(&document(&mut door, handle), &summary(&library).to_string(), &words.to_string());
        told.push(summary(&library)["answer"].to_string());
    }
    assert!(told[0] != told[1] && told[1] != told[2], "the words change something");
}

#[test]
fn runs_in_any_pieces_and_order_and_from_several_engines_give_the_same_bytes() {
    for (text, runs) in [(ISTANBUL, 400), (LABOUR, 400), (PIE, 2_000)] {
        let mut door = Door::default();
        let whole = open(&mut door, text);
        go_on(&mut door, whole, &[(0, runs)]);
        let whole = document(&mut door, whole);
        let pieces = open(&mut door, text);
        go_on(&mut door, pieces, &[(runs - 7, runs), (101, runs - 7), (0, 1), (1, 101)]);
        same(&document(&mut door, pieces), &whole, "in pieces");
        // Four engines, each with its own pieces, and one that has counted nothing itself.
        let quarter = runs / 4;
        let tallies: Vec<Value> = (0..4)
            .map(|part| {
                let mut other = Door::default();
                let handle = open(&mut other, text);
                let (from, to) = (part * quarter, (part + 1) * quarter);
                go_on(&mut other, handle, &[(from + 33, to), (from, from + 33)]);
                ok(&mut other, &json!({ "do": "tally", "handle": handle }))
            })
            .collect();
        let merged = open(&mut door, text);
        ok(&mut door, &json!({ "do": "merge", "handle": merged, "tallies": [tallies[2], tallies[0]] }));
        ok(&mut door, &json!({ "do": "merge", "handle": merged, "tallies": [tallies[1], tallies[3]] }));
        same(&document(&mut door, merged), &whole, "merged");
        let reply = found(&mut door, &json!({ "do": "merge", "handle": merged, "tallies": [tallies[1]] }));
        assert!(reply.contains("are done already"), "{reply}");
        same(&document(&mut door, merged), &whole, "what is refused changes nothing");
    }
}

#[test]
fn tallies_of_something_else_are_refused() {
    let mut door = Door::default();
    let (mine, other) = (open(&mut door, PIE), open(&mut door, PIE));
    go_on(&mut door, other, &[(0, 50)]);
    let tally = |door: &mut Door, wanted: Value| {
        ok(door, &json!({ "do": "set", "handle": other, "wanted": wanted }));
        go_on(door, other, &[(60, 90)]);
        ok(door, &json!({ "do": "tally", "handle": other }))
    };
    let plain = tally(&mut door, json!({ "runs": 50, "seed": 4 }));
    let merge = |tally: &Value| json!({ "do": "merge", "handle": mine, "tallies": [tally] });
    let reply = found(&mut door, &merge(&plain));
    assert!(reply.contains("other choices") && reply.contains("`set` the same"), "{reply}");
    ok(&mut door, &json!({ "do": "set", "handle": mine, "wanted": { "seed": 4 } }));
    for (key, value) in [("runs", json!([[0, 30]])), ("counts", json!("AAAA")), ("sum", json!("00"))] {
        let mut changed = plain.clone();
        changed[key] = value;
        assert!(found(&mut door, &merge(&changed)).contains("was changed on its way"), "{key}");
    }
    // How many runs are wanted in all changes no count.
    assert_eq!(ok(&mut door, &merge(&plain))["done"], 30);
}

#[test]
fn what_is_set_again_in_the_same_words_keeps_what_is_done() {
    let mut door = Door::default();
    let handle = open(&mut door, PIE);
    let mut done = |wanted: Value| {
        let set = ok(&mut door, &json!({ "do": "set", "handle": handle, "wanted": wanted }))["done"].as_u64();
        let from = set.unwrap_or_default();
        go_on(&mut door, handle, &[(from, from + 10)]);
        set
    };
    let changed = json!({ "set": ["audiences.kin.veto=1"], "runs": 400 });
    assert_eq!(done(json!({})), Some(0));
    assert_eq!(done(json!({ "runs": 500 })), Some(10), "more runs of the same");
    assert_eq!(done(changed.clone()), Some(0));
    assert_eq!(done(changed), Some(10));
    assert_eq!(done(json!({ "defeat": "leader" })), Some(0));
    let wrong = json!({ "do": "set", "handle": handle, "wanted": { "set": ["audiences.kin.vto=1"], "defeat": "x" } });
    assert_eq!(call(&mut door, &wrong)["findings"].as_array().map(Vec::len), Some(2), "all that is wrong is told");
    assert_eq!(ok(&mut door, &json!({ "do": "set", "handle": handle, "wanted": { "defeat": "leader" } }))["done"], 10);
}

#[test]
fn what_it_says_of_a_scenario_names_everything_that_can_be_chosen() {
    let mut door = Door::default();
    let opened = ok(&mut door, &json!({ "do": "open", "text": ISTANBUL, "name": "istanbul" }));
    let about = &opened["about"];
    let n = Scenario::parse("istanbul", ISTANBUL.as_bytes()).expect("it is shipped").negotiation;
    let ids = |list: &str| {
        let list = about[list].as_array().expect("it is a list");
        list.iter().map(|one| one["id"].as_str().expect("it has an id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("readings"), n.readings.iter().map(|r| r.id.clone()).collect::<Vec<_>>());
    assert_eq!(ids("issues"), n.space.issues.iter().map(|k| k.id.clone()).collect::<Vec<_>>());
    assert_eq!(ids("audiences"), n.audiences.iter().map(|a| a.id.clone()).collect::<Vec<_>>());
    assert_eq!(about["inputs"].as_array().map(Vec::len), Some(n.inputs.len()));
    assert_eq!((&about["talks"], &about["title"]), (&json!(true), &json!(n.title)));
    // Every number takes the value that it is said to have, and every part can be left out.
    for input in about["inputs"].as_array().expect("it is a list") {
        let (path, modal) = (input["path"].as_str().expect("a path"), &input["modal"]);
        let mut scenario = Scenario::parse("istanbul", ISTANBUL.as_bytes()).expect("it is shipped");
        let set = scenario.set(path, &modal.to_string());
        assert!(set.is_ok(), "{path} {modal}: {set:?}");
    }
    for part in about["parts"].as_array().expect("it is a list") {
        let wanted = json!({ "without": [part], "runs": 2 });
        ok(&mut door, &json!({ "do": "set", "handle": opened["handle"], "wanted": wanted }));
    }
}

#[test]
fn mistakes_of_a_file_are_told_at_their_place() {
    let mut door = Door::default();
    let text = PIE.replace("veto = 0.5", "vetto = 0.5");
    let reply = call(&mut door, &json!({ "do": "open", "text": text }));
    let finding = &reply["findings"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&json!(7), &json!(21)), "{reply}");
    assert!(finding["hints"].to_string().contains("veto"), "{reply}");
}

#[test]
fn what_cannot_be_done_is_told_in_words() {
    let mut door = Door::default();
    for (request, says) in [
        (json!({ "do": "answer", "handle": 1 }), "no scenario is held under the handle 1 | none is open"),
        (json!({ "do": "anwser" }), "unknown verb `anwser` | did you mean `answer`?"),
        (json!({ "handle": 1 }), "the request lacks `do`"),
        (json!({ "do": "open", "name": "x" }), "the request lacks `text`"),
        (json!({ "do": 7 }), "`do` of the request is the number `7` | expected a text"),
        (json!([1]), "the request is a list, no object"),
    ] {
        let reply = found(&mut door, &request);
        assert!(reply.contains(says), "{request}: {reply}");
    }
    let handle = open(&mut door, PIE);
    let ask = |verb: &str, more: Value| {
        let mut request = json!({ "do": verb, "handle": handle });
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        request
    };
    for (request, says) in [
        (ask("answer", json!({})), "no run is done | `go_on` works through runs"),
        (ask("go_on", json!({ "from": 3, "to": 3 })), "`from` 3 `to` 3 are no runs"),
        (ask("go_on", json!({ "from": 0 })), "the request lacks `to`"),
        (ask("go_on", json!({ "from": 0, "to": -1 })), "`to` of the request is the number `-1`"),
        (ask("go_on", json!({ "from": 0, "to": MOST_AT_ONCE + 1 })), "in several calls"),
        (ask("set", json!({ "wanted": { "threads": 2 } })), "unknown key of `wanted` `threads`"),
        (ask("verdict", json!({})), "no package was given"),
        (ask("verdict", json!({ "package": "pie=9" })), "unknown option `9`"),
        (ask("trace", json!({ "run": "x" })), "run x` is not a whole number"),
        (ask("merge", json!({ "tallies": [{}] })), "tally 1 lacks `of`"),
    ] {
        let reply = found(&mut door, &request);
        assert!(reply.contains(says), "{request}: {reply}");
    }
    let reply = call(&mut door, &Value::Null);
    assert!(reply["findings"][0]["message"].as_str().is_some_and(|said| said.contains("is nothing")), "{reply}");
    let reply: Value = serde_json::from_str(&door.call(b"{\"do\":\n  \"open\",,}")).expect("a reply is JSON");
    assert_eq!((&reply["findings"][0]["line"], &reply["findings"][0]["column"]), (&json!(2), &json!(10)), "{reply}");
}

#[test]
fn what_is_closed_is_forgotten_and_can_be_opened_again() {
    let mut door = Door::default();
    let all: Vec<u64> = (0..MOST_OPEN).map(|_| open(&mut door, PIE)).collect();
    let reply = found(&mut door, &json!({ "do": "open", "text": PIE }));
    assert!(reply.contains("`close` one of them"), "{reply}");
    ok(&mut door, &json!({ "do": "close", "handle": all[5] }));
    assert!(found(&mut door, &json!({ "do": "go_on", "handle": all[5], "from": 0, "to": 1 })).contains("is held"));
    let again = open(&mut door, PIE);
    assert!(!all.contains(&again), "no handle is given twice");
    go_on(&mut door, again, &[(0, 20)]);
    go_on(&mut door, all[6], &[(0, 20)]);
    let (one, other) = (document(&mut door, again), document(&mut door, all[6]));
    same(&one, &other, "opened again");
}

/// Requests of every verb, and a tally that fits.
fn requests() -> Vec<String> {
    let mut door = Door::default();
    let handle = open(&mut door, PIE);
    go_on(&mut door, handle, &[(40, 60)]);
    let tally = ok(&mut door, &json!({ "do": "tally", "handle": handle }));
    let wanted =
        json!({ "runs": 30, "seed": "2", "set": ["audiences.kin.veto=0.7"], "without": ["claims"], "defeat": "both" });
    let all = [
        json!({ "do": "open", "text": PIE, "name": "pie" }),
        json!({ "do": "merge", "handle": 1, "tallies": [tally] }),
        json!({ "do": "go_on", "handle": 1, "from": 0, "to": 20 }),
        json!({ "do": "answer", "handle": 1, "figures": [], "theme": "dark", "width": 390 }),
        json!({ "do": "tally", "handle": 1 }),
        json!({ "do": "solve", "handle": 1, "world": 3 }),
        json!({ "do": "verdict", "handle": 1, "package": "pie=2", "side": "ann" }),
        json!({ "do": "trace", "handle": 1, "run": 3 }),
        json!({ "do": "check", "handle": 1, "runs": 20 }),
        json!({ "do": "set", "handle": 1, "wanted": wanted, "courses": true }),
        json!({ "do": "close", "handle": 2 }),
    ];
    all.iter().map(Value::to_string).collect()
}

#[test]
fn no_text_makes_it_panic() {
    let (requests, mut door, mut luck) = (requests(), Door::default(), 20_251_130_u64);
    let mut next = |most: usize| {
        // Knuth's generator of MMIX; the upper bits are the better ones.
        luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (luck >> 33) as usize % most.max(1)
    };
    open(&mut door, PIE);
    let odd =
        ["\"", "{", "}", "[", "]", "null", "-1", "1e999", "18446744073709551615", "\\u0000", "\u{202e}", "é", ",", "0"];
    let (mut told, mut done) = (0, 0);
    for round in 0..2_000 {
        let mut text = requests[round % requests.len()].clone().into_bytes();
        for _ in 0..next(4) {
            let at = next(text.len());
            match next(4) {
                0 => text[at] = next(256) as u8,
                1 => drop(text.splice(at..at, odd[next(odd.len())].bytes())),
                2 => drop(text.drain(at..(at + next(12)).min(text.len()))),
                _ => text.truncate(at.max(1)),
            }
            if text.is_empty() {
                break;
            }
        }
        let reply: Value = serde_json::from_str(&door.call(&text)).expect("a reply is JSON");
        told += usize::from(reply["findings"].as_array().is_some_and(|found| !found.is_empty()));
        done += usize::from(reply.get("ok").is_some());
    }
    assert_eq!(told + done, 2_000, "every reply is one or the other");
    assert!(told > 500 && done > 100, "{told} {done}");
}

/// Resident memory of this process, in kilobytes; `None` where the system does not tell.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
}

#[test]
fn two_hundred_choices_one_after_another_do_not_grow_the_memory() {
    // In a process of its own, where no other test grows.
    if std::env::var_os("WINSET_ALONE").is_none() {
        let name = "door::two_hundred_choices_one_after_another_do_not_grow_the_memory";
        let exe = std::env::current_exe().expect("it runs");
        let alone = std::process::Command::new(exe).args([name, "--exact"]).env("WINSET_ALONE", "1").output();
        let alone = alone.expect("it can be started");
        let said = String::from_utf8_lossy(&alone.stdout).into_owned();
        assert!(alone.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let mut door = Door::default();
    let handle = open(&mut door, ISTANBUL);
    let mut after = |rounds: std::ops::Range<u64>| {
        for round in rounds {
            let wanted = json!({ "seed": round, "set": [format!("mediator.tilt.ukraine={}", round as f64 / 1000.0)] });
            ok(&mut door, &json!({ "do": "set", "handle": handle, "wanted": wanted }));
            go_on(&mut door, handle, &[(0, 2)]);
        }
        resident()
    };
    let (Some(before), Some(later)) = (after(0..40), after(40..240)) else { return };
    let mut told = String::new();
    let _ = write!(told, "{before} kB, then {later} kB");
    // A compiled Istanbul takes some megabytes: kept 200 times, they would be hundreds.
    assert!(later < before + 20_000, "{told}");
}

#[cfg(feature = "figures")]
#[test]
fn pictures_are_drawn_as_they_are_asked_for() {
    let mut door = Door::default();
    let handle = open(&mut door, PIE);
    let wanted = json!({ "runs": 200 });
    ok(&mut door, &json!({ "do": "set", "handle": handle, "wanted": wanted, "courses": true }));
    go_on(&mut door, handle, &[(0, 200)]);
    let mut figures = |more: Value| {
        let mut request = json!({ "do": "answer", "handle": handle });
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        ok(&mut door, &request)["figures"].take()
    };
    assert_eq!(figures(json!({})), Value::Null);
    assert!(figures(json!({ "figures": true })).as_array().is_some_and(|all| all.len() > 8));
    let two = figures(json!({ "figures": ["gap", "margin"], "width": 390, "theme": "dark", "titles": false }));
    let two = two.as_array().expect("a list");
    assert_eq!(two.iter().map(|figure| &figure["name"]).collect::<Vec<_>>(), ["gap", "margin"]);
    for figure in two {
        let svg = figure["svg"].as_str().expect("a text");
        assert!(svg.contains("width=\"390\"") && svg.contains("#14181D"), "{svg}");
        let title = figure["title"].as_str().expect("a text");
        assert_eq!(svg.matches(title).count(), 1, "only for those who do not see it");
    }
    for (key, value, says) in [
        ("theme", json!("drak"), "unknown value of `theme` `drak` | did you mean `dark`?"),
        ("width", json!(100), "pictures are laid out from 390 to 2000 pixels"),
        ("figures", json!(["tornad"]), "unknown figure `tornad` | did you mean `tornado`?"),
        ("titles", json!(5), "`titles` of the request is the number `5`"),
    ] {
        let reply = found(&mut door, &json!({ "do": "answer", "handle": handle, key: value }));
        assert!(reply.contains(says), "{reply}");
    }
}
