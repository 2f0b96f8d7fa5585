use itertools::Itertools as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::*;

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// A graph whose arcs are `(actor, from, to)` and whose preferences list states from best to worst.
fn graph(actors: &[&str], states: &[&str], arcs: &[(usize, &str, &str)], best_first: &[&[&str]]) -> Conflict {
    let place = |name: &str| states.iter().position(|s| *s == name).expect("it is a state");
    let moves = arcs.iter().map(|(actor, from, to)| Move { actor: *actor, from: place(from), to: place(to) });
    let rank = |list: &&[&str]| {
        states.iter().map(|s| -(list.iter().position(|t| t == s).expect("it is ranked") as i64)).collect()
    };
    let ranks = best_first.iter().map(rank).collect();
    Conflict::new(names(actors), names(states), moves, ranks).expect("it is a graph")
}

/// Two players with two strategies each; a state is named by what the first does, then the second.
fn two_by_two(best_first: [&[&str]; 2]) -> Conflict {
    let states = ["CC", "CD", "DC", "DD"];
    let arcs = [(0, "CC", "DC"), (0, "DC", "CC"), (0, "CD", "DD"), (0, "DD", "CD")];
    let more = [(1, "CC", "CD"), (1, "CD", "CC"), (1, "DC", "DD"), (1, "DD", "DC")];
    graph(&["row", "column"], &states, &[arcs, more].concat(), &best_first)
}

fn equilibria(conflict: &Conflict) -> [Vec<&str>; 4] {
    let stability = analyse(conflict);
    Concept::WORDS
        .map(|(_, concept)| stability.equilibria(concept).into_iter().map(|s| conflict.states()[s].as_str()).collect())
}

#[test]
fn known_two_by_two_games_have_their_known_equilibria() {
    // Fang, Hipel and Kilgour 1993: mutual defection is the only Nash state, and mutual cooperation is stable with foresight.
    let dilemma = two_by_two([&["DC", "CC", "DD", "CD"], &["CD", "CC", "DD", "DC"]]);
    let both = vec!["CC", "DD"];
    assert_eq!(equilibria(&dilemma), [vec!["DD"], both.clone(), both.clone(), both]);
    let chicken = two_by_two([&["DC", "CC", "CD", "DD"], &["CD", "CC", "DC", "DD"]]);
    let (one_swerves, safe) = (vec!["CD", "DC"], vec!["CC", "CD", "DC"]);
    assert_eq!(equilibria(&chicken), [one_swerves.clone(), safe.clone(), safe, one_swerves]);
}

#[test]
fn sustainable_development_rests_where_it_is_known_to() {
    // Hipel 2001: environmentalists are proactive or not, developers sustain or not.
    let states = ["s1", "s2", "s3", "s4"];
    let arcs = [(0, "s1", "s3"), (0, "s3", "s1"), (0, "s2", "s4"), (0, "s4", "s2")];
    let more = [(1, "s1", "s2"), (1, "s2", "s1"), (1, "s3", "s4"), (1, "s4", "s3")];
    let best_first: [&[&str]; 2] = [&["s1", "s3", "s2", "s4"], &["s3", "s1", "s4", "s2"]];
    let it = graph(&["environmentalists", "developers"], &states, &[arcs, more].concat(), &best_first);
    let (one, two) = (vec!["s1"], vec!["s1", "s3"]);
    assert_eq!(equilibria(&it), [one.clone(), two.clone(), two, one]);
}

#[test]
fn elmira_rests_where_it_is_known_to() {
    let it = elmira(true);
    let (rests, foreseen) = (vec!["s5", "s8", "s9"], vec!["s1", "s4", "s5", "s8", "s9"]);
    assert_eq!(equilibria(&it), [rests.clone(), foreseen.clone(), foreseen, rests]);
}

/// The Elmira conflict (Hipel, Fang, Kilgour and Haight 1993): a ministry may modify its order; a company may delay, accept or
/// abandon; a town may insist. What the ministry and the company did cannot be undone, unless `irreversible` is false: then the
/// ministry may take its change back.
fn elmira(irreversible: bool) -> Conflict {
    let states = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];
    let mut arcs = vec![(0, "s1", "s2"), (0, "s3", "s4"), (0, "s5", "s6"), (0, "s7", "s8")];
    arcs.extend([(1, "s1", "s3"), (1, "s2", "s4"), (1, "s5", "s7"), (1, "s6", "s8")]);
    arcs.extend(states[..8].iter().map(|s| (1, *s, "s9")));
    arcs.extend(
        [("s1", "s5"), ("s2", "s6"), ("s3", "s7"), ("s4", "s8")].iter().flat_map(|(a, b)| [(2, *a, *b), (2, *b, *a)]),
    );
    if !irreversible {
        arcs.extend([(0, "s2", "s1"), (0, "s4", "s3"), (0, "s6", "s5"), (0, "s8", "s7")]);
    }
    let best_first: [&[&str]; 3] = [
        &["s7", "s3", "s4", "s8", "s5", "s1", "s2", "s6", "s9"],
        &["s1", "s4", "s8", "s5", "s9", "s3", "s7", "s2", "s6"],
        &["s7", "s3", "s5", "s1", "s8", "s6", "s4", "s2", "s9"],
    ];
    graph(&["ministry", "company", "town"], &states, &arcs, &best_first)
}

