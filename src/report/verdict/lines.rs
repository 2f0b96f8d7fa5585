//! The lines of an account in words and points.

use super::super::terms::term;
use super::Judged;
use crate::model::{ActorId, AudienceId, Hearing, IssueId, Judgement, OptionId, Spoken};
use crate::text::words::{number, visible};

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
