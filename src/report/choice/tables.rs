//! The tables of a game: cells by account and want, what is in equilibrium, and the lines of what would have to be true.

use itertools::Itertools as _;

use super::Chosen;
use crate::choice::{Block, Crosses, Line, OfAccount, Sample, Sought, Supported};
use crate::report::terms::input;
use crate::report::who::Who;
use crate::text::sheet::csv;
use crate::text::table::Table;
use crate::text::words::{bullet, fixed, list, number, paragraph, percent, percent_of, signed};

/// The mean payoffs of a block: rows are plans of the first player, columns combinations of the others' plans.
pub(super) fn block(c: &Chosen, block: &Block) -> String {
    let sample = &block.cells.at_twice;
    let plans = |player: usize| &c.players.0[player].types[block.types[player]].plans;
    let rows = sample.plans[0];
    let columns = sample.profiles() / rows;
    let named = |column: usize| {
        let profile = sample.profile(column * rows);
        let others = profile.iter().enumerate().skip(1);
        others.map(|(i, plan)| c.intent(plans(i)[*plan])).join(", ")
    };
    let heads = std::iter::once(String::new()).chain((0..columns).map(named)).chain([String::new()]).collect_vec();
    let mut table = Table::new(&heads.iter().map(String::as_str).collect_vec());
    for row in 0..rows {
        let cell = |column: usize| {
            let place = column * rows + row;
            (0..sample.players()).map(|i| fixed(mean(sample, place, i), 1)).join("; ")
        };
        let name = c.intent(plans(0)[row]);
        table.row(std::iter::once(name).chain((0..columns).map(cell)).chain([String::new()]).collect());
    }
    let wants = block.types.iter().enumerate().filter_map(|(i, of)| {
        let want = c.want(&c.players.0[i].types[*of])?;
        Some(format!("{}: {want}", Who::actor(c.n, c.player(i)).name))
    });
    let wants = wants.collect_vec();
    let head =
        if wants.is_empty() { String::new() } else { paragraph(&format!("What is wanted: {}.", wants.join("; "))) };
    head + &table.text()
}

fn mean(sample: &Sample, place: usize, player: usize) -> f64 {
    (0..sample.runs).map(|run| sample.paid(run, place, player)).sum::<f64>() / sample.runs.max(1) as f64
}

/// The largest standard error of a difference between two cells of a block, of each player.
pub(super) fn equilibria(c: &Chosen, of: &OfAccount) -> String {
    if of.settled.supported.is_empty() {
        return paragraph(
            "No support comes back in a tenth of the resamples: who chooses what is not settled by so many runs.",
        );
    }
    let mut table = Table::new(&["comes back", "pays", "regret at most", "reached", "holds", "defeat", "plays"]);
    for it in &of.settled.supported {
        let ends = ends(of, it);
        table.row(vec![
            percent(it.share),
            it.payoffs.iter().map(|x| fixed(*x, 1)).join("; "),
            it.regrets.iter().map(|r| fixed(r.at_most, 1)).join("; "),
            percent_of(ends[0]),
            percent_of(ends[1]),
            percent_of(ends[2]),
            c.plays(of, it),
        ]);
    }
    let settled = of.settled.supported.iter().any(|it| it.share >= 0.5);
    let open = "No support comes back in half of the resamples: who chooses what is not settled by so many runs.";
    let note = if settled { String::new() } else { paragraph(open) };
    table.text() + &note
}

/// What a profile comes to: the shares that reach a deal, that still hold one after a year, and whose deal is a defeat at home.
pub(super) fn ends(of: &OfAccount, it: &Supported) -> [f64; 3] {
    // Only where each player has one type do the cells of a block stand for the table.
    let [block] = &of.blocks[..] else { return blocks(of, it) };
    ends_of(block, &it.mixed)
}

