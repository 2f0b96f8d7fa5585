//! By what experiments are told apart, and their groups.

use super::{Experiment, Results};
use crate::text::words::number;

/// Something in which experiments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
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
pub struct Group<'a> {
    /// What they share: a value of each factor by which they are grouped.
    pub key: Vec<String>,
    /// The experiments.
    pub members: Vec<&'a Experiment>,
}

impl Group<'_> {
    /// What they share, as one name.
    #[must_use]
    pub fn name(&self) -> String {
        self.key.join(" · ")
    }

    /// Runs of all of them.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.members.iter().map(|e| e.runs).sum()
    }
}

impl Factor {
    /// The factors that are no inputs.
    pub const LABELS: [Self; 6] =
        [Self::Scenario, Self::Policy, Self::Reading, Self::Variant, Self::Point, Self::Experiment];

    /// What it is called: a column of `experiments.csv`.
    #[must_use]
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
    #[must_use]
    pub fn value(self, e: &Experiment) -> String {
        let or = |text: &str, empty: &str| if text.is_empty() { empty.to_owned() } else { text.to_owned() };
        match self {
            Self::Scenario => or(&e.scenario, "no scenario"),
            Self::Policy => or(&e.policy, "no policy"),
            Self::Reading => or(&e.reading, "all readings"),
            Self::Variant => or(&e.variant, "no variant"),
            Self::Point => or(&e.point, "no point"),
            Self::Experiment => e.name.clone(),
            Self::Input(place) => or(&e.inputs[place], "as in the file"),
        }
    }

    /// Its values, in rising order if all are numbers, else in the order of the file.
    #[must_use]
    pub fn values(self, results: &Results) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        let mut met = std::collections::BTreeSet::new();
        for e in &results.experiments {
            let value = self.value(e);
            if met.insert(value.clone()) {
                values.push(value);
            }
        }
        if let (Self::Input(_), Some(numbers)) = (self, numbers(&values)) {
            let mut sorted: Vec<(f64, String)> = numbers.into_iter().zip(values).collect();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            return sorted.into_iter().map(|(_, value)| value).collect();
        }
        values
    }

    /// The factor of this name.
    #[must_use]
    pub fn named(results: &Results, word: &str) -> Option<Self> {
        let inputs = (0..results.inputs.len()).map(Self::Input);
        Self::LABELS.into_iter().chain(inputs).find(|factor| factor.word(results) == word)
    }

    /// Whether experiments differ in it.
    #[must_use]
    pub fn varies(self, results: &Results) -> bool {
        let first = results.experiments.first().map(|e| self.value(e));
        results.experiments.iter().any(|e| Some(self.value(e)) != first)
    }
}

/// The values as numbers; `None` if one of them is none.
pub fn numbers(values: &[String]) -> Option<Vec<f64>> {
    values.iter().map(|v| v.parse::<f64>().ok().filter(|x| x.is_finite())).collect()
}

/// The values to which a design sets an input, in the order of [`Factor::values`].
pub fn set(results: &Results, place: usize) -> Vec<String> {
    let set: std::collections::BTreeSet<&str> = results.experiments.iter().map(|e| e.inputs[place].as_str()).collect();
    let mut values: Vec<String> = set.into_iter().filter(|v| !v.is_empty()).map(str::to_owned).collect();
    if let Some(all) = numbers(&values) {
        let mut sorted: Vec<(f64, String)> = all.into_iter().zip(values).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        values = sorted.into_iter().map(|(_, value)| value).collect();
    }
    values
}

/// The values of a factor in steps: each by itself if they are few enough, else stretches of equal width.
pub struct Steps {
    factor: Factor,
    /// The name of each step.
    pub names: Vec<String>,
    /// Its middle, where it has a number.
    pub middles: Vec<Option<f64>>,
    /// Ends of the stretches, and how many there are.
    stretches: Option<(f64, f64)>,
    /// Whether a step is a stretch of several values.
    pub binned: bool,
}

impl Steps {
    /// Steps of a factor: `stretches` of them where it has numbers and more than `most` values.
    pub fn new(results: &Results, factor: Factor, most: usize, stretches: usize) -> Self {
        Self::of_values(factor, factor.values(results), most, stretches)
    }

    fn of_values(factor: Factor, values: Vec<String>, most: usize, stretches: usize) -> Self {
        let numeric = numbers(&values).filter(|_| matches!(factor, Factor::Input(_)));
        match numeric {
            Some(numbers) if values.len() > most => {
                let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
                let width = (high - low) / stretches as f64;
                let end = |i: usize| low + width * i as f64;
                let name = |i: usize| format!("{} to {}", number(end(i)), number(end(i + 1)));
                Self {
                    factor,
                    names: (0..stretches).map(name).collect(),
                    middles: (0..stretches).map(|i| Some(f64::midpoint(end(i), end(i + 1)))).collect(),
                    stretches: Some((low, width)),
                    binned: true,
                }
            }
            numeric => {
                let middles =
                    numeric.map_or_else(|| vec![None; values.len()], |all| all.into_iter().map(Some).collect());
                Self { factor, names: values, middles, stretches: None, binned: false }
            }
        }
    }

    /// Steps of an input along an axis: up to `most` values, else `stretches`; experiments that leave it as in the file
    /// have no place on it.
    pub fn axis(results: &Results, place: usize, most: usize, stretches: usize) -> Self {
        let factor = Factor::Input(place);
        Self::of_values(factor, set(results, place), most, stretches)
    }

    /// A step in words along an axis: its middle, or its value where that is no number.
    pub fn label(&self, step: usize) -> String {
        self.middles[step].map_or_else(|| self.names[step].clone(), number)
    }

    /// The step of an experiment.
    pub fn of(&self, e: &Experiment) -> Option<usize> {
        let value = self.factor.value(e);
        match self.stretches {
            Some((low, width)) => {
                let place = ((value.parse::<f64>().ok()? - low) / width).floor().max(0.0) as usize;
                Some(place.min(self.names.len() - 1))
            }
            None => self.names.iter().position(|name| *name == value),
        }
    }
}

/// The experiments in groups by some factors, in the order of their values; those without a member are left out.
///
/// An input of more than twelve values is cut into six stretches of equal width.
pub fn groups<'a>(results: &'a Results, by: &[Factor]) -> Vec<Group<'a>> {
    let steps: Vec<Steps> = by.iter().map(|factor| Steps::new(results, *factor, 12, 6)).collect();
    let mut found: std::collections::BTreeMap<Vec<usize>, Group<'a>> = std::collections::BTreeMap::new();
    for e in &results.experiments {
        let places: Option<Vec<usize>> = steps.iter().map(|s| s.of(e)).collect();
        let Some(places) = places else { continue };
        let key = || steps.iter().zip(&places).map(|(s, place)| s.names[*place].clone()).collect();
        found.entry(places.clone()).or_insert_with(|| Group { key: key(), members: Vec::new() }).members.push(e);
    }
    found.into_values().collect()
}
