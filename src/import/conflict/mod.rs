//! Conflicts as graphs, as others write them: options with switches that cannot be turned back, or arcs; ordinal preferences.
//!
//! JSON, one case or `{cases: […]}`:
//!
//! ```text
//! name          what it is called
//! dms           who takes part: names, or {name, options: […]} (also `actors`)
//! states        {name: "YN-"}, the options of all in order, `-` for either; a list of such patterns or, with arcs, of names;
//!               without it every pattern that is not infeasible
//! infeasible    patterns that cannot be
//! irreversible  [[option, "Y>N"], …]: a switch that cannot be made
//! moves         {actor: {state: [state, …]}}, or a list of [actor, from, to] (also `arcs`); without it what options allow
//! preferences   {actor: best first, ties as lists}, or {actor: {state: the higher, the better}}, or chains "a > b = c"
//! status_quo    where it stands today
//! ```
//!
//! An actor moves from one state to another iff they differ in its own options alone, and no switch between them is
//! irreversible; of states with `-`, iff some state that each may be does, infeasible ones left out. CSV has lines `actor,NAME`, `state,NAME`, `move,ACTOR,FROM,TO`, `rank,ACTOR,STATE,PLACE` (1 is best, equal places
//! are ties), `start,STATE`, `case,NAME`; [`as_csv`] writes them.

mod options;
mod preference;
mod sheet;

pub use sheet::as_csv;

use std::collections::HashSet;

use super::json;
use super::sheet::{Sheet, Source, error};
use super::tree::{Node, Value};
use crate::scenario::{Finding, Span, advice};
use crate::stability::{Conflict, Move};
use crate::text::words::counted;
use crate::visible::visible;

/// Cases that one file may hold.
const MOST_CASES: usize = 1_000;

/// The keys of a case that say something of it.
const KEYS: [&str; 10] =
    ["name", "dms", "actors", "states", "infeasible", "irreversible", "moves", "arcs", "preferences", "status_quo"];

/// Keys under which others keep what is not read: where it comes from, and what is known of it.
const NOTES: [&str; 7] = ["about", "computed", "note", "notes", "provenance", "published", "source"];

/// Actors of one case.
const MOST_ACTORS: usize = 32;

/// A conflict as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// Its states, moves and preferences.
    pub conflict: Conflict,
    /// Where it stands today.
    pub status_quo: Option<usize>,
}

/// The cases of a file, with the warnings about it.
///
/// # Errors
/// The file with all that is said of it; the last finding says why it is refused.
pub fn cases(source: &Source) -> Result<(Vec<Case>, Sheet), Box<Sheet>> {
    let mut sheet = Sheet::of(source)?;
    let read = if sheet.text.trim().is_empty() {
        Err(error(
            "the file is empty",
            &(0..0),
            "a case is JSON or CSV; `winset stability --gmcr elmira` asks about one",
        ))
    } else if sheet.name.to_ascii_lowercase().ends_with(".csv") || !sheet.text.trim_start().starts_with(['{', '[']) {
        sheet::read(&mut sheet)
    } else {
        of_json(&mut sheet)
    };
    match read {
        Ok(cases) => Ok((cases, sheet)),
        Err(why) => {
            sheet.findings.push(why);
            Err(Box::new(sheet))
        }
    }
}

fn of_json(sheet: &mut Sheet) -> Result<Vec<Case>, Finding> {
    let root = json::read(&sheet.text)?;
    let listed: Vec<&Node> = match (&root.value, root.get("cases")) {
        (Value::List(list), _) => list.iter().collect(),
        (_, Some(cases)) => cases.list("`cases`")?.iter().collect(),
        _ => vec![&root],
    };
    if listed.is_empty() || listed.len() > MOST_CASES {
        return Err(error(format!("{} cases", listed.len()), &root.head(), format!("1 to {MOST_CASES} are read")));
    }
    listed.into_iter().enumerate().map(|(at, node)| case(node, at, sheet)).collect()
}

/// The words of a case, each with its place.
struct Named {
    name: String,
    place: Span,
}

/// Options, each with its actor.
type Owned = Vec<(usize, Named)>;

