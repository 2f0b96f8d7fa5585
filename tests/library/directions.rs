//! Paired comparisons: wiring holds world by world, pairs are pairs, and the same seed gives the same effects.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::play::negotiation;
use winset::analysis::{Effect, Found, Paired, PairedSettings, paired, paired_runs};
use winset::engine::Drawing;
use winset::engine::talks::Mechanism;
use winset::model::{DirectionKind, Measure, Negotiation};
use winset::scenario::schema;

const ISTANBUL: &str = include_str!("../../scenarios/talks/istanbul-2025.toml");

fn settings(n: &Negotiation, pairs: u64) -> PairedSettings {
    PairedSettings {
        pairs,
        drawing: Drawing { threads: Some(2), ..Drawing::of(n, 1) },
        directions: (0..n.directions.len()).collect(),
    }
}

fn answers(n: &Negotiation, settings: &PairedSettings) -> Vec<Paired> {
    paired(n, settings, |_| {}).expect("the scenario can be compared")
}

/// A wage dispute of two parties over three issues, with directions to follow.
const STRIKE: &str = r#"
title   = "A strike"
horizon = 12
[actors]
firm  = { role = "party" }
union = { role = "party" }
state = { role = "holder" }
[audiences.owners]
of            = "firm"
veto          = [0.5, 0.9]
loss_aversion = [1, 2]
claims_weight = [4, 10]
defeat_below  = [-8, 3]
[audiences.members]
of            = "union"
veto          = true
loss_aversion = [1, 2.5]
claims_weight = [4, 10]
ballot_noise  = [1, 4]
defeat_below  = [2, 12]
[rules.a-rise]
require = { pay = "not 0" }
[issues.pay]
now     = "0"
options = { from = 0, to = 6, step = 1 }
views.firm    = { weight = [20, 30], 6 = -1 }
views.union   = { weight = [20, 30], 6 = 1 }
views.owners  = { weight = [15, 25], 6 = -1 }
views.members = { weight = [20, 30], 6 = 1 }
[issues.roster]
now     = "old"
options = { old = "old", mixed = { name = "mixed", ratified_by = "members" }, new = { name = "new", ratified_by = "members" } }
views.firm    = { weight = [15, 30], mixed = 0.6, new = 1 }
views.union   = { weight = [5, 15], mixed = -0.3, new = -1 }
views.owners  = { weight = [10, 20], mixed = 0.6, new = 1 }
views.members = { weight = [10, 20], mixed = -0.4, new = -1 }
[issues.fund]
now     = "none"
options = { none = "none", public = { name = "public money", holder = "state", grants = [0.2, 0.6] }, later = { name = "for a year", finality = "temporary" } }
views.firm    = { weight = 8, public = 1, later = 0.5 }
views.union   = { weight = 8, public = 1, later = 0.4 }
views.members = { weight = 10, public = 1, later = 0.4 }
[claims.modern]
heard_by = ["owners"]
aim      = "future"
when     = { roster = "not old" }
says     = "We are a modern firm."
worth    = [0.3, 0.9]
[no_deal.firm]
base = [-10, 0]
cost = [0, 0.5]
[no_deal.union]
base = [-10, 0]
cost = [0, 0.5]
[conflict]
until = 12
[talks]
deadline = 13
mishap = 0.01
[intents.firm.open]
moves = { offer = 3, talk = 1 }
[intents.firm.slow]
moves = { offer = 1, talk = 5 }
[intents.union.open]
moves = { offer = 3, hold = 1 }
"#;

fn strike(directions: &str) -> Negotiation {
    negotiation(&format!("{STRIKE}{directions}"))
}

