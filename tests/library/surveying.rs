//! One pass over worlds and runs: the same as passes apart, in whatever pieces and order the runs are counted.

use winset::analysis::{
    Counting, Settings, Share, SoFar, Survey, Surveying, courses, look_at, reached, soundness, survey,
};
use winset::engine::Drawing;
use winset::model::Negotiation;
use winset::scenario::Scenario;
use winset::space::Compiled;

const ISTANBUL: &str = include_str!("../../scenarios/talks/istanbul-2025.toml");

fn istanbul() -> Negotiation {
    Scenario::parse("istanbul.toml", ISTANBUL.as_bytes()).expect("it is shipped").negotiation
}

fn settings(n: &Negotiation, runs: u64, agreeing: bool) -> Settings {
    Settings { runs, drawing: Drawing { threads: Some(2), ..Drawing::of(n, 3) }, agreeing }
}

fn everything(n: &Negotiation) -> Counting {
    let packages = vec![n.space.as_now().expect("every issue has a present state")];
    Counting { worlds: true, packages, anchors: 200, runs: true, courses: 400 }
}

fn begun<'a>(compiled: &'a Compiled<'a>, settings: &Settings) -> Surveying<'a> {
    Surveying::of(compiled, settings, everything(compiled.n)).expect("it fits into memory")
}

/// What is counted of some stretches of runs, one after another.
fn in_pieces<'a>(compiled: &'a Compiled<'a>, settings: &Settings, pieces: &[std::ops::Range<u64>]) -> Surveying<'a> {
    let mut surveying = begun(compiled, settings);
    for runs in pieces {
        let end = surveying.go_on(runs.clone(), &|_| true).expect("it can be run");
        assert_eq!(end, runs.end);
    }
    surveying
}

fn told(surveying: &Surveying) -> SoFar {
    surveying.so_far().expect("it can be run")
}

/// A survey as it would be if no run had been made.
fn without_runs(mut survey: Survey) -> Survey {
    for halves in survey.drivers.iter_mut().flat_map(|driver| [&mut driver.chosen, &mut driver.shown]) {
        assert!(halves.reached_low.of + halves.reached_high.of > 0, "runs were made");
        (halves.reached_low, halves.reached_high) = (Share::of(0, 0), Share::of(0, 0));
        (halves.reach, halves.reach_error) = (0.0, 0.0);
    }
    survey
}

#[test]
fn one_pass_says_what_passes_apart_say() {
    let n = istanbul();
    for agreeing in [false, true] {
        let settings = settings(&n, 600, agreeing);
        let compiled = settings.drawing.compile(&n).expect("it can be compiled");
        let all = told(&in_pieces(&compiled, &settings, std::slice::from_ref(&(0..600))));
        let few = |runs| Settings { runs, ..settings.clone() };
        // Without runs nothing is said of what explains that it is reached.
        assert_eq!(all.survey.map(without_runs), survey(&n, &settings, |_| ()).ok(), "agreeing {agreeing}");
        assert_eq!(all.reached, reached(&n, &settings, |_| ()).ok(), "agreeing {agreeing}");
        assert_eq!(Some(all.soundness), soundness(&n, &few(200)).ok(), "agreeing {agreeing}");
        assert_eq!(all.courses, courses(&n, &few(400)).ok(), "agreeing {agreeing}");
        let now = n.space.as_now().expect("every issue has a present state");
        assert_eq!(Some(all.packages), look_at(&n, &settings, &[now]).ok(), "agreeing {agreeing}");
    }
}

#[test]
fn in_pieces_of_any_size_and_order_runs_come_to_the_same() {
    let n = istanbul();
    let settings = settings(&n, 700, false);
    let compiled = settings.drawing.compile(&n).expect("it can be compiled");
    let whole = told(&in_pieces(&compiled, &settings, std::slice::from_ref(&(0..700))));
    for pieces in [&[0..1, 1..300, 300..700][..], &[500..700, 0..257, 257..500], &[333..700, 0..333]] {
        assert_eq!(told(&in_pieces(&compiled, &settings, pieces)), whole, "{pieces:?}");
    }
    let first = whole.survey.expect("worlds were counted").leading;
    assert!(first.len() > 3 && first[0].would_do.count > 0, "else this test says nothing");
}

#[test]
fn passes_over_other_runs_add_up_in_any_order() {
    let n = istanbul();
    let settings = settings(&n, 700, false);
    let compiled = settings.drawing.compile(&n).expect("it can be compiled");
    let whole = told(&in_pieces(&compiled, &settings, std::slice::from_ref(&(0..700))));
    let part = |runs| in_pieces(&compiled, &settings, &[runs]);
    let mut one = part(0..300);
    one.merge(part(300..520));
    one.merge(part(520..700));
    let mut other = part(520..700);
    other.merge(part(0..300));
    other.merge(begun(&compiled, &settings));
    other.merge(part(300..520));
    assert_eq!(told(&one), whole);
    assert_eq!(told(&other), whole);
}

#[test]
fn a_pass_that_is_told_to_stop_has_counted_the_runs_up_to_where_it_says() {
    let n = istanbul();
    let settings = settings(&n, 4_096, false);
    let compiled = settings.drawing.compile(&n).expect("it can be compiled");
    let mut surveying = begun(&compiled, &settings);
    let end = surveying.go_on(0..4_096, &|done| done < 256).expect("it can be run");
    assert!((256..4_096).contains(&end), "{end}");
    assert_eq!(told(&surveying), told(&in_pieces(&compiled, &settings, std::slice::from_ref(&(0..end)))));
    let end = surveying.go_on(end..1_200, &|_| true).expect("it can be run");
    assert_eq!(told(&surveying), told(&in_pieces(&compiled, &settings, std::slice::from_ref(&(0..end)))));
}
