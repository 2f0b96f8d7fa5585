//! How likely an entry of a record is in a world, under each intent of the party of which it speaks.
//!
//! Every occasion is a draw of its own, given the intent and the world; what an entry shows of it falls into aspects:
//!
//! ```text
//! kind of move    a move, once at least in rounds r…s     1 − Π_t (1 − k_t)
//!                 never, in rounds r…s                    Π_t (1 − k_t)
//!                 k_t = Σ over the kinds named of r_m(t),   r_m(t) = (1 − slip) · rate share of m + slip / 6
//! what was named  given the kind, the mean of ( names, if it could name such a package, else slip ) weighted by r_m(t)
//! share conceded  the fit of what was seen, weighted in the same way
//! escalation      once at least, or never, with the chance a unit of time
//! ```
//!
//! Where the kind of a move is contested the entry is *one of these*: coarsened data (Heitjan and Rubin 1991). A move that
//! binds nobody may name anything: its package holds what was named with the chance `names`, its share lies anywhere
//! in [0, 1], whatever the party is after. Reports are wrong with the chance `slip`, so that no entry makes an
//! intent impossible. Sightings of the same aspect on one occasion are copies of one draw: of their logarithms the mean
//! counts. Source: assumption.

use std::ops::RangeInclusive;

use itertools::Itertools;

use crate::engine::Drawn;
use crate::engine::talks::{Desk, Table, Talks, Watch};
use crate::model::{Aspect, Condition, Move, Observed, Sighting, fit, normalised};
use crate::num;

use super::next::{Mesh, Outlook};
use super::said::{Copies, copies};
use super::{Change, Coding, Likelihoods};

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
    /// The entries in the order of time.
    pub record: Vec<Sighting>,
    /// The intents that each may have, `places[party]`: places among the intents.
    pub places: Vec<Vec<usize>>,
    /// All ways to read one entry otherwise.
    pub changes: Vec<Change>,
    /// What the entries show, copies together.
    pub copies: Vec<Copies>,
    /// `shows[entry in time]`: places among the copies.
    pub shows: Vec<Vec<usize>>,
    /// The least noise that any world may have, so that no density exceeds 1.
    least_noise: f64,
    /// The cells of a share that is seen.
    mesh: Mesh,
    /// `usual[entry in time]`: about how likely each aspect of the entry is, as a logarithm. All likelihoods count against it,
    /// so that no record, however long, is too unlikely for a number to hold.
    usual: Vec<Seen>,
}

/// Logarithms of the likelihoods of the aspects of an entry, in the order of [`Aspect::ALL`]; 0 for those it does not show.
pub type Seen = [f64; 4];

