//! Logit equilibria of two sides, each of one type or several: everybody errs, and reckons with the errors of the other.
//!
//! Beside a plan stand the chances with which it is played,
//!
//! ```text
//! σ_k ∝ exp( λ Π_k(σ) ),    Π_k = Σ over types and plans of the other side of  weight · σ · payoff
//! ```
//!
//! From λ = 0, where all plans are as likely, one branch leads on: the principal branch (McKelvey and Palfrey (1995)). It is followed by
//! arc length, so that it may turn back in λ (Turocy (2005)). Unknowns are log-ratios to a plan of each type that is played, its base,
//! which stay finite where chances do not differ from 0, and λ in units of the largest difference of payoffs.

use super::linear;
use crate::num::exp;

/// Payoffs of two sides, each of one or several types, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// `weights[side][type]`: prior of each type, > 0, summing to 1 a side.
    pub weights: [Vec<f64>; 2],
    /// `plans[side][type]`: how many plans each type may choose among, ≥ 1.
    pub plans: [Vec<usize>; 2],
    /// `payoffs[side][t0 * types of side 1 + t1][k0 * plans of t1 + k1]`: what `side` is paid where type t0 of side 0 plays k0 and
    /// type t1 of side 1 plays k1.
    pub payoffs: [Vec<Vec<f64>>; 2],
}

/// A point of the principal branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Logit {
    /// How sharply payoffs decide, ≥ 0, a point: 1/λ is by how many points they err.
    pub lambda: f64,
    /// `mixed[side][type][plan]`: chances.
    pub mixed: [Vec<Vec<f64>>; 2],
    /// The greatest `|σ_k − exp(λ Π_k(σ)) / Σ_m exp(λ Π_m(σ))|`.
    pub residual: f64,
}

/// The logit equilibrium on the principal branch at λ: where the branch turns back, the first point at which it reaches λ on its way
/// from 0, with λ rising. Its residual is 1e-10 at most.
///
/// `None` where the payoffs are not of the shape that [`Sides`] says, λ is negative or not finite, or the branch could not be followed
/// that far. Source: Turocy (2005).
pub fn principal(sides: &Sides, lambda: f64) -> Option<Logit> {
    let mut last = None;
    followed(sides, lambda, |point| last = Some(point))?;
    last.filter(|point| point.residual <= EXACT)
}

/// Points along the principal branch from λ = 0 to where it first reaches `up_to`, its last point; λ falls in between where the branch
/// turns back. No chance moves by more than a twentieth from one to the next. Empty where [`principal`] says `None` of the shape;
/// it ends early where the branch could not be followed.
pub fn branch(sides: &Sides, up_to: f64) -> Vec<Logit> {
    let mut points = Vec::new();
    let _ = followed(sides, up_to, |point| points.push(point));
    points
}

/// What a residual may be.
const EXACT: f64 = 1e-10;

/// Steps along a branch at most.
const MOST_STEPS: usize = 50_000;

/// How far a chance may move in a step.
const FAR: f64 = 0.05;

/// In a step as short as this, and with so small a correction, another branch is crossed, as in games whose sides are alike.
const CROSSING: [f64; 2] = [1e-3, 1e-4];

/// How far a correction may lead away, as a share of the step.
const AWAY: f64 = 0.3;

/// Cosine of the angle that two steps may make.
const STRAIGHT: f64 = 0.95;

impl Sides {
    fn is_sound(&self) -> bool {
        let types = |side: usize| self.plans[side].len();
        let weighed = |side: usize| {
            let w = &self.weights[side];
            w.len() == types(side) && w.iter().all(|w| *w > 0.0) && (w.iter().sum::<f64>() - 1.0).abs() < 1e-9
        };
        let pairs = || self.plans[0].iter().flat_map(|m| self.plans[1].iter().map(move |n| m * n));
        let paid = |side: usize| {
            let cells = &self.payoffs[side];
            cells.len() == types(0) * types(1)
                && cells
                    .iter()
                    .zip(pairs())
                    .all(|(cells, size)| cells.len() == size && cells.iter().all(|x| x.is_finite()))
        };
        (0..2).all(|side| types(side) > 0 && self.plans[side].iter().all(|n| *n > 0) && weighed(side) && paid(side))
    }

