//! The design of a plan: its points, and everything that is wrong about them.

use itertools::Itertools as _;

use super::{Design, MOST_EXPERIMENTS, PointTable};
use crate::engine::points::{Latin, Sobol};
use crate::scenario::{DesignFile, DesignKind, Finding, Levels, PlanFile, Scenario, Varied};

/// Points of a design, `points[point][path]`; `None` leaves the number as it is.
type DesignPoints = Vec<Vec<Option<f64>>>;

/// What is said of a plan with more experiments than anybody would mean.
pub(super) fn too_many(experiments: u128) -> Finding {
    Finding::error(format!("the plan has {experiments} experiments, more than {MOST_EXPERIMENTS}"))
        .hint("fewer steps, or kind = \"latin-hypercube\" or \"sobol\" with `points`")
}

/// The points of the design; those of no design where something is wrong with it.
pub(super) fn of(
    file: &PlanFile,
    scenarios: &[Scenario],
    table: Option<PointTable>,
    found: &mut Vec<Finding>,
) -> Design {
    let made = |design: &DesignFile| match design.kind.value {
        DesignKind::Table => of_table(design, scenarios, table),
        kind => {
            let wrong = wrong_inputs(design, scenarios);
            if wrong.is_empty() { of_inputs(file.seed, kind, design).map_err(|f| vec![f]) } else { Err(wrong) }
        }
    };
    file.design.as_ref().map_or_else(|| Ok(Design::none()), made).unwrap_or_else(|wrong| {
        found.extend(wrong);
        Design::none()
    })
}

fn name(kind: DesignKind) -> &'static str {
    DesignKind::WORDS[kind as usize].0
}

/// What is wrong with the inputs: every path must be there in every scenario, and every value be accepted.
fn wrong_inputs(design: &DesignFile, scenarios: &[Scenario]) -> Vec<Finding> {
    let mut found = Vec::new();
    if design.inputs.is_empty() {
        let finding = Finding::error("the design varies nothing").at(design.kind.span.clone());
        found.push(finding.hint("add inputs.\"PATH\" = [LOW, HIGH]"));
    }
    found.extend(ignored(design));
    for varied in &design.inputs {
        found.extend(twice(varied));
        found.extend(scenarios.iter().find_map(|scenario| refused(scenario, varied)));
    }
    found
}

fn twice(Varied { path, levels }: &Varied) -> Option<Finding> {
    let Levels::Values(values) = &levels.value else { return None };
    let (_, twice) = values.iter().enumerate().find(|(i, x)| values[..*i].contains(x))?;
    let message = format!("`{}` takes the value {twice} twice", path.value);
    Some(Finding::error(message).at(levels.span.clone()).hint("leave one of them out"))
}

fn refused(scenario: &Scenario, Varied { path, levels }: &Varied) -> Option<Finding> {
    let inputs = scenario.inputs_at(&path.value).map_err(|finding| finding.at(path.span.clone()));
    let Ok(ids) = inputs else { return inputs.err() };
    let (low, high) = levels.value.range();
    let values = if let Levels::Values(values) = &levels.value { values.clone() } else { vec![low, high] };
    let expected = |x: f64| ids.iter().find_map(|id| scenario.accepts(*id, x).err());
    let (x, expected) = values.into_iter().find_map(|x| Some((x, expected(x)?)))?;
    let message = format!("`{}` would be {x}", path.value);
    Some(Finding::error(message).at(levels.span.clone()).label(format!("expected {expected}")))
}

/// Keys that play no part in a design of this kind.
fn ignored(design: &DesignFile) -> impl Iterator<Item = Finding> {
    let kind = design.kind.value;
    let counted = matches!(kind, DesignKind::LatinHypercube | DesignKind::Sobol);
    let points = (design.points.is_some() && !counted).then_some(("points", &design.kind.span));
    let table = design.table.as_ref().map(|t| ("table", &t.span));
    points.into_iter().chain(table).map(move |(key, span)| {
        let message = format!("`{key}` plays no part in a {} design", name(kind));
        Finding::error(message).at(span.clone()).hint("leave it out, or choose another `kind`")
    })
}

fn of_inputs(seed: u64, kind: DesignKind, design: &DesignFile) -> Result<Design, Finding> {
    let levels: Vec<Levels> = design.inputs.iter().map(|v| v.levels.value.clone()).collect();
    let paths: Vec<String> = design.inputs.iter().map(|v| v.path.value.clone()).collect();
    let open = design.inputs.iter().find(|v| v.levels.value.count().is_none());
    if let (DesignKind::Factorial, Some(open)) = (kind, open) {
        let message = format!("a factorial design needs the values of `{}`", open.path.value);
        let hint = "write { from = LOW, to = HIGH, steps = N } or { values = [...] }";
        return Err(Finding::error(message).at(open.levels.span.clone()).hint(hint));
    }
    let size = size(kind, design.points, &levels).ok_or_else(|| {
        let message = format!("a {} design needs `points`", name(kind));
        Finding::error(message).at(design.kind.span.clone()).hint("points = 64")
    })?;
    // A list longer than that is made for nothing, whatever the design takes of it.
    let most = u128::from(MOST_EXPERIMENTS);
    let longer = |v: &&Varied| v.levels.value.count().is_some_and(|n| u128::from(n) > most);
    if let Some(long) = design.inputs.iter().find(longer).filter(|_| size <= most) {
        let message = format!("`{}` takes more than {most} values", long.path.value);
        return Err(Finding::error(message).at(long.levels.span.clone()).hint("write [LOW, HIGH]"));
    }
    if size > most {
        return Err(too_many(size).at(design.kind.span.clone()));
    }
    let points = match kind {
        DesignKind::Factorial | DesignKind::Table => factorial(&levels),
        DesignKind::OneAtATime => one_at_a_time(&levels),
        DesignKind::LatinHypercube => {
            // No more than the limit of experiments, which fits.
            let latin = Latin::new(&paths, size as u32, seed, 0);
            spread(size, &levels, |input, i| latin.at(input, i as u32))
        }
        DesignKind::Sobol => {
            let sobol = Sobol::new(&paths, seed, 0);
            spread(size, &levels, |input, i| sobol.at(input, i))
        }
    };
    Ok(Design { kind: name(kind), paths, points })
}

