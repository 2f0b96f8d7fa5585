//! Who would stay where, by each of the four concepts.

use super::graph::{Conflict, Move};

/// What an actor expects of the others when it thinks of moving away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concept {
    /// Nothing: it has no improvement.
    Nash,
    /// General metarationality: the others would answer each improvement, even at their own cost.
    Gmr,
    /// Symmetric metarationality: the same, and it could not escape by a move of its own.
    Smr,
    /// Sequential stability: they would, and each answer is an improvement for whoever makes it.
    Seq,
}

impl Concept {
    /// All of them, each with its word.
    pub const WORDS: [(&'static str, Self); 4] =
        [("Nash", Self::Nash), ("GMR", Self::Gmr), ("SMR", Self::Smr), ("SEQ", Self::Seq)];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// An improvement, and what the others would make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanction {
    /// The improvement.
    pub improvement: Move,
    /// A shortest answer of the others, first to last, to a state that the actor does not like better than where it was.
    pub answer: Vec<Move>,
}

/// Who would stay where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// `stays[concept][actor][state]`.
    stays: [Vec<Vec<bool>>; 4],
}

/// Says of every state, actor and concept whether the actor would stay.
///
/// For an actor i a number of each state t is spread backwards over the sequences of the others: the least of
/// what they can make of it, `worst(t) = min rank_i(u)` over all `u` that a legal sequence reaches from t. An improvement to
/// t from s is sanctioned iff `worst(t) ≤ rank_i(s)`. For SMR the rank of u gives way to the best that i could have there,
/// by staying or by a move of its own. The graph that is walked has a node for each state and last mover; what reaches
/// each other has one number, found by strong components in time linear in nodes and moves.
pub fn analyse(conflict: &Conflict) -> Stability {
    let (actors, states) = (conflict.actors().len(), conflict.states().len());
    let mut stays: [Vec<Vec<bool>>; 4] = Default::default();
    for i in 0..actors {
        let rank: Vec<i64> = (0..states).map(|s| conflict.rank(i, s)).collect();
        let escape: Vec<i64> =
            (0..states).map(|s| conflict.moves(i, s).map(|t| rank[t]).fold(rank[s], i64::max)).collect();
        let free = Answers::of(conflict, i, false);
        let willing = Answers::of(conflict, i, true);
        let worst = [free.worst(&rank), free.worst(&escape), willing.worst(&rank)];
        let holds = |worst: &[i64], s: usize| conflict.improvements(i, s).all(|t| worst[t] <= rank[s]);
        let of = |worst: &[i64]| (0..states).map(|s| holds(worst, s)).collect::<Vec<bool>>();
        let nash = (0..states).map(|s| conflict.improvements(i, s).next().is_none()).collect();
        let [gmr, smr, seq] = [of(&worst[0]), of(&worst[1]), of(&worst[2])];
        stays.iter_mut().zip([nash, gmr, smr, seq]).for_each(|(all, of)| all.push(of));
    }
    Stability { stays }
}

impl Stability {
    /// Whether an actor would stay in a state.
    pub fn stays(&self, concept: Concept, actor: usize, state: usize) -> bool {
        self.stays[concept as usize][actor][state]
    }

    /// Whether all would: the state is an equilibrium.
    pub fn is_equilibrium(&self, concept: Concept, state: usize) -> bool {
        self.stays[concept as usize].iter().all(|of| of[state])
    }

    /// The states in which an actor would stay, rising.
    pub fn stable(&self, concept: Concept, actor: usize) -> Vec<usize> {
        let of = &self.stays[concept as usize][actor];
        (0..of.len()).filter(|s| of[*s]).collect()
    }

    /// The states that are stable for all, rising.
    pub fn equilibria(&self, concept: Concept) -> Vec<usize> {
        let states = self.stays[concept as usize].first().map_or(0, Vec::len);
        (0..states).filter(|s| self.is_equilibrium(concept, *s)).collect()
    }
}

impl Conflict {
    /// What the others would make of an improvement, by a concept; `None` if they would not, or cannot, and for Nash always.
    pub fn sanction(&self, concept: Concept, improvement: Move) -> Option<Sanction> {
        let (i, s) = (improvement.actor, improvement.from);
        let best = |t: usize| self.moves(i, t).map(|u| self.rank(i, u)).fold(self.rank(i, t), i64::max);
        let bad = |t: usize| match concept {
            Concept::Smr => best(t) <= self.rank(i, s),
            _ => self.rank(i, t) <= self.rank(i, s),
        };
        if concept == Concept::Nash {
            return None;
        }
        let answer = self.way(improvement.to, bad, Some(i), concept == Concept::Seq)?;
        Some(Sanction { improvement, answer })
    }

