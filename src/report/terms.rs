//! Packages, audiences, inputs and items by name, for prose and for the command line.

use super::words::visible;
use crate::analysis::Item;
use crate::model::{Beholder, IssueId, Negotiation, Package};

/// A package in words: `Pay rise: 3; No dismissals: for two years`, leaving out what stays as now.
#[must_use]
pub fn in_words(n: &Negotiation, package: &Package) -> String {
    let picks = n.space.picks(package).enumerate();
    let changed = picks.filter(|(k, (issue, _))| issue.now != Some(package.option(IssueId(*k))));
    let terms: Vec<String> = changed.map(|(_, (issue, option))| format!("{}: {}", issue.name, option.name)).collect();
    if terms.is_empty() { "everything stays as it is now".into() } else { visible(&terms.join("; ")) }
}

/// A package as `--package` takes it: `pay=3,jobs=two`, or `now` if nothing changes.
#[must_use]
pub fn as_flag(n: &Negotiation, package: &Package) -> String {
    if n.space.as_now().as_ref() == Some(package) { "now".into() } else { n.space.changes(package).to_string() }
}

/// The same with blanks after the commas, so that lines can be broken.
#[must_use]
pub fn as_list(n: &Negotiation, package: &Package) -> String {
    as_flag(n, package).replace(',', ", ")
}

/// The identifier under which the scenario names a package.
#[must_use]
pub fn named<'a>(n: &'a Negotiation, package: &Package) -> Option<&'a str> {
    n.packages.iter().find(|p| p.package == *package).map(|p| p.id.as_str())
}

/// An audience or a leadership by name.
#[must_use]
pub fn beholder(n: &Negotiation, of: Beholder) -> String {
    match of {
        Beholder::Leadership(i) => format!("the leadership of {}", visible(&n.actor(i).name)),
        Beholder::Audience(a) => visible(&n.audience(a).name),
    }
}

/// The identifier of an audience or a leadership.
#[must_use]
pub fn beholder_id(n: &Negotiation, of: Beholder) -> &str {
    match of {
        Beholder::Leadership(i) => &n.actor(i).id,
        Beholder::Audience(a) => &n.audience(a).id,
    }
}

/// The kind of an item in one word.
#[must_use]
pub fn kind(item: Item) -> &'static str {
    match item {
        Item::Option(..) => "option",
        Item::Claim(_) => "claim",
        Item::RedLine(..) => "red line",
        Item::Audience(_) => "audience",
    }
}

/// An item in words.
#[must_use]
pub fn item(n: &Negotiation, item: Item) -> String {
    let text = match item {
        Item::Option(k, o) => {
            let issue = &n.space.issues[k.0];
            format!("the option {}: {}", issue.name, issue.options[o.0].name)
        }
        Item::Claim(c) => format!("the claim “{}”", n.claims[c.0].says.trim_end_matches('.')),
        Item::RedLine(of, line) => {
            let lines = match of {
                Beholder::Leadership(i) => &n.actor(i).red_lines,
                Beholder::Audience(a) => &n.audience(a).red_lines,
            };
            format!("the red line `{}` of {}", lines[line].name, beholder(n, of))
        }
        Item::Audience(a) => format!("the verdict of {}", n.audience(a).name),
    };
    visible(&text)
}
