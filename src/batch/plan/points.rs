//! The points of a plan's design.

use super::super::design;
use super::{MOST_EXPERIMENTS, Points, Table};
use crate::engine::points::{Latin, Sobol};
use crate::scenario::{DesignFile, DesignKind, Finding, Levels, PlanFile, Scenario, Varied};

impl Points {
    /// No design: one point, which changes nothing.
    pub(super) fn none() -> Self {
        Self { kind: "none", paths: Vec::new(), values: vec![Vec::new()] }
    }
}

/// What is said of a plan with more experiments than anybody would mean.
pub(super) fn too_many(experiments: u128) -> Finding {
    Finding::error(format!("the plan has {experiments} experiments, more than {MOST_EXPERIMENTS}"))
        .hint("fewer steps, or kind = \"latin-hypercube\" or \"sobol\" with `points`")
}

/// The points of the design; those of no design where something is wrong with it.
pub(super) fn of(file: &PlanFile, scenarios: &[Scenario], table: Option<Table>, found: &mut Vec<Finding>) -> Points {
    let Some(design) = &file.design else { return Points::none() };
    let before = found.len();
    let points = match (design.kind.value, table) {
        (DesignKind::Table, table) => of_table(design, scenarios, table, found),
        (kind, _) => {
            check_inputs(design, scenarios, found);
            if found.len() == before { of_inputs(file.seed, kind, design, found) } else { None }
        }
    };
    points.filter(|_| found.len() == before).unwrap_or_else(Points::none)
}

fn name(kind: DesignKind) -> &'static str {
    DesignKind::WORDS[kind as usize].0
}

/// Every path must be there in every scenario, and every value be accepted.
fn check_inputs(design: &DesignFile, scenarios: &[Scenario], found: &mut Vec<Finding>) {
    if design.inputs.is_empty() {
        let finding = Finding::error("the design varies nothing").at(design.kind.span.clone());
        found.push(finding.hint("add inputs.\"PATH\" = [LOW, HIGH]"));
    }
    ignored(design, found);
    for Varied { path, levels } in &design.inputs {
        if let Levels::Values(values) = &levels.value
            && let Some(twice) = values.iter().enumerate().find(|(i, x)| values[..*i].contains(x)).map(|(_, x)| x)
        {
            let message = format!("`{}` takes the value {twice} twice", path.value);
            found.push(Finding::error(message).at(levels.span.clone()).hint("leave one of them out"));
        }
        for scenario in scenarios {
            let ids = match scenario.inputs_at(&path.value) {
                Ok(ids) => ids,
                Err(finding) => {
                    found.push(finding.at(path.span.clone()));
                    break;
                }
            };
            let (low, high) = levels.value.range();
            let values = if let Levels::Values(values) = &levels.value { values.clone() } else { vec![low, high] };
            let refused = values
                .iter()
                .find_map(|x| ids.iter().find_map(|id| scenario.accepts(*id, *x).err()).map(|accepted| (*x, accepted)));
            if let Some((x, accepted)) = refused {
                let message = format!("`{}` would be {x}", path.value);
                found.push(Finding::error(message).at(levels.span.clone()).label(format!("expected {accepted}")));
                break;
            }
        }
    }
}

/// Keys that play no part in a design of this kind.
fn ignored(design: &DesignFile, found: &mut Vec<Finding>) {
    let kind = design.kind.value;
    let counted = matches!(kind, DesignKind::LatinHypercube | DesignKind::Sobol);
    let points = (design.points.is_some() && !counted).then_some(("points", design.kind.span.clone()));
    let table = design.table.as_ref().map(|t| ("table", t.span.clone()));
    for (key, span) in points.into_iter().chain(table) {
        let message = format!("`{key}` plays no part in a {} design", name(kind));
        found.push(Finding::error(message).at(span).hint("leave it out, or choose another `kind`"));
    }
}

