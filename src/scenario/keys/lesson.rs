//! Keys of the blocks of a lesson.

use super::{Key, Keys, Takes, may, must, section};

const ASK: Key = must("ask", Takes::Text, "What the reader is asked to do or to say.");
const SCENARIO: Key = must("scenario", Takes::Text, "A file, or a shipped name.");

pub static LESSON: Keys = section("a lesson", "What is said of the lesson as a whole.").keys(&[must(
    "minutes",
    Takes::Whole,
    "How long it takes, in minutes.",
)]);

pub static BET: Keys = section("a bet", "A question that is answered before the next reveal opens.").keys(&[
    ASK,
    may("choices", Takes::Texts, "Answers to choose from; without them a number is asked for."),
    may("unit", Takes::Text, "What the number counts; by default per cent."),
    must("answer", Takes::Text, "The answer, as the reveal shows it: one of the choices, or a number."),
]);

pub static SLIDER: Keys = section("a slider", "One number of a scenario that can be held at a value.").keys(&[
    ASK,
    SCENARIO,
    must("input", Takes::Text, "The path of the number."),
    must("shows", Takes::Texts, "Which shares of worlds are counted: one or a list."),
    may("from", Takes::Plain, "The least value; by default the least of its range."),
    may("to", Takes::Plain, "The greatest value; by default the greatest of its range."),
]);

pub static DRAFT: Keys = section("a draft", "A package that can be changed and is judged at once.").keys(&[
    ASK,
    SCENARIO,
    may(
        "package",
        Takes::Text,
        "With which it begins: a named package or TERMS; by default the one that would do most often.",
    ),
]);

pub static PLAY: Keys = section("a game", "A seat at the table.").keys(&[
    ASK,
    SCENARIO,
    must("side", Takes::Text, "Who sits there."),
    may("against", Takes::Text, "What another party is after, as `winset play --opponent` takes it."),
]);
