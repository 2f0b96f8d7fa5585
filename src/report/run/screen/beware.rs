//! What must be known before the answer is used: anchors that fail, what it turns on, and what it is no forecast of.

use super::super::super::check::basis;
use super::super::{anchors, rests};
use super::Answer;
use crate::text::screen::fits;
use crate::text::words::percent;

/// As many warnings as so many lines hold, the gravest first; what the numbers are is always said.
pub fn beware(a: &Answer, lines: usize) -> String {
    let basis = basis(a.n());
    let basis = basis.split_once(';').map_or(basis.as_str(), |(first, _)| first);
    let always = format!("{basis}. No forecast: shares of worlds in this model, under these ranges.");
    let mut told = String::new();
    for warnings in warnings(a) {
        let longer = warnings.iter().map(|warning| format!("{told}{warning} "));
        let longer = longer.into_iter().find(|longer| fits(&format!("{longer}{always}"), 2, lines));
        told = longer.unwrap_or(told);
    }
    told + &always
}

/// Warnings, each in more and in fewer words where there are two ways to say it.
fn warnings(a: &Answer) -> Vec<Vec<String>> {
    let notices = super::super::notices(a);
    let notices = (!notices.is_empty()).then(|| notices.join(" "));
    let ways = [
        [failing(a), None],
        [as_now(a), None],
        [anchors::by_construction(a), None],
        [bare_minimum(a), None],
        [turns(a), None],
        [notices, variants(a)],
    ];
    ways.into_iter().map(|ways| ways.into_iter().flatten().collect()).collect()
}

/// How many anchors fail, and how badly.
fn failing(a: &Answer) -> Option<String> {
    let failing = anchors::failing_here(a);
    let (_, worst) = failing.first()?;
    Some(match failing.len() {
        1 => {
            format!("One of its anchors (verdicts taken for certain) fails: it holds in only {}.", percent(worst.share))
        }
        k => {
            format!("{k} of its anchors (verdicts taken for certain) fail: one holds in only {}.", percent(worst.share))
        }
    })
}

fn as_now(a: &Answer) -> Option<String> {
    let now = a.carried_by_now()?;
    Some(format!("It rests on changing nothing, which would do in {}.", percent(now.would_do.share)))
}

fn bare_minimum(a: &Answer) -> Option<String> {
    let bare = a.n().bare_minimum()?;
    let found = a.survey.same_package.as_ref()?;
    (found.package == bare.package).then(|| "The package found is the bare minimum.".to_owned())
}

fn turns(a: &Answer) -> Option<String> {
    let first = *rests::turning(a).first()?;
    Some(format!("It turns on one assumption, `{}`.", a.n().inputs.get(first.input).path))
}

/// The variants that need a notice, by their names.
fn variants(a: &Answer) -> Option<String> {
    let on = a.n().variants.iter().zip(&a.choices.settings.drawing.accounts.variants);
    let noticed: Vec<String> =
        on.filter(|(v, on)| **on && v.notice.is_some()).map(|(v, _)| format!("`{}`", v.id)).collect();
    (!noticed.is_empty()).then(|| format!("Assumed throughout: {}.", noticed.join(", ")))
}
