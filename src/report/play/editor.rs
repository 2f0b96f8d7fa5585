//! An offer being written: an issue by its number, then an option by its number.

use super::{unavailable, words};
use crate::engine::talks::{Asked, Decision, Question, Terms, Weighed};
use crate::model::{IssueId, Move, OptionId, Package};
use crate::report::terms::term;
use crate::session::Session;
use crate::text::WIDTH;
use crate::text::words::{change_of_points, number, shown, visible, wrapped};

/// An offer being written.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The terms so far.
    pub package: Package,
    /// The issues that can be written.
    issues: Vec<IssueId>,
    /// The issue of which an option is being chosen.
    at: Option<IssueId>,
    last_word: bool,
    /// Whether it is a mediator's text.
    proposes: bool,
}

/// What a line comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// It is shown again, with a word before it.
    Again(String),
    /// What would those at home say?
    Home,
    /// Nothing is sent.
    Back,
    /// It is sent.
    Send,
}

impl Editor {
    /// An offer that begins as one's own last one, else as that of the others, else as things stand.
    pub fn of(session: &Session, asked: &Asked, last_word: bool) -> Self {
        let n = session.negotiation();
        let now = &asked.situation;
        let open = |k: &IssueId| now.settled[k.0].is_none();
        let all = (0..n.space.issues.len()).map(IssueId);
        let here = |k: &IssueId| now.last_stage || now.stage.is_none_or(|s| n.stage(s).settles.contains(k));
        let issues = all.filter(|k| open(k) && here(k)).collect();
        let own = words::last_offer(session, |by| by == asked.seat);
        let begun = own.or_else(|| words::last_offer(session, |_| true));
        let standing = n.space.issues.iter().map(|issue| issue.now.unwrap_or(OptionId(0))).collect();
        let mut package = begun.unwrap_or(Package(standing));
        for (k, settled) in now.settled.iter().enumerate() {
            package.0[k] = settled.unwrap_or(package.0[k]);
        }
        let proposes = asked.question == Question::Proposes;
        Self { package, issues, at: None, last_word, proposes }
    }

    /// The issues that can be written, in the order of the file.
    pub fn issues(&self) -> &[IssueId] {
        &self.issues
    }

    /// The decision that it comes to.
    pub fn decision(&self, terms: Terms) -> Decision {
        match (self.proposes, self.last_word) {
            (true, _) => Decision::Proposes(Some(terms.package)),
            (_, true) => Decision::Moves(Move::Ultimatum, Some(terms)),
            _ => Decision::Moves(Move::Offer, Some(terms)),
        }
    }

    /// A line heard.
    pub fn hear(&mut self, session: &mut Session, line: &str) -> Heard {
        let n = session.negotiation();
        let (word, at) = (line.to_lowercase(), self.at.take());
        match word.as_str() {
            "s" | "send" => return Heard::Send,
            "w" | "home" => return Heard::Home,
            "c" | "cancel" | "q" if at.is_none() => return Heard::Back,
            "" | "c" | "cancel" | "q" => return Heard::Again(String::new()),
            _ => {}
        }
        if word.contains('=') {
            return match crate::ask::package(n, &self.with(n, &word)) {
                Ok(package) => {
                    self.package = package;
                    Heard::Again(String::new())
                }
                Err(wrong) => Heard::Again(format!("{}.", crate::text::words::capital(&wrong[0].message))),
            };
        }
        let number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match at {
            None => match number.and_then(|number| self.issues.get(number)) {
                Some(k) => {
                    self.at = Some(*k);
                    Heard::Again(String::new())
                }
                None => Heard::Again(format!(
                    "`{}` is none of the issues 1 to {}; s sends, c leaves it.",
                    shown(&word),
                    self.issues.len()
                )),
            },
            Some(k) => {
                let options = n.space.issues[k.0].options.len();
                if let Some(option) = number.filter(|number| *number < options) {
                    self.package.0[k.0] = OptionId(option);
                    return Heard::Again(String::new());
                }
                self.at = Some(k);
                Heard::Again(format!("`{}` is none of the options 1 to {options}; c leaves them.", shown(&word)))
            }
        }
    }

