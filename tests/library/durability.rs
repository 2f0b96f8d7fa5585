//! How long deals hold: closed forms, what moves survival which way, and leaders who look ahead.

use crate::generate::Size;
use crate::play::{negotiation, traces_without as runs};
use winset::analysis::{Reached, Settings, YEARS, reached, survey};
use winset::engine::talks::{Ending, Mechanism, Outlook, Run, Step, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{ActorId, Negotiation, Package, Scale, Scores, Signing, World, hazard_rate, survival};
use winset::num;
use winset::space::{Compiled, Space, WorldTables};

/// Two sides at blows over a line, with one option for every factor.
const LINE: &str = r#"
title = "A line"
round = "month"
horizon = 6
[actors]
north = { role = "party", foresight = 0 }
south = { role = "party", foresight = 0 }
friend = { role = "holder", complies = 0.5 }
[audiences.north_public]
of = "north"
veto = true
defeat_below = 0
turns = 4
[audiences.south_public]
of = "south"
defeat_below = -3
[state.balance]
start = 0
min = -1
max = 1
change = 0.05
favours = { north = 1, south = -1 }
[issues.line]
now = "none"
options.none = "none"
options.drawn = { name = "drawn", stops = "at once" }
views.north = { weight = 10, drawn = 0.5 }
views.south = { weight = 10, drawn = 0.5 }
views.north_public = { weight = 10, drawn = 0.2 }
views.south_public = { weight = 10, drawn = -0.2 }
[issues.guarantee]
now = "none"
options.none = "none"
options.given = { name = "given", holder = "friend", grants = true }
views.north = { weight = 2, given = 0 }
views.south = { weight = 2, given = 0.5 }
[issues.form]
options.paper = "on paper"
options.word = { name = "by word", form = "informal" }
views.north = { weight = 2, paper = 0, word = 0 }
[issues.term]
options.final = "for good"
options.passing = { name = "for a time", finality = "temporary" }
views.north = { weight = 2, final = 0, passing = 0 }
[rules.a-line]
require = { line = "drawn" }
[no_deal]
north.stake = { balance = 1 }
south.stake = { balance = 1 }
[talks]
deadline = 7
conflict = true
[intents.north.plain]
moves = { offer = 1 }
[intents.south.plain]
moves = { offer = 1 }
[durability]
hazard = 0.1
[durability.factors.guarantee]
when = { guarantee = "given" }
log_hazard = -0.5
[durability.factors.unkept]
counts = "non-compliance"
log_hazard = 1
[durability.factors.word]
counts = "informal"
log_hazard = 0.4
[durability.factors.passing]
counts = "temporary"
log_hazard = 0.3
[durability.factors.pressed]
counts = "pressed"
log_hazard = 0.6
[durability.factors.defeat]
counts = "defeat"
log_hazard = 0.8
[durability.factors.turn]
counts = "turn"
log_hazard = 0.7
"#;

fn changed(changes: &[(&str, &str)]) -> Negotiation {
    let text = changes.iter().fold(LINE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replacen(from, to, 1)
    });
    negotiation(&text)
}

fn modal(n: &Negotiation) -> World {
    n.modal_world(&n.laws(None, &n.default_variants()))
}

/// The package with these options, by identifier; the first option where none is named.
fn package(n: &Negotiation, picks: &[(&str, &str)]) -> Package {
    let mut package = n.space.package(0);
    for (issue, option) in picks {
        let k = n.space.issue(issue).expect("the issue is there");
        package.0[k.0] = n.space.option(k, option).expect("the option is there");
    }
    package
}

/// How a plain package was signed: nobody pressed, no defeat felt.
fn plainly(package: &Package) -> Signing<'_> {
    Signing { package, pressed: false, defeat: 0.0, turned: 0.0 }
}

/// The hazard a year of a package in the modal world, after `how` has changed the way it was signed.
fn hazard(n: &Negotiation, picks: &[(&str, &str)], how: impl Fn(&mut Signing)) -> f64 {
    let package = package(n, picks);
    let mut signing = plainly(&package);
    how(&mut signing);
    n.durability.as_ref().expect("the file has durability").hazard(n, &modal(n), &signing).per_year
}

