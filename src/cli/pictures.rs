//! Pictures as files.

use std::collections::BTreeSet;
use std::fs::File as Opened;
use std::io::Read as _;

use winset::figure::{self, Picture};

use super::folder::File;
use super::output::complain;
use super::trouble::{Trouble, shown};

/// Every picture as SVG and, where it is built in, as PNG.
pub fn drawn(pictures: &[Picture]) -> Vec<File> {
    notice(pictures.iter());
    let svg = |picture: &Picture| (format!("{}.svg", picture.name), picture.svg.clone().into_bytes());
    let png = |picture: &Picture| png(picture).ok().map(|bytes| (format!("{}.png", picture.name), bytes));
    pictures.iter().flat_map(|picture| [Some(svg(picture)), png(picture)]).flatten().collect()
}

/// The picture as PNG bytes.
#[cfg(feature = "png")]
pub fn png(picture: &Picture) -> Result<Vec<u8>, Trouble> {
    const PIXELS: f32 = 2.0;
    picture.png(PIXELS).map_err(|e| Trouble::new(format!("`{}` cannot be drawn: {e}", picture.name)))
}

/// The picture as PNG bytes, which this program cannot make.
#[cfg(not(feature = "png"))]
pub fn png(picture: &Picture) -> Result<Vec<u8>, Trouble> {
    Err(Trouble::new(format!("`{}` cannot be drawn: this program was built without PNG", picture.name)))
}

/// Names the characters that the pictures need and no font has.
pub fn notice<'a>(pictures: impl Iterator<Item = &'a Picture>) {
    const NAMED: usize = 12;
    let missing: BTreeSet<char> = pictures.flat_map(Picture::missing).collect();
    if missing.is_empty() {
        return;
    }
    let named: Vec<String> = missing.iter().take(NAMED).map(|letter| format!("`{letter}`")).collect();
    let more =
        if missing.len() > NAMED { format!(" and {} more characters", missing.len() - NAMED) } else { String::new() };
    complain(&format!(
        "note: no font has {}{more}: in PNG a box stands for each, and SVG leaves them to the fonts of its reader\n \
         = hint: `--font FILE` adds a font that has them\n",
        named.join(", ")
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
