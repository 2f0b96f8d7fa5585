//! CSV: the door to the library `csv`.

/// Rows under their heads as CSV text. Every row has as many cells as there are heads.
#[must_use]
pub fn csv<H: AsRef<str>>(head: &[H], rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = head.iter().map(AsRef::as_ref);
    writer.write_record(heads).expect("writing to memory cannot fail");
    for row in rows {
        writer.write_record(row).expect("every row has as many cells as there are heads");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("text that went in comes out as text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_are_quoted() {
        assert_eq!(csv(&["a", "b"], &[vec!["x,y".into(), "\"z\"".into()]]), "a,b\n\"x,y\",\"\"\"z\"\"\"\n");
    }
}
