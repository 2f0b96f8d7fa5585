//! What is legal but odd.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::model::{
    AimId, Audience, AudienceId, Beholder, Claim, Condition, Counts, Demand, Expectation, InputId, IssueId,
    Negotiation, Scope, StateId,
};

/// Adds a warning for everything legal but odd.
pub(super) fn look(reader: &mut Reader, n: &Negotiation) {
    unheard(reader, n);
    issues(reader, n);
    claims(reader, n);
    audiences(reader, n);
    packages(reader, n);
    unused_states(reader, n);
    idle_waits(reader, n);
    unused_numbers(reader, n);
    without_victory(reader, n);
}

fn warn(reader: &mut Reader, path: &str, message: String, hint: &str) {
    let span = reader.spans.get(path).cloned().unwrap_or(0..0);
    reader.warning(message, &span).hint(hint).push();
}

fn is_written(n: &Negotiation, id: InputId) -> bool {
    n.inputs.get(id).written
}

/// Whether a number is 0 in the file, in every reading and with every variant.
fn is_zero(n: &Negotiation, id: InputId) -> bool {
    n.range(id) == (0.0, 0.0)
}

fn issues(reader: &mut Reader, n: &Negotiation) {
    let named = named_by_clauses(n);
    for (k, issue) in n.space.issues.iter().enumerate() {
        let path = format!("issues.{}", issue.id);
        let views = n.actors.iter().map(|a| &a.views).chain(n.audiences.iter().map(|a| &a.views));
        if !views.into_iter().any(|views| views[k].is_some()) && !named.contains(&IssueId(k)) {
            warn(reader, &path, format!("nobody values issue `{}`", issue.id), "add views.ID, or leave the issue out");
        }
        let mut names = BTreeSet::new();
        for option in issue.options.iter().filter(|o| !names.insert(&o.name)) {
            let path = format!("issues.{}.options.{}", issue.id, option.id);
            let found = format!("two options of issue `{}` have the name `{}`", issue.id, option.name);
            warn(reader, &path, found, "readers could not tell them apart");
        }
    }
}

/// The issues on which something else depends: a claim, a red line, a link, a modifier, a rule, or a factor of durability.
fn named_by_clauses(n: &Negotiation) -> BTreeSet<IssueId> {
    let lines = n.actors.iter().flat_map(|a| &a.red_lines).chain(n.audiences.iter().flat_map(|a| &a.red_lines));
    let links = n.actors.iter().flat_map(|a| &a.links).map(|link| &link.clause);
    let modifiers =
        n.modifiers.iter().filter_map(|m| if let Scope::When(clause) = &m.scope { Some(clause) } else { None });
    let factors = n.durability.iter().flat_map(|d| &d.factors);
    let factors = factors.filter_map(|f| if let Counts::When(clause) = &f.counts { Some(clause) } else { None });
    let lines = lines.map(|line| &line.clause);
    let clauses = n.claims.iter().map(|c| &c.clause).chain(lines).chain(links).chain(modifiers).chain(factors);
    clauses
        .flat_map(crate::model::Clause::issues)
        .chain(n.space.rules.iter().flat_map(crate::model::Rule::issues))
        .collect()
}

fn hears(claim: &Claim, a: usize) -> bool {
    claim.heard_by.contains(&AudienceId(a)) || claim.overheard.iter().any(|(by, _)| by.0 == a)
}

fn unheard(reader: &mut Reader, n: &Negotiation) {
    for claim in n.claims.iter().filter(|c| c.heard_by.is_empty()) {
        let path = format!("claims.{}", claim.id);
        warn(reader, &path, format!("nobody hears claim `{}`", claim.id), "name audiences in `heard_by`");
    }
}

fn claims(reader: &mut Reader, n: &Negotiation) {
    for claim in &n.claims {
        let path = format!("claims.{}", claim.id);
        let when = &claim.clause.when;
        unheeded(reader, n, claim);
        if claim.clause.unless.iter().any(|lifted| within(when, lifted)) {
            let found = format!("claim `{}` can never be made: its `unless` always lifts it", claim.id);
            warn(reader, &path, found, "widen `when` or narrow `unless`");
        } else if let Some(rule) = n.space.rules.iter().find(|rule| rule_excludes(rule, when)) {
            let found = format!("claim `{}` can never be made: rule `{}` excludes its packages", claim.id, rule.id);
            warn(reader, &path, found, "widen `when`, or leave the claim out");
        }
    }
}

