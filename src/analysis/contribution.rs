//! What the answer would be without one option, claim, red line or audience.
//!
//! Asked first of a witness: where the package that has the margin does not need the item, nothing changes. Only the
//! rest is searched for, from the best slack already known.

use super::estimate::Share;
use crate::model::{AudienceId, Beholder, ClaimId, Defeat, IssueId, Negotiation, OptionId, Package, Scores, World};
use crate::space::{Compiled, Gate, Lanes, Margin, Measured, Question, Search, State, Tables, WorldTables};

/// Something that could be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// An option cannot be chosen.
    Option(IssueId, OptionId),
    /// A claim is worth nothing.
    Claim(ClaimId),
    /// A red line is not drawn: whose, and its place among theirs.
    RedLine(Beholder, usize),
    /// The verdict of an audience does not bind.
    Audience(AudienceId),
}

impl Item {
    /// Every item of a negotiation: options, claims, red lines, audiences.
    #[must_use]
    pub fn all(n: &Negotiation) -> Vec<Self> {
        let issues = n.space.issues.iter().enumerate();
        let options = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))));
        let claims = (0..n.claims.len()).map(|c| Self::Claim(ClaimId(c)));
        let lines = |b: Beholder| match b {
            Beholder::Leadership(i) => n.actor(i).red_lines.len(),
            Beholder::Audience(a) => n.audience(a).red_lines.len(),
        };
        let red_lines = n.beholders().flat_map(|b| (0..lines(b)).map(move |i| Self::RedLine(b, i)));
        let audiences = (0..n.audiences.len()).map(|a| Self::Audience(AudienceId(a)));
        options.map(|(k, o)| Self::Option(k, o)).chain(claims).chain(red_lines).chain(audiences).collect()
    }

    /// Its path in the scenario file.
    #[must_use]
    pub fn path(&self, n: &Negotiation) -> String {
        match self {
            Self::Option(k, o) => {
                let issue = &n.space.issues[k.0];
                format!("issues.{}.options.{}", issue.id, issue.options[o.0].id)
            }
            Self::Claim(c) => format!("claims.{}", n.claims[c.0].id),
            Self::RedLine(Beholder::Leadership(i), line) => format!("red_lines.{}", n.actor(*i).red_lines[*line].id),
            Self::RedLine(Beholder::Audience(a), line) => format!("red_lines.{}", n.audience(*a).red_lines[*line].id),
            Self::Audience(a) => format!("audiences.{}", n.audience(*a).id),
        }
    }
}

/// What changes without one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// The item.
    pub item: Item,
    /// One exists, without the item.
    pub exists: Share,
    /// Worlds in which one exists only with the item.
    pub lost: u64,
    /// Worlds in which one exists only without it.
    pub gained: u64,
    /// Mean change of the margin without the item, over the worlds in which both margins are finite.
    pub margin: f64,
    /// Number of those worlds.
    pub finite: u64,
}

/// Packages that do well in the modal world, one without each option: where searches start.
#[derive(Debug, Clone)]
pub struct Witnesses {
    items: Vec<Item>,
    packages: Vec<(Package, (usize, usize))>,
}

impl Witnesses {
    /// Witnesses of a compiled negotiation.
    #[must_use]
    pub fn of(compiled: &Compiled, modal: &World, defeat: Defeat, lanes: Lanes) -> Self {
        let space = &compiled.at(modal).space;
        let mut tables = WorldTables::new();
        space.fill(modal, &mut tables);
        let question = Question::of(space, compiled.n, modal, &tables, &compiled.spans, defeat);
        let search = question.search(lanes, true);
        let items = Item::all(compiled.n);
        let place = |item: &Item| match item {
            Item::Option(k, o) => search.margin(&space.gate(&|i, p| (i, p) != (*k, *o)), f64::NEG_INFINITY).1,
            _ => None,
        };
        let mut places: Vec<(usize, usize)> = items.iter().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        let package = |place: (usize, usize)| (space.package(compiled.n, place.0, place.1), place);
        Self { packages: places.into_iter().map(package).collect(), items }
    }

    /// The best slack among them: a start for any search.
    #[must_use]
    pub fn best(&self, search: &Search, gate: &Gate) -> Option<Measured> {
        let measured = self.packages.iter().map(|(_, (head, tail))| (search.slack(gate, *head, *tail), *head, *tail));
        measured.fold(
            None,
            |best: Option<Measured>, m| if m.0 > best.map_or(f64::NEG_INFINITY, |b| b.0) { Some(m) } else { best },
        )
    }
}

