//! `winset list`: the scenarios that come with the program.

use winset::scenario::Scenario;
use winset::text::words::{capital, paragraph, wrapped};

use super::super::shipped::{ALL, teaches};
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, output::Output};

pub fn list(out: &mut Output) -> Outcome {
    for shipped in ALL {
        let scenario = Scenario::parse(shipped.name, shipped.text.as_bytes())
            .map_err(|findings| Trouble::findings(&findings, shipped.name, shipped.text))?;
        out.print(&wrapped(&scenario.negotiation.title, &format!("{:<18}", shipped.name), &" ".repeat(18), 80))?;
        out.print(&wrapped(&capital(&teaches(shipped)), "    ", "    ", 80))?;
        out.print("\n")?;
    }
    out.print(&paragraph("A name stands in place of a file: `winset run labour-dispute`."))?;
    Ok(Answered::Yes)
}
