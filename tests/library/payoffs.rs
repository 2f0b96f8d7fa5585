//! What a run pays: the laws of a ledger that must close.

use crate::play::{negotiation, runs};
use winset::engine::talks::{Ending, Run};
use winset::model::{ActorId, Negotiation, Scores};
use winset::space::Compiled;

fn payoff(run: &Run, party: usize) -> f64 {
    run.payoffs.iter().find(|(i, _)| i.0 == party).expect("every run pays every party").1
}

/// Mean and standard error.
fn mean(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

/// No deal before the talks, in points.
fn at_first(n: &Negotiation, party: usize) -> f64 {
    let scores = Scores::new(n, Compiled::of(n, &[]).expect("it is small").scale);
    scores.scale().points(scores.no_deal(&n.modal_world(&n.laws(None, &n.default_variants())), ActorId(party)))
}

/// Two who never agree, while a state drifts and shakes between them.
fn deadlocked(round: &str, horizon: u32, conflict: &str, war: bool) -> String {
    let hold = "moves = { hold = 1 }\ntactic.kind = \"relative\"";
    let during = if war { "while = \"conflict\"" } else { "" };
    format!(
        r#"
title = "A deadlock"
round = "{round}"
horizon = {horizon}
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.share]
options = ["none", "all"]
views.a = {{ weight = 10, none = 0, all = 1 }}
views.b = {{ weight = 10, none = 1, all = 0 }}
[state.front]
start   = 1
change  = 0.05
spread  = 0.2
favours = {{ a = 1, b = -1 }}
{during}
[conflict]
{conflict}
[no_deal]
a = {{ base = 5, cost = 0.3, stake.front = 4 }}
b = {{ base = 7, cost = 0.6, stake.front = 4 }}
[talks]
per = "week"
conflict = {war}
[intents.a.own]
{hold}
[intents.b.own]
{hold}
"#
    )
}

fn deadlock(round: &str, horizon: u32, conflict: &str, war: bool) -> Negotiation {
    negotiation(&deadlocked(round, horizon, conflict, war))
}

#[test]
fn where_nobody_ever_agrees_a_run_pays_on_average_what_no_deal_was_worth_at_first() {
    for conflict in ["lasts = 20", "until = 30.5", "lasts = 20\nuntil = 30"] {
        for (round, horizon) in [("week", 400), ("week", 8), ("half-week", 25), ("day", 25)] {
            for war in [true, false] {
                let n = deadlock(round, horizon, conflict, war);
                let runs = runs(&n, 1_500);
                for party in [0, 1] {
                    let (paid, error) = mean(&runs.iter().map(|run| payoff(run, party)).collect::<Vec<_>>());
                    let expected = at_first(&n, party);
                    // Four standard errors, in 48 comparisons.
                    assert!(
                        (paid - expected).abs() < 4.0 * error,
                        "{conflict} {round} {horizon}: {paid} ± {error}, {expected}"
                    );
                }
            }
        }
    }
}

/// A pie of 100; `a` asks for less and less, `b` gives more and more.
fn pie(head: &str, gift: &str, no_deal: &str, rest: &str, intents: [&str; 2]) -> Negotiation {
    negotiation(&format!(
        r#"
title = "A pie"
{head}
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.a = {{ weight = 100, 0 = 0, 100 = 1 }}
views.b = {{ weight = 100, 0 = 1, 100 = 0 }}
[issues.gift]
options = ["one", "two"]
{gift}
{no_deal}
{rest}
[intents.a.own]
{}
[intents.b.own]
{}
"#,
        intents[0], intents[1]
    ))
}

const OFFERS: &str = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";

#[test]
fn a_deal_at_once_that_never_breaks_pays_what_it_is_worth() {
    let meek = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, kappa = 1, over = 20 }";
    let no_deal = "[conflict]\nlasts = 20\n[no_deal]\na = { base = 40, cost = 1 }\nb = { base = 40, cost = 1 }";
    let n = pie("horizon = 40", "", no_deal, "[talks]", [meek, meek]);
    for run in runs(&n, 20) {
        assert_eq!((run.ending, run.rounds), (Ending::Settlement, 1));
        for party in [0, 1] {
            let points = run.points.iter().find(|(i, _)| i.0 == party).expect("a deal is worth something").1;
            assert_eq!(payoff(&run, party), points);
        }
    }
    // A deal in the fourth week has cost three of them, each 20 · (1 − e^(−1/20)).
    let late = OFFERS.replace("over = 20", "over = 5");
    let n = pie("horizon = 40", "", no_deal, "[talks]", [&late, &late]);
    let runs = runs(&n, 40);
    let third = runs.iter().find(|run| run.ending == Ending::Settlement && run.rounds == 4).expect("some meet then");
    let points = third.points[0].1;
    let cost = 3.0 * 20.0 * (1.0 - winset::num::exp(-1.0 / 20.0));
    assert!((payoff(third, third.points[0].0.0) - (points - cost)).abs() < 1e-9);
}

