//! What a part does: the same talks with and without a mediator, and without claims, run by run on the same luck.
//!
//! Run it with `cargo run --release --example 05_with_and_without_a_mediator`.

use winset::analysis::{Part, ablations};
use winset::ask::Wanted;
use winset::scenario::{Scenario, render};

const STRIKE: &str = include_str!("../scenarios/textbook/labour-dispute.toml");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let told = |found: Vec<_>| render(&found, "strike", STRIKE);
    let mut scenario = Scenario::parse("strike", STRIKE.as_bytes()).map_err(told)?;
    let wanted = Wanted { runs: "2000".into(), ..Wanted::default() };
    let choices = wanted.judge(&mut scenario).map_err(told)?;
    let parts: Vec<Part> = ["mediator", "claims"].into_iter().filter_map(Part::named).collect();
    let found = ablations(&scenario.negotiation, &choices.settings, &parts, |_| ())?;
    println!("as it is, reached in {} of {} runs", found.reached.count, found.reached.of);
    for without in found.without {
        let (gained, lost) = (without.reached.gained, without.reached.lost);
        println!("without {}: {} runs differ; {gained} gained, {lost} lost", without.part.word(), without.differing);
    }
    Ok(())
}
