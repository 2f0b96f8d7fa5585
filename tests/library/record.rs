//! Records: what `infer` makes of what has been observed, against Bayes' rule by hand and its laws.

use crate::play::negotiation;
use winset::analysis::{Coding, Inferred, Likelihoods, OfParty, Settings, infer, information};
use winset::ask::read_in_all_ways;
use winset::engine::Drawing;

fn inferred(text: &str, worlds: u64, threads: Option<usize>) -> Inferred {
    let n = negotiation(text);
    let settings = Settings { runs: worlds, drawing: Drawing { threads, ..Drawing::of(&n, 1) }, agreeing: false };
    infer(&n, &settings, Likelihoods::ByHand, |_| ()).expect("it has talks and a record")
}

/// Two intents of one party: the earnest offers with 3/4 and can name the new terms, the idle offers with 1/4 and refuses
/// them. Slips of 0.06: a report takes one move for a given other with 0.01.
const PAIR: &str = r#"
title   = "A pair"
start   = 2025-05-20
horizon = 10
[actors]
one   = { role = "party" }
other = { role = "party" }
[issues.terms]
now     = "old"
options = { old = "old", new = "new" }
views.one   = { weight = 1, new = 1 }
views.other = { weight = 1, new = -1 }
[talks]
deadline = 11
[beliefs]
slip  = 0.06
names = 0.5
noise = 0.1
[intents.one.earnest]
prior  = 1
moves  = { offer = 3, hold = 1 }
tactic = { kind = "polynomial", kappa = 0.3, beta = 1 }
escalates = { chance = 0.1 }
[intents.one.idle]
prior     = 3
moves     = { offer = 1, hold = 3 }
tactic    = { kind = "polynomial", kappa = 0.1, beta = 1 }
refuses   = { terms = "new" }
obstructs = true
escalates = { chance = 0.4 }
[intents.other.any]
moves = { hold = 1 }
"#;

/// The odds of the earnest against the idle after a record.
fn odds_after(record: &str) -> f64 {
    let party = inferred(&format!("{PAIR}{record}"), 40, None).parties.remove(0);
    party.posterior[0].weight / party.posterior[1].weight
}

#[test]
fn a_record_is_weighed_as_one_would_by_hand() {
    let entry = |what: &str| format!("[[record]]\nby = \"one\"\n{what}\n");
    let reported = |rate: f64| 0.94 * rate + 0.01;
    let (offers, holds) = ((reported(0.75), reported(0.25)), (reported(0.25), reported(0.75)));
    let (square, cube) = (|x: f64| x * x, |x: f64| x * x * x);
    let fit = |c: f64| winset::num::exp(-0.5 * square((0.2 - c) / 0.1));
    let cases: [(&str, f64); 9] = [
        ("round = 1\nmove = \"offer\"", offers.0 / offers.1),
        ("on = 2025-05-22\nmove = \"hold\"", holds.0 / holds.1),
        ("round = [-1, 0]\nmove = \"offer\"", (1.0 - square(1.0 - offers.0)) / (1.0 - square(1.0 - offers.1))),
        ("round = [0, 1]\nnever = \"offer\"", square((1.0 - offers.0) / (1.0 - offers.1))),
        ("round = 1\nmove = \"offer\"\npicks = { terms = \"new\" }", offers.0 * 0.5 / (offers.1 * 0.06)),
        ("round = 0\nmove = \"offer\"\nshare = 0.2", offers.0 * fit(0.3) / (offers.1 * fit(0.1))),
        ("round = 1\nescalates = true", (0.94 * 0.1 + 0.03) / (0.94 * 0.4 + 0.03)),
        (
            "on = [2025-05-13, 2025-05-27]\nescalates = false",
            cube((1.0 - 0.94 * 0.1 - 0.03) / (1.0 - 0.94 * 0.4 - 0.03)),
        ),
        // An offer or an ultimatum: the least of the six moves is reported with 0.01.
        ("round = 2\nnever = { terms = \"new\" }", (1.0 - (offers.0 + 0.01) * 0.5) / (1.0 - (offers.1 + 0.01) * 0.06)),
    ];
    for (what, ratio) in cases {
        let odds = odds_after(&entry(what));
        // A few logarithms and exponentials.
        assert!((odds / (ratio / 3.0) - 1.0).abs() < 1e-9, "{what}: {odds} instead of {}", ratio / 3.0);
    }
    let both = odds_after(&(entry(cases[0].0) + &entry(cases[6].0)));
    assert!((both / (cases[0].1 * cases[6].1 / 3.0) - 1.0).abs() < 1e-9);
}

