//! Counts handed from one engine to another, as text: what they are counts of, and that nothing of them was changed.

use serde_json::{Value, json};

use super::held::Held;
use super::say::{Asked, wrong};
use crate::analysis::Handed;
use crate::ask::Wrong;
use crate::report::frame;
use crate::report::run::fingerprint;
use crate::scenario::Finding;
use crate::text::base64::{decoded, encoded};

/// The form of the counts: another one cannot be added up with it.
const FORM: u32 = 1;

/// What was counted: `{ of, runs, counts, sum }`, the counts as base64, `of` a fingerprint of all that they hang on, and `sum`
/// one of the whole.
pub fn told(held: &Held) -> Result<Value, Wrong> {
    let (of, handed) = (of(held)?, held.handed()?);
    let (runs, counts) = (spans(&handed), encoded(&handed.bytes));
    Ok(json!({ "of": of, "runs": runs, "sum": sum(&of, &runs, &counts), "counts": counts }))
}

/// What others counted, in the order in which it is given; none of it where anything is wrong with one.
pub fn taken(held: &Held, tallies: Vec<Value>) -> Result<Vec<Handed>, Wrong> {
    let mine = of(held)?;
    let read = |(place, tally): (usize, Value)| {
        let name = format!("tally {}", place + 1);
        one(tally, &name, &mine)
    };
    tallies.into_iter().enumerate().map(read).collect()
}

fn one(tally: Value, name: &str, mine: &str) -> Result<Handed, Wrong> {
    let mut asked = Asked::of(name, tally)?;
    let of = asked.text("of");
    let of = asked.needed(of);
    let runs = asked.value("runs");
    let runs = asked.needed(runs);
    let counts = asked.text("counts");
    let counts = asked.needed(counts);
    let claimed = asked.text("sum");
    let claimed = asked.needed(claimed);
    let all = of.zip(runs).zip(counts.zip(claimed));
    let ((of, runs), (counts, claimed)) = asked.done(all)?;
    if of != mine {
        let found = format!("{name} is that of another scenario, of other choices, or of another version");
        return Err(wrong(Finding::error(found).hint("`set` the same in every engine before `go_on`")));
    }
    let changed = || wrong(Finding::error(format!("{name} was changed on its way")));
    if claimed != sum(&of, &runs, &counts) {
        return Err(changed());
    }
    let runs: Vec<[u64; 2]> = serde_json::from_value(runs).map_err(|_| changed())?;
    let runs = runs.into_iter().map(|[from, to]| from..to).collect();
    Ok(Handed { runs, bytes: decoded(&counts).ok_or_else(changed)? })
}

/// What the counts hang on: the program, the text, everything that is asked, and what is counted. How many runs are wanted in
/// all is left out, since counts of other runs can be added up all the same.
fn of(held: &Held) -> Result<String, Wrong> {
    let (n, scenario, choices) = (held.n()?, held.original(), held.choices());
    let mut asked = frame::asked(n, choices);
    let heard = held.counting()?.courses;
    asked["runs"] = Value::Null;
    let all = json!([FORM, env!("CARGO_PKG_VERSION"), scenario.text, asked, choices.settings.drawing.seed, heard]);
    Ok(fingerprint(&all.to_string()))
}

fn sum(of: &str, runs: &Value, counts: &str) -> String {
    fingerprint(&format!("{of} {runs} {counts}"))
}

fn spans(handed: &Handed) -> Value {
    handed.runs.iter().map(|runs| json!([runs.start, runs.end])).collect()
}
