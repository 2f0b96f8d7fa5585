//! Sensitivity and audits: textbook answers, no part no index, the same bytes for any threads, wrong flags told.

use std::fs;

use crate::cli_support::{Folder, winset};
use winset::analysis::Headline;
use winset::analysis::sensitivity::{
    AuditSettings, Elementary, GroupKind, Grouping, HalfMeans, Measure, Own, Study, StudySettings, audit, study,
};
use winset::engine::Drawing;
use winset::figure::Theme;
use winset::model::Negotiation;
use winset::report::pictures::sensitivity_pictures;
use winset::report::sensitivity::Studied;
use winset::scenario::Scenario;

/// A house changes hands for some part of 100: the seller's family wants `sells` points at least, the buyer's `buys`.
///
/// With prices so fine the margin is (100 − sells − buys) / 200, so its variance is that of the two lines: with ranges of 40
/// and of 20 they make 4 and 1 of 5 parts, and nothing together. One exists where sells + buys ≤ 100.
const HOUSE: &str = r#"
title = "A house"
[actors]
seller = { role = "party" }
buyer  = { role = "party" }
[audiences.sells]
of           = "seller"
veto         = true
defeat_below = [20, 60]
[audiences.buys]
of           = "buyer"
veto         = true
defeat_below = [40, 60]
numbers      = "Raiffa (1982)"
[unknowns.weather]
value = [0, 1]
[issues.price]
options = { from = 0, to = 1000, step = 1 }
views.seller = { weight = 100, 0 = 0, 1000 = 1 }
views.sells  = { weight = 100, 0 = 0, 1000 = 1 }
views.buyer  = { weight = 100, 0 = 1, 1000 = 0 }
views.buys   = { weight = 100, 0 = 1, 1000 = 0 }
[no_deal]
seller = { base = -100 }
buyer  = { base = -100 }
"#;

const SELLS: &str = "audiences.sells.defeat_below";
const BUYS: &str = "audiences.buys.defeat_below";
const WEATHER: &str = "unknowns.weather";

fn negotiation(text: &str) -> Negotiation {
    match Scenario::parse("a.toml", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(findings) => panic!("{}", winset::scenario::render(&findings, "a.toml", text)),
    }
}

fn settings(n: &Negotiation, outcome: Measure, own: Own) -> StudySettings {
    StudySettings { outcome, points: 1_024, walks: 32, own, drawing: Drawing { threads: Some(2), ..Drawing::of(n, 1) } }
}

fn place(study: &Study, path: &str) -> usize {
    let is = |g: &winset::analysis::sensitivity::InputGroup| {
        g.kind == GroupKind::Input && study.factors[g.factors[0]].path == path
    };
    study.groups.iter().position(is).unwrap_or_else(|| panic!("{path} has no index"))
}

#[test]
fn two_lines_make_the_variance_of_the_margin_by_their_ranges() {
    let n = negotiation(HOUSE);
    let found = study(&n, &settings(&n, Measure::Margin, Own::Strongest(8)), |_| {}).expect("it can be studied");
    for (path, share) in [(SELLS, 0.8), (BUYS, 0.2)] {
        let indices = found.decomposition.groups[place(&found, path)];
        // 1024 Sobol' points of a sum of two uniforms; seen: under 0.002.
        assert!((indices.first.value - share).abs() < 0.02, "{path}: {indices:?}");
        assert!((indices.total.value - share).abs() < 0.02, "{path}: {indices:?}");
    }
    // Their means are 40 and 50, of 200; the variance is (40² + 20²) / 12 / 200².
    let (mean, variance) = (10.0 / 200.0, 2_000.0 / 12.0 / 40_000.0);
    assert!((found.decomposition.mean - mean).abs() < 0.001, "{}", found.decomposition.mean);
    assert!((found.decomposition.variance / variance - 1.0).abs() < 0.02, "{}", found.decomposition.variance);
    assert!(found.decomposition.interactions.expect("it varies").may_be_zero());
}

