//! `winset plot`: the results of a batch as pictures, from the totals of their folder.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use winset::batch::{Store, StoreError, put, read_manifest};
use winset::figure::Theme;
use winset::report::batch::Results as Batch;
use winset::report::results::{Asked, Drawn, Factor, Kind, Outcome, Results, pictures};
use winset::text::words::visible;

use super::super::args::PlotArgs;
use super::super::folder;
use super::super::pictures::{notice, png};
use super::super::plans::{self, foreign};
use super::super::trouble::{Trouble, all, shown};
use super::super::{Answered, Outcome as Ended, output::Output};

pub fn plot(args: &PlotArgs, out: &mut Output) -> Ended {
    args.out.as_deref().map_or(Ok(()), folder::named)?;
    let mut wrong = Vec::new();
    let format = keep(format(&args.format), &mut wrong);
    let theme = keep(theme(&args.theme), &mut wrong);
    let kind = args.kind.as_ref().and_then(|word| keep(kind(word), &mut wrong));
    let results = keep(results(&args.folder), &mut wrong);
    let by = results.as_ref().and_then(|r| keep(by(r, &args.by), &mut wrong)).flatten();
    let word = args.outcome.as_ref();
    let outcome = results.as_ref().zip(word).and_then(|(r, word)| keep(outcome(r, word), &mut wrong));
    all(wrong)?;
    let (Some(results), Some(format), Some(theme)) = (results, format, theme) else { return Ok(Answered::Yes) };
    let drawn = pictures(&results, &Asked { kind, by, outcome, theme })
        .map_err(|cannot| Trouble::new(cannot.found).hint(cannot.hint))?;
    notice(drawn.iter().map(|one| &one.picture));
    let place = Path::new(args.out.as_ref().unwrap_or(&args.folder));
    for one in &drawn {
        for (name, bytes) in files(one, format)? {
            put(place, &name, &bytes).map_err(|e| refused(&e))?;
            let path = visible(&place.join(name).display().to_string());
            out.print(&format!("wrote {path}: {}\n", one.picture.title))?;
        }
        out.flush()?;
    }
    Ok(Answered::Yes)
}

/// The pictures that make sense of a batch, each with the table behind it: what a folder is complete with.
pub fn default_pictures(batch: &Batch) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let Some(results) = Results::of(batch) else { return Ok(Vec::new()) };
    let asked = Asked { kind: None, by: None, outcome: None, theme: Theme::Light };
    // A batch of which nothing can be drawn is complete without pictures.
    let drawn = pictures(&results, &asked).unwrap_or_default();
    notice(drawn.iter().map(|one| &one.picture));
    let mut all = Vec::new();
    for one in &drawn {
        all.extend(files(one, Format::Svg)?);
        if cfg!(feature = "png") {
            all.push((format!("{}.png", one.stem), png(&one.picture)?));
        }
    }
    Ok(all)
}

fn keep<T>(result: Result<T, Trouble>, wrong: &mut Vec<Trouble>) -> Option<T> {
    result.map_err(|trouble| wrong.push(trouble)).ok()
}

/// How a picture is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
}

fn format(word: &str) -> Result<Format, Trouble> {
    match word {
        "svg" => Ok(Format::Svg),
        "png" if cfg!(feature = "png") => Ok(Format::Png),
        "png" => {
            Err(Trouble::new("this program was built without PNG").hint("use --format svg, or build it with `png`"))
        }
        _ => Err(Trouble::unknown("value of `--format`", "values", word, &["svg", "png"])),
    }
}

fn theme(word: &str) -> Result<Theme, Trouble> {
    match word {
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        _ => Err(Trouble::unknown("value of `--theme`", "values", word, &["light", "dark"])),
    }
}

fn kind(word: &str) -> Result<Kind, Trouble> {
    let known = Kind::ALL.map(Kind::word);
    Kind::named(word).ok_or_else(|| Trouble::unknown("kind", "kinds", word, &known))
}

fn by(results: &Results, words: &[String]) -> Result<Option<Vec<Factor>>, Trouble> {
    if words.is_empty() {
        return Ok(None);
    }
    let (mut by, mut wrong) = (Vec::new(), Vec::new());
    let inputs = (0..results.inputs.len()).map(Factor::Input);
    let known: Vec<String> = Factor::LABELS.into_iter().chain(inputs).map(|f| f.word(results)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).chain(["none"]).collect();
    for word in words.iter().map(|word| word.trim()).filter(|word| !["", "none"].contains(word)) {
        match Factor::named(results, word) {
            Some(factor) if by.contains(&factor) => {}
            Some(factor) => by.push(factor),
            None => wrong.push(Trouble::unknown("value of `--by`", "values", word, &known)),
        }
    }
    all(wrong)?;
    Ok(Some(by))
}

fn outcome(results: &Results, word: &str) -> Result<Outcome, Trouble> {
    let known: Vec<String> = Outcome::all(results).into_iter().map(|o| o.word(results)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Outcome::named(results, word).ok_or_else(|| Trouble::unknown("outcome", "outcomes", word, &known))
}

/// What the totals of a folder say.
fn results(folder: &str) -> Result<Results, Trouble> {
    let path = PathBuf::from(folder);
    let wrote = "give a folder that `winset batch` wrote";
    match std::fs::metadata(&path) {
        Ok(there) if !there.is_dir() => {
            return Err(Trouble::new(format!("`{}` is no folder", shown(folder))).hint(wrote));
        }
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(Trouble::new(format!("there is no folder `{}`", shown(folder))).hint(wrote));
        }
        _ => {}
    }
    if let Err(error @ StoreError::Foreign { .. }) = read_manifest(&path) {
        return Err(foreign(&error).hint("a folder of `winset run` holds its pictures already"));
    }
    let plan = plans::of_results(&path, None)?.plan;
    let store = Store::of_totals(&path, &plan).map_err(|e| foreign(&e))?;
    if !store.gaps(plan.runs).is_empty() {
        return Err(Trouble::new(format!("`{}` holds a part of a batch, or one that was interrupted", shown(folder)))
            .hint("merge the parts with `winset merge`, or go on with `winset batch`"));
    }
    let nothing =
        || Trouble::new(format!("`{}`: no experiment was answered, so there is nothing to draw", shown(folder)));
    Results::of(&Batch { plan: &plan, kept: store.kept() }).ok_or_else(nothing)
}

fn files(drawn: &Drawn, format: Format) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let picture = match format {
        Format::Svg => (format!("{}.svg", drawn.stem), drawn.picture.svg.clone().into_bytes()),
        Format::Png => (format!("{}.png", drawn.stem), png(&drawn.picture)?),
    };
    Ok(vec![picture, (format!("{}.csv", drawn.stem), drawn.table.clone().into_bytes())])
}

fn refused(error: &StoreError) -> Trouble {
    let trouble = Trouble::new(visible(&error.to_string()));
    match error {
        StoreError::Io { error, .. }
            if [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem].contains(&error.kind()) =>
        {
            trouble.hint("choose another folder with --out")
        }
        _ => trouble,
    }
}
