//! Beliefs: Bayes' rule is the one of the books, observers are calibrated, and records are read as the policies have them.

use crate::play::negotiation;
use winset::engine::talks::{Belief, Desk, Mechanism, Run, Step, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{Evidence, Negotiation};
use winset::space::Compiled;

fn posterior(evidence: &Evidence, prior: &[f64]) -> Vec<f64> {
    let mut posterior = Vec::new();
    evidence.posterior(prior, &mut posterior);
    posterior
}

#[test]
fn what_was_thought_impossible_stays_so_however_much_better_it_fits() {
    // e^1000 is beyond all numbers: 0 times it must be 0, and no belief of all the others may be lost with it.
    let mut evidence = Evidence::none(3);
    evidence.see_log([-1_000.0, -1_001.0, 0.0].into_iter());
    let found = posterior(&evidence, &[0.5, 0.5, 0.0]);
    // Odds of e, to a few roundings.
    let e = std::f64::consts::E;
    assert!((found[0] - e / (e + 1.0)).abs() < 1e-12 && found[2] == 0.0, "{found:?}");
}

#[test]
fn tough_offers_make_a_tough_type_likely_as_bayes_has_it() {
    // D01, prior 1/2, a low offer with 0.8 from the tough and 0.3 from the soft; a few logarithms and one exponential.
    let mut evidence = Evidence::none(2);
    let mut tough = Vec::new();
    for _ in 0..4 {
        evidence.see(&[0.8, 0.3]);
        tough.push(posterior(&evidence, &[0.5, 0.5])[0]);
    }
    for (rounds, expected) in [(1, 0.727_272_727_272_727_3), (3, 0.949_907_235_621_521_2), (4, 0.980_608_091_932_008_6)]
    {
        assert!((tough[rounds - 1] - expected).abs() < 1e-12, "{tough:?}");
    }
    assert_eq!(tough.iter().position(|p| *p >= 0.95), Some(3), "four rounds to 95 %");
}

#[test]
fn seven_wins_of_ten_tell_the_strong_from_the_weak() {
    // D04, a win with 0.6 for the strong and 0.4 for the weak; ten logarithms and one exponential.
    let mut evidence = Evidence::none(2);
    (0..7).for_each(|_| evidence.see(&[0.6, 0.4]));
    (0..3).for_each(|_| evidence.see(&[0.4, 0.6]));
    assert!((posterior(&evidence, &[1.0, 1.0])[0] - 0.835_051_546_391_752_6).abs() < 1e-12);
}

#[test]
fn what_is_equally_likely_under_all_intents_changes_no_bit() {
    let mut evidence = Evidence::none(3);
    evidence.see(&[0.3, 0.7, 0.1]);
    let before = evidence.clone();
    evidence.see(&[0.123, 0.123, 0.123]);
    evidence.see(&[0.0, 0.0, 0.0]);
    assert_eq!(evidence, before);
    let untold = posterior(&Evidence::none(3), &[0.2, 0.3, 0.5]);
    assert_eq!(untold, [0.2, 0.3, 0.5]);
}

#[test]
fn the_impossible_is_ruled_out_unless_nothing_else_was_thought_possible() {
    let mut evidence = Evidence::none(2);
    evidence.see(&[0.0, 0.4]);
    assert_eq!(posterior(&evidence, &[0.9, 0.1]), [0.0, 1.0]);
    assert_eq!(posterior(&evidence, &[1.0, 0.0]), [1.0, 0.0]);
}

/// Two parties that can never agree, and nothing that ends their talks before the horizon. Their intents differ in
/// everything that an observer sees: moves, responses, escalation, tactics by the clock and by what they hear, floors,
/// what they refuse, and patience that ends when all is over.
const DEADLOCK: &str = r#"
title   = "A deadlock"
horizon = 8
[actors]
north = { role = "party", misreads = 0.3 }
south = { role = "party" }
guest = { role = "mediator" }
doubt = { role = "mediator" }
[issues.price]
options = { from = 0, to = 20, step = 1 }
views.north = { weight = [90, 110], 0 = 0, 20 = 1 }
views.south = { weight = 100, 0 = 1, 20 = 0 }
[issues.form]
now     = "spoken"
options = { spoken = "spoken", written = "written" }
views.north = { weight = 10, written = 1 }
views.south = { weight = 5, written = 0.5 }
[state.mood]
start   = 0
spread  = 0.5
favours = { north = 1, south = -1 }
[no_deal.north]
base = [66, 70]
stake.mood = 0.5
[no_deal.south]
base = [60, 64]
[talks]
conflict = true
deadline = 9
[beliefs]
noise = [0.1, 0.3]
doubt = { north = { slow = 1, quick = 1 } }
[intents.north.quick]
prior     = 2
moves     = { offer = 4, talk = 2, hold = 1 }
responses.glad = { while = { over = { mood = 0.3 } }, times = { offer = 3 } }
tactic    = { kind = "polynomial", kappa = 0.1, beta = 1.5 }
escalates = { chance = 0.1, moves = { mood = 0.2 } }
[intents.north.slow]
prior     = [1, 3]
moves     = { offer = 2, talk = [1, 4], token = 1, hold = 2, ultimatum = 0.5 }
responses.sad = { while = { under = { mood = -0.3 } }, times = { hold = 4 } }
tactic    = { kind = "exponential", kappa = 0.05, beta = 1.5, over = 8 }
escalates = { chance = [0.2, 0.6], moves = { mood = 0.2 }, while = { rounds = [2, 8] } }
obstructs = true
patience  = 8
[intents.north.echo]
moves    = { offer = 3, talk = 1 }
tactic   = { kind = "relative", kappa = 0.3 }
refuses  = { form = "written" }
floor    = 75
[intents.south.echo]
moves    = { offer = 3, hold = 1 }
tactic   = { kind = "averaged", kappa = [0.1, 0.3], window = 2 }
requires = { form = "written" }
[intents.south.match]
moves    = { offer = 2, ultimatum = 1, hold = 2 }
tactic   = { kind = "absolute", kappa = 0.2 }
[intents.south.late]
moves    = { offer = 3, hold = 2 }
tactic   = { kind = "polynomial", beta = 0.3 }
"#;

fn play(n: &Negotiation, runs: u64, without: &[Mechanism], mut heard: impl FnMut(&Run, &winset::engine::Drawn)) {
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it is small");
    let settings = Drawing { seed: 1, without: without.to_vec(), ..Drawing::default() };
    let talks = Talks::of(&compiled, settings).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    let mut desk = Desk::default();
    for block in 0..runs.div_ceil(256) {
        let count = (runs - 256 * block).min(256) as usize;
        for drawn in draws.block(256 * block, count) {
            heard(&talks.play(&drawn, &mut desk, None), &drawn);
        }
    }
}

fn belief<'r>(n: &Negotiation, run: &'r Run, observer: &str, about: &str) -> &'r Belief {
    let found = run.beliefs.iter().find(|b| n.actor(b.observer).id == observer && n.actor(b.about).id == about);
    found.expect("everybody observes everybody else")
}

