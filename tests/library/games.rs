//! Payoff tables: all extreme equilibria against a search that knows nothing of tableaux, and known games of every kind.

use std::collections::BTreeSet;

use crate::generate::Chance;
use num_rational::BigRational;
use winset::games::{Equilibrium, Game, Player, equilibria, number};

pub fn exact(word: &str) -> BigRational {
    number(word).unwrap_or_else(|| panic!("{word} is a number"))
}

/// A game of two, its cells row by row.
pub fn game(cells: &[&[(i64, i64)]]) -> Game {
    let player =
        |name: &str, n: usize| Player { name: name.into(), strategies: (1..=n).map(|s| s.to_string()).collect() };
    let (m, n) = (cells.len(), cells[0].len());
    let at = |i: usize, j: usize| [cells[i][j].0, cells[i][j].1].map(|x| BigRational::from_integer(x.into())).to_vec();
    let payoffs = (0..n).flat_map(|j| (0..m).map(move |i| (i, j))).map(|(i, j)| at(i, j)).collect();
    Game { title: String::new(), players: vec![player("row", m), player("column", n)], payoffs }
}

type Pair = (Vec<String>, Vec<String>);

fn told(mixed: &[BigRational]) -> Vec<String> {
    mixed.iter().map(ToString::to_string).collect()
}

fn found(game: &Game) -> BTreeSet<Pair> {
    let all = equilibria(game).expect("it is small");
    let pairs: BTreeSet<Pair> = all.iter().map(|it| (told(&it.row), told(&it.column))).collect();
    assert_eq!(pairs.len(), all.len(), "each once");
    pairs
}

/// Vertices of { z ≥ 0, Mz ≤ 1 } by trying every choice of so many equations as there are dimensions.
fn tried(m: &[Vec<BigRational>]) -> Vec<Vec<BigRational>> {
    let (k, d) = (m.len(), m[0].len());
    let (zero, one) = (exact("0"), exact("1"));
    let equation = |c: usize| -> (Vec<BigRational>, BigRational) {
        if c < d {
            ((0..d).map(|i| if i == c { one.clone() } else { zero.clone() }).collect(), zero.clone())
        } else {
            (m[c - d].clone(), one.clone())
        }
    };
    let mut vertices: BTreeSet<Vec<BigRational>> = BTreeSet::new();
    for choice in 0_u32..1 << (k + d) {
        if choice.count_ones() as usize != d {
            continue;
        }
        let mut system: Vec<(Vec<BigRational>, BigRational)> =
            (0..k + d).filter(|c| choice >> c & 1 == 1).map(equation).collect();
        let Some(z) = solved(&mut system) else { continue };
        let inside = |row: &Vec<BigRational>| row.iter().zip(&z).map(|(a, b)| a * b).sum::<BigRational>() <= one;
        if z.iter().all(|x| *x >= zero) && m.iter().all(inside) && z.iter().any(|x| *x > zero) {
            vertices.insert(z);
        }
    }
    vertices.into_iter().collect()
}

/// The one solution of so many equations as unknowns, by elimination.
fn solved(system: &mut [(Vec<BigRational>, BigRational)]) -> Option<Vec<BigRational>> {
    let (d, zero) = (system.len(), exact("0"));
    for column in 0..d {
        let row = (column..d).find(|r| system[*r].0[column] != zero)?;
        system.swap(column, row);
        let (pivot, right) = system[column].clone();
        for (r, (row, value)) in system.iter_mut().enumerate() {
            if r != column && row[column] != zero {
                let times = &row[column] / &pivot[column];
                row.iter_mut().zip(&pivot).for_each(|(x, p)| *x -= &times * p);
                *value -= &times * &right;
            }
        }
    }
    Some((0..d).map(|r| &system[r].1 / &system[r].0[r]).collect())
}

/// The two matrices whose polytopes hold the players' strategies, payoffs shifted above 0.
fn polytopes(game: &Game) -> (Vec<Vec<BigRational>>, Vec<Vec<BigRational>>) {
    let [m, n] = [0, 1].map(|p| game.players[p].strategies.len());
    let shift = |player: usize| {
        let least = game.payoffs.iter().map(|paid| &paid[player]).min().expect("it has cells").clone();
        move |i: usize, j: usize| &game.paid(&[i, j])[player] - &least + exact("1")
    };
    let (a, b) = (shift(0), shift(1));
    let of_row = (0..n).map(|j| (0..m).map(|i| b(i, j)).collect()).collect();
    (of_row, (0..m).map(|i| (0..n).map(|j| a(i, j)).collect()).collect())
}

