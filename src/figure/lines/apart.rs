//! Small multiples: a panel a group on common axes, all the others in it as faint lines.

use super::super::prelude::*;
use super::{Curve, LinePanel, Lines, MOST, WIDTH};

const HEIGHT: f64 = 118.0;
/// Room for the numbers at the left of a row of panels.
const NUMBERS: f64 = 44.0;
const GAP: f64 = 18.0;

pub fn draw(data: &Lines, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(data.stem(), WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    let room = WIDTH - 2.0 * MARGIN;
    let title = |start: &str, of: &str| shortened(&format!("{start}: {of}"), room, Face::regular(BODY));
    sheet.paragraph(&title("up", &data.y.title), 1, sheet.body());
    sheet.top += 8.0;
    let groups = &data.groups[..data.groups.len().min(MOST)];
    let across = across(groups.len(), data.across);
    let wide = (room - NUMBERS - GAP * (across - 1) as f64) / across as f64;
    for (i, row) in groups.chunks(across).enumerate() {
        let upper = sheet.top;
        let top = upper + highest(row.iter().map(Curve::head), wide) + 8.0;
        for (j, own) in row.iter().enumerate() {
            let left = MARGIN + NUMBERS + (wide + GAP) * j as f64;
            own.head().write((left, upper), wide, &mut sheet);
            let panel = LinePanel::new(data, (left, left + wide), (top, top + HEIGHT));
            one(data, i * across + j, &panel, j == 0, &mut sheet);
        }
        sheet.top = top + HEIGHT + 26.0;
    }
    sheet.paragraph(&title("across", &data.x.title), 1, sheet.body());
    sheet.finish(data)
}

impl Curve {
    fn head(&self) -> Head<'_> {
        Head { name: (&self.name, 3), told: &self.told }
    }
}

fn legend(data: &Lines, theme: Theme) -> Vec<(Swatch, String)> {
    let colour = theme.group(0);
    let own = (Swatch::Line(colour), "the group named over the panel".to_owned());
    let others = (Swatch::Line(theme.edge()), "the other groups".to_owned());
    let others = (data.groups.len() > 1).then_some(others);
    [own].into_iter().chain(others).chain(data.band(colour, theme)).chain(data.rule(theme)).collect()
}

fn one(data: &Lines, place: usize, panel: &LinePanel, first: bool, sheet: &mut Sheet) {
    panel.graduate((4, 3), first, sheet);
    let faint = Stroke { colour: sheet.theme.edge(), width: 0.9 };
    for (_, other) in data.groups.iter().take(MOST).enumerate().filter(|(at, _)| *at != place) {
        panel.line(other, faint, &mut sheet.canvas);
    }
    panel.rule(sheet);
    let (own, colour) = (&data.groups[place], sheet.theme.group(0));
    panel.band(own, colour, &mut sheet.canvas);
    panel.line(own, Stroke { colour, width: 2.2 }, &mut sheet.canvas);
    panel.marks(own, 0, colour, &mut sheet.canvas);
}
