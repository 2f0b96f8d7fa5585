//! A conflict as a graph: actors, states, moves, preferences.

use itertools::Itertools as _;

/// States that a graph may have.
pub const MOST_STATES: usize = 20_000;

/// What a graph may take to be judged: its moves, times the square of its actors. Some half a second on one core.
pub const MOST_WORK: usize = 10_000_000;

/// A move that one actor can make alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Who moves: a place among the actors.
    pub actor: usize,
    /// From which state.
    pub from: usize,
    /// To which other state.
    pub to: usize,
}

/// A conflict: who can move where, and who likes what better.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    actors: Vec<String>,
    states: Vec<String>,
    /// `moves[actor][state]`: where it can go from there, rising.
    moves: Vec<Vec<Vec<u32>>>,
    /// `ranks[actor][state]`: the higher, the better; equal is a tie.
    ranks: Vec<Vec<i64>>,
}

/// Why something is no graph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAGraph {
    /// There is no actor or no state.
    #[error("it has no {0}")]
    Empty(&'static str),
    /// There are too many states or moves.
    #[error("it has {found} {what}, and {most} are taken at most")]
    TooLarge {
        /// States, or moves times the square of the actors.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many are taken.
        most: usize,
    },
    /// A preference does not rank every state.
    #[error("the preference of `{actor}` ranks {found} states, and there are {states}")]
    Unranked {
        /// Whose.
        actor: String,
        /// How many it ranks.
        found: usize,
        /// How many there are.
        states: usize,
    },
}

impl Conflict {
    /// A graph of named actors and states. `ranks[actor][state]` is the higher, the better it is liked. Moves that lead nowhere
    /// are left out; one that is named twice counts once.
    ///
    /// # Errors
    /// [`NotAGraph`].
    ///
    /// # Panics
    /// A move names an actor or a state that is not there.
    pub fn new(
        actors: Vec<String>,
        states: Vec<String>,
        moves: impl IntoIterator<Item = Move>,
        ranks: Vec<Vec<i64>>,
    ) -> Result<Self, NotAGraph> {
        if actors.is_empty() || states.is_empty() {
            return Err(NotAGraph::Empty(if actors.is_empty() { "actor" } else { "state" }));
        }
        if states.len() > MOST_STATES {
            return Err(NotAGraph::TooLarge { what: "states", found: states.len(), most: MOST_STATES });
        }
        let wrong = actors.iter().zip(ranks.iter().map(Vec::len).chain(std::iter::repeat(0)));
        if let Some((actor, found)) = wrong.into_iter().find(|(_, found)| *found != states.len()) {
            return Err(NotAGraph::Unranked { actor: actor.clone(), found, states: states.len() });
        }
        let mut all = vec![vec![Vec::new(); states.len()]; actors.len()];
        let (mut work, each) = (0, actors.len() * actors.len());
        for m in moves.into_iter().filter(|m| m.from != m.to) {
            all[m.actor][m.from].push(m.to as u32);
            work += each;
            if work > MOST_WORK {
                let what = "moves, times the square of its actors, or more";
                return Err(NotAGraph::TooLarge { what, found: work, most: MOST_WORK });
            }
        }
        all.iter_mut().flatten().for_each(|to| {
            to.sort_unstable();
            to.dedup();
        });
        Ok(Self { actors, states, moves: all, ranks })
    }

    /// The same states and moves, liked otherwise: `ranks[actor][state]`.
    ///
    /// # Panics
    /// There are not as many ranks as before.
    pub fn rank_anew(&mut self, ranks: Vec<Vec<i64>>) {
        let alike = ranks.len() == self.ranks.len() && ranks.iter().all(|of| of.len() == self.states.len());
        assert!(alike, "every actor ranks every state");
        self.ranks = ranks;
    }

    /// The names of the actors.
    pub fn actors(&self) -> &[String] {
        &self.actors
    }

    /// The names of the states.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// Where an actor can go from a state, rising.
    pub fn moves(&self, actor: usize, from: usize) -> impl Iterator<Item = usize> + '_ {
        self.moves[actor][from].iter().map(|to| *to as usize)
    }

    /// Its improvements from there: moves to states that it likes strictly better.
    pub fn improvements(&self, actor: usize, from: usize) -> impl Iterator<Item = usize> + '_ {
        self.moves(actor, from).filter(move |to| self.rank(actor, *to) > self.rank(actor, from))
    }

    /// How well an actor likes a state: the higher, the better.
    pub fn rank(&self, actor: usize, state: usize) -> i64 {
        self.ranks[actor][state]
    }

    /// Every move, by actor, then by where it begins.
    pub fn all_moves(&self) -> impl Iterator<Item = Move> + '_ {
        (0..self.actors.len())
            .cartesian_product(0..self.states.len())
            .flat_map(|(actor, from)| self.moves(actor, from).map(move |to| Move { actor, from, to }))
    }

    /// A shortest way from one state to another by moves of single actors, nobody twice running; only improvements of whoever
    /// moves if `improving`, none of `without`. Empty where both are one; `None` where there is none.
    pub fn way(
        &self,
        from: usize,
        to: impl Fn(usize) -> bool,
        without: Option<usize>,
        improving: bool,
    ) -> Option<Vec<Move>> {
        if to(from) {
            return Some(Vec::new());
        }
        let nobody = self.actors.len();
        let width = nobody + 1;
        // (state, who moved last), by breadth first.
        let mut came: Vec<Option<(usize, Move)>> = vec![None; self.states.len() * width];
        let mut open = std::collections::VecDeque::from([from * width + nobody]);
        while let Some(node) = open.pop_front() {
            let (state, last) = (node / width, node % width);
            for actor in (0..nobody).filter(|actor| *actor != last && Some(*actor) != without) {
                for next in self.moves(actor, state) {
                    let there = next * width + actor;
                    let better = !improving || self.rank(actor, next) > self.rank(actor, state);
                    if !better || came[there].is_some() {
                        continue;
                    }
                    came[there] = Some((node, Move { actor, from: state, to: next }));
                    if to(next) {
                        return Some(back(&came, there));
                    }
                    open.push_back(there);
                }
            }
        }
        None
    }
}

/// The moves that led to a node, first to last; the node at which all began has none before it, and is not met again.
fn back(came: &[Option<(usize, Move)>], node: usize) -> Vec<Move> {
    let mut way = Vec::new();
    let mut at = node;
    while let Some((before, step)) = came[at] {
        way.push(step);
        at = before;
    }
    way.reverse();
    way
}
