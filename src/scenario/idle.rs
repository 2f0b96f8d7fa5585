//! What a file says of the talks, and of how long deals hold, that cannot come to pass or that nothing uses.

use itertools::Itertools;

use super::{Reader, dead, error};
use crate::model::{
    ActorId, Agree, Circumstance, Counted, Durability, Intent, MOST_FORESEEN, Move, Negotiation, Timing,
};

/// Adds a finding for what is said of the talks.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    if n.talks.is_none() {
        return without_talks(reader, n);
    }
    for party in n.parties().filter(|i| n.intents_of(*i).next().is_none()) {
        let id = &n.actor(party).id;
        let found = format!("`{id}` takes part in the talks but has no intent");
        reader.error_at("talks", found, &format!("add [intents.{id}.ID] with its moves"));
    }
    n.intents.iter().for_each(|intent| look_at_intent(reader, n, intent));
    priors(reader, n);
    events(reader, n);
    states(reader, n);
    room(reader, n);
}

/// A mediator whom the talks need and do not have; silence that nothing can break.
fn room(reader: &mut Reader, n: &Negotiation) {
    let Some(talks) = &n.talks else { return };
    if talks.needs_mediator && n.mediator.as_ref().is_none_or(|m| m.patience.is_none()) {
        let found = "`needs_mediator` never ends the talks: no mediator ever leaves";
        reader.warn_at("talks", found, "give [mediator] a `patience`");
    }
    if !n.is_zero(talks.resumes) && (!talks.conflict || n.stages.len() < 2) {
        let found = "`resumes` is never used: no paper before the last ends a conflict";
        reader.warn_at("talks.resumes", found, "it needs talks.conflict = true and [stages]");
    }
    outvoted(reader, n, &talks.agree);
    for stage in &n.stages {
        let Some(beside) = &stage.beside else { continue };
        let path = format!("stages.{}", stage.id);
        impossible(reader, n, &path, &beside.during);
        if n.is_zero(beside.chance) {
            reader.warn_at(&path, format!("stage `{}` is never settled", stage.id), "raise its `chance`");
        }
    }
}

/// Parties whose consent no coalition needs though nothing names those who must agree.
fn outvoted(reader: &mut Reader, n: &Negotiation, agree: &Agree) {
    let parties: Vec<ActorId> = n.parties().collect();
    let winning = agree.minimal(&parties);
    let counted = matches!(agree, Agree::AtLeast { .. } | Agree::Weighted { .. });
    for i in parties.iter().filter(|i| counted && winning.iter().all(|set| !set.contains(i))) {
        let found = format!("whether `{}` consents plays no part: no coalition needs it", n.actor(*i).id);
        reader.warn_at("talks.agree", found, "name those who must agree, `agree = [...]`, if that is meant");
    }
}

/// The path of an intent.
pub fn path_of(n: &Negotiation, intent: &Intent) -> String {
    format!("intents.{}.{}", n.actor(intent.of).id, intent.id)
}

/// Sections that only talks use.
fn without_talks(reader: &mut Reader, n: &Negotiation) {
    let intents = n.intents.iter().map(|intent| path_of(n, intent));
    let events = n.events.iter().map(|event| format!("events.{}", event.id));
    let stages = n.stages.iter().map(|stage| format!("stages.{}", stage.id));
    let room = n.mediator.iter().map(|_| "mediator".to_owned());
    let owed = n.ledger.iter().map(|owing| format!("ledger.{}", owing.id));
    for path in intents.chain(events).chain(stages).chain(room).chain(owed) {
        reader.error_at(&path, format!("`{path}` needs talks"), "add [talks]");
    }
    // What drifts counts in what is expected of no deal.
    let drifts = n.going_on.is_known();
    let moving = n.states.iter().flat_map(|s| [Some(s.change).filter(|_| !drifts), Some(s.spread), s.min, s.max]);
    let moving = moving.flatten();
    let people = n.audiences.iter().flat_map(|a| [a.tied_hands, a.ballot_noise, a.noise_believed, a.turns]);
    let others = people.chain(n.actors.iter().flat_map(|a| [a.misreads, a.no_deal.contact]));
    for id in moving.chain(others) {
        reader.unused(n, id, format!("`{}` is used only in talks", n.inputs.get(id).path), "add [talks]");
    }
}

