//! Who bears what, over all packages of one world: comparisons of whole numbers in vector lanes.
//!
//! For every head the thresholds of all tests are known, so a test is one comparison a package. Heads that cannot pass
//! are skipped by the greatest entry of their row; tests that cannot fail, by the least.

use std::ops::ControlFlow;

use super::coalitions::{self, Swing};
use super::counts::Counts;
use super::plan::{FLAG, STRETCH, ScorePlan, Tables};

/// score ≥ line, and no red line of that score crossed.
#[derive(Debug, Clone, Copy)]
pub struct Test<'a> {
    /// Where the score's contexts are.
    pub plan: &'a ScorePlan,
    /// The score in this world.
    pub tables: &'a Tables,
    /// The line, in units.
    pub line: i32,
    /// For whom it is asked, of those who can be left out; `None`: it must pass.
    pub swing: Option<Swing<'a>>,
}

/// Lines are kept this close to 0: no score can leave ±2²⁹, so nothing changes, and no threshold can overflow.
pub const FARTHEST_LINE: i64 = 1 << 29;

impl<'a> Test<'a> {
    /// The test that a score reaches a line.
    pub fn new(plan: &'a ScorePlan, tables: &'a Tables, line: i64) -> Self {
        Self { plan, tables, line: line.clamp(-FARTHEST_LINE, FARTHEST_LINE) as i32, swing: None }
    }

    /// The same, asked for a party that can be left out.
    pub fn asked_for(self, swing: Option<Swing<'a>>) -> Self {
        Self { swing, ..self }
    }

    /// A test that no package passes.
    pub fn never(self) -> Self {
        Self { line: i32::MAX, ..self }
    }

    /// The test that no red line of a score is crossed.
    pub fn no_red_line(plan: &'a ScorePlan, tables: &'a Tables) -> Self {
        Self::new(plan, tables, -FARTHEST_LINE)
    }

    /// The least entry of the row of a head that passes: above the mark of what a red line excludes.
    pub(super) fn threshold(&self, head: usize) -> i32 {
        self.line.saturating_sub(self.tables.head[head]).max(FLAG + 1)
    }

    pub(super) fn row(&self, head: usize) -> &'a [i32] {
        self.tables.row(self.plan.context_of[head])
    }

    /// The score of one package, in units; below any score where a red line is crossed.
    pub fn score(&self, head: usize, tail: usize) -> i64 {
        i64::from(self.row(head)[tail]) + i64::from(self.tables.head[head])
    }

    /// Whether one package passes.
    pub fn passes(&self, head: usize, tail: usize) -> bool {
        self.row(head)[tail] >= self.threshold(head)
    }
}

/// Which packages may be looked at: those that rules allow, perhaps only those available, perhaps without an option.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gate {
    /// `class_of[f]`: the row of `rows` that goes with a head, or [`Gate::CLOSED`].
    pub class_of: Vec<u32>,
    /// The heads with an open tail, ascending.
    pub heads: Vec<u32>,
    /// `rows[class][j]`: −1 open, 0 closed; padding is closed.
    pub rows: Vec<Vec<i32>>,
    /// `open[class]`: number of open tails.
    open: Vec<u32>,
}

impl Gate {
    /// No tail of this head may be looked at.
    pub const CLOSED: u32 = u32::MAX;

    /// The gate of some classes of heads, each with its row.
    pub(super) fn of(mut class_of: Vec<u32>, rows: Vec<Vec<i32>>) -> Self {
        let open: Vec<u32> = rows.iter().map(|row| row.iter().map(|tail| u32::from(*tail != 0)).sum()).collect();
        let is_closed = |class: &&mut u32| **class != Self::CLOSED && open[**class as usize] == 0;
        class_of.iter_mut().filter(is_closed).for_each(|class| *class = Self::CLOSED);
        let heads =
            (0..class_of.len()).filter(|head| class_of[*head] != Self::CLOSED).map(|head| head as u32).collect();
        Self { class_of, heads, rows, open }
    }

    /// The row of a head: `None` if closed.
    pub fn row(&self, head: usize) -> Option<&[i32]> {
        let class = self.class_of[head];
        (class != Self::CLOSED).then(|| &*self.rows[class as usize])
    }

    /// Whether a package may be looked at.
    pub fn lets_through(&self, head: usize, tail: usize) -> bool {
        self.row(head).is_some_and(|row| row[tail] != 0)
    }

