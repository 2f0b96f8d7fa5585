//! The offers of a game, and of what it would have been, as pictures.

use crate::engine::talks::{Step, What};
use crate::figure::dance::{Dance, Dancer, Instead, Offer, draw};
use crate::figure::{Caption, Picture, Theme};
use crate::model::{ActorId, Negotiation};
use crate::report::story;
use crate::session::Session;
use crate::text::words::{capital, visible};

/// The dance of the game, with that of the other course in it where there is one; a game without a whole package offered
/// between two parties has none.
pub fn dances(said: &Session, other: Option<&Session>, theme: Theme) -> Option<Picture> {
    let data = dance(said)?;
    let Some(instead) = other.and_then(dance) else { return Some(draw(&data, theme)) };
    let parts = |side: usize| {
        let (own, others) = (&data.sides[side].offers, instead.sides[side].offers.clone());
        let same = own.iter().zip(&others).take_while(|(a, b)| a == b).count();
        others.into_iter().skip(same).collect()
    };
    let caption = Caption {
        subtitle: format!(
            "As it was played {}; with the other decision {}",
            ends(said),
            other.map_or(String::new(), ends)
        ),
        description: format!("{}. With the other decision: {}", data.caption.description, instead.caption.description),
        ..data.caption.clone()
    };
    let instead = Some(Instead { offers: [parts(0), parts(1)], agreed: instead.agreed });
    Some(draw(&Dance { caption, instead, ..data }, theme))
}

fn ends(session: &Session) -> String {
    session
        .outlook()
        .map_or(String::new(), |run| format!("it ends in round {}: {}", run.rounds, story::ending(run.ending)))
}

fn dance(session: &Session) -> Option<Dance> {
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
            title: "The negotiation dance".to_owned(),
            subtitle: capital(&ends(session)),
            description: format!("{}; {}", told(&sides[0]), told(&sides[1])),
            ..Caption::default()
        },
        sides,
        agreed,
        instead: None,
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
