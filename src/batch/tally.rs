//! What the runs of one experiment add up to: whole numbers, the same in any order and however they are divided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::talks::{Block, Ending, Refusal, Run};
use crate::model::{ActorId, AudienceId, Negotiation};
use crate::num::{Moments, quantile};
use crate::space::Margin;

/// Bins of margins to a margin of 1.
const MARGIN_BINS: f64 = 256.0;

/// The margin up to which bins are 1/256 wide; beyond it they are 2⁻⁹ of the power of two below the margin.
const REACH: i32 = 4;

/// The margin beyond which bins are one, and which counts for all that lies beyond in a mean.
const FARTHEST: f64 = 1e6;

/// Points of a curve of survival: every half year from 0 to 10.
pub const YEARS_BY_HALF: usize = 21;

/// The largest number that is summed: 2⁴⁰.
const MOST_SUMMED: f64 = 1_099_511_627_776.0;

/// Fixed point of means: 2⁻²⁰.
const UNITS: f64 = 1_048_576.0;

/// Adds a count to another (`sign` 1), or takes it away (`sign` −1).
fn count(mine: &mut u64, theirs: u64, sign: i64) {
    *mine = mine.saturating_add_signed(sign * theirs as i64);
}

/// The same of sums.
fn moments(mine: &mut Moments, theirs: &Moments, sign: i64) {
    if sign > 0 { *mine += *theirs } else { *mine = mine.less(theirs) }
}

/// What runs of one experiment add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Runs.
    pub runs: u64,
    /// Runs in whose world one exists.
    pub exists: u64,
    /// Runs by bin of the margin: floor(256 · margin), beyond ±1 024 with all but ten leading bits 0.
    pub margins: BTreeMap<i32, u64>,
    /// Runs in whose world no package could be looked at.
    pub none: u64,
    /// Runs in whose world nobody's verdict counts.
    pub unbounded: u64,
    /// The finite margins.
    pub margin: Moments,
    /// How the runs ended, in the order of [`Ending::ALL`]; nothing without talks.
    pub endings: Vec<u64>,
    /// Runs that reached it, by round.
    pub rounds: BTreeMap<u32, u64>,
    /// What stood in the way last, in a word.
    pub blocked: BTreeMap<String, u64>,
    /// Relative gains where it was reached, `gains[party]`.
    pub gains: Vec<Moments>,
    /// Why there was no deal, by word.
    pub causes: BTreeMap<String, u64>,
    /// What runs pay in all, `payoffs[party]`, in points.
    pub payoffs: Vec<Moments>,
    /// Chance that what was reached still holds after 1, 2 and 5 years.
    pub survival: [Moments; 3],
    /// Σ of that chance after every half year, in 2⁻²⁰; nothing where nothing is said of it.
    pub curve: Vec<i64>,
    /// The runs of even number among them, where experiments are ranked by one half and shown by the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub even: Option<Box<Self>>,
}

impl Tally {
    /// Nothing yet.
    pub fn new(n: &Negotiation) -> Self {
        let talks = n.talks.is_some();
        Self {
            endings: vec![0; if talks { Ending::ALL.len() } else { 0 }],
            gains: vec![Moments::default(); if talks { n.parties().count() } else { 0 }],
            payoffs: vec![Moments::default(); if talks { n.parties().count() } else { 0 }],
            curve: vec![0; if talks && n.durability.is_some() { YEARS_BY_HALF } else { 0 }],
            ..Self::default()
        }
    }

    /// The same, where runs of even number are counted apart as well.
    pub fn halved(self) -> Self {
        Self { even: Some(Box::new(self.clone())), ..self }
    }

    /// Counts run number `number` in all that it belongs to.
    pub fn add_numbered(&mut self, number: u64, n: &Negotiation, margin: Margin, run: Option<&Run>) {
        self.add(n, margin, run);
        if let Some(even) = self.even.as_mut().filter(|_| number.is_multiple_of(2)) {
            even.add(n, margin, run);
        }
    }

    /// The runs of even number and the others; `None` where they are not counted apart.
    pub fn halves(&self) -> Option<[Self; 2]> {
        let even = self.even.as_deref()?;
        let mut odd = Self { even: None, ..self.clone() };
        odd.combine(even, -1);
        odd.margins.retain(|_, count| *count > 0);
        odd.rounds.retain(|_, count| *count > 0);
        odd.blocked.retain(|_, count| *count > 0);
        odd.causes.retain(|_, count| *count > 0);
        Some([even.clone(), odd])
    }

