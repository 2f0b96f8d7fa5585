//! Which columns of a sheet may be restricted.

use super::Miss;
use super::target::column;
use crate::analysis::discovery::{Column, Values};
use crate::text::sheet::Sheet;

/// Columns of a batch that say where a row comes from; inputs stand between them and the outcomes.
const BOOKS: [&str; 12] = [
    "experiment",
    "scenario",
    "reading",
    "variant",
    "policy",
    "point",
    "replication",
    "seed",
    "block",
    "status",
    "message",
    "runs",
];

/// Those of them that an analyst chooses.
const CHOSEN: [&str; 4] = ["scenario", "reading", "variant", "policy"];

/// The first outcome of a batch.
const FIRST_OUTCOME: &str = "one_exists";

/// Levels of words that a column may have.
const MOST_LEVELS: usize = 64;

/// What a row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// One run of a batch.
    Run,
    /// One experiment of a batch.
    Experiment,
    /// A row of a sheet from elsewhere.
    Other,
}

impl Row {
    /// What the rows of a sheet are, by its heads.
    #[must_use]
    pub fn of(sheet: &Sheet) -> Self {
        let has = |head: &str| sheet.find(head).is_some();
        match has("experiment") && has("status") && has(FIRST_OUTCOME) {
            true if has("replication") => Self::Run,
            true => Self::Experiment,
            false => Self::Other,
        }
    }

    /// The noun, in the singular.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Experiment => "experiment",
            Self::Other => "row",
        }
    }
}

/// The columns that may be restricted, and those that were passed over with the reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// Places in the sheet.
    pub places: Vec<usize>,
    /// Heads of columns with one value only.
    pub constant: Vec<String>,
    /// Heads of columns with too many words to be levels.
    pub manifold: Vec<String>,
}

/// The inputs named, or all: of a batch what stands between its books and its outcomes, with scenario, reading, variant
/// and policy; of any other sheet all columns but those of the target.
///
/// # Errors
/// A name is no column, or is that of a target, or nothing is left.
pub fn inputs(sheet: &Sheet, named: &[String], targets: &[usize]) -> Result<Inputs, Miss> {
    let places = if named.is_empty() { all(sheet, targets) } else { these(sheet, named, targets)? };
    let mut inputs = Inputs::default();
    for place in places {
        match kind(&sheet.columns[place]) {
            Kind::Constant => inputs.constant.push(sheet.heads[place].clone()),
            Kind::Manifold => inputs.manifold.push(sheet.heads[place].clone()),
            Kind::Sound => inputs.places.push(place),
        }
    }
    if inputs.places.is_empty() {
        let hint = "columns with one value, and columns of more than 64 different words, are passed over";
        return Err(Miss::new("no column is left that a box could restrict").hint(hint));
    }
    Ok(inputs)
}

/// The columns at some places, under their heads, in some rows.
#[must_use]
pub fn columns(sheet: &Sheet, places: &[usize], rows: &[usize]) -> Vec<Column> {
    let values = |place: &usize| match &sheet.columns[*place] {
        Values::Numbers(values) => Values::Numbers(rows.iter().map(|r| values[*r]).collect()),
        Values::Words { levels, of } => {
            Values::Words { levels: levels.clone(), of: rows.iter().map(|r| of[*r]).collect() }
        }
    };
    places.iter().map(|place| Column { name: sheet.heads[*place].clone(), values: values(place) }).collect()
}

/// The number of each row's luck, where rows are runs of a batch: run k has the same draws in every experiment.
#[must_use]
pub fn luck(sheet: &Sheet, rows: &[usize]) -> Option<Vec<u64>> {
    let of = sheet.find("replication").filter(|_| Row::of(sheet) == Row::Run)?;
    let Values::Numbers(numbers) = &sheet.columns[of] else { return None };
    Some(rows.iter().map(|row| numbers[*row] as u64).collect())
}

enum Kind {
    Constant,
    Manifold,
    Sound,
}

fn kind(values: &Values) -> Kind {
    match values {
        Values::Words { levels, .. } if levels.len() > MOST_LEVELS => Kind::Manifold,
        Values::Words { levels, .. } if levels.len() > 1 => Kind::Sound,
        Values::Words { .. } => Kind::Constant,
        Values::Numbers(all) => {
            let differs = |x: &f64| x.is_nan() != all[0].is_nan() || (!x.is_nan() && *x != all[0]);
            if all.iter().any(differs) { Kind::Sound } else { Kind::Constant }
        }
    }
}

fn all(sheet: &Sheet, targets: &[usize]) -> Vec<usize> {
    let heads = sheet.heads.iter().map(String::as_str);
    let places: Vec<usize> = match Row::of(sheet) {
        Row::Other => (0..sheet.heads.len()).collect(),
        Row::Run | Row::Experiment => {
            let first = sheet.find(FIRST_OUTCOME).unwrap_or(sheet.heads.len());
            let books = heads.clone().take(first).enumerate().filter(|(_, head)| BOOKS.contains(head));
            let after = books.map(|(place, _)| place + 1).max().unwrap_or(0);
            let chosen = heads.enumerate().filter(|(_, head)| CHOSEN.contains(head)).map(|(place, _)| place);
            chosen.chain(after..first).collect()
        }
    };
    places.into_iter().filter(|place| !targets.contains(place)).collect()
}

fn these(sheet: &Sheet, named: &[String], targets: &[usize]) -> Result<Vec<usize>, Miss> {
    let mut places = Vec::new();
    for name in named.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let place = column(sheet, name, "inputs")?;
        if targets.contains(&place) {
            return Err(Miss::new(format!("`{name}` is the target, so it cannot be an input as well")));
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sheet::read;

    fn heads(text: &str, named: &[&str], targets: &[usize]) -> Vec<String> {
        let sheet = read(text.as_bytes()).expect("it is a sheet");
        let named: Vec<String> = named.iter().map(|n| (*n).to_owned()).collect();
        let inputs = inputs(&sheet, &named, targets).expect("there are inputs");
        inputs.places.iter().map(|p| sheet.heads[*p].clone()).collect()
    }

    const EXPERIMENTS: &str = "experiment,scenario,reading,variant,policy,point,status,message,seed,runs,a.b,c.d,one_exists,reached\n\
                               0,s,r,,hard,0,ok,,1,9,0.1,1,0.5,0.2\n1,s,q,,soft,1,ok,,1,9,0.2,2,0.6,0.3\n";

    #[test]
    fn inputs_of_a_batch_stand_between_its_books_and_its_outcomes() {
        assert_eq!(heads(EXPERIMENTS, &[], &[12]), ["reading", "policy", "a.b", "c.d"]);
        assert_eq!(heads(EXPERIMENTS, &["c.d", "seed", "a.b"], &[12]), ["c.d", "a.b"]);
    }

    #[test]
    fn inputs_of_another_sheet_are_all_but_the_target() {
        assert_eq!(heads("x,y,z\n1,2,u\n3,4,v\n", &[], &[1]), ["x", "z"]);
    }

    #[test]
    fn a_target_is_no_input() {
        let sheet = read(b"x,y\n1,2\n3,4\n").expect("it is a sheet");
        let miss = inputs(&sheet, &["y".into()], &[1]).expect_err("y is the target");
        assert_eq!(miss.message, "`y` is the target, so it cannot be an input as well");
    }
}
