//! Margins of a vast space, who has them, what is best for each side, and the nearest miss.

use itertools::Itertools as _;

use super::super::super::frontier::{Collector, Frontier, NoFrontier, Point};
use super::super::super::{Coalitions, Margin};
use super::super::blocks::{Asked, Terms};
use super::super::miss::{Judging, Near, Within};
use super::super::towards::Ask;
use super::super::{BestFor, NearestMiss};
use super::{Threshold, Vast, ask, of, scores_of};
use crate::model::{ActorId, Beholder, Package};

impl Vast<'_> {
    /// The greatest margin of any minimal winning coalition, with a package that has it. `rational`: what the leaderships ask
    /// for, if packages must be rational and granted.
    pub(super) fn margin(
        &self,
        what: &'static str,
        judges: &[Threshold],
        rational: &[Threshold],
    ) -> Result<(Margin, Option<Package>), NoFrontier> {
        let margin = |set: &Vec<ActorId>| self.margin_of(what, &of(set, judges), &of(set, rational));
        let margins: Vec<(Margin, Option<Package>)> = self.coalitions.iter().map(margin).try_collect()?;
        let greatest = margins.into_iter().rev().max_by(|a, b| a.0.slack().total_cmp(&b.0.slack()));
        Ok(greatest.unwrap_or((Margin::None, None)))
    }

    fn margin_of(
        &self,
        what: &'static str,
        judges: &[Threshold],
        rational: &[Threshold],
    ) -> Result<(Margin, Option<Package>), NoFrontier> {
        let scores = scores_of(judges.iter().chain(rational));
        let spans = self.spans?;
        let judged = judges.iter().map(|line| ask(&scores, line, spans.measure(line.score)));
        let judged: Vec<Ask> = judged.zip(judges).filter(|(_, line)| line.at.is_some()).map(|(ask, _)| ask).collect();
        let signed = rational.iter().map(|line| ask(&scores, line, None));
        let asks: Vec<Ask> = judged.into_iter().chain(signed).collect();
        let asked = Asked { scores: &scores, barring: &scores, granted: !rational.is_empty() };
        if !asks.iter().any(|ask| ask.measure.is_some()) {
            let found = self.sums(what, asked)?.greatest_least(&measured(&asks, scores.len()))?;
            let some = self.best(&found, &measured(&asks, scores.len()), &scores).0 >= 0.0;
            return Ok((if some { Margin::Unbounded } else { Margin::None }, None));
        }
        let found = self.sums(what, asked)?.greatest_least(&asks)?;
        let (slack, first) = self.best(&found, &asks, &scores);
        Ok((Margin::from_slack(slack), first.map(|first| self.terms.n.space.package(first))))
    }

    /// The greatest least measure of any point, and the first package that has it and beside which no other of them is better
    /// for some leadership and worse for none.
    fn best(&self, found: &Frontier, asks: &[Ask], scores: &[usize]) -> (f64, Option<u128>) {
        let slack =
            |point: &Point| asks.iter().filter_map(|ask| ask.share(point.utility)).fold(f64::INFINITY, f64::min);
        let greatest = found.iter().map(|point| slack(&point)).fold(f64::NEG_INFINITY, f64::max);
        let leaders = self.leaders();
        let of_leaders = |at: &usize| leaders.iter().any(|line| line.score == scores[*at]);
        let places: Vec<usize> = (0..scores.len()).filter(of_leaders).collect();
        let equal = || found.iter().filter(|point| slack(point) >= greatest);
        let mut best = Collector::new(places.len().max(1)).ok();
        for point in equal() {
            let mut utility: Vec<i64> = places.iter().map(|at| point.utility[*at]).collect();
            utility.resize(places.len().max(1), 0);
            best.as_mut().map(|best| best.push(Point { utility: &utility, ..point }));
        }
        (greatest, best.and_then(|best| best.finish().iter().map(|point| point.first).min()))
    }

    /// Those whose verdict counts though their score is the same in all packages.
    pub(super) fn without_span(&self, judges: &[Threshold]) -> Vec<Beholder> {
        let level = |line: &&Threshold| self.spans.is_ok_and(|spans| spans.measure(line.score).is_none());
        let with_line = judges.iter().filter(|line| line.at.is_some()).filter(level);
        with_line.map(|line| self.terms.beholders[line.score]).collect()
    }

    /// The judges with the least slack at a package.
    pub(super) fn binding(&self, judges: &[Threshold], best: &Package) -> Vec<Beholder> {
        let Ok(spans) = self.spans else { return Vec::new() };
        let Terms { world, scores, .. } = self.terms;
        let slack = |line: &Threshold| {
            let beholder = self.terms.beholders[line.score];
            let score = match beholder {
                Beholder::Leadership(i) => scores.leadership(world, i, best),
                Beholder::Audience(a) => scores.audience(world, a, best),
            };
            Some((beholder, (score - line.at?) as f64 / spans.measure(line.score)?))
        };
        let slacks: Vec<(Beholder, f64)> = judges.iter().filter_map(slack).collect();
        slacks.into_iter().min_set_by(|a, b| a.1.total_cmp(&b.1)).into_iter().map(|(beholder, _)| beholder).collect()
    }

    /// For each party the package that it likes most of those granted that enough of the others bear: no worse than no deal
    /// for them and no defeat.
    pub(super) fn best_for(&self, judges: &[Threshold], rational: &[Threshold]) -> Result<Vec<BestFor>, NoFrontier> {
        let leaders = self.leaders();
        let mut all = Vec::new();
        for own in &leaders {
            let mut best: Option<(i64, u128)> = None;
            for set in &self.coalitions {
                let others: Vec<ActorId> = set.iter().copied().filter(|i| *i != own.party).collect();
                let tests: Vec<Threshold> = [of(&others, judges), of(&others, rational)].concat();
                let scores = scores_of(tests.iter().chain([own]));
                let asked = Asked { scores: &scores, barring: &scores, granted: true };
                let lines = tests.iter().filter(|line| line.at.is_some()).map(|line| ask(&scores, line, None));
                let utility = ask(&scores, &Threshold { at: Some(0), ..*own }, Some(1.0));
                let asks: Vec<Ask> = lines.chain([utility]).collect();
                let found = self.sums("what is best for each side", asked)?.greatest_least(&asks)?;
                if let (value, Some(first)) = self.best(&found, &asks, &scores) {
                    best = best.max(Some((value as i64, first)));
                }
            }
            all.extend(
                best.map(|(_, first)| {
                    BestFor::of(self.terms.n, &self.terms.scores, self.terms.world, own.party, first)
                }),
            );
        }
        Ok(all)
    }

    /// Where no package would do: the nearest miss, and a nearer one that some holder does not grant.
    pub(super) fn misses(
        &self,
        judges: &[Threshold],
        rational: &[Threshold],
        margin: Option<&(Margin, Option<Package>)>,
    ) -> (Option<NearestMiss>, Option<NearestMiss>) {
        let (Some((margin, best)), Ok(spans), [_]) = (margin, self.spans, &self.coalitions[..]) else {
            return (None, None);
        };
        if margin.exists() {
            return (None, None);
        }
        let Terms { n, world, scores, .. } = self.terms;
        let near = best.clone().map(|best| (Within::Rational, best)).or_else(|| self.nearest(judges, rational, true));
        let far = self.granted_aside(judges, rational).or_else(|| self.nearest(judges, rational, false));
        let judging = Judging {
            n,
            world,
            scores: *scores,
            spans,
            vetoes: judges.iter().map(|line| self.terms.beholders[line.score]).filter(is_audience).collect(),
            coalitions: Coalitions::of(n),
        };
        judging.misses(near, far)
    }

    /// The package with the greatest margin whether or not it is granted.
    fn granted_aside(&self, judges: &[Threshold], rational: &[Threshold]) -> Option<Near> {
        let spans = self.spans.ok()?;
        let measure = |line: &Threshold| spans.measure(line.score);
        let judged = judges.iter().map(|line| (*line, measure(line)));
        let asked: Vec<(Threshold, Option<f64>)> = judged.chain(rational.iter().map(|line| (*line, None))).collect();
        Some((Within::Rational, self.nearest_of(&asked, true, false)?))
    }

    /// The package with the greatest least slack of judges and leaderships: of those that cross no red line, whoever refuses
    /// all alike being left out if others suffice; of all, where each crosses one.
    fn nearest(&self, judges: &[Threshold], rational: &[Threshold], granted: bool) -> Option<Near> {
        let spans = self.spans.ok()?;
        let all = || judges.iter().chain(rational).map(|line| (*line, spans.measure(line.score)));
        let measured = || all().filter(|(_, measure)| measure.is_some()).collect::<Vec<_>>();
        let lineless = |(line, measure): (Threshold, Option<f64>)| match measure {
            Some(_) => (line, measure),
            None => (Threshold { at: None, ..line }, None),
        };
        let careful: Vec<(Threshold, Option<f64>)> = all().map(lineless).collect();
        let kinds = [
            (Within::NoRedLine, all().collect::<Vec<_>>(), true),
            (Within::NoRedLine, careful, true),
            (Within::All, measured(), false),
        ];
        kinds.into_iter().find_map(|(within, asked, bars)| Some((within, self.nearest_of(&asked, bars, granted)?)))
    }

    fn nearest_of(&self, asked: &[(Threshold, Option<f64>)], bars: bool, granted: bool) -> Option<Package> {
        let scores = scores_of(asked.iter().map(|(line, _)| line));
        let with_line = asked.iter().filter(|(line, _)| line.at.is_some());
        let mut asks: Vec<Ask> = with_line.map(|(line, measure)| ask(&scores, line, *measure)).collect();
        let lines_alone = !asks.iter().any(|ask| ask.measure.is_some());
        if lines_alone {
            asks = measured(&asks, scores.len());
        }
        let sums = self
            .sums("the nearest miss", Asked { scores: &scores, barring: if bars { &scores } else { &[] }, granted });
        let found = sums.and_then(|sums| sums.greatest_least(&asks)).ok()?;
        let (slack, first) = self.best(&found, &asks, &scores);
        first.filter(|_| !lines_alone || slack >= 0.0).map(|first| self.terms.n.space.package(first))
    }
}

/// Lines as something to be measured, so that whether a package reaches all of them is found as the best of one is: by the least
/// that it is above one.
fn measured(lines: &[Ask], scores: usize) -> Vec<Ask> {
    let unit = |line: &Ask| Ask { measure: Some(1.0), ..line.clone() };
    if lines.is_empty() { vec![Ask::nothing(scores)] } else { lines.iter().map(unit).collect() }
}

fn is_audience(b: &Beholder) -> bool {
    matches!(b, Beholder::Audience(_))
}
