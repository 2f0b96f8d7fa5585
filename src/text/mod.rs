//! Words, numbers, tables and sheets as text. Nothing here knows a negotiation; a share is rounded here and nowhere else.
//!
//! | module | what it makes |
//! |---|---|
//! | [`base64`] | bytes as letters |
//! | [`base91`] | the same, denser, for a page |
//! | [`words`] | numbers, shares, lists and paragraphs |
//! | [`table`] | columns |
//! | [`paths`] | names for the paths of inputs |
//! | [`columns`] | how wide a text is on a terminal |
//! | [`screen`] | one screen of a terminal |
//! | [`sheet`] | CSV, written and read |

pub mod base64;
pub mod base91;
pub mod columns;
pub mod paths;
pub mod screen;
pub mod sheet;
pub mod table;
pub mod words;

/// Columns of a page.
pub const WIDTH: usize = 80;
