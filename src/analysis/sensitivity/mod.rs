//! Which inputs does the answer hang on, and how much of its variance does each make?

mod bootstrap;
mod elementary;
mod factor;
mod indices;
mod model;
mod plans;
mod study;

pub use elementary::{Elementary, Halves, STEP, Step, Walk, Walks, elementary};
pub use factor::{Factor, Grouping};
pub use indices::{Decomposition, Index, Indices, Rows, decompose};
pub use model::Outcome;
pub use study::{Group, GroupKind, Own, Study, StudyError, StudySettings, evaluations, study};
