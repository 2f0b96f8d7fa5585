//! All packages of one world, exactly.
//!
//! A [`Space`] is compiled once; [`Space::fill`] makes the tables of one world; the kernel answers from them: who bears
//! what, how many packages pass, which has the greatest least slack.

mod block;
pub mod count;
pub mod effort;
mod envelope;
mod equals;
mod exclusion;
pub mod frontier;
mod kernel;
mod layout;
mod outcome;
mod plan;
mod reach;
mod rivals;
mod secrets;
mod slack;
pub mod solution;
mod solve;
mod terms;
mod without;

use crate::model::{
    ActorId, AudienceId, Beholder, Clause, Defeat, InputId, IssueId, Negotiation, OptionId, Package, Rule, Scale,
    Scores, World,
};

pub use envelope::{ContextPairs, Envelope};
pub use exclusion::Exclusion;
pub use kernel::{FARTHEST_LINE, Gate, Lanes, Test, count, passing, passing_among, tally};
pub use layout::Layout;
pub use outcome::{Judge, Margin, Question, Spans};
pub use plan::{Plan, Tables};
pub use reach::Reach;
pub use secrets::{Compiled, MOST_SECRETS, State};

pub use rivals::Rivals;
pub use slack::{Measured, Search, Slack};
pub use solve::{
    Agreements, Census, Leaderships, Limits, Listed, NearestMiss, Pivot, Point, Repair, RepairKind, Shortfall, Solved,
    Step, Within, leaderships, solve, solve_additive, solve_in, solve_watched,
};
pub use terms::{MOST_ROWS, Term, compile};
pub use without::{Base, Item, Scratch, margin_without};

/// Most packages that are looked at one by one.
pub const MOST_PACKAGES: u128 = 10_000_000;

/// Why a deal space could not be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A table would have too many rows.
    #[error("{what} need more than {most} rows: they tie too many issues together")]
    TooManyRows {
        /// What needs them.
        what: String,
        /// The limit.
        most: usize,
    },
    /// There are too many packages to look at one by one.
    #[error("{packages} packages are more than the {most} that can be looked at one by one")]
    TooManyPackages {
        /// Their number.
        packages: u128,
        /// The limit.
        most: u128,
    },
    /// Weights and factors multiply to scores that no scale can hold.
    #[error("weights and factors multiply to scores of more than 10^14 points: no scale holds them")]
    ScoresTooLarge,
    /// There are too many secret options.
    #[error("{secrets} secret options are more than the {most} whose leaks can be told apart")]
    TooManySecrets {
        /// Their number.
        secrets: usize,
        /// The limit.
        most: usize,
    },
}

/// The deal space of a negotiation, compiled.
#[derive(Debug, Clone)]
pub struct Space {
    /// Head and tail.
    pub layout: Layout,
    /// Whose scores `plans` has: the leaderships of the parties, then the audiences.
    pub beholders: Vec<Beholder>,
    /// `plans[beholder]`.
    pub plans: Vec<Plan>,
    /// What the rules exclude.
    pub rules: Exclusion,
    /// The scale of all scores.
    pub scale: Scale,
    radix: Vec<usize>,
}

/// The tables of one world: `tables[beholder]`.
pub type WorldTables = Vec<Tables>;

impl Space {
    /// Compiles a negotiation at a scale; `leaks` says of each secret option (by its input) whether it has leaked.
    ///
    /// # Errors
    /// [`Error::TooManyPackages`], [`Error::TooManyRows`].
    pub fn of(n: &Negotiation, scale: Scale, leaks: &dyn Fn(InputId) -> bool) -> Result<Self, Error> {
        Self::under(n, scale, None, leaks)
    }

    /// The same for worlds with these variants on (`None`: with any): no term is told apart by what leaders look ahead at,
    /// if none of them does.
    ///
    /// # Errors
    /// [`Error::TooManyPackages`], [`Error::TooManyRows`].
    pub fn under(
        n: &Negotiation,
        scale: Scale,
        variants: Option<&[bool]>,
        leaks: &dyn Fn(InputId) -> bool,
    ) -> Result<Self, Error> {
        let packages = n.space.size();
        if packages > MOST_PACKAGES {
            return Err(Error::TooManyPackages { packages, most: MOST_PACKAGES });
        }
        let beholders: Vec<Beholder> = n.beholders().collect();
        let terms = |b: &Beholder| compile(n, *b, leaks, looks_ahead(n, *b, variants));
        let scores = beholders.iter().map(terms).collect::<Result<Vec<_>, _>>()?;
        let lines: Vec<Vec<IssueId>> = beholders.iter().map(|b| red_line_issues(n, *b)).collect();
        let rules = distinct(n.space.rules.iter().flat_map(crate::model::Rule::issues));
        let mut entangled = lines.clone();
        entangled.push(rules.clone());
        let layout = Layout::of(&n.space, &scores, &entangled);
        let radix = n.space.radix();
        let excluded = |option_of: &dyn Fn(IssueId) -> OptionId| n.space.rules.iter().any(|r| r.excludes(option_of));
        let rules = Exclusion::of(&layout, &radix, &rules, excluded);
        let plan = |((beholder, terms), issues): ((&Beholder, Vec<Term>), &Vec<IssueId>)| {
            let crossed = |o: &dyn Fn(IssueId) -> OptionId| crosses(n, *beholder, leaks, None, o);
            Plan::of(terms, Exclusion::of(&layout, &radix, issues, crossed), &layout, &radix)
        };
        let plans = beholders.iter().zip(scores).zip(&lines).map(plan).collect();
        Ok(Self { layout, beholders, plans, rules, scale, radix })
    }

