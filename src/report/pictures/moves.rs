//! The picture of a conflict: its states, the moves between them, and who would leave which.

use std::collections::BTreeSet;

use itertools::Itertools as _;

use crate::figure::moves::{MOST, MoveArrow, MoveState, Moves, draw};
use crate::figure::{Caption, Look, Picture};
use crate::import::conflict::Case;
use crate::model::{ActorId, IssueId, Package};
use crate::report::stability::{HOLDS, Settled};
use crate::report::terms;
use crate::report::who::Who;
use crate::stability::{Concept, Conflict, Situation, Stability, analyse, blockers};
use crate::text::words::{list, visible};

/// The file stem of the picture of a conflict.
pub const MOVES_NAME: &str = "moves";

/// Pictures of as many cases as are small enough to be drawn, `moves-2` being that of the second case; `moves` where there is one.
pub fn moves_of_cases(cases: &[Case], look: impl Into<Look>) -> Vec<Picture> {
    /// Cases that are drawn at most.
    const DRAWN: usize = 30;
    let look = look.into();
    let small = cases.iter().enumerate().filter(|(_, case)| case.conflict.states().len() <= MOST).take(DRAWN);
    let one = |(at, case): (usize, &Case)| {
        let mut picture = draw(&of_case(case), look);
        if cases.len() > 1 {
            picture.name = format!("{MOVES_NAME}-{}", at + 1);
        }
        picture
    };
    small.map(one).collect()
}

fn of_case(case: &Case) -> Moves {
    let (it, found) = (&case.conflict, analyse(&case.conflict));
    let names = |concept: Concept| {
        let states = found.equilibria(concept).into_iter().map(|s| format!("“{}”", visible(&it.states()[s])));
        states.collect_vec()
    };
    let held = names(HOLDS);
    let subtitle = match &held[..] {
        [] => "By SEQ somebody would leave every state".to_owned(),
        some => format!("By SEQ nobody would leave {}", list(some.to_vec())),
    };
    let all = (0..it.states().len()).collect_vec();
    let others = Concept::WORDS.iter().filter(|(_, concept)| *concept != HOLDS).map(|(word, concept)| {
        let states = names(*concept);
        format!("{word}: {}", if states.is_empty() { "none".to_owned() } else { states.join(", ") })
    });
    Moves {
        caption: Caption {
            title: visible(&case.name),
            subtitle,
            source:
                "States, moves and preferences as the file gives them; who leaves by SEQ: others answer only as they \
                     themselves would want to"
                    .to_owned(),
            notes: Vec::new(),
            description: format!("By the other concepts nobody would leave: {}", others.format("; ")),
        },
        movers: it.actors().iter().map(|actor| visible(actor)).collect(),
        states: all.iter().map(|s| state(visible(&it.states()[*s]), &found, *s, it.actors().len())).collect(),
        moves: arrows(it, &all),
        together: Vec::new(),
        start: case.status_quo.unwrap_or_default(),
    }
}

fn state(name: String, found: &Stability, s: usize, movers: usize) -> MoveState {
    MoveState { name, leaves: (0..movers).filter(|i| !found.stays(HOLDS, *i, s)).collect() }
}

/// The moves among some states, named by their places.
fn arrows(conflict: &Conflict, states: &[usize]) -> Vec<MoveArrow> {
    let place = |state: usize| states.iter().position(|other| *other == state);
    let drawn = conflict.all_moves().filter_map(|m| {
        let better = conflict.rank(m.actor, m.to) > conflict.rank(m.actor, m.from);
        Some(MoveArrow { mover: m.actor, from: place(m.from)?, to: place(m.to)?, better })
    });
    drawn.collect()
}

