//! Breaking off: parties that leave, and talks that break down.

use super::chance::pick;
use super::course::{Course, Finish};
use super::seat::{Decision, Question};
use super::side::Delegation;
use super::step::What;
use super::{Cause, Mechanism};

impl Course<'_> {
    /// Parties whose patience is over, or whose own deadline has passed, leave.
    pub fn leave(&mut self) -> Option<Finish> {
        let now = self.now();
        // Nobody can have lost a patience that none of its intents would have lost by now: nor is anything to be seen of it.
        if !self.sides.iter().any(|side| side.stances.iter().any(|stance| stance.is_over(now))) {
            return None;
        }
        let mut stays = self.order.clone();
        stays.retain(|i| !self.sides[*i].gone);
        stays.retain(|i| self.sides[*i].stance().is_over(now) && self.would_leave(*i));
        let leaves = stays;
        for (at, i) in leaves.iter().enumerate() {
            if let Some(finish) = self.walks_out(*i) {
                self.sees_patience(&leaves[..=at], true);
                return Some(finish);
            }
        }
        self.sees_patience(&leaves, false);
        None
    }

    /// Whether a party whose patience is over leaves: it does, unless it is decided otherwise outside.
    fn would_leave(&mut self, i: usize) -> bool {
        let said = self.says_yes(i, |_| Question::Leaves, Decision::leaves);
        self.party_decides(i, Decision::Leaves(true));
        said.unwrap_or(true)
    }

    /// A party leaves for good. The talks end if the others cannot make a deal without it.
    pub fn walks_out(&mut self, i: usize) -> Option<Finish> {
        let of = self.talks.parties[i].actor;
        self.sides[i].gone = true;
        self.sides[i].ultimatum = false;
        self.pressed_until[of.0] = 0;
        self.sides.iter_mut().for_each(Delegation::forgets);
        let stay: Vec<bool> = self.sides.iter().map(|side| !side.gone).collect();
        let alone = stay.iter().filter(|stays| **stays).count() < 2;
        if alone || !self.is_enough(&stay) {
            return Some(Finish::NoDeal(Cause::WalkedOut(of)));
        }
        self.tell(|| What::Leaves(of));
        // What is being drafted was agreed with it.
        self.agenda.draft.take_if(|draft| draft.consents[i]);
        None
    }

    /// Why the talks break down in this round, if they do: mishaps and standing ultimatums at their rates, escalations each
    /// with its chance. Causes that meet share what they do by their rates, −ln(1 − p).
    pub fn breaks_down(&mut self) -> Option<Cause> {
        if !self.talks.has(Mechanism::Mishap) {
            return None;
        }
        let step = self.talks.pace.step();
        let standing = self.sides.iter().filter(|side| side.ultimatum).count() as f64;
        let [mishap, per_ultimatum, per_escalation] = self.breaks;
        let rates = [
            mishap * step,
            if standing > 0.0 { per_ultimatum * (standing * step) } else { 0.0 },
            if self.escalations > 0 { per_escalation * f64::from(self.escalations) } else { 0.0 },
        ];
        let total: f64 = rates.iter().sum();
        if total <= 0.0 {
            return None;
        }
        let (chance, u) = (1.0 - crate::num::exp(-total), self.luck.breaks.at(u64::from(self.round)));
        if u >= chance {
            return None;
        }
        let causes = [Cause::Mishap, Cause::Ultimatum, Cause::Escalation];
        // A chance of 1 has no finite rate: it is the cause.
        let certain = rates.iter().position(|rate| rate.is_infinite());
        certain.or_else(|| pick(&rates, u / chance)).map(|at| causes[at])
    }
}
