//! The house keeps its shape: imports point inwards at the model, each outside library has one door, files stay short.

use std::fs;
use std::path::{Path, PathBuf};

/// What each room may use of the others; `report` sees all of the library but the door, the command
/// line only its public face.
const ROOMS: &[(&str, &[&str])] = &[
    ("num", &[]),
    ("visible", &[]),
    ("model", &["num"]),
    ("scenario", &["model", "num", "visible"]),
    ("space", &["model", "num"]),
    ("engine", &["games", "space", "model", "num"]),
    ("offers", &["engine", "space", "model", "num"]),
    ("analysis", &["engine", "space", "model", "num"]),
    ("batch", &["analysis", "engine", "space", "scenario", "model", "num", "visible"]),
    ("text", &["num", "visible"]),
    ("figure", &["text", "num", "visible"]),
    ("games", &["text", "scenario", "model", "num", "visible"]),
    ("stability", &["engine", "space", "model", "num"]),
    ("import", &["stability", "games", "text", "scenario", "model", "num", "visible"]),
    ("choice", &["games", "engine", "space", "model", "num"]),
    ("ask", &["choice", "offers", "text", "analysis", "engine", "space", "scenario", "model", "num"]),
    ("session", &["ask", "text", "analysis", "engine", "space", "scenario", "model", "num", "visible"]),
    (
        "report",
        &[
            "stability",
            "import",
            "session",
            "ask",
            "choice",
            "offers",
            "figure",
            "games",
            "text",
            "batch",
            "analysis",
            "engine",
            "space",
            "scenario",
            "model",
            "num",
            "visible",
        ],
    ),
    (
        "door",
        &["session", "report", "ask", "figure", "text", "analysis", "engine", "space", "scenario", "model", "num"],
    ),
    ("page", &["report", "ask", "figure", "text", "engine", "space", "scenario", "model"]),
    ("cli", &[]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Outside libraries and the one file, or folder, that may name each.
const DOORS: &[(&str, &str)] = &[
    ("anstream", "cli/output.rs"),
    ("base64", "text/base64.rs"),
    ("clap", "cli/args/"),
    ("clap_complete", "cli/args/"),
    ("clap_mangen", "cli/args/man.rs"),
    ("csv", "text/sheet/"),
    ("ctrlc", "cli/interrupt.rs"),
    ("flate2", "page/"),
    ("indicatif", "cli/progress.rs"),
    ("libm", "num/mod.rs"),
    ("num_bigint", "games/"),
    ("num_integer", "games/"),
    ("num_rational", "games/"),
    ("num_traits", "games/"),
    ("parquet", "report/parquet.rs"),
    ("plotters", "figure/canvas"),
    ("pulldown_cmark", "page/markdown.rs"),
    ("pulp", "space/kernel.rs"),
    ("rand_chacha", "engine/stream.rs"),
    ("rayon", "engine/batch.rs"),
    ("rustybuzz", "figure/shaping.rs"),
    ("self_cell", "door/held.rs"),
    ("strsim", "scenario/names.rs"),
    ("tiny_skia", "figure/png.rs"),
    ("toml", "scenario/format.rs"),
    ("unicode_bidi", "figure/shaping.rs"),
    ("unicode_script", "figure/shaping.rs"),
];

/// Every file of `src`: its path there, and its lines of logic, without comments and without its tests.
fn files() -> Vec<(String, Vec<String>)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.retain(|p| p.extension().is_some_and(|e| e == "rs") && !p.ends_with("tests.rs"));
    paths.sort();
    let name = |p: &Path| p.strip_prefix(&src).expect("it is in src").to_str().expect("ASCII").replace('\\', "/");
    paths.iter().map(|p| (name(p), logic(&fs::read_to_string(p).expect("it is text")))).collect()
}

fn logic(text: &str) -> Vec<String> {
    let before_tests = text.lines().take_while(|l| *l != "#[cfg(test)]" || text.contains("#[cfg(test)]\nmod tests;"));
    before_tests.filter(|l| !l.trim_start().starts_with("//")).map(str::to_owned).collect()
}

/// What follows `prefix` where it begins a path: `crate::` gives the rooms that a line names.
fn named<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let starts_a_path = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    let places = line.match_indices(prefix).filter(|(at, _)| starts_a_path(*at));
    let word = |from: usize| line[from..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    places.map(|(at, _)| word(at + prefix.len())).collect()
}

#[test]
fn imports_point_inwards_at_the_model() {
    for (file, lines) in files() {
        let own = file.split(['/', '.']).next().expect("a path has a first part");
        let (_, allowed) =
            ROOMS.iter().find(|(room, _)| *room == own).unwrap_or_else(|| panic!("{file}: no such room"));
        for (line, room) in lines.iter().flat_map(|l| named(l, "crate::").into_iter().map(move |room| (l, room))) {
            assert!(room == own || allowed.contains(&room), "src/{file} may not use `{room}`: {line}");
        }
    }
}

#[test]
fn each_outside_library_has_one_door() {
    for (file, lines) in files() {
        for (library, _) in DOORS.iter().filter(|(_, door)| !file.starts_with(door)) {
            let through = lines.iter().find(|l| !named(l, &format!("{library}::")).is_empty());
            assert!(through.is_none(), "src/{file} names `{library}`: {through:?}");
        }
    }
}

#[test]
fn no_file_of_logic_is_longer_than_four_hundred_lines() {
    for (file, lines) in files() {
        assert!(lines.len() <= 400, "src/{file} has {} lines of logic", lines.len());
    }
}
