//! One look at one run: what would do in its world, and what its talks come to.

use std::sync::Arc;

use super::talks::{Desk, Ending, NoTalks, Recorder, Run, Talks};
use super::{Drawing, Drawn};
use crate::model::{Defeat, Package, World};
use crate::space::{Compiled, Gate, Lanes, Margin, Question, Search, Space, Spans, State, Test, WorldTables, count};

/// A negotiation as it is looked at: its deal space, its talks with what is left out of them, and which defeats count.
#[derive(Debug)]
pub struct Arm<'a> {
    /// The deal space.
    pub compiled: &'a Compiled<'a>,
    talks: Option<Talks<'a>>,
    spans: &'a Spans,
    defeat: Defeat,
    lanes: Lanes,
}

/// What is asked of the world of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum OfWorld {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether one exists.
    Exists,
    /// The margin too.
    Margin,
    /// How many packages are a defeat for nobody, too.
    Counted,
}

/// What is asked of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// Of its world.
    pub world: OfWorld,
    /// Whether its talks are played, where there are any.
    pub run: bool,
}

impl Wants {
    /// What either wants.
    pub fn and(self, other: Self) -> Self {
        Self { world: self.world.max(other.world), run: self.run || other.run }
    }
}

/// What is seen of a run; what was not asked has its empty value.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Look {
    /// Whether some package is allowed, available, rational and a defeat for nobody who must agree, as things stand when talks begin.
    pub exists: bool,
    /// The margin; [`Margin::None`] where it was not asked.
    pub margin: Margin,
    /// Packages that are available and a defeat for nobody who must agree; 0 where they were not asked.
    pub no_defeat: u64,
    /// What the talks come to; `None` where none are played.
    pub run: Option<Run>,
}

impl Look {
    /// How the talks ended, where any were played.
    pub fn ending(&self) -> Option<Ending> {
        self.run.as_ref().map(|run| run.ending)
    }
}

impl<'a> Arm<'a> {
    /// The arm of a drawing; with talks, where the scenario has any.
    pub fn of(compiled: &'a Compiled<'a>, drawing: &Drawing) -> Self {
        let talks = Talks::of(compiled, drawing.clone()).ok();
        Self { talks, ..Self::of_worlds(compiled, drawing.defeat) }
    }

    /// The same with talks.
    ///
    /// # Errors
    /// [`NoTalks`] if the scenario has none.
    pub fn of_talks(compiled: &'a Compiled<'a>, drawing: &Drawing) -> Result<Self, NoTalks> {
        let arm = Self::of(compiled, drawing);
        if arm.talks.is_none() { Err(NoTalks) } else { Ok(arm) }
    }

    /// The same without talks: only worlds are looked at.
    pub fn of_worlds(compiled: &'a Compiled<'a>, defeat: Defeat) -> Self {
        Self { compiled, talks: None, spans: &compiled.spans, defeat, lanes: Lanes::detect() }
    }

    /// The same with margins as shares of other spans than its own.
    pub fn measured_by(self, spans: &'a Spans) -> Self {
        Self { spans, ..self }
    }

