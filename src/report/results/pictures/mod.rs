//! Every kind of picture of a folder of results, with the table behind each.

mod curve;
mod endings;
mod heat;
mod lasting;
mod shares;
mod spreads;
mod tornado;
mod view;

use super::factor::{Factor, groups};
use super::outcome::Outcome;
use super::{Results, design};
use crate::figure::{Picture, Theme};
use view::View;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Exists,
        Self::Reached,
        Self::Endings,
        Self::Margin,
        Self::Rounds,
        Self::Survival,
        Self::Curve,
        Self::Heat,
        Self::Tornado,
        Self::Multiples,
    ];

    /// What it is called in flags and file names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Reached => "reached",
            Self::Endings => "endings",
            Self::Margin => "margin",
            Self::Rounds => "rounds",
            Self::Survival => "survival",
            Self::Curve => "curve",
            Self::Heat => "heat",
            Self::Tornado => "tornado",
            Self::Multiples => "multiples",
        }
    }

    /// How its file names begin: its word, except that `survival.csv` is a sheet of the batch itself.
    #[must_use]
    pub fn stem(self) -> &'static str {
        if self == Self::Survival { "survival-curves" } else { self.word() }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Why a folder cannot show it; `None` if it can.
    #[must_use]
    pub fn lacks(self, results: &Results) -> Option<&'static str> {
        let any = |has: &dyn Fn(&super::Experiment) -> bool| results.experiments.iter().any(has);
        let (varied, talks) = (design::varied(results).len(), "it holds no talks");
        let (there, why) = match self {
            Self::Exists | Self::Margin | Self::Multiples => (true, ""),
            Self::Reached => (any(&|e| e.reached.is_some()), talks),
            Self::Endings => (any(&|e| !e.endings.is_empty()), talks),
            Self::Rounds => (any(&|e| !e.spread.rounds.is_empty()), "it is reached in no run"),
            Self::Survival => (any(&|e| e.lasting.deals > 0), "it tells of no deal how long it lasts"),
            Self::Curve => (varied > 0, "no design input has two values that are numbers"),
            Self::Heat => (varied > 1, "fewer than two design inputs have two values that are numbers"),
            Self::Tornado => (design::centre(results).is_some(), "its design does not vary inputs one at a time"),
        };
        (!there).then_some(why)
    }

    /// The kinds that a folder can show.
    #[must_use]
    pub fn shown(results: &Results) -> Vec<Self> {
        Self::ALL.into_iter().filter(|kind| kind.lacks(results).is_none()).collect()
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// The kind; `None` for every kind that makes sense of the design.
    pub kind: Option<Kind>,
    /// By what experiments are told apart; `None` for what suits the design, an empty list for all of them together.
    pub by: Option<Vec<Factor>>,
    /// What curves, heat maps and tornadoes show; `None` for whether it is reached or else exists.
    pub outcome: Option<Outcome>,
    /// Light or dark.
    pub theme: Theme,
}

/// A picture with the table behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The stem of both file names: `<kind>[-of-<outcome>][-by-<what>…]`, the kind by its [`Kind::stem`].
    pub stem: String,
    /// The picture.
    pub picture: Picture,
    /// The table as CSV: a row a number drawn, with its count and interval.
    pub table: String,
}

/// Why a picture cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cannot {
    /// What was found, in one clause.
    pub found: String,
    /// What to try.
    pub hint: String,
}

/// The pictures of a folder, the same bytes for the same folder.
///
/// Without a kind: the curve, heat map or tornado of the design, for whether it is reached and whether one exists, then
/// every other kind that the folder can show.
///
/// # Errors
/// [`Cannot`] if the folder cannot show the kind, or not in these groups.
pub fn pictures(results: &Results, asked: &Asked) -> Result<Vec<Drawn>, Cannot> {
    match asked.kind {
        Some(kind) => drawn(results, asked, kind, asked.outcome).map(|one| vec![one]),
        None => sensible(results)
            .into_iter()
            .map(|(kind, outcome)| drawn(results, asked, kind, asked.outcome.filter(|_| outcome.is_none()).or(outcome)))
            .filter(|one| asked.by.is_none() || one.is_ok())
            .collect(),
    }
}

