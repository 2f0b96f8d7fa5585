//! What a party asks for, round by round, where that depends on the clock alone: a place among its sorted packages.

use std::sync::OnceLock;

use super::{Ground, Side, Tactic};
use crate::model::Scale;
use crate::num::pow;

/// How many rounds there are, and how near is near enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Rounds N, at least 1: in each every party has one turn.
    pub rounds: u32,
    /// How many points make a utility of 1, by which the tolerances are measured.
    pub unit: f64,
}

impl Rules {
    /// What a threshold by the clock lies lower, in utilities of 1.
    const SLACK: f64 = 1e-4;
    /// How far below its threshold an offer may be, if it is nearer than the next above, in utilities of 1.
    const NEAR: f64 = 1e-6;

    /// N rounds on utilities from 0 to 1.
    pub fn of(rounds: u32) -> Self {
        Self { rounds, unit: 1.0 }
    }

    /// The time of a round, the same for all of its turns: (k+1)/(N+1).
    pub fn time(self, round: u32) -> f64 {
        f64::from(round + 1) / (f64::from(self.rounds) + 1.0)
    }

    fn units(self, share: f64, scale: Scale) -> f64 {
        share * self.unit / scale.points(1)
    }

    /// What a party asks for at a time by the clock, in units, not rounded: see [`Tactic`].
    pub fn threshold(self, side: &Side, scale: Scale, exponent: f64, round: u32) -> f64 {
        let (lo, hi) = (side.floor() as f64, side.most as f64);
        let time = self.time(round);
        let aspiration = 1.0 - if exponent == 1.0 { time } else { pow(time, exponent) };
        // A party with nothing rational has hi below lo, and asks for what nothing gives.
        ((hi - lo) * aspiration + lo - self.units(Self::SLACK, scale)).max(lo).min(hi.max(lo))
    }

    /// The place of what a party offers at a threshold: the lowest from it on, or one a little below if that is nearer.
    /// `None` where nothing is rational.
    pub(super) fn place(self, side: &Side, scale: Scale, threshold: f64) -> Option<usize> {
        let worth = |place: usize| f64::from(side.worth_at(place));
        let at = side.first_from(threshold, side.rational().checked_sub(1)?);
        let below = at.checked_sub(1).map(|below| threshold - worth(below));
        let near = below.filter(|by| *by <= self.units(Self::NEAR, scale) && *by < worth(at) - threshold);
        Some(if near.is_some() { side.equals_of(at - 1).start } else { at })
    }
}

/// One round of a party that goes by the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What it asks for, in units, not rounded.
    pub threshold: f64,
    /// The least whole number of units that it accepts.
    pub least: i32,
    /// What it offers.
    pub package: u32,
    /// Where that stands among its packages, and how many are worth as much: luck may choose another of these.
    pub equals: (u32, u32),
}

/// The rounds of a party that goes by the clock, each worked out when it is first asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    exponent: f64,
    scale: Scale,
    rules: Rules,
    steps: Vec<OnceLock<Step>>,
}

impl Clock {
    fn of(exponent: f64, scale: Scale, rules: Rules) -> Self {
        Self { exponent, scale, rules, steps: vec![OnceLock::new(); rules.rounds as usize] }
    }

    /// Rounds that are known.
    fn known(steps: Vec<Step>, scale: Scale, rules: Rules) -> Self {
        Self { exponent: 1.0, scale, rules, steps: steps.into_iter().map(OnceLock::from).collect() }
    }

    /// What the party does in a round, `side` being its own and some package rational for it.
    pub(super) fn step(&self, side: &Side, round: u32) -> &Step {
        self.steps[round as usize].get_or_init(|| {
            let threshold = self.rules.threshold(side, self.scale, self.exponent, round);
            let place = self.rules.place(side, self.scale, threshold);
            Step::at(side, threshold, place.expect("who goes by the clock has a rational package"))
        })
    }
}

/// What a party does in each round, as far as that can be said beforehand.
#[derive(Debug, Clone, PartialEq)]
pub enum Course {
    /// By the clock.
    Clock(Clock),
    /// As it answers what it hears.
    Answers(Tactic),
    /// As all others will answer it: known once they are.
    Last,
    /// It has nothing to offer.
    Nothing,
}

impl Course {
    /// What a party will do by its tactic.
    pub fn of(ground: &Ground, seat: usize, tactic: Tactic, rules: Rules) -> Self {
        let side = &ground.sides[seat];
        match tactic {
            _ if !side.can_agree() => Self::Nothing,
            Tactic::Timed(e) => Self::Clock(Clock::of(e, ground.scale, rules)),
            Tactic::Hardliner => {
                let step = Step::at(side, side.most as f64, side.best());
                Self::Clock(Clock::known(vec![step; rules.rounds as usize], ground.scale, rules))
            }
            Tactic::TradeOff(e) => Self::trading(ground, seat, e, rules),
            Tactic::Relative(_) | Tactic::Averaged(_) => Self::Answers(tactic),
            Tactic::BestResponse => Self::Last,
        }
    }

    /// Walks down with the threshold, and keeps the best for the others of all that was passed.
    fn trading(ground: &Ground, seat: usize, exponent: f64, rules: Rules) -> Self {
        let side = &ground.sides[seat];
        let mut at = side.rational();
        let mut best: Option<(f64, i32, u32)> = None;
        let step = |round| {
            let threshold = rules.threshold(side, ground.scale, exponent, round);
            while at > 0 && f64::from(side.worth_at(at - 1)) >= threshold {
                at -= 1;
                let found = (left_to_others(ground, seat, side.package_at(at)), side.worth_at(at), side.package_at(at));
                let better = |known: &(f64, i32, u32)| {
                    let order = found.0.total_cmp(&known.0).then(found.1.cmp(&known.1));
                    order.then(known.2.cmp(&found.2)).is_gt()
                };
                best = best.filter(|known| !better(known)).or(Some(found));
            }
            let (_, _, package) = best?;
            Some(Step { threshold, least: threshold.ceil() as i32, package, equals: (0, 1) })
        };
        let steps: Option<Vec<Step>> = (0..rules.rounds).map(step).collect();
        steps.map_or(Self::Nothing, |steps| Self::Clock(Clock::known(steps, ground.scale, rules)))
    }
}

impl Step {
    /// A step that offers what stands at a place.
    pub(super) fn at(side: &Side, threshold: f64, place: usize) -> Self {
        let equals = side.equals_of(place);
        let package = side.package_at(place);
        let equals = (equals.start as u32, equals.len() as u32);
        Self { threshold, least: threshold.ceil() as i32, package, equals }
    }
}

/// The least share of what they could gain that a package gives to the others; below 0 where one of them has less than
/// without a deal.
fn left_to_others(ground: &Ground, seat: usize, package: u32) -> f64 {
    let others = ground.sides.iter().enumerate().filter(|(other, _)| *other != seat);
    let gain = |side: &Side| if side.worth(package) == super::OUT { f64::NEG_INFINITY } else { side.gain(package) };
    others.map(|(_, side)| gain(side)).fold(f64::INFINITY, f64::min)
}
