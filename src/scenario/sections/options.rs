//! The options of an issue: a list, a table, or a grid of numbers.

use super::names::{IdKind, Index, check_id};
use super::{Keyed, Node, Opened, Reader, Ref, Span, Spec, Value, error, keys, warning};
use crate::model::{ActorId, AudienceId, Form, InputId, IssueOption, StageId, Stop};
use crate::scenario::references::number_id;

/// Options that an issue may have.
const MOST_OPTIONS: usize = 2_000;

/// The options of one issue, with what the file says of each.
#[derive(Debug, Default)]
pub struct Options<'n> {
    /// Their identifiers.
    pub ids: Index,
    /// Where each stands, and its table if it has one.
    entries: Vec<(Span, Option<&'n Keyed>)>,
    /// Whether they are a grid.
    pub is_grid: bool,
    /// Whether a mistake has cost some of them.
    pub is_lost: bool,
}

impl<'n> Options<'n> {
    fn add(&mut self, id: &str, span: &Span, entry: Option<&'n Keyed>) {
        self.ids.add(id);
        self.entries.push((span.clone(), entry));
    }
}

/// The identifiers of the options of an issue.
pub fn identify<'n>(reader: &mut Reader, issue: &Opened<'n>) -> Options<'n> {
    let lost = || Options { is_lost: true, ..Options::default() };
    let Some(entry) = issue.get("options") else { return lost() };
    let before = reader.count();
    let mut options = match &entry.node.value {
        Value::List(list) => listed(reader, list, entry),
        Value::Table(entries) if is_grid(entries) => grid(reader, entry),
        Value::Table(entries) => tabled(reader, entries, entry),
        _ => {
            reader.wrong_type("options", &entry.node, "a list, a table, or { from = 0, to = 100, step = 1 }");
            return lost();
        }
    };
    options.is_lost |= options.ids.len() == 0;
    options.entries.truncate(options.ids.len());
    if options.ids.len() < 2 && reader.count() == before {
        let many = if options.ids.len() == 1 { "1 option" } else { "0 options" };
        error(format!("issue `{}` has {many}", issue.id), &entry.span).label("expected at least two").push(reader);
    }
    options
}

/// How many options are read: all, or none of too many.
fn read_of(reader: &mut Reader, count: f64, entry: &Keyed) -> usize {
    if count <= MOST_OPTIONS as f64 {
        return count as usize;
    }
    error(format!("an issue has {count} options, more than {MOST_OPTIONS}"), &entry.span).push(reader);
    0
}

fn listed<'n>(reader: &mut Reader, list: &'n [Node], entry: &Keyed) -> Options<'n> {
    let mut options = Options::default();
    for node in &list[..read_of(reader, list.len() as f64, entry)] {
        let Value::Text(id) = &node.value else {
            reader.wrong_type("options", node, "the id of an option in quotes");
            options.is_lost = true;
            continue;
        };
        if options.ids.find(id).is_some() {
            error(format!("option `{id}` is listed twice"), &node.span).push(reader);
            continue;
        }
        check_id(reader, id, &node.span, IdKind::Option);
        options.add(id, &node.span, None);
    }
    options
}

fn tabled<'n>(reader: &mut Reader, entries: &'n [Keyed], entry: &Keyed) -> Options<'n> {
    let mut options = Options::default();
    for entry in &entries[..read_of(reader, entries.len() as f64, entry)] {
        check_id(reader, &entry.key, &entry.span, IdKind::Option);
        options.add(&entry.key, &entry.span, Some(entry));
    }
    options
}

/// A table whose `from`, `to` or `step` is a number; options are texts or tables.
fn is_grid(entries: &[Keyed]) -> bool {
    let numeric = |e: &Keyed| matches!(e.node.value, Value::Number(_));
    entries.iter().any(|e| ["from", "to", "step"].contains(&e.key.as_str()) && numeric(e))
}

