//! Many worlds: does a settlement exist that nobody regards as a defeat, would one same package do, and what does it
//! hang on?

use std::collections::BTreeSet;

use serde::Serialize;

use super::ablation::Part;
use super::contribution::{Contribution, Contributions, Witnesses};
use super::driver::{Driver, DriverSums, Drivers};
use super::histogram::Histogram;
use super::leading::Leading;
use super::ranking::{Picked, Votes};
use super::surveying::{Counting, surveyed};
use crate::engine::talks::Run;
use crate::engine::{CannotRun, Drawing, Drawn, Posed, Tally, adds_up, packs};
use crate::model::{Beholder, Defeat, Negotiation, Package};
use crate::num::Share;
use crate::space::{Base, Compiled, Gate, Item, Lanes, Margin, Measured, Rivals, Test, WorldTables, count};

/// How a survey is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Worlds drawn, ≥ 1.
    pub runs: u64,
    /// From what worlds are drawn, and what is played in them.
    pub drawing: Drawing,
    /// Whether only worlds that give the verdicts of all anchors are kept.
    pub agreeing: bool,
}

impl Settings {
    /// The same with parts of the talks left out; what is part of the model is left out of the
    /// [negotiation](Part::leave_out) instead.
    pub fn without(&self, parts: &[Part]) -> Self {
        let mut settings = self.clone();
        settings.drawing.without.extend(parts.iter().filter_map(|part| part.mechanism()));
        settings
    }
}

/// What many worlds say. Every share is a count of worlds with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Survey {
    /// Worlds drawn.
    pub drawn: u64,
    /// Worlds kept: fewer than drawn only if disagreeing ones were dropped.
    pub kept: u64,
    /// One exists: some package is allowed and available, and rational and no defeat for all who must agree.
    pub exists: Share,
    /// What becomes of those outside; `None` where all parties must agree.
    pub outside: Option<Outside>,
    /// One exists if packages need only be allowed.
    pub exists_if_free: Share,
    /// One exists, `by_reading[reading]`.
    pub exists_by_reading: Vec<Share>,
    /// The margin over all worlds.
    pub margin: Histogram,
    /// The margin over all allowed packages, rational and available or not.
    pub margin_if_free: Histogram,
    /// The margin, `by_reading[reading]`.
    pub margin_by_reading: Vec<Histogram>,
    /// Those who may call a package a defeat though all are worth the same to them: no margin is measured from them.
    pub without_span: Vec<Beholder>,
    /// The package that would do in the largest share of worlds: chosen on even runs, scored on odd ones. `None` if no
    /// package would do in an even run, or no run is odd.
    pub same_package: Option<SamePackage>,
    /// The package whose worst reading is best: chosen on even runs, scored on odd ones. `None` without readings.
    pub robust: Option<Robust>,
    /// The packages that would do most often, each at least two terms from those before it: chosen on even runs, scored
    /// on odd ones. The first is the one same package.
    pub leading: Vec<Leading>,
    /// All packages with names, in file order.
    pub named: Vec<Leading>,
    /// What changes without each option, claim, red line and audience.
    pub contributions: Vec<Contribution>,
    /// Worlds in which each judge has the least slack at a package with the greatest: ties count for each.
    pub binding: Vec<(Beholder, Share)>,
    /// How far the margin depends on each uncertain input, greatest effect on even runs first.
    pub drivers: Vec<Driver>,
}

/// What becomes of parties that a winning coalition can leave out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// Packages that would do, over all worlds: Σ over worlds.
    pub would_do: u64,
    /// Those of them that are a defeat, in the eyes of an audience with a veto, or worse than no deal for somebody outside.
    pub failing: u64,
    /// Worlds in which some package would do for every party.
    pub exists_for_everybody: Share,
}

impl Outside {
    /// The share of the packages that would do which fail for somebody outside; `None` where none would do in any world.
    pub fn share(&self) -> Option<f64> {
        (self.would_do > 0).then(|| self.failing as f64 / self.would_do as f64)
    }
}

