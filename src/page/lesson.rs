//! A lesson as a room of the page, and as a sheet for the teacher.

use serde_json::{Value, json};

use super::markdown::of_markdown;
use crate::ask::{self, package};
use crate::model::{ActorId, Intent, Negotiation};
use crate::report::html::{self, classed, element, paragraph, table, text};
use crate::report::terms;
use crate::scenario::{Bet, Finding, LessonFile, Number, Piece, Said, advice};

/// A lesson whose blocks fit the scenarios that they name.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u64,
    /// What a class reads, as HTML with a place for each block.
    pub html: String,
    /// The blocks in the order of their places, as the script of the page takes them.
    pub blocks: Value,
}

impl Lesson {
    /// The lesson over its scenarios, each under the name by which the file calls it.
    ///
    /// # Errors
    /// Each block that names what its scenario does not have, where it does so.
    pub fn of(file: &LessonFile, scenarios: &[(&str, &Negotiation)]) -> Result<Self, Vec<Finding>> {
        let mut room = Room { scenarios, blocks: Vec::new(), findings: Vec::new() };
        let html = room.pieces(&file.pieces);
        if room.findings.is_empty() {
            Ok(Self { title: file.title.clone(), minutes: file.minutes, html, blocks: Value::Array(room.blocks) })
        } else {
            Err(room.findings)
        }
    }
}

struct Room<'a> {
    scenarios: &'a [(&'a str, &'a Negotiation)],
    blocks: Vec<Value>,
    findings: Vec<Finding>,
}

impl<'a> Room<'a> {
    fn pieces(&mut self, pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&mut self, piece: &Piece) -> String {
        match piece {
            Piece::Prose(words) => of_markdown(words),
            Piece::Reveal(head, inner) => {
                let place = self.keep(json!({ "kind": "reveal" }));
                let inner = self.pieces(inner);
                format!(
                    "<details class=\"reveal\" id=\"{place}\"><summary>{}</summary>\n{inner}</details>\n",
                    text(head)
                )
            }
            Piece::Bet(it) => self.block(
                &it.ask,
                json!({
                    "kind": "bet", "ask": it.ask, "choices": it.choices, "unit": it.unit, "answer": it.answer,
                }),
            ),
            Piece::Slider(it) => {
                let of = self.scenario(&it.scenario);
                let range = of.and_then(|n| self.range(n, &it.input));
                let (name, low, high) = range.unwrap_or_default();
                let (from, to) = (it.from.unwrap_or(low), it.to.unwrap_or(high));
                if from >= to && self.findings.is_empty() {
                    self.wrong(
                        Finding::error(format!("`{}` has no range", it.input.value)).hint("give `from` and `to`"),
                        &it.input,
                    );
                }
                let shows: Vec<Value> = it.shows.iter().map(|number| said_of(*number)).collect();
                self.block(
                    &it.ask,
                    json!({
                        "kind": "slider", "of": it.scenario.value, "path": it.input.value, "name": name,
                        "low": from, "high": to, "shows": shows,
                    }),
                )
            }
            Piece::Draft(it) => {
                let begin = self.scenario(&it.scenario).zip(it.package.as_ref());
                let terms = begin.and_then(|(n, said)| self.terms(n, said));
                self.block(&it.ask, json!({ "kind": "draft", "of": it.scenario.value, "terms": terms }))
            }
            Piece::Play(it) => {
                if let Some(n) = self.scenario(&it.scenario) {
                    self.seat(n, &it.side);
                    it.against.iter().for_each(|said| self.against(n, said));
                }
                let against = it.against.as_ref().map(|said| said.value.as_str());
                self.block(
                    &it.ask,
                    json!({
                        "kind": "play", "of": it.scenario.value, "side": it.side.value, "against": against,
                    }),
                )
            }
        }
    }

    /// Keeps a block, and says under which name its place stands.
    fn keep(&mut self, block: Value) -> String {
        self.blocks.push(block);
        format!("block-{}", self.blocks.len() - 1)
    }

    fn block(&mut self, ask: &str, block: Value) -> String {
        let place = self.keep(block);
        format!("<div class=\"block\" id=\"{place}\"><p class=\"ask\">{}</p></div>\n", text(ask))
    }

    fn wrong(&mut self, finding: Finding, at: &Said<String>) {
        self.findings.push(finding.at(at.span.clone()));
    }

