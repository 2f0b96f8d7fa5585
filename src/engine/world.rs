//! Worlds: one draw of everything uncertain.

use std::collections::BTreeSet;
use std::ops::Range;

use itertools::Itertools;

use super::stream::Streams;
use crate::model::{InputId, InputKind, Law, Negotiation, QuantileTables, Reading, Sampler, World};
use crate::num::Ordered;
use crate::space::effort;

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
    pub fn of(n: &Negotiation) -> Self {
        Self { reading: None, variants: n.default_variants() }
    }

    /// The world in which every number is at its likeliest.
    pub fn modal(&self, n: &Negotiation) -> World {
        n.modal_world(&n.laws(self.reading, &self.variants))
    }

    /// Whether nothing varies: one reading at most can be drawn, every number is fixed, and every chance is 0 or 1. All
    /// worlds are then alike, and what one says of packages is exact.
    pub fn all_alike(&self, n: &Negotiation) -> bool {
        if self.reading.is_none() && n.readings.len() > 1 {
            return false;
        }
        let reading = self.reading.or((!n.readings.is_empty()).then_some(0));
        let laws = n.laws(reading, &self.variants);
        n.inputs.iter().zip(&laws).all(|((_, input), law)| {
            let at = fixed_at(law, &laws);
            at.is_some_and(|at| input.kind != InputKind::Chance || at <= 0.0 || at >= 1.0)
        })
    }
}

/// The value of a number that does not vary.
fn fixed_at(law: &Law, laws: &[Law]) -> Option<f64> {
    match law {
        Law::Own(quantity) => quantity.is_fixed().then(|| quantity.modal()),
        Law::Shared { unknown, times, plus } => fixed_at(&laws[unknown.0], laws).map(|at| times * at + plus),
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

/// One number held at a value, whatever the file, its readings and its variants make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pin {
    /// Which.
    pub input: InputId,
    /// Its value; for a chance the probability that it happens.
    pub value: f64,
}

/// What a block of worlds is drawn by: one uniform in [0, 1) for each dimension and world.
///
/// The dimensions are the reading, where one is drawn, and one for every uncertain input, two for an uncertain chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Uniforms {
    /// Number of the first world.
    pub first: u64,
    /// Worlds.
    pub count: usize,
    /// `values[dimension · count + world]`.
    pub values: Vec<f64>,
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
    /// The dimensions, each by the name of its stream: the reading, where one is drawn, then every input's first and
    /// second uniform.
    paths: Vec<String>,
    /// `first[input]`: place of its uniform in `paths`; the second of an uncertain chance follows it.
    first: Vec<Option<usize>>,
    /// `followers[input]`: the inputs that follow it in some reading.
    followers: Vec<BTreeSet<usize>>,
}

/// How an input comes by its value.
#[derive(Debug, Clone)]
struct How {
    from: Source,
    /// Whether it happens with that probability, which may itself be drawn.
    chance: bool,
}

/// Where the number of an input comes from.
#[derive(Debug, Clone)]
enum Source {
    Own(Sampler),
    Shared { unknown: InputId, times: f64, plus: f64 },
}

impl<'a> Draws<'a> {
    /// Draws under a seed from the accounts chosen.
    pub fn new(n: &'a Negotiation, accounts: Accounts, seed: u64) -> Self {
        Self::holding(n, accounts, seed, &[])
    }

    /// The same, where some numbers will be [held](Self::pinned): a chance among them is drawn even where it is certain.
    pub fn holding(n: &'a Negotiation, accounts: Accounts, seed: u64, held: &[InputId]) -> Self {
        Self::sharing(n, accounts, seed, held, &mut QuantileTables::default())
    }

