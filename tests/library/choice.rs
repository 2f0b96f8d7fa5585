//! Who chooses: tables on common luck, what survives in equilibrium, how often bounds hold, where a plan begins to pay.

use crate::play::negotiation;
use crate::toys;
use winset::choice::{Asked, OfAccount, Players, break_even, choose, emptied, hold, map};
use winset::engine::Drawing;
use winset::model::Negotiation;

/// Two who divide ten; the first may wait.
fn pie(talks: &str, more: &str) -> Negotiation {
    negotiation(&pie_text(talks, more))
}

fn pie_text(talks: &str, more: &str) -> String {
    format!(
        r#"
title = "A pie"
horizon = 20
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.share]
options = {{ from = 0, to = 10, step = 1 }}
views.a = {{ weight = 10, 0 = 0, 10 = 1 }}
views.b = {{ weight = 10, 0 = 1, 10 = 0 }}
[no_deal]
a = {{ base = [0, 1, 2], cost = [0.01, 0.05, 0.1] }}
b = {{ base = 1, cost = 0.05 }}
[conflict]
lasts = 30
[talks]
{talks}
[intents.a.gives]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 5 }}
[intents.a.waits]
obstructs = true
moves  = {{ offer = 0.5, hold = 1 }}
tactic = {{ kind = "polynomial", beta = 0.2, over = 15 }}
[intents.b.gives]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 5 }}
[intents.b.waits]
moves  = {{ offer = 0.5, hold = 1 }}
tactic = {{ kind = "polynomial", beta = 0.2, over = 15 }}
{more}
"#
    )
}

fn asked(n: &Negotiation, runs: u64) -> Asked {
    let waits = n.intents.iter().position(|it| it.id == "waits").expect("a may wait");
    Asked { runs, drawing: Drawing::of(n, 7), about: Some((n.intents[waits].of, waits)), resamples: 200 }
}

fn game(n: &Negotiation, runs: u64, threads: usize) -> OfAccount {
    let mut asked = asked(n, runs);
    asked.drawing.threads = Some(threads);
    let drawing = asked.drawing.clone();
    choose(n, &Players::of(n), &asked, &drawing, |_| {}).expect("it can be played")
}

#[test]
fn where_every_run_has_ended_by_the_horizon_twice_the_horizon_pays_the_same() {
    let ended = game(&pie("deadline = 12", ""), 300, 1);
    let cells = &ended.blocks[0].cells;
    assert!(cells.all_ended);
    assert_eq!(cells.at_horizon, cells.at_twice, "to the bit");
    // One whom hardly anything would satisfy: they talk on until the whole thing runs out, mostly beyond the horizon.
    let proud = pie_text("mishap = 0.02", "").replace("base = 1, cost", "base = 9.9, cost");
    let open = game(&negotiation(&proud), 300, 1);
    let cells = &open.blocks[0].cells;
    assert!(!cells.all_ended && cells.at_horizon != cells.at_twice);
}

#[test]
fn a_table_at_the_horizon_is_what_runs_to_the_horizon_pay() {
    // The glance at the horizon pays what a run pays whose observer looks away there.
    let n = pie("mishap = 0.02", "");
    let whole = game(&n, 200, 1);
    let mut shorter = n.clone();
    shorter.horizon = n.horizon / 2;
    let half = game(&shorter, 200, 1);
    assert_eq!(half.blocks[0].cells.at_twice, whole.blocks[0].cells.at_horizon);
}

#[test]
fn any_number_of_threads_gives_the_same_game() {
    let n = pie("mishap = 0.02", "");
    assert_eq!(game(&n, 700, 1), game(&n, 700, 3));
}

