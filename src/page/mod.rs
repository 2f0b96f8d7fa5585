//! The page: one self-contained HTML file, with the engine in it, that opens by double click and fetches nothing.
//!
//! Its policy lets in its own script and style by their hashes, workers and pictures that it makes itself, and nothing else.
//! Text of a scenario stands in it escaped, or as JSON in a block that no browser runs.

mod lesson;
mod markdown;
mod markup;
mod report;

use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};

use crate::ask::Answer;
use crate::figure::{Look, Theme};
use crate::model::Package;
use crate::report::html::{hash, picture, text};
use crate::report::pictures::of_answer;
use crate::report::{check, run, terms};
use crate::space::Compiled;
use crate::text::base91::encoded;

pub use lesson::{Lesson, for_the_teacher};
pub use report::{of_folder, report};

const MARKUP: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.html"));
const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.css"));
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.js"));

/// Sliders that a page shows unless its address names more.
const SLIDERS: usize = 5;

/// A scenario of a page, with what is said of it before any script runs.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The answer over some worlds.
    pub answer: &'a Answer,
    /// The deal space of which it is.
    pub space: &'a Compiled<'a>,
}

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The scenario with which it opens.
    pub first: Scene<'a>,
    /// Others that it can turn to.
    pub others: &'a [Scene<'a>],
    /// The lesson that it gives over them; `None`: it opens with the first scenario.
    pub lesson: Option<&'a Lesson>,
    /// The engine: the bytes of the WebAssembly module.
    pub engine: &'a [u8],
    /// The one party for whom the page is, without the others' points; `None`: for everybody.
    pub side: Option<&'a str>,
    /// The command that makes it again.
    pub command: &'a str,
}

impl Page<'_> {
    /// The HTML.
    pub fn html(&self) -> String {
        let Scene { answer, space } = self.first;
        let n = answer.n();
        let look = Look { theme: Theme::Light, width: Some(760.0), titles: false };
        let drawn = of_answer(space, answer, look).into_iter().find(|it| it.name == "outcomes");
        let (svg, description) = drawn.map_or((String::new(), String::new()), |it| (it.svg, it.description));
        let notices = run::notices(answer).join(" ");
        let scenes: Vec<Value> = [self.first].iter().chain(self.others).map(|scene| self.scene(scene)).collect();
        let (title, question, rests) = match self.lesson {
            Some(lesson) => (&lesson.title, &lesson.title, format!("A lesson of {} minutes", lesson.minutes)),
            None => (&n.title, &n.question, format!("{} · {}", n.title, check::basis(n))),
        };
        let parts = [
            ("style", STYLE.to_owned()),
            ("policy", text(&policy())),
            ("title", text(title)),
            ("question", text(question)),
            ("rests", text(&rests)),
            ("verdict", text(&run::verdict(answer))),
            ("sentence", text(&run::sentence(answer))),
            ("picture", picture(&svg).to_owned()),
            ("description", text(&description)),
            ("notices", text(&notices)),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("command", text(self.command)),
            ("lesson", self.lesson.map_or(String::new(), |lesson| lesson.html.clone())),
            ("blocks", inert(&self.lesson.map_or(Value::Null, |lesson| lesson.blocks.clone()))),
            ("scenarios", inert(&Value::Array(scenes))),
            ("engine", self.packed()),
            ("script", SCRIPT.to_owned()),
        ];
        filled(MARKUP, &parts)
    }

    /// A scenario, and with what its rooms begin.
    fn scene(&self, scene: &Scene) -> Value {
        let (n, survey) = (scene.answer.n(), &scene.answer.survey);
        let inputs = survey.drivers.iter().map(|driver| n.inputs.get(driver.input).path.as_str());
        let varied = inputs.filter(|path| !path.split('.').any(|word| word == "veto" || word == "grants"));
        let draft: Option<&Package> = survey.same_package.as_ref().map(|same| &same.package);
        json!({
            "text": scene.answer.scenario.text,
            "name": scene.answer.scenario.name,
            "title": n.title,
            "side": self.side,
            "sliders": varied.take(SLIDERS).collect::<Vec<_>>(),
            "draft": draft.map(|package| terms::as_flag(n, package)),
        })
    }

    /// The engine, gzipped, as letters; the same bytes for the same module.
    fn packed(&self) -> String {
        let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
        let packed = writer.write_all(self.engine).and_then(|()| writer.finish());
        encoded(&packed.expect("a vector takes all that is written"))
    }
}

/// JSON that no markup can end.
fn inert(words: &Value) -> String {
    words.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A form with its places filled, in one pass: what a text says is not looked at again.
fn filled(form: &str, parts: &[(&str, String)]) -> String {
    let mut pieces = form.split("{{");
    let mut html = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or(("", piece));
        html += parts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        html += rest;
    }
    html
}

/// What the page may do: run its own script, compile the engine, start its own workers, show its own pictures.
fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; worker-src blob:; \
         img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Wanted;
    use crate::scenario::Scenario;

    const HOSTILE: &str = r#"
title    = "</script><script>alert(1)</script> {{engine}}"
question = "<img src=x onerror=alert(2)>?"
[actors]
a = { role = "party", name = "<b onclick='x'>A" }
b = { role = "party" }
[issues.k]
name    = "</pre><svg onload=alert(3)>"
options = ["x", "y"]
views.a = { weight = [1, 3], x = 1, y = 0 }
views.b = { weight = 2, x = 0, y = 1 }
"#;

    #[test]
    fn what_a_scenario_says_is_never_markup() {
        let mut scenario = Scenario::parse("<i>.toml", HOSTILE.as_bytes()).expect("it is a scenario");
        let choices = Wanted { runs: "50".into(), ..Wanted::default() }.judge(&mut scenario).expect("nothing is wrong");
        let space = choices.settings.drawing.compile(&scenario.negotiation).expect("it is small");
        let answer = Answer::of(&space, &scenario, &choices, true, None, &|_| true).expect("it can be run");
        let answer = answer.expect("worlds are kept");
        let first = Scene { answer: &answer, space: &space };
        let page = Page { first, others: &[], lesson: None, engine: b"\0asm", side: None, command: "<u>" }.html();
        // Its own four blocks: a lesson and the scenarios as data, the engine, the script.
        assert_eq!(page.matches("<script").count(), 4, "what is said begins no script");
        assert_eq!(page.matches("</script>").count(), 4, "and ends none");
        assert!(
            page.contains("{{engine}}") && page.matches(&encoded(b"\x1f\x8b\x08\0\0\0\0\0")[..8]).count() == 1,
            "nor is it a place"
        );
        let report = report(&answer, &space, &[]);
        for html in [&page, &report] {
            for markup in ["<img", "<b ", "<i>", "<u>", "<svg onload", "alert(1)</script>"] {
                assert!(!html.contains(markup), "{markup}");
            }
        }
        assert!(!report.contains("<script") && !report.contains(" style=") && !page.contains(" style="));
    }
}
