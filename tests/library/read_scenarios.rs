//! Whole files: what a correct one becomes, and how it may be changed.

use winset::model::{
    ActorId, AudienceId, Form, InputKind, Law, Negotiation, OptionId, Quantity, Scale, Scope, Scores, Written,
};
use winset::scenario::{Scenario, Severity, render};

fn read(text: &str) -> Scenario {
    Scenario::parse("sample.toml", text.as_bytes()).unwrap_or_else(|f| panic!("{}", render(&f, "sample.toml", text)))
}

fn sample() -> Scenario {
    read(include_str!("../samples/every-section.toml"))
}

fn law<'n>(n: &'n Negotiation, path: &str) -> &'n Law {
    let id = n.inputs.find(path).unwrap_or_else(|| panic!("no {path}"));
    &n.inputs.get(id).law
}

fn support(n: &Negotiation, path: &str) -> (f64, f64) {
    n.support(law(n, path))
}

#[test]
fn a_file_with_every_section_has_no_finding() {
    let scenario = sample();
    assert_eq!(render(&scenario.warnings, &scenario.name, &scenario.text), "");
}

#[test]
fn every_path_of_the_format_is_an_input() {
    let n = sample().negotiation;
    let paths = [
        "audiences.upper_home.veto",
        "audiences.upper_home.loss_aversion",
        "audiences.upper_home.claims_weight",
        "audiences.upper_home.credence",
        "audiences.upper_home.aims.pride",
        "audiences.upper_home.defeat_below",
        "audiences.upper_home.per_round",
        "audiences.upper_home.per_state.river",
        "audiences.upper_home.victory_from",
        "issues.bridge.views.upper.weight",
        "issues.bridge.views.upper.both",
        "issues.name.views.upper.new-2.5%",
        "issues.bridge.options.upper.grants.guild",
        "issues.bridge.options.both.grants.crown",
        "issues.bridge.options.crown.grants.guild",
        "issues.bridge.options.crown.secret",
        "claims.proud.worth",
        "claims.proud.overheard.lower_home",
        "modifiers.late.gains",
        "modifiers.late.losses",
        "modifiers.late.claims",
        "links.package-deal.bonus",
        "no_deal.upper.base",
        "no_deal.upper.cost",
        "no_deal.upper.lasts",
        "conflict.lasts",
        "conflict.until",
        "looks_ahead",
        "actors.upper.learns_in",
        "talks.deadline",
        "intents.upper.patient.tactic.over",
        "no_deal.upper.stake.river",
        "state.river.start",
        "state.river.favours.upper",
        "unknowns.weather",
        "actors.guild.brought_along_by.crown",
        "actors.upper.misjudges.river",
    ];
    for path in paths {
        let id = n.inputs.find(path).unwrap_or_else(|| panic!("no {path}"));
        assert!(n.inputs.get(id).written, "{path}");
    }
}

#[test]
fn defaults_are_inputs_that_the_file_does_not_write() {
    let n = sample().negotiation;
    let defaults = [
        ("audiences.lower_home.loss_aversion", 1.0),
        ("audiences.lower_home.credence", 1.0),
        ("audiences.lower_home.aims.pride", 1.0),
        ("audiences.lower_home.per_round", 0.0),
        ("no_deal.lower.cost", 0.0),
    ];
    for (path, value) in defaults {
        let id = n.inputs.find(path).unwrap_or_else(|| panic!("no {path}"));
        assert!(!n.inputs.get(id).written, "{path}");
        assert_eq!(support(&n, path), (value, value), "{path}");
    }
}

#[test]
fn numbers_come_from_the_nearest_table_that_says_so() {
    let n = sample().negotiation;
    let from = |path: &str| n.inputs.get(n.inputs.find(path).expect("it is there")).numbers.clone();
    assert_eq!(from("issues.bridge.views.lower_home.both"), "survey");
    assert_eq!(from("issues.bridge.options.crown.grants.guild"), "letter");
    assert_eq!(from("audiences.lower_home.veto"), "survey");
    assert_eq!(from("issues.bridge.views.upper.both"), "assumption");
}

