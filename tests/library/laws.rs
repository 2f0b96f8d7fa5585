//! Laws of the deal space, of draws and of surveys, in scenarios made up from seeds.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::{Chance, Size, Spec, cases, rename, scenario};
use crate::plain::{DEFEATS, Plain};
use winset::analysis::{Settings, Survey, survey};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{Beholder, Defeat, InputId, Negotiation, Package, Scale, World};
use winset::scenario::Scenario;
use winset::space::frontier::{Frontier, Point, Utilities};
use winset::space::solution::solutions;
use winset::space::{Lanes, Margin, Question, Space, Spans, WorldTables, passing};

/// A package as `issue=option`, so that it is known in any order of the file.
type Named = BTreeSet<(String, String)>;

/// What one world answers, by one reading of defeat.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    /// Allowed packages that are a defeat for nobody.
    no_defeat: BTreeSet<Named>,
    /// Those of them that are available and rational for all.
    would_do: BTreeSet<Named>,
    /// The greatest least slack.
    margin: Margin,
}

fn named(n: &Negotiation, package: &Package) -> Named {
    n.space.picks(package).map(|(issue, option)| (issue.id.clone(), option.id.clone())).collect()
}

/// Answers of the compiled space at a scale; spans are those of the default variants.
fn answer(n: &Negotiation, scale: Scale, world: &World, defeat: Defeat) -> Answer {
    let compile = |w: &World| Space::of(n, scale, None, &|secret| w.happens(secret)).expect("it is small");
    let modal = n.modal_world(&n.laws(None, &n.default_variants()));
    let spans = Spans::of(&compile(&modal), &modal);
    let space = compile(world);
    let mut tables = WorldTables::new();
    space.fill(world, &mut tables);
    let question = Question::of(&space, n, world, &tables, &spans, defeat);
    let (lanes, allowed, available) = (Lanes::detect(), space.allowed(), space.available(n, world));
    let set = |tests: &[winset::space::Test], gate: &winset::space::Gate| {
        let mut found = BTreeSet::new();
        let visit = |head, tail| {
            found.insert(named(n, &space.package(n, head, tail)));
        };
        passing(lanes, tests, &gate.heads, gate, visit);
        found
    };
    Answer {
        no_defeat: set(&question.no_defeat_tests(), &allowed),
        would_do: set(&question.all_tests(), &available),
        margin: question.search(lanes, true).margin(&available, f64::NEG_INFINITY).0,
    }
}

/// The coarser of two scales: no score leaves its range in either scenario.
fn common_scale(a: &Negotiation, b: &Negotiation) -> Scale {
    let (a, b) = (Scale::of(a), Scale::of(b));
    if a.digits() < b.digits() { a } else { b }
}

fn drawn(n: &Negotiation, run: u64) -> World {
    Draws::new(n, Accounts::of(n), 5).run(run).world
}

/// A world of one scenario as a world of another: each input by its path, as it is called there; what only the other
/// one has is modal.
fn carried(from: &Negotiation, world: &World, to: &Negotiation, called: impl Fn(&str) -> String) -> World {
    let values: BTreeMap<String, f64> =
        from.inputs.iter().map(|(id, input)| (called(&input.path), world.value(id))).collect();
    let modal = to.modal_world(&to.laws(None, &to.default_variants()));
    let value = |(id, input): (InputId, &winset::model::Input)| {
        values.get(&input.path).copied().unwrap_or_else(|| modal.value(id))
    };
    World { values: to.inputs.iter().map(value).collect() }
}

/// Calls `check` for scenarios made up from seeds, each with some worlds.
fn in_many_worlds(first: u64, usual: u64, check: impl Fn(&Spec, &Scenario, &World) -> Result<(), String>) {
    in_many(first, usual, |spec, scenario| {
        (0..3).try_for_each(|run| check(spec, scenario, &drawn(&scenario.negotiation, run)))
    });
}

