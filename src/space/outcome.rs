//! The questions asked of one world: how many packages pass, by how much, and which of equals is put forward: never one
//! that another leaves behind.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::coalitions;
use super::frontier::{Collector, Point};
use super::kernel::{Gate, Lanes, Test, open_ends};
use super::plan::{ScorePlan, Tables};
use super::slack::{Search, Slack};
use super::{Place, Space, WorldTables};
use crate::model::{ActorId, AudienceId, Beholder, Defeat, Negotiation, Scores, Standing, World};

/// max − min of each score over the allowed packages in the modal world, in units: `spans[beholder]`, at least 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Spans(pub Vec<i64>);

impl Spans {
    /// The span of one score by which slacks are measured; `None` where the score is the same in all packages, within a
    /// unit of rounding: then it can only exclude, and no margin is measured from it.
    pub fn measure(&self, score: usize) -> Option<f64> {
        self.0.get(score).filter(|span| **span > 1).map(|span| *span as f64)
    }

    /// Spans of all scores in the modal world. Red lines play no part.
    pub fn of(space: &Space, modal: &World) -> Self {
        let (gate, mut tables) = (space.allowed(), Tables::default());
        let span = |plan: &ScorePlan| {
            plan.fill_open(modal, space.scale, &space.layout, &mut tables);
            // The least and the most of a row hang on its context and on what the gate lets through: few pairs of both, and
            // mostly the one of the head before.
            let mut known: HashMap<(u32, u32), Option<(i32, i32)>> = HashMap::new();
            let (mut before, mut least, mut most) = (None, i64::MAX, i64::MIN);
            for head in gate.heads.iter().map(|head| *head as usize) {
                let at = (plan.context_of[head], gate.class_of[head]);
                let ends = match before {
                    Some((other, ends)) if other == at => ends,
                    _ => *known
                        .entry(at)
                        .or_insert_with(|| open_ends(Lanes::detect(), tables.row(at.0), &gate.rows[at.1 as usize])),
                };
                before = Some((at, ends));
                if let Some((low, high)) = ends {
                    let at_head = i64::from(tables.head[head]);
                    (least, most) = (least.min(at_head + i64::from(low)), most.max(at_head + i64::from(high)));
                }
            }
            (most.saturating_sub(least)).max(1)
        };
        Self(space.plans[..space.beholders.len()].iter().map(span).collect())
    }
}

/// How close a world comes to a settlement that nobody regards as a defeat.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Margin {
    /// Every package crosses a red line, none is rational and available, or somebody whose score is the same in all of
    /// them calls them all a defeat.
    #[default]
    None,
    /// The greatest least slack, as a share of the span of the audience that binds: ≥ 0 iff such a settlement exists.
    Share(f64),
    /// Some package may be agreed, and nobody whose verdict counts has a slack that could be measured.
    Unbounded,
}

impl Margin {
    /// Whether a settlement exists that nobody regards as a defeat.
    pub fn exists(self) -> bool {
        self.slack() >= 0.0
    }

    /// The inverse of [`slack`](Self::slack).
    pub fn from_slack(slack: f64) -> Self {
        match slack {
            f64::INFINITY => Self::Unbounded,
            f64::NEG_INFINITY => Self::None,
            slack => Self::Share(slack),
        }
    }

    /// As a slack: −∞ for none, +∞ for unbounded.
    pub fn slack(self) -> f64 {
        match self {
            Self::None => f64::NEG_INFINITY,
            Self::Share(slack) => slack,
            Self::Unbounded => f64::INFINITY,
        }
    }

    /// The share, if there is one.
    pub fn share(self) -> Option<f64> {
        if let Self::Share(slack) = self { Some(slack) } else { None }
    }
}

/// All that is asked about in one world: the tests of everybody whose judgement counts.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Worth signing and worth keeping to each party, and no red line of its leadership crossed: one test a party, or two
    /// where it looks ahead to whether a deal holds (as it foresees it, then as long as it holds); see [`Scores::rational`].
    pub rational: Vec<(ActorId, Test<'a>)>,
    /// No defeat in the eyes of an audience with a veto, or of a leadership if the reading of defeat counts it.
    pub borne: Vec<Objector<'a>>,
}

