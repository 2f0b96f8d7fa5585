//! All packages of one world, exactly.
//!
//! A [`Space`] is compiled once; [`Space::fill`] makes the tables of one world; the kernel answers from them: who bears
//! what, how many packages pass, which has the greatest least slack.

mod cells;
mod coalitions;
pub mod count;
pub mod counts;
pub mod effort;
mod envelope;
pub mod frontier;
mod kept;
mod kernel;
mod layout;
mod lazy;
mod outcome;
mod plan;
mod rivals;
mod secrets;
mod slack;
pub mod solution;
mod solve;
mod terms;
mod without;

use itertools::Itertools as _;

use crate::model::{
    ActorId, AudienceId, Beholder, Clause, Defeat, IssueId, Negotiation, OptionId, Package, Rule, Scale, Scores, World,
};

pub use coalitions::{Coalitions, Swing};
pub use envelope::{ContextPairs, Envelope};
pub use kept::{DidWell, Kept};
pub use kernel::{FARTHEST_LINE, Gate, Lanes, Test, count, passing, tally};
pub use layout::{Exclusion, Layout};
pub use lazy::LazyTables;
pub use outcome::{Margin, Objector, Question, Spans};
pub use plan::{ScorePlan, Tables};
pub use secrets::{Compiled, MOST_SECRETS, State};

pub use rivals::Rivals;
pub use slack::{Measured, Search, Slack, highest};
pub use solve::{
    Agreements, BestFor, Census, Leaderships, Limits, Listed, Milestone, NearestMiss, Pivot, Repair, RepairKind,
    Shortfall, Solution, Solved, UtilityPoint, Within, leaderships, solve, solve_additive, solve_in,
};
pub use terms::{Leaks, MOST_ROWS, Term, compile, outlook};
pub use without::{Base, Item};

/// A package as its head and its tail.
pub type Place = (usize, usize);

/// Most packages that are looked at one by one.
pub const MOST_PACKAGES: u128 = 10_000_000;

/// Why a deal space could not be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TooLarge {
    /// A table would have too many rows.
    #[error("{what} need more than {most} rows: they tie too many issues together")]
    Rows {
        /// What needs them.
        what: String,
        /// The limit.
        most: usize,
    },
    /// There are too many packages to look at one by one.
    #[error("{packages} packages are more than the {most} that can be looked at one by one")]
    Packages {
        /// Their number.
        packages: u128,
        /// The limit.
        most: u128,
    },
    /// Weights and factors multiply to scores that no scale can hold.
    #[error("weights and factors multiply to scores of more than 10^14 points: no scale holds them")]
    Scores,
    /// There are too many secret options.
    #[error("{secrets} secret options are more than the {most} whose leaks can be told apart")]
    Secrets {
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
    /// `plans[beholder]`; behind them the scores, as long as a deal holds, of leaderships that look ahead to whether it does.
    pub plans: Vec<ScorePlan>,
    /// `while_it_holds[beholder]`: the place of that score among the plans; its own for who does not look ahead.
    pub while_it_holds: Vec<usize>,
    /// What the rules exclude.
    pub rules: Exclusion,
    /// The scale of all scores.
    pub scale: Scale,
    /// Who can be left out; `None` where all parties must agree.
    pub coalitions: Option<Coalitions>,
    radix: Vec<usize>,
}

/// The tables of one world: `tables[beholder]`.
pub type WorldTables = Vec<Tables>;

