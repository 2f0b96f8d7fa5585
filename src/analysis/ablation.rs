//! Ablations: what the talks come to with one part of the model left out at a time, on the same luck.

use std::ops::Range;

use super::flips::may_be_luck;
use super::reached::{Counts, endings, reached_of};
use super::{Endings, Settings, leading};
use crate::engine::talks::{Desk, Ending, Mechanism};
use crate::engine::{Arm, CannotRun, Drawing, Look, OfWorld, Tally, Wants, tally};
use crate::model::Negotiation;
use crate::num::Share;
use crate::space::Compiled;

/// A part of the model that can be left out, all draws unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Nothing can be said at home.
    Claims,
    /// No term is worth more or less for its company.
    Modifiers,
    /// A mechanism of the talks.
    Talks(Mechanism),
}

impl Part {
    /// All parts: those of the model, then those of the talks in the order in which a round meets them.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [Self::Claims, Self::Modifiers].into_iter().chain(Mechanism::ALL.into_iter().map(Self::Talks)).collect()
    }

    /// What it is called on the command line, in kebab-case.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Claims => "claims".into(),
            Self::Modifiers => "modifiers".into(),
            Self::Talks(mechanism) => {
                let word = serde_json::to_value(mechanism).expect("a mechanism is written as its name");
                word.as_str().expect("its name is text").to_owned()
            }
        }
    }

    /// The part with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::all().into_iter().find(|part| part.word() == word)
    }

    /// Leaves the part out of a model; a mechanism of the talks is left out of the settings instead.
    pub fn leave_out(self, n: &mut Negotiation) {
        match self {
            Self::Claims => n.claims.clear(),
            Self::Modifiers => n.modifiers.clear(),
            Self::Talks(_) => {}
        }
    }

    /// The mechanism of the talks that it is, if it is one.
    #[must_use]
    pub fn mechanism(self) -> Option<Mechanism> {
        if let Self::Talks(mechanism) = self { Some(mechanism) } else { None }
    }
}

/// What runs come to with and without something, run by run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// With the part left out.
    pub share: Share,
    /// Runs in which it holds only with the part left out.
    pub gained: u64,
    /// Runs in which it holds only with the part in place.
    pub lost: u64,
    /// Share without less share with.
    pub difference: f64,
    /// Standard error of the difference over pairs.
    pub error: f64,
}

impl Contrast {
    /// The difference of two shares of the same runs, and its standard error,
    ///
    /// ```text
    /// d = (g − l) / n,   √( (g + l − (g − l)²/n) / (n (n − 1)) )
    /// ```
    ///
    /// `with` of `runs` hold with the part in place; g are gained and l lost without it. 0 below two runs.
    /// Source: `McNemar` (1947) for pairs.
    #[must_use]
    pub fn of(with: u64, gained: u64, lost: u64, runs: u64) -> Self {
        let (n, g, l) = (runs as f64, gained as f64, lost as f64);
        let share = Share::of(with + gained - lost, runs);
        if runs < 2 {
            let difference = if runs == 0 { 0.0 } else { g - l };
            return Self { share, gained, lost, difference, error: 0.0 };
        }
        let spread = (g + l - (g - l) * (g - l) / n).max(0.0);
        Self { share, gained, lost, difference: (g - l) / n, error: (spread / (n * (n - 1.0))).sqrt() }
    }

    /// Whether it can be told from luck: more than two standard errors and, of fewer than 25 pairs that differ, by the exact
    /// test of pairs.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        let few = may_be_luck(self.gained + self.lost, self.gained.min(self.lost));
        !few && self.difference.abs() > 2.0 * self.error
    }
}

/// What the talks come to without one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// What is left out.
    pub part: Part,
    /// Runs that differ in anything that is recorded of them, beliefs and survival too, or in whether one exists.
    pub differing: u64,
    /// One exists.
    pub exists: Contrast,
    /// It is reached.
    pub reached: Contrast,
    /// Every ending.
    pub endings: Vec<(Ending, Contrast)>,
}

/// Every part left out in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablations {
    /// Runs kept.
    pub runs: u64,
    /// With everything in place: one exists.
    pub exists: Share,
    /// With everything in place: it is reached.
    pub reached: Share,
    /// With everything in place: how the runs ended.
    pub endings: Endings,
    /// One for each part asked about, in their order.
    pub without: Vec<Ablation>,
}

