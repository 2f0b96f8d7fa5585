//! A saved game told again, beside what another decision would have come to.

use serde_json::{Value, json};

use crate::engine::talks::Run;
use crate::model::{ActorId, Negotiation, Scale};
use crate::report::{head, steps, story};
use crate::session::{Session, written};
use crate::text::table::Table;
use crate::text::words::{number, paragraph, visible};

/// The decisions by number, how the game ended, and how the other one did.
pub fn replay(said: &Session, other: Option<&Session>, scale: Scale) -> String {
    let n = said.negotiation();
    let mut text = paragraph(&visible(&n.title));
    text += &paragraph(&head::notices(n, &said.variants()).join(" "));
    text += "\nDECISIONS\n\n";
    let mut table = Table::new(&["no.", "round", "seat", "what was decided"]);
    for (at, (round, seat, decision)) in said.told().into_iter().enumerate() {
        let what = written(n, &decision).replace(',', ", ");
        table.row(vec![(at + 1).to_string(), round.to_string(), visible(&n.actor(seat).name), what]);
    }
    text += &table.text();
    text += &format!("\nAS IT WAS PLAYED\n\n{}", ended(said, scale));
    if let Some(other) = other {
        text += &format!("\nWITH THE OTHER DECISION\n\n{}", ended(other, scale));
        text += &format!("\n{}", beside(n, said, other));
    }
    text
}

/// How a game ended, or that it is not over and how it would end.
fn ended(session: &Session, scale: Scale) -> String {
    let n = session.negotiation();
    match (session.run(), session.outlook()) {
        (Some(run), _) => story::end(n, scale, run) + &agreed(n, run),
        (None, Some(run)) => {
            paragraph("It is not over. If all seats went on as the policies of the file do:")
                + &story::end(n, scale, run)
        }
        (None, None) => String::new(),
    }
}

fn agreed(n: &Negotiation, run: &Run) -> String {
    let package = run.package.as_ref();
    package
        .map_or(String::new(), |it| paragraph(&format!("What was agreed: {}.", crate::report::terms::in_words(n, it))))
}

/// What both courses paid.
fn beside(n: &Negotiation, said: &Session, other: &Session) -> String {
    let (Some(said), Some(other)) = (said.outlook(), other.outlook()) else { return String::new() };
    let mut table = Table::new(&["as played", "instead", "what it paid in all, in points of"]);
    let paid = |run: &Run, of: ActorId| {
        run.payoffs.iter().find(|(i, _)| *i == of).map_or(String::new(), |(_, points)| number(*points))
    };
    for of in n.parties() {
        table.row(vec![paid(said, of), paid(other, of), visible(&n.actor(of).name)]);
    }
    table.text() + &paragraph("Luck is the same in both, so that what differs comes of the decision.")
}

/// The same as data.
pub fn data(said: &Session, other: Option<&Session>, scale: Scale) -> Value {
    let n = said.negotiation();
    let course = |session: &Session| {
        let run = session.outlook().map(|run| steps::data(n, scale, run, session.happened()));
        json!({ "over": session.run().is_some(), "run": run })
    };
    let decision = |(round, seat, decision): (u32, ActorId, _)| json!({ "round": round, "seat": n.actor(seat).id, "does": written(n, &decision) });
    json!({
        "decisions": said.told().into_iter().map(decision).collect::<Vec<_>>(),
        "as_played": course(said),
        "instead": other.map(course),
    })
}
