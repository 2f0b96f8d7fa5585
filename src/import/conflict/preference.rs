//! Ordinal preferences, in the three ways in which they are written.

use super::super::sheet::error;
use super::super::tree::{Node, Value};
use super::Places;
use crate::scenario::Finding;
use crate::visible::visible;

/// `ranks[actor][state]`, the higher the better.
pub fn ranks(preferences: &Node, places: &Places) -> Result<Vec<Vec<i64>>, Finding> {
    let mut ranks: Vec<Option<Vec<i64>>> = vec![None; places.actors.len()];
    for (name, span, node) in preferences.map("`preferences`")? {
        let actor = places.actor(name, span)?;
        ranks[actor] = Some(of_actor(node, places, name)?);
    }
    let missing = |(actor, _): (usize, &Option<Vec<i64>>)| {
        let found = format!("`{}` has no preference", visible(places.actors[actor]));
        error(found, &preferences.head(), "every actor ranks the states")
    };
    if let Some(lacking) = ranks.iter().enumerate().find(|(_, ranks)| ranks.is_none()) {
        return Err(missing(lacking));
    }
    Ok(ranks.into_iter().flatten().collect())
}

fn of_actor(node: &Node, places: &Places, who: &str) -> Result<Vec<i64>, Finding> {
    match &node.value {
        Value::Map(entries) => by_number(entries, node, places, who),
        Value::List(list) if list.iter().any(|one| is_chain(one, places)) => by_signs(list, node, places, who),
        Value::List(list) => best_first(list, node, places, who),
        Value::Text(_) if is_chain(node, places) => by_signs(std::slice::from_ref(node), node, places, who),
        _ => Err(node.wrong(
            &format!("the preference of `{}`", visible(who)),
            "a list of states, best first, or {state: number}, the higher the better, or signs, \"a > b = c\",",
        )),
    }
}

/// The signs of a chain.
const SIGNS: [char; 4] = ['>', '<', '=', '~'];

/// Whether a word is signs between states, and no state by itself.
fn is_chain(node: &Node, places: &Places) -> bool {
    matches!(&node.value, Value::Text(text) if text.contains(SIGNS) && !places.by_state.contains_key(text.trim()))
}

/// `["a", ["b", "c"]]`: best first, ties in a list of their own.
fn best_first(list: &[Node], node: &Node, places: &Places, who: &str) -> Result<Vec<i64>, Finding> {
    let mut ranks = vec![None; places.states.len()];
    for (place, one) in list.iter().enumerate() {
        let tied = if let Value::List(tied) = &one.value { &tied[..] } else { std::slice::from_ref(one) };
        for state in tied {
            put(&mut ranks, state, -(place as i64), places, who)?;
        }
    }
    whole(ranks, node, places, who)
}

/// `{a: 3, b: 1}`: the higher, the better.
fn by_number(
    entries: &[(String, crate::scenario::Span, Node)],
    node: &Node,
    places: &Places,
    who: &str,
) -> Result<Vec<i64>, Finding> {
    let mut worth = Vec::with_capacity(entries.len());
    for (name, span, number) in entries {
        worth.push((places.state(name, span)?, number.exact("a rank")?));
    }
    let mut levels: Vec<_> = worth.iter().map(|(_, x)| x.clone()).collect();
    levels.sort();
    levels.dedup();
    let mut ranks = vec![None; places.states.len()];
    for (state, x) in worth {
        ranks[state] = levels.binary_search(&x).ok().map(|level| level as i64);
    }
    whole(ranks, node, places, who)
}

fn put(ranks: &mut [Option<i64>], state: &Node, rank: i64, places: &Places, who: &str) -> Result<(), Finding> {
    let name = state.word("a state")?;
    let at = places.state(&name, &state.head())?;
    if ranks[at].replace(rank).is_some() {
        let found = format!("the preference of `{}` ranks `{}` twice", visible(who), visible(&name));
        return Err(error(found, &state.head(), "each state once"));
    }
    Ok(())
}

fn whole(ranks: Vec<Option<i64>>, node: &Node, places: &Places, who: &str) -> Result<Vec<i64>, Finding> {
    if let Some(at) = ranks.iter().position(Option::is_none) {
        let found = format!("the preference of `{}` does not rank `{}`", visible(who), visible(places.states[at]));
        return Err(error(found, &node.head(), "every state has its place; those that are as good share one"));
    }
    Ok(ranks.into_iter().flatten().collect())
}

