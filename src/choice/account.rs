//! The game of one account: its tables, what is in equilibrium, and what is said of one plan.

use itertools::Itertools as _;

use super::cells::{Cells, cells};
use super::erring::{Erring, erring, errs_until, sides};
use super::errors::Errors;
use super::line::{Line, lines};
use super::players::Players;
use super::sample::{Difference, Sample};
use super::supports::{Regret, Settled, behind, settle};
use crate::engine::{CannotRun, Drawing, Pin};
use crate::model::{ActorId, Negotiation};

/// What is asked of a game.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Runs a cell and account, ≥ 1.
    pub runs: u64,
    /// From what worlds are drawn. Where no reading is chosen each is an account of its own.
    pub drawing: Drawing,
    /// The plan that is asked about, as a party and a place among the intents; `None`: nothing is asked about one.
    pub about: Option<(ActorId, usize)>,
    /// Times that the runs are resampled.
    pub resamples: u64,
}

/// The game of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct OfAccount {
    /// The reading, as a place among them; `None` where the scenario has none.
    pub reading: Option<usize>,
    /// The cells of every combination of types: the first player's type runs fastest.
    pub blocks: Vec<Block>,
    /// The table that is solved, at twice the horizon: a plan of a player names one for each of its types.
    pub sample: Sample,
    /// `plans[player][plan][type]`: what each plan of the table plays, as places among the plans of the type.
    pub plans: Vec<Vec<Vec<usize>>>,
    /// What is in equilibrium in it.
    pub settled: Settled,
    /// By how much its differences may be off, and the critical number of errors.
    pub errors: Errors,
    /// Pairs of plans of one player whose difference changes its sign, beyond two standard errors, between the horizon and twice
    /// the horizon: what is best hangs on how long one looks.
    pub turns: Vec<Turn>,
    /// What sides play that err; empty where three players choose, or more.
    pub erring: Vec<Erring>,
    /// What is said of the plan that is asked about, for each type of its player that may play it.
    pub sought: Vec<Sought>,
}

/// The cells of one combination of types.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// `types[player]`.
    pub types: Vec<usize>,
    /// Its share among all combinations: the product of those of its types.
    pub share: f64,
    /// What was played.
    pub cells: Cells,
}

/// A difference that turns with the time for which one looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// Whose plans.
    pub player: usize,
    /// The block.
    pub block: usize,
    /// Two profiles of the block that differ in that player's plan.
    pub profiles: (usize, usize),
    /// How much more the first pays where the observer looks away at the horizon.
    pub at_horizon: Difference,
    /// And at twice the horizon.
    pub at_twice: Difference,
}

/// One plan, beside the best of the others that its player could play, against what the others play in the first equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// Place of its player.
    pub player: usize,
    /// The type of the player.
    pub of: usize,
    /// The plan, as a place among those of the type.
    pub plan: usize,
    /// The best of the other plans of the type.
    pub best: usize,
    /// By how much the plan pays more than that.
    pub more: Difference,
    /// Share of runs in which the sign is another than that of the mean.
    pub other_sign: f64,
    /// `best_in[plan]`: share of runs in which each plan of the type pays most; ties count for each.
    pub best_in: Vec<f64>,
    /// The share of resamples with an equilibrium in which the type plays the plan with some chance, of those supports that survive.
    pub chosen: f64,
    /// The least number of points by which both sides must err for the plan to be played one time in ten, see [`errs_until`].
    pub errs_by: Option<f64>,
    /// The steepest lines of the difference over the numbers drawn.
    pub lines: Vec<Line>,
}

/// How many lines are told.
const LINES: usize = 3;

/// Standard errors beyond which the sign of a difference at two horizons counts.
const TURNS: f64 = 2.0;

impl OfAccount {
    /// What a player would regret that plays a plan of the table for certain, where the others mix, and the best of its other plans.
    pub fn behind(&self, player: usize, plan: usize, mixed: &[Vec<f64>]) -> (Regret, usize) {
        behind(&self.sample, &self.errors, player, plan, mixed)
    }
}

