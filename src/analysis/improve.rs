//! One package made better: the fewest changes after which it would do, and what gives every leadership more.

use crate::engine::Posed;
use crate::model::{Beholder, Negotiation, Package};
use crate::space::{Place, Test, passing};

/// The package that would do, as [`Posed::exists`] has it, and differs from another in the fewest issues; of several the one
/// with the greatest least slack, then the first by the order of the file. `None` where none would do.
///
/// Exact: every package that would do is compared.
pub fn cheapest_repair(posed: &Posed, n: &Negotiation, package: &Package) -> Option<(Package, usize)> {
    let search = posed.search();
    let mut best: Option<(usize, f64, Place)> = None;
    passing(posed.lanes, &posed.question.all_tests(), &posed.gate.heads, &posed.gate, |head, tail| {
        let other = posed.space().package(n, head, tail);
        let changes = other.0.iter().zip(&package.0).filter(|(a, b)| a != b).count();
        // What needs more changes than the best so far is not measured.
        if best.is_some_and(|(fewest, ..)| changes > fewest) {
            return;
        }
        let slack = search.slack(&posed.gate, head, tail);
        let better = |(fewest, known, _): (usize, f64, Place)| changes < fewest || slack > known;
        if best.is_none_or(better) {
            best = Some((changes, slack, (head, tail)));
        }
    });
    best.map(|(changes, _, (head, tail))| (posed.space().package(n, head, tail), changes))
}

/// A package that is worth at least as much to every leadership as another and more to at least one: that with the greatest
/// least gain, measured by each leadership's span; of several the greatest sum of gains, then the first by the order of the
/// file. If the other would do, so does this. `None` where there is none: the other is Pareto-efficient among those that
/// are allowed and granted.
pub fn better_for_all(posed: &Posed, n: &Negotiation, package: &Package) -> Option<Package> {
    let space = posed.space();
    let (head, tail) = space.place(package);
    let leaders: Vec<(usize, f64)> = n
        .parties()
        .filter_map(|i| space.score_of(Beholder::Leadership(i)))
        .map(|score| (score, posed.spans().measure(score).unwrap_or(1.0)))
        .collect();
    let at_least = leaders.iter().map(|(score, _)| {
        let tables = &posed.tables[*score];
        let own = Test::new(&space.plans[*score], tables, 0).score(head, tail);
        Test::new(&space.plans[*score], tables, own)
    });
    let own: Vec<Test> = at_least.collect();
    let keeps = if posed.fares(package).would_do() { posed.question.all_tests() } else { Vec::new() };
    let tests: Vec<Test> = own.iter().copied().chain(keeps).collect();
    let mut best: Option<(f64, f64, Place)> = None;
    passing(posed.lanes, &tests, &posed.gate.heads, &posed.gate, |head, tail| {
        let gain =
            |(test, (_, span)): (&Test, &(usize, f64))| (test.score(head, tail) - i64::from(test.line)) as f64 / span;
        let gains: Vec<f64> = own.iter().zip(&leaders).map(gain).collect();
        let (least, sum) = (gains.iter().copied().fold(f64::INFINITY, f64::min), gains.iter().sum::<f64>());
        if sum > 0.0 && best.is_none_or(|(known, all, _)| least > known || (least == known && sum > all)) {
            best = Some((least, sum, (head, tail)));
        }
    });
    best.map(|(.., (head, tail))| space.package(n, head, tail))
}
