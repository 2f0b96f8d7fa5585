//! A score as a sum of terms, each a small integer table over the issues that it names.
//!
//! Compiling asks once, for every row of every table, which inputs it is made of; filling a table in a world is then a
//! few multiplications a distinct cell. The arithmetic is that of [`model`](crate::model): same functions, same bits.

use std::cell::RefCell;
use std::sync::Arc;

use itertools::Itertools as _;

use crate::model::{
    AudienceId, Beholder, Claim, Clause, Durability, Foresight, InputId, IssueId, IssueView, Modifier, Negotiation,
    OptionId, Outcome, Package, Pull, Scale, Scope, World,
};

use super::cells::{Cell, ClaimCell, Foreseen, LOOKS_BACK, Variants};
use super::{TooLarge, layout::offsets};

/// Most rows a table may have.
pub const MOST_ROWS: usize = 65_536;

/// Which secret terms have leaked: `leaks[(issue, option)]` is asked only of secret options.
pub type Leaks<'a> = &'a dyn Fn(InputId) -> bool;

/// One term of a score: `rows[row]` names a cell; rows are numbered over `issues` in mixed radix, the last fastest.
#[derive(Debug, Clone)]
pub struct Term {
    /// The issues named, in file order.
    pub issues: Vec<IssueId>,
    /// Number of options of each of them.
    pub radix: Vec<usize>,
    /// The cell of each row.
    pub rows: Vec<u32>,
    /// Cells are numbered through all of these, in their order.
    cells: Vec<Variants>,
    /// What its leadership sees that may look ahead; `None` where it does not.
    vision: Option<Arc<Vision>>,
}

/// What a leadership looks ahead at: the same for all terms of its score.
#[derive(Debug)]
pub struct Vision {
    foresight: Foresight,
    /// What pulls at the hazard of a deal, `contexts[context]`.
    contexts: Vec<Vec<Pull>>,
}

impl Vision {
    /// What it sees in a world, `outcomes[context]`.
    fn see(&self, world: &World) -> Vec<Outcome> {
        self.foresight.see_all(world, self.contexts.iter().map(Vec::as_slice))
    }
}

/// What the leadership of some terms sees in a world; nothing where it does not look ahead.
pub fn outlook(terms: &[Term], world: &World) -> Vec<Outcome> {
    terms.first().and_then(|term| term.vision.as_ref()).map_or_else(Vec::new, |vision| vision.see(world))
}

impl Term {
    /// Writes the value of every row in a world to `out`, in units of `scale`; `seen` is the [`outlook`] of the score.
    pub fn fill(&self, world: &World, scale: Scale, seen: &[Outcome], cells: &mut Vec<i32>, out: &mut Vec<i32>) {
        cells.clear();
        // Scores stay within ±2²⁹ by choice of the scale, hence every term does.
        cells.extend(self.units(world, scale, seen).map(|units| units as i32));
        out.clear();
        out.extend(self.rows.iter().map(|cell| cells[*cell as usize]));
    }

    /// The value of every cell in a world, in units of a wide scale, not bounded to 32 bits.
    pub(super) fn wide(&self, world: &World, scale: Scale, seen: &[Outcome]) -> Vec<i64> {
        self.units(world, scale, seen).collect()
    }

    /// The row of a package.
    pub fn row_of(&self, package: &Package) -> usize {
        let digits = self.issues.iter().zip(&self.radix);
        digits.fold(0, |row, (issue, radix)| row * radix + package.option(*issue).0)
    }

