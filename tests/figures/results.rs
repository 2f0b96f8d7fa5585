//! Sample data of pictures that results are read by: boxes of an outcome, and arms compared.

use winset::figure::hyperbox::{self, Bar, Hyperbox, Range};
use winset::figure::multiples::{self, Difference, HeadlinePanel, Multiples};
use winset::figure::trade_off::{self, PeeledBox, TradeOff};
use winset::figure::{Measured, Picture, Theme};

use super::{LONG, caption};

/// Every picture in its cases, with the name of the case.
pub fn all(theme: Theme) -> Vec<(&'static str, Picture)> {
    let mut long = boxes();
    long.shares += LONG;
    for bar in &mut long.bars {
        bar.label = format!("{} {LONG}", bar.label);
    }
    vec![
        ("path", trade_off::draw(&path(), theme)),
        ("three", hyperbox::draw(&boxes(), theme)),
        ("long", hyperbox::draw(&long, theme)),
        ("two", multiples::draw(&arms(2), theme)),
        ("five", multiples::draw(&arms(5), theme)),
    ]
}

/// Pictures of data without anything in it.
pub fn empty(theme: Theme) -> Vec<Picture> {
    vec![
        trade_off::draw(&TradeOff::default(), theme),
        hyperbox::draw(&Hyperbox::default(), theme),
        multiples::draw(&Multiples::default(), theme),
    ]
}

fn path() -> TradeOff {
    let step = |at: u32| {
        let x = f64::from(at) / 30.0;
        PeeledBox { coverage: 1.0 - 0.75 * x * x, density: 0.18 + 0.72 * x, columns: at as usize / 7 }
    };
    TradeOff {
        caption: caption("Where one_exists=1 lives", "What smaller boxes hold, and how rich they are"),
        boxes: (0..30).map(step).collect(),
        choice: 20,
        taken: (0.69, 0.66),
        scored: [(0.71, 0.66, 0.76), (0.64, 0.60, 0.68)],
    }
}

fn boxes() -> Hyperbox {
    let end = |x: f64| (x, format!("{x}"));
    let levels = ["by prior", "pastukhov", "preobrazhensky", "stanovaya", "moscow-times"];
    let level = |(at, name): (usize, &&str)| ((*name).to_owned(), at % 3 == 1);
    let ranges = [
        Range::Numbers { ends: [end(0.0), end(1.0)], limits: [None, Some(end(0.35))] },
        Range::Numbers { ends: [end(-20.0), end(120.5)], limits: [Some(end(31.25)), Some(end(33.5))] },
        Range::Levels(levels.iter().enumerate().map(level).collect()),
        Range::Levels(vec![("on".into(), true), ("off".into(), false)]),
    ];
    let names = ["mediator.tilt", "audiences.drivers.loss_aversion", "reading", "variant"];
    let bar = |(range, name): (Range, &str)| Bar { label: name.into(), range, inside: 0.87, outside: Some(0.12) };
    Hyperbox {
        caption: caption("The box in which one_exists=1 lives", "87 % of such runs, holding 71 % of all of them"),
        shares: "Share of runs with one_exists=1".into(),
        bars: ranges.into_iter().zip(names).map(bar).collect(),
    }
}

fn arms(count: usize) -> Multiples {
    let letters = ["A", "B", "C", "D", "E"];
    let text = |letter: &&str| ((*letter).to_owned(), format!("istanbul-2025@reading=pastukhov, as {letter} has it"));
    let titles = ["One exists", "It is reached", "Temporary deal", "Mean rounds to it", "Not ratified"];
    let panel = |(at, title): (usize, &&str)| {
        let middle = [0.914, 0.106, 0.1, 39.22, 0.0][at];
        let spread = [0.012, 0.013, 0.013, 3.1, 0.0][at];
        let around = |x: f64, e: f64| Measured { estimate: x, low: x - e, high: x + e };
        let shift = |arm: usize| [0.0, -0.3, 0.8, -2.0, 0.1][arm % 5] * spread;
        HeadlinePanel {
            title: (*title).into(),
            shares: at != 3,
            levels: (0..count).map(|arm| (arm != 4).then(|| around(middle + shift(arm), spread))).collect(),
            differences: (1..count)
                .map(|arm| Difference { change: around(shift(arm), spread / 2.0), told: arm % 2 == 0 })
                .collect(),
        }
    };
    Multiples {
        caption: caption("Arms on the same luck", "B is lower in “it is reached”"),
        arms: letters[..count].iter().map(text).collect(),
        panels: titles.iter().enumerate().map(panel).collect(),
    }
}
