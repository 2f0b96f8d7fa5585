//! What is said beside the answer: which of the packages with a name would do and what stands against the others, and vetoes
//! that are chances: those that do not happen in a world, and what would be left if they did.

use serde_json::{Value, json};

use crate::ask::Exact;
use crate::model::{Account, ActorId, Defeat, Package, Scale};
use crate::text::words::{count, list, number, visible};

/// Whether a package would do.
pub(super) fn would_do(x: &Exact, package: &Package) -> bool {
    let (n, account) = (&x.n, Account::of(&x.n, Scale::of(&x.n), &x.world, package));
    let defeated = account.defeated(n, x.solved.defeat);
    let rational = |i: ActorId| account.leaderships.iter().any(|l| l.actor == i && l.rational);
    let suits = |i: ActorId| rational(i) && !defeated.contains(&i);
    account.is_allowed() && account.is_available() && n.suffice(suits)
}

/// What stands against a package, in a few words each; where all must agree, empty if it would do.
pub(super) fn against(x: &Exact, package: &Package) -> Vec<String> {
    let n = &x.n;
    let account = Account::of(n, Scale::of(n), &x.world, package);
    let names = |actors: &[ActorId]| list(actors.iter().map(|i| visible(&n.actor(*i).name)));
    let fails = [(!account.is_allowed(), "excluded by a rule"), (!account.is_available(), "not granted")];
    let mut against: Vec<String> =
        fails.into_iter().filter(|(fails, _)| *fails).map(|(_, why)| why.to_owned()).collect();
    let failing = |breaks: bool| {
        let of = account.leaderships.iter().filter(|l| !l.rational && l.breaks_after.is_some() == breaks);
        of.map(|l| l.actor).collect::<Vec<ActorId>>()
    };
    let (refusing, breaking) = (failing(false), failing(true));
    if !breaking.is_empty() {
        against.push(format!("{} would not keep it", names(&breaking)));
    }
    if !refusing.is_empty() {
        let refuse = if refusing.len() == 1 && !n.actor(refusing[0]).plural { "refuses" } else { "refuse" };
        against.push(format!("{} {refuse}", names(&refusing)));
    }
    let counts = x.solved.defeat.counts_audiences();
    let audiences = if counts { account.defeated(n, Defeat::Audience) } else { Vec::new() };
    if !audiences.is_empty() {
        against.push(format!("a defeat for {}", names(&audiences)));
    }
    against
}

/// To how many decimals the utilities of the leaders are taken, where that is more than all else.
pub(super) fn decimals(x: &Exact) -> Option<String> {
    let (finer, digits) = (x.solved.utilities != x.solved.scale, x.solved.utilities.digits());
    finer.then(|| format!("Utilities of leaders are rounded once, to {digits} decimals."))
}

/// The vetoes that do not happen in this world, and what if they did, in a sentence; empty where there are none.
pub(super) fn told(x: &Exact) -> String {
    if x.dormant.is_empty() {
        return String::new();
    }
    let veto = |(a, chance): &_| format!("{} (chance {})", visible(&x.n.audience(*a).name), number(*chance));
    let (these, they) = match x.dormant.len() {
        1 => ("this veto does not happen", "it"),
        _ => ("these vetoes do not happen", "they"),
    };
    let if_so = match (x.solved.packages.would_do, x.if_vetoed.as_ref().and_then(|c| c.would_do)) {
        (Some(now), Some(then)) if now == then => format!(" If {they} did, as many packages would do."),
        (Some(now), Some(then)) => {
            format!(" If {they} did, {} packages would do instead of {}.", count(then), count(now))
        }
        _ => String::new(),
    };
    format!("In this world {these}: {}.{if_so}", list(x.dormant.iter().map(veto)))
}

/// The same as data: each audience with the chance of its veto, in [0, 1].
pub(super) fn data(x: &Exact) -> Value {
    x.dormant.iter().map(|(a, chance)| json!({ "audience": x.n.audience(*a).id, "chance": chance })).collect()
}