#[test]
fn the_bits_of_the_entries_add_up_to_what_the_record_says() {
    let record = "[[record]]\nby = \"one\"\nround = 1\nmove = \"offer\"\n[[record]]\nby = \"one\"\nround = 0\nnever = \"offer\"\n";
    let party = inferred(&format!("{PAIR}{record}"), 40, None).parties.remove(0);
    assert_eq!(party.evidence.iter().map(|(entry, _)| *entry).collect::<Vec<_>>(), [1, 0], "in the order of time");
    let log_odds = |p: f64| winset::num::ln(p / (1.0 - p)) / std::f64::consts::LN_2;
    for k in 0..2 {
        let bits: f64 = party.evidence.iter().map(|(_, bits)| bits[k]).sum();
        assert!((bits - (log_odds(party.posterior[k].weight) - log_odds(party.prior[k]))).abs() < 1e-9);
    }
    let serious = party.serious.expect("the idle obstructs");
    assert_eq!((serious.prior, serious.posterior.weight), (party.prior[0], party.posterior[0].weight));
    // From the prior that makes it even, the odds ratio of the record leads to one half.
    let even = log_odds(serious.even_prior) + serious.bits;
    assert!(even.abs() < 1e-9, "{even}");
    let flat = log_odds(party.flat[0]);
    assert!((flat - serious.bits).abs() < 1e-9, "equal priors are odds of 1");
}

#[test]
fn an_observation_tells_nothing_if_all_intents_make_it_alike_and_all_if_they_never_do() {
    let (nothing, open) = information(&[vec![0.2, 0.2], vec![0.3, 0.3]]);
    // Rounding of a sum of four terms that cancel.
    assert!(nothing < 1e-12 && (open - 0.970_950_594_454_668_6).abs() < 1e-12);
    let (all, open) = information(&[vec![0.5, 0.0], vec![0.0, 0.5]]);
    assert_eq!((all, open), (1.0, 1.0));
    let record = "[[record]]\nby = \"one\"\nround = 1\nmove = \"offer\"\n";
    let next = inferred(&format!("{PAIR}{record}"), 40, None).parties.remove(0).next;
    assert!(next.windows(2).all(|pair| pair[0].bits >= pair[1].bits) && next[2].bits > 0.0, "{next:?}");
}

#[test]
fn a_record_says_the_same_on_any_number_of_threads_and_however_long_it_is() {
    let istanbul = include_str!("../../scenarios/talks/istanbul-2025.toml");
    let one = inferred(istanbul, 600, Some(1));
    assert_eq!(one, inferred(istanbul, 600, Some(3)));
    let long: String = (0..1_000).map(|_| "[[record]]\nby = \"one\"\nround = 1\nmove = \"talk\"\n").collect();
    let party = inferred(&format!("{PAIR}{long}"), 40, None).parties.remove(0);
    // A thousand reports that are as likely of both say nothing.
    assert!((party.posterior[0].weight - 0.25).abs() < 1e-9, "{:?}", party.posterior);
}

fn of_one(record: &str) -> OfParty {
    inferred(&format!("{PAIR}{record}"), 40, None).parties.remove(0)
}

fn entry(what: &str) -> String {
    format!("[[record]]\nby = \"one\"\n{what}\n")
}

fn near(a: f64, b: f64) {
    // A few logarithms and exponentials.
    assert!((a - b).abs() < 1e-12, "{a} instead of {b}");
}

fn reported(rate: f64) -> f64 {
    0.94 * rate + 0.01
}

