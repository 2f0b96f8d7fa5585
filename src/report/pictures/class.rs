//! The data of the picture "class".

use super::{outcomes, scene::Scene};
use crate::analysis::{Settings, Survey};
use crate::figure::outcomes::{Class, ClassDeal, draw_class};
use crate::figure::{Caption, Picture, Theme};
use crate::report::class::finding;
use crate::session::{Deal, Debrief};
use crate::space::Compiled;

/// The file stem of the picture of a class.
pub const CLASS_NAME: &str = "class";

/// What the pairs of a class agreed, among all packages of the modal world; `settings` and `survey` are those of the answer
/// that stands beside it.
pub fn class(compiled: &Compiled, settings: &Settings, survey: &Survey, debrief: &Debrief, theme: Theme) -> Picture {
    let scene = Scene::new(compiled, settings, survey);
    let mut space = outcomes::data(&scene);
    space.packages.clear();
    let deals = deals(&scene, debrief);
    let places = deals.len();
    space.caption = scene.in_the_modal_world(Caption {
        title: "What the pairs agreed, among all allowed packages".into(),
        subtitle: finding(debrief),
        description: format!("The pairs that made a deal agreed on {places} different packages."),
        ..Caption::default()
    });
    let without = debrief.pairs.iter().filter(|pair| pair.deal.is_none()).count();
    draw_class(&Class { space, deals, without }, theme)
}

/// Each package once, with the numbers of the pairs that agreed on it.
fn deals(scene: &Scene, debrief: &Debrief) -> Vec<ClassDeal> {
    let points = |units: &[i64]| -> Vec<f64> { units.iter().map(|u| scene.points(*u)).collect() };
    let mut deals: Vec<(&Deal, ClassDeal)> = Vec::new();
    for (number, deal) in (1..).zip(&debrief.pairs).filter_map(|(number, pair)| Some((number, pair.deal.as_ref()?))) {
        if let Some((_, there)) = deals.iter_mut().find(|(other, _)| other.account.package == deal.account.package) {
            there.pairs.push(number);
            continue;
        }
        let better = deal.better.as_ref().filter(|_| deal.left_value());
        let gained = |better: &crate::session::Better| -> Vec<i64> {
            deal.utilities.iter().zip(&better.gains).map(|(u, gain)| u + gain).collect()
        };
        let shown = ClassDeal {
            pairs: vec![number],
            utilities: points(&deal.utilities),
            no_defeat: deal.is_no_defeat(),
            better: better.map(|better| points(&gained(better))).unwrap_or_default(),
        };
        deals.push((deal, shown));
    }
    deals.into_iter().map(|(_, shown)| shown).collect()
}
