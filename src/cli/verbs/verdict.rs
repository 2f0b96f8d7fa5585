//! `winset verdict`: one package.

use winset::ask;
use winset::model::{ActorId, Negotiation, Package};
use winset::report::frame::Frame;
use winset::report::verdict::{self, Case};

use super::super::{Answered, Outcome, args::VerdictArgs, load, load::none_kept, output::Output, trouble::Trouble};

pub fn verdict(args: VerdictArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&[]))?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let package = package(n, &args)?;
    let side = args.side.as_deref().map(|id| side(n, id)).transpose()?;
    let cannot = |e: winset::engine::CannotRun| Trouble::new(format!("`{}` cannot be run: {e}", args.file));
    let case = Case::of(n, settings, None, &package).map_err(cannot)?;
    let case = case.ok_or_else(|| none_kept(settings.runs, &args.file))?;
    let judged = case.judged(n, settings, side);
    let frame = Frame::of("verdict", &scenario.name, n, &choices).asking("package", args.package.clone());
    let document =
        frame.asking("named", args.named.clone()).asking("side", args.side.clone()).around(verdict::summary(&judged));
    args.tail.tell(out, &verdict::page(&judged), &document, Vec::new)?;
    Ok(if judged.account.defeated(n, settings.drawing.defeat).is_empty() { Answered::Yes } else { Answered::No })
}

/// The party whose points are shown.
fn side(n: &Negotiation, id: &str) -> Result<ActorId, Trouble> {
    let parties: Vec<(&str, ActorId)> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    Ok(ask::word("party", "parties", id, &parties)?)
}

fn package(n: &Negotiation, args: &VerdictArgs) -> Result<Package, Trouble> {
    match (&args.package, &args.named) {
        (_, Some(id)) => Ok(ask::named(n, id)?),
        (Some(terms), None) => Ok(ask::package(n, terms)?),
        (None, None) => {
            let ids: Vec<&str> = n.packages.iter().map(|p| p.id.as_str()).collect();
            let by_name = if ids.is_empty() {
                "the scenario names none, so --named cannot be used".to_owned()
            } else {
                format!("or --named NAME; the names are {}", ids.join(", "))
            };
            let terms =
                "give its terms, --package issue=option,… (what is not named stays as now; `now` changes nothing)";
            Err(Trouble::new("no package was given: neither `--package` nor `--named`").hint(terms).hint(by_name))
        }
    }
}
