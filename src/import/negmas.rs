//! `NegMAS`: a folder of YAML files, one with the outcome space and one for each party.
//!
//! ```text
//! u = Σ_i weights[i] · values[i](v)        TableFun: as listed; AffineFun: slope · v + bias; LinearFun: slope · v
//! ```
//!
//! Nothing is normalised and nothing capped, unlike in GENIUS. Source: the files that `NegMAS` 0.16 writes (Mohammad, Nakadai and Greenwald 2021).

use std::collections::{BTreeMap, BTreeSet};

use super::domain::{Domain, Format, Issue, Party, whole};
use super::genius::{MOST_OPTIONS, cut, stem, too_many};
use super::sheet::{Refused, Sheet, at_sheet, decimal, error};
use super::tree::{Node, Value};
use super::yaml;
use crate::games::Exact;
use crate::scenario::Finding;
use crate::visible::visible;

/// How deep wrappers of a utility function may be nested.
const DEEPEST: usize = 8;

struct Template {
    issue: Issue,
    /// Where the options lie, if they are numbers.
    points: Option<Vec<Exact>>,
}

/// Reads an outcome space and its utility functions, in the order of the sheets.
///
/// # Errors
/// The number of the sheet at fault, and why it is refused.
pub fn read(sheets: &mut [Sheet], steps: Option<u32>) -> Result<Domain, Refused> {
    let mut roots = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        roots.push(yaml::read(&sheet.text).map_err(|e| at_sheet(at, e))?);
    }
    let spaces: Vec<usize> = (0..roots.len()).filter(|at| kind(&roots[*at]).contains("OutcomeSpace")).collect();
    let [space] = spaces[..] else {
        let found = format!("{} files whose `type` is an OutcomeSpace, where there should be one", spaces.len());
        let hint = "name one outcome space, and a file for each party";
        return Err(at_sheet(spaces.get(1).copied().unwrap_or(0), error(found, &(0..0), hint)));
    };
    let templates = outcome_space(&mut sheets[space], &roots[space], steps).map_err(|e| at_sheet(space, e))?;
    let mut parties = Vec::new();
    for (at, root) in roots.iter().enumerate().filter(|(at, _)| *at != space) {
        parties.push(party(&mut sheets[at], root, &templates).map_err(|e| at_sheet(at, e))?);
    }
    let title =
        roots[space].get("name").and_then(|n| n.word("a name").ok()).unwrap_or_else(|| stem(&sheets[space].name));
    let issues = templates.into_iter().map(|t| t.issue).collect();
    Ok(Domain { format: Format::Negmas, title, issues, parties, at_least: None })
}

fn kind(node: &Node) -> String {
    let word = node.get("type").or_else(|| node.get("$type")).and_then(|t| t.word("the type").ok()).unwrap_or_default();
    word.rsplit('.').next().unwrap_or_default().to_owned()
}

fn outcome_space(sheet: &mut Sheet, root: &Node, steps: Option<u32>) -> Result<Vec<Template>, Finding> {
    for key in ["invalid", "constraints", "outcomes"] {
        let some =
            |it: &&Node| !matches!(&it.value, Value::Nothing) && !matches!(&it.value, Value::List(l) if l.is_empty());
        if let Some(left_out) = root.get(key).filter(some) {
            let found = format!("an outcome space with `{key}`");
            return Err(error(found, &left_out.head(), "only spaces of all combinations are read"));
        }
    }
    let mut found = Vec::new();
    let listed = root.needs("issues", "the outcome space")?.list("`issues`")?;
    too_many(listed.len(), &root.head())?;
    for issue in listed {
        let name = issue.needs("name", "the issue")?.word("the name of an issue")?;
        let values = issue.needs("values", "the issue")?;
        let listed = values.list("`values`")?;
        let numbers = |list: &[Node]| list.iter().map(|v| v.exact("a bound")).collect::<Result<Vec<_>, _>>();
        let points = match kind(issue).as_str() {
            "ContiguousIssue" | "CountableInfiniteIssue" => {
                let [lower, upper] = &numbers(listed)?[..] else {
                    return Err(values.wrong("the range", "a list of lower and upper bound"));
                };
                if !lower.is_integer() || !upper.is_integer() || upper - lower >= whole(MOST_OPTIONS as i64) {
                    return Err(error(
                        "bounds that are no whole numbers, or too far apart",
                        &values.head(),
                        format!("an issue has 2 to {MOST_OPTIONS} options"),
                    ));
                }
                Some((0..=MOST_OPTIONS as i64).map(|k| lower + whole(k)).take_while(|v| v <= upper).collect())
            }
            "ContinuousIssue" => {
                let [lower, upper] = &numbers(listed)?[..] else {
                    return Err(values.wrong("the range", "a list of lower and upper bound"));
                };
                let number = steps.unwrap_or(super::STEPS);
                let found = format!("the continuous issue `{}` is cut into {number} steps", visible(&name));
                sheet.warn(found, &issue.head(), "values between two steps are not offered; `--steps N` says how many");
                Some(cut(lower, upper, number))
            }
            "DiscreteCardinalIssue" => Some(numbers(listed)?),
            "CategoricalIssue" | "OrdinalIssue" | "DiscreteOrdinalIssue" | "" => numbers(listed).ok(),
            other => {
                let found = format!("an issue of the type `{}`", visible(other));
                return Err(error(
                    found,
                    &issue.head(),
                    "categorical, ordinal, contiguous and continuous issues are read",
                ));
            }
        };
        let ordered = points.as_ref().is_some_and(|p: &Vec<Exact>| p.windows(2).all(|w| w[0] < w[1]));
        let options: Vec<String> = match (&points, kind(issue).starts_with("Cont")) {
            (Some(points), true) => points.iter().map(|v| crate::games::nearest(v).to_string()).collect(),
            _ => listed.iter().map(|v| v.word("a value")).collect::<Result<_, _>>()?,
        };
        let mut known = BTreeSet::new();
        let twice = options.iter().enumerate().find(|(_, option)| !known.insert(*option));
        if let Some((at, twice)) = twice {
            let place = listed.get(at).unwrap_or(values).head();
            return Err(error(
                format!("the value `{}` stands in this issue twice", visible(twice)),
                &place,
                "keep one",
            ));
        }
        if !(2..=MOST_OPTIONS).contains(&options.len()) {
            let found = format!("issue `{}` has {} options", visible(&name), options.len());
            return Err(error(found, &values.head(), format!("an issue has 2 to {MOST_OPTIONS}")));
        }
        found.push(Template { issue: Issue { name, options, ordered }, points });
    }
    if found.is_empty() {
        return Err(error("the outcome space holds no issue", &root.head(), "issues stand in `issues`"));
    }
    Ok(found)
}

