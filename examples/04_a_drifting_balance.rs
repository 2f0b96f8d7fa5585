//! A drifting balance: what no deal is worth moves while they talk. One run of the talks, step by step.
//!
//! Run it with `cargo run --release --example 04_a_drifting_balance`.

use winset::engine::Drawing;
use winset::engine::talks::Talks;
use winset::report::story;
use winset::scenario::{Scenario, render};

const CHANNEL: &str = r#"
title   = "Two ports and a channel"
round   = "month"
horizon = 12
[actors]
upper = { role = "party" }
lower = { role = "party" }
[issues.tolls]
now         = "10"
options     = { from = 0, to = 10, step = 1 }
views.upper = { weight = 60, 0 = -1 }
views.lower = { weight = 80, 0 = 1 }
[issues.dredging]
now         = "none"
options     = ["none", "shared"]
views.upper = { weight = 40, shared = 1 }
views.lower = { weight = 20, shared = -1 }
[state.depth]
start   = 0
change  = [0, 0.03, 0.06]
min     = -1
max     = 1
favours = { lower = 1, upper = -1 }
[no_deal]
upper = { base = 0, stake.depth = 30 }
lower = { base = 0, stake.depth = 30 }
[talks]
deadline = 13
[intents.upper.patient]
moves  = { offer = 1, talk = 1 }
tactic = { kind = "polynomial", beta = 0.5 }
[intents.lower.patient]
moves  = { offer = 1, talk = 1 }
tactic = { kind = "polynomial", beta = 0.5 }
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario =
        Scenario::parse("channel", CHANNEL.as_bytes()).map_err(|found| render(&found, "channel", CHANNEL))?;
    let n = &scenario.negotiation;
    let drawing = Drawing::of(n, 1);
    let compiled = drawing.compile(n)?;
    let talks = Talks::of(&compiled, drawing.clone())?;

    // Run k is played in world k, alone or among ten thousand: the same steps.
    let (run, steps) = talks.trace(&drawing.draws(n).run(7));
    print!("{}", story::page(n, compiled.scale, &[], drawing.seed, &run, &steps));
    Ok(())
}
