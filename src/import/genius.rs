//! GENIUS: a domain and its linear profiles.
//!
//! ```text
//! u = min(1, Σ_i w_i · e_i)
//! discrete   e = evaluation / greatest evaluation of the issue; 0 if that is below 10⁻⁵
//! integer    e = clamp(slope · (v − lowerbound) + offset, 0, 1)
//! real       e = clamp(parameter1 · v + parameter0, 0, 1), or parameter0, or a triangle
//! ```
//!
//! A weight goes with the issue that has its index, wherever either stands. Source: the files and code of GENIUS 10.4 (Lin
//! et al. 2014).

use std::collections::BTreeSet;

use itertools::Itertools as _;

use super::domain::{Domain, Format, Issue, Party, whole};
use super::profile;
use super::sheet::{Refused, Sheet, at_sheet, decimal, error};
use super::xml::{self, Element};
use crate::games::Exact;
use crate::scenario::{Finding, Span, nearest};
use crate::visible::visible;

/// Options that one issue may have, as in a scenario.
pub const MOST_OPTIONS: usize = 2_000;

/// What kind of values an issue has.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A list of words.
    Discrete,
    /// Whole numbers, both bounds included.
    Integer { lower: i64, upper: i64 },
    /// A range that is cut into steps of equal width.
    Real { lower: Exact, upper: Exact },
}

/// An issue of a domain.
#[derive(Debug, Clone)]
pub struct Template {
    /// The index by which profiles and weights refer to it.
    pub index: String,
    /// What it is called and can be.
    pub issue: Issue,
    /// Its kind.
    pub kind: Kind,
}

/// Reads a domain and its profiles.
///
/// # Errors
/// The number of the sheet at fault, and why it is refused.
pub fn read(sheets: &mut [Sheet], steps: Option<u32>) -> Result<Domain, Refused> {
    let root = xml::read(&mut sheets[0]).map_err(|e| at_sheet(0, e))?;
    let (title, templates) = domain(&mut sheets[0], &root, steps).map_err(|e| at_sheet(0, e))?;
    let mut parties: Vec<Party> = Vec::new();
    for (at, sheet) in sheets.iter_mut().enumerate().skip(1) {
        let root = xml::read(sheet).map_err(|e| at_sheet(at, e))?;
        let party = profile::read(sheet, &root, &templates).map_err(|e| at_sheet(at, e))?;
        parties.push(party);
    }
    let issues = templates.into_iter().map(|t| t.issue).collect();
    Ok(Domain { format: Format::Genius, title, issues, parties, at_least: None })
}

fn domain(sheet: &mut Sheet, root: &Element, steps: Option<u32>) -> Result<(String, Vec<Template>), Finding> {
    match root.name.as_str() {
        "negotiation_template" => {}
        "utility_space" => {
            let hint = "name the domain first: winset import DOMAIN PROFILE…";
            return Err(error("this is a profile, where the domain should be", &root.span, hint));
        }
        other => {
            let found = format!("`<{}>` is no domain of GENIUS", visible(other));
            return Err(error(found, &root.span, "a domain begins with `<negotiation_template>`"));
        }
    }
    let space = root.named("utility_space").next().unwrap_or(root);
    let mut found = Vec::new();
    issues(sheet, space, &mut found);
    if found.is_empty() {
        return Err(error("the domain holds no issue", &root.span, "issues stand in an `<objective>`"));
    }
    too_many(found.len(), &root.span)?;
    let title = space.named("objective").next().and_then(|o| o.value("name")).filter(|t| !["root", ""].contains(t));
    let title = title.map_or_else(|| stem(&sheet.name), str::to_owned);
    strangers(sheet, root);
    if let Some(second) = root.named("utility_space").nth(1) {
        sheet.warn("a second `<utility_space>`", &second.span, "it is left out");
    }
    let mut seen = BTreeSet::new();
    for issue in &found {
        if let Some(index) = issue.value("index").map(str::trim).filter(|index| !seen.insert(*index)) {
            let found = format!("two issues have the index {}", visible(index));
            return Err(error(found, issue.place("index"), "weights go by index: give each issue its own"));
        }
    }
    let templates: Vec<Template> = found.into_iter().map(|issue| template(sheet, issue, steps)).try_collect()?;
    Ok((title, templates))
}

