//! Tit-for-tat: what a party asks for after what it has heard.

use super::{OUT, Side, Tactic};

/// What a party that answers in kind asks for, and what it has answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mood {
    /// In units, not rounded.
    pub threshold: f64,
    /// Offers of the others that were made when it last spoke.
    heard: usize,
}

impl Mood {
    /// Asks for the most.
    pub fn of(side: &Side) -> Self {
        Self { threshold: side.most as f64, heard: 0 }
    }

    /// Hears what whoever spoke last has offered so far; `made` counts the offers of all others.
    pub fn hear(&mut self, side: &Side, tactic: Tactic, theirs: &[u32], made: usize) {
        if made == self.heard {
            return;
        }
        self.heard = made;
        let ratio = answer(side, tactic, theirs).unwrap_or(1.0);
        let least = side.least as f64;
        let asked = least + (self.threshold - least) * ratio;
        self.threshold = asked.max(side.floor() as f64).min(side.most as f64);
    }
}

/// What an older offer is worth beside a newer one; `None` where nothing can be said yet.
fn answer(side: &Side, tactic: Tactic, theirs: &[u32]) -> Option<f64> {
    let (back, newer) = match tactic {
        Tactic::Relative(delay) => (delay as usize, delay as usize - 1),
        Tactic::Averaged(window) => (window as usize, 0),
        _ => return None,
    };
    let last = theirs.len().checked_sub(1)?;
    let worth = |back: usize| {
        let units = side.worth(theirs[last.checked_sub(back)?]);
        (units != OUT && i64::from(units) > side.least).then(|| (i64::from(units) - side.least) as f64)
    };
    Some(worth(back)? / worth(newer)?)
}
