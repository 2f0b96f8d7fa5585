//! What is legal but odd.

use std::collections::BTreeSet;

use itertools::Itertools;

use super::{Reader, error};
use crate::model::{
    AimId, Audience, AudienceId, Beholder, Claim, Condition, Demand, Expectation, IssueId, Negotiation, OptionSet,
    Rule, Scope, StateId, Verdict,
};

/// Adds a warning for everything legal but odd.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    issues(reader, n);
    claims(reader, n);
    audiences(reader, n);
    packages(reader, n);
    unused_states(reader, n);
    unused_numbers(reader, n);
    without_victory(reader, n);
}

fn issues(reader: &mut Reader, n: &Negotiation) {
    // Issues on which something else depends: a claim, a red line, a link, a modifier, a rule, or a factor of durability.
    let in_clauses = n.clauses().flat_map(|(_, _, clause)| clause.issues());
    let named: BTreeSet<IssueId> = in_clauses.chain(n.space.rules.iter().flat_map(Rule::issues)).collect();
    for (k, issue) in n.space.issues.iter().enumerate() {
        let path = format!("issues.{}", issue.id);
        if !n.views().any(|views| views[k].is_some()) && !named.contains(&IssueId(k)) {
            let found = format!("nobody values issue `{}`", issue.id);
            reader.warn_at(&path, found, "add views.ID, or leave the issue out");
        }
        let mut names = BTreeSet::new();
        for option in issue.options.iter().filter(|o| !names.insert(&o.name)) {
            let path = format!("issues.{}.options.{}", issue.id, option.id);
            let found = format!("two options of issue `{}` have the name `{}`", issue.id, option.name);
            reader.warn_at(&path, found, "readers could not tell them apart");
        }
    }
}

fn claims(reader: &mut Reader, n: &Negotiation) {
    for claim in &n.claims {
        let path = format!("claims.{}", claim.id);
        let when = &claim.clause.when;
        if claim.heard_by.is_empty() {
            reader.warn_at(&path, format!("nobody hears claim `{}`", claim.id), "name audiences in `heard_by`");
        }
        unheeded(reader, n, claim);
        if claim.clause.unless.iter().any(|lifted| within(when, lifted)) {
            let found = format!("claim `{}` can never be made: its `unless` always lifts it", claim.id);
            reader.warn_at(&path, found, "widen `when` or narrow `unless`");
        } else if let Some(rule) = n.space.rules.iter().find(|rule| rule_excludes(rule, when)) {
            let found = format!("claim `{}` can never be made: rule `{}` excludes its packages", claim.id, rule.id);
            reader.warn_at(&path, found, "widen `when`, or leave the claim out");
        }
    }
}

/// Symbolic claims to which nobody gives less credence than to others.
fn unheeded(reader: &mut Reader, n: &Negotiation, claim: &Claim) {
    let trusting = |a: &Audience| !n.inputs.get(a.credence).written && n.range(a.credence) == (1.0, 1.0);
    let mut hearers = n.audiences.iter().enumerate().filter(|(a, _)| claim.reaches(AudienceId(*a))).peekable();
    if claim.symbolic && hearers.peek().is_some() && hearers.all(|(_, a)| trusting(a)) {
        let found = format!("claim `{}` is symbolic, but no audience that hears it has a `credence`", claim.id);
        let hint = "add `credence` to an audience, or leave `symbolic` out";
        reader.warn_at(&format!("claims.{}", claim.id), found, hint);
    }
}

/// Whether every package that satisfies `inner` satisfies `outer`.
fn within(inner: &Condition, outer: &Condition) -> bool {
    let implied = |(issue, set): &(_, OptionSet)| {
        let narrowed = inner.terms.iter().find(|(k, _)| k == issue);
        set.is_full() || narrowed.is_some_and(|(_, own)| own.iter().all(|o| set.contains(o)))
    };
    outer.terms.iter().all(implied)
}

/// Whether no package satisfies both.
fn apart(a: &Condition, b: &Condition) -> bool {
    a.terms.iter().any(|(issue, set)| {
        let other = b.terms.iter().find(|(k, _)| k == issue);
        other.is_some_and(|(_, other)| !set.iter().any(|o| other.contains(o)))
    })
}

