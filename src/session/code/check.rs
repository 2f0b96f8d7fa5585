//! The letters of codes, and the check over them.
//!
//! Letters are those of Crockford's base 32 (no I, L, O, U): elements of GF(32) = GF(2)[x] / (x⁵ + x² + 1). The check of a
//! word is its remainder modulo
//!
//! ```text
//! g(z) = (z − α)(z − α²)(z − α³)(z − α⁴),   α = x
//! ```
//!
//! so words of up to 31 letters differ from each other in five places at least, and any four wrong letters are found.
//! Source: Reed and Solomon (1960).

/// Letters of the check.
pub const CHECK: usize = 4;

/// The letters, by value.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `α^k`, k below 31, twice over, so that sums of two logarithms need no remainder.
const POWERS: [u8; 62] = {
    let (mut powers, mut k, mut value) = ([0_u8; 62], 0, 1_u8);
    while k < 31 {
        powers[k] = value;
        powers[k + 31] = value;
        value <<= 1;
        if value & 32 != 0 {
            value ^= 0b10_0101;
        }
        k += 1;
    }
    powers
};

/// `log_α`; that of 0 is never asked.
const LOGARITHMS: [u8; 32] = {
    let (mut logarithms, mut k) = ([0_u8; 32], 0);
    while k < 31 {
        logarithms[POWERS[k] as usize] = k as u8;
        k += 1;
    }
    logarithms
};

fn product(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { POWERS[usize::from(LOGARITHMS[a as usize]) + usize::from(LOGARITHMS[b as usize])] }
}

/// The coefficients of g below its highest.
fn generator() -> [u8; CHECK] {
    let mut g = [0_u8; CHECK + 1];
    g[0] = 1;
    for k in 1..=CHECK {
        for j in (1..=k).rev() {
            g[j] ^= product(g[j - 1], POWERS[k]);
        }
    }
    [g[1], g[2], g[3], g[4]]
}

/// The check of some letters, given and returned by value, below 32.
pub fn check(data: &[u8]) -> [u8; CHECK] {
    let g = generator();
    let step = |mut rest: [u8; CHECK], letter: &u8| {
        let lead = rest[0] ^ letter;
        rest.rotate_left(1);
        rest[CHECK - 1] = 0;
        rest.iter_mut().zip(g).for_each(|(rest, g)| *rest ^= product(lead, g));
        rest
    };
    data.iter().fold([0; CHECK], step)
}

/// The letter of a value below 32.
pub fn letter(value: u8) -> char {
    char::from(LETTERS[usize::from(value & 31)])
}

/// The value of a letter however it is written: in either case, in full width, O for 0, I and L for 1.
pub fn value(letter: char) -> Option<u8> {
    let letter = match narrow(letter).to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    LETTERS.iter().position(|known| char::from(*known) == letter).map(|place| place as u8)
}

/// A letter of full width as the ordinary one.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    }
}
