//! `winset game`: what is in equilibrium in a payoff table, or in the game of a scenario.

use std::io::Write as _;
use std::path::Path;

use winset::batch::write_with;
use winset::games::{Game, as_csv, as_nfg, csv, nfg};
use winset::report::frame::Frame;
use winset::report::game::{Solved, data, page};
use winset::report::pictures::game as picture;
use winset::report::reckon::{self, Reckoned};
use winset::scenario::Scenario;

use super::super::args::GameArgs;
use super::super::output::Output;
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load, pictures};

pub fn game(args: GameArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.looks.theme()?;
    let game = match source(&args)? {
        Source::Scenario(scenario) => return super::choose::choose(&args, *scenario, theme, out),
        Source::Table(game) => game,
    };
    let to = args.to.as_deref().map(|place| Ok::<_, Trouble>((place, written(&game, place)?))).transpose()?;
    let solved = Solved::of(game);
    if let Some((place, text)) = to {
        write_with(Path::new(place), |file| file.write_all(text.as_bytes()))
            .map_err(|e| Trouble::new(format!("`{}` could not be written: {e}", shown(place))))?;
    }
    let frame = Frame::bare("game").asking("table", args.nfg.as_deref().or(args.table.as_deref()).unwrap_or_default());
    let drawn = || pictures::files(picture(&solved, theme).as_slice());
    args.tail.tell(out, &page(&solved), &frame.around(data(&solved)), drawn)
}

/// What sides that reckon work out.
pub fn reckoned(scenario: &Scenario, args: &GameArgs, out: &mut Output) -> Outcome {
    if args.to.is_some() {
        return Err(Trouble::new("a reckoning is no payoff table").hint("leave out --to"));
    }
    let reckoned = Reckoned::of(&scenario.negotiation);
    let frame = Frame { scenario: scenario.name.as_str().into(), ..Frame::bare("game") };
    args.tail.tell(out, &reckon::page(&reckoned), &frame.around(reckon::data(&reckoned)), Vec::new)
}

/// Where the game stands.
enum Source {
    Scenario(Box<Scenario>),
    Table(Game),
}

/// The file that is named: a table by its ending, from standard input by how it begins; all else is a scenario.
fn source(args: &GameArgs) -> Result<Source, Trouble> {
    let (file, is_nfg) = match (&args.nfg, &args.table) {
        (Some(file), _) => (file, true),
        (None, Some(file)) => (file, ends_with(file, "nfg")),
        (None, None) => {
            return Err(Trouble::new("no game is named").hint("name a scenario, a CSV file, or --nfg FILE"));
        }
    };
    let is_table = is_nfg || ends_with(file, "csv");
    if is_table && file != "-" && !Path::new(file).is_file() {
        let is = if Path::new(file).is_dir() { "is a directory, not a table" } else { "does not exist" };
        return Err(Trouble::new(format!("`{}` {is}", shown(file))));
    }
    if !is_table && file != "-" {
        return load::load(file).map(|scenario| Source::Scenario(Box::new(scenario)));
    }
    let (name, bytes) = load::read(file)?;
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Trouble::new(format!("`{}` is not UTF-8 text", shown(&name))))?;
    if !is_table && is_scenario(text) {
        return load::parsed(&name, &bytes).map(|scenario| Source::Scenario(Box::new(scenario)));
    }
    let read = if is_nfg { nfg(text) } else { csv(&bytes) };
    read.map(Source::Table).map_err(|found| Trouble::findings(&[found], &name, text))
}

/// Whether a text begins as a scenario does: with a heading, or with a key.
fn is_scenario(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.starts_with('[') || line.contains('='))
}

/// The table as the place wants it: `.nfg` or `.csv`.
fn written(game: &Game, place: &str) -> Result<String, Trouble> {
    if Path::new(place).exists() {
        return Err(Trouble::new(format!("the file `{}` exists", shown(place))).hint("give another name"));
    }
    match (ends_with(place, "nfg"), ends_with(place, "csv")) {
        (true, _) => Ok(as_nfg(game)),
        (_, true) => as_csv(game).ok_or_else(|| Trouble::new("a CSV table has two players").hint("write .nfg")),
        _ => Err(Trouble::new(format!("`{}` is no .nfg and no .csv", shown(place)))),
    }
}

fn ends_with(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}
