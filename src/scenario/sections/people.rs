//! Actors, audiences, and the claims that they are told. Views, links and red lines have sections of their own.

use super::{Opened, Reader, Ref, Spec, Value, error, packages::picks, states};
use crate::model::{
    Actor, ActorId, AimId, Audience, AudienceId, BearingLine, Claim, InputId, Negotiation, OptionId, Role, StateId,
};

/// The roles of an actor, in the order in which they are written.
pub fn roles(reader: &mut Reader, table: &Opened) -> Vec<Role> {
    // An actor whose role is not known may be a party: nothing that takes it for one is a mistake of its own.
    let Some(entry) = table.get("role") else { return vec![Role::Party] };
    let before = reader.count();
    let names = Role::WORDS.map(|(name, _)| name);
    let written = reader.words(&entry.node, "role", &names.join(" or "));
    if entry.node.is_empty_list() {
        let draft = error(format!("`{}` has no role", table.id), &entry.node.span);
        draft.hint(format!("roles are {}", names.join(", "))).push(reader);
    }
    let mut roles: Vec<_> =
        written.into_iter().filter_map(|(_, node)| reader.word(node, "role", &Role::WORDS)).collect();
    if reader.count() > before && !roles.contains(&Role::Party) {
        roles.push(Role::Party);
    }
    roles
}

/// An actor; the issues of the negotiation are read already. `foresight` is what it has unless the file says otherwise.
pub fn actor(
    reader: &mut Reader,
    table: &Opened,
    roles: &[Role],
    no_deal: Option<&Opened>,
    n: &Negotiation,
    foresight: f64,
) -> Actor {
    let brought_along_by = reader.map(table, "brought_along_by", ActorId);
    let misjudges = reader.map(table, "misjudges", StateId);
    let own = reader.names.find(Ref::Actor, &table.id);
    if let Some(entry) = table.get("brought_along_by")
        && brought_along_by.iter().any(|(by, _)| Some(by.0) == own)
    {
        error(format!("`{}` is brought along by itself", table.id), &entry.node.span).push(reader);
    }
    Actor {
        id: table.id.clone(),
        name: reader.name(table),
        plural: reader.flag(table, "plural").unwrap_or(false),
        roles: roles.to_vec(),
        views: vec![None; n.space.issues.len()],
        links: Vec::new(),
        red_lines: Vec::new(),
        no_deal: states::no_deal(reader, table, no_deal),
        brought_along_by,
        misjudges,
        learns_in: reader.written(table, "learns_in"),
        misreads: reader.number(table, "misreads", 0.0),
        foresight: reader.number(table, "foresight", foresight),
        complies: reader.number(table, "complies", 1.0),
    }
}

/// How much better than its line those who sign hope that an audience bears a deal: it says something only of who is unsure.
fn hopes(reader: &mut Reader, table: &Opened) -> InputId {
    if let Some(entry) = table.get("hopes").filter(|_| table.get("unsure").is_none()) {
        let hint = "say how unsure they are, unsure = SHARE, or leave `hopes` out";
        error("`hopes` without `unsure`", &entry.span).hint(hint).push(reader);
    }
    reader.number(table, "hopes", 0.0)
}

/// An audience.
pub fn audience(reader: &mut Reader, table: &Opened, issues: usize) -> Audience {
    let per_state = reader.map(table, "per_state", StateId);
    Audience {
        id: table.id.clone(),
        name: reader.name(table),
        plural: reader.flag(table, "plural").unwrap_or(false),
        of: reader.find_key(Ref::Actor, table, "of").map_or(ActorId(0), ActorId),
        veto: reader.number(table, "veto", 0.0),
        views: vec![None; issues],
        normal: normal(reader, table, issues),
        loss_aversion: reader.number(table, "loss_aversion", 1.0),
        claims_weight: reader.number(table, "claims_weight", 0.0),
        credence: reader.number(table, "credence", 1.0),
        aims: aims(reader, table),
        defeat_below: line(reader, table, "defeat_below"),
        per_round: reader.number(table, "per_round", 0.0),
        per_state,
        tied_hands: reader.number(table, "tied_hands", 0.0),
        turns: reader.number(table, "turns", 0.0),
        ballot_noise: reader.number(table, "ballot_noise", 0.0),
        unsure: reader.written(table, "unsure"),
        hopes: hopes(reader, table),
        noise_believed: reader.number(table, "noise_believed", 1.0),
        accepts_if_borne: reader.written(table, "accepts_if_borne"),
        victory_from: line(reader, table, "victory_from"),
        red_lines: Vec::new(),
    }
}

fn normal(reader: &mut Reader, table: &Opened, issues: usize) -> Vec<Option<OptionId>> {
    let mut normal = vec![None; issues];
    for (issue, option) in picks(reader, table, "takes_as_normal") {
        normal[issue.0] = Some(option);
    }
    normal
}

/// The share of every aim: as written, else 1.
fn aims(reader: &mut Reader, table: &Opened) -> Vec<InputId> {
    let written = reader.map(table, "aims", AimId);
    let all = reader.names.index(Ref::Aim).ids().to_vec();
    let share = |(place, aim): (usize, &String)| {
        let share = written.iter().find(|(aim, _)| aim.0 == place).map(|(_, share)| *share);
        let path = format!("{}.aims.{aim}", table.path);
        share.unwrap_or_else(|| reader.default_input(path, 1.0, Spec::POSITIVE, table))
    };
    all.iter().enumerate().map(share).collect()
}

fn line(reader: &mut Reader, table: &Opened, key: &str) -> Option<BearingLine> {
    reader.written(table, key).map(|points| BearingLine { points, between: None })
}

/// A claim.
pub fn claim(reader: &mut Reader, table: &Opened) -> Claim {
    let heard_by = heard_by(reader, table);
    Claim {
        id: table.id.clone(),
        says: reader.text(table, "says").unwrap_or_default(),
        aim: aim(reader, table),
        overheard: overheard(reader, table, &heard_by),
        heard_by,
        clause: reader.clause(table),
        worth: reader.number(table, "worth", 0.0),
        symbolic: reader.flag(table, "symbolic").unwrap_or(false),
    }
}

fn aim(reader: &mut Reader, table: &Opened) -> AimId {
    let aim = reader.text(table, "aim").unwrap_or_default();
    AimId(reader.names.find(Ref::Aim, &aim).unwrap_or(0))
}

fn heard_by(reader: &mut Reader, table: &Opened) -> Vec<AudienceId> {
    match table.get("heard_by") {
        Some(entry) if !matches!(entry.node.value, Value::List(_)) => {
            reader.wrong_type("heard_by", &entry.node, "a list of audiences");
            Vec::new()
        }
        _ => reader.find_all(Ref::Audience, table, "heard_by", AudienceId),
    }
}

fn overheard(reader: &mut Reader, table: &Opened, heard_by: &[AudienceId]) -> Vec<(AudienceId, InputId)> {
    let overheard = reader.map(table, "overheard", AudienceId);
    let Some(entry) = table.get("overheard") else { return overheard };
    if heard_by.is_empty() && !overheard.is_empty() {
        let found = format!("claim `{}` is overheard but told to nobody", table.id);
        error(found, &entry.span).hint("name in `heard_by` who is told").push(reader);
    }
    for (audience, _) in overheard.iter().filter(|(audience, _)| heard_by.contains(audience)) {
        let id = &reader.names.index(Ref::Audience).ids()[audience.0];
        let found = format!("`{id}` both hears and overhears claim `{}`", table.id);
        error(found, &entry.node.span).hint("keep one of `heard_by` and `overheard`").push(reader);
    }
    overheard
}
