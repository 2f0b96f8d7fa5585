//! Two audiences: what the leaders like, those at home may call a defeat. What would each side say?
//!
//! Run it with `cargo run --release --example 02_two_audiences`.

use winset::ask;
use winset::model::{Account, Scale, Verdict};
use winset::scenario::{Scenario, render};

const STRIKE: &str = r#"
title = "A bus strike"
[actors]
union = { role = "party" }
firm  = { role = "party" }
[audiences]
drivers = { of = "union", veto = true, takes_as_normal = { pay = "3" }, loss_aversion = 2, claims_weight = 15, defeat_below = -15 }
board   = { of = "firm", veto = true, loss_aversion = 1.5, defeat_below = -25 }
[issues.pay]
now           = "0"
options       = { from = 0, to = 6, step = 1 }
views.union   = { weight = 60, 6 = 1 }
views.firm    = { weight = 60, 6 = -1 }
views.drivers = { weight = 60, 6 = 1 }
views.board   = { weight = 45, 6 = -1 }
[issues.jobs]
now           = "open"
options       = ["open", "two-years"]
views.union   = { weight = 30, two-years = 1 }
views.firm    = { weight = 15, two-years = -1 }
views.drivers = { weight = 30, two-years = 1 }
views.board   = { weight = 15, two-years = -1 }
[claims.safe]
heard_by = ["drivers"]
aim      = "work"
when     = { jobs = "two-years" }
says     = "Nobody loses his job."
worth    = 0.8
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario = Scenario::parse("strike", STRIKE.as_bytes()).map_err(|found| render(&found, "strike", STRIKE))?;
    let n = &scenario.negotiation;
    let world = n.modal_world(&n.laws(None, &[]));
    for terms in ["pay=1", "pay=1,jobs=two-years", "pay=5"] {
        let package = ask::package(n, terms).map_err(|found| render(&found, "strike", STRIKE))?;
        let account = Account::of(n, Scale::of(n), &world, &package);
        let verdicts: Vec<Verdict> = account.audiences.iter().map(|hearing| hearing.verdict).collect();
        println!("{terms}: drivers {:?}, board {:?}", verdicts[0], verdicts[1]);
    }
    Ok(())
}
