//! Stages, the mediator, the ledger: papers bind what they settle, silence changes no deal, and all of it can be
//! switched off without moving another draw.

use std::collections::BTreeSet;

use crate::play::{negotiation, traces_without as traces};
use winset::engine::talks::{Cause, Ending, Mechanism, Refusal, Run, Step, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{IssueId, Law, Move, Negotiation, Package, Scores};
use winset::space::Compiled;

/// A border dispute: a truce first or last, then the line, then the rest; a great power between the two.
pub const BORDER: &str = r#"
title   = "A border"
horizon = 30
[actors]
north = { role = "party" }
south = { role = "party" }
power = { role = ["mediator", "holder"] }
[audiences]
homes = { of = "south", veto = true, defeat_below = -12 }
[issues.order]
now = "none"
options = { none = "nothing", first = { name = "a truce first", stops = "at once" }, beside = { name = "a truce beside the paper", stops = { signed = "paper" } }, peace = { name = "a truce with the terms", stops = { agreed = "peace" } }, last = "no truce before peace" }
views.north = { weight = 4, first = -1, beside = 0.2, peace = 0.5, last = 1 }
views.south = { weight = 4, first = 1, beside = 0.5, peace = 0.2, last = -1 }
[issues.dates]
now = "open"
options = ["open", "set"]
views.north = { weight = 1, set = 1 }
[issues.line]
now = "none"
options = { none = "no line", middle = "the middle", river = "the river" }
views.north = { weight = 20, middle = 0.4, river = 1 }
views.south = { weight = 20, middle = -0.2, river = -1 }
views.homes = { weight = 20, middle = -0.2, river = -1 }
[issues.trade]
now = "shut"
options = { shut = "shut", open = { name = "open", holder = "power", grants = true } }
views.north = { weight = 10, open = 1 }
views.south = { weight = 6, open = 1 }
[conflict]
until = 30
[no_deal]
north = { base = -4, cost = 0.2 }
south = { base = -10, cost = 0.4 }
[talks]
conflict = true
deadline = 31
resumes  = [0, 0.05]
[stages.paper]
settles  = ["order", "dates"]
drafting = [0, 3]
[stages.peace]
after    = "paper"
drafting = [0, 2]
[intents.north.ready]
on_paper = 0.5
ventures = 0.5
moves    = { offer = 3, talk = 1, token = 1 }
[intents.north.waiting]
obstructs = true
on_paper  = 1
moves     = { talk = 3, token = 2, hold = 3, offer = 0.3 }
tactic    = { kind = "polynomial", beta = 0.1 }
[intents.south.ready]
on_paper = 0.5
ventures = 0.5
moves    = { offer = 3, talk = 1, hold = 1 }
[intents.south.wary]
on_paper = 0.2
moves    = { offer = 2, hold = 1 }
tactic   = { kind = "relative", kappa = 0.2 }
"#;

pub const MEDIATOR: &str = r#"
[mediator]
patience = [3, 15]
relief   = { token = 1, talk = 0.2, concession = 4, paper = 6 }
presses  = 0.3
pressure = 4
presses_for = 2
tilt     = { south = 0.3 }
proposes = 0.2
[ledger.thanks]
by        = "north"
to        = "power"
start     = 1
worth     = 1.5
per_press = 0.5
"#;

fn border(changes: &[(&str, &str)], rest: &str) -> Negotiation {
    let text = changes.iter().fold(format!("{BORDER}{rest}"), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replace(from, to)
    });
    negotiation(&text)
}

fn issue(n: &Negotiation, id: &str) -> IssueId {
    n.space.issue(id).expect("it is there")
}

#[test]
fn a_paper_binds_what_it_settles_and_nothing_else() {
    let n = border(&[], MEDIATOR);
    let mut deals = 0;
    for (run, steps) in traces(&n, 300, &[]) {
        let mut settled = None;
        let mut on_paper = None;
        for step in &steps {
            match &step.what {
                What::Offers { stage: Some(_), package, .. } => {
                    on_paper = Some(package.clone());
                    for k in ["line", "trade"] {
                        let k = issue(&n, k);
                        assert_eq!(Some(package.option(k)), n.space.issues[k.0].now, "the rest is as now");
                    }
                }
                What::Proposes { package, .. } if settled.is_none() => on_paper = Some(package.clone()),
                What::Signs(Some(stage)) if n.stage(*stage).id == "paper" => settled.clone_from(&on_paper),
                What::Offers { stage: None, package, .. } | What::Proposes { package, .. } => {
                    let paper = settled.as_ref().expect("a whole package is named after the paper is signed");
                    for k in ["order", "dates"] {
                        assert_eq!(package.option(issue(&n, k)), paper.option(issue(&n, k)));
                    }
                    deals += 1;
                }
                _ => {}
            }
        }
        assert_eq!(run.is_interim(), settled.is_some() && run.package.is_none());
    }
    assert!(deals > 100, "{deals}");
}

/// The round and the steps before a kind of step, for the first run in which it happens.
fn around(n: &Negotiation, wanted: impl Fn(&What) -> bool) -> Vec<(Vec<Step>, usize)> {
    let runs = traces(n, 200, &[]).into_iter();
    runs.filter_map(|(_, steps)| steps.iter().position(|s| wanted(&s.what)).map(|at| (steps, at))).collect()
}

