use super::*;
use crate::scenario::render;

const LESSON: &str = "\
# What a defeat is

```lesson
minutes = 30
```

Some *words*.

```bet
ask = \"How many?\"
answer = \"12.5\"
```

```console
$ winset list
```

````reveal The answer
It is 12.5.

```draft
ask = \"Mend it\"
scenario = \"istanbul-2025\"
```
````

## For the teacher

Secrets.
";

fn wrong(text: &str) -> String {
    render(&LessonFile::parse("l.md", text.as_bytes()).expect_err("something is wrong"), "l.md", text)
}

#[test]
fn a_lesson_is_read_piece_by_piece() {
    let lesson = LessonFile::parse("l.md", LESSON.as_bytes()).expect("nothing is wrong");
    assert_eq!((lesson.title.as_str(), lesson.minutes, lesson.teacher.as_str()), ("What a defeat is", 30, "Secrets."));
    let [Piece::Prose(words), Piece::Bet(bet), Piece::Prose(console), Piece::Reveal(head, inner)] = &lesson.pieces[..]
    else {
        panic!("{:?}", lesson.pieces);
    };
    assert_eq!(words.trim(), "Some *words*.");
    assert_eq!((bet.ask.as_str(), bet.answer.as_str(), bet.unit.as_str()), ("How many?", "12.5", "per cent"));
    assert!(console.contains("```console\n$ winset list\n```"), "{console}");
    assert_eq!(head, "The answer");
    let [Piece::Prose(_), Piece::Draft(draft)] = &inner[..] else { panic!("{inner:?}") };
    let span = draft.scenario.span.clone();
    assert_eq!(&LESSON[span], "\"istanbul-2025\"", "places are those of the file");
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    for (from, to, message) in [
        ("# What", "What", "error: the lesson has no title"),
        ("minutes = 30", "", "error: this block is empty"),
        ("```lesson\nminutes = 30\n```", "", "the lesson does not say how long it takes"),
        ("answer = \"12.5\"", "answer = \"twelve\"", "l.md:11"),
        ("answer = \"12.5\"", "answers = \"12.5\"", "l.md:11"),
        ("answer = \"12.5\"", "answer = ", "l.md:11"),
        ("answer = \"12.5\"\n", "", "l.md:9"),
        ("answer = \"12.5\"", "answer = \"a\"\nchoices = [\"b\", \"c\"]", "expected one of the choices"),
        ("````\n\n##", "\n##", "this fence is never closed"),
        ("```draft", "```reveal", "a reveal stands in another"),
        ("scenario = \"istanbul-2025\"", "", "l.md:21"),
    ] {
        let text = LESSON.replacen(from, to, 1);
        assert_ne!(text, LESSON, "{from}");
        let said = wrong(&text);
        assert!(said.contains(message), "{from}: {said}");
    }
}