/// The intents of a party in the order of beliefs.
fn intents(n: &Negotiation, party: &str) -> Vec<usize> {
    let of = n.parties().find(|i| n.actor(*i).id == party).expect("a party");
    let mut intents: Vec<usize> = n.intents_of(of).collect();
    intents.sort_by_key(|k| &n.intents[*k].id);
    intents
}

/// Mean and standard error of posterior − prior for each intent, and of posterior on the true intent − its prior.
fn gaps(n: &Negotiation, runs: u64, observer: &str, about: &str) -> (Vec<(f64, f64)>, (f64, f64)) {
    let own = intents(n, about);
    let mut sums = vec![(0.0, 0.0); own.len() + 1];
    play(n, runs, &[], |run, drawn| {
        let posterior = &belief(n, run, observer, about).posterior;
        let priors: Vec<f64> = own.iter().map(|k| drawn.world.value(n.intents[*k].prior)).collect();
        let total: f64 = priors.iter().sum();
        let truth = own.iter().position(|k| run.intents.contains(k)).expect("some intent is the true one");
        let gap = |k: usize| posterior[k] - priors[k] / total;
        for (k, sum) in sums.iter_mut().enumerate() {
            let gap = gap(if k < own.len() { k } else { truth });
            *sum = (sum.0 + gap, sum.1 + gap * gap);
        }
    });
    let count = runs as f64;
    let mean = |(sum, squares): &(f64, f64)| {
        let mean = sum / count;
        (mean, ((squares / count - mean * mean) / (count - 1.0)).sqrt())
    };
    let mut all: Vec<(f64, f64)> = sums.iter().map(mean).collect();
    let truth = all.pop().expect("the last is that of the truth");
    (all, truth)
}

