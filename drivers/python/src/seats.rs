//! A game in progress, for programs that sit at its table: actions by number, what is seen as numbers.

use std::sync::{Arc, Mutex, MutexGuard};

use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use winset::ask::{self, Hearing, Judged, Wrong};
use winset::engine::talks::{Asked, Decision, Question, Seats, Terms, Weighed};
use winset::model::{ActorId, Move, Negotiation, Package};
use winset::report::terms::as_flag;
use winset::session::{Session, Start, intent};
use winset::{Compiled, Finding, Talks};

use crate::findings::refused;
use crate::scenario::{Choices, Scenario};
use crate::work::work;

self_cell::self_cell!(
    struct Ground {
        owner: Judged,
        #[covariant]
        dependent: Compiled,
    }
);

self_cell::self_cell!(
    struct Room {
        owner: Arc<Ground>,
        #[not_covariant]
        dependent: Talks,
    }
);

self_cell::self_cell!(
    struct Game {
        owner: Room,
        #[not_covariant]
        dependent: Session,
    }
);

/// A table with seats, and the game that is on.
#[pyclass(frozen, module = "winset._winset")]
pub struct Table {
    ground: Arc<Ground>,
    seats: Seats,
    /// What can be offered.
    packages: Vec<Package>,
    game: Mutex<Option<Game>>,
}

/// Actions that name no package: of yes and no, and moves.
const WORDS: [&str; 7] = ["no", "yes", "token", "talk", "hold", "walk-out", "escalate"];

/// Spaces of so many packages are offered whole.
const WHOLE: u128 = 64;

/// Worlds by which packages of larger spaces are chosen.
const WORLDS: &str = "512";

/// Points are seen in hundreds.
const HUNDRED: f64 = 0.01;

/// What is seen of a package: whether it can be put on the table, whether it crosses a red line of one's own, points, and the
/// least chance that an audience at home whose verdict binds bears it.
type Seen = [f64; 4];

/// Who is asked, what is seen, and which actions are legal.
type Turn<'py> = (String, Vec<f32>, Bound<'py, PyBytes>);

/// How a game ended, what was agreed, and what each party is paid.
type End = (String, Option<String>, Vec<(String, f64)>);

impl Table {
    fn n(&self) -> &Negotiation {
        &self.ground.borrow_owner().scenario.negotiation
    }

    fn game(&self) -> MutexGuard<'_, Option<Game>> {
        self.game.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn with<T>(&self, of: impl FnOnce(&mut Session) -> T) -> PyResult<T> {
        let mut game = self.game();
        let game = game.as_mut().ok_or_else(|| PyRuntimeError::new_err("no game is on: open one"))?;
        Ok(game.with_dependent_mut(|_, session| of(session)))
    }

    /// What can be offered, and what lies on the table, weighed.
    fn weighed(&self, session: &mut Session, asked: &Asked) -> (Vec<Weighed>, Option<Weighed>) {
        let table = on_the_table(asked);
        let all: Vec<Package> = self.packages.iter().chain(table).cloned().collect();
        let mut weighed = session.weigh(&all);
        let table = table.and_then(|_| weighed.pop());
        (weighed, table)
    }

    fn mask(&self, session: &Session, asked: &Asked, weighed: &[Weighed]) -> Vec<u8> {
        let may = |words: &[&str]| WORDS.iter().map(|word| u8::from(words.contains(word))).collect::<Vec<u8>>();
        let open = || weighed.iter().map(|it| u8::from(it.unavailable.is_none()));
        let none = || vec![0; 2 * self.packages.len()];
        match asked.question {
            Question::Moves => {
                let mut mask = may(&["token", "talk", "hold", "walk-out"]);
                mask[6] = u8::from(session.may_escalate(asked.seat) && !session.escalates(asked.seat));
                mask.into_iter().chain(open()).chain(open()).collect()
            }
            _ => [may(&["no", "yes"]), none()].concat(),
        }
    }

    fn seen(&self, asked: &Asked, weighed: &[Weighed], table: Option<&Weighed>) -> Vec<f32> {
        let (n, now) = (self.n(), &asked.situation);
        let question = match asked.question {
            Question::Moves => 0,
            Question::Answers { .. } => 1,
            Question::Signs(_) => 2,
            Question::PutsAgain(_) => 3,
            Question::Escalates => 4,
            _ => 5,
        };
        let points = |points: Option<f64>| points.unwrap_or(0.0) * HUNDRED;
        let flag = |it: bool| f64::from(u8::from(it));
        let mut seen: Vec<f64> = (0..6).map(|at| flag(at == question)).collect();
        seen.extend([f64::from(asked.round) / f64::from(n.horizon.max(1)), now.time / n.per.in_a_year()]);
        seen.extend([now.conflict, now.pressed, now.last_stage].map(flag));
        seen.extend([now.no_deal, now.best, now.asks].map(points));
        seen.extend(&now.states);
        seen.push(flag(table.is_some()));
        seen.extend(table.map_or(Seen::default(), weighs));
        seen.extend(weighed.iter().flat_map(weighs));
        seen.into_iter().map(|number| number as f32).collect()
    }

