//! Spaces too vast to be looked at one by one, whose scores add up over issues.
//!
//! Purely additive: every term of every score names one issue, and so does every rule and every red line, which then
//! only remove options. Frontier, solutions and margin come from sums of frontiers (Nemhauser and Ullmann 1969), counts
//! from meeting in the middle (Horowitz and Sahni 1974).

use itertools::Itertools as _;

use super::super::count::{MAX_SUMS, count_one, count_two};
use super::super::frontier::{Bounds, Frontier, NoFrontier, Point, Progress};
use super::super::terms::{outlook, seen};
use super::super::{MOST_PACKAGES, Margin, Spans, Term, TooLarge, compile};
use super::agreement::Listing;
use super::{Census, Limits, Solved};
use crate::model::{ActorId, Beholder, Defeat, IssueId, Negotiation, OptionId, Scale, Scores, Standing, World};
use crate::num::Ordered;

/// Points that the frontier behind a margin may have.
const MOST_MARGIN_POINTS: usize = 200_000;

/// How far a vast space is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Of what the frontier is, such as "what the leaderships would settle for".
    pub what: &'static str,
    /// How far that frontier is.
    pub progress: Progress,
}

/// Solves one world of a purely additive negotiation, of whatever size, without looking at packages.
///
/// What each item adds and the nearest miss are left out. A margin is `None` if the joint frontier of all scores asked
/// about has more than 200 000 points or takes more sums than `limits` allow; a count is `None` for more than two scores
/// with lines, or sums too fine. Whatever is there is exact, and `missing` says what is not and where it stopped.
/// Memory: about 60 bytes for each of a million sums and for each point of a frontier.
///
/// # Errors
/// [`TooLarge::Packages`] if some term, rule or red line names several issues.
pub fn solve_additive(
    n: &Negotiation,
    variants: &[bool],
    world: &World,
    defeat: Defeat,
    limits: Limits,
) -> Result<Solved, TooLarge> {
    let scale = Scale::of(n);
    let additive = |world| AdditiveScores::of(n, world, scale, limits);
    let scores = additive(world)?.ok_or(TooLarge::Packages { packages: n.space.size(), most: MOST_PACKAGES })?;
    let modal = n.modal_world(&n.laws(None, variants));
    let spans = Spans(additive(&modal)?.map_or_else(Vec::new, |modal| modal.spans()));
    let (judges, rational) = (scores.judges(defeat), scores.rational());
    let leaders: Vec<usize> = scores.leaders().iter().map(|line| line.score).collect();
    let listing = Listing { n, scores: Scores::new(n, scale), world, limits };
    let everywhere = scores.frontier(limits.frontier, "the frontier", &leaders, &|k, o| scores.allowed[k][o]);
    let free =
        scores.frontier(limits.frontier, "the solutions", &leaders, &|k, o| scores.is_open(k, o, &leaders, true));
    let margin = scores.margin(MARGINS[0], &judges, &rational, &spans);
    let margin_if_free = scores.margin(MARGINS[1], &judges, &[], &spans);
    let packages = scores.census(&judges, &rational);
    let missing =
        missing([margin.as_ref().err(), margin_if_free.as_ref().err()], &packages, scores.coalitions.len() > 1);
    Ok(Solved {
        scale,
        utilities: scale,
        defeat,
        packages,
        margin: margin.ok(),
        margin_if_free: margin_if_free.ok(),
        ties: 0,
        without_span: Vec::new(),
        best: None,
        binding: Vec::new(),
        frontier: everywhere.map(|frontier| listing.of(&frontier)),
        solutions: free.map(|frontier| listing.agreements(&frontier)),
        pivotal: Vec::new(),
        nearest_miss: None,
        if_granted: None,
        missing,
    })
}

/// What the two margins are called.
const MARGINS: [&str; 2] = ["the margin", "the margin if all were granted"];

