//! Papers that go with the program: `man`, `licences`.

use itertools::Itertools as _;
use winset::scenario::advice;
use winset::text::words::paragraph;

use super::super::args::{Page, pages};
use super::super::folder;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};

/// What stands in the program that others made: what it is, and its licence.
const OTHERS: [(&str, &str); 2] = [
    (
        "The fonts of the pictures: DejaVu Sans, a part of its characters",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/LICENSE")),
    ),
    (
        "The direction numbers of Sobol' points, by S. Joe and F. Y. Kuo",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sobol/LICENSE")),
    ),
];

const OWN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-MIT"));

/// Prints a manual page, or writes all of them.
pub fn man(verb: Option<&str>, place: Option<&str>, out: &mut Output) -> Outcome {
    let pages = pages();
    if let Some(place) = place {
        folder::named(place)?;
        folder::fresh(place)?;
        let files = pages.into_iter().map(|page| (page.file, page.text.into_bytes())).collect_vec();
        folder::write(place, false, &files)?;
        out.print(&format!("wrote {} pages into {}\n", files.len(), shown(place)))?;
        return Ok(Answered::Yes);
    }
    let verb = verb.unwrap_or_default();
    let known = pages.iter().map(|page| page.verb.as_str()).filter(|verb| !verb.is_empty()).collect_vec();
    let found = pages.iter().find(|page: &&Page| page.verb == verb);
    let page = found
        .ok_or_else(|| Trouble::new(format!("`{}` is no verb", shown(verb))).hint(advice(verb, "verbs", &known)))?;
    out.as_it_is(&page.text)?;
    Ok(Answered::Yes)
}

/// Prints the licence of the program, then those of what is in it.
pub fn licences(out: &mut Output) -> Outcome {
    let terms = "winset may be used under the MIT licence, printed below, or under the Apache licence 2.0, as you choose \
                 (LICENSE-MIT and LICENSE-APACHE in the sources). What others made and the program holds follows it with its \
                 own licence. The Rust libraries in it are under licences that allow this: `Cargo.lock` names them, \
                 `deny.toml` their licences.";
    let rest = OTHERS.iter().map(|(what, licence)| format!("\n{}\n\n{}\n", what.to_uppercase(), licence.trim_end()));
    out.print(&format!("{}\n{}\n{}", paragraph(terms), OWN.trim_end(), rest.collect::<String>()))?;
    Ok(Answered::Yes)
}