#[test]
fn where_the_guns_fall_silent_is_the_order_s_own_affair() {
    for (order, before) in [("first", "agreed"), ("beside", "signed"), ("peace", "terms"), ("last", "never")] {
        // One order only, so that it is the one agreed.
        let options = ["first", "beside", "peace", "last"];
        let others: Vec<&str> = options.into_iter().filter(|o| *o != order).collect();
        let rule = format!("\n[rules.only]\nforbid = {{ order = {others:?} }}\n");
        let n = border(&[("drafting = [0, 3]", "drafting = 2"), ("drafting = [0, 2]", "drafting = 1")], &rule);
        // A deal that holds ends it in any case; before that, the order says when.
        let goes_on = |(steps, at): &(Vec<Step>, usize)| {
            steps[at + 1..].iter().any(|s| matches!(s.what, What::Makes(..) | What::Drafts { .. } | What::Signs(_)))
        };
        let mut ends = around(&n, |what| matches!(what, What::ConflictEnds));
        assert!(!ends.is_empty());
        ends.retain(goes_on);
        assert_eq!(ends.is_empty(), before == "never", "{order}");
        for (steps, at) in ends {
            let stage = |step: &Step, of: &str| matches!(&step.what, What::Signs(Some(s)) if n.stage(*s).id == of);
            let signed = |of: &str| steps[..at].iter().any(|s| stage(s, of));
            let drafted = steps[at + 1..].iter().any(|s| matches!(s.what, What::Drafts { .. }));
            match before {
                "agreed" => assert!(!signed("paper") && drafted, "{order}"),
                "signed" => assert!(stage(&steps[at - 1], "paper"), "{order}"),
                _ => assert!(signed("paper") && !signed("peace"), "{order}"),
            }
        }
    }
}

#[test]
fn drafting_takes_its_rounds_and_nobody_moves_meanwhile() {
    let n = border(&[("drafting = [0, 3]", "drafting = 3"), ("drafting = [0, 2]", "drafting = 2")], "");
    let drafts = around(&n, |what| matches!(what, What::Drafts { .. }));
    assert!(drafts.len() > 50);
    for (steps, at) in drafts {
        let What::Drafts { due, .. } = steps[at].what else { unreachable!("it was looked for") };
        assert_eq!(due, steps[at].round + 3);
        let during = steps[at + 1..].iter().take_while(|s| !matches!(s.what, What::Signs(_) | What::Ends(_)));
        assert!(during.clone().all(|s| !matches!(s.what, What::Makes(..))));
        if let Some(signed) = steps.iter().find(|s| matches!(s.what, What::Signs(_))) {
            assert_eq!(signed.round, due);
        }
    }
}

#[test]
fn once_the_guns_are_silent_no_deal_is_what_is_settled() {
    // Nothing to hope for but the truce, and nothing that breaks it: whoever has it asks for no less.
    let n = border(&[("resumes  = [0, 0.05]", "resumes = 0"), ("drafting = [0, 3]", "drafting = 0")], "");
    let silent = around(&n, |what| matches!(what, What::ConflictEnds));
    let mut refused = 0;
    for (steps, at) in silent {
        let last = &steps[at..];
        refused += last.iter().filter(|s| matches!(s.what, What::Refuses(_, Refusal::WorseThanNoDeal))).count();
    }
    let fragile = border(&[("resumes  = [0, 0.05]", "resumes = 0.999999"), ("drafting = [0, 3]", "drafting = 0")], "");
    let rounds = |n: &Negotiation| -> Vec<u32> {
        traces(n, 200, &[]).iter().filter(|(run, _)| run.ending.is_reached()).map(|(run, _)| run.rounds).collect()
    };
    assert!(refused > 20, "{refused}");
    let mean = |all: Vec<u32>| f64::from(all.iter().sum::<u32>()) / all.len() as f64;
    let (lasting, broken) = (mean(rounds(&n)), mean(rounds(&fragile)));
    assert!(broken < lasting, "who cannot rest on a truce settles sooner: {broken} {lasting}");
}

#[test]
fn a_conflict_resumes_only_if_it_may() {
    let resumes = |by: &str| {
        let n = border(&[("resumes  = [0, 0.05]", by)], "");
        around(&n, |what| matches!(what, What::ConflictResumes)).len()
    };
    assert_eq!(resumes("resumes = 0"), 0);
    assert!(resumes("resumes = 0.3") > 20);
    // Nor does it where there are no stages, however it ended.
    let n = border(&[("resumes  = [0, 0.05]", "resumes = 0.3")], "\n[events.calm]\nround = 2\nconflict = false\n");
    let resumes = |without: &[Mechanism]| {
        let steps = traces(&n, 100, without).into_iter().flat_map(|(_, steps)| steps);
        steps.filter(|s| matches!(s.what, What::ConflictResumes)).count()
    };
    assert!(resumes(&[]) > 20);
    assert_eq!(resumes(&[Mechanism::Stages]), 0);
}