fn grid<'n>(reader: &mut Reader, entry: &'n Keyed) -> Options<'n> {
    let mut options = Options { is_grid: true, ..Options::default() };
    let table = reader.open(&keys::GRID, entry, String::from("grid"), "");
    reader.spans.remove("grid");
    let ends = (reader.plain(&table, "from"), reader.plain(&table, "to"), reader.plain(&table, "step"));
    let (Some(from), Some(to), Some(step)) = ends else { return options };
    let steps = ((to - from) / step).round();
    let misses = (from + steps * step - to).abs() > 1e-9 * step.abs().max(to.abs()).max(1.0);
    if step < 1e-6 || to <= from || misses {
        let draft = error(format!("no grid goes from {from} to {to} by {step}"), &entry.node.span);
        draft.label("expected from < to, and a whole number of steps of at least 0.000001").push(reader);
        return options;
    }
    for i in 0..read_of(reader, steps + 1.0, entry) {
        options.add(&number_id(from + i as f64 * step), &entry.span, None);
    }
    options
}

/// The options as the model has them, and where they lie on an ordered issue.
pub fn read(reader: &mut Reader, issue: &Opened, options: &Options) -> (Vec<IssueOption>, Vec<f64>) {
    let mut list = Vec::with_capacity(options.ids.len());
    let mut places = Vec::new();
    for (id, (span, entry)) in options.ids.ids().iter().zip(&options.entries) {
        let path = format!("{}.options.{id}", issue.path);
        reader.spans.insert(path.clone(), span.clone());
        let (option, at) = match entry {
            Some(Keyed { node: Node { value: Value::Text(name), .. }, .. }) => (plain(id, name), None),
            Some(entry) => option(reader, issue, entry, path),
            None => (plain(id, id), None),
        };
        list.push(option);
        places.push(at);
    }
    (list, positions(reader, issue, &places))
}

fn plain(id: &str, name: &str) -> IssueOption {
    IssueOption { id: id.to_owned(), name: name.to_owned(), ..IssueOption::default() }
}

fn option(reader: &mut Reader, issue: &Opened, entry: &Keyed, path: String) -> (IssueOption, Option<f64>) {
    if !matches!(entry.node.value, Value::Table(_)) {
        reader.wrong_type(&entry.key, &entry.node, "a name, or a table { name = \"…\" }");
        return (plain(&entry.key, &entry.key), None);
    }
    let table = reader.open(&keys::OPTION, entry, path, &issue.numbers);
    let option = IssueOption {
        id: table.id.clone(),
        name: reader.name(&table),
        form: reader.choice(&table, "form", &Form::WORDS),
        holders: holders(reader, &table).unwrap_or_default(),
        secret: secret(reader, &table),
        temporary: reader.choice(&table, "finality", &keys::FINALITIES).unwrap_or(false),
        ratified_by: reader.find_all(Ref::Audience, &table, "ratified_by", AudienceId),
        stops: stops(reader, &table),
    };
    (option, reader.plain(&table, "at"))
}

/// When the conflict ends with the option.
fn stops(reader: &mut Reader, owner: &Opened) -> Option<Stop> {
    let entry = owner.get("stops")?;
    if !matches!(entry.node.value, Value::Table(_)) {
        return reader.word(&entry.node, "stops", &[("at once", Stop::AtOnce)]);
    }
    let table = reader.open(&keys::STOP, entry, owner.path_of("stops"), &owner.numbers);
    let agreed = reader.find_key(Ref::Stage, &table, "agreed").map(StageId);
    let signed = reader.find_key(Ref::Stage, &table, "signed").map(StageId);
    if table.get("agreed").is_some() == table.get("signed").is_some() {
        error("`stops` needs exactly one of `agreed` and `signed`", &table.span).push(reader);
    }
    agreed.map(Stop::Agreed).or(signed.map(Stop::Signed))
}

