//! The tables of a batch: tidy CSV, one thing a row.

use super::{Results, names, parties};
use crate::analysis::Share;
use crate::batch::{Tally, middle};
use crate::engine::talks::Ending;
use crate::model::Measure;
use crate::num::Moments;
use crate::text::sheet::csv;

/// The tables of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchTable {
    /// A row for each experiment.
    Experiments,
    /// A row for each value that was met.
    Distributions,
    /// A row for each half year.
    Survival,
    /// A row for each run.
    Runs,
}

impl BatchTable {
    /// All of them, each with the name of its file without ending.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("experiments", Self::Experiments),
        ("distributions", Self::Distributions),
        ("survival", Self::Survival),
        ("runs", Self::Runs),
    ];

    /// What it holds; `None` of runs, whose rows are kept as nothing else, and of years where no scenario says anything of
    /// them.
    pub fn of(self, r: &Results) -> Option<TidyTable> {
        match self {
            Self::Experiments => Some(experiments(r)),
            Self::Distributions => Some(distributions(r)),
            Self::Survival => survival(r),
            Self::Runs => None,
        }
    }
}

/// A table before it is written: heads, and the cells of each row under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TidyTable {
    /// The heads.
    pub heads: Vec<String>,
    /// `rows[row][column]`; empty where there is nothing.
    pub rows: Vec<Vec<String>>,
}

impl TidyTable {
    fn of(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows }
    }

    /// As CSV.
    pub fn csv(&self) -> String {
        csv(&self.heads, &self.rows)
    }
}

/// One row for each experiment.
pub fn experiments(r: &Results) -> TidyTable {
    let of_party =
        |id: &String| ["gain", "payoff"].map(|what| [format!("{what}_{id}_mean"), format!("{what}_{id}_error")]);
    let made = ExperimentHeads {
        parties: parties(r.plan).iter().map(|id| (id.clone(), of_party(id))).collect(),
        endings: Ending::ALL.map(|ending| format!("ending_{}", ending.word())).into(),
        causes: Measure::CAUSES.map(|cause| format!("cause_{cause}")).into(),
    };
    let row = |e| experiment(r, e, &made);
    let heads = (r.plan.experiments() > 0).then(|| row(0).iter().map(|(head, _)| (*head).to_owned()).collect());
    let cells = |e| row(e).into_iter().map(|(_, cell)| cell).collect();
    TidyTable { heads: heads.unwrap_or_default(), rows: (0..r.plan.experiments()).map(cells).collect() }
}

/// Heads of experiments that are made of words of the plan and of lists.
struct ExperimentHeads {
    /// Each party, with the heads of mean and error of its gain and of its payoff.
    parties: Vec<(String, [[String; 2]; 2])>,
    endings: Vec<String>,
    causes: Vec<String>,
}

