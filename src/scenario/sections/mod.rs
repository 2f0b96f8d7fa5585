//! One file for each kind of section: from tables to the types of the model.

pub(super) mod accounts;
pub(super) mod anchors;
pub(super) mod audiences;
pub(super) mod beliefs;
pub(super) mod circumstances;
pub(super) mod clauses;
pub(super) mod directions;
pub(super) mod durability;
pub(super) mod events;
pub(super) mod header;
pub(super) mod intents;
pub(super) mod options;
pub(super) mod packages;
pub(super) mod people;
pub(super) mod record;
pub(super) mod room;
pub(super) mod shifts;
pub(super) mod stages;
pub(super) mod states;
pub(super) mod talks;
pub(super) mod views;
