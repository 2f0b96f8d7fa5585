//! A party in one run: its intent, what it hopes for, and how far it has come down.

use std::cell::Cell;

use crate::engine::Luck;
use crate::model::{Intent, Tactic, World, exponential, polynomial};
use crate::space::Gate;

use super::offer::Offered;
use super::shortlist::{Overview, Reach};

/// A party in one run.
#[derive(Debug)]
pub(super) struct Side {
    /// Place of its intent.
    pub intent: usize,
    /// The packages that it may offer or accept; `None`: all that are allowed and available.
    pub gate: Option<Gate>,
    /// The most that it can hope for, in units: its best package that its own audiences bear when the talks begin.
    pub best: Option<i64>,
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
    /// What it has worked out of the packages open to it: to be dropped when others are.
    pub overview: Overview,
    /// Its last offer.
    pub last: Option<Offered>,
    /// What its tactic concedes by the clock: the last even round asked for, and the last odd one, with the shares.
    pub by_the_clock: [Cell<Option<(u32, f64)>>; 2],
    /// Whether its ultimatum stands: until its next offer.
    pub ultimatum: bool,
    /// Whether it has ever given one.
    pub tied: bool,
    pub moves: Luck,
    pub escalation: Luck,
}

/// Places that were good in earlier runs. They only make searches faster: no result depends on them.
#[derive(Debug, Clone, Default)]
pub(super) struct Hint {
    /// Where the best package for the party was.
    pub best: Option<(usize, usize)>,
    /// Where its offers were, the latest first.
    pub offers: Vec<(usize, usize)>,
    /// How far ahead its shortlists looked.
    pub reach: Reach,
}

impl Side {
    /// Drops all that was worked out of the packages open to the side, as must be done whenever `gate` changes. Its last
    /// offer stays, but whether it is still the best is asked anew.
    #[cfg_attr(not(test), allow(dead_code, reason = "no rule narrows a gate within a run yet"))]
    pub fn forget(&mut self) {
        self.overview = Overview::default();
        if let Some(last) = &mut self.last {
            last.under.clear();
        }
    }

    /// What the side asks for at least in a round, in units:
    ///
    /// ```text
    /// best − c · (best − low),  low = max(no deal, floor)
    /// ```
    ///
    /// c is the share conceded by the clock; a tit-for-tat instead gives up what answers the others' concessions.
    /// Never below `low`. Source: Faratin et al. (1998).
    pub fn aspiration(&self, intent: &Intent, world: &World, round: u32, horizon: u32, no_deal: i64) -> i64 {
        let low = self.floor.map_or(no_deal, |floor| floor.max(no_deal));
        let Some(best) = self.best.filter(|best| *best > low) else { return low };
        let range = (best - low) as f64;
        let given = match intent.tactic {
            Tactic::TitForTat { .. } => self.gives(intent, range),
            tactic => self.conceded(tactic, world, round, horizon) * range,
        };
        // Down to the next unit: a share that reaches 1 must reach `low`.
        best - given.clamp(0.0, range).ceil() as i64
    }

    /// The share conceded by the clock in a round. It is asked of this round and of the next, hence kept for two.
    fn conceded(&self, tactic: Tactic, world: &World, round: u32, horizon: u32) -> f64 {
        let known = &self.by_the_clock[(round % 2) as usize];
        if let Some((_, conceded)) = known.get().filter(|(of, _)| *of == round) {
            return conceded;
        }
        let share = self.share(round, horizon);
        let conceded = match tactic {
            Tactic::Polynomial { kappa, beta } => polynomial(world.value(kappa), world.value(beta), share),
            Tactic::Exponential { kappa, beta } => exponential(world.value(kappa), world.value(beta), share),
            Tactic::TitForTat { .. } => 0.0,
        };
        known.set(Some((round, conceded)));
        conceded
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