    /// Number of packages that may be looked at.
    pub fn count(&self) -> u64 {
        self.heads.iter().map(|head| u64::from(self.open[self.class_of[*head as usize] as usize])).sum()
    }
}

/// Vector lanes: the widest that the processor has, or none (for showing that the lanes change nothing).
#[derive(Debug, Clone, Copy)]
pub struct Lanes(Option<pulp::Arch>);

impl Lanes {
    /// The widest lanes of this processor; plain code if the environment says `WINSET_LANES=scalar`.
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

/// Most tests that one pass can hold; where more could fail, all go through the mask one after another.
const MOST_TESTS: usize = 8;

/// Number of packages that pass the gate and every test: of a winning coalition, where some parties can be left out.
pub fn count(lanes: Lanes, tests: &[Test], gate: &Gate) -> u64 {
    let mut total = 0;
    sweep(lanes, &mut tests.to_vec(), &gate.heads, gate, &mut |_, _, passed, _| {
        total += u64::from(passed);
        ControlFlow::Continue(())
    });
    total
}

/// Counts every package that passes; gives the number of them.
pub fn tally(lanes: Lanes, tests: &[Test], gate: &Gate, counts: &mut Counts) -> u64 {
    let mut total = 0;
    sweep(lanes, &mut tests.to_vec(), &gate.heads, gate, &mut |head, row, passed, _| {
        total += u64::from(passed);
        let counts = counts.row_mut(head).unwrap_or_default();
        // Few packages pass in most rows: only the stretches that change are written.
        for (counts, row) in counts.as_chunks_mut::<STRETCH>().0.iter_mut().zip(stretches(row)) {
            if row.iter().fold(0, |any, passes| any | passes) != 0 {
                counts.iter_mut().zip(row).for_each(|(count, passes)| *count = count.wrapping_sub(*passes as u32));
            }
        }
        ControlFlow::Continue(())
    });
    total
}

/// The place (head, tail) of every package of some heads that passes, in their order.
pub fn passing(lanes: Lanes, tests: &[Test], heads: &[u32], gate: &Gate, mut visit: impl FnMut(usize, usize)) {
    sweep(lanes, &mut tests.to_vec(), heads, gate, &mut |head, row, _, _| {
        marked_tails(row).for_each(|tail| visit(head, tail));
        ControlFlow::Continue(())
    });
}

/// The tails that a row marks, in their order.
pub(super) fn marked_tails(row: &[i32]) -> impl Iterator<Item = usize> + '_ {
    // Few packages pass in most rows: stretches without any are passed over.
    let some = |(_, row): &(usize, &[i32; STRETCH])| row.iter().fold(0, |any, passes| any | passes) != 0;
    stretches(row).iter().enumerate().filter(some).flat_map(|(stretch, row)| {
        let marked = row.iter().enumerate().filter(|(_, passes)| **passes != 0);
        marked.map(move |(place, _)| stretch * STRETCH + place)
    })
}

#[inline(always)]
fn stretches(row: &[i32]) -> &[[i32; STRETCH]] {
    row.as_chunks().0
}

/// The least and the greatest entry of the open tails; `None` where none is open.
pub(super) fn open_ends(lanes: Lanes, entries: &[i32], open: &[i32]) -> Option<(i32, i32)> {
    let (least, most) = lanes.run(
        #[inline(always)]
        || {
            let (mut least, mut most) = ([i32::MAX; STRETCH], [i32::MIN; STRETCH]);
            for (entries, open) in stretches(entries).iter().zip(stretches(open)) {
                for j in 0..STRETCH {
                    // An open tail is marked by −1, all bits: a closed one gives the ends that change nothing.
                    least[j] = least[j].min((entries[j] & open[j]) | (i32::MAX & !open[j]));
                    most[j] = most[j].max((entries[j] & open[j]) | (i32::MIN & !open[j]));
                }
            }
            (least, most)
        },
    );
    let (least, most) = (least.into_iter().min()?, most.into_iter().max()?);
    (least <= most).then_some((least, most))
}