/// The settlements asked about, no deal, and where those who would leave one go: as many states as can be drawn, and the moves
/// of the parties among them.
pub fn moves_of_settlements(s: &Settled, look: impl Into<Look>) -> Picture {
    let (graph, parties) = (s.graph.graph(), s.graph.parties().count());
    let signed = s.graph.signed();
    let (mut states, mut also) = (vec![s.graph.no_deal()], BTreeSet::new());
    states.extend(signed.iter().copied().unique());
    let mut open = states.clone();
    // Where they would go from there, and from where they went.
    while let Some(state) = open.pop() {
        for to in (0..parties).filter_map(|i| graph.leaves_for(HOLDS, i, state)) {
            if !states.contains(&to) && also.insert(to) {
                open.push(to);
            }
        }
    }
    states.extend(also);
    let left_out = states.len().saturating_sub(MOST);
    states.truncate(MOST);
    let left_out = (left_out > 0).then(|| format!("{left_out} more states to which leaving leads are left out."));
    let name = |state: usize| match &s.graph.situations()[state] {
        Situation::NoDeal { broken_by: None, escalated } if escalated.is_empty() => "no deal, as today".to_owned(),
        Situation::NoDeal { broken_by, escalated } => without(s, *broken_by, escalated),
        Situation::Deal { package, .. } => match signed.iter().position(|other| *other == state) {
            Some(at) => settlement(s, at),
            None => less(s, package),
        },
    };
    let held = signed.iter().enumerate().filter(|(_, state)| s.stability.is_equilibrium(HOLDS, **state));
    let held = held.map(|(at, _)| (at + 1).to_string()).collect_vec();
    let subtitle = match &held[..] {
        [] => "In the likeliest world somebody would leave every one of the settlements".to_owned(),
        some if some.len() == signed.len() => {
            "In the likeliest world every one of the settlements would hold".to_owned()
        }
        some => {
            let settlements = if some.len() == 1 { "settlement" } else { "settlements" };
            format!(
                "In the likeliest world {settlements} {} would hold; somebody would leave the others",
                list(some.to_vec())
            )
        }
    };
    let signable = signed.iter().unique().enumerate().filter(|(_, deal)| blockers(&s.graph, **deal).is_empty());
    let is_taken = |m: &MoveArrow| m.mover < parties && m.better;
    draw(
        &Moves {
            caption: Caption {
                title: format!("Would it hold? {}", visible(&s.n.title)),
                subtitle,
                source: "Who leaves by SEQ: others answer only as they themselves would want to; in this model, under these \
                         ranges"
                    .to_owned(),
                notes: std::iter::once(
                    "Drawn are no deal, the settlements asked about, and where leaving one leads; of steps that one side can take \
                     alone those by which it gains. No line leads to a settlement that somebody who must agree would not sign."
                        .to_owned(),
                )
                .chain(left_out)
                .collect(),
                description: (0..signed.len()).flat_map(|at| s.sentences(at)).unique().join(" "),
            },
            movers: s.graph.parties().map(|i| Who::actor(s.n, i).name).collect(),
            states: states.iter().map(|at| state(name(*at), &s.stability, *at, parties)).collect(),
            moves: arrows(graph, &states).into_iter().filter(is_taken).collect(),
            together: signable.map(|(at, _)| (0, at + 1)).collect(),
            start: 0,
        },
        look,
    )
}

/// A settlement by its number and its name, or by what it holds beyond what all of them hold.
fn settlement(s: &Settled, at: usize) -> String {
    let named = terms::named(s.n, &s.asked[at].package).map(visible);
    let own = || s.own_terms(at).into_iter().map(|(_, words)| words).join("; ");
    let words = named.unwrap_or_else(own);
    format!("{}: {}", at + 1, if words.is_empty() { "no more than all hold".to_owned() } else { words })
}

/// What is left of the settlement of which it gives fewest terms up.
fn less(s: &Settled, package: &Package) -> String {
    let differs = |other: &Package| (0..package.0.len()).filter(|k| other.0[*k] != package.0[*k]).collect_vec();
    let is_given_up = |k: &usize| s.n.space.issues[*k].now == Some(package.0[*k]);
    let whole = s.asked.iter().enumerate().map(|(at, asked)| (differs(&asked.package), at, &asked.package));
    let whole = whole.filter(|(given_up, ..)| given_up.iter().all(is_given_up));
    let Some((given_up, at, whole)) = whole.min_by_key(|(given_up, at, _)| (given_up.len(), *at)) else {
        return terms::in_brief(s.n, package);
    };
    let terms = given_up.into_iter().map(|k| terms::brief(s.n, IssueId(k), whole.0[k]));
    format!("{} without {}", at + 1, list(terms.collect_vec()))
}

fn without(s: &Settled, broken_by: Option<ActorId>, escalated: &[ActorId]) -> String {
    let name = |i: &ActorId| Who::actor(s.n, *i).name;
    let back = broken_by.map(|i| format!("{} went back on it", name(&i)));
    let escalated =
        (!escalated.is_empty()).then(|| format!("{} escalated", list(escalated.iter().map(name).collect_vec())));
    format!("no deal: {}", back.into_iter().chain(escalated).join(", "))
}
