//! How often each of the leading packages is no defeat, with its interval.

use serde::Serialize;

use super::axis::{Scale, percent, share_axis};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, Sheet, Swatch, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What the picture "leading-packages" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LeadingPackages {
    /// The words around it.
    pub caption: Caption,
    /// What the intervals are, such as "95 % interval (Wilson)"; empty if there are none.
    pub interval: String,
    /// The terms that those without a name share, if any: "all hold: …".
    pub shared: String,
    /// The packages, best first; ten are drawn.
    pub packages: Vec<LeadingPackage>,
}

/// One of the leading packages.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LeadingPackage {
    /// Its name, or its terms one to a line of text; the first twelve printed lines are shown.
    pub terms: String,
    /// Whether it is what the scenario marks as the bare minimum.
    pub bare_minimum: bool,
    /// The share of worlds in which it is no defeat for any party that must agree.
    pub no_defeat: Share,
    /// The share in which it is also rational for the leaderships and available.
    pub rational_and_available: Share,
}

/// A share of worlds with its interval, each in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// The estimate.
    pub estimate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

const WIDTH: f64 = 760.0;
/// Room for the terms.
const TERMS: f64 = 330.0;
/// Room for the rank.
const RANK: f64 = 24.0;
/// Room for the two printed shares.
const NUMBERS: f64 = 50.0;
const ROW: f64 = 42.0;
/// Lines of terms.
const LINES: usize = 12;
const MOST: usize = 10;

/// Draws the leading packages.
#[must_use]
pub fn draw(data: &LeadingPackages, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("leading-packages", WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    let ink = sheet.body();
    if !data.shared.is_empty() {
        sheet.paragraph(&data.shared, 9, ink);
        sheet.top += 10.0;
    }
    let scale = Scale::over(0.0, 1.0, (MARGIN + TERMS + 16.0, WIDTH - MARGIN - NUMBERS - 6.0));
    let shown = &data.packages[..data.packages.len().min(MOST)];
    let top = sheet.top;
    let bottom = shown.iter().fold(top, |bottom, package| bottom + height(package));
    grid(&scale, (top, bottom), &mut sheet);
    for (i, package) in shown.iter().enumerate() {
        row(i + 1, package, &scale, &mut sheet);
    }
    share_axis(&scale, bottom, "share of the worlds drawn", &mut sheet);
    sheet.finish(data)
}

fn height(package: &LeadingPackage) -> f64 {
    let lines = lines(package).len() + usize::from(package.bare_minimum);
    (0..lines).fold(10.0, |height, _| height + line_height(BODY)).max(ROW)
}

/// The terms as they are printed.
fn lines(package: &LeadingPackage) -> Vec<String> {
    let face = Face::regular(BODY);
    let mut lines: Vec<String> =
        package.terms.split('\n').flat_map(|term| wrapped(term, TERMS - RANK, 4, face)).collect();
    if lines.len() > LINES {
        lines.truncate(LINES - 1);
        lines.push("…".into());
    }
    lines
}

fn legend(data: &LeadingPackages, theme: Theme) -> Vec<(Swatch, String)> {
    let mut entries = vec![
        (
            Swatch::Disc(first(theme)),
            "no defeat for any side, rational for the leaderships, and available; best first".to_owned(),
        ),
        (Swatch::Diamond(theme.background(), theme.ink()), "no defeat for any side".to_owned()),
    ];
    if !data.interval.is_empty() {
        entries.push((Swatch::Whisker(theme.muted()), data.interval.clone()));
    }
    entries
}

fn first(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn grid(scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let stroke = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    for value in scale.ticks(5).values {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
}

fn row(rank: usize, package: &LeadingPackage, scale: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let top = sheet.top;
    let body = sheet.body();
    sheet.canvas.text((MARGIN + RANK - 8.0, top + BODY + 4.0), rank.to_string(), sheet.small().end());
    let room = TERMS - RANK;
    let terms = lines(package);
    let below = terms.iter().fold(top + 4.0, |row, term| sheet.lines((MARGIN + RANK, row), term, room, 1, body));
    if package.bare_minimum {
        sheet.lines((MARGIN + RANK, below), "the bare minimum", room, 1, body.bold());
    }
    // The column by which they are ordered stands first, filled and bold.
    let (upper, lower) = (top + 12.0, top + 28.0);
    let green = first(theme);
    interval(&package.rational_and_available, scale, upper, green, sheet);
    sheet.canvas.disc((scale.within(package.rational_and_available.estimate), upper), 5.0, green);
    interval(&package.no_defeat, scale, lower, theme.ink(), sheet);
    let edge = Stroke { colour: theme.ink(), width: 1.4 };
    sheet.canvas.diamond((scale.within(package.no_defeat.estimate), lower), 5.5, theme.background(), edge);
    let right = WIDTH - MARGIN;
    sheet.canvas.text(
        (right, upper + BODY * 0.36),
        percent(package.rational_and_available.estimate),
        body.bold().end(),
    );
    sheet.canvas.text((right, lower + BODY * 0.36), percent(package.no_defeat.estimate), body.end());
    sheet.top = top + height(package);
}

fn interval(share: &Share, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let (low, high) = (scale.within(share.low), scale.within(share.high));
    let stroke = Stroke { colour, width: 1.6 };
    if high > low {
        sheet.canvas.line((low, y), (high, y), stroke);
        for end in [low, high] {
            sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
        }
    }
}