fn as_it_is(_: &mut Signing) {}

fn batch(n: &Negotiation, count: u64, without: &[Mechanism], threads: usize) -> Reached {
    let drawing = Drawing { without: without.to_vec(), threads: Some(threads), ..Drawing::of(n, 1) };
    let settings = Settings { runs: count, drawing, agreeing: false };
    reached(n, &settings, |_| {}).expect("runs can be made")
}

// --- Closed forms ---

#[test]
fn survival_is_exponential_and_a_hazard_ratio_of_two_doubles_the_hazard() {
    // J01; 1e-9 is a few roundings of an exponential.
    let (base, twice) = (0.606_530_659_712_633_4, 0.367_879_441_171_442_33);
    assert!((survival(hazard_rate(0.1, &mut []), 1.0, 5.0) - base).abs() < 1e-9);
    assert!((survival(hazard_rate(0.1, &mut [num::ln(2.0)]), 1.0, 5.0) - twice).abs() < 1e-9);
    let n = changed(&[("log_hazard = -0.5", "log_hazard = 0.693147180559945"), ("complies = 0.5", "complies = 1")]);
    let of = |picks: &[(&str, &str)]| survival(hazard(&n, picks, as_it_is), 1.0, 5.0);
    assert!((of(&[("line", "drawn")]) - base).abs() < 1e-9);
    assert!((of(&[("line", "drawn"), ("guarantee", "given")]) - twice).abs() < 1e-9);
}

#[test]
fn the_hazard_is_the_same_for_any_order_of_its_factors_and_never_beyond_measure() {
    let mut pulls = [0.1, 1e6, -0.3, 0.7, -1e6, 1e-9];
    let one = hazard_rate(0.2, &mut pulls);
    pulls.reverse();
    assert_eq!(one.to_bits(), hazard_rate(0.2, &mut pulls).to_bits());
    for pull in [1e6, -1e6] {
        let rate = hazard_rate(1e6, &mut [pull; 9]);
        assert!(rate.is_finite() && (0.0..=1.0).contains(&survival(rate, 1.0, 1e6)), "{rate}");
        assert_eq!(survival(hazard_rate(0.0, &mut [pull]), 1.0, 5.0), 1.0);
    }
}

// --- What moves survival which way ---

#[test]
fn every_factor_moves_survival_the_way_of_its_sign_and_by_its_size() {
    let n = changed(&[]);
    let line = [("line", "drawn")];
    let with = |more: (&'static str, &'static str)| [line[0], more];
    let base = hazard(&n, &line, as_it_is);
    // A few roundings of an exponential near 1.
    let pulled = |found: f64, by: f64| assert!((found - base * num::exp(by)).abs() < 1e-12, "{found} {by}");
    pulled(base, 0.0);
    assert!((base - 0.1).abs() < 1e-15);
    pulled(hazard(&n, &with(("guarantee", "given")), as_it_is), -0.5 + 0.5);
    pulled(hazard(&n, &with(("form", "word")), as_it_is), 0.4);
    pulled(hazard(&n, &with(("term", "passing")), as_it_is), 0.3);
    pulled(hazard(&n, &line, |s| s.pressed = true), 0.6);
    pulled(hazard(&n, &line, |s| s.defeat = 0.5), 0.4);
    pulled(hazard(&n, &line, |s| s.turned = 0.5), 0.35);
}

#[test]
fn a_guarantee_holds_longer_the_better_its_holder_complies() {
    let given = [("line", "drawn"), ("guarantee", "given")];
    let at = |complies: &str| hazard(&changed(&[("complies = 0.5", complies)]), &given, as_it_is);
    let (never, half, always) = (at("complies = 0"), at("complies = 0.5"), at("complies = 1"));
    assert!(never > half && half > always, "{never} {half} {always}");
    let without = hazard(&changed(&[]), &given[..1], as_it_is);
    assert!(always < without && without < never, "a guarantee that nobody keeps is worse than none: {without}");
}

// --- In the talks ---

