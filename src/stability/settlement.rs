//! Settlements as states of a graph: what each party could do alone once one is signed, and what it thinks of that.
//!
//! States are the settlements asked about, what is left of each when terms are given up, and no deal. Alone, a party can
//!
//! - *renounce a term*: what it gives, that is a term of which it thinks less than of what there is now, or one that it holds; the
//!   issue is then as it is now, and the party may take the term up again;
//! - *go back on the deal*: at the moment after signing that is best for it, at the cost of breaking it (`break_cost`);
//! - *escalate*, where there is no deal and an intent of its own says how: once.
//!
//! A holder can withdraw a term that it grants. Holders have no points: they like all states alike, so that they count in
//! GMR and SMR alone. To sign is a move of all who must agree, and none of the graph's. Which terms a party gives is read
//! in the modal world. Source: assumption (the graph is made from the file, not drawn by an analyst).

use std::collections::HashMap;

use itertools::Itertools as _;

use super::analysis::{Stability, analyse};
use super::graph::{Conflict, Move, NotAGraph};
use crate::model::{ActorId, IssueId, OptionId, Package, Scores, Standing, StateId, World};
use crate::space::Compiled;

/// States that settlements may unfold into; what has more terms given up is left out.
pub const MOST_SITUATIONS: usize = 3_000;

/// A state of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Situation {
    /// There is no deal.
    NoDeal {
        /// Who went back on one; `None`: there never was any.
        broken_by: Option<ActorId>,
        /// Who has escalated.
        escalated: Vec<ActorId>,
    },
    /// A deal is in force.
    Deal {
        /// What it holds now.
        package: Package,
        /// How many terms of what was signed are given up.
        renounced: usize,
    },
}

/// What a party does by a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// It gives a term up: the issue, and the option that it was.
    Renounces(IssueId, OptionId),
    /// It takes a term up again.
    Resumes(IssueId, OptionId),
    /// It goes back on the deal.
    GoesBack,
    /// It escalates.
    Escalates,
}

/// The graph of some settlements.
#[derive(Debug, Clone)]
pub struct Settlements<'a> {
    compiled: &'a Compiled<'a>,
    /// Who moves: the parties, then holders of terms of these settlements.
    actors: Vec<ActorId>,
    /// How many of them are parties.
    parties: usize,
    situations: Vec<Situation>,
    graph: Conflict,
    /// The state of each settlement asked about.
    signed: Vec<usize>,
    /// Whether states with more terms given up were left out.
    cut: bool,
}

impl<'a> Settlements<'a> {
    /// The graph of some packages, each once, in a world (the modal one) that says who gives what.
    ///
    /// Of more than four parties that could escalate the first four do.
    ///
    /// # Errors
    /// [`NotAGraph`] if there is no package, or states and moves are too many.
    pub fn of(compiled: &'a Compiled<'a>, world: &World, packages: &[Package]) -> Result<Self, NotAGraph> {
        if packages.is_empty() {
            return Err(NotAGraph::Empty("settlement"));
        }
        let n = compiled.n;
        let parties = n.parties().collect_vec();
        let holders = packages.iter().flat_map(|p| n.space.picks(p)).flat_map(|(_, option)| &option.holders);
        let holders = holders.map(|(who, _)| *who).filter(|who| !parties.contains(who)).sorted().dedup();
        let actors: Vec<ActorId> = parties.iter().copied().chain(holders).collect();
        let mut it = Unfolding {
            compiled,
            world,
            actors: &actors,
            situations: Vec::new(),
            by_package: HashMap::new(),
            moves: Vec::new(),
        };
        let signed = packages.iter().map(|package| it.deal(package, 0)).collect_vec();
        let cut = it.unfold();
        it.without_deal(parties.len());
        let (situations, moves) = (it.situations, it.moves);
        let names = (0..situations.len()).map(|s| s.to_string()).collect();
        let ranks = vec![vec![0; situations.len()]; actors.len()];
        let called = actors.iter().map(|i| n.actor(*i).id.clone()).collect();
        let graph = Conflict::new(called, names, moves, ranks)?;
        let mut all = Self { compiled, parties: parties.len(), actors, situations, graph, signed, cut };
        all.judge(world);
        Ok(all)
    }

