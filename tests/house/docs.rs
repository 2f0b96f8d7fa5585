//! The documents are tested: scenarios in them are read, mistakes in them are found, and no key is forgotten.
//!
//! - ```` ```toml scenario ````: all such blocks under one heading `##` are one file, read without findings.
//! - ```` ```toml add ````: added to the guide's scenario, it is read without errors.
//! - ```` ```toml wrong ````: added to it, it has the findings whose first lines the next block shows.
//! - ```` ```toml ````: valid TOML.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use winset::scenario::{Finding, Scenario, Severity, dead_dials, schema};

const DOCUMENTS: &[&str] = &["README.md", "CONTRIBUTING.md", "docs/model.md", "docs/scenario-format.md"];

struct Block {
    heading: String,
    kind: String,
    text: String,
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The fenced blocks of a document, each with the heading `##` under which it stands.
fn blocks(text: &str) -> Vec<Block> {
    let (mut heading, mut open, mut all) = (String::new(), None, Vec::new());
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => open = Some((kind.to_owned(), String::new())),
            (None, None) => heading = line.strip_prefix("## ").map_or(heading, str::to_owned),
            (Some((_, inside)), None) => *inside += &format!("{line}\n"),
            (Some(_), Some(_)) => {
                let (kind, text) = open.take().expect("a block is open");
                all.push(Block { heading: heading.clone(), kind, text });
            }
        }
    }
    all
}

/// The files that the `toml scenario` blocks of a document make, by heading.
fn scenarios(document: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for block in blocks(&read(document)).into_iter().filter(|b| b.kind == "toml scenario") {
        *files.entry(block.heading).or_default() += &format!("{}\n", block.text);
    }
    files
}

fn findings(text: &str) -> Vec<Finding> {
    Scenario::parse("a.toml", text.as_bytes()).map_or_else(|found| found, |scenario| scenario.warnings)
}

fn headline(finding: &Finding) -> String {
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    format!("{severity}: {}", finding.message)
}

fn the_scenario_of_the_guide() -> String {
    scenarios("docs/scenario-format.md").into_values().next().expect("the guide builds a scenario")
}

#[test]
fn every_complete_scenario_of_the_documents_is_read_without_findings() {
    for document in DOCUMENTS {
        for (heading, text) in scenarios(document) {
            let found: Vec<String> = findings(&text).iter().map(headline).collect();
            assert!(found.is_empty(), "{document}, {heading}: {found:#?}");
        }
    }
}

#[test]
fn every_excerpt_of_the_documents_is_toml() {
    for document in DOCUMENTS {
        for block in blocks(&read(document)).iter().filter(|b| b.kind.starts_with("toml") && b.kind != "toml wrong") {
            let read = block.text.parse::<toml::Table>();
            assert!(read.is_ok(), "{document}, {}: {}\n{}", block.heading, read.unwrap_err(), block.text);
        }
    }
}

#[test]
fn every_example_of_the_guide_fits_its_scenario() {
    let base = the_scenario_of_the_guide();
    let examples = blocks(&read("docs/scenario-format.md"));
    let examples: Vec<&Block> = examples.iter().filter(|b| b.kind == "toml add").collect();
    assert!(examples.len() >= 15, "only {} examples", examples.len());
    for block in examples {
        let found = findings(&format!("{base}{}", block.text));
        let errors: Vec<String> = found.iter().filter(|f| f.severity == Severity::Error).map(headline).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}\n{}", block.heading, block.text);
    }
}

#[test]
fn every_mistake_of_the_guide_is_found_as_the_guide_says() {
    let base = the_scenario_of_the_guide();
    let all = blocks(&read("docs/scenario-format.md"));
    let mistakes: Vec<&[Block]> = all.windows(2).filter(|pair| pair[0].kind == "toml wrong").collect();
    assert!(mistakes.len() >= 8, "only {} mistakes", mistakes.len());
    for pair in mistakes {
        let found: Vec<String> = findings(&format!("{base}{}", pair[0].text)).iter().map(headline).collect();
        let says = |l: &&str| l.starts_with("error: ") || l.starts_with("warning: ");
        let said: Vec<&str> = pair[1].text.lines().filter(says).collect();
        assert_eq!(found, said, "of\n{}", pair[0].text);
    }
}

