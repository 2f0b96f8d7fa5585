//! What a file says of the talks that can never come to pass, or is never used.

use std::ops::Range;

use super::reader::Reader;
use crate::model::{Circumstance, InputId, Intent, Move, Negotiation, Timing};

/// Adds a finding for all of it.
pub(super) fn look(reader: &mut Reader, n: &Negotiation) {
    if n.talks.is_none() {
        return without_talks(reader, n);
    }
    for party in n.parties().filter(|i| n.intents_of(*i).next().is_none()) {
        let id = &n.actor(party).id;
        let found = format!("`{id}` takes part in the talks but has no intent");
        let span = at(reader, "talks");
        reader.error(found, &span).hint(format!("add [intents.{id}.ID] with its moves")).push();
    }
    n.intents.iter().for_each(|intent| look_at_intent(reader, n, intent));
    priors(reader, n);
    events(reader, n);
    states(reader, n);
    ballots(reader, n);
    room(reader, n);
}

/// A mediator whom the talks need and do not have; silence that nothing can break.
fn room(reader: &mut Reader, n: &Negotiation) {
    let Some(talks) = &n.talks else { return };
    if talks.needs_mediator && n.mediator.as_ref().is_none_or(|m| m.patience.is_none()) {
        let span = at(reader, "talks");
        let found = "`needs_mediator` never ends the talks: no mediator ever leaves";
        reader.warning(found.to_owned(), &span).hint("give [mediator] a `patience`").push();
    }
    if !is_zero(n, talks.resumes) && (!talks.conflict || n.stages.len() < 2) {
        let span = at(reader, "talks.resumes");
        let found = "`resumes` is never used: no paper before the last ends a conflict";
        reader.warning(found.to_owned(), &span).hint("it needs talks.conflict = true and [stages]").push();
    }
    for (s, stage) in n.stages.iter().enumerate() {
        let Some(beside) = &stage.beside else { continue };
        let path = format!("stages.{}", n.stages[s].id);
        impossible(reader, n, &path, &beside.during);
        if is_zero(n, beside.chance) {
            let span = at(reader, &path);
            reader.warning(format!("stage `{}` is never settled", stage.id), &span).hint("raise its `chance`").push();
        }
    }
}

fn at(reader: &Reader, path: &str) -> Range<usize> {
    reader.spans.get(path).cloned().unwrap_or(0..0)
}

fn path_of(n: &Negotiation, intent: &Intent) -> String {
    format!("intents.{}.{}", n.actor(intent.of).id, intent.id)
}

/// Whether a number is 0 in the file, in every reading and with every variant.
fn is_zero(n: &Negotiation, id: InputId) -> bool {
    n.range(id) == (0.0, 0.0)
}

/// Sections that only talks use.
fn without_talks(reader: &mut Reader, n: &Negotiation) {
    let intents = n.intents.iter().map(|intent| path_of(n, intent));
    let events = n.events.iter().map(|event| format!("events.{}", event.id));
    let stages = n.stages.iter().map(|stage| format!("stages.{}", stage.id));
    let room = n.mediator.iter().map(|_| "mediator".to_owned());
    let owed = n.ledger.iter().map(|owing| format!("ledger.{}", owing.id));
    for path in intents.chain(events).chain(stages).chain(room).chain(owed) {
        let span = at(reader, &path);
        reader.error(format!("`{path}` needs talks"), &span).hint("add [talks]").push();
    }
    let written = |id: InputId| n.inputs.get(id).written;
    let moving = n.states.iter().flat_map(|s| [Some(s.change), Some(s.spread), s.min, s.max]).flatten();
    let people = n.audiences.iter().flat_map(|a| [a.tied_hands, a.ballot_noise, a.noise_believed, a.turns]);
    let others = people.chain(n.actors.iter().flat_map(|a| [a.misreads, a.no_deal.contact]));
    for id in moving.chain(others).filter(|id| written(*id)) {
        let path = n.inputs.get(id).path.clone();
        let span = at(reader, &path);
        reader.warning(format!("`{path}` is used only in talks"), &span).hint("add [talks]").push();
    }
}

