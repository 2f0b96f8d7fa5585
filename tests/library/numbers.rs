//! One number everywhere: what one answer says, all others say too.

use std::path::Path;

use winset::analysis::{Settings, Survey, survey};
use winset::engine::Drawing;
use winset::model::{Account, Defeat, Negotiation, Scale, Scores, World};
use winset::scenario::{Scenario, render};
use winset::space::{Compiled, Limits, Listed, Margin, Solved, solve};

fn read(text: &str) -> Negotiation {
    match Scenario::parse("numbers", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(found) => panic!("{}", render(&found, "numbers", text)),
    }
}

fn shipped(name: &str) -> Negotiation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).with_extension("toml");
    read(&std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

fn modal(n: &Negotiation) -> World {
    n.modal_world(&n.laws(None, &n.default_variants()))
}

fn solved(n: &Negotiation) -> Solved {
    solve(n, &n.default_variants(), &modal(n), Defeat::Audience, Limits::default()).expect("it is small")
}

fn settings(n: &Negotiation, runs: u64) -> Settings {
    Settings { runs, drawing: Drawing { threads: Some(1), ..Drawing::of(n, 1) }, agreeing: false }
}

fn surveyed(n: &Negotiation, runs: u64) -> Survey {
    survey(n, &settings(n, runs), |_| ()).expect("it can be surveyed")
}

/// Two owners of a mill; the town must grant what both would like best, and may not.
#[cfg(feature = "figures")]
const MILL: &str = r#"
title = "A mill"
[actors]
miller = { role = "party" }
baker  = { role = "party" }
town   = { role = "holder" }
[issues.mill]
now = "idle"
options.idle   = "idle"
options.shared = "shared"
options.leased = { name = "leased", holder = "town", grants = 0.2 }
views.miller = { weight = 10, shared = 0.4, leased = 1 }
views.baker  = { weight = 10, shared = 0.3, leased = 1 }
[issues.rent]
now = "none"
options = ["none", "low", "high"]
views.miller = { weight = 3, low = 0.5, high = 1 }
views.baker  = { weight = 3, low = -0.3, high = -1 }
"#;

#[cfg(feature = "figures")]
#[test]
fn the_solution_points_of_the_picture_are_those_of_solve() {
    use winset::figure::Theme;
    use winset::report::pictures::pictures;
    let signed = |x: f64| format!("{x:+.1}").replace('-', "−");
    for n in [read(MILL), shipped("textbook/camp-david-1978"), shipped("textbook/labour-dispute")] {
        let found = solved(&n).solutions.expect("few parties");
        let scale = Scale::of(&n);
        let compiled = settings(&n, 4).drawing.compile(&n).expect("it can be compiled");
        let all = pictures(&compiled, &settings(&n, 4), &surveyed(&n, 4), Theme::Light);
        let told = &all.iter().find(|p| p.name == "outcomes").expect("it is one of them").description;
        let lists = [("Nash", &found.nash), ("Kalai–Smorodinsky", &found.kalai_smorodinsky)];
        for (label, listed) in lists.into_iter().chain([("utilitarian", &found.utilitarian)]) {
            assert!(listed.size > 0, "{label} of `{}`", n.title);
            for point in listed.points.iter().filter(|_| listed.size <= 3) {
                let each = point.utility.iter().zip(n.parties());
                let each = each.map(|(u, i)| format!("{} to {}", signed(scale.points(*u)), n.actor(i).name));
                let expected = format!("{label}: {}", each.collect::<Vec<_>>().join(", "));
                let plain = |text: &str| text.replace("+0.0", "0").replace("−0.0", "0").replace('\u{a0}', " ");
                assert!(plain(told).contains(&plain(&expected)), "{expected}\n{told}");
            }
        }
        let frontier: Listed = solved(&n).frontier.expect("few parties");
        assert!(told.contains(&format!("The Pareto frontier has {} outcomes", frontier.size)), "{told}");
    }
}

/// Two parties agree at once; a crowd abroad hates it and has a `veto` of its own.
fn with_crowd(role: &str) -> Negotiation {
    read(&format!(
        r#"
title = "A crowd abroad"
horizon = 4
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
abroad = {{ role = "{role}" }}
[audiences.crowd]
of = "abroad"
veto = true
defeat_below = 5
[issues.k]
now = "no"
options = ["no", "yes"]
views.a = {{ weight = 10, yes = 1 }}
views.b = {{ weight = 10, yes = 0.5 }}
views.crowd = {{ weight = 10, yes = -1 }}
[red_lines.never]
by = "crowd"
when = {{ k = "yes" }}
[packages.deal]
picks = {{ k = "yes" }}
[anchors]
deal = {{ a = "accepts" }}
[talks]
deadline = 5
[intents.a.keen]
moves = {{ offer = 1 }}
[intents.b.keen]
moves = {{ offer = 1 }}
"#
    ))
}

#[test]
fn an_audience_of_no_party_stops_nothing_in_any_answer() {
    let n = with_crowd("guarantor");
    let (world, deal) = (modal(&n), &n.packages[0].package);
    let found = solved(&n);
    assert_eq!((found.exists(), found.margin), (Some(true), Some(Margin::Unbounded)));
    assert!(found.binding.is_empty());
    assert!(found.packages.winset.iter().all(|(_, count)| *count == found.packages.allowed));
    let account = Account::of(&n, Scale::of(&n), &world, deal);
    assert_eq!(account.defeated(&n, Defeat::Audience), []);
    assert!(account.audiences.iter().all(|h| !h.binds));
    assert!(n.parties().all(|i| !Scores::new(&n, Scale::of(&n)).is_defeat_for(&world, i, deal, Defeat::Both)));
    let survey = surveyed(&n, 64);
    assert_eq!((survey.exists.count, survey.margin.unbounded, survey.binding.len()), (64, 64, 0));
    assert_eq!(survey.named[0].would_do.count, 64);
    let reached = winset::analysis::reached(&n, &settings(&n, 64), |_| ()).expect("it has talks");
    assert_eq!((reached.gap().missed.count, reached.gap().beyond.count), (0, 0));
    assert!(reached.reached.count > 0);
}

/// A seller who bears 5 or more and a buyer's home to which every price is the same, between −10 and 10 against 0.
const LEVEL: &str = r#"
title = "All the same"
[actors]
s = { role = "party" }
b = { role = "party" }
[audiences]
hs = { of = "s", veto = true, defeat_below = 5 }
hb = { of = "b", veto = true, defeat_below = [-10, 10] }
[issues.price]
options = { from = 0, to = 10, step = 1 }
views.s  = { weight = 10, 0 = 0, 10 = 1 }
views.b  = { weight = 10, 0 = 1, 10 = 0 }
views.hs = { weight = 10, 0 = 0, 10 = 1 }
views.hb = { weight = 10, 0 = 0.3, 10 = 0.3 }
"#;

#[test]
fn a_score_that_is_the_same_everywhere_leaves_no_span_and_no_margin() {
    use winset::analysis::soundness;
    use winset::model::Beholder;
    let n = read(LEVEL);
    // In the likeliest world the buyer's home bears 3 ≥ 0, and the seller's is 5 of 10 points past its line at 10.
    let found = solved(&n);
    assert_eq!((found.margin, found.binding.len(), found.without_span.len()), (Some(Margin::Share(0.5)), 1, 1));
    let survey = surveyed(&n, 400);
    // Where it bears them all the margin is the seller's; where it does not there is none.
    assert_eq!(survey.exists.count, survey.margin.finite());
    assert_eq!((survey.margin.quantile(0.01), survey.margin.quantile(0.99)), (Some(0.5), Some(0.5)));
    assert!(survey.margin.none > 0 && survey.margin.none + survey.margin.finite() == 400);
    assert!(survey.binding.iter().all(|(who, _)| *who == Beholder::Audience(winset::model::AudienceId(0))));
    assert_eq!(survey.without_span, soundness(&n, &settings(&n, 20)).expect("it can be looked at").without_span);
    assert_eq!(survey.without_span, [Beholder::Audience(winset::model::AudienceId(1))]);
    let mut refused = modal(&n);
    let line = n.inputs.find("audiences.hb.defeat_below").expect("it is there");
    refused.values[line.0] = 8.0;
    let missed = solve(&n, &[], &refused, Defeat::Audience, Limits::default()).expect("it is small");
    let miss = missed.nearest_miss.expect("nothing would do");
    assert_eq!((missed.margin, &miss.binding[..]), (Some(Margin::None), &survey.without_span[..]));
    assert!(miss.judged.iter().any(|j| j.refuses && j.slack.is_some() && j.share.is_none()));
}

/// One package is allowed, so that every score is the same everywhere; half of the worlds bear it at `a`'s home.
const ONE: &str = r#"
title = "One package"
[actors]
a = { role = "party" }
b = { role = "party" }
[audiences]
pa = { of = "a", veto = true, defeat_below = [-10, 10] }
pb = { of = "b", veto = [0.2, 0.6], defeat_below = [-4, 6] }
[issues.k]
now = "no"
options = ["no", "yes"]
views.a  = { weight = 10, yes = 1 }
views.b  = { weight = 10, yes = 0.5 }
views.pa = { weight = 10, yes = 0.1 }
views.pb = { weight = 10, yes = -0.2 }
[rules.move]
forbid = { k = "no" }
"#;

#[test]
fn no_mean_margin_is_made_of_spans_that_are_none() {
    use winset::analysis::compare::{CompareArm, CompareSettings, Headline, compare};
    let n = read(ONE);
    let survey = surveyed(&n, 100);
    assert_eq!((survey.margin.finite(), survey.without_span.len()), (0, 2));
    assert!((1..100).contains(&survey.exists.count));
    assert!(survey.contributions.iter().all(|c| c.finite == 0));
    let arm = |defeat| CompareArm { n: n.clone(), drawing: Drawing { defeat, ..Drawing::of(&n, 1) } };
    let settings = CompareSettings { runs: 100, seed: 1, threads: Some(1), explained: 0 };
    let arms = [arm(Defeat::Audience), arm(Defeat::NoVeto)];
    let found = compare(&arms, &settings, &|_, _| None, |_| ()).expect("it can be compared");
    let margin = found.others[0].differences.iter().find(|d| d.headline == Headline::Margin).expect("it is asked");
    assert_eq!((margin.base, margin.other, margin.known(), margin.counted), (None, None, None, [0, 0]));
}

/// A line so far beyond what any package gives that the margin is −900 %.
const FAR: &str = r#"
title = "Far from the line"
[actors]
a = { role = "party" }
b = { role = "party" }
[audiences]
home = { of = "a", veto = true, defeat_below = 100 }
[issues.x]
options = ["p", "q"]
views.a    = { weight = 10, p = 0, q = 1 }
views.b    = { weight = 10, p = 0, q = 1 }
views.home = { weight = 10, p = 0, q = 1 }
"#;

#[test]
fn a_margin_far_from_its_line_is_the_same_number_everywhere() {
    use winset::batch::Tally;
    let n = read(FAR);
    let margin = solved(&n).margin.expect("it is small");
    assert_eq!(margin, Margin::Share(-9.0));
    let survey = surveyed(&n, 10);
    assert_eq!([0.05, 0.5, 0.95].map(|p| survey.margin.quantile(p)), [Some(-9.0); 3]);
    let mut tally = Tally::new(&n);
    (0..10).for_each(|_| tally.add(&n, margin, None));
    assert_eq!((tally.margin_quantile(0.5), tally.margin.mean()), (Some(-9.0), Some(-9.0)));
    tally.add(&n, Margin::Share(0.0), None);
    let far = tally.margin_quantile(0.5).expect("it has margins");
    assert!((far + 9.0).abs() < 9.0 / 1_024.0, "{far}");
}

#[test]
fn of_packages_as_good_as_each_other_all_are_counted_and_none_dominated_is_put_forward() {
    let price = read(
        r#"
title = "One price, many that would do"
[actors]
s = { role = "party" }
b = { role = "party" }
[audiences]
hs = { of = "s", veto = true, defeat_below = 40 }
hb = { of = "b", veto = true, defeat_below = 45 }
[issues.price]
options = { from = 0, to = 100, step = 1 }
views.s  = { weight = 100, 0 = 0, 100 = 1 }
views.b  = { weight = 100, 0 = 1, 100 = 0 }
views.hs = { weight = 100, 0 = 0, 100 = 1 }
views.hb = { weight = 100, 0 = 1, 100 = 0 }
"#,
    );
    // From 40 to 55.
    assert_eq!(surveyed(&price, 50).same_package.expect("one would do").ties, 16);
    let better = read(
        r#"
title = "Three as good, one better"
[actors]
a = { role = "party" }
b = { role = "party" }
[issues.x]
options = ["p", "q", "r"]
views.a = { weight = 10, p = 0, q = 0, r = 0 }
views.b = { weight = 10, p = 0, q = 0, r = 1 }
"#,
    );
    let (found, survey) = (solved(&better), surveyed(&better, 50));
    let same = survey.same_package.expect("one would do");
    assert_eq!((same.ties, better.describe(&same.package)), (3, "x=r".into()));
    assert_eq!((found.ties, found.best), (3, Some(same.package)));
}

#[test]
fn what_has_leaked_can_no_longer_be_denied_at_home_or_abroad() {
    let text = |leaks: &str| {
        format!(
            r#"
title = "A secret"
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[audiences]
home   = {{ of = "a", veto = true, defeat_below = 0, claims_weight = 10 }}
abroad = {{ of = "b", veto = true, defeat_below = 0, claims_weight = 10 }}
[issues.base]
now = "none"
options.none  = "none"
options.quiet = {{ name = "one, not announced", secret = {leaks} }}
views.a    = {{ weight = 5, quiet = 1 }}
views.b    = {{ weight = 5, quiet = 1 }}
views.home = {{ weight = 1, quiet = -1 }}
[claims.denied]
heard_by  = ["home"]
overheard = {{ abroad = 1 }}
aim   = "pride"
when  = {{ base = "none" }}
says  = "No base will ever stand here."
worth = 1
[claims.boast]
heard_by  = ["abroad"]
overheard = {{ home = 1 }}
aim   = "strength"
when  = {{ base = "quiet" }}
says  = "Our base stands there."
worth = 0.5
[packages.deal]
picks = {{ base = "quiet" }}
"#
        )
    };
    let points = |leaks: &str| {
        let n = read(&text(leaks));
        let compiled = Compiled::of(&n, &n.default_variants()).expect("it is small");
        let (world, deal) = (modal(&n), &n.packages[0].package);
        let scores = Scores::new(&n, compiled.scale);
        let space = &compiled.at(&world).space;
        let mut tables = Vec::new();
        space.fill(&world, &mut tables);
        let (head, tail) = space.place(deal);
        [0, 1].map(|a| {
            let exact = scores.audience(&world, winset::model::AudienceId(a), deal);
            assert_eq!(space.score(&tables, 2 + a, head, tail), Some(exact), "tables and definition");
            compiled.scale.points(exact)
        })
    };
    // Unseen: the denial counts 10 at home and is overheard abroad. Leaked: the base is felt, −1, and boasted of abroad.
    assert_eq!(points("true"), [10.0, -10.0]);
    assert_eq!(points("1"), [-6.0, 5.0]);
}

#[test]
fn where_nothing_varies_what_is_said_of_worlds_is_exact() {
    let n = read(FAR);
    let survey = surveyed(&n, 30);
    let fares = survey.leading.iter().chain(&survey.named).map(|l| l.would_do);
    for share in [survey.exists, survey.exists_if_free].into_iter().chain(fares) {
        assert!(share.is_exact(), "{share:?}");
    }
    let n = read(LEVEL);
    assert!(!surveyed(&n, 30).exists.is_exact(), "a line varies");
}