/// Plays every run as it is and once more without each of `parts`, in the same world and on the same luck.
///
/// What `settings` switch off is off in all of them.
///
/// # Errors
/// As [`reached`](super::reached()).
pub fn ablations(
    n: &Negotiation,
    settings: &Settings,
    parts: &[Part],
    done: impl Fn(u64) + Sync,
) -> Result<Ablations, CannotRun> {
    // Only claims and modifiers change the deal space; the draws are those of the whole model throughout.
    let models: Vec<Option<Negotiation>> = parts.iter().map(|part| changed(n, *part)).collect();
    let variants = &settings.drawing.accounts.variants;
    let whole = Compiled::of(n, variants)?;
    let compiled: Vec<Option<Compiled>> = models
        .iter()
        .map(|model| model.as_ref().map(|m| Compiled::of(m, variants)).transpose())
        .collect::<Result<_, _>>()?;
    let base = Arm::of_talks(&whole, &settings.drawing)?;
    let pairs = parts.iter().zip(&compiled);
    let arms =
        pairs.map(|(part, own)| Arm::of(own.as_ref().unwrap_or(&whole), &without(&settings.drawing, part.mechanism())));
    let arms: Vec<Arm> = arms.collect();
    let draws = settings.drawing.draws(n);
    let work = |seen: &mut Seen, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            let look = base.look(&drawn, WANTED, &mut seen.desk);
            if settings.agreeing && !leading::agrees(&base.posed(&drawn.world, seen.desk.tables())) {
                continue;
            }
            seen.base.count(&look);
            for (arm, pair) in arms.iter().zip(&mut seen.pairs) {
                let other = arm.look(&drawn, WANTED, &mut pair.desk);
                pair.compare(&look, &other);
            }
        }
    };
    let seen = tally(settings.runs, settings.drawing.threads, || Seen::new(parts.len()), work, done)?;
    Ok(seen.summary(parts))
}

/// The model without a part, if leaving it out changes the model.
fn changed(n: &Negotiation, part: Part) -> Option<Negotiation> {
    part.mechanism().is_none().then(|| {
        let mut model = n.clone();
        part.leave_out(&mut model);
        model
    })
}

/// The drawing with a part of the talks left out as well.
fn without(drawing: &Drawing, off: Option<Mechanism>) -> Drawing {
    let without = drawing.without.iter().copied().chain(off).collect();
    Drawing { without, ..drawing.clone() }
}

/// What is asked of each run: whether one exists, and what its talks come to.
const WANTED: Wants = Wants { world: OfWorld::Exists, run: true };

/// What runs add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Alone {
    endings: Counts,
    exists: u64,
}

impl Alone {
    fn count(&mut self, look: &Look) {
        look.ending().into_iter().for_each(|ending| self.endings[ending as usize] += 1);
        self.exists += u64::from(look.exists);
    }
}

/// What runs of one arm add up to beside those with everything in place: counts gained and lost.
#[derive(Debug, Default)]
struct Pairs {
    desk: Desk,
    differing: u64,
    exists: [u64; 2],
    reached: [u64; 2],
    endings: [Counts; 2],
}

impl Pairs {
    fn compare(&mut self, with: &Look, without: &Look) {
        self.differing += u64::from(with != without);
        let note = |counts: &mut [u64; 2], with: bool, without: bool| {
            counts[0] += u64::from(without && !with);
            counts[1] += u64::from(with && !without);
        };
        note(&mut self.exists, with.exists, without.exists);
        let Some((before, now)) = with.ending().zip(without.ending()) else { return };
        note(&mut self.reached, before.is_reached(), now.is_reached());
        if before != now {
            self.endings[0][now as usize] += 1;
            self.endings[1][before as usize] += 1;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.differing += other.differing;
        for side in 0..2 {
            self.exists[side] += other.exists[side];
            self.reached[side] += other.reached[side];
            self.endings[side].iter_mut().zip(&other.endings[side]).for_each(|(a, b)| *a += b);
        }
    }
}

struct Seen {
    desk: Desk,
    base: Alone,
    pairs: Vec<Pairs>,
}

impl Seen {
    fn new(parts: usize) -> Self {
        Self { desk: Desk::default(), base: Alone::default(), pairs: (0..parts).map(|_| Pairs::default()).collect() }
    }

    fn summary(self, parts: &[Part]) -> Ablations {
        let counts = self.base.endings;
        let (runs, reached) = (counts.iter().sum(), reached_of(&counts));
        let without = parts.iter().zip(&self.pairs).map(|(part, pairs)| {
            let of = |with: u64, [gained, lost]: [u64; 2]| Contrast::of(with, gained, lost, runs);
            let ending = |(at, ending): (usize, &Ending)| {
                (*ending, of(counts[at], [pairs.endings[0][at], pairs.endings[1][at]]))
            };
            Ablation {
                part: *part,
                differing: pairs.differing,
                exists: of(self.base.exists, pairs.exists),
                reached: of(reached, pairs.reached),
                endings: Ending::ALL.iter().enumerate().map(ending).collect(),
            }
        });
        Ablations {
            runs,
            exists: Share::of(self.base.exists, runs),
            reached: Share::of(reached, runs),
            without: without.collect(),
            endings: endings(&counts),
        }
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.base.endings.iter_mut().zip(&other.base.endings).for_each(|(a, b)| *a += b);
        self.base.exists += other.base.exists;
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(a, b)| a.merge(b));
    }
}
