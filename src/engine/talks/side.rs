//! A party in one run: its intent, what it hopes for, and how far it has come down.

use std::cell::Cell;
use std::sync::Arc;

use crate::model::{Intent, Tactic, World, exponential, polynomial};
use crate::space::{Gate, Place};

use super::offer::Offered;
use super::shortlist::{LookAhead, Overview};

/// A party at the table in one run.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says one thing of the party, and any of them may hold")]
pub(super) struct Delegation {
    /// Place of its intent.
    pub intent: usize,
    /// Place of its stance: that of its intent among its intents.
    pub own: usize,
    /// The packages that it may offer or accept; `None`: all that are allowed and available.
    pub gate: Option<Arc<Gate>>,
    /// How far it would have come down under each of its intents, in the order of [`Party::intents`](super::Party).
    pub stances: Vec<Stance>,
    /// What the others' offers are worth to it, in units, the latest last (tit-for-tat).
    pub heard: Vec<i64>,
    /// How many of them are kept.
    pub remembers: usize,
    /// How far it has come down with offers at this stage, as a share of the way.
    pub conceded: f64,
    /// Whether an offer was heard since its own last one.
    pub fresh: bool,
    /// What it has worked out of the packages open to it: to be dropped when others are.
    pub overview: Option<Overview>,
    /// Its last offer.
    pub last: Option<Offered>,
    /// What favours added to the worth of what it last consented to, in units.
    pub eased: i64,
    /// Whether its ultimatum stands: until its next offer.
    pub ultimatum: bool,
    /// Whether it has ever given one.
    pub tied: bool,
    /// Whether it has left for good.
    pub gone: bool,
}

/// How far a party has come down if it has a certain intent: a function of what everybody saw.
#[derive(Debug, Clone, Default)]
pub(super) struct Stance {
    /// The rates of its moves before responses, in the order of [`Move::ALL`](crate::model::Move::ALL).
    pub rates: [f64; 6],
    /// The most that it can hope for, in units: its best paper at a stage before the last, else its best package that its
    /// own audiences bear when the last stage begins.
    pub best: Option<i64>,
    /// The most that it could hope for when the talks began, in units, where the last stage was not yet open.
    pub hoped: Option<i64>,
    /// The least utility that it ever asks for, in units.
    pub floor: Option<i64>,
    /// When it leaves, in units of time: its patience or its own deadline, whichever is sooner; infinite if neither is.
    pub leaves: f64,
    /// The share of the way down that it never goes, in [0, 1].
    pub holds_out: f64,
    /// When it begins to come down, if it does so by the clock, in units of time.
    pub starts: f64,
    /// The time in which it then concedes all.
    pub over: f64,
    /// What it gave up with its last offer, in units (tit-for-tat).
    pub given: f64,
    /// Shares conceded by the clock at the last two times that were asked for: every turn asks for now and for soon, which is
    /// the next now.
    pub by_clock: Cell<[Option<(f64, f64)>; 2]>,
}

/// Places that were good in earlier runs. They only make searches faster: no result depends on them.
#[derive(Debug, Clone, Default)]
pub(super) struct Hint {
    /// Where the best packages for the party were, the latest first.
    pub bests: Vec<Place>,
    /// Where its offers were, the latest first.
    pub offers: Vec<Place>,
    /// How far ahead its shortlists looked.
    pub ahead: LookAhead,
}

/// When a party is asked what it asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// The time, in units from the start.
    pub time: f64,
    /// Whether only a paper of a stage before the last is on the table.
    pub on_paper: bool,
}

impl Delegation {
    /// How far it has in truth come down.
    pub fn stance(&self) -> &Stance {
        &self.stances[self.own]
    }

    /// Begins a stage: nothing is heard yet.
    pub fn begin(&mut self) {
        self.heard.clear();
        self.fresh = false;
        self.ultimatum = false;
        self.conceded = 0.0;
    }

    /// What is open to it now; all that was found among what was open before is forgotten.
    pub fn opens(&mut self, gate: Option<Arc<Gate>>) {
        self.forgets();
        self.gate = gate;
    }

    /// Forgets what it found: who must keep a package, or what is open to it, is another now.
    pub fn forgets(&mut self) {
        self.last = None;
        self.overview = None;
    }

    /// The offers to which it has not replied yet; none if it has.
    pub fn news(&self) -> &[i64] {
        if self.fresh { &self.heard } else { &[] }
    }

    /// Hears an offer that is worth `utility` to the side.
    pub fn hears(&mut self, utility: Option<i64>) {
        let (Some(utility), true) = (utility, self.remembers > 0) else { return };
        self.heard.push(utility);
        if self.heard.len() > self.remembers {
            self.heard.drain(..self.heard.len() - self.remembers);
        }
        self.fresh = true;
    }
}

