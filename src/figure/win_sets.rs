//! The win-sets projected onto the options, issue by issue.

mod strip;

use serde::Serialize;

use super::canvas::Stroke;
use super::palette::{Tone, side, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What the picture "win-sets" shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WinSets {
    /// The words around it; that it is a projection is said by the picture itself.
    pub caption: Caption,
    /// The names of the parties, two to four, in the order of the strips.
    pub parties: Vec<String>,
    /// The issues, one row each.
    pub issues: Vec<Issue>,
}

/// An issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Its name.
    pub name: String,
    /// Its options in their order; more than eight become a strip of cells without names.
    pub options: Vec<OptionCell>,
}

/// An option of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OptionCell {
    /// Its name.
    pub name: String,
    /// Whether it is the present state.
    pub now: bool,
    /// For each party: whether some package with this option is in its win-set.
    pub borne: Vec<bool>,
    /// Whether some no-defeat package has this option.
    pub no_defeat: bool,
}

/// Options whose names find room.
const MOST_NAMED: usize = 8;
const WIDTH: f64 = 760.0;
/// Room for the names of the issues.
const NAMES: f64 = 150.0;
const STRIP: f64 = 6.0;
/// From strip to strip.
const PITCH: f64 = 9.0;
const PROJECTION: &str = "A projection: win-sets are sets of packages, not of options. Options that can each be borne \
                          somewhere need not be borne together.";

/// Draws the win-sets issue by issue.
#[must_use]
pub fn draw(data: &WinSets, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("win-sets", WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    for issue in &data.issues {
        let row = if issue.options.len() > MOST_NAMED { strip::row } else { row };
        row(issue, data.parties.len(), &mut sheet);
    }
    sheet.top += 4.0;
    let remark = sheet.body();
    sheet.paragraph(PROJECTION, 3, remark);
    sheet.top -= 6.0;
    sheet.finish(data)
}

fn legend(data: &WinSets, theme: Theme) -> Vec<(Swatch, String)> {
    let green = tone(theme, Tone::Settled);
    let mut entries = vec![
        (
            Swatch::Edged(green.over(0.18, theme.background()), green),
            "some no-defeat package has this option".to_owned(),
        ),
        (Swatch::Hollow(theme.edge()), "no such package has it".to_owned()),
    ];
    for (i, name) in data.parties.iter().enumerate() {
        entries.push((Swatch::Square(side(theme, i)), format!("some package with it is bearable for {name}")));
    }
    entries
}

fn row(issue: &Issue, parties: usize, sheet: &mut Sheet) {
    let left = MARGIN + NAMES;
    let options = u32::try_from(issue.options.len().max(1)).unwrap_or(u32::MAX);
    let pitch = (WIDTH - MARGIN - left) / f64::from(options);
    let names: Vec<Vec<String>> = issue.options.iter().map(|o| cell_name(o, pitch)).collect();
    let lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let box_height = (0..lines).fold(8.0, |height, _| height + line_height(SMALL));
    let top = sheet.top;
    let title = sheet.body().bold();
    sheet.lines((MARGIN, top + 2.0), &issue.name, NAMES - 14.0, 4, title);
    let mut x = left;
    for (option, name) in issue.options.iter().zip(&names) {
        cell(option, name, (x, top), (pitch - 4.0, box_height), sheet);
        strips(option, parties, (x, top + box_height + 4.0), pitch - 4.0, sheet);
        x += pitch;
    }
    let strips_height = (0..parties).fold(4.0, |height, _| height + PITCH);
    let name_height = 2.0
        + (0..wrapped(&issue.name, NAMES - 14.0, 4, Face::bold(BODY)).len())
            .fold(0.0, |height, _| height + line_height(BODY));
    sheet.top += (box_height + strips_height).max(name_height) + 9.0;
}

fn cell_name(option: &OptionCell, pitch: f64) -> Vec<String> {
    let name = if option.now { format!("now: {}", option.name) } else { option.name.clone() };
    wrapped(&name, pitch - 16.0, 3, Face::regular(SMALL))
}

fn cell(option: &OptionCell, name: &[String], (x, y): (f64, f64), (width, height): (f64, f64), sheet: &mut Sheet) {
    let (theme, corner) = (sheet.theme, (x + width, y + height));
    let green = tone(theme, Tone::Settled);
    if option.no_defeat {
        sheet.canvas.rect((x, y), corner, green.over(0.18, theme.background()));
        sheet.canvas.frame((x, y), corner, Stroke { colour: green, width: 1.6 });
    } else {
        sheet.canvas.frame((x, y), corner, Stroke { colour: theme.edge(), width: 0.8 });
    }
    let colour = if option.no_defeat { theme.ink() } else { theme.muted() };
    let mut baseline = y + 4.0 + SMALL;
    for line in name {
        let mut lettering = sheet.small();
        lettering.colour = colour;
        sheet.canvas.text((x + 6.0, baseline), line.as_str(), lettering);
        baseline += line_height(SMALL);
    }
}

fn strips(option: &OptionCell, parties: usize, (x, y): (f64, f64), width: f64, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let mut top = y;
    for party in 0..parties {
        let corner = (x + width, top + STRIP);
        if option.borne.get(party).copied().unwrap_or(false) {
            sheet.canvas.rect((x, top), corner, side(theme, party));
        } else {
            sheet.canvas.frame((x, top), corner, Stroke { colour: theme.edge(), width: 0.6 });
        }
        top += PITCH;
    }
}