fn of_inputs(seed: u64, kind: DesignKind, design: &DesignFile, found: &mut Vec<Finding>) -> Option<Points> {
    let levels: Vec<Levels> = design.inputs.iter().map(|v| v.levels.value.clone()).collect();
    let paths: Vec<String> = design.inputs.iter().map(|v| v.path.value.clone()).collect();
    let open = design.inputs.iter().find(|v| v.levels.value.count().is_none());
    if let (DesignKind::Factorial, Some(open)) = (kind, open) {
        let message = format!("a factorial design needs the values of `{}`", open.path.value);
        let hint = "write { from = LOW, to = HIGH, steps = N } or { values = [...] }";
        found.push(Finding::error(message).at(open.levels.span.clone()).hint(hint));
        return None;
    }
    let Some(size) = design::size(kind, design.points, &levels) else {
        let message = format!("a {} design needs `points`", name(kind));
        found.push(Finding::error(message).at(design.kind.span.clone()).hint("points = 64"));
        return None;
    };
    // A list longer than that is made for nothing, whatever the design takes of it.
    let most = u128::from(MOST_EXPERIMENTS);
    let longer = |v: &&Varied| v.levels.value.count().is_some_and(|n| u128::from(n) > most);
    if let Some(long) = design.inputs.iter().find(longer).filter(|_| size <= most) {
        let message = format!("`{}` takes more than {most} values", long.path.value);
        found.push(Finding::error(message).at(long.levels.span.clone()).hint("write [LOW, HIGH]"));
        return None;
    }
    if size > most {
        found.push(too_many(size).at(design.kind.span.clone()));
        return None;
    }
    let some = |points: Vec<Vec<f64>>| -> Vec<Vec<Option<f64>>> {
        points.into_iter().map(|point| point.into_iter().map(Some).collect()).collect()
    };
    let values = match kind {
        DesignKind::Factorial | DesignKind::Table => {
            let values: Vec<Vec<f64>> = levels.iter().filter_map(Levels::values).collect();
            some(design::factorial(&values))
        }
        DesignKind::OneAtATime => design::one_at_a_time(&levels),
        DesignKind::LatinHypercube => {
            // No more than the limit of experiments, which fits.
            let latin = Latin::new(&paths, size as u32, seed, 0);
            some(design::spread(&cube(size, paths.len(), |d, i| latin.at(d, i as u32)), &levels))
        }
        DesignKind::Sobol => {
            let sobol = Sobol::new(&paths, seed, 0);
            some(design::spread(&cube(size, paths.len(), |d, i| sobol.at(d, i)), &levels))
        }
    };
    Some(Points { kind: name(kind), paths, values })
}

/// Points of the unit cube, `points[point][dimension]`.
fn cube(points: u128, dimensions: usize, at: impl Fn(usize, u64) -> f64) -> Vec<Vec<f64>> {
    (0..points as u64).map(|i| (0..dimensions).map(|d| at(d, i)).collect()).collect()
}

fn of_table(
    design: &DesignFile,
    scenarios: &[Scenario],
    table: Option<Table>,
    found: &mut Vec<Finding>,
) -> Option<Points> {
    let place = design.table.as_ref().map_or(&design.kind.span, |t| &t.span).clone();
    let Some(table) = table else {
        found.push(Finding::error("a design from a table names no file").at(place).hint("table = \"points.csv\""));
        return None;
    };
    if table.heads.is_empty() || table.rows.is_empty() {
        found.push(Finding::error("the table of the design has no points").at(place));
        return None;
    }
    if table.rows.len() as u64 > MOST_EXPERIMENTS {
        found.push(too_many(table.rows.len() as u128).at(place));
        return None;
    }
    for (i, head) in table.heads.iter().enumerate() {
        if table.heads[..i].contains(head) {
            found.push(Finding::error(format!("two columns of the table are `{head}`")).at(place.clone()));
        }
        let unknown = scenarios.iter().find_map(|s| s.inputs_at(head).err());
        found.extend(unknown.map(|finding| finding.at(place.clone())));
    }
    Some(Points { kind: name(DesignKind::Table), paths: table.heads, values: table.rows })
}
