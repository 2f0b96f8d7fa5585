//! One row for each run, as CSV.

use std::fmt::Write as _;

use itertools::Itertools as _;

use super::{plan::BatchPlan, tally::blocked};
use crate::analysis::YEARS;
use crate::engine::talks::{Cause, Run};
use crate::engine::{BLOCK, Drawn};
use crate::model::{InputId, Law, Negotiation, calendar::iso};
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
const FIRST: &str = "experiment,scenario,reading,variant,policy,point,run,seed,block,status,message,drawn_reading";

/// What the rows of a batch hold beside what the run came to.
#[derive(Debug)]
pub(super) struct RunRows {
    /// Every input that is uncertain in some arm, by path, where each is asked for.
    drawn: Vec<String>,
    /// `places[model][drawn]`.
    places: Vec<Vec<Option<InputId>>>,
    outcome: OutcomeColumns,
}

/// What a run came to, in the same columns wherever runs are written.
///
/// ```text
/// one_exists margin  and with talks  reached ending rounds date intents package blocked cause gain_PARTY… payoff_PARTY… holds_YEARS…
/// ```
///
/// `one_exists` and `reached` are 0 or 1; the margin is a share of the span of whoever minds most, empty where every package is
/// refused and `inf` where no veto is in force; `date` is the day on which the last round begins; gains are relative, of a deal
/// signed and ratified; `holds_5` is the chance that the deal still holds after five years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeColumns {
    /// The identifiers of the parties, in the order of the scenarios.
    pub parties: Vec<String>,
    /// Whether some scenario has talks.
    pub talks: bool,
    /// Whether some scenario says how long deals last.
    pub lasts: bool,
}

impl RunRows {
    pub fn of(plan: &BatchPlan) -> Self {
        let all = plan.models.iter().filter(|_| plan.record == Record::Inputs).flat_map(|model| uncertain(&model.n));
        let drawn: Vec<String> = all.filter(|path| !plan.design.paths.contains(path)).sorted().dedup().collect();
        let place = |n: &Negotiation| drawn.iter().map(|path| n.inputs.find(path)).collect();
        Self {
            places: plan.models.iter().map(|model| place(&model.n)).collect(),
            outcome: OutcomeColumns {
                parties: plan.parties(|_| true),
                talks: plan.has_talks(),
                lasts: plan.models.iter().any(|m| m.n.talks.is_some() && m.n.durability.is_some()),
            },
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
        text.push(',');
        self.outcome.add(text, n, margin, run);
        text.push('\n');
    }
}

impl OutcomeColumns {
    /// Those of one scenario.
    pub fn of(n: &Negotiation) -> Self {
        let parties = n.parties().map(|i| n.actor(i).id.clone()).collect();
        Self { parties, talks: n.talks.is_some(), lasts: n.talks.is_some() && n.durability.is_some() }
    }

    /// Their heads.
    pub fn heads(&self) -> Vec<String> {
        let mut heads = vec!["one_exists".to_owned(), "margin".to_owned()];
        if self.talks {
            heads.extend("reached ending rounds date intents package blocked cause".split(' ').map(str::to_owned));
            heads.extend(self.parties.iter().map(|party| format!("gain_{party}")));
            heads.extend(self.parties.iter().map(|party| format!("payoff_{party}")));
        }
        if self.lasts {
            heads.extend(YEARS.map(|years| format!("holds_{years}")));
        }
        heads
    }

    /// Adds the cells of a run to a text.
    pub fn add(&self, text: &mut String, n: &Negotiation, margin: Margin, run: Option<&Run>) {
        let _ = write!(text, "{}", u8::from(margin.exists()));
        number(text, margin.share());
        let Some(run) = run else {
            text.push_str(&",".repeat(self.heads().len() - 2));
            return;
        };
        let (reached, ending) = (u8::from(run.ending.is_reached()), run.ending.word());
        let date = iso(n, run.rounds).unwrap_or_default();
        let intents = run.intents.iter().map(|at| n.intent_id(*at)).join(" ");
        let package = quoted(&run.package.as_ref().map(|p| n.space.flag(p)).unwrap_or_default());
        let blocked = run.blocked.map(|b| blocked(n, b)).unwrap_or_default();
        let cause = run.cause.map_or("", Cause::word);
        let _ = write!(text, ",{reached},{ending},{},{date},{intents},{package},{blocked},{cause}", run.rounds);
        for list in [&run.gains, &run.payoffs] {
            let of = |party: &String| list.iter().find(|(i, _)| n.actor(*i).id == *party).map(|(_, x)| *x);
            self.parties.iter().for_each(|party| number(text, of(party)));
        }
        if self.lasts {
            let holds = |years| run.outlook.as_ref().map(|it| it.hazard.survival(years));
            YEARS.iter().for_each(|years| number(text, holds(*years)));
        }
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
    columns.extend(rows.outcome.heads());
    columns
}
