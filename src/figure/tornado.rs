//! What each option, claim, red line and audience does to the margin: horizontal bars, the longest first.

use serde::Serialize;

use super::axis::{Scale, number, percent, signed};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What the picture "tornado" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tornado {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis, with its unit: "change in the mean margin without it (share of an audience's span)".
    pub axis: String,
    /// What is compared, in any order; the eight to fifteen largest changes are drawn.
    pub contributions: Vec<Contribution>,
}

/// One option, claim, red line or audience.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// Its name.
    pub label: String,
    /// Which kind of clause it is.
    pub kind: Kind,
    /// The change in the mean margin when it is taken away, in the unit of the axis.
    pub change: f64,
    /// The share of worlds in which nothing is left without it: no package, or no veto if it is an audience.
    pub gone: f64,
    /// The interval of the change.
    pub interval: Option<(f64, f64)>,
}

impl Contribution {
    /// Whether nothing is left without it in most worlds, so that the mean over the others says little.
    fn is_needed(&self) -> bool {
        self.gone >= 0.5
    }

    /// Whether there is something to see of it at this many decimals.
    fn shows(&self, decimals: usize) -> bool {
        self.gone >= 0.05 || signed(self.change, decimals).chars().any(|c| ('1'..='9').contains(&c))
    }

    /// "no package left in 85 % of the worlds", if that is so in one world of a hundred.
    fn gone_words(&self) -> Option<String> {
        let what = if self.kind == Kind::Audience { "no veto" } else { "no package" };
        (self.gone >= 0.01).then(|| format!("{what} left in {} of the worlds", percent(self.gone)))
    }
}

/// A kind of clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An option of an issue.
    Option,
    /// A claim that a side can make.
    Claim,
    /// A red line.
    RedLine,
    /// An audience with its veto.
    Audience,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Option, Self::Claim, Self::RedLine, Self::Audience];

    /// What it is called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Claim => "claim",
            Self::RedLine => "red line",
            Self::Audience => "audience",
        }
    }

    fn colour(self, theme: Theme) -> Colour {
        tone(
            theme,
            match self {
                Self::Option => Tone::Bearable,
                Self::Claim => Tone::Settled,
                Self::RedLine => Tone::Defeat,
                Self::Audience => Tone::Nothing,
            },
        )
    }
}

const KINDS: f64 = 62.0;
const LABELS: f64 = 330.0;
/// Height of a row whose label takes one line.
const ROW: f64 = 21.0;
const BAR: f64 = 13.0;
/// Room that is put between bars at most, where they are few.
const AIR: f64 = 16.0;
/// Bars that are drawn at least, and at most.
const LEAST: usize = 8;
const MOST: usize = 15;

/// Draws the contributions, the largest change first.
#[must_use]
pub fn draw(data: &Tornado, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("tornado", WIDTH, &data.caption, theme);
    let sorted = sorted(&data.contributions);
    let decimals = decimals(&sorted);
    let (seen, hidden): (Vec<&Contribution>, Vec<&Contribution>) = sorted.into_iter().partition(|c| c.shows(decimals));
    let kinds = Kind::ALL.into_iter().filter(|kind| seen.iter().take(MOST).any(|c| c.kind == *kind));
    let legend: Vec<_> = kinds.map(|kind| (Swatch::Square(kind.colour(theme)), kind.word().to_owned())).collect();
    sheet.legend(&legend);
    let (shown, over) = seen.split_at(fitting(&seen, sheet.room(66.0, 0.0)));
    let rest = [over, hidden.as_slice()].concat();
    let scale = scale(shown);
    let top = sheet.top;
    let needed: f64 = shown.iter().map(|c| height(c)).sum();
    let air = ((sheet.room(66.0, 0.0) - needed) / shown.len().max(1) as f64).clamp(0.0, AIR);
    let bottom = top + 8.0 + needed + air * shown.len() as f64;
    grid(&scale, (top, bottom), &mut sheet);
    sheet.top += 4.0;
    for contribution in shown {
        sheet.top += air / 2.0;
        row(contribution, decimals, &scale, &mut sheet);
        sheet.top += air / 2.0;
    }
    sheet.top = bottom;
    axis(data, &scale, &mut sheet);
    remark(&rest, decimals, &mut sheet);
    sheet.finish(data)
}

