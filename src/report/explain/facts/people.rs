//! Those who take part, what they are after, and what moves around the talks.

use itertools::Itertools as _;

use super::super::super::{clauses, terms};
use super::super::Facts;
use super::Teller;
use crate::model::{ActorId, AudienceId, Beholder, IssueId, Move, OptionId};
use crate::text::words::{change_of_points, list, number, percent, visible};

impl Teller<'_> {
    /// The terms of greatest worth to somebody, up or down.
    fn strongest(&self, of: Beholder, up: bool) -> Vec<String> {
        let issues = self.n.space.issues.iter().enumerate();
        let terms = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))));
        let worth = terms
            .map(|(k, o)| (self.worth.term(of, k, o), k, o))
            .filter(|(x, ..)| if up { *x > 0.0 } else { *x < 0.0 });
        let sorted = worth.sorted_by(|a, b| b.0.abs().total_cmp(&a.0.abs())).unique_by(|(_, k, _)| *k).take(4);
        sorted.map(|(x, k, o)| format!("{} {}", terms::term(self.n, k, o), change_of_points(x))).collect()
    }

    pub(super) fn audience(&self, a: AudienceId) -> Facts {
        let (n, audience) = (self.n, self.n.audience(a));
        let line = self.worth.defeat_line(a).map(|line| format!("below {} points", number(line)));
        let lines = audience.red_lines.iter().map(|line| format!("`{}`", visible(&line.name)));
        let defeat = line.into_iter().chain(lines).join(", or across ");
        let heard = n.claims.iter().filter(|claim| claim.heard_by.contains(&a));
        let heard = heard.sorted_by(|x, y| self.worth.claim(y, a).total_cmp(&self.worth.claim(x, a)));
        let heard =
            heard.map(|claim| format!("“{}” {}", visible(&claim.says), change_of_points(self.worth.claim(claim, a))));
        Facts {
            what: visible(&audience.name),
            rows: vec![
                (
                    "At the home of",
                    format!("{}; {}", visible(&n.actor(audience.of).name), terms::veto(n, &self.laws, self.world, a)),
                ),
                ("It calls a defeat", if defeat.is_empty() { "nothing".into() } else { defeat }),
                ("A loss weighs", format!("{} times a gain", number(self.world.value(audience.loss_aversion)))),
            ],
            lists: vec![
                ("It wants most", self.strongest(Beholder::Audience(a), true)),
                ("It fears most", self.strongest(Beholder::Audience(a), false)),
                ("It can be told", heard.collect()),
            ],
        }
    }

    pub(super) fn actor(&self, i: ActorId) -> Facts {
        let (n, actor) = (self.n, self.n.actor(i));
        let roles = actor
            .roles
            .iter()
            .map(|role| crate::model::Role::WORDS.iter().find(|(_, r)| r == role).map_or("", |(w, _)| w));
        let no_deal = actor.is_party().then(|| format!("{} points to its leadership", number(self.worth.no_deal(i))));
        let home = n.audiences.iter().filter(|a| a.of == i).map(|a| visible(&a.name));
        let prior = |of: &crate::model::Intent| {
            let all: f64 = n.intents.iter().filter(|it| it.of == i).map(|it| self.world.value(it.prior)).sum();
            format!("{} ({})", visible(&of.name), percent(self.world.value(of.prior) / all))
        };
        Facts {
            what: visible(&actor.name),
            rows: vec![
                ("It is", list(roles.collect::<Vec<_>>())),
                ("No deal is worth", no_deal.unwrap_or_default()),
                ("At home", list(home.collect::<Vec<_>>())),
            ],
            lists: vec![
                ("It wants most", self.strongest(Beholder::Leadership(i), true)),
                ("It fears most", self.strongest(Beholder::Leadership(i), false)),
                ("It may be after", n.intents.iter().filter(|it| it.of == i).map(prior).collect()),
            ],
        }
    }

    pub(super) fn intent(&self, at: usize) -> Facts {
        let (n, intent) = (self.n, &self.n.intents[at]);
        let all: f64 = n.intents.iter().filter(|it| it.of == intent.of).map(|it| self.world.value(it.prior)).sum();
        let moves = Move::WORDS
            .iter()
            .zip(&intent.rates)
            .filter_map(|((word, _), rate)| Some((word, self.world.value((*rate)?))));
        let moves: Vec<(&&str, f64)> = moves.collect();
        let sum: f64 = moves.iter().map(|(_, rate)| rate).sum();
        let moves = moves
            .iter()
            .sorted_by(|a, b| b.1.total_cmp(&a.1))
            .map(|(word, rate)| format!("{word} {}", percent(rate / sum)));
        let mut refuses = intent.refuses.iter().map(|clause| clauses::when(n, clause));
        Facts {
            what: visible(&intent.name),
            rows: vec![
                ("Whose", visible(&n.actor(intent.of).name)),
                (
                    "It is drawn",
                    format!("in {} of runs, in the likeliest world", percent(self.world.value(intent.prior) / all)),
                ),
                ("It asks for", clauses::condition(n, &intent.requires)),
                ("It never takes", refuses.join("; or ")),
            ],
            lists: vec![("Moves of a round", moves.collect())],
        }
    }

    pub(super) fn state(&self, s: crate::model::StateId) -> Facts {
        let (n, state) = (self.n, &self.n.states[s.0]);
        let stakes = n.parties().filter_map(|i| {
            let (_, stake) = n.actor(i).no_deal.stake.iter().find(|(of, _)| *of == s)?;
            Some(format!("{} {} a unit", visible(&n.actor(i).name), change_of_points(self.world.value(*stake))))
        });
        Facts {
            what: visible(&state.name),
            rows: vec![
                ("It begins at", number(self.world.value(state.start))),
                (
                    "It moves by",
                    format!(
                        "{} a {}, give or take {}",
                        change_of_points(self.world.value(state.change)),
                        n.per.word(),
                        number(self.world.value(state.spread))
                    ),
                ),
                (
                    "It decides",
                    if n.steers(s) { "the course of the talks depends on it".into() } else { String::new() },
                ),
            ],
            lists: vec![("No deal hangs on it", stakes.collect())],
        }
    }

    pub(super) fn event(&self, at: usize) -> Facts {
        let (n, event) = (self.n, &self.n.events[at]);
        let by = event.actor.map(|i| visible(&n.actor(i).name)).unwrap_or_default();
        let moves = event
            .moves
            .iter()
            .map(|(s, by)| format!("{} {}", visible(&n.states[s.0].name), change_of_points(self.world.value(*by))));
        Facts {
            what: visible(&event.name),
            rows: vec![("Who makes it", by)],
            lists: vec![("It moves", moves.collect())],
        }
    }
}
