//! Textbook games as payoff tables: closed forms met up to the grid on which they are written down.

use crate::play::runs;
use num_rational::BigRational;
use winset::games::{Game, Player, equilibria};
use winset::model::{Account, Negotiation, Package, Scale};
use winset::num::{exp, pow};
use winset::scenario::Scenario;

fn exact(a: i64, b: i64) -> BigRational {
    BigRational::new(a.into(), b.into())
}

fn float(x: f64) -> BigRational {
    BigRational::from_float(x).expect("it is finite")
}

fn decimal(x: &BigRational) -> f64 {
    let digits = (x * exact(1_000_000_000_000, 1)).round().to_integer().to_string();
    digits.parse::<f64>().expect("a number") / 1e12
}

/// A table of two players, `pays(row, column)` to both.
fn table(rows: usize, columns: usize, pays: impl Fn(usize, usize) -> [BigRational; 2]) -> Game {
    let player =
        |name: &str, n: usize| Player { name: name.into(), strategies: (0..n).map(|s| s.to_string()).collect() };
    let payoffs = (0..columns).flat_map(|j| (0..rows).map(move |i| (i, j))).map(|(i, j)| pays(i, j).to_vec()).collect();
    Game { title: String::new(), players: vec![player("row", rows), player("column", columns)], payoffs }
}

/// A choice of one player alone: the place of what pays it most.
fn best(pays: impl Fn(usize) -> BigRational, choices: usize) -> Vec<usize> {
    let game = table(choices, 1, |i, _| [pays(i), exact(0, 1)]);
    game.pure().into_iter().map(|profile| profile[0]).collect()
}

/// Values and costs of 60 kinds each, at the middles of their cells: a gain is off by less than 1/60.
const KINDS: i64 = 60;

/// What both sides expect of linear bids in a double auction, and how often they trade; bids are in 720ths.
fn auction(buyer: (i64, i64), seller: (i64, i64)) -> ([BigRational; 2], BigRational) {
    let (mut gains, mut trades) = ([0_i64; 2], 0_i64);
    // v = (2k + 1)/120; a bid of slope a/12 and intercept b/12 is (a v + b)/12: in 1440ths all are whole.
    for k in 0..KINDS {
        let bid = buyer.0 * (2 * k + 1) + buyer.1 * 120;
        for l in 0..KINDS {
            let ask = seller.0 * (2 * l + 1) + seller.1 * 120;
            if bid >= ask {
                // In 2880ths, so that the middle of both is whole.
                gains[0] += 24 * (2 * k + 1) - (bid + ask);
                gains[1] += (bid + ask) - 24 * (2 * l + 1);
                trades += 1;
            }
        }
    }
    (gains.map(|sum| exact(sum, 2_880 * KINDS * KINDS)), exact(trades, KINDS * KINDS))
}

#[test]
fn in_a_double_auction_linear_bids_lose_a_sixth_of_what_there_is_to_gain() {
    // Slopes and intercepts in twelfths, for the buyer 2/3 v + 1/12, for the seller 2/3 c + 1/4. Chatterjee and Samuelson.
    let slopes = [6_i64, 7, 8, 9, 10, 12];
    let bids: Vec<(i64, i64)> = slopes.iter().flat_map(|a| (0..=4).map(move |b| (*a, b))).collect();
    let game = table(bids.len(), bids.len(), |i, j| auction(bids[i], bids[j]).0);
    let at = |bid: (i64, i64)| bids.iter().position(|b| *b == bid).expect("it is among them");
    let (row, column) = (at((8, 1)), at((8, 3)));
    let paid = game.paid(&[row, column]);
    // On the grid no other linear bid pays a percent more than the one of the closed form.
    for other in 0..bids.len() {
        assert!(game.paid(&[other, column])[0] <= &paid[0] * exact(101, 100), "{:?}", bids[other]);
        assert!(game.paid(&[row, other])[1] <= &paid[1] * exact(101, 100), "{:?}", bids[other]);
    }
    let (gains, trades) = auction((8, 1), (8, 3));
    assert!((decimal(&trades) - 9.0 / 32.0).abs() < 1.0 / 60.0, "{trades}");
    assert!((decimal(&(&gains[0] + &gains[1])) - 9.0 / 64.0).abs() < 0.005, "{gains:?}");
}

