//! Small multiples: one panel a headline, with a point and its interval for each arm, and below it the paired
//! differences from the first.

use super::prelude::*;
use crate::text::words::list;

/// What the picture "compare" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Multiples {
    /// The words around it.
    pub caption: Caption,
    /// The arms: a letter, and what it stands for.
    pub arms: Vec<(String, String)>,
    /// The panels.
    pub panels: Vec<HeadlinePanel>,
}

/// One headline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct HeadlinePanel {
    /// Its name.
    pub title: String,
    /// Whether values are shares; else they are numbers.
    pub shares: bool,
    /// One value with its interval for each arm; `None` where it has none.
    pub levels: Vec<Option<Measured>>,
    /// The differences of the arms behind the first from it.
    pub differences: Vec<Difference>,
}

/// A difference of two arms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// What it is, with its interval.
    pub change: Measured,
    /// Whether it can be told from 0.
    pub told: bool,
}

const WIDTH: f64 = 900.0;
const COLUMNS: usize = 3;
const GAP: f64 = 26.0;
const ROW: f64 = 18.0;
const AXIS: f64 = 20.0;

/// Draws the panels, three a row.
pub fn draw(data: &Multiples, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("compare", WIDTH, &data.caption, theme);
    arms(data, &mut sheet);
    sheet.legend(&[
        (Swatch::Whisker(theme.ink()), "an arm, 95 %".into()),
        (Swatch::Whisker(real(theme)), "its difference from A over pairs, in points, told from 0".into()),
        (Swatch::Whisker(theme.muted()), "not told from 0".into()),
    ]);
    own_axes(data, &mut sheet);
    let width = (WIDTH - 2.0 * MARGIN - 2.0 * GAP) / 3.0;
    for row in data.panels.chunks(COLUMNS) {
        for (at, panel) in row.iter().enumerate() {
            let left = MARGIN + (width + GAP) * at as f64;
            draw_panel(panel, data, (left, left + width), &mut sheet);
        }
        sheet.top += height(data);
    }
    sheet.finish(data)
}

fn real(theme: Theme) -> Colour {
    theme.tone(Tone::Defeat)
}

/// What each letter stands for.
fn arms(data: &Multiples, sheet: &mut Sheet) {
    for (letter, text) in &data.arms {
        sheet.canvas.text((MARGIN, sheet.top + BODY), letter.as_str(), sheet.body().bold());
        let room = WIDTH - 2.0 * MARGIN - 22.0;
        sheet.top = sheet.lines((MARGIN + 22.0, sheet.top), text, room, 2, sheet.body());
    }
    sheet.top += 8.0;
}

fn height(data: &Multiples) -> f64 {
    let arms = data.arms.len();
    24.0 + ROW * arms as f64 + AXIS + 8.0 + ROW * arms.saturating_sub(1) as f64 + AXIS + 14.0
}

/// Says which panels have axes of their own, if others share one.
fn own_axes(data: &Multiples, sheet: &mut Sheet) {
    let own: Vec<String> = data.panels.iter().filter(|p| !p.shares).map(|p| format!("“{}”", p.title)).collect();
    if data.panels.len() - own.len() < 2 {
        return;
    }
    let except = match own.len() {
        0 => String::new(),
        1 => format!(", but {} has own ones", list(&own)),
        _ => format!(", but {} have own ones", list(&own)),
    };
    sheet.paragraph(&format!("All panels have the same axes{except}."), 2, sheet.small());
    sheet.top += 4.0;
}

/// The axes of a panel, of its values and of their differences: those of all shares, or of its own unit.
fn axes(panel: &HeadlinePanel, data: &Multiples, inner: (f64, f64)) -> [Scale; 2] {
    let together = || data.panels.iter().filter(|other| if panel.shares { other.shares } else { *other == panel });
    let ends = |share: &Measured| [share.estimate, share.low, share.high];
    let levels = together().flat_map(|p| p.levels.iter().flatten()).flat_map(ends);
    let changes = together().flat_map(|p| &p.differences).flat_map(|d| ends(&d.change)).chain([0.0]);
    [Scale::around(levels, inner), around_zero(changes, panel.shares, inner)]
}

fn draw_panel(panel: &HeadlinePanel, data: &Multiples, (left, right): (f64, f64), sheet: &mut Sheet) {
    let (top, lettering) = (sheet.top, sheet.body().bold());
    sheet.canvas.text((left, top + BODY), shortened(&panel.title, right - left, lettering.face()), lettering);
    let [of_levels, of_differences] = axes(panel, data, (left + 26.0, right - 10.0));
    let upper = top + 24.0;
    let lower = upper + ROW * panel.levels.len() as f64 + AXIS + 8.0;
    levels(panel, data, &of_levels, (left, upper), sheet);
    differences(panel, data, &of_differences, (left, lower), sheet);
}

