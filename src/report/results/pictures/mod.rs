//! Every kind of picture of a folder of results, with the table behind each.

mod curve;
mod heat;
mod shares;
mod spreads;
mod tornado;
mod view;

use std::iter::once;

use serde_json::{Value, json};

use super::Results;
use super::facet::{Facet, pools};
use super::measure::PlotMeasure;
use crate::figure::{Picture, Theme};
use crate::scenario::Finding;
use view::PlotView;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureKind {
    /// How often one exists, a dot a group.
    Exists,
    /// How often it is reached, a dot a group.
    Reached,
    /// How the talks end, a panel a group.
    Endings,
    /// Distribution functions of the margin.
    Margin,
    /// Distribution functions of the round in which it is reached.
    Rounds,
    /// How long deals last.
    Survival,
    /// A share or a mean over one input.
    Curve,
    /// A share or a mean over two inputs.
    Heat,
    /// Each input at its low and its high end, one at a time.
    Tornado,
    /// The curve, or else the margins, with a panel for each group however few they are.
    Multiples,
}

impl PictureKind {
    /// All kinds, each with what it is called in flags and file names.
    pub const WORDS: [(&'static str, Self); 10] = [
        ("exists", Self::Exists),
        ("reached", Self::Reached),
        ("endings", Self::Endings),
        ("margin", Self::Margin),
        ("rounds", Self::Rounds),
        ("survival", Self::Survival),
        ("curve", Self::Curve),
        ("heat", Self::Heat),
        ("tornado", Self::Tornado),
        ("multiples", Self::Multiples),
    ];

    /// What it is called in flags and file names.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// How its file names begin: its word, except that `survival.csv` is a sheet of the batch itself.
    pub fn stem(self) -> &'static str {
        if self == Self::Survival { "survival-curves" } else { self.word() }
    }

    /// Why a folder cannot show it; `None` if it can.
    pub fn lacks(self, results: &Results) -> Option<&'static str> {
        let any = |has: fn(&super::Experiment) -> bool| results.experiments.iter().any(has);
        let (varied, talks) = (results.varied().len(), "it holds no talks");
        let (there, why) = match self {
            Self::Exists | Self::Margin | Self::Multiples => (true, ""),
            Self::Reached | Self::Endings => (any(|e| !e.tally.endings.is_empty()), talks),
            Self::Rounds => (any(|e| !e.tally.rounds.is_empty()), "it is reached in no run"),
            Self::Survival => (any(|e| e.lasting.deals > 0), "it tells of no deal how long it lasts"),
            Self::Curve => (varied > 0, "no design input has two values that are numbers"),
            Self::Heat => (varied > 1, "fewer than two design inputs have two values that are numbers"),
            Self::Tornado => (results.centre().is_some(), "its design does not vary inputs one at a time"),
        };
        (!there).then_some(why)
    }

    /// The kinds that a folder can show.
    fn shown(results: &Results) -> impl Iterator<Item = Self> {
        Self::WORDS.into_iter().map(|(_, kind)| kind).filter(|kind| kind.lacks(results).is_none())
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlotChoices {
    /// The kind; `None` for every kind that makes sense of the design.
    pub kind: Option<PictureKind>,
    /// By what experiments are told apart; `None` for what suits the design, an empty list for all of them together.
    pub by: Option<Vec<Facet>>,
    /// What curves, heat maps and tornadoes show; `None` for whether it is reached or else exists.
    pub outcome: Option<PlotMeasure>,
    /// Light or dark.
    pub theme: Theme,
}

/// A picture with the table behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The stem of both file names: `<kind>[-of-<outcome>][-by-<what>…]`, the kind by its [`PictureKind::stem`].
    pub stem: String,
    /// The picture.
    pub picture: Picture,
    /// The table as CSV: a row a number drawn, with its count and interval.
    pub table: String,
}

impl Drawn {
    /// Its name, title, description and data.
    pub fn json(&self) -> Value {
        let mut told = self.picture.json();
        told["name"] = json!(self.stem);
        told
    }
}

/// The pictures of a folder, the same bytes for the same folder.
///
/// Without a kind: the curve, heat map or tornado of the design, for whether it is reached and whether one exists, then
/// every other kind that the folder can show.
///
/// # Errors
/// [`Finding`] if the folder cannot show the kind, or not in these groups.
pub fn pictures(results: &Results, asked: &PlotChoices) -> Result<Vec<Drawn>, Finding> {
    if let Some(kind) = asked.kind {
        return Ok(vec![drawn(results, asked, kind, asked.outcome)?]);
    }
    let outcome = |shown: Option<PlotMeasure>| asked.outcome.filter(|_| shown.is_none()).or(shown);
    let all = sensible(results).map(|(kind, shown)| drawn(results, asked, kind, outcome(shown)));
    all.filter(|one| asked.by.is_none() || one.is_ok()).collect()
}