/// What could not be had and why, in words; `None` if nothing is missing.
fn missing(margins: [Option<&NoFrontier>; 2], packages: &Census, several: bool) -> Option<String> {
    let stopped = |(name, why): (&str, Option<&NoFrontier>)| {
        why.map(|why| format!("{name}: of all scores that are asked about {why}, where it stops"))
    };
    let mut told: Vec<String> = MARGINS.into_iter().zip(margins).filter_map(stopped).collect();
    let counts = [packages.rational, packages.no_defeat, packages.rational_no_defeat, packages.would_do];
    if counts.into_iter().chain(packages.winset.iter().map(|(_, count)| *count)).contains(&None) {
        let why = if several { "any of several coalitions is enough, " } else { "" };
        told.push(format!(
            "some numbers of packages: there are too many to look at one by one, and {why}more than two scores have a line, \
             or their sums are too fine to be listed"
        ));
    }
    (!told.is_empty()).then(|| told.join("; ") + "; all else here is exact")
}

/// The scores of a world as sums over issues.
struct AdditiveScores<'a> {
    n: &'a Negotiation,
    world: &'a World,
    scores: Scores<'a>,
    limits: Limits<'a>,
    /// The minimal winning coalitions: that of all parties, where all must agree.
    coalitions: Vec<Vec<ActorId>>,
    /// Whose score each is.
    beholders: Vec<Beholder>,
    /// `points[score][issue][option]`, in units.
    points: Vec<Vec<Vec<i64>>>,
    /// `barred[score][issue][option]`: whether a red line bars the option.
    barred: Vec<Vec<Vec<bool>>>,
    /// `allowed[issue][option]` by the rules.
    allowed: Vec<Vec<bool>>,
    /// `granted[issue][option]`.
    granted: Vec<Vec<bool>>,
}

/// One whose verdict counts: the place of its score, its party, and its line in units if it has one.
#[derive(Clone, Copy, PartialEq)]
struct Threshold {
    score: usize,
    party: ActorId,
    at: Option<i64>,
}

impl<'a> AdditiveScores<'a> {
    /// `None` unless the negotiation is purely additive.
    fn of(n: &'a Negotiation, world: &'a World, scale: Scale, limits: Limits<'a>) -> Result<Option<Self>, TooLarge> {
        let clauses_are_single = n.space.rules.iter().all(|r| r.issues().len() == 1)
            && n.beholders().all(|b| n.red_lines(b).iter().all(|l| l.clause.issues().len() == 1));
        if !clauses_are_single {
            return Ok(None);
        }
        let looks_ahead = |b: Beholder| matches!(b, Beholder::Leadership(i) if world.value(n.actor(i).foresight) > 0.0);
        let compiled = |b| compile(n, b, &|secret| world.happens(secret), looks_ahead(b));
        // Behind the scores of all beholders stand those, as long as a deal holds, of leaderships that look ahead.
        let apart: Vec<Beholder> = n.beholders().filter(|b| looks_ahead(*b)).collect();
        let held = |b: &Beholder| compile(n, *b, &|secret| world.happens(secret), false);
        let terms = n.beholders().map(compiled).chain(apart.iter().map(held)).collect::<Result<Vec<_>, _>>()?;
        let beholders: Vec<Beholder> = n.beholders().chain(apart.iter().copied()).collect();
        if !terms.iter().flatten().all(|term| term.issues.len() == 1) {
            return Ok(None);
        }
        let scores = Scores::new(n, scale);
        let at = |k: IssueId, o: OptionId| move |i: IssueId| if i == k { o } else { OptionId(0) };
        let excluded = |k, o| n.space.rules.iter().any(|r| r.issues() == [k] && r.excludes(at(k, o)));
        let crosses = |b: Beholder, k: IssueId, o: OptionId| {
            let seen = seen(n, b, &|secret| world.happens(secret), k, o);
            n.red_lines(b).iter().any(|l| l.clause.issues() == [k] && l.clause.holds(at(k, seen)))
        };
        Ok(Some(Self {
            points: terms.iter().map(|terms| table(n, terms, world, scale)).collect(),
            barred: beholders.iter().map(|b| each(n, |k, o| crosses(*b, k, o))).collect(),
            beholders,
            coalitions: n.agree().minimal(&n.parties().collect::<Vec<_>>()),
            allowed: each(n, |k, o| !excluded(k, o)),
            granted: each(n, |k, o| scores.granted(world, k, o)),
            n,
            world,
            scores,
            limits,
        }))
    }

