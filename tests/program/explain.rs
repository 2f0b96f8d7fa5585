//! One thing of a scenario, explained.

use super::cli_support::{answer, winset};

#[test]
fn every_kind_of_thing_is_explained_on_one_screen() {
    let of_labour = ["pay", "pay=3", "prices", "board", "union", "union.ready", "last-offer", "strike_fund", "roster"];
    let of_istanbul = [
        "territory",
        "territory=contact",
        "russia",
        "four-frames",
        "denazified",
        "rus_elite",
        "russia.staller",
        "no_deal.russia.cost",
        "kyiv-frames",
    ];
    let all = of_labour.map(|t| ("labour-dispute", t)).into_iter().chain(of_istanbul.map(|t| ("istanbul-2025", t)));
    for (file, thing) in all {
        let asked = winset(&["explain", file, thing, "--runs", "30"]);
        assert_eq!(asked.status, 0, "{thing}: {}", asked.err);
        assert!(asked.out.lines().count() <= 24, "{thing}:\n{}", asked.out);
        assert!(asked.out.lines().all(|line| line.chars().count() <= 80), "{thing}:\n{}", asked.out);
        assert!(asked.out.contains("Who says so"), "{thing}:\n{}", asked.out);
    }
}

#[test]
fn an_unknown_thing_is_answered_with_the_nearest_name() {
    let asked = winset(&["explain", "labour-dispute", "bord"]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("did you mean `board`?"), "{}", asked.err);
    let asked = winset(&["explain", "labour-dispute", "\u{202e}nonsense-of-all-kinds"]);
    assert!(asked.status == 2 && asked.err.contains("hint") && !asked.err.contains('\u{202e}'), "{}", asked.err);
}

#[test]
fn a_heavier_loss_at_home_makes_a_deal_rarer_on_the_same_luck() {
    let told = answer(
        &winset(&["explain", "labour-dispute", "audiences.drivers.loss_aversion", "--runs", "400", "--json"]).out,
    );
    let halves = &told["halves"][0];
    let share = |at: usize| halves["exists"][at]["share"].as_f64().expect("it is a share");
    assert!(share(0) >= share(1), "{halves}");
    assert!(halves["margin_change"][0].as_f64() < Some(0.0), "{halves}");
}
