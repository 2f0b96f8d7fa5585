//! `winset page`: one HTML file that plays, drafts and explores a scenario.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use winset::analysis::Settings;
use winset::ask::{self, Answer, Wanted, none_kept};
use winset::batch::{read_within, write_with};
use winset::door::SOURCES;
use winset::engine::CannotRun;
use winset::figure::Theme;
use winset::page::{Page, Scene};
use winset::report::pictures::of_answer;
use winset::report::run::shell;

use super::super::args::{PageArgs, PlaceArgs, ReportArgs};
use super::super::load;
use super::super::output::Output;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome};

/// Bytes of an engine at most.
const MOST: u64 = 16 << 20;

/// Worlds of the answer that stands on the page before its script runs.
pub(super) const WORLDS: &str = "2000";

pub fn page(args: PageArgs, out: &mut Output) -> Outcome {
    let place = free(&args.place, &args.file, "")?;
    let engine = engine(args.engine.as_deref())?;
    let wanted = Wanted { runs: WORLDS.into(), ..Wanted::default() };
    let (scenario, choices) = load::judged(&args.file, &wanted)?;
    let n = &scenario.negotiation;
    let parties: Vec<(&str, _)> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    let side = args.side.as_deref().map(|id| ask::word("party", "parties", id, &parties)).transpose()?;
    let settings: &Settings = &choices.settings;
    let cannot = |e: CannotRun| Trouble::new(format!("`{}` cannot be run: {e}", shown(&args.file)));
    let space = settings.drawing.compile(n).map_err(cannot)?;
    let answer = Answer::of(&space, &scenario, &choices, true, None, &|_| true).map_err(cannot)?;
    let answer = answer.ok_or_else(|| Trouble::from(none_kept(settings.runs)))?;
    let command = format!("winset page {}", shell(&args.file));
    let side = side.map(|i| n.actor(i).id.as_str());
    let first = Scene { answer: &answer, space: &space };
    let html = Page { first, others: &[], lesson: None, engine: &engine, side, command: &command }.html();
    wrote(&place, &html, "open it in a browser; it needs no server and fetches nothing", out)
}

/// Where something is written: as it is said, or under the name of the scenario in the folder where one is.
pub(super) fn free(said: &PlaceArgs, file: &str, mark: &str) -> Result<String, Trouble> {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.filter(|stem| stem != "-").unwrap_or_else(|| "winset".into());
    let place = said.output.clone().unwrap_or_else(|| format!("{stem}{mark}.html"));
    if Path::new(&place).exists() && !said.force {
        return Err(Trouble::new(format!("the file `{}` exists", shown(&place)))
            .hint("give another name with -o, or --force to replace it"));
    }
    Ok(place)
}

/// Writes a file whole, and says so.
pub(super) fn wrote(place: &str, html: &str, what: &str, out: &mut Output) -> Outcome {
    write_with(Path::new(place), |file| file.write_all(html.as_bytes()))
        .map_err(|e| Trouble::new(format!("`{}` could not be written: {e}", shown(place))))?;
    out.print(&format!("wrote {place}: {what}\n"))?;
    Ok(Answered::Yes)
}

pub fn report(args: ReportArgs, out: &mut Output) -> Outcome {
    let place = free(&args.place, &args.file, "-report")?;
    if Path::new(&args.file).is_dir() {
        return of_folder(&args.file, &place, out);
    }
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&[]))?;
    let settings: &Settings = &choices.settings;
    let cannot = |e: CannotRun| Trouble::new(format!("`{}` cannot be run: {e}", shown(&args.file)));
    let space = settings.drawing.compile(&scenario.negotiation).map_err(cannot)?;
    let answer = Answer::of(&space, &scenario, &choices, true, None, &|_| true).map_err(cannot)?;
    let answer = answer.ok_or_else(|| load::none_kept(settings.runs, &args.file))?;
    let html = winset::page::report(&answer, &space, &of_answer(&space, &answer, Theme::Light));
    wrote(&place, &html, "print it, or send it; it needs nothing else", out)
}

/// The report of a folder of results: what any verb with `--out` has written.
fn of_folder(folder: &str, place: &str, out: &mut Output) -> Outcome {
    let path = Path::new(folder);
    let page = load::kept(&path.join("page.txt"), MOST).map_err(|_| {
        Trouble::new(format!("`{}` holds no results", shown(folder)))
            .hint("name a scenario, or a folder that a verb has written with --out")
    })?;
    let entries =
        std::fs::read_dir(path).map_err(|e| Trouble::new(format!("`{}` could not be read: {e}", shown(folder))))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| Path::new(name).extension().is_some_and(|e| e == "svg")).collect();
    names.sort();
    let picture = |name: &String| Ok((name.clone(), load::kept(&path.join(name), MOST)?));
    let pictures: Vec<(String, Vec<u8>)> = names.iter().map(picture).collect::<Result<_, Trouble>>()?;
    let command = format!("winset report {}", shell(folder));
    let html = winset::page::of_folder(&String::from_utf8_lossy(&page), &pictures, &command);
    wrote(place, &html, "print it, or send it; it needs nothing else", out)
}

/// The engine that was built into this program; empty where none was.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine.wasm"));

/// The engine: the file that is named, the one in this program, or the one that was built beside it.
pub(super) fn engine(named: Option<&str>) -> Result<Vec<u8>, Trouble> {
    let path = match (named, winset_engine()) {
        (Some(path), _) => PathBuf::from(path),
        (None, _) if !BUILT_IN.is_empty() => return Ok(BUILT_IN.to_vec()),
        (None, Some(path)) => path,
        (None, None) => {
            return Err(Trouble::new("the engine of the page was not built yet")
                .hint("rustup target add wasm32-unknown-unknown")
                .hint(format!("{BUILD}; then the page can be made")));
        }
    };
    let shown = shown(&path.to_string_lossy());
    let bytes =
        read_within(&path, MOST).map_err(|e| Trouble::new(format!("the engine `{shown}` could not be read: {e}")))?;
    if !bytes.starts_with(b"\0asm") {
        return Err(Trouble::new(format!("the engine `{shown}` is no WebAssembly module")));
    }
    if !bytes.windows(SOURCES.len()).any(|at| at == SOURCES.as_bytes()) {
        let found = format!("the engine `{shown}` was built from other sources than this program");
        return Err(Trouble::new(found).hint(format!("{BUILD}, in the folder of these sources, builds it again")));
    }
    Ok(bytes)
}

/// How the engine is built from a checkout.
const BUILD: &str = "cargo engine";

/// The engine beside this program: in its folder, or where a checkout builds it.
fn winset_engine() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let folder = program.parent()?;
    let beside = folder.join("winset-engine.wasm");
    let built = folder.parent()?.join("wasm32-unknown-unknown/browser/examples/engine.wasm");
    [beside, built].into_iter().find(|path| path.is_file())
}
