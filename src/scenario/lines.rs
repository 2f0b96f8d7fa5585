//! Lines placed between the scores of two packages.

use super::{Keyed, Node, Reader, Ref, Span, Value, error, keys, law::names_packages};
use crate::model::{AudienceId, InputId, Law, Negotiation, Quantity, Scale, Scores};

/// A line that waits until everything else is known.
#[derive(Debug, Clone)]
pub struct PendingLine {
    target: Destination,
    audience: AudienceId,
    bears: usize,
    rejects: usize,
    span: Span,
}

/// Where its law goes.
#[derive(Debug, Clone, Copy)]
pub enum Destination {
    /// To the file itself.
    Input(InputId),
    /// To a place among what a reading sets.
    Reading(usize, usize),
    /// To a place among what a variant sets.
    Variant(usize, usize),
}

impl Reader {
    /// Keeps a line `{ bears, rejects }` until the scores are known; other numbers do not wait.
    pub fn wait_for_packages(&mut self, path: &str, node: &Node, target: Destination) {
        let Value::Table(entries) = &node.value else { return };
        if !names_packages(entries) || !(path.ends_with(".defeat_below") || path.ends_with(".victory_from")) {
            return;
        }
        let entry = Keyed { key: path.to_owned(), span: node.span.clone(), node: node.clone() };
        let table = self.open(&keys::LINE, &entry, String::from("line"), "");
        self.spans.remove("line");
        let bears = self.find_key(Ref::Package, &table, "bears");
        let rejects = self.find_key(Ref::Package, &table, "rejects");
        let audience = path.split('.').nth(1).and_then(|id| self.names.find(Ref::Audience, id));
        if let (Some(bears), Some(rejects), Some(audience)) = (bears, rejects, audience) {
            let audience = AudienceId(audience);
            self.lines.push(PendingLine { target, audience, bears, rejects, span: node.span.clone() });
        }
    }
}

/// Draws every waiting line between the scores of its two packages, in the modal world of the file as written, with the
/// variants as the file switches them and without a reading.
pub fn place(reader: &mut Reader, n: &mut Negotiation) {
    let lines = std::mem::take(&mut reader.lines);
    for line in &lines {
        if let Destination::Input(id) = line.target {
            let audience = &mut n.audiences[line.audience.0];
            for own in [&mut audience.defeat_below, &mut audience.victory_from].into_iter().flatten() {
                if own.points == id {
                    own.between = Some((line.bears, line.rejects));
                }
            }
        }
    }
    if lines.is_empty() {
        return;
    }
    let laws: Vec<Option<Law>> = {
        let world = n.modal_world(&n.laws(None, &n.default_variants()));
        let scores = Scores::new(n, Scale::of(n));
        let points = |line: &PendingLine, package: usize| {
            let units = scores.audience(&world, line.audience, &n.packages[package].package);
            scores.scale().points(units)
        };
        lines.iter().map(|line| law(reader, n, line, points(line, line.bears), points(line, line.rejects))).collect()
    };
    for (line, law) in lines.iter().zip(laws) {
        let Some(law) = law else { continue };
        match line.target {
            Destination::Input(id) => n.inputs.set_law(id, law),
            Destination::Reading(r, k) => n.readings[r].set[k].1 = law,
            Destination::Variant(v, k) => n.variants[v].set[k].1 = law,
        }
    }
}

/// The line of an audience: anywhere between the two scores, if they are in the right order.
fn law(reader: &mut Reader, n: &Negotiation, line: &PendingLine, bears: f64, rejects: f64) -> Option<Law> {
    let name = |package: usize| &n.packages[package].id;
    for package in [line.bears, line.rejects] {
        if !n.space.allows(&n.packages[package].package) {
            let draft = error(format!("the rules exclude `{}`, which places a line", name(package)), &line.span);
            return draft.hint("place the line between two packages that are settlements").give_up(reader);
        }
    }
    // Equal scores leave no room; scores beyond all floating-point numbers leave no line.
    if let Some(line) = Quantity::uniform(rejects, bears).ok().filter(|_| bears > rejects) {
        return Some(Law::Own(line));
    }
    let audience = &n.audience(line.audience).id;
    let (borne, rejected) = (name(line.bears), name(line.rejects));
    let found = format!("`{audience}` scores `{borne}` at {bears} points, not above `{rejected}` at {rejects}");
    let draft = error(found, &line.span).label("no line lies between them");
    draft.hint("the scores are those of the modal world; change the views, or name other packages").give_up(reader)
}
