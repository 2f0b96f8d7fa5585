//! `winset sensitivity`: what the answer hangs on.

use winset::analysis::sensitivity::{Factor, Grouping, Outcome as Asks, Own, StudySettings, evaluations, study};
use winset::ask::{Choices, whole, word};
use winset::engine::Draws;
use winset::figure::Theme;
use winset::report::frame::Frame;
use winset::report::pictures::sensitivity_pictures;
use winset::report::sensitivity::{self, Asked};
use winset::scenario::Scenario;

use super::super::args::SensitivityArgs;
use super::super::folder::File;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load, output::Output, pictures};

/// Fewest points: an interval of an index needs some batches of them.
const FEWEST_POINTS: u64 = 16;

/// Points at most: every evaluation is kept until the end.
const MOST_POINTS: u64 = 1_000_000;

/// Walks at most, each of one evaluation more than there are inputs.
const MOST_WALKS: u64 = 100_000;

/// Inputs with an index of their own at most.
const MOST_STRONGEST: u64 = 256;

pub fn sensitivity(args: SensitivityArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.theme.theme()?;
    let mut scenario = load::load(&args.file)?;
    let (settings, choices) = settings(&mut scenario, &args)?;
    let n = &scenario.negotiation;
    let progress = Progress::of(evaluations(n, &settings));
    let study = study(n, &settings, |made| progress.done(made))
        .map_err(|e| Trouble::new(format!("the sensitivity of `{}` cannot be told: {e}", args.file)))?;
    drop(progress);
    let asked = Asked { n, settings: &settings, choices: &choices, study: &study };
    let frame = Frame::of("sensitivity", &scenario.name, n, &choices).asking("of", args.of.as_str());
    let frame = frame.asking("points", settings.points).asking("walks", settings.walks);
    let document = frame.around(sensitivity::summary(&asked));
    args.tail.tell(out, &sensitivity::page(&asked), &document, || Ok(files(&asked, theme)))?;
    Ok(Answered::Yes)
}

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn settings(scenario: &mut Scenario, args: &SensitivityArgs) -> Result<(StudySettings, Choices), Trouble> {
    let mut wrong = Vec::new();
    let mut number = |flag, text: &str, least, most| {
        whole(flag, text, least, most).unwrap_or_else(|finding| {
            wrong.push(finding.into());
            least
        })
    };
    let points = number("--points", &args.points, FEWEST_POINTS, MOST_POINTS);
    let walks = number("--walks", &args.walks, 1, MOST_WALKS);
    let strongest = number("--strongest", &args.strongest, 1, MOST_STRONGEST) as usize;
    let outcome =
        word("value of `--of`", "values", &args.of, &Asks::ALL).map_err(|t| wrong.push(t.into())).unwrap_or_default();
    let groups = args.groups.as_ref().map(|by| word("value of `--groups`", "values", by, &Grouping::ALL));
    let groups = groups.transpose().map_err(|t| wrong.push(t.into())).ok().flatten();
    let chosen = args.from.wanted("1", &[]).judge(scenario).map_err(|t| wrong.push(t.into())).ok();
    let inputs = match &chosen {
        Some(choices) => inputs(scenario, choices, &args.inputs).map_err(|t| wrong.push(t)).unwrap_or_default(),
        None => Vec::new(),
    };
    all(wrong)?;
    let choices = chosen.expect("what was wrong has been said");
    let own = match groups {
        Some(by) => Own::Groups(by),
        None if inputs.is_empty() => Own::Strongest(strongest),
        None => Own::Inputs(inputs),
    };
    Ok((StudySettings { outcome, points, walks, own, drawing: choices.settings.drawing.clone() }, choices))
}

/// The uncertain inputs at these paths, each once.
fn inputs(scenario: &Scenario, choices: &Choices, paths: &[String]) -> Result<Vec<String>, Trouble> {
    let n = &scenario.negotiation;
    let draws = Draws::new(n, choices.settings.drawing.accounts.clone(), 0);
    let factors = Factor::all(n, &draws);
    let known: Vec<&str> = factors.iter().map(|f| f.path.as_str()).collect();
    let (mut chosen, mut wrong) = (Vec::<String>::new(), Vec::new());
    for path in paths.iter().map(|path| path.trim()).filter(|path| !path.is_empty()) {
        if chosen.iter().any(|c| c == path) {
            continue;
        }
        if known.contains(&path) {
            chosen.push(path.to_owned());
        } else if n.inputs.find(path).is_some() {
            let found = format!("`{path}` is not uncertain: it has the same value in every world, or follows another");
            wrong.push(Trouble::new(found).hint("give it a range, as in --set PATH=[1, 2, 3]"));
        } else {
            wrong.push(Trouble::unknown("uncertain input", "uncertain inputs", path, &known));
        }
    }
    all(wrong).map(|()| chosen)
}

fn files(asked: &Asked, theme: Theme) -> Vec<File> {
    let mut files =
        vec![file("indices.csv", sensitivity::indices(asked)), file("screening.csv", sensitivity::screening(asked))];
    pictures::add(&mut files, &sensitivity_pictures(asked, theme));
    files
}
