//! `winset plot`: the results of a batch as pictures, from the totals of their folder.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;
use winset::ask::word as word_of;
use winset::batch::{Store, StoreError, put, read_manifest, read_within, sealed_otherwise};
use winset::figure::Theme;
use winset::report::batch::Results as Batch;
use winset::report::results::{Drawn, Facet, PictureKind, PlotChoices, PlotMeasure, Results, pictures};
use winset::text::words::visible;

use super::super::args::PlotArgs;
use super::super::folder::{self, File};
use super::super::pictures::{DATA, notice, png};
use super::super::plans::{self, untold};
use super::super::tail::file;
use super::super::trouble::{Trouble, all as together, shown};
use super::super::{Answered, Outcome, output::Output};

pub fn plot(args: &PlotArgs, out: &mut Output) -> Outcome {
    args.out.as_deref().map_or(Ok(()), folder::named)?;
    let mut wrong = Vec::new();
    let format = keep(format(&args.format), &mut wrong);
    let theme = keep(args.looks.theme(), &mut wrong);
    let kind = |word: &String| Ok(word_of("kind", "kinds", word, &PictureKind::WORDS)?);
    let kind = args.kind.as_ref().and_then(|word| keep(kind(word), &mut wrong));
    let results = keep(results(&args.folder), &mut wrong);
    let by = results.as_ref().and_then(|r| keep(by(r, &args.by), &mut wrong)).flatten();
    let word = args.outcome.as_ref();
    let outcome = results.as_ref().zip(word).and_then(|(r, word)| keep(outcome(r, word), &mut wrong));
    together(wrong)?;
    let (Some(results), Some(format), Some(theme)) = (results, format, theme) else { return Ok(Answered::Yes) };
    let drawn = pictures(&results, &PlotChoices { kind, by, outcome, theme })?;
    notice(drawn.iter().map(|one| &one.picture));
    let place = place(args, theme);
    let mut all = Vec::new();
    for one in &drawn {
        all.extend(files(one, format)?.map(|file| (file, one.picture.title.as_str())));
    }
    if let Some(name) = sealed_otherwise(&place, all.iter().map(|(file, _)| file)) {
        let path = shown(&place.join(name).to_string_lossy());
        return Err(Trouble::new(format!("`{path}` belongs to a complete folder, and would be another picture"))
            .hint("choose another folder with --out"));
    }
    all.push((data(&place, &drawn), "the data of pictures"));
    for ((name, bytes), title) in all {
        put(&place, &name, &bytes).map_err(refused)?;
        out.print(&format!("wrote {}: {title}\n", visible(&place.join(name).display().to_string())))?;
        out.flush()?;
    }
    Ok(Answered::Yes)
}

/// Where pictures go: into the folder itself, dark ones into a folder in it.
fn place(args: &PlotArgs, theme: Theme) -> PathBuf {
    match (&args.out, theme) {
        (Some(out), _) => PathBuf::from(out),
        (None, Theme::Light) => PathBuf::from(&args.folder),
        (None, Theme::Dark) => Path::new(&args.folder).join("dark"),
    }
}

/// Bytes of the data of pictures at most.
const MOST_DATA: u64 = 256_000_000;

/// The data of pictures beside those that are there already: `pictures.json`, or `plot.json` where a complete folder has a
/// `pictures.json` of its own.
fn data(place: &Path, drawn: &[Drawn]) -> File {
    let with_those_of = |name: &str| {
        let there = read_within(&place.join(name), MOST_DATA).ok();
        let there: Vec<Value> = there.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let kept = there.into_iter().filter(|old| drawn.iter().all(|new| old["name"] != new.stem));
        let all: Value = kept.chain(drawn.iter().map(Drawn::json)).collect();
        file(name, format!("{all:#}\n"))
    };
    let own = with_those_of(DATA);
    if sealed_otherwise(place, [&own]).is_none() { own } else { with_those_of("plot.json") }
}

