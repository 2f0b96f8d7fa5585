//! `GeniusWeb`: a domain and linear additive profiles in JSON. Values are utilities in [0, 1] already.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::{Domain, Format, Issue, Party, whole};
use super::genius::{MOST_OPTIONS, cut, stem, too_many};
use super::json;
use super::sheet::{Refused, Sheet, at_sheet, error};
use super::tree::{Node, Value};
use crate::games::Exact;
use crate::scenario::{Finding, advice};
use crate::visible::visible;

/// The keys of a profile.
const KEYS: [&str; 5] = ["name", "domain", "issueUtilities", "issueWeights", "reservationBid"];

/// An issue, and where its numbers lie if it is a range.
struct Template {
    issue: Issue,
    points: Option<Vec<Exact>>,
    /// The bounds of a range.
    bounds: Option<[Exact; 2]>,
}

/// Reads a domain and its profiles.
///
/// # Errors
/// The number of the sheet at fault, and why it is refused.
pub fn read(sheets: &mut [Sheet], steps: Option<u32>) -> Result<Domain, Refused> {
    let root = json::read(&sheets[0].text).map_err(|e| at_sheet(0, e))?;
    let templates = domain(&mut sheets[0], &root, steps).map_err(|e| at_sheet(0, e))?;
    let title = root.get("name").and_then(|n| n.word("the name").ok()).unwrap_or_else(|| stem(&sheets[0].name));
    let mut parties = Vec::new();
    for (at, sheet) in sheets.iter_mut().enumerate().skip(1) {
        let party = json::read(&sheet.text).and_then(|root| profile(sheet, &root, &templates));
        parties.push(party.map_err(|e| at_sheet(at, e))?);
    }
    let issues = templates.into_iter().map(|t| t.issue).collect();
    Ok(Domain { format: Format::GeniusWeb, title, issues, parties, at_least: None })
}

fn domain(sheet: &mut Sheet, root: &Node, steps: Option<u32>) -> Result<Vec<Template>, Finding> {
    let mut found = Vec::new();
    for (name, span, values) in root.needs("issuesValues", "the domain")?.map("`issuesValues`")? {
        let mut options: Vec<String> = Vec::new();
        let (mut points, mut bounds) = (None, None);
        if let Some(range) = values.get("range") {
            let numbers: Vec<Exact> = range.list("the range")?.iter().map(number).collect::<Result<_, _>>()?;
            let [lower, upper, step] = &numbers[..] else {
                return Err(range.wrong("the range", "a list of lower bound, upper bound and step"));
            };
            if upper <= lower || *step <= whole(0) {
                return Err(error("an empty range", &range.head(), "lower < upper, and a step above 0"));
            }
            let many = ((upper - lower) / step).floor();
            let most = whole(i64::from(steps.unwrap_or(super::STEPS)));
            let values = if many >= whole(MOST_OPTIONS as i64) || (steps.is_some() && many > most) {
                let number = steps.unwrap_or(super::STEPS);
                let found = format!("the range of issue `{}` is cut into {number} steps", visible(name));
                sheet.warn(found, span, "values between two steps are not offered; `--steps N` says how many");
                cut(lower, upper, number)
            } else {
                (0..=MOST_OPTIONS as i64).map(|k| lower + step * whole(k)).take_while(|v| v <= upper).collect()
            };
            options = values.iter().map(|v| crate::games::nearest(v).to_string()).collect();
            points = Some(values);
            bounds = Some([lower.clone(), upper.clone()]);
        } else {
            let mut known = BTreeSet::new();
            for value in values.needs("values", "the issue")?.list("`values`")? {
                let word = value.word("a value")?;
                if known.insert(word.clone()) {
                    options.push(word);
                } else {
                    let found = format!("the value `{}` stands in this issue twice", visible(&word));
                    sheet.warn(found, &value.span, "it is one option");
                }
                if options.len() > MOST_OPTIONS {
                    return Err(error(
                        "an issue with too many options",
                        span,
                        format!("at most {MOST_OPTIONS} can be read"),
                    ));
                }
            }
        }
        if options.len() < 2 {
            let found = format!("issue `{}` has {} option", visible(name), options.len());
            return Err(error(found, span, format!("an issue has 2 to {MOST_OPTIONS}")));
        }
        found.push(Template {
            issue: Issue { name: name.clone(), options, ordered: points.is_some() },
            points,
            bounds,
        });
    }
    if found.is_empty() {
        return Err(error("the domain holds no issue", &root.head(), "issues stand in `issuesValues`"));
    }
    too_many(found.len(), &root.head())?;
    Ok(found)
}

/// A number, in quotes or without.
fn number(node: &Node) -> Result<Exact, Finding> {
    let word = node.word("a number")?;
    super::sheet::decimal(&word).ok_or_else(|| node.wrong("this", "a number"))
}

