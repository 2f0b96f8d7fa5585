//! Payoff tables: all extreme equilibria against a search that knows nothing of tableaux, known games, files in and out.

use std::collections::BTreeSet;

use crate::generate::Chance;
use num_rational::BigRational;
use winset::games::{Game, Player, TooLarge, as_csv, as_nfg, csv, equilibria, nfg, number};

fn exact(word: &str) -> BigRational {
    number(word).unwrap_or_else(|| panic!("{word} is a number"))
}

/// A game of two, its cells row by row.
fn game(cells: &[&[(i64, i64)]]) -> Game {
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

fn by_trial(game: &Game) -> BTreeSet<Pair> {
    let [m, n] = [0, 1].map(|p| game.players[p].strategies.len());
    let shift = |player: usize| {
        let least = game.payoffs.iter().map(|paid| &paid[player]).min().expect("it has cells").clone();
        move |i: usize, j: usize| &game.paid(&[i, j])[player] - &least + exact("1")
    };
    let (a, b) = (shift(0), shift(1));
    let of_row = tried(&(0..n).map(|j| (0..m).map(|i| b(i, j)).collect()).collect::<Vec<_>>());
    let of_column = tried(&(0..m).map(|i| (0..n).map(|j| a(i, j)).collect()).collect::<Vec<_>>());
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

#[test]
fn enumeration_finds_what_a_search_of_all_corners_finds() {
    let mut degenerate = 0;
    for case in 0..2_000_u64 {
        let chance = &mut Chance(case ^ 0x6A3E);
        let (m, n) = (1 + chance.below(3), 1 + chance.below(3));
        // Of few values many payoffs are equal: such games are degenerate, or have strategies without a difference.
        let most = if case % 2 == 0 { 2 } else { 60 };
        let mut cell = || (chance.below(most) as i64 - 1, chance.below(most) as i64);
        let cells: Vec<Vec<(i64, i64)>> = (0..m).map(|_| (0..n).map(|_| cell()).collect()).collect();
        let cells: Vec<&[(i64, i64)]> = cells.iter().map(Vec::as_slice).collect();
        let game = game(&cells);
        let (one, other) = (found(&game), by_trial(&game));
        assert_eq!(one, other, "case {case}: {cells:?}");
        assert!(!one.is_empty(), "there is always one");
        degenerate += usize::from(one.len().is_multiple_of(2));
    }
    assert!(degenerate > 300, "{degenerate}: an even number is a sure sign");
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

#[test]
fn a_table_is_read_as_it_was_written() {
    let mut table = game(&[&[(3, -3), (0, 5)], &[(5, 0), (1, 1)], &[(-2, 7), (4, 4)]]);
    table.payoffs[2][1] = exact("-2/3");
    table.players[0].strategies[1] = "says \"no\"; \\ , x".into();
    let again = nfg(&as_nfg(&table)).expect("it was just written");
    assert_eq!(again, table);
    let sheet = as_csv(&table).expect("two play");
    let again = csv(sheet.as_bytes()).unwrap_or_else(|e| panic!("{e:?}: {sheet}"));
    assert_eq!((again.payoffs, &again.players[0].strategies), (table.payoffs.clone(), &table.players[0].strategies));
    let outcomes = nfg(
        "NFG 1 R \"t\" { \"a\" \"b\" } { { \"u\" \"d\" } { \"l\" \"r\" } } \"c\"\n{ { \"x\" 1, 2.5 } { \"y\" 1/3 -1e-1 } } 1 2 0 1",
    );
    let outcomes = outcomes.expect("it is one");
    assert_eq!(outcomes.paid(&[1, 0]), [exact("1/3"), exact("-0.1")]);
    assert_eq!(outcomes.paid(&[0, 1]), [exact("0"), exact("0")]);
    let bare = csv(b"left,right\n3;3,0;5\n5;0,1;1\n").expect("rows need no names");
    assert_eq!(equilibria(&bare).expect("it is small").len(), 1);
}

#[test]
fn what_is_no_table_is_said_where_it_stands() {
    for (text, said) in [
        ("", "the text ends"),
        ("EFG 2 R", "is not `NFG`"),
        ("NFG 1 R \"t\" { \"a\" } { 2 }", "1 players"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 2 }", "strategies of 3"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 2 0 }", "no number of strategies"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 99999 99999 } 1", "combinations"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 1 x", "`x` is no payoff"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 1 1/0", "is no payoff"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 1 1e99999", "is no payoff"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 1", "the text ends"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 1 2 3", "after the last payoff"),
        ("NFG 1 R \"t { a", "never closed"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } { { \"o\" 1 2 } } 2", "is no outcome"),
    ] {
        let wrong = nfg(text).expect_err(text);
        assert!(wrong.message.contains(said), "{text}: {}", wrong.message);
    }
    for (text, said) in
        [("", "empty"), ("a,b\n", "no row"), ("a,b\n1;1\n", "1 payoffs, but 2"), ("a\nx,1;y\n", "line 2, column 2")]
    {
        let wrong = csv(text.as_bytes()).expect_err(text);
        assert!(wrong.message.contains(said), "{text}: {}", wrong.message);
    }
    let rows = "1;1,".repeat(13);
    let wide = csv(format!("{}\n{}\n", "a,".repeat(13), rows).replace(",\n", "\n").as_bytes()).expect("it is a table");
    assert_eq!(equilibria(&wide), Err(TooLarge::Strategies(13)));
}
