//! The pictures of a game over intents.

use itertools::Itertools as _;

use crate::choice::{Crosses, Line, OfAccount, Sought};
use crate::figure::crossings::{self, Crossing, Crossings};
use crate::figure::errs::{self, Errs, ErrsAt, ErrsPanel, PlanLine};
use crate::figure::lines::At;
use crate::figure::payoffs::{self, Chooses, Payoff, PayoffPanel, Payoffs};
use crate::figure::regrets::{self, Regret, RegretSection, Regrets};
use crate::figure::replies::{self, Replies, ReplyCell};
use crate::figure::{Caption, Look, Picture};
use crate::report::CAVEAT;
use crate::report::choice::Chosen;
use crate::report::terms::input;
use crate::report::who::Who;
use crate::text::words::{count, fixed, number, visible};

/// The file stems of the pictures of a game; of several accounts those of a table and of a map have the reading behind them.
pub const CHOICE_NAMES: [&str; 5] = ["payoffs", "errs", "regrets", "crossings", "replies"];

/// How many lines of each account are drawn.
const LINES: usize = 2;

/// The pictures: the table of each account, what sides play that err, what every plan would regret, where it would pay, and the map.
pub fn choice(c: &Chosen, look: impl Into<Look>) -> Vec<Picture> {
    let look = look.into();
    let mut all = Vec::new();
    let of_account = |mut picture: Picture, of: &OfAccount| {
        if let Some(reading) = of.reading.filter(|_| c.accounts.len() > 1) {
            picture.name = format!("{}-{}", picture.name, c.n.readings[reading].id);
        }
        picture
    };
    all.extend(c.accounts.iter().filter_map(|of| Some(of_account(payoffs::draw(&table(c, of)?, look), of))));
    if c.accounts.iter().any(|of| !of.erring.is_empty()) {
        all.push(errs::draw(&erring(c), look));
    }
    all.push(regrets::draw(&regretted(c), look));
    if c.sought().iter().any(|(_, it)| !it.lines.is_empty()) {
        all.push(crossings::draw(&crossing(c), look));
    }
    let maps = c.map.into_iter().flat_map(|map| c.accounts.iter().zip(&map.accounts));
    all.extend(maps.map(|(of, cells)| of_account(replies::draw(&map(c, of, cells), look), of)));
    all
}

fn caption(c: &Chosen, title: impl Into<String>, subtitle: impl Into<String>) -> Caption {
    caption_of(c, c.asked.runs, title, subtitle)
}

fn caption_of(c: &Chosen, runs: u64, title: impl Into<String>, subtitle: impl Into<String>) -> Caption {
    let seed = c.asked.drawing.seed;
    Caption {
        title: title.into(),
        subtitle: subtitle.into(),
        source: format!("{CAVEAT}; {} runs of each cell, seed {seed}", count(runs)),
        ..Caption::default()
    }
}

/// The table that is solved, where two play.
fn table(c: &Chosen, of: &OfAccount) -> Option<Payoffs> {
    let (sample, means) = (&of.sample, of.sample.means());
    let [rows, columns] = sample.plans[..] else { return None };
    let paid = |player: usize, i: usize, j: usize| means[sample.place(&[i, j]) * 2 + player];
    let best = |player: usize, i: usize, j: usize| {
        let others = if player == 0 { rows } else { columns };
        let other = |k: usize| if player == 0 { paid(0, k, j) } else { paid(1, i, k) };
        (0..others).all(|k| other(k) <= paid(player, i, j))
    };
    let cell = |player: usize, i: usize, j: usize| {
        let value = paid(player, i, j);
        Payoff { value, told: fixed(value, 1), best: best(player, i, j) }
    };
    let panel = |player: usize| PayoffPanel {
        name: format!("paid to {}, points", Who::actor(c.n, c.player(player)).name),
        chooses: if player == 0 { Chooses::Rows } else { Chooses::Columns },
        cells: (0..rows).map(|i| (0..columns).map(|j| cell(player, i, j)).collect()).collect(),
    };
    let plans = |player: usize| of.plans[player].iter().map(|plan| c.plan(player, plan)).collect();
    let first = of.settled.supported.first();
    let finding = first.map_or_else(
        || "So many runs do not settle who chooses what".to_owned(),
        |it| {
            let plays = c.plays(of, it);
            format!("In equilibrium: {plays}")
        },
    );
    Some(Payoffs {
        caption: caption(c, format!("What each pair of intents pays: {}", c.briefly(of)), finding),
        rows: plans(0),
        columns: plans(1),
        panels: (0..2).map(panel).collect(),
    })
}

