//! Where somebody reckons: whether there is an answer, and whether a list of packages can settle it; and what only reckoning reads.

use super::Reader;
use super::idle::path_of;
use crate::model::Negotiation;
use crate::model::reckoning::{Case, Pie, Problem};
use crate::num::Order as _;

/// How far a list may leave an answer open, as a share of what there is to divide.
const LEFT_OPEN: f64 = 0.05;

/// Adds findings for what is reckoned, or only written for it.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    let Some(intent) = n.intents.iter().find(|it| it.reckons()) else { return unread(reader, n) };
    let path = format!("{}.tactic", path_of(n, intent));
    match n.reckoned() {
        Err(why) => {
            let hint = "give both sides other tactics, or take away what stands in the way";
            reader.error_at(&path, why.to_string(), hint);
        }
        Ok(Case::Known(problem)) => coarse(reader, &path, &problem),
        Ok(Case::Kinds(_)) => {}
    }
}

/// What only reckoning reads, where nobody reckons.
fn unread(reader: &mut Reader, n: &Negotiation) {
    for issue in n.space.issues.iter().filter(|issue| issue.cut) {
        let found = format!("`{}` is cut anywhere, and nobody reckons", issue.id);
        reader.warn_at(
            &format!("issues.{}", issue.id),
            found,
            "`cut` is not used; write tactic = \"reckons\", or leave it out",
        );
    }
    if n.token.is_some() {
        reader.warn_at(
            "token",
            "the token tells nothing where nobody reckons",
            "write tactic = \"reckons\", or leave it out",
        );
    }
}

/// On a list each step rounds to the next package, and the error of one is carried on to those before it: up to g / (1 − δ), g the
/// largest gap between two packages of the frontier and δ what a step leaves.
fn coarse(reader: &mut Reader, path: &str, problem: &Problem) {
    let (Pie::List(list), Some(steps)) = (&problem.pie, problem.steps) else { return };
    let patience = problem.patience(0).max(problem.patience(1));
    let open = |side: usize| {
        let mut worth: Vec<f64> = list.iter().map(|(_, worth)| worth[side]).collect();
        worth.order_by(f64::total_cmp);
        let gap = worth.windows(2).map(|w| w[1] - w[0]).fold(0.0, f64::max);
        let span = worth.last().zip(worth.first()).map_or(0.0, |(most, least)| most - least);
        let carried = if patience < 1.0 { (1.0 / (1.0 - patience)).min(f64::from(steps)) } else { f64::from(steps) };
        if span > 0.0 { (gap * carried / span).min(1.0) } else { 0.0 }
    };
    let open = open(0).max(open(1));
    if steps > 1 && open > LEFT_OPEN {
        let found =
            format!("a list of {} packages leaves up to {:.0} % of what there is open", list.len(), open * 100.0);
        reader.warn_at(path, found, "cut the issue \"anywhere\", or make its steps smaller");
    }
}