/// A step of half a range moves the margin by exactly half of it: by 20 / 200 and by 10 / 200.
#[test]
fn walks_find_the_slope_of_each_line_and_its_two_halves() {
    let n = negotiation(HOUSE);
    let found = study(&n, &settings(&n, Measure::Margin, Own::Strongest(8)), |_| {}).expect("it can be studied");
    for (path, slope) in [(SELLS, -0.2), (BUYS, -0.1), (WEATHER, 0.0)] {
        let f = found.factors.iter().position(|f| f.path == path).expect("it is uncertain");
        let e = &found.screening[f];
        // A price step is 0.1 points of 100: the best price misses the middle by half of one, so a margin is up to 0.0005 too
        // small, and a slope off by twice that.
        assert!((e.mu - slope).abs() < 0.001 && (e.mu_star - slope.abs()).abs() < 0.001, "{path}: {e:?}");
        assert!(e.sigma < 0.001, "{path}: {e:?}");
        let halves = e.halves.expect("the value changes at every step");
        assert!((halves.effect - slope / 2.0).abs() < 0.000_5 && halves.pairs == 32, "{path}: {halves:?}");
    }
}

#[test]
fn an_input_that_plays_no_part_cannot_be_told_from_nothing() {
    let n = negotiation(HOUSE);
    let own = Own::Inputs(vec![WEATHER.into(), SELLS.into()]);
    let found = study(&n, &settings(&n, Measure::Exists, own), |_| {}).expect("it can be studied");
    let nothing = found.decomposition.groups[place(&found, WEATHER)];
    assert!(nothing.first.may_be_zero() && nothing.total.may_be_zero(), "{nothing:?}");
    assert_eq!((nothing.first.value, nothing.total.value), (0.0, 0.0));
    let something = found.decomposition.groups[place(&found, SELLS)];
    assert!(!something.first.may_be_zero() && !something.total.may_be_zero(), "{something:?}");
    // The two strongest leave it out, the eight strongest are all three.
    let kinds = |most| {
        let found = study(&n, &settings(&n, Measure::Exists, Own::Strongest(most)), |_| {}).expect("it can be studied");
        [GroupKind::Input, GroupKind::Others].map(|kind| found.groups.iter().filter(|g| g.kind == kind).count())
    };
    assert_eq!((kinds(2), kinds(8)), ([2, 1], [3, 0]));
}

#[test]
fn inputs_are_picked_on_even_walks_and_shown_on_odd_ones() {
    let n = negotiation(HOUSE);
    let settings = settings(&n, Measure::Margin, Own::Strongest(8));
    let mut found = study(&n, &settings, |_| {}).expect("it can be studied");
    let pairs = found.apart.each_ref().map(|apart| apart[0].halves.expect("the value changes at every step").pairs);
    assert_eq!(pairs, [16, 16], "of 32 walks");
    // Only the weather moves anything on even walks; on odd ones it moves the margin from −90 to 70 %.
    let weather = found.factors.iter().position(|f| f.path == WEATHER).expect("it is uncertain");
    let moves = |low: f64, high: f64| {
        let halves =
            HalfMeans { pairs: 16, low, high, effect: high - low, effect_low: high - low, effect_high: high - low };
        Elementary { rms: (high - low).abs(), halves: Some(halves), ..found.screening[weather] }
    };
    let (even, odd) = (moves(-5.0, 5.0), moves(-0.9, 0.7));
    found.screening[weather].rms = 1.0;
    (found.apart[0][weather], found.apart[1][weather]) = (even, odd);
    let drawn = winset::analysis::Settings { runs: 1, drawing: settings.drawing.clone(), agreeing: false };
    let choices = winset::ask::Choices { settings: drawn, changed: Vec::new(), without: Vec::new() };
    let asked = Studied { n: &n, settings: &settings, choices: &choices, answer: &found };
    let page = winset::report::sensitivity::page(&asked);
    let first = page.lines().skip_while(|line| !line.contains("if low")).nth(1).expect("there is a table");
    assert!(first.contains("−90.0 %") && first.contains("70.0 %") && first.contains(WEATHER), "{page}");
    let told = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Picked of 3 on even walks, shown on odd ones."), "{page}");
    let halves = sensitivity_pictures(&asked, Theme::Light).pop().expect("something moves");
    assert!(halves.description.contains("picked of 3, moves it most: −90.0 % on the mean"), "{}", halves.description);
}

