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

pub use audit::{Assumption, Audit, AuditSettings, Together, audit, audit_evaluations};
pub use elementary::{Elementary, HalfMeans, STEP, WalkStep, Walks, elementary};
pub use factor::{Grouping, UncertainInput};
pub use held::{Held, ShareShift, Stretch};
pub use indices::{Decomposition, Indices, TwoSets, decompose};
pub use model::Measure;
pub use randomised::Estimated;
pub use study::{GroupKind, InputGroup, Own, Study, StudySettings, evaluations, study};
