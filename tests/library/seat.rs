//! Seats: whoever decides what its policy would decide gives the same run, what is decided later changes nothing that
//! came before, and no decision at all can break a run.

use crate::generate::{Chance, cases};
use crate::play::negotiation;
use crate::stages::{BORDER, MEDIATOR};
use crate::talks::{ROOM, STRIKE};
use winset::engine::talks::{
    Asked, Decision, Desk, Illegal, Played, Question, Recorder, Run, Seats, Step, Talks, Terms, Unavailable, What,
};
use winset::engine::{Drawing, Drawn};
use winset::model::{ActorId, IssueId, Move, Negotiation, OptionId, Package, Scale, Scores};

/// Steps, and how many were heard before something was asked.
#[derive(Default)]
struct Heard {
    steps: Vec<Step>,
    before: Option<usize>,
}

impl Recorder for Heard {
    fn record(&mut self, round: u32, what: What) {
        self.steps.record(round, what);
    }

    fn is_asked(&mut self) {
        assert_eq!(self.before, None, "a run asks once");
        self.before = Some(self.steps.len());
    }
}

fn play(talks: &Talks, drawn: &Drawn, seats: &Seats, said: &[Decision]) -> (Played, Heard) {
    let mut heard = Heard::default();
    let played = talks.play_seated(drawn, seats, (said, &[]), &mut Desk::default(), &mut heard);
    assert_eq!(heard.before.is_some(), played.asked.is_some());
    (played, heard)
}

/// Calls `check` with some runs of a negotiation.
fn with_runs(n: &Negotiation, runs: u64, mut check: impl FnMut(&Talks, &Drawn)) {
    let drawing = Drawing::of(n, 7);
    let compiled = drawing.compile(n).expect("it is small");
    let talks = Talks::of(&compiled, drawing.clone()).expect("it has talks");
    let draws = drawing.draws(n);
    (0..runs).for_each(|run| check(&talks, &draws.run(run)));
}

/// Everybody who may take a seat: each party alone, the mediator alone, and all of them together.
fn seatings(n: &Negotiation) -> Vec<Seats> {
    let mut all: Vec<ActorId> = n.parties().collect();
    all.extend(n.mediator.as_ref().map(|it| it.actor));
    let alone = all.iter().map(|who| Seats { who: vec![*who], intents: Vec::new() });
    alone.chain([Seats { who: all.clone(), intents: Vec::new() }]).collect()
}

/// A scenario made of the strike or the border, with some numbers drawn.
fn drawn_scenario(case: u64) -> Negotiation {
    let chance = &mut Chance(case ^ 0x5EA7);
    let swap = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replace(from, to)
    };
    if chance.percent(50) {
        let mut text = STRIKE.to_owned();
        if chance.percent(60) {
            text = ROOM.iter().fold(text, |text, (from, to)| swap(&text, from, to));
            text = swap(&text, "start = 2\nworth = 2", &format!("start = {}\nworth = 4", chance.between(0, 9)));
            text = swap(&text, "proposes = 0.1", &format!("proposes = 0.{}", chance.between(0, 9)));
            if chance.percent(30) {
                text = swap(&text, "[talks]", "[talks]\nneeds_mediator = true");
            }
        }
        let retries = format!("retries        = {}", chance.between(0, 3));
        text = swap(&text, "retries        = 1", &retries);
        text = swap(&text, "ballot_noise = 3", &format!("ballot_noise = {}", chance.between(1, 60)));
        text = swap(&text, "walk-out = 0.1", &format!("walk-out = 0.{}", chance.between(0, 5)));
        text = swap(&text, "patience = [9, 14]", &format!("patience = {}", chance.between(2, 12)));
        text = swap(
            &text,
            "requires = { shifts = [\"mixed\", \"free\"] }",
            if chance.percent(50) { "" } else { "requires = { shifts = [\"mixed\", \"free\"] }" },
        );
        return negotiation(&text);
    }
    let mediator = if chance.percent(60) { MEDIATOR } else { "" };
    let mut text = format!("{BORDER}{mediator}");
    if chance.percent(50) {
        text = swap(&text, "horizon = 30", "horizon = 60\nround = \"day\"");
        text = swap(&text, "[talks]\n", "[talks]\nper = \"week\"\n");
    }
    text = swap(&text, "ventures = 0.5", &format!("ventures = 0.{}", chance.between(1, 9)));
    text = swap(&text, "drafting = [0, 2]", &format!("drafting = [0, {}]", chance.between(1, 6)));
    text = swap(
        &text,
        "moves    = { offer = 2, hold = 1 }",
        &format!("moves    = {{ offer = 2, hold = 1, ultimatum = 0.{} }}", chance.between(1, 9)),
    );
    negotiation(&text)
}

