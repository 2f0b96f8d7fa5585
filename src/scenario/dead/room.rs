//! Dead dials of the room: the mediator, ultimatums, escalations, favours, beliefs.

use super::{Dial, Place, Rule, makes, may_press, offers, somebody_makes};
use crate::model::{Mediator, Move, Negotiation};

pub(super) const RULES: [Rule; 15] = [
    Rule { key: "mediator.patience", hint: PATIENCE, dead: |n| of_mediator(n, patience) },
    Rule {
        key: "mediator.relief",
        hint: "`relief` is not used; give [mediator] a `patience`",
        dead: |n| of_mediator(n, unwound),
    },
    Rule {
        key: "mediator.relief.token",
        hint: "the relief is not used; give an intent the move, or leave it out",
        dead: |n| of_mediator(n, relief_for_nothing),
    },
    Rule {
        key: "mediator.presses",
        hint: "the number is not used; add `tilt`, or mark an intent with obstructs = true",
        dead: |n| of_mediator(n, presses_nobody),
    },
    Rule {
        key: "mediator.accepts",
        hint: "`accepts` is not used; give the mediator `proposes`",
        dead: |n| of_mediator(n, proposes_nothing),
    },
    Rule {
        key: "talks.per_ultimatum",
        hint: "`per_ultimatum` is not used; give an intent the move `ultimatum`",
        dead: nobody_threatens,
    },
    Rule {
        key: "intents.PARTY.ID.moves.ultimatum",
        hint: "write the rate under `offer`; or add talks.per_ultimatum, or `tied_hands` to an audience of its own",
        dead: hollow_threats,
    },
    Rule {
        key: "talks.per_escalation",
        hint: "`per_escalation` is not used; add `escalates` to an intent",
        dead: nobody_escalates,
    },
    Rule {
        key: "ledger.ID.moves",
        hint: "the favours are never added; name a move that the creditor makes",
        dead: favours_never_done,
    },
    Rule {
        key: "ledger.ID.per_press",
        hint: "the favours are never added; it is for a creditor who mediates and presses others",
        dead: favours_never_pressed,
    },
    Rule {
        key: "ledger.ID.worth",
        hint: "the debt eases no consent; its creditor must make offers, or mediate",
        dead: favours_never_called,
    },
    Rule {
        key: "intents.PARTY.ID.prior",
        hint: "`prior` is not used; add another intent, or leave it out",
        dead: only_intents,
    },
    Rule {
        key: "beliefs.OBSERVER.PARTY.ID",
        hint: "the weight is not used; add another intent, or leave it out",
        dead: beliefs_without_doubt,
    },
    Rule { key: "beliefs.noise", hint: "the number is not used; give a party two intents", dead: nothing_to_learn },
    Rule {
        key: "beliefs.names, beliefs.slip",
        hint: "the number is not used; it serves `winset infer`, which reads [[record]]",
        dead: nothing_recorded,
    },
];

const PATIENCE: &str =
    "its clock is not used; set talks.needs_mediator = true, or give the mediator `presses` or `proposes`";

fn of_mediator(n: &Negotiation, dead: fn(&Negotiation, &Mediator) -> Vec<Dial>) -> Vec<Dial> {
    n.mediator.as_ref().filter(|_| n.talks.is_some()).map_or(Vec::new(), |it| dead(n, it))
}

/// Whether it makes a difference that the mediator leaves: it then presses and proposes no more, and is owed nothing.
fn is_missed(n: &Negotiation, it: &Mediator) -> bool {
    let needed = n.talks.as_ref().is_some_and(|talks| talks.needs_mediator);
    needed || !n.is_zero(it.presses) || !n.is_zero(it.proposes) || n.ledger.iter().any(|owing| owing.to == it.actor)
}

/// A clock whose end changes nothing, with what winds it.
fn patience(n: &Negotiation, it: &Mediator) -> Vec<Dial> {
    let Some(patience) = it.patience.filter(|_| !is_missed(n, it)) else { return Vec::new() };
    let relief = [it.relief.token, it.relief.talk, it.relief.concession, it.relief.paper];
    let found = format!("nothing hangs on whether `{}` leaves", n.actor(it.actor).id);
    Dial::all(relief.into_iter().chain([patience]), &found)
}

/// What winds a clock that is not there.
fn unwound(n: &Negotiation, it: &Mediator) -> Vec<Dial> {
    if it.patience.is_some() {
        return Vec::new();
    }
    let found = format!("`{}` has no clock to wind: it never leaves", n.actor(it.actor).id);
    Dial::all([it.relief.token, it.relief.talk, it.relief.concession, it.relief.paper], &found)
}

/// What winds a clock that is there, for what nobody does.
fn relief_for_nothing(n: &Negotiation, it: &Mediator) -> Vec<Dial> {
    if it.patience.is_none() || !is_missed(n, it) {
        return Vec::new();
    }
    let agenda = n.agenda();
    let papers = agenda.len() > 1 && agenda[..agenda.len() - 1].iter().any(|stage| !n.stage(*stage).procedural);
    let concedes = n.parties().any(|of| offers(n, of));
    let all = [
        (it.relief.token, somebody_makes(n, Move::Token), "no party ever makes a token"),
        (it.relief.talk, somebody_makes(n, Move::Talk), "no party ever talks without an offer"),
        (it.relief.concession, concedes, "no party ever makes an offer"),
        (it.relief.paper, papers, "no paper is signed before the deal that is more than procedure"),
    ];
    all.into_iter().filter(|(_, done, _)| !done).map(|(id, _, found)| Dial::number(id, found)).collect()
}

