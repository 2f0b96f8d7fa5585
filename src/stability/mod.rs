//! Would it hold: conflicts as graphs of states and moves, and which states nobody would leave.
//!
//! The graph model of conflict (Fang, Hipel and Kilgour 1993). Actors `1 … n`, states, for each actor the moves that it can make
//! alone, and a preference over states, ties among them. An *improvement* is a move of one's own to a state that one likes
//! strictly better. Whether an actor would stay in a state `s` depends on what it expects of the others:
//!
//! ```text
//! Nash   it has no improvement from s
//! GMR    every improvement has a sanction: by some legal sequence of moves the others can take the conflict from there to a
//!        state that the actor does not like strictly better than s                                        (Howard 1971)
//! SMR    the same, and from that state no move of its own leads to one that it likes strictly better than s
//! SEQ    the same as GMR, where the others move only if the move is an improvement for whoever makes it    (Fraser and Hipel 1979)
//! ```
//!
//! In a legal sequence nobody moves twice running, and the actor whose stability is asked about does not move at all. A state
//! that is stable for everybody is an *equilibrium*. Always Nash ⊆ SMR ⊆ GMR and Nash ⊆ SEQ ⊆ GMR. With two actors a sequence
//! is one move.
//!
//! [`Conflict`] is a graph, [`analyse`] says of every state, actor and concept whether the actor would stay, [`Settlements`] makes the
//! graph of the settlements of a scenario, and [`crate::import::conflict`] reads those that others drew. Sources: Fang, Hipel and Kilgour (1993);
//! Howard (1971); Fraser and Hipel (1979).

mod analysis;
mod graph;
mod questions;
mod settlement;

pub use analysis::{Concept, Sanction, Stability, analyse};
pub use graph::{Conflict, Move, NotAGraph};
pub use questions::{HeldOften, Lever, blockers, levers, over_worlds};
pub use settlement::{MOST_SITUATIONS, Settlements, Situation, Step};
