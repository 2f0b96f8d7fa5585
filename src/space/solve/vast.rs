//! Spaces too vast to be looked at one by one, whose scores add up over issues.
//!
//! Purely additive: every term of every score names one issue, and so does every rule and every red line, which then
//! only remove options. Frontier, solutions and margin come from sums of frontiers (Nemhauser and Ullmann 1969), counts
//! from meeting in the middle (Horowitz and Sahni 1974).

use super::super::count::{MAX_SUMS, count_one, count_two};
use super::super::frontier::{self, Frontier};
use super::super::{Error, MOST_PACKAGES, Margin, Spans, Term, compile};
use super::agreement::Listing;
use super::{Census, Limits, Solved};
use crate::model::{ActorId, Beholder, Defeat, IssueId, Negotiation, OptionId, Scale, Scores, World};

/// Points that the frontier behind a margin may have.
const MOST_MARGIN_POINTS: usize = 200_000;

/// How far a vast space is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Of what the frontier is, such as "what the leaderships would settle for".
    pub what: &'static str,
    /// How far that frontier is.
    pub progress: frontier::Progress,
}

/// Who hears of steps, and what frontiers may take.
#[derive(Clone, Copy)]
struct Work<'w> {
    limits: Limits,
    watch: &'w dyn Fn(&Step),
}

