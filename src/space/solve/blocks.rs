//! Vast spaces as sums: issues that clauses tie together are taken as one block, and what ties nearly everything is held.
//!
//! A score is a sum of terms, each over the issues that it names; rules and red lines name issues as well. Whatever names
//! several issues ties them. Issues that are tied, straight or through others, make a block, whose packages are its options:
//! over blocks scores add up. An issue to which so much is tied that a block grows too large is *held*: each of its
//! options is a case of its own, in which it ties nothing. What is tied hangs on who is asked, and so do the blocks.

use itertools::Itertools as _;

use super::super::frontier::{Frontier, MAX_PARTIES, NoFrontier, Point, Utilities};
use super::super::terms::{outlook, seen};
use super::super::{Term, TooLarge, compile};
use crate::model::{Beholder, Clause, IssueId, Negotiation, OptionId, Rule, Scale, Scores, World};

/// Combinations of options of issues that are held.
const MOST_CASES: u128 = 1 << 12;

/// Blocks up to this are cheaper looked at than taken apart, unless that takes many cases.
const HANDY: (u128, u128) = (1 << 12, 1 << 6);

/// Which issues are held and which of the rest belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Division {
    held: Vec<IssueId>,
    blocks: Vec<Vec<IssueId>>,
}

impl Division {
    /// The division for some ties. `Err`: the greatest block that is left, when no more issues may be held.
    fn of(radix: &[usize], ties: &[Vec<IssueId>], most: u128) -> Result<Self, NoFrontier> {
        let handy = Self::within(radix, ties, (most.min(HANDY.0), HANDY.1));
        handy.or_else(|_| Self::within(radix, ties, (most, MOST_CASES)))
    }

    /// Holds the issue tied to most others of the greatest block, the one with fewest options first, until all blocks are small.
    fn within(radix: &[usize], ties: &[Vec<IssueId>], (most, cases): (u128, u128)) -> Result<Self, NoFrontier> {
        let size = |issues: &[IssueId]| issues.iter().map(|k| radix[k.0] as u128).fold(1, u128::saturating_mul);
        let mut held = Vec::new();
        loop {
            let blocks = joined(radix.len(), ties, &held);
            let Some(greatest) = blocks.iter().max_by_key(|block| size(block)).filter(|block| size(block) > most)
            else {
                return Ok(Self { held, blocks });
            };
            let tied = |k: IssueId| {
                let with = ties.iter().filter(|tie| tie.contains(&k)).flatten();
                with.filter(|other| !held.contains(*other)).unique().count()
            };
            let next = greatest.iter().copied().min_by_key(|k| (std::cmp::Reverse(tied(*k)), radix[k.0], *k));
            held.extend(next.filter(|_| greatest.len() > 1));
            if size(&held) > cases || greatest.len() == 1 {
                return Err(NoFrontier::Tied { issues: greatest.len(), packages: size(greatest), most });
            }
            held.sort_unstable();
        }
    }

    /// The block of what names some issues; `None` if it names none but those that are held.
    fn home(&self, issues: &[IssueId]) -> Option<usize> {
        let free = issues.iter().find(|k| !self.held.contains(k))?;
        self.blocks.iter().position(|block| block.contains(free))
    }
}

/// The issues that are not held, joined by ties: each block ascending, blocks by their first issue.
fn joined(issues: usize, ties: &[Vec<IssueId>], held: &[IssueId]) -> Vec<Vec<IssueId>> {
    let mut of: Vec<usize> = (0..issues).collect();
    for tie in ties {
        let free = tie.iter().filter(|k| !held.contains(k)).map(|k| of[k.0]).collect_vec();
        let Some(first) = free.iter().copied().min() else { continue };
        of.iter_mut().filter(|block| free.contains(block)).for_each(|block| *block = first);
    }
    let free = (0..issues).map(IssueId).filter(|k| !held.contains(k));
    let blocks = free.into_group_map_by(|k| of[k.0]).into_iter().sorted_unstable_by_key(|(first, _)| *first);
    blocks.map(|(_, block)| block).collect()
}

/// What sums are taken of, over which packages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'s> {
    /// The scores, by their places.
    pub scores: &'s [usize],
    /// Those whose red lines no package may cross.
    pub barring: &'s [usize],
    /// Whether all terms must be granted.
    pub granted: bool,
}

