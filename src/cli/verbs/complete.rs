//! What a complete batch leaves in its folder, and what is made again of it if it was lost: tables as Parquet are made from
//! what the CSV is written from, rows of runs from where they are kept.

use std::io;
use std::path::Path;

use winset::batch::{Hurt, Store, StoreError, put, sealed_otherwise};
use winset::figure::Theme;
use winset::report::batch::{self as told, BatchTable, Results};
use winset::report::frame::Frame;
use winset::text::words::visible;

use super::super::{
    Answered, Outcome, folder::File, output::Output, output::complain, plans::Planned, tail::file, trouble::Trouble,
};
use super::plot::default_pictures;

/// How a complete batch is told and drawn.
#[derive(Debug, Clone)]
pub struct Telling {
    /// What is asked.
    pub frame: Frame,
    /// As JSON, not as a page.
    pub json: bool,
    /// How its pictures look.
    pub theme: Theme,
    /// Whether its tables are written as Parquet as well.
    pub parquet: bool,
}

impl Telling {
    /// Prints what a batch comes to, and what became of its folder.
    pub fn tell(&self, results: &Results, place: &str, did: &str, out: &mut Output) -> Result<(), Trouble> {
        if self.json {
            return out.print(&format!("{}\n", self.frame.clone().around(told::summary(results))));
        }
        out.print(&format!("{}\n`{}` {did}\n", told::page(results), visible(place)))
    }

    /// Writes everything that a complete batch comes to, and seals it.
    pub fn fill(&self, store: &Store, planned: &Planned, into: &Path, log: &serde_json::Value) -> Result<(), Trouble> {
        let results = Results { plan: &planned.plan, kept: &store.kept };
        drop_old(into, self.parquet)?;
        let mut names: Vec<String> = planned.copies.iter().map(|(name, _)| name.clone()).collect();
        names.extend(store.complete(into, &planned.plan)?.into_iter().map(str::to_owned));
        for (name, bytes) in files(&results, self.theme)? {
            put(into, &name, &bytes)?;
            names.push(name);
        }
        put(into, "log.json", format!("{log:#}\n").as_bytes())?;
        names.extend(self.tables(into, &results)?);
        Ok(Store::seal(into, &planned.plan, &names)?)
    }

    /// A folder that was complete before: what is hurt is made again from the totals, and the rest named.
    pub fn already(
        &self,
        store: &Store,
        planned: &Planned,
        (folder, said): (&Path, &str),
        out: &mut Output,
    ) -> Outcome {
        let results = Results { plan: &planned.plan, kept: &store.kept };
        let lost = self.mend(store, planned, folder, &results)?;
        lost.iter().for_each(|hurt| gone(said, hurt));
        if !lost.is_empty() {
            self.tell(&results, said, "is no longer complete", out)?;
            return Ok(Answered::No);
        }
        let added = self.tables(folder, &results)?;
        if !added.is_empty() || !store.hurt.is_empty() {
            Store::reseal(folder, &planned.plan, &added)?;
        }
        self.tell(&results, said, "was complete already", out)?;
        Ok(Answered::Yes)
    }

    /// Writes tables as Parquet where that is asked for and they are not there yet; gives their names.
    fn tables(&self, folder: &Path, results: &Results) -> Result<Vec<String>, Trouble> {
        if self.parquet { write_parquet(folder, results) } else { Ok(Vec::new()) }
    }

    /// Writes again what totals can make of what is hurt; gives the rest.
    fn mend(&self, store: &Store, planned: &Planned, folder: &Path, results: &Results) -> Result<Vec<Hurt>, Trouble> {
        if store.hurt.is_empty() {
            return Ok(Vec::new());
        }
        // The folder keeps the theme with which it was completed.
        let made = |theme| files(results, theme).map(|made| (sealed_otherwise(folder, &made).is_none(), made));
        let other = if self.theme == Theme::Light { Theme::Dark } else { Theme::Light };
        let (made, again) = (made(self.theme)?, made(other)?);
        let mut made = if again.0 && !made.0 { again.1 } else { made.1 };
        made.extend(planned.copies.iter().map(|(name, text)| file(name, text.clone())));
        let mut lost = Vec::new();
        for hurt in &store.hurt {
            let bytes = made.iter().find(|(name, _)| *name == hurt.name).map(|(_, bytes)| bytes);
            let mended = match bytes {
                Some(bytes) => put(folder, &hurt.name, bytes).map(|()| true)?,
                None if lost.iter().any(|other: &Hurt| other.name == "runs.csv") => false,
                None => parquet_again(folder, &hurt.name, results)?,
            };
            if mended {
                complain(&format!("note: `{}` {hurt}; it is written again\n", visible(&hurt.name)));
            } else {
                lost.push(hurt.clone());
            }
        }
        Ok(lost)
    }
}

