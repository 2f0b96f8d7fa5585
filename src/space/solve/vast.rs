//! Spaces too vast to be looked at one by one, solved by sums over [blocks](super::blocks) of issues.
//!
//! The frontier comes from sums of frontiers (Nemhauser and Ullmann 1969), numbers from meeting in the middle (Horowitz and
//! Sahni 1974), and the best by some measure from sums [towards](super::towards) it.

mod agreed;
mod margins;

use itertools::Itertools as _;

use super::super::frontier::{NoFrontier, Progress, Utilities};
use super::super::{Spans, TooLarge};
use super::agreement::{Agreements, Listing};
use super::blocks::{Asked, Terms, frontiers};
use super::towards::{Ask, Sums};
use super::{Census, Limits, Listed, Solved, census::number};
use crate::model::{ActorId, Beholder, Defeat, Negotiation, Scale, Standing, World};

/// How far a vast space is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What is looked for, such as "the frontier".
    pub what: &'static str,
    /// How far its sums are.
    pub progress: Progress,
}

/// Solves one world of a negotiation by sums over blocks of issues, of whatever size and without looking at packages.
///
/// What each item adds, how many packages have the margin, and whether what is signed is kept are left out. Everything else is
/// exact or not there, and `missing` says what is not and why: a block of more packages than `limits` allow, a search that
/// takes more points or sums than `limits` allow, more than eight scores asked about together, or sums too fine to be counted.
/// Memory: about 60 bytes for each of a million sums and for each point of a frontier.
///
/// # Errors
/// [`TooLarge::Rows`] if a term names issues with too many combinations of options.
pub fn solve_additive(
    n: &Negotiation,
    variants: &[bool],
    world: &World,
    defeat: Defeat,
    limits: Limits,
) -> Result<Solved, TooLarge> {
    let scale = Scale::of(n);
    let modal = n.modal_world(&n.laws(None, variants));
    let spans = spans(&Terms::of(n, &modal, scale, limits.block)?);
    let terms = Terms::of(n, world, scale, limits.block)?;
    let vast = Vast {
        coalitions: n.agree().minimal(&n.parties().collect::<Vec<_>>()),
        spans: spans.as_ref().map_err(|why| *why),
        terms: &terms,
        limits,
    };
    let (judges, rational) = (vast.judges(defeat), vast.rational());
    let listing = Listing { n, scores: terms.scores, world, limits };
    let margin = vast.margin(MARGINS[0], &judges, &rational);
    let margin_if_free = vast.margin(MARGINS[1], &judges, &[]).map(|(margin, _)| margin);
    let solutions = vast.solutions(&listing);
    let packages = vast.census(&judges, &rational);
    let (nearest_miss, if_granted) = vast.misses(&judges, &rational, margin.as_ref().ok());
    let best_for = vast.best_for(&judges, &rational);
    let asked = [(MARGINS[0], margin.as_ref().err()), (MARGINS[1], margin_if_free.as_ref().err())];
    let missing = missing(&asked, &solutions, best_for.as_ref().err(), &packages);
    let (margin, best) = margin.map_or((None, None), |(margin, best)| (Some(margin), best));
    let binding = best.as_ref().map_or_else(Vec::new, |best| vast.binding(&judges, best));
    Ok(Solved {
        scale,
        utilities: scale,
        defeat,
        packages,
        margin,
        margin_if_free: margin_if_free.ok(),
        ties: 0,
        without_span: vast.without_span(&judges),
        best,
        binding,
        frontier: vast.frontier(&listing),
        solutions,
        best_for: best_for.unwrap_or_default(),
        pivotal: Vec::new(),
        nearest_miss,
        if_granted,
        missing,
    })
}

/// What the two margins are called.
const MARGINS: [&str; 2] = ["the margin", "the margin if all were granted"];