/// The game of one account; `drawing` names its reading. `done` hears how many runs of cells are done.
///
/// # Errors
/// [`CannotRun`].
pub fn choose(
    n: &Negotiation,
    players: &Players,
    asked: &Asked,
    drawing: &Drawing,
    done: impl Fn(u64) + Sync,
) -> Result<OfAccount, CannotRun> {
    let blocks = blocks(n, players, asked.runs, drawing, &[], done)?;
    let sample = table(players, &blocks, None, |cells| &cells.at_twice);
    let (settled, errors) = settle(&sample, asked.resamples, drawing.seed, drawing.threads)?;
    let turns = blocks.iter().enumerate().flat_map(|(b, block)| turns(b, &block.cells)).collect();
    let erring = erring(players, &blocks, drawing.seed);
    let mut found = OfAccount {
        erring,
        reading: drawing.accounts.reading,
        plans: (0..players.0.len()).map(|player| players.plans(player)).collect(),
        blocks,
        sample,
        settled,
        errors,
        turns,
        sought: Vec::new(),
    };
    if let Some((actor, intent)) = asked.about
        && let Some(player) = players.0.iter().position(|player| player.actor == actor)
    {
        let types = 0..players.0[player].types.len();
        let sought = types.filter_map(|of| sought(n, players, &found, (player, of, intent), drawing));
        found.sought = sought.collect();
    }
    Ok(found)
}