/// One whose verdict may make a defeat.
#[derive(Debug, Clone, Copy)]
pub struct Objector<'a> {
    /// Who judges.
    pub beholder: Beholder,
    /// For whom it would be a defeat.
    pub party: ActorId,
    /// Its test.
    pub test: Test<'a>,
    /// The span in units; `None` for an audience without a line of its own (only red lines), and for a score that is the
    /// same in all packages: they have no slack and can only exclude.
    pub span: Option<f64>,
}

/// The tests that a package is worth signing, and where that is asked worth keeping, to each leadership: see
/// [`Question::rational`].
pub(super) fn rational<'a>(
    space: &'a Space,
    n: &Negotiation,
    world: &World,
    tables: &'a WorldTables,
    keep: bool,
) -> Vec<(ActorId, Test<'a>)> {
    let scores = Scores::new(n, space.scale);
    let states: Vec<f64> = n.states.iter().map(|state| world.value(state.start)).collect();
    let now = Standing::at_start(&states);
    let test =
        |i: ActorId, s: usize, line: i64| (i, Test::new(&space.plans[s], &tables[s], line).asked_for(space.swing(i)));
    let leader = |(i, s): (ActorId, usize)| {
        let now_worth = scores.no_deal_at(world, i, &now);
        let (held, kept) = (space.while_it_holds[s], if keep { scores.keeps_from(world, i, &now) } else { now_worth });
        let foreseen = (held != s).then(|| test(i, s, now_worth));
        foreseen.into_iter().chain([test(i, held, kept)])
    };
    space.leaders().flat_map(leader).collect()
}

impl<'a> Question<'a> {
    /// The tests of a world by one reading of defeat.
    pub fn of(
        space: &'a Space,
        n: &Negotiation,
        world: &World,
        tables: &'a WorldTables,
        spans: &Spans,
        defeat: Defeat,
    ) -> Self {
        let scores = Scores::new(n, space.scale);
        let rational = rational(space, n, world, tables, true);
        let audience = |(a, s): (AudienceId, usize)| {
            let line = scores.defeat_line(world, a);
            let (plan, tables, party) = (&space.plans[s], &tables[s], n.audience(a).of);
            let test = line.map_or_else(|| Test::no_red_line(plan, tables), |line| Test::new(plan, tables, line));
            Objector {
                beholder: Beholder::Audience(a),
                party,
                test: test.asked_for(space.swing(party)),
                span: line.and_then(|_| spans.measure(s)),
            }
        };
        let mut borne: Vec<_> = space.vetoes(n, world, defeat).map(audience).collect();
        if defeat.counts_leaders() {
            borne.extend(space.leaders().map(|(i, s)| Objector {
                beholder: Beholder::Leadership(i),
                party: i,
                test: Test::new(&space.plans[s], &tables[s], scores.no_deal(world, i)).asked_for(space.swing(i)),
                span: spans.measure(s),
            }));
        }
        Self { rational, borne }
    }

    /// The same question if nobody thought of what going back will be worth once states have moved.
    pub fn signed(&self, n: &Negotiation, space: &'a Space, world: &World, tables: &'a WorldTables) -> Self {
        Self { rational: rational(space, n, world, tables, false), ..self.clone() }
    }

    /// Whether some party would sign what it would not keep.
    pub fn asks_to_keep(n: &Negotiation, space: &Space, world: &World) -> bool {
        let scores = Scores::new(n, space.scale);
        space.leaders().any(|(i, _)| scores.asks_to_keep(world, i))
    }

    /// The same question without anything that one beholder judges.
    pub fn freed(&self, beholder: Beholder) -> Self {
        let mut freed = self.clone();
        freed.borne.retain(|j| j.beholder != beholder);
        freed.rational.retain(|(i, _)| Beholder::Leadership(*i) != beholder);
        freed
    }

    /// The same question with another score behind everything that one beholder judges; lines stay.
    pub fn rescored(&self, beholder: Beholder, plan: &'a ScorePlan, tables: &'a Tables) -> Self {
        let mut other = self.clone();
        for judge in other.borne.iter_mut().filter(|j| j.beholder == beholder) {
            judge.test = Test { plan, tables, ..judge.test };
        }
        for (_, test) in other.rational.iter_mut().filter(|(i, _)| Beholder::Leadership(*i) == beholder) {
            *test = Test { plan, tables, ..*test };
        }
        other
    }

