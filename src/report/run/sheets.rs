//! The answer as CSV: packages, options, unknowns.

use super::Answer;
use super::talks::{blocked, endings, survival, terms};
use crate::analysis::{Leading, Share};
use crate::report::terms as named;
use crate::text::sheet::csv;

pub(super) fn heads(of: &str) -> Vec<String> {
    ["count", "of", "share", "low", "high"].iter().map(|part| format!("{of}_{part}")).collect()
}

pub(super) fn cells(share: Share) -> Vec<String> {
    vec![
        share.count.to_string(),
        share.of.to_string(),
        share.share.to_string(),
        share.low.to_string(),
        share.high.to_string(),
    ]
}

/// Every text of a folder of results but page and summary: its name and what stands in it.
#[must_use]
pub fn sheets(a: &Answer) -> Vec<(&'static str, String)> {
    let mut sheets = vec![
        ("manifest.json", format!("{:#}\n", super::manifest(a))),
        ("packages.csv", packages(a)),
        ("options.csv", options(a)),
        ("unknowns.csv", unknowns(a)),
    ];
    if let Some(r) = &a.reached {
        sheets.extend([("endings.csv", endings(a, r)), ("terms.csv", terms(a, r)), ("blocked.csv", blocked(a, r))]);
        sheets.extend(r.survival.as_ref().map(|s| ("survival.csv", survival(s))));
    }
    sheets
}

/// One row a package: those that do most often, then those with names.
fn packages(a: &Answer) -> String {
    let n = a.n();
    let mut head: Vec<String> = ["list", "name", "package"].map(String::from).into();
    ["would_do", "no_defeat", "rational", "available"].iter().for_each(|of| head.extend(heads(of)));
    for audience in &n.audiences {
        head.extend(["defeat", "bearable", "victory"].map(|verdict| format!("{}_{verdict}", audience.id)));
    }
    let row = |list: &str, l: &Leading| {
        let mut row =
            vec![list.to_owned(), named::named(n, &l.package).unwrap_or("").to_owned(), named::as_flag(n, &l.package)];
        [l.would_do, l.no_defeat, l.rational, l.available].into_iter().for_each(|share| row.extend(cells(share)));
        row.extend(l.verdicts.iter().flatten().map(u64::to_string));
        row
    };
    let leading = a.survey.leading.iter().map(|l| row("leading", l));
    let named = a.survey.named.iter().map(|l| row("named", l));
    csv(&head, &leading.chain(named).collect::<Vec<_>>())
}

/// One row an option, claim, red line or audience: what would be without it.
fn options(a: &Answer) -> String {
    let mut head: Vec<String> = ["kind", "path", "name"].map(String::from).into();
    head.extend(heads("exists_without"));
    head.extend(["lost", "gained", "margin_change", "worlds_with_margin"].map(String::from));
    let rows = a.survey.contributions.iter().map(|c| {
        let mut row = vec![named::kind(c.item).to_owned(), c.item.path(a.n()), named::item(a.n(), c.item)];
        row.extend(cells(c.exists));
        row.extend([c.lost.to_string(), c.gained.to_string(), c.margin.to_string(), c.finite.to_string()]);
        row
    });
    csv(&head, &rows.collect::<Vec<_>>())
}

/// One row an uncertain input, the one that matters most on even runs first; but for `effect_on_even` all is of odd ones.
fn unknowns(a: &Answer) -> String {
    let mut head: Vec<String> =
        ["path", "numbers", "median", "effect", "error", "margin_low", "margin_high"].map(String::from).into();
    head.extend(heads("exists_low"));
    head.extend(heads("exists_high"));
    head.push("effect_on_even".into());
    let rows = a.survey.drivers.iter().map(|d| {
        let (input, shown) = (a.n().inputs.get(d.input), &d.shown);
        let median = d.median().map_or(String::new(), |x| x.to_string());
        let numbers = [shown.effect, shown.error, shown.margin_low, shown.margin_high].map(|x| x.to_string());
        let numbers = std::iter::once(median).chain(numbers);
        let mut row = vec![input.path.clone(), input.numbers.clone()];
        row.extend(numbers);
        row.extend(cells(shown.exists_low));
        row.extend(cells(shown.exists_high));
        row.push(d.chosen.effect.to_string());
        row
    });
    csv(&head, &rows.collect::<Vec<_>>())
}
