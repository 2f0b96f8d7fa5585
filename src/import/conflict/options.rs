//! States as patterns of options, and the moves that options allow.

use std::collections::{HashMap, HashSet};

use super::super::sheet::error;
use super::super::tree::{Node, Value};
use super::Named;
use crate::scenario::{Finding, Span, advice};
use crate::stability::Move;
use crate::visible::visible;

/// Options of one case: so many that all their patterns can be listed.
const MOST_LISTED: usize = 12;

/// Options that a pattern may have.
const MOST_OPTIONS: usize = 64;

/// Pairs of states that are held against each other: those that are alike in the options of the others, and any with `-`.
const MOST_PAIRS: usize = 4_000_000;

/// States that patterns may make.
const MOST_STATES: usize = 20_000;

/// An option of a pattern: taken, not taken, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Switch {
    Yes,
    No,
    Either,
}

impl Switch {
    fn may_be(self, yes: bool) -> bool {
        self == Self::Either || (self == Self::Yes) == yes
    }

    fn meets(self, other: Self) -> bool {
        self == Self::Either || other == Self::Either || self == other
    }
}

/// A state, with its pattern if it has one.
pub struct State {
    /// Its name and place.
    pub named: Named,
    pattern: Option<Vec<Switch>>,
}

/// The options of a case.
pub struct Options {
    /// Whose each option is.
    of: Vec<usize>,
    actors: usize,
    infeasible: Vec<Vec<Switch>>,
    /// For each option whether it can be taken, and whether it can be given up again.
    can: Vec<[bool; 2]>,
}

impl Options {
    /// Whose options there are, what cannot be, and what cannot be undone.
    pub fn read(case: &Node, actors: &[Named], options: &[(usize, Named)]) -> Result<Self, Finding> {
        if let Some((_, extra)) = options.get(MOST_OPTIONS) {
            return Err(error("a case of too many options", &extra.place, format!("{MOST_OPTIONS} at most")));
        }
        let mut it = Self {
            of: options.iter().map(|(actor, _)| *actor).collect(),
            actors: actors.len(),
            infeasible: Vec::new(),
            can: vec![[true; 2]; options.len()],
        };
        for node in case.get("infeasible").map(|n| n.list("`infeasible`")).transpose()?.into_iter().flatten() {
            it.infeasible.push(it.pattern(&node.word("a pattern")?, &node.head())?);
        }
        let known: Vec<&str> = options.iter().map(|(_, option)| option.name.as_str()).collect();
        for node in case.get("irreversible").map(|n| n.list("`irreversible`")).transpose()?.into_iter().flatten() {
            let (name, way) = match &node.value {
                Value::List(pair) => match &pair[..] {
                    [name, way] => (name, way.word("a switch")?),
                    [name] => (name, "Y>N".to_owned()),
                    _ => return Err(node.wrong("`irreversible`", "[option, \"Y>N\"]")),
                },
                _ => (node, "Y>N".to_owned()),
            };
            let option = name.word("an option")?;
            let at = known.iter().position(|k| *k == option).ok_or_else(|| {
                let found = format!("an unknown option `{}`", visible(&option));
                error(found, &name.head(), advice(&option, "options", &known))
            })?;
            match way.replace(' ', "").as_str() {
                "Y>N" => it.can[at][1] = false,
                "N>Y" => it.can[at][0] = false,
                "both" | "Y<>N" | "N<>Y" => it.can[at] = [false; 2],
                other => {
                    let found = format!("an unknown switch `{}`", visible(other));
                    return Err(error(
                        found,
                        &node.head(),
                        "\"Y>N\" cannot be given up, \"N>Y\" cannot be taken, \"Y<>N\" neither",
                    ));
                }
            }
        }
        Ok(it)
    }

    fn pattern(&self, text: &str, span: &Span) -> Result<Vec<Switch>, Finding> {
        let switch = |c: char| match c {
            'Y' | 'y' | '1' => Some(Switch::Yes),
            'N' | 'n' | '0' => Some(Switch::No),
            '-' | '*' | '_' => Some(Switch::Either),
            _ => None,
        };
        let letters = text.chars().filter(|c| !c.is_whitespace()).take(MOST_OPTIONS + 1);
        let read: Option<Vec<Switch>> = letters.map(switch).collect();
        read.filter(|pattern| pattern.len() == self.of.len()).ok_or_else(|| {
            let found = format!(
                "`{}` is no pattern of {} options",
                visible(&text.chars().take(80).collect::<String>()),
                self.of.len()
            );
            error(found, span, "one letter an option: Y, N, or - for either")
        })
    }

