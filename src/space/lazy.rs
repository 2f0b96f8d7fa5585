//! Tables that are filled when somebody first asks for them.

use std::sync::{Mutex, OnceLock};

use super::Tables;

/// Tables of one score that are filled when first asked for; their memory is used again from world to world.
#[derive(Debug, Default)]
pub struct LazyTables {
    filled: OnceLock<Tables>,
    /// The memory of those of an earlier world.
    spare: Mutex<Tables>,
}

/// Why the memory can be had.
const WHY: &str = "nothing panics while it holds the memory";

impl LazyTables {
    /// Forgets what they were filled with.
    ///
    /// # Panics
    /// Never: nothing panics while it holds the memory.
    pub fn clear(&mut self) {
        if let Some(tables) = self.filled.take() {
            *self.spare.get_mut().expect(WHY) = tables;
        }
    }

    /// The tables, which `fill` fills if nobody has asked for them yet.
    ///
    /// # Panics
    /// Never: nothing panics while it holds the memory.
    pub fn get(&self, fill: impl FnOnce(&mut Tables)) -> &Tables {
        self.filled.get_or_init(|| {
            let mut tables = std::mem::take(&mut *self.spare.lock().expect(WHY));
            fill(&mut tables);
            tables
        })
    }
}
