//! Keeping a deal: whoever gains by going back on it cannot promise not to, and so it is not signed.

use winset::engine::talks::{Block, Ending, Refusal, Talks};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{ActorId, Negotiation};
use winset::scenario::{Scenario, render};
use winset::space::{Compiled, Limits, Solved, solve};

fn negotiation(text: &str) -> Negotiation {
    match Scenario::parse("commitment.toml", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(found) => panic!("{}", render(&found, "commitment.toml", text)),
    }
}

/// A pie of 100 shares. The rising side could take p of it by force, which destroys the share d: p moves from p1 to p2
/// within a year of a deal.
fn pie(p1: f64, p2: f64, destroyed: f64, break_cost: f64) -> Negotiation {
    let left = 100.0 * (1.0 - destroyed);
    let (after, low, high) = ((p2 - p1) / 12.0, p1.min(p2), p1.max(p2));
    negotiation(&format!(
        r#"
title = "A pie, and a shift of power"
round = "month"
horizon = 30
[actors]
rising  = {{ role = "party" }}
falling = {{ role = "party" }}
[state.power]
start   = {p1}
after   = {after}
min     = {low}
max     = {high}
favours = {{ rising = 1, falling = -1 }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.rising  = {{ weight = 100, 0 = 0, 100 = 1 }}
views.falling = {{ weight = 100, 0 = 1, 100 = 0 }}
[no_deal]
rising  = {{ base = 0, stake.power = {left}, break_cost = {break_cost} }}
falling = {{ base = {left}, stake.power = {left} }}
[talks]
[intents.rising.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 20 }}
[intents.falling.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 20 }}
"#
    ))
}

fn solved(n: &Negotiation) -> Solved {
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    solve(n, &n.default_variants(), &world, winset::model::Defeat::NoVeto, Limits::default()).expect("it is small")
}

/// Packages that both would sign and keep.
fn kept(n: &Negotiation) -> u128 {
    solved(n).packages.rational.expect("they can be counted")
}

#[test]
fn a_settlement_is_kept_exactly_while_the_shift_is_no_more_than_what_fighting_destroys_of_what_is_left() {
    // Fixed terms: p2 − p1 ≤ d / (1 − d), up to one share of the grid.
    for destroyed in [0.05, 0.1, 0.2] {
        for p1 in [0.1, 0.3, 0.5] {
            for tenth in 0..=8 {
                let p2 = p1 + 0.05 * f64::from(tenth);
                let (shift, most) = (p2 - p1, destroyed / (1.0 - destroyed));
                let found = kept(&pie(p1, p2, destroyed, 0.0));
                // A share is a hundredth of the pie, and (1 − d) of it is what force could take.
                let share = 0.01 / (1.0 - destroyed);
                if shift <= most - share {
                    assert!(found > 0, "{destroyed} {p1} {p2}");
                } else if shift > most + 1e-9 {
                    assert_eq!(found, 0, "{destroyed} {p1} {p2}");
                }
            }
        }
    }
}

#[test]
fn it_is_restored_by_exactly_what_going_back_must_cost() {
    for (p1, p2, destroyed) in [(0.3, 0.9, 0.1), (0.2, 0.6, 0.05), (0.5, 0.95, 0.2)] {
        // ((1 − d)(p2 − p1) − d) of 100 points; whole here, so that one share stands right on the line.
        let needed = 100.0 * ((1.0 - destroyed) * (p2 - p1) - destroyed);
        assert_eq!(kept(&pie(p1, p2, destroyed, 0.0)), 0);
        assert!(kept(&pie(p1, p2, destroyed, needed + 1e-6)) > 0, "{p1} {p2} {destroyed} {needed}");
        assert_eq!(kept(&pie(p1, p2, destroyed, needed - 1.0)), 0, "one point less");
    }
}

#[test]
fn what_would_not_be_kept_is_not_signed_and_it_is_said_why() {
    let (broken, restored) = (pie(0.3, 0.9, 0.1, 0.0), pie(0.3, 0.9, 0.1, 60.0));
    let runs = |n: &Negotiation| -> Vec<_> {
        let compiled = Compiled::of(n, &[]).expect("it is small");
        let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
        let draws = Draws::new(n, Accounts::of(n), 1);
        (0..40).map(|run| talks.trace(&draws.run(run)).0).collect()
    };
    let none = runs(&broken);
    assert!(none.iter().all(|run| run.ending == Ending::NoDeal && run.package.is_none()));
    assert!(none.iter().all(|run| matches!(run.blocked, Some(Block::NothingToOffer(_)))), "{:?}", none[0].blocked);
    assert!(runs(&restored).iter().all(|run| run.ending == Ending::Settlement));
    // What one side does not see coming, the other refuses to sign.
    let told = broken.parties().find(|i| broken.actor(*i).id == "rising").expect("a party");
    assert_eq!(told, ActorId(0));
    let said = winset::report::story::because(&broken, ActorId(1), Refusal::WouldNotKeep(told));
    assert_eq!(said, "rising would not keep it");
}

#[test]
fn without_a_shift_whoever_signs_keeps() {
    for p1 in [0.1, 0.5, 0.8] {
        let found = solved(&pie(p1, p1, 0.1, 0.0));
        // Fighting leaves 90 of 100: eleven ways to share the rest, both ends among them.
        assert_eq!(found.packages.rational, Some(11), "{p1}");
    }
}

#[test]
fn of_packages_that_are_kept_the_solutions_are_chosen() {
    // Without a shift the ten points that fighting destroys are shared evenly; with one, the rising side gets what it will
    // be able to take, or the deal is none.
    let still = solved(&pie(0.3, 0.3, 0.2, 0.0)).solutions.expect("two parties");
    let shifting = solved(&pie(0.3, 0.5, 0.2, 0.0)).solutions.expect("two parties");
    let share = |of: &winset::space::Agreements| of.nash.points[0].utility[0];
    assert!(share(&shifting) > share(&still), "{:?} {:?}", share(&shifting), share(&still));
    assert!(shifting.nash.points.iter().all(|point| point.rational));
}
