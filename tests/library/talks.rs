//! The talks: tactics meet their closed forms, every ending is reached, and nothing depends on how runs are made.

use std::collections::{BTreeMap, BTreeSet};

use crate::play::{negotiation, runs, traces_without as traces};
use winset::analysis::{Reached, Settings, reached};
use winset::engine::talks::{Block, Cause, Desk, Ending, Mechanism, Refusal, Run, Step, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{Move, Negotiation, Package, absolute, averaged, exponential, polynomial, ratifies_with, relative};
use winset::scenario::Scenario;
use winset::space::{Compiled, ContextPairs, Envelope, Lanes, Search, Slack, Test};

fn settings(seed: u64, without: &[Mechanism]) -> Drawing {
    Drawing { seed, without: without.to_vec(), ..Drawing::default() }
}

fn endings(runs: &[Run]) -> BTreeSet<Ending> {
    runs.iter().map(|run| run.ending).collect()
}

/// A pie of 1 000 points. The seller goes from 1 000 down to 400, the buyer offers from 0 up to 700.
fn haggle(beta: [f64; 2], horizon: u32, rest: &str) -> String {
    format!(
        r#"
title = "A haggle"
horizon = {horizon}
[actors]
seller = {{ role = "party" }}
buyer  = {{ role = "party" }}
[issues.price]
options = {{ from = 0, to = 1000, step = 1 }}
views.seller = {{ weight = 1000, 0 = 0, 1000 = 1 }}
views.buyer  = {{ weight = 1000, 0 = 1, 1000 = 0 }}
[no_deal]
seller.base = 400
buyer.base  = 300
[talks]
order = ["seller", "buyer"]
[intents.seller.haggler]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = {}, over = {horizon} }}
[intents.buyer.haggler]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = {}, over = {horizon} }}
{rest}"#,
        beta[0], beta[1]
    )
}

#[test]
fn tactics_by_the_clock_are_faratins_at_half_time() {
    // I01; each is one power and a few roundings.
    let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-12, "{x} {y}");
    close(polynomial(0.0, 0.2, 0.5), 0.03125);
    close(polynomial(0.0, 1.0, 0.5), 0.5);
    close(polynomial(0.0, 5.0, 0.5), 0.870_550_563_296_124_1);
    close(exponential(0.1, 0.5, 0.5), 0.196_287_759_935_055_62);
    close(exponential(0.1, 2.0, 0.5), 0.562_341_325_190_349_1);
    for tactic in [polynomial, exponential] {
        close(tactic(0.1, 0.7, 0.0), 0.1);
        close(tactic(0.1, 0.7, 1.0), 1.0);
        assert_eq!(tactic(0.0, 0.7, 0.0), 0.0);
        assert_eq!(tactic(0.0, 0.7, 1.0), 1.0);
    }
}

#[test]
fn tit_for_tat_answers_a_fall_from_100_to_90() {
    // I03: the payer gave 50; 1e-9 is a few roundings of numbers near 100.
    assert!((relative(100.0, 90.0, 50.0) - 55.555_555_555_555_56).abs() < 1e-9);
    assert!((absolute(100.0, 90.0, 50.0) - 60.0).abs() < 1e-9);
    assert!((averaged(&[100.0, 90.0], 1, 50.0) - 55.555_555_555_555_56).abs() < 1e-9);
    assert_eq!(averaged(&[100.0, 90.0], 2, 50.0), 50.0, "too few are known");
    assert_eq!(relative(100.0, 0.0, 50.0), 50.0, "nothing is left to ask");
}

#[test]
fn two_tactics_by_the_clock_agree_within_a_round_of_where_they_cross() {
    // I02: when they cross, as a share of the time, and what the seller gets there.
    let crossings = [
        ([1.0, 1.0], 0.769_230_769_230_769_3, 0.538_461_538_461_538_4),
        ([0.2, 1.0], 0.905_830_065_223_03, 0.634_081_045_656_121),
        ([1.0, 0.2], 0.915_668_742_728_720_7, 0.450_598_754_362_767_75),
        ([0.2, 0.2], 0.948_880_080_054_749_2, 0.538_461_538_461_538_3),
    ];
    for (beta, time, share) in crossings {
        let n = negotiation(&haggle(beta, 100, ""));
        let run = &runs(&n, 1)[0];
        assert_eq!(run.ending, Ending::Settlement);
        // Moves are made when a round begins.
        assert!((f64::from(run.rounds - 1) - 100.0 * time).abs() <= 1.0, "{beta:?}: round {}", run.rounds);
        let package = run.package.as_ref().expect("a settlement is a package");
        let price: f64 = n.space.picks(package).next().expect("one issue").1.id.parse().expect("a number");
        // A round is one hundredth of the time, in which the steeper side comes down by at most 5 · 0.7 / 100.
        assert!((price / 1000.0 - share).abs() <= 0.035, "{beta:?}: {price}");
    }
}

