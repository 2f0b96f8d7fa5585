//! Settlements of a scenario: which would hold, who would leave each, and what would make it hold.

use itertools::Itertools as _;
use serde_json::{Map, Value, json};

use super::{CONCEPTS, Telling, answered, why};
use crate::model::{ActorId, IssueId, Negotiation, Package};
use crate::report::run::{package, share};
use crate::report::who::Who;
use crate::report::{CAVEAT, terms};
use crate::stability::{Concept, HeldOften, Lever, Move, Settlements, Situation, Stability, Step, blockers};
use crate::text::WIDTH;
use crate::text::words::{bullet, capital, full, list, number, paragraph, percent, stacked, visible, wrapped};

/// The concept by which the page says that a settlement would hold: others answer only as they themselves would want to.
pub const HOLDS: Concept = Concept::Seq;

/// Which settlements are asked about where none is named.
const SELECTED: &str =
    "They are a selection: each differs from the others in at least two terms; --package asks about any.";

/// Levers that a page names.
const NAMED: usize = 2;

/// A settlement asked about, and all that was found.
#[derive(Debug)]
pub struct Asked {
    /// The package.
    pub package: Package,
    /// In how many worlds it would do, and hold.
    pub often: HeldOften,
    /// The numbers any one of which would make it hold, nearest first; empty where it holds.
    pub levers: Vec<Lever>,
}

/// What is told.
#[derive(Debug)]
pub struct Settled<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The graph, as its states are liked in the modal world.
    pub graph: Settlements<'a>,
    /// Who would stay where in it.
    pub stability: Stability,
    /// The settlements, in the order in which they were asked.
    pub asked: Vec<Asked>,
    /// Worlds that were looked at.
    pub worlds: u64,
}

impl Telling for Settled<'_> {
    fn who(&self, actor: usize) -> Who {
        Who::actor(self.n, self.graph.actors()[actor])
    }

    fn did(&self, m: Move) -> String {
        self.moved(m, ["no longer kept", "kept again", "went back on the deal", "escalated"])
    }

    fn doing(&self, m: Move) -> String {
        self.moved(m, ["no longer keeping", "keeping again", "going back on the deal", "escalating"])
    }
}

