//! One world solved from tables gives what plain enumeration gives, package by package.

use std::path::Path;

use winset::analysis::Settings;
use winset::ask::Exact;
use winset::engine::Drawing;
use winset::model::{
    Account, Beholder, Defeat, InputId, Negotiation, OptionId, Package, Scale, Scores, Verdict, World,
};
use winset::scenario::Scenario;
use winset::space::{Item, Limits, Listed, Margin, RepairKind, Solved, solve, solve_additive};

const FILES: [&str; 9] = [
    "textbook/buyer-seller",
    "textbook/camp-david-1978",
    "textbook/concave-frontier",
    "textbook/dayton-1995",
    "textbook/labour-dispute",
    "textbook/linkage",
    "textbook/log-rolling",
    "textbook/packages-27",
    "textbook/split-the-pie",
];

const DEFEATS: [Defeat; 4] = [Defeat::Audience, Defeat::Leader, Defeat::Both, Defeat::NoVeto];

fn shipped(name: &str) -> Negotiation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).with_extension("toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(&text)
}

fn read(text: &str) -> Negotiation {
    match Scenario::parse("test", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(findings) => panic!("{}", winset::scenario::render(&findings, "test", text)),
    }
}

fn modal(n: &Negotiation) -> World {
    n.modal_world(&n.laws(None, &n.default_variants()))
}

fn solved(n: &Negotiation, world: &World, defeat: Defeat) -> Solved {
    solve(n, &n.default_variants(), world, defeat, Limits::default()).expect("it is small")
}

/// Everything about one package, by the definition.
struct Looked {
    package: Package,
    allowed: bool,
    available: bool,
    rational: bool,
    /// For each party, whether it is a defeat.
    defeats: Vec<bool>,
    utility: Vec<i64>,
    slack: f64,
}

/// Looks at every package in turn. `without` bars an option; `world` may already lack a claim.
fn enumerate(n: &Negotiation, world: &World, defeat: Defeat, spans: &[f64]) -> Vec<Looked> {
    let scores = Scores::new(n, Scale::of(n));
    let look = |number: u128| {
        let package = n.space.package(number);
        let defeats: Vec<bool> = n.parties().map(|i| scores.is_defeat_for(world, i, &package, defeat)).collect();
        let slacks = n.beholders().zip(spans).filter_map(|(b, span)| match b {
            Beholder::Audience(a) if defeat.counts_audiences() && world.happens(n.audience(a).veto) => {
                let crossed = !scores.crossed(world, b, &package).is_empty();
                let line = scores.defeat_line(world, a).map(|line| (scores.audience(world, a, &package) - line) as f64);
                if crossed { Some(f64::NEG_INFINITY) } else { line.map(|line| line / span) }
            }
            Beholder::Leadership(i) if defeat.counts_leaders() => {
                let crossed = !scores.crossed(world, b, &package).is_empty();
                let gain = (scores.leadership(world, i, &package) - scores.no_deal(world, i)) as f64;
                Some(if crossed { f64::NEG_INFINITY } else { gain / span })
            }
            _ => None,
        });
        Looked {
            allowed: n.space.allows(&package),
            available: scores.available(world, &package),
            rational: n.parties().all(|i| scores.rational(world, i, &package)),
            utility: n.parties().map(|i| scores.leadership(world, i, &package)).collect(),
            slack: slacks.fold(f64::INFINITY, f64::min),
            defeats,
            package,
        }
    };
    (0..n.space.size()).map(look).filter(|l| l.allowed).collect()
}

/// max − min of every score over the packages allowed.
fn spans(n: &Negotiation) -> Vec<f64> {
    let (world, scores) = (modal(n), Scores::new(n, Scale::of(n)));
    let allowed: Vec<Package> = (0..n.space.size()).map(|i| n.space.package(i)).filter(|p| n.space.allows(p)).collect();
    let span = |b: Beholder| {
        let all = allowed.iter().map(|p| match b {
            Beholder::Leadership(i) => scores.leadership(&world, i, p),
            Beholder::Audience(a) => scores.audience(&world, a, p),
        });
        (all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)).max(1) as f64
    };
    n.beholders().map(span).collect()
}

fn margin_of<'a>(looked: impl Iterator<Item = &'a Looked>) -> Margin {
    Margin::from_slack(looked.map(|l| l.slack).fold(f64::NEG_INFINITY, f64::max))
}

