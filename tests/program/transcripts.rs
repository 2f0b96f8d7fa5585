//! Commands with all they print, replayed exactly: `tests/transcripts/*.txt`.
//!
//! A line `$ winset …` starts a command; what follows is its standard output, then its standard error, then its status
//! in brackets unless that is 0. What the program hears on standard input stands behind ` < `, its lines parted by ` / `. `WINSET_BLESS=1 cargo test --test program transcripts` writes what is printed now: read it
//! before it is committed.

use std::fs;
use std::path::PathBuf;

use crate::cli_support::winset_with_input;

fn transcripts() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("it can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths
}

fn replayed(transcript: &str) -> String {
    let commands = transcript.lines().filter_map(|line| line.strip_prefix("$ winset "));
    commands.map(answer).collect::<Vec<_>>().join("\n")
}

fn answer(command: &str) -> String {
    let (said, heard) = command.split_once(" < ").unwrap_or((command, ""));
    let words = words(said);
    let input: String = heard.split(" / ").map(|line| format!("{line}\n")).collect();
    let input = if heard.is_empty() { "" } else { &input };
    let asked = winset_with_input(&words.iter().map(String::as_str).collect::<Vec<_>>(), input.as_bytes());
    let status = if asked.status == 0 { String::new() } else { format!("[status {}]\n", asked.status) };
    format!("$ winset {command}\n{}{}{status}", asked.out, asked.err)
}

/// The words of a command as a shell takes them, with single quotes only.
pub fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_prints_what_its_transcript_says() {
    let mut differing = Vec::new();
    for path in transcripts() {
        let expected = fs::read_to_string(&path).expect("transcripts are text");
        let printed = replayed(&expected);
        if printed == expected {
            continue;
        }
        if std::env::var_os("WINSET_BLESS").is_some() {
            fs::write(&path, &printed).expect("the transcript can be written");
        } else {
            let line = printed.lines().zip(expected.lines()).position(|(a, b)| a != b).map_or(0, |i| i + 1);
            differing.push(format!("{} from line {line} on:\n{printed}", path.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
