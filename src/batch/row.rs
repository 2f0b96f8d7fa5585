//! One row for each run, as CSV.

use std::fmt::Write as _;

use super::plan::Plan;
use super::tally::blocked;
use crate::engine::talks::Run;
use crate::engine::{BLOCK, Drawn};
use crate::model::{InputId, Law, Negotiation};
use crate::scenario::Record;
use crate::space::Margin;

/// A cell as CSV writes it: quoted where it must be, and with an apostrophe where a spreadsheet would take it for a formula.
#[must_use]
pub fn quoted(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        return quoted(&format!("'{cell}"));
    }
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The columns that every row of runs begins with, before the inputs that are varied.
const FIRST: [&str; 12] = [
    "experiment",
    "scenario",
    "reading",
    "variant",
    "policy",
    "point",
    "replication",
    "seed",
    "block",
    "status",
    "message",
    "drawn_reading",
];

/// What the rows of a batch hold beside what the run came to.
#[derive(Debug)]
pub(super) struct Rows {
    /// Every input that is uncertain in some arm, by path, where each is asked for.
    drawn: Vec<String>,
    /// `places[model][drawn]`.
    places: Vec<Vec<Option<InputId>>>,
    /// The parties of all scenarios.
    parties: Vec<String>,
    talks: bool,
}

impl Rows {
    pub fn of(plan: &Plan) -> Self {
        let mut drawn: Vec<String> = Vec::new();
        if plan.record == Record::Inputs {
            plan.models.iter().for_each(|model| drawn.extend(uncertain(&model.n)));
            drawn.retain(|path| !plan.points.paths.contains(path));
        }
        drawn.sort();
        drawn.dedup();
        let place = |n: &Negotiation| drawn.iter().map(|path| n.inputs.find(path)).collect();
        Self {
            places: plan.models.iter().map(|model| place(&model.n)).collect(),
            parties: parties(plan),
            talks: plan.models.iter().any(|m| m.n.talks.is_some()),
            drawn,
        }
    }

    /// Adds the row of a run to a text.
    pub fn add(&self, text: &mut String, plan: &Plan, e: u64, drawn: &Drawn, outcome: (Margin, Option<&Run>)) {
        let (arm, point) = plan.experiment(e);
        let model = plan.model(arm);
        let n = &model.n;
        let cells = [plan.scenario(arm), plan.reading(arm), &model.variant, &model.policy].map(quoted);
        let reading = drawn.reading.map_or("", |r| &n.readings[r].id);
        write_cells(
            text,
            format_args!("{e},{},{point},{},{},{},ok,,", cells.join(","), drawn.run, plan.seed, drawn.run / BLOCK),
        );
        text.push_str(&quoted(reading));
        for x in &plan.points.values[point] {
            number(text, *x);
        }
        for place in &self.places[arm.model] {
            number(text, place.map(|id| drawn.world.value(id)));
        }
        let (margin, run) = outcome;
        write_cells(text, format_args!(",{}", u8::from(margin.exists())));
        number(text, margin.share());
        if self.talks {
            self.talked(text, n, run);
        }
        text.push('\n');
    }

    fn talked(&self, text: &mut String, n: &Negotiation, run: Option<&Run>) {
        let Some(run) = run else {
            text.push_str(&",".repeat(5 + self.parties.len()));
            return;
        };
        let (reached, ending) = (u8::from(run.ending.is_reached()), run.ending.word());
        write_cells(text, format_args!(",{reached},{ending},{},", run.rounds));
        text.push_str(&quoted(&run.package.as_ref().map(|p| n.describe(p)).unwrap_or_default()));
        text.push(',');
        text.push_str(&run.blocked.map(|b| blocked(n, b)).unwrap_or_default());
        for party in &self.parties {
            number(text, run.gains.iter().find(|(i, _)| n.actor(*i).id == *party).map(|(_, gain)| *gain));
        }
    }
}

fn write_cells(text: &mut String, cells: std::fmt::Arguments) {
    text.write_fmt(cells).expect("writing to a string cannot fail");
}

fn number(text: &mut String, x: Option<f64>) {
    match x {
        Some(x) => write_cells(text, format_args!(",{x}")),
        None => text.push(','),
    }
}

/// The paths of the inputs that vary in some reading, with the variants as the file has them.
fn uncertain(n: &Negotiation) -> impl Iterator<Item = String> + '_ {
    let readings = (0..n.readings.len()).map(Some).chain([None]);
    let laws: Vec<Vec<Law>> = readings.map(|r| n.laws(r, &n.default_variants())).collect();
    let open = move |id: InputId, kind| laws.iter().any(|laws| laws[id.0].is_uncertain(kind));
    n.inputs.iter().filter(move |(id, input)| open(*id, input.kind)).map(|(_, input)| input.path.clone())
}

/// The parties of all scenarios, each once.
pub(super) fn parties(plan: &Plan) -> Vec<String> {
    let mut parties: Vec<String> = Vec::new();
    for model in &plan.models {
        for i in model.n.parties() {
            if !parties.contains(&model.n.actor(i).id) {
                parties.push(model.n.actor(i).id.clone());
            }
        }
    }
    parties
}

/// The heads of the rows of runs.
#[must_use]
pub fn columns(plan: &Plan) -> Vec<String> {
    let rows = Rows::of(plan);
    let first = FIRST.iter().map(|c| (*c).to_owned());
    let mut columns: Vec<String> = first.chain(plan.points.paths.iter().cloned()).chain(rows.drawn).collect();
    columns.extend(["one_exists", "margin"].map(str::to_owned));
    if rows.talks {
        columns.extend(["reached", "ending", "rounds", "package", "blocked"].map(str::to_owned));
        columns.extend(rows.parties.iter().map(|party| format!("gain_{party}")));
    }
    columns
}