fn ends_of(block: &Block, mixed: &[Vec<f64>]) -> [f64; 3] {
    let (sample, counted) = (&block.cells.at_twice, &block.cells.counted);
    let mut ends = [0.0; 3];
    for place in 0..sample.profiles() {
        let chance: f64 = sample.profile(place).iter().zip(mixed).map(|(plan, of)| of[*plan]).product();
        let (cell, runs) = (&counted[place], sample.runs.max(1) as f64);
        let each = [cell.reached as f64 / runs, cell.holding(sample.runs), cell.defeat as f64 / runs];
        ends.iter_mut().zip(each).for_each(|(sum, x)| *sum += chance * x);
    }
    ends.map(tidy)
}

/// A share without what adding up leaves in its last digits.
fn tidy(share: f64) -> f64 {
    (share * 1e12).round() / 1e12
}

/// The same over all combinations of types, by their shares.
fn blocks(of: &OfAccount, it: &Supported) -> [f64; 3] {
    let mut ends = [0.0; 3];
    for block in &of.blocks {
        let mixed = block.types.iter().enumerate().map(|(player, at)| {
            let mut own = vec![0.0; block.cells.at_twice.plans[player]];
            of.plans[player].iter().zip(&it.mixed[player]).for_each(|(plan, p)| own[plan[*at]] += p);
            own
        });
        let here = ends_of(block, &mixed.collect_vec());
        ends.iter_mut().zip(here).for_each(|(sum, x)| *sum += block.share * x);
    }
    ends.map(tidy)
}

/// Plans that are beaten whatever the others play, and how often each pays most.
pub(super) fn dominance(c: &Chosen, of: &OfAccount) -> String {
    let line = |it: &crate::choice::Dominated| {
        let [worse, better] = [it.worse, it.better].map(|plan| c.plan(it.player, &of.plans[it.player][plan]));
        let who = Who::actor(c.n, c.player(it.player)).name;
        bullet(&format!(
            "{who}: whatever the others play, “{better}” pays at least {} points more than “{worse}”.",
            fixed(it.by_at_least, 1)
        ))
    };
    let dominated: String = of.settled.dominated.iter().map(line).collect();
    let best = |it: &Sought| {
        let of_type = &c.players.0[it.player].types[it.of];
        let each = of_type.plans.iter().zip(&it.best_in);
        let each = each.map(|(intent, share)| format!("{} in {}", c.intent(*intent), percent(*share)));
        bullet(&format!("Pays most, of all worlds: {}.", list(each.collect_vec())))
    };
    let indifferent = (0..c.players.0.len()).filter(|player| of.errors.never_differs(*player)).map(|player| {
        let who = Who::actor(c.n, c.player(player));
        bullet(&format!(
            "{} paid the same whatever anybody plays: nothing here says what it would choose.",
            who.does("is")
        ))
    });
    indifferent.collect::<String>() + &dominated + &of.sought.iter().map(best).collect::<String>()
}

/// By how many points sides err, in what is printed.
const PRINTED: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// What sides play that err: by how many points, and the chance of every plan, in per cent.
pub(super) fn erring(c: &Chosen, of: &OfAccount) -> String {
    if of.erring.is_empty() {
        return String::new();
    }
    let plans = c.players.0.iter().enumerate().flat_map(|(player, it)| {
        let of_type = it.types.iter().enumerate();
        of_type.flat_map(move |(at, of)| (0..of.plans.len()).map(move |plan| (player, at, plan)))
    });
    let plans = plans.collect_vec();
    let name = |(player, at, plan): &(usize, usize, usize)| {
        let of = &c.players.0[*player].types[*at];
        let intent = c.intent(of.plans[*plan]);
        of.want.map_or(intent.clone(), |w| format!("{}: {intent}", c.n.wants[w].id))
    };
    let heads =
        std::iter::once("errs by".to_owned()).chain(plans.iter().map(name)).chain([String::new()]).collect_vec();
    let mut table = Table::new(&heads.iter().map(String::as_str).collect_vec());
    for it in of.erring.iter().filter(|it| PRINTED.contains(&it.errs_by)) {
        let cell = |(player, at, plan): &(usize, usize, usize)| {
            let [mean, low, high] = [&it.mixed, &it.low, &it.high].map(|of| 100.0 * of[*player][*at][*plan]);
            format!("{mean:.0} ({low:.0}–{high:.0})")
        };
        table.row(std::iter::once(number(it.errs_by)).chain(plans.iter().map(cell)).chain([String::new()]).collect());
    }
    table.text()
}