impl Space {
    /// Compiles a negotiation at a scale, for worlds with these variants on (`None`: with any): no term is told apart by
    /// what leaders look ahead at, if none of them does. `leaks` says of each secret option (by its input) whether it has
    /// leaked.
    ///
    /// # Errors
    /// [`TooLarge::Packages`], [`TooLarge::Rows`].
    pub fn of(n: &Negotiation, scale: Scale, variants: Option<&[bool]>, leaks: Leaks) -> Result<Self, TooLarge> {
        let packages = n.space.size();
        if packages > MOST_PACKAGES {
            return Err(TooLarge::Packages { packages, most: MOST_PACKAGES });
        }
        let beholders: Vec<Beholder> = n.beholders().collect();
        let looks_ahead = |b| matches!(b, Beholder::Leadership(i) if n.looks_ahead(i, variants));
        let plain: Vec<Beholder> = beholders.iter().copied().filter(|b| looks_ahead(*b)).collect();
        let while_it_holds = (0..beholders.len()).map(|s| {
            let apart = plain.iter().position(|b| *b == beholders[s]);
            apart.map_or(s, |at| beholders.len() + at)
        });
        let while_it_holds = while_it_holds.collect();
        let all: Vec<Beholder> = beholders.iter().chain(&plain).copied().collect();
        let terms = |(s, b): (usize, &Beholder)| compile(n, *b, leaks, s < beholders.len() && looks_ahead(*b));
        let scores = all.iter().enumerate().map(terms).collect::<Result<Vec<_>, _>>()?;
        let lines: Vec<Vec<IssueId>> = all.iter().map(|b| red_line_issues(n, *b)).collect();
        let rules = distinct(n.space.rules.iter().flat_map(Rule::issues));
        let mut entangled = lines.clone();
        entangled.push(rules.clone());
        let layout = Layout::of(&n.space, &scores, &entangled);
        let radix = n.space.radix();
        let excluded = |option_of: &dyn Fn(IssueId) -> OptionId| n.space.rules.iter().any(|r| r.excludes(option_of));
        let rules = Exclusion::of(&layout, &radix, &rules, excluded);
        let plan = |((beholder, terms), issues): ((&Beholder, Vec<Term>), &Vec<IssueId>)| {
            let crossed = |o: &dyn Fn(IssueId) -> OptionId| crosses(n, *beholder, leaks, None, o);
            ScorePlan::of(terms, Exclusion::of(&layout, &radix, issues, crossed), &layout, &radix)
        };
        let plans = all.iter().zip(scores).zip(&lines).map(plan).collect();
        Ok(Self { layout, beholders, plans, while_it_holds, rules, scale, coalitions: Coalitions::of(n), radix })
    }

    /// The plan of a beholder's score without one of its red lines.
    pub fn plan_without(&self, n: &Negotiation, of: usize, red_line: usize, leaks: Leaks) -> ScorePlan {
        let beholder = self.beholders[of];
        let issues = red_line_issues(n, beholder);
        let crossed = |o: &dyn Fn(IssueId) -> OptionId| crosses(n, beholder, leaks, Some(red_line), o);
        let exclusion = Exclusion::of(&self.layout, &self.radix, &issues, crossed);
        ScorePlan::of(self.plans[of].terms.clone(), exclusion, &self.layout, &self.radix)
    }

    /// Fills the tables of every score for a world.
    pub fn fill(&self, world: &World, tables: &mut WorldTables) {
        self.fill_for(world, tables, |_| true);
    }

    /// The same for some beholders only; the tables of the others are empty.
    pub fn fill_for(&self, world: &World, tables: &mut WorldTables, wanted: impl Fn(Beholder) -> bool) {
        tables.resize_with(self.plans.len(), Tables::default);
        for (s, (plan, tables)) in self.plans.iter().zip(tables.iter_mut()).enumerate() {
            if self.beholders.get(s).is_none_or(|beholder| wanted(*beholder)) {
                plan.fill(world, self.scale, &self.layout, tables);
            } else {
                tables.clear();
            }
        }
    }

    /// Opens the packages that the rules allow and of which every option satisfies `keep`.
    pub fn gate(&self, keep: &dyn Fn(IssueId, OptionId) -> bool) -> Gate {
        self.gate_behind(&self.rules, keep)
    }

    /// What the rules exclude, and what any of further clauses rules out.
    pub fn ruled_out(&self, n: &Negotiation, clauses: &[Clause]) -> Exclusion {
        let issues = n.space.rules.iter().flat_map(Rule::issues).chain(clauses.iter().flat_map(Clause::issues));
        let excluded = |option_of: &dyn Fn(IssueId) -> OptionId| {
            n.space.rules.iter().any(|r| r.excludes(option_of)) || clauses.iter().any(|c| c.holds(option_of))
        };
        Exclusion::of(&self.layout, &self.radix, &distinct(issues), excluded)
    }

