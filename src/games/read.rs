//! Payoff tables as files: `.nfg` (strategic form, as Gambit writes it) and CSV. Every number is read as the fraction that it is.

use itertools::Itertools as _;
use num_bigint::BigInt;
use num_traits::Zero;

use super::{Exact, Game, MOST_PROFILES, Player};
use crate::scenario::{Finding, Span};
use crate::text::sheet::{Cells, cells};

/// Digits at most of a number, and over and under the line of the fraction that it is.
const MOST_DIGITS: usize = 100;

/// Players at most.
const MOST_PLAYERS: usize = 8;

/// The game of a text in `.nfg`: payoffs of all profiles in a row, or outcomes by number.
///
/// # Errors
/// The first thing that is wrong, where it stands.
pub fn nfg(text: &str) -> Result<Game, Finding> {
    let mut read = Words { text, at: 0 };
    read.expects("NFG", "the first word of a game in strategic form is `NFG`")?;
    read.expects("1", "the version of the format is 1")?;
    let (kind, span) = read.word("`R`: payoffs are fractions or decimals")?;
    if !["R", "D"].contains(&kind) {
        return Err(wrong(format!("`{kind}` is no kind of payoffs"), &span).hint("`R` and `D` are"));
    }
    let title = read.quoted("the title in quotes")?;
    let names = read.names("the players' names")?;
    if !(2..=MOST_PLAYERS).contains(&names.len()) {
        let found = format!("the game has {} players", names.len());
        return Err(wrong(found, &(read.at..read.at)).hint(format!("two to {MOST_PLAYERS} are read")));
    }
    let strategies = read.strategies(names.len())?;
    let players: Vec<Player> =
        names.into_iter().zip(strategies).map(|(name, strategies)| Player { name, strategies }).collect();
    let mut game = Game { title, players, payoffs: Vec::new() };
    let sizes = game.players.iter().map(|player| player.strategies.len());
    let profiles = sizes.fold(1_usize, usize::saturating_mul);
    if profiles > MOST_PROFILES {
        return Err(Finding::error(format!("the game has more than {MOST_PROFILES} combinations of strategies")));
    }
    if read.next() == Some('"') {
        read.quoted("a comment in quotes")?;
    }
    game.payoffs =
        if read.next() == Some('{') { read.outcomes(&game, profiles)? } else { read.payoffs(&game, profiles)? };
    if read.next().is_none() {
        return Ok(game);
    }
    let span = read.at..read.at + 1;
    Err(wrong("something stands after the last payoff", &span).hint(format!("the table has {profiles} profiles")))
}

/// The game of a table in CSV: the first row names the column player's strategies, every other row is a strategy of the row player,
/// each cell `a;b` pays the row player a and the column player b. Rows begin with their names, or all of them with a payoff; a first
/// row of payoffs is a row like the others, and columns then have numbers.
///
/// # Errors
/// The first cell that is wrong, by its line and its place.
pub fn csv(bytes: &[u8]) -> Result<Game, Finding> {
    let rows = cells(bytes).map_err(|e| Finding::error(format!("the table cannot be read: {e}")))?;
    let headless = rows
        .first()
        .is_some_and(|row| row.cells.iter().skip(usize::from(row.cells.len() > 1)).all(|it| pair(it).is_some()));
    let (heads, rows) = rows.split_at(usize::from(!headless && !rows.is_empty()));
    if rows.is_empty() {
        let found =
            if heads.is_empty() { "the table is empty" } else { "the table has no row under the names of the columns" };
        return Err(Finding::error(found));
    }
    let named = rows.iter().any(|row| row.cells.first().is_none_or(|cell| pair(cell).is_none()));
    let first = usize::from(named);
    let wide = rows[0].cells.len();
    let columns: Vec<String> = match heads.first() {
        // Over the names of the rows may stand a word, an empty cell or nothing.
        Some(heads) => heads.cells.iter().skip(usize::from(named && heads.cells.len() >= wide)).cloned().collect(),
        None => (1..=wide - first.min(wide)).map(|n| n.to_string()).collect(),
    };
    if columns.is_empty() || rows.len().saturating_mul(columns.len()) > MOST_PROFILES {
        let found = format!("{} by {} payoffs", rows.len(), columns.len());
        return Err(Finding::error(found).hint(format!("1 to {MOST_PROFILES} cells of payoffs are read")));
    }
    let mut paid = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = &row.cells[first.min(row.cells.len())..];
        if cells.len() != columns.len() {
            let [have, want] = [(cells.len(), "payoff"), (columns.len(), "column")]
                .map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
            let found = format!("line {}: {have}, but {want}", row.line);
            return Err(Finding::error(found));
        }
        let one = |(at, cell): (usize, &String)| {
            pair(cell).ok_or_else(|| {
                let found =
                    format!("line {}, column {}: `{}` is no pair of payoffs", row.line, at + first + 1, shown(cell));
                Finding::error(found).hint("write `a;b`: what it pays the row player, then the column player")
            })
        };
        paid.push(cells.iter().enumerate().map(one).collect::<Result<Vec<[Exact; 2]>, Finding>>()?);
    }
    let name = |(at, row): (usize, &Cells)| if named { row.cells[0].clone() } else { (at + 1).to_string() };
    let strategies = [rows.iter().enumerate().map(name).collect::<Vec<_>>(), columns];
    let names = ["row player", "column player"].map(str::to_owned);
    let players = names.into_iter().zip(strategies).map(|(name, strategies)| Player { name, strategies }).collect();
    let width = paid[0].len();
    let payoffs = (0..width).flat_map(|j| paid.iter().map(move |row| row[j].to_vec())).collect();
    Ok(Game { title: String::new(), players, payoffs })
}