/// The laws of one run with one seating.
fn keeps_the_laws(talks: &Talks, drawn: &Drawn, seats: &Seats) -> usize {
    let (run, steps) = talks.trace(drawn);
    let (silent, heard) = play(talks, drawn, seats, &[]);
    assert_eq!((&silent.run, &heard.steps), (&run, &steps), "what is not decided is decided by the policies");
    let said: Vec<Decision> = silent.advised.iter().map(|(_, decision)| decision.clone()).collect();
    let (full, heard) = play(talks, drawn, seats, &said);
    assert_eq!(full.asked, None, "nothing is left to ask");
    assert_eq!((&full.run, &heard.steps), (&run, &steps), "a seat that does as its policy gives the same run");
    assert!(full.advised.is_empty());
    for end in [0, said.len() / 3, said.len() / 2, said.len().saturating_sub(1)] {
        let (part, heard) = play(talks, drawn, seats, &said[..end]);
        let Some(asked) = &part.asked else {
            assert_eq!(end, said.len());
            continue;
        };
        assert!(asked.illegal.is_none() && seats.who.contains(&asked.seat));
        assert_eq!(part.advised, silent.advised[end..], "it is asked for the rest");
        assert_eq!(asked.seat, silent.advised[end].0);
        let before = heard.before.expect("it was asked");
        assert_eq!(heard.steps[..before], steps[..before]);
    }
    said.len()
}

