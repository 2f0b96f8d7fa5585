//! Audiences, and the claims that they are told.

use super::super::format::Value;
use super::super::keys::{Ref, Spec};
use super::super::reader::{Reader, Table};
use super::packages::picks;
use crate::model::{ActorId, AimId, Audience, AudienceId, BearingLine, Claim, InputId, OptionId, StateId};

/// An audience without views and red lines: those have sections of their own.
pub(in super::super) fn read(reader: &mut Reader, table: &Table, issues: usize) -> Audience {
    let per_state = reader.map(table, "per_state");
    Audience {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
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
        per_state: per_state.into_iter().map(|(state, points)| (StateId(state), points)).collect(),
        tied_hands: reader.number(table, "tied_hands", 0.0),
        turns: reader.number(table, "turns", 0.0),
        ballot_noise: reader.number(table, "ballot_noise", 0.0),
        noise_believed: reader.number(table, "noise_believed", 1.0),
        victory_from: line(reader, table, "victory_from"),
        red_lines: Vec::new(),
        source: reader.text(table, "source"),
    }
}

fn normal(reader: &mut Reader, table: &Table, issues: usize) -> Vec<Option<OptionId>> {
    let mut normal = vec![None; issues];
    if let Some(entry) = table.get("takes_as_normal") {
        for (issue, option) in picks(reader, &entry.node, "takes_as_normal") {
            normal[issue.0] = Some(option);
        }
    }
    normal
}

/// The share of every aim: as written, else 1.
fn aims(reader: &mut Reader, table: &Table) -> Vec<InputId> {
    let written = reader.map(table, "aims");
    let all = reader.names.index(Ref::Aim).ids().to_vec();
    let mut shares = Vec::with_capacity(all.len());
    for (place, aim) in all.iter().enumerate() {
        let share = written.iter().find(|(aim, _)| *aim == place).map(|(_, share)| *share);
        let path = format!("{}.aims.{aim}", table.path);
        shares.push(share.unwrap_or_else(|| reader.default_input(path, 1.0, Spec::POSITIVE, table)));
    }
    shares
}

fn line(reader: &mut Reader, table: &Table, key: &str) -> Option<BearingLine> {
    reader.written(table, key).map(|points| BearingLine { points, between: None })
}

/// A claim.
pub(in super::super) fn claim(reader: &mut Reader, table: &Table) -> Claim {
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
        source: reader.text(table, "source"),
    }
}

fn aim(reader: &mut Reader, table: &Table) -> AimId {
    let aim = reader.text(table, "aim").unwrap_or_default();
    AimId(reader.names.find(Ref::Aim, &aim).unwrap_or(0))
}

fn heard_by(reader: &mut Reader, table: &Table) -> Vec<AudienceId> {
    let Some(entry) = table.get("heard_by") else { return Vec::new() };
    if !matches!(entry.node.value, Value::List(_)) {
        reader.wrong_type("heard_by", &entry.node, "a list of audiences");
        return Vec::new();
    }
    let mut heard = Vec::new();
    for (id, node) in reader.words(&entry.node, "heard_by", "the id of an audience") {
        heard.extend(reader.find(Ref::Audience, id, &node.span).map(AudienceId));
    }
    heard
}

fn overheard(reader: &mut Reader, table: &Table, heard_by: &[AudienceId]) -> Vec<(AudienceId, InputId)> {
    let overheard = reader.map(table, "overheard");
    let Some(entry) = table.get("overheard") else { return Vec::new() };
    if heard_by.is_empty() && !overheard.is_empty() {
        let found = format!("claim `{}` is overheard but told to nobody", table.id);
        reader.error(found, &entry.span).hint("name in `heard_by` who is told").push();
    }
    for (audience, _) in &overheard {
        if heard_by.contains(&AudienceId(*audience)) {
            let id = reader.names.index(Ref::Audience).ids()[*audience].clone();
            let found = format!("`{id}` both hears and overhears claim `{}`", table.id);
            reader.error(found, &entry.node.span).hint("keep one of `heard_by` and `overheard`").push();
        }
    }
    overheard.into_iter().map(|(audience, share)| (AudienceId(audience), share)).collect()
}
