//! A game in plain numbered lines: one line heard, one text said. Nothing moves a cursor, so that a pipe, a screen reader
//! and a page can all use it; what is heard and cannot be used is asked again with the reason, and costs no round.

#[cfg(feature = "figures")]
mod dances;
mod data;
mod debrief;
mod editor;
mod replay;
mod table;
mod words;

use crate::analysis::Settings;
use crate::engine::talks::{Decision, Illegal, Terms, Unavailable};
use crate::model::{ActorId, Negotiation, Package, Scale};
use crate::report::verdict::{self, Case};
use crate::report::{head, terms};
use crate::session::Session;
use crate::text::words::{capital, paragraph, visible};
#[cfg(feature = "figures")]
pub use dances::dances;
pub use data::game;
use editor::Editor;
pub use replay::{data, replay};

/// Worlds over which a package is judged when somebody asks what those at home would say.
const WORLDS: u64 = 500;

/// Runs beside which one's own course stands in the end.
pub const OTHERS: u64 = 200;

/// A game at a table of lines.
#[derive(Debug)]
pub struct Parlour<'a> {
    session: Session<'a>,
    settings: Settings,
    scale: Scale,
    editing: Option<Editor>,
    leaving: bool,
}

/// What is said to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Whether nothing more is heard: the game is over, or was left.
    pub over: bool,
}

impl<'a> Parlour<'a> {
    /// A table for a game; `settings` say from what worlds packages are judged.
    pub fn of(session: Session<'a>, settings: &Settings) -> Self {
        let n = session.negotiation();
        let settings = Settings { runs: WORLDS, ..settings.clone() };
        Self { session, settings, scale: Scale::of(n), editing: None, leaving: false }
    }

