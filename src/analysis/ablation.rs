//! Ablations: what the talks come to with one part of the model left out at a time, on the same luck.

use std::ops::Range;

use serde::Serialize;

use super::flips::{Flips, Parted, may_be_luck};
use super::{Endings, Settings, leading};
use crate::engine::talks::{Desk, Ending, Mechanism};
use crate::engine::{Arm, CannotRun, OfWorld, Wants, tally};
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
    pub fn all() -> Vec<Self> {
        [Self::Claims, Self::Modifiers].into_iter().chain(Mechanism::ALL.into_iter().map(Self::Talks)).collect()
    }

    /// What it is called on the command line, in kebab-case.
    pub fn word(self) -> String {
        match self {
            Self::Claims => "claims".into(),
            Self::Modifiers => "modifiers".into(),
            Self::Talks(mechanism) => word(&mechanism),
        }
    }

    /// The part with this word.
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
    pub fn mechanism(self) -> Option<Mechanism> {
        if let Self::Talks(mechanism) = self { Some(mechanism) } else { None }
    }
}

/// The word by which files, flags and data name a value of a closed list.
///
/// # Panics
/// Where it is not written as a word.
pub fn word(value: &impl Serialize) -> String {
    let named = serde_json::to_value(value).expect("a value of a closed list can be written");
    named.as_str().expect("its name is text").to_owned()
}

/// What runs come to with and without something, run by run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Contrast {
    /// With the part left out.
    #[serde(flatten)]
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
    let changed = |part: &Part| {
        let mut model = n.clone();
        part.leave_out(&mut model);
        part.mechanism().is_none().then_some(model)
    };
    let models: Vec<Option<Negotiation>> = parts.iter().map(changed).collect();
    let whole = settings.drawing.compile(n)?;
    let compiled = models.iter().map(|model| model.as_ref().map(|m| settings.drawing.compile(m)).transpose());
    let compiled: Vec<Option<Compiled>> = compiled.collect::<Result<_, _>>()?;
    let base = Arm::of_talks(&whole, &settings.drawing)?;
    let pairs = parts.iter().zip(&compiled);
    let arms = pairs.map(|(part, own)| Arm::of(own.as_ref().unwrap_or(&whole), &settings.without(&[*part]).drawing));
    let arms: Vec<Arm> = arms.collect();
    let draws = settings.drawing.draws(n);
    let work = |(base_seen, seen): &mut (Beside, Vec<Beside>), runs: Range<u64>| {
        for drawn in draws.runs(runs, None) {
            let look = base.look(&drawn, WANTED, &mut base_seen.0);
            if settings.agreeing && !leading::agrees(&base.posed(&drawn.world, base_seen.0.tables())) {
                continue;
            }
            base_seen.1.add(&look, &look);
            for (arm, (desk, parted)) in arms.iter().zip(&mut *seen) {
                parted.add(&look, &arm.look(&drawn, WANTED, desk));
            }
        }
    };
    let fresh = || (Beside::default(), parts.iter().map(|_| Beside::default()).collect());
    let ((_, base), seen) = tally(settings.runs, settings.drawing.threads, fresh, work, done)?;
    Ok(Ablations {
        runs: base.exists.of,
        exists: base.exists.base(),
        reached: base.reached.base(),
        endings: base.endings().map(|(ending, flips)| (ending, flips.base())).collect(),
        without: parts.iter().zip(&seen).map(|(part, (_, parted))| Ablation::of(*part, parted)).collect(),
    })
}

/// What is seen of one arm beside the runs with everything in place, and what looking reuses.
type Beside = (Desk, Parted);

/// What is asked of each run: whether one exists, and what its talks come to.
const WANTED: Wants = Wants { world: OfWorld::Exists, run: true };

impl Ablation {
    fn of(part: Part, parted: &Parted) -> Self {
        let contrast = |flips: &Flips| Contrast::of(flips.with, flips.gained, flips.lost, flips.of);
        Self {
            part,
            differing: parted.differing,
            exists: contrast(&parted.exists),
            reached: contrast(&parted.reached),
            endings: parted.endings().map(|(ending, flips)| (ending, contrast(flips))).collect(),
        }
    }
}