fn party(sheet: &mut Sheet, root: &Node, templates: &[Template]) -> Result<Party, Finding> {
    let name = stem(&sheet.name);
    let (mut function, mut discount, mut layers) = (root, None, 0);
    while let Some(inner) = function.get("ufun") {
        let wrapper = kind(function);
        layers += 1;
        if layers > DEEPEST {
            return Err(error("wrappers within wrappers", &function.head(), format!("at most {DEEPEST} are read")));
        }
        match wrapper.as_str() {
            "ExpDiscountedUFun" => {
                let own = discounted(sheet, function)?;
                discount = match (discount, own) {
                    (Some(outer), Some(own)) => Some(outer * own),
                    (outer, own) => outer.or(own),
                };
            }
            other => {
                let found = format!("a utility function of the type `{}` around another", visible(other));
                return Err(error(
                    found,
                    &function.head(),
                    "an ExpDiscountedUFun is read, which loses a share as time passes",
                ));
            }
        }
        function = inner;
    }
    let this = kind(function);
    if ![
        "LinearAdditiveUtilityFunction",
        "LinearUtilityAggregationFunction",
        "AffineUtilityFunction",
        "LinearUtilityFunction",
    ]
    .contains(&this.as_str())
    {
        let found = format!("a utility function of the type `{}`", visible(&this));
        return Err(error(
            found,
            &function.head(),
            "only sums over issues are read, such as LinearAdditiveUtilityFunction",
        ));
    }
    let (mut weights, mut values) = (Vec::new(), Vec::new());
    for (k, template) in templates.iter().enumerate() {
        let weight = match function.get("weights") {
            Some(list) => part(list, k, template, "the weights")?.exact("a weight")?,
            None => whole(1),
        };
        weights.push(weight);
        values.push(match function.get("values") {
            Some(list) => worths(part(list, k, template, "the values")?, template, 0)?,
            None => template
                .points
                .clone()
                .ok_or_else(|| error("no values for an issue of words", &function.head(), "add `values`"))?,
        });
    }
    if let Some(bias) = function.get("bias").map(|b| b.exact("the bias")).transpose()?.filter(|b| *b != whole(0)) {
        // What is the same for all packages may stand with any issue.
        match (&weights[0], values.first_mut()) {
            (w, Some(first)) if *w != whole(0) => first.iter_mut().for_each(|v| *v += &bias / w),
            (_, first) => {
                first.into_iter().flatten().for_each(|v| *v = bias.clone());
                weights[0] = whole(1);
            }
        }
    }
    let mut party = Party { name, weights, values, capped: false, reservation: whole(0), discount, veto: false };
    party.reservation = reservation(sheet, function, templates, &party)?;
    Ok(party)
}

/// What belongs to an issue: by its place in a list, by its name in a map.
fn part<'n>(node: &'n Node, at: usize, template: &Template, what: &str) -> Result<&'n Node, Finding> {
    match &node.value {
        Value::List(list) => list.get(at),
        _ => node.get(&template.issue.name),
    }
    .ok_or_else(|| {
        error(format!("{what} lack issue `{}`", visible(&template.issue.name)), &node.head(), "each issue has its own")
    })
}

