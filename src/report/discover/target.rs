//! What is looked for: tests of outcomes, such as `one_exists=1` or `margin>=0`.

use crate::num::Values;
use crate::scenario::{Finding, advice};
use crate::text::{sheet::Sheet, words::visible};

/// What is true of two numbers.
type Holds = fn(&f64, &f64) -> bool;

/// How an outcome is compared; longer signs stand before those that they begin with.
const SIGNS: [(&str, Holds); 7] = [
    (">=", f64::ge),
    ("<=", f64::le),
    ("!=", f64::ne),
    ("==", f64::eq),
    ("=", f64::eq),
    (">", f64::gt),
    ("<", f64::lt),
];

/// A test of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeTest {
    /// The column.
    pub column: String,
    /// How it is compared: `=`, `!=`, `>=`, `<=`, `>` or `<`.
    sign: &'static str,
    /// With what, as it was written.
    value: String,
}

impl OutcomeTest {
    /// Reads `OUTCOME OP VALUE`.
    ///
    /// # Errors
    /// There is no sign of comparison, or nothing before or behind it.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        let found = text.find(['<', '>', '=', '!']).and_then(|at| {
            let (column, rest) = text.split_at(at);
            let (sign, _) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
            let (column, value) = (column.trim().to_owned(), rest[sign.len()..].trim().to_owned());
            let sign = if *sign == "==" { "=" } else { sign };
            (!column.is_empty() && !value.is_empty()).then_some(Self { column, sign, value })
        });
        found.ok_or_else(|| {
            Finding::error(format!("`--target {}` is no test of an outcome", visible(text)))
                .hint("write OUTCOME OP VALUE with one of = != >= <= > <, as in --target one_exists=1")
        })
    }

    /// The test as it is written without blanks.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.column, self.sign, self.value)
    }

    /// Whether each row meets the test; `None` where the outcome is not there.
    ///
    /// # Errors
    /// There is no such column, the comparison does not fit it, or no row has the word.
    pub fn rows(&self, sheet: &Sheet) -> Result<Vec<Option<bool>>, Finding> {
        let place = column(sheet, &self.column, "outcome")?;
        let (column, sign, value) = (visible(&self.column), self.sign, visible(&self.value));
        match &sheet.columns[place] {
            Values::Numbers(values) => {
                let no_number = |_| {
                    Finding::error(format!("`{column}` holds numbers, and `{value}` is none"))
                        .hint(format!("write a number, as in --target {column}{sign}0.5"))
                };
                let y: f64 = self.value.parse().map_err(no_number)?;
                let holds =
                    SIGNS.iter().find(|(known, _)| *known == sign).map_or(f64::eq as Holds, |(_, holds)| *holds);
                Ok(values.iter().map(|x| (!x.is_nan()).then(|| holds(x, &y))).collect())
            }
            Values::Words { .. } if !["=", "!="].contains(&sign) => {
                let found = format!("`{column}` holds words, which `{sign}` does not compare");
                Err(Finding::error(found).hint("use = or !="))
            }
            Values::Words { levels, of } => {
                let no_such_word = || {
                    let known: Vec<&str> =
                        levels.iter().map(String::as_str).filter(|level| !level.is_empty()).collect();
                    Finding::error(format!("no row has `{value}` as its `{column}`")).hint(advice(
                        &self.value,
                        &format!("values of `{column}`"),
                        &known,
                    ))
                };
                let word = levels.iter().position(|level| *level == self.value).ok_or_else(no_such_word)?;
                let met = |level: &u32| (*level as usize == word) == (sign == "=");
                Ok(of.iter().map(|level| (!levels[*level as usize].is_empty()).then(|| met(level))).collect())
            }
        }
    }
}

/// The place of a column; a share may be called by what it is of, `reached` for `reached_share`.
///
/// # Errors
/// There is none of this name.
pub fn column(sheet: &Sheet, name: &str, noun: &str) -> Result<usize, Finding> {
    let known: Vec<&str> = sheet.heads.iter().map(String::as_str).collect();
    let missing = || {
        Finding::error(format!("no column `{}` for the {noun}", visible(name))).hint(advice(name, "columns", &known))
    };
    sheet.find(name).or_else(|| sheet.find(&format!("{name}_share"))).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sheet::read;

    fn rows(text: &str) -> Result<Vec<Option<bool>>, Finding> {
        let sheet = read(b"margin,ending\n0.5,truce\n-1,defeat\n,\n0,truce\n").expect("it is a sheet");
        OutcomeTest::parse(text).and_then(|target| target.rows(&sheet))
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