fn in_many(first: u64, usual: u64, check: impl Fn(&Spec, &Scenario) -> Result<(), String>) {
    for case in 0..cases(usual) {
        let (spec, scenario) = scenario(first + case, Size::of_case(case));
        check(&spec, &scenario).unwrap_or_else(|e| panic!("seed {}: {e}\n{}", first + case, spec.text()));
    }
}

fn within(what: &str, smaller: &BTreeSet<Named>, larger: &BTreeSet<Named>) -> Result<(), String> {
    match smaller.difference(larger).next() {
        None => Ok(()),
        Some(package) => Err(format!("{what}: {package:?} is only in the smaller set")),
    }
}

/// Changes some inputs of a world.
fn changed(n: &Negotiation, world: &World, which: impl Fn(&str) -> bool, to: impl Fn(f64) -> f64) -> World {
    let mut world = world.clone();
    for (id, _) in n.inputs.iter().filter(|(_, input)| which(&input.path)) {
        world.values[id.0] = to(world.values[id.0]);
    }
    world
}

/// In the second world the no-defeat set holds at least what it holds in the first, by all `defeats`.
fn never_shrinks(what: &str, n: &Negotiation, from: &World, to: &World, defeats: &[Defeat]) -> Result<(), String> {
    let scale = Scale::of(n);
    defeats.iter().try_for_each(|defeat| {
        let (small, large) = (answer(n, scale, from, *defeat), answer(n, scale, to, *defeat));
        within(what, &small.no_defeat, &large.no_defeat)?;
        within(what, &small.would_do, &large.would_do)?;
        if small.margin <= large.margin || !finite(small.margin) || !finite(large.margin) {
            Ok(())
        } else {
            Err(format!("{what}: the margin falls from {:?} to {:?}", small.margin, large.margin))
        }
    })
}

fn finite(margin: Margin) -> bool {
    matches!(margin, Margin::Share(_))
}

#[test]
fn a_loss_that_weighs_more_and_a_higher_line_never_widen_the_no_defeat_set() {
    in_many_worlds(100, 40, |_, scenario, world| {
        let n = &scenario.negotiation;
        let eased = changed(n, world, |path| path.ends_with(".loss_aversion"), |x| x * 0.5);
        never_shrinks("λ", n, world, &eased, &DEFEATS)?;
        let lower = changed(n, world, |path| path.ends_with(".defeat_below"), |x| x - 0.5);
        never_shrinks("defeat lines", n, world, &lower, &DEFEATS)
    });
}

#[test]
fn softer_losses_and_greater_gains_never_narrow_the_no_defeat_set() {
    in_many_worlds(200, 40, |_, scenario, world| {
        let n = &scenario.negotiation;
        let modifier = |key: &'static str| move |path: &str| path.starts_with("modifiers.") && path.ends_with(key);
        let softer = changed(n, world, modifier(".losses"), |x| x * 0.5);
        never_shrinks("losses", n, world, &softer, &DEFEATS)?;
        let smaller = changed(n, world, modifier(".gains"), |x| x * 0.5);
        never_shrinks("gains", n, &smaller, world, &DEFEATS)
    });
}

#[test]
fn where_nothing_is_overheard_claims_never_narrow_the_no_defeat_set() {
    in_many(300, 60, |spec, _| {
        let spec = spec.in_points().without_key("claims", "overheard");
        let scenario = spec.parse();
        let n = &scenario.negotiation;
        for run in 0..3 {
            let world = drawn(n, run);
            let smaller = changed(n, &world, |p| p.starts_with("modifiers.") && p.ends_with(".claims"), |x| x * 0.5);
            never_shrinks("claims factors", n, &smaller, &world, &DEFEATS)?;
            let unlisted = spec.without_key("audiences", "aims");
            let all = unlisted.parse();
            for claim in spec.section("claims") {
                // The last claim for an aim takes the aim with it; a reading may set what is gone.
                let fewer = unlisted.without("claims", &claim.id).without_key("readings", &set(&claim.id));
                let fewer = fewer.without_key("variants", &set(&claim.id)).parse();
                let scale = common_scale(&all.negotiation, &fewer.negotiation);
                let same = |path: &str| path.to_owned();
                let (with, without) =
                    (carried(n, &world, &all.negotiation, same), carried(n, &world, &fewer.negotiation, same));
                for defeat in DEFEATS {
                    let small = answer(&fewer.negotiation, scale, &without, defeat);
                    let large = answer(&all.negotiation, scale, &with, defeat);
                    within(&claim.id, &small.no_defeat, &large.no_defeat)?;
                    within(&claim.id, &small.would_do, &large.would_do)?;
                }
            }
        }
        Ok(())
    });
}

