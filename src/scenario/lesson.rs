//! Lessons as they are written: Markdown, with blocks in which a reader bets, moves a number, drafts or plays.
//!
//! A block is a fence whose first word says what it is; its lines are TOML, those of a `reveal` are again a lesson.

use std::ops::Range;

use super::keys::lesson as keys;
use super::{Finding, Node, Opened, Reader, Said, Severity, Span, Value, error, format, numerals};

/// Most blocks of a lesson.
const MOST: usize = 200;

/// The heading below which everything is for the teacher.
const TEACHER: &str = "## For the teacher";

/// A lesson as it is written: what its blocks name is not yet compared with the scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonFile {
    /// Where it was read from, as findings name it.
    pub name: String,
    /// The text of the file.
    pub text: String,
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes, ≥ 1.
    pub minutes: u64,
    /// What a class reads and does.
    pub pieces: Vec<Piece>,
    /// What only the teacher reads, as Markdown; empty if nothing.
    pub teacher: String,
}

/// A part of a lesson, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Markdown.
    Prose(String),
    /// A question that is answered first.
    Bet(Bet),
    /// What is seen once all bets before it were placed: a head, and what is under it.
    Reveal(String, Vec<Piece>),
    /// A number that can be held.
    Slider(Slider),
    /// A package to change.
    Draft(Draft),
    /// A seat at the table.
    Play(Play),
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Bet {
    /// What is asked.
    pub ask: String,
    /// What there is to choose from; empty: a number is asked for.
    pub choices: Vec<String>,
    /// What the number counts.
    pub unit: String,
    /// The answer: a choice, or a number as it is shown.
    pub answer: String,
}

/// A number of a scenario between two values, and what is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Slider {
    /// What is asked.
    pub ask: String,
    /// Its scenario.
    pub scenario: Said<String>,
    /// The path of the input.
    pub input: Said<String>,
    /// The shares that are shown.
    pub shows: Vec<Number>,
    /// The least value; `None`: that of its range.
    pub from: Option<f64>,
    /// The greatest value; `None`: that of its range.
    pub to: Option<f64>,
}

/// A package to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What is asked.
    pub ask: String,
    /// Its scenario.
    pub scenario: Said<String>,
    /// A named package or terms; `None`: the one that would do most often.
    pub package: Option<Said<String>>,
}

/// Who sits at which table.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// What is asked.
    pub ask: String,
    /// Its scenario.
    pub scenario: Said<String>,
    /// Who sits there.
    pub side: Said<String>,
    /// What another party is after; `None`: it is drawn.
    pub against: Option<Said<String>>,
}

/// A share of worlds that a slider shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// A settlement exists that is a defeat for nobody.
    Exists,
    /// One same package would do.
    SamePackage,
    /// The talks end in a settlement that is a defeat for nobody.
    Reached,
    /// They end in a settlement that is a defeat for somebody.
    Defeat,
    /// They end in a truce.
    Truce,
    /// What was signed is not ratified.
    Unratified,
    /// They end without a deal.
    NoDeal,
    /// Terms are imposed by force.
    Imposed,
}

impl Number {
    /// Every number, with its word.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("exists", Self::Exists),
        ("same-package", Self::SamePackage),
        ("reached", Self::Reached),
        ("defeat", Self::Defeat),
        ("truce", Self::Truce),
        ("unratified", Self::Unratified),
        ("no-deal", Self::NoDeal),
        ("imposed", Self::Imposed),
    ];
}

impl Piece {
    /// The scenario that it needs.
    pub fn scenario(&self) -> Option<&Said<String>> {
        match self {
            Self::Slider(it) => Some(&it.scenario),
            Self::Draft(it) => Some(&it.scenario),
            Self::Play(it) => Some(&it.scenario),
            Self::Prose(_) | Self::Bet(_) | Self::Reveal(..) => None,
        }
    }
}

