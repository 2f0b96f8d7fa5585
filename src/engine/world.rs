//! Worlds: one draw of everything uncertain.

use super::stream::Streams;
use crate::model::{InputId, InputKind, Law, Negotiation, QuantileTables, Sampler, World};
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
    #[must_use]
    pub fn of(n: &Negotiation) -> Self {
        Self { reading: None, variants: n.default_variants() }
    }

    /// Whether nothing varies: one reading at most can be drawn, every number is fixed, and every chance is 0 or 1. All
    /// worlds are then alike, and what one says of packages is exact.
    #[must_use]
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
    followers: Vec<Vec<usize>>,
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
        Self::holding(n, accounts, seed, &[])
    }

    /// The same, where some numbers will be [held](Self::pinned): a chance among them is drawn even where it is certain.
    #[must_use]
    pub fn holding(n: &'a Negotiation, accounts: Accounts, seed: u64, held: &[InputId]) -> Self {
        let count = n.readings.len().max(1);
        let laws = |r: usize| n.laws((!n.readings.is_empty()).then_some(r), &accounts.variants);
        let mut tables = QuantileTables::default();
        let how: Vec<Vec<How>> = (0..count).map(|r| how_all(n, &laws(r), &mut tables)).collect();
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
        let mut followers = vec![Vec::new(); n.inputs.len()];
        for (i, how) in how.iter().flat_map(|how| how.iter().enumerate()) {
            if let How::Shared { unknown, .. } = how
                && !followers[unknown.0].contains(&i)
            {
                followers[unknown.0].push(i);
            }
        }
        let order = shares(n);
        Self { n, streams: Streams::new(seed, "inputs"), accounts, order, how, paths, first, followers }
    }

    /// One world, the same alone as in any block.
    #[must_use]
    pub fn run(&self, run: u64) -> Drawn {
        self.block(run, 1).swap_remove(0)
    }

    /// The worlds of `count` runs from `first` on.
    #[must_use]
    pub fn block(&self, first: u64, count: usize) -> Vec<Drawn> {
        self.worlds(&self.uniforms(first, count))
    }

    /// The worlds of the runs from `first` up to `end`, or of those of one parity among them.
    #[must_use]
    pub fn some(&self, first: u64, end: u64, parity: Option<u64>) -> Vec<Drawn> {
        let count = end.saturating_sub(first) as usize;
        let uniforms = self.uniforms(first, count);
        let wanted = |i: &usize| parity.is_none_or(|parity| (first + *i as u64) % 2 == parity);
        let worlds: Vec<Drawn> = (0..count).filter(wanted).map(|i| self.world(&uniforms, i)).collect();
        effort::drawn(worlds.len() as u64);
        worlds
    }

    /// The names of the dimensions, in the order of [`Uniforms`]: `reading` if one is drawn, the path of an input, and that
    /// path with `/happens` for whether an uncertain chance happens.
    #[must_use]
    pub fn dimensions(&self) -> &[String] {
        &self.paths
    }

    /// The uniforms of `count` runs from `first` on, each dimension from its own stream.
    #[must_use]
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
    #[must_use]
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
    #[must_use]
    pub fn pinned(&self, drawn: &Drawn, uniforms: &Uniforms, i: usize, pins: &[Pin]) -> Drawn {
        let mut pinned = drawn.clone();
        let values = &mut pinned.world.values;
        let at = |input: usize, second: usize| {
            self.first[input].map_or(0.0, |place| uniforms.values[(place + second) * uniforms.count + i])
        };
        let how = &self.how[drawn.reading.unwrap_or(0)];
        for pin in pins {
            let input = pin.input.0;
            values[input] = match &how[input] {
                How::Value(_) | How::Shared { chance: false, .. } => pin.value,
                How::Chance(_) | How::Shared { chance: true, .. } => happens(at(input, 0), pin.value),
            };
            for follower in &self.followers[input] {
                let How::Shared { unknown, times, plus, chance } = &how[*follower] else { continue };
                // A number that is held itself follows nothing.
                if unknown.0 == input && pins.iter().all(|p| p.input.0 != *follower) {
                    let value = times * pin.value + plus;
                    values[*follower] = if *chance { happens(at(*follower, 1), value) } else { value };
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
        let at = |i: usize| self.first[i].map_or(0.0, &uniform);
        let own = |i: usize| match &how[i] {
            How::Value(sampler) | How::Chance(sampler) => sampler.at(at(i)),
            How::Shared { .. } => f64::NAN,
        };
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

/// 1 if a chance happens, 0 if not.
fn happens(u: f64, p: f64) -> f64 {
    f64::from(u8::from(u < p))
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

fn how_all(n: &Negotiation, laws: &[Law], tables: &mut QuantileTables) -> Vec<How> {
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
