//! The pictures of a discovery: the trade-off, and the first box.

use itertools::Itertools as _;

use crate::analysis::discovery::{Found, Inside, Restriction, Scored, Values};
use crate::figure::hyperbox::{Bar, Hyperbox, Range};
use crate::figure::trade_off::{PeeledBox, TradeOff};
use crate::figure::{self, Caption, Picture, Theme};
use crate::report::CAVEAT;
use crate::report::discover::{Discovered, range, words};
use crate::text::words::{count, interval, percent};

/// The file stems of the pictures of a discovery.
pub const DISCOVER_NAMES: [&str; 2] = ["trade-off", "box"];

/// The pictures of the first box; none without one.
pub fn discover(a: &Discovered, theme: Theme) -> Vec<Picture> {
    let Some(first) = a.found.found.first() else { return Vec::new() };
    vec![figure::trade_off::draw(&trade_off(a, first), theme), figure::hyperbox::draw(&hyperbox(a, first), theme)]
}

fn caption(a: &Discovered, first: &Found, title: String, description: String) -> Caption {
    let noun = a.noun;
    let text = words::hyperbox(a.columns(), &first.scored.hyperbox).replace('`', "");
    let (density, coverage) = (first.scored.density, first.scored.coverage);
    Caption {
        title,
        subtitle: format!(
            "{} lives where {text}: {} of such {noun}s ({}), holding {} of all of them ({})",
            a.target(),
            percent(density.share),
            interval(density),
            percent(coverage.share),
            interval(coverage)
        ),
        source: format!(
            "{CAVEAT}; {}: chosen on {} {noun}s, scored on {} others",
            a.source,
            count(a.found.chosen_on.of),
            count(a.found.scored_on.of)
        ),
        notes: Vec::new(),
        description,
    }
}

fn trade_off(a: &Discovered, first: &Found) -> TradeOff {
    let peeled = |s: &Scored| PeeledBox {
        coverage: s.coverage.share,
        density: s.density.share,
        columns: s.hyperbox.restrictions.len(),
    };
    let boxes: Vec<PeeledBox> = first.trajectory.iter().map(peeled).collect();
    let told = boxes.iter().map(|b| format!("{} at {}", percent(b.density), percent(b.coverage)));
    let description = format!("Density at coverage, box by box: {}", told.format("; "));
    let title = format!("Where {} lives: what smaller boxes hold, and how rich they are", a.target());
    let of = |share: crate::analysis::Share| (share.share, share.low, share.high);
    TradeOff {
        caption: caption(a, first, title, description),
        boxes,
        choice: first.choice,
        taken: (first.chosen.coverage.share, first.chosen.density.share),
        scored: [of(first.scored.coverage), of(first.scored.density)],
    }
}

fn hyperbox(a: &Discovered, first: &Found) -> Hyperbox {
    let restrictions = &first.scored.hyperbox.restrictions;
    let bars: Vec<Bar> = restrictions.iter().map(|r| bar(a, first, r)).collect();
    let told = |bar: &Bar| {
        let outside = bar.outside.map_or_else(|| "nothing".into(), percent);
        format!("{}: {} inside, {outside} outside", bar.label, percent(bar.inside))
    };
    let description = bars.iter().map(told).join("; ");
    Hyperbox {
        caption: caption(a, first, format!("The box in which {} lives", a.target()), description),
        shares: format!("Share of {}s with {}", a.noun, a.target()),
        bars,
    }
}

fn bar(a: &Discovered, first: &Found, of: &Restriction) -> Bar {
    let column = &a.columns()[of.column];
    let outside = a.outside(first, of);
    Bar {
        label: column.name.clone(),
        range: whole(of, &column.values),
        inside: first.scored.density.share,
        outside: (outside.of > 0).then_some(outside.share),
    }
}

fn whole(of: &Restriction, values: &Values) -> Range {
    match (&of.inside, values) {
        (Inside::Numbers { above, most }, Values::Numbers(values)) => {
            let (least, greatest) = range(values);
            let written = |x: f64| (x, words::value(x));
            let short = |x: f64| (x, crate::text::words::number(x));
            let limits = [above.filter(|x| x.is_finite()).map(written), most.map(written)];
            Range::Numbers { ends: [short(least), short(greatest)], limits }
        }
        (Inside::Levels(kept), Values::Words { levels, .. }) => {
            let level = |(place, level): (usize, &String)| {
                (words::level(level).replace('`', ""), kept.contains(&(place as u32)))
            };
            Range::Levels(levels.iter().enumerate().map(level).collect())
        }
        _ => Range::Levels(Vec::new()),
    }
}
