//! Payoff tables as files: what is written is read, what is no table is said where it stands, and whatever is done to a text, reading
//! it ends soon.

use std::time::{Duration, Instant};

use winset::games::{TooLarge, as_csv, as_nfg, csv, equilibria, nfg};
use winset::report::game::{Solved, data, page};

use crate::games::{exact, game};
use crate::generate::Chance;

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
    for (text, rows, columns) in [
        ("3;3,0;5\n5;0,1;1\n", ["1", "2"], ["1", "2"]),
        ("u,3;3,0;5\nd,5;0,1;1\n", ["u", "d"], ["1", "2"]),
        ("l,r\nu,3;3,0;5\nd,5;0,1;1\n", ["u", "d"], ["l", "r"]),
        ("game,l,r\nu,3;3,0;5\nd,5;0,1;1\n", ["u", "d"], ["l", "r"]),
    ] {
        let read = csv(text.as_bytes()).unwrap_or_else(|e| panic!("{e:?}: {text}"));
        assert_eq!([&read.players[0].strategies[..], &read.players[1].strategies], [&rows, &columns], "{text}");
        assert_eq!(read.paid(&[0, 1]), [exact("0"), exact("5")], "{text}");
    }
}

#[test]
fn what_is_no_table_is_said_where_it_stands() {
    for (text, said) in [
        ("", "the text ends"),
        ("EFG 2 R", "is not `NFG`"),
        ("NFG 1 R \"t\" { \"a\" } { 2 }", "1 players"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 2 }", "strategies of 3"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 2 0 }", "no number of strategies"),
        ("NFG 1 R \"t\" { \"a\" \"b\" } { 9999 9999 } 1", "combinations"),
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
    for (text, said) in [
        ("", "empty"),
        ("a,b\n", "no row"),
        ("a,b\n1;1\n", "1 payoff, but 2 columns"),
        ("a\nx,1;y\n", "line 2, column 2"),
    ] {
        let wrong = csv(text.as_bytes()).expect_err(text);
        assert!(wrong.message.contains(said), "{text}: {}", wrong.message);
    }
    let rows = "1;1,".repeat(13);
    let wide = csv(format!("{}\n{}\n", "a,".repeat(13), rows).replace(",\n", "\n").as_bytes()).expect("it is a table");
    assert_eq!(equilibria(&wide), Err(TooLarge::Strategies(13)));
}

/// Texts of tables to begin with, `.nfg` first.
fn texts() -> [Vec<String>; 2] {
    let small = game(&[&[(3, -3), (0, 5), (2, 2)], &[(5, 0), (1, 1), (2, 2)]]);
    let large: Vec<Vec<(i64, i64)>> = (0..9).map(|i| (0..9).map(|j| (i * j % 7, (i + 3 * j) % 5)).collect()).collect();
    let large = game(&large.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let outcomes = "NFG 1 R \"t\" { \"a\" \"b\" } { { \"u\" \"d\" } { \"l\" \"r\" } } \"c\"\n{ { \"x\" 1, 2.5 } { \"y\" 1/3 -1e-1 } } 1 2 0 1";
    let three = "NFG 1 D \"\" { \"a\" \"b\" \"c\" } { 2 2 2 }\n1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4";
    let sheets = [&small, &large].map(|game| as_csv(game).expect("two play")).to_vec();
    let files = [as_nfg(&small), as_nfg(&large), outcomes.to_owned(), three.to_owned()].to_vec();
    [files, [sheets, vec!["left,right\n3;3,0;5\n5;0,1;1\n".to_owned()]].concat()]
}

/// What is put in places.
const PIECES: [&str; 28] = [
    "",
    " ",
    "0",
    "-1",
    "1/3",
    "7/0",
    "1e40",
    "1e-99",
    "1e100",
    "99999999999999999999999999999999999999999",
    "2",
    "12",
    "20000",
    "{",
    "}",
    "{ {",
    "\"",
    "\\",
    ",",
    ";",
    "\n",
    "\r",
    "\u{feff}",
    "\u{2212}3",
    "é",
    "NFG",
    "nan",
    "a;b",
];

fn changed(text: &str, chance: &mut Chance) -> String {
    let mut text = text.to_owned();
    for _ in 0..=chance.below(4) {
        let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut place = || places[chance.below(places.len())];
        let (a, b) = (place(), place());
        let (from, to) = (a.min(b), a.max(b));
        let (from, to) = if chance.below(8) == 0 {
            (from, to)
        } else {
            (from, places.iter().copied().find(|p| *p > from).unwrap_or(from))
        };
        let piece = match chance.below(4) {
            0 => text[from..to].repeat(2 + chance.below(3)),
            _ => PIECES[chance.below(PIECES.len())].to_owned(),
        };
        text.replace_range(from..to, &piece);
    }
    text
}

#[test]
fn whatever_is_done_to_the_text_of_a_table_reading_and_solving_it_end_soon() {
    let many = std::env::var("WINSET_TABLES").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000_u64);
    let [files, sheets] = texts();
    let (mut read, mut slowest) = (0, Duration::ZERO);
    for case in 0..many {
        let chance = &mut Chance(case);
        let is_nfg = case % 2 == 0;
        let sources = if is_nfg { &files } else { &sheets };
        let text = changed(&sources[chance.below(sources.len())], chance);
        let begun = Instant::now();
        let game = if is_nfg { nfg(&text) } else { csv(text.as_bytes()) };
        match game {
            Err(finding) => assert!(!finding.message.is_empty() && finding.message.len() < 400, "{text}"),
            Ok(game) => {
                read += 1;
                let solved = Solved::of(game);
                assert!(!page(&solved).is_empty() && data(&solved).is_object());
                let again = nfg(&as_nfg(&solved.game)).unwrap_or_else(|e| panic!("{e:?}: {text}"));
                assert_eq!(again, solved.game, "{text}");
            }
        }
        slowest = slowest.max(begun.elapsed());
    }
    println!("{read} of {many} are tables still; the slowest took {slowest:?}");
    assert!(read > many / 20, "{read} of {many}");
    assert!(slowest < Duration::from_secs(60), "{slowest:?}");
}
