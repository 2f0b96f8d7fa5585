//! Shortlists: the packages among which a side's next offers are.
//!
//! With one other party whose consent is needed, the best offer is the package that is best for the other, then for
//! oneself, then first by identifiers, among those that reach some lines: one's own aspiration and the lines of one's
//! audiences. Lines move from round to round, scores do not. So all packages that reach somewhat lower lines, and give
//! the other at least what some package gives it that reaches the lines of today, are listed once, the best first; as
//! long as no line falls below those of the list, the first that passes is the offer. Nothing depends on how long a list
//! is: what it cannot answer is asked of the whole space.

use std::cmp::Ordering;
use std::sync::Arc;

use super::course::Course;
use crate::space::{ContextPairs, Envelope, FARTHEST_LINE, Gate, Lanes, Place, Search, Slack, Test, passing};

/// What a side has worked out of the packages open to it.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// Bounds of its own score and of each of the others as it reads them, over the open heads; none where heads are few.
    envelopes: Vec<Envelope>,
    /// `tops[test][place]`: the most that an own audience gets at these heads.
    tops: Vec<Vec<i32>>,
    list: Shortlist,
}

/// Fewer heads than this are looked at without bounds.
const FEW_HEADS: usize = 8;

impl Overview {
    pub fn of(gate: &Gate, search: &Search, pairs: &[Arc<ContextPairs>], own_span: f64) -> Self {
        if gate.heads.len() < FEW_HEADS {
            return Self::default();
        }
        let of = |(pairs, other): (&Arc<ContextPairs>, &Slack)| {
            Envelope::of(pairs, &gate.heads, &search.tests[0], &other.test, other.span / own_span)
        };
        let top = |test: &Test| gate.heads.iter().map(|head| test.tables.top[*head as usize]).collect();
        Self {
            envelopes: pairs.iter().zip(&search.slacks).map(of).collect(),
            tops: search.tests[1..].iter().map(top).collect(),
            list: Shortlist::default(),
        }
    }

    /// The open heads of which some package may reach one's own line, that of every other, and those of one's audiences.
    pub fn heads(&self, gate: &Gate, lanes: Lanes, tests: &[Test], others: &[i32]) -> Vec<u32> {
        let mut mask = vec![-1; gate.heads.len()];
        for (envelope, other) in self.envelopes.iter().zip(others) {
            envelope.narrow(lanes, tests[0].line, *other, &mut mask);
        }
        for (tops, test) in self.tops.iter().zip(&tests[1..]) {
            mask.iter_mut().zip(tops).for_each(|(may, top)| *may &= -i32::from(*top >= test.line));
        }
        let mut heads = Vec::new();
        for (open, mask) in gate.heads.chunks(STRETCH).zip(mask.chunks(STRETCH)) {
            // Most stretches hold no such head.
            if mask.iter().fold(0, |any, may| any | may) != 0 {
                heads.extend(open.iter().zip(mask).filter(|(_, may)| **may != 0).map(|(head, _)| *head));
            }
        }
        heads
    }
}

/// Heads looked at together.
const STRETCH: usize = 16;

/// How far below the lines of today a list looks, as a share of the span of each score.
#[derive(Debug, Clone, Copy)]
pub(super) struct LookAhead(f64);

impl Default for LookAhead {
    fn default() -> Self {
        Self(0.125)
    }
}

/// Lists shorter than the one look further next time, lists longer than the other less far.
const SHORT: usize = 24;
const LONG: usize = 256;
/// Longer lists are not made.
const LONGEST: usize = 4_096;
/// A list answers also for lines that rise by one part in so many of how far it looks down.
const ROOM: i64 = 8;

/// Where no more packages are open than this, all of them are listed once and for all.
const FEW: u64 = 1_024;

