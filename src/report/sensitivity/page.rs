//! The page of a study.

use super::{Studied, outcome};
use crate::analysis::estimator::rule_of_three;
use crate::analysis::sensitivity::{Estimated, GroupKind, Measure};
use crate::report::CAVEAT;
use crate::report::head::{Otherwise, head};
use crate::text::table::Table;
use crate::text::words::{
    bullet, capital, change, count, counted, margin, paragraph, percent, percent_of, stacked, visible,
};

/// Rows of the screening that are shown.
const SHOWN: usize = 12;

/// What an index is called whose interval holds 0.
pub const NOT_TOLD: &str = "cannot be told from 0";

/// The page.
pub fn page(a: &Studied) -> String {
    let parts = [
        head(a.n, &a.settings.drawing.accounts.variants),
        paragraph(&sentence(a)),
        shares(a),
        screening(a),
        rests(a),
        paragraph(&format!("{} evaluations, seed {}; {CAVEAT}.", count(a.answer.evaluations), a.settings.drawing.seed)),
    ];
    stacked(&parts)
}

/// What moves the outcome most.
pub(super) fn sentence(a: &Studied) -> String {
    let (what, d) = (outcome(a.settings.outcome), &a.answer.decomposition);
    let spread = format!(
        "{} is {} on the mean, with a standard deviation of {}",
        capital(a.measure()),
        margin(d.mean),
        margin(d.variance.sqrt())
    );
    if d.groups.is_empty() {
        return format!("Nothing to divide: {what} is the same at every point looked at, {CAVEAT}. {spread}.");
    }
    let told = a.ranked().into_iter().find(|(group, i)| group.kind != GroupKind::Others && !i.total.may_be_zero());
    let Some((group, most)) = told else {
        return format!(
            "No input by itself stands out: what each makes of the variance {NOT_TOLD}, {CAVEAT}. {spread}."
        );
    };
    let alone = if most.first.may_be_zero() {
        format!("what it makes alone {NOT_TOLD}")
    } else {
        format!("{} alone", share(most.first))
    };
    format!(
        "{} varies, {CAVEAT}; of what is asked about, most with {}: {} of its variance with all that acts together with this, {alone}. {spread}.",
        capital(what),
        if group.kind == GroupKind::Input { format!("`{}`", a.name(group)) } else { a.name(group) },
        share(most.total)
    )
}

/// `34.1 % (31.2–37.0 %)`.
pub fn share(index: Estimated) -> String {
    format!("{}\u{a0}% ({})", percent_of(index.value), ends(index))
}

/// `31.2–37.0`, nowhere below 0: a share of a variance is none.
fn ends(index: Estimated) -> String {
    format!("{}–{}", percent_of(index.low), percent_of(index.high))
}

/// `34.1 (31.2–37.0)`, or `≈ 0`.
fn cell(index: Estimated) -> String {
    if index.may_be_zero() { "≈ 0".into() } else { format!("{} ({})", percent_of(index.value), ends(index)) }
}

fn shares(a: &Studied) -> String {
    if a.answer.decomposition.groups.is_empty() {
        return String::new();
    }
    let ranked = a.ranked();
    let mut table = Table::new(&["alone", "with company", "per cent of the variance that hangs on"]);
    for (group, indices) in &ranked {
        table.row(vec![cell(indices.first), cell(indices.total), a.name(group)]);
    }
    let zero = ranked.iter().any(|(_, i)| i.first.may_be_zero() || i.total.may_be_zero());
    let zero = if zero { format!(" ≈\u{a0}0: {NOT_TOLD} with so many points.") } else { String::new() };
    let meaning = format!(
        "Alone: the part of the variance that would go if only this were known (first-order index). With company: the part \
         that would stay if all but this were known (total index); it also counts what several do together, so these may \
         add up to more than 100. In brackets the 95 % intervals, from {} Sobol' points.{zero}{}",
        count(a.settings.points),
        together(a)
    );
    format!("WHAT THE VARIANCE HANGS ON\n\n{}\n{}", table.text(), paragraph(&meaning))
}

/// What no group makes alone.
fn together(a: &Studied) -> String {
    match a.answer.decomposition.interactions {
        None => String::new(),
        Some(index) if index.may_be_zero() => {
            format!(" What only several of them make together {NOT_TOLD}.")
        }
        Some(index) => format!(" What only several of them make together: {}.", share(index)),
    }
}

fn screening(a: &Studied) -> String {
    let moving = a.answer.chosen();
    if moving.is_empty() {
        return paragraph(&format!("In no walk did any input move {}. {}", outcome(a.settings.outcome), missed(a)));
    }
    let mut table = Table::new(&["if low", "if high", "change", "size", "input"]);
    for f in moving.iter().take(SHOWN) {
        let (path, e) = (visible(&a.answer.factors[*f].path), &a.answer.apart[1][*f]);
        let [low, high, change] = e.halves.map_or(["–"; 3].map(String::from), |h| {
            [margin(h.low), margin(h.high), effect(h.effect, h.effect_low, h.effect_high)]
        });
        table.row(vec![low, high, change, margin(e.mu_star), path]);
    }
    let (all, still) = (a.answer.factors.len(), a.answer.factors.len() - moving.len());
    let still = match still {
        0 => String::new(),
        1 => format!(" One input moved nothing in any walk. {}", missed(a)),
        many => format!(" {} inputs moved nothing in any walk. {}", capital(&count(many as u128)), missed(a)),
    };
    let meaning = format!(
        "{} walks through all {}, which move one at a time by half of its range, all else and all luck alike. If low, if \
         high: the mean before and after such steps; of a chance, where it does not happen and where it does. Change: \
         their difference, ≈\u{a0}0 where its 95 % interval holds 0. Size: the mean elementary effect whatever its sign, for the \
         whole range (μ*). Picked of {} on even walks, shown on odd ones.{still}",
        count(a.settings.walks),
        counted(all, "uncertain input"),
        count(all as u128)
    );
    let title = format!("WHICH INPUTS MOVE {}\n\n", outcome(a.settings.outcome).to_uppercase());
    title + &table.text() + "\n" + &paragraph(&meaning)
}

/// What a screening does not see: of n steps without a single exception, by the rule of three.
fn missed(a: &Studied) -> String {
    format!(
        "So many walks can miss an input that matters in fewer than {} of worlds, however much it matters there: more \
         --walks, or an index of its own with --inputs, would tell.",
        percent(rule_of_three(a.settings.walks))
    )
}

fn effect(effect: f64, low: f64, high: f64) -> String {
    if low <= 0.0 && high >= 0.0 { "≈ 0".into() } else { change(effect) }
}

fn rests(a: &Studied) -> String {
    let mut lines = Vec::new();
    let kept = a.answer.kept_within;
    if kept > 0 && a.settings.outcome == Measure::Margin {
        lines.push(format!(
            "In {} of {} evaluations the margin is none or unbounded, and counts as −100 % or 100 %; \
             `--of exists` does without it.",
            count(kept),
            count(a.answer.evaluations)
        ));
    }
    if a.answer.factors.iter().any(|f| f.input.is_none()) {
        lines.push(
            "`reading` is which account is true: its index is what hangs on that, its sizes have no up and down."
                .into(),
        );
    }
    lines.extend(Otherwise::of(a.choices).told(a.n));
    lines.push("The indices take the inputs as independent, as they are drawn.".into());
    let bullets: String = lines.iter().map(|line| bullet(line)).collect();
    format!("WHAT IT RESTS ON\n\n{bullets}")
}
