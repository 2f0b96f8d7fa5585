//! Every textbook scenario gives the answer that its header promises.
#![cfg(feature = "cli")]

use crate::support::{names, solve_text, solve_textbook, textbook};
use winset::model::Law;
use winset::scenario::{Scenario, render};

const SOLUTIONS: [&str; 4] = ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"];
const LAND: [&str; 3] = ["territory", "arms", "church"];

#[test]
fn every_textbook_scenario_reads_and_says_what_it_teaches_and_answers() {
    for name in names() {
        let text = textbook(&name);
        let read = Scenario::parse(&name, text.as_bytes());
        assert!(read.is_ok(), "{}", render(&read.expect_err("it did not read"), &name, &text));
        for promise in ["# What it teaches:", "# Sources:", "# Quoted:", "Derived:", "Assumed:", "# Known answer"] {
            assert!(text.contains(promise), "{name} does not say `{promise}`");
        }
    }
}

#[test]
fn an_even_split_is_bearable_for_both_villages_as_often_as_two_normal_lines_allow() {
    let read = Scenario::parse("split-the-pie", textbook("split-the-pie").as_bytes()).expect("it reads");
    let inputs = &read.negotiation.inputs;
    let bearable = |village: &str| {
        let line = inputs.find(&format!("audiences.{village}.defeat_below")).expect("the line is written");
        match &inputs.get(line).law {
            Law::Own(quantity) => quantity.cdf(0.5),
            Law::Shared { .. } => panic!("the line has a draw of its own"),
        }
    };
    let (north, south) = (bearable("north_village"), bearable("south_village"));
    // Φ(1)² and 2Φ(1)(1 − Φ(1)); cutting the normal at 6 standard deviations moves either by some 10^-9.
    assert!((north * south - 0.707_860_981_737).abs() < 1e-8);
    assert!((north * (1.0 - south) + south * (1.0 - north) - 0.266_967_528_663).abs() < 1e-8);
}

#[test]
fn a_pie_is_split_where_each_keeps_its_no_deal_value_and_half_of_the_rest() {
    let answer = solve_textbook("split-the-pie");
    for solution in ["nash", "kalai_smorodinsky", "egalitarian"] {
        let point = answer.only(solution);
        assert_eq!(point.option("share"), "60", "{solution}");
        point.is_worth("north", 0.6);
        point.is_worth("south", 0.4);
    }
    assert_eq!(answer.count("all"), 101);
    assert_eq!(answer.count("rational"), 81);
    assert_eq!((answer.win_set("north"), answer.win_set("south")), (61, 61));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (21, 21));
    assert_eq!(answer.frontier_size(), 101);
    // The even split leaves each village 0.1 above its line, of a span of 1.
    assert!((answer.margin() - 0.1).abs() < 1e-9, "{}", answer.margin());
}

#[test]
fn log_rolling_gives_each_side_what_it_cares_about() {
    let answer = solve_textbook("log-rolling");
    for solution in SOLUTIONS {
        let point = answer.only(solution);
        assert_eq!(point.options(&["climate", "farming"]), "100/0", "{solution}");
        point.is_worth("greens", 0.8);
        point.is_worth("farmers", 0.8);
    }
    assert_eq!(answer.count("all"), 10_201);
    assert_eq!(answer.frontier_size(), 201);
}

#[test]
fn two_deals_that_fail_alone_are_made_together() {
    let answer = solve_textbook("linkage");
    for solution in SOLUTIONS {
        let point = answer.only(solution);
        assert_eq!(point.options(&["fishing", "transit"]), "open/open", "{solution}");
        point.is_worth("coast", 3.0);
        point.is_worth("island", 1.0);
    }
    assert_eq!((answer.count("all"), answer.count("allowed"), answer.count("rational")), (4, 3, 1));
    assert_eq!(answer.frontier_size(), 3);
}

#[test]
fn on_a_curved_frontier_the_solutions_part_ways() {
    let answer = solve_textbook("concave-frontier");
    let expected = [("nash", "65"), ("kalai_smorodinsky", "60"), ("egalitarian", "60"), ("utilitarian", "75")];
    for (solution, part) in expected {
        assert_eq!(answer.only(solution).option("profit"), part, "{solution}");
    }
    answer.only("nash").is_worth("second", 0.591_608);
    assert_eq!((answer.count("rational"), answer.frontier_size()), (21, 21));
}

