//! An audit: how much of the answer rests on numbers that nobody has a source for?

use super::elementary::Elementary;
use super::factor::{Factor, Grouping, is_assumed};
use super::held::{Held, held, range, seen as look};
use super::indices::Indices;
use super::model::{Model, Outcome};
use super::study::{Group, GroupKind, Own, StudySettings, Walked, by_strength, divide};
use crate::analysis::{Headline, Share};
use crate::engine::{Accounts, Arm, CannotRun, Drawing, Pin};
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
#[derive(Debug, Clone, PartialEq)]
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
    pub together: Vec<(String, Indices)>,
    /// Uncertain inputs that are assumptions.
    pub uncertain: usize,
    /// Assumptions that the file writes as one number: nothing is varied.
    pub fixed: usize,
    /// Uncertain assumptions that moved neither the margin nor whether one exists in any walk.
    pub idle: usize,
    /// Assumptions looked at one by one, the largest total index first.
    pub entries: Vec<Entry>,
    /// Evaluations made.
    pub evaluations: u64,
}

/// One assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its input.
    pub input: InputId,
    /// Its indices of the margin; `None` where the margin does not vary.
    pub indices: Option<Indices>,
    /// What walks say of whether one exists.
    pub exists: Elementary,
    /// How the headline reads along its range.
    pub held: Held,
}

/// Makes an audit.
///
/// # Errors
/// [`CannotRun`].
pub fn audit(n: &Negotiation, settings: &AuditSettings, done: impl Fn(u64) + Sync) -> Result<Audit, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let draws = settings.drawing.draws(n);
    let factors = Factor::all(n, &draws);
    if factors.is_empty() {
        return Err(CannotRun::Certain);
    }
    let (seed, threads) = (settings.drawing.seed, settings.drawing.threads);
    let arm = Arm::of_worlds(&compiled, settings.drawing.defeat);
    let model = Model { arm, draws: &draws, of_talks: false, seed };
    let walked = Walked::of(&model, &factors, settings.walks, threads, &done)?;
    let mut made = walked.seen.len() as u64;
    let (margin, exists) = (walked.effects(Outcome::Margin), walked.effects(Outcome::Exists));
    let assumed: Vec<usize> = (0..factors.len()).filter(|f| is_assumed(n, &factors[*f])).collect();
    let moving = |f: &usize| margin[*f].rms > 0.0 || exists[*f].rms > 0.0;
    let strongest = by_strength(&factors, &margin).into_iter().filter(|f| assumed.contains(f) && moving(f));
    let chosen: Vec<usize> = strongest.take(settings.top).collect();
    let (groups, named) = groups(n, &factors, &chosen);
    let (found, seen) = divide(&model, &factors, &groups, &study_settings(settings), |more| done(made + more))?;
    made += seen.len() as u64;
    let laws = laws(n, &settings.drawing.accounts);
    let inputs: Vec<(InputId, (f64, f64))> =
        chosen.iter().filter_map(|f| factors[*f].input).map(|input| (input, range(n, &laws, input))).collect();
    // Nothing is held where the value is no number.
    let free = Pin { input: InputId(0), value: f64::NAN };
    let share = look(&model, &[free], settings.worlds, threads, |_| ())?.share(0);
    let (along, more) = held(&model, &inputs, settings.worlds, threads, |more| done(made + more))?;
    made += more + settings.worlds;
    let entry = |((place, f), held): ((usize, &usize), Held)| Entry {
        input: factors[*f].input.expect("an assumption is an input"),
        indices: found.groups.get(place).copied(),
        exists: exists[*f],
        held,
    };
    let mut entries: Vec<Entry> = chosen.iter().enumerate().zip(along).map(entry).collect();
    let total = |e: &Entry| e.indices.map_or(0.0, |i| i.total.value);
    entries.sort_by(|x, y| total(y).total_cmp(&total(x)));
    Ok(Audit {
        exists: share,
        reads: Headline::of(share.share),
        near_another: Headline::of(share.low) != Headline::of(share.high),
        variance: found.variance,
        together: named.into_iter().zip(found.groups.iter().skip(chosen.len()).copied()).collect(),
        uncertain: assumed.len(),
        fixed: fixed(n, &factors),
        idle: assumed.iter().filter(|f| !moving(f)).count(),
        entries,
        evaluations: made,
    })
}

/// Evaluations that an audit makes at most.
#[must_use]
pub fn audit_evaluations(n: &Negotiation, settings: &AuditSettings) -> u64 {
    let draws = settings.drawing.draws(n);
    let factors = Factor::all(n, &draws);
    let top = settings.top.min(factors.len()) as u64;
    settings.walks * (factors.len() as u64 + 1) + settings.points * (top + 5) + settings.worlds * top * 11
}

fn study_settings(settings: &AuditSettings) -> StudySettings {
    StudySettings {
        outcome: Outcome::Margin,
        points: settings.points,
        walks: settings.walks,
        own: Own::Groups(Grouping::Assumed),
        drawing: settings.drawing.clone(),
    }
}

/// A group for each assumption, then all inputs by whether they are assumed, with the names of these.
fn groups(n: &Negotiation, factors: &[Factor], chosen: &[usize]) -> (Vec<Group>, Vec<String>) {
    let single = |f: &usize| Group { kind: GroupKind::Input, factors: vec![*f] };
    let mut groups: Vec<Group> = chosen.iter().map(single).collect();
    let together = super::study::named(n, factors, Grouping::Assumed);
    let name = |g: &Group| if let GroupKind::Named(name) = &g.kind { name.clone() } else { String::new() };
    let names = together.iter().map(name).collect();
    groups.extend(together);
    (groups, names)
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
fn fixed(n: &Negotiation, factors: &[Factor]) -> usize {
    let varies = |id: InputId| factors.iter().any(|f| f.input == Some(id));
    n.inputs.iter().filter(|(id, input)| input.written && super::factor::without_source(input) && !varies(*id)).count()
}
