//! Dead dials of those at home: ballots, hopes, lines that nothing moves.

use super::{Dial, Place, Rule, is_ever_at_blows};
use crate::model::{AudienceId, Negotiation};

pub(super) const RULES: [Rule; 6] = [
    Rule {
        key: "talks.retries",
        hint: "`retries` is not used; name audiences in `ratified_by` of options",
        dead: no_ballots,
    },
    Rule {
        key: "talks.accepts_if_borne",
        hint: "the number is not used; give an audience a `veto`, or name it in `ratified_by`",
        dead: nobody_asked,
    },
    Rule {
        key: "audiences.ID.ballot_noise, hopes",
        hint: "the number is not used; give it a `veto`, or name it in `ratified_by` of options",
        dead: unasked,
    },
    Rule {
        key: "audiences.ID.unsure",
        hint: "the number is not used; add `defeat_below`",
        dead: nothing_to_be_unsure_of,
    },
    Rule {
        key: "audiences.ID.turns",
        hint: "`turns` is not used; it is for the end of a conflict",
        dead: nothing_turns,
    },
    Rule { key: "events.ID.raises", hint: "add `defeat_below`, or leave the number out", dead: raises_nothing },
];

/// Whether something is ever put to a vote.
fn ballots(n: &Negotiation) -> bool {
    n.space.options().any(|option| option.ratified_by.iter().any(|a| n.may_bind(*a)))
}

/// Whether an audience is ever asked before something is signed, or after: it may bind its party, or it votes.
fn is_asked(n: &Negotiation, a: AudienceId) -> bool {
    let votes = || n.space.options().any(|option| option.ratified_by.contains(&a));
    (n.may_bind(a) && !n.is_zero(n.audience(a).veto)) || (ballots(n) && votes())
}

fn asked(n: &Negotiation) -> impl Iterator<Item = AudienceId> {
    (0..n.audiences.len()).map(AudienceId).filter(|a| is_asked(n, *a))
}

fn no_ballots(n: &Negotiation) -> Vec<Dial> {
    let retries = n.talks.as_ref().is_some_and(|rules| rules.retries > 0) && !ballots(n);
    let found = "nothing is put to the vote, so that nothing can be put again".to_owned();
    retries.then(|| Dial { at: Place::Entry("talks.retries".into()), found }).into_iter().collect()
}

/// Chances of being borne by nobody: of the talks where nobody at all is asked, of a party that yields where nobody is of its
/// own.
fn nobody_asked(n: &Negotiation) -> Vec<Dial> {
    let rest = asked(n).any(|a| n.audience(a).accepts_if_borne.is_none());
    let rules = n.talks.iter().filter(|_| !rest).map(|rules| rules.accepts_if_borne);
    let found = match asked(n).next() {
        None => "no audience binds a party, and none votes",
        Some(_) => "every audience that binds a party, or votes, has its own",
    };
    let mut dials = Dial::all(rules, found);
    for intent in &n.intents {
        let own = asked(n).any(|a| n.audience(a).of == intent.of);
        let found = format!("no audience of `{}` binds it, and none votes", n.actor(intent.of).id);
        // Of audiences of no party, any leadership may have to reckon with the vote.
        let others = asked(n).any(|a| !n.may_bind(a));
        let yields = intent.yields.iter().filter(|_| !own && !others);
        dials.extend(Dial::all(yields.map(|it| it.accepts_if_borne), &found));
    }
    dials
}

fn unasked(n: &Negotiation) -> Vec<Dial> {
    let idle = (0..n.audiences.len()).map(AudienceId).filter(|a| n.talks.is_some() && !is_asked(n, *a));
    let of = |a: AudienceId| {
        let audience = n.audience(a);
        let found = format!("`{}` ratifies nothing and binds nobody", audience.id);
        // Of a ballot without noise, what is believed of it is told elsewhere.
        let believed = Some(audience.noise_believed).filter(|_| !n.is_zero(audience.ballot_noise));
        let asks = audience.accepts_if_borne;
        Dial::all([audience.ballot_noise, audience.hopes].into_iter().chain(believed).chain(asks), &found)
    };
    idle.flat_map(of).collect()
}

/// What is hidden of an audience without a line: it bears whatever crosses no red line, and is known to.
fn nothing_to_be_unsure_of(n: &Negotiation) -> Vec<Dial> {
    let lineless = (0..n.audiences.len()).map(AudienceId).filter(|a| n.audience(*a).defeat_below.is_none());
    let of = |a: AudienceId| {
        let audience = n.audience(a);
        let found = format!("`{}` has no line of which one could be unsure", audience.id);
        // Victory may be called or not by what is hidden; what is hoped for or noise plays no part in it.
        let unsure = audience.unsure.filter(|_| audience.victory_from.is_none());
        let asked = [audience.hopes, audience.ballot_noise].into_iter().filter(|_| is_asked(n, a));
        Dial::all(unsure.into_iter().chain(asked), &found)
    };
    lineless.filter(|_| n.talks.is_some()).flat_map(of).collect()
}

fn nothing_turns(n: &Negotiation) -> Vec<Dial> {
    let calm = n.talks.is_some() && n.durability.is_some() && !is_ever_at_blows(n);
    let turns = n.audiences.iter().filter(|a| calm && a.defeat_below.is_some()).map(|a| a.turns);
    Dial::all(turns, "there never is a conflict that could end")
}

fn raises_nothing(n: &Negotiation) -> Vec<Dial> {
    let raises = n.events.iter().flat_map(|event| &event.raises);
    let lineless = raises.filter(|(a, _)| n.audience(*a).defeat_below.is_none());
    let found = |a| format!("`{}` has no line that could move", n.audience(a).id);
    lineless.map(|(a, by)| Dial::number(*by, found(*a))).collect()
}
