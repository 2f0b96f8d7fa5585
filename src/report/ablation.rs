//! What each part of the model does to the talks: the page and the JSON.

use serde_json::{Map, Value, json};

use super::head::{Otherwise, head};
use super::run::share;
use super::story;
use crate::analysis::{Ablation, Ablations, Contrast, Share};
use crate::engine::talks::Ending;
use crate::model::Negotiation;
use crate::text::table::Table;
use crate::text::words::{count, counted_share, in_column, list, paragraph};

/// A difference over pairs in per cent points: `+1.2 ± 0.3`, where ± is one standard error.
#[must_use]
pub fn change(paired: &Contrast) -> String {
    let number = |x: f64| format!("{:.1}", 100.0 * x.abs());
    let text = number(paired.difference);
    let sign = match paired.difference {
        _ if text == "0.0" => "",
        d if d < 0.0 => "−",
        _ => "+",
    };
    format!("{sign}{text}\u{a0}±\u{a0}{}", number(paired.error))
}

/// The page: a row for each part that changes some run, and the names of those that change none.
#[must_use]
pub fn page(n: &Negotiation, on: &[bool], otherwise: Otherwise, seed: u64, found: &Ablations) -> String {
    let (idle, telling): (Vec<&Ablation>, Vec<&Ablation>) = found.without.iter().partition(|a| a.differing == 0);
    let runs = count(found.runs);
    let mut out = head(n, on) + "\n";
    otherwise.told(n).iter().for_each(|said| out += &paragraph(said));
    out += &paragraph(&format!(
        "Every run is played as it is, and once more without each part, in the same world and on the same luck. As \
         it is, it is reached in {}, and one exists in {}.",
        counted_share(found.reached, "run"),
        counted_share(found.exists, "world")
    ));
    let mut table = Table::new(&["reached, %", "change", "runs that differ", "without"]);
    for a in telling {
        let cells = [in_column(a.reached.share), change(&a.reached), count(a.differing)];
        table.row(cells.into_iter().chain([format!("`{}`{}", a.part.word(), others(a))]).collect());
    }
    if !table.is_empty() {
        out += &format!("\n{}", table.text().replace('\u{a0}', " "));
    }
    if !idle.is_empty() {
        let names: Vec<String> = idle.iter().map(|a| format!("`{}`", a.part.word())).collect();
        let (verb, it) = if names.len() == 1 { ("changes", "it") } else { ("change", "them") };
        let told = format!("{} {verb} nothing: no run differs without {it}.", list(&names));
        out += &format!("\n{}", paragraph(&told));
    }
    let note = "Changes are in per cent points of runs, with one standard error over pairs; only those of more than two \
                standard errors are listed beside the first.";
    out += &format!("\n{}\n", paragraph(note));
    out + &paragraph(&format!("{runs} runs, seed {seed}; {}.", super::CAVEAT))
}

/// What else changes by more than two standard errors.
fn others(a: &Ablation) -> String {
    let exists = Some(("one exists", &a.exists)).filter(|(_, paired)| paired.is_clear());
    let endings = a.endings.iter().filter(|(_, paired)| paired.is_clear()).map(|(e, paired)| (word(*e), paired));
    let all = exists.into_iter().chain(endings).map(|(name, paired)| format!("{name} {}", change(paired)));
    let all: Vec<String> = all.collect();
    if all.is_empty() { String::new() } else { format!(": {}", all.join(", ")) }
}

/// An ending in a word or two.
fn word(ending: Ending) -> &'static str {
    story::short(ending)
}

/// The same as one JSON object.
#[must_use]
pub fn data(n: &Negotiation, found: &Ablations) -> Value {
    json!({
        "title": n.title,
        "holds": super::CAVEAT,
        "runs": found.runs,
        "exists": share(found.exists),
        "reached": share(found.reached),
        "endings": found.endings.iter().map(|(e, x)| (super::run::ending_id(*e), share(*x))).collect::<Map<_, _>>(),
        "without": found.without.iter().map(ablation).collect::<Vec<_>>(),
    })
}

fn ablation(a: &Ablation) -> Value {
    let endings = a.endings.iter().map(|(e, p)| (super::run::ending_id(*e), paired(p)));
    json!({
        "part": a.part.word(),
        "runs_that_differ": a.differing,
        "exists": paired(&a.exists),
        "reached": paired(&a.reached),
        "endings": endings.collect::<Map<_, _>>(),
    })
}

fn paired(p: &Contrast) -> Value {
    let Share { count, of, share, low, high } = p.share;
    json!({
        "count": count, "of": of, "share": share, "low": low, "high": high,
        "gained": p.gained, "lost": p.lost, "difference": p.difference, "error": p.error,
    })
}
