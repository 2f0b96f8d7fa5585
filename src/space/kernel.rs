//! Who bears what, over all packages of one world: comparisons of whole numbers in vector lanes.
//!
//! For every head the thresholds of all tests are known, so a test is one comparison a package. Heads that cannot pass
//! are skipped by the greatest entry of their row; tests that cannot fail, by the least.

use super::layout::Layout;
use super::plan::{FLAG, Plan, Tables};

/// score ≥ line, and no red line of that score crossed.
#[derive(Debug, Clone, Copy)]
pub struct Test<'a> {
    /// Where the score's contexts are.
    pub plan: &'a Plan,
    /// The score in this world.
    pub tables: &'a Tables,
    /// The line, in units.
    pub line: i32,
}

/// Lines are kept this close to 0: no score can leave ±2²⁹, so nothing changes, and no threshold can overflow.
pub const FARTHEST_LINE: i64 = 1 << 29;

impl<'a> Test<'a> {
    /// The test that a score reaches a line.
    #[must_use]
    pub fn new(plan: &'a Plan, tables: &'a Tables, line: i64) -> Self {
        Self { plan, tables, line: line.clamp(-FARTHEST_LINE, FARTHEST_LINE) as i32 }
    }

    /// The test that no red line of a score is crossed.
    #[must_use]
    pub fn no_red_line(plan: &'a Plan, tables: &'a Tables) -> Self {
        Self::new(plan, tables, -FARTHEST_LINE)
    }

    pub(super) fn threshold(&self, head: usize) -> i32 {
        self.line - self.tables.head[head]
    }

    pub(super) fn context(&self, head: usize) -> usize {
        self.plan.context_of[head] as usize
    }

    pub(super) fn row(&self, head: usize) -> &'a [i32] {
        self.tables.row(self.plan.context_of[head])
    }

    /// The greatest score among the packages of a head, in units; below any score where red lines exclude them all.
    #[must_use]
    pub fn top(&self, head: usize) -> i32 {
        self.tables.most[self.context(head)].saturating_add(self.tables.head[head])
    }

    /// The score of one package, in units; below any score where a red line is crossed.
    #[must_use]
    pub fn score(&self, head: usize, tail: usize) -> i64 {
        i64::from(self.row(head)[tail]) + i64::from(self.tables.head[head])
    }

    /// Whether one package passes.
    #[must_use]
    pub fn passes(&self, head: usize, tail: usize) -> bool {
        self.row(head)[tail] >= self.threshold(head)
    }
}

/// Which packages may be looked at: those that rules allow, perhaps only those available, perhaps without an option.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// `class_of[f]`: the row of `rows` that goes with a head, or [`Gate::CLOSED`].
    pub class_of: Vec<u32>,
    /// `rows[class][j]`: −1 open, 0 closed; padding is closed.
    pub rows: Vec<Vec<i32>>,
    /// `open[class]`: number of open tails.
    pub open: Vec<u32>,
    /// Number of tails.
    pub tails: u32,
}

impl Gate {
    /// No tail of this head may be looked at.
    pub const CLOSED: u32 = u32::MAX;

    /// The row of a head: `None` if closed.
    #[must_use]
    pub fn row(&self, head: usize) -> Option<(&[i32], u32)> {
        let class = self.class_of[head];
        if class == Self::CLOSED || self.open[class as usize] == 0 {
            return None;
        }
        Some((&self.rows[class as usize], self.open[class as usize]))
    }

    /// Number of packages that may be looked at.
    #[must_use]
    pub fn count(&self) -> u64 {
        (0..self.class_of.len()).filter_map(|f| self.row(f)).map(|(_, open)| u64::from(open)).sum()
    }
}

/// Vector lanes: the widest that the processor has, or none (for showing that the lanes change nothing).
#[derive(Debug, Clone, Copy)]
pub struct Lanes(Option<pulp::Arch>);

impl Lanes {
    /// The widest lanes of this processor; plain code if the environment says `WINSET_LANES=scalar`.
    #[must_use]
    pub fn detect() -> Self {
        let scalar = std::env::var_os("WINSET_LANES").is_some_and(|v| v == "scalar");
        Self((!scalar).then(pulp::Arch::new))
    }

    pub(super) fn run<R>(self, op: impl FnOnce() -> R) -> R {
        match self.0 {
            Some(arch) => arch.dispatch(op),
            None => op(),
        }
    }
}

/// Most tests that one pass can hold; further ones go through the mask again.
pub(super) const MOST_TESTS: usize = 8;

