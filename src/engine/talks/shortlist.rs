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
use crate::space::{ContextPairs, Envelope, FARTHEST_LINE, Gate, Lanes, Search, Test};

/// What a side has worked out of the packages open to it.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// The heads with an open package, in order.
    open: Vec<u32>,
    /// Bounds of its own score and of each of the others as it reads them, over these heads; none where heads are few.
    envelopes: Vec<Envelope>,
    /// `tops[test][place]`: the most that an own audience gets at these heads.
    tops: Vec<Vec<i32>>,
    list: Shortlist,
}

/// Fewer heads than this are looked at without bounds.
const FEW_HEADS: usize = 8;

impl Overview {
    pub fn of(gate: &Gate, search: &Search, pairs: &[ContextPairs], own_span: f64) -> Self {
        let open: Vec<u32> = (0..gate.class_of.len()).filter(|h| gate.row(*h).is_some()).map(|h| h as u32).collect();
        let (mut envelopes, mut tops) = (Vec::new(), Vec::new());
        if open.len() >= FEW_HEADS {
            let own = &search.tests[0];
            let of = |(pairs, other): (&ContextPairs, &crate::space::Slack)| {
                Envelope::of(pairs, &open, own, &other.test, other.span / own_span)
            };
            envelopes.extend(pairs.iter().zip(&search.slacks).map(of));
            let top = |test: &Test| open.iter().map(|head| test.top(*head as usize)).collect();
            tops.extend(search.tests[1..].iter().map(top));
        }
        Self { open, envelopes, tops, list: Shortlist::default() }
    }

    pub fn is_made(&self) -> bool {
        !self.open.is_empty()
    }

    /// The open heads of which some package may reach one's own line, that of every other, and those of one's audiences.
    pub fn heads(&self, lanes: Lanes, tests: &[Test], others: &[i32]) -> impl Iterator<Item = usize> + use<> {
        let mut mask = vec![-1; self.open.len()];
        for (envelope, other) in self.envelopes.iter().zip(others) {
            envelope.narrow(lanes, tests[0].line, *other, &mut mask);
        }
        for (tops, test) in self.tops.iter().zip(&tests[1..]) {
            mask.iter_mut().zip(tops).for_each(|(may, top)| *may &= -i32::from(*top >= test.line));
        }
        let mut heads = Vec::new();
        for (open, mask) in self.open.chunks(STRETCH).zip(mask.chunks(STRETCH)) {
            // Most stretches hold no such head.
            if mask.iter().fold(0, |any, may| any | may) != 0 {
                heads.extend(open.iter().zip(mask).filter(|(_, may)| **may != 0).map(|(head, _)| *head as usize));
            }
        }
        heads.into_iter()
    }
}

/// Heads looked at together.
const STRETCH: usize = 16;

/// How far below the lines of today a list looks, as a share of the span of each score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach(pub f64);

impl Default for Reach {
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

/// Packages in no order, with what they are worth to the other and to oneself.
#[derive(Debug, Default)]
struct Shortlist {
    /// All packages are listed that reach these lines, one a test, and are worth enough to the other.
    lines: Vec<i32>,
    worths: Vec<Worth>,
    places: Vec<(u32, u32)>,
}

/// What a package is worth to the other and, among equals, to oneself: one whole number, so that comparing is one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth(i64);

impl Worth {
    fn of(other: i64, own: i64) -> Self {
        // Scores have 30 bits and a sign.
        Self((other << 32) + own)
    }

    fn own(self) -> i32 {
        self.0 as i32
    }

    fn other(self) -> i64 {
        (self.0 - i64::from(self.own())) >> 32
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
    fn place(&self, at: usize) -> Place {
        (self.places[at].0 as usize, self.places[at].1 as usize)
    }

    /// Drops what is worth less to the other.
    fn keep_from(&mut self, other: i64) {
        let mut kept = 0;
        for at in 0..self.places.len() {
            if self.worths[at].other() >= other {
                (self.worths[kept], self.places[kept]) = (self.worths[at], self.places[at]);
                kept += 1;
            }
        }
        self.worths.truncate(kept);
        self.places.truncate(kept);
    }

    /// Of the packages that pass all tests the best for the other: of several the one offered last, else the best for
    /// oneself, else the first by rank. `None` if the list cannot say.
    fn best(&self, tests: &[Test], last: Option<Place>, rank: impl Fn(Place) -> u64) -> Option<Place> {
        if self.lines.len() != tests.len() || self.lines.iter().zip(tests).any(|(line, test)| test.line < *line) {
            return None;
        }
        let (own, home) = (tests[0].line, &tests[1..]);
        let passes = |at: usize| {
            let (head, tail) = self.place(at);
            self.worths[at].own() >= own && home.iter().all(|test| test.passes(head, tail))
        };
        let mut best: Option<usize> = None;
        let mut most = Worth(i64::MIN);
        for (at, worth) in self.worths.iter().copied().enumerate() {
            if worth < most || worth.own() < own || !passes(at) {
                continue;
            }
            let ranks_first = |best: usize| rank(self.place(at)) < rank(self.place(best));
            if worth > most || best.is_none_or(ranks_first) {
                (best, most) = (Some(at), worth);
            }
        }
        let best = best?;
        let offered = last.and_then(|last| self.places.iter().position(|p| *p == (last.0 as u32, last.1 as u32)));
        let again = offered.filter(|at| self.worths[*at].other() == most.other() && passes(*at));
        Some(self.place(again.unwrap_or(best)))
    }
}

impl<R: Recorder> Course<'_, R> {
    /// The best package for the only other of a search, by the side's shortlist.
    pub fn listed(&mut self, i: usize, search: &Search) -> Listed {
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        let talks = self.talks;
        let rank = |(head, tail): Place| talks.head_rank[head] + talks.tail_rank[tail];
        if let Some(place) = self.sides[i].overview.list.best(&search.tests, last, rank) {
            return Listed::Best(place);
        }
        let Some(list) = self.list(i, search) else { return Listed::Unknown };
        let best = list.best(&search.tests, last, rank);
        self.sides[i].overview.list = list;
        best.map_or(Listed::Nothing, Listed::Best)
    }

