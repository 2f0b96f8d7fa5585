//! What the pairs of a class agreed, seen in the modal world: what it is worth, who was defeated by it at home, and what
//! they left behind. No names, and no grade.

use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools as _;

use super::Code;
use crate::model::{
    Account, ActorId, AudienceId, Beholder, Defeat, IssueId, Negotiation, OptionId, Package, Scale, Scores, Verdict,
    World,
};
use crate::num::Ordered;
use crate::space::frontier::{Collector, NoFrontier, Point};
use crate::space::{Compiled, Gate, Lanes, Place, Question, ScorePlan, Space, Tables, Test, WorldTables, passing};

/// Terms that are changed at most where a better package is looked for beside the frontier.
const CHANGES: usize = 2;

/// What the pairs of a class agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Debrief {
    /// The scale of all units.
    pub scale: Scale,
    /// What no deal is worth to each party, in units.
    pub no_deal: Vec<i64>,
    /// The pairs, in an order that does not depend on that of the codes: deals that are a defeat for nobody, then other
    /// deals, each by what they are worth to the first party, then pairs without a deal.
    pub pairs: Vec<Pair>,
    /// Codes that were there already: each is counted once.
    pub repeated: usize,
}

/// A pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Its result.
    pub code: Code,
    /// What it agreed; `None`: no deal.
    pub deal: Option<Deal>,
}

/// A package that was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// Everybody's account of it.
    pub account: Account,
    /// What it is worth to each leadership, in units; red lines play no part.
    pub utilities: Vec<i64>,
    /// The parties for which it is a defeat at home.
    pub defeated: Vec<ActorId>,
    /// The audiences that make it one.
    pub by: Vec<AudienceId>,
    /// The parties whose leadership would not sign it: no deal is worth more to it, or a red line of its own is crossed.
    pub refused: Vec<ActorId>,
    /// A package that all leaderships like at least as much, and some more; `None`: there is none that is granted.
    pub better: Option<Better>,
}

impl Deal {
    /// Whether it is a settlement, and a defeat for nobody: in the no-defeat region of the outcome space.
    pub fn is_no_defeat(&self) -> bool {
        self.account.is_allowed() && self.defeated.is_empty()
    }

    /// Whether it would also be signed by every leadership, and every term of it be granted.
    pub fn would_do(&self) -> bool {
        self.is_no_defeat() && self.refused.is_empty() && self.account.is_available()
    }

    /// Whether value was left: some package is better for all, and a defeat for nobody for whom the deal is none.
    pub fn left_value(&self) -> bool {
        self.better.as_ref().is_some_and(|better| better.newly_defeated.is_empty())
    }
}

/// A package that dominates another in the eyes of the leaderships.
#[derive(Debug, Clone, PartialEq)]
pub struct Better {
    /// The package; of several that whose homes bear it more of, whose leaderships all gain, and that is nearest.
    pub package: Package,
    /// What each leadership gains by it, in units ≥ 0, not all 0.
    pub gains: Vec<i64>,
    /// The parties for which it is a defeat, and the deal is none.
    pub newly_defeated: Vec<ActorId>,
    /// The parties for which it is a defeat.
    pub defeated: Vec<ActorId>,
}

impl Better {
    /// What it takes: for how many it is a new defeat, for how many a defeat, and whether somebody gains nothing.
    fn price(&self) -> (usize, usize, bool) {
        (self.newly_defeated.len(), self.defeated.len(), self.gains.contains(&0))
    }
}

