//! Issues, options, packages, and the deal space that they span.

use itertools::Itertools;
use serde::Serialize;

use super::{ActorId, AudienceId, InputId, Stop};

/// Place of an issue in [`DealSpace::issues`], in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct IssueId(pub usize);

/// Place of an option in [`Issue::options`], in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OptionId(pub usize);

/// One question that a settlement must answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers; the identifier if none was given.
    pub name: String,
    /// The present state, worth 0 to all; `None` where the issue has none (a pie still to be cut).
    pub now: Option<OptionId>,
    /// At least two options.
    pub options: Vec<IssueOption>,
    /// Whether it may be cut anywhere between two options, values running straight from one to the next. For reckoning alone:
    /// everywhere else the options are all there is.
    pub cut: bool,
}

/// One possible answer to an issue.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IssueOption {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// How the term would be given.
    pub form: Option<Form>,
    /// Who must grant the term, each with the input that says whether it does (a chance).
    pub holders: Vec<(ActorId, InputId)>,
    /// A term kept from the audiences; the input says whether it leaks (a chance).
    pub secret: Option<InputId>,
    /// Whether a package with it is for a time only.
    pub temporary: bool,
    /// The audiences that must ratify a package with it.
    pub ratified_by: Vec<AudienceId>,
    /// When the conflict ends with it, if it does.
    pub stops: Option<Stop>,
}

/// How a term is given; modifiers may touch every term of one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// By word only.
    Informal,
    /// In writing.
    Formal,
}

impl Form {
    /// Both forms, with their words.
    pub const WORDS: [(&'static str, Self); 2] = [("informal", Self::Informal), ("formal", Self::Formal)];
}

/// A set of options of one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionSet(Vec<bool>);

impl OptionSet {
    /// The set of those options among `count` for which `keep` holds.
    pub fn new(count: usize, keep: impl Fn(OptionId) -> bool) -> Self {
        Self((0..count).map(|o| keep(OptionId(o))).collect())
    }

    /// Whether the option is in the set.
    pub fn contains(&self, option: OptionId) -> bool {
        self.0[option.0]
    }

    /// Whether no option is in the set.
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Whether every option of the issue is in the set.
    pub fn is_full(&self) -> bool {
        !self.0.contains(&false)
    }

    /// The options in the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = OptionId> + '_ {
        self.0.iter().enumerate().filter(|(_, in_it)| **in_it).map(|(o, _)| OptionId(o))
    }
}

/// What a package must contain: for each issue named, one of a set of options. Without issues it always holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Condition {
    /// The issues named, each with the options that satisfy it.
    pub terms: Vec<(IssueId, OptionSet)>,
}

impl Condition {
    /// Whether `option_of` (the option a package picks of an issue) satisfies every term.
    pub fn holds(&self, option_of: impl Fn(IssueId) -> OptionId) -> bool {
        self.terms.iter().all(|(issue, set)| set.contains(option_of(*issue)))
    }
}

/// A condition that others may lift: in force iff `when` holds and no `unless` does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clause {
    /// What must hold.
    pub when: Condition,
    /// What lifts it; any one of them is enough.
    pub unless: Vec<Condition>,
}

impl Clause {
    /// Whether the clause is in force for a package.
    pub fn holds(&self, option_of: impl Fn(IssueId) -> OptionId + Copy) -> bool {
        self.when.holds(option_of) && !self.unless.iter().any(|c| c.holds(option_of))
    }

    /// The issues named by `when` or by an `unless`, sorted, each once.
    pub fn issues(&self) -> Vec<IssueId> {
        self.named().sorted_unstable().dedup().collect()
    }

    /// The same as they come.
    pub fn named(&self) -> impl Iterator<Item = IssueId> + '_ {
        let all = std::iter::once(&self.when).chain(&self.unless);
        all.flat_map(|c| c.terms.iter().map(|(k, _)| *k))
    }
}

/// A rule of what counts as a settlement at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Identifier used in the file.
    pub id: String,
    /// When the rule speaks; always, if it names no issue.
    pub clause: Clause,
    /// What it demands of the packages it speaks of.
    pub demand: Demand,
}

/// What a rule demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// Packages that satisfy the condition are no settlement.
    Forbid(Condition),
    /// Packages that do not satisfy the condition are no settlement.
    Require(Condition),
}

impl Rule {
    /// Whether the rule excludes a package.
    pub fn excludes(&self, option_of: impl Fn(IssueId) -> OptionId + Copy) -> bool {
        self.clause.holds(option_of)
            && match &self.demand {
                Demand::Forbid(c) => c.holds(option_of),
                Demand::Require(c) => !c.holds(option_of),
            }
    }