#[test]
fn a_later_conceder_settles_later_and_for_more() {
    let outcome = |beta| {
        let n = negotiation(&haggle([beta, 1.0], 100, ""));
        let run = runs(&n, 1).remove(0);
        (run.rounds, run.gains[1].1)
    };
    let (early, late) = (outcome(1.0), outcome(0.2));
    assert!(late.0 > early.0 && late.1 > early.1, "{early:?} {late:?}");
}

#[test]
fn tit_for_tat_comes_down_only_as_far_as_it_is_met() {
    let with = |seller: &str, buyer: &str| {
        let text = haggle([1.0, 1.0], 40, "");
        let polynomial = "{ kind = \"polynomial\", beta = 1, over = 40 }";
        let (head, tail) = text.split_once(polynomial).expect("the seller's tactic");
        runs(&negotiation(&format!("{head}{seller}{}", tail.replace(polynomial, buyer))), 1).remove(0)
    };
    let absolute = "{ kind = \"absolute\", kappa = 0.1 }";
    assert_eq!(with(absolute, absolute).ending, Ending::NoDeal, "nobody moves first");
    for kind in ["relative", "absolute", "averaged"] {
        let run =
            with(&format!("{{ kind = \"{kind}\", kappa = 0.3 }}"), "{ kind = \"polynomial\", beta = 2, over = 40 }");
        assert_eq!(run.ending, Ending::Settlement, "{kind}");
    }
    assert!(matches!(with(absolute, absolute).blocked, Some(Block::Refused(_, Refusal::WorseThanNoDeal))));
}

/// A strike: a fund that runs dry, a ballot of the members, no word of war.
pub const STRIKE: &str = r#"
title   = "A transport strike"
horizon = 12
[actors]
union = { role = "party", misreads = 0.3 }
firm  = { role = "party", misreads = 0.3 }
[audiences]
members = { of = "union", veto = true, loss_aversion = [1.5, 2.5], defeat_below = [-40, -25], per_state = { fund = 0.1 }, ballot_noise = 3, tied_hands = 5 }
board   = { of = "firm",  veto = 0.7, defeat_below = [-35, -20, -5] }
[issues.wage]
now     = "p4"
options = { p2 = "2 %", p3 = "3 %", p4 = { name = "4 %", ratified_by = "members" }, p5 = { name = "5 %", ratified_by = "members" }, p6 = "6 %" }
ordered = true
views.union   = { weight = [40, 50, 60], p2 = -1, p6 = 1 }
views.firm    = { weight = 60, p2 = 1, p6 = -1 }
views.members = { weight = 50, p2 = -1, p6 = 1 }
views.board   = { weight = 40, p2 = 1, p6 = -1 }
[issues.shifts]
now     = "old"
options = { old = "as now", mixed = { name = "a rota", stops = "at once" }, free = "management decides" }
views.union   = { weight = 20, mixed = -0.2, free = -1 }
views.firm    = { weight = 30, mixed = 0.6, free = 1 }
views.members = { weight = 20, mixed = -0.1, free = -1 }
views.board   = { weight = 30, mixed = 0.4, free = 1 }
[issues.term]
now     = "open"
options = { open = "until further notice", year = { name = "for a year", finality = "temporary" } }
views.firm  = { weight = 5, year = 1 }
views.union = { weight = 5, year = -1 }
[state.fund]
start    = 100
change   = [-12, -8, -5]
spread   = 3
min      = 0
while    = "conflict"
favours  = { union = 1 }
[conflict]
until = 12
[no_deal.union]
base        = -25
stake.fund  = 0.2
cost        = 1.5
[no_deal.firm]
base = -10
cost = 2
[events.wildcat]
chance = [0, 0.1]
while  = { conflict = true, rounds = [2, 6] }
moves  = { fund = -10 }
raises = { board = 1 }
[events.benefit-concert]
round = 3
actor = "union"
moves = { fund = 15 }
[talks]
conflict       = true
deadline       = 13
retries        = 1
mishap         = 0.01
per_ultimatum  = 0.05
per_escalation = 0.05
[intents.union.ready]
prior  = [1, 2]
moves  = { offer = 5, talk = 2, hold = 1, ultimatum = 0.5 }
tactic = { kind = "exponential", kappa = 0.05, beta = [0.5, 1, 2] }
responses.strong = { while = { after_success = "union" }, times = { offer = 0.5, ultimatum = 2 } }
responses.dry    = { while = { under = { fund = 30 } }, times = { offer = 3 } }
[intents.union.hard]
moves     = { offer = 3, hold = 2, walk-out = 0.1 }
tactic    = { kind = "polynomial", beta = 0.3 }
refuses   = { shifts = "free" }
escalates = { chance = 0.2, moves = { fund = -5 }, while = "conflict" }
[intents.firm.ready]
moves    = { offer = 4, talk = 3, token = 1 }
tactic   = { kind = "averaged", kappa = 0.2, window = 2 }
floor    = 5
[intents.firm.waiting]
moves    = { offer = 1, hold = 5 }
tactic   = { kind = "polynomial", beta = 1, over = 12 }
responses.late = { while = { deadline_within = 4 }, times = { offer = 6 } }
requires = { shifts = ["mixed", "free"] }
patience = [9, 14]
[durability]
hazard = [0.001, 0.003]
"#;

