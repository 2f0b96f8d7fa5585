//! Other people's domains: read exactly, and written as a scenario for a person to go on with.
//!
//! [`import`] recognises a format and reads its files into one or more [`Domain`]s; [`write()`] turns a domain into a
//! commented scenario file; [`export`] turns a scenario back into files of GENIUS or `NegMAS`. Whatever is read otherwise
//! than it stands is a warning at its place; whatever cannot be read is refused with file, line and reason. Weights and
//! evaluations are fractions until they are written.

pub mod conflict;
pub mod domain;
pub mod export;
mod genius;
mod geniusweb;
mod ids;
mod json;
mod negmas;
mod pools;
mod profile;
mod scorable;
mod sheet;
mod tree;
mod write;
mod xml;
mod yaml;

pub use domain::{Domain, Format, Issue, Party};
pub use sheet::{LARGEST, Sheet, Source};
pub use write::{Written, write};

use crate::games::nearest;
use crate::scenario::Finding;
use sheet::{Refused, at_sheet};

/// Steps into which a real issue is cut where nothing else is asked.
pub const STEPS: u32 = 20;

/// Files that one domain may consist of.
pub const MOST_FILES: usize = 65;

/// Issues that a scenario may have.
const MOST_ISSUES: usize = 40;

/// What was read, and all that is said of its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// One domain; of pools one a line.
    pub domains: Vec<Domain>,
    /// The files with their warnings, in the order given.
    pub sheets: Vec<Sheet>,
}

impl Imported {
    /// The repairs, in a line each: file, line and what was found.
    pub fn repairs(&self) -> Vec<String> {
        let told = |sheet: &Sheet| {
            let file = sheet.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let one = move |f: &Finding| format!("{file}:{}: {}", f.line(&sheet.text), f.message);
            sheet.findings.iter().map(one).collect::<Vec<_>>()
        };
        self.sheets.iter().flat_map(told).collect()
    }

    /// The names of the files.
    pub fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|s| s.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()).collect()
    }
}

/// Reads a domain and its profiles; `steps` cuts real issues, [`STEPS`] without it. The first file says which format it is.
///
/// # Errors
/// The files with all that is said of them; the last finding says why they are refused.
pub fn import(sources: &[Source], steps: Option<u32>) -> Result<Imported, Vec<Sheet>> {
    let mut sheets = Vec::new();
    for source in sources.iter().take(MOST_FILES) {
        match Sheet::of(source) {
            Ok(sheet) => sheets.push(sheet),
            Err(sheet) => return Err(vec![*sheet]),
        }
    }
    if sheets.is_empty() || sources.len() > MOST_FILES {
        let found = format!("{} files, where a domain and up to {} profiles should be", sources.len(), MOST_FILES - 1);
        let name = sources.first().map_or_else(|| "import".to_owned(), |s| s.name.clone());
        return Err(vec![Sheet { name, text: String::new(), findings: vec![Finding::error(found)], untold: 0 }]);
    }
    match read(&mut sheets, steps).and_then(|domains| usable(&domains, &sheets).map(|()| domains)) {
        Ok(domains) => Ok(Imported { domains, sheets }),
        Err(Refused { sheet, why }) => {
            sheets[sheet].findings.push(*why);
            Err(sheets.into_iter().filter(|s| !s.findings.is_empty()).collect())
        }
    }
}

fn read(sheets: &mut [Sheet], steps: Option<u32>) -> Result<Vec<Domain>, Refused> {
    let text = sheets[0].text.trim_start();
    let name = sheets[0].name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if text.starts_with('<') || ends(&[".xml"]) {
        return genius::read(sheets, steps).map(|d| vec![d]);
    }
    if ends(&[".yml", ".yaml"]) {
        return negmas::read(sheets, steps).map(|d| vec![d]);
    }
    if ends(&[".csv"]) {
        return scorable::read(sheets).map(|d| vec![d]);
    }
    if text.starts_with('{') {
        let web = text.contains("\"issuesValues\"") || text.contains("\"LinearAdditiveUtilitySpace\"");
        return if web { geniusweb::read(sheets, steps) } else { scorable::read(sheets) }.map(|d| vec![d]);
    }
    if pools::looks_like_it(text) {
        if sheets.len() > 1 {
            let hint = "one file holds all pools, one a line";
            return Err(at_sheet(1, Finding::error("a second file beside pools").hint(hint)));
        }
        return pools::read(&sheets[0]).map_err(|e| at_sheet(0, e));
    }
    let known = "GENIUS XML, GeniusWeb JSON, NegMAS YAML, a scorable game as JSON or CSV, pools one a line";
    Err(at_sheet(0, Finding::error("the format of this file is not recognised").hint(format!("read are {known}"))))
}

/// Whether a scenario can hold them.
fn usable(domains: &[Domain], sheets: &[Sheet]) -> Result<(), Refused> {
    let of_party = |name: &str| sheets.iter().position(|sheet| genius::stem(&sheet.name) == name).unwrap_or(0);
    for domain in domains {
        if domain.parties.is_empty() {
            let hint = "name a profile for each party: winset import DOMAIN PROFILE…";
            return Err(at_sheet(0, Finding::error("a domain without a profile").hint(hint)));
        }
        if domain.issues.len() > MOST_ISSUES {
            let found = format!("a domain of {} issues", domain.issues.len());
            let why = Finding::error(found).hint(format!("a scenario has at most {MOST_ISSUES}"));
            return Err(at_sheet(0, why));
        }
        for party in &domain.parties {
            let worth =
                party.values.iter().zip(&party.weights).flat_map(|(values, w)| values.iter().map(move |v| v * w));
            let mut numbers = worth.map(|x| nearest(&x)).chain([nearest(&party.reservation)]);
            if let Some(far) = numbers.find(|x| x.abs() > 1e6) {
                let found = format!("`{}` has the number {far}", crate::visible::visible(&party.name));
                let why = Finding::error(found).hint("numbers within ±1 000 000 can be read");
                return Err(at_sheet(of_party(&party.name), why));
            }
        }
    }
    Ok(())
}
