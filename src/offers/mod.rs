//! Alternating offers by rule: two or more parties, each with a tactic, put packages to each other until one is agreed or
//! the rounds are over.
//!
//! ```text
//! round k = 0 … N−1,  time t = (k+1)/(N+1) for every turn of the round,  turns in a fixed order
//! a standing offer that is worth at least its threshold to whoever is asked: accepted; else replaced by another
//! agreed once all others have accepted since it was made
//! ```
//!
//! Nobody at home is asked, nothing is drawn but luck among equals: what tactics come to on the leaderships' utilities of
//! one world. Sources: Aydoğan et al. (2017) for the protocol, Faratin et al. (1998) for the tactics.
//!
//! | item | what it is |
//! |---|---|
//! | [`Ground`], [`Side`] | what every package is worth to each party in one world, in order of worth |
//! | [`Tactic`] | how a party concedes |
//! | [`Rules`] | rounds, and tolerances |
//! | [`Table`] | parties with their tactics in a fixed order: plays sessions |
//! | [`repeat()`] | many sessions with lots drawn for who begins and for which of equals is offered |
//! | [`Tournament`] | all tactics against all, over several grounds |

mod adaptive;
mod course;
mod ground;
mod last;
mod repeat;
mod table;
mod tactic;
mod tournament;

pub use course::{Clock, Course, Rules, Step};
pub use ground::{Ground, OUT, Side};
pub use repeat::{Repeated, repeat};
pub use table::{Agreed, End, Offer, Session, Table};
pub use tactic::{Family, Tactic};
pub use tournament::{Entry, Field, Mean, Score, Tournament, sessions_of};
