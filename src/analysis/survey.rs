//! Many worlds: does a settlement exist that nobody regards as a defeat, would one same package do, and what does it
//! hang on?

use std::collections::BTreeSet;
use std::ops::Range;

use super::ablation::Part;
use super::contribution::{Contribution, Contributions, Witnesses};
use super::driver::{Driver, Drivers};
use super::estimate::Histogram;
use super::leading::{self, Leading, Scored};
use super::ranking::{Counts, Ranked, rank};
use crate::engine::{CannotRun, Drawing, Drawn, Tally, machine_threads, tally};
use crate::model::{Beholder, Negotiation, Package};
use crate::num::Share;
use crate::space::{Base, Compiled, Gate, Item, Lanes, Question, Scratch, WorldTables};

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
    #[must_use]
    pub fn without(&self, parts: &[Part]) -> Self {
        let mut settings = self.clone();
        settings.drawing.without.extend(parts.iter().filter_map(|part| part.mechanism()));
        settings
    }
}

/// Memory that counts may take on all threads together, in bytes.
const MOST_BYTES: u64 = 800_000_000;

/// What many worlds say. Every share is a count of worlds with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Worlds drawn.
    pub drawn: u64,
    /// Worlds kept: fewer than drawn only if disagreeing ones were dropped.
    pub kept: u64,
    /// One exists: some package is allowed, rational and available, and a defeat for nobody.
    pub exists: Share,
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
    /// How far the margin depends on each uncertain input, greatest effect first.
    pub drivers: Vec<Driver>,
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
/// [`CannotRun::Space`] if the deal space cannot be compiled, [`CannotRun::Threads`],
/// [`CannotRun::TooMuchMemory`].
pub fn survey(n: &Negotiation, settings: &Settings, done: impl Fn(u64) + Sync) -> Result<Survey, CannotRun> {
    let (compiled, draws) = (settings.drawing.compile(n)?, settings.drawing.draws(n));
    let observer = Observer::new(&compiled, settings);
    let fresh = || Seen::new(&observer);
    let work = |seen: &mut Seen, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            observer.look(&drawn, seen);
        }
    };
    let threads = threads_that_fit(n, settings, observer.packages)?;
    let seen = tally(settings.runs, Some(threads), fresh, work, done)?;
    let ranked = rank(&compiled, settings, &seen.counts, &observer.allowed);
    let chosen = ranked.leading.iter().map(|p| (p, Scored::OnOddRuns));
    let named = n.packages.iter().map(|p| (&p.package, Scored::Everywhere));
    let mut leading = leading::look(&compiled, &draws, settings, &chosen.chain(named).collect::<Vec<_>>())?;
    let named = leading.split_off(ranked.leading.len());
    // The first is the one same package; the others stand as they were scored.
    leading[1.min(ranked.leading.len())..].sort_by_key(|l| std::cmp::Reverse(l.would_do.count));
    let mut survey = seen.summary(&observer, ranked, leading, named);
    if settings.drawing.accounts.all_alike(n) {
        survey.shares().into_iter().filter(|share| share.of > 0).for_each(|share| *share = share.exactly());
    }
    Ok(survey)
}

impl Survey {
    /// Every share that it tells.
    fn shares(&mut self) -> Vec<&mut Share> {
        let fares = self.leading.iter_mut().chain(&mut self.named);
        let fares = fares.flat_map(|l| [&mut l.no_defeat, &mut l.rational, &mut l.available, &mut l.would_do]);
        let mut all: Vec<&mut Share> = vec![&mut self.exists, &mut self.exists_if_free];
        all.extend(&mut self.exists_by_reading);
        all.extend(self.same_package.iter_mut().map(|same| &mut same.share));
        all.extend(self.robust.iter_mut().flat_map(|robust| &mut robust.by_reading));
        all.extend(fares);
        all.extend(self.contributions.iter_mut().map(|c| &mut c.exists));
        all.extend(self.binding.iter_mut().map(|(_, share)| share));
        all
    }
}

