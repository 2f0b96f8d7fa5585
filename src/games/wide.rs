//! Whole numbers as an exact tableau needs them: of 128 bits with products of 256, and without bounds.
//!
//! Every number of a tableau that is worked in whole numbers is a minor of the matrix that it began with, so the divisions in it leave
//! nothing (Bareiss (1968)). Such a quotient is found without dividing, by the inverse of the divisor's odd part modulo 2¹²⁸.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};

/// A whole number of a tableau; it may be too small for what is asked of it.
pub trait Whole: Clone {
    /// What is divided by, with all that is worked out of it once.
    type Divisor;

    /// The number; `None` where it has no room.
    fn of(x: &BigInt) -> Option<Self>;

    /// The number without bounds.
    fn big(&self) -> BigInt;

    /// Below, at or above 0.
    fn sign(&self) -> Ordering;

    /// The number with the other sign.
    fn negated(&self) -> Self;

    /// Makes a divisor ready; it is above 0.
    fn divisor(&self) -> Self::Divisor;

    /// (x·by − times·c) / over, where nothing is left; `None` where it has no room.
    fn eliminated(x: &Self, by: &Self, times: &Self, c: &Self, over: &Self::Divisor) -> Option<Self>;

    /// a·b beside c·d.
    fn compared(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;
}

impl Whole for BigInt {
    type Divisor = Self;

    fn of(x: &BigInt) -> Option<Self> {
        Some(x.clone())
    }

    fn big(&self) -> BigInt {
        self.clone()
    }

    fn sign(&self) -> Ordering {
        self.cmp(&Self::zero())
    }

    fn negated(&self) -> Self {
        -self
    }

    fn divisor(&self) -> Self {
        self.clone()
    }

    fn eliminated(x: &Self, by: &Self, times: &Self, c: &Self, over: &Self) -> Option<Self> {
        let found = x * by - times * c;
        Some(if over.is_one() { found } else { found / over })
    }

    fn compared(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (a * b).cmp(&(c * d))
    }
}

/// Numbers of a tableau stay below this in size, so that sums of two products of them have 256 bits.
const ROOM: u32 = 126;

/// A divisor: 2^`twos` times an odd number whose inverse modulo 2¹²⁸ is `inverse`.
pub struct Divisor {
    twos: u32,
    inverse: u128,
    /// The divisor times 2^`ROOM`: what it divides is smaller.
    bound: (u128, u128),
}

impl Whole for i128 {
    type Divisor = Divisor;

    fn of(x: &BigInt) -> Option<Self> {
        x.to_i128().filter(|x| x.unsigned_abs() < 1 << ROOM)
    }

    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }

    fn sign(&self) -> Ordering {
        self.cmp(&0)
    }

    fn negated(&self) -> Self {
        -self
    }

    fn divisor(&self) -> Divisor {
        let twos = self.trailing_zeros();
        let odd = self.unsigned_abs() >> twos;
        // An odd number is its own inverse modulo 8; each step doubles the bits that are right.
        let better = |inverse: u128| inverse.wrapping_mul(2_u128.wrapping_sub(odd.wrapping_mul(inverse)));
        let inverse = (0..6).fold(odd, |inverse, _| better(inverse));
        let size = self.unsigned_abs();
        Divisor { twos, inverse, bound: (size >> (128 - ROOM), size << ROOM) }
    }

    fn eliminated(x: &Self, by: &Self, times: &Self, c: &Self, over: &Divisor) -> Option<Self> {
        let ((one_high, one_low), (less_high, less_low)) = (product(*x, *by), product(*times, *c));
        let (low, borrow) = one_low.overflowing_sub(less_low);
        let high = one_high - less_high - Self::from(borrow);
        if size(high, low) >= over.bound {
            return None;
        }
        let shifted = if over.twos == 0 { low } else { low >> over.twos | high.cast_unsigned() << (128 - over.twos) };
        Some(shifted.wrapping_mul(over.inverse).cast_signed())
    }

    fn compared(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        product(*a, *b).cmp(&product(*c, *d))
    }
}

/// a·b as high·2¹²⁸ + low, for a and b of less than 2¹²⁷ in size.
fn product(a: i128, b: i128) -> (i128, u128) {
    let (high, low) = unsigned(a.unsigned_abs(), b.unsigned_abs());
    let high = high.cast_signed();
    if (a < 0) == (b < 0) {
        return (high, low);
    }
    // Two's complement: all bits turned, plus one.
    let (low, carry) = (!low).overflowing_add(1);
    (!high + i128::from(carry), low)
}

/// |high·2¹²⁸ + low|.
fn size(high: i128, low: u128) -> (u128, u128) {
    if high >= 0 {
        return (high.cast_unsigned(), low);
    }
    let (low, carry) = (!low).overflowing_add(1);
    ((!high).cast_unsigned() + u128::from(carry), low)
}

/// a·b as high·2¹²⁸ + low, from the products of halves.
fn unsigned(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = u64::MAX as u128;
    let ((a1, a0), (b1, b0)) = ((a >> 64, a & HALF), (b >> 64, b & HALF));
    let (low, high) = (a0 * b0, a1 * b1);
    let (middle, carry) = (a1 * b0).overflowing_add(a0 * b1);
    let (low, over) = low.overflowing_add(middle << 64);
    (high + (middle >> 64) + (u128::from(carry) << 64) + u128::from(over), low)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers of every size and sign below 2^`ROOM`, always the same.
    fn numbers() -> Vec<i128> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u128;
        let mut next = || {
            state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(0x5851_F42D_4C95_7F2D);
            state ^ state >> 67
        };
        let drawn = (0..300).map(|i| (next() >> (2 + i % 126)).cast_signed() * if i % 2 == 0 { 1 } else { -1 });
        drawn.chain([0, 1, -1, 2, (1 << ROOM) - 1, -(1 << ROOM) + 1]).collect()
    }

    #[test]
    fn products_and_quotients_are_those_of_numbers_without_bounds() {
        let all = numbers();
        for (i, x) in all.iter().enumerate() {
            let [y, z, w] = [7, 31, 113].map(|step| all[(i * step + step) % all.len()]);
            let [a, b, c, d] = [*x, y, z, w].map(BigInt::from);
            assert_eq!(i128::compared(x, &y, &z, &w), BigInt::compared(&a, &b, &c, &d), "{x} {y} {z} {w}");
            // Divisible by construction: x = p·o, times = q·o.
            let over = (z.unsigned_abs() >> 70).cast_signed() + 1;
            let [p, q] = [x, &w].map(|p| p >> 64);
            let (x, times) = (p * over, q * over);
            let exact = BigInt::eliminated(&x.big(), &y.big(), &times.big(), &z.big(), &over.big());
            let room = exact.as_ref().and_then(i128::of);
            assert_eq!(i128::eliminated(&x, &y, &times, &z, &over.divisor()), room, "{x} {y} {times} {z} {over}");
        }
    }
}
