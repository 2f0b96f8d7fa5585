//! How long a deal holds.

use super::{Opened, Reader, error};
use crate::model::{Counted, Durability, HazardFactor};

/// What a file says of how long deals hold.
pub fn read(reader: &mut Reader, table: &Opened) -> Durability {
    Durability {
        hazard: reader.number(table, "hazard", 0.0),
        shape: reader.number(table, "shape", 1.0),
        factors: reader.read_each(table, "factors", factor),
    }
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