/// One world as it is, with every item in place.
pub(super) struct Base<'a> {
    pub(super) state: &'a State,
    pub(super) world: &'a World,
    pub(super) question: &'a Question<'a>,
    pub(super) search: &'a Search<'a>,
    pub(super) gate: &'a Gate,
    pub(super) margin: Margin,
    pub(super) place: Option<(usize, usize)>,
}

/// Memory used again from world to world.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    tables: Vec<Tables>,
}

/// Sums over worlds, one an item.
#[derive(Debug, Clone)]
pub(super) struct Contributions {
    sums: Vec<Sum>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    exists: u64,
    lost: u64,
    gained: u64,
    /// Σ (margin without − margin) in units of 2⁻⁴⁰: whole numbers add up to the same in any order.
    change: i128,
    finite: u64,
}

const UNITS: f64 = 1_099_511_627_776.0;

impl Contributions {
    pub(super) fn new(items: usize) -> Self {
        Self { sums: vec![Sum::default(); items] }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.sums.iter_mut().zip(&other.sums) {
            mine.exists += theirs.exists;
            mine.lost += theirs.lost;
            mine.gained += theirs.gained;
            mine.change += theirs.change;
            mine.finite += theirs.finite;
        }
    }

    pub(super) fn add(
        &mut self,
        compiled: &Compiled,
        base: &Base,
        witnesses: &Witnesses,
        lanes: Lanes,
        scratch: &mut Scratch,
    ) {
        let without_options = Rivals::of(compiled, base, witnesses);
        for (sum, item) in self.sums.iter_mut().zip(&witnesses.items) {
            let without = match *item {
                Item::Option(k, o) => without_options.margin(compiled, base, k, o),
                Item::Claim(c) => without_claim(compiled, base, c, lanes, scratch),
                Item::RedLine(of, line) => without_red_line(compiled, base, of, line, lanes, scratch),
                Item::Audience(a) => without_audience(base, a, lanes),
            };
            sum.exists += u64::from(without.exists());
            sum.lost += u64::from(base.margin.exists() && !without.exists());
            sum.gained += u64::from(!base.margin.exists() && without.exists());
            if let (Margin::Share(with), Margin::Share(without)) = (base.margin, without) {
                sum.change += ((without - with) * UNITS).round() as i128;
                sum.finite += 1;
            }
        }
    }

    pub(super) fn summary(&self, n: &Negotiation, worlds: u64) -> Vec<Contribution> {
        let contribution = |(item, sum): (Item, &Sum)| Contribution {
            item,
            exists: Share::of(sum.exists, worlds),
            lost: sum.lost,
            gained: sum.gained,
            margin: if sum.finite == 0 { 0.0 } else { sum.change as f64 / UNITS / sum.finite as f64 },
            finite: sum.finite,
        };
        Item::all(n).into_iter().zip(&self.sums).map(contribution).collect()
    }
}

/// The packages that could take the place of the best one if an option of it were missing.
struct Rivals {
    /// The best package; `None` if there is none.
    best: Option<Package>,
    /// For each issue, what the best witness without the best package's option has: a slack known to be reached.
    known: Vec<f64>,
    /// All packages at least as good as the least of these; `None` if they are too many.
    listed: Option<Vec<(f64, Package)>>,
}

/// Most rivals that are listed; beyond, each option is searched for alone.
const MOST_RIVALS: usize = 4_096;

impl Rivals {
    fn of(c: &Compiled, base: &Base, witnesses: &Witnesses) -> Self {
        let space = &base.state.space;
        let Some((head, tail)) = base.place else { return Self { best: None, known: vec![], listed: None } };
        let best = space.package(c.n, head, tail);
        let measured: Vec<(f64, &Package)> = witnesses
            .packages
            .iter()
            .map(|(package, (head, tail))| (base.search.slack(base.gate, *head, *tail), package))
            .collect();
        let known: Vec<f64> = (0..best.0.len())
            .map(|k| {
                let others = measured.iter().filter(|(_, p)| p.0[k] != best.0[k]);
                others.map(|(slack, _)| *slack).fold(f64::NEG_INFINITY, f64::max)
            })
            .collect();
        let floor = known.iter().copied().filter(|s| *s > f64::NEG_INFINITY).fold(f64::INFINITY, f64::min);
        let listed = (floor < f64::INFINITY).then(|| base.search.all_from(base.gate, floor, MOST_RIVALS)).flatten();
        let named = |(slack, head, tail): (f64, usize, usize)| (slack, space.package(c.n, head, tail));
        Self { best: Some(best), known, listed: listed.map(|all| all.into_iter().map(named).collect()) }
    }

