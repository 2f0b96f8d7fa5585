//! Who chooses: the game over intents, on what runs of the talks pay.
//!
//! What a side wants is the same in every row of the table; what it plays is an intent, held for whole runs. Each cell is
//! the mean payoff of a profile of intents over the worlds of one account, all cells on common luck (Law (2015)), so that it has an
//! error, and what is in equilibrium is said with one. Accounts and wants are never pooled.

mod account;
mod arena;
mod break_even;
mod by_game;
mod cells;
mod erring;
mod errors;
mod explore;
mod hold;
mod line;
mod players;
mod policies;
mod sample;
mod supports;

pub use account::{Asked, Block, OfAccount, Sought, Turn, blocks, choose};
pub use arena::FEWEST_EXPLORED;
pub use break_even::{BreakEven, Crossing, GRID, Point, break_even};
pub use by_game::played_by_the_game;
pub use cells::{Cells, Counted, cells};
pub use erring::{ERRS_BY, Erring, NOW_AND_THEN, erring, errs_until, sides};
pub use errors::Errors;
pub use explore::{Explored, Plan, Regretted, Rest, Start, explore};
pub use hold::{Cell, Held, hold, map};
pub use line::{Crosses, Line, drawn_range, lines};
pub use players::{Player, Players, Type, emptied};
pub use policies::{Family, POLICIES, Policy, Slot, Values};
pub use sample::{Difference, Sample};
pub use supports::{Dominated, Regret, Settled, Supported, settle};
