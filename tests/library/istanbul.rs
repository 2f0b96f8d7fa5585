//! The Istanbul scenario: read without a finding that stops it, and shaped as its sources say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use winset::model::{Claim, Negotiation, Package};
use winset::scenario::{Scenario, render};

const FILE: &str = "scenarios/talks/istanbul-2025.toml";

fn istanbul() -> Negotiation {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).expect("the scenario is shipped");
    match Scenario::parse(FILE, &bytes) {
        Ok(scenario) => scenario.negotiation,
        Err(findings) => panic!("{}", render(&findings, FILE, &String::from_utf8_lossy(&bytes))),
    }
}

fn package<'a>(negotiation: &'a Negotiation, id: &str) -> &'a Package {
    &negotiation.named(id).unwrap_or_else(|| panic!("no package `{id}`")).package
}

/// The claims that an audience hears of a package.
fn speech<'a>(negotiation: &'a Negotiation, audience: &str, package: &str) -> Vec<&'a Claim> {
    let hearer = negotiation.audiences.iter().position(|a| a.id == audience).expect("an audience of the scenario");
    let package = self::package(negotiation, package);
    let heard = negotiation.claims.iter().filter(|c| c.heard_by.iter().any(|a| a.0 == hearer));
    heard.filter(|c| c.clause.holds(|k| package.option(k))).collect()
}

fn ids(claims: &[&Claim]) -> BTreeSet<String> {
    claims.iter().map(|c| c.id.clone()).collect()
}

#[test]
fn the_deal_space_has_some_hundred_thousand_packages() {
    let size = istanbul().space.size();
    assert!((200_000..=500_000).contains(&size), "{size} packages");
}

#[test]
fn leaving_everything_as_it_is_is_no_settlement() {
    let negotiation = istanbul();
    let as_now = negotiation.space.as_now().expect("every issue has a present state");
    assert!(!negotiation.space.allows(&as_now));
}

#[test]
fn moscow_has_a_speech_of_four_frames_and_the_two_on_the_church_meet_one_aim() {
    let negotiation = istanbul();
    let speech = speech(&negotiation, "rus_public", "four-frames");
    let frames = ["protected", "disarmed", "out-of-the-alliance", "orthodoxy", "traditional-values"];
    assert_eq!(ids(&speech), frames.map(str::to_owned).into());
    let aims: BTreeSet<_> = speech.iter().map(|c| c.aim).collect();
    assert_eq!(aims.len(), 4, "the two frames on the Church are substitutes");
}

#[test]
fn the_church_stands_in_for_denazification_and_only_the_real_thing_is_claimed_as_such() {
    let negotiation = istanbul();
    let said = |package| ids(&speech(&negotiation, "rus_public", package));
    assert!(!said("four-frames").contains("denazified"));
    assert!(said("institutions-rebuilt").contains("denazified"));
}

#[test]
fn no_line_leans_on_the_bare_minimum() {
    let negotiation = istanbul();
    let bare = negotiation.bare_minimum().expect("a bare minimum is marked").id.clone();
    let lines = negotiation.audiences.iter().flat_map(|a| [&a.defeat_below, &a.victory_from]).flatten();
    for (bears, rejects) in lines.filter_map(|line| line.between) {
        assert!([bears, rejects].iter().all(|&p| negotiation.packages[p].id != bare));
    }
}

#[test]
fn kyivs_claims_come_with_a_notice() {
    let negotiation = istanbul();
    let kyiv = negotiation.variants.iter().find(|v| v.id == "kyiv-frames").expect("the variant exists");
    assert!(kyiv.on && kyiv.notice.is_some());
    let set: BTreeSet<_> = kyiv.set.iter().map(|(input, _)| *input).collect();
    let told_in_kyiv =
        negotiation.claims.iter().filter(|c| !negotiation.sources.contains_key(&format!("claims.{}", c.id)));
    assert_eq!(told_in_kyiv.map(|c| c.worth).collect::<BTreeSet<_>>(), set);
}

#[test]
fn at_least_eight_packages_are_anchored_each_with_a_source() {
    let negotiation = istanbul();
    let anchored: BTreeSet<_> = negotiation.anchors.iter().map(|a| a.package).collect();
    assert!(anchored.len() >= 8, "{} packages", anchored.len());
    let path = |package: usize| format!("anchors.{}", negotiation.packages[package].id);
    assert!(negotiation.anchors.iter().all(|a| negotiation.sources.contains_key(&path(a.package))));
}
