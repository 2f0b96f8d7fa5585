//! One run as data: every step typed, everybody by identifier, packages as picks, worth in points.

use serde_json::{Value, json};

use super::run::package;
use crate::analysis::YEARS;
use crate::engine::talks::{Block, Cause, Outlook, Refusal, Run, Step, What};
use crate::model::{ActorId, Negotiation, Scale};
use crate::report::object::Object;

/// A run with all of its steps, as one JSON object.
pub fn data(n: &Negotiation, scale: Scale, run: &Run, steps: &[Step]) -> Value {
    json!({
        "title": n.title,
        "run": run.run,
        "reading": run.reading.map(|r| n.readings[r].id.as_str()),
        "intents": run.intents.iter().map(|i| intent(n, *i)).object(),
        "ending": run.ending,
        "reached": run.ending.is_reached(),
        "rounds": run.rounds,
        "package": run.package.as_ref().map(|p| package(n, p)),
        "verdicts": verdicts(n, run),
        "without_a_veto": idle(n, run),
        "defeated": run.defeated.iter().map(|i| id(n, *i)).collect::<Vec<_>>(),
        "gains": gains(n, &run.gains),
        "cause": run.cause.map(|c| cause(n, c)),
        "signed": run.signed.iter().map(|s| &n.stage(*s).id).collect::<Vec<_>>(),
        "pressed": run.pressed.iter().map(|i| id(n, *i)).collect::<Vec<_>>(),
        "imposed_by": run.imposed_by.map(|i| id(n, i)),
        "blocked_by": run.blocked.map(|b| block(n, b)),
        "steps": steps.iter().filter(|s| !matches!(s.what, What::Ends(_))).map(|s| step(n, scale, s)).collect::<Vec<_>>(),
    })
}

fn id(n: &Negotiation, i: ActorId) -> &str {
    &n.actor(i).id
}

fn intent(n: &Negotiation, at: usize) -> (String, Value) {
    let intent = &n.intents[at];
    (id(n, intent.of).to_owned(), json!(intent.id))
}

fn verdicts(n: &Negotiation, run: &Run) -> Value {
    n.audiences.iter().zip(&run.verdicts).map(|(a, v)| (a.id.clone(), json!(v))).object()
}

/// The audiences whose verdict binds nobody in this world.
fn idle<'a>(n: &'a Negotiation, run: &'a Run) -> Vec<&'a str> {
    n.audiences.iter().zip(&run.binding).filter(|(_, binds)| !**binds).map(|(a, _)| a.id.as_str()).collect()
}

fn gains(n: &Negotiation, gains: &[(ActorId, f64)]) -> Value {
    gains.iter().map(|(i, gain)| (id(n, *i).to_owned(), json!(gain))).object()
}

/// What stood in the way: `block`, and by kind `who`, `why`, `audience`.
pub fn block(n: &Negotiation, block: Block) -> Value {
    match block {
        Block::NoOffer => json!({ "block": "no-offer" }),
        Block::NothingToOffer(i) => json!({ "block": "nothing-to-offer", "who": id(n, i) }),
        Block::Refused(i, why) => {
            let mut told = refusal(n, why);
            told["block"] = "refused".into();
            told["who"] = id(n, i).into();
            told
        }
        Block::Drafting => json!({ "block": "drafting" }),
        Block::Unratified(a) => json!({ "block": "unratified", "audience": n.audience(a).id }),
    }
}

/// Why there is no deal: `cause`, and `who` where somebody left.
pub fn cause(n: &Negotiation, cause: Cause) -> Value {
    match cause {
        Cause::WalkedOut(i) => json!({ "cause": cause.word(), "who": id(n, i) }),
        _ => json!({ "cause": cause.word() }),
    }
}

fn refusal(n: &Negotiation, why: Refusal) -> Value {
    match why {
        Refusal::RuledOut => json!({ "why": "ruled-out" }),
        Refusal::RedLine => json!({ "why": "red-line" }),
        Refusal::WorseThanNoDeal => json!({ "why": "worse-than-no-deal" }),
        Refusal::WorseThanSoFar => json!({ "why": "worse-than-settled-so-far" }),
        Refusal::WouldNotKeep(i) => json!({ "why": "would-not-keep", "of": id(n, i) }),
        Refusal::NotEnoughYet => json!({ "why": "not-enough-yet" }),
        Refusal::Home(a) => json!({ "why": "home", "audience": n.audience(a).id }),
    }
}

fn step(n: &Negotiation, scale: Scale, step: &Step) -> Value {
    let mut told = what(n, scale, &step.what);
    told["round"] = step.round.into();
    told
}