/// The pictures that make sense of a batch, each with the table behind it: what a folder is complete with.
pub fn default_pictures(batch: &Batch, theme: Theme) -> Result<Vec<File>, Trouble> {
    let Some(results) = Results::of(batch) else { return Ok(Vec::new()) };
    // A batch of which nothing can be drawn is complete without pictures.
    let drawn = pictures(&results, &PlotChoices { theme, ..PlotChoices::default() }).unwrap_or_default();
    notice(drawn.iter().map(|one| &one.picture));
    let mut all = Vec::new();
    for one in &drawn {
        all.extend(files(one, Format::Svg)?);
        if cfg!(feature = "png") {
            all.push((format!("{}.png", one.stem), png(&one.picture)?));
        }
    }
    if !drawn.is_empty() {
        all.push(file(DATA, format!("{:#}\n", drawn.iter().map(Drawn::json).collect::<Value>())));
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
    match word_of("value of `--format`", "values", word, &[("svg", Format::Svg), ("png", Format::Png)])? {
        Format::Png if !cfg!(feature = "png") => {
            Err(Trouble::new("this program was built without PNG").hint("use --format svg, or build it with `png`"))
        }
        format => Ok(format),
    }
}

fn by(results: &Results, words: &[String]) -> Result<Option<Vec<Facet>>, Trouble> {
    if words.is_empty() {
        return Ok(None);
    }
    let (mut by, mut wrong) = (Vec::new(), Vec::new());
    let known: Vec<(String, Option<Facet>)> = Facet::all(results).map(|f| (f.word(results), Some(f))).collect();
    let known: Vec<_> = known.iter().map(|(word, facet)| (word.as_str(), *facet)).chain([("none", None)]).collect();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        match word_of("value of `--by`", "values", word, &known) {
            Ok(Some(facet)) if !by.contains(&facet) => by.push(facet),
            Ok(_) => {}
            Err(finding) => wrong.push(finding.into()),
        }
    }
    together(wrong)?;
    Ok(Some(by))
}

fn outcome(results: &Results, word: &str) -> Result<PlotMeasure, Trouble> {
    let known: Vec<(String, PlotMeasure)> =
        PlotMeasure::all(results).into_iter().map(|m| (m.word(results), m)).collect();
    let known: Vec<(&str, PlotMeasure)> = known.iter().map(|(word, measure)| (word.as_str(), *measure)).collect();
    Ok(word_of("outcome", "outcomes", word, &known)?)
}

/// What the totals of a folder say.
fn results(folder: &str) -> Result<Results, Trouble> {
    let path = Path::new(folder);
    let wrote = "give a folder that `winset batch` wrote";
    match std::fs::metadata(path) {
        Ok(there) if !there.is_dir() => {
            return Err(Trouble::new(format!("`{}` is no folder", shown(folder))).hint(wrote));
        }
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(Trouble::new(format!("there is no folder `{}`", shown(folder))).hint(wrote));
        }
        _ => {}
    }
    if let Err(error @ StoreError::Foreign { .. }) = read_manifest(path) {
        return Err(Trouble::from(error).hint("a folder of `winset run` holds its pictures already"));
    }
    let plan = plans::of_results(path, None)?.plan;
    let store = Store::of_totals(path, &plan)?;
    if !store.gaps(plan.runs).is_empty() {
        return Err(Trouble::new(format!("`{}` holds a part of a batch, or one that was interrupted", shown(folder)))
            .hint("merge the parts with `winset merge`, or go on with `winset batch`"));
    }
    let nothing =
        || Trouble::new(format!("`{}`: no experiment was answered, so there is nothing to draw", shown(folder)));
    Results::of(&Batch { plan: &plan, kept: &store.kept }).ok_or_else(nothing)
}

fn files(drawn: &Drawn, format: Format) -> Result<[File; 2], Trouble> {
    let picture = match format {
        Format::Svg => (format!("{}.svg", drawn.stem), drawn.picture.svg.clone().into_bytes()),
        Format::Png => (format!("{}.png", drawn.stem), png(&drawn.picture)?),
    };
    Ok([picture, (format!("{}.pooled.csv", drawn.stem), drawn.table.clone().into_bytes())])
}

fn refused(error: StoreError) -> Trouble {
    let read_only = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];
    match &error {
        StoreError::Io { error: io, .. } if read_only.contains(&io.kind()) => {
            untold(&error).hint("choose another folder with --out")
        }
        _ => untold(&error),
    }
}
