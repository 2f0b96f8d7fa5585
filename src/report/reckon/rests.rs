//! What an answer rests on: the rule, and its source.

use crate::games::reckon::{Pie, Problem, Rests, Turn};

/// What an answer rests on, each with its source.
pub(super) fn rests(problem: &Problem) -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    let costs = problem.sides.iter().any(|side| side.cost > 0.0);
    all.push(match (problem.steps, problem.turn) {
        (Some(_), _) if costs => ("backward induction; each step costs each side its fixed sum", "Rubinstein (1982)"),
        (Some(_), _) => {
            ("backward induction: whoever offers gives the other what it would have otherwise", "Ståhl (1972)")
        }
        (None, Turn::Alternate(_)) => (
            "the one division that holds itself up: of a pie of 1 the first speaker gets (1 − δ₂) / (1 − δ₁δ₂)",
            "Rubinstein (1982)",
        ),
        (None, Turn::Drawn(_)) => (
            "the one pair of values that hold each other up: v₁ = p (1 − δ₂v₂) + (1 − p) δ₁v₁, and its mirror",
            "Binmore (1987)",
        ),
    });
    if problem.breakdown > 0.0 {
        all.push((
            "after a refusal talks break down with a chance q: waiting is worth δ (q W + (1 − q) V)",
            "Binmore, Rubinstein and Wolinsky (1986)",
        ));
    }
    if problem.sides.iter().any(|side| side.leaves) {
        all.push((
            "a side that may leave is given what that is worth, if that is more than waiting",
            "Binmore, Shaked and Sutton (1989)",
        ));
    }
    let bound = matches!(&problem.pie, Pie::Cut { bearing, .. } if !bearing.is_empty());
    if bound || problem.sides.iter().any(|side| side.floor.is_some()) {
        all.push((
            "what home rejects, or a vow rules out, cannot be signed, and the other side knows it",
            "Tarar (2001)",
        ));
    }
    if matches!(problem.pie, Pie::List(_)) {
        all.push((
            "on a list of packages an indifferent side accepts; the list itself may decide",
            "van Damme, Selten and Winter (1990)",
        ));
    }
    all
}

/// The same where one side is of one of two kinds.
pub(super) fn by_kind(by: Rests) -> (&'static str, &'static str) {
    match by {
        Rests::OneOffer => {
            ("one offer: the greater demand pays if the kind that refuses it is unlikely enough", "Fearon (1995)")
        }
        Rests::TwoOffers => (
            "two offers, in a perfect Bayesian equilibrium: the eager kind foresees the second",
            "Fudenberg and Tirole (1983)",
        ),
        Rests::NoLastOffer => (
            "no last offer: at each price pₙ = H − δⁿ (H − L) the eager kind is as well off waiting",
            "Fudenberg, Levine and Tirole (1985)",
        ),
    }
}