/// An arbiter, two stages and a debt of favours for the strike.
pub const ROOM: [(&str, &str); 4] = [
    ("[intents.union.ready]", "[intents.union.ready]\non_paper = 1\nventures = 1"),
    ("[intents.firm.ready]", "[intents.firm.ready]\non_paper = 1\nventures = 1"),
    (
        "firm  = { role = \"party\", misreads = 0.3 }",
        "firm  = { role = \"party\", misreads = 0.3 }\narbiter = { role = \"mediator\" }",
    ),
    (
        "[talks]",
        r#"
[mediator]
patience = [3, 9]
relief   = { token = 1, concession = 2 }
presses  = 0.3
pressure = 5
tilt     = { union = 0.5, firm = 0.2 }
proposes = 0.1
[ledger.old-times]
by    = "firm"
to    = "arbiter"
start = 2
worth = 2
[stages.rota]
settles = "shifts"
[stages.rest]
after    = "rota"
drafting = 1
[talks]"#,
    ),
];

/// Adds to, or replaces, lines of the strike.
fn strike(changes: &[(&str, &str)]) -> Negotiation {
    let text = changes.iter().fold(STRIKE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replace(from, to)
    });
    negotiation(&text)
}

#[test]
fn a_strike_is_settled_without_a_word_of_war() {
    let runs = runs(&strike(&[]), 400);
    let found = endings(&runs);
    for ending in [Ending::Settlement, Ending::Truce, Ending::NoDeal] {
        assert!(found.contains(&ending), "{found:?}");
    }
    let reached = runs.iter().filter(|r| r.ending.is_reached()).count();
    assert!((40..360).contains(&reached), "{reached} of 400");
}

#[test]
fn every_ending_is_reached_in_some_scenario_and_no_run_ends_in_none() {
    let careless = ("per_escalation = 0.05", "per_escalation = 0.05\naccepts_if_borne = 0");
    let torn = ("ballot_noise = 3", "ballot_noise = 60");
    let ruin = ("favours  = { union = 1 }", "favours = { union = 1 }\ndecisive = { firm = { under = 20 } }");
    let mut found = BTreeSet::new();
    let needed = ("retries        = 1", "retries = 1\nneeds_mediator = true");
    let staged = [&ROOM[..], &[needed]].concat();
    for changes in [vec![], vec![careless], vec![torn], vec![ruin], staged] {
        let runs = runs(&strike(&changes), 2_000);
        for run in &runs {
            assert_eq!(
                run.package.is_some(),
                run.ending.is_reached() || matches!(run.ending, Ending::Defeat | Ending::Unratified)
            );
            assert_eq!(run.defeated.is_empty(), run.ending != Ending::Defeat);
            assert_eq!(run.cause.is_some(), run.ending == Ending::NoDeal);
            assert_eq!(run.imposed_by.is_some(), run.ending == Ending::Imposed);
            assert_eq!(run.blocked.is_none(), run.ending.is_reached() || run.ending == Ending::Defeat);
            assert!((1..=12).contains(&run.rounds));
        }
        found.extend(endings(&runs));
    }
    assert_eq!(found, Ending::ALL.into());
}

#[test]
fn a_run_alone_is_the_run_in_a_batch() {
    let n = strike(&[]);
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, settings(1, &[])).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let mut desk = Desk::default();
    let batch: Vec<Run> = draws.block(0, 300).iter().map(|d| talks.play(d, &mut desk, None)).collect();
    for run in [299, 0, 17, 123] {
        assert_eq!(talks.trace(&draws.run(run)).0, batch[run as usize]);
    }
}

#[test]
fn reordering_the_file_changes_no_run() {
    let swap = |text: &str, first: &str, second: &str, end: &str| {
        let (a, b) = (text.find(first).expect("first"), text.find(second).expect("second"));
        let c = text[b..].find(end).map_or(text.len(), |at| b + at);
        format!("{}{}{}{}", &text[..a], &text[b..c], &text[a..b], &text[c..])
    };
    let text = swap(STRIKE, "[issues.wage]", "[issues.shifts]", "[issues.term]");
    let text = swap(&text, "[events.wildcat]", "[events.benefit", "[talks]");
    let text = swap(&text, "[intents.union.ready]", "[intents.union.hard]", "[intents.firm.ready]");
    let text = swap(&text, "union = { role", "firm  = { role", "[audiences]");
    let told = |n: &Negotiation| -> Vec<(Ending, u32, String)> {
        let said = |run: &Run| {
            run.package.as_ref().map_or(String::new(), |p| {
                let picks: BTreeMap<_, _> = n.space.picks(p).map(|(k, o)| (k.id.clone(), o.id.clone())).collect();
                format!("{picks:?}")
            })
        };
        runs(n, 200).iter().map(|run| (run.ending, run.rounds, said(run))).collect()
    };
    assert_eq!(told(&negotiation(STRIKE)), told(&negotiation(&text)));
}

