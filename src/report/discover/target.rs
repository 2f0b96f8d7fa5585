//! What is looked for: tests of outcomes, such as `one_exists=1` or `margin>=0`.

use super::Miss;
use crate::analysis::discovery::Values;
use crate::scenario::advice;
use crate::text::sheet::Sheet;
use crate::text::words::visible;

/// How an outcome is compared; longer signs stand before those that they begin with.
const SIGNS: [(&str, Compare); 7] = [
    (">=", Compare::AtLeast),
    ("<=", Compare::AtMost),
    ("!=", Compare::Not),
    ("==", Compare::Is),
    ("=", Compare::Is),
    (">", Compare::Above),
    ("<", Compare::Below),
];

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `=`
    Is,
    /// `!=`
    Not,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
}

impl Compare {
    fn sign(self) -> &'static str {
        SIGNS.iter().rev().find(|(_, compare)| *compare == self).map_or("=", |(sign, _)| sign)
    }

    fn holds(self, x: f64, y: f64) -> bool {
        match self {
            Self::Is => x == y,
            Self::Not => x != y,
            Self::AtLeast => x >= y,
            Self::AtMost => x <= y,
            Self::Above => x > y,
            Self::Below => x < y,
        }
    }
}

/// A test of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The column.
    pub column: String,
    /// How it is compared.
    pub compare: Compare,
    /// With what, as it was written.
    pub value: String,
}

impl Target {
    /// Reads `OUTCOME OP VALUE`.
    ///
    /// # Errors
    /// There is no sign of comparison, or nothing before or behind it.
    pub fn parse(text: &str) -> Result<Self, Miss> {
        let at = text.find(['<', '>', '=', '!']);
        let found = at.and_then(|at| {
            let (column, rest) = text.split_at(at);
            let (sign, compare) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
            let (column, value) = (column.trim(), rest[sign.len()..].trim());
            let whole = !column.is_empty() && !value.is_empty();
            whole.then(|| Self { column: column.to_owned(), compare: *compare, value: value.to_owned() })
        });
        found.ok_or_else(|| {
            Miss::new(format!("`--target {}` is no test of an outcome", visible(text)))
                .hint("write OUTCOME OP VALUE with one of = != >= <= > <, as in --target one_exists=1")
        })
    }

    /// The test as it is written without blanks.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}{}", self.column, self.compare.sign(), self.value)
    }

    /// Whether each row meets the test; `None` where the outcome is not there.
    ///
    /// # Errors
    /// There is no such column, the comparison does not fit it, or no row has the word.
    pub fn rows(&self, sheet: &Sheet) -> Result<Vec<Option<bool>>, Miss> {
        let place = column(sheet, &self.column, "outcome")?;
        match &sheet.columns[place] {
            Values::Numbers(values) => {
                let y: f64 = self.value.parse().map_err(|_| self.no_number())?;
                Ok(values.iter().map(|x| (!x.is_nan()).then(|| self.compare.holds(*x, y))).collect())
            }
            Values::Words { levels, of } => {
                let same = match self.compare {
                    Compare::Is => true,
                    Compare::Not => false,
                    _ => return Err(self.no_words()),
                };
                let word = levels.iter().position(|level| *level == self.value);
                let word = word.ok_or_else(|| self.no_such_word(levels))? as u32;
                let empty = levels.iter().position(String::is_empty).map(|e| e as u32);
                Ok(of.iter().map(|level| (Some(*level) != empty).then_some((*level == word) == same)).collect())
            }
        }
    }

    fn no_number(&self) -> Miss {
        Miss::new(format!("`{}` holds numbers, and `{}` is none", visible(&self.column), visible(&self.value)))
            .hint(format!("write a number, as in --target {}{}0.5", visible(&self.column), self.compare.sign()))
    }

    fn no_words(&self) -> Miss {
        let (column, sign) = (visible(&self.column), self.compare.sign());
        Miss::new(format!("`{column}` holds words, which `{sign}` does not compare")).hint("use = or !=")
    }

    fn no_such_word(&self, levels: &[String]) -> Miss {
        let known: Vec<&str> = levels.iter().map(String::as_str).filter(|level| !level.is_empty()).collect();
        let (column, value) = (visible(&self.column), visible(&self.value));
        let plural = format!("values of `{column}`");
        Miss::new(format!("no row has `{value}` as its `{column}`")).hint(advice(&self.value, &plural, &known))
    }
}

/// The place of a column.
///
/// # Errors
/// There is none of this name.
pub fn column(sheet: &Sheet, name: &str, noun: &str) -> Result<usize, Miss> {
    let known: Vec<&str> = sheet.heads.iter().map(String::as_str).collect();
    let missing =
        || Miss::new(format!("no column `{}` for the {noun}", visible(name))).hint(advice(name, "columns", &known));
    sheet.find(name).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sheet::read;

    fn rows(text: &str) -> Result<Vec<Option<bool>>, Miss> {
        let sheet = read(b"margin,ending\n0.5,truce\n-1,defeat\n,\n0,truce\n").expect("it is a sheet");
        Target::parse(text).and_then(|target| target.rows(&sheet))
    }

    #[test]
    fn signs_compare_as_they_say_and_empty_cells_are_left_out() {
        let (yes, no) = (Some(true), Some(false));
        for (text, wanted) in [
            ("margin>=0", [yes, no, None, yes]),
            ("margin > 0", [yes, no, None, no]),
            ("margin<=0", [no, yes, None, yes]),
            ("margin<0", [no, yes, None, no]),
            ("margin==0", [no, no, None, yes]),
            ("margin!=0", [yes, yes, None, no]),
            ("ending=truce", [yes, no, None, yes]),
            ("ending != truce", [no, yes, None, no]),
        ] {
            assert_eq!(rows(text), Ok(wanted.to_vec()), "{text}");
        }
    }

    #[test]
    fn what_is_no_test_is_said_with_what_would_be_one() {
        let said = |text: &str| {
            let miss = rows(text).expect_err("it is wrong");
            format!("{} | {}", miss.message, miss.hints.join(" | "))
        };
        assert!(said("margin").contains("is no test of an outcome | write OUTCOME OP VALUE"));
        assert!(said("=1").contains("is no test of an outcome"));
        assert!(said("margn>0").contains("no column `margn` for the outcome | did you mean `margin`?"));
        assert!(said("margin>much").contains("holds numbers, and `much` is none"));
        assert!(said("ending>truce").contains("holds words, which `>` does not compare"));
        assert!(said("ending=truse").contains("no row has `truse` as its `ending` | did you mean `truce`?"));
    }
}