#[test]
fn an_entry_that_all_intents_make_alike_moves_nothing() {
    let before = of_one(&entry("round = 0\nmove = \"offer\""));
    let after = of_one(&(entry("round = 0\nmove = \"offer\"") + &entry("round = 0\nmove = \"talk\"")));
    near(after.answer.weight, before.answer.weight);
    assert!(after.evidence[1].1.iter().all(|bits| bits.abs() < 1e-9), "{:?}", after.evidence);
    let contested = of_one(&entry("round = 0\nmove = [\"talk\", \"token\"]"));
    near(contested.answer.weight, 0.25);
}

#[test]
fn what_is_told_twice_of_one_occasion_counts_once() {
    let told =
        |occasion: &str| entry(&format!("round = 0\nmove = \"offer\"\npicks = {{ terms = \"new\" }}\n{occasion}"));
    let once = of_one(&told(""));
    let (same, other) = (told("occasion = \"a call\""), told("occasion = \"a letter\""));
    assert_eq!(of_one(&same).posterior, once.posterior, "an occasion of one is an entry by itself");
    near(of_one(&(same.clone() + &same)).answer.weight, once.answer.weight);
    near(of_one(&(same.clone() + &same + &same)).answer.weight, once.answer.weight);
    let odds = |party: &OfParty| party.posterior[0].weight / party.posterior[1].weight;
    let twice = of_one(&(same + &other));
    near(odds(&twice) / odds(&once), 3.0 * odds(&once));
}

#[test]
fn of_one_occasion_each_aspect_is_drawn_once_and_copies_count_by_their_mean() {
    let of = |what: &str| entry(&format!("round = 0\noccasion = \"a call\"\n{what}"));
    let offers = reported(0.75) / reported(0.25);
    let odds = |record: &str| odds_after(record) * 3.0;
    // Two kinds of move on one occasion, the second as likely of both: the root of the product of their ratios.
    let both = odds(&(of("move = \"offer\"") + &of("move = \"token\"")));
    near(both, offers.sqrt());
    // What was named, and an escalation, are drawn beside the kind of move.
    let beside = odds(
        &(of("move = \"offer\"\npicks = { terms = \"new\" }") + &of("move = \"token\"") + &of("escalates = true")),
    );
    near(beside, offers.sqrt() * (0.5 / 0.06) * ((0.94 * 0.1 + 0.03) / (0.94 * 0.4 + 0.03)));
}

#[test]
fn a_contested_kind_is_one_of_its_kinds() {
    let party = of_one(&entry("round = 0\nmove = [\"offer\", \"hold\"]\npicks = { terms = \"new\" }"));
    let serious = |offer: f64, hold: f64, named: f64| reported(offer) * named + reported(hold) * 0.5;
    near(
        party.posterior[0].weight / party.posterior[1].weight,
        serious(0.75, 0.25, 0.5) / serious(0.25, 0.75, 0.06) / 3.0,
    );
    // Recoded it is what it would be if it were written so, and dropped what it was before.
    let written = ["move = \"offer\"\npicks = { terms = \"new\" }", "move = \"hold\""];
    let answers: Vec<f64> = party.otherwise.iter().map(|it| it.answer).collect();
    assert_eq!(answers.len(), 3, "two kinds, and without it");
    assert_eq!(party.otherwise[2].change.coding, Coding::Dropped);
    for (answer, what) in answers.iter().zip(written) {
        near(*answer, of_one(&entry(&format!("round = 0\n{what}"))).answer.weight);
    }
    near(answers[2], 0.25);
    assert_eq!(party.range(), [answers[1].min(answers[2]), answers[0]]);
    assert_eq!(party.deciding(), Some(0));
}

#[test]
fn a_share_seen_in_what_may_have_been_no_offer_lies_anywhere() {
    let party = of_one(&entry("round = 0\nmove = [\"offer\", \"hold\"]\nshare = 0.3"));
    let density =
        |c: f64| winset::num::exp(-0.5 * ((0.3 - c) / 0.1) * ((0.3 - c) / 0.1)) / (0.1 * std::f64::consts::TAU.sqrt());
    let of = |offer: f64, hold: f64, conceded: f64| reported(offer) * density(conceded) + reported(hold);
    near(party.posterior[0].weight / party.posterior[1].weight, of(0.75, 0.25, 0.3) / of(0.25, 0.75, 0.1) / 3.0);
}