#[test]
fn one_irreversible_option_decides_where_it_rests() {
    // It ended in s8: the order modified, and accepted. Could the ministry take its change back, it would (s7 it likes best).
    let (as_it_was, free) = (analyse(&elmira(true)), analyse(&elmira(false)));
    let s8 = 7;
    assert!(as_it_was.is_equilibrium(Concept::Nash, s8) && !free.is_equilibrium(Concept::Nash, s8));
    assert_eq!(elmira(false).leaves_for(Concept::Nash, 0, s8), Some(6));
    assert_eq!(elmira(true).leaves_for(Concept::Nash, 0, s8), None);
}

#[test]
fn a_sequence_in_which_one_moves_twice_running_is_no_sanction() {
    // Of three actors the first may leave a for b. Only the second can answer, and only by two moves of its own: b, c, d.
    let arcs = [(0, "a", "b"), (1, "b", "c"), (1, "c", "d")];
    let better: &[&str] = &["b", "c", "a", "d"];
    let indifferent: &[&str] = &["d", "c", "b", "a"];
    let alone = graph(&["first", "second", "third"], &["a", "b", "c", "d"], &arcs, &[better, indifferent, indifferent]);
    assert!(!analyse(&alone).stays(Concept::Gmr, 0, 0), "the legal reading: nobody moves twice running");
    // With a step of the third between them the same way is legal, and the first stays.
    let arcs = [&arcs[..2], &[(2, "c", "e"), (1, "e", "d")]].concat();
    let better: &[&str] = &["b", "c", "e", "a", "d"];
    let other: &[&str] = &["d", "e", "c", "b", "a"];
    let between = graph(&["first", "second", "third"], &["a", "b", "c", "d", "e"], &arcs, &[better, other, other]);
    assert!(analyse(&between).stays(Concept::Gmr, 0, 0));
    let leave = Move { actor: 0, from: 0, to: 1 };
    let answer = between.sanction(Concept::Seq, leave).expect("all of it are improvements").answer;
    assert_eq!(answer.iter().map(|m| (m.actor, m.to)).collect_vec(), [(1, 2), (2, 4), (1, 3)]);
}

/// The definitions word by word: every legal sequence of the others is walked, however long, each node once.
fn by_the_definition(conflict: &Conflict, concept: Concept, i: usize, s: usize) -> bool {
    let sanctioned = |t: usize| {
        let mut met = std::collections::BTreeSet::new();
        let mut open = vec![(t, i)];
        while let Some((state, last)) = open.pop() {
            for k in (0..conflict.actors().len()).filter(|k| *k != i && *k != last) {
                for u in conflict.moves(k, state) {
                    if concept == Concept::Seq && conflict.rank(k, u) <= conflict.rank(k, state) {
                        continue;
                    }
                    let escapes = conflict.moves(i, u).any(|v| conflict.rank(i, v) > conflict.rank(i, s));
                    if conflict.rank(i, u) <= conflict.rank(i, s) && !(concept == Concept::Smr && escapes) {
                        return true;
                    }
                    if met.insert((u, k)) {
                        open.push((u, k));
                    }
                }
            }
        }
        false
    };
    let better = |t: &usize| conflict.rank(i, *t) > conflict.rank(i, s);
    conflict.moves(i, s).filter(better).all(|t| concept != Concept::Nash && sanctioned(t))
}

/// A graph of 2 to 4 actors and 2 to 12 states, with ties, and moves of which some cannot be undone.
fn random(chance: &mut ChaCha8Rng) -> Conflict {
    let (actors, states) = (chance.random_range(2..=4), chance.random_range(2..=12));
    let density = chance.random_range(0.05..0.5);
    let mut moves = Vec::new();
    for (actor, from, to) in
        (0..actors).flat_map(|a| (0..states).flat_map(move |f| (0..states).map(move |t| (a, f, t))))
    {
        if from < to && chance.random::<f64>() < density {
            moves.push(Move { actor, from, to });
            if chance.random::<f64>() < 0.6 {
                moves.push(Move { actor, from: to, to: from });
            }
        }
    }
    let ranks = (0..actors).map(|_| (0..states).map(|_| chance.random_range(0..6)).collect()).collect();
    let named = |what: &str, n: usize| (0..n).map(|k| format!("{what}{k}")).collect();
    Conflict::new(named("a", actors), named("s", states), moves, ranks).expect("it is a graph")
}

#[test]
fn two_thousand_random_graphs_are_as_the_definitions_say() {
    let mut chance = ChaCha8Rng::seed_from_u64(1993);
    let mut told_apart = 0;
    for _ in 0..2_000 {
        let conflict = random(&mut chance);
        let stability = analyse(&conflict);
        for (i, s) in (0..conflict.actors().len()).cartesian_product(0..conflict.states().len()) {
            let stays = Concept::WORDS.map(|(_, concept)| stability.stays(concept, i, s));
            let wanted = Concept::WORDS.map(|(_, concept)| by_the_definition(&conflict, concept, i, s));
            assert_eq!(stays, wanted, "{conflict:?}: actor {i} in state {s}");
            let [nash, gmr, smr, seq] = stays;
            assert!((!nash || (smr && seq)) && (!smr || gmr) && (!seq || gmr), "Nash ⊆ SMR, SEQ ⊆ GMR");
            told_apart += usize::from(smr != seq);
            for (_, concept) in &Concept::WORDS[1..] {
                assert_eq!(conflict.leaves_for(*concept, i, s).is_none(), stability.stays(*concept, i, s));
            }
        }
    }
    assert!(told_apart > 500, "the graphs tell concepts apart: {told_apart}");
}
