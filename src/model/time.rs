//! Time: rates are given in a unit of time, and the round is only the step in which they act.

use super::{InputId, LOOKS_AHEAD, Negotiation, Period, World};
use crate::num;

/// How many rounds make a unit of time: Δ = 1/rounds is the length of a round, at most 1.
///
/// In a round a rate p acts as 1 − (1 − p)^Δ, a drift by Δ, the standard deviation of a noise by √Δ; what happens at an
/// event is not scaled, and spans are counted in units. Round r lasts from the time (r − 1) · Δ, when moves are
/// made, to r · Δ.
/// Source: assumption (that whether a step is a day or a week must not decide anything).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    rounds: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rounds: 1.0 }
    }
}

impl Pace {
    /// Rounds of one length in units of another, of which a round is at most one.
    pub fn of(round: Period, per: Period) -> Self {
        Self { rounds: per.days() / round.days() }
    }

    /// So many rounds to a unit of time, ≥ 1.
    pub fn parts(rounds: u32) -> Self {
        Self { rounds: f64::from(rounds.max(1)) }
    }

    /// Δ: the length of a round in units of time, in (0, 1].
    pub fn step(self) -> f64 {
        1.0 / self.rounds
    }

    /// The time at which a round ends, in units from the start.
    pub fn time(self, round: u32) -> f64 {
        f64::from(round) / self.rounds
    }

    /// The unit of time in which a round lies, from 1; round 0 lies in unit 0.
    pub fn unit(self, round: u32) -> u32 {
        self.time(round).ceil() as u32
    }

    /// The first round of a unit of time; 0 and below lie before the talks.
    pub fn first_round(self, unit: u32) -> u32 {
        if unit == 0 { 0 } else { (f64::from(unit - 1) * self.rounds).floor() as u32 + 1 }
    }

    /// The rounds that a span takes, rounded up.
    pub fn rounds(self, span: f64) -> u32 {
        (span * self.rounds).ceil() as u32
    }

    /// The rounds that lie whole within a span.
    pub fn whole_rounds(self, span: f64) -> u32 {
        (span * self.rounds).floor() as u32
    }

    /// The chance in a round of what has the chance p in a unit of time:
    ///
    /// ```text
    /// 1 − (1 − p)^Δ
    /// ```
    pub fn chance(self, p: f64) -> f64 {
        // A round that is the unit itself leaves the number as it is written.
        if self.rounds == 1.0 { p } else { 1.0 - num::pow(1.0 - p, self.step()) }
    }
}

/// −ln(1 − p): the rate that a chance p in [0, 1] in a unit of time is.
pub fn rate_of(p: f64) -> f64 {
    -num::ln(1.0 - p)
}

/// How long it goes on without a deal: a conflict, a strike, a separation.
///
/// It ends by itself with the chance 1 − e^(−Δ/lasts) in a round, and at `until`.
/// Source: assumption (a constant hazard: whoever asks always expects the same).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GoingOn {
    /// Its mean span, > 0, in units of time; `None`: nothing ends it before `until`.
    pub lasts: Option<InputId>,
    /// The time at which it ends at the latest, ≥ 0; `None`: there is none.
    pub until: Option<InputId>,
}

impl GoingOn {
    /// Whether it is said at all when it ends.
    pub fn is_known(&self) -> bool {
        self.lasts.is_some() || self.until.is_some()
    }

    /// What is still to be expected of it from a time on, in units of time; 0 where nothing is said of it:
    ///
    /// ```text
    /// lasts,   until − t,   or with both   lasts · (1 − e^(−(until − t)/lasts))
    /// ```
    pub fn expected(&self, world: &World, t: f64) -> f64 {
        let left = self.until.map(|until| (world.value(until) - t).max(0.0));
        match (self.lasts.map(|lasts| world.value(lasts)), left) {
            (None, left) => left.unwrap_or(0.0),
            (Some(lasts), None) => lasts,
            (Some(lasts), Some(left)) => within(lasts, left),
        }
    }

    /// What is to be expected of a stretch of `span` units that begins at a time: of the time that it goes on.
    pub fn expected_in(&self, world: &World, t: f64, span: f64) -> f64 {
        let span = self.until.map_or(span, |until| span.min((world.value(until) - t).max(0.0)));
        self.lasts.map_or(span, |lasts| within(world.value(lasts), span))
    }