    /// The same with tables of quantiles that were made before, and with those that it makes.
    pub fn sharing(
        n: &'a Negotiation,
        accounts: Accounts,
        seed: u64,
        held: &[InputId],
        tables: &mut QuantileTables,
    ) -> Self {
        let count = n.readings.len().max(1);
        let laws = |r: usize| n.laws((!n.readings.is_empty()).then_some(r), &accounts.variants);
        let how: Vec<Vec<How>> = (0..count).map(|r| how_all(n, &laws(r), tables)).collect();
        let draws_reading = accounts.reading.is_none() && n.readings.len() > 1;
        let mut paths: Vec<String> = draws_reading.then(|| READING.to_owned()).into_iter().collect();
        let first = n.inputs.iter().map(|(id, input)| {
            let chance = input.kind == InputKind::Chance;
            let random = (chance && held.contains(&id)) || how.iter().any(|how| how[id.0].is_random());
            random.then(|| {
                let place = paths.len();
                paths.push(input.path.clone());
                if chance {
                    paths.push(format!("{}/happens", input.path));
                }
                place
            })
        });
        let first = first.collect();
        let mut followers = vec![BTreeSet::new(); n.inputs.len()];
        for (i, how) in how.iter().flat_map(|how| how.iter().enumerate()) {
            if let Source::Shared { unknown, .. } = how.from {
                followers[unknown.0].insert(i);
            }
        }
        Self { n, streams: Streams::new(seed, "inputs"), accounts, order: shares(n), how, paths, first, followers }
    }

    /// One world, the same alone as in any block.
    pub fn run(&self, run: u64) -> Drawn {
        self.block(run, 1).swap_remove(0)
    }

    /// The worlds of `count` runs from `first` on.
    pub fn block(&self, first: u64, count: usize) -> Vec<Drawn> {
        self.runs(first..first + count as u64, None)
    }

    /// The worlds of some runs, or of those of one parity among them.
    pub fn runs(&self, runs: Range<u64>, parity: Option<u64>) -> Vec<Drawn> {
        let count = runs.end.saturating_sub(runs.start) as usize;
        let uniforms = self.uniforms(runs.start, count);
        let wanted = |i: &usize| parity.is_none_or(|parity| (runs.start + *i as u64) % 2 == parity);
        let worlds: Vec<Drawn> = (0..count).filter(wanted).map(|i| self.world(&uniforms, i)).collect();
        effort::drawn(worlds.len() as u64);
        worlds
    }

    /// The names of the dimensions, in the order of [`Uniforms`]: `reading` if one is drawn, the path of an input, and that
    /// path with `/happens` for whether an uncertain chance happens.
    pub fn dimensions(&self) -> &[String] {
        &self.paths
    }

    /// The uniforms of `count` runs from `first` on, each dimension from its own stream.
    pub fn uniforms(&self, first: u64, count: usize) -> Uniforms {
        let mut values = vec![0.0; count * self.paths.len()];
        for (path, row) in self.paths.iter().zip(values.chunks_exact_mut(count.max(1))) {
            self.streams.uniforms(path, first, row);
        }
        Uniforms { first, count, values }
    }

    /// The worlds that uniforms draw.
    ///
    /// # Panics
    /// If there are not as many uniforms as dimensions times worlds.
    pub fn worlds(&self, uniforms: &Uniforms) -> Vec<Drawn> {
        assert_eq!(uniforms.values.len(), uniforms.count * self.paths.len(), "one uniform a dimension and world");
        effort::drawn(uniforms.count as u64);
        (0..uniforms.count).map(|i| self.world(uniforms, i)).collect()
    }

    fn world(&self, uniforms: &Uniforms, i: usize) -> Drawn {
        let at = |place: usize| uniforms.values[place * uniforms.count + i];
        let drawn = self.paths.first().is_some_and(|path| path == READING);
        let account = self.accounts.reading.unwrap_or_else(|| self.reading_at(if drawn { at(0) } else { 0.0 }));
        let values = self.values(&self.how[account], at);
        let reading = (!self.n.readings.is_empty()).then_some(account);
        Drawn { run: uniforms.first + i as u64, reading, world: World { values } }
    }

