//! Shares and means of a pool of experiments: counts are added, and shares worked out from the sums.

use super::{Experiment, Results};
use crate::analysis::Share;
use crate::batch::middle;
use crate::engine::talks::Ending;
use crate::num::Z95;
use crate::report::story::short;
use crate::text::words::capital;

/// What is asked of a pool of experiments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlotMeasure {
    /// The share of worlds in which one exists.
    Exists,
    /// The share of runs in which it is reached.
    Reached,
    /// The share of runs that end in this way.
    Ending(Ending),
    /// The mean margin where there is one.
    Margin,
    /// The mean round in which it is reached.
    Rounds,
    /// The mean gain of a party, by its place.
    Gain(usize),
    /// The mean of what runs pay a party in all, by its place.
    Payoff(usize),
}

/// An answer with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The runs that it counts; `None` for a mean.
    pub count: Option<u64>,
    /// The runs that it rests on.
    pub of: u64,
    /// The share or the mean.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Its standard error.
    pub error: f64,
    /// By what it is multiplied where it is printed: margins are shares of a span, printed in per cent.
    pub printed: f64,
}

impl PlotMeasure {
    /// What can be asked of a batch.
    pub fn all(results: &Results) -> Vec<Self> {
        let talks = [Self::Reached].into_iter().chain(Ending::ALL.map(Self::Ending)).chain([Self::Rounds]);
        let parties = || 0..results.parties.len();
        let gains = parties().map(Self::Gain).chain(parties().map(Self::Payoff));
        let all = [Self::Exists, Self::Margin].into_iter().chain(talks.filter(|_| results.talks)).chain(gains);
        all.filter(|o| results.experiments.iter().any(|e| o.estimate(&[e]).is_some())).collect()
    }

    /// What it is called in files and flags.
    pub fn word(self, results: &Results) -> String {
        self.named(results).0
    }

    /// What it is, for an axis.
    pub fn words(self, results: &Results) -> String {
        self.named(results).1
    }

    fn named(self, results: &Results) -> (String, String) {
        match self {
            Self::Exists => ("exists".into(), "share of worlds in which one exists".into()),
            Self::Reached => ("reached".into(), "share of runs in which it is reached".into()),
            Self::Ending(e) => (e.word().into(), format!("share of runs that end with: {}", short(e))),
            Self::Margin => ("margin".into(), "mean margin (per cent of a span)".into()),
            Self::Rounds => ("rounds".into(), "mean round in which it is reached".into()),
            Self::Gain(place) => {
                let party = &results.parties[place];
                (format!("gain_{party}"), format!("mean gain of {party} over no deal (points)"))
            }
            Self::Payoff(place) => {
                let party = &results.parties[place];
                (format!("payoff_{party}"), format!("what runs pay {party} in all (points)"))
            }
        }
    }

    /// What it is, as the start of a title.
    pub fn title(self, results: &Results) -> String {
        match self {
            Self::Exists => "How often one exists".into(),
            Self::Reached => "How often it is reached".into(),
            other => capital(other.words(results).split(" (").next().unwrap_or_default()),
        }
    }

    /// Whether it is a share.
    pub fn is_share(self) -> bool {
        matches!(self, Self::Exists | Self::Reached | Self::Ending(_))
    }