fn dominated(u: &[i64], all: &[&Looked]) -> bool {
    all.iter().any(|o| o.utility != u && o.utility.iter().zip(u).all(|(a, b)| a >= b))
}

#[expect(clippy::unnecessary_wraps, reason = "compared with counts that may be unknown")]
fn count(looked: &[Looked], keep: impl Fn(&Looked) -> bool) -> Option<u128> {
    Some(looked.iter().filter(|l| keep(l)).count() as u128)
}

#[test]
fn counts_and_margins_are_those_of_every_package_in_turn() {
    for name in FILES {
        let n = shipped(name);
        let (world, spans) = (modal(&n), spans(&n));
        for defeat in DEFEATS {
            let (answer, looked) = (solved(&n, &world, defeat), enumerate(&n, &world, defeat, &spans));
            let none = |l: &Looked| !l.defeats.contains(&true);
            let packages = &answer.packages;
            assert_eq!(packages.all, n.space.size(), "{name}");
            assert_eq!(packages.allowed, count(&looked, |_| true), "{name}");
            assert_eq!(packages.available, count(&looked, |l| l.available), "{name}");
            assert_eq!(packages.rational, count(&looked, |l| l.rational), "{name}");
            assert_eq!(packages.no_defeat, count(&looked, none), "{name} {defeat:?}");
            assert_eq!(packages.rational_no_defeat, count(&looked, |l| l.rational && none(l)), "{name} {defeat:?}");
            assert_eq!(
                packages.would_do,
                count(&looked, |l| l.available && l.rational && none(l)),
                "{name} {defeat:?}"
            );
            for (at, (_, number)) in packages.winset.iter().enumerate() {
                assert_eq!(*number, count(&looked, |l| !l.defeats[at]), "{name} {defeat:?}");
            }
            let agreeable = || looked.iter().filter(|l| l.available && l.rational);
            assert_eq!(answer.margin, Some(margin_of(agreeable())), "{name} {defeat:?}");
            let is_best =
                |l: &&Looked| l.slack > f64::NEG_INFINITY && Some(Margin::from_slack(l.slack)) == answer.margin;
            let best: Vec<&Looked> = agreeable().filter(is_best).collect();
            assert_eq!(answer.ties, best.len() as u128, "{name} {defeat:?}");
            let first = best.iter().find(|l| !dominated(&l.utility, &best)).map(|l| &l.package);
            assert_eq!(answer.best.as_ref(), first, "{name} {defeat:?}");
            assert_eq!(answer.margin_if_free, Some(margin_of(looked.iter())), "{name} {defeat:?}");
        }
    }
}

#[test]
fn the_frontier_is_what_no_package_dominates_with_its_ties_and_its_first_package() {
    for name in FILES {
        let n = shipped(name);
        let world = modal(&n);
        let (answer, looked) =
            (solved(&n, &world, Defeat::Audience), enumerate(&n, &world, Defeat::Audience, &spans(&n)));
        let all: Vec<&Looked> = looked.iter().collect();
        let mut expected: Vec<(Vec<i64>, u128, Package, bool)> = Vec::new();
        for l in looked.iter().filter(|l| !dominated(&l.utility, &all)) {
            match expected.iter_mut().find(|(u, ..)| *u == l.utility) {
                Some((_, ties, ..)) => *ties += 1,
                None => expected.push((l.utility.clone(), 1, l.package.clone(), l.rational)),
            }
        }
        expected.sort_by(|a, b| b.0.cmp(&a.0));
        let found = answer.frontier.expect("two parties");
        assert_eq!(found.size, expected.len(), "{name}");
        assert_eq!(found.packages, expected.iter().map(|e| e.1).sum::<u128>(), "{name}");
        let listed: Vec<_> =
            found.points.iter().map(|p| (p.utility.clone(), p.ties, p.package.clone(), p.rational)).collect();
        assert_eq!(listed, expected, "{name}");
    }
}