fn what(n: &Negotiation, scale: Scale, what: &What) -> Value {
    match what {
        What::Intends(i, at) => json!({ "step": "intends", "who": id(n, *i), "intent": n.intents[*at].id }),
        What::Moves { state, from, to } => {
            json!({ "step": "moves", "state": n.states[state.0].id, "from": from, "to": to })
        }
        What::Happens(event) => json!({ "step": "happens", "event": n.events[*event].id }),
        What::Escalates(i) => json!({ "step": "escalates", "who": id(n, *i) }),
        What::Makes(i, made) => json!({ "step": "makes", "who": id(n, *i), "move": made }),
        What::Offers { by, stage, package: terms, utility, aspiration, asked, gains: gained } => json!({
            "step": "offers", "who": id(n, *by), "stage": stage.map(|s| &n.stage(s).id), "package": package(n, terms),
            "worth": scale.points(*utility), "asks": scale.points(*aspiration),
            "asks_of_its_hopes": asked, "gains": gains(n, gained),
        }),
        What::HasNothing(i, broken) => {
            json!({ "step": "has-nothing", "who": id(n, *i), "would-not-keep": broken.map(|i| id(n, i)) })
        }
        What::Accepts(i) => json!({ "step": "accepts", "who": id(n, *i) }),
        What::Refuses(i, why) => {
            let mut told = refusal(n, *why);
            told["step"] = "refuses".into();
            told["who"] = id(n, *i).into();
            told
        }
        What::Agreed => json!({ "step": "agreed" }),
        What::Drafts { stage, due } => json!({ "step": "drafts", "stage": stage.map(|s| &n.stage(s).id), "due": due }),
        What::Signs(stage) => json!({ "step": "signs", "stage": stage.map(|s| &n.stage(s).id) }),
        What::Leaves(i) => json!({ "step": "leaves", "who": id(n, *i) }),
        What::RunsOut => json!({ "step": "runs-out" }),
        What::Withdraws(i) => json!({ "step": "withdraws", "who": id(n, *i) }),
        What::Reopens => json!({ "step": "reopens" }),
        What::SettledBeside { stage, package: terms } => {
            json!({ "step": "settled-beside", "stage": n.stage(*stage).id, "package": package(n, terms) })
        }
        What::ConflictResumes => json!({ "step": "conflict-resumes" }),
        What::MediatorLeaves(i) => json!({ "step": "mediator-leaves", "who": id(n, *i) }),
        What::Presses { by, of } => json!({ "step": "presses", "who": id(n, *by), "of": id(n, *of) }),
        What::TakesHeart { by, left } => json!({ "step": "takes-heart", "who": id(n, *by), "left": left }),
        What::Proposes { by, stage, package: terms } => json!({
            "step": "proposes", "who": id(n, *by), "stage": stage.map(|s| &n.stage(s).id), "package": package(n, terms),
        }),
        What::Owes { owing, stock } => json!({ "step": "owes", "owing": n.ledger[owing.0].id, "stock": stock }),
        What::Spends { owing, favours } => {
            json!({ "step": "spends", "owing": n.ledger[owing.0].id, "favours": favours })
        }
        What::ConflictEnds => json!({ "step": "conflict-ends" }),
        What::Votes { audience, chance, ratifies } => json!({
            "step": "votes", "audience": n.audience(*audience).id, "chance": chance, "ratifies": ratifies,
        }),
        What::Learns { by, about, weights } => json!({
            "step": "learns", "who": by.iter().map(|i| id(n, *i)).collect::<Vec<_>>(), "of": id(n, *about),
            "weights": weights.iter().map(|(k, w)| (n.intents[*k].id.clone(), json!(w))).object(),
        }),
        What::Lasts(outlook) => lasts(n, outlook),
        What::PutAgain => json!({ "step": "put-again" }),
        What::GoesBack => json!({ "step": "goes-back" }),
        What::Ends(run) => json!({ "step": "ends", "ending": run.ending }),
    }
}

/// How long the deal lasts, and what makes it so.
fn lasts(n: &Negotiation, outlook: &Outlook) -> Value {
    let named = n.durability.iter().flat_map(|d| &d.factors).zip(&outlook.hazard.factors);
    json!({
        "step": "lasts", "hazard": outlook.hazard.per_year,
        "survival": YEARS.map(|years| json!({ "years": years, "chance": outlook.hazard.survival(years) })),
        "factors": named.map(|(factor, z)| (factor.id.clone(), json!(z))).object(),
        "turned": outlook.turned.iter().map(|a| &n.audience(*a).id).collect::<Vec<_>>(),
    })
}