const LAWS: &str = r#"
[directions.claims]
raise  = "audiences.owners.claims_weight"
by     = 5
expect = { no_defeat = "up", exists = "up" }
kind   = "wiring"
[directions.losses]
raise  = ["audiences.owners.loss_aversion", "audiences.members.loss_aversion"]
times  = 1.3
expect = { no_defeat = "down", exists = "down" }
kind   = "wiring"
[directions.line]
raise  = "audiences.members.defeat_below"
by     = 3
expect = { no_defeat = "down", exists = "down" }
kind   = "wiring"
[directions.final-only]
forbid = { fund = "later" }
expect = { no_defeat = "down", exists = "down" }
kind   = "wiring"
[directions.public-money]
raise  = "issues.fund.options.public.grants"
to     = 1
expect = { no_defeat = "up", exists = "up" }
kind   = "wiring"
[directions.public-money-likelier]
raise  = "issues.fund.options.public.grants"
by     = 0.5
expect = { no_defeat = "up", exists = "up" }
kind   = "wiring"
[directions.ignored]
raise  = "intents.firm.slow.prior"
by     = 5
expect = { exists = "zero", margin = "zero", no_defeat = "zero", stalling.firm = "up", stalling.union = "zero", offers.firm = "down" }
kind   = "emergent"
"#;

fn effects_against<'a>(n: &'a Negotiation, answers: &'a [Paired]) -> Vec<String> {
    let all = answers.iter().flat_map(|a| a.effects.iter().map(move |e| (&n.directions[a.direction], e)));
    let missed = |e: &Effect| e.breaks_a_law || (e.measure == Measure::NoDefeat && e.found != Found::AsExpected);
    let broken = all.filter(|(d, e)| d.kind == DirectionKind::Wiring && missed(e));
    broken.map(|(d, e)| format!("{}: {e:?}", d.id)).collect()
}

#[test]
fn what_holds_by_construction_holds_in_every_world() {
    let n = strike(LAWS);
    let answers = answers(&n, &settings(&n, 1_500));
    assert_eq!(effects_against(&n, &answers), Vec::<String>::new());
    let worlds = answers.iter().flat_map(|a| &a.effects).filter(|e| e.measure.is_of_worlds());
    assert!(worlds.filter(|e| e.differ > 100).count() >= 6, "the changes are large enough to be seen");
}

#[test]
fn a_change_that_worlds_do_not_know_leaves_every_world_as_it_was() {
    let n = strike(LAWS);
    let last = answers(&n, &settings(&n, 512)).pop().expect("there are directions");
    let of = |measure: Measure| last.effects.iter().find(|e| e.measure == measure).expect("it is asked about");
    for measure in [Measure::Exists, Measure::Margin, Measure::NoDefeat] {
        assert_eq!((of(measure).differ, of(measure).effect, of(measure).error), (0, 0.0, 0.0));
    }
    let firm = n.parties().next().expect("there are parties");
    assert_eq!(of(Measure::Stalling(firm)).found, Found::AsExpected);
    assert_eq!(of(Measure::Offers(firm)).found, Found::AsExpected);
}

#[test]
fn the_wiring_of_istanbul_holds_in_every_world() {
    let mut n = negotiation(ISTANBUL);
    n.directions.retain(|d| d.kind == DirectionKind::Wiring);
    assert!(n.directions.len() >= 6, "only {} directions", n.directions.len());
    let answers = answers(&n, &settings(&n, 96));
    let broken: Vec<_> = answers.iter().filter(|a| a.breaks_a_law()).map(|a| &n.directions[a.direction].id).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let of_worlds = || answers.iter().flat_map(|a| &a.effects).filter(|e| e.measure == Measure::NoDefeat);
    assert!(of_worlds().count() >= 6 && of_worlds().all(|e| e.differ > 10), "every change is felt");
}

#[test]
fn effects_do_not_depend_on_threads_nor_on_what_else_is_asked() {
    let n = strike(LAWS);
    let two = settings(&n, 600);
    let all = answers(&n, &two);
    assert_eq!(all, answers(&n, &PairedSettings { drawing: Drawing::of(&n, 1), ..two.clone() }));
    let alone = answers(&n, &PairedSettings { directions: vec![2], ..two });
    assert_eq!(alone, [all[2].clone()]);
}

