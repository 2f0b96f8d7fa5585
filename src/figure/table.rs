//! The table behind a picture, written from its data whatever kind it is.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::picture::Picture;
use crate::text::sheet::csv;

/// Cells by the names of their columns, in the order in which they were met.
type NamedCells = Vec<(String, String)>;

impl Picture {
    /// Its name, title and description, and the data with which it can be drawn elsewhere.
    pub fn json(&self) -> Value {
        json!({ "name": self.name, "title": self.title, "description": self.description, "data": self.data })
    }

    /// All that is drawn as CSV: a row for each entry of the innermost lists, with what they are part of.
    ///
    /// The first column, `part`, says which list of the data a row belongs to; the others are named by the fields of the
    /// data, those within fields joined by points. Fields that a part lacks are empty. The words around the picture are
    /// left out.
    pub fn table(&self) -> String {
        table(&self.data)
    }
}

fn table(data: &Value) -> String {
    let mut rows = Vec::new();
    for (part, value) in data.as_object().into_iter().flatten().filter(|(part, _)| *part != "caption") {
        entries(value, "", &vec![("part".to_owned(), part.clone())], &mut rows);
    }
    written(&rows)
}

/// The rows of a value under the cells of all that it is part of.
fn entries(value: &Value, name: &str, above: &NamedCells, rows: &mut Vec<NamedCells>) {
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(place, entry)| {
            let place = (joined(name, "place"), (place + 1).to_string());
            entry_of(entry, name, &[above.as_slice(), &[place]].concat(), rows);
        }),
        one => entry_of(one, name, above, rows),
    }
}

/// One entry: its own cells, and a row for each entry of the lists within it.
fn entry_of(entry: &Value, name: &str, above: &NamedCells, rows: &mut Vec<NamedCells>) {
    let (mut own, mut within) = (above.clone(), Vec::new());
    spread(entry, name, &mut own, &mut within);
    let before = rows.len();
    within.into_iter().for_each(|(name, list)| entries(list, &name, &own, rows));
    if rows.len() == before && own.len() > above.len() {
        rows.push(own);
    }
}

/// Puts plain values, and short lists of them, into cells, and sets lists of anything else apart.
fn spread<'a>(value: &'a Value, name: &str, cells: &mut NamedCells, lists: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(field, value)| spread(value, &joined(name, field), cells, lists));
        }
        Value::Array(list) if list.iter().any(|entry| entry.is_object() || entry.is_array()) && !is_plain(list) => {
            lists.push((name.to_owned(), value));
        }
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.for_each(|(at, value)| spread(value, &joined(name, &(at + 1).to_string()), cells, lists));
        }
        plain => cells.push((if name.is_empty() { "value".to_owned() } else { name.to_owned() }, word(plain))),
    }
}

/// Whether a list is a value with a few parts, such as a number with its interval.
fn is_plain(list: &[Value]) -> bool {
    list.len() < 4 && list.iter().all(|entry| !entry.is_object()) && list.first().is_some_and(|first| !first.is_array())
}

fn joined(name: &str, field: &str) -> String {
    if name.is_empty() { field.to_owned() } else { format!("{name}.{field}") }
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Rows of cells under the names of all their columns; of a name met twice in a row, the last cell.
fn written(rows: &[NamedCells]) -> String {
    let head: Vec<&String> = rows.iter().flatten().map(|(name, _)| name).unique().collect();
    let row = |cells: &NamedCells| -> Vec<String> {
        let cell = |name| cells.iter().rev().find(|(of, _)| of == name).map(|(_, words)| words.clone());
        head.iter().map(|name| cell(*name).unwrap_or_default()).collect()
    };
    csv(&head, &rows.iter().map(row).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_picture_is_in_its_table() {
        let data = json!({
            "caption": { "title": "left out" },
            "axis": "points",
            "rows": [{ "name": "a", "share": { "estimate": 0.5, "low": 0.4 } }, { "name": "b", "share": null }],
            "panels": [{ "name": "p", "points": [{ "x": 1, "y": [2.5, 3] }, { "x": 4, "y": [5, 6] }] }],
        });
        let expected = "part,value,place,name,points.place,points.x,points.y.1,points.y.2,share.estimate,share.low,share\n\
                        axis,points,,,,,,,,,\n\
                        panels,,1,p,1,1,2.5,3,,,\n\
                        panels,,1,p,2,4,5,6,,,\n\
                        rows,,1,a,,,,,0.5,0.4,\n\
                        rows,,2,b,,,,,,,\n";
        assert_eq!(table(&data), expected);
    }
}
