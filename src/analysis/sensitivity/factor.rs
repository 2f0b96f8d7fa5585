//! The uncertain inputs of a scenario as factors of a study.

use crate::engine::{CannotRun, Draws};
use crate::model::{Input, InputId, Negotiation};

/// One uncertain input, with all the uniforms that draw it.
///
/// A chance whose probability is itself uncertain is one factor: what the probability is, and whether it happens. What
/// follows a shared unknown moves with the unknown. The reading, where one is drawn, is a factor too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncertainInput {
    /// Its path; `reading` for the reading.
    pub path: String,
    /// Which input; `None` for the reading.
    pub input: Option<InputId>,
    /// Its dimensions among those of the [`Draws`].
    pub dimensions: Vec<usize>,
}

/// The second dimension of an uncertain chance.
const HAPPENS: &str = "/happens";

impl UncertainInput {
    /// All of them, in the order of the dimensions.
    pub fn all(n: &Negotiation, draws: &Draws) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (d, name) in draws.dimensions().iter().enumerate() {
            let path = name.strip_suffix(HAPPENS).unwrap_or(name);
            match all.last_mut().filter(|factor| factor.path == path) {
                Some(factor) => factor.dimensions.push(d),
                None => all.push(Self { path: path.to_owned(), input: n.inputs.find(path), dimensions: vec![d] }),
            }
        }
        all
    }

    /// The same, where there are any.
    pub(super) fn some(n: &Negotiation, draws: &Draws) -> Result<Vec<Self>, CannotRun> {
        let all = Self::all(n, draws);
        if all.is_empty() { Err(CannotRun::Certain) } else { Ok(all) }
    }
}

/// How inputs are put in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// By the section of the file.
    Section,
    /// By where the number comes from: a bibliography key, or "assumption".
    Source,
    /// Assumptions against numbers with a source.
    Assumed,
}

/// What a number without a source is called in files.
const ASSUMPTION: &str = "assumption";

/// Whether an input has no source.
pub(super) fn without_source(input: &Input) -> bool {
    input.numbers == ASSUMPTION || input.numbers.is_empty()
}

/// Whether a factor has no source; the reading is no number, and has none to have.
pub(super) fn is_assumed(n: &Negotiation, factor: &UncertainInput) -> bool {
    factor.input.is_some_and(|id| without_source(n.inputs.get(id)))
}

impl Grouping {
    /// Those that may be asked for, each with its word.
    pub const ALL: [(&'static str, Self); 3] =
        [("section", Self::Section), ("source", Self::Source), ("assumed", Self::Assumed)];

    /// The name of a factor's group; the reading is one of its own.
    pub fn name(self, n: &Negotiation, factor: &UncertainInput) -> String {
        let Some(input) = factor.input.map(|id| n.inputs.get(id)) else { return factor.path.clone() };
        match self {
            // The first part of its path.
            Self::Section => factor.path.split('.').next().unwrap_or(&factor.path).to_owned(),
            Self::Source => input.numbers.clone(),
            Self::Assumed if without_source(input) => String::from("assumptions"),
            Self::Assumed => String::from("numbers with a source"),
        }
    }
}
