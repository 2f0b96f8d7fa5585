//! Worlds and runs: chance, and the parallel loop.

mod batch;
mod drawing;
mod look;
mod packed;
pub mod points;
mod stream;
pub mod talks;
mod world;

pub(crate) use batch::adds_up;
pub use batch::{BLOCK, Tally, ThreadsError, hand_out, machine_threads, tally, tally_on};
pub use drawing::{CannotRun, Drawing};
pub use look::{Arm, Fares, Look, OfWorld, Posed, Wants};
pub(crate) use packed::packs;
pub use packed::{Packed, Packer, Unpacker};
pub use stream::{Luck, Streams};
pub use world::{Accounts, Drawn, Draws, Pin, Uniforms};
