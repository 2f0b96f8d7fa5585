//! Bets on the answer, made before the talks.

use super::BET_STEP;
use crate::scenario::Finding;
use crate::text::words::shown;

/// Three bets: `60,40,10`, or `-` for one that was not made.
///
/// # Errors
/// What is no list of bets, and how one is written.
pub fn bets(text: &str) -> Result<[Option<u8>; 3], Finding> {
    let hint = "write three, as in --bets 60,40,10: one exists, one same package, it is reached; `-` for none";
    let wrong = || Finding::error(format!("`{}` is no list of bets", shown(text))).hint(hint);
    let bet = |word: &str| match word.trim().trim_end_matches('%').trim() {
        "-" | "" => Ok(None),
        word => {
            let bet: u8 = word.parse().map_err(|_| wrong())?;
            if bet > 100 || !bet.is_multiple_of(BET_STEP) {
                return Err(Finding::error(format!("a bet of {bet} % is none of 0, 5, … 100 %")).hint(hint));
            }
            Ok(Some(bet))
        }
    };
    let all: Vec<Option<u8>> = text.split(',').map(bet).collect::<Result<_, _>>()?;
    all.try_into().map_err(|_| wrong())
}
