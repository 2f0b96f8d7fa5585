//! Questions about settlements: in how many worlds one would do and hold, and which one number would make it hold.

use itertools::Itertools as _;

use super::analysis::{Concept, Stability, analyse};
use super::graph::Move;
use super::settlement::{Settlements, Situation};
use crate::engine::talks::Desk;
use crate::engine::{Arm, Drawing, Tally, ThreadsError, tally};
use crate::model::{ActorId, InputId, Law, Package, World};
use crate::num::Share;

/// How often a settlement would do, and hold.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HeldOften {
    /// Worlds in which nobody would leave it, by each concept.
    pub stable: [Share; 4],
    /// Worlds in which it would do: available, rational for all who must agree, and a defeat for none of them.
    pub would_do: Share,
    /// Worlds in which it can be reached from today: it is available, and rational for all who must agree.
    pub reachable: Share,
    /// Worlds in which it would do, and is stable by each concept.
    pub both: [Share; 4],
}

/// Counts of one settlement: stable by each concept, would do and stable, would do, reachable.
type Counts = [u64; 10];

/// What a thread uses, and counts.
struct Counting<'a> {
    desk: Desk,
    settlements: Settlements<'a>,
    counts: Vec<Counts>,
    worlds: u64,
}

impl Tally for Counting<'_> {
    fn merge(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.counts.iter_mut().zip(other.counts).for_each(|(mine, theirs)| {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        });
    }
}

/// In how many of so many worlds each settlement would do, and hold.
///
/// # Errors
/// [`ThreadsError`] if the threads asked for cannot be started.
pub fn over_worlds<'a>(
    settlements: &Settlements<'a>,
    drawing: &Drawing,
    runs: u64,
) -> Result<Vec<HeldOften>, ThreadsError> {
    let compiled = settlements.compiled();
    let (arm, draws) = (Arm::of_worlds(compiled, drawing.defeat), drawing.draws(compiled.n));
    let packages: Vec<(usize, Package)> =
        settlements.signed().iter().map(|at| (*at, settlements.package(*at))).collect();
    let fresh = || Counting {
        desk: Desk::default(),
        settlements: settlements.clone(),
        counts: vec![[0; 10]; packages.len()],
        worlds: 0,
    };
    let work = |mine: &mut Counting<'a>, runs: std::ops::Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            mine.settlements.judge(&drawn.world);
            let stability = mine.settlements.stability();
            let posed = arm.pose(&drawn, &mut mine.desk);
            for ((at, package), counts) in packages.iter().zip(&mut mine.counts) {
                let fares = posed.fares(package);
                counts[8] += u64::from(fares.would_do());
                counts[9] += u64::from(fares.available && fares.rational);
                for (_, concept) in Concept::WORDS {
                    let stable = stability.is_equilibrium(concept, *at);
                    counts[concept as usize] += u64::from(stable);
                    counts[4 + concept as usize] += u64::from(stable && fares.would_do());
                }
            }
            mine.worlds += 1;
        }
    };
    let total = tally(runs, drawing.threads, fresh, work, |_| ())?;
    let share = |count: u64| Share::of(count, total.worlds);
    let told = |c: &Counts| HeldOften {
        stable: [c[0], c[1], c[2], c[3]].map(share),
        both: [c[4], c[5], c[6], c[7]].map(share),
        would_do: share(c[8]),
        reachable: share(c[9]),
    };
    Ok(total.counts.iter().map(told).collect())
}

/// A number with another value of which a settlement would hold.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lever {
    /// The number.
    pub input: InputId,
    /// Its value in the modal world.
    pub from: f64,
    /// The nearest value, as far as it was looked for, with which nobody would leave.
    pub to: f64,
    /// Its range.
    pub range: (f64, f64),
    /// Whether that value lies within the range.
    pub within: bool,
    /// How far it is to go: `|to − from|` over the width of the range; over `max(1, |from|)` for a number that is certain.
    pub far: f64,
    /// What the others would then answer to the step by which the first party that leaves would leave; empty where that party
    /// would gain nothing by it any more.
    pub answer: Vec<Move>,
}

/// Values at which each side of a number is tried.
const TRIED: u32 = 12;

/// Halvings that find the end of what is enough.
const HALVINGS: u32 = 20;

/// How many ranges beyond its own a number is tried.
const BEYOND: f64 = 3.0;

