//! Estimates for less: every method against closed forms, enumeration and plain counting.

use crate::cli_support::{winset, winset_with_input};
use crate::generate::{Size, cases};
use crate::plain::Plain;
use winset::analysis::estimator::{
    Estimate, EstimateSettings, Method, RANDOMISATIONS, Target, Treatment, Until, agreement, estimate,
};
use winset::engine::talks::Ending;
use winset::engine::{Accounts, CannotRun, Drawing, Draws};
use winset::model::{Beholder, Defeat, Negotiation, Package};
use winset::num;
use winset::scenario::Scenario;
use winset::space::{Compiled, Lanes, Question, Test, WorldTables, highest};

const PASTURE: &str = include_str!("../../scenarios/textbook/split-the-pie.toml");
const LABOUR: &str = include_str!("../../scenarios/textbook/labour-dispute.toml");
const ISTANBUL: &str = include_str!("../../scenarios/talks/istanbul-2025.toml");

/// Φ(1)²: both lines are N(0.4, 0.1), and each side has 0.5.
const BOTH_BEAR: f64 = 0.707_860_981_737_141;

fn read(text: &str) -> Negotiation {
    Scenario::parse("test.toml", text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}")).negotiation
}

fn asked(n: &Negotiation, target: Target, method: Method, seed: u64, until: Until) -> EstimateSettings {
    let drawing = Drawing { threads: Some(1), ..Drawing::of(n, seed) };
    EstimateSettings { target, method: Some(method), until, drawing }
}

fn ask(n: &Negotiation, target: Target, method: Method, worlds: u64) -> Estimate {
    estimate(n, &asked(n, target, method, 1, Until::Worlds(worlds)), |_| ()).expect("it can be estimated")
}

fn named(n: &Negotiation, id: &str) -> Package {
    n.named(id).expect("the scenario names it").package.clone()
}

#[test]
fn with_lines_integrated_out_a_fixed_split_has_the_closed_form() {
    let n = read(PASTURE);
    for method in [Method::Lines, Method::LinesSobol] {
        for target in [Target::NoDefeat(named(&n, "even")), Target::WouldDo(named(&n, "even"))] {
            let found = ask(&n, target, method, 256);
            assert!(found.exact && found.interval.low == found.interval.high, "{found:?}");
            // Lines are rounded to a millionth of a point before they are compared: a line up to half a unit above 0.5
            // is still borne. The density of N(0.4, 0.1) at 0.5 is 2.42 a point, so each Φ gains 1.21e-6.
            let rounded = BOTH_BEAR + 2.0 * 0.841_344_746 * 2.419_707_245 * 0.5e-6;
            // What is left is the cut of the normal at six deviations (1e-9 of it) and fixed point.
            assert!((found.interval.share - rounded).abs() < 5e-9, "{}", found.interval.share);
            assert!((found.interval.share - BOTH_BEAR).abs() < 2.1e-6, "{}", found.interval.share);
        }
    }
}

#[test]
fn every_method_meets_the_closed_form_of_the_even_split_within_its_error() {
    let n = read(PASTURE);
    for (word, method) in Method::ALL {
        let found = ask(&n, Target::NoDefeat(named(&n, "even")), method, 8_192);
        // Four standard errors and the rounding of lines.
        let allowed = 4.0 * found.interval.error + 2.1e-6;
        assert!((found.interval.share - BOTH_BEAR).abs() <= allowed, "{word}: {:?}", found.interval);
    }
}

/// P(one exists) of the pasture: the parts from 20 on please the north's council; one village needs part ≥ a, the other
/// 1 − part ≥ b, on a grid of hundredths. By numbers: Σ over the grid of P(a in the cell) · P(b ≤ 1 − least part).
fn pasture_exists() -> f64 {
    let phi = |x: f64| 0.5 * erfc(-(x - 0.4) / 0.1 / std::f64::consts::SQRT_2);
    // The least part borne by the north is 0.2 or the next hundredth from its line on.
    let mut sum = phi(0.2 + 0.5e-6) * phi(0.8 + 0.5e-6);
    for part in 21..=100 {
        let (lo, hi) = (f64::from(part - 1) / 100.0 + 0.5e-6, f64::from(part) / 100.0 + 0.5e-6);
        sum += (phi(hi) - phi(lo)) * phi(1.0 - f64::from(part) / 100.0 + 0.5e-6);
    }
    sum
}