/// Guards who mind everything have a veto in 2 % of the worlds: a walk's step meets it in 4 %, so that eight walks mostly
/// miss it, yet it makes most of the variance.
#[test]
fn a_rare_but_strong_veto_has_an_index_though_no_walk_met_it() {
    let guards = "[audiences.guards]\nof = \"seller\"\nveto = 0.02\ndefeat_below = 200\n";
    let text = HOUSE.replace("[no_deal]", "views.guards = { weight = 100, 0 = 0, 1000 = 1 }\n[no_deal]") + guards;
    let n = negotiation(&text);
    let settings = StudySettings { walks: 8, ..settings(&n, Measure::Margin, Own::Strongest(11)) };
    let found = study(&n, &settings, |_| {}).expect("it can be studied");
    let veto = found.factors.iter().position(|f| f.path == "audiences.guards.veto").expect("it is uncertain");
    assert_eq!(found.screening[veto].rms, 0.0, "the test needs a seed under which no walk meets it");
    let index = found.decomposition.groups[place(&found, "audiences.guards.veto")];
    assert!(index.total.value > 0.5 && !index.total.may_be_zero(), "{index:?}");
    let drawn = winset::analysis::Settings { runs: 1, drawing: settings.drawing.clone(), agreeing: false };
    let choices = winset::ask::Choices { settings: drawn, changed: Vec::new(), without: Vec::new() };
    let asked = Studied { n: &n, settings: &settings, choices: &choices, answer: &found };
    let page = winset::report::sensitivity::page(&asked).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("So many walks can miss an input that matters in fewer than 37.5 % of worlds"), "{page}");
}

#[test]
fn groups_divide_all_inputs() {
    let n = negotiation(HOUSE);
    let found = study(&n, &settings(&n, Measure::Margin, Own::Groups(Grouping::Assumed)), |_| {}).expect("studied");
    let names: Vec<_> = found.groups.iter().map(|g| (g.kind.clone(), g.factors.len())).collect();
    let named = |name: &str, count| (GroupKind::Named(name.into()), count);
    assert_eq!(names, [named("assumptions", 2), named("numbers with a source", 1)]);
    // As above; the weather adds nothing to the seller's line.
    assert!((found.decomposition.groups[0].total.value - 0.8).abs() < 0.02);
    let by_section =
        study(&n, &settings(&n, Measure::Margin, Own::Groups(Grouping::Section)), |_| {}).expect("studied");
    let shares: Vec<bool> = by_section.decomposition.groups.iter().map(|i| i.total.may_be_zero()).collect();
    assert_eq!((by_section.groups.len(), shares), (2, vec![false, true]));
}

/// Held at v, the seller's line leaves one where the buyer's is at most 100 − v: in all worlds up to 40, then in
/// (60 − v) / 20 of them. So the five headlines meet at 41, 45, 55 and 59.
#[test]
fn an_audit_finds_where_the_headline_changes() {
    let n = negotiation(HOUSE);
    let settings = AuditSettings {
        top: 5,
        points: 256,
        walks: 16,
        worlds: 4_096,
        drawing: Drawing { threads: Some(2), ..Drawing::of(&n, 1) },
    };
    let found = audit(&n, &settings, |_| {}).expect("it can be audited");
    assert_eq!((found.uncertain, found.idle, found.assumptions.len()), (2, 1, 1));
    let entry = &found.assumptions[0];
    assert_eq!((entry.path.as_str(), entry.held.range), (SELLS, (20.0, 60.0)));
    let reads: Vec<Headline> = entry.held.stretches.iter().map(|s| s.reads).collect();
    assert_eq!(reads, Headline::ALL.into_iter().rev().collect::<Vec<_>>());
    for (stretch, at) in entry.held.stretches.iter().skip(1).zip([41.0, 45.0, 55.0, 59.0]) {
        // A share of 4096 worlds is known to 0.007 (one standard error), the value at which it is met to 20 times that; four
        // of these, and half of the last interval, 10 / 2⁷.
        assert!((stretch.from - at).abs() < 4.0 * 0.14 + 0.08, "{stretch:?} {at}");
    }
    assert_eq!((entry.held.at_low.share, entry.held.at_high.count), (1.0, 0));
    // Three quarters are the bound of two headlines.
    assert!((found.exists.share - 0.75).abs() < 0.03 && found.near_another, "{:?}", found.exists);
    assert!((entry.indices.expect("it varies").total.value - 0.8).abs() < 0.05);
}

