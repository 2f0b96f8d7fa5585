//! The page: who gets what, when, what holds it up, and what that rests on.

use itertools::Itertools as _;

use super::Reckoned;
use super::kinds::kinds_page;
use super::rests::rests;
use crate::games::reckon::{Answer, Comes, Division, Known, Offer, Pie, Problem, Threat, Turn, decimal, division};
use crate::games::{Exact, number as read};
use crate::model::Negotiation;
use crate::text::table::Table;
use crate::text::words::{bullet, capital, count, number, paragraph, visible};

/// The page.
pub fn page(reckoned: &Reckoned) -> String {
    let n = reckoned.n;
    let body = match &reckoned.answer {
        Ok(Answer::Known(known)) => known_page(n, known),
        Ok(Answer::Kinds(it)) => kinds_page(n, it),
        Err(why) => return [head(n), paragraph(&format!("{}.", capital(&why.to_string())))].concat(),
    };
    let uncertain = match reckoned.uncertain() {
        0 => String::new(),
        1 => "One number is uncertain and taken at its likeliest value.".to_owned(),
        many => format!("{} numbers are uncertain and taken at their likeliest value.", count(many as u128)),
    };
    let rest = if uncertain.is_empty() { uncertain } else { ["\n".to_owned(), paragraph(&uncertain)].concat() };
    [head(n), body, rest].concat()
}

fn head(n: &Negotiation) -> String {
    [paragraph(&visible(&n.title)), "\n".into()].concat()
}

/// A fraction as a reader wants it: as one where it is short and no short decimal.
pub(super) fn told(x: &Exact) -> String {
    let (words, digits) = (x.to_string(), number(decimal(x)));
    let is_short = read(&digits.replace('−', "-")).is_some_and(|shown| shown == *x);
    if is_short || words.len() > 11 || !words.contains('/') {
        digits
    } else {
        format!("{} = {digits}", words.replace('-', "−"))
    }
}

pub(super) fn name(problem: &Problem, side: usize) -> String {
    visible(&problem.sides[side].name)
}

/// Where the issues are cut, or which package it is, if a side gets so much; empty where nothing is agreed.
pub(super) fn terms(n: &Negotiation, problem: &Problem, side: usize, pays: &Exact) -> String {
    if let Pie::List(list) = &problem.pie {
        let at = list.iter().find(|(_, worth)| (worth[side] - decimal(pays)).abs() < 1e-9);
        return at.map_or_else(String::new, |(package, _)| n.describe(package));
    }
    let place = |it: Division| {
        let issue = &n.space.issues[it.issue];
        let [from, to] = it.between.map(|o| &issue.options[o]);
        let value = match (from.id.parse::<f64>(), to.id.parse::<f64>()) {
            (Ok(a), Ok(b)) => number(a + it.share * (b - a)),
            _ if it.share == 0.0 => visible(&from.name),
            _ if it.share == 1.0 => visible(&to.name),
            _ => format!("{} of the way from “{}” to “{}”", number(it.share), visible(&from.name), visible(&to.name)),
        };
        format!("{}: {value}", visible(&issue.name))
    };
    division(problem, side, pays).into_iter().map(place).join("; ")
}

fn known_page(n: &Negotiation, it: &Known) -> String {
    let problem = &it.problem;
    let how = "Both sides know every number of the file, and that the other knows it; neither makes a mistake.";
    let drawn = matches!(problem.turn, Turn::Drawn(_)) && it.plan.steps[0].len() > 1;
    let before = if drawn {
        let has = (0..2).map(|i| format!("{} {}", name(problem, i), told(&it.plan.pays[i]))).join(", ");
        paragraph(&format!("Before it is drawn who offers, each can expect: {has}."))
    } else {
        String::new()
    };
    let opens: String = it.plan.steps[0].iter().map(|offer| outcome(n, problem, offer)).collect();
    let other = match (&problem.steps, it.plan.steps.get(1)) {
        (None, Some(step)) => step.iter().map(|offer| if_it_offers(problem, offer)).collect(),
        _ => String::new(),
    };
    let table = if problem.steps.is_some_and(|steps| steps > 1) { steps(it) } else { String::new() };
    let rests: String = rests(problem)
        .iter()
        .map(|(what, source)| bullet(&format!("{what}; {source}.", source = source.replace(" (", "\u{a0}("))))
        .collect();
    let precise = if it.plan.is_exact {
        ""
    } else {
        "Fractions were shortened on the way: the answer is exact to a hundred digits and more."
    };
    let precise = if precise.is_empty() { String::new() } else { paragraph(precise) };
    [
        paragraph(how),
        "\n".into(),
        before,
        opens,
        other,
        coarse(it),
        table,
        "\n".into(),
        paragraph("What it rests on:"),
        rests,
        precise,
    ]
    .concat()
}