#[test]
fn a_constant_added_to_all_points_of_a_party_moves_its_payoffs_by_it_and_nothing_else() {
    let with = |by: u32, gift: &str| {
        let no_deal = format!(
            "[conflict]\nlasts = 20\n[no_deal]\na = {{ base = {}, cost = 0.5 }}\nb = {{ base = 30, cost = 0.5 }}",
            20 + by
        );
        let rest = "[durability]\nhazard = 0.3\nshape = 0.5\n[talks]\nmishap = 0.02";
        let floored = format!("{OFFERS}\nfloor = {}", 25 + by);
        runs(&pie("horizon = 40", gift, &no_deal, rest, [&floored, OFFERS]), 300)
    };
    let (plain, richer) = (with(0, ""), with(10, "views.a = { weight = 10, one = 1, two = 1 }"));
    let mut broken = 0;
    for (one, other) in plain.iter().zip(&richer) {
        assert_eq!((one.ending, one.rounds, &one.package), (other.ending, other.rounds, &other.package));
        assert!((payoff(other, 0) - payoff(one, 0) - 10.0).abs() < 1e-9, "{one:?} {other:?}");
        assert_eq!(payoff(one, 1).to_bits(), payoff(other, 1).to_bits());
        broken += u32::from(one.ending == Ending::NoDeal);
    }
    assert!((20..280).contains(&broken), "{broken}");
}

#[test]
fn no_payoff_depends_on_the_horizon_once_the_talks_are_over() {
    let no_deal = "[conflict]\nlasts = 20\n[no_deal]\na = { base = 20, cost = 0.5 }\nb = { base = 30, cost = 0.5 }";
    let [short, long] = [30, 90].map(|horizon| {
        runs(&pie(&format!("horizon = {horizon}"), "", no_deal, "[talks]\nmishap = 0.02", [OFFERS, OFFERS]), 200)
    });
    for (one, other) in short.iter().zip(&long).filter(|(one, _)| one.rounds < 30) {
        assert_eq!(one.payoffs, other.payoffs);
    }
}

#[test]
fn a_deal_that_may_break_pays_no_deal_from_then_on() {
    let no_deal = "[no_deal]\na.base = 20\nb.base = 30";
    let rest = "[durability]\nhazard = 0.2\n[talks]";
    let n = pie("horizon = 40\nlooks_ahead = 2", "", no_deal, rest, [OFFERS, OFFERS]);
    for run in runs(&n, 20) {
        let points = run.points.iter().find(|(i, _)| i.0 == 0).expect("they meet").1;
        // Of two years at 0.2 it holds for (1 − e^−0.4) / 0.2 = 1.648.
        let held = (1.0 - winset::num::exp(-0.4)) / 0.2;
        let expected = f64::midpoint(points * held, 20.0 * (2.0 - held));
        assert!((payoff(&run, 0) - expected).abs() < 1e-9, "{} {expected}", payoff(&run, 0));
    }
}

#[test]
fn a_discount_takes_its_part_of_everything_from_then_on() {
    let no_deal = "[no_deal]\na.base = 20\nb.base = 30";
    let plain = runs(&pie("horizon = 40", "", no_deal, "[talks]", [OFFERS, OFFERS]), 20);
    let discounted = runs(&pie("horizon = 40", "", no_deal, "[talks]\ndiscount.a = 0.9", [OFFERS, OFFERS]), 20);
    for (one, other) in plain.iter().zip(&discounted) {
        let gone = f64::from(one.rounds - 1);
        assert!((payoff(other, 0) - payoff(one, 0) * winset::num::pow(0.9, gone)).abs() < 1e-9);
        assert_eq!(payoff(one, 1), payoff(other, 1));
    }
}

#[test]
fn whoever_leaves_and_whatever_breaks_the_talks_off_a_run_pays_on_average_what_no_deal_was_worth() {
    // States have moved on in the part of a round that is not charged yet: what is still expected of them is less by that.
    for conflict in ["lasts = 20", "until = 60"] {
        for (broken, patience) in [("mishap = 0.05", ""), ("", "patience = 5"), ("mishap = 0.02", "patience = [2, 30]")]
        {
            let text = |text: String| {
                text.replace("[talks]", &format!("[talks]\n{broken}"))
                    .replace("[intents.a.own]", &format!("[intents.a.own]\n{patience}"))
            };
            let n = negotiation(&text(deadlocked("week", 400, conflict, false)));
            let runs = runs(&n, 4_000);
            for party in [0, 1] {
                let (paid, error) = mean(&runs.iter().map(|run| payoff(run, party)).collect::<Vec<_>>());
                // Four standard errors, in 12 comparisons.
                assert!(
                    (paid - at_first(&n, party)).abs() < 4.0 * error,
                    "{conflict} {broken} {patience}: {paid} ± {error}"
                );
            }
        }
    }
}
