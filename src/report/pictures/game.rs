//! The picture of a payoff table.

use itertools::Itertools as _;

use crate::figure::payoffs::{Chooses, MOST, Payoff, PayoffPanel, Payoffs, draw};
use crate::figure::{Caption, Look, Picture};
use crate::games::{Exact, nearest};
use crate::report::game::{Solved, brief, finding, plays};
use crate::text::words::{count, visible};

/// The file stem of the picture of a payoff table.
pub const GAME_NAME: &str = "payoffs";

/// Both players' payoffs with the best answers; `None` unless two play.
pub fn game(solved: &Solved, look: impl Into<Look>) -> Option<Picture> {
    Some(draw(&data(solved)?, look))
}

fn data(solved: &Solved) -> Option<Payoffs> {
    let [row, column] = &solved.game.players[..] else { return None };
    let (rows, columns) = (row.strategies.len(), column.strategies.len());
    let paid = |player: usize, i: usize, j: usize| &solved.game.paid(&[i, j])[player];
    let most = |paid: &mut dyn Iterator<Item = &Exact>| paid.max().cloned();
    // What the best answer pays, to each strategy of the other.
    let best = [
        (0..columns).map(|j| most(&mut (0..rows).map(|i| paid(0, i, j)))).collect_vec(),
        (0..rows).map(|i| most(&mut (0..columns).map(|j| paid(1, i, j)))).collect_vec(),
    ];
    let cell = |player: usize, i: usize, j: usize| {
        let value = paid(player, i, j);
        let best = best[player][if player == 0 { j } else { i }].as_ref() == Some(value);
        Payoff { value: nearest(value), told: brief(value), best }
    };
    let panel = |player: usize| PayoffPanel {
        name: format!("paid to {}", visible(&solved.game.players[player].name)),
        chooses: if player == 0 { Chooses::Rows } else { Chooses::Columns },
        cells: (0..rows).map(|i| (0..columns).map(|j| cell(player, i, j)).collect()).collect(),
    };
    Some(Payoffs {
        caption: caption(solved, rows.max(columns)),
        rows: row.strategies.clone(),
        columns: column.strategies.clone(),
        panels: (0..2).map(panel).collect(),
    })
}

fn caption(solved: &Solved, strategies: usize) -> Caption {
    let title = if solved.game.title.is_empty() { "A payoff table" } else { &solved.game.title };
    let told = solved.extreme.as_ref().map_or(&[][..], Vec::as_slice).iter().map(|it| {
        let [one, other] = it.payoffs.each_ref().map(brief);
        format!("{} pays {one} and {other}", plays(&solved.game, it))
    });
    let notes = (strategies > MOST)
        .then(|| format!("Of {} strategies the first {MOST} are drawn.", count(strategies as u128)))
        .into_iter()
        .chain(solved.extreme.as_ref().err().map(|why| format!("Mixed equilibria were not searched: {why}.")));
    Caption {
        title: visible(title),
        subtitle: finding(solved),
        source: "Payoffs as the file gives them; what is in equilibrium is worked out in exact fractions".to_owned(),
        notes: notes.collect(),
        description: told.take(20).join("; "),
    }
}
