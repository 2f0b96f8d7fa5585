//! The solution points of a vast space: each is looked for by itself, without the frontier.

use std::collections::BTreeMap;

use super::super::super::frontier::{Frontier, NoFrontier, Point, Utilities};
use super::super::agreement::{Agreements, Listing, Solution};
use super::super::blocks::{Asked, Terms};
use super::super::towards::{Ask, Sums};
use super::{Threshold, Vast, ask};

impl Vast<'_> {
    /// The solution points over the packages that are granted and rational for all.
    pub(super) fn solutions(&self, listing: &Listing) -> Result<Agreements, NoFrontier> {
        let Terms { n, world, scores, .. } = self.terms;
        let looks_ahead = self.terms.beholders.len() > n.beholders().count();
        if looks_ahead && n.parties().any(|i| scores.asks_to_keep(world, i)) {
            return Err(NoFrontier::Kept);
        }
        let lines = self.leaders();
        let leaders: Vec<usize> = lines.iter().map(|line| line.score).collect();
        let asked = Asked { scores: &leaders, barring: &leaders, granted: true };
        let signed = self.rational().into_iter().filter(|line| leaders.contains(&line.score));
        let floors = signed.chain(lines.iter().copied()).map(|line: Threshold| ask(&leaders, &line, None)).collect();
        let no_deal = lines.iter().filter_map(|line| line.at).collect();
        Bargaining { sums: self.sums("what all would sign", asked)?, no_deal, floors }.agreements(listing)
    }
}

/// Leaderships that could agree on what all of them would sign.
struct Bargaining<'w> {
    sums: Sums<'w>,
    no_deal: Vec<i64>,
    floors: Vec<Ask>,
}

/// Utility vectors, each with its packages and the first of them.
type Found = BTreeMap<Vec<i64>, (u128, u128)>;

impl Bargaining<'_> {
    /// The solution points. All points of each are found with the search for it, and no point that is found beats them.
    fn agreements(&self, listing: &Listing) -> Result<Agreements, NoFrontier> {
        let (mut found, mut unknown, mut ideal) = (Found::new(), Vec::new(), Vec::new());
        for party in 0..self.no_deal.len() {
            let most = self.fairest(&|k| (k == party).then_some(1.0))?;
            ideal.extend(most.iter().map(|point| point.utility[party]).max());
            keep(&mut found, &most);
        }
        if ideal.len() == self.no_deal.len() {
            let range = |k: usize| Some((ideal[k] - self.no_deal[k]) as f64).filter(|range| *range > 0.0);
            for solution in Solution::ALL {
                match self.search(solution, &range) {
                    Ok(points) => keep(&mut found, &points),
                    Err(why) => unknown.push((solution, why)),
                }
            }
        }
        let mut points = Utilities::new(self.no_deal.len())?;
        for (utility, (packages, first)) in &found {
            points.push(Point { utility, packages: *packages, first: *first })?;
        }
        Ok(listing.agreements(&Frontier::of(&points)).knowing_not(unknown))
    }

    /// Points among which are all of one solution; `range(party)`: how much it could gain, if anything.
    fn search(&self, solution: Solution, range: &dyn Fn(usize) -> Option<f64>) -> Result<Frontier, NoFrontier> {
        let parties = 0..self.no_deal.len();
        let nobody = || Ok(Frontier::of(&Utilities::new(self.no_deal.len())?));
        match solution {
            Solution::Nash if parties.clone().any(|k| range(k).is_none()) => nobody(),
            Solution::Nash => self.sums.greatest_product(&self.no_deal, &self.floors),
            // Whoever has nothing to gain is left out; where nobody has, what gives each the most is all there is.
            Solution::KalaiSmorodinsky if parties.clone().all(|k| range(k).is_none()) => nobody(),
            Solution::KalaiSmorodinsky => self.fairest(range),
            Solution::Egalitarian => self.fairest(&|_| Some(1.0)),
            Solution::Utilitarian => {
                let sum = Ask { weights: vec![1; self.no_deal.len()], line: 0, measure: Some(1.0) };
                self.sums.greatest_least(&[&self.floors[..], &[sum]].concat())
            }
        }
    }

    /// Points among which are all with the greatest least gain, in units of `measure(party)`; who has none is left out.
    fn fairest(&self, measure: &dyn Fn(usize) -> Option<f64>) -> Result<Frontier, NoFrontier> {
        let count = self.no_deal.len();
        let gain = |k: usize| Some(Ask::of(count, k, self.no_deal[k], Some(measure(k)?)));
        let asks: Vec<Ask> = self.floors.iter().cloned().chain((0..count).filter_map(gain)).collect();
        self.sums.greatest_least(&asks)
    }
}

fn keep(found: &mut Found, points: &Frontier) {
    found.extend(points.iter().map(|point| (point.utility.to_vec(), (point.packages, point.first))));
}
