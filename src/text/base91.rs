//! Bytes as printable letters, denser than base 64: 13 bits in two of 91 letters, 1.23 letters a byte.
//!
//! The letters are those of ASCII from `!` to `~` without `&`, `<` and `>`, so that no text of them is markup. Bits are taken
//! from the low end. What is left at the end, if it is at most five bits, is one letter; so the length says where the bytes end.
//! After basE91 by Joachim Henke, with every group of 13 bits.

/// Number of letters; 91² ≥ 2¹³.
const LETTERS: u32 = 91;

/// Bytes as letters. `assets/page/page.js` reads them.
pub fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held |= u32::from(*byte) << bits;
        bits += 8;
        if bits >= 13 {
            let group = held & 0x1fff;
            text.extend([letter(group % LETTERS), letter(group / LETTERS)]);
            held >>= 13;
            bits -= 13;
        }
    }
    if bits > 0 {
        text.push(letter(held % LETTERS));
    }
    if bits > 5 {
        text.push(letter(held / LETTERS));
    }
    text
}

/// The letter of a digit from 0 to 90: past `&`, past `<`, past `>`.
fn letter(digit: u32) -> char {
    let code = digit + 33 + u32::from(digit > 4) + u32::from(digit > 25) + u32::from(digit > 26);
    char::from(code as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As `assets/page/page.js` reads them.
    fn decoded(text: &str) -> Vec<u8> {
        let digit = |c: u8| u32::from(c) - 33 - u32::from(c > 38) - u32::from(c > 60) - u32::from(c > 62);
        let (mut held, mut bits, mut bytes) = (0_u32, 0, Vec::new());
        for group in text.as_bytes().chunks(2) {
            held |= group.iter().rev().fold(0, |value, c| value * 91 + digit(*c)) << bits;
            bits += if group.len() == 2 { 13 } else { 5 };
            while bits >= 8 {
                bytes.push(held as u8);
                held >>= 8;
                bits -= 8;
            }
        }
        bytes
    }

    #[test]
    fn the_letters_are_91_and_none_is_markup() {
        let letters: Vec<char> = (0..LETTERS).map(letter).collect();
        let wanted: Vec<char> = ('!'..='~').filter(|c| !"&<>".contains(*c)).collect();
        assert_eq!(letters, wanted);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let text = encoded(&bytes);
            prop_assert_eq!(decoded(&text), bytes.clone());
            prop_assert!(text.len() <= (bytes.len() * 16).div_ceil(13) + 1);
        }
    }
}
