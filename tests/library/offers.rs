//! Alternating offers by rule: traces worked out by hand, and a plain loop over all packages that must say the same.

use winset::ask::{OneWorld, tactics};
use winset::engine::Drawing;
use winset::model::Negotiation;
use winset::offers::{
    Agreed, End, Field, Ground, OUT, Offer, Rules, Session, Table, Tactic, Tournament, repeat, sessions_of,
};
use winset::scenario::Scenario;
use winset::space::Compiled;

/// One issue, each option with what it is worth to each party, and what no deal is worth to it.
fn one_issue(options: &[&[f64]], no_deal: &[f64]) -> Negotiation {
    one_issue_and("", options, no_deal)
}

/// The same in a file that holds more.
fn one_issue_and(more: &str, options: &[&[f64]], no_deal: &[f64]) -> Negotiation {
    let names = ["a", "b", "c"];
    let parties = &names[..no_deal.len()];
    let ids: Vec<String> = (0..options.len()).map(|o| format!("\"o{o}\"")).collect();
    let mut text = String::from("title = \"t\"\n[actors]\n");
    parties.iter().for_each(|id| text += &format!("{id} = {{ role = \"party\" }}\n"));
    text += &format!("[issues.cake]\noptions = [{}]\n", ids.join(", "));
    for (seat, id) in parties.iter().enumerate() {
        let values: Vec<String> = options.iter().map(|worth| format!("{:?}", worth[seat])).collect();
        text += &format!("views.{id} = {{ weight = 1, values = [{}] }}\n", values.join(", "));
    }
    parties.iter().zip(no_deal).for_each(|(id, base)| text += &format!("[no_deal.{id}]\nbase = {base:?}\n"));
    text += more;
    Scenario::parse("t", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}\n{text}")).negotiation
}

fn ground(n: &Negotiation) -> Ground {
    let drawing = Drawing::of(n, 1);
    let compiled = Compiled::of(n, &drawing.accounts.variants).expect("it is small");
    Ground::of(&compiled, &OneWorld::of(n, &drawing, None).world)
}

fn by(words: &str) -> Vec<Tactic> {
    let words: Vec<String> = words.split(',').map(str::to_owned).collect();
    let ids: Vec<String> = (0..words.len()).map(|i| i.to_string()).collect();
    tactics(&words, &ids.iter().map(String::as_str).collect::<Vec<_>>()).expect("they are known")
}

fn play(ground: &Ground, words: &str, rounds: u32) -> Session {
    Table::of(ground, &by(words), Rules::of(rounds), 0).session()
}

/// Round, seat and package of every offer.
fn offered(session: &Session) -> Vec<(u32, usize, u32)> {
    session.offers.iter().map(|o: &Offer| (o.round, o.seat, o.package)).collect()
}

fn agreed(package: u32, round: u32, by: usize, last: usize) -> End {
    End::Agreed(Agreed { package, round, by, last })
}

/// Five ways to cut a cake: what is good for one is bad for the other.
fn cake() -> Ground {
    cake_and("")
}

fn cake_and(more: &str) -> Ground {
    let options: [&[f64]; 5] = [&[0.0, 1.0], &[0.3, 0.9], &[0.5, 0.6], &[0.8, 0.35], &[1.0, 0.0]];
    ground(&one_issue_and(more, &options, &[0.1, 0.0]))
}

#[test]
fn a_session_by_the_clock_goes_as_worked_out_by_hand() {
    // Four rounds: t = 0.2, 0.4, 0.6, 0.8. a asks for 0.9 (1 − t²) + 0.1 − 0.0001 = 0.9639, 0.8559, 0.6759, 0.4239;
    // b for 1 − t − 0.0001 = 0.7999, 0.5999, 0.3999, 0.1999. In the last round a has 0.5 before it and takes it.
    let session = play(&cake(), "boulware=2,linear", 4);
    assert_eq!(offered(&session), [(0, 0, 4), (0, 1, 1), (1, 0, 4), (1, 1, 2), (2, 0, 3), (2, 1, 2)]);
    assert_eq!(session.end, agreed(2, 3, 1, 0));
    let asked: Vec<f64> = session.offers.iter().map(|o| o.threshold / 1e6).collect();
    for (asked, by_hand) in asked.iter().zip([0.9639, 0.7999, 0.8559, 0.5999, 0.6759, 0.3999]) {
        assert!((asked - by_hand).abs() < 1e-9, "{asked} beside {by_hand}");
    }
    assert_eq!(cake().utility(Some(2)), [500_000, 600_000]);
    assert_eq!(cake().utility(None), [100_000, 0], "without a deal");
}

