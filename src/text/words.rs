//! Numbers, shares, lists and paragraphs as text for readers.

use itertools::Itertools as _;

use super::WIDTH;
use crate::num::Share;
pub use crate::visible::visible;

/// A blank at which no line is broken; [`wrapped`] turns it into an ordinary one.
const TIED: char = '\u{a0}';

/// A whole number with its thousands apart: `10 000`. The blank does not break a line.
pub fn count(n: impl Into<u128>) -> String {
    let digits: Vec<char> = n.into().to_string().chars().collect();
    digits.rchunks(3).rev().map(String::from_iter).join(&TIED.to_string())
}

/// A number with at most four significant digits and no trailing zeros.
pub fn number(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".into() } else { format!("{x}") };
    }
    let exponent: i32 = format!("{x:e}").rsplit('e').next().and_then(|e| e.parse().ok()).unwrap_or(0);
    let decimals = (3 - exponent).clamp(0, 6) as usize;
    let text = format!("{x:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.replacen('-', "−", 1) }
}

/// A change of a margin with its sign: `+12.0 %`, `−3.1 %`, `0 %`.
pub fn change(x: f64) -> String {
    let text = margin(x);
    if text.starts_with(['−', '0']) && !text.starts_with("0.") { text } else { format!("+{text}") }
}

/// Points with their sign.
pub fn change_of_points(x: f64) -> String {
    if x > 0.0 { format!("+{}", number(x)) } else { number(x) }
}

/// A margin in per cent of a span: `3.6 %`, `−1.4 %`; two decimals where it would else read as 0.
pub fn margin(x: f64) -> String {
    let percent = x.abs() * 100.0;
    let decimals = if percent < 0.05 { 2 } else { 1 };
    let text = format!("{percent:.decimals$}");
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let sign = if x < 0.0 && !is_zero { "−" } else { "" };
    format!("{sign}{}{TIED}%", if is_zero { "0" } else { &text })
}

/// A share as a percentage without its sign: `98.2`; never 0 or 100 unless it is exactly that.
pub fn percent_of(share: f64) -> String {
    let percent = share * 100.0;
    if share <= 0.0 {
        "0".into()
    } else if share >= 1.0 {
        "100".into()
    } else if percent < 0.01 {
        "<0.01".into()
    } else if percent > 99.99 {
        ">99.99".into()
    } else if (0.05..99.95).contains(&percent) {
        format!("{percent:.1}")
    } else {
        format!("{percent:.2}")
    }
}

/// A number with so many decimals and a proper minus; 0 has none.
pub fn fixed(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    let zero = text.chars().all(|c| matches!(c, '0' | '.' | '-'));
    text.replacen('-', if zero { "" } else { "−" }, 1)
}

/// The same with a plus where it is above 0.
pub fn signed(x: f64, decimals: usize) -> String {
    let text = fixed(x, decimals);
    if text.starts_with('−') || text.chars().all(|c| matches!(c, '0' | '.')) { text } else { format!("+{text}") }
}

/// A share as a percentage: `98.2 %`.
pub fn percent(share: f64) -> String {
    format!("{}{TIED}%", percent_of(share))
}

/// The interval of a share: `97.9–98.4 %`.
pub fn interval(share: Share) -> String {
    format!("{}–{}{TIED}%", percent_of(share.low), percent_of(share.high))
}

/// A share with its count and interval: `98.2 % (9 820 of 10 000 worlds; 97.9–98.4 %)`; where all worlds are alike,
/// `100 % (exactly)`.
pub fn full(share: Share) -> String {
    counted_share(share, "world")
}

/// The same of something else, given in the singular: `98.2 % (9 820 of 10 000 runs; 97.9–98.4 %)`.
pub fn counted_share(share: Share, noun: &str) -> String {
    if share.is_exact() {
        return format!("{} (exactly)", percent(share.share));
    }
    let plural = if share.of == 1 { "" } else { "s" };
    let (all, interval) = (count(share.of), interval(share));
    format!("{} ({} of {all} {noun}{plural}; {interval})", percent(share.share), count(share.count))
}

/// A share with its interval, for a column: `98.2 (97.9–98.4)`; alone where it is exact.
pub fn in_column(share: Share) -> String {
    if share.is_exact() {
        return percent_of(share.share);
    }
    format!("{} ({}–{})", percent_of(share.share), percent_of(share.low), percent_of(share.high))
}