    /// What every cell is worth in a world, in units.
    fn units<'a>(&'a self, world: &'a World, scale: Scale, seen: &'a [Outcome]) -> impl Iterator<Item = i64> + 'a {
        self.cells.iter().flat_map(move |it| it.units(world, seen, scale))
    }

    /// The value of one row in a world, in units of `scale`; `seen` is the [`outlook`] of the score.
    pub fn worth(&self, row: usize, world: &World, scale: Scale, seen: &[Outcome]) -> i64 {
        let (mut place, mut variants) = (self.rows[row] as usize, self.cells.iter());
        let its = variants.find(|it| {
            let here = place < it.contexts.len();
            place -= if here { 0 } else { it.contexts.len() };
            here
        });
        its.and_then(|it| it.units(world, seen, scale).nth(place)).unwrap_or(0)
    }

    /// Whether the worth of a claim enters it.
    pub fn hears(&self, worth: InputId) -> bool {
        let names = |cell: &Cell| matches!(cell, Cell::Aim { claims, .. } if claims.iter().any(|c| c.worth == worth));
        self.cells.iter().any(|it| names(&it.cell))
    }

    /// By how much each cell changes from one world to another, `changes[cell]` in units of `scale`.
    pub fn changes(&self, from: &World, to: &World, scale: Scale) -> Vec<i32> {
        let [before, after] = [from, to].map(|world| outlook(std::slice::from_ref(self), world));
        let pairs = self.units(from, scale, &before).zip(self.units(to, scale, &after));
        pairs.map(|(before, after)| (after - before) as i32).collect()
    }

    /// How far apart two neighbouring options of an issue stand in its rows; 0 if it does not name the issue.
    pub(super) fn stride(&self, issue: IssueId) -> usize {
        let at = self.issues.iter().position(|k| *k == issue);
        at.map_or(0, |at| self.radix[at + 1..].iter().product())
    }

    /// The part of its row that some issues make, for all combinations of their options, the last issue fastest;
    /// `radix[issue]`.
    pub(super) fn rows_over(&self, issues: &[IssueId], radix: &[usize]) -> Vec<u32> {
        let rows = offsets(issues.iter().map(|k| (radix[k.0], self.stride(*k) as u64)));
        rows.into_iter().map(|row| row as u32).collect()
    }
}

/// Compiles the score of a beholder, for one state of the secrets. `looks_ahead`: whether a leadership may, in any world;
/// if so, each of its terms is told apart by the issues on which survival hangs.
///
/// # Errors
/// [`TooLarge::Rows`] if a term names issues with too many combinations of options.
pub fn compile(n: &Negotiation, beholder: Beholder, leaks: Leaks, looks_ahead: bool) -> Result<Vec<Term>, TooLarge> {
    let foresight = match beholder {
        Beholder::Leadership(i) if looks_ahead => n.foresight(i),
        _ => None,
    };
    let compiler = Compiler { n, beholder, leaks, foresight, contexts: RefCell::default() };
    let mut terms = Vec::new();
    match beholder {
        Beholder::Leadership(i) => {
            let actor = n.actor(i);
            compiler.feelings(&actor.views, None, &mut terms)?;
            for link in &actor.links {
                let row = |option_of: &dyn Fn(IssueId) -> OptionId| {
                    Cell::Link(link.clause.holds(option_of).then_some(link.bonus))
                };
                terms.push(compiler.term(link.clause.issues(), || format!("links.{}", link.id), row)?);
            }
            if compiler.foresight.is_some() {
                terms.push(compiler.term(vec![], || "durability".into(), |_| Cell::WithoutIt)?);
            }
        }
        Beholder::Audience(a) => {
            compiler.feelings(&n.audience(a).views, Some(n.audience(a).loss_aversion), &mut terms)?;
            for aim in 0..n.aims.len() {
                terms.extend(compiler.aim(a, aim, false)?);
                terms.extend(compiler.aim(a, aim, true)?);
            }
        }
    }
    if let Some((_, foresight)) = compiler.foresight {
        let vision = Arc::new(Vision { foresight, contexts: compiler.contexts.into_inner() });
        terms.iter_mut().for_each(|term| term.vision = Some(Arc::clone(&vision)));
    }
    Ok(terms)
}