/// The debrief of some codes, each of which [belongs](Code::belongs) to the scenario, in its modal world with the variants
/// as `compiled` has them.
///
/// A package is better if no leadership has less of it and some has more. It is looked for on the frontier of the packages
/// that every leadership would sign, that are a defeat for nobody, and that are granted; on that of all that are granted; and
/// among those that differ from the deal in one or two terms; changes that are not needed are taken back. Of those found, the one that is a new defeat for the fewest, then
/// a defeat for the fewest, then better for all, then the one of fewest changes, then of the greatest least gain.
///
/// # Errors
/// [`NoFrontier`], where there are more parties than frontiers are made for.
pub fn debrief(compiled: &Compiled, codes: &[Code]) -> Result<Debrief, NoFrontier> {
    let n = compiled.n;
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let mut tables = WorldTables::new();
    compiled.at(&world).space.fill(&world, &mut tables);
    let ground = Ground::of(compiled, &world, &tables)?;
    let each: BTreeSet<Code> = codes.iter().copied().collect();
    let mut deals: BTreeMap<u64, Deal> = BTreeMap::new();
    for number in each.iter().filter_map(|code| code.outcome) {
        deals.entry(number).or_insert_with(|| ground.deal(n.space.package(u128::from(number))));
    }
    let pair = |code: &Code| Pair { code: *code, deal: code.outcome.and_then(|number| deals.get(&number).cloned()) };
    let rank = |pair: &Pair| {
        let deal = pair.deal.as_ref();
        let first = deal.and_then(|deal| deal.utilities.first()).map_or(0, |u| -u);
        (deal.is_none(), deal.is_some_and(|deal| !deal.is_no_defeat()), first, pair.code)
    };
    let scores = Scores::new(n, compiled.scale);
    Ok(Debrief {
        scale: compiled.scale,
        no_deal: n.parties().map(|i| scores.no_deal(&world, i)).collect(),
        pairs: each.iter().map(pair).ordered_by_key(rank).collect(),
        repeated: codes.len() - each.len(),
    })
}

/// The modal world, ready to be asked about many packages.
struct Ground<'a> {
    compiled: &'a Compiled<'a>,
    space: &'a Space,
    world: &'a World,
    tables: &'a WorldTables,
    gate: Gate,
    /// Scores of the leaderships, red lines playing no part.
    opened: Vec<(ScorePlan, Tables)>,
    /// The tests that a party is not defeated.
    win_sets: Vec<(ActorId, Vec<Test<'a>>)>,
    /// Packages of both frontiers.
    frontiers: Vec<Package>,
}

impl<'a> Ground<'a> {
    fn of(compiled: &'a Compiled<'a>, world: &'a World, tables: &'a WorldTables) -> Result<Self, NoFrontier> {
        let (n, space) = (compiled.n, &compiled.at(world).space);
        let question = Question::of(space, n, world, tables, &compiled.spans, Defeat::Audience);
        let mut ground = Self {
            compiled,
            space,
            world,
            tables,
            gate: space.available(n, world),
            opened: space.leaders().map(|(_, s)| space.plans[s].opened(world, space)).collect(),
            win_sets: n.parties().map(|party| (party, question.win_set_tests(party))).collect(),
            frontiers: Vec::new(),
        };
        let own: Vec<Test> = space.leaders().map(|(_, s)| Test::no_red_line(&space.plans[s], &tables[s])).collect();
        ground.frontiers = ground.frontier(&question.tests_of_everybody())?;
        ground.frontiers.extend(ground.frontier(&own)?);
        Ok(ground)
    }

    /// The packages of the frontier of those that are granted and pass some tests.
    fn frontier(&self, tests: &[Test]) -> Result<Vec<Package>, NoFrontier> {
        let mut all = Collector::new(self.opened.len())?;
        let mut trouble = None;
        passing(Lanes::detect(), tests, &self.gate.heads, &self.gate, |head, tail| {
            let first = u128::from(self.space.number(head, tail));
            let utility = self.utilities((head, tail));
            trouble = all.push(Point { utility: &utility, packages: 1, first }).err().or(trouble);
        });
        let package = |point: Point| self.compiled.n.space.package(point.first);
        trouble.map_or_else(|| Ok(all.finish().iter().map(package).collect()), Err)
    }

    fn utilities(&self, (head, tail): Place) -> Vec<i64> {
        let unit = |(plan, tables): &(ScorePlan, Tables)| {
            i64::from(tables.head[head]) + i64::from(tables.row(plan.context_of[head])[tail])
        };
        self.opened.iter().map(unit).collect()
    }

    fn defeated(&self, (head, tail): Place) -> Vec<ActorId> {
        let lost = self.win_sets.iter().filter(|(_, tests)| !tests.iter().all(|test| test.passes(head, tail)));
        lost.map(|(party, _)| *party).collect()
    }

