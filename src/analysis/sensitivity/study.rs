//! A study: screen all inputs, then divide the variance among the strongest.

use super::elementary::{Elementary, Walks, elementary};
use super::factor::{Factor, Grouping};
use super::indices::{Decomposition, Rows, decompose};
use super::model::{Model, Outcome, Seen, evaluate};
use super::plans::{Column, Mixing, Walking};
use crate::engine::{Arm, CannotRun, Drawing, ThreadsError};
use crate::model::Negotiation;

/// How a study is made.
#[derive(Debug, Clone, PartialEq)]
pub struct StudySettings {
    /// What is asked.
    pub outcome: Outcome,
    /// Rows of the indices, ≥ 1; powers of two are best.
    pub points: u64,
    /// Walks of the screening, ≥ 1.
    pub walks: u64,
    /// What has an index of its own.
    pub own: Own,
    /// From what worlds are drawn, and what is played in them.
    pub drawing: Drawing,
}

/// What has an index of its own; everything else is one group.
#[derive(Debug, Clone, PartialEq)]
pub enum Own {
    /// So many inputs, those that the screening finds strongest.
    Strongest(usize),
    /// The inputs at these paths.
    Inputs(Vec<String>),
    /// Groups that divide all inputs.
    Groups(Grouping),
}

/// What has one index.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is.
    pub kind: GroupKind,
    /// Places of its factors; none for the luck of the rounds.
    pub factors: Vec<usize>,
}

/// What a group is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupKind {
    /// One input.
    Input,
    /// Inputs under this name.
    Named(String),
    /// All inputs that have no index of their own.
    Others,
    /// The chance of the talks themselves: moves, events, noise.
    Luck,
}

/// What a study says.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// All factors.
    pub factors: Vec<Factor>,
    /// What the screening says of each.
    pub screening: Vec<Elementary>,
    /// What has an index, in the order of `decomposition.groups`.
    pub groups: Vec<Group>,
    /// Where the variance comes from.
    pub decomposition: Decomposition,
    /// Evaluations of both parts.
    pub evaluations: u64,
    /// Those without a finite margin: none counts as −100 %, unbounded as 100 %.
    pub kept_within: u64,
}

impl Study {
    /// Places of the factors, the strongest first: by root mean square effect, equal ones by path.
    #[must_use]
    pub fn by_strength(&self) -> Vec<usize> {
        by_strength(&self.factors, &self.screening)
    }
}

/// Makes a study. `done` hears how many evaluations are made of those that [`evaluations`] tells.
///
/// # Errors
/// [`CannotRun`].
pub fn study(n: &Negotiation, settings: &StudySettings, done: impl Fn(u64) + Sync) -> Result<Study, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let draws = settings.drawing.draws(n);
    let factors = Factor::all(n, &draws);
    if factors.is_empty() {
        return Err(CannotRun::Certain);
    }
    let of_talks = settings.outcome.is_of_talks();
    let drawing = &settings.drawing;
    let arm = if of_talks { Arm::of_talks(&compiled, drawing)? } else { Arm::of_worlds(&compiled, drawing.defeat) };
    let model = Model { arm, draws: &draws, of_talks, seed: drawing.seed };
    let walked = Walked::of(&model, &factors, settings.walks, settings.drawing.threads, &done)?;
    let screening = walked.effects(settings.outcome);
    let groups = groups(n, &factors, &screening, settings);
    let made = walked.seen.len() as u64;
    let divided = divide(&model, &factors, &groups, settings, |more| done(made + more))?;
    let kept_within = |seen: &[Seen]| seen.iter().filter(|s| s.kept_within).count() as u64;
    Ok(Study {
        evaluations: made + divided.1.len() as u64,
        kept_within: kept_within(&walked.seen) + kept_within(&divided.1),
        decomposition: divided.0,
        screening,
        groups,
        factors,
    })
}

