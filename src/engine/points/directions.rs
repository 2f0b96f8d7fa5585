//! Direction numbers: the columns of the matrices that make Sobol' points.
//!
//! ```text
//! m_k = 2 a₁ m_{k−1} ⊕ 2² a₂ m_{k−2} ⊕ … ⊕ 2ˢ m_{k−s} ⊕ m_{k−s},   v_k = m_k / 2ᵏ
//! ```
//!
//! with a₁ … a_{s−1} the inner coefficients of a primitive polynomial of degree s over {0, 1}; the first s numbers m,
//! odd and below 2ᵏ, are free. Source: Joe and Kuo (2008), whose choice for 1024 dimensions is `assets/sobol`.

use std::sync::LazyLock;

/// Dimensions in the table.
pub const DIMENSIONS: usize = 1024;

/// The table of Joe and Kuo, `d s a m_1 … m_s` on a line from dimension 2 on; its licence stands beside it.
const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sobol/joe-kuo-6.1024"));

/// The columns of one dimension: `v_1 … v_64`, the digit after the point as the highest bit.
pub(super) type Columns = [u64; 64];

/// The columns of a dimension, counted from 0, if the table has it.
pub(super) fn columns(dimension: usize) -> Option<Columns> {
    if dimension == 0 {
        return Some(std::array::from_fn(|k| 1 << (63 - k)));
    }
    ROWS.get(dimension - 1).map(Polynomial::columns)
}

struct Polynomial {
    /// Coefficients of the polynomial: `inner >> (s − 1 − i) & 1` is that of step i.
    inner: u64,
    initial: Vec<u64>,
}

impl Polynomial {
    fn read(line: &str) -> Self {
        let numbers = line.split_whitespace().skip(2).map(|n| n.parse().expect("the table holds whole numbers"));
        let mut numbers = numbers.collect::<Vec<u64>>().into_iter();
        Self { inner: numbers.next().expect("a row has a polynomial"), initial: numbers.collect() }
    }

    fn columns(&self) -> Columns {
        let s = self.initial.len();
        let mut v = [0; 64];
        for k in 0..64 {
            v[k] = self.initial.get(k).map_or_else(
                || {
                    let steps = (1..s).filter(|i| self.inner >> (s - 1 - i) & 1 == 1);
                    steps.fold(v[k - s] ^ (v[k - s] >> s), |sum, i| sum ^ v[k - i])
                },
                |m| m << (63 - k),
            );
        }
        v
    }
}

static ROWS: LazyLock<Vec<Polynomial>> = LazyLock::new(|| TABLE.lines().skip(1).map(Polynomial::read).collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_as_many_dimensions_as_it_says_and_no_two_alike() {
        assert_eq!(ROWS.len() + 1, DIMENSIONS);
        let mut all: Vec<Columns> = (0..DIMENSIONS).map(|d| columns(d).expect("it is in the table")).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), DIMENSIONS);
        assert!(columns(DIMENSIONS).is_none());
    }

    /// An upper triangular matrix with ones on its diagonal maps the first 2ᵐ points onto all m-digit fractions.
    #[test]
    fn every_column_ends_in_its_own_digit() {
        for d in 0..DIMENSIONS {
            let v = columns(d).expect("it is in the table");
            assert!((0..64).all(|k| v[k].trailing_zeros() == 63 - k as u32), "dimension {d}");
        }
    }
}
