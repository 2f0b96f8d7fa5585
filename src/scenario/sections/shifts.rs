//! `raise` and `lower` of a direction: numbers moved as a whole.

use super::directions::{follows_another, is_between};
use super::{Keyed, Opened, Reader, error, shown};
use crate::model::{Change, InputId, Law, LawShift, Negotiation};

/// Whether numbers are to grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Raise,
    Lower,
}

/// Adds what `raise` or `lower` of a direction move.
pub(super) fn moved(reader: &mut Reader, table: &Opened, n: &Negotiation, change: &mut Change) {
    let (way, entry) = match (table.get("raise"), table.get("lower")) {
        (Some(entry), None) => (Way::Raise, entry),
        (None, Some(entry)) => (Way::Lower, entry),
        (Some(_), Some(lower)) => {
            let draft = error("both `raise` and `lower`", &lower.span);
            return draft.hint("make two directions of them, or use `set`").push(reader);
        }
        (None, None) => {
            if let Some(stray) = ["by", "times", "to"].into_iter().find_map(|key| table.get(key)) {
                let found = format!("`{}` without `raise` or `lower`", stray.key);
                error(found, &stray.span).hint("say which paths are moved").push(reader);
            }
            return;
        }
    };
    let hows: Vec<&Keyed> = ["by", "times", "to"].into_iter().filter_map(|key| table.get(key)).collect();
    let [how] = hows[..] else {
        let many = if hows.is_empty() { "none" } else { "more than one" };
        let found = format!("direction `{}` has {many} of `by`, `times` and `to`", table.id);
        return error(found, &table.span).label("expected exactly one").push(reader);
    };
    let numbers = numbers(reader, entry, change);
    if how.key == "to" {
        return numbers.iter().for_each(|(id, path)| replace(reader, way, *id, path, how, change));
    }
    let Some((times, by)) = factor(reader, way, how) else { return };
    for (id, path) in numbers {
        let shift = LawShift { input: id, times, by, bounds: (reader.specs[id.0].lo, reader.specs[id.0].hi) };
        if fits(reader, n, &shift, &path, entry) {
            change.moves.push(shift);
        }
    }
}

/// The numbers that the paths of an entry reach, each once.
fn numbers(reader: &mut Reader, entry: &Keyed, change: &Change) -> Vec<(InputId, String)> {
    let mut numbers: Vec<(InputId, String)> = Vec::new();
    for (path, node) in reader.words(&entry.node, &entry.key, "the path of a number") {
        if reader.maps.contains_key(path) {
            let found = format!("`{path}` stands for several numbers");
            error(found, &node.span).hint("name one of them, or replace all by `set`").push(reader);
            continue;
        }
        let Some(ids) = reader.reach(path) else {
            reader.unknown_path(path, &node.span, "no number has this path");
            continue;
        };
        for id in ids {
            if change.set.iter().any(|(set, _)| *set == id) || numbers.iter().any(|(known, _)| *known == id) {
                error(format!("`{path}` is changed twice"), &node.span).push(reader);
            } else {
                numbers.push((id, path.to_owned()));
            }
        }
    }
    numbers
}

/// What a number is replaced by, which must lie on the right side.
fn replace(reader: &mut Reader, way: Way, id: InputId, path: &str, to: &Keyed, change: &mut Change) {
    if is_between(reader, path, &to.node) {
        return;
    }
    let Some(law) = reader.law(&to.node, reader.specs[id.0], path) else { return };
    if follows_another(reader, &to.node.span, &[(id, law.clone())]) {
        return;
    }
    let (old, new) = (reader.support(&reader.inputs.get(id).law), reader.support(&law));
    let wrong = match way {
        Way::Raise => new.0 < old.0 || new.1 < old.1,
        Way::Lower => new.0 > old.0 || new.1 > old.1,
    };
    if wrong || new == old {
        let (word, end) = if way == Way::Raise { ("raise", "below") } else { ("lower", "above") };
        let found = format!("`{word}` would not {word} `{path}`, which goes from {} to {}", shown(old.0), shown(old.1));
        let draft = error(found, &to.node.span);
        return draft.hint(format!("let no end of `to` lie {end} that, or use `set`")).push(reader);
    }
    change.set.push((id, law));
}

/// Factor and summand.
fn factor(reader: &mut Reader, way: Way, how: &Keyed) -> Option<(f64, f64)> {
    let x = reader.plain_node(&how.node, &how.key)?;
    let (right, expected) = match (how.key.as_str(), way) {
        ("by", _) => (x > 0.0, "a number above 0"),
        (_, Way::Raise) => (x > 1.0, "a factor above 1"),
        (_, Way::Lower) => ((0.0..1.0).contains(&x), "a factor from 0 to below 1"),
    };
    if !right {
        let draft = error(format!("`{}` is {}", how.key, shown(x)), &how.node.span);
        return draft.label(format!("expected {expected}")).give_up(reader);
    }
    Some(match (how.key.as_str(), way) {
        ("by", Way::Raise) => (1.0, x),
        ("by", Way::Lower) => (1.0, -x),
        _ => (x, 0.0),
    })
}

/// Whether a number can be moved so: a factor needs a number that is never negative, one that follows an unknown has to
/// stay within its bounds, and something must change.
fn fits(reader: &mut Reader, n: &Negotiation, shift: &LawShift, path: &str, entry: &Keyed) -> bool {
    let rivals = n.rivals(shift.input);
    let laws: Vec<Law> = std::iter::once(&reader.inputs.get(shift.input).law).chain(rivals).cloned().collect();
    let negative = laws.iter().any(|law| reader.support(law).0 < 0.0);
    let leaves = |law: &Law| {
        let (lo, hi) = reader.support(&shift.of(law));
        matches!(law, Law::Shared { .. }) && (lo < shift.bounds.0 || hi > shift.bounds.1)
    };
    let stays = |law: &Law| reader.support(&shift.of(law)) == reader.support(law);
    let (found, hint) = if shift.by == 0.0 && negative {
        (format!("`times` moves `{path}`, which may be below 0"), "use `by`")
    } else if laws.iter().any(leaves) {
        let found = format!("`{path}` follows an unknown and would leave what is allowed for it");
        (found, "move it less, or move the unknown")
    } else if laws.iter().all(stays) {
        (format!("`{path}` stays as it is: it is at its bound already, or 0"), "move another number, or set it")
    } else {
        return true;
    };
    error(found, &entry.node.span).hint(hint).push(reader);
    false
}