#[test]
fn what_time_takes_is_said_of_the_end_and_changes_no_offer() {
    let talks = |deadline: &str| {
        let mut text = format!("[talks]\nper = \"year\"\n{deadline}discount = {{ a = 0.25 }}\n");
        for party in ["a", "b"] {
            let tactic = "{ kind = \"polynomial\", over = 1 }";
            text += &format!("[intents.{party}.deals]\nmoves = {{ offer = 1 }}\ntactic = {tactic}\n");
        }
        text
    };
    // Half a unit of time leaves a half of what a is paid at the end, all of what b is.
    let discounted = cake_and(&talks("deadline = 0.5\n"));
    let (rules, plain) = (Rules::of(4), cake());
    // Sums of many sessions are kept in steps of 2⁻²⁰.
    let close = |off: f64, paid: Vec<f64>, by_hand: [f64; 2]| {
        assert!(paid.iter().zip(by_hand).all(|(paid, by_hand)| (paid - by_hand).abs() < off), "{paid:?}");
    };
    let near = |paid: Vec<f64>, by_hand: [f64; 2]| close(1e-12, paid, by_hand);
    assert!(discounted.is_discounted() && !plain.is_discounted());
    assert!(!cake_and(&talks("")).is_discounted(), "without a deadline a session has no length");
    let session = play(&discounted, "boulware=2,linear", 4);
    assert_eq!(session, play(&plain, "boulware=2,linear", 4));
    // Agreed in round 3, at t = 0.8: 0.5 · 0.5^0.8 = 0.5^1.8.
    near(discounted.paid(session.end, rules), [0.287_174_588_749_258_7, 0.6]);
    near(plain.paid(session.end, rules), [0.5, 0.6]);
    // No deal at t = 1; where somebody has nothing to offer in the first round, at t = 0.2.
    near(discounted.paid(End::Deadline, rules), [0.05, 0.0]);
    near(discounted.paid(End::Left(1), rules), [0.087_055_056_329_612_4, 0.0]);
    let many = repeat(&discounted, &by("hardliner,hardliner"), rules, (1, 30), Some(2)).expect("it runs");
    let means = |sums: &[winset::num::Moments]| sums.iter().filter_map(winset::num::Moments::mean).collect::<Vec<_>>();
    close(1e-6, means(&many.paid), [0.05, 0.0]);
    close(1e-6, means(&many.utility), [0.1, 0.0]);
}

#[test]
fn whoever_begins_makes_the_first_offer() {
    // b begins: 0.9 for itself is 0.3 for a; a answers with all; and so on. In round 3 b has 0.35 before it, above 0.1999.
    let session = Table::of(&cake(), &by("boulware=2,linear"), Rules::of(4), 1).session();
    assert_eq!(offered(&session), [(0, 1, 1), (0, 0, 4), (1, 1, 2), (1, 0, 4), (2, 1, 2), (2, 0, 3)]);
    assert_eq!(session.end, agreed(3, 3, 0, 1));
}

#[test]
fn tit_for_tat_answers_what_it_hears() {
    // b's offers are worth 0.3, 0.5, 0.5 to a: in round 2 a asks for 1 · 0.3/0.5 = 0.6, in round 3 for 0.6 · 0.5/0.5.
    let relative = play(&cake(), "tit-for-tat,linear", 4);
    let all = [(0, 0, 4), (0, 1, 1), (1, 0, 4), (1, 1, 2), (2, 0, 3), (2, 1, 2), (3, 0, 3)];
    assert_eq!(offered(&relative), all);
    assert_eq!(relative.end, agreed(3, 3, 0, 1));
    // Over two offers: nothing is known until round 3, then 1 · 0.3/0.5.
    let averaged = play(&cake(), "averaged-tit-for-tat=2,linear", 4);
    let all = [(0, 0, 4), (0, 1, 1), (1, 0, 4), (1, 1, 2), (2, 0, 4), (2, 1, 2), (3, 0, 3)];
    assert_eq!(offered(&averaged), all);
    assert!((averaged.offers[6].threshold - 600_000.0).abs() < 1e-6);
}

