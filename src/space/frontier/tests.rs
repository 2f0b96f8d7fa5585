use proptest::prelude::*;

use super::*;

type Listed = Vec<(Vec<i64>, u128, u128)>;

/// Utilities from a range that makes ties, zeros, losses and equal vectors common, or from one wide enough for the grid.
fn vectors(most: usize) -> impl Strategy<Value = (usize, Vec<Vec<i64>>)> {
    let spread = prop_oneof![Just(0_i64), Just(1), Just(3), Just(1_000), Just(1 << 40)];
    (1..=5_usize, spread, 0..most).prop_flat_map(|(parties, spread, count)| {
        let vector = prop::collection::vec(-spread..=spread, parties);
        (Just(parties), prop::collection::vec(vector, count))
    })
}

fn points(parties: usize, vectors: &[Vec<i64>]) -> Utilities {
    let mut points = Utilities::new(parties).expect("the tests have few parties");
    for (at, utility) in (0_u128..).zip(vectors) {
        points.push(Point { utility, packages: at % 3 + 1, first: 1_000_000 - at }).expect("vectors are of one length");
    }
    points
}

fn frontier(parties: usize, vectors: &[Vec<i64>]) -> Frontier {
    Frontier::of(&points(parties, vectors))
}

fn listed(points: &Utilities) -> Listed {
    points.iter().map(|p| (p.utility.to_vec(), p.packages, p.first)).collect()
}

fn dominates(x: &[i64], y: &[i64]) -> bool {
    x != y && x.iter().zip(y).all(|(a, b)| a >= b)
}

/// The definition, read aloud: no pair is left out.
fn by_pairs(points: &Utilities) -> Listed {
    let mut kept: Listed = Vec::new();
    for y in points.iter().filter(|y| !points.iter().any(|x| dominates(x.utility, y.utility))) {
        match kept.iter_mut().find(|(u, ..)| u == y.utility) {
            Some((_, packages, first)) => (*packages, *first) = (*packages + y.packages, y.first.min(*first)),
            None => kept.push((y.utility.to_vec(), y.packages, y.first)),
        }
    }
    kept.sort_by(|a, b| b.cmp(a));
    kept
}

fn all_sums(a: &Utilities, b: &Utilities) -> Utilities {
    let mut sums = Utilities::new(a.parties()).expect("as many as before");
    for (x, y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))) {
        let utility: Vec<i64> = x.utility.iter().zip(y.utility).map(|(u, v)| u + v).collect();
        sums.append(Point { utility: &utility, packages: x.packages * y.packages, first: x.first + y.first });
    }
    sums
}

