//! The page, for a terminal of 80 columns.

use itertools::Itertools as _;

use super::sentences::sentences;
use super::{Chosen, explored, held, tables};
use crate::choice::OfAccount;
use crate::report::CAVEAT;
use crate::report::head::{Otherwise, told};
use crate::report::who::Who;
use crate::text::words::{count, fixed, list, paragraph, stacked, visible};

/// The three sentences, then account by account the cells, what is in equilibrium and what never pays, then what would have to be
/// true.
pub fn page(c: &Chosen) -> String {
    let mut parts = vec![opening(c)];
    parts.extend(c.accounts.iter().map(|of| account(c, of)));
    let lines = tables::lines(c);
    if !c.sought().iter().all(|(_, it)| it.lines.is_empty()) {
        let note = "“pays”: points that the plan pays more than the best of its others, on odd runs; “a unit”: and by how much that \
                    changes with each unit of the number, by the line through these runs; “0 at”: where the line crosses 0, and \
                    “out” where that is outside the declared range. Of each account the three steepest, chosen on even runs.";
        parts.push(format!("WHAT WOULD HAVE TO BE TRUE\n\n{lines}{}", paragraph(note)));
    }
    if !c.explored.is_empty() {
        parts.push(explored::told(c));
    }
    if !c.held.is_empty() {
        parts.push(held::break_evens(c));
    }
    parts.extend(c.map.map(|map| held::map(c, map)));
    parts.push(notes(c));
    stacked(&parts)
}

fn opening(c: &Chosen) -> String {
    let n = c.n;
    let changed = Otherwise::of(c.choices).told(n).join(" ");
    let changed = if changed.is_empty() { changed } else { paragraph(&changed) };
    let who = c.players.0.iter().map(|player| {
        let plans = player.types.iter().flat_map(|of| &of.plans).unique();
        let named = plans.map(|k| {
            let intent = &n.intents[*k];
            if intent.name == intent.id {
                intent.id.clone()
            } else {
                format!("{} ({})", intent.id, visible(&intent.name))
            }
        });
        paragraph(&format!("{} chooses among {}.", Who::actor(n, player.actor).name, list(named.collect_vec())))
    });
    let sentences = sentences(c).iter().map(|said| format!("{}\n", paragraph(said))).collect::<String>();
    let title = paragraph(&visible(&n.title)) + &told(n, &c.choices.settings.drawing.accounts.variants) + &changed;
    format!("{title}\n{sentences}{}", who.collect::<String>())
}

fn account(c: &Chosen, of: &OfAccount) -> String {
    let name = of.reading.map_or_else(|| "WHAT IS PAID".to_owned(), |_| c.account(of).to_uppercase());
    let blocks = of.blocks.iter().map(|block| tables::block(c, block)).join("\n");
    let within = 2.0 * of.errors.largest_error();
    let within = if within == 0.0 {
        paragraph("No run pays otherwise than another: what is paid is exact.")
    } else {
        paragraph(&format!(
            "Differences within a column, or within a row, are known to ±{} points or better (two standard errors).",
            fixed(within, if within < 0.1 { 3 } else { 1 })
        ))
    };
    let erring = tables::erring(c, of);
    let erring = if erring.is_empty() { erring } else { format!("\n{erring}\n") };
    let equilibria = tables::equilibria(c, of);
    let parts = [blocks, within, "\n".into(), equilibria, erring, tables::dominance(c, of), tables::turns(c, of)];
    format!("{name}\n\n{}", parts.concat())
}

fn notes(c: &Chosen) -> String {
    let (runs, resamples, seed) = (count(c.asked.runs), count(c.asked.resamples), c.asked.drawing.seed);
    let held = if c.held.is_empty() && c.map.is_none() {
        String::new()
    } else {
        format!(" ({} where a number is held)", count(c.held_runs))
    };
    let searched =
        if c.accounts.iter().all(|of| of.settled.mixed) { "" } else { "Mixed equilibria were not searched. " };
    paragraph(&format!(
        "{runs} runs of each cell{held}, seed {seed}, all cells of an account in the same worlds on the same luck; what is paid is a \
         mean in each side's own points, first players first, where the observer looks away at twice the horizon. A plan is an \
         intent, held for whole runs. “Comes back”: in so many of {resamples} resamples of the runs; “regret at most”: what \
         anybody could gain by leaving it, 95 % for all together; reached, holds (a year later) and defeat (for somebody at home) in \
         per cent of runs. “Errs by”: what is played, in per cent with 95 % bands, by sides that err by so many points, a plan e times \
         as likely for every so many that it pays more (logit equilibrium, the principal branch only). {searched}All of it holds {CAVEAT}."
    ))
}
