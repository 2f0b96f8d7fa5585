//! One package judged: what each side can say for it at home, what it is charged with, and the numbers behind.

mod account;
mod data;
mod page;

pub use account::{Account, Grant, Judgement, Line, Signature};
pub use data::summary;
pub use page::page;
