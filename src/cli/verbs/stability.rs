//! `winset stability`: which settlements would hold, and which states of a conflict that others drew.

use std::io::Write as _;
use std::path::Path;

use itertools::Itertools as _;
use winset::ask::{self, Answer, Choices, whole};
use winset::batch::write_with;
use winset::figure::Theme;
use winset::import::Source;
use winset::import::conflict::{as_csv, cases};
use winset::model::Package;
use winset::report::frame::Frame;
use winset::report::pictures::{moves_of_cases, moves_of_settlements};
use winset::report::stability::{
    Asked, Settled, cases_data, cases_page, settlements_data, settlements_page, settlements_screen,
};
use winset::scenario::{Scenario, advice};
use winset::stability::{Concept, HeldOften, Settlements, levers, over_worlds};

use super::super::args::StabilityArgs;
use super::super::output::{Output, Shown, complain};
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load, pictures, shipped};

/// Packages that can be asked about at once.
const MOST_ASKED: u64 = 20;

pub fn stability(args: StabilityArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.looks.theme()?;
    match (&args.gmcr, &args.file) {
        (Some(file), _) => of_cases(&args, file, theme, out),
        (None, Some(file)) => of_scenario(&args, file, theme, out),
        (None, None) => Err(Trouble::new("a scenario is missing").hint("winset stability FILE, or --gmcr CASES")),
    }
}

fn of_cases(args: &StabilityArgs, file: &str, theme: Theme, out: &mut Output) -> Outcome {
    let source = source(file)?;
    let (found, sheet) = cases(&source).map_err(|sheet| Trouble::Findings(sheet.told()))?;
    complain(&sheet.told());
    if let Some(place) = &args.to {
        let [case] = &found[..] else {
            return Err(
                Trouble::new(format!("`--to`: the file holds {} cases", found.len())).hint("write one case at a time")
            );
        };
        if Path::new(place).exists() {
            return Err(Trouble::new(format!("the file `{}` exists", shown(place))).hint("give another name"));
        }
        if args.tail.out.as_deref() == Some(place) {
            let found = format!("`--to` and `--out` both name `{}`", shown(place));
            return Err(Trouble::new(found).hint("one is a file, the other a folder"));
        }
        let it = &case.conflict;
        let unwritable = |name: &&String| name.is_empty() || name.contains(['\n', '\r']);
        if let Some(name) = it.actors().iter().chain(it.states()).chain([&case.name]).find(unwritable) {
            let found = format!("`{}` is no name that a line of CSV can hold", shown(name));
            return Err(Trouble::new(found).hint("a name is one line, and not empty"));
        }
        let text = as_csv(case);
        let refused = |e: std::io::Error| Trouble::new(format!("`{}` could not be written: {e}", shown(place)));
        write_with(Path::new(place), |file| file.write_all(text.as_bytes())).map_err(refused)?;
    }
    let page = cases_page(&found);
    let document = Frame::bare("stability").asking("gmcr", file).around(cases_data(&found));
    args.tail
        .show(out, &Shown::text(page.clone()), &page, &document, || pictures::files(&moves_of_cases(&found, theme)))
}

/// The file of that name, standard input, or a conflict that comes with the program.
fn source(file: &str) -> Result<Source, Trouble> {
    match shipped::conflict(file).filter(|_| !Path::new(file).exists()) {
        Some(it) => Ok(Source { name: it.name.to_owned(), bytes: it.text.as_bytes().to_vec() }),
        None => load::foreign(Path::new(file)).map_err(|trouble| {
            let names = shipped::CONFLICTS.iter().map(|it| format!("`{}`", it.name)).join(", ");
            trouble.hint(format!("{names} comes with the program"))
        }),
    }
}

fn of_scenario(args: &StabilityArgs, file: &str, theme: Theme, out: &mut Output) -> Outcome {
    let top = whole("--top", &args.top, 1, MOST_ASKED)? as usize;
    let (scenario, choices) = load::judged(file, &args.wanted())?;
    let n = &scenario.negotiation;
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be asked whether it would hold: {e}", shown(file)));
    let compiled = choices.settings.drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let (drawing, runs) = (&choices.settings.drawing, choices.settings.runs);
    let laws = n.laws(drawing.accounts.reading, &drawing.accounts.variants);
    let asked = packages(args, &scenario, &choices, &compiled, top)?;
    if asked.is_empty() {
        return Err(cannot("no package would do in any world".into()));
    }
    let mut graph = Settlements::of(&compiled, &n.modal_world(&laws), &asked).map_err(|e| cannot(e.to_string()))?;
    let often = over_worlds(&graph, drawing, runs).map_err(|e| cannot(e.to_string()))?;
    let stability = graph.in_modal_world(&laws);
    let one = |(at, (package, often)): (usize, (Package, HeldOften))| {
        let state = graph.signed()[at];
        let holds = stability.is_equilibrium(Concept::Seq, state);
        let levers = if holds { Vec::new() } else { levers(&graph, &laws, state, Concept::Seq) };
        Asked { package, often, levers }
    };
    let asked = asked.into_iter().zip(often).enumerate().map(one).collect_vec();
    let settled = Settled { n, graph: graph.clone(), stability, asked, worlds: runs };
    let page = settlements_page(&settled);
    let frame =
        Frame::of("stability", &scenario.name, n, &choices).asking("top", top).asking("named", args.named.clone());
    let frame = frame.asking("package", args.package.clone());
    let screen = Shown::text(if args.full { page.clone() } else { settlements_screen(&settled) });
    let more = || pictures::files(&[moves_of_settlements(&settled, theme)]);
    args.tail.show(out, &screen, &page, &frame.around(settlements_data(&settled)), more)
}

/// The package that is named or written out, or those that would do most often.
fn packages(
    args: &StabilityArgs,
    scenario: &Scenario,
    choices: &Choices,
    compiled: &winset::Compiled,
    top: usize,
) -> Result<Vec<Package>, Trouble> {
    let n = &scenario.negotiation;
    if let Some(name) = &args.named {
        let known: Vec<&str> = n.packages.iter().map(|p| p.id.as_str()).collect();
        let found = n.named(name).ok_or_else(|| {
            Trouble::new(format!("unknown package `{}`", shown(name))).hint(advice(name, "packages", &known))
        })?;
        return Ok(vec![found.package.clone()]);
    }
    if let Some(terms) = &args.package {
        return Ok(vec![ask::package(n, terms)?]);
    }
    let found = Answer::of(compiled, scenario, choices, false, None, &|_| true)
        .map_err(|e| Trouble::new(format!("`{}` cannot be run: {e}", shown(&scenario.name))))?;
    let leading = found.map(|answer| answer.survey.leading).unwrap_or_default();
    Ok(leading.into_iter().take(top).map(|l| l.package).collect())
}
