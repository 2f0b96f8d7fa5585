//! Parquet beside the CSV tables of a folder.

use std::path::Path;

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
                    complain(&format!("note: `{}` is out of date and removed; --parquet writes it\n", path.display()));
                }
            }
        }
        Ok(())
    }

    /// Writes each table that the folder has.
    pub fn write(self, folder: &Path) -> Result<(), Trouble> {
        if self == Self::No {
            return Ok(());
        }
        for table in TABLES {
            let (from, to) = (folder.join(format!("{table}.csv")), folder.join(format!("{table}.parquet")));
            if from.exists() && !to.exists() {
                convert(table, &from, &to).map_err(|e| trouble(&to, "written", &e))?;
            }
        }
        Ok(())
    }
}

fn trouble(path: &Path, doing: &str, error: &std::io::Error) -> Trouble {
    Trouble::new(format!("`{}` could not be {doing}: {error}", path.display()))
}

#[cfg(feature = "parquet")]
fn convert(name: &str, from: &Path, to: &Path) -> std::io::Result<()> {
    use winset::batch::write_with;
    use winset::report::parquet::{Table, from_csv};
    let csv = std::io::BufReader::new(std::fs::File::open(from)?);
    let table = Table::ALL.iter().find(|(known, _)| *known == name).map(|(_, table)| *table);
    let table = table.expect("every table of a folder is known");
    write_with(to, |file| from_csv(table, csv, std::io::BufWriter::new(file)).map(drop))
}

#[cfg(not(feature = "parquet"))]
fn convert(_: &str, _: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
}
