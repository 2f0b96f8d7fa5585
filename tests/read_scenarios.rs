//! Whole files: what a correct one becomes.

use winset::model::{Law, Negotiation};
use winset::scenario::{Scenario, render};

fn read(text: &str) -> Scenario {
    Scenario::parse("sample.toml", text.as_bytes()).unwrap_or_else(|f| panic!("{}", render(&f, "sample.toml", text)))
}

fn sample() -> Scenario {
    read(include_str!("samples/every-section.toml"))
}

fn support(n: &Negotiation, path: &str) -> (f64, f64) {
    let id = n.inputs.find(path).unwrap_or_else(|| panic!("no {path}"));
    n.support(&n.inputs.get(id).law)
}

#[test]
fn a_file_with_every_section_has_no_finding() {
    let scenario = sample();
    assert_eq!(render(&scenario.warnings, &scenario.name, &scenario.text), "");
}