#[test]
fn what_is_settled_beside_the_talks_stays() {
    let beside = "\n[stages.side]\nbetween = [\"power\", \"north\"]\nsettles = \"trade\"\nchance = 0.1\n";
    let n = border(&[], beside);
    let settled = around(&n, |what| matches!(what, What::SettledBeside { .. }));
    assert!(settled.len() > 50);
    let trade = issue(&n, "trade");
    for (steps, at) in &settled {
        for step in &steps[*at..] {
            if let What::Offers { package, .. } = &step.what {
                assert_eq!(n.space.issues[trade.0].options[package.option(trade).0].id, "open");
            }
        }
    }
    // What the north has already, it need not pay for.
    let deals = |n: &Negotiation| traces(n, 300, &[]).iter().filter(|(run, _)| run.package.is_some()).count();
    assert!(deals(&border(&[], "")) > deals(&border(&[], &beside.replace("0.1", "0.999999"))));
}

#[test]
fn a_mediator_leaves_when_its_clock_has_run_down_and_may_end_the_talks() {
    let talks = ("[talks]", "[talks]\nneeds_mediator = true");
    let rest = MEDIATOR.replace("patience = [3, 15]", "patience = 4").replace("relief ", "# relief ");
    for (run, steps) in traces(&border(&[talks], &rest), 100, &[]) {
        let leaves = steps.iter().find(|s| matches!(s.what, What::MediatorLeaves(_)));
        assert_eq!(leaves.map(|s| s.round), (run.rounds > 4).then_some(5), "after four rounds");
        assert_eq!(run.cause == Some(Cause::MediatorLeft), leaves.is_some());
    }
    let patient = traces(&border(&[talks], MEDIATOR), 100, &[]);
    let rounds: BTreeSet<u32> =
        patient.iter().filter(|(run, _)| run.cause == Some(Cause::MediatorLeft)).map(|(run, _)| run.rounds).collect();
    assert!(rounds.iter().any(|r| *r > 16), "clocks are wound: {rounds:?}");
}

#[test]
fn a_token_of_a_side_that_seems_to_obstruct_winds_less() {
    // The mediator believes what it is told to believe: all tokens are alike, so nothing is learnt from them.
    let alike = [
        ("moves    = { offer = 3, talk = 1, token = 1 }", "moves = { token = 1 }"),
        ("moves     = { talk = 3, token = 2, hold = 3, offer = 0.3 }", "moves = { token = 1 }"),
        ("moves    = { offer = 3, talk = 1, hold = 1 }", "moves = { hold = 1 }"),
        ("moves    = { offer = 2, hold = 1 }", "moves = { hold = 1 }"),
    ];
    let rounds = |believes: &str| {
        let rest = MEDIATOR.replace("[3, 15]", "8").replace("token = 1", "token = 0.6");
        let prior = format!("\n[beliefs.power]\nnorth = {believes}\n");
        let n = border(&alike, &format!("{rest}{prior}"));
        let (_, steps) = traces(&n, 1, &[]).remove(0);
        steps.iter().find(|s| matches!(s.what, What::MediatorLeaves(_))).map_or(99, |s| s.round)
    };
    let (trusting, wary) = (rounds("{ ready = 1 }"), rounds("{ waiting = 1 }"));
    assert_eq!(wary, 9, "a gesture that is not believed winds nothing");
    assert!(trusting > 15, "{trusting}");
}

#[test]
fn pressure_makes_a_side_accept_what_it_would_refuse() {
    let with = |pressure: &str| {
        let rest = MEDIATOR.replace("presses  = 0.3", "presses = 0.999999").replace("pressure = 4", pressure);
        let n = border(&[], &rest.replace("proposes = 0.2", "proposes = 0"));
        traces(&n, 300, &[]).iter().filter(|(run, _)| run.package.is_some()).count()
    };
    let (none, much) = (with("pressure = 0"), with("pressure = 12"));
    assert!(much > none + 20, "{none} {much}");
}

#[test]
fn favours_ease_consent_and_are_spent() {
    let n = border(&[], &MEDIATOR.replace("start     = 1", "start = 6"));
    let (mut spent, mut earned) = (0, 0);
    for (_, steps) in traces(&n, 300, &[]) {
        let mut stock = 6.0;
        for step in &steps {
            match step.what {
                What::Owes { stock: now, .. } => {
                    assert!((now - stock - 0.5).abs() < 1e-9, "half a favour for pressing the south");
                    (stock, earned) = (now, earned + 1);
                }
                What::Spends { favours, .. } => {
                    assert!(favours > 0.0 && favours <= stock + 1e-9, "{favours} of {stock}");
                    (stock, spent) = (stock - favours, spent + 1);
                }
                _ => {}
            }
        }
    }
    assert!(spent > 20 && earned > 20, "{spent} {earned}");
}