#[test]
fn a_challenger_demands_as_much_as_half_of_what_the_most_irresolute_would_bear() {
    // A wins with 1/2, which costs it 0.1; what it costs B lies evenly between lo and hi. Fearon (1995).
    for (lo, hi, demand, war) in [(0, 30, 60, exact(1, 3)), (10, 50, 70, exact(1, 4))] {
        let refused = |x: i64| exact((x - 50 - lo).clamp(0, hi - lo), hi - lo);
        let pays = |x: usize| {
            let war = refused(x as i64);
            (exact(1, 1) - war.clone()) * exact(x as i64, 100) + war * exact(40, 100)
        };
        assert_eq!(best(pays, 101), [demand]);
        assert_eq!(refused(demand as i64), war);
        if lo == 0 {
            assert_eq!(pays(demand), exact(8, 15));
        }
    }
}

#[test]
fn whoever_lets_the_balance_drift_settles_when_waiting_no_longer_pays() {
    // e^(−(r + s) t) (a + μ t), a = 0.5, μ = r = 0.1, on steps of a sixth of a year: the best is one of them.
    for (sanction, at) in [(0.0, 30), (0.05, 10), (0.1, 0)] {
        let worth = |k: usize| exp(-(0.1 + sanction) * (k as f64) / 6.0) * (0.5 + 0.1 * (k as f64) / 6.0);
        assert_eq!(best(|k| float(worth(k)), 121), [at], "{sanction}");
        if sanction == 0.0 {
            assert!((worth(at) - 0.606_530_659_7).abs() < 1e-9);
        }
    }
}

#[test]
fn in_a_war_of_attrition_each_makes_the_other_indifferent() {
    // Steps of 1/100; worth 2 and 1, each pays 1 a unit of time. Whoever would concede at step k concedes in the end with
    // the chance c·dt/(V + c·dt) of the other at each: hazards 1 and 1/2 up to the step. Hendricks, Weiss and Wilson (1988).
    let (steps, dt) = (1_200_usize, 0.01_f64);
    let worth = [2.0, 1.0];
    let chance = [dt / (worth[1] + dt), dt / (worth[0] + dt)];
    let mixed = |i: usize| -> Vec<f64> { (0..steps).map(|k| chance[i] * pow(1.0 - chance[i], k as f64)).collect() };
    let (one, other) = (mixed(0), mixed(1));
    // What a concession at each step pays against the other's mixture.
    let pays = |i: usize, at: usize, against: &[f64]| {
        let won: f64 = (0..at).map(|k| against[k] * (worth[i] - k as f64 * dt)).sum();
        let left = 1.0 - against[..at].iter().sum::<f64>();
        won - left * at as f64 * dt
    };
    for at in [0, 1, 50, 400, 1_000] {
        assert!(
            pays(0, at, &other).abs() < 1e-9 && pays(1, at, &one).abs() < 1e-9,
            "indifferent at {at}, and worth nothing"
        );
    }
    let stays = |mixed: &[f64], k: usize| 1.0 - mixed[..=k].iter().sum::<f64>();
    let first: f64 = (0..steps).map(|k| one[k] * stays(&other, k)).sum();
    let mean: f64 = (0..steps).map(|k| (stays(&one, k)) * (stays(&other, k)) * dt).sum();
    // Both concede at the same step with a chance of the order of dt.
    assert!((first - 2.0 / 3.0).abs() < dt && (mean - 2.0 / 3.0).abs() < 2.0 * dt, "{first} {mean}");
    // The same three concessions as a table: no pure one is stable for both but to give in at once, or to be given in to.
    let times = [0_usize, 100, 300];
    let cell = |a: usize, b: usize| {
        let [x, y] = [times[a], times[b]].map(|k| k as f64 * dt);
        let of = |own: f64, theirs: f64, worth: f64| if theirs < own { worth - theirs } else { -own };
        [float(of(x, y, 2.0)), float(of(y, x, 1.0))]
    };
    let pure = table(3, 3, cell).pure();
    assert!(pure.iter().all(|p| p[0] == 0 || p[1] == 0) && !pure.is_empty(), "{pure:?}");
}

