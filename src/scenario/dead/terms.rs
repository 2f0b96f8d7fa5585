//! Dead dials of what a deal comes to: how long it holds and is kept, and what is put on paper before.

use super::{Dial, Rule, is_staged, may_press, offers, shifts_for};
use crate::model::{ActorId, Counted, HazardFactor, Negotiation, StateId};
use crate::scenario::odd::rule_excludes;

pub(super) const RULES: [Rule; 6] = [
    Rule {
        key: "durability.factors.ID.log_hazard",
        hint: "the factor is not used; leave it out, or add what it counts",
        dead: factors_never_in_force,
    },
    Rule {
        key: "no_deal.PARTY.break_cost",
        hint: "`break_cost` is not used; give a state in which it has a stake `after`",
        dead: kept_in_any_case,
    },
    Rule {
        key: "state.ID.after",
        hint: "`after` is not used; name the state in the `stake` of a party's no_deal",
        dead: shifts_nothing,
    },
    Rule {
        key: "looks_ahead",
        hint: "`looks_ahead` is not used; add [durability], a state with `after`, or `resumes` with [stages]",
        dead: nothing_ahead,
    },
    Rule {
        key: "intents.PARTY.ID.on_paper, ventures",
        hint: "the number is not used; it needs [stages]",
        dead: no_paper_before_the_last,
    },
    Rule {
        key: "actors.ID.misreads",
        hint: "`misreads` is not used; give an intent of its own the move `offer`",
        dead: offers_nothing,
    },
];

fn factors_never_in_force(n: &Negotiation) -> Vec<Dial> {
    let factors = n.durability.iter().flat_map(|it| &it.factors);
    factors.filter_map(|factor| Some(Dial::number(factor.log_hazard, never_in_force(n, factor)?))).collect()
}

/// Why a factor never is in force, if anything but the keys of options is the reason; those are told elsewhere.
fn never_in_force(n: &Negotiation, factor: &HazardFactor) -> Option<String> {
    let judges = || n.audiences.iter().filter(|a| n.actor(a.of).is_party());
    let talks = n.talks.is_some();
    let why = match &factor.counts {
        Counted::When(clause) => {
            let rule = n.space.rules.iter().find(|rule| rule_excludes(rule, &clause.when))?;
            format!("rule `{}` excludes its packages", rule.id)
        }
        Counted::Pressed if talks && !n.parties().any(|of| may_press(n, of)) => "nobody is ever pressed".into(),
        Counted::Turn if talks && !judges().any(|a| a.defeat_below.is_some() && !n.is_zero(a.turns)) => {
            "no audience of a party `turns`".into()
        }
        Counted::Defeat if talks && !judges().any(|a| a.defeat_below.is_some() || !a.red_lines.is_empty()) => {
            "no audience of a party can say defeat".into()
        }
        _ => return None,
    };
    Some(format!("factor `{}` is never in force: {why}", factor.id))
}

fn kept_in_any_case(n: &Negotiation) -> Vec<Dial> {
    let steady = n.parties().filter(|of| !shifts_for(n, *of));
    let found =
        |id: &str| format!("`{id}` never goes back on a deal: nothing in which it has a stake moves once it is signed");
    steady.map(|of| n.actor(of)).map(|it| Dial::number(it.no_deal.break_cost, found(&it.id))).collect()
}

fn shifts_nothing(n: &Negotiation) -> Vec<Dial> {
    let staked =
        |s: usize| n.parties().any(|of| n.actor(of).no_deal.stake.iter().any(|(state, _)| *state == StateId(s)));
    let needed =
        |s: usize| n.steers(StateId(s)) || n.audiences.iter().any(|a| a.per_state.iter().any(|(of, _)| of.0 == s));
    // Where nothing at all depends on a state, that is told.
    let idle = n.states.iter().enumerate().filter(|(s, _)| !staked(*s) && needed(*s));
    let found =
        |id: &str| format!("no party has a stake in state `{id}`, which is all that counts once a deal is signed");
    idle.map(|(_, state)| Dial::number(state.after, found(&state.id))).collect()
}

fn nothing_ahead(n: &Negotiation) -> Vec<Dial> {
    let resumes = n.talks.as_ref().is_some_and(|it| it.conflict && !n.is_zero(it.resumes) && !n.stages.is_empty());
    let looks = n.durability.is_some() || resumes || n.parties().any(|of| shifts_for(n, of));
    let years = n.looks_ahead.filter(|_| !looks);
    Dial::all(years, "a deal is kept and holds for good, however far those look ahead who decide")
}

fn no_paper_before_the_last(n: &Negotiation) -> Vec<Dial> {
    if is_staged(n) {
        return Vec::new();
    }
    let found = "all is settled at once: no paper comes before the deal";
    n.intents.iter().flat_map(|intent| Dial::all([intent.on_paper, intent.ventures], found)).collect()
}

fn offers_nothing(n: &Negotiation) -> Vec<Dial> {
    let actors = n.actors.iter().enumerate().filter(|_| n.talks.is_some());
    let silent = actors.filter(|(i, _)| !offers(n, ActorId(*i)));
    silent.map(|(_, it)| Dial::number(it.misreads, format!("`{}` never makes an offer", it.id))).collect()
}
