//! `winset verdict`.

use super::super::args::VerdictArgs;
use super::super::trouble::Trouble;
use super::super::{Outcome, output::Output};

pub fn verdict(_args: VerdictArgs, _out: &mut Output) -> Outcome {
    Err(Trouble::new("`winset verdict` is not built yet"))
}