    fn scenario(&self, said: &Said<String>) -> Option<&'a Negotiation> {
        self.scenarios.iter().find(|(name, _)| *name == said.value).map(|(_, n)| *n)
    }

    /// The words for an input and the ends of its range.
    fn range(&mut self, n: &Negotiation, said: &Said<String>) -> Option<(String, f64, f64)> {
        let Some(id) = n.inputs.find(&said.value) else {
            let known: Vec<&str> = n.inputs.iter().map(|(_, input)| input.path.as_str()).collect();
            let unknown = Finding::error(format!("`{}` is no number of the scenario", said.value));
            self.wrong(unknown.hint(advice(&said.value, "numbers", &known)), said);
            return None;
        };
        let (low, high) = n.support(&n.inputs.get(id).law);
        Some((terms::input(n, &said.value), low, high))
    }

    fn terms(&mut self, n: &Negotiation, said: &Said<String>) -> Option<String> {
        let found = n.named(&said.value).map(|named| Ok(named.package.clone()));
        match found.unwrap_or_else(|| package(n, &said.value)) {
            Ok(package) => Some(terms::as_flag(n, &package)),
            Err(findings) => {
                findings.into_iter().for_each(|finding| self.wrong(finding, said));
                None
            }
        }
    }

    /// An intent of somebody, as `--opponent` takes it: its name, or PARTY=INTENT.
    fn against(&mut self, n: &Negotiation, said: &Said<String>) {
        let called = |intent: &Intent| [intent.id.clone(), format!("{}={}", n.actor(intent.of).id, intent.id)];
        if !n.intents.iter().any(|intent| called(intent).contains(&said.value)) {
            let known: Vec<&str> = n.intents.iter().map(|intent| intent.id.as_str()).collect();
            self.wrong(ask::unknown("intent", "intents", &said.value, &known), said);
        }
    }

    fn seat(&mut self, n: &Negotiation, said: &Said<String>) {
        let mediator = n.mediator.as_ref().map(|it| it.actor);
        let seats: Vec<(&str, ActorId)> = n.parties().chain(mediator).map(|i| (n.actor(i).id.as_str(), i)).collect();
        match ask::word("seat", "seats", &said.value, &seats) {
            Err(finding) => self.wrong(finding, said),
            Ok(_) if n.talks.is_none() => self.wrong(Finding::error("the scenario has no talks to play"), said),
            Ok(_) => {}
        }
    }
}

/// A share of worlds as the page looks it up in an answer, and in words.
fn said_of(number: Number) -> Value {
    let (place, words) = match number {
        Number::Exists => ("exists", "a settlement exists that is a defeat for nobody"),
        Number::SamePackage => ("same_package", "one same package would do"),
        Number::Reached => ("reached", "the talks get there"),
        Number::Defeat => ("endings.defeat", "they end in a settlement that somebody calls a defeat"),
        Number::Truce => ("endings.truce", "they end in a truce"),
        Number::Unratified => ("endings.unratified", "what they signed is refused at home"),
        Number::NoDeal => ("endings.no-deal", "they end without a deal"),
        Number::Imposed => ("endings.imposed", "terms are imposed by force"),
    };
    json!([place, words])
}

/// The sheet of a lesson for whoever teaches it: its time, its questions with their answers, and what is said to the teacher.
pub fn for_the_teacher(file: &LessonFile) -> String {
    let bets: Vec<&Bet> =
        file.all().into_iter().filter_map(|piece| if let Piece::Bet(it) = piece { Some(it) } else { None }).collect();
    let unit =
        |bet: &Bet| if bet.choices.is_empty() { format!("{} {}", bet.answer, bet.unit) } else { bet.answer.clone() };
    let rows = bets.iter().enumerate().map(|(at, bet)| vec![(at + 1).to_string(), text(&bet.ask), text(&unit(bet))]);
    let body = [
        element("h1", &text(&file.title)),
        classed("p", "note", &text(&format!("For the teacher. The lesson takes {} minutes.", file.minutes))),
        of_markdown(&file.teacher),
        element("h2", "Its questions, with their answers"),
        if bets.is_empty() { paragraph("It asks none.") } else { table(&["", "Question", "Answer"], &[0], rows) },
    ];
    html::page(&file.title, &body.concat())
}
