//! One profile of GENIUS: what a party makes of every option of a domain.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::{Party, whole};
use super::genius::{Kind, Template, cut, exact, issues, kind_of, not_a_number, range, stem, strangers};
use super::sheet::{Sheet, decimal, error};
use super::xml::Element;
use crate::games::Exact;
use crate::scenario::Finding;
use crate::visible::visible;

/// The greatest evaluation of an issue below which all of it is worth nothing: 10⁻⁵, as in GENIUS.
const LEAST: (i64, i64) = (1, 100_000);

/// Children of a profile that say nothing of its utilities.
const KNOWN: [&str; 5] = ["objective", "discount_factor", "reservation", "weight", "issue"];

/// Reads a profile.
///
/// # Errors
/// It is no linear profile of this domain.
pub fn read(sheet: &mut Sheet, root: &Element, templates: &[Template]) -> Result<Party, Finding> {
    let space = space(root)?;
    let mut found = Vec::new();
    issues(sheet, space, &mut found);
    if space.named("objective").next().is_none() && !found.is_empty() {
        sheet.warn("the profile has no `<objective>`", &space.span, "its issues are read where they stand");
    }
    if found.is_empty() {
        let hint = "a profile repeats the issues of its domain, with an evaluation for each item";
        return Err(error("the profile holds no issue", &space.span, hint));
    }
    if found.iter().flat_map(|i| i.named("item")).next().is_some_and(|_| found.iter().all(|i| is_blank(i))) {
        let hint = "it is a form that nobody has filled in";
        return Err(error("no item of the profile has an evaluation", &found[0].span, hint));
    }
    let weights = weights(sheet, space, templates)?;
    let mut values: Vec<Option<Vec<Exact>>> = vec![None; templates.len()];
    for issue in found {
        let Some(at) = belongs(sheet, issue, templates)? else { continue };
        if values[at].is_some() {
            let found = format!("issue `{}` stands in the profile twice", visible(&templates[at].issue.name));
            return Err(error(found, &issue.span, "keep one"));
        }
        values[at] = Some(evaluate(sheet, issue, &templates[at])?);
    }
    let mut all = Vec::new();
    for (found, template) in values.into_iter().zip(templates) {
        let missing = || {
            let found = format!("the profile lacks issue `{}` of the domain", visible(&template.issue.name));
            error(found, &space.span, "a profile has an evaluation for every issue")
        };
        all.push(found.ok_or_else(missing)?);
    }
    extras(sheet, space);
    let (reservation, discount) = (reservation(space)?, discount(sheet, space)?);
    let name = stem(&sheet.name);
    Ok(Party { name, weights, values: all, capped: true, reservation, discount, veto: false })
}

/// The element that holds a profile.
fn space(root: &Element) -> Result<&Element, Finding> {
    if root.name != "utility_space" {
        let (found, hint) = match root.name.as_str() {
            "negotiation_template" => {
                ("this is a domain, where a profile should be".to_owned(), "name one domain, first")
            }
            other => {
                (format!("`<{}>` is no profile of GENIUS", visible(other)), "a profile begins with `<utility_space>`")
            }
        };
        return Err(error(found, &root.span, hint));
    }
    let kind = root.value("type").unwrap_or_default().to_ascii_lowercase();
    if kind.contains("nonlinear") || has_rules(root) {
        let found = "this profile is nonlinear: its utility is a sum over hyper-rectangles of several issues";
        return Err(error(found, root.place("type"), "only linear profiles, a sum over issues, are read"));
    }
    Ok(root)
}

/// Whether there are rules over several issues anywhere.
fn has_rules(element: &Element) -> bool {
    let is_rule = |name: &str| ["ufun", "rule", "hyperrectangle"].contains(&name.to_ascii_lowercase().as_str());
    element.children.iter().any(|child| is_rule(&child.name) || has_rules(child))
}

fn is_blank(issue: &Element) -> bool {
    issue.named("item").all(|item| item.value("evaluation").is_none_or(is_null))
        && issue.named("evaluator").next().is_none()
}

