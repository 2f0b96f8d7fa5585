//! Which inputs does the answer hang on, and how much of its variance does each make?

mod bootstrap;
mod elementary;
mod indices;

pub use elementary::{Elementary, Halves, STEP, Step, Walk, Walks, elementary};
pub use indices::{Decomposition, Index, Indices, Rows, decompose};
