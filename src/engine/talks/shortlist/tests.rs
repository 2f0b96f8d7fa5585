//! What a shortlist answers is what a plain search answers, on made-up scenarios.

use std::cmp::Reverse;

use super::super::{Desk, Talks, course::Course};
use crate::engine::{Accounts, Drawing, Draws};
use crate::model::{IssueId, OptionId};
use crate::scenario::Scenario;
use crate::space::{Compiled, Place, Test};

/// A small generator of its own, so that a failure names its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Two parties with two audiences each. Values and weights are coarse, so that many packages tie.
fn scenario(dice: &mut Dice) -> String {
    let mut text = String::from("title = \"made up\"\nhorizon = 40\n[actors]\n");
    for side in ["a", "b"] {
        text += &format!("{side} = {{ role = \"party\", misreads = {} }}\n", ["0", "0.3"][dice.roll(2) as usize]);
    }
    text += "[audiences]\n";
    for side in ["a", "b"] {
        text += &format!("{side}_home = {{ of = \"{side}\", veto = true, defeat_below = -{} }}\n", dice.roll(30));
        text += &format!("{side}_hall = {{ of = \"{side}\", veto = 0.5, defeat_below = -{} }}\n", dice.roll(30));
    }
    let issues = 3 + dice.roll(4);
    for k in 0..issues {
        let options = 2 + dice.roll(4);
        text += &format!("[issues.k{k}]\nnow = \"o0\"\noptions = {{ ");
        text += &(0..options).map(|o| format!("o{o} = \"{o}\"")).collect::<Vec<_>>().join(", ");
        text += " }\n";
        for who in ["a", "b", "a_home", "b_home", "a_hall", "b_hall"] {
            let value = |o: u64, dice: &mut Dice| format!("o{o} = {}", dice.roll(9) as f64 / 4.0 - 1.0);
            let values: Vec<String> = (1..options).map(|o| value(o, dice)).collect();
            text += &format!("views.{who} = {{ weight = {}, {} }}\n", 5 * (1 + dice.roll(4)), values.join(", "));
        }
    }
    text += "[red_lines.never]\nby = \"b\"\nwhen = { k0 = \"o1\" }\n[talks]\n";
    for side in ["a", "b"] {
        text += &format!("[intents.{side}.only]\nmoves = {{ offer = 1 }}\n");
        text += "tactic = { kind = \"polynomial\", beta = 1, over = 40 }\n";
        if dice.roll(3) == 0 {
            text += "refuses = { k1 = \"o1\" }\n";
        }
    }
    text
}

/// The offer by its definition: every open package is looked at.
fn plainly(course: &Course<'_>, i: usize, aspiration: i64, last: Option<Place>) -> Option<Place> {
    let (talks, space) = (course.talks, course.space);
    let other = talks.parties[talks.parties[i].others[0]].score;
    let read = course.read(i, 0).unwrap_or(&course.tables[other]);
    let (read, borne) = (Test::new(&space.plans[other], read, 0), course.borne(i).collect::<Vec<_>>());
    let gate = course.open_to(i);
    let worth = |(head, tail): Place| {
        let open = gate.lets_through(head, tail);
        let borne = borne.iter().all(|test| test.score(head, tail) >= i64::from(test.line));
        let own = course.utility(i, (head, tail)).filter(|own| *own >= aspiration)?;
        let theirs = read.score(head, tail);
        // Below any score stands what a red line of the other excludes.
        (open && borne && theirs > -(1 << 30)).then_some((theirs, own))
    };
    let all = (0..space.layout.heads()).flat_map(|head| (0..space.layout.tails()).map(move |tail| (head, tail)));
    let rank = |(head, tail): Place| Reverse(talks.head_rank[head] + talks.tail_rank[tail]);
    let best = all.filter_map(|place| Some((worth(place)?, rank(place), place))).max()?;
    Some(last.filter(|last| worth(*last).is_some_and(|(theirs, _)| theirs == best.0.0)).unwrap_or(best.2))
}

#[test]
fn a_shortlist_names_the_package_that_a_plain_search_names() {
    let (mut offers, mut none) = (0, 0);
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let text = scenario(&mut dice);
        let n =
            Scenario::parse("made-up.toml", text.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}\n{text}")).negotiation;
        let accounts = Accounts::of(&n);
        let compiled = Compiled::of(&n, &accounts.variants).expect("it is small");
        let talks = Talks::of(&compiled, Drawing { seed, ..Drawing::default() }).expect("it has talks");
        let mut desk = Desk::default();
        for drawn in Draws::new(&n, accounts, seed).block(0, 3) {
            desk.fill(&compiled, &drawn.world);
            let mut course = talks.begin(&drawn, &mut desk, None);
            let mut last = [None; 2];
            let mut settled: Vec<(IssueId, OptionId)> = Vec::new();
            for ask in 0..60_u32 {
                let i = dice.roll(2) as usize;
                course.round = ask;
                for raised in &mut course.raised {
                    *raised += dice.roll(5) as f64 - 2.0;
                }
                if ask % 25 == 24 {
                    let k = IssueId(dice.roll(n.space.issues.len() as u64) as usize);
                    settled.push((k, OptionId(dice.roll(2) as usize)));
                    let keep = |k, o| settled.iter().all(|(issue, option)| *issue != k || *option == o);
                    let gate = course.space.gate_behind(&course.space.rules, &keep);
                    for side in &mut course.sides {
                        side.opens(Some(gate.clone().into()));
                        last = [None; 2];
                    }
                }
                let span = compiled.spans.0[talks.parties[i].score];
                let down = span * i64::from(ask) / 60 + span * dice.roll(5) as i64 / 40;
                let aspiration = course.sides[i].stance().best.unwrap_or(0) - down;
                let expected = plainly(&course, i, aspiration, last[i]);
                let found = course.find_offer(i, aspiration);
                assert_eq!(found, expected, "seed {seed}, run {}, ask {ask}\n{text}", drawn.run);
                last[i] = found.or(last[i]);
                if found.is_some() { offers += 1 } else { none += 1 }
            }
        }
    }
    assert!(offers > 2_000 && none > 500, "{offers} offers, {none} without");
}
