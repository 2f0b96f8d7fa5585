//! Scorable games: each party's points for each option, the least it signs for, and who has a veto.
//!
//! As JSON, `{parties: {name: {minimum, veto, scores: {issue: {option: points}}}}}` and perhaps `at_least`, how many parties
//! suffice; or as a folder with one CSV a party: lines `issue,option,points`, and `minimum,,30`, `veto,,yes`.
//! Where there are more than two parties and one of them has a veto, all but one suffice, those with a veto among them:
//! the rule of such games. Source: Susskind (1985).

use std::collections::BTreeSet;

use super::domain::{Domain, Format, Issue, Party, whole};
use super::genius::{MOST_OPTIONS, stem, too_many};
use super::json;
use super::sheet::{Refused, Sheet, at_sheet, decimal, error};
use super::tree::{Node, Value};
use crate::games::Exact;
use crate::scenario::{Finding, Span, advice};
use crate::visible::visible;

/// The keys of a party.
const KEYS: [&str; 3] = ["minimum", "veto", "scores"];

/// What one party says: its name, minimum and veto, and its points with their places.
struct Says {
    name: String,
    minimum: Exact,
    veto: bool,
    points: Vec<(String, Vec<(String, Exact)>)>,
    place: Span,
}

/// Reads one JSON file, or a CSV for each party.
///
/// # Errors
/// The number of the sheet at fault, and why it is refused.
pub fn read(sheets: &mut [Sheet]) -> Result<Domain, Refused> {
    let mut said: Vec<(usize, Says)> = Vec::new();
    let (mut at_least, mut title) = (None, "A scorable game".to_owned());
    if sheets[0].text.trim_start().starts_with('{') {
        if sheets.len() > 1 {
            return Err(at_sheet(1, error("a scorable game is one file", &(0..0), "or a folder with one CSV a party")));
        }
        let root = json::read(&sheets[0].text).map_err(|e| at_sheet(0, e))?;
        let at = |e| at_sheet(0, e);
        for (name, span, party) in root.needs("parties", "the game").and_then(|p| p.map("`parties`")).map_err(at)? {
            for (key, place, _) in party.entries().iter().filter(|(key, ..)| !KEYS.contains(&key.as_str())) {
                let found = format!("`{}` is no key of a party, and is passed over", visible(key));
                sheets[0].warn(found, place, advice(key, "keys", &KEYS));
            }
            said.push((0, of_json(name, span, party).map_err(at)?));
            if said.len() == super::MOST_FILES {
                return Err(at_sheet(0, error("a game of too many parties", span, "64 at most")));
            }
        }
        if let Some(node) = root.get("at_least") {
            let number = node.exact("`at_least`").map_err(at)?;
            let accepted = format!("a whole number from 1 to {}, the parties,", said.len());
            let found = (1..=said.len()).find(|n| whole(*n as i64) == number);
            at_least = Some(found.ok_or_else(|| at(node.wrong("`at_least`", &accepted)))?);
        }
        title = root
            .get("name")
            .or_else(|| root.get("title"))
            .and_then(|n| n.word("the name").ok())
            .unwrap_or_else(|| stem(&sheets[0].name));
    } else {
        for (at, sheet) in sheets.iter_mut().enumerate() {
            said.push((at, of_csv(sheet).map_err(|e| at_sheet(at, e))?));
        }
    }
    let Some((_, first)) = said.first() else {
        return Err(at_sheet(0, error("the game has no party", &(0..1), "parties stand in `parties`")));
    };
    let issues: Vec<Issue> = first
        .points
        .iter()
        .map(|(name, options)| Issue {
            name: name.clone(),
            options: options.iter().map(|(o, _)| o.clone()).collect(),
            ordered: false,
        })
        .collect();
    if let Some(issue) = issues.iter().find(|i| !(2..=MOST_OPTIONS).contains(&i.options.len())) {
        let found = format!("issue `{}` has {} options", visible(&issue.name), issue.options.len());
        return Err(at_sheet(said[0].0, error(found, &first.place, format!("an issue has 2 to {MOST_OPTIONS}"))));
    }
    let mut parties = Vec::new();
    for (at, says) in &said {
        parties.push(party(says, &issues).map_err(|e| at_sheet(*at, e))?);
    }
    let vetoes = parties.iter().any(|p| p.veto);
    let at_least = at_least.or((vetoes && parties.len() > 2).then(|| parties.len() - 1)).filter(|n| *n < parties.len());
    if let Some(number) = at_least {
        let found = format!("{number} of the {} parties suffice, those with a veto among them", parties.len());
        sheets[0].warn(found, &(0..1), "the rule of such games; `agree` in the file that is written says so");
    }
    Ok(Domain { format: Format::Scorable, title, issues, parties, at_least })
}