/// One same package.
#[derive(Debug, Clone, PartialEq)]
pub struct SamePackage {
    /// The package: of several that would do in as many even runs, one that none of the others dominates.
    pub package: Package,
    /// How many packages would do in as many runs, even and odd ones, this one among them; counted among all.
    pub ties: u64,
    /// Its share on the worlds that were not used to choose it.
    pub share: Share,
    /// The same, `by_reading[reading]`.
    pub by_reading: Vec<Share>,
}

/// The most robust package over readings (maximin).
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// The package.
    pub package: Package,
    /// `by_reading[reading]`, on the worlds that were not used to choose it.
    pub by_reading: Vec<Share>,
    /// The reading in which it fares worst.
    pub worst: usize,
}

/// Looks at many worlds.
///
/// # Errors
/// [`CannotRun::Space`] if the deal space cannot be compiled, [`CannotRun::Threads`], [`CannotRun::TooMuchMemory`].
///
/// # Panics
/// Never: what is counted is told.
pub fn survey(n: &Negotiation, settings: &Settings, done: impl Fn(u64) + Sync) -> Result<Survey, CannotRun> {
    let counting = Counting { worlds: true, ..Counting::default() };
    Ok(surveyed(n, settings, counting, done)?.survey.expect("worlds were counted"))
}

impl Survey {
    /// The same where all worlds are alike: luck has no part in any share.
    pub(super) fn exactly(mut self) -> Self {
        let fares = self.leading.iter_mut().chain(&mut self.named);
        let fares = fares.flat_map(|l| [&mut l.no_defeat, &mut l.rational, &mut l.available, &mut l.would_do]);
        let all = [&mut self.exists, &mut self.exists_if_free].into_iter().chain(&mut self.exists_by_reading);
        let all = all.chain(self.outside.as_mut().map(|outside| &mut outside.exists_for_everybody));
        let same = self.same_package.as_mut().map(|same| std::iter::once(&mut same.share).chain(&mut same.by_reading));
        let all = all.chain(same.into_iter().flatten());
        let all = all.chain(self.robust.iter_mut().flat_map(|robust| &mut robust.by_reading)).chain(fares);
        let all = all.chain(self.contributions.iter_mut().map(|c| &mut c.exists));
        let all = all.chain(self.binding.iter_mut().map(|(_, share)| share));
        all.filter(|share| share.of > 0).for_each(|share| *share = share.exactly());
        self
    }
}

/// Packages with the greatest least slack that are asked who binds; where there are more, one of them is.
const MOST_EQUALS: usize = 4_096;

/// What stays the same from world to world.
pub(super) struct Observer<'a> {
    pub(super) compiled: &'a Compiled<'a>,
    /// The gate of all allowed packages, the same in every state of the secrets.
    pub(super) allowed: Gate,
    witnesses: Witnesses,
    drivers: Drivers,
    /// What is counted of packages before any world is.
    pub(super) votes: Votes,
    defeat: Defeat,
}

impl<'a> Observer<'a> {
    pub(super) fn new(compiled: &'a Compiled<'a>, drawing: &Drawing) -> Self {
        let accounts = &drawing.accounts;
        let modal = accounts.modal(compiled.n);
        let space = &compiled.at(&modal).space;
        Self {
            compiled,
            allowed: space.allowed(),
            witnesses: Witnesses::of(compiled, &modal, drawing.defeat, Lanes::detect()),
            drivers: Drivers::of(compiled.n, accounts, &mut compiled.kept().tables()),
            votes: Votes::none(compiled.n.readings.len().max(1), space),
            defeat: drawing.defeat,
        }
    }
}

/// What worlds add up to.
#[derive(Debug)]
pub(super) struct Worlds {
    scratch: WorldTables,
    by_reading: Vec<ByReading>,
    free: Histogram,
    pub(super) votes: Votes,
    contributions: Contributions,
    binding: Vec<u64>,
    drivers: DriverSums,
    /// Not counted where all must agree.
    for_everybody: ForEverybody,
}

#[derive(Debug, Clone, Default)]
struct ByReading {
    margin: Histogram,
    exists: u64,
    exists_if_free: u64,
    worlds: u64,
}