    /// Counts one run: the margin of its world, and what became of its talks if there were any.
    pub fn add(&mut self, n: &Negotiation, margin: Margin, run: Option<&Run>) {
        self.runs += 1;
        self.exists += u64::from(margin.exists());
        match margin {
            Margin::None => self.none += 1,
            Margin::Unbounded => self.unbounded += 1,
            Margin::Share(share) => {
                *self.margins.entry(bin(share)).or_default() += 1;
                self.margin.add(share.clamp(-FARTHEST, FARTHEST));
            }
        }
        let Some(run) = run else { return };
        self.endings[run.ending as usize] += 1;
        if let Some(block) = run.blocked {
            *self.blocked.entry(blocked(n, block)).or_default() += 1;
        }
        if let Some(cause) = run.cause {
            *self.causes.entry(cause.word().to_owned()).or_default() += 1;
        }
        for (place, party) in n.parties().enumerate() {
            if let Some((_, points)) = run.payoffs.iter().find(|(actor, _)| *actor == party) {
                self.payoffs[place].add(*points);
            }
        }
        if !run.ending.is_reached() {
            return;
        }
        *self.rounds.entry(run.rounds).or_default() += 1;
        for (place, party) in n.parties().enumerate() {
            if let Some((_, gain)) = run.gains.iter().find(|(actor, _)| *actor == party) {
                self.gains[place].add(*gain);
            }
        }
        let Some(outlook) = &run.outlook else { return };
        let holds = |years: f64| outlook.hazard.survival(years);
        self.survival.iter_mut().zip(crate::analysis::YEARS).for_each(|(sums, years)| sums.add(holds(years)));
        for (i, sum) in self.curve.iter_mut().enumerate() {
            *sum += (holds(i as f64 / 2.0) * UNITS).round() as i64;
        }
    }

