//! A game that was played, and what is left of it.
//!
//! | item | what it is |
//! |---|---|
//! | [`Code`] | the result of a pair, in twenty letters and digits |
//! | [`Listed`] | the codes of a class, read from any text |
//! | [`Fingerprint`] | what tells the model of one scenario from that of another |
//! | [`debrief`] | what the pairs of a class agreed, in the modal world |

pub mod code;
pub mod debrief;
mod fingerprint;

pub use code::{BET_STEP, BadCode, Code, Listed, Misread, NoCode};
pub use debrief::{Better, Deal, Debrief, Pair};
pub use fingerprint::Fingerprint;