/// How many of the bars fit a slide with this much room.
fn fitting(seen: &[&Contribution], room: f64) -> usize {
    let mut bottom = 0.0;
    let fit = seen.iter().take_while(|c| {
        bottom += height(c);
        bottom <= room
    });
    fit.count().clamp(LEAST, MOST).min(seen.len())
}

fn sorted(contributions: &[Contribution]) -> Vec<&Contribution> {
    let mut sorted: Vec<&Contribution> = contributions.iter().filter(|c| c.change.is_finite()).collect();
    let need = |c: &Contribution| if c.is_needed() { c.gone } else { 0.0 };
    sorted.sort_by(|a, b| {
        let by_need = need(b).total_cmp(&need(a));
        let by_size = b.change.abs().total_cmp(&a.change.abs());
        by_need.then(by_size).then(a.kind.cmp(&b.kind)).then_with(|| a.label.cmp(&b.label))
    });
    sorted
}

fn scale(shown: &[&Contribution]) -> Scale {
    /// Room at both ends for the printed values.
    const VALUES: f64 = 54.0;
    let left = MARGIN + KINDS + LABELS + 10.0;
    let ends = shown.iter().filter(|c| !c.is_needed()).flat_map(|c| {
        let (low, high) = c.interval.unwrap_or((c.change, c.change));
        [c.change, low, high]
    });
    let values = ends.chain([0.0]);
    let tight = Scale::around(values, (left + VALUES, WIDTH - MARGIN - VALUES));
    Scale { values: (tight.value(left), tight.value(WIDTH - MARGIN)), pixels: (left, WIDTH - MARGIN) }
}

/// As many decimals as show the largest change with two digits.
fn decimals(sorted: &[&Contribution]) -> usize {
    let largest = sorted.iter().find(|c| !c.is_needed()).map_or(1.0, |c| c.change.abs());
    [(10.0, 0), (1.0, 1), (0.1, 2), (0.01, 3)].into_iter().find(|(from, _)| largest >= *from).map_or(4, |(_, d)| d)
}

