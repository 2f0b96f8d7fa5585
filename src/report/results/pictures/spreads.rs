//! Lines over something that is no input: distribution functions of margins and rounds, and how long deals last.

use itertools::{Itertools as _, MinMaxResult};

use super::super::facet::Pool;
use super::super::measure::{Estimate, PlotMeasure, distinct, share};
use super::super::{Experiment, Lasting};
use super::Drawn;
use super::view::{PlotView, Words, heads, others, row, top};
use crate::batch::{Tally, middle};
use crate::figure::lines::{self, At, Axis, Lines};
use crate::num::quantile;
use crate::text::words::{count, margin as in_per_cent, number, percent};

/// What every band of these pictures is.
pub const BAND: &str = "95 % interval (Wilson), point by point";

/// The distribution of one pool: how many lie at each value, and of how many.
struct Spreading {
    /// Values with their counts, in rising order.
    counts: Vec<(f64, u64)>,
    /// What lies before every value.
    before: u64,
    /// All of it, what has no value among it.
    of: u64,
    /// Runs of one experiment: all share their luck.
    distinct: u64,
    /// What has no value, in a word, with its count.
    beyond: Vec<(&'static str, u64)>,
}

impl Spreading {
    fn share(&self, count: u64) -> Estimate {
        share(count, self.of, self.distinct)
    }

    /// How many have a value of which something holds.
    fn count(&self, holds: impl Fn(f64) -> bool) -> u64 {
        self.counts.iter().filter(|(at, _)| holds(*at)).map(|(_, count)| count).sum()
    }

    /// The share at or below a value.
    fn up_to(&self, x: f64) -> Estimate {
        self.share(self.before + self.count(|at| at <= x))
    }

    /// Its points of a line at some values.
    fn points(&self, values: impl Iterator<Item = f64>, printed: f64) -> Vec<At> {
        values.map(|x| self.up_to(x).at(printed * x)).collect()
    }

    /// The value that a share of those with a value stay under.
    fn quantile(&self, p: f64) -> Option<f64> {
        quantile(self.counts.iter().copied(), p)
    }

    /// A row a value: how many lie there, and how many up to there; then what has no value.
    fn rows(&self, key: &[String]) -> Vec<Vec<String>> {
        let up = self.counts.iter().scan(self.before, |sum, (at, here)| {
            *sum += here;
            Some((at.to_string(), *here, *sum))
        });
        // In a table it lies beyond all values.
        let end = |word: &str| if word == "none" { "-inf" } else { "inf" }.to_owned();
        let beyond = self.beyond.iter().map(|(word, here)| (end(word), *here, *here));
        up.chain(beyond).map(|(at, here, sum)| row(key, [at, here.to_string()], &self.share(sum))).collect()
    }
}

/// All distributions of a picture.
type Spreadings<'a> = [(Pool<'a>, Spreading)];

fn merged(members: &[&Experiment]) -> Tally {
    let mut all = Tally::default();
    members.iter().for_each(|e| all.merge(&e.tally));
    all
}

/// The picture of distribution functions, with its table.
fn drawn(view: &PlotView, all: &Spreadings, data: &Lines) -> Drawn {
    let rows = all.iter().flat_map(|(pool, s)| s.rows(&pool.key));
    view.drawn(lines::draw(data, view.theme), &heads(&["at", "here"]), rows)
}

/// The margins; an upright line where one begins to exist.
pub fn margin(view: &PlotView, apart: bool) -> Drawn {
    let all = view.pools(|pool| Some(margins(pool)).filter(|s| s.of > 0));
    let ends = |p| all.iter().filter_map(move |(_, s)| s.quantile(p));
    let (low, high) = (ends(0.005).fold(-0.01, f64::min), ends(0.995).fold(0.01, f64::max));
    let group = |(pool, s): &(Pool, Spreading)| lines::Curve {
        name: view.name(pool),
        told: [worlds(s)].into_iter().chain(median(s)).collect(),
        points: s.points(steps(low, high), 100.0),
    };
    let data = Lines {
        name: if apart { "multiples" } else { "margin" },
        caption: margin_words(view, &all),
        x: Axis {
            title: "margin (per cent of the binding audience’s span)".into(),
            range: (100.0 * low, 100.0 * high),
            share: false,
        },
        y: Axis { title: "share of worlds with at most this margin".into(), range: (0.0, 1.0), share: true },
        band: BAND.into(),
        steps: true,
        rule: Some((0.0, "one exists from 0 on".into())),
        apart,
        across: view.across(&all),
        groups: all.iter().take(lines::MOST).map(group).collect(),
    };
    drawn(view, &all, &data)
}

