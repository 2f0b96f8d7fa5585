//! Where policies are tried: what each pays on common luck, which is best, and what could still be gained.

use std::ops::Range;
use std::sync::Mutex;

use itertools::Itertools as _;

use super::explore::Plan;
use super::players::Players;
use super::policies::{Family, POLICIES, Policy};
use super::sample::Difference;
use crate::engine::talks::{Desk, Seats, Talks};
use crate::engine::{CannotRun, Drawn, Draws, hand_out};
use crate::num;

/// What the others play: `mixes[player][type]`, plans with chances.
pub(super) type Mixes = Vec<Vec<Vec<(Plan, f64)>>>;

/// A type of a player.
pub(super) type Agent = (usize, usize);

/// The runs of fresh luck begin here: no search goes so far.
pub(super) const FRESH: u64 = 1 << 40;

/// Searches have so many times fewer runs than what is told: they are paired, and what they find is paid anew.
const FEWER: u64 = 4;

/// Runs below which a search has as many.
const ENOUGH: u64 = 1_000;

/// Runs that a thread takes at once: where all policies are tried in few runs, there is still something to share.
const TASK: u64 = 16;

const WHY: &str = "no thread panics while it holds what was paid";

/// Looks at most when it is bounded what could still be gained: each doubles the runs of those that could gain most.
const LOOKS: u32 = 9;

/// Runs of the first look, and the fewest with which it is worth exploring: of fewer a bound would say nothing.
pub const FEWEST_EXPLORED: u64 = 32;

/// Runs at most that are played for one bound, in those that are asked for.
const BUDGET: u64 = 8;

/// The chance that a bound fails.
const LEVEL: f64 = 0.05;

/// Where policies are tried.
pub(super) struct Arena<'a> {
    pub family: &'a Family,
    pub players: &'a Players,
    pub threads: Option<usize>,
    /// One for each combination of types, as are those below.
    pub talks: Vec<Talks<'a>>,
    pub draws: Vec<Draws<'a>>,
    pub combinations: Vec<Vec<usize>>,
    /// Runs of whatever is told, ≥ 1.
    pub runs: u64,
}

