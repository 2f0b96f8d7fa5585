//! What happened, how things stand, and what may be asked without losing a round, as a seat may know it.

use crate::engine::talks::{Asked, Decision, Question, Refusal, Step, What};
use crate::games::reckon::{Comes, Pie, solve_throughout};
use crate::model::{ActorId, IssueId, Negotiation, Package, Scale};
use crate::report::calendar::date;
use crate::report::story::sentence;
use crate::report::terms::{in_words, term};
use crate::report::who::Who;
use crate::session::{Session, written};
use crate::text::WIDTH;
use crate::text::table::{Table, pairs};
use crate::text::words::{bullet, capital, list, number, paragraph, percent, shown, visible, wrapped};

/// Who one is, whom one faces, and in which world.
pub fn welcome(session: &Session) -> String {
    let (n, start) = (session.negotiation(), session.start());
    let name = |i: &ActorId| visible(&n.actor(*i).name);
    let seats = &start.seats.who;
    let others: Vec<ActorId> = n.parties().filter(|i| !seats.contains(i)).collect();
    let given = |i: &ActorId| {
        let intent = start.seats.intents.iter().find(|k| n.intents[**k].of == *i);
        intent.map_or_else(
            || format!("{} (what it is after is for you to find out)", name(i)),
            |k| format!("{} ({})", name(i), Who::actor(n, *i).it_intends(n, *k)),
        )
    };
    let who = format!("You sit for {}.", list(seats.iter().map(name)));
    let whom = if others.is_empty() { String::new() } else { format!(" You face {}.", list(others.iter().map(given))) };
    let world = match start.seed {
        None => " Every number of this world is at its likeliest: yours you know, theirs you do not.".to_owned(),
        Some(seed) => format!(" This world is drawn by seed {seed}: yours you know, theirs you do not."),
    };
    let points = " A point is one of your own leadership's. A model under the file's assumptions, no forecast.";
    paragraph(&format!("{who}{whom}{world}{points}"))
}

