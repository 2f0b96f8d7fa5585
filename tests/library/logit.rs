//! Logit equilibria: known answers, another way to the same point, laws, and where the branch leads.

use std::time::{Duration, Instant};

use num_traits::ToPrimitive as _;
use winset::games::{Logit, Sides, branch, equilibria, principal};

use crate::games::game;
use crate::generate::Chance;

type Cells = Vec<Vec<f64>>;

/// Two sides of one type each.
fn sides(a: &Cells, b: &Cells) -> Sides {
    Sides {
        weights: [vec![1.0], vec![1.0]],
        plans: [vec![a.len()], vec![a[0].len()]],
        payoffs: [a, b].map(|cells| vec![cells.concat()]),
    }
}

fn cells(rows: &[&[f64]]) -> Cells {
    rows.iter().map(|row| row.to_vec()).collect()
}

fn drawn(chance: &mut Chance, [m, n]: [usize; 2], most: usize) -> Cells {
    (0..m).map(|_| (0..n).map(|_| chance.below(2 * most + 1) as f64 - most as f64).collect()).collect()
}

fn at(sides: &Sides, lambda: f64) -> Logit {
    principal(sides, lambda).unwrap_or_else(|| panic!("λ = {lambda}: {sides:?}"))
}

/// What a plan of one type expects, written out anew.
fn expected(sides: &Sides, mixed: &[Cells; 2], side: usize, t: usize, k: usize) -> f64 {
    let mut sum = 0.0;
    for u in 0..sides.plans[1 - side].len() {
        for l in 0..sides.plans[1 - side][u] {
            let ([t0, t1], [k0, k1]) = if side == 0 { ([t, u], [k, l]) } else { ([u, t], [l, k]) };
            let cell = sides.payoffs[side][t0 * sides.plans[1].len() + t1][k0 * sides.plans[1][t1] + k1];
            sum += sides.weights[1 - side][u] * mixed[1 - side][u][l] * cell;
        }
    }
    sum
}

/// The greatest distance of any chance from what its payoffs ask for, written out anew.
fn residual(sides: &Sides, it: &Logit) -> f64 {
    let mut worst = 0.0_f64;
    for side in 0..2 {
        for (t, mixed) in it.mixed[side].iter().enumerate() {
            let paid: Vec<f64> = (0..mixed.len()).map(|k| expected(sides, &it.mixed, side, t, k)).collect();
            for (k, p) in mixed.iter().enumerate() {
                // σ_k = 1 / Σ_m exp(λ (Π_m − Π_k)).
                let sum: f64 = paid.iter().map(|other| winset::num::exp(it.lambda * (other - paid[k]))).sum();
                worst = worst.max((p - 1.0 / sum).abs());
            }
        }
    }
    worst
}

