//! What pictures are asked for, and how they are to look.

use serde_json::Value;

use super::held::Held;
use super::say::Asked;
use crate::ask::{Answer, Wrong};

/// Nothing, until pictures can be drawn here.
pub fn asked(asked: &mut Asked) -> Option<Vec<String>> {
    Some(asked.texts("figures"))
}

/// None.
pub fn drawn(_: &Held, _: &Answer, _: Vec<String>) -> Result<Value, Wrong> {
    Ok(Value::Null)
}