/// erfc by its series or continued fraction: far enough for six deviations.
fn erfc(x: f64) -> f64 {
    let steps = 20_000;
    // 1 − erf(x) by Simpson's rule; |x| ≤ 5 here, where h⁴·f''''/180 is far below 1e-12.
    let h = x / f64::from(steps);
    let f = |i: i32| num::exp(-(h * f64::from(i)) * (h * f64::from(i)));
    let sum: f64 = (1..steps).map(|i| if i % 2 == 1 { 4.0 } else { 2.0 } * f(i)).sum::<f64>() + f(0) + f(steps);
    1.0 - 2.0 / std::f64::consts::PI.sqrt() * h / 3.0 * sum
}

#[test]
fn one_exists_meets_the_sum_over_the_grid_by_every_method() {
    let n = read(PASTURE);
    let exact = pasture_exists();
    for (word, method) in Method::ALL {
        let found = ask(&n, Target::Exists, method, 8_192);
        // Draws of a normal come from a table within 1e-5 of twelve deviations: 1.2e-5 points, times density 4 at most.
        let allowed = 4.0 * found.interval.error + 5e-5;
        assert!((found.interval.share - exact).abs() <= allowed, "{word}: {:?}, not {exact}", found.interval);
    }
    let lines = ask(&n, Target::Exists, Method::LinesSobol, 8_192);
    assert!(lines.saving > 20.0 && lines.one_line.is_some(), "{lines:?}");
}

/// The greatest score of a judge over packages that pass all else, by the plain loop.
fn reached_plainly(plain: &Plain, of: Beholder, place: usize, defeat: Defeat) -> Option<i64> {
    let others = |row: &&crate::plain::Row| {
        let rational =
            plain.n.parties().all(|i| Beholder::Leadership(i) == of || plain.bears(Beholder::Leadership(i), row));
        let borne = plain.judges(defeat).into_iter().all(|judge| judge == of || plain.bears(judge, row));
        row.allowed && row.granted && rational && borne
    };
    plain.rows.iter().filter(others).filter(|row| !row.crossed[place]).map(|row| row.scores[place]).max()
}

#[test]
fn the_reach_of_a_judge_is_that_of_a_plain_loop_over_all_packages() {
    let mut met = 0;
    for seed in 0..cases(60) {
        let (_, scenario) = crate::generate::scenario(seed, Size::of_case(seed));
        let n = &scenario.negotiation;
        let compiled = Compiled::of(n, &n.default_variants()).expect("made-up scenarios compile");
        let spans = crate::plain::spans(n, compiled.scale, &n.default_variants());
        for drawn in Draws::new(n, Accounts::of(n), 3).block(0, 3) {
            let (world, space) = (&drawn.world, &compiled.at(&drawn.world).space);
            let plain = Plain::of(n, compiled.scale, spans.clone(), world);
            let mut tables = WorldTables::new();
            space.fill(world, &mut tables);
            for defeat in crate::plain::DEFEATS {
                let question = Question::of(space, n, world, &tables, &compiled.spans, defeat);
                for (place, of) in n.beholders().enumerate() {
                    let rational =
                        question.rational.iter().filter(|(i, _)| Beholder::Leadership(*i) != of).map(|(_, t)| *t);
                    let borne = question.borne.iter().filter(|j| j.beholder != of).map(|j| j.test);
                    let others: Vec<Test> = rational.chain(borne).collect();
                    let score = Test::new(&space.plans[place], &tables[place], 0);
                    let gate = space.available(n, world);
                    let reach = |from, enough| highest(Lanes::detect(), score, others.clone(), &gate, (from, enough));
                    let expected = reached_plainly(&plain, of, place, defeat);
                    let far = i64::from(i32::MAX);
                    assert_eq!(reach(-far, far), expected, "seed {seed}, {of:?}, {defeat:?}");
                    let Some(best) = expected else { continue };
                    met += 1;
                    assert_eq!(reach(best + 1, far), None, "seed {seed}: nothing is above the greatest");
                    assert_eq!(reach(best, far), Some(best), "seed {seed}: what is asked for is found");
                    let enough = reach(-far, best - 5);
                    assert!(enough.is_some_and(|s| s >= best - 5 && s <= best), "seed {seed}: {enough:?} of {best}");
                }
            }
        }
    }
    assert!(met > 1_000, "only {met} reaches were compared");
}