fn look_at_intent(reader: &mut Reader, n: &Negotiation, intent: &Intent) {
    let path = path_of(n, intent);
    if intent.rates.iter().flatten().all(|rate| is_zero(n, *rate)) {
        let span = at(reader, &path);
        reader.error(format!("intent `{}` has no moves", intent.id), &span).hint("give `moves` a rate above 0").push();
    }
    let makes = |which: Move| {
        Move::ALL.iter().zip(&intent.rates).any(|(m, rate)| *m == which && rate.is_some_and(|rate| !is_zero(n, rate)))
    };
    for response in &intent.responses {
        let own = format!("{path}.responses.{}", response.id);
        impossible(reader, n, &own, &response.during);
        for (_, factor) in response.times.iter().filter(|(which, _)| !makes(*which)) {
            let path = n.inputs.get(*factor).path.clone();
            let span = at(reader, &path);
            let found = format!("`{path}` multiplies a rate of 0");
            reader.warning(found, &span).hint("give the move a rate in `moves`").push();
        }
    }
    if let Some(yields) = &intent.yields {
        impossible(reader, n, &format!("{path}.yields"), &yields.during);
    }
    if let Some(escalation) = &intent.escalates {
        impossible(reader, n, &format!("{path}.escalates"), &escalation.during);
    }
}

/// A party without any intent that can be drawn.
fn priors(reader: &mut Reader, n: &Negotiation) {
    for party in n.parties() {
        let mut own = n.intents_of(party).peekable();
        if own.peek().is_some() && own.all(|i| is_zero(n, n.intents[i].prior)) {
            let id = &n.actor(party).id;
            let span = at(reader, &format!("intents.{id}"));
            reader.error(format!("all intents of `{id}` have the prior 0"), &span).push();
        }
    }
}

fn events(reader: &mut Reader, n: &Negotiation) {
    for event in &n.events {
        let path = format!("events.{}", event.id);
        impossible(reader, n, &path, &event.during);
        let never = match event.timing {
            Timing::In(round) => round > n.horizon,
            Timing::Each(chance) => is_zero(n, chance),
        };
        let span = at(reader, &path);
        if never {
            let found = format!("event `{}` never happens", event.id);
            reader.warning(found, &span).hint("raise its chance, or put it before the horizon").push();
        }
        if event.moves.is_empty() && event.raises.is_empty() && event.owes.is_empty() && event.conflict.is_none() {
            let found = format!("event `{}` changes nothing", event.id);
            reader.warning(found, &span).hint("add `moves`, `raises`, `owes` or `conflict`").push();
        }
    }
}

/// A circumstance that cannot come about.
fn impossible(reader: &mut Reader, n: &Negotiation, path: &str, during: &Circumstance) {
    let at_war = n.talks.as_ref().is_some_and(|talks| talks.conflict);
    let event_makes = |conflict: bool| n.events.iter().any(|e| e.conflict == Some(conflict));
    let stops = n.space.issues.iter().flat_map(|k| &k.options).any(|o| o.stops.is_some());
    let presses = n.mediator.as_ref().is_some_and(|m| !is_zero(n, m.presses));
    let why = match (during.conflict, during.rounds) {
        (_, Some((first, _))) if first > n.horizon => "its rounds lie beyond the horizon",
        (Some(true), _) if !at_war && !event_makes(true) => "there is no conflict: set talks.conflict = true",
        (Some(false), _) if at_war && !event_makes(false) && !stops => "nothing ends the conflict",
        _ if during.pressed.is_some() && !presses => "nobody presses: give the mediator `presses`",
        _ => return,
    };
    let span = at(reader, &format!("{path}.while"));
    let span = if span.is_empty() { at(reader, path) } else { span };
    reader.warning(format!("the `while` of `{path}` never holds"), &span).hint(why).push();
}

fn states(reader: &mut Reader, n: &Negotiation) {
    for state in &n.states {
        let path = format!("state.{}", state.id);
        impossible(reader, n, &path, &state.during);
        if let (Some(min), Some(max)) = (state.min, state.max)
            && n.range(min).1 > n.range(max).0
        {
            let span = at(reader, &format!("{path}.max"));
            reader.error(format!("`max` of state `{}` may lie below its `min`", state.id), &span).push();
        }
    }
}

/// Noise of ballots that are never held.
fn ballots(reader: &mut Reader, n: &Negotiation) {
    let options = || n.space.issues.iter().flat_map(|k| &k.options);
    for (a, audience) in n.audiences.iter().enumerate() {
        let votes = options().any(|o| o.ratified_by.iter().any(|by| by.0 == a));
        if n.inputs.get(audience.ballot_noise).written && !votes && is_zero(n, audience.veto) {
            let path = n.inputs.get(audience.ballot_noise).path.clone();
            let span = at(reader, &path);
            let found = format!("`{}` ratifies nothing and binds nobody", audience.id);
            reader.warning(found, &span).hint("name it in `ratified_by` of options").push();
        }
    }
}
