//! The exact answer for one world: a page and JSON.

mod data;
mod miss;
mod page;

pub use data::{json, package};
pub use page::page;
