//! The nearest miss in words: who refuses it, by how much, and what would mend it.

use super::super::terms::{all_or_enough, as_list, beholder};
use crate::model::{Beholder, Condition, Negotiation, Scale};
use crate::space::{NearestMiss, Repair, RepairKind, Shortfall, Within};
use crate::text::words::{bullet, capital, counted, list, margin, number, paragraph, percent, visible};

/// Repairs shown.
const SHOWN: usize = 6;

/// A nearest miss; `ungranted` if it is the one that some holder does not grant.
pub(super) fn miss(n: &Negotiation, scale: Scale, m: &NearestMiss, ungranted: bool) -> String {
    let terms = as_list(n, &m.package);
    let mut text = paragraph(&if ungranted {
        format!("Nearer, but not in the parties' hands: {terms}.")
    } else {
        format!("The nearest miss{} is {terms}.", among(n, m.within))
    });
    for (k, o) in &m.ungranted {
        let issue = &n.space.issues[k.0];
        let option = &issue.options[o.0];
        let holders = option.holders.iter().map(|(who, _)| visible(&n.actor(*who).name));
        text +=
            &bullet(&format!("{}: {} is for {} to grant.", visible(&issue.name), visible(&option.name), list(holders)));
    }
    for j in m.judged.iter().filter(|j| j.refuses) {
        text += &bullet(&refusal(n, scale, j));
    }
    text + &repairs(n, m)
}

fn among(n: &Negotiation, within: Within) -> String {
    let (enough, of) = (all_or_enough(n), if n.has_coalitions() { " of those who would then be enough" } else { "" });
    match within {
        Within::Rational => format!(" among the packages that {enough} leaderships would sign"),
        Within::NoRedLine => format!(" among the packages that cross no red line{of}"),
        Within::All => format!(", every package crossing some red line{of},"),
    }
}

fn refusal(n: &Negotiation, scale: Scale, j: &Shortfall) -> String {
    let who = capital(&beholder(n, j.beholder));
    let mut parts = Vec::new();
    if let Some(slack) = j.slack.filter(|slack| *slack < 0) {
        let points = number(-scale.points(slack));
        let of = match j.beholder {
            Beholder::Leadership(_) => "what no deal is worth",
            Beholder::Audience(_) => "the line",
        };
        let share = j.share.map_or("as all packages are".to_owned(), |share| format!("{} of the span", margin(-share)));
        parts.push(format!("{points} points short of {of}, {share}"));
    }
    for at in &j.crossed {
        let line = &n.red_lines(j.beholder)[*at];
        let lifts: Vec<String> = line.clause.unless.iter().map(|c| condition(n, c)).collect();
        let lifted = if lifts.is_empty() {
            "nothing lifts it".to_owned()
        } else {
            format!("lifted by {}", lifts.join(" or by "))
        };
        parts.push(format!("the red line `{}` is crossed ({lifted})", line.id));
    }
    format!("{who}: {}.", list(&parts))
}

fn condition(n: &Negotiation, condition: &Condition) -> String {
    let term = |(k, options): &(crate::model::IssueId, crate::model::OptionSet)| {
        let issue = &n.space.issues[k.0];
        let names: Vec<String> = options.iter().map(|o| visible(&issue.options[o.0].name)).collect();
        format!("{}: {}", visible(&issue.name), names.join(" or "))
    };
    condition.terms.iter().map(term).collect::<Vec<_>>().join(" with ")
}

fn repairs(n: &Negotiation, m: &NearestMiss) -> String {
    let (near, far): (Vec<&Repair>, Vec<&Repair>) = m.repairs.iter().partition(|r| r.to.is_some());
    let mut text = String::new();
    if !near.is_empty() {
        text += &paragraph("One change alone, all else as it is:");
    }
    for r in near.iter().take(SHOWN) {
        text += &bullet(&repair(n, r));
    }
    if near.len() > SHOWN {
        text += &bullet(&format!("and {} more.", near.len() - SHOWN));
    }
    if !far.is_empty() {
        text +=
            &paragraph(&format!("{} would have to leave their ranges.", capital(&counted(far.len(), "other number"))));
    }
    text
}

fn repair(n: &Negotiation, r: &Repair) -> String {
    let path = &n.inputs.get(r.input).path;
    let whom = r.judge.map_or_else(String::new, |b| format!(": enough for {}", beholder(n, b)));
    let settles =
        if r.settles { ", and the package would do".into() } else { format!(", though not for {}", all_or_enough(n)) };
    match (r.kind, r.to) {
        (RepairKind::Grant, _) => format!("The holder's grant, `{path}`{settles}."),
        (_, Some(to)) => {
            let share = r.share_of_range.map_or_else(String::new, |s| format!(" ({} of its range)", percent(s)));
            format!("`{path}` at {} instead of {}{share}{whom}{settles}.", number(to), number(r.from))
        }
        (_, None) => format!("`{path}` is not within its range."),
    }
}
