//! The values of one column of a table.

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; NaN stands for an empty cell. Infinities are numbers.
    Numbers(Vec<f64>),
    /// Words: the levels in rising order, and which of them each row has. An empty cell is a level of its own, "".
    Words {
        /// The levels, in rising order, each once.
        levels: Vec<String>,
        /// The place of each row's level.
        of: Vec<u32>,
    },
}

impl Values {
    /// Words as they stand in the rows.
    pub fn words<S: AsRef<str>>(rows: &[S]) -> Self {
        let mut levels: Vec<String> = rows.iter().map(|row| row.as_ref().to_owned()).collect();
        levels.sort_unstable();
        levels.dedup();
        let place = |row: &S| levels.binary_search_by(|level| level.as_str().cmp(row.as_ref()));
        let of = rows.iter().map(|row| place(row).expect("every word is a level") as u32).collect();
        Self::Words { levels, of }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Words { of, .. } => of.len(),
        }
    }

    /// Whether it is of numbers, and some cell is empty.
    pub fn has_empty(&self) -> bool {
        matches!(self, Self::Numbers(values) if values.iter().any(|x| x.is_nan()))
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
