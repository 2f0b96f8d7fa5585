//! Exploration: what is found beyond the intents of a file, that it can be pasted, and that it is the best of its family.

use crate::play::negotiation;
use crate::toys;
use winset::choice::{Plan, Start};
use winset::engine::talks::{Desk, Seats, Step, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{ActorId, IssueId};
use winset::space::Compiled;

#[test]
fn the_best_reply_of_the_family_is_found_to_within_a_point() {
    // Fifty seeds are tried by the sixth example.
    let (n, truth) = (toys::market(""), toys::truth(1_000));
    let found: Vec<_> = (1..=3).map(|seed| toys::finds(&n, &truth, seed, 400)).collect();
    assert!(found.iter().all(|it| it.0), "{found:?}");
}

#[test]
fn what_is_found_pays_as_much_when_it_is_pasted_into_the_file() {
    let n = toys::market("");
    let found = toys::explored(&n, 5, 200, Some(1));
    let rest = &found.rests[0];
    let Plan::Found(policy) = rest.plays[0][0] else { panic!("no intent of the file is best: {rest:?}") };
    let mut pasted = toys::market(&toys::sections([policy.0]));
    pasted.horizon *= 2;
    let id = format!("found-{}", policy.0);
    let intent = pasted.intents.iter().position(|it| it.id == id).expect("it is pasted");
    // The same runs, of fresh luck, with the intent instead of the policy.
    let compiled = Compiled::of(&pasted, &[]).expect("it is small");
    let talks = Talks::of(&compiled, Drawing::of(&pasted, 5)).expect("it has talks");
    let draws = Draws::new(&pasted, Accounts::of(&pasted), 5);
    let seats = Seats { who: Vec::new(), intents: vec![intent] };
    let paid = |drawn| {
        let played = talks.play_seated(drawn, &seats, (&[], &[]), &mut Desk::default(), &mut Vec::<Step>::new());
        played.run.payoffs.iter().find(|(of, _)| *of == ActorId(0)).expect("a is paid").1
    };
    let all: Vec<f64> = draws.block(1 << 40, 200).iter().map(paid).collect();
    let mean = all.iter().sum::<f64>() / 200.0;
    // Sums of 200 floats in two orders.
    assert!((mean - rest.paid[0][0].mean).abs() < 1e-9, "{mean} {:?}", rest.paid);
}

#[test]
fn every_start_is_accounted_for_and_threads_change_nothing() {
    let n = toys::market("");
    let found = toys::explored(&n, 5, 200, Some(1));
    let from: Vec<Start> =
        found.rests.iter().flat_map(|rest| rest.from.clone()).chain(found.restless.clone()).collect();
    // Two intents and three at random.
    assert_eq!(from.len(), 5);
    assert_eq!(from.iter().filter(|start| matches!(start, Start::Intent(_))).count(), 2);
    assert!(
        found.rests.iter().flat_map(|rest| rest.gains_at_most.concat()).all(|points| (0.0..40.0).contains(&points))
    );
    assert_eq!(found, toys::explored(&n, 5, 200, Some(3)));
}

/// What an intent of a pie asks for at each time, when nobody ever meets it.
fn asks(tactic: &str) -> Vec<usize> {
    let n = negotiation(&format!(
        r#"
title = "t"
horizon = 12
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.price]
options = {{ from = 0, to = 10, step = 1 }}
views.a = {{ weight = 10, 0 = 0, 10 = 1 }}
views.b = {{ weight = 10, 0 = 1, 10 = 0 }}
[no_deal]
b = {{ base = 20 }}
[talks]
[intents.a.any]
moves = {{ offer = 1 }}
{tactic}
[intents.b.any]
moves = {{ hold = 1 }}
tactic = {{ kind = "polynomial", over = 5 }}
"#
    ));
    let (_, steps) = &crate::play::traces(&n, 1)[0];
    // Of the packages that give it enough it names the one that is best for the other: its price is what it asks for.
    let price = |step: &Step| {
        if let What::Offers { package, .. } = &step.what { Some(package.option(IssueId(0)).0) } else { None }
    };
    steps.iter().filter_map(price).collect()
}

#[test]
fn an_intent_begins_to_come_down_when_it_says_and_never_goes_all_the_way() {
    let plain = asks("tactic = { kind = \"polynomial\", over = 5 }");
    let late = asks("tactic = { kind = \"polynomial\", over = 5, starts = 3 }");
    let proud = asks("holds_out = 0.5\ntactic = { kind = \"polynomial\", over = 5 }");
    assert_eq!(plain[..7], [10, 8, 6, 4, 2, 0, 0]);
    assert_eq!(late[..9], [10, 10, 10, 10, 8, 6, 4, 2, 0]);
    assert_eq!(proud[..7], [10, 9, 8, 7, 6, 5, 5]);
}
