//! A game as data, for a page: the same words as in lines, each where the page wants it.

use serde_json::{Value, json};

use super::editor::Editor;
use super::{debrief, table, unavailable, words};
use crate::engine::talks::{Asked, Question, Step};
use crate::model::{ActorId, Negotiation, OptionId, Package, Scale};
use crate::report::calendar::date;
use crate::report::terms;
use crate::session::{Session, written};
use crate::text::words::{change_of_points, number, percent, visible};

/// A game: what happened, of which `before` steps were known already; what is asked; how it ended.
pub fn game(session: &mut Session, scale: Scale, before: usize) -> Value {
    let n = session.negotiation();
    let seats = session.start().seats.who.clone();
    let steps = session.happened();
    let (known, news) = steps.split_at(before.min(steps.len()));
    let (known, news) = (rounds(n, scale, known, &seats), rounds(n, scale, news, &seats));
    let said: Vec<String> = session.said().iter().map(|decision| written(n, decision)).collect();
    let asked = session.asked().cloned();
    let ended = asked.is_none().then(|| json!({
        "ending": session.run().map(|run| run.ending), "package": session.run().and_then(|run| run.package.as_ref()).map(|it| terms::as_flag(n, it)),
        "rounds": session.run().map(|run| run.rounds), "words": debrief::page(session, scale),
    }));
    json!({
        "welcome": words::welcome(session),
        "known": known,
        "news": news,
        "said": said,
        "asked": asked.map(|asked| question(session, scale, &asked)),
        "ended": ended,
    })
}

/// What happened, round by round.
fn rounds(n: &Negotiation, scale: Scale, steps: &[Step], seats: &[ActorId]) -> Value {
    let mut rounds: Vec<(u32, Vec<String>)> = Vec::new();
    for step in steps {
        let Some(said) = words::known(n, scale, &step.what, seats) else { continue };
        match rounds.last_mut() {
            Some((round, lines)) if *round == step.round => lines.push(said),
            _ => rounds.push((step.round, vec![said])),
        }
    }
    rounds.into_iter().map(|(round, lines)| json!({ "round": round, "date": date(n, round), "lines": lines })).collect()
}

fn question(session: &mut Session, scale: Scale, asked: &Asked) -> Value {
    let n = session.negotiation();
    let (head, rows) = words::rows(session, scale, asked);
    let rows: Vec<Value> = rows.into_iter().map(|(label, text)| json!({ "label": label, "text": text })).collect();
    let answers: Vec<Value> = table::answers(session, asked)
        .into_iter()
        .map(|(_, text, meant)| match meant {
            table::Meant::Decides(decision) => json!({ "text": text, "does": written(n, &decision) }),
            table::Meant::Names { last_word } => json!({ "text": text, "names": true, "last_word": last_word }),
            table::Meant::Escalates => json!({ "text": text, "escalates": true }),
        })
        .collect();
    let writes = matches!(asked.question, Question::Moves | Question::Proposes);
    json!({
        "seat": n.actor(asked.seat).id,
        "round": asked.round,
        "head": head,
        "rows": rows,
        "ask": table::question(n, asked),
        "answers": answers,
        "table": words::on_the_table(session, asked).map(|it| terms::as_flag(n, &it)),
        "escalates": session.escalates(asked.seat),
        "beliefs": words::beliefs(session),
        "offers": words::offers(n, session.happened()),
        "advice": words::advice(session, scale),
        "editor": writes.then(|| editor(session, asked)),
    })
}

/// What can be written into an offer: issue by issue, every option with what it would change.
fn editor(session: &mut Session, asked: &Asked) -> Value {
    let n = session.negotiation();
    let begun = Editor::of(session, asked, false);
    let mut all: Vec<Package> = vec![begun.package.clone()];
    for k in begun.issues() {
        all.extend((0..n.space.issues[k.0].options.len()).map(|o| {
            let mut package = begun.package.clone();
            package.0[k.0] = OptionId(o);
            package
        }));
    }
    let weighed = session.weigh(&all);
    let now = weighed.first().and_then(|it| it.points);
    let mut at = 1;
    let issues: Vec<Value> = begun
        .issues()
        .iter()
        .map(|k| {
            let issue = &n.space.issues[k.0];
            let options: Vec<Value> = issue
                .options
                .iter()
                .enumerate()
                .map(|(o, option)| {
                    let it = weighed.get(at + o);
                    let change = it.and_then(|it| it.points).zip(now).map(|(points, now)| change_of_points(points - now));
                    let why = it.and_then(|it| it.unavailable).map(|why| unavailable(n, why));
                    json!({ "id": option.id, "name": visible(&option.name), "change": change, "why": why })
                })
                .collect();
            at += options.len();
            json!({ "id": issue.id, "name": visible(&issue.name), "now": issue.options[begun.package.option(*k).0].id, "options": options })
        })
        .collect();
    let homes = weighed.first().map(|it| {
        it.homes
            .iter()
            .map(|(a, chance, _)| json!({ "audience": visible(&n.audience(*a).name), "chance": percent(*chance) }))
            .collect::<Vec<_>>()
    });
    json!({
        "package": terms::as_flag(n, &begun.package),
        "worth": now.map(number),
        "without": asked.situation.no_deal.map(number),
        "homes": homes,
        "why": weighed.first().and_then(|it| it.unavailable).map(|why| unavailable(n, why)),
        "issues": issues,
    })
}
