//! The page: every direction with the effect on each measure.

use super::{Directed, FOUND, decimals, found, parts};
use crate::analysis::{Effect, Found, Paired, word};
use crate::model::{Direction, DirectionKind, Negotiation};
use crate::report::{CAVEAT, head};
use crate::text::WIDTH;
use crate::text::words::{capital, count, counted, fixed, length, list, paragraph, signed, visible, wrapped};

/// Heads of the columns.
const HEADS: [&str; 8] = ["measure", "expected", "effect", "s.e.", "base", "changed", "differ", "found"];

/// The page. Its table is some hundred columns wide, its text eighty.
pub fn page(asked: &Directed) -> String {
    let rows: Vec<Vec<Vec<String>>> =
        asked.each().map(|(_, paired)| paired.effects.iter().map(|e| row(asked.n, e)).collect()).collect();
    let widths = widths(&rows);
    let mut out = head::head(asked.n, &asked.settings.drawing.accounts.variants) + &intro(asked);
    out += &format!("\n{}", line(&HEADS.map(String::from), &widths));
    for ((direction, paired), rows) in asked.each().zip(&rows) {
        out += &format!("\n{}", about(asked.n, direction));
        out.extend(rows.iter().map(|row| line(row, &widths)));
        out += &remarks(asked.n, direction, paired);
    }
    out + "\n" + &summary(asked)
}

fn intro(asked: &Directed) -> String {
    let pairs = count(asked.settings.runs);
    let changed =
        asked.choices.changed.iter().map(|(path, value)| format!(" With {path} = {value}.")).collect::<String>();
    paragraph(&format!(
        "Directions: two arms, as it is and with one change, {pairs} pairs of runs each on common luck, seed {}, {CAVEAT}. \
         The effect is changed less base; s.e. is its standard error by pairs; differ counts the pairs in which the arms \
         part.{changed}",
        asked.settings.drawing.seed
    ))
}

/// The identifier, the name, and why it is expected.
fn about(n: &Negotiation, direction: &Direction) -> String {
    let source = direction.source.as_ref().map(|s| format!("; {}", visible(s))).unwrap_or_default();
    let name = if direction.name == direction.id { String::new() } else { format!(": {}", visible(&direction.name)) };
    let mut changes = parts(n, &direction.change).join(", ");
    if !direction.given.is_empty() {
        changes += &format!("; given {}", parts(n, &direction.given).join(", "));
    }
    let kind = word(&direction.kind);
    wrapped(&format!("{}{name} ({kind}{source})", direction.id), "", "  ", WIDTH)
        + &wrapped(&format!("[{changes}]"), "  ", "   ", WIDTH)
}

fn row(n: &Negotiation, effect: &Effect) -> Vec<String> {
    let decimals = decimals(effect.error);
    let mean = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| fixed(x, decimals));
    let broken = if effect.breaks_a_law { "; MUST HOLD" } else { "" };
    vec![
        effect.measure.word(n),
        word(&effect.expected),
        signed(effect.effect, decimals),
        fixed(effect.error, decimals),
        mean(effect.base),
        mean(effect.changed),
        count(effect.differ).replace('\u{a0}', " "),
        format!("{}{broken}", found(effect.found)),
    ]
}

fn widths(rows: &[Vec<Vec<String>>]) -> Vec<usize> {
    let widest = |c: usize| rows.iter().flatten().map(|row| length(&row[c])).max().unwrap_or(0);
    (0..HEADS.len()).map(|c| widest(c).max(length(HEADS[c]))).collect()
}

/// Two columns of words, five of numbers to the right, and what was found.
fn line(row: &[String], widths: &[usize]) -> String {
    let cell = |(c, (text, width)): (usize, (&String, &usize))| {
        let pad = " ".repeat(width - length(text));
        if matches!(c, 0 | 1 | 7) { format!("  {text}{pad}") } else { format!("  {pad}{text}") }
    };
    let cells: String = row.iter().zip(widths).enumerate().map(cell).collect();
    format!("{}\n", cells.trim_end())
}

fn remarks(n: &Negotiation, direction: &Direction, paired: &Paired) -> String {
    let note = direction.note.iter().map(|note| wrapped(&visible(note), "  ", "  ", WIDTH));
    let stopped: Vec<String> = paired.stopped.iter().map(|id| format!("`{}`", n.inputs.get(*id).path)).collect();
    let stopped = (!stopped.is_empty())
        .then(|| wrapped(&format!("Part of the range is stopped by a bound: {}.", list(&stopped)), "  ", "  ", WIDTH));
    note.chain(stopped).collect()
}

fn summary(asked: &Directed) -> String {
    let all: Vec<(DirectionKind, &Effect)> =
        asked.each().flat_map(|(d, paired)| paired.effects.iter().map(|e| (d.kind, e))).collect();
    let of = |(found, word): (Found, &str)| {
        let count = all.iter().filter(|(_, e)| e.found == found).count();
        (count > 0).then(|| format!("{count} {word}"))
    };
    let found: Vec<String> = FOUND.into_iter().filter_map(of).collect();
    let by_construction = all.iter().filter(|(kind, _)| *kind == DirectionKind::Wiring).count();
    let broken = all.iter().filter(|(_, e)| e.breaks_a_law).count();
    let laws = match (by_construction, broken) {
        (0, _) => String::new(),
        (some, 0) => format!(" Of them {some} hold by construction, and do."),
        (some, broken) => {
            format!(" Of them {some} hold by construction, and {broken} DO NOT: a mistake in the program.")
        }
    };
    let rows = capital(&counted(all.len(), "effect"));
    paragraph(&format!(
        "{rows}: {}.{laws} An effect counts from two standard errors on (of fewer than 25 pairs that differ, where a fair \
         coin would be so uneven in at most one case of twenty), so that one in twenty that is not there would be taken for \
         one.",
        list(&found)
    ))
}