    /// What a side of type t is paid for plan k where the other side, of type u, plays l.
    fn paid(&self, side: usize, [t, u]: [usize; 2], [k, l]: [usize; 2]) -> f64 {
        let (types, plans) = (self.plans[1].len(), &self.plans[1]);
        if side == 0 {
            self.payoffs[0][t * types + u][k * plans[u] + l]
        } else {
            self.payoffs[1][u * types + t][l * plans[t] + k]
        }
    }

    /// Expected payoffs of a type's plans against what the other side plays.
    fn expected(&self, side: usize, t: usize, other: &[Vec<f64>]) -> Vec<f64> {
        let against = |k: usize| {
            let of_type =
                |u: usize| other[u].iter().enumerate().map(|(l, p)| p * self.paid(side, [t, u], [k, l])).sum::<f64>();
            (0..other.len()).map(|u| self.weights[1 - side][u] * of_type(u)).sum()
        };
        (0..self.plans[side][t]).map(against).collect()
    }

    /// The greatest difference of two payoffs of one type; 1 where there is none.
    fn scale(&self) -> f64 {
        let widest = |side: usize| {
            let (least, most) = self.payoffs[side]
                .iter()
                .flatten()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), x| (least.min(*x), most.max(*x)));
            most - least
        };
        let scale = widest(0).max(widest(1));
        if scale > 0.0 { scale } else { 1.0 }
    }
}

/// Chances from log-ratios to a plan, the base, which are those of all other plans in their order.
fn chances(ratios: &[f64], base: usize) -> Vec<f64> {
    let (before, behind) = ratios.split_at(base);
    let all = || before.iter().chain(&[0.0]).chain(behind);
    let most = all().copied().fold(0.0, f64::max);
    let sizes: Vec<f64> = all().map(|z| exp(z - most)).collect();
    let sum: f64 = sizes.iter().sum();
    sizes.into_iter().map(|x| x / sum).collect()
}

/// A type of a side.
#[derive(Debug, Clone)]
struct Agent {
    side: usize,
    kind: usize,
    /// Where its log-ratios begin.
    at: usize,
    plans: usize,
    /// The plan to which its log-ratios are.
    base: usize,
}

impl Agent {
    fn ratios<'x>(&self, x: &'x [f64]) -> &'x [f64] {
        &x[self.at..self.at + self.plans - 1]
    }

    /// All plans but the base.
    fn others(&self) -> impl Iterator<Item = usize> + use<> {
        let base = self.base;
        (0..self.plans).filter(move |plan| *plan != base)
    }
}

/// The equations of a branch, in log-ratios z and λ: `z_k − λ (Π_k − Π_base) = 0`.
struct Equations<'s> {
    sides: &'s Sides,
    scale: f64,
    agents: Vec<Agent>,
    /// Log-ratios in all.
    size: usize,
    /// `more[agent][other agent][k * plans of the other + l]`: weight times what the k-th plan that is not the base pays more than the
    /// base where the other plays l, over `scale`; empty where the two are of one side.
    more: Vec<Vec<Vec<f64>>>,
}

impl<'s> Equations<'s> {
    fn of(sides: &'s Sides) -> Self {
        let types =
            (0..2).flat_map(|side| sides.plans[side].iter().enumerate().map(move |(kind, plans)| (side, kind, *plans)));
        let mut size = 0;
        let mut agents = Vec::new();
        for (side, kind, plans) in types {
            agents.push(Agent { side, kind, at: size, plans, base: 0 });
            size += plans - 1;
        }
        let mut equations = Self { sides, scale: sides.scale(), agents, size, more: Vec::new() };
        equations.compare();
        equations
    }

    /// Works out what plans pay more than the bases.
    fn compare(&mut self) {
        let beside = |one: &Agent, other: &Agent| -> Vec<f64> {
            if one.side == other.side {
                return Vec::new();
            }
            let weight = self.sides.weights[other.side][other.kind] / self.scale;
            let paid = |k: usize, l: usize| self.sides.paid(one.side, [one.kind, other.kind], [k, l]);
            let pairs = one.others().flat_map(|k| (0..other.plans).map(move |l| (k, l)));
            pairs.map(|(k, l)| weight * (paid(k, l) - paid(one.base, l))).collect()
        };
        self.more =
            self.agents.iter().map(|one| self.agents.iter().map(|other| beside(one, other)).collect()).collect();
    }

