//! The data of the picture "leading-packages".

use itertools::Itertools as _;

use super::scene::Scene;
use super::words::{described, named, percentage, terms};
use crate::analysis::Leading;
use crate::figure::Caption;
use crate::figure::leading_packages::{LeadingPackage, LeadingPackages};
use crate::model::{IssueId, Package};
use crate::text::words::{capital, count};

/// The packages that would do most often, and the bare minimum.
pub fn data(scene: &Scene) -> LeadingPackages {
    let rows = rows(scene);
    let shared = shared(scene, &scene.survey.leading);
    let packages: Vec<LeadingPackage> = rows.iter().map(|row| package(scene, row, &shared)).collect();
    let common = shared.iter().map(|(_, words)| words).join("; ");
    LeadingPackages {
        caption: scene.over_all_worlds(Caption {
            title: "How often each of the leading packages is a defeat for nobody".into(),
            subtitle: finding(scene),
            description: table(&rows, scene),
            ..Caption::default()
        }),
        interval: "95 % interval (Wilson)".into(),
        shared: if common.is_empty() { common } else { format!("All packages without a name hold: {common}") },
        packages,
    }
}

/// Those that lead, else those with names; and the bare minimum, wherever it stands.
fn rows<'a>(scene: &'a Scene) -> Vec<&'a Leading> {
    let survey = scene.survey;
    let bare = scene.n.bare_minimum().map(|b| &b.package);
    let first: &[Leading] = if survey.leading.is_empty() { &survey.named } else { &survey.leading };
    let mut rows: Vec<&Leading> = first.iter().take(8).collect();
    // Where every package differs in one term only, one leads; those with names stand beside it.
    if rows.len() < 3 {
        let others = survey.named.iter().filter(|row| first.iter().all(|other| other.package != row.package));
        rows.extend(others.take(8));
    }
    if !rows.iter().any(|row| Some(&row.package) == bare) {
        rows.extend(survey.named.iter().find(|row| Some(&row.package) == bare));
    }
    rows
}

/// The terms that all packages without a name share, once there are two of them.
fn shared(scene: &Scene, leading: &[Leading]) -> Vec<(IssueId, String)> {
    let nameless = leading.iter().filter(|row| named(scene.n, &row.package).is_none());
    let all: Vec<_> = nameless.map(|row| terms(scene.n, &row.package)).collect();
    let Some((first, others)) = all.split_first().filter(|(_, others)| !others.is_empty()) else { return Vec::new() };
    first.iter().filter(|term| others.iter().all(|other| other.contains(term))).cloned().collect()
}

fn package(scene: &Scene, row: &Leading, shared: &[(IssueId, String)]) -> LeadingPackage {
    LeadingPackage {
        terms: named(scene.n, &row.package).map_or_else(|| own_terms(scene, &row.package, shared), str::to_owned),
        bare_minimum: scene.n.bare_minimum().is_some_and(|bare| bare.package == row.package),
        no_defeat: row.no_defeat.into(),
        rational_and_available: row.would_do.into(),
    }
}

fn own_terms(scene: &Scene, package: &Package, shared: &[(IssueId, String)]) -> String {
    let own = terms(scene.n, package).into_iter().filter(|term| !shared.contains(term));
    let own = own.map(|(_, words)| words).join("\n");
    match (own.is_empty(), shared.is_empty()) {
        (false, _) => own,
        (true, false) => "these terms and no more".into(),
        (true, true) => "everything as now".into(),
    }
}

fn finding(scene: &Scene) -> String {
    let survey = scene.survey;
    let some = capital(&scene.exists());
    let Some(same) = &survey.same_package else {
        return format!("{some}; no one package would do in any of the worlds used to choose it");
    };
    let best = format!(
        "{some}; one same package would do in {} of {} worlds not used to choose it",
        percentage(&same.share),
        count(same.share.of)
    );
    let bare = scene.n.bare_minimum().and_then(|bare| survey.named.iter().find(|row| row.package == bare.package));
    match bare {
        Some(bare) if bare.package == same.package => format!("{best}, and it is the bare minimum"),
        Some(bare) => format!("{best}, the bare minimum in {}", percentage(&bare.would_do)),
        None => best,
    }
}

fn table(rows: &[&Leading], scene: &Scene) -> String {
    let told = |row: &&Leading| {
        let package = described(scene.n, &row.package);
        format!("{package}: no defeat in {}, would do in {}", percentage(&row.no_defeat), percentage(&row.would_do))
    };
    rows.iter().map(told).join(". ")
}
