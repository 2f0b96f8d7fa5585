//! What must hold in the talks: `while`.

use super::super::format::{Entry, Node, Value};
use super::super::keys::{self, Ref};
use super::super::reader::{Reader, Table};
use crate::model::{ActorId, Circumstance, InputId, StateId};

/// The `while` of a table: `"conflict"`, or a table of what must hold. Without it, always.
pub(in super::super) fn during(reader: &mut Reader, table: &Table) -> Circumstance {
    let Some(entry) = table.get("while") else { return Circumstance::default() };
    match &entry.node.value {
        Value::Text(word) if word == "conflict" => Circumstance { conflict: Some(true), ..Circumstance::default() },
        Value::Table(_) => circumstance(reader, table, entry),
        _ => {
            reader.wrong_type("while", &entry.node, "\"conflict\", or a table such as { conflict = true }");
            Circumstance::default()
        }
    }
}

fn circumstance(reader: &mut Reader, owner: &Table, entry: &Entry) -> Circumstance {
    let table = reader.open(&keys::talks::WHILE, entry, format!("{}.while", owner.path), &owner.numbers);
    let bounds = |reader: &mut Reader, key: &str| -> Vec<(StateId, InputId)> {
        reader.map(&table, key).into_iter().map(|(state, bound)| (StateId(state), bound)).collect()
    };
    Circumstance {
        conflict: reader.flag(&table, "conflict"),
        rounds: table.get("rounds").and_then(|e| rounds(reader, &e.node)),
        over: bounds(reader, "over"),
        under: bounds(reader, "under"),
        after_success: reader.find_key(Ref::Actor, &table, "after_success").map(ActorId),
        pressed: reader.find_key(Ref::Party, &table, "pressed").map(ActorId),
        deadline_within: reader.whole(&table, "deadline_within"),
    }
}

/// A round, or the first and the last of several.
fn rounds(reader: &mut Reader, node: &Node) -> Option<(u32, u32)> {
    let ends = match &node.value {
        Value::List(list) if list.len() == 2 => {
            (reader.whole_node(&list[0], "rounds")?, reader.whole_node(&list[1], "rounds")?)
        }
        Value::Number(_) => {
            let only = reader.whole_node(node, "rounds")?;
            (only, only)
        }
        _ => {
            reader.wrong_type("rounds", node, "a round, or [first, last]");
            return None;
        }
    };
    if ends.0 > ends.1 {
        reader.error(format!("`rounds` goes from {} back to {}", ends.0, ends.1), &node.span).push();
        return None;
    }
    Some(ends)
}
