//! The packages that would do most often, and how each of them fares.

use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use crate::engine::{CannotRun, Posed};
use crate::model::{Anchor, AudienceId, Beholder, Expectation, Negotiation, Package, Scores, Verdict};
use crate::num::Share;

/// How one package fares over the worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Leading {
    /// The package.
    pub package: Package,
    /// A defeat for nobody.
    pub no_defeat: Share,
    /// Rational for all.
    pub rational: Share,
    /// Every holder grants it.
    pub available: Share,
    /// All three: it would do.
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
    no_defeat: u64,
    rational: u64,
    available: u64,
    would_do: u64,
    verdicts: Vec<[u64; 3]>,
}

impl Fate {
    pub(super) fn of(n: &Negotiation, package: &Package) -> Self {
        let verdicts = vec![[0; 3]; n.audiences.len()];
        let package = package.clone();
        Self { package, worlds: 0, no_defeat: 0, rational: 0, available: 0, would_do: 0, verdicts }
    }

    pub(super) fn add(&mut self, posed: &Posed) {
        let fares = posed.fares(&self.package);
        self.worlds += 1;
        self.no_defeat += u64::from(fares.no_defeat);
        self.rational += u64::from(fares.rational);
        self.available += u64::from(fares.available);
        self.would_do += u64::from(fares.would_do());
        for (a, counts) in self.verdicts.iter_mut().enumerate() {
            counts[verdict(posed, AudienceId(a), &self.package) as usize] += 1;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.worlds += other.worlds;
        self.no_defeat += other.no_defeat;
        self.rational += other.rational;
        self.available += other.available;
        self.would_do += other.would_do;
        self.verdicts.iter_mut().flatten().zip(other.verdicts.iter().flatten()).for_each(|(a, b)| *a += b);
    }

    pub(super) fn told(&self) -> Leading {
        let share = |count: u64| Share::of(count, self.worlds);
        Leading {
            package: self.package.clone(),
            no_defeat: share(self.no_defeat),
            rational: share(self.rational),
            available: share(self.available),
            would_do: share(self.would_do),
            verdicts: self.verdicts.clone(),
        }
    }
}

/// What an audience says of a package, from the tables.
pub(super) fn verdict(posed: &Posed, a: AudienceId, package: &Package) -> Verdict {
    let (space, world) = (posed.space(), posed.world);
    let (head, tail) = space.place(package);
    let of = space.score_of(Beholder::Audience(a)).expect("every audience has a score");
    let scores = Scores::new(posed.compiled.n, posed.compiled.scale);
    match space.score(posed.tables, of, head, tail) {
        None => Verdict::Defeat,
        Some(score) if scores.defeat_line(world, a).is_some_and(|line| score < line) => Verdict::Defeat,
        Some(score) if scores.victory_line(world, a).is_some_and(|line| score >= line) => Verdict::Victory,
        Some(_) => Verdict::Bearable,
    }
}

/// Whether a world gives the verdict of an anchor.
pub(super) fn meets(posed: &Posed, anchor: &Anchor) -> bool {
    let (n, space) = (posed.compiled.n, posed.space());
    let package = &n.packages[anchor.package].package;
    let says = |a| verdict(posed, a, package);
    let accepts = |i| {
        let (head, tail) = space.place(package);
        let of = space.score_of(Beholder::Leadership(i));
        let score = of.and_then(|of| space.score(posed.tables, of, head, tail));
        score.is_some_and(|score| score >= Scores::new(n, posed.compiled.scale).no_deal(posed.world, i))
    };
    match anchor.expects {
        Expectation::Says(a, expected) => says(a) == expected,
        Expectation::Bears(a) => says(a) != Verdict::Defeat,
        Expectation::Accepts(i) => accepts(i),
        Expectation::Refuses(i) => !accepts(i),
    }
}

/// Whether a world gives the verdicts of all anchors.
pub(super) fn agrees(posed: &Posed) -> bool {
    posed.compiled.n.anchors.iter().all(|anchor| meets(posed, anchor))
}
