//! The packages with a name in one world: which of them would do, and what stands against the others.

use crate::ask::Exact;
use crate::model::{Account, ActorId, Package, Scale};
use crate::text::words::{list, visible};

/// Why a package would not do, in a few words each; empty if it would.
pub(super) fn against(x: &Exact, package: &Package) -> Vec<String> {
    let n = &x.n;
    let account = Account::of(n, Scale::of(n), &x.world, package);
    let names = |actors: &[ActorId]| list(&actors.iter().map(|i| visible(&n.actor(*i).name)).collect::<Vec<_>>());
    let mut against = Vec::new();
    if !account.is_allowed() {
        against.push("excluded by a rule".to_owned());
    }
    if !account.is_available() {
        against.push("not granted".to_owned());
    }
    let refusing: Vec<ActorId> = account.leaderships.iter().filter(|l| !l.rational).map(|l| l.actor).collect();
    if !refusing.is_empty() {
        let refuse = if refusing.len() == 1 && !n.actor(refusing[0]).plural { "refuses" } else { "refuse" };
        against.push(format!("{} {refuse}", names(&refusing)));
    }
    let audiences = if x.solved.defeat.counts_audiences() {
        account.defeated(n, crate::model::Defeat::Audience)
    } else {
        Vec::new()
    };
    if !audiences.is_empty() {
        against.push(format!("a defeat for {}", names(&audiences)));
    }
    against
}
