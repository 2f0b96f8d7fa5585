//! What a complete batch leaves in its folder, and what is made again of it if it was lost.

use std::path::Path;

use winset::batch::{Hurt, Store, StoreError, put};
use winset::report::batch::{self as told, Results};
use winset::text::words::visible;

use super::super::folder::File;
use super::super::output::complain;
use super::super::parquet::Parquet;
use super::super::plans::{Planned, foreign};
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, output::Output};
use super::plot::default_pictures;

/// What a complete batch comes to, told.
pub struct Told {
    page: String,
    summary: serde_json::Value,
}

/// Prints what a batch comes to, and what became of its folder.
pub fn tell(told: &Told, place: &str, did: &str, json: bool, out: &mut Output) -> Result<(), Trouble> {
    if json {
        return out.print(&format!("{}\n", told.summary));
    }
    out.print(&format!("{}\n`{}` {did}\n", told.page, visible(place)))
}

/// Writes everything that a complete batch comes to, and seals it.
pub fn fill(
    store: &Store,
    planned: &Planned,
    into: &Path,
    log: &serde_json::Value,
    parquet: Parquet,
) -> Result<Told, Trouble> {
    let results = Results { plan: &planned.plan, kept: store.kept() };
    parquet.drop_old(into)?;
    let mut names: Vec<String> = planned.copies.iter().map(|(name, _)| name.clone()).collect();
    names.extend(store.complete(into, &planned.plan).map_err(|e| foreign(&e))?.into_iter().map(str::to_owned));
    for (name, bytes) in files(&results)? {
        put(into, &name, &bytes).map_err(|e| foreign(&e))?;
        names.push(name);
    }
    put(into, "log.json", format!("{log:#}\n").as_bytes()).map_err(|e| foreign(&e))?;
    names.extend(parquet.write(into, &results)?);
    Store::seal(into, &planned.plan, &names).map_err(|e| foreign(&e))?;
    Ok(Told { page: told::page(&results), summary: told::summary(&results) })
}

/// A folder that was complete before: what is hurt is made again from the totals, and the rest named.
pub fn already(
    store: &Store,
    planned: &Planned,
    (folder, said): (&Path, &str),
    (json, parquet): (bool, Parquet),
    out: &mut Output,
) -> Outcome {
    let results = Results { plan: &planned.plan, kept: store.kept() };
    let lost = mend(store, planned, folder, &results)?;
    lost.iter().for_each(|hurt| gone(said, hurt));
    let added = if lost.is_empty() { parquet.write(folder, &results)? } else { Vec::new() };
    if lost.is_empty() && (!added.is_empty() || !store.hurt().is_empty()) {
        Store::reseal(folder, &planned.plan, &added).map_err(|e| foreign(&e))?;
    }
    let did = if lost.is_empty() { "was complete already" } else { "is no longer complete" };
    let told = Told { page: told::page(&results), summary: told::summary(&results) };
    tell(&told, said, did, json, out)?;
    Ok(if lost.is_empty() { Answered::Yes } else { Answered::No })
}

/// Writes again what totals can make of what is hurt; gives the rest.
fn mend(store: &Store, planned: &Planned, folder: &Path, results: &Results) -> Result<Vec<Hurt>, Trouble> {
    if store.hurt().is_empty() {
        return Ok(Vec::new());
    }
    let mut made = files(results)?;
    made.extend(planned.copies.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
    let mut lost = Vec::new();
    for hurt in store.hurt() {
        let bytes = made.iter().find(|(name, _)| *name == hurt.name).map(|(_, bytes)| bytes);
        let mended = match bytes {
            Some(bytes) => put(folder, &hurt.name, bytes).map(|()| true).map_err(|e| foreign(&e))?,
            None if lost.iter().any(|other: &Hurt| other.name == "runs.csv") => false,
            None => Parquet::again(folder, &hurt.name, results)?,
        };
        if mended {
            complain(&format!("note: `{}` {hurt}; it is written again\n", visible(&hurt.name)));
        } else {
            lost.push(hurt.clone());
        }
    }
    Ok(lost)
}

/// Names a result that nothing can make again.
pub fn gone(folder: &str, hurt: &Hurt) {
    let error = StoreError::Lost { folder: folder.to_owned(), hurt: hurt.clone() };
    complain(&foreign(&error).to_string());
}

/// The files of a complete batch beside its totals, its log and its manifest.
fn files(results: &Results) -> Result<Vec<File>, Trouble> {
    let mut files = default_pictures(results)?;
    let mut text = |name: &str, text: String| files.push((name.to_owned(), text.into_bytes()));
    told::survival(results).into_iter().for_each(|sheet| text("survival.csv", sheet.csv()));
    text("experiments.csv", told::experiments(results).csv());
    text("distributions.csv", told::distributions(results).csv());
    text("page.txt", told::page(results));
    text("summary.json", format!("{:#}\n", told::summary(results)));
    Ok(files)
}