    /// A new shortlist that answers for the lines of today; `None` if it would be too long.
    fn list(&mut self, i: usize, search: &Search) -> Option<Shortlist> {
        let hint = self.hint(i);
        let mut list = std::mem::take(&mut self.sides[i].overview.list);
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        let known = self.hints[hint].offers.iter().copied().chain(last);
        let mut least = known.map(|(head, tail)| search.slack(gate, head, tail)).fold(f64::NEG_INFINITY, f64::max);
        if least == f64::NEG_INFINITY {
            let heads = self.sides[i].overview.heads(self.talks.lanes, &search.tests, &[-(1 << 29)]);
            let found = search.greatest_among(heads, gate, least);
            least = found.map_or(f64::INFINITY, |(gain, ..)| gain);
        }
        for _ in 0..4 {
            let reach = self.hints[hint].reach.0;
            let whole = self.collect(i, search, least, reach, &mut list);
            let length = list.places.len();
            if length > LONG || !whole {
                self.hints[hint].reach = Reach(reach * 0.5);
            } else if length < SHORT && reach < 1.0 {
                self.hints[hint].reach = Reach(reach * 1.5);
            }
            if whole {
                return Some(list);
            }
        }
        None
    }

    /// Lists all packages that reach the tests' lines less a share of the spans, and give the other at least the gain
    /// that some package gives that reaches the lines themselves, with some room; none if `least` is infinite. False if there
    /// are too many.
    fn collect(&self, i: usize, search: &Search, least: f64, reach: f64, list: &mut Shortlist) -> bool {
        let (party, gate) = (&self.talks.parties[i], self.sides[i].gate.as_ref().unwrap_or(&self.gate));
        let below = (reach * self.talks.compiled.spans.0[party.score] as f64) as i64;
        let moved = |by: i64| {
            let line = move |test: &Test<'_>| i64::from(test.line) + by;
            move |test: &Test<'_>| line(test).clamp(-FARTHEST_LINE, FARTHEST_LINE) as i32
        };
        let (down, up) = (moved(-below), moved(below / ROOM));
        list.lines.clear();
        list.lines.extend(search.tests.iter().map(down));
        list.worths.clear();
        list.places.clear();
        if least == f64::INFINITY {
            return true;
        }
        let lower = search.tests.iter().zip(&list.lines).map(|(test, line)| Test { line: *line, ..*test });
        let wide = Search { lanes: search.lanes, slacks: search.slacks.clone(), tests: lower.collect() };
        let narrow: Vec<Test> = search.tests.iter().map(|test| Test { line: up(test), ..*test }).collect();
        let (own, other) = (&search.tests[0], &search.slacks[0]);
        let heads = self.sides[i].overview.heads(self.talks.lanes, &wide.tests, &[other.raised_to(least).line]);
        let (mut floor, mut full) = (least, false);
        wide.above(heads, gate, least, |(gain, head, tail), from| {
            if gain < *from {
                return;
            }
            list.worths.push(Worth::of(other.test.score(head, tail), own.score(head, tail)));
            list.places.push((head as u32, tail as u32));
            if gain > *from && narrow.iter().all(|test| test.passes(head, tail)) {
                *from = gain;
                floor = gain;
            }
            if list.places.len() > LONGEST {
                list.keep_from(i64::from(other.raised_to(floor).line));
                full = list.places.len() > LONGEST / 2;
                // Nothing is above this: the sweep ends.
                *from = if full { f64::INFINITY } else { floor };
            }
        });
        list.keep_from(i64::from(other.raised_to(floor).line));
        !full
    }
}

#[cfg(test)]
mod tests;
