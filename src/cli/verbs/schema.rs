//! `winset schema`: the format of scenarios, or of plans, as a JSON Schema.

use super::super::args::SchemaArgs;
use super::super::{Answered, Outcome, output::Output};

pub fn schema(args: &SchemaArgs, out: &mut Output) -> Outcome {
    let schema = if args.plan { winset::scenario::plan_schema() } else { winset::scenario::schema() };
    out.print(&format!("{schema:#}\n"))?;
    Ok(Answered::Yes)
}