#[test]
fn solutions_are_chosen_among_all_packages_that_are_available_and_rational() {
    for name in FILES {
        let n = shipped(name);
        let world = modal(&n);
        let scores = Scores::new(&n, Scale::of(&n));
        let looked = enumerate(&n, &world, Defeat::Audience, &spans(&n));
        let agreeable: Vec<&Looked> = looked.iter().filter(|l| l.available && l.rational).collect();
        let no_deal: Vec<i64> = n.parties().map(|i| scores.no_deal(&world, i)).collect();
        let utilities: Vec<&[i64]> = agreeable.iter().map(|l| l.utility.as_slice()).collect();
        let expected = winset::space::solution::solutions(&utilities, &no_deal);
        let found = solved(&n, &world, Defeat::Audience).solutions.expect("two parties");
        let lists: [(&Listed, &Vec<usize>); 4] = [
            (&found.nash, &expected.nash),
            (&found.kalai_smorodinsky, &expected.kalai_smorodinsky),
            (&found.egalitarian, &expected.egalitarian),
            (&found.utilitarian, &expected.utilitarian),
        ];
        for (listed, places) in lists {
            assert_eq!(listed.packages, places.len() as u128, "{name}");
            for point in &listed.points {
                let first = places.iter().map(|at| agreeable[*at]).find(|l| l.utility == point.utility);
                assert_eq!(first.map(|l| &l.package), Some(&point.package), "{name}");
            }
        }
        assert_eq!(found.ideal, expected.ideal, "{name}");
    }
}

#[test]
fn what_each_item_adds_is_what_is_missing_when_the_item_is() {
    for name in ["textbook/camp-david-1978", "textbook/labour-dispute", "textbook/packages-27"] {
        let n = shipped(name);
        let (world, spans) = (modal(&n), spans(&n));
        let margin = |n: &Negotiation, world: &World, keep: &dyn Fn(&Package) -> bool| {
            let looked = enumerate(n, world, Defeat::Audience, &spans);
            margin_of(looked.iter().filter(|l| l.available && l.rational && keep(&l.package)))
        };
        let answer = solved(&n, &world, Defeat::Audience);
        assert_eq!(answer.pivotal.len(), Item::all(&n).len());
        for pivot in &answer.pivotal {
            let expected = match pivot.item {
                Item::Option(k, o) => margin(&n, &world, &|p| p.option(k) != o),
                Item::Claim(c) => {
                    let mut world = world.clone();
                    world.values[n.claims[c.0].worth.0] = 0.0;
                    margin(&n, &world, &|_| true)
                }
                Item::RedLine(of, line) => {
                    let mut n = n.clone();
                    match of {
                        Beholder::Leadership(i) => drop(n.actors[i.0].red_lines.remove(line)),
                        Beholder::Audience(a) => drop(n.audiences[a.0].red_lines.remove(line)),
                    }
                    margin(&n, &world, &|_| true)
                }
                Item::Audience(a) => {
                    let mut world = world.clone();
                    world.values[n.audience(a).veto.0] = 0.0;
                    margin(&n, &world, &|_| true)
                }
            };
            assert_eq!(pivot.margin, expected, "{name}: {}", pivot.item.path(&n));
        }
    }
}

/// A strike in which prices rose further, so that no contract will do.
fn deadlock() -> (Negotiation, World) {
    let n = shipped("textbook/labour-dispute");
    let mut world = modal(&n);
    let line = n.inputs.find("audiences.board.defeat_below").expect("the line is written");
    world.values[line.0] = -10.0;
    (n, world)
}

#[test]
fn the_nearest_miss_has_the_greatest_least_slack_and_names_who_binds() {
    let (n, world) = deadlock();
    let answer = solved(&n, &world, Defeat::Audience);
    let looked = enumerate(&n, &world, Defeat::Audience, &spans(&n));
    let best = margin_of(looked.iter().filter(|l| l.available && l.rational));
    let miss = answer.nearest_miss.expect("no contract will do");
    let package = looked.iter().find(|l| l.package == miss.package).expect("it is allowed");
    assert_eq!((Margin::from_slack(package.slack), answer.margin), (best, Some(best)));
    assert!(!best.exists());
    let least = miss.judged.iter().filter_map(|j| j.share).fold(f64::INFINITY, f64::min);
    assert!(least <= package.slack);
    assert!(miss.judged.iter().filter(|j| miss.binding.contains(&j.beholder)).all(|j| j.share == Some(least)));
}

/// The world with one input changed.
fn with(world: &World, input: InputId, value: f64) -> World {
    let mut world = world.clone();
    world.values[input.0] = value;
    world
}

