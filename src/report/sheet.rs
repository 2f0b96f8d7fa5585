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

/// A table that is read row by row.
pub struct Rows<R>(csv::Reader<R>, csv::StringRecord);

impl<R: std::io::Read> Rows<R> {
    /// Opens a table that has heads.
    #[must_use]
    pub fn of(table: R) -> Self {
        Self(csv::Reader::from_reader(table), csv::StringRecord::new())
    }

    /// The heads.
    ///
    /// # Errors
    /// What the table or the machine refuses.
    pub fn heads(&mut self) -> std::io::Result<Vec<String>> {
        Ok(self.0.headers().map_err(std::io::Error::from)?.iter().map(str::to_owned).collect())
    }

    /// The cells of the next row, as many as there are heads; `None` after the last.
    ///
    /// # Errors
    /// What the table or the machine refuses.
    pub fn next_row(&mut self) -> std::io::Result<Option<impl Iterator<Item = &str>>> {
        let there = self.0.read_record(&mut self.1).map_err(std::io::Error::from)?;
        Ok(there.then(|| self.1.iter()))
    }
}

/// A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it.
fn plain(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
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