    /// Opens the packages that `rules` do not exclude and of which every option satisfies `keep`.
    pub fn gate_behind(&self, rules: &Exclusion, keep: &dyn Fn(IssueId, OptionId) -> bool) -> Gate {
        let kept = |issues: &[IssueId]| -> Vec<bool> {
            let level = |open: Vec<bool>, k: &IssueId| -> Vec<bool> {
                let options: Vec<bool> = (0..self.radix[k.0]).map(|o| keep(*k, OptionId(o))).collect();
                let mut next = vec![false; open.len() * options.len()];
                let under = next.chunks_exact_mut(options.len()).zip(&open).filter(|(_, open)| **open);
                under.for_each(|(next, _)| next.copy_from_slice(&options));
                next
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
        let class = |(class, kept): (&u32, &bool)| if *kept { *class } else { Gate::CLOSED };
        Gate::of(rules.class_of.iter().zip(&heads).map(class).collect(), rows)
    }

    /// The gate of all packages that the rules allow.
    pub fn allowed(&self) -> Gate {
        self.gate(&|_, _| true)
    }

    /// The gate of the packages allowed and available in a world.
    pub fn available(&self, n: &Negotiation, world: &World) -> Gate {
        let scores = Scores::new(n, self.scale);
        self.gate(&|issue, option| scores.granted(world, issue, option))
    }

    /// The number of a package in the file's order of issues.
    pub fn number(&self, head: usize, tail: usize) -> u64 {
        self.layout.head_number[head] + self.layout.tail_number[tail]
    }

    /// The package at a head and a tail.
    pub fn package(&self, n: &Negotiation, head: usize, tail: usize) -> Package {
        n.space.package(u128::from(self.number(head, tail)))
    }

    /// The option of an issue in the package at any head and tail.
    pub fn option_at(&self, issue: IssueId) -> impl Fn(usize, usize) -> OptionId + use<> {
        let stride = |issues: &[IssueId]| -> Option<usize> {
            let place = issues.iter().position(|k| *k == issue)?;
            Some(issues[place + 1..].iter().map(|k| self.radix[k.0]).product())
        };
        let (in_head, in_tail) = (stride(&self.layout.head), stride(&self.layout.tail).unwrap_or(1));
        let radix = self.radix[issue.0];
        move |head, tail| OptionId(in_head.map_or_else(|| tail / in_tail, |stride| head / stride) % radix)
    }

    /// The packages of a gate that do without an option.
    pub fn gate_without(&self, gate: &Gate, issue: IssueId, option: OptionId) -> Gate {
        let (option_at, in_head) = (self.option_at(issue), self.layout.head.contains(&issue));
        let mut without = gate.clone();
        if in_head {
            let has = |(head, _): &(usize, &mut u32)| option_at(*head, 0) == option;
            without.class_of.iter_mut().enumerate().filter(has).for_each(|(_, class)| *class = Gate::CLOSED);
        } else {
            let has: Vec<bool> = (0..self.layout.tails()).map(|tail| option_at(0, tail) == option).collect();
            for row in &mut without.rows {
                row.iter_mut().zip(&has).filter(|(_, has)| **has).for_each(|(open, _)| *open = 0);
            }
        }
        Gate::of(without.class_of, without.rows)
    }

    /// Head and tail of a package: the inverse of [`package`](Self::package).
    pub fn place(&self, package: &Package) -> Place {
        let at = |issues: &[IssueId]| issues.iter().fold(0, |f, k| f * self.radix[k.0] + package.option(*k).0);
        (at(&self.layout.head), at(&self.layout.tail))
    }

    /// The place of a beholder in `plans`.
    pub fn score_of(&self, beholder: Beholder) -> Option<usize> {
        self.beholders.iter().position(|b| *b == beholder)
    }

    /// Score of one package from the tables, in units; `None` where a red line of this score is crossed.
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

    /// The party as one that can be left out; `None` where it cannot.
    pub fn swing(&self, party: ActorId) -> Option<Swing<'_>> {
        self.coalitions.as_ref()?.swing(party)
    }

    /// The leaderships, each with its place in `plans`.
    pub fn leaders(&self) -> impl Iterator<Item = (ActorId, usize)> + '_ {
        self.beholders.iter().enumerate().filter_map(|(s, b)| match b {
            Beholder::Leadership(i) => Some((*i, s)),
            Beholder::Audience(_) => None,
        })
    }
}

fn red_line_issues(n: &Negotiation, beholder: Beholder) -> Vec<IssueId> {
    distinct(n.red_lines(beholder).iter().flat_map(|l| l.clause.issues()))
}

/// Whether a package crosses a red line of a beholder, as the beholder sees it, `without` one of them.
fn crosses(
    n: &Negotiation,
    beholder: Beholder,
    leaks: Leaks,
    without: Option<usize>,
    option_of: &dyn Fn(IssueId) -> OptionId,
) -> bool {
    let seen = |k: IssueId| terms::seen(n, beholder, leaks, k, option_of(k));
    let lines = n.red_lines(beholder).iter().enumerate();
    lines.filter(|(i, _)| Some(*i) != without).any(|(_, l)| l.clause.holds(seen))
}

fn distinct(issues: impl Iterator<Item = IssueId>) -> Vec<IssueId> {
    issues.sorted_unstable().dedup().collect()
}