    /// The issues on which the rule depends, sorted, each once.
    pub fn issues(&self) -> Vec<IssueId> {
        let (Demand::Forbid(demand) | Demand::Require(demand)) = &self.demand;
        let demanded = demand.terms.iter().map(|(k, _)| *k);
        self.clause.issues().into_iter().chain(demanded).sorted_unstable().dedup().collect()
    }
}

/// One option of every issue: `picks[issue]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Package(pub Vec<OptionId>);

impl Package {
    /// The option picked of an issue.
    pub fn option(&self, issue: IssueId) -> OptionId {
        self.0[issue.0]
    }
}

/// A package with a name in the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPackage {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Its terms.
    pub package: Package,
    /// Who put it forward, if anybody.
    pub by: Option<ActorId>,
    /// Whether it is the least that would still count as a settlement.
    pub bare_minimum: bool,
}

/// All issues and the rules among them. Packages are numbered in mixed radix, the last issue fastest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DealSpace {
    /// The issues in file order.
    pub issues: Vec<Issue>,
    /// What counts as a settlement at all.
    pub rules: Vec<Rule>,
}

impl DealSpace {
    /// Number of packages, the product of the numbers of options; rules are not yet applied.
    pub fn size(&self) -> u128 {
        self.issues.iter().map(|k| k.options.len() as u128).product()
    }

    /// The options of all issues.
    pub fn options(&self) -> impl Iterator<Item = &IssueOption> {
        self.issues.iter().flat_map(|k| &k.options)
    }

    /// Numbers of options, `radix[issue]`.
    pub fn radix(&self) -> Vec<usize> {
        self.issues.iter().map(|k| k.options.len()).collect()
    }

    /// The package with a number below [`size`](Self::size).
    pub fn package(&self, mut number: u128) -> Package {
        let mut picks = vec![OptionId(0); self.issues.len()];
        for (pick, issue) in picks.iter_mut().zip(&self.issues).rev() {
            let n = issue.options.len() as u128;
            *pick = OptionId((number % n) as usize);
            number /= n;
        }
        Package(picks)
    }

    /// The number of a package, the inverse of [`package`](Self::package).
    pub fn number(&self, package: &Package) -> u128 {
        let pairs = self.issues.iter().zip(&package.0);
        pairs.fold(0, |n, (issue, pick)| n * issue.options.len() as u128 + pick.0 as u128)
    }

    /// Whether no rule excludes the package.
    pub fn allows(&self, package: &Package) -> bool {
        !self.rules.iter().any(|rule| rule.excludes(|k| package.option(k)))
    }

    /// The package in which every issue stays as it is now; `None` if some issue has no present state.
    pub fn as_now(&self) -> Option<Package> {
        self.issues.iter().map(|k| k.now).collect::<Option<Vec<_>>>().map(Package)
    }

    /// A package as `issue=option,…`, leaving out what stays as now.
    pub fn changes(&self, package: &Package) -> String {
        let picks = self.picks(package).zip(&package.0);
        let changed = picks.filter(|((issue, _), option)| issue.now != Some(**option));
        let terms = changed.map(|((issue, option), _)| format!("{}={}", issue.id, option.id)).join(",");
        if terms.is_empty() { "(all as now)".to_owned() } else { terms }
    }

    /// A package as `--package` takes it: `pay=3,jobs=two`, or `now` if nothing changes.
    pub fn flag(&self, package: &Package) -> String {
        if self.as_now().as_ref() == Some(package) { "now".into() } else { self.changes(package) }
    }

    /// Whether a package is for a time only: one temporary term is enough.
    pub fn is_temporary(&self, package: &Package) -> bool {
        self.picks(package).any(|(_, option)| option.temporary)
    }

    /// The audiences that must ratify a package, sorted, each once.
    pub fn ratifiers(&self, package: &Package) -> Vec<AudienceId> {
        let all = self.picks(package).flat_map(|(_, option)| option.ratified_by.iter().copied());
        all.sorted_unstable().dedup().collect()
    }

    /// The issue with this identifier.
    pub fn issue(&self, id: &str) -> Option<IssueId> {
        self.issues.iter().position(|k| k.id == id).map(IssueId)
    }

    /// The option of an issue with this identifier.
    pub fn option(&self, issue: IssueId, id: &str) -> Option<OptionId> {
        self.issues[issue.0].options.iter().position(|o| o.id == id).map(OptionId)
    }

    /// The issue and the option that a package picks of it, in file order.
    pub fn picks<'a>(&'a self, package: &'a Package) -> impl Iterator<Item = (&'a Issue, &'a IssueOption)> {
        self.issues.iter().zip(&package.0).map(|(issue, o)| (issue, &issue.options[o.0]))
    }
}