#[test]
fn who_never_concedes_meets_who_never_concedes_in_nothing() {
    let session = play(&cake(), "hardliner,hardliner", 3);
    assert_eq!(session.end, End::Deadline);
    assert_eq!(offered(&session), [(0, 0, 4), (0, 1, 0), (1, 0, 4), (1, 1, 0), (2, 0, 4), (2, 1, 0)]);
    // Tit-for-tat has nothing to answer either.
    assert_eq!(play(&cake(), "tit-for-tat,hardliner", 3).end, End::Deadline);
}

#[test]
fn a_trade_off_gives_the_other_the_best_that_is_good_enough() {
    // Of four rounds the first: both ask for 0.7999. The lowest of a's is 0.85, which leaves b 0.2; 0.9 leaves it 0.8.
    let n = one_issue(&[&[1.0, 0.0], &[0.9, 0.8], &[0.85, 0.2], &[0.0, 1.0]], &[0.0, 0.0]);
    let ground = ground(&n);
    assert_eq!(play(&ground, "linear,linear", 4).offers[0].package, 2);
    let session = play(&ground, "trade-off,linear", 4);
    assert_eq!((session.offers[0].package, session.end), (1, agreed(1, 0, 0, 1)));
}

#[test]
fn the_best_response_waits_for_the_last_turn() {
    // b asks for 0.1999 in the last round: of what gives it that, 0.8 is most for a.
    let first = play(&cake(), "best-response,linear", 4);
    assert_eq!(first.end, agreed(3, 3, 0, 1));
    assert!(first.offers.iter().all(|o| o.seat == 1 || o.package == if o.round < 3 { 4 } else { 3 }));
    // As the second it must speak in round 2, for a answers in round 3, when it asks for 0.4239.
    let second = play(&cake(), "boulware=2,best-response", 4);
    assert_eq!(second.end, agreed(2, 3, 1, 0));
    // Who makes the last offer gets all, and one who knows that has nothing to wait for.
    assert_eq!(play(&cake(), "best-response,best-response", 4).end, agreed(4, 0, 0, 1));
}

#[test]
fn an_offer_stands_until_somebody_refuses_it() {
    // Three rounds, all ask for 0.7499, 0.4999, 0.2499. In round 1 b accepts a's offer and c, to whom it is worth 0.4,
    // refuses; it never comes to more.
    let worth =
        |c: f64| ground(&one_issue(&[&[1.0, 0.0, 0.3], &[0.3, 1.0, 0.0], &[0.0, 0.3, 1.0], &[0.6, 0.5, c]], &[0.0; 3]));
    let refused = play(&worth(0.4), "linear,linear,linear", 3);
    assert_eq!(offered(&refused), [(0, 0, 0), (0, 1, 1), (0, 2, 2), (1, 0, 3), (1, 2, 2), (2, 0, 1), (2, 2, 0)]);
    assert_eq!(refused.end, End::Deadline);
    let accepted = play(&worth(0.6), "linear,linear,linear", 3);
    assert_eq!((offered(&accepted).len(), accepted.end), (4, agreed(3, 1, 0, 2)));
}

#[test]
fn a_package_a_little_below_is_offered_where_it_is_nearer_and_never_accepted_for_it() {
    // Two rounds, t = 1/3: a asks for 2/3 − 0.0001 = 0.6665666…; 0.666566 lies 0.67 millionths below.
    let with = |above: f64, b: f64| {
        let n = one_issue(&[&[0.0, 1.0], &[0.666_566, b], &[above, 0.1], &[1.0, 0.0]], &[0.0, 0.0]);
        play(&ground(&n), "linear,linear", 2)
    };
    assert_eq!(with(0.667, 0.2).offers[0].package, 1);
    assert_eq!(with(0.666_567, 0.2).offers[0].package, 2, "the one above is nearer");
    // b begins with 1 for itself; a refuses what is worth 0.666566 as it would any below its threshold.
    let n = one_issue(&[&[0.0, 0.0], &[0.666_566, 1.0], &[1.0, 0.1]], &[0.0, 0.0]);
    let session = Table::of(&ground(&n), &by("linear,hardliner"), Rules::of(2), 1).session();
    assert_eq!(offered(&session)[..2], [(0, 1, 1), (0, 0, 1)], "a refuses it and offers the same");
}

