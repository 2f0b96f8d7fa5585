//! The tables of a batch: tidy CSV, one thing a row.

use super::{Results, names, parties};
use crate::analysis::Share;
use crate::batch::{Tally, middle};
use crate::engine::talks::Ending;
use crate::num::Moments;
use crate::text::sheet::csv;

/// A table before it is written: heads, and the cells of each row under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The heads.
    pub heads: Vec<String>,
    /// `rows[row][column]`; empty where there is nothing.
    pub rows: Vec<Vec<String>>,
}

impl Cells {
    fn of(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows }
    }

    /// As CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        csv(&self.heads, &self.rows)
    }
}

/// One row for each experiment.
#[must_use]
pub fn experiments(r: &Results) -> Cells {
    let columns = Columns::of(r);
    Cells { heads: columns.heads(r), rows: (0..r.plan.experiments()).map(|e| columns.row(r, e)).collect() }
}

/// Which columns there are beside those that every batch has.
struct Columns {
    talks: bool,
    parties: Vec<String>,
    lasts: bool,
}

impl Columns {
    fn of(r: &Results) -> Self {
        let models = || r.plan.models.iter().filter(|m| m.n.talks.is_some());
        let lasts = models().any(|m| m.n.durability.is_some());
        Self { talks: models().count() > 0, parties: parties(r.plan), lasts }
    }

    fn heads(&self, r: &Results) -> Vec<String> {
        let own = |heads: &[&str]| heads.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>();
        let first =
            ["experiment", "scenario", "reading", "variant", "policy", "point", "status", "message", "seed", "runs"];
        let mut heads = own(&first);
        heads.extend(r.plan.points.paths.iter().cloned());
        heads.extend(own(&["one_exists", "one_exists_low", "one_exists_high"]));
        if self.talks {
            heads.extend(own(&["reached", "reached_low", "reached_high"]));
            heads.extend(Ending::ALL.iter().map(|e| e.word().to_owned()));
        }
        heads.extend(own(&["margin_mean", "margin_p05", "margin_p25", "margin_p50", "margin_p75", "margin_p95"]));
        if self.talks {
            heads.extend(own(&["rounds_mean", "rounds_p10", "rounds_p50", "rounds_p90"]));
            for party in &self.parties {
                heads.extend([format!("gain_{party}"), format!("gain_{party}_error")]);
            }
        }
        if self.lasts {
            heads.extend(own(&["survival_1", "survival_2", "survival_5"]));
        }
        heads
    }

    fn row(&self, r: &Results, e: u64) -> Vec<String> {
        let (arm, point) = r.plan.experiment(e);
        let status = r.status(e);
        let tally = r.tally(e);
        let runs = tally.map_or(0, |t| t.runs);
        let mut row = vec![e.to_string()];
        row.extend(names(r.plan, arm).map(|(_, name)| name.to_owned()));
        row.extend([point.to_string(), status.word().to_owned(), status.message().to_owned()]);
        row.extend([r.plan.seed.to_string(), runs.to_string()]);
        row.extend(r.plan.points.values[point].iter().map(|x| cell(*x)));
        row.extend(share(tally.map(|t| t.exists), runs));
        if self.talks {
            row.extend(share(tally.and_then(Tally::reached), runs));
            let ending = |place: usize| tally.and_then(|t| t.endings.get(place)).map(|n| *n as f64 / runs as f64);
            row.extend((0..Ending::ALL.len()).map(|place| cell(ending(place))));
        }
        row.push(cell(tally.and_then(|t| t.margin.mean())));
        row.extend([0.05, 0.25, 0.5, 0.75, 0.95].map(|p| cell(tally.and_then(|t| t.margin_quantile(p)))));
        if self.talks {
            row.push(cell(tally.and_then(Tally::rounds_mean)));
            row.extend([0.1, 0.5, 0.9].map(|p| cell(tally.and_then(|t| t.rounds_quantile(p)).map(f64::from))));
            row.extend(self.gains(r, e));
        }
        if self.lasts {
            row.extend((0..3).map(|i| cell(tally.and_then(|t| t.survival[i].mean()))));
        }
        row
    }

    /// Mean gain and its error, by party: an experiment whose scenario lacks a party leaves its cells empty.
    fn gains(&self, r: &Results, e: u64) -> Vec<String> {
        let both = |sums: Option<&Moments>| [cell(sums.and_then(Moments::mean)), cell(sums.and_then(Moments::error))];
        self.parties.iter().flat_map(|party| both(r.gains(e, party))).collect()
    }
}

/// A number with as many digits as make it again; nothing where there is none.
fn cell(x: Option<f64>) -> String {
    x.map_or_else(String::new, |x| format!("{x}"))
}

fn share(count: Option<u64>, of: u64) -> [String; 3] {
    let Some(count) = count.filter(|_| of > 0) else { return [const { String::new() }; 3] };
    let share = Share::of(count, of);
    [share.share, share.low, share.high].map(|x| format!("{x}"))
}

/// Whole distributions: one row for each value that was met, with its count.
#[must_use]
pub fn distributions(r: &Results) -> Cells {
    let mut rows = Vec::new();
    for e in 0..r.plan.experiments() {
        let Some(tally) = r.tally(e) else { continue };
        let mut add = |outcome: &str, at: String, count: u64| {
            if count > 0 {
                rows.push(vec![e.to_string(), outcome.to_owned(), at, count.to_string()]);
            }
        };
        Ending::ALL
            .iter()
            .zip(&tally.endings)
            .for_each(|(ending, count)| add("ending", ending.word().to_owned(), *count));
        add("margin", "none".to_owned(), tally.none);
        for (bin, count) in &tally.margins {
            add("margin", middle(*bin).to_string(), *count);
        }
        add("margin", "unbounded".to_owned(), tally.unbounded);
        tally.rounds.iter().for_each(|(round, count)| add("rounds", round.to_string(), *count));
        tally.blocked.iter().for_each(|(block, count)| add("blocked", block.clone(), *count));
    }
    Cells::of(&["experiment", "outcome", "at", "count"], rows)
}

/// The mean chance that what was reached still holds after each half year; `None` where no scenario says anything of it.
#[must_use]
pub fn survival(r: &Results) -> Option<Cells> {
    if !Columns::of(r).lasts {
        return None;
    }
    let mut rows = Vec::new();
    for e in 0..r.plan.experiments() {
        let Some(tally) = r.tally(e) else { continue };
        for (years, chance) in tally.curve() {
            let deals = tally.survival[0].count().to_string();
            rows.push(vec![e.to_string(), format!("{years}"), deals, format!("{chance}")]);
        }
    }
    Some(Cells::of(&["experiment", "years", "deals", "holds"], rows))
}
