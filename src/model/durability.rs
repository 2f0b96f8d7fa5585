//! How long a deal holds: a hazard a year, raised and lowered by named factors.

use itertools::Itertools;

use super::{
    Clause, Form, Holding, InputId, IssueId, IssueOption, Negotiation, OptionId, Package, World, score::sum, survival,
};
use crate::num;

/// Most issues on which survival may hang in the eyes of leaders who look ahead: every term of theirs is told apart by
/// all of them.
pub const MOST_FORESEEN: usize = 3;

/// The farthest that factors together can move the logarithm of a hazard: beyond it a deal holds for ever, or not a day.
const FARTHEST: f64 = 100.0;

/// What is said of how long deals hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Durability {
    /// λ0: the hazard in its first year of a deal in which no factor is in force, ≥ 0.
    pub hazard: InputId,
    /// k: how hazards fall with time, in (0, 1]; 1 is a constant hazard.
    pub shape: InputId,
    /// What raises or lowers the hazard, in file order.
    pub factors: Vec<HazardFactor>,
}

/// Something that raises or lowers the hazard.
#[derive(Debug, Clone, PartialEq)]
pub struct HazardFactor {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// What is counted: the z of the factor.
    pub counts: Counted,
    /// b: the logarithm of the hazard ratio for z = 1; above 0 it shortens a deal's life.
    pub log_hazard: InputId,
    /// Whether leaders who look ahead see it; only what terms alone determine can be seen.
    pub foreseen: bool,
}

/// What a factor counts, from a closed list; z is 0 or 1, or a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// 1 if the package holds these terms.
    When(Clause),
    /// 1 if the package is for a time only.
    Temporary,
    /// 1 if a term is given by word only.
    Informal,
    /// The mean of 1 − compliance over all who hold a term of the package; 0 if nobody does.
    NonCompliance,
    /// 1 if a side signed under pressure.
    Pressed,
    /// The share of the parties' audiences that call the deal a defeat.
    Defeat,
    /// The share of the parties' audiences that bore the deal and would call it a defeat once sentiment has turned.
    Turn,
}

/// How a deal came about, as far as it bears on its life.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// What was agreed.
    pub package: &'a Package,
    /// Whether a side signed under pressure.
    pub pressed: bool,
    /// Share of the parties' audiences that call it a defeat, in [0, 1].
    pub defeat: f64,
    /// Share of them that bore it and would call it a defeat once sentiment has turned, in [0, 1].
    pub turned: f64,
}

/// The hazard of a deal, and what made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hazard {
    /// λ: its hazard in the first year.
    pub per_year: f64,
    /// k: how that falls.
    pub shape: f64,
    /// z, `factors[factor]`.
    pub factors: Vec<f64>,
}

impl Hazard {
    /// Chance that the deal still holds after some years.
    pub fn survival(&self, years: f64) -> f64 {
        survival(self.per_year, self.shape, years)
    }

    /// How it is expected to fare over so many years.
    pub fn holding(&self, ahead: f64) -> Holding {
        Holding::of(self.per_year, self.shape, ahead)
    }
}

/// The hazard a year under factors that pull by these logarithms of ratios:
///
/// ```text
/// λ = λ0 · exp(Σ b · z)
/// ```
///
/// `base` is λ0 ≥ 0; the sum is the same for any order of `pulls`, and stops at ±100.
/// Source: Werner and Yuen (2005) and Fortna (2003) for hazards of agreements under proportional factors.
pub fn hazard_rate(base: f64, pulls: &mut [f64]) -> f64 {
    base * num::exp(sum(pulls).clamp(-FARTHEST, FARTHEST))
}

