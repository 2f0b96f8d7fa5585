//! Through whose ears each side hears a package: one audience of every party, or its leadership if it has none.

use super::scene::Scene;
use crate::model::{ActorId, AudienceId, Beholder};
use crate::space::Question;

/// The audience of a party that is told most, those with a veto in force before all others, the first of several; the
/// leadership if the party has no audience.
pub fn of(scene: &Scene, question: &Question, party: ActorId) -> Beholder {
    let told = |a: &AudienceId| scene.n.claims.iter().filter(|c| c.heard_by.contains(a)).count();
    let binds = |a: &AudienceId| question.asks(Beholder::Audience(*a));
    let rank = |a: &AudienceId| (binds(a), told(a), std::cmp::Reverse(a.0));
    let first = scene.n.audiences_of(party).max_by_key(rank);
    first.map_or(Beholder::Leadership(party), Beholder::Audience)
}

/// The name of somebody with a scale of points.
pub fn name(scene: &Scene<'_>, beholder: Beholder) -> String {
    match beholder {
        Beholder::Leadership(i) => scene.actor(i).to_owned(),
        Beholder::Audience(a) => scene.n.audience(a).name.clone(),
    }
}
