//! Do the talks get there: how runs end, what is agreed, who gains, what stands in the way.

mod data;
mod payoffs;
mod survival;
mod terms;

pub use data::add;
pub use payoffs::payoffs;
pub use survival::{holds, survival};
pub use terms::by_term;

use itertools::Itertools as _;

use super::super::{calendar::date, story};
use super::Answer;
use crate::analysis::{Endings, ExistsAndReached, OfIntent, Reached};
use crate::model::Negotiation;
use crate::report::{terms::asked, who::Who};
use crate::text::table::Table;
use crate::text::words::{
    capital, count, counted_share, in_column, list, margin, paragraph, percent, quoted, stacked, visible,
};

/// Causes and blocks of each list on the page; the sheet has all of them.
const SHOWN: usize = 6;

/// The section; empty where no talks are run.
pub fn talks(a: &Answer) -> String {
    let Some(r) = &a.reached else { return String::new() };
    let lasts = survival::told(a, r);
    let (paid, past) = (payoffs::told(a, r), survival::beside_history(a.n(), r));
    let parts = [endings_table(a.n(), r), agreed(a, r), gained(a, r), lasts, past, failed(a, r), by_intent(a, r), paid];
    format!("DO THE TALKS GET THERE\n\n{}", stacked(&parts))
}

/// What exists beside what is reached, in words; run k is played in world k.
pub fn gap(a: &Answer) -> Option<String> {
    let ExistsAndReached { missed, beyond, reached_where_one_exists: there, .. } = a.reached.as_ref()?.gap();
    let asked = asked(a.n());
    let mut text = "Run k of the talks is played in world k.".to_owned();
    if missed.count > 0 {
        text += &format!(
            " A settlement that is a defeat for nobody{asked} exists, and the talks miss it, in {}; where one exists they get \
             there in {}.",
            counted_share(missed, "run"),
            counted_share(there, "run")
        );
    } else if there.of > 0 {
        text += &format!(" Wherever a settlement that is a defeat for nobody{asked} exists, the talks get there.");
    }
    if beyond.count > 0 {
        text += &format!(
            " In {} they reach one that did not exist when they began: what no deal is worth, and what those at home can \
             bear, moves while they talk.",
            counted_share(beyond, "run")
        );
    }
    Some(text)
}

fn endings_table(n: &Negotiation, r: &Reached) -> String {
    let (met, never): (Vec<_>, Vec<_>) = r.endings.iter().partition(|(_, share)| share.count > 0);
    let met = met.iter().map(|(e, share)| vec![in_column(*share), count(share.count), capital(story::ending(*e))]);
    let table = Table::of(&["runs, %", "runs", "how they end"], met);
    let never = never.iter().map(|(e, _)| story::ending(*e)).join("; ");
    let never = if never.is_empty() { never } else { format!(" Did not happen in any run: {never}.") };
    let last = date(n, n.horizon).map_or(String::new(), |day| format!(" ({day})"));
    let note = format!(
        "“It is reached” means a deal, final or for a time, that is a defeat for nobody{}. The horizon is round {}{last}.{never}",
        asked(n),
        n.horizon
    );
    format!("{}\n{}", table.text(), paragraph(&note))
}

/// When it is reached, and on what terms.
fn agreed(a: &Answer, r: &Reached) -> String {
    if r.reached.count == 0 {
        return String::new();
    }
    let day = |round: u32| date(a.n(), round).map_or(String::new(), |day| format!(" ({day})"));
    let [_, half, most] = r.rounds.deciles;
    let when = format!(
        "Of those reached by the horizon, half are done by round {half}{} and nine in ten by round {most}{}.",
        day(half),
        day(most)
    );
    paragraph(&when) + "\n" + &terms::agreed(a, r)
}

