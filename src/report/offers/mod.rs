//! Sessions of alternating offers, and tournaments of tactics: pages, JSON and CSV sheets.

mod data;
mod page;
mod tournament;

pub use data::{data, sheet};
pub use page::{page, screen};
pub use tournament::{Held, files_sheet, tournament, tournament_page};

use crate::model::{Negotiation, Package};
use crate::offers::{Ground, Repeated, Rules, Session, Tactic};

/// A session with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Bargained<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The variants that are on.
    pub variants: &'a [bool],
    /// Which world it is, in words.
    pub called: &'a str,
    /// What the packages are worth in it.
    pub ground: &'a Ground,
    /// `tactics[seat]`.
    pub tactics: &'a [Tactic],
    /// Rounds and tolerances.
    pub rules: Rules,
    /// The session in the order of the file, of equals always the first.
    pub session: &'a Session,
    /// Sessions with lots drawn, where they were asked for.
    pub repeated: Option<&'a Repeated>,
}

impl Bargained<'_> {
    fn package(&self, number: u32) -> Package {
        self.n.space.package(u128::from(number))
    }

    /// The identifier of the party at a seat.
    fn id(&self, seat: usize) -> &str {
        &self.n.actor(self.ground.sides[seat].party).id
    }

    /// Its name.
    fn name(&self, seat: usize) -> String {
        crate::text::words::visible(&self.n.actor(self.ground.sides[seat].party).name)
    }

    /// What the session came to when it ended, to every party, in points.
    fn paid(&self) -> Vec<f64> {
        self.ground.paid(self.session.end, self.rules)
    }

    fn points(&self, seat: usize, package: u32) -> f64 {
        self.ground.scale.points(i64::from(self.ground.sides[seat].worth(package)))
    }
}
