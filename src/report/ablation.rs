//! What each part of the model does to the talks: the page and the JSON.

use itertools::Itertools;
use serde_json::{Value, json};

use super::head::{Otherwise, head};
use super::run::share;
use super::story;
use crate::analysis::{Ablation, Ablations, Contrast};
use crate::ask::Choices;
use crate::model::Negotiation;
use crate::report::object::Object;
use crate::text::table::Table;
use crate::text::words::{count, counted_share, in_column, paragraph, quoted, signed};

/// A difference over pairs in percentage points: `+1.2 ± 0.3`, where ± is one standard error.
pub fn change(paired: &Contrast) -> String {
    format!("{}\u{a0}±\u{a0}{:.1}", signed(100.0 * paired.difference, 1), 100.0 * paired.error)
}

/// The page: a row for each part that changes some run, and the names of those that change none.
pub fn page(n: &Negotiation, choices: &Choices, found: &Ablations) -> String {
    let (idle, telling): (Vec<&Ablation>, Vec<&Ablation>) = found.without.iter().partition(|a| a.differing == 0);
    let drawing = &choices.settings.drawing;
    let mut out = head(n, &drawing.accounts.variants) + "\n";
    Otherwise::of(choices).told(n).iter().for_each(|said| out += &paragraph(said));
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
        out += &format!("\n{}", table.text());
    }
    if !idle.is_empty() {
        let (verb, it) = if idle.len() == 1 { ("changes", "it") } else { ("change", "them") };
        let names = quoted(idle.iter().map(|a| a.part.word()));
        let told = format!("{names} {verb} nothing: no run differs without {it}.");
        out += &format!("\n{}", paragraph(&told));
    }
    let note = "Changes are in percentage points of runs, with one standard error over pairs; only those of more than two \
                standard errors are listed beside the first.";
    out += &format!("\n{}\n", paragraph(note));
    out + &paragraph(&format!("{} runs, seed {}; {}.", count(found.runs), drawing.seed, super::CAVEAT))
}

/// What else changes by more than two standard errors.
fn others(a: &Ablation) -> String {
    let exists = Some(("one exists", &a.exists)).filter(|(_, paired)| paired.is_clear());
    let endings =
        a.endings.iter().filter(|(_, paired)| paired.is_clear()).map(|(e, paired)| (story::short(*e), paired));
    let all = exists.into_iter().chain(endings).map(|(name, paired)| format!("{name} {}", change(paired))).join(", ");
    if all.is_empty() { all } else { format!(": {all}") }
}

/// The same as one JSON object.
pub fn data(n: &Negotiation, found: &Ablations) -> Value {
    json!({
        "title": n.title,
        "holds": super::CAVEAT,
        "runs": found.runs,
        "exists": share(found.exists),
        "reached": share(found.reached),
        "endings": found.endings.iter().map(|(e, x)| (e.word().into(), share(*x))).object(),
        "without": found.without.iter().map(ablation).collect::<Vec<_>>(),
    })
}

fn ablation(a: &Ablation) -> Value {
    let endings = a.endings.iter().map(|(e, p)| (e.word().to_owned(), json!(p)));
    json!({
        "part": a.part.word(),
        "runs_that_differ": a.differing,
        "exists": a.exists,
        "reached": a.reached,
        "endings": endings.object(),
    })
}
