//! The result of a pair in twenty letters and digits, to be read out, typed, or pasted into a chat.
//!
//! ```text
//! 16 letters of data · 4 letters of check      20 letters of data where there are more than 2³⁰ packages
//! ```
//!
//! The data are one number in mixed radix, from its highest digit:
//!
//! | digit | radix | what it says |
//! |---|---|---|
//! | version | 4 | of this table: 0 |
//! | scenario | 4 096 | the short [`Fingerprint`] |
//! | seat | 8 | 0: the whole pair, at a table; k: it sat on the k-th party's side |
//! | ending | 10 | 0: not said; then as [`Ending::ALL`] |
//! | round | 64 | 0: not said; 63: that or later |
//! | outcome | 2³⁰ + 1 or 2⁵⁰ + 1 | 0: no deal; else the number of the package, and 1 |
//! | bets | 22³ | each 0: none; else the share in steps of 5 %, and 1 |
//! | nonce | 1 024 | tells two pairs of the same result apart |
//!
//! That makes 2^79.7 (or 2^99.7) codes, so 16 (or 20) letters hold them. The check finds any four wrong letters, and is
//! never used to repair any. Source: Crockford (base 32) for the letters; the table is an assumption.

mod check;
mod listed;

use std::fmt;

use crate::engine::talks::Ending;
use crate::model::{Negotiation, Package};

use super::Fingerprint;
use check::{CHECK, check, letter, value};
pub use listed::{Listed, MOST_TEXT, Misread};

/// Bets are in steps of so many per cent.
pub const BET_STEP: u8 = 5;

/// The version of the table.
const VERSION: u128 = 0;

/// Letters of data where packages are few, and where they are many.
const DATA: [usize; 2] = [16, 20];

/// Packages that either has room for.
const ROOM: [u128; 2] = [1 << 30, 1 << 50];

// Radices of the table.
const VERSIONS: u128 = 4;
const SCENARIOS: u128 = 4_096;
const SEATS: u128 = 8;
const ENDINGS: u128 = 10;
const ROUNDS: u128 = 64;
const BETS: u128 = 22;
const NONCES: u128 = 1_024;

/// The result of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The number of the package that was agreed; `None`: no deal.
    pub outcome: Option<u64>,
    /// The short fingerprint of the scenario, below 4 096.
    pub scenario: u16,
    /// 0: the whole pair, at a table; k: it sat on the side of the k-th party.
    pub seat: u8,
    /// How the talks ended, where it is known.
    pub ending: Option<Ending>,
    /// The round in which they ended, from 1 on; `None`: not said; 63 stands for that or later.
    pub round: Option<u8>,
    /// What was bet before: that one exists, that one same package would do, that it is reached; in per cent, in steps of
    /// [`BET_STEP`].
    pub bets: [Option<u8>; 3],
    /// What tells two pairs of the same result apart, below 1 024.
    pub nonce: u16,
}

/// Why a result has no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoCode {
    /// The number of the package is too large.
    #[error("package {0} is beyond the 2^50 packages that a code has room for")]
    Package(u64),
    /// A bet is no step of five per cent from 0 to 100.
    #[error("a bet of {0} % is none of 0, 5, … 100 %")]
    Bet(u8),
    /// There are too many parties.
    #[error("seat {0} is beyond the 7 that a code has room for")]
    Seat(u8),
}

/// What is wrong with a text that should be a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadCode {
    /// It has another number of letters and digits.
    Length(usize),
    /// A letter that no code has, and its place from 1 on.
    Letter(char, usize),
    /// The check does not fit.
    Check,
    /// It was made under a later table.
    Later,
    /// It says what no code says.
    Range,
    /// It is of another scenario.
    Scenario,
    /// It names a package that the scenario does not have, of so many.
    Package(u64, u128),
    /// It names a seat that the scenario does not have.
    Seat(u8),
    /// Nothing in the line looks like a code.
    Nothing,
    /// The whole text is longer than any list of codes.
    TooLong,
}

impl fmt::Display for BadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(found) => write!(f, "it has {found} letters and digits, and a code has 20 or 24"),
            Self::Letter(letter, place) => write!(
                f,
                "`{}` in place {place} is in no code: they are of digits and of letters without accents, none of them U",
                crate::visible::visible_char(*letter)
            ),
            Self::Check => f.write_str("its last four letters do not fit the others, so some letter is misread"),
            Self::Later => f.write_str("it was made by a later version of winset"),
            Self::Range => f.write_str("it says what no code says"),
            Self::Scenario => f.write_str("it is of another scenario, or of another version of its file"),
            Self::Package(number, all) => write!(f, "it names package {number}, and the scenario has only {all}"),
            Self::Seat(seat) => write!(f, "it names seat {seat}, and the scenario has fewer parties"),
            Self::Nothing => f.write_str("nothing in it looks like a code"),
            Self::TooLong => write!(f, "it is longer than {} kB, which no list of codes is", MOST_TEXT / 1_000),
        }
    }
}