/// What each side takes of what it could hope for.
fn gained(a: &Answer, r: &Reached) -> String {
    if r.reached.count == 0 {
        return String::new();
    }
    let each = r.gains.iter().map(|(i, gain)| {
        let error = margin(1.96 * gain.error);
        format!("{} {} ± {error}", visible(&a.n().actor(*i).name), margin(gain.mean))
    });
    paragraph(&format!(
        "What each gains there, of the way from no deal to the most that it could hope for, on average \
         (± half of the 95 % interval): {}.",
        list(each)
    ))
}

/// The last thing that stood in the way, and why there is no deal.
fn failed(a: &Answer, r: &Reached) -> String {
    if r.blocked.is_empty() {
        return String::new();
    }
    let row = |(block, share): &_| vec![in_column(*share), count(share.count), capital(&story::blocked(a.n(), *block))];
    let head = ["runs, %", "runs", "what stood in the way last, where no deal was signed and ratified"];
    let table = Table::of(&head, r.blocked.iter().take(SHOWN).map(row));
    format!("{}\n{}", table.text(), no_deal(a, r))
}

/// Why there is no deal, and how often an earlier paper stands all the same.
fn no_deal(a: &Answer, r: &Reached) -> String {
    if r.causes.is_empty() {
        return String::new();
    }
    let row = |(cause, share): &_| vec![in_column(*share), count(share.count), capital(&story::why(a.n(), *cause))];
    let table = Table::of(&["runs, %", "runs", "why there is no deal"], r.causes.iter().map(row));
    let stands = format!("A paper of an earlier stage stands without a deal in {}.", counted_share(r.interim, "run"));
    let stands = if r.interim.count > 0 { paragraph(&stands) } else { String::new() };
    format!("{}\n{stands}", table.text())
}

/// How often it is reached by what each side is really after, whoever is right.
fn by_intent(a: &Answer, r: &Reached) -> String {
    let mut table =
        Table::new(&["it is reached, %", "runs", "if this is what a side is after, and how such talks end"]);
    for it in r.by_intent.iter().filter(|it| it.runs > 0) {
        let text = format!("{}; {}", after(a.n(), it), mostly(&it.endings));
        table.row(vec![in_column(it.reached), count(it.runs), text]);
    }
    if table.is_empty() {
        return String::new();
    }
    let note = weighed(a);
    let note = if note.is_empty() { note } else { format!("\n{}", paragraph(note.trim_start())) };
    format!("{}{note}", table.text())
}

/// What a side is after, and under which accounts it never is.
pub(super) fn after(n: &Negotiation, it: &OfIntent) -> String {
    let who = Who::actor(n, n.intents[it.intent].of).intends(n, it.intent);
    let never = quoted(it.never_under.iter().map(|r| &n.readings[*r].id));
    if never.is_empty() { who } else { format!("{who} (never under {never})") }
}

/// What rows by intent are over, where there are several accounts.
pub(super) fn weighed(a: &Answer) -> String {
    let several = a.n().readings.len() > 1 && a.choices.settings.drawing.accounts.reading.is_none();
    let told = " Rows by what a side is after weigh each account by its share of all runs, so that none speaks for the account \
                that draws it most; so they do not average to all runs, and a share is not one of the runs beside it.";
    if several { told.into() } else { String::new() }
}

/// How many runs some endings count.
pub(super) fn runs_of(endings: &Endings) -> u64 {
    endings.iter().map(|(_, share)| share.count).sum()
}

/// The share of them in which it is reached.
pub(super) fn reached_in(endings: &Endings) -> crate::analysis::Share {
    let reached = endings.iter().filter(|(ending, _)| ending.is_reached()).map(|(_, share)| share.count).sum();
    crate::analysis::Share::of(reached, runs_of(endings))
}

/// The ending that is met most often, of several the first.
fn mostly(endings: &Endings) -> String {
    let most = endings.iter().rev().max_by(|(_, a), (_, b)| a.share.total_cmp(&b.share));
    most.map_or(String::new(), |(ending, share)| {
        format!("most often: {} ({})", story::short(*ending), percent(share.share))
    })
}
