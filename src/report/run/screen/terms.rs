//! The package that would do most often, in as many words as there is room for.

use super::super::super::terms::{fitting, named};
use super::Answer;
use crate::text::words::count;

/// The package, with its name if it has one.
pub fn package(a: &Answer, lines: usize) -> String {
    let Some(same) = &a.survey.same_package else { return String::new() };
    let before = if a.is_one_of_many() {
        format!("One of {} packages that would do equally often", count(same.ties))
    } else {
        "The package that would do most often".to_owned()
    };
    let name = named(a.n(), &same.package).map(|id| format!(" (`{id}`)")).unwrap_or_default();
    fitting(a.n(), &same.package, [&format!("{before}{name}: "), "."], 0, lines)
}