/// Packages that would do, those of them that would do for every party, and worlds in which there is one of these.
#[derive(Debug, Clone, Copy, Default)]
struct ForEverybody {
    would_do: u64,
    packages: u64,
    worlds: u64,
}

adds_up!(ForEverybody: would_do, packages, worlds);
packs!(ForEverybody: would_do, packages, worlds);
adds_up!(ByReading: margin, exists, exists_if_free, worlds);
packs!(ByReading: margin, exists, exists_if_free, worlds);
adds_up!(Worlds: by_reading, free, votes, contributions, binding, drivers, for_everybody; keeps scratch);
packs!(Worlds: by_reading, free, votes, contributions, binding, drivers, for_everybody; keeps scratch);

impl Worlds {
    pub(super) fn none(observer: &Observer) -> Self {
        let (n, readings) = (observer.compiled.n, observer.votes.worlds.len());
        Self {
            scratch: WorldTables::new(),
            by_reading: vec![ByReading::default(); readings],
            free: Histogram::default(),
            votes: observer.votes.clone(),
            contributions: Contributions::new(Item::all(n).len()),
            binding: vec![0; n.beholders().count()],
            drivers: DriverSums::new(observer.drivers.len(), readings),
            for_everybody: ForEverybody::default(),
        }
    }

    /// Adds a world, with its margin.
    pub(super) fn add(&mut self, observer: &Observer, drawn: &Drawn, posed: &Posed) -> Margin {
        let (search, gate, lanes) = (posed.search(), &*posed.gate, posed.lanes);
        let witness = observer.witnesses.best(&search, gate);
        let (margin, found) = search.margin(gate, witness.map_or(f64::NEG_INFINITY, |w| w.0));
        let place = found.or(witness.map(|(_, head, tail)| (head, tail)));
        let free_search = posed.question.search(lanes, false);
        let (free, _) = free_search.margin(&observer.allowed, margin.slack());
        let (reading, parity) = (drawn.reading.unwrap_or(0), (drawn.run % 2) as usize);
        self.votes.add(reading, parity, posed, margin.exists());
        if posed.space().coalitions.is_some() && margin.exists() {
            self.for_everybody.add(posed);
        }
        let Posed { compiled, state, world, question, .. } = posed;
        let base = Base { compiled, state, world, question, search: &search, gate, margin, place };
        let rivals = observer.witnesses.rivals(base);
        self.contributions.add(&rivals, &observer.witnesses, &mut self.scratch);
        self.bind(&base, &rivals);
        self.free.add(free.slack());
        let here = &mut self.by_reading[reading];
        here.margin.add(margin.slack());
        here.exists += u64::from(margin.exists());
        here.exists_if_free += u64::from(free.exists());
        here.worlds += 1;
        margin
    }

    /// Counts what a world with this margin, and its run, say of the uncertain inputs.
    pub(super) fn attribute(&mut self, observer: &Observer, drawn: &Drawn, margin: Margin, run: Option<&Run>) {
        self.drivers.add(&observer.drivers, drawn, margin, run.map(|run| run.ending.is_reached()));
    }

    /// What those outside make of it, where some can be left out; `None` where all must agree.
    fn outside(&self, compiled: &Compiled, kept: u64) -> Option<Outside> {
        compiled.modal().space.coalitions.as_ref()?;
        let ForEverybody { would_do, packages, worlds } = self.for_everybody;
        Some(Outside { would_do, failing: would_do - packages, exists_for_everybody: Share::of(worlds, kept) })
    }

    /// Counts who binds at the best packages.
    fn bind(&mut self, base: &Base, rivals: &Rivals) {
        let Some((head, tail)) = base.place else { return };
        let all = || base.search.all_from(base.gate, base.margin.slack(), MOST_EQUALS);
        let places = |all: Vec<Measured>| all.into_iter().map(|(_, head, tail)| (head, tail)).collect();
        let equals = rivals.equals().or_else(|| all().map(places)).filter(|_| base.margin.share().is_some());
        let equals = equals.unwrap_or_else(|| vec![(head, tail)]);
        let binding: BTreeSet<Beholder> =
            equals.iter().flat_map(|(head, tail)| base.question.binding(*head, *tail)).collect();
        for beholder in binding {
            self.binding[base.state.space.score_of(beholder).expect("a judge has a score")] += 1;
        }
    }

