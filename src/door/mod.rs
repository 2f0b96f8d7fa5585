//! The door for other programs and for pages: JSON in, JSON out, by handle; on one thread.
//!
//! A request is an object with `do`; the reply is `{"ok": …}`, or `{"findings": […]}` where something is wrong: what, where,
//! and what would be accepted. No text makes it panic.
//!
//! | `do` | further keys | what it gives |
//! |---|---|---|
//! | `open` | `text`, `name` | a handle, and everything that can be chosen |
//! | `set` | `handle`, `wanted`, `courses` | asks something else: the words of the command line, judged |
//! | `go_on` | `handle`, `from`, `to` | works through runs, on top of those that are done |
//! | `tally` | `handle` | what was counted, to be handed to another engine |
//! | `merge` | `handle`, `tallies` | adds what other engines counted under the same settings |
//! | `answer` | `handle`, `figures`, `width`, `theme`, `titles` | the document of `winset run --json`, its words, pictures |
//! | `solve` | `handle`, `world` | the document of `winset solve --json` |
//! | `verdict` | `handle`, `package` or `named`, `side` | the document of `winset verdict --json` |
//! | `draft` | `handle`, `package` | the fewest changes after which it would do, and what is better for all |
//! | `game` | `handle`, `seats`, `intents`, `seed`, `run`, `said`, `does`, `escalates` | a game after the decisions `said`, and after one more |
//! | `code` | `handle`, `package` or nothing, `bets`, `round`, `nonce` | the code of a pair's result |
//! | `class` | `handle`, `codes`, `theme` | the document of `winset class --json`, its page and its picture |
//! | `trace` | `handle`, `run` | the document of `winset trace --json`, and the run in words |
//! | `check` | `handle`, `runs` | what the file holds and how its anchors fare |
//! | `close` | `handle` | forgets it |
//!
//! `wanted` holds `runs`, `seed`, `reading`, `variant`, `set`, `defeat`, `without`, `agreeing`, each as [`Wanted`] has it.
//! After `go_on` from 0 to the number of runs that are wanted, `answer` says what the command line says for the same words.

mod about;
mod answers;
mod class;
mod game;
mod held;
#[cfg(feature = "figures")]
mod look;
#[cfg(not(feature = "figures"))]
#[path = "no_look.rs"]
mod look;
mod say;
mod tallies;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::ask::{Wanted, Wrong, unknown};
use crate::scenario::Finding;
use held::Held;
use say::{Asked, wrong};

pub use held::MOST_AT_ONCE;

/// Of which sources this library was built: a mark that stands in the engine of the page, letter by letter. `build.rs` makes it
/// of names and contents, so that it is the same on every machine.
pub const SOURCES: &str = env!("WINSET_SOURCES");

/// Scenarios that are held open at most.
pub const MOST_OPEN: usize = 64;

/// The verbs.
const VERBS: [&str; 15] = [
    "open", "set", "go_on", "tally", "merge", "answer", "solve", "verdict", "draft", "game", "code", "class", "trace",
    "check", "close",
];

/// The scenarios that are held open, each under a handle.
#[derive(Default)]
pub struct Door {
    held: BTreeMap<u64, Held>,
    last: u64,
}

impl Door {
    /// Answers one request, as it is described above.
    pub fn call(&mut self, request: &[u8]) -> String {
        let mut text = String::new();
        match self.answered(request, &mut text) {
            Ok(ok) => json!({ "ok": ok }),
            Err(wrong) => {
                json!({ "findings": wrong.iter().map(|found| say::finding(found, &text)).collect::<Vec<_>>() })
            }
        }
        .to_string()
    }

