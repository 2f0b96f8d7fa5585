//! The exact answer for one world: a page and JSON.

mod data;
mod miss;
mod named;
mod page;
mod screen;
mod vetoes;

pub use data::{json, package};
pub use page::{Show, page, shown};
pub use screen::screen;
