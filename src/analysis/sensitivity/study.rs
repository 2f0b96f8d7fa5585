//! A study: screen all inputs, then divide the variance among the strongest.

use itertools::Itertools as _;

use super::elementary::{Elementary, Walks, apart, elementary};
use super::factor::{Grouping, UncertainInput};
use super::indices::{Decomposition, TwoSets, decompose};
use super::model::{Evaluation, Measure, Model};
use super::plans::{Mixing, Swap, Walking};
use crate::engine::{CannotRun, Drawing, ThreadsError};
use crate::model::Negotiation;

/// How a study is made.
#[derive(Debug, Clone, PartialEq)]
pub struct StudySettings {
    /// What is asked.
    pub outcome: Measure,
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
pub struct InputGroup {
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
    pub factors: Vec<UncertainInput>,
    /// What the screening says of each.
    pub screening: Vec<Elementary>,
    /// The same of even walks, by which the inputs that are shown are chosen, and of odd ones, which are shown.
    pub apart: [Vec<Elementary>; 2],
    /// What has an index, in the order of `decomposition.groups`.
    pub groups: Vec<InputGroup>,
    /// Where the variance comes from.
    pub decomposition: Decomposition,
    /// Evaluations of both parts.
    pub evaluations: u64,
    /// Those without a finite margin: none counts as −100 %, unbounded as 100 %.
    pub kept_within: u64,
}

impl Study {
    /// Places of the factors, the strongest first: by root mean square effect, equal ones by path.
    pub fn by_strength(&self) -> Vec<usize> {
        by_strength(&self.factors, &self.screening)
    }

    /// The same by even walks alone, those that moved nothing in any walk left out.
    pub fn chosen(&self) -> Vec<usize> {
        let order = by_strength(&self.factors, &self.apart[0]).into_iter();
        order.filter(|f| self.screening[*f].rms > 0.0).collect()
    }
}

/// Makes a study. `done` hears how many evaluations are made of those that [`evaluations`] tells.
///
/// # Errors
/// [`CannotRun`].
pub fn study(n: &Negotiation, settings: &StudySettings, done: impl Fn(u64) + Sync) -> Result<Study, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let draws = settings.drawing.draws(n);
    let factors = UncertainInput::some(n, &draws)?;
    let model = Model::of(&compiled, &draws, &settings.drawing, settings.outcome.is_of_talks())?;
    let walked = Walked::of(&model, &factors, settings.walks, &done)?;
    let screening = walked.effects(settings.outcome);
    let groups = groups(n, &factors, &screening, settings);
    let made = walked.seen.len() as u64;
    let asked = (settings.points, settings.outcome);
    let (decomposition, seen) = divide(&model, &factors, &groups, asked, |more| done(made + more))?;
    let apart = walked.apart(settings.outcome);
    let kept_within = walked.seen.iter().chain(&seen).filter(|s| s.kept_within).count() as u64;
    drop(walked);
    Ok(Study { evaluations: made + seen.len() as u64, kept_within, decomposition, screening, apart, groups, factors })
}

/// Evaluations that a study makes at most.
pub fn evaluations(n: &Negotiation, settings: &StudySettings) -> u64 {
    let draws = settings.drawing.draws(n);
    let factors = UncertainInput::all(n, &draws);
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
    pub seen: Vec<Evaluation>,
}

impl<'a> Walked<'a> {
    pub fn of(
        model: &Model,
        factors: &'a [UncertainInput],
        count: u64,
        done: impl Fn(u64) + Sync,
    ) -> Result<Self, ThreadsError> {
        let inputs = factors.iter().map(|f| f.dimensions.clone()).collect();
        let walks = Walks::new(inputs, model.draws.dimensions(), model.seed);
        let plan = Walking { factors, walks, count };
        Ok(Self { seen: model.evaluate(&plan, done)?, plan })
    }

    /// What they say of each factor.
    pub fn effects(&self, of: Measure) -> Vec<Elementary> {
        self.plan.steps(&self.seen, of).iter().map(|steps| elementary(steps)).collect()
    }

    /// What even walks say of each factor, and what odd ones do.
    fn apart(&self, of: Measure) -> [Vec<Elementary>; 2] {
        let steps = self.plan.steps(&self.seen, of);
        [0, 1].map(|parity| steps.iter().map(|steps| apart(steps)[parity]).collect())
    }
}

/// Divides the variance among groups, which may overlap, by so many points; with all that was seen.
pub(super) fn divide(
    model: &Model,
    factors: &[UncertainInput],
    groups: &[InputGroup],
    (points, of): (u64, Measure),
    done: impl Fn(u64) + Sync,
) -> Result<(Decomposition, Vec<Evaluation>), ThreadsError> {
    let swap = |group: &InputGroup| Swap {
        dimensions: group.factors.iter().flat_map(|f| factors[*f].dimensions.clone()).collect(),
        luck: group.kind == GroupKind::Luck,
    };
    let plan = Mixing::new(model.draws.dimensions(), points, groups.iter().map(swap).collect(), model.seed);
    let seen = model.evaluate(&plan, done)?;
    let (a, b, mixed) = plan.outcomes(&seen, of);
    Ok((decompose(&TwoSets { a: &a, b: &b, mixed: &mixed }), seen))
}

pub(super) fn by_strength(factors: &[UncertainInput], screening: &[Elementary]) -> Vec<usize> {
    let stronger = |x: &usize, y: &usize| {
        let by_size = screening[*y].rms.total_cmp(&screening[*x].rms);
        by_size.then_with(|| factors[*x].path.cmp(&factors[*y].path))
    };
    (0..factors.len()).sorted_by(stronger).collect()
}

/// A group of one input.
pub(super) fn single(factor: usize) -> InputGroup {
    InputGroup { kind: GroupKind::Input, factors: vec![factor] }
}

fn groups(
    n: &Negotiation,
    factors: &[UncertainInput],
    screening: &[Elementary],
    settings: &StudySettings,
) -> Vec<InputGroup> {
    let mut groups: Vec<InputGroup> = match &settings.own {
        Own::Strongest(most) => by_strength(factors, screening).into_iter().take(*most).map(single).collect(),
        Own::Inputs(paths) => {
            let place = |path: &String| factors.iter().position(|f| f.path == *path);
            paths.iter().filter_map(place).map(single).collect()
        }
        Own::Groups(by) => named(n, factors, *by),
    };
    let rest = (0..factors.len()).filter(|f| !groups.iter().any(|g| g.factors.contains(f))).collect_vec();
    if !rest.is_empty() {
        groups.push(InputGroup { kind: GroupKind::Others, factors: rest });
    }
    if settings.outcome.is_of_talks() {
        groups.push(InputGroup { kind: GroupKind::Luck, factors: Vec::new() });
    }
    groups
}

/// Groups by name, in the order of the names.
pub(super) fn named(n: &Negotiation, factors: &[UncertainInput], by: Grouping) -> Vec<InputGroup> {
    let places = factors.iter().enumerate().map(|(place, factor)| (by.name(n, factor), place)).into_group_map();
    let groups = places.into_iter().sorted().map(|(name, factors)| (GroupKind::Named(name), factors));
    groups.map(|(kind, factors)| InputGroup { kind, factors }).collect()
}