    /// What is wrong is said of `text`.
    fn answered(&mut self, request: &[u8], text: &mut String) -> Result<Value, Wrong> {
        let value: Value = serde_json::from_slice(request).map_err(|e| no_json(request, &e, text))?;
        let mut asked = Asked::of("the request", value)?;
        let verb = asked.text("do");
        let Some(verb) = asked.needed(verb) else { return asked.done(None) };
        if !VERBS.contains(&verb.as_str()) {
            return Err(wrong(unknown("verb", "verbs", &verb, &VERBS)));
        }
        if verb == "open" {
            return self.open(asked, text);
        }
        let handle = asked.whole("handle");
        let Some(handle) = asked.needed(handle) else { return asked.done(None) };
        let Some(held) = self.held.get_mut(&handle) else { return Err(wrong(self.not_held(handle))) };
        text.clone_from(&held.original().text);
        match verb.as_str() {
            "set" => set(held, asked),
            "go_on" => go_on(held, asked),
            "tally" => asked.done(Some(())).and_then(|()| tallies::told(held)),
            "merge" => merge(held, asked),
            "answer" => answers::answer(held, asked),
            "solve" => answers::solve(held, asked),
            "verdict" => answers::verdict(held, asked),
            "draft" => game::draft(held, asked),
            "game" => game::game(held, asked),
            "code" => class::code(held, asked),
            "class" => class::class(held, asked),
            "trace" => answers::trace(held, asked),
            "check" => answers::check(held, asked),
            _ => asked.done(Some(())).map(|()| {
                self.held.remove(&handle);
                json!({})
            }),
        }
    }

    fn open(&mut self, mut asked: Asked, said_of: &mut String) -> Result<Value, Wrong> {
        let text = asked.text("text");
        let text = asked.needed(text);
        let name = asked.text("name").unwrap_or_else(|| "scenario".into());
        let text = asked.done(text)?;
        if self.held.len() >= MOST_OPEN {
            let found = format!("{MOST_OPEN} scenarios are held open already");
            return Err(wrong(Finding::error(found).hint("`close` one of them")));
        }
        said_of.clone_from(&text);
        let held = Held::open(&name, &text)?;
        let about = about::about(held.original());
        self.last += 1;
        self.held.insert(self.last, held);
        Ok(json!({ "handle": self.last, "about": about }))
    }

    fn not_held(&self, handle: u64) -> Finding {
        let open: Vec<String> = self.held.keys().map(u64::to_string).collect();
        let hint = if open.is_empty() {
            "none is open: `open` gives one".to_owned()
        } else {
            format!("open are {}", open.join(", "))
        };
        Finding::error(format!("no scenario is held under the handle {handle}")).hint(hint)
    }
}

/// Where a request ends to be JSON.
fn no_json(request: &[u8], error: &serde_json::Error, text: &mut String) -> Wrong {
    *text = String::from_utf8_lossy(request).into_owned();
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = (line + error.column().saturating_sub(1)).min(text.len());
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    wrong(
        Finding::error(format!("the request is no JSON: {said}"))
            .at(at..at)
            .hint("write an object, as {\"do\": \"open\"}"),
    )
}

/// What is wanted, in the words of the command line; threads are not asked for, since there is one.
fn wanted(value: Value) -> Result<Wanted, Wrong> {
    let (mut asked, plain) = (Asked::of("`wanted`", value)?, Wanted::default());
    let wanted = Wanted {
        runs: asked.word("runs").unwrap_or(plain.runs),
        seed: asked.word("seed").unwrap_or(plain.seed),
        reading: asked.text("reading"),
        variant: asked.texts("variant"),
        set: asked.texts("set"),
        defeat: asked.text("defeat"),
        without: asked.texts("without"),
        agreeing: asked.flag("agreeing", false),
        threads: None,
    };
    asked.done(Some(wanted))
}

fn set(held: &mut Held, mut asked: Asked) -> Result<Value, Wrong> {
    let wanted = asked.value("wanted").map_or(Ok(Wanted::default()), wanted);
    let wanted = asked.judged(wanted);
    let courses = asked.flag("courses", false);
    let wanted = asked.done(wanted)?;
    held.set(&wanted, courses)?;
    Ok(json!({ "done": held.done(), "runs": held.choices().settings.runs }))
}

fn go_on(held: &mut Held, mut asked: Asked) -> Result<Value, Wrong> {
    let from = asked.whole("from");
    let from = asked.needed(from);
    let to = asked.whole("to");
    let to = asked.needed(to);
    let (from, to) = asked.done(from.zip(to))?;
    held.go_on(from..to)?;
    Ok(json!({ "done": held.done() }))
}

fn merge(held: &mut Held, mut asked: Asked) -> Result<Value, Wrong> {
    let tallies = asked.list("tallies");
    asked.done(Some(()))?;
    held.take_over(&tallies::taken(held, tallies)?)?;
    Ok(json!({ "done": held.done() }))
}
