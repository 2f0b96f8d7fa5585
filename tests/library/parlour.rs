//! Games by lines of text: whatever is typed, nothing breaks, and what is no decision costs no round.

use crate::generate::{Chance, cases};
use crate::play::negotiation;
use crate::stages::{BORDER, MEDIATOR};
use crate::talks::{ROOM, STRIKE};
use winset::analysis::Settings;
use winset::engine::Drawing;
use winset::engine::talks::{Decision, Seats, Talks};
use winset::model::{ActorId, Move, Negotiation};
use winset::report::play::Parlour;
use winset::session::{Saved, Session, Start};

/// Calls `check` with a game.
fn with_game(n: &Negotiation, start: Start, mut check: impl FnMut(Session, &Settings)) {
    let drawing = Drawing::of(n, Start::SEED);
    let settings = Settings { runs: 50, drawing, agreeing: false };
    let compiled = settings.drawing.compile(n).expect("it is small");
    let talks = Talks::of(&compiled, start.drawing(&settings.drawing)).expect("it has talks");
    check(Session::open(&talks, start, &settings.drawing), &settings);
}

fn scenarios() -> [Negotiation; 3] {
    let room = ROOM.iter().fold(STRIKE.to_owned(), |text, (from, to)| text.replace(from, to));
    [negotiation(STRIKE), negotiation(&room), negotiation(&format!("{BORDER}{MEDIATOR}"))]
}

/// A line that somebody might type.
fn line(n: &Negotiation, chance: &mut Chance) -> String {
    const WORDS: [&str; 40] = [
        "1",
        "2",
        "3",
        "4",
        "5",
        "1",
        "2",
        "s",
        "s",
        "c",
        "o",
        "b",
        "a",
        "d",
        "?",
        "",
        "hold",
        "talk",
        "offer",
        "accept",
        "refuse",
        "sign",
        "yes",
        "no",
        "n",
        "0",
        "-1",
        "99999999999999999999",
        "w",
        "q",
        "press nobody",
        "propose nothing",
        "offer =",
        "walk out",
        "\u{202e}tpecca",
        "\0\u{1b}[2J",
        "hodl",
        "ACCEPT",
        "1 2 3",
        "offer wage=p5,wage=p4",
    ];
    if chance.percent(10) {
        let issue = chance.pick(&n.space.issues);
        let option = chance.pick(&issue.options);
        let verb = *chance.pick(&["offer ", "w ", "ultimatum ", "propose ", ""]);
        return format!("{verb}{}={}", issue.id, option.id);
    }
    if chance.percent(1) {
        return "x".repeat(20_000);
    }
    (*chance.pick(&WORDS)).to_owned()
}

#[test]
fn whatever_is_typed_breaks_no_game_and_costs_no_round() {
    let (mut over, mut idle) = (0, 0);
    for case in 0..cases(300) {
        let chance = &mut Chance(case);
        let n = &scenarios()[chance.below(3)];
        let mut who: Vec<ActorId> = n.parties().collect();
        who.extend(n.mediator.as_ref().map(|it| it.actor));
        chance.shuffle(&mut who);
        who.truncate(chance.between(1, who.len()));
        let start =
            Start { seats: Seats { who, intents: Vec::new() }, seed: chance.percent(50).then_some(case), run: 0 };
        with_game(n, start, |session, settings| {
            let mut parlour = Parlour::of(session, settings);
            let mut said = parlour.opening();
            for _ in 0..120 {
                if said.over {
                    over += 1;
                    break;
                }
                assert!(!said.text.is_empty(), "silence is no answer");
                let before = parlour.session().said().to_vec();
                let asked = parlour.session().asked().cloned();
                said = parlour.hear(&line(n, chance));
                let after = parlour.session().said();
                assert!(after.starts_with(&before), "what was decided stays");
                if after.len() == before.len() {
                    idle += 1;
                    assert_eq!(parlour.session().asked().cloned(), asked, "nothing happened");
                }
            }
            drop(parlour.closed());
        });
    }
    assert!(over > 20 && idle > 1_000, "{over} {idle}");
}