fn apart(a: &Logit, b: &Logit) -> f64 {
    let all = |it: &Logit| it.mixed.iter().flatten().flatten().copied().collect::<Vec<f64>>();
    all(a).iter().zip(all(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn a_game_of_two_by_two_has_the_equilibria_of_a_scan() {
    let game = sides(&cells(&[&[9.0, 0.0], &[0.0, 1.0]]), &cells(&[&[0.0, 1.0], &[1.0, 0.0]]));
    // By a scan of 200 000 points and bisection: at each of these λ there is one.
    for (lambda, row, column) in [
        (0.0, 0.5, 0.5),
        (0.5, 0.830_670_591, 0.418_077_467),
        (1.0, 0.893_576_331, 0.312_780_375),
        (5.0, 0.701_984_237, 0.117_135_291),
    ] {
        let it = at(&game, lambda);
        let found = [it.mixed[0][0][0], it.mixed[1][0][0]];
        assert!((found[0] - row).abs() < 1e-6 && (found[1] - column).abs() < 1e-6, "λ = {lambda}: {found:?}");
    }
}

#[test]
fn hundreds_of_games_are_solved_to_the_last_digits() {
    let mut slowest = Duration::ZERO;
    for case in 0..400_u64 {
        let chance = &mut Chance(case ^ 0x10617);
        let size = if case % 40 == 0 { [12, 12] } else { [1, 1].map(|least| least + chance.below(5)) };
        let most = [1, 3, 10, 1_000][case as usize % 4];
        let game = sides(&drawn(chance, size, most), &drawn(chance, size, most));
        let even = at(&game, 0.0);
        assert!(even.mixed.iter().flatten().all(|mixed| mixed.iter().all(|p| *p == 1.0 / mixed.len() as f64)));
        for lambda in [0.001, 0.03, 0.5, 2.0, 50.0] {
            let begun = Instant::now();
            let it = at(&game, lambda);
            slowest = slowest.max(begun.elapsed());
            let found = residual(&game, &it);
            assert!(found <= 1e-10 && it.residual <= 1e-10, "case {case}, λ = {lambda}: {found:e}, {:e}", it.residual);
            assert!(
                it.lambda == lambda && it.mixed.iter().flatten().all(|m| (m.iter().sum::<f64>() - 1.0).abs() < 1e-12)
            );
        }
    }
    println!("slowest: {slowest:?}");
}

#[test]
fn where_payoffs_decide_little_plain_repetition_finds_the_same_point() {
    for case in 0..200_u64 {
        let chance = &mut Chance(case ^ 0xF1);
        let size = [2, 2].map(|least| least + chance.below(4));
        let game = types(chance, size);
        // Here repetition contracts: λ times the widest difference of payoffs is 1.
        let lambda = 1.0 / 20.0;
        let mut mixed = at(&game, 0.0).mixed;
        for _ in 0..200 {
            let next = [0, 1].map(|side| {
                let of_type = |t: usize| {
                    let sizes: Vec<f64> = (0..game.plans[side][t])
                        .map(|k| winset::num::exp(lambda * expected(&game, &mixed, side, t, k)))
                        .collect();
                    let sum: f64 = sizes.iter().sum();
                    sizes.iter().map(|x| x / sum).collect()
                };
                (0..game.plans[side].len()).map(of_type).collect::<Cells>()
            });
            mixed = next;
        }
        let repeated = Logit { lambda, mixed, residual: 0.0 };
        let found = apart(&at(&game, lambda), &repeated);
        assert!(found < 1e-9, "case {case}: {found:e}");
    }
}

/// Sides of one to three types with payoffs from −10 to 10.
fn types(chance: &mut Chance, [m, n]: [usize; 2]) -> Sides {
    let [s, t] = [0, 0].map(|_: usize| 1 + chance.below(3));
    let mut weights = |types: usize| {
        let drawn: Vec<f64> = (0..types).map(|_| 1.0 + chance.below(9) as f64).collect();
        let sum: f64 = drawn.iter().sum();
        drawn.iter().map(|w| w / sum).collect::<Vec<f64>>()
    };
    let weights = [weights(s), weights(t)];
    let plans =
        [(0..s).map(|i| 1 + (m + i) % 5).collect::<Vec<usize>>(), (0..t).map(|i| 1 + (n + 2 * i) % 5).collect()];
    let payoffs = [0, 1].map(|_: usize| {
        let pairs = plans[0].iter().flat_map(|m| plans[1].iter().map(move |n| m * n)).collect::<Vec<usize>>();
        pairs.iter().map(|size| (0..*size).map(|_| chance.below(21) as f64 - 10.0).collect()).collect()
    });
    Sides { weights, plans, payoffs }
}

#[test]
fn sides_of_several_types_are_solved_and_like_types_are_one() {
    for case in 0..200_u64 {
        let chance = &mut Chance(case ^ 0x7E);
        let game = types(chance, [2, 3]);
        for lambda in [0.1, 1.0, 20.0] {
            let it = at(&game, lambda);
            assert!(residual(&game, &it) <= 1e-10, "case {case}");
        }
    }
    for case in 0..50_u64 {
        let chance = &mut Chance(case);
        let (a, b) = (drawn(chance, [3, 2], 5), drawn(chance, [3, 2], 5));
        let one = sides(&a, &b);
        let two = Sides {
            weights: [vec![0.3, 0.7], vec![1.0]],
            plans: [vec![3, 3], vec![2]],
            payoffs: [0, 1].map(|side| vec![one.payoffs[side][0].clone(); 2]),
        };
        let (one, two) = (at(&one, 0.7), at(&two, 0.7));
        let apart =
            |t: usize| one.mixed[0][0].iter().zip(&two.mixed[0][t]).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart(0) < 1e-9 && apart(1) < 1e-9, "case {case}");
    }
}

#[test]
fn as_errors_vanish_the_branch_comes_to_an_equilibrium_of_the_exact_solver() {
    let mut mixed = 0;
    for case in 0..200_u64 {
        let chance = &mut Chance(case ^ 0x11);
        let size = [2, 2].map(|least| least + chance.below(3));
        // Payoffs that are all different: such a game has finitely many equilibria.
        let mut pair = || (chance.below(100_000) as i64, chance.below(100_000) as i64);
        let table: Vec<Vec<(i64, i64)>> = (0..size[0]).map(|_| (0..size[1]).map(|_| pair()).collect()).collect();
        let exact = equilibria(&game(&table.iter().map(Vec::as_slice).collect::<Vec<_>>())).expect("it is small");
        let part = |of: fn(&(i64, i64)) -> i64| {
            table.iter().map(|row| row.iter().map(|cell| of(cell) as f64 / 100_000.0).collect()).collect::<Cells>()
        };
        let limit = at(&sides(&part(|cell| cell.0), &part(|cell| cell.1)), 100_000.0);
        let near = exact.iter().map(|it| {
            let all = it.row.iter().chain(&it.column).map(|p| p.to_f64().expect("it is a chance"));
            let found: Vec<f64> = limit.mixed.iter().flatten().flatten().copied().collect();
            all.zip(found).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        });
        let near = near.fold(f64::INFINITY, f64::min);
        assert!(near < 0.01, "case {case}: {near}");
        mixed += usize::from(limit.mixed[0][0].iter().all(|p| *p < 0.99));
    }
    assert!(mixed > 10, "{mixed} are mixed");
}

#[test]
fn where_the_branch_turns_back_the_first_point_is_returned() {
    let (mut folds, mut least) = (0, f64::INFINITY);
    for case in 0..400_u64 {
        let chance = &mut Chance(case ^ 0xF01D);
        let (a, b) = (drawn(chance, [3, 3], 9), drawn(chance, [3, 3], 9));
        let game = sides(&a, &b);
        let points = branch(&game, 6.0);
        assert!((points.last().expect("it has points").lambda - 6.0).abs() < 1e-12, "case {case}");
        assert!(points.iter().all(|it| it.residual < 1e-8), "case {case}");
        assert!(points.windows(2).all(|two| apart(&two[0], &two[1]) <= 0.051), "case {case}");
        let Some(turn) = points.windows(2).position(|two| two[1].lambda < two[0].lambda) else { continue };
        folds += 1;
        let back =
            points[turn..].windows(2).position(|two| two[1].lambda > two[0].lambda).expect("it comes back") + turn;
        let (high, low) = (points[turn].lambda, points[back].lambda);
        assert!(low < high, "case {case}");
        // Just above the lower turn three points of the branch have one λ: the one before the upper turn is returned.
        let lambda = 0.5 * (high + low);
        let it = at(&game, lambda);
        let close = |range: std::ops::Range<usize>| {
            points[range]
                .iter()
                .filter(|p| (p.lambda - lambda).abs() < 0.2 * (high - low) + 0.05)
                .map(|p| apart(p, &it))
                .fold(f64::INFINITY, f64::min)
        };
        assert!(close(0..turn + 1) <= close(turn + 1..points.len()), "case {case}");
        least = least.min(low);
    }
    println!("{folds} fold, from λ = {least} on");
    assert!(folds >= 3, "{folds}");
}

#[test]
fn a_plan_written_twice_is_played_more_often_than_once() {
    let once = sides(&cells(&[&[2.0, 0.0], &[0.0, 1.0]]), &cells(&[&[1.0, 0.0], &[0.0, 2.0]]));
    let twice =
        sides(&cells(&[&[2.0, 0.0], &[2.0, 0.0], &[0.0, 1.0]]), &cells(&[&[1.0, 0.0], &[1.0, 0.0], &[0.0, 2.0]]));
    let (once, twice) = (at(&once, 0.5), at(&twice, 0.5));
    let copies = &twice.mixed[0][0];
    assert!((copies[0] - copies[1]).abs() < 1e-12);
    assert!(copies[0] + copies[1] > once.mixed[0][0][0] + 0.1, "unlike an equilibrium, it counts names");
    assert!((twice.mixed[1][0][0] - once.mixed[1][0][0]).abs() > 0.01, "and the other side notices");
}

#[test]
fn sides_that_are_alike_play_alike() {
    for case in 0..100_u64 {
        let chance = &mut Chance(case ^ 0x55);
        let n = 2 + chance.below(4);
        let a = drawn(chance, [n, n], 6);
        let b: Cells = (0..n).map(|i| (0..n).map(|j| a[j][i]).collect()).collect();
        let it = at(&sides(&a, &b), 3.0);
        let far = it.mixed[0][0].iter().zip(&it.mixed[1][0]).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(far < 1e-6, "case {case}: {far:e}");
    }
}

#[test]
fn what_is_no_game_has_no_branch() {
    let good = sides(&cells(&[&[1.0, 0.0]]), &cells(&[&[1.0, 0.0]]));
    assert!(principal(&good, 1.0).is_some());
    assert!([-1.0, f64::NAN, f64::INFINITY].iter().all(|lambda| principal(&good, *lambda).is_none()));
    let wrong = [
        Sides { weights: [vec![0.5], vec![1.0]], ..good.clone() },
        Sides { weights: [vec![1.0, 0.0], vec![1.0]], ..good.clone() },
        Sides { plans: [vec![1], vec![3]], ..good.clone() },
        Sides { plans: [vec![0], vec![2]], ..good.clone() },
        Sides { plans: [vec![], vec![2]], weights: [vec![], vec![1.0]], payoffs: [vec![], vec![]] },
        Sides { payoffs: [vec![vec![f64::NAN, 0.0]], vec![vec![0.0, 0.0]]], ..good },
    ];
    for sides in wrong {
        assert!(principal(&sides, 1.0).is_none() && branch(&sides, 1.0).is_empty(), "{sides:?}");
    }
}