impl Counted {
    /// What a factor may count other than terms that the file names, with its word.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("temporary", Self::Temporary),
        ("informal", Self::Informal),
        ("non-compliance", Self::NonCompliance),
        ("pressed", Self::Pressed),
        ("defeat", Self::Defeat),
        ("turn", Self::Turn),
    ];

    /// Whether the terms of a package alone determine it.
    pub fn is_of_terms(&self) -> bool {
        matches!(self, Self::When(_) | Self::Temporary | Self::Informal | Self::NonCompliance)
    }

    /// The issues on which it depends, sorted, as far as it depends on terms.
    pub fn issues(&self, n: &Negotiation) -> Vec<IssueId> {
        let with = |has: fn(&IssueOption) -> bool| -> Vec<IssueId> {
            let issues = n.space.issues.iter().enumerate();
            issues.filter(|(_, k)| k.options.iter().any(has)).map(|(k, _)| IssueId(k)).collect()
        };
        match self {
            Self::When(clause) => clause.issues(),
            Self::Temporary => with(|o| o.temporary),
            Self::Informal => with(|o| o.form == Some(Form::Informal)),
            Self::NonCompliance => with(|o| !o.holders.is_empty()),
            Self::Pressed | Self::Defeat | Self::Turn => Vec::new(),
        }
    }
}

/// A factor that the terms of a package put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// b.
    pub log_hazard: InputId,
    /// Compliance of each holder of each term of the package, where that is what is counted; empty where z is 1.
    pub complies: Vec<InputId>,
}

impl Pull {
    /// z in a world.
    fn z(&self, world: &World) -> f64 {
        if self.complies.is_empty() {
            return 1.0;
        }
        let mut short: Vec<f64> = self.complies.iter().map(|c| 1.0 - world.value(*c)).collect();
        sum(&mut short) / self.complies.len() as f64
    }

    /// b · z in a world.
    pub fn size(&self, world: &World) -> f64 {
        world.value(self.log_hazard) * self.z(world)
    }
}

impl HazardFactor {
    /// What the terms of a package make of the factor; `None` if it is not in force, or is not of terms at all.
    pub fn pull(&self, n: &Negotiation, option_of: impl Fn(IssueId) -> OptionId + Copy) -> Option<Pull> {
        let picks = || n.space.issues.iter().enumerate().map(|(k, issue)| &issue.options[option_of(IssueId(k)).0]);
        let pull = |complies| Pull { log_hazard: self.log_hazard, complies };
        let is_in_force = match &self.counts {
            Counted::When(clause) => clause.holds(option_of),
            Counted::Temporary => picks().any(|o| o.temporary),
            Counted::Informal => picks().any(|o| o.form == Some(Form::Informal)),
            Counted::NonCompliance => {
                let holders = picks().flat_map(|o| o.holders.iter().map(|(who, _)| n.actor(*who).complies));
                let complies: Vec<InputId> = holders.collect();
                return (!complies.is_empty()).then(|| pull(complies));
            }
            Counted::Pressed | Counted::Defeat | Counted::Turn => false,
        };
        is_in_force.then(|| pull(Vec::new()))
    }
}

impl Durability {
    /// The hazard of a deal that was signed so, in a world.
    pub fn hazard(&self, n: &Negotiation, world: &World, signing: &Signing) -> Hazard {
        let factors: Vec<f64> = self.factors.iter().map(|f| Self::z(n, world, f, signing)).collect();
        let pull = |(f, z): (&HazardFactor, &f64)| world.value(f.log_hazard) * z;
        let mut pulls: Vec<f64> = self.factors.iter().zip(&factors).map(pull).collect();
        let (per_year, shape) = (hazard_rate(world.value(self.hazard), &mut pulls), world.value(self.shape));
        Hazard { per_year, shape, factors }
    }

    fn z(n: &Negotiation, world: &World, factor: &HazardFactor, signing: &Signing) -> f64 {
        match factor.counts {
            Counted::Pressed => f64::from(u8::from(signing.pressed)),
            Counted::Defeat => signing.defeat,
            Counted::Turn => signing.turned,
            _ => factor.pull(n, |k| signing.package.option(k)).map_or(0.0, |pull| pull.z(world)),
        }
    }

    /// The issues on which survival hangs in the eyes of leaders who look ahead, sorted, each once.
    pub fn foreseen_issues(&self, n: &Negotiation) -> Vec<IssueId> {
        let foreseen = self.factors.iter().filter(|f| f.foreseen);
        foreseen.flat_map(|f| f.counts.issues(n)).sorted_unstable().dedup().collect()
    }

    /// What leaders who look ahead see of a package.
    pub fn foreseen(&self, n: &Negotiation, option_of: impl Fn(IssueId) -> OptionId + Copy) -> Vec<Pull> {
        self.factors.iter().filter(|f| f.foreseen).filter_map(|f| f.pull(n, option_of)).collect()
    }
}