/// Packages in no order: to put them in one costs more than the few dozen offers save that are read off a list.
#[derive(Debug, Default)]
struct Shortlist {
    /// All packages are listed that reach these lines, one a test, and are worth enough to the other.
    lines: Vec<i32>,
    packages: Vec<Listed>,
    /// Whether all packages are listed: what is not there is nowhere.
    whole: bool,
}

/// A package, and what it is worth to the other and to oneself, in units.
#[derive(Debug, Clone, Copy)]
struct Listed {
    other: i32,
    own: i32,
    place: Place,
}

impl Listed {
    fn of(own: &Test, other: &Test, (head, tail): Place) -> Self {
        // Scores stay within ±2²⁹, and what a red line excludes is not listed.
        let [own, other] = [own, other].map(|test| test.score(head, tail) as i32);
        Self { other, own, place: (head, tail) }
    }

    /// First what it is worth to the other, among equals to oneself: as one number, which is compared at once.
    fn worth(&self) -> i64 {
        (i64::from(self.other) << 32) + i64::from(self.own)
    }
}

/// What a list says of the best package.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shortlisted {
    Best(Place),
    /// No package is enough.
    Nothing,
    /// The whole space must be asked.
    Unknown,
}

impl Shortlist {
    /// Drops what is worth less to the other.
    fn keep_from(&mut self, worth: i64) {
        self.packages.retain(|listed| i64::from(listed.other) >= worth);
    }

    /// Of the packages that pass all tests the best for the other: of several the one offered last, else the best for
    /// oneself, else the first by rank.
    fn best(&self, tests: &[Test], last: Option<Place>, rank: impl Fn(Place) -> u64) -> Shortlisted {
        if self.lines.len() != tests.len() || self.lines.iter().zip(tests).any(|(line, test)| test.line < *line) {
            return Shortlisted::Unknown;
        }
        // Most are not enough for oneself: that is asked first.
        let enough = || self.packages.iter().filter(|listed| listed.own >= tests[0].line);
        let passes = |it: &Listed| tests[1..].iter().all(|test| test.passes(it.place.0, it.place.1));
        let mut best: Option<&Listed> = None;
        for listed in enough() {
            let is_better = best.is_none_or(|best| match listed.worth().cmp(&best.worth()) {
                Ordering::Less => false,
                Ordering::Equal => rank(listed.place) < rank(best.place),
                Ordering::Greater => true,
            });
            if is_better && passes(listed) {
                best = Some(listed);
            }
        }
        let Some(best) = best else { return if self.whole { Shortlisted::Nothing } else { Shortlisted::Unknown } };
        let offered = last.and_then(|last| enough().find(|listed| listed.place == last));
        let again = offered.filter(|listed| listed.other == best.other && passes(listed));
        Shortlisted::Best(again.unwrap_or(best).place)
    }
}

