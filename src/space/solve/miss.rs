//! The nearest miss: where no package would do, which one comes closest, who refuses it, and by how much.

use super::super::slack::{Search, Slack};
use super::super::{Coalitions, Compiled, Gate, Lanes, Place, Question, ScorePlan, Space, Spans, Tables, Test};
use super::repair::{Repair, repairs};
use crate::model::{ActorId, AudienceId, Beholder, IssueId, Negotiation, OptionId, Package, Scores, Verdict, World};

/// The package that comes nearest to one that would do.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestMiss {
    /// The package.
    pub package: Package,
    /// Among which packages it is the nearest.
    pub within: Within,
    /// Everybody whose judgement counts: the audiences with a veto in force, then the leaderships.
    pub judged: Vec<Shortfall>,
    /// Those with the least slack, and those who refuse all packages alike: who binds.
    pub binding: Vec<Beholder>,
    /// Its terms that some holder does not grant.
    pub ungranted: Vec<(IssueId, OptionId)>,
    /// Single changes that would make one who refuses bear it.
    pub repairs: Vec<Repair>,
}

/// Among which packages the nearest miss was looked for: the first kind of which there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Rational for all who must agree, no red line crossed: it has the margin.
    Rational,
    /// No red line of those who must agree crossed: the slack of leaderships counts as well.
    NoRedLine,
    /// Some red line of theirs is crossed by every package.
    All,
}

/// How far a package is from being refused by one judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// Who judges.
    pub beholder: Beholder,
    /// Whether the judge refuses: an audience calls it a defeat, a leadership prefers no deal or crosses a red line.
    pub refuses: bool,
    /// Score less line, in units; `None` for an audience that has only red lines.
    pub slack: Option<i64>,
    /// The same as a share of the judge's span; `None` where its score is the same in all packages.
    pub share: Option<f64>,
    /// The red lines crossed, as places among the judge's.
    pub crossed: Vec<usize>,
}

impl Shortfall {
    /// Whether the judge refuses all packages alike.
    fn refuses_alike(&self) -> bool {
        self.share.is_none() && self.slack.is_some_and(|slack| slack < 0)
    }
}

/// Those whose judgement counts in one world.
pub(super) struct Judging<'a> {
    pub n: &'a Negotiation,
    pub world: &'a World,
    pub scores: Scores<'a>,
    pub spans: &'a Spans,
    /// The audiences with a veto in force.
    pub vetoes: Vec<Beholder>,
    /// Who can be left out; `None` where all parties must agree.
    pub coalitions: Option<Coalitions>,
}

/// A package, and among which it is the nearest.
pub(super) type Near = (Within, Package);

impl Judging<'_> {
    /// The nearest miss among the packages available, and one among all allowed if that is nearer.
    pub fn misses(&self, near: Option<Near>, far: Option<Near>) -> (Option<NearestMiss>, Option<NearestMiss>) {
        let miss = near.map(|(within, package)| self.miss(within, package));
        let nearer = far.map(|(within, package)| self.miss(within, package)).filter(|far| {
            let worst = |m: &NearestMiss| (m.within, self.least(&m.judged).0);
            !far.ungranted.is_empty()
                && miss.as_ref().is_none_or(|near| {
                    let ((a, slack), (b, known)) = (worst(far), worst(near));
                    a < b || (a == b && slack > known)
                })
        });
        (miss, nearer)
    }

    fn miss(&self, within: Within, package: Package) -> NearestMiss {
        let judged: Vec<Shortfall> = self.judges().map(|b| self.shortfall(b, &package)).collect();
        let (least, members) = self.least(&judged);
        let among = |j: &Shortfall| members.contains(&self.n.speaks_for(j.beholder));
        // Whoever clears his line does not bind while somebody refuses all packages alike.
        let alike = judged.iter().any(|j| among(j) && j.refuses_alike());
        let binds =
            |j: &Shortfall| among(j) && (j.refuses_alike() || (j.share == Some(least) && (least < 0.0 || !alike)));
        NearestMiss {
            within,
            binding: judged.iter().filter(|j| binds(j)).map(|j| j.beholder).collect(),
            ungranted: self.ungranted(&package),
            repairs: repairs(self.n, &self.scores, self.world, &judged, &package),
            judged,
            package,
        }
    }

    /// The least share of those who must agree, and who they are: all parties or, where fewer suffice, those in coalitions that
    /// have the greatest least share.
    fn least(&self, judged: &[Shortfall]) -> (f64, Vec<ActorId>) {
        let own = |i: ActorId| judged.iter().filter(move |j| self.n.speaks_for(j.beholder) == i);
        let measured = |i: ActorId| own(i).filter_map(|j| j.share).fold(f64::INFINITY, f64::min);
        let Some(among) = &self.coalitions else {
            let parties: Vec<ActorId> = self.n.parties().collect();
            return (parties.iter().map(|i| measured(*i)).fold(f64::INFINITY, f64::min), parties);
        };
        let all = |i: ActorId| if own(i).any(Shortfall::refuses_alike) { f64::NEG_INFINITY } else { measured(i) };
        match among.value(all) {
            f64::NEG_INFINITY => (among.value(measured), among.members(measured, among.value(measured))),
            least => (least, among.members(all, least)),
        }
    }

    fn judges(&self) -> impl Iterator<Item = Beholder> + '_ {
        self.vetoes.iter().copied().chain(self.n.parties().map(Beholder::Leadership))
    }

    fn shortfall(&self, beholder: Beholder, package: &Package) -> Shortfall {
        let (scores, world) = (&self.scores, self.world);
        let slack = match beholder {
            Beholder::Leadership(i) => Some(scores.leader_slack(world, i, package)),
            Beholder::Audience(a) => scores.defeat_line(world, a).map(|line| scores.audience(world, a, package) - line),
        };
        let score = self.n.beholders().position(|b| b == beholder);
        let span = score.and_then(|s| self.spans.measure(s));
        Shortfall {
            beholder,
            refuses: !bears(scores, world, beholder, package),
            slack,
            share: slack.zip(span).map(|(slack, span)| slack as f64 / span),
            crossed: scores.crossed(world, beholder, package),
        }
    }

    fn ungranted(&self, package: &Package) -> Vec<(IssueId, OptionId)> {
        let picks = package.0.iter().enumerate().map(|(k, o)| (IssueId(k), *o));
        picks.filter(|(k, o)| !self.scores.granted(self.world, *k, *o)).collect()
    }
}

