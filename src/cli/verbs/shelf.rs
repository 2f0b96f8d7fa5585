//! What comes with the program, and what helps to write a scenario: `list`, `new`, `schema`, `completions`.

use std::io::{ErrorKind, Write};

use winset::report::tables;
use winset::scenario::{self, Finding, PlanFile, Scenario, advice, plan_schema};
use winset::text::words::{capital, paragraph, wrapped};

use super::super::args::{self, SchemaArgs};
use super::super::shipped::{ALL, PLANS, SCHEMAS, Shipped, teaches};
use super::super::trouble::{Trouble, shown};
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

fn wrong(findings: &[Finding], shipped: &Shipped) -> Trouble {
    Trouble::findings(findings, shipped.name, shipped.text)
}

fn entry(shipped: &Shipped, title: &str, about: &str, out: &mut Output) -> Result<(), Trouble> {
    out.print(&wrapped(title, &format!("{:<20}", format!("{} ", shipped.name)), &" ".repeat(20), 80))?;
    if !about.trim().is_empty() {
        out.print(&wrapped(&capital(about.trim()), "    ", "    ", 80))?;
    }
    out.print("\n")
}

const STARTER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/starter.toml"));

pub fn new(name: &str, out: &mut Output) -> Outcome {
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    if stem.is_empty() || stem.ends_with(['/', '.']) {
        return Err(Trouble::new(format!("`{}` is no name for a scenario", shown(name)))
            .hint("give a word, as in `winset new strike`"));
    }
    let file = format!("{stem}.toml");
    let mut created = std::fs::File::create_new(&file).map_err(|e| refused(&file, &e))?;
    created.write_all(STARTER.as_bytes()).map_err(|e| refused(&file, &e))?;
    let shell = winset::report::run::shell(&file);
    out.print(&format!("wrote {}\nnext: winset check {shell}\n      winset run {shell}\n", shown(&file)))?;
    Ok(Answered::Yes)
}

fn refused(file: &str, error: &std::io::Error) -> Trouble {
    let file = shown(file);
    match error.kind() {
        ErrorKind::AlreadyExists => {
            Trouble::new(format!("the file `{file}` exists")).hint("give another name; nothing is overwritten")
        }
        ErrorKind::NotFound => {
            Trouble::new(format!("the folder of `{file}` does not exist")).hint("make the folder first")
        }
        _ => Trouble::new(format!("`{file}` could not be written: {error}")),
    }
}

pub fn schema(args: &SchemaArgs, out: &mut Output) -> Outcome {
    let schema = match &args.of {
        Some(verb) => return printed(of_verb(verb)?, out),
        None if args.tables => tables::data(),
        None if args.plan => plan_schema(),
        None => scenario::schema(),
    };
    printed(&format!("{schema:#}\n"), out)
}

fn printed(text: &str, out: &mut Output) -> Outcome {
    out.print(text)?;
    Ok(Answered::Yes)
}

/// The schema of what a verb prints as JSON.
fn of_verb(verb: &str) -> Result<&'static str, Trouble> {
    let known: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    let found = SCHEMAS.iter().find(|schema| schema.name == verb);
    found.map(|schema| schema.text).ok_or_else(|| {
        Trouble::new(format!("`{}` is no verb that prints JSON", shown(verb))).hint(advice(
            verb,
            "verbs that do",
            &known,
        ))
    })
}

pub fn completions(shell: &str, out: &mut Output) -> Outcome {
    out.as_it_is(&args::completions(shell)?)?;
    Ok(Answered::Yes)
}
