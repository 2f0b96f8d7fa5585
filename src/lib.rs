//! winset: is there a settlement that neither side can regard as a defeat?

pub mod analysis;
pub mod engine;
pub mod model;
pub mod num;
pub mod report;
pub mod scenario;
pub mod space;
