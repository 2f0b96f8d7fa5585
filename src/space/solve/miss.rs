//! The nearest miss: where no package would do, which one comes closest, who refuses it, and by how much.

use super::super::slack::{Search, Slack};
use super::super::{Compiled, Gate, Lanes, Plan, Question, Space, Tables, Test};
use super::repair::{Repair, repairs};
use crate::model::{ActorId, AudienceId, Beholder, IssueId, OptionId, Package, Scores, Verdict, World};

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
    /// Rational for all, no red line crossed: it has the margin.
    Rational,
    /// No red line crossed: the slack of leaderships counts as well.
    NoRedLine,
    /// Some red line is crossed by every package.
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
        place: Option<(usize, usize)>,
    ) -> (Option<NearestMiss>, Option<NearestMiss>) {
        let near = place.map(|place| (Within::Rational, place)).or_else(|| self.nearest(available));
        let far = self.nearest_rational(allowed).or_else(|| self.nearest(allowed));
        let miss = near.map(|(within, place)| self.miss(within, place));
        let nearer = far.map(|(within, place)| self.miss(within, place)).filter(|far| {
            let worst =
                |m: &NearestMiss| (m.within, m.judged.iter().filter_map(|j| j.share).fold(f64::INFINITY, f64::min));
            !far.ungranted.is_empty()
                && miss.as_ref().is_none_or(|near| {
                    let ((a, slack), (b, known)) = (worst(far), worst(near));
                    a < b || (a == b && slack > known)
                })
        });
        (miss, nearer)
    }

    fn nearest_rational(&self, gate: &Gate) -> Option<(Within, (usize, usize))> {
        let (_, head, tail) = self.question.search(self.lanes, true).greatest(gate, f64::NEG_INFINITY)?;
        Some((Within::Rational, (head, tail)))
    }

    /// The package with the greatest least slack of judges and leaderships.
    fn nearest(&self, gate: &Gate) -> Option<(Within, (usize, usize))> {
        let slacks: Vec<Slack> = self.slacks().collect();
        let tests = self.unmeasured().collect();
        let careful = Search { lanes: self.lanes, slacks, tests };
        if let Some((_, head, tail)) = careful.greatest(gate, f64::NEG_INFINITY) {
            return Some((Within::NoRedLine, (head, tail)));
        }
        let opened: Vec<(Plan, Tables)> = careful.slacks.iter().map(|s| self.open(&s.test)).collect();
        let free = careful
            .slacks
            .iter()
            .zip(&opened)
            .map(|(slack, (plan, tables))| Slack { test: Test { plan, tables, ..slack.test }, span: slack.span });
        let search = Search { lanes: self.lanes, slacks: free.collect(), tests: Vec::new() };
        let (_, head, tail) = search.greatest(gate, f64::NEG_INFINITY)?;
        Some((Within::All, (head, tail)))
    }

    /// Those without a slack, asked for their red lines alone: their lines, if they have one, all packages miss alike.
    fn unmeasured(&self) -> impl Iterator<Item = Test<'_>> {
        let judges = self.question.borne.iter().filter(|j| j.span.is_none()).map(|j| j.test);
        let leaders = self.space.leaders().zip(&self.question.rational);
        let level = leaders.filter(|((_, s), _)| self.compiled.spans.measure(*s).is_none()).map(|(_, (_, test))| *test);
        judges.chain(level).map(|test| Test::no_red_line(test.plan, test.tables))
    }

    fn slacks(&self) -> impl Iterator<Item = Slack<'_>> {
        let judges = self.question.borne.iter().filter_map(|j| Some(Slack { test: j.test, span: j.span? }));
        let leaders = self.space.leaders().zip(&self.question.rational);
        let spans = &self.compiled.spans;
        judges.chain(leaders.filter_map(|((_, s), (_, test))| Some(Slack { test: *test, span: spans.measure(s)? })))
    }

    /// A score without its red lines.
    fn open(&self, test: &Test) -> (Plan, Tables) {
        let plan = test.plan.without_exclusion();
        let mut tables = Tables::default();
        plan.fill(self.world, self.space.scale, &self.space.layout, &mut tables);
        (plan, tables)
    }

    fn miss(&self, within: Within, (head, tail): (usize, usize)) -> NearestMiss {
        let package = self.space.package(self.compiled.n, head, tail);
        let scores = Scores::new(self.compiled.n, self.space.scale);
        let judged: Vec<Shortfall> = self.judges().map(|b| self.shortfall(&scores, b, &package)).collect();
        let least = judged.iter().filter_map(|j| j.share).fold(f64::INFINITY, f64::min);
        // Whoever clears his line does not bind while somebody refuses all packages alike.
        let alike = judged.iter().any(Shortfall::refuses_alike);
        let binds = |j: &Shortfall| j.refuses_alike() || (j.share == Some(least) && (least < 0.0 || !alike));
        NearestMiss {
            within,
            binding: judged.iter().filter(|j| binds(j)).map(|j| j.beholder).collect(),
            ungranted: self.ungranted(&scores, &package),
            repairs: repairs(self.compiled.n, &scores, self.world, &judged, &package),
            judged,
            package,
        }
    }

    fn judges(&self) -> impl Iterator<Item = Beholder> + '_ {
        let audience = |b: &Beholder| matches!(b, Beholder::Audience(_));
        let vetoes = self.question.borne.iter().map(|j| j.beholder).filter(audience);
        vetoes.chain(self.question.rational.iter().map(|(i, _)| Beholder::Leadership(*i)))
    }

    fn shortfall(&self, scores: &Scores, beholder: Beholder, package: &Package) -> Shortfall {
        let world = self.world;
        let slack = match beholder {
            Beholder::Leadership(i) => Some(scores.leadership(world, i, package) - scores.no_deal(world, i)),
            Beholder::Audience(a) => scores.defeat_line(world, a).map(|line| scores.audience(world, a, package) - line),
        };
        let span = self.space.score_of(beholder).and_then(|s| self.compiled.spans.measure(s));
        Shortfall {
            beholder,
            refuses: !bears(scores, world, beholder, package),
            slack,
            share: slack.zip(span).map(|(slack, span)| slack as f64 / span),
            crossed: scores.crossed(world, beholder, package),
        }
    }

    fn ungranted(&self, scores: &Scores, package: &Package) -> Vec<(IssueId, OptionId)> {
        let picks = package.0.iter().enumerate().map(|(k, o)| (IssueId(k), *o));
        picks.filter(|(k, o)| !scores.granted(self.world, *k, *o)).collect()
    }
}

/// Whether a judge lets a package pass.
pub(super) fn bears(scores: &Scores, world: &World, beholder: Beholder, package: &Package) -> bool {
    match beholder {
        Beholder::Leadership(ActorId(i)) => scores.rational(world, ActorId(i), package),
        Beholder::Audience(AudienceId(a)) => scores.verdict(world, AudienceId(a), package) != Verdict::Defeat,
    }
}
