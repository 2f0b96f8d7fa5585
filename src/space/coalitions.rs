//! Packages for which some winning coalition is enough.
//!
//! What is asked of a package is asked party by party; it passes if those who let it pass are a winning coalition. For
//! every package one bit a party says so, and a table of all sets of parties says which of them win.

use itertools::Itertools as _;

use super::kernel::{Emit, Gate, Lanes, Test};
use super::slack::{Search, Slack};
use crate::model::{ActorId, Negotiation};

/// Who can be left out of a winning coalition, and which sets of parties win.
///
/// Whoever is in every minimal winning coalition cannot be left out: what is asked for that party, all packages must pass.
/// Whoever is in none is asked for nothing. The others are the *swing* parties: all who are never left out win together with
/// some sets of these. Source: Riker (1962) for minimal winning coalitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coalitions {
    /// In every minimal winning coalition.
    needed: Vec<ActorId>,
    /// In some of them, at most [`MOST_CHOOSING`](crate::model::MOST_CHOOSING); the place of each is its bit.
    swing: Vec<ActorId>,
    /// `wins[set of bits]`: −1 if these win together with all that are needed, 0 if not. It never falls as a set grows.
    wins: Vec<i32>,
    /// The smallest sets of bits that win.
    minimal: Vec<u16>,
}

/// The party for which a test is asked, among those that can be left out.
#[derive(Debug, Clone, Copy)]
pub struct Swing<'a> {
    /// Who can be left out.
    pub among: &'a Coalitions,
    /// The bit of the party; 0 for one that is in no minimal winning coalition: its test plays no part.
    pub bit: u16,
}

impl Coalitions {
    /// The coalitions of a negotiation; `None` where all parties must agree.
    pub fn of(n: &Negotiation) -> Option<Self> {
        if !n.has_coalitions() {
            return None;
        }
        let parties: Vec<ActorId> = n.parties().collect();
        let minimal = n.agree().minimal(&parties);
        let in_all = |i: &ActorId| minimal.iter().all(|set| set.contains(i));
        let (needed, others): (Vec<ActorId>, Vec<ActorId>) = parties.into_iter().partition(in_all);
        let swing: Vec<ActorId> = others.into_iter().filter(|i| minimal.iter().any(|set| set.contains(i))).collect();
        let bit = |i: &ActorId| swing.iter().position(|s| s == i).map_or(0, |at| 1_u16 << at);
        let minimal: Vec<u16> = minimal.iter().map(|set| set.iter().map(bit).sum()).collect();
        let sets = 0..1_usize << swing.len();
        let wins =
            sets.map(|set| -i32::from(minimal.iter().any(|least| set & usize::from(*least) == usize::from(*least))));
        Some(Self { needed, wins: wins.collect(), swing, minimal })
    }

    /// The party as one that can be left out; `None` if it cannot.
    pub fn swing(&self, party: ActorId) -> Option<Swing<'_>> {
        let bit = || self.swing.iter().position(|s| *s == party).map_or(0, |at| 1 << at);
        (!self.needed.contains(&party)).then(|| Swing { among: self, bit: bit() })
    }

    /// Those without whom nothing can be agreed.
    pub fn needed(&self) -> &[ActorId] {
        &self.needed
    }

    /// All bits.
    fn all(&self) -> u16 {
        (self.wins.len() - 1) as u16
    }

    /// Whether these win together with all that are needed.
    fn win(&self, set: u16) -> bool {
        self.wins[usize::from(set)] != 0
    }

    /// The greatest least value of a winning coalition,
    ///
    /// ```text
    /// max over winning coalitions C of  min over parties i in C of  value_i
    /// ```
    ///
    /// `needed` is the least of those who cannot be left out, `values[bit]` belongs to the others.
    fn greatest_least(&self, needed: f64, values: &[f64]) -> f64 {
        let mut set = 0;
        let mut least = f64::INFINITY;
        let mut order = (0..self.swing.len()).sorted_by(|a, b| values[*b].total_cmp(&values[*a]));
        while !self.win(set) {
            let next = order.next().expect("all of them win");
            set |= 1 << next;
            least = values[next];
        }
        needed.min(least)
    }

    /// The greatest least value of a winning coalition, each party with its own.
    pub fn value(&self, of: impl Fn(ActorId) -> f64) -> f64 {
        let needed = self.needed.iter().map(|i| of(*i)).fold(f64::INFINITY, f64::min);
        self.greatest_least(needed, &self.swing.iter().map(|i| of(*i)).collect::<Vec<_>>())
    }

    /// The parties of some minimal winning coalition of which nobody has less than `value`.
    pub fn members(&self, of: impl Fn(ActorId) -> f64, value: f64) -> Vec<ActorId> {
        let enough = |set: &&u16| self.set(**set).all(|i| of(i) >= value);
        let set = self.minimal.iter().filter(enough).fold(0, |all, set| all | set);
        self.needed.iter().copied().chain(self.set(set)).collect()
    }

    fn set(&self, set: u16) -> impl Iterator<Item = ActorId> + '_ {
        self.swing.iter().enumerate().filter(move |(at, _)| set >> at & 1 == 1).map(|(_, i)| *i)
    }

    /// The chance that those who consent win, each consenting by itself with its own chance: a sum over all sets.
    pub fn chance(&self, of: impl Fn(ActorId) -> f64) -> f64 {
        let needed: f64 = self.needed.iter().map(|i| of(*i)).product();
        let each: Vec<f64> = self.swing.iter().map(|i| of(*i)).collect();
        let of_set = |set: usize| -> f64 {
            let chance = |(at, p): (usize, &f64)| if set >> at & 1 == 1 { *p } else { 1.0 - p };
            each.iter().enumerate().map(chance).product()
        };
        needed * (0..self.wins.len()).filter(|set| self.wins[*set] != 0).map(of_set).sum::<f64>()
    }
}

