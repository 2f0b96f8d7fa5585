//! How long a deal holds: a hazard a year, raised and lowered by named factors.

use itertools::Itertools;

use super::{
    Clause, Form, Holding, InputId, IssueId, IssueOption, Negotiation, OptionId, Package, StateId, World, score::sum,
    survival,
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
    /// What shifts power once a deal holds.
    pub power: Option<Power>,
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
    /// By how much the shift of power to come exceeds the surplus from peace: [`shift_beyond_surplus`], 0 if negative.
    PowerShift,
    /// The share of the parties' audiences that call the deal a defeat.
    Defeat,
    /// The share of the parties' audiences that bore the deal and would call it a defeat once sentiment has turned.
    Turn,
}

/// The state whose drift shifts power once a deal holds.
///
/// Its place between its least and its greatest value is the share p of all that is at stake which the side that it
/// favours could take by force. Source: Powell (2006) for the condition; the place of a state as that share is an
/// assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// Which state; it has bounds on both sides.
    pub state: StateId,
    /// What it changes by in a year under a deal; `None`: its change in a unit of time, for a year.
    pub drift: Option<InputId>,
    /// What a year's delay leaves of a value, in [0, 1].
    pub discount: InputId,
    /// Share of all that is at stake which fighting destroys, in [0, 1].
    pub destroyed: InputId,
}

/// How a deal came about, as far as it bears on its life.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// What was agreed.
    pub package: &'a Package,
    /// Whether a side signed under pressure.
    pub pressed: bool,
    /// True values when it was signed, `states[state]`.
    pub states: &'a [f64],
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

/// By how much a shift of power exceeds what peace saves: above 0, the side that will be weaker does better to fight now.
///
/// ```text
/// δ · p2 − p1 − b / (1 − b)
/// ```
///
/// `p1` and `p2` are what the rising side could take by force before and after, as shares of what is at stake; `discount`
/// δ is what the wait leaves of a value; `destroyed` b is the share that fighting destroys, below 1 (at 1, −∞).
/// Source: Powell (2006).
pub fn shift_beyond_surplus(p1: f64, p2: f64, discount: f64, destroyed: f64) -> f64 {
    if destroyed >= 1.0 {
        return f64::NEG_INFINITY;
    }
    discount * p2 - p1 - destroyed / (1.0 - destroyed)
}

impl Counted {
    /// What a factor may count other than terms that the file names, with its word.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("temporary", Self::Temporary),
        ("informal", Self::Informal),
        ("non-compliance", Self::NonCompliance),
        ("pressed", Self::Pressed),
        ("power-shift", Self::PowerShift),
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
            Self::Pressed | Self::PowerShift | Self::Defeat | Self::Turn => Vec::new(),
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
            Counted::Pressed | Counted::PowerShift | Counted::Defeat | Counted::Turn => false,
        };
        is_in_force.then(|| pull(Vec::new()))
    }
}

impl Durability {
    /// The hazard of a deal that was signed so, in a world.
    pub fn hazard(&self, n: &Negotiation, world: &World, signing: &Signing) -> Hazard {
        let factors: Vec<f64> = self.factors.iter().map(|f| self.z(n, world, f, signing)).collect();
        let pull = |(f, z): (&HazardFactor, &f64)| world.value(f.log_hazard) * z;
        let mut pulls: Vec<f64> = self.factors.iter().zip(&factors).map(pull).collect();
        let (per_year, shape) = (hazard_rate(world.value(self.hazard), &mut pulls), world.value(self.shape));
        Hazard { per_year, shape, factors }
    }

    fn z(&self, n: &Negotiation, world: &World, factor: &HazardFactor, signing: &Signing) -> f64 {
        match factor.counts {
            Counted::Pressed => f64::from(u8::from(signing.pressed)),
            Counted::Defeat => signing.defeat,
            Counted::Turn => signing.turned,
            Counted::PowerShift => {
                self.power.as_ref().map_or(0.0, |power| power.excess(n, world, signing.states).max(0.0))
            }
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

impl Power {
    /// The excess of the year's shift of power over the surplus, for whichever side rises; see [`shift_beyond_surplus`].
    pub fn excess(&self, n: &Negotiation, world: &World, states: &[f64]) -> f64 {
        let state = &n.states[self.state.0];
        let by_change = || world.value(state.change) * n.per.in_a_year();
        let drift = self.drift.map_or_else(by_change, |drift| world.value(drift));
        let bound = |id: Option<InputId>| id.map_or(0.0, |id| world.value(id));
        let (min, max) = (bound(state.min), bound(state.max));
        // Bounds that a world draws the wrong way round leave no room for a shift.
        let place = |s: f64| if max > min { ((s - min) / (max - min)).clamp(0.0, 1.0) } else { 0.5 };
        let now = states[self.state.0];
        let (p1, p2) = (place(now), place(now + drift));
        let (discount, destroyed) = (world.value(self.discount), world.value(self.destroyed));
        let up = shift_beyond_surplus(p1, p2, discount, destroyed);
        up.max(shift_beyond_surplus(1.0 - p1, 1.0 - p2, discount, destroyed))
    }
}