#[test]
fn on_average_an_observer_who_starts_from_the_drawing_shares_believes_them_in_the_end() {
    let n = negotiation(DEADLOCK);
    for (observer, about) in [("guest", "north"), ("guest", "south")] {
        let (each, truth) = gaps(&n, 100_000, observer, about);
        for (mean, error) in &each {
            assert!(*error > 0.0 && mean.abs() <= 4.0 * error, "{about}: {each:?}");
        }
        assert!(truth.0 > 10.0 * truth.1, "the truth gains weight: {truth:?}");
    }
}

#[test]
fn beliefs_do_not_move_without_the_mechanism_and_nothing_else_does() {
    let n = negotiation(DEADLOCK);
    let mut whole = Vec::new();
    play(&n, 200, &[], |run, _| whole.push(run.clone()));
    let mut at = 0;
    play(&n, 200, &[Mechanism::Beliefs], |run, drawn| {
        let own = intents(&n, "north");
        let priors: Vec<f64> = own.iter().map(|k| drawn.world.value(n.intents[*k].prior)).collect();
        let total: f64 = priors.iter().sum();
        let shares: Vec<f64> = priors.iter().map(|p| p / total).collect();
        assert_eq!(belief(&n, run, "guest", "north").posterior, shares);
        assert_eq!(Run { beliefs: Vec::new(), ..run.clone() }, Run { beliefs: Vec::new(), ..whole[at].clone() });
        assert_ne!(run.beliefs, whole[at].beliefs);
        at += 1;
    });
}

#[test]
fn an_observer_may_have_a_prior_of_his_own_and_sees_what_all_see() {
    let n = negotiation(DEADLOCK);
    let own = intents(&n, "north");
    let place = |id: &str| own.iter().position(|k| n.intents[*k].id == id).expect("an intent");
    let (echo, quick, slow) = (place("echo"), place("quick"), place("slow"));
    play(&n, 300, &[], |run, drawn| {
        let (doubt, guest) = (belief(&n, run, "doubt", "north"), belief(&n, run, "guest", "north"));
        assert_eq!(doubt.posterior[echo], 0.0, "he never thought of it");
        assert_eq!(doubt.obstructs, doubt.posterior[slow]);
        assert_eq!(belief(&n, run, "south", "north").posterior, guest.posterior);
        let value = |k: usize| drawn.world.value(n.intents[own[k]].prior);
        let odds = |b: &Belief| b.posterior[quick] / b.posterior[slow];
        let (mine, theirs) = (odds(doubt), odds(guest) * value(slow) / value(quick));
        // The same likelihood ratio from two priors; a few exponentials and quotients.
        assert!(mine.is_finite() || guest.posterior[slow] == 0.0);
        assert!(!(mine.is_normal() && theirs.is_normal()) || (mine / theirs - 1.0).abs() < 1e-9, "{mine} {theirs}");
    });
}

#[test]
fn beliefs_that_move_are_told() {
    let n = negotiation(DEADLOCK);
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let mut told = 0;
    for run in 0..50 {
        let (run, steps) = talks.trace(&draws.run(run));
        for Step { what, .. } in &steps {
            let What::Learns { by, about, weights } = what else { continue };
            told += 1;
            assert!(!by.is_empty() && !by.contains(about));
            // They are divided by their sum.
            assert!((weights.iter().map(|(_, w)| w).sum::<f64>() - 1.0).abs() < 1e-12);
        }
        let page = winset::report::story::page(&n, compiled.scale, &[], 1, &run, &steps);
        assert!(page.contains("now think of north: it ") && page.contains("Doubt now thinks of north: it "), "{page}");
    }
    assert!(told > 100, "{told}");
}

