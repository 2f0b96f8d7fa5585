//! The packages that could take the place of the best one if something were missing.
//!
//! One sweep lists all packages that may be as good as what is known to be reached without each option and each claim;
//! the list answers for all of them.

use std::cell::OnceCell;

use super::plan::FLAG;
use super::secrets::HeardIn;
use super::slack::{Search, Slack};
use super::terms::Term;
use super::without::Base;
use super::{Margin, Objector, Place};
use crate::model::{Beholder, ClaimId, IssueId, OptionId, Package, World};

/// Rivals that are listed at least where there are so many; twice as many at most.
const MOST_LISTED: usize = 1_024;

/// The rivals of the best package of one world.
#[derive(Debug)]
pub struct Rivals<'a> {
    /// The world as it is.
    pub base: Base<'a>,
    /// The best package; `None` if there is none.
    best: Option<Package>,
    /// For each issue, what the best witness without the best package's option has: a slack known to be reached.
    known: Vec<f64>,
    /// What the scores are without each claim.
    claims: Vec<Gone<'a>>,
    /// The rivals, those that may be best first.
    listed: Vec<Rival>,
    /// All packages that may have more than this are listed.
    floor: f64,
    /// `freed[score]`: the margin without all that a beholder judges.
    freed: Vec<OnceCell<Margin>>,
}

/// A package with its least slack, and the most that this could be with any claim gone.
#[derive(Debug, Clone, Copy)]
struct Rival {
    most: f64,
    slack: f64,
    head: usize,
    tail: usize,
}

impl<'a> Rivals<'a> {
    /// The rivals of the best package of a world; `witnesses` are packages that may do well without an option of it.
    pub fn of(base: Base<'a>, witnesses: &[(Package, Place)]) -> Self {
        let space = &base.state.space;
        let best = base.place.map(|(head, tail)| space.package(base.compiled.n, head, tail));
        let known = best.as_ref().map_or_else(Vec::new, |best| known(&base, best, witnesses));
        let claims = (0..base.compiled.n.claims.len()).map(|claim| Gone::of(&base, claim)).collect();
        let freed = (0..space.beholders.len()).map(|_| OnceCell::new()).collect();
        let mut rivals = Self { base, best, known, claims, listed: Vec::new(), floor: f64::INFINITY, freed };
        if base.margin.share().is_some() {
            rivals.list();
        }
        rivals
    }

    /// Lists all packages that may have as much as the least that is known to be reached without something.
    fn list(&mut self) {
        let (search, gate) = (self.base.search, self.base.gate);
        let relief: Vec<i32> =
            (0..search.slacks.len()).map(|j| self.claims.iter().map(|gone| gone.most(j)).max().unwrap_or(0)).collect();
        let reached = self.known.iter().copied().chain(self.claims.iter().map(|gone| gone.known));
        self.floor = reached.filter(|slack| *slack > f64::NEG_INFINITY).fold(self.base.margin.slack(), f64::min);
        let (listed, from) = (&mut self.listed, self.floor);
        let mut lowest = from;
        search.above_relieved(&gate.heads, gate, from, &relief, |(slack, head, tail), floor| {
            let most = search.least_by(head, tail, |j| relief[j]);
            if slack == f64::NEG_INFINITY || most < *floor {
                return;
            }
            listed.push(Rival { most, slack, head, tail });
            if listed.len() == 2 * MOST_LISTED {
                *floor = cut(listed);
                lowest = *floor;
            }
        });
        listed.sort_unstable_by(|a, b| b.most.total_cmp(&a.most));
        self.floor = lowest;
    }

    /// Packages that have the margin; `None` if they may not all be listed.
    pub fn equals(&self) -> Option<Vec<Place>> {
        let margin = self.base.margin.slack();
        let equal = self.listed.iter().filter(|rival| rival.slack >= margin);
        (self.floor < margin).then(|| equal.map(|rival| (rival.head, rival.tail)).collect())
    }

    /// The greatest of a known slack and those that `measure` gives rivals; `None` where some package that is not
    /// listed may have more.
    fn greatest(&self, known: f64, measure: impl Fn(&Rival) -> Option<f64>) -> Option<Margin> {
        let mut best = known;
        for rival in &self.listed {
            if rival.most <= best {
                break;
            }
            best = measure(rival).map_or(best, |slack| best.max(slack));
        }
        (best >= self.floor).then(|| Margin::from_slack(best))
    }

    /// The margin without an option: the same unless the best package needs it.
    pub(super) fn without_option(&self, k: IssueId, o: OptionId) -> Margin {
        let base = &self.base;
        if self.best.as_ref().is_none_or(|best| best.option(k) != o) || self.known[k.0] >= base.margin.slack() {
            return base.margin;
        }
        let (known, space) = (self.known[k.0], &base.state.space);
        let option_at = space.option_at(k);
        let other = |rival: &Rival| (option_at(rival.head, rival.tail) != o).then_some(rival.slack);
        self.greatest(known, other).unwrap_or_else(|| base.search.margin(&space.gate_without(base.gate, k, o), known).0)
    }

