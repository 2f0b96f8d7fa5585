//! A whole table at once, column by column: numbers where all cells are, words otherwise.

use itertools::Itertools as _;

use super::own;
use crate::num::Values;

/// A sheet that was read: heads, and under each the values of its column.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The heads, each once.
    pub heads: Vec<String>,
    /// One column for each head, all equally long.
    pub columns: Vec<Values>,
    /// How many rows there are.
    pub rows: usize,
}

impl Sheet {
    /// The place of a head.
    pub fn find(&self, head: &str) -> Option<usize> {
        self.heads.iter().position(|h| h == head)
    }
}

/// Why a text is no sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// There is no line of heads.
    #[error("it is empty")]
    Empty,
    /// There is no row under the heads.
    #[error("it has heads, and no row under them")]
    NoRows,
    /// The heads are separated by something else than commas.
    #[error("its heads are separated by `{0}`, not by commas")]
    Separator(char),
    /// Two columns have one name.
    #[error("two columns are called `{0}`")]
    Twice(String),
    /// A row is longer or shorter than the line of heads.
    #[error("line {line} has {found} cells, and there are {wanted} heads")]
    Ragged {
        /// The line, counted from 1.
        line: u64,
        /// Its cells.
        found: usize,
        /// Heads.
        wanted: usize,
    },
    /// A line is no UTF-8, or no CSV.
    #[error("line {line} cannot be read: {why}")]
    Unreadable {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
}

/// Reads CSV with a line of heads. A column is of numbers if all its cells are, empty ones apart; `NA` and `NaN` are
/// empty cells there.
///
/// # Errors
/// [`SheetError`], with the line.
pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(e) = std::str::from_utf8(bytes) {
        let line = bytes[..e.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
        return Err(SheetError::Unreadable { line, why: "it is not UTF-8".into() });
    }
    let heads = heads(bytes)?;
    let mut numbers = vec![true; heads.len()];
    let mut rows = 0;
    for_each_row(bytes, heads.len(), |record| {
        rows += 1;
        numbers.iter_mut().zip(record).for_each(|(is, cell)| *is = *is && number(cell).is_some());
    })?;
    if rows == 0 {
        return Err(SheetError::NoRows);
    }
    let mut cells: Vec<ColumnCells> = numbers.into_iter().map(ColumnCells::new).collect();
    for_each_row(bytes, heads.len(), |record| cells.iter_mut().zip(record).for_each(|(cells, cell)| cells.add(cell)))?;
    Ok(Sheet { heads, columns: cells.into_iter().map(ColumnCells::values).collect(), rows })
}

/// The number in a cell, NaN if it is empty; `None` if it is a word.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if cell.is_empty() || cell == "NA" { Some(f64::NAN) } else { cell.parse().ok() }
}

fn heads(bytes: &[u8]) -> Result<Vec<String>, SheetError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let heads = reader.headers().map_err(|e| unreadable(&e))?;
    let heads: Vec<String> = heads.iter().map(|head| head.trim().to_owned()).collect();
    let separator = match &heads[..] {
        [] => return Err(SheetError::Empty),
        [one] if one.is_empty() => return Err(SheetError::Empty),
        [one] => one.chars().find(|c| [';', '\t'].contains(c)),
        _ => None,
    };
    match (separator, heads.iter().duplicates().next()) {
        (Some(separator), _) => Err(SheetError::Separator(separator)),
        (None, Some(head)) => Err(SheetError::Twice(head.clone())),
        (None, None) => Ok(heads),
    }
}

fn for_each_row(bytes: &[u8], wanted: usize, mut done: impl FnMut(&csv::StringRecord)) -> Result<(), SheetError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| unreadable(&e))? {
        if record.len() != wanted {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(SheetError::Ragged { line, found: record.len(), wanted });
        }
        done(&record);
    }
    Ok(())
}

fn unreadable(error: &csv::Error) -> SheetError {
    let line = error.position().map_or(1, csv::Position::line);
    SheetError::Unreadable { line, why: error.to_string() }
}

/// Cells of a column as they come in.
enum ColumnCells {
    Numbers(Vec<f64>),
    Words(Vec<String>),
}

impl ColumnCells {
    fn new(numbers: bool) -> Self {
        if numbers { Self::Numbers(Vec::new()) } else { Self::Words(Vec::new()) }
    }

    fn add(&mut self, cell: &str) {
        match self {
            Self::Numbers(all) => all.push(number(cell).unwrap_or(f64::NAN)),
            Self::Words(all) => all.push(own(cell.trim())),
        }
    }

    fn values(self) -> Values {
        match self {
            Self::Numbers(all) => Values::Numbers(all),
            Self::Words(all) => Values::words(&all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_of_numbers_if_all_its_cells_are() {
        let sheet = read(b"\xef\xbb\xbfa,b,c\n1,x,\n NA ,,2e3\n").expect("it is a sheet");
        assert_eq!((sheet.heads.join(" "), sheet.rows, sheet.find("c")), ("a b c".into(), 2, Some(2)));
        let Values::Numbers(a) = &sheet.columns[0] else { panic!("numbers") };
        assert!(a[0] == 1.0 && a[1].is_nan());
        assert_eq!(sheet.columns[1], Values::words(&["x", ""]));
        assert!(matches!(&sheet.columns[2], Values::Numbers(c) if c[0].is_nan() && c[1] == 2000.0));
    }

    #[test]
    fn what_is_wrong_with_a_sheet_is_said_with_its_line() {
        let found = |text: &[u8]| read(text).expect_err("it is no sheet").to_string();
        assert_eq!(found(b""), "it is empty");
        assert_eq!(found(b"a,b\n"), "it has heads, and no row under them");
        assert_eq!(found(b"a;b\n1;2\n"), "its heads are separated by `;`, not by commas");
        assert_eq!(found(b"a,a\n1,2\n"), "two columns are called `a`");
        assert_eq!(found(b"a,b\n1,2\n3\n"), "line 3 has 1 cells, and there are 2 heads");
        assert_eq!(found(b"a,b\n1,\xff\n"), "line 2 cannot be read: it is not UTF-8");
    }
}