impl LessonFile {
    /// Reads a lesson; `name` is only used in what is said of it.
    ///
    /// # Errors
    /// Every finding, in file order.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = format::decode(bytes)?;
        let body = text.find(&format!("\n{TEACHER}")).map_or(text.len(), |at| at + 1);
        let teacher = text[body..].strip_prefix(TEACHER).unwrap_or_default().trim().to_owned();
        let mut writing = Writing { text, findings: Vec::new(), title: None, minutes: None, blocks: 0 };
        let pieces = writing.pieces(0..body, true);
        let (title, minutes, mut findings) = (writing.title, writing.minutes, writing.findings);
        if title.is_none() {
            findings.push(Finding::error("the lesson has no title").hint("its first line is `# TITLE`"));
        }
        if minutes.is_none() && findings.is_empty() {
            let found = Finding::error("the lesson does not say how long it takes");
            findings.push(found.hint("a block `lesson` holds `minutes = 30`"));
        }
        findings.sort_by_key(|f| f.span.as_ref().map_or(0, |span| span.start));
        match (title, minutes) {
            (Some(title), Some(minutes)) if findings.is_empty() => {
                Ok(Self { name: name.to_owned(), text: text.to_owned(), title, minutes, pieces, teacher })
            }
            _ => Err(findings),
        }
    }

    /// All pieces, those of reveals too, in the order of the file.
    pub fn all(&self) -> Vec<&Piece> {
        fn walk<'p>(pieces: &'p [Piece], all: &mut Vec<&'p Piece>) {
            for piece in pieces {
                all.push(piece);
                if let Piece::Reveal(_, inner) = piece {
                    walk(inner, all);
                }
            }
        }
        let mut all = Vec::new();
        walk(&self.pieces, &mut all);
        all
    }
}

/// A lesson while it is read.
struct Writing<'t> {
    text: &'t str,
    findings: Vec<Finding>,
    title: Option<String>,
    minutes: Option<u64>,
    blocks: usize,
}

/// A fence that is open: how many backticks, the first word behind them, the rest of that line.
fn fence(line: &str) -> Option<(usize, &str, &str)> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    let behind = line[ticks..].trim();
    let (word, rest) = behind.split_once(char::is_whitespace).unwrap_or((behind, ""));
    (ticks >= 3 && !behind.contains('`')).then_some((ticks, word, rest.trim()))
}

impl Writing<'_> {
    /// What stands in these bytes; a title only at the `top`.
    fn pieces(&mut self, within: Range<usize>, top: bool) -> Vec<Piece> {
        let text = self.text;
        let (mut pieces, mut prose) = (Vec::new(), String::new());
        let mut at = within.start;
        while at < within.end {
            let line = text[at..within.end].split_inclusive('\n').next().unwrap_or_default();
            let next = at + line.len();
            let Some((ticks, word, rest)) = fence(line) else {
                match line.strip_prefix("# ").filter(|_| top && self.title.is_none()) {
                    Some(title) => self.title = Some(title.trim().to_owned()),
                    None => prose += line,
                }
                at = next;
                continue;
            };
            let closes = |line: &str| fence(line).is_some_and(|(n, word, _)| n >= ticks && word.is_empty());
            let mut end = next;
            let mut lines = text[next..within.end].split_inclusive('\n');
            let closed = lines.by_ref().find_map(|line| {
                let found = closes(line);
                if !found {
                    end += line.len();
                }
                found.then_some(line.len())
            });
            let opened = at..at + line.trim_end().len();
            at = end + closed.unwrap_or(0);
            if closed.is_none() {
                self.findings.push(error("this fence is never closed", &opened));
            }
            if word != "reveal" && !BLOCKS.contains(&word) {
                prose += &text[opened.start..at];
                continue;
            }
            self.blocks += 1;
            if self.blocks > MOST {
                self.findings.push(error(format!("there are more than {MOST} blocks"), &opened));
                break;
            }
            if !prose.trim().is_empty() {
                pieces.push(Piece::Prose(std::mem::take(&mut prose)));
            }
            let block = if word == "reveal" && !top {
                self.findings.push(error("a reveal stands in another", &opened));
                None
            } else if word == "reveal" {
                let head = if rest.is_empty() { "What the model says" } else { rest };
                Some(Piece::Reveal(head.to_owned(), self.pieces(next..end, false)))
            } else {
                self.block(word, &opened, next..end)
            };
            pieces.extend(block);
        }
        if !prose.trim().is_empty() {
            pieces.push(Piece::Prose(prose));
        }
        pieces
    }

    /// A block of TOML. It is read where it stands, with nothing around it, so that places are those of the file.
    fn block(&mut self, word: &str, opened: &Span, within: Range<usize>) -> Option<Piece> {
        if self.text[within.clone()].trim().is_empty() {
            self.findings.push(error("this block is empty", opened));
            return None;
        }
        let blank = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
        let alone = self.text[..within.start].chars().map(blank).collect::<String>() + &self.text[within];
        let document = match format::read(&alone) {
            Ok(document) => document,
            Err(findings) => {
                self.findings.extend(findings.into_iter().map(|f| placed(f, opened)));
                return None;
            }
        };
        let mut reader = Reader::default();
        let mut table = |section| reader.top(section, &document.entries);
        let piece = match word {
            "bet" => {
                let table = table(&keys::BET);
                bet(&mut reader, &table).map(Piece::Bet)
            }
            "slider" => {
                let table = table(&keys::SLIDER);
                slider(&mut reader, &table).map(Piece::Slider)
            }
            "draft" => {
                let table = table(&keys::DRAFT);
                draft(&mut reader, &table).map(Piece::Draft)
            }
            "play" => {
                let table = table(&keys::PLAY);
                play(&mut reader, &table).map(Piece::Play)
            }
            _ => {
                let table = table(&keys::LESSON);
                self.minutes = reader.plain(&table, "minutes").filter(|x| *x >= 1.0).map(|x| x as u64);
                None
            }
        };
        // Whatever is odd in a block is a slip; what is missing has no place of its own and is shown at the fence.
        let found = document.findings.into_iter().chain(reader.take_findings());
        self.findings.extend(found.map(|f| placed(Finding { severity: Severity::Error, ..f }, opened)));
        piece
    }
}