/// What could not be had and why, in words; `None` if nothing is missing.
fn missing(
    margins: &[(&str, Option<&NoFrontier>)],
    solutions: &Result<Agreements, NoFrontier>,
    best_for: Option<&NoFrontier>,
    packages: &Census,
) -> Option<String> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, why: &NoFrontier| all.push((what.to_owned(), stopped(*why)));
    margins.iter().for_each(|(name, why)| why.iter().for_each(|why| add(name, why)));
    match solutions {
        Err(why) => add("the solution points", why),
        Ok(found) => found.unknown.iter().for_each(|(it, why)| add(it.name(), why)),
    }
    best_for.iter().for_each(|why| add("what is best for each side", why));
    let counts = [packages.rational, packages.no_defeat, packages.rational_no_defeat, packages.would_do];
    if counts.into_iter().chain(packages.winset.iter().map(|(_, count)| *count)).contains(&None) {
        let why =
            "the scores whose lines they hang on have too many different sums, or clauses tie too many issues together";
        all.push(("some numbers of packages".to_owned(), why.to_owned()));
    }
    let told = all.into_iter().map(|(what, why)| (why, what)).into_group_map().into_iter().sorted();
    let told: Vec<String> = told.map(|(why, what)| format!("{}: {why}", what.join(", "))).collect();
    (!told.is_empty()).then(|| told.join("; ") + "; all else here is exact")
}

/// Why a search gave nothing.
fn stopped(why: NoFrontier) -> String {
    match why {
        NoFrontier::Truncated { limit } => format!("the search for it would keep more than {limit} points"),
        NoFrontier::Stopped { sums } => {
            format!("the search for it would take more than {sums} sums of utility vectors")
        }
        other => other.to_string(),
    }
}

/// max − min of the score of each beholder over the allowed packages, at least 1.
fn spans(terms: &Terms) -> Result<Spans, NoFrontier> {
    let span = |score: usize| {
        let asked = Asked { scores: &[score], barring: &[], granted: false };
        let ends = |case: Vec<Utilities>| {
            let ends = case.iter().map(|block| block.iter().map(|point| point.utility[0]).minmax().into_option());
            let ends: Vec<(i64, i64)> = ends.collect::<Option<_>>()?;
            Some(ends.into_iter().fold((0, 0), |(low, high), (least, most)| (low + least, high + most)))
        };
        let ends = terms.cases(asked)?.filter_map(ends).flat_map(|(low, high)| [low, high]).minmax().into_option();
        Ok(ends.map_or(1, |(least, most)| (most - least).max(1)))
    };
    terms.n.beholders().enumerate().map(|(score, _)| span(score)).collect::<Result<_, _>>().map(Spans)
}

/// A vast space in one world, and how far answers may go.
struct Vast<'a> {
    terms: &'a Terms<'a>,
    spans: Result<&'a Spans, NoFrontier>,
    /// The minimal winning coalitions: that of all parties, where all must agree.
    coalitions: Vec<Vec<ActorId>>,
    limits: Limits<'a>,
}

/// One whose verdict counts: the place of its score, its party, and its line in units if it has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    pub score: usize,
    pub party: ActorId,
    pub at: Option<i64>,
}