/// The numbers any one of which, alone changed in the modal world, would make a settlement stable for all, nearest first.
///
/// Each number is tried along its range, and numbers in points (what no deal is worth, what breaking costs, weights) up to
/// three ranges beyond it; between the last value that is not enough and the first that is, halving finds the end to a
/// millionth. `laws` are those of the world that is asked about. Numbers that change no rank are passed over.
pub fn levers(settlements: &Settlements, laws: &[Law], deal: usize, concept: Concept) -> Vec<Lever> {
    let n = settlements.compiled().n;
    let mut asked = Asked { settlements: settlements.clone(), laws, deal, concept };
    asked.settlements.judge(&n.modal_world(laws));
    let plain = asked.settlements.graph().clone();
    let leaves = (0..plain.actors().len()).find_map(|actor| {
        let to = plain.leaves_for(concept, actor, deal)?;
        Some(Move { actor, from: deal, to })
    });
    let mut found = Vec::new();
    for (input, it) in n.inputs.iter() {
        let Law::Own(quantity) = &laws[input.0] else { continue };
        let ((least, most), from) = (quantity.support(), quantity.modal());
        let width = if most > least { most - least } else { from.abs().max(1.0) };
        let last = it.path.rsplit('.').next().unwrap_or_default();
        let of_no_deal = it.path.starts_with("no_deal.");
        let in_points = (of_no_deal && last != "lasts") || last == "weight";
        let floor = if last == "base" || it.path.contains(".stake.") { f64::NEG_INFINITY } else { 0.0 };
        let (low, high) =
            if in_points { ((from - BEYOND * width).max(floor), from + BEYOND * width) } else { (least, most) };
        let moves_a_rank = [least, most, low, high].iter().any(|x| {
            *x != from && {
                asked.settlements.judge(&asked.world(input, *x));
                *asked.settlements.graph() != plain
            }
        });
        if !moves_a_rank {
            continue;
        }
        let ends = [low, high].into_iter().filter(|end| *end != from);
        let nearest = ends
            .filter_map(|end| asked.towards(input, from, end))
            .min_by(|a, b| (a - from).abs().total_cmp(&(b - from).abs()));
        // What holds only as a weight vanishes says that nobody cares: that is no number to aim at.
        let vanishes = |to: &f64| in_points && *to < from && (to - floor).abs() <= 1e-3 * width;
        let told = nearest.filter(|to| !vanishes(to));
        found.extend(told.map(|to| Lever {
            answer: leaves.map_or_else(Vec::new, |step| asked.answer(input, to, step)),
            input,
            from,
            to,
            range: (least, most),
            within: (least..=most).contains(&to),
            far: (to - from).abs() / width,
        }));
    }
    found.sort_by(|a, b| b.within.cmp(&a.within).then(a.far.total_cmp(&b.far)).then(a.input.cmp(&b.input)));
    found
}

/// The settlement that is to hold, while one number is moved.
struct Asked<'a, 'b> {
    settlements: Settlements<'a>,
    laws: &'b [Law],
    deal: usize,
    concept: Concept,
}

impl Asked<'_, '_> {
    /// The modal world with one number at a value.
    fn world(&self, input: InputId, x: f64) -> World {
        self.settlements.compiled().n.world_from(self.laws, |modal, id| if id == input { x } else { modal })
    }

    fn holds(&mut self, input: InputId, x: f64) -> bool {
        let world = self.world(input, x);
        self.settlements.judge(&world);
        analyse(self.settlements.graph()).is_equilibrium(self.concept, self.deal)
    }

    /// What the others would make of a step, with one number at a value.
    fn answer(&mut self, input: InputId, x: f64, step: Move) -> Vec<Move> {
        let world = self.world(input, x);
        self.settlements.judge(&world);
        let graph = self.settlements.graph();
        let gains = graph.rank(step.actor, step.to) > graph.rank(step.actor, step.from);
        let sanction = graph.sanction(self.concept, step).filter(|_| gains);
        sanction.map_or_else(Vec::new, |it| it.answer)
    }

    /// The first value on the way to an end that is enough.
    fn towards(&mut self, input: InputId, from: f64, end: f64) -> Option<f64> {
        let at = |k: u32| from + (end - from) * f64::from(k) / f64::from(TRIED);
        let first = (1..=TRIED).find(|k| self.holds(input, at(*k)))?;
        let (mut short, mut enough) = (at(first - 1), at(first));
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(short, enough);
            if self.holds(input, middle) { enough = middle } else { short = middle }
        }
        Some(enough)
    }
}

/// Who blocks a settlement: the parties that would rather have no deal, as the states are ranked.
pub fn blockers(settlements: &Settlements, deal: usize) -> Vec<ActorId> {
    let (graph, none) = (settlements.graph(), settlements.no_deal());
    let blocks = |(at, _): &(usize, ActorId)| graph.rank(*at, deal) < graph.rank(*at, none);
    settlements.parties().enumerate().filter(blocks).map(|(_, i)| i).collect_vec()
}

impl Settlements<'_> {
    /// The package of a state; that of the first settlement where there is no deal.
    pub fn package(&self, state: usize) -> Package {
        match &self.situations()[state] {
            Situation::Deal { package, .. } => package.clone(),
            Situation::NoDeal { .. } => self.package(self.signed()[0]),
        }
    }

    /// Who would stay where in the modal world of these laws.
    pub fn in_modal_world(&mut self, laws: &[Law]) -> Stability {
        self.judge(&self.compiled().n.modal_world(laws));
        self.stability()
    }
}
