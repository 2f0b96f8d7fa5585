//! What the answer would be over many worlds without one option, claim, red line or audience.

use crate::engine::{adds_up, packs};
use crate::model::{Defeat, IssueId, Negotiation, OptionId, Package, World};
use crate::num::Share;
use crate::space::{
    Base, Compiled, DidWell, Gate, Item, Lanes, Margin, Measured, Place, Question, Rivals, ScorePlan, Search, Space,
    WorldTables,
};

/// What changes without one item.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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
    pub fn of(compiled: &Compiled, modal: &World, defeat: Defeat, lanes: Lanes) -> Self {
        let space = &compiled.at(modal).space;
        let mut tables = WorldTables::new();
        space.fill(modal, &mut tables);
        let question = Question::of(space, compiled.n, modal, &tables, &compiled.spans, defeat);
        let search = question.search(lanes, true);
        let items = Item::all(compiled.n);
        let (well, judged) = (compiled.kept().did_well(), judged(space, &search));
        let as_before = |well: &DidWell| {
            let alike = well.tables.len() == tables.len() && well.tables.iter().zip(&tables).all(|(a, b)| a.is_like(b));
            alike && well.judged == judged
        };
        let placed = |package: &Package| (package.clone(), space.place(package));
        if let Some(well) = well.as_ref().filter(|well| as_before(well)) {
            return Self { items, packages: well.packages.iter().map(placed).collect() };
        }
        let gate = space.allowed();
        let known: Vec<Place> =
            well.iter().flat_map(|well| &well.packages).map(|package| space.place(package)).collect();
        // From just below what a package is known to have, the search finds the one that it finds from nothing, and sooner.
        let best_of = |gate: &Gate| {
            let known =
                known.iter().map(|(head, tail)| search.slack(gate, *head, *tail)).fold(f64::NEG_INFINITY, f64::max);
            search.margin(gate, if known.is_finite() { known.next_down() } else { f64::NEG_INFINITY }).1
        };
        let best = best_of(&gate);
        let does_without = |k: IssueId, o: OptionId| best.filter(|(head, tail)| space.option_at(k)(*head, *tail) != o);
        let without = |k, o| best_of(&space.gate_without(&gate, k, o));
        let place = |item: &Item| match item {
            // The best of all is the best of those without an option that it does without.
            Item::Option(k, o) => best.and_then(|_| does_without(*k, *o).or_else(|| without(*k, *o))),
            _ => None,
        };
        let mut places: Vec<(usize, usize)> = items.iter().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        let package = |place: (usize, usize)| (space.package(compiled.n, place.0, place.1), place);
        let packages: Vec<_> = places.into_iter().map(package).collect();
        let kept = packages.iter().map(|(package, _)| package.clone()).collect();
        compiled.kept().keep_well(DidWell { packages: kept, judged, tables });
        Self { items, packages }
    }

    /// The rivals of the best package of a world.
    pub fn rivals<'a>(&self, base: Base<'a>) -> Rivals<'a> {
        Rivals::of(base, &self.packages)
    }

    /// The best slack among them: a start for any search.
    pub fn best(&self, search: &Search, gate: &Gate) -> Option<Measured> {
        let measured = self.packages.iter().map(|(_, (head, tail))| (search.slack(gate, *head, *tail), *head, *tail));
        let best = measured.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|best| best.0 > f64::NEG_INFINITY)
    }
}

/// By what packages of a space are judged, apart from their scores: see [`DidWell`].
fn judged(space: &Space, search: &Search) -> Vec<(usize, i32, u64)> {
    let place = |plan| std::ptr::from_ref::<ScorePlan>(plan).addr();
    let slacks = search.slacks.iter().map(|slack| (place(slack.test.plan), slack.test.line, slack.span.to_bits()));
    let tests = search.tests.iter().map(|test| (place(test.plan), test.line, 0));
    std::iter::once((std::ptr::from_ref(space).addr(), 0, 0)).chain(slacks).chain(tests).collect()
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

adds_up!(Sum: exists, lost, gained, change, finite);
packs!(Sum: exists, lost, gained, change, finite);
adds_up!(Contributions: sums);
packs!(Contributions: sums);

impl Contributions {
    pub(super) fn new(items: usize) -> Self {
        Self { sums: vec![Sum::default(); items] }
    }

    pub(super) fn add(&mut self, rivals: &Rivals, witnesses: &Witnesses, scratch: &mut WorldTables) {
        let margin = rivals.base.margin;
        for (sum, item) in self.sums.iter_mut().zip(&witnesses.items) {
            let without = rivals.margin_without(*item, scratch);
            sum.exists += u64::from(without.exists());
            sum.lost += u64::from(margin.exists() && !without.exists());
            sum.gained += u64::from(!margin.exists() && without.exists());
            if let (Margin::Share(with), Margin::Share(without)) = (margin, without) {
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
