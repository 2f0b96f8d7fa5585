//! What all pictures of a folder share: pools, captions, axes, tables, words.

use itertools::Itertools as _;

use super::super::facet::{Facet, Pool, pools};
use super::super::measure::{Estimate, PlotMeasure};
use super::super::{Experiment, Results};
use super::Drawn;
use crate::figure::axis::Scale;
use crate::figure::lines::{At, Axis};
use crate::figure::{Caption, Picture, Theme};
use crate::report::CAVEAT;
use crate::text::sheet::csv;
use crate::text::words::{capital, count, counted, list, number, percent, percent_of};

/// A folder as it is to be drawn.
#[derive(Clone)]
pub struct PlotView<'a> {
    pub results: &'a Results,
    pub by: Vec<Facet>,
    /// What is along the axes, and so not pooled.
    pub along: Vec<Facet>,
    pub theme: Theme,
    /// The stem of the file names.
    pub named: String,
}

/// The words of a picture beyond those that every one has.
pub struct Words {
    pub title: String,
    pub finding: String,
    pub notes: Vec<Option<String>>,
    pub table: Vec<String>,
}

impl<'a> PlotView<'a> {
    /// The same with some inputs along the axes, by which experiments are not told apart then.
    pub fn over(&self, inputs: &[usize]) -> Self {
        let along: Vec<Facet> = inputs.iter().copied().map(Facet::Input).collect();
        let by = self.by.iter().copied().filter(|facet| !along.contains(facet)).collect();
        Self { by, along, ..self.clone() }
    }

    /// Every pool, with what is drawn of it; those of which nothing is are left out.
    pub fn pools<T>(&self, of: impl Fn(&Pool<'a>) -> Option<T>) -> Vec<(Pool<'a>, T)> {
        let drawn = |pool| of(&pool).map(|drawn| (pool, drawn));
        pools(self.results, &self.by).into_iter().filter_map(drawn).collect()
    }

    /// The name of a pool; "all experiments" where they are not told apart.
    pub fn name(&self, pool: &Pool) -> String {
        if self.by.is_empty() { "all experiments".to_owned() } else { pool.name() }
    }

    /// The panels of a table of pools told apart by two facets that stand beside each other: as many as the second facet
    /// has values in every row; 0 where rows differ or there are not two facets.
    pub fn across<T>(&self, all: &[(Pool, T)]) -> usize {
        if self.by.len() != 2 {
            return 0;
        }
        let rows = all.chunk_by(|(a, _), (b, _)| a.key[0] == b.key[0]);
        let mut columns = rows.map(|row| row.iter().map(|(pool, _)| &pool.key[1]).collect::<Vec<_>>());
        columns.all_equal_value().map_or(0, |columns| columns.len())
    }

    /// The axis of a measure, around some estimates with their intervals; that of shares begins at 0.
    pub fn axis<'e>(&self, measure: PlotMeasure, each: impl Iterator<Item = &'e Estimate>) -> Axis {
        let range = if measure.is_share() {
            (0.0, top(each.map(|e| e.high)))
        } else {
            Scale::around(each.flat_map(|e| [e.low * e.printed, e.high * e.printed]), (0.0, 1.0)).values
        };
        Axis { title: measure.words(self.results), range, share: measure.is_share() }
    }

    /// The words around a picture. Its title goes on with what pools are told apart by: "by policy and reading".
    pub fn caption(&self, words: Words) -> Caption {
        let Words { title, finding, notes, table } = words;
        let facets: Vec<String> = self.by.iter().map(|facet| facet.word(self.results)).collect();
        let by = if facets.is_empty() { String::new() } else { format!(", by {}", list(&facets)) };
        let said = [self.pooled(), self.luck(), self.incomplete()];
        let plan = self.results.title.trim().trim_end_matches('.').to_owned();
        let source = [capital(CAVEAT), plan, self.rests()].into_iter().filter(|part| !part.is_empty()).join("; ");
        Caption {
            description: table.into_iter().take(400).join(". "),
            title: format!("{title}{by}"),
            subtitle: finding,
            source: format!("{source}."),
            notes: notes.into_iter().chain(said).flatten().collect(),
        }
    }

    fn rests(&self) -> String {
        let r = self.results;
        let runs: u64 = r.experiments.iter().map(|e| e.tally.runs).sum();
        format!("{}, {} runs in all, seed {}", many(r.experiments.len(), "experiment"), count(runs), r.seed)
    }

    /// What the numbers are pooled over.
    fn pooled(&self) -> Option<String> {
        if self.by.contains(&Facet::Experiment) {
            return None;
        }
        let inputs = (0..self.results.inputs.len()).map(Facet::Input);
        let held = |facet: &Facet| self.by.contains(facet) || self.along.contains(facet);
        let over = Facet::ACCOUNTS.into_iter().chain(inputs).filter(|f| !held(f) && f.varies(self.results));
        let words = |f: Facet| format!("{} of {}", many(f.values(self.results).len(), "value"), f.word(self.results));
        let over: Vec<String> = over.map(words).collect();
        (!over.is_empty()).then(|| format!("Counts are added over {}; every run weighs the same.", list(&over)))
    }