#[test]
fn who_finds_no_package_better_than_no_deal_has_nothing_to_offer() {
    let n = one_issue(&[&[0.0, 1.0], &[1.0, 0.0]], &[0.0, 2.0]);
    let session = play(&ground(&n), "linear,linear", 5);
    assert_eq!((offered(&session), session.end), (vec![(0, 0, 1)], End::Left(1)));
    for tactic in ["hardliner", "tit-for-tat", "trade-off", "best-response"] {
        assert_eq!(play(&ground(&n), &format!("{tactic},{tactic}"), 5).end, End::Left(1), "{tactic}");
    }
}

#[test]
fn of_equals_the_first_is_offered_and_with_lots_each_as_often() {
    // Two packages are worth 1 to a, who begins or answers; b takes either in the end.
    let n = one_issue(&[&[0.0, 1.0], &[1.0, 0.6], &[1.0, 0.6], &[0.0, 0.0]], &[0.0, 0.5]);
    let ground = ground(&n);
    assert_eq!(play(&ground, "hardliner,conceder", 10).end.agreed().map(|a| a.package), Some(1));
    let many = repeat(&ground, &by("hardliner,conceder"), Rules::of(10), (1, 4_000), Some(1)).expect("it runs");
    assert_eq!((many.sessions, many.agreed, many.packages.len()), (4_000, 4_000, 2));
    // Four standard errors of half of 4 000: 4 · √(4 000 / 4).
    assert!(many.packages.values().all(|times| times.abs_diff(2_000) < 127), "{:?}", many.packages);
    let again = repeat(&ground, &by("hardliner,conceder"), Rules::of(10), (1, 4_000), Some(7)).expect("it runs");
    assert_eq!(many, again, "on seven threads");
    let other = repeat(&ground, &by("hardliner,conceder"), Rules::of(10), (2, 4_000), Some(1)).expect("it runs");
    assert_ne!(many.packages, other.packages, "under another seed");
}

#[test]
fn a_tournament_seats_everybody_everywhere() {
    let with = |a: f64, b: f64| ground(&one_issue(&[&[0.1, 1.0], &[a, b], &[1.0, 0.1], &[0.0, 0.0]], &[0.0, 0.0]));
    let (uneven, even) = (with(0.3, 0.8), with(0.6, 0.6));
    let fields = [Field { name: "uneven".into(), ground: &uneven }, Field { name: "even".into(), ground: &even }];
    let tactics = [Tactic::Hardliner, Tactic::Timed(0.25)];
    let rules = [Rules::of(9); 2];
    let held = |threads| Tournament::of(&fields, &tactics, &rules, None, Some(threads)).expect("it runs");
    let t = held(1);
    assert_eq!(t, held(2), "on two threads");
    // 2² seatings, each with both beginning: 8 sessions of two seats, of which each tactic has half.
    assert_eq!(sessions_of(2, 2, 1), 8);
    assert!(t.files.iter().flatten().all(|score| score.sessions == 8));
    // Hardliners meet in nothing; against one the other gives in: 0.1 is more than the 0.03 that it asks for in the end.
    assert_eq!(t.against(0, 0).score.agreed, 0);
    assert!(t.against(0, 1).gain.mean > t.against(1, 0).gain.mean);
    let (low, high) = t.of_tactic(0).gain.interval.expect("there are two files");
    assert!(low <= t.of_tactic(0).gain.mean && t.of_tactic(0).gain.mean <= high);
}

/// Issues with values made by a small generator of its own.
fn generated(seed: u64, parties: usize) -> Negotiation {
    let mut state = seed;
    let mut next = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let names = ["a", "b", "c"];
    let mut text = String::from("title = \"t\"\n[actors]\n");
    names[..parties].iter().for_each(|id| text += &format!("{id} = {{ role = \"party\" }}\n"));
    for k in 0..3 {
        let options = 2 + next(4) as usize;
        let ids: Vec<String> = (0..options).map(|o| format!("\"o{o}\"")).collect();
        text += &format!("[issues.k{k}]\noptions = [{}]\n", ids.join(", "));
        for id in &names[..parties] {
            let values: Vec<String> = (0..options).map(|_| format!("{:.1}", next(11) as f64 / 10.0)).collect();
            text += &format!("views.{id} = {{ weight = 0.{}, values = [{}] }}\n", 1 + next(5), values.join(", "));
        }
    }
    names[..parties].iter().for_each(|id| text += &format!("[no_deal.{id}]\nbase = 0.{}\n", next(4)));
    Scenario::parse("t", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}\n{text}")).negotiation
}