/// Keys by section, as the reader knows them: `number` stands for all ways to write a number.
fn keys_of_the_reader() -> BTreeMap<String, BTreeSet<String>> {
    let schema = schema();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (section, of) in schema["properties"].as_object().expect("a schema has properties") {
        keys.entry(String::from("top")).or_default().insert(section.clone());
        let mut inside = BTreeSet::new();
        collect(of, &mut inside);
        if !inside.is_empty() {
            keys.insert(section.clone(), inside);
        }
    }
    let (mut of_numbers, mut of_circumstances) = (BTreeSet::new(), BTreeSet::new());
    for (name, of) in schema["$defs"].as_object().expect("a schema has definitions") {
        collect(of, if name == "while" { &mut of_circumstances } else { &mut of_numbers });
    }
    keys.insert(String::from("while"), of_circumstances);
    keys.insert(String::from("number"), of_numbers);
    keys
}

/// The names of all properties anywhere in a part of a schema.
fn collect(schema: &Value, into: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(properties) = entries.get("properties").and_then(Value::as_object) {
                into.extend(properties.keys().cloned());
            }
            entries.values().for_each(|v| collect(v, into));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, into)),
        _ => {}
    }
}

/// Keys by section, as the table of the guide has them: rows ``| section | `key` | …``. Parts of an issue count as it.
fn keys_of_the_guide() -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in read("docs/scenario-format.md").lines().filter(|l| l.starts_with("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Some(key) = cells.get(2).and_then(|c| c.strip_prefix('`')?.strip_suffix('`')) else { continue };
        let section = match cells[1] {
            "option" | "grid" | "view" => "issues",
            section => section,
        };
        keys.entry(section.to_owned()).or_default().insert(key.to_owned());
    }
    keys
}

#[test]
fn the_guide_lists_exactly_the_keys_that_the_reader_knows() {
    let (guide, reader) = (keys_of_the_guide(), keys_of_the_reader());
    for section in guide.keys().chain(reader.keys()) {
        assert_eq!(guide.get(section), reader.get(section), "section {section}: the guide, then the reader");
    }
}

#[test]
fn the_guide_lists_exactly_the_rules_for_dead_dials() {
    let guide = read("docs/scenario-format.md");
    let section = guide.split("\n## Dead dials\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows =
        section.expect("the section is there").lines().filter_map(|l| l.strip_prefix("| `")?.split("` |").next());
    let rules: Vec<&str> = dead_dials().map(|(key, _)| key).collect();
    assert_eq!(rows.collect::<Vec<_>>(), rules, "the guide, then the rules");
}

#[test]
fn the_readme_shows_the_tour_of_the_library() {
    let tour = blocks(&read("src/lib.rs").replace("//! ", "").replace("//!", ""));
    let tour = tour.iter().find(|b| b.kind == "rust").expect("the library opens with a tour");
    let shown = blocks(&read("README.md"));
    assert!(shown.iter().any(|b| b.kind == "rust" && b.text == tour.text), "README.md shows another tour");
}

/// Citations in a text, as (last word of the names before the year, year): `Nash (1950)`, `Press et al. (2007)`, and
/// `(Putnam 1988)`. Dates, as in "(May 2025)", are none.
fn cited(text: &str) -> Vec<(String, String)> {
    const MONTHS: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let is_year = |y: &str| y.len() == 4 && y.starts_with(['1', '2']) && y.bytes().all(|b| b.is_ascii_digit());
    let mut found = Vec::new();
    for (end, _) in text.match_indices(')') {
        let Some(year) = end.checked_sub(4).and_then(|at| text.get(at..end)).filter(|y| is_year(y)) else { continue };
        let before = text[..end - 4].trim_end_matches('(').trim_end();
        let mut words = before.rsplit(|c: char| c.is_whitespace() || c == '/' || c == '!').filter(|w| !w.is_empty());
        let name = words.find(|w| !["et", "al."].contains(w)).unwrap_or_default();
        let name = name.trim_end_matches("'s").trim_matches(['*', '`', '(']);
        if name.starts_with(char::is_uppercase) && !MONTHS.contains(&name) {
            found.push((name.to_owned(), year.to_owned()));
        }
    }
    found
}

#[test]
fn every_citation_of_documents_and_code_is_in_the_bibliography() {
    let bibliography = read("docs/bibliography.md");
    let keys: Vec<&str> = bibliography.split("**").skip(1).step_by(2).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("docs"), root.join("scenarios")];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| ["rs", "md", "toml"].iter().any(|known| e == *known)) {
                let text = fs::read_to_string(&path).expect("it is text");
                let code = path.extension().is_some_and(|e| e == "rs");
                let said = |l: &&str| !code || l.trim_start().starts_with("//");
                let text: String = text.lines().filter(said).flat_map(|l| [l, " "]).collect();
                for (name, year) in cited(&text) {
                    looked_at += 1;
                    let known = keys.iter().any(|k| k.contains(&name) && k.contains(&year));
                    assert!(known, "{}: {name} ({year}) is not in docs/bibliography.md", path.display());
                }
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} citations");
}
