//! How the talks end, what stood in their way, and who is hardest to please.

use super::super::super::{story, terms};
use super::Answer;
use crate::analysis::{Endings, Share};
use crate::engine::talks::{Block, Ending};
use crate::model::Negotiation;
use crate::text::screen::{Room, Screen};
use crate::text::words::{percent_of, visible};

/// Endings told apart; what is left counts as other.
const ENDINGS: usize = 5;

/// The entries; those that do not apply are left out.
pub fn ways(a: &Answer, s: &mut Screen, room: Room) {
    if let Some(r) = &a.reached {
        s.items("How the talks end (%)", &endings(&r.endings), 2);
        let stood: Vec<String> = r.blocked.iter().map(|(b, share)| of(&stood(a.n(), *b), *share)).collect();
        s.items("What stood in the way", &stood, room.lines([2, 2, 1]));
    }
    s.items("Hardest to please", &hardest(a), room.lines([2, 1, 1]));
}

fn of(what: &str, share: Share) -> String {
    format!("{what}\u{a0}{}", percent_of(share.share).replace(' ', "\u{a0}"))
}

/// The endings that are met most, then all others together.
fn endings(all: &Endings) -> Vec<String> {
    let mut met: Vec<_> = all.iter().filter(|(_, share)| share.count > 0).collect();
    met.sort_by_key(|(_, share)| std::cmp::Reverse(share.count));
    let most = if met.len() == ENDINGS + 1 { ENDINGS + 1 } else { ENDINGS };
    let rest: u64 = met.iter().skip(most).map(|(_, share)| share.count).sum();
    let told = met.iter().take(most).map(|(ending, share)| of(called(*ending), *share));
    let other = (rest > 0).then(|| of("other", Share::of(rest, met[0].1.of)));
    told.chain(other).collect()
}

/// An ending; that one is final is said, for the question calls both kinds of deal a settlement.
fn called(ending: Ending) -> &'static str {
    if ending == Ending::Settlement { "final deal" } else { story::short(ending) }
}

/// Who is hardest to please at the best package, most often first.
fn hardest(a: &Answer) -> Vec<String> {
    let mut binding: Vec<_> = a.survey.binding.iter().filter(|(_, share)| share.count > 0).collect();
    binding.sort_by(|x, y| y.1.count.cmp(&x.1.count).then(x.0.cmp(&y.0)));
    binding.iter().map(|(who, share)| of(&terms::beholder(a.n(), *who), *share)).collect()
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
