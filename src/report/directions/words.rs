//! Changes and findings in words.

use crate::analysis::Found;
use crate::model::{Change, DirectionKind, LawShift, Negotiation, Sign};
use crate::text::words::number;

/// What was found, in words.
pub(super) fn found(found: Found) -> &'static str {
    match found {
        Found::AsExpected => "as expected",
        Found::Opposite => "opposite",
        Found::NoEffect => "no effect found",
        Found::ZeroExactly => "zero exactly",
        Found::NotZero => "not zero",
        Found::Nothing => "nothing to compare",
    }
}

/// Which way was expected.
pub(super) fn sign(sign: Sign) -> &'static str {
    Sign::WORDS[sign as usize].0
}

/// Why it was expected.
pub(super) fn kind(kind: DirectionKind) -> &'static str {
    DirectionKind::WORDS[kind as usize].0
}

/// Each part of a change, as `PATH + 5`.
pub(super) fn parts(n: &Negotiation, change: &Change) -> Vec<String> {
    let path = |id| n.inputs.get(id).path.clone();
    let sets = change.set.iter().map(|(id, _)| format!("{} set", path(*id)));
    let moves = change.moves.iter().map(|shift| format!("{} {}", path(shift.input), moved(*shift)));
    let switched =
        |(v, on): &(usize, bool)| format!("variant {} {}", n.variants[*v].id, if *on { "on" } else { "off" });
    let reading = change.reading.map(|r| format!("reading {}", n.readings[r].id));
    let without = change.without.iter().map(|part| format!("without {part}"));
    let rules = match change.rules.len() {
        0 => None,
        1 => Some("some packages ruled out".to_owned()),
        many => Some(format!("{many} kinds of packages ruled out")),
    };
    let variants = change.variants.iter().map(switched);
    sets.chain(moves).chain(variants).chain(reading).chain(without).chain(rules).collect()
}

fn moved(shift: LawShift) -> String {
    match shift {
        LawShift { times, by, .. } if times != 1.0 && by == 0.0 => format!("× {}", number(times)),
        LawShift { by, .. } if by < 0.0 => format!("− {}", number(-by)),
        LawShift { by, .. } => format!("+ {}", number(by)),
    }
}

/// Decimal places at which a standard error has two significant digits; four without one.
pub(super) fn decimals(error: f64) -> usize {
    if error <= 0.0 {
        return 4;
    }
    let (mut decimals, mut least) = (0, 10.0);
    while error < least && decimals < 9 {
        least /= 10.0;
        decimals += 1;
    }
    decimals
}

/// A number with so many decimals and a proper minus.
pub(super) fn fixed(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    let zero = text.chars().all(|c| matches!(c, '0' | '.' | '-'));
    if zero { text.replacen('-', "", 1) } else { text.replacen('-', "−", 1) }
}

/// The same with a plus where it is above 0.
pub(super) fn signed(x: f64, decimals: usize) -> String {
    let text = fixed(x, decimals);
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if zero || text.starts_with('−') { text } else { format!("+{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_shown_with_two_significant_digits() {
        let shown: Vec<String> = [12.3, 1.23, 0.0123, 0.000_98].map(|e| fixed(e, decimals(e))).to_vec();
        assert_eq!(shown, ["12", "1.2", "0.012", "0.00098"]);
        assert_eq!([signed(-0.0001, 2), signed(0.5, 1), signed(-0.5, 1)], ["0.00", "+0.5", "−0.5"]);
    }
}
