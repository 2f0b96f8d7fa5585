//! Moves: drawn by their rates, which observers know.

use super::Mechanism;
use super::course::{Course, pick};
use super::step::Recorder;
use crate::model::{Intent, Move};

impl<R: Recorder> Course<'_, R> {
    /// Draws a move by its rates.
    pub fn draw_move(&mut self, i: usize) -> Move {
        let rates = self.rates(self.intent(i));
        let u = self.sides[i].moves.at(u64::from(self.round));
        pick(&rates, u).map_or(Move::Hold, |place| Move::ALL[place])
    }

    /// The rates of the moves of a party with this intent, after responses; a party whose rates are all 0 holds.
    pub fn rates(&self, intent: &Intent) -> [f64; 6] {
        let mut rates = intent.rates.map(|rate| rate.map_or(0.0, |rate| self.world.value(rate)));
        if self.talks.has(Mechanism::Responses) {
            for response in intent.responses.iter().filter(|r| self.holds(&r.during)) {
                for (made, factor) in &response.times {
                    rates[*made as usize] *= self.world.value(*factor);
                }
            }
        }
        if rates.iter().all(|rate| *rate <= 0.0) {
            rates[Move::Hold as usize] = 1.0;
        }
        rates
    }

    /// How likely a party with this intent is to make a move now.
    pub fn chance_of(&self, intent: &Intent, made: Move) -> f64 {
        let rates = self.rates(intent);
        rates[made as usize] / rates.iter().sum::<f64>()
    }
}