/// Symbolic claims to which nobody gives less credence than to others.
fn unheeded(reader: &mut Reader, n: &Negotiation, claim: &Claim) {
    let trusting = |a: &Audience| !is_written(n, a.credence) && n.range(a.credence) == (1.0, 1.0);
    let mut hearers = n.audiences.iter().enumerate().filter(|(a, _)| hears(claim, *a)).peekable();
    if claim.symbolic && hearers.peek().is_some() && hearers.all(|(_, a)| trusting(a)) {
        let found = format!("claim `{}` is symbolic, but no audience that hears it has a `credence`", claim.id);
        let hint = "add `credence` to an audience, or leave `symbolic` out";
        warn(reader, &format!("claims.{}", claim.id), found, hint);
    }
}

/// Rounds that are expected but cost nothing.
fn idle_waits(reader: &mut Reader, n: &Negotiation) {
    for actor in &n.actors {
        if is_written(n, actor.no_deal.expects) && is_zero(n, actor.no_deal.cost) {
            let path = n.inputs.get(actor.no_deal.expects).path.clone();
            let found = format!("waiting costs `{}` nothing", actor.id);
            warn(reader, &path, found, "`expects` is not used; add `cost`");
        }
    }
}

/// Whether every package that satisfies `inner` satisfies `outer`.
fn within(inner: &Condition, outer: &Condition) -> bool {
    let implied = |(issue, set): &(_, crate::model::OptionSet)| {
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
fn rule_excludes(rule: &crate::model::Rule, when: &Condition) -> bool {
    let speaks = within(when, &rule.clause.when) && rule.clause.unless.iter().all(|lifted| apart(when, lifted));
    speaks
        && match &rule.demand {
            Demand::Forbid(c) => within(when, c),
            Demand::Require(c) => apart(when, c),
        }
}

fn audiences(reader: &mut Reader, n: &Negotiation) {
    for (a, audience) in n.audiences.iter().enumerate() {
        let path = format!("audiences.{}", audience.id);
        let hears_claims = n.claims.iter().any(|claim| hears(claim, a));
        let (id, vetoes) = (AudienceId(a), !is_zero(n, audience.veto));
        if vetoes && !n.may_bind(id) {
            let found =
                format!("the veto of `{}` has no effect: `{}` is no party", audience.id, n.actor(audience.of).id);
            warn(
                reader,
                &path,
                found,
                "only a party's audience can stop a settlement; give the actor `role = \"party\"`",
            );
        } else if vetoes && !n.can_say_defeat(id) {
            let found = format!("`{}` has a veto but never says defeat", audience.id);
            warn(reader, &path, found, "add `defeat_below` or a red line");
        }
        if hears_claims && is_zero(n, audience.claims_weight) {
            let found = format!("claims do not move `{}`: its claims_weight is 0", audience.id);
            warn(reader, &path, found, "add `claims_weight`, the points of one whole aim");
        }
        if !hears_claims && is_written(n, audience.claims_weight) {
            let path = format!("{path}.claims_weight");
            warn(reader, &path, format!("`{}` hears no claim", audience.id), "`claims_weight` is not used");
        }
        let symbolic = n.claims.iter().any(|claim| claim.symbolic && hears(claim, a));
        if !symbolic && is_written(n, audience.credence) {
            let path = format!("{path}.credence");
            let found = format!("`{}` hears no symbolic claim", audience.id);
            warn(reader, &path, found, "`credence` is not used; mark claims with symbolic = true");
        }
        aims(reader, n, a, audience);
        normal(reader, n, audience);
    }
}

fn aims(reader: &mut Reader, n: &Negotiation, a: usize, audience: &Audience) {
    for (g, aim) in n.aims.iter().enumerate() {
        let heard = || n.claims.iter().any(|claim| claim.aim == AimId(g) && hears(claim, a));
        if is_written(n, audience.aims[g]) && !heard() {
            let path = format!("audiences.{}.aims.{aim}", audience.id);
            let found = format!("`{}` hears no claim for its aim `{aim}`", audience.id);
            warn(reader, &path, found, "the share is not used");
        }
    }
}

fn normal(reader: &mut Reader, n: &Negotiation, audience: &Audience) {
    for (k, issue) in n.space.issues.iter().enumerate() {
        if audience.normal[k].is_some() && audience.views[k].is_none() {
            let path = format!("audiences.{}", audience.id);
            let found = format!("`{}` takes a state of `{}` as normal but has no view of it", audience.id, issue.id);
            warn(reader, &path, found, "add the view, or leave it out of `takes_as_normal`");
        }
    }
}

fn packages(reader: &mut Reader, n: &Negotiation) {
    let anchored: BTreeSet<usize> = n.anchors.iter().map(|anchor| anchor.package).collect();
    for (p, package) in n.packages.iter().enumerate() {
        let Some(rule) = n.space.rules.iter().find(|r| r.excludes(|k| package.package.option(k))) else { continue };
        let found = format!("rule `{}` excludes package `{}`", rule.id, package.id);
        if !anchored.contains(&p) {
            warn(reader, &format!("packages.{}", package.id), found, "it is no settlement");
            continue;
        }
        let span = reader.spans.get(&format!("anchors.{}", package.id)).cloned().unwrap_or(0..0);
        reader.error(found, &span).label("an anchor needs a settlement").hint("change the rule or the package").push();
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
            warn(
                reader,
                &format!("state.{}", state.id),
                format!("nothing depends on state `{}`", state.id),
                "name it in a `stake` or in `per_state`",
            );
            continue;
        }
        for (actor, how) in state.favours.iter().filter(|(actor, _)| !stakes(n, actor.0, s)) {
            let path = n.inputs.get(*how).path.clone();
            let found = format!("`{}` has no stake in state `{}`", n.actor(*actor).id, state.id);
            warn(reader, &path, found, "`favours` is not used; add it to the actor's no_deal");
        }
    }
    for (i, actor) in n.actors.iter().enumerate() {
        for (s, points) in &actor.no_deal.stake {
            if !n.states[s.0].favours.iter().any(|(of, _)| of.0 == i) {
                let path = n.inputs.get(*points).path.clone();
                let found = format!("state `{}` does not favour `{}` either way", n.states[s.0].id, actor.id);
                warn(reader, &path, found, "the stake is not used; add the actor to `favours`");
            }
        }
        for (s, by) in &actor.misjudges {
            let own = |a: &Audience| a.of.0 == i && a.per_state.iter().any(|(of, _)| of == s);
            if !stakes(n, i, *s) && !n.audiences.iter().any(own) {
                let path = n.inputs.get(*by).path.clone();
                let found =
                    format!("`{}` misjudges state `{}`, on which nothing of its depends", actor.id, n.states[s.0].id);
                warn(reader, &path, found, "the number is not used");
            }
        }
    }
}

fn unused_numbers(reader: &mut Reader, n: &Negotiation) {
    for (u, (id, _)) in n.unknowns.iter().enumerate() {
        if !reader.followed.contains(&u) {
            warn(
                reader,
                &format!("unknowns.{id}"),
                format!("no number follows unknown `{id}`"),
                "write its name in place of a number",
            );
        }
    }
    let terms = || n.space.issues.iter().flat_map(|k| &k.options);
    for (i, actor) in n.actors.iter().enumerate() {
        if !terms().any(|o| o.holders.iter().any(|(h, _)| h.0 == i)) {
            for (_, chance) in &actor.brought_along_by {
                let path = n.inputs.get(*chance).path.clone();
                warn(reader, &path, format!("`{}` holds no term", actor.id), "`brought_along_by` is not used");
            }
        }
    }
    for modifier in &n.modifiers {
        let path = format!("modifiers.{}", modifier.id);
        if let Scope::Form(form) = modifier.scope
            && !terms().any(|o| o.form == Some(form))
        {
            warn(
                reader,
                &path,
                format!("modifier `{}` touches a form that no option has", modifier.id),
                "add `form` to options",
            );
        }
        let told = |b: &Beholder| matches!(b, Beholder::Audience(a) if n.claims.iter().any(|c| hears(c, a.0)));
        if let Some(claims) = modifier.claims.filter(|_| !modifier.beholders.iter().any(told)) {
            let path = n.inputs.get(claims).path.clone();
            warn(
                reader,
                &path,
                format!("modifier `{}` is for nobody who hears a claim", modifier.id),
                "`claims` is not used",
            );
        }
    }
}

/// Victory is never said where nothing says from which score on.
fn without_victory(reader: &mut Reader, n: &Negotiation) {
    let without: Vec<&Audience> = n.audiences.iter().filter(|a| a.victory_from.is_none()).collect();
    let Some(first) = without.first() else { return };
    let ids: Vec<&str> = without.iter().map(|a| a.id.as_str()).collect();
    let found = format!("victory is never said for `{}`", ids.join("`, `"));
    let awaited = n.anchors.iter().any(|x| matches!(x.expects, Expectation::Says(a, crate::model::Verdict::Victory) if n.audience(a).victory_from.is_none()));
    let hint =
        if awaited { "an anchor awaits one: add `victory_from`" } else { "add `victory_from` if a victory matters" };
    warn(reader, &format!("audiences.{}", first.id), found, hint);
}
