//! The picture of a comparison.

use itertools::Itertools as _;

use crate::analysis::compare::{Against, Difference, Headline};
use crate::figure::multiples::{self as figure, HeadlinePanel, Multiples, draw};
use crate::figure::{Caption, Measured, Picture, Theme};
use crate::report::CAVEAT;
use crate::report::compare::{Compared, headline, letter};
use crate::text::words::{capital, count, list, percent};

/// The file stem of the picture of a comparison.
pub const COMPARE_NAME: &str = "compare";

/// One panel a headline: every arm, and below it how it differs from the first.
pub fn compare(c: &Compared, theme: Theme) -> Picture {
    draw(&data(c), theme)
}

fn data(c: &Compared) -> Multiples {
    let heads = c.found.others.iter().flat_map(|a| &a.differences).map(|d| d.headline).unique();
    // Of endings that no arm ever has there is nothing to draw.
    let met = |of: &Headline| found(c, *of).into_iter().flatten().any(Difference::is_met);
    let panels: Vec<HeadlinePanel> = heads.filter(met).map(|of| panel(c, of)).collect();
    let arms = c.arms.iter().enumerate().map(|(place, arm)| (letter(place), arm.text.clone())).collect();
    Multiples { caption: caption(c), arms, panels }
}

/// The differences of one headline, arm by arm.
fn found<'a>(c: &'a Compared, of: Headline) -> Vec<Option<&'a Difference>> {
    c.found.others.iter().map(|a| a.differences.iter().find(|d| d.headline == of)).collect()
}

fn panel(c: &Compared, of: Headline) -> HeadlinePanel {
    let found = found(c, of);
    let base = found.iter().flatten().find_map(|d| d.base);
    let others = found.iter().map(|d| d.and_then(|d| d.other));
    let differences = found.iter().map(|d| {
        d.map_or_else(figure::Difference::default, |d| figure::Difference { change: d.difference.into(), told: d.real })
    });
    HeadlinePanel {
        title: capital(&headline(c, of)),
        shares: !matches!(of, Headline::Rounds | Headline::Payoff(_)),
        levels: [base].into_iter().chain(others).map(|level| level.map(Measured::from)).collect(),
        differences: differences.collect(),
    }
}

fn caption(c: &Compared) -> Caption {
    let told = |against: &Against| {
        let named = |up: bool| {
            let real = against.differences.iter().filter(|d| d.real && (d.difference[0] > 0.0) == up);
            real.map(|d| format!("“{}”", headline(c, d.headline))).collect::<Vec<String>>()
        };
        let b = letter(against.arm);
        match (&named(true)[..], &named(false)[..]) {
            ([], []) => format!("{b}: no difference can be told from 0"),
            (up, []) => format!("{b} is higher in {}", list(up)),
            ([], down) => format!("{b} is lower in {}", list(down)),
            (up, down) => format!("{b} is higher in {} and lower in {}", list(up), list(down)),
        }
    };
    let known = c.found.others.iter().flat_map(|a| a.differences.iter().map(|d| (letter(a.arm), d)));
    let known = known.filter(|(_, d)| d.known().is_some());
    let mut rows =
        known.map(|(b, d)| format!("{b} − A, {}: {}", headline(c, d.headline), percent(d.difference[0].abs())));
    Caption {
        title: format!("{} arms on the same luck", c.arms.len()),
        subtitle: c.found.others.iter().map(told).join(". "),
        source: format!("{CAVEAT}; {} runs of each arm, seed {}", count(c.found.runs), c.settings.seed),
        notes: Vec::new(),
        description: rows.join("; "),
    }
}
