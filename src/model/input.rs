//! Every number of a scenario, under the path by which files, `--set`, readings and draws name it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Quantity;

/// Place of an input in [`Inputs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct InputId(pub usize);

/// One number of the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Where it stands in the file, as `issues.arms.views.russia.word`: also the name of its stream of draws.
    pub path: String,
    /// What the number is before readings and variants change it.
    pub law: Law,
    /// How its value is used.
    pub kind: InputKind,
    /// Where its magnitude comes from: a bibliography key, or "assumption".
    pub numbers: String,
    /// Whether the file writes it; defaults are inputs too, so that `--set` reaches them.
    pub written: bool,
}

/// How an input's value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// A number.
    Value,
    /// A probability: in a world it happens (1) or does not (0).
    Chance,
}

/// How an input comes by its value in a world.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// It has a quantity, and a draw, of its own.
    Own(Quantity),
    /// It follows a shared unknown: `times · unknown + plus`.
    Shared {
        /// The unknown, itself an input.
        unknown: InputId,
        /// Factor.
        times: f64,
        /// Summand.
        plus: f64,
    },
}

/// The likeliest value of an input under given laws; of a chance, how likely it is.
pub fn likeliest(laws: &[Law], input: InputId) -> f64 {
    match &laws[input.0] {
        Law::Own(quantity) => quantity.modal(),
        Law::Shared { unknown, times, plus } => times * likeliest(laws, *unknown) + plus,
    }
}

impl Law {
    /// Whether an input under this law has more than one value in some two worlds; a chance, unless it is 0 or 1.
    pub fn is_uncertain(&self, kind: InputKind) -> bool {
        match self {
            Self::Shared { .. } => true,
            Self::Own(quantity) => {
                let chance = kind == InputKind::Chance && quantity.modal() > 0.0 && quantity.modal() < 1.0;
                chance || !quantity.is_fixed()
            }
        }
    }

    /// The least and the greatest value that it can give, when `range_of` gives those of the unknown that it follows.
    pub fn support(&self, range_of: impl Fn(InputId) -> (f64, f64)) -> (f64, f64) {
        match self {
            Self::Own(quantity) => quantity.support(),
            Self::Shared { unknown, times, plus } => {
                let (lo, hi) = range_of(*unknown);
                let (a, b) = (times * lo + plus, times * hi + plus);
                (a.min(b), a.max(b))
            }
        }
    }
}

/// All inputs of a negotiation. `InputId`s follow the order of the file; results never depend on that order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    list: Vec<Input>,
    by_path: BTreeMap<String, InputId>,
}

impl Inputs {
    /// Adds an input. A path that exists already is replaced and keeps its place.
    pub fn add(&mut self, input: Input) -> InputId {
        if let Some(&id) = self.by_path.get(&input.path) {
            self.list[id.0] = input;
            return id;
        }
        let id = InputId(self.list.len());
        self.by_path.insert(input.path.clone(), id);
        self.list.push(input);
        id
    }

    /// The input at a path.
    pub fn find(&self, path: &str) -> Option<InputId> {
        self.by_path.get(path).copied()
    }

    /// The input with this place.
    pub fn get(&self, id: InputId) -> &Input {
        &self.list[id.0]
    }

    /// Replaces the law of an input.
    pub fn set_law(&mut self, id: InputId, law: Law) {
        self.list[id.0].law = law;
    }

    /// All inputs with their places.
    pub fn iter(&self) -> impl Iterator<Item = (InputId, &Input)> {
        self.list.iter().enumerate().map(|(i, input)| (InputId(i), input))
    }

    /// Number of inputs.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no input.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// One value for every input: a world. Chances hold 1 (it happens) or 0 (it does not).
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// `values[input]`.
    pub values: Vec<f64>,
}

impl World {
    /// The value of an input.
    pub fn value(&self, id: InputId) -> f64 {
        self.values[id.0]
    }

    /// Whether a chance happens.
    pub fn happens(&self, id: InputId) -> bool {
        self.values[id.0] >= 0.5
    }
}