    /// Whether an option is allowed, barred by nobody of `scores`, and granted, where that is asked for.
    fn is_open(&self, k: usize, o: usize, scores: &[usize], granted: bool) -> bool {
        self.allowed[k][o] && (!granted || self.granted[k][o]) && !scores.iter().any(|s| self.barred[*s][k][o])
    }

    /// max − min of each score over the allowed packages, at least 1.
    fn spans(&self) -> Vec<i64> {
        let width = |(points, allowed): (&Vec<i64>, &Vec<bool>)| {
            let open = points.iter().zip(allowed).filter(|(_, allowed)| **allowed).map(|(p, _)| *p);
            open.minmax().into_option().map_or(0, |(least, most)| most - least)
        };
        self.points.iter().map(|score| score.iter().zip(&self.allowed).map(width).sum::<i64>().max(1)).collect()
    }

    fn judges(&self, defeat: Defeat) -> Vec<Threshold> {
        let judge = |(score, b): (usize, Beholder)| match b {
            Beholder::Leadership(_) => None,
            Beholder::Audience(a) => {
                let binds = defeat.counts_audiences() && self.n.binds(self.world, a) && self.n.can_say_defeat(a);
                let at = self.scores.defeat_line(self.world, a);
                binds.then_some(Threshold { score, party: self.n.audience(a).of, at })
            }
        };
        let leaders = self.leaders().into_iter().filter(|_| defeat.counts_leaders());
        let audiences = self.n.beholders().enumerate().filter_map(judge);
        leaders.chain(audiences).collect()
    }

    /// No deal of each leadership, as it foresees what a deal is worth.
    fn leaders(&self) -> Vec<Threshold> {
        let line = |(score, b): (usize, Beholder)| match b {
            Beholder::Leadership(i) => {
                Some(Threshold { score, party: i, at: Some(self.scores.no_deal(self.world, i)) })
            }
            Beholder::Audience(_) => None,
        };
        self.n.beholders().enumerate().filter_map(line).collect()
    }

    /// What makes a package worth signing and worth keeping to each leadership; see [`Question::rational`].
    fn rational(&self) -> Vec<Threshold> {
        let (n, world) = (self.n, self.world);
        let states: Vec<f64> = n.states.iter().map(|state| world.value(state.start)).collect();
        let now = Standing::at_start(&states);
        let all = self.leaders().into_iter().flat_map(|foreseen| {
            let apart = self.beholders.iter().rposition(|b| *b == Beholder::Leadership(foreseen.party));
            let score = apart.unwrap_or(foreseen.score);
            let at = Some(self.scores.keeps_from(world, foreseen.party, &now));
            let first = (score != foreseen.score).then_some(foreseen);
            first.into_iter().chain([Threshold { score, at, ..foreseen }])
        });
        all.collect()
    }

