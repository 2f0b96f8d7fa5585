//! Which inputs make an outcome vary: two bars for each, what it makes alone and with company, with intervals.

use super::prelude::*;

/// What the picture "indices" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Indices {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis.
    pub axis: String,
    /// What is compared, from above down.
    pub rows: Vec<InputIndices>,
}

/// An input or a group of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InputIndices {
    /// Its name.
    pub label: String,
    /// Its share of the variance alone; `None` if it cannot be told from 0.
    pub alone: Option<Measured>,
    /// Its share with all it acts together with; `None` if it cannot be told from 0.
    pub together: Option<Measured>,
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 280.0;
/// Room for the printed shares.
const NUMBERS: f64 = 60.0;
const ROW: f64 = 42.0;
const BAR: f64 = 12.0;

/// Draws the indices.
pub fn draw(data: &Indices, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("indices", WIDTH, &data.caption, theme);
    let [alone, together] = [Tone::Settled, Tone::Bearable].map(|tone| theme.tone(tone));
    sheet.legend(&[
        (Swatch::Square(alone), "alone".into()),
        (Swatch::Square(together), "with all it acts together with".into()),
        (Swatch::Whisker(theme.muted()), "95 % interval".into()),
    ]);
    let ends = data.rows.iter().flat_map(|row| [row.alone, row.together]).flatten().map(|share| share.high);
    let most = ends.fold(0.1, f64::max) * 1.04;
    let scale = Scale::over(0.0, most, (MARGIN + LABELS + 10.0, WIDTH - MARGIN - NUMBERS));
    let bottom = sheet.top + ROW * data.rows.len() as f64;
    sheet.uprights(&scale, 5, (sheet.top, bottom));
    for row in &data.rows {
        let middle = sheet.top + ROW / 2.0;
        sheet.input((MARGIN, middle), &row.label, LABELS);
        bar(row.alone, &scale, middle - (BAR / 2.0 + 1.5), alone, &mut sheet);
        bar(row.together, &scale, middle + (BAR / 2.0 + 1.5), together, &mut sheet);
        sheet.top += ROW;
    }
    sheet.share_axis(&scale, &data.axis, bottom);
    sheet.finish(data)
}

/// A bar with its interval and its share printed beyond; of what cannot be told from 0 only that.
fn bar(share: Option<Measured>, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let zero = scale.at(0.0);
    let Some(share) = share else { return sheet.canvas.label((zero + 5.0, y), "≈ 0", sheet.small()) };
    let end = scale.within(share.estimate).max(zero + 1.0);
    sheet.canvas.rect((zero, y - BAR / 2.0), (end, y + BAR / 2.0), colour);
    sheet.interval(share.ends(), scale, y, Stroke { colour: sheet.theme.ink(), width: 1.6 }, 3.0);
    let beyond = scale.within(share.high).max(end) + 6.0;
    sheet.canvas.label((beyond, y), percent(share.estimate), sheet.small());
}