    /// The same world with some numbers held at values: that which the scenario draws with these numbers
    /// [set](crate::scenario::Scenario::set), on the same luck. `i` is its place among the uniforms that drew it. Chances
    /// must have been named to [`holding`](Self::holding).
    pub fn pinned(&self, drawn: &Drawn, uniforms: &Uniforms, i: usize, pins: &[Pin]) -> Drawn {
        let mut pinned = drawn.clone();
        let values = &mut pinned.world.values;
        let at = |input: usize, second: usize| {
            self.first[input].map_or(0.0, |place| uniforms.values[(place + second) * uniforms.count + i])
        };
        let how = &self.how[drawn.reading.unwrap_or(0)];
        for pin in pins {
            let input = pin.input.0;
            values[input] = how[input].value(pin.value, || at(input, 0));
            for follower in &self.followers[input] {
                let Source::Shared { unknown, times, plus } = how[*follower].from else { continue };
                // A number that is held itself follows nothing.
                if unknown.0 == input && pins.iter().all(|p| p.input.0 != *follower) {
                    values[*follower] = how[*follower].value(times * pin.value + plus, || at(*follower, 1));
                }
            }
        }
        pinned
    }

    fn reading_at(&self, u: f64) -> usize {
        let found = self.order.iter().find(|(_, up_to)| u < *up_to).or(self.order.last());
        found.map_or(0, |(reading, _)| *reading)
    }

    fn values(&self, how: &[How], uniform: impl Fn(usize) -> f64) -> Vec<f64> {
        let at = |i: usize, second: usize| self.first[i].map_or(0.0, |place| uniform(place + second));
        let own = |i: usize| match &how[i].from {
            Source::Own(sampler) => sampler.at(at(i, 0)),
            Source::Shared { .. } => f64::NAN,
        };
        let value = |(i, how): (usize, &How)| match how.from {
            Source::Own(Sampler::Fixed(value)) => how.value(value, || at(i, 0)),
            Source::Own(_) => how.value(own(i), || at(i, 1)),
            Source::Shared { unknown, times, plus } => how.value(times * own(unknown.0) + plus, || at(i, 1)),
        };
        how.iter().enumerate().map(value).collect()
    }
}

impl How {
    /// Its value where its number is `x`: of a chance 1 if it happens by the luck of a uniform, 0 if not.
    fn value(&self, x: f64, luck: impl Fn() -> f64) -> f64 {
        if self.chance { f64::from(u8::from(luck() < x)) } else { x }
    }

    fn is_random(&self) -> bool {
        match self.from {
            Source::Own(Sampler::Fixed(p)) => self.chance && p > 0.0 && p < 1.0,
            Source::Own(_) => true,
            Source::Shared { .. } => self.chance,
        }
    }
}

fn how_all(n: &Negotiation, laws: &[Law], tables: &mut QuantileTables) -> Vec<How> {
    let mut from = |law: &Law| match law {
        Law::Own(quantity) => Source::Own(quantity.sampler(tables)),
        Law::Shared { unknown, times, plus } => Source::Shared { unknown: *unknown, times: *times, plus: *plus },
    };
    let how = n.inputs.iter().zip(laws);
    how.map(|((_, input), law)| How { from: from(law), chance: input.kind == InputKind::Chance }).collect()
}

/// Readings in the order of their identifiers, each with the share of worlds up to and including it.
fn shares(n: &Negotiation) -> Vec<(usize, f64)> {
    let order = n.readings.iter().enumerate().ordered_by_key(|(_, reading)| &reading.id).collect_vec();
    let total: f64 = order.iter().map(|(_, reading)| reading.prior).sum();
    let mut sum = 0.0;
    let up_to = |(place, reading): (usize, &Reading)| {
        sum += reading.prior;
        (place, sum / total)
    };
    order.into_iter().map(up_to).collect()
}