    /// The talks, where there are any.
    pub fn talks(&self) -> Option<&Talks<'a>> {
        self.talks.as_ref()
    }

    /// The question of a world: its scores are filled on the desk, once for all that is asked of it and its run.
    pub fn pose<'d>(&'d self, drawn: &'d Drawn, desk: &'d mut Desk) -> Posed<'d> {
        desk.fill(self.compiled, &drawn.world);
        self.posed(&drawn.world, desk.tables())
    }

    /// The question of a world whose scores are filled.
    pub fn posed<'d>(&'d self, world: &'d World, tables: &'d WorldTables) -> Posed<'d> {
        let (n, state) = (self.compiled.n, self.compiled.at(world));
        let question = Question::of(&state.space, n, world, tables, self.spans, self.defeat);
        let (compiled, gate) = (self.compiled, self.compiled.available(world));
        Posed { compiled, state, world, tables, question, gate, lanes: self.lanes, spans: self.spans }
    }

    /// Looks at a run.
    pub fn look(&self, drawn: &Drawn, wants: Wants, desk: &mut Desk) -> Look {
        self.look_hearing(drawn, wants, desk, None)
    }

    /// The same; `record` is told every step of the talks.
    pub fn look_hearing(
        &self,
        drawn: &Drawn,
        wants: Wants,
        desk: &mut Desk,
        record: Option<&mut dyn Recorder>,
    ) -> Look {
        // A world is judged by those alone whose verdict counts; talks ask for no others.
        match &self.talks {
            Some(talks) => talks.fill(&drawn.world, desk),
            None => desk.fill(self.compiled, &drawn.world),
        }
        let mut look = Look::default();
        if wants.world > OfWorld::Nothing {
            self.posed(&drawn.world, desk.tables()).tell(wants.world, &mut look);
        }
        look.run = self.play(drawn, wants.run, desk, record);
        look
    }

    /// Plays the talks of a run whose world is filled on the desk, where that is wanted and there are any.
    pub fn play(&self, drawn: &Drawn, wanted: bool, desk: &mut Desk, record: Option<&mut dyn Recorder>) -> Option<Run> {
        self.talks.as_ref().filter(|_| wanted).map(|talks| talks.play_filled(drawn, desk, record))
    }
}

/// The question of one world: who judges what, and which packages may be agreed.
#[derive(Debug)]
pub struct Posed<'a> {
    /// The negotiation.
    pub compiled: &'a Compiled<'a>,
    /// The space, as the secrets stand in the world.
    pub state: &'a State,
    /// The inputs.
    pub world: &'a World,
    /// The scores.
    pub tables: &'a WorldTables,
    /// Everybody whose judgement counts.
    pub question: Question<'a>,
    /// The packages allowed and available.
    pub gate: Arc<Gate>,
    /// Where comparisons run.
    pub lanes: Lanes,
    spans: &'a Spans,
}

/// How one package fares in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and counted by itself")]
pub struct Fares {
    /// A defeat for nobody who must agree.
    pub no_defeat: bool,
    /// Rational for all who must agree.
    pub rational: bool,
    /// Both; where fewer than all parties suffice, for the same of them.
    pub suits: bool,
    /// Allowed and granted by every holder.
    pub available: bool,
}

impl Fares {
    /// All of it.
    pub fn would_do(self) -> bool {
        self.suits && self.available
    }
}

impl<'a> Posed<'a> {
    /// All packages.
    pub fn space(&self) -> &'a Space {
        &self.state.space
    }

    /// What the search for the margin needs, rationality required.
    pub fn search(&self) -> Search<'a> {
        self.question.search(self.lanes, true)
    }

    /// By what margins and gains are measured: the spans of all scores.
    pub fn spans(&self) -> &'a Spans {
        self.spans
    }

    /// The margin.
    pub fn margin(&self) -> Margin {
        self.search().margin(&self.gate, f64::NEG_INFINITY).0
    }

    /// Whether one exists: nobody's slack counts, so the search ends at the first.
    pub fn exists(&self) -> bool {
        self.any(self.question.all_tests())
    }

    /// Whether some available package passes these tests.
    pub fn any(&self, tests: Vec<Test>) -> bool {
        Search { lanes: self.lanes, slacks: Vec::new(), tests }.greatest(&self.gate, f64::NEG_INFINITY).is_some()
    }

    /// How a package fares.
    pub fn fares(&self, package: &Package) -> Fares {
        let (head, tail) = self.space().place(package);
        let [rational, no_defeat, suits] = self.question.holds(head, tail);
        Fares { no_defeat, rational, suits, available: self.gate.lets_through(head, tail) }
    }

    fn tell(&self, asked: OfWorld, look: &mut Look) {
        if asked >= OfWorld::Margin {
            look.margin = self.margin();
            look.exists = look.margin.exists();
        } else {
            look.exists = self.exists();
        }
        if asked == OfWorld::Counted {
            look.no_defeat = count(self.lanes, &self.question.no_defeat_tests(), &self.gate);
        }
    }
}
