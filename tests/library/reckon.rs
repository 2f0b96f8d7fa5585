//! Reckoning against closed forms, through the shipped files.

use crate::generate::Chance;
use crate::play::traces;
use winset::Scenario;
use winset::engine::talks::{Ending, What};
use winset::games::Exact;
use winset::games::reckon::{
    Answer, Comes, Known, OfKinds, Pie, Plan, Problem, Side, Strip, Threat, Turn, answer, decimal, division, fraction,
    solve,
};
use winset::model::{ActorId, IssueId, Negotiation};

/// A shipped file, with texts replaced and numbers set.
fn scenario(name: &str, replaced: &[(&str, &str)], set: &[(&str, &str)]) -> Scenario {
    let path = format!("{}/scenarios/textbook/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let mut text = std::fs::read_to_string(&path).expect("it is shipped");
    for (old, new) in replaced {
        assert!(text.contains(old), "{name} has no {old}");
        text = text.replace(old, new);
    }
    let said = |found: Vec<winset::Finding>| winset::render(&found, name, &text);
    let mut scenario = Scenario::parse(name, text.as_bytes()).unwrap_or_else(|found| panic!("{}", said(found)));
    for (path, value) in set {
        scenario.set(path, value).unwrap_or_else(|found| panic!("{path}: {found:?}"));
    }
    scenario
}

fn known(n: &Negotiation) -> Known {
    match answer(n).unwrap_or_else(|why| panic!("{why}")) {
        Answer::Known(known) => *known,
        Answer::Kinds(_) => panic!("both know all"),
    }
}

fn of_kinds(n: &Negotiation) -> OfKinds {
    match answer(n).unwrap_or_else(|why| panic!("{why}")) {
        Answer::Kinds(it) => *it,
        Answer::Known(_) => panic!("one side is of two kinds"),
    }
}

fn plan(name: &str, replaced: &[(&str, &str)], set: &[(&str, &str)]) -> Plan<Exact> {
    known(&scenario(name, replaced, set).negotiation).plan
}

/// What the first side gets in the first offer.
fn share(name: &str, set: &[(&str, &str)]) -> f64 {
    decimal(&plan(name, &[], set).steps[0][0].pays[0])
}

fn near(is: f64, should: f64, within: f64) {
    assert!((is - should).abs() <= within, "{is} is not {should}");
}

fn part(a: i64, b: i64) -> Exact {
    Exact::new(a.into(), b.into())
}

#[test]
fn by_turns_the_first_speaker_gets_what_the_others_impatience_leaves() {
    let plan = plan("alternating-offers", &[], &[]);
    assert!(plan.is_exact);
    assert_eq!(plan.pays, [part(20, 29), part(9, 29)]);
    let answer = &plan.steps[1][0];
    assert_eq!((answer.by, &answer.pays[1], answer.threat), (1, &part(10, 29), Threat::Waiting));
    for (d1, d2) in [("0.9", "0.9"), ("0.9", "0.8"), ("0.5", "0.99"), ("1", "0.7"), ("0.7", "1")] {
        let [a, b] = [d1, d2].map(|d| d.parse::<f64>().expect("a number"));
        let set = [("talks.discount.first", d1), ("talks.discount.second", d2)];
        near(share("alternating-offers", &set), (1.0 - b) / (1.0 - a * b), 1e-12);
    }
    let set = [("talks.discount.first", "0.9"), ("talks.discount.second", "0.8")];
    let two = self::plan("alternating-offers", &[], &set);
    near(decimal(&two.steps[0][0].pays[0]), 5.0 / 7.0, 1e-12);
    near(decimal(&two.steps[1][0].pays[0]), 9.0 / 14.0, 1e-12);
}

#[test]
fn the_fear_of_a_breakdown_does_what_impatience_does() {
    near(share("breaking-down", &[]), 20.0 / 39.0, 1e-12);
    // What no deal is worth is kept by each, and the rest is divided.
    let set = [("no_deal.first.base", "0.2"), ("talks.mishap", "0.000001")];
    near(share("breaking-down", &set), 0.6, 1e-5);
}

#[test]
fn the_last_word_reaches_back_to_the_first() {
    let plan = plan("last-offer", &[], &[]);
    assert_eq!(plan.pays[0], part(416, 625));
    for (offers, should) in [("1", 1.0), ("2", 0.1), ("3", 0.91), ("10", 0.342_800_821)] {
        let set = [("talks.deadline", offers), ("talks.discount.first", "0.9"), ("talks.discount.second", "0.9")];
        near(share("last-offer", &set), should, 1e-12);
    }
    // A long way back it is as if there were no last offer, and fractions are shortened on the way.
    let set = [("talks.deadline", "4001"), ("talks.discount.first", "0.95"), ("talks.discount.second", "0.9")];
    let long = self::plan("last-offer", &[], &set);
    near(decimal(&long.pays[0]), 20.0 / 29.0, 1e-12);
    assert!(!long.is_exact);
}

#[test]
fn a_way_out_counts_only_where_it_would_be_taken() {
    for (d, out, should) in
        [("0.95", "0.55", 0.45), ("0.9", "0.3", 1.0 / 1.9), ("0.9", "0.6", 0.4), ("0.95", "0.4", 1.0 / 1.95)]
    {
        let set = [("talks.discount.seller", d), ("talks.discount.buyer", d), ("no_deal.buyer.base", out)];
        let plan = plan("outside-option", &[], &set);
        near(decimal(&plan.pays[0]), should, 1e-12);
        let leaves = should == 0.45 || should == 0.4;
        assert_eq!(plan.steps[0][0].threat == Threat::Leaving, leaves, "{out}");
    }
    // Worth more than all there is: it is taken.
    let gone = plan("outside-option", &[], &[("no_deal.buyer.base", "1.2")]);
    assert_eq!(gone.steps[0][0].comes, Comes::Leaves(1));
}

#[test]
fn a_line_at_home_is_worth_something_abroad() {
    let plan = plan("ratification-floor", &[], &[]);
    assert_eq!(plan.pays, [part(73, 100), part(27, 100)]);
    assert_eq!(plan.steps[1][0].threat, Threat::Home, "the other side offers what the council bears");
    for (line, should) in [("0.47", 1.0 / 1.9), ("0.48", 1.0 - 0.9 * 0.52), ("0.4", 1.0 / 1.9), ("0.9", 0.91)] {
        near(share("ratification-floor", &[("audiences.council.defeat_below", line)]), should, 1e-12);
    }
    // A vow of the envoy itself does the same.
    let vow = [("[intents.envoy.reckons]\n", "[intents.envoy.reckons]\nfloor = 0.7\n"), ("veto = true, ", "")];
    near(decimal(&self::plan("ratification-floor", &vow, &[]).pays[0]), 0.73, 1e-12);
}

#[test]
fn with_fixed_costs_the_cheaper_side_takes_nearly_all() {
    near(share("fixed-costs", &[]), 1.0, 1e-12);
    near(share("fixed-costs", &[("no_deal.first.cost", "0.05"), ("no_deal.second.cost", "0.02")]), 0.02, 1e-12);
    let equal = ("no_deal.second.cost", "0.02");
    near(share("fixed-costs", &[equal]), 1.0, 1e-12);
    near(share("fixed-costs", &[equal, ("talks.deadline", "1000"), ("conflict.until", "1000")]), 0.02, 1e-12);
}

#[test]
fn who_has_the_floor_more_often_has_more() {
    let plan = plan("drawn-offers", &[], &[]);
    assert_eq!(plan.pays[0], part(14, 17));
    near(decimal(&plan.steps[0][0].pays[0]), 0.858_823_529, 1e-9);
    near(decimal(&plan.steps[0][1].pays[0]), 14.0 / 17.0 * 0.9, 1e-12);
    for p in ["0", "0.2", "0.5", "1"] {
        let chance: f64 = p.parse().expect("a number");
        let other = (1.0 - chance).to_string();
        let set = [("talks.offers.first", p), ("talks.offers.second", &other)];
        let [a, b] = [0.9, 0.8];
        near(
            decimal(&self::plan("drawn-offers", &[], &set).pays[0]),
            chance * (1.0 - b) / (chance * (1.0 - b) + (1.0 - chance) * (1.0 - a)),
            1e-12,
        );
    }
}

#[test]
fn floats_and_fractions_tell_the_same() {
    for name in [
        "alternating-offers",
        "breaking-down",
        "last-offer",
        "outside-option",
        "ratification-floor",
        "fixed-costs",
        "drawn-offers",
    ] {
        let it = known(&scenario(name, &[], &[]).negotiation);
        let fast = solve::<f64>(&it.problem).expect("it is answered");
        (0..2).for_each(|i| near(fast.pays[i], decimal(&it.plan.pays[i]), 1e-9));
    }
}

#[test]
fn a_list_of_packages_can_be_too_coarse_to_settle_it() {
    let list = [
        ("cut     = \"anywhere\"", ""),
        ("                          # a list of whole hundredths would not settle it", ""),
    ];
    let set = [("talks.discount.first", "0.99"), ("talks.discount.second", "0.99")];
    for (offers, should) in [("1000", part(1, 100)), ("1001", part(99, 100))] {
        let list = [list[0], list[1], ("[talks]\n", &*format!("[talks]\ndeadline = {offers}\n"))];
        let it = known(&scenario("alternating-offers", &list, &set).negotiation);
        assert_eq!(it.plan.pays[0], should, "{offers} offers");
        let coarse = it.coarse.expect("it is said so");
        near(decimal(&coarse.cut[0]), (1.0 - winset::num::pow(-0.99, offers.parse().expect("a number"))) / 1.99, 1e-9);
        assert_eq!(&coarse.with_one_more[0] + &it.plan.pays[0], part(1, 1));
    }
    // Where waiting takes enough of it, the same list will do.
    let list = [list[0], list[1], ("[talks]\n", "[talks]\ndeadline = 5\n")];
    let set = [("talks.discount.first", "0.5"), ("talks.discount.second", "0.5")];
    assert_eq!(known(&scenario("alternating-offers", &list, &set).negotiation).coarse, None);
}

#[test]
fn issues_that_are_cut_are_given_to_whom_they_are_worth_more() {
    let two = [(
        "[talks]",
        "[issues.other]\noptions = [\"none\", \"all\"]\ncut = \"anywhere\"\nviews.first = { weight = 4, none = 0, all = 1 }\nviews.second = { weight = 1, none = 0, all = -1 }\n[talks]",
    )];
    let it = known(&scenario("alternating-offers", &two, &[]).negotiation);
    let divided = division(&it.problem, 0, &it.plan.pays[0]);
    // A share of all there is would be less than the issue that the first side wants most.
    assert!(it.plan.is_exact && divided[1].share > 0.0);
    let worth: f64 = divided[0].share * 0.01 + divided[0].between[0] as f64 * 0.01 + 4.0 * divided[1].share;
    near(worth, decimal(&it.plan.pays[0]), 1e-9);
    assert!(divided[0].share == 0.0 || divided[1].share == 1.0, "the first issue is touched last: {divided:?}");
}

fn prices(name: &str, replaced: &[(&str, &str)], set: &[(&str, &str)]) -> (f64, f64, f64, f64) {
    let it = of_kinds(&scenario(name, replaced, set).negotiation).offers.expect("it is answered");
    (decimal(&it.offers[0].asks), decimal(&it.delayed()), decimal(&it.offerer), decimal(&it.never))
}

#[test]
fn two_prices_sell_at_once_or_come_down_or_ask_twice_for_all() {
    for (low, chance, d, [first, delay, seller]) in [
        ("50", "0.3", "0.9", [50.0, 0.0, 50.0]),
        ("50", "0.6", "0.5", [75.0, 0.4, 55.0]),
        ("50", "0.6", "0.9", [100.0, 0.8, 56.0]),
        ("20", "0.5", "0.9", [100.0, 0.625, 48.75]),
    ] {
        let rest =
            format!("prior = {}\nset.\"links.worth.bonus\" = {low}", 1.0 - chance.parse::<f64>().expect("a number"));
        let replaced =
            [("prior = 0.4\nset.\"links.worth.bonus\" = 50", &*rest), ("prior = 0.6", &*format!("prior = {chance}"))];
        let set = [("talks.discount.seller", d), ("talks.discount.buyer", d)];
        let (asks, delayed, has, _) = prices("two-prices", &replaced, &set);
        near(asks, first, 1e-9);
        near(delayed, delay, 1e-9);
        near(has, seller, 1e-9);
    }
}

#[test]
fn without_a_last_price_the_delay_vanishes_in_time_and_not_in_steps() {
    for (parts, [first, delayed, delay, seller], rounds) in [
        (1, [55.550_907, 0.289_463, 0.556_13, 50.582_062], 4),
        (10, [42.352_634, 0.469_719, 0.101_528, 41.351_398], 5),
        (100, [40.239_521, 0.463_631, 0.010_082, 40.138_843], 5),
    ] {
        let n = scenario("no-last-price", &[], &[]).negotiation.in_rounds(parts);
        let it = of_kinds(&n).offers.expect("it is answered");
        near(decimal(&it.offers[0].asks), first, 1e-4);
        near(decimal(&it.delayed()), delayed, 1e-4);
        near(decimal(&it.mean_delay()) / f64::from(parts), delay, 1e-4);
        near(decimal(&it.offerer), seller, 1e-4);
        assert_eq!(it.offers.len(), rounds, "the last sale is {} steps after the first offer", rounds - 1);
        assert_eq!(it.never, fraction(0.0));
    }
}

#[test]
fn a_greater_demand_is_made_only_of_those_who_are_seldom_resolute() {
    let with = |q: f64| {
        let (first, second) = (format!("prior = {q}"), format!("prior = {}", 1.0 - q));
        prices("crisis-bargaining", &[("prior = 0.7", &*second), ("prior = 0.3", &*first)], &[])
    };
    for (q, demand, war) in [(0.3, 0.8, 0.3), (0.6, 0.6, 0.0), (0.49, 0.8, 0.49), (0.51, 0.6, 0.0)] {
        let (asks, _, _, never) = with(q);
        near(asks, demand, 1e-9);
        near(never, war, 1e-9);
    }
}

#[test]
fn a_token_tells_something_if_it_pays_the_one_kind_and_not_the_other() {
    for (cost, other, gains, others_gains, separates, pooled) in [
        ("2", "5", "4", "4", true, false),
        ("5", "10", "4", "4", false, false),
        ("1", "2", "4", "4", false, true),
        ("2", "5", "4", "6", false, true),
        ("3", "3", "3", "3", true, true),
    ] {
        let staller = format!("set.\"token.cost\" = {other}\nset.\"token.gains\" = {others_gains}");
        let set = [("token.cost", cost), ("token.gains", gains)];
        let replaced = [("set.\"token.cost\" = 5", &*staller)];
        // What a want sets holds whatever is set from outside.
        let told = of_kinds(&scenario("costly-token", &replaced, &set).negotiation).token.expect("there is one");
        assert_eq!((told.separates, told.pooled), (separates, pooled), "{cost} and {other}");
    }
}

#[test]
fn what_is_not_reckoned_is_said_in_words() {
    let third = [
        ("[issues.share]", "[issues.share]\nviews.third = { weight = 1, 0 = 1, 1 = 0 }"),
        ("second = { role", "third = { role = \"party\" }\nsecond = { role"),
        ("[intents.first", "[intents.third.reckons]\nmoves = { offer = 1 }\ntactic = \"reckons\"\n[intents.first"),
    ];
    let stays = [(
        "[intents.second.reckons]\nmoves  = { offer = 1 }\ntactic = \"reckons\"",
        "[intents.second.plays]\nmoves = { offer = 1 }\ntactic = { kind = \"polynomial\", over = 5 }",
    )];
    let event = [(
        "[talks]",
        "[state.front]\nstart = 0\nfavours = { first = 1 }\n[events.push]\nchance = 0.1\nmoves = { front = 1 }\n[talks]",
    )];
    let both = [("order       = \"alternate\"\nfirst_mover = \"first\"", "")];
    let idle = [("discount    = { first = 0.95, second = 0.9 }", "")];
    let list = [("cut     = \"anywhere\"", "")];
    let link = [("[talks]", "[links.l]\nfor = \"first\"\nwhen = { share = \"1\" }\nbonus = 1\n[talks]")];
    let thrice = [
        ("order       = \"alternate\"", "deadline = 3\norder = \"one-sided\""),
        ("[talks]", "[wants.second.one]\n[wants.second.other]\nset.\"no_deal.second.base\" = 0.1\n[talks]"),
    ];
    for (replaced, said) in [
        (&third[..], "3 negotiate"),
        (&stays, "`second` does not reckon"),
        (&event, "`front` may change things"),
        (&both, "both sides move in each round"),
        (&idle, "nothing presses either side"),
        (&list, "on a list of packages"),
        (&link, "the link `l` knows only whole options"),
        (&thrice, "and not 3"),
    ] {
        let path = format!("{}/scenarios/textbook/alternating-offers.toml", env!("CARGO_MANIFEST_DIR"));
        let mut text = std::fs::read_to_string(&path).expect("it is shipped");
        replaced.iter().for_each(|(old, new)| {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        });
        let found = match Scenario::parse("x", text.as_bytes()) {
            Ok(it) => answer(&it.negotiation).expect_err(said).to_string(),
            Err(found) => winset::render(&found, "x", &text),
        };
        assert!(found.contains("not answered by reckoning: ") && found.contains(said), "{said}: {found}");
    }
}

#[test]
fn a_side_that_reckons_plays_what_is_reckoned() {
    // The packages are hundredths: whoever offers gives the other the next one that is no worse for it.
    for (name, share) in [
        ("alternating-offers", "0.68"),
        ("last-offer", "0.66"),
        ("outside-option", "0.45"),
        ("ratification-floor", "0.73"),
        ("breaking-down", "0.51"),
    ] {
        let n = scenario(name, &[], &[]).negotiation;
        for (run, _) in traces(&n, 20) {
            assert_eq!((run.ending, run.rounds), (Ending::Settlement, 1), "{name}");
            assert_eq!(n.describe(&run.package.expect("it is a deal")), format!("share={share}"), "{name}");
        }
    }
    let gone = scenario("outside-option", &[], &[("no_deal.buyer.base", "1.2")]).negotiation;
    assert!(traces(&gone, 20).iter().all(|(run, _)| run.ending == Ending::NoDeal));
}

#[test]
fn one_party_a_round_moves_by_turns_or_by_lot_or_alone() {
    // Nobody can agree, so that every round is seen.
    let never = (
        "[intents.first.reckons]\nmoves  = { offer = 1 }\ntactic = \"reckons\"",
        "[intents.first.plays]\nmoves = { talk = 1 }\ntactic = { kind = \"polynomial\", over = 90 }",
    );
    let nor = (
        "[intents.second.reckons]\nmoves  = { offer = 1 }\ntactic = \"reckons\"",
        "[intents.second.plays]\nmoves = { talk = 1 }\ntactic = { kind = \"polynomial\", over = 90 }",
    );
    let movers = |name: &str, set: &[(&str, &str)], replaced: &[(&str, &str)]| -> Vec<Vec<(u32, usize)>> {
        let replaced = [&[never, nor], replaced].concat();
        let n = scenario(name, &replaced, set).negotiation;
        let moves = |(_, steps): (_, Vec<winset::engine::talks::Step>)| {
            steps
                .iter()
                .filter_map(|s| if let What::Makes(who, _) = s.what { Some((s.round, who.0)) } else { None })
                .collect()
        };
        traces(&n, 50).into_iter().map(moves).collect()
    };
    for run in movers("alternating-offers", &[], &[]) {
        assert!(run.len() == 52 && run.iter().all(|(round, who)| *who == (*round as usize + 1) % 2), "{run:?}");
    }
    let alone = [("\"alternate\"", "\"one-sided\""), ("first_mover = \"first\"", "first_mover = \"second\"")];
    assert!(
        movers("alternating-offers", &[], &alone)
            .iter()
            .all(|run| run.iter().all(|(_, who)| *who == 1) && run.len() == 52)
    );
    let drawn = movers("drawn-offers", &[], &[]);
    let (all, first) = (drawn.iter().flatten().count(), drawn.iter().flatten().filter(|(_, who)| *who == 0).count());
    // Of 2 600 draws with 0.7 the standard error is 0.009.
    assert!(all == 2_600 && (first as f64 / 2_600.0 - 0.7).abs() < 0.036, "{first} of {all}");
}

/// A problem with a bent frontier and whatever presses.
fn any_problem(chance: &mut Chance) -> Problem {
    let mut share = |n: usize| chance.below(n) as f64 / n as f64;
    // A further point costs the second side more than the one before.
    let (mut rate, mut points) = (0.2 + share(10), vec![[0.0, 0.0]]);
    for _ in 0..=(share(4) * 4.0) as usize {
        let [x, y] = points[points.len() - 1];
        let by = 1.0 + share(5) * 5.0;
        points.push([x + by, y - rate * by]);
        rate += share(10);
    }
    let top = -points[points.len() - 1][1];
    let points: Vec<[f64; 2]> = points.into_iter().map(|[x, y]| [x, y + top]).collect();
    let most = [points[points.len() - 1][0], points[0][1]];
    let breakdown = if share(3) < 0.4 { 0.0 } else { share(20) * 0.2 };
    let mut side = |i: usize| Side {
        actor: ActorId(i),
        name: String::new(),
        discount: 0.8 + 0.19 * share(20),
        cost: 0.0,
        no_deal: most[i] * share(10) * 0.45,
        waits: 0.0,
        leaves: share(3) < 0.3,
        floor: None,
    };
    let sides = [side(0), side(1)];
    let turn = if share(2) < 0.5 { Turn::Alternate((share(2) * 2.0) as usize) } else { Turn::Drawn(share(11)) };
    let strips = vec![Strip { issue: IssueId(0), points }];
    Problem { sides, pie: Pie::Cut { strips, beside: [0.0; 2], bearing: Vec::new() }, turn, steps: None, breakdown }
}

#[test]
fn without_a_last_offer_it_is_as_if_the_last_were_far_away() {
    let mut answered = 0;
    for case in 0..400_u64 {
        let problem = any_problem(&mut Chance(case ^ 0x5EC0));
        let far = Problem { steps: Some(2_000), ..problem.clone() };
        let (Ok(without), Ok(with)) = (solve::<f64>(&problem), solve::<f64>(&far)) else { continue };
        let exact = solve::<Exact>(&problem).expect("floats found it");
        for i in 0..2 {
            let span = 1.0 + without.pays[i].abs();
            near(without.pays[i] / span, with.pays[i] / span, 1e-9);
            near(without.pays[i] / span, decimal(&exact.pays[i]) / span, 1e-9);
        }
        answered += 1;
    }
    assert!(answered > 360, "only {answered} were answered");
}
