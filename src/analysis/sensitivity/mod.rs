//! Which inputs does the answer hang on, and how much of its variance does each make?

mod audit;
mod elementary;
mod factor;
mod held;
mod indices;
mod model;
mod plans;
mod randomised;
mod study;

pub use audit::{Audit, AuditSettings, Entry, audit, audit_evaluations};
pub use elementary::{Elementary, Halves, STEP, Step, Walk, Walks, elementary};
pub use factor::{Factor, Grouping};
pub use held::{Held, Shift, Stretch};
pub use indices::{Decomposition, Index, Indices, Rows, decompose};
pub use model::Outcome;
pub use study::{Group, GroupKind, Own, Study, StudySettings, evaluations, study};