    /// The margin without an option: the same unless the best package needs it.
    fn margin(&self, c: &Compiled, base: &Base, k: IssueId, o: OptionId) -> Margin {
        if self.best.as_ref().is_none_or(|best| best.option(k) != o) {
            return base.margin;
        }
        let known = self.known[k.0];
        if let Some(listed) = self.listed.as_ref().filter(|_| known > f64::NEG_INFINITY) {
            let others = listed.iter().filter(|(_, package)| package.option(k) != o);
            return Margin::from_slack(others.map(|(slack, _)| *slack).fold(known, f64::max));
        }
        let scores = Scores::new(c.n, c.scale);
        let gate = base
            .state
            .space
            .gate(&|issue, option| (issue, option) != (k, o) && scores.granted(base.world, issue, option));
        base.search.margin(&gate, known).0
    }
}

fn without_claim(c: &Compiled, base: &Base, claim: ClaimId, lanes: Lanes, scratch: &mut Scratch) -> Margin {
    let it = &c.n.claims[claim.0];
    let listeners = it.heard_by.iter().chain(it.overheard.iter().map(|(a, _)| a));
    let asked: Vec<Beholder> = listeners.map(|a| Beholder::Audience(*a)).filter(|b| base.question.asks(*b)).collect();
    if asked.is_empty() || base.world.value(it.worth) == 0.0 {
        return base.margin;
    }
    let mut world = base.world.clone();
    world.values[it.worth.0] = 0.0;
    let space = &base.state.space;
    let plans: Vec<usize> = asked.iter().filter_map(|b| space.score_of(*b)).collect();
    scratch.tables.resize_with(scratch.tables.len().max(plans.len()), Tables::default);
    for (plan, tables) in plans.iter().zip(&mut scratch.tables) {
        space.plans[*plan].fill(&world, c.scale, &space.layout, tables);
    }
    let rescored = asked
        .iter()
        .zip(&plans)
        .zip(&scratch.tables)
        .fold(base.question.clone(), |q, ((b, plan), tables)| q.rescored(*b, &space.plans[*plan], tables));
    let only_heard = it.overheard.iter().all(|(a, _)| !base.question.asks(Beholder::Audience(*a)));
    searched(base, &rescored, lanes, only_heard)
}

fn without_red_line(
    c: &Compiled,
    base: &Base,
    of: Beholder,
    line: usize,
    lanes: Lanes,
    scratch: &mut Scratch,
) -> Margin {
    let space = &base.state.space;
    let plan = base.state.without.iter().find(|(s, i, _)| space.beholders[*s] == of && *i == line);
    let Some((_, _, plan)) = plan.filter(|_| base.question.asks(of)) else { return base.margin };
    scratch.tables.resize_with(scratch.tables.len().max(1), Tables::default);
    plan.fill(base.world, c.scale, &space.layout, &mut scratch.tables[0]);
    searched(base, &base.question.rescored(of, plan, &scratch.tables[0]), lanes, false)
}

fn without_audience(base: &Base, a: AudienceId, lanes: Lanes) -> Margin {
    let beholder = Beholder::Audience(a);
    if !base.question.asks(beholder) {
        return base.margin;
    }
    searched(base, &base.question.without(beholder), lanes, false)
}

/// The margin of another question, starting from the package that has the margin of this one. `never_more`: the other
/// question is nowhere easier, so that nothing better than this margin need be looked for.
fn searched(base: &Base, other: &Question, lanes: Lanes, never_more: bool) -> Margin {
    let search = other.search(lanes, true);
    let known = base.place.map_or(f64::NEG_INFINITY, |(head, tail)| search.slack(base.gate, head, tail));
    if never_more && known >= base.margin.slack() {
        return base.margin;
    }
    search.margin(base.gate, known).0
}
