//! What the scenario's own anchors say of the answer: that worlds contradict them, or were dropped for it.

use super::super::check::{agreeing_helps, expectation, failing};
use super::Answer;
use super::next::{command, shell};
use crate::analysis::{Share, settled_by_anchors};
use crate::text::words::{count, full, list, percent};

/// An anchor that fewer worlds give is contradicted, not only strained. Source: assumption.
const HALF: f64 = 0.5;

/// The worst of the anchors that fail, and what to do about it.
pub fn contradiction(a: &Answer) -> Option<String> {
    let failing = failing_here(a);
    let (worst, share) = failing.first()?;
    let others = match failing.len() - 1 {
        0 => String::new(),
        1 => ", and 1 other fails too".to_owned(),
        more => format!(", and {more} others fail too"),
    };
    let said = format!("“{}” holds in {}{others}", expectation(a.n(), worst), full(*share));
    let (contradicts, mend) = if share.share < HALF {
        ("This scenario contradicts its own anchors", "Mend that before using the answer")
    } else {
        ("In part this scenario contradicts its own anchors", "Look at that before using the answer")
    };
    let why = command(a, "verdict", &format!("--named {}", shell(&a.n().packages[worst.package].id)));
    Some(format!("{contradicts}: {said}. {mend}; `{why}` shows which points make it fail."))
}

/// All anchors that fail, for the list of what the answer rests on.
pub fn contradicted(a: &Answer) -> Option<String> {
    let failing = failing_here(a);
    let each =
        failing.iter().map(|(anchor, share)| format!("{} in {}", expectation(a.n(), anchor), percent(share.share)));
    let helps = a.sound.as_ref().is_some_and(agreeing_helps);
    let keep = if helps { " `--agreeing` keeps only the worlds that give all anchors." } else { "" };
    let worlds = failing.first().map(|(_, share)| count(share.of))?;
    Some(format!(
        "Warning: the scenario's own anchors hold in too few worlds (of {worlds} tried): {}.{keep}",
        list(each)
    ))
}

/// The anchors that fail, the worst first; none where worlds are kept for giving them.
pub(super) fn failing_here(a: &Answer) -> Vec<(&crate::model::Anchor, Share)> {
    let sound = a.sound.as_ref().filter(|_| !a.choices.settings.agreeing);
    sound.map(|sound| failing(a.n(), sound)).unwrap_or_default()
}

/// The package of the worst anchor, if most worlds contradict it.
pub fn worst(a: &Answer) -> Option<String> {
    let failing = failing_here(a);
    failing.first().filter(|(_, share)| share.share < HALF).map(|(anchor, _)| a.n().packages[anchor.package].id.clone())
}

/// How many worlds were dropped for contradicting an anchor; `None` unless such worlds are dropped.
pub fn dropped(a: &Answer) -> Option<String> {
    let dropped = a.survey.drawn - a.survey.kept;
    a.choices.settings.agreeing.then(|| {
        format!(
            "Of {} worlds drawn, {} ({}) contradict the anchors and were dropped; all that follows is said of the other {}.",
            count(a.survey.drawn),
            percent(Share::of(dropped, a.survey.drawn).share),
            count(dropped),
            count(a.survey.kept)
        )
    })
}

/// Said if worlds are kept for giving verdicts that amount to the answer.
pub fn by_construction(a: &Answer) -> Option<String> {
    let place = settled_by_anchors(a.n()).filter(|_| a.choices.settings.agreeing)?;
    let package = &a.n().packages[place];
    let held = a.n().space.picks(&package.package).any(|(_, option)| !option.holders.is_empty());
    let granted = if held { ", wherever its terms are granted" } else { "" };
    Some(format!("This holds by construction: the anchors themselves say that `{}` would do{granted}.", package.id))
}