/// The pasture with another line of the north's village, and unknowns that it may follow.
fn shared(veto: &str, line: &str) -> String {
    PASTURE.replacen(
        "veto = true, defeat_below = { normal = { mean = 0.4, sd = 0.1 } }",
        &format!("veto = {veto}, defeat_below = {line}"),
        1,
    ) + "\n[unknowns.mood]\nname = \"The mood\"\nvalue = [0.2, 0.6]\n[unknowns.say]\nvalue = 0.5\n"
}

fn treatment(found: &Estimate, path: &str) -> Option<Treatment> {
    found.lines.iter().find(|(of, _)| of == path).map(|(_, how)| *how)
}

#[test]
fn chance_vetoes_are_integrated_out_with_their_lines() {
    let n = read(
        &shared("[0.2, 0.4, 0.6]", "[0.2, 0.6]")
            .replace("\n[unknowns.mood]\nname = \"The mood\"\nvalue = [0.2, 0.6]\n[unknowns.say]\nvalue = 0.5\n", ""),
    );
    let found = ask(&n, Target::NoDefeat(named(&n, "even")), Method::Lines, 256);
    // The north bears 0.5 with (0.5 − 0.2)/0.4 = 0.75, and has a say with 0.4: 1 − 0.4·0.25 = 0.9; the south as before.
    // Rounding of lines adds half a millionth of a point at a density of 2.5 and of 2.42.
    assert!(found.exact && (found.interval.share - 0.9 * 0.841_344_746).abs() < 3e-6, "{found:?}");
    let plain = ask(&n, Target::NoDefeat(named(&n, "even")), Method::Plain, 20_000);
    assert!((plain.interval.share - found.interval.share).abs() < 4.0 * plain.interval.error, "{plain:?}");
}

#[test]
fn lines_that_share_a_draw_are_drawn_and_said_to_be() {
    let n = read(&shared("true", "\"mood\""));
    let path = "audiences.north_village.defeat_below";
    let found = ask(&n, Target::NoDefeat(named(&n, "even")), Method::Lines, 4_096);
    assert_eq!(treatment(&found, path), Some(Treatment::Shared), "{:?}", found.lines);
    assert_eq!(treatment(&found, "audiences.south_village.defeat_below"), Some(Treatment::Integrated));
    assert!(!found.exact);
    // 0.75 · Φ(1), by the draws of the north's line.
    assert!((found.interval.share - 0.75 * 0.841_344_746).abs() < 4.0 * found.interval.error + 3e-6, "{found:?}");
}

#[test]
fn a_reservation_value_that_foresight_uses_too_is_drawn() {
    let lasting = PASTURE.replace("north = { base = 0.2 }", "north = { base = [0.1, 0.3] }");
    let free = read(&lasting);
    let path = "no_deal.north.base";
    let found = ask(&free, Target::WouldDo(named(&free, "even")), Method::Lines, 256);
    assert_eq!(treatment(&found, path), Some(Treatment::Integrated), "{:?}", found.lines);
    let far = lasting.replace("north = { role = \"party\", ", "north = { role = \"party\", foresight = 0.5, ");
    let far = read(&format!("{far}\n[durability]\nhazard = [0.1, 0.3]\n"));
    let found = ask(&far, Target::WouldDo(named(&far, "even")), Method::Lines, 256);
    assert_eq!(treatment(&found, path), Some(Treatment::Foreseen), "{:?}", found.lines);
}

#[test]
fn discrete_lines_are_compared_as_the_kernel_compares_them() {
    // A line at the score itself is reached; one a unit above is not. Half of all lines are the one in question.
    for (line, share) in [("0.5", 0.75), ("0.500001", 0.25)] {
        let n = read(&shared("true", &format!("{{ discrete = {{ \"{line}\" = 2, \"0.3\" = 1, \"0.7\" = 1 }} }}")));
        let found = ask(&n, Target::NoDefeat(named(&n, "even")), Method::Lines, 256);
        // The south's line gains half a unit at a density of 2.42, as above.
        assert!((found.interval.share - share * 0.841_344_746).abs() < 2e-6, "{line}: {found:?}");
    }
}

