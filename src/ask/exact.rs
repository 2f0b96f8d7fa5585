//! The exact answer: every package of one world, as one owned value.

use crate::analysis::Settings;
use crate::engine::{Drawing, Draws};
use crate::model::{AudienceId, Defeat, Law, Negotiation, World, likeliest};
use crate::space::{Census, Limits, Solved, TooLarge, solve};

/// One world, solved.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exact {
    /// The negotiation.
    pub n: Negotiation,
    /// The variants that are on.
    pub variants: Vec<bool>,
    /// The world.
    pub world: World,
    /// Which it is, as `the world of run 7 under seed 1`.
    pub called: String,
    /// What all of its packages come to.
    pub solved: Solved,
    /// Vetoes that do not happen in it, each with its chance: see [`dormant`].
    pub dormant: Vec<(AudienceId, f64)>,
    /// How many packages would be what if these vetoes did happen; `None` where there are none.
    pub if_vetoed: Option<Census>,
}

/// One world, with what it is called.
#[derive(Debug, Clone)]
pub struct OneWorld {
    /// The world.
    pub world: World,
    /// The reading from which it comes.
    pub reading: Option<usize>,
    /// Which it is, as `the world of run 7 under seed 1`.
    pub called: String,
}

impl OneWorld {
    /// The likeliest world, or that of a run.
    pub fn of(n: &Negotiation, drawing: &Drawing, run: Option<u64>) -> Self {
        let (accounts, seed) = (&drawing.accounts, drawing.seed);
        if let Some(run) = run {
            let drawn = Draws::new(n, accounts.clone(), seed).run(run);
            let reading = drawn.reading.map_or(String::new(), |r| format!(", reading `{}`", n.readings[r].id));
            let called = format!("the world of run {run} under seed {seed}{reading}");
            return Self { world: drawn.world, reading: drawn.reading, called };
        }
        let called = match n.has_one_world(accounts.reading, &accounts.variants) {
            true => "the only world: no number is uncertain",
            false => "the world in which every number is at its likeliest",
        };
        let world = n.modal_world(&n.laws(accounts.reading, &accounts.variants));
        Self { world, reading: accounts.reading, called: called.to_owned() }
    }
}

impl Exact {
    /// Solves the likeliest world, or that of a run.
    ///
    /// # Errors
    /// Those of [`solve`](crate::space::solve).
    pub fn of(n: &Negotiation, settings: &Settings, run: Option<u64>, limits: Limits) -> Result<Self, TooLarge> {
        let OneWorld { world, reading, called } = OneWorld::of(n, &settings.drawing, run);
        let laws = n.laws(reading, &settings.drawing.accounts.variants);
        Ok(Self { called, ..Self::at(n, settings, &laws, world, limits)? })
    }

    /// Solves a world that is given, with the laws of its numbers.
    ///
    /// # Errors
    /// As [`Exact::of`].
    pub fn at(
        n: &Negotiation,
        settings: &Settings,
        laws: &[Law],
        world: World,
        limits: Limits,
    ) -> Result<Self, TooLarge> {
        let (variants, defeat) = (&settings.drawing.accounts.variants, settings.drawing.defeat);
        let exactly = |world: &World| solve(n, variants, world, defeat, limits);
        let (solved, dormant) = (exactly(&world)?, dormant(n, laws, &world, defeat));
        let awake = (!dormant.is_empty()).then(|| exactly(&awake(n, &world, &dormant))).transpose()?;
        let if_vetoed = awake.map(|solved| solved.packages);
        let called = "the given world".to_owned();
        Ok(Self { n: n.clone(), variants: variants.clone(), world, called, solved, dormant, if_vetoed })
    }
}

/// The audiences of parties that may have a veto but have none in a world, each with how likely it is; none where
/// audiences are not asked. Audiences that cannot call anything a defeat are left out.
pub fn dormant(n: &Negotiation, laws: &[Law], world: &World, defeat: Defeat) -> Vec<(AudienceId, f64)> {
    let sleeps = |a: &AudienceId| n.may_bind(*a) && n.can_say_defeat(*a) && !n.binds(world, *a);
    let audiences = (0..n.audiences.len()).map(AudienceId).filter(|a| defeat.counts_audiences() && sleeps(a));
    let with_chance = audiences.map(|a| (a, likeliest(laws, n.audience(a).veto)));
    with_chance.filter(|(_, chance)| *chance > 0.0).collect()
}

/// The same world, in which the vetoes of these audiences happen.
fn awake(n: &Negotiation, world: &World, audiences: &[(AudienceId, f64)]) -> World {
    let mut world = world.clone();
    audiences.iter().for_each(|(a, _)| world.values[n.audience(*a).veto.0] = 1.0);
    world
}
