//! Would it hold: who would stay in a state and who would leave it, with a sentence of why.

mod cases;
mod settlements;

pub use cases::{cases_data, cases_page};
pub use settlements::{Asked, HOLDS, Settled, settlements_data, settlements_page, settlements_screen};

use itertools::Itertools as _;

use super::who::Who;
use crate::stability::{Concept, Conflict, Move};
use crate::text::words::list;

/// How moves and actors of a graph are told.
pub(crate) trait Telling {
    /// An actor.
    fn who(&self, actor: usize) -> Who;
    /// What it does by a move, in the past: “moved to s3”.
    fn did(&self, m: Move) -> String;
    /// The same as something that could be done: “moving to s3”.
    fn doing(&self, m: Move) -> String;
}

/// Why an actor would stay in a state, or what it would leave it for, in one sentence.
pub(crate) fn why(conflict: &Conflict, telling: &impl Telling, concept: Concept, actor: usize, state: usize) -> String {
    let who = telling.who(actor);
    let (would_stay, would_leave) = (format!("{} would stay", who.name), format!("{} would leave", who.name));
    if let Some(to) = conflict.leaves_for(concept, actor, state) {
        let m = Move { actor, from: state, to };
        let unanswered = match concept {
            Concept::Nash => String::new(),
            Concept::Gmr => ", and nothing that the others could do takes this gain away".to_owned(),
            Concept::Smr => ", and nothing that the others could do takes this gain away for good".to_owned(),
            Concept::Seq => without_a_paying_answer(conflict, telling, actor),
        };
        let it = who.it();
        return format!("{would_leave}: {it} would be better off if {it} {}{unanswered}.", telling.did(m));
    }
    let best = conflict.improvements(actor, state).max_by_key(|to| (conflict.rank(actor, *to), std::cmp::Reverse(*to)));
    let Some(to) = best else {
        return format!("{would_stay}: nothing that {} can do alone would be better for {}.", who.it(), them(&who));
    };
    let improvement = Move { actor, from: state, to };
    let sanction = conflict.sanction(concept, improvement);
    let answer = answered(telling, "could", &sanction.map(|s| s.answer).unwrap_or_default());
    let more = match (conflict.improvements(actor, state).count(), who.plural) {
        (1, _) => "",
        (_, true) => "; what else they would gain by can be answered too",
        (_, false) => "; what else it would gain by can be answered too",
    };
    format!("{would_stay}: if {} {}, {answer}{more}.", who.it(), telling.did(improvement))
}

/// A sequence of moves as an answer: “the town could answer by moving to “s2”, and the ministry then by moving to “s3””.
pub(crate) fn answered(telling: &impl Telling, could: &str, answer: &[Move]) -> String {
    let step = |(at, m): (usize, &Move)| {
        let (who, doing) = (telling.who(m.actor).name, telling.doing(*m));
        if at == 0 { format!("{who} {could} answer by {doing}") } else { format!("then {who} by {doing}") }
    };
    answer.iter().enumerate().map(step).join(", ")
}

/// The four concepts, in a sentence each.
pub(crate) const CONCEPTS: &str = "Nash: it has nothing better to do alone. GMR: whatever it did, the others could answer so that it is \
    no better off, even at their own cost. SMR: the same, and it could not get out of that answer. SEQ: they could, and each \
    answer is better for whoever gives it. What holds by GMR alone may hold only because everybody fears the worst of the others.";

/// That nobody else would want to undo what an actor gains: said of the one other who has a preference, if there is one.
fn without_a_paying_answer(conflict: &Conflict, telling: &impl Telling, actor: usize) -> String {
    let states = conflict.states().len();
    let cares = |i: &usize| (1..states).any(|s| conflict.rank(*i, s) != conflict.rank(*i, 0));
    let others = (0..conflict.actors().len()).filter(|i| *i != actor).filter(cares).collect_vec();
    let who = match others[..] {
        [one] => telling.who(one),
        _ => Who { name: "the others".to_owned(), plural: true },
    };
    format!(", and no answer that takes this gain away would pay {}", who.name)
}

/// The same for some actors: those that can better themselves by no move are told in one sentence.
pub(crate) fn whys(
    conflict: &Conflict,
    telling: &impl Telling,
    concept: Concept,
    actors: &[usize],
    state: usize,
) -> Vec<String> {
    let content = |i: &usize| conflict.improvements(*i, state).next().is_none();
    let (content, others): (Vec<usize>, Vec<usize>) = actors.iter().copied().partition(content);
    let told = |i: usize| why(conflict, telling, concept, i, state);
    let together = match &content[..] {
        [] => None,
        [one] => Some(told(*one)),
        some => {
            let who = list(some.iter().map(|i| telling.who(*i).name).collect_vec());
            Some(format!("{who} would stay: nothing that one of them can do alone would be better for it."))
        }
    };
    others.into_iter().map(told).chain(together).collect()
}

fn them(who: &Who) -> &'static str {
    if who.plural { "them" } else { "it" }
}
