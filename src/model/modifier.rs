//! Modifiers: what a term is worth depends on the company it keeps.

use super::beholder::Beholder;
use super::input::InputId;
use super::package::{Clause, Form};

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
    /// Who says so.
    pub source: Option<String>,
}

/// What a modifier touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All terms of a package for which the clause is in force.
    When(Clause),
    /// Every term of one form, wherever it stands.
    Form(Form),
}
