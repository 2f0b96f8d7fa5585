//! A table row by row, each with its line.

use super::own;

/// Rows of a CSV table as they are read, each with its line, over heads that are known at once.
pub struct Rows<R> {
    /// The heads of the columns.
    pub head: Vec<String>,
    records: csv::StringRecordsIntoIter<R>,
}

/// Why a row could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadRow {
    /// The line of the file, from 1; 0 if it is not known.
    pub line: u64,
    /// What is wrong, as a clause.
    pub why: String,
}

impl<R: std::io::Read> Rows<R> {
    /// Opens a table that has heads, as [`csv()`](super::csv()) writes it, to be read row after row.
    ///
    /// # Errors
    /// [`BadRow`] if the first line is no row of heads.
    pub fn of(table: R) -> Result<Self, BadRow> {
        let mut reader = csv::Reader::from_reader(table);
        let head = reader.headers().map_err(|e| bad(&e))?.iter().map(own).collect();
        Ok(Self { head, records: reader.into_records() })
    }
}

impl<R: std::io::Read> Iterator for Rows<R> {
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

/// Heads, and rows of numbers.
pub type Numbers = (Vec<String>, Vec<Vec<Option<f64>>>);

/// Reads a table of numbers: a head for each column, then rows; an empty cell is no number, `NaN` and `inf` are numbers
/// that are not finite.
///
/// # Errors
/// [`BadRow`]: the first line that holds something else.
pub fn numbers(text: &str) -> Result<Numbers, BadRow> {
    let table = Rows::of(text.trim_start_matches('\u{feff}').as_bytes())?;
    let head: Vec<String> = table.head.iter().map(|h| h.trim().to_owned()).collect();
    if let [one] = &head[..]
        && let Some(separator) = one.chars().find(|c| [';', '\t'].contains(c))
    {
        let why = format!("its heads are separated by `{}`, not by commas", separator.escape_default());
        return Err(BadRow { line: 1, why });
    }
    let mut all = Vec::new();
    for row in table {
        let (line, cells) = row?;
        let number = |(cell, head): (&String, &String)| match cell.trim() {
            "" => Ok(None),
            cell => {
                let wrong = || BadRow { line, why: format!("`{head}` is `{cell}`, not a number{}", point(cell)) };
                cell.replacen('\u{2212}', "-", 1).parse().map(Some).map_err(|_| wrong())
            }
        };
        all.push(cells.iter().zip(&head).map(number).collect::<Result<_, _>>()?);
    }
    Ok((head, all))
}

/// What is said of a cell with a decimal comma.
fn point(cell: &str) -> &'static str {
    let is_number = cell.replacen(',', ".", 1).parse::<f64>().is_ok();
    if is_number { ": it needs a decimal point" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::super::csv;
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let cells = vec!["=cmd()".to_owned(), "-0.5".into(), "x,y\n\"z\"".into()];
        let text = csv(&["a", "b", "c"], std::slice::from_ref(&cells));
        let mut rows = Rows::of(text.as_bytes()).expect("heads");
        assert_eq!(rows.head, ["a", "b", "c"]);
        assert_eq!(rows.next(), Some(Ok((2, cells))));
        assert_eq!(rows.next(), None);
    }

    #[test]
    fn a_row_that_is_cut_short_is_named_by_its_line() {
        let found = Rows::of(&b"a,b\n1,2\n3\n"[..]).expect("heads").nth(1);
        let why = "the row has 1 cells, and the head has 2".to_owned();
        assert_eq!(found, Some(Err(BadRow { line: 3, why })));
    }
}
