//! Tallies as bytes, so that they can be added up elsewhere: exact, and as small as whole numbers allow.
//!
//! ```text
//! whole number   seven bits a byte, the lowest first; the eighth says that more follow
//! signed         2x, or −2x − 1 below 0
//! float          its eight bytes, the lowest first
//! list           how many, then each; of a map each key as JSON behind its length, then its value
//! zeros          a run of k bytes of 0 is one 0, then k as a whole number
//! ```

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};

use crate::num::Moments;

/// What can be written as bytes, and read back onto a value of the same shape, such as a tally that has counted nothing.
pub trait Packed {
    /// Writes it.
    fn pack(&self, to: &mut Packer);

    /// Becomes what is read; `None` where the bytes are those of another shape.
    fn unpack(&mut self, from: &mut Unpacker) -> Option<()>;
}

/// Packs a type field by field; fields behind `keeps` are the same in all that is read onto.
///
/// A field that is not named does not compile, so that nothing counted can be forgotten.
macro_rules! packs {
    ($type:ty: $($field:ident),+ $(; keeps $($same:ident),+)?) => {
        impl $crate::engine::Packed for $type {
            fn pack(&self, to: &mut $crate::engine::Packer) {
                let Self { $($field,)+ $($($same: _,)+)? } = self;
                $($crate::engine::Packed::pack($field, to);)+
            }

            fn unpack(&mut self, from: &mut $crate::engine::Unpacker) -> Option<()> {
                let Self { $($field,)+ $($($same: _,)+)? } = self;
                $($crate::engine::Packed::unpack($field, from)?;)+
                Some(())
            }
        }
    };
}
pub(crate) use packs;

/// Bytes in the making.
#[derive(Debug, Default)]
pub struct Packer {
    bytes: Vec<u8>,
    /// Zeros that are not written yet.
    zeros: u64,
}

impl Packer {
    /// All that was written.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_zeros();
        self.bytes
    }

    /// Writes a whole number.
    pub fn whole(&mut self, number: u128) {
        if number == 0 {
            self.zeros += 1;
            return;
        }
        self.end_zeros();
        self.digits(number);
    }

    fn digits(&mut self, mut number: u128) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn end_zeros(&mut self) {
        if self.zeros > 0 {
            let zeros = std::mem::take(&mut self.zeros);
            self.bytes.push(0);
            self.digits(u128::from(zeros));
        }
    }

    fn text(&mut self, text: &str) {
        self.whole(text.len() as u128);
        self.end_zeros();
        self.bytes.extend(text.as_bytes());
    }
}

/// Bytes on the way back.
#[derive(Debug)]
pub struct Unpacker<'b> {
    bytes: &'b [u8],
    /// Zeros that are still to be given.
    zeros: u64,
}

impl<'b> Unpacker<'b> {
    /// Reads bytes that a [`Packer`] wrote.
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, zeros: 0 }
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty() && self.zeros == 0
    }

    /// Reads a whole number.
    pub fn whole(&mut self) -> Option<u128> {
        if self.zeros == 0 {
            match self.digits()? {
                0 => self.zeros = u64::try_from(self.digits()?).ok().filter(|zeros| *zeros > 0)?,
                number => return Some(number),
            }
        }
        self.zeros -= 1;
        Some(0)
    }

    fn digits(&mut self) -> Option<u128> {
        let (mut number, mut shift) = (0_u128, 0);
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |=
                u128::from(byte & 0x7f).checked_shl(shift).filter(|part| part >> shift == u128::from(byte & 0x7f))?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    }

    /// Reads a number of things to come, of which each takes at least one byte or one zero of a run.
    pub fn many(&mut self) -> Option<usize> {
        usize::try_from(self.whole()?).ok()
    }

    fn text(&mut self) -> Option<&'b str> {
        let (text, rest) =
            self.many().filter(|_| self.zeros == 0).and_then(|long| self.bytes.split_at_checked(long))?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }
}

macro_rules! whole_numbers_pack {
    ($($number:ty),+) => {
        $(impl Packed for $number {
            fn pack(&self, to: &mut Packer) {
                to.whole(u128::from(*self));
            }

            fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
                *self = Self::try_from(from.whole()?).ok()?;
                Some(())
            }
        })+
    };
}
whole_numbers_pack!(u32, u64);

impl Packed for usize {
    fn pack(&self, to: &mut Packer) {
        to.whole(*self as u128);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        *self = from.many()?;
        Some(())
    }
}

