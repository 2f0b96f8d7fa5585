//! What the pairs of a class agreed: the debrief as a page, as JSON and as one HTML file; and the code of a pair.
//!
//! No names, and no grade: a pair finds itself by the last five letters of its code.

mod data;
mod entered;
mod page;
mod web;

use super::run::accounts;
use super::terms;
use crate::analysis::Share;
use crate::ask::Answer;
use crate::model::{ActorId, Negotiation};
use crate::session::{Better, Deal, Debrief, Misread, Pair};
use crate::text::words::{capital, change_of_points, list, number, signed, visible};

pub use data::summary;
pub use entered::{Entered, entered, entered_json};
pub use page::page;
pub use web::web;

/// A debrief with the answer beside it.
#[derive(Debug, Clone, Copy)]
pub struct Debriefed<'a> {
    /// What many worlds say of the scenario.
    pub answer: &'a Answer,
    /// What the pairs agreed.
    pub debrief: &'a Debrief,
    /// What could not be read, each with where it stands.
    pub misread: &'a [(String, Misread)],
    /// How many more there are than are named.
    pub more: usize,
}

/// The bets on one question, beside the answer.
pub(super) struct Bet {
    /// As a clause, and in a few words.
    pub question: [&'static str; 2],
    /// In per cent, rising.
    pub bets: Vec<u8>,
    /// Over all accounts.
    pub answer: Option<Share>,
    /// The least and the greatest, by account.
    pub by_account: Option<[Share; 2]>,
}

impl Bet {
    /// The middle of the bets; of an even number the mean of the two in the middle.
    pub fn median(&self) -> Option<f64> {
        let (all, half) = (&self.bets, self.bets.len() / 2);
        match all.len() {
            0 => None,
            odd if odd % 2 == 1 => Some(f64::from(all[half])),
            _ => Some(f64::midpoint(f64::from(all[half - 1]), f64::from(all[half]))),
        }
    }

    /// `40 (10–75), of 11`.
    pub fn told(&self) -> String {
        match (self.median(), self.bets.first(), self.bets.last()) {
            (Some(median), Some(least), Some(most)) => format!("{} ({least}–{most})", number(median)),
            _ => "none".into(),
        }
    }

    /// `4.2 to 21.8 %` by account, or one number.
    pub fn answer(&self) -> [String; 2] {
        let pooled = self.answer.map_or("none".into(), |share| crate::text::words::percent(share.share));
        [self.by_account.map_or("—".into(), accounts::words), pooled]
    }
}

impl<'a> Debriefed<'a> {
    fn n(&self) -> &'a Negotiation {
        &self.answer.scenario.negotiation
    }

    fn points(&self, units: i64) -> f64 {
        self.debrief.scale.points(units)
    }

    fn bets(&self) -> [Bet; 3] {
        let a = self.answer;
        let bet =
            |question, place, answer, by_account| Bet { question, bets: self.debrief.bets(place), answer, by_account };
        [
            bet(
                ["a deal exists that is a defeat for nobody", "one exists"],
                0,
                Some(a.survey.exists),
                accounts::exists(a),
            ),
            bet(
                ["one same package would do", "one same package"],
                1,
                a.survey.same_package.as_ref().map(|same| same.share),
                accounts::same_package(a),
            ),
            bet(
                ["the talks reach one", "it is reached"],
                2,
                a.reached.as_ref().map(|r| r.reached),
                accounts::reached(a),
            ),
        ]
    }

    /// What bets are a share of.
    fn bets_are_of(&self) -> String {
        let survey = &self.answer.survey;
        format!(
            "Shares of {}, seed {}",
            crate::text::words::worlds(survey.kept).replace('\u{a0}', " "),
            self.answer.choices.settings.drawing.seed
        )
    }

    /// The pairs with their numbers.
    fn pairs(&self) -> impl Iterator<Item = (usize, &'a Pair)> {
        (1..).zip(&self.debrief.pairs)
    }

    /// The last five letters of a code, by which a pair finds itself.
    fn mark(pair: &Pair) -> String {
        let text = pair.code.text().unwrap_or_default();
        text.rsplit('-').next().unwrap_or_default().to_owned()
    }

    fn names(&self, actors: &[ActorId]) -> String {
        list(actors.iter().map(|i| visible(&self.n().actor(*i).name)))
    }

