//! Shortlists: the packages among which a side's next offers are.
//!
//! With one other party whose consent is needed, the best offer is the package that is best for the other, then for
//! oneself, then first by identifiers, among those that reach some lines: one's own aspiration and the lines of one's
//! audiences. Lines move from round to round, scores do not. So all packages that reach somewhat lower lines, and give
//! the other at least what some package gives it that reaches the lines of today, are listed once, the best first; as
//! long as no line falls below those of the list, the first that passes is the offer. Nothing depends on how long a list
//! is: what it cannot answer is asked of the whole space.

use super::course::{Course, Place};
use super::step::Recorder;
use crate::space::{ContextPairs, Envelope, FARTHEST_LINE, Gate, Lanes, Search, Test, passing_among};

/// What a side has worked out of the packages open to it.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// The heads with an open package, in order.
    open: Vec<u32>,
    /// Bounds of its own score and of each of the others as it reads them, over these heads; none where heads are few.
    envelopes: Vec<Envelope>,
    list: Shortlist,
}

/// Fewer heads than this are looked at without bounds.
const FEW_HEADS: usize = 8;

impl Overview {
    pub fn of(gate: &Gate, search: &Search, pairs: &[ContextPairs], own_span: f64) -> Self {
        let open: Vec<u32> = (0..gate.class_of.len()).filter(|h| gate.row(*h).is_some()).map(|h| h as u32).collect();
        let mut envelopes = Vec::new();
        if open.len() >= FEW_HEADS {
            let own = &search.tests[0];
            let of = |(pairs, other): (&ContextPairs, &crate::space::Slack)| {
                Envelope::of(pairs, &open, own, &other.test, other.span / own_span)
            };
            envelopes.extend(pairs.iter().zip(&search.slacks).map(of));
        }
        Self { open, envelopes, list: Shortlist::default() }
    }

    pub fn is_made(&self) -> bool {
        !self.open.is_empty()
    }

    /// The open heads of which some package may reach one's own line and that of every other.
    pub fn heads(&self, lanes: Lanes, own: i32, others: &[i32]) -> impl Iterator<Item = usize> + use<> {
        let mut mask = vec![-1; self.open.len()];
        for (envelope, other) in self.envelopes.iter().zip(others) {
            envelope.narrow(lanes, own, *other, &mut mask);
        }
        let may = self.open.iter().zip(&mask).filter(|(_, may)| **may != 0).map(|(head, _)| *head as usize);
        may.collect::<Vec<usize>>().into_iter()
    }
}

/// How far below the lines of today a list looks, as a share of the span of each score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach(pub f64);

impl Default for Reach {
    fn default() -> Self {
        Self(0.125)
    }
}

/// Lists shorter than the one look further next time, lists longer than the other less far.
const SHORT: usize = 64;
const LONG: usize = 256;
/// Longer lists are not made.
const LONGEST: usize = 1_024;

/// Packages, the best for the other first, then the best for oneself, then the first by identifiers.
#[derive(Debug, Default)]
struct Shortlist {
    /// All packages are listed that reach these lines, one a test, …
    lines: Vec<i32>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    other: i32,
    own: i32,
    rank: u64,
    place: (u32, u32),
}

impl Entry {
    fn place(&self) -> Place {
        (self.place.0 as usize, self.place.1 as usize)
    }
}

/// What a list says of the best package.
#[derive(Debug, Clone, Copy)]
pub(super) enum Listed {
    Best(Place),
    /// No package is enough.
    Nothing,
    /// The whole space must be asked.
    Unknown,
}