#[test]
fn a_seat_that_does_as_its_policy_gives_the_same_run_in_every_shipped_scenario() {
    let mut decisions = 0;
    for (name, runs) in [
        ("talks/istanbul-2025", 40),
        ("textbook/labour-dispute", 150),
        ("textbook/camp-david-1978", 60),
        ("textbook/dayton-1995", 20),
    ] {
        let text = std::fs::read_to_string(format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR")));
        let n = negotiation(&text.expect("it is shipped"));
        for seats in seatings(&n) {
            with_runs(&n, runs, |talks, drawn| decisions += keeps_the_laws(talks, drawn, &seats));
        }
    }
    assert!(decisions > 5_000, "{decisions}");
}

#[test]
fn a_seat_that_does_as_its_policy_gives_the_same_run_in_generated_scenarios() {
    for case in 0..cases(60) {
        let n = drawn_scenario(case);
        for seats in seatings(&n) {
            with_runs(&n, 12, |talks, drawn| {
                keeps_the_laws(talks, drawn, &seats);
            });
        }
    }
}

/// A decision drawn for what is asked; now and then one that cannot be taken.
fn any_decision(n: &Negotiation, asked: &Asked, chance: &mut Chance) -> Decision {
    let yes = chance.percent(50);
    let mut package = || {
        let settled = asked.situation.settled.iter().zip(&n.space.issues);
        let picks = settled.map(|(settled, issue)| {
            let any = OptionId(chance.below(issue.options.len()));
            settled.filter(|_| chance.percent(95)).unwrap_or(any)
        });
        Package(picks.collect())
    };
    let terms = Terms { package: package(), asks: None };
    let right = match &asked.question {
        Question::Escalates => Decision::Escalates(yes),
        Question::Leaves => Decision::Leaves(yes),
        Question::Answers { .. } => Decision::Answers(yes),
        Question::Signs(_) => Decision::Signs(yes),
        Question::PutsAgain(_) => Decision::PutsAgain(yes),
        Question::Presses => Decision::Presses(yes.then(|| ActorId(chance.below(n.actors.len())))),
        Question::Proposes => Decision::Proposes(yes.then_some(terms.package.clone())),
        Question::Moves => {
            let made = if chance.percent(3) { Move::WalkOut } else { *chance.pick(&Move::ALL[..5]) };
            let named = if made.names_terms() { chance.percent(95) } else { chance.percent(2) };
            Decision::Moves(made, named.then_some(terms))
        }
    };
    if chance.percent(4) { Decision::Answers(yes) } else { right }
}

/// Plays a game of drawn decisions to its end: the last word of the engine on it, and how many were refused.
fn any_game(talks: &Talks, drawn: &Drawn, seats: &Seats, chance: &mut Chance) -> (Run, usize) {
    let n = talks.negotiation();
    let (mut said, mut refused, mut known): (Vec<Decision>, usize, Vec<Step>) = Default::default();
    loop {
        let (played, heard) = play(talks, drawn, seats, &said);
        let Some(asked) = played.asked else { return (played.run, refused) };
        let before = heard.before.expect("it was asked");
        if asked.illegal.is_some() {
            // What cannot be taken costs nothing: the same is asked again, and nothing has happened.
            refused += 1;
            said.pop();
            assert_eq!(heard.steps[..before], known);
        } else {
            assert!(heard.steps[..before].starts_with(&known), "what is decided changes nothing that came before");
            known = heard.steps[..before].to_vec();
        }
        said.push(any_decision(n, &asked, chance));
    }
}

#[test]
fn no_decision_breaks_a_run() {
    let (mut endings, mut refused) = (std::collections::BTreeSet::new(), 0);
    for case in 0..cases(40) {
        let (n, chance) = (drawn_scenario(case), &mut Chance(case));
        for seats in seatings(&n) {
            with_runs(&n, 2, |talks, drawn| {
                let (run, wrong) = any_game(talks, drawn, &seats, chance);
                assert!(run.payoffs.iter().all(|(_, points)| points.is_finite()), "{:?}", run.payoffs);
                assert!(run.beliefs.iter().flat_map(|b| &b.posterior).all(|p| p.is_finite()));
                endings.insert(run.ending);
                refused += wrong;
            });
        }
    }
    assert!(endings.len() > 3 && refused > 50, "{endings:?} {refused}");
}

#[test]
fn what_cannot_be_taken_is_said_with_its_place() {
    let n = negotiation(BORDER);
    let south = n.parties().find(|i| n.actor(*i).id == "south").expect("it is there");
    let seats = Seats { who: vec![south], intents: Vec::new() };
    with_runs(&n, 20, |talks, drawn| {
        let wrong = |said: &[Decision]| {
            let (played, _) = play(talks, drawn, &seats, said);
            played.asked.and_then(|asked| asked.illegal)
        };
        let (played, _) = play(talks, drawn, &seats, &[]);
        let Some(Asked { question: Question::Moves, .. }) = played.asked else { return };
        assert_eq!(wrong(&[Decision::Presses(None)]), Some((0, Illegal::NotAsked)));
        // The first stage settles order and dates, and no truce at all is what stands now.
        let any = Package(n.space.issues.iter().map(|_| OptionId(0)).collect());
        let terms = Terms { package: any, asks: None };
        assert_eq!(wrong(&[Decision::Moves(Move::Talk, Some(terms.clone()))]), Some((0, Illegal::NeedlessTerms)));
        let held = [Decision::Moves(Move::Hold, None), Decision::Presses(None)];
        assert!(matches!(wrong(&held), Some((1, Illegal::NotAsked)) | None));
        assert_eq!(wrong(&[Decision::Moves(Move::Offer, Some(terms))]), None);
    });
}

#[test]
fn what_is_settled_or_withheld_cannot_be_named() {
    // Everything is settled at once, and the power withholds trade.
    let text = STRIKE.replace("p6 = \"6 %\"", "p6 = { name = \"6 %\", holder = \"state\", grants = false }");
    let text = text.replace("[actors]", "[actors]\nstate = { role = \"holder\" }");
    let text = format!("{text}\n[rules.pay]\nforbid = {{ wage = \"p5\", shifts = \"old\" }}\n");
    let n = negotiation(&text);
    let seats = seatings(&n).swap_remove(0);
    with_runs(&n, 20, |talks, drawn| {
        let (played, _) = play(talks, drawn, &seats, &[]);
        let Some(Asked { question: Question::Moves, .. }) = played.asked else { return };
        let named = |wage: usize, shifts: usize| {
            let package = Package(vec![OptionId(wage), OptionId(shifts), OptionId(0)]);
            let said = [Decision::Moves(Move::Offer, Some(Terms { package, asks: None }))];
            play(talks, drawn, &seats, &said).0.asked.and_then(|asked| asked.illegal)
        };
        let withheld = Unavailable::NotGranted(IssueId(0), OptionId(4));
        assert_eq!(named(4, 1), Some((0, Illegal::Names(withheld))));
        assert_eq!(named(3, 0), Some((0, Illegal::Names(Unavailable::Rule(0)))));
        assert_eq!(named(3, 1), None);
    });
}

#[test]
fn a_given_intent_is_the_one_that_is_played() {
    let n = negotiation(STRIKE);
    let hard = n.intents.iter().position(|it| it.id == "hard").expect("it is there");
    let seats = Seats { who: Vec::new(), intents: vec![hard] };
    with_runs(&n, 30, |talks, drawn| {
        let (played, _) = play(talks, drawn, &seats, &[]);
        assert!(played.run.intents.contains(&hard));
    });
}

#[test]
fn what_is_weighed_is_what_the_package_is_worth() {
    let n = negotiation(STRIKE);
    let seats = seatings(&n).swap_remove(0);
    let weigh: Vec<Package> = (0..5).map(|wage| Package(vec![OptionId(wage), OptionId(1), OptionId(0)])).collect();
    let scale = Scale::of(&n);
    let scores = Scores::new(&n, scale);
    with_runs(&n, 20, |talks, drawn| {
        let mut heard = Heard::default();
        let played = talks.play_seated(drawn, &seats, (&[], &weigh), &mut Desk::default(), &mut heard);
        let asked = played.asked.expect("the seat moves at least once");
        for (package, weighed) in weigh.iter().zip(&asked.weighed) {
            let points = scale.points(scores.leadership(&drawn.world, asked.seat, package));
            assert_eq!(weighed.points, Some(points), "a sum of whole units is exact");
            let home = |(_, chance, _): &(_, f64, _)| (0.0..=1.0).contains(chance);
            assert!(!weighed.homes.is_empty() && weighed.homes.iter().all(home));
        }
    });
}
