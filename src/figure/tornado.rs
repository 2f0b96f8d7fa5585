//! What each option, claim, red line and audience does to the margin: horizontal bars, the longest first.

use super::prelude::*;
use crate::num::Order;

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
    pub kind: ClauseKind,
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
        let what = if self.kind == ClauseKind::Audience { "no veto" } else { "no package" };
        (self.gone >= 0.01).then(|| format!("{what} left in {} of the worlds", percent(self.gone)))
    }
}

/// A kind of clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKind {
    /// An option of an issue.
    Option,
    /// A claim that a side can make.
    Claim,
    /// A red line.
    RedLine,
    /// An audience with its veto.
    Audience,
}

impl ClauseKind {
    /// All of them, in order, each with what it is called and the tone of its bars.
    const WORDS: [(Self, &'static str, Tone); 4] = [
        (Self::Option, "option", Tone::Bearable),
        (Self::Claim, "claim", Tone::Settled),
        (Self::RedLine, "red line", Tone::Defeat),
        (Self::Audience, "audience", Tone::Nothing),
    ];

    /// What it is called.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].1
    }

    fn colour(self, theme: Theme) -> Colour {
        theme.tone(Self::WORDS[self as usize].2)
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
pub fn draw(data: &Tornado, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("tornado", SLIDE, &data.caption, look);
    let sorted = sorted(&data.contributions);
    let decimals = decimals(&sorted);
    let (seen, hidden): (Vec<&Contribution>, Vec<&Contribution>) = sorted.into_iter().partition(|c| c.shows(decimals));
    let drawn = |kind| seen.iter().take(MOST).any(|c| c.kind == kind);
    let kinds = ClauseKind::WORDS.into_iter().filter(|(kind, ..)| drawn(*kind));
    let legend = kinds.map(|(_, word, tone)| (Swatch::Square(theme.tone(tone)), word.to_owned()));
    sheet.legend(&legend.collect::<Vec<_>>());
    let (shown, over) = seen.split_at(fitting(&seen, &sheet));
    let rest = [over, hidden.as_slice()].concat();
    let scale = scale(shown, &sheet);
    let needed: f64 = shown.iter().map(|c| height(c, &sheet)).sum();
    let air = ((sheet.room(66.0, 0.0) - needed) / shown.len().max(1) as f64).clamp(0.0, AIR);
    let (top, bottom) = (sheet.top, sheet.top + 8.0 + needed + air * shown.len() as f64);
    sheet.uprights(&scale, 5, (top, bottom));
    let zero = scale.at(0.0);
    sheet.canvas.line((zero, top), (zero, bottom), Stroke { colour: theme.ink(), width: 1.2 });
    sheet.top += 4.0;
    for contribution in shown {
        sheet.top += air / 2.0;
        row(contribution, decimals, &scale, &mut sheet);
        sheet.top += height(contribution, &sheet) + air / 2.0;
    }
    axis(data, &scale, bottom, &mut sheet);
    remark(&rest, decimals, &mut sheet);
    sheet.finish(data)
}

/// How many of the bars fit a slide with this much room.
fn fitting(seen: &[&Contribution], sheet: &Sheet) -> usize {
    let (mut bottom, room) = (0.0, sheet.room(66.0, 0.0));
    let fit = seen.iter().take_while(|c| {
        bottom += height(c, sheet);
        bottom <= room
    });
    fit.count().clamp(LEAST, MOST).min(seen.len())
}

fn sorted(contributions: &[Contribution]) -> Vec<&Contribution> {
    let mut sorted: Vec<&Contribution> = contributions.iter().filter(|c| c.change.is_finite()).collect();
    let need = |c: &Contribution| if c.is_needed() { c.gone } else { 0.0 };
    sorted.order_by(|a, b| {
        let by_need = need(b).total_cmp(&need(a));
        let by_size = b.change.abs().total_cmp(&a.change.abs());
        by_need.then(by_size).then(a.kind.cmp(&b.kind)).then_with(|| a.label.cmp(&b.label))
    });
    sorted
}

fn scale(shown: &[&Contribution], sheet: &Sheet) -> Scale {
    /// Room at both ends for the printed values.
    const VALUES: f64 = 54.0;
    let left = if sheet.is_narrow() { MARGIN } else { MARGIN + KINDS + LABELS + 10.0 };
    let ends = shown.iter().filter(|c| !c.is_needed()).flat_map(|c| {
        let (low, high) = c.interval.unwrap_or((c.change, c.change));
        [c.change, low, high]
    });
    let values = ends.chain([0.0]);
    let tight = Scale::around(values, (left + VALUES, sheet.right() - VALUES));
    Scale { values: (tight.value(left), tight.value(sheet.right())), pixels: (left, sheet.right()) }
}

/// As many decimals as show the largest change with two digits.
fn decimals(sorted: &[&Contribution]) -> usize {
    let largest = sorted.iter().find(|c| !c.is_needed()).map_or(1.0, |c| c.change.abs());
    [(10.0, 0), (1.0, 1), (0.1, 2), (0.01, 3)].into_iter().find(|(from, _)| largest >= *from).map_or(4, |(_, d)| d)
}

/// The label in one to three lines.
fn label(c: &Contribution, sheet: &Sheet) -> Vec<String> {
    let room = if sheet.is_narrow() { sheet.width - 2.0 * MARGIN - KINDS } else { LABELS - 4.0 };
    wrapped(&c.label, room, 3, Face::regular(BODY))
}

fn height(c: &Contribution, sheet: &Sheet) -> f64 {
    let lines = label(c, sheet).len() + usize::from(c.gone_words().is_some());
    let under = if sheet.is_narrow() { BAR + 6.0 } else { 0.0 };
    ROW + lines.saturating_sub(1) as f64 * (line_height(BODY) - 1.0) + under
}

fn row(c: &Contribution, decimals: usize, scale: &Scale, sheet: &mut Sheet) {
    // The bar stands beside its label, or under it.
    let high = height(c, sheet);
    let (middle, kind) = match sheet.is_narrow() {
        true => (sheet.top + high - BAR / 2.0 - 4.0, sheet.top + ROW / 2.0),
        false => (sheet.top + high / 2.0, sheet.top + high / 2.0),
    };
    sheet.canvas.label((MARGIN, kind), c.kind.word(), sheet.small());
    let mut baseline = sheet.top + ROW / 2.0 + BODY * 0.36 - 0.5;
    for (lines, lettering) in [(label(c, sheet), sheet.body()), (c.gone_words().into_iter().collect(), sheet.small())] {
        for line in lines {
            if sheet.is_narrow() {
                let top = baseline - lettering.size;
                sheet.plated((MARGIN + KINDS, top), &line, sheet.width, lettering);
            } else {
                sheet.canvas.text((MARGIN + KINDS, baseline), line, lettering);
            }
            baseline += line_height(BODY) - 1.0;
        }
    }
    let colour = c.kind.colour(sheet.theme);
    let bar = |end: f64| {
        let (from, to) = (scale.at(0.0).min(end), scale.at(0.0).max(end));
        ((from, middle - BAR / 2.0), (to, middle + BAR / 2.0))
    };
    if c.is_needed() {
        // An empty bar to the end of the axis: without it there is no margin at all.
        let (corner, other) = bar(if c.kind == ClauseKind::Audience { scale.pixels.1 } else { scale.pixels.0 });
        return sheet.canvas.frame(corner, other, Stroke { colour, width: 1.6 });
    }
    let (corner, other) = bar(scale.at(c.change));
    sheet.canvas.rect(corner, other, colour);
    let (low, high) = c.interval.map_or((corner.0, other.0), |ends| (scale.within(ends.0), scale.within(ends.1)));
    if c.interval.is_some() {
        sheet.canvas.whisker((low, high), middle, Stroke { colour: sheet.theme.ink(), width: 1.2 }, 3.0);
    }
    let (at, lettering) = match c.change < 0.0 {
        true => (low.min(corner.0) - 6.0, sheet.small().end()),
        false => (high.max(other.0) + 6.0, sheet.small()),
    };
    sheet.canvas.label((at, middle), signed(c.change, decimals), lettering);
}

fn axis(data: &Tornado, scale: &Scale, bottom: f64, sheet: &mut Sheet) {
    sheet.foot(scale, bottom);
    sheet.tick_words(scale, scale.ticks(5).numbers(), bottom + 15.0);
    let ((left, right), lettering) = (scale.pixels, sheet.body());
    let (x, lettering) = match lettering.face().width(&data.axis) <= right - left {
        true => (f64::midpoint(left, right), lettering.middle()),
        false => (right, lettering.end()),
    };
    let top = bottom + 34.0 - lettering.size;
    sheet.top = sheet.lines((x, top), &data.axis, sheet.width - 2.0 * MARGIN, 2, lettering) + lettering.size - 8.0;
}

fn remark(rest: &[&Contribution], decimals: usize, sheet: &mut Sheet) {
    let Some(largest) = rest.iter().max_by(|a, b| a.change.abs().total_cmp(&b.change.abs())) else { return };
    let step = [1.0, 0.1, 0.01, 0.001, 0.0001].get(decimals).copied().unwrap_or(0.0001);
    // Rounded up, so that "under" is true of every one of them.
    let bound = ((largest.change.abs() / step).floor() + 1.0) * step;
    let words = format!("and {} more under {}", rest.len(), number(bound, decimals));
    sheet.top += 2.0;
    sheet.paragraph(&words, 1, sheet.small());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_change_of_either_sign_comes_first() {
        let make = |label: &str, change| Contribution {
            label: label.into(),
            kind: ClauseKind::Claim,
            change,
            gone: 0.0,
            interval: None,
        };
        let all = [make("b", 0.1), make("a", -0.3), make("nothing", f64::NAN), make("aa", 0.1)];
        let labels: Vec<&str> = sorted(&all).iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["a", "aa", "b"]);
    }
}
