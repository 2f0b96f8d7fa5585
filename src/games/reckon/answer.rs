//! The answer to what a negotiation leaves to reckon: exactly, with what it rests on.

use super::super::Exact;
use super::solve::solve_in;
use super::{Kinds, NotReckoned, Number, Pie, Plan, Problem, Rules, Screened, Strip, Told, Zone, screen, told};
use crate::model::Negotiation;
use crate::model::reckoning::Case;
use crate::num::Order as _;
use num_traits::ToPrimitive as _;

/// What two sides that reckon work out.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Both know all.
    Known(Box<Known>),
    /// One side does not know which of two kinds the other is.
    Kinds(Box<OfKinds>),
}

/// The answer where both know all.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What was asked.
    pub problem: Problem,
    /// What they work out.
    pub plan: Plan<Exact>,
    /// Where a list of packages is too coarse to settle it: what would be if it could be cut anywhere, and with one more offer.
    pub coarse: Option<Coarse>,
}

/// How far a list leaves the answer open.
#[derive(Debug, Clone, PartialEq)]
pub struct Coarse {
    /// What both would have if the packages were corners of something that is cut anywhere.
    pub cut: [Exact; 2],
    /// What both have on the list with one offer more.
    pub with_one_more: [Exact; 2],
}

/// The answer where one side is of one of two kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct OfKinds {
    /// What was asked.
    pub kinds: Kinds,
    /// What the offers come to, or why that is not answered.
    pub offers: Result<Screened<Exact>, NotReckoned>,
    /// What a token can tell, where one may be sent.
    pub token: Option<Told>,
}

/// What two sides that reckon work out, with every uncertain number at its likeliest value.
///
/// # Errors
/// [`NotReckoned`] with the reason.
pub fn answer(n: &Negotiation) -> Result<Answer, NotReckoned> {
    match n.reckoned()? {
        Case::Known(problem) => known(*problem).map(|known| Answer::Known(Box::new(known))),
        Case::Kinds(kinds) => {
            let (offers, token) = (screen(&kinds), kinds.gesture.as_ref().map(told::<Exact>));
            match (&offers, token) {
                (Err(why), None) => Err(why.clone()),
                _ => Ok(Answer::Kinds(Box::new(OfKinds { kinds: *kinds, offers, token }))),
            }
        }
    }
}

fn known(problem: Problem) -> Result<Known, NotReckoned> {
    let failed = |why: super::Unsolved| NotReckoned(why.to_string());
    let rules = Rules::<Exact>::of(&problem).ok_or_else(|| failed(super::Unsolved::NoZone))?;
    let plan = solve_in(&rules, problem.steps).map_err(failed)?;
    let coarse = coarse(&rules, &problem, &plan);
    Ok(Known { problem, plan, coarse })
}

/// On a list the answer hangs on its steps: it is held against what would be if the packages were corners of something that is
/// cut anywhere. Source: van Damme, Selten and Winter (1990).
fn coarse(rules: &Rules<Exact>, problem: &Problem, plan: &Plan<Exact>) -> Option<Coarse> {
    let (Zone::List(list), Some(steps)) = (&rules.zone, problem.steps) else { return None };
    let line = frontier(list)?;
    let gap = line.windows(2).map(|w| &w[1][0] - &w[0][0]).max()?;
    let mut finer = rules.clone();
    finer.zone = Zone::Line(line);
    let cut = solve_in(&finer, Some(steps)).ok()?.pays;
    let off = &cut[0] - &plan.pays[0];
    if off <= gap && -off <= gap {
        return None;
    }
    let with_one_more = solve_in(rules, Some(steps + 1)).ok()?.pays;
    Some(Coarse { cut, with_one_more })
}

/// The packages of which none is better for both, from the best of the second side on; `None` unless they are two or more and
/// bend one way.
fn frontier(list: &[[Exact; 2]]) -> Option<Vec<[Exact; 2]>> {
    let mut sorted: Vec<[Exact; 2]> = list.to_vec();
    sorted.order_by(|a, b| b[0].cmp(&a[0]).then(b[1].cmp(&a[1])));
    let mut line: Vec<[Exact; 2]> = Vec::new();
    for worth in sorted {
        if line.last().is_none_or(|last| worth[1] > last[1]) {
            line.push(worth);
        }
    }
    line.reverse();
    let rates: Vec<Exact> = line.windows(2).map(|w| (&w[0][1] - &w[1][1]) / (&w[1][0] - &w[0][0])).collect();
    (!rates.is_empty() && rates.windows(2).all(|w| w[0] <= w[1])).then_some(line)
}

/// Where an issue is cut: between two options, and how far from the first to the second, in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Division {
    /// The issue, as its place.
    pub issue: usize,
    /// The two options.
    pub between: [usize; 2],
    /// How far from the one to the other.
    pub share: f64,
}

/// How what is cut is divided where a side gets so many points, issue by issue; empty for a list.
pub fn division(problem: &Problem, side: usize, points: &Exact) -> Vec<Division> {
    let Pie::Cut { strips, beside, .. } = &problem.pie else { return Vec::new() };
    let (i, j) = (side, 1 - side);
    let walks: Vec<Vec<usize>> = strips.iter().map(|strip| walk(strip, i)).collect();
    let worst: f64 = strips.iter().zip(&walks).map(|(strip, walk)| strip.points[walk[0]][i]).sum();
    let mut left = points.to_f64().unwrap_or_default() - beside[i] - worst;
    // What costs the other side least for a point of this one is given first.
    let mut pieces: Vec<(f64, usize, usize)> = Vec::new();
    for (s, (strip, walk)) in strips.iter().zip(&walks).enumerate() {
        for at in 1..walk.len() {
            let [from, to] = [walk[at - 1], walk[at]].map(|o| strip.points[o]);
            pieces.push(((from[j] - to[j]) / (to[i] - from[i]), s, at));
        }
    }
    // Rates that differ in their last digits only are one rate.
    pieces.order_by(|a, b| {
        if (a.0 - b.0).abs() <= 1e-9 * a.0.abs() { (a.1, a.2).cmp(&(b.1, b.2)) } else { a.0.total_cmp(&b.0) }
    });
    let mut divided: Vec<Division> = strips
        .iter()
        .zip(&walks)
        .map(|(strip, walk)| Division { issue: strip.issue.0, between: [walk[0]; 2], share: 0.0 })
        .collect();
    for (_, s, at) in pieces {
        let between = [walks[s][at - 1], walks[s][at]];
        let gain = strips[s].points[between[1]][i] - strips[s].points[between[0]][i];
        if left <= 1e-12 * gain {
            break;
        }
        let share = (left / gain).min(1.0);
        divided[s] = Division { between, share, ..divided[s] };
        left -= share * gain;
    }
    divided
}

/// The options of an issue from the worst to the best of a side; of one on which both agree, the best alone.
fn walk(strip: &Strip, side: usize) -> Vec<usize> {
    let all: Vec<usize> = (0..strip.points.len()).collect();
    let [first, last] = [strip.points[0], strip.points[strip.points.len() - 1]];
    let by = [0, 1].map(|side: usize| last[side] - first[side]);
    if by[0] * by[1] >= 0.0 {
        return vec![if by[0] + by[1] > 0.0 { all.len() - 1 } else { 0 }];
    }
    if by[side] > 0.0 { all } else { all.into_iter().rev().collect() }
}

/// A fraction as a float.
pub fn decimal(x: &Exact) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

/// A float of a file as the fraction that is written there.
pub fn fraction(x: f64) -> Exact {
    Exact::of(x)
}
