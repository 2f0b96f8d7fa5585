//! Intents drawn by the game: played as a logit equilibrium has it, believed as the file writes it.

use super::account::blocks;
use super::erring::sides;
use super::players::Players;
use crate::engine::{CannotRun, Drawing};
use crate::games::{Sides, principal};
use crate::model::{InputKind, Law, Negotiation, Played, Quantity, likeliest};

/// Values of `errs_by` over which chances are averaged: quantiles at the middles of as many shares.
const VALUES: usize = 9;

/// With what chances intents are played where `[game]` says `prior = "game"`: by account the logit equilibrium of its game, the mean over
/// the range of `errs_by`. One pass: the tables are made with beliefs as the file writes them.
///
/// The residual is the largest change of a chance where observers begin with the chances that came out: 0 to the bit where nothing that
/// is believed is acted on. `None` where the game is not of two players, or a branch could not be followed.
///
/// # Errors
/// [`CannotRun`].
pub fn played_by_the_game(n: &Negotiation, drawing: &Drawing, runs: u64) -> Result<Option<Played>, CannotRun> {
    let Some(first) = chances(n, drawing, runs)? else { return Ok(None) };
    // Observers who have no prior of their own begin with the drawing shares of the file: here with what is played.
    let mut again = n.clone();
    for r in 0..n.readings.len().max(1) {
        for (k, intent) in n.intents.iter().enumerate() {
            let Some(chance) = first[r][k] else { continue };
            let Ok(quantity) = Quantity::fixed(chance) else { continue };
            let law = Law::Own(quantity);
            if n.readings.is_empty() {
                again.inputs.set_law(intent.prior, law);
            } else {
                again.readings[r].set.retain(|(input, _)| *input != intent.prior);
                again.readings[r].set.push((intent.prior, law));
            }
        }
    }
    let Some(second) = chances(&again, drawing, runs)? else { return Ok(None) };
    let apart = first.iter().flatten().zip(second.iter().flatten());
    let apart = apart.filter_map(|(one, other)| Some((one.as_ref()? - other.as_ref()?).abs()));
    Ok(Some(Played { residual: apart.fold(0.0, f64::max), chances: first }))
}

/// `[reading][intent]`: the chance of each intent of a player; `None` of those who do not choose.
type Chances = Vec<Vec<Option<f64>>>;

fn chances(n: &Negotiation, drawing: &Drawing, runs: u64) -> Result<Option<Chances>, CannotRun> {
    let players = Players::of(n);
    let mut all = Vec::new();
    for r in 0..n.readings.len().max(1) {
        let mut drawing = drawing.clone();
        drawing.accounts.reading = (!n.readings.is_empty()).then_some(r);
        let laws = n.laws(drawing.accounts.reading, &drawing.accounts.variants);
        let blocks = blocks(n, &players, runs, &drawing, &[], |_| {})?;
        let Some(sides) = sides(&players, &blocks, None) else { return Ok(None) };
        let Some(own) = meant(n, &players, &sides, &errs_by(n, &laws)) else { return Ok(None) };
        all.push(own);
    }
    Ok(Some(all))
}

/// The values of `errs_by`; one point where the file says nothing.
fn errs_by(n: &Negotiation, laws: &[Law]) -> Vec<f64> {
    let Some(input) = n.game.as_ref().and_then(|game| game.errs_by) else { return vec![1.0] };
    match &laws[input.0] {
        Law::Own(quantity) if !quantity.is_fixed() && n.inputs.get(input).kind == InputKind::Value => {
            (0..VALUES).map(|i| quantity.quantile((i as f64 + 0.5) / VALUES as f64)).collect()
        }
        _ => vec![likeliest(laws, input)],
    }
}

/// The mean chances over these values; a plan's over the wants of its player by their shares. An intent that its player does not choose is
/// never played.
fn meant(n: &Negotiation, players: &Players, sides: &Sides, errs_by: &[f64]) -> Option<Vec<Option<f64>>> {
    let mut chances: Vec<Option<f64>> = vec![None; n.intents.len()];
    for player in &players.0 {
        n.intents_of(player.actor).for_each(|k| chances[k] = Some(0.0));
    }
    for value in errs_by {
        let logit = principal(sides, 1.0 / value)?;
        for (player, mixed) in players.0.iter().zip(&logit.mixed) {
            for (of, mixed) in player.types.iter().zip(mixed) {
                for (intent, chance) in of.plans.iter().zip(mixed) {
                    let share = of.share * chance / errs_by.len() as f64;
                    chances[*intent] = chances[*intent].map(|sum| sum + share);
                }
            }
        }
    }
    Some(chances)
}