fn grid(scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let (faint, firm) = (sheet.theme.grid(), sheet.theme.ink());
    for value in scale.ticks(5).values {
        let stroke = Stroke { colour: faint, width: 0.8 };
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
    sheet.canvas.line((scale.at(0.0), top), (scale.at(0.0), bottom), Stroke { colour: firm, width: 1.2 });
}

/// The label in one to three lines.
fn label(c: &Contribution) -> Vec<String> {
    wrapped(&c.label, LABELS - 4.0, 3, Face::regular(BODY))
}

fn height(c: &Contribution) -> f64 {
    let lines = label(c).len() + usize::from(c.gone_words().is_some());
    (1..lines).fold(ROW, |height, _| height + line_height(BODY) - 1.0)
}

fn row(c: &Contribution, decimals: usize, scale: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let middle = sheet.top + height(c) / 2.0;
    let (body, small) = (sheet.body(), sheet.small());
    sheet.canvas.text((MARGIN, middle + SMALL * 0.36), c.kind.word(), small);
    let mut baseline = sheet.top + ROW / 2.0 + BODY * 0.36 - 0.5;
    for (lines, lettering) in [(label(c), body), (c.gone_words().into_iter().collect(), small)] {
        for line in lines {
            sheet.canvas.text((MARGIN + KINDS, baseline), line, lettering);
            baseline += line_height(BODY) - 1.0;
        }
    }
    if c.is_needed() {
        needed(c, scale, middle, sheet);
        sheet.top += height(c);
        return;
    }
    let (zero, end) = (scale.at(0.0), scale.at(c.change));
    sheet.canvas.rect((zero.min(end), middle - BAR / 2.0), (zero.max(end), middle + BAR / 2.0), c.kind.colour(theme));
    let reach = whisker(c, scale, middle, sheet);
    let words = signed(c.change, decimals);
    let (at, lettering) = if c.change < 0.0 {
        (reach.0.min(end).min(zero) - 6.0, sheet.small().end())
    } else {
        (reach.1.max(end).max(zero) + 6.0, sheet.small())
    };
    sheet.canvas.text((at, middle + SMALL * 0.36), words, lettering);
    sheet.top += height(c);
}

/// An empty bar to the end of the axis: without it there is no margin at all.
fn needed(c: &Contribution, scale: &Scale, y: f64, sheet: &mut Sheet) {
    let end = if c.kind == Kind::Audience { scale.pixels.1 } else { scale.pixels.0 };
    let zero = scale.at(0.0);
    let stroke = Stroke { colour: c.kind.colour(sheet.theme), width: 1.6 };
    sheet.canvas.frame((zero.min(end), y - BAR / 2.0), (zero.max(end), y + BAR / 2.0), stroke);
}

/// The interval as a thin line, and the pixels that it reaches.
fn whisker(c: &Contribution, scale: &Scale, y: f64, sheet: &mut Sheet) -> (f64, f64) {
    let Some((low, high)) = c.interval else { return (scale.at(c.change), scale.at(c.change)) };
    let (low, high) = (scale.within(low), scale.within(high));
    let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
    sheet.canvas.line((low, y), (high, y), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
    }
    (low, high)
}

fn axis(data: &Tornado, scale: &Scale, sheet: &mut Sheet) {
    let bottom = sheet.top;
    let stroke = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), stroke);
    for (value, words) in scale.ticks(5).labelled() {
        sheet.canvas.text((scale.at(value), bottom + 15.0), words, sheet.small().middle());
    }
    let mut row = bottom + 34.0;
    let face = Face::regular(BODY);
    let lettering = sheet.body();
    let centred = face.width(&data.axis) <= scale.pixels.1 - scale.pixels.0;
    for line in wrapped(&data.axis, WIDTH - 2.0 * MARGIN, 2, face) {
        let middle = f64::midpoint(scale.pixels.0, scale.pixels.1);
        let (at, lettering) = if centred { (middle, lettering.middle()) } else { (scale.pixels.1, lettering.end()) };
        sheet.canvas.text((at, row), line, lettering);
        row += line_height(BODY);
    }
    sheet.top = row - 8.0;
}

fn remark(rest: &[&Contribution], decimals: usize, sheet: &mut Sheet) {
    let Some(largest) = rest.iter().max_by(|a, b| a.change.abs().total_cmp(&b.change.abs())) else { return };
    let step = [1.0, 0.1, 0.01, 0.001, 0.0001].get(decimals).copied().unwrap_or(0.0001);
    // Rounded up, so that "under" is true of every one of them.
    let bound = ((largest.change.abs() / step).floor() + 1.0) * step;
    let words = format!("and {} more under {}", rest.len(), number(bound, decimals));
    let lettering = sheet.small();
    let top = sheet.top + 2.0;
    sheet.top = sheet.lines((MARGIN, top), &words, WIDTH - 2.0 * MARGIN, 1, lettering);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_change_of_either_sign_comes_first() {
        let make = |label: &str, change| Contribution {
            label: label.into(),
            kind: Kind::Claim,
            change,
            gone: 0.0,
            interval: None,
        };
        let all = [make("b", 0.1), make("a", -0.3), make("nothing", f64::NAN), make("aa", 0.1)];
        let labels: Vec<&str> = sorted(&all).iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["a", "aa", "b"]);
    }
}
