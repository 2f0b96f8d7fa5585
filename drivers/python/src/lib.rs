//! winset from Python: the library behind a few handles. Words in, JSON and arrays out; Python classes around them stand in
//! `python/winset/`.

use pyo3::prelude::*;

mod answer;
mod findings;
mod scenario;
mod seats;
mod tables;
mod verbs;
mod work;

/// A call takes and gives back megabytes on a thread of its own: glibc returns them to the system each time, which costs more
/// than a short call.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
mod _winset {
    #[pymodule_export]
    use super::answer::Answer;
    #[pymodule_export]
    use super::scenario::Scenario;
    #[pymodule_export]
    use super::seats::Table;
    #[pymodule_export]
    use super::tables::Arrow;
    #[pymodule_export]
    use super::verbs::table_game;
}
