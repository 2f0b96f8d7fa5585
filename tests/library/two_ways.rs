//! Two ways: the compiled deal space against a plain loop over all packages, in scenarios made up from seeds.

use std::collections::BTreeSet;
use std::process::Command;

use crate::generate::{Chance, Size, cases, scenario};
use crate::plain::{DEFEATS, Plain, spans};
use winset::analysis::{Contribution, Driver, HalvesApart, Item, Leading, Settings, Survey, survey};
use winset::engine::{Accounts, Drawing, Drawn, Draws};
use winset::model::{AudienceId, Beholder, Defeat, Negotiation, Package, World};
use winset::scenario::Scenario;
use winset::space::counts::Counts;
use winset::space::frontier::{Frontier, Point, Utilities};
use winset::space::{Compiled, Gate, Lanes, Question, Test, WorldTables, count, passing, tally};

/// The modal world and some that are drawn.
fn worlds(n: &Negotiation, drawn: u64) -> Vec<World> {
    let accounts = Accounts::of(n);
    let modal = n.modal_world(&n.laws(None, &accounts.variants));
    let draws = Draws::new(n, accounts, 7);
    std::iter::once(modal).chain((0..drawn).map(|run| draws.run(run).world)).collect()
}

/// Holds everything that is answered about one world against the plain loop; gives a digest of the answers.
fn compare(n: &Negotiation, compiled: &Compiled, world: &World, spans: &[i64]) -> Result<u64, String> {
    let plain = Plain::of(n, compiled.scale, spans.to_vec(), world);
    let space = &compiled.at(world).space;
    let mut tables = WorldTables::new();
    space.fill(world, &mut tables);
    let mut digest = Digest(0);
    let same = |what: &str, found: u64, expected: usize| -> Result<(), String> {
        if found == expected as u64 { Ok(()) } else { Err(format!("{what}: {found}, not {expected}")) }
    };
    for (number, row) in plain.rows.iter().enumerate() {
        let (head, tail) = space.place(&row.package);
        same("the number of a package", space.number(head, tail), number)?;
        for (s, score) in row.scores.iter().enumerate() {
            let expected = (!row.crossed[s]).then_some(*score);
            let found = space.score(&tables, s, head, tail);
            if found != expected {
                return Err(format!("the score of {:?} for {number}: {found:?}, not {expected:?}", space.beholders[s]));
            }
            let alone = space.plans[s].score_alone(world, space.scale, &row.package, (head, tail));
            let open = space.plans[s].open_score(&tables[s], &row.package);
            if alone != expected || open != *score {
                return Err(format!("{:?} for {number} alone: {alone:?} and {open}, not {score}", space.beholders[s]));
            }
        }
    }
    if compiled.spans.0 != spans {
        return Err(format!("spans: {:?}, not {spans:?}", compiled.spans.0));
    }
    let (allowed, available) = (space.allowed(), space.available(n, world));
    let rows = |keep: &dyn Fn(&crate::plain::Row) -> bool| plain.rows.iter().filter(|row| keep(row)).count();
    same("allowed", allowed.count(), rows(&|r| r.allowed))?;
    same("available", available.count(), rows(&|r| r.allowed && r.granted))?;
    for defeat in DEFEATS {
        let question = Question::of(space, n, world, &tables, &compiled.spans, defeat);
        let lanes = Lanes::detect();
        let counted = |tests: &[Test], gate: &Gate| count(lanes, tests, gate);
        same("rational", counted(&question.rational_tests(), &allowed), rows(&|r| r.allowed && plain.rational(r)))?;
        let borne = counted(&question.no_defeat_tests(), &allowed);
        same("no defeat", borne, rows(&|r| r.allowed && plain.no_defeat(defeat, r)))?;
        for party in n.parties() {
            let found = counted(&question.win_set_tests(party), &allowed);
            same("a win-set", found, rows(&|r| r.allowed && plain.in_win_set(party, defeat, r)))?;
        }
        let expected: BTreeSet<u64> =
            (0..plain.rows.len()).filter(|i| plain.would_do(defeat, &plain.rows[*i])).map(|i| i as u64).collect();
        let tests = question.all_tests();
        same("all tests", counted(&tests, &available), expected.len())?;
        let found = numbers(lanes, &tests, &available, &|h, t| space.number(h, t));
        if found != expected {
            return Err(format!("{defeat:?}: {found:?} pass, not {expected:?}"));
        }
        let width = space.layout.width;
        let mut counts = Counts::none(space.layout.heads(), width);
        same("tallied", tally(lanes, &tests, &available, &mut counts), expected.len())?;
        let marked = |(head, row): (usize, &[u32])| -> Vec<u64> {
            (0..width).filter(|tail| row[*tail] == 1).map(|tail| space.number(head, tail)).collect()
        };
        let tallied: BTreeSet<u64> = counts.rows().flat_map(marked).collect();
        if tallied != expected || counts.greatest(lanes) > 1 {
            return Err(format!("{defeat:?}: {tallied:?} are tallied, not {expected:?}"));
        }
        for rational in [true, false] {
            let gate = if rational { &available } else { &allowed };
            let keep = |r: &crate::plain::Row| r.allowed && (!rational || (r.granted && plain.rational(r)));
            let (expected, best) = plain.margin(defeat, keep);
            let search = question.search(lanes, rational);
            let (found, place) = search.margin(gate, f64::NEG_INFINITY);
            if found.slack().to_bits() != expected.slack().to_bits() {
                return Err(format!("{defeat:?}, rational: {rational}: the margin is {found:?}, not {expected:?}"));
            }
            if rational && found.exists() == tallied.is_empty() {
                return Err(format!("{defeat:?}: {found:?}, but {} would do", tallied.len()));
            }
            let place = place.map(|(head, tail)| space.number(head, tail) as usize);
            if place.is_some_and(|p| !best.contains(&p)) || (place.is_none() && !best.is_empty()) {
                return Err(format!("{defeat:?}: {place:?} is not one of {best:?}"));
            }
            for number in (0..plain.rows.len()).step_by(plain.rows.len() / 8 + 1) {
                let row = &plain.rows[number];
                let (head, tail) = space.place(&row.package);
                let known = search.slack(gate, head, tail);
                let expected = if keep(row) { plain.least_slack(defeat, row) } else { None };
                if known.to_bits() != expected.unwrap_or(f64::NEG_INFINITY).to_bits() {
                    return Err(format!("{defeat:?}: the slack of {number} is {known}, not {expected:?}"));
                }
                if search.margin(gate, known).0 != found {
                    return Err(format!("{defeat:?}: starting from {known} ends elsewhere"));
                }
                let listed = search.all_from(gate, known, 40).map(|all| all.len());
                let slacks = plain.rows.iter().filter(|r| keep(r)).filter_map(|r| plain.least_slack(defeat, r));
                let from = slacks.filter(|s| *s >= known).count();
                if known > f64::NEG_INFINITY && listed != (from <= 40).then_some(from) {
                    return Err(format!("{defeat:?}: {listed:?} packages reach {known}, not {from}"));
                }
            }
            digest.add(found.slack().to_bits());
        }
        tallied.iter().for_each(|number| digest.add(*number));
        digest.add(borne);
    }
    Ok(digest.0)
}

