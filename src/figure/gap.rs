//! What exists beside what the talks reach: three shares with their intervals on one axis, row by row.

use super::prelude::*;

/// What the picture "gap" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Gap {
    /// The words around it.
    pub caption: Caption,
    /// All worlds first, then each reading.
    pub rows: Vec<ThreeNumbers>,
}

/// The three numbers over the worlds of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ThreeNumbers {
    /// Its name.
    pub name: String,
    /// One exists.
    pub exists: Measured,
    /// One same package would do; none where it was not asked.
    pub same: Option<Measured>,
    /// It is reached.
    pub reached: Measured,
}

const NAMES: f64 = 170.0;
/// Room for the printed shares.
const NUMBERS: f64 = 128.0;
/// Least and greatest height of a row.
const ROW: (f64, f64) = (52.0, 76.0);
/// Room for a name over a row.
const OVER: f64 = 20.0;

/// Draws the gap.
pub fn draw(data: &Gap, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("gap", SLIDE, &data.caption, look);
    sheet.legend(&legend(data, theme));
    // Names stand beside their numbers, or over them.
    let (left, over) = if sheet.is_narrow() { (MARGIN + 6.0, OVER) } else { (MARGIN + NAMES + 10.0, 0.0) };
    let scale = Scale::over(0.0, 1.0, (left, sheet.right() - NUMBERS - 12.0));
    let height = (sheet.room(38.0, 0.0) / data.rows.len().max(1) as f64).clamp(ROW.0 + over, ROW.1 + over);
    let bottom = sheet.top + height * data.rows.len() as f64;
    sheet.uprights(&scale, 5, (sheet.top, bottom));
    for (i, row) in data.rows.iter().enumerate() {
        one(row, i == 0, &scale, height, &mut sheet);
    }
    sheet.share_axis(&scale, "share of the worlds, and of the runs played in them", bottom);
    sheet.top -= SMALL * 0.2;
    sheet.finish(data)
}

fn legend(data: &Gap, theme: Theme) -> Vec<(Swatch, String)> {
    let same = data.rows.iter().any(|row| row.same.is_some());
    let same = same.then_some((Swatch::Diamond(theme.background(), theme.ink()), "one same package would do"));
    let others = [
        (Swatch::Square(theme.tone(Tone::Bearable)), "it is reached"),
        (Swatch::Square(band(theme)), "the gap"),
        (Swatch::Whisker(theme.muted()), "95 % interval (Wilson)"),
    ];
    let exists = (Swatch::Disc(theme.tone(Tone::Settled)), "one exists");
    [exists].into_iter().chain(same).chain(others).map(|(swatch, words)| (swatch, words.to_owned())).collect()
}

fn band(theme: Theme) -> Colour {
    theme.tone(Tone::Nothing).over(0.45, theme.background())
}

fn one(row: &ThreeNumbers, all: bool, scale: &Scale, height: f64, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let [exists, ink, reached] = [theme.tone(Tone::Settled), theme.ink(), theme.tone(Tone::Bearable)];
    let name = if all { sheet.body().bold() } else { sheet.body() };
    let mut top = sheet.top + (height - ROW.0) / 2.0;
    if sheet.is_narrow() {
        top = sheet.top + OVER;
        sheet.lines((MARGIN, sheet.top + 4.0), &row.name, sheet.width - 2.0 * MARGIN, 1, name);
    } else {
        sheet.lines((MARGIN, top + 2.0), &row.name, NAMES - 4.0, 3, name);
    }
    let [upper, middle, lower] = [10.0, 26.0, 42.0].map(|y| top + y);
    let (from, to) = (scale.within(row.reached.estimate), scale.within(row.exists.estimate));
    sheet.canvas.rect((from.min(to), middle - 5.0), (from.max(to), middle + 5.0), band(theme));
    let interval = |share: &Measured, y: f64, colour: Colour, sheet: &mut Sheet| {
        sheet.interval(share.ends(), scale, y, Stroke { colour, width: 1.6 }, 3.0);
    };
    interval(&row.exists, upper, exists, sheet);
    sheet.canvas.disc((to, upper), 5.0, exists);
    if let Some(same) = &row.same {
        interval(same, middle, ink, sheet);
        let edge = Stroke { colour: ink, width: 1.4 };
        sheet.canvas.diamond((scale.within(same.estimate), middle), 5.5, theme.background(), edge);
    }
    interval(&row.reached, lower, reached, sheet);
    sheet.canvas.rect((from - 4.5, lower - 4.5), (from + 4.5, lower + 4.5), reached);
    let lettering = sheet.body().end();
    let exists = Some((upper, "exists", row.exists, lettering));
    let same = row.same.map(|same| (middle, "same", same, lettering));
    let reached = Some((lower, "reached", row.reached, lettering.bold()));
    for (y, word, share, lettering) in [exists, same, reached].into_iter().flatten() {
        sheet.canvas.label((sheet.right(), y), format!("{word} {}", percent(share.estimate)), lettering);
    }
    sheet.top += height;
}