/// What was drawn by whom, apart from one mechanism: moves, states and events by round.
fn draws(steps: &[Step], wanted: impl Fn(&What) -> bool) -> Vec<Step> {
    steps.iter().filter(|s| wanted(&s.what)).cloned().collect()
}

#[test]
fn switching_a_mechanism_off_leaves_the_other_draws() {
    // Rates that respond to nothing, and talks that nothing ends before the horizon.
    let n = strike(&[
        ("mishap         = 0.01", "mishap = 0"),
        ("per_ultimatum  = 0.05", "per_ultimatum = 0"),
        ("per_escalation = 0.05", "per_escalation = 0"),
        ("walk-out = 0.1", "walk-out = 0"),
        ("patience = [9, 14]", ""),
        ("responses.strong = { while = { after_success = \"union\" }, times = { offer = 0.5, ultimatum = 2 } }", ""),
        ("responses.dry    = { while = { under = { fund = 30 } }, times = { offer = 3 } }", ""),
        ("responses.late = { while = { deadline_within = 4 }, times = { offer = 6 } }", ""),
        ("base        = -25", "base = 1000"),
    ]);
    let noise = |what: &What| matches!(what, What::Makes(..) | What::Intends(..));
    let whole = traces(&n, 60, &[]);
    for mechanism in Mechanism::ALL {
        for ((run, steps), (other, fewer)) in whole.iter().zip(traces(&n, 60, &[mechanism])) {
            assert_eq!(run.ending, Ending::NoDeal);
            assert_eq!(draws(steps, noise), draws(&fewer, noise), "without {mechanism:?}");
            assert_eq!(run.intents, other.intents);
            let happens = |what: &What| matches!(what, What::Happens(_));
            let escalates = |what: &What| matches!(what, What::Escalates(_));
            if mechanism == Mechanism::Events {
                assert!(draws(&fewer, happens).is_empty());
            } else {
                assert_eq!(draws(steps, happens), draws(&fewer, happens), "without {mechanism:?}");
            }
            if mechanism == Mechanism::Escalation {
                assert!(draws(&fewer, escalates).is_empty());
            } else {
                assert_eq!(draws(steps, escalates), draws(&fewer, escalates), "without {mechanism:?}");
            }
            let moved = draws(&fewer, |what| matches!(what, What::Moves { .. }));
            let before = draws(steps, |what| matches!(what, What::Moves { .. })).len();
            assert_eq!(moved.len() < before / 2, mechanism == Mechanism::States, "events move them still");
        }
    }
}

#[test]
fn each_mechanism_does_something() {
    let ruin = ("favours  = { union = 1 }", "favours = { union = 1 }\ndecisive = { firm = { under = 20 } }");
    let played = |n: &Negotiation, without: &[Mechanism]| -> Vec<Run> {
        traces(n, 300, without).into_iter().map(|(run, _)| run).collect()
    };
    // Some need everything on the table at once, others a mediator and stages.
    // A ballot so noisy fails now and then.
    let noisy = [("retries        = 1", "retries = 0"), ("ballot_noise = 3", "ballot_noise = 60")];
    let scenarios = [strike(&[&noisy[..], &[ruin]].concat()), strike(&[&ROOM[..], &[ruin]].concat())];
    let whole = scenarios.each_ref().map(|n| played(n, &[]));
    for mechanism in Mechanism::ALL {
        let differs = scenarios.iter().zip(&whole).any(|(n, whole)| *whole != played(n, &[mechanism]));
        assert!(differs, "{mechanism:?} changes nothing");
    }
}

#[test]
fn a_horizon_of_nothing_ends_at_once_and_a_very_long_one_ends() {
    let none = &runs(&negotiation(&haggle([1.0, 1.0], 0, "")), 1)[0];
    assert_eq!((none.ending, none.rounds, none.blocked), (Ending::NoDeal, 0, Some(Block::NoOffer)));
    let one = &runs(&negotiation(&haggle([1.0, 1.0], 1, "")), 1)[0];
    assert_eq!((one.ending, one.rounds), (Ending::NoDeal, 1), "when the first round begins nothing is conceded");
    let silent = haggle([1.0, 1.0], 1_000_000, "").replace("offer = 1", "hold = 1");
    let long = &runs(&negotiation(&silent), 1)[0];
    assert_eq!((long.ending, long.rounds), (Ending::NoDeal, 1_000_000));
    let patient = haggle([0.05, 0.05], 1_000_000, "");
    assert_eq!(runs(&negotiation(&patient), 1)[0].ending, Ending::Settlement);
}