    /// Adds what other runs of the same experiment come to.
    pub fn merge(&mut self, other: &Self) {
        match (&mut self.even, &other.even) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            // Of runs that were not counted apart nothing is known by halves.
            (mine, _) => *mine = None,
        }
        self.combine(other, 1);
    }

    /// Adds other runs (`sign` 1), or takes some of them away (`sign` −1), but for what is known by halves.
    fn combine(&mut self, other: &Self, sign: i64) {
        fn counts<K: Ord + Clone>(mine: &mut BTreeMap<K, u64>, theirs: &BTreeMap<K, u64>, sign: i64) {
            theirs.iter().for_each(|(key, n)| count(mine.entry(key.clone()).or_default(), *n, sign));
        }
        count(&mut self.runs, other.runs, sign);
        count(&mut self.exists, other.exists, sign);
        count(&mut self.none, other.none, sign);
        count(&mut self.unbounded, other.unbounded, sign);
        moments(&mut self.margin, &other.margin, sign);
        counts(&mut self.margins, &other.margins, sign);
        counts(&mut self.rounds, &other.rounds, sign);
        counts(&mut self.blocked, &other.blocked, sign);
        counts(&mut self.causes, &other.causes, sign);
        self.endings.iter_mut().zip(&other.endings).for_each(|(mine, theirs)| count(mine, *theirs, sign));
        self.gains.iter_mut().zip(&other.gains).for_each(|(mine, theirs)| moments(mine, theirs, sign));
        self.payoffs.iter_mut().zip(&other.payoffs).for_each(|(mine, theirs)| moments(mine, theirs, sign));
        self.survival.iter_mut().zip(&other.survival).for_each(|(mine, theirs)| moments(mine, theirs, sign));
        self.curve.iter_mut().zip(&other.curve).for_each(|(mine, theirs)| *mine += sign * theirs);
    }

    /// Whether so many runs of a negotiation can have come to this: counts add up, and no mean is beyond its bounds.
    pub(super) fn may_come_of(&self, n: &Negotiation, runs: u64) -> bool {
        let empty = Self::new(n);
        let shape = |t: &Self| [t.endings.len(), t.gains.len(), t.payoffs.len(), t.curve.len()];
        let even = |even: &Self| even.even.is_none() && even.runs <= runs && even.may_come_of(n, even.runs);
        self.runs == runs
            && shape(self) == shape(&empty)
            && self.worlds_add_up()
            && self.talks_add_up()
            && self.even.as_deref().is_none_or(even)
    }

    fn worlds_add_up(&self) -> bool {
        let above = sum(self.margins.range(0..).map(|(_, count)| count));
        let finite = sum(self.margins.values());
        let Some((above, finite)) = above.zip(finite) else { return false };
        sum([&finite, &self.none, &self.unbounded]) == Some(self.runs)
            && sum([&above, &self.unbounded]) == Some(self.exists)
            && self.margins.keys().all(|b| is_bin(*b))
            && self.margin.may_be_of(finite, FARTHEST)
    }

    /// The same of talks, which may not have been played.
    fn talks_add_up(&self) -> bool {
        let played = sum(&self.endings).is_some_and(|ended| ended == 0 || ended == self.runs);
        let reached = if played { self.reached().unwrap_or(0) } else { 0 };
        let deals = self.survival[0].count();
        played
            && sum(self.rounds.values()) == Some(reached)
            && sum(self.blocked.values()).is_some_and(|blocked| blocked <= self.runs)
            && sum(self.causes.values()) == Some(self.endings.get(Ending::NoDeal as usize).copied().unwrap_or(0))
            && self.payoffs.iter().all(|p| p.count() <= self.runs && p.may_be_of(p.count(), MOST_SUMMED))
            && self.gains.iter().all(|g| g.count() <= reached && g.may_be_of(g.count(), MOST_SUMMED))
            && deals <= reached
            && self.survival.iter().all(|s| s.may_be_of(deals, 1.0))
            && self.curve.iter().all(|held| (0..=deals as i64 * UNITS as i64).contains(held))
    }

    /// Runs that reached it; `None` without talks.
    pub fn reached(&self) -> Option<u64> {
        let counts = || Ending::ALL.iter().zip(&self.endings);
        (!self.endings.is_empty()).then(|| counts().filter(|(e, _)| e.is_reached()).map(|(_, count)| count).sum())
    }

    /// The middle of the bin in which the share `p` of the finite margins is met, their mean where all lie in one bin;
    /// `None` without any.
    pub fn margin_quantile(&self, p: f64) -> Option<f64> {
        if self.margins.len() == 1 {
            return self.margin.mean();
        }
        quantile(self.margins.iter().map(|(bin, count)| (*bin, *count)), p).map(middle)
    }

    /// The round by which the share `p` of what was reached was reached; `None` where nothing was.
    pub fn rounds_quantile(&self, p: f64) -> Option<u32> {
        quantile(self.rounds.iter().map(|(round, count)| (*round, *count)), p)
    }

    /// The mean round; `None` where nothing was reached.
    pub fn rounds_mean(&self) -> Option<f64> {
        let count: u64 = self.rounds.values().sum();
        let sum: u64 = self.rounds.iter().map(|(round, count)| u64::from(*round) * count).sum();
        (count > 0).then(|| sum as f64 / count as f64)
    }

    /// The mean chance that what was reached holds after each half year, `(years, chance)`.
    pub fn curve(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let deals = self.survival[0].count();
        let point = move |(i, sum): (usize, &i64)| (i as f64 / 2.0, *sum as f64 / UNITS / deals as f64);
        self.curve.iter().enumerate().filter(move |_| deals > 0).map(point)
    }
}

/// Σ of counts; `None` where it is beyond all numbers.
fn sum<'c>(counts: impl IntoIterator<Item = &'c u64>) -> Option<u64> {
    counts.into_iter().try_fold(0, |sum: u64, count| sum.checked_add(*count))
}

/// The bin of a margin.
fn bin(share: f64) -> i32 {
    let bin = (share.clamp(-FARTHEST, FARTHEST) * MARGIN_BINS).floor() as i32;
    bin & -width(bin)
}

/// Whether some margin falls into a bin of this name.
fn is_bin(name: i32) -> bool {
    (bin(-FARTHEST)..=bin(FARTHEST)).contains(&name) && name & -width(name) == name
}

/// How many bins of 1/256 are one where a bin lies: a power of two.
fn width(bin: i32) -> i32 {
    let near = REACH * MARGIN_BINS as i32;
    let size = if bin < 0 { !bin } else { bin };
    if size < near { 1 } else { 1 << (1 + (size / near).ilog2()) }
}

/// The middle of a bin of margins, as a share of a span.
pub fn middle(bin: i32) -> f64 {
    (f64::from(bin) + 0.5 * f64::from(width(bin))) / MARGIN_BINS
}