#[test]
fn an_option_between_two_written_ones_lies_on_the_line_between_them() {
    let n = sample().negotiation;
    let toll = n.space.issue("toll").expect("it is there");
    let view = n.actors[1].views[toll.0].as_ref().expect("the lower town cares");
    // 0 is now, 60 is -0.2, 100 is -1.
    let world = n.modal_world(&n.laws(None, &[]));
    let values: Vec<f64> = view.values.iter().map(|v| v.value(|id| world.value(id))).collect();
    let expected = [0.0, -0.2 / 3.0, -0.4 / 3.0, -0.2, -0.6, -1.0];
    // A few roundings of numbers near 1.
    assert!(values.iter().zip(expected).all(|(v, e)| (v - e).abs() < 1e-12), "{values:?}");
    assert_eq!(view.values[0].low, Written::Now);
    let date = n.space.issue("date").expect("it is there");
    let summer = n.actors[0].views[date.0].as_ref().expect("the upper town cares").values[1];
    assert_eq!(summer.share, 0.25, "`at` places summer at 1 of 4");
}

#[test]
fn a_list_of_values_names_every_option_but_now() {
    let n = sample().negotiation;
    assert_eq!(support(&n, "issues.bridge.views.upper_home.upper"), (-0.8, -0.8));
    assert_eq!(support(&n, "issues.bridge.views.upper_home.crown"), (0.6, 0.6));
    assert!(n.inputs.find("issues.bridge.views.upper_home.none").is_none());
}

#[test]
fn a_number_may_follow_a_shared_unknown() {
    let n = sample().negotiation;
    let weather = n.unknowns[0].1;
    let follows = Law::Shared { unknown: weather, times: 0.5, plus: 0.1 };
    assert_eq!(law(&n, "issues.bridge.views.lower.both"), &follows);
    assert_eq!(
        law(&n, "audiences.upper_home.per_state.river"),
        &Law::Shared { unknown: weather, times: 1.0, plus: 0.0 }
    );
}

#[test]
fn holders_grant_by_a_chance_of_their_own() {
    let n = sample().negotiation;
    let bridge = &n.space.issues[0];
    assert_eq!(bridge.options[1].form, Some(Form::Formal));
    let holders: Vec<ActorId> = bridge.options[3].holders.iter().map(|(h, _)| *h).collect();
    assert_eq!(holders, [ActorId(2), ActorId(3)], "in the order in which they are written");
    assert_ne!(bridge.options[3].holders[0].1, bridge.options[3].holders[1].1);
    assert_eq!(support(&n, "issues.bridge.options.both.grants.crown"), (1.0, 1.0));
    let id = n.inputs.find("issues.bridge.options.both.grants.crown").expect("it is there");
    assert_eq!(n.inputs.get(id).kind, InputKind::Chance);
}

#[test]
fn a_secret_for_good_never_leaks() {
    let n = sample().negotiation;
    assert_eq!(support(&n, "issues.bridge.options.crown.secret"), (0.0, 0.0));
    assert_eq!(support(&n, "issues.bridge.options.hidden.secret"), (0.0, 0.3));
    assert!(n.space.issues[0].options[1].secret.is_none());
}

#[test]
fn packages_start_from_others_and_else_from_now() {
    let n = sample().negotiation;
    let kind = n.named("kind").expect("it is there");
    assert_eq!(n.space.changes(&kind.package), "bridge=both,date=winter,name=old");
    assert!(kind.bare_minimum);
    assert_eq!(n.named("harsh").expect("it is there").by, Some(ActorId(0)));
}

#[test]
fn a_modifier_for_all_touches_parties_and_audiences_and_nobody_else() {
    let n = sample().negotiation;
    let everybody: Vec<_> = n.beholders().collect();
    assert_eq!(n.modifiers[0].beholders, everybody);
    assert_eq!(n.modifiers[1].scope, Scope::Form(Form::Informal));
}

