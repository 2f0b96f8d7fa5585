//! A party in one run: its intent, what it hopes for, and how far it has come down.

use crate::engine::Luck;
use crate::model::{Intent, Tactic, World, exponential, polynomial};
use crate::space::{Envelope, Gate};

use super::offer::Offered;

/// A party in one run.
#[derive(Debug)]
pub(super) struct Side {
    /// Place of its intent.
    pub intent: usize,
    /// The packages that it may offer or accept; `None`: all that are allowed and available.
    pub gate: Option<Gate>,
    /// The most that it can hope for, in units: its best package that its own audiences bear when the talks begin.
    pub best: Option<i64>,
    /// The most that it could hope for when the talks began, in units, where the last stage was not yet open.
    pub hoped: Option<i64>,
    /// How far it has come down with offers at this stage, as a share of the way.
    pub conceded: f64,
    /// The least utility that it ever asks for, in units.
    pub floor: Option<i64>,
    /// Rounds after which it leaves.
    pub patience: Option<f64>,
    /// What it gave up with its last offer, in units (tit-for-tat).
    pub given: f64,
    /// What the others' offers left short of its best, in units, the latest last (tit-for-tat).
    pub heard: Vec<f64>,
    /// Whether an offer was heard since its own last one.
    pub fresh: bool,
    /// Bounds of its own score and of each of the others as it reads them. Made when it first looks for an offer.
    pub envelopes: Vec<Envelope>,
    /// Its last offer.
    pub last: Option<Offered>,
    /// Whether its ultimatum stands: until its next offer.
    pub ultimatum: bool,
    /// Whether it has ever given one.
    pub tied: bool,
    pub moves: Luck,
    pub escalation: Luck,
}

/// When a side is asked what it asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub round: u32,
    pub horizon: u32,
    /// Share of the way that it comes down at once.
    pub at_once: f64,
}

/// Places that were good in earlier runs. They only make searches faster: no result depends on them.
#[derive(Debug, Clone, Default)]
pub(super) struct Hint {
    /// Where the best package for the party was.
    pub best: Option<(usize, usize)>,
    /// Where its offers were, the latest first.
    pub offers: Vec<(usize, usize)>,
}

impl Side {
    /// Begins a stage at which `low` is the least that it asks for: a tit-for-tat starts anew.
    pub fn begin(&mut self, intent: &Intent, world: &World, low: i64) {
        if let (Tactic::TitForTat { kappa, .. }, Some(best)) = (intent.tactic, self.best) {
            self.given = world.value(kappa) * (best - low).max(0) as f64;
        }
        self.heard.clear();
        self.fresh = false;
        self.ultimatum = false;
        self.conceded = 0.0;
    }

    /// Forgets all that was found among packages that are no longer open.
    pub fn forget(&mut self) {
        self.last = None;
        self.envelopes.clear();
    }

    /// What the side asks for at least in a round, in units:
    ///
    /// ```text
    /// best − c · (best − low)
    /// ```
    ///
    /// c is the share conceded by the clock; a tit-for-tat instead gives up what answers the others' concessions. What it
    /// concedes at once at a stage before the last is the least that it concedes there. Never below `low`.
    /// Source: Faratin et al. (1998).
    pub fn aspiration(&self, intent: &Intent, world: &World, clock: Clock, low: i64) -> i64 {
        let Some(best) = self.best.filter(|best| *best > low) else { return low };
        let range = (best - low) as f64;
        let share = self.share(clock.round, clock.horizon);
        let given = match intent.tactic {
            Tactic::Polynomial { kappa, beta } => polynomial(world.value(kappa), world.value(beta), share) * range,
            Tactic::Exponential { kappa, beta } => exponential(world.value(kappa), world.value(beta), share) * range,
            Tactic::TitForTat { .. } => self.gives(intent, range),
        };
        // Down to the next unit: a share that reaches 1 must reach `low`.
        best - given.max(clock.at_once * range).clamp(0.0, range).ceil() as i64
    }

    /// What a tit-for-tat gives up next, in units.
    pub fn gives(&self, intent: &Intent, range: f64) -> f64 {
        let Tactic::TitForTat { reply, .. } = intent.tactic else { return self.given };
        if self.fresh { reply.next(&self.heard, self.given).clamp(0.0, range) } else { self.given }
    }

    /// t/T, in [0, 1]: the side's own deadline is its patience, if that ends sooner.
    fn share(&self, round: u32, horizon: u32) -> f64 {
        let deadline = self.patience.unwrap_or(f64::INFINITY).min(f64::from(horizon));
        if deadline <= 0.0 { 1.0 } else { (f64::from(round) / deadline).min(1.0) }
    }

    /// Hears an offer that is worth `utility` to the side.
    pub fn hears(&mut self, intent: &Intent, utility: Option<i64>) {
        let (Tactic::TitForTat { reply, .. }, Some(best), Some(utility)) = (intent.tactic, self.best, utility) else {
            return;
        };
        self.heard.push((best - utility).max(0) as f64);
        let most = reply.window() + 1;
        if self.heard.len() > most {
            self.heard.drain(..self.heard.len() - most);
        }
        self.fresh = true;
    }
}
