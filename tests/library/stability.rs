//! Settlements of a scenario as states of a graph: who can do what alone, what it is worth, and what holds.

use winset::model::{Package, Scores};
use winset::stability::{Concept, Move, Settlements, Situation, Step, blockers, levers, over_worlds};
use winset::{Compiled, Drawing, Scenario};

/// Two towns may build a bridge, which both like, and each may pay for it, which the other likes. Going back costs nothing.
const BRIDGE: &str = r#"
title = "A bridge"
[actors]
east = { role = "party" }
west = { role = "party" }
[issues.bridge]
now = "none"
options = ["none", "built"]
views.east = { weight = 10, built = 1 }
views.west = { weight = 10, built = 1 }
[issues.toll]
now = "none"
options = ["none", "east", "west"]
views.east = { weight = 4, east = -1, west = 1 }
views.west = { weight = 4, east = 1, west = -1 }
[no_deal.east]
base = 0
break_cost = [0, 0, 20]
[no_deal.west]
base = 7
[packages]
shared = { picks = { bridge = "built" } }
east-pays = { picks = { bridge = "built", toll = "east" } }
west-pays = { picks = { bridge = "built", toll = "west" } }
"#;

fn bridge(text: &str) -> Scenario {
    Scenario::parse("bridge.toml", text.as_bytes())
        .unwrap_or_else(|found| panic!("{}", winset::render(&found, "bridge.toml", text)))
}

fn graph<'a>(scenario: &'a Scenario, compiled: &'a Compiled<'a>) -> Settlements<'a> {
    let n = &scenario.negotiation;
    let packages: Vec<Package> = n.packages.iter().map(|p| p.package.clone()).collect();
    Settlements::of(compiled, &n.modal_world(&n.laws(None, &[])), &packages).expect("it is a graph")
}

#[test]
fn a_party_can_give_up_what_it_gives_and_go_back() {
    let scenario = bridge(BRIDGE);
    let n = &scenario.negotiation;
    let compiled = Drawing::of(n, 1).compile(n).expect("it is small");
    let it = graph(&scenario, &compiled);
    // Three settlements, no deal, and no deal after either went back; nobody minds the bridge.
    assert_eq!((it.situations().len(), it.signed()), (6, &[0, 1, 2][..]));
    let can: Vec<Step> = it.graph().all_moves().filter(|m| m.from == 1).map(|m| it.step(m)).collect();
    assert!(matches!(can[..], [Step::Renounces(..), Step::GoesBack, Step::GoesBack]), "{can:?}");
    let back = it.graph().all_moves().find(|m| m.from == 0 && m.to == 1).expect("the toll may be taken up again");
    assert!(matches!(it.step(back), Step::Resumes(..)) && back.actor == 0);
    // What states are worth is what the scores say, and breaking costs.
    let scores = Scores::new(n, compiled.scale);
    let world = n.modal_world(&n.laws(None, &[]));
    let parties: Vec<_> = n.parties().collect();
    for (at, situation) in it.situations().iter().enumerate() {
        for (i, party) in parties.iter().enumerate() {
            let worth = match situation {
                Situation::Deal { package, .. } => scores.while_it_holds(&world, *party, package),
                _ => scores.no_deal(&world, *party),
            };
            assert_eq!(it.graph().rank(i, at), worth, "{situation:?}");
        }
    }
}

#[test]
fn who_pays_leaves_unless_the_other_would_answer() {
    let scenario = bridge(BRIDGE);
    let n = &scenario.negotiation;
    let drawing = Drawing::of(n, 1);
    let compiled = drawing.compile(n).expect("it is small");
    let mut it = graph(&scenario, &compiled);
    let laws = n.laws(None, &[]);
    let found = it.in_modal_world(&laws);
    let [shared, east_pays, west_pays] = [0, 1, 2].map(|at| it.signed()[at]);
    // A bridge that nobody pays for is worth 10 to both, and no deal less: both stay.
    assert!(found.is_equilibrium(Concept::Nash, shared));
    // East stops paying: West still has a bridge worth 10, more than its 7 without one, and would not answer.
    assert!(!found.stays(Concept::Seq, 0, east_pays) && found.stays(Concept::Gmr, 0, east_pays));
    assert_eq!(it.graph().leaves_for(Concept::Seq, 0, east_pays), Some(shared));
    // West does not sign what is worth less than 7 to it: 10 - 4.
    assert_eq!(blockers(&it, west_pays), [n.parties().nth(1).expect("there are two")]);
    assert!(blockers(&it, shared).is_empty() && blockers(&it, east_pays).is_empty());
    // It would hold if West had more without a deal than the bridge alone is worth: then it would answer by going back.
    let all = levers(&it, &laws, east_pays, Concept::Seq);
    let base = all.iter().find(|l| n.inputs.get(l.input).path == "no_deal.west.base").expect("it is one");
    assert!((base.to - 10.0).abs() < 1e-3 && !base.within && base.from == 7.0, "{base:?}");
    let answer: Vec<(usize, Step)> = base.answer.iter().map(|m| (m.actor, it.step(*m))).collect();
    assert_eq!(answer, [(1, Step::GoesBack)]);
    let often = over_worlds(&it, &drawing, 400).expect("it has threads");
    assert_eq!(often[0].both[Concept::Nash as usize].share, 1.0);
    assert_eq!((often[1].would_do.share, often[1].both[Concept::Seq as usize].count), (1.0, 0));
    assert_eq!(often[2].reachable.count, 0);
}

#[test]
fn the_threads_do_not_matter() {
    let scenario = bridge(BRIDGE);
    let n = &scenario.negotiation;
    let compiled = Drawing::of(n, 1).compile(n).expect("it is small");
    let it = graph(&scenario, &compiled);
    let often = |threads| {
        over_worlds(&it, &Drawing { threads: Some(threads), ..Drawing::of(n, 3) }, 700).expect("it has threads")
    };
    assert_eq!(often(1), often(2));
}

#[test]
fn a_holder_can_withdraw_what_it_grants_and_only_the_cautious_reckon_with_it() {
    let text = BRIDGE.replace(
        "role = \"party\" }\n[issues.bridge]",
        "role = \"party\" }\nbank = { role = \"holder\" }\n[issues.bridge]",
    );
    let text = text.replace(
        "options = [\"none\", \"built\"]",
        "options.none = {}\noptions.built = { holder = \"bank\", grants = 1 }",
    );
    let scenario = bridge(&text);
    let n = &scenario.negotiation;
    let compiled = Drawing::of(n, 1).compile(n).expect("it is small");
    let mut it = graph(&scenario, &compiled);
    let found = it.in_modal_world(&n.laws(None, &[]));
    assert_eq!((it.actors().len(), it.parties().count()), (3, 2));
    let east_pays = it.signed()[1];
    // East stops paying; the bank could take the bridge away, which it has no wish to do.
    assert!(found.stays(Concept::Smr, 0, east_pays) && !found.stays(Concept::Seq, 0, east_pays));
    let withdraws = |m: &Move| m.actor == 2 && m.from == east_pays;
    assert!(it.graph().all_moves().any(|m| withdraws(&m)));
}