#[test]
fn an_offer_is_the_best_for_the_others_of_those_that_are_enough() {
    let n = strike(&[("misreads = 0.3 }\nfirm", "misreads = 0 }\nfirm"), ("misreads = 0.3", "misreads = 0")]);
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let draws = Draws::new(&n, accounts.clone(), 1);
    let talks = Talks::of(&compiled, settings(1, &[])).expect("it has talks");
    let scores = winset::model::Scores::new(&n, compiled.scale);
    let mut offers = 0;
    for run in 0..60 {
        let drawn = draws.run(run);
        let (_, steps) = talks.trace(&drawn);
        let intents: BTreeMap<_, _> =
            steps.iter().filter_map(|s| if let What::Intends(i, at) = s.what { Some((i, at)) } else { None }).collect();
        for step in &steps {
            let What::Offers { by, package, utility, aspiration, .. } = &step.what else { continue };
            offers += 1;
            assert!(utility >= aspiration);
            assert_eq!(*utility, scores.leadership(&drawn.world, *by, package));
            let intent = &n.intents[intents[by]];
            let open = |p: &winset::model::Package| {
                n.space.allows(p)
                    && intent.requires.holds(|k| p.option(k))
                    && !intent.refuses.iter().any(|c| c.holds(|k| p.option(k)))
            };
            assert!(open(package));
            let other = n.parties().find(|i| i != by).expect("two parties");
            let worth = scores.leadership(&drawn.world, other, package);
            // Better for the other and enough for oneself: only home can stand in the way.
            let better = (0..n.space.size()).map(|x| n.space.package(x)).filter(|p| {
                open(p)
                    && scores.leadership(&drawn.world, *by, p) >= *aspiration
                    && scores.leadership(&drawn.world, other, p) > worth
            });
            for p in better {
                let own = n.audiences_of(*by).next().expect("an audience");
                let (score, line) = (scores.audience(&drawn.world, own, &p), scores.defeat_line(&drawn.world, own));
                let raised = 60_000_000; // What the fund and events can raise a line by, with room to spare.
                assert!(line.is_some_and(|line| score < line + raised), "{by:?} had a better offer");
            }
        }
    }
    assert!(offers > 200, "{offers}");
}

#[test]
fn an_ultimatum_ties_hands_and_stands_until_the_next_offer() {
    let all = traces(&strike(&[("ultimatum = 0.5", "ultimatum = 5")]), 200, &[]);
    let gave = |steps: &[Step]| steps.iter().any(|s| matches!(s.what, What::Makes(_, Move::Ultimatum)));
    assert!(all.iter().filter(|(_, steps)| gave(steps)).count() > 50);
    let collapses = |runs: &[(Run, Vec<Step>)]| {
        runs.iter().filter(|(r, _)| matches!(r.cause, Some(Cause::Mishap | Cause::Ultimatum))).count()
    };
    let calm = traces(&strike(&[("ultimatum = 0.5", "ultimatum = 0")]), 200, &[]);
    assert!(collapses(&all) > collapses(&calm), "{} {}", collapses(&all), collapses(&calm));
}

#[test]
fn an_audience_ratifies_with_a_logistic_chance() {
    assert_eq!(ratifies_with(0.0, 3.0), 0.5);
    assert_eq!((ratifies_with(-0.1, 0.0), ratifies_with(0.0, 0.0)), (0.0, 1.0));
    // 1 / (1 + e⁻²), one rounding.
    assert!((ratifies_with(6.0, 3.0) - 0.880_797_077_977_882_3).abs() < 1e-15);
    let mut votes = (0_u32, 0_u32, 0.0);
    for (_, steps) in traces(&strike(&[("ballot_noise = 3", "ballot_noise = 30")]), 2_000, &[]) {
        for step in steps {
            if let What::Votes { chance, ratifies, .. } = step.what {
                votes = (votes.0 + 1, votes.1 + u32::from(ratifies), votes.2 + chance);
            }
        }
    }
    // Four standard errors of a sum of chances, each with a variance of at most 1/4.
    let (of, yes, expected) = (f64::from(votes.0), f64::from(votes.1), votes.2);
    assert!(of > 300.0 && (yes - expected).abs() < 4.0 * (of / 4.0).sqrt(), "{votes:?}");
}

#[test]
fn the_conflict_ends_when_it_is_agreed_not_when_it_is_ratified() {
    let mut silent = 0;
    for (_, steps) in traces(
        &strike(&[("ballot_noise = 3", "ballot_noise = 3, unsure = 0.2"), ("retries        = 1", "retries = 9")]),
        400,
        &[],
    ) {
        let Some(at) = steps.iter().position(|s| matches!(s.what, What::ConflictEnds)) else { continue };
        // A deal that holds ends it in any case, when the last vote is in.
        if !matches!(steps[at - 1].what, What::Agreed) {
            assert!(!steps[at..].iter().any(|s| matches!(s.what, What::Makes(..))));
            continue;
        }
        silent += u32::from(steps[at..].iter().any(|s| matches!(s.what, What::GoesBack)));
        assert!(
            !steps[at..].iter().any(|s| matches!(s.what, What::Moves { .. } | What::Escalates(_))),
            "the fund is safe"
        );
    }
    assert!(silent > 5, "{silent}");
}