/// Whether a rule excludes every package that satisfies a condition.
pub(super) fn rule_excludes(rule: &Rule, when: &Condition) -> bool {
    let speaks = within(when, &rule.clause.when) && rule.clause.unless.iter().all(|lifted| apart(when, lifted));
    speaks
        && match &rule.demand {
            Demand::Forbid(c) => within(when, c),
            Demand::Require(c) => apart(when, c),
        }
}

fn audiences(reader: &mut Reader, n: &Negotiation) {
    for (a, audience) in n.audiences.iter().enumerate() {
        let (path, name, id) = (format!("audiences.{}", audience.id), &audience.id, AudienceId(a));
        let hears_claims = n.claims.iter().any(|claim| claim.reaches(id));
        let vetoes = !n.is_zero(audience.veto);
        if vetoes && !n.may_bind(id) {
            let found = format!("the veto of `{name}` has no effect: `{}` is no party", n.actor(audience.of).id);
            let hint = "only a party's audience can stop a settlement; give the actor `role = \"party\"`";
            reader.warn_at(&path, found, hint);
        } else if vetoes && !n.can_say_defeat(id) {
            let found = format!("`{name}` has a veto but never says defeat");
            reader.warn_at(&path, found, "add `defeat_below` or a red line");
        }
        if hears_claims && n.is_zero(audience.claims_weight) {
            let found = format!("claims do not move `{name}`: its claims_weight is 0");
            reader.warn_at(&path, found, "add `claims_weight`, the points of one whole aim");
        }
        if !hears_claims {
            reader.unused(n, audience.claims_weight, format!("`{name}` hears no claim"), "`claims_weight` is not used");
        }
        if !n.claims.iter().any(|claim| claim.symbolic && claim.reaches(id)) {
            let found = format!("`{name}` hears no symbolic claim");
            reader.unused(n, audience.credence, found, "`credence` is not used; mark claims with symbolic = true");
        }
        aims(reader, n, a, audience);
        normal(reader, n, audience);
    }
}

fn aims(reader: &mut Reader, n: &Negotiation, a: usize, audience: &Audience) {
    for (g, aim) in n.aims.iter().enumerate() {
        if !n.claims.iter().any(|claim| claim.aim == AimId(g) && claim.reaches(AudienceId(a))) {
            let found = format!("`{}` hears no claim for its aim `{aim}`", audience.id);
            reader.unused(n, audience.aims[g], found, "the share is not used");
        }
    }
}

fn normal(reader: &mut Reader, n: &Negotiation, audience: &Audience) {
    for (k, issue) in n.space.issues.iter().enumerate() {
        if audience.normal[k].is_some() && audience.views[k].is_none() {
            let path = format!("audiences.{}", audience.id);
            let found = format!("`{}` takes a state of `{}` as normal but has no view of it", audience.id, issue.id);
            reader.warn_at(&path, found, "add the view, or leave it out of `takes_as_normal`");
        }
    }
}

fn packages(reader: &mut Reader, n: &Negotiation) {
    let anchored: BTreeSet<usize> = n.anchors.iter().map(|anchor| anchor.package).collect();
    for (p, package) in n.packages.iter().enumerate() {
        let Some(rule) = n.space.rules.iter().find(|r| r.excludes(|k| package.package.option(k))) else { continue };
        let found = format!("rule `{}` excludes package `{}`", rule.id, package.id);
        if !anchored.contains(&p) {
            reader.warn_at(&format!("packages.{}", package.id), found, "it is no settlement");
            continue;
        }
        let span = reader.span(&format!("anchors.{}", package.id));
        error(found, &span).label("an anchor needs a settlement").hint("change the rule or the package").push(reader);
    }
}

/// Whether a state reaches what an actor is worth without a deal.
fn stakes(n: &Negotiation, actor: usize, state: StateId) -> bool {
    n.actors[actor].no_deal.stake.iter().any(|(s, _)| *s == state)
}

