//! The data of the picture "margin".

use itertools::Itertools as _;

use super::scene::Scene;
use super::words::{percent, percentage};
use crate::analysis::{Histogram, Share};
use crate::figure::Caption;
use crate::figure::margin::{Margin, Reading};
use crate::model::Beholder;
use crate::text::words::{capital, count, margin};

/// The distribution of the margin, over all worlds and by reading.
pub fn data(scene: &Scene) -> Margin {
    let all = rows(scene);
    let (range, cells) = range(all.iter().map(|row| row.2));
    let reading = |(name, exists, histogram): &(String, Share, &Histogram)| Reading {
        name: name.clone(),
        counts: histogram.cells(range.0, range.1, cells),
        quantiles: quantiles(histogram).map(|q| q.map(|x| 100.0 * x)),
        one_exists: exists.share,
        none: histogram.none,
        unbounded: histogram.unbounded,
    };
    Margin {
        caption: scene.over_all_worlds(Caption {
            title: "How far from a settlement, or past it, the worlds are".into(),
            subtitle: finding(scene),
            notes: binding(scene).into_iter().chain(beyond(scene, range)).collect(),
            description: all.iter().map(told).join(". "),
            ..Caption::default()
        }),
        axis: "margin (per cent of the binding audience’s span)".into(),
        range: (100.0 * range.0, 100.0 * range.1),
        readings: all.iter().map(reading).collect(),
    }
}

/// All worlds first, then every reading from which a world was drawn.
fn rows<'a>(scene: &'a Scene) -> Vec<(String, Share, &'a Histogram)> {
    let survey = scene.survey;
    let shares = survey.exists_by_reading.iter().zip(&survey.margin_by_reading);
    let readings = scene.n.readings.iter().zip(shares).filter(|(_, (share, _))| share.of > 0);
    let readings: Vec<_> = readings.map(|(r, (share, histogram))| (r.name.clone(), *share, histogram)).collect();
    let several = readings.len() > 1;
    let name = if several { "all readings" } else { "all worlds" };
    let all = (name.to_owned(), survey.exists, &survey.margin);
    std::iter::once(all).chain(readings.into_iter().filter(|_| several)).collect()
}

/// Bins around all but a few of the margins, an edge at 0; their width is a multiple of the histogram's own.
fn range<'a>(histograms: impl Iterator<Item = &'a Histogram>) -> ((f64, f64), usize) {
    const WANTED: f64 = 48.0;
    let ends = histograms.flat_map(|h| [h.quantile(0.002), h.quantile(0.998)]).flatten();
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
    let (low, high) = if high - low < 0.02 { (low - 0.05, high + 0.05) } else { (low, high) };
    let width = ((high - low) * Histogram::PER_UNIT / WANTED).ceil() / Histogram::PER_UNIT;
    let (below, above) = ((-low / width).ceil(), (high / width).ceil());
    ((-below * width, above * width), (below + above) as usize)
}

fn quantiles(histogram: &Histogram) -> Option<[f64; 3]> {
    Some([histogram.quantile(0.05)?, histogram.quantile(0.5)?, histogram.quantile(0.95)?])
}

fn finding(scene: &Scene) -> String {
    let margins = &scene.survey.margin;
    let some = capital(&scene.exists());
    let Some([low, median, high]) = quantiles(margins) else {
        let (none, unbounded) = (count(margins.none), count(margins.unbounded));
        return format!(
            "{some}. No world has a margin: in {none} no package is left, in {unbounded} {}",
            crate::report::run::unmeasured(scene.n, scene.survey)
        );
    };
    format!(
        "{some}. Half of the margins lie above {}, nine in ten between {} and {}",
        margin(median),
        margin(low),
        margin(high)
    )
}

/// How many worlds lie outside what is drawn.
fn beyond(scene: &Scene, (low, high): (f64, f64)) -> Option<String> {
    let [below, above] = scene.survey.margin.beyond(low, high);
    let told =
        |worlds: u64, side: &str, end: f64| (worlds > 0).then(|| format!("{} {side} {}", count(worlds), margin(end)));
    let parts = [told(below, "below", low), told(above, "above", high)].into_iter().flatten().join(", ");
    (!parts.is_empty()).then(|| format!("Worlds beyond what is drawn, counted in the outermost bars: {parts}."))
}

/// Whose verdict is the narrowest most often.
fn binding(scene: &Scene) -> Option<String> {
    let most = scene.survey.binding.iter().max_by_key(|(_, share)| share.count)?;
    let whose = match most.0 {
        Beholder::Leadership(i) => scene.actor(i),
        Beholder::Audience(a) => &scene.n.audience(a).name,
    };
    Some(format!("Most often it is {whose} whose verdict binds: in {} of the worlds.", percentage(&most.1)))
}

fn told((name, exists, histogram): &(String, Share, &Histogram)) -> String {
    let quantiles = quantiles(histogram)
        .map_or_else(|| "no margin".to_owned(), |q| format!("margins at 5, 50 and 95 %: {}", q.map(margin).join(", ")));
    let apart = [(histogram.none, "none"), (histogram.unbounded, "unbounded")];
    let apart: String = apart
        .into_iter()
        .filter(|(worlds, _)| *worlds > 0)
        .map(|(worlds, word)| format!(", {word} in {}", percent(Share::of(worlds, exists.of).share)))
        .collect();
    format!("{}: one exists in {}, {quantiles}{apart}", capital(name), percentage(exists))
}