/// What each arm has.
fn levels(panel: &HeadlinePanel, data: &Multiples, scale: &Scale, (left, top): Point, sheet: &mut Sheet) {
    axis(scale, (top, panel.levels.len()), panel.shares.then_some("\u{a0}%"), sheet);
    for (place, level) in panel.levels.iter().enumerate() {
        let y = top + ROW * (place as f64 + 0.5);
        let letter = data.arms.get(place).map_or("", |(letter, _)| letter);
        sheet.canvas.text((left, y + DOWN), letter, sheet.body());
        match level {
            Some(level) => whisker(*level, scale, y, sheet.theme.ink(), sheet),
            None => sheet.canvas.label((scale.pixels.0, y), "never", sheet.small()),
        }
    }
}

/// How each arm differs from the first.
fn differences(panel: &HeadlinePanel, data: &Multiples, scale: &Scale, (left, top): Point, sheet: &mut Sheet) {
    axis(scale, (top, panel.differences.len()), panel.shares.then_some(""), sheet);
    let (zero, bottom) = (scale.at(0.0), top + ROW * panel.differences.len() as f64);
    sheet.canvas.line((zero, top), (zero, bottom), Stroke { colour: sheet.theme.ink(), width: 1.2 });
    for (place, Difference { change, told }) in panel.differences.iter().enumerate() {
        let y = top + ROW * (place as f64 + 0.5);
        let letter = data.arms.get(place + 1).map_or("", |(letter, _)| letter);
        sheet.canvas.label((left - 2.0, y), format!("{letter}−A"), sheet.small());
        let colour = if *told { real(sheet.theme) } else { sheet.theme.muted() };
        whisker(*change, scale, y, colour, sheet);
    }
}

fn whisker(Measured { estimate, low, high }: Measured, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    sheet.canvas.whisker((scale.within(low), scale.within(high)), y, Stroke { colour, width: 1.5 }, 3.0);
    sheet.canvas.disc((scale.within(estimate), y), 3.2, colour);
}

/// A scale around differences; where all are 0, a narrow one.
fn around_zero(ends: impl Iterator<Item = f64>, shares: bool, pixels: (f64, f64)) -> Scale {
    let ends: Vec<f64> = ends.collect();
    let narrow = if shares { 0.01 } else { 1.0 };
    if ends.iter().all(|x| *x == 0.0) { Scale::over(-narrow, narrow, pixels) } else { Scale::around(ends, pixels) }
}

/// An axis under so many rows: of shares in per cent, followed by this sign, or of numbers.
fn axis(scale: &Scale, (top, rows): (f64, usize), sign: Option<&str>, sheet: &mut Sheet) {
    let ticks = scale.ticks(4);
    let words = |value: f64| match sign {
        Some(sign) => format!("{}{sign}", number(value * 100.0, ticks.decimals.saturating_sub(2))),
        None => number(value, ticks.decimals),
    };
    let bottom = top + ROW * rows as f64;
    let ticks = ticks.values.iter().map(|value| (*value, words(*value))).collect();
    sheet.graduated(scale, ticks, (top, bottom), 13.0);
    sheet.foot(scale, bottom);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(title: &str, shares: bool, middle: f64) -> HeadlinePanel {
        let around = |x: f64| Measured { estimate: x, low: x - 0.01, high: x + 0.01 };
        let same = Difference { change: around(0.0), told: false };
        HeadlinePanel { title: title.into(), shares, levels: vec![Some(around(middle)); 2], differences: vec![same] }
    }

    #[test]
    fn all_shares_of_all_arms_have_one_axis_and_a_mean_has_its_own() {
        let panels = vec![panel("often", true, 0.9), panel("seldom", true, 0.1), panel("rounds", false, 39.0)];
        let data = Multiples { panels, ..Multiples::default() };
        let [often, seldom, rounds] = [0, 1, 2].map(|at| axes(&data.panels[at], &data, (0.0, 100.0)));
        assert_eq!(often, seldom);
        assert!(often[0].values.0 < 0.1 && often[0].values.1 > 0.9, "{often:?}");
        assert!(rounds[0].values.0 > 38.0, "{rounds:?}");
        assert!(draw(&data, Theme::Light).svg.contains("All panels have the same axes, but “rounds” has own ones."));
    }
}
