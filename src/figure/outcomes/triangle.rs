//! Three or four parties: each pair in a panel of its own.

use super::super::prelude::*;
use super::{Busy, LEFT, Outcomes, axis_title, key, named, paint, plane};

/// Three or four parties: a triangle of panels with letters, and a key in its empty corner.
pub fn draw(data: &Outcomes, sheet: &mut Sheet) {
    const GAP: f64 = 14.0;
    let across = data.parties.len().min(4) as f64 - 1.0;
    let side = (sheet.right() - LEFT - GAP * (across - 1.0)) / across;
    let height = (sheet.room(48.0 + GAP * (across - 1.0), 0.0) / across).clamp(150.0_f64.min(side * 0.82), side * 0.82);
    let top = sheet.top;
    let ticks = if sheet.is_narrow() {
        2
    } else if across < 3.0 {
        5
    } else {
        4
    };
    let mut titles = 0;
    for pair in data.pairs.iter().filter(|pair| pair.x < pair.y && pair.y < 4) {
        let (column, row) = (pair.x as f64, pair.y as f64 - 1.0);
        let left = LEFT + column * (side + GAP);
        let upper = top + row * (height + GAP);
        let plane = plane(data, pair, (left, left + side), (upper, upper + height));
        paint(data, pair, &plane, sheet, ticks);
        let named = named(data, pair, true);
        plane.named(sheet, &named, side, &Busy { all: &pair.allowed, green: &pair.no_defeat, lines: vec![] });
        plane.uncover(&pair.no_defeat, &named, sheet);
        if row >= across - 1.0 {
            plane.bottom_numbers(plane.x.ticks(ticks).numbers(), sheet);
            let lines = title(data, pair.x, side);
            titles = titles.max(lines.len());
            write(lines, (left + side / 2.0, upper + height + 31.0), false, sheet);
        }
        if column < 1.0 {
            plane.side_numbers(plane.y.ticks(ticks).numbers(), sheet);
            write(title(data, pair.y, height), (MARGIN - 4.0, upper + height / 2.0), true, sheet);
        }
    }
    let left = LEFT + side + GAP;
    sheet.top = top + across * (height + GAP) - GAP + 20.0 + titles as f64 * line_height(SMALL);
    if sheet.is_narrow() {
        sheet.top = key(data, sheet, (MARGIN, sheet.top + 10.0), (sheet.width - 2.0 * MARGIN, f64::INFINITY));
    } else {
        key(data, sheet, (left, top), (sheet.right() - left, height));
    }
}

/// The title of a party's axis in at most two lines.
fn title(data: &Outcomes, party: usize, room: f64) -> Vec<String> {
    let face = Face::regular(SMALL);
    wrapped(&axis_title(data, party, room, face), room, 2, face)
}

/// Writes lines around a point: one under the other, or upwards one right of the other.
fn write(lines: Vec<String>, (x, y): Point, upwards: bool, sheet: &mut Sheet) {
    let lettering = sheet.small().middle();
    for (i, line) in lines.into_iter().enumerate() {
        let next = i as f64 * line_height(SMALL);
        match upwards {
            true => sheet.canvas.text((x + next, y), line, lettering.upwards()),
            false => sheet.canvas.text((x, y + next), line, lettering),
        }
    }
}