    /// The frontier of some scores over the packages all of whose options are kept, of `most` points at most.
    fn frontier(
        &self,
        most: usize,
        what: &'static str,
        scores: &[usize],
        keep: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Frontier, NoFrontier> {
        let mut stride = 1_u128;
        let mut issues: Vec<Vec<(Vec<i64>, u128)>> = Vec::new();
        for (k, options) in self.n.space.radix().iter().enumerate().rev() {
            let kept = (0..*options).filter(|o| keep(k, *o));
            let option = |o: usize| (scores.iter().map(|s| self.points[*s][k][o]).collect(), o as u128 * stride);
            issues.push(kept.map(option).collect());
            stride = stride.saturating_mul(*options as u128);
        }
        let watch = |progress| (self.limits.watch)(&Milestone { what, progress });
        Frontier::additive_watched(scores.len(), &issues, Bounds { points: most, sums: self.limits.sums }, &watch)
    }

    /// The greatest margin of any minimal winning coalition. `rational`: what the leaderships ask for, if packages must be
    /// rational and granted.
    fn margin(
        &self,
        what: &'static str,
        judges: &[Threshold],
        rational: &[Threshold],
        spans: &Spans,
    ) -> Result<Margin, NoFrontier> {
        let margin = |set: &Vec<ActorId>| self.margin_of(what, &of(set, judges), &of(set, rational), spans);
        let margins: Vec<Margin> = self.coalitions.iter().map(margin).try_collect()?;
        Ok(Margin::from_slack(margins.into_iter().map(Margin::slack).fold(f64::NEG_INFINITY, f64::max)))
    }

    /// The margin from the joint frontier of all scores asked about: a package off it has, beside one on it, no greater
    /// slack for anybody.
    fn margin_of(
        &self,
        what: &'static str,
        judges: &[Threshold],
        rational: &[Threshold],
        spans: &Spans,
    ) -> Result<Margin, NoFrontier> {
        let scores: Vec<usize> =
            judges.iter().chain(rational).map(|line| line.score).sorted_unstable().dedup().collect();
        let open = |k: usize, o: usize| self.is_open(k, o, &scores, !rational.is_empty());
        if scores.is_empty() {
            let some = self.allowed.iter().enumerate().all(|(k, options)| (0..options.len()).any(|o| open(k, o)));
            return Ok(if some { Margin::Unbounded } else { Margin::None });
        }
        let most = MOST_MARGIN_POINTS.min(self.limits.frontier);
        let frontier = self.frontier(most, what, &scores, &open)?;
        let above = |point: &Point, line: &Threshold| {
            let place = scores.iter().position(|score| *score == line.score)?;
            Some(point.utility[place] - line.at?)
        };
        let level = judges.iter().filter(|line| spans.measure(line.score).is_none());
        let must: Vec<&Threshold> = level.chain(rational).collect();
        let passes = |point: &Point| must.iter().all(|line| above(point, line).is_none_or(|above| above >= 0));
        let slack = |point: Point| {
            let one = |line: &Threshold| Some(above(&point, line)? as f64 / spans.measure(line.score)?);
            judges.iter().filter_map(one).fold(f64::INFINITY, f64::min)
        };
        Ok(Margin::from_slack(frontier.iter().filter(passes).map(slack).fold(f64::NEG_INFINITY, f64::max)))
    }

    fn census(&self, judges: &[Threshold], rational: &[Threshold]) -> Census {
        let both: Vec<Threshold> = rational.iter().chain(judges).copied().collect();
        let winset = |leader: &Threshold| {
            let own: Vec<Threshold> = judges.iter().filter(|line| line.party == leader.party).copied().collect();
            (leader.party, self.count(&own, false))
        };
        Census {
            all: self.n.space.size(),
            allowed: self.count(&[], false),
            available: self.count(&[], true),
            rational: self.count_enough(rational, false),
            no_defeat: self.count_enough(judges, false),
            rational_no_defeat: self.count_enough(&both, false),
            would_do: self.count_enough(&both, true),
            for_everybody: self.count(&both, true),
            signed_not_kept: None,
            winset: rational.iter().map(winset).collect(),
        }
    }

    /// Number of packages that pass the tests of some winning coalition; `None` where that needs more than the tests of one.
    fn count_enough(&self, tests: &[Threshold], granted: bool) -> Option<u128> {
        let asked = self.coalitions.iter().map(|set| of(set, tests)).collect_vec();
        let least = asked.iter().min_by_key(|tests| tests.len())?;
        let implied = |tests: &Vec<Threshold>| least.iter().all(|test| tests.contains(test));
        asked.iter().all(implied).then(|| self.count(least, granted)).flatten()
    }

    /// Number of packages that pass some tests, granted ones only where that is asked for; `None` for more than two scores
    /// with lines, or sums too many.
    fn count(&self, tests: &[Threshold], granted: bool) -> Option<u128> {
        let scores: Vec<usize> = tests.iter().map(|line| line.score).collect();
        let open = |k: usize| (0..self.allowed[k].len()).filter(|o| self.is_open(k, *o, &scores, granted)).collect();
        let open: Vec<Vec<usize>> = (0..self.allowed.len()).map(open).collect();
        let lines =
            tests.iter().filter_map(|line| Some((line.score, line.at?))).sorted_unstable().dedup().collect_vec();
        match lines[..] {
            [] => open.iter().try_fold(1_u128, |n, options| n.checked_mul(options.len() as u128)),
            [(s, line)] => {
                let one = self.points_of([s], &open);
                is_within_reach(&one).then(|| count_one(&one, line)).flatten()
            }
            [(s, line), (t, other)] => {
                let two = self.points_of([s, t], &open);
                is_within_reach(&two).then(|| count_two(&two, [line, other])).flatten()
            }
            _ => None,
        }
    }

    /// What each open option adds to some scores, `points[issue][place among the open options][score]`.
    fn points_of<const S: usize>(&self, scores: [usize; S], open: &[Vec<usize>]) -> Vec<Vec<[i64; S]>> {
        let points = |k: usize, o: usize| scores.map(|s| self.points[s][k][o]);
        open.iter().enumerate().map(|(k, open)| open.iter().map(|o| points(k, *o)).collect()).collect()
    }
}

/// What is asked for some parties.
fn of(parties: &[ActorId], tests: &[Threshold]) -> Vec<Threshold> {
    tests.iter().filter(|line| parties.contains(&line.party)).copied().collect()
}

/// Whether each half of the issues surely has few enough different sums: by its number of packages, or because its sums
/// are multiples of one step within a short range. Otherwise nothing is tried, for a vain attempt takes seconds.
fn is_within_reach<const S: usize>(issues: &[Vec<[i64; S]>]) -> bool {
    let mut halves: [(u128, Vec<&Vec<[i64; S]>>); 2] = [(1, Vec::new()), (1, Vec::new())];
    for options in issues.iter().ordered_by_key(|options| std::cmp::Reverse(options.len())) {
        let shorter = usize::from(halves[1].0 < halves[0].0);
        halves[shorter].0 = halves[shorter].0.saturating_mul(options.len() as u128);
        halves[shorter].1.push(options);
    }
    let steps = |half: &[&Vec<[i64; S]>]| (0..S).map(|s| different_sums(half, s)).fold(1_u128, u128::saturating_mul);
    halves.iter().all(|(packages, half)| *packages <= MAX_SUMS as u128 || steps(half) <= MAX_SUMS as u128)
}

/// An upper bound of the number of different sums of one score: its range in steps of the greatest common divisor.
fn different_sums<const S: usize>(issues: &[&Vec<[i64; S]>], score: usize) -> u128 {
    let (mut step, mut range) = (0_u64, 0_u128);
    for options in issues {
        let Some(least) = options.iter().map(|o| o[score]).min() else { return 0 };
        let above = options.iter().map(|o| o[score].abs_diff(least));
        range += u128::from(above.clone().max().unwrap_or(0));
        step = above.fold(step, common_divisor);
    }
    range.checked_div(u128::from(step)).unwrap_or(0) + 1
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

fn each<T>(n: &Negotiation, of: impl Fn(IssueId, OptionId) -> T) -> Vec<Vec<T>> {
    let issues = n.space.issues.iter().enumerate();
    issues.map(|(k, issue)| (0..issue.options.len()).map(|o| of(IssueId(k), OptionId(o))).collect()).collect()
}

/// `points[issue][option]`: the terms of a score, added up.
fn table(n: &Negotiation, terms: &[Term], world: &World, scale: Scale) -> Vec<Vec<i64>> {
    let mut points = each(n, |_, _| 0_i64);
    let (mut cells, mut rows) = (Vec::new(), Vec::new());
    for term in terms {
        term.fill(world, scale, &outlook(terms, world), &mut cells, &mut rows);
        let issue = &mut points[term.issues[0].0];
        issue.iter_mut().zip(&rows).for_each(|(sum, row)| *sum += i64::from(*row));
    }
    points
}