fn profile(sheet: &mut Sheet, root: &Node, templates: &[Template]) -> Result<Party, Finding> {
    let Some(space) = root.get("LinearAdditiveUtilitySpace") else {
        let kind = root.entries().first().map_or("nothing", |(key, ..)| key.as_str());
        let found = format!("a profile of the kind `{}`", visible(kind));
        return Err(error(found, &root.head(), "only `LinearAdditiveUtilitySpace` is read"));
    };
    let utilities = space.needs("issueUtilities", "the profile")?;
    let weights = space.needs("issueWeights", "the profile")?;
    for (key, span, _) in space.entries().iter().filter(|(key, ..)| !KEYS.contains(&key.as_str())) {
        sheet.warn(format!("`{}` is no key of a profile", visible(key)), span, advice(key, "keys", &KEYS));
    }
    for (name, span, _) in utilities.map("`issueUtilities`")?.iter().chain(weights.map("`issueWeights`")?) {
        if !templates.iter().any(|t| t.issue.name == *name) {
            sheet.warn(format!("the domain has no issue `{}`", visible(name)), span, "it counts for nothing");
        }
    }
    let (mut all, mut heavy) = (Vec::new(), Vec::new());
    for template in templates {
        let name = template.issue.name.as_str();
        heavy.push(weight(weights.needs(name, "`issueWeights`")?)?);
        all.push(worths(sheet, utilities.needs(name, "`issueUtilities`")?, template)?);
    }
    let mut party = Party {
        name: stem(&sheet.name),
        weights: heavy,
        values: all,
        capped: false,
        reservation: whole(0),
        discount: None,
        veto: false,
    };
    let all: Exact = party.weights.iter().fold(whole(0), |sum, weight| sum + weight);
    let (off, near) = (&all - whole(1), Exact::new(1.into(), 1_000_000.into()));
    if off > near || -off > near {
        let found = format!("the weights add up to {}", crate::games::nearest(&all));
        sheet.warn(found, &weights.head(), "GeniusWeb has them add up to 1; they are read as they stand");
    }
    let is_empty =
        |bid: &Node| matches!(&bid.value, Value::Nothing) || matches!(&bid.value, Value::Map(all) if all.is_empty());
    if let Some(bid) = space.get("reservationBid").filter(|bid| !is_empty(bid)) {
        party.reservation = reservation(sheet, bid, templates, &party)?;
    }
    Ok(party)
}

/// A utility: a number from 0 to 1.
fn utility_of(node: &Node) -> Result<Exact, Finding> {
    let utility = number(node)?;
    if utility < whole(0) || utility > whole(1) {
        return Err(node.wrong("a utility", "a number from 0 to 1"));
    }
    Ok(utility)
}

fn weight(node: &Node) -> Result<Exact, Finding> {
    let weight = number(node)?;
    if weight < whole(0) { Err(error("a weight below 0", &node.head(), "a weight is 0 or more")) } else { Ok(weight) }
}

fn worths(sheet: &mut Sheet, utility: &Node, template: &Template) -> Result<Vec<Exact>, Finding> {
    let name = visible(&template.issue.name);
    if let Some(line) = utility.get("numberutils") {
        let key = |key: &str| number(line.needs(key, "`numberutils`")?);
        let (from, low) = (key("lowValue")?, key("lowUtility")?);
        let (to, high) = (key("highValue")?, key("highUtility")?);
        let Some(points) = &template.points else {
            let found = format!("issue `{name}` is a list of words in the domain, a range here");
            return Err(error(found, &line.head(), "profile and domain do not go together"));
        };
        if to <= from {
            return Err(error("the range of `numberutils` is empty", &line.head(), "lowValue < highValue"));
        }
        if template.bounds.as_ref() != Some(&[from.clone(), to.clone()]) {
            let found = format!("the range of issue `{name}` is another than in the domain");
            return Err(error(found, &line.head(), "profile and domain do not go together"));
        }
        for key in ["lowUtility", "highUtility"] {
            utility_of(line.needs(key, "`numberutils`")?)?;
        }
        return Ok(points.iter().map(|v| &low + (&high - &low) * (v - &from) / (&to - &from)).collect());
    }
    let table = utility.needs("discreteutils", "the issue")?.needs("valueUtilities", "`discreteutils`")?;
    let known: BTreeSet<&str> = template.issue.options.iter().map(String::as_str).collect();
    let mut found: BTreeMap<&str, &Node> = BTreeMap::new();
    for (value, span, node) in table.map("`valueUtilities`")? {
        found.insert(value.trim(), node);
        if !known.contains(value.trim()) {
            let found = format!("the domain does not have the value `{}` here", visible(value));
            sheet.warn(found, span, "nobody can offer it");
        }
    }
    let worth = |option: &String| {
        if let Some(node) = found.get(option.as_str()) {
            return utility_of(node);
        }
        let found = format!("the profile does not have the value `{}`", visible(option));
        sheet.warn(found, &table.head(), "it is worth 0");
        Ok(whole(0))
    };
    template.issue.options.iter().map(worth).collect()
}

/// What the bid is worth that a party would rather leave the table than go below.
fn reservation(sheet: &mut Sheet, bid: &Node, templates: &[Template], party: &Party) -> Result<Exact, Finding> {
    let chosen = bid.needs("issuevalues", "the reservation bid")?;
    let mut sum = whole(0);
    for (k, template) in templates.iter().enumerate() {
        let Some(value) = chosen.get(&template.issue.name) else {
            let found = format!("the reservation bid leaves issue `{}` open", visible(&template.issue.name));
            sheet.warn(found, &chosen.head(), "that issue adds nothing to it");
            continue;
        };
        let word = value.word("a value")?;
        let option = template.issue.options.iter().position(|o| *o == word);
        let option = option.ok_or_else(|| value.wrong("a value of the reservation bid", "an option of the domain"))?;
        sum += &party.weights[k] * &party.values[k][option];
    }
    Ok(sum)
}