fn numbers(lanes: Lanes, tests: &[Test], gate: &Gate, of: &dyn Fn(usize, usize) -> u64) -> BTreeSet<u64> {
    let mut numbers = BTreeSet::new();
    let visit = |head, tail| assert!(numbers.insert(of(head, tail)), "a package passes twice");
    passing(lanes, tests, &gate.heads, gate, visit);
    numbers
}

/// A running digest of whole numbers.
struct Digest(u64);

impl Digest {
    fn add(&mut self, number: u64) {
        self.0 = Chance(self.0 ^ number).bits();
    }
}

fn compare_all(scenario: &Scenario, drawn: u64) -> Result<u64, String> {
    let n = &scenario.negotiation;
    let compiled = Compiled::of(n, &n.default_variants()).map_err(|e| e.to_string())?;
    let spans = spans(n, compiled.scale, &n.default_variants());
    let mut digest = Digest(0);
    for world in worlds(n, drawn) {
        digest.add(compare(n, &compiled, &world, &spans)?);
    }
    Ok(digest.0)
}

#[test]
fn a_compiled_world_is_that_of_a_plain_loop_over_all_packages() {
    for case in 0..cases(60) {
        let (spec, scenario) = scenario(case, Size::of_case(case));
        compare_all(&scenario, 3).unwrap_or_else(|e| panic!("case {case}: {e}\n{}", spec.text()));
    }
}

