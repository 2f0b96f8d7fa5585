//! `winset verdict`: one package.

use winset::analysis::look_at;
use winset::model::{Negotiation, Package};
use winset::report::verdict::{self, Account};

use super::super::args::VerdictArgs;
use super::super::choices::{self, choose};
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn verdict(args: VerdictArgs, out: &mut Output) -> Outcome {
    let mut scenario = load::load(&args.file)?;
    let settings = choose(&mut scenario, &args.worlds)?.settings;
    let n = &scenario.negotiation;
    let package = package(n, &args)?;
    let modal = n.modal_world(&n.laws(settings.accounts.reading, &settings.accounts.variants));
    let account = Account::of(n, &modal, &package, settings.defeat);
    let cannot = |e: winset::analysis::SurveyError| Trouble::new(format!("`{}` cannot be run: {e}", args.file));
    let fares = look_at(n, &settings, std::slice::from_ref(&package)).map_err(cannot)?;
    let over_worlds = fares.first().expect("one package was asked about");
    if args.json {
        out.print(&format!("{}\n", verdict::summary(n, &account, over_worlds)))?;
    } else {
        out.print(&verdict::page(n, &account, over_worlds))?;
    }
    Ok(if account.defeated.is_empty() { Answered::Yes } else { Answered::No })
}

fn package(n: &Negotiation, args: &VerdictArgs) -> Result<Package, Trouble> {
    match (&args.package, &args.named) {
        (_, Some(id)) => choices::named(n, id),
        (Some(terms), None) => choices::package(n, terms),
        (None, None) => Err(Trouble::new("no package was given").hint("add --package or --named")),
    }
}
