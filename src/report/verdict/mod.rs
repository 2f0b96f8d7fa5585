//! One package judged: what each side can say for it at home, what it is charged with, and the numbers behind.

mod case;
mod data;
mod page;

use super::terms::term;
use crate::analysis::Leading;
use crate::model::{
    Account, ActorId, AudienceId, Defeat, Hearing, IssueId, Judgement, Law, Negotiation, OptionId, Spoken, World,
};
use crate::text::words::{number, visible};
pub use case::Case;
pub use data::summary;
pub use page::{back_table, page};

/// A package that was judged, with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The account of the package in the modal world.
    pub account: &'a Account,
    /// The modal world.
    pub world: &'a World,
    /// The laws from which it comes.
    pub laws: &'a [Law],
    /// The variants that are on.
    pub variants: &'a [bool],
    /// Which defeats count.
    pub defeat: Defeat,
    /// How the package fares over many worlds.
    pub over_worlds: &'a Leading,
    /// The one party whose points are shown; `None`: all.
    pub side: Option<ActorId>,
    /// Worlds that were drawn: more than it is said of, if those that contradict an anchor were dropped.
    pub drawn: u64,
}

impl Judged<'_> {
    /// Whether the points of an actor, and of those at its home, are shown.
    fn shows(&self, of: ActorId) -> bool {
        self.side.is_none_or(|side| side == of)
    }
}

/// One line of an account.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AccountLine {
    /// What it is about.
    pub text: String,
    /// What it adds, in points.
    pub points: f64,
    /// How it is made, where that is not plain.
    pub how: Option<String>,
}

impl Judged<'_> {
    pub(super) fn points(&self, units: i64) -> f64 {
        self.account.scale.points(units)
    }

    /// Parties by name.
    pub(super) fn names(&self, actors: &[ActorId]) -> Vec<String> {
        actors.iter().map(|i| visible(&self.n.actor(*i).name)).collect()
    }

    /// Where the utility of a leadership comes from; terms worth nothing are left out.
    pub(super) fn utility(&self, j: &Judgement) -> Vec<AccountLine> {
        let links = j.links.iter().filter(|(_, units)| *units != 0).map(|(link, units)| {
            let text = format!("the link `{}`", self.n.actor(j.actor).links[*link].id);
            AccountLine { text: visible(&text), points: self.points(*units), how: None }
        });
        let text = "what is left if the deal does not hold".into();
        let without = (j.without_it != 0).then(|| AccountLine { text, points: self.points(j.without_it), how: None });
        self.terms(&j.terms).into_iter().chain(links).chain(without).collect()
    }

    pub(super) fn terms(&self, terms: &[(IssueId, OptionId, i64)]) -> Vec<AccountLine> {
        let felt = terms.iter().filter(|(.., units)| *units != 0);
        felt.map(|(k, o, units)| AccountLine { text: term(self.n, *k, *o), points: self.points(*units), how: None })
            .collect()
    }

    /// Losses, each with the numbers that make it.
    pub(super) fn losses(&self, h: &Hearing) -> Vec<AccountLine> {
        let lines = self.terms(&h.charges.losses);
        let made = h.charges.losses.iter().zip(lines);
        made.map(|((k, ..), line)| AccountLine { how: self.made(h.audience, *k, line.points), ..line }).collect()
    }

    /// `40 × −0.74 × 2`: weight, value with the factors of the modifiers, loss aversion.
    fn made(&self, a: AudienceId, issue: IssueId, points: f64) -> Option<String> {
        let audience = self.n.audience(a);
        let weight = self.world.value(audience.views[issue.0].as_ref()?.weight);
        let aversion = self.world.value(audience.loss_aversion);
        let value = points / (weight * aversion);
        value.is_finite().then(|| format!("{} × {} × {}", number(weight), number(value), number(aversion)))
    }

    pub(super) fn spoken(&self, spoken: &[Spoken]) -> Vec<AccountLine> {
        let counted = spoken.iter().filter(|s| s.units != 0);
        let line = |s: &Spoken| {
            let says = format!("“{}”", self.n.claims[s.claim?.0].says);
            Some(AccountLine { text: visible(&says), points: self.points(s.units), how: None })
        };
        counted.filter_map(line).collect()
    }

    /// The red lines that are crossed, by name.
    pub(super) fn crossed(&self, of: crate::model::Beholder, places: &[usize]) -> Vec<String> {
        places.iter().map(|i| visible(&self.n.red_lines(of)[*i].name)).collect()
    }

    /// Everything stays as it is now, and is signed.
    pub(super) fn is_now(&self) -> bool {
        self.n.space.as_now().as_ref() == Some(&self.account.package)
    }
}