/// Solves one world of a purely additive negotiation, of whatever size, without looking at packages.
///
/// What each item adds and the nearest miss are left out. A margin is `None` if the joint frontier of all scores asked
/// about has more than 200 000 points or takes more sums than `limits` allow; a count is `None` for more than two scores
/// with lines, or sums too fine. Whatever is there is exact, and `missing` says what is not and where it stopped. `watch`
/// hears how far each frontier is. Memory: about 60 bytes for each of a million sums and for each point of a frontier.
///
/// # Errors
/// [`Error::TooManyPackages`] if some term, rule or red line names several issues.
pub fn solve_additive(
    n: &Negotiation,
    variants: &[bool],
    world: &World,
    defeat: Defeat,
    limits: Limits,
    watch: &dyn Fn(&Step),
) -> Result<Solved, Error> {
    let sums = Sums::of(n, world, Scale::of(n))?
        .ok_or(Error::TooManyPackages { packages: n.space.size(), most: MOST_PACKAGES })?;
    let modal = n.modal_world(&n.laws(None, variants));
    let scale = sums.scale;
    let spans = Spans(Sums::of(n, &modal, scale)?.map_or_else(Vec::new, |modal| modal.spans()));
    let judges = sums.judges(defeat);
    let listing = Listing { n, scores: Scores::new(n, scale), world, limits };
    let work = Work { limits, watch };
    let everywhere = sums.frontier("the frontier", &sums.leaders, &|k, o| sums.allowed[k][o], work);
    let free = sums.frontier("the solutions", &sums.leaders, &|k, o| sums.free(k, o, &sums.leaders), work);
    let margin = sums.margin("the margin", &judges, &spans, true, work);
    let margin_if_free = sums.margin("the margin if all were granted", &judges, &spans, false, work);
    let packages = sums.census(&judges);
    let missing = missing([margin.as_ref().err(), margin_if_free.as_ref().err()], &packages);
    Ok(Solved {
        scale,
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

/// What could not be had and why, in words; `None` if nothing is missing.
fn missing(margins: [Option<&frontier::Error>; 2], packages: &Census) -> Option<String> {
    let named = ["the margin", "the margin if all were granted"];
    let stopped = |(name, why): (&str, Option<&frontier::Error>)| {
        why.map(|why| format!("{name}: of all scores that are asked about {why}, where it stops"))
    };
    let mut told: Vec<String> = named.into_iter().zip(margins).filter_map(stopped).collect();
    let counts = [packages.rational, packages.no_defeat, packages.rational_no_defeat, packages.would_do];
    let counts = counts.into_iter().chain(packages.winset.iter().map(|(_, count)| *count));
    if counts.clone().any(|count| count.is_none()) {
        told.push(
            "some numbers of packages: there are too many to look at one by one, and more than two scores have a line, or \
             their sums are too fine to be listed"
                .into(),
        );
    }
    (!told.is_empty()).then(|| told.join("; ") + "; all else here is exact")
}

/// The scores of a world as sums over issues.
struct Sums<'a> {
    n: &'a Negotiation,
    world: &'a World,
    scale: Scale,
    /// `beholders[score]`.
    beholders: Vec<Beholder>,
    /// `points[score][issue][option]`, in units.
    points: Vec<Vec<Vec<i64>>>,
    /// `barred[score][issue][option]`: whether a red line bars the option.
    barred: Vec<Vec<Vec<bool>>>,
    /// `allowed[issue][option]` by the rules.
    allowed: Vec<Vec<bool>>,
    /// `granted[issue][option]`.
    granted: Vec<Vec<bool>>,
    /// Places of the leaderships among the scores.
    leaders: Vec<usize>,
}

/// One whose verdict may make a defeat: place of its score, party, line in units if it has one.
type JudgeSum = (usize, ActorId, Option<i64>);

impl<'a> Sums<'a> {
    /// `None` unless the negotiation is purely additive.
    fn of(n: &'a Negotiation, world: &'a World, scale: Scale) -> Result<Option<Self>, Error> {
        let clauses_are_single = n.space.rules.iter().all(|r| r.issues().len() == 1)
            && n.beholders().all(|b| n.red_lines(b).iter().all(|l| l.clause.issues().len() == 1));
        if !clauses_are_single {
            return Ok(None);
        }
        let beholders: Vec<Beholder> = n.beholders().collect();
        let leaks = |secret| world.happens(secret);
        let looks_ahead =
            |b: &Beholder| matches!(b, Beholder::Leadership(i) if world.value(n.actor(*i).foresight) > 0.0);
        let terms = beholders.iter().map(|b| compile(n, *b, &leaks, looks_ahead(b))).collect::<Result<Vec<_>, _>>()?;
        if !terms.iter().flatten().all(Term::is_single) {
            return Ok(None);
        }
        let scores = Scores::new(n, scale);
        let at = |k: IssueId, o: usize| move |i: IssueId| if i == k { OptionId(o) } else { OptionId(0) };
        let excluded = |k: IssueId, o: usize| n.space.rules.iter().any(|r| r.issues() == [k] && r.excludes(at(k, o)));
        let crosses = |b: Beholder, k: IssueId, o: usize| {
            let secret = n.space.issues[k.0].options[o].secret.filter(|_| matches!(b, Beholder::Audience(_)));
            let veiled = secret.is_some_and(|s| !world.happens(s));
            let seen = if veiled { n.space.issues[k.0].now.map_or(o, |now| now.0) } else { o };
            n.red_lines(b).iter().any(|l| l.clause.issues() == [k] && l.clause.holds(at(k, seen)))
        };
        let barred = beholders.iter().map(|b| each(n, |k, o| crosses(*b, k, o))).collect();
        let leader = |b: &&usize| matches!(beholders[**b], Beholder::Leadership(_));
        let places: Vec<usize> = (0..beholders.len()).collect();
        Ok(Some(Self {
            leaders: places.iter().filter(leader).copied().collect(),
            points: terms.iter().map(|terms| table(n, terms, world, scale)).collect(),
            allowed: each(n, |k, o| !excluded(k, o)),
            granted: each(n, |k, o| scores.granted(world, k, OptionId(o))),
            n,
            world,
            scale,
            beholders,
            barred,
        }))
    }

    /// Whether an option is allowed and granted, and barred by nobody of `scores`.
    fn free(&self, k: usize, o: usize, scores: &[usize]) -> bool {
        self.allowed[k][o] && self.granted[k][o] && !scores.iter().any(|s| self.barred[*s][k][o])
    }

    /// max − min of each score over the allowed packages, at least 1.
    fn spans(&self) -> Vec<i64> {
        let span = |score: &Vec<Vec<i64>>| {
            let issues = score.iter().zip(&self.allowed).map(|(points, allowed)| {
                let open = points.iter().zip(allowed).filter(|(_, allowed)| **allowed).map(|(p, _)| *p);
                open.clone().max().unwrap_or(0) - open.min().unwrap_or(0)
            });
            issues.sum::<i64>().max(1)
        };
        self.points.iter().map(span).collect()
    }

    fn judges(&self, defeat: Defeat) -> Vec<JudgeSum> {
        let scores = Scores::new(self.n, self.scale);
        let judge = |(s, b): (usize, &Beholder)| match *b {
            Beholder::Leadership(i) => defeat.counts_leaders().then(|| (s, i, Some(scores.no_deal(self.world, i)))),
            Beholder::Audience(a) => {
                let binds = defeat.counts_audiences() && self.n.binds(self.world, a) && self.n.can_say_defeat(a);
                binds.then(|| (s, self.n.audience(a).of, scores.defeat_line(self.world, a)))
            }
        };
        self.beholders.iter().enumerate().filter_map(judge).collect()
    }

    fn rational(&self) -> Vec<JudgeSum> {
        let scores = Scores::new(self.n, self.scale);
        let leaders = self.leaders.iter().filter_map(|s| match self.beholders[*s] {
            Beholder::Leadership(i) => Some((*s, i, Some(scores.no_deal(self.world, i)))),
            Beholder::Audience(_) => None,
        });
        leaders.collect()
    }

    /// The frontier of some scores over the packages all of whose options are kept.
    fn frontier(
        &self,
        what: &'static str,
        scores: &[usize],
        keep: &dyn Fn(usize, usize) -> bool,
        work: Work,
    ) -> Result<Frontier, frontier::Error> {
        let radix = self.n.space.radix();
        let mut stride = 1_u128;
        let mut issues: Vec<Vec<(Vec<i64>, u128)>> = Vec::new();
        for (k, options) in radix.iter().enumerate().rev() {
            let kept = (0..*options).filter(|o| keep(k, *o));
            let option = |o: usize| (scores.iter().map(|s| self.points[*s][k][o]).collect(), o as u128 * stride);
            issues.push(kept.map(option).collect());
            stride = stride.saturating_mul(*options as u128);
        }
        let bounds = frontier::Bounds { points: work.limits.frontier, sums: work.limits.sums };
        Frontier::additive_watched(scores.len(), &issues, bounds, &|progress| (work.watch)(&Step { what, progress }))
    }

    /// The margin from the joint frontier of all scores asked about: a package off it has, beside one on it, no greater
    /// slack for anybody.
    fn margin(
        &self,
        what: &'static str,
        judges: &[JudgeSum],
        spans: &Spans,
        rational: bool,
        work: Work,
    ) -> Result<Margin, frontier::Error> {
        let mut asked: Vec<JudgeSum> = judges.to_vec();
        asked.extend(self.rational().into_iter().filter(|_| rational));
        let mut scores: Vec<usize> = asked.iter().map(|(s, _, _)| *s).collect();
        scores.sort_unstable();
        scores.dedup();
        let open = |k: usize, o: usize| {
            let free = !rational || self.granted[k][o];
            free && self.allowed[k][o] && !scores.iter().any(|s| self.barred[*s][k][o])
        };
        if scores.is_empty() {
            let some = self.allowed.iter().enumerate().all(|(k, options)| (0..options.len()).any(|o| open(k, o)));
            return Ok(if some { Margin::Unbounded } else { Margin::None });
        }
        let limits = Limits { frontier: MOST_MARGIN_POINTS.min(work.limits.frontier), ..work.limits };
        let frontier = self.frontier(what, &scores, &open, Work { limits, ..work })?;
        let at = |point: &frontier::Point, s: usize| {
            scores.iter().position(|other| *other == s).map_or(0, |place| point.utility[place])
        };
        let level = judges.iter().filter(|(s, ..)| spans.measure(*s).is_none()).copied();
        let lines: Vec<JudgeSum> = level.chain(self.rational().into_iter().filter(|_| rational)).collect();
        let passes = |p: &frontier::Point| lines.iter().all(|(s, _, line)| line.is_none_or(|w| at(p, *s) >= w));
        let slack = |p: frontier::Point| {
            let one = |(s, _, line): &JudgeSum| Some((at(&p, *s) - (*line)?) as f64 / spans.measure(*s)?);
            judges.iter().filter_map(one).fold(f64::INFINITY, f64::min)
        };
        Ok(Margin::from_slack(frontier.iter().filter(passes).map(slack).fold(f64::NEG_INFINITY, f64::max)))
    }

    fn census(&self, judges: &[JudgeSum]) -> Census {
        let rational = self.rational();
        let both: Vec<JudgeSum> = rational.iter().chain(judges).copied().collect();
        let all = |k: usize, o: usize| self.allowed[k][o];
        let free = |k: usize, o: usize| self.allowed[k][o] && self.granted[k][o];
        let winset = |(_, party, _): &JudgeSum| {
            let own: Vec<JudgeSum> = judges.iter().filter(|j| j.1 == *party).copied().collect();
            (*party, self.count(&own, &all))
        };
        Census {
            all: self.n.space.size(),
            allowed: self.count(&[], &all),
            available: self.count(&[], &free),
            rational: self.count(&rational, &all),
            no_defeat: self.count(judges, &all),
            rational_no_defeat: self.count(&both, &all),
            would_do: self.count(&both, &free),
            winset: rational.iter().map(winset).collect(),
        }
    }

    /// Number of packages that pass some tests; `None` for more than two scores with lines, or sums too many.
    fn count(&self, tests: &[JudgeSum], keep: &dyn Fn(usize, usize) -> bool) -> Option<u128> {
        let kept: Vec<Vec<usize>> = (0..self.allowed.len())
            .map(|k| {
                let open = |o: &usize| keep(k, *o) && !tests.iter().any(|(s, _, _)| self.barred[*s][k][*o]);
                (0..self.allowed[k].len()).filter(open).collect()
            })
            .collect();
        let mut lines: Vec<(usize, i64)> = tests.iter().filter_map(|(s, _, line)| Some((*s, (*line)?))).collect();
        lines.sort_unstable();
        lines.dedup();
        let of = |s: usize, k: usize, o: usize| self.points[s][k][o];
        match lines[..] {
            [] => kept.iter().try_fold(1_u128, |n, options| n.checked_mul(options.len() as u128)),
            [(s, line)] => {
                let one: Vec<Vec<i64>> =
                    kept.iter().enumerate().map(|(k, kept)| kept.iter().map(|o| of(s, k, *o)).collect()).collect();
                is_within_reach(&one, |points| vec![*points]).then(|| count_one(&one, line)).flatten()
            }
            [(s, line), (t, other)] => {
                let pair = |k: usize, kept: &Vec<usize>| kept.iter().map(|o| [of(s, k, *o), of(t, k, *o)]).collect();
                let two: Vec<Vec<[i64; 2]>> = kept.iter().enumerate().map(|(k, kept)| pair(k, kept)).collect();
                is_within_reach(&two, |points| points.to_vec()).then(|| count_two(&two, [line, other])).flatten()
            }
            _ => None,
        }
    }
}

/// Whether each half of the issues surely has few enough different sums: by its number of packages, or because its sums
/// are multiples of one step within a short range. Otherwise nothing is tried, for a vain attempt takes seconds.
fn is_within_reach<T>(issues: &[Vec<T>], scores: impl Fn(&T) -> Vec<i64>) -> bool {
    let mut by_size: Vec<&Vec<T>> = issues.iter().collect();
    by_size.sort_by_key(|options| std::cmp::Reverse(options.len()));
    let mut halves: [(u128, Vec<&Vec<T>>); 2] = [(1, Vec::new()), (1, Vec::new())];
    for options in by_size {
        let shorter = usize::from(halves[1].0 < halves[0].0);
        halves[shorter].0 = halves[shorter].0.saturating_mul(options.len() as u128);
        halves[shorter].1.push(options);
    }
    let steps = |half: &Vec<&Vec<T>>| {
        let rows: Vec<Vec<Vec<i64>>> = half.iter().map(|options| options.iter().map(&scores).collect()).collect();
        let width = rows.iter().flatten().map(Vec::len).max().unwrap_or(0);
        (0..width).map(|s| different_sums(&rows, s)).fold(1_u128, u128::saturating_mul)
    };
    halves.iter().all(|(packages, half)| *packages <= MAX_SUMS as u128 || steps(half) <= MAX_SUMS as u128)
}

/// An upper bound of the number of different sums of one score: its range in steps of the greatest common divisor.
fn different_sums(issues: &[Vec<Vec<i64>>], score: usize) -> u128 {
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

fn each<T>(n: &Negotiation, of: impl Fn(IssueId, usize) -> T) -> Vec<Vec<T>> {
    let issues = n.space.issues.iter().enumerate();
    issues.map(|(k, issue)| (0..issue.options.len()).map(|o| of(IssueId(k), o)).collect()).collect()
}

/// `points[issue][option]`: the terms of a score, added up.
fn table(n: &Negotiation, terms: &[Term], world: &World, scale: Scale) -> Vec<Vec<i64>> {
    let mut points = each(n, |_, _| 0_i64);
    let (mut cells, mut rows) = (Vec::new(), Vec::new());
    for term in terms {
        term.fill(world, scale, &mut cells, &mut rows);
        let issue = &mut points[term.issues[0].0];
        issue.iter_mut().zip(&rows).for_each(|(sum, row)| *sum += i64::from(*row));
    }
    points
}
