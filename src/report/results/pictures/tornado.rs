//! Each input at its low and its high end, all others as in the base case.

use super::super::factor::{Factor, numbers, set};
use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, design};
use super::curve::title;
use super::view::{ESTIMATE, View, Words, briefly, cells, told};
use super::{Cannot, Drawn};
use crate::figure::axis::Scale;
use crate::figure::lines::Axis;
use crate::figure::swings::{self, Swing, SwingEnd, Swings};
use crate::text::paths;

/// One end of an input: which, the value, the answer.
type AtEnd = (&'static str, String, Estimate);

/// An input by its place, its ends as they are shown, and how far it swings on the runs on which it is chosen.
type Ranked = (usize, Vec<AtEnd>, f64);

/// Which half of the runs inputs are ranked by, and which is shown.
const CHOSEN: usize = 0;
const SHOWN: usize = 1;

pub fn draw(view: &View, outcome: Outcome) -> Result<Drawn, Cannot> {
    if !view.by.is_empty() {
        return Err(Cannot {
            found: "a tornado compares inputs, and takes no `--by`".into(),
            hint: "leave --by out, or use --kind curve or reached".into(),
        });
    }
    let r = view.results;
    let nothing = || Cannot {
        found: "the base case tells nothing of this outcome".into(),
        hint: "choose another --outcome".into(),
    };
    let centre = design::centre(r).ok_or_else(nothing)?;
    // Chosen on runs of even number, shown on the others, where they are counted apart.
    let apart = r.experiments.iter().all(|e| e.halves.is_some());
    let at = |half: usize, place: usize, value: &str| -> Option<Estimate> {
        let there = |e: &&Experiment| {
            e.inputs.iter().enumerate().all(|(i, v)| v == if i == place { value } else { &centre[i] })
        };
        let of = |e: &'_ Experiment| e.halves.as_ref().filter(|_| apart).map(|halves| halves[half].clone());
        let members: Vec<Experiment> =
            r.experiments.iter().filter(there).map(|e| of(e).unwrap_or_else(|| e.clone())).collect();
        outcome.estimate(&members.iter().collect::<Vec<_>>())
    };
    let base = at(SHOWN, 0, &centre[0]).ok_or_else(nothing)?;
    let of = |half: usize, place: usize| ends(&set(r, place), &centre[place], |v| at(half, place, v));
    let chosen = at(CHOSEN, 0, &centre[0]);
    let rank = |place: usize| width(&of(CHOSEN, place), chosen.as_ref());
    let inputs: Vec<Ranked> =
        design::varied(r).into_iter().map(|place| (place, of(SHOWN, place), rank(place))).collect();
    let printed = outcome.printed();
    let end = |ends: &[AtEnd], which: &str| {
        ends.iter().find(|(w, ..)| *w == which).map(|(_, value, e)| SwingEnd {
            told: format!("{value}: {}", told(e, printed)),
            value: e.value * printed,
            interval: (e.low * printed, e.high * printed),
        })
    };
    let swings: Vec<Swing> = inputs
        .iter()
        .map(|(place, ends, rank)| Swing {
            name: r.inputs[*place].clone(),
            rank: *rank,
            low: end(ends, "low"),
            high: end(ends, "high"),
        })
        .collect();
    let each = || inputs.iter().flat_map(|(_, ends, _)| ends.iter().map(|(.., e)| e)).chain([&base]);
    let range = if outcome.is_share() {
        (0.0, super::shares::top(each().map(|e| e.high)))
    } else {
        Scale::around(each().flat_map(|e| [e.low * printed, e.high * printed]), (0.0, 1.0)).values
    };
    let data = Swings {
        caption: view.caption(Words {
            title: format!("{}, one input at a time", title(view, outcome)),
            finding: finding(view, &inputs, &base, printed),
            notes: vec![
                "Every input is set to its lowest and its highest value while the others stay at the base case; what two do together does not show.".into(),
                picked(inputs.len(), apart),
            ],
            table: inputs.iter().flat_map(|(place, ends, _)| ends.iter().map(|(which, value, e)| {
                format!("{} {which}, {value}: {}", r.inputs[*place], told(e, printed))
            })).chain([format!("base case: {}", told(&base, printed))]).collect(),
            along: (0..r.inputs.len()).map(Factor::Input).collect(),
        }),
        axis: Axis { title: outcome.words(r), range, share: outcome.is_share() },
        base: base.value * printed,
        told: format!("base case: {}", told(&base, printed)),
        inputs: swings,
    };
    let row = |input: &str, which: &str, value: &str, e: &Estimate| -> Vec<String> {
        let own = [input, which, value, &outcome.word(r)].map(str::to_owned);
        own.into_iter().chain(cells(e)).chain([(e.value - base.value).to_string()]).collect()
    };
    let mut rows = vec![row("", "base", "", &base)];
    for (place, ends, _) in &inputs {
        rows.extend(ends.iter().map(|(which, value, e)| row(&r.inputs[*place], which, value, e)));
    }
    let head: Vec<&str> = ["input", "end", "at", "outcome"].into_iter().chain(ESTIMATE).chain(["change"]).collect();
    Ok(view.drawn(swings::draw(&data, view.theme), &head, &rows))
}

/// The lowest and the highest value of an input, as far as they are not the base case.
fn ends(values: &[String], centre: &str, at: impl Fn(&str) -> Option<Estimate>) -> Vec<AtEnd> {
    let below = |value: &String| match (numbers(std::slice::from_ref(value)), centre.parse::<f64>()) {
        (Some(v), Ok(c)) => v[0] < c,
        _ => false,
    };
    let (first, last) = (values.first(), values.last());
    // A base case that is not told as a number has ends on either side of it.
    let told = centre.parse::<f64>().is_ok();
    let low = first.filter(|v| *v != centre && (!told || below(v)));
    let high = last.filter(|v| *v != centre && (!told || !below(v)));
    let end = |which: &'static str, value: Option<&String>| value.and_then(|v| Some((which, v.clone(), at(v)?)));
    [end("low", low), end("high", high)].into_iter().flatten().collect()
}

/// How far the ends lie from the base case and from each other, whichever is most.
fn width(ends: &[AtEnd], base: Option<&Estimate>) -> f64 {
    let values = || ends.iter().map(|(.., e)| e.value).chain(base.map(|e| e.value));
    (values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)).max(0.0)
}

/// By what the order was found: the first of many would else owe part of its place to luck.
fn picked(inputs: usize, apart: bool) -> String {
    if apart {
        format!("Picked of {inputs}: inputs are ranked by the runs of even number and shown by the others.")
    } else {
        format!("Picked of {inputs} by the numbers that are shown: the first of them owe part of their place to luck.")
    }
}

fn finding(view: &View, inputs: &[Ranked], base: &Estimate, printed: f64) -> String {
    let most = inputs.iter().max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)));
    let told = most.map_or(String::new(), |(place, ends, _)| {
        let each: Vec<String> =
            ends.iter().map(|(_, value, e)| format!("{} at {value}", briefly(e, printed))).collect();
        let name = paths::name(&view.results.inputs[*place]);
        format!("; {name}, picked of {}, moves it most: {}", inputs.len(), each.join(", "))
    });
    format!("Base case {}{told}", briefly(base, printed))
}