/// The scores of a world, term by term.
pub(super) struct Terms<'a> {
    pub n: &'a Negotiation,
    pub world: &'a World,
    pub scores: Scores<'a>,
    /// Whose score each is: all beholders and behind them, as long as a deal holds, leaderships that look ahead.
    pub beholders: Vec<Beholder>,
    /// `filled[score]`: the terms, each with the value of its rows, in units.
    filled: Vec<Vec<(Term, Vec<i32>)>>,
    radix: Vec<usize>,
    strides: Vec<u128>,
    /// Packages that a block may have.
    most: u128,
}

impl<'a> Terms<'a> {
    /// The terms of all scores in a world.
    ///
    /// # Errors
    /// [`TooLarge::Rows`].
    pub fn of(n: &'a Negotiation, world: &'a World, scale: Scale, most: u128) -> Result<Self, TooLarge> {
        let looks_ahead = |b: Beholder| matches!(b, Beholder::Leadership(i) if world.value(n.actor(i).foresight) > 0.0);
        let fill = |(b, ahead): (Beholder, bool)| -> Result<Vec<(Term, Vec<i32>)>, TooLarge> {
            let terms = compile(n, b, &|secret| world.happens(secret), ahead)?;
            let sees = outlook(&terms, world);
            let mut cells = Vec::new();
            let row = |term: Term| {
                let mut rows = Vec::new();
                term.fill(world, scale, &sees, &mut cells, &mut rows);
                (term, rows)
            };
            Ok(terms.into_iter().map(row).collect())
        };
        let all = n.beholders().map(|b| (b, looks_ahead(b)));
        let apart = n.beholders().filter(|b| looks_ahead(*b)).map(|b| (b, false));
        let beholders: Vec<(Beholder, bool)> = all.chain(apart).collect();
        let radix = n.space.radix();
        let mut strides = vec![1_u128; radix.len()];
        for k in (1..radix.len()).rev() {
            strides[k - 1] = strides[k].saturating_mul(radix[k] as u128);
        }
        Ok(Self {
            filled: beholders.iter().copied().map(fill).collect::<Result<_, _>>()?,
            beholders: beholders.into_iter().map(|(b, _)| b).collect(),
            scores: Scores::new(n, scale),
            n,
            world,
            radix,
            strides,
            most,
        })
    }

    /// Whether every option of every issue is granted.
    pub fn all_granted(&self) -> bool {
        let options = |k: usize| (0..self.radix[k]).map(move |o| (IssueId(k), OptionId(o)));
        (0..self.radix.len()).flat_map(options).all(|(k, o)| self.scores.granted(self.world, k, o))
    }

    /// What names several issues, for those who are asked.
    fn ties(&self, asked: Asked) -> Vec<Vec<IssueId>> {
        let terms = asked.scores.iter().flat_map(|s| self.filled[*s].iter().map(|(term, _)| term.issues.clone()));
        let lines = asked.barring.iter().flat_map(|s| self.n.red_lines(self.beholders[*s]));
        let rules = self.n.space.rules.iter().map(Rule::issues);
        terms.chain(lines.map(|line| line.clause.issues())).chain(rules).filter(|issues| issues.len() > 1).collect()
    }