/// The cells of all combinations of types, some numbers held.
///
/// # Errors
/// [`CannotRun`].
pub fn blocks(
    n: &Negotiation,
    players: &Players,
    runs: u64,
    drawing: &Drawing,
    pins: &[Pin],
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Block>, CannotRun> {
    let all = players.combinations().into_iter().enumerate();
    all.map(|(made, types)| {
        let of = players.wanting(n, &types);
        let cells = cells(&of, &players.playing(&types), drawing, runs, pins, |runs_done| {
            done(made as u64 * runs + runs_done);
        })?;
        Ok(Block { share: players.share(&types), types, cells })
    })
    .collect()
}

/// The table of blocks, each weighed by the share of its types. With `one`, the table as one type of a player sees it: its own plans
/// are those of the type.
pub(super) fn table(
    players: &Players,
    blocks: &[Block],
    one: Option<(usize, usize)>,
    of: impl Fn(&Cells) -> &Sample,
) -> Sample {
    if let [block] = blocks {
        return of(&block.cells).clone();
    }
    let named: Vec<Vec<Vec<usize>>> = (0..players.0.len())
        .map(|player| match one {
            Some((i, at)) if i == player => {
                let types = &players.0[i].types;
                (0..types[at].plans.len()).map(|plan| vec![plan; types.len()]).collect()
            }
            _ => players.plans(player),
        })
        .collect();
    let runs = blocks.first().map_or(0, |block| of(&block.cells).runs);
    let mut sample = Sample { plans: named.iter().map(Vec::len).collect(), runs, values: Vec::new() };
    let (profiles, width) = (sample.profiles(), players.0.len());
    sample.values = vec![0.0; runs * profiles * width];
    for block in blocks.iter().filter(|block| one.is_none_or(|(i, at)| block.types[i] == at)) {
        let share = block.share / one.map_or(1.0, |(i, at)| players.0[i].types[at].share);
        let cells = of(&block.cells);
        let inner = (0..profiles).map(|place| {
            let profile = sample.profile(place);
            let own = profile.iter().enumerate().map(|(i, plan)| named[i][*plan][block.types[i]]);
            cells.place(&own.collect_vec())
        });
        let inner = inner.collect_vec();
        for run in 0..runs {
            for (place, from) in inner.iter().enumerate() {
                for player in 0..width {
                    sample.values[(run * profiles + place) * width + player] += share * cells.paid(run, *from, player);
                }
            }
        }
    }
    sample
}

/// Differences of a block that turn between the horizons.
fn turns(block: usize, cells: &Cells) -> Vec<Turn> {
    let mut found = Vec::new();
    if cells.all_ended {
        return found;
    }
    let (early, late) = (&cells.at_horizon, &cells.at_twice);
    for player in 0..early.players() {
        for one in 0..early.profiles() {
            for plan in early.profile(one)[player] + 1..early.plans[player] {
                let other = early.with(one, player, plan);
                let [at_horizon, at_twice] = [early, late].map(|sample| sample.difference(player, one, other));
                if at_horizon.sign(TURNS) * at_twice.sign(TURNS) < 0 {
                    found.push(Turn { player, block, profiles: (one, other), at_horizon, at_twice });
                }
            }
        }
    }
    found
}

/// What is said of one plan of one type; `None` where the type may not play it, or has no other plan.
fn sought(
    n: &Negotiation,
    players: &Players,
    game: &OfAccount,
    (player, of, intent): (usize, usize, usize),
    drawing: &Drawing,
) -> Option<Sought> {
    let plan = players.0[player].types[of].plans.iter().position(|k| *k == intent)?;
    let mixed = &game.settled.supported.first()?.mixed;
    let own = table(players, &game.blocks, Some((player, of)), |cells| &cells.at_twice);
    if own.plans[player] < 2 {
        return None;
    }
    let best = best_plan(&own, player, plan, mixed);
    let differences = paid_more(&own, player, (plan, best), mixed);
    let more = Difference::of(differences.iter().copied());
    let other = differences.iter().filter(|d| **d * more.mean < 0.0).count();
    let mut best_in = vec![0_u64; own.plans[player]];
    let others: Vec<(usize, f64)> = own.others(player, mixed).collect();
    let pays = |run: usize, plan: usize| -> f64 {
        others.iter().map(|(place, p)| p * own.paid(run, own.with(*place, player, plan), player)).sum()
    };
    for run in 0..own.runs {
        let all = (0..own.plans[player]).map(|plan| pays(run, plan)).collect_vec();
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        all.iter().zip(&mut best_in).for_each(|(x, count)| *count += u64::from(*x == most));
    }
    let runs = own.runs.max(1) as f64;
    let plays = |support: &[usize]| support.iter().any(|at| game.plans[player][*at][of] == plan);
    let with = game.settled.supported.iter().filter(|it| plays(&it.support[player]));
    let types = game.blocks.iter().find(|block| block.types[player] == of)?.types.clone();
    Some(Sought {
        player,
        of,
        plan,
        best,
        more,
        other_sign: other as f64 / runs,
        best_in: best_in.into_iter().map(|count| count as f64 / runs).collect(),
        errs_by: sides(players, &game.blocks, None).and_then(|sides| errs_until(&sides, player, of, plan)),
        chosen: with.map(|it| it.share).fold(0.0, f64::max),
        lines: lines(
            &players.wanting(n, &types),
            players.0[player].actor,
            (&drawing.accounts, drawing.seed),
            &differences,
            LINES,
        ),
    })
}

/// The best of a player's other plans where the others mix, of equals the first.
pub(super) fn best_plan(own: &Sample, player: usize, plan: usize, mixed: &[Vec<f64>]) -> usize {
    let means = own.means();
    let others: Vec<(usize, f64)> = own.others(player, mixed).collect();
    let mean = |plan: usize| -> f64 {
        others.iter().map(|(place, p)| p * means[own.with(*place, player, plan) * own.players() + player]).sum()
    };
    let rivals = (0..own.plans[player]).filter(|k| *k != plan).map(|k| (k, mean(k)));
    rivals.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(plan, |(best, _)| best)
}

/// How much more one plan of a player pays than another, run by run, where the others mix.
pub(super) fn paid_more(own: &Sample, player: usize, (one, other): (usize, usize), mixed: &[Vec<f64>]) -> Vec<f64> {
    let others: Vec<(usize, f64)> = own.others(player, mixed).collect();
    let paid = |run: usize, place: usize, plan: usize| own.paid(run, own.with(place, player, plan), player);
    let more = |run: usize| -> f64 {
        others.iter().map(|(place, p)| p * (paid(run, *place, one) - paid(run, *place, other))).sum()
    };
    (0..own.runs).map(more).collect()
}