#[test]
fn a_deal_that_holds_has_the_outlook_that_its_terms_and_its_homes_give_it() {
    let n = changed(&[]);
    let (run, steps) = runs(&n, 1, &[]).remove(0);
    assert_eq!(run.ending, Ending::Settlement);
    let outlook = run.outlook.as_ref().expect("a deal has an outlook");
    let told: Vec<&Outlook> =
        steps.iter().filter_map(|s| if let What::Lasts(o) = &s.what { Some(&**o) } else { None }).collect();
    assert_eq!(told, [outlook]);
    // North's public has 2 points, a line at 0 that turns to 4; South's has −2 and a line at −3 that does not turn.
    let turned: Vec<&str> = outlook.turned.iter().map(|a| n.audience(*a).id.as_str()).collect();
    assert_eq!(turned, ["north_public"]);
    let z = |id: &str| {
        let factors = &n.durability.as_ref().expect("there").factors;
        outlook.hazard.factors[factors.iter().position(|f| f.id == id).expect("there")]
    };
    assert_eq!([z("turn"), z("defeat"), z("pressed")], [0.5, 0.0, 0.0]);
    let given = n.space.option(n.space.issue("guarantee").expect("there"), "given").expect("there");
    let is_given = run.package.as_ref().expect("a deal").0[1] == given;
    assert_eq!(z("guarantee"), f64::from(u8::from(is_given)));
    // An audience without a veto may call defeat what is reached all the same.
    let sad = changed(&[("defeat_below = -3", "defeat_below = -1")]);
    let (run, _) = runs(&sad, 1, &[]).remove(0);
    assert!(run.ending.is_reached() && run.outlook.as_ref().expect("a deal").hazard.factors[5] == 0.5, "{run:?}");
}

#[test]
fn a_deal_that_was_signed_under_pressure_is_known_by_it() {
    let mediator = "[mediator]\npresses = 0.5\npressure = 1\ntilt = { north = 1 }\n[durability]";
    let n = changed(&[
        ("friend = { role = \"holder\"", "judge = { role = \"mediator\" }\nfriend = { role = \"holder\""),
        ("[durability]", mediator),
    ]);
    let mut seen = [0, 0];
    for (run, _) in runs(&n, 100, &[]) {
        let outlook = run.outlook.as_ref().expect("a deal");
        assert_eq!(outlook.hazard.factors[4], f64::from(u8::from(!run.pressed.is_empty())));
        seen[usize::from(run.pressed.is_empty())] += 1;
    }
    assert!(seen[0] > 20 && seen[1] > 20, "{seen:?}");
}

#[test]
fn nothing_turns_where_there_never_was_a_conflict() {
    let n = changed(&[("conflict = true", "conflict = false"), (", stops = \"at once\"", "")]);
    let (run, _) = runs(&n, 1, &[]).remove(0);
    assert!(run.ending.is_reached() && run.outlook.expect("a deal").turned.is_empty());
}

#[test]
fn only_deals_that_hold_have_an_outlook() {
    let n = changed(&[("horizon = 6", "horizon = 2"), ("deadline = 7", "deadline = 3")]);
    let failing = changed(&[("north.stake = { balance = 1 }", "north = { base = 100, stake = { balance = 1 } }")]);
    for (run, _) in runs(&n, 20, &[]).into_iter().chain(runs(&failing, 20, &[])) {
        assert_eq!(run.outlook.is_some(), run.ending.is_reached() || run.ending == Ending::Defeat, "{run:?}");
    }
}

#[test]
fn survival_falls_with_the_years_and_stays_a_chance() {
    let n = istanbul();
    let mut deals = 0;
    for (run, _) in runs(&n, 300, &[]) {
        let Some(outlook) = run.outlook else { continue };
        deals += 1;
        let chances: Vec<f64> = (0..60).map(|half| outlook.hazard.survival(f64::from(half) / 2.0)).collect();
        assert!(chances.is_sorted_by(|a, b| a >= b) && chances[0] == 1.0, "{chances:?}");
        assert!(chances.iter().all(|s| (0.0..=1.0).contains(s)), "{chances:?}");
    }
    assert!(deals > 20, "only {deals} deals");
}