/// The rules as they are stated, looking at all packages in every turn; in points.
fn plainly(ground: &Ground, packages: u32, exponents: &[f64], rounds: u32) -> (Vec<(u32, usize, u32)>, Option<u32>) {
    let worth = |seat: usize, p: u32| match ground.sides[seat].worth(p) {
        OUT => f64::NEG_INFINITY,
        units => ground.scale.points(i64::from(units)),
    };
    let (mut offers, mut standing) = (Vec::new(), None::<(u32, usize)>);
    for round in 0..rounds {
        let t = f64::from(round + 1) / f64::from(rounds + 1);
        for (seat, e) in exponents.iter().enumerate() {
            let all = || (0..packages).map(|p| worth(seat, p));
            let no_deal = ground.scale.points(ground.sides[seat].no_deal);
            let (min, hi) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
            let lo = min.max(no_deal);
            if hi < no_deal {
                return (offers, None);
            }
            let asked = ((hi - lo) * (1.0 - winset::num::pow(t, *e)) + lo - 1e-4).clamp(lo, hi);
            if let Some((package, accepted)) = standing.filter(|(p, _)| worth(seat, *p) >= asked) {
                if accepted + 2 == exponents.len() {
                    return (offers, Some(package));
                }
                standing = Some((package, accepted + 1));
                continue;
            }
            let distance = |p: &u32| (worth(seat, *p) - asked).abs();
            let good = (0..packages).filter(|p| worth(seat, *p) >= no_deal && worth(seat, *p) >= asked - 1e-6);
            let nearest = good.min_by(|x, y| {
                let below = |p: &u32| worth(seat, *p) < asked;
                distance(x).total_cmp(&distance(y)).then(below(x).cmp(&below(y))).then(x.cmp(y))
            });
            let package = nearest.expect("the best is good enough");
            offers.push((round, seat, package));
            standing = Some((package, 0));
        }
    }
    (offers, None)
}

#[test]
fn a_pointer_that_walks_down_says_what_a_loop_over_all_packages_says() {
    let (mut agreed, mut refused) = (0, 0);
    for seed in 0..300 {
        let parties = if seed % 3 == 0 { 3 } else { 2 };
        let n = generated(seed, parties);
        let ground = ground(&n);
        let packages = u32::try_from(n.space.size()).expect("it is small");
        let exponents = &[[4.0, 1.0, 0.25], [0.25, 4.0, 1.0], [1.0, 1.0, 2.0]][seed as usize % 3][..parties];
        let tactics: Vec<Tactic> = exponents.iter().map(|e| Tactic::Timed(*e)).collect();
        let session = Table::of(&ground, &tactics, Rules::of(40), 0).session();
        let (offers, package) = plainly(&ground, packages, exponents, 40);
        assert_eq!(offered(&session), offers, "seed {seed}");
        assert_eq!(session.end.agreed().map(|a| a.package), package, "seed {seed}");
        *if package.is_some() { &mut agreed } else { &mut refused } += 1;
    }
    assert!(agreed > 30 && refused > 5, "both happen: {agreed} and {refused}");
}

#[test]
fn words_of_tactics_are_read_and_written_alike() {
    for words in ["boulware", "boulware=10", "conceder=0.5", "tit-for-tat=2", "averaged-tit-for-tat", "trade-off=3"] {
        assert_eq!(by(words)[0].to_string(), words);
    }
    let wrong = |text: &str| tactics(&[text.to_owned()], &["a"]).expect_err(text)[0].message.clone();
    assert_eq!(wrong("boulwar"), "unknown tactic `boulwar`");
    assert_eq!(wrong("boulware=0.5"), "`boulware=0.5`: the exponent of `boulware` is a number above 1 and below 1000");
    assert_eq!(wrong("conceder=NaN"), "`conceder=NaN`: the exponent of `conceder` is a number above 0 and below 1");
    assert_eq!(
        wrong("tit-for-tat=0"),
        "`tit-for-tat=0`: `tit-for-tat` reaches back a whole number of offers, from 1 to 1000"
    );
    assert_eq!(wrong("hardliner=1"), "`hardliner=1`: `hardliner` takes no number");
    let two = tactics(&["linear".into(), "linear".into()], &["a", "b", "c"]).expect_err("one lacks");
    assert_eq!(two[0].message, "2\u{a0}tactics for 3\u{a0}parties");
}