/// A world as the record has it.
#[derive(Debug)]
pub struct Looked {
    /// `prior[party][intent]`: drawing shares.
    pub prior: Vec<Vec<f64>>,
    /// `seen[entry in time][coding][intent]`: natural logarithms of the likelihoods under the intents of its party; first as
    /// written, then as each of its contested kinds.
    pub seen: Vec<Vec<Vec<Seen>>>,
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
        let of = of.collect_vec();
        let copies = copies(&record, &of);
        let last = record.iter().map(|entry| entry.rounds.1).max().unwrap_or(0);
        let beliefs = n.beliefs.as_ref().expect("talks bring beliefs");
        Self {
            changes: changes(&record),
            shows: (0..record.len())
                .map(|e| copies.iter().positions(|copy| copy.entries.contains(&e)).collect())
                .collect(),
            copies,
            of,
            next_round: u32::try_from(last + 1).unwrap_or(1).max(1),
            places: parties.iter().map(|p| talks.intents(*p).to_vec()).collect(),
            least_noise: n.range(beliefs.noise).0,
            mesh: Mesh::of(n.range(beliefs.noise)),
            usual: vec![Seen::default(); order.len()],
            record,
            parties,
            order,
        }
    }

    /// The same, with all likelihoods counted against those of one world.
    pub fn against(mut self, looked: &Looked) -> Self {
        let greatest = |seen: &Vec<Vec<Seen>>| {
            Aspect::ALL.map(|aspect| {
                let logs = seen[0].iter().map(|seen| seen[aspect as usize]);
                Some(logs.fold(f64::NEG_INFINITY, f64::max)).filter(|log| log.is_finite()).unwrap_or(0.0)
            })
        };
        self.usual = looked.seen.iter().map(greatest).collect();
        self
    }

    /// Looks at a world: by hand, with nobody doing anything but what the record says; or by play, the entries of the talks along a run
    /// in which the party has the intent for certain.
    pub fn look(&self, talks: &Talks, drawn: &Drawn, by: Likelihoods, desk: &mut Desk) -> Looked {
        let (n, world) = (talks.negotiation(), &drawn.world);
        let beliefs = n.beliefs.as_ref().expect("talks bring beliefs");
        let [noise, slip, names] = [beliefs.noise, beliefs.slip, beliefs.names].map(|id| world.value(id));
        let eye = Eye { noise, slip, names, least_noise: self.least_noise };
        let played = n.played.as_ref().map(|played| &played.chances[drawn.reading.unwrap_or(0)]);
        let weight = |k: &usize| played.and_then(|it| it[*k]).unwrap_or_else(|| world.value(n.intents[*k].prior));
        let prior = |intents: &Vec<usize>| normalised(&intents.iter().map(weight).collect_vec());
        let codings = |entry: &Sighting| 1 + entry.seen.contested().len();
        let each =
            |(e, entry): (usize, &Sighting)| vec![vec![Missed::NOTHING; self.places[self.of[e]].len()]; codings(entry)];
        let mut missed = self.record.iter().enumerate().map(each).collect_vec();
        let last = self.record.iter().map(|e| e.rounds.1).max().unwrap_or(0);
        let first = self.record.iter().map(|e| e.rounds.0).min().unwrap_or(1).clamp(0, 1);
        let still = if by == Likelihoods::ByPlay { first..=last.min(0) } else { first..=last };
        let outlook = talks.watch(drawn, desk, |watch| {
            self.see(watch, &eye, still, None, &mut missed);
            watch.turn_to(None);
            watch.go_to(i32::try_from(self.next_round).unwrap_or(i32::MAX));
            let outlook = |(party, intents): (&usize, &Vec<usize>)| {
                (0..intents.len()).map(|place| Outlook::of(watch, *party, place, self.mesh, eye.noise)).collect()
            };
            self.parties.iter().zip(&self.places).map(outlook).collect()
        });
        if by == Likelihoods::ByPlay && last > 0 {
            for (at, intents) in self.places.iter().enumerate() {
                for (place, intent) in intents.iter().enumerate() {
                    talks.follow(drawn, *intent, desk, |watch| {
                        self.see(watch, &eye, 1..=last, Some((at, place)), &mut missed);
                    });
                }
            }
        }
        Looked { prior: self.places.iter().map(prior).collect(), seen: self.seen(missed), outlook }
    }

    /// Round by round, what each entry shows under each coding and intent, or under one intent of one of the parties.
    fn see(
        &self,
        watch: &mut Watch,
        eye: &Eye,
        rounds: RangeInclusive<i32>,
        only: Option<(usize, usize)>,
        missed: &mut [Vec<Vec<Missed>>],
    ) {
        // Before the talks nothing changes from round to round: what holds once holds as often as there are rounds.
        let before = |entry: &Sighting| (entry.rounds.1.min(0) - entry.rounds.0 + 1).max(0);
        let step = watch.negotiation().pace().step();
        for round in rounds {
            watch.go_to(round);
            for (e, entry) in self.record.iter().enumerate() {
                let within = (entry.rounds.0..=entry.rounds.1).contains(&round);
                let times = if round <= 0 { before(entry) } else { i32::from(within) };
                if times == 0 || only.is_some_and(|(at, _)| self.of[e] != at) {
                    continue;
                }
                let (party, table) = (self.parties[self.of[e]], watch.turn_to(entry.on_paper));
                for (coding, missed) in missed[e].iter_mut().enumerate() {
                    let places = missed.iter_mut().enumerate();
                    for (place, missed) in places.filter(|(place, _)| only.is_none_or(|(_, own)| own == *place)) {
                        let glimpse = eye.glimpse(watch, (party, place), entry, coding, table);
                        missed.see(glimpse, f64::from(times), step, &entry.seen);
                    }
                }
            }
        }
    }

    /// What each entry shows under each coding and intent, against what is usual.
    fn seen(&self, missed: Vec<Vec<Vec<Missed>>>) -> Vec<Vec<Vec<Seen>>> {
        let entries = self.record.iter().zip(missed).zip(&self.usual);
        let of = |((entry, missed), usual): ((&Sighting, Vec<Vec<Missed>>), &Seen)| {
            let less = |missed: &Missed| {
                let seen = missed.logs(&entry.seen);
                Aspect::ALL.map(|aspect| seen[aspect as usize] - usual[aspect as usize])
            };
            missed.iter().map(|intents| intents.iter().map(less).collect_vec()).collect_vec()
        };
        entries.map(of).collect()
    }
}

/// All ways to read one entry otherwise: as a move of one of its contested kinds, or not at all.
fn changes(record: &[Sighting]) -> Vec<Change> {
    let of = |(entry, it): (usize, &Sighting)| {
        let kinds = (0..it.seen.contested().len()).map(Coding::Kind);
        kinds.chain([Coding::Dropped]).map(move |coding| Change { entry, coding }).collect_vec()
    };
    record.iter().enumerate().flat_map(of).collect()
}