    /// Ranks the states as the actors like them in a world.
    ///
    /// A deal is worth what it is worth while it holds; no deal what it is worth at the start, after the escalations; going back
    /// what no deal is worth at the best moment for who goes back, less what that costs it. A crossed red line is the worst.
    pub fn judge(&mut self, world: &World) {
        let (n, scores) = (self.compiled.n, Scores::new(self.compiled.n, self.compiled.scale));
        let states: Vec<f64> = n.states.iter().map(|state| world.value(state.start)).collect();
        let now = Standing::at_start(&states);
        let broken = self.parties().map(|i| (i, scores.breaks_best(world, i, &now))).collect_vec();
        let space = &self.compiled.at(world).space;
        let worth = |i: ActorId, situation: &Situation| match situation {
            Situation::Deal { package, .. } => {
                let leader = space.leaders().find(|(of, _)| *of == i).map(|(_, s)| space.while_it_holds[s]);
                let place = space.place(package);
                leader
                    .and_then(|held| space.plans[held].score_alone(world, space.scale, package, place))
                    .unwrap_or(i64::MIN / 4)
            }
            Situation::NoDeal { broken_by, escalated } => {
                let (at, own) = broken.iter().find(|(of, _)| Some(*of) == *broken_by).map_or((0.0, 0), |(_, it)| *it);
                if *broken_by == Some(i) && escalated.is_empty() {
                    return own;
                }
                let mut later = if broken_by.is_some() { n.after_signing(world, &states, at) } else { states.clone() };
                for (state, by) in escalated.iter().flat_map(|who| escalation(n, world, *who)) {
                    later[state.0] = n.states[state.0].bounded(world, later[state.0], later[state.0] + by);
                }
                let plain = scores.no_deal_at(world, i, &Standing { states: &later, ..now });
                // What going back costs stays paid.
                let cost = if *broken_by == Some(i) {
                    self.compiled.scale.units(world.value(n.actor(i).no_deal.break_cost))
                } else {
                    0
                };
                plain - cost
            }
        };
        let of = |at: usize, i: ActorId| match at < self.parties {
            true => self.situations.iter().map(|s| worth(i, s)).collect(),
            false => vec![0; self.situations.len()],
        };
        let ranks = self.actors.iter().enumerate().map(|(at, i)| of(at, *i)).collect();
        self.graph.rank_anew(ranks);
    }

    /// Who would stay where, as the states are ranked.
    pub fn stability(&self) -> Stability {
        analyse(&self.graph)
    }

    /// The deal space of the scenario.
    pub fn compiled(&self) -> &'a Compiled<'a> {
        self.compiled
    }

    /// The graph.
    pub fn graph(&self) -> &Conflict {
        &self.graph
    }

    /// What each state is.
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// Who moves: the parties, then holders.
    pub fn actors(&self) -> &[ActorId] {
        &self.actors
    }

    /// The parties.
    pub fn parties(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.actors.iter().take(self.parties).copied()
    }

    /// The state of each settlement asked about, in the order in which they were.
    pub fn signed(&self) -> &[usize] {
        &self.signed
    }

    /// The state in which there never was a deal.
    pub fn no_deal(&self) -> usize {
        let plain =
            |s: &Situation| matches!(s, Situation::NoDeal { broken_by: None, escalated } if escalated.is_empty());
        self.situations.iter().position(plain).unwrap_or_default()
    }

    /// Whether states with more terms given up were left out, for there would have been too many.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// What an actor does by a move.
    pub fn step(&self, m: Move) -> Step {
        match (&self.situations[m.from], &self.situations[m.to]) {
            (Situation::Deal { package: from, .. }, Situation::Deal { package: to, .. }) => {
                let k = (0..from.0.len()).find(|k| from.0[*k] != to.0[*k]).unwrap_or_default();
                let now = self.compiled.n.space.issues[k].now;
                if now == Some(to.0[k]) {
                    Step::Renounces(IssueId(k), from.0[k])
                } else {
                    Step::Resumes(IssueId(k), to.0[k])
                }
            }
            (Situation::Deal { .. }, Situation::NoDeal { .. }) => Step::GoesBack,
            _ => Step::Escalates,
        }
    }
}