    /// What an action says to what is asked; `None`: that it will escalate.
    fn decision(&self, asked: &Asked, action: usize) -> Option<Decision> {
        let (yes, offered) = (action == 1, action.checked_sub(WORDS.len()));
        let moved = |made| Decision::Moves(made, None);
        let named = |at: usize| {
            let (made, at) = match at.checked_sub(self.packages.len()) {
                None => (Move::Offer, at),
                Some(at) => (Move::Ultimatum, at),
            };
            Decision::Moves(made, Some(Terms { package: self.packages[at].clone(), asks: None }))
        };
        match (&asked.question, action, offered) {
            (Question::Moves, _, Some(at)) => Some(named(at)),
            (Question::Moves, 2, _) => Some(moved(Move::Token)),
            (Question::Moves, 3, _) => Some(moved(Move::Talk)),
            (Question::Moves, 4, _) => Some(moved(Move::Hold)),
            (Question::Moves, 5, _) => Some(moved(Move::WalkOut)),
            (Question::Moves, ..) => None,
            (Question::Answers { .. }, ..) => Some(Decision::Answers(yes)),
            (Question::Signs(_), ..) => Some(Decision::Signs(yes)),
            (Question::PutsAgain(_), ..) => Some(Decision::PutsAgain(yes)),
            (Question::Escalates, ..) => Some(Decision::Escalates(yes)),
            _ => Some(Decision::Leaves(yes)),
        }
    }
}

#[pymethods]
impl Table {
    /// A table of a scenario; `packages` are what can be offered, as `issue=option,…`.
    #[new]
    fn new(
        py: Python<'_>,
        scenario: &Scenario,
        choices: Choices,
        seats: Vec<String>,
        intents: Vec<String>,
        packages: Option<Vec<String>>,
    ) -> PyResult<Self> {
        let (prepared, wanted) = (Arc::clone(scenario.prepared()), choices.into());
        let made = work(py, move |halt| {
            let judged = prepared.judge(&wanted)?;
            let n = &judged.scenario.negotiation;
            let parties: Vec<(&str, ActorId)> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
            let who = seats.iter().map(|id| ask::word("party", "parties", id, &parties)).collect::<Result<_, _>>();
            let intents = intents.iter().map(|text| intent(n, text)).collect::<Result<_, _>>();
            let seats = Seats { who: who.map_err(one)?, intents: intents.map_err(one)? };
            let packages = match packages {
                Some(all) => all.iter().map(|terms| ask::package(n, terms)).collect::<Result<_, _>>()?,
                None if n.space.size() <= WHOLE => {
                    (0..n.space.size()).map(|k| n.space.package(k)).filter(|it| n.space.allows(it)).collect()
                }
                None => {
                    let fewer = winset::Wanted { runs: WORLDS.into(), ..wanted.clone() };
                    let found = prepared.judge(&fewer)?.answer(Hearing { halt: Some(halt), ..Hearing::default() })?;
                    worth_offering(n, &found)
                }
            };
            let ground = Ground::try_new(judged, Judged::compile)?;
            Ok((ground, seats, packages))
        })?;
        let text = &scenario.prepared().scenario();
        let (ground, seats, packages) = made.map_err(|wrong: Wrong| refused(py, &wrong, &text.name, &text.text))?;
        Ok(Self { ground: Arc::new(ground), seats, packages, game: Mutex::default() })
    }

    /// The actions by number.
    #[getter]
    fn actions(&self) -> Vec<String> {
        let plain = WORDS.iter().map(|word| (*word).to_owned());
        let named =
            |verb: &'static str| self.packages.iter().map(move |it| format!("{verb} {}", as_flag(self.n(), it)));
        plain.chain(named("offer")).chain(named("ultimatum")).collect()
    }

    /// How many numbers are seen.
    #[getter]
    fn sees(&self) -> usize {
        14 + self.n().states.len() + 5 + 4 * self.packages.len()
    }