#[test]
fn a_line_between_two_packages_lies_between_their_scores_and_stays_there() {
    let mut scenario = sample();
    let n = &scenario.negotiation;
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let scores = Scores::new(n, Scale::of(n));
    let score = |id: &str| {
        let package = &n.named(id).expect("it is there").package;
        scores.scale().points(scores.audience(&world, AudienceId(0), package))
    };
    let between = Law::Own(Quantity::uniform(score("harsh"), score("fair")).expect("in order"));
    assert_eq!(law(n, "audiences.upper_home.defeat_below"), &between);
    let line = n.audiences[0].defeat_below.as_ref().expect("it has one");
    assert_eq!(line.between, Some((1, 0)), "fair is borne, harsh is not");
    let read = Law::Own(Quantity::uniform(score("harsh"), score("kind")).expect("in order"));
    assert!(n.readings[0].set.iter().any(|(id, law)| *id == line.points && *law == read));

    scenario.set("issues.bridge.views.upper_home.weight", "60").expect("a weight may be 60");
    assert_eq!(law(&scenario.negotiation, "audiences.upper_home.defeat_below"), &between);
    scenario.set("audiences.upper_home.defeat_below", "-3").expect("a line may be a number");
    assert_eq!(scenario.negotiation.audiences[0].defeat_below.as_ref().expect("still there").between, None);
}

#[test]
fn readings_and_variants_set_numbers_by_path() {
    let n = sample().negotiation;
    assert_eq!(n.readings[1].set.len(), 2, "a path of `grants` reaches every holder");
    let secret = n.inputs.find("issues.bridge.options.crown.secret").expect("it is there");
    let leaks = Law::Own(Quantity::fixed(1.0).expect("finite"));
    assert_eq!(n.variants[0].set[0], (secret, leaks), "what is no secret is known at once");
    assert_eq!(n.readings[0].prior, 2.0);
}

#[test]
fn paths_have_places_in_the_text() {
    let scenario = sample();
    let at = |path: &str| &scenario.text[scenario.span(path).unwrap_or_else(|| panic!("no {path}"))];
    assert_eq!(at("claims.proud.worth"), "[0.3, 0.5, 0.8]");
    assert_eq!(at("red_lines.no-gift"), "no-gift");
    assert_eq!(at("anchors.harsh.upper_home"), "upper_home");
    assert_eq!(at("audiences.lower_home.credence"), "lower_home");
    assert_eq!(at("issues.bridge.options.crown.grants"), "0.7");
    assert_eq!(at("issues.toll"), "toll");
    assert!(scenario.span("claims.loud").is_none());
}

#[test]
fn set_accepts_what_a_file_accepts() {
    let mut scenario = sample();
    for (path, value) in [
        ("audiences.upper_home.veto", "true"),
        ("claims.proud.worth", "[0, 1]"),
        ("audiences.upper_home.per_round", "weather"),
        ("issues.bridge.options.crown.secret", "true"),
        ("no_deal.lower.cost", "{ beta = { a = 1, b = 2 } }"),
    ] {
        scenario.set(path, value).unwrap_or_else(|f| panic!("{path}={value}: {}", f.message));
    }
    let n = &scenario.negotiation;
    assert_eq!(support(n, "issues.bridge.options.crown.secret"), (0.0, 0.0));
    assert_eq!(support(n, "claims.proud.worth"), (0.0, 1.0));
    assert!(n.inputs.get(n.inputs.find("no_deal.lower.cost").expect("it is there")).written);
    scenario.set("issues.bridge.options.crown.grants", "0.25").expect("it reaches both holders");
    assert_eq!(support(&scenario.negotiation, "issues.bridge.options.crown.grants.crown"), (0.25, 0.25));
    assert_eq!(support(&scenario.negotiation, "issues.bridge.options.crown.grants.guild"), (0.25, 0.25));
}

