//! What many worlds say: the page, the JSON, the CSV sheets.

pub(super) mod accounts;
mod anchors;
mod answer;
mod data;
mod hangs;
mod manifest;
mod next;
mod packages;
mod page;
mod rests;
mod screen;
mod sheets;
mod talks;

pub use answer::sentence;
#[cfg(feature = "figures")]
pub(super) use answer::unmeasured;
pub use data::{fare, package, share, summary};
pub use manifest::{fingerprint, frame, manifest, note};
pub use next::shell;
pub use packages::readings;
pub use page::{Show, page, shown};
pub use screen::{screen, verdict};
pub use sheets::{recorded, runs, sheets};

use crate::ask::Answer;
use crate::model::{Negotiation, Package};

/// Notices of the variants that are on.
pub fn notices(a: &Answer) -> Vec<String> {
    super::head::notices(a.n(), &a.choices.settings.drawing.accounts.variants)
}

/// Whether a package is the one that the scenario marks as the bare minimum.
fn is_bare_minimum(n: &Negotiation, package: &Package) -> bool {
    n.bare_minimum().is_some_and(|bare| bare.package == *package)
}
