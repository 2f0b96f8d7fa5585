//! Pictures as files.

use winset::figure::Picture;

use super::folder::File;

/// Every picture as SVG and, where it is built in, as PNG.
pub fn drawn(pictures: &[Picture]) -> Vec<File> {
    pictures.iter().flat_map(|picture| [Some(svg(picture)), png(picture)].into_iter().flatten()).collect()
}

fn svg(picture: &Picture) -> File {
    (format!("{}.svg", picture.name), picture.svg.clone().into_bytes())
}

#[cfg(feature = "png")]
fn png(picture: &Picture) -> Option<File> {
    const PIXELS: f32 = 2.0;
    picture.png(PIXELS).ok().map(|bytes| (format!("{}.png", picture.name), bytes))
}

#[cfg(not(feature = "png"))]
fn png(_: &Picture) -> Option<File> {
    None
}
