//! A game in progress: who sits where, what was decided, what is asked; replay, and what if; and what is left of it.
//!
//! A game is its start and the list of decisions taken so far. Everything else (what happened, what is asked, how things
//! stand, what the policies advise) is played anew from these, in a fraction of a millisecond, and is the same every time.
//!
//! | item | what it is |
//! |---|---|
//! | [`Start`] | who sits where, what is known of the others, and in which world |
//! | [`Session`] | the game: what happened, what is asked, what would come |
//! | [`Saved`] | the same as a text that can be read, kept and sent |
//! | [`Code`] | the result of a pair, in twenty letters and digits |
//! | [`Listed`] | the codes of a class, read from any text |
//! | [`Fingerprint`] | what tells the model of one scenario from that of another |
//! | [`debrief`] | what the pairs of a class agreed, in the modal world |

mod bets;
pub mod code;
pub mod debrief;
mod fingerprint;
mod game;
mod saved;

pub use bets::bets;
pub use code::{BET_STEP, BadCode, Code, Listed, Misread, NoCode};
pub use debrief::{Better, Deal, Debrief, Pair};
pub use fingerprint::Fingerprint;
pub use game::{Session, Start};
pub use saved::{MOST_BYTES, Saved, intent, read, seat, understood, written};
