//! One row for each run, as CSV.

use std::fmt::Write as _;

use itertools::Itertools as _;

use super::{plan::BatchPlan, tally::blocked};
use crate::engine::talks::{Cause, Run};
use crate::engine::{BLOCK, Drawn};
use crate::model::{ActorId, InputId, Law, Negotiation};
use crate::scenario::Record;
use crate::space::Margin;

/// A cell as CSV writes it: quoted where it must be, and with an apostrophe where a spreadsheet would take it for a formula.
pub fn quoted(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        return quoted(&format!("'{cell}"));
    }
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The columns that every row of runs begins with, before the inputs that are varied.
const FIRST: &str =
    "experiment,scenario,reading,variant,policy,point,replication,seed,block,status,message,drawn_reading";

/// What the rows of a batch hold beside what the run came to.
#[derive(Debug)]
pub(super) struct RunRows {
    /// Every input that is uncertain in some arm, by path, where each is asked for.
    drawn: Vec<String>,
    /// `places[model][drawn]`.
    places: Vec<Vec<Option<InputId>>>,
    /// The parties of all scenarios.
    parties: Vec<String>,
    talks: bool,
}

impl RunRows {
    pub fn of(plan: &BatchPlan) -> Self {
        let all = plan.models.iter().filter(|_| plan.record == Record::Inputs).flat_map(|model| uncertain(&model.n));
        let drawn: Vec<String> = all.filter(|path| !plan.design.paths.contains(path)).sorted().dedup().collect();
        let place = |n: &Negotiation| drawn.iter().map(|path| n.inputs.find(path)).collect();
        Self {
            places: plan.models.iter().map(|model| place(&model.n)).collect(),
            parties: plan.parties(|_| true),
            talks: plan.has_talks(),
            drawn,
        }
    }

    /// Adds the row of a run to a text.
    pub fn add(&self, text: &mut String, plan: &BatchPlan, e: u64, drawn: &Drawn, outcome: (Margin, Option<&Run>)) {
        let (arm, point) = plan.experiment(e);
        let model = plan.model(arm);
        let n = &model.n;
        let names = [plan.scenario(arm), plan.reading(arm), &model.variant, &model.policy].map(quoted).join(",");
        let reading = quoted(drawn.reading.map_or("", |r| &n.readings[r].id));
        let (run, seed) = (drawn.run, plan.seed);
        let _ = write!(text, "{e},{names},{point},{run},{seed},{},ok,,{reading}", run / BLOCK);
        plan.design.points[point].iter().for_each(|x| number(text, *x));
        self.places[arm.model].iter().for_each(|place| number(text, place.map(|id| drawn.world.value(id))));
        let (margin, run) = outcome;
        let _ = write!(text, ",{}", u8::from(margin.exists()));
        number(text, margin.share());
        if self.talks {
            self.talked(text, n, run);
        }
        text.push('\n');
    }

    fn talked(&self, text: &mut String, n: &Negotiation, run: Option<&Run>) {
        let Some(run) = run else {
            text.push_str(&",".repeat(6 + 2 * self.parties.len()));
            return;
        };
        let (reached, ending) = (u8::from(run.ending.is_reached()), run.ending.word());
        let package = quoted(&run.package.as_ref().map(|p| n.describe(p)).unwrap_or_default());
        let blocked = run.blocked.map(|b| blocked(n, b)).unwrap_or_default();
        let _ = write!(text, ",{reached},{ending},{},{package},{blocked}", run.rounds);
        let of =
            |list: &[(ActorId, f64)], party: &str| list.iter().find(|(i, _)| n.actor(*i).id == party).map(|(_, x)| *x);
        self.parties.iter().for_each(|party| number(text, of(&run.gains, party)));
        let _ = write!(text, ",{}", run.cause.map_or("", Cause::word));
        self.parties.iter().for_each(|party| number(text, of(&run.payoffs, party)));
    }
}

fn number(text: &mut String, x: Option<f64>) {
    text.push(',');
    if let Some(x) = x {
        let _ = write!(text, "{x}");
    }
}

/// The paths of the inputs that vary in some reading, with the variants as the file has them.
fn uncertain(n: &Negotiation) -> impl Iterator<Item = String> + '_ {
    let readings = (0..n.readings.len()).map(Some).chain([None]);
    let laws: Vec<Vec<Law>> = readings.map(|r| n.laws(r, &n.default_variants())).collect();
    let open = move |id: InputId, kind| laws.iter().any(|laws| laws[id.0].is_uncertain(kind));
    n.inputs.iter().filter(move |(id, input)| open(*id, input.kind)).map(|(_, input)| input.path.clone())
}

/// The heads of the rows of runs.
pub fn columns(plan: &BatchPlan) -> Vec<String> {
    let rows = RunRows::of(plan);
    let first = FIRST.split(',').map(str::to_owned);
    let mut columns: Vec<String> = first.chain(plan.design.paths.iter().cloned()).chain(rows.drawn).collect();
    columns.extend(["one_exists", "margin"].map(str::to_owned));
    if rows.talks {
        columns.extend(["reached", "ending", "rounds", "package", "blocked"].map(str::to_owned));
        columns.extend(rows.parties.iter().map(|party| format!("gain_{party}")));
        columns.push("cause".to_owned());
        columns.extend(rows.parties.iter().map(|party| format!("payoff_{party}")));
    }
    columns
}
