//! `winset solve`.

use super::super::args::SolveArgs;
use super::super::trouble::Trouble;
use super::super::{Outcome, output::Output};

pub fn solve(_args: SolveArgs, _out: &mut Output) -> Outcome {
    Err(Trouble::new("`winset solve` is not built yet"))
}