#[test]
fn a_repair_makes_the_judge_bear_the_package_and_a_little_less_does_not() {
    let (n, world) = deadlock();
    let scores = Scores::new(&n, Scale::of(&n));
    let miss = solved(&n, &world, Defeat::Audience).nearest_miss.expect("no contract will do");
    let bears = |world: &World, judge: Beholder| match judge {
        Beholder::Leadership(i) => scores.rational(world, i, &miss.package),
        Beholder::Audience(a) => scores.verdict(world, a, &miss.package) != Verdict::Defeat,
    };
    let found: Vec<_> = miss.repairs.iter().filter_map(|r| Some((r, r.to?, r.judge?))).collect();
    assert!(found.iter().any(|(r, ..)| r.kind == RepairKind::Line), "{:?}", miss.repairs);
    for (repair, to, judge) in found {
        let path = &n.inputs.get(repair.input).path;
        assert!(bears(&with(&world, repair.input, to), judge), "{path}");
        // A thousandth of the way back is more than any rounding of a term, and too little of a change.
        let short = repair.from + (to - repair.from) * 0.999;
        assert!(!bears(&with(&world, repair.input, short), judge), "{path}");
        let again = solved(&n, &with(&world, repair.input, to), Defeat::Audience);
        assert!(!repair.settles || again.exists() == Some(true), "{path} should settle");
    }
}

#[test]
fn what_is_not_within_range_is_not_found_at_either_end() {
    let (n, world) = deadlock();
    let scores = Scores::new(&n, Scale::of(&n));
    let miss = solved(&n, &world, Defeat::Audience).nearest_miss.expect("no contract will do");
    for repair in miss.repairs.iter().filter(|r| r.to.is_none()) {
        let (low, high) = n.range(repair.input);
        for end in [low, high] {
            let world = with(&world, repair.input, end);
            let bears = match repair.judge.expect("a grant is always within range") {
                Beholder::Leadership(i) => scores.rational(&world, i, &miss.package),
                Beholder::Audience(a) => scores.verdict(&world, a, &miss.package) != Verdict::Defeat,
            };
            assert!(!bears, "{}", n.inputs.get(repair.input).path);
        }
    }
}

const HELD: &str = r#"
title = "A gift in somebody else's hands"
[actors]
a = { role = "party" }
b = { role = "party" }
h = { role = "holder" }
[audiences]
home = { of = "a", veto = true, defeat_below = 5 }
[issues.gift]
now = "none"
options.none = "none"
options.small = "small"
options.large = { name = "large", holder = "h", grants = 0.2 }
views.a = { weight = 10, small = 0.2, large = 1 }
views.b = { weight = 10, small = -0.2, large = -1 }
views.home = { weight = 10, small = 0.3, large = 0.9 }
[no_deal]
a = { base = -20 }
b = { base = -20 }
[red_lines.b-line]
by = "b"
when = { gift = "none" }
"#;

#[test]
fn what_a_holder_does_not_grant_is_shown_with_the_grant_that_would_settle() {
    let n = read(HELD);
    let answer = solved(&n, &modal(&n), Defeat::Audience);
    assert_eq!((answer.packages.available, answer.packages.would_do), (Some(2), Some(0)));
    let miss = answer.nearest_miss.expect("only the large gift would do");
    assert_eq!(miss.package, Package(vec![OptionId(1)]));
    let better = answer.if_granted.expect("the large gift would do");
    assert_eq!((&better.package, better.ungranted.len()), (&Package(vec![OptionId(2)]), 1));
    let grant = better.repairs.iter().find(|r| r.kind == RepairKind::Grant).expect("the holder could grant it");
    assert!(grant.settles);
    assert_eq!(solved(&n, &with(&modal(&n), grant.input, 1.0), Defeat::Audience).exists(), Some(true));
}

#[test]
fn to_ten_decimals_as_well_what_nobody_grants_is_on_the_frontier_and_is_no_solution() {
    let n = read(
        r#"
title = "A gift in somebody else's hands, and a fine price"
[actors]
a = { role = "party" }
b = { role = "party" }
h = { role = "holder" }
[issues.gift]
now = "none"
options.none = "none"
options.large = { name = "large", holder = "h", grants = 0.2 }
views.a = { weight = 1, large = 0.9 }
views.b = { weight = 1, large = 0.9 }
[issues.price]
options = ["low", "middle", "high"]
views.a = { weight = 1, values = [0, 0.1234567891, 0.2] }
views.b = { weight = 1, values = [0.2, 0.1, 0] }
[no_deal]
a = { base = 0.05 }
b = { base = 0 }
"#,
    );
    let answer = solved(&n, &modal(&n), Defeat::Audience);
    assert_eq!(answer.utilities.digits(), 10);
    // Without the gift a would rather have no deal than the low price.
    assert_eq!((answer.packages.rational, answer.packages.would_do), (Some(5), Some(2)));
    let frontier = answer.frontier.expect("two parties");
    let points: Vec<&[i64]> = frontier.points.iter().map(|p| &p.utility[..]).collect();
    assert_eq!(
        points,
        [[11_000_000_000, 9_000_000_000], [10_234_567_891, 10_000_000_000], [9_000_000_000, 11_000_000_000]]
    );
    let nash = answer.solutions.expect("two parties").nash;
    assert_eq!(nash.points.iter().map(|p| &p.utility[..]).collect::<Vec<_>>(), [[1_234_567_891, 1_000_000_000]]);
}