impl Stance {
    /// What a party with this intent asks for at least at a time, in units:
    ///
    /// ```text
    /// best − c · (best − low)
    /// ```
    ///
    /// c is the share conceded by the clock, 0 before it starts; a tit-for-tat instead gives up what answers the others' concessions. What an
    /// intent concedes at once on paper is the least that it concedes at a stage before the last. Never below `low`.
    /// Source: Faratin et al. (1998).
    pub fn aspiration(&self, intent: &Intent, world: &World, clock: Clock, low: i64, news: &[i64]) -> i64 {
        let Some(best) = self.best.filter(|best| *best > low) else { return low };
        let range = (best - low) as f64;
        let given = self.by_clock(intent, world, clock).map_or_else(|| self.gives(intent, range, news), |c| c * range);
        let given = given.max(at_once(intent, world, clock) * range);
        // Down to the next unit: a share that reaches 1 must reach `low`.
        best - given.clamp(0.0, range).ceil() as i64
    }

    /// The share of its range that a party with this intent has conceded at a time, in [0, 1]; 1 where it has no range.
    pub fn conceded(&self, intent: &Intent, world: &World, clock: Clock, low: i64) -> f64 {
        let share = self.by_clock(intent, world, clock).unwrap_or_else(|| {
            let range = self.range(low);
            if range > 0.0 { self.given.clamp(0.0, range) / range } else { 1.0 }
        });
        share.max(at_once(intent, world, clock))
    }

    /// Whether a party with this intent would have left by a time.
    pub fn is_over(&self, time: f64) -> bool {
        time > self.leaves
    }

    /// A tit-for-tat replies to what it has heard; every other tactic has no ear.
    pub fn replies(&mut self, intent: &Intent, low: i64, news: &[i64]) {
        self.given = self.gives(intent, self.range(low), news);
    }

    /// The least that it ever takes at the last stage, in units, if no deal is worth so much and it can hope for `best`:
    ///
    /// ```text
    /// max(floor, W + holds_out · max(0, best − W))
    /// ```
    pub fn least(&self, no_deal: i64, best: Option<i64>) -> i64 {
        let hope = best.map_or(0, |best| (best - no_deal).max(0)) as f64;
        let held = no_deal + (self.holds_out * hope).round() as i64;
        self.floor.map_or(held, |floor| floor.max(held))
    }

    /// From the most to the least that it asks for, in units; 0 if there is nothing between them.
    pub fn range(&self, low: i64) -> f64 {
        (self.best.unwrap_or(low) - low).max(0) as f64
    }

    /// The share conceded by the clock; `None` for a tit-for-tat.
    fn by_clock(&self, intent: &Intent, world: &World, clock: Clock) -> Option<f64> {
        let (by, kappa, beta): (fn(f64, f64, f64) -> f64, _, _) = match intent.tactic {
            Tactic::Polynomial { kappa, beta, .. } => (polynomial, kappa, beta),
            Tactic::Exponential { kappa, beta, .. } => (exponential, kappa, beta),
            Tactic::TitForTat { .. } | Tactic::Reckons => return None,
        };
        let [last, before] = self.by_clock.get();
        if let Some((_, share)) = [last, before].iter().flatten().find(|(time, _)| *time == clock.time) {
            return Some(*share);
        }
        let begun = clock.time >= self.starts;
        let share = if begun { by(world.value(kappa), world.value(beta), self.time_gone(clock)) } else { 0.0 };
        self.by_clock.set([Some((clock.time, share)), last]);
        Some(share)
    }

    /// What a tit-for-tat gives up next, in units, when it has heard `news`; what it gave before, if nothing.
    fn gives(&self, intent: &Intent, range: f64, news: &[i64]) -> f64 {
        let (Tactic::TitForTat { reply, .. }, Some(best), false) = (intent.tactic, self.best, news.is_empty()) else {
            return self.given;
        };
        let short: Vec<f64> = news.iter().map(|utility| (best - utility).max(0) as f64).collect();
        reply.next(&short, self.given).clamp(0.0, range)
    }

    /// (t − starts)/over, in [0, 1].
    fn time_gone(&self, clock: Clock) -> f64 {
        if self.over <= 0.0 { 1.0 } else { ((clock.time - self.starts) / self.over).min(1.0) }
    }
}

/// The share that an intent concedes at once, where only a paper is on the table.
fn at_once(intent: &Intent, world: &World, clock: Clock) -> f64 {
    if clock.on_paper { world.value(intent.on_paper) } else { 0.0 }
}
