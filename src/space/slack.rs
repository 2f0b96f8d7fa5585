//! The greatest least slack over all packages: how far the best settlement is from being a defeat for somebody.
//!
//! A package beats the best one known only if every judge's score reaches its line by more than that slack. So the
//! kernel's comparisons find the few candidates, at thresholds that rise with the best, and only those are measured.

use std::ops::ControlFlow;

use super::coalitions::{Coalitions, among, pass};
use super::kernel::{Gate, Lanes, Test, marked_tails, sweep};
use super::plan::{FLAG, Tables};

/// One judge's part in the margin: slack = (score − line) / span.
#[derive(Debug, Clone, Copy)]
pub struct Slack<'a> {
    /// The score and the line.
    pub test: Test<'a>,
    /// The span in units, ≥ 1.
    pub span: f64,
}

impl<'a> Slack<'a> {
    /// The same with the score as somebody else reads it, if he reads it otherwise.
    pub fn read(self, tables: Option<&'a Tables>) -> Self {
        Self { test: Test { tables: tables.unwrap_or(self.test.tables), ..self.test }, ..self }
    }

    /// The test that the slack is at least `slack`, a finite one that some package has.
    pub fn raised_to(&self, slack: f64) -> Test<'a> {
        // From two units below, the least number of units whose share reaches the slack.
        let mut units = (slack * self.span).floor() - 2.0;
        while units / self.span < slack {
            units += 1.0;
        }
        Test::new(self.test.plan, self.test.tables, i64::from(self.test.line) + units as i64).asked_for(self.test.swing)
    }

    /// A test that all pass whose slack would reach `slack` if their score were higher by `relief` units, and perhaps some
    /// that are a unit short of it.
    fn may_reach(&self, slack: f64, relief: i32) -> Test<'a> {
        // One unit less makes up for the rounding of the product; far slacks are out of any score's reach.
        let units = ((slack * self.span).floor() - 1.0).clamp(-1_073_741_824.0, 1_073_741_824.0) as i32;
        Test { line: self.test.line.saturating_add(units.saturating_sub(relief)).max(FLAG + 1), ..self.test }
    }
}

impl Slack<'_> {
    /// The slack of one package; −∞ where a red line is crossed.
    pub fn of(&self, head: usize, tail: usize) -> f64 {
        let score = self.test.row(head)[tail];
        if score == FLAG {
            return f64::NEG_INFINITY;
        }
        f64::from(score - self.test.threshold(head)) / self.span
    }
}

/// A package that was measured: its least slack, head and tail.
pub type Measured = (f64, usize, usize);

/// A search among packages that pass a gate and `tests`, for the least slack of `slacks`.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    /// Where comparisons run.
    pub lanes: Lanes,
    /// Those whose slack counts.
    pub slacks: Vec<Slack<'a>>,
    /// Those who can only exclude.
    pub tests: Vec<Test<'a>>,
}

