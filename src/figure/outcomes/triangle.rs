//! Three or four parties: each pair in a panel of its own.

use super::super::scatter::{Busy, Panel};
use super::super::sheet::{MARGIN, SMALL, Sheet, line_height};
use super::super::text::{Face, wrapped};
use super::{LEFT, Outcomes, Pair, WIDTH, axis_title, key, named, paint, panel};

/// Three or four parties: a triangle of panels with letters, and a key in its empty corner.
pub fn draw(data: &Outcomes, sheet: &mut Sheet) {
    const GAP: f64 = 14.0;
    let across = count(data.parties.len().min(4)) - 1.0;
    let side = (WIDTH - LEFT - MARGIN - GAP * (across - 1.0)) / across;
    let height = (sheet.room(48.0 + GAP * (across - 1.0), 0.0) / across).clamp(150.0, side * 0.82);
    let top = sheet.top;
    let ticks = if across < 3.0 { 5 } else { 4 };
    let mut titles = 0;
    for pair in data.pairs.iter().filter(|pair| pair.x < pair.y && pair.y < 4) {
        let (column, row) = (count(pair.x), count(pair.y) - 1.0);
        let left = LEFT + column * (side + GAP);
        let upper = top + row * (height + GAP);
        let panel = panel(data, pair, (left, upper, left + side, upper + height));
        paint(data, pair, &panel, sheet, ticks);
        let named = named(data, pair, |_, letter| letter.to_owned());
        panel.named(sheet, &named, side, &busy(pair));
        panel.uncover(&mut sheet.canvas, sheet.theme, &pair.no_defeat, &named);
        if row >= across - 1.0 {
            panel.bottom_numbers(sheet, ticks);
            titles = titles.max(under(data, pair.x, &panel, sheet));
        }
        if column < 1.0 {
            panel.side_numbers(sheet, ticks);
            beside(data, pair.y, &panel, sheet);
        }
    }
    let left = LEFT + side + GAP;
    key(data, sheet, (left, top), (WIDTH - MARGIN - left, height));
    sheet.top = top + across * (height + GAP) - GAP + 20.0 + count(titles) * line_height(SMALL);
}

/// What letters should rather not cover.
fn busy(pair: &Pair) -> Busy<'_> {
    Busy { cells: Some(&pair.allowed), green: Some(&pair.no_defeat), lines: vec![] }
}

#[allow(clippy::cast_precision_loss)] // At most four parties.
fn count(index: usize) -> f64 {
    index as f64
}

/// The title under a panel, and how many lines it takes.
fn under(data: &Outcomes, party: usize, panel: &Panel, sheet: &mut Sheet) -> usize {
    let area = panel.area();
    let lettering = sheet.small().middle();
    let room = area.right - area.left;
    let lines = wrapped(&axis_title(data, party, room, Face::regular(SMALL)), room, 2, Face::regular(SMALL));
    for (i, line) in lines.iter().enumerate() {
        let row = area.bottom + 31.0 + count(i) * line_height(SMALL);
        sheet.canvas.text((f64::midpoint(area.left, area.right), row), line.as_str(), lettering);
    }
    lines.len()
}

fn beside(data: &Outcomes, party: usize, panel: &Panel, sheet: &mut Sheet) {
    let area = panel.area();
    let lettering = sheet.small().middle().upwards();
    let (room, face) = (area.bottom - area.top, Face::regular(SMALL));
    let lines = wrapped(&axis_title(data, party, room, face), room, 2, face);
    for (i, line) in lines.iter().enumerate() {
        let x = MARGIN - 4.0 + count(i) * line_height(SMALL);
        sheet.canvas.text((x, f64::midpoint(area.top, area.bottom)), line.as_str(), lettering);
    }
}