#[test]
fn a_game_that_is_kept_is_the_same_game() {
    for case in 0..cases(40) {
        let chance = &mut Chance(case ^ 0x5A5A);
        let n = &scenarios()[chance.below(3)];
        let who: Vec<ActorId> = n.parties().take(chance.between(1, 2)).collect();
        let start = Start { seats: Seats { who, intents: Vec::new() }, seed: None, run: case };
        with_game(n, start.clone(), |session, settings| {
            let mut parlour = Parlour::of(session, settings);
            parlour.opening();
            for _ in 0..60 {
                parlour.hear(&line(n, chance));
            }
            let played = parlour.session();
            let text = Saved::of(played, "strike", &winset::Wanted::default()).text();
            let saved = Saved::parse(&text).expect("it was written");
            assert_eq!(saved.start(n), Ok(start.clone()));
            let decisions = saved.decisions(n).expect("they were written");
            assert_eq!(decisions, played.said());
            with_game(n, start.clone(), |opened, _| {
                let again = opened.replayed(&decisions).expect("they were taken");
                assert_eq!((again.asked(), again.run()), (played.asked(), played.run()));
                assert_eq!(again.happened(), played.happened());
            });
        });
    }
}

#[test]
fn what_if_changes_nothing_before_it_and_the_same_decision_changes_nothing() {
    let n = negotiation(STRIKE);
    let union = n.parties().find(|i| n.actor(*i).id == "union").expect("it is there");
    for run in 0..20 {
        let start = Start { seats: Seats { who: vec![union], intents: Vec::new() }, seed: None, run };
        with_game(&n, start, |session, settings| {
            let policy: Vec<Decision> = session.advised().map(|(_, decision)| decision.clone()).collect();
            let mut all = session.said().to_vec();
            all.extend(policy);
            let played = session.replayed(&all).expect("its policy takes what can be taken");
            assert!(played.run().is_some());
            for (at, (_, _, decision)) in played.told().into_iter().enumerate() {
                let same = played.what_if(at, decision.clone()).expect("it was taken there");
                assert_eq!(same.run(), played.run(), "decision {at}");
                if let Decision::Moves(..) = decision {
                    let other = played.what_if(at, Decision::Moves(Move::Hold, None)).expect("anybody may hold");
                    assert_eq!(other.said()[..at], played.said()[..at]);
                    assert!(other.run().is_some(), "it is played to its end");
                }
            }
            drop(Parlour::of(session, settings));
        });
    }
}

#[test]
fn a_kept_game_that_is_not_one_is_refused_in_a_sentence() {
    let n = negotiation(STRIKE);
    for text in ["", "{}", "[]", "null", "{\"winset_talk\": 1}", "\u{0}", &"[".repeat(100_000), &"9".repeat(1_000)] {
        let why = Saved::parse(text).expect_err("it is no game");
        assert!(!why.message.is_empty() && why.message.len() < 300, "{}", why.message);
    }
    assert!(Saved::parse(&" ".repeat(5_000_000)).is_err());
    let union = n.parties().next().expect("it is there");
    let start = Start { seats: Seats { who: vec![union], intents: Vec::new() }, seed: None, run: 0 };
    with_game(&n, start, |session, _| {
        let saved = Saved::of(&session, "strike", &winset::Wanted::default());
        let other = Saved { fingerprint: "0".into(), ..saved.clone() };
        assert!(other.start(&n).is_err_and(|why| why.message.contains("another scenario")));
        let stranger = Saved { seats: vec!["nobody".into()], ..saved.clone() };
        assert!(stranger.start(&n).is_err());
        let text = saved.text();
        // Any byte of it may be lost or changed.
        let chance = &mut Chance(1);
        for _ in 0..2_000 {
            let mut bytes = text.clone().into_bytes();
            let at = chance.below(bytes.len());
            bytes[at] = chance.below(128) as u8;
            let saved = Saved::parse(&String::from_utf8_lossy(&bytes)).ok();
            if let Some(saved) = saved.filter(|saved| saved.start(&n).is_ok()) {
                drop(saved.decisions(&n).map(|said| session.replayed(&said).map(|_| ())));
            }
        }
    });
}

#[test]
fn what_was_said_is_told_with_the_round_and_the_seat_that_was_asked() {
    for n in scenarios() {
        let who: Vec<ActorId> = n.parties().collect();
        let start = Start { seats: Seats { who, intents: Vec::new() }, seed: None, run: 3 };
        with_game(&n, start, |mut session, _| {
            let mut asked_for = Vec::new();
            while let Some((round, seat)) = session.asked().map(|asked| (asked.round, asked.seat)) {
                let decision = session.advised().next().map(|(_, it)| it.clone()).expect("a policy has advice");
                asked_for.push((round, seat, decision.clone()));
                session.take(decision).expect("what is advised can be done");
            }
            assert!(asked_for.len() > 2, "{asked_for:?}");
            // More was said than was asked for: a game answers itself what nobody wants to be asked every round.
            let told = session.told();
            assert_eq!(told.len(), session.said().len());
            let mut rest = told.iter();
            assert!(asked_for.iter().all(|asked| rest.any(|told| told == asked)), "{asked_for:?}\n{told:?}");
        });
    }
}
