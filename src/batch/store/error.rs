//! Why a folder of results cannot be used.

use std::path::Path;

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The machine refuses.
    #[error("`{path}` could not be {doing}: {error}")]
    Io {
        /// Which file.
        path: String,
        /// What was tried: read or written.
        doing: &'static str,
        /// What the machine says.
        error: std::io::Error,
    },
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] crate::engine::ThreadsError),
    /// It holds something else.
    #[error("`{folder}` holds no results of a batch")]
    Foreign {
        /// The folder.
        folder: String,
    },
    /// It holds results of another plan, or of another version of the program.
    #[error("`{folder}` holds results of another {what}: {there}, not {here}")]
    Other {
        /// The folder.
        folder: String,
        /// What is other.
        what: &'static str,
        /// What the folder has.
        there: String,
        /// What is asked for.
        here: String,
    },
    /// Another process does the same part of it, or the whole.
    #[error("{process} is at work in `{folder}`")]
    Busy {
        /// The folder.
        folder: String,
        /// The process, by its number, and its part.
        process: String,
    },
    /// A result is gone that nothing else can make again.
    #[error("`{folder}/{}` {hurt}", hurt.name)]
    Lost {
        /// The folder.
        folder: String,
        /// The file, and what became of it.
        hurt: super::Hurt,
    },
    /// Two parts hold the same runs, and they are not the same.
    #[error("experiment {experiment} has runs {from} to {to} twice")]
    Overlap {
        /// The experiment.
        experiment: u64,
        /// The first run.
        from: u64,
        /// The last.
        to: u64,
    },
    /// It has more runs than are asked for.
    #[error("`{folder}` has {there} runs of each experiment, more than {here}")]
    Fewer {
        /// The folder.
        folder: String,
        /// Runs that it has.
        there: u64,
        /// Runs that are asked for.
        here: u64,
    },
}

/// What the machine refuses about a file.
pub(super) fn io(path: &Path, doing: &'static str, error: std::io::Error) -> StoreError {
    StoreError::Io { path: path.display().to_string(), doing, error }
}