#[test]
fn every_method_agrees_with_plain_counting_on_istanbul() {
    let n = read(ISTANBUL);
    let targets =
        [Target::Exists, Target::WouldDo(named(&n, "moscow-memorandum")), Target::NoDefeat(named(&n, "four-frames"))];
    for target in targets {
        for method in [Method::Sobol, Method::Lines, Method::LinesSobol, Method::Importance] {
            let asked = asked(&n, target.clone(), method, 2, Until::Worlds(2_048));
            let found = estimate(&n, &asked, |_| ()).expect("it can be estimated");
            let beside = agreement(&n, &asked, &found, 2_048, |_| ()).expect("it can be counted");
            assert!(beside.holds() && found.interval.error > 0.0, "{target:?} by {method:?}: {found:?} {beside:?}");
        }
    }
}

#[test]
fn every_method_agrees_with_plain_counting_on_what_talks_come_to() {
    let n = read(ISTANBUL);
    for (target, method) in [
        (Target::Reached, Method::Sobol),
        (Target::Reached, Method::Importance),
        (Target::Ends(Ending::Truce), Method::Importance),
    ] {
        let mut asked = asked(&n, target.clone(), method, 3, Until::Worlds(2_048));
        asked.drawing.threads = None;
        let found = estimate(&n, &asked, |_| ()).expect("it can be estimated");
        let beside = agreement(&n, &asked, &found, 2_048, |_| ()).expect("it can be counted");
        assert!(beside.holds(), "{target:?} by {method:?}: {found:?} {beside:?}");
    }
}

#[test]
fn plain_counting_is_that_of_a_survey() {
    let n = read(LABOUR);
    let found = ask(&n, Target::Exists, Method::Plain, 1_000);
    let settings = winset::analysis::Settings {
        runs: 1_000,
        drawing: Drawing { threads: Some(1), ..Drawing::of(&n, 1) },
        agreeing: false,
    };
    let survey = winset::analysis::survey(&n, &settings, |_| ()).expect("it can be surveyed");
    assert_eq!((found.hits, found.worlds), (survey.exists.count, survey.exists.of));
    assert_eq!((found.interval.low, found.interval.high), (survey.exists.low, survey.exists.high));
}

/// A rare share: the north's line must lie two and a half deviations under its mean.
#[test]
fn importance_sampling_finds_a_rare_share_with_a_fraction_of_the_worlds() {
    let n = read(PASTURE);
    let mut even = named(&n, "even");
    even.0[0].0 = 15;
    let phi = |x: f64| 0.5 * erfc(-x / std::f64::consts::SQRT_2);
    // The north's village gets 0.15: P(line ≤ 0.15) = Φ(−2.5); the south's 0.85 is borne almost surely.
    let exact = phi(-2.5) * phi(4.5);
    let found = ask(&n, Target::NoDefeat(even), Method::Importance, 16_384);
    assert!((found.interval.share - exact).abs() < 4.0 * found.interval.error, "{exact}: {found:?}");
    assert_eq!(found.tilted, ["audiences.north_village.defeat_below"]);
    assert!(found.saving > 2.0, "{found:?}");
    // No weight exceeds 1/0.2, and weights are even enough to trust.
    assert!(found.effective.is_some_and(|e| e > 2_000.0 && e <= 16_384.0), "{found:?}");
}

#[test]
fn what_the_pilot_never_met_is_bounded_and_not_told() {
    let n = read(PASTURE);
    let mut all = named(&n, "even");
    all.0[0].0 = 0;
    // P(line ≤ 0) = Φ(−4) = 3e-5.
    let found = estimate(&n, &asked(&n, Target::NoDefeat(all), Method::Importance, 1, Until::Worlds(4_096)), |_| ());
    assert!(
        matches!(found, Err(CannotRun::NeverMet { worlds: 1_024, bound }) if (bound - 3.0 / 1_024.0).abs() < 1e-12),
        "{found:?}"
    );
}