impl Shortlist {
    /// The first package that passes all tests; of several that are as good for the other, the one offered last.
    fn best(&self, tests: &[Test], last: Option<Place>) -> Option<Place> {
        if self.lines.len() != tests.len() || self.lines.iter().zip(tests).any(|(line, test)| test.line < *line) {
            return None;
        }
        let (own, home) = (tests[0].line, &tests[1..]);
        let passes = |entry: &&Entry| {
            entry.own >= own && home.iter().all(|test| test.passes(entry.place.0 as usize, entry.place.1 as usize))
        };
        let first = self.entries.iter().position(|entry| passes(&entry))?;
        let equals = self.entries[first..].iter().take_while(|entry| entry.other == self.entries[first].other);
        let again = last.and_then(|last| equals.clone().find(|entry| entry.place() == last).filter(passes));
        Some(again.unwrap_or(&self.entries[first]).place())
    }
}

impl<R: Recorder> Course<'_, R> {
    /// The best package for the only other of a search, by the side's shortlist.
    pub fn listed(&mut self, i: usize, search: &Search) -> Listed {
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        if let Some(place) = self.sides[i].overview.list.best(&search.tests, last) {
            return Listed::Best(place);
        }
        let list = self.list(i, search);
        let Some(list) = list else { return Listed::Unknown };
        self.sides[i].overview.list = list;
        self.sides[i].overview.list.best(&search.tests, last).map_or(Listed::Nothing, Listed::Best)
    }

    /// A new shortlist that answers for the lines of today.
    fn list(&mut self, i: usize, search: &Search) -> Option<Shortlist> {
        let hint = self.hint(i);
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let other = &search.slacks[0].test;
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        let known = self.hints[hint].offers.iter().copied().chain(last);
        let known = known.filter(|(head, tail)| search.slack(gate, *head, *tail) > f64::NEG_INFINITY);
        let mut least = known.map(|(head, tail)| other.score(head, tail) as i32).max();
        if least.is_none() {
            let heads = self.sides[i].overview.heads(self.talks.lanes, search.tests[0].line, &[-(1 << 29)]);
            let found = search.greatest_among(heads, gate, f64::NEG_INFINITY);
            let Some((_, head, tail)) = found else { return Some(self.collect(i, search, i32::MAX, 0.0)) };
            least = Some(other.score(head, tail) as i32);
        }
        let least = least.unwrap_or(-(1 << 29));
        let mut reach = self.hints[hint].reach.0;
        for _ in 0..4 {
            let list = self.collect(i, search, least, reach);
            let length = list.entries.len();
            if length > LONG {
                reach *= 0.5;
            } else if length < SHORT && reach < 1.0 {
                reach *= 1.5;
            }
            self.hints[hint].reach = Reach(reach);
            if length <= LONGEST {
                return Some(list);
            }
        }
        None
    }

    /// All packages that give the other at least this and reach the tests' lines less a share of the spans.
    fn collect(&self, i: usize, search: &Search, least: i32, reach: f64) -> Shortlist {
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let other = &search.slacks[0].test;
        let mut tests = vec![Test { line: least.min(FARTHEST_LINE as i32), ..*other }];
        let scores = std::iter::once(self.talks.parties[i].score).chain(std::iter::repeat(self.talks.parties[i].score));
        tests.extend(search.tests.iter().zip(scores).map(|(test, score)| {
            let below = (reach * self.talks.compiled.spans.0[score] as f64) as i64;
            Test::new(test.plan, test.tables, i64::from(test.line) - below)
        }));
        let mut list = Shortlist { lines: tests[1..].iter().map(|test| test.line).collect(), entries: Vec::new() };
        if least == i32::MAX {
            return list;
        }
        let own = tests[1];
        let heads = self.sides[i].overview.heads(self.talks.lanes, own.line, &[least]);
        passing_among(heads, self.talks.lanes, &tests, gate, &self.space.layout, |head, tail| {
            if list.entries.len() <= LONGEST {
                let rank = self.talks.head_rank[head] + self.talks.tail_rank[tail];
                let (other, own) = (other.score(head, tail) as i32, own.score(head, tail) as i32);
                list.entries.push(Entry { other, own, rank, place: (head as u32, tail as u32) });
            }
        });
        list.entries.sort_unstable_by_key(|e| (std::cmp::Reverse((e.other, e.own)), e.rank));
        list
    }
}