impl Code {
    /// The code in groups of five, such as `002B1-PNJDM-Y7QYD-DT1MP`.
    ///
    /// # Errors
    /// [`NoCode`]. A round beyond 63 is written as 63, a fingerprint or nonce beyond its bits without the higher ones.
    pub fn text(&self) -> Result<String, NoCode> {
        let outcome = self.outcome.map_or(0, |number| u128::from(number) + 1);
        let large = usize::from(outcome > ROOM[0]);
        self.fits(outcome)?;
        let bet = |bet: Option<u8>| bet.map_or(0, |bet| u128::from(bet / BET_STEP) + 1);
        let ending = self.ending.map_or(0, |ending| 1 + ending as u128);
        let digits = [
            (VERSION, VERSIONS),
            (u128::from(self.scenario) % SCENARIOS, SCENARIOS),
            (u128::from(self.seat), SEATS),
            (ending, ENDINGS),
            (self.round.map_or(0, u128::from).min(ROUNDS - 1), ROUNDS),
            (outcome, ROOM[large] + 1),
            (bet(self.bets[0]), BETS),
            (bet(self.bets[1]), BETS),
            (bet(self.bets[2]), BETS),
            (u128::from(self.nonce) % NONCES, NONCES),
        ];
        let whole = digits.into_iter().fold(0_u128, |whole, (digit, radix)| whole * radix + digit);
        let data: Vec<u8> = (0..DATA[large]).rev().map(|place| (whole >> (5 * place)) as u8 & 31).collect();
        let letters: Vec<char> = data.iter().chain(&check(&data)).map(|value| letter(*value)).collect();
        Ok(letters.chunks(5).map(String::from_iter).collect::<Vec<_>>().join("-"))
    }

    fn fits(&self, outcome: u128) -> Result<(), NoCode> {
        let odd = |bet: &&u8| **bet > 100 || !bet.is_multiple_of(BET_STEP);
        if let Some(bet) = self.bets.iter().flatten().find(odd) {
            return Err(NoCode::Bet(*bet));
        }
        if u128::from(self.seat) >= SEATS {
            return Err(NoCode::Seat(self.seat));
        }
        if outcome > ROOM[1] { Err(NoCode::Package(self.outcome.unwrap_or_default())) } else { Ok(()) }
    }

    /// Reads one code, in any mangling that a chat makes: case, full width, O for 0, I and L for 1, dashes, blanks, line
    /// breaks, quotes and marks of direction anywhere.
    ///
    /// # Errors
    /// [`BadCode`]: the first thing that is wrong, in the order of its variants.
    pub fn read(text: &str) -> Result<Self, BadCode> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        Self::of_letters(&letters)
    }

    fn of_letters(letters: &[char]) -> Result<Self, BadCode> {
        let large = DATA.iter().position(|data| data + CHECK == letters.len());
        let large = large.ok_or(BadCode::Length(letters.len()))?;
        let value = |(place, letter): (usize, &char)| value(*letter).ok_or(BadCode::Letter(*letter, place + 1));
        let values = letters.iter().enumerate().map(value).collect::<Result<Vec<u8>, _>>()?;
        let (data, last) = values.split_at(DATA[large]);
        if check(data) != last {
            return Err(BadCode::Check);
        }
        Self::of_number(data.iter().fold(0, |whole, letter| whole << 5 | u128::from(*letter)), large)
    }

    fn of_number(mut rest: u128, large: usize) -> Result<Self, BadCode> {
        let mut next = |radix: u128| {
            let digit = rest % radix;
            rest /= radix;
            digit
        };
        let nonce = next(NONCES) as u16;
        let bets = [(); 3].map(|()| next(BETS).checked_sub(1).map(|steps| steps as u8 * BET_STEP));
        let outcome = next(ROOM[large] + 1).checked_sub(1).map(|number| number as u64);
        let round = Some(next(ROUNDS) as u8).filter(|round| *round > 0);
        let ending = next(ENDINGS) as usize;
        let seat = next(SEATS) as u8;
        let scenario = next(SCENARIOS) as u16;
        let version = next(VERSIONS);
        if version != VERSION && rest == 0 {
            return Err(BadCode::Later);
        }
        // A package that fits the short form is never written in the long one.
        let short = large == 1 && outcome.is_none_or(|number| u128::from(number) < ROOM[0]);
        if rest != 0 || ending > Ending::ALL.len() || short {
            return Err(BadCode::Range);
        }
        let ending = ending.checked_sub(1).map(|place| Ending::ALL[place]);
        let [third, second, first] = bets;
        Ok(Self { outcome, scenario, seat, ending, round, bets: [first, second, third], nonce })
    }

    /// Whether it is a code of this scenario, with a package and a seat that there are.
    ///
    /// # Errors
    /// [`BadCode::Scenario`], [`BadCode::Package`], [`BadCode::Seat`].
    pub fn belongs(&self, n: &Negotiation, fingerprint: Fingerprint) -> Result<(), BadCode> {
        if self.scenario != fingerprint.short() {
            return Err(BadCode::Scenario);
        }
        let all = n.space.size();
        match self.outcome {
            Some(number) if u128::from(number) >= all => Err(BadCode::Package(number, all)),
            _ if usize::from(self.seat) > n.parties().count() => Err(BadCode::Seat(self.seat)),
            _ => Ok(()),
        }
    }

    /// The package that was agreed; `None`: no deal. The code must [belong](Self::belongs) to the scenario.
    pub fn package(&self, n: &Negotiation) -> Option<Package> {
        Some(n.space.package(u128::from(self.outcome?)))
    }
}

#[cfg(test)]
mod tests;
