//! Repairs: the least change of one input that would make one who refuses a package bear it, all else as it is.

use super::miss::{Shortfall, bears};
use crate::model::{Beholder, InputId, IssueId, IssueView, Negotiation, Package, Scope, Scores, World, Written};
use crate::num::Order;

/// A single change that would make a judge bear a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Who would bear it; `None` for a holder's grant, which nobody's verdict depends on.
    pub judge: Option<Beholder>,
    /// What kind of number is changed.
    pub kind: RepairKind,
    /// The number.
    pub input: InputId,
    /// Its value in this world, in its own unit.
    pub from: f64,
    /// The nearest value that does; `None` if none within its declared range does.
    pub to: Option<f64>,
    /// |to − from| as a share of the declared range.
    pub share_of_range: Option<f64>,
    /// Whether the package would then do: all others who must agree bear it and every term is granted.
    pub settles: bool,
}

/// What kind of number a repair changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// The line below which an audience speaks of defeat, and what moves it.
    Line,
    /// How heavily losses weigh.
    LossAversion,
    /// What claims weigh.
    ClaimsWeight,
    /// What symbolic claims count.
    Credence,
    /// What an aim counts.
    Aim,
    /// What a claim is worth.
    Claim,
    /// How much of a claim is overheard.
    Overheard,
    /// A factor of a modifier.
    Modifier,
    /// The weight of an issue.
    Weight,
    /// The value of an option.
    Value,
    /// A bonus for a combination of terms.
    Link,
    /// What no deal is worth.
    NoDeal,
    /// A holder grants the term.
    Grant,
}

/// The repairs of a package: for each judge that refuses it for its score, one for every input that enters, those with
/// the least change as a share of the range first and those out of range last; then the holders that do not grant.
pub(super) fn repairs(
    n: &Negotiation,
    scores: &Scores,
    world: &World,
    judged: &[Shortfall],
    package: &Package,
) -> Vec<Repair> {
    let mut all = Vec::new();
    let workshop = Workshop { n, scores, world, judged, package };
    for judge in judged.iter().filter(|j| j.refuses && j.crossed.is_empty()) {
        let mut inputs = entering(n, judge.beholder, world, scores, package);
        inputs.order_by(Ord::cmp);
        inputs.dedup_by_key(|(_, input)| *input);
        all.extend(inputs.into_iter().map(|(kind, input)| workshop.repair(judge.beholder, kind, input)));
    }
    let effort = |r: &Repair| if r.to.is_some() { r.share_of_range.unwrap_or(f64::INFINITY) } else { f64::NAN };
    all.order_by(|a, b| effort(a).total_cmp(&effort(b)));
    all.extend(workshop.grants());
    all
}

struct Workshop<'a> {
    n: &'a Negotiation,
    scores: &'a Scores<'a>,
    world: &'a World,
    judged: &'a [Shortfall],
    package: &'a Package,
}

impl Workshop<'_> {
    fn repair(&self, judge: Beholder, kind: RepairKind, input: InputId) -> Repair {
        let (low, high) = self.n.range(input);
        let from = self.world.value(input);
        let mut world = self.world.clone();
        let mut passes = |value: f64| {
            world.values[input.0] = value;
            bears(self.scores, &world, judge, self.package)
        };
        let steps = if kind.may_turn() { TURNING_STEPS } else { 1 };
        let ends = [low, high].into_iter().filter_map(|end| towards(from, end, steps, &mut passes));
        let to = ends.min_by(|a, b| (a - from).abs().total_cmp(&(b - from).abs()));
        let share = |to: f64| (to - from).abs() / (high - low);
        Repair {
            judge: Some(judge),
            kind,
            input,
            from,
            to,
            share_of_range: to.map(share),
            settles: to.is_some_and(|to| self.settles(input, to)),
        }
    }

    /// Whether the package would do if an input had another value.
    fn settles(&self, input: InputId, to: f64) -> bool {
        let mut world = self.world.clone();
        world.values[input.0] = to;
        let bears = |j: &Shortfall| bears(self.scores, &world, j.beholder, self.package);
        let suits = |i| self.judged.iter().filter(|j| self.n.speaks_for(j.beholder) == i).all(bears);
        self.scores.available(&world, self.package) && self.n.suffice(suits)
    }

    /// For every term that is not granted, the holders that do not grant it.
    fn grants(&self) -> Vec<Repair> {
        let terms = self.n.space.picks(self.package).enumerate();
        let refused =
            terms.filter(|(k, _)| !self.scores.granted(self.world, IssueId(*k), self.package.option(IssueId(*k))));
        let holders = refused.flat_map(|(_, (_, option))| &option.holders);
        let refusing = holders.filter(|(_, grants)| !self.world.happens(*grants));
        let repair = |(_, input): &(crate::model::ActorId, InputId)| Repair {
            judge: None,
            kind: RepairKind::Grant,
            input: *input,
            from: 0.0,
            to: Some(1.0),
            share_of_range: None,
            settles: self.settles(*input, 1.0),
        };
        refusing.map(repair).collect()
    }
}

