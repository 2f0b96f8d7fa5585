//! Sheets to print for a class: what each side may know, a form for what was agreed, and a key.
//!
//! A sheet of a party holds its own points, its own home and its own no deal in the modal world, and what is public: issues,
//! options, rules and who must grant what. Nothing of what another party, or its home, wants stands in it.

mod form;
mod key;
mod role;
mod worth;

use super::html;
use crate::ask::Answer;
use crate::model::{Negotiation, World};
use crate::space::Compiled;
use crate::text::words::{list, visible};
pub(super) use worth::Worth;

/// A scenario with its answer, from which sheets are made.
#[derive(Debug, Clone, Copy)]
pub struct Handout<'a> {
    /// What many worlds say.
    pub answer: &'a Answer,
    /// Its deal space.
    pub space: &'a Compiled<'a>,
}

/// The names of files that do not depend on the scenario.
const FIXED: [&str; 4] = ["README.txt", "scenario.toml", "outcome-form.html", "key.html"];

/// Whether a folder of sheets has files of this name.
pub fn is_sheet(name: &str) -> bool {
    let role = name.strip_prefix("role-").and_then(|rest| rest.strip_suffix(".html"));
    FIXED.contains(&name) || role.is_some()
}

impl<'a> Handout<'a> {
    fn n(&self) -> &'a Negotiation {
        self.space.n
    }

    fn world(&self) -> World {
        let n = self.n();
        n.modal_world(&n.laws(None, &n.default_variants()))
    }

    /// All sheets: names of files, and what stands in them.
    pub fn sheets(&self) -> Vec<(String, String)> {
        let world = self.world();
        let worth = Worth::of(self.n(), self.space.scale, &world);
        let roles =
            self.n().parties().enumerate().map(|(place, party)| (self.role(place), role::sheet(self, &worth, party)));
        let mut all: Vec<(String, String)> = roles.collect();
        all.push(("outcome-form.html".into(), form::sheet(self.n())));
        all.push(("key.html".into(), key::sheet(self, &worth)));
        all.push(("scenario.toml".into(), self.answer.scenario.text.clone()));
        all.push(("README.txt".into(), self.readme()));
        all
    }

    /// The name of the file of a party's sheet: its place, and as much of its identifier as any machine takes.
    fn role(&self, place: usize) -> String {
        let party = self.n().parties().nth(place).map_or("", |i| self.n().actor(i).id.as_str());
        let plain: String = party.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
        format!("role-{}-{plain}.html", place + 1)
    }

    fn readme(&self) -> String {
        let n = self.n();
        let roles = n
            .parties()
            .enumerate()
            .map(|(place, i)| format!("  {:<30} for {}\n", self.role(place), visible(&n.actor(i).name)));
        let roles: String = roles.collect();
        format!(
            "{}\n{}\n\nFor the one who runs the class. Open key.html first; it says how 45 minutes go.\n\n\
             To print:\n{roles}  {:<30} one for each pair\n  {:<30} for you alone: it holds the answer\n\n\
             Each pair agrees on terms, or on none, and gets a code:\n\n  \
             winset class --enter scenario.toml --package issue=option,... --bets 60,40,10\n  \
             winset class --enter scenario.toml --no-deal --bets 60,40,10\n\n\
             Put the codes into codes.csv in this folder, one a line, in any order. Then, from outside the folder:\n\n  \
             winset class FOLDER --out debrief\n\n\
             debrief/page.html is what the class looks at. No names are asked for, and none are kept.\n",
            visible(&n.title),
            visible(&n.question),
            "outcome-form.html",
            "key.html",
        )
    }
}

/// The head of a sheet.
fn head(n: &Negotiation, what: &str) -> String {
    html::classed("p", "small", &html::text(&format!("{} · {}", n.title, what)))
}

/// Names in a list, as markup.
fn names<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    html::text(&list(names.into_iter().collect::<Vec<_>>()))
}
