//! A bargaining problem of additive utilities, exactly: what every importer reads, and what is written from it.

use itertools::Itertools as _;

use crate::games::Exact;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A domain and its profiles in the XML of GENIUS.
    Genius,
    /// A domain and its profiles in the JSON of `GeniusWeb`.
    GeniusWeb,
    /// An outcome space and utility functions in the YAML of `NegMAS`.
    Negmas,
    /// A scorable game: points, a minimum and perhaps a veto for each party.
    Scorable,
    /// A pool of items of three or more kinds, and what each kind is worth to either party.
    Pool,
}

impl Format {
    /// Its name, as readers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Genius => "GENIUS XML",
            Self::GeniusWeb => "GeniusWeb JSON",
            Self::Negmas => "NegMAS YAML",
            Self::Scorable => "a scorable game",
            Self::Pool => "a bargaining pool",
        }
    }
}

/// Issues, parties, and what each party makes of every option.
///
/// ```text
/// u_i(package) = Σ_k weight_i[k] · value_i[k][option of k],   at most 1 where `capped`
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// Where it comes from.
    pub format: Format,
    /// Its title.
    pub title: String,
    /// What can be agreed, in file order.
    pub issues: Vec<Issue>,
    /// Who negotiates, in the order of the files.
    pub parties: Vec<Party>,
    /// How many parties suffice, where fewer than all do: those with a veto must be among them.
    pub at_least: Option<usize>,
}

/// One issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its name, as readers see it.
    pub name: String,
    /// The names of its options, in file order, no two alike.
    pub options: Vec<String>,
    /// Whether the options have an order: whole numbers, or steps of a range.
    pub ordered: bool,
}

/// One party.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// `weights[issue]`.
    pub weights: Vec<Exact>,
    /// `values[issue][option]`.
    pub values: Vec<Vec<Exact>>,
    /// A utility above 1 counts as 1: the convention of GENIUS.
    pub capped: bool,
    /// What no deal is worth.
    pub reservation: Exact,
    /// What the whole session leaves of a utility at its end; `None` where nothing is lost. In (0, 1).
    pub discount: Option<Exact>,
    /// Whether no deal is made without it, where fewer than all suffice.
    pub veto: bool,
}

/// A whole number as a fraction.
pub fn whole(n: i64) -> Exact {
    Exact::from_integer(n.into())
}

impl Domain {
    /// How many packages there are; `u128::MAX` stands for that many or more.
    pub fn packages(&self) -> u128 {
        self.issues.iter().fold(1, |n, issue| n.saturating_mul(issue.options.len() as u128))
    }

    /// The utility of one package, `options[issue]`, for a party.
    ///
    /// # Panics
    /// If a party, issue or option does not exist.
    pub fn utility(&self, party: usize, options: &[usize]) -> Exact {
        let it = &self.parties[party];
        let sum = it.sum(options);
        if it.capped { sum.min(whole(1)) } else { sum }
    }

    /// All packages in order, the last issue fastest.
    pub fn all_packages(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        self.issues.iter().map(|issue| 0..issue.options.len()).multi_cartesian_product()
    }
}

impl Party {
    /// `Σ_k weight · value`, whether or not it is above 1.
    pub fn sum(&self, options: &[usize]) -> Exact {
        let terms = options.iter().enumerate().map(|(k, o)| &self.weights[k] * &self.values[k][*o]);
        terms.fold(whole(0), |sum, term| sum + term)
    }

    /// The most that the sum can be.
    pub fn most(&self) -> Exact {
        let best = |k: usize| self.values[k].iter().map(|v| v * &self.weights[k]).max().unwrap_or_else(|| whole(0));
        (0..self.weights.len()).map(best).fold(whole(0), |sum, best| sum + best)
    }
}