impl Arena<'_> {
    /// All that an agent may play.
    fn candidates(&self, (player, of): Agent) -> Vec<Plan> {
        let written = (0..self.players.0[player].types[of].plans.len()).map(Plan::Written);
        written.chain((0..POLICIES).map(|at| Plan::Found(Policy(at)))).collect()
    }

    /// The best reply of an agent, by halving: of equals the first.
    pub fn best_reply(&self, agent: Agent, others: &Mixes) -> Result<Plan, CannotRun> {
        let mut alive: Vec<(Plan, f64)> = self.candidates(agent).into_iter().map(|plan| (plan, 0.0)).collect();
        let halvings = alive.len().next_power_of_two().trailing_zeros();
        let longest = (self.runs / FEWER).max(self.runs.min(ENOUGH));
        let mut played = 0;
        for rung in 1..=halvings {
            let until = (longest >> (halvings - rung)).max(u64::from(rung) * 4);
            let plans = alive.iter().map(|(plan, _)| *plan).collect_vec();
            for row in self.paid(agent, &plans, others, played..until)? {
                alive.iter_mut().zip(row).for_each(|((_, sum), paid)| *sum += paid);
            }
            alive.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            alive.truncate(alive.len().div_ceil(2));
            played = until;
        }
        Ok(alive[0].0)
    }

    /// What nobody of the family gains more than, beside `mine`: the greatest upper bound. Those that could gain more than the best that is
    /// known are played on, as long as there are runs to spend.
    pub fn gains_at_most(&self, agent: Agent, mine: Plan, others: &Mixes) -> Result<f64, CannotRun> {
        let rivals = self.candidates(agent).into_iter().filter(|plan| *plan != mine).collect_vec();
        let level = LEVEL * 2.0 / (rivals.len() as f64 * f64::from(LOOKS));
        let mut rows: Vec<Vec<f64>> = vec![Vec::new(); rivals.len()];
        let mut upper = vec![f64::INFINITY; rivals.len()];
        // What the bound will be at least, once the strongest rival has been played to the end.
        let (mut settled, mut spent) = (0.0_f64, 0);
        for look in 1..=LOOKS {
            let until = (self.runs >> (LOOKS - look)).max(FEWEST_EXPLORED).min(self.runs);
            let open = (0..rivals.len()).filter(|at| upper[*at] > settled).into_group_map_by(|at| rows[*at].len());
            let plays: usize = open.iter().map(|(from, group)| group.len() * (until as usize - from)).sum();
            spent += plays as u64;
            if look > 1 && spent > BUDGET * self.runs {
                break;
            }
            for (from, group) in open.into_iter().sorted() {
                let plans = group.iter().map(|at| rivals[*at]).chain([mine]).collect_vec();
                for row in self.paid(agent, &plans, others, FRESH + from as u64..FRESH + until)? {
                    group.iter().zip(&row).for_each(|(at, paid)| rows[*at].push(paid - row[group.len()]));
                }
            }
            let mut ends_at = 0.0_f64;
            for (upper, rows) in upper.iter_mut().zip(&rows) {
                let found = Difference::of(rows.iter().copied());
                let critical = num::student(level, rows.len().saturating_sub(1).max(1) as u64);
                *upper = upper.min(found.mean + critical * found.error);
                let shorter = (rows.len() as f64 / self.runs.max(1) as f64).sqrt().min(1.0);
                ends_at = ends_at.max(found.mean + critical * shorter * found.error);
            }
            settled = ends_at;
        }
        Ok(upper.into_iter().fold(0.0, f64::max))
    }

    /// `paid[run][candidate]`: what an agent is paid in some runs if it plays a candidate and the others what they play; over the types and
    /// the plans of the others as often as they have and play them.
    pub fn paid(
        &self,
        (player, of): Agent,
        candidates: &[Plan],
        others: &Mixes,
        runs: Range<u64>,
    ) -> Result<Vec<Vec<f64>>, CannotRun> {
        let count = runs.end.saturating_sub(runs.start);
        let rows: Mutex<Vec<(u64, Vec<Vec<f64>>)>> = Mutex::default();
        let desks = || self.talks.iter().map(|_| Desk::default()).collect_vec();
        let work = |desks: &mut Vec<Desk>, task: u64| -> Result<(), CannotRun> {
            let from = runs.start + task * TASK;
            let count = (runs.end - from).min(TASK) as usize;
            let mut all = vec![vec![0.0; candidates.len()]; count];
            for (at, types) in self.combinations.iter().enumerate().filter(|(_, types)| types[player] == of) {
                let each = self.players.0.iter().zip(types).enumerate().filter(|(i, _)| *i != player);
                let share: f64 = each.map(|(_, (it, of))| it.types[*of].share).product();
                let profiles = profiles(player, types, others);
                for (mut drawn, row) in self.draws[at].block(from, count).into_iter().zip(&mut all) {
                    self.talks[at].fill(&drawn.world, &mut desks[at]);
                    for (profile, chance) in &profiles {
                        for (candidate, sum) in candidates.iter().zip(row.iter_mut()) {
                            let mut profile = profile.clone();
                            profile[player] = *candidate;
                            let paid = self.play(at, &profile, player, &mut drawn, &mut desks[at]);
                            *sum += share * chance * paid;
                        }
                    }
                }
            }
            rows.lock().expect(WHY).push((task, all));
            Ok(())
        };
        hand_out(count.div_ceil(TASK), self.threads, desks, work)?;
        let mut rows = rows.into_inner().expect(WHY);
        rows.sort_unstable_by_key(|(task, _)| *task);
        Ok(rows.into_iter().flat_map(|(_, rows)| rows).collect())
    }

    /// What a player is paid in a run of a combination of types in which all play what a profile says.
    fn play(&self, at: usize, profile: &[Plan], player: usize, drawn: &mut Drawn, desk: &mut Desk) -> f64 {
        let plays = profile.iter().enumerate().map(|(i, plan)| {
            let of = self.combinations[at][i];
            match plan {
                Plan::Written(place) => self.players.0[i].types[of].plans[*place],
                Plan::Found(policy) => {
                    let slot = &self.family.slots[i][of];
                    slot.play(policy.values(self.family.span), &mut drawn.world);
                    slot.intent
                }
            }
        });
        let seats = Seats { who: Vec::new(), intents: plays.collect() };
        let run = self.talks[at].play_chosen(drawn, &seats, u32::MAX, desk).run;
        let mine = self.players.0[player].actor;
        run.payoffs.iter().find(|(i, _)| *i == mine).map_or(0.0, |(_, points)| *points)
    }
}

/// What the others may play together in a combination of types, each with its chance; a player's own place holds anything.
fn profiles(player: usize, types: &[usize], others: &Mixes) -> Vec<(Vec<Plan>, f64)> {
    let any = [(Plan::Written(0), 1.0)];
    let each = types.iter().enumerate().map(|(i, of)| if i == player { &any[..] } else { &others[i][*of][..] });
    let all = each.map(|plans| plans.iter().copied()).multi_cartesian_product();
    all.map(|of| (of.iter().map(|(plan, _)| *plan).collect(), of.iter().map(|(_, p)| p).product())).collect()
}
