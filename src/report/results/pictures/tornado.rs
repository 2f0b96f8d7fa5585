//! Each input at its low and its high end, all others as in the base case.

use itertools::Itertools as _;

use super::super::facet::{numbers, set};
use super::super::measure::{Estimate, PlotMeasure};
use super::super::{Experiment, Results};
use super::Drawn;
use super::view::{PlotView, Words, heads, row};
use crate::figure::swings::{self, Swing, SwingEnd, Swings};
use crate::scenario::Finding;
use crate::text::paths;

/// Which half of the runs inputs are ranked by, and which is shown.
const CHOSEN: usize = 0;
const SHOWN: usize = 1;

/// What is said of all of them.
const ALONE: &str = "Every input is set to its lowest and its highest value while the others stay at the base case; what two \
                     do together does not show.";

/// What is compared: a one-at-a-time design around its base case.
struct OneAtATime<'a> {
    results: &'a Results,
    measure: PlotMeasure,
    centre: Vec<String>,
    /// Whether inputs are chosen on runs of even number and shown on the others, as these are counted apart.
    apart: bool,
}

/// One end of an input: `low` or `high`, its value, and what comes of it.
struct Extreme {
    which: &'static str,
    value: String,
    estimate: Estimate,
}

/// An input with its ends as they are shown, and how far it swings on the runs on which it is chosen.
struct Ranked<'a> {
    path: &'a str,
    ends: Vec<Extreme>,
    swing: f64,
}

/// What each input moves by itself.
pub fn draw(view: &PlotView, measure: PlotMeasure) -> Result<Drawn, Finding> {
    if !view.by.is_empty() {
        return Err(Finding::error("a tornado compares inputs, and takes no `--by`")
            .hint("leave --by out, or use --kind curve or reached"));
    }
    let r = view.results;
    let view = &view.over(&(0..r.inputs.len()).collect::<Vec<_>>());
    let nothing = || Finding::error("the base case tells nothing of this outcome").hint("choose another --outcome");
    let apart = r.experiments.iter().all(|e| e.halves.is_some());
    let design = OneAtATime { results: r, measure, centre: r.centre().ok_or_else(nothing)?, apart };
    let base = design.base(SHOWN).ok_or_else(nothing)?;
    let inputs: Vec<Ranked> = r.varied().into_iter().map(|place| design.ranked(place)).collect();
    let ends = || inputs.iter().flat_map(|input| &input.ends);
    let told = format!("base case: {}", base.told());
    let data = Swings {
        caption: view.caption(Words {
            title: format!("{}, one input at a time", measure.title(r)),
            finding: finding(&inputs, &base),
            notes: vec![Some(ALONE.to_owned()), Some(picked(inputs.len(), apart))],
            table: inputs.iter().flat_map(Ranked::in_words).chain([told.clone()]).collect(),
        }),
        axis: view.axis(measure, ends().map(|end| &end.estimate).chain([&base])),
        base: base.value * base.printed,
        told,
        inputs: inputs.iter().map(Ranked::drawn).collect(),
    };
    let row = |input: &str, which: &str, value: &str, e: &Estimate| {
        let mut cells = row(&[input, which, value].map(str::to_owned), [measure.word(r)], e);
        cells.push((e.value - base.value).to_string());
        cells
    };
    let ends = inputs.iter().flat_map(|i| i.ends.iter().map(|end| row(i.path, end.which, &end.value, &end.estimate)));
    let rows = [row("", "base", "", &base)].into_iter().chain(ends);
    let heads = [heads(&["path", "end", "at", "outcome"]), vec!["change"]].concat();
    Ok(view.drawn(swings::draw(&data, view.theme), &heads, rows))
}

impl<'a> OneAtATime<'a> {
    /// What half of the runs say of an input at a value, all others in the centre; all runs where halves are not known.
    fn at(&self, half: usize, place: usize, value: &str) -> Option<Estimate> {
        let wanted = |(i, v): (usize, &String)| v == if i == place { value } else { &self.centre[i] };
        let there = self.results.experiments.iter().filter(|e| e.inputs.iter().enumerate().all(wanted));
        let of = |e: &'a Experiment| e.halves.as_ref().filter(|_| self.apart).map_or(e, |halves| &halves[half]);
        self.measure.estimate(&there.map(of).collect::<Vec<_>>())
    }

    /// What half of the runs say of the base case.
    fn base(&self, half: usize) -> Option<Estimate> {
        self.at(half, 0, &self.centre[0])
    }

    fn ranked(&self, place: usize) -> Ranked<'a> {
        let chosen = self.ends(CHOSEN, place).into_iter().map(|end| end.estimate.value);
        let ends = chosen.chain(self.base(CHOSEN).map(|e| e.value)).minmax_by(f64::total_cmp).into_option();
        let swing = ends.map_or(0.0, |(least, most)| most - least);
        // How far the ends lie from the base case and from each other, whichever is most.
        Ranked { path: &self.results.inputs[place], ends: self.ends(SHOWN, place), swing }
    }

    /// The lowest and the highest value of an input, as far as they are not the base case.
    fn ends(&self, half: usize, place: usize) -> Vec<Extreme> {
        let (values, centre) = (set(self.results, place), &self.centre[place]);
        let number = |value: &String| numbers(std::slice::from_ref(value)).map(|one| one[0]);
        let middle = centre.parse::<f64>().ok();
        let below = |value: &&String| number(value).zip(middle).is_some_and(|(v, c)| v < c);
        // A base case that is not told as a number has ends on either side of it.
        let low = values.first().filter(|v| middle.is_none() || below(v));
        let high = values.last().filter(|v| middle.is_none() || !below(v));
        let end = |(which, value): (&'static str, Option<&String>)| {
            let value = value.filter(|v| *v != centre)?;
            Some(Extreme { which, value: value.clone(), estimate: self.at(half, place, value)? })
        };
        [("low", low), ("high", high)].into_iter().filter_map(end).collect()
    }
}

impl Ranked<'_> {
    fn drawn(&self) -> Swing {
        let end = |which: &str| {
            let Extreme { value, estimate: e, .. } = self.ends.iter().find(|end| end.which == which)?;
            Some(SwingEnd {
                told: format!("{value}: {}", e.told()),
                value: e.value * e.printed,
                interval: (e.low * e.printed, e.high * e.printed),
            })
        };
        Swing { name: self.path.to_owned(), rank: self.swing, low: end("low"), high: end("high") }
    }

    fn in_words(&self) -> impl Iterator<Item = String> {
        let told = |end: &Extreme| format!("{} {}, {}: {}", self.path, end.which, end.value, end.estimate.told());
        self.ends.iter().map(told)
    }
}

/// By what the order was found: the first of many would else owe part of its place to luck.
fn picked(inputs: usize, apart: bool) -> String {
    if apart {
        format!("Picked of {inputs}: inputs are ranked by the runs of even number and shown by the others.")
    } else {
        format!("Picked of {inputs} by the numbers that are shown: the first of them owe part of their place to luck.")
    }
}

fn finding(inputs: &[Ranked], base: &Estimate) -> String {
    // Of equals the first one.
    let most = inputs.iter().rev().max_by(|a, b| a.swing.total_cmp(&b.swing));
    let told = most.map_or(String::new(), |Ranked { path, ends, .. }| {
        let each = ends.iter().map(|end| format!("{} at {}", end.estimate.briefly(), end.value)).join(", ");
        format!("; {}, picked of {}, moves it most: {each}", paths::name(path), inputs.len())
    });
    format!("Base case {}{told}", base.briefly())
}
