//! Which pictures are asked for, and how they are to look.

use serde_json::{Value, json};

use super::held::Held;
use super::say::{Asked, wrong};
use crate::ask::{Answer, Wrong, unknown};
use crate::figure::{Look, Theme};
use crate::report::pictures::{NAMES, TALKS_NAMES, class, of_answer};
use crate::scenario::Finding;
use crate::session::Debrief;

/// Widths that are laid out, in logical pixels.
const WIDTHS: (u64, u64) = (Look::NARROWEST as u64, 2_000);

/// Which pictures are asked for, and their look.
pub struct Pictures {
    /// `None`: all of them.
    names: Option<Vec<String>>,
    look: Look,
}

/// Reads `figures` (true for all, or a list of names), `width`, `theme` and `titles`.
pub fn asked(asked: &mut Asked) -> Option<Pictures> {
    let names = match asked.value("figures") {
        None | Some(Value::Bool(false)) => Some(Some(Vec::new())),
        Some(Value::Bool(true)) => Some(None),
        Some(list) => asked.judged(named(list)).map(Some),
    };
    let theme = asked.text("theme").map_or(Ok(Theme::default()), |word| {
        crate::ask::word("value of `theme`", "values", &word, &Theme::WORDS).map_err(wrong)
    });
    let theme = asked.judged(theme);
    let width = asked.whole("width").map(width).transpose();
    let width = asked.judged(width);
    let titles = asked.flag("titles", true);
    let look = theme.zip(width).map(|(theme, width)| Look { theme, width, titles });
    names.zip(look).map(|(names, look)| Pictures { names, look })
}

fn named(list: Value) -> Result<Vec<String>, Wrong> {
    let names: Vec<String> = serde_json::from_value(list).map_err(|_| {
        wrong(Finding::error("`figures` is neither true nor a list of names").hint("write `true` for all of them"))
    })?;
    let known: Vec<&str> = TALKS_NAMES.into_iter().chain(NAMES).collect();
    let strange = names.iter().filter(|name| !known.contains(&name.as_str()));
    let strange: Wrong = strange.map(|name| unknown("figure", "figures", name, &known)).collect();
    if strange.is_empty() { Ok(names) } else { Err(strange) }
}

fn width(pixels: u64) -> Result<f64, Wrong> {
    if (WIDTHS.0..=WIDTHS.1).contains(&pixels) {
        return Ok(pixels as f64);
    }
    let found = format!("`width` is {pixels} pixels");
    Err(wrong(Finding::error(found).hint(format!("pictures are laid out from {} to {} pixels", WIDTHS.0, WIDTHS.1))))
}

/// The pictures as SVG, with what is said of each; null where none is asked for. Those of talks are there only if courses
/// were heard, and without those that would be empty.
pub fn drawn(held: &Held, answer: &Answer, Pictures { names, look }: Pictures) -> Result<Value, Wrong> {
    if names.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Value::Null);
    }
    let wanted = |name: &str| names.as_ref().is_none_or(|names| names.iter().any(|other| other == name));
    let drawn = of_answer(held.space()?, answer, look).into_iter().filter(|picture| wanted(&picture.name));
    let told = drawn.map(|p| json!({ "name": p.name, "title": p.title, "description": p.description, "svg": p.svg }));
    Ok(told.collect())
}

/// The picture of a class.
pub fn of_class(held: &Held, answer: &Answer, debrief: &Debrief, theme: Option<&str>) -> Result<Value, Wrong> {
    let theme =
        theme.map_or(Ok(Theme::default()), |word| crate::ask::word("value of `theme`", "values", word, &Theme::WORDS));
    let theme = theme.map_err(wrong)?;
    let picture = class(held.space()?, &answer.choices.settings, &answer.survey, debrief, theme);
    Ok(json!({ "title": picture.title, "description": picture.description, "svg": picture.svg }))
}
