//! Graphs as CSV, read and written.

use super::super::sheet::{Sheet, error};
use super::{Case, MOST_ACTORS, Named, Places, unreached};
use crate::scenario::{Finding, Span};
use crate::stability::{Conflict, Move};
use crate::text::sheet as table;
use crate::visible::visible;

const HINT: &str =
    "lines are `case,NAME`, `actor,NAME`, `state,NAME`, `move,ACTOR,FROM,TO`, `rank,ACTOR,STATE,PLACE`, `start,STATE`";

/// Reads one case.
pub fn read(sheet: &mut Sheet) -> Result<Vec<Case>, Finding> {
    let (mut name, mut actors, mut states) = (String::from("case"), Vec::<Named>::new(), Vec::<String>::new());
    let (mut moves, mut ranks, mut start) = (Vec::new(), Vec::new(), None);
    for (span, line) in lines(&sheet.text) {
        let read = table::cells(line.as_bytes()).map_err(|e| error(e.to_string(), &span, HINT))?;
        let Some(cells) = read.into_iter().next().map(|row| row.cells) else { continue };
        let filled = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1);
        if filled == 0 || cells[0].starts_with('#') || cells == HEADS {
            continue;
        }
        match &cells[..filled].iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["case", called] => (*called).clone_into(&mut name),
            ["actor", called] if actors.len() < MOST_ACTORS => {
                if actors.iter().any(|a| a.name == **called) {
                    return Err(error(
                        format!("two actors are called `{}`", visible(called)),
                        &span,
                        "each has a name of its own",
                    ));
                }
                actors.push(Named { name: (*called).to_owned(), place: span.clone() });
            }
            ["state", called] => states.push((*called).to_owned()),
            ["move", actor, from, to] => moves.push(([*actor, *from, *to].map(str::to_owned), span.clone())),
            ["rank", actor, state, place] => {
                let place: i64 = place.parse().ok().filter(|p| (1..=1_000_000).contains(p)).ok_or_else(|| {
                    error(
                        format!("`{}` is no place in an order", visible(place)),
                        &span,
                        "1 is the best; equal places are ties",
                    )
                })?;
                ranks.push(([*actor, *state].map(str::to_owned), place, span.clone()));
            }
            ["start", state] => start = Some(((*state).to_owned(), span.clone())),
            _ => {
                return Err(error(
                    format!(
                        "`{}` is no line of a case",
                        visible(&cells.join(",").chars().take(80).collect::<String>())
                    ),
                    &span,
                    HINT,
                ));
            }
        }
    }
    let all = 0..sheet.text.len().min(1);
    let mut sorted: Vec<&String> = states.iter().collect();
    sorted.sort_unstable();
    if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(error(
            format!("two states are called `{}`", visible(twice[0])),
            &all,
            "each has a name of its own",
        ));
    }
    let places = Places::of(&actors, &states);
    let mut order = vec![vec![None; states.len()]; actors.len()];
    for ([actor, state], place, span) in &ranks {
        order[places.actor(actor, span)?][places.state(state, span)?] = Some(-place);
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
    let start = start.map(|(state, span)| places.state(&state, &span)).transpose()?;
    let ranks = order.into_iter().map(|of| of.into_iter().flatten().collect()).collect();
    let named = actors.iter().map(|a| a.name.clone()).collect();
    let conflict =
        Conflict::new(named, states.clone(), moves, ranks).map_err(|e| error(format!("the case: {e}"), &all, HINT))?;
    unreached(&conflict, start, "the case", &all, sheet);
    Ok(vec![Case { name, conflict, status_quo: start }])
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
