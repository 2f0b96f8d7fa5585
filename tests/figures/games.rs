//! Sample data of the pictures of games; every number here is made up.

use winset::figure::crossings::{self, Crossing, Crossings};
use winset::figure::errs::{self, Errs, ErrsAt, ErrsPanel, PlanLine};
use winset::figure::lines::At;
use winset::figure::payoffs::{self, Chooses, Payoff, PayoffPanel, Payoffs};
use winset::figure::regrets::{self, Regret, RegretSection, Regrets};
use winset::figure::replies::{self, Replies, ReplyCell};
use winset::figure::{Look, Picture, Theme};

use super::{LONG, caption};

const INTENTS: [&str; 4] = ["bargainer", "conditional", "plays for time", "maximalist"];

fn table(rows: usize, columns: usize, decimals: usize) -> Payoffs {
    let value = |side: usize, i: usize, j: usize| ((i * 37 + j * (53 - 35 * side) + side * 11) % 41) as f64 / 2.0 - 9.0;
    let best = |side: usize, i: usize, j: usize| match side {
        0 => (0..rows).all(|k| value(0, k, j) <= value(0, i, j)),
        _ => (0..columns).all(|k| value(1, i, k) <= value(1, i, j)),
    };
    let cell = |side: usize, i: usize, j: usize| {
        let value = value(side, i, j);
        Payoff { value, told: format!("{value:.decimals$}").replace('-', "−"), best: best(side, i, j) }
    };
    let cells = |side: usize| (0..rows).map(|i| (0..columns).map(|j| cell(side, i, j)).collect()).collect();
    let name = |i: usize| INTENTS.get(i).map_or_else(|| format!("plan {i}"), |name| (*name).to_owned());
    Payoffs {
        caption: caption("What each pair of intents pays", "One equilibrium in pure strategies"),
        rows: (0..rows).map(name).collect(),
        columns: (0..columns)
            .map(|j| if columns == 2 { ["flexible", "firm"][j].to_owned() } else { name(j) })
            .collect(),
        panels: vec![
            PayoffPanel { name: "paid to Moscow, points".into(), chooses: Chooses::Rows, cells: cells(0) },
            PayoffPanel { name: "paid to Kyiv, points".into(), chooses: Chooses::Columns, cells: cells(1) },
        ],
    }
}

fn erring(sides: usize, plans: usize) -> Errs {
    let chance = |k: usize, errs: f64| {
        let weight = |k: usize| 1.0 / (1.0 + (k as f64) / errs);
        weight(k) / (0..plans).map(weight).sum::<f64>()
    };
    let point = |k: usize, i: usize| {
        let errs = 100.0 * winset::num::pow(0.9, i as f64);
        let chance = chance(k, errs);
        ErrsAt { errs, chance, low: (chance - 0.04).max(0.0), high: (chance + 0.05).min(1.0) }
    };
    let plan = |k: usize| PlanLine {
        name: INTENTS.get(k).map_or_else(|| format!("plan {k}"), |name| (*name).to_owned()),
        points: (0..80).map(|i| point(k, i)).collect(),
    };
    let panel = |side: usize| ErrsPanel {
        name: ["Moscow", "Kyiv", "Moscow, if it wants all"][side % 3].into(),
        told: vec!["under Stanovaya’s account".into()],
        plans: (0..plans).map(plan).collect(),
    };
    Errs {
        caption: caption("How often each intent is played, by how much they err", "Who errs little bargains"),
        x: "errs by so many points: the less, the further right".into(),
        range: (0.03, 100.0),
        band: "95 % over resampled tables".into(),
        panels: (0..sides).map(panel).collect(),
    }
}

fn regretted(sections: usize) -> Regrets {
    let row = |(i, name): (usize, &&str)| Regret {
        name: (*name).into(),
        told: ["nothing pays more", "bargainer pays 3.1 more", "", "conditional pays 0.4 more"][i].into(),
        regret: [0.0, 3.1, 0.0, 0.4][i],
        bound: [0.8, 4.4, 0.0, 1.9][i],
    };
    Regrets {
        caption: caption("What each intent could gain by another", "Bargaining costs Moscow nothing"),
        axis: "points that the best other intent pays more".into(),
        bound: "upper bound, 95 % for all together".into(),
        rule: Some((1.0, "counts as none".into())),
        sections: (0..sections)
            .map(|i| RegretSection {
                name: if sections > 1 {
                    ["Pastukhov", "Preobrazhensky", "Stanovaya"][i % 3].into()
                } else {
                    String::new()
                },
                rows: INTENTS.iter().enumerate().map(row).collect(),
            })
            .collect(),
    }
}

fn crossed(panels: usize) -> Crossings {
    let panel = |i: usize| {
        let slope = [1.4, -0.6, 0.2, 0.9][i % 4];
        let crosses = i % 3 != 2;
        let lift = if crosses { 0.0 } else { 4.0 };
        let at = |k: usize| {
            let x = 10.0 * k as f64 / 20.0;
            let (y, half) = (slope * (x - 6.0) + lift, 0.6 + 0.02 * (x - 5.0) * (x - 5.0));
            At { x, y, low: y - half, high: y + half }
        };
        Crossing {
            name: ["no_deal.russia.base", "conflict.lasts", "states.exhaustion.after", "talks.mishap"][i % 4].into(),
            told: vec![if crosses { "0 at 6.0 (4.9 to 7.2)" } else { "0 nowhere in the range" }.into()],
            line: (0..=20).map(at).collect(),
            cloud: (0..60)
                .map(|k| {
                    (
                        f64::from(k % 20) / 2.0,
                        slope * (f64::from(k % 20) / 2.0 - 6.0) + lift + f64::from((k * 7) % 11 - 5) / 2.0,
                    )
                })
                .collect(),
            at: crosses.then_some(6.0),
            within: crosses.then_some((4.9, 7.2)),
        }
    };
    Crossings {
        caption: caption("When playing for time would pay", "Only if no deal is worth 6 points more"),
        y: "what playing for time pays more than bargaining, points".into(),
        band: "95 % interval of the line".into(),
        panels: (0..panels).map(panel).collect(),
    }
}