fn set(claim: &str) -> String {
    format!("set.\"claims.{claim}.worth\"")
}

/// N and the packages that would do of one text are within those of another, in the same worlds at one scale.
fn text_never_shrinks(what: &str, less: &Spec, more: &Spec, worlds: u64) -> Result<(), String> {
    let (less, more) = (less.parse(), more.parse());
    let scale = common_scale(&less.negotiation, &more.negotiation);
    for run in 0..worlds {
        let there = drawn(&more.negotiation, run);
        let here = carried(&more.negotiation, &there, &less.negotiation, str::to_owned);
        for defeat in DEFEATS {
            let small = answer(&less.negotiation, scale, &here, defeat);
            let large = answer(&more.negotiation, scale, &there, defeat);
            within(what, &small.no_defeat, &large.no_defeat)?;
            within(what, &small.would_do, &large.would_do)?;
            // Spans may differ between the two files, but not the sign.
            if small.margin.exists() && !large.margin.exists() {
                return Err(format!("{what}: the margin falls from {:?} to {:?}", small.margin, large.margin));
            }
        }
    }
    Ok(())
}

#[test]
fn a_red_line_never_widens_the_no_defeat_set_and_an_unless_never_narrows_it() {
    in_many(400, 60, |spec, _| {
        let spec = &spec.in_points();
        for line in spec.section("red_lines") {
            text_never_shrinks(&line.id, spec, &spec.without("red_lines", &line.id), 2)?;
        }
        text_never_shrinks("unless", &spec.without_key("red_lines", "unless"), spec, 2)
    });
}

#[test]
fn an_added_option_never_makes_a_settlement_vanish() {
    in_many(500, 60, |spec, _| {
        let spec = &spec.in_points();
        let free: Vec<String> = spec
            .section("issues")
            .filter(|e| e.keys.iter().all(|(k, v)| k != "options" && !(k == "ordered" && v == "true")))
            .map(|e| e.id.clone())
            .collect();
        for (i, id) in free.iter().enumerate() {
            let mut more = spec.clone();
            let mut chance = Chance(i as u64);
            for (key, view) in &mut more.entry("issues", id).keys {
                if key.starts_with("views.") {
                    let value = chance.below(21) as f64 / 10.0 - 1.0;
                    *view = format!("{}, extra = {value} }}", view.strip_suffix(" }").expect("a view is a table"));
                }
            }
            let keys = &mut more.entry("issues", id).keys;
            keys.push(("options.extra".into(), "{ name = \"one more\", form = \"informal\" }".into()));
            text_never_shrinks(id, spec, &more, 2)?;
        }
        Ok(())
    });
}