    /// The plan of a beholder's score without one of its red lines.
    #[must_use]
    pub fn plan_without(&self, n: &Negotiation, of: usize, red_line: usize, leaks: &dyn Fn(InputId) -> bool) -> Plan {
        let beholder = self.beholders[of];
        let issues = red_line_issues(n, beholder);
        let crossed = |o: &dyn Fn(IssueId) -> OptionId| crosses(n, beholder, leaks, Some(red_line), o);
        let exclusion = Exclusion::of(&self.layout, &self.radix, &issues, crossed);
        Plan::of(self.plans[of].terms().to_vec(), exclusion, &self.layout, &self.radix)
    }

    /// Fills the tables of every score for a world.
    pub fn fill(&self, world: &World, tables: &mut WorldTables) {
        tables.resize_with(self.plans.len(), Tables::default);
        for (plan, tables) in self.plans.iter().zip(tables.iter_mut()) {
            plan.fill(world, self.scale, &self.layout, tables);
        }
    }

    /// Opens the packages that the rules allow and of which every option satisfies `keep`.
    #[must_use]
    pub fn gate(&self, keep: &dyn Fn(IssueId, OptionId) -> bool) -> Gate {
        self.gate_behind(&self.rules, keep)
    }

    /// What the rules exclude, and what any of further clauses rules out.
    #[must_use]
    pub fn ruled_out(&self, n: &Negotiation, clauses: &[Clause]) -> Exclusion {
        let issues = n.space.rules.iter().flat_map(Rule::issues).chain(clauses.iter().flat_map(Clause::issues));
        let excluded = |option_of: &dyn Fn(IssueId) -> OptionId| {
            n.space.rules.iter().any(|r| r.excludes(option_of)) || clauses.iter().any(|c| c.holds(option_of))
        };
        Exclusion::of(&self.layout, &self.radix, &distinct(issues), excluded)
    }

    /// Opens the packages that `rules` do not exclude and of which every option satisfies `keep`.
    #[must_use]
    pub fn gate_behind(&self, rules: &Exclusion, keep: &dyn Fn(IssueId, OptionId) -> bool) -> Gate {
        let kept = |issues: &[IssueId]| -> Vec<bool> {
            let level = |open: Vec<bool>, k: &IssueId| -> Vec<bool> {
                let options: Vec<bool> = (0..self.radix[k.0]).map(|o| keep(*k, OptionId(o))).collect();
                let closed = vec![false; options.len()];
                let mut kept = Vec::with_capacity(open.len() * options.len());
                open.iter().for_each(|open| kept.extend_from_slice(if *open { &options } else { &closed }));
                kept
            };
            issues.iter().fold(vec![true], level)
        };
        let (heads, tails) = (kept(&self.layout.head), kept(&self.layout.tail));
        let row = |excluded: &Vec<bool>| -> Vec<i32> {
            let mut row = vec![0; self.layout.width];
            for ((open, out), kept) in row.iter_mut().zip(excluded).zip(&tails) {
                *open = -i32::from(*kept && !*out);
            }
            row
        };
        let rows: Vec<Vec<i32>> = rules.excluded.iter().map(row).collect();
        let open = rows.iter().map(|row| row.iter().map(|j| u32::from(*j != 0)).sum()).collect();
        let class = |(class, kept): (&u32, &bool)| if *kept { *class } else { Gate::CLOSED };
        let class_of = rules.class_of.iter().zip(&heads).map(class).collect();
        Gate { class_of, rows, open, tails: self.layout.tails() as u32 }
    }

    /// The gate of all packages that the rules allow.
    #[must_use]
    pub fn allowed(&self) -> Gate {
        self.gate(&|_, _| true)
    }

    /// The gate of the packages allowed and available in a world.
    #[must_use]
    pub fn available(&self, n: &Negotiation, world: &World) -> Gate {
        let scores = Scores::new(n, self.scale);
        self.gate(&|issue, option| scores.granted(world, issue, option))
    }