#[test]
fn switching_the_mediator_off_leaves_all_other_draws() {
    // Nobody can agree, so that every run has all its rounds.
    let apart = [
        ("base = -4", "base = 500"),
        ("ventures = 0.5\n", "\n"),
        ("[intents.south.ready]", "[intents.south.ready]\nrefuses = { order = \"last\" }"),
        ("[intents.south.wary]", "[intents.south.wary]\nrefuses = { order = \"last\" }"),
        ("[intents.north.ready]", "[intents.north.ready]\nrequires = { order = \"last\" }"),
        ("[intents.north.waiting]", "[intents.north.waiting]\nrequires = { order = \"last\" }"),
        ("resumes  = [0, 0.05]", "resumes = 0"),
    ];
    let event = "\n[state.front]\nstart = 0\nspread = 1\n[events.raid]\nchance = 0.2\nmoves = { front = 1 }\n";
    let n = border(&apart, &format!("{MEDIATOR}{event}"));
    let own = |what: &What| {
        matches!(
            what,
            What::MediatorLeaves(_)
                | What::Presses { .. }
                | What::TakesHeart { .. }
                | What::Proposes { .. }
                | What::Owes { .. }
                | What::Spends { .. }
                | What::Accepts(_)
                | What::Refuses(..)
                | What::Learns { .. }
        )
    };
    let drawn =
        |what: &What| matches!(what, What::Makes(..) | What::Moves { .. } | What::Happens(_) | What::Intends(..));
    for ((run, steps), (other, fewer)) in traces(&n, 80, &[]).iter().zip(traces(&n, 80, &[Mechanism::Mediator])) {
        assert_eq!((run.ending, other.ending), (Ending::NoDeal, Ending::NoDeal));
        let draws = |steps: &[Step]| steps.iter().filter(|s| drawn(&s.what)).cloned().collect::<Vec<_>>();
        assert_eq!(draws(steps), draws(&fewer));
        assert!(steps.iter().any(|s| own(&s.what)));
        let mediates =
            |s: &&Step| matches!(s.what, What::Presses { .. } | What::Proposes { .. } | What::TakesHeart { .. });
        assert_eq!(fewer.iter().filter(mediates).count(), 0);
    }
}

#[test]
fn without_stages_everything_is_settled_at_once() {
    for (run, steps) in traces(&border(&[], MEDIATOR), 100, &[Mechanism::Stages]) {
        let staged = |s: &Step| matches!(s.what, What::Drafts { .. } | What::Offers { stage: Some(_), .. });
        assert!(!steps.iter().any(staged));
        assert!(!run.is_interim() && run.signed.is_empty());
    }
}

#[test]
fn a_single_stage_without_drafting_is_no_stage() {
    let plain = BORDER.split("[stages.paper]").next().expect("the head").to_owned();
    let rest = &BORDER[BORDER.find("[intents.north.ready]").expect("intents")..];
    let plain = plain.replace("{ signed = \"paper\" }", "\"at once\"").replace("{ agreed = \"peace\" }", "\"at once\"");
    let one = format!("{plain}[stages.all]\n{rest}");
    let ends = |text: &str| -> Vec<(Ending, u32, Option<winset::model::Package>)> {
        let n = negotiation(text);
        traces(&n, 200, &[]).into_iter().map(|(run, _)| (run.ending, run.rounds, run.package)).collect()
    };
    assert_eq!(ends(&format!("{plain}{rest}")), ends(&one));
}

#[test]
fn reordering_stages_and_debts_changes_no_run() {
    let text = format!("{BORDER}{MEDIATOR}");
    let (a, b) = (text.find("[stages.paper]").expect("one"), text.find("[stages.peace]").expect("two"));
    let c = text.find("[intents.north.ready]").expect("three");
    let swapped = format!("{}{}{}{}", &text[..a], &text[b..c], &text[a..b], &text[c..]);
    let ends = |text: &str| -> Vec<(Ending, u32)> {
        traces(&negotiation(text), 200, &[]).iter().map(|(run, _)| (run.ending, run.rounds)).collect()
    };
    assert_eq!(ends(&text), ends(&swapped));
}

#[test]
fn a_run_alone_is_the_run_in_a_batch_with_all_mechanisms() {
    use winset::engine::talks::Desk;
    let n = border(
        &[],
        &format!("{MEDIATOR}\n[stages.side]\nbetween = [\"power\", \"north\"]\nsettles = \"trade\"\nchance = 0.05\n"),
    );
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let mut desk = Desk::default();
    let batch: Vec<Run> = draws.block(0, 300).iter().map(|d| talks.play(d, &mut desk, None)).collect();
    for run in [299, 0, 17, 123, 250] {
        assert_eq!(talks.trace(&draws.run(run)).0, batch[run as usize]);
    }
}

#[test]
fn an_interim_paper_and_a_mediator_who_leaves_are_met() {
    let runs: Vec<Run> = [&[][..], &[("[talks]", "[talks]\nneeds_mediator = true")]]
        .iter()
        .flat_map(|changes| traces(&border(changes, MEDIATOR), 200, &[]))
        .map(|(run, _)| run)
        .collect();
    assert!(runs.iter().any(Run::is_interim) && runs.iter().any(|run| run.cause == Some(Cause::MediatorLeft)));
}

