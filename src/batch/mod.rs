//! Batches: many experiments on the same luck, and what they come to.
//!
//! ```text
//! plan  =  scenarios × variants × policies × readings  (arms)   ×   points of a design over chosen inputs
//! experiment = arm · points + point;   every experiment has the same runs, and run k the same draws in each of them
//! ```
//!
//! A [`BatchPlan`] is checked before anything runs. The work is cut into [`Unit`]s, a few experiments over a stretch of runs;
//! what a unit comes to is a [`Tally`] for each of its experiments: whole numbers, which add up to the same in any order.
//! [`Store`] keeps units on disk until all are there, whoever did them and in whatever order.

mod plan;
mod row;
mod store;
mod tally;
mod unit;
mod work;

pub use plan::{BatchPlan, Design, MOST_EXPERIMENTS, MOST_RUNS, Model, PlanArm, PointTable, Status, stem};
pub use row::{OutcomeColumns, columns, quoted};
pub use store::{
    Gate, Hurt, Kept, Store, StoreError, bases, copy_of, manifest, outcome, put, read_manifest, read_within,
    sealed_otherwise, settle, trusted, write_with,
};
pub use tally::{Tally, YEARS_BY_HALF, middle};
pub use unit::{Shard, Span, Unit, units};
pub use work::{Bench, Done, Spaces, Workshop};
