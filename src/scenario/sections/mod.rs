//! One file for each kind of section: from tables to the types of the model.

pub mod accounts;
pub mod beliefs;
pub mod conduct;
pub mod directions;
pub mod durability;
pub mod intents;
pub mod options;
pub mod packages;
pub mod people;
mod shifts;
pub mod states;
pub mod talks;
pub mod views;
pub mod wants;

use super::{
    Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, Span, Spec, Value, error, keys, law, lines, names, numerals, shown,
    values, warning,
};