#[test]
fn an_issue_that_nobody_weighs_changes_nothing() {
    in_many(600, 30, |spec, scenario| {
        let n = &scenario.negotiation;
        let keys = [("now", "\"as-is\""), ("options", "[\"as-is\", \"otherwise\", \"quite-otherwise\"]")];
        let more = spec.with("issues", "dull", &keys).parse();
        for run in 0..3 {
            let world = drawn(n, run);
            let there = carried(n, &world, &more.negotiation, str::to_owned);
            for defeat in DEFEATS {
                let before = answer(n, Scale::of(n), &world, defeat);
                let after = answer(&more.negotiation, Scale::of(&more.negotiation), &there, defeat);
                let times_three = (3 * before.no_defeat.len(), 3 * before.would_do.len(), before.margin);
                if (after.no_defeat.len(), after.would_do.len(), after.margin) != times_three {
                    return Err(format!("{:?} becomes {:?}", before.margin, after.margin));
                }
            }
        }
        let (mut before, mut after) = (surveyed(n, 40, 1), surveyed(&more.negotiation, 40, 1));
        before.contributions.iter_mut().chain(&mut after.contributions).for_each(|c| c.margin += 0.0);
        let dull = n.space.issues.len();
        let is_dull = |item| matches!(item, winset::analysis::Item::Option(k, _) if winset::model::IssueId(dull) == k);
        after.contributions.retain(|c| !is_dull(c.item));
        same("contributions", &before.contributions, &after.contributions)?;
        same("exists", &before.exists, &after.exists)?;
        same("margin", &before.margin, &after.margin)?;
        same("drivers", &before.drivers.len(), &after.drivers.len())?;
        let share = |s: &Survey| s.same_package.as_ref().map(|p| p.share);
        same("one same package", &share(&before), &share(&after))
    });
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, a: &T, b: &T) -> Result<(), String> {
    if a == b { Ok(()) } else { Err(format!("{what}: {a:?} is not {b:?}")) }
}

fn surveyed(n: &Negotiation, runs: u64, threads: usize) -> Survey {
    let drawing = Drawing { defeat: Defeat::Both, threads: Some(threads), ..Drawing::of(n, 3) };
    let settings = Settings { runs, drawing, agreeing: false };
    survey(n, &settings, |_| ()).expect("it can be compiled")
}

// --- Draws ---

/// The values of some runs by path.
fn draws(n: &Negotiation, seed: u64) -> Vec<(Option<String>, BTreeMap<String, u64>)> {
    let draws = Draws::new(n, Accounts::of(n), seed);
    let run = |drawn: winset::engine::Drawn| {
        let bits = n.inputs.iter().map(|(id, input)| (input.path.clone(), drawn.world.value(id).to_bits())).collect();
        (drawn.reading.map(|r| n.readings[r].id.clone()), bits)
    };
    draws.block(10, 5).into_iter().map(run).collect()
}

#[test]
fn reordering_a_file_changes_no_draw_and_no_answer() {
    in_many(700, 60, |spec, scenario| {
        let n = &scenario.negotiation;
        let other_spec = spec.reordered(n.inputs.len() as u64);
        let other = other_spec.parse().negotiation;
        same("draws", &draws(n, 9), &draws(&other, 9))?;
        same("scale", &Scale::of(n), &Scale::of(&other))?;
        for run in 0..3 {
            for defeat in DEFEATS {
                let before = answer(n, Scale::of(n), &drawn(n, run), defeat);
                let after = answer(&other, Scale::of(&other), &drawn(&other, run), defeat);
                same("an answer", &before, &after)?;
            }
        }
        same("a survey", &summary(n, &surveyed(n, 60, 1)), &summary(&other, &surveyed(&other, 60, 1)))
    });
}

/// What a survey says, by identifier.
fn summary(n: &Negotiation, found: &Survey) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut put = |key: String, value: String| assert!(all.insert(key.clone(), value).is_none(), "{key} twice");
    put("exists".into(), format!("{:?} {:?}", found.exists, found.exists_if_free));
    put("margin".into(), format!("{:?} {:?}", quantiles(&found.margin), quantiles(&found.margin_if_free)));
    let same_package = found.same_package.as_ref().map(|s| (named(n, &s.package), s.share));
    put("same package".into(), format!("{same_package:?}"));
    let robust = found.robust.as_ref().map(|r| (named(n, &r.package), n.readings[r.worst].id.clone()));
    put("robust".into(), format!("{robust:?}"));
    for (place, leading) in found.leading.iter().enumerate() {
        put(format!("leading {place}"), format!("{:?} {:?}", named(n, &leading.package), leading.would_do));
    }
    for c in &found.contributions {
        put(c.item.path(n), format!("{:?} {} {} {} {}", c.exists, c.lost, c.gained, c.margin, c.finite));
    }
    for (beholder, share) in &found.binding {
        let id = match beholder {
            Beholder::Leadership(i) => &n.actor(*i).id,
            Beholder::Audience(a) => &n.audience(*a).id,
        };
        put(format!("binding {id}"), format!("{share:?}"));
    }
    for driver in &found.drivers {
        let path = &n.inputs.get(driver.input).path;
        put(
            format!("driver {path}"),
            format!(
                "{} {:?} {} {}",
                driver.median().unwrap_or(f64::NAN),
                driver.shown.exists_low,
                driver.shown.effect,
                driver.shown.error
            ),
        );
    }
    all
}