fn by_trial(game: &Game) -> BTreeSet<Pair> {
    let (of_row, of_column) = polytopes(game);
    let (of_row, of_column) = (tried(&of_row), tried(&of_column));
    let scaled = |z: &[BigRational]| {
        let sum: BigRational = z.iter().sum();
        z.iter().map(|x| x / &sum).collect::<Vec<_>>()
    };
    let mut pairs = BTreeSet::new();
    for x in of_row.iter().map(|x| scaled(x)) {
        for y in of_column.iter().map(|y| scaled(y)) {
            if is_equilibrium(game, &x, &y) {
                pairs.insert((told(&x), told(&y)));
            }
        }
    }
    pairs
}

/// Whether nobody can do better by any pure strategy.
fn is_equilibrium(game: &Game, x: &[BigRational], y: &[BigRational]) -> bool {
    let row = |i: usize| (0..y.len()).map(|j| &y[j] * &game.paid(&[i, j])[0]).sum::<BigRational>();
    let column = |j: usize| (0..x.len()).map(|i| &x[i] * &game.paid(&[i, j])[1]).sum::<BigRational>();
    let now: [BigRational; 2] =
        [(0..x.len()).map(|i| &x[i] * row(i)).sum(), (0..y.len()).map(|j| &y[j] * column(j)).sum()];
    (0..x.len()).all(|i| row(i) <= now[0]) && (0..y.len()).all(|j| column(j) <= now[1])
}

/// Whether some vertex of one of the two polytopes carries more labels than it has dimensions.
fn is_degenerate(game: &Game) -> bool {
    let [m, n] = [0, 1].map(|p| game.players[p].strategies.len());
    let (of_row, of_column) = polytopes(game);
    let labels = |m: &[Vec<BigRational>], z: &[BigRational]| {
        let (zero, one) = (exact("0"), exact("1"));
        let tight = m.iter().filter(|row| row.iter().zip(z).map(|(a, b)| a * b).sum::<BigRational>() == one).count();
        tight + z.iter().filter(|x| **x == zero).count()
    };
    let many = |matrix: &[Vec<BigRational>], dims: usize| tried(matrix).iter().any(|z| labels(matrix, z) > dims);
    many(&of_row, m) || many(&of_column, n)
}