/// How many points a design has, before any of them is made; `None` where nothing says how many.
fn size(kind: DesignKind, points: Option<u64>, levels: &[Levels]) -> Option<u128> {
    let counts = levels.iter().map(|level| level.count().map(u128::from));
    match kind {
        DesignKind::Factorial => {
            let counts: Vec<u128> = counts.collect::<Option<_>>()?;
            counts.into_iter().try_fold(1_u128, u128::checked_mul).or(Some(u128::MAX))
        }
        DesignKind::OneAtATime => Some(1 + counts.map(|count| count.unwrap_or(2)).sum::<u128>()),
        DesignKind::LatinHypercube | DesignKind::Sobol => points.map(u128::from),
        DesignKind::Table => None,
    }
}

/// Every value of each input with every value of the others, the last input fastest.
fn factorial(levels: &[Levels]) -> DesignPoints {
    let values = levels.iter().filter_map(Levels::values);
    values.map(|values| values.into_iter().map(Some)).multi_cartesian_product().collect()
}

/// The scenario as it is, all inputs left alone, then each value of each input with the others left alone.
fn one_at_a_time(levels: &[Levels]) -> DesignPoints {
    let mut points = vec![vec![None; levels.len()]];
    for (place, level) in levels.iter().enumerate() {
        for x in level.values().unwrap_or_else(|| vec![level.range().0, level.range().1]) {
            let mut point = vec![None; levels.len()];
            point[place] = Some(x);
            points.push(point);
        }
    }
    points
}

/// Points of the unit cube, `at(input, point)`, spread over the ranges of the inputs; an input with a list of values takes
/// the value of the equal stretch in which its coordinate lies.
fn spread(points: u128, levels: &[Levels], at: impl Fn(usize, u64) -> f64) -> DesignPoints {
    let value = |level: &Levels, u: f64| {
        let (lo, hi) = level.range();
        let listed = level.values().map(|values| values[((u * values.len() as f64) as usize).min(values.len() - 1)]);
        listed.unwrap_or(lo + u * (hi - lo))
    };
    let point = |i: u64| levels.iter().zip(0..).map(|(level, input)| Some(value(level, at(input, i)))).collect();
    (0..points as u64).map(point).collect()
}

fn of_table(design: &DesignFile, scenarios: &[Scenario], table: Option<PointTable>) -> Result<Design, Vec<Finding>> {
    let place = design.table.as_ref().map_or(&design.kind.span, |t| &t.span);
    let wrong = |finding: Finding| Err(vec![finding.at(place.clone())]);
    let Some(PointTable { heads, rows }) = table else {
        return wrong(Finding::error("a design from a table names no file").hint("table = \"points.csv\""));
    };
    if heads.is_empty() || rows.is_empty() {
        return wrong(Finding::error("the table of the design has no points"));
    }
    if rows.len() as u64 > MOST_EXPERIMENTS {
        return wrong(too_many(rows.len() as u128));
    }
    let mut found = Vec::new();
    for (i, head) in heads.iter().enumerate() {
        if heads[..i].contains(head) {
            found.push(Finding::error(format!("two columns of the table are `{head}`")).at(place.clone()));
        }
        let unknown = scenarios.iter().find_map(|s| s.inputs_at(head).err());
        found.extend(unknown.map(|finding| finding.at(place.clone())));
    }
    if found.is_empty() { Ok(Design { kind: name(DesignKind::Table), paths: heads, points: rows }) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factorial_design_has_every_combination_once_and_its_size_is_foretold() {
        let levels = [Levels::Values(vec![1.0, 2.0]), Levels::Steps(0.0, 1.0, 3)];
        let expected = [[1.0, 0.0], [1.0, 0.5], [1.0, 1.0], [2.0, 0.0], [2.0, 0.5], [2.0, 1.0]];
        assert_eq!(factorial(&levels), expected.map(|point| point.map(Some)));
        assert_eq!(size(DesignKind::Factorial, None, &levels), Some(6));
        let huge = vec![Levels::Steps(0.0, 1.0, 1_000_000); 8];
        assert!(size(DesignKind::Factorial, None, &huge).is_some_and(|n| n > 1_000_000_000));
    }

    #[test]
    fn one_at_a_time_begins_with_the_scenario_as_it_is_and_moves_one_input_each() {
        let levels = [Levels::Range(0.0, 1.0), Levels::Values(vec![5.0])];
        let points = one_at_a_time(&levels);
        let expected = [[None, None], [Some(0.0), None], [Some(1.0), None], [None, Some(5.0)]];
        assert_eq!(points, expected);
        assert_eq!(size(DesignKind::OneAtATime, None, &levels), Some(4));
    }

    #[test]
    fn points_are_spread_over_ranges_and_lists() {
        let levels = [Levels::Range(-1.0, 3.0), Levels::Values(vec![7.0, 8.0, 9.0])];
        let cube = [[0.25, 0.0], [0.999, 0.67]];
        let points = spread(2, &levels, |input, point| cube[point as usize][input]);
        assert_eq!(points[0], [Some(0.0), Some(7.0)]);
        assert_eq!(points[1][1], Some(9.0));
    }
}