fn pair(cell: &str) -> Option<[Exact; 2]> {
    let (a, b) = cell.split_once(';')?;
    Some([number(a.trim())?, number(b.trim())?])
}

/// The game as `.nfg`, payoffs in a row: what any reader of the format takes.
pub fn as_nfg(game: &Game) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let list = |names: &[String]| names.iter().map(|name| quoted(name)).join(" ");
    let names = game.players.iter().map(|player| quoted(&player.name)).join(" ");
    let strategies = game.players.iter().map(|player| format!("{{ {} }}", list(&player.strategies))).join(" ");
    let payoffs = game.payoffs.iter().map(|paid| paid.iter().join(" ")).join("\n");
    format!("NFG 1 R {} {{ {names} }}\n{{ {strategies} }}\n\n{payoffs}\n", quoted(&game.title))
}

/// A game of two as CSV; `None` with more players.
pub fn as_csv(game: &Game) -> Option<String> {
    let [row, column] = &game.players[..] else { return None };
    let heads: Vec<&str> = std::iter::once("").chain(column.strategies.iter().map(String::as_str)).collect();
    let cell = |i: usize, j: usize| game.paid(&[i, j]).iter().join(";");
    let line = |(i, name): (usize, &String)| {
        std::iter::once(name.clone()).chain((0..column.strategies.len()).map(|j| cell(i, j))).collect()
    };
    let rows: Vec<Vec<String>> = row.strategies.iter().enumerate().map(line).collect();
    Some(crate::text::sheet::csv(&heads, &rows))
}

/// A fraction: `3`, `-0.25`, `1e-3`, `2/3`.
pub fn number(word: &str) -> Option<Exact> {
    let (over, under) = word.split_once('/').unwrap_or((word, "1"));
    let under = if word.contains('/') { whole(under)? } else { BigInt::from(1) };
    if under.is_zero() {
        return None;
    }
    let found = decimal(over)? / Exact::from_integer(under);
    // What is read can be written and read again.
    let most = BigInt::from(10).pow(MOST_DIGITS as u32);
    (found.numer().magnitude() < most.magnitude() && *found.denom() < most).then_some(found)
}

fn whole(word: &str) -> Option<BigInt> {
    let plain = !word.is_empty() && word.len() <= MOST_DIGITS && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

fn decimal(word: &str) -> Option<Exact> {
    let word = word.strip_prefix('\u{2212}').map_or_else(|| word.to_owned(), |rest| format!("-{rest}"));
    let (negative, word) = match word.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, word.strip_prefix('+').unwrap_or(&word)),
    };
    let (digits, exponent) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|e: &i32| e.unsigned_abs() as usize <= MOST_DIGITS)?;
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let all = whole(&format!("{before}{after}"))?;
    let power = exponent - i32::try_from(after.len()).ok()?;
    let ten = BigInt::from(10).pow(power.unsigned_abs());
    let value = if power < 0 { Exact::new(all, ten) } else { Exact::from_integer(all * ten) };
    Some(if negative { -value } else { value })
}

fn wrong(message: impl Into<String>, span: &Span) -> Finding {
    Finding::error(message).at(span.clone())
}

struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    /// The next character that is no blank; it is not taken.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    /// The next word; braces and quotes end it.
    fn word(&mut self, expected: &str) -> Result<(&'t str, Span), Finding> {
        self.next();
        let (text, at) = (self.text, self.at);
        let end =
            text[at..].find(|c: char| c.is_whitespace() || "{}\",".contains(c)).map_or(text.len(), |end| at + end);
        if end == at {
            let found =
                text[at..].chars().next().map_or("the text ends".to_owned(), |c| format!("`{}` stands", visible(c)));
            let to = at + text[at..].chars().next().map_or(0, char::len_utf8);
            return Err(wrong(format!("{found} where {expected} should be"), &(at..to)));
        }
        self.at = end;
        Ok((&text[at..end], at..end))
    }

    fn expects(&mut self, word: &str, hint: &str) -> Result<(), Finding> {
        let (found, span) = self.word(&format!("`{word}`"))?;
        if found == word { Ok(()) } else { Err(wrong(format!("`{}` is not `{word}`", shown(found)), &span).hint(hint)) }
    }

    fn mark(&mut self, mark: char, expected: &str) -> Result<(), Finding> {
        if self.next() == Some(mark) {
            self.at += mark.len_utf8();
            return Ok(());
        }
        let to = self.at + self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Err(wrong(format!("no `{mark}` where {expected} should be"), &(self.at..to)))
    }

    fn quoted(&mut self, expected: &str) -> Result<String, Finding> {
        self.mark('"', expected)?;
        let (start, mut out, mut escaped) = (self.at, String::new(), false);
        for (i, c) in self.text[start..].char_indices() {
            match c {
                _ if escaped => {
                    out.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' => {
                    self.at = start + i + 1;
                    return Ok(out);
                }
                c => out.push(c),
            }
        }
        Err(wrong("this quote is never closed", &(start - 1..start)))
    }

    fn names(&mut self, expected: &str) -> Result<Vec<String>, Finding> {
        self.mark('{', expected)?;
        let mut names = Vec::new();
        while self.next() == Some('"') {
            names.push(self.quoted("a name in quotes")?);
        }
        self.mark('}', "the end of the names")?;
        Ok(names)
    }

    /// The strategies of each player: by name, or how many.
    fn strategies(&mut self, players: usize) -> Result<Vec<Vec<String>>, Finding> {
        self.mark('{', "the strategies")?;
        let begun = self.at;
        let mut all = Vec::new();
        loop {
            match self.next() {
                Some('}') => break,
                Some('{') => all.push(self.names("the strategies of a player")?),
                _ => {
                    let (word, span) = self.word("a number of strategies")?;
                    let count = word.parse().ok().filter(|n| (1..=MOST_PROFILES).contains(n));
                    let count =
                        count.ok_or_else(|| wrong(format!("`{}` is no number of strategies", shown(word)), &span))?;
                    all.push((1..=count).map(|n| n.to_string()).collect());
                }
            }
            if all.len() > players {
                break;
            }
        }
        let span = begun..self.at;
        self.mark('}', "the end of the strategies")?;
        match all.iter().position(Vec::is_empty) {
            _ if all.len() != players => {
                Err(wrong(format!("{players} players, but strategies of {}", all.len()), &span))
            }
            Some(i) => Err(wrong(format!("player {} has no strategy", i + 1), &span)),
            None => Ok(all),
        }
    }

    fn payoff(&mut self) -> Result<Exact, Finding> {
        let (word, span) = self.word("a payoff")?;
        number(word).ok_or_else(|| {
            wrong(format!("`{}` is no payoff", shown(word)), &span)
                .hint("write a whole number, a decimal or a fraction such as 2/3")
        })
    }

    fn payoffs(&mut self, game: &Game, profiles: usize) -> Result<Vec<Vec<Exact>>, Finding> {
        (0..profiles).map(|_| game.players.iter().map(|_| self.payoff()).collect()).collect()
    }

    /// Outcomes with a payoff for each player, then the outcome of each profile by number; 0 is one that pays nothing.
    fn outcomes(&mut self, game: &Game, profiles: usize) -> Result<Vec<Vec<Exact>>, Finding> {
        self.mark('{', "the outcomes")?;
        let mut outcomes = vec![vec![Exact::zero(); game.players.len()]];
        while self.next() == Some('{') {
            self.mark('{', "an outcome")?;
            self.quoted("the name of an outcome")?;
            let mut paid = Vec::new();
            for _ in &game.players {
                if self.next() == Some(',') {
                    self.at += 1;
                }
                paid.push(self.payoff()?);
            }
            self.mark('}', "the end of an outcome")?;
            outcomes.push(paid);
        }
        self.mark('}', "the end of the outcomes")?;
        let mut outcome = |_| {
            let (word, span) = self.word("the number of an outcome")?;
            let paid = word.parse().ok().and_then(|n: usize| outcomes.get(n).cloned());
            paid.ok_or_else(|| {
                wrong(format!("`{}` is no outcome", shown(word)), &span)
                    .hint(format!("they are numbered 0 to {}", outcomes.len() - 1))
            })
        };
        (0..profiles).map(&mut outcome).collect()
    }
}

fn visible(c: char) -> char {
    crate::visible::visible_char(c)
}

fn shown(word: &str) -> String {
    crate::text::words::shown(&word.chars().take(40).collect::<String>())
}
