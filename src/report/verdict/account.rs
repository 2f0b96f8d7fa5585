//! The account of one package in one world.

use super::super::terms;
use super::super::words::visible;
use crate::model::{
    ActorId, Audience, AudienceId, Beholder, ClaimId, Defeat, IssueId, Negotiation, Package, Reason, ReasonKind, Scale,
    Scores, Verdict, World,
};

/// What everybody makes of a package in one world, in points of whoever holds them.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The package.
    pub package: Package,
    /// Rules that exclude it.
    pub excluded_by: Vec<String>,
    /// The parties for which it is a defeat, by the reading of defeat that was asked for.
    pub defeated: Vec<ActorId>,
    /// What the leaderships make of it.
    pub leaderships: Vec<Signature>,
    /// What the audiences say, in file order.
    pub audiences: Vec<Judgement>,
    /// Who must grant which term.
    pub grants: Vec<Grant>,
}

/// One line of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about, in words.
    pub text: String,
    /// What it adds, in points.
    pub points: f64,
}

/// Whether a leadership would sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// Whose leadership.
    pub actor: ActorId,
    /// Its utility.
    pub utility: f64,
    /// What no deal is worth to it.
    pub no_deal: f64,
    /// Where the utility comes from; terms worth nothing are left out.
    pub lines: Vec<Line>,
    /// Its own red lines that are crossed.
    pub crossed: Vec<String>,
    /// Whether it prefers the package to no deal and no line is crossed.
    pub would_sign: bool,
}

/// What an audience says, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The audience.
    pub audience: AudienceId,
    /// What it says.
    pub verdict: Verdict,
    /// Whether its verdict binds.
    pub veto: bool,
    /// Its score.
    pub score: f64,
    /// Below this it calls a package a defeat.
    pub defeat_line: Option<f64>,
    /// From this on it calls a package a victory.
    pub victory_line: Option<f64>,
    /// Whether the line was placed by this very package, so that the verdict holds by construction.
    pub by_construction: bool,
    /// Claims in force that count, as they are said.
    pub claims: Vec<Line>,
    /// Gains felt.
    pub gains: Vec<Line>,
    /// Losses felt.
    pub losses: Vec<Line>,
    /// Claims told elsewhere that it overhears.
    pub overheard: Vec<Line>,
    /// Red lines that are crossed.
    pub crossed: Vec<String>,
}

/// Who must grant a term.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// The term in words.
    pub term: String,
    /// The holders by name, and whether each grants it in this world by itself.
    pub holders: Vec<(String, bool)>,
    /// Whether the term is available, since all grant it or are brought along.
    pub available: bool,
}

impl Account {
    /// The account of a package in a world.
    #[must_use]
    pub fn of(n: &Negotiation, world: &World, package: &Package, defeat: Defeat) -> Self {
        let it = Judge { n, world, package, scores: Scores::new(n, Scale::of(n)) };
        let rules = n.space.rules.iter().filter(|rule| rule.excludes(|k| package.option(k)));
        Self {
            package: package.clone(),
            excluded_by: rules.map(|rule| rule.id.clone()).collect(),
            defeated: n.parties().filter(|i| it.scores.is_defeat_for(world, *i, package, defeat)).collect(),
            leaderships: n.parties().map(|i| it.signature(i)).collect(),
            audiences: (0..n.audiences.len()).map(|a| it.judgement(AudienceId(a))).collect(),
            grants: it.grants(),
        }
    }
}

struct Judge<'a> {
    n: &'a Negotiation,
    world: &'a World,
    package: &'a Package,
    scores: Scores<'a>,
}