    /// The improvement that an actor would make of a state, the one that it likes best of those without a sanction; `None` if
    /// it would stay.
    pub fn leaves_for(&self, concept: Concept, actor: usize, state: usize) -> Option<usize> {
        let free = self
            .improvements(actor, state)
            .filter(|to| self.sanction(concept, Move { actor, from: state, to: *to }).is_none());
        free.max_by_key(|to| (self.rank(actor, *to), std::cmp::Reverse(*to)))
    }
}

/// What the others can do after a move of one actor: strong components of (state, last mover), each before those that lead to it.
struct Answers<'a> {
    conflict: &'a Conflict,
    /// Whose stability is asked about.
    actor: usize,
    /// Whether only improvements are answers.
    willing: bool,
    /// The component of each node.
    of: Vec<u32>,
    /// The nodes, component by component; what a component leads to stands before it.
    order: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Answers<'a> {
    fn of(conflict: &'a Conflict, actor: usize, willing: bool) -> Self {
        let nodes = conflict.states().len() * conflict.actors().len();
        let mut answers = Self { conflict, actor, willing, of: vec![NONE; nodes], order: Vec::with_capacity(nodes) };
        // With two actors nobody answers an answer: every node stands alone, and leads nowhere.
        answers.components();
        answers
    }

    /// Where a node leads: nodes of the others than the one that moved last.
    fn next(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let actors = self.conflict.actors().len();
        self.from(node / actors, node % actors)
    }

    /// The nodes that the others can reach by one move from a state in which `last` has moved.
    fn from(&self, state: usize, last: usize) -> impl Iterator<Item = usize> + '_ {
        let actors = self.conflict.actors().len();
        let movers = (0..actors).filter(move |k| *k != last && *k != self.actor);
        movers.flat_map(move |k| {
            let to = self.conflict.moves(k, state);
            let meant = move |t: &usize| !self.willing || self.conflict.rank(k, *t) > self.conflict.rank(k, state);
            to.filter(meant).map(move |t| t * actors + k)
        })
    }

    /// Strong components by Tarjan's method (1972), without recursion.
    fn components(&mut self) {
        let nodes = self.of.len();
        let (mut index, mut low) = (vec![NONE; nodes], vec![0_u32; nodes]);
        let (mut met, mut found) = (0_u32, 0_u32);
        let mut stack: Vec<u32> = Vec::new();
        for root in 0..nodes {
            if index[root] != NONE || root % self.conflict.actors().len() == self.actor {
                continue;
            }
            // Each frame: a node, its successors, and how many of them are done.
            let mut frames: Vec<(usize, Vec<usize>, usize)> = Vec::new();
            let mut enter = Some(root);
            loop {
                if let Some(node) = enter.take() {
                    (index[node], low[node]) = (met, met);
                    met += 1;
                    stack.push(node as u32);
                    frames.push((node, self.next(node).collect(), 0));
                }
                let Some((node, next, done)) = frames.last_mut() else { break };
                let node = *node;
                if let Some(&to) = next.get(*done) {
                    *done += 1;
                    if index[to] == NONE {
                        enter = Some(to);
                    } else if self.of[to] == NONE {
                        low[node] = low[node].min(index[to]);
                    }
                    continue;
                }
                frames.pop();
                if let Some((above, ..)) = frames.last() {
                    low[*above] = low[*above].min(low[node]);
                }
                if low[node] == index[node] {
                    while let Some(member) = stack.pop() {
                        self.of[member as usize] = found;
                        self.order.push(member);
                        if member as usize == node {
                            break;
                        }
                    }
                    found += 1;
                }
            }
        }
    }

    /// The least value that the others can bring about from each state, by at least one move; `i64::MAX` where they have none.
    fn worst(&self, value: &[i64]) -> Vec<i64> {
        let actors = self.conflict.actors().len();
        let components = self.order.last().map_or(0, |last| self.of[*last as usize] as usize + 1);
        let mut least = vec![i64::MAX; components];
        for node in self.order.iter().map(|node| *node as usize) {
            let own = value[node / actors];
            let later = self.next(node).map(|to| least[self.of[to] as usize]).min().unwrap_or(i64::MAX);
            let here = &mut least[self.of[node] as usize];
            *here = (*here).min(own).min(later);
        }
        let from = |s: usize| self.from(s, self.actor).map(|node| least[self.of[node] as usize]).min();
        (0..value.len()).map(|s| from(s).unwrap_or(i64::MAX)).collect()
    }
}

#[cfg(test)]
mod tests;
