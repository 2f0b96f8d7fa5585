//! Interests: what the terms of a package are worth to a leadership or to an audience, and in what company.

use super::{Beholder, Clause, Form, InputId};

/// What one beholder (a leadership or an audience) makes of one issue: weight · value(option), value in [−1, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct IssueView {
    /// Weight of the issue, in points of the beholder, ≥ 0.
    pub weight: InputId,
    /// `values[option]`.
    pub values: Vec<OptionValue>,
}

/// The value of one option: `(1 − share) · low + share · high`.
///
/// A written value has `low = high`; on an ordered issue an option between two written ones lies on the line between
/// them, `share` of the way. Source: assumption (linear interpolation).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptionValue {
    /// The nearest written value below.
    pub low: Written,
    /// The nearest written value above.
    pub high: Written,
    /// How far the option lies from `low` to `high`, in [0, 1].
    pub share: f64,
}

/// A value that stands in the file, or the 0 of the present state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The present state, worth 0.
    Now,
    /// A number of the file.
    Input(InputId),
}

impl OptionValue {
    /// The value when the inputs have the values that `value_of` gives.
    pub fn value(&self, value_of: impl Fn(InputId) -> f64) -> f64 {
        let at = |w| match w {
            Written::Now => 0.0,
            Written::Input(id) => value_of(id),
        };
        let low = at(self.low);
        if self.low == self.high || self.share == 0.0 {
            low
        } else {
            (1.0 - self.share) * low + self.share * at(self.high)
        }
    }
}

/// A bonus (or penalty) for a combination of terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Identifier used in the file.
    pub id: String,
    /// When it counts.
    pub clause: Clause,
    /// Points of the leadership.
    pub bonus: InputId,
}

/// A factor on gains, losses or claims while a clause is in force, or on every term of one form.
///
/// Factors of several modifiers in force are multiplied. Source: assumption (multiplicative form).
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// What it touches.
    pub scope: Scope,
    /// Whose points it changes. An actor's leadership does not include its audiences.
    pub beholders: Vec<Beholder>,
    /// Factor on values above 0, ≥ 0.
    pub gains: Option<InputId>,
    /// Factor on values below 0, ≥ 0.
    pub losses: Option<InputId>,
    /// Factor on the worth of claims, ≥ 0.
    pub claims: Option<InputId>,
}

/// What a modifier touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All terms of a package for which the clause is in force.
    When(Clause),
    /// Every term of one form, wherever it stands.
    Form(Form),
}
