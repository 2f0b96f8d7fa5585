//! How long exact frontiers and counts take on one core, and how that compares with the obvious way.
//!
//! Inputs are the same in every run. Each time is the median of several repetitions.

use std::hint::black_box;
use std::time::{Duration, Instant};

use winset::space::count::{count_one, count_two};
use winset::space::frontier::{Collector, Frontier, MAX_POINTS, NoFrontier, Point, Utilities};
use winset::space::solution::{Solutions, solutions};

type Issues = Vec<Vec<(Vec<i64>, u128)>>;

fn main() {
    for parties in [2, 3, 4] {
        let points = random_points(parties, 1_000_000);
        report(&format!("prune 10^6 random points, {parties} parties"), 9, || Frontier::of(&points));
    }
    for (parties, issues) in [(2, 10), (2, 20), (3, 6), (3, 8), (4, 4), (4, 5), (4, 6)] {
        let options = integrative(parties, issues, 10);
        report(&format!("additive 10^{issues}, {parties} parties"), 9, || sum_of(parties, &options));
    }
    report("additive 10^10, 2 parties, opposed but for the weights", 9, || sum_of(2, &opposed(10, 10)));
    report("additive 10^20, 2 parties, opposed but for the weights", 9, || sum_of(2, &opposed(20, 10)));
    report("additive 10^6, 2 parties, exactly opposed, no ties", 3, || sum_of(2, &exactly_opposed(6)));
    report("additive 10^7, 2 parties, exactly opposed: refused", 3, || {
        Frontier::additive(2, &exactly_opposed(7), MAX_POINTS)
    });
    let points = random_points(2, 1_000_000);
    report("collect 10^6 random points one by one, 2 parties", 9, || collect(&points));
    let everything = sum_of(2, &exactly_opposed(6));
    let vectors: Vec<&[i64]> = everything.iter().map(|point| point.utility).collect();
    report("solution points of 10^6 points, 2 parties", 3, || solutions(&vectors, &[0, -9_999_990]));
    compare();
    counts();
}

/// Against every package in turn (10^6 of them, sorted) and against every pair of points (10^4).
fn compare() {
    let options = integrative(2, 6, 10);
    let fast = median(9, || sum_of(2, &options));
    let sorted = median(3, || sort_and_climb(every_package(&options)));
    println!("{:<60} {:>9.1} x", "enumerate and sort / sum of frontiers, 10^6 packages", ratio(sorted, fast));
    let points = random_points(2, 1_000_000);
    let sorted = median(3, || sort_and_climb(points.iter().map(|p| [p.utility[0], p.utility[1]]).collect()));
    let fast = median(9, || Frontier::of(&points));
    println!("{:<60} {:>9.1} x", "sort / prune, 10^6 random points", ratio(sorted, fast));
    let points = random_points(4, 10_000);
    let pairs = median(1, || by_pairs(&points));
    let fast = median(9, || Frontier::of(&points));
    println!("{:<60} {:>9.1} x", "every pair / prune, 10^4 random points, 4 parties", ratio(pairs, fast));
}

fn counts() {
    let (one, two) = (scores(12), scores(12));
    let single: Vec<Vec<[i64; 1]>> = one.iter().map(|options| options.iter().map(|s| [s[0]]).collect()).collect();
    report("count 10^12 packages, one score", 3, || count_one(&single, 7_000_000));
    report("count 10^12 packages, two scores", 3, || count_two(&two, [7_000_000, 7_000_000]));
}

fn sum_of(parties: usize, issues: &Issues) -> Frontier {
    Frontier::additive(parties, issues, MAX_POINTS).expect("the inputs of the bench stay within the cap")
}

fn collect(points: &Utilities) -> Frontier {
    let mut collector = Collector::new(points.parties()).expect("the bench has few parties");
    points.iter().for_each(|point| collector.push(point).expect("the vector has one utility a party"));
    collector.finish()
}

fn sort_and_climb(mut points: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    points.sort_unstable_by(|a, b| b.cmp(a));
    let mut best = i64::MIN;
    points.retain(|u| {
        u[1] > best && {
            best = u[1];
            true
        }
    });
    points
}