/// Differences that turn with the time for which one looks.
pub(super) fn turns(c: &Chosen, of: &OfAccount) -> String {
    let line = |it: &crate::choice::Turn| {
        let block = &of.blocks[it.block];
        let sample = &block.cells.at_twice;
        let named = |place: usize| {
            let profile = sample.profile(place);
            let plans = &c.players.0[it.player].types[block.types[it.player]].plans;
            c.intent(plans[profile[it.player]])
        };
        let (one, other) = (named(it.profiles.0), named(it.profiles.1));
        bullet(&format!(
            "{}: “{one}” beside “{other}” pays {} at the horizon and {} at twice the horizon.",
            Who::actor(c.n, c.player(it.player)).name,
            signed(it.at_horizon.mean, 1),
            signed(it.at_twice.mean, 1)
        ))
    };
    if of.turns.is_empty() {
        return String::new();
    }
    paragraph("What is best hangs on how long one looks:") + &of.turns.iter().map(line).collect::<String>()
}

/// What would have to be true: the steepest lines.
pub(super) fn lines(c: &Chosen) -> String {
    let mut table = Table::new(&["pays", "a unit", "0 at", "95 %", "declared", "account: number"]);
    for (of, it) in c.sought() {
        for line in &it.lines {
            let path = &c.n.inputs.get(line.input).path;
            let (at, interval) = crossing(line);
            table.row(vec![
                signed(line.level, 1),
                signed(line.slope, 2),
                at,
                interval,
                format!("{} to {}", number(line.range.0), number(line.range.1)),
                format!("{}: {}", c.briefly(of), input(c.n, path)),
            ]);
        }
    }
    table.text()
}

fn crossing(line: &Line) -> (String, String) {
    match line.crosses {
        Crosses::NotSeen => ("–".into(), "–".into()),
        Crosses::At { at, low, high, inside } => (
            format!("{}{}", number(at), if inside { "" } else { " out" }),
            format!("{} to {}", number(low), number(high)),
        ),
    }
}

/// All cells as a table of CSV: a row a cell and player, at both horizons.
pub fn sheet(c: &Chosen) -> String {
    let mut rows = Vec::new();
    for of in c.accounts {
        for block in &of.blocks {
            let samples = [&block.cells.at_horizon, &block.cells.at_twice];
            for place in 0..samples[0].profiles() {
                let profile = samples[0].profile(place);
                let playing = c.players.playing(&block.types);
                let mut plays = profile
                    .iter()
                    .zip(&playing)
                    .map(|(plan, (actor, plans))| format!("{}={}", c.n.actor(*actor).id, c.intent(plans[*plan])));
                let plays = plays.join(" ");
                for (i, (actor, _)) in playing.iter().enumerate() {
                    let [at, twice] = samples.map(|sample| {
                        crate::choice::Difference::of((0..sample.runs).map(|run| sample.paid(run, place, i)))
                    });
                    rows.push(vec![
                        of.reading.map_or(String::new(), |r| c.n.readings[r].id.clone()),
                        block
                            .types
                            .iter()
                            .enumerate()
                            .filter_map(|(i, t)| c.want(&c.players.0[i].types[*t]))
                            .join("; "),
                        plays.clone(),
                        c.n.actor(*actor).id.clone(),
                        at.mean.to_string(),
                        at.error.to_string(),
                        twice.mean.to_string(),
                        twice.error.to_string(),
                        samples[0].runs.to_string(),
                    ]);
                }
            }
        }
    }
    let heads =
        ["reading", "wants", "plays", "party", "at_horizon", "at_horizon_error", "at_twice", "at_twice_error", "runs"];
    csv(&heads, &rows)
}
