//! What stands at the top of every page: title, question, and the notices of the variants that are on.

use super::words::{paragraph, visible};
use crate::model::Negotiation;

/// What a reader of any result must be told while the variants `on[variant]` are on.
#[must_use]
pub fn notices(n: &Negotiation, on: &[bool]) -> Vec<String> {
    let on = n.variants.iter().zip(on).filter(|(_, on)| **on);
    on.filter_map(|(v, _)| Some(format!("Variant `{}` is on: {}", v.id, visible(v.notice.as_ref()?)))).collect()
}

/// Title, question and notices.
#[must_use]
pub fn head(n: &Negotiation, on: &[bool]) -> String {
    paragraph(&visible(&n.title)) + &paragraph(&visible(&n.question)) + &told(n, on)
}

/// The notices, each a paragraph.
#[must_use]
pub fn told(n: &Negotiation, on: &[bool]) -> String {
    notices(n, on).iter().map(|notice| paragraph(notice)).collect()
}