/// The threads asked for, or as many of them as the counts leave memory for.
fn threads_that_fit(n: &Negotiation, settings: &Settings, packages: usize) -> Result<usize, CannotRun> {
    let readings = if settings.drawing.accounts.reading.is_some() { 1 } else { n.readings.len().max(1) };
    let bytes = Counts::bytes(readings, packages);
    if bytes > MOST_BYTES {
        let (gigabytes, most) = (bytes as f64 / 1e9, MOST_BYTES as f64 / 1e9);
        return Err(CannotRun::TooMuchMemory { packages, readings, gigabytes, most });
    }
    let fit = usize::try_from(MOST_BYTES / bytes.max(1)).unwrap_or(usize::MAX);
    Ok(settings.drawing.threads.unwrap_or_else(machine_threads).min(fit))
}

/// Packages with the greatest least slack that are asked who binds; where there are more, one of them is.
const MOST_EQUALS: usize = 4_096;

/// What stays the same from world to world.
struct Observer<'a> {
    compiled: &'a Compiled<'a>,
    settings: &'a Settings,
    lanes: Lanes,
    /// The gate of all allowed packages, the same in every state of the secrets.
    allowed: Gate,
    witnesses: Witnesses,
    drivers: Drivers,
    width: usize,
    packages: usize,
}

/// What worlds add up to on one thread.
struct Seen {
    tables: WorldTables,
    scratch: Scratch,
    drawn: u64,
    kept: u64,
    by_reading: Vec<ByReading>,
    free: Histogram,
    counts: Counts,
    contributions: Contributions,
    binding: Vec<u64>,
    drivers: super::driver::Halves,
}

#[derive(Debug, Clone, Default)]
struct ByReading {
    margin: Histogram,
    exists: u64,
    exists_if_free: u64,
    worlds: u64,
    odd: u64,
}

impl<'a> Observer<'a> {
    fn new(compiled: &'a Compiled<'a>, settings: &'a Settings) -> Self {
        let modal = compiled
            .n
            .modal_world(&compiled.n.laws(settings.drawing.accounts.reading, &settings.drawing.accounts.variants));
        let space = &compiled.at(&modal).space;
        let allowed = space.allowed();
        let lanes = Lanes::detect();
        Self {
            compiled,
            settings,
            lanes,
            witnesses: Witnesses::of(compiled, &modal, settings.drawing.defeat, lanes),
            drivers: Drivers::of(compiled.n, &settings.drawing.accounts),
            width: space.layout.width,
            packages: space.layout.heads() * space.layout.width,
            allowed,
        }
    }

    fn look(&self, drawn: &Drawn, seen: &mut Seen) {
        let (n, world) = (self.compiled.n, &drawn.world);
        let state = self.compiled.at(world);
        let space = &state.space;
        seen.drawn += 1;
        let Seen { tables, scratch, contributions, .. } = seen;
        space.fill(world, tables);
        if self.settings.agreeing && !leading::agrees(self.compiled, space, tables, world) {
            return;
        }
        let question = Question::of(space, n, world, tables, &self.compiled.spans, self.settings.drawing.defeat);
        let gate = space.available(n, world);
        let search = question.search(self.lanes, true);
        let witness = self.witnesses.best(&search, &gate);
        let (margin, found) = search.margin(&gate, witness.map_or(f64::NEG_INFINITY, |w| w.0));
        let place = found.or(witness.map(|(_, head, tail)| (head, tail)));
        let free_search = question.search(self.lanes, false);
        let (free, _) = free_search.margin(&self.allowed, margin.slack());
        let (reading, parity) = (drawn.reading.unwrap_or(0), (drawn.run % 2) as usize);
        if margin.exists() {
            let counts = seen.counts.of(reading, parity, self.packages);
            crate::space::tally(self.lanes, &question.all_tests(), &gate, counts, self.width);
        }
        let base = Base { state, world, question: &question, search: &search, gate: &gate, margin, place };
        contributions.add(self.compiled, &base, &self.witnesses, self.lanes, scratch);
        if let Some((head, tail)) = place {
            let equals = search.all_from(&gate, margin.slack(), MOST_EQUALS).filter(|_| margin.share().is_some());
            let equals = equals.unwrap_or_else(|| vec![(margin.slack(), head, tail)]);
            let binding: BTreeSet<Beholder> =
                equals.iter().flat_map(|(_, head, tail)| question.binding(*head, *tail)).collect();
            for beholder in binding {
                seen.binding[space.score_of(beholder).expect("a judge has a score")] += 1;
            }
        }
        seen.drivers.add(&self.drivers, reading, world, margin);
        seen.kept += 1;
        seen.free.add(free.slack());
        seen.counts.worlds[reading][parity] += 1;
        let here = &mut seen.by_reading[reading];
        here.margin.add(margin.slack());
        here.exists += u64::from(margin.exists());
        here.exists_if_free += u64::from(free.exists());
        here.worlds += 1;
        here.odd += drawn.run % 2;
    }
}