/// A word of a file stands for itself; a number becomes a range around it, kept within `[0, 1]` or `[-1, 1]`.
fn all_uncertain() -> String {
    BORDER
        .replace(
            "resumes  = [0, 0.05]",
            "resumes = [0, 0.9]\nmishap = [0, 0.1]\nper_ultimatum = [0, 0.9]\naccepts_if_borne = [0, 1]",
        )
        .replace("drafting = [0, 3]", "drafting = [0, 40]")
        .replace("ventures = 0.5", "ventures = [0, 1]")
        .replace("on_paper = 0.5", "prior = [0, 1]\non_paper = [0, 1]\nfloor = [-20, 20]\npatience = [0, 60]")
        .replace(
            "moves    = { offer = 3, talk = 1,",
            "moves = { ultimatum = [0, 1], walk-out = [0, 0.1], offer = [0, 3], talk = [0, 1],",
        )
        .replace("base = -4, cost = 0.2", "base = [-40, 40], cost = [0, 2], lasts = [1, 60], contact = [-5, 5]")
        .replace("base = -10, cost = 0.4", "base = [-40, 40], cost = [0, 2], lasts = [1, 60]")
        .replace(
            "veto = true, defeat_below = -12",
            "veto = [0, 1], defeat_below = [-40, 40], ballot_noise = [0, 9], loss_aversion = [0, 3]",
        )
        .replace("middle = 0.4, river = 1", "middle = [-1, 1], river = [-1, 1]")
        .replace("grants = true", "grants = [0, 1]")
        + &MEDIATOR
            .replace("patience = [3, 15]", "patience = [0, 40]")
            .replace("presses  = 0.3", "presses = [0, 0.9]")
            .replace("pressure = 4", "pressure = [0, 40]")
            .replace("presses_for = 2", "presses_for = [0, 9]")
            .replace("proposes = 0.2", "proposes = [0, 0.9]")
            .replace("start     = 1", "start = [0, 9]")
            .replace("worth     = 1.5", "worth = [0, 9]")
}

#[test]
fn talks_end_where_everything_is_certain_and_where_everything_is_open() {
    let certain = [
        ("resumes  = [0, 0.05]", "resumes = 0.02"),
        ("drafting = [0, 3]", "drafting = 2"),
        ("drafting = [0, 2]", "drafting = 1"),
    ];
    let sure = border(&certain, &MEDIATOR.replace("[3, 15]", "9"));
    let fixed = |law: &Law| matches!(law, Law::Own(quantity) if quantity.is_fixed());
    assert!(sure.inputs.iter().all(|(_, input)| fixed(&input.law)));
    let open = negotiation(&all_uncertain());
    for n in [sure, open] {
        let runs = traces(&n, 300, &[]);
        let found: BTreeSet<(Ending, Option<Cause>)> = runs.iter().map(|(run, _)| (run.ending, run.cause)).collect();
        assert!(found.len() >= 3, "{found:?}");
        assert!(
            runs.iter()
                .all(|(run, steps)| matches!(steps.last().map(|s| &s.what), Some(What::Ends(end)) if **end == *run))
        );
    }
}

#[test]
fn stages_keep_their_order_on_horizons_of_nothing_and_of_a_million() {
    let none = traces(&border(&[("horizon = 30", "horizon = 0")], MEDIATOR), 20, &[]);
    assert!(none.iter().all(|(run, _)| (run.ending, run.rounds) == (Ending::NoDeal, 0)));
    let long = [
        ("horizon = 30", "horizon = 1000000"),
        ("until = 30", "until = 1000000"),
        ("deadline = 31", "deadline = 1000000"),
        ("offer = 3, talk = 1, token = 1", "hold = 1"),
        ("talk = 3, token = 2, hold = 3, offer = 0.3", "hold = 1"),
        ("offer = 3, talk = 1, hold = 1", "hold = 1"),
        ("offer = 2, hold = 1", "hold = 1"),
    ];
    let (run, _) = traces(&border(&long, ""), 1, &[]).remove(0);
    assert_eq!((run.ending, run.rounds), (Ending::NoDeal, 1_000_000));
}

#[test]
fn what_a_deal_brings_is_measured_against_no_deal_as_it_was_until_then() {
    let n = border(&[("drafting = [0, 2]", "drafting = 0"), ("resumes  = [0, 0.05]", "resumes = 0")], "");
    let mut deals = 0;
    for (run, steps) in traces(&n, 300, &[]).into_iter().filter(|(run, _)| run.ending.is_reached()) {
        let offer = steps.iter().rev().find_map(|s| match &s.what {
            What::Offers { stage: None, gains, .. } => Some(gains.clone()),
            _ => None,
        });
        let silent = steps.iter().any(|s| matches!(s.what, What::ConflictEnds));
        assert!(silent, "a deal that holds ends the conflict");
        if !steps.iter().any(|s| matches!(s.what, What::Drafts { .. }) && s.round == run.rounds) {
            deals += 1;
            assert!(run.gains.iter().all(|(_, gain)| *gain >= 0.0), "{:?} of {offer:?}", run.gains);
        }
    }
    assert!(deals > 20, "{deals}");
}

