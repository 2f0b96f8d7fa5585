//! Owen's nested uniform scrambling by a hash.

/// Digits flipped each by its own prefix; 2³² points of a dimension have no more in common.
const LEVELS: u32 = 32;

/// Scrambles the digits of one dimension.
///
/// ```text
/// x̃_k = x_k ⊕ bit of h(key, x_1 … x_{k−1})      for the first 32 digits,   x̃_33 … = x_33 … ⊕ h(key, x_1 … x_32)
/// ```
///
/// Each digit is flipped by a coin that belongs to the digits before it, so points that share k digits still do, and
/// every net stays a net, yet each point alone is uniform. The coin is a bit of a hash of those digits under a random key
/// instead of a stored tree. Below the 32nd digit one hash flips all the others: points that agree so far (more than 2³²
/// of a dimension) share these coins. Source: Owen (1995); Burley (2020) for hashes in place of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scramble {
    key: u64,
}

impl Scramble {
    /// The scrambling of a key; any key will do.
    pub(super) fn new(key: u64) -> Self {
        Self { key }
    }

    /// The digits scrambled, the first after the point as the highest bit.
    pub(super) fn of(self, digits: u64) -> u64 {
        let mut flips = 0;
        for level in 0..LEVELS {
            // A one in front tells the prefix 0 from the prefix 00.
            let prefix = (1 << level) | (digits >> 1 >> (63 - level));
            flips |= mixed(prefix ^ self.key) >> 63 << (63 - level);
        }
        let below = mixed(((1 << LEVELS) | (digits >> LEVELS)) ^ self.key) >> LEVELS;
        digits ^ (flips | below)
    }
}

/// Mixes 64 bits: the finaliser of `SplitMix`, in which every bit in changes every bit out half of the time.
/// Source: Steele, Lea and Flood (2014).
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_share_digits_still_share_as_many() {
        for key in 0..50 {
            let scramble = Scramble::new(mixed(!key));
            for (a, level) in (0..64).map(|level| (mixed(key), level)) {
                let b = a ^ (1 << (63 - level)) ^ (mixed(level) >> 1 >> level);
                let common = (scramble.of(a) ^ scramble.of(b)).leading_zeros();
                assert_eq!(u64::from(common), u64::from((a ^ b).leading_zeros()), "{a:x} {b:x}");
            }
        }
    }

    /// Over random keys each digit of any point is flipped half of the time, independently of the digit before it.
    #[test]
    fn every_digit_is_flipped_half_of_the_time() {
        let keys = 20_000;
        for digits in [0, u64::MAX, 0x0123_4567_89ab_cdef] {
            let mut flipped = [0_u32; 64];
            let mut pairs = [0_u32; 63];
            for key in 0..keys {
                let flips = digits ^ Scramble::new(mixed(key)).of(digits);
                (0..64).for_each(|k| flipped[k] += (flips >> k & 1) as u32);
                (0..63).for_each(|k| pairs[k] += ((flips >> k ^ flips >> (k + 1)) & 1) as u32);
            }
            // Five standard errors of 20 000 coins: 5 · √20 000 / 2 = 354.
            assert!(flipped.iter().chain(&pairs).all(|n| n.abs_diff(10_000) < 354), "{flipped:?} {pairs:?}");
        }
    }
}