/// Refuses more issues than a scenario may have.
///
/// # Errors
/// There are more.
pub fn too_many(issues: usize, at: &Span) -> Result<(), Finding> {
    if issues <= super::MOST_ISSUES {
        return Ok(());
    }
    Err(error(format!("a domain of {issues} issues"), at, format!("a scenario has at most {}", super::MOST_ISSUES)))
}

/// The issues of an objective, in file order; those of objectives within it too.
pub fn issues<'a>(sheet: &mut Sheet, within: &'a Element, found: &mut Vec<&'a Element>) {
    for child in &within.children {
        match child.name.as_str() {
            "issue" => found.push(child),
            "objective" => {
                if within.name == "objective" {
                    let hint = "its issues are read as if they stood in the outer one, as GENIUS does";
                    sheet.warn("an objective within an objective", &child.span, hint);
                }
                issues(sheet, child, found);
            }
            _ => {}
        }
    }
}

/// What may stand within an element.
fn within(name: &str) -> &'static [&'static str] {
    match name {
        "negotiation_template" => &["utility_space", "objective", "issue"],
        "utility_space" => &["objective", "issue"],
        "objective" => &["objective", "issue", "evaluator"],
        "issue" => &["item", "range", "evaluator"],
        _ => &[],
    }
}

/// Warns of elements within objectives, issues and items that say nothing there, perhaps for a slip.
pub fn strangers(sheet: &mut Sheet, element: &Element) {
    const ANYWHERE: [&str; 3] = ["weight", "reservation", "discount_factor"];
    for child in &element.children {
        let (name, known) = (child.name.as_str(), within(&element.name));
        if known.contains(&name) || ANYWHERE.contains(&name) {
            strangers(sheet, child);
        } else {
            let found = format!("`<{}>` within `<{}>` is not read", visible(name), visible(&element.name));
            let hint = nearest(name, known.iter().copied());
            sheet.warn(
                found,
                &child.span,
                hint.map_or("it counts for nothing".into(), |it| format!("did you mean `<{it}>`?")),
            );
        }
    }
}

/// The word for the kind of an issue.
pub fn kind_of(issue: &Element) -> &str {
    ["type", "etype", "vtype"].iter().find_map(|key| issue.value(key)).unwrap_or("discrete")
}

fn template(sheet: &mut Sheet, issue: &Element, steps: Option<u32>) -> Result<Template, Finding> {
    let index = issue.value("index").map(str::trim).filter(|i| !i.is_empty());
    let index = index.ok_or_else(|| error("an issue without an index", &issue.span, "weights go by index"))?.to_owned();
    let name = issue.value("name").filter(|n| !n.trim().is_empty()).map_or_else(
        || {
            sheet.warn("an issue without a name", &issue.span, "it is named by its index");
            format!("issue {index}")
        },
        |name| name.trim().to_owned(),
    );
    let (kind, options) = match kind_of(issue) {
        "discrete" => (Kind::Discrete, items(sheet, issue)?),
        "integer" => {
            let (lower, upper) = (integer(issue, "lowerbound")?, integer(issue, "upperbound")?);
            if upper <= lower || upper - lower >= MOST_OPTIONS as i64 {
                let found = format!("the issue has the whole numbers from {lower} to {upper}");
                return Err(error(
                    found,
                    issue.place("upperbound"),
                    format!("2 to {MOST_OPTIONS} numbers can be read"),
                ));
            }
            (Kind::Integer { lower, upper }, (lower..=upper).map(|v| v.to_string()).collect())
        }
        "real" => real(sheet, issue, &name, steps)?,
        other => {
            let found = format!("an issue of the type `{}`", visible(other));
            return Err(error(found, issue.place("type"), "discrete, integer and real issues are read"));
        }
    };
    let options: Vec<String> = options;
    if options.len() < 2 || options.len() > MOST_OPTIONS {
        let found = format!("issue `{}` has {} options", visible(&name), options.len());
        return Err(error(found, &issue.span, format!("an issue has 2 to {MOST_OPTIONS}")));
    }
    let ordered = kind != Kind::Discrete;
    Ok(Template { index, issue: Issue { name, options, ordered }, kind })
}

