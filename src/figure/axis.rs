//! Axes: round ticks, the map from values to pixels, and numbers as they are printed.

use serde::Serialize;

use super::sheet::{MARGIN, Sheet};
use super::text::shortened;

/// The straight map from an interval of values to an interval of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Scale {
    /// The values at the two ends, `values.0 < values.1`.
    pub values: (f64, f64),
    /// The pixels of the two ends, in either direction.
    pub pixels: (f64, f64),
}

impl Scale {
    /// A scale around all `values`, with a little air at both ends.
    ///
    /// Values that are not finite are left out; without any, the scale runs from 0 to 1.
    pub fn around(values: impl IntoIterator<Item = f64>, pixels: (f64, f64)) -> Self {
        let (low, high) = values
            .into_iter()
            .filter(|v| v.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let (low, high) = if high - low < 1e-9 { (low - 0.5, high + 0.5) } else { (low, high) };
        let margin = (high - low) * 0.04;
        Self { values: (low - margin, high + margin), pixels }
    }

    /// A scale over exactly these values; an empty interval is widened by 1.
    pub fn over(low: f64, high: f64, pixels: (f64, f64)) -> Self {
        let sound = low.is_finite() && high.is_finite() && high > low;
        Self { values: if sound { (low, high) } else { (0.0, 1.0) }, pixels }
    }

    /// The pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        let ((low, high), (from, to)) = (self.values, self.pixels);
        from + (to - from) * (value - low) / (high - low)
    }

    /// The pixel of a value, kept within the two ends.
    pub fn within(&self, value: f64) -> f64 {
        self.at(if value.is_nan() { self.values.0 } else { value.clamp(self.values.0, self.values.1) })
    }

    /// The value of a pixel, the inverse of [`Scale::at`].
    pub fn value(&self, pixel: f64) -> f64 {
        let ((low, high), (from, to)) = (self.values, self.pixels);
        low + (high - low) * (pixel - from) / (to - from)
    }

    /// Round values within the scale, some `wanted` of them, with how many decimals to print.
    pub fn ticks(&self, wanted: u32) -> Ticks {
        let (low, high) = self.values;
        let (step, decimals) = round_step((high - low) / f64::from(wanted.max(1)));
        let first = (low / step).ceil();
        let slack = step * 1e-6;
        let values = (0..200_u32)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|v| *v <= high + slack)
            .map(|v| if v.abs() < slack { 0.0 } else { v })
            .collect();
        Ticks { values, decimals }
    }
}

/// A value at which an axis is marked, and the words there.
pub type Tick = (f64, String);

/// The values at which an axis is marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The values in rising order.
    pub values: Vec<f64>,
    /// How many decimals tell them apart.
    pub decimals: usize,
}

impl Ticks {
    /// The values with the words to print at them.
    pub fn numbers(&self) -> Vec<Tick> {
        self.values.iter().map(|v| (*v, number(*v, self.decimals))).collect()
    }

    /// The values, which are shares, with the words to print at them.
    pub fn shares(&self) -> Vec<Tick> {
        self.values.iter().map(|v| (*v, percent(*v))).collect()
    }
}

/// The smallest of 1, 2 or 5 times a power of ten that is at least `rough`, and the decimals it needs.
fn round_step(rough: f64) -> (f64, usize) {
    if !rough.is_finite() || rough <= 0.0 {
        return (1.0, 0);
    }
    let (mut power, mut decimals) = (1.0, 0_usize);
    while power > rough && decimals < 12 {
        power /= 10.0;
        decimals += 1;
    }
    while power * 10.0 <= rough {
        power *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= rough * 0.999_999);
    let step = step.unwrap_or(power * 10.0);
    (step, if step >= power * 9.0 { decimals.saturating_sub(1) } else { decimals })
}

/// A number with `decimals` decimals, a true minus sign, and never a negative zero; a dash for what is no number.
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let printed = format!("{value:.decimals$}");
    match printed.strip_prefix('-') {
        Some(digits) if digits.chars().any(|c| ('1'..='9').contains(&c)) => format!("−{digits}"),
        Some(digits) => digits.to_owned(),
        None => printed,
    }
}

/// The same with a plus sign where it is above zero.
pub fn signed(value: f64, decimals: usize) -> String {
    let printed = number(value, decimals);
    let positive = value > 0.0 && printed.chars().any(|c| ('1'..='9').contains(&c));
    if positive { format!("+{printed}") } else { printed }
}

/// A share as a whole percentage, "under 1" and "over 99" being told apart from 0 and 100.
pub fn percent(share: f64) -> String {
    let p = share * 100.0;
    if p > 0.0 && p < 1.0 {
        "<1\u{a0}%".into()
    } else if p > 99.0 && p < 100.0 {
        ">99\u{a0}%".into()
    } else {
        format!("{}\u{a0}%", number(p, 0))
    }
}

