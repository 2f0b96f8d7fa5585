//! The page of a run, for a terminal of 80 columns.

use super::super::head::head;
use super::Answer;
use super::answer::{answer, numbers, same_package};
use super::hangs::hangs;
use super::manifest::note;
use super::next::next;
use super::packages::{packages, readings};
use super::rests::rests;
use super::talks::{holds, payoffs, talks};
use crate::text::words::{paragraph, stacked, worlds};

/// The question, the answer in one sentence, the three numbers, a table, what it hangs on, what it rests on, what to
/// try next.
pub fn page(a: &Answer) -> String {
    let head = head(a.n(), &a.choices.settings.drawing.accounts.variants);
    let footer =
        paragraph(&format!("{}, seed {}; {}.", drawn(a), a.choices.settings.drawing.seed, super::super::CAVEAT));
    let told = [answer(a), numbers(a), same_package(a), talks(a), packages(a), readings(a), hangs(a)];
    stacked(&[&[head][..], &told, &[rests(a), next(a), footer, note(a)]].concat())
}

/// Parts of the page that can be asked for by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The whole page.
    All,
    /// How the talks end, on what terms, and what stood in the way.
    Endings,
    /// What runs pay each side, over all of them and by what each side is after.
    Payoffs,
    /// How long what is reached holds.
    Holds,
    /// The packages that would do most often, those with names, and what each account makes of it.
    Packages,
    /// What the answer hangs on.
    Why,
    /// What it rests on, and what to try next.
    Rests,
}

impl Show {
    /// All parts with the words by which they are asked for.
    pub const WORDS: [(&str, Self); 7] = [
        ("all", Self::All),
        ("endings", Self::Endings),
        ("payoffs", Self::Payoffs),
        ("holds", Self::Holds),
        ("packages", Self::Packages),
        ("why", Self::Why),
        ("rests", Self::Rests),
    ];
}

/// A part of the page, ended by a line break; empty where there is nothing of it, as endings without talks.
pub fn shown(a: &Answer, show: Show) -> String {
    match show {
        Show::All => page(a),
        Show::Endings => talks(a),
        Show::Payoffs => payoffs(a),
        Show::Holds => holds(a),
        Show::Packages => stacked(&[same_package(a), packages(a), readings(a)]),
        Show::Why => stacked(&[hangs(a)]),
        Show::Rests => stacked(&[rests(a), next(a)]),
    }
}

/// How much was looked at.
fn drawn(a: &Answer) -> String {
    let worlds = worlds(a.survey.kept);
    if a.reached.is_some() { format!("{worlds}, in each of which the talks are run once") } else { worlds }
}