#[test]
fn a_base_that_several_directions_share_is_run_once() {
    let n = strike(LAWS);
    assert_eq!(paired_runs(&n, &settings(&n, 100)), 8 * 100);
    let other = "[directions.other]\nforbid = { fund = \"later\" }\ngiven = { forbid = { pay = \"6\" } }\nexpect = { exists = \"down\" }\nkind = \"wiring\"\n";
    let n = strike(&format!("{LAWS}{other}"));
    assert_eq!(paired_runs(&n, &settings(&n, 100)), 10 * 100);
}

#[test]
fn the_arms_are_the_runs_that_each_scenario_makes_alone() {
    let direction = "[directions.line]\nraise = \"audiences.members.defeat_below\"\nby = 3\nexpect = { reached = \"down\", signed = \"down\", settlement = \"down\", gain.union = \"up\", rounds = \"up\" }\nkind = \"emergent\"\n";
    let n = strike(direction);
    let effects = answers(&n, &settings(&n, 700)).remove(0).effects;
    let changed = STRIKE.replace("defeat_below  = [2, 12]", "defeat_below  = [5, 15]");
    assert_ne!(changed, STRIKE);
    for (arm, text) in [STRIKE.to_owned(), changed].iter().enumerate() {
        let n = negotiation(text);
        let asked = winset::analysis::Settings {
            runs: 700,
            drawing: Drawing { threads: Some(1), ..Drawing::of(&n, 1) },
            agreeing: false,
        };
        let alone = winset::analysis::reached(&n, &asked, |_| {}).expect("it can be run");
        let mean = |e: &Effect| if arm == 0 { e.base } else { e.changed }.expect("it applies");
        let settlement = alone.endings[0].1.share;
        let told = [alone.reached.share, settlement];
        // Shares are the same counts divided by the same number, rounded once or twice.
        assert!(
            (mean(&effects[0]) - told[0]).abs() < 1e-12 && (mean(&effects[2]) - told[1]).abs() < 1e-12,
            "{effects:?}"
        );
    }
}

#[test]
fn an_effect_is_the_difference_of_the_arms_and_its_error_shrinks_by_pairing() {
    let n = strike(
        "[directions.pay]\nraise = \"issues.pay.views.union.weight\"\nby = 1\nexpect = { exists = \"up\", reached = \"up\" }\nkind = \"emergent\"\n",
    );
    for effect in &answers(&n, &settings(&n, 2_000))[0].effects {
        let (base, changed) = (effect.base.expect("it applies"), effect.changed.expect("it applies"));
        assert!((effect.effect - (changed - base)).abs() < 1e-15);
        let unpaired = ((base * (1.0 - base) + changed * (1.0 - changed)) / 2_000.0).sqrt();
        assert!(effect.error < 0.8 * unpaired, "{effect:?}");
        assert!(effect.up + effect.down == effect.differ);
    }
}

#[test]
fn a_broken_law_is_said_to_be_broken() {
    let n = strike(
        "[directions.wrong]\nraise = \"audiences.members.defeat_below\"\nby = 3\nexpect = { no_defeat = \"up\" }\nkind = \"wiring\"\n",
    );
    let answer = answers(&n, &settings(&n, 256)).remove(0);
    assert!(answer.breaks_a_law() && answer.effects[0].found == Found::Opposite, "{answer:?}");
}

#[test]
fn a_range_against_a_bound_is_stopped_there_and_said_to_be() {
    let n = strike(
        "[directions.veto]\nraise = \"audiences.owners.veto\"\nby = 0.4\nexpect = { no_defeat = \"down\" }\nkind = \"wiring\"\n",
    );
    let answer = answers(&n, &settings(&n, 1_000)).remove(0);
    assert_eq!(answer.stopped, [n.inputs.find("audiences.owners.veto").expect("it is a number")]);
    assert!(!answer.breaks_a_law() && answer.effects[0].differ > 50, "{answer:?}");
}