/// What may stand behind the backticks, a `reveal` apart.
const BLOCKS: [&str; 5] = ["lesson", "bet", "slider", "draft", "play"];

fn placed(finding: Finding, opened: &Span) -> Finding {
    let nowhere = finding.span.as_ref().is_none_or(|span| span.start < opened.start);
    if nowhere { finding.at(opened.clone()) } else { finding }
}

fn said(reader: &mut Reader, table: &Opened, key: &str) -> Option<Said<String>> {
    let value = reader.text(table, key)?;
    table.get(key).map(|entry| Said { value, span: entry.node.span.clone() })
}

fn bet(reader: &mut Reader, table: &Opened) -> Option<Bet> {
    let list = table.get("choices").map(|entry| reader.words(&entry.node, "choices", "a list of texts"));
    let choices: Vec<String> = list.into_iter().flatten().map(|(word, _): (&str, &Node)| word.to_owned()).collect();
    let unit = reader.text(table, "unit").unwrap_or_else(|| "per cent".into());
    let (ask, answer) = (reader.text(table, "ask")?, said(reader, table, "answer")?);
    let fits =
        if choices.is_empty() { numerals::number(&answer.value).is_ok() } else { choices.contains(&answer.value) };
    if !fits {
        let accepted = if choices.is_empty() { "a number, or `choices` beside it" } else { "one of the choices" };
        error(format!("`answer` is `{}`", answer.value), &answer.span)
            .label(format!("expected {accepted}"))
            .push(reader);
    }
    Some(Bet { ask, choices, unit, answer: answer.value })
}

fn slider(reader: &mut Reader, table: &Opened) -> Option<Slider> {
    let (from, to) = (reader.plain(table, "from"), reader.plain(table, "to"));
    let mut shows = Vec::new();
    for node in table.get("shows")?.node.list() {
        match &node.value {
            Value::Text(_) => shows.extend(reader.word(node, "shows", &Number::WORDS)),
            _ => reader.wrong_type("shows", node, "a word or a list of words"),
        }
    }
    let (ask, scenario, input) =
        (reader.text(table, "ask")?, said(reader, table, "scenario")?, said(reader, table, "input")?);
    Some(Slider { ask, scenario, input, shows, from, to })
}

fn draft(reader: &mut Reader, table: &Opened) -> Option<Draft> {
    let package = said(reader, table, "package");
    Some(Draft { ask: reader.text(table, "ask")?, scenario: said(reader, table, "scenario")?, package })
}

fn play(reader: &mut Reader, table: &Opened) -> Option<Play> {
    let against = said(reader, table, "against");
    let (ask, scenario) = (reader.text(table, "ask")?, said(reader, table, "scenario")?);
    Some(Play { ask, scenario, side: said(reader, table, "side")?, against })
}

#[cfg(test)]
mod tests;
