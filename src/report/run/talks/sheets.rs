//! What the talks come to, as CSV.

use super::super::super::story;
use super::super::super::terms::{as_flag, named, term};
use super::super::Answer;
use super::super::sheets::{cells, heads};
use super::ending_id;
use super::terms::by_term;
use crate::analysis::Reached;
use crate::text::sheet::csv;

/// One row an ending: over all runs, those where one exists, those of each reading, those of each intent.
#[must_use]
pub fn endings(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let mut head: Vec<String> = ["by", "which", "ending"].map(String::from).into();
    head.extend(heads("runs"));
    let mut groups = vec![("all", String::new(), &r.endings), ("one-exists", String::new(), &r.where_one_exists)];
    groups.extend(n.readings.iter().zip(&r.by_reading).map(|(reading, e)| ("reading", reading.id.clone(), e)));
    groups.extend(r.by_intent.iter().map(|(at, e)| {
        let intent = &n.intents[*at];
        ("intent", format!("{}.{}", n.actor(intent.of).id, intent.id), e)
    }));
    let rows = groups.iter().flat_map(|(by, which, endings)| {
        endings.iter().map(move |(ending, share)| {
            let mut row = vec![(*by).to_owned(), which.clone(), ending_id(*ending)];
            row.extend(cells(*share));
            row
        })
    });
    csv(&head, &rows.collect::<Vec<_>>())
}

/// One row a term that was agreed, then one a package that was, the most frequent first; of what was reached.
#[must_use]
pub fn terms(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let mut head: Vec<String> = ["kind", "name", "terms", "bare_minimum"].map(String::from).into();
    head.extend(heads("deals"));
    let terms = by_term(a, r).into_iter().map(|(k, o, share)| {
        let issue = &n.space.issues[k.0];
        let flag = format!("{}={}", issue.id, issue.options[o.0].id);
        let mut row = vec!["term".to_owned(), term(n, k, o), flag, String::new()];
        row.extend(cells(share));
        row
    });
    let packages = r.terms.iter().map(|agreed| {
        let name = named(n, &agreed.package).unwrap_or("").to_owned();
        let bare = n.bare_minimum().is_some_and(|bare| bare.package == agreed.package);
        let mut row = vec!["package".to_owned(), name, as_flag(n, &agreed.package), bare.to_string()];
        row.extend(cells(agreed.share));
        row
    });
    csv(&head, &terms.chain(packages).collect::<Vec<_>>())
}

/// One row a thing that stood in the way last, then one a cause of a breakdown; of all runs.
#[must_use]
pub fn blocked(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let mut head: Vec<String> = ["kind", "what"].map(String::from).into();
    head.extend(heads("runs"));
    let blocks = r.blocked.iter().map(|(b, share)| ("blocked", story::blocked(n, *b), share));
    let causes = r.causes.iter().map(|(c, share)| ("broken-off", story::broken_off(n, *c), share));
    let rows = blocks.chain(causes).map(|(kind, what, share)| {
        let mut row = vec![kind.to_owned(), what];
        row.extend(cells(*share));
        row
    });
    csv(&head, &rows.collect::<Vec<_>>())
}
