//! Everything that can be said exactly of one world.
//!
//! Problem, method, answer: [`solve`] takes a negotiation and a world; spaces that can be looked at one by one are
//! answered from tables, vast ones whose scores add up over issues from sums; [`Solved`] is the answer.

mod agreement;
mod best;
mod blocks;
mod census;
mod miss;
mod repair;
mod towards;
mod vast;
mod wide;

use super::frontier::{self, NoFrontier};
use super::{
    Base, Compiled, Gate, Item, Lanes, MOST_PACKAGES, Margin, Place, Question, Rivals, Space, Test, TooLarge,
    WorldTables, count,
};
use crate::model::{ActorId, Beholder, Defeat, Negotiation, Package, Scale, World};

pub use agreement::{Agreements, Leaderships, Listed, Solution, UtilityPoint, leaderships};
pub use best::BestFor;
pub use miss::{NearestMiss, Shortfall, Within};
pub use repair::{Repair, RepairKind};
pub use vast::{Milestone, solve_additive};

/// How long lists may be, how far frontiers may go, and who hears how far they are.
#[derive(Clone, Copy)]
pub struct Limits<'w> {
    /// Points listed of the frontier and of each solution.
    pub listed: usize,
    /// Points that a frontier may have while it is computed.
    pub frontier: usize,
    /// Sums of utility vectors that each frontier of a vast space may look at.
    pub sums: u64,
    /// Points of the frontier that a vast space keeps on the way, and how far off it the rest is told; `None`: all, or none where
    /// they are too many.
    pub coarsen: Option<usize>,
    /// Packages that a block of issues tied together may have in a vast space: all of them are looked at.
    pub block: u128,
    /// Hears how far the frontiers of a vast space are.
    pub watch: &'w dyn Fn(&Milestone),
}

impl Default for Limits<'_> {
    /// 1 000 points listed; frontiers of up to [`frontier::MAX_POINTS`] and 2²⁷ sums, which takes minutes at most; blocks of up
    /// to 2²⁰ packages; nobody hears of it.
    fn default() -> Self {
        Self {
            listed: 1_000,
            frontier: frontier::MAX_POINTS,
            sums: 1 << 27,
            coarsen: None,
            block: 1 << 20,
            watch: &|_| (),
        }
    }
}

/// The exact answer for one world.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Solved {
    /// The scale of all slacks and lines.
    pub scale: Scale,
    /// The scale of the utilities of frontier and solution points: finer where terms of a space without audiences are not
    /// exact at the other.
    pub utilities: Scale,
    /// Which defeats counted.
    pub defeat: Defeat,
    /// How many packages are what.
    pub packages: Census,
    /// The margin over the packages allowed, available and rational; `None` where no exact method is at hand.
    pub margin: Option<Margin>,
    /// The margin over all packages allowed.
    pub margin_if_free: Option<Margin>,
    /// Those whose score is the same in all packages: they can only exclude, and the margin is not measured from them.
    pub without_span: Vec<Beholder>,
    /// How many packages have the margin; 0 if none has, or none is known.
    pub ties: u128,
    /// One that has the margin: the first that no other of them dominates.
    pub best: Option<Package>,
    /// The judges with the least slack at that package.
    pub binding: Vec<Beholder>,
    /// The Pareto frontier of the leaderships over all packages allowed.
    pub frontier: Result<Listed, NoFrontier>,
    /// The solution points on the packages allowed, available and rational for every party, whoever must agree.
    pub solutions: Result<Agreements, NoFrontier>,
    /// What is best for each party, given what the others bear; none for a party if the others bear nothing.
    pub best_for: Vec<BestFor>,
    /// The margin without each option, claim, red line and audience; empty where no exact method is at hand.
    pub pivotal: Vec<Pivot>,
    /// Where no package would do: the one that comes nearest among those available.
    pub nearest_miss: Option<NearestMiss>,
    /// Where no package would do: a nearer one that some holder does not grant.
    pub if_granted: Option<NearestMiss>,
    /// Why something could not be had, in words.
    pub missing: Option<String>,
}

