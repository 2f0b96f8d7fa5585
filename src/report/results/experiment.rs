//! One experiment: its labels, its inputs, its counts.

use super::Results;
use super::fault::{Fault, MOST};
use super::lasting::Lasting;
use super::manifest::Manifest;
use super::spread::Spread;
use crate::engine::talks::Ending;
use crate::text::sheet::rows;

/// The file.
pub const FILE: &str = "experiments.csv";
/// The columns before those of the design inputs.
const FIRST: [&str; 10] =
    ["experiment", "scenario", "reading", "variant", "policy", "point", "status", "message", "seed", "runs"];

/// How an experiment went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was answered.
    Ok,
    /// It could not be run.
    Failed,
    /// Some number of it is none.
    NonFinite,
}

/// One experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// Its name.
    pub name: String,
    /// The scenario.
    pub scenario: String,
    /// The reading; empty for all of them.
    pub reading: String,
    /// The variant; empty for none.
    pub variant: String,
    /// The policy; empty for none.
    pub policy: String,
    /// The point of the design.
    pub point: String,
    /// How it went.
    pub status: Status,
    /// The seed of its draws, as it is written.
    pub seed: String,
    /// Runs.
    pub runs: u64,
    /// The values of the design inputs, as they are written.
    pub inputs: Vec<String>,
    /// Worlds in which one exists.
    pub exists: Option<u64>,
    /// Runs in which it is reached.
    pub reached: Option<u64>,
    /// Runs by how they end, in the order of [`Ending::ALL`].
    pub endings: Option<[u64; 9]>,
    /// The mean gain of each party and its standard error.
    pub gains: Vec<Option<(f64, f64)>>,
    /// How margins and rounds are spread.
    pub spread: Spread,
    /// How long deals last.
    pub lasting: Lasting,
}

/// The word of an ending in files.
pub fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Settlement => "settlement",
        Ending::Truce => "truce",
        Ending::Defeat => "defeat",
        Ending::Unratified => "unratified",
        Ending::InterimOnly => "interim-only",
        Ending::NoResult => "no-result",
        Ending::Collapse => "collapse",
        Ending::MediatorLeft => "mediator-left",
        Ending::Imposed => "imposed",
    }
}

/// Where the columns stand.
struct Columns {
    inputs: std::ops::Range<usize>,
    exists: usize,
    reached: Option<usize>,
    endings: Option<[usize; 9]>,
    /// The gain of each party and its error.
    gains: Vec<(String, usize, usize)>,
}

/// Reads all experiments, those that failed among them.
pub fn read(manifest: Manifest, text: &str) -> Result<Results, Vec<Fault>> {
    let rows = rows(text).map_err(|bad| vec![Fault::at(FILE, bad.line, bad.why)])?;
    let columns = columns(&rows.head).map_err(|fault| vec![fault])?;
    let head = rows.head.clone();
    let (mut experiments, mut faults): (Vec<Experiment>, Vec<Fault>) = (Vec::new(), Vec::new());
    for row in rows {
        let read = row.map_err(|bad| Fault::at(FILE, bad.line, bad.why));
        match read.and_then(|(line, cells)| experiment(&Row { head: &head, cells: &cells, line }, &columns)) {
            Ok(experiment) => experiments.push(experiment),
            Err(fault) => faults.push(fault),
        }
        if faults.len() == MOST {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Results {
        manifest,
        failed: experiments.iter().filter(|e| e.status != Status::Ok).count(),
        experiments,
        inputs: head[columns.inputs.clone()].to_vec(),
        parties: columns.gains.iter().map(|(party, ..)| party.clone()).collect(),
        talks: columns.reached.is_some(),
        spread: false,
    })
}

fn columns(head: &[String]) -> Result<Columns, Fault> {
    let of = |name: &str| head.iter().position(|h| h == name);
    let missing = |name: &str| {
        Fault::of(FILE, format!("there is no column `{name}`"))
            .hint("give a folder that this version of `winset batch` wrote")
    };
    if let Some((place, name)) =
        FIRST.iter().enumerate().find(|(place, name)| head.get(*place) != Some(&(**name).to_owned()))
    {
        return Err(match of(name) {
            None => missing(name),
            Some(found) => Fault::of(FILE, format!("column `{name}` is number {}, not {}", found + 1, place + 1))
                .hint("leave the columns in the order in which they were written"),
        });
    }
    let exists = of("one_exists").ok_or_else(|| missing("one_exists"))?;
    let reached = of("reached");
    let mut endings = reached.map(|_| [0; 9]);
    for (place, ending) in endings.iter_mut().flatten().zip(Ending::ALL) {
        *place = of(word(ending)).ok_or_else(|| missing(word(ending)))?;
    }
    let gains = head.iter().enumerate().filter_map(|(place, name)| {
        let party = name.strip_prefix("gain_").filter(|_| place > exists)?;
        let error = of(&format!("{name}_error"))?;
        Some((party.to_owned(), place, error))
    });
    Ok(Columns { inputs: FIRST.len()..exists, exists, reached, endings, gains: gains.collect() })
}

/// One line of the file.
struct Row<'a> {
    head: &'a [String],
    cells: &'a [String],
    line: u64,
}

