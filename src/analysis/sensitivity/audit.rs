//! An audit: how much of the answer rests on numbers that nobody has a source for?

use itertools::Itertools as _;
use serde::Serialize;

use super::elementary::Elementary;
use super::factor::{Grouping, UncertainInput, is_assumed, without_source};
use super::held::{Held, held, looked_at, range};
use super::indices::Indices;
use super::model::{Measure, Model};
use super::study::{GroupKind, Walked, by_strength, divide, named, single};
use crate::analysis::{Headline, Share};
use crate::engine::{Accounts, CannotRun, Drawing, Pin};
use crate::model::{InputId, Law, Negotiation};

/// How an audit is made.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditSettings {
    /// Assumptions that are looked at one by one.
    pub top: usize,
    /// Rows of the indices, ≥ 1.
    pub points: u64,
    /// Walks of the screening, ≥ 1.
    pub walks: u64,
    /// Worlds in which each number is held at values, ≥ 1.
    pub worlds: u64,
    /// From what worlds are drawn, and what is played in them.
    pub drawing: Drawing,
}

/// What an audit says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    /// One exists in the worlds in which numbers are held, none of them held.
    pub exists: Share,
    /// How it reads.
    pub reads: Headline,
    /// Whether the share's interval reaches into another headline.
    pub near_another: bool,
    /// Variance of the margin.
    pub variance: f64,
    /// Indices of the margin: assumptions together, numbers with a source together, the reading, where there are any.
    pub together: Vec<Together>,
    /// Uncertain inputs that are assumptions.
    pub uncertain: usize,
    /// Assumptions that the file writes as one number: nothing is varied.
    pub fixed: usize,
    /// Uncertain assumptions that moved neither the margin nor whether one exists in any walk.
    pub idle: usize,
    /// Assumptions looked at one by one, the largest total index first.
    pub assumptions: Vec<Assumption>,
    /// Evaluations made.
    pub evaluations: u64,
}

/// Inputs taken together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// What they are called.
    pub name: String,
    /// Their indices of the margin.
    pub indices: Indices,
}

/// One assumption.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// The path of its input.
    pub path: String,
    /// Its indices of the margin; `None` where the margin does not vary.
    pub indices: Option<Indices>,
    /// What walks say of whether one exists.
    pub exists: Elementary,
    /// How the headline reads along its range.
    #[serde(flatten)]
    pub held: Held,
}

/// Makes an audit.
///
/// # Errors
/// [`CannotRun`].
pub fn audit(n: &Negotiation, settings: &AuditSettings, done: impl Fn(u64) + Sync) -> Result<Audit, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let draws = settings.drawing.draws(n);
    let factors = UncertainInput::some(n, &draws)?;
    let model = Model::of(&compiled, &draws, &settings.drawing, false)?;
    let walked = Walked::of(&model, &factors, settings.walks, &done)?;
    let mut made = walked.seen.len() as u64;
    let (margin, exists) = (walked.effects(Measure::Margin), walked.effects(Measure::Exists));
    let (assumed, moving) =
        (|f: usize| is_assumed(n, &factors[f]), |f: usize| margin[f].rms > 0.0 || exists[f].rms > 0.0);
    let strongest = by_strength(&factors, &margin).into_iter().filter(|f| assumed(*f) && moving(*f));
    let chosen = strongest.take(settings.top).collect_vec();
    // A group for each assumption, then all inputs by whether they are assumed.
    let all = named(n, &factors, Grouping::Assumed);
    let groups = chosen.iter().map(|f| single(*f)).chain(all.iter().cloned()).collect_vec();
    let (found, seen) =
        divide(&model, &factors, &groups, (settings.points, Measure::Margin), |more| done(made + more))?;
    made += seen.len() as u64;
    let laws = laws(n, &settings.drawing.accounts);
    let input = |f: &usize| factors[*f].input.expect("an assumption is an input");
    let inputs = chosen.iter().map(input).map(|input| (input, range(n, &laws, input))).collect_vec();
    // Nothing is held where the value is no number.
    let free = Pin { input: InputId(0), value: f64::NAN };
    let share = looked_at(&model, &[free], settings.worlds, |_| ())?.share(0);
    let (along, more) = held(&model, &inputs, settings.worlds, |more| done(made + more))?;
    made += more + settings.worlds;
    let assumption = |(place, (f, held)): (usize, (&usize, Held))| Assumption {
        path: factors[*f].path.clone(),
        indices: found.groups.get(place).copied(),
        exists: exists[*f],
        held,
    };
    let each = chosen.iter().zip(along).enumerate().map(assumption);
    let total = |one: &Assumption| one.indices.map_or(0.0, |i| i.total.value);
    let name = |kind| if let GroupKind::Named(name) = kind { name } else { String::new() };
    let together = all.into_iter().zip(found.groups.iter().skip(chosen.len()));
    Ok(Audit {
        exists: share,
        reads: Headline::of(share.share),
        near_another: Headline::of(share.low) != Headline::of(share.high),
        variance: found.variance,
        together: together.map(|(group, indices)| Together { name: name(group.kind), indices: *indices }).collect(),
        uncertain: (0..factors.len()).filter(|f| assumed(*f)).count(),
        fixed: fixed(n, &factors),
        idle: (0..factors.len()).filter(|f| assumed(*f) && !moving(*f)).count(),
        assumptions: each.sorted_by(|x, y| total(y).total_cmp(&total(x))).collect(),
        evaluations: made,
    })
}

/// Evaluations that an audit makes at most.
pub fn audit_evaluations(n: &Negotiation, settings: &AuditSettings) -> u64 {
    let factors = UncertainInput::all(n, &settings.drawing.draws(n)).len();
    let top = settings.top.min(factors) as u64;
    settings.walks * (factors as u64 + 1) + settings.points * (top + 5) + settings.worlds * top * 11
}

/// The laws of every account that is drawn.
fn laws(n: &Negotiation, accounts: &Accounts) -> Vec<Vec<Law>> {
    let all: Vec<Option<usize>> = match accounts.reading {
        Some(reading) => vec![Some(reading)],
        None if n.readings.is_empty() => vec![None],
        None => (0..n.readings.len()).map(Some).collect(),
    };
    all.into_iter().map(|reading| n.laws(reading, &accounts.variants)).collect()
}

/// Assumptions that the file writes and that do not vary.
fn fixed(n: &Negotiation, factors: &[UncertainInput]) -> usize {
    let varies = |id: InputId| factors.iter().any(|f| f.input == Some(id));
    n.inputs.iter().filter(|(id, input)| input.written && without_source(input) && !varies(*id)).count()
}
