//! A share or a mean over one input.

use super::super::factor::{Factor, Steps};
use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, Group, design};
use super::view::{ESTIMATE, View, Words, briefly, cells, others, told};
use super::{Cannot, Drawn};
use crate::figure::axis::Scale;
use crate::figure::lines::{self, At, Axis, Lines};
use crate::text::paths;
use crate::text::words::{count, list};

/// Values that have a point each at most.
const VALUES: usize = 40;
/// Points where there are more values than that.
const STRETCHES: usize = 20;

/// One line: its group, and an estimate at every step where something was run.
type Line<'a> = (Group<'a>, Vec<(usize, Estimate)>);

pub fn draw(view: &View, outcome: Outcome, apart: bool) -> Result<Drawn, Cannot> {
    let place = along(view)?;
    let r = view.results;
    let by: Vec<Factor> = view.by.iter().copied().filter(|f| *f != Factor::Input(place)).collect();
    let view = &View { results: r, by, theme: view.theme, named: view.named.clone() };
    let steps = Steps::axis(r, place, VALUES, STRETCHES);
    let all: Vec<Line> =
        view.groups().into_iter().map(|g| line(g, &steps, outcome)).filter(|l| !l.1.is_empty()).collect();
    let shown = &all[..all.len().min(lines::MOST)];
    let (path, printed) = (Factor::Input(place).word(r), outcome.printed());
    let x = |step: usize| steps.middles[step].unwrap_or(0.0);
    let base = design::base(r)[place].as_ref().and_then(|value| value.parse::<f64>().ok());
    let across = Scale::around((0..steps.names.len()).map(x).chain(base), (0.0, 1.0)).values;
    let groups: Vec<Group> = all.iter().map(|(g, _)| g.clone()).collect();
    let data = Lines {
        name: if apart { "multiples" } else { "curve" },
        caption: view.caption(Words {
            title: format!("{}, over {}{}", title(view, outcome), paths::name(&path), view.grouped()),
            finding: finding(view, &all, &steps, outcome),
            notes: others(&groups, lines::MOST, |m| outcome.estimate(m).map(|e| told(&e, printed)))
                .into_iter()
                .chain(
                    steps
                        .binned
                        .then(|| format!("Each point pools a stretch of {path}: one of {STRETCHES} of equal width.")),
                )
                .chain(
                    base.filter(|b| *b < across.0 || *b > across.1).map(|_| "The base case lies outside.".to_owned()),
                )
                .collect(),
            table: all.iter().map(|l| words(view, l, &steps, printed)).collect(),
            along: vec![Factor::Input(place)],
        }),
        x: Axis { title: paths::named(&path), range: across, share: false },
        y: Axis { title: outcome.words(r), range: up(shown, outcome), share: outcome.is_share() },
        band: if outcome.is_share() { super::spreads::BAND.into() } else { "95 % interval of the mean".into() },
        steps: false,
        rule: base.map(|b| (b, "base case".to_owned())),
        apart,
        across: view.across(&groups),
        groups: shown
            .iter()
            .map(|(g, points)| lines::Group {
                name: if view.by.is_empty() { String::new() } else { view.name(g) },
                told: vec![rests(points)],
                points: points
                    .iter()
                    .map(|(step, e)| At {
                        x: x(*step),
                        y: e.value * printed,
                        low: e.low * printed,
                        high: e.high * printed,
                    })
                    .collect(),
            })
            .collect(),
    };
    let rows = all.iter().flat_map(|(g, points)| {
        let row = |(step, e): &(usize, Estimate)| -> Vec<String> {
            let own = [steps.names[*step].clone(), outcome.word(r)];
            g.key.iter().cloned().chain(own).chain(cells(e)).collect()
        };
        points.iter().map(row).collect::<Vec<_>>()
    });
    let head = [path.as_str(), "outcome"].into_iter().chain(ESTIMATE).collect::<Vec<&str>>();
    Ok(view.drawn(lines::draw(&data, view.theme), &head, &rows.collect::<Vec<_>>()))
}

/// The input along the axis: the one by which experiments are told apart, or the only one that varies.
fn along(view: &View) -> Result<usize, Cannot> {
    let varied = design::varied(view.results);
    let named = view.by.iter().find_map(|f| match f {
        Factor::Input(place) => Some(*place),
        _ => None,
    });
    match (named, &varied[..]) {
        (Some(place), _) if varied.contains(&place) => Ok(place),
        (Some(place), _) => Err(Cannot {
            found: format!("`{}` has no two values that are numbers", view.results.inputs[place]),
            hint: format!("those that have are {}", list(&varied_paths(view, &varied))),
        }),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Cannot {
            found: format!("{} inputs vary, and a curve has one along its axis", varied.len()),
            hint: format!("name it with --by: {}", list(&varied_paths(view, &varied))),
        }),
    }
}

pub fn varied_paths(view: &View, places: &[usize]) -> Vec<String> {
    places.iter().map(|place| view.results.inputs[*place].clone()).collect()
}

/// What is shown, as the start of a title.
pub fn title(view: &View, outcome: Outcome) -> String {
    match outcome {
        Outcome::Exists => "How often one exists".into(),
        Outcome::Reached => "How often it is reached".into(),
        other => crate::text::words::capital(other.words(view.results).split(" (").next().unwrap_or_default()),
    }
}

fn line<'a>(group: Group<'a>, steps: &Steps, outcome: Outcome) -> Line<'a> {
    let mut members: Vec<Vec<&Experiment>> = vec![Vec::new(); steps.names.len()];
    for e in &group.members {
        if let Some(step) = steps.of(e) {
            members[step].push(e);
        }
    }
    let points = members.iter().enumerate().filter_map(|(step, m)| Some((step, outcome.estimate(m)?))).collect();
    (group, points)
}

fn up(shown: &[Line], outcome: Outcome) -> (f64, f64) {
    let each = || shown.iter().flat_map(|(_, points)| points).map(|(_, e)| e);
    if outcome.is_share() {
        return (0.0, super::shares::top(each().map(|e| e.high)));
    }
    let printed = outcome.printed();
    Scale::around(each().flat_map(|e| [e.low * printed, e.high * printed]), (0.0, 1.0)).values
}

/// "1 000 runs a point".
fn rests(points: &[(usize, Estimate)]) -> String {
    let of = || points.iter().map(|(_, e)| e.of);
    match (of().min(), of().max()) {
        (Some(least), Some(most)) if least == most => format!("{} runs a point", count(least)),
        (Some(least), Some(most)) => format!("{} to {} runs a point", count(least), count(most)),
        _ => String::new(),
    }
}

fn finding(view: &View, all: &[Line], steps: &Steps, outcome: Outcome) -> String {
    let printed = outcome.printed();
    let told = |(group, points): &Line| -> Option<String> {
        let ((a, first), (b, last)) = (points.first()?, points.last()?);
        let name = if view.by.is_empty() { String::new() } else { format!("{}: ", view.name(group)) };
        let at = |step: &usize| steps.label(*step);
        Some(format!("{name}{} at {}, {} at {}", briefly(first, printed), at(a), briefly(last, printed), at(b)))
    };
    let told: Vec<String> = all.iter().take(4).filter_map(told).collect();
    let more = if all.len() > 4 { "; …" } else { "" };
    format!("{}{more}", told.join("; "))
}

fn words(view: &View, (group, points): &Line, steps: &Steps, printed: f64) -> String {
    let each = points.iter().map(|(step, e)| format!("{} at {}", told(e, printed), steps.label(*step)));
    format!("{}: {}", view.name(group), each.collect::<Vec<_>>().join(", "))
}
