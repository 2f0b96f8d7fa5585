//! Best response: the last offer that the others can still answer.

use super::{Course, Ground, OUT, Side, Step};

/// Thresholds by which a party that waits for the last turn goes, and what it offers then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Waiting {
    /// The round of its last offer that all others can answer; `None` where there is none.
    pub round: Option<u32>,
    /// What it waits for: the least that it accepts up to then, in units.
    pub least: i32,
    /// What it offers in that round.
    pub package: u32,
}

/// What everybody at the table can be expected to accept.
pub(super) struct Outlook<'a> {
    pub ground: &'a Ground,
    /// `order[turn]`: who speaks.
    pub order: &'a [usize],
    /// `courses[seat]`.
    pub courses: &'a [&'a Course],
    pub rounds: u32,
}

impl Outlook<'_> {
    /// `waiting[seat]`, for those who wait: the later somebody's last turn, the earlier it is known.
    pub fn all(&self) -> Vec<Option<Waiting>> {
        let mut known: Vec<Option<Waiting>> = vec![None; self.courses.len()];
        // Who begins speaks last to be answered, in the last round; the others in the round before, from the end.
        let turns = std::iter::once(0).chain((1..self.order.len()).rev());
        for turn in turns.filter(|turn| matches!(self.courses[self.order[*turn]], Course::Last)) {
            known[self.order[turn]] = Some(self.waiting(turn, &known));
        }
        known
    }

    fn waiting(&self, turn: usize, known: &[Option<Waiting>]) -> Waiting {
        let side = &self.ground.sides[self.order[turn]];
        let round = if turn == 0 { self.rounds.checked_sub(1) } else { self.rounds.checked_sub(2) };
        let most = side.package_at(side.best());
        let best = round.and_then(|round| {
            let asked = self.asked(turn, round, known)?;
            (0..side.rational()).rev().find(|place| accepted(&asked, side.package_at(*place)))
        });
        let Some(place) = best else {
            return Waiting { round: None, least: side.floor() as i32, package: most };
        };
        // Of equals the lowest number that the others accept.
        let asked = round.and_then(|round| self.asked(turn, round, known)).unwrap_or_default();
        let first = side.equals_of(place).find(|place| accepted(&asked, side.package_at(*place))).unwrap_or(place);
        Waiting { round, least: side.worth_at(place), package: side.package_at(first) }
    }

    /// The least that each of the others accepts when next asked after a turn; `None` if one of them agrees to nothing.
    fn asked(&self, turn: usize, round: u32, known: &[Option<Waiting>]) -> Option<Vec<(&Side, i32)>> {
        let others = (0..self.order.len()).filter(|other| *other != turn);
        let least = |other: usize| {
            let (seat, at) = (self.order[other], if other > turn { round } else { round + 1 });
            let side = &self.ground.sides[seat];
            let least = match (self.courses[seat], &known[seat]) {
                (Course::Clock(clock), _) => clock.step(side, at).least,
                (Course::Nothing, _) => return None,
                (Course::Answers(_), _) => side.most as i32,
                (Course::Last, Some(w)) if w.round.is_some_and(|round| at <= round) => w.least,
                (Course::Last, _) => side.floor() as i32,
            };
            Some((side, least))
        };
        others.map(least).collect()
    }
}

fn accepted(asked: &[(&Side, i32)], package: u32) -> bool {
    asked.iter().all(|(side, least)| side.worth(package) != OUT && side.worth(package) >= *least)
}

impl Waiting {
    /// What it does in a round.
    pub fn step(&self, side: &Side, round: u32) -> Step {
        let most = || side.package_at(side.best());
        let over = self.round.is_none_or(|last| round > last);
        let least = if over { side.floor() as i32 } else { self.least };
        let package = if self.round == Some(round) { self.package } else { most() };
        Step { threshold: f64::from(least), least, package, equals: (0, 1) }
    }
}