fn erring(c: &Chosen) -> Errs {
    let mut panels = Vec::new();
    for of in c.accounts {
        for (player, it) in c.players.0.iter().enumerate().take(2) {
            for (at, of_type) in it.types.iter().enumerate() {
                let line = |plan: usize| PlanLine {
                    name: c.intent(of_type.plans[plan]),
                    points: of
                        .erring
                        .iter()
                        .rev()
                        .map(|it| {
                            let [chance, low, high] = [&it.mixed, &it.low, &it.high].map(|of| of[player][at][plan]);
                            ErrsAt { errs: it.errs_by, chance, low, high }
                        })
                        .collect(),
                };
                panels.push(ErrsPanel {
                    name: format!("{}: {}", c.briefly(of), Who::actor(c.n, it.actor).name),
                    told: c.want(of_type).into_iter().collect(),
                    plans: (0..of_type.plans.len()).map(line).collect(),
                });
            }
        }
    }
    let ends = |f: fn(f64, f64) -> f64, start: f64| {
        c.accounts.iter().flat_map(|of| &of.erring).map(|it| it.errs_by).fold(start, f)
    };
    let mut caption = caption(c, "How often each intent is played, by how much both sides err", "");
    "Far right they hardly err, far left all intents are as likely".clone_into(&mut caption.subtitle);
    caption.notes.push("Logit equilibria, on the principal branch only.".to_owned());
    Errs {
        caption,
        x: "both err by so many points".to_owned(),
        range: (ends(f64::min, f64::INFINITY), ends(f64::max, 0.0)),
        band: "95 % of resampled tables".to_owned(),
        panels,
    }
}

fn regretted(c: &Chosen) -> Regrets {
    let mut sections = Vec::new();
    for of in c.accounts {
        let Some(first) = of.settled.supported.first() else { continue };
        for (player, plans) in of.plans.iter().enumerate() {
            let row = |plan: usize| {
                let (regret, best) = of.behind(player, plan, &first.mixed);
                let told = if best == plan || regret.estimate <= 0.0 {
                    "none pays more".to_owned()
                } else {
                    format!("{} pays {} more", c.plan(player, &plans[best]), fixed(regret.estimate, 1))
                };
                let name = c.plan(player, &plans[plan]);
                Regret { name, told, regret: regret.estimate, bound: regret.at_most.max(regret.estimate) }
            };
            sections.push(RegretSection {
                name: format!("{}: {}", c.briefly(of), Who::actor(c.n, c.player(player)).name),
                rows: (0..plans.len()).map(row).collect(),
            });
        }
    }
    let finding = "Each intent held for certain, the other side as in the first equilibrium";
    Regrets {
        caption: caption(c, "What each intent would cost beside the best one", finding),
        axis: "points that the best other intent pays more".to_owned(),
        bound: "at most so much, 95 % for all together".to_owned(),
        rule: None,
        sections,
    }
}

fn crossing(c: &Chosen) -> Crossings {
    let panel = |(of, line): (&OfAccount, &Line)| {
        let (low, high) = line.range;
        let at = |x: f64| {
            let off = x - line.mean;
            let y = line.level + line.slope * off;
            let error =
                1.96 * (line.level_error * line.level_error + off * off * line.slope_error * line.slope_error).sqrt();
            At { x, y, low: y - error, high: y + error }
        };
        let declared = format!("declared as {} to {}", number(low), number(high));
        let (told, crosses, within) = match line.crosses {
            Crosses::NotSeen => (vec![declared], None, None),
            Crosses::At { at, low, high, inside } => {
                let said = format!("0 at {} ({} to {})", number(at), number(low), number(high));
                (vec![said, declared], inside.then_some(at), inside.then_some((low, high)))
            }
        };
        Crossing {
            name: format!("{}: {}", c.briefly(of), input(c.n, &c.n.inputs.get(line.input).path)),
            told,
            line: (0..=16).map(|i| at(low + (high - low) * f64::from(i) / 16.0)).collect(),
            cloud: Vec::new(),
            at: crosses,
            within,
        }
    };
    let all = c.sought();
    let lines = |(of, it): &(&'_ OfAccount, &'_ Sought)| {
        it.lines.iter().take(LINES).map(|line| panel((of, line))).collect_vec()
    };
    let (actor, intent) = c.asked.about.expect("lines are of a plan");
    let title = format!("What would have to be true for “{}” to pay", visible(&c.n.intents[intent].name));
    Crossings {
        caption: caption(c, title, format!("{}: beside the best of its other intents", Who::actor(c.n, actor).name)),
        y: "points that it pays more".to_owned(),
        band: "95 % interval of the line".to_owned(),
        panels: all.iter().flat_map(lines).collect(),
    }
}

fn map(c: &Chosen, of: &OfAccount, cells: &[crate::choice::Cell]) -> Replies {
    let held = c.map.expect("cells are those of a map");
    let name = |axis: usize| input(c.n, &c.n.inputs.get(held.axes[axis].0).path);
    let values = |axis: usize| held.axes[axis].1.iter().map(|x| number(*x)).collect_vec();
    let rows = |of: &dyn Fn(&crate::choice::Cell) -> ReplyCell| {
        cells.chunks(held.axes[0].1.len()).map(|row| row.iter().map(of).collect()).collect()
    };
    let player = held.player;
    Replies {
        caption: caption_of(
            c,
            c.held_runs,
            format!("Who would choose what: {}", c.briefly(of)),
            format!("What {} plays in some equilibrium", Who::actor(c.n, c.player(player)).name),
        ),
        x: name(0),
        y: name(1),
        columns: values(0),
        rows: values(1),
        plans: of.plans[player].iter().map(|plan| c.plan(player, plan)).collect(),
        cells: rows(&|cell| ReplyCell { best: cell.plays.clone(), undecided: cell.open }),
        again: rows(&|cell| ReplyCell { best: cell.again.0.clone(), undecided: cell.again.1 }),
        base: None,
    }
}
