//! A side that offers without knowing which of two kinds the other is: one offer, two, or no last one.

use super::{NotReckoned, Number, Rules, Zone};
use crate::model::reckoning::{Kinds, Problem};

/// What whoever offers does, and what it comes to. All chances are of both kinds together.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened<T> {
    /// The offers in their order, until nobody is left who would take one.
    pub offers: Vec<Asked<T>>,
    /// Chance that no offer is ever accepted.
    pub never: T,
    /// What whoever offers has from it, in its points.
    pub offerer: T,
    /// What each kind has from it, `kinds[kind]`, in its points.
    pub kinds: [T; 2],
    /// Which of the two would pay more.
    pub eager: usize,
    /// What it rests on.
    pub by: Rests,
}

/// One offer to a side of which the kind is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked<T> {
    /// What whoever offers asks for itself, in its points.
    pub asks: T,
    /// Chance that this very offer is accepted.
    pub accepted: T,
    /// How likely the more eager kind still is when it is made.
    pub eager: T,
}

/// Which result it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rests {
    /// One offer, to be taken or left.
    OneOffer,
    /// Two offers.
    TwoOffers,
    /// No last offer.
    NoLastOffer,
}

/// Offers without a last one, at most.
const MOST_OFFERS: usize = 1_000;

/// The talks as prices: whoever offers names what it gets, and a kind accepts if it is worth more than that to it.
struct Prices<T> {
    /// What each kind would pay at most at the last offer, `worth[kind]`, in points of whoever offers.
    worth: [T; 2],
    /// What whoever offers has if the last offer is refused.
    kept: T,
    /// The least and the most that can be asked.
    range: [T; 2],
    /// Points of the informed side for one of the other.
    rate: T,
    /// δ of whoever offers and of the other.
    patience: [T; 2],
}

/// What whoever offers does in a perfect Bayesian equilibrium, and what it comes to.
///
/// # Errors
/// [`NotReckoned`] if the other side offers too, the two kinds differ in more than one number's worth, or there are three
/// offers or more before a last one.
pub fn screen<T: Number>(kinds: &Kinds) -> Result<Screened<T>, NotReckoned> {
    if let Some(why) = kinds.why_not_offered() {
        return Err(why);
    }
    let problem = &kinds.each[0].problem;
    let prices = Prices::of(kinds)?;
    let eager = usize::from(prices.worth[1] > prices.worth[0]);
    if prices.worth[0] == prices.worth[1] {
        return fail("the two kinds would pay the same, so that nothing hangs on which it is");
    }
    let chance = T::of(kinds.each[eager].prior);
    match problem.steps {
        Some(1) => Ok(prices.one_offer(eager, &chance)),
        Some(_) => Ok(prices.settled(problem)?.two_offers(eager, &chance)),
        None => prices.settled(problem)?.no_last_offer(eager, &chance),
    }
}

fn fail<T>(why: &str) -> Result<T, NotReckoned> {
    Err(NotReckoned(why.to_owned()))
}

impl<T: Number> Prices<T> {
    fn of(kinds: &Kinds) -> Result<Self, NotReckoned> {
        let [first, second] = [Self::of_kind(kinds, 0)?, Self::of_kind(kinds, 1)?];
        if first.1.range != second.1.range || first.1.rate != second.1.rate {
            return fail("the two kinds differ in more than in how much they would pay");
        }
        Ok(Self { worth: [first.0, second.0], ..first.1 })
    }