#[test]
fn a_batch_says_what_its_runs_say_one_by_one_on_any_number_of_threads() {
    // A careless North signs what South's public may call a defeat.
    let n = changed(&[
        ("of = \"south\"\ndefeat_below = -3", "of = \"south\"\nveto = true\ndefeat_below = [-6, 2]"),
        ("[talks]\n", "[talks]\naccepts_if_borne = 0\n"),
        ("hazard = 0.1", "hazard = [0.02, 0.1, 0.5]"),
        ("turns = 4", "turns = [0, 4]"),
    ]);
    let found = batch(&n, 600, &[], 1);
    assert_eq!(found, batch(&n, 600, &[], 3));
    let survival = found.survival.expect("it is computed");
    assert!(survival.reached.after[0].mean > survival.signed.after[0].mean, "defeats hold less long");
    let each: Vec<Run> = runs(&n, 600, &[]).into_iter().map(|(run, _)| run).collect();
    let deals: Vec<(&Run, &Outlook)> = each.iter().filter_map(|r| Some((r, r.outlook.as_ref()?))).collect();
    let good = deals.iter().filter(|(r, _)| r.ending.is_reached()).collect::<Vec<_>>();
    assert_eq!((survival.signed.deals, survival.reached.deals), (deals.len() as u64, good.len() as u64));
    assert!(good.len() < deals.len() && !good.is_empty());
    for (i, years) in YEARS.iter().enumerate() {
        let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
        let all: Vec<f64> = deals.iter().map(|(_, o)| o.hazard.survival(*years)).collect();
        let some: Vec<f64> = good.iter().map(|(_, o)| o.hazard.survival(*years)).collect();
        let squares = all.iter().map(|x| (x - mean(&all)) * (x - mean(&all))).sum::<f64>();
        let error = (squares / (all.len() * (all.len() - 1)) as f64).sqrt();
        // Fixed point keeps 20 bits of each deal.
        assert!((survival.signed.after[i].mean - mean(&all)).abs() < 1e-6);
        assert!((survival.reached.after[i].mean - mean(&some)).abs() < 1e-6);
        assert!((survival.signed.after[i].error - error).abs() < 1e-4);
    }
    let at = |years: f64| survival.signed.curve.iter().find(|(y, _)| *y == years).expect("a point").1;
    assert_eq!((at(0.0), survival.signed.curve.len()), (1.0, 21));
    assert!((at(5.0) - survival.signed.after[2].mean).abs() < 1e-12);
    let turned = good.iter().filter(|(_, o)| !o.turned.is_empty()).count() as u64;
    assert_eq!((survival.turned.count, survival.turned.of), (turned, good.len() as u64));
    for felt in &survival.factors {
        let in_force = deals.iter().filter(|(_, o)| o.hazard.factors[felt.factor] > 0.0).count() as u64;
        assert_eq!((felt.in_force.count, felt.in_force.of), (in_force, deals.len() as u64));
    }
}

#[test]
fn switching_durability_off_leaves_every_run_as_it_was() {
    let n = istanbul();
    let off = [Mechanism::Durability];
    assert_eq!(batch(&n, 100, &off, 1).survival, None);
    for ((with, steps), (without, fewer)) in runs(&n, 100, &[]).into_iter().zip(runs(&n, 100, &off)) {
        assert_eq!(without.outlook, None);
        // Nothing but what it pays hangs on how long it holds.
        assert_eq!(Run { outlook: None, payoffs: without.payoffs.clone(), ..with }, without);
        let is_other = |s: &&Step| !matches!(s.what, What::Lasts(_) | What::Ends(_));
        let (steps, fewer): (Vec<&Step>, Vec<&Step>) =
            (steps.iter().filter(is_other).collect(), fewer.iter().filter(is_other).collect());
        assert_eq!(steps, fewer);
    }
}

// --- Leaders who look ahead ---

fn istanbul() -> Negotiation {
    negotiation(&istanbul_text())
}

fn istanbul_text() -> String {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/talks/istanbul-2025.toml");
    std::fs::read_to_string(file).expect("the scenario is shipped")
}

fn tables(space: &Space, world: &World) -> WorldTables {
    let mut tables = WorldTables::new();
    space.fill(world, &mut tables);
    tables
}

