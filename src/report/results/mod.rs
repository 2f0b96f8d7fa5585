//! A folder of results of a batch, read back: typed tables, counts pooled by what the reader asks for, and pictures
//! with the table behind each.
//!
//! | module | what it holds |
//! |---|---|
//! | `manifest` | what the folder says of itself |
//! | `experiment` | one experiment: its labels, its inputs, its counts |
//! | `spread` | how margins and rounds are spread over its runs |
//! | `lasting` | how long its deals last |
//! | `fault` | what is wrong with a folder |
//! | `factor` | by what experiments are told apart, and their groups |
//! | `outcome` | shares and means of a group of experiments |
//! | `design` | which inputs vary, in which design, and the base case |
//! | `pictures` | every kind of picture of a folder |
//!
//! Nothing here opens a file: [`read`] takes texts, [`pictures()`] gives pictures and tables as values.

mod design;
mod experiment;
mod factor;
mod fault;
mod lasting;
mod manifest;
mod outcome;
#[cfg(feature = "figures")]
mod pictures;
mod spread;

pub use experiment::{Experiment, Status};
pub use factor::{Factor, Group};
pub use fault::Fault;
pub use lasting::Lasting;
pub use manifest::Manifest;
pub use outcome::{Estimate, Outcome};
#[cfg(feature = "figures")]
pub use pictures::{Asked, Cannot, Drawn, Kind, is_picture, pictures};
pub use spread::Spread;

/// The texts of a folder; `None` for a file that is not there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Texts<'a> {
    /// `manifest.json`.
    pub manifest: Option<&'a str>,
    /// `experiments.csv`.
    pub experiments: Option<&'a str>,
    /// `distributions.csv`; without it there are no pictures of margins and rounds.
    pub distributions: Option<&'a str>,
    /// `survival.csv`; without it there is no picture of how long deals last.
    pub survival: Option<&'a str>,
}

/// What a folder of results holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The experiments that were answered, in the order of the file.
    pub experiments: Vec<Experiment>,
    /// Experiments that failed or gave a number that is none.
    pub failed: usize,
    /// The paths of the inputs that the design sets.
    pub inputs: Vec<String>,
    /// The parties whose gains are told.
    pub parties: Vec<String>,
    /// Whether talks were played.
    pub talks: bool,
    /// Whether `distributions.csv` was there.
    pub spread: bool,
}

/// Reads the files of a folder.
///
/// # Errors
/// Every [`Fault`] found, at most twenty of them, in the order of the files and of their lines.
pub fn read(texts: &Texts) -> Result<Results, Vec<Fault>> {
    let manifest = manifest::read(texts.manifest).map_err(|fault| vec![fault])?;
    let Some(experiments) = texts.experiments else { return Err(vec![Fault::missing(experiment::FILE)]) };
    let mut results = experiment::read(manifest, experiments)?;
    if let Some(text) = texts.distributions {
        spread::read(text, &mut results)?;
        results.spread = true;
    }
    if let Some(text) = texts.survival {
        lasting::read(text, &mut results)?;
    }
    results.experiments.retain(|e| e.status == Status::Ok);
    if results.experiments.is_empty() {
        return Err(vec![Fault::of(experiment::FILE, "no experiment was answered, so there is nothing to draw")]);
    }
    Ok(results)
}
