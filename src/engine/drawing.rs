//! From what worlds are drawn and what is played in them: the core of every setting of an analysis.

use super::talks::{Mechanism, NoTalks};
use super::{Accounts, Draws, ThreadsError};
use crate::model::{Defeat, Negotiation};
use crate::space::Compiled;

/// From what worlds are drawn, and what is played in them. The same drawing gives run k the same world and the same luck,
/// whatever is asked of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Readings and variants.
    pub accounts: Accounts,
    /// Seed of all draws, those of the worlds and those of the talks, so that a run has one seed.
    pub seed: u64,
    /// Which defeats count.
    pub defeat: Defeat,
    /// What of the talks is switched off.
    pub without: Vec<Mechanism>,
    /// Threads; `None`: as many as the machine has. No result depends on it.
    pub threads: Option<usize>,
}

impl Drawing {
    /// All readings by prior, variants as the file switches them, under a seed; defeats in the eyes of audiences count,
    /// and nothing is switched off.
    pub fn of(n: &Negotiation, seed: u64) -> Self {
        Self { accounts: Accounts::of(n), seed, ..Self::default() }
    }

    /// The worlds of a negotiation.
    pub fn draws<'a>(&self, n: &'a Negotiation) -> Draws<'a> {
        Draws::new(n, self.accounts.clone(), self.seed)
    }

    /// The worlds of a compiled negotiation, with the tables of quantiles that are kept with it.
    pub fn draws_of<'a>(&self, compiled: &Compiled<'a>) -> Draws<'a> {
        let mut tables = compiled.kept().tables();
        let draws = Draws::sharing(compiled.n, self.accounts.clone(), self.seed, &[], &mut tables);
        compiled.kept().keep(tables);
        draws
    }

    /// The deal space of a negotiation, with the variants of this drawing.
    ///
    /// # Errors
    /// [`CannotRun::Space`].
    pub fn compile<'a>(&self, n: &'a Negotiation) -> Result<Compiled<'a>, CannotRun> {
        Ok(Compiled::of(n, &self.accounts.variants)?)
    }
}

/// Why nothing can be asked of many worlds or runs.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CannotRun {
    /// Talks are asked about, and the scenario has none.
    #[error(transparent)]
    NoTalks(#[from] NoTalks),
    /// The deal space could not be compiled.
    #[error(transparent)]
    Space(#[from] crate::space::TooLarge),
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] ThreadsError),
    /// Counting every package in every reading would take too much memory.
    #[error("counting {packages} packages in {readings} readings needs {gigabytes:.1} GB, more than {most:.1} GB")]
    TooMuchMemory {
        /// Packages.
        packages: usize,
        /// Readings.
        readings: usize,
        /// Memory that they would need.
        gigabytes: f64,
        /// The limit.
        most: f64,
    },
    /// Keeping what every run of every cell of a game pays would take too much memory.
    #[error(
        "keeping what {runs} runs of {cells} cells pay needs {gigabytes:.1} GB, more than {most:.1} GB: ask for fewer runs"
    )]
    TooManyRuns {
        /// Runs of each cell.
        runs: u64,
        /// Cells.
        cells: usize,
        /// Memory that they would need.
        gigabytes: f64,
        /// The limit.
        most: f64,
    },
    /// One of several things that are run cannot be.
    #[error("{what}: {why}")]
    Part {
        /// Which, as messages name it.
        what: String,
        /// Why.
        why: Box<Self>,
    },
    /// Two variants that set the same number would both be on.
    #[error("variants `{first}` and `{second}` are both on and set the same number")]
    Clash {
        /// One variant.
        first: String,
        /// The other.
        second: String,
    },
    /// Whoever asked has stopped it.
    #[error("it was stopped")]
    Halted,
    /// Nothing is uncertain, so nothing can be asked of what is.
    #[error("nothing in it is uncertain")]
    Certain,
    /// The scenario has no record.
    #[error("the scenario has no record: add [[record]] entries")]
    NoRecord,
    /// Lines move while the parties talk: they can be integrated out only where none are played.
    #[error("lines at home move while the parties talk, so they cannot be integrated out of what talks come to")]
    LinesMove,
    /// The pilot of importance sampling never met its target.
    #[error(
        "not once in {worlds} runs of the pilot: the share is at most {bound:.2e} (95 %), and nothing can be fitted"
    )]
    NeverMet {
        /// Runs of the pilot.
        worlds: u64,
        /// The rule of three: 3 / runs.
        bound: f64,
    },
}

impl CannotRun {
    /// The same, with what it was said of.
    pub fn of(self, what: impl Into<String>) -> Self {
        Self::Part { what: what.into(), why: Box::new(self) }
    }
}
