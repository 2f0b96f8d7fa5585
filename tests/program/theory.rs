//! The program meets the closed forms of bargaining theory, on grids as fine as 1 001 options an issue.
#![cfg(feature = "cli")]

use crate::support::{Point, packages, solve_text};

const LAND: [&str; 3] = ["territory", "arms", "church"];

/// Two steps of a grid of 1 001 options: what rounding to the grid, and to 10^-6 point, may move a closed form.
const TWO_STEPS: f64 = 2.0;

/// Nash (1950): a pie of 1 with no-deal values 0.2 and 0 is split 0.6 to 0.4.
#[test]
fn a_linear_pie_is_split_at_the_no_deal_values_and_half_of_the_rest() {
    let answer =
        solve_text("theory-a01", &cake("weight = 1, 0 = 0, 1000 = 1", "weight = 1, 0 = 1, 1000 = 0", [0.2, 0.0]));
    for solution in ["nash", "kalai_smorodinsky", "egalitarian"] {
        is_at(&answer.only(solution), "600", [0.6, 0.4]);
    }
    // Every split is as good as every other to the sum, so all that are rational tie.
    for point in answer.solution("utilitarian") {
        assert!((point.utility["a"] + point.utility["b"] - 1.0).abs() < 1e-9, "{point:?}");
    }
    assert_eq!(answer.count("rational"), 801);
    assert_eq!(answer.frontier_size(), 1_001);
}

/// Nash (1950), Kalai and Smorodinsky (1975), Kalai (1977), Harsanyi (1955) on the frontier (x, sqrt(1 − x)).
#[test]
fn a_concave_frontier_tells_the_solutions_apart() {
    let root = |i: u32| format!("{:.6}", (1.0 - f64::from(i) / 1000.0).sqrt());
    let values = (0..=1000).map(root).collect::<Vec<_>>().join(", ");
    let second = format!("weight = 1, values = [{values}]");
    let answer = solve_text("theory-a03", &cake("weight = 1, 0 = 0, 1000 = 1", &second, [0.0, 0.0]));
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    is_near(&answer.only("nash"), 2.0 / 3.0);
    is_near(&answer.only("kalai_smorodinsky"), golden);
    is_near(&answer.only("egalitarian"), golden);
    is_at(&answer.only("utilitarian"), "750", [0.75, 0.5]);
    assert_eq!(answer.frontier_size(), 1_001);
}

/// Kalai and Smorodinsky (1975), Kalai (1977): on u₂ = 1 − u₁/2 levelling shares and levelling points differ.
#[test]
fn with_unequal_ideals_kalai_smorodinsky_levels_shares_and_egalitarian_levels_points() {
    let answer =
        solve_text("theory-a04", &cake("weight = 2, 0 = 0, 1000 = 1", "weight = 1, 0 = 1, 1000 = 0", [0.0, 0.0]));
    is_at(&answer.only("nash"), "500", [1.0, 0.5]);
    is_at(&answer.only("kalai_smorodinsky"), "500", [1.0, 0.5]);
    is_near(&answer.only("egalitarian"), 1.0 / 3.0);
    is_at(&answer.only("utilitarian"), "1000", [2.0, 0.0]);
}

/// The least gain is 0.666 at 333 and at 334; the other gain, 0.667 or 0.668, decides.
#[test]
fn equal_least_gains_are_told_apart_by_the_next_least() {
    let answer =
        solve_text("theory-a04-next", &cake("weight = 2, 0 = 0, 1000 = 1", "weight = 1, 0 = 1, 1000 = 0", [0.0, 0.0]));
    is_at(&answer.only("egalitarian"), "334", [0.668, 0.666]);
}

/// Raiffa (1982), Tollison and Willett (1979): each issue goes to whom it matters more, about 10^6 packages.
#[test]
fn log_rolling_is_found_among_a_million_packages() {
    let issue = |id: &str, [a, b]: [f64; 2]| {
        let views =
            format!("views.a = {{ weight = {a}, 0 = 0, 1000 = 1 }}\nviews.b = {{ weight = {b}, 0 = 1, 1000 = 0 }}");
        format!("[issues.{id}]\noptions = {{ from = 0, to = 1000, step = 1 }}\n{views}\n")
    };
    let text = format!("{}{}{}", two_parties([0.0, 0.0]), issue("one", [0.8, 0.2]), issue("two", [0.2, 0.8]));
    let answer = solve_text("theory-a06", &text);
    let nash = answer.only("nash");
    assert_eq!(nash.options(&["one", "two"]), "1000/0");
    nash.is_worth("a", 0.8);
    nash.is_worth("b", 0.8);
    assert_eq!(answer.count("all"), 1_002_001);
    assert_eq!(answer.frontier_size(), 2_001);
}