#[test]
fn an_entry_dropped_or_recoded_is_read_as_if_it_had_been_written_so() {
    let entries =
        ["round = 0\nmove = \"offer\"", "round = 1\nmove = [\"hold\", \"offer\"]", "round = 2\nescalates = true"];
    let record = |without: Option<usize>| -> String {
        entries.iter().enumerate().filter(|(e, _)| Some(*e) != without).map(|(_, what)| entry(what)).collect()
    };
    let party = of_one(&record(None));
    for it in party.otherwise.iter().filter(|it| it.change.coding == Coding::Dropped) {
        near(it.answer, of_one(&record(Some(it.change.entry))).answer.weight);
    }
}

/// A staller who would put his name to a paper on the order of business, and to no settlement with the new terms.
const PAPERS: &str = r#"
[issues.order]
now     = "none"
options = { none = "none", first = "first things first" }
views.one   = { weight = 0.1, first = 1 }
views.other = { weight = 0.1, first = 1 }
[stages.paper]
settles = "order"
[stages.deal]
after   = "paper"
settles = "terms"
"#;

#[test]
fn a_paper_of_an_early_stage_has_a_likelihood_of_its_own() {
    let text = |requires: &str, entry: &str| {
        let pair = PAIR.replace("refuses   = { terms = \"new\" }", requires);
        format!("{pair}{PAPERS}{entry}")
    };
    let odds = |requires: &str, on_paper: &str| {
        let entry = entry(&format!("round = 0\nmove = \"offer\"\npicks = {{ order = \"first\" }}\n{on_paper}"));
        let party = inferred(&text(requires, &entry), 40, None).parties.remove(0);
        party.posterior[0].weight / party.posterior[1].weight
    };
    let offers = reported(0.75) / reported(0.25);
    let never = "floor = 3";
    // Of packages with that order none is worth 3 to it, so that it could only slip; a paper commits it to nothing.
    near(odds(never, "") * 3.0, offers * 0.5 / 0.06);
    near(odds(never, "on_paper = \"paper\"") * 3.0, offers);
    // What it would not put its name to on paper either.
    near(odds("refuses = { order = \"first\" }", "on_paper = \"paper\"") * 3.0, offers * 0.5 / 0.06);
}

#[test]
fn whatever_the_prior_the_answer_is_a_number_and_what_it_decides_is_said() {
    let record = entry("round = 0\nmove = [\"offer\", \"hold\"]\npicks = { terms = \"new\" }\noccasion = \"a call\"");
    for (earnest, idle) in [(0.0, 1.0), (1.0, 0.0), (1.0, 1e-300), (1e-300, 1.0), (1.0, 1.0)] {
        let pair = PAIR
            .replace("prior  = 1", &format!("prior = {earnest:e}"))
            .replace("prior     = 3", &format!("prior = {idle:e}"));
        let n = negotiation(&format!("{pair}{record}"));
        let settings = Settings { runs: 40, drawing: Drawing::of(&n, 1), agreeing: false };
        let answer = infer(&n, &settings, Likelihoods::ByHand, |_| ()).expect("it has talks and a record");
        let party = &answer.parties[0];
        let all = party.otherwise.iter().map(|it| it.answer).chain([
            party.answer.weight,
            party.answer.low,
            party.answer.high,
        ]);
        assert!(all.chain(party.range()).all(|w| (0.0..=1.0).contains(&w)), "{party:?}");
        let serious = party.serious.expect("the idle obstructs");
        let decided = serious.by_prior.answer().is_some();
        assert_eq!(decided, earnest == 0.0 || idle == 0.0, "{serious:?}");
        if decided {
            assert_eq!(party.range(), [earnest, earnest], "no record can change it");
        }
    }
}

#[test]
fn a_day_is_the_same_with_quotes_and_without() {
    let record = "[[record]]\nby = \"one\"\non = 2025-05-22\nmove = \"offer\"\n";
    let plain = format!("{PAIR}{record}").replace("deadline = 11", "deadline = 2025-05-28");
    let quoted = plain.replace("2025-05-20", "\"2025-05-20\"").replace("2025-05-22", "\"2025-05-22\"");
    let quoted = quoted.replace("2025-05-28", "\"2025-05-28\"");
    assert_eq!(quoted.matches('"').count(), plain.matches('"').count() + 6);
    assert_eq!(negotiation(&plain), negotiation(&quoted));
}