impl Vast<'_> {
    fn judges(&self, defeat: Defeat) -> Vec<Threshold> {
        let (n, world) = (self.terms.n, self.terms.world);
        let judge = |(score, b): (usize, Beholder)| match b {
            Beholder::Leadership(_) => None,
            Beholder::Audience(a) => {
                let binds = defeat.counts_audiences() && n.binds(world, a) && n.can_say_defeat(a);
                let at = self.terms.scores.defeat_line(world, a);
                binds.then_some(Threshold { score, party: n.audience(a).of, at })
            }
        };
        let leaders = self.leaders().into_iter().filter(|_| defeat.counts_leaders());
        leaders.chain(n.beholders().enumerate().filter_map(judge)).collect()
    }

    /// No deal of each leadership, as it foresees what a deal is worth.
    fn leaders(&self) -> Vec<Threshold> {
        let Terms { n, world, scores, .. } = self.terms;
        let line = |(score, b): (usize, Beholder)| match b {
            Beholder::Leadership(i) => Some(Threshold { score, party: i, at: Some(scores.no_deal(world, i)) }),
            Beholder::Audience(_) => None,
        };
        n.beholders().enumerate().filter_map(line).collect()
    }

    /// What makes a package worth signing and worth keeping to each leadership; see [`Question::rational`].
    ///
    /// [`Question::rational`]: super::super::Question::rational
    fn rational(&self) -> Vec<Threshold> {
        let Terms { n, world, scores, .. } = self.terms;
        let states: Vec<f64> = n.states.iter().map(|state| world.value(state.start)).collect();
        let now = Standing::at_start(&states);
        let all = self.leaders().into_iter().flat_map(|foreseen| {
            let apart = self.terms.beholders.iter().rposition(|b| *b == Beholder::Leadership(foreseen.party));
            let score = apart.unwrap_or(foreseen.score);
            let at = Some(scores.keeps_from(world, foreseen.party, &now));
            let first = (score != foreseen.score).then_some(foreseen);
            first.into_iter().chain([Threshold { score, at, ..foreseen }])
        });
        all.collect()
    }

    /// The blocks of some scores, for a search.
    fn sums<'s>(&'s self, what: &'static str, asked: Asked<'s>) -> Result<Sums<'s>, NoFrontier> {
        let cases = self.terms.cases(asked)?.map(|case| frontiers(&case)).collect();
        Ok(Sums { scores: asked.scores.len().max(1), cases, limits: self.limits, what })
    }

    /// The frontier of the leaderships over all packages allowed, their red lines disregarded.
    fn frontier(&self, listing: &Listing) -> Result<Listed, NoFrontier> {
        let leaders: Vec<usize> = self.leaders().iter().map(|line| line.score).collect();
        let sums = self.sums("the frontier", Asked { scores: &leaders, barring: &[], granted: false })?;
        let (frontier, within) = sums.frontier()?;
        Ok(Listed { within, ..listing.of(&frontier) })
    }

    fn census(&self, judges: &[Threshold], rational: &[Threshold]) -> Census {
        let Terms { n, .. } = self.terms;
        let both: Vec<Threshold> = rational.iter().chain(judges).copied().collect();
        let winset = |leader: &Threshold| {
            let own: Vec<Threshold> = judges.iter().filter(|line| line.party == leader.party).copied().collect();
            (leader.party, number(self.terms, &own, false))
        };
        // What is the same number is counted once.
        let (allowed, all_granted) = (number(self.terms, &[], false), self.terms.all_granted());
        let rational_no_defeat = self.number_enough(&both, false);
        let would_do = if all_granted { rational_no_defeat } else { self.number_enough(&both, true) };
        Census {
            all: n.space.size(),
            allowed,
            available: if all_granted { allowed } else { number(self.terms, &[], true) },
            rational: self.number_enough(rational, false),
            no_defeat: self.number_enough(judges, false),
            rational_no_defeat,
            would_do,
            for_everybody: if n.has_coalitions() { number(self.terms, &both, true) } else { would_do },
            signed_not_kept: None,
            winset: self.leaders().iter().map(winset).collect(),
        }
    }

    /// Number of packages that pass the tests of some winning coalition: of any, less those of any two, and so on. `None`
    /// where some of these numbers is not known, or there are too many coalitions.
    fn number_enough(&self, tests: &[Threshold], granted: bool) -> Option<u128> {
        let asked: Vec<Vec<Threshold>> = self.coalitions.iter().map(|set| of(set, tests)).collect();
        let least = asked.iter().min_by_key(|tests| tests.len())?;
        let implied = |tests: &Vec<Threshold>| least.iter().all(|test| tests.contains(test));
        if asked.iter().all(implied) {
            return number(self.terms, least, granted);
        }
        let (mut more, mut less) = (0_u128, 0_u128);
        for sets in (asked.len() <= MOST_COALITIONS).then(|| asked.iter().powerset().skip(1))? {
            let mut tests: Vec<Threshold> = Vec::new();
            for test in sets.iter().flat_map(|tests| tests.iter()) {
                if !tests.contains(test) {
                    tests.push(*test);
                }
            }
            let side = if sets.len() % 2 == 1 { &mut more } else { &mut less };
            *side = side.checked_add(number(self.terms, &tests, granted)?)?;
        }
        more.checked_sub(less)
    }
}

/// Minimal winning coalitions among whose sets packages are counted.
const MOST_COALITIONS: usize = 8;

/// What a threshold asks of vectors of some scores.
fn ask(scores: &[usize], line: &Threshold, measure: Option<f64>) -> Ask {
    let place = scores.iter().position(|score| *score == line.score).expect("vectors have every score asked about");
    Ask::of(scores.len(), place, line.at.unwrap_or(i64::MIN), measure)
}

/// The scores that some thresholds are of, ascending, each once.
fn scores_of<'t>(lines: impl Iterator<Item = &'t Threshold>) -> Vec<usize> {
    lines.map(|line| line.score).sorted_unstable().dedup().collect()
}

/// What is asked for some parties.
fn of(parties: &[ActorId], tests: &[Threshold]) -> Vec<Threshold> {
    tests.iter().filter(|line| parties.contains(&line.party)).copied().collect()
}
