//! The greatest least slack over all packages: how far the best settlement is from being a defeat for somebody.
//!
//! A package beats the best one known only if every judge's score reaches its line by more than that slack. So the
//! kernel's comparisons find the few candidates, at thresholds that rise with the best, and only those are measured.

use super::kernel::{Gate, Lanes, MOST_TESTS, STRIDE, Test, row_of};
use super::plan::FLAG;

/// One judge's part in the margin: slack = (score − line) / span.
#[derive(Debug, Clone, Copy)]
pub struct Slack<'a> {
    /// The score and the line.
    pub test: Test<'a>,
    /// The span in units, ≥ 1.
    pub span: f64,
}

impl<'a> Slack<'a> {
    /// The test that the slack is at least `slack`, a finite one that some package has.
    #[must_use]
    pub fn raised_to(&self, slack: f64) -> Test<'a> {
        // From two units below, the least number of units whose share reaches the slack.
        let mut units = (slack * self.span).floor() - 2.0;
        while units / self.span < slack {
            units += 1.0;
        }
        Test::new(self.test.plan, self.test.tables, i64::from(self.test.line) + units as i64)
    }
}

impl Slack<'_> {
    /// The slack of one package; −∞ where a red line is crossed.
    #[must_use]
    pub fn of(&self, head: usize, tail: usize) -> f64 {
        let score = self.test.row(head)[tail];
        if score == FLAG {
            return f64::NEG_INFINITY;
        }
        f64::from(score - self.test.threshold(head)) / self.span
    }

    /// By how many units a score must exceed the line so that the slack can reach `slack`: never too many.
    fn units(&self, slack: f64) -> i32 {
        // One unit less makes up for the rounding of the product; far slacks are out of any score's reach.
        ((slack * self.span).floor() - 1.0).clamp(-1_073_741_824.0, 1_073_741_824.0) as i32
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
    /// The least slack of one package: −∞ where a test fails or the gate is closed, +∞ where nobody's slack counts.
    #[must_use]
    pub fn slack(&self, gate: &Gate, head: usize, tail: usize) -> f64 {
        let open = gate.row(head).is_some_and(|(row, _)| row[tail] != 0);
        if open { self.slack_within(head, tail) } else { f64::NEG_INFINITY }
    }

    /// The least slack of one package that the gate lets through.
    #[must_use]
    pub fn slack_within(&self, head: usize, tail: usize) -> f64 {
        if !self.tests.iter().all(|t| t.passes(head, tail)) {
            return f64::NEG_INFINITY;
        }
        self.least(head, tail)
    }

    #[inline(always)]
    fn least(&self, head: usize, tail: usize) -> f64 {
        self.slacks.iter().map(|s| s.of(head, tail)).fold(f64::INFINITY, f64::min)
    }

    /// The package with the greatest least slack above `known`, the first found of several.
    #[must_use]
    pub fn greatest(&self, gate: &Gate, known: f64) -> Option<Measured> {
        self.greatest_among(0..gate.class_of.len(), gate, known)
    }

    /// The same among the packages of some heads.
    #[must_use]
    pub fn greatest_among(&self, heads: impl Iterator<Item = usize>, gate: &Gate, known: f64) -> Option<Measured> {
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
    #[must_use]
    pub fn all_from(&self, gate: &Gate, floor: f64, most: usize) -> Option<Vec<Measured>> {
        let mut found = Vec::new();
        let mut full = false;
        self.above(0..gate.class_of.len(), gate, floor, |measured, from| {
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
    pub fn above(
        &self,
        heads: impl Iterator<Item = usize>,
        gate: &Gate,
        floor: f64,
        meet: impl FnMut(Measured, &mut f64),
    ) {
        self.above_relieved(heads, gate, floor, &[], meet);
    }

    /// The same for packages whose least slack might reach the floor if the scores were so much higher, `relief[slack]` in
    /// units.
    pub(super) fn above_relieved(
        &self,
        mut heads: impl Iterator<Item = usize>,
        gate: &Gate,
        floor: f64,
        relief: &[i32],
        mut meet: impl FnMut(Measured, &mut f64),
    ) {
        self.met(&mut heads, gate, (floor, relief), &mut meet);
    }

    /// The same, compiled once for each kind of processor: see the kernel.
    fn met(
        &self,
        heads: &mut dyn Iterator<Item = usize>,
        gate: &Gate,
        (floor, relief): (f64, &[i32]),
        meet: &mut dyn FnMut(Measured, &mut f64),
    ) {
        self.lanes.run(
            #[inline(always)]
            || self.sweep(heads, gate, (floor, relief), meet),
        );
    }

    #[inline(always)]
    fn sweep(
        &self,
        heads: &mut dyn Iterator<Item = usize>,
        gate: &Gate,
        (mut floor, relief): (f64, &[i32]),
        meet: &mut dyn FnMut(Measured, &mut f64),
    ) {
        let mut mask = vec![0_i32; gate.rows.first().map_or(0, Vec::len)];
        let mut raised = self.raised(floor, relief);
        let mut at = floor;
        'heads: for head in heads {
            let Some((open, count)) = gate.row(head) else { continue };
            let mut rows: [&[i32]; MOST_TESTS] = [&[]; MOST_TESTS];
            let mut thresholds = [0_i32; MOST_TESTS];
            let (mut used, mut all) = (0, true);
            for (test, by) in self.slacks.iter().map(|s| &s.test).chain(&self.tests).zip(&raised) {
                let (context, threshold) = (test.context(head), test.threshold(head).saturating_add(*by));
                if test.tables.most[context] < threshold || test.tables.most[context] == FLAG {
                    continue 'heads;
                }
                // What does not fit is left to the measurement of each candidate.
                if test.tables.least[context] < threshold && used < MOST_TESTS {
                    rows[used] = test.row(head);
                    thresholds[used] = threshold.max(FLAG + 1);
                    used += 1;
                } else if test.tables.least[context] < threshold {
                    all = false;
                }
            }
            if used == 0 {
                mask.copy_from_slice(open);
            } else {
                let gate_row = if count == gate.tails { None } else { Some(open) };
                // Counting is faster than marking, and most rows hold no candidate.
                if row_of(&rows[..used], &thresholds[..used], gate_row, None) == 0 {
                    continue;
                }
                row_of(&rows[..used], &thresholds[..used], gate_row, Some(&mut mask));
            }
            for (stretch, row) in mask.as_chunks::<STRIDE>().0.iter().enumerate() {
                if row.iter().fold(0, |any, passes| any | passes) != 0 {
                    for (place, _) in row.iter().enumerate().filter(|(_, passes)| **passes != 0) {
                        let tail = stretch * STRIDE + place;
                        let slack = if all { self.least(head, tail) } else { self.slack_within(head, tail) };
                        meet((slack, head, tail), &mut floor);
                    }
                }
            }
            if floor != at {
                // Nothing is more than unbounded, and whoever has enough raises the floor that far.
                if floor == f64::INFINITY {
                    return;
                }
                raised = self.raised(floor, relief);
                at = floor;
            }
        }
    }

    /// By how much each threshold is raised so that only slacks that may reach `floor` pass.
    fn raised(&self, floor: f64, relief: &[i32]) -> Vec<i32> {
        let units = |s: &Slack| if floor == f64::NEG_INFINITY { -(1 << 30) } else { s.units(floor) };
        let relief = relief.iter().copied().chain(std::iter::repeat(0));
        let slacks = self.slacks.iter().zip(relief).map(|(s, relief)| units(s).saturating_sub(relief));
        slacks.chain(self.tests.iter().map(|_| 0)).collect()
    }
}
