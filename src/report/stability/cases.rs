//! Conflicts that others drew: who is stable where, as data and as a page.

use itertools::Itertools as _;
use serde_json::{Map, Value, json};

use super::{CONCEPTS, Telling, why, whys};
use crate::import::conflict::Case;
use crate::report::who::Who;
use crate::stability::{Concept, Move, Stability, analyse};
use crate::text::table::Table;
use crate::text::words::{bullet, list, paragraph, visible};

/// States that a page tells one by one.
const TOLD: usize = 40;

/// States of a case of which it is told why each would stay: more than that nobody reads, and each sentence is a search.
const READ: usize = 200;

struct ByName<'a>(&'a Case);

impl ByName<'_> {
    fn state(&self, at: usize) -> String {
        format!("“{}”", visible(&self.0.conflict.states()[at]))
    }
}

impl Telling for ByName<'_> {
    fn who(&self, actor: usize) -> Who {
        Who { name: visible(&self.0.conflict.actors()[actor]), plural: false }
    }

    fn did(&self, m: Move) -> String {
        format!("moved to {}", self.state(m.to))
    }

    fn doing(&self, m: Move) -> String {
        format!("moving to {}", self.state(m.to))
    }
}

/// The answer: for each case and concept the states in which each actor would stay, and those in which all would.
pub fn cases_data(cases: &[Case]) -> Value {
    let one = |case: &Case| {
        let (it, found) = (&case.conflict, analyse(&case.conflict));
        let names = |states: Vec<usize>| states.into_iter().map(|s| it.states()[s].clone()).collect_vec();
        let by_actor = |concept: Concept| {
            let of = |(i, actor): (usize, &String)| (actor.clone(), json!(names(found.stable(concept, i))));
            Value::Object(it.actors().iter().enumerate().map(of).collect::<Map<_, _>>())
        };
        let every = |of: &dyn Fn(Concept) -> Value| {
            Value::Object(
                Concept::WORDS.map(|(word, concept)| (word.to_owned(), of(concept))).into_iter().collect::<Map<_, _>>(),
            )
        };
        json!({
            "name": case.name,
            "actors": it.actors(),
            "states": it.states(),
            "status_quo": case.status_quo.map(|s| &it.states()[s]),
            "stable": every(&by_actor),
            "equilibria": every(&|concept| json!(names(found.equilibria(concept)))),
            "why": why_of(case, &found),
        })
    };
    json!({ "cases": cases.iter().map(one).collect_vec() })
}

/// The states in which all would stay by GMR; none of a case that is too large to be told.
fn resting(case: &Case, found: &Stability) -> Vec<usize> {
    if case.conflict.states().len() > READ { Vec::new() } else { found.equilibria(Concept::Gmr) }
}

/// For each equilibrium by foresight one sentence an actor: by SEQ, else by GMR.
fn why_of(case: &Case, found: &Stability) -> Value {
    let telling = ByName(case);
    let resting = resting(case, found);
    let told = |s: usize| {
        let concept = if found.is_equilibrium(Concept::Seq, s) { Concept::Seq } else { Concept::Gmr };
        let each =
            (0..case.conflict.actors().len()).map(|i| why(&case.conflict, &telling, concept, i, s)).collect_vec();
        (case.conflict.states()[s].clone(), json!({ "concept": concept.word(), "sentences": each }))
    };
    Value::Object(resting.into_iter().take(TOLD).map(told).collect::<Map<_, _>>())
}

/// The cases as a page: a table of states, and why each equilibrium is one.
pub fn cases_page(cases: &[Case]) -> String {
    format!("{}\n{}", cases.iter().map(page).join("\n"), paragraph(CONCEPTS))
}

/// Where all would stay, those by the same concepts together, by the most concepts first.
fn rests(telling: &ByName, found: &Stability) -> String {
    let states = 0..telling.0.conflict.states().len();
    let by = |s: usize| Concept::WORDS.map(|(_, concept)| found.is_equilibrium(concept, s));
    let mut groups =
        states.into_group_map_by(|s| by(*s)).into_iter().filter(|(by, _)| by.contains(&true)).collect_vec();
    groups.sort_by_key(|(by, _)| std::cmp::Reverse((by.iter().filter(|it| **it).count(), *by)));
    let told = groups.into_iter().map(|(by, states)| {
        let words =
            Concept::WORDS.iter().zip(by).filter(|(_, it)| *it).map(|((word, _), _)| (*word).to_owned()).collect_vec();
        let by = if words.len() == Concept::WORDS.len() { "all four concepts".to_owned() } else { list(words) };
        format!("in {} by {by}", list(states.into_iter().map(|s| telling.state(s))))
    });
    let told = told.collect_vec();
    if told.is_empty() { "Nowhere would all stay.".to_owned() } else { format!("All would stay {}.", told.join("; ")) }
}

fn page(case: &Case) -> String {
    let (it, found, telling) = (&case.conflict, analyse(&case.conflict), ByName(case));
    let title = format!("{}\n\n", visible(&case.name).to_uppercase());
    let begins = case.status_quo.map_or_else(String::new, |s| format!(" It stands in {} today.", telling.state(s)));
    let head = paragraph(&format!("{}{begins}", rests(&telling, &found)));
    let mut heads = vec!["state".to_owned()];
    heads.extend((0..it.actors().len()).map(|i| telling.who(i).name));
    let mut table = Table::new(&heads.iter().map(String::as_str).collect_vec());
    for s in (0..it.states().len()).take(TOLD) {
        let stays = |i: usize| {
            let by = Concept::WORDS
                .iter()
                .filter(|(_, concept)| found.stays(*concept, i, s))
                .map(|(word, _)| *word)
                .collect_vec();
            match by.len() {
                0 => "leaves".to_owned(),
                4 => "stays".to_owned(),
                _ => by.join(" "),
            }
        };
        table.row([visible(&it.states()[s])].into_iter().chain((0..it.actors().len()).map(stays)).collect());
    }
    let key = paragraph("stays: by all four concepts; leaves: by none; else those by which it would stay.");
    let more = it.states().len().saturating_sub(TOLD);
    let more = if more > 0 { paragraph(&format!("{more} more states; the JSON has all.")) } else { String::new() };
    let mut told = String::new();
    for s in resting(case, &found).into_iter().take(TOLD) {
        let concept = if found.is_equilibrium(Concept::Seq, s) { Concept::Seq } else { Concept::Gmr };
        told += &format!("\n{} ({})\n", visible(&it.states()[s]), concept.word());
        let actors = (0..it.actors().len()).collect_vec();
        told += &whys(it, &telling, concept, &actors, s).iter().map(|it| bullet(it)).collect::<String>();
    }
    format!("{title}{head}\n{}{key}{more}{told}", table.text())
}