fn case(node: &Node, at: usize, sheet: &mut Sheet) -> Result<Case, Finding> {
    for (key, span, _) in node.map("a case")? {
        if !KEYS.contains(&key.as_str()) && !NOTES.contains(&key.as_str()) {
            sheet.warn(
                format!("`{}` is no key of a case, and is passed over", visible(key)),
                span,
                advice(key, "keys", &KEYS),
            );
        }
    }
    let name = match node.get("name") {
        Some(name) => name.word("the name of a case")?,
        None => format!("case {}", at + 1),
    };
    let what = format!("the case `{}`", visible(&name));
    let dms = match node.get("dms").or_else(|| node.get("actors")) {
        Some(dms) => dms,
        None => node.needs("dms", &what)?,
    };
    let (actors, options) = actors(dms)?;
    let arcs = node.get("moves").or_else(|| node.get("arcs"));
    let space = options::Options::read(node, &actors, &options)?;
    let (states, barred) = space.states(node.get("states"), arcs.is_some(), &what, node)?;
    if node.get("states").is_some() {
        for state in &barred {
            let found = format!("{what}: the state `{}` is infeasible", visible(&state.name));
            sheet.warn(found, &state.place, "it is left out");
        }
    }
    if let Some([a, b]) = space.overlap(&states) {
        let [a, b] = [a.min(b), a.max(b)].map(|s| &states[s].named);
        let found = format!("{what}: `{}` and `{}` can be the same state", visible(&a.name), visible(&b.name));
        sheet.warn(found, &b.place, "states that exclude each other are what stability is about");
    }
    let names: Vec<String> = states.iter().map(|s| s.named.name.clone()).collect();
    let places = Places { barred: barred.iter().map(|s| s.name.as_str()).collect(), ..Places::of(&actors, &names) };
    let moves = match arcs {
        Some(arcs) => places.arcs(arcs)?,
        None => space.moves(&states, &what, node)?,
    };
    let preferences = node.needs("preferences", &what)?;
    let ranks = preference::ranks(preferences, &places)?;
    let status_quo = match node.get("status_quo").filter(|it| it.value != Value::Nothing) {
        Some(it) => Some(places.state(&it.word("`status_quo`")?, &it.head())?),
        None => None,
    };
    let names_of_actors = actors.into_iter().map(|a| a.name).collect();
    let conflict = Conflict::new(names_of_actors, names, moves, ranks)
        .map_err(|e| error(format!("{what}: {e}"), &node.head(), "divide it"))?;
    unreached(&conflict, status_quo, &what, &node.head(), sheet);
    Ok(Case { name, conflict, status_quo })
}

/// The actors, and the options of each with its actor.
fn actors(dms: &Node) -> Result<(Vec<Named>, Owned), Finding> {
    let (mut actors, mut options): (Vec<Named>, Owned) = (Vec::new(), Vec::new());
    let mut add = |name: String, span: &Span, own: Option<&Node>| -> Result<(), Finding> {
        if actors.len() == MOST_ACTORS {
            return Err(error("a case of too many actors", span, format!("{MOST_ACTORS} at most")));
        }
        if actors.iter().any(|a| a.name == name) {
            return Err(error(
                format!("two actors are called `{}`", visible(&name)),
                span,
                "each has a name of its own",
            ));
        }
        actors.push(Named { name, place: span.clone() });
        for option in own.map(|own| own.list("`options`")).transpose()?.into_iter().flatten() {
            let name = option.word("an option")?;
            if options.iter().any(|(_, o)| o.name == name) {
                let found = format!("two options are called `{}`", visible(&name));
                return Err(error(found, &option.head(), "each has a name of its own"));
            }
            options.push((actors.len() - 1, Named { name, place: option.head() }));
        }
        Ok(())
    };
    match &dms.value {
        Value::List(list) => {
            for one in list {
                match &one.value {
                    Value::Map(_) => {
                        let name = one.needs("name", "an actor")?.word("the name of an actor")?;
                        add(name, &one.head(), one.get("options"))?;
                    }
                    _ => add(one.word("an actor")?, &one.head(), None)?,
                }
            }
        }
        Value::Map(entries) => {
            for (name, span, own) in entries {
                add(name.trim().to_owned(), span, Some(own))?;
            }
        }
        _ => return Err(dms.wrong("`dms`", "a list of actors")),
    }
    if actors.is_empty() {
        return Err(error("a case without actors", &dms.head(), "name at least one in `dms`"));
    }
    Ok((actors, options))
}

/// Names and where they stand in their lists.
struct Places<'a> {
    actors: Vec<&'a str>,
    states: Vec<&'a str>,
    by_state: std::collections::HashMap<&'a str, usize>,
    /// States of patterns that cannot be.
    barred: HashSet<&'a str>,
}