/// Evaluations that a study makes at most.
#[must_use]
pub fn evaluations(n: &Negotiation, settings: &StudySettings) -> u64 {
    let draws = settings.drawing.draws(n);
    let factors = Factor::all(n, &draws);
    let own = match &settings.own {
        Own::Strongest(most) => (*most).min(factors.len()),
        Own::Inputs(paths) => paths.len(),
        Own::Groups(by) => named(n, &factors, *by).len(),
    };
    let columns = own as u64 + 3 + u64::from(settings.outcome.is_of_talks());
    settings.walks * (factors.len() as u64 + 1) + settings.points * columns
}

/// Walks through all factors, as they were seen.
pub(super) struct Walked<'a> {
    plan: Walking<'a>,
    pub seen: Vec<Seen>,
}

impl<'a> Walked<'a> {
    pub fn of(
        model: &Model,
        factors: &'a [Factor],
        count: u64,
        threads: Option<usize>,
        done: impl Fn(u64) + Sync,
    ) -> Result<Self, ThreadsError> {
        let inputs = factors.iter().map(|f| f.dimensions.clone()).collect();
        let walks = Walks::new(inputs, model.draws.dimensions(), model.seed);
        let plan = Walking { factors, walks, count };
        let seen = evaluate(model, &plan, threads, done)?;
        Ok(Self { plan, seen })
    }

    /// What they say of each factor.
    pub fn effects(&self, of: Outcome) -> Vec<Elementary> {
        self.plan.steps(&self.seen, of).iter().map(|steps| elementary(steps)).collect()
    }
}

/// Divides the variance among groups, which may overlap; with all that was seen.
pub(super) fn divide(
    model: &Model,
    factors: &[Factor],
    groups: &[Group],
    settings: &StudySettings,
    done: impl Fn(u64) + Sync,
) -> Result<(Decomposition, Vec<Seen>), ThreadsError> {
    let columns = groups.iter().map(|g| column(factors, g)).collect();
    let plan = Mixing::new(model.draws.dimensions(), settings.points, columns, model.seed);
    let seen = evaluate(model, &plan, settings.drawing.threads, done)?;
    let (a, b, mixed) = plan.outcomes(&seen, settings.outcome);
    Ok((decompose(&Rows { a: &a, b: &b, mixed: &mixed }), seen))
}

pub(super) fn by_strength(factors: &[Factor], screening: &[Elementary]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..factors.len()).collect();
    order.sort_by(|x, y| {
        let by_size = screening[*y].rms.total_cmp(&screening[*x].rms);
        by_size.then_with(|| factors[*x].path.cmp(&factors[*y].path))
    });
    order
}

fn groups(n: &Negotiation, factors: &[Factor], screening: &[Elementary], settings: &StudySettings) -> Vec<Group> {
    let single = |place: usize| Group { kind: GroupKind::Input, factors: vec![place] };
    let mut groups: Vec<Group> = match &settings.own {
        Own::Strongest(most) => by_strength(factors, screening).into_iter().take(*most).map(single).collect(),
        Own::Inputs(paths) => {
            let place = |path: &String| factors.iter().position(|f| f.path == *path);
            paths.iter().filter_map(place).map(single).collect()
        }
        Own::Groups(by) => named(n, factors, *by),
    };
    let taken: Vec<usize> = groups.iter().flat_map(|g| g.factors.clone()).collect();
    let rest: Vec<usize> = (0..factors.len()).filter(|f| !taken.contains(f)).collect();
    if !rest.is_empty() {
        groups.push(Group { kind: GroupKind::Others, factors: rest });
    }
    if settings.outcome.is_of_talks() {
        groups.push(Group { kind: GroupKind::Luck, factors: Vec::new() });
    }
    groups
}

/// Groups by name, in the order of the names.
pub(super) fn named(n: &Negotiation, factors: &[Factor], by: Grouping) -> Vec<Group> {
    let mut all = std::collections::BTreeMap::<String, Vec<usize>>::new();
    for (place, factor) in factors.iter().enumerate() {
        all.entry(by.name(n, factor)).or_default().push(place);
    }
    all.into_iter().map(|(name, factors)| Group { kind: GroupKind::Named(name), factors }).collect()
}

fn column(factors: &[Factor], group: &Group) -> Column {
    let dimensions = group.factors.iter().flat_map(|f| factors[*f].dimensions.clone()).collect();
    Column { dimensions, luck: group.kind == GroupKind::Luck }
}
