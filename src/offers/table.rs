//! A session: turn by turn, until all others have accepted an offer or the rounds are over.

use std::sync::Arc;

use super::adaptive::Mood;
use super::last::{Outlook, Waiting};
use super::{Clock, Course, Ground, Rules, Step, Tactic};
use crate::engine::Luck;

/// Parties at a table in a fixed order of turns, each with a tactic.
#[derive(Debug, Clone)]
pub struct Table<'g> {
    ground: &'g Ground,
    rules: Rules,
    /// `order[turn]`: the seat that speaks.
    order: Vec<usize>,
    courses: Vec<Arc<Course>>,
    waiting: Vec<Option<Waiting>>,
}

/// One offer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// The round, from 0.
    pub round: u32,
    /// Who makes it, in the order of the file.
    pub seat: usize,
    /// The package, by number.
    pub package: u32,
    /// What it asked for, in units, not rounded.
    pub threshold: f64,
}

/// What was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    /// The package, by number.
    pub package: u32,
    /// The round in which the last of the others accepted it, from 0.
    pub round: u32,
    /// Who had offered it.
    pub by: usize,
    /// Who accepted it last.
    pub last: usize,
}

/// How a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All others have accepted an offer.
    Agreed(Agreed),
    /// The rounds are over.
    Deadline,
    /// The party of this seat had nothing to offer: no package is rational for it.
    Left(usize),
}

/// A session with all its offers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Session {
    /// In the order in which they were made.
    pub offers: Vec<Offer>,
    /// How it ended.
    pub end: End,
}

impl End {
    /// What was agreed, if anything was.
    pub fn agreed(self) -> Option<Agreed> {
        if let Self::Agreed(agreed) = self { Some(agreed) } else { None }
    }
}

impl<'g> Table<'g> {
    /// Parties with these tactics, `tactics[seat]`; `first` begins, the others follow in the order of the file.
    ///
    /// # Panics
    /// If there are not as many tactics as parties.
    pub fn of(ground: &'g Ground, tactics: &[Tactic], rules: Rules, first: usize) -> Self {
        let course = |(seat, tactic): (usize, &Tactic)| Arc::new(Course::of(ground, seat, *tactic, rules));
        Self::seated(ground, tactics.iter().enumerate().map(course).collect(), rules, first)
    }

    /// The same from courses that are known, `courses[seat]`.
    pub fn seated(ground: &'g Ground, courses: Vec<Arc<Course>>, rules: Rules, first: usize) -> Self {
        assert_eq!(courses.len(), ground.seats(), "every party has one tactic");
        let seats = ground.seats();
        let order: Vec<usize> = (0..seats).map(|turn| (first + turn) % seats).collect();
        let known: Vec<&Course> = courses.iter().map(AsRef::as_ref).collect();
        let waiting = Outlook { ground, order: &order, courses: &known, rounds: rules.rounds }.all();
        Self { ground, rules, order, courses, waiting }
    }

    /// A session with all its offers, of equals always the lowest number.
    pub fn session(&self) -> Session {
        let mut offers = Vec::new();
        let end = self.play(None, |offer| offers.push(offer));
        Session { offers, end }
    }

    /// How a session ends; with luck, each offer is drawn from those worth as much: one draw a turn at most, at the place
    /// after that of the turn.
    pub fn end(&self, luck: Option<&mut Luck>) -> End {
        self.play(luck, |_| ())
    }

    fn play(&self, luck: Option<&mut Luck>, mut hear: impl FnMut(Offer)) -> End {
        if let ([first, second], None) = (&self.order[..], &luck)
            && let (Course::Clock(mine), Course::Clock(theirs)) = (&*self.courses[*first], &*self.courses[*second])
        {
            return self.by_the_clock((*first, mine), (*second, theirs), hear);
        }
        Talk::of(self).play(luck, &mut hear)
    }

