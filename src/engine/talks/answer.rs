//! Answers, agreement, and what becomes of it at home.

use super::Mechanism;
use super::course::{Course, End, Place};
use super::ending::{Block, Ending, Run};
use super::proposal::Proposal;
use super::step::{Recorder, Refusal, What};
use crate::model::{AudienceId, InputId, Verdict, ratifies_with};
use crate::space::{FARTHEST_LINE, Test};

impl<'c, R: Recorder> Course<'c, R> {
    /// Why a side refuses a proposal of another (`None`: of the mediator), if it does. Favours that it owes ease its
    /// consent; what they had to add is spent.
    pub fn answer(&mut self, i: usize, by: Option<usize>, proposal: Proposal) -> Option<Refusal> {
        let refuses = |course: &Self, credit: i64| match proposal {
            Proposal::Deal(place) => course.refusal(i, place, credit),
            Proposal::Paper(paper) => course.refuses_paper(i, paper, credit),
        };
        self.sides[i].eased = 0;
        let why = refuses(self, 0)?;
        let short = matches!(why, Refusal::WorseThanNoDeal | Refusal::WorseThanSoFar | Refusal::NotEnoughYet);
        let Some((owing, credit)) = self.credit(i, by).filter(|_| short) else { return Some(why) };
        if let Some(still) = refuses(self, credit) {
            return Some(still);
        }
        let asks = self.asks(i, self.round + 1).max(self.low(i));
        let short = asks - self.worth(i, proposal).unwrap_or(asks);
        self.spend(owing, short);
        self.sides[i].eased = short.max(0);
        None
    }

    /// Why a side refuses a package, if it does. It accepts iff nothing that it is after rules the package out, no red
    /// line is crossed, and
    ///
    /// ```text
    /// U_i + credit ≥ W_i(t),  U_i + credit ≥ own aspiration of the next round,  P_a ≥ accepts_if_borne
    /// ```
    ///
    /// for each own audience that binds it or would have to ratify, the chance `P_a` as the side believes it. A side that
    /// yields is content with a smaller chance.
    fn refusal(&self, i: usize, place: Place, credit: i64) -> Option<Refusal> {
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        if gate.row(place.0).is_none_or(|(open, _)| open[place.1] == 0) {
            return Some(Refusal::RuledOut);
        }
        let Some(utility) = self.utility(i, place) else { return Some(Refusal::RedLine) };
        let worth = utility + credit;
        if worth < self.no_deal(i) {
            return Some(Refusal::WorseThanNoDeal);
        }
        if worth < self.asks(i, self.round + 1) {
            return Some(Refusal::NotEnoughYet);
        }
        let enough = self.world.value(self.enough_at_home(i));
        let voting = self.voters(place);
        let asked = self.talks.parties[i].audiences.iter().filter(|(a, ..)| self.binds(*a) || voting.contains(a));
        let fails = |(a, s, _): &&(AudienceId, usize, bool)| self.believed(i, *a, *s, place) < enough;
        asked.clone().find(fails).map(|(a, ..)| Refusal::Home(*a))
    }

    /// The least chance of being borne at home with which a side is content now.
    fn enough_at_home(&self, i: usize) -> InputId {
        let yields = self.intent(i).yields.as_ref().filter(|yields| self.holds(&yields.during));
        yields.map_or(self.talks.rules.accepts_if_borne, |yields| yields.accepts_if_borne)
    }