/// Every table of a world, as numbers.
fn numbers(tables: &WorldTables) -> Vec<(&[i32], &[i32])> {
    tables.iter().map(|t| (&t.head[..], &t.tail[..])).collect()
}

#[test]
fn without_foresight_every_table_and_every_result_is_as_if_nothing_were_said_of_durability() {
    let (with, without) = {
        let text = LINE.replace("complies = 0.5", "complies = 0.5, foresight = 0");
        let bare = text.split("[durability]").next().expect("a head").to_owned();
        (negotiation(&text), negotiation(&bare))
    };
    assert!(without.durability.is_none() && with.durability.is_some());
    let compiled = [&with, &without].map(|n| Compiled::of(n, &n.default_variants()).expect("it is small"));
    let draws = [&with, &without].map(|n| Draws::new(n, Accounts::of(n), 1));
    for run in 0..20 {
        let found: Vec<WorldTables> = compiled
            .iter()
            .zip(&draws)
            .map(|(c, d)| {
                let world = d.run(run).world;
                tables(&c.at(&world).space, &world)
            })
            .collect();
        assert_eq!(numbers(&found[0]), numbers(&found[1]));
    }
    let asked = |n: &Negotiation| Settings {
        runs: 100,
        drawing: Drawing { threads: Some(1), ..Drawing::of(n, 1) },
        agreeing: false,
    };
    let surveys =
        [&with, &without].map(|n| format!("{:?}", survey(n, &asked(n), |_| {}).expect("it is small").same_package));
    assert_eq!(surveys[0], surveys[1]);
    let [mut one, other] = [&with, &without].map(|n| batch(n, 200, &[], 1));
    assert!(one.survival.take().is_some() && other.survival.is_none());
    one.payoffs = other.payoffs.clone();
    one.by_intent.iter_mut().zip(&other.by_intent).for_each(|(one, other)| one.payoffs.clone_from(&other.payoffs));
    one.holding = other.holding;
    one.holding_by_reading.clone_from(&other.holding_by_reading);
    assert_eq!(one, other);
}

#[test]
fn a_world_without_foresight_has_the_same_scores_where_leaders_might_have_looked_ahead() {
    let n = changed(&[
        ("north = { role = \"party\", foresight = 0 }", "north = { role = \"party\", foresight = [0, 1] }"),
        ("counts = \"non-compliance\"\n", "counts = \"non-compliance\"\nforeseen = false\n"),
    ]);
    let plain = changed(&[]);
    let mut world = modal(&n);
    world.values[n.actor(ActorId(0)).foresight.0] = 0.0;
    let (mine, theirs) = (Scores::new(&n, Scale::of(&n)), Scores::new(&plain, Scale::of(&plain)));
    let compiled = Compiled::of(&n, &[]).expect("it is small");
    let space = &compiled.at(&world).space;
    let tables = tables(space, &world);
    for number in 0..n.space.size() {
        let package = n.space.package(number);
        let (head, tail) = space.place(&package);
        let score = theirs.leadership(&modal(&plain), ActorId(0), &package);
        assert_eq!(mine.leadership(&world, ActorId(0), &package), score);
        assert_eq!(space.score(&tables, 0, head, tail), Some(score));
    }
}

#[test]
fn made_up_leaders_who_look_ahead_get_the_same_scores_compiled_and_package_by_package() {
    let mut moved = 0;
    for case in 0..24 {
        let (text, scenario) = crate::foresight::looking_ahead(9_000 + case, Size::of_case(case));
        let n = &scenario.negotiation;
        let compiled = Compiled::of(n, &n.default_variants()).expect("it is small");
        let scores = Scores::new(n, compiled.scale);
        let draws = Draws::new(n, Accounts::of(n), 3);
        for run in 0..3 {
            let world = draws.run(run).world;
            let mut blind = world.clone();
            n.parties().for_each(|i| blind.values[n.actor(i).foresight.0] = 0.0);
            let space = &compiled.at(&world).space;
            let tables = tables(space, &world);
            for (i, s) in space.leaders() {
                for number in 0..n.space.size() {
                    let package = n.space.package(number);
                    let (head, tail) = space.place(&package);
                    let score = scores.leadership(&world, i, &package);
                    if let Some(found) = space.score(&tables, s, head, tail) {
                        assert_eq!(found, score, "case {case}, package {number}\n{text}");
                    }
                    moved += usize::from(score != scores.leadership(&blind, i, &package));
                }
            }
        }
    }
    assert!(moved > 1_000, "only {moved} scores are moved by foresight");
}