    /// What sums are taken of, case by case: the points of each block, in the order of the scores asked about. A package
    /// is one point of every block; no package is in two cases.
    ///
    /// # Errors
    /// [`NoFrontier::Tied`] where a block is too large; [`NoFrontier::Parties`] for too many scores.
    pub fn cases<'s>(
        &'s self,
        asked: Asked<'s>,
    ) -> Result<impl Iterator<Item = Vec<Utilities>> + use<'s, 'a>, NoFrontier> {
        if asked.scores.len() > MAX_PARTIES {
            return Err(NoFrontier::Parties(asked.scores.len()));
        }
        let division = Division::of(&self.radix, &self.ties(asked), self.most)?;
        let counts = division.held.iter().map(|k| self.radix[k.0]).collect_vec();
        let cases = counts.iter().product::<usize>();
        Ok((0..cases).map(move |case| {
            let mut picks = vec![OptionId(0); self.radix.len()];
            let mut rest = case;
            for (k, options) in division.held.iter().zip(&counts).rev() {
                picks[k.0] = OptionId(rest % options);
                rest /= options;
            }
            self.case(asked, &division, &picks)
        }))
    }

    /// The points of each block where issues that are held are as in `picks`.
    fn case(&self, asked: Asked, division: &Division, picks: &[OptionId]) -> Vec<Utilities> {
        let blocks = division.blocks.iter().enumerate().map(|(at, issues)| (Some(at), &issues[..]));
        let nowhere = self.gate(asked, division, None);
        let held = !division.held.is_empty() || !nowhere.rules.is_empty() || !nowhere.lines.is_empty();
        blocks
            .chain(held.then_some((None, &[][..])))
            .map(|(at, issues)| self.block(asked, division, picks, (at, issues)))
            .collect()
    }

    /// The points of one block; of what names only issues that are held, if it is at no place.
    fn block(
        &self,
        asked: Asked,
        division: &Division,
        picks: &[OptionId],
        (at, issues): (Option<usize>, &[IssueId]),
    ) -> Utilities {
        let width = asked.scores.len();
        let size: usize = issues.iter().map(|k| self.radix[k.0]).product();
        let sums = self.sums(asked.scores, division, picks, (at, issues));
        let gate = self.gate(asked, division, at);
        let fixed: u128 = if at.is_none() {
            division.held.iter().map(|k| self.strides[k.0].saturating_mul(picks[k.0].0 as u128)).sum()
        } else {
            0
        };
        let mut picks = picks.to_vec();
        // Scores asked about may be none: points then only count.
        let mut points = Utilities::new(width.max(1)).expect("no more scores are asked about than a vector holds");
        for place in 0..size {
            let mut rest = place;
            let mut first = fixed;
            for k in issues.iter().rev() {
                picks[k.0] = OptionId(rest % self.radix[k.0]);
                first = first.saturating_add(self.strides[k.0].saturating_mul(picks[k.0].0 as u128));
                rest /= self.radix[k.0];
            }
            if gate.lets_through(&picks, issues, division, at) {
                let utility = if width == 0 { &[0][..] } else { &sums[place * width..][..width] };
                points.push(Point { utility, packages: 1, first }).expect("one utility for each score");
            }
        }
        points
    }

    /// `sums[place · scores + score]`: what the terms of a block come to.
    fn sums(
        &self,
        scores: &[usize],
        division: &Division,
        picks: &[OptionId],
        (at, issues): (Option<usize>, &[IssueId]),
    ) -> Vec<i64> {
        let size: usize = issues.iter().map(|k| self.radix[k.0]).product();
        let mut sums = vec![0_i64; size * scores.len()];
        for (column, score) in scores.iter().enumerate() {
            for (term, rows) in self.filled[*score].iter().filter(|(term, _)| division.home(&term.issues) == at) {
                let held = division.held.iter().map(|k| term.stride(*k) * picks[k.0].0).sum::<usize>();
                for (place, row) in term.rows_over(issues, &self.radix).into_iter().enumerate() {
                    sums[place * scores.len() + column] += i64::from(rows[held + row as usize]);
                }
            }
        }
        sums
    }

    /// What closes packages of a block.
    fn gate<'s>(&'s self, asked: Asked<'s>, division: &Division, at: Option<usize>) -> Closing<'s, 'a> {
        let lines = asked.barring.iter().flat_map(|s| {
            let by = self.beholders[*s];
            self.n.red_lines(by).iter().map(move |line| (by, &line.clause))
        });
        Closing {
            of: self,
            rules: self.n.space.rules.iter().filter(|rule| division.home(&rule.issues()) == at).collect(),
            lines: lines.filter(|(_, clause)| division.home(&clause.issues()) == at).collect(),
            granted: asked.granted,
        }
    }
}

/// The rules and red lines that close packages of a block, and whether terms must be granted.
struct Closing<'s, 'a> {
    of: &'s Terms<'a>,
    rules: Vec<&'s Rule>,
    lines: Vec<(Beholder, &'s Clause)>,
    granted: bool,
}

impl Closing<'_, '_> {
    fn lets_through(&self, picks: &[OptionId], issues: &[IssueId], division: &Division, at: Option<usize>) -> bool {
        let Terms { n, world, scores, .. } = self.of;
        let own = if at.is_some() { issues } else { &division.held[..] };
        let sees = |by: Beholder, k: IssueId| seen(n, by, &|secret| world.happens(secret), k, picks[k.0]);
        (!self.granted || own.iter().all(|k| scores.granted(world, *k, picks[k.0])))
            && !self.rules.iter().any(|rule| rule.excludes(|k| picks[k.0]))
            && !self.lines.iter().any(|(by, clause)| clause.holds(|k| sees(*by, k)))
    }
}

/// The frontiers of the blocks of a case.
pub(super) fn frontiers(case: &[Utilities]) -> Vec<Frontier> {
    case.iter().map(Frontier::of).collect()
}