struct Compiler<'a> {
    n: &'a Negotiation,
    beholder: Beholder,
    leaks: Leaks<'a>,
    foresight: Option<(&'a Durability, Foresight)>,
    /// The contexts in which packages were seen so far.
    contexts: RefCell<Vec<Vec<Pull>>>,
}

impl Compiler<'_> {
    fn feelings(
        &self,
        views: &[Option<IssueView>],
        aversion: Option<InputId>,
        terms: &mut Vec<Term>,
    ) -> Result<(), TooLarge> {
        for (k, view) in views.iter().enumerate() {
            let Some(view) = view else { continue };
            let issue = IssueId(k);
            let normal = match self.beholder {
                Beholder::Audience(a) => self.n.audience(a).normal[k].map(|o| view.values[o.0]),
                Beholder::Leadership(_) => None,
            };
            let mut issues = self.modifier_issues(|m| m.gains.is_some() || m.losses.is_some());
            issues.push(issue);
            let row = |option_of: &dyn Fn(IssueId) -> OptionId| {
                let seen = |k: IssueId| self.seen(k, option_of(k));
                let option = seen(issue);
                Cell::Feeling {
                    weight: view.weight,
                    loss_aversion: aversion,
                    value: view.values[option.0],
                    normal,
                    gains: self.factors(Some((issue, option)), &seen, |m| m.gains),
                    losses: self.factors(Some((issue, option)), &seen, |m| m.losses),
                }
            };
            let name = || format!("the modifiers of issues.{}", self.n.space.issues[k].id);
            terms.push(self.term(issues, name, row)?);
        }
        Ok(())
    }

    fn aim(&self, a: AudienceId, aim: usize, overheard: bool) -> Result<Option<Term>, TooLarge> {
        let share_of = |c: &Claim| -> Option<Option<InputId>> {
            if overheard {
                c.overheard.iter().find(|(who, _)| *who == a).map(|(_, share)| Some(*share))
            } else {
                c.heard_by.contains(&a).then_some(None)
            }
        };
        let claims: Vec<(&Claim, Option<InputId>)> =
            self.n.claims.iter().filter(|c| c.aim.0 == aim).filter_map(|c| Some((c, share_of(c)?))).collect();
        if claims.is_empty() {
            return Ok(None);
        }
        let audience = self.n.audience(a);
        let mut issues = self.modifier_issues(|m| m.claims.is_some());
        issues.extend(claims.iter().flat_map(|(c, _)| c.clause.issues()));
        let row = |option_of: &dyn Fn(IssueId) -> OptionId| {
            let seen = |k: IssueId| self.seen(k, option_of(k));
            let in_force = claims.iter().filter(|(c, _)| c.clause.holds(seen));
            let claims: Vec<_> =
                in_force.map(|(c, share)| ClaimCell { worth: c.worth, symbolic: c.symbolic, share: *share }).collect();
            let factors = if claims.is_empty() { vec![] } else { self.factors(None, &seen, |m| m.claims) };
            Cell::Aim {
                claims_weight: audience.claims_weight,
                share: audience.aims[aim],
                credence: audience.credence,
                sign: if overheard { -1 } else { 1 },
                claims,
                factors,
            }
        };
        let name = || format!("the claims for the aim `{}`", self.n.aims[aim]);
        self.term(issues, name, row).map(Some)
    }

    /// The modifiers whose factors `touch` keeps and that touch this beholder.
    fn modifiers(&self) -> impl Iterator<Item = &Modifier> {
        self.n.modifiers.iter().filter(|m| m.beholders.contains(&self.beholder))
    }

    fn modifier_issues(&self, touches: impl Fn(&Modifier) -> bool) -> Vec<IssueId> {
        let clauses = self.modifiers().filter(|m| touches(m)).filter_map(|m| match &m.scope {
            Scope::When(clause) => Some(clause),
            Scope::Form(_) => None,
        });
        clauses.flat_map(Clause::issues).collect()
    }

    fn factors(
        &self,
        term: Option<(IssueId, OptionId)>,
        seen: &dyn Fn(IssueId) -> OptionId,
        pick: impl Fn(&Modifier) -> Option<InputId>,
    ) -> Vec<InputId> {
        let form = term.and_then(|(k, o)| self.n.space.issues[k.0].options[o.0].form);
        let in_force = self.modifiers().filter(|m| match &m.scope {
            Scope::When(clause) => clause.holds(seen),
            Scope::Form(f) => form == Some(*f),
        });
        in_force.filter_map(pick).collect()
    }

    fn seen(&self, issue: IssueId, option: OptionId) -> OptionId {
        seen(self.n, self.beholder, self.leaks, issue, option)
    }

    fn term(
        &self,
        mut issues: Vec<IssueId>,
        name: impl Fn() -> String,
        row: impl Fn(&dyn Fn(IssueId) -> OptionId) -> Cell,
    ) -> Result<Term, TooLarge> {
        issues.extend(self.foresight.iter().flat_map(|(durability, _)| durability.foreseen_issues(self.n)));
        if issues.is_empty() {
            // What is the same for all packages is the same for all options of any issue.
            issues.push(IssueId(0));
        }
        let issues = issues.into_iter().sorted_unstable().dedup().collect_vec();
        let radix: Vec<usize> = issues.iter().map(|k| self.n.space.issues[k.0].options.len()).collect();
        let rows = radix.iter().try_fold(1_usize, |n, r| n.checked_mul(*r)).filter(|n| *n <= MOST_ROWS);
        let Some(count) = rows else { return Err(TooLarge::Rows { what: name(), most: MOST_ROWS }) };
        let mut cells: Vec<Foreseen> = Vec::new();
        let mut rows = Vec::with_capacity(count);
        let mut digits = vec![0_usize; issues.len()];
        for _ in 0..count {
            let option_of = |k: IssueId| OptionId(issues.iter().position(|i| *i == k).map_or(0, |at| digits[at]));
            let cell = Foreseen { cell: row(&option_of), context: self.context(option_of) };
            let known = cells.iter().rev().take(LOOKS_BACK).position(|c| *c == cell).map(|back| cells.len() - 1 - back);
            let id = known.unwrap_or_else(|| {
                cells.push(cell);
                cells.len() - 1
            });
            rows.push(id as u32);
            advance(&mut digits, &radix);
        }
        let cells = Variants::of(cells, &mut rows);
        Ok(Term { issues, radix, rows, cells, vision: None })
    }

    /// The context of packages with these options; 0 where nobody looks ahead.
    fn context(&self, option_of: impl Fn(IssueId) -> OptionId + Copy) -> usize {
        let Some((durability, _)) = &self.foresight else { return 0 };
        let (pulls, mut contexts) = (durability.foreseen(self.n, option_of), self.contexts.borrow_mut());
        contexts.iter().position(|known| *known == pulls).unwrap_or_else(|| {
            contexts.push(pulls);
            contexts.len() - 1
        })
    }
}

/// What a beholder sees of a term. Leaderships see everything; to audiences a secret that has not leaked looks like the
/// present state.
pub(super) fn seen(n: &Negotiation, by: Beholder, leaks: Leaks, issue: IssueId, option: OptionId) -> OptionId {
    let its = &n.space.issues[issue.0];
    let secret = its.options[option.0].secret.filter(|_| matches!(by, Beholder::Audience(_)));
    if secret.is_some_and(|secret| !leaks(secret)) { its.now.unwrap_or(option) } else { option }
}

/// The next number in mixed radix, the last digit fastest.
fn advance(digits: &mut [usize], radix: &[usize]) {
    for (digit, radix) in digits.iter_mut().zip(radix).rev() {
        *digit += 1;
        if *digit < *radix {
            return;
        }
        *digit = 0;
    }
}