/// `false` is no secret at all; anything else is an input.
fn secret(reader: &mut Reader, table: &Opened) -> Option<InputId> {
    let entry = table.get("secret")?;
    if matches!(entry.node.value, Value::Flag(false)) { None } else { Some(reader.number(table, "secret", 0.0)) }
}

fn holders(reader: &mut Reader, table: &Opened) -> Option<Vec<(ActorId, InputId)>> {
    let (holder, grants) = match (table.get("holder"), table.get("grants")) {
        (None, None) => return None,
        (Some(holder), Some(grants)) => (holder, grants),
        (Some(holder), None) => {
            let found = format!("option `{}` has a holder but no `grants`", table.id);
            return error(found, &holder.span).hint("add the chance that it is granted: grants = 0.5").give_up(reader);
        }
        (None, Some(grants)) => {
            let found = format!("option `{}` has `grants` but no holder", table.id);
            return error(found, &grants.span).hint("say who holds the term: holder = ACTOR").give_up(reader);
        }
    };
    let words = reader.words(&holder.node, "holder", "the id of an actor");
    let place = |(id, node): (_, &Node)| Some((reader.find(Ref::Actor, id, &node.span)?, id));
    let ids: Vec<(usize, &str)> = words.into_iter().filter_map(place).collect();
    if holder.node.is_empty_list() {
        error(format!("option `{}` is held by nobody", table.id), &holder.node.span).push(reader);
    }
    Some(granted(reader, table, &ids, grants))
}

/// One input for each holder, from one chance for all or from one for each.
fn granted(reader: &mut Reader, table: &Opened, ids: &[(usize, &str)], grants: &Keyed) -> Vec<(ActorId, InputId)> {
    let group = format!("{}.grants", table.path);
    let is_actor = |e: &Keyed| reader.names.find(Ref::Actor, &e.key).is_some();
    let each: Option<&[Keyed]> = match &grants.node.value {
        Value::Table(entries) if entries.iter().all(is_actor) => Some(entries),
        _ => None,
    };
    let before = reader.count();
    let mut holders = Vec::new();
    for (place, id) in ids {
        let own = each.map_or(Some(&grants.node), |e| e.iter().find(|e| e.key == *id).map(|e| &e.node));
        match own {
            // A mistake in a chance for all is said once.
            Some(node) if each.is_some() || reader.count() == before => {
                let input = reader.input(format!("{group}.{id}"), node, Spec::CHANCE, &table.numbers);
                holders.push((ActorId(*place), input));
            }
            Some(_) => {}
            None => error(format!("`grants` does not name the holder `{id}`"), &grants.span).push(reader),
        }
    }
    for entry in each.unwrap_or_default() {
        if !ids.iter().any(|(_, id)| *id == entry.key) {
            let found = format!("`grants` names `{}`, which does not hold the option", entry.key);
            error(found, &entry.span).hint("add it to `holder`").push(reader);
        }
    }
    reader.spans.insert(group.clone(), grants.node.span.clone());
    reader.groups.insert(group, holders.iter().map(|(_, input)| *input).collect());
    holders
}

/// Where the options lie: at their `at` if each has one, else equally spaced.
fn positions(reader: &mut Reader, issue: &Opened, at: &[Option<f64>]) -> Vec<f64> {
    let spaced = (0..at.len()).map(|i| i as f64).collect();
    let Some(entry) = issue.get("options") else { return spaced };
    match at.iter().copied().collect::<Option<Vec<f64>>>() {
        Some(at) if at.windows(2).all(|w| w[0] < w[1]) => at,
        Some(_) => {
            let found = format!("`at` does not rise from option to option of issue `{}`", issue.id);
            error(found, &entry.span).hint("list the options in their order").push(reader);
            spaced
        }
        None => {
            if at.iter().any(Option::is_some) {
                let found = format!("`at` is not used in issue `{}`", issue.id);
                warning(found, &entry.span).hint("it counts only if every option has one").push(reader);
            }
            spaced
        }
    }
}
