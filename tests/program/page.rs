//! The page and its engine: a module of other sources is refused before anything is written.

use std::fs;

use winset::door::SOURCES;

use crate::cli_support::{Asked, Folder};

/// The page of the bus strike with this engine.
fn page(folder: &Folder, engine: &[u8]) -> Asked {
    fs::write(folder.path("engine.wasm"), engine).expect("a fresh file");
    folder.winset(&["page", "labour-dispute", "--engine", "engine.wasm", "--force"])
}

#[test]
fn an_engine_of_other_sources_is_refused_with_the_command_that_builds_it() {
    let folder = Folder::new("page-stale");
    let other = SOURCES.replace(|c: char| c.is_ascii_digit(), "x");
    for stale in [format!("\0asm {other}"), "\0asm".to_owned()] {
        let asked = page(&folder, stale.as_bytes());
        assert_eq!(asked.status, 2);
        let said =
            "error: the engine `engine.wasm` was built from other sources than this program\n = hint: cargo engine";
        assert!(asked.err.contains(said), "{}", asked.err);
        assert!(fs::metadata(folder.path("labour-dispute.html")).is_err(), "nothing was written");
    }
}

#[test]
fn an_engine_of_these_sources_is_taken_and_what_is_no_module_is_not() {
    let folder = Folder::new("page-fresh");
    let asked = page(&folder, SOURCES.as_bytes());
    assert_eq!((asked.status, asked.err.contains("is no WebAssembly module")), (2, true), "{}", asked.err);
    let asked = page(&folder, format!("\0asm {SOURCES}").as_bytes());
    assert_eq!(asked.status, 0, "{}", asked.err);
    let page = fs::read_to_string(folder.path("labour-dispute.html")).expect("it was written");
    assert!(page.contains("id=\"engine\""), "the engine stands in it");
}