    /// Those whose verdict counts though their score is the same in all packages: they have a line, and no span.
    pub fn without_span(&self, n: &Negotiation) -> Vec<Beholder> {
        let has_line = |b: &Beholder| match b {
            Beholder::Leadership(_) => true,
            Beholder::Audience(a) => n.audience(*a).defeat_below.is_some(),
        };
        self.borne.iter().filter(|j| j.span.is_none()).map(|j| j.beholder).filter(has_line).collect()
    }

    /// Whether a beholder's score is asked about.
    pub fn asks(&self, beholder: Beholder) -> bool {
        self.borne.iter().any(|j| j.beholder == beholder)
            || self.rational.iter().any(|(i, _)| Beholder::Leadership(*i) == beholder)
    }

    /// The judges with the least slack for one package: those who bind. Where some parties can be left out, those in a
    /// coalition that has the greatest least slack.
    pub fn binding(&self, head: usize, tail: usize) -> Vec<Beholder> {
        let slack = |j: &Objector| j.span.map(|span| Slack { test: j.test, span }.of(head, tail));
        let (least, members) = match coalitions::among(self.all_tests().iter()) {
            None => (self.borne.iter().filter_map(slack).fold(f64::INFINITY, f64::min), None),
            Some(among) => {
                let of = |i: ActorId| self.slack_of(i, head, tail);
                let least = among.value(of);
                (least, Some(among.members(of, least)))
            }
        };
        let counts = |j: &&Objector| members.as_ref().is_none_or(|members| members.contains(&j.party));
        self.borne.iter().filter(counts).filter(|j| slack(j) == Some(least)).map(|j| j.beholder).collect()
    }

    /// The least slack that a package has with the judges of one party: −∞ where it is refused, +∞ where no slack counts.
    fn slack_of(&self, party: ActorId, head: usize, tail: usize) -> f64 {
        let fails = self.rational.iter().any(|(i, test)| *i == party && !test.passes(head, tail));
        let slack = |j: &Objector| match j.span {
            Some(span) => Slack { test: j.test, span }.of(head, tail),
            None if j.test.passes(head, tail) => f64::INFINITY,
            None => f64::NEG_INFINITY,
        };
        let own = self.borne.iter().filter(|j| j.party == party).map(slack);
        own.fold(if fails { f64::NEG_INFINITY } else { f64::INFINITY }, f64::min)
    }

    /// The tests of rationality: for all who must agree.
    pub fn rational_tests(&self) -> Vec<Test<'a>> {
        self.rational.iter().map(|(_, t)| *t).collect()
    }

    /// The tests that it is a defeat for nobody who must agree.
    pub fn no_defeat_tests(&self) -> Vec<Test<'a>> {
        self.borne.iter().map(|j| j.test).collect()
    }

    /// The tests that one party is not defeated: its win-set.
    pub fn win_set_tests(&self, party: ActorId) -> Vec<Test<'a>> {
        self.borne.iter().filter(|j| j.party == party).map(|j| j.test.asked_for(None)).collect()
    }

    /// Both: rational, and a defeat for nobody, who must agree.
    pub fn all_tests(&self) -> Vec<Test<'a>> {
        self.rational_tests().into_iter().chain(self.no_defeat_tests()).collect()
    }

    /// The same for every party, whoever must agree.
    pub fn tests_of_everybody(&self) -> Vec<Test<'a>> {
        self.all_tests().into_iter().map(|test| test.asked_for(None)).collect()
    }

    /// Whether a package is rational for a winning coalition, a defeat for nobody of one, and both for the same.
    pub fn holds(&self, head: usize, tail: usize) -> [bool; 3] {
        let (rational, borne) = (self.rational.iter().map(|(_, test)| test), self.borne.iter().map(|j| &j.test));
        let signs = coalitions::pass(rational.clone(), head, tail);
        let bears = coalitions::pass(borne.clone(), head, tail);
        [signs, bears, signs && bears && coalitions::pass(rational.chain(borne), head, tail)]
    }

    /// What is needed to search for margins; `rational` if packages must be rational for all who must agree.
    pub fn search(&self, lanes: Lanes, rational: bool) -> Search<'a> {
        let mut tests = if rational { self.rational_tests() } else { Vec::new() };
        // A judge without a line of its own, or without a span, can only exclude packages.
        tests.extend(self.borne.iter().filter(|j| j.span.is_none()).map(|j| j.test));
        let slacks = self.borne.iter().filter_map(|j| Some(Slack { test: j.test, span: j.span? })).collect();
        Search { lanes, slacks, tests }
    }
}