fn is_null(word: &str) -> bool {
    ["", "null"].contains(&word.trim().to_ascii_lowercase().as_str())
}

/// Weights by issue. They stand anywhere in the profile.
fn weights(sheet: &mut Sheet, space: &Element, templates: &[Template]) -> Result<Vec<Exact>, Finding> {
    let (mut found, mut others) = (Vec::new(), BTreeSet::new());
    collect(space, &mut found, &mut others);
    let mut weights: BTreeMap<&str, Exact> = BTreeMap::new();
    for weight in found {
        let index = weight
            .value("index")
            .map(str::trim)
            .ok_or_else(|| not_a_number(weight, "index", "the index of an issue"))?;
        if !templates.iter().any(|t| t.index == index) {
            // Some files give the objective itself a weight.
            if !others.contains(index) {
                let found = format!("a weight for index {}, which no issue has", visible(index));
                sheet.warn(found, &weight.span, "it counts for nothing");
            }
            continue;
        }
        let value = exact(weight, "value")?;
        if value < whole(0) {
            return Err(error("a weight below 0", weight.place("value"), "turn the evaluations round instead"));
        }
        if weights.insert(index, value).is_some() {
            sheet.warn(format!("a second weight for index {}", visible(index)), &weight.span, "the last one counts");
        }
    }
    let mut of = |t: &Template| {
        weights.get(t.index.as_str()).cloned().unwrap_or_else(|| {
            let found = format!("no weight for issue `{}`", visible(&t.issue.name));
            sheet.warn(found, &space.span, "it is 0: the party does not care");
            whole(0)
        })
    };
    Ok(templates.iter().map(&mut of).collect())
}

/// All weights below an element, and the indices of its objectives.
fn collect<'a>(within: &'a Element, found: &mut Vec<&'a Element>, objectives: &mut BTreeSet<&'a str>) {
    for child in &within.children {
        match child.name.as_str() {
            "weight" => found.push(child),
            "objective" if within.name != "objective" => objectives.extend(child.value("index").map(str::trim)),
            _ => {}
        }
        collect(child, found, objectives);
    }
}

/// The issue of the domain with the same index; by its name, with a warning, where the index is another.
fn belongs(sheet: &mut Sheet, issue: &Element, templates: &[Template]) -> Result<Option<usize>, Finding> {
    let (index, name) = (issue.value("index").map(str::trim), issue.value("name").map_or("", str::trim));
    let by_index = templates.iter().position(|t| Some(t.index.as_str()) == index);
    let by_name = by_index.filter(|at| templates[*at].issue.name == name);
    let by_name = by_name.or_else(|| templates.iter().position(|t| t.issue.name == name));
    let called = visible(name);
    match (by_index, by_name) {
        (Some(at), Some(named)) if at != named => {
            let found = format!(
                "issue `{called}` has the index of issue `{}` of the domain",
                visible(&templates[at].issue.name)
            );
            Err(error(found, &issue.span, "profile and domain do not go together"))
        }
        (Some(at), None) => {
            let hint = format!("it goes by its index with issue `{}`", visible(&templates[at].issue.name));
            sheet.warn(format!("the domain has no issue called `{called}`"), issue.place("name"), hint);
            Ok(Some(at))
        }
        (None, Some(at)) => {
            let found = match index {
                Some(_) => format!("the domain has issue `{called}` under another index"),
                None => format!("issue `{called}` has no index"),
            };
            Err(error(
                found,
                issue.place("index"),
                format!("there it has the index {}, by which weights go", visible(&templates[at].index)),
            ))
        }
        (None, None) => {
            sheet.warn(format!("the domain has no issue `{called}`"), &issue.span, "it counts for nothing");
            Ok(None)
        }
        (Some(at), Some(_)) => Ok(Some(at)),
    }
}

