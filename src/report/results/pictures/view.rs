//! What all pictures of a folder share: groups, captions, tables, words.

use super::super::factor::{Factor, Group, groups};
use super::super::outcome::Estimate;
use super::super::{Experiment, Results};
use super::Drawn;
use crate::figure::{Caption, Picture, Theme};
use crate::report::CAVEAT;
use crate::text::sheet::csv;
use crate::text::words::{capital, count, counted, list, number, percent, percent_of};

/// A folder as it is to be drawn.
pub struct View<'a> {
    pub results: &'a Results,
    pub by: Vec<Factor>,
    pub theme: Theme,
    /// The stem of the file names.
    pub named: String,
}

/// The words of a picture beyond those that every one has.
#[derive(Default)]
pub struct Words {
    pub title: String,
    pub finding: String,
    pub notes: Vec<String>,
    pub table: Vec<String>,
    /// What is along the axes, and so not pooled.
    pub along: Vec<Factor>,
}

impl<'a> View<'a> {
    pub fn groups(&self) -> Vec<Group<'a>> {
        groups(self.results, &self.by)
    }

    /// The name of a group; "all experiments" where they are not told apart.
    pub fn name(&self, group: &Group) -> String {
        if self.by.is_empty() { "all experiments".to_owned() } else { group.name() }
    }

    /// "by policy and reading", or nothing.
    pub fn grouped(&self) -> String {
        let words: Vec<String> = self.by.iter().map(|factor| factor.word(self.results)).collect();
        if words.is_empty() { String::new() } else { format!(", by {}", list(&words)) }
    }

    /// The columns of a table of groups told apart by two factors: as many as the second has values in every row; 0 where
    /// rows differ or there are not two factors.
    pub fn across(&self, groups: &[Group]) -> usize {
        let columns = |row: &[Group]| row.iter().map(|g| g.key[1].clone()).collect::<Vec<_>>();
        let mut rows = groups.chunk_by(|a, b| a.key[0] == b.key[0]);
        let first = if self.by.len() == 2 { rows.next().map(columns) } else { None };
        first.filter(|first| rows.all(|row| columns(row) == *first)).map_or(0, |first| first.len())
    }

    pub fn caption(&self, words: Words) -> Caption {
        let Words { title, finding, notes, table, along } = words;
        let r = self.results;
        let said = [self.pooled(&along), self.luck(&along), self.incomplete()].into_iter().flatten();
        let told: Vec<String> = table.into_iter().take(400).collect();
        let source = [Some(capital(CAVEAT)), plan(r), Some(self.rests())].into_iter().flatten().collect::<Vec<_>>();
        Caption {
            description: told.join(". "),
            title,
            subtitle: finding,
            source: format!("{}.", source.join("; ")),
            notes: notes.into_iter().chain(said).collect(),
        }
    }

    fn rests(&self) -> String {
        let r = self.results;
        let runs: u64 = r.experiments.iter().map(|e| e.runs).sum();
        let n = r.experiments.len();
        let plural = if n == 1 { "" } else { "s" };
        format!("{} experiment{plural}, {} runs in all, seed {}", count(n as u128), count(runs), r.seed)
    }

    /// What the numbers are pooled over.
    fn pooled(&self, along: &[Factor]) -> Option<String> {
        let inputs = (0..self.results.inputs.len()).map(Factor::Input);
        let accounts = [Factor::Scenario, Factor::Policy, Factor::Reading, Factor::Variant];
        let apart = [Factor::Experiment, Factor::Point];
        if self.by.contains(&Factor::Experiment) {
            return None;
        }
        let held = |f: &Factor| self.by.contains(f) || along.contains(f);
        let over = accounts.into_iter().chain(inputs).filter(|f| !held(f) && f.varies(self.results));
        let words = |f: Factor| format!("{} of {}", values(f.values(self.results).len()), f.word(self.results));
        let over: Vec<String> = over.filter(|f| !apart.contains(f)).map(words).collect();
        (!over.is_empty()).then(|| format!("Counts are added over {}; every run weighs the same.", list(&over)))
    }

    /// What is said where experiments that share their luck are pooled.
    fn luck(&self, along: &[Factor]) -> Option<String> {
        let by: Vec<Factor> = self.by.iter().chain(along).copied().collect();
        groups(self.results, &by).iter().any(|g| g.members.len() > 1).then(|| {
            "Experiments are played on the same luck: intervals of added counts reckon with no more independent \
             runs than one experiment has."
                .to_owned()
        })
    }

    fn incomplete(&self) -> Option<String> {
        let failed = self.results.failed;
        (failed > 0).then(|| format!("Left out, as they gave no answer: {}.", counted(failed, "experiment")))
    }

    /// The drawing with its table.
    pub fn drawn(&self, picture: Picture, head: &[&str], rows: &[Vec<String>]) -> Drawn {
        let by = self.by.iter().map(|factor| factor.word(self.results));
        let head: Vec<String> = by.chain(head.iter().map(|h| (*h).to_owned())).collect();
        Drawn { stem: self.named.clone(), picture, table: csv(&head, rows) }
    }
}

fn plan(r: &Results) -> Option<String> {
    let title = r.title.trim().trim_end_matches('.');
    (!title.is_empty()).then(|| title.to_owned())
}

fn values(n: usize) -> String {
    format!("{} value{}", count(n as u128), if n == 1 { "" } else { "s" })
}

/// "The first 12 of 30 groups are drawn; the table holds all", with the others together; nothing if all are.
pub fn others(all: &[Group], most: usize, together: impl Fn(&[&Experiment]) -> Option<String>) -> Option<String> {
    let rest = all.get(most..).filter(|rest| !rest.is_empty())?;
    let members: Vec<&Experiment> = rest.iter().flat_map(|g| g.members.iter().copied()).collect();
    let told = together(&members).map_or(String::new(), |words| format!("; the others together: {words}"));
    Some(format!("The first {most} of {} groups are drawn{told}. The table holds all.", all.len()))
}

/// The heads of an estimate in a table.
pub const ESTIMATE: [&str; 5] = ["count", "of", "value", "low", "high"];

/// The cells of an estimate; a mean has no count.
pub fn cells(e: &Estimate) -> Vec<String> {
    let counted = e.count.map_or(String::new(), |c| c.to_string());
    vec![counted, e.of.to_string(), e.value.to_string(), e.low.to_string(), e.high.to_string()]
}

/// `41.0 % (410 of 1 000; 38.0–44.1)`, or `3.2 (3.1–3.4; 410 runs)` of a mean that is printed so many times its size.
pub fn told(e: &Estimate, printed: f64) -> String {
    let Some(n) = e.count else {
        let [value, low, high] = [e.value, e.low, e.high].map(|x| number(x * printed));
        return format!("{value} ({low} to {high}; {} runs)", count(e.of));
    };
    let interval = format!("{}–{}", percent_of(e.low), percent_of(e.high));
    format!("{} ({} of {}; {interval})", percent(e.value), count(n), count(e.of))
}

/// The same without its interval.
pub fn briefly(e: &Estimate, printed: f64) -> String {
    if e.count.is_some() { percent(e.value) } else { number(e.value * printed) }
}
