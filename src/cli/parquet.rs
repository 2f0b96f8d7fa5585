//! Parquet beside the CSV tables of a folder: from what they are written from, and rows of runs from where they are kept.

use std::path::Path;

use winset::report::batch::Results;
use winset::text::words::visible;

use super::output::complain;
use super::trouble::Trouble;

/// Names of the tables, without ending.
const TABLES: [&str; 4] = ["experiments", "distributions", "survival", "runs"];

/// Whether tables are written as Parquet as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parquet {
    /// CSV alone.
    No,
    /// Both.
    Beside,
}

impl Parquet {
    /// What the flag asks for, if this program can do it.
    pub fn asked(flag: bool) -> Result<Self, Trouble> {
        match flag {
            false => Ok(Self::No),
            true if cfg!(feature = "parquet") => Ok(Self::Beside),
            true => Err(Trouble::new("`--parquet`: this program was built without Parquet")
                .hint("build it with `cargo install --path . --features parquet`, or read the CSV tables")),
        }
    }

    /// Removes what was written for an earlier state of the folder, and says so where it is not written anew.
    pub fn drop_old(self, folder: &Path) -> Result<(), Trouble> {
        for table in TABLES {
            let path = folder.join(format!("{table}.parquet"));
            if path.exists() {
                std::fs::remove_file(&path).map_err(|e| trouble(&path, "removed", &e))?;
                if self == Self::No {
                    let path = visible(&path.display().to_string());
                    complain(&format!("note: `{path}` is out of date and removed; --parquet writes it\n"));
                }
            }
        }
        Ok(())
    }

    /// Writes a table, new or once more; `false` if there is no such table, or this program cannot.
    pub fn again(folder: &Path, name: &str, results: &Results) -> Result<bool, Trouble> {
        let table = name.strip_suffix(".parquet").filter(|table| TABLES.contains(table));
        let to = folder.join(name);
        table.map_or(Ok(false), |table| one(table, folder, &to, results)).map_err(|e| trouble(&to, "written", &e))
    }

    /// Writes each table that the folder has and that is not there yet; gives the names of those that were written.
    pub fn write(self, folder: &Path, results: &Results) -> Result<Vec<String>, Trouble> {
        let mut written = Vec::new();
        for table in TABLES.iter().filter(|_| self == Self::Beside) {
            let name = format!("{table}.parquet");
            if !folder.join(&name).exists() && Self::again(folder, &name, results)? {
                written.push(name);
            }
        }
        Ok(written)
    }
}

fn trouble(path: &Path, doing: &str, error: &std::io::Error) -> Trouble {
    Trouble::new(format!("`{}` could not be {doing}: {error}", visible(&path.display().to_string())))
}

#[cfg(feature = "parquet")]
fn one(name: &str, folder: &Path, to: &Path, results: &Results) -> std::io::Result<bool> {
    use std::io::{BufReader, BufWriter};
    use winset::batch::write_with;
    use winset::report::batch::{distributions, experiments, survival};
    use winset::report::parquet::{Table, from_csv, write};
    let (cells, table) = match name {
        "experiments" => (Some(experiments(results)), Table::Experiments),
        "distributions" => (Some(distributions(results)), Table::Distributions),
        "survival" => (survival(results), Table::Survival),
        _ => {
            let rows = folder.join("runs.csv");
            if !rows.exists() {
                return Ok(false);
            }
            let csv = BufReader::new(std::fs::File::open(rows)?);
            return write_with(to, |file| from_csv(Table::Runs, csv, BufWriter::new(file)).map(drop)).map(|()| true);
        }
    };
    let Some(cells) = cells else { return Ok(false) };
    let rows = cells.rows.into_iter().map(Ok);
    write_with(to, |file| write(table, &cells.heads, rows, BufWriter::new(file)).map(drop)).map(|()| true)
}

#[cfg(not(feature = "parquet"))]
fn one(_: &str, _: &Path, _: &Path, _: &Results) -> std::io::Result<bool> {
    Ok(false)
}
