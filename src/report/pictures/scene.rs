//! What all pictures look at: the negotiation, the survey, and the modal world with its tables.

use super::words::percentage;
use crate::analysis::{Settings, Survey};
use crate::figure::Caption;
use crate::model::{ActorId, Defeat, Negotiation, Scores, Variant, World};
use crate::report::terms;
use crate::space::{
    Compiled, Gate, Lanes, Leaderships, Limits, Question, Space, Test, WorldTables, count as number_of, leaderships,
    passing,
};
use crate::text::words::{count, worlds};

/// A survey with the modal world of its accounts.
pub struct Scene<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// How the survey was made.
    pub settings: &'a Settings,
    /// What many worlds say.
    pub survey: &'a Survey,
    /// The modal world.
    pub world: World,
    compiled: &'a Compiled<'a>,
    tables: WorldTables,
    lanes: Lanes,
}

impl<'a> Scene<'a> {
    /// Fills the tables of the modal world.
    pub fn new(compiled: &'a Compiled<'a>, settings: &'a Settings, survey: &'a Survey) -> Self {
        let (n, accounts) = (compiled.n, &settings.drawing.accounts);
        let world = accounts.modal(n);
        let mut tables = WorldTables::new();
        compiled.at(&world).space.fill(&world, &mut tables);
        Self { n, settings, survey, world, compiled, tables, lanes: Lanes::detect() }
    }

    /// The packages of the modal world.
    pub fn space(&self) -> &Space {
        &self.compiled.at(&self.world).space
    }

    /// Scores in any world.
    pub fn scores(&self) -> Scores<'a> {
        Scores::new(self.n, self.compiled.scale)
    }

    /// Units as points.
    pub fn points(&self, units: i64) -> f64 {
        self.compiled.scale.points(units)
    }

    /// Everybody who judges in the modal world.
    pub fn question(&self) -> Question<'_> {
        Question::of(
            self.space(),
            self.n,
            &self.world,
            &self.tables,
            &self.compiled.spans,
            self.settings.drawing.defeat,
        )
    }

    /// The gate of the allowed packages that every holder grants in the modal world.
    pub fn available(&self) -> Gate {
        self.space().available(self.n, &self.world)
    }

    /// Number of packages of a gate that pass.
    pub fn count(&self, tests: &[Test], gate: &Gate) -> u64 {
        number_of(self.lanes, tests, gate)
    }

    /// Visits the packages of a gate that pass, by head and tail.
    pub fn each(&self, tests: &[Test], gate: &Gate, visit: impl FnMut(usize, usize)) {
        passing(self.lanes, tests, &gate.heads, gate, visit);
    }

    /// The Pareto frontier and the solution points of the modal world, as `solve` has them.
    pub fn leaderships(&self) -> Leaderships {
        let limits = Limits { listed: usize::MAX, ..Limits::default() };
        leaderships(self.compiled, &self.world, &self.tables, limits)
    }

    /// The package that comes nearest to being a defeat for nobody in the modal world.
    pub fn nearest(&self) -> Option<(usize, usize)> {
        let (question, gate) = (self.question(), self.available());
        let search = question.search(self.lanes, true);
        let (margin, place) = search.margin(&gate, f64::NEG_INFINITY);
        place.map(|place| self.space().equals(self.compiled.n, &self.tables, &search, &gate, (margin.slack(), place)).1)
    }

    /// The name of an actor.
    pub fn actor(&self, id: ActorId) -> &'a str {
        &self.n.actor(id).name
    }

    /// "one exists in 63 % (61 to 65 %) of the worlds".
    pub fn exists(&self) -> String {
        format!("one exists in {} of the worlds", percentage(&self.survey.exists))
    }

    /// The caption of a picture over all worlds that were drawn, its source line and more notes added.
    pub fn over_all_worlds(&self, caption: Caption) -> Caption {
        self.captioned(caption, "")
    }

    /// The caption of a picture of the modal world alone, its source line and more notes added.
    pub fn in_the_modal_world(&self, caption: Caption) -> Caption {
        self.captioned(caption, "; shown is the modal world, every number at its likeliest")
    }

    /// The caption with its source line, and with the notes that readers of any result must be told.
    fn captioned(&self, caption: Caption, shown: &str) -> Caption {
        let Survey { drawn, kept, .. } = self.survey;
        let drawn_worlds = match self.settings.agreeing {
            true => format!("{} worlds that agree with every anchor, of {} drawn", count(*kept), count(*drawn)),
            false => worlds(*drawn),
        };
        let (seed, accounts) = (self.settings.drawing.seed, self.accounts());
        let accounts: String = accounts.iter().map(|account| format!("; {account}")).collect();
        let source = format!("In this model, under these ranges; {drawn_worlds}, seed {seed}{accounts}{shown}.");
        let consent = terms::consent(self.n).map(|consent| {
            format!("It takes the consent of {consent}; all, every leadership and nobody are said of those.")
        });
        let on = self.variants().filter(|(_, on)| *on).filter_map(|(v, _)| v.notice.clone());
        Caption { source, notes: caption.notes.iter().cloned().chain(consent).chain(on).collect(), ..caption }
    }

    /// The variants, and whether each is on.
    fn variants(&self) -> impl Iterator<Item = (&'a Variant, bool)> {
        self.n.variants.iter().zip(&self.settings.drawing.accounts.variants).map(|(variant, on)| (variant, *on))
    }

    /// Which accounts other than the file's own were asked for.
    fn accounts(&self) -> Vec<String> {
        let reading = self.settings.drawing.accounts.reading.and_then(|r| self.n.readings.get(r));
        let reading = reading.map(|r| format!("reading “{}”", r.name));
        let switched = self.variants().filter(|(v, on)| v.on != *on);
        let variants = switched.map(|(v, on)| format!("variant “{}” {}", v.name, if on { "on" } else { "off" }));
        let defeat = match self.settings.drawing.defeat {
            Defeat::Audience => None,
            Defeat::Leader => Some("a defeat is what a leadership would refuse".to_owned()),
            Defeat::Both => Some("a defeat is what an audience or a leadership would refuse".to_owned()),
            Defeat::NoVeto => Some("no audience has a veto".to_owned()),
        };
        reading.into_iter().chain(variants).chain(defeat).collect()
    }
}

