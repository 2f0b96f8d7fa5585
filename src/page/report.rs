//! The report: an answer on about two pages of paper and an appendix, as one HTML file without any script.

use super::filled;
use super::markup::of_page;
use crate::ask::Answer;
use crate::engine::talks::{Run, Step};
use crate::figure::Picture;
use crate::model::{Defeat, Negotiation};
use crate::report::html::{self, classed, element, hash, picture, set, text};
use crate::report::run::{self, Show, shown};
use crate::report::{check, story, terms};
use crate::space::Compiled;
use crate::text::base64::encoded;
use crate::text::words::paragraph;

const MARKUP: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/report.html"));
const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/page/report.css"));

/// The pictures of a report, the first of each line that there is.
const PICTURES: [&[&str]; 3] = [&["outcomes", "win-sets"], &["gap", "margin"], &["endings", "tornado", "packages"]];

/// The report of an answer whose courses were heard, with those of its pictures that a report shows.
pub fn report(answer: &Answer, space: &Compiled, all: &[Picture]) -> String {
    let n = answer.n();
    let chosen =
        PICTURES.iter().filter_map(|names| names.iter().find_map(|name| all.iter().find(|it| it.name == *name)));
    let figures: String = chosen.map(figure).collect();
    let policy = format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", hash(STYLE));
    let parts = [
        ("policy", text(&policy)),
        ("style", STYLE.to_owned()),
        ("title", text(&n.title)),
        ("question", text(&n.question)),
        ("rests", text(&check::basis(n))),
        ("verdict", text(&run::verdict(answer))),
        ("sentence", text(&run::sentence(answer))),
        ("notices", of_page(&paragraph(&run::notices(answer).join(" ")))),
        ("figures", figures),
        ("accounts", of_page(&run::readings(answer))),
        ("holds", of_page(&shown(answer, Show::Holds))),
        ("change", of_page(&shown(answer, Show::Why))),
        ("basis", of_page(&shown(answer, Show::Rests))),
        ("runs", telling(answer, space)),
        ("sources", sources(n)),
        ("command", text(&command(answer))),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("fingerprint", run::fingerprint(&answer.scenario.text)),
    ];
    filled(MARKUP, &parts)
}

fn figure(it: &Picture) -> String {
    format!("<figure>{}<figcaption>{}</figcaption></figure>\n", picture(&it.svg), text(&it.description))
}

/// The command that makes it again, wherever its file is.
fn command(answer: &Answer) -> String {
    let (n, choices) = (answer.n(), &answer.choices);
    let drawing = &choices.settings.drawing;
    let switched = n.variants.iter().zip(&drawing.accounts.variants).filter(|(variant, on)| variant.on != **on);
    let mut words = vec![format!("winset report {}", run::shell(&answer.scenario.name))];
    words.push(format!("--runs {} --seed {}", choices.settings.runs, drawing.seed));
    words.extend(drawing.accounts.reading.map(|r| format!("--reading {}", n.readings[r].id)));
    words.extend(switched.map(|(variant, on)| format!("--variant {}={}", variant.id, if *on { "on" } else { "off" })));
    words.extend(
        choices.changed.iter().map(|(path, value)| format!("--set {}", run::shell(&format!("{path}={value}")))),
    );
    if drawing.defeat != Defeat::default() {
        words.push(format!("--defeat {}", drawing.defeat.word()));
    }
    if choices.settings.agreeing {
        words.push("--agreeing".into());
    }
    words.join(" ")
}

/// Three runs that tell most, of those whose courses were heard.
fn telling(answer: &Answer, space: &Compiled) -> String {
    let seed = answer.choices.settings.drawing.seed;
    let one = |(run, steps): &(Run, Vec<Step>)| {
        let screen = story::screen(answer.n(), space.scale, &[], seed, (run, steps));
        set(screen.to_string().trim_end())
    };
    answer.courses.iter().flat_map(|it| &it.telling).take(3).map(one).collect()
}

/// A report of any folder of results: its page, and its pictures, each under its name.
pub fn of_folder(page: &str, pictures: &[(String, Vec<u8>)], command: &str) -> String {
    let title = page.lines().next().unwrap_or_default().split("   ").next().unwrap_or_default();
    // A picture from a file is shown as one, and cannot run anything.
    let shown = |(name, svg): &(String, Vec<u8>)| {
        let data = encoded(svg);
        format!(
            "<figure><img alt=\"{0}\" src=\"data:image/svg+xml;base64,{data}\"><figcaption>{0}</figcaption></figure>\n",
            text(name)
        )
    };
    let body = [
        element("h1", &text(title)),
        of_page(page),
        pictures.iter().map(shown).collect(),
        classed("p", "note", &text(&format!("Made by winset {}: {command}", env!("CARGO_PKG_VERSION")))),
    ];
    html::page(title, &body.concat())
}

/// Every entry of the file that has a source.
fn sources(n: &Negotiation) -> String {
    let term = |k: usize, o: usize| terms::term(n, crate::model::IssueId(k), crate::model::OptionId(o));
    let row = |path: &str, what: &str, source: &str| {
        format!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", text(path), text(what), text(source))
    };
    let mut rows = String::new();
    for (k, issue) in n.space.issues.iter().enumerate() {
        for (o, option) in issue.options.iter().enumerate() {
            let path = format!("issues.{}.options.{}", issue.id, option.id);
            let whole = format!("issues.{}", issue.id);
            let source = n.sources.get(&path).or_else(|| n.sources.get(&whole)).map_or("assumption", String::as_str);
            rows += &row(&format!("{}={}", issue.id, option.id), &term(k, o), source);
        }
    }
    for (path, source) in n.sources.iter().filter(|(path, _)| !path.starts_with("issues.")) {
        rows += &row(path, "", source);
    }
    format!(
        "<table><tr><th scope=\"col\">entry</th><th scope=\"col\">what</th><th scope=\"col\">who says so</th></tr>{rows}</table>"
    )
}