#[test]
fn of_27_packages_five_defeat_neither_side() {
    let answer = solve_textbook("packages-27");
    assert_eq!((answer.count("all"), answer.count("rational")), (27, 6));
    assert_eq!((answer.win_set("north"), answer.win_set("south")), (18, 14));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (5, 5));
    assert_eq!(answer.frontier_size(), 19);
    let expected = [
        ("nash", "frozen/free/tolerated", [4.0, 1.0]),
        ("kalai_smorodinsky", "frozen/free/reinstated", [5.0, -1.0]),
        ("egalitarian", "frozen/free/reinstated", [5.0, -1.0]),
        ("utilitarian", "frozen/word/tolerated", [10.0, -4.0]),
    ];
    for (solution, package, [north, south]) in expected {
        let point = answer.only(solution);
        assert_eq!(point.options(&LAND), package, "{solution}");
        point.is_worth("north", north);
        point.is_worth("south", south);
    }
    // Frozen, free, reinstated: 3 points above the line on both sides, of spans of 29 and 34.
    assert!((answer.margin() - 3.0 / 34.0).abs() < 1e-9, "{}", answer.margin());
}

#[test]
fn a_sentence_that_nobody_says_at_home_turns_one_package_back_into_a_defeat() {
    let unsaid = textbook("packages-27").replace("on   = false", "on   = true");
    let answer = solve_text("packages-27-unsaid", &unsaid);
    assert_eq!(answer.win_set("north"), 17);
    assert_eq!(answer.count("no_defeat"), 4);
    assert_eq!(answer.frontier_size(), 19);
}

#[test]
fn a_house_is_sold_at_the_midpoint_of_the_zone_of_agreement() {
    let answer = solve_textbook("buyer-seller");
    for solution in ["nash", "kalai_smorodinsky", "egalitarian"] {
        assert_eq!(answer.only(solution).option("price"), "260", "{solution}");
    }
    assert_eq!(answer.count("rational"), 41);
    assert_eq!((answer.win_set("seller"), answer.win_set("buyer")), (51, 71));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (21, 21));
}