/// Nobody comes to terms with the other.
const PROUD: &str = "[no_deal]\nother = { base = 2 }\n";

/// The odds of the earnest against the idle after a record, by play.
fn odds_by_play(text: &str, worlds: u64) -> f64 {
    let n = negotiation(text);
    let settings = Settings { runs: worlds, drawing: Drawing::of(&n, 1), agreeing: false };
    let party = infer(&n, &settings, Likelihoods::ByPlay, |_| ()).expect("it has a record").parties.remove(0);
    party.posterior[0].weight / party.posterior[1].weight
}

#[test]
fn by_play_is_by_hand_before_the_talks_and_where_nothing_that_is_played_matters() {
    let before = "[[record]]\nby = \"one\"\nround = [-2, 0]\nmove = \"offer\"\n";
    let later = "[[record]]\nby = \"one\"\nround = 5\nmove = \"offer\"\n[[record]]\nby = \"one\"\nround = 7\nescalates = true\n";
    for record in [before, later] {
        let by_hand = odds_after(record);
        assert_eq!(odds_by_play(&format!("{PAIR}{PROUD}{record}"), 40), by_hand, "to the bit: {record}");
    }
}

#[test]
fn whoever_breaks_talks_down_is_seldom_there_to_be_seen_later() {
    // Each escalation ends the talks with one half: after four rounds they go on with 0.95⁴ and 0.8⁴; where they are over, a report
    // of an offer is a slip.
    let record = "[[record]]\nby = \"one\"\nround = 5\nmove = \"offer\"\n";
    let text = format!("{PAIR}{PROUD}{record}").replace("deadline = 11", "deadline = 11\nper_escalation = 0.5");
    let goes_on = |escalates: f64| {
        (1.0 - escalates / 2.0) * (1.0 - escalates / 2.0) * (1.0 - escalates / 2.0) * (1.0 - escalates / 2.0)
    };
    let seen =
        |offers: f64, escalates: f64| goes_on(escalates) * (0.94 * offers + 0.01) + (1.0 - goes_on(escalates)) * 0.01;
    let expected = seen(0.75, 0.1) / seen(0.25, 0.4) / 3.0;
    let found = odds_by_play(&text, 4_000);
    // The share of runs that go on is known to 0.8 points: the odds to 2 %; four standard errors.
    assert!((found / expected - 1.0).abs() < 0.08, "{found} {expected}");
    assert!((odds_after(record) / expected - 1.0).abs() > 0.3, "by hand it is another");
}

#[test]
fn a_record_is_read_in_four_ways_where_two_choose_and_in_two_where_one_does() {
    let record = "[[record]]\nby = \"one\"\nround = 0\nmove = \"offer\"\n";
    let ways = |text: &str| {
        let n = negotiation(text);
        let settings = Settings { runs: 40, drawing: Drawing::of(&n, 1), agreeing: false };
        read_in_all_ways(&n, &settings, |_| ()).expect("it can be read")
    };
    let alone = ways(&format!("{PAIR}{record}"));
    assert_eq!(alone.iter().map(|way| way.by_the_game).collect::<Vec<_>>(), [false, false]);
    let second = "[intents.other.second]\nmoves = { offer = 1 }\n";
    let both = ways(&format!("{PAIR}{second}{record}"));
    assert_eq!(both.iter().map(|way| way.by_the_game).collect::<Vec<_>>(), [false, false, true, true]);
    let party = &both[0].inferred.parties[0];
    let [(prior, _)] = both[0].asked(party)[..] else { panic!("it has no readings") };
    assert_eq!(prior, 0.25, "as the file has it");
    // Bayes' rule from the prior of the game, with the same likelihoods.
    let [(prior, posterior)] = both[2].asked(party)[..] else { panic!("it has no readings") };
    let odds = prior / (1.0 - prior) * odds_after(record) * 3.0;
    // A few roundings.
    assert!((posterior - odds / (1.0 + odds)).abs() < 1e-12, "{prior} {posterior}");
}