fn every_package(issues: &Issues) -> Vec<[i64; 2]> {
    issues.iter().fold(vec![[0, 0]], |sums, options| {
        sums.iter().flat_map(|u| options.iter().map(move |(v, _)| [u[0] + v[0], u[1] + v[1]])).collect()
    })
}

fn by_pairs(points: &Utilities) -> usize {
    let dominates = |x: &[i64], y: &[i64]| x != y && x.iter().zip(y).all(|(a, b)| a >= b);
    points.iter().filter(|y| !points.iter().any(|x| dominates(x.utility, y.utility))).count()
}

/// Every party has its own weights and its own, unrelated values.
fn integrative(parties: usize, issues: usize, options: usize) -> Issues {
    let mut chance = Lcg(7);
    let weights: Vec<Vec<i64>> = (0..issues).map(|_| (0..parties).map(|_| chance.below(1000)).collect()).collect();
    number(
        weights
            .iter()
            .map(|w| (0..options).map(|_| w.iter().map(|weight| weight * chance.below(1000)).collect()).collect()),
    )
}

/// What is good for one party is bad for the other on every issue; only the weights differ.
fn opposed(issues: usize, options: i64) -> Issues {
    let mut chance = Lcg(11);
    let weights: Vec<[i64; 2]> = (0..issues).map(|_| [chance.below(1000), chance.below(1000)]).collect();
    number(weights.iter().map(|w| {
        let places = (0..options).map(|o| o * 1000 / (options - 1));
        places.map(|x| vec![w[0] * x, w[1] * (1000 - x)]).collect()
    }))
}

/// Ten options an issue, the parties' utilities always sum to zero, and no two packages tie.
fn exactly_opposed(issues: u32) -> Issues {
    number((0..issues).map(|k| (0..10).map(|o| vec![o * 10_i64.pow(k), -o * 10_i64.pow(k)]).collect()))
}

/// Adds what each option contributes to the number of a package.
fn number(issues: impl Iterator<Item = Vec<Vec<i64>>>) -> Issues {
    let mut stride = 1;
    let mut numbered = Vec::new();
    for options in issues {
        let next = stride * options.len() as u128;
        numbered.push((0_u128..).zip(options).map(|(o, utility)| (utility, o * stride)).collect());
        stride = next;
    }
    numbered
}

fn scores(issues: usize) -> Vec<Vec<[i64; 2]>> {
    let mut chance = Lcg(3);
    (0..issues).map(|_| (0..10).map(|_| [chance.below(1_000_000), chance.below(1_000_000)]).collect()).collect()
}

fn random_points(parties: usize, count: usize) -> Utilities {
    let mut chance = Lcg(1);
    let mut points = Utilities::new(parties).expect("the bench has few parties");
    for first in 0..count as u128 {
        let utility: Vec<i64> = (0..parties).map(|_| chance.below(1 << 30)).collect();
        points.push(Point { utility: &utility, packages: 1, first }).expect("the vector has one utility a party");
    }
    points
}

fn report<T: Size>(what: &str, repeats: usize, work: impl Fn() -> T) {
    let size = work().size();
    println!("{what:<60} {:>12.3} ms   {size}", median(repeats, work).as_secs_f64() * 1e3);
}

fn median<T>(repeats: usize, work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..repeats).map(time).collect();
    times.sort_unstable();
    times[repeats / 2]
}

fn ratio(slow: Duration, fast: Duration) -> f64 {
    slow.as_secs_f64() / fast.as_secs_f64()
}

/// What the last column of the report shows.
trait Size {
    fn size(&self) -> String;
}

impl Size for Frontier {
    fn size(&self) -> String {
        format!("{} points", self.len())
    }
}

impl Size for Result<Frontier, NoFrontier> {
    fn size(&self) -> String {
        self.as_ref().map_or_else(ToString::to_string, Size::size)
    }
}

impl Size for Solutions {
    fn size(&self) -> String {
        format!("{} Nash, {} Kalai-Smorodinsky", self.nash.len(), self.kalai_smorodinsky.len())
    }
}

impl Size for Option<u128> {
    fn size(&self) -> String {
        self.map_or_else(|| "refused".into(), |count| format!("{count} packages"))
    }
}

/// A linear congruential generator (multiplier of Knuth's MMIX); its high bits are good enough for inputs.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits fit") % end
    }
}