proptest! {
    #[test]
    fn a_frontier_is_what_no_pair_excludes((parties, vectors) in vectors(60)) {
        let points = points(parties, &vectors);
        prop_assert_eq!(listed(&Frontier::of(&points).0), by_pairs(&points));
    }

    #[test]
    fn a_sum_is_the_frontier_of_all_sums((parties, vectors) in vectors(120), cut in 0..120_usize) {
        let (a, b) = vectors.split_at(cut.min(vectors.len()));
        let (a, b) = (points(parties, a), points(parties, b));
        let sum = Frontier::of(&a).sum(&Frontier::of(&b), MAX_POINTS).expect("few and small");
        prop_assert_eq!(listed(&sum.0), by_pairs(&all_sums(&a, &b)));
    }

    #[test]
    fn sums_may_be_taken_in_any_order((parties, vectors) in vectors(30)) {
        let [a, b, c] = [0, 1, 2].map(|k| {
            let part: Vec<_> = vectors.iter().skip(k).step_by(3).cloned().collect();
            frontier(parties, &part)
        });
        let sum = |x: &Frontier, y: &Frontier| x.sum(y, MAX_POINTS).expect("few and small");
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        prop_assert_eq!(sum(&a, &b), sum(&b, &a));
    }

    #[test]
    fn a_union_is_the_frontier_of_all((parties, vectors) in vectors(60), cut in 0..60_usize) {
        let all = points(parties, &vectors);
        let parts = all.runs(cut + 1).map(|part| Frontier::of(&part));
        prop_assert_eq!(parts.fold(frontier(parties, &[]), |union, part| union.with(&part)), Frontier::of(&all));
    }

    #[test]
    fn points_collected_one_by_one_have_the_frontier_of_all((parties, vectors) in vectors(60), batch in 1..20_usize) {
        let all = points(parties, &vectors);
        let mut collector = Collector::in_batches_of(parties, batch).expect("the tests have few parties");
        all.iter().for_each(|point| collector.push(point).expect("vectors are of one length"));
        prop_assert_eq!(collector.finish(), Frontier::of(&all));
    }

    #[test]
    fn an_additive_space_is_its_packages_one_by_one(
        issues in prop::collection::vec(prop::collection::vec(prop::collection::vec(-3..=3_i64, 2), 1..5), 0..5),
    ) {
        let issues = numbered(&issues);
        let mut all = Utilities::origin(2);
        for options in &issues {
            let mut issue = Utilities::new(2).expect("two parties");
            for (utility, first) in options {
                issue.append(Point { utility, packages: 1, first: *first });
            }
            all = all_sums(&all, &issue);
        }
        let frontier = Frontier::additive(2, &issues, MAX_POINTS).expect("few and small");
        prop_assert_eq!(listed(&frontier.0), by_pairs(&all));
    }

    #[test]
    fn demands_leave_of_a_frontier_what_meets_them(
        (parties, vectors) in vectors(90), weights in prop::collection::vec(0..3_i64, 5), share in 0..10_i64,
    ) {
        let part = |k: usize| frontier(parties, &vectors.iter().skip(k).step_by(3).cloned().collect::<Vec<_>>());
        let parts: Vec<Frontier> = (0..3).map(part).collect();
        let watch = &mut |_, _| Ok(());
        let whole = Frontier::meeting(parties, parts.clone(), &[], MAX_POINTS, watch).expect("few and small");
        let sum = |u: &[i64]| u.iter().zip(&weights).map(|(u, w)| u * w).sum::<i64>();
        let (least, most) = (whole.iter().map(|p| sum(p.utility)).min(), whole.iter().map(|p| sum(p.utility)).max());
        let demand = Demand { weights: weights[..parties].to_vec(), least: least.zip(most).map_or(0, |(a, b)| a + (b - a) / 9 * share) };
        let met = Frontier::meeting(parties, parts, std::slice::from_ref(&demand), MAX_POINTS, watch).expect("few and small");
        let of_whole: Listed = listed(&whole.0).into_iter().filter(|(u, ..)| demand.sum(u) >= demand.least).collect();
        prop_assert_eq!(listed(&met.0), of_whole);
    }

    #[test]
    fn a_coarse_frontier_is_as_near_as_it_says((parties, vectors) in vectors(90), keep in 1..12_usize) {
        let part = |k: usize| frontier(parties, &vectors.iter().skip(k).step_by(3).cloned().collect::<Vec<_>>());
        let parts: Vec<Frontier> = (0..3).map(part).collect();
        let watch = &mut |_, _| Ok(());
        let whole = Frontier::meeting(parties, parts.clone(), &[], MAX_POINTS, watch).expect("few and small");
        let (coarse, lost) = Frontier::coarse(parties, parts, keep, MAX_POINTS, watch).expect("few and small");
        prop_assert!(coarse.len() <= keep || parties == 1 && coarse.len() <= 1);
        let near = |u: &[i64], v: &[i64]| (0..parties).all(|k| v[k] >= u[k] - lost[k]);
        for point in whole.iter() {
            prop_assert!(coarse.iter().any(|other| near(point.utility, other.utility)), "{lost:?}");
        }
    }

    #[test]
    fn parts_of_a_sum_give_what_the_whole_gives((parties, vectors) in vectors(60), length in 1..5_usize) {
        let (a, b) = vectors.split_at(vectors.len() / 2);
        let (a, b) = (frontier(parties, a), frontier(parties, b));
        let in_parts = a.sum_in_parts(&b, length, (&[], MAX_POINTS), &mut |_, _| Ok(())).expect("few");
        prop_assert_eq!(in_parts, Frontier(sums::maximal(&a.0, &b.0, &[])));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn many_points_have_the_frontier_that_no_pair_excludes(
        parties in 1..=8_usize, spread in prop_oneof![Just(6_u64), Just(40), Just(1 << 50)], seed in 0..1000_u64,
    ) {
        let points = scattered(parties, spread, seed, 2500);
        prop_assert_eq!(listed(&Frontier::of(&points).0), by_pairs(&points));
    }
}

/// More points than proptest would make in a moment, from a linear congruential generator.
fn scattered(parties: usize, spread: u64, seed: u64, count: u128) -> Utilities {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 13) % spread
    };
    let mut points = Utilities::new(parties).expect("the tests have few parties");
    for first in 0..count {
        let utility: Vec<i64> = (0..parties).map(|_| draw().cast_signed() - 3).collect();
        points.append(Point { utility: &utility, packages: 1, first });
    }
    points
}

fn numbered(issues: &[Vec<Vec<i64>>]) -> Vec<Vec<(Vec<i64>, u128)>> {
    let mut stride = 1;
    let mut numbered = Vec::new();
    for options in issues {
        numbered.push((0_u128..).zip(options).map(|(o, u)| (u.clone(), o * stride)).collect());
        stride *= options.len() as u128;
    }
    numbered
}

