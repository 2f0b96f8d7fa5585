//! A checked plan: every experiment, what it changes, and that nothing about it is a mistake.

use itertools::Itertools as _;
use sha2::{Digest, Sha256};

use super::unit::Span;
use crate::analysis::Part;
use crate::engine::Accounts;
use crate::model::{Defeat, InputId, Negotiation};
use crate::scenario::{Record, Scenario};

mod arms;
mod design;

/// Runs of each experiment at most.
pub const MOST_RUNS: u64 = 1_000_000_000_000;

/// Experiments that a plan may have.
pub const MOST_EXPERIMENTS: u64 = 250_000;

/// A table of numbers with a path at the head of each column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PointTable {
    /// The heads.
    pub heads: Vec<String>,
    /// `rows[point][column]`; `None` leaves the number as it is. Not finite: the experiments there are not run.
    pub rows: Vec<Vec<Option<f64>>>,
}

/// A plan that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchPlan {
    /// Title.
    pub title: String,
    /// The question that it asks; empty if none.
    pub question: String,
    /// Runs of each experiment.
    pub runs: u64,
    /// Seed of all draws.
    pub seed: u64,
    /// Which defeats count.
    pub defeat: Defeat,
    /// What is written down.
    pub record: Record,
    /// The scenarios as they were read.
    pub scenarios: Vec<Scenario>,
    /// The scenarios as they are changed by variants and policies.
    pub models: Vec<Model>,
    /// What is compared: a model under a reading.
    pub arms: Vec<PlanArm>,
    /// What is varied, and its points.
    pub design: Design,
}

/// A scenario as a setting of variants and a policy change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Place among the scenarios.
    pub scenario: usize,
    /// What the plan calls the setting of variants; `as it is` where it has none.
    pub variant: String,
    /// What the plan calls the policy; `as it is` where it has none.
    pub policy: String,
    /// The name of the policy for readers.
    pub policy_name: String,
    /// The model.
    pub n: Negotiation,
    /// The same with the inputs that are varied as wide as the design makes them: what the deal space is compiled from.
    pub wide: Negotiation,
    /// Variants on or off.
    pub variants: Vec<bool>,
    /// What is left out.
    pub without: Vec<Part>,
    /// The inputs that each varied path reaches, `inputs[path]`.
    pub inputs: Vec<Vec<InputId>>,
    /// What was set, as written: path and value.
    pub set: Vec<(String, String)>,
}

/// A model under a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanArm {
    /// Place among the models.
    pub model: usize,
    /// The reading; `None`: drawn by prior.
    pub reading: Option<usize>,
}

/// What is varied. Without a design there is one point, which changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// The kind of the design, as plans write it; `none` without one.
    pub kind: &'static str,
    /// The paths that are varied.
    pub paths: Vec<String>,
    /// `points[point][path]`; `None` leaves the number as it is.
    pub points: Vec<Vec<Option<f64>>>,
}

impl Design {
    /// No design: one point, which changes nothing.
    fn none() -> Self {
        Self { kind: "none", paths: Vec::new(), points: vec![Vec::new()] }
    }
}

/// Whether an experiment can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Ok,
    /// Some number at its point is not finite.
    NonFinite(String),
    /// It cannot, for this reason.
    Failed(String),
}

impl Status {
    /// The word of the column `status`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NonFinite(_) => "non-finite",
            Self::Failed(_) => "failed",
        }
    }

    /// The text of the column `message`.
    pub fn message(&self) -> &str {
        match self {
            Self::Ok => "",
            Self::NonFinite(message) | Self::Failed(message) => message,
        }
    }
}

impl BatchPlan {
    /// Number of experiments.
    pub fn experiments(&self) -> u64 {
        (self.arms.len() * self.design.points.len()) as u64
    }

    /// Runs over all experiments.
    pub fn size(&self) -> u128 {
        u128::from(self.experiments()) * u128::from(self.runs)
    }

