//! `winset explain`: one thing of a scenario.

use super::super::args::ExplainArgs;
use super::super::trouble::Trouble;
use super::super::{Outcome, output::Output};

pub fn explain(_args: ExplainArgs, _out: &mut Output) -> Outcome {
    Err(Trouble::new("not yet"))
}
