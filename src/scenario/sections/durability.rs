//! How long a deal holds.

use super::super::keys::durability::{COUNTS, DURABILITY, POWER};
use super::super::keys::{self, Ref};
use super::super::names::IdKind;
use super::super::reader::{MOST_ENTRIES, Reader, Table};
use crate::model::{Counts, Durability, Factor, Power, State, StateId};

/// What a file says of how long deals hold.
pub(in super::super) fn read(reader: &mut Reader, top: &Table, states: &[State]) -> Option<Durability> {
    let entry = top.get("durability")?;
    let table = reader.open(&DURABILITY, entry, "durability".to_owned(), &top.numbers);
    let hazard = reader.number(&table, "hazard", 0.0);
    let foresight_years = reader.number(&table, "foresight_years", 2.0);
    let power = power(reader, &table, states);
    let factors = reader.each(&table, "factors", MOST_ENTRIES, IdKind::Other);
    let factors = factors.iter().map(|table| factor(reader, table)).collect();
    Some(Durability { hazard, foresight_years, power, factors })
}

fn power(reader: &mut Reader, owner: &Table, states: &[State]) -> Option<Power> {
    let entry = owner.get("power")?;
    let table = reader.open(&POWER, entry, format!("{}.power", owner.path), &owner.numbers);
    reader.text(&table, "source");
    let (discount, destroyed) = (reader.number(&table, "discount", 0.95), reader.number(&table, "destroyed", 0.0));
    let drift = reader.written(&table, "drift");
    let state = reader.find_key(Ref::State, &table, "state").map(StateId)?;
    let it = states.get(state.0)?;
    if it.min.is_none() || it.max.is_none() {
        let found = format!("state `{}` has no bounds between which power could shift", it.id);
        let span = table.get("state").map_or(table.span.clone(), |e| e.node.span.clone());
        reader.error(found, &span).hint("give the state `min` and `max`").push();
    }
    Some(Power { state, drift, discount, destroyed })
}

fn factor(reader: &mut Reader, table: &Table) -> Factor {
    let counts = counts(reader, table);
    let foreseen = reader.flag(table, "foreseen");
    if let Some(entry) = table.get("foreseen").filter(|_| foreseen == Some(true) && !counts.is_of_terms()) {
        let found = format!("nobody can foresee factor `{}`", table.id);
        reader.error(found, &entry.node.span).hint("only what hangs on terms alone can be foreseen").push();
    }
    Factor {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        foreseen: foreseen.unwrap_or(true) && counts.is_of_terms(),
        counts,
        log_hazard: reader.number(table, "log_hazard", 0.0),
        source: reader.text(table, "source"),
    }
}

/// What a factor counts: terms, or a word of the closed list.
fn counts(reader: &mut Reader, table: &Table) -> Counts {
    let clause = reader.clause(table);
    match (table.get("when"), table.get("counts")) {
        (Some(_), None) => return Counts::When(clause),
        (None, Some(entry)) => {
            if let Some(unless) = table.get("unless") {
                let found = "`unless` stands beside `counts`".to_owned();
                reader.error(found, &unless.span).hint("it lifts terms; use `when`").push();
            }
            if let Some(place) = reader.word(&entry.node, "counts", COUNTS) {
                return COUNTED[place].clone();
            }
        }
        (when, _) => {
            let many = if when.is_some() { "both `when` and `counts`" } else { "neither `when` nor `counts`" };
            let found = format!("factor `{}` has {many}", table.id);
            reader.error(found, &table.span).label("expected exactly one").push();
        }
    }
    Counts::When(clause)
}

/// In the order of [`keys::durability::COUNTS`].
const COUNTED: [Counts; 7] = [
    Counts::Temporary,
    Counts::Informal,
    Counts::NonCompliance,
    Counts::Pressed,
    Counts::PowerShift,
    Counts::Defeat,
    Counts::Turn,
];

const _: () = assert!(COUNTED.len() == keys::durability::COUNTS.len());