impl Packed for i128 {
    fn pack(&self, to: &mut Packer) {
        to.whole(((self << 1) ^ (self >> 127)) as u128);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        let read = from.whole()?;
        *self = (read >> 1) as i128 ^ -((read & 1) as i128);
        Some(())
    }
}

impl Packed for f64 {
    fn pack(&self, to: &mut Packer) {
        self.to_bits().pack(to);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        *self = Self::from_bits(u64::try_from(from.whole()?).ok()?);
        Some(())
    }
}

impl Packed for Moments {
    fn pack(&self, to: &mut Packer) {
        let (count, sum, squares) = self.parts();
        (count, (sum, squares)).pack(to);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        let mut read = (0_u64, (0_i128, 0_i128));
        read.unpack(from)?;
        *self = Self::of_parts(read.0, read.1.0, read.1.1);
        Some(())
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        self.0.unpack(from)?;
        self.1.unpack(from)
    }
}

/// Whether there is one is known from the shape.
impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.iter().for_each(|one| one.pack(to));
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        self.iter_mut().try_for_each(|one| one.unpack(from))
    }
}

impl<T: Packed, const N: usize> Packed for [T; N] {
    fn pack(&self, to: &mut Packer) {
        self.iter().for_each(|one| one.pack(to));
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        self.iter_mut().try_for_each(|one| one.unpack(from))
    }
}

/// As many as the shape has.
impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        self.len().pack(to);
        self.iter().for_each(|one| one.pack(to));
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        from.many().filter(|many| *many == self.len())?;
        self.iter_mut().try_for_each(|one| one.unpack(from))
    }
}

/// As many as were met.
impl<K: Ord + Serialize + DeserializeOwned, T: Packed + Default> Packed for BTreeMap<K, T> {
    fn pack(&self, to: &mut Packer) {
        self.len().pack(to);
        for (key, one) in self {
            to.text(&serde_json::to_string(key).unwrap_or_default());
            one.pack(to);
        }
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        self.clear();
        for _ in 0..from.many()? {
            let (key, mut one) = (serde_json::from_str(from.text()?).ok()?, T::default());
            one.unpack(from)?;
            self.insert(key, one);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(of: &impl Packed) -> Vec<u8> {
        let mut to = Packer::default();
        of.pack(&mut to);
        to.finish()
    }

    fn read<T: Packed>(mut onto: T, bytes: &[u8]) -> Option<T> {
        let mut from = Unpacker::of(bytes);
        onto.unpack(&mut from)?;
        from.is_done().then_some(onto)
    }

    #[test]
    fn what_is_packed_is_read_back_exactly() {
        let map: BTreeMap<u128, u64> = [(u128::MAX, 0), (0, u64::MAX), (7, 127), (9, 128)].into();
        assert_eq!(read(BTreeMap::new(), &bytes(&map)), Some(map));
        for x in [0, 1, -1, 63, -64, i128::MAX, i128::MIN] {
            assert_eq!(read(0_i128, &bytes(&x)), Some(x));
        }
        for x in [0.0, -0.0, f64::INFINITY, f64::MIN_POSITIVE, -1.0 / 3.0] {
            assert_eq!(read(1.0, &bytes(&x)).map(f64::to_bits), Some(x.to_bits()));
        }
        let list = vec![[0, 0_u64], [0, 5], [0, 0]];
        assert_eq!(read(vec![[1; 2]; 3], &bytes(&list)), Some(list.clone()));
        assert_eq!(read(vec![[1_u64; 2]; 2], &bytes(&list)), None, "another shape");
    }

    #[test]
    fn a_run_of_zeros_takes_a_few_bytes() {
        assert_eq!(bytes(&vec![0_u64; 32_768]).len(), 3 + 1 + 3);
    }

    #[test]
    fn bytes_that_are_cut_or_changed_are_no_reason_to_panic() {
        let whole = bytes(&(vec![3_u64, 0, 0, 1 << 40], vec![[7_u32, 0]]));
        let shape = || (vec![0_u64; 4], vec![[0_u32; 2]]);
        assert!(read(shape(), &whole).is_some());
        for at in 0..whole.len() {
            assert!(read(shape(), &whole[..at]).is_none(), "cut at {at}");
            for byte in 0..=255 {
                let mut other = whole.clone();
                other[at] = byte;
                let _ = read(shape(), &other);
            }
        }
    }
}
