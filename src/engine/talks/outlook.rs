//! How long a deal that holds is likely to go on holding.

use super::Mechanism;
use super::course::{Course, Place};
use super::step::Recorder;
use crate::model::{AudienceId, Hazard, Signing, Verdict};

/// What is to be expected of a deal that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Its hazard, and the factors that make it.
    pub hazard: Hazard,
    /// The audiences of the parties that bear it now and would call it a defeat once sentiment has turned.
    pub turned: Vec<AudienceId>,
}

impl<R: Recorder> Course<'_, R> {
    /// The outlook of a deal on which audiences say `verdicts`; `None` if the scenario says nothing of it, or it is
    /// switched off.
    pub fn outlook(&self, place: Place, verdicts: &[Verdict], pressed: bool) -> Option<Outlook> {
        let n = self.talks.n;
        let durability = n.durability.as_ref().filter(|_| self.talks.has(Mechanism::Durability))?;
        let judges: Vec<AudienceId> = n.parties().flat_map(|i| n.audiences_of(i)).collect();
        let says_defeat = |a: &&AudienceId| verdicts[a.0] == Verdict::Defeat;
        let felt = judges.iter().filter(says_defeat).count();
        let bearing = judges.iter().filter(|a| !says_defeat(a));
        let turned: Vec<AudienceId> = bearing.copied().filter(|a| self.turns(*a, place)).collect();
        let share = |count: usize| if judges.is_empty() { 0.0 } else { count as f64 / judges.len() as f64 };
        let package = self.space.package(n, place.0, place.1);
        let signing = Signing {
            package: &package,
            pressed,
            states: &self.states,
            defeat: share(felt),
            turned: share(turned.len()),
        };
        Some(Outlook { hazard: durability.hazard(n, self.world, &signing), turned })
    }

    /// Whether an audience that bears a deal would call it a defeat once the conflict is over and its sentiment has turned.
    /// Where there never was a conflict, nothing turns.
    fn turns(&self, a: AudienceId, (head, tail): Place) -> bool {
        let by = self.world.value(self.talks.n.audience(a).turns);
        if !self.fought || by == 0.0 {
            return false;
        }
        let of = self.talks.n.audience(a).of;
        let side = self.talks.parties.iter().position(|p| p.actor == of).unwrap_or(usize::MAX);
        let s = self.space.score_of(crate::model::Beholder::Audience(a)).expect("every audience has a score");
        let line = self.line_raised(side, a, by);
        line.zip(self.space.score(self.tables, s, head, tail)).is_some_and(|(line, score)| score < line)
    }
}