/// Numbers of packages; each set is within the packages allowed. `None` where no exact method is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Census {
    /// All packages, before the rules.
    pub all: u128,
    /// A settlement at all.
    pub allowed: Option<u128>,
    /// Every holder grants it.
    pub available: Option<u128>,
    /// No leadership of those who must agree prefers no deal or has a red line of its own crossed: of all parties or, where
    /// fewer suffice, of some winning coalition. So below.
    pub rational: Option<u128>,
    /// A defeat for none of them.
    pub no_defeat: Option<u128>,
    /// Rational, and a defeat for none of them.
    pub rational_no_defeat: Option<u128>,
    /// Rational, available, and a defeat for none of them.
    pub would_do: Option<u128>,
    /// Rational for every party, available, and a defeat for none: of those that would do, all that are neither a defeat nor
    /// worse than no deal for somebody outside. The same number where all must agree.
    pub for_everybody: Option<u128>,
    /// Signed by all who must agree, available and a defeat for none of them, and not kept: going back on it will be worth more to
    /// somebody. `None` also where everybody keeps what it signs.
    pub signed_not_kept: Option<u128>,
    /// No defeat for this party.
    pub winset: Vec<(ActorId, Option<u128>)>,
}

impl Census {
    /// The share of the packages that would do which are a defeat, in the eyes of an audience with a veto, or worse than no
    /// deal for somebody outside; `None` where none would do, or the numbers are not known.
    pub fn share_failing_outside(&self) -> Option<f64> {
        let (would_do, fine) = (self.would_do.filter(|n| *n > 0)?, self.for_everybody?);
        Some((would_do - fine) as f64 / would_do as f64)
    }
}

/// What the margin would be without an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pivot {
    /// What is missing.
    pub item: Item,
    /// The margin without it.
    pub margin: Margin,
}

impl Solved {
    /// Whether a package would do: allowed, available, rational and a defeat for nobody who must agree.
    pub fn exists(&self) -> Option<bool> {
        self.margin.map(Margin::exists).or(self.packages.would_do.map(|n| n > 0))
    }

    /// The items without which the margin is another.
    pub fn telling(&self) -> impl Iterator<Item = &Pivot> {
        self.pivotal.iter().filter(|p| Some(p.margin) != self.margin)
    }
}

/// Solves one world of a negotiation; `variants` are those on which spans are measured.
///
/// Up to [`MOST_PACKAGES`] packages are looked at one by one. Larger spaces are solved by sums over blocks of issues: see
/// [`solve_additive`].
///
/// # Errors
/// [`TooLarge::Rows`], [`TooLarge::Secrets`]; in a browser also [`TooLarge::Packages`], for sums have no room there.
pub fn solve(
    n: &Negotiation,
    variants: &[bool],
    world: &World,
    defeat: Defeat,
    limits: Limits,
) -> Result<Solved, TooLarge> {
    let packages = n.space.size();
    if packages > MOST_PACKAGES && cfg!(target_family = "wasm") {
        // The page is one small file, and nobody drafts a package of such a space by hand.
        return Err(TooLarge::Packages { packages, most: MOST_PACKAGES });
    }
    if packages > MOST_PACKAGES {
        return solve_additive(n, variants, world, defeat, limits);
    }
    Ok(solve_in(&Compiled::of(n, variants)?, world, defeat, limits))
}

