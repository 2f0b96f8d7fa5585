//! How likely an entry of a record is in a world, under each intent of the party of which it speaks.
//!
//! Every entry is taken as a draw of its own, given the intent and the world:
//!
//! ```text
//! a move, once at least in rounds r…s     1 − Π_t (1 − p_t)
//! never, in rounds r…s                    Π_t (1 − p_t)
//! p_t = Σ over the moves named of ( (1 − slip) · rate share + slip / 6 ) · ( names, if it could name such a package, else slip )
//! ```
//!
//! with the last factor only where a package is spoken of, and times the fit of the share where one is given. Reports are
//! wrong with the chance `slip`, so that no entry makes an intent impossible. Source: assumption.

use itertools::Itertools;

use crate::engine::talks::{Talks, Watch};
use crate::model::{Condition, Move, Observed, Sighting, World, fit, normalised};
use crate::num;

use super::next::{Mesh, Outlook};

/// What is asked of every world.
#[derive(Debug)]
pub struct Inquiry {
    /// The entries in the order of time, as places in the record.
    pub order: Vec<usize>,
    /// The parties of which the record speaks, by their places in the talks.
    pub parties: Vec<usize>,
    /// `of[entry in time]`: which of `parties` it speaks of.
    pub of: Vec<usize>,
    /// The round after the last entry, from 1.
    pub next_round: u32,
    record: Vec<Sighting>,
    /// The intents that each may have, `places[party]`: places among the intents.
    pub places: Vec<Vec<usize>>,
    /// The least noise that any world may have, so that no density exceeds 1.
    least_noise: f64,
    /// The cells of a share that is seen.
    mesh: Mesh,
    /// `usual[entry in time]`: about how likely the entry is, as a logarithm. All likelihoods count against it, so that no
    /// record, however long, is too unlikely for a number to hold.
    usual: Vec<f64>,
}

/// A world as the record has it.
#[derive(Debug)]
pub struct Looked {
    /// `prior[party][intent]`: drawing shares.
    pub prior: Vec<Vec<f64>>,
    /// `log[entry in time][intent]`: natural logarithms of the likelihood under the intents of its party.
    pub log: Vec<Vec<f64>>,
    /// `outlook[party][intent]`.
    pub outlook: Vec<Vec<Outlook>>,
}

impl Inquiry {
    /// What the record of some talks asks.
    pub fn of(talks: &Talks) -> Self {
        let n = talks.negotiation();
        let order = (0..n.record.len()).sorted_by_key(|e| (n.record[*e].rounds.1, n.record[*e].rounds.0)).collect_vec();
        let record = order.iter().map(|e| n.record[*e].clone()).collect_vec();
        let party = |entry: &Sighting| talks.parties().position(|i| i == entry.by).expect("entries speak of parties");
        let parties = record.iter().map(party).sorted_unstable().dedup().collect_vec();
        let of = record.iter().map(|entry| parties.iter().position(|p| *p == party(entry)).expect("it is listed"));
        let last = record.iter().map(|entry| entry.rounds.1).max().unwrap_or(0);
        let beliefs = n.beliefs.as_ref().expect("talks bring beliefs");
        Self {
            of: of.collect(),
            next_round: u32::try_from(last + 1).unwrap_or(1).max(1),
            places: parties.iter().map(|p| talks.intents(*p).to_vec()).collect(),
            least_noise: n.range(beliefs.noise).0,
            mesh: Mesh::of(n.range(beliefs.noise)),
            usual: vec![0.0; order.len()],
            record,
            parties,
            order,
        }
    }

    /// The same, with all likelihoods counted against those of one world.
    pub fn against(mut self, looked: &Looked) -> Self {
        let greatest = |log: &Vec<f64>| log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        self.usual = looked.log.iter().map(greatest).map(|log| if log.is_finite() { log } else { 0.0 }).collect();
        self
    }

