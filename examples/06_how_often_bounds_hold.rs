//! How often do the bounds of `winset game` hold where the truth is known?
//!
//! Run it with `cargo run --release --example 06_how_often_bounds_hold`.

#[path = "../tests/support/toys.rs"]
mod toys;

/// Seeds of each question.
const SEEDS: u64 = 1_000;

/// Seeds from which exploration searches.
const FOUND: u64 = 50;

fn main() {
    let of = |question: &str, holds: &dyn Fn(u64) -> bool| {
        let held = (0..SEEDS).filter(|seed| holds(*seed)).count();
        println!("{question}: {:.1} % of {SEEDS}", 100.0 * held as f64 / SEEDS as f64);
        held as f64 / SEEDS as f64
    };
    let regret =
        of("regret bounds of chosen profiles hold, 400 runs a cell", &|seed| toys::regret_holds(seed, 400, 400));
    let few = of("the same, 40 runs a cell", &|seed| toys::regret_holds(seed, 40, 100));
    let smooth = of("break-even intervals hold, smooth", &|seed| toys::holds(&toys::smooth(seed, 400)));
    let jumping = of("break-even intervals hold, jumping", &|seed| toys::holds(&toys::jumping(seed, 400)));
    let (n, truth) = (toys::market(""), toys::truth(10_000));
    let found: Vec<_> = (1..=FOUND).map(|seed| toys::finds(&n, &truth, seed, 1_000)).collect();
    let within = found.iter().filter(|it| it.0).count();
    let (held, of) = found.iter().fold((0, 0), |sum, it| (sum.0 + it.1, sum.1 + it.2));
    println!("exploration finds the best policy to within a point: {within} of {FOUND} seeds");
    println!("intervals on fresh luck hold: {held} of {of}");
    assert!(within >= 48 && held * 10 >= of * 9, "exploration misses too much");
    assert!(regret >= 0.935 && few >= 0.935, "the bound is too narrow");
    assert!((0.93..=0.97).contains(&smooth) && (0.93..=0.97).contains(&jumping), "the interval is not one of 95 %");
}