fn worths(function: &Node, template: &Template, depth: usize) -> Result<Vec<Exact>, Finding> {
    let number = |key: &str| function.get(key).map_or_else(|| Ok(whole(0)), |n| n.exact(key));
    let points = || {
        let found =
            format!("a function of numbers for issue `{}`, whose options are words", visible(&template.issue.name));
        template.points.as_ref().ok_or_else(|| error(found, &function.head(), "a TableFun lists what each is worth"))
    };
    match kind(function).as_str() {
        "TableFun" | "" if function.get("mapping").is_some() || depth > 0 => {
            table(function.get("mapping").unwrap_or(function), template)
        }
        "" => table(function, template),
        "AffineFun" => {
            let (slope, bias) = (function.needs("slope", "an AffineFun")?.exact("the slope")?, number("bias")?);
            Ok(points()?.iter().map(|v| &slope * v + &bias).collect())
        }
        "LinearFun" => {
            let (slope, bias) = (function.needs("slope", "a LinearFun")?.exact("the slope")?, number("bias")?);
            Ok(points()?.iter().map(|v| &slope * v + &bias).collect())
        }
        "IdentityFun" => Ok(points()?.iter().map(|v| v + whole(0)).collect()),
        "ConstFun" => {
            let value = function
                .get("value")
                .or_else(|| function.get("bias"))
                .map_or_else(|| Ok(whole(0)), |n| n.exact("the constant"))?;
            Ok(vec![value; template.issue.options.len()])
        }
        other => {
            let found = format!("a function of the type `{}`", visible(other));
            Err(error(found, &function.head(), "TableFun, AffineFun, LinearFun, IdentityFun and ConstFun are read"))
        }
    }
}

fn table(mapping: &Node, template: &Template) -> Result<Vec<Exact>, Finding> {
    let entries = mapping.map("the table of an issue")?;
    let words: BTreeMap<&str, &Node> = entries.iter().map(|(key, _, node)| (key.trim(), node)).collect();
    // A number may be written otherwise as a key: 1 as 1.0.
    let numbers: BTreeMap<Exact, &Node> = match template.points {
        Some(_) => entries.iter().filter_map(|(key, _, node)| Some((decimal(key)?, node))).collect(),
        None => BTreeMap::new(),
    };
    let find = |(at, option): (usize, &String)| {
        let number = template.points.as_ref().and_then(|points| numbers.get(&points[at]));
        let found = words.get(option.as_str()).or(number);
        let missing = || {
            let found = format!("the table lacks the value `{}`", visible(option));
            error(found, &mapping.head(), "each value has its own")
        };
        found.ok_or_else(missing)?.exact("a value")
    };
    template.issue.options.iter().enumerate().map(find).collect()
}

fn reservation(sheet: &mut Sheet, function: &Node, templates: &[Template], party: &Party) -> Result<Exact, Finding> {
    let outcome = function.get("reserved_outcome").filter(|o| o.value != Value::Nothing);
    if let Some(outcome) = outcome {
        let mut sum = whole(0);
        for (k, template) in templates.iter().enumerate() {
            let word = part(outcome, k, template, "the reserved outcome")?.word("a value")?;
            let option = template.issue.options.iter().position(|o| *o == word);
            let option = option.ok_or_else(|| outcome.wrong("a value of the reserved outcome", "an option"))?;
            sum += &party.weights[k] * &party.values[k][option];
        }
        return Ok(sum);
    }
    let Some(value) = function.get("reserved_value").filter(|v| v.value != Value::Nothing) else { return Ok(whole(0)) };
    let word = value.word("the reserved value")?;
    if [".inf", "+.inf"].contains(&word.to_ascii_lowercase().as_str()) {
        return Err(error("no package is worth as much as no deal", &value.head(), "name what no deal is worth"));
    }
    if word.eq_ignore_ascii_case("-.inf") {
        let least = |k: usize| party.values[k].iter().map(|v| v * &party.weights[k]).min().unwrap_or_else(|| whole(0));
        let worst = (0..templates.len()).map(least).fold(whole(0), |sum, least| sum + least).min(whole(0));
        let found = "the reserved value is without bound";
        sheet.warn(found, &value.head(), format!("no deal is read as worth {worst}, which no package is below"));
        return Ok(worst);
    }
    value.exact("the reserved value")
}

fn discounted(sheet: &mut Sheet, wrapper: &Node) -> Result<Option<Exact>, Finding> {
    let Some(node) = wrapper.get("discount").filter(|d| d.value != Value::Nothing) else { return Ok(None) };
    let discount = node.exact("the discount")?;
    if discount > whole(0) && discount < whole(1) {
        let factor = wrapper.get("factor").and_then(|f| f.word("the factor").ok());
        if let Some(factor) = factor.filter(|f| f != "relative_time") {
            let found = format!("a discount by `{}`", visible(&factor));
            let hint = "it is read as by `relative_time`, which goes from 0 to 1 in a session";
            sheet.warn(found, &wrapper.get("factor").unwrap_or(node).head(), hint);
        }
        if let Some(fixed) = wrapper.get("dynamic_reservation").filter(|it| it.value == Value::Flag(false)) {
            sheet.warn("a reservation that keeps its worth", &fixed.head(), "it is read as discounted as well");
        }
        return Ok(Some(discount));
    }
    if discount != whole(1) {
        sheet.warn("a discount outside 0 to 1", &node.head(), "it is read as 1: nothing is lost");
    }
    Ok(None)
}
