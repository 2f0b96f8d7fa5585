//! Payoffs that are numbers, as exact fractions on a fine grid.

use num_bigint::BigInt;

use super::{Exact, Game, Player};

/// Steps of the grid in one point.
const STEPS: f64 = 1_048_576.0;

/// The game in which these strategies, `strategies[player]`, pay `payoffs[profile · players + player]`, each rounded to a multiple
/// of 2⁻²⁰; of the profiles the first player's strategy runs fastest. Equal payoffs stay equal.
pub fn on_grid(strategies: &[usize], payoffs: &[f64]) -> Game {
    let player = |count: &usize| Player { name: String::new(), strategies: vec![String::new(); *count] };
    let exact = |x: &f64| Exact::new(BigInt::from((x * STEPS).round() as i64), BigInt::from(STEPS as i64));
    Game {
        title: String::new(),
        players: strategies.iter().map(player).collect(),
        payoffs: payoffs.chunks(strategies.len()).map(|paid| paid.iter().map(exact).collect()).collect(),
    }
}
