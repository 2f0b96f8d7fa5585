//! Sample data for the pictures of talks; every number here is made up.

use winset::figure::bands::{self, Bands};
use winset::figure::dance::{self, Dance, Dancer, Offer};
use winset::figure::endings::{self, Endings};
use winset::figure::gap::{self, Gap, ThreeNumbers};
use winset::figure::palette::Tone;
use winset::figure::survival::{self, Survival};
use winset::figure::{Measured, Picture, Theme};

use super::{LONG, caption};

/// Every picture of talks in its cases, with the name of the case.
pub fn all(theme: Theme) -> Vec<(&'static str, Picture)> {
    let long = |name: &str| format!("{name} {} {}", LONG.repeat(3), "Ы".repeat(90));
    let (mut wide, mut many, mut far, mut high) = (gaps(4), ends(4), steps(true), curves(8));
    wide.rows.iter_mut().for_each(|row| row.name = long(&row.name));
    many.panels.iter_mut().for_each(|panel| panel.name = long(&panel.name));
    many.rows.iter_mut().for_each(|row| row.name = long(&row.name));
    far.sides.iter_mut().for_each(|dancer| dancer.name = long(&dancer.name));
    high.panels.iter_mut().for_each(|panel| panel.name = long(&panel.name));
    vec![
        ("one", gap::draw(&gaps(1), theme)),
        ("four", gap::draw(&gaps(4), theme)),
        ("long", gap::draw(&wide, theme)),
        ("one", endings::draw(&ends(1), theme)),
        ("four", endings::draw(&ends(4), theme)),
        ("long", endings::draw(&many, theme)),
        ("agreed", dance::draw(&steps(true), theme)),
        ("apart", dance::draw(&steps(false), theme)),
        ("long", dance::draw(&far, theme)),
        ("one", bands::draw(&curves(1), theme)),
        ("nine", bands::draw(&curves(9), theme)),
        ("long", bands::draw(&high, theme)),
        ("both", survival::draw(&lasting(), theme)),
    ]
}

/// The same of nothing.
pub fn empty(theme: Theme) -> Vec<Picture> {
    vec![
        gap::draw(&Gap::default(), theme),
        endings::draw(&Endings::default(), theme),
        dance::draw(&Dance::default(), theme),
        bands::draw(&Bands::default(), theme),
        survival::draw(&Survival::default(), theme),
    ]
}

fn share(estimate: f64) -> Measured {
    Measured { estimate, low: (estimate - 0.02).max(0.0), high: (estimate + 0.02).min(1.0) }
}

fn gaps(rows: usize) -> Gap {
    let row = |i: usize| ThreeNumbers {
        name: ["all readings", "a first reading", "another", "a reading in which nothing is reached"][i].into(),
        exists: share([0.92, 0.99, 1.0, 0.4][i]),
        same: (i == 0).then(|| share(0.45)),
        reached: share([0.33, 0.7, 0.002, 0.0][i]),
    };
    Gap {
        caption: caption("One exists, and whether the talks get there", "Mostly they do not"),
        rows: (0..rows).map(row).collect(),
    }
}

fn ends(panels: usize) -> Endings {
    let tones =
        [Tone::Settled, Tone::Bearable, Tone::Defeat, Tone::Partial, Tone::Nothing, Tone::Nothing, Tone::Defeat];
    let names = ["Settlement", "Truce", "Defeat for somebody", "Not ratified", "No result", "Breakdown", "Imposed"];
    let row = |(at, name): (usize, &&str)| endings::DrawnEnding {
        name: (*name).to_owned(),
        tone: tones[at],
        reached: at < 2,
    };
    let panel = |i: usize| endings::EndingPanel {
        name: ["All readings", "A first reading", "Another", "A third"][i].into(),
        shares: (0..names.len()).map(|at| share(((at + i) % 7) as f64 / 21.0)).collect(),
        ..endings::EndingPanel::default()
    };
    Endings {
        caption: caption("How the talks end", "In many ways"),
        rows: names.iter().enumerate().map(row).collect(),
        panels: (0..panels).map(panel).collect(),
        across: None,
    }
}

fn steps(agreed: bool) -> Dance {
    let offers = |mirrored: bool| {
        (1..=12).map(move |round| {
            let (own, other) = (1.0 - 0.05 * f64::from(round), 0.9 * f64::from(round) / 12.0 - 0.4);
            let (x, y) = if mirrored { (other, own) } else { (own, other) };
            Offer { round, x, y }
        })
    };
    let dancer = |name: &str, mirrored| Dancer { name: name.into(), offers: offers(mirrored).collect() };
    Dance {
        caption: caption("The negotiation dance of run 7", "It ends in round 12"),
        sides: [dancer("The union", false), dancer("The firm", true)],
        agreed: agreed.then_some(Offer { round: 12, x: 0.4, y: 0.4 }),
        instead: None,
    }
}

fn lasting() -> Survival {
    let curve = |base: f64| (0..21).map(|i| (f64::from(i) / 2.0, winset::num::pow(base, f64::from(i)))).collect();
    Survival { caption: caption("How long it lasts", "Not for ever"), reached: curve(0.95), signed: curve(0.9) }
}

fn curves(panels: usize) -> Bands {
    let panel = |i: usize| bands::BandPanel {
        name: format!("A side of kind {i}"),
        side: i % 4,
        range: if i.is_multiple_of(2) { (0.0, 1.0) } else { (-300.0, 1_200.0) },
        percent: i.is_multiple_of(2),
        points: (1..=52_u32).map(|t| (t, [0.2, 0.5, 0.8].map(|x| x * (1.0 - f64::from(t) / 52.0)))).collect(),
    };
    Bands {
        name: "concessions",
        caption: caption("What each side asks for", "Less and less"),
        of: "of the offers made in a round".into(),
        horizon: 52,
        panels: (0..panels).map(panel).collect(),
    }
}