    /// What one kind would pay, and the rest as it is for it.
    fn of_kind(kinds: &Kinds, kind: usize) -> Result<(T, Self), NotReckoned> {
        let (problem, b) = (&kinds.each[kind].problem, kinds.informed);
        let s = 1 - b;
        let rules =
            Rules::<T>::of(problem).ok_or_else(|| NotReckoned("there is nothing that both could sign".into()))?;
        let Zone::Line(line) = &rules.zone else {
            return fail("to two kinds only what is cut anywhere is offered, not a list of packages");
        };
        let [from, to] = &line[..] else {
            return fail("what one side gains the other does not lose at one rate");
        };
        let rate = (from[b].clone() - to[b].clone()) / (to[s].clone() - from[s].clone());
        let range = if from[s] < to[s] { [from[s].clone(), to[s].clone()] } else { [to[s].clone(), from[s].clone()] };
        let refused = |i: usize| {
            let waits = rules.waiting(i, &rules.without(i, 1), 1);
            rules.leaving(i, 0).filter(|out| *out > waits).unwrap_or(waits)
        };
        // What it has at a price of 0, less what it has without a deal.
        let worth = (from[b].clone() + rate.clone() * from[s].clone() - refused(b)) / rate.clone();
        let patience = [rules.patience(s), rules.patience(b)];
        Ok((worth.clone(), Self { worth: [worth.clone(), worth], kept: refused(s), range, rate, patience }))
    }

    /// With more than one offer no deal must be worth nothing to both, so that waiting shrinks all there is.
    fn settled(self, problem: &Problem) -> Result<Self, NotReckoned> {
        if problem.sides.iter().any(|side| side.no_deal != 0.0 || side.cost != 0.0) {
            return fail(
                "with more than one offer to two kinds no deal must be worth 0 to both, and waiting cost nothing but its discount",
            );
        }
        let zero = T::of(0.0);
        if self.worth.iter().any(|worth| *worth <= zero || *worth < self.range[0] || *worth > self.range[1]) {
            return fail(
                "a kind would not pay what can be asked of it: both must be worth more than 0, and within the issue",
            );
        }
        Ok(self)
    }

    fn told(&self, eager: usize, offers: Vec<Asked<T>>, offerer: T, by: Rests) -> Screened<T> {
        let (zero, one) = (T::of(0.0), T::of(1.0));
        let never = offers.iter().fold(one.clone(), |left, offer| left - offer.accepted.clone());
        // The eager kind has what the first offer leaves it, for later ones leave it as well off; the other is left nothing by
        // the last that it accepts.
        let gain = |kind: usize, price: &T| {
            let left = self.rate.clone() * (self.worth[kind].clone() - price.clone());
            if left > zero { left } else { zero.clone() }
        };
        let base = |kind: usize| gain(kind, &offers[0].asks);
        let kinds = [0, 1].map(|kind| if kind == eager || offers.len() == 1 { base(kind) } else { zero.clone() });
        Screened { offers, never, offerer, kinds, eager, by }
    }

    /// The low price, which both take, or the high one, which only the eager kind takes.
    fn one_offer(&self, eager: usize, chance: &T) -> Screened<T> {
        let one = T::of(1.0);
        let capped = |kind: usize| {
            let worth = self.worth[kind].clone();
            if worth > self.range[1] { self.range[1].clone() } else { worth }
        };
        let possible = |kind: usize| self.worth[kind] >= self.range[0];
        let (high, low) = (capped(eager), capped(1 - eager));
        let greedy = chance.clone() * high.clone() + (one.clone() - chance.clone()) * self.kept.clone();
        let (asks, accepted, offerer) = match (possible(eager), possible(1 - eager)) {
            (true, true) if low >= greedy && low >= self.kept => (low.clone(), one, low),
            (true, _) if greedy >= self.kept => (high, chance.clone(), greedy),
            _ => (self.range[1].clone(), T::of(0.0), self.kept.clone()),
        };
        self.told(eager, vec![Asked { asks, accepted, eager: chance.clone() }], offerer, Rests::OneOffer)
    }