    /// The states of a case: those that it names, or all patterns that can be.
    pub fn states(&self, named: Option<&Node>, arcs: bool, what: &str, case: &Node) -> Result<Vec<State>, Finding> {
        let mut states = Vec::new();
        match named.map(|node| (node, &node.value)) {
            None if arcs => return Err(error(format!("{what} has moves and no `states`"), &case.head(), "name them")),
            None => states = self.listed(what, case)?,
            Some((_, Value::Map(entries))) => {
                for (name, span, pattern) in entries {
                    let pattern = match (&pattern.value, self.of.is_empty()) {
                        (Value::Nothing, _) | (_, true) => None,
                        _ => Some(self.pattern(&pattern.word("a pattern")?, &pattern.head())?),
                    };
                    states.push(State { named: Named { name: name.clone(), place: span.clone() }, pattern });
                }
            }
            Some((_, Value::List(list))) => {
                for node in list {
                    let name = node.word("a state")?;
                    let pattern = if arcs { None } else { Some(self.pattern(&name, &node.head())?) };
                    states.push(State { named: Named { name, place: node.head() }, pattern });
                }
            }
            Some((node, _)) => return Err(node.wrong("`states`", "a map from names to patterns, or a list")),
        }
        let can_be = |state: &State| state.pattern.as_ref().is_none_or(|p| !self.is_infeasible(p));
        states.retain(can_be);
        if states.is_empty() || states.len() > MOST_STATES {
            let found = format!("{what} has {} states", states.len());
            return Err(error(found, &case.head(), format!("1 to {MOST_STATES} are taken")));
        }
        let mut met: HashSet<&str> = HashSet::with_capacity(states.len());
        for state in &states {
            if !met.insert(&state.named.name) {
                let found = format!("two states are called `{}`", visible(&state.named.name));
                return Err(error(found, &state.named.place, "each has a name of its own"));
            }
        }
        if let Some(state) = states.iter().find(|s| s.pattern.is_none() && !arcs) {
            let found = format!("the state `{}` has no pattern, and the case no `moves`", visible(&state.named.name));
            return Err(error(found, &state.named.place, "give the options of each state, or the moves"));
        }
        Ok(states)
    }

    /// Every pattern that is not infeasible, named by its letters.
    fn listed(&self, what: &str, case: &Node) -> Result<Vec<State>, Finding> {
        let options = self.of.len();
        if options == 0 || options > MOST_LISTED {
            let found = format!("{what} has no `states`, and {options} options");
            return Err(error(
                found,
                &case.head(),
                format!("patterns of 1 to {MOST_LISTED} options are listed; name the states"),
            ));
        }
        let pattern =
            |bits: usize| (0..options).map(|k| if bits >> k & 1 == 1 { Switch::Yes } else { Switch::No }).collect();
        let all = (0..1_usize << options).map(pattern).map(|pattern: Vec<Switch>| {
            let name = pattern.iter().map(|s| if *s == Switch::Yes { 'Y' } else { 'N' }).collect();
            State { named: Named { name, place: case.head() }, pattern: Some(pattern) }
        });
        Ok(all.collect())
    }

    /// Whether every state of a pattern is one that cannot be.
    fn is_infeasible(&self, pattern: &[Switch]) -> bool {
        let covers = |wide: &Vec<Switch>| wide.iter().zip(pattern).all(|(w, p)| *w == Switch::Either || w == p);
        self.infeasible.iter().any(covers)
    }

    /// Who can move where by its own options alone.
    ///
    /// # Errors
    /// There are too many pairs of states between which somebody might move.
    pub fn moves(&self, states: &[State], what: &str, case: &Node) -> Result<Vec<Move>, Finding> {
        let patterns: Vec<&[Switch]> = states.iter().map(|s| s.pattern.as_deref().unwrap_or_default()).collect();
        let open = |p: &[Switch]| p.contains(&Switch::Either);
        let (wide, plain): (Vec<usize>, Vec<usize>) = (0..states.len()).partition(|s| open(patterns[*s]));
        let (mut moves, mut tried) = (Vec::new(), 0_usize);
        for actor in 0..self.actors {
            // Plain states that are alike in the options of the others.
            let mut alike: HashMap<Vec<Switch>, Vec<usize>> = HashMap::new();
            for s in &plain {
                let others = patterns[*s].iter().zip(&self.of).filter(|(_, of)| **of != actor).map(|(p, _)| *p);
                alike.entry(others.collect()).or_default().push(*s);
            }
            tried +=
                alike.values().map(|group| group.len() * group.len()).sum::<usize>() + 2 * wide.len() * states.len();
            if tried > MOST_PAIRS {
                let found =
                    format!("{what} has more than {MOST_PAIRS} pairs of states between which somebody might move");
                return Err(error(found, &case.head(), "divide it, or write the moves"));
            }
            let pairs =
                alike.values().flat_map(|group| group.iter().flat_map(move |a| group.iter().map(move |b| (*a, *b))));
            let far = wide.iter().flat_map(|w| (0..states.len()).flat_map(move |s| [(*w, s), (s, *w)]));
            let may = |(from, to): &(usize, usize)| from != to && self.leads(actor, patterns[*from], patterns[*to]);
            moves.extend(pairs.chain(far).filter(may).map(|(from, to)| Move { actor, from, to }));
        }
        Ok(moves)
    }

    /// Whether an actor can turn some state of one pattern into some state of another.
    fn leads(&self, actor: usize, from: &[Switch], to: &[Switch]) -> bool {
        from.iter().zip(to).zip(&self.of).zip(&self.can).all(|(((a, b), of), [take, give])| {
            if *of != actor {
                return a.meets(*b);
            }
            [(false, false, true), (true, true, true), (false, true, *take), (true, false, *give)]
                .iter()
                .any(|(x, y, can)| *can && a.may_be(*x) && b.may_be(*y))
        })
    }
}