#[test]
fn an_account_adds_up_to_the_score_and_names_every_claim_in_force() {
    for name in ["textbook/camp-david-1978", "textbook/labour-dispute", "talks/istanbul-2025"] {
        let n = shipped(name);
        let (world, scale) = (modal(&n), Scale::of(&n));
        let scores = Scores::new(&n, scale);
        for named in &n.packages {
            let account = Account::of(&n, scale, &world, &named.package);
            assert_eq!(account.is_allowed(), n.space.allows(&named.package));
            assert_eq!(account.is_available(), scores.available(&world, &named.package));
            for h in &account.audiences {
                let felt = h.gains.iter().chain(&h.charges.losses).map(|(.., units)| units).sum::<i64>();
                let told = h.speech.iter().chain(&h.charges.overheard).map(|s| s.units).sum::<i64>();
                assert_eq!(felt + told, scores.audience(&world, h.audience, &named.package), "{name} {}", named.id);
                assert_eq!(h.verdict, scores.verdict(&world, h.audience, &named.package));
                let said = h.speech.iter().map(|s| s.others.len() + usize::from(s.claim.is_some())).sum::<usize>();
                let told = scores.seen(&world, &named.package);
                let in_force = n.claims.iter().filter(|c| c.heard_by.contains(&h.audience));
                assert_eq!(said, in_force.filter(|c| c.clause.holds(|k| told.option(k))).count(), "{name}");
            }
            for l in &account.leaderships {
                let worth = l.terms.iter().map(|t| t.2).chain(l.links.iter().map(|t| t.1)).sum::<i64>();
                assert_eq!(worth + l.without_it, scores.leadership(&world, l.actor, &named.package));
            }
            let defeated: Vec<_> =
                n.parties().filter(|i| scores.is_defeat_for(&world, *i, &named.package, Defeat::Audience)).collect();
            assert_eq!(account.defeated(&n, Defeat::Audience), defeated);
        }
    }
}

/// `issues` of ten options with coarse points for two leaderships, each with a home that sees as it does.
fn additive(issues: usize) -> String {
    let value = |o: usize, turn: usize| (o * turn % 10) as f64 / 10.0;
    let mut text = String::from(
        "title = \"Additive\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n[audiences]\n\
         home = { of = \"a\", veto = true, defeat_below = 3 }\n[no_deal]\na = { base = 2 }\nb = { base = -9 }\n",
    );
    for k in 0..issues {
        let options: Vec<String> = (0..10).map(|o| format!("\"o{o}\"")).collect();
        let view = |turn: usize, sign: &str| {
            (0..10).map(|o| format!("o{o} = {sign}{}", value(o, turn))).collect::<Vec<_>>().join(", ")
        };
        text += &format!(
            "[issues.k{k}]\noptions = [{}]\nviews.a = {{ weight = {w}, {} }}\nviews.b = {{ weight = {v}, {} }}\n\
             views.home = {{ weight = 1, {} }}\n",
            options.join(", "),
            view(3, ""),
            view(1, "-"),
            view(7, ""),
            w = k % 3 + 1,
            v = (k + 1) % 3 + 1,
        );
    }
    text
}

#[test]
fn a_vast_additive_space_is_solved_without_being_looked_at() {
    let n = read(&additive(20));
    let answer = solved(&n, &modal(&n), Defeat::Audience);
    assert_eq!(answer.packages.allowed, Some(10_u128.pow(20)));
    let frontier = answer.frontier.expect("two parties");
    assert!(frontier.size > 1 && frontier.packages >= frontier.size as u128);
    assert_eq!(answer.solutions.expect("two parties").nash.points.len(), 1);
    assert!(matches!(answer.margin, Some(Margin::Share(_))));
}

