//! Whether a scenario is sound: does every sane world give the verdicts that its anchors demand, and is doing nothing
//! a settlement?

use std::ops::Range;

use super::estimate::Share;
use super::leading::{agrees, meets};
use super::survey::{Settings, SurveyError};
use crate::engine::{Draws, Tally, tally};
use crate::model::{Negotiation, Package, Scores, Verdict};
use crate::space::{Compiled, WorldTables};

/// What many worlds say of a scenario's anchors.
#[derive(Debug, Clone, PartialEq)]
pub struct Soundness {
    /// Worlds that give the verdict of each anchor, `anchors[anchor]`.
    pub anchors: Vec<Share>,
    /// Worlds that give all of them.
    pub all: Share,
    /// The package with everything as now, if rules allow it and no audience with a veto calls it a defeat in the modal
    /// world: then "one exists" may say no more than that nothing need change.
    pub doing_nothing: Option<Package>,
}

/// Looks at the anchors in many worlds; `settings.agreeing` plays no part.
///
/// # Errors
/// [`SurveyError::Space`] if the deal space cannot be compiled, [`SurveyError::Threads`].
pub fn soundness(n: &Negotiation, settings: &Settings) -> Result<Soundness, SurveyError> {
    let compiled = Compiled::of(n, &settings.accounts.variants)?;
    let draws = Draws::new(n, settings.accounts.clone(), settings.seed);
    let fresh = || Met { tables: WorldTables::new(), worlds: 0, all: 0, anchors: vec![0; n.anchors.len()] };
    let work = |met: &mut Met, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            let space = &compiled.at(&drawn.world).space;
            space.fill(&drawn.world, &mut met.tables);
            met.worlds += 1;
            met.all += u64::from(agrees(&compiled, space, &met.tables, &drawn.world));
            for (anchor, count) in n.anchors.iter().zip(&mut met.anchors) {
                *count += u64::from(meets(&compiled, space, &met.tables, &drawn.world, anchor));
            }
        }
    };
    let met = tally(settings.runs, settings.threads, fresh, work, |_| ())?;
    Ok(Soundness {
        anchors: met.anchors.iter().map(|count| Share::of(*count, met.worlds)).collect(),
        all: Share::of(met.all, met.worlds),
        doing_nothing: doing_nothing(&compiled, settings),
    })
}

fn doing_nothing(c: &Compiled, settings: &Settings) -> Option<Package> {
    let now = c.n.space.as_now().filter(|now| c.n.space.allows(now))?;
    let world = c.n.modal_world(&c.n.laws(settings.accounts.reading, &settings.accounts.variants));
    let scores = Scores::new(c.n, c.scale);
    let judged = c.n.audiences.iter().enumerate().filter(|(_, a)| world.happens(a.veto));
    let mut verdicts = judged.map(|(a, _)| scores.verdict(&world, crate::model::AudienceId(a), &now));
    verdicts.all(|v| v != Verdict::Defeat).then_some(now)
}

/// Sums over worlds.
struct Met {
    tables: WorldTables,
    worlds: u64,
    all: u64,
    anchors: Vec<u64>,
}

impl Tally for Met {
    fn merge(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.all += other.all;
        self.anchors.iter_mut().zip(&other.anchors).for_each(|(a, b)| *a += b);
    }
}