/// The strongest escalation among the intents of an actor in a world: what it adds to each state.
fn escalation(n: &crate::model::Negotiation, world: &World, who: ActorId) -> Vec<(StateId, f64)> {
    let of = n.intents_of(who).filter_map(|at| n.intents[at].escalates.as_ref());
    let moved = |e: &crate::model::Escalation| -> Vec<(StateId, f64)> {
        e.moves.iter().map(|(state, by)| (*state, world.value(*by))).collect()
    };
    let size = |moves: &Vec<(StateId, f64)>| moves.iter().map(|(_, by)| by.abs()).sum::<f64>();
    of.map(moved).max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or_default()
}

/// A graph while it is made.
struct Unfolding<'a, 'b> {
    compiled: &'a Compiled<'a>,
    world: &'b World,
    actors: &'b [ActorId],
    situations: Vec<Situation>,
    by_package: HashMap<Package, usize>,
    moves: Vec<Move>,
}

impl Unfolding<'_, '_> {
    /// The state of a package, which is made if it is new.
    fn deal(&mut self, package: &Package, renounced: usize) -> usize {
        if let Some(at) = self.by_package.get(package) {
            return *at;
        }
        let at = self.situations.len();
        self.by_package.insert(package.clone(), at);
        self.situations.push(Situation::Deal { package: package.clone(), renounced });
        at
    }

    /// Gives terms up, one after another; whether that was cut short.
    fn unfold(&mut self) -> bool {
        let gate = self.compiled.at(self.world).space.allowed();
        let (mut next, mut cut) = (0, false);
        while next < self.situations.len() {
            let Situation::Deal { package, renounced } = self.situations[next].clone() else { break };
            for (k, issue) in self.compiled.n.space.issues.iter().enumerate() {
                let Some(now) = issue.now.filter(|now| *now != package.0[k]) else { continue };
                let who = (0..self.actors.len()).filter(|at| self.gives(*at, k, package.0[k])).collect_vec();
                let mut less = package.clone();
                less.0[k] = now;
                let (head, tail) = self.compiled.at(self.world).space.place(&less);
                if who.is_empty() || !gate.lets_through(head, tail) {
                    continue;
                }
                if self.situations.len() >= MOST_SITUATIONS && !self.by_package.contains_key(&less) {
                    cut = true;
                    continue;
                }
                let to = self.deal(&less, renounced + 1);
                for actor in who {
                    self.moves.push(Move { actor, from: next, to });
                    self.moves.push(Move { actor, from: to, to: next });
                }
            }
            next += 1;
        }
        cut
    }

    /// Whether an actor gives a term: it holds it, or thinks less of it than of what there is now.
    fn gives(&self, at: usize, k: usize, option: OptionId) -> bool {
        let (n, who) = (self.compiled.n, self.actors[at]);
        if n.space.issues[k].options[option.0].holders.iter().any(|(holder, _)| *holder == who) {
            return true;
        }
        let view = n.actor(who).views[k].as_ref();
        view.is_some_and(|view| view.values[option.0].value(|id| self.world.value(id)) < 0.0)
    }

    /// Adds the states without a deal, and the moves to them and among them.
    fn without_deal(&mut self, parties: usize) {
        let n = self.compiled.n;
        let deals = self.situations.len();
        let able: Vec<usize> =
            (0..parties).filter(|at| !escalation(n, self.world, self.actors[*at]).is_empty()).take(4).collect();
        for broken in std::iter::once(None).chain((0..parties).map(Some)) {
            let first = self.situations.len();
            for some in 0..1_usize << able.len() {
                let has = |place: usize| some >> place & 1 == 1;
                let escalated =
                    able.iter().enumerate().filter(|(p, _)| has(*p)).map(|(_, at)| self.actors[*at]).collect();
                self.situations.push(Situation::NoDeal { broken_by: broken.map(|at| self.actors[at]), escalated });
                for (place, actor) in able.iter().enumerate().filter(|(place, _)| !has(*place)) {
                    self.moves.push(Move { actor: *actor, from: first + some, to: first + (some | 1 << place) });
                }
            }
            if let Some(actor) = broken {
                self.moves.extend((0..deals).map(|from| Move { actor, from, to: first }));
            }
        }
    }
}