impl Settled<'_> {
    fn moved(&self, m: Move, [give, take, back, escalate]: [&str; 4]) -> String {
        let term = |k, option| format!("“{}”", terms::brief(self.n, k, option).replace('\u{a0}', " "));
        match self.graph.step(m) {
            Step::Renounces(k, option) => format!("{give} {}", term(k, option)),
            Step::Resumes(k, option) => format!("{take} {}", term(k, option)),
            Step::GoesBack => back.to_owned(),
            Step::Escalates => escalate.to_owned(),
        }
    }

    fn parties(&self) -> impl Iterator<Item = (usize, ActorId)> + '_ {
        self.graph.parties().enumerate()
    }

    /// What a settlement changes, by issue, in few words each.
    fn terms(&self, at: usize) -> Vec<(usize, String)> {
        let changed = self.n.space.picks(&self.asked[at].package).enumerate();
        let changed = changed.filter(|(k, (issue, _))| issue.now != Some(self.asked[at].package.0[*k]));
        changed.map(|(k, _)| (k, terms::brief(self.n, IssueId(k), self.asked[at].package.0[k]))).collect()
    }

    /// What all of them change alike.
    fn common(&self) -> Vec<(usize, String)> {
        let all = (0..self.asked.len()).map(|at| self.terms(at)).collect_vec();
        all.first().map_or_else(Vec::new, |first| {
            first.iter().filter(|term| all.iter().all(|terms| terms.contains(term))).cloned().collect()
        })
    }

    /// What it changes beyond what all of them change alike.
    pub(in crate::report) fn own_terms(&self, at: usize) -> Vec<(usize, String)> {
        let common = self.common();
        self.terms(at).into_iter().filter(|term| self.asked.len() == 1 || !common.contains(term)).collect()
    }

    fn holds(&self, at: usize, concept: Concept) -> bool {
        self.stability.is_equilibrium(concept, self.graph.signed()[at])
    }

    /// One sentence for each party: why it would stay or leave, by the concept of the page.
    pub(in crate::report) fn sentences(&self, at: usize) -> Vec<String> {
        let state = self.graph.signed()[at];
        self.parties().map(|(i, _)| why(self.graph.graph(), self, HOLDS, i, state)).collect()
    }

    /// Who would rather have no deal, in words; how it is reached where nobody would.
    fn path(&self, at: usize) -> String {
        let against = blockers(&self.graph, self.graph.signed()[at]);
        if against.is_empty() {
            let who = self.graph.parties().map(|i| Who::actor(self.n, i).name).collect_vec();
            return format!("Reached from today if {} sign it together.", list(who));
        }
        let names = against.iter().map(|i| Who::actor(self.n, *i).name).collect_vec();
        format!("Not reached from today: {} would rather have no deal.", list(names))
    }

    fn lever(&self, lever: &Lever) -> String {
        let path = &self.n.inputs.get(lever.input).path;
        let where_ = match (lever.range, lever.within) {
            ((least, most), _) if least == most => "the file is certain of it".to_owned(),
            ((least, most), true) => format!("within {} to {}, as the file has it", number(least), number(most)),
            ((least, most), false) => format!("the file has {} to {}", number(least), number(most)),
        };
        let way = if lever.to > lever.from { "at least" } else { "at most" };
        let then = match &lever.answer[..] {
            [] => String::new(),
            answer => format!(": then {}", answered(self, "would", answer)),
        };
        format!(
            "{} (`{}`) alone were {way} {} (now {}; {where_}){then}",
            number_in_words(self.n, path),
            visible(path),
            number(lever.to),
            number(lever.from)
        )
    }

    /// What must be known of what was asked: each sentence with a blank before it.
    fn beware(&self) -> String {
        let selected = (self.asked.len() > 1).then(|| SELECTED.to_owned());
        selected.into_iter().chain(self.fixed()).map(|told| format!(" {told}")).collect()
    }

    /// Where nobody can give up a term alone, in a sentence.
    fn fixed(&self) -> Option<String> {
        let gives_up = |at: usize| {
            let (graph, state) = (self.graph.graph(), self.graph.signed()[at]);
            let steps = |actor: usize| graph.moves(actor, state).map(move |to| Move { actor, from: state, to });
            (0..graph.actors().len()).flat_map(steps).any(|m| matches!(self.graph.step(m), Step::Renounces(..)))
        };
        let fixed = (0..self.asked.len()).filter(|at| !gives_up(*at)).map(|at| (at + 1).to_string()).collect_vec();
        let of = match (fixed.len(), self.asked.len()) {
            (0, _) => return None,
            (1, 1) => "it".to_owned(),
            (some, all) if some == all => "these".to_owned(),
            _ => list(&fixed),
        };
        Some(format!(
            "Nobody can give up a term of {of} alone: asked is only whether a side would go back on the whole deal."
        ))
    }

    /// A lever in few words where an earlier settlement has told the same number and the same answer.
    fn told_before(&self, at: usize, lever: &Lever) -> Option<String> {
        let answer = |of: &Lever| of.answer.iter().map(|m| (m.actor, self.doing(*m))).collect_vec();
        let way = |of: &Lever| (of.input, of.within, of.to > of.from);
        let same = |it: &Lever| way(it) == way(lever) && answer(it) == answer(lever);
        let first = (0..at).find(|&it| !self.holds(it, HOLDS) && self.asked[it].levers.first().is_some_and(same))?;
        let way = if lever.to > lever.from { "least" } else { "most" };
        let then = if lever.answer.is_empty() { "" } else { ", by the same answer" };
        Some(format!("It would hold if the number named under {} were at {way} {}{then}", first + 1, number(lever.to)))
    }
}

/// What a number is; what a state of the world is worth without a deal is said as such.
fn number_in_words(n: &Negotiation, path: &str) -> String {
    let stake = path.strip_prefix("no_deal.").and_then(|rest| rest.split_once(".stake."));
    let named = stake.and_then(|(who, state)| {
        let actor = n.actors.iter().find(|it| it.id == who)?;
        let state = n.states.iter().find(|it| it.id == state)?;
        let plain = state.name.split(" (").next().unwrap_or_default();
        Some(format!("what “{}” is worth in points to {} without a deal", visible(plain), visible(&actor.name)))
    });
    named.unwrap_or_else(|| terms::input(n, path))
}