    fn deal(&self, package: Package) -> Deal {
        let n = self.compiled.n;
        let account = Account::of(n, self.compiled.scale, self.world, &package);
        let place = self.space.place(&package);
        let lost = account.audiences.iter().filter(|h| h.binds && h.verdict == Verdict::Defeat);
        let by = lost.map(|h| h.audience).filter(|a| n.actor(n.audience(*a).of).is_party());
        Deal {
            utilities: self.utilities(place),
            defeated: account.defeated(n, Defeat::Audience),
            by: by.collect(),
            refused: account.leaderships.iter().filter(|l| !l.rational).map(|l| l.actor).collect(),
            better: self.better(&package, place),
            account,
        }
    }

    fn better(&self, deal: &Package, place: Place) -> Option<Better> {
        let from = (deal, self.utilities(place), self.defeated(place));
        let found = self.frontiers.iter().filter_map(|package| self.dominating(package.clone(), &from));
        let found = found.map(|better| self.trimmed(better, &from));
        let beside = neighbours(self.compiled.n, deal).into_iter();
        let all = found.chain(beside.filter_map(|package| self.dominating(package, &from)));
        let rank = |found: &Better| {
            let least = found.gains.iter().min().copied().unwrap_or_default();
            let changes = found.package.0.iter().zip(&deal.0).filter(|(a, b)| a != b).count();
            (found.price(), changes, -least, found.package.clone())
        };
        all.min_by_key(rank)
    }

    /// A package, if it is granted, all leaderships would sign it as well, and it dominates the deal.
    fn dominating(&self, package: Package, (_, have, lost): &(&Package, Vec<i64>, Vec<ActorId>)) -> Option<Better> {
        let place = self.space.place(&package);
        let gains: Vec<i64> = self.utilities(place).iter().zip(have).map(|(u, have)| u - have).collect();
        let dominates = gains.iter().all(|gain| *gain >= 0) && gains.iter().any(|gain| *gain > 0);
        if !dominates || !self.gate.lets_through(place.0, place.1) || self.crosses(place) {
            return None;
        }
        let defeated = self.defeated(place);
        let newly_defeated = defeated.iter().filter(|party| !lost.contains(party)).copied().collect();
        Some(Better { package, gains, newly_defeated, defeated })
    }

    /// The same without the changes that it can do without: each is taken back in turn, as long as the package stays better,
    /// at no greater price.
    fn trimmed(&self, mut better: Better, from: &(&Package, Vec<i64>, Vec<ActorId>)) -> Better {
        for k in 0..from.0.0.len() {
            let mut back = better.package.clone();
            back.0[k] = from.0.0[k];
            let kept = self.dominating(back, from).filter(|found| found.price() <= better.price());
            better = kept.unwrap_or(better);
        }
        better
    }

    /// Whether a red line of a leadership is crossed.
    fn crosses(&self, (head, tail): Place) -> bool {
        self.space.leaders().any(|(i, s)| {
            !self.compiled.n.red_lines(Beholder::Leadership(i)).is_empty()
                && self.space.score(self.tables, s, head, tail).is_none()
        })
    }
}

/// The packages that differ from one in one term, or in two.
fn neighbours(n: &Negotiation, deal: &Package) -> Vec<Package> {
    let terms: Vec<(IssueId, OptionId)> = n
        .space
        .issues
        .iter()
        .enumerate()
        .flat_map(|(k, issue)| {
            let others = (0..issue.options.len()).map(OptionId).filter(move |o| *o != deal.0[k]);
            others.map(move |o| (IssueId(k), o))
        })
        .collect();
    let changed = |terms: Vec<&(IssueId, OptionId)>| {
        let mut other = deal.clone();
        terms.iter().for_each(|(k, o)| other.0[k.0] = *o);
        other
    };
    (1..=CHANGES).flat_map(|many| terms.iter().combinations(many)).map(changed).collect()
}

impl Debrief {
    /// The bets on one question, in per cent, rising.
    pub fn bets(&self, question: usize) -> Vec<u8> {
        self.pairs.iter().filter_map(|pair| pair.code.bets[question]).sorted_unstable().collect()
    }

    /// The deals.
    pub fn deals(&self) -> impl Iterator<Item = &Deal> {
        self.pairs.iter().filter_map(|pair| pair.deal.as_ref())
    }
}