#[test]
fn a_moved_number_moves_in_readings_and_variants_too() {
    let rivals = "[readings.low]\nset.\"audiences.members.defeat_below\" = -20\n[readings.high]\nset.\"audiences.members.defeat_below\" = 0\n";
    let direction = "[directions.line]\nraise = \"audiences.members.defeat_below\"\nby = 8\nexpect = { no_defeat = \"down\" }\nkind = \"wiring\"\n";
    let n = strike(&format!("{rivals}{direction}"));
    for reading in [Some(0), Some(1)] {
        let mut asked = settings(&n, 256);
        asked.drawing.accounts.reading = reading;
        let effect = answers(&n, &asked).remove(0).effects.remove(0);
        assert!(effect.differ > 100 && effect.found == Found::AsExpected, "{reading:?}: {effect:?}");
    }
}

#[test]
fn what_is_given_holds_in_both_arms() {
    let direction = "[directions.slow]\nraise = \"intents.firm.slow.prior\"\nby = 1\nexpect = { stalling.firm = \"zero\" }\nkind = \"emergent\"\n[directions.slow.given.set]\n\"intents.firm.open.prior\" = 0\n";
    let n = strike(direction);
    let effect = answers(&n, &settings(&n, 256)).remove(0).effects.remove(0);
    assert_eq!(effect.differ, 0, "the firm is slow in both arms: {effect:?}");
    assert!(effect.base.expect("it moves") > 0.7, "{effect:?}");
}

#[test]
fn parts_of_the_talks_can_be_switched_off_in_one_arm() {
    let direction = "[directions.calm]\nwithout = \"mishap\"\nexpect = { mishap = \"down\", deadline = \"up\" }\nkind = \"emergent\"\n";
    let n = strike(direction);
    let effects = answers(&n, &settings(&n, 2_000)).remove(0).effects;
    assert_eq!(effects[0].changed, Some(0.0));
    assert_eq!(effects[0].found, Found::AsExpected, "{effects:?}");
}

#[test]
fn signers_who_trust_the_ballot_too_much_lose_more_of_them() {
    let direction = "[directions.trust]\nlower = \"audiences.members.noise_believed\"\nto = 0\nexpect = { unratified = \"up\" }\nkind = \"emergent\"\n[directions.trust.given.set]\n\"talks.accepts_if_borne\" = 0.8\n\"audiences.members.ballot_noise\" = 3\n\"intents.union.open.moves.offer\" = 0.1\n";
    let n = strike(direction);
    let effect = answers(&n, &settings(&n, 2_000)).remove(0).effects.remove(0);
    assert_eq!(effect.found, Found::AsExpected, "{effect:?}");
}

#[test]
fn the_parts_that_files_name_are_those_of_the_engine() {
    let schema = schema();
    let without =
        &schema["properties"]["directions"]["additionalProperties"]["properties"]["without"]["anyOf"][0]["enum"];
    let engine: Vec<_> = Mechanism::ALL.iter().map(|m| serde_json::to_value(m).expect("it is a word")).collect();
    assert_eq!(without.as_array(), Some(&engine));
}

#[test]
fn the_document_shows_every_direction_of_istanbul_and_no_other() {
    let document =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/directions.md")).expect("it is text");
    let n = negotiation(ISTANBUL);
    let table = document.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has a table");
    let ids: BTreeSet<&str> = n.directions.iter().map(|d| d.id.as_str()).collect();
    let shown: BTreeSet<&str> = table
        .lines()
        .filter(|line| line.starts_with(char::is_lowercase))
        .filter_map(|line| line.split([':', ' ']).next())
        .filter(|word| ids.contains(word) || word.contains('-'))
        .collect();
    assert_eq!(shown, ids, "docs/directions.md is old: .ci/directions-page --write");
}
