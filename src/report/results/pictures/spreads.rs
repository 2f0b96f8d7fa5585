//! Distribution functions: margins and rounds.

use super::super::outcome::{Estimate, Outcome, distinct, share};
use super::super::spread::Spread;
use super::super::{Experiment, Group};
use super::Drawn;
use super::view::{View, Words, cells, others, told};
use crate::figure::lines::{self, At, Axis, Lines};
use crate::text::words::{count, margin as in_per_cent, number, percent};

/// What every band of these pictures is.
pub const BAND: &str = "95 % interval (Wilson), point by point";

/// The distribution of one group: how many lie at each value, and of how many.
struct Spreading<'a> {
    group: Group<'a>,
    spread: Spread,
    /// Values with their counts, in rising order.
    counts: Vec<(f64, u64)>,
    /// What lies before every value.
    before: u64,
    /// All of it, what has no value among it.
    of: u64,
    /// Runs of one experiment: all share their luck.
    distinct: u64,
}

impl Spreading<'_> {
    /// The share at or below a value.
    fn up_to(&self, x: f64) -> Estimate {
        let below: u64 = self.counts.iter().take_while(|(at, _)| *at <= x).map(|(_, count)| count).sum();
        share(self.before + below, self.of, self.distinct)
    }

    /// The value that a share of those with a value stay under.
    fn quantile(&self, p: f64) -> Option<f64> {
        let finite: u64 = self.counts.iter().map(|(_, count)| count).sum();
        let wanted = ((p * finite as f64).ceil() as u64).max(1);
        let mut sum = 0;
        self.counts
            .iter()
            .find(|(_, count)| {
                sum += count;
                sum >= wanted
            })
            .map(|(at, _)| *at)
    }
}

fn merged(members: &[&Experiment]) -> Spread {
    let mut all = Spread::default();
    members.iter().for_each(|e| all.merge(&e.spread));
    all
}

fn spreadings<'a>(view: &View<'a>, of: impl Fn(&Group, &Spread) -> (Vec<(f64, u64)>, u64, u64)) -> Vec<Spreading<'a>> {
    let make = |group: Group<'a>| {
        let spread = merged(&group.members);
        let (counts, before, of) = of(&group, &spread);
        let distinct = distinct(&group.members);
        Spreading { group, spread, counts, before, of, distinct }
    };
    view.groups().into_iter().map(make).filter(|s| s.of > 0).collect()
}

/// The margins; an upright line where one begins to exist.
pub fn margin(view: &View, apart: bool) -> Drawn {
    let all = spreadings(view, |_, s| (s.margins(), s.none, s.worlds()));
    let ends = |p| all.iter().filter_map(move |s: &Spreading| s.quantile(p));
    let low = ends(0.005).fold(-0.01, f64::min);
    let high = ends(0.995).fold(0.01, f64::max);
    let apart_words = |s: &Spreading| {
        let parts = [("none", s.spread.none), ("unbounded", s.spread.unbounded)];
        let told = parts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("; {word} in {}", count(*n)));
        format!("{} worlds{}", count(s.of), told.collect::<String>())
    };
    let median = |s: &Spreading| s.quantile(0.5).map(|m| format!("median {}", in_per_cent(m)));
    let group = |s: &Spreading| lines::Group {
        name: view.name(&s.group),
        told: std::iter::once(apart_words(s)).chain(median(s)).collect(),
        points: steps(low, high).map(|x| at(100.0 * x, &s.up_to(x))).collect(),
    };
    let exist = |s: &Spreading| {
        let below: u64 = s.counts.iter().take_while(|(m, _)| *m < 0.0).map(|(_, n)| n).sum();
        share(s.of - s.before - below, s.of, s.distinct)
    };
    let groups: Vec<Group> = all.iter().map(|s| s.group.clone()).collect();
    let data = Lines {
        name: if apart { "multiples" } else { "margin" },
        caption: view.caption(Words {
            title: format!("How far from a settlement, or past it{}", view.grouped()),
            finding: ranged(view, &all, |s| s.quantile(0.5).map(|m| 100.0 * m), "The median margin is", "\u{a0}%"),
            notes: others(&groups, lines::MOST, |m| in_words(Outcome::Exists, "one exists in", m))
                .into_iter()
                .chain(apart_note(&all))
                .collect(),
            table: all
                .iter()
                .map(|s| {
                    let median = median(s).unwrap_or_default();
                    format!(
                        "{}: margin of 0 or more in {}, {}, {median}",
                        view.name(&s.group),
                        told(&exist(s), 1.0),
                        apart_words(s)
                    )
                })
                .collect(),
            along: Vec::new(),
        }),
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
        across: view.across(&groups),
        groups: all.iter().take(lines::MOST).map(group).collect(),
    };
    let beyond = |s: &Spreading| vec![("none", s.spread.none), ("unbounded", s.spread.unbounded)];
    let (head, rows) = table(&all, beyond);
    view.drawn(lines::draw(&data, view.theme), &head, &rows)
}

