//! How many columns of a terminal a text takes, and how it is cut to fit.

/// Whether a character is drawn over the one before it: no column of its own. Source: Unicode 16, general categories Mn
/// and Me, of the scripts most met.
fn lies_over(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6dc}' | '\u{93c}' | '\u{94d}'
        | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20f0}'
        | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a character is two columns wide. Source: Unicode 16, East Asian Width W and F.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The columns that a text takes on a terminal: two for a wide character, none for a mark over another.
pub fn columns(text: &str) -> usize {
    text.chars().map(of).sum()
}

fn of(c: char) -> usize {
    match c {
        ..'\u{300}' => 1,
        _ if lies_over(c) => 0,
        _ if is_wide(c) => 2,
        _ => 1,
    }
}

/// A text in at most so many columns, its end replaced by `…` where it is longer.
pub fn shortened(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut taken = 0;
    let fits = |c: &char| {
        taken += of(*c);
        taken < most
    };
    let start: String = text.chars().take_while(fits).collect();
    format!("{}…", start.trim_end_matches([' ', '\u{a0}', ',', ';', ':', '·']))
}

/// A text with blanks after it up to so many columns; longer ones are shortened.
pub fn padded(text: &str, wide: usize) -> String {
    let text = shortened(text, wide);
    let blanks = wide - columns(&text);
    text + &" ".repeat(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_character_takes_two_columns_and_a_mark_over_another_none() {
        assert_eq!([columns("abc"), columns("停火"), columns("e\u{301}"), columns("…")], [3, 4, 1, 1]);
    }

    #[test]
    fn what_is_too_long_ends_in_dots_within_its_columns() {
        assert_eq!(shortened("a line of contact", 9), "a line o…");
        assert_eq!(shortened("a line, of contact", 8), "a line…");
        assert_eq!(shortened("停火停火", 5), "停火…");
        assert_eq!(columns(&padded("停火停火", 6)), 6);
    }
}