/// The packages of the papers that are signed, over some runs.
fn signed(n: &Negotiation) -> Vec<Package> {
    let mut papers = Vec::new();
    for (_, steps) in traces(n, 200, &[]) {
        let mut on_paper = None;
        for step in steps {
            match step.what {
                What::Offers { stage: Some(_), package, .. } | What::Proposes { package, .. } => {
                    on_paper = Some(package);
                }
                What::Signs(Some(stage)) if n.stage(stage).id == "paper" => papers.extend(on_paper.take()),
                _ => {}
            }
        }
    }
    papers
}

fn option<'n>(n: &'n Negotiation, package: &Package, of: &str) -> &'n str {
    let k = issue(n, of);
    &n.space.issues[k.0].options[package.option(k).0].id
}

#[test]
fn nobody_signs_a_paper_that_crosses_a_red_line_or_that_he_refuses() {
    let no_truce_first = "\n[rules.only]\nforbid = { order = [\"first\", \"beside\", \"peace\"] }\n";
    let last = |changes: &[(&str, &str)], rest: &str| {
        let n = border(changes, &format!("{no_truce_first}{rest}"));
        signed(&n).iter().filter(|paper| option(&n, paper, "order") == "last").count()
    };
    let line = |when: &str| format!("[red_lines.never]\nby = \"south\"\nwhen = {when}\n");
    let refuses = [
        ("[intents.south.ready]", "[intents.south.ready]\nrefuses = { order = \"last\" }"),
        ("[intents.south.wary]", "[intents.south.wary]\nrefuses = { order = \"last\" }"),
    ];
    assert!(last(&[], "") > 5, "{}", last(&[], ""));
    assert_eq!(last(&[], &line("{ order = \"last\" }")), 0);
    assert_eq!(last(&refuses, ""), 0);
    // A line that names what is still open is asked later.
    assert!(last(&[], &line("{ order = \"last\", line = \"river\" }")) > 5);
}

#[test]
fn a_side_offers_of_the_papers_that_are_enough_for_it_the_best_for_the_other() {
    let n = border(&[], "");
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let scores = Scores::new(&n, compiled.scale);
    let parties: Vec<_> = n.parties().collect();
    let mut offers = 0;
    for run in 0..100 {
        let drawn = draws.run(run);
        for step in talks.trace(&drawn).1 {
            let What::Offers { by, stage: Some(_), package, aspiration, .. } = step.what else { continue };
            let other = *parties.iter().find(|i| **i != by).expect("there are two");
            let worth = |i, paper: &Package| scores.leadership(&drawn.world, i, paper);
            // Whoever signs this paper takes the rest as it is.
            let rest = ["line", "trade"].map(|k| issue(&n, k));
            let papers = (0..n.space.size()).map(|number| n.space.package(number));
            let papers = papers.filter(|p| rest.iter().all(|k| Some(p.option(*k)) == n.space.issues[k.0].now));
            let enough = papers.filter(|paper| worth(by, paper) >= aspiration);
            let best = enough.map(|paper| (worth(other, &paper), worth(by, &paper))).max();
            assert_eq!(best, Some((worth(other, &package), worth(by, &package))));
            offers += 1;
        }
    }
    assert!(offers > 100, "{offers}");
}

#[test]
fn who_drafts_first_speaks_first() {
    for who in ["north", "south"] {
        let n = border(&[("settles  = [", &format!("first_draft = \"{who}\"\nsettles  = ["))], "");
        for (_, steps) in traces(&n, 50, &[]) {
            let first = steps.iter().find_map(|s| if let What::Makes(of, _) = s.what { Some(of) } else { None });
            assert_eq!(n.actor(first.expect("somebody moves")).id, who);
        }
    }
}

#[test]
fn mere_procedure_is_no_interim_result() {
    let n = border(&[("settles  = [", "procedural = true\nsettles  = [")], "");
    let runs = traces(&n, 200, &[]);
    assert!(runs.iter().any(|(_, steps)| steps.iter().any(|s| matches!(s.what, What::Signs(_)))));
    assert!(runs.iter().all(|(run, _)| !run.is_interim() && run.signed.is_empty()));
}

#[test]
fn who_agreed_only_under_pressure_withdraws_when_it_is_gone_before_the_signature() {
    let (mediator, _) = MEDIATOR.split_once("[ledger").expect("the ledger comes last");
    let rest = mediator.replace("pressure = 4", "pressure = 30").replace("presses_for = 2", "presses_for = 1");
    let n = border(&[("drafting = [0, 2]", "drafting = 2"), ("defeat_below = -12", "defeat_below = -40")], &rest);
    let mut withdrawn = 0;
    for (run, steps) in traces(&n, 300, &[]) {
        withdrawn += steps.iter().filter(|s| matches!(s.what, What::Withdraws(_))).count();
        assert!(run.gains.iter().all(|(_, gain)| *gain >= 0.0), "signed although no deal is better: {run:?}");
    }
    assert!(withdrawn > 5, "{withdrawn}");
}

