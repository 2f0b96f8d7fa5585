//! Which columns of a sheet may be restricted.

use super::target::column;
use crate::analysis::discovery::{Column, Values};
use crate::scenario::Finding;
use crate::text::sheet::Sheet;

/// Columns of a batch that say where a row comes from; inputs stand between them and the outcomes.
const BOOKS: &str = "experiment scenario reading variant policy point run seed block status message runs";

/// Those of them that an analyst chooses.
const CHOSEN: [&str; 4] = ["scenario", "reading", "variant", "policy"];

/// The first outcome of a batch: of a run, and of an experiment.
const FIRST_OUTCOME: [&str; 2] = ["one_exists", "one_exists_share"];

/// Levels of words that a column may have.
const MOST_LEVELS: usize = 64;

/// What the rows of a sheet are, in the singular and by its heads: a run or an experiment of a batch, or a row of a sheet
/// from elsewhere.
pub fn noun(sheet: &Sheet) -> &'static str {
    let has = |head: &str| sheet.find(head).is_some();
    match has("experiment") && has("status") && FIRST_OUTCOME.into_iter().any(has) {
        true if has("run") => "run",
        true => "experiment",
        false => "row",
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
pub fn inputs(sheet: &Sheet, named: &[String], targets: &[usize]) -> Result<Inputs, Finding> {
    let places = if named.is_empty() { all(sheet, targets) } else { these(sheet, named, targets)? };
    let mut inputs = Inputs::default();
    for place in places {
        match &sheet.columns[place] {
            Values::Words { levels, .. } if levels.len() > MOST_LEVELS => {
                inputs.manifold.push(sheet.heads[place].clone());
            }
            values if differ(values) => inputs.places.push(place),
            _ => inputs.constant.push(sheet.heads[place].clone()),
        }
    }
    if inputs.places.is_empty() {
        let hint = "columns with one value, and columns of more than 64 different words, are passed over";
        return Err(Finding::error("no column is left that a box could restrict").hint(hint));
    }
    Ok(inputs)
}

/// The columns at some places, under their heads, in some rows.
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
pub fn luck(sheet: &Sheet, rows: &[usize]) -> Option<Vec<u64>> {
    let of = sheet.find("run").filter(|_| noun(sheet) == "run")?;
    let Values::Numbers(numbers) = &sheet.columns[of] else { return None };
    Some(rows.iter().map(|row| numbers[*row] as u64).collect())
}

/// Whether a column has more than one value.
fn differ(values: &Values) -> bool {
    match values {
        Values::Words { levels, .. } => levels.len() > 1,
        Values::Numbers(all) => all.iter().any(|x| if x.is_nan() { !all[0].is_nan() } else { *x != all[0] }),
    }
}

fn all(sheet: &Sheet, targets: &[usize]) -> Vec<usize> {
    let places: Vec<usize> = if noun(sheet) == "row" {
        (0..sheet.heads.len()).collect()
    } else {
        let heads = || sheet.heads.iter().map(String::as_str).enumerate();
        let first = FIRST_OUTCOME.into_iter().find_map(|head| sheet.find(head)).unwrap_or(sheet.heads.len());
        let is_book = |(_, head): &(usize, &str)| BOOKS.split(' ').any(|book| book == *head);
        let after = heads().take(first).rfind(is_book).map_or(0, |(place, _)| place + 1);
        let chosen = heads().filter(|(_, head)| CHOSEN.contains(head)).map(|(place, _)| place);
        chosen.chain(after..first).collect()
    };
    places.into_iter().filter(|place| !targets.contains(place)).collect()
}

fn these(sheet: &Sheet, named: &[String], targets: &[usize]) -> Result<Vec<usize>, Finding> {
    let mut places = Vec::new();
    for name in named.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let place = column(sheet, name, "inputs")?;
        if targets.contains(&place) {
            return Err(Finding::error(format!("`{name}` is the target, so it cannot be an input as well")));
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

    const EXPERIMENTS: &str = "experiment,scenario,reading,variant,policy,point,status,message,seed,runs,a.b,c.d,one_exists_share,reached_share\n\
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