#[test]
fn set_refuses_what_a_file_refuses_and_then_changes_nothing() {
    let mut scenario = sample();
    let before = scenario.clone();
    for (path, value, part) in [
        ("audiences.upper_home.vteo", "true", "unknown path"),
        ("audiences.upper_home.veto", "2", "is 2"),
        ("claims.proud.worth", "[1, 0]", "above the high end"),
        ("claims.proud.worth", "much", "names no unknown"),
        ("claims.proud.worth", "", "not a value"),
        ("unknowns.weather", "weather", "an unknown follows"),
        ("unknowns.weather", "1.9", "would let"),
        ("audiences.upper_home.defeat_below", "{ bears = \"fair\", rejects = \"harsh\" }", "line between two packages"),
    ] {
        let finding = scenario.set(path, value).expect_err(path);
        assert!(finding.message.contains(part), "{path}={value}: {}", finding.message);
        assert!(finding.span.is_none() && finding.severity == Severity::Error);
        assert_eq!(scenario, before, "{path}={value}");
    }
}

#[test]
fn hints_name_what_was_probably_meant() {
    let text = include_str!("../bad/unknown-issue.toml");
    let findings = Scenario::parse("a.toml", text.as_bytes()).expect_err("it is wrong");
    assert_eq!(findings[0].hints, ["did you mean `territory`? the issues are territory"]);
    let mut scenario = sample();
    let finding = scenario.set("claims.proud.wroth", "1").expect_err("there is no such path");
    assert!(finding.hints[0].starts_with("did you mean `claims.proud.worth`?"), "{:?}", finding.hints);
}

#[test]
fn the_order_of_sections_changes_no_number() {
    let text = include_str!("../samples/every-section.toml");
    let (head, tables) = text.split_at(text.find("\n[").expect("it has tables") + 1);
    let mut parts: Vec<String> = Vec::new();
    for line in tables.lines() {
        if line.starts_with('[') {
            parts.push(String::new());
        }
        let part = parts.last_mut().expect("the first line opens a table");
        part.push_str(line);
        part.push('\n');
    }
    parts.reverse();
    let (one, other) = (read(text).negotiation, read(&format!("{head}{}", parts.concat())).negotiation);
    let by_path = |n: &Negotiation| -> std::collections::BTreeMap<String, (f64, f64)> {
        n.inputs.iter().map(|(_, input)| (input.path.clone(), n.support(&input.law))).collect()
    };
    assert_eq!(by_path(&one), by_path(&other));
    assert_eq!(one.actors.len(), other.actors.len());
    assert_eq!(one.space.issues[0].now, Some(OptionId(0)));
}

#[test]
fn a_bound_holds_from_an_option_on_or_up_to_it_in_the_order_of_the_file() {
    let head = "title = \"t\"\n[actors]\na = { role = \"party\" }\n";
    let issue = "[issues.k]\nnow = \"10\"\noptions = { from = 0, to = 30, step = 10 }\nviews.a = { weight = 1, 0 = 0, 30 = 1 }\n";
    let chosen = |bound: &str| {
        let rule = format!("[rules.r]\nrequire = {{ k = \"{bound}\" }}\n");
        let n = read(&format!("{head}{issue}{rule}")).negotiation;
        let allowed = |o: &usize| !n.space.rules[0].excludes(|_| OptionId(*o));
        (0..4).filter(allowed).collect::<Vec<usize>>()
    };
    assert_eq!(chosen("at least 10"), [1, 2, 3]);
    assert_eq!(chosen("at most 10"), [0, 1]);
    assert_eq!(chosen("at most 30"), [0, 1, 2, 3]);
    assert_eq!(chosen("not 10"), [0, 2, 3]);
}

#[test]
fn a_path_that_leads_nowhere_brings_the_path_that_ends_or_begins_alike() {
    let mut scenario = sample();
    let mut advice = |path: &str| scenario.set(path, "1").expect_err("there is no such path").hints.join(" ");
    assert_eq!(advice("upper_home.veto"), "did you mean `audiences.upper_home.veto`?");
    assert!(advice("links").starts_with("did you mean `links.package-deal.bonus`"));
    assert_eq!(advice("late.gain"), "a path is made as in `unknowns.weather`; the guide lists all kinds");
}