/// Number of packages that pass the gate and every test.
#[must_use]
pub fn count(lanes: Lanes, tests: &[Test], gate: &Gate) -> u64 {
    let mut total = 0;
    lanes.run(
        #[inline(always)]
        || sweep(0..gate.class_of.len(), tests, gate, |_, _, passed| total += u64::from(passed), None),
    );
    total
}

/// Adds 1 to `counts[f · width + j]` for every package that passes; gives the number of them.
pub fn tally(lanes: Lanes, tests: &[Test], gate: &Gate, counts: &mut [u32], width: usize) -> u64 {
    let mut total = 0;
    lanes.run(
        #[inline(always)]
        || {
            sweep(
                0..gate.class_of.len(),
                tests,
                gate,
                #[inline(always)]
                |head, row, passed| {
                    total += u64::from(passed);
                    let counts = &mut counts[head * width..(head + 1) * width];
                    // Few packages pass in most rows: only the stretches that change are written.
                    for (counts, row) in counts.chunks_exact_mut(16).zip(row.chunks_exact(16)) {
                        if row.iter().fold(0, |any, passes| any | passes) != 0 {
                            for (count, passes) in counts.iter_mut().zip(row) {
                                *count = count.wrapping_sub(*passes as u32);
                            }
                        }
                    }
                },
                Some(width),
            );
        },
    );
    total
}

/// The place (head, tail) of every package that passes, heads in order.
pub fn passing(lanes: Lanes, tests: &[Test], gate: &Gate, layout: &Layout, visit: impl FnMut(usize, usize)) {
    passing_among(0..gate.class_of.len(), lanes, tests, gate, layout, visit);
}

/// The place (head, tail) of every package of some heads that passes, in their order.
pub fn passing_among(
    mut heads: impl Iterator<Item = usize>,
    lanes: Lanes,
    tests: &[Test],
    gate: &Gate,
    layout: &Layout,
    mut visit: impl FnMut(usize, usize),
) {
    rows_among(&mut heads, lanes, tests, gate, layout.width, &mut |head, row| {
        // Few packages pass in most rows: stretches without any are passed over.
        for (stretch, row) in row.as_chunks::<STRIDE>().0.iter().enumerate() {
            if row.iter().fold(0, |any, passes| any | passes) != 0 {
                let open = row.iter().enumerate().filter(|(_, passes)| **passes != 0);
                open.for_each(|(tail, _)| visit(head, stretch * STRIDE + tail));
            }
        }
    });
}

/// The marks of every one of some heads that has a package which passes.
///
/// The sweep is compiled anew for each type that it takes in, for each kind of processor, with all that is inlined into
/// it. So whoever asks comes in behind a pointer, which is followed once a head.
fn rows_among(
    heads: &mut dyn Iterator<Item = usize>,
    lanes: Lanes,
    tests: &[Test],
    gate: &Gate,
    width: usize,
    emit: &mut dyn FnMut(usize, &[i32]),
) {
    lanes.run(
        #[inline(always)]
        || sweep(heads, tests, gate, |head, row, _| emit(head, row), Some(width)),
    );
}

/// Calls `emit(head, row, number that pass)` for heads with a passing package; the row is empty unless `width` asks for it.
#[inline(always)]
fn sweep(
    heads: impl Iterator<Item = usize>,
    tests: &[Test],
    gate: &Gate,
    mut emit: impl FnMut(usize, &[i32], u32),
    width: Option<usize>,
) {
    let mut mask =
        vec![
            0_i32;
            width.unwrap_or(0).max(if tests.len() > MOST_TESTS { gate.rows.first().map_or(0, Vec::len) } else { 0 })
        ];
    'heads: for head in heads {
        let Some((open_row, open)) = gate.row(head) else { continue };
        let mut rows: [&[i32]; MOST_TESTS] = [&[]; MOST_TESTS];
        let mut thresholds = [0_i32; MOST_TESTS];
        let mut used = 0;
        let mut overflow = false;
        for test in tests {
            let (context, threshold) = (test.context(head), test.threshold(head));
            if test.tables.most[context] < threshold {
                continue 'heads;
            }
            if test.tables.least[context] >= threshold {
                continue;
            }
            if used == MOST_TESTS {
                overflow = true;
                break;
            }
            rows[used] = test.row(head);
            thresholds[used] = threshold;
            used += 1;
        }
        // Padding in `least` and closed tails are kept out by the gate's row.
        let all_open = open == gate.tails;
        if overflow {
            let passed = many_tests(tests, head, open_row, &mut mask);
            if passed > 0 {
                emit(head, &mask, passed);
            }
        } else if used == 0 {
            emit(head, if width.is_some() { open_row } else { &[] }, open);
        } else {
            let gate_row = if all_open { None } else { Some(open_row) };
            // Counting is faster than marking, and most rows hold no package that passes.
            let passed = row_of(&rows[..used], &thresholds[..used], gate_row, None);
            if passed > 0 {
                if width.is_some() {
                    row_of(&rows[..used], &thresholds[..used], gate_row, Some(&mut mask));
                }
                emit(head, &mask, passed);
            }
        }
    }
}

