//! A few lines in one panel, each named at its end.

use super::super::prelude::*;
use super::{Curve, LinePanel, Lines, WIDTH, mark};
use crate::num::Order;

const HEIGHT: f64 = 300.0;
/// Room for the title and the numbers at the left.
const LEFT: f64 = 64.0;
/// Room for the names at the right.
const NAMES: f64 = 176.0;
/// Room between the panel and the names, crossed by leaders.
const LEADERS: f64 = 22.0;
/// Room between two names.
const BETWEEN: f64 = 7.0;

pub fn draw(data: &Lines, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(data.stem(), WIDTH, &data.caption, theme);
    let legend: Vec<(Swatch, String)> = data.rule(theme).into_iter().chain(data.band(theme.ink(), theme)).collect();
    sheet.legend(&legend);
    let blocks: Vec<NameBlock> = data.groups.iter().map(NameBlock::of).collect();
    let needed: f64 = blocks.iter().map(|b| b.height() + BETWEEN).sum();
    let top = sheet.top + 8.0;
    let bottom = top + HEIGHT.max(needed);
    let panel = LinePanel::new(data, (MARGIN + LEFT, WIDTH - MARGIN - NAMES - LEADERS), (top, bottom));
    panel.graduate((6, 6), true, &mut sheet);
    panel.rule(&mut sheet);
    drawn(data, &panel, &mut sheet);
    names(data, &blocks, &panel.plane, &mut sheet);
    titles(data, &panel.plane, &mut sheet);
    sheet.top = bottom + 42.0;
    sheet.finish(data)
}

fn drawn(data: &Lines, panel: &LinePanel, sheet: &mut Sheet) {
    for (at, group) in data.groups.iter().enumerate() {
        panel.band(group, sheet.theme.group(at), &mut sheet.canvas);
    }
    for (at, group) in data.groups.iter().enumerate() {
        let colour = sheet.theme.group(at);
        panel.line(group, Stroke { colour, width: 2.2 }, &mut sheet.canvas);
        panel.marks(group, at, colour, &mut sheet.canvas);
    }
}

/// The name of a group with what is told of it, in lines.
struct NameBlock {
    name: Vec<String>,
    told: Vec<String>,
}

impl NameBlock {
    fn of(group: &Curve) -> Self {
        let room = NAMES - 14.0;
        let told = group.told.iter().flat_map(|words| wrapped(words, room, 2, Face::regular(SMALL)));
        Self { name: wrapped(&group.name, room, 3, Face::bold(SMALL + 0.5)), told: told.collect() }
    }

    fn height(&self) -> f64 {
        (self.name.len() + self.told.len()) as f64 * line_height(SMALL)
    }
}

fn names(data: &Lines, blocks: &[NameBlock], plane: &Plane, sheet: &mut Sheet) {
    let (bottom, top) = plane.y.pixels;
    let ends: Vec<f64> = data.groups.iter().map(|g| height(g, plane, data.steps)).collect();
    let heights: Vec<f64> = blocks.iter().map(NameBlock::height).collect();
    let tops = spread(&ends, &heights, (top, bottom));
    let left = WIDTH - MARGIN - NAMES;
    for (at, (group, block)) in data.groups.iter().zip(blocks).enumerate() {
        let colour = sheet.theme.group(at);
        let middle = tops[at] + line_height(SMALL) / 2.0;
        let from = group.points.last().map_or(plane.x.pixels.1, |at| plane.x.within(at.x));
        if !data.steps {
            sheet.canvas.line((from + 4.0, ends[at]), (left - 4.0, middle), Stroke { colour, width: 0.8 });
        }
        mark(at, (left + 3.0, middle), colour, &mut sheet.canvas);
        let (mut name, told) = (sheet.note().bold(), sheet.small());
        name.size = SMALL + 0.5;
        let lines = block.name.iter().map(|line| (line, name)).chain(block.told.iter().map(|line| (line, told)));
        for (place, (words, lettering)) in lines.enumerate() {
            let row = tops[at] + place as f64 * line_height(SMALL) + SMALL;
            sheet.canvas.text((left + 12.0, row), words.as_str(), lettering);
        }
    }
}

/// Where the name of a line would best stand: at its end, or, as distribution functions meet there, at its mean height.
fn height(group: &Curve, plane: &Plane, steps: bool) -> f64 {
    let heights: Vec<f64> = group.points.iter().map(|at| plane.y.within(at.y)).collect();
    match (heights.last(), steps) {
        (Some(_), true) => heights.iter().sum::<f64>() / heights.len() as f64,
        (Some(last), false) => *last,
        (None, _) => plane.y.pixels.0,
    }
}

/// Upper edges of blocks of these heights, each as near to its wanted middle as the others let it, in their order.
pub fn spread(wanted: &[f64], heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.order_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut tops = vec![top; wanted.len()];
    let mut free = top;
    for at in &order {
        tops[*at] = (wanted[*at] - line_height(SMALL) / 2.0).max(free);
        free = tops[*at] + heights[*at] + BETWEEN;
    }
    let mut free = bottom + BETWEEN;
    for at in order.iter().rev() {
        tops[*at] = tops[*at].min(free - heights[*at] - BETWEEN);
        free = tops[*at];
    }
    tops
}

fn titles(data: &Lines, plane: &Plane, sheet: &mut Sheet) {
    let ((left, right), (bottom, top)) = (plane.x.pixels, plane.y.pixels);
    let face = Face::regular(BODY);
    let lettering = sheet.body().middle();
    let words = shortened(&data.x.title, right - left + LEFT, face);
    let middle = f64::midpoint(left, right).max(MARGIN + face.width(&words) / 2.0);
    sheet.canvas.text((middle, bottom + 34.0), words, lettering);
    let words = shortened(&data.y.title, bottom - top, face);
    sheet.canvas.text((MARGIN - 8.0, f64::midpoint(top, bottom)), words, lettering.upwards());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_apart_and_inside_in_the_order_of_their_lines() {
        let tops = spread(&[100.0, 98.0, 5.0, 299.0], &[40.0; 4], (0.0, 300.0));
        let mut sorted = tops.clone();
        sorted.sort_by(f64::total_cmp);
        assert_eq!(sorted, [tops[2], tops[1], tops[0], tops[3]]);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 40.0 + BETWEEN), "{tops:?}");
        assert!(sorted[0] >= 0.0 && sorted[3] + 40.0 <= 300.0, "{tops:?}");
    }
}