impl Judge<'_> {
    fn points(&self, units: i64) -> f64 {
        self.scores.scale().points(units)
    }

    fn signature(&self, actor: ActorId) -> Signature {
        let of = Beholder::Leadership(actor);
        let reasons = self.scores.reasons(self.world, of, self.package);
        let felt = reasons.iter().filter(|r| r.units != 0);
        Signature {
            actor,
            utility: self.points(self.scores.leadership(self.world, actor, self.package)),
            no_deal: self.points(self.scores.no_deal(self.world, actor)),
            lines: felt.map(|r| self.line(of, r)).collect(),
            crossed: self.crossed(of),
            would_sign: self.scores.rational(self.world, actor, self.package),
        }
    }

    fn judgement(&self, a: AudienceId) -> Judgement {
        let (of, audience) = (Beholder::Audience(a), self.n.audience(a));
        let reasons = self.scores.reasons(self.world, of, self.package);
        let lines =
            |keep: &dyn Fn(&Reason) -> bool| reasons.iter().filter(|r| keep(r)).map(|r| self.line(of, r)).collect();
        let term = |r: &Reason| matches!(r.kind, ReasonKind::Term(..));
        Judgement {
            audience: a,
            verdict: self.scores.verdict(self.world, a, self.package),
            veto: self.world.happens(audience.veto),
            score: self.points(self.scores.audience(self.world, a, self.package)),
            defeat_line: self.scores.defeat_line(self.world, a).map(|units| self.points(units)),
            victory_line: self.scores.victory_line(self.world, a).map(|units| self.points(units)),
            by_construction: self.by_construction(audience),
            claims: lines(&|r| matches!(r.kind, ReasonKind::Claimed(_)) && r.units != 0),
            gains: lines(&|r| term(r) && r.units > 0),
            losses: lines(&|r| term(r) && r.units < 0),
            overheard: lines(&|r| matches!(r.kind, ReasonKind::Overheard(_)) && r.units != 0),
            crossed: self.crossed(of),
        }
    }

    fn by_construction(&self, audience: &Audience) -> bool {
        let lines = [&audience.defeat_below, &audience.victory_from];
        let placed = lines.into_iter().flatten().filter_map(|line| line.between);
        placed.flat_map(|(bears, rejects)| [bears, rejects]).any(|p| self.n.packages[p].package == *self.package)
    }

    fn crossed(&self, of: Beholder) -> Vec<String> {
        self.scores.crossed(self.world, of, self.package).iter().map(|line| visible(&line.name)).collect()
    }

    fn line(&self, of: Beholder, reason: &Reason) -> Line {
        let said = |c: ClaimId| format!("“{}”", self.n.claims[c.0].says);
        let text = match (reason.kind, of) {
            (ReasonKind::Term(k, o), _) => self.term(k, o),
            (ReasonKind::Claimed(c) | ReasonKind::Overheard(c), _) => said(c),
            (ReasonKind::Link(link), Beholder::Leadership(i)) => {
                format!("the link `{}`", self.n.actor(i).links[link].id)
            }
            (ReasonKind::Link(_), Beholder::Audience(_)) => "a link".into(),
        };
        Line { text: visible(&text), points: self.points(reason.units) }
    }

    fn term(&self, k: IssueId, o: crate::model::OptionId) -> String {
        let issue = &self.n.space.issues[k.0];
        format!("{}: {}", issue.name, issue.options[o.0].name)
    }

    fn grants(&self) -> Vec<Grant> {
        let issues = (0..self.n.space.issues.len()).map(IssueId);
        let held = issues.filter_map(|k| {
            let option = self.package.option(k);
            let holders = &self.n.space.issues[k.0].options[option.0].holders;
            let named = holders.iter().map(|(h, grants)| (self.n.actor(*h).name.clone(), self.world.happens(*grants)));
            (!holders.is_empty()).then(|| Grant {
                term: visible(&self.term(k, option)),
                holders: named.collect(),
                available: self.scores.granted(self.world, k, option),
            })
        });
        held.collect()
    }
}

/// The parties of a list by name.
pub(super) fn names(n: &Negotiation, actors: &[ActorId]) -> Vec<String> {
    actors.iter().map(|i| visible(&n.actor(*i).name)).collect()
}

/// A verdict in a word.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Defeat => "a defeat",
        Verdict::Bearable => "bearable",
        Verdict::Victory => "a victory",
    }
}

/// The package under its name, if it has one, and in words.
pub(super) fn title(n: &Negotiation, package: &Package) -> String {
    let words = terms::in_words(n, package);
    terms::named(n, package).map_or_else(|| words.clone(), |id| format!("`{id}`: {words}"))
}