impl Row<'_> {
    fn text(&self, column: usize) -> String {
        self.cells[column].clone()
    }

    fn wrong(&self, column: usize, wanted: &str) -> Fault {
        let found: String = self.cells[column].chars().take(40).collect();
        Fault::at(FILE, self.line, format!("`{}` is `{found}`, not {wanted}", self.head[column]))
    }

    /// A number; `None` of an empty cell.
    fn number(&self, column: usize) -> Result<Option<f64>, Fault> {
        if self.cells[column].is_empty() {
            return Ok(None);
        }
        let number = self.cells[column].parse::<f64>().ok().filter(|x| x.is_finite());
        number.map(Some).ok_or_else(|| self.wrong(column, "a number"))
    }

    /// The count behind a share of `runs`.
    fn count(&self, column: usize, runs: u64) -> Result<Option<u64>, Fault> {
        let Some(share) = self.number(column)? else { return Ok(None) };
        if !(0.0..=1.0).contains(&share) {
            return Err(self.wrong(column, "a share from 0 to 1"));
        }
        Ok(Some((share * runs as f64).round() as u64))
    }
}

fn experiment(row: &Row, columns: &Columns) -> Result<Experiment, Fault> {
    let status = match row.cells[6].as_str() {
        "ok" => Status::Ok,
        "failed" => Status::Failed,
        "non-finite" => Status::NonFinite,
        _ => return Err(row.wrong(6, "one of ok, failed, non-finite")),
    };
    let runs = match row.cells[9].as_str() {
        "" if status != Status::Ok => 0,
        text => text.parse().map_err(|_| row.wrong(9, "a whole number"))?,
    };
    let endings = match columns.endings {
        Some(places) => {
            let mut counts = [0; 9];
            for (count, place) in counts.iter_mut().zip(places) {
                *count = row.count(place, runs)?.unwrap_or(0);
            }
            row.number(places[0])?.map(|_| counts)
        }
        None => None,
    };
    let reached = columns.reached.map_or(Ok(None), |column| row.count(column, runs))?;
    let mut gains = Vec::new();
    for (_, mean, error) in &columns.gains {
        gains.push(row.number(*mean)?.zip(row.number(*error)?));
    }
    Ok(Experiment {
        name: row.text(0),
        scenario: row.text(1),
        reading: row.text(2),
        variant: row.text(3),
        policy: row.text(4),
        point: row.text(5),
        status,
        seed: row.text(8),
        runs,
        inputs: row.cells[columns.inputs.clone()].to_vec(),
        exists: row.count(columns.exists, runs)?,
        reached,
        endings,
        gains,
        spread: Spread::default(),
        lasting: Lasting::default(),
    })
}