/// `1 world`, `10 000 worlds`.
pub fn worlds(n: u64) -> String {
    format!("{} world{}", count(n), if n == 1 { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    match &items.into_iter().collect_vec()[..] {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => format!("{} and {}", rest.iter().map(AsRef::as_ref).join(", "), last.as_ref()),
    }
}

/// Names from outside, listed in backquotes: `a`, `b` and `c`.
pub fn quoted(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    list(names.into_iter().map(|name| format!("`{}`", visible(name.as_ref()))))
}

/// `1 issue`, `3 issues`; the plural is given where it is not the singular with an s.
pub fn counted(n: usize, singular: &str) -> String {
    let noun = match (n, singular.strip_suffix('y')) {
        (1, _) => singular.to_owned(),
        (_, Some(stem)) if !singular.ends_with("ay") => format!("{stem}ies"),
        _ => format!("{singular}s"),
    };
    format!("{}{TIED}{noun}", count(n as u128))
}

/// A text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word from outside as it may be shown: at most 80 characters, none that moves the cursor.
pub fn shown(word: &str) -> String {
    let mut text: String = visible(word).chars().take(80).collect();
    if word.chars().nth(80).is_some() {
        text.push('…');
    }
    text
}

/// A paragraph broken at blanks: the first line starts with `first`, the others with `rest`; no line is longer than
/// `width` unless a single word is. Ends with a line break.
pub fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> String {
    let (mut lines, mut empty) = (vec![first.to_owned()], true);
    for word in text.split([' ', '\n']).filter(|w| !w.is_empty()) {
        match lines.last_mut() {
            Some(line) if empty => line.push_str(word),
            Some(line) if length(line) + 1 + length(word) <= width => *line += &format!(" {word}"),
            _ => lines.push(format!("{rest}{word}")),
        }
        empty = false;
    }
    lines.iter().map(|line| line.trim_end().replace(TIED, " ") + "\n").collect()
}

/// A paragraph at the left edge of a page.
pub fn paragraph(text: &str) -> String {
    wrapped(text, "", "", WIDTH)
}

/// An entry of a list.
pub fn bullet(text: &str) -> String {
    wrapped(text, "- ", "  ", WIDTH)
}

/// Parts under each other, an empty line between them; empty ones are left out.
pub fn stacked(parts: &[String]) -> String {
    let text = parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).join("\n\n");
    if text.is_empty() { text } else { text + "\n" }
}

/// Columns that a text takes on a terminal.
pub fn length(text: &str) -> usize {
    super::columns::columns(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_significant_digits_at_most() {
        let shown = [0.0, 1.0, 0.123_456, 12.345_67, 1234.567, 0.000_123_45, -0.5, 98_765.4].map(number);
        assert_eq!(shown, ["0", "1", "0.1235", "12.35", "1235", "0.000123", "−0.5", "98765"]);
    }

    #[test]
    fn a_share_reads_0_or_100_only_if_it_is_exactly_that() {
        let shown = [0.0, 0.000_04, 0.0004, 0.5, 0.999_6, 0.999_96, 1.0].map(percent_of);
        assert_eq!(shown, ["0", "<0.01", "0.04", "50.0", "99.96", ">99.99", "100"]);
    }

    #[test]
    fn margins_are_in_per_cent_and_keep_their_sign() {
        let shown = [0.036, -0.014, 0.0, -0.000_3, 0.000_01, -0.000_01, 1.2].map(|x| margin(x).replace(TIED, " "));
        assert_eq!(shown, ["3.6 %", "−1.4 %", "0 %", "−0.03 %", "0 %", "0 %", "120.0 %"]);
        let shown = [0.036, -0.014, 0.0, 0.000_4].map(|x| change(x).replace(TIED, " "));
        assert_eq!(shown, ["+3.6 %", "−1.4 %", "0 %", "+0.04 %"]);
    }

    #[test]
    fn lines_break_at_blanks_but_not_inside_a_number() {
        let text = format!("of {} worlds", count(10_000_u64));
        assert_eq!(wrapped(&text, "", "  ", 9), "of 10 000\n  worlds\n");
        assert_eq!(wrapped(&text, "", "  ", 8), "of\n  10 000\n  worlds\n");
    }

    #[test]
    fn large_numbers_are_grouped_by_three() {
        let shown = [7_u64, 1_000, 345_600, 1_234_567].map(count).join("|").replace(TIED, " ");
        assert_eq!(shown, "7|1 000|345 600|1 234 567");
    }

    #[test]
    fn lists_and_plurals_read_as_one_would_say_them() {
        let items = ["a", "b", "c"].map(String::from);
        assert_eq!([list(&items), list(&items[..2]), list([""; 0])], ["a, b and c", "a and b", ""]);
        assert_eq!(counted(1, "party"), "1\u{a0}party");
        assert_eq!(counted(2, "party"), "2\u{a0}parties");
        assert_eq!(counted(0, "red line"), "0\u{a0}red lines");
    }
}
