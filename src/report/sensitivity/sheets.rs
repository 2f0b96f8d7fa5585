//! A study as CSV.

use super::Asked;
use super::data::{kind, numbers, told};
use crate::text::sheet::csv;

/// The indices: one row a group.
#[must_use]
pub fn indices(a: &Asked) -> String {
    let head = [
        "name",
        "kind",
        "inputs",
        "first",
        "first_low",
        "first_high",
        "first_told",
        "total",
        "total_low",
        "total_high",
        "total_told",
    ];
    let row = |(group, i): (&crate::analysis::sensitivity::Group, &crate::analysis::sensitivity::Indices)| {
        let [first, total] = told(*i);
        let numbers = |i: crate::analysis::sensitivity::Index| [i.value, i.low, i.high].map(|x| x.to_string());
        let paths: Vec<&str> = group.factors.iter().map(|f| a.study.factors[*f].path.as_str()).collect();
        let mut cells = vec![a.name(group).replace('\u{a0}', " "), kind(&group.kind).to_owned(), paths.join(" ")];
        cells.extend(numbers(i.first));
        cells.push(first.to_owned());
        cells.extend(numbers(i.total));
        cells.push(total.to_owned());
        cells
    };
    let rows: Vec<Vec<String>> = a.study.groups.iter().zip(&a.study.decomposition.groups).map(row).collect();
    csv(&head, &rows)
}

/// The screening: one row an input, the strongest first.
#[must_use]
pub fn screening(a: &Asked) -> String {
    let head = [
        "input",
        "numbers",
        "mu",
        "mu_star",
        "mu_star_low",
        "mu_star_high",
        "sigma",
        "rms",
        "pairs",
        "if_low",
        "if_high",
        "change",
        "change_low",
        "change_high",
    ];
    let row = |f: usize| {
        let (factor, e) = (&a.study.factors[f], &a.study.screening[f]);
        let mut cells = vec![factor.path.clone(), numbers(a, factor).to_owned()];
        cells.extend([e.mu, e.mu_star, e.mu_star_low, e.mu_star_high, e.sigma, e.rms].map(|x| x.to_string()));
        cells.extend(e.halves.map_or_else(
            || vec![String::new(); 6],
            |h| {
                let numbers = [h.low, h.high, h.effect, h.effect_low, h.effect_high].map(|x| x.to_string());
                std::iter::once(h.pairs.to_string()).chain(numbers).collect()
            },
        ));
        cells
    };
    csv(&head, &a.study.by_strength().into_iter().map(row).collect::<Vec<_>>())
}
