//! A run whose parties were given their intents, looked at twice: when the observer looks away, and at an earlier round.

use super::course::Course;
use super::seat::Seats;
use super::seating::Seating;
use super::{Desk, Run, Talks};
use crate::engine::Drawn;
use crate::model::ActorId;

/// What a run with given intents comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The run, to its end.
    pub run: Run,
    /// What it would have paid if the observer had looked away after the earlier round; `None` where it was over by then, so that
    /// it had paid what it pays.
    pub early: Option<Vec<(ActorId, f64)>>,
}

impl Talks<'_> {
    /// Plays a run in which some parties have the intents of `seats` for certain, on a desk on which its world is filled.
    ///
    /// Luck is that of the run whatever the intents: two plays of one run differ by what was chosen alone.
    pub(crate) fn play_chosen(&self, drawn: &Drawn, seats: &Seats, early: u32, desk: &mut Desk) -> Chosen {
        super::misread::begin(&self.parties, &mut desk.misread);
        let mut course = Course::new(self, drawn, desk, None, Some(Seating::of(seats)));
        course.glances_at = early;
        let finish = course.rounds();
        let early = course.glanced.take();
        Chosen { run: course.close(finish), early }
    }
}

impl Course<'_> {
    /// Notes what the run would pay if the observer looked away now, where he does.
    pub fn glance(&mut self) {
        if self.round == self.glances_at {
            self.glanced = Some(self.paid_without(false));
        }
    }
}