#[test]
fn intents_are_drawn_by_their_priors_and_a_reading_may_replace_them_all() {
    let text = format!(
        "{STRIKE}\n[readings.meek]\nset.\"intents.union.prior\" = {{ ready = 1 }}\n[readings.grim]\nset.\"intents.union.prior\" = {{ hard = 2 }}\n"
    );
    let n = negotiation(&text);
    for run in runs(&n, 200) {
        let reading = &n.readings[run.reading.expect("there are two")].id;
        let union = run.intents.iter().find(|i| n.actor(n.intents[**i].of).id == "union").expect("a party");
        assert_eq!(n.intents[*union].id, if reading == "meek" { "ready" } else { "hard" });
    }
    let mut scenario = Scenario::parse("a.toml", STRIKE.as_bytes()).expect("it is read");
    scenario.set("intents.union.prior", "{ hard = 1 }").expect("it is a map");
    assert!(
        runs(&scenario.negotiation, 50)
            .iter()
            .all(|r| r.intents.iter().any(|i| scenario.negotiation.intents[*i].id == "hard"))
    );
    assert!(scenario.set("intents.union.prior", "{ soft = 1 }").is_err());
    assert!(scenario.set("intents.union.prior", "3").is_err());
}

#[test]
fn a_quota_needs_fewer_than_all() {
    let three = |agree: &str| {
        let text = haggle([1.0, 1.0], 30, "").replace("[issues.price]", "third = { role = \"party\" }\n[issues.price]");
        let text = text.replace("order = [\"seller\", \"buyer\"]", &format!("agree = {agree}"));
        runs(
            &negotiation(&format!(
                "{text}\n[no_deal.third]\nbase = 1\n[intents.third.no]\nmoves = {{ hold = 1 }}\ntactic.kind = \"relative\"\n"
            )),
            20,
        )
    };
    assert_eq!(endings(&three("\"all\"")), [Ending::NoDeal].into());
    assert_eq!(endings(&three("2")), [Ending::Settlement].into());
    assert_eq!(endings(&three("[\"seller\", \"buyer\"]")), [Ending::Settlement].into());
}

#[test]
fn a_leader_signs_only_what_his_audience_is_likely_enough_to_bear_in_his_eyes() {
    // The guild's line stands at 600, its ballot has a noise of 40: a chance of q asks for 600 + 40 · ln(q / (1 − q)).
    let price = |accepts: &str, believed: &str, yields: &str| -> u32 {
        let guild = format!(
            "[audiences]\nguild = {{ of = \"seller\", veto = true, defeat_below = 600, ballot_noise = 40{believed} }}\n[issues.price]"
        );
        let text = haggle([1.0, 1.0], 100, "").replace("[issues.price]", &guild);
        let text = text.replace("views.buyer ", "views.guild = { weight = 1000, 0 = 0, 1000 = 1 }\nviews.buyer ");
        let text = text.replace("[talks]", &format!("[talks]\naccepts_if_borne = {accepts}"));
        let n = negotiation(&text.replace("[intents.seller.haggler]", &format!("[intents.seller.haggler]\n{yields}")));
        let (run, steps) = traces(&n, 1, &[]).remove(0);
        let price =
            |package: &Package| n.space.picks(package).next().expect("one issue").1.id.parse().expect("a number");
        let signed = price(run.package.as_ref().expect("a settlement is a package"));
        let offers = steps.iter().filter_map(|step| match &step.what {
            What::Offers { by, package, .. } if n.actor(*by).id == "seller" => Some(price(package)),
            _ => None,
        });
        assert_eq!(offers.min(), Some(signed), "what he would accept he offers");
        signed
    };
    // The least whole price at or above 600, 687.9, 566.1 and, with half the noise in mind, 643.9.
    assert_eq!([price("0.5", "", ""), price("0.9", "", ""), price("0.3", "", "")], [600, 688, 567]);
    assert_eq!(price("0.9", ", noise_believed = 0.5", ""), 644);
    // That of the guild goes before that of the talks, and yielding before both.
    assert_eq!(price("0.9", ", accepts_if_borne = 0.3", ""), 567);
    assert_eq!(price("0.3", ", accepts_if_borne = 0.9", ""), 688);
    assert_eq!(price("0.5", ", accepts_if_borne = 0.9", "yields = { while = {}, accepts_if_borne = 0.3 }"), 567);
    // Who yields is content with less, while it is time to.
    let yields = |rounds: &str| format!("yields = {{ while = {{ rounds = {rounds} }}, accepts_if_borne = 0.3 }}");
    assert_eq!(price("0.9", "", &yields("[1, 100]")), 567);
    assert_eq!(price("0.9", "", &yields("[1, 2]")), 688);
}

