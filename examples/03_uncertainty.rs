//! Uncertainty: nobody knows where a defeat begins, so many worlds are drawn. In how many does a way out exist?
//!
//! Run it with `cargo run --release --example 03_uncertainty`.

use winset::analysis::survey;
use winset::ask::Wanted;
use winset::scenario::{Scenario, render};

const PASTURE: &str = include_str!("../scenarios/textbook/split-the-pie.toml");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let told = |found: Vec<_>| render(&found, "pasture", PASTURE);
    let mut scenario = Scenario::parse("pasture", PASTURE.as_bytes()).map_err(told)?;

    // What is asked is said in words, as on the command line, and judged against the scenario.
    let wanted = Wanted { runs: "20000".into(), ..Wanted::default() };
    let choices = wanted.judge(&mut scenario).map_err(told)?;
    let survey = survey(&scenario.negotiation, &choices.settings, |_| ())?;

    let exists = survey.exists;
    println!("one exists in {} of {} worlds", exists.count, exists.of);
    println!("a share of {:.3}, 95 % interval {:.3} to {:.3}", exists.share, exists.low, exists.high);
    if let Some(same) = survey.same_package {
        let (terms, share) = (scenario.negotiation.space.changes(&same.package), same.share.share);
        println!("one same package, {terms}, would do in {share:.3}");
        // The even split: bearable for both villages with a chance of Φ(1)² = 0.7079, where its lines are normal.
        assert!((share - 0.7079).abs() < 0.02);
    }
    Ok(())
}