impl Search<'_> {
    /// The margin over the packages of a gate, and a package (head, tail) that has it:
    ///
    /// ```text
    /// max over packages x of  min over judges a of  (G_a(x) − D_a) / span_a
    /// ```
    ///
    /// `known` is a slack that some package of the gate is known to have (−∞ if none is known); the package returned is
    /// `None` where nothing is better than it.
    pub fn margin(&self, gate: &Gate, known: f64) -> (Margin, Option<(usize, usize)>) {
        match self.greatest(gate, known) {
            Some((slack, head, tail)) => (Margin::from_slack(slack), Some((head, tail))),
            None => (Margin::from_slack(known), None),
        }
    }
}

/// What a package is worth to a leadership of which it crosses a red line, in units: less than any score.
const CROSSED: i64 = i32::MIN as i64;

impl Space {
    /// What a package is worth to every leadership, `utility[party]` in units; less than all else where a red line of the
    /// leadership is crossed.
    pub fn utility(&self, tables: &WorldTables, (head, tail): Place) -> Vec<i64> {
        let worth = |s: usize| self.score(tables, s, head, tail).unwrap_or(CROSSED);
        self.leaders().map(|(_, s)| worth(s)).collect()
    }

    /// The same of many packages, one behind the other: `utilities[place · parties + party]`.
    pub fn utilities(&self, tables: &WorldTables, places: impl Iterator<Item = Place>) -> Vec<i64> {
        let leaders: Vec<usize> = self.leaders().map(|(_, s)| s).collect();
        let worth = |s: usize, (head, tail): Place| self.score(tables, s, head, tail).unwrap_or(CROSSED);
        places.flat_map(|place| leaders.iter().map(move |s| worth(*s, place))).collect()
    }

    /// The Pareto frontier of some packages, as utilities; `None` beyond the parties that a frontier can have.
    pub fn undominated(&self, tables: &WorldTables, places: impl Iterator<Item = Place>) -> Option<BTreeSet<Vec<i64>>> {
        let mut best = Collector::new(self.leaders().count()).ok()?;
        for (head, tail) in places {
            let (utility, first) = (self.utility(tables, (head, tail)), u128::from(self.number(head, tail)));
            best.push(Point { utility: &utility, packages: 1, first }).ok()?;
        }
        Some(best.finish().iter().map(|point| point.utility.to_vec()).collect())
    }

    /// How many packages of a gate have the margin, and the first of them, in file order, that none of the others
    /// dominates; the margin is given with one that has it.
    pub fn equals(
        &self,
        n: &Negotiation,
        tables: &WorldTables,
        search: &Search,
        gate: &Gate,
        (slack, place): (f64, Place),
    ) -> (u128, Place) {
        let Ok(mut best) = Collector::new(self.leaders().count()) else { return (1, place) };
        let each = |meet: &mut dyn FnMut(Place)| {
            search.above(&gate.heads, gate, slack, |(measured, head, tail), _| {
                if measured >= slack {
                    meet((head, tail));
                }
            });
        };
        let (mut count, mut first) = (0, None::<(u64, Place)>);
        each(&mut |place| {
            let number = self.number(place.0, place.1);
            count += 1;
            first = first.filter(|(least, _)| *least < number).or(Some((number, place)));
        });
        let Some((_, first)) = first else { return (1, place) };
        // Where interests are opposed nothing dominates anything, and the very first is the one.
        let (leaders, worth) = (self.leaders(), self.utility(tables, first));
        let leaders: Vec<(usize, i64)> = leaders.map(|(_, s)| s).zip(worth).collect();
        let mut dominated = false;
        each(&mut |(head, tail)| {
            let compared = |(s, worth): &(usize, i64)| self.score(tables, *s, head, tail).unwrap_or(CROSSED).cmp(worth);
            dominated = dominated
                || (leaders.iter().all(|leader| compared(leader).is_ge())
                    && leaders.iter().any(|leader| compared(leader).is_gt()));
        });
        if !dominated {
            return (count, first);
        }
        each(&mut |(head, tail)| {
            let (utility, number) = (self.utility(tables, (head, tail)), u128::from(self.number(head, tail)));
            best.push(Point { utility: &utility, packages: 1, first: number })
                .expect("it has the length of the others");
        });
        let first = best.finish().iter().map(|point| point.first).min();
        (count, first.map_or(place, |number| self.place(&n.space.package(number))))
    }
}