    /// Begins a game: the world and the luck of a run under a seed.
    fn open(&self, py: Python<'_>, seed: u64, run: u64) -> PyResult<()> {
        let start = Start { seats: self.seats.clone(), seed: Some(seed), run };
        let ground = Arc::clone(&self.ground);
        let game = work(py, move |_| {
            let drawing = ground.borrow_owner().choices.settings.drawing.clone();
            let room = Room::try_new(ground, |ground| {
                let talks = Talks::of(ground.borrow_dependent(), start.drawing(&drawing));
                talks.map_err(|e| vec![Finding::error(e.to_string()).hint("play a scenario that has talks")])
            })?;
            Ok(Game::new(room, |room| room.with_dependent(|_, talks| Session::open(talks, start, &drawing))))
        })?;
        let its = &self.ground.borrow_owner().scenario;
        *self.game() = Some(game.map_err(|wrong: Wrong| refused(py, &wrong, &its.name, &its.text))?);
        Ok(())
    }

    /// Who is asked, what is seen, and which actions are legal; `None`: the game is over.
    fn asked<'py>(&self, py: Python<'py>) -> PyResult<Option<Turn<'py>>> {
        self.with(|session| {
            let asked = session.asked().cloned()?;
            let (weighed, table) = self.weighed(session, &asked);
            let (seen, mask) = (self.seen(&asked, &weighed, table.as_ref()), self.mask(session, &asked, &weighed));
            Some((self.n().actor(asked.seat).id.clone(), seen, PyBytes::new(py, &mask)))
        })
    }

    /// Takes an action.
    fn act(&self, py: Python<'_>, action: usize) -> PyResult<()> {
        if action >= WORDS.len() + 2 * self.packages.len() {
            return Err(PyIndexError::new_err(format!("there is no action {action}")));
        }
        let taken = self.with(|session| {
            let asked = session.asked().cloned().ok_or_else(|| Finding::error("the game is over"))?;
            let (weighed, _) = self.weighed(session, &asked);
            if self.mask(session, &asked, &weighed)[action] == 0 {
                let found = format!("`{}` cannot be done now", self.actions()[action]);
                return Err(Finding::error(found).hint("`action_mask` says what can"));
            }
            match self.decision(&asked, action) {
                Some(decision) => session.take(decision).map(drop).map_err(|why| Finding::error(format!("{why:?}"))),
                None => {
                    session.will_escalate(asked.seat, true);
                    Ok(())
                }
            }
        })?;
        let its = &self.ground.borrow_owner().scenario;
        taken.map_err(|found| refused(py, &vec![found], &its.name, ""))
    }

    /// How the game ended, and what it pays each party in points; `None` while something is asked.
    fn ended(&self) -> PyResult<Option<End>> {
        self.with(|session| {
            let run = session.run()?;
            let pays = run.payoffs.iter().map(|(party, points)| (self.n().actor(*party).id.clone(), *points));
            let package = run.package.as_ref().map(|it| as_flag(self.n(), it));
            Some((run.ending.word().to_owned(), package, pays.collect()))
        })
    }

    /// The decisions taken so far, in the words of a saved game.
    fn said(&self) -> PyResult<Vec<String>> {
        self.with(|session| {
            session.said().iter().map(|decision| winset::session::written(self.n(), decision)).collect()
        })
    }
}

fn one(found: Finding) -> Wrong {
    vec![found]
}

fn on_the_table(asked: &Asked) -> Option<&Package> {
    match &asked.question {
        Question::Answers { package, .. } | Question::Signs(package) | Question::PutsAgain(package) => Some(package),
        _ => None,
    }
}

fn weighs(it: &Weighed) -> Seen {
    let flag = |it: bool| f64::from(u8::from(it));
    let binding = it.homes.iter().filter(|(_, _, binds)| *binds).map(|(_, chance, _)| *chance);
    let points = it.points.unwrap_or(0.0) * HUNDRED;
    [flag(it.unavailable.is_none()), flag(it.points.is_none()), points, binding.fold(1.0, f64::min)]
}

/// Packages that do most often, those with names, and that in which everything stays as it is.
fn worth_offering(n: &Negotiation, found: &winset::Answer) -> Vec<Package> {
    let leading = found.survey.leading.iter().chain(&found.survey.named).chain(&found.as_now);
    let mut all: Vec<Package> = leading.map(|it| it.package.clone()).filter(|it| n.space.allows(it)).collect();
    let mut seen = Vec::new();
    all.retain(|it| {
        !seen.contains(it) && {
            seen.push(it.clone());
            true
        }
    });
    all
}