#[test]
fn what_the_leaders_of_a_strike_would_sign_is_a_defeat_for_the_drivers() {
    let answer = solve_textbook("labour-dispute");
    // No deal is worth −20 − 12 · 1.5 to the union, whose fund runs dry, and −10 − 12 · 2 to the firm: gains of 50 and 51
    // at the old pay, of 60 and 41 with one per cent, of which the shares are the more alike.
    for (solution, pay) in [("nash", "0"), ("kalai_smorodinsky", "1"), ("egalitarian", "0")] {
        assert_eq!(answer.only(solution).options(&["pay", "roster", "jobs"]), format!("{pay}/mixed/two"), "{solution}");
    }
    assert_eq!((answer.count("all"), answer.count("rational")), (63, 45));
    assert_eq!((answer.win_set("union"), answer.win_set("firm")), (32, 26));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (2, 2));
    let cases = [
        (r#"pay = "1", roster = "mixed", jobs = "two""#, (0, 1)),
        (r#"pay = "3", roster = "mixed", jobs = "two""#, (1, 1)),
        (r#"pay = "3", roster = "mixed", jobs = "none""#, (1, 1)),
        (r#"pay = "1", roster = "firm", jobs = "none""#, (0, 1)),
        (r#"pay = "2", roster = "mixed", jobs = "none""#, (0, 1)),
        (r#"pay = "6", roster = "agreed", jobs = "five""#, (1, 0)),
    ];
    // With one contract left the packages that place the drivers' line are gone, so the line is given in points.
    let placed = textbook("labour-dispute").replace(r#"{ bears = "arbitration", rejects = "last-offer" }"#, "-12");
    for (i, (terms, borne)) in cases.into_iter().enumerate() {
        let answer = only(&format!("labour-dispute-{i}"), &placed, terms);
        assert_eq!((answer.win_set("union"), answer.win_set("firm")), borne, "{terms}");
    }
}

#[test]
fn what_was_signed_at_camp_david_defeats_neither_and_each_opening_defeats_the_other() {
    let answer = solve_textbook("camp-david-1978");
    assert_eq!((answer.count("all"), answer.count("allowed"), answer.count("rational")), (972, 450, 313));
    assert_eq!((answer.win_set("egypt"), answer.win_set("israel")), (61, 259));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (12, 12));
    let signed =
        r#"settlements = "removed", airfields = "returned", zones = "zones", peace = "full", west_bank = "framework""#;
    let israels = r#"settlements = "stay", airfields = "stay", zones = "all", peace = "full", west_bank = "framework""#;
    let egypts =
        r#"settlements = "removed", airfields = "returned", zones = "zones", peace = "truce", west_bank = "linked""#;
    let cases = [("signed", signed, (1, 1)), ("israels", israels, (0, 1)), ("egypts", egypts, (1, 0))];
    for (name, terms, borne) in cases {
        let terms = format!(r#"sinai = "full", help = "aid", {terms}"#);
        let answer = only(&format!("camp-david-{name}"), &without_anchors("camp-david-1978"), &terms);
        assert_eq!((answer.win_set("egypt"), answer.win_set("israel")), borne, "{name}");
        assert_eq!(answer.count("rational"), u64::from(name != "egypts"), "{name}");
        assert_eq!(answer.count("rational_no_defeat"), u64::from(name == "signed"), "{name}");
    }
}

#[test]
fn no_package_without_a_defeat_leaves_settlements_in_the_sinai_or_ties_peace_to_the_west_bank() {
    for (name, terms) in [("settlements", r#"settlements = "stay""#), ("linked", r#"west_bank = "linked""#)] {
        let answer = only(&format!("camp-david-all-{name}"), &without_anchors("camp-david-1978"), terms);
        assert_eq!(answer.count("no_defeat"), 0, "{name}");
    }
}

#[test]
fn what_was_signed_at_camp_david_lies_furthest_from_a_defeat() {
    // Beside it the Egyptians have 20.5 points above their line of a span of 149, the Knesset 20 of 167.5.
    let margin = solve_textbook("camp-david-1978").margin();
    assert!((margin - 20.0 / 167.5).abs() < 1e-9, "{margin}");
}

#[test]
fn what_was_initialled_at_dayton_defeats_no_party_and_every_opening_defeats_one() {
    let answer = solve_textbook("dayton-1995");
    assert_eq!((answer.count("all"), answer.count("allowed"), answer.count("rational")), (7776, 3888, 721));
    assert_eq!((answer.win_set("bosnia"), answer.win_set("croatia"), answer.win_set("serbia")), (1224, 2556, 1242));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (33, 33));
    // Sarajevo's home has 10.4 points above its line, of a span of 239.6.
    assert!((answer.margin() - 10.4 / 239.6).abs() < 1e-9, "{}", answer.margin());
    let road = r#"map = "road", sanctions = "suspended", force = "ifor", indicted = "free", brcko = "serb""#;
    let signed = r#"map = "road", sarajevo = "united", brcko = "arbitration", state = "entities",
        slavonia = "transition", sanctions = "suspended", force = "arms", indicted = "barred""#;
    let contact = format!(r#"{road}, sarajevo = "district", state = "entities""#);
    let bosnias = r#"map = "more", sarajevo = "united", brcko = "federation", state = "central",
        slavonia = "transition", sanctions = "stay", force = "arms", indicted = "arrested""#;
    let cases = [
        ("signed", signed.to_owned(), (1, 1, 1)),
        ("contact", format!(r#"{contact}, slavonia = "held""#), (0, 0, 1)),
        ("croatias", format!(r#"{contact}, slavonia = "at-once""#), (0, 1, 1)),
        ("serbias", format!(r#"{contact}, slavonia = "held""#).replace("road", "even"), (0, 0, 1)),
        ("bosnias", bosnias.to_owned(), (1, 1, 0)),
    ];
    for (name, terms, borne) in cases {
        let answer = only(&format!("dayton-{name}"), &without_packages("dayton-1995"), &terms.replace('\n', ""));
        let found = ["bosnia", "croatia", "serbia"].map(|party| answer.win_set(party));
        assert_eq!(found, [borne.0, borne.1, borne.2], "{name}");
    }
}

#[test]
fn of_the_packages_that_would_do_at_dayton_most_leave_brcko_open_and_none_leaves_the_sanctions() {
    let cases = [
        (r#"sanctions = "stay""#, 0),
        (r#"slavonia = "held""#, 0),
        (r#"brcko = "arbitration""#, 15),
        (r#"brcko = "serb""#, 9),
        (r#"brcko = "federation""#, 1),
    ];
    for (i, (terms, would_do)) in cases.into_iter().enumerate() {
        let answer = only(&format!("dayton-all-{i}"), &without_packages("dayton-1995"), terms);
        assert_eq!(answer.count("would_do"), would_do, "{terms}");
    }
}

/// A scenario whose named packages and anchors, its last sections, are cut off.
fn without_packages(name: &str) -> String {
    let text = textbook(name);
    let (before, _) = text.split_once("[packages.").expect("the scenario has named packages");
    before.to_owned()
}

/// A scenario whose anchors, its last section, are cut off: an anchor needs its package to be a settlement.
fn without_anchors(name: &str) -> String {
    let text = textbook(name);
    let (before, _) = text.split_once("[anchors]").expect("the scenario has anchors");
    before.to_owned()
}

/// The scenario with no package left but those with these terms.
fn only(name: &str, text: &str, terms: &str) -> crate::support::Answer {
    solve_text(name, &format!("{text}\n[rules.only]\nrequire = {{ {terms} }}\n"))
}
