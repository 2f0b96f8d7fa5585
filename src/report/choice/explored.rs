//! What was found beyond the intents of the file: where the search rests, and what the intents of the file would regret.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::Chosen;
use crate::choice::{Explored, OfAccount, POLICIES, Plan, Policy, Rest, Start};
use crate::report::who::Who;
use crate::text::table::Table;
use crate::text::words::{bullet, count, fixed, number, paragraph};

/// The part of the page.
pub(super) fn told(c: &Chosen) -> String {
    let mut parts = vec![format!("BEYOND THE INTENTS OF THE FILE\n\n{}", paragraph(&family(c)))];
    for (of, found) in c.accounts.iter().zip(c.explored) {
        let rests = found.rests.iter().map(|rest| rests(c, found, rest)).collect::<String>();
        let restless = match found.restless.len() {
            0 => String::new(),
            some => bullet(&format!("From {some} of {} starts somebody always finds something better.", starts(found))),
        };
        let name = if of.reading.is_some() { format!("{}\n\n", c.briefly(of)) } else { String::new() };
        parts.push(format!("{name}{rests}{restless}\n{}", regrets(c, found)));
    }
    let pasted = c.explored.iter().flat_map(|found| pasted(c, found)).unique().collect_vec();
    if !pasted.is_empty() {
        let lead = paragraph("To play against what was found, paste it into the file:");
        parts.push(format!("{lead}\n{}", pasted.join("\n")));
    }
    parts.join("\n")
}

/// What is looked through, in words.
fn family(c: &Chosen) -> String {
    let span = c.explored.first().map_or(0.0, |found| found.span);
    let likes = c.players.0.iter().enumerate().map(|(player, it)| {
        let all = c.explored.iter().flat_map(|found| &found.like[player]).unique();
        let named = all.map(|k| c.intent(*k)).collect_vec().join(" or ");
        format!("those of {} like {named}", Who::actor(c.n, it.actor).name)
    });
    format!(
        "Each side looks in turn for its best reply, among its intents and {POLICIES} policies that come down in equal steps: they start \
         at 0 to {end} in eighths, concede over an eighth to twice of {end}, never give up 0, a quarter or half of what they could gain, and \
         leave after a quarter, after half, or never. All else is as in an intent of the file: {}.",
        likes.collect_vec().join(", "),
        end = number(span),
    )
}

fn starts(found: &Explored) -> usize {
    found.rests.iter().map(|rest| rest.from.len()).sum::<usize>() + found.restless.len()
}

fn rests(c: &Chosen, found: &Explored, rest: &Rest) -> String {
    let each = |say: &dyn Fn(usize, usize) -> String| {
        let of_player = |(player, types): (usize, &Vec<Plan>)| (0..types.len()).map(|at| say(player, at)).join(", ");
        rest.plays.iter().enumerate().map(of_player).collect_vec()
    };
    let plays = each(&|player, at| words(c, found, (player, at), rest.plays[player][at]));
    let plays = plays.iter().enumerate().map(|(i, plan)| format!("{}: {plan}", Who::actor(c.n, c.player(i)).name));
    let paid = each(&|player, at| fixed(rest.paid[player][at].mean, 1)).join("; ");
    let most = each(&|player, at| fixed(rest.gains_at_most[player][at], 1)).join("; ");
    let from = match (rest.from.len(), starts(found)) {
        (all, of) if all == of => format!("From all {of} starts"),
        (some, of) => format!("From {some} of {of} starts"),
    };
    bullet(&format!(
        "{from} it rests at this. {}. It pays {paid}; none of these policies gains more than {most}.",
        plays.collect_vec().join(". ")
    ))
}

/// What a plan is, in words.
fn words(c: &Chosen, found: &Explored, (player, of): (usize, usize), plan: Plan) -> String {
    let of_type = &c.players.0[player].types[of];
    let said = match plan {
        Plan::Written(place) => c.intent(of_type.plans[place]),
        Plan::Found(policy) => {
            let it = policy.values(found.span);
            let leaves =
                if it.patience.is_finite() { format!(", leaves after {}", number(it.patience)) } else { String::new() };
            let holds = if it.holds_out > 0.0 {
                format!(", holds out for {} %", number(100.0 * it.holds_out))
            } else {
                String::new()
            };
            format!("starts at {}, over {}{holds}{leaves}", number(it.starts), number(it.over))
        }
    };
    c.want(of_type).map_or(said.clone(), |want| format!("({want}) {said}"))
}

