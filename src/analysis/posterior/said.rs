//! What is read of a record: occasions, copies, and the likelihood of all that is read.

use std::collections::BTreeMap;

use super::Coding;
use super::likelihood::{Inquiry, Looked};
use crate::model::{Aspect, Sighting};
use crate::num;

/// An aspect of what a party did on an occasion: sightings of it are copies of one draw.
#[derive(Debug)]
pub struct Copies {
    /// Which of the parties of the record.
    of: usize,
    aspect: Aspect,
    /// The entries in time that show it.
    pub entries: Vec<usize>,
}

impl Copies {
    /// Of what entries show of an aspect of one occasion, the mean over those that are read at all, under an intent of their party: a
    /// logarithm, 0 if none is.
    fn mean(&self, looked: &Looked, intent: usize, read: impl Fn(usize) -> Coding) -> f64 {
        let log = |e: &usize| {
            let coding = match read(*e) {
                Coding::Written => 0,
                Coding::Kind(kind) => 1 + kind,
                Coding::Dropped => return None,
            };
            Some(looked.seen[*e][coding][intent][self.aspect as usize])
        };
        let (sum, count) =
            self.entries.iter().filter_map(log).fold((0.0, 0.0), |(sum, count), log| (sum + log, count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

/// For each aspect of what a party did on an occasion, the entries that show it.
pub fn copies(record: &[Sighting], of: &[usize]) -> Vec<Copies> {
    let mut all: Vec<Copies> = Vec::new();
    let mut known: BTreeMap<(usize, Aspect, &str), usize> = BTreeMap::new();
    for (e, entry) in record.iter().enumerate() {
        for aspect in Aspect::ALL.into_iter().filter(|aspect| entry.seen.shows(*aspect)) {
            let place = all.len();
            let place = match &entry.occasion {
                Some(occasion) => *known.entry((of[e], aspect, occasion)).or_insert(place),
                None => place,
            };
            if place == all.len() {
                all.push(Copies { of: of[e], aspect, entries: Vec::new() });
            }
            all[place].entries.push(e);
        }
    }
    all
}

/// How likely what is read of the record is in a world, `log[party][intent]`.
#[derive(Debug, Clone)]
pub struct Said {
    log: Vec<Vec<Log>>,
}

/// The logarithm of a likelihood: that of its factors above 0, and how many are 0.
#[derive(Debug, Clone, Copy, Default)]
struct Log {
    finite: f64,
    zeros: i32,
}

impl Log {
    fn add(&mut self, log: f64, times: i32) {
        if log.is_finite() {
            self.finite += log * f64::from(times);
        } else {
            self.zeros += times;
        }
    }

    fn likelihood(self) -> f64 {
        if self.zeros > 0 { 0.0 } else { num::exp(self.finite) }
    }
}

impl Said {
    /// Nothing is read yet.
    pub fn nothing(inquiry: &Inquiry) -> Self {
        Self { log: inquiry.places.iter().map(|intents| vec![Log::default(); intents.len()]).collect() }
    }

    /// One entry is read in another way than before: `before` and `after` say how each is read.
    pub fn turns(
        &mut self,
        (inquiry, looked): (&Inquiry, &Looked),
        entry: usize,
        before: impl Fn(usize) -> Coding,
        after: impl Fn(usize) -> Coding,
    ) {
        for copies in inquiry.shows[entry].iter().map(|place| &inquiry.copies[*place]) {
            for (k, log) in self.log[copies.of].iter_mut().enumerate() {
                log.add(copies.mean(looked, k, &before), -1);
                log.add(copies.mean(looked, k, &after), 1);
            }
        }
    }

    /// `likelihood[party][intent]` of what is read of each party.
    pub fn likelihood(&self) -> Vec<Vec<f64>> {
        self.log.iter().map(|intents| intents.iter().map(|log| log.likelihood()).collect()).collect()
    }
}