impl<'a> Places<'a> {
    fn of(actors: &'a [Named], states: &'a [String]) -> Self {
        Self {
            actors: actors.iter().map(|a| a.name.as_str()).collect(),
            states: states.iter().map(String::as_str).collect(),
            by_state: states.iter().enumerate().map(|(at, s)| (s.as_str(), at)).collect(),
            barred: HashSet::new(),
        }
    }

    fn actor(&self, name: &str, span: &Span) -> Result<usize, Finding> {
        let name = name.trim();
        let found = self.actors.iter().position(|a| *a == name);
        found.ok_or_else(|| {
            error(format!("an unknown actor `{}`", visible(name)), span, advice(name, "actors", &self.actors))
        })
    }

    fn state(&self, name: &str, span: &Span) -> Result<usize, Finding> {
        let name = name.trim();
        let few = &self.states[..self.states.len().min(200)];
        let missing = || match self.barred.contains(name) {
            true => error(format!("the state `{}` is infeasible", visible(name)), span, "leave it out here"),
            false => error(format!("an unknown state `{}`", visible(name)), span, advice(name, "states", few)),
        };
        self.by_state.get(name).copied().ok_or_else(missing)
    }

    fn arcs(&self, arcs: &Node) -> Result<Vec<Move>, Finding> {
        let mut moves = Vec::new();
        match &arcs.value {
            Value::List(list) => {
                for arc in list {
                    let words = arc.list("a move")?;
                    let [actor, from, to] = words else {
                        return Err(of_length(words.len(), "[actor, from, to]", arc));
                    };
                    let state = |node: &Node| self.state(&node.word("a state")?, &node.head());
                    let actor = self.actor(&actor.word("an actor")?, &actor.head())?;
                    moves.push(Move { actor, from: state(from)?, to: state(to)? });
                }
            }
            Value::Map(entries) => {
                for (name, span, of) in entries {
                    let actor = self.actor(name, span)?;
                    self.of_actor(actor, of, &mut moves)?;
                }
            }
            _ => return Err(arcs.wrong("`moves`", "a map from actors, or a list of [actor, from, to]")),
        }
        Ok(moves)
    }

    /// The moves of one actor: `{state: [state, …]}`, or a list of [from, to].
    fn of_actor(&self, actor: usize, of: &Node, moves: &mut Vec<Move>) -> Result<(), Finding> {
        if let Value::List(list) = &of.value {
            for arc in list {
                let words = arc.list("a move")?;
                let [from, to] = words else { return Err(of_length(words.len(), "[from, to]", arc)) };
                let state = |node: &Node| self.state(&node.word("a state")?, &node.head());
                moves.push(Move { actor, from: state(from)?, to: state(to)? });
            }
            return Ok(());
        }
        for (from, span, to) in of.map("the moves of an actor")? {
            let from = self.state(from, span)?;
            let one = |node: &Node| self.state(&node.word("a state")?, &node.head());
            match &to.value {
                Value::List(list) => {
                    for node in list {
                        moves.push(Move { actor, from, to: one(node)? });
                    }
                }
                _ => moves.push(Move { actor, from, to: one(to)? }),
            }
        }
        Ok(())
    }
}

fn of_length(words: usize, accepted: &str, arc: &Node) -> Finding {
    error(format!("a move has {}", counted(words, "word")), &arc.head(), format!("{accepted} is accepted"))
}

/// Says which states nobody can reach from the status quo.
fn unreached(conflict: &Conflict, start: Option<usize>, what: &str, span: &Span, sheet: &mut Sheet) {
    const NAMED: usize = 8;
    let Some(start) = start else { return };
    let mut met = vec![false; conflict.states().len()];
    let mut open = vec![start];
    met[start] = true;
    while let Some(state) = open.pop() {
        for to in (0..conflict.actors().len()).flat_map(|actor| conflict.moves(actor, state)) {
            if !met[to] {
                met[to] = true;
                open.push(to);
            }
        }
    }
    let lost: Vec<&String> =
        conflict.states().iter().zip(&met).filter(|(_, met)| !**met).map(|(name, _)| name).collect();
    if lost.is_empty() {
        return;
    }
    let named: Vec<String> = lost.iter().take(NAMED).map(|name| format!("`{}`", visible(name))).collect();
    let more = if lost.len() > NAMED { format!(" and {} more", lost.len() - NAMED) } else { String::new() };
    let found =
        format!("{what}: nobody can reach {}{more} from `{}`", named.join(", "), visible(&conflict.states()[start]));
    sheet.warn(found, span, "they are judged all the same; only a joint move leads there, if anything does");
}