/// The coalitions that some of these tests are asked of; `None` if all must pass.
pub(super) fn among<'t, 'a: 't>(mut tests: impl Iterator<Item = &'t Test<'a>>) -> Option<&'a Coalitions> {
    tests.find_map(|test| test.swing).map(|swing| swing.among)
}

/// Whether one package passes tests: all of them, or those of a winning coalition.
pub(super) fn pass<'t, 'a: 't>(tests: impl Iterator<Item = &'t Test<'a>>, head: usize, tail: usize) -> bool {
    let mut left: Option<(&Coalitions, u16)> = None;
    for test in tests.filter(|test| !test.passes(head, tail)) {
        let Some(Swing { among, bit }) = test.swing else { return false };
        let (_, set) = left.get_or_insert((among, among.all()));
        *set &= !bit;
    }
    left.is_none_or(|(among, set)| among.win(set))
}

impl Search<'_> {
    /// The greatest least slack of a winning coalition all of whose tests pass, `slack[place among the slacks]` being the slack of
    /// each; of all slacks, where all must agree (their tests are not asked again).
    pub(super) fn jointly(
        &self,
        among: Option<&Coalitions>,
        (head, tail): (usize, usize),
        slack: impl Fn(usize, &Slack) -> f64,
    ) -> f64 {
        let measured = self.slacks.iter().enumerate().map(|(j, it)| (it, slack(j, it)));
        let Some(among) = among else { return measured.map(|(_, slack)| slack).fold(f64::INFINITY, f64::min) };
        let failing = self.tests.iter().filter(|test| !test.passes(head, tail)).map(|test| (test, f64::NEG_INFINITY));
        let (mut needed, mut own) = (f64::INFINITY, vec![f64::INFINITY; among.swing.len()]);
        for (test, slack) in measured.map(|(it, slack)| (&it.test, slack)).chain(failing) {
            match test.swing {
                None => needed = needed.min(slack),
                Some(Swing { bit: 0, .. }) => {}
                Some(Swing { bit, .. }) => {
                    let own = &mut own[bit.trailing_zeros() as usize];
                    *own = own.min(slack);
                }
            }
        }
        among.greatest_least(needed, &own)
    }
}

/// Calls `emit` for every one of some heads that has a package which passes: as [`sweep`](super::kernel::sweep) does where
/// all tests must pass.
pub(super) fn sweep<'a>(
    among: &Coalitions,
    lanes: Lanes,
    tests: &mut [Test<'a>],
    heads: &[u32],
    gate: &Gate,
    emit: &mut Emit<'_, 'a>,
) {
    let width = gate.rows.first().map_or(0, Vec::len);
    lanes.run(
        #[inline(always)]
        || {
            let (mut mask, mut who) = (vec![0_i32; width], vec![0_i32; width]);
            for head in heads.iter().map(|head| *head as usize) {
                let passed = among.passing_at(head, tests, gate, &mut mask, &mut who);
                if passed > 0 && emit(head, &mask, passed, tests).is_break() {
                    return;
                }
            }
        },
    );
}

impl Coalitions {
    /// Marks the packages of a head that pass; gives their number. `who` is room for the bits of those who let each pass.
    #[inline(always)]
    fn passing_at(&self, head: usize, tests: &[Test], gate: &Gate, mask: &mut [i32], who: &mut [i32]) -> u32 {
        let Some(open) = gate.row(head) else { return 0 };
        let mut may = self.all();
        for test in tests.iter().filter(|test| test.tables.top[head] < test.line) {
            let Some(swing) = test.swing else { return 0 };
            may &= !swing.bit;
        }
        if !self.win(may) {
            return 0;
        }
        mask.copy_from_slice(open);
        who.fill(i32::from(may));
        for test in tests.iter().filter(|test| test.swing.is_none_or(|swing| swing.bit & may != 0)) {
            let least = test.threshold(head);
            if test.tables.least[test.plan.context_of[head] as usize] >= least {
                continue;
            }
            match test.swing {
                None => mask.iter_mut().zip(test.row(head)).for_each(|(m, entry)| *m &= -i32::from(*entry >= least)),
                Some(Swing { bit, .. }) => {
                    let others = !i32::from(bit);
                    let marks = who.iter_mut().zip(test.row(head));
                    marks.for_each(|(who, entry)| *who &= others | -i32::from(*entry >= least));
                }
            }
        }
        mask.iter_mut().zip(&*who).for_each(|(mask, who)| *mask &= self.wins[*who as usize]);
        mask.iter().map(|passes| u32::from(*passes != 0)).sum()
    }
}
