//! The pictures of a study of sensitivity.

use itertools::Itertools as _;

use super::words::percent;
use crate::analysis::sensitivity::{Estimated, Measure};
use crate::figure::halves::{self, Halves};
use crate::figure::indices::{self, Indices};
use crate::figure::{Caption, Measured, Picture, Theme};
use crate::num::Ordered;
use crate::report::CAVEAT;
use crate::report::sensitivity::{Studied, outcome};
use crate::text::{paths, words::count};

/// The file stems of the pictures, in the order in which [`pictures`] gives them.
pub const NAMES: [&str; 2] = ["indices", "halves"];

/// Inputs that are drawn at most.
const MOST: usize = 15;

/// Both pictures, without one that would be empty: nothing varies, or no step changed a value.
pub fn pictures(asked: &Studied, theme: Theme) -> Vec<Picture> {
    let indices = indices(asked).map(|data| indices::draw(&data, theme));
    let halves = halves(asked).map(|data| halves::draw(&data, theme));
    indices.into_iter().chain(halves).collect()
}

fn caption(asked: &Studied, title: String, subtitle: String, notes: Vec<String>, description: String) -> Caption {
    let (made, seed) = (count(asked.answer.evaluations), asked.settings.drawing.seed);
    Caption { title, subtitle, source: format!("{CAVEAT}; {made} evaluations, seed {seed}"), notes, description }
}

fn indices(asked: &Studied) -> Option<Indices> {
    let ranked = asked.ranked();
    let (first, most) = ranked.first()?;
    let what = outcome(asked.settings.outcome);
    let told = |index: Estimated| (!index.may_be_zero()).then_some(index);
    let share = |i: Estimated| Measured { estimate: i.value, low: i.low.max(0.0), high: i.high };
    let rows = ranked.iter().map(|(group, i)| indices::InputIndices {
        label: asked.name(group),
        alone: told(i.first).map(share),
        together: told(i.total).map(share),
    });
    let words = |i: Estimated| told(i).map_or_else(|| "what cannot be told from 0".into(), |i| percent(i.value));
    let finding = format!(
        "Most hangs on {}: {} of the variance with its company",
        paths::name(&asked.name(first)),
        words(most.total)
    );
    let zero = ranked.iter().any(|(_, i)| i.first.may_be_zero() || i.total.may_be_zero());
    let note = zero.then(|| "≈ 0: cannot be told from 0 with so many points.".to_owned());
    let table = ranked
        .iter()
        .map(|(group, i)| format!("{}: {} alone, {} with company", asked.name(group), words(i.first), words(i.total)))
        .join("; ");
    let caption = caption(asked, format!("What makes {what} vary"), finding, note.into_iter().collect(), table);
    Some(Indices { caption, axis: format!("share of the variance of {}", asked.measure()), rows: rows.collect() })
}

fn halves(asked: &Studied) -> Option<Halves> {
    let study = asked.answer;
    let [even, odd] = &study.apart;
    // Chosen by what even walks say, shown by what odd ones do.
    let rows = study.chosen().into_iter().filter_map(|f| {
        let (chosen, halves) = even[f].halves.zip(odd[f].halves)?;
        let row = halves::Contrast {
            label: study.factors[f].path.clone(),
            low: 100.0 * halves.low,
            high: 100.0 * halves.high,
            interval: (100.0 * (halves.low + halves.effect_low), 100.0 * (halves.low + halves.effect_high)),
        };
        Some((chosen.effect.abs(), row))
    });
    let rows = rows.ordered_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut rows: Vec<halves::Contrast> = rows.map(|(_, row)| row).collect();
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let most = rows.first()?;
    let what = outcome(asked.settings.outcome);
    let finding = format!(
        "{}, picked of {}, moves it most: {:.1} % on the mean where it is low, {:.1} % where it is high, all else alike",
        paths::name(&most.label),
        count(study.factors.len() as u64),
        most.low,
        most.high
    )
    .replace('-', "−");
    let mut table = rows.iter().map(|r| format!("{}: {:.1} % low, {:.1} % high", r.label, r.low, r.high));
    let grey = rows.iter().any(|row| !row.is_told());
    let grey = grey.then(|| "Grey bars: the change cannot be told from 0.".to_owned());
    let picked = "Inputs are picked on even walks and shown on odd ones.".to_owned();
    let more = (more > 0).then(|| format!("{more} more inputs move it less."));
    let notes = grey.into_iter().chain([picked]).chain(more).collect();
    let unit = match asked.settings.outcome {
        Measure::Margin => "mean margin (per cent of an audience’s span)",
        Measure::Exists => "worlds in which one exists (per cent)",
        Measure::Reached => "runs in which it is reached (per cent)",
    };
    let caption = caption(asked, format!("How each input moves {what}"), finding, notes, table.join("; "));
    Some(Halves { caption, axis: unit.into(), rows })
}
