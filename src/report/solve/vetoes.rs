//! Vetoes that are chances: those that do not happen in a world, and what would be left if they did.

use serde_json::{Value, json};

use super::super::terms::likeliest;
use crate::model::{AudienceId, Defeat, Law, Negotiation, World};
use crate::space::Census;
use crate::text::words::{count, list, number, visible};

/// The audiences of parties that may have a veto but have none in a world, each with how likely it is; none where
/// audiences are not asked. Audiences that cannot call anything a defeat are left out.
#[must_use]
pub fn dormant(n: &Negotiation, laws: &[Law], world: &World, defeat: Defeat) -> Vec<(AudienceId, f64)> {
    let sleeps = |a: &AudienceId| n.may_bind(*a) && n.can_say_defeat(*a) && !n.binds(world, *a);
    let audiences = (0..n.audiences.len()).map(AudienceId).filter(|a| defeat.counts_audiences() && sleeps(a));
    let with_chance = audiences.map(|a| (a, likeliest(laws, n.audience(a).veto)));
    with_chance.filter(|(_, chance)| *chance > 0.0).collect()
}

/// The same world, in which the vetoes of these audiences happen.
#[must_use]
pub fn awake(n: &Negotiation, world: &World, audiences: &[(AudienceId, f64)]) -> World {
    let mut world = world.clone();
    audiences.iter().for_each(|(a, _)| world.values[n.audience(*a).veto.0] = 1.0);
    world
}

pub(super) fn told(n: &Negotiation, dormant: &[(AudienceId, f64)], now: &Census, then: Option<&Census>) -> String {
    let who: Vec<String> = dormant
        .iter()
        .map(|(a, chance)| format!("{} (chance {})", visible(&n.audience(*a).name), number(*chance)))
        .collect();
    let these = if who.len() == 1 { "this veto does not happen" } else { "these vetoes do not happen" };
    let they = if who.len() == 1 { "it" } else { "they" };
    let if_so = match (now.would_do, then.and_then(|c| c.would_do)) {
        (Some(now), Some(then)) if now == then => format!(" If {they} did, as many packages would do."),
        (Some(now), Some(then)) => {
            format!(" If {they} did, {} packages would do instead of {}.", count(then), count(now))
        }
        _ => String::new(),
    };
    format!("In this world {these}: {}.{if_so}", list(&who))
}

pub(super) fn data(n: &Negotiation, dormant: &[(AudienceId, f64)]) -> Value {
    dormant.iter().map(|(a, chance)| json!({ "audience": n.audience(*a).id, "chance": chance })).collect()
}
