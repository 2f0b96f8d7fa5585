//! All packages of one world, exactly.

pub mod count;
pub mod frontier;
pub mod solution;
