//! All vertices of a polytope { z ≥ 0, M z ≤ 1 } with M > 0, in exact whole numbers.
//!
//! A vertex is a basis of the system with slacks. Bases are walked along edges, from the origin, in a tableau of whole numbers with
//! one common denominator (Bareiss (1968)). Where more constraints meet than there are dimensions, the right-hand side is thought of as
//! moved by (ε, ε², …): then the polytope is simple, its edges connect all bases (Dantzig, Orden and Wolfe (1955)), and each vertex of the unmoved
//! polytope is met at least once.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::wide::Whole;

/// Variables that are 0 at a vertex, one bit each: z first, then the slacks.
pub type Zeros = u64;

/// A vertex, by its coordinates times a common denominator > 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vertex {
    /// The coordinates.
    pub at: Vec<BigInt>,
}

/// Every vertex but the origin, by the set of its zeros. `m[row][column]`, every entry > 0; at most 64 rows and columns together.
pub fn vertices(m: &[Vec<BigInt>]) -> BTreeMap<Zeros, Vertex> {
    let quick = Tableau::<i128>::new(m).and_then(Tableau::walked);
    quick.or_else(|| Tableau::<BigInt>::new(m)?.walked()).expect("nothing is too large for it")
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
    fn new(m: &[Vec<BigInt>]) -> Option<Self> {
        let (k, dims) = (m.len(), m[0].len());
        let (nothing, one) = (N::of(&BigInt::zero())?, N::of(&BigInt::one())?);
        let row = |(r, row): (usize, &Vec<BigInt>)| {
            let slack = (0..k).map(|s| Some(if s == r { one.clone() } else { nothing.clone() }));
            row.iter().map(N::of).chain(slack).chain([Some(one.clone())]).collect()
        };
        let rows = m.iter().enumerate().map(row).collect::<Option<Vec<Vec<N>>>>()?;
        Some(Self { rows, basis: (dims..dims + k).collect(), over: one, dims })
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
            let Some(row) = self.leaving(entering) else { continue };
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

    /// The row whose variable becomes 0 first as another grows from 0, in the moved polytope; `None` where it may grow for ever.
    fn leaving(&self, entering: usize) -> Option<usize> {
        let may = (0..self.rows.len()).filter(|r| self.rows[*r][entering].sign() == Ordering::Greater);
        may.reduce(|best, row| if self.is_nearer(row, best, entering) { row } else { best })
    }

    /// Whether a row's ratios to its coefficient come before those of another: the right-hand side, then the slacks in their order.
    fn is_nearer(&self, row: usize, other: usize, entering: usize) -> bool {
        let (a, b) = (&self.rows[row], &self.rows[other]);
        let rhs = a.len() - 1;
        let columns = std::iter::once(rhs).chain(self.dims..rhs);
        let mut ratios = columns.map(|column| N::compared(&a[column], &b[entering], &b[column], &a[entering]));
        ratios.find(|it| it.is_ne()).is_some_and(Ordering::is_lt)
    }

    /// Lets a variable enter in a row; `None` where a number grows too large.
    fn pivot(&mut self, row: usize, entering: usize) -> Option<()> {
        let chosen = std::mem::take(&mut self.rows[row]);
        let (by, left) = (chosen[entering].clone(), self.basis[row]);
        let over = self.over.divisor();
        // In the column of a variable that stays in the basis only its own row has a number, the common denominator.
        let stays = self.key() & !(1 << left);
        let moved: Vec<usize> = (0..chosen.len()).filter(|column| stays >> column & 1 == 0).collect();
        for (other, own) in self.rows.iter_mut().zip(&self.basis).filter(|(other, _)| !other.is_empty()) {
            let times = other[entering].clone();
            for column in &moved {
                other[*column] = N::eliminated(&other[*column], &by, &times, &chosen[*column], &over)?;
            }
            other[*own] = by.clone();
        }
        self.rows[row] = chosen;
        self.basis[row] = entering;
        self.over = by;
        // Going back may turn all signs.
        if self.over.sign() == Ordering::Less {
            self.over = self.over.negated();
            self.rows.iter_mut().flatten().for_each(|x| *x = x.negated());
        }
        Some(())
    }

    fn vertex(&self) -> (Zeros, Vertex) {
        let all = self.dims + self.rows.len();
        let rhs = self.rows[0].len() - 1;
        let mut zeros: Zeros = if all == 64 { u64::MAX } else { (1 << all) - 1 };
        let mut at = vec![BigInt::zero(); self.dims];
        for (row, variable) in self.rows.iter().zip(&self.basis) {
            if row[rhs].sign() == Ordering::Equal {
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
