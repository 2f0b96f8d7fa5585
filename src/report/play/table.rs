//! What is asked, as a numbered list, and what a line means as an answer to it.

use crate::engine::talks::{Asked, Decision, Question};
use crate::model::{ActorId, Move, Negotiation};
use crate::scenario::nearest;
use crate::session::{Session, understood};
use crate::text::words::{list, shown, visible};

/// What a line means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant {
    /// A decision.
    Decides(Decision),
    /// An offer is to be written, perhaps as the last word.
    Names {
        /// Whether it is an ultimatum.
        last_word: bool,
    },
    /// To escalate as the next round opens, or not after all.
    Escalates,
}

/// The answers to what is asked, each with the words that name it.
pub fn answers(session: &Session, asked: &Asked) -> Vec<(&'static [&'static str], String, Meant)> {
    let n = session.negotiation();
    let one = |words: &'static [&'static str], text: &str, decision: Decision| {
        (words, text.to_owned(), Meant::Decides(decision))
    };
    match &asked.question {
        Question::Moves => moves(session, asked.seat),
        Question::Answers { .. } => {
            vec![
                one(&["accept"], "accept", Decision::Answers(true)),
                one(&["refuse"], "refuse", Decision::Answers(false)),
            ]
        }
        Question::Signs(_) => {
            vec![one(&["sign"], "sign", Decision::Signs(true)), one(&["withdraw"], "withdraw", Decision::Signs(false))]
        }
        Question::PutsAgain(_) => vec![
            one(&["again"], "put it to them again", Decision::PutsAgain(true)),
            one(&["back"], "take it back to the table", Decision::PutsAgain(false)),
        ],
        Question::Escalates => vec![
            one(&["escalate"], "escalate", Decision::Escalates(true)),
            one(&["quiet"], "stay quiet", Decision::Escalates(false)),
        ],
        Question::Leaves => {
            vec![
                one(&["leave"], "leave for good", Decision::Leaves(true)),
                one(&["stay"], "stay", Decision::Leaves(false)),
            ]
        }
        Question::Presses => {
            let press = |of: &ActorId| {
                let text = format!("press {}", visible(&n.actor(*of).name));
                (&[][..], text, Meant::Decides(Decision::Presses(Some(*of))))
            };
            let nobody = one(&["nobody"], "press nobody", Decision::Presses(None));
            asked.situation.present.iter().map(press).chain([nobody]).collect()
        }
        Question::Proposes => vec![
            (&["propose"][..], "put a text of your own before them".into(), Meant::Names { last_word: false }),
            one(&["nothing"], "propose nothing", Decision::Proposes(None)),
        ],
    }
}

fn moves(session: &Session, seat: ActorId) -> Vec<(&'static [&'static str], String, Meant)> {
    let plain = |words: &'static [&'static str], text: &str, made: Move| {
        (words, text.to_owned(), Meant::Decides(Decision::Moves(made, None)))
    };
    let escalates = session.may_escalate(seat).then(|| {
        let text = if session.escalates(seat) { "do not escalate after all" } else { "escalate next round" };
        (&["escalate"][..], text.to_owned(), Meant::Escalates)
    });
    let all = [
        (&["offer"][..], "make an offer".to_owned(), Meant::Names { last_word: false }),
        plain(&["gesture", "token"], "make a gesture", Move::Token),
        plain(&["talk"], "talk", Move::Talk),
        plain(&["hold", "wait"], "hold", Move::Hold),
        (
            &["threaten", "ultimatum"][..],
            "threaten: an offer as your last word".to_owned(),
            Meant::Names { last_word: true },
        ),
    ];
    let leaves = plain(&["walk", "walk-out"], "walk out for good", Move::WalkOut);
    all.into_iter().chain(escalates).chain([leaves]).collect()
}

/// The numbered answers, and the letters that cost nothing.
pub fn menu(session: &Session, asked: &Asked) -> String {
    let n = session.negotiation();
    let answers = answers(session, asked);
    let who = if session.start().seats.who.len() > 1 {
        format!("{}: ", visible(&n.actor(asked.seat).name))
    } else {
        String::new()
    };
    let numbered: Vec<String> =
        answers.iter().enumerate().map(|(at, (_, text, _))| format!("{} {text}", at + 1)).collect();
    let ask = format!("{who}{}", question(n, asked));
    crate::text::words::wrapped(&format!("{ask}  {}", numbered.join(" · ")), "", "   ", crate::text::WIDTH)
        + "   w home · b beliefs · o offers · d sources · a advice · ? help · q quit\n"
}

pub fn question(n: &Negotiation, asked: &Asked) -> String {
    match &asked.question {
        Question::Moves => "Your move?".into(),
        Question::Answers { by, .. } => {
            let whom = by.or(asked.situation.mediator).map_or("them".into(), |of| visible(&n.actor(of).name));
            format!("Your answer to {whom}?")
        }
        Question::Signs(_) => "It is drafted. Do you sign?".into(),
        Question::PutsAgain(_) => "Those at home voted it down. What now?".into(),
        Question::Escalates => "Do you escalate?".into(),
        Question::Leaves => "Your patience is over. Do you leave?".into(),
        Question::Presses => "Whom do you press in this round?".into(),
        Question::Proposes => "Do you propose a text?".into(),
    }
}

/// What a line means as an answer: a number of the list, a word of it, or a decision as a saved game writes it.
///
/// # Errors
/// What was heard, and what would be understood, in a sentence.
pub fn meant(session: &Session, asked: &Asked, line: &str) -> Result<Meant, String> {
    let answers = answers(session, asked);
    if let Ok(number) = line.parse::<usize>() {
        let found = number.checked_sub(1).and_then(|at| answers.get(at));
        return found
            .map(|(.., meant)| meant.clone())
            .ok_or_else(|| format!("There is no answer {number}: they are numbered 1 to {}.", answers.len()));
    }
    let word = line.to_lowercase();
    if let Some((.., meant)) = answers.iter().find(|(words, text, _)| words.contains(&word.as_str()) || *text == word) {
        return Ok(meant.clone());
    }
    match understood(session.negotiation(), asked, &word) {
        Ok(Decision::Moves(made, None)) if made.names_terms() => {
            Ok(Meant::Names { last_word: made == Move::Ultimatum })
        }
        Ok(decision) => Ok(Meant::Decides(decision)),
        Err(finding) if word.contains([' ', '=']) => Err(format!("{}.", crate::text::words::capital(&finding.message))),
        Err(_) => {
            let known: Vec<&str> = answers.iter().flat_map(|(words, ..)| words.iter().copied()).collect();
            let meant = nearest(&word, known.iter().copied());
            let hint =
                meant.map_or_else(|| format!("the words are {}", list(&known)), |it| format!("did you mean `{it}`?"));
            Err(format!(
                "`{}` is no answer here: give a number from 1 to {}, or a word; {hint}",
                shown(&word),
                answers.len()
            ))
        }
    }
}