/// The answer as data.
pub fn settlements_data(s: &Settled) -> Value {
    let by_concept = |of: &dyn Fn(Concept) -> Value| {
        Value::Object(Concept::WORDS.map(|(word, c)| (word.to_owned(), of(c))).into_iter().collect::<Map<_, _>>())
    };
    let one = |(at, asked): (usize, &Asked)| {
        let state = s.graph.signed()[at];
        let stays = |concept: Concept| {
            let of =
                |(i, id): (usize, &ActorId)| (s.n.actor(*id).id.clone(), json!(s.stability.stays(concept, i, state)));
            Value::Object(s.graph.actors().iter().enumerate().map(of).collect::<Map<_, _>>())
        };
        let sentences = s.parties().zip(s.sentences(at)).map(|((_, id), text)| (s.n.actor(id).id.clone(), json!(text)));
        let step = |m: &Move| json!({ "actor": s.n.actor(s.graph.actors()[m.actor]).id, "by": s.doing(*m) });
        let lever = |lever: &Lever| {
            json!({
                "path": s.n.inputs.get(lever.input).path, "from": lever.from, "to": lever.to, "least": lever.range.0,
                "most": lever.range.1, "within": lever.within, "far": lever.far,
                "answered_by": lever.answer.iter().map(step).collect_vec(),
            })
        };
        json!({
            "name": terms::named(s.n, &asked.package),
            "package": package(s.n, &asked.package),
            "would_do_in_worlds": share(asked.often.would_do),
            "stays": by_concept(&stays),
            "holds": by_concept(&|concept| json!(s.holds(at, concept))),
            "why": sentences.collect::<Map<_, _>>(),
            "blocked_by": blockers(&s.graph, state).iter().map(|i| &s.n.actor(*i).id).collect_vec(),
            "levers": asked.levers.iter().map(lever).collect_vec(),
            "stable_in_worlds": by_concept(&|concept| share(asked.often.stable[concept as usize])),
            "reachable_in_worlds": share(asked.often.reachable),
            "would_do_and_hold_in_worlds": by_concept(&|concept| share(asked.often.both[concept as usize])),
        })
    };
    let count =
        |deal: bool| s.graph.situations().iter().filter(|it| matches!(it, Situation::Deal { .. }) == deal).count();
    json!({
        "holds": CAVEAT,
        "title": s.n.title,
        "concept": HOLDS.word(),
        "worlds": s.worlds,
        "states": { "deals": count(true), "without_deal": count(false), "cut": s.graph.is_cut() },
        "settlements": s.asked.iter().enumerate().map(one).collect_vec(),
    })
}

/// The first screen: what the settlements have in common, then of each what else it holds, who would leave it, and what would
/// make it hold.
pub fn settlements_screen(s: &Settled) -> String {
    let holding = (0..s.asked.len()).filter(|at| s.holds(*at, HOLDS)).count();
    let verdict = match (holding, s.asked.len()) {
        (0, 1) => "it would not hold".to_owned(),
        (1, 1) => "it would hold".to_owned(),
        (0, all) => format!("none of these {all} settlements would hold"),
        (some, all) if some == all => format!("all of these {all} settlements would hold"),
        (some, all) => format!("{some} of these {all} settlements would hold"),
    };
    let title = visible(&s.n.title);
    let head = paragraph(&format!(
        "{title}. In the likeliest world {verdict}. A settlement holds if no side has a step of its own by which it gains, or if \
         the others have an answer to each such step that pays them and leaves that side no better off. It would do if all who \
         must agree would sign it, and it is a defeat for nobody who could stop it."
    ));
    let common = s.common();
    let shared = match &common[..] {
        [] => String::new(),
        some if s.asked.len() > 1 => {
            paragraph(&format!("All of them: {}.", some.iter().map(|(_, words)| words).join("; ")))
        }
        _ => String::new(),
    };
    let each = (0..s.asked.len()).map(|at| brief(s, at)).join("\n");
    let more =
        "--full says more of each side, by four ways of looking ahead; docs/model.md, “Would it hold”, what they are.";
    stacked(&[head, shared, each, paragraph(&format!("{}{} {more}", sentence_of_caveat(), s.beware()))])
}

fn sentence_of_caveat() -> String {
    format!("{}.", capital(CAVEAT))
}