/// The values of a discrete issue; one that stands there twice is one option.
fn items(sheet: &mut Sheet, issue: &Element) -> Result<Vec<String>, Finding> {
    let (mut values, mut known): (Vec<String>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
    for item in issue.named("item") {
        let Some(value) = item.value("value").map(str::trim).filter(|v| !v.is_empty()) else {
            sheet.warn("an item without a value", &item.span, "it is left out");
            continue;
        };
        if !known.insert(value) {
            let found = format!("the value `{}` stands in this issue twice", visible(value));
            sheet.warn(found, item.place("value"), "it is one option");
            continue;
        }
        if values.len() == MOST_OPTIONS {
            return Err(error(
                "an issue with too many options",
                &issue.span,
                format!("at most {MOST_OPTIONS} can be read"),
            ));
        }
        values.push(value.to_owned());
    }
    Ok(values)
}

fn real(sheet: &mut Sheet, issue: &Element, name: &str, steps: Option<u32>) -> Result<(Kind, Vec<String>), Finding> {
    let (lower, upper) = range(issue)?;
    if upper <= lower {
        return Err(error("the range of this issue is empty", &issue.span, "the upper bound is above the lower"));
    }
    let number = steps.unwrap_or(super::STEPS);
    let found = format!("the real issue `{}` is cut into {number} steps", visible(name));
    sheet.warn(found, &issue.span, "values between two steps are not offered; `--steps N` says how many");
    let values = cut(&lower, &upper, number);
    Ok((Kind::Real { lower, upper }, values.iter().map(shown).collect()))
}

/// The ends of a real issue.
pub fn range(issue: &Element) -> Result<(Exact, Exact), Finding> {
    let Some(range) = issue.named("range").next() else {
        return Err(error("a real issue without a range", &issue.span, "it has a `<range lowerbound=… upperbound=…>`"));
    };
    Ok((exact(range, "lowerbound")?, exact(range, "upperbound")?))
}

/// The values at which a range is cut, both ends included.
pub fn cut(lower: &Exact, upper: &Exact, steps: u32) -> Vec<Exact> {
    let width = (upper - lower) / whole(i64::from(steps));
    (0..=steps).map(|k| lower + &width * whole(i64::from(k))).collect()
}

/// A fraction as a decimal number, to 17 digits where it goes on.
fn shown(x: &Exact) -> String {
    crate::games::nearest(x).to_string()
}

fn integer(issue: &Element, key: &str) -> Result<i64, Finding> {
    let found = issue
        .value(key)
        .and_then(|word| word.trim().parse::<i64>().ok())
        .filter(|n| (-1_000_000_000..=1_000_000_000).contains(n));
    found.ok_or_else(|| not_a_number(issue, key, "a whole number within ±1 000 000 000"))
}

/// A number in an attribute.
pub fn exact(element: &Element, key: &str) -> Result<Exact, Finding> {
    element.value(key).and_then(decimal).ok_or_else(|| not_a_number(element, key, "a number such as 0.25"))
}

/// What is said of an attribute that is missing, or no number.
pub fn not_a_number(element: &Element, key: &str, accepted: &str) -> Finding {
    match element.attribute(key) {
        Some(found) => error(format!("`{key}` is `{}`, no number", visible(&found.value)), &found.span, accepted),
        None => error(format!("`<{}>` without `{key}`", visible(&element.name)), &element.span, accepted),
    }
}

/// The name of a file without folder and extension.
pub fn stem(name: &str) -> String {
    let stem = std::path::Path::new(name).file_stem().map(|s| s.to_string_lossy().into_owned());
    stem.filter(|s| !s.trim().is_empty()).unwrap_or_else(|| "imported".to_owned())
}