    /// The survey, of `drawn` worlds.
    pub(super) fn told(
        &self,
        observer: &Observer,
        drawn: u64,
        ranked: &Picked,
        leading: Vec<Leading>,
        named: Vec<Leading>,
    ) -> Survey {
        let n = observer.compiled.n;
        let scored = self.votes.scored(n, ranked);
        let mut margin = Histogram::default();
        self.by_reading.iter().for_each(|r| margin.merge(r.margin.clone()));
        let sum = |f: fn(&ByReading) -> u64| self.by_reading.iter().map(f).sum::<u64>();
        let kept = sum(|r| r.worlds);
        let beholders = n.beholders().zip(&self.binding).filter(|(_, count)| **count > 0);
        let with_readings = if n.readings.is_empty() { 0 } else { self.by_reading.len() };
        let by_reading = &self.by_reading[..with_readings];
        Survey {
            drawn,
            kept,
            exists: Share::of(sum(|r| r.exists), kept),
            outside: self.outside(observer.compiled, kept),
            exists_if_free: Share::of(sum(|r| r.exists_if_free), kept),
            exists_by_reading: by_reading.iter().map(|r| Share::of(r.exists, r.worlds)).collect(),
            without_span: observer.compiled.without_span(observer.defeat),
            same_package: scored.same,
            robust: scored.robust,
            leading,
            named,
            contributions: self.contributions.summary(n, kept),
            binding: beholders.map(|(b, count)| (b, Share::of(*count, kept))).collect(),
            drivers: self.drivers.summary(n, &observer.drivers),
            margin,
            margin_if_free: self.free.clone(),
            margin_by_reading: by_reading.iter().map(|r| r.margin.clone()).collect(),
        }
    }
}

impl ForEverybody {
    fn add(&mut self, posed: &Posed) {
        let number = |tests: Vec<Test>| count(posed.lanes, &tests, &posed.gate);
        let packages = number(posed.question.tests_of_everybody());
        self.would_do += number(posed.question.all_tests());
        self.packages += packages;
        self.worlds += u64::from(packages > 0);
    }
}

/// How "one exists" reads at the top of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Headline {
    /// In fewer than 5 % of worlds.
    No,
    /// From 5 % to under 25 %.
    MostlyNo,
    /// From 25 % to 75 %.
    Depends,
    /// Above 75 %, to 95 %.
    MostlyYes,
    /// In more than 95 %.
    Yes,
}

impl Headline {
    /// All of them, from no to yes.
    pub const ALL: [Self; 5] = [Self::No, Self::MostlyNo, Self::Depends, Self::MostlyYes, Self::Yes];

    /// The headline of a share of worlds. The bounds are assumptions.
    pub fn of(share: f64) -> Self {
        match share {
            share if share > 0.95 => Self::Yes,
            share if share > 0.75 => Self::MostlyYes,
            share if share >= 0.25 => Self::Depends,
            share if share >= 0.05 => Self::MostlyNo,
            _ => Self::No,
        }
    }

    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "Yes, in nearly every world",
            Self::MostlyYes => "Mostly yes",
            Self::Depends => "It depends",
            Self::MostlyNo => "Mostly no",
            Self::No => "No, in nearly every world",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Headline::{self, Depends, MostlyNo, MostlyYes, No, Yes};

    #[test]
    fn a_share_at_a_bound_reads_as_the_page_has_always_read() {
        let read = [0.0, 0.049, 0.05, 0.25, 0.75, 0.751, 0.95, 0.951, 1.0].map(Headline::of);
        assert_eq!(read, [No, No, MostlyNo, Depends, Depends, MostlyYes, MostlyYes, Yes, Yes]);
    }
}
