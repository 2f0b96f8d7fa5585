//! `winset list`: the scenarios and the plans that come with the program.

use winset::scenario::{PlanFile, Scenario};
use winset::text::words::{capital, paragraph, wrapped};

use super::super::shipped::{ALL, PLANS, Shipped, teaches};
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, output::Output};

/// What is said of a scenario with talks.
const TALKS: &str = "It has talks: `winset trace` tells one run.";

pub fn list(out: &mut Output) -> Outcome {
    for shipped in ALL {
        let scenario = Scenario::parse(shipped.name, shipped.text.as_bytes());
        let n = scenario.map_err(|findings| wrong(&findings, shipped))?.negotiation;
        let talks = if n.talks.is_some() { TALKS } else { "" };
        entry(shipped, &n.title, &format!("{} {talks}", teaches(shipped)), out)?;
    }
    out.print("Plans of many experiments, for `winset batch NAME --dry-run`:\n\n")?;
    for shipped in PLANS {
        let plan =
            PlanFile::parse(shipped.name, shipped.text.as_bytes()).map_err(|findings| wrong(&findings, shipped))?;
        entry(shipped, &plan.title, &plan.question, out)?;
    }
    out.print(&paragraph("A name stands in place of a file: `winset run labour-dispute`."))?;
    Ok(Answered::Yes)
}

fn wrong(findings: &[winset::scenario::Finding], shipped: &Shipped) -> Trouble {
    Trouble::findings(findings, shipped.name, shipped.text)
}

fn entry(shipped: &Shipped, title: &str, about: &str, out: &mut Output) -> Result<(), Trouble> {
    out.print(&wrapped(title, &format!("{:<18}", format!("{} ", shipped.name)), &" ".repeat(18), 80))?;
    if !about.trim().is_empty() {
        out.print(&wrapped(&capital(about.trim()), "    ", "    ", 80))?;
    }
    out.print("\n")
}
