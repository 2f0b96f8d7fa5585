//! `winset completions`: a script for a shell.

use super::super::args::{self, CompletionsArgs};
use super::super::{Answered, Outcome, output::Output};

pub fn completions(args: &CompletionsArgs, out: &mut Output) -> Outcome {
    out.as_it_is(&args::completions(&args.shell)?)?;
    Ok(Answered::Yes)
}
