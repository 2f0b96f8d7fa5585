//! An issue with many options: one strip of cells whose stretches are named by their ends.

use super::super::canvas::Stroke;
use super::super::palette::{Tone, side, tone};
use super::super::sheet::{BODY, MARGIN, SMALL, Sheet, line_height};
use super::super::text::{Face, shortened, wrapped};
use super::{Issue, NAMES, OptionCell, PITCH, STRIP, WIDTH};

/// Height of the cells.
const CELLS: f64 = 22.0;
const LEFT: f64 = MARGIN + NAMES;
const RIGHT: f64 = WIDTH - MARGIN - 4.0;

/// Draws the issue as a strip: neighbouring options that fare alike become one stretch.
pub fn row(issue: &Issue, parties: usize, sheet: &mut Sheet) {
    let top = sheet.top;
    let title = sheet.body().bold();
    sheet.lines((MARGIN, top + 2.0), &issue.name, NAMES - 14.0, 4, title);
    cells(issue, top, sheet);
    let mut strip = top + CELLS + 4.0;
    for party in 0..parties {
        sheet.canvas.frame((LEFT, strip), (RIGHT, strip + STRIP), Stroke { colour: sheet.theme.edge(), width: 0.6 });
        let colour = side(sheet.theme, party);
        for (from, to) in stretches(issue, |o| o.borne.get(party).copied().unwrap_or(false)) {
            sheet.canvas.rect((x(issue, from), strip), (x(issue, to + 1), strip + STRIP), colour);
        }
        strip += PITCH;
    }
    ends(issue, strip, sheet);
    let name = wrapped(&issue.name, NAMES - 14.0, 4, Face::bold(BODY)).len();
    let name = (0..name).fold(top + 2.0, |row, _| row + line_height(BODY));
    sheet.top = name.max(strip + line_height(SMALL) + 2.0) + 9.0;
}

/// The cells: green where some no-defeat package has the option, with the names of the ends of the stretch inside.
fn cells(issue: &Issue, top: f64, sheet: &mut Sheet) {
    let (theme, bottom) = (sheet.theme, top + CELLS);
    let green = tone(theme, Tone::Settled);
    sheet.canvas.frame((LEFT, top), (RIGHT, bottom), Stroke { colour: theme.edge(), width: 0.8 });
    let mut lettering = sheet.small().middle();
    lettering.colour = theme.ink();
    for (from, to) in stretches(issue, |o| o.no_defeat) {
        let (left, right) = (x(issue, from), x(issue, to + 1));
        sheet.canvas.rect((left, top), (right, bottom), green.over(0.18, theme.background()));
        sheet.canvas.frame((left, top), (right, bottom), Stroke { colour: green, width: 1.6 });
        let (first, last) = (&issue.options[from].name, &issue.options[to].name);
        let words = if from == to { first.clone() } else { format!("{first} to {last}") };
        if Face::regular(SMALL).width(&words) + 8.0 <= right - left {
            let at = (f64::midpoint(left, right), top + CELLS / 2.0 + SMALL * 0.36);
            sheet.canvas.text(at, words, lettering);
        }
    }
}

/// The names of the first and the last option under the strip, and of the present state between them.
fn ends(issue: &Issue, top: f64, sheet: &mut Sheet) {
    let (Some(first), Some(last)) = (issue.options.first(), issue.options.last()) else { return };
    let face = Face::regular(SMALL);
    let room = (RIGHT - LEFT) / 3.0 - 12.0;
    let words = |o: &OptionCell| {
        let name = if o.now { format!("now: {}", o.name) } else { o.name.clone() };
        shortened(&name, room, face)
    };
    let (first, last) = (words(first), words(last));
    let (baseline, small) = (top + SMALL, sheet.small());
    let (left, right) = (LEFT + face.width(&first) + 10.0, RIGHT - face.width(&last) - 10.0);
    sheet.canvas.text((LEFT, baseline), first, small);
    sheet.canvas.text((RIGHT, baseline), last, small.end());
    let mut inner = 1..issue.options.len().saturating_sub(1);
    if let Some(now) = inner.find(|o| issue.options[*o].now) {
        let words = words(&issue.options[now]);
        let half = face.width(&words) / 2.0;
        let middle = f64::midpoint(x(issue, now), x(issue, now + 1)).clamp(left + half, right - half);
        sheet.canvas.text((middle, baseline), words, small.middle());
    }
}

/// The left edge of an option's cell.
#[allow(clippy::cast_precision_loss)] // Options are counted in hundreds.
fn x(issue: &Issue, option: usize) -> f64 {
    LEFT + (RIGHT - LEFT) * option as f64 / issue.options.len().max(1) as f64
}

/// The first and the last place of every stretch of options of which something holds.
fn stretches(issue: &Issue, holds: impl Fn(&OptionCell) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in issue.options.iter().enumerate().filter(|(_, option)| holds(option)) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => found.push((place, place)),
        }
    }
    found
}