fn quantiles(histogram: &winset::analysis::Histogram) -> Vec<u64> {
    let mut cells = histogram.cells(-4.0, 4.0, 512);
    cells.extend([histogram.none, histogram.unbounded]);
    cells
}

#[test]
fn an_input_and_an_audience_without_a_veto_move_no_other_draw() {
    in_many(800, 60, |spec, scenario| {
        let n = &scenario.negotiation;
        let keys = [("of", "\"p0\""), ("veto", "false"), ("loss_aversion", "[1, 2]"), ("defeat_below", "[-5, 5]")];
        let more = spec.with("unknowns", "x9", &[("value", "[0, 1]")]).with("audiences", "a99", &keys);
        let more = more.with("state", "s9", &[("start", "[1, 2, 3]")]).parse().negotiation;
        for ((reading, before), (other_reading, after)) in draws(n, 4).into_iter().zip(draws(&more, 4)) {
            same("readings", &reading, &other_reading)?;
            before.iter().try_for_each(|(path, bits)| same(path, &Some(bits), &after.get(path)))?;
        }
        for run in 0..2 {
            let (here, there) = (drawn(n, run), drawn(&more, run));
            let scale = common_scale(n, &more);
            for defeat in DEFEATS {
                same("an answer", &answer(n, scale, &here, defeat), &answer(&more, scale, &there, defeat))?;
            }
        }
        Ok(())
    });
}

#[test]
fn renaming_everything_changes_no_answer_in_a_given_world() {
    in_many_worlds(900, 40, |spec, scenario, world| {
        let n = &scenario.negotiation;
        let other = spec.renamed().parse().negotiation;
        let there = carried(n, world, &other, rename);
        same("scale", &Scale::of(n), &Scale::of(&other))?;
        for defeat in DEFEATS {
            let before = answer(n, Scale::of(n), world, defeat);
            let after = answer(&other, Scale::of(&other), &there, defeat);
            let renamed = |set: &BTreeSet<Named>| -> BTreeSet<Named> {
                set.iter().map(|p| p.iter().map(|(k, o)| (rename(k), rename(o))).collect()).collect()
            };
            same("no defeat", &renamed(&before.no_defeat), &after.no_defeat)?;
            same("would do", &renamed(&before.would_do), &after.would_do)?;
            same("margin", &before.margin, &after.margin)?;
        }
        Ok(())
    });
}

