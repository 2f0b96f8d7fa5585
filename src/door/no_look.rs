//! An engine that was built without pictures.

use serde_json::Value;

use super::held::Held;
use super::say::{Asked, wrong};
use crate::ask::{Answer, Wrong};
use crate::scenario::Finding;
use crate::session::Debrief;

/// Whether pictures are asked for.
pub fn asked(asked: &mut Asked) -> Option<bool> {
    ["theme", "width", "titles"].into_iter().for_each(|key| drop(asked.value(key)));
    Some(asked.value("figures").is_some_and(|figures| figures != Value::Bool(false) && figures != Value::Array(vec![])))
}

/// None can be drawn.
pub fn drawn(_: &Held, _: &Answer, wanted: bool) -> Result<Value, Wrong> {
    let found = "this engine was built without pictures";
    if wanted { Err(wrong(Finding::error(found).hint("ask without `figures`"))) } else { Ok(Value::Null) }
}

/// No picture of a class: this library draws none.
pub fn of_class(_: &Held, _: &Answer, _: &Debrief, _: Option<&str>) -> Result<Value, Wrong> {
    Ok(Value::Null)
}
