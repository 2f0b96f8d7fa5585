//! Numbers as people write them, where a file wants a decimal point, a hyphen for a minus, and no more.

use super::{Node, Value, shown};

/// Signs of print that look like the hyphen by which a file writes a minus.
const DASHES: [char; 8] =
    ['\u{2212}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{fe63}', '\u{ff0d}'];

/// The minus that this program prints.
const PRINTED: char = '\u{2212}';

/// How to write a number that is not written as a file wants it, and which sign is not understood; `None` if a word is no
/// number at all.
pub fn advice(word: &str) -> Option<String> {
    let number = shown(meant(word)?);
    Some(match word.chars().next().filter(|c| DASHES.contains(c)) {
        Some(c) => {
            let code = u32::from(c);
            format!("write {number}: `{c}` (U+{code:04X}) is a sign of print, a minus is the hyphen `-`")
        }
        None if word.contains(',') => format!("write {number}: a decimal point, not a comma"),
        None => format!("write {number}"),
    })
}

/// The number that is meant by one with a dash of print, a decimal comma, a per cent sign, blanks between its thousands,
/// or the stroke of a fraction.
pub fn meant(word: &str) -> Option<f64> {
    let word = word.trim().trim_end_matches(';').replace(DASHES, "-");
    if let Some(share) = word.strip_suffix('%') {
        return Some(tidy(plain(share)? / 100.0));
    }
    match word.split_once('/') {
        Some((above, below)) => Some(tidy(plain(above)? / plain(below)?)).filter(|x| x.is_finite()),
        None => plain(&word),
    }
}

/// A number with at most one comma or point, and blanks or strokes between its thousands.
fn plain(word: &str) -> Option<f64> {
    let digits: String = word.chars().filter(|c| !c.is_whitespace() && !['\'', '’'].contains(c)).collect();
    let is_number = digits.chars().all(|c| c.is_ascii_digit() || "+-.,eE".contains(c));
    let points = digits.matches([',', '.']).count();
    digits.replace(',', ".").parse().ok().filter(|x: &f64| is_number && points <= 1 && x.is_finite())
}

/// The number with twelve digits that is nearest.
pub fn tidy(x: f64) -> f64 {
    format!("{x:.12e}").parse().unwrap_or(x)
}

/// A value from outside a file in which the minus that this program prints stands for one: before a digit or a point, not
/// behind a digit or a letter, and in no text in quotes.
pub fn typed(value: &str) -> String {
    if value.contains(['"', '\'']) {
        return value.to_owned();
    }
    let mut before = ' ';
    let minus = |(i, c): (usize, char)| {
        let next = value[i + c.len_utf8()..].chars().next().unwrap_or(' ');
        let is = c == PRINTED && !before.is_alphanumeric() && (next.is_ascii_digit() || next == '.');
        before = c;
        if is { '-' } else { c }
    };
    value.char_indices().map(minus).collect()
}

/// A number from outside a file: as in a file, or with the minus that this program prints.
///
/// # Errors
/// How it would have to be written; empty if it is no number.
pub fn number(text: &str) -> Result<f64, String> {
    let finite = typed(text.trim()).parse().ok().filter(|x: &f64| x.is_finite());
    finite.ok_or_else(|| advice(text).unwrap_or_default())
}

/// What a list of numbers is with decimal points, if its commas look like decimal ones: some stand without a blank between whole
/// numbers while others are followed by one. In a list that is `wrong` as it stands, it is enough that it falls into such
/// pairs.
pub fn with_points(list: &[Node], wrong: bool) -> Option<String> {
    let gap = |i: usize| list.get(i + 1).map_or(0, |next| next.span.start.saturating_sub(list[i].span.end));
    let suspect = (0..list.len()).any(|i| gap(i) == 2) || wrong;
    let (mut numbers, mut i) = (Vec::new(), 0);
    while i < list.len() {
        let tail = list.get(i + 1).and_then(whole).filter(|x| gap(i) == 1 && x.is_sign_positive());
        match (whole(&list[i]), tail) {
            (Some(head), Some(tail)) => numbers.push(format!("{head}.{tail}")),
            _ => numbers.push(number_of(&list[i]).map(shown)?),
        }
        i += if tail.is_some() && whole(&list[i]).is_some() { 2 } else { 1 };
    }
    (suspect && numbers.len() < list.len()).then(|| format!("with decimal points it is [{}]", numbers.join(", ")))
}

/// The advice to write such a list with decimal points, or so that its commas cannot be taken for decimal ones.
pub fn points_advice(list: &[Node], wrong: bool) -> Option<String> {
    with_points(list, wrong).map(|points| format!("{points}; else write a blank behind every comma or none"))
}

fn number_of(node: &Node) -> Option<f64> {
    if let Value::Number(x) = node.value { Some(x) } else { None }
}

fn whole(node: &Node) -> Option<f64> {
    number_of(node).filter(|x| x.fract() == 0.0 && x.abs() < 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_as_people_write_it_is_told_as_a_file_writes_it() {
        let pairs = [("−12", -12.0), ("–0,5", -0.5), ("1,5", 1.5), ("80 %", 0.8), ("10 000", 10_000.0), ("1/4", 0.25)];
        for (word, right) in pairs.into_iter().chain([("1;", 1.0), ("'5", 5.0), ("57%", 0.57)]) {
            assert_eq!(meant(word), Some(right), "{word}");
        }
        for word in ["", "-", "a", "1.000,5", "1/0", "inf", "nan", "west-divided", "2025-05-20", "e"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    #[test]
    fn the_minus_that_is_printed_is_read_where_it_can_be_nothing_else() {
        for (value, read) in [("−12", "-12"), ("[−5.5, −.5]", "[-5.5, -.5]"), ("3−4", "3−4"), ("\"−12\"", "\"−12\"")]
        {
            assert_eq!(typed(value), read);
        }
        assert_eq!(number("−0.25"), Ok(-0.25));
        assert!(number("–1").expect_err("a dash is no minus").contains("U+2013"));
    }
}
