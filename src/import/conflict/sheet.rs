//! Graphs as CSV, read and written.

use std::collections::HashSet;

use super::super::sheet::{Sheet, error};
use super::options::MOST_STATES;
use super::{Case, MOST_ACTORS, Named, Places, unreached};
use crate::scenario::{Finding, Span};
use crate::stability::{Conflict, Move};
use crate::text::sheet as table;
use crate::visible::visible;

const HINT: &str = "lines are `case,NAME`, `actor,NAME`, `state,NAME`, `move,ACTOR,FROM,TO`, `rank,ACTOR,STATE,PLACE`, `start,STATE`; JSON begins with `{` or `[`";

/// The last place in an order.
const MOST_PLACES: i64 = 1_000_000;

/// Lines that one file may have.
const MOST_LINES: usize = 400_000;

/// What the lines have said so far.
#[derive(Default)]
struct Said {
    name: Option<String>,
    actors: Vec<Named>,
    states: Vec<String>,
    known: HashSet<String>,
    moves: Vec<([String; 3], Span)>,
    ranks: Vec<([String; 2], i64, Span)>,
    start: Option<(String, Span)>,
}

/// Reads one case.
pub fn read(sheet: &mut Sheet) -> Result<Vec<Case>, Finding> {
    let listed = lines(&sheet.text);
    if let Some((span, _)) = listed.get(MOST_LINES) {
        return Err(error("too many lines", span, format!("{MOST_LINES} at most")));
    }
    let mut said = Said::default();
    for (span, line) in listed {
        if line.matches('"').count() % 2 == 1 {
            return Err(error("a quote that is not closed", &span, "a quote within quotes is written twice"));
        }
        let read = table::cells(line.as_bytes()).map_err(|e| error(e.to_string(), &span, HINT))?;
        let Some(cells) = read.into_iter().next().map(|row| row.cells) else { continue };
        let filled = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1);
        if filled > 0 && !cells[0].starts_with('#') && cells != HEADS {
            said.line(&cells[..filled].iter().map(String::as_str).collect::<Vec<_>>(), span)?;
        }
    }
    said.case(sheet).map(|case| vec![case])
}

impl Said {
    fn line(&mut self, cells: &[&str], span: Span) -> Result<(), Finding> {
        match cells {
            ["case", _] if self.name.is_some() => {
                return Err(error("a second case", &span, "one case a file; JSON may hold several"));
            }
            ["case", called] => self.name = Some((*called).to_owned()),
            ["actor", _] if self.actors.len() == MOST_ACTORS => {
                return Err(error("a case of too many actors", &span, format!("{MOST_ACTORS} at most")));
            }
            ["actor", called] if self.actors.iter().any(|a| a.name == **called) => {
                return Err(twice("actors", called, &span));
            }
            ["actor", called] => self.actors.push(Named { name: (*called).to_owned(), place: span }),
            ["state", _] if self.states.len() == MOST_STATES => {
                return Err(error("a case of too many states", &span, format!("{MOST_STATES} at most")));
            }
            ["state", called] if !self.known.insert((*called).to_owned()) => {
                return Err(twice("states", called, &span));
            }
            ["state", called] => self.states.push((*called).to_owned()),
            ["move", actor, from, to] => self.moves.push(([*actor, *from, *to].map(str::to_owned), span)),
            ["rank", actor, state, place] => {
                let place: i64 = place.parse().ok().filter(|p| (1..=MOST_PLACES).contains(p)).ok_or_else(|| {
                    let found = format!("`{}` is no place in an order", visible(place));
                    error(found, &span, format!("1 is the best, up to {MOST_PLACES}; equal places are ties"))
                })?;
                self.ranks.push(([*actor, *state].map(str::to_owned), place, span));
            }
            ["start", _] if self.start.is_some() => {
                return Err(error("a second start", &span, "it stands in one state today"));
            }
            ["start", state] => self.start = Some(((*state).to_owned(), span)),
            _ => {
                let line: String = cells.join(",").chars().take(80).collect();
                return Err(error(format!("`{}` is no line of a case", visible(&line)), &span, HINT));
            }
        }
        Ok(())
    }

