//! Sample data of the pictures of sensitivity.

use winset::figure::halves::{self, Halves};
use winset::figure::indices::{self, Indices};
use winset::figure::{Measured, Picture, Theme};

use super::{LONG, caption};

fn shares(rows: usize) -> Indices {
    let share = |estimate: f64| Some(Measured { estimate, low: estimate - 0.04, high: estimate + 0.05 });
    let row = |i: usize| indices::InputIndices {
        label: format!("audiences.rus_public.number_{i}"),
        alone: share(0.3 / (i + 1) as f64).filter(|_| i % 3 != 2),
        together: share(0.42 / (i + 1) as f64).filter(|_| i % 5 != 4),
    };
    Indices {
        caption: caption("What makes the margin vary", "Most hangs on one veto"),
        axis: "share of the variance of the margin".into(),
        rows: (0..rows).map(row).collect(),
    }
}

fn ends(rows: usize) -> Halves {
    let row = |i: usize| {
        let change = [-4.5, 3.0, -1.2, 0.4, 9.0][i % 5];
        halves::Contrast {
            label: format!("issues.arms.options.word.number_{i}"),
            low: 5.0,
            high: 5.0 + change,
            interval: (4.4 + change, 5.6 + change),
        }
    };
    Halves {
        caption: caption("How each input moves the margin", "One veto moves it most"),
        axis: "mean margin (per cent of an audience’s span)".into(),
        rows: (0..rows).map(row).collect(),
    }
}

pub fn all(theme: Theme) -> Vec<(&'static str, Picture)> {
    let (mut long, mut longer) = (shares(4), ends(4));
    long.rows.iter_mut().for_each(|row| row.label = format!("{}{LONG}{}", row.label, "Ы".repeat(90)));
    longer.rows.iter_mut().for_each(|row| row.label = format!("{}{LONG}{}", row.label, "Ы".repeat(90)));
    vec![
        ("nine", indices::draw(&shares(9), theme)),
        ("one", indices::draw(&shares(1), theme)),
        ("long", indices::draw(&long, theme)),
        ("fifteen", halves::draw(&ends(15), theme)),
        ("one", halves::draw(&ends(1), theme)),
        ("long", halves::draw(&longer, theme)),
    ]
}

pub fn empty(theme: Theme) -> Vec<Picture> {
    vec![indices::draw(&Indices::default(), theme), halves::draw(&Halves::default(), theme)]
}
