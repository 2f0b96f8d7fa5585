//! Ballots at home: what is hidden of an audience, what a vote shows of it, and whether the same text is put again.

use super::Mechanism;
use super::course::{Course, Finish};
use super::ending::Block;
use super::proposal::Proposal;
use super::seat::{Decision, Question};
use super::step::What;
use crate::model::{AudienceId, Package, ratifies_with};
use crate::num;
use crate::space::Place;

/// An audience in one run.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// h: how much better it bears a deal than its line says, in points; drawn once a run, and hidden.
    pub shift: f64,
    /// What those who sign believe of that: mean and variance, in points. No variance: they know it.
    mean: f64,
    variance: f64,
    /// Votes that it has held.
    votes: u64,
}

impl Course<'_> {
    /// All audiences before the talks: h ~ N(0, unsure), believed N(hopes, unsure), as shares of the span of each.
    pub fn homes(&mut self) {
        let n = self.talks.n;
        let home = |(a, audience): (usize, &crate::model::Audience)| {
            let unsure = audience.unsure.map_or(0.0, |unsure| self.world.value(unsure));
            if unsure <= 0.0 {
                return Home::default();
            }
            let span = self.space.scale.points(self.talks.compiled.spans.0[self.talks.audiences[a].score]);
            let (sd, hopes) = (unsure * span, self.world.value(audience.hopes) * span);
            let z = self.talks.normal.at(self.luck.homes[a].at(0));
            Home { shift: sd * z, mean: hopes, variance: sd * sd, votes: 0 }
        };
        self.homes = n.audiences.iter().enumerate().map(home).collect();
    }

    /// By how many points a package lies above the line of an audience; `None` where it has no line.
    fn above_line(&self, a: AudienceId, score: i64) -> Option<f64> {
        Some(self.space.scale.points(score - self.line(a, 0.0)?))
    }

    /// Chance that an audience would bear a package, as those see it who sign, who may take the noise of its ballot for larger
    /// or smaller than it is: none if a red line of its own is crossed. With m and v what they believe of what is hidden, n² the variance
    /// of the noise,
    ///
    /// ```text
    /// Φ( (G − D + m) / √(v + n²) ),   n² = (π · noise)² / 3
    /// ```
    ///
    /// and the [logistic ballot](ratifies_with) of a line m lower where nothing is hidden, or no more.
    pub fn hoped(&self, a: AudienceId, place: Place) -> f64 {
        let Some(score) = self.felt(a, place) else { return 0.0 };
        let Some(slack) = self.above_line(a, score) else { return 1.0 };
        let (home, noise) = (&self.homes[a.0], self.noise_believed(a));
        if home.variance <= 0.0 {
            return ratifies_with(slack + home.mean, noise);
        }
        num::normal_cdf((slack + home.mean) / (home.variance + variance(noise)).sqrt())
    }

    /// The noise of a ballot as those take it who sign, in points.
    fn noise_believed(&self, a: AudienceId) -> f64 {
        let audience = self.talks.n.audience(a);
        self.world.value(audience.noise_believed) * self.world.value(audience.ballot_noise)
    }

    /// Points above its line from which an audience bears a package with a chance of q in (0, 1), as those see it who sign.
    pub fn asked_at_home(&self, a: AudienceId, q: f64) -> f64 {
        let (home, noise) = (&self.homes[a.0], self.noise_believed(a));
        let above = if home.variance > 0.0 {
            (home.variance + variance(noise)).sqrt() * self.talks.normal.at(q)
        } else if noise > 0.0 {
            noise * num::ln(q / (1.0 - q))
        } else {
            // Without noise a vote is certain, and any chance asks for the line itself.
            0.0
        };
        above - home.mean
    }

    /// What is signed goes home: those who must ratify vote. A text that fails is put again as often as it may be, as long
    /// as those who signed it still think every vote likely enough; else the table is open again.
    pub fn conclude(&mut self, place: Place) -> Option<Finish> {
        loop {
            let Some(audience) = self.votes(place) else { return Some(Finish::Deal(place)) };
            self.blocked = Block::Unratified(audience);
            self.lost_ballots += 1;
            if self.lost_ballots > self.talks.rules.retries {
                return Some(Finish::Unratified(place));
            }
            if !self.would_put_again(place) {
                self.tell(|| What::GoesBack);
                return None;
            }
            self.tell(|| What::PutAgain);
        }
    }

    /// Whether all whose audiences vote would put the text again; of those whose decisions are taken outside, each is asked
    /// once, after the others.
    fn would_put_again(&mut self, place: Place) -> bool {
        let party = |a: &AudienceId| self.talks.audiences[a.0].party;
        let voters = self.voters(place);
        let mut seats: Vec<usize> = voters.iter().filter_map(party).filter(|i| self.is_seated(*i)).collect();
        seats.sort_unstable();
        seats.dedup();
        let (own, others): (Vec<AudienceId>, Vec<AudienceId>) =
            voters.into_iter().partition(|a| party(a).is_some_and(|i| seats.contains(&i)));
        if !others.iter().all(|a| self.is_worth_another_vote(*a, place)) {
            return false;
        }
        seats.into_iter().all(|i| {
            let asked = |course: &Self| Question::PutsAgain(course.package(Proposal::Deal(place)));
            let said = self.says_yes(i, asked, Decision::puts_again);
            let mut own = own.iter().filter(|a| self.talks.audiences[a.0].party == Some(i));
            let worth = own.all(|a| self.is_worth_another_vote(*a, place));
            self.party_decides(i, Decision::PutsAgain(worth));
            said.unwrap_or(worth)
        })
    }

    fn is_worth_another_vote(&self, a: AudienceId, place: Place) -> bool {
        let party = self.talks.audiences[a.0].party;
        let enough = party.map_or_else(|| self.world.value(self.asked_by(a)), |i| self.enough_at_home(i, a));
        self.hoped(a, place) >= enough
    }

    /// The audiences that must ratify a package.
    pub fn voters(&self, (head, tail): Place) -> Vec<AudienceId> {
        let (n, mut audiences) = (self.talks.n, self.talks.audiences.iter());
        if !self.talks.has(Mechanism::Ratification) || !audiences.any(|a| a.votes) {
            return Vec::new();
        }
        let package: Package = self.space.package(n, head, tail);
        n.space.ratifiers(&package)
    }

    /// The first audience by identifier that does not ratify. A vote shows its margin, G − D + y with y = h + ε, and teaches:
    ///
    /// ```text
    /// K = v / (v + n²),   m ← m + K · (y − m),   v ← v · (1 − K)
    /// ```
    ///
    /// with n² the variance of the noise as those take it who sign. Source: Kalman's filter of one number, a form of Bayes' rule for normal errors; that of a ballot is logistic.
    fn votes(&mut self, place: Place) -> Option<AudienceId> {
        let mut voters = self.voters(place);
        voters.sort_by_key(|a| &self.talks.n.audience(*a).id);
        let mut against = None;
        for audience in voters {
            let noise = self.world.value(self.talks.n.audience(audience).ballot_noise);
            let believed = self.noise_believed(audience);
            let slack =
                self.felt(audience, place).map(|score| self.above_line(audience, score).unwrap_or(f64::INFINITY));
            let home = &mut self.homes[audience.0];
            let chance = slack.map_or(0.0, |slack| ratifies_with(slack + home.shift, noise));
            let u = self.luck.ballots[audience.0].at(home.votes);
            home.votes += 1;
            if home.variance > 0.0 {
                let odds = num::ln(u.max(f64::MIN_POSITIVE) / (1.0 - u));
                let (seen, gain) = (home.shift - noise * odds, home.variance / (home.variance + variance(believed)));
                home.mean += gain * (seen - home.mean);
                home.variance *= 1.0 - gain;
            }
            let ratifies = u < chance;
            if !ratifies {
                against = against.or(Some(audience));
            }
            self.tell(|| What::Votes { audience, chance, ratifies });
        }
        against
    }
}

/// The variance of a logistic error with this scale: (π · noise)² / 3.
fn variance(noise: f64) -> f64 {
    let spread = std::f64::consts::PI * noise;
    spread * spread / 3.0
}
