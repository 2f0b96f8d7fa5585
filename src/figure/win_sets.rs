//! The win-sets projected onto the options, issue by issue.

use super::prelude::*;

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

/// Options whose names find room; more become a strip of cells whose stretches are named by their ends.
const MOST_NAMED: usize = 8;
const WIDTH: f64 = 760.0;
/// Room for the names of the issues.
const NAMES: f64 = 150.0;
const LEFT: f64 = MARGIN + NAMES;
const STRIP: f64 = 6.0;
/// From strip to strip.
const PITCH: f64 = 9.0;
const PROJECTION: &str = "A projection: win-sets are sets of packages, not of options. Options that can each be borne \
                          somewhere need not be borne together.";

/// Draws the win-sets issue by issue.
pub fn draw(data: &WinSets, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("win-sets", WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    for issue in &data.issues {
        let row = if issue.options.len() > MOST_NAMED { strip } else { cells };
        let named = sheet.lines((MARGIN, sheet.top + 2.0), &issue.name, NAMES - 14.0, 4, sheet.body().bold());
        sheet.top = row(issue, data.parties.len(), &mut sheet).max(named) + 9.0;
    }
    sheet.top += 4.0;
    sheet.paragraph(PROJECTION, 3, sheet.body());
    sheet.top -= 6.0;
    sheet.finish(data)
}

fn legend(data: &WinSets, theme: Theme) -> Vec<(Swatch, String)> {
    let green = Swatch::Edged(pale(theme), theme.tone(Tone::Settled));
    let options = [
        (green, "some no-defeat package has this option".to_owned()),
        (Swatch::Hollow(theme.edge()), "no such package has it".to_owned()),
    ];
    let parties = data
        .parties
        .iter()
        .enumerate()
        .map(|(i, name)| (Swatch::Square(theme.side(i)), format!("some package with it is bearable for {name}")));
    options.into_iter().chain(parties).collect()
}

fn pale(theme: Theme) -> Colour {
    theme.tone(Tone::Settled).over(0.18, theme.background())
}

impl OptionCell {
    fn words(&self) -> String {
        if self.now { format!("now: {}", self.name) } else { self.name.clone() }
    }

    fn is_borne(&self, party: usize) -> bool {
        self.borne.get(party).copied().unwrap_or(false)
    }
}

/// A box with its name for each option, and under it a strip for each party; gives the row below them.
fn cells(issue: &Issue, parties: usize, sheet: &mut Sheet) -> f64 {
    let (theme, top, face) = (sheet.theme, sheet.top, Face::regular(SMALL));
    let pitch = (WIDTH - MARGIN - LEFT) / issue.options.len().max(1) as f64;
    let (room, wide) = (pitch - 16.0, pitch - 4.0);
    let high = issue.options.iter().map(|o| height(&o.words(), room, 3, face)).fold(line_height(SMALL), f64::max) + 8.0;
    for (at, option) in issue.options.iter().enumerate() {
        let x = LEFT + pitch * at as f64;
        let corner = (x + wide, top + high);
        if option.no_defeat {
            green((x, top), corner, sheet);
        } else {
            sheet.canvas.frame((x, top), corner, theme.faint());
        }
        let colour = if option.no_defeat { theme.ink() } else { theme.muted() };
        sheet.lines((x + 6.0, top + 4.0), &option.words(), room, 3, sheet.small().coloured(colour));
        for party in 0..parties {
            let y = top + high + 4.0 + PITCH * party as f64;
            if option.is_borne(party) {
                sheet.canvas.rect((x, y), (x + wide, y + STRIP), theme.side(party));
            } else {
                sheet.canvas.frame((x, y), (x + wide, y + STRIP), Stroke { width: 0.6, ..theme.rim() });
            }
        }
    }
    top + high + 4.0 + PITCH * parties as f64
}

/// A box in which some no-defeat package lies.
fn green(corner: Point, other: Point, sheet: &mut Sheet) {
    let theme = sheet.theme;
    sheet.canvas.rect(corner, other, pale(theme));
    sheet.canvas.frame(corner, other, Stroke { colour: theme.tone(Tone::Settled), width: 1.6 });
}

/// Height of the cells of a strip.
const CELLS: f64 = 22.0;
const RIGHT: f64 = WIDTH - MARGIN - 4.0;

/// An issue with many options: neighbouring ones that fare alike become one stretch; gives the row below it.
fn strip(issue: &Issue, parties: usize, sheet: &mut Sheet) -> f64 {
    let (theme, top) = (sheet.theme, sheet.top);
    sheet.canvas.frame((LEFT, top), (RIGHT, top + CELLS), theme.faint());
    for (from, to) in issue.stretches(|o| o.no_defeat) {
        let (left, right) = (issue.x(from), issue.x(to + 1));
        green((left, top), (right, top + CELLS), sheet);
        let (first, last) = (&issue.options[from].name, &issue.options[to].name);
        let words = if from == to { first.clone() } else { format!("{first} to {last}") };
        if Face::regular(SMALL).width(&words) + 8.0 <= right - left {
            let middle = (f64::midpoint(left, right), top + CELLS / 2.0);
            sheet.canvas.label(middle, words, sheet.note().middle());
        }
    }
    for party in 0..parties {
        let y = top + CELLS + 4.0 + PITCH * party as f64;
        sheet.canvas.frame((LEFT, y), (RIGHT, y + STRIP), Stroke { width: 0.6, ..theme.rim() });
        for (from, to) in issue.stretches(|o| o.is_borne(party)) {
            sheet.canvas.rect((issue.x(from), y), (issue.x(to + 1), y + STRIP), theme.side(party));
        }
    }
    let below = top + CELLS + 4.0 + PITCH * parties as f64;
    ends(issue, below, sheet);
    below + line_height(SMALL) + 2.0
}

/// The names of the first and the last option under the strip, and of the present state between them.
fn ends(issue: &Issue, top: f64, sheet: &mut Sheet) {
    let (Some(first), Some(last)) = (issue.options.first(), issue.options.last()) else { return };
    let face = Face::regular(SMALL);
    let words = |o: &OptionCell| shortened(&o.words(), (RIGHT - LEFT) / 3.0 - 12.0, face);
    let (first, last) = (words(first), words(last));
    let (baseline, small) = (top + SMALL, sheet.small());
    let (left, right) = (LEFT + face.width(&first) + 10.0, RIGHT - face.width(&last) - 10.0);
    sheet.canvas.text((LEFT, baseline), first, small);
    sheet.canvas.text((RIGHT, baseline), last, small.end());
    let mut inner = 1..issue.options.len().saturating_sub(1);
    if let Some(now) = inner.find(|o| issue.options[*o].now) {
        let words = words(&issue.options[now]);
        let half = face.width(&words) / 2.0;
        let middle = f64::midpoint(issue.x(now), issue.x(now + 1)).clamp(left + half, right - half);
        sheet.canvas.text((middle, baseline), words, small.middle());
    }
}

impl Issue {
    /// The left edge of an option's cell in a strip.
    fn x(&self, option: usize) -> f64 {
        LEFT + (RIGHT - LEFT) * option as f64 / self.options.len().max(1) as f64
    }

    fn stretches(&self, holds: impl Fn(&OptionCell) -> bool) -> Vec<(usize, usize)> {
        stretches(&self.options.iter().map(holds).collect::<Vec<_>>())
    }
}

/// The first and the last place of every stretch of `true`.
pub fn stretches(flags: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => found.push((place, place)),
        }
    }
    found
}
