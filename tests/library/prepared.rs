//! What is kept of a scenario changes no answer, whatever is asked of it one after another.

use std::sync::atomic::AtomicBool;

use winset::ask::{Hearing, Prepared};
use winset::report::run::summary;
use winset::{Scenario, Wanted, answer};

/// Scenarios that have, together, every section.
fn shipped() -> [(String, &'static str); 4] {
    let named = |name: &str, text| (name.to_owned(), text);
    [
        named("every-section", include_str!("../samples/every-section.toml")),
        named("istanbul", include_str!("../../scenarios/talks/istanbul-2025.toml")),
        named("labour-dispute", include_str!("../../scenarios/textbook/labour-dispute.toml")),
        named("dayton", include_str!("../../scenarios/textbook/dayton-1995.toml")),
    ]
}

fn few(runs: u64) -> Wanted {
    Wanted { runs: runs.to_string(), threads: Some("1".into()), ..Wanted::default() }
}

/// What it says, beside what a scenario says that was read for it alone.
fn same(prepared: &Prepared, wanted: &Wanted) {
    let scenario = prepared.scenario();
    let fresh = Scenario::parse(&scenario.name, scenario.text.as_bytes()).expect("it was read before");
    let fresh = answer(fresh, wanted).map(|answer| summary(&answer).to_string());
    let kept = prepared.judge(wanted).and_then(|judged| judged.answer(Hearing::default()));
    assert_eq!(kept.map(|answer| summary(&answer).to_string()), fresh, "{} {wanted:?}", scenario.name);
}

#[test]
fn a_number_that_is_set_gives_what_it_gives_alone() {
    for (name, text) in shipped() {
        let scenario = Scenario::parse(&name, text.as_bytes()).expect("it is shipped");
        let inputs: Vec<(String, f64, f64)> = scenario
            .negotiation
            .inputs
            .iter()
            .map(|(id, input)| {
                let ((least, most), _) = scenario.bounds(id);
                (input.path.clone(), least, most)
            })
            .collect();
        let prepared = Prepared::of(scenario);
        // Every number of a small scenario, some of a large one; ends of ranges turn secrets, foresight and scales over.
        let step = inputs.len().div_ceil(24);
        for (place, (path, least, most)) in inputs.iter().enumerate().step_by(step.max(1)) {
            let value = if place % 2 == 0 { least.max(-40.0) } else { most.min(40.0) };
            same(&prepared, &Wanted { set: vec![format!("{path}={value}")], ..few(3) });
        }
        same(&prepared, &few(3));
    }
}

#[test]
fn accounts_variants_and_what_is_left_out_are_not_mixed_up() {
    let (name, text) = shipped().into_iter().find(|(name, _)| name.contains("istanbul")).expect("it is shipped");
    let scenario = Scenario::parse(&name, text.as_bytes()).expect("it is shipped");
    let (readings, variants) = (scenario.negotiation.readings.clone(), scenario.negotiation.variants.clone());
    let prepared = Prepared::of(scenario);
    let mut all = vec![few(6)];
    all.extend(readings.iter().map(|reading| Wanted { reading: Some(reading.id.clone()), ..few(6) }));
    all.extend(variants.iter().map(|variant| Wanted { variant: vec![variant.id.clone()], ..few(6) }));
    all.extend(
        ["claims", "modifiers", "mediator", "durability"].map(|part| Wanted { without: vec![part.into()], ..few(6) }),
    );
    all.push(Wanted { defeat: Some("both".into()), seed: "9".into(), ..few(6) });
    all.iter().chain(all.iter().rev()).for_each(|wanted| same(&prepared, wanted));
}

#[test]
fn a_number_that_is_set_gives_what_a_changed_file_gives() {
    let (name, text) = shipped().into_iter().find(|(name, _)| name.contains("istanbul")).expect("it is shipped");
    let section = text.find("[audiences.ukr_public]").expect("it is a section");
    let at = section + text[section..].find("defeat_below").expect("it has a line");
    let end = at + text[at..].find(']').expect("a list ends");
    let changed = format!("{}defeat_below = [-25, -12, -3{}", &text[..at], &text[end..]);
    let of_file =
        answer(Scenario::parse(&name, changed.as_bytes()).expect("it is as before"), &few(40)).expect("it runs");
    let prepared = Prepared::of(Scenario::parse(&name, text.as_bytes()).expect("it is shipped"));
    let wanted = Wanted { set: vec!["audiences.ukr_public.defeat_below=[-25, -12, -3]".into()], ..few(40) };
    let of_set = prepared.judge(&wanted).and_then(|judged| judged.answer(Hearing::default())).expect("it runs");
    assert_eq!((of_set.survey, of_set.reached), (of_file.survey, of_file.reached));
}

#[test]
fn what_is_halted_says_so() {
    let (name, text) = shipped().into_iter().find(|(name, _)| name.contains("labour")).expect("it is shipped");
    let prepared = Prepared::of(Scenario::parse(&name, text.as_bytes()).expect("it is shipped"));
    let halt = AtomicBool::new(true);
    let hearing = Hearing { halt: Some(&halt), ..Hearing::default() };
    let found =
        prepared.judge(&few(1_000_000_000)).and_then(|judged| judged.answer(hearing)).expect_err("it is halted");
    assert!(found[0].message.contains("it was stopped"), "{found:?}");
}