/// The cells of an experiment, each under its head.
fn experiment<'r>(r: &Results<'r>, e: u64, heads: &'r ExperimentHeads) -> Vec<(&'r str, String)> {
    let (arm, point) = r.plan.experiment(e);
    let (status, tally) = (r.status(e), r.tally(e));
    let runs = tally.map_or(0, |t| t.runs);
    let mut row = vec![("experiment", e.to_string())];
    row.extend(names(r.plan, arm).map(|(head, name)| (head, name.to_owned())));
    row.extend([("point", point.to_string()), ("status", status.word().to_owned())]);
    row.extend([
        ("message", status.message().to_owned()),
        ("seed", r.plan.seed.to_string()),
        ("runs", runs.to_string()),
    ]);
    let inputs = r.plan.design.paths.iter().zip(&r.plan.design.points[point]);
    row.extend(inputs.map(|(path, x)| (path.as_str(), cell(*x))));
    row.extend(share(["one_exists_share", "one_exists_low", "one_exists_high"], tally.map(|t| t.exists), runs));
    let talks = r.plan.has_talks();
    if talks {
        row.extend(share(["reached_share", "reached_low", "reached_high"], tally.and_then(Tally::reached), runs));
        let share = |ending: Ending| Some(*tally?.endings.get(ending as usize)? as f64 / runs as f64);
        row.extend(heads.endings.iter().zip(Ending::ALL).map(|(head, ending)| (head.as_str(), cell(share(ending)))));
    }
    row.push(("margin_mean", cell(tally.and_then(|t| t.margin.mean()))));
    let margins =
        [("margin_p05", 0.05), ("margin_p25", 0.25), ("margin_p50", 0.5), ("margin_p75", 0.75), ("margin_p95", 0.95)];
    row.extend(margins.map(|(head, p)| (head, cell(tally.and_then(|t| t.margin_quantile(p))))));
    if talks {
        row.push(("rounds_mean", cell(tally.and_then(Tally::rounds_mean))));
        let rounds = [("rounds_p10", 0.1), ("rounds_p50", 0.5), ("rounds_p90", 0.9)];
        row.extend(rounds.map(|(head, p)| (head, cell(tally.and_then(|t| t.rounds_quantile(p)).map(f64::from)))));
        // An experiment whose scenario lacks a party leaves its cells empty.
        for what in [0, 1] {
            for (party, heads) in &heads.parties {
                let [head, error] = &heads[what];
                let sums = r.of_party(e, party, |t| if what == 0 { &t.gains } else { &t.payoffs });
                row.push((head, cell(sums.and_then(Moments::mean))));
                row.push((error, cell(sums.and_then(Moments::error))));
            }
        }
        let cause = |word: &str| tally.map(|t| t.causes.get(word).copied().unwrap_or(0) as f64 / runs as f64);
        row.extend(heads.causes.iter().zip(Measure::CAUSES).map(|(head, word)| (head.as_str(), cell(cause(word)))));
    }
    if lasts(r) {
        let years = [("holds_1", 0), ("holds_2", 1), ("holds_5", 2)];
        row.extend(years.map(|(head, place)| (head, cell(tally.and_then(|t| t.survival[place].mean())))));
    }
    row
}

/// Whether some scenario says how long what is reached lasts.
fn lasts(r: &Results) -> bool {
    r.plan.models.iter().any(|m| m.n.talks.is_some() && m.n.durability.is_some())
}

/// A number with as many digits as make it again; nothing where there is none.
fn cell(x: Option<f64>) -> String {
    x.map_or_else(String::new, |x| x.to_string())
}

fn share(heads: [&str; 3], count: Option<u64>, of: u64) -> impl Iterator<Item = (&str, String)> {
    let share = count.filter(|_| of > 0).map(|count| Share::of(count, of));
    let cells = share.map_or([None; 3], |share| [share.share, share.low, share.high].map(Some));
    heads.into_iter().zip(cells.map(cell))
}

/// Whole distributions: one row for each value that was met, with its count.
pub fn distributions(r: &Results) -> TidyTable {
    let mut rows = Vec::new();
    for e in 0..r.plan.experiments() {
        let Some(tally) = r.tally(e) else { continue };
        let mut add = |outcome: &str, category: &str, value: Option<f64>, count: u64| {
            if count > 0 {
                rows.push(vec![e.to_string(), outcome.to_owned(), category.to_owned(), cell(value), count.to_string()]);
            }
        };
        let endings = Ending::ALL.iter().zip(&tally.endings);
        endings.for_each(|(ending, count)| add("ending", ending.word(), None, *count));
        add("margin", "none", None, tally.none);
        tally.margins.iter().for_each(|(bin, count)| add("margin", "bin", Some(middle(*bin)), *count));
        add("margin", "unbounded", None, tally.unbounded);
        tally.rounds.iter().for_each(|(round, count)| add("rounds", "round", Some(f64::from(*round)), *count));
        tally.blocked.iter().for_each(|(block, count)| add("blocked", block, None, *count));
    }
    TidyTable::of(&["experiment", "outcome", "category", "value", "count"], rows)
}

/// The mean chance that what was reached still holds after each half year; `None` where no scenario says anything of it.
pub fn survival(r: &Results) -> Option<TidyTable> {
    let curve = |e: u64| {
        let deals = |tally: &Tally| tally.survival[0].count();
        let curve = r.tally(e).into_iter().flat_map(move |tally| tally.curve().map(move |at| (deals(tally), at)));
        curve.map(move |(deals, (years, holds))| {
            [e.to_string(), "reached".to_owned(), years.to_string(), deals.to_string(), holds.to_string()]
        })
    };
    let rows = || (0..r.plan.experiments()).flat_map(curve).map(Vec::from).collect();
    lasts(r).then(|| TidyTable::of(&["experiment", "deals_of", "years", "deals", "holds"], rows()))
}
