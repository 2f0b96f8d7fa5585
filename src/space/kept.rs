//! What of a compiled deal space depends on no number: compiled once, it serves however often numbers change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Gate, State, WorldTables};
use crate::model::{Package, QuantileTables};

/// Tables of quantiles that are kept at most: some megabytes.
const MOST_TABLES: usize = 1_024;

/// Gates that are kept at most, one for each way in which options are granted.
const MOST_GATES: usize = 256;

/// What compilations of one negotiation share where nothing but its numbers, and which variants are on, was changed between
/// them. One that lacks claims or modifiers is another negotiation, with something kept of its own.
#[derive(Debug, Default)]
pub struct Kept {
    states: Mutex<BTreeMap<Form, Arc<State>>>,
    /// By who looks ahead, since the layout hangs on it, and by which options are granted.
    gates: Mutex<BTreeMap<Vec<bool>, Gates>>,
    tables: Mutex<QuantileTables>,
    /// What did well for the last numbers.
    did_well: Mutex<Option<Arc<DidWell>>>,
}

/// Packages that did well, and by what that was judged.
#[derive(Debug)]
pub struct DidWell {
    /// The packages.
    pub packages: Vec<Package>,
    /// The space, who judged it and from which line on, in units, and the span by which slacks were measured: places in memory
    /// that is kept as long as this is, and bits.
    pub judged: Vec<(usize, i32, u64)>,
    /// The scores.
    pub tables: WorldTables,
}

type Gates = BTreeMap<Vec<bool>, Arc<Gate>>;

/// All of numbers on which the form of a compiled space hangs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// Decimal places of the scale.
    pub digits: i32,
    /// Which leaderships may look ahead.
    pub ahead: Vec<bool>,
    /// The state of the secrets.
    pub secrets: usize,
}

const WHY: &str = "nothing panics while it holds what is kept";

impl Kept {
    /// The state of a form, which `make` makes if none was yet.
    pub(super) fn state<E>(&self, form: Form, make: impl FnOnce() -> Result<State, E>) -> Result<Arc<State>, E> {
        if let Some(state) = self.states.lock().expect(WHY).get(&form) {
            return Ok(Arc::clone(state));
        }
        // Another thread may make the same at the same time: they are alike, and the first is kept.
        let made = Arc::new(make()?);
        Ok(Arc::clone(self.states.lock().expect(WHY).entry(form).or_insert(made)))
    }

    /// The gate of the options that are granted, which `make` makes if none was yet.
    pub(super) fn gate(&self, ahead: &[bool], granted: Vec<bool>, make: impl FnOnce() -> Gate) -> Arc<Gate> {
        if let Some(gate) = self.gates.lock().expect(WHY).get(ahead).and_then(|gates| gates.get(&granted)) {
            return Arc::clone(gate);
        }
        let gate = Arc::new(make());
        let mut all = self.gates.lock().expect(WHY);
        let gates = all.entry(ahead.to_vec()).or_default();
        if gates.len() < MOST_GATES {
            gates.insert(granted, Arc::clone(&gate));
        }
        gate
    }

    /// The tables of quantiles made so far.
    ///
    /// # Panics
    /// Never: nothing panics while it holds what is kept.
    pub fn tables(&self) -> QuantileTables {
        self.tables.lock().expect(WHY).clone()
    }

    /// Keeps tables of quantiles, unless they have become too many.
    ///
    /// # Panics
    /// As [`tables`](Self::tables).
    pub fn keep(&self, tables: QuantileTables) {
        if tables.len() <= MOST_TABLES {
            *self.tables.lock().expect(WHY) = tables;
        }
    }

    /// What did well for the last numbers; whether it still does is to be seen.
    ///
    /// # Panics
    /// As [`tables`](Self::tables).
    pub fn did_well(&self) -> Option<Arc<DidWell>> {
        self.did_well.lock().expect(WHY).clone()
    }

    /// Keeps what does well.
    ///
    /// # Panics
    /// As [`tables`](Self::tables).
    pub fn keep_well(&self, well: DidWell) {
        *self.did_well.lock().expect(WHY) = Some(Arc::new(well));
    }
}
