//! All vertices of a polytope { z ≥ 0, M z ≤ 1 } with M > 0, in exact whole numbers.
//!
//! A vertex is a basis of the system with slacks. Bases are walked along edges, from the origin, in a tableau of whole numbers with
//! one common denominator (Bareiss (1968)). Where more constraints meet than there are dimensions, the right-hand side is thought of as
//! moved by (ε, ε², …): then the polytope is simple, its edges connect all bases (Dantzig, Orden and Wolfe (1955)), and each vertex of the unmoved
//! polytope is met at least once.

use std::collections::{BTreeMap, HashSet};

use num_bigint::BigInt;
use num_traits::{CheckedMul, CheckedSub, One, Signed, ToPrimitive, Zero};

/// Variables that are 0 at a vertex, one bit each: z first, then the slacks.
pub type Zeros = u64;

/// A vertex, by its coordinates times a common denominator > 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vertex {
    /// The coordinates.
    pub at: Vec<BigInt>,
}

/// A whole number that may be too small for what is asked of it.
trait Whole: Clone + Signed + Ord + Zero + One + CheckedMul + CheckedSub {
    fn big(&self) -> BigInt;
}

impl Whole for i128 {
    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Whole for BigInt {
    fn big(&self) -> BigInt {
        self.clone()
    }
}

/// Every vertex but the origin, by the set of its zeros. `m[row][column]`, every entry > 0; at most 64 rows and columns together.
pub fn vertices(m: &[Vec<BigInt>]) -> BTreeMap<Zeros, Vertex> {
    let small: Option<Vec<Vec<i128>>> = m.iter().map(|row| row.iter().map(ToPrimitive::to_i128).collect()).collect();
    let quick = small.and_then(|m| Tableau::new(&m).walked());
    quick.unwrap_or_else(|| Tableau::new(m).walked().expect("nothing is too large for it"))
}

/// What becomes 0 first as a variable grows from 0.
enum Leaves {
    /// The variable of a row.
    Row(usize),
    /// None: it may grow for ever.
    None,
}

struct Tableau<N> {
    /// `rows[r]`: the coefficients of all variables, and the right-hand side last, times `over`.
    rows: Vec<Vec<N>>,
    /// The variable of each row.
    basis: Vec<usize>,
    over: N,
    dims: usize,
}

impl<N: Whole> Tableau<N> {
    fn new(m: &[Vec<N>]) -> Self {
        let (k, dims) = (m.len(), m[0].len());
        let row = |(r, row): (usize, &Vec<N>)| {
            let slack = (0..k).map(|s| if s == r { N::one() } else { N::zero() });
            row.iter().cloned().chain(slack).chain([N::one()]).collect()
        };
        Self { rows: m.iter().enumerate().map(row).collect(), basis: (dims..dims + k).collect(), over: N::one(), dims }
    }

    /// Goes along every edge; `None` where a number grows too large.
    fn walked(mut self) -> Option<BTreeMap<Zeros, Vertex>> {
        let all = self.dims + self.rows.len();
        let mut found = BTreeMap::new();
        let mut seen = HashSet::from([self.key()]);
        // Where the walk stands: what entered and what left, and the next variable to try there.
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut next = vec![0_usize];
        loop {
            let level = next.len() - 1;
            let entering = next[level];
            if entering == all {
                next.pop();
                let Some((entered, left)) = path.pop() else { return Some(found) };
                let row = self.basis.iter().position(|v| *v == entered).expect("it entered");
                self.pivot(row, left)?;
                continue;
            }
            next[level] += 1;
            if self.basis.contains(&entering) {
                continue;
            }
            let Leaves::Row(row) = self.leaving(entering)? else { continue };
            let left = self.basis[row];
            let key = self.key() & !(1 << left) | 1 << entering;
            if !seen.insert(key) {
                continue;
            }
            self.pivot(row, entering)?;
            path.push((entering, left));
            next.push(0);
            let (zeros, vertex) = self.vertex();
            found.entry(zeros).or_insert(vertex);
        }
    }

    fn key(&self) -> u64 {
        self.basis.iter().fold(0, |key, v| key | 1 << v)
    }

    /// What leaves as a variable enters, in the moved polytope; `None` where a number grows too large.
    fn leaving(&self, entering: usize) -> Option<Leaves> {
        let rhs = self.rows[0].len() - 1;
        let mut least: Option<usize> = None;
        for r in 0..self.rows.len() {
            if !self.rows[r][entering].is_positive() {
                continue;
            }
            let Some(best) = least else {
                least = Some(r);
                continue;
            };
            let (a, b) = (&self.rows[r], &self.rows[best]);
            for column in std::iter::once(rhs).chain(self.dims..rhs) {
                let (one, other) = (a[column].checked_mul(&b[entering])?, b[column].checked_mul(&a[entering])?);
                if one != other {
                    if one < other {
                        least = Some(r);
                    }
                    break;
                }
            }
        }
        Some(least.map_or(Leaves::None, Leaves::Row))
    }

    fn pivot(&mut self, row: usize, entering: usize) -> Option<()> {
        let chosen = std::mem::take(&mut self.rows[row]);
        let by = chosen[entering].clone();
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()) {
            let times = other[entering].clone();
            for (x, c) in other.iter_mut().zip(&chosen) {
                let less = times.checked_mul(c)?;
                *x = x.checked_mul(&by)?.checked_sub(&less)? / self.over.clone();
            }
        }
        self.rows[row] = chosen;
        self.basis[row] = entering;
        self.over = by;
        // Going back may turn all signs.
        if self.over.is_negative() {
            self.over = -self.over.clone();
            self.rows.iter_mut().flatten().for_each(|x| *x = -x.clone());
        }
        Some(())
    }

    fn vertex(&self) -> (Zeros, Vertex) {
        let all = self.dims + self.rows.len();
        let rhs = self.rows[0].len() - 1;
        let mut zeros: Zeros = if all == 64 { u64::MAX } else { (1 << all) - 1 };
        let mut at = vec![BigInt::zero(); self.dims];
        for (row, variable) in self.rows.iter().zip(&self.basis) {
            if row[rhs].is_zero() {
                continue;
            }
            zeros &= !(1 << variable);
            if *variable < self.dims {
                at[*variable] = row[rhs].big();
            }
        }
        (zeros, Vertex { at })
    }
}
