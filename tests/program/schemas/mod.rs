//! Every JSON document has the shape that `winset schema --of VERB` prints: documents of all verbs about all shipped scenarios.
//!
//! `WINSET_WRITE_SCHEMA=1` writes the schemas anew from the same documents; what changed is then read in the difference.

mod shape;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use self::shape::{Shape, misfit, share};
use crate::cli_support::{Folder, winset, winset_with_input};

/// What is asked of every shipped scenario; what it cannot be asked is refused with status 2.
const ASKED: [&str; 16] = [
    "run FILE --runs 60 --with figures",
    "run FILE --precision 0.2",
    "solve FILE",
    "stability FILE --runs 60 --top 2",
    "trace FILE",
    "verdict FILE --package now",
    "compare FILE @defeat=leader --runs 60",
    "ablations FILE --runs 40",
    "directions FILE --pairs 40",
    "infer FILE --worlds 200",
    "game FILE --runs 20 --resamples 10",
    "offers FILE --tactics boulware,conceder",
    "offers FILE --tournament",
    "sensitivity FILE --points 64",
    "audit FILE --worlds 64",
    "estimate FILE --precision 0.2",
];

/// What is asked of one or another.
const MORE: [&str; 26] = [
    "run istanbul-2025 --runs 60 --agreeing --reading stanovaya --variant kyiv-frames=off --set mediator.tilt.ukraine=0.1 --without events",
    "run labour-dispute --vary audiences.drivers.loss_aversion=1:2:3 --runs 40",
    "solve istanbul-2025 --reading pastukhov",
    "explain istanbul-2025 territory",
    "stability istanbul-2025 --named frozen-line --runs 60",
    "stability --gmcr HERE/case.json",
    "explain istanbul-2025 territory=contact",
    "explain labour-dispute board",
    "explain labour-dispute issues.pay.views.board.weight",
    "verdict labour-dispute --named last-offer --side union",
    "verdict istanbul-2025 --named kyiv-opening",
    "verdict istanbul-2025 --package territory=contact",
    "offers labour-dispute --tactics trade-off,tit-for-tat --repeat 20",
    "offers labour-dispute --tactics best-response,boulware --rounds 20",
    "estimate labour-dispute --of would-do:pay=3,roster=mixed,jobs=two --method importance --runs 500",
    "estimate split-the-pie --of no-defeat:even --method lines",
    "estimate istanbul-2025 --of unratified --runs 200",
    "game chicken --runs 30 --resamples 20 --break-even no_deal.east.cost=0:1 --for east.straight",
    "sensitivity labour-dispute --of exists --points 64",
    "class docs/class-of-twelve.csv",
    "class --enter istanbul-2025 --package territory=contact",
    "handout labour-dispute --out HERE/class",
    "infer istanbul-2025 --reading pastukhov --worlds 200",
    "batch istanbul-analysts --runs 8 --out HERE/b",
    "missing HERE/b",
    "discover HERE/b --target reached>=0.1",
];

/// Every document that is held against a schema, under its verb.
fn documents() -> BTreeMap<String, Vec<Value>> {
    let folder = Folder::new("schemas");
    let here = folder.path("");
    let here = here.trim_end_matches('/');
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    folder.file(
        "case.json",
        br#"{"dms": [{"name": "a", "options": ["x"]}, {"name": "b", "options": ["y"]}], "status_quo": "NN", "preferences":
           {"a": ["YN", "YY", "NN", "NY"], "b": ["NY", "YY", "NN", "YN"]}}"#,
    );
    let mut take = |line: &str, out: &str| {
        for text in out.lines() {
            let document: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{line}: {e}: {text}"));
            let verb = document["verb"].as_str().unwrap_or_else(|| panic!("{line}: it has a verb")).to_owned();
            all.entry(verb).or_default().push(document);
        }
    };
    let shipped = shipped();
    let each = ASKED.iter().flat_map(|line| shipped.iter().map(|name| line.replace("FILE", name)));
    for line in each.chain(MORE.iter().map(|line| line.replace("HERE", here))) {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.push("--json");
        let asked = winset(&words);
        let wanted = if MORE.iter().any(|more| more.replace("HERE", here) == line) { 0..=1 } else { 0..=2 };
        assert!(wanted.contains(&asked.status), "{line}: {}", asked.err);
        if asked.status < 2 {
            take(&line, &asked.out);
        }
    }
    let talk = folder.path("talk.json");
    let played =
        winset_with_input(&["play", "labour-dispute", "--side", "union", "--save", &talk], b"hold\nrefuse\nhold\n");
    assert_eq!(played.status, 0, "{}", played.err);
    for words in [&["replay", &talk, "--json"][..], &["replay", &talk, "--what-if", "1=walk-out", "--json"]] {
        take("replay", &winset(words).out);
    }
    let table = winset_with_input(&["game", "-", "--json"], b",l,r\nu,3;3,0;5\nd,5;0,1;1\n");
    take("game -", &table.out);
    for shard in ["1/2", "2/2"] {
        let part = format!("{here}/{}", shard.replace('/', "-"));
        assert_eq!(winset(&["batch", "istanbul-analysts", "--runs", "2", "--out", &part, "--shard", shard]).status, 0);
    }
    let merged =
        winset(&["merge", &format!("{here}/1-2"), &format!("{here}/2-2"), "--out", &format!("{here}/all"), "--json"]);
    take("merge", &merged.out);
    all
}