#[test]
fn what_is_settled_beside_the_talks_opens_every_draft_again() {
    let beside = "\n[stages.side]\nbetween = [\"power\", \"north\"]\nsettles = \"trade\"\nchance = 0.1\n";
    let n = border(&[("drafting = [0, 2]", "drafting = 5")], beside);
    let mut reopened = 0;
    for (_, steps) in traces(&n, 200, &[]) {
        let mut drafting = false;
        for step in &steps {
            match step.what {
                What::Drafts { .. } => drafting = true,
                What::SettledBeside { .. } if drafting => (drafting, reopened) = (false, reopened + 1),
                What::Signs(stage) => {
                    assert!(drafting || stage.is_some_and(|s| n.stage(s).id == "paper"), "signed on other terms");
                    drafting = false;
                }
                _ => {}
            }
        }
    }
    assert!(reopened > 5, "{reopened}");
}

/// No order in which the guns fall silent.
const NO_TRUCE: &str = "\n[rules.only]\nforbid = { order = [\"first\", \"beside\", \"peace\", \"last\"] }\n";

#[test]
fn what_a_side_has_already_it_keeps_without_a_deal() {
    let beside = "[stages.side]\nbetween = [\"power\", \"north\"]\nsettles = \"trade\"\nchance = 0.999999\n";
    let least = |rest: &str| {
        let soon =
            "moves    = { offer = 3, talk = 1, token = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 10 }";
        let n = border(
            &[
                ("north = { base = -4, cost = 0.2 }", "north = { base = 2 }"),
                ("moves    = { offer = 3, talk = 1, token = 1 }", soon),
            ],
            &format!("{NO_TRUCE}{rest}"),
        );
        let points =
            traces(&n, 300, &[]).into_iter().filter_map(|(run, _)| run.points.first().map(|(_, points)| *points));
        points.fold(f64::INFINITY, f64::min)
    };
    // Trade is worth 10 to the north.
    let (without, with) = (least(""), least(beside));
    assert!((2.0..12.0).contains(&without) && (12.0..99.0).contains(&with), "{without} {with}");
}

#[test]
fn a_truce_that_will_not_last_is_worth_no_more_than_war() {
    // Of the five years for which both look ahead it holds for 1 / (13.8 · 261) of the time: of 20 points, 0.006.
    let n = border(
        &[
            ("resumes  = [0, 0.05]", "resumes = 0.999999"),
            ("south = { base = -10, cost = 0.4 }", "south = { base = -10 }"),
        ],
        "",
    );
    let accounts = Accounts::of(&n);
    let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
    let talks = Talks::of(&compiled, Drawing { seed: 1, ..Drawing::default() }).expect("it has talks");
    let draws = Draws::new(&n, accounts, 1);
    let scores = Scores::new(&n, compiled.scale);
    let mut accepted = 0;
    for run in 0..200 {
        let drawn = draws.run(run);
        let mut offered = None;
        for step in talks.trace(&drawn).1 {
            match step.what {
                What::Offers { stage, package, .. } => offered = Some(package).filter(|_| stage.is_none()),
                What::Refuses(by, Refusal::WorseThanNoDeal) if n.actor(by).id == "south" => {
                    let points = offered.as_ref().map(|package| scores.leadership(&drawn.world, by, package));
                    assert!(points.is_none_or(|points| compiled.scale.points(points) < -9.99));
                }
                What::Accepts(by) if offered.is_some() => accepted += u32::from(n.actor(by).id == "south"),
                _ => {}
            }
        }
    }
    assert!(accepted > 10, "{accepted}");
}

/// What the mediator proposes, with the stage on the table.
fn proposals(n: &Negotiation) -> Vec<(bool, Package)> {
    let steps = traces(n, 200, &[]).into_iter().flat_map(|(_, steps)| steps);
    let proposal = |step: Step| match step.what {
        What::Proposes { stage, package, .. } => Some((stage.is_some_and(|s| n.stage(s).id == "paper"), package)),
        _ => None,
    };
    steps.filter_map(proposal).collect()
}

#[test]
fn a_mediator_proposes_only_what_it_accepts() {
    for (order, line) in [("first", "middle"), ("peace", "none")] {
        let accepts = format!("[mediator]\naccepts = {{ order = \"{order}\", line = \"{line}\" }}");
        let n = border(&[], &MEDIATOR.replace("[mediator]", &accepts));
        let all = proposals(&n);
        for (on_paper, package) in &all {
            assert!(*on_paper || option(&n, package, "line") == line);
            assert!(!on_paper || option(&n, package, "order") == order);
        }
        assert!(all.iter().filter(|(on_paper, _)| *on_paper).count() > 20, "papers for {order}");
    }
}