#[test]
fn wants_change_what_is_paid_and_never_what_is_played() {
    let wants = "[wants.a.proud]\nprior = 3\nset.\"no_deal.a.base\" = 4\nintents = \"waits\"\n[wants.a.meek]\nset.\"no_deal.a.base\" = 0";
    let n = pie("mishap = 0.02", wants);
    let players = Players::of(&n);
    let a = &players.0[0];
    assert_eq!(a.types.iter().map(|it| it.plans.len()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(a.types.iter().map(|it| it.share).collect::<Vec<_>>(), [0.75, 0.25]);
    let found = game(&n, 400, 1);
    assert_eq!(found.blocks.len(), 2);
    assert_eq!(found.plans[0], [[0, 0], [0, 1]], "a plan for each want");
    // The table that is solved is the mean of the blocks, by the shares of the wants.
    let paid = |block: usize, profile: &[usize]| {
        let sample = &found.blocks[block].cells.at_twice;
        sample.means()[sample.place(profile) * 2]
    };
    let means = found.sample.means();
    for plan in [0, 1] {
        let expected = 0.75 * paid(0, &[0, 0]) + 0.25 * paid(1, &[plan, 0]);
        let found = means[found.sample.place(&[plan, 0]) * 2];
        // Sums of a few hundred floats in another order.
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
    // A want holds in every reading: the same file with readings that set the number plays the same blocks.
    let read = format!("{wants}\n[readings.r]\nset.\"no_deal.a.base\" = 9\n[readings.s]\nset.\"no_deal.b.base\" = 1");
    let read = pie("mishap = 0.02", &read);
    let mut asked = asked(&read, 400);
    asked.drawing.accounts.reading = Some(0);
    let other = choose(&read, &Players::of(&read), &asked, &asked.drawing, |_| {}).expect("it can be played");
    assert_eq!(other.blocks[0].cells, found.blocks[0].cells);
}

#[test]
fn the_players_of_a_file_choose_among_the_plans_that_it_names() {
    let n = pie("mishap = 0.02", "[game]\nplayers = { b = [\"waits\"], a = [\"waits\", \"gives\"] }");
    let players = Players::of(&n);
    let plans = |player: usize| -> Vec<&str> {
        players.0[player].types[0].plans.iter().map(|k| n.intents[*k].id.as_str()).collect()
    };
    assert_eq!((plans(0), plans(1)), (vec!["waits", "gives"], vec!["waits"]));
    let found = game(&n, 200, 1);
    assert_eq!(found.sample.plans, [2, 1]);
    assert!(found.settled.supported.iter().all(|it| it.support[1] == [0]), "it has no other");
}

#[test]
fn waiting_begins_to_pay_where_no_deal_is_worth_enough() {
    let n = pie("mishap = 0.02", "");
    let (asked, players) = (asked(&n, 300), Players::of(&n));
    let drawing = asked.drawing.clone();
    let found = choose(&n, &players, &asked, &drawing, |_| {}).expect("it can be played");
    let base = n.inputs.find("no_deal.a.base").expect("it is a number");
    let held = hold(&n, &players, &asked, &drawing, &found, (base, (0.0, 9.0)), |_| {}).expect("it can be played");
    let [one] = &held[..] else { panic!("one want, one answer: {held:?}") };
    assert_eq!(one.fixed.points.len(), winset::choice::GRID);
    for crossing in one.fixed.crossings.iter().chain(&one.answered.crossings) {
        assert!(crossing.low <= crossing.at && crossing.at <= crossing.high, "{crossing:?}");
    }
    assert_eq!(one.fixed.signs().len(), one.fixed.crossings.len() + 1);
}

#[test]
fn every_crossing_is_found_and_its_sign_told() {
    // The difference is 0.5 (θ − 3)(θ − 7), seen with noise of s.d. 1 a run on common luck.
    let mut luck = toys::Luck(13);
    let noise: Vec<f64> = (0..4_000).map(|_| luck.normal()).collect();
    let d = |x: f64| {
        let at = noise.iter().map(|e| 0.5 * (x - 3.0) * (x - 7.0) + e);
        Ok::<_, std::convert::Infallible>(winset::choice::Difference::of(at))
    };
    let found = break_even((0.0, 10.0), d).expect("nothing can fail");
    assert_eq!(found.signs(), [1, -1, 1]);
    for (crossing, root) in found.crossings.iter().zip([3.0, 7.0]) {
        // The standard error of the root is 1 / (√4000 · 2) = 0.008; the grid of halvings is 0.005.
        assert!((crossing.at - root).abs() < 0.05, "{crossing:?}");
        assert!(crossing.low <= root && root <= crossing.high, "{crossing:?}");
    }
    // At a double root the sign never changes: nothing is found, and the signs say so.
    let touches = |x: f64| {
        let mean = (x - 5.0) * (x - 5.0) + 0.2;
        Ok::<_, std::convert::Infallible>(winset::choice::Difference { mean, error: 0.01 })
    };
    let found = break_even((0.0, 10.0), touches).expect("nothing can fail");
    assert_eq!((found.crossings.len(), found.signs()), (0, vec![1]));
}

#[test]
fn bounds_and_intervals_hold_as_often_as_they_say() {
    let share =
        |holds: &dyn Fn(u64) -> bool, seeds: u64| (0..seeds).filter(|seed| holds(*seed)).count() as f64 / seeds as f64;
    // 60 tables: were the chance to hold 0.95, fewer than 53 would hold in one of 1 000 draws. All 1 000 stand in an example.
    assert!(share(&|seed| toys::regret_holds(seed, 150, 100), 60) >= 53.0 / 60.0);
    // 400 intervals of 95 %: from 0.915 to 0.98 in all but one of 1 000 draws.
    let [smooth, jumping] = [toys::smooth, toys::jumping].map(|toy| share(&|seed| toys::holds(&toy(seed, 100)), 400));
    assert!((0.915..=0.98).contains(&smooth), "{smooth}");
    assert!((0.915..=0.98).contains(&jumping), "{jumping}");
}

#[test]
fn inspection_is_what_textbooks_say() {
    let shipped = |name: &str| {
        let path = format!("{}/scenarios/textbook/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        negotiation(&std::fs::read_to_string(path).expect("it is shipped"))
    };
    let solved = |name: &str| {
        let n = shipped(name);
        let asked = Asked { runs: 20, drawing: Drawing::of(&n, 1), about: None, resamples: 10 };
        choose(&n, &Players::of(&n), &asked, &asked.drawing, |_| {}).expect("it can be played").settled.supported
    };
    let [one] = &solved("inspection")[..] else { panic!("there is one equilibrium") };
    assert!((one.mixed[0][0] - 0.4).abs() < 1e-12 && (one.mixed[1][1] - 1.0 / 3.0).abs() < 1e-12, "{:?}", one.mixed);
}

#[test]
fn intents_are_drawn_as_the_game_has_them_played() {
    use winset::choice::played_by_the_game;
    let n = pie("mishap = 0.02", "[game]\nprior = \"game\"\nerrs_by = [0.5, 1, 2]");
    let drawing = Drawing::of(&n, 7);
    let played = played_by_the_game(&n, &drawing, 200).expect("it can be played").expect("two play");
    // Nobody acts on what is believed: nothing would change, to the bit.
    assert_eq!(played.residual.to_bits(), 0.0_f64.to_bits());
    let chances: Vec<f64> = played.chances[0].iter().map(|chance| chance.expect("both choose")).collect();
    for own in [&chances[..2], &chances[2..]] {
        assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{own:?}");
    }
    // What is drawn in many runs is what is played.
    let mut by_game = n.clone();
    by_game.played = Some(played);
    let runs = crate::play::runs(&by_game, 4_000);
    let share = runs.iter().filter(|run| run.intents.contains(&0)).count() as f64 / 4_000.0;
    // Four standard errors.
    assert!((share - chances[0]).abs() < 4.0 * (0.25_f64 / 4_000.0).sqrt(), "{share} {chances:?}");
    // Where a belief is acted on something would change, and how much is told.
    let acts = pie_text("mishap = 0.02", "[game]\nprior = \"game\"\n[beliefs]").replacen(
        "[intents.b.gives]",
        "[intents.b.gives]\nresponses.doubt = { while = { believes = { a = { waits = { over = 0.6 } } } }, times = { offer = 0 } }",
        1,
    );
    let n = negotiation(&acts);
    let played = played_by_the_game(&n, &Drawing::of(&n, 7), 200).expect("it can be played").expect("two play");
    assert!(played.residual > 0.0);
}

#[test]
fn a_plan_that_an_account_leaves_without_moves_is_found() {
    let readings =
        "[readings.r]\n[readings.s]\nset.\"intents.a.waits.moves.offer\" = 0\nset.\"intents.a.waits.moves.hold\" = 0";
    let n = pie("mishap = 0.02", readings);
    let players = Players::of(&n);
    let mut drawing = Drawing::of(&n, 1);
    let waits = n.intents.iter().position(|it| it.id == "waits").expect("a may wait");
    assert_eq!(emptied(&n, &players, &drawing), Some((Some(1), waits)));
    // Under the other account it moves.
    drawing.accounts.reading = Some(0);
    assert_eq!(emptied(&n, &players, &drawing), None);
}

#[test]
fn a_player_who_is_paid_the_same_whatever_is_played_is_told_apart() {
    // Nobody ever agrees, and a is paid what no deal is worth, whatever it plays.
    let never = pie_text("mishap = 0.02", "").replace("base = 1, cost", "base = 20, cost");
    let found = game(&negotiation(&never), 100, 1);
    assert!(found.errors.never_differs(0) && found.errors.never_differs(1));
    let other = game(&pie("mishap = 0.02", ""), 100, 1);
    assert!(!other.errors.never_differs(0));
}

#[test]
fn a_map_is_looked_at_on_two_lucks_and_open_where_resamples_play_otherwise() {
    let n = pie("mishap = 0.02", "");
    let asked = asked(&n, 200);
    let base = n.inputs.find("no_deal.a.base").expect("it is drawn");
    let cost = n.inputs.find("no_deal.a.cost").expect("it is drawn");
    let axes = [(base, &[0.0, 9.5][..]), (cost, &[0.0, 2.0][..])];
    let cells = map(&n, &Players::of(&n), &asked, &asked.drawing, 0, axes, |_| {}).expect("it can be played");
    assert_eq!(cells.iter().map(|cell| cell.at).collect::<Vec<_>>(), [[0.0, 0.0], [9.5, 0.0], [0.0, 2.0], [9.5, 2.0]]);
    // Where waiting costs 2 a round nobody waits, on either luck; what is settled on one luck is what is settled on the other.
    assert_eq!((&cells[2].plays, cells[2].open, &cells[2].again), (&vec![0], false, &(vec![0], false)));
    for cell in cells.iter().filter(|cell| !cell.open && !cell.again.1) {
        assert_eq!(cell.plays, cell.again.0, "{cell:?}");
    }
}