/// What each option of an issue is worth, before its weight.
fn evaluate(sheet: &mut Sheet, issue: &Element, template: &Template) -> Result<Vec<Exact>, Finding> {
    let expected = match template.kind {
        Kind::Discrete => "discrete",
        Kind::Integer { .. } => "integer",
        Kind::Real { .. } => "real",
    };
    if kind_of(issue) != expected {
        let found = format!("an issue of the type `{}`, which is {expected} in the domain", visible(kind_of(issue)));
        return Err(error(found, issue.place("type"), "profile and domain do not go together"));
    }
    match &template.kind {
        Kind::Discrete => discrete(sheet, issue, template),
        Kind::Integer { lower, upper } => {
            for (key, bound) in [("lowerbound", lower), ("upperbound", upper)] {
                if issue.value(key).is_some_and(|word| word.trim().parse() != Ok(*bound)) {
                    let found = format!("`{key}` is another than in the domain, where it is {bound}");
                    return Err(error(found, issue.place(key), "profile and domain do not go together"));
                }
            }
            let evaluator = evaluator(issue)?;
            if let Some(other) = evaluator.value("ftype").filter(|f| *f != "linear") {
                let found = format!("an integer issue with the function `{}`", visible(other));
                return Err(error(found, evaluator.place("ftype"), "only `linear` is read"));
            }
            let (slope, offset) = (exact(evaluator, "slope")?, exact(evaluator, "offset")?);
            Ok((0..=upper - lower).map(|step| clamp(&slope * whole(step) + &offset)).collect())
        }
        Kind::Real { lower, upper } => {
            if issue.named("range").next().is_some() && range(issue)? != (lower.clone(), upper.clone()) {
                let hint = "profile and domain do not go together";
                return Err(error("the range is another than in the domain", &issue.span, hint));
            }
            let steps = template.issue.options.len() as u32 - 1;
            let function = Function::of(evaluator(issue)?)?;
            Ok(cut(lower, upper, steps).iter().map(|v| function.at(v)).collect())
        }
    }
}

fn evaluator(issue: &Element) -> Result<&Element, Finding> {
    let missing = || error("an issue without an `<evaluator>`", &issue.span, "it says what each value is worth");
    issue.named("evaluator").next().ok_or_else(missing)
}

fn discrete(sheet: &mut Sheet, issue: &Element, template: &Template) -> Result<Vec<Exact>, Finding> {
    let mut found: BTreeMap<&str, Exact> = BTreeMap::new();
    let known: BTreeSet<&str> = template.issue.options.iter().map(String::as_str).collect();
    for item in issue.named("item") {
        let Some(value) = item.value("value").map(str::trim).filter(|v| !v.is_empty()) else {
            sheet.warn("an item without a value", &item.span, "it is left out");
            continue;
        };
        let worth = match item.attribute("evaluation") {
            Some(word) if !is_null(&word.value) => {
                decimal(&word.value).ok_or_else(|| not_a_number(item, "evaluation", "a number such as 12"))?
            }
            _ => {
                let found = format!("the item `{}` has no evaluation", visible(value));
                sheet.warn(found, item.place("evaluation"), "it is worth 0");
                whole(0)
            }
        };
        if !known.contains(value) {
            let found = format!("the domain does not have the value `{}` here", visible(value));
            sheet.warn(found, item.place("value"), "nobody can offer it; it counts only for the greatest evaluation");
        }
        if found.insert(value, worth.clone()).is_some_and(|before| before != worth) {
            let found = format!("a second evaluation of `{}`", visible(value));
            sheet.warn(found, &item.span, "the last one counts");
        }
    }
    for missing in template.issue.options.iter().filter(|value| !found.contains_key(value.as_str())) {
        let found = format!("the profile does not have the value `{}`", visible(missing));
        sheet.warn(found, &issue.span, "it is worth 0");
    }
    let most = found.values().max().cloned().unwrap_or_else(|| whole(0));
    let worth = |value: &String| match found.get(value.as_str()) {
        Some(worth) if most >= Exact::new(LEAST.0.into(), LEAST.1.into()) => worth / &most,
        _ => whole(0),
    };
    Ok(template.issue.options.iter().map(worth).collect())
}