/// How many of so many intervals hold the truth.
fn covered(n: &Negotiation, target: &Target, method: Method, worlds: u64, seeds: u64, truth: f64) -> u64 {
    let one = |seed| {
        let asked = asked(n, target.clone(), method, seed, Until::Worlds(worlds));
        let found = estimate(n, &asked, |_| ()).expect("it can be estimated").interval;
        u64::from(found.low <= truth && truth <= found.high)
    };
    (1..=seeds).map(one).sum()
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let n = read(PASTURE);
    let exact = pasture_exists();
    for method in [Method::Plain, Method::Sobol, Method::Lines, Method::LinesSobol] {
        // 95 % of 200 intervals are 190; four standard errors of that count are 12.3.
        let held = covered(&n, &Target::Exists, method, 1_024, 200, exact);
        assert!((178..=200).contains(&held), "{method:?}: {held} of 200");
    }
    let held = covered(&n, &Target::NoDefeat(named(&n, "even")), Method::Importance, 2_048, 200, BOTH_BEAR);
    assert!((178..=200).contains(&held), "importance: {held} of 200");
}

#[test]
fn a_precision_is_reached_by_doubling_or_said_to_be_out_of_reach() {
    let n = read(PASTURE);
    let by = |method, until| estimate(&n, &asked(&n, Target::Exists, method, 1, until), |_| ());
    let until = |half| Until::Precision { half, most: 1 << 16 };
    let fine = by(Method::Plain, until(0.005)).expect("it can be estimated");
    assert!(fine.precise && fine.interval.half() <= 0.005 && fine.worlds.is_power_of_two(), "{fine:?}");
    let before = by(Method::Plain, Until::Worlds(fine.worlds / 2)).expect("as before");
    assert!(before.interval.half() > 0.005, "half as many would not do: {before:?}");
    let cheap = by(Method::LinesSobol, until(0.005)).expect("it can be estimated");
    assert!(cheap.precise && cheap.worlds < fine.worlds, "{cheap:?}");
    let far = by(Method::Plain, until(0.000_1)).expect("it can be estimated");
    // P is near 0.97: z²·p(1 − p)/1e-8 is of the order of ten million.
    assert!(!far.precise && far.worlds <= 1 << 16 && far.wanted.is_some_and(|w| w > 1e6), "{far:?}");
}

#[test]
fn doubling_ends_where_as_many_worlds_at_once_end() {
    let n = read(LABOUR);
    for method in [Method::Plain, Method::LinesSobol] {
        let by = |until| estimate(&n, &asked(&n, Target::Exists, method, 1, until), |_| ()).expect("as asked");
        let doubled = by(Until::Precision { half: 0.0005, most: 1 << 13 });
        assert!(doubled.worlds > 2_048, "{method:?}: more than one look is taken: {doubled:?}");
        let at_once = by(Until::Worlds(doubled.worlds));
        assert_eq!(doubled.interval, at_once.interval, "{method:?}");
    }
}

#[test]
fn the_same_bytes_come_from_any_number_of_threads() {
    let n = read(ISTANBUL);
    for (target, method, worlds) in [
        (Target::Exists, Method::LinesSobol, 1_024),
        (Target::WouldDo(named(&n, "moscow-memorandum")), Method::Importance, 2_000),
        (Target::Reached, Method::Sobol, 512),
        (Target::Ends(Ending::Settlement), Method::Importance, 512),
    ] {
        let by = |threads| {
            let mut asked = asked(&n, target.clone(), method, 5, Until::Worlds(worlds));
            asked.drawing.threads = Some(threads);
            format!("{:?}", estimate(&n, &asked, |_| ()))
        };
        let alone = by(1);
        assert!(by(2) == alone && by(7) == alone, "{target:?} by {method:?}: {alone}");
    }
}

#[test]
fn the_order_of_a_file_plays_no_part() {
    let mut lines: Vec<&str> = PASTURE.lines().collect();
    let north = lines.iter().position(|l| l.starts_with("north_village")).expect("it is there");
    lines.swap(north, north + 1);
    let (n, turned) = (read(PASTURE), read(&lines.join("\n")));
    let (a, b) = (ask(&n, Target::Exists, Method::Lines, 1_024), ask(&turned, Target::Exists, Method::Lines, 1_024));
    assert_eq!(a, b);
}

#[test]
fn there_are_enough_independent_randomisations() {
    const { assert!(RANDOMISATIONS >= 16) };
    let n = read(PASTURE);
    assert_eq!(ask(&n, Target::Exists, Method::Sobol, 1_000).worlds, 512, "points come in powers of two");
}