#[test]
fn where_all_is_equal_one_point_holds_every_package() {
    let issues = numbered(&vec![vec![vec![5, 5]; 10]; 12]);
    let frontier = Frontier::additive(2, &issues, MAX_POINTS).expect("one point");
    assert_eq!(listed(&frontier.0), vec![(vec![60, 60], 10_u128.pow(12), 0)]);
}

#[test]
fn opposed_interests_leave_every_package_on_the_frontier() {
    let issues = opposed(5);
    let frontier = Frontier::additive(2, &issues, MAX_POINTS).expect("10^5 points");
    assert_eq!(frontier.len(), 100_000);
    assert!(frontier.iter().all(|p| p.packages == 1 && i128::from(p.utility[0]) == p.first.cast_signed()));
}

#[test]
fn a_frontier_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() {
    assert_eq!(Frontier::additive(2, &opposed(3), 999), Err(NoFrontier::Truncated { limit: 999 }));
    assert!(Frontier::additive(2, &opposed(3), 1000).is_ok());
}

fn opposed(issues: u32) -> Vec<Vec<(Vec<i64>, u128)>> {
    let option = |o: i64, k: u32| vec![o * 10_i64.pow(k), -o * 10_i64.pow(k)];
    numbered(&(0..issues).map(|k| (0..10).map(|o| option(o, k)).collect()).collect::<Vec<_>>())
}

#[test]
fn packages_beyond_the_count_stay_at_its_end() {
    let issues = vec![vec![(vec![0], 0); 10]; 40];
    let frontier = Frontier::additive(1, &issues, MAX_POINTS).expect("one point");
    assert_eq!(listed(&frontier.0), vec![(vec![0], u128::MAX, 0)]);
}

#[test]
fn utilities_at_both_ends_of_their_range_are_compared() {
    let ends = [vec![i64::MAX, i64::MIN], vec![i64::MIN, i64::MAX], vec![i64::MIN, i64::MIN], vec![0, 0]];
    let many: Vec<_> = ends.iter().cycle().take(4000).cloned().collect();
    let frontier = frontier(2, &many);
    let vectors: Vec<_> = frontier.iter().map(|p| p.utility.to_vec()).collect();
    assert_eq!(vectors, [vec![i64::MAX, i64::MIN], vec![0, 0], vec![i64::MIN, i64::MAX]]);
}

#[test]
fn a_sum_that_leaves_the_range_on_either_side_is_an_error() {
    let sum = |a: [i64; 2], b: [i64; 2]| {
        // The second vector keeps the other end of the first party's range from leaving it as well.
        let of = |u: [i64; 2]| frontier(2, &[u.to_vec(), vec![0, u[1] + u[0].signum()]]);
        of(a).sum(&of(b), MAX_POINTS).map(|frontier| frontier.len())
    };
    assert_eq!(sum([i64::MAX, 0], [1, 0]), Err(NoFrontier::Overflow));
    assert_eq!(sum([i64::MIN, 0], [-1, 0]), Err(NoFrontier::Overflow));
    assert!(sum([i64::MAX - 1, 0], [1, 0]).is_ok());
    assert!(sum([i64::MIN + 1, 0], [-1, 0]).is_ok());
}

#[test]
fn the_grid_leaves_few_of_many_vectors_to_be_sorted() {
    // Over several seeds 9 to 13 of two parties and 314 to 343 of three survive; twice the most is the bound.
    let origin = Utilities::origin;
    assert!(sums::survivors::<2>(&scattered(2, 1 << 50, 1, 10_000), &origin(2), &[]).len() < 26);
    assert!(sums::survivors::<3>(&scattered(3, 1 << 50, 1, 10_000), &origin(3), &[]).len() < 686);
}

#[test]
fn no_options_make_no_packages_and_no_issues_make_one() {
    let nothing = vec![vec![], vec![(vec![1, 2], 0)]];
    assert!(Frontier::additive(2, &nothing, MAX_POINTS).expect("no points").is_empty());
    let one = Frontier::additive(2, &[], MAX_POINTS).expect("one point");
    assert_eq!(listed(&one.0), vec![(vec![0, 0], 1, 0)]);
}

#[test]
fn vectors_for_no_party_nine_parties_or_different_parties_are_errors() {
    assert_eq!(Utilities::new(0), Err(NoFrontier::Parties(0)));
    assert_eq!(Utilities::new(9), Err(NoFrontier::Parties(9)));
    let lengths = Err(NoFrontier::Length { expected: 2, found: 3 });
    assert_eq!(frontier(2, &[]).sum(&frontier(3, &[]), MAX_POINTS), lengths);
    let mut pairs = Collector::new(2).expect("two parties are allowed");
    assert_eq!(pairs.push(Point { utility: &[1, 2, 3], packages: 1, first: 0 }).err(), lengths.clone().err());
    assert_eq!(Frontier::additive(2, &[vec![(vec![1, 2, 3], 0)]], MAX_POINTS), lengths);
}
