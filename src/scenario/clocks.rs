//! What a file says of time that cannot be: clocks without an end, costs of something of which nobody says how long it
//! goes on, and tactics that wait for each other.

use super::{Reader, idle::path_of};
use crate::model::{ActorId, Intent, Negotiation, Tactic};

/// Adds a finding for what is said of time.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    costs(reader, n);
    if n.talks.is_some() {
        n.intents.iter().for_each(|intent| winds_down(reader, n, intent));
        stubborn(reader, n);
    }
}

/// A tactic by the clock needs to know by when all is conceded.
fn winds_down(reader: &mut Reader, n: &Negotiation, intent: &Intent) {
    let public = n.talks.as_ref().and_then(|talks| talks.deadline);
    let deadline = intent.patience.or(intent.deadline).or(public);
    if intent.tactic.over() != Some(None) || deadline.is_some() {
        return;
    }
    let path = path_of(n, intent);
    let own = format!("{path}.tactic");
    let place = if reader.span(&own).is_empty() { path } else { own };
    let found = format!("intent `{}` comes down by the clock, and has no clock", intent.id);
    reader.error_at(&place, found, "give the tactic `over`, the time by which all is conceded; or set a `deadline`");
}

/// Going on costs something, and nobody says for how long; or a party believes what makes no difference to it.
fn costs(reader: &mut Reader, n: &Negotiation) {
    for actor in n.actors.iter().filter(|actor| actor.is_party()) {
        let it = &actor.no_deal;
        if !n.is_zero(it.cost) && it.lasts.is_none() && !n.going_on.is_known() {
            let hint = "say how long it goes on without a deal: [conflict] lasts = SPAN, until = DAY, or both";
            reader.error_at(
                &n.inputs.get(it.cost).path,
                format!("going on costs `{}`, and nobody says how long", actor.id),
                hint,
            );
        }
        let drifts = |s: usize| n.states[s].during.holds_throughout(n.is_conflict()) && !n.is_zero(n.states[s].change);
        let waits = !n.is_zero(it.cost) || it.stake.iter().any(|(s, stake)| !n.is_zero(*stake) && drifts(s.0));
        if let Some(lasts) = it.lasts.filter(|_| !waits) {
            let found = format!("how long it goes on makes no difference to `{}`", actor.id);
            reader.unused(n, lasts, found, "`lasts` is not used; add `cost`, or a `stake` in a state that drifts");
        }
        if let Some(learns) = actor.learns_in.filter(|_| actor.misjudges.is_empty()) {
            reader.unused(
                n,
                learns,
                format!("`{}` misjudges nothing", actor.id),
                "`learns_in` is not used; add `misjudges`",
            );
        }
    }
}

/// Two sides that give only as it is given, and neither gives first.
fn stubborn(reader: &mut Reader, n: &Negotiation) {
    let waits = |it: &&Intent| matches!(it.tactic, Tactic::TitForTat { kappa, .. } if n.is_zero(kappa));
    let of = |party: ActorId| n.intents.iter().filter(waits).find(|it| it.of == party);
    let waiting: Vec<&Intent> = n.parties().filter_map(of).collect();
    let everybody = waiting.len() == n.parties().count();
    if let [first, .., last] = waiting[..]
        && everybody
    {
        let [one, other] = [first, last].map(|it| path_of(n, it));
        let found = format!("`{one}` and `{other}` wait for each other: neither gives anything first");
        reader.warn_at(&format!("{other}.tactic"), found, "give one of the two tactics a `kappa` above 0");
    }
}