#[test]
fn runs_stay_paired_when_one_number_is_set_another_reading_is_taken_or_a_variant_is_switched() {
    in_many(1_000, 60, |_, scenario| {
        let n = &scenario.negotiation;
        let mut other = scenario.clone();
        let set = n.inputs.iter().find(|(_, i)| i.path.ends_with(".weight")).map(|(id, i)| (id, i.path.clone()));
        if let Some((id, path)) = &set {
            other.set(path, "[3, 4]").map_err(|e| e.message)?;
            let path_bits = |n: &Negotiation, run| {
                Draws::new(n, Accounts { reading: Some(0), ..Accounts::of(n) }, 2).run(run).world
            };
            for run in 0..4 {
                let (a, b) = (path_bits_or(n, run, &path_bits), path_bits_or(&other.negotiation, run, &path_bits));
                let moved = (0..a.values.len()).filter(|i| a.values[*i].to_bits() != b.values[*i].to_bits());
                same("moved", &moved.filter(|i| *i != id.0).collect::<Vec<_>>(), &vec![])?;
            }
        }
        for variant in 0..n.variants.len() {
            let mut on = n.default_variants();
            on[variant] = !on[variant];
            let touched: BTreeSet<usize> = n.variants[variant].set.iter().map(|(id, _)| id.0).collect();
            let draw = |variants| Draws::new(n, Accounts { reading: None, variants }, 2).run(77);
            let (a, b) = (draw(n.default_variants()), draw(on));
            let moved =
                (0..a.world.values.len()).filter(|i| a.world.values[*i].to_bits() != b.world.values[*i].to_bits());
            same("readings", &a.reading, &b.reading)?;
            same("moved", &moved.filter(|i| !touched.contains(i)).collect::<Vec<_>>(), &vec![])?;
        }
        for reading in 0..n.readings.len() {
            let draw = |reading| {
                Draws::new(n, Accounts { reading: Some(reading), variants: n.default_variants() }, 2).run(5).world
            };
            let (a, b) = (draw(0), draw(reading));
            let touched: BTreeSet<usize> =
                [0, reading].iter().flat_map(|r| n.readings[*r].set.iter().map(|(id, _)| id.0)).collect();
            let moved = (0..a.values.len()).filter(|i| a.values[*i].to_bits() != b.values[*i].to_bits());
            same("moved", &moved.filter(|i| !touched.contains(i)).collect::<Vec<_>>(), &vec![])?;
        }
        Ok(())
    });
}

/// The world of a run, by the first reading where there are any.
fn path_bits_or(n: &Negotiation, run: u64, first_reading: &impl Fn(&Negotiation, u64) -> World) -> World {
    if n.readings.is_empty() { drawn(n, run) } else { first_reading(n, run) }
}

#[test]
fn a_run_alone_is_that_run_of_a_batch() {
    in_many(1_100, 40, |_, scenario| {
        let draws = Draws::new(&scenario.negotiation, Accounts::of(&scenario.negotiation), 8);
        let batch = draws.block(250, 20);
        batch.iter().try_for_each(|drawn| same("a run", drawn, &draws.run(drawn.run)))
    });
}

#[test]
fn a_survey_is_the_same_for_any_number_of_threads() {
    in_many(1_200, 8, |_, scenario| {
        let one = surveyed(&scenario.negotiation, 700, 1);
        [2, 3]
            .into_iter()
            .try_for_each(|threads| same("a survey", &one, &surveyed(&scenario.negotiation, 700, threads)))
    });
}

#[test]
fn readings_are_mixed_by_prior() {
    in_many(1_300, 30, |_, scenario| {
        let n = &scenario.negotiation;
        let draws = Draws::new(n, Accounts::of(n), 6);
        let mut counts = vec![0_u32; n.readings.len()];
        if n.readings.is_empty() {
            return Ok(());
        }
        let runs = 20_000;
        (0..runs / 1000)
            .flat_map(|b| draws.block(b * 1000, 1000))
            .for_each(|d| counts[d.reading.expect("there are readings")] += 1);
        let total: f64 = n.readings.iter().map(|r| r.prior).sum();
        for (reading, count) in n.readings.iter().zip(&counts) {
            let (p, found) = (reading.prior / total, f64::from(*count) / runs as f64);
            // Four standard errors of a share.
            if (found - p).abs() > 4.0 * (p * (1.0 - p) / runs as f64).sqrt() {
                return Err(format!("reading {} has {found} of the worlds, not {p}", reading.id));
            }
        }
        Ok(())
    });
}

// --- Solutions ---