#[test]
fn a_mediator_proposes_what_gives_the_worse_off_most_and_what_is_borne_at_home() {
    let calm = MEDIATOR.replace("presses  = 0.3", "presses = 0").replace("proposes = 0.2", "proposes = 0.5");
    // Spans of 39 and 38 points: a truce beside the paper gives 1.8 and 2, with the terms 3 and 0.8.
    let n = border(&[], &calm);
    let papers: Vec<Package> = proposals(&n).into_iter().filter(|(on_paper, _)| *on_paper).map(|(_, p)| p).collect();
    assert!(papers.len() > 20);
    for paper in papers {
        assert_eq!((option(&n, &paper, "order"), option(&n, &paper, "dates")), ("beside", "set"));
    }
    // With trade and without a line, the north has 10 or 11 points and the south 6; with the middle, 18 or 19 and 2. No
    // deal is worth −10 to the south: it gains the less where the north would have −10 too, else the north does.
    let rest = format!("{calm}{NO_TRUCE}");
    for (north, homes, line) in [("-10", "-12", "none"), ("8", "-12", "middle"), ("8", "-2", "none")] {
        let n = border(
            &[
                ("north = { base = -4, cost = 0.2 }", &format!("north = {{ base = {north} }}")),
                ("south = { base = -10, cost = 0.4 }", "south = { base = -10 }"),
                ("defeat_below = -12", &format!("defeat_below = {homes}")),
            ],
            &rest,
        );
        let deals: Vec<Package> = proposals(&n).into_iter().filter(|(on_paper, _)| !on_paper).map(|(_, p)| p).collect();
        assert!(deals.len() > 10, "{}", deals.len());
        for deal in deals {
            assert_eq!((option(&n, &deal, "line"), option(&n, &deal, "trade")), (line, "open"), "{north} {homes}");
        }
    }
}

#[test]
fn a_paper_winds_the_clock_and_never_beyond_the_patience() {
    let relief = "relief   = { token = 1, talk = 0.2, concession = 4, paper = 6 }";
    let rest = MEDIATOR.replace(relief, "relief = { paper = 6 }").replace("[3, 15]", "15");
    let mut wound = 0;
    for (_, steps) in traces(&border(&[], &rest), 200, &[]) {
        let signed = steps.iter().position(|s| matches!(s.what, What::Signs(_)));
        let left: Vec<(usize, f64)> = steps
            .iter()
            .enumerate()
            .filter_map(|(at, s)| if let What::TakesHeart { left, .. } = s.what { Some((at, left)) } else { None })
            .collect();
        assert!(left.iter().all(|(at, left)| Some(*at) > signed && *left <= 15.0), "{left:?}");
        wound += left.len();
    }
    assert!(wound > 50, "{wound}");
}

#[test]
fn favours_are_earned_by_moves_and_owed_to_their_creditor_alone() {
    let rest = "[ledger.thanks]\nby = \"north\"\nto = \"south\"\nworth = 1\nmoves = { talk = 0.5 }\n";
    let mut earned = 0;
    let n = border(&[], rest);
    for (_, steps) in traces(&n, 100, &[]) {
        let talks = |s: &&Step| matches!(s.what, What::Makes(of, Move::Talk) if n.actor(of).id == "south");
        let owes = steps.iter().filter(|s| matches!(s.what, What::Owes { .. })).count();
        assert_eq!(owes, steps.iter().filter(talks).count());
        earned += owes;
    }
    assert!(earned > 50, "{earned}");
    // Owed to a power that neither makes offers nor mediates, they ease nothing.
    let idle = "[ledger.thanks]\nby = \"north\"\nto = \"power\"\nstart = 9\nworth = 3\n";
    let spends = |steps: &[Step]| steps.iter().any(|s| matches!(s.what, What::Spends { .. }));
    assert!(!traces(&border(&[], idle), 200, &[]).iter().any(|(_, steps)| spends(steps)));
    let south = idle.replace("\"power\"", "\"south\"");
    assert!(traces(&border(&[], &south), 200, &[]).iter().any(|(_, steps)| spends(steps)));
}

#[test]
fn the_mediator_presses_whom_it_thinks_to_obstruct_and_whom_it_leans_against() {
    let pressed = |believes: &str, tilt: &str| -> BTreeSet<String> {
        let rest = MEDIATOR.replace("tilt     = { south = 0.3 }", tilt);
        let n = border(&[], &format!("{rest}\n[beliefs.power]\nnorth = {believes}\n"));
        let mut who = BTreeSet::new();
        for (_, steps) in traces(&n, 100, &[]) {
            for (at, step) in steps.iter().enumerate() {
                let What::Presses { of, .. } = step.what else { continue };
                let of = n.actor(of).id.clone();
                // The north owes a favour when another is pressed.
                let owes = matches!(steps[at + 1].what, What::Owes { .. });
                assert_eq!(owes, of == "south");
                who.insert(of);
            }
        }
        who
    };
    assert_eq!(pressed("{ waiting = 1 }", ""), ["north".to_owned()].into());
    assert_eq!(pressed("{ ready = 1 }", "tilt = { south = 0.3 }"), ["south".to_owned()].into());
    assert_eq!(pressed("{ ready = 1 }", ""), BTreeSet::new());
}

#[test]
fn who_concedes_all_on_paper_asks_there_for_what_he_has() {
    let n = border(&[("on_paper = 0.5\nventures = 0.5", "on_paper = 1"), ("on_paper = 0.2", "on_paper = 1")], "");
    let mut offers = 0;
    for (_, steps) in traces(&n, 100, &[]) {
        for step in steps {
            if let What::Offers { stage: Some(_), aspiration, .. } = step.what {
                // Nothing is settled yet.
                assert_eq!(aspiration, 0);
                offers += 1;
            }
        }
    }
    assert!(offers > 50, "{offers}");
}