fn unused_states(reader: &mut Reader, n: &Negotiation) {
    for (s, state) in n.states.iter().enumerate() {
        let s = StateId(s);
        let moves_line = |a: &Audience| a.per_state.iter().any(|(of, _)| *of == s);
        let staked = (0..n.actors.len()).any(|i| stakes(n, i, s));
        if !staked && !n.audiences.iter().any(moves_line) && !n.steers(s) {
            let found = format!("nothing depends on state `{}`", state.id);
            reader.warn_at(&format!("state.{}", state.id), found, "name it in a `stake` or in `per_state`");
            continue;
        }
        for (actor, how) in state.favours.iter().filter(|(actor, _)| !stakes(n, actor.0, s)) {
            let found = format!("`{}` has no stake in state `{}`", n.actor(*actor).id, state.id);
            reader.unused(n, *how, found, "`favours` is not used; add it to the actor's no_deal");
        }
    }
    for i in 0..n.actors.len() {
        unused_by(reader, n, i);
    }
}

/// States in which an actor has a stake that counts nothing, or that it misjudges for nothing.
fn unused_by(reader: &mut Reader, n: &Negotiation, i: usize) {
    let actor = &n.actors[i];
    for (s, points) in &actor.no_deal.stake {
        let state = &n.states[s.0];
        if !state.favours.iter().any(|(of, _)| of.0 == i) {
            let found = format!("state `{}` does not favour `{}` either way", state.id, actor.id);
            reader.unused(n, *points, found, "the stake is not used; add the actor to `favours`");
        }
    }
    for (s, by) in actor.misjudges.iter().filter(|(s, _)| !stakes(n, i, *s)) {
        let own = |a: &Audience| a.of.0 == i && a.per_state.iter().any(|(of, _)| of == s);
        if !n.audiences.iter().any(own) {
            let state = &n.states[s.0].id;
            let found = format!("`{}` misjudges state `{state}`, on which nothing of its depends", actor.id);
            reader.unused(n, *by, found, "the number is not used");
        }
    }
}

fn unused_numbers(reader: &mut Reader, n: &Negotiation) {
    for (u, (id, _)) in n.unknowns.iter().enumerate() {
        if !reader.followed.contains(&u) {
            let found = format!("no number follows unknown `{id}`");
            reader.warn_at(&format!("unknowns.{id}"), found, "write its name in place of a number");
        }
    }
    for (i, actor) in n.actors.iter().enumerate() {
        if !n.space.options().any(|o| o.holders.iter().any(|(h, _)| h.0 == i)) {
            for (_, chance) in &actor.brought_along_by {
                reader.unused(n, *chance, format!("`{}` holds no term", actor.id), "`brought_along_by` is not used");
            }
        }
    }
    for modifier in &n.modifiers {
        if let Scope::Form(form) = modifier.scope
            && !n.space.options().any(|o| o.form == Some(form))
        {
            let found = format!("modifier `{}` touches a form that no option has", modifier.id);
            reader.warn_at(&format!("modifiers.{}", modifier.id), found, "add `form` to options");
        }
        let told = |b: &Beholder| matches!(b, Beholder::Audience(a) if n.claims.iter().any(|c| c.reaches(*a)));
        if let Some(claims) = modifier.claims.filter(|_| !modifier.beholders.iter().any(told)) {
            let found = format!("modifier `{}` is for nobody who hears a claim", modifier.id);
            reader.unused(n, claims, found, "`claims` is not used");
        }
    }
}

/// Victory is never said where nothing says from which score on.
fn without_victory(reader: &mut Reader, n: &Negotiation) {
    let without: Vec<&Audience> = n.audiences.iter().filter(|a| a.victory_from.is_none()).collect();
    let Some(first) = without.first() else { return };
    let found = format!("victory is never said for `{}`", without.iter().map(|a| &a.id).join("`, `"));
    let silent = |a: AudienceId| n.audience(a).victory_from.is_none();
    let awaited = n.anchors.iter().any(|x| matches!(x.expects, Expectation::Says(a, Verdict::Victory) if silent(a)));
    let hint =
        if awaited { "an anchor awaits one: add `victory_from`" } else { "add `victory_from` if a victory matters" };
    reader.warn_at(&format!("audiences.{}", first.id), found, hint);
}