    fn case(self, sheet: &mut Sheet) -> Result<Case, Finding> {
        let Self { name, actors, states, moves, ranks, start, .. } = self;
        let all = 0..sheet.text.len().min(1);
        let places = Places::of(&actors, &states);
        let mut order = vec![vec![None; states.len()]; actors.len()];
        for ([actor, state], place, span) in &ranks {
            let of = &mut order[places.actor(actor, span)?][places.state(state, span)?];
            if of.replace(-place).is_some() {
                let found = format!("`{}` ranks `{}` twice", visible(actor), visible(state));
                return Err(error(found, span, "each state once"));
            }
        }
        for (actor, of) in actors.iter().zip(&order) {
            if let Some(lacking) = of.iter().position(Option::is_none) {
                let found = format!("`{}` does not rank `{}`", visible(&actor.name), visible(&states[lacking]));
                return Err(error(found, &actor.place, "a line `rank,ACTOR,STATE,PLACE` for each state"));
            }
        }
        let one = |(words, span): &([String; 3], Span)| {
            let [actor, from, to] = words;
            Ok(Move { actor: places.actor(actor, span)?, from: places.state(from, span)?, to: places.state(to, span)? })
        };
        let moves: Vec<Move> = moves.iter().map(one).collect::<Result<_, Finding>>()?;
        let status_quo = start.map(|(state, span)| places.state(&state, &span)).transpose()?;
        let ranks = order.into_iter().map(|of| of.into_iter().flatten().collect()).collect();
        let named = actors.iter().map(|a| a.name.clone()).collect();
        let conflict = Conflict::new(named, states.clone(), moves, ranks)
            .map_err(|e| error(format!("the case: {e}"), &all, HINT))?;
        unreached(&conflict, status_quo, "the case", &all, sheet);
        Ok(Case { name: name.unwrap_or_else(|| "case".to_owned()), conflict, status_quo })
    }
}

fn twice(what: &str, name: &str, span: &Span) -> Finding {
    error(format!("two {what} are called `{}`", visible(name)), span, "each has a name of its own")
}

const HEADS: [&str; 4] = ["what", "who", "state", "value"];

/// A case as CSV, which [`super::cases`] reads again.
pub fn as_csv(case: &Case) -> String {
    let it = &case.conflict;
    let mut rows: Vec<[&str; 4]> = vec![["case", &case.name, "", ""]];
    rows.extend(it.actors().iter().map(|actor| ["actor", actor, "", ""]));
    rows.extend(it.states().iter().map(|state| ["state", state, "", ""]));
    rows.extend(case.status_quo.map(|start| ["start", it.states()[start].as_str(), "", ""]));
    rows.extend(it.all_moves().map(|m| ["move", &it.actors()[m.actor], &it.states()[m.from], &it.states()[m.to]]));
    let ranked: Vec<(usize, usize, String)> = (0..it.actors().len()).flat_map(|i| places_of(it, i)).collect();
    rows.extend(ranked.iter().map(|(i, s, place)| ["rank", &it.actors()[*i], &it.states()[*s], place]));
    table::csv(&HEADS, &rows.into_iter().map(|row| row.map(str::to_owned).into()).collect::<Vec<_>>())
}

/// The place of each state in the order of an actor: 1 is best, and those that are as good share one.
fn places_of(it: &Conflict, i: usize) -> Vec<(usize, usize, String)> {
    let mut levels: Vec<i64> = (0..it.states().len()).map(|s| it.rank(i, s)).collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels.dedup();
    let place = |s: usize| 1 + levels.partition_point(|level| *level > it.rank(i, s));
    (0..it.states().len()).map(|s| (i, s, place(s).to_string())).collect()
}

/// The lines of a text, each with where it stands.
fn lines(text: &str) -> Vec<(Span, &str)> {
    let mut at = 0;
    let line = |raw: &str| {
        let span = at..at + raw.trim_end().len();
        at += raw.len();
        span
    };
    text.split_inclusive('\n').map(line).zip(text.lines()).collect()
}
