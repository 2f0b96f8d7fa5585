//! `winset schema`: the format of scenarios as a JSON Schema.

use super::super::{Answered, Outcome, output::Output};

pub fn schema(out: &mut Output) -> Outcome {
    out.print(&format!("{:#}\n", winset::scenario::schema()))?;
    Ok(Answered::Yes)
}