    /// Two parties by the clock alone: nothing is to be remembered but the offer that stands.
    fn by_the_clock(
        &self,
        (first, mine): (usize, &Clock),
        (second, theirs): (usize, &Clock),
        mut hear: impl FnMut(Offer),
    ) -> End {
        let (me, them) = (&self.ground.sides[first], &self.ground.sides[second]);
        let mut standing: Option<u32> = None;
        for round in 0..self.rules.rounds {
            let my = mine.step(me, round);
            if let Some(package) = standing.filter(|p| me.worth(*p) >= my.least) {
                return End::Agreed(Agreed { package, round, by: second, last: first });
            }
            hear(Offer { round, seat: first, package: my.package, threshold: my.threshold });
            let their = theirs.step(them, round);
            if them.worth(my.package) >= their.least {
                return End::Agreed(Agreed { package: my.package, round, by: first, last: second });
            }
            hear(Offer { round, seat: second, package: their.package, threshold: their.threshold });
            standing = Some(their.package);
        }
        End::Deadline
    }
}

/// What has been said so far in a session.
struct Talk<'t, 'g> {
    table: &'t Table<'g>,
    /// The package that stands, who offered it, and how many have accepted it.
    standing: Option<(u32, usize, usize)>,
    /// `made[seat]`: what each has offered, where somebody answers that.
    made: Vec<Vec<u32>>,
    moods: Vec<Option<Mood>>,
    offers: usize,
}

impl<'t, 'g> Talk<'t, 'g> {
    fn of(table: &'t Table<'g>) -> Self {
        let sides = &table.ground.sides;
        let mood = |(course, side): (&Arc<Course>, _)| matches!(**course, Course::Answers(_)).then(|| Mood::of(side));
        let moods = table.courses.iter().zip(sides).map(mood).collect();
        Self { table, standing: None, made: vec![Vec::new(); sides.len()], moods, offers: 0 }
    }

    fn play(mut self, mut luck: Option<&mut Luck>, hear: &mut impl FnMut(Offer)) -> End {
        let table = self.table;
        let answered = self.moods.iter().any(Option::is_some);
        for round in 0..table.rules.rounds {
            for (turn, seat) in table.order.iter().copied().enumerate() {
                let side = &table.ground.sides[seat];
                let Some(step) = self.step(seat, round) else { return End::Left(seat) };
                if let Some((package, by, accepted)) = self.standing
                    && side.worth(package) >= step.least
                {
                    if accepted + 2 == table.order.len() {
                        return End::Agreed(Agreed { package, round, by, last: seat });
                    }
                    self.standing = Some((package, by, accepted + 1));
                    continue;
                }
                let place = 1 + u64::from(round) * table.order.len() as u64 + turn as u64;
                let package = match (&mut luck, step.equals) {
                    (Some(luck), (from, many)) if many > 1 => {
                        side.package_at(from as usize + (luck.at(place) * f64::from(many)) as usize)
                    }
                    _ => step.package,
                };
                hear(Offer { round, seat, package, threshold: step.threshold });
                self.standing = Some((package, seat, 0));
                self.offers += 1;
                if answered {
                    self.made[seat].push(package);
                }
            }
        }
        End::Deadline
    }

    /// What a party asks for and would offer now; `None` if it has nothing to offer.
    fn step(&mut self, seat: usize, round: u32) -> Option<Step> {
        let (table, side) = (self.table, &self.table.ground.sides[seat]);
        match &*table.courses[seat] {
            Course::Clock(clock) => Some(*clock.step(side, round)),
            Course::Answers(tactic) => {
                let mood = self.moods[seat].as_mut()?;
                if let Some((_, by, _)) = self.standing {
                    mood.hear(side, *tactic, &self.made[by], self.offers - self.made[seat].len());
                }
                let threshold = mood.threshold;
                let place = table.rules.place(side, table.ground.scale, threshold)?;
                Some(Step::at(side, threshold, place))
            }
            Course::Last => table.waiting[seat].map(|waiting| waiting.step(side, round)),
            Course::Nothing => None,
        }
    }
}
