//! The table behind a picture, written from its data whatever kind it is.

use serde_json::{Value, json};

use super::picture::Picture;
use crate::text::sheet::csv;

/// The heads of the table behind every picture.
pub const HEADS: [&str; 6] = ["part", "item", "field", "path", "number", "text"];

impl Picture {
    /// Its name, title and description, and the data with which it can be drawn elsewhere.
    pub fn json(&self) -> Value {
        json!({ "name": self.name, "title": self.title, "description": self.description, "data": self.data })
    }

    /// All that is drawn as CSV, one value a row, in the same columns for every picture.
    ///
    /// `part` is the field of the data that a value belongs to, `item` its place in the list that this field is (from 1, empty
    /// where it is none), `field` the names of the fields within, joined by points; `path` says all of that with every place.
    /// The value stands under `number` or `text`; fields without a value, and the words around the picture, are left out.
    pub fn table(&self) -> String {
        csv(&HEADS, &rows(&self.data))
    }
}

fn rows(data: &Value) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (part, value) in data.as_object().into_iter().flatten().filter(|(part, _)| *part != "caption") {
        match value {
            Value::Array(list) => list.iter().enumerate().for_each(|(at, entry)| {
                let item = (at + 1).to_string();
                let at = Place { part, item: item.clone(), field: String::new(), path: format!("{part}.{item}") };
                at.spread(entry, &mut rows);
            }),
            one => Place { part, item: String::new(), field: String::new(), path: part.clone() }.spread(one, &mut rows),
        }
    }
    rows
}

/// Where a value of the data stands.
#[derive(Clone)]
struct Place<'a> {
    part: &'a str,
    item: String,
    field: String,
    path: String,
}

impl Place<'_> {
    /// A row for each plain value at this place and within it.
    fn spread(&self, value: &Value, rows: &mut Vec<Vec<String>>) {
        let mut row = |number: String, text: String| {
            rows.push(vec![self.part.into(), self.item.clone(), self.field.clone(), self.path.clone(), number, text]);
        };
        match value {
            Value::Null => {}
            Value::Number(number) => row(number.to_string(), String::new()),
            Value::Bool(is) => row(u8::from(*is).to_string(), String::new()),
            Value::String(text) => row(String::new(), text.clone()),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| self.within(name, true).spread(value, rows));
            }
            Value::Array(list) => {
                let each = list.iter().enumerate();
                each.for_each(|(at, value)| self.within(&(at + 1).to_string(), false).spread(value, rows));
            }
        }
    }

    /// One step further in: to a field, or to a place in a list.
    fn within(&self, step: &str, is_field: bool) -> Self {
        let field = match (is_field, self.field.is_empty()) {
            (false, _) => self.field.clone(),
            (true, true) => step.to_owned(),
            (true, false) => format!("{}.{step}", self.field),
        };
        Self { field, path: format!("{}.{step}", self.path), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_picture_is_in_its_table() {
        let data = json!({
            "caption": { "title": "left out" },
            "axis": "points",
            "rows": [{ "name": "a", "share": { "estimate": 0.5 } }, { "name": "b", "share": null }],
            "panels": [{ "points": [{ "x": 1, "y": [2.5, 3] }] }],
        });
        let expected = "part,item,field,path,number,text\n\
                        axis,,,axis,,points\n\
                        panels,1,points.x,panels.1.points.1.x,1,\n\
                        panels,1,points.y,panels.1.points.1.y.1,2.5,\n\
                        panels,1,points.y,panels.1.points.1.y.2,3,\n\
                        rows,1,name,rows.1.name,,a\n\
                        rows,1,share.estimate,rows.1.share.estimate,0.5,\n\
                        rows,2,name,rows.2.name,,b\n";
        assert_eq!(csv(&HEADS, &rows(&data)), expected);
    }
}
