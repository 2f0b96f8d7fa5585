//! The answer in one sentence.

use super::Answer;
use crate::analysis::{Headline, Share};
use crate::model::Defeat;
use crate::text::words::percent;

/// Whether one exists, and whether the talks get there.
pub fn verdict(a: &Answer) -> String {
    let exists = a.survey.exists;
    let what = if a.nobody_can_veto() {
        "Nobody at home can stop a deal; one that suits all leaders"
    } else {
        "A deal that is a defeat for nobody"
    };
    let talks = a.reached.as_ref().map_or(String::new(), |r| {
        let there = r.gap().reached_where_one_exists;
        if there.of == 0 { String::new() } else { format!("; the talks {}", get_there(there)) }
    });
    format!("{what} {}{talks}.", how_often(exists))
}

fn how_often(share: Share) -> String {
    let often = match (whole(share), Headline::of(share.share)) {
        (Some(true), _) => "exists in every world",
        (Some(false), _) => "exists in no world",
        (None, Headline::Yes) => "exists in nearly every world",
        (None, Headline::MostlyYes) => "mostly exists",
        (None, Headline::Depends) => return format!("exists in {} of worlds", percent(share.share)),
        (None, Headline::MostlyNo) => "mostly does not exist",
        (None, Headline::No) => "exists in hardly any world",
    };
    often.to_owned()
}

/// What becomes of the talks where one exists.
fn get_there(share: Share) -> &'static str {
    match (whole(share), Headline::of(share.share)) {
        (Some(true), _) => "always get there",
        (Some(false), _) => "never get there",
        (None, Headline::Yes) => "nearly always get there",
        (None, Headline::MostlyYes) => "mostly get there",
        (None, Headline::Depends) => "get there now and then",
        (None, Headline::MostlyNo) => "mostly miss it",
        (None, Headline::No) => "nearly always miss it",
    }
}

/// Whether it is all or none of them; `None` if some.
fn whole(share: Share) -> Option<bool> {
    match share.count {
        0 => Some(false),
        all if all == share.of => Some(true),
        _ => None,
    }
}

/// Whose verdict is counted, where it is not that of those at home.
pub fn counted(defeat: Defeat) -> Option<&'static str> {
    match defeat {
        Defeat::Audience => None,
        Defeat::Leader => Some("Only leaderships are asked."),
        Defeat::Both => Some("Leaderships are asked as well as those at home."),
        Defeat::NoVeto => Some("Nobody's veto is counted."),
    }
}
