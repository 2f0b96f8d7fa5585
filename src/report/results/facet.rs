//! By what experiments are told apart, and the pools that come of it.

use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools as _;

use super::{Experiment, Results};
use crate::text::words::number;

/// Something in which experiments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The scenario.
    Scenario,
    /// The policy.
    Policy,
    /// The reading.
    Reading,
    /// The variant.
    Variant,
    /// The point of the design.
    Point,
    /// The experiment itself.
    Experiment,
    /// A design input, by its place.
    Input(usize),
}

/// Some experiments that are pooled.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool<'a> {
    /// What they share: a value of each facet by which they are told apart.
    pub key: Vec<String>,
    /// The experiments.
    pub members: Vec<&'a Experiment>,
}

impl Pool<'_> {
    /// What they share, as one name.
    pub fn name(&self) -> String {
        self.key.join(" · ")
    }

    /// Runs of all of them.
    pub fn runs(&self) -> u64 {
        self.members.iter().map(|e| e.tally.runs).sum()
    }
}

impl Facet {
    /// Whom an experiment takes at their word.
    pub const ACCOUNTS: [Self; 4] = [Self::Scenario, Self::Policy, Self::Reading, Self::Variant];

    /// All facets of a batch: the accounts, point and experiment, then the inputs of the design.
    pub fn all(results: &Results) -> impl Iterator<Item = Self> + use<> {
        let inputs = (0..results.inputs.len()).map(Self::Input);
        Self::ACCOUNTS.into_iter().chain([Self::Point, Self::Experiment]).chain(inputs)
    }

    /// What it is called: a column of `experiments.csv`.
    pub fn word(self, results: &Results) -> String {
        match self {
            Self::Scenario => "scenario".into(),
            Self::Policy => "policy".into(),
            Self::Reading => "reading".into(),
            Self::Variant => "variant".into(),
            Self::Point => "point".into(),
            Self::Experiment => "experiment".into(),
            Self::Input(place) => results.inputs[place].clone(),
        }
    }

    /// What experiments have of it, in words.
    pub fn value(self, e: &Experiment) -> String {
        let (text, empty) = match self {
            Self::Scenario => (&e.scenario, "no scenario"),
            Self::Policy => (&e.policy, "no policy"),
            Self::Reading => (&e.reading, "all readings"),
            Self::Variant => (&e.variant, "no variant"),
            Self::Point => (&e.point, "no point"),
            Self::Experiment => (&e.name, ""),
            Self::Input(place) => (&e.inputs[place], "as in the file"),
        };
        if text.is_empty() { empty.to_owned() } else { text.clone() }
    }

    /// Its values, in rising order if it is an input and all are numbers, else in the order of the file.
    pub fn values(self, results: &Results) -> Vec<String> {
        let values = results.experiments.iter().map(|e| self.value(e)).unique().collect();
        if matches!(self, Self::Input(_)) { rising(values) } else { values }
    }

    /// The place of the input it tells apart, if it is one.
    pub fn input(self) -> Option<usize> {
        if let Self::Input(place) = self { Some(place) } else { None }
    }

    /// Whether experiments differ in it.
    pub fn varies(self, results: &Results) -> bool {
        !results.experiments.iter().map(|e| self.value(e)).all_equal()
    }
}

/// The values as numbers; `None` if one of them is none.
pub fn numbers(values: &[String]) -> Option<Vec<f64>> {
    values.iter().map(|v| v.parse::<f64>().ok().filter(|x| x.is_finite())).collect()
}

/// The values in rising order if all of them are numbers, else as they were.
fn rising(values: Vec<String>) -> Vec<String> {
    let Some(numbers) = numbers(&values) else { return values };
    let pairs = numbers.into_iter().zip(values).sorted_by(|a, b| a.0.total_cmp(&b.0));
    pairs.map(|(_, value)| value).collect()
}

/// The values to which a design sets an input, in the order of [`Facet::values`].
pub fn set(results: &Results, place: usize) -> Vec<String> {
    let set: BTreeSet<&String> = results.experiments.iter().map(|e| &e.inputs[place]).collect();
    rising(set.into_iter().filter(|value| !value.is_empty()).cloned().collect())
}

/// The values of a facet in steps: each by itself if they are few enough, else stretches of equal width.
pub struct Steps {
    facet: Facet,
    /// The name of each step.
    pub names: Vec<String>,
    /// Its middle; nothing where values are no numbers.
    pub middles: Vec<f64>,
    /// The lower end of all stretches, and how wide one is; `None` where each value is a step.
    stretches: Option<(f64, f64)>,
}

impl Steps {
    /// Steps of some values: `stretches` of them where they are numbers of an input and more than `most`.
    fn of_values(facet: Facet, values: Vec<String>, most: usize, stretches: usize) -> Self {
        let numeric = numbers(&values).filter(|_| matches!(facet, Facet::Input(_))).unwrap_or_default();
        if numeric.len() <= most {
            return Self { facet, names: values, middles: numeric, stretches: None };
        }
        let (low, high) = (numeric[0], numeric[numeric.len() - 1]);
        let width = (high - low) / stretches as f64;
        let end = |i: usize| low + width * i as f64;
        let step = |i| (format!("{} to {}", number(end(i)), number(end(i + 1))), f64::midpoint(end(i), end(i + 1)));
        let (names, middles) = (0..stretches).map(step).unzip();
        Self { facet, names, middles, stretches: Some((low, width)) }
    }

    /// Steps of an input along an axis: up to `most` values, else `stretches`; experiments that leave it as in the file
    /// have no place on it.
    pub fn along(results: &Results, place: usize, most: usize, stretches: usize) -> Self {
        Self::of_values(Facet::Input(place), set(results, place), most, stretches)
    }

    /// Whether a step is a stretch of several values.
    pub fn are_stretches(&self) -> bool {
        self.stretches.is_some()
    }

    /// A step in words along an axis: its middle.
    pub fn label(&self, step: usize) -> String {
        number(self.middles[step])
    }

    /// The step of an experiment.
    fn of(&self, e: &Experiment) -> Option<usize> {
        let value = self.facet.value(e);
        let Some((low, width)) = self.stretches else { return self.names.iter().position(|name| *name == value) };
        let place = ((value.parse::<f64>().ok()? - low) / width).floor().max(0.0) as usize;
        Some(place.min(self.names.len() - 1))
    }

    /// Experiments by step, `members[step]`; those that have no place on it are left out.
    pub fn split<'e>(&self, all: &[&'e Experiment]) -> Vec<Vec<&'e Experiment>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for e in all {
            self.of(e).into_iter().for_each(|step| members[step].push(*e));
        }
        members
    }
}

/// The experiments in pools by some facets, in the order of their values; those without a member are left out.
///
/// An input of more than twelve values is cut into six stretches of equal width.
pub fn pools<'a>(results: &'a Results, by: &[Facet]) -> Vec<Pool<'a>> {
    let steps: Vec<Steps> = by.iter().map(|facet| Steps::of_values(*facet, facet.values(results), 12, 6)).collect();
    let mut found: BTreeMap<Vec<usize>, Vec<&Experiment>> = BTreeMap::new();
    for e in &results.experiments {
        let places: Option<Vec<usize>> = steps.iter().map(|s| s.of(e)).collect();
        places.into_iter().for_each(|places| found.entry(places).or_default().push(e));
    }
    let key = |places: Vec<usize>| steps.iter().zip(places).map(|(s, place)| s.names[place].clone()).collect();
    found.into_iter().map(|(places, members)| Pool { key: key(places), members }).collect()
}