    /// What becomes of a deal at home, in a few words.
    fn at_home(&self, deal: &Deal) -> String {
        let rules = deal.account.excluded_by.iter().map(|r| format!("`{}`", visible(&self.n().space.rules[*r].id)));
        let rules: Vec<String> = rules.collect();
        if !rules.is_empty() {
            return format!("no settlement: excluded by {}", list(rules));
        }
        let home = if deal.defeated.is_empty() {
            "a defeat for nobody".to_owned()
        } else {
            format!("a defeat for {}", self.names(&deal.defeated))
        };
        let refused =
            (!deal.refused.is_empty()).then(|| format!("refused by the leadership of {}", self.names(&deal.refused)));
        let granted = (!deal.account.is_available()).then(|| "not every term is granted".to_owned());
        [Some(home), refused, granted].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// Who at home calls a deal a defeat, of each party that is defeated.
    fn defeated(&self, deal: &Deal) -> String {
        let n = self.n();
        let of = |party: &ActorId| {
            let by = deal.by.iter().filter(|a| n.audience(**a).of == *party).map(|a| visible(&n.audience(*a).name));
            format!("{} ({})", visible(&n.actor(*party).name), list(by.collect::<Vec<_>>()))
        };
        list(deal.defeated.iter().map(of))
    }

    /// What a better package changes, and what each leadership gains by it.
    fn better(&self, deal: &Deal, better: &Better) -> String {
        let n = self.n();
        let changed = better.package.0.iter().enumerate().filter(|(k, o)| deal.account.package.0[*k] != **o);
        let terms = changed.map(|(k, o)| terms::term(n, crate::model::IssueId(k), *o));
        let gains = n
            .parties()
            .zip(&better.gains)
            .map(|(i, gain)| format!("{} to {}", gained(self.points(*gain)), visible(&n.actor(i).name)));
        let name = terms::named(n, &better.package).map(|id| format!(" (that is `{}`)", visible(id)));
        let home = match &better.defeated[..] {
            [] => "a defeat for nobody".to_owned(),
            some if better.newly_defeated.is_empty() => format!("still a defeat for {}", self.names(some)),
            some => format!("a defeat for {}", self.names(some)),
        };
        format!(
            "{}, {home}, with {}{}",
            list(gains.collect::<Vec<_>>()),
            terms.collect::<Vec<_>>().join("; "),
            name.unwrap_or_default()
        )
    }

    /// What was agreed: its name, or its terms.
    fn agreed(&self, deal: &Deal) -> String {
        let (n, package) = (self.n(), &deal.account.package);
        let named = n.packages.iter().find(|named| named.package == *package);
        named.map_or_else(|| terms::in_brief(n, package), |named| capital(&visible(&named.name)))
    }

    /// What the second sentence says: what else there is to know of the deals that are a defeat for nobody.
    fn also(&self) -> String {
        let good = self.debrief.deals().filter(|deal| deal.is_no_defeat()).count();
        let fine = self.debrief.deals().filter(|deal| deal.would_do()).count();
        let all = "signed by every leadership, and granted";
        match (good, fine) {
            (0, _) => String::new(),
            (1, 1) => format!("The deal that is a defeat for nobody would also be {all}."),
            (1, _) => format!("The deal that is a defeat for nobody would not be {all}."),
            (_, 0) => format!("None of the {good} that are a defeat for nobody would be {all}."),
            (_, fine) if fine == good => format!("All {good} that are a defeat for nobody would also be {all}."),
            (_, fine) => format!("Of the {good} that are a defeat for nobody, {fine} would also be {all}."),
        }
    }
}

/// Points with one decimal, more where they would read as none.
fn gained(points: f64) -> String {
    if points != 0.0 && points.abs() < 0.05 { change_of_points(points) } else { signed(points, 1) }
}

/// The class in one sentence.
pub fn finding(debrief: &Debrief) -> String {
    let all = debrief.pairs.len();
    let deals = debrief.deals().count();
    let good = debrief.deals().filter(|deal| deal.is_no_defeat()).count();
    let left = debrief.deals().filter(|deal| deal.left_value()).count();
    let pairs = if all == 1 { "1 pair".to_owned() } else { format!("{all} pairs") };
    let found = match (deals, good) {
        (0, _) => return format!("No pair of {all} made a deal"),
        (_, 0) => "no deal is a defeat for nobody".to_owned(),
        (_, 1) => "1 deal is a defeat for nobody".to_owned(),
        (_, some) => format!("{some} deals are a defeat for nobody"),
    };
    let left = match left {
        0 => "nobody left value",
        1 => "1 left value that all sides could have had",
        _ => {
            return format!("{deals} of {pairs} made a deal; {found}; {left} left value that all sides could have had");
        }
    };
    format!("{deals} of {pairs} made a deal; {found}; {left}")
}
