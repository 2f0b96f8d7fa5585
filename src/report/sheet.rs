//! CSV, written and read: the door to the library `csv`.

use crate::analysis::discovery::Values;

/// Rows under their heads as CSV text. Every row has as many cells as there are heads.
#[must_use]
pub fn csv<H: AsRef<str>>(head: &[H], rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = head.iter().map(AsRef::as_ref);
    writer.write_record(heads).expect("writing to memory cannot fail");
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| plain(cell)))
            .expect("every row has as many cells as there are heads");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("text that went in comes out as text")
}

/// Heads, and rows of numbers.
pub type Numbers = (Vec<String>, Vec<Vec<Option<f64>>>);

/// Reads a table of numbers: a head for each column, then rows; an empty cell is no number, `NaN` and `inf` are numbers
/// that are not finite.
///
/// # Errors
/// What is wrong, with its line.
pub fn numbers(text: &str) -> Result<Numbers, String> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |(cell, head): (&str, &String)| match cell {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| format!("line {line}: `{head}` is `{cell}`, not a number")),
        };
        rows.push(record.iter().zip(&heads).map(cell).collect::<Result<_, _>>()?);
    }
    Ok((heads, rows))
}

/// A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it.
fn plain(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

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
    #[must_use]
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
    let mut cells: Vec<Cells> = numbers.into_iter().map(Cells::new).collect();
    for_each_row(bytes, heads.len(), |record| cells.iter_mut().zip(record).for_each(|(cells, cell)| cells.add(cell)))?;
    Ok(Sheet { heads, columns: cells.into_iter().map(Cells::values).collect(), rows })
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
    match &heads[..] {
        [] => return Err(SheetError::Empty),
        [one] if one.is_empty() => return Err(SheetError::Empty),
        [one] => {
            if let Some(separator) = one.chars().find(|c| [';', '\t'].contains(c)) {
                return Err(SheetError::Separator(separator));
            }
        }
        _ => {}
    }
    let twice = heads.iter().enumerate().find(|(i, head)| heads[..*i].contains(head));
    match twice {
        Some((_, head)) => Err(SheetError::Twice(head.clone())),
        None => Ok(heads),
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
enum Cells {
    Numbers(Vec<f64>),
    Words(Vec<String>),
}

impl Cells {
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

/// Rows of a CSV text as they are read, each with its line, over heads that are known at once.
pub struct Rows<'a> {
    /// The heads of the columns.
    pub head: Vec<String>,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
}

/// Why a row could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line of the file, from 1; 0 if it is not known.
    pub line: u64,
    /// What is wrong, as a clause.
    pub why: String,
}

/// A CSV text with heads, as [`csv()`] writes it: its rows, read one after the other.
///
/// # Errors
/// [`BadRow`] if the first line is no row of heads.
pub fn rows(text: &str) -> Result<Rows<'_>, BadRow> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().map_err(|e| bad(&e))?.iter().map(own).collect();
    Ok(Rows { head, records: reader.into_records() })
}

impl Iterator for Rows<'_> {
    type Item = Result<(u64, Vec<String>), BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.records.next()?;
        let line = |r: &csv::StringRecord| r.position().map_or(0, csv::Position::line);
        Some(record.map(|r| (line(&r), r.iter().map(own).collect())).map_err(|e| bad(&e)))
    }
}

fn bad(error: &csv::Error) -> BadRow {
    let line = error.position().map_or(0, csv::Position::line);
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, and the head has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the row is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    BadRow { line, why }
}

/// A cell as it was before [`plain`].
fn own(cell: &str) -> String {
    let guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    guarded.unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_are_quoted() {
        assert_eq!(csv(&["a", "b"], &[vec!["x,y".into(), "\"z\"".into()]]), "a,b\n\"x,y\",\"\"\"z\"\"\"\n");
    }

    #[test]
    fn what_was_written_is_read_again() {
        let cells = vec!["=cmd()".to_owned(), "-0.5".into(), "x,y\n\"z\"".into()];
        let text = csv(&["a", "b", "c"], std::slice::from_ref(&cells));
        let mut rows = rows(&text).expect("heads");
        assert_eq!(rows.head, ["a", "b", "c"]);
        assert_eq!(rows.next(), Some(Ok((2, cells))));
        assert_eq!(rows.next(), None);
    }

    #[test]
    fn a_row_that_is_cut_short_is_named_by_its_line() {
        let found = rows("a,b\n1,2\n3\n").expect("heads").nth(1);
        let why = "the row has 1 cells, and the head has 2".to_owned();
        assert_eq!(found, Some(Err(BadRow { line: 3, why })));
    }

    #[test]
    fn text_is_no_formula_and_numbers_stay_numbers() {
        assert_eq!(csv(&["a", "b"], &[vec!["=cmd()".into(), "-0.5".into()]]), "a,b\n'=cmd(),-0.5\n");
    }

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