#[test]
fn a_deal_goes_home_once_more_than_it_may_be_tried_again() {
    for retries in 0..3 {
        // The guild bears nothing, and nobody asks before he signs.
        let guild = "[audiences]\nguild = { of = \"seller\", defeat_below = 2000 }\n[issues.form]\noptions = { short = { name = \"short\", ratified_by = \"guild\" }, long = { name = \"long\", ratified_by = \"guild\" } }\nviews.buyer = { weight = 1, short = 0, long = 0 }\n[issues.price]";
        let text = haggle([1.0, 1.0], 100, "").replace("[issues.price]", guild);
        let text = text.replace("[talks]", &format!("[talks]\nretries = {retries}\naccepts_if_borne = 0"));
        let (run, steps) = traces(&negotiation(&text), 1, &[]).remove(0);
        let votes = steps.iter().filter(|s| matches!(s.what, What::Votes { .. })).count();
        assert_eq!((run.ending, votes), (Ending::Unratified, retries + 1));
    }
}

fn survey(n: &Negotiation, runs: u64, threads: Option<usize>) -> Reached {
    let settings = Settings { runs, drawing: Drawing { threads, ..Drawing::of(n, 1) }, agreeing: false };
    reached(n, &settings, |_| ()).expect("it is small")
}

#[test]
fn many_runs_say_the_same_on_any_number_of_threads() {
    let n = strike(&[]);
    let one = survey(&n, 2_000, Some(1));
    assert_eq!(one, survey(&n, 2_000, Some(2)));
    assert_eq!(one, survey(&n, 2_000, Some(7)));
}

#[test]
fn many_runs_add_up_to_the_runs() {
    let n = strike(&[]);
    let (all, each) = (survey(&n, 500, None), runs(&n, 500));
    for (ending, share) in &all.endings {
        assert_eq!(share.count, each.iter().filter(|r| r.ending == *ending).count() as u64, "{ending:?}");
    }
    assert_eq!(all.endings.iter().map(|(_, share)| share.count).sum::<u64>(), 500);
    let reached: Vec<&Run> = each.iter().filter(|r| r.ending.is_reached()).collect();
    assert_eq!(all.reached.count, reached.len() as u64);
    let rounds: u64 = reached.iter().map(|r| u64::from(r.rounds)).sum();
    assert!((all.rounds.mean - rounds as f64 / reached.len() as f64).abs() < 1e-9);
    assert_eq!(all.terms.iter().map(|t| t.share.count).sum::<u64>(), reached.len() as u64);
    assert_eq!(
        all.blocked.iter().map(|(_, share)| share.count).sum::<u64>(),
        each.iter().filter(|r| r.blocked.is_some()).count() as u64
    );
    for it in &all.by_intent {
        let of: u64 = it.drawn.iter().map(|(_, share)| share.count).sum();
        assert_eq!((of, it.runs), (it.drawn[0].1.of, of));
        assert_eq!(it.endings, it.drawn, "there is one account");
    }
}

#[test]
fn nobody_is_pressed_before_the_talks() {
    // Nobody ever presses, so that what a pressed side would bear plays no part; it did when hopes were worked out, in round 0.
    let calm = |yields: &'static str| {
        let yields = ("[intents.union.ready]", yields);
        let gentle =
            ("veto = true, loss_aversion = [1.5, 2.5], defeat_below = [-40, -25]", "veto = true, defeat_below = 0");
        strike(&[
            gentle,
            ROOM[2],
            ("[talks]", "[mediator]\nactor = \"arbiter\"\npresses = 0\npatience = 20\n[talks]"),
            yields,
        ])
    };
    let plain = runs(&calm("[intents.union.ready]\n"), 200);
    let pressed = calm("[intents.union.ready]\nyields = { while = { pressed = \"union\" }, accepts_if_borne = 0 }\n");
    let pressed = runs(&pressed, 200);
    assert!(
        plain.iter().zip(&pressed).all(|(one, other)| (one.ending, &one.package) == (other.ending, &other.package))
    );
}

#[test]
fn however_little_is_asked_for_at_home_a_red_line_there_is_not_crossed() {
    let line = ("[state.fund]", "[red_lines.rota]\nby = \"members\"\nwhen = { shifts = \"mixed\" }\n[state.fund]");
    let careless = ("per_escalation = 0.05", "per_escalation = 0.05\naccepts_if_borne = 0");
    let n = strike(&[line, careless]);
    let shifts = n.space.issues.iter().position(|k| k.id == "shifts").expect("an issue");
    let agreed: Vec<String> = runs(&n, 300)
        .iter()
        .filter_map(|run| run.package.as_ref())
        .map(|package| n.space.issues[shifts].options[package.0[shifts].0].id.clone())
        .collect();
    assert!(!agreed.is_empty() && agreed.iter().all(|option| option != "mixed"), "{agreed:?}");
}