    /// What is said where experiments that share their luck are pooled.
    fn luck(&self) -> Option<String> {
        let by = [self.by.as_slice(), &self.along].concat();
        pools(self.results, &by).iter().any(|pool| pool.members.len() > 1).then(|| {
            "Experiments are played on the same luck: intervals of added counts reckon with no more independent \
             runs than one experiment has."
                .to_owned()
        })
    }

    fn incomplete(&self) -> Option<String> {
        let failed = self.results.failed;
        (failed > 0).then(|| format!("Left out, as they gave no answer: {}.", counted(failed, "experiment")))
    }

    /// The drawing with its table, whose heads are those of the facets and then these.
    pub fn drawn(&self, picture: Picture, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Drawn {
        let by = self.by.iter().map(|facet| match facet {
            Facet::Experiment => "experiment_name".to_owned(),
            facet => facet.word(self.results),
        });
        let heads: Vec<String> = by.chain(heads.iter().map(|head| (*head).to_owned())).collect();
        // What an experiment leaves as it is in the file has no number.
        let numbered = |mut row: Vec<String>| {
            let inputs = row.iter_mut().zip(&self.by).filter(|(_, facet)| facet.input().is_some());
            inputs.filter(|(cell, _)| cell.parse::<f64>().is_err()).for_each(|(cell, _)| cell.clear());
            row
        };
        let table = csv(&heads, &rows.into_iter().map(numbered).collect::<Vec<_>>());
        Drawn { stem: self.named.clone(), picture, table }
    }
}

fn many(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(n as u128), if n == 1 { "" } else { "s" })
}

/// The upper end of an axis of shares from 0: all of it, unless everything lies in its lower part.
pub fn top(highs: impl Iterator<Item = f64>) -> f64 {
    let most = highs.fold(0.0, f64::max);
    [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|end| most <= *end).unwrap_or(1.0)
}

/// "The first 12 of 30 groups are drawn; the table holds all", with the others together; nothing if all are.
pub fn others<T>(
    all: &[(Pool, T)],
    most: usize,
    together: impl Fn(&[&Experiment]) -> Option<String>,
) -> Option<String> {
    let rest = all.get(most..).filter(|rest| !rest.is_empty())?;
    let members: Vec<&Experiment> = rest.iter().flat_map(|(pool, _)| pool.members.iter().copied()).collect();
    let told = together(&members).map_or(String::new(), |words| format!("; the others together: {words}"));
    Some(format!("The first {most} of {} groups are drawn{told}. The table holds all.", all.len()))
}

/// The notes of a picture along steps: what is not drawn, what a step pools, and a base case outside of it.
pub fn notes<T>(
    all: &[(Pool, T)],
    most: usize,
    measure: PlotMeasure,
    stretches: Option<String>,
    outside: bool,
) -> Vec<Option<String>> {
    let rest = others(all, most, |members| measure.estimate(members).map(|e| e.told()));
    vec![rest, stretches, outside.then(|| "The base case lies outside.".to_owned())]
}

/// The heads of a table of estimates: its own, and those of an estimate.
pub fn heads<'h>(own: &[&'h str]) -> Vec<&'h str> {
    [own, &["count", "of", "value", "low", "high"]].concat()
}

/// The cells of an estimate under what tells it from others; a mean has no count.
pub fn row(key: &[String], own: impl IntoIterator<Item = String>, e: &Estimate) -> Vec<String> {
    let counted = e.count.map_or(String::new(), |c| c.to_string());
    let cells = [counted, e.of.to_string(), e.value.to_string(), e.low.to_string(), e.high.to_string()];
    key.iter().cloned().chain(own).chain(cells).collect()
}

/// "1 000", or "1 000 to 3 000" where they differ.
pub fn least_to_most(of: impl Iterator<Item = u64>) -> String {
    let (least, most) = of.minmax().into_option().unwrap_or_default();
    if least == most { count(least) } else { format!("{} to {}", count(least), count(most)) }
}

impl Estimate {
    /// `41.0 % (410 of 1 000; 38.0–44.1)`, or `3.2 (3.1–3.4; 410 runs)` of a mean.
    pub(super) fn told(&self) -> String {
        let Some(n) = self.count else {
            let [value, low, high] = [self.value, self.low, self.high].map(|x| number(x * self.printed));
            return format!("{value} ({low} to {high}; {} runs)", count(self.of));
        };
        let interval = format!("{}–{}", percent_of(self.low), percent_of(self.high));
        format!("{} ({} of {}; {interval})", percent(self.value), count(n), count(self.of))
    }

    /// The same without its interval.
    pub(super) fn briefly(&self) -> String {
        if self.count.is_some() { percent(self.value) } else { number(self.value * self.printed) }
    }

    /// Its point of a line, as it is printed.
    pub(super) fn at(&self, x: f64) -> At {
        let [y, low, high] = [self.value, self.low, self.high].map(|value| value * self.printed);
        At { x, y, low, high }
    }
}
