//! The shipped lessons: what they show is what the program prints, and no bet has an answer that its reveal does not give.

use std::fs;

use winset::door::SOURCES;
use winset::scenario::{LessonFile, Piece};

use crate::cli_support::{Folder, winset, winset_with_input};
use crate::transcripts::words;

/// Every page of the folder of lessons, by its path.
fn pages() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lessons");
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut paths: Vec<_> = entries.map(|e| e.expect("it can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let text = |path: &std::path::PathBuf| fs::read_to_string(path).expect("lessons are text");
    paths.iter().map(|path| (path.display().to_string(), text(path))).collect()
}

/// The lessons among them, whose names begin with a number.
fn lessons() -> Vec<(String, String)> {
    let is = |(name, _): &(String, String)| {
        name.rsplit(['/', '\\']).next().is_some_and(|file| file.starts_with(|c: char| c.is_ascii_digit()))
    };
    pages().into_iter().filter(is).collect()
}

/// The commands of a text, each with the lines that are shown of what it prints.
fn shown(text: &str) -> Vec<(String, Vec<String>)> {
    let mut shown: Vec<(String, Vec<String>)> = Vec::new();
    let mut within = false;
    for line in text.lines() {
        match line.strip_prefix("$ winset ") {
            _ if line.starts_with("```") => within = line == "```console",
            Some(command) if within => shown.push((command.to_owned(), Vec::new())),
            _ if within => shown.last_mut().expect("a command comes first").1.push(line.to_owned()),
            _ => {}
        }
    }
    shown
}

/// Whether the shown lines are those that were printed; between two `…` they follow each other.
fn agrees(shown: &[String], printed: &[&str]) -> Result<(), String> {
    let mut at = 0;
    let mut free = false;
    for part in shown.split(|line| line == "…") {
        let part: Vec<&str> = part.iter().map(String::as_str).collect();
        if part.is_empty() {
            free = true;
            continue;
        }
        let fits = |start: usize| printed[start..].starts_with(&part);
        let found =
            if free { (at..=printed.len()).find(|start| fits(*start)) } else { Some(at).filter(|at| fits(*at)) };
        let Some(start) = found else { return Err(part.join("\n")) };
        (at, free) = (start + part.len(), true);
    }
    let ends = shown.last().is_some_and(|line| line == "…") || at == printed.len();
    if ends { Ok(()) } else { Err(format!("nothing more, and not\n{}", printed[at..].join("\n"))) }
}

#[test]
fn every_command_of_a_lesson_prints_what_is_shown() {
    let mut differing = Vec::new();
    let mut tried = 0;
    for (name, text) in pages() {
        for (command, lines) in shown(&text) {
            tried += 1;
            let words = words(&command);
            let asked = winset_with_input(&words.iter().map(String::as_str).collect::<Vec<_>>(), b"");
            let printed: Vec<&str> = asked.out.lines().collect();
            if let Err(missing) = agrees(&lines, &printed) {
                differing.push(format!(
                    "{name}: {command}\nis said to print\n{missing}\nbut prints\n{}{}",
                    asked.out, asked.err
                ));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(tried >= 30, "{tried}");
}

#[test]
fn every_bet_is_answered_by_the_reveal_after_it() {
    for (name, text) in lessons() {
        let lesson =
            LessonFile::parse(&name, text.as_bytes()).unwrap_or_else(|findings| panic!("{name}: {findings:?}"));
        let mut open: Vec<String> = Vec::new();
        for piece in &lesson.pieces {
            match piece {
                Piece::Bet(bet) => open.push(bet.answer.clone()),
                Piece::Reveal(head, inner) => {
                    assert!(!open.is_empty(), "{name}: “{head}” has no bet before it");
                    let told = format!("{inner:?}").to_lowercase();
                    for answer in open.drain(..) {
                        let known = told.contains(&answer.to_lowercase());
                        assert!(known, "{name}: “{head}” does not give the answer {answer}");
                    }
                }
                _ => {}
            }
        }
        assert!(open.is_empty(), "{name}: no reveal answers {open:?}");
        assert!((20..=45).contains(&lesson.minutes), "{name} takes {} minutes", lesson.minutes);
        assert!(lesson.teacher.len() > 300, "{name} leaves its teacher alone");
    }
}

#[test]
fn every_lesson_becomes_a_page_and_a_sheet() {
    let folder = Folder::new("lessons");
    let engine = folder.file("engine.wasm", format!("\0asm {SOURCES}").as_bytes());
    for (name, _) in &lessons() {
        let page = folder.path("page.html");
        let made = winset(&["lesson", name, "-o", &page, "--force", "--engine", &engine]);
        assert_eq!(made.status, 0, "{name}: {}", made.err);
        let html = fs::read_to_string(&page).expect("it was written");
        assert!(!html.contains("For the teacher") && html.contains("id=\"block-0\""), "{name}");
        assert!(!html.contains(" style=") && !html.contains("<a href=\"http"), "{name}");
        let made = winset(&["lesson", name, "--teacher", "-o", &page, "--force"]);
        assert_eq!(made.status, 0, "{name}: {}", made.err);
        assert!(fs::read_to_string(&page).expect("it was written").contains("For the teacher"));
    }
}

#[test]
fn what_is_wrong_with_a_lesson_is_said_where_it_stands() {
    let folder = Folder::new("wrong-lessons");
    let good = "# A\n\n```lesson\nminutes = 5\n```\n\n```draft\nask = \"b\"\nscenario = \"labour-dispute\"\npackage = \"now\"\n```\n\n\
                ```play\nask = \"b\"\nscenario = \"labour-dispute\"\nside = \"union\"\n```\n\n\
                ```slider\nask = \"b\"\nscenario = \"labour-dispute\"\ninput = \"state.strike_fund.start\"\nshows = \"exists\"\n```\n";
    for (from, to, said) in [
        ("minutes = 5", "minutes = 5.0", "has no range"),
        ("\"state.strike_fund.start\"", "\"state.strike_fund.star\"", "did you mean"),
        ("\"union\"", "\"unoin\"", "did you mean `union`?"),
        ("side = \"union\"", "side = \"union\"\nagainst = \"fund\"", "unknown intent `fund`"),
        ("package = \"now\"", "package = \"pay=9\"", "pay"),
        ("\"labour-dispute\"\npackage", "\"labor-dispute\"\npackage", "did you mean"),
        ("\"exists\"", "\"exist\"", "did you mean"),
        ("minutes = 5", "minute = 5", "minutes"),
    ] {
        let lesson = folder.file("l.md", good.replacen(from, to, 1).as_bytes());
        let asked = winset(&["lesson", &lesson, "-o", &folder.path("l.html"), "--engine", "none.wasm"]);
        assert_eq!(asked.status, 2, "{to}: {}{}", asked.out, asked.err);
        assert!(asked.err.contains(said), "{to}: {}", asked.err);
        assert!(!std::path::Path::new(&folder.path("l.html")).exists());
    }
}
