//! The page: one self-contained HTML file, with the engine in it, that opens by double click and fetches nothing.
//!
//! Its policy lets in its own script and style by their hashes, workers and pictures that it makes itself, and nothing else.
//! Text of a scenario stands in it escaped, or as JSON in a block that no browser runs.

mod markup;
mod report;

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use crate::ask::Answer;
use crate::figure::{Look, Theme};
use crate::model::Package;
use crate::report::pictures::of_answer;
use crate::report::{check, run, terms};
use crate::space::Compiled;
use crate::text::words::visible;

use markup::{escaped, picture};
pub use report::report;

const MARKUP: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.html"));
const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.css"));
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/page.js"));

/// Sliders that a page shows unless its address names more.
const SLIDERS: usize = 5;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What is said before any script runs.
    pub answer: &'a Answer,
    /// The deal space of which the answer is.
    pub space: &'a Compiled<'a>,
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
        let n = self.answer.n();
        let look = Look { theme: Theme::Light, width: Some(760.0), titles: false };
        let drawn = of_answer(self.space, self.answer, look).into_iter().find(|it| it.name == "outcomes");
        let (svg, description) = drawn.map_or((String::new(), String::new()), |it| (it.svg, it.description));
        let notices = run::notices(self.answer).join(" ");
        let parts: [(&str, String); 14] = [
            ("policy", escaped(&policy())),
            ("title", escaped(&visible(&n.title))),
            ("question", escaped(&visible(&n.question))),
            ("rests", escaped(&check::basis(n))),
            ("verdict", escaped(&run::verdict(self.answer))),
            ("sentence", escaped(&run::sentence(self.answer))),
            ("picture", picture(&svg)),
            ("description", escaped(&description)),
            ("notices", escaped(&notices)),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("command", escaped(self.command)),
            ("scenario", self.scenario()),
            ("engine", self.packed()),
            ("script", SCRIPT.to_owned()),
        ];
        let mut html = MARKUP.replace("{{style}}", STYLE);
        for (name, text) in parts {
            html = replaced(&html, name, &text);
        }
        html
    }

    /// The scenario, and with what the rooms begin, as JSON that no markup can end.
    fn scenario(&self) -> String {
        let (n, survey) = (self.answer.n(), &self.answer.survey);
        let inputs = survey.drivers.iter().map(|driver| n.inputs.get(driver.input).path.as_str());
        let varied = inputs.filter(|path| !path.split('.').any(|word| word == "veto" || word == "grants"));
        let draft: Option<&Package> = survey.same_package.as_ref().map(|same| &same.package);
        let words = serde_json::json!({
            "text": self.answer.scenario.text,
            "name": self.answer.scenario.name,
            "side": self.side,
            "sliders": varied.take(SLIDERS).collect::<Vec<_>>(),
            "draft": draft.map(|package| terms::as_flag(n, package)),
        });
        words.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
    }

    /// The engine, gzipped, as base 64; the same bytes for the same module.
    fn packed(&self) -> String {
        let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
        let packed = writer.write_all(self.engine).and_then(|()| writer.finish());
        STANDARD.encode(packed.expect("a vector takes all that is written"))
    }
}

/// Puts a text in the one place that has its name; what the text says is not looked at again.
fn replaced(html: &str, name: &str, text: &str) -> String {
    let mark = format!("{{{{{name}}}}}");
    let parts: Vec<&str> = html.split(&mark).collect();
    parts.join(text)
}

/// What the page may do: run its own script, compile the engine, start its own workers, show its own pictures.
fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; worker-src blob:; \
         img-src data: blob:; base-uri 'none'; form-action 'none'",
        hashed(SCRIPT),
        hashed(STYLE)
    )
}

/// The hash by which a policy knows a text.
fn hashed(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
