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
pub const MOST_STATES: usize = 20_000;

/// Patterns that cannot be, of one case.
const MOST_INFEASIBLE: usize = 10_000;

/// Letters of infeasible patterns that are looked at in search of states with `-` that can be.
const MOST_LOOKED_AT: usize = 200_000_000;

/// An option of a pattern: taken, not taken, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Switch {
    Yes,
    No,
    Either,
}

impl Switch {
    /// How an option may stand, before and after: those of [`Stands`] in which it is before, or after, as it stands here.
    fn among(self, yes: u8) -> u8 {
        match self {
            Self::Yes => yes,
            Self::No => Stands::ALL & !yes,
            Self::Either => Stands::ALL,
        }
    }
}

/// How an option may stand before a move and after it, as a set of four.
struct Stands;

impl Stands {
    const ALL: u8 = 0b1111;
    /// Not taken before, nor after.
    const OUT: u8 = 0b0001;
    /// Taken before and after.
    const IN: u8 = 0b0010;
    const TAKEN: u8 = 0b0100;
    const GIVEN_UP: u8 = 0b1000;
    const SWITCHED: u8 = Self::TAKEN | Self::GIVEN_UP;
    /// Those in which it is taken before, and those in which it is taken after.
    const YES: [u8; 2] = [Self::IN | Self::GIVEN_UP, Self::IN | Self::TAKEN];
}

/// A search for a state, or for two that a move joins, which no infeasible pattern covers.
struct Search<'a> {
    infeasible: &'a [Vec<Switch>],
    left: usize,
}

