//! Rival accounts and switches; from their laws to worlds: the modal world, and the range of every input.

use super::{ActorId, AudienceId, InputId, InputKind, Law, Negotiation, Verdict, World};

/// A rival account: one is drawn for each world, by prior.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Share of worlds, relative to the other readings, > 0 in at least one; by default equal.
    pub prior: f64,
    /// What it changes.
    pub set: Vec<(InputId, Law)>,
}

/// A switch, on or off for a whole run of the program, never mixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Whether it is on unless said otherwise.
    pub on: bool,
    /// What a reader of any result must be told while it is on.
    pub notice: Option<String>,
    /// What it changes while it is on.
    pub set: Vec<(InputId, Law)>,
}

/// A verdict that any sane world must give on a named package.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// Place in [`Negotiation::packages`](super::Negotiation::packages).
    pub package: usize,
    /// Who must say what.
    pub expects: Expectation,
}

/// What an anchor expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The audience gives this very verdict.
    Says(AudienceId, Verdict),
    /// The audience does not call it a defeat.
    Bears(AudienceId),
    /// To the leadership it is worth at least as much as no deal, and no red line of its own is crossed.
    Accepts(ActorId),
    /// The leadership prefers no deal, or a red line of its own is crossed.
    Refuses(ActorId),
}

impl Negotiation {
    /// The world in which every input has its modal value; a chance happens iff its modal value is at least 0.5.
    pub fn modal_world(&self, laws: &[Law]) -> World {
        self.world_from(laws, |quantity, _| quantity)
    }

    /// A world from what `value_of` makes of each input's modal value: the hook by which one input is moved and all
    /// others stay modal.
    pub fn world_from(&self, laws: &[Law], value_of: impl Fn(f64, InputId) -> f64) -> World {
        let own = |id: InputId| match &laws[id.0] {
            Law::Own(quantity) => value_of(quantity.modal(), id),
            Law::Shared { .. } => f64::NAN,
        };
        let value = |(id, input): (InputId, &super::Input)| {
            let raw = match &laws[id.0] {
                Law::Own(_) => own(id),
                Law::Shared { unknown, times, plus } => value_of(times * own(*unknown) + plus, id),
            };
            match input.kind {
                InputKind::Value => raw,
                InputKind::Chance => f64::from(u8::from(raw >= 0.5)),
            }
        };
        World { values: self.inputs.iter().map(value).collect() }
    }

    /// What readings and variants set, each with its section and its identifier.
    pub fn sets(&self) -> impl Iterator<Item = (&'static str, &str, &[(InputId, Law)])> {
        let readings = self.readings.iter().map(|r| ("readings", r.id.as_str(), &r.set[..]));
        readings.chain(self.variants.iter().map(|v| ("variants", v.id.as_str(), &v.set[..])))
    }

    /// The laws that readings and variants give an input.
    pub fn rivals(&self, id: InputId) -> impl Iterator<Item = &Law> {
        let set = self.sets().flat_map(|(_, _, set)| set);
        set.filter(move |(changed, _)| *changed == id).map(|(_, law)| law)
    }

    /// The least and the greatest value that an input can take in any reading and with any variants.
    pub fn range(&self, id: InputId) -> (f64, f64) {
        let laws = std::iter::once(&self.inputs.get(id).law).chain(self.rivals(id));
        let ranges = laws.map(|law| self.support(law));
        ranges.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), (l, h)| (lo.min(l), hi.max(h)))
    }

    /// The greatest magnitude that an input can have in any reading and with any variants.
    pub(super) fn most(&self, id: InputId) -> f64 {
        let (lo, hi) = self.range(id);
        lo.abs().max(hi.abs())
    }

    /// Whether an input is 0 in the file, in every reading and with every variant.
    pub fn is_zero(&self, id: InputId) -> bool {
        self.range(id) == (0.0, 0.0)
    }

    /// The least and the greatest value that a law can give.
    pub fn support(&self, law: &Law) -> (f64, f64) {
        law.support(|unknown| self.range(unknown))
    }
}
