//! Objects of JSON from names and values.

use serde_json::{Map, Value};

/// Names and values as one object; of two with the same name the later stands.
pub(super) trait Object: Iterator<Item = (String, Value)> + Sized {
    /// The object. It grows name by name: collected, the map would bring a sort of its own for each place that makes one.
    fn object(self) -> Value {
        let mut object = Map::new();
        self.for_each(|(name, value)| {
            object.insert(name, value);
        });
        Value::Object(object)
    }
}

impl<I: Iterator<Item = (String, Value)>> Object for I {}
