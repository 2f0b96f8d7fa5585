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
/// Options beside each other where names stand over them.
const ABREAST: usize = 3;
const STRIP: f64 = 6.0;
/// From strip to strip.
const PITCH: f64 = 9.0;
const PROJECTION: &str = "A projection: win-sets are sets of packages, not of options. Options that can each be borne \
                          somewhere need not be borne together.";

/// Draws the win-sets issue by issue.
pub fn draw(data: &WinSets, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("win-sets", WIDTH, &data.caption, look);
    sheet.legend(&legend(data, theme));
    for issue in &data.issues {
        let room = if sheet.is_narrow() { sheet.width - 2.0 * MARGIN } else { NAMES - 14.0 };
        let named = sheet.lines((MARGIN, sheet.top + 2.0), &issue.name, room, 4, sheet.body().bold());
        if sheet.is_narrow() {
            sheet.top = named + 3.0;
        }
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

/// Where the options of an issue begin.
fn left(sheet: &Sheet) -> f64 {
    if sheet.is_narrow() { MARGIN } else { MARGIN + NAMES }
}

/// The options of an issue; gives the row below them.
fn row(issue: &Issue, parties: usize, sheet: &mut Sheet) -> f64 {
    if issue.options.len() > MOST_NAMED {
        return strip(issue, parties, sheet);
    }
    let abreast = if sheet.is_narrow() { ABREAST } else { MOST_NAMED };
    for options in issue.options.chunks(abreast) {
        sheet.top = cells(options, parties, sheet) + 6.0;
    }
    sheet.top - 6.0
}

/// A box with its name for each option, and under it a strip for each party; gives the row below them.
fn cells(options: &[OptionCell], parties: usize, sheet: &mut Sheet) -> f64 {
    let (theme, top, face) = (sheet.theme, sheet.top, Face::regular(SMALL));
    let pitch = (sheet.right() - left(sheet)) / options.len().max(1) as f64;
    let (room, wide) = (pitch - 16.0, pitch - 4.0);
    let high = options.iter().map(|o| height(&o.words(), room, 3, face)).fold(line_height(SMALL), f64::max) + 8.0;
    for (at, option) in options.iter().enumerate() {
        let x = left(sheet) + pitch * at as f64;
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

/// An issue with many options: neighbouring ones that fare alike become one stretch; gives the row below it.
fn strip(issue: &Issue, parties: usize, sheet: &mut Sheet) -> f64 {
    let (theme, top) = (sheet.theme, sheet.top);
    let ends_at = (left(sheet), sheet.right() - 4.0);
    let x = |option: usize| issue.x(option, ends_at);
    sheet.canvas.frame((ends_at.0, top), (ends_at.1, top + CELLS), theme.faint());
    for (from, to) in issue.stretches(|o| o.no_defeat) {
        let (left, right) = (x(from), x(to + 1));
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
        sheet.canvas.frame((ends_at.0, y), (ends_at.1, y + STRIP), Stroke { width: 0.6, ..theme.rim() });
        for (from, to) in issue.stretches(|o| o.is_borne(party)) {
            sheet.canvas.rect((x(from), y), (x(to + 1), y + STRIP), theme.side(party));
        }
    }
    let below = top + CELLS + 4.0 + PITCH * parties as f64;
    ends(issue, below, ends_at, sheet);
    below + line_height(SMALL) + 2.0
}

/// The names of the first and the last option under the strip, and of the present state between them.
fn ends(issue: &Issue, top: f64, (start, end): (f64, f64), sheet: &mut Sheet) {
    let (Some(first), Some(last)) = (issue.options.first(), issue.options.last()) else { return };
    let face = Face::regular(SMALL);
    let words = |o: &OptionCell| shortened(&o.words(), (end - start) / 3.0 - 12.0, face);
    let (first, last) = (words(first), words(last));
    let (baseline, small) = (top + SMALL, sheet.small());
    let (left, right) = (start + face.width(&first) + 10.0, end - face.width(&last) - 10.0);
    sheet.canvas.text((start, baseline), first, small);
    sheet.canvas.text((end, baseline), last, small.end());
    let mut inner = 1..issue.options.len().saturating_sub(1);
    if let Some(now) = inner.find(|o| issue.options[*o].now) {
        let words = words(&issue.options[now]);
        let half = face.width(&words) / 2.0;
        let middle = f64::midpoint(issue.x(now, (start, end)), issue.x(now + 1, (start, end)))
            .clamp(left + half, (right - half).max(left + half));
        sheet.canvas.text((middle, baseline), words, small.middle());
    }
}

impl Issue {
    /// The left edge of an option's cell in a strip.
    fn x(&self, option: usize, (start, end): (f64, f64)) -> f64 {
        start + (end - start) * option as f64 / self.options.len().max(1) as f64
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