/// The names of the shipped scenarios.
fn shipped() -> Vec<String> {
    let listed = winset(&["list"]).out;
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    let is_scenario = |name: &&str| {
        ["talks", "textbook"].iter().any(|folder| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{folder}/{name}.toml")).is_file()
        })
    };
    let names: Vec<String> = names.filter(is_scenario).map(str::to_owned).collect();
    assert!(names.len() > 20, "{listed}");
    names
}

#[test]
fn every_document_has_the_shape_that_its_schema_tells() {
    let all = documents();
    let wrong = winset(&["schema", "--of", "solv"]);
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `solve`?"), "{}", wrong.err);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schemas");
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        let verb = path.file_stem().and_then(|stem| stem.to_str()).expect("it is a verb");
        assert!(all.contains_key(verb), "no document of `{verb}` was asked for");
    }
    for (verb, documents) in &all {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/schemas/{verb}.json"));
        let printed = winset(&["schema", "--of", verb]).out;
        let anew = std::env::var_os("WINSET_WRITE_SCHEMA").is_some();
        let text = if anew { written(verb, documents) } else { printed };
        if anew {
            std::fs::write(&path, &text).expect("the folder can be written");
        }
        let schema: Value = serde_json::from_str(&text).expect("it is JSON");
        for document in documents {
            let said = misfit(&schema, &schema, document, verb);
            assert!(said.is_none(), "{}: asked {}", said.unwrap_or_default(), document["asked"]);
        }
    }
}

#[test]
fn documents_about_a_scenario_that_nobody_ships_have_the_shape_too() {
    let folder = Folder::new("schemas-own");
    let own = |name: &str, ids: &[(&str, &str)]| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        let text = std::fs::read_to_string(&path).expect("it is shipped");
        let text = ids.iter().fold(text, |text, (id, other)| text.replace(id, other));
        folder.file(&format!("{}.toml", name.replace('/', "-")), text.as_bytes());
        folder.path(&format!("{}.toml", name.replace('/', "-")))
    };
    let files = [
        own(
            "talks/istanbul-2025",
            &[
                ("russia", "rossija"),
                ("ukraine", "ukrajina"),
                ("stanovaya", "third"),
                ("territory", "land"),
                ("staller", "waiter"),
                ("flexible", "bending"),
            ],
        ),
        own(
            "textbook/labour-dispute",
            &[("union", "guild"), ("firm", "works"), ("roster", "shifts"), ("drivers", "crews")],
        ),
    ];
    let mut schemas = BTreeMap::new();
    for line in ASKED {
        let mut met = 0;
        for file in &files {
            let asked = winset(&[&line.replace("FILE", file).split(' ').collect::<Vec<_>>()[..], &["--json"]].concat());
            if asked.status < 2 {
                met += 1;
                let document: Value = serde_json::from_str(&asked.out).unwrap_or_else(|e| panic!("{line}: {e}"));
                let verb = document["verb"].as_str().expect("it has a verb").to_owned();
                let schema = schemas.entry(verb.clone()).or_insert_with(|| {
                    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/schemas/{verb}.json"));
                    let text = std::fs::read_to_string(path).expect("every verb has one");
                    serde_json::from_str::<Value>(&text).expect("it is JSON")
                });
                let said = misfit(schema, schema, &document, &verb);
                assert!(said.is_none(), "{}: {line}", said.unwrap_or_default());
            }
        }
        assert!(met > 0, "{line} was asked of none");
    }
}

#[test]
fn a_document_of_another_shape_is_told_from_one_that_fits() {
    let mut shape = Shape::default();
    let document = json!({ "a": [1, 2.5], "gains": { "x": 1.0 }, "s": { "count": 1, "of": 2, "share": 0.5, "low": 0.1, "high": 0.9 } });
    shape.meet("", &document);
    let mut schema = shape.schema("");
    schema["$defs"] = json!({ "share": share() });
    let said = |change: fn(&mut Value)| {
        let mut other = document.clone();
        change(&mut other);
        misfit(&schema, &schema, &other, "it")
    };
    assert_eq!(said(|_| ()), None);
    assert_eq!(said(|it| it["gains"]["y"] = json!(2)), None, "identifiers may be any");
    assert_eq!(said(|it| it["a"][1] = json!("2")), Some("it.a[1] is string, not \"number\"".into()));
    assert_eq!(said(|it| it["b"] = json!(1)), Some("it.b is in no schema".into()));
    assert_eq!(said(|it| it["s"]["of"] = json!(null)), Some("it.s.of is null, not \"integer\"".into()));
    assert_eq!(said(|it| it["s"] = json!({})), Some("it.s.count is missing".into()));
}

/// The schema of a verb, from documents of it.
fn written(verb: &str, documents: &[Value]) -> String {
    let mut shape = Shape::default();
    documents.iter().for_each(|document| shape.meet("", document));
    let mut schema = shape.schema("");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("what `winset {verb} --json` prints"));
    schema["properties"]["verb"]["const"] = json!(verb);
    schema["$defs"] = json!({ "share": share() });
    format!("{schema:#}\n")
}
