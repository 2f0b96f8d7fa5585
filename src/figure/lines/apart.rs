//! Small multiples: a panel a group on common axes, all the others in it as faint lines.

use super::super::canvas::Stroke;
use super::super::palette::group;
use super::super::picture::Picture;
use super::super::sheet::{BODY, MARGIN, SMALL, Sheet, Swatch, across, line_height};
use super::super::text::{Face, shortened, wrapped};
use super::super::theme::Theme;
use super::panel::{Panel, ticks};
use super::{Group, Lines, MOST, WIDTH};

const HEIGHT: f64 = 118.0;
/// Room for the numbers at the left of a row of panels.
const NUMBERS: f64 = 44.0;
const GAP: f64 = 18.0;

pub fn draw(data: &Lines, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(data.stem(), WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    let height = shortened(&format!("up: {}", data.y.title), WIDTH - 2.0 * MARGIN, Face::regular(BODY));
    let lettering = sheet.body();
    sheet.paragraph(&height, 1, lettering);
    sheet.top += 8.0;
    let groups = &data.groups[..data.groups.len().min(MOST)];
    let across = across(groups.len(), data.across);
    let room = (WIDTH - 2.0 * MARGIN - NUMBERS - GAP * (across - 1) as f64) / across as f64;
    for (i, row) in groups.chunks(across).enumerate() {
        let heads: Vec<Head> = row.iter().map(|g| Head::of(g, room)).collect();
        let head = heads.iter().map(|h| h.height).fold(0.0, f64::max);
        let upper = sheet.top;
        let top = upper + head + 8.0;
        for (j, (own, words)) in row.iter().zip(&heads).enumerate() {
            let left = MARGIN + NUMBERS + (room + GAP) * j as f64;
            words.write((left, upper), &mut sheet);
            let panel = Panel::new((&data.x, &data.y), (left, left + room), (top, top + HEIGHT), data.steps);
            one(data, own, i * across + j, &panel, j == 0, &mut sheet);
        }
        sheet.top = top + HEIGHT + 26.0;
    }
    let words = shortened(&format!("across: {}", data.x.title), WIDTH - 2.0 * MARGIN, Face::regular(BODY));
    let lettering = sheet.body();
    sheet.paragraph(&words, 1, lettering);
    sheet.finish(data)
}

fn legend(data: &Lines, theme: Theme) -> Vec<(Swatch, String)> {
    let own = (Swatch::Line(group(theme, 0)), "the group named over the panel".to_owned());
    let others = (Swatch::Line(theme.edge()), "the other groups".to_owned());
    let band = (Swatch::Square(group(theme, 0).over(0.25, theme.background())), data.band.clone());
    let rule = data.rule.as_ref().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone()));
    let several = data.groups.len() > 1;
    let band = (!data.band.is_empty()).then_some(band);
    std::iter::once(own).chain(several.then_some(others)).chain(band).chain(rule).collect()
}

/// What stands over a panel.
struct Head {
    name: Vec<String>,
    told: Vec<String>,
    height: f64,
}

impl Head {
    fn of(group: &Group, room: f64) -> Self {
        let name = wrapped(&group.name, room, 3, Face::bold(BODY));
        let told: Vec<String> =
            group.told.iter().flat_map(|words| wrapped(words, room, 2, Face::regular(SMALL))).collect();
        let height = name.len() as f64 * line_height(BODY) + told.len() as f64 * line_height(SMALL);
        Self { name, told, height }
    }

    fn write(&self, (left, upper): (f64, f64), sheet: &mut Sheet) {
        let (name, told) = (sheet.body().bold(), sheet.small());
        let mut row = upper;
        for (words, lettering) in self.name.iter().map(|w| (w, name)).chain(self.told.iter().map(|w| (w, told))) {
            sheet.canvas.text((left, row + lettering.size), words.as_str(), lettering);
            row += line_height(lettering.size);
        }
    }
}

fn one(data: &Lines, own: &Group, place: usize, panel: &Panel, first: bool, sheet: &mut Sheet) {
    let (along, up) = (ticks(&data.x, &panel.x, 4), ticks(&data.y, &panel.y, 3));
    panel.grid([&along, &up], sheet);
    panel.bottom_numbers(&along, sheet);
    if first {
        panel.side_numbers(&up, sheet);
    }
    let faint = Stroke { colour: sheet.theme.edge(), width: 0.9 };
    for (at, other) in data.groups.iter().take(MOST).enumerate() {
        if at != place {
            panel.line(other, faint, &mut sheet.canvas);
        }
    }
    if let Some((x, _)) = data.rule {
        panel.rule(x, sheet);
    }
    let colour = group(sheet.theme, 0);
    panel.band(own, colour, &mut sheet.canvas);
    panel.line(own, Stroke { colour, width: 2.2 }, &mut sheet.canvas);
    panel.marks(own, 0, colour, &mut sheet.canvas);
}
