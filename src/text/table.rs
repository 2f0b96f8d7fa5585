//! Columns of text under their heads.

use super::WIDTH;
use super::columns::padded;
use super::words::{length, wrapped};

/// A table whose last column is text and may run over several lines; the others are aligned to the right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these heads.
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|h| (*h).to_owned()).collect(), rows: Vec::new() }
    }

    /// A table of these rows, each with as many cells as there are heads.
    pub fn of(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        Self { rows: rows.into_iter().collect(), ..Self::new(head) }
    }

    /// Adds a row with as many cells as there are heads.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in 80 columns, indented by two.
    pub fn text(&self) -> String {
        let columns = self.head.len().saturating_sub(1);
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let widths: Vec<usize> = (0..columns).map(|c| all().map(|row| length(&row[c])).max().unwrap_or(0)).collect();
        let line = |row: &Vec<String>| {
            let cells =
                row.iter().zip(&widths).map(|(cell, width)| format!("  {}{cell}", " ".repeat(width - length(cell))));
            let start: String = cells.collect::<String>() + "  ";
            let rest = " ".repeat(length(&start));
            wrapped(row.last().map_or("", String::as_str), &start, &rest, WIDTH)
        };
        all().map(line).collect()
    }
}

/// Two columns of text, the first one as wide as its widest cell, the second running over several lines.
pub fn pairs<L: AsRef<str>>(rows: &[(L, String)]) -> String {
    let width = rows.iter().map(|(left, _)| length(left.as_ref())).max().unwrap_or(0);
    let line = |(left, right): &(L, String)| {
        wrapped(right, &format!("  {}  ", padded(left.as_ref(), width)), &" ".repeat(width + 4), WIDTH)
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_the_last_column_runs_on_under_itself() {
        let mut table = Table::new(&["share", "package"]);
        table.row(vec!["7.1".into(), "word ".repeat(20)]);
        let lines: Vec<String> = table.text().lines().map(String::from).collect();
        assert_eq!(lines[0], "  share  package");
        assert!(lines[1].starts_with("    7.1  word word") && lines[1].chars().count() <= WIDTH, "{lines:?}");
        assert!(lines[2].starts_with("         word"), "{lines:?}");
    }
}
