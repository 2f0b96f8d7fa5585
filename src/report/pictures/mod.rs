//! The six pictures of a survey: from a negotiation and what many worlds say of it to finished [`Picture`]s.
//!
//! Each file makes the data of one picture; [`crate::figure`] draws them. Three of them (outcomes, win-sets,
//! two-speeches) look at the modal world, three (leading-packages, tornado, margin) at all worlds of the survey.

mod choice;
mod class;
mod compare;
mod discover;
mod game;
mod leading_packages;
mod margin;
mod moves;
mod outcomes;
mod scene;
mod sensitivity;
mod talks;
mod tornado;
mod two_speeches;
mod win_sets;
mod words;

pub use sensitivity::{NAMES as SENSITIVITY_NAMES, pictures as sensitivity_pictures};

use crate::analysis::{Courses, Reached, Settings, Survey};
use crate::ask::Answer;
use crate::figure::{self, Look, Picture};
use crate::space::Compiled;
use scene::Scene;

pub use choice::{CHOICE_NAMES, choice};
pub use class::{CLASS_NAME, class};
pub use compare::{COMPARE_NAME, compare};
pub use discover::{DISCOVER_NAMES, discover};
pub use game::{GAME_NAME, game};
pub use moves::{MOVES_NAME, moves_of_cases, moves_of_settlements};
pub(super) use talks::tone;

/// The file stems of the pictures, in the order in which [`pictures`] gives them.
pub const NAMES: [&str; 6] = ["outcomes", "win-sets", "leading-packages", "tornado", "margin", "two-speeches"];

/// All six pictures of a survey, named as in [`NAMES`]; the same bytes for the same survey.
///
/// `compiled` and `settings` are those with which the survey was made. Complexity: a few passes over the packages of one
/// world.
pub fn pictures(compiled: &Compiled, settings: &Settings, survey: &Survey, look: impl Into<Look>) -> Vec<Picture> {
    let look = look.into();
    let scene = Scene::new(compiled, settings, survey);
    vec![
        figure::outcomes::draw(&outcomes::data(&scene), look),
        figure::win_sets::draw(&win_sets::data(&scene), look),
        figure::leading_packages::draw(&leading_packages::data(&scene), look),
        figure::tornado::draw(&tornado::data(&scene), look),
        figure::margin::draw(&margin::data(&scene), look),
        figure::two_speeches::draw(&two_speeches::data(&scene), look),
    ]
}

/// All pictures of an answer whose courses were heard, those of the talks first; `space` is what it was asked of.
pub fn of_answer(space: &Compiled, a: &Answer, look: impl Into<Look>) -> Vec<Picture> {
    let look = look.into();
    let (settings, survey) = (&a.choices.settings, &a.survey);
    let talked = a.reached.as_ref().zip(a.courses.as_ref());
    let of_talks = talked.map(|talked| talks_pictures(space, settings, survey, talked, look));
    of_talks.into_iter().flatten().chain(pictures(space, settings, survey, look)).collect()
}

/// The file stems of the pictures of talks, in the order in which [`talks_pictures`] gives them; the first leads.
pub const TALKS_NAMES: [&str; 7] = ["gap", "endings", "dance", "concessions", "beliefs", "states", "survival"];

/// The pictures of talks, named as in [`TALKS_NAMES`], without those that would be empty: no dance or concessions where
/// nobody offers anything, no states where none moves, no survival where no deal or no durability is.
pub fn talks_pictures(
    compiled: &Compiled,
    settings: &Settings,
    survey: &Survey,
    (reached, courses): (&Reached, &Courses),
    look: impl Into<Look>,
) -> Vec<Picture> {
    let look = look.into();
    let scene = Scene::new(compiled, settings, survey);
    let always = [
        figure::gap::draw(&talks::gap(&scene, reached), look),
        figure::endings::draw(&talks::endings(&scene, reached), look),
    ];
    let dance = talks::dance(&scene, courses).map(|data| figure::dance::draw(&data, look));
    let bands = [talks::concessions(&scene, courses), talks::beliefs(&scene, courses), talks::states(&scene, courses)];
    let bands = bands.into_iter().flatten().map(|data| figure::bands::draw(&data, look));
    let lasts = talks::survival(&scene, reached).map(|data| figure::survival::draw(&data, look));
    always.into_iter().chain(dance).chain(bands).chain(lasts).collect()
}
