//! How the talks end, what stood in their way, who is hardest to please, the package, and what must be known before the
//! answer is used: anchors that fail, what it turns on, and what it is no forecast of.

use std::cmp::Reverse;

use itertools::Itertools as _;

use super::super::{anchors, answer::which, notices, rests};
use super::Answer;
use crate::analysis::{Reached, Share};
use crate::engine::talks::{Block, Ending};
use crate::model::{InputKind, Negotiation};
use crate::num::Ordered;
use crate::report::{check::basis, story, terms};
use crate::text::screen::{Room, Screen, fits};
use crate::text::words::{percent, percent_of, visible};

/// The entries; those that do not apply are left out.
pub fn ways(a: &Answer, s: &mut Screen, room: Room) {
    if let Some(r) = &a.reached {
        s.items("How the talks end (%)", &endings(a.n(), r), 2);
        let stood: Vec<String> = r.blocked.iter().map(|(b, share)| of(&stood(a.n(), *b), *share)).collect();
        s.items("What stood in the way", &stood, room.lines([2, 2, 1]));
    }
    s.items("Hardest to please", &hardest(a), room.lines([2, 1, 1]));
}

fn of(what: &str, share: Share) -> String {
    format!("{what}\u{a0}{}", percent_of(share.share).replace(' ', "\u{a0}"))
}

/// Causes of no deal that are named.
const CAUSES: usize = 3;

/// The endings, those that are met most first; no deal with its commonest causes.
fn endings(n: &Negotiation, r: &Reached) -> Vec<String> {
    let met = r.endings.iter().filter(|(_, share)| share.count > 0);
    let met = met.ordered_by_key(|(_, share)| Reverse(share.count));
    let (named, others) = r.causes.split_at(CAUSES.min(r.causes.len()));
    let rest: u64 = others.iter().map(|(_, share)| share.count).sum();
    let rest = (rest > 0).then(|| of("others", Share::of(rest, r.runs)));
    let named = named.iter().map(|(cause, share)| of(&story::briefly(n, *cause), *share));
    let causes = named.chain(rest).join(", ");
    let told = met.map(|(ending, share)| match ending {
        Ending::NoDeal => format!("{} ({causes})", of(called(*ending), *share)),
        _ => of(called(*ending), *share),
    });
    told.collect()
}

/// An ending; that one is final is said, for the question calls both kinds of deal a settlement.
fn called(ending: Ending) -> &'static str {
    if ending == Ending::Settlement { "final deal" } else { story::short(ending) }
}

/// Who is hardest to please at the best package, most often first.
fn hardest(a: &Answer) -> Vec<String> {
    let binding = a.survey.binding.iter().filter(|(_, share)| share.count > 0);
    let hardest = binding.ordered_by_key(|(who, share)| (Reverse(share.count), *who));
    hardest.map(|(who, share)| of(&terms::beholder(a.n(), *who), *share)).collect()
}

/// What stood in the way last, in as few words as say it.
fn stood(n: &Negotiation, block: Block) -> String {
    match block {
        Block::NoOffer => "nobody made an offer".into(),
        Block::Drafting => "still being drafted".into(),
        Block::NothingToOffer(who) => format!("{}: nothing to offer", visible(&n.actor(who).name)),
        Block::Refused(who, why) => format!("{}: {}", visible(&n.actor(who).name), story::because(n, who, why)),
        Block::Unratified(a) => format!("not ratified by {}", visible(&n.audience(a).name)),
    }
}

/// The package, with its name if it has one.
pub fn package(a: &Answer, lines: usize) -> String {
    let Some(same) = &a.survey.same_package else { return String::new() };
    let name = terms::named(a.n(), &same.package).map(|id| format!(" (`{id}`)")).unwrap_or_default();
    terms::fitting(a.n(), &same.package, [&format!("{}{name}: ", which(a, same.ties)), "."], 0, lines)
}

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
    let notices = notices(a);
    let notices = (!notices.is_empty()).then(|| notices.join(" "));
    let one_way = [failing(a), as_now(a), anchors::by_construction(a), bare_minimum(a), turns(a)].map(Vec::from_iter);
    one_way.into_iter().chain([notices.into_iter().chain(variants(a)).collect()]).collect()
}

/// How many anchors fail, and how badly.
fn failing(a: &Answer) -> Option<String> {
    let failing = anchors::failing_here(a);
    let (_, worst) = failing.first()?;
    let (many, fail) = match failing.len() {
        1 => ("One".to_owned(), "fails: it"),
        k => (k.to_string(), "fail: one"),
    };
    let share = percent(worst.share);
    Some(format!("{many} of the file's own certainties {fail} holds in only {share} of worlds."))
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
    let input = a.n().inputs.get(first.input);
    let [low, high] = [first.shown.exists_low, first.shown.exists_high].map(|share| percent(share.share));
    let [where_low, where_high] = match input.kind {
        InputKind::Chance => ["without it", "with it"],
        InputKind::Value => ["in the lower half of its range", "in the upper"],
    };
    Some(format!("It turns on one assumption, `{}`: one exists in {low} {where_low}, {high} {where_high}.", input.path))
}

/// The variants that need a notice, by their names.
fn variants(a: &Answer) -> Option<String> {
    let on = a.n().variants.iter().zip(&a.choices.settings.drawing.accounts.variants);
    let noticed: Vec<String> =
        on.filter(|(v, on)| **on && v.notice.is_some()).map(|(v, _)| format!("`{}`", v.id)).collect();
    (!noticed.is_empty()).then(|| format!("Assumed throughout: {}.", noticed.join(", ")))
}
