//! scratch
use std::time::Instant;
use winset::analysis::estimator::*;
use winset::engine::Accounts;
use winset::engine::talks::Ending;
use winset::model::Defeat;
use winset::scenario::Scenario;
const ISTANBUL: &str = include_str!("../scenarios/talks/istanbul-2025.toml");
fn main() {
    let s = Scenario::parse("a", ISTANBUL.as_bytes()).unwrap();
    let n = &s.negotiation;
    let named = |id: &str| n.named(id).unwrap().package.clone();
    let talks = std::env::args().any(|a| a == "talks");
    let targets = if talks {
        vec![
            Target::Reached,
            Target::Ends(Ending::Unratified),
            Target::Ends(Ending::Settlement),
            Target::Ends(Ending::Defeat),
            Target::Ends(Ending::Imposed),
        ]
    } else {
        vec![Target::Exists, Target::WouldDo(named("moscow-memorandum")), Target::NoDefeat(named("four-frames"))]
    };
    let worlds = if talks { 32768 } else { 8192 };
    for target in targets {
        println!("{target:?}");
        for (word, method) in Method::ALL {
            let asked = Asked {
                target: target.clone(),
                method: Some(method),
                accounts: Accounts::of(n),
                seed: 1,
                defeat: Defeat::Audience,
                without: vec![],
                threads: Some(1),
            };
            let t = Instant::now();
            match estimate(n, &asked, Until::Worlds(worlds), |_| ()) {
                Ok(e) => println!(
                    "{word:12} {:.5} ±{:.5} saving {:.2} var {:.5} hits {} eff {:?} pilot {} line {:?} tilted {:?} {:.2}s",
                    e.interval.share,
                    e.interval.half(),
                    e.saving,
                    e.variance,
                    e.hits,
                    e.effective,
                    e.pilot,
                    e.one_line,
                    e.tilted,
                    t.elapsed().as_secs_f64()
                ),
                Err(e) => println!("{word:12} {e}"),
            }
        }
    }
}
