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
pub use vetoes::{awake, dormant};

use crate::model::{AudienceId, World};
use crate::space::Census;

/// The world that was looked at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The world.
    pub world: &'a World,
    /// Which it is, as `the likeliest world` or `the world of run 7`.
    pub called: &'a str,
    /// The variants that are on.
    pub variants: &'a [bool],
    /// Vetoes that do not happen in it, with their chances: see [`dormant`].
    pub dormant: &'a [(AudienceId, f64)],
    /// How many packages would be what if they did, if that was asked.
    pub if_vetoed: Option<&'a Census>,
}