/// Two parties that never agree, each with two intents that differ in one thing only.
const TWINS: &str = r#"
title   = "Twins"
horizon = 4
[actors]
one   = { role = "party" }
other = { role = "party" }
[issues.terms]
now     = "old"
options = { old = "old", new = "new" }
views.one   = { weight = 1, new = 1 }
views.other = { weight = 1, new = -1 }
[no_deal.other]
base = 5
[talks]
deadline = 5
order = ["one", "other"]
[intents.one.first]
moves = { offer = 1 }
FIRST
[intents.one.second]
moves = { offer = 1 }
SECOND
[intents.other.first]
moves = { hold = 1 }
OTHER
[intents.other.second]
moves = { hold = 1 }
"#;

fn twins(first: &str, second: &str, other: &str) -> (Negotiation, Vec<(Run, Vec<Step>)>) {
    let n = negotiation(&TWINS.replace("FIRST", first).replace("SECOND", second).replace("OTHER", other));
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let traces = (0..100).map(|run| talks.trace(&draws.run(run))).collect();
    (n, traces)
}

#[test]
fn every_escalation_and_every_round_without_one_is_seen() {
    let (n, traces) = twins("escalates = { chance = 0.1 }", "escalates = { chance = 0.4 }", "");
    for (run, steps) in traces {
        let escalations = steps.iter().filter(|s| matches!(s.what, What::Escalates(_))).count() as f64;
        let odds = winset::num::pow(0.25, escalations) * winset::num::pow(0.9 / 0.6, 4.0 - escalations);
        let seen = &belief(&n, &run, "other", "one").posterior;
        // A few logarithms and exponentials.
        assert!((seen[0] / seen[1] / odds - 1.0).abs() < 1e-9, "{seen:?} {odds}");
    }
}

#[test]
fn how_far_a_party_has_come_down_is_seen() {
    let tactic = |beta: &str| format!("tactic = {{ kind = \"polynomial\", beta = {beta} }}");
    let (n, traces) = twins(&tactic("0.2"), &tactic("5"), "");
    let right = traces.iter().filter(|(run, _)| {
        let truth = usize::from(
            run.intents.iter().any(|k| n.intents[*k].id == "second" && n.actor(n.intents[*k].of).id == "one"),
        );
        belief(&n, run, "other", "one").posterior[truth] > 0.99
    });
    // Shares lie farther apart than three times the noise of 0.1 in most rounds.
    assert!(right.count() > 90);
}

#[test]
fn who_stays_beyond_a_patience_has_another_and_nothing_is_seen_of_those_who_come_after_one_who_left() {
    let (n, traces) = twins("patience = 2", "", "patience = 2");
    let second = |run: &Run, party: &str| {
        run.intents.iter().any(|k| n.intents[*k].id == "second" && n.actor(n.intents[*k].of).id == party)
    };
    for (run, _) in traces {
        let (one, other) = (belief(&n, &run, "other", "one"), belief(&n, &run, "one", "other"));
        assert_eq!(one.posterior, if second(&run, "one") { [0.0, 1.0] } else { [1.0, 0.0] });
        let of_other = match (second(&run, "one"), second(&run, "other")) {
            (false, _) => [0.5, 0.5],
            (true, false) => [1.0, 0.0],
            (true, true) => [0.0, 1.0],
        };
        assert_eq!(other.posterior, of_other);
    }
}

/// Where talks end because of the intents, the mean posterior may lie off the prior: by how much stands in
/// `docs/numbers.md`, and `cargo test --test library -- --nocapture in_istanbul` prints it. The truth gains all the same.
#[test]
fn in_istanbul_the_truth_gains_too() {
    let n = negotiation(include_str!("../../scenarios/talks/istanbul-2025.toml"));
    for (observer, about) in [("ukraine", "russia"), ("russia", "ukraine")] {
        let (each, (gained, error)) = gaps(&n, 4_000, observer, about);
        let ids = intents(&n, about).iter().map(|k| n.intents[*k].id.as_str()).zip(each).collect::<Vec<_>>();
        println!("{observer} about {about}: posterior − prior {ids:?}; on the truth {gained} ± {error}");
        // Four standard errors.
        assert!(gained > 4.0 * error, "{gained} ± {error}");
    }
}
