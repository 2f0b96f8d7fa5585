//! A seat at the table through pipes: the end of input is no failure, a kept game goes on, another decision is told.

use crate::cli_support::{Folder, document, winset, winset_with_input};

#[test]
fn the_end_of_input_ends_politely() {
    for input in ["", "hold", "1\n", "w\no\nb\n", "\n\n\n"] {
        let asked = winset_with_input(&["play", "labour-dispute", "--side", "union"], input.as_bytes());
        assert!(asked.status == 0 && asked.err.lines().count() <= 1, "{input:?} {}", asked.err);
        assert!(asked.out.contains("You sit for"), "{}", asked.out);
    }
}

#[test]
fn a_game_is_kept_and_gone_on_with_and_told_again() {
    let folder = Folder::new("play");
    let talk = folder.path("talk.json");
    let play = ["play", "labour-dispute", "--side", "union", "--save", &talk];
    let first = winset_with_input(&play, b"hold\nnonsense\nrefuse\nhold\n");
    assert_eq!(first.status, 0, "{}", first.err);
    let kept = std::fs::read_to_string(&talk).expect("it was kept");
    assert!(kept.matches("\"does\"").count() >= 2, "{kept}");
    let second = winset_with_input(&play, b"refuse\nhold\nrefuse\nhold\n");
    assert_eq!(second.status, 0, "{}", second.err);
    let longer = std::fs::read_to_string(&talk).expect("it was kept");
    assert!(longer.matches("\"does\"").count() > kept.matches("\"does\"").count());
    let told = winset(&["replay", &talk]);
    assert!(told.status == 0 && told.out.contains("AS IT WAS PLAYED"), "{}{}", told.out, told.err);
    let other = winset(&["replay", &talk, "--what-if", "1=walk-out", "--json"]);
    assert_eq!(other.status, 0, "{}", other.err);
    assert!(document(&other.out)["answer"]["instead"]["over"].as_bool().is_some_and(|over| over));
    let place = folder.path("replayed");
    let drawn = winset(&["replay", &talk, "--what-if", "2=accept", "--out", &place]);
    assert_eq!(drawn.status, 0, "{}", drawn.err);
    let svg = std::fs::read_to_string(format!("{place}/dance.svg")).expect("it was drawn");
    assert!(svg.contains("with the other decision"), "one picture holds both courses");
    let wrong = winset(&["replay", &talk, "--what-if", "1=dance"]);
    assert!(wrong.status == 2 && wrong.err.contains("unknown decision"), "{}", wrong.err);
    let beyond = winset(&["replay", &talk, "--what-if", "999=hold"]);
    assert_eq!(beyond.status, 2, "{}", beyond.err);
    // Another seat is another game.
    let stranger = winset(&["play", "labour-dispute", "--side", "firm", "--save", &talk]);
    assert!(stranger.status == 2 && stranger.err.contains("began otherwise"), "{}", stranger.err);
    assert_eq!(std::fs::read_to_string(&talk).expect("it is there"), longer, "nothing is lost");
}

#[test]
fn a_whole_game_can_be_played_by_its_own_advice() {
    // Every answer is a word, so that a pipe can play: here nobody ever offers anything.
    let asked =
        winset_with_input(&["play", "labour-dispute", "--side", "union"], "hold\nrefuse\n".repeat(200).as_bytes());
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.out.contains("of the others"), "{}", asked.out);
}
