//! What the margin of one world would be without one option, claim, red line or audience.
//!
//! Asked first of a witness: where the package that has the margin does not need the item, nothing changes. Only the
//! rest is searched for, from the best slack already known.

use super::{Compiled, Gate, Margin, Place, Question, Search, State, Tables, WorldTables, rivals::Rivals};
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
    pub fn all(n: &Negotiation) -> Vec<Self> {
        let issues = n.space.issues.iter().enumerate();
        let options = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))));
        let claims = (0..n.claims.len()).map(|c| Self::Claim(ClaimId(c)));
        let red_lines = n.beholders().flat_map(|b| (0..n.red_lines(b).len()).map(move |i| Self::RedLine(b, i)));
        let audiences = (0..n.audiences.len()).map(|a| Self::Audience(AudienceId(a)));
        options.map(|(k, o)| Self::Option(k, o)).chain(claims).chain(red_lines).chain(audiences).collect()
    }

    /// Its path in the scenario file.
    pub fn path(&self, n: &Negotiation) -> String {
        match self {
            Self::Option(k, o) => {
                let issue = &n.space.issues[k.0];
                format!("issues.{}.options.{}", issue.id, issue.options[o.0].id)
            }
            Self::Claim(c) => format!("claims.{}", n.claims[c.0].id),
            Self::RedLine(of, line) => format!("red_lines.{}", n.red_lines(*of)[*line].id),
            Self::Audience(a) => format!("audiences.{}", n.audience(*a).id),
        }
    }
}

/// One world as it is, with every item in place.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// The deal space.
    pub compiled: &'a Compiled<'a>,
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
    /// A package that has it.
    pub place: Option<Place>,
}

impl Rivals<'_> {
    /// The margin without an item; `scratch` is memory used again from world to world.
    pub fn margin_without(&self, item: Item, scratch: &mut WorldTables) -> Margin {
        let base = &self.base;
        match item {
            Item::Option(k, o) => self.without_option(k, o),
            Item::Claim(claim) => self.without_claim(claim).unwrap_or_else(|| base.without_claim(claim, scratch)),
            // A line that is lifted brings no more than its owner's silence would.
            Item::RedLine(of, line) if base.question.asks(of) && self.freed(of) != base.margin => {
                base.without_red_line(of, line, scratch)
            }
            Item::Audience(a) if base.question.asks(Beholder::Audience(a)) => self.freed(Beholder::Audience(a)),
            Item::RedLine(..) | Item::Audience(_) => base.margin,
        }
    }
}

impl Base<'_> {
    fn without_claim(&self, claim: ClaimId, scratch: &mut WorldTables) -> Margin {
        let it = &self.compiled.n.claims[claim.0];
        let asks = |a: AudienceId| self.question.asks(Beholder::Audience(a));
        let listeners = it.heard_by.iter().chain(it.overheard.iter().map(|(a, _)| a)).copied();
        let asked: Vec<AudienceId> = listeners.filter(|a| asks(*a)).collect();
        if asked.is_empty() || self.world.value(it.worth) == 0.0 {
            return self.margin;
        }
        let mut world = self.world.clone();
        world.values[it.worth.0] = 0.0;
        let space = &self.state.space;
        let score = |a: &AudienceId| space.score_of(Beholder::Audience(*a)).expect("every audience has a score");
        scratch.resize_with(scratch.len().max(asked.len()), Tables::default);
        for (a, tables) in asked.iter().zip(scratch.iter_mut()) {
            space.plans[score(a)].fill(&world, space.scale, &space.layout, tables);
        }
        let rescored = asked.iter().zip(scratch.iter()).fold(self.question.clone(), |question, (a, tables)| {
            question.rescored(Beholder::Audience(*a), &space.plans[score(a)], tables)
        });
        self.searched(&rescored, it.overheard.iter().all(|(a, _)| !asks(*a)))
    }

    fn without_red_line(&self, of: Beholder, line: usize, scratch: &mut WorldTables) -> Margin {
        let space = &self.state.space;
        let plan = self.state.without.iter().find(|(s, i, _)| space.beholders[*s] == of && *i == line);
        let Some((_, _, plan)) = plan else { return self.margin };
        scratch.resize_with(scratch.len().max(1), Tables::default);
        plan.fill(self.world, space.scale, &space.layout, &mut scratch[0]);
        self.searched(&self.question.rescored(of, plan, &scratch[0]), false)
    }

    /// The margin of another question, starting from the package that has the margin of this one. `never_more`: the other
    /// question is nowhere easier, so that nothing better than this margin need be looked for.
    pub(super) fn searched(&self, other: &Question, never_more: bool) -> Margin {
        let search = other.search(self.search.lanes, true);
        let known = self.place.map_or(f64::NEG_INFINITY, |(head, tail)| search.slack(self.gate, head, tail));
        if never_more && known >= self.margin.slack() {
            return self.margin;
        }
        search.margin(self.gate, known).0
    }
}