/// What the intents of the file leave on the table.
fn regrets(c: &Chosen, found: &Explored) -> String {
    let mut table = Table::new(&["regret at least", "estimate", "intent: what pays more"]);
    for it in &found.regrets {
        let plan = words(c, found, (it.player, it.of), Plan::Written(it.plan));
        let best = if it.best == Plan::Written(it.plan) {
            "nothing better found".to_owned()
        } else {
            words(c, found, (it.player, it.of), it.best)
        };
        table.row(vec![
            fixed(it.gain.at_least(), 1),
            fixed(it.gain.mean, 1),
            format!("{}, {plan}: {best}", Who::actor(c.n, c.player(it.player)).name),
        ]);
    }
    table.text()
}

/// Found policies as sections of a file.
fn pasted(c: &Chosen, found: &Explored) -> Vec<String> {
    let plans = found.rests.iter().flat_map(|rest| {
        rest.plays.iter().enumerate().flat_map(|(player, types)| {
            types.iter().enumerate().filter_map(move |(of, plan)| match plan {
                Plan::Found(policy) => Some((player, of, *policy)),
                Plan::Written(_) => None,
            })
        })
    });
    plans.map(|(player, of, policy)| section(c, found, (player, of), policy)).collect()
}

/// A policy as a section of a file.
fn section(c: &Chosen, found: &Explored, (player, of): (usize, usize), policy: Policy) -> String {
    let (it, like) = (policy.values(found.span), found.like[player][of]);
    let id = &c.n.actor(c.player(player)).id;
    let patience = if it.patience.is_finite() {
        format!("patience  = {}\n", it.patience)
    } else if c.n.intents[like].patience.is_some() {
        // It must not inherit that of the other.
        format!("patience  = {}\n", it.over.max(found.span) * 1e3)
    } else {
        String::new()
    };
    let holds_out = if it.holds_out > 0.0 { format!("holds_out = {}\n", it.holds_out) } else { String::new() };
    format!(
        "[intents.{id}.found-{}]\nlike      = \"{}\"\nprior     = 0\ntactic    = {{ kind = \"polynomial\", starts = {}, over = {} }}\n{holds_out}{patience}",
        policy.0,
        c.intent(like),
        it.starts,
        it.over,
    )
}

/// The same as data.
pub(super) fn data(c: &Chosen) -> Value {
    if c.explored.is_empty() {
        return Value::Null;
    }
    let plan = |found: &Explored, at: (usize, usize), plan: Plan| match plan {
        Plan::Written(place) => json!({ "intent": c.intent(c.players.0[at.0].types[at.1].plans[place]) }),
        Plan::Found(policy) => {
            let it = policy.values(found.span);
            json!({
                "like": c.intent(found.like[at.0][at.1]),
                "starts": it.starts,
                "over": it.over,
                "holds_out": it.holds_out,
                "patience": it.patience.is_finite().then_some(it.patience),
                "section": section(c, found, at, policy),
            })
        }
    };
    let start = |start: &Start| match start {
        Start::Intent(k) => json!(c.intent(*k)),
        Start::Random(policy) => json!(format!("policy {}", count(policy.0 as u64))),
    };
    let of_account = |(of, found): (&OfAccount, &Explored)| {
        let rest = |rest: &Rest| {
            let at = |player: usize, at: usize| {
                let paid = rest.paid[player][at];
                json!({
                    "plays": plan(found, (player, at), rest.plays[player][at]),
                    "pays": { "mean": paid.mean, "error": paid.error },
                    "gains_at_most": rest.gains_at_most[player][at],
                })
            };
            let of_player = |player: usize| {
                json!({
                    "player": c.n.actor(c.player(player)).id,
                    "types": (0..rest.plays[player].len()).map(|of| at(player, of)).collect_vec(),
                })
            };
            json!({
                "from": rest.from.iter().map(start).collect_vec(),
                "players": (0..rest.plays.len()).map(of_player).collect_vec(),
            })
        };
        json!({
            "account": of.reading.map(|r| c.n.readings[r].id.as_str()),
            "span": found.span,
            "rests": found.rests.iter().map(rest).collect_vec(),
            "restless": found.restless.iter().map(start).collect_vec(),
            "regrets": found.regrets.iter().map(|it| json!({
                "player": c.n.actor(c.player(it.player)).id,
                "want": c.players.0[it.player].types[it.of].want.map(|w| c.n.wants[w].id.as_str()),
                "plan": c.intent(c.players.0[it.player].types[it.of].plans[it.plan]),
                "best": plan(found, (it.player, it.of), it.best),
                "gain": { "mean": it.gain.mean, "error": it.gain.error },
                "at_least": it.gain.at_least(),
            })).collect_vec(),
        })
    };
    json!(c.accounts.iter().zip(c.explored).map(of_account).collect_vec())
}