    /// The chance that it ends by itself in a stretch of `span` units that ends at a time.
    pub fn ends_by(&self, world: &World, t: f64, span: f64) -> f64 {
        // A date and a sum of rounds may differ in their last digits.
        if self.until.is_some_and(|until| t >= world.value(until) - 1e-9) {
            return 1.0;
        }
        self.lasts.map_or(0.0, |lasts| 1.0 - num::exp(-span / world.value(lasts)))
    }
}

/// The mean of an exponential span cut at `most`: lasts · (1 − e^(−most/lasts)).
fn within(lasts: f64, most: f64) -> f64 {
    lasts * (1.0 - num::exp(-most / lasts))
}

impl Negotiation {
    /// How many rounds make a unit of time.
    pub fn pace(&self) -> Pace {
        self.step.unwrap_or_else(|| Pace::of(self.round, self.per))
    }

    /// The same with so many rounds to a unit of time, ≥ 1, up to the same time: all that is given in units stays as it is.
    pub fn in_rounds(&self, to_a_unit: u32) -> Self {
        let step = Pace::parts(to_a_unit);
        // A horizon of whole units may not be one of whole rounds.
        let units = (self.pace().time(self.horizon) - 1e-9).ceil();
        Self { horizon: step.rounds(units), step: Some(step), ..self.clone() }
    }

    /// Whether what goes on without a deal is a conflict: the talks say so or, without talks, it is said when it ends.
    pub fn is_conflict(&self) -> bool {
        self.talks.as_ref().map_or(self.going_on.is_known(), |talks| talks.conflict)
    }

    /// Where all states stand so long after a deal was signed, in units of time, on the mean path.
    pub fn after_signing(&self, world: &World, states: &[f64], span: f64) -> Vec<f64> {
        self.states.iter().zip(states).map(|(state, from)| state.after_signing(world, *from, span)).collect()
    }

    /// How many years those who decide look ahead.
    pub fn years_ahead(&self, world: &World) -> f64 {
        self.looks_ahead.map_or(LOOKS_AHEAD, |years| world.value(years))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_days_are_a_week_and_its_days_lie_in_it() {
        let pace = Pace::of(Period::Day, Period::Week);
        assert_eq!((pace.time(7), pace.time(14)), (1.0, 2.0));
        assert_eq!([1, 7, 8, 14].map(|day| pace.unit(day)), [1, 1, 2, 2]);
        assert_eq!([1, 2, 3].map(|week| pace.first_round(week)), [1, 8, 15]);
        assert_eq!((pace.rounds(1.0), pace.rounds(1.01), pace.whole_rounds(1.99)), (7, 8, 13));
        // Seven days of a chance are the chance of the week: a few roundings.
        let day = pace.chance(0.3);
        assert!((1.0 - num::pow(1.0 - day, 7.0) - 0.3).abs() < 1e-12);
        let half = Pace::of(Period::HalfWeek, Period::Week);
        assert_eq!((half.step(), half.unit(3), half.first_round(3)), (0.5, 2, 5));
        let week = Pace::of(Period::Week, Period::Week);
        assert_eq!((week.unit(5), week.first_round(5), week.chance(0.3)), (5, 5, 0.3));
    }

    #[test]
    fn rounds_of_any_length_reach_the_same_horizon() {
        let n = Negotiation { round: Period::Day, per: Period::Month, horizon: 365, ..Negotiation::default() };
        for parts in [1, 2, 7] {
            let other = n.in_rounds(parts);
            assert_eq!((other.horizon, other.pace()), (12 * parts, Pace::parts(parts)));
        }
        assert_eq!(n.in_rounds(7).in_rounds(2), n.in_rounds(2));
    }

    #[test]
    fn what_is_expected_of_a_stretch_and_of_what_follows_is_what_is_expected_of_both() {
        let world = World { values: vec![20.0, 13.0] };
        let (lasts, until) = (Some(InputId(0)), Some(InputId(1)));
        for on in [GoingOn { lasts, until: None }, GoingOn { lasts: None, until }, GoingOn { lasts, until }] {
            for t in [0.0, 4.0, 12.5] {
                let stays = 1.0 - on.ends_by(&world, t + 1.0, 1.0);
                let both = on.expected_in(&world, t, 1.0) + stays * on.expected(&world, t + 1.0);
                // A few roundings of numbers up to 20.
                assert!((both - on.expected(&world, t)).abs() < 1e-12, "{on:?} {t}");
            }
        }
    }
}
