//! Judges that see nothing, and dials that cannot matter wherever they are turned.

use super::Reader;
use crate::model::{Audience, AudienceId, InputId, IssueView, Move, Negotiation, Written};

/// Adds a warning for each of them.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    for (a, audience) in n.audiences.iter().enumerate() {
        if is_blind(n, AudienceId(a)) {
            blind(reader, n, AudienceId(a));
        } else {
            without_loss(reader, n, a);
        }
        idle_line(reader, n, audience);
    }
    careless(reader, n);
    weightless(reader, n);
    mediator(reader, n);
    sets_nothing(reader, n);
}

/// Whether somebody makes anything of the options of some issue.
fn sees(n: &Negotiation, views: &[Option<IssueView>]) -> bool {
    views.iter().flatten().any(|view| !n.is_zero(view.weight) && values(view).any(|id| !n.is_zero(id)))
}

/// The written values of a view.
fn values(view: &IssueView) -> impl Iterator<Item = InputId> {
    let ends = view.values.iter().flat_map(|value| [value.low, value.high]);
    ends.filter_map(|end| if let Written::Input(id) = end { Some(id) } else { None })
}

fn hears(n: &Negotiation, a: AudienceId) -> bool {
    n.claims.iter().any(|claim| claim.reaches(a))
}

/// Whether every package is the same to an audience.
fn is_blind(n: &Negotiation, a: AudienceId) -> bool {
    let audience = n.audience(a);
    let moved = hears(n, a) && !n.is_zero(audience.claims_weight);
    !sees(n, &audience.views) && !moved && audience.red_lines.is_empty()
}

fn blind(reader: &mut Reader, n: &Negotiation, a: AudienceId) {
    let audience = n.audience(a);
    let judges = audience.defeat_below.is_some() || audience.victory_from.is_some();
    // Where it hears without heeding, takes a state as normal that it does not see, or has a veto and no line, that is told.
    let silent = audience.defeat_below.is_none() && !n.is_zero(audience.veto);
    let told = silent || hears(n, a) || audience.normal.iter().any(Option::is_some);
    if judges && !told {
        let found = format!("`{}` judges, and every package is the same to it", audience.id);
        let hint = format!("add views.{} to issues, claims that it hears, or a red line", audience.id);
        reader.warn_at(&format!("audiences.{}", audience.id), found, &hint);
    }
}

/// An aversion to losses where nothing can be one.
fn without_loss(reader: &mut Reader, n: &Negotiation, a: usize) {
    let audience = &n.audiences[a];
    let mut written = audience.views.iter().flatten().flat_map(values);
    let loses = written.any(|id| n.range(id).0 < 0.0) || audience.normal.iter().any(Option::is_some);
    if !loses {
        let found = format!("nothing on the table is a loss to `{}`", audience.id);
        reader.unused(n, audience.loss_aversion, found, "`loss_aversion` is not used");
    }
}

/// What moves a line that is not there; hands tied by an ultimatum that nobody gives.
fn idle_line(reader: &mut Reader, n: &Negotiation, audience: &Audience) {
    let moves = [audience.per_round, audience.tied_hands, audience.turns];
    if audience.defeat_below.is_none() {
        for id in moves.into_iter().chain(audience.per_state.iter().map(|(_, points)| *points)) {
            let found = format!("`{}` has no line that could move", audience.id);
            reader.unused(n, id, found, "add `defeat_below`, or leave the number out");
        }
    }
    let threatens = |rates: &[Option<InputId>; 6]| rates[Move::Ultimatum as usize].is_some_and(|rate| !n.is_zero(rate));
    let mut own = n.intents.iter().filter(|intent| intent.of == audience.of);
    if n.talks.is_some() && audience.defeat_below.is_some() && !own.any(|intent| threatens(&intent.rates)) {
        let found = format!("`{}` never gives an ultimatum", n.actor(audience.of).id);
        reader.unused(n, audience.tied_hands, found, "`tied_hands` is not used; give an intent the move `ultimatum`");
    }
    if n.talks.is_some() && n.is_zero(audience.ballot_noise) {
        let found = format!("the ballot of `{}` has no noise", audience.id);
        reader.unused(n, audience.noise_believed, found, "`noise_believed` is not used; add `ballot_noise`");
    }
}

/// Parties to whom every package is the same.
fn careless(reader: &mut Reader, n: &Negotiation) {
    for party in n.parties() {
        let actor = n.actor(party);
        let linked = actor.links.iter().any(|link| !n.is_zero(link.bonus));
        // A party that does something else as well may sit there for that.
        let only_party = actor.roles.len() == 1;
        if only_party && !sees(n, &actor.views) && !linked && actor.red_lines.is_empty() {
            let found = format!("every package is the same to `{}`", actor.id);
            reader.warn_at(&format!("actors.{}", actor.id), found, &format!("add views.{} to issues", actor.id));
        }
    }
}

/// Links and claims that are worth 0, views that weigh 0.
fn weightless(reader: &mut Reader, n: &Negotiation) {
    for claim in n.claims.iter().filter(|claim| n.is_zero(claim.worth)) {
        reader.unused(n, claim.worth, format!("claim `{}` is worth nothing", claim.id), "give it a `worth` above 0");
    }
    for link in n.actors.iter().flat_map(|actor| &actor.links).filter(|link| n.is_zero(link.bonus)) {
        reader.unused(n, link.bonus, format!("link `{}` adds nothing", link.id), "give it a `bonus`");
    }
    for view in n.views().flatten().flatten().filter(|view| n.is_zero(view.weight)) {
        let path = &n.inputs.get(view.weight).path;
        let found = format!("`{path}` is 0, so that its values do not matter");
        reader.unused(n, view.weight, found, "give the view a weight, or leave it out");
    }
}

/// What presses nobody.
fn mediator(reader: &mut Reader, n: &Negotiation) {
    let Some(mediator) = n.mediator.as_ref().filter(|mediator| n.is_zero(mediator.presses)) else { return };
    let tilts = mediator.tilt.iter().map(|(_, by)| *by);
    for id in [mediator.pressure, mediator.presses_for].into_iter().chain(tilts) {
        let found = format!("`{}` presses nobody", n.actor(mediator.actor).id);
        reader.unused(n, id, found, "the number is not used; give the mediator `presses`");
    }
}

/// Readings and variants that set a number to what it is.
fn sets_nothing(reader: &mut Reader, n: &Negotiation) {
    for (section, id, set) in n.sets() {
        let noun = &section[..section.len() - 1];
        for (input, _) in set.iter().filter(|(input, law)| n.inputs.get(*input).law == *law) {
            let path = &n.inputs.get(*input).path;
            let place = format!("{section}.{id}.set.{path}");
            let found = format!("{noun} `{id}` sets `{path}` to what it is");
            if reader.spans.contains_key(&place) {
                reader.warn_at(&place, found, "set another value, or leave it out");
            }
        }
    }
}