fn margins(pool: &Pool) -> Spreading {
    let all = merged(&pool.members);
    Spreading {
        counts: all.margins.iter().map(|(bin, count)| (middle(*bin), *count)).collect(),
        before: all.none,
        of: all.margins.values().sum::<u64>() + all.none + all.unbounded,
        distinct: distinct(&pool.members),
        beyond: vec![("none", all.none), ("unbounded", all.unbounded)],
    }
}

fn margin_words(view: &PlotView, all: &Spreadings) -> crate::figure::Caption {
    let some = all.iter().flat_map(|(_, s)| &s.beyond).any(|(_, count)| *count > 0);
    let beyond = "Worlds without any package to look at (none) lie left of every margin, those in which nobody’s verdict counts \
                  (unbounded) right of all.";
    let in_words = |(pool, s): &(Pool, Spreading)| {
        let exist = s.share(s.of - s.before - s.count(|margin| margin < 0.0)).told();
        let (name, median) = (view.name(pool), median(s).unwrap_or_default());
        format!("{name}: margin of 0 or more in {exist}, {}, {median}", worlds(s))
    };
    let rest = others(all, lines::MOST, |members| measured(PlotMeasure::Exists, "one exists in", members));
    view.caption(Words {
        title: "How far from a settlement, or past it".to_owned(),
        finding: ranged(view, all, |s| s.quantile(0.5).map(|m| 100.0 * m), "The median margin is"),
        notes: vec![rest, some.then(|| beyond.to_owned())],
        table: all.iter().map(in_words).collect(),
    })
}

/// "1 000 worlds; none in 12".
fn worlds(s: &Spreading) -> String {
    let beyond = s.beyond.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("; {word} in {}", count(*n)));
    format!("{} worlds{}", count(s.of), beyond.format(""))
}

fn median(s: &Spreading) -> Option<String> {
    s.quantile(0.5).map(|m| format!("median {}", in_per_cent(m)))
}

/// The rounds in which it is reached; what is never reached keeps the line under 100 %.
pub fn rounds(view: &PlotView) -> Drawn {
    let all = view.pools(|pool| Some(reached(pool)).filter(|s| s.of > 0));
    let last = all.iter().filter_map(|(_, s)| s.counts.last()).map(|(at, _)| *at).fold(1.0, f64::max);
    let group = |(pool, s): &(Pool, Spreading)| {
        let runs = format!("{} runs; reached in {}", count(s.of), percent(s.up_to(last).value));
        let median = s.quantile(0.5).map(|m| format!("median round {}", number(m)));
        let points = s.points((0..=last as u32).map(f64::from), 1.0);
        lines::Curve { name: view.name(pool), told: [runs].into_iter().chain(median).collect(), points }
    };
    let data = Lines {
        name: "rounds",
        caption: round_words(view, &all, last),
        x: Axis { title: "round".into(), range: (0.0, last), share: false },
        y: Axis {
            title: "share of runs in which it is reached by then".into(),
            range: (0.0, top(all.iter().map(|(_, s)| s.up_to(last).high))),
            share: true,
        },
        band: BAND.into(),
        steps: true,
        across: view.across(&all),
        groups: all.iter().take(lines::MOST).map(group).collect(),
        ..Lines::default()
    };
    drawn(view, &all, &data)
}

fn reached(pool: &Pool) -> Spreading {
    let talks: Vec<&Experiment> = pool.members.iter().copied().filter(|e| e.tally.reached().is_some()).collect();
    let all = merged(&talks);
    let reached: u64 = all.rounds.values().sum();
    Spreading {
        counts: all.rounds.iter().map(|(round, count)| (f64::from(*round), *count)).collect(),
        before: 0,
        of: all.runs,
        distinct: distinct(&pool.members),
        beyond: vec![("not-reached", all.runs - reached.min(all.runs))],
    }
}

fn round_words(view: &PlotView, all: &Spreadings, last: f64) -> crate::figure::Caption {
    let in_words = |(pool, s): &(Pool, Spreading)| {
        let median = s.quantile(0.5).map_or_else(|| "never".into(), number);
        let (name, reached) = (view.name(pool), s.up_to(last).told());
        format!("{name}: reached in {reached}, where it is, by round {median} half of the time")
    };
    let rest = others(all, lines::MOST, |members| measured(PlotMeasure::Reached, "it is reached in", members));
    let reached = |s: &Spreading| Some(100.0 * s.up_to(last).value);
    view.caption(Words {
        title: "When it is reached".to_owned(),
        finding: ranged(view, all, reached, "By the last round it is reached in"),
        notes: vec![rest, Some("What is not reached counts too: it keeps a line under 100 %.".to_owned())],
        table: all.iter().map(in_words).collect(),
    })
}