/// One settlement in few lines.
fn brief(s: &Settled, at: usize) -> String {
    let asked = &s.asked[at];
    let own = s.own_terms(at).into_iter().map(|(_, words)| words).join("; ");
    let name = terms::named(s.n, &asked.package).map_or(String::new(), |name| format!("{} — ", visible(name)));
    let holds = if s.holds(at, HOLDS) { "WOULD HOLD there" } else { "Would not hold there" };
    let shares = format!(
        "would do in {} of worlds, do and hold in {}",
        percent(asked.often.would_do.share),
        percent(asked.often.both[HOLDS as usize].share)
    );
    let what = if own.is_empty() { "no more than that".to_owned() } else { own };
    let mut text = wrapped(&format!("{}. {name}{what}", at + 1), "", "   ", WIDTH);
    let mut lines = vec![format!("{holds}; {shares}")];
    let state = s.graph.signed()[at];
    for (i, _) in s.parties().filter(|(i, _)| !s.stability.stays(HOLDS, *i, state)) {
        let told = why(s.graph.graph(), s, HOLDS, i, state);
        lines.push(told.trim_end_matches('.').to_owned());
    }
    let against = blockers(&s.graph, state);
    if !against.is_empty() {
        lines.push(s.path(at).trim_end_matches('.').to_owned());
    }
    if !s.holds(at, HOLDS) {
        lines.push(match asked.levers.first() {
            Some(lever) => s.told_before(at, lever).unwrap_or_else(|| format!("It would hold if {}", s.lever(lever))),
            None => "No one number, changed alone, would make it hold".to_owned(),
        });
    }
    text += &lines.iter().map(|line| wrapped(&format!("{line}."), "   ", "   ", WIDTH)).collect::<String>();
    text
}

/// The whole page: all four concepts of each settlement.
pub fn settlements_page(s: &Settled) -> String {
    let each = (0..s.asked.len()).map(|at| one(s, at, true)).join("\n");
    format!(
        "{}\n{each}\n{}\n{}",
        paragraph(&format!("WOULD IT HOLD? {}", visible(&s.n.title))),
        paragraph(CONCEPTS),
        foot(s)
    )
}

fn foot(s: &Settled) -> String {
    let cut = if s.graph.is_cut() { " States with more terms given up were left out: there are too many." } else { "" };
    let holders = s.graph.actors().iter().skip(s.parties().count()).map(|i| Who::actor(s.n, *i).name).collect_vec();
    let holders = if holders.is_empty() {
        String::new()
    } else {
        format!(
            " {} hold terms and have no points here: they withdraw one only where GMR and SMR ask what could be done.",
            list(holders)
        )
    };
    let text = format!(
        "{} states: what is left of each settlement as those who give a term give it up, and no deal. Who gives what is read in the \
         likeliest world; {CAVEAT}.{holders}{cut}",
        s.graph.situations().len()
    );
    paragraph(&format!("{text}{}", s.beware()))
}

fn one(s: &Settled, at: usize, whole: bool) -> String {
    let asked = &s.asked[at];
    let name = terms::named(s.n, &asked.package).map_or(String::new(), |name| format!("{}: ", visible(name)));
    let mut text = terms::fitting(s.n, &asked.package, [&format!("{}  {name}", at + 1), ""], 0, 3);
    text = paragraph(&text);
    let hold = if s.holds(at, HOLDS) { "It would hold." } else { "It would not hold." };
    text += &paragraph(&format!(
        "{hold} It would do in {} of worlds, and do and hold in {}. {}",
        percent(asked.often.would_do.share),
        full(asked.often.both[HOLDS as usize]),
        s.path(at)
    ));
    text += &s.sentences(at).iter().map(|sentence| bullet(sentence)).collect::<String>();
    if !s.holds(at, HOLDS) {
        let levers = asked.levers.iter().take(NAMED).map(|lever| s.lever(lever)).collect_vec();
        text += &bullet(&match &levers[..] {
            [] => "No one number, changed alone, would make it hold.".to_owned(),
            some => format!("It would hold if {}.", some.join(", or if ")),
        });
    }
    if whole {
        let by = Concept::WORDS.map(|(word, concept)| {
            let leaves = s.parties().filter(|(i, _)| !s.stability.stays(concept, *i, s.graph.signed()[at]));
            let leaves = leaves.map(|(_, id)| Who::actor(s.n, id).name).collect_vec();
            format!(
                "{word} {}",
                if leaves.is_empty() { "all stay".to_owned() } else { format!("without {}", list(leaves)) }
            )
        });
        text += &bullet(&format!("{}.", by.join("; ")));
    }
    text
}
