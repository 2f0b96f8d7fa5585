//! How often each of the leading packages is no defeat, with its interval.

use super::prelude::*;

/// What the picture "leading-packages" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LeadingPackages {
    /// The words around it.
    pub caption: Caption,
    /// What the intervals are, such as "95 % interval (Wilson)"; empty if there are none.
    pub interval: String,
    /// The terms that those without a name share, if any: "all hold: …".
    pub shared: String,
    /// The packages, best first; ten are drawn.
    pub packages: Vec<LeadingPackage>,
}

/// One of the leading packages.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LeadingPackage {
    /// Its name, or its terms one to a line of text; the first twelve printed lines are shown.
    pub terms: String,
    /// Whether it is what the scenario marks as the bare minimum.
    pub bare_minimum: bool,
    /// The share of worlds in which it is no defeat for any party that must agree.
    pub no_defeat: Measured,
    /// The share in which it is also rational for the leaderships and available.
    pub rational_and_available: Measured,
}

const WIDTH: f64 = 760.0;
/// Room for the terms.
const TERMS: f64 = 330.0;
/// Room for the rank.
const RANK: f64 = 24.0;
/// Room for the two printed shares.
const NUMBERS: f64 = 50.0;
const ROW: f64 = 42.0;
/// Lines of terms.
const LINES: usize = 12;
const MOST: usize = 10;

/// Draws the leading packages.
pub fn draw(data: &LeadingPackages, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("leading-packages", WIDTH, &data.caption, look);
    sheet.legend(&legend(data, theme));
    if !data.shared.is_empty() {
        sheet.paragraph(&data.shared, 9, sheet.body());
        sheet.top += 10.0;
    }
    // Terms stand beside their shares, or over them.
    let (terms, left) = match sheet.is_narrow() {
        true => (sheet.width - 2.0 * MARGIN, MARGIN + RANK),
        false => (TERMS, MARGIN + TERMS + 16.0),
    };
    let scale = Scale::over(0.0, 1.0, (left, sheet.right() - NUMBERS - 6.0));
    let lines = |p| (p, lines(p, terms - RANK));
    let shown: Vec<(&LeadingPackage, Vec<String>)> = data.packages.iter().take(MOST).map(lines).collect();
    let narrow = sheet.is_narrow();
    let bottom = sheet.top + shown.iter().map(|(package, terms)| height(package, terms, narrow)).sum::<f64>();
    sheet.uprights(&scale, 5, (sheet.top, bottom));
    for (rank, (package, terms)) in (1..).zip(&shown) {
        row(rank, package, terms, &scale, &mut sheet);
    }
    sheet.share_axis(&scale, "share of the worlds drawn", bottom);
    sheet.finish(data)
}

fn height(package: &LeadingPackage, terms: &[String], narrow: bool) -> f64 {
    let lines = terms.len() + usize::from(package.bare_minimum);
    let high = 10.0 + lines as f64 * line_height(BODY);
    if narrow { high + ROW } else { high.max(ROW) }
}

/// The terms as they are printed.
fn lines(package: &LeadingPackage, room: f64) -> Vec<String> {
    let face = Face::regular(BODY);
    let mut lines: Vec<String> = package.terms.split('\n').flat_map(|term| wrapped(term, room, 4, face)).collect();
    if lines.len() > LINES {
        lines.truncate(LINES - 1);
        lines.push("…".into());
    }
    lines
}

fn legend(data: &LeadingPackages, theme: Theme) -> Vec<(Swatch, String)> {
    let both = "no defeat for any side, rational for the leaderships, and available; best first";
    let shares = [
        (Swatch::Disc(theme.tone(Tone::Settled)), both.to_owned()),
        (Swatch::Diamond(theme.background(), theme.ink()), "no defeat for any side".to_owned()),
    ];
    let interval = (!data.interval.is_empty()).then(|| (Swatch::Whisker(theme.muted()), data.interval.clone()));
    shares.into_iter().chain(interval).collect()
}

fn row(rank: usize, package: &LeadingPackage, terms: &[String], scale: &Scale, sheet: &mut Sheet) {
    let (theme, mut top, left) = (sheet.theme, sheet.top, MARGIN + RANK);
    let room = if sheet.is_narrow() { sheet.width - 2.0 * MARGIN } else { TERMS } - RANK;
    sheet.canvas.text((left - 8.0, top + BODY + 4.0), rank.to_string(), sheet.small().end());
    let below = terms.iter().fold(top + 4.0, |row, term| sheet.lines((left, row), term, room, 1, sheet.body()));
    if package.bare_minimum {
        sheet.lines((left, below), "the bare minimum", room, 1, sheet.body().bold());
    }
    let next = top + height(package, terms, sheet.is_narrow());
    if sheet.is_narrow() {
        top = next - ROW;
    }
    // The column by which they are ordered stands first, filled and bold.
    let (first, second) = (&package.rational_and_available, &package.no_defeat);
    let (upper, lower, green) = (top + 12.0, top + 28.0, theme.tone(Tone::Settled));
    interval(first, scale, upper, green, sheet);
    sheet.canvas.disc((scale.within(first.estimate), upper), 5.0, green);
    interval(second, scale, lower, theme.ink(), sheet);
    let edge = Stroke { colour: theme.ink(), width: 1.4 };
    sheet.canvas.diamond((scale.within(second.estimate), lower), 5.5, theme.background(), edge);
    sheet.canvas.label((sheet.right(), upper), percent(first.estimate), sheet.body().bold().end());
    sheet.canvas.label((sheet.right(), lower), percent(second.estimate), sheet.body().end());
    sheet.top = next;
}

fn interval(share: &Measured, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let (low, high) = (scale.within(share.low), scale.within(share.high));
    if high > low {
        sheet.canvas.whisker((low, high), y, Stroke { colour, width: 1.6 }, 3.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_by_which_packages_are_ordered_is_the_one_in_bold() {
        let share = |estimate| Measured { estimate, low: estimate, high: estimate };
        let package =
            LeadingPackage { no_defeat: share(0.75), rational_and_available: share(0.25), ..LeadingPackage::default() };
        let data = LeadingPackages { packages: vec![package], ..LeadingPackages::default() };
        let svg = draw(&data, Theme::Light).svg;
        let bold = |words: &str| {
            let line = svg.lines().find(|line| line.contains(&format!(">{words}</text>"))).expect("it is printed");
            line.contains("font-weight=\"bold\"")
        };
        assert!(bold("25\u{a0}%") && !bold("75\u{a0}%"));
    }
}
