//! The data of the picture "tornado".

use itertools::Itertools as _;

use super::scene::Scene;
use super::words::{percent, percentage};
use crate::analysis::{self, Item, Share};
use crate::figure::Caption;
use crate::figure::tornado::{ClauseKind, Contribution, Tornado};
use crate::model::{Beholder, RedLine};
use crate::num::Order;
use crate::text::words::{capital, change, list};

/// What taking each option, claim, red line or audience away does to the margin.
pub fn data(scene: &Scene) -> Tornado {
    let moved = |c: &&analysis::Contribution| c.margin != 0.0 || gone(scene, c) > 0.0;
    let mut moving: Vec<&analysis::Contribution> = scene.survey.contributions.iter().filter(moved).collect();
    moving.order_by(|a, b| b.margin.abs().total_cmp(&a.margin.abs()));
    let missed = moving.iter().any(|c| gone(scene, c) > 0.0);
    let note = "Changes are means over the worlds in which the margin stays a number.";
    Tornado {
        caption: scene.over_all_worlds(Caption {
            title: "What each option, claim, red line and audience does to the margin".into(),
            subtitle: finding(scene, &moving),
            notes: missed.then(|| note.to_owned()).into_iter().collect(),
            description: table(scene, &moving),
            ..Caption::default()
        }),
        axis: "change in the mean margin without it (percentage points of an audience’s span)".into(),
        contributions: moving.iter().map(|c| contribution(scene, c)).collect(),
    }
}

fn contribution(scene: &Scene, c: &analysis::Contribution) -> Contribution {
    let (kind, label) = named(scene, c.item);
    Contribution { label, kind, change: 100.0 * c.margin, gone: gone(scene, c), interval: None }
}

/// The share of worlds that have a margin, but none without the item.
fn gone(scene: &Scene, c: &analysis::Contribution) -> f64 {
    let finite = scene.survey.margin.finite();
    Share::of(finite.saturating_sub(c.finite), scene.survey.kept).share
}

/// The kind of an item and its name.
fn named(scene: &Scene, item: Item) -> (ClauseKind, String) {
    let n = scene.n;
    match item {
        Item::Option(k, o) => {
            let issue = &n.space.issues[k.0];
            (ClauseKind::Option, format!("{}: {}", issue.name, issue.options[o.0].name))
        }
        Item::Claim(c) => (ClauseKind::Claim, format!("“{}”", n.claims[c.0].says)),
        Item::RedLine(of, line) => {
            let (whose, lines): (&str, &[RedLine]) = match of {
                Beholder::Leadership(i) => (&n.actor(i).name, &n.actor(i).red_lines),
                Beholder::Audience(a) => (&n.audience(a).name, &n.audience(a).red_lines),
            };
            (ClauseKind::RedLine, format!("{whose}: {}", lines[line].name))
        }
        Item::Audience(a) => (ClauseKind::Audience, n.audience(a).name.clone()),
    }
}

fn finding(scene: &Scene, moving: &[&analysis::Contribution]) -> String {
    let needed = moving.iter().filter(|c| gone(scene, c) >= 0.5).map(|c| format!("“{}”", named(scene, c.item).1));
    let needed: Vec<String> = needed.collect();
    let first = match needed.len() {
        0 => String::new(),
        1..=3 => format!("In most worlds no margin is left without {}. ", list(&needed)),
        many => format!("In most worlds no margin is left without any one of {many} of them. "),
    };
    let Some(most) = moving.iter().find(|c| c.margin != 0.0 && gone(scene, c) < 0.5) else {
        let nothing = if needed.is_empty() { "Nothing alone changes" } else { "Nothing else alone changes" };
        return format!("{first}{nothing} the margin; {}", scene.exists());
    };
    let (kind, label) = named(scene, most.item);
    format!(
        "{first}The margin moves most with the {} “{}”: without it its mean changes by {} and one exists in {} instead \
         of {} of the worlds",
        kind.word(),
        label.trim_matches(['“', '”']),
        change(most.margin),
        percentage(&most.exists),
        percent(scene.survey.exists.share)
    )
}

fn table(scene: &Scene, moving: &[&analysis::Contribution]) -> String {
    let told = |c: &&analysis::Contribution| {
        let (kind, label) = named(scene, c.item);
        let gone = gone(scene, c);
        let gone = if gone > 0.0 { format!(", no margin left in {}", percent(gone)) } else { String::new() };
        let (moved, exists) = (change(c.margin), percentage(&c.exists));
        format!("without the {} {label}: {moved}, one exists in {exists}{gone}", kind.word())
    };
    capital(&moving.iter().take(20).map(told).join("; "))
}