/// What happened, as a seat may know it; empty if nothing did.
pub fn told(n: &Negotiation, scale: Scale, steps: &[Step], seats: &[ActorId]) -> String {
    let (mut text, mut round) = (String::new(), 0);
    for step in steps {
        let Some(said) = known(n, scale, &step.what, seats) else { continue };
        if step.round != round && step.round > 0 {
            round = step.round;
            let day = date(n, round).map_or(String::new(), |day| format!(", {day}"));
            text += &format!("{} {round}{day}\n", capital(n.round.word()));
        }
        text += &bullet(&capital(&said));
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// A step as those at the table see it: what the others are after, what a package is worth to them and why they refuse is
/// theirs.
pub fn known(n: &Negotiation, scale: Scale, what: &What, seats: &[ActorId]) -> Option<String> {
    let own = |i: &ActorId| seats.contains(i);
    let who = |i: ActorId| Who::actor(n, i);
    let said = match what {
        // How states stand is told with how the talks stand.
        What::Intends(..) | What::Ends(_) | What::Learns { .. } | What::Lasts(_) | What::Moves { .. } => return None,
        // What an offer is said with is told with it.
        What::Makes(_, made) if made.names_terms() => return None,
        What::Makes(of, _) if own(of) => return None,
        What::HasNothing(of, _) if !own(of) => who(*of).does("has nothing to offer."),
        What::Offers { by, stage, package, .. } => {
            let terms = stage.map_or_else(
                || in_words(n, package),
                |stage| {
                    let settles = &n.stage(stage).settles;
                    list(settles.iter().map(|k| term(n, *k, package.option(*k))))
                },
            );
            let of = stage.map_or(String::new(), |stage| format!(", for {}", visible(&n.stage(stage).name)));
            format!("{}{of}: {terms}.", who(*by).does("offers"))
        }
        What::Refuses(of, why) if !own(of) => format!("{}: {}.", who(*of).does("refuses"), refusal(n, *of, *why)),
        What::Refuses(of, _) => who(*of).does("refuses."),
        What::Votes { audience, ratifies, .. } => {
            let verb = if *ratifies { "ratifies." } else { "does not ratify." };
            Who::audience(n, *audience).does(verb)
        }
        other => sentence(n, scale, other),
    };
    Some(said).filter(|said| !said.is_empty())
}

/// Why somebody else refuses, as it is said at the table.
fn refusal(n: &Negotiation, of: ActorId, why: Refusal) -> String {
    let who = Who::actor(n, of);
    match why {
        Refusal::Home(a) => format!("{} would not bear it", visible(&n.audience(a).name)),
        Refusal::RedLine | Refusal::RuledOut => "that is out of the question".into(),
        Refusal::WouldNotKeep(_) => "it would not last".into(),
        Refusal::WorseThanNoDeal | Refusal::WorseThanSoFar | Refusal::NotEnoughYet => who.of_it("it wants more"),
    }
}

/// Where the talks stand, in at most twelve lines.
pub fn situation(session: &Session, scale: Scale, asked: &Asked) -> String {
    let (head, rows) = rows(session, scale, asked);
    format!("{head}\n{}", clipped(&pairs(&rows), 10))
}

/// The same line by line, with a label each; the round first.
pub fn rows(session: &Session, scale: Scale, asked: &Asked) -> (String, Vec<(&'static str, String)>) {
    let (n, now) = (session.negotiation(), &asked.situation);
    let day = date(n, asked.round).map_or(String::new(), |day| format!(" ({day})"));
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    let head = format!("{} {} of {}{day}", capital(n.round.word()), asked.round, n.horizon);
    let stage = now
        .stage
        .filter(|_| !now.last_stage)
        .map(|stage| format!("{}, before the rest", visible(&n.stage(stage).name)));
    rows.push(("On the table", stage.unwrap_or_else(|| "the whole deal".into())));
    let settled = now.settled.iter().enumerate().filter_map(|(k, it)| it.map(|o| term(n, IssueId(k), o)));
    let settled: Vec<String> = settled.collect();
    if !settled.is_empty() {
        rows.push(("Settled", settled.join("; ")));
    }
    if let Some(no_deal) = now.no_deal {
        let best = now.best.map_or(String::new(), |best| format!("; the best you can hope for now, {}", number(best)));
        let pressed = if now.pressed { "; you are being pressed" } else { "" };
        rows.push(("Without a deal", format!("{} points to you{best}{pressed}", number(no_deal))));
    }
    if let Question::Answers { package, .. } | Question::Signs(package) | Question::PutsAgain(package) = &asked.question
    {
        rows.push(("Before you", format!("{}{}", in_words(n, package), worth(session, scale, asked, package))));
    } else if let Some((round, by, package)) = last_of_others(session, asked.seat) {
        let said = format!(
            "{}, round {round}: {}{}",
            visible(&n.actor(by).name),
            in_words(n, &package),
            worth(session, scale, asked, &package)
        );
        rows.push(("Last offer", said));
    }
    let states =
        n.states.iter().zip(&now.states).map(|(state, value)| format!("{}: {}", visible(&state.name), number(*value)));
    let states: Vec<String> = states.collect();
    let conflict = if n.is_conflict() {
        vec![if now.conflict { "the conflict goes on" } else { "the conflict has stopped" }.to_owned()]
    } else {
        Vec::new()
    };
    let outside: Vec<String> = conflict.into_iter().chain(states).collect();
    if !outside.is_empty() {
        rows.push(("Outside", outside.join("; ")));
    }
    (head, rows)
}

/// The first lines of a text, and a mark where more were.
fn clipped(text: &str, most: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: String = lines.iter().take(most).map(|line| format!("{line}\n")).collect();
    if lines.len() > most {
        kept += "  … `o` tells the offers in full\n";
    }
    kept
}

/// What a package is worth to the seat that is asked.
fn worth(session: &Session, scale: Scale, asked: &Asked, package: &Package) -> String {
    let n = session.negotiation();
    if !n.actor(asked.seat).is_party() {
        return String::new();
    }
    let scores = crate::model::Scores::new(n, scale);
    let points = scale.points(scores.leadership(&session.drawn().world, asked.seat, package));
    format!(" (worth {} to you)", number(points))
}

/// The package on the table: what is asked about, else the last that anybody named.
pub fn on_the_table(session: &Session, asked: &Asked) -> Option<Package> {
    match &asked.question {
        Question::Answers { package, .. } | Question::Signs(package) | Question::PutsAgain(package) => {
            Some(package.clone())
        }
        _ => last_offer(session, |_| true),
    }
}

/// The last package that somebody of a kind named.
pub fn last_offer(session: &Session, of: impl Fn(ActorId) -> bool) -> Option<Package> {
    session.happened().iter().rev().find_map(|step| match &step.what {
        What::Offers { by, package, .. } | What::Proposes { by, package, .. } if of(*by) => Some(package.clone()),
        _ => None,
    })
}

fn last_of_others(session: &Session, seat: ActorId) -> Option<(u32, ActorId, Package)> {
    session.happened().iter().rev().find_map(|step| match &step.what {
        What::Offers { by, package, .. } | What::Proposes { by, package, .. } if *by != seat => {
            Some((step.round, *by, package.clone()))
        }
        _ => None,
    })
}

/// All offers so far.
pub fn offers(n: &Negotiation, steps: &[Step]) -> String {
    let mut table = Table::new(&["round", "who", "what"]);
    for step in steps {
        if let What::Offers { by, package, .. } | What::Proposes { by, package, .. } = &step.what {
            table.row(vec![step.round.to_string(), visible(&n.actor(*by).name), in_words(n, package)]);
        }
    }
    if table.is_empty() { paragraph("Nobody has named anything yet.") } else { table.text() }
}

/// What the others seem to be after, to whoever sees with the eyes of the model.
pub fn beliefs(session: &Session) -> String {
    let n = session.negotiation();
    let Some(asked) = session.asked() else { return String::new() };
    let given = |i: ActorId| session.start().seats.intents.iter().any(|k| n.intents[*k].of == i);
    let about = asked.situation.believes.iter().filter(|(of, _)| !given(*of)).map(|(of, weights)| {
        let who = Who::actor(n, *of);
        let one = |(k, weight): &(usize, f64)| format!("{} ({})", who.it_intends(n, *k), percent(*weight));
        paragraph(&format!("{}: {}.", who.name, list(weights.iter().map(one))))
    });
    let about: String = about.collect();
    if about.is_empty() {
        return paragraph("There is nothing to find out: what the others are after was said before the game.");
    }
    about
        + &paragraph(
            "That is what an observer would make of their moves who knows how each kind of side plays; \
             how far they came down is seen with noise.",
        )
}

/// Who says so: the sources of what is written of an issue, or of everything that has one.
pub fn sources(n: &Negotiation, of: &str) -> String {
    let of = of.trim();
    let named = |path: &str| of.is_empty() || path.split('.').any(|word| word == of);
    let rows: Vec<(&str, String)> = n
        .sources
        .iter()
        .filter(|(path, _)| named(path))
        .map(|(path, source)| (path.as_str(), visible(source)))
        .collect();
    let none = if of.is_empty() {
        "No entry of this file has a source: its numbers are assumptions.".to_owned()
    } else {
        format!("Nothing called `{}` has a source: its numbers are assumptions.", shown(of))
    };
    if rows.is_empty() {
        paragraph(&none)
    } else {
        pairs(&rows) + &paragraph("All else, and all magnitudes, are assumptions.")
    }
}

/// Comparisons of one package at one step for an advice, at most.
const MOST_COMPARED: u64 = 2_000_000;

/// What the policy of the seat would do, and why.
pub fn advice(session: &Session, scale: Scale) -> String {
    let n = session.negotiation();
    let (Some(asked), Some((_, decision))) = (session.asked(), session.advised().next()) else { return String::new() };
    let who = Who::actor(n, asked.seat);
    let intent =
        session.outlook().and_then(|run| run.intents.iter().find(|k| n.intents[**k].of == asked.seat).copied());
    let says = intent.map_or_else(
        || who.name.clone(),
        |k| format!("a {} of whom it is true that {}", who.name, who.it_intends(n, k)),
    );
    let does = match decision {
        Decision::Moves(_, Some(terms)) => {
            let asks = terms
                .asks
                .map_or(String::new(), |asks| format!(" It asks for {} points now.", number(scale.points(asks))));
            format!("{}.{asks}", told_terms(n, asked, decision, &terms.package))
        }
        other => format!("{}.", written(n, other)),
    };
    let why = session.ahead().iter().find_map(|step| match &step.what {
        What::Refuses(of, why) if *of == asked.seat => Some(format!(" Why: {}.", own_refusal(n, *of, *why))),
        _ => None,
    });
    let why = why.filter(|_| matches!(decision, Decision::Answers(false))).unwrap_or_default();
    let ends = session.outlook().map_or(String::new(), |run| {
        format!(" If all went on as the file has it, with this luck: {}.", crate::report::story::ending(run.ending))
    });
    let reckons = intent.is_some_and(|k| n.intents[k].reckons());
    let rule = paragraph("Its policy is a rule of thumb, not the best reply: you may well do better.");
    let other = reckoned(session, asked).map_or(rule.clone(), |said| rule + &paragraph(&said));
    paragraph(&format!("By the rules of the file, {says} would: {does}{why}{ends}"))
        + &if reckons {
            paragraph("It has worked that out, and the other side with it: nothing pays it more.")
        } else {
            other
        }
}

/// What the seat would do if both sides reckoned, where that is answered and the file has it otherwise.
fn reckoned(session: &Session, asked: &Asked) -> Option<String> {
    let n = session.negotiation();
    let world = &session.drawn().world;
    let problem = n.as_if_reckoned().reckoning(world).ok()?;
    if let Pie::List(list) = &problem.pie
        && list.len() as u64 * u64::from(problem.steps.unwrap_or(1)) > MOST_COMPARED
    {
        return None;
    }
    let plan = solve_throughout::<f64>(&problem).ok()?;
    let at = asked.round.saturating_sub(1) as usize;
    let at = if problem.steps.is_none() { at % plan.steps.len() } else { at };
    let own = problem.sides.iter().position(|side| side.actor == asked.seat)?;
    let offers = plan.steps.get(at)?;
    let by = |side: usize| offers.iter().find(|offer| offer.by == side);
    let would = match &asked.question {
        Question::Moves => match by(own)?.comes {
            Comes::Deal => format!("offer terms that leave you {} points, and not less", number(by(own)?.pays[own])),
            Comes::Waits => "wait".to_owned(),
            Comes::Leaves(who) if who == own => "leave".to_owned(),
            Comes::Leaves(_) => "offer, and see the other side leave".to_owned(),
        },
        Question::Answers { .. } => {
            format!("accept what is worth {} points to you, or more", number(by(1 - own)?.refused))
        }
        _ => return None,
    };
    let who = Who::actor(n, asked.seat).name;
    Some(format!("If both sides knew every number and made no mistake, a reckoning {who} would {would}."))
}

fn told_terms(n: &Negotiation, asked: &Asked, decision: &Decision, package: &Package) -> String {
    let verb = match decision {
        Decision::Moves(crate::model::Move::Ultimatum, _) => "give as its last word",
        _ => "offer",
    };
    let stage = asked.situation.stage.filter(|_| !asked.situation.last_stage);
    let terms = stage.map_or_else(
        || in_words(n, package),
        |stage| list(n.stage(stage).settles.iter().map(|k| term(n, *k, package.option(*k)))),
    );
    format!("{verb} {terms}")
}

fn own_refusal(n: &Negotiation, of: ActorId, why: Refusal) -> String {
    crate::report::story::because(n, of, why)
}

/// What may be typed.
pub fn help(session: &Session) -> String {
    let n = session.negotiation();
    let issue = n.space.issues.first().map_or("issue=option".to_owned(), |k| {
        format!("{}={}", k.id, k.options.last().map_or("option", |o| o.id.as_str()))
    });
    let rows = [
        ("1, 2, …", "the answer with that number; its word does as well".to_owned()),
        ("w", "what those at home would say of what is on the table: verdict, victory speech, charge sheet".to_owned()),
        ("w TERMS", format!("the same of a package that you name, as in `w {issue}`")),
        ("b", "what the others seem to be after".to_owned()),
        ("o", "all offers so far".to_owned()),
        ("d", "who says so: the sources of the file; `d WORD` those of one thing".to_owned()),
        ("a", "what the file's own policy for your side would do".to_owned()),
        ("q", "leave the table".to_owned()),
    ];
    wrapped("Letters cost no round, and nothing that is mistyped does.", "", "", WIDTH) + &pairs(&rows)
}