/// What one round shows, if the entry is read in one way: chances.
#[derive(Debug, Clone, Copy)]
struct Glimpse {
    /// Of a move of these kinds, or of an escalation.
    kind: f64,
    /// Of a move of these kinds that names what was named.
    named: f64,
    /// How well the share that was seen fits, given both: a logarithm.
    fit: f64,
}

/// What no round has shown yet: products over rounds.
#[derive(Debug, Clone, Copy)]
struct Missed {
    kind: f64,
    named: f64,
    /// The fit of the share in the round of the entry, a logarithm.
    fit: f64,
}

impl Missed {
    const NOTHING: Self = Self { kind: 1.0, named: 1.0, fit: 0.0 };

    /// A unit of time as many times over.
    fn see(&mut self, glimpse: Glimpse, times: f64, step: f64, seen: &Observed) {
        // A move is made with chance Δ in each of the 1/Δ rounds of a unit; an escalation has its chance a unit.
        let step = if matches!(seen, Observed::Escalates(_)) { 1.0 } else { step };
        let never = |p: f64| num::pow(1.0 - step * p, times / step);
        self.kind *= never(glimpse.kind);
        self.named *= never(glimpse.named);
        self.fit = glimpse.fit;
    }

    fn logs(&self, seen: &Observed) -> Seen {
        let never = matches!(seen, Observed::Never { .. } | Observed::Escalates(false));
        let log = |missed: f64| num::ln(if never { missed } else { 1.0 - missed });
        Aspect::ALL.map(|aspect| match aspect {
            _ if !seen.shows(aspect) => 0.0,
            Aspect::Kind | Aspect::Escalation => log(self.kind),
            // What is denied of a package is denied of move and package together.
            Aspect::Named if never => log(self.named),
            Aspect::Named => log(self.named) - log(self.kind),
            Aspect::Share => self.fit,
        })
    }
}

/// How well a world lets observers see.
struct Eye {
    noise: f64,
    slip: f64,
    names: f64,
    least_noise: f64,
}

impl Eye {
    /// What the present round shows of a party with an intent, if an entry is read in one way.
    fn glimpse(
        &self,
        watch: &mut Watch,
        (party, place): (usize, usize),
        entry: &Sighting,
        coding: usize,
        table: Table,
    ) -> Glimpse {
        let (made, holding, share) = match &entry.seen {
            Observed::Escalates(_) => {
                let kind = (1.0 - self.slip) * watch.escalates(party, place) + self.slip / 2.0;
                return Glimpse { kind, named: kind, fit: 0.0 };
            }
            Observed::Made { made, holding, share } => (made, holding, *share),
            Observed::Never { made, holding } => (made, holding, None),
        };
        let rates = watch.moves(party, place);
        let named = self.named(watch, (party, place), holding, table);
        let kinds = coding.checked_sub(1).map_or(&made[..], |kind| &made[kind..=kind]);
        let rate = |kind: &&Move| (1.0 - self.slip) * rates[**kind as usize] + self.slip / Move::ALL.len() as f64;
        let sum =
            |binds: bool| kinds.iter().filter(|kind| kind.names_terms() == binds).map(|kind| rate(&kind)).sum::<f64>();
        let (offers, others) = (sum(true), sum(false));
        let freely = if holding.terms.is_empty() { 1.0 } else { self.names };
        let weights = [offers * named, others * freely];
        let fits = |share: f64| self.fits(share, watch.conceded(party, place), weights);
        Glimpse { kind: offers + others, named: weights[0] + weights[1], fit: share.map_or(0.0, fits) }
    }

    /// How likely an offer holds what was named.
    fn named(&self, watch: &mut Watch, (party, place): (usize, usize), holding: &Condition, table: Table) -> f64 {
        if holding.terms.is_empty() {
            return 1.0;
        }
        let could = match table {
            Table::Packages => watch.could_name(party, place, holding),
            Table::Papers => watch.could_put(party, place, holding),
            Table::Elsewhere => false,
        };
        if could { self.names } else { self.slip }
    }

    /// How well a share that is seen fits one that is prescribed if it was an offer, and anything in [0, 1] if it was not, each
    /// with its weight; the logarithm of a density against the greatest that any world may give.
    fn fits(&self, seen: f64, prescribed: f64, [offer, other]: [f64; 2]) -> f64 {
        let as_offer = fit(seen, prescribed, self.noise) + num::ln(self.least_noise / self.noise);
        if other <= 0.0 {
            return as_offer;
        }
        let anywhere = num::ln(self.least_noise * std::f64::consts::TAU.sqrt());
        let greatest = as_offer.max(anywhere);
        let mixed = offer * num::exp(as_offer - greatest) + other * num::exp(anywhere - greatest);
        greatest + num::ln(mixed / (offer + other))
    }
}
