//! A share a pool, as dots, and how the talks end, a panel a pool.

use itertools::{Itertools as _, MinMaxResult};

use super::super::Experiment;
use super::super::facet::Pool;
use super::super::measure::{Estimate, PlotMeasure};
use super::Drawn;
use super::view::{PlotView, Words, heads, others, row};
use crate::engine::talks::Ending;
use crate::figure::Measured;
use crate::figure::dots::{self, Dot, Dots, Section};
use crate::figure::endings::{self, DrawnEnding, EndingPanel, Endings};
use crate::report::{pictures::tone, story::short};
use crate::text::words::{capital, count, list, percent};

/// Pools that are drawn at most.
pub const MOST: usize = 24;

/// A share of each pool, as dots.
pub fn dots(view: &PlotView, measure: PlotMeasure) -> Drawn {
    let all = view.pools(|pool| measure.estimate(&pool.members));
    let shown = &all[..all.len().min(MOST)];
    let whole: Vec<&Experiment> = view.results.experiments.iter().collect();
    let rule = measure.estimate(&whole).filter(|_| shown.len() > 1);
    let data = Dots {
        name: if measure == PlotMeasure::Exists { "exists" } else { "reached" },
        caption: view.caption(Words {
            title: measure.title(view.results),
            finding: least_and_most(view, &all),
            notes: vec![others(&all, MOST, |members| measure.estimate(members).map(|e| e.told()))],
            table: all.iter().map(|(pool, e)| format!("{}: {}", view.name(pool), e.told())).collect(),
        }),
        axis: view.axis(measure, shown.iter().map(|(_, e)| e)),
        interval: "95 % interval (Wilson)".into(),
        rule: rule.map(|e| (e.value, format!("all of them together: {}", e.briefly()))),
        sections: sections(view, shown),
    };
    let rows =
        all.iter().map(|(pool, e)| row(&pool.key, [measure.word(view.results), pool.members.len().to_string()], e));
    view.drawn(dots::draw(&data, view.theme), &heads(&["outcome", "experiments"]), rows)
}

fn least_and_most(view: &PlotView, all: &[(Pool, Estimate)]) -> String {
    match all.iter().minmax_by(|a, b| a.1.value.total_cmp(&b.1.value)) {
        MinMaxResult::MinMax((least, low), (most, high)) if low.value < high.value => {
            format!("From {} ({}) to {} ({})", low.briefly(), view.name(least), high.briefly(), view.name(most))
        }
        MinMaxResult::MinMax((_, only), _) => format!("{} in every group", only.briefly()),
        MinMaxResult::OneElement((_, only)) => only.told(),
        MinMaxResult::NoElements => "Nothing was counted".into(),
    }
}

/// By the first facet, where there are two or more; then names are those of the others.
fn sections(view: &PlotView, shown: &[(Pool, Estimate)]) -> Vec<Section> {
    let row = |name: String, e: &Estimate| Dot { name, told: e.told(), value: e.value, low: e.low, high: e.high };
    if view.by.len() < 2 {
        let rows = shown.iter().map(|(pool, e)| row(view.name(pool), e)).collect();
        return vec![Section { name: String::new(), rows }];
    }
    let section = |part: &[(Pool, Estimate)]| Section {
        name: part[0].0.key[0].clone(),
        rows: part.iter().map(|(pool, e)| row(pool.key[1..].join(" · "), e)).collect(),
    };
    shown.chunk_by(|(a, _), (b, _)| a.key[0] == b.key[0]).map(section).collect()
}

/// Endings with their shares.
type Ended = Vec<(Ending, Estimate)>;

/// How the talks end, a panel a pool.
pub fn endings(view: &PlotView) -> Drawn {
    let all = view.pools(|pool| Some(ended(&pool.members)).filter(|ended| !ended.is_empty()));
    let met = |ending: &Ending| all.iter().any(|(_, ended)| find(ended, *ending).is_some_and(|e| e.count > Some(0)));
    let (met, never): (Vec<Ending>, Vec<Ending>) = Ending::ALL.into_iter().partition(met);
    let never: Vec<String> = never.into_iter().map(|ending| short(ending).to_owned()).collect();
    let never = (!never.is_empty()).then(|| format!("In no run: {}.", list(&never)));
    let rest =
        others(&all, endings::MOST, |members| PlotMeasure::Reached.estimate(members).map(|e| e.told() + " reached"));
    let row_of = |e: &Ending| DrawnEnding { name: capital(short(*e)), tone: tone(*e), reached: e.is_reached() };
    let data = Endings {
        caption: view.caption(Words {
            title: "How the talks end".to_owned(),
            finding: commonest(view),
            notes: vec![rest, never],
            table: all.iter().map(|(pool, ended)| in_words(view, pool, ended, &met)).collect(),
        }),
        across: Some(view.across(&all)),
        rows: met.iter().map(row_of).collect(),
        panels: all.iter().take(endings::MOST).map(|(pool, ended)| panel(view, pool, ended, &met)).collect(),
    };
    let rows = all.iter().flat_map(|(pool, ended)| {
        let own = |ending| [PlotMeasure::Ending(ending).word(view.results), pool.members.len().to_string()];
        ended.iter().map(move |(ending, e)| row(&pool.key, own(*ending), e))
    });
    view.drawn(endings::draw(&data, view.theme), &heads(&["ending", "experiments"]), rows)
}

fn ended(members: &[&Experiment]) -> Ended {
    Ending::ALL.into_iter().filter_map(|e| Some((e, PlotMeasure::Ending(e).estimate(members)?))).collect()
}

fn find(ended: &Ended, ending: Ending) -> Option<&Estimate> {
    ended.iter().find(|(of, _)| *of == ending).map(|(_, e)| e)
}

fn commonest(view: &PlotView) -> String {
    let all: Vec<&Experiment> = view.results.experiments.iter().collect();
    let reached = PlotMeasure::Reached.estimate(&all).map(|e| e.told()).unwrap_or_default();
    let commonest = ended(&all).into_iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let commonest = commonest.map_or(String::new(), |(ending, e)| {
        format!("; the commonest ending is: {} ({})", short(ending), percent(e.value))
    });
    format!("Over all experiments the talks get there in {reached}{commonest}")
}

fn panel(view: &PlotView, pool: &Pool, ended: &Ended, met: &[Ending]) -> EndingPanel {
    let share = |e: &Estimate| (Measured { estimate: e.value, low: e.low, high: e.high }, e.count.unwrap_or(0));
    let (shares, runs) = met.iter().map(|ending| find(ended, *ending).map(share).unwrap_or_default()).unzip();
    EndingPanel { name: view.name(pool), told: vec![format!("{} runs", count(pool.runs()))], shares, runs }
}

fn in_words(view: &PlotView, pool: &Pool, ended: &Ended, met: &[Ending]) -> String {
    let shown = ended.iter().filter(|(ending, _)| met.contains(ending));
    format!("{}: {}", view.name(pool), shown.map(|(ending, e)| format!("{} {}", short(*ending), e.told())).join(", "))
}