#[test]
fn an_audit_says_so_where_the_headline_stays() {
    let n = negotiation(&HOUSE.replace("[20, 60]", "[2, 6]").replace("numbers      = \"Raiffa (1982)\"", ""));
    let settings = AuditSettings {
        top: 5,
        points: 64,
        walks: 8,
        worlds: 300,
        drawing: Drawing { threads: None, ..Drawing::of(&n, 1) },
    };
    let found = audit(&n, &settings, |_| {}).expect("it can be audited");
    assert_eq!((found.assumptions.len(), found.reads), (2, Headline::Yes));
    assert!(found.assumptions.iter().all(|e| !e.held.headline_changes && e.exists.rms == 0.0));
}

#[test]
fn of_talks_the_luck_of_the_rounds_is_a_part() {
    let asked = winset(&[
        "sensitivity",
        "istanbul-2025",
        "--of",
        "reached",
        "--points",
        "16",
        "--walks",
        "1",
        "--strongest",
        "2",
        "--json",
    ]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let json = crate::cli_support::answer(&asked.out);
    let kinds: Vec<&str> =
        json["groups"].as_array().expect("a list").iter().filter_map(|g| g["kind"].as_str()).collect();
    assert!(kinds.ends_with(&["others", "luck"]), "{kinds:?}");
    let refused = winset(&["sensitivity", "split-the-pie", "--of", "reached"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("error: the sensitivity of `split-the-pie` cannot be told"), "{}", refused.err);
}

#[test]
fn threads_do_not_change_a_byte() {
    let ask = |words: &[&str], threads: &str| {
        let asked = winset(&[words, &["--threads", threads, "--json"]].concat());
        assert_eq!(asked.status, 0, "{}", asked.err);
        asked.out
    };
    let sensitivity = ["sensitivity", "labour-dispute", "--points", "200", "--walks", "30"];
    let audited = ["audit", "labour-dispute", "--points", "100", "--walks", "20", "--worlds", "300", "--top", "2"];
    for words in [&sensitivity[..], &audited[..]] {
        let one = ask(words, "1");
        assert!(["2", "7"].iter().all(|threads| ask(words, threads) == one), "{words:?}");
    }
    assert_ne!(ask(&sensitivity, "1"), ask(&[&sensitivity[..], &["--seed", "2"]].concat(), "1"));
}

#[test]
fn what_is_wrong_with_the_flags_is_said_in_one_message_each() {
    let wrong: &[(&[&str], &str)] = &[
        (&["--of", "margins"], "error: unknown value of `--of` `margins`\n = hint: did you mean `margin`?"),
        (&["--of", ""], "error: unknown value of `--of` ``\n"),
        (&["--groups", "sections"], "error: unknown value of `--groups` `sections`\n = hint: did you mean `section`?"),
        (&["--points", "0"], "error: `--points 0` is not a whole number from 16 to 1 000 000\n"),
        (&["--points", "-3"], "error: `--points -3` is not a whole number from 16 to 1 000 000\n"),
        (&["--points", "1e3"], "error: `--points 1e3` is not"),
        (&["--walks", "99999999999999999999"], "error: `--walks 99999999999999999999` is not"),
        (&["--strongest", "none"], "error: `--strongest none` is not a whole number from 1 to 256\n"),
        (
            &["--inputs", "audiences.driver.defeat_below"],
            "error: unknown uncertain input `audiences.driver.defeat_below`\n",
        ),
        (&["--inputs", "no_deal.firm.base"], "error: `no_deal.firm.base` is not uncertain"),
        (&["--inputs", "a", "--groups", "section"], "exclude each other"),
        (&["--seed", "x"], "error: `--seed x` is not"),
        (&["--threads", "0"], "error: `--threads 0` is not"),
        (&["--defeat", "all"], "error: unknown value of `--defeat` `all`\n"),
        (&["--agreeing"], "error: unknown flag `--agreeing`"),
        (&["--force"], "`--out"),
    ];
    for (flags, message) in wrong {
        let asked = winset(&[&["sensitivity", "labour-dispute"], *flags].concat());
        assert_eq!((asked.status, asked.out.as_str()), (2, ""), "{flags:?}: {}", asked.err);
        assert!(asked.err.contains(message), "{flags:?}: {}", asked.err);
        assert_eq!(asked.err.matches("error:").count(), 1, "{flags:?}: {}", asked.err);
    }
    for (flags, message) in [
        (["--top", "0"], "error: `--top 0` is not a whole number from 1 to 10 000\n"),
        (["--worlds", "many"], "error: `--runs many` is not"),
    ] {
        let asked = winset(&[&["audit", "labour-dispute"], &flags[..]].concat());
        assert_eq!(asked.status, 2, "{flags:?}");
        assert!(asked.err.contains(message), "{flags:?}: {}", asked.err);
    }
    let several = winset(&["sensitivity", "labour-dispute", "--points", "0", "--of", "x", "--seed", "y"]);
    assert_eq!(several.err.matches("error:").count(), 3, "{}", several.err);
}

#[test]
fn a_scenario_in_which_nothing_is_uncertain_is_refused() {
    for verb in ["sensitivity", "audit"] {
        let asked = winset(&[verb, "buyer-seller"]);
        assert_eq!(asked.status, 2);
        assert!(asked.err.contains("nothing in it is uncertain"), "{}", asked.err);
    }
}

#[test]
fn a_folder_of_results_holds_page_json_sheets_and_pictures() {
    let folder = Folder::new("sensitivity");
    let words = ["sensitivity", "labour-dispute", "--points", "64", "--walks", "8", "--out", "hangs"];
    let asked = folder.winset(&words);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let mut expected: Vec<String> = [
        "halves.data.csv",
        "halves.svg",
        "indices.csv",
        "indices.data.csv",
        "indices.svg",
        "page.txt",
        "pictures.json",
        "screening.csv",
        "summary.json",
    ]
    .map(String::from)
    .to_vec();
    let all = folder.files("hangs");
    assert!(expected.iter().all(|name| all.contains(name)), "{all:?}");
    expected.extend(["halves.png".into(), "indices.png".into()]);
    assert!(all.iter().all(|name| expected.contains(name)), "{all:?}");
    let sheet = fs::read_to_string(folder.path("hangs/indices.csv")).expect("it is there");
    let columns = sheet.lines().next().map(|head| head.split(',').count());
    assert_eq!(columns, Some(11), "{sheet}");
    assert!(folder.winset(&words).err.contains("the folder `hangs` exists"));
    assert_eq!(folder.winset(&[&words[..], &["--force"]].concat()).status, 0);
    let audit = ["audit", "labour-dispute", "--points", "16", "--walks", "4", "--worlds", "64", "--out", "rests"];
    assert_eq!(folder.winset(&audit).status, 0);
    assert_eq!(folder.files("rests"), ["audit.csv", "page.txt", "summary.json"]);
}

#[test]
fn no_index_that_may_be_nothing_is_a_number_on_the_page() {
    let asked = winset(&["sensitivity", "labour-dispute", "--points", "16", "--walks", "2"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let table = asked.out.split("WHICH INPUTS").next().expect("a text has a beginning");
    assert!(table.contains("≈ 0") && table.contains("cannot be told from 0"), "{table}");
    // A share of a variance below 0 is never printed.
    assert!(!table.contains('−') && !table.contains(" -"), "{table}");
    assert!(asked.out.lines().all(|line| line.chars().count() <= 80), "{}", asked.out);
}

#[test]
fn pictures_are_sound_in_both_themes() {
    let n = negotiation(HOUSE);
    let settings = settings(&n, Measure::Margin, Own::Strongest(8));
    let study = study(&n, &settings, |_| {}).expect("it can be studied");
    let asked = winset::analysis::Settings { runs: 1, drawing: settings.drawing.clone(), agreeing: false };
    let choices = winset::ask::Choices { settings: asked, changed: Vec::new(), without: Vec::new() };
    let asked = Studied { n: &n, settings: &settings, choices: &choices, answer: &study };
    for theme in [Theme::Light, Theme::Dark] {
        let pictures = sensitivity_pictures(&asked, theme);
        assert_eq!(pictures.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["indices", "halves"]);
        for picture in pictures {
            let sound = roxmltree::Document::parse(&picture.svg);
            assert!(sound.is_ok() && picture.description.contains("audiences.sells"), "{}", picture.description);
        }
    }
}
