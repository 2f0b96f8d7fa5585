//! Bargaining pools, one a line: how many items of each kind there are, and what one of each is worth to either side.
//!
//! `1,2,3 8,1,0 4,0,2`: one book, two hats, three balls; a book is worth 8 to the first side and 4 to the second. Every item
//! goes to one of the two, and items of a kind are alike, so a package says how many of each kind the first side gets. No
//! deal is worth 0 to both. Source: `DeVault`, Mell and Gratch (2015); Lewis et al. (2017).

use super::domain::{Domain, Format, Issue, Party, whole};
use super::sheet::{Sheet, error};
use crate::scenario::{Finding, Span};
use crate::visible::visible;

/// Pools that one file may hold.
pub const MOST_POOLS: usize = 100_000;

/// Items of a kind, kinds of items, and the worth of one item, at most.
const MOST: (i64, usize, i64) = (100, 12, 1_000_000);

/// Whether a text looks like a line of pools.
pub fn looks_like_it(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit()) && first.contains(',') && first.split_whitespace().count() > 1
}

/// Reads all pools of a file.
///
/// # Errors
/// The first line that is no pool.
pub fn read(sheet: &Sheet) -> Result<Vec<Domain>, Finding> {
    let (mut pools, mut at) = (Vec::new(), 0);
    for (number, raw) in sheet.text.split_inclusive('\n').enumerate() {
        let (line, from) = (raw.trim(), at + raw.len() - raw.trim_start().len());
        at += raw.len();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if pools.len() == MOST_POOLS {
            return Err(error(format!("more than {MOST_POOLS} pools"), &(from..from + line.len()), "divide the file"));
        }
        pools.push(pool(line, &(from..from + line.len()), number + 1)?);
    }
    if pools.is_empty() {
        return Err(error("the file holds no pool", &(0..0), "a line such as `1,2,3 8,1,0 4,0,2`"));
    }
    Ok(pools)
}

fn pool(line: &str, span: &Span, number: usize) -> Result<Domain, Finding> {
    let hint = "counts and two valuations, as `1,2,3 8,1,0 4,0,2`";
    let parts: Vec<&str> = line.split_whitespace().collect();
    let [counts, first, second] = parts[..] else {
        return Err(error(format!("a line of {} parts", parts.len()), span, hint));
    };
    let numbers = |part: &str, most: i64| -> Result<Vec<i64>, Finding> {
        let one = |word: &str| {
            let n = word.parse::<i64>().ok().filter(|n| (0..=most).contains(n));
            n.ok_or_else(|| error(format!("`{}` is no whole number from 0 to {most}", visible(word)), span, hint))
        };
        part.split(',').map(one).collect()
    };
    let counts = numbers(counts, MOST.0)?;
    let worths = [numbers(first, MOST.2)?, numbers(second, MOST.2)?];
    if counts.len() > MOST.1 || worths.iter().any(|w| w.len() != counts.len()) {
        return Err(error(
            format!("{} kinds, valued {} and {} times", counts.len(), worths[0].len(), worths[1].len()),
            span,
            hint,
        ));
    }
    let kinds: Vec<usize> = (0..counts.len()).filter(|k| counts[*k] > 0).collect();
    if kinds.is_empty() {
        return Err(error("a pool of no items", span, hint));
    }
    let issue = |k: &usize| {
        let options = (0..=counts[*k]).map(|n| format!("{n} to the first, {} to the second", counts[*k] - n)).collect();
        Issue { name: format!("Items of kind {}", k + 1), options, ordered: true }
    };
    let party = |(side, name): (usize, &str)| {
        let value = |k: &usize| -> Vec<_> {
            let items = |n: i64| if side == 0 { n } else { counts[*k] - n };
            (0..=counts[*k]).map(|n| whole(worths[side][*k] * items(n))).collect()
        };
        Party {
            name: name.to_owned(),
            weights: vec![whole(1); kinds.len()],
            values: kinds.iter().map(value).collect(),
            capped: false,
            reservation: whole(0),
            discount: None,
            veto: false,
        }
    };
    Ok(Domain {
        format: Format::Pool,
        title: format!("Bargaining pool of line {number}: {line}"),
        issues: kinds.iter().map(issue).collect(),
        parties: ["First side", "Second side"].into_iter().enumerate().map(party).collect(),
        at_least: None,
    })
}
