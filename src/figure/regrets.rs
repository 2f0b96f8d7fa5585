//! What each side could gain by another plan, against what the other side plays: a bar a plan, with an upper bound.

use super::prelude::*;

/// What the picture "regrets" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Regrets {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis, with its unit: "points that another intent would pay more".
    pub axis: String,
    /// What the upper ends are: "upper bound, 95 % for all together".
    pub bound: String,
    /// A regret that counts as none, and what it is.
    pub rule: Option<(f64, String)>,
    /// The plans, a section a side, an account or a want.
    pub sections: Vec<RegretSection>,
}

/// Some plans under one head.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RegretSection {
    /// The head; empty if there is but one section.
    pub name: String,
    /// The plans, from above.
    pub rows: Vec<Regret>,
}

/// The regret of one plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Regret {
    /// The plan.
    pub name: String,
    /// What is said of it: "bargainer would pay 3.1 more".
    pub told: String,
    /// What the best other plan pays more; 0 where none does.
    pub regret: f64,
    /// The upper bound, at least `regret`.
    pub bound: f64,
}

const WIDTH: f64 = 760.0;
const ROW: f64 = 25.0;
const BAR: f64 = 11.0;

/// Draws the bars.
pub fn draw(data: &Regrets, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("regrets", WIDTH, &data.caption, look);
    let theme = sheet.theme;
    let bar = (Swatch::Square(theme.tone(Tone::Bearable)), "regret".to_owned());
    let bound = (Swatch::Whisker(theme.ink()), data.bound.clone());
    let rule = data.rule.as_ref().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone()));
    sheet.legend(&[bar, bound].into_iter().chain(rule).collect::<Vec<_>>());
    let narrow = sheet.is_narrow();
    let (names, told) = if narrow { (0.0, 0.0) } else { (180.0, 200.0) };
    let most = data
        .sections
        .iter()
        .flat_map(|s| &s.rows)
        .flat_map(|r| [r.regret, r.bound])
        .chain(data.rule.iter().map(|(x, _)| *x));
    let most = most.filter(|x| x.is_finite()).fold(0.0, f64::max);
    let scale = Scale::over(
        0.0,
        if most > 0.0 { most * 1.05 } else { 1.0 },
        (MARGIN + names + 12.0, sheet.right() - told - 14.0),
    );
    let high = |row: &Regret| {
        if narrow { ROW + line_height(SMALL) } else { ROW.max(height(&row.name, names, 3, Face::regular(BODY)) + 6.0) }
    };
    let head = |section: &RegretSection| {
        if section.name.is_empty() {
            0.0
        } else {
            11.0 + height(&section.name, sheet_room(narrow), 2, Face::bold(BODY))
        }
    };
    let needed: f64 = data.sections.iter().map(|s| head(s) + s.rows.iter().map(high).sum::<f64>()).sum();
    let (top, bottom) = (sheet.top, sheet.top + needed + 4.0);
    sheet.graduated(&scale, scale.ticks(5).numbers(), (top, bottom), 15.0);
    sheet.foot(&scale, bottom);
    if let Some(x) = data.rule.as_ref().map(|(value, _)| scale.within(*value)) {
        sheet.canvas.dashes((x, top), (x, bottom), Stroke { colour: theme.ink(), width: 1.0 });
    }
    for section in &data.sections {
        if !section.name.is_empty() {
            let upper = sheet.top + 8.0;
            sheet.lines((MARGIN, upper), &section.name, sheet_room(narrow), 2, sheet.body().bold());
            sheet.top += head(section);
        }
        for row in &section.rows {
            one(row, &scale, (names, told, high(row)), &mut sheet);
        }
    }
    sheet.axis_title(&scale, &data.axis, bottom);
    sheet.finish(data)
}

/// The room of a head.
fn sheet_room(narrow: bool) -> f64 {
    if narrow { 320.0 } else { 184.0 }
}

fn one(row: &Regret, scale: &Scale, (names, told, high): (f64, f64, f64), sheet: &mut Sheet) {
    let theme = sheet.theme;
    let narrow = names == 0.0;
    let y = if narrow { sheet.top + line_height(SMALL) + ROW / 2.0 - 3.0 } else { sheet.top + high / 2.0 };
    if narrow {
        let words = if row.told.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.told) };
        let room = sheet.width - 2.0 * MARGIN;
        sheet.plated((MARGIN, sheet.top), &words, room, sheet.note());
    } else {
        sheet.centred((MARGIN, y), &row.name, names);
        let words = shortened(&row.told, told, Face::regular(SMALL));
        sheet.canvas.label((sheet.right() - told, y), words, sheet.note());
    }
    let (from, to, bound) = (scale.at(0.0), scale.within(row.regret), scale.within(row.bound));
    if row.regret > 0.0 {
        sheet.canvas.rect((from, y - BAR / 2.0), (to.max(from + 1.0), y + BAR / 2.0), theme.tone(Tone::Bearable));
    } else {
        sheet.canvas.ring((from, y), 4.2, theme.background(), theme.ink());
    }
    if row.bound > row.regret {
        let stroke = Stroke { colour: theme.ink(), width: 1.3 };
        sheet.canvas.line((to, y), (bound, y), stroke);
        sheet.canvas.ticks([bound, bound], y, stroke, 4.0);
    }
    sheet.top += high;
}