/// The utilities of the packages that may be agreed on, and those of no deal.
fn bargaining_problem(n: &Negotiation, world: &World) -> (Vec<Vec<i64>>, Vec<i64>) {
    let plain = Plain::of(n, Scale::of(n), vec![], world);
    let parties = n.parties().count();
    let agreeable = plain.rows.iter().filter(|r| r.allowed && plain.rational(r));
    let scores = winset::model::Scores::new(n, Scale::of(n));
    let disagreement = n.parties().map(|i| scores.no_deal(world, i)).collect();
    (agreeable.map(|r| r.scores[..parties].to_vec()).collect(), disagreement)
}

#[test]
fn multiplying_one_leaders_points_moves_neither_nash_nor_kalai_smorodinsky() {
    in_many_worlds(1_400, 60, |_, scenario, world| {
        let (vectors, disagreement) = bargaining_problem(&scenario.negotiation, world);
        let before = solutions(&vectors, &disagreement);
        for party in 0..disagreement.len() {
            let times = |u: &Vec<i64>| -> Vec<i64> {
                u.iter().enumerate().map(|(i, u)| if i == party { u * 7 } else { *u }).collect()
            };
            let rescaled: Vec<Vec<i64>> = vectors.iter().map(times).collect();
            let after = solutions(&rescaled, &times(&disagreement));
            same("Nash", &before.nash, &after.nash)?;
            same("Kalai–Smorodinsky", &before.kalai_smorodinsky, &after.kalai_smorodinsky)?;
        }
        Ok(())
    });
}

#[test]
fn nothing_on_a_frontier_is_dominated_and_everything_off_it_is() {
    in_many_worlds(1_500, 60, |_, scenario, world| {
        let (vectors, disagreement) = bargaining_problem(&scenario.negotiation, world);
        let mut points = Utilities::new(disagreement.len()).map_err(|e| e.to_string())?;
        for (i, utility) in vectors.iter().enumerate() {
            points.push(Point { utility, packages: 1, first: i as u128 }).map_err(|e| e.to_string())?;
        }
        let frontier: Vec<Vec<i64>> = Frontier::of(&points).iter().map(|p| p.utility.to_vec()).collect();
        let dominates = |a: &Vec<i64>, b: &Vec<i64>| a != b && a.iter().zip(b).all(|(x, y)| x >= y);
        for vector in &vectors {
            let on = frontier.contains(vector);
            if on == vectors.iter().any(|other| dominates(other, vector)) {
                return Err(format!("{vector:?} is {} the frontier", if on { "on" } else { "off" }));
            }
        }
        let solved = solutions(&vectors, &disagreement);
        solved
            .nash
            .iter()
            .try_for_each(|p| same("a Nash solution is on the frontier", &frontier.contains(&vectors[*p]), &true))
    });
}

// --- An oracle ---

#[test]
fn a_fixed_split_between_two_normal_lines_is_borne_as_often_as_the_normal_distribution_says() {
    let side = |id: &str, of: &str| {
        format!(
            "[audiences.{id}]\nof = \"{of}\"\nveto = true\ndefeat_below = {{ normal = {{ mean = 0.4, sd = 0.1 }} }}\n"
        )
    };
    let text = format!(
        "title = \"A fixed split\"\n[actors]\np = {{ role = \"party\" }}\nq = {{ role = \"party\" }}\n{}{}\
         [issues.share]\noptions = [\"half\", \"none\"]\n\
         views.a = {{ weight = 1, half = 0.5, none = 0 }}\nviews.b = {{ weight = 1, half = 0.5, none = 0 }}\n\
         [rules.split]\nrequire = {{ share = \"half\" }}\n",
        side("a", "p"),
        side("b", "q")
    );
    let scenario = Scenario::parse("split", text.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"));
    let settings = Settings { runs: 100_000, drawing: Drawing::of(&scenario.negotiation, 1), agreeing: false };
    let found = survey(&scenario.negotiation, &settings, |_| ()).expect("it can be compiled");
    // Φ(1)² = 0.70786; four standard errors of a share of 100 000 worlds are 0.00575.
    assert!((found.exists.share - 0.70786).abs() < 0.006, "{:?}", found.exists);
}