/// What stood in the way, in a word, with who it was.
pub(super) fn blocked(n: &Negotiation, block: Block) -> String {
    let (who, home) = (|i: ActorId| &n.actor(i).id, |a: AudienceId| &n.audience(a).id);
    match block {
        Block::NoOffer => "no-offer".to_owned(),
        Block::Drafting => "drafting".to_owned(),
        Block::NothingToOffer(i) => format!("nothing-to-offer:{}", who(i)),
        Block::Unratified(a) => format!("unratified:{}", home(a)),
        Block::Refused(i, Refusal::RuledOut) => format!("refused:{}:ruled-out", who(i)),
        Block::Refused(i, Refusal::RedLine) => format!("refused:{}:red-line", who(i)),
        Block::Refused(i, Refusal::WorseThanNoDeal) => format!("refused:{}:worse-than-no-deal", who(i)),
        Block::Refused(i, Refusal::WorseThanSoFar) => format!("refused:{}:worse-than-so-far", who(i)),
        Block::Refused(i, Refusal::WouldNotKeep(of)) => format!("refused:{}:would-not-keep:{}", who(i), who(of)),
        Block::Refused(i, Refusal::NotEnoughYet) => format!("refused:{}:not-enough-yet", who(i)),
        Block::Refused(i, Refusal::Home(a)) => format!("refused:{}:home:{}", who(i), home(a)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_survive_being_written() {
        let mut sums = Moments::default();
        (0..1000).for_each(|i| sums.add(f64::from(i) * 1e6));
        let written = serde_json::to_string(&sums).expect("it can be written");
        assert_eq!(serde_json::from_str::<Moments>(&written).expect("it can be read"), sums);
        // The mean of 0 … 999 is 499.5, and the variance of such a list (n² − 1)/12.
        let error = 1e6 * ((1e6 - 1.0) / 12.0 / 999.0_f64).sqrt();
        assert_eq!(sums.mean(), Some(499.5e6));
        assert!((sums.error().expect("many numbers") / error - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_come_of_its_runs_is_told_from_what_can() {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/textbook/split-the-pie.toml"));
        let n = crate::scenario::Scenario::parse("pie", text.as_bytes()).expect("it is right").negotiation;
        let mut tally = Tally::new(&n);
        [0.25, -0.5].into_iter().for_each(|share| tally.add(&n, Margin::Share(share), None));
        assert!(tally.may_come_of(&n, 2));
        let forged: [fn(&mut Tally); 8] = [
            |t| t.runs = 3,
            |t| t.exists = 2,
            |t| t.none = u64::MAX,
            |t| t.margins = BTreeMap::from([(2_001, 1), (-128, 1)]),
            |t| t.margin = serde_json::from_str(r#"[1, "-262144", "343597383680"]"#).expect("it can be read"),
            |t| t.margin = serde_json::from_str(r#"[2, "8213568", "343597383680"]"#).expect("it can be read"),
            |t| t.endings = vec![2],
            |t| t.rounds = BTreeMap::from([(3, 1)]),
        ];
        for (place, forge) in forged.iter().enumerate() {
            let mut other = tally.clone();
            forge(&mut other);
            assert!(!other.may_come_of(&n, 2), "forgery {place}");
        }
    }

    #[test]
    fn both_halves_of_the_runs_add_up_to_all_of_them() {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/textbook/split-the-pie.toml"));
        let n = crate::scenario::Scenario::parse("pie", text.as_bytes()).expect("it is right").negotiation;
        let mut tally = Tally::new(&n).halved();
        let shares = [0.25, -0.5, 0.25, 0.75, -0.125];
        (0..).zip(shares).for_each(|(k, share)| tally.add_numbered(k, &n, Margin::Share(share), None));
        let [mut even, odd] = tally.halves().expect("they are counted apart");
        assert_eq!((even.runs, even.exists, odd.runs, odd.exists), (3, 2, 2, 1));
        assert_eq!(odd.margin.mean(), Some(0.125));
        even.merge(&odd);
        assert_eq!(Tally { even: None, ..tally.clone() }, even);
        assert!(tally.may_come_of(&n, 5));
        tally.even.as_mut().expect("they are").runs = 6;
        assert!(!tally.may_come_of(&n, 5));
    }

    #[test]
    fn margins_fall_into_bins_of_one_in_256() {
        for (share, at) in [(0.0, 0), (-1e-9, -1), (1.0 / 256.0, 1), (3.999, 1_023), (-4.0, -1_024)] {
            assert_eq!(bin(share), at);
        }
        assert!((middle(bin(0.3)) - 0.3).abs() <= 0.5 / 256.0);
        for far in [4.001_f64, -4.001, 9.0, -9.0, 1_234.5, -99_999.0] {
            // Beyond 4 a bin is at most 2⁻⁹ of the margin wide.
            assert!((middle(bin(far)) - far).abs() <= far.abs() / 1_024.0, "{far}: {}", middle(bin(far)));
        }
    }
}