    /// Takes the likeliest plans as bases where one that is rarely played was, and turns points and directions with them.
    fn based(&mut self, turned: [&mut [f64]; 2]) {
        let likely = |agent: &Agent, x: &[f64]| {
            let mixed = chances(agent.ratios(x), agent.base);
            let most = (0..agent.plans).max_by(|a, b| mixed[*a].total_cmp(&mixed[*b])).unwrap_or(agent.base);
            if mixed[agent.base] < 0.1 { most } else { agent.base }
        };
        let bases: Vec<usize> = self.agents.iter().map(|agent| likely(agent, turned[0])).collect();
        if self.agents.iter().zip(&bases).all(|(agent, base)| agent.base == *base) {
            return;
        }
        for x in turned {
            for (agent, base) in self.agents.iter().zip(&bases) {
                let mut all = agent.ratios(x).to_vec();
                all.insert(agent.base, 0.0);
                let less = all.remove(*base);
                x[agent.at..agent.at + agent.plans - 1].iter_mut().zip(all).for_each(|(x, z)| *x = z - less);
            }
        }
        self.agents.iter_mut().zip(bases).for_each(|(agent, base)| agent.base = base);
        self.compare();
    }

    /// The chances of each agent.
    fn mixed(&self, x: &[f64]) -> Vec<Vec<f64>> {
        self.agents.iter().map(|agent| chances(agent.ratios(x), agent.base)).collect()
    }

    /// The equations' derivatives by every unknown at x, and their values last, `rows[equation]`.
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mixed = self.mixed(x);
        let all = self.agents.iter().zip(&self.more);
        all.flat_map(|(agent, more)| {
            (0..agent.plans - 1).map(|k| self.row(x, &mixed, agent.at + k, k, more)).collect::<Vec<_>>()
        })
        .collect()
    }

    /// The equation of the k-th plan of an agent that is not its base, with its own log-ratio at `own`.
    fn row(&self, x: &[f64], mixed: &[Vec<f64>], own: usize, k: usize, more: &[Vec<f64>]) -> Vec<f64> {
        let (n, lambda) = (self.size, x[self.size]);
        let mut row = vec![0.0; n + 2];
        let mut sum = 0.0;
        for ((other, sigma), more) in self.agents.iter().zip(mixed).zip(more).filter(|(_, more)| !more.is_empty()) {
            let more = &more[k * sigma.len()..(k + 1) * sigma.len()];
            let mean = dot(more, sigma);
            sum += mean;
            for (i, l) in other.others().enumerate() {
                row[other.at + i] = -lambda * sigma[l] * (more[l] - mean);
            }
        }
        row[own] += 1.0;
        row[n] = -sum;
        row[n + 1] = x[own] - lambda * sum;
        row
    }

    /// The direction of the branch at x, of length 1, that goes on as `before` did; and whether, with it, the determinant of all
    /// derivatives is above 0, which it is all along a branch but for where another one crosses it.
    fn direction(&self, x: &[f64], before: &[f64]) -> Option<(Vec<f64>, bool)> {
        let mut rows = self.rows(x);
        rows.iter_mut().for_each(|row| row[self.size + 1] = 0.0);
        rows.push(before.iter().copied().chain([1.0]).collect());
        let (found, positive) = linear::solved(&mut rows)?;
        Some((unit(found), positive))
    }

    /// Newton's method from x, with one equation more: `by · x = sum`. `None` where it does not settle in a few steps.
    fn corrected(&self, mut x: Vec<f64>, by: &[f64], sum: f64) -> Option<Vec<f64>> {
        for _ in 0..8 {
            let mut rows = self.rows(&x);
            rows.push(by.iter().copied().chain([dot(by, &x) - sum]).collect());
            let (step, _) = linear::solved(&mut rows)?;
            x.iter_mut().zip(&step).for_each(|(x, step)| *x -= step);
            if x.iter().zip(&step).all(|(x, step)| step.abs() <= 1e-9 * (1.0 + x.abs())) {
                return Some(x);
            }
        }
        None
    }

    /// The point of the branch at a λ, from one near it.
    fn settled(&self, near: Vec<f64>, lambda: f64) -> Option<Vec<f64>> {
        let by: Vec<f64> = (0..=self.size).map(|i| if i == self.size { 1.0 } else { 0.0 }).collect();
        let mut x = near;
        x[self.size] = lambda;
        let x = self.corrected(x, &by, lambda)?;
        self.corrected(x, &by, lambda)
    }

    fn point(&self, x: &[f64], lambda: f64) -> Logit {
        let mut mixed = [Vec::new(), Vec::new()];
        for (agent, chances) in self.agents.iter().zip(self.mixed(x)) {
            mixed[agent.side].push(chances);
        }
        let mut residual = 0.0_f64;
        for agent in &self.agents {
            let paid = self.sides.expected(agent.side, agent.kind, &mixed[1 - agent.side]);
            let ratios: Vec<f64> = agent.others().map(|k| lambda * (paid[k] - paid[agent.base])).collect();
            residual = residual.max(apart(&chances(&ratios, agent.base), &mixed[agent.side][agent.kind]));
        }
        Logit { lambda, mixed, residual }
    }
}