impl RepairKind {
    /// Whether a score may rise and then fall as the number grows: what is claimed and what is overheard both grow.
    fn may_turn(self) -> bool {
        matches!(self, Self::Credence | Self::Aim | Self::Claim | Self::Modifier)
    }
}

/// Steps in which a number is moved whose effect may turn; others are moved to the end of the range at once.
const TURNING_STEPS: u32 = 16;

/// The value nearest to `from`, on the way to `end`, that passes; `from` itself does not.
fn towards(from: f64, end: f64, steps: u32, passes: &mut impl FnMut(f64) -> bool) -> Option<f64> {
    let at = |step: u32| if step == steps { end } else { from + (end - from) * f64::from(step) / f64::from(steps) };
    let first = (1..=steps).find(|step| at(*step) != from && passes(at(*step)))?;
    let (mut fails, mut works) = (at(first - 1), at(first));
    loop {
        let middle = fails + (works - fails) / 2.0;
        if middle == fails || middle == works {
            return Some(works);
        }
        if passes(middle) {
            works = middle;
        } else {
            fails = middle;
        }
    }
}

/// The inputs on which a judge's score or line for a package depends, in this world.
fn entering(
    n: &Negotiation,
    judge: Beholder,
    world: &World,
    scores: &Scores,
    package: &Package,
) -> Vec<(RepairKind, InputId)> {
    use RepairKind as K;
    let mut inputs: Vec<(K, InputId)> = Vec::new();
    match judge {
        Beholder::Leadership(i) => {
            let actor = n.actor(i);
            viewed(&actor.views, package, None, &mut inputs);
            let links = actor.links.iter().filter(|l| l.clause.holds(|k| package.option(k)));
            inputs.extend(links.map(|l| (K::Link, l.bonus)));
            let no_deal = &actor.no_deal;
            let on = [no_deal.lasts.or(n.going_on.lasts), n.going_on.until].into_iter().flatten();
            inputs.extend([no_deal.base, no_deal.cost].into_iter().chain(on).map(|id| (K::NoDeal, id)));
            inputs.extend(no_deal.stake.iter().map(|(_, id)| (K::NoDeal, *id)));
        }
        Beholder::Audience(a) => {
            let audience = n.audience(a);
            viewed(&audience.views, &scores.seen(world, package), Some(&audience.normal), &mut inputs);
            inputs.extend(audience.defeat_below.iter().map(|line| (K::Line, line.points)));
            inputs.extend(audience.per_state.iter().map(|(_, id)| (K::Line, *id)));
            inputs.push((K::LossAversion, audience.loss_aversion));
            for claim in &n.claims {
                let heard = claim.heard_by.contains(&a);
                let overheard = claim.overheard.iter().find(|(who, _)| *who == a).map(|(_, share)| *share);
                if (heard || overheard.is_some()) && claim.clause.holds(|k| package.option(k)) {
                    inputs.extend([(K::Claim, claim.worth), (K::Aim, audience.aims[claim.aim.0])]);
                    inputs.extend([(K::ClaimsWeight, audience.claims_weight), (K::Credence, audience.credence)]);
                    inputs.extend(overheard.map(|share| (K::Overheard, share)));
                }
            }
        }
    }
    let in_force = n.modifiers.iter().filter(|m| {
        m.beholders.contains(&judge)
            && match &m.scope {
                Scope::When(clause) => clause.holds(|k| package.option(k)),
                Scope::Form(form) => n.space.picks(package).any(|(_, option)| option.form == Some(*form)),
            }
    });
    inputs.extend(in_force.flat_map(|m| [m.gains, m.losses, m.claims]).flatten().map(|id| (K::Modifier, id)));
    inputs
}

/// Weights and values of the terms that a judge sees.
fn viewed(
    views: &[Option<IssueView>],
    seen: &Package,
    normal: Option<&Vec<Option<crate::model::OptionId>>>,
    inputs: &mut Vec<(RepairKind, InputId)>,
) {
    for (k, view) in views.iter().enumerate() {
        let Some(view) = view else { continue };
        let options = [Some(seen.0[k]), normal.and_then(|normal| normal[k])];
        let values = options.into_iter().flatten().flat_map(|o| [view.values[o.0].low, view.values[o.0].high]);
        inputs.push((RepairKind::Weight, view.weight));
        inputs.extend(values.filter_map(|w| match w {
            Written::Input(id) => Some((RepairKind::Value, id)),
            Written::Now => None,
        }));
    }
}