    /// Two offers: the low price at once; one at which the eager kind is as well off waiting for the low price; or its whole
    /// worth, twice, of which it takes the first just so often that a second one still pays.
    fn two_offers(&self, eager: usize, chance: &T) -> Screened<T> {
        let one = T::of(1.0);
        let (high, low) = (self.worth[eager].clone(), self.worth[1 - eager].clone());
        let [own, other] = self.patience.clone();
        let rest = one.clone() - chance.clone();
        let just = high.clone() - other * (high.clone() - low.clone());
        let at = |asks: &T, accepted: T, eager: T| Asked { asks: asks.clone(), accepted, eager };
        let mut ways = vec![
            (low.clone(), vec![at(&low, one.clone(), chance.clone())]),
            (
                chance.clone() * just.clone() + rest.clone() * own.clone() * low.clone(),
                vec![at(&just, chance.clone(), chance.clone()), at(&low, rest.clone(), T::of(0.0))],
            ),
        ];
        let posterior = low.clone() / high.clone();
        if *chance > posterior {
            let sold = (chance.clone() * high.clone() - low.clone()) / (high.clone() - low.clone());
            let left = chance.clone() - sold.clone();
            let both = sold.clone() * high.clone() + (one - sold.clone()) * own * low;
            ways.push((both, vec![at(&high, sold, chance.clone()), at(&high, left, posterior)]));
        }
        let mut best = ways.remove(0);
        for way in ways {
            if way.0 > best.0 {
                best = way;
            }
        }
        self.told(eager, best.1, best.0, Rests::TwoOffers)
    }

    /// Offers without a last one, by recursion in cut-offs: the n-th price from the last, H − δⁿ (H − L), makes the eager kind
    /// indifferent to the next one, and with more of it left than the n-th cut-off it pays to begin one price higher.
    fn no_last_offer(&self, eager: usize, chance: &T) -> Result<Screened<T>, NotReckoned> {
        let [delta, other] = self.patience.clone();
        if delta != other {
            return fail("without a last offer the two sides must be equally patient");
        }
        let one = T::of(1.0);
        let (high, low) = (self.worth[eager].clone(), self.worth[1 - eager].clone());
        let rest = one.clone() - chance.clone();
        // cuts[n] = h_n, worth[n] = W_n(h_n), prices[n] = p_n.
        let (mut cuts, mut worth, mut prices) = (vec![T::of(0.0)], vec![rest.clone() * low.clone()], vec![low.clone()]);
        let mut power = one.clone();
        while cuts[cuts.len() - 1] < *chance {
            let n = cuts.len() - 1;
            if n > MOST_OFFERS {
                return fail("the offers come down too slowly to be followed: more than 1 000 of them");
            }
            power = (power * delta.clone()).shortened();
            let next = high.clone() - power.clone() * (high.clone() - low.clone());
            let (cut, price) = (cuts[n].clone(), prices[n].clone());
            let further =
                cut.clone() + (one.clone() - delta.clone()) * worth[n].clone() / (next.clone() - price.clone());
            worth.push((worth[n].clone() + price * (further.clone() - cut)).shortened());
            cuts.push(further.shortened());
            prices.push(next);
        }
        let first = cuts.len() - 2;
        let mut left = chance.clone();
        let mut offers = Vec::new();
        for n in (0..=first).rev() {
            let of_all = rest.clone() + left.clone();
            let posterior = left.clone() / of_all.clone();
            let until = n.checked_sub(1).map(|below| cuts[below].clone());
            let accepted = until.as_ref().map_or(of_all, |until| left.clone() - until.clone());
            offers.push(Asked { asks: prices[n].clone(), accepted, eager: posterior });
            left = until.unwrap_or(left);
        }
        let offerer = offers
            .iter()
            .rev()
            .fold(T::of(0.0), |later, offer| offer.asks.clone() * offer.accepted.clone() + delta.clone() * later);
        Ok(self.told(eager, offers, offerer, Rests::NoLastOffer))
    }
}

impl<T: Number> Screened<T> {
    /// Chance that the first offer is not accepted.
    pub fn delayed(&self) -> T {
        T::of(1.0) - self.offers[0].accepted.clone()
    }

    /// Offers that are refused before one is accepted, on average, of those that come to an end; in steps.
    pub fn mean_delay(&self) -> T {
        let (mut sum, mut step) = (T::of(0.0), T::of(0.0));
        for offer in &self.offers {
            sum = sum + step.clone() * offer.accepted.clone();
            step = step + T::of(1.0);
        }
        sum
    }
}