impl Course<'_> {
    /// The best package for the only other of a search, by the side's shortlist.
    pub fn shortlisted(&mut self, i: usize, search: &Search) -> Shortlisted {
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        let talks = self.talks;
        let best = |list: &Shortlist| list.best(&search.tests, last, |place| talks.rank(place));
        let Some(overview) = self.sides[i].overview.take() else { return Shortlisted::Unknown };
        let known = best(&overview.list);
        if !matches!(known, Shortlisted::Unknown) {
            self.sides[i].overview = Some(overview);
            return known;
        }
        let list = self.list(i, search, &overview);
        let answer = list.as_ref().map_or(Shortlisted::Unknown, |list| match best(list) {
            // It was made to answer for these lines.
            Shortlisted::Unknown => Shortlisted::Nothing,
            answer => answer,
        });
        self.sides[i].overview = Some(Overview { list: list.unwrap_or_default(), ..overview });
        answer
    }

    /// A new shortlist that answers for the lines of today; `None` if it would be too long.
    fn list(&mut self, i: usize, search: &Search, overview: &Overview) -> Option<Shortlist> {
        let gate = self.open_to(i);
        if gate.count() <= FEW {
            return Some(self.list_all(i, search));
        }
        let gains = self.offered_before(i).map(|(head, tail)| search.slack(gate, head, tail));
        let mut least = gains.fold(f64::NEG_INFINITY, f64::max);
        if least == f64::NEG_INFINITY {
            let heads = overview.heads(gate, self.talks.lanes, &search.tests, &[-(1 << 29)]);
            least = search.greatest_among(&heads, gate, least).map_or(f64::INFINITY, |(gain, ..)| gain);
        }
        for _ in 0..4 {
            let LookAhead(ahead) = self.hint(i).ahead;
            let (list, whole) = self.collect(i, search, overview, least, ahead);
            let length = list.packages.len();
            if length > LONG || !whole {
                self.hint(i).ahead = LookAhead(ahead * 0.5);
            } else if length < SHORT && ahead < 1.0 {
                self.hint(i).ahead = LookAhead(ahead * 1.5);
            }
            if whole {
                return Some(list);
            }
        }
        None
    }

    /// Lists all open packages that cross no red line of those who are asked: such a list answers for any lines.
    fn list_all(&self, i: usize, search: &Search) -> Shortlist {
        let (gate, none) = (self.open_to(i), -FARTHEST_LINE as i32);
        let (own, other) = (&search.tests[0], &search.slacks[0].test);
        let uncrossed: Vec<Test> =
            search.tests.iter().chain([other]).map(|test| Test { line: none, ..*test }).collect();
        let mut list = Shortlist { lines: vec![none; search.tests.len()], whole: true, ..Shortlist::default() };
        passing(self.talks.lanes, &uncrossed, &gate.heads, gate, |head, tail| {
            list.packages.push(Listed::of(own, other, (head, tail)));
        });
        list
    }

    /// Lists all packages that reach the tests' lines less a share of the spans, and give the other at least the gain
    /// that some package gives that reaches the lines themselves, with some room; none if `least` is infinite. False if there
    /// are too many.
    fn collect(&self, i: usize, search: &Search, overview: &Overview, least: f64, ahead: f64) -> (Shortlist, bool) {
        let gate = self.open_to(i);
        let below = (ahead * self.talks.span(i)) as i64;
        let moved = |test: &Test, by: i64| (i64::from(test.line) + by).clamp(-FARTHEST_LINE, FARTHEST_LINE) as i32;
        let lines: Vec<i32> = search.tests.iter().map(|test| moved(test, -below)).collect();
        let lower = search.tests.iter().zip(&lines).map(|(test, line)| Test { line: *line, ..*test }).collect();
        let mut list = Shortlist { lines, ..Shortlist::default() };
        if least == f64::INFINITY {
            return (list, true);
        }
        let wide = Search { lanes: search.lanes, slacks: search.slacks.clone(), tests: lower };
        let narrow: Vec<Test> =
            search.tests.iter().map(|test| Test { line: moved(test, below / ROOM), ..*test }).collect();
        let (own, other) = (&search.tests[0], &search.slacks[0]);
        let heads = overview.heads(gate, self.talks.lanes, &wide.tests, &[other.raised_to(least).line]);
        let (mut floor, mut full) = (least, false);
        wide.above(&heads, gate, least, |(gain, head, tail), from| {
            if gain < *from {
                return;
            }
            list.packages.push(Listed::of(own, &other.test, (head, tail)));
            if gain > *from && narrow.iter().all(|test| test.passes(head, tail)) {
                *from = gain;
                floor = gain;
            }
            if list.packages.len() > LONGEST {
                list.keep_from(i64::from(other.raised_to(floor).line));
                full = list.packages.len() > LONGEST / 2;
                // Nothing is above this: the sweep ends.
                *from = if full { f64::INFINITY } else { floor };
            }
        });
        list.keep_from(i64::from(other.raised_to(floor).line));
        (list, !full)
    }
}

#[cfg(test)]
mod tests;