impl Search<'_> {
    /// Whether the options can so stand that neither before nor after is infeasible. Of the first pattern that might still
    /// cover one of them, some option must stand otherwise: each in turn, the earlier ones as the pattern says.
    ///
    /// `None` once it has taken too long.
    fn can_be(&mut self, stands: &mut [u8]) -> Option<bool> {
        self.left = self.left.checked_sub(1 + self.infeasible.len() * stands.len())?;
        let (patterns, sides) = (self.infeasible.iter(), Stands::YES);
        let covering = patterns.flat_map(|pattern| sides.map(|side| (pattern, side))).find(|(pattern, side)| {
            stands.iter().zip(*pattern).all(|(stands, switch)| stands & switch.among(*side) != 0)
        });
        let Some((pattern, side)) = covering else { return Some(true) };
        for (k, switch) in pattern.iter().enumerate() {
            let (whole, as_said) = (stands[k], stands[k] & switch.among(side));
            if whole != as_said {
                let mut otherwise = stands.to_vec();
                otherwise[k] = whole & !as_said;
                if self.can_be(&mut otherwise)? {
                    return Some(true);
                }
                stands[k] = as_said;
            }
        }
        Some(false)
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
        let infeasible = case.get("infeasible").map(|n| n.list("`infeasible`")).transpose()?.unwrap_or_default();
        if let Some(extra) = infeasible.get(MOST_INFEASIBLE) {
            return Err(error("too many infeasible patterns", &extra.head(), format!("{MOST_INFEASIBLE} at most")));
        }
        for node in infeasible {
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

    /// The states of a case, those that it names or all patterns, and those among them that cannot be.
    pub fn states(
        &self,
        named: Option<&Node>,
        arcs: bool,
        what: &str,
        case: &Node,
    ) -> Result<(Vec<State>, Vec<Named>), Finding> {
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
                    states.push(State { named: Named { name: name.trim().to_owned(), place: span.clone() }, pattern });
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
        let (mut can_be, mut barred) = (Vec::with_capacity(states.len()), Vec::new());
        let mut search = self.search();
        for state in states {
            let is_one = state.pattern.as_deref().map_or(Some(true), |p| self.can_be(&mut search, p));
            match is_one.ok_or_else(|| too_long(what, case))? {
                true => can_be.push(state),
                false => barred.push(state.named),
            }
        }
        let states = can_be;
        if states.is_empty() || states.len() > MOST_STATES {
            let found = format!("{what} has {} states", states.len());
            return Err(error(found, &case.head(), format!("1 to {MOST_STATES} are taken")));
        }
        let mut met: HashSet<&str> = HashSet::with_capacity(states.len());
        let mut patterns: HashMap<&[Switch], &State> = HashMap::with_capacity(states.len());
        for state in &states {
            if let Some(pattern) = &state.pattern
                && let Some(other) = patterns.insert(pattern, state)
                && other.named.name != state.named.name
            {
                let (one, two) = (visible(&other.named.name), visible(&state.named.name));
                let found = format!("the states `{one}` and `{two}` have the same options");
                return Err(error(found, &state.named.place, "they are one state; name it once"));
            }
            if !met.insert(&state.named.name) {
                let found = format!("two states are called `{}`", visible(&state.named.name));
                return Err(error(found, &state.named.place, "each has a name of its own"));
            }
        }
        if let Some(state) = states.iter().find(|s| s.pattern.is_none() && !arcs) {
            let found = format!("the state `{}` has no pattern, and the case no `moves`", visible(&state.named.name));
            return Err(error(found, &state.named.place, "give the options of each state, or the moves"));
        }
        Ok((states, barred))
    }

    /// Two states that may be one and the same, if there are any, by their places in the list.
    pub fn overlap(&self, states: &[State]) -> Option<[usize; 2]> {
        let patterns: Vec<&[Switch]> = states.iter().map(|s| s.pattern.as_deref().unwrap_or_default()).collect();
        let wide: Vec<usize> = (0..states.len()).filter(|s| patterns[*s].contains(&Switch::Either)).collect();
        if wide.len() * states.len() > MOST_PAIRS {
            return None;
        }
        let mut search = self.search();
        let both = |a: Switch, b: Switch| a.among(Stands::IN) & b.among(Stands::IN) & (Stands::IN | Stands::OUT);
        let pairs = wide.iter().flat_map(|w| (0..states.len()).filter(move |s| s != w).map(move |s| [*w, s]));
        let mut overlap = pairs.filter(|[a, b]| {
            let mut stands: Vec<u8> = patterns[*a].iter().zip(patterns[*b]).map(|(a, b)| both(*a, *b)).collect();
            !stands.contains(&0) && search.can_be(&mut stands) == Some(true)
        });
        overlap.next()
    }

    fn search(&self) -> Search<'_> {
        Search { infeasible: &self.infeasible, left: MOST_LOOKED_AT }
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

    /// Whether some state of a pattern is one that can be; `None` if that takes too long to say.
    fn can_be(&self, search: &mut Search, pattern: &[Switch]) -> Option<bool> {
        if self.infeasible.is_empty() || !pattern.contains(&Switch::Either) {
            return Some(!self.infeasible.iter().any(|it| covers(it, pattern)));
        }
        let stays = |switch: &Switch| switch.among(Stands::IN) & (Stands::IN | Stands::OUT);
        search.can_be(&mut pattern.iter().map(stays).collect::<Vec<u8>>())
    }

    /// Who can move where by its own options alone.
    ///
    /// # Errors
    /// There are too many pairs of states between which somebody might move.
    pub fn moves(&self, states: &[State], what: &str, case: &Node) -> Result<Vec<Move>, Finding> {
        let patterns: Vec<&[Switch]> = states.iter().map(|s| s.pattern.as_deref().unwrap_or_default()).collect();
        let open = |p: &[Switch]| p.contains(&Switch::Either);
        let (wide, plain): (Vec<usize>, Vec<usize>) = (0..states.len()).partition(|s| open(patterns[*s]));
        let (mut moves, mut tried, mut search) = (Vec::new(), 0_usize, self.search());
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
            for (from, to) in pairs.chain(far).filter(|(from, to)| from != to) {
                let may = self.leads(&mut search, actor, patterns[from], patterns[to]);
                if may.ok_or_else(|| too_long(what, case))? {
                    moves.push(Move { actor, from, to });
                }
            }
        }
        Ok(moves)
    }

    /// Whether an actor can turn some state of one pattern into some state of another, by a switch of its own at least, both
    /// being states that can be; `None` if that takes too long to say.
    fn leads(&self, search: &mut Search, actor: usize, from: &[Switch], to: &[Switch]) -> Option<bool> {
        let mut stands = Vec::with_capacity(from.len());
        for (((a, b), of), [take, give]) in from.iter().zip(to).zip(&self.of).zip(&self.can) {
            let mut open = Stands::IN | Stands::OUT;
            if *of == actor {
                open |= if *take { Stands::TAKEN } else { 0 } | if *give { Stands::GIVEN_UP } else { 0 };
            }
            stands.push(open & a.among(Stands::YES[0]) & b.among(Stands::YES[1]));
        }
        if stands.contains(&0) {
            return Some(false);
        }
        let are_one_each = !from.contains(&Switch::Either) && !to.contains(&Switch::Either);
        for k in (0..stands.len()).filter(|k| stands[*k] & Stands::SWITCHED != 0) {
            let mut with = stands.clone();
            with[k] &= Stands::SWITCHED;
            // A state without `-` that is in the list can be.
            if are_one_each || self.infeasible.is_empty() || search.can_be(&mut with)? {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// Whether a pattern covers a state without `-`.
fn covers(wide: &[Switch], state: &[Switch]) -> bool {
    wide.iter().zip(state).all(|(w, s)| *w == Switch::Either || w == s)
}

fn too_long(what: &str, case: &Node) -> Finding {
    let found = format!("{what}: the infeasible patterns leave too much open to say which states with `-` can be");
    error(found, &case.head(), "write such states out, without `-`")
}
