//! A game in progress and a package being drafted, for a page.

use serde_json::{Value, json};

use super::held::Held;
use super::say::{Asked, cannot, wrong};
use crate::analysis::{Settings, better_for_all, cheapest_repair};
use crate::ask::{self, MOST_RUNS, MOST_SEED, Wrong, whole};
use crate::engine::talks::{Desk, Seats, Talks};
use crate::engine::{Arm, CannotRun, Drawn};
use crate::model::{Package, Scale};
use crate::report::play;
use crate::report::terms;
use crate::scenario::Finding;
use crate::session::{self, Session, Start};

/// A game after the decisions that were taken, and after one more.
pub fn game(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let (seats, intents, said) = (asked.texts("seats"), asked.texts("intents"), asked.texts("said"));
    let (does, escalates) = (asked.text("does"), asked.flag("escalates", false));
    let seed = asked.word("seed").map(|seed| whole("seed", &seed, 0, MOST_SEED).map_err(wrong)).transpose();
    let seed = asked.judged(seed);
    let run = asked.word("run").map_or(Ok(0), |run| whole("run", &run, 0, MOST_RUNS).map_err(wrong));
    let run = asked.judged(run);
    let (seed, run) = asked.done(seed.zip(run))?;
    let (n, scenario, choices, compiled) = (held.n()?, held.scenario()?, held.choices(), held.space()?);
    let who = seats.iter().map(|id| session::seat(n, id)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    let intents = intents.iter().map(|text| session::intent(n, text)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    if who.is_empty() {
        return Err(wrong(Finding::error("nobody sits at the table").hint("name at least one seat")));
    }
    let drawing = &choices.settings.drawing;
    let start = Start { seats: Seats { who, intents }, seed, run };
    let talks = Talks::of(compiled, start.drawing(drawing)).map_err(|e| cannot(&scenario.name, &CannotRun::from(e)))?;
    let opened = Session::open(&talks, start, drawing);
    let decisions = said.iter().map(|text| session::read(n, text)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    let untaken = |at: usize, why| {
        wrong(Finding::error(format!("decision {} cannot be taken: {}", at + 1, play::illegal(n, why))))
    };
    let mut session = if decisions.is_empty() {
        opened
    } else {
        opened.replayed(&decisions).map_err(|(at, why)| untaken(at, why))?
    };
    let before = session.happened().len();
    if let Some(does) = does {
        let Some(now) = session.asked().cloned() else {
            return Err(wrong(Finding::error("the game is over: nothing is asked any more")));
        };
        let decision = session::understood(n, &now, &does).map_err(wrong)?;
        session.will_escalate(now.seat, escalates);
        session.take(decision).map_err(|why| wrong(Finding::error(play::illegal(n, why))))?;
    }
    Ok(play::game(&mut session, Scale::of(n), before))
}

/// What would mend a package, and what would be better for all; in the likeliest world.
pub fn draft(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let package = asked.text("package");
    let package = asked.needed(package);
    let package = asked.done(package)?;
    let (n, choices, compiled) = (held.n()?, held.choices(), held.space()?);
    let package: Package = ask::package(n, &package)?;
    let settings: &Settings = &choices.settings;
    let arm = Arm::of_worlds(compiled, settings.drawing.defeat);
    let drawn = Drawn { run: 0, reading: None, world: settings.drawing.accounts.modal(n) };
    let mut desk = Desk::default();
    let posed = arm.pose(&drawn, &mut desk);
    let other = |other: &Package| {
        let changed = n.space.picks(other).zip(n.space.picks(&package)).enumerate();
        let changed = changed.filter(|(_, (a, b))| a.1.id != b.1.id);
        let changed: Vec<Value> = changed
            .map(|(_, ((issue, to), (_, from)))| json!({ "issue": issue.name, "from": from.name, "to": to.name }))
            .collect();
        json!({ "package": terms::as_flag(n, other), "words": terms::in_words(n, other), "changes": changed })
    };
    let fares = posed.fares(&package);
    let repair = if fares.would_do() { None } else { cheapest_repair(&posed, n, &package) };
    let better = better_for_all(&posed, n, &package);
    Ok(json!({
        "would_do": fares.would_do(),
        "repair": repair.map(|(repaired, _)| other(&repaired)),
        "better": better.as_ref().map(other),
    }))
}