/// A tiny scenario of which everything is known.
#[cfg(test)]
pub mod sample {
    use super::Scene;
    use crate::analysis::{Settings, survey};
    use crate::engine::Drawing;
    use crate::scenario::Scenario;

    /// North may give a field and be paid for it. What `north`, `south`, their elders and their poor make of it:
    ///
    /// ```text
    /// field  price     north  south   elders  poor
    /// kept   none        0      0        0      0     a defeat for nobody
    /// given  none       −2      2       −3      3     for north
    /// kept   fair        2     −0.5      4     −2     for south
    /// given  fair        0      1.5      1      1     for nobody
    /// kept   high        4     −1        8     −8     for south
    /// given  high        2      1        5     −5     for south
    /// ```
    const TINY: &str = r#"
        title = "A field for a price"
        question = "Which price can both bear?"
        actors.north = { role = "party" }
        actors.south = { role = "party" }
        audiences.elders = { of = "north", veto = true, defeat_below = 0 }
        audiences.poor = { of = "south", veto = true, defeat_below = 0 }
        no_deal.north = { base = 0 }
        no_deal.south = { base = 0 }
        [issues.field]
        now = "kept"
        options = { kept = "kept", given = "given" }
        views = { north = { weight = 2, given = -1 }, south = { weight = 2, given = 1 }, elders = { weight = 3, given = -1 }, poor = { weight = 3, given = 1 } }
        [issues.price]
        now = "none"
        options = { none = "none", fair = "fair", high = "high" }
        views = { north = { weight = 4, fair = 0.5, high = 1 }, south = { weight = 1, fair = -0.5, high = -1 }, elders = { weight = 8, fair = 0.5, high = 1 }, poor = { weight = 8, fair = -0.25, high = -1 } }
    "#;

    /// Looks at the tiny scenario.
    pub fn look(at: impl FnOnce(&Scene)) {
        let n = Scenario::parse("tiny", TINY.as_bytes()).expect("the scenario is sound").negotiation;
        let drawing = Drawing { threads: Some(1), ..Drawing::of(&n, 1) };
        let settings = Settings { runs: 4, drawing, agreeing: false };
        let survey = survey(&n, &settings, |_| ()).expect("it can be surveyed");
        let compiled = settings.drawing.compile(&n).expect("it can be compiled");
        at(&Scene::new(&compiled, &settings, &survey));
    }
}
