//! Whether the talks keep the conduct that their sources tell of.

use std::ops::Range;

use super::Settings;
use crate::engine::talks::{Desk, Recorder, Talks, What};
use crate::engine::{CannotRun, tally};
use crate::model::{ActorId, Condition, Negotiation, Never, Package, StageId};
use crate::num::Share;
use crate::space::Compiled;

/// The share of runs that keep each conduct, `kept[conduct]`, of those under its readings. Runs are those of `winset run`
/// with the same seed.
///
/// # Errors
/// [`CannotRun::NoTalks`], [`CannotRun::Space`], [`CannotRun::Threads`].
pub fn conduct(n: &Negotiation, settings: &Settings) -> Result<Vec<Share>, CannotRun> {
    if n.conduct.is_empty() {
        return Ok(Vec::new());
    }
    let drawing = &settings.drawing;
    let compiled = Compiled::of(n, &drawing.accounts.variants)?;
    let talks = Talks::of(&compiled, drawing.clone())?;
    let draws = drawing.draws(n);
    let fresh = || (Desk::default(), vec![[0_u64; 2]; n.conduct.len()]);
    let work = |(desk, sums): &mut (Desk, Vec<[u64; 2]>), runs: Range<u64>| {
        for run in runs {
            let drawn = draws.run(run);
            let mut watch = Watch { n, table: None, broken: vec![false; n.conduct.len()] };
            talks.play(&drawn, desk, Some(&mut watch));
            for ((it, broken), [kept, of]) in n.conduct.iter().zip(&watch.broken).zip(sums.iter_mut()) {
                let counts = it.readings.is_empty() || drawn.reading.is_some_and(|at| it.readings.contains(&at));
                *kept += u64::from(counts && !broken);
                *of += u64::from(counts);
            }
        }
    };
    let (_, sums) = tally(settings.runs, drawing.threads, fresh, work, |_| ())?;
    Ok(sums.into_iter().map(|[kept, of]| Share::of(kept, of)).collect())
}

/// Who put what on the table, for which stage.
type Tabled = (ActorId, Option<StageId>, Package);

/// Follows a run.
struct Watch<'a> {
    n: &'a Negotiation,
    table: Option<Tabled>,
    broken: Vec<bool>,
}

impl Watch<'_> {
    /// Whether what lies on the table is somebody's and holds a condition, as far as it is settled with it.
    fn tabled(&self, by: Option<ActorId>, holding: &Condition) -> bool {
        let Some((of, stage, package)) = &self.table else { return false };
        let order = self.n.agenda();
        let last = stage.and_then(|stage| order.iter().position(|s| *s == stage)).filter(|at| at + 1 < order.len());
        let settled = |k| last.is_none_or(|at| order[..=at].iter().any(|s| self.n.stage(*s).settles.contains(&k)));
        by.is_none_or(|by| by == *of)
            && holding.terms.iter().all(|(k, set)| settled(*k) && set.contains(package.option(*k)))
    }
}

impl Recorder for Watch<'_> {
    fn record(&mut self, round: u32, what: What) {
        let unit = self.n.pace().unit(round);
        match &what {
            What::Offers { by, stage, package, .. } | What::Proposes { by, stage, package } => {
                self.table = Some((*by, *stage, package.clone()));
            }
            _ => {}
        }
        for (at, it) in self.n.conduct.iter().enumerate() {
            if it.within.is_some_and(|(first, last)| !(first..=last).contains(&unit)) {
                continue;
            }
            self.broken[at] |= match (&it.never, &what) {
                (Never::Names(holding), What::Offers { .. } | What::Proposes { .. })
                | (Never::Agrees(holding), What::Agreed) => self.tabled(it.by, holding),
                (Never::Makes(moves), What::Makes(by, made)) => {
                    it.by.is_none_or(|of| of == *by) && moves.contains(made)
                }
                (Never::Signs(stage), What::Signs(Some(signed)) | What::SettledBeside { stage: signed, .. }) => {
                    signed == stage
                }
                _ => false,
            };
        }
    }
}
