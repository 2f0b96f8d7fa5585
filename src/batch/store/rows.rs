//! The rows of all runs in one table, in the order of experiments and runs, put together from parts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Error, Read, Seek, SeekFrom, Write};
use std::iter::Peekable;
use std::path::Path;

use super::part::Section;
use super::{Kept, StoreError, io, write_with};
use crate::batch::plan::Plan;
use crate::batch::row::{columns, quoted};

/// Writes the table. Rows that an earlier, shorter batch left in the table itself come first in each experiment.
pub(super) fn write(
    path: &Path,
    plan: &Plan,
    sections: &BTreeMap<(u64, u64), Section>,
    kept: &[Kept],
) -> Result<(), StoreError> {
    let work = |file: &mut File| {
        let mut out = BufWriter::new(file);
        let heads: Vec<String> = columns(plan).iter().map(|c| quoted(c)).collect();
        writeln!(out, "{}", heads.join(","))?;
        // The rows of what totals hold are in the table beside them.
        let mut old = BTreeMap::new();
        let by_experiment = by_experiment(sections);
        for e in 0..plan.experiments() {
            if let Some(totals) = sections.get(&(e, 0)).filter(|s| s.rows.is_empty()) {
                let table = totals.path.with_file_name(super::ROWS);
                let old = match old.entry(table) {
                    Entry::Occupied(open) => open.into_mut(),
                    Entry::Vacant(place) => {
                        let open = Old::open(place.key())?;
                        place.insert(open)
                    }
                };
                let failed = matches!(kept[e as usize].tally, Some(Err(_)));
                let runs = totals.unit.runs.to.min(plan.runs);
                let copied = old.copy(e, runs, &mut out)?;
                if copied != runs && !failed {
                    let table = totals.path.with_file_name(super::ROWS);
                    let found = format!("`{}` has {copied} of {runs} rows of experiment {e}", table.display());
                    return Err(Error::other(found));
                }
            }
            for (section, place) in by_experiment.get(&e).into_iter().flatten() {
                copy(section, *place, &mut out)?;
            }
        }
        out.flush()
    };
    write_with(path, work).map_err(|e| io(path, "written", e))
}

/// The sections that hold rows of each experiment, in the order of their runs, with its place in each.
fn by_experiment(sections: &BTreeMap<(u64, u64), Section>) -> BTreeMap<u64, Vec<(&Section, usize)>> {
    let mut found: BTreeMap<u64, Vec<(&Section, usize)>> = BTreeMap::new();
    for section in sections.values().filter(|s| !s.rows.is_empty()) {
        for (place, e) in section.unit.experiments.iter().enumerate() {
            found.entry(e).or_default().push((section, place));
        }
    }
    found.values_mut().for_each(|list| list.sort_by_key(|(section, _)| section.unit.runs));
    found
}

fn copy(section: &Section, place: usize, out: &mut impl Write) -> std::io::Result<()> {
    let (at, length) = section.rows[place];
    let mut file = File::open(&section.path)?;
    file.seek(SeekFrom::Start(at as u64))?;
    std::io::copy(&mut file.take(length as u64), out)?;
    Ok(())
}

/// The table as an earlier batch left it, read once from its beginning.
struct Old {
    lines: Peekable<std::io::Lines<BufReader<File>>>,
}

impl Old {
    fn open(path: &Path) -> std::io::Result<Self> {
        let mut lines = BufReader::new(File::open(path)?).lines();
        lines.next();
        Ok(Self { lines: lines.peekable() })
    }

    /// Copies the rows of an experiment whose runs are below `upto`, and counts them; those beyond come from parts.
    fn copy(&mut self, e: u64, upto: u64, out: &mut impl Write) -> std::io::Result<u64> {
        let ours =
            |line: &std::io::Result<String>| line.as_ref().map_or(true, |l| place(l).is_none_or(|(of, _)| of <= e));
        let mut copied = 0;
        while let Some(line) = self.lines.next_if(ours) {
            let line = line?;
            if place(&line).is_some_and(|(of, run)| of == e && run < upto) {
                writeln!(out, "{line}")?;
                copied += 1;
            }
        }
        Ok(copied)
    }
}

/// The experiment and the run of a row.
fn place(line: &str) -> Option<(u64, u64)> {
    /// Place of the run among the columns.
    const RUN: usize = 6;
    let (mut cell, mut inside, mut cells) = (String::new(), false, Vec::new());
    for c in line.chars() {
        match c {
            '"' => inside = !inside,
            ',' if !inside => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
        if cells.len() > RUN {
            break;
        }
    }
    Some((cells.first()?.parse().ok()?, cells.get(RUN)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_place_of_a_row_is_found_behind_quoted_cells() {
        assert_eq!(super::place("12,\"a, b\",r,v,\"p\"\"q\",3,77,1,0"), Some((12, 77)));
        assert_eq!(super::place("x"), None);
    }
}
