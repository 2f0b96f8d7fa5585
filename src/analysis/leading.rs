//! The packages that would do most often, and how each of them fares.

use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use crate::engine::{CannotRun, Posed, adds_up, packs};
use crate::model::{Anchor, AudienceId, Beholder, Expectation, Negotiation, Package, Scores, Verdict};
use crate::num::Share;

/// How one package fares over the worlds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Leading {
    /// The package.
    pub package: Package,
    /// A defeat for nobody who must agree.
    pub no_defeat: Share,
    /// Rational for all who must agree.
    pub rational: Share,
    /// Every holder grants it.
    pub available: Share,
    /// All three, for the same parties: it would do.
    pub would_do: Share,
    /// What each audience says of it, `verdicts[audience]`: worlds with a defeat, bearable, a victory.
    pub verdicts: Vec<[u64; 3]>,
}

/// How packages fare over the worlds of a survey: as [`survey`](super::survey()) looks at those that have names.
///
/// # Errors
/// [`CannotRun::Space`], [`CannotRun::Threads`].
pub fn look_at(n: &Negotiation, settings: &Settings, packages: &[Package]) -> Result<Vec<Leading>, CannotRun> {
    let counting = Counting { packages: packages.to_vec(), ..Counting::default() };
    Ok(surveyed(n, settings, counting, |_| ())?.packages)
}

/// How one package fares: sums over worlds.
#[derive(Debug, Clone)]
pub(super) struct Fate {
    pub(super) package: Package,
    worlds: u64,
    /// A defeat for nobody, rational, available, and all three.
    fares: [u64; 4],
    verdicts: Vec<[u64; 3]>,
}

adds_up!(Fate: worlds, fares, verdicts; keeps package);
packs!(Fate: worlds, fares, verdicts; keeps package);

impl Fate {
    pub(super) fn of(n: &Negotiation, package: &Package) -> Self {
        Self { package: package.clone(), worlds: 0, fares: [0; 4], verdicts: vec![[0; 3]; n.audiences.len()] }
    }

    pub(super) fn add(&mut self, posed: &Posed) {
        let fares = posed.fares(&self.package);
        let holds = [fares.no_defeat, fares.rational, fares.available, fares.would_do()];
        self.worlds += 1;
        self.fares.iter_mut().zip(holds).for_each(|(count, holds)| *count += u64::from(holds));
        for (a, counts) in self.verdicts.iter_mut().enumerate() {
            counts[verdict(posed, AudienceId(a), &self.package) as usize] += 1;
        }
    }

    pub(super) fn told(&self) -> Leading {
        let [no_defeat, rational, available, would_do] = self.fares.map(|count| Share::of(count, self.worlds));
        let (package, verdicts) = (self.package.clone(), self.verdicts.clone());
        Leading { package, no_defeat, rational, available, would_do, verdicts }
    }
}

/// What an audience says of a package.
fn verdict(posed: &Posed, a: AudienceId, package: &Package) -> Verdict {
    let scores = Scores::new(posed.compiled.n, posed.compiled.scale);
    let (space, place) = (posed.space(), posed.space().place(package));
    let score = space.score_of(Beholder::Audience(a)).and_then(|of| match &posed.tables[of] {
        // Tables may be filled for those alone whose verdict counts.
        tables if tables.is_empty() => space.plans[of].score_alone(posed.world, space.scale, package, place),
        tables => space.plans[of].score(tables, place.0, place.1),
    });
    scores.says(posed.world, a, score)
}

/// Whether a world gives the verdict of an anchor.
pub(super) fn meets(posed: &Posed, anchor: &Anchor) -> bool {
    let n = posed.compiled.n;
    let package = &n.packages[anchor.package].package;
    let accepts = |i| Scores::new(n, posed.compiled.scale).would_sign(posed.world, i, package);
    match anchor.expects {
        Expectation::Says(a, expected) => verdict(posed, a, package) == expected,
        Expectation::Bears(a) => verdict(posed, a, package) != Verdict::Defeat,
        Expectation::Accepts(i) => accepts(i),
        Expectation::Refuses(i) => !accepts(i),
    }
}

/// Whether a world gives the verdicts of all anchors.
pub(super) fn agrees(posed: &Posed) -> bool {
    posed.compiled.n.anchors.iter().all(|anchor| meets(posed, anchor))
}
