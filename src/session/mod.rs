//! A game in progress: who sits where, what was decided, what is asked; replay, and what if.
//!
//! A game is its start and the list of decisions taken so far. Everything else (what happened, what is asked, how things
//! stand, what the policies advise) is played anew from these, in a fraction of a millisecond, and is the same every time.
//!
//! | item | what it is |
//! |---|---|
//! | [`Start`] | who sits where, what is known of the others, and in which world |
//! | [`Session`] | the game: what happened, what is asked, what would come |
//! | [`Saved`] | the same as a text that can be read, kept and sent |

mod game;
mod saved;

pub use game::{Session, Start};
pub use saved::{MOST_BYTES, Saved, fingerprint, intent, read, seat, understood, written};