/// What misses are looked for in.
pub(super) struct Ground<'a> {
    pub compiled: &'a Compiled<'a>,
    pub space: &'a Space,
    pub world: &'a World,
    pub question: &'a Question<'a>,
    pub lanes: Lanes,
}

impl Ground<'_> {
    /// The nearest miss among the packages available, and one among all allowed if that is nearer; `place` has the
    /// margin, if there is one.
    pub fn misses(
        &self,
        allowed: &Gate,
        available: &Gate,
        place: Option<Place>,
    ) -> (Option<NearestMiss>, Option<NearestMiss>) {
        let near = place.map(|place| (Within::Rational, place)).or_else(|| self.nearest(available));
        let rational = self.question.search(self.lanes, true).greatest(allowed, f64::NEG_INFINITY);
        let rational = rational.map(|(_, head, tail)| (Within::Rational, (head, tail)));
        let far = rational.or_else(|| self.nearest(allowed));
        let package =
            |(within, (head, tail)): (Within, Place)| (within, self.space.package(self.compiled.n, head, tail));
        self.judging().misses(near.map(package), far.map(package))
    }

    fn judging(&self) -> Judging<'_> {
        let audience = |b: &Beholder| matches!(b, Beholder::Audience(_));
        Judging {
            n: self.compiled.n,
            world: self.world,
            scores: Scores::new(self.compiled.n, self.space.scale),
            spans: &self.compiled.spans,
            vetoes: self.question.borne.iter().map(|j| j.beholder).filter(audience).collect(),
            coalitions: self.space.coalitions.clone(),
        }
    }

    /// The package with the greatest least slack of judges and leaderships.
    fn nearest(&self, gate: &Gate) -> Option<(Within, Place)> {
        let slacks: Vec<Slack> = self.asked().filter_map(|(test, span)| Some(Slack { test, span: span? })).collect();
        let unmeasured: Vec<Test> = self.asked().filter(|(_, span)| span.is_none()).map(|(test, _)| test).collect();
        // Whoever refuses all packages alike is left out, if others suffice.
        let others = Search { lanes: self.lanes, slacks: slacks.clone(), tests: unmeasured.clone() };
        if let Some((_, head, tail)) = others.among().and_then(|_| others.greatest(gate, f64::NEG_INFINITY)) {
            return Some((Within::NoRedLine, (head, tail)));
        }
        // Those without a slack are asked for their red lines alone: their lines, if they have one, all packages miss alike.
        let tests =
            unmeasured.iter().map(|test| Test::no_red_line(test.plan, test.tables).asked_for(test.swing)).collect();
        let careful = Search { lanes: self.lanes, slacks, tests };
        if let Some((_, head, tail)) = careful.greatest(gate, f64::NEG_INFINITY) {
            return Some((Within::NoRedLine, (head, tail)));
        }
        let opened: Vec<(ScorePlan, Tables)> =
            careful.slacks.iter().map(|s| s.test.plan.opened(self.world, self.space)).collect();
        let free = careful
            .slacks
            .iter()
            .zip(&opened)
            .map(|(slack, (plan, tables))| Slack { test: Test { plan, tables, ..slack.test }, span: slack.span });
        let search = Search { lanes: self.lanes, slacks: free.collect(), tests: Vec::new() };
        let (_, head, tail) = search.greatest(gate, f64::NEG_INFINITY)?;
        Some((Within::All, (head, tail)))
    }

    /// The judges and the leaderships, each with the span of its score, if it has one.
    fn asked(&self) -> impl Iterator<Item = (Test<'_>, Option<f64>)> {
        let judges = self.question.borne.iter().map(|j| (j.test, j.span));
        let span = |i: ActorId| self.compiled.spans.measure(self.space.score_of(Beholder::Leadership(i))?);
        judges.chain(self.question.rational.iter().map(move |(i, test)| (*test, span(*i))))
    }
}

/// Whether a judge lets a package pass.
pub(super) fn bears(scores: &Scores, world: &World, beholder: Beholder, package: &Package) -> bool {
    match beholder {
        Beholder::Leadership(ActorId(i)) => scores.rational(world, ActorId(i), package),
        Beholder::Audience(AudienceId(a)) => scores.verdict(world, AudienceId(a), package) != Verdict::Defeat,
    }
}