fn look_at_intent(reader: &mut Reader, n: &Negotiation, intent: &Intent) {
    let path = path_of(n, intent);
    if intent.rates.iter().flatten().all(|rate| n.is_zero(*rate)) {
        reader.error_at(&path, format!("intent `{}` has no moves", intent.id), "give `moves` a rate above 0");
    }
    let makes = |which: Move| intent.rates[which as usize].is_some_and(|rate| !n.is_zero(rate));
    for response in &intent.responses {
        impossible(reader, n, &format!("{path}.responses.{}", response.id), &response.during);
        for (_, factor) in response.times.iter().filter(|(which, _)| !makes(*which)) {
            let path = &n.inputs.get(*factor).path;
            reader.warn_at(path, format!("`{path}` multiplies a rate of 0"), "give the move a rate in `moves`");
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
        if own.peek().is_some() && own.all(|i| n.is_zero(n.intents[i].prior)) {
            let id = &n.actor(party).id;
            let found = format!("all intents of `{id}` have the prior 0");
            error(found, &reader.span(&format!("intents.{id}"))).push(reader);
        }
    }
}

fn events(reader: &mut Reader, n: &Negotiation) {
    for event in &n.events {
        let path = format!("events.{}", event.id);
        impossible(reader, n, &path, &event.during);
        let never = match event.timing {
            Timing::In(unit) => n.pace().first_round(unit) > n.horizon,
            Timing::Each(chance) => n.is_zero(chance),
        };
        if never {
            let hint = "raise its chance, or put it before the horizon";
            reader.warn_at(&path, format!("event `{}` never happens", event.id), hint);
        }
        if event.moves.is_empty() && event.raises.is_empty() && event.owes.is_empty() && event.conflict.is_none() {
            let hint = "add `moves`, `raises`, `owes` or `conflict`";
            reader.warn_at(&path, format!("event `{}` changes nothing", event.id), hint);
        }
    }
}

/// A circumstance that cannot come about.
fn impossible(reader: &mut Reader, n: &Negotiation, path: &str, during: &Circumstance) {
    let at_war = n.talks.as_ref().is_some_and(|talks| talks.conflict);
    let event_makes = |conflict: bool| n.events.iter().any(|e| e.conflict == Some(conflict));
    let stops = n.space.options().any(|o| o.stops.is_some());
    let presses = n.mediator.as_ref().is_some_and(|m| !n.is_zero(m.presses));
    let pressed = |of| dead::may_press(n, of);
    let why = match (during.conflict, during.rounds) {
        (_, Some((first, _))) if n.pace().first_round(first) > n.horizon => "its rounds lie beyond the horizon",
        (Some(true), _) if !at_war && !event_makes(true) => "there is no conflict: set talks.conflict = true",
        (Some(false), _) if at_war && !event_makes(false) && !stops => "nothing ends the conflict",
        _ if during.pressed.is_some() && !presses => "nobody presses: give the mediator `presses`",
        _ if during.pressed.is_some_and(|of| !pressed(of)) => {
            "it is never pressed: mark an intent of its own with obstructs = true, or add `tilt` to [mediator]"
        }
        _ if during.after_success.is_some_and(|who| !dead::may_succeed(n, who)) => {
            "no event or escalation of its own moves a state in its favour"
        }
        _ if during.deadline_within.is_some() && !has_deadline(n, path) => "there is no deadline: add talks.deadline",
        _ => return,
    };
    let own = format!("{path}.while");
    let place = if reader.span(&own).is_empty() { path } else { &own };
    reader.warn_at(place, format!("the `while` of `{path}` never holds"), why);
}

/// Whether there is a deadline that a path knows of: the public one or, for what an intent does, its own.
fn has_deadline(n: &Negotiation, path: &str) -> bool {
    let own = |intent: &&Intent| path.starts_with(&format!("{}.", path_of(n, intent)));
    let leaves = |intent: &Intent| intent.patience.is_some() || intent.deadline.is_some();
    n.talks.as_ref().is_some_and(|talks| talks.deadline.is_some()) || n.intents.iter().find(own).is_some_and(leaves)
}

fn states(reader: &mut Reader, n: &Negotiation) {
    for state in &n.states {
        let path = format!("state.{}", state.id);
        impossible(reader, n, &path, &state.during);
        if let (Some(min), Some(max)) = (state.min, state.max)
            && n.range(min).1 > n.range(max).0
        {
            let span = reader.span(&format!("{path}.max"));
            error(format!("`max` of state `{}` may lie below its `min`", state.id), &span).push(reader);
        }
    }
}

/// Adds a finding for what is said of how long deals hold.
pub fn look_at_durability(reader: &mut Reader, n: &Negotiation) {
    let Some(durability) = &n.durability else { return without_durability(reader, n) };
    foresight(reader, n, durability);
    never_in_force(reader, n, durability);
    complies(reader, n, durability);
    if n.talks.is_none() && !n.parties().any(|i| n.looks_ahead(i, None)) {
        let found = "`durability` is used only in talks and by foresight";
        reader.warn_at("durability", found, "add [talks], or leave `foresight` at its default of 1");
    }
}

/// Numbers that need the section.
fn without_durability(reader: &mut Reader, n: &Negotiation) {
    let actors = n.actors.iter().flat_map(|a| [a.foresight, a.complies]);
    for id in actors.chain(n.audiences.iter().map(|a| a.turns)) {
        let found = format!("`{}` needs durability", n.inputs.get(id).path);
        reader.unused(n, id, found, "add [durability] with its hazard");
    }
}

/// Foresight that would tell too many packages apart, or that is nobody's who signs.
fn foresight(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    for actor in n.actors.iter().filter(|a| !a.is_party()) {
        reader.unused(n, actor.foresight, format!("`{}` signs nothing", actor.id), "`foresight` is not used");
    }
    let issues = durability.foreseen_issues(n);
    if issues.len() <= MOST_FORESEEN || !n.parties().any(|i| n.looks_ahead(i, None)) {
        return;
    }
    let named = issues.iter().map(|k| &n.space.issues[k.0].id).join("`, `");
    let found = format!("leaders would look ahead at {} issues, more than {MOST_FORESEEN}: `{named}`", issues.len());
    reader.error_at("durability", found, "leave factors out of sight with foreseen = false");
}

/// Factors that no package puts in force.
fn never_in_force(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    let of_keys = [
        (Counted::Temporary, "no option is temporary", "add finality = \"temporary\" to an option"),
        (Counted::Informal, "no option is informal", "add form = \"informal\" to options"),
        (Counted::NonCompliance, "nobody holds a term", "add `holder` to options"),
    ];
    for factor in durability.factors.iter().filter(|factor| factor.counts.issues(n).is_empty()) {
        if let Some((_, why, hint)) = of_keys.iter().find(|(counts, ..)| *counts == factor.counts) {
            let found = format!("factor `{}` is never in force: {why}", factor.id);
            reader.warn_at(&format!("durability.factors.{}", factor.id), found, hint);
        }
    }
}

/// Compliance that nothing counts.
fn complies(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    let counted = durability.factors.iter().any(|f| f.counts == Counted::NonCompliance);
    for (i, actor) in n.actors.iter().enumerate() {
        if !n.space.options().any(|o| o.holders.iter().any(|(holder, _)| holder.0 == i)) {
            reader.unused(n, actor.complies, format!("`{}` holds no term", actor.id), "`complies` is not used");
        } else if !counted {
            let (found, hint) = ("no factor counts compliance", "add a factor with counts = \"non-compliance\"");
            reader.unused(n, actor.complies, found.to_owned(), hint);
        }
    }
}
