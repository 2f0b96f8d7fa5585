//! The six pictures of a survey: from a negotiation and what many worlds say of it to finished [`Picture`]s.
//!
//! Each file makes the data of one picture; [`super::figure`] draws them. Three of them (outcomes, win-sets,
//! two-speeches) look at the modal world, three (leading-packages, tornado, margin) at all worlds of the survey.

mod leading_packages;
mod margin;
mod outcomes;
mod scene;
mod speaker;
mod stretch;
mod tornado;
mod two_speeches;
mod utilities;
mod win_sets;
mod words;

use super::figure::{self, Picture, Theme};
use crate::analysis::{Settings, Survey};
use crate::model::Negotiation;
use crate::space::Error;
use scene::Scene;

/// The file stems of the pictures, in the order in which [`pictures`] gives them.
pub const NAMES: [&str; 6] = ["outcomes", "win-sets", "leading-packages", "tornado", "margin", "two-speeches"];

/// All six pictures of a survey, named as in [`NAMES`]; the same bytes for the same survey.
///
/// `settings` are those with which the survey was made. Complexity: a few passes over the packages of one world.
///
/// # Errors
/// [`Error`] if the deal space cannot be compiled, which a survey made with these settings rules out.
pub fn pictures(n: &Negotiation, settings: &Settings, survey: &Survey, theme: Theme) -> Result<Vec<Picture>, Error> {
    let scene = Scene::new(n, settings, survey)?;
    Ok(vec![
        figure::outcomes::draw(&outcomes::data(&scene), theme),
        figure::win_sets::draw(&win_sets::data(&scene), theme),
        figure::leading_packages::draw(&leading_packages::data(&scene), theme),
        figure::tornado::draw(&tornado::data(&scene), theme),
        figure::margin::draw(&margin::data(&scene), theme),
        figure::two_speeches::draw(&two_speeches::data(&scene), theme),
    ])
}
