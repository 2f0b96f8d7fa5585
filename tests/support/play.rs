//! Scenarios written in a test, and their runs with every step.

use winset::engine::talks::{Mechanism, Run, Step, Talks};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::Negotiation;
use winset::scenario::{Scenario, render};
use winset::space::Compiled;

/// What a text says.
///
/// # Panics
/// Where it has a finding that forbids it, with the finding.
pub fn negotiation(text: &str) -> Negotiation {
    match Scenario::parse("test.toml", text.as_bytes()) {
        Ok(scenario) => scenario.negotiation,
        Err(found) => panic!("{}", render(&found, "test.toml", text)),
    }
}

/// Runs from 0 on with seed 1, each with its steps, made alone.
pub fn traces(n: &Negotiation, count: u64) -> Vec<(Run, Vec<Step>)> {
    traces_without(n, count, &[])
}

/// The same with mechanisms switched off.
pub fn traces_without(n: &Negotiation, count: u64, without: &[Mechanism]) -> Vec<(Run, Vec<Step>)> {
    let accounts = Accounts::of(n);
    let compiled = Compiled::of(n, &accounts.variants).expect("it is small");
    let settings = Drawing { seed: 1, without: without.to_vec(), ..Drawing::default() };
    let talks = Talks::of(&compiled, settings).expect("it has talks");
    let draws = Draws::new(n, accounts, 1);
    (0..count).map(|run| talks.trace(&draws.run(run))).collect()
}

/// The runs alone.
pub fn runs(n: &Negotiation, count: u64) -> Vec<Run> {
    traces(n, count).into_iter().map(|(run, _)| run).collect()
}