fn measured(measure: PlotMeasure, start: &str, members: &[&Experiment]) -> Option<String> {
    measure.estimate(members).map(|e| format!("{start} {}", e.told()))
}

/// Edges of bins from end to end, at most some two hundred.
fn steps(low: f64, high: f64) -> impl Iterator<Item = f64> {
    const PER_UNIT: f64 = 256.0;
    let bins = ((high - low) * PER_UNIT).ceil().max(1.0);
    let stride = (bins / 200.0).ceil();
    let first = (low * PER_UNIT).floor();
    (0..=(bins / stride).ceil() as u32).map(move |i| (first + stride * f64::from(i)) / PER_UNIT)
}

/// "… 3 % (no mediator) to 9 % (a mediator)", or the one value.
fn ranged(view: &PlotView, all: &Spreadings, of: impl Fn(&Spreading) -> Option<f64>, start: &str) -> String {
    let told = all.iter().filter_map(|(pool, s)| Some((of(s)?, view.name(pool))));
    let rounded = |x: f64| number((x * 10.0).round() / 10.0);
    match told.minmax_by(|a, b| a.0.total_cmp(&b.0)) {
        MinMaxResult::NoElements => "There is none to show".into(),
        MinMaxResult::MinMax((low, a), (high, b)) if rounded(low) != rounded(high) => {
            format!("{start} {}\u{a0}% ({a}) to {}\u{a0}% ({b})", rounded(low), rounded(high))
        }
        MinMaxResult::MinMax((one, _), _) | MinMaxResult::OneElement((one, _)) => {
            format!("{start} {}\u{a0}%", rounded(one))
        }
    }
}

/// The mean chance that deals still hold, a line a pool.
pub fn lasting(view: &PlotView) -> Drawn {
    let all = view.pools(|pool| Some(Lasting::pooled(&pool.members)).filter(|lasting| lasting.deals > 0));
    let last = all.iter().filter_map(|(_, l)| l.holds().last().map(|(years, _)| *years)).fold(1.0, f64::max);
    let group = |(pool, l): &(Pool, Lasting)| lines::Curve {
        name: view.name(pool),
        told: vec![format!("{} deals", count(l.deals)), end(l)],
        points: chances(l).map(|(years, e)| e.at(years)).collect(),
    };
    let data = Lines {
        name: "survival",
        caption: view.caption(Words {
            title: "How long deals last".to_owned(),
            finding: all.iter().take(4).map(|(pool, l)| format!("{}: {}", view.name(pool), end(l))).join("; "),
            notes: vec![others(&all, lines::MOST, |m| Some(end(&Lasting::pooled(m))))],
            table: all.iter().map(|(pool, l)| lasting_in_words(view, pool, l)).collect(),
        }),
        x: Axis { title: "years after the signature".into(), range: (0.0, last), share: false },
        y: Axis { title: "mean chance that a deal still holds".into(), range: (0.0, 1.0), share: true },
        band: "95 % interval (Hoeffding), point by point".into(),
        across: view.across(&all),
        groups: all.iter().take(lines::MOST).map(group).collect(),
        ..Lines::default()
    };
    let rows = all.iter().flat_map(|(pool, l)| chances(l).map(|(years, e)| row(&pool.key, [years.to_string()], &e)));
    view.drawn(lines::draw(&data, view.theme), &heads(&["years"]), rows)
}

/// What is left at the last time told.
fn end(l: &Lasting) -> String {
    let last = l.holds().last().copied();
    last.map_or(String::new(), |(years, chance)| format!("{} hold after {} years", percent(chance), number(years)))
}

/// The mean chances with their intervals.
///
/// A mean of n chances lies within √(ln(2/0.05) / 2n) of what it estimates, whatever their distribution, in 95 cases
/// of 100 or more. Source: Hoeffding (1963).
fn chances(l: &Lasting) -> impl Iterator<Item = (f64, Estimate)> {
    let (of, half) = (l.deals, (crate::num::ln(2.0 / 0.05) / (2.0 * l.distinct as f64)).sqrt());
    l.holds().into_iter().map(move |(years, value)| {
        // That a deal holds on the day of its signature is no estimate.
        let half = if years > 0.0 { half } else { 0.0 };
        let (low, high) = ((value - half).max(0.0), (value + half).min(1.0));
        (years, Estimate { count: None, of, value, low, high, error: half / 1.96, printed: 1.0 })
    })
}

fn lasting_in_words(view: &PlotView, pool: &Pool, l: &Lasting) -> String {
    let each = chances(l).map(|(years, e)| format!("{} after {}", percent(e.value), number(years))).join(", ");
    format!("{}, {} deals, chance by years: {each}", view.name(pool), count(l.deals))
}