fn apart_note(all: &[Spreading]) -> Option<String> {
    let some = all.iter().any(|s| s.spread.none + s.spread.unbounded > 0);
    some.then(|| {
        "Worlds without any package to look at (none) lie left of every margin, those in which nobody’s verdict counts \
         (unbounded) right of all."
            .to_owned()
    })
}

/// The rounds in which it is reached; what is never reached keeps the line under 100 %.
pub fn rounds(view: &View) -> Drawn {
    let runs = |g: &Group| g.members.iter().filter(|e| e.reached.is_some()).map(|e| e.runs).sum::<u64>();
    let all = spreadings(view, |g, s| (s.rounds(), 0, runs(g)));
    let last = all.iter().filter_map(|s| s.counts.last()).map(|(at, _)| *at).fold(1.0, f64::max);
    let reached = |s: &Spreading| s.up_to(last);
    let group = |s: &Spreading| lines::Group {
        name: view.name(&s.group),
        told: std::iter::once(format!("{} runs; reached in {}", count(s.of), percent(reached(s).value)))
            .chain(s.quantile(0.5).map(|m| format!("median round {}", number(m))))
            .collect(),
        points: (0..=last as u32).map(f64::from).map(|x| at(x, &s.up_to(x))).collect(),
    };
    let groups: Vec<Group> = all.iter().map(|s| s.group.clone()).collect();
    let data = Lines {
        name: "rounds",
        caption: view.caption(Words {
            title: format!("When it is reached{}", view.grouped()),
            finding: ranged(
                view,
                &all,
                |s| Some(100.0 * reached(s).value),
                "By the last round it is reached in",
                "\u{a0}%",
            ),
            notes: others(&groups, lines::MOST, |m| in_words(Outcome::Reached, "it is reached in", m))
                .into_iter()
                .chain(std::iter::once("What is not reached counts too: it keeps a line under 100 %.".to_owned()))
                .collect(),
            table: all
                .iter()
                .map(|s| {
                    let median = s.quantile(0.5).map_or_else(|| "never".into(), number);
                    format!(
                        "{}: reached in {}, where it is, by round {median} half of the time",
                        view.name(&s.group),
                        told(&reached(s), 1.0)
                    )
                })
                .collect(),
            along: Vec::new(),
        }),
        x: Axis { title: "round".into(), range: (0.0, last), share: false },
        y: Axis {
            title: "share of runs in which it is reached by then".into(),
            range: (0.0, super::shares::top(all.iter().map(|s| reached(s).high))),
            share: true,
        },
        band: BAND.into(),
        steps: true,
        across: view.across(&groups),
        groups: all.iter().take(lines::MOST).map(group).collect(),
        ..Lines::default()
    };
    let never = |s: &Spreading| vec![("not-reached", s.of - s.counts.iter().map(|(_, n)| n).sum::<u64>().min(s.of))];
    let (head, rows) = table(&all, never);
    view.drawn(lines::draw(&data, view.theme), &head, &rows)
}

fn in_words(outcome: Outcome, start: &str, members: &[&Experiment]) -> Option<String> {
    outcome.estimate(members).map(|e| format!("{start} {}", told(&e, 1.0)))
}

fn at(x: f64, e: &Estimate) -> At {
    At { x, y: e.value, low: e.low, high: e.high }
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
fn ranged(view: &View, all: &[Spreading], of: impl Fn(&Spreading) -> Option<f64>, start: &str, unit: &str) -> String {
    let told: Vec<(f64, String)> = all.iter().filter_map(|s| Some((of(s)?, view.name(&s.group)))).collect();
    let least = told.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let most = told.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let rounded = |x: f64| number((x * 10.0).round() / 10.0);
    match (least, most) {
        (Some((low, a)), Some((high, b))) if rounded(*low) != rounded(*high) => {
            format!("{start} {}{unit} ({a}) to {}{unit} ({b})", rounded(*low), rounded(*high))
        }
        (Some((low, _)), _) => format!("{start} {}{unit}", rounded(*low)),
        _ => "There is none to show".into(),
    }
}

/// A row a value: how many lie there, and how many up to there; then what has no value.
fn table(
    all: &[Spreading],
    beyond: impl Fn(&Spreading) -> Vec<(&'static str, u64)>,
) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let rows = all.iter().flat_map(|s| {
        let mut sum = s.before;
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (at, here) in &s.counts {
            sum += here;
            let own = [at.to_string(), here.to_string()];
            rows.push(s.group.key.iter().cloned().chain(own).chain(cells(&share(sum, s.of, s.distinct))).collect());
        }
        for (word, here) in beyond(s) {
            let own = [word.to_owned(), here.to_string()];
            rows.push(s.group.key.iter().cloned().chain(own).chain(cells(&share(here, s.of, s.distinct))).collect());
        }
        rows
    });
    (vec!["at", "here", "count", "of", "value", "low", "high"], rows.collect())
}