/// The greatest distance of two numbers at the same place.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// The same direction, of length 1.
fn unit(direction: Vec<f64>) -> Vec<f64> {
    let length = dot(&direction, &direction).sqrt();
    direction.into_iter().map(|x| x / length).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Follows the principal branch from 0 until it first reaches λ, telling of every point; `None` where it could not.
fn followed(sides: &Sides, lambda: f64, mut tell: impl FnMut(Logit)) -> Option<()> {
    if !(sides.is_sound() && lambda.is_finite() && lambda >= 0.0) {
        return None;
    }
    let mut equations = Equations::of(sides);
    let (n, aim) = (equations.size, lambda * equations.scale);
    let mut x = vec![0.0; n + 1];
    tell(equations.point(&x, 0.0));
    if aim == 0.0 {
        return Some(());
    }
    let upwards: Vec<f64> = (0..=n).map(|i| if i == n { 1.0 } else { 0.0 }).collect();
    let (mut direction, mut positive) = equations.direction(&x, &upwards)?;
    let mut step = aim.min(0.1);
    for _ in 0..MOST_STEPS {
        let Some(Step { at: next, direction: turned, away, positive: sign }) =
            stepped(&equations, &x, &direction, step)
                .filter(|next| next.positive == positive || (step < CROSSING[0] && next.away < CROSSING[1]))
        else {
            step /= 2.0;
            if step < 1e-12 * (1.0 + x[n].abs()) {
                return None;
            }
            continue;
        };
        if next[n] >= aim {
            // Between the two points λ is met; nearly at the second, or in a step that is made anew, half as long.
            let share = (aim - x[n]) / (next[n] - x[n]);
            let near: Vec<f64> = x.iter().zip(&next).map(|(a, b)| a + share * (b - a)).collect();
            let met = equations.settled(near.clone(), aim).filter(|met| distance(met, &near) <= 0.5 * step);
            if let Some(met) = met {
                tell(equations.point(&met, lambda));
                return Some(());
            }
            step /= 2.0;
            continue;
        }
        (x, direction, positive) = (next, turned, sign);
        equations.based([&mut x, &mut direction]);
        direction = unit(direction);
        tell(equations.point(&x, x[n] / equations.scale));
        step *= if away < 0.1 { 2.0 } else { 1.2 };
    }
    None
}

/// A step along a branch.
struct Step {
    /// Where it leads.
    at: Vec<f64>,
    /// The direction there.
    direction: Vec<f64>,
    /// How far the correction went, as a share of the step.
    away: f64,
    /// The sign of the determinant there.
    positive: bool,
}

/// The next point at a distance; `None` where the step is too long to be sure of the branch.
fn stepped(equations: &Equations<'_>, x: &[f64], before: &[f64], step: f64) -> Option<Step> {
    let guess: Vec<f64> = x.iter().zip(before).map(|(x, d)| x + step * d).collect();
    let at = equations.corrected(guess.clone(), before, dot(before, &guess))?;
    let away = distance(&at, &guess) / step;
    let (direction, positive) = equations.direction(&at, before)?;
    let moved = apart(&equations.mixed(x).concat(), &equations.mixed(&at).concat());
    let is_near = away <= AWAY && dot(&direction, before) >= STRAIGHT && moved <= FAR;
    is_near.then_some(Step { at, direction, away, positive })
}