/// What takes packages away, one issue at a time: a rule, red lines of both kinds, a holder.
const LIMITS: &str = r#"
[rules.one]
forbid = { k0 = "o3" }
[red_lines.leader]
by = "a"
when = { k1 = "o9" }
[red_lines.home]
by = "home"
when = { k2 = ["o2", "o3"] }
"#;

#[test]
fn sums_say_of_an_additive_space_what_tables_say() {
    for (issues, more) in [(1, ""), (3, ""), (3, LIMITS), (4, LIMITS)] {
        let n = read(&(additive(issues) + more));
        for defeat in DEFEATS {
            let (tables, sums) = (solved(&n, &modal(&n), defeat), {
                solve_additive(&n, &[], &modal(&n), defeat, Limits::default()).expect("it is additive")
            });
            assert_eq!(tables.frontier, sums.frontier);
            assert_eq!(tables.solutions, sums.solutions);
            assert_eq!(
                (tables.margin, tables.margin_if_free),
                (sums.margin, sums.margin_if_free),
                "{issues} {defeat:?}"
            );
            let pairs = [
                (tables.packages.allowed, sums.packages.allowed),
                (tables.packages.available, sums.packages.available),
                (tables.packages.rational, sums.packages.rational),
                (tables.packages.no_defeat, sums.packages.no_defeat),
                (tables.packages.rational_no_defeat, sums.packages.rational_no_defeat),
                (tables.packages.would_do, sums.packages.would_do),
            ];
            let known = pairs.iter().filter(|(_, by_sums)| by_sums.is_some());
            assert!(known.clone().count() >= 3 && known.clone().all(|(a, b)| a == b), "{issues} {defeat:?}: {pairs:?}");
            for (a, b) in tables.packages.winset.iter().zip(&sums.packages.winset) {
                assert!(b.1.is_none() || a == b, "{issues} {defeat:?}");
            }
        }
    }
}

#[test]
fn a_vast_space_says_how_far_it_is_where_it_stops_and_what_is_exact_anyway() {
    let n = read(&additive(8));
    let heard = std::cell::RefCell::new(Vec::new());
    let watch = |step: &winset::space::Milestone| heard.borrow_mut().push((step.what, step.progress.issues));
    let solve = |sums| {
        let limits = Limits { sums, watch: &watch, ..Limits::default() };
        solve_additive(&n, &[], &modal(&n), Defeat::Audience, limits).expect("it is additive")
    };
    let whole = solve(Limits::default().sums);
    assert!(whole.margin.is_some() && whole.frontier.is_ok() && heard.borrow().contains(&("the margin", 7)));
    let stopped = solve(500);
    let why = stopped.missing.expect("some of it is not known");
    assert!(why.contains("would take more than 500 sums") && why.ends_with("all else here is exact"), "{why}");
    assert!(stopped.margin.is_none());
    // Two leaderships alone need fewer sums, and counts none.
    assert_eq!((stopped.frontier, stopped.packages), (whole.frontier, whole.packages));
}

fn exact(n: &Negotiation, world: &World) -> Exact {
    let settings = Settings { runs: 1, drawing: Drawing::of(n, 1), agreeing: false };
    let laws = n.laws(None, &n.default_variants());
    Exact::at(n, &settings, &laws, world.clone(), Limits::default()).expect("it can be solved")
}

#[test]
fn a_page_stays_within_80_columns_and_says_who_refuses_and_what_would_mend_it() {
    let (n, world) = deadlock();
    let page = winset::report::solve::page(&exact(&n, &world));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    for part in ["No package would do.", "nearest miss", "points short of the line", "of its range", "Nash"] {
        assert!(page.contains(part), "{part}:\n{page}");
    }
}

#[test]
fn the_document_of_a_world_has_what_its_readers_look_for() {
    let n = shipped("textbook/labour-dispute");
    let json = |n: &Negotiation| winset::report::solve::json(&exact(n, &modal(n)));
    let document = json(&n);
    assert_eq!(document["packages"]["winset"]["union"], 32);
    assert_eq!(document["solutions"]["nash"][0]["package"]["pay"], "0");
    assert_eq!(document["frontier"]["truncated"], false);
    let pivotal = document["pivotal"].as_array().expect("a list");
    assert!(pivotal.iter().any(|p| p["without"] == "issues.pay.options.3" && p["exists"] == false), "{pivotal:?}");
    let vast = read(&additive(20));
    let document = json(&vast);
    assert_eq!(document["packages"]["all"], "100000000000000000000");
}