impl Search<'_> {
    /// The least slack of one package: −∞ where a test fails or the gate is closed, +∞ where nobody's slack counts. Where
    /// some parties can be left out, the greatest that any winning coalition has.
    pub fn slack(&self, gate: &Gate, head: usize, tail: usize) -> f64 {
        let passes = gate.lets_through(head, tail) && pass(self.tests.iter(), head, tail);
        if passes { self.least(self.among(), head, tail) } else { f64::NEG_INFINITY }
    }

    /// The coalitions of which one is enough; `None` where all must agree.
    pub(super) fn among(&self) -> Option<&Coalitions> {
        among(self.slacks.iter().map(|slack| &slack.test).chain(&self.tests))
    }

    fn least(&self, among: Option<&Coalitions>, head: usize, tail: usize) -> f64 {
        self.jointly(among, (head, tail), |_, slack| slack.of(head, tail))
    }

    /// The package with the greatest least slack above `known`, the first found of several.
    pub fn greatest(&self, gate: &Gate, known: f64) -> Option<Measured> {
        self.greatest_among(&gate.heads, gate, known)
    }

    /// The same among the packages of some heads.
    pub fn greatest_among(&self, heads: &[u32], gate: &Gate, known: f64) -> Option<Measured> {
        if known == f64::INFINITY {
            return None;
        }
        let mut best: Option<Measured> = None;
        self.above(heads, gate, known, |measured, floor| {
            if measured.0 > *floor {
                *floor = measured.0;
                best = Some(measured);
            }
        });
        best
    }

    /// All packages with a least slack of at least `floor`; `None` if they are more than `most`.
    pub fn all_from(&self, gate: &Gate, floor: f64, most: usize) -> Option<Vec<Measured>> {
        let mut found = Vec::new();
        let mut full = false;
        self.above(&gate.heads, gate, floor, |measured, from| {
            if measured.0 >= floor && found.len() < most {
                found.push(measured);
            } else if measured.0 >= floor {
                full = true;
                *from = f64::INFINITY;
            }
        });
        (!full).then_some(found)
    }

    /// Measures every package of some heads whose least slack may reach a floor, which `meet` may raise: at least all
    /// whose slack does, perhaps some a unit short of it.
    pub fn above(&self, heads: &[u32], gate: &Gate, floor: f64, meet: impl FnMut(Measured, &mut f64)) {
        self.above_relieved(heads, gate, floor, &[], meet);
    }

    /// The same for packages whose least slack might reach the floor if the scores were so much higher, `relief[slack]` in
    /// units.
    pub(super) fn above_relieved(
        &self,
        heads: &[u32],
        gate: &Gate,
        mut floor: f64,
        relief: &[i32],
        mut meet: impl FnMut(Measured, &mut f64),
    ) {
        let raised = |floor: f64| {
            let relief = relief.iter().copied().chain(std::iter::repeat(0));
            self.slacks.iter().zip(relief).map(move |(slack, relief)| slack.may_reach(floor, relief))
        };
        let mut tests: Vec<Test> = raised(floor).chain(self.tests.iter().copied()).collect();
        let among = among(tests.iter());
        sweep(self.lanes, &mut tests, heads, gate, &mut |head, row, _, tests| {
            let before = floor;
            marked_tails(row).for_each(|tail| meet((self.least(among, head, tail), head, tail), &mut floor));
            if floor != before {
                tests.iter_mut().zip(raised(floor)).for_each(|(test, raised)| *test = raised);
            }
            // Nothing is more than unbounded, and whoever has enough raises the floor that far.
            if floor == f64::INFINITY && before != floor { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }
}

/// How high the score behind `score` can go, in units, over the packages of a gate that pass all `others`; its line plays
/// no part. `None` where no package has `from` or more. If that judge's line alone were still open, some package would do
/// exactly where the line is no higher than this.
///
/// The search ends early at a score of `enough` or more, which is then what it gives: any such score does as well as
/// the greatest. Packages that cross a red line of the judge have no score. Heads whose scores all stay below what is
/// known are skipped, as in [`Search::greatest`].
pub fn highest(lanes: Lanes, score: Test, others: Vec<Test>, gate: &Gate, (from, enough): (i64, i64)) -> Option<i64> {
    // In units from 0, a slack is the score itself; whole numbers below 2^53 are exact.
    let slack = Slack { test: Test::new(score.plan, score.tables, 0), span: 1.0 };
    let mut best = None;
    Search { lanes, slacks: vec![slack], tests: others }.above(&gate.heads, gate, from as f64, |(score, ..), floor| {
        if score >= from as f64 && best.is_none_or(|known| score > known) {
            best = Some(score);
            // The sweep looks one unit below its floor: two above what is known asks for more than it.
            *floor = if score >= enough as f64 { f64::INFINITY } else { score + 2.0 };
        }
    });
    best.map(|score| score as i64)
}