    /// The answer of some experiments together; `None` if none of them has it.
    ///
    /// Counts and runs are added. Experiments share their luck, so that only as many runs as one of them has are sure to be
    /// independent, and intervals reckon with no more: Wilson's for shares; for margin and rounds mean ± 1.96 standard
    /// errors of the added distributions, widened by √(runs pooled / runs of one); for gains the weighted mean of errors.
    pub fn estimate(self, members: &[&Experiment]) -> Option<Estimate> {
        match self {
            Self::Exists => counted(members, |e| Some(e.tally.exists)),
            Self::Reached => counted(members, |e| e.tally.reached()),
            Self::Ending(ending) => counted(members, |e| e.tally.endings.get(ending as usize).copied()),
            Self::Margin => {
                let margins = members.iter().flat_map(|e| &e.tally.margins);
                let mean = mean(members, margins.map(|(bin, count)| (middle(*bin), *count)))?;
                Some(Estimate { printed: 100.0, ..mean })
            }
            Self::Rounds => {
                let rounds = members.iter().flat_map(|e| &e.tally.rounds);
                mean(members, rounds.map(|(round, count)| (f64::from(*round), *count)))
            }
            Self::Gain(party) => gained(members, |e| *e.gains.get(party)?),
            Self::Payoff(party) => gained(members, |e| *e.payoffs.get(party)?),
        }
    }
}

/// The share of a count of runs, with Wilson's interval for `distinct` of them: those of one experiment.
pub fn share(count: u64, of: u64, distinct: u64) -> Estimate {
    let s = Share::on_shared_luck(count, of, distinct);
    let error = (s.share * (1.0 - s.share) / distinct.clamp(1, of.max(1)) as f64).sqrt();
    Estimate { count: Some(count), of, value: s.share, low: s.low, high: s.high, error, printed: 1.0 }
}

fn counted(members: &[&Experiment], count: impl Fn(&Experiment) -> Option<u64>) -> Option<Estimate> {
    let told = members.iter().filter_map(|e| Some((count(e)?, e.tally.runs)));
    let (count, of) = told.fold((0, 0), |(count, of), (c, runs)| (count + c, of + runs));
    (of > 0).then(|| share(count, of, distinct(members)))
}

/// The runs of one experiment, which share their luck with those of the others.
pub fn distinct(members: &[&Experiment]) -> u64 {
    members.iter().map(|e| e.tally.runs).max().unwrap_or(0)
}

fn estimate(value: f64, error: f64, of: u64) -> Estimate {
    Estimate { count: None, of, value, low: value - Z95 * error, high: value + Z95 * error, error, printed: 1.0 }
}

/// The mean of numbers that so many of the pooled runs gave, as sure as that of one experiment's runs.
fn mean(members: &[&Experiment], counts: impl Iterator<Item = (f64, u64)>) -> Option<Estimate> {
    let (mut of, mut sum, mut squares) = (0, 0.0, 0.0);
    for (x, count) in counts {
        of += count;
        sum += x * count as f64;
        squares += x * x * count as f64;
    }
    let n = of as f64;
    let variance = if of > 1 { ((squares - sum * sum / n) / (n - 1.0)).max(0.0) } else { 0.0 };
    let runs: u64 = members.iter().map(|e| e.tally.runs).sum();
    let widened = (variance / n).sqrt() * (runs as f64 / distinct(members).max(1) as f64).sqrt();
    (of > 0).then(|| estimate(sum / n, widened, of))
}

fn gained(members: &[&Experiment], of_party: impl Fn(&Experiment) -> Option<(f64, f64)>) -> Option<Estimate> {
    let told = members.iter().filter_map(|e| of_party(e).map(|(mean, error)| (e.tally.runs, mean, error)));
    let (mut of, mut sum, mut errors) = (0, 0.0, 0.0);
    for (runs, mean, error) in told {
        let weight = runs as f64;
        of += runs;
        sum += weight * mean;
        errors += weight * error;
    }
    let n = of as f64;
    (of > 0).then(|| estimate(sum / n, errors / n, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_over_counts_is_that_of_the_list() {
        // 1, 1, 2, 4: mean 2, variance 2 (with n − 1), error √(2/4).
        let mut only = Experiment::default();
        only.tally.runs = 4;
        let found = mean(&[&only], [(1.0, 2), (2.0, 1), (4.0, 1)].into_iter()).expect("some");
        assert_eq!((found.of, found.value, found.error), (4, 2.0, 0.5_f64.sqrt()));
    }
}