fn of_json(name: &str, span: &Span, party: &Node) -> Result<Says, Finding> {
    let minimum = party.get("minimum").map_or_else(|| Ok(whole(0)), |n| n.exact("the minimum"))?;
    let veto = match party.get("veto").map(|v| &v.value) {
        None | Some(Value::Nothing | Value::Flag(false)) => false,
        Some(Value::Flag(true)) => true,
        Some(_) => return Err(party.needs("veto", "the party")?.wrong("`veto`", "true or false")),
    };
    let mut points = Vec::new();
    too_many(party.needs("scores", "the party")?.entries().len(), span)?;
    for (issue, _, options) in party.needs("scores", "the party")?.map("`scores`")? {
        let of =
            |(option, _, points): &(String, Span, Node)| Ok((option.trim().to_owned(), points.exact("the points")?));
        points.push((
            issue.trim().to_owned(),
            options.map("the points of an issue")?.iter().map(of).collect::<Result<Vec<_>, _>>()?,
        ));
        let mut known = BTreeSet::new();
        if let Some((twice, place, _)) = options.entries().iter().find(|(option, ..)| !known.insert(option.trim())) {
            return Err(error(format!("a second `{}`", visible(twice.trim())), place, "keep one"));
        }
    }
    Ok(Says { name: name.to_owned(), minimum, veto, points, place: span.clone() })
}

fn of_csv(sheet: &mut Sheet) -> Result<Says, Finding> {
    let name = stem(&sheet.name);
    let mut says = Says { name, minimum: whole(0), veto: false, points: Vec::new(), place: 0..1 };
    let (text, mut at) = (sheet.text.clone(), 0);
    let mut own = BTreeSet::new();
    for (number, raw) in text.split_inclusive('\n').enumerate() {
        let (line, span) = (raw.trim(), at..at + raw.trim_end().len());
        at += raw.len();
        if line.is_empty()
            || line.starts_with('#')
            || (number == 0 && line.to_ascii_lowercase().starts_with("issue,option"))
        {
            continue;
        }
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
        let [issue, option, points] = cells[..] else {
            return Err(error(
                format!("a line of {} cells", cells.len()),
                &span,
                "`issue,option,points`; no cell holds a comma",
            ));
        };
        let number = || {
            decimal(points)
                .ok_or_else(|| error(format!("`{}` is no number", visible(points)), &span, "points such as 12 or 7.5"))
        };
        match (issue, option) {
            ("minimum" | "veto", "") if !own.insert(issue) => {
                return Err(error(format!("a second line for `{issue}`"), &span, "keep one"));
            }
            ("minimum", "") => says.minimum = number()?,
            ("veto", "") => {
                says.veto = match points.to_ascii_lowercase().as_str() {
                    "yes" | "true" | "1" => true,
                    "no" | "false" | "0" | "" => false,
                    _ => return Err(error(format!("the veto is `{}`", visible(points)), &span, "yes or no")),
                }
            }
            ("", _) | (_, "") => {
                return Err(error("a line without an issue or an option", &span, "`issue,option,points`"));
            }
            _ => {
                let points = number()?;
                let known = says.points.iter().position(|(name, _)| name == issue);
                let place = known.unwrap_or_else(|| {
                    says.points.push((issue.to_owned(), Vec::new()));
                    says.points.len() - 1
                });
                too_many(says.points.len(), &span)?;
                let options = &mut says.points[place].1;
                if options.iter().any(|(known, _)| known == option) {
                    return Err(error(format!("a second line for `{}`", visible(option)), &span, "keep one"));
                }
                if options.len() == MOST_OPTIONS {
                    return Err(error(
                        "an issue with too many options",
                        &span,
                        format!("at most {MOST_OPTIONS} can be read"),
                    ));
                }
                options.push((option.to_owned(), points));
            }
        }
    }
    if says.points.is_empty() {
        return Err(error(
            "the table has no line `issue,option,points`",
            &(0..1),
            "minimum and veto alone are no party",
        ));
    }
    Ok(says)
}

fn party(says: &Says, issues: &[Issue]) -> Result<Party, Finding> {
    if says.points.len() != issues.len() {
        let found = format!(
            "`{}` has points for {} issues, the first party for {}",
            visible(&says.name),
            says.points.len(),
            issues.len()
        );
        return Err(error(found, &says.place, "all parties have points for the same issues"));
    }
    let mut values = Vec::new();
    for issue in issues {
        let its = says.points.iter().find(|(name, _)| *name == issue.name);
        let missing = |what: &str, name: &str| {
            error(
                format!("`{}` lacks the {what} `{}`", visible(&says.name), visible(name)),
                &says.place,
                "all parties have points for the same options",
            )
        };
        let (_, its) = its.ok_or_else(|| missing("issue", &issue.name))?;
        if its.len() != issue.options.len() {
            return Err(error(
                format!(
                    "`{}` has other options for `{}` than the first party",
                    visible(&says.name),
                    visible(&issue.name)
                ),
                &says.place,
                "all parties have points for the same options",
            ));
        }
        let points = |option: &String| {
            let found = its.iter().find(|(name, _)| name == option).map(|(_, points)| points.clone());
            found.ok_or_else(|| missing("option", option))
        };
        values.push(issue.options.iter().map(points).collect::<Result<_, _>>()?);
    }
    let weights = vec![whole(1); issues.len()];
    let name = says.name.clone();
    Ok(Party {
        name,
        weights,
        values,
        capped: false,
        reservation: says.minimum.clone(),
        discount: None,
        veto: says.veto,
    })
}