    /// The margin without a claim; `None` where it must be searched for.
    pub(super) fn without_claim(&self, claim: ClaimId) -> Option<Margin> {
        let gone = &self.claims[claim.0];
        if gone.excludes {
            return None;
        }
        if gone.shifts.is_empty() || self.base.margin.share().is_none() {
            return Some(self.base.margin);
        }
        self.greatest(gone.known, |rival| Some(gone.slack(self.base.search, rival.head, rival.tail)))
    }

    /// The margin without anything that a beholder judges: no red line of it that is lifted could bring more.
    pub(super) fn freed(&self, of: Beholder) -> Margin {
        let search = || self.base.searched(&self.base.question.freed(of), false);
        let place = self.base.state.space.score_of(of).and_then(|score| self.freed.get(score));
        place.map_or_else(search, |freed| *freed.get_or_init(search))
    }
}

/// What the best witness without each option of the best package has.
fn known(base: &Base, best: &Package, witnesses: &[(Package, Place)]) -> Vec<f64> {
    let measure = |(head, tail): Place| base.search.slack(base.gate, head, tail);
    let measured: Vec<(f64, &Package)> = witnesses.iter().map(|(package, place)| (measure(*place), package)).collect();
    let without = |k: usize| {
        let others = measured.iter().filter(|(_, package)| package.0[k] != best.0[k]);
        others.map(|(slack, _)| *slack).fold(f64::NEG_INFINITY, f64::max)
    };
    (0..best.0.len()).map(without).collect()
}

/// Leaves the better half of a list; all that may have more than the slack returned stay.
fn cut(listed: &mut Vec<Rival>) -> f64 {
    listed.sort_unstable_by(|a, b| b.most.total_cmp(&a.most));
    listed.truncate(MOST_LISTED);
    listed[MOST_LISTED - 1].most
}

/// Scores without one claim: by how much those of its listeners change.
#[derive(Debug)]
struct Gone<'a> {
    /// The places of the listeners among the slacks.
    shifts: Vec<(usize, ScoreChange<'a>)>,
    /// The slack of the best package without the claim.
    known: f64,
    /// Whether it matters to somebody who can only exclude packages.
    excludes: bool,
}

impl<'a> Gone<'a> {
    fn of(base: &Base<'a>, claim: usize) -> Self {
        let worth = base.compiled.n.claims[claim].worth;
        let mut gone = Self { shifts: Vec::new(), known: f64::NEG_INFINITY, excludes: false };
        if base.world.value(worth) == 0.0 {
            return gone;
        }
        let mut without = base.world.clone();
        without.values[worth.0] = 0.0;
        let hears = |judge: &Objector, heard: &HeardIn| judge.beholder == base.state.space.beholders[heard.score];
        let (measured, others): (Vec<&Objector>, Vec<&Objector>) =
            base.question.borne.iter().partition(|judge| judge.span.is_some());
        for heard in &base.state.claims[claim] {
            let shift = || ScoreChange::of(base, heard, &without);
            gone.excludes |= others.iter().any(|judge| hears(judge, heard)) && shift().is_some();
            for (j, _) in measured.iter().enumerate().filter(|(_, judge)| hears(judge, heard)) {
                gone.shifts.extend(shift().map(|shift| (j, shift)));
            }
        }
        if gone.excludes {
            return gone;
        }
        gone.known = base.place.map_or(gone.known, |(head, tail)| gone.slack(base.search, head, tail));
        gone
    }

    /// The least slack of a package that passes all that can only exclude.
    fn slack(&self, search: &Search, head: usize, tail: usize) -> f64 {
        let shift = |j| self.shifts.iter().filter(|(of, _)| *of == j).map(|(_, s)| s.at(head, tail)).sum();
        search.least_by(head, tail, shift)
    }

    /// The most that a score can gain.
    fn most(&self, j: usize) -> i32 {
        self.shifts.iter().filter(|(of, _)| *of == j).map(|(_, shift)| shift.most.max(0)).sum()
    }
}

/// By how much one term of a score changes, by package.
#[derive(Debug)]
struct ScoreChange<'a> {
    term: &'a Term,
    heard: &'a HeardIn,
    /// `cells[cell]`, in units.
    cells: Vec<i32>,
    most: i32,
}

impl<'a> ScoreChange<'a> {
    /// The change from the base to another world; `None` if there is none.
    fn of(base: &Base<'a>, heard: &'a HeardIn, other: &World) -> Option<Self> {
        let space = &base.state.space;
        let term = &space.plans[heard.score].terms[heard.term];
        let cells = term.changes(base.world, other, space.scale);
        let most = cells.iter().copied().max().unwrap_or(0);
        cells.iter().any(|change| *change != 0).then_some(Self { term, heard, cells, most })
    }

    fn at(&self, head: usize, tail: usize) -> i32 {
        self.cells[self.term.rows[(self.heard.heads[head] + self.heard.tails[tail]) as usize] as usize]
    }
}

impl Search<'_> {
    /// The least slack of a package if each score had so much more, in units; −∞ where a red line is crossed.
    fn least_by(&self, head: usize, tail: usize, more: impl Fn(usize) -> i32) -> f64 {
        self.jointly(self.among(), (head, tail), |j, slack: &Slack| {
            let score = slack.test.row(head)[tail];
            let above = || f64::from(score - slack.test.threshold(head) + more(j)) / slack.span;
            if score == FLAG { f64::NEG_INFINITY } else { above() }
        })
    }
}
