//! Exploration: what other policies than those of the file would pay, each side in turn looking for its best reply.
//!
//! All policies of the [family](super::policies) and all plans of the file are tried on common luck by halving (Karnin, Koren and Somekh (2013)): all in few
//! runs, the better half in twice as many, and so on. Whatever wins is paid on fresh luck, so that no choice flatters it.

use std::collections::BTreeMap;

use itertools::Itertools as _;

use super::account::OfAccount;
use super::arena::{Agent, Arena, FRESH, Mixes};
use super::players::{Player, Players};
use super::policies::{Family, POLICIES, Policy};
use super::sample::Difference;
use crate::engine::talks::Talks;
use crate::engine::{CannotRun, Drawing, Draws, Streams};

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

/// Starts at random.
const RANDOM: u64 = 3;

/// How often all agents may reply in turn before a search counts as restless.
const TURNS: usize = 6;

/// Standard errors beyond which something is better, and those of a 95 % interval.
const ERRORS: f64 = 1.96;

/// Looks beyond the plans of the file, in the account of a drawing, with so many runs of whatever is told, at least
/// [`FEWEST_EXPLORED`](super::FEWEST_EXPLORED): of fewer, bounds are infinite.
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

/// What is known already, so that no search is made twice: what is best against what the others play, and what a plan pays an agent on
/// fresh luck, run by run.
#[derive(Default)]
struct Known {
    best: BTreeMap<(Agent, Vec<Plan>), Plan>,
    fresh: BTreeMap<(Agent, Vec<Plan>, Plan), Vec<f64>>,
}

impl Arena<'_> {
    fn explored(&self, game: &OfAccount, seed: u64) -> Result<Explored, CannotRun> {
        let agents = self.agents();
        let mut known = Known::default();
        let (mut rests, mut restless): (Vec<Rest>, Vec<Start>) = (Vec::new(), Vec::new());
        for start in self.starts(seed) {
            let Some(plays) = self.search(start, &agents, &mut known)? else {
                restless.push(start);
                continue;
            };
            if let Some(rest) = rests.iter_mut().find(|rest| rest.plays == plays) {
                rest.from.push(start);
            } else {
                rests.push(self.rest(plays, start, &agents, &mut known)?);
            }
        }
        let like = self.family.slots.iter().map(|slots| slots.iter().map(|slot| slot.like).collect()).collect();
        Ok(Explored { span: self.family.span, like, rests, restless, regrets: self.regrets(game, &agents)? })
    }

    fn agents(&self) -> Vec<Agent> {
        let of = |(player, it): (usize, &Player)| (0..it.types.len()).map(move |of| (player, of));
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
        let first = |it: &Player| vec![Plan::Written(0); it.types.len()];
        let mut plays = self.players.0.iter().map(first).collect_vec();
        match start {
            Start::Random(policy) => {
                plays[0].fill(Plan::Found(policy));
                (0, plays)
            }
            Start::Intent(intent) => {
                let has = |it: &Player| it.types.iter().any(|of| of.plans.contains(&intent));
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
    fn search(&self, start: Start, agents: &[Agent], known: &mut Known) -> Result<Option<Vec<Vec<Plan>>>, CannotRun> {
        let (begins, mut plays) = self.begin(start);
        let from = agents.iter().position(|(player, _)| *player > begins).unwrap_or(0);
        let mut content = 0;
        for turn in 0..TURNS * agents.len() {
            let agent = agents[(from + turn) % agents.len()];
            let (mine, key) = (plays[agent.0][agent.1], (agent, against(&plays, agents, agent)));
            let best = match known.best.get(&key) {
                Some(best) => *best,
                None => self.best_reply(agent, &certain(&plays))?,
            };
            known.best.insert(key, best);
            let pays_more = best != mine && {
                let [best, mine] = [best, mine].map(|plan| self.fresh(agent, plan, &plays, agents, known));
                let (best, mine) = (best?, mine?);
                Difference::of(best.iter().zip(&mine).map(|(best, mine)| best - mine)).sign(ERRORS) > 0
            };
            if pays_more {
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

    /// What a plan pays an agent on fresh luck, run by run, where the others play what they play.
    fn fresh(
        &self,
        agent: Agent,
        plan: Plan,
        plays: &[Vec<Plan>],
        agents: &[Agent],
        known: &mut Known,
    ) -> Result<Vec<f64>, CannotRun> {
        let key = (agent, against(plays, agents, agent), plan);
        if let Some(paid) = known.fresh.get(&key) {
            return Ok(paid.clone());
        }
        let rows = self.paid(agent, &[plan], &certain(plays), FRESH..FRESH + self.runs)?;
        let paid = rows.into_iter().map(|row| row[0]).collect_vec();
        known.fresh.insert(key, paid.clone());
        Ok(paid)
    }

    fn rest(&self, plays: Vec<Vec<Plan>>, from: Start, agents: &[Agent], known: &mut Known) -> Result<Rest, CannotRun> {
        let others = certain(&plays);
        let mut paid = plays.iter().map(|of| vec![Difference::default(); of.len()]).collect_vec();
        let mut gains_at_most = plays.iter().map(|of| vec![0.0; of.len()]).collect_vec();
        for &(player, of) in agents {
            let mine = plays[player][of];
            let pays = self.fresh((player, of), mine, &plays, agents, known)?;
            paid[player][of] = Difference::of(pays.into_iter());
            gains_at_most[player][of] = self.gains_at_most((player, of), mine, &others)?;
        }
        Ok(Rest { plays, from: vec![from], paid, gains_at_most })
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
        let of_player = |(player, it): (usize, &Player)| (0..it.types.len()).map(|of| mix(player, of)).collect_vec();
        let others: Mixes = self.players.0.iter().enumerate().map(of_player).collect();
        let mut regrets = Vec::new();
        for &(player, of) in agents {
            let best = self.best_reply((player, of), &others)?;
            let plans = self.players.0[player].types[of].plans.len();
            let all = (0..plans).map(Plan::Written).chain([best]).collect_vec();
            let rows = self.paid((player, of), &all, &others, FRESH..FRESH + self.runs)?;
            regrets.extend((0..plans).map(|plan| {
                let gain = Difference::of(rows.iter().map(|row| row[plans] - row[plan]));
                Regretted { player, of, plan, best, gain }
            }));
        }
        Ok(regrets)
    }
}

/// What the agents of the other players play.
fn against(plays: &[Vec<Plan>], agents: &[Agent], agent: Agent) -> Vec<Plan> {
    agents.iter().filter(|it| it.0 != agent.0).map(|(player, of)| plays[*player][*of]).collect()
}

fn certain(plays: &[Vec<Plan>]) -> Mixes {
    plays.iter().map(|of| of.iter().map(|plan| vec![(*plan, 1.0)]).collect()).collect()
}
