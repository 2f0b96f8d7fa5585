//! A few lines in one panel, each named at its end.

use super::super::canvas::Stroke;
use super::super::palette::{Colour, group};
use super::super::picture::Picture;
use super::super::sheet::{BODY, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::super::text::{Face, shortened, wrapped};
use super::super::theme::Theme;
use super::panel::{Panel, mark, ticks};
use super::{Group, Lines, WIDTH};

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
    sheet.legend(&legend(data, theme));
    let blocks: Vec<Block> = data.groups.iter().map(Block::of).collect();
    let needed: f64 = blocks.iter().map(|b| b.height + BETWEEN).sum();
    let top = sheet.top + 8.0;
    let bottom = top + HEIGHT.max(needed);
    let across = (MARGIN + LEFT, WIDTH - MARGIN - NAMES - LEADERS);
    let panel = Panel::new((&data.x, &data.y), across, (top, bottom), data.steps);
    let (along, up) = (ticks(&data.x, &panel.x, 6), ticks(&data.y, &panel.y, 6));
    panel.grid([&along, &up], &mut sheet);
    panel.bottom_numbers(&along, &mut sheet);
    panel.side_numbers(&up, &mut sheet);
    if let Some((x, _)) = data.rule {
        panel.rule(x, &mut sheet);
    }
    drawn(data, &panel, &mut sheet);
    names(data, &blocks, &panel, (top, bottom), &mut sheet);
    titles(data, &panel, &mut sheet);
    sheet.top = bottom + 42.0;
    sheet.finish(data)
}

fn legend(data: &Lines, theme: Theme) -> Vec<(Swatch, String)> {
    let band = (Swatch::Square(theme.ink().over(0.25, theme.background())), data.band.clone());
    let rule = data.rule.as_ref().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone()));
    rule.into_iter().chain((!data.band.is_empty()).then_some(band)).collect()
}

fn drawn(data: &Lines, panel: &Panel, sheet: &mut Sheet) {
    let colours: Vec<Colour> = (0..data.groups.len()).map(|at| group(sheet.theme, at)).collect();
    for (group, colour) in data.groups.iter().zip(&colours) {
        panel.band(group, *colour, &mut sheet.canvas);
    }
    for (at, (group, colour)) in data.groups.iter().zip(&colours).enumerate() {
        panel.line(group, Stroke { colour: *colour, width: 2.2 }, &mut sheet.canvas);
        panel.marks(group, at, *colour, &mut sheet.canvas);
    }
}

/// The name of a group with what is told of it, in lines.
struct Block {
    name: Vec<String>,
    told: Vec<String>,
    height: f64,
}

impl Block {
    fn of(group: &Group) -> Self {
        let room = NAMES - 14.0;
        let name = wrapped(&group.name, room, 3, Face::bold(SMALL + 0.5));
        let told: Vec<String> =
            group.told.iter().flat_map(|words| wrapped(words, room, 2, Face::regular(SMALL))).collect();
        let height = (name.len() + told.len()) as f64 * line_height(SMALL);
        Self { name, told, height }
    }
}

fn names(data: &Lines, blocks: &[Block], panel: &Panel, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let ends: Vec<f64> = data.groups.iter().map(|g| height(g, panel, data.steps, bottom)).collect();
    let heights: Vec<f64> = blocks.iter().map(|b| b.height).collect();
    let tops = spread(&ends, &heights, (top, bottom));
    let left = WIDTH - MARGIN - NAMES;
    for (at, ((group_of, block), (end, upper))) in data.groups.iter().zip(blocks).zip(ends.iter().zip(tops)).enumerate()
    {
        let colour = group(sheet.theme, at);
        let middle = upper + line_height(SMALL) / 2.0;
        let from = group_of.points.last().map_or(panel.x.pixels.1, |at| panel.x.within(at.x));
        if !data.steps {
            sheet.canvas.line((from + 4.0, *end), (left - 4.0, middle), Stroke { colour, width: 0.8 });
        }
        mark(at, (left + 3.0, middle), colour, &mut sheet.canvas);
        let mut name = sheet.small().bold();
        name.colour = sheet.theme.ink();
        name.size = SMALL + 0.5;
        let (mut row, told) = (upper, sheet.small());
        for (words, lettering) in block.name.iter().map(|w| (w, name)).chain(block.told.iter().map(|w| (w, told))) {
            sheet.canvas.text((left + 12.0, row + SMALL), words.as_str(), lettering);
            row += line_height(SMALL);
        }
    }
}

/// Where the name of a line would best stand: at its end, or, as distribution functions meet there, at its mean height.
fn height(group: &Group, panel: &Panel, steps: bool, bottom: f64) -> f64 {
    let heights: Vec<f64> = group.points.iter().map(|at| panel.y.within(at.y)).collect();
    match (heights.last(), steps) {
        (Some(_), true) => heights.iter().sum::<f64>() / heights.len() as f64,
        (Some(last), false) => *last,
        (None, _) => bottom,
    }
}

/// Upper edges of blocks of these heights, each as near to its wanted middle as the others let it, in their order.
fn spread(wanted: &[f64], heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
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

fn titles(data: &Lines, panel: &Panel, sheet: &mut Sheet) {
    let ((left, right), (bottom, top)) = (panel.x.pixels, panel.y.pixels);
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
