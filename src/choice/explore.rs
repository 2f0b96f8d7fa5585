//! Exploration: what other policies than those of the file would pay, each side in turn looking for its best reply.
//!
//! All policies of the [family](super::policies) and all plans of the file are tried on common luck by halving (Karnin, Koren and Somekh (2013)): all in few
//! runs, the better half in twice as many, and so on. Whatever wins is paid on fresh luck, so that no choice flatters it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

use itertools::Itertools as _;

use super::account::{OfAccount, Players};
use super::policies::{Family, POLICIES, Policy};
use super::sample::Difference;
use crate::engine::talks::{Desk, Seats, Talks};
use crate::engine::{CannotRun, Drawing, Drawn, Draws, Streams, hand_out};
use crate::num;

/// What is found beyond the plans of the file, in one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Explored {
    /// The span of the talks, in units of time.
    pub span: f64,
    /// `like[player][type]`: the intent that every policy of a type is like.
    pub like: Vec<Vec<usize>>,
    /// Where the search comes to rest, each once, in the order in which they are found.
    pub rests: Vec<Rest>,
    /// The starts from which it does not: somebody always finds something better.
    pub restless: Vec<Start>,
    /// What the plans of the file would regret, against what the others play in the first equilibrium of the file.
    pub regrets: Vec<Regretted>,
}

/// Where nobody finds anything better.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// `plays[player][type]`.
    pub plays: Vec<Vec<Plan>>,
    /// From where the search came here.
    pub from: Vec<Start>,
    /// `paid[player][type]`: what it pays on fresh luck.
    pub paid: Vec<Vec<Difference>>,
    /// `gains_at_most[player][type]`: no plan of the file and no policy of the family pays more than what is played by more than this, in
    /// points; with 95 % for all of them together.
    pub gains_at_most: Vec<Vec<f64>>,
}

/// What is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plan {
    /// A plan of the file, as a place among those of the type.
    Written(usize),
    /// A policy of the family.
    Found(Policy),
}

/// Where a search begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A player plays this intent, the others the first of theirs.
    Intent(usize),
    /// The first player plays a policy drawn at random.
    Random(Policy),
}

/// What a plan of the file leaves on the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regretted {
    /// Its player.
    pub player: usize,
    /// The type of the player.
    pub of: usize,
    /// The plan, as a place among those of the type.
    pub plan: usize,
    /// The best reply that was found.
    pub best: Plan,
    /// What that pays more, on fresh luck.
    pub gain: Difference,
}

/// What the others play: `mixes[player][type]`, plans with chances.
type Mixes = Vec<Vec<Vec<(Plan, f64)>>>;

/// A type of a player.
type Agent = (usize, usize);

/// The runs of fresh luck begin here: no search goes so far.
const FRESH: u64 = 1 << 40;

/// Runs that a thread takes at once: where all policies are tried in few runs, there is still something to share.
const TASK: u64 = 16;

const WHY: &str = "no thread panics while it holds what was paid";

/// Starts at random.
const RANDOM: u64 = 3;

/// How often all agents may reply in turn before a search counts as restless.
const TURNS: usize = 6;

/// Looks at most when it is bounded what could still be gained: each doubles the runs of those that could gain most.
const LOOKS: u32 = 9;

/// Runs of the first look: of fewer a bound would say nothing.
const FEW: u64 = 32;

/// Runs at most that are played for one bound, in those that are asked for.
const BUDGET: u64 = 16;

/// The chance that a bound fails.
const LEVEL: f64 = 0.05;

/// Standard errors beyond which something is better, and those of a 95 % interval.
const ERRORS: f64 = 1.96;

/// Looks beyond the plans of the file, in the account of a drawing, with as many runs for the last two as were asked for.
///
/// # Errors
/// [`CannotRun`].
pub fn explore(
    family: &Family,
    players: &Players,
    game: &OfAccount,
    drawing: &Drawing,
    runs: u64,
) -> Result<Explored, CannotRun> {
    let combinations = players.combinations();
    let of = |types: &Vec<usize>| {
        let mut n = players.wanting(&family.n, types);
        n.horizon = n.horizon.saturating_mul(2);
        n
    };
    let negotiations = combinations.iter().map(of).collect_vec();
    let compiled: Vec<_> = negotiations.iter().map(|n| drawing.compile(n)).try_collect()?;
    let talks: Vec<_> = compiled.iter().map(|it| Talks::of(it, drawing.clone())).try_collect()?;
    let draws = |n| Draws::holding(n, drawing.accounts.clone(), drawing.seed, &[]);
    let arena = Arena {
        family,
        players,
        threads: drawing.threads,
        talks,
        draws: negotiations.iter().map(draws).collect(),
        combinations,
        runs,
    };
    arena.explored(game, drawing.seed)
}

