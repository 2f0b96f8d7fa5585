//! Worlds: one draw of everything uncertain.

use super::stream::Streams;
use crate::model::{InputId, InputKind, Law, Negotiation, Sampler, Tables, World};

/// The name of the stream from which the reading of a world is drawn.
const READING: &str = "reading";

/// Which accounts of the negotiation worlds are drawn from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accounts {
    /// One reading for all worlds; `None`: one is drawn for each world, by prior.
    pub reading: Option<usize>,
    /// `variants[variant]`: whether it is on.
    pub variants: Vec<bool>,
}

impl Accounts {
    /// All readings by prior, variants as the file switches them.
    #[must_use]
    pub fn of(n: &Negotiation) -> Self {
        Self { reading: None, variants: n.default_variants() }
    }
}

/// One world with the reading that it was drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its number.
    pub run: u64,
    /// The reading, if the scenario has any.
    pub reading: Option<usize>,
    /// Its inputs.
    pub world: World,
}

/// Draws worlds of a negotiation under a seed.
#[derive(Debug)]
pub struct Draws<'a> {
    n: &'a Negotiation,
    streams: Streams,
    accounts: Accounts,
    /// Readings by identifier, so that their order in the file plays no part, with the share up to and including each.
    order: Vec<(usize, f64)>,
    /// `how[account][input]`, one account a reading.
    how: Vec<Vec<How>>,
    /// Uniforms needed: `(path, input)`, the input's first and second in this order.
    paths: Vec<String>,
    /// `first[input]`: place of its uniform in `paths`; the second of an uncertain chance follows it.
    first: Vec<Option<usize>>,
}

/// How an input comes by its value.
#[derive(Debug, Clone)]
enum How {
    Value(Sampler),
    /// Happens with a probability that is itself drawn, unless it is certain.
    Chance(Sampler),
    Shared {
        unknown: InputId,
        times: f64,
        plus: f64,
        chance: bool,
    },
}

impl<'a> Draws<'a> {
    /// Draws under a seed from the accounts chosen.
    #[must_use]
    pub fn new(n: &'a Negotiation, accounts: Accounts, seed: u64) -> Self {
        let count = n.readings.len().max(1);
        let laws = |r: usize| n.laws((!n.readings.is_empty()).then_some(r), &accounts.variants);
        let mut tables = Tables::default();
        let how: Vec<Vec<How>> = (0..count).map(|r| how_all(n, &laws(r), &mut tables)).collect();
        let mut paths = Vec::new();
        let first = n.inputs.iter().map(|(id, input)| {
            let random = how.iter().any(|how| how[id.0].is_random());
            random.then(|| {
                paths.push(input.path.clone());
                if input.kind == InputKind::Chance {
                    paths.push(format!("{}/happens", input.path));
                }
                paths.len() - if input.kind == InputKind::Chance { 2 } else { 1 }
            })
        });
        let first = first.collect();
        let order = shares(n);
        Self { n, streams: Streams::new(seed, "inputs"), accounts, order, how, paths, first }
    }

    /// One world, the same alone as in any block.
    #[must_use]
    pub fn run(&self, run: u64) -> Drawn {
        self.block(run, 1).swap_remove(0)
    }

    /// The worlds of `count` runs from `first` on.
    #[must_use]
    pub fn block(&self, first: u64, count: usize) -> Vec<Drawn> {
        let mut uniforms = vec![0.0; count * self.paths.len()];
        for (path, row) in self.paths.iter().zip(uniforms.chunks_exact_mut(count)) {
            self.streams.uniforms(path, first, row);
        }
        let mut reading = vec![0.0; count];
        if self.accounts.reading.is_none() && self.n.readings.len() > 1 {
            self.streams.uniforms(READING, first, &mut reading);
        }
        let world = |i: usize| {
            let account = self.accounts.reading.unwrap_or_else(|| self.reading_at(reading[i]));
            let values = self.values(&self.how[account], |place| uniforms[place * count + i]);
            let reading = (!self.n.readings.is_empty()).then_some(account);
            Drawn { run: first + i as u64, reading, world: World { values } }
        };
        (0..count).map(world).collect()
    }

    fn reading_at(&self, u: f64) -> usize {
        let found = self.order.iter().find(|(_, up_to)| u < *up_to).or(self.order.last());
        found.map_or(0, |(reading, _)| *reading)
    }

    fn values(&self, how: &[How], uniform: impl Fn(usize) -> f64) -> Vec<f64> {
        let at = |i: usize| self.first[i].map_or(0.0, &uniform);
        let own = |i: usize| match &how[i] {
            How::Value(sampler) | How::Chance(sampler) => sampler.at(at(i)),
            How::Shared { .. } => f64::NAN,
        };
        let happens = |u: f64, p: f64| f64::from(u8::from(u < p));
        let second = |i: usize| self.first[i].map_or(0.0, |place| uniform(place + 1));
        let value = |(i, how): (usize, &How)| match how {
            How::Value(_) => own(i),
            How::Chance(Sampler::Fixed(p)) => happens(at(i), *p),
            How::Chance(_) => happens(second(i), own(i)),
            How::Shared { unknown, times, plus, chance } => {
                let value = times * own(unknown.0) + plus;
                if *chance { happens(second(i), value) } else { value }
            }
        };
        how.iter().enumerate().map(value).collect()
    }
}

impl How {
    fn is_random(&self) -> bool {
        match self {
            Self::Value(Sampler::Fixed(_)) | Self::Shared { chance: false, .. } => false,
            Self::Chance(Sampler::Fixed(p)) => *p > 0.0 && *p < 1.0,
            _ => true,
        }
    }
}

fn how_all(n: &Negotiation, laws: &[Law], tables: &mut Tables) -> Vec<How> {
    let mut how = |((_, input), law): ((InputId, &crate::model::Input), &Law)| match (law, input.kind) {
        (Law::Own(quantity), InputKind::Value) => How::Value(quantity.sampler(tables)),
        (Law::Own(quantity), InputKind::Chance) => How::Chance(quantity.sampler(tables)),
        (Law::Shared { unknown, times, plus }, kind) => {
            How::Shared { unknown: *unknown, times: *times, plus: *plus, chance: kind == InputKind::Chance }
        }
    };
    n.inputs.iter().zip(laws).map(&mut how).collect()
}

/// Readings in the order of their identifiers, each with the share of worlds up to and including it.
fn shares(n: &Negotiation) -> Vec<(usize, f64)> {
    let mut order: Vec<usize> = (0..n.readings.len()).collect();
    order.sort_by(|a, b| n.readings[*a].id.cmp(&n.readings[*b].id));
    let total: f64 = order.iter().map(|r| n.readings[*r].prior).sum();
    let mut sum = 0.0;
    let up_to = |r: &usize| {
        sum += n.readings[*r].prior;
        (*r, sum / total)
    };
    order.iter().map(up_to).collect()
}
