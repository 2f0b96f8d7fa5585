//! What the margin of one world would be without one option, claim, red line or audience.
//!
//! Asked first of a witness: where the package that has the margin does not need the item, nothing changes. Only the
//! rest is searched for, from the best slack already known.

use super::rivals::Rivals;
use super::{Compiled, Gate, Lanes, Margin, Question, Search, State, Tables};
use crate::model::{AudienceId, Beholder, ClaimId, IssueId, Negotiation, OptionId, World};

/// Something that could be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// An option cannot be chosen.
    Option(IssueId, OptionId),
    /// A claim is worth nothing.
    Claim(ClaimId),
    /// A red line is not drawn: whose, and its place among theirs.
    RedLine(Beholder, usize),
    /// The verdict of an audience does not bind.
    Audience(AudienceId),
}

impl Item {
    /// Every item of a negotiation: options, claims, red lines, audiences.
    #[must_use]
    pub fn all(n: &Negotiation) -> Vec<Self> {
        let issues = n.space.issues.iter().enumerate();
        let options = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))));
        let claims = (0..n.claims.len()).map(|c| Self::Claim(ClaimId(c)));
        let red_lines = n.beholders().flat_map(|b| (0..n.red_lines(b).len()).map(move |i| Self::RedLine(b, i)));
        let audiences = (0..n.audiences.len()).map(|a| Self::Audience(AudienceId(a)));
        options.map(|(k, o)| Self::Option(k, o)).chain(claims).chain(red_lines).chain(audiences).collect()
    }

    /// Its path in the scenario file.
    #[must_use]
    pub fn path(&self, n: &Negotiation) -> String {
        match self {
            Self::Option(k, o) => {
                let issue = &n.space.issues[k.0];
                format!("issues.{}.options.{}", issue.id, issue.options[o.0].id)
            }
            Self::Claim(c) => format!("claims.{}", n.claims[c.0].id),
            Self::RedLine(Beholder::Leadership(i), line) => format!("red_lines.{}", n.actor(*i).red_lines[*line].id),
            Self::RedLine(Beholder::Audience(a), line) => format!("red_lines.{}", n.audience(*a).red_lines[*line].id),
            Self::Audience(a) => format!("audiences.{}", n.audience(*a).id),
        }
    }
}

/// One world as it is, with every item in place.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// The space, as the secrets stand in the world.
    pub state: &'a State,
    /// The inputs.
    pub world: &'a World,
    /// Everybody whose judgement counts.
    pub question: &'a Question<'a>,
    /// The search for the margin, rationality required.
    pub search: &'a Search<'a>,
    /// The packages allowed and available.
    pub gate: &'a Gate,
    /// The margin.
    pub margin: Margin,
    /// A package (head, tail) that has it.
    pub place: Option<(usize, usize)>,
}

/// The margin of a world without an item; `rivals` are those of the same world.
#[must_use]
pub fn margin_without(
    c: &Compiled,
    base: &Base,
    rivals: &Rivals,
    item: Item,
    lanes: Lanes,
    scratch: &mut Scratch,
) -> Margin {
    match item {
        Item::Option(k, o) => rivals.without_option(c, k, o),
        Item::Claim(claim) => {
            rivals.without_claim(claim).unwrap_or_else(|| without_claim(c, base, claim, lanes, scratch))
        }
        // A line that is lifted brings no more than its owner's silence would.
        Item::RedLine(of, _) if !base.question.asks(of) || rivals.freed(of, lanes) == base.margin => base.margin,
        Item::RedLine(of, line) => without_red_line(c, base, of, line, lanes, scratch),
        Item::Audience(a) if base.question.asks(Beholder::Audience(a)) => rivals.freed(Beholder::Audience(a), lanes),
        Item::Audience(_) => base.margin,
    }
}

/// Memory used again from world to world.
#[derive(Debug, Default)]
pub struct Scratch {
    tables: Vec<Tables>,
}

fn without_claim(c: &Compiled, base: &Base, claim: ClaimId, lanes: Lanes, scratch: &mut Scratch) -> Margin {
    let it = &c.n.claims[claim.0];
    let listeners = it.heard_by.iter().chain(it.overheard.iter().map(|(a, _)| a));
    let asked: Vec<Beholder> = listeners.map(|a| Beholder::Audience(*a)).filter(|b| base.question.asks(*b)).collect();
    if asked.is_empty() || base.world.value(it.worth) == 0.0 {
        return base.margin;
    }
    let mut world = base.world.clone();
    world.values[it.worth.0] = 0.0;
    let space = &base.state.space;
    let plans: Vec<usize> = asked.iter().filter_map(|b| space.score_of(*b)).collect();
    scratch.tables.resize_with(scratch.tables.len().max(plans.len()), Tables::default);
    for (plan, tables) in plans.iter().zip(&mut scratch.tables) {
        space.plans[*plan].fill(&world, c.scale, &space.layout, tables);
    }
    let rescored = asked
        .iter()
        .zip(&plans)
        .zip(&scratch.tables)
        .fold(base.question.clone(), |q, ((b, plan), tables)| q.rescored(*b, &space.plans[*plan], tables));
    let only_heard = it.overheard.iter().all(|(a, _)| !base.question.asks(Beholder::Audience(*a)));
    searched(base, &rescored, lanes, only_heard)
}

fn without_red_line(
    c: &Compiled,
    base: &Base,
    of: Beholder,
    line: usize,
    lanes: Lanes,
    scratch: &mut Scratch,
) -> Margin {
    let space = &base.state.space;
    let plan = base.state.without.iter().find(|(s, i, _)| space.beholders[*s] == of && *i == line);
    let Some((_, _, plan)) = plan.filter(|_| base.question.asks(of)) else { return base.margin };
    scratch.tables.resize_with(scratch.tables.len().max(1), Tables::default);
    plan.fill(base.world, c.scale, &space.layout, &mut scratch.tables[0]);
    searched(base, &base.question.rescored(of, plan, &scratch.tables[0]), lanes, false)
}

/// The margin of another question, starting from the package that has the margin of this one. `never_more`: the other
/// question is nowhere easier, so that nothing better than this margin need be looked for.
pub(super) fn searched(base: &Base, other: &Question, lanes: Lanes, never_more: bool) -> Margin {
    let search = other.search(lanes, true);
    let known = base.place.map_or(f64::NEG_INFINITY, |(head, tail)| search.slack(base.gate, head, tail));
    if never_more && known >= base.margin.slack() {
        return base.margin;
    }
    search.margin(base.gate, known).0
}