    /// The arm and the point of an experiment.
    ///
    /// # Panics
    /// If there is no such experiment.
    pub fn experiment(&self, e: u64) -> (&PlanArm, usize) {
        let (arm, point) = (e as usize / self.design.points.len(), e as usize % self.design.points.len());
        (&self.arms[arm], point)
    }

    /// The experiments of an arm.
    pub fn of_arm(&self, arm: usize) -> Span {
        let points = self.design.points.len() as u64;
        Span { from: arm as u64 * points, to: (arm as u64 + 1) * points }
    }

    /// The model of an arm.
    pub fn model(&self, arm: &PlanArm) -> &Model {
        &self.models[arm.model]
    }

    /// The name of an arm's reading: its identifier, `by prior`, or nothing where the scenario has none.
    pub fn reading(&self, arm: &PlanArm) -> &str {
        let n = &self.model(arm).n;
        match arm.reading {
            Some(r) => &n.readings[r].id,
            None if n.readings.is_empty() => "",
            None => "by prior",
        }
    }

    /// The name of an arm's scenario: the last part of its file's name.
    pub fn scenario(&self, arm: &PlanArm) -> &str {
        stem(&self.scenarios[self.model(arm).scenario].name)
    }

    /// Whether some scenario has talks.
    pub fn has_talks(&self) -> bool {
        self.models.iter().any(|model| model.n.talks.is_some())
    }

    /// The parties of those scenarios of which something holds, each once.
    pub fn parties(&self, whose: impl Fn(&Negotiation) -> bool) -> Vec<String> {
        let all = self.models.iter().map(|model| &model.n).filter(|n| whose(n));
        all.flat_map(|n| n.parties().map(|i| n.actor(i).id.clone())).unique().collect()
    }

    /// Whether an experiment can be run: every number at its point must be one that its scenario accepts.
    pub fn status(&self, e: u64) -> Status {
        let (arm, point) = self.experiment(e);
        let model = self.model(arm);
        let scenario = &self.scenarios[model.scenario];
        for ((path, ids), x) in self.design.paths.iter().zip(&model.inputs).zip(&self.design.points[point]) {
            let Some(x) = *x else { continue };
            if !x.is_finite() {
                return Status::NonFinite(format!("{path} is {x}"));
            }
            if let Some(accepted) = ids.iter().find_map(|id| scenario.accepts(*id, x).err()) {
                return Status::Failed(format!("{path} is {x}: expected {accepted}"));
            }
        }
        Status::Ok
    }

    /// The accounts from which an arm's worlds are drawn.
    pub fn accounts(&self, arm: &PlanArm) -> Accounts {
        Accounts { reading: arm.reading, variants: self.model(arm).variants.clone() }
    }

    /// SHA-256 over everything that makes the numbers, but for how many runs there are: two folders of results belong
    /// together if and only if it is the same. It holds the version of the program.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut say = |part: &str| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        };
        say(env!("CARGO_PKG_VERSION"));
        say(&format!("{} {:?} {:?}", self.seed, self.defeat, self.record));
        self.scenarios.iter().for_each(|s| say(&s.text));
        for model in &self.models {
            say(&format!("{} {:?} {:?}", model.scenario, model.variants, model.without));
            say(&format!("{} {} {:?}", model.variant, model.policy, model.set));
        }
        self.arms.iter().for_each(|arm| say(&format!("{} {:?}", arm.model, arm.reading)));
        self.design.paths.iter().for_each(|path| say(path));
        for point in &self.design.points {
            let bits: Vec<String> = point.iter().map(|x| format!("{:?}", x.map(f64::to_bits))).collect();
            say(&bits.join(" "));
        }
        hex(hash)
    }
}

/// What was hashed, in hexadecimal.
pub(super) fn hex(hash: Sha256) -> String {
    format!("{:x}", hash.finalize())
}

/// The last part of a file's name, without its ending.
pub fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}