/// Names a result that nothing can make again.
pub fn gone(folder: &str, hurt: &Hurt) {
    let error = StoreError::Lost { folder: folder.to_owned(), hurt: hurt.clone() };
    complain(&Trouble::from(error).to_string());
}

/// The files of a complete batch beside its totals, its log and its manifest.
fn files(results: &Results, theme: Theme) -> Result<Vec<File>, Trouble> {
    let mut files = default_pictures(results, theme)?;
    let tables = BatchTable::WORDS.into_iter().filter_map(|(name, table)| Some((name, table.of(results)?.csv())));
    files.extend(tables.map(|(name, text)| file(&format!("{name}.csv"), text)));
    files.push(file("page.txt", told::page(results)));
    let summary = told::frame("batch", results.plan).around(told::summary(results));
    files.push(file("summary.json", format!("{summary:#}\n")));
    Ok(files)
}

/// Whether tables are written as Parquet as well, if this program can do it.
///
/// # Errors
/// It cannot.
pub fn with_parquet(flag: bool) -> Result<bool, Trouble> {
    if flag && !cfg!(feature = "parquet") {
        return Err(Trouble::new("`--parquet`: this program was built without Parquet")
            .hint("build it with `cargo install --path . --features parquet`, or read the CSV tables"));
    }
    Ok(flag)
}

/// Removes what was written for an earlier state of the folder, and says so where it is not written anew.
fn drop_old(folder: &Path, anew: bool) -> Result<(), Trouble> {
    for (table, _) in BatchTable::WORDS {
        let path = folder.join(format!("{table}.parquet"));
        if path.exists() {
            std::fs::remove_file(&path).map_err(|e| machine(&path, "removed", &e))?;
            if !anew {
                let path = visible(&path.display().to_string());
                complain(&format!("note: `{path}` is out of date and removed; --parquet writes it\n"));
            }
        }
    }
    Ok(())
}

/// Writes a table, new or once more; `false` if there is no such table, or this program cannot.
fn parquet_again(folder: &Path, name: &str, results: &Results) -> Result<bool, Trouble> {
    let table = BatchTable::WORDS.iter().find(|(word, _)| name.strip_suffix(".parquet") == Some(word));
    let to = folder.join(name);
    table
        .map_or(Ok(false), |(_, table)| parquet_of(*table, folder, &to, results))
        .map_err(|e| machine(&to, "written", &e))
}

/// Writes each table that the folder has and that is not there yet; gives the names of those that were written.
fn write_parquet(folder: &Path, results: &Results) -> Result<Vec<String>, Trouble> {
    let mut written = Vec::new();
    for (table, _) in BatchTable::WORDS {
        let name = format!("{table}.parquet");
        if !folder.join(&name).exists() && parquet_again(folder, &name, results)? {
            written.push(name);
        }
    }
    Ok(written)
}

fn machine(path: &Path, doing: &str, error: &io::Error) -> Trouble {
    Trouble::new(format!("`{}` could not be {doing}: {error}", visible(&path.display().to_string())))
}

#[cfg(feature = "parquet")]
fn parquet_of(table: BatchTable, folder: &Path, to: &Path, results: &Results) -> io::Result<bool> {
    use std::io::{BufReader, BufWriter};
    use winset::batch::write_with;
    use winset::report::parquet::{from_csv, write};
    let rows = folder.join("runs.csv");
    if table == BatchTable::Runs && rows.exists() {
        let csv = BufReader::new(std::fs::File::open(rows)?);
        return write_with(to, |file| from_csv(csv, BufWriter::new(file)).map(drop)).map(|()| true);
    }
    let Some(cells) = table.of(results) else { return Ok(false) };
    let rows = cells.rows.into_iter().map(Ok);
    write_with(to, |file| write(&cells.heads, rows, BufWriter::new(file)).map(drop)).map(|()| true)
}

#[cfg(not(feature = "parquet"))]
fn parquet_of(_: BatchTable, _: &Path, _: &Path, _: &Results) -> io::Result<bool> {
    Ok(false)
}