/// Where policies are tried.
struct Arena<'a> {
    family: &'a Family,
    players: &'a Players,
    threads: Option<usize>,
    /// One for each combination of types, as are those below.
    talks: Vec<Talks<'a>>,
    draws: Vec<Draws<'a>>,
    combinations: Vec<Vec<usize>>,
    runs: u64,
}

impl Arena<'_> {
    fn explored(&self, game: &OfAccount, seed: u64) -> Result<Explored, CannotRun> {
        let agents = self.agents();
        let mut known: BTreeMap<(Agent, Vec<Plan>), Plan> = BTreeMap::new();
        let (mut rests, mut restless): (Vec<Rest>, Vec<Start>) = (Vec::new(), Vec::new());
        for start in self.starts(seed) {
            let Some(plays) = self.search(start, &agents, &mut known)? else {
                restless.push(start);
                continue;
            };
            if let Some(rest) = rests.iter_mut().find(|rest| rest.plays == plays) {
                rest.from.push(start);
            } else {
                rests.push(self.rest(plays, start, &agents)?);
            }
        }
        let like = self.family.slots.iter().map(|slots| slots.iter().map(|slot| slot.like).collect()).collect();
        Ok(Explored { span: self.family.span, like, rests, restless, regrets: self.regrets(game, &agents)? })
    }

    fn agents(&self) -> Vec<Agent> {
        let of = |(player, it): (usize, &super::account::Player)| (0..it.types.len()).map(move |of| (player, of));
        self.players.0.iter().enumerate().flat_map(of).collect()
    }

    /// One start for each plan of each player, and some at random.
    fn starts(&self, seed: u64) -> Vec<Start> {
        let plans =
            self.players.0.iter().flat_map(|it| it.types.iter().flat_map(|of| of.plans.iter().copied()).unique());
        let streams = Streams::new(seed, "starts");
        let random = |at: u64| Start::Random(Policy((streams.of_run(at).at(0) * POLICIES as f64) as usize));
        plans.map(Start::Intent).chain((0..RANDOM).map(random)).collect()
    }

    /// Who begins with what; the players after the one that begins are asked first.
    fn begin(&self, start: Start) -> (usize, Vec<Vec<Plan>>) {
        let first = |it: &super::account::Player| vec![Plan::Written(0); it.types.len()];
        let mut plays = self.players.0.iter().map(first).collect_vec();
        match start {
            Start::Random(policy) => {
                plays[0].fill(Plan::Found(policy));
                (0, plays)
            }
            Start::Intent(intent) => {
                let has = |it: &super::account::Player| it.types.iter().any(|of| of.plans.contains(&intent));
                let player = self.players.0.iter().position(has).unwrap_or(0);
                for (of, plan) in self.players.0[player].types.iter().zip(&mut plays[player]) {
                    *plan = Plan::Written(of.plans.iter().position(|k| *k == intent).unwrap_or(0));
                }
                (player, plays)
            }
        }
    }

    /// Each agent in turn takes the best reply to what the others play, if it pays more beyond error, until none does; `None` where that does
    /// not end.
    fn search(
        &self,
        start: Start,
        agents: &[Agent],
        known: &mut BTreeMap<(Agent, Vec<Plan>), Plan>,
    ) -> Result<Option<Vec<Vec<Plan>>>, CannotRun> {
        let (begins, mut plays) = self.begin(start);
        let from = agents.iter().position(|(player, _)| *player > begins).unwrap_or(0);
        let mut content = 0;
        for turn in 0..TURNS * agents.len() {
            let agent = agents[(from + turn) % agents.len()];
            let others = certain(&plays);
            let against: Vec<Plan> =
                agents.iter().filter(|it| it.0 != agent.0).map(|(player, of)| plays[*player][*of]).collect();
            let best = match known.get(&(agent, against.clone())) {
                Some(best) => *best,
                None => self.best_reply(agent, &others)?,
            };
            known.insert((agent, against), best);
            let mine = plays[agent.0][agent.1];
            let gain = self.gains(agent, &[best], mine, &others, 0..self.runs)?[0];
            if best != mine && gain.sign(ERRORS) > 0 {
                plays[agent.0][agent.1] = best;
                content = 0;
            } else {
                content += 1;
            }
            if content == agents.len() {
                return Ok(Some(plays));
            }
        }
        Ok(None)
    }

    /// All that an agent may play.
    fn candidates(&self, (player, of): Agent) -> Vec<Plan> {
        let written = (0..self.players.0[player].types[of].plans.len()).map(Plan::Written);
        written.chain((0..POLICIES).map(|at| Plan::Found(Policy(at)))).collect()
    }

    /// The best reply of an agent, by halving: of equals the first.
    fn best_reply(&self, agent: Agent, others: &Mixes) -> Result<Plan, CannotRun> {
        let mut alive: Vec<(Plan, f64)> = self.candidates(agent).into_iter().map(|plan| (plan, 0.0)).collect();
        let halvings = alive.len().next_power_of_two().trailing_zeros();
        let mut played = 0;
        for rung in 1..=halvings {
            let until = (self.runs >> (halvings - rung)).max(u64::from(rung) * 4);
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

    /// What plans pay more than another on fresh luck.
    fn gains(
        &self,
        agent: Agent,
        plans: &[Plan],
        than: Plan,
        others: &Mixes,
        runs: Range<u64>,
    ) -> Result<Vec<Difference>, CannotRun> {
        let all = plans.iter().copied().chain([than]).collect_vec();
        let rows = self.paid(agent, &all, others, FRESH + runs.start..FRESH + runs.end)?;
        let of = |at: usize| Difference::of(rows.iter().map(|row| row[at] - row[plans.len()]));
        Ok((0..plans.len()).map(of).collect())
    }

    fn rest(&self, plays: Vec<Vec<Plan>>, from: Start, agents: &[Agent]) -> Result<Rest, CannotRun> {
        let others = certain(&plays);
        let mut paid = plays.iter().map(|of| vec![Difference::default(); of.len()]).collect_vec();
        let mut gains_at_most = plays.iter().map(|of| vec![0.0; of.len()]).collect_vec();
        for &(player, of) in agents {
            let mine = plays[player][of];
            let rows = self.paid((player, of), &[mine], &others, FRESH..FRESH + self.runs)?;
            paid[player][of] = Difference::of(rows.iter().map(|row| row[0]));
            gains_at_most[player][of] = self.gains_at_most((player, of), mine, &others)?;
        }
        Ok(Rest { plays, from: vec![from], paid, gains_at_most })
    }

    /// What nobody of the family gains more than, beside `mine`: the greatest upper bound. Those that could gain more than the best that is
    /// known are played on, as long as there are runs to spend.
    fn gains_at_most(&self, agent: Agent, mine: Plan, others: &Mixes) -> Result<f64, CannotRun> {
        let rivals = self.candidates(agent).into_iter().filter(|plan| *plan != mine).collect_vec();
        let level = LEVEL * 2.0 / (rivals.len() as f64 * f64::from(LOOKS));
        let mut rows: Vec<Vec<f64>> = vec![Vec::new(); rivals.len()];
        let mut upper = vec![f64::INFINITY; rivals.len()];
        // What the bound will be at least, once the strongest rival has been played to the end.
        let (mut settled, mut spent) = (0.0_f64, 0);
        for look in 1..=LOOKS {
            let until = (self.runs >> (LOOKS - look)).max(FEW).min(self.runs);
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

    /// What the plans of the file would regret.
    fn regrets(&self, game: &OfAccount, agents: &[Agent]) -> Result<Vec<Regretted>, CannotRun> {
        let Some(first) = game.settled.supported.first() else { return Ok(Vec::new()) };
        let mix = |player: usize, of: usize| {
            let plans = self.players.0[player].types[of].plans.len();
            let chance = |plan: usize| -> f64 {
                let each = game.plans[player].iter().zip(&first.mixed[player]);
                each.filter(|(plays, _)| plays[of] == plan).map(|(_, p)| p).sum()
            };
            (0..plans).map(|plan| (Plan::Written(plan), chance(plan))).filter(|it| it.1 > 0.0).collect_vec()
        };
        let of_player = |(player, it): (usize, &super::account::Player)| {
            (0..it.types.len()).map(|of| mix(player, of)).collect_vec()
        };
        let others: Mixes = self.players.0.iter().enumerate().map(of_player).collect();
        let mut regrets = Vec::new();
        for &(player, of) in agents {
            let best = self.best_reply((player, of), &others)?;
            for plan in 0..self.players.0[player].types[of].plans.len() {
                let gain = self.gains((player, of), &[best], Plan::Written(plan), &others, 0..self.runs)?[0];
                regrets.push(Regretted { player, of, plan, best, gain });
            }
        }
        Ok(regrets)
    }

    /// `paid[run][candidate]`: what an agent is paid in some runs if it plays a candidate and the others what they play; over the types and
    /// the plans of the others as often as they have and play them.
    fn paid(
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

fn certain(plays: &[Vec<Plan>]) -> Mixes {
    plays.iter().map(|of| of.iter().map(|plan| vec![(*plan, 1.0)]).collect()).collect()
}
