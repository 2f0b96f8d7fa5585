//! A tournament of tactics as a page, as JSON and as a sheet.

use serde_json::{Value, json};

use super::super::object::Object;
use super::super::run::share;
use crate::num::Share;
use crate::offers::{Entry, Mean, Score, Tactic, Tournament};
use crate::text::sheet::ByColumn;
use crate::text::table::Table;
use crate::text::words::{count, counted, fixed, list, paragraph, percent, visible};

/// A tournament with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The files, as they were named.
    pub names: &'a [String],
    /// Rounds of each session.
    pub rounds: u32,
    /// Sessions of each seating and first mover, where equals are drawn.
    pub repeats: Option<u64>,
    /// What it came to.
    pub tournament: &'a Tournament,
}

impl Held<'_> {
    fn tactics(&self) -> impl Iterator<Item = (usize, Tactic)> + '_ {
        self.tournament.tactics.iter().copied().enumerate()
    }
}

/// What a gain is.
const GAIN: &str = "A gain is the share of what a party could gain over no deal that it got, 0 without an agreement.";

/// The answer as data.
pub fn tournament(held: &Held) -> Value {
    let t = held.tournament;
    let alone = held.tactics().map(|(at, tactic)| entry(&t.of_tactic(at), json!({ "tactic": tactic.to_string() })));
    let pairs = held.tactics().flat_map(|(at, tactic)| {
        held.tactics().map(move |(other, against)| {
            let names = json!({ "tactic": tactic.to_string(), "against": against.to_string() });
            entry(&t.against(at, other), names)
        })
    });
    let file = |(name, scores): (&String, &Vec<Score>)| {
        let gains = held.tactics().map(|(at, tactic)| (tactic.to_string(), json!(scores[at].gain())));
        json!({ "file": name, "gain": gains.object() })
    };
    json!({
        "rounds": held.rounds,
        "repeats": held.repeats,
        "tactics": alone.collect::<Vec<_>>(),
        "pairs": pairs.collect::<Vec<_>>(),
        "files": held.names.iter().zip(&t.files).map(file).collect::<Vec<_>>(),
    })
}

fn entry(e: &Entry, mut names: Value) -> Value {
    let Mean { mean, interval } = e.gain;
    names["gain"] = json!({ "mean": mean, "low": interval.map(|i| i.0), "high": interval.map(|i| i.1) });
    names["sessions"] = json!(e.score.sessions);
    names["agreed"] = share(Share::of(e.score.agreed, e.score.sessions));
    names["round"] = json!(e.score.round());
    names
}

/// One row a file and tactic.
pub fn files_sheet(held: &Held) -> String {
    let rows: Vec<(&String, Tactic, &Score)> = held
        .names
        .iter()
        .zip(&held.tournament.files)
        .flat_map(|(name, scores)| held.tactics().map(move |(at, tactic)| (name, tactic, &scores[at])))
        .collect();
    ByColumn::of(&rows)
        .column("file", |row| row.0.clone())
        .column("tactic", |row| row.1.to_string())
        .column("gain", |row| row.2.gain())
        .column("sessions", |row| row.2.sessions)
        .column("agreed", |row| row.2.agreed)
        .column("rounds_mean", |row| row.2.round().map_or(String::new(), |round| round.to_string()))
        .csv()
}

/// The tables.
pub fn tournament_page(held: &Held) -> String {
    let t = held.tournament;
    let names: Vec<String> = held.names.iter().map(|name| visible(name)).collect();
    let files = counted(names.len(), "file");
    let sessions: u64 = t.files.iter().flatten().map(|score| score.sessions).sum();
    let head = format!(
        "{} tactics against each other and themselves on {files}, {} rounds, in every seat and with each party beginning: {}.",
        t.tactics.len(),
        count(held.rounds),
        list(&names)
    );
    let mut order: Vec<(usize, Entry)> = held.tactics().map(|(at, _)| (at, t.of_tactic(at))).collect();
    order.sort_by(|x, y| y.1.gain.mean.total_cmp(&x.1.gain.mean).then(x.0.cmp(&y.0)));
    let row = |(at, e): &(usize, Entry)| {
        let round = e.score.round().map_or_else(|| "–".to_owned(), |round| fixed(round, 1));
        let agreed = percent(e.score.agreed as f64 / e.score.sessions.max(1) as f64);
        vec![mean(&e.gain), agreed, round, t.tactics[*at].to_string()]
    };
    let alone = Table::of(&["gain", "agreed", "round", "tactic"], order.iter().map(row)).text();
    let numbers: Vec<String> = order.iter().enumerate().map(|(rank, _)| format!("({})", rank + 1)).collect();
    let heads: Vec<&str> = numbers.iter().map(String::as_str).chain(["tactic"]).collect();
    let pair = |(rank, (at, _)): (usize, &(usize, Entry))| {
        let cells = order.iter().map(|(other, _)| fixed(t.against(*at, *other).gain.mean, 2));
        cells.chain([format!("({}) {}", rank + 1, t.tactics[*at])]).collect()
    };
    let pairs = Table::of(&heads, order.iter().enumerate().map(pair)).text();
    let interval = match t.files.len() {
        1 => "One file says nothing of others, so that no interval is given.",
        _ => "Intervals are of 95 %, over files: what stands for other files, if these were drawn as they will be.",
    };
    [
        paragraph(&head),
        format!("WHO GAINS\n\n{alone}"),
        format!("THE GAIN OF EACH ROW WHERE THE COLUMN SITS AT THE TABLE TOO\n\n{pairs}"),
        paragraph(&format!("{GAIN} {interval} {} outcomes of a seat were counted.", count(sessions))),
    ]
    .join("\n")
}

fn mean(of: &Mean) -> String {
    let interval = of.interval.map(|(low, high)| format!(" ({}–{})", fixed(low, 3), fixed(high, 3)));
    fixed(of.mean, 3) + &interval.unwrap_or_default()
}