    /// The terms with some of them said anew.
    fn with(&self, n: &crate::model::Negotiation, said: &str) -> String {
        let named = |id: &str| said.split(',').filter_map(|term| term.split_once('=')).any(|(k, _)| k.trim() == id);
        let rest =
            n.space.picks(&self.package).filter(|(k, _)| !named(&k.id)).map(|(k, o)| format!("{}={}", k.id, o.id));
        rest.chain([said.to_owned()]).collect::<Vec<_>>().join(",")
    }

    /// The offer as it stands, or the options of the issue that is being chosen.
    pub fn page(&mut self, session: &mut Session) -> String {
        match self.at {
            None => self.terms(session),
            Some(k) => self.options(session, k),
        }
    }

    fn terms(&self, session: &mut Session) -> String {
        let n = session.negotiation();
        let weighed = session.weigh(std::slice::from_ref(&self.package)).pop();
        let what = match (self.proposes, self.last_word) {
            (true, _) => "Your text",
            (_, true) => "Your last word",
            _ => "Your offer",
        };
        let no_deal = session.asked().and_then(|asked| asked.situation.no_deal);
        let worth = weighed.as_ref().map_or(String::new(), |it| worth(it, no_deal));
        let mut text = wrapped(&format!("{what}{worth}"), "", "   ", WIDTH);
        for (at, k) in self.issues.iter().enumerate() {
            let line = term(n, *k, self.package.option(*k));
            text += &wrapped(&line, &format!("  {:>2}  ", at + 1), "      ", WIDTH);
        }
        if let Some(why) = weighed.and_then(|it| it.unavailable) {
            text += &wrapped(&format!("It cannot be sent: {}", unavailable(n, why)), "! ", "  ", WIDTH);
        }
        text + "Which issue do you change? A number; or s send · w home · c cancel\n"
    }

    fn options(&self, session: &mut Session, k: IssueId) -> String {
        let n = session.negotiation();
        let issue = &n.space.issues[k.0];
        let with = |o: usize| {
            let mut package = self.package.clone();
            package.0[k.0] = OptionId(o);
            package
        };
        let packages: Vec<Package> = (0..issue.options.len()).map(with).collect();
        let weighed = session.weigh(&packages);
        let now = weighed.get(self.package.option(k).0).and_then(|it| it.points);
        let mut text = format!("{}: which option?\n", visible(&issue.name));
        for (o, option) in issue.options.iter().enumerate() {
            let is = if self.package.option(k) == OptionId(o) { "  (as it is written)" } else { "" };
            let worth = weighed.get(o).and_then(|it| it.points).zip(now);
            let worth = worth
                .filter(|_| is.is_empty())
                .map_or(String::new(), |(it, now)| format!("  {} to you", change_of_points(it - now)));
            let why = weighed
                .get(o)
                .and_then(|it| it.unavailable)
                .map_or(String::new(), |why| format!("  ! {}", unavailable(n, why)));
            text += &wrapped(
                &format!("{}{is}{worth}{why}", visible(&option.name)),
                &format!("  {:>2}  ", o + 1),
                "      ",
                WIDTH,
            );
        }
        text + "A number; or c to leave it\n"
    }
}

/// What an offer is worth to whoever makes it.
fn worth(it: &Weighed, no_deal: Option<f64>) -> String {
    let homes = it.homes.iter().map(|(_, chance, _)| *chance).fold(1.0, f64::min);
    let home = if it.homes.is_empty() {
        String::new()
    } else {
        format!("; your own bear it with a chance of {}", crate::text::words::percent(homes))
    };
    match (it.points, no_deal) {
        (Some(points), Some(no_deal)) => {
            format!(", worth {} to you ({} without a deal){home}:", number(points), number(no_deal))
        }
        (None, Some(_)) => " crosses a red line of your own:".into(),
        _ => ":".into(),
    }
}