/// Tollison and Willett (1979): worth (5, −3) and (−2, 4), two issues fail alone and together give (3, 1).
#[test]
fn linkage_creates_a_deal_that_neither_issue_has_alone() {
    let something = |terms: &str| format!("[rules.something]\nforbid = {{ {terms} }}\n");
    let one = yes_or_no("one", [5, -3]);
    let two = yes_or_no("two", [-2, 4]);
    let alone = |name: &str, issue: &str, terms: &str| {
        solve_text(name, &format!("{}{issue}{}", two_parties([0.0, 0.0]), something(terms)))
    };
    for answer in [alone("theory-a08-one", &one, r#"one = "no""#), alone("theory-a08-two", &two, r#"two = "no""#)] {
        assert_eq!((answer.count("allowed"), answer.count("rational")), (1, 0));
        assert!(answer.solution("nash").is_empty());
    }
    let linked = alone("theory-a08-linked", &format!("{one}{two}"), r#"one = "no", two = "no""#);
    assert_eq!((linked.count("allowed"), linked.count("rational")), (3, 1));
    let nash = linked.only("nash");
    assert_eq!(nash.options(&["one", "two"]), "yes/yes");
    nash.is_worth("a", 3.0);
    nash.is_worth("b", 1.0);
}

/// Mayer (1992): with a side payment of whole points from `a` to `b` the surplus of 4 is halved.
#[test]
fn a_side_payment_splits_the_surplus_of_a_linkage() {
    let payment = "[issues.payment]\noptions = { from = 0, to = 4, step = 1 }\n\
        views.a = { weight = 4, 0 = 0, 4 = -1 }\nviews.b = { weight = 4, 0 = 0, 4 = 1 }\n";
    let issues = format!("{}{}{payment}", yes_or_no("one", [5, -3]), yes_or_no("two", [-2, 4]));
    let answer = solve_text("theory-a08-payment", &format!("{}{issues}", two_parties([0.0, 0.0])));
    for solution in ["nash", "kalai_smorodinsky", "egalitarian"] {
        let point = answer.only(solution);
        assert_eq!(point.options(&["one", "two", "payment"]), "yes/yes/1", "{solution}");
        point.is_worth("a", 2.0);
        point.is_worth("b", 2.0);
    }
}

/// A fixture of 27 packages, gone through by hand: frontier, no-defeat set and solutions are known exactly.
#[test]
fn twenty_seven_packages_are_sorted_exactly() {
    let answer = solve_text("theory-l01", &land(""));
    assert_eq!(packages(&answer.frontier(), &LAND), FRONTIER);
    assert_eq!((answer.count("all"), answer.count("allowed"), answer.count("rational")), (27, 27, 6));
    assert_eq!((answer.win_set("a"), answer.win_set("b")), (17, 14));
    assert_eq!((answer.count("no_defeat"), answer.count("rational_no_defeat")), (4, 4));
    let expected = [
        ("nash", "freeze/no_limit/silent"),
        ("kalai_smorodinsky", "freeze/no_limit/reinstated"),
        ("egalitarian", "freeze/no_limit/reinstated"),
        ("utilitarian", "freeze/informal/silent"),
    ];
    for (solution, package) in expected {
        assert_eq!(answer.only(solution).options(&LAND), package, "{solution}");
    }
}

/// Each of the 27 packages is asked about alone: the no-defeat sets are exactly the known ones, told and untold.
#[test]
fn the_no_defeat_set_of_the_27_is_known_package_by_package() {
    for (name, claim, expected) in [("plain", "", &NO_DEFEAT[..4]), ("told", CLAIM, &NO_DEFEAT[..])] {
        let found = all_27().filter(|package| no_defeat_alone(name, claim, package)).collect::<Vec<_>>();
        assert_eq!(sorted(found), sorted(expected.iter().map(ToString::to_string).collect()), "{name}");
    }
}

/// A claim adds to what an audience bears and to nothing that leaders gain.
#[test]
fn a_claim_widens_the_no_defeat_set_and_moves_no_solution() {
    let (plain, told) = (solve_text("theory-l01-plain", &land("")), solve_text("theory-l01-told", &land(CLAIM)));
    assert_eq!((told.count("no_defeat"), told.count("rational")), (5, 6));
    assert_eq!((told.win_set("a"), told.win_set("b")), (18, 14));
    for solution in ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"] {
        assert_eq!(told.only(solution).package, plain.only(solution).package, "{solution}");
    }
    assert_eq!(packages(&told.frontier(), &LAND), FRONTIER);
}

const CLAIM: &str = "[claims.held]\nheard_by = [\"a_home\"]\naim = \"land\"\nwhen = { territory = \"freeze\" }\n\
    says = \"We keep what we hold.\"\nworth = 1\n";

/// The last one is added by the claim.
const NO_DEFEAT: [&str; 5] = [
    "freeze/informal/banned",
    "freeze/informal/silent",
    "freeze/no_limit/reinstated",
    "freeze/no_limit/silent",
    "freeze/no_limit/banned",
];

const FRONTIER: [&str; 19] = [
    "freeze/formal/reinstated",
    "freeze/formal/silent",
    "freeze/informal/banned",
    "freeze/informal/reinstated",
    "freeze/informal/silent",
    "freeze/no_limit/banned",
    "freeze/no_limit/reinstated",
    "freeze/no_limit/silent",
    "full/formal/reinstated",
    "full/formal/silent",
    "full/informal/reinstated",
    "full/informal/silent",
    "withdrawal/formal/silent",
    "withdrawal/informal/banned",
    "withdrawal/informal/reinstated",
    "withdrawal/informal/silent",
    "withdrawal/no_limit/banned",
    "withdrawal/no_limit/reinstated",
    "withdrawal/no_limit/silent",
];

/// An option with its points for `a` and for `b`.
type Worth = (&'static str, [f64; 2]);

/// The issues of the 27 packages.
const LAND_POINTS: [(&str, [Worth; 3]); 3] = [
    ("territory", [("full", [10.0, -12.0]), ("freeze", [6.0, -3.0]), ("withdrawal", [-8.0, 9.0])]),
    ("arms", [("formal", [5.0, -6.0]), ("informal", [3.0, -1.0]), ("no_limit", [-3.0, 4.0])]),
    ("church", [("reinstated", [2.0, -2.0]), ("silent", [1.0, 0.0]), ("banned", [-1.0, 1.0])]),
];

/// The 27 packages as a scenario in which homes feel as leaders do; weight 100, so points are hundredths of a value.
fn land(more: &str) -> String {
    let issues: String = LAND_POINTS.iter().map(|(id, options)| land_issue(id, options)).collect();
    let homes = "[audiences]\na_home = { of = \"a\", veto = true, claims_weight = 2, defeat_below = 4 }\n\
        b_home = { of = \"b\", veto = true, defeat_below = -4 }\n";
    format!("{}{homes}{issues}{more}", two_parties([0.0, -6.0]))
}

fn land_issue(id: &str, options: &[Worth]) -> String {
    let ids = options.iter().map(|(o, _)| format!("\"{o}\"")).collect::<Vec<_>>().join(", ");
    let view = |beholder: &str, side: usize| {
        let value = |(o, points): &Worth| format!("{o} = {}", points[side] / 100.0);
        let values = options.iter().map(value).collect::<Vec<_>>().join(", ");
        format!("views.{beholder} = {{ weight = 100, {values} }}\n")
    };
    let views = [view("a", 0), view("a_home", 0), view("b", 1), view("b_home", 1)].concat();
    format!("[issues.{id}]\noptions = [{ids}]\n{views}")
}

fn all_27() -> impl Iterator<Item = String> {
    let ids = |issue: usize| LAND_POINTS[issue].1.map(|(id, _)| id);
    ids(0).into_iter().flat_map(move |t| ids(1).into_iter().flat_map(move |a| ids(2).map(|c| format!("{t}/{a}/{c}"))))
}

fn no_defeat_alone(name: &str, claim: &str, package: &str) -> bool {
    let terms = LAND.iter().zip(package.split('/')).map(|(issue, option)| format!("{issue} = \"{option}\""));
    let only = format!("[rules.only]\nrequire = {{ {} }}\n", terms.collect::<Vec<_>>().join(", "));
    let answer =
        solve_text(&format!("theory-l01-{name}-{}", package.replace('/', "-")), &land(&format!("{claim}{only}")));
    assert_eq!(answer.count("allowed"), 1, "{package}");
    answer.count("no_defeat") == 1
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// One divisible issue, `share`, cut into 1 000 parts, with each party's view of it.
fn cake(a: &str, b: &str, no_deal: [f64; 2]) -> String {
    let issue = "[issues.share]\noptions = { from = 0, to = 1000, step = 1 }\n";
    format!("{}{issue}views.a = {{ {a} }}\nviews.b = {{ {b} }}\n", two_parties(no_deal))
}

fn two_parties([a, b]: [f64; 2]) -> String {
    format!(
        "title = \"Theory\"\n[actors]\na = {{ role = \"party\" }}\nb = {{ role = \"party\" }}\n\
         [no_deal]\na = {{ base = {a} }}\nb = {{ base = {b} }}\n"
    )
}

/// An issue with a present state, `no`, and one other option, worth these whole points.
fn yes_or_no(id: &str, [a, b]: [i32; 2]) -> String {
    let view = |points: i32| format!("{{ weight = {}, yes = {} }}", points.abs(), points.signum());
    format!("[issues.{id}]\nnow = \"no\"\noptions = [\"no\", \"yes\"]\nviews.a = {}\nviews.b = {}\n", view(a), view(b))
}

fn is_at(point: &Point, share: &str, [a, b]: [f64; 2]) {
    assert_eq!(point.option("share"), share, "{point:?}");
    point.is_worth("a", a);
    point.is_worth("b", b);
}

/// Whether the share lies within two steps of a part of the whole.
fn is_near(point: &Point, part: f64) {
    let share = point.number("share");
    assert!((share - 1000.0 * part).abs() <= TWO_STEPS, "{share} of 1000, not {part}");
}
