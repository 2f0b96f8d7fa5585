//! How often do the bounds of `winset game` hold where the truth is known?
//!
//! Run it with `cargo run --release --example 06_how_often_bounds_hold`.

#[path = "../tests/support/toys.rs"]
mod toys;

/// Seeds of each question.
const SEEDS: u64 = 1_000;

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
    assert!(regret >= 0.935 && few >= 0.935, "the bound is too narrow");
    assert!((0.93..=0.97).contains(&smooth) && (0.93..=0.97).contains(&jumping), "the interval is not one of 95 %");
}