#[test]
fn rows_by_intent_weigh_each_account_by_its_share_of_all_runs() {
    let n = istanbul();
    let (all, each) = (survey(&n, 1_500, None), runs(&n, 1_500));
    for it in &all.by_intent {
        let (mut reached, mut paid) = (0.0, 0.0);
        for reading in 0..n.readings.len() {
            let here: Vec<&Run> = each.iter().filter(|r| r.reading == Some(reading)).collect();
            let drawn: Vec<&&Run> = here.iter().filter(|r| r.intents.contains(&it.intent)).collect();
            let (weight, of) = (here.len() as f64 / each.len() as f64, drawn.len() as f64);
            assert!(of > 0.0, "every account draws every intent");
            reached += weight * drawn.iter().filter(|r| r.ending.is_reached()).count() as f64 / of;
            paid += weight * drawn.iter().map(|r| r.payoffs[0].1).sum::<f64>() / of;
        }
        // Sums in another order; payoffs are added up in units of 2⁻²⁴ or finer.
        assert!((it.reached.share - reached).abs() < 1e-9, "{} instead of {reached}", it.reached.share);
        assert!((it.payoffs[0].1.mean - paid).abs() < 1e-5, "{} instead of {paid}", it.payoffs[0].1.mean);
        let sum: f64 = it.endings.iter().map(|(_, share)| share.share).sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
    // A bargainer is drawn mostly where Pastukhov is right, and the row must not be his.
    let bargainer = all.by_intent.iter().find(|it| n.intents[it.intent].id == "bargainer").expect("it is there");
    let drawn: u64 = bargainer.drawn.iter().filter(|(e, _)| e.is_reached()).map(|(_, share)| share.count).sum();
    assert!(bargainer.reached.share < 0.9 * drawn as f64 / bargainer.runs as f64, "{bargainer:?}");
}

fn istanbul() -> Negotiation {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/talks/istanbul-2025.toml");
    negotiation(&std::fs::read_to_string(file).expect("the scenario is shipped"))
}

#[test]
fn a_search_among_the_heads_that_an_envelope_leaves_finds_what_a_whole_search_finds() {
    let n = istanbul();
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it can be compiled");
    let space = &compiled.modal().space;
    let [(_, a), (_, b)] = space.leaders().collect::<Vec<_>>()[..] else { panic!("two parties") };
    let (lanes, gate) = (Lanes::detect(), space.allowed());
    let pairs = ContextPairs::of(&space.plans[a], &space.plans[b]);
    let (mut tables, mut left_out) = (Vec::new(), 0);
    for drawn in Draws::new(&n, accounts, 1).block(0, 8) {
        space.fill(&drawn.world, &mut tables);
        let [span, other_span] = [a, b].map(|s| compiled.spans.0[s] as f64);
        let other = Slack { test: Test::new(&space.plans[b], &tables[b], 0), span: other_span };
        let any = Test::new(&space.plans[a], &tables[a], 0);
        let all: Vec<u32> = (0..space.layout.heads() as u32).collect();
        let envelope = Envelope::of(&pairs, &all, &any, &other.test, other_span / span);
        for tenth in -5..=10 {
            let own = Test::new(&space.plans[a], &tables[a], (span * f64::from(tenth) / 10.0) as i64);
            let search = Search { lanes, slacks: vec![other], tests: vec![own] };
            let whole = search.greatest(&gate, f64::NEG_INFINITY);
            let Some((gain, ..)) = whole else { continue };
            let mut mask = vec![-1; space.layout.heads()];
            envelope.narrow(lanes, own.line, other.raised_to(gain).line, &mut mask);
            let heads: Vec<u32> = all.iter().copied().filter(|h| mask[*h as usize] != 0).collect();
            assert_eq!(search.greatest_among(&heads, &gate, f64::NEG_INFINITY), whole);
            left_out += mask.len() - heads.len();
        }
    }
    assert!(left_out > 10_000, "a bound that bounds nothing: {left_out}");
}

#[test]
fn a_story_tells_every_step_and_a_strike_is_told_without_a_word_of_war() {
    let n = strike(&[]);
    let compiled = Compiled::of(&n, &n.default_variants()).expect("it is small");
    for (run, steps) in traces(&n, 100, &[]) {
        let page = winset::report::story::page(&n, compiled.scale, &[], 1, &run, &steps);
        let sentences = page.lines().filter(|l| l.starts_with("- ")).count();
        let told = steps.iter().filter(|s| !matches!(s.what, What::Intends(..) | What::Ends(_))).count();
        assert_eq!(sentences, told, "{page}");
        assert!(page.contains(&format!("The end in round {}", run.rounds)), "{page}");
        for word in ["war", "guns", "front", "army", "cease"] {
            assert!(!page.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|w| w == word), "{word}: {page}");
        }
    }
}