    /// Looks at a world.
    pub fn look(&self, watch: &mut Watch, world: &World) -> Looked {
        let n = watch.negotiation();
        let beliefs = n.beliefs.as_ref().expect("talks bring beliefs");
        let [noise, slip, names] = [beliefs.noise, beliefs.slip, beliefs.names].map(|id| world.value(id));
        let eye = Eye { noise, slip, names, density: self.least_noise / noise };
        let weights = |intents: &Vec<usize>| intents.iter().map(|k| world.value(n.intents[*k].prior)).collect_vec();
        let prior = |intents| normalised(&weights(intents));
        let prior = self.places.iter().map(prior).collect();
        let log = self.logs(watch, &eye);
        watch.go_to(i32::try_from(self.next_round).unwrap_or(i32::MAX));
        let outlook = |(party, intents): (&usize, &Vec<usize>)| {
            (0..intents.len()).map(|place| Outlook::of(watch, *party, place, self.mesh, eye.noise)).collect()
        };
        Looked { prior, log, outlook: self.parties.iter().zip(&self.places).map(outlook).collect() }
    }

    /// Round by round, what no round of an entry has shown yet: `missed[entry][intent]` is the product
    /// of `1 − p_t`.
    fn logs(&self, watch: &mut Watch, eye: &Eye) -> Vec<Vec<f64>> {
        let each = |value: f64| self.of.iter().map(|p| vec![value; self.places[*p].len()]).collect::<Vec<_>>();
        let (mut missed, mut fits) = (each(1.0), each(0.0));
        let last = self.record.iter().map(|e| e.rounds.1).max().unwrap_or(0);
        // Before the talks nothing changes from round to round: what holds once holds as often as there are rounds.
        let before = |entry: &Sighting| (entry.rounds.1.min(0) - entry.rounds.0 + 1).max(0);
        let step = watch.negotiation().pace().step();
        let first = self.record.iter().map(|e| e.rounds.0).min().unwrap_or(1).clamp(0, 1);
        for round in first..=last {
            watch.go_to(round);
            for (e, entry) in self.record.iter().enumerate() {
                let within = (entry.rounds.0..=entry.rounds.1).contains(&round);
                let times = if round <= 0 { before(entry) } else { i32::from(within) };
                if times == 0 {
                    continue;
                }
                let party = self.parties[self.of[e]];
                for (place, (missed, fitted)) in missed[e].iter_mut().zip(&mut fits[e]).enumerate() {
                    let p = eye.chance(watch, party, place, &entry.seen);
                    // A move is made with chance Δ in each of the 1/Δ rounds of a unit; an escalation has its chance a unit.
                    let step = if matches!(entry.seen, Observed::Escalates(_)) { 1.0 } else { step };
                    *missed *= num::pow(1.0 - step * p, f64::from(times) / step);
                    if let Observed::Made { share: Some(share), .. } = entry.seen {
                        *fitted = fit(share, watch.conceded(party, place), eye.noise) + num::ln(eye.density);
                    }
                }
            }
        }
        let log = |e: usize| {
            let never = matches!(self.record[e].seen, Observed::Never { .. } | Observed::Escalates(false));
            let log = |(missed, fit): (&f64, &f64)| num::ln(if never { *missed } else { 1.0 - missed }) + fit;
            missed[e].iter().zip(&fits[e]).map(log).map(|log| log - self.usual[e]).collect()
        };
        (0..self.record.len()).map(log).collect()
    }
}

/// How well a world lets observers see.
struct Eye {
    noise: f64,
    slip: f64,
    names: f64,
    /// Least noise of any world / noise of this one: the height of the density.
    density: f64,
}

impl Eye {
    /// How likely what was seen, or was never seen, is in the present round.
    fn chance(&self, watch: &Watch, party: usize, place: usize, seen: &Observed) -> f64 {
        let made = |made: &[Move], holding: &Condition| {
            let rates = watch.moves(party, place);
            let reported = |m: &Move| (1.0 - self.slip) * rates[*m as usize] + self.slip / Move::ALL.len() as f64;
            made.iter().map(reported).sum::<f64>() * self.holds(watch, party, place, holding)
        };
        match seen {
            Observed::Made { made: one, holding, .. } => made(&[*one], holding),
            Observed::Never { made: several, holding } => made(several, holding),
            Observed::Escalates(_) => (1.0 - self.slip) * watch.escalates(party, place) + self.slip / 2.0,
        }
    }

    fn holds(&self, watch: &Watch, party: usize, place: usize, holding: &Condition) -> f64 {
        if holding.terms.is_empty() {
            return 1.0;
        }
        if watch.could_name(party, place, holding) { self.names } else { self.slip }
    }
}
