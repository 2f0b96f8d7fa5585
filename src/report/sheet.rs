//! CSV: the door to the library `csv`.

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
}
