//! What a pass has counted, handed on as bytes, to be added to another pass over other runs.

use std::ops::Range;

use super::{Fate, Surveying, Tallied};
use crate::engine::{Packed, Packer, Tally as _, Unpacker};
use crate::model::{Negotiation, OptionId, Package};

/// What a pass has counted: the runs, and their tallies as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The runs, in the order in which they were counted.
    pub runs: Vec<Range<u64>>,
    /// The [packed](Packed) tallies; empty where nothing was counted.
    pub bytes: Vec<u8>,
}

impl Surveying<'_> {
    /// Hands on what was counted so far; what was written of single runs is not among it.
    pub fn handed(&self) -> Handed {
        let mut to = Packer::default();
        self.seen.iter().for_each(|seen| pack(seen, &mut to));
        Handed { runs: self.counted.clone(), bytes: to.finish() }
    }

    /// Adds what another pass of the same settings and countings has handed on, of runs that were not counted here.
    /// `None`, and nothing is added, where its bytes are those of other settings.
    pub fn take_over(&mut self, handed: &Handed) -> Option<()> {
        if handed.runs.is_empty() {
            return handed.bytes.is_empty().then_some(());
        }
        let (mut seen, mut from) = (self.fresh(), Unpacker::of(&handed.bytes));
        unpack(&mut seen, self.observer.compiled.n, &mut from)?;
        from.is_done().then(|| self.add(Some(seen), handed.runs.clone()))
    }

    /// Adds what was counted in other runs.
    pub(super) fn add(&mut self, mut seen: Option<Tallied>, counted: Vec<Range<u64>>) {
        // Packages that were looked at in some of the runs only are looked at again when they are told.
        if let Some((mine, theirs)) = self.seen.as_mut().zip(seen.as_mut()) {
            mine.chosen.retain(|package, _| theirs.chosen.contains_key(package));
            theirs.chosen.retain(|package, _| mine.chosen.contains_key(package));
        }
        self.counted.extend(counted);
        self.seen.merge(seen);
    }
}

fn pack(seen: &Tallied, to: &mut Packer) {
    let Tallied { desk: _, drawn, kept, worlds, fates, chosen, met, runs, heard, rows: _ } = seen;
    (*drawn, *kept).pack(to);
    worlds.pack(to);
    fates.pack(to);
    met.pack(to);
    runs.pack(to);
    heard.pack(to);
    chosen.len().pack(to);
    for (package, fate) in chosen {
        package.0.iter().for_each(|option| option.0.pack(to));
        fate.pack(to);
    }
}

fn unpack(seen: &mut Tallied, n: &Negotiation, from: &mut Unpacker) -> Option<()> {
    let Tallied { desk: _, drawn, kept, worlds, fates, chosen, met, runs, heard, rows: _ } = seen;
    drawn.unpack(from)?;
    kept.unpack(from)?;
    worlds.unpack(from)?;
    fates.unpack(from)?;
    met.unpack(from)?;
    runs.unpack(from)?;
    heard.unpack(from)?;
    for _ in 0..from.many()? {
        let package = package(n, from)?;
        let mut fate = Fate::of(n, &package);
        fate.unpack(from)?;
        chosen.insert(package, fate);
    }
    Some(())
}

fn package(n: &Negotiation, from: &mut Unpacker) -> Option<Package> {
    let option = |options: usize| from.many().filter(|option| *option < options).map(OptionId);
    n.space.issues.iter().map(|issue| issue.options.len()).map(option).collect::<Option<_>>().map(Package)
}