    /// The tests that the own audiences of a party bear a package as surely as it asks before it signs: those that bind
    /// it, and those that may have to vote.
    ///
    /// ```text
    /// P_a ≥ q   ⇔   G_a ≥ D_a + noise · ln( q / (1 − q) )
    /// ```
    pub fn borne(&self, i: usize) -> Vec<Test<'c>> {
        let ballots = self.talks.has(Mechanism::Ratification);
        let q = self.world.value(self.enough_at_home(i));
        let odds = crate::num::ln(q / (1.0 - q));
        let own = self.talks.parties[i].audiences.iter();
        let binding = own.filter(|(a, _, votes)| self.binds(*a) || (*votes && ballots));
        let test = |(a, s, _): &(AudienceId, usize, bool)| {
            let (plan, tables) = (&self.space.plans[*s], &self.tables[*s]);
            let Some(line) = self.line(i, *a) else { return Test::no_red_line(plan, tables) };
            let audience = self.talks.n.audience(*a);
            let noise = self.world.value(audience.noise_believed) * self.world.value(audience.ballot_noise);
            let farthest = self.space.scale.points(FARTHEST_LINE);
            // Without noise a vote is certain, and any chance asks for the line itself; none asks for nothing.
            let more = if noise > 0.0 { (noise * odds).clamp(-farthest, farthest) } else { 0.0 };
            let line = if q > 0.0 { line + self.space.scale.units(more) } else { -FARTHEST_LINE };
            Test::new(plan, tables, line.clamp(-FARTHEST_LINE, FARTHEST_LINE))
        };
        binding.map(test).collect()
    }

    /// The audiences that must ratify a package.
    fn voters(&self, place: Place) -> Vec<AudienceId> {
        let n = self.talks.n;
        if !self.talks.has(Mechanism::Ratification)
            || self.talks.parties.iter().all(|p| !p.audiences.iter().any(|a| a.2))
        {
            return Vec::new();
        }
        n.space.ratifiers(&self.space.package(n, place.0, place.1))
    }

    /// Chance that an audience would bear a package: none if a red line of its own is crossed.
    fn chance(&self, i: usize, a: AudienceId, s: usize, place: Place) -> f64 {
        self.chance_at(i, a, s, place, 1.0)
    }

    /// The same as those who sign reckon with it: they may think the ballot surer, or less sure, than it is.
    fn believed(&self, i: usize, a: AudienceId, s: usize, place: Place) -> f64 {
        self.chance_at(i, a, s, place, self.world.value(self.talks.n.audience(a).noise_believed))
    }

    fn chance_at(&self, i: usize, a: AudienceId, s: usize, (head, tail): Place, share: f64) -> f64 {
        let Some(score) = self.space.score(self.tables, s, head, tail) else { return 0.0 };
        let Some(line) = self.line(i, a) else { return 1.0 };
        let noise = share * self.world.value(self.talks.n.audience(a).ballot_noise);
        ratifies_with(self.space.scale.points(score - line), noise)
    }

    /// What is signed goes home: those who must ratify vote.
    pub fn conclude(&mut self, place: Place) -> Option<End> {
        let Some(audience) = self.votes(place) else { return Some(End::Deal(place)) };
        self.blocked = Block::Unratified(audience);
        self.lost_ballots += 1;
        if self.lost_ballots > self.talks.rules.retries {
            return Some(End::Unratified(place));
        }
        self.tell(|| What::GoesBack);
        None
    }

    /// The first audience by identifier that does not ratify.
    fn votes(&mut self, place: Place) -> Option<AudienceId> {
        let mut voters = self.voters(place);
        voters.sort_by_key(|a| &self.talks.n.audience(*a).id);
        let mut against = None;
        for a in voters {
            // Only the audiences of parties have scores of a side; others judge with lines that nothing ties.
            let of = self.talks.n.audience(a).of;
            let side = self.talks.parties.iter().position(|p| p.actor == of).unwrap_or(usize::MAX);
            let score = self.space.score_of(crate::model::Beholder::Audience(a)).expect("every audience has a score");
            let chance = self.chance(side, a, score, place);
            let mut luck = self.talks.ballots[a.0].of_run(self.drawn.run);
            let ratifies = luck.at(u64::from(self.round)) < chance;
            if !ratifies {
                against = against.or(Some(a));
            }
            self.tell(|| What::Votes { audience: a, chance, ratifies });
        }
        against
    }

    /// A deal that holds: what audiences say of it, for whom it is a defeat, and what it brought.
    pub fn judge(&self, place: Place, run: &mut Run) {
        let (n, defeat) = (self.talks.n, self.talks.settings.defeat);
        run.verdicts = (0..n.audiences.len()).map(|a| self.verdict(AudienceId(a), place)).collect();
        run.binding = (0..n.audiences.len()).map(|a| self.binds(AudienceId(a))).collect();
        for (i, party) in self.talks.parties.iter().enumerate() {
            let (utility, no_deal) = (self.utility(i, place), self.no_deal(i));
            let condemned = |a: AudienceId| self.binds(a) && run.verdicts[a.0] == Verdict::Defeat;
            let by_leader = defeat.counts_leaders() && utility.is_none_or(|u| u < no_deal);
            if n.audiences_of(party.actor).any(condemned) || by_leader {
                run.defeated.push(party.actor);
            }
            run.points.push((party.actor, self.space.scale.points(utility.unwrap_or(no_deal))));
        }
        run.gains = self.gains(place);
        let package = self.space.package(n, place.0, place.1);
        run.ending = match (run.defeated.is_empty(), n.space.is_temporary(&package)) {
            (false, _) => Ending::Defeat,
            (true, true) => Ending::Truce,
            (true, false) => Ending::Settlement,
        };
        run.package = Some(package);
        run.blocked = None;
        run.outlook = self.outlook(place, &run.verdicts, !run.pressed.is_empty());
    }

    fn verdict(&self, a: AudienceId, (head, tail): Place) -> Verdict {
        let of = self.talks.n.audience(a).of;
        let side = self.talks.parties.iter().position(|p| p.actor == of).unwrap_or(usize::MAX);
        let s = self.space.score_of(crate::model::Beholder::Audience(a)).expect("every audience has a score");
        let Some(score) = self.space.score(self.tables, s, head, tail) else { return Verdict::Defeat };
        if self.line(side, a).is_some_and(|line| score < line) {
            Verdict::Defeat
        } else if self.scores.victory_line(self.world, a).is_some_and(|line| score >= line) {
            Verdict::Victory
        } else {
            Verdict::Bearable
        }
    }
}