/// Solves one world of a negotiation that is compiled already.
pub fn solve_in(compiled: &Compiled, world: &World, defeat: Defeat, limits: Limits) -> Solved {
    let (n, lanes) = (compiled.n, Lanes::detect());
    let state = compiled.at(world);
    let space = &state.space;
    let mut tables = WorldTables::new();
    space.fill(world, &mut tables);
    let question = Question::of(space, n, world, &tables, &compiled.spans, defeat);
    let (allowed, available) = (space.allowed(), space.available(n, world));
    let search = question.search(lanes, true);
    let (margin, place) = search.margin(&available, f64::NEG_INFINITY);
    let equals = place.map(|place| space.equals(n, &tables, &search, &available, (margin.slack(), place)));
    let (ties, place) = (equals.map_or(0, |(ties, _)| ties), equals.map(|(_, place)| place));
    let (margin_if_free, _) = question.search(lanes, false).margin(&allowed, margin.slack());
    let gate = &available;
    let base = Base { compiled, state, world, question: &question, search: &search, gate, margin, place };
    let ground = miss::Ground { compiled, space, world, question: &question, lanes };
    let (nearest_miss, if_granted) =
        if margin.exists() { (None, None) } else { ground.misses(&allowed, &available, place) };
    let mut packages = census(compiled, world, &tables, &question, (&allowed, &available));
    let (mut utilities, finer) = (compiled.scale, wide::wide(compiled, world, limits));
    let Leaderships { frontier, solutions } = match finer {
        Some(finer) => {
            utilities = finer.scale;
            finer.count(&mut packages);
            finer.leaderships
        }
        None => leaderships(compiled, world, &tables, limits),
    };
    Solved {
        scale: compiled.scale,
        utilities,
        defeat,
        packages,
        margin: Some(margin),
        margin_if_free: Some(margin_if_free),
        without_span: question.without_span(n),
        ties,
        best: place.map(|(head, tail)| space.package(n, head, tail)),
        binding: place.map_or_else(Vec::new, |(head, tail)| question.binding(head, tail)),
        frontier,
        solutions,
        best_for: best::best_for(n, space, (world, &tables), (&question, lanes), &available),
        pivotal: pivotal(base),
        nearest_miss,
        if_granted,
        missing: None,
    }
}

fn census(
    compiled: &Compiled,
    world: &World,
    tables: &WorldTables,
    question: &Question,
    (allowed, free): (&Gate, &Gate),
) -> Census {
    let (n, space, lanes) = (compiled.n, &compiled.at(world).space, Lanes::detect());
    let number = |tests: &[Test], gate: &Gate| Some(u128::from(count(lanes, tests, gate)));
    let winset = |(party, _): (ActorId, usize)| (party, number(&question.win_set_tests(party), allowed));
    let would_do = number(&question.all_tests(), free);
    Census {
        all: n.space.size(),
        allowed: Some(u128::from(allowed.count())),
        available: Some(u128::from(free.count())),
        rational: number(&question.rational_tests(), allowed),
        no_defeat: number(&question.no_defeat_tests(), allowed),
        rational_no_defeat: if allowed == free { would_do } else { number(&question.all_tests(), allowed) },
        for_everybody: match space.coalitions {
            Some(_) => number(&question.tests_of_everybody(), free),
            None => would_do,
        },
        signed_not_kept: Question::asks_to_keep(n, space, world).then(|| {
            let signed = question.signed(n, space, world, tables);
            u128::from(count(lanes, &signed.all_tests(), free)) - would_do.unwrap_or(0)
        }),
        would_do,
        winset: space.leaders().map(winset).collect(),
    }
}

/// The margin without each item. Where an option of the best package is missing, its neighbours are asked first.
fn pivotal(base: Base) -> Vec<Pivot> {
    let (n, space) = (base.compiled.n, &base.state.space);
    let rivals = Rivals::of(base, &base.place.map_or_else(Vec::new, |place| neighbours(n, space, place)));
    let mut scratch = WorldTables::new();
    let pivot = |item| Pivot { item, margin: rivals.margin_without(item, &mut scratch) };
    Item::all(n).into_iter().map(pivot).collect()
}

/// The packages that differ from one in one term, each with its place.
fn neighbours(n: &Negotiation, space: &Space, (head, tail): Place) -> Vec<(Package, Place)> {
    let package = space.package(n, head, tail);
    let changed = |(k, o): (usize, usize)| {
        let mut other = package.clone();
        other.0[k].0 = o;
        let place = space.place(&other);
        (other, place)
    };
    let issues = n.space.issues.iter().enumerate();
    let options = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (k, o)));
    options.filter(|(k, o)| package.0[*k].0 != *o).map(changed).collect()
}
