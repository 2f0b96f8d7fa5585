//! `winset import` and `winset export`: domains of other tools.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use winset::ask::whole;
use winset::batch::write_with;
use winset::import::export::{Tool, export as exported};
use winset::import::{Domain, Imported, Sheet, Source, import as imported, write};
use winset::report::run::shell;

use super::super::args::{ExportArgs, ImportArgs};
use super::super::output::{Output, complain};
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, folder, load};

/// Steps of a real issue at most: one less than an issue has options.
const MOST_STEPS: u64 = 1_999;

pub fn import(args: ImportArgs, out: &mut Output) -> Outcome {
    let steps = args.steps.as_deref().map(|text| whole("--steps", text, 1, MOST_STEPS)).transpose()?;
    let files = listed(&args.files)?;
    let sources: Vec<Source> = files.iter().map(|file| load::foreign(file)).collect::<Result<_, _>>()?;
    let read = imported(&sources, steps.map(|n| n as u32)).map_err(|sheets| refused(&sheets))?;
    let warned: Vec<String> = read.sheets.iter().map(Sheet::told).filter(|told| !told.is_empty()).collect();
    match (&read.domains[..], &args.output) {
        ([domain], None) => {
            let text = scenario(&read, domain);
            complain(&warned.join("\n"));
            out.as_it_is(&text)?;
        }
        ([domain], Some(place)) => {
            if Path::new(place).exists() && !args.force {
                return Err(Trouble::new(format!("the file `{}` exists", shown(place)))
                    .hint("give another name with -o, or --force to replace it"));
            }
            let text = scenario(&read, domain);
            complain(&warned.join("\n"));
            write_with(Path::new(place), |file| file.write_all(text.as_bytes())).map_err(|e| unwritten(place, &e))?;
            let name = shell(place);
            out.print(&format!("wrote {}\nnext: winset check {name}\n      winset solve {name}\n", shown(place)))?;
        }
        (several, None) => {
            let found = format!("the file holds {} domains, one a line", several.len());
            return Err(Trouble::new(found).hint("-o DIR writes a scenario for each"));
        }
        (several, Some(place)) => {
            let texts = several.iter().enumerate();
            let digits = several.len().to_string().len();
            let files: Vec<folder::File> = texts
                .map(|(k, domain)| file(&format!("pool-{:0digits$}.toml", k + 1), scenario(&read, domain)))
                .collect();
            // Thousands of small files, each of which can be made again: the machine may take its time to keep them.
            folder::built(place, false, |beside| {
                let mut all = files.iter();
                all.try_for_each(|(name, text)| std::fs::write(beside.join(name), text))
                    .map_err(|e| unwritten(place, &e))
            })?;
            out.print(&format!("wrote {} scenarios into {}\n", files.len(), shown(place)))?;
        }
    }
    Ok(Answered::Yes)
}

fn scenario(read: &Imported, domain: &Domain) -> String {
    let written = write(domain, &read.names(), &read.repairs());
    written.lost.iter().for_each(|lost| complain(&format!("warning: {lost}\n")));
    written.text
}

fn refused(sheets: &[Sheet]) -> Trouble {
    Trouble::Findings(sheets.iter().map(Sheet::told).collect::<Vec<_>>().join("\n"))
}

fn unwritten(place: &str, e: &std::io::Error) -> Trouble {
    Trouble::new(format!("`{}` could not be written: {e}", shown(place)))
}

/// The files that are named, or those of a folder, the domain first.
fn listed(files: &[String]) -> Result<Vec<PathBuf>, Trouble> {
    let [folder] = files else { return Ok(files.iter().map(PathBuf::from).collect()) };
    if !Path::new(folder).is_dir() {
        return Ok(vec![PathBuf::from(folder)]);
    }
    let entries =
        std::fs::read_dir(folder).map_err(|e| Trouble::new(format!("`{}` could not be read: {e}", shown(folder))))?;
    let mut all: Vec<PathBuf> =
        entries.take(10_000).filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_file()).collect();
    all.sort();
    let of = |ends: &[&str]| -> Vec<PathBuf> {
        let fits = |p: &&PathBuf| {
            p.extension().and_then(|e| e.to_str()).is_some_and(|e| ends.contains(&e.to_ascii_lowercase().as_str()))
        };
        all.iter().filter(fits).cloned().collect()
    };
    let found = [of(&["yml", "yaml"]), of(&["csv"])].into_iter().filter(|found| !found.is_empty()).collect::<Vec<_>>();
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => Err(Trouble::new(format!("the folder `{}` holds no YAML and no CSV", shown(folder)))
            .hint("of GENIUS and GeniusWeb name the files: winset import DOMAIN PROFILE…")),
        _ => Err(Trouble::new(format!("the folder `{}` holds both YAML and CSV", shown(folder)))
            .hint("name the files of one domain")),
    }
}

pub fn export(args: ExportArgs, out: &mut Output) -> Outcome {
    let known = Tool::WORDS.map(|(word, _)| word);
    let tool = Tool::WORDS.iter().find(|(word, _)| *word == args.to).map(|(_, tool)| *tool);
    let tool = tool.ok_or_else(|| Trouble::unknown("tool", "tools", &args.to, &known))?;
    folder::fresh(&args.out)?;
    let scenario = load::load(&args.file)?;
    let written = exported(&scenario.negotiation, tool)?;
    let names: Vec<String> = written.files.iter().map(|(name, _)| name.clone()).collect();
    let files: Vec<folder::File> = written.files.into_iter().map(|(name, text)| file(&name, text)).collect();
    folder::write(&args.out, false, &files)?;
    written.notes.iter().for_each(|note| complain(&format!("note: {note}\n")));
    let list: String = names.iter().map(|name| format!("  {name}\n")).collect();
    out.print(&format!("wrote {}:\n{list}", shown(&args.out)))?;
    Ok(Answered::Yes)
}