    /// The game.
    pub fn session(&self) -> &Session<'a> {
        &self.session
    }

    fn n(&self) -> &'a Negotiation {
        self.session.negotiation()
    }

    /// What is said before anything is heard: where one is, what happened already, and what is asked.
    pub fn opening(&mut self) -> Said {
        let (n, on) = (self.n(), self.settings.drawing.accounts.variants.clone());
        let mut text = head::head(n, &on) + &words::welcome(&self.session) + "\n";
        text += &words::told(n, self.scale, self.session.happened(), &self.seats());
        self.said(text)
    }

    /// What is said to a line.
    pub fn hear(&mut self, line: &str) -> Said {
        let line = line.trim();
        if self.session.asked().is_none() {
            return Said { text: String::new(), over: true };
        }
        if std::mem::take(&mut self.leaving) {
            if matches!(line.to_lowercase().as_str(), "y" | "yes") {
                return Said { text: "You leave the table; the game is not finished.\n".into(), over: true };
            }
            return self.again(String::new());
        }
        if let Some(editor) = self.editing.take() {
            return self.edit(editor, line);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word.to_lowercase().as_str() {
            "" => self.again(String::new()),
            "?" | "help" => self.again(words::help(&self.session)),
            "q" | "quit" => {
                self.leaving = true;
                Said { text: "Leave the table? Nothing is lost: --save keeps the game. y or n\n".into(), over: false }
            }
            "w" | "home" => {
                let text = self.home(rest);
                self.again(text)
            }
            "b" | "beliefs" => self.again(words::beliefs(&self.session)),
            "o" | "offers" => self.again(words::offers(self.n(), self.session.happened())),
            "d" | "sources" => self.again(words::sources(self.n(), rest)),
            "a" | "advice" => self.again(words::advice(&self.session, self.scale)),
            _ => self.answer(line),
        }
    }

    /// What is said at the end of what is heard: nothing more comes.
    pub fn closed(&self) -> String {
        match self.session.asked() {
            Some(_) => "Nothing more is heard: the game stops here, unfinished.\n".into(),
            None => String::new(),
        }
    }

    /// An answer to what is asked.
    fn answer(&mut self, line: &str) -> Said {
        let Some(asked) = self.session.asked().cloned() else { return Said { text: String::new(), over: true } };
        match table::meant(&self.session, &asked, line) {
            Ok(table::Meant::Decides(decision)) => self.take(decision),
            Ok(table::Meant::Names { last_word }) => {
                let editor = Editor::of(&self.session, &asked, last_word);
                self.show_editor(editor, "")
            }
            Ok(table::Meant::Escalates) => {
                let on = !self.session.escalates(asked.seat);
                self.session.will_escalate(asked.seat, on);
                let text = if on {
                    "You will escalate outside the room as the next round opens. What else do you do in this round?"
                } else {
                    "You will not escalate after all."
                };
                self.again(paragraph(text))
            }
            Err(why) => self.again(paragraph(&why)),
        }
    }

    fn take(&mut self, decision: Decision) -> Said {
        let (n, scale) = (self.n(), self.scale);
        let seats = self.seats();
        match self.session.take(decision) {
            Ok(steps) => {
                let text = words::told(n, scale, steps, &seats);
                self.said(text)
            }
            Err(why) => self.again(paragraph(&illegal(n, why))),
        }
    }

    /// What happened, and what is asked now, or how it ended.
    fn said(&mut self, mut text: String) -> Said {
        if let Some(asked) = self.session.asked().cloned() {
            text += &words::situation(&self.session, self.scale, &asked);
            text += &table::menu(&self.session, &asked);
            return Said { text, over: false };
        }
        text += &debrief::page(&mut self.session, self.scale);
        Said { text, over: true }
    }

    /// A text, and the same question again.
    fn again(&self, mut text: String) -> Said {
        if let Some(asked) = self.session.asked() {
            if !text.is_empty() {
                text += "\n";
            }
            text += &table::menu(&self.session, asked);
        }
        Said { text, over: false }
    }

    fn edit(&mut self, mut editor: Editor, line: &str) -> Said {
        let heard = editor.hear(&mut self.session, line);
        match heard {
            editor::Heard::Again(why) => self.show_editor(editor, &why),
            editor::Heard::Home => {
                let text = self.judge(&editor.package);
                self.show_editor(editor, &text)
            }
            editor::Heard::Back => self.again(String::new()),
            editor::Heard::Send => {
                let terms = Terms { package: editor.package.clone(), asks: None };
                let decision = editor.decision(terms);
                let (n, scale, seats) = (self.n(), self.scale, self.seats());
                match self.session.take(decision) {
                    Ok(steps) => {
                        let text = words::told(n, scale, steps, &seats);
                        self.said(text)
                    }
                    Err(why) => self.show_editor(editor, &illegal(n, why)),
                }
            }
        }
    }

    fn show_editor(&mut self, mut editor: Editor, before: &str) -> Said {
        let mut text = if before.is_empty() { String::new() } else { paragraph(before) + "\n" };
        // What is said of home is laid out already.
        if before.contains('\n') {
            text = format!("{before}\n");
        }
        text += &editor.page(&mut self.session);
        self.editing = Some(editor);
        Said { text, over: false }
    }

    /// What those at home would say of what is on the table, or of the package that is named.
    fn home(&self, named: &str) -> String {
        let package = if named.trim().is_empty() {
            self.session.asked().and_then(|asked| words::on_the_table(&self.session, asked))
        } else {
            match crate::ask::package(self.n(), named.trim()) {
                Ok(package) => Some(package),
                Err(wrong) => return wrong.iter().map(|it| paragraph(&capital(&format!("{}.", it.message)))).collect(),
            }
        };
        match package {
            Some(package) => self.judge(&package),
            None => paragraph(
                "Nothing is on the table yet. Name a package, as in `w issue=option,issue=option`, or make an offer and ask there.",
            ),
        }
    }

    /// A package judged as `winset verdict --side` does, in the world of the game.
    fn judge(&self, package: &Package) -> String {
        let n = self.n();
        let world = &self.session.drawn().world;
        let case = match Case::of(n, &self.settings, Some(world), package) {
            Ok(Some(case)) => case,
            Ok(None) => return paragraph("No world is kept in which those at home could be asked."),
            Err(why) => return paragraph(&format!("Those at home cannot be asked: {why}.")),
        };
        let side = self.seat().filter(|seat| n.actor(*seat).is_party());
        let on_paper = self.session.asked().is_some_and(|asked| !asked.situation.last_stage);
        let paper =
            "A paper binds what it settles and nothing more. If the rest stayed as it is now, those at home would say:";
        let before = if on_paper { paragraph(paper) + "\n" } else { String::new() };
        before + &verdict::back_table(&case.judged(n, &self.settings, side))
    }

    fn seat(&self) -> Option<ActorId> {
        self.session.asked().map(|asked| asked.seat)
    }

    fn seats(&self) -> Vec<ActorId> {
        self.session.start().seats.who.clone()
    }
}

/// Why a decision cannot be taken, in a sentence.
pub fn illegal(n: &Negotiation, why: Illegal) -> String {
    match why {
        Illegal::NotAsked => "That is not what is asked.".into(),
        Illegal::NeedlessTerms => "Only an offer names terms.".into(),
        Illegal::NotAtTheTable(of) => format!("{} is no party at the table.", visible(&n.actor(of).name)),
        Illegal::Names(why) => unavailable(n, why),
    }
}

/// Why a package cannot be put on the table, in a sentence.
pub fn unavailable(n: &Negotiation, why: Unavailable) -> String {
    match why {
        Unavailable::Settled(k) => format!("{} is settled already.", visible(&n.space.issues[k.0].name)),
        Unavailable::NotGranted(k, o) => {
            let option = &n.space.issues[k.0].options[o.0];
            let holders: Vec<String> = option.holders.iter().map(|(who, _)| visible(&n.actor(*who).name)).collect();
            format!("{}: not granted by {} in this world.", terms::term(n, k, o), holders.join(" and "))
        }
        Unavailable::Rule(rule) => format!("The rule `{}` excludes this package.", visible(&n.space.rules[rule].id)),
        Unavailable::NoPaper => "No paper of this stage can be like that.".into(),
    }
}
