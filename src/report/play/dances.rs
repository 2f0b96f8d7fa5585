//! The offers of a game, and of what it would have been, as pictures.

use crate::engine::talks::{Step, What};
use crate::figure::dance::{Dance, Dancer, Offer, draw};
use crate::figure::{Caption, Picture, Theme};
use crate::model::{ActorId, Negotiation};
use crate::report::story;
use crate::session::Session;
use crate::text::words::visible;

/// The dance of the game and, where there is one, of the other; a game without a whole package offered between two
/// parties has none.
pub fn dances(said: &Session, other: Option<&Session>, theme: Theme) -> Vec<Picture> {
    let one = |session: &Session, title: &str| Some(draw(&dance(session, title)?, theme));
    let as_played = one(said, "The negotiation dance, as it was played");
    let instead = other.and_then(|other| one(other, "The negotiation dance, with the other decision"));
    let instead = instead.map(|mut picture| {
        picture.name = "dance-instead";
        picture
    });
    as_played.into_iter().chain(instead).collect()
}

fn dance(session: &Session, title: &str) -> Option<Dance> {
    let (n, run) = (session.negotiation(), session.outlook()?);
    let parties: Vec<ActorId> = n.parties().collect();
    let [first, second, ..] = parties[..] else { return None };
    let steps: Vec<&Step> = session.happened().iter().chain(session.ahead()).collect();
    let sides = [first, second].map(|of| dancer(n, &steps, of, [first, second]));
    if sides.iter().all(|side| side.offers.is_empty()) {
        return None;
    }
    let agreed = (!run.gains.is_empty()).then(|| offer(run.rounds, &run.gains, [first, second]));
    let told = |side: &Dancer| format!("{} names {} whole packages", side.name, side.offers.len());
    Some(Dance {
        caption: Caption {
            title: title.to_owned(),
            subtitle: format!("It ends in round {}: {}", run.rounds, story::ending(run.ending)),
            description: format!("{}; {}", told(&sides[0]), told(&sides[1])),
            ..Caption::default()
        },
        sides,
        agreed,
    })
}

fn dancer(n: &Negotiation, steps: &[&Step], of: ActorId, sides: [ActorId; 2]) -> Dancer {
    let offers = steps.iter().filter_map(|step| match &step.what {
        What::Offers { by, stage: None, gains, .. } if *by == of => Some(offer(step.round, gains, sides)),
        _ => None,
    });
    Dancer { name: visible(&n.actor(of).name), offers: offers.collect() }
}

fn offer(round: u32, gains: &[(ActorId, f64)], [x, y]: [ActorId; 2]) -> Offer {
    let gain = |of: ActorId| gains.iter().find(|(i, _)| *i == of).map_or(0.0, |(_, gain)| *gain);
    Offer { round, x: gain(x), y: gain(y) }
}
