//! The page of a run, for a terminal of 80 columns.

use super::super::head::head;
use super::Answer;
use super::answer::{answer, numbers, same_package};
use super::hangs::hangs;
use super::next::next;
use super::packages::{packages, readings};
use super::rests::rests;
use super::talks::talks;
use crate::text::words::{paragraph, worlds};

/// The question, the answer in one sentence, the three numbers, a table, what it hangs on, what it rests on, what to
/// try next.
#[must_use]
pub fn page(a: &Answer) -> String {
    let head = head(a.n(), &a.settings.drawing.accounts.variants);
    let footer = paragraph(&format!("{}, seed {}; {}.", drawn(a), a.settings.drawing.seed, super::super::CAVEAT));
    let parts = [
        head,
        answer(a),
        numbers(a),
        same_package(a),
        talks(a),
        packages(a),
        readings(a),
        hangs(a),
        rests(a),
        next(a),
        footer,
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// How much was looked at.
fn drawn(a: &Answer) -> String {
    let worlds = worlds(a.survey.kept);
    if a.reached.is_some() { format!("{worlds}, in each of which the talks are run once") } else { worlds }
}