/// The kinds that make sense of a design, with what those over inputs show.
fn sensible(results: &Results) -> impl Iterator<Item = (PictureKind, Option<PlotMeasure>)> {
    use PictureKind::{Curve, Heat, Multiples, Tornado};
    let over = match results.varied().len() {
        _ if results.centre().is_some() => Some(Tornado),
        1 => Some(Curve),
        2 => Some(Heat),
        _ => None,
    };
    let second = results.talks.then_some(Some(PlotMeasure::Exists));
    let over = over.into_iter().flat_map(move |kind| once(None).chain(second).map(move |shown| (kind, shown)));
    let others = PictureKind::shown(results).filter(|kind| ![Curve, Heat, Tornado, Multiples].contains(kind));
    over.chain(others.map(|kind| (kind, None)))
}

fn drawn(
    results: &Results,
    asked: &PlotChoices,
    kind: PictureKind,
    outcome: Option<PlotMeasure>,
) -> Result<Drawn, Finding> {
    if let Some(why) = kind.lacks(results) {
        let can: Vec<&str> = PictureKind::shown(results).map(PictureKind::word).collect();
        return Err(Finding::error(format!("this folder cannot show `{}`: {why}", kind.word()))
            .hint(format!("it can show {}", can.join(", "))));
    }
    let by = asked.by.clone().unwrap_or_else(|| usual(results, kind));
    let named = stem(results, asked, kind, outcome);
    let view = PlotView { results, by, along: Vec::new(), theme: asked.theme, named };
    let over = outcome.unwrap_or(if results.talks { PlotMeasure::Reached } else { PlotMeasure::Exists });
    match kind {
        PictureKind::Exists => Ok(shares::dots(&view, PlotMeasure::Exists)),
        PictureKind::Reached => Ok(shares::dots(&view, PlotMeasure::Reached)),
        PictureKind::Endings => Ok(shares::endings(&view)),
        PictureKind::Margin => Ok(spreads::margin(&view, false)),
        PictureKind::Rounds => Ok(spreads::rounds(&view)),
        PictureKind::Survival => Ok(spreads::lasting(&view)),
        PictureKind::Curve => curve::draw(&view, over, false),
        PictureKind::Heat => heat::draw(&view, over),
        PictureKind::Tornado => tornado::draw(&view, over),
        PictureKind::Multiples if PictureKind::Curve.lacks(results).is_none() => curve::draw(&view, over, true),
        PictureKind::Multiples => Ok(spreads::margin(&view, true)),
    }
}

fn stem(results: &Results, asked: &PlotChoices, kind: PictureKind, outcome: Option<PlotMeasure>) -> String {
    use PictureKind::{Curve, Heat, Multiples, Tornado};
    let plain = |text: String| text.replace(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c), "-");
    let over = [Curve, Heat, Tornado, Multiples].contains(&kind);
    let outcome = outcome.filter(|_| over).map(|o| format!("-of-{}", plain(o.word(results))));
    let by = asked.by.iter().map(|by| match by[..] {
        [] => "-by-none".to_owned(),
        _ => by.iter().map(|facet| format!("-by-{}", plain(facet.word(results)))).collect(),
    });
    let whole: String = once(kind.stem().to_owned()).chain(outcome).chain(by).collect();
    whole.chars().take(120).collect()
}

/// The facets that suit a design: the accounts of which several were run, as far as the picture has room for them.
fn usual(results: &Results, kind: PictureKind) -> Vec<Facet> {
    let accounts: Vec<Facet> = Facet::ACCOUNTS.into_iter().filter(|facet| facet.varies(results)).collect();
    let fits = |by: &[Facet], most: usize| (2..=most).contains(&pools(results, by).len());
    let one = |most| accounts.chunks(1).find(|by| fits(by, most)).map(<[Facet]>::to_vec);
    let two = |most| accounts.chunks(2).next().filter(|by| fits(by, most)).map(<[Facet]>::to_vec);
    let most = shares::MOST;
    let found = match kind {
        PictureKind::Exists | PictureKind::Reached => two(most).or_else(|| one(most)).or_else(|| alone(results)),
        PictureKind::Endings | PictureKind::Heat => two(12).or_else(|| one(12)),
        // What exists does not hang on who mediates: margins are told apart by reading first.
        PictureKind::Margin if fits(&[Facet::Reading], 12) => Some(vec![Facet::Reading]),
        PictureKind::Tornado => None,
        _ => one(12),
    };
    found.unwrap_or_default()
}

/// The facet of a design without accounts: the values of the one input, or each experiment, if they are few.
fn alone(results: &Results) -> Option<Vec<Facet>> {
    match results.varied()[..] {
        [only] => Some(vec![Facet::Input(only)]),
        _ if results.experiments.len() <= shares::MOST => Some(vec![Facet::Experiment]),
        _ => None,
    }
}
