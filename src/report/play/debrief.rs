//! The end of a game: how it ended, what it paid, and where one's own course stands among others from the same start.

use super::OTHERS;
use crate::engine::talks::Run;
use crate::model::{ActorId, Negotiation, Scale};
use crate::report::story;
use crate::report::terms::in_words;
use crate::session::Session;
use crate::text::table::Table;
use crate::text::words::{capital, list, number, paragraph, percent, visible};

/// The page.
pub fn page(session: &mut Session, scale: Scale) -> String {
    let Some(run) = session.run().cloned() else { return String::new() };
    let n = session.negotiation();
    let mut text = story::end(n, scale, &run);
    if let Some(package) = &run.package {
        text += &paragraph(&format!("What was agreed: {}.", in_words(n, package)));
    }
    let seats: Vec<ActorId> = session.start().seats.who.iter().copied().filter(|i| n.actor(*i).is_party()).collect();
    let after = run.intents.iter().filter(|k| !seats.contains(&n.intents[**k].of));
    let after: Vec<String> = after.map(|k| super::super::who::Who::actor(n, n.intents[*k].of).intends(n, *k)).collect();
    if !after.is_empty() {
        text += &paragraph(&format!("What you could not know: {}.", list(after)));
    }
    let others = session.others(OTHERS);
    text += "\n";
    for seat in seats {
        text += &paragraph(&beside(n, &run, &others, seat));
    }
    text + "\n" + &endings(&others, &run)
}

/// What the run paid a seat, and how many of the others paid less.
fn beside(n: &Negotiation, run: &Run, others: &[Run], seat: ActorId) -> String {
    let paid = |run: &Run| run.payoffs.iter().find(|(of, _)| *of == seat).map_or(0.0, |(_, points)| *points);
    let own = paid(run);
    let mut all: Vec<f64> = others.iter().map(paid).collect();
    all.sort_by(f64::total_cmp);
    let less = all.iter().filter(|points| **points < own).count();
    let middle = all.get(all.len() / 2).copied().unwrap_or(0.0);
    let who = visible(&n.actor(seat).name);
    format!(
        "Your course paid {who} {} points in all: what the deal is worth as long as it holds, and no deal after it or without \
         one, less what going on has cost. Of {OTHERS} runs from the same start with other luck, played by the file's own \
         policies, {less} paid it less; the middle one paid {}.",
        number(own),
        number(middle)
    )
}

/// How the others ended, with a mark at one's own ending.
fn endings(others: &[Run], run: &Run) -> String {
    let mut table = Table::new(&["of the others", "", "how it ended"]);
    for ending in crate::engine::talks::Ending::ALL {
        let count = others.iter().filter(|other| other.ending == ending).count();
        let own = ending == run.ending;
        if count == 0 && !own {
            continue;
        }
        let share = count as f64 / others.len().max(1) as f64;
        let mark = if own { "you" } else { "" };
        table.row(vec![percent(share), mark.into(), capital(story::ending(ending))]);
    }
    table.text()
}