#[test]
fn more_than_eight_judges_are_all_heard() {
    let mut most = 0;
    for case in 0..cases(12) {
        let (spec, scenario) = scenario(case, Size { packages: 150, audiences: 16 });
        let judges = |w: &World| {
            let n = &scenario.negotiation;
            Plain::of(n, winset::model::Scale::of(n), vec![], w).judges(Defeat::Both).len()
        };
        most = worlds(&scenario.negotiation, 1).iter().map(judges).max().unwrap_or(0).max(most);
        compare_all(&scenario, 1).unwrap_or_else(|e| panic!("case {case}: {e}\n{}", spec.text()));
    }
    assert!(most > 8, "no case has more than {most} judges");
}

#[test]
fn very_wide_issues_and_very_many_narrow_ones_are_split_without_loss() {
    let wide = "title = \"Wide\"\n[actors]\np = { role = \"party\" }\nq = { role = \"party\" }\n\
        [audiences]\na = { of = \"p\", veto = true, defeat_below = 0.3 }\nb = { of = \"q\", veto = true, defeat_below = 0.3 }\n\
        [issues.k]\noptions = { from = 0, to = 1000, step = 1 }\n\
        views.a = { weight = 1, \"0\" = 0, \"1000\" = 1 }\nviews.b = { weight = 1, \"0\" = 1, \"1000\" = 0 }\n\
        views.p = { weight = 1, \"0\" = 0, \"1000\" = 1 }\n\
        [rules.r]\nforbid = { k = [\"500\", \"501\"] }\n";
    let mut many = wide.split("[issues.k]").next().expect("there is a head").to_owned();
    for k in 0..15_usize {
        many += &format!(
            "[issues.k{k}]\nnow = \"no\"\noptions = [\"no\", \"yes\"]\nviews.a = {{ weight = {}, yes = 0.1 }}\nviews.b = {{ weight = 1, yes = -0.05 }}\n",
            k % 4
        );
    }
    many += "[red_lines.r]\nby = \"b\"\nwhen = { k0 = \"yes\", k7 = \"yes\", k14 = \"not yes\" }\n";
    for text in [wide, &many] {
        let scenario = Scenario::parse("given", text.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"));
        compare_all(&scenario, 0).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}

#[test]
fn each_of_twelve_judges_who_all_can_fail_is_heard() {
    // Audience i bears the options from 5 · i on: the strictest is asked last, or first.
    for order in [[0, 11], [11, 0]] {
        let step = |i: usize| 5 * if order[0] == 0 { i } else { 11 - i };
        let mut text = "title = \"Twelve\"\n[actors]\np = { role = \"party\" }\n[audiences]\n".to_owned();
        for i in 0..12 {
            text += &format!("a{i} = {{ of = \"p\", veto = true, defeat_below = {} }}\n", step(i) + 5);
        }
        text += "[issues.k]\noptions = { from = 0, to = 99, step = 1 }\n";
        (0..12).for_each(|i| text += &format!("views.a{i} = {{ weight = 99, \"0\" = 0, \"99\" = 1 }}\n"));
        let scenario = Scenario::parse("given", text.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"));
        compare_all(&scenario, 0).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}

/// Printed by the test below when it is run as a child.
const DIGEST: &str = "digest of answers: ";

#[test]
fn answers_are_the_same_without_vector_lanes() {
    let digests = (0..cases(60).min(60)).map(|case| {
        let (_, scenario) = scenario(1_000 + case, Size::of_case(case));
        compare_all(&scenario, 1).unwrap_or_else(|e| panic!("case {case}: {e}"))
    });
    let mut digest = Digest(0);
    digests.for_each(|d| digest.add(d));
    let mine = format!("{DIGEST}{}", digest.0);
    println!("{mine}");
    if std::env::var_os("WINSET_LANES").is_some() {
        return;
    }
    let mut child = Command::new(std::env::current_exe().expect("this program has a path"));
    child
        .args(["--exact", "two_ways::answers_are_the_same_without_vector_lanes", "--nocapture"])
        .env("WINSET_LANES", "scalar");
    let output = child.output().expect("this program can be run");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.lines().any(|line| line.contains(&mine)), "{mine}, but without lanes\n{printed}");
}

#[test]
fn the_frontier_of_a_scenario_is_the_quadratic_one() {
    for case in 0..cases(40) {
        let (spec, scenario) = scenario(2_000 + case, Size::of_case(case));
        let n = &scenario.negotiation;
        let parties = n.parties().count();
        let world = &worlds(n, 1)[1];
        let plain = Plain::of(n, winset::model::Scale::of(n), vec![], world);
        let vectors: Vec<Vec<i64>> = plain
            .rows
            .iter()
            .filter(|r| r.allowed && plain.rational(r))
            .map(|r| r.scores[..parties].to_vec())
            .collect();
        let dominates = |a: &[i64], b: &[i64]| a != b && a.iter().zip(b).all(|(x, y)| x >= y);
        let mut points = Utilities::new(parties).expect("so few parties are allowed");
        for (i, utility) in vectors.iter().enumerate() {
            points.push(Point { utility, packages: 1, first: i as u128 }).expect("all have one length");
        }
        let found: BTreeSet<Vec<i64>> = Frontier::of(&points).iter().map(|p| p.utility.to_vec()).collect();
        let undominated = vectors.iter().filter(|v| !vectors.iter().any(|w| dominates(w, v))).cloned().collect();
        assert_eq!(found, undominated, "case {case}\n{}", spec.text());
    }
}

// --- A small survey ---

const RUNS: u64 = 9;

fn settings(n: &Negotiation, defeat: Defeat) -> Settings {
    let drawing = Drawing { defeat, threads: Some(1), ..Drawing::of(n, 11) };
    Settings { runs: RUNS, drawing, agreeing: false }
}

/// Everything that a survey says of packages, by a plain loop.
struct PlainSurvey<'a> {
    n: &'a Negotiation,
    defeat: Defeat,
    drawn: Vec<Drawn>,
    worlds: Vec<Plain<'a>>,
    modal: Plain<'a>,
}

impl<'a> PlainSurvey<'a> {
    fn of(n: &'a Negotiation, settings: &Settings) -> Self {
        let scale = winset::model::Scale::of(n);
        let spans = spans(n, scale, &settings.drawing.accounts.variants);
        let draws = settings.drawing.draws(n);
        let drawn: Vec<Drawn> = (0..settings.runs).map(|run| draws.run(run)).collect();
        let worlds = drawn.iter().map(|d| Plain::of(n, scale, spans.clone(), &d.world)).collect();
        let modal = n.modal_world(&n.laws(settings.drawing.accounts.reading, &settings.drawing.accounts.variants));
        let modal = Plain::of(n, scale, spans.clone(), &modal);
        Self { n, defeat: settings.drawing.defeat, drawn, worlds, modal }
    }

    fn margin(&self, world: &Plain, without: &dyn Fn(&Package) -> bool) -> f64 {
        let keep = |r: &crate::plain::Row| r.allowed && r.granted && world.rational(r) && !without(&r.package);
        world.margin(self.defeat, keep).0.slack()
    }

    fn margins(&self) -> Vec<f64> {
        self.worlds.iter().map(|w| self.margin(w, &|_| false)).collect()
    }

    fn in_how_many(&self, number: usize, keep: impl Fn(&Drawn) -> bool) -> u64 {
        let worlds = self.worlds.iter().zip(&self.drawn).filter(|(_, d)| keep(d));
        worlds.filter(|(w, _)| w.would_do(self.defeat, &w.rows[number])).count() as u64
    }

    /// The package for most even runs, of equal ones those that no other dominates in the modal world, then greatest slack
    /// there, fewest changes, first by its terms; and in how many odd ones it would do.
    fn same_package(&self) -> Option<(Package, u64)> {
        let often = |number: usize| self.in_how_many(number, |d| d.run % 2 == 0);
        let counts: Vec<u64> = (0..self.worlds[0].rows.len()).map(often).collect();
        let worth = |number: usize| -> Vec<i64> {
            let row = &self.modal.rows[number];
            let leaders = row.scores.iter().zip(&row.crossed).take(self.n.parties().count());
            leaders.map(|(score, crossed)| if *crossed { i64::MIN } else { *score }).collect()
        };
        let all: Vec<Vec<i64>> = (0..counts.len()).map(worth).collect();
        let dominates = |a: &[i64], b: &[i64]| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
        let dominated = |i: usize| (0..counts.len()).any(|j| counts[j] == counts[i] && dominates(&all[j], &all[i]));
        let changes = |p: &Package| self.n.space.issues.iter().zip(&p.0).filter(|(k, o)| k.now != Some(**o)).count();
        let key = |number: &usize| {
            let package = &self.worlds[0].rows[*number].package;
            // Terms by identifiers: the order of the file must not decide.
            let terms: std::collections::BTreeMap<_, _> =
                self.n.space.picks(package).map(|(k, o)| (&k.id, &o.id)).collect();
            // Slacks are told apart down to 2⁻⁴⁰.
            let keep = |r: &crate::plain::Row| r.package == *package && r.allowed && self.modal.rational(r);
            let slack = (self.modal.margin(self.defeat, keep).0.slack() * 1_099_511_627_776.0) as i64;
            let often = std::cmp::Reverse(counts[*number]);
            (often, dominated(*number), std::cmp::Reverse(slack), changes(package), terms)
        };
        let best = (0..self.worlds[0].rows.len()).min_by_key(key)?;
        let does = self.in_how_many(best, |d| d.run % 2 == 0) > 0;
        does.then(|| (self.worlds[0].rows[best].package.clone(), self.in_how_many(best, |d| d.run % 2 == 1)))
    }

    fn check_contribution(
        &self,
        scenario: &Scenario,
        spec: &crate::generate::Spec,
        found: &Contribution,
    ) -> Result<(), String> {
        let item = found.item.path(self.n);
        let without: Vec<f64> = match found.item {
            Item::Option(k, o) => {
                let forbid =
                    format!("{{ {} = \"{}\" }}", self.n.space.issues[k.0].id, self.n.space.issues[k.0].options[o.0].id);
                // Lines play no part in what is allowed, and one between packages must not name a forbidden one.
                let unlined = spec.without_key("audiences", "defeat_below").without_key("audiences", "victory_from");
                let other = unlined.with("rules", "without", &[("forbid", &forbid)]).parse().negotiation;
                self.worlds.iter().map(|w| self.margin(w, &|p| !other.space.allows(p))).collect()
            }
            Item::Claim(_) => {
                let mut other = scenario.clone();
                other.set(&format!("{item}.worth"), "0").map_err(|e| e.message)?;
                self.elsewhere(&other.negotiation, Some(&format!("{item}.worth")))
            }
            Item::RedLine(..) => {
                let (section, id) = item.split_once('.').ok_or("a path has two parts")?;
                self.elsewhere(&spec.without(section, id).parse().negotiation, None)
            }
            Item::Audience(_) => {
                let mut other = scenario.clone();
                other.set(&format!("{item}.veto"), "false").map_err(|e| e.message)?;
                self.elsewhere(&other.negotiation, Some(&format!("{item}.veto")))
            }
        };
        let with = self.margins();
        let pairs: Vec<(f64, f64)> = with.into_iter().zip(without).collect();
        let count = |holds: &dyn Fn(f64, f64) -> bool| pairs.iter().filter(|(a, b)| holds(*a, *b)).count() as u64;
        let exists = count(&|_, b| b >= 0.0);
        let (lost, gained) = (count(&|a, b| a >= 0.0 && b < 0.0), count(&|a, b| a < 0.0 && b >= 0.0));
        let finite: Vec<f64> =
            pairs.iter().filter(|(a, b)| a.is_finite() && b.is_finite()).map(|(a, b)| b - a).collect();
        let expected = (exists, lost, gained, finite.len() as u64);
        let said = (found.exists.count, found.lost, found.gained, found.finite);
        if said != expected {
            return Err(format!("without {item}: {said:?}, not {expected:?}"));
        }
        let mean = if finite.is_empty() { 0.0 } else { finite.iter().sum::<f64>() / finite.len() as f64 };
        // Each change is kept to half of 2⁻⁴⁰, about 5e-13; the rest is rounding of sums of shares of order 1.
        if (found.margin - mean).abs() > 1e-11 * mean.abs().max(1.0) {
            return Err(format!("without {item} the margin changes by {}, not {mean}", found.margin));
        }
        Ok(())
    }

    /// The margins in another scenario of the same packages, each world carried over, spans as they were. What the
    /// other scenario fixes is fixed.
    fn elsewhere(&self, other: &Negotiation, missing: Option<&str>) -> Vec<f64> {
        let fixed = |id: winset::model::InputId| {
            let input = other.inputs.get(id);
            // A reading or a variant may say otherwise of what is missing: it stays missing.
            (Some(input.path.as_str()) == missing).then(|| other.modal_world(&other.laws(None, &[])).value(id))
        };
        let margin = |w: &Plain| {
            let mut world = w.world.clone();
            other.inputs.iter().for_each(|(id, _)| world.values[id.0] = fixed(id).unwrap_or(world.value(id)));
            self.margin(&Plain::of(other, w.scale, w.spans.clone(), &world), &|_| false)
        };
        self.worlds.iter().map(margin).collect()
    }

    /// In how many worlds a judge binds at one of the best packages.
    fn binding(&self, of: Beholder) -> u64 {
        let binds = |w: &&Plain| {
            let keep = |r: &crate::plain::Row| r.allowed && r.granted && w.rational(r);
            let best = w.margin(self.defeat, keep).1;
            best.iter().any(|p| w.binding(self.defeat, &w.rows[*p]).contains(&of))
        };
        self.worlds.iter().filter(binds).count() as u64
    }

    fn check_package(&self, found: &Leading, scored: impl Fn(u64) -> bool) -> Result<(), String> {
        let worlds: Vec<&Plain> =
            self.worlds.iter().zip(&self.drawn).filter(|(_, d)| scored(d.run)).map(|(w, _)| w).collect();
        if found.would_do.of != worlds.len() as u64 {
            return Err(format!("scored on {} worlds, not {}", found.would_do.of, worlds.len()));
        }
        let number = self.n.space.number(&found.package) as usize;
        let count = |holds: &dyn Fn(&Plain, &crate::plain::Row) -> bool| {
            worlds.iter().filter(|w| holds(w, &w.rows[number])).count() as u64
        };
        let expected = [
            count(&|w, r| w.no_defeat(self.defeat, r)),
            count(&|w, r| w.rational(r)),
            count(&|_, r| r.allowed && r.granted),
            count(&|w, r| w.would_do(self.defeat, r)),
        ];
        let said = [found.no_defeat, found.rational, found.available, found.would_do].map(|share| share.count);
        if said != expected {
            return Err(format!("package {number}: {said:?}, not {expected:?}"));
        }
        for (a, said) in found.verdicts.iter().enumerate() {
            let mut expected = [0; 3];
            worlds.iter().for_each(|w| expected[w.verdict(AudienceId(a), &w.rows[number]) as usize] += 1);
            if *said != expected {
                return Err(format!("audience {a} on package {number}: {said:?}, not {expected:?}"));
            }
        }
        Ok(())
    }

    fn check_drivers(&self, found: &Survey) -> Result<(), String> {
        let margins = self.margins();
        let parts = |driver: &'_ Driver| [(0, driver.chosen), (1, driver.shown)].map(|part| (driver.clone(), part));
        for (driver, (parity, halves_apart)) in found.drivers.iter().flat_map(parts) {
            let path = &self.n.inputs.get(driver.input).path;
            // Halves of each reading by its own median; a reading counts for the means if both of its halves have worlds.
            let mut counts = [(0, 0); 2];
            let mut strata: Vec<[Vec<f64>; 2]> = Vec::new();
            for (r, median) in driver.medians.iter().enumerate() {
                let Some(median) = median else { continue };
                let halves = [false, true].map(|high| -> Vec<f64> {
                    let worlds = self.worlds.iter().zip(&margins).zip(&self.drawn);
                    let here = |d: &Drawn| d.reading.unwrap_or(0) == r && d.run % 2 == parity;
                    let worlds = worlds.filter(|(_, d)| here(d)).map(|(w, _)| w);
                    let here = worlds.filter(|(w, _)| (w.world.value(driver.input) > *median) == high);
                    here.map(|(_, margin)| *margin).collect()
                });
                for (count, half) in counts.iter_mut().zip(&halves) {
                    count.0 += half.iter().filter(|m| **m >= 0.0).count() as u64;
                    count.1 += half.len() as u64;
                }
                let finite = halves.map(|half| half.into_iter().filter(|m| m.is_finite()).collect::<Vec<f64>>());
                if finite.iter().all(|half| half.len() > 1) {
                    strata.push(finite);
                }
            }
            let all: usize = strata.iter().flatten().map(Vec::len).sum();
            let HalvesApart { exists_low, exists_high, margin_low, margin_high, .. } = halves_apart;
            for (side, (share, mean)) in [(exists_low, margin_low), (exists_high, margin_high)].into_iter().enumerate()
            {
                if (share.count, share.of) != counts[side] {
                    return Err(format!("{path}: {share:?}, not {:?}", counts[side]));
                }
                let weight = |s: &[Vec<f64>; 2]| (s[0].len() + s[1].len()) as f64 / all as f64;
                let average = |half: &[f64]| half.iter().sum::<f64>() / half.len() as f64;
                let expected: f64 = strata.iter().map(|s| weight(s) * average(&s[side])).sum();
                // Margins are kept to half of 2⁻²⁴ there.
                if (mean - expected).abs() > 1e-7 {
                    return Err(format!("{path}: {mean}, not {expected}"));
                }
            }
        }
        Ok(())
    }

    fn check(&self, scenario: &Scenario, spec: &crate::generate::Spec, found: &Survey) -> Result<(), String> {
        let margins = self.margins();
        let exists = margins.iter().filter(|m| **m >= 0.0).count() as u64;
        let free = self.worlds.iter().filter(|w| w.margin(self.defeat, |r| r.allowed).0.exists()).count() as u64;
        let said = (found.exists.count, found.exists_if_free.count, found.kept);
        if said != (exists, free, RUNS) {
            return Err(format!("exists: {said:?}, not {:?}", (exists, free, RUNS)));
        }
        for (r, share) in found.exists_by_reading.iter().enumerate() {
            let here = self.drawn.iter().zip(&margins).filter(|(d, _)| d.reading == Some(r));
            let expected = here.clone().filter(|(_, m)| **m >= 0.0).count() as u64;
            if (share.count, share.of) != (expected, here.count() as u64) {
                return Err(format!("reading {r}: {share:?}, not {expected}"));
            }
        }
        let same = found.same_package.as_ref().map(|s| (s.package.clone(), s.share.count));
        if same != self.same_package() {
            return Err(format!("one same package: {same:?}, not {:?}", self.same_package()));
        }
        let leads = found.leading.first().map(|l| &l.package);
        if leads != same.as_ref().map(|(package, _)| package) {
            return Err(format!("{leads:?} leads, not {same:?}"));
        }
        found.leading.iter().try_for_each(|l| self.check_package(l, |run| run % 2 == 1))?;
        found.named.iter().try_for_each(|l| self.check_package(l, |_| true))?;
        found.contributions.iter().try_for_each(|c| self.check_contribution(scenario, spec, c))?;
        for beholder in self.n.beholders() {
            let expected = self.binding(beholder);
            let said = found.binding.iter().find(|(b, _)| *b == beholder).map_or(0, |(_, share)| share.count);
            if said != expected {
                return Err(format!("{beholder:?} binds in {said} worlds, not in {expected}"));
            }
        }
        self.check_drivers(found)
    }
}

#[test]
fn a_survey_counts_what_a_plain_loop_counts() {
    for case in 0..cases(40) {
        let (spec, scenario) = scenario(3_000 + case, Size { packages: 20 + (case as usize % 5) * 20, audiences: 5 });
        let settings = settings(&scenario.negotiation, DEFEATS[case as usize % 4]);
        let found = survey(&scenario.negotiation, &settings, |_| ()).expect("it can be compiled");
        let plain = PlainSurvey::of(&scenario.negotiation, &settings);
        let outcome = plain.check(&scenario, &spec, &found);
        outcome.unwrap_or_else(|e| panic!("case {case}, {:?}: {e}\n{}", settings.drawing.defeat, spec.text()));
    }
}

// --- Leaders who look ahead ---

#[test]
fn a_world_in_which_leaders_look_ahead_is_that_of_a_plain_loop() {
    let mut doubts = 0;
    for case in 0..cases(40) {
        let (text, scenario) = crate::foresight::looking_ahead(4_000 + case, Size::of_case(case));
        let n = &scenario.negotiation;
        compare_all(&scenario, 3).unwrap_or_else(|e| panic!("case {case}: {e}\n{text}"));
        let first = n.space.package(0);
        let is_left = |r: &winset::model::Reason| r.kind == winset::model::ReasonKind::WithoutIt && r.units != 0;
        let scores = winset::model::Scores::new(n, winset::model::Scale::of(n));
        let doubted =
            |w: &World| n.parties().any(|i| scores.reasons(w, Beholder::Leadership(i), &first).iter().any(is_left));
        doubts += usize::from(worlds(n, 3).iter().any(doubted));
    }
    assert!(doubts > 10, "only {doubts} cases have a leader who doubts");
}

#[test]
fn what_holds_for_every_package_counts_for_every_package() {
    let text = "title = \"Always\"\n[actors]\np = { role = \"party\" }\n\
        [audiences]\na = { of = \"p\", veto = true, claims_weight = 10, defeat_below = 5 }\n\
        [issues.k]\nnow = \"x\"\noptions = [\"x\", \"y\"]\nviews.a = { weight = 1, y = 1 }\nviews.p = { weight = 1, y = 1 }\n\
        [claims.c]\nheard_by = [\"a\"]\naim = \"g\"\nwhen = {}\nsays = \"So be it.\"\nworth = 1\n\
        [links.l]\nfor = \"p\"\nwhen = {}\nbonus = 3\n";
    let scenario = Scenario::parse("given", text.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"));
    compare_all(&scenario, 0).unwrap_or_else(|e| panic!("{e}"));
}
