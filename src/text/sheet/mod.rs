//! CSV, written and read: with its folder the door to the library `csv`.

mod columns;
mod rows;

pub use columns::{Sheet, SheetError, read};
pub use rows::{BadRow, Numbers, Rows, numbers};

/// Rows under their heads as CSV text. Every row has as many cells as there are heads.
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

/// A line of a table, with the number that it has in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The line, from 1.
    pub line: u64,
    /// What stands in it, without blanks around.
    pub cells: Vec<String>,
}

/// Every line of a CSV text that is not empty, each with as many cells as it has.
///
/// # Errors
/// [`SheetError::Unreadable`].
pub fn cells(bytes: &[u8]) -> Result<Vec<Cells>, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let mut all = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => all.push(Cells {
                line: record.position().map_or(line, csv::Position::line),
                cells: record.iter().map(own).collect(),
            }),
            Ok(false) => return Ok(all),
            Err(e) => return Err(SheetError::Unreadable { line, why: e.to_string() }),
        }
    }
}

/// A table of things that is filled column by column.
#[derive(Debug)]
pub struct ByColumn<'a, R> {
    rows: &'a [R],
    heads: Vec<&'a str>,
    cells: Vec<Vec<String>>,
}

impl<'a, R> ByColumn<'a, R> {
    /// A table with a row for each of these, and no column yet.
    pub fn of(rows: &'a [R]) -> Self {
        Self { rows, heads: Vec::new(), cells: vec![Vec::new(); rows.len()] }
    }

    /// The same with one column more: what it says of every row, under its head.
    pub fn column<C: ToString>(mut self, head: &'a str, cell: impl Fn(&R) -> C) -> Self {
        self.heads.push(head);
        self.cells.iter_mut().zip(self.rows).for_each(|(cells, row)| cells.push(cell(row).to_string()));
        self
    }

    /// The table as CSV text.
    pub fn csv(self) -> String {
        csv(&self.heads, &self.cells)
    }
}

/// One row as CSV text, to go on under a head that is written already.
pub fn row(cells: &[String]) -> String {
    csv(&cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>(), &[])
}

/// A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it.
fn plain(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
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
    fn text_is_no_formula_and_numbers_stay_numbers() {
        assert_eq!(csv(&["a", "b"], &[vec!["=cmd()".into(), "-0.5".into()]]), "a,b\n'=cmd(),-0.5\n");
    }
}