/// The kinds that make sense of a design, with what those over inputs show.
fn sensible(results: &Results) -> Vec<(Kind, Option<Outcome>)> {
    let varied = design::varied(results).len();
    let over = match varied {
        _ if design::centre(results).is_some() => Some(Kind::Tornado),
        1 => Some(Kind::Curve),
        2 => Some(Kind::Heat),
        _ => None,
    };
    let second = results.talks.then_some(Some(Outcome::Exists));
    let over = over.into_iter().flat_map(|kind| std::iter::once(None).chain(second).map(move |o| (kind, o)));
    let own = [Kind::Curve, Kind::Heat, Kind::Tornado, Kind::Multiples];
    let others = Kind::shown(results).into_iter().filter(move |kind| !own.contains(kind)).map(|kind| (kind, None));
    over.chain(others).collect()
}

fn drawn(results: &Results, asked: &Asked, kind: Kind, outcome: Option<Outcome>) -> Result<Drawn, Cannot> {
    if let Some(why) = kind.lacks(results) {
        let can: Vec<&str> = Kind::shown(results).into_iter().map(Kind::word).collect();
        return Err(Cannot {
            found: format!("this folder cannot show `{}`: {why}", kind.word()),
            hint: format!("it can show {}", can.join(", ")),
        });
    }
    let by = asked.by.clone().unwrap_or_else(|| usual(results, kind));
    let view = View { results, by, theme: asked.theme, named: stem(results, asked, kind, outcome) };
    let over = outcome.unwrap_or(if results.talks { Outcome::Reached } else { Outcome::Exists });
    match kind {
        Kind::Exists => Ok(shares::draw(&view, Outcome::Exists)),
        Kind::Reached => Ok(shares::draw(&view, Outcome::Reached)),
        Kind::Endings => Ok(endings::draw(&view)),
        Kind::Margin => Ok(spreads::margin(&view, false)),
        Kind::Rounds => Ok(spreads::rounds(&view)),
        Kind::Survival => Ok(lasting::draw(&view)),
        Kind::Curve => curve::draw(&view, over, false),
        Kind::Heat => heat::draw(&view, over),
        Kind::Tornado => tornado::draw(&view, over),
        Kind::Multiples if Kind::Curve.lacks(results).is_none() => curve::draw(&view, over, true),
        Kind::Multiples => Ok(spreads::margin(&view, true)),
    }
}

fn stem(results: &Results, asked: &Asked, kind: Kind, outcome: Option<Outcome>) -> String {
    let plain = |text: String| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect()
    };
    let over = [Kind::Curve, Kind::Heat, Kind::Tornado, Kind::Multiples].contains(&kind);
    let outcome = outcome.filter(|_| over).map(|o| format!("-of-{}", plain(o.word(results))));
    let by = asked.by.iter().map(|by| match by[..] {
        [] => "-by-none".to_owned(),
        _ => by.iter().map(|factor| format!("-by-{}", plain(factor.word(results)))).collect(),
    });
    let whole: String = std::iter::once(kind.stem().to_owned()).chain(outcome).chain(by).collect();
    whole.chars().take(120).collect()
}

/// The groups that suit a design: the accounts of which several were run, as far as the picture has room for them.
fn usual(results: &Results, kind: Kind) -> Vec<Factor> {
    let accounts: Vec<Factor> = [Factor::Scenario, Factor::Policy, Factor::Reading, Factor::Variant]
        .into_iter()
        .filter(|factor| factor.varies(results))
        .collect();
    let fits = |by: &[Factor], most: usize| (2..=most).contains(&groups(results, by).len());
    let one = |most| accounts.iter().map(|f| vec![*f]).find(|by| fits(by, most)).unwrap_or_default();
    let two = |most| accounts.chunks(2).next().map(<[Factor]>::to_vec).filter(|by| fits(by, most));
    match kind {
        Kind::Exists | Kind::Reached => two(shares::MOST).unwrap_or_else(|| match one(shares::MOST) {
            none if none.is_empty() => alone(results),
            one => one,
        }),
        Kind::Endings | Kind::Heat => two(12).unwrap_or_else(|| one(12)),
        // What exists does not hang on who mediates: margins are told apart by reading first.
        Kind::Margin if fits(&[Factor::Reading], 12) => vec![Factor::Reading],
        Kind::Tornado => Vec::new(),
        _ => one(12),
    }
}

/// The groups of a design without accounts: the values of the one input, or each experiment, if they are few.
fn alone(results: &Results) -> Vec<Factor> {
    match design::varied(results)[..] {
        [only] => vec![Factor::Input(only)],
        _ if results.experiments.len() <= shares::MOST => vec![Factor::Experiment],
        _ => Vec::new(),
    }
}