/// What a value of a real issue is worth.
enum Function {
    /// `a · v + b`, within [0, 1].
    Linear(Exact, Exact),
    /// The same everywhere, as it stands.
    Constant(Exact),
    /// Zero at and beyond both ends, 1 at the top.
    Triangle { low: Exact, high: Exact, top: Exact },
}

impl Function {
    fn of(evaluator: &Element) -> Result<Self, Finding> {
        match evaluator.value("ftype").unwrap_or("linear") {
            "linear" => Ok(Self::Linear(exact(evaluator, "parameter1")?, exact(evaluator, "parameter0")?)),
            "constant" => Ok(Self::Constant(exact(evaluator, "parameter0")?)),
            "triangular" => {
                let [low, high, top] = ["parameter0", "parameter1", "parameter2"].map(|key| exact(evaluator, key));
                let (low, high, top) = (low?, high?, top?);
                if low <= top && top <= high && low < high {
                    return Ok(Self::Triangle { low, high, top });
                }
                Err(error("the top of this triangle lies outside its ends", &evaluator.span, "low ≤ top ≤ high"))
            }
            other => {
                let found = format!("a real issue with the function `{}`", visible(other));
                Err(error(found, evaluator.place("ftype"), "linear, constant and triangular are read"))
            }
        }
    }

    fn at(&self, v: &Exact) -> Exact {
        match self {
            Self::Linear(slope, offset) => clamp(slope * v + offset),
            Self::Constant(worth) => worth.clone(),
            Self::Triangle { low, high, top } if v < low || v > high => {
                debug_assert!(low <= top && top <= high, "checked when it was read");
                whole(0)
            }
            Self::Triangle { low, top, .. } if v < top => (v - low) / (top - low),
            Self::Triangle { high, top, .. } if v > top => (high - v) / (high - top),
            Self::Triangle { .. } => whole(1),
        }
    }
}

fn clamp(x: Exact) -> Exact {
    x.max(whole(0)).min(whole(1))
}

/// Children that uncertain profiles have, and others that say nothing here.
fn extras(sheet: &mut Sheet, space: &Element) {
    space
        .children
        .iter()
        .filter(|child| KNOWN.contains(&child.name.as_str()))
        .for_each(|child| strangers(sheet, child));
    let odd: Vec<String> =
        space.children.iter().filter(|c| !KNOWN.contains(&c.name.as_str())).map(|c| visible(&c.name)).collect();
    if let Some(first) = space.children.iter().find(|c| !KNOWN.contains(&c.name.as_str())) {
        let found = format!("the profile also holds {}", crate::visible::visible(&odd.join(", ")));
        sheet.warn(found, &first.span, "it is left out; utilities are read as if they were known");
    }
}

/// All elements with a name, anywhere.
fn anywhere<'a>(within: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for child in &within.children {
        if child.name == name {
            found.push(child);
        }
        anywhere(child, name, found);
    }
}

fn reservation(space: &Element) -> Result<Exact, Finding> {
    let mut found = Vec::new();
    anywhere(space, "reservation", &mut found);
    match found[..] {
        [] => Ok(whole(0)),
        [one] => exact(one, "value"),
        [_, second, ..] => Err(error("a second reservation value", &second.span, "keep one")),
    }
}

/// What a whole session leaves; 1 where it is no number in (0, 1].
fn discount(sheet: &mut Sheet, space: &Element) -> Result<Option<Exact>, Finding> {
    let mut found = Vec::new();
    anywhere(space, "discount_factor", &mut found);
    let element = match found[..] {
        [] => return Ok(None),
        [one] => one,
        [_, second, ..] => return Err(error("a second discount factor", &second.span, "keep one")),
    };
    match element.value("value").and_then(decimal) {
        Some(x) if x > whole(0) && x < whole(1) => Ok(Some(x)),
        Some(x) if x == whole(1) => Ok(None),
        Some(_) => {
            sheet.warn("a discount factor outside 0 to 1", element.place("value"), "it is read as 1, as GENIUS does");
            Ok(None)
        }
        None => {
            sheet.warn(
                "a discount factor that is no number",
                element.place("value"),
                "it is read as 1: nothing is lost",
            );
            Ok(None)
        }
    }
}
