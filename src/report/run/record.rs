//! One row a run: `runs.csv`.

use super::super::calendar::iso;
use super::super::terms::as_flag;
use super::talks::ending_id;
use crate::analysis::Recorded;
use crate::engine::talks::Run;
use crate::model::Negotiation;
use crate::space::Margin;
use crate::text::sheet::{csv, row as csv_row};

/// The sheet of all runs, with its head: run, reading, whether one exists, the margin as a share (empty where every package
/// is refused, `inf` where no veto is in force); with talks also intents, ending, round, the day on which it begins, what was
/// agreed, and the relative gain of each party from a deal that holds.
#[must_use]
pub fn runs(n: &Negotiation, rows: &str) -> String {
    let mut head: Vec<String> = ["run", "reading", "exists", "margin"].map(String::from).into();
    if n.talks.is_some() {
        head.extend(["intents", "ending", "round", "date", "package"].map(String::from));
        head.extend(n.parties().map(|i| format!("gain_{}", n.actor(i).id)));
    }
    csv(&head, &[]) + rows
}

/// The row of one run.
#[must_use]
pub fn recorded(n: &Negotiation, run: &Recorded) -> String {
    let reading = run.reading.map_or(String::new(), |r| n.readings[r].id.clone());
    let mut row = vec![run.run.to_string(), reading, run.margin.exists().to_string(), margin(run.margin)];
    row.extend(run.played.iter().flat_map(|run| played(n, run)));
    csv_row(&row)
}

fn played(n: &Negotiation, run: &Run) -> Vec<String> {
    let intents = run.intents.iter().map(|at| {
        let intent = &n.intents[*at];
        format!("{}.{}", n.actor(intent.of).id, intent.id)
    });
    let package = run.package.as_ref().map_or(String::new(), |package| as_flag(n, package));
    let gain = |i| run.gains.iter().find(|(of, _)| *of == i).map_or(String::new(), |(_, gain)| gain.to_string());
    let mut row = vec![intents.collect::<Vec<_>>().join(" "), ending_id(run.ending), run.rounds.to_string()];
    row.extend([iso(n, run.rounds).unwrap_or_default(), package]);
    row.extend(n.parties().map(gain));
    row
}

fn margin(margin: Margin) -> String {
    match margin {
        Margin::Share(share) => share.to_string(),
        Margin::Unbounded => "inf".into(),
        Margin::None => String::new(),
    }
}