impl Seen {
    fn new(observer: &Observer) -> Self {
        let n = observer.compiled.n;
        let readings = n.readings.len().max(1);
        Self {
            tables: WorldTables::new(),
            scratch: Scratch::default(),
            drawn: 0,
            kept: 0,
            by_reading: vec![ByReading::default(); readings],
            free: Histogram::default(),
            counts: Counts::new(readings, observer.width),
            contributions: Contributions::new(Item::all(n).len()),
            binding: vec![0; n.beholders().count()],
            drivers: super::driver::Halves::new(observer.drivers.len(), readings),
        }
    }

    fn summary(self, observer: &Observer, ranked: Ranked, leading: Vec<Leading>, named: Vec<Leading>) -> Survey {
        let n = observer.compiled.n;
        let mut margin = Histogram::default();
        self.by_reading.iter().for_each(|r| margin.merge(&r.margin));
        let sum = |f: fn(&ByReading) -> u64| self.by_reading.iter().map(f).sum::<u64>();
        let kept = self.kept;
        let beholders = n.beholders().zip(&self.binding).filter(|(_, count)| **count > 0);
        let with_readings = if n.readings.is_empty() { 0 } else { self.by_reading.len() };
        Survey {
            drawn: self.drawn,
            kept,
            exists: Share::of(sum(|r| r.exists), kept),
            exists_if_free: Share::of(sum(|r| r.exists_if_free), kept),
            exists_by_reading: self.by_reading[..with_readings].iter().map(|r| Share::of(r.exists, r.worlds)).collect(),
            without_span: observer.compiled.without_span(observer.settings.drawing.defeat),
            same_package: ranked.same,
            robust: ranked.robust,
            leading,
            named,
            contributions: self.contributions.summary(n, kept),
            binding: beholders.map(|(b, count)| (b, Share::of(*count, kept))).collect(),
            drivers: self.drivers.summary(n, &observer.drivers),
            margin,
            margin_if_free: self.free,
            margin_by_reading: self.by_reading.into_iter().take(with_readings).map(|r| r.margin).collect(),
        }
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.drawn += other.drawn;
        self.kept += other.kept;
        for (mine, theirs) in self.by_reading.iter_mut().zip(&other.by_reading) {
            mine.margin.merge(&theirs.margin);
            mine.exists += theirs.exists;
            mine.exists_if_free += theirs.exists_if_free;
            mine.worlds += theirs.worlds;
            mine.odd += theirs.odd;
        }
        self.free.merge(&other.free);
        self.counts.merge(&other.counts);
        self.contributions.merge(&other.contributions);
        self.binding.iter_mut().zip(&other.binding).for_each(|(a, b)| *a += b);
        self.drivers.merge(&other.drivers);
    }
}
