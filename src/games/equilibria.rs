//! Every extreme equilibrium of a game of two, in exact fractions.
//!
//! With payoffs shifted above 0, let P = { x ≥ 0 : Bᵀx ≤ 1 } and Q = { y ≥ 0 : Ay ≤ 1 }. A pair of vertices is an equilibrium, when
//! scaled to sum to 1, if and only if every strategy of both is either not played or a best reply: together they carry every label
//! (Lemke and Howson (1964), Avis et al. (2010)). Such pairs are the extreme equilibria; the set of all is the union of convex
//! hulls of some of them.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::{One, Zero};
use thiserror::Error;

use super::polytope::{Vertex, Zeros, vertices};
use super::{Exact, Game};

/// Strategies of one player at most, where there are two.
pub const MOST_STRATEGIES: usize = 12;

/// Digits of a payoff, once all of a player's are whole numbers, at most.
const MOST_DIGITS: u64 = 30;

/// An equilibrium of two players.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Equilibrium {
    /// The row player's probabilities, one a strategy.
    pub row: Vec<Exact>,
    /// The column player's.
    pub column: Vec<Exact>,
    /// What each expects, row first.
    pub payoffs: [Exact; 2],
}

/// Why not all equilibria of a game are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TooLarge {
    /// More than two players.
    #[error("{0} players: mixed equilibria are found for two")]
    Players(usize),
    /// Too many strategies.
    #[error("{0} strategies of one player: mixed equilibria are found for {MOST_STRATEGIES} at most")]
    Strategies(usize),
    /// Payoffs that are long fractions.
    #[error("payoffs that would have {0} digits as whole numbers: {MOST_DIGITS} at most")]
    Digits(u64),
}

/// All extreme equilibria, sorted: the row player's probabilities first, strategy by strategy.
///
/// # Errors
/// [`TooLarge`].
pub fn equilibria(game: &Game) -> Result<Vec<Equilibrium>, TooLarge> {
    let [row, column] = &game.players[..] else { return Err(TooLarge::Players(game.players.len())) };
    let (m, n) = (row.strategies.len(), column.strategies.len());
    if m.max(n) > MOST_STRATEGIES {
        return Err(TooLarge::Strategies(m.max(n)));
    }
    let (a, b) = (whole(game, 0)?, whole(game, 1)?);
    let transposed: Vec<Vec<BigInt>> = (0..n).map(|j| b.iter().map(|row| row[j].clone()).collect()).collect();
    let (of_row, of_column) = (vertices(&transposed), vertices(&a));
    let every: Zeros = (1 << (m + n)) - 1;
    // Labels of the column player's vertices in the order of the row player's: first the m of the rows.
    let turned = |zeros: Zeros| (zeros >> n) | ((zeros & ((1 << n) - 1)) << m);
    let others: Vec<(Zeros, &Vertex)> = of_column.iter().map(|(zeros, y)| (turned(*zeros), y)).collect();
    let mut found = BTreeSet::new();
    for (zeros, x) in &of_row {
        for (_, y) in others.iter().filter(|(other, _)| zeros | other == every) {
            let (x, y) = (mixed(x), mixed(y));
            let payoffs = [0, 1].map(|player| expected(game, player, &x, &y));
            found.insert(Equilibrium { row: x, column: y, payoffs });
        }
    }
    Ok(found.into_iter().collect())
}

/// A player's payoffs as whole numbers from 1 on, `[row][column]`: times one number, plus another, which changes no equilibrium.
fn whole(game: &Game, player: usize) -> Result<Vec<Vec<BigInt>>, TooLarge> {
    let [m, n] = [0, 1].map(|i| game.players[i].strategies.len());
    let all = || game.payoffs.iter().map(|paid| &paid[player]);
    let mut times = BigInt::one();
    for payoff in all() {
        times = num_integer::lcm(times, payoff.denom().clone());
        digits(&times)?;
    }
    let scaled: Vec<BigInt> = all().map(|payoff| (payoff * &times).to_integer()).collect();
    let least = scaled.iter().min().cloned().unwrap_or_else(BigInt::zero);
    let gcd = scaled.iter().fold(BigInt::zero(), |gcd, x| num_integer::gcd(gcd, x - &least));
    let gcd = if gcd.is_zero() { BigInt::one() } else { gcd };
    let shifted = |x: &BigInt| {
        let shifted = (x - &least) / &gcd + 1_u8;
        digits(&shifted).map(|()| shifted)
    };
    (0..m).map(|i| (0..n).map(|j| shifted(&scaled[game.place(&[i, j])])).collect()).collect()
}

fn digits(x: &BigInt) -> Result<(), TooLarge> {
    // log₁₀ 2 is a little above 0.3.
    let digits = x.bits() * 3 / 10 + 1;
    if digits > MOST_DIGITS { Err(TooLarge::Digits(digits)) } else { Ok(()) }
}

/// A vertex as probabilities.
fn mixed(vertex: &Vertex) -> Vec<Exact> {
    let sum: BigInt = vertex.at.iter().sum();
    vertex.at.iter().map(|x| Exact::new(x.clone(), sum.clone())).collect()
}

fn expected(game: &Game, player: usize, x: &[Exact], y: &[Exact]) -> Exact {
    let pairs = x.iter().enumerate().flat_map(|(i, p)| y.iter().enumerate().map(move |(j, q)| (i, j, p * q)));
    pairs.map(|(i, j, p)| p * &game.paid(&[i, j])[player]).sum()
}
