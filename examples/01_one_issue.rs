//! One issue, one world: which packages would do, and where would the leaders meet?
//!
//! Run it with `cargo run --release --example 01_one_issue`.

use winset::model::Defeat;
use winset::scenario::{Scenario, render};
use winset::space::{Limits, solve};

const PASTURE: &str = r#"
title = "Splitting a pasture"
[actors]
north = { role = "party" }
south = { role = "party" }
[issues.share]
options     = { from = 0, to = 100, step = 1 }
views.north = { weight = 1, 0 = 0, 100 = 1 }
views.south = { weight = 1, 0 = 1, 100 = 0 }
[no_deal]
north = { base = 0.2 }
south = { base = 0 }
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario =
        Scenario::parse("pasture", PASTURE.as_bytes()).map_err(|found| render(&found, "pasture", PASTURE))?;
    let n = &scenario.negotiation;

    // Nothing is uncertain, so the modal world is the only one.
    let world = n.modal_world(&n.laws(None, &[]));
    let solved = solve(n, &[], &world, Defeat::Audience, Limits::default())?;
    println!("{} of {} splits would do", solved.packages.would_do.unwrap_or(0), solved.packages.all);

    // Nash (1950): each keeps what it has without a deal, and the rest is halved.
    let nash = &solved.solutions?.nash.points[0].package;
    println!("the Nash solution: {}", n.space.changes(nash));
    assert_eq!(n.space.changes(nash), "share=60");
    Ok(())
}