/// What an axis measures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Axis {
    /// What it measures, with its unit.
    pub title: String,
    /// The values at its two ends.
    pub range: (f64, f64),
    /// Whether values are shares in [0, 1], printed in per cent.
    pub share: bool,
}

impl Axis {
    /// The scale of its whole range.
    pub fn scale(&self, pixels: (f64, f64)) -> Scale {
        Scale::over(self.range.0, self.range.1, pixels)
    }

    /// Some `wanted` round values with their words.
    pub fn ticks(&self, wanted: u32) -> Vec<Tick> {
        let ticks = self.scale((0.0, 1.0)).ticks(wanted);
        if self.share { ticks.shares() } else { ticks.numbers() }
    }
}

impl Sheet<'_> {
    /// Faint upright lines at some round values of a scale.
    pub(super) fn uprights(&mut self, scale: &Scale, wanted: u32, (top, bottom): (f64, f64)) {
        for x in scale.ticks(wanted).values.into_iter().map(|value| scale.at(value)) {
            self.canvas.line((x, top), (x, bottom), self.theme.hairline());
        }
    }

    /// Faint upright lines at ticks, each with its words so far under it.
    pub(super) fn graduated(&mut self, scale: &Scale, ticks: Vec<Tick>, (top, bottom): (f64, f64), drop: f64) {
        for (x, words) in ticks.into_iter().map(|(value, words)| (scale.at(value), words)) {
            self.canvas.line((x, top), (x, bottom), self.theme.hairline());
            self.canvas.text((x, bottom + drop), words, self.small().middle());
        }
    }

    /// The words of ticks in a row under a scale.
    pub(super) fn tick_words(&mut self, scale: &Scale, ticks: Vec<Tick>, row: f64) {
        for (value, words) in ticks {
            self.canvas.text((scale.at(value), row), words, self.small().middle());
        }
    }

    /// The line along the foot of a scale.
    pub(super) fn foot(&mut self, scale: &Scale, bottom: f64) {
        self.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), self.theme.rim());
    }

    /// The title of an axis around the middle of its scale at the foot of a drawing, as far as the sheet has room; the
    /// sheet goes on below it.
    pub(super) fn axis_title(&mut self, scale: &Scale, title: &str, bottom: f64) {
        let words = shortened(title, self.width - 2.0 * MARGIN, self.body().face());
        let half = self.body().face().width(&words) / 2.0;
        let most = (self.width - MARGIN - half).max(MARGIN + half);
        let middle = f64::midpoint(scale.pixels.0, scale.pixels.1).clamp(MARGIN + half, most);
        self.canvas.text((middle, bottom + 34.0), words, self.body().middle());
        self.top = bottom + 38.0;
    }

    /// An axis of shares at the foot of a drawing, with its title; the sheet goes on below it.
    pub(super) fn share_axis(&mut self, scale: &Scale, title: &str, bottom: f64) {
        self.foot(scale, bottom);
        self.tick_words(scale, scale.ticks(5).shares(), bottom + 15.0);
        self.axis_title(scale, title, bottom);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_zero_is_never_printed() {
        assert_eq!(number(-0.0, 1), "0.0");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-0.06, 1), "−0.1");
        assert_eq!(number(f64::NAN, 1), "–");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(signed(0.06, 1), "+0.1");
    }

    #[test]
    fn ticks_are_round_and_within_the_scale() {
        let scale = Scale::over(-37.0, 81.0, (0.0, 1.0));
        assert_eq!(scale.ticks(6).values, [-20.0, 0.0, 20.0, 40.0, 60.0, 80.0]);
        let small = Scale::over(0.0, 0.05, (0.0, 1.0)).ticks(5);
        assert_eq!(
            small.numbers().into_iter().map(|(_, s)| s).collect::<Vec<_>>(),
            ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05"]
        );
    }

    #[test]
    fn ticks_that_step_by_ten_times_a_power_need_one_decimal_less() {
        let ticks = Scale::over(0.0, 5.0, (0.0, 1.0)).ticks(6);
        assert_eq!((ticks.values.len(), ticks.decimals), (6, 0));
    }

    #[test]
    fn a_scale_of_one_value_or_none_is_still_a_scale() {
        for scale in [Scale::around([3.0], (0.0, 10.0)), Scale::around([f64::NAN], (0.0, 10.0))] {
            assert!(scale.values.1 > scale.values.0);
            assert!(scale.at(scale.values.1).is_finite());
        }
    }

    #[test]
    fn near_certainty_is_not_printed_as_certainty() {
        assert_eq!(
            [0.0, 0.004, 0.5, 0.996, 1.0].map(percent),
            ["0 %", "<1 %", "50 %", ">99 %", "100 %"].map(|s| s.replace(' ', "\u{a0}"))
        );
    }
}