/// How many shares of a hundred both would rather have than fight, and the least and the greatest of them.
fn range(optimism: &str) -> Option<(usize, usize)> {
    let text = format!(
        r#"
title = "Two armies, and what each thinks of its chances"
[actors]
a = {{ role = "party"{} }}
b = {{ role = "party"{} }}
[state.chance]
start   = 0.6
favours = {{ a = 1, b = -1 }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.a = {{ weight = 1, 0 = 0, 100 = 1 }}
views.b = {{ weight = 1, 0 = 1, 100 = 0 }}
[no_deal]
a = {{ base = -0.1, stake.chance = 1 }}
b = {{ base = 0.85, stake.chance = 1 }}
"#,
        if optimism.is_empty() { "" } else { ", misjudges = { chance = 0.1 }" },
        if optimism.is_empty() { "" } else { ", misjudges = { chance = -0.2 }" },
    );
    let n: Negotiation = match Scenario::parse("range", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(found) => panic!("{}", winset::render(&found, "range", &text)),
    };
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let scale = Scale::of(&n);
    let rational = |package: &Package| Account::of(&n, scale, &world, package).leaderships.iter().all(|it| it.rational);
    let shares: Vec<usize> = (0..101).filter(|k| rational(&n.space.package(*k as u128))).collect();
    shares.first().copied().zip(shares.last().copied())
}

#[test]
fn both_may_think_so_well_of_their_chances_that_nothing_is_left_to_agree_on() {
    // [p − c_A, p + c_B] = [0.5, 0.75]; with beliefs 0.7 and 0.4 it is [0.6, 0.55]. Fearon (1995).
    assert_eq!(range(""), Some((50, 75)));
    assert_eq!(range("both"), None);
}

#[test]
fn two_on_a_narrow_road_have_three_equilibria() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/textbook/chicken.toml");
    let text = std::fs::read_to_string(path).expect("it is shipped");
    let plans = ["swerves", "straight"];
    // Every run of a cell pays the same, whoever speaks first.
    let paid = |i: usize, j: usize| {
        let mut scenario = Scenario::parse("chicken", text.as_bytes()).expect("it is read");
        for (side, plan) in [("east", plans[i]), ("west", plans[j])] {
            scenario.set(&format!("intents.{side}.prior"), &format!("{{ {plan} = 1 }}")).expect("it may be set");
        }
        let all: Vec<Vec<f64>> = runs(&scenario.negotiation, 40)
            .into_iter()
            .map(|run| run.payoffs.iter().map(|(_, points)| *points).collect())
            .collect();
        assert!(all.iter().all(|run| *run == all[0]), "{i} {j}: {all:?}");
        [0, 1].map(|side| float((all[0][side] * 1e6).round()) / exact(1_000_000, 1))
    };
    let game = table(2, 2, paid);
    let cells: Vec<f64> = game.payoffs.iter().flatten().map(decimal).collect();
    assert_eq!(cells, [6.0, 6.0, 7.0, 2.0, 2.0, 7.0, 0.0, 0.0]);
    let all = equilibria(&game).expect("it is small");
    let mixed = all.iter().find(|it| it.row[0] == exact(2, 3)).expect("there is a mixed one");
    assert_eq!((all.len(), mixed.payoffs.clone()), (3, [exact(14, 3), exact(14, 3)]));
}
