//! How long a deal holds.

use super::{Opened, Reader, Ref, error};
use crate::model::{Counted, Durability, HazardFactor, Power, State, StateId};

/// What a file says of how long deals hold.
pub fn read(reader: &mut Reader, table: &Opened, states: &[State]) -> Durability {
    Durability {
        hazard: reader.number(table, "hazard", 0.0),
        shape: reader.number(table, "shape", 1.0),
        power: reader.inner(table, "power").and_then(|table| power(reader, &table, states)),
        factors: reader.read_each(table, "factors", factor),
    }
}

fn power(reader: &mut Reader, table: &Opened, states: &[State]) -> Option<Power> {
    let (discount, destroyed) = (reader.number(table, "discount", 0.95), reader.number(table, "destroyed", 0.0));
    let drift = reader.written(table, "drift");
    let state = reader.find_key(Ref::State, table, "state").map(StateId)?;
    let it = states.get(state.0)?;
    if it.min.is_none() || it.max.is_none() {
        let found = format!("state `{}` has no bounds between which power could shift", it.id);
        let span = table.get("state").map_or(table.span.clone(), |e| e.node.span.clone());
        error(found, &span).hint("give the state `min` and `max`").push(reader);
    }
    Some(Power { state, drift, discount, destroyed })
}

fn factor(reader: &mut Reader, table: &Opened) -> HazardFactor {
    let counts = counts(reader, table);
    let foreseen = reader.flag(table, "foreseen");
    if let Some(entry) = table.get("foreseen").filter(|_| foreseen == Some(true) && !counts.is_of_terms()) {
        let found = format!("nobody can foresee factor `{}`", table.id);
        error(found, &entry.node.span).hint("only what hangs on terms alone can be foreseen").push(reader);
    }
    HazardFactor {
        id: table.id.clone(),
        name: reader.name(table),
        foreseen: foreseen.unwrap_or(true) && counts.is_of_terms(),
        counts,
        log_hazard: reader.number(table, "log_hazard", 0.0),
    }
}

/// What a factor counts: terms, or a word of the closed list.
fn counts(reader: &mut Reader, table: &Opened) -> Counted {
    let clause = reader.clause(table);
    match reader.either(table, ["when", "counts"], &format!("factor `{}`", table.id)) {
        Some(entry) if entry.key == "counts" => {
            let found = |key: &str| format!("`{key}` stands beside `counts`");
            reader.refuse(table, &["unless"], found, "it lifts terms; use `when`");
            reader.word(&entry.node, "counts", &Counted::WORDS).unwrap_or(Counted::When(clause))
        }
        _ => Counted::When(clause),
    }
}