/// `["a > b = c", "c > d"]`: signs between states, which must add up to one order.
fn by_signs(list: &[Node], node: &Node, places: &Places, who: &str) -> Result<Vec<i64>, Finding> {
    let states = places.states.len();
    // Alike states have one head.
    let mut head: Vec<usize> = (0..states).collect();
    let mut above: Vec<(usize, usize)> = Vec::new();
    for chain in list {
        let text = chain.word("a chain of states")?;
        let mut last: Option<(usize, char)> = None;
        let mut rest = text.as_str();
        loop {
            let end = rest.find(SIGNS).unwrap_or(rest.len());
            let state = places.state(rest[..end].trim(), &chain.head())?;
            match last {
                Some((before, '>')) => above.push((before, state)),
                Some((before, '<')) => above.push((state, before)),
                Some((before, _)) => join(&mut head, before, state),
                None => {}
            }
            let Some(sign) = rest[end..].chars().next() else { break };
            last = Some((state, sign));
            let behind = rest[end..].trim_start_matches(sign);
            if behind.starts_with(SIGNS) {
                let signs: String = rest[end..].chars().take_while(|c| SIGNS.contains(c)).take(8).collect();
                return Err(error(
                    format!("`{signs}` is no sign between states"),
                    &chain.head(),
                    "`a > b`: a is better; `a < b`: b is; `a = b` or `a ~ b`: they are as good",
                ));
            }
            rest = behind;
        }
    }
    let of: Vec<usize> = (0..states).map(|s| top(&mut head, s)).collect();
    let mut worse: Vec<Vec<usize>> = vec![Vec::new(); states];
    let mut better = vec![0_usize; states];
    for (a, b) in &above {
        worse[of[*a]].push(of[*b]);
        better[of[*b]] += 1;
    }
    let mut ranks = vec![None; states];
    let mut open: Vec<usize> = (0..states).filter(|s| of[*s] == *s && better[*s] == 0).collect();
    let mut place = 0;
    while let Some(best) = open.pop() {
        if let Some(other) = open.first() {
            let found = format!(
                "the preference of `{}` does not say which of `{}` and `{}` is better",
                visible(who),
                visible(places.states[*other]),
                visible(places.states[best])
            );
            return Err(error(found, &node.head(), "signs must add up to one order: `a > b`, or `a = b`"));
        }
        ranks[best] = Some(-place);
        place += 1;
        for w in &worse[best] {
            better[*w] -= 1;
            if better[*w] == 0 {
                open.push(*w);
            }
        }
    }
    if let Some(left) = (0..states).find(|s| of[*s] == *s && ranks[*s].is_none()) {
        return Err(error(
            circle(left, &worse, &ranks, places, who),
            &node.head(),
            "a preference has no circle of strict signs",
        ));
    }
    Ok((0..states).filter_map(|s| ranks[of[s]]).collect())
}

fn top(head: &mut [usize], state: usize) -> usize {
    let mut at = state;
    while head[at] != at {
        head[at] = head[head[at]];
        at = head[at];
    }
    at
}

fn join(head: &mut [usize], a: usize, b: usize) {
    let (a, b) = (top(head, a), top(head, b));
    head[a.max(b)] = a.min(b);
}

/// A circle among what could not be placed, in words.
fn circle(left: usize, worse: &[Vec<usize>], ranks: &[Option<i64>], places: &Places, who: &str) -> String {
    // Walk backwards: everything that is left has something better that is left too.
    let mut better: Vec<Option<usize>> = vec![None; worse.len()];
    for (a, list) in worse.iter().enumerate().filter(|(a, _)| ranks[*a].is_none()) {
        list.iter().for_each(|b| better[*b] = Some(a));
    }
    let mut way = vec![left];
    let mut met = vec![usize::MAX; worse.len()];
    met[left] = 0;
    let from = loop {
        let Some(next) = better[*way.last().unwrap_or(&left)] else { break 0 };
        if met[next] != usize::MAX {
            way.push(next);
            break met[next];
        }
        met[next] = way.len();
        way.push(next);
    };
    let names: Vec<String> = way[from..].iter().rev().take(8).map(|s| visible(places.states[*s])).collect();
    format!("the preference of `{}` goes in a circle: {}", visible(who), names.join(" > "))
}