/// Hears of a head the marks of its packages that pass, and their number; it may raise the lines for the heads to come.
pub(super) type Emit<'e, 'a> = dyn FnMut(usize, &[i32], u32, &mut [Test<'a>]) -> ControlFlow<()> + 'e;

/// Calls `emit` for every one of some heads that has a package which passes.
///
/// Compiled once for each kind of processor, with all comparisons inlined. So whoever asks comes in behind a pointer, which
/// is followed once a head that has something to say.
///
/// Where some parties can be left out, [`coalitions::sweep`] does the same.
pub(super) fn sweep<'a>(lanes: Lanes, tests: &mut [Test<'a>], heads: &[u32], gate: &Gate, emit: &mut Emit<'_, 'a>) {
    if let Some(among) = coalitions::among(tests.iter()) {
        return coalitions::sweep(among, lanes, tests, heads, gate, emit);
    }
    lanes.run(
        #[inline(always)]
        || {
            let mut mask = vec![0_i32; gate.rows.first().map_or(0, Vec::len)];
            for head in heads.iter().map(|head| *head as usize) {
                let Some((row, passed)) = passing_at(head, tests, gate, &mut mask) else { continue };
                if emit(head, row, passed, tests).is_break() {
                    return;
                }
            }
        },
    );
}

/// The marks of the packages of a head that pass all tests, and their number; `None` if there are none.
#[inline(always)]
fn passing_at<'m>(head: usize, tests: &[Test], gate: &'m Gate, mask: &'m mut [i32]) -> Option<(&'m [i32], u32)> {
    let open = gate.row(head)?;
    if tests.iter().any(|test| test.tables.top[head] < test.line) {
        return None;
    }
    let mut rows = [ScoreRow { entries: &[], peaks: &[], least: 0 }; MOST_TESTS];
    let mut used = 0;
    for test in tests {
        let (context, least) = (test.plan.context_of[head], test.threshold(head));
        if test.tables.least[context as usize] >= least {
            continue;
        }
        if used == MOST_TESTS {
            let passed = many_tests(tests, head, open, mask);
            return (passed > 0).then_some((mask, passed));
        }
        rows[used] = ScoreRow { entries: test.tables.row(context), peaks: test.tables.peaks(context), least };
        used += 1;
    }
    if used == 0 {
        return Some((open, gate.open[gate.class_of[head] as usize]));
    }
    let passed = row_of(&rows[..used], open, mask);
    (passed > 0).then_some((mask, passed))
}

/// The row of a test at one head, and the least entry that passes.
#[derive(Clone, Copy)]
struct ScoreRow<'a> {
    entries: &'a [i32],
    peaks: &'a [i32],
    least: i32,
}

fn many_tests(tests: &[Test], head: usize, open: &[i32], mask: &mut [i32]) -> u32 {
    mask.copy_from_slice(open);
    for test in tests {
        let threshold = test.threshold(head);
        for (passes, score) in mask.iter_mut().zip(test.row(head)) {
            *passes &= -i32::from(*score >= threshold);
        }
    }
    mask.iter().map(|passes| u32::from(*passes != 0)).sum()
}

/// Marks the open packages that pass in all rows; gives their number.
#[inline(always)]
fn row_of(rows: &[ScoreRow], open: &[i32], mask: &mut [i32]) -> u32 {
    match rows.len() {
        1 => fixed::<1>(rows, open, mask),
        2 => fixed::<2>(rows, open, mask),
        3 => fixed::<3>(rows, open, mask),
        4 => fixed::<4>(rows, open, mask),
        5 => fixed::<5>(rows, open, mask),
        6 => fixed::<6>(rows, open, mask),
        7 => fixed::<7>(rows, open, mask),
        _ => fixed::<8>(rows, open, mask),
    }
}

#[inline(always)]
fn fixed<const K: usize>(rows: &[ScoreRow], open: &[i32], mask: &mut [i32]) -> u32 {
    let (open, mask) = (stretches(open), mask.as_chunks_mut::<STRETCH>().0);
    let n = mask.len();
    let least: [i32; K] = std::array::from_fn(|k| rows[k].least);
    let peaks: [&[i32]; K] = std::array::from_fn(|k| &rows[k].peaks[..n]);
    let entries: [&[[i32; STRETCH]]; K] = std::array::from_fn(|k| &stretches(rows[k].entries)[..n]);
    let mut passed = [0_i32; STRETCH];
    for s in 0..n {
        let mut marks = [0_i32; STRETCH];
        // Most stretches of a row hold no entry that is great enough.
        if (0..K).fold(-1, |may, k| may & -i32::from(peaks[k][s] >= least[k])) != 0 {
            for j in 0..STRETCH {
                let mut all = open[s][j];
                for k in 0..K {
                    all &= -i32::from(entries[k][s][j] >= least[k]);
                }
                marks[j] = all;
                passed[j] -= all;
            }
        }
        mask[s] = marks;
    }
    passed.iter().sum::<i32>().unsigned_abs()
}