#[test]
fn the_page_tells_the_share_its_interval_and_what_was_saved() {
    let asked = winset(&["estimate", "split-the-pie", "--precision", "0.005"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    for part in ["One exists in ", "an interval of 95 %", "Plain counting needs some", "they agree within error"] {
        let page = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(part), "{part}: {page}");
    }
    let exact = winset(&["estimate", "split-the-pie", "--of", "no-defeat:even", "--json"]);
    let json = crate::cli_support::answer(&exact.out);
    assert_eq!((json["exact"].as_bool(), json["method"].as_str()), (Some(true), Some("lines+sobol")));
    assert_eq!(json["lines"]["audiences.north_village.defeat_below"], "integrated");
}

#[test]
fn an_ending_that_is_never_met_is_answered_with_a_bound() {
    let words = ["estimate", "istanbul-2025", "--of", "imposed", "--runs", "1000", "--method", "importance"];
    let page = winset(&words);
    assert!(page.status == 0 && page.out.contains("rule of three"), "{}{}", page.out, page.err);
    let json = winset(&[&words[..], &["--json"]].concat());
    let json = crate::cli_support::answer(&json.out);
    assert!(
        json["share"].is_null() && json["high"].as_f64().is_some_and(|h| (h - 3.0 / 1_024.0).abs() < 1e-12),
        "{json}"
    );
}

#[test]
fn a_page_to_a_precision_says_how_many_worlds_it_took_and_how_few_an_estimate_takes() {
    let asked = winset(&["run", "split-the-pie", "--precision", "0.01"]);
    let page = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("worlds were doubled until") && page.contains("an estimate takes"), "{page}{}", asked.err);
    let json = winset(&["run", "split-the-pie", "--precision", "0.01", "--json"]);
    let json = crate::cli_support::answer(&json.out);
    assert_eq!(json["precision"]["worlds"], json["runs"]);
    let half =
        0.5 * (json["exists"]["high"].as_f64().expect("a number") - json["exists"]["low"].as_f64().expect("a number"));
    assert!(half <= 0.01, "{half}");
}

#[test]
fn bad_flags_get_one_message_with_what_is_accepted() {
    let wrong = [
        (
            &["estimate", "split-the-pie", "--of", "exist"][..],
            "unknown value of `--of` `exist`",
            "did you mean `exists`?",
        ),
        (&["estimate", "split-the-pie", "--of", "would-do:odd"], "unknown package `odd`", "even"),
        (&["estimate", "split-the-pie", "--of", "would-do:share=500"], "unknown option `500`", "options of `share`"),
        (&["estimate", "split-the-pie", "--method", "sobl"], "unknown method `sobl`", "did you mean `sobol`?"),
        (&["estimate", "split-the-pie", "--precision", "0"], "`--precision 0` is not a number", "half the width"),
        (&["estimate", "split-the-pie", "--precision", "-1"], "`--precision -1` is not a number", "half the width"),
        (&["estimate", "split-the-pie", "--precision", "nan"], "`--precision nan` is not a number", "half the width"),
        (&["estimate", "split-the-pie", "--precision", "0.01", "--runs", "9"], "exclude each other", "--help"),
        (&["estimate", "split-the-pie", "--of", "reached"], "the scenario has no talks", "without talks"),
        (
            &["estimate", "istanbul-2025", "--of", "reached", "--method", "lines"],
            "lines at home move",
            "--method sobol",
        ),
        (&["estimate", "istanbul-2025", "--agreeing"], "`--agreeing` keeps some worlds only", "winset run"),
        (&["run", "split-the-pie", "--precision", "2"], "`--precision 2` is not a number", "half the width"),
        (&["run", "split-the-pie", "--precision", "0.00001"], "would take some", "wider interval"),
    ];
    for (words, message, hint) in wrong {
        let asked = winset(words);
        assert!(asked.status == 2 && asked.out.is_empty(), "{words:?}: {} {}", asked.status, asked.out);
        assert!(asked.err.contains(message) && asked.err.contains(hint), "{words:?}: {}", asked.err);
    }
    let missing = winset_with_input(&["estimate", "-"], b"title = 1");
    assert_eq!(missing.status, 2);
}