/// What comes of the first offer, and what holds it up.
fn outcome(n: &Negotiation, problem: &Problem, offer: &Offer<Exact>) -> String {
    let (by, other) = (name(problem, offer.by), name(problem, 1 - offer.by));
    let gets = (0..2).map(|i| format!("{} gets {}", name(problem, i), told(&offer.pays[i]))).join(", ");
    match offer.comes {
        Comes::Deal => {
            let terms = terms(n, problem, offer.by, &offer.pays[offer.by]);
            let deal = format!("{by} offers, and {other} accepts at once: {gets}, in points of each. {terms}.");
            [paragraph(&deal), bullet(&threat(problem, offer))].concat()
        }
        Comes::Leaves(side) => {
            paragraph(&format!("{} leaves at once, and there is no deal: {gets}.", name(problem, side)))
        }
        Comes::Waits => paragraph(&format!(
            "{by} has no offer at the first step that both would rather have than wait: as of then, {gets}."
        )),
    }
}

/// What sets what the other side gets.
fn threat(problem: &Problem, offer: &Offer<Exact>) -> String {
    let j = 1 - offer.by;
    let (by, other, has) = (name(problem, offer.by), name(problem, j), told(&offer.refused));
    match offer.threat {
        Threat::Waiting => {
            format!("{other} would have {has} by refusing and waiting; it is given that, and {by} keeps the rest.")
        }
        Threat::Leaving => {
            format!("{other} would have {has} by leaving at once, which is more than by waiting; it is given that.")
        }
        Threat::Home => format!(
            "By waiting {other} would have {has}; it is given more, the least that can be brought home, or that there is."
        ),
        Threat::Coarse => format!(
            "By refusing {other} would have {has}; it is given the next package of the list that is no worse for it."
        ),
    }
}

fn if_it_offers(problem: &Problem, offer: &Offer<Exact>) -> String {
    let gets = (0..2).map(|i| format!("{} {}", name(problem, i), told(&offer.pays[i]))).join(", ");
    bullet(&format!("If {} offered, it would be: {gets}.", name(problem, offer.by)))
}

fn coarse(it: &Known) -> String {
    let Some(coarse) = &it.coarse else { return String::new() };
    let first = name(&it.problem, 0);
    paragraph(&format!(
        "The list of packages is too coarse to settle it. {first} gets {} with {} offers, {} with one more, and would get {} if \
         the issue were cut anywhere: what decides is how the last steps round.",
        told(&it.plan.pays[0]),
        count(u128::from(it.problem.steps.unwrap_or_default())),
        told(&coarse.with_one_more[0]),
        told(&coarse.cut[0])
    ))
}

/// The first steps of a finite course.
fn steps(it: &Known) -> String {
    let problem = &it.problem;
    let heads = ["step".to_owned(), "offers".to_owned(), name(problem, 0), name(problem, 1)];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |(at, offer): (usize, &Offer<Exact>)| {
        vec![(at + 1).to_string(), name(problem, offer.by), told(&offer.pays[0]), told(&offer.pays[1])]
    };
    let rows = it.plan.steps.iter().enumerate().flat_map(|(at, step)| step.iter().map(move |offer| (at, offer)));
    let said = "What each offer would bring if it came to it, worked back from the last, as of its step:";
    ["\n".into(), paragraph(said), Table::of(&heads, rows.map(row)).text()].concat()
}