/// Pressure that can meet nobody.
fn presses_nobody(n: &Negotiation, it: &Mediator) -> Vec<Dial> {
    if n.is_zero(it.presses) || n.parties().any(|of| may_press(n, of)) {
        return Vec::new();
    }
    let found = format!(
        "`{}` finds nobody to press: no intent obstructs, and it is tilted against no party",
        n.actor(it.actor).id
    );
    Dial::all([it.presses, it.pressure, it.presses_for], &found)
}

fn proposes_nothing(n: &Negotiation, it: &Mediator) -> Vec<Dial> {
    let found = format!("`{}` never proposes a package", n.actor(it.actor).id);
    let silent = n.is_zero(it.proposes) && !it.accepts.terms.is_empty();
    silent.then(|| Dial { at: Place::Entry("mediator.accepts".into()), found }).into_iter().collect()
}

fn nobody_threatens(n: &Negotiation) -> Vec<Dial> {
    let rules = n.talks.iter().filter(|_| !somebody_makes(n, Move::Ultimatum));
    Dial::all(rules.map(|rules| rules.per_ultimatum), "no party ever gives an ultimatum")
}

/// Ultimatums that are offers by another name: they break nothing down, tie nobody's hands, earn no favour.
fn hollow_threats(n: &Negotiation) -> Vec<Dial> {
    if n.talks.as_ref().is_none_or(|rules| !n.is_zero(rules.per_ultimatum)) {
        return Vec::new();
    }
    let ties =
        |of| n.audiences_of(of).map(|a| n.audience(a)).any(|a| a.defeat_below.is_some() && !n.is_zero(a.tied_hands));
    let earns = |of| n.ledger.iter().any(|it| it.to == of && it.moves.iter().any(|(made, _)| *made == Move::Ultimatum));
    let hollow = n.intents.iter().filter(|intent| !ties(intent.of) && !earns(intent.of));
    let rates = hollow.filter_map(|intent| Some((intent.of, intent.rates[Move::Ultimatum as usize]?)));
    let threats = rates.filter(|(_, rate)| !n.is_zero(*rate));
    let found = |of| format!("an ultimatum of `{}` is an offer like any other: nothing hangs on it", n.actor(of).id);
    threats.map(|(of, rate)| Dial::number(rate, found(of))).collect()
}

fn nobody_escalates(n: &Negotiation) -> Vec<Dial> {
    let escalates = n.intents.iter().flat_map(|intent| &intent.escalates).any(|it| !n.is_zero(it.chance));
    Dial::all(n.talks.iter().filter(|_| !escalates).map(|rules| rules.per_escalation), "no party ever escalates")
}

fn favours_never_done(n: &Negotiation) -> Vec<Dial> {
    let moves = n.ledger.iter().flat_map(|it| it.moves.iter().map(move |(made, by)| (it.to, *made, *by)));
    let never = moves.filter(|(to, made, _)| !makes(n, *to, *made));
    let found = |to| format!("`{}` never makes that move", n.actor(to).id);
    never.map(|(to, _, by)| Dial::number(by, found(to))).collect()
}

fn favours_never_pressed(n: &Negotiation) -> Vec<Dial> {
    let presses = |to, debtor| {
        let mediates = n.mediator.as_ref().is_some_and(|it| it.actor == to);
        mediates && n.parties().any(|of| of != debtor && may_press(n, of))
    };
    let found = |to| format!("`{}` never presses another party", n.actor(to).id);
    let never = n.ledger.iter().filter(|it| !presses(it.to, it.by));
    never.map(|it| Dial::number(it.per_press, found(it.to))).collect()
}

/// Debts to somebody who puts nothing on the table and does not mediate.
fn favours_never_called(n: &Negotiation) -> Vec<Dial> {
    let mediates = |to| n.mediator.as_ref().is_some_and(|it| it.actor == to);
    let idle = n.ledger.iter().filter(|it| n.talks.is_some() && !mediates(it.to) && !offers(n, it.to));
    let found = |to| format!("`{}` neither makes offers nor mediates", n.actor(to).id);
    idle.flat_map(|it| Dial::all([it.start, it.worth], &found(it.to))).collect()
}

fn only_intents(n: &Negotiation) -> Vec<Dial> {
    // One that is never drawn is told elsewhere.
    let drawn = n.intents.iter().filter(|intent| !n.is_zero(intent.prior));
    let alone = drawn.filter(|intent| n.intents_of(intent.of).count() == 1);
    let found = |of| format!("`{}` has a single intent, which is always drawn", n.actor(of).id);
    alone.map(|intent| Dial::number(intent.prior, found(intent.of))).collect()
}

fn beliefs_without_doubt(n: &Negotiation) -> Vec<Dial> {
    let priors = n.beliefs.iter().flat_map(|beliefs| &beliefs.priors);
    let certain = priors.filter(|prior| n.intents_of(prior.about).count() == 1);
    let found = |of| format!("`{}` has a single intent: there is nothing to believe of it", n.actor(of).id);
    certain.flat_map(|prior| Dial::all(prior.weights.iter().map(|(_, weight)| *weight), &found(prior.about))).collect()
}

fn nothing_to_learn(n: &Negotiation) -> Vec<Dial> {
    let learned = n.parties().any(|of| n.intents_of(of).count() > 1);
    let beliefs = n.beliefs.iter().filter(|_| !learned);
    Dial::all(beliefs.map(|it| it.noise), "no party has two intents: there is nothing to learn")
}

fn nothing_recorded(n: &Negotiation) -> Vec<Dial> {
    let beliefs = n.beliefs.iter().filter(|_| n.record.is_empty());
    Dial::all(beliefs.flat_map(|it| [it.names, it.slip]), "nothing is recorded")
}