fn mapped(columns: usize, rows: usize) -> Replies {
    let cell = |row: usize, column: usize, shift: usize| {
        let sum = row * 10 / rows + column * 10 / columns + shift;
        match sum {
            0..=6 => ReplyCell { best: vec![0], undecided: false },
            7 => ReplyCell { best: vec![0], undecided: shift == 0 },
            8..=10 => ReplyCell { best: vec![0, 2], undecided: false },
            11..=13 => ReplyCell { best: vec![2], undecided: false },
            14 => ReplyCell { best: vec![1, 2, 3], undecided: false },
            _ => ReplyCell { best: vec![3], undecided: false },
        }
    };
    let cells =
        |shift: usize| (0..rows).map(|row| (0..columns).map(|column| cell(row, column, shift)).collect()).collect();
    Replies {
        caption: caption(
            "What answers best, over two numbers",
            "Playing for time answers best only in the upper right",
        ),
        x: "no_deal.russia.base".into(),
        y: "conflict.lasts".into(),
        columns: (0..columns).map(|i| (5 * i).to_string()).collect(),
        rows: (0..rows).map(|i| (10 * i).to_string()).collect(),
        plans: INTENTS.map(str::to_owned).to_vec(),
        cells: cells(0),
        again: cells(1),
        base: Some((1.0, 2.5)),
    }
}

pub fn all(theme: Theme) -> Vec<(&'static str, Picture)> {
    let narrow = Look { width: Some(Look::NARROWEST), ..Look::from(theme) };
    let stretched = |name: &mut String| *name = format!("{name} {} {}", LONG.repeat(2), "Ы".repeat(90));
    let (mut cells, mut lines, mut bars) = (table(3, 3, 1), erring(2, 3), regretted(2));
    let (mut crosses, mut map) = (crossed(3), mapped(7, 7));
    cells.rows.iter_mut().chain(&mut cells.columns).for_each(stretched);
    cells.panels.iter_mut().for_each(|panel| stretched(&mut panel.name));
    lines.panels.iter_mut().for_each(|panel| {
        stretched(&mut panel.name);
        panel.told.iter_mut().for_each(stretched);
        panel.plans.iter_mut().for_each(|plan| stretched(&mut plan.name));
    });
    stretched(&mut lines.x);
    bars.sections.iter_mut().for_each(|section| {
        stretched(&mut section.name);
        section.rows.iter_mut().for_each(|row| [&mut row.name, &mut row.told].into_iter().for_each(stretched));
    });
    stretched(&mut bars.axis);
    crosses.panels.iter_mut().for_each(|panel| {
        stretched(&mut panel.name);
        panel.told.iter_mut().for_each(stretched);
    });
    stretched(&mut crosses.y);
    map.plans
        .iter_mut()
        .chain([&mut map.x, &mut map.y])
        .chain(&mut map.columns)
        .chain(&mut map.rows)
        .for_each(stretched);
    vec![
        ("four-by-two", payoffs::draw(&table(4, 2, 1), theme)),
        ("four-by-two-narrow", payoffs::draw(&table(4, 2, 1), narrow)),
        ("twelve", payoffs::draw(&table(12, 12, 1), theme)),
        ("many", payoffs::draw(&table(30, 40, 0), theme)),
        ("one", payoffs::draw(&table(1, 1, 0), theme)),
        ("long", payoffs::draw(&cells, theme)),
        ("two-sides", errs::draw(&erring(2, 4), theme)),
        ("narrow", errs::draw(&erring(2, 4), narrow)),
        ("one-side", errs::draw(&erring(1, 8), theme)),
        ("three", errs::draw(&erring(3, 2), theme)),
        ("long", errs::draw(&lines, theme)),
        ("one", regrets::draw(&regretted(1), theme)),
        ("three", regrets::draw(&regretted(3), theme)),
        ("narrow", regrets::draw(&regretted(2), narrow)),
        ("long", regrets::draw(&bars, theme)),
        ("three", crossings::draw(&crossed(3), theme)),
        ("narrow", crossings::draw(&crossed(3), narrow)),
        ("one", crossings::draw(&crossed(1), theme)),
        ("long", crossings::draw(&crosses, theme)),
        ("nine", replies::draw(&mapped(9, 9), theme)),
        ("fine", replies::draw(&mapped(30, 24), theme)),
        ("narrow", replies::draw(&mapped(9, 9), narrow)),
        ("long", replies::draw(&map, theme)),
    ]
}

/// Pictures of nothing.
pub fn empty(theme: Theme) -> Vec<Picture> {
    vec![
        payoffs::draw(&Payoffs::default(), theme),
        errs::draw(&Errs::default(), theme),
        regrets::draw(&Regrets::default(), theme),
        crossings::draw(&Crossings::default(), theme),
        replies::draw(&Replies::default(), theme),
    ]
}