fn many_tests(tests: &[Test], head: usize, open: &[i32], mask: &mut [i32]) -> u32 {
    mask.copy_from_slice(open);
    for test in tests {
        let threshold = test.threshold(head);
        for (passes, score) in mask.iter_mut().zip(test.row(head)) {
            *passes &= -i32::from(*score >= threshold && *score != FLAG);
        }
    }
    mask.iter().map(|passes| u32::from(*passes != 0)).sum()
}

#[inline(always)]
pub(super) fn row_of(rows: &[&[i32]], thresholds: &[i32], gate: Option<&[i32]>, mask: Option<&mut [i32]>) -> u32 {
    match rows.len() {
        1 => fixed::<1>(rows, thresholds, gate, mask),
        2 => fixed::<2>(rows, thresholds, gate, mask),
        3 => fixed::<3>(rows, thresholds, gate, mask),
        4 => fixed::<4>(rows, thresholds, gate, mask),
        5 => fixed::<5>(rows, thresholds, gate, mask),
        6 => fixed::<6>(rows, thresholds, gate, mask),
        7 => fixed::<7>(rows, thresholds, gate, mask),
        _ => fixed::<8>(rows, thresholds, gate, mask),
    }
}

#[inline(always)]
fn fixed<const K: usize>(rows: &[&[i32]], thresholds: &[i32], gate: Option<&[i32]>, mask: Option<&mut [i32]>) -> u32 {
    let rows: [&[i32]; K] = std::array::from_fn(|k| rows[k]);
    let lines: [i32; K] = std::array::from_fn(|k| thresholds[k]);
    match (gate, mask) {
        (None, None) => counted(rows, lines),
        (Some(gate), None) => counted_behind(rows, lines, gate),
        (None, Some(mask)) => marked(rows, lines, mask, |_, passes| passes),
        (Some(gate), Some(mask)) => {
            let gate = &gate.as_chunks().0[..mask.len() / STRIDE];
            marked(rows, lines, mask, |c, passes| both(passes, &gate[c]))
        }
    }
}

#[inline(always)]
fn counted<const K: usize>(rows: [&[i32]; K], lines: [i32; K]) -> u32 {
    let n = rows[0].len();
    let rows = rows.map(|row| &row[..n]);
    let mut passed = 0_i32;
    for j in 0..n {
        let mut all = -1_i32;
        for k in 0..K {
            all &= -i32::from(rows[k][j] >= lines[k]);
        }
        passed -= all;
    }
    passed.unsigned_abs()
}

#[inline(always)]
fn counted_behind<const K: usize>(rows: [&[i32]; K], lines: [i32; K], gate: &[i32]) -> u32 {
    let n = gate.len();
    let rows = rows.map(|row| &row[..n]);
    let mut passed = 0_i32;
    for j in 0..n {
        let mut all = gate[j];
        for k in 0..K {
            all &= -i32::from(rows[k][j] >= lines[k]);
        }
        passed -= all;
    }
    passed.unsigned_abs()
}

/// Packages marked at once: a whole number of vectors on every processor.
pub(super) const STRIDE: usize = 16;

/// Writes −1 to `mask` where all tests pass, else 0; gives the number that pass.
#[inline(always)]
fn marked<const K: usize>(
    rows: [&[i32]; K],
    lines: [i32; K],
    mask: &mut [i32],
    gated: impl Fn(usize, [i32; STRIDE]) -> [i32; STRIDE],
) -> u32 {
    let mask = mask.as_chunks_mut().0;
    let n = mask.len();
    let rows: [&[[i32; STRIDE]]; K] = rows.map(|row| &row.as_chunks().0[..n]);
    let mut sum = [0_i32; STRIDE];
    for c in 0..n {
        let mut all = [-1_i32; STRIDE];
        for k in 0..K {
            for l in 0..STRIDE {
                all[l] &= -i32::from(rows[k][c][l] >= lines[k]);
            }
        }
        mask[c] = gated(c, all);
        for l in 0..STRIDE {
            sum[l] += mask[c][l];
        }
    }
    sum.iter().sum::<i32>().unsigned_abs()
}

#[inline(always)]
fn both(mut a: [i32; STRIDE], b: &[i32; STRIDE]) -> [i32; STRIDE] {
    for l in 0..STRIDE {
        a[l] &= b[l];
    }
    a
}