/// Cells drawn from so many values.
fn drawn(chance: &mut Chance, [m, n]: [usize; 2], values: usize) -> Game {
    let mut cell = || (chance.below(values) as i64 - 1, chance.below(values) as i64);
    let cells: Vec<Vec<(i64, i64)>> = (0..m).map(|_| (0..n).map(|_| cell()).collect()).collect();
    game(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn enumeration_finds_what_a_search_of_all_corners_finds() {
    let mut degenerate = 0;
    for case in 0..2_000_u64 {
        let chance = &mut Chance(case ^ 0x6A3E);
        let sizes = if case < 1_600 { [1, 1].map(|least| least + chance.below(3)) } else { [4, 3 + chance.below(2)] };
        // Of few values many payoffs are equal: such games are degenerate, or have strategies without a difference.
        let game = drawn(chance, sizes, [2, 3, 60][case as usize % 3]);
        let (one, other) = (found(&game), by_trial(&game));
        assert_eq!(one, other, "case {case}: {game:?}");
        assert!(!one.is_empty(), "there is always one");
        degenerate += usize::from(is_degenerate(&game));
    }
    assert!((1_000..1_700).contains(&degenerate), "{degenerate}");
}

#[test]
fn known_games_have_their_equilibria() {
    let dilemma = game(&[&[(3, 3), (0, 5)], &[(5, 0), (1, 1)]]);
    assert_eq!(found(&dilemma).len(), 1);
    assert_eq!((dilemma.pure(), dilemma.dominated()), (vec![vec![1, 1]], vec![(0, 0, 1), (1, 0, 1)]));
    let pennies = game(&[&[(1, -1), (-1, 1)], &[(-1, 1), (1, -1)]]);
    let half = || vec!["1/2".to_owned(); 2];
    assert_eq!(found(&pennies), BTreeSet::from([(half(), half())]));
    assert!(pennies.pure().is_empty());
    let chicken = game(&[&[(6, 6), (2, 7)], &[(7, 2), (0, 0)]]);
    let (all, mixed) = (found(&chicken), vec!["2/3".to_owned(), "1/3".to_owned()]);
    assert!(all.len() == 3 && all.contains(&(mixed.clone(), mixed)), "{all:?}");
    // Nobody cares: every corner is one.
    assert_eq!(found(&game(&[&[(0, 0); 3][..]; 2])).len(), 6);
    // On the diagonal of a coordination game every set of strategies is one: 2ⁿ − 1.
    let cells: Vec<Vec<(i64, i64)>> =
        (0..6).map(|i| (0..6).map(|j| (i64::from(i == j), i64::from(i == j))).collect()).collect();
    let cells: Vec<&[(i64, i64)]> = cells.iter().map(Vec::as_slice).collect();
    assert_eq!(found(&game(&cells)).len(), 63);
}

/// `1/2,1/2 | 0,1` for each equilibrium.
fn said(game: &Game) -> BTreeSet<String> {
    found(game).iter().map(|(x, y)| format!("{} | {}", x.join(","), y.join(","))).collect()
}

#[test]
fn small_games_of_every_kind_have_the_sets_that_are_worked_out_by_hand() {
    let kinds: [(&str, Game, &[&str]); 12] = [
        // D is beaten by U, then R by L: one thing is left.
        ("solvable by dominance", game(&[&[(2, 2), (1, 1)], &[(1, 3), (0, 4)]]), &["1,0 | 1,0"]),
        // p·2 = (1 − p)·1 for the row player's mix, and turned about for the other's.
        (
            "battle of the sexes",
            game(&[&[(2, 1), (0, 0)], &[(0, 0), (1, 2)]]),
            &["1,0 | 1,0", "0,1 | 0,1", "2/3,1/3 | 1/3,2/3"],
        ),
        ("matching pennies, unequal", game(&[&[(3, -3), (-1, 1)], &[(-1, 1), (1, -1)]]), &["1/3,2/3 | 1/3,2/3"]),
        (
            "rock, paper, scissors",
            game(&[&[(0, 0), (-1, 1), (1, -1)], &[(1, -1), (0, 0), (-1, 1)], &[(-1, 1), (1, -1), (0, 0)]]),
            &["1/3,1/3,1/3 | 1/3,1/3,1/3"],
        ),
        // Against L the row player does not care, and L is best as long as it plays U at least half the time: a segment.
        (
            "a component",
            game(&[&[(1, 1), (0, 0)], &[(1, 0), (0, 1)]]),
            &["1,0 | 1,0", "1/2,1/2 | 1,0", "0,1 | 0,1", "1/2,1/2 | 0,1"],
        ),
        (
            "a row written twice",
            game(&[&[(1, 1), (0, 0)], &[(1, 1), (0, 0)], &[(0, 0), (2, 2)]]),
            &["1,0,0 | 1,0", "0,1,0 | 1,0", "0,0,1 | 0,1", "2/3,0,1/3 | 2/3,1/3", "0,2/3,1/3 | 2/3,1/3"],
        ),
        ("one against three", game(&[&[(5, 1), (0, 3), (7, 3)]]), &["1 | 0,1,0", "1 | 0,0,1"]),
        ("three against one", game(&[&[(1, 5)], &[(2, 5)], &[(2, 0)]]), &["0,1,0 | 1", "0,0,1 | 1"]),
        ("one cell", game(&[&[(-3, 8)]]), &["1 | 1"]),
        (
            "constant for one",
            game(&[&[(4, 1), (4, 0)], &[(4, 0), (4, 1)]]),
            &["1,0 | 1,0", "1/2,1/2 | 1,0", "1/2,1/2 | 0,1", "0,1 | 0,1"],
        ),
        // The value is 3 - the saddle point.
        ("zero-sum with a saddle", game(&[&[(3, -3), (5, -5)], &[(1, -1), (4, -4)]]), &["1,0 | 1,0"]),
        // Two equal best rows against the only column that is played.
        ("entry", game(&[&[(2, 2), (0, 0)], &[(1, 4), (1, 4)]]), &["1,0 | 1,0", "0,1 | 0,1", "0,1 | 1/2,1/2"]),
    ];
    for (kind, game, expected) in kinds {
        assert_eq!(said(&game), expected.iter().map(|it| (*it).to_owned()).collect(), "{kind}");
    }
}

/// Six by six, with the most equilibria that are known of that size: von Stengel (1999).
const SEVENTY_FIVE: [[[i64; 6]; 6]; 2] = [
    [
        [9504, -660, 19976, -20526, 1776, -8976],
        [-111_771, 31680, -130_944, 168_124, -8514, 52764],
        [397_584, -113_850, 451_176, -586_476, 29216, -178_761],
        [171_204, -45936, 208_626, -263_076, 14124, -84436],
        [1_303_104, -453_420, 1_227_336, -1_718_376, 72336, -461_736],
        [737_154, -227_040, 774_576, -1_039_236, 48081, -300_036],
    ],
    [
        [72336, 48081, 29216, 14124, 1776, -8514],
        [-461_736, -300_036, -178_761, -84436, -8976, 52764],
        [1_227_336, 774_576, 451_176, 208_626, 19976, -130_944],
        [-1_718_376, -1_039_236, -586_476, -263_076, -20526, 168_124],
        [1_303_104, 737_154, 397_584, 171_204, 9504, -111_771],
        [-453_420, -227_040, -113_850, -45936, -660, 31680],
    ],
];

#[test]
fn a_game_of_seventy_five_equilibria_has_them() {
    let [a, b] = SEVENTY_FIVE;
    let cells: Vec<Vec<(i64, i64)>> = (0..6).map(|i| (0..6).map(|j| (a[i][j], b[i][j])).collect()).collect();
    let all = found(&game(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    assert_eq!(all.len(), 75);
}

#[test]
fn the_list_of_equilibria_is_sorted_and_says_what_each_pays() {
    for case in 0..100 {
        let game = drawn(&mut Chance(case), [3, 3], 7);
        let all: Vec<Equilibrium> = equilibria(&game).expect("it is small");
        assert!(all.is_sorted());
        for it in &all {
            let pays = |player: usize| {
                let pairs = (0..3).flat_map(|i| (0..3).map(move |j| (i, j)));
                pairs.map(|(i, j)| &it.row[i] * &it.column[j] * &game.paid(&[i, j])[player]).sum::<BigRational>()
            };
            assert_eq!(it.payoffs, [pays(0), pays(1)]);
            assert!([&it.row, &it.column].iter().all(|mix| mix.iter().sum::<BigRational>() == exact("1")));
        }
    }
}

#[test]
fn what_is_best_whatever_happens_is_found_as_a_plain_search_finds_it() {
    for case in 0..300_u64 {
        let chance = &mut Chance(case);
        let three = Game {
            title: String::new(),
            players: (0..3)
                .map(|p| Player {
                    name: p.to_string(),
                    strategies: (0..=chance.below(3)).map(|s| s.to_string()).collect(),
                })
                .collect(),
            payoffs: Vec::new(),
        };
        let payoffs = (0..three.profiles()).map(|_| (0..3).map(|_| exact(&chance.below(4).to_string())).collect());
        let game = Game { payoffs: payoffs.collect(), ..three.clone() };
        let profiles: Vec<Vec<usize>> = (0..game.profiles()).map(|place| game.profile(place)).collect();
        let instead = |profile: &[usize], player: usize, strategy: usize| {
            let mut other = profile.to_vec();
            other[player] = strategy;
            game.paid(&other)[player].clone()
        };
        let sizes: Vec<usize> = game.players.iter().map(|player| player.strategies.len()).collect();
        let stable = |p: &&Vec<usize>| {
            (0..3).all(|player| (0..sizes[player]).all(|s| instead(p, player, s) <= game.paid(p)[player]))
        };
        assert_eq!(game.pure(), profiles.iter().filter(stable).cloned().collect::<Vec<_>>(), "case {case}");
        let beats = |player: usize, better: usize, worse: usize| {
            profiles.iter().all(|p| instead(p, player, better) > instead(p, player, worse))
        };
        let beaten = (0..3).flat_map(|player| (0..sizes[player]).map(move |worse| (player, worse)));
        let beaten: Vec<_> = beaten
            .filter_map(|(i, worse)| {
                (0..sizes[i]).find(|better| beats(i, *better, worse)).map(|better| (i, worse, better))
            })
            .collect();
        assert_eq!(game.dominated(), beaten, "case {case}");
    }
}
