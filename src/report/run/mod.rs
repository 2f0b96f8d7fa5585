//! What many worlds say: the page, the JSON, the CSV sheets.

mod anchors;
mod answer;
mod data;
mod hangs;
mod manifest;
mod next;
mod packages;
mod page;
mod record;
mod rests;
mod screen;
mod sheets;
mod talks;

#[cfg(feature = "figures")]
pub(super) use answer::unmeasured;
pub use data::{fare, package, share, summary};
pub use manifest::{fingerprint, frame, manifest, note};
pub use next::shell;
pub use page::{Show, page, shown};
pub use record::{recorded, runs};
pub use screen::screen;
pub use sheets::sheets;
pub use talks::ending_id;

use crate::ask::Answer;

/// Notices of the variants that are on.
fn notices(a: &Answer) -> Vec<String> {
    super::head::notices(a.n(), &a.choices.settings.drawing.accounts.variants)
}
