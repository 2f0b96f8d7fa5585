//! The data of the picture "tornado".

use super::scene::{Scene, Words};
use super::words::{capital, count, listed, percentage};
use crate::analysis::{self, Item};
use crate::model::{Beholder, RedLine};
use crate::report::figure::axis::signed;
use crate::report::figure::tornado::{Contribution, Kind, Tornado};

/// What taking each option, claim, red line or audience away does to the margin.
pub fn data(scene: &Scene) -> Tornado {
    let moving: Vec<&analysis::Contribution> = scene.survey.contributions.iter().filter(|c| c.margin != 0.0).collect();
    Tornado {
        caption: scene.caption(Words {
            title: "What each option, claim, red line and audience does to the margin".into(),
            finding: finding(scene, &moving),
            notes: indispensable(scene).into_iter().collect(),
            table: table(scene, &moving),
            modal: false,
        }),
        axis: "change in the mean margin without it (share of an audience’s span)".into(),
        contributions: moving.iter().map(|c| contribution(scene, c)).collect(),
    }
}

fn contribution(scene: &Scene, c: &analysis::Contribution) -> Contribution {
    let (kind, label) = named(scene, c.item);
    Contribution { label, kind, change: c.margin, interval: None }
}

/// The kind of an item and its name.
fn named(scene: &Scene, item: Item) -> (Kind, String) {
    let n = scene.n;
    match item {
        Item::Option(k, o) => {
            let issue = &n.space.issues[k.0];
            (Kind::Option, format!("{}: {}", issue.name, issue.options[o.0].name))
        }
        Item::Claim(c) => (Kind::Claim, format!("“{}”", n.claims[c.0].says)),
        Item::RedLine(of, line) => {
            let (whose, lines): (&str, &[RedLine]) = match of {
                Beholder::Leadership(i) => (&n.actor(i).name, &n.actor(i).red_lines),
                Beholder::Audience(a) => (&n.audience(a).name, &n.audience(a).red_lines),
            };
            (Kind::RedLine, format!("{whose}: {}", lines[line].name))
        }
        Item::Audience(a) => (Kind::Audience, n.audience(a).name.clone()),
    }
}

fn finding(scene: &Scene, moving: &[&analysis::Contribution]) -> String {
    let Some(most) = moving.iter().max_by(|a, b| a.margin.abs().total_cmp(&b.margin.abs())) else {
        return format!("Nothing alone changes the margin. As it is, {}", scene.exists());
    };
    let (kind, label) = named(scene, most.item);
    format!(
        "Most hangs on the {} {label}: without it the mean margin changes by {} and one exists in {} instead of {} of the worlds",
        kind.word(),
        signed(most.margin, 3),
        percentage(&most.exists),
        percentage(&scene.survey.exists)
    )
}

/// The options without which no package, or no veto, is left in some worlds, so that the margin has no change.
fn indispensable(scene: &Scene) -> Option<String> {
    let finite = scene.survey.margin.finite();
    let needed = scene.survey.contributions.iter().filter(|c| c.finite < finite);
    let told = |c: &analysis::Contribution| {
        let (kind, label) = named(scene, c.item);
        let left = if kind == Kind::Audience { "no veto" } else { "no package" };
        format!("without {label} {left} is left to judge in {} worlds", count(finite - c.finite))
    };
    let rows: Vec<String> = needed.map(told).collect();
    (!rows.is_empty()).then(|| format!("The change is a mean over the worlds that keep a margin; {}.", listed(&rows)))
}

fn table(scene: &Scene, moving: &[&analysis::Contribution]) -> String {
    let mut sorted: Vec<&&analysis::Contribution> = moving.iter().collect();
    sorted.sort_by(|a, b| b.margin.abs().total_cmp(&a.margin.abs()));
    let told = |c: &&&analysis::Contribution| {
        let (kind, label) = named(scene, c.item);
        format!("without the {} {label}: {}, one exists in {}", kind.word(), signed(c.margin, 3), percentage(&c.exists))
    };
    capital(&sorted.iter().take(15).map(told).collect::<Vec<_>>().join("; "))
}
