//! What a scenario holds, for whoever offers choices of it.

use serde_json::{Value, json};

use super::say;
use crate::analysis::Part;
use crate::model::{Defeat, Input, InputId, InputKind, Law, Negotiation, Role, likeliest};
use crate::report::run::package;
use crate::report::terms;
use crate::scenario::Scenario;

/// Everything that can be chosen, by identifier and name; numbers as the file has them, before readings and variants.
pub fn about(scenario: &Scenario) -> Value {
    let n = &scenario.negotiation;
    let laws: Vec<Law> = n.inputs.iter().map(|(_, input)| input.law.clone()).collect();
    let veto = |chance: InputId| likeliest(&laws, chance);
    json!({
        "name": scenario.name,
        "title": n.title,
        "question": n.question,
        "packages": n.space.size().to_string(),
        "actors": n.actors.iter().map(|a| json!({
            "id": a.id, "name": a.name, "roles": a.roles.iter().map(|role| word(*role)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "parties": n.parties().map(|i| n.actor(i).id.as_str()).collect::<Vec<_>>(),
        "audiences": n.audiences.iter().map(|a| json!({
            "id": a.id, "name": a.name, "of": n.actor(a.of).id, "veto": veto(a.veto),
        })).collect::<Vec<_>>(),
        "issues": n.space.issues.iter().map(|issue| json!({
            "id": issue.id, "name": issue.name, "now": issue.now.map(|now| issue.options[now.0].id.as_str()),
            "options": issue.options.iter().map(|o| json!({ "id": o.id, "name": o.name })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "named": n.packages.iter().map(|p| json!({
            "id": p.id, "name": p.name, "package": package(n, &p.package), "by": p.by.map(|i| n.actor(i).id.as_str()),
            "bare_minimum": p.bare_minimum,
        })).collect::<Vec<_>>(),
        "readings": n.readings.iter().map(|r| json!({ "id": r.id, "name": r.name, "prior": r.prior })).collect::<Vec<_>>(),
        "variants": n.variants.iter().map(|v| json!({
            "id": v.id, "name": v.name, "on": v.on, "notice": v.notice,
        })).collect::<Vec<_>>(),
        "anchors": n.anchors.len(),
        "talks": n.talks.is_some(),
        "rounds": n.talks.is_some().then_some(n.horizon),
        "defeats": Defeat::WORDS.map(|(word, _)| word),
        "parts": parts(n),
        "inputs": n.inputs.iter().map(|(id, it)| input(scenario, &laws, id, it)).collect::<Vec<_>>(),
        "warnings": scenario.warnings.iter().map(|found| say::finding(found, &scenario.text)).collect::<Vec<_>>(),
    })
}

fn word(role: Role) -> &'static str {
    Role::WORDS[role as usize].0
}

/// What can be left out of the model, and of the talks where there are any.
fn parts(n: &Negotiation) -> Vec<String> {
    let parts = Part::all().into_iter().filter(|part| n.talks.is_some() || part.mechanism().is_none());
    parts.map(Part::word).collect()
}

/// One number: what it is called, what it is now, and what it may be.
fn input(scenario: &Scenario, laws: &[Law], id: InputId, input: &Input) -> Value {
    let n = &scenario.negotiation;
    let ((least, most), accepts) = scenario.bounds(id);
    let (low, high) = n.support(&input.law);
    json!({
        "path": input.path,
        "name": terms::input(n, &input.path),
        "kind": input.kind,
        "uncertain": input.law.is_uncertain(input.kind),
        "modal": likeliest(laws, id),
        "low": low,
        "high": high,
        "follows": match &input.law {
            Law::Shared { unknown, .. } => Some(n.inputs.get(*unknown).path.as_str()),
            Law::Own(_) => None,
        },
        "accepts": accepts,
        "least": least,
        "most": most,
        "unit": (input.kind == InputKind::Chance).then_some("probability"),
        "numbers": input.numbers,
        "written": input.written,
    })
}