    /// The number of a package in the file's order of issues.
    #[must_use]
    pub fn number(&self, head: usize, tail: usize) -> u64 {
        self.layout.head_number[head] + self.layout.tail_number[tail]
    }

    /// The package at a head and a tail.
    #[must_use]
    pub fn package(&self, n: &Negotiation, head: usize, tail: usize) -> Package {
        n.space.package(u128::from(self.number(head, tail)))
    }

    /// The option of an issue in the package at a head and a tail.
    #[must_use]
    pub fn option_at(&self, issue: IssueId, head: usize, tail: usize) -> OptionId {
        let at = |issues: &[IssueId], number: usize| {
            let place = issues.iter().position(|k| *k == issue)?;
            let stride: usize = issues[place + 1..].iter().map(|k| self.radix[k.0]).product();
            Some(OptionId(number / stride % self.radix[issue.0]))
        };
        at(&self.layout.head, head).or_else(|| at(&self.layout.tail, tail)).unwrap_or(OptionId(0))
    }

    /// Head and tail of a package: the inverse of [`package`](Self::package).
    #[must_use]
    pub fn place(&self, package: &Package) -> (usize, usize) {
        let at = |issues: &[IssueId]| issues.iter().fold(0, |f, k| f * self.radix[k.0] + package.option(*k).0);
        (at(&self.layout.head), at(&self.layout.tail))
    }

    /// Head and tail of the package with a number: the inverse of [`number`](Self::number).
    #[must_use]
    pub fn place_of(&self, number: u128) -> (usize, usize) {
        let mut left = number;
        let mut options = vec![OptionId(0); self.radix.len()];
        for (option, radix) in options.iter_mut().zip(&self.radix).rev() {
            *option = OptionId((left % *radix as u128) as usize);
            left /= *radix as u128;
        }
        self.place(&Package(options))
    }

    /// The place of a beholder in `plans`.
    #[must_use]
    pub fn score_of(&self, beholder: Beholder) -> Option<usize> {
        self.beholders.iter().position(|b| *b == beholder)
    }

    /// Score of one package from the tables, in units; `None` where a red line of this score is crossed.
    #[must_use]
    pub fn score(&self, tables: &WorldTables, of: usize, head: usize, tail: usize) -> Option<i64> {
        self.plans[of].score(&tables[of], head, tail)
    }
}

/// Everybody whose judgement is tested, by one reading of defeat.
impl Space {
    /// The audiences with a veto in force whose defeat line or red lines can be crossed.
    pub fn vetoes<'a>(
        &'a self,
        n: &'a Negotiation,
        world: &'a World,
        defeat: Defeat,
    ) -> impl Iterator<Item = (AudienceId, usize)> + 'a {
        let audiences = (0..n.audiences.len()).map(AudienceId);
        audiences
            .filter(move |a| defeat.counts_audiences() && n.binds(world, *a) && n.can_say_defeat(*a))
            .filter_map(|a| Some((a, self.score_of(Beholder::Audience(a))?)))
    }

    /// The leaderships, each with its place in `plans`.
    pub fn leaders(&self) -> impl Iterator<Item = (ActorId, usize)> + '_ {
        self.beholders.iter().enumerate().filter_map(|(s, b)| match b {
            Beholder::Leadership(i) => Some((*i, s)),
            Beholder::Audience(_) => None,
        })
    }
}

/// Whether a beholder is a leadership that may look ahead.
fn looks_ahead(n: &Negotiation, of: Beholder, variants: Option<&[bool]>) -> bool {
    matches!(of, Beholder::Leadership(i) if n.looks_ahead(i, variants))
}

fn red_line_issues(n: &Negotiation, beholder: Beholder) -> Vec<IssueId> {
    distinct(n.red_lines(beholder).iter().flat_map(|l| l.clause.issues()))
}

/// Whether a package crosses a red line of a beholder, as the beholder sees it, `without` one of them.
fn crosses(
    n: &Negotiation,
    beholder: Beholder,
    leaks: &dyn Fn(InputId) -> bool,
    without: Option<usize>,
    option_of: &dyn Fn(IssueId) -> OptionId,
) -> bool {
    let seen = |k: IssueId| {
        let (issue, option) = (&n.space.issues[k.0], option_of(k));
        let veiled =
            matches!(beholder, Beholder::Audience(_)) && issue.options[option.0].secret.is_some_and(|s| !leaks(s));
        if veiled { issue.now.unwrap_or(option) } else { option }
    };
    let lines = n.red_lines(beholder).iter().enumerate();
    lines.filter(|(i, _)| Some(*i) != without).any(|(_, l)| l.clause.holds(seen))
}

fn distinct(issues: impl Iterator<Item = IssueId>) -> Vec<IssueId> {
    let mut issues: Vec<_> = issues.collect();
    issues.sort_unstable();
    issues.dedup();
    issues
}
