//! Pictures as files.

use std::collections::BTreeSet;
use std::fs::File as Opened;
use std::io::Read as _;
use std::sync::OnceLock;

use itertools::Itertools as _;
use serde_json::Value;
use winset::engine::{ThreadsError, hand_out};
use winset::figure::{self, Picture};

use super::folder::File;
use super::output::complain;
use super::trouble::{Trouble, shown};

/// The files of pictures where nothing else stands beside them, painted on this thread.
pub fn files(pictures: &[Picture]) -> Vec<File> {
    let mut files = Vec::new();
    add(&mut files, pictures, Some(1));
    files
}

/// Every picture as SVG and, where it is built in, as PNG; the table behind each as `NAME.data.csv`, and the data of all of
/// them. PNGs are painted on so many threads; `None`: on all of the machine.
pub fn add(files: &mut Vec<File>, pictures: &[Picture], threads: Option<usize>) {
    notice(pictures.iter());
    let table = |picture: &Picture| (format!("{}.data.csv", picture.name), picture.table().into_bytes());
    let svg = |picture: &Picture| (format!("{}.svg", picture.name), picture.svg.clone().into_bytes());
    let png = |(picture, bytes): (&Picture, Option<Vec<u8>>)| Some((format!("{}.png", picture.name), bytes?));
    files.extend(pictures.iter().map(table));
    let painted = pictures.iter().zip(painted(pictures, threads));
    files.extend(painted.flat_map(|(picture, bytes)| [Some(svg(picture)), png((picture, bytes))]).flatten());
    if !pictures.is_empty() {
        files.push((DATA.to_owned(), format!("{:#}\n", data(pictures)).into_bytes()));
    }
}

/// The pictures as PNG bytes; `None` where one cannot be drawn.
fn painted(pictures: &[Picture], threads: Option<usize>) -> Vec<Option<Vec<u8>>> {
    let painted: Vec<OnceLock<Option<Vec<u8>>>> = pictures.iter().map(|_| OnceLock::new()).collect();
    let paint = |at: usize| {
        painted[at].get_or_init(|| png(&pictures[at]).ok());
    };
    // Where no threads can be had, what is not painted yet is painted here.
    let _ = hand_out(
        pictures.len() as u64,
        threads,
        || (),
        |(), at| {
            paint(at as usize);
            Ok::<(), ThreadsError>(())
        },
    );
    (0..pictures.len()).for_each(paint);
    painted.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// The file that holds the data of all pictures of a folder.
pub const DATA: &str = "pictures.json";

/// Name, title, description and data of each picture.
pub fn data(pictures: &[Picture]) -> Value {
    pictures.iter().map(Picture::json).collect()
}

/// The picture as PNG bytes, if this program can make them.
pub fn png(picture: &Picture) -> Result<Vec<u8>, Trouble> {
    let cannot = |why: String| Trouble::new(format!("`{}` cannot be drawn: {why}", picture.name));
    #[cfg(feature = "png")]
    return picture.png(2.0).map_err(|e| cannot(e.to_string()));
    #[cfg(not(feature = "png"))]
    Err(cannot("this program was built without PNG".to_owned()))
}

/// Names the characters that the pictures need and no font has.
pub fn notice<'a>(pictures: impl Iterator<Item = &'a Picture>) {
    const NAMED: usize = 12;
    let missing: BTreeSet<char> = pictures.flat_map(Picture::missing).collect();
    if missing.is_empty() {
        return;
    }
    let named = missing.iter().take(NAMED).map(|letter| format!("`{letter}`")).join(", ");
    let more = missing.len().checked_sub(NAMED).filter(|more| *more > 0);
    let more = more.map_or(String::new(), |more| format!(" and {more} more characters"));
    complain(&format!(
        "note: no font has {named}{more}: in PNG a box stands for each, and SVG leaves them to the fonts of its reader\n \
         = hint: `--font FILE` adds a font that has them\n"
    ));
}

/// Adds the font of `--font` to that of the pictures.
pub fn add_font(path: Option<&str>) -> Result<(), Trouble> {
    let Some(path) = path else { return Ok(()) };
    let trouble = |why: String| Trouble::new(format!("the font `{}` cannot be used: {why}", shown(path)));
    let bytes = font(path).map_err(&trouble)?;
    figure::add_font(bytes).map_err(|e| trouble(e.to_string()))
}

/// The bytes of a font file; none is as large as what is refused.
fn font(path: &str) -> Result<Vec<u8>, String> {
    const MOST: u64 = 128 << 20;
    let file = Opened::open(path).map_err(|e| e.to_string())?;
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return Err("it is no regular file".into());
    }
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > MOST { Err(format!("it is larger than {} MiB", MOST >> 20)) } else { Ok(bytes) }
}