#[test]
fn a_leader_who_looks_all_the_way_ahead_values_a_deal_that_cannot_hold_like_no_deal() {
    let n = changed(&[
        (
            "north = { role = \"party\", foresight = 0 }",
            "north = { role = \"party\", foresight = 1, misjudges = { balance = 0.5 } }",
        ),
        ("hazard = 0.1", "hazard = 1000"),
        ("north.stake = { balance = 1 }", "north = { base = 3, cost = 1, lasts = 5, stake = { balance = 1 } }"),
        ("start = 0", "start = 0.25"),
        ("counts = \"non-compliance\"\n", "counts = \"non-compliance\"\nforeseen = false\n"),
    ]);
    let (world, scores) = (modal(&n), Scores::new(&n, Scale::of(&n)));
    for number in 0..n.space.size() {
        let utility = scores.leadership(&world, ActorId(0), &n.space.package(number));
        // No deal is worth 3 + 0.25 + 0.25 + 0.5 − 5 points; of five years it holds for a thousandth of one.
        let difference = (utility - scores.no_deal(&world, ActorId(0))).abs();
        assert!(difference <= 2_000, "{difference}");
    }
}

#[test]
fn foresight_makes_guarantees_matter_and_is_a_mean_of_the_deal_and_no_deal() {
    let n = changed(
        &[
            ("south = { role = \"party\", foresight = 0 }", "south = { role = \"party\", foresight = 0.5 }"),
            ("foreseen = false\n", "foreseen = false\n"),
            ("counts = \"non-compliance\"\n", "counts = \"non-compliance\"\nforeseen = false\n"),
        ]
        .iter()
        .filter(|(from, _)| LINE.contains(from))
        .copied()
        .collect::<Vec<_>>(),
    );
    let (world, scores) = (modal(&n), Scores::new(&n, Scale::of(&n)));
    let south = ActorId(1);
    let of = |picks: &[(&str, &str)]| scores.scale().points(scores.leadership(&world, south, &package(&n, picks)));
    let (bare, given) = (of(&[("line", "drawn")]), of(&[("line", "drawn"), ("guarantee", "given")]));
    // Of five years, (1 − e^(−5 λ)) / λ at 0.1, and at 0.1 · e^−0.5; a deal worth 5, and 6; no deal worth 0. Three terms are
    // rounded to 1e-6.
    let kept = |rate: f64| 1.0 - 0.5 * (1.0 - (1.0 - num::exp(-5.0 * rate)) / (5.0 * rate));
    assert!((bare - 5.0 * kept(0.1)).abs() < 3e-6, "{bare}");
    assert!((given - 6.0 * kept(0.1 * num::exp(-0.5))).abs() < 3e-6, "{given}");
    assert!(given - bare > 1.0, "the guarantee is worth more than the point that it has of itself");
}

#[test]
fn only_variants_that_are_on_make_leaders_look_ahead() {
    let text = LINE.replace("counts = \"non-compliance\"\n", "counts = \"non-compliance\"\nforeseen = false\n")
        + "[variants.foresight]\non = false\nset.\"actors.north.foresight\" = [0.2, 0.8]\n";
    let n = negotiation(&text);
    let north = ActorId(0);
    assert!(!n.looks_ahead(north, Some(&[false])) && n.looks_ahead(north, Some(&[true])) && n.looks_ahead(north, None));
    let terms = |on: bool| {
        let compiled = Compiled::of(&n, &[on]).expect("it is small");
        compiled.modal().space.plans[0].terms.iter().map(|t| t.issues.len()).collect::<Vec<_>>()
    };
    assert_eq!(terms(false), [1, 1, 1, 1]);
    assert_eq!(terms(true), [4, 3, 3, 3, 3], "each term beside guarantee, form and duration, and no deal");
}
