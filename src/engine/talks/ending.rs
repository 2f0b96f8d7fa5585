//! How a run ends, exactly one of a closed list, and what becomes of a deal: ballots at home, verdicts, how long it holds.

use serde::{Deserialize, Serialize};

use super::Mechanism;
use super::belief::Belief;
use super::course::Course;
use super::step::Refusal;
use crate::model::{ActorId, AudienceId, Hazard, Package, Signing, StageId, Verdict};
use crate::space::Place;

/// How a run ends. *It is reached* means settlement or truce. Where fewer than all parties suffice, a deal is a defeat if those
/// who signed it and whom it does not defeat are no winning coalition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A final deal that is a defeat for nobody.
    Settlement,
    /// A deal for a time that is a defeat for nobody.
    Truce,
    /// A deal that is a defeat for somebody.
    Defeat,
    /// A deal that those at home did not ratify, for the last time.
    Unratified,
    /// One side could have its way.
    Imposed,
    /// No deal; why is said beside it.
    #[default]
    NoDeal,
}

impl Ending {
    /// All endings.
    pub const ALL: [Self; 6] =
        [Self::Settlement, Self::Truce, Self::Defeat, Self::Unratified, Self::Imposed, Self::NoDeal];

    /// What it is called in files and flags.
    pub fn word(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::Truce => "truce",
            Self::Defeat => "defeat",
            Self::Unratified => "unratified",
            Self::Imposed => "imposed",
            Self::NoDeal => "no-deal",
        }
    }

    /// Whether a settlement was reached that nobody regards as a defeat.
    pub fn is_reached(self) -> bool {
        matches!(self, Self::Settlement | Self::Truce)
    }
}

/// Why there is no deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// A party left for good, and the others cannot make a deal without it.
    WalkedOut(ActorId),
    /// The talks broke down though nobody meant them to.
    Mishap,
    /// They broke down over an ultimatum.
    Ultimatum,
    /// They broke down over an escalation.
    Escalation,
    /// The mediator left, and the talks needed one.
    MediatorLeft,
    /// The deadline of the talks passed.
    Deadline,
    /// What went on without a deal ended by itself.
    RanOut,
    /// They were still talking when the observer looked away.
    StillTalking,
}

impl Cause {
    /// What it is called in files and flags; one word, whoever left.
    pub fn word(self) -> &'static str {
        match self {
            Self::WalkedOut(_) => "walked-out",
            Self::Mishap => "mishap",
            Self::Ultimatum => "ultimatum",
            Self::Escalation => "escalation",
            Self::MediatorLeft => "mediator-left",
            Self::Deadline => "deadline",
            Self::RanOut => "ran-out",
            Self::StillTalking => "still-talking",
        }
    }
}

/// What stood in the way when no deal was made: the last thing that did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Block {
    /// Nobody made an offer.
    NoOffer,
    /// A party had nothing to offer.
    NothingToOffer(ActorId),
    /// A party refused.
    Refused(ActorId, Refusal),
    /// An audience did not ratify.
    Unratified(AudienceId),
    /// What was agreed was still being drafted.
    Drafting,
}

/// What became of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Its number.
    pub run: u64,
    /// The reading of its world.
    pub reading: Option<usize>,
    /// How it ended.
    pub ending: Ending,
    /// In which round; 0 if there was none.
    pub rounds: u32,
    /// The intents of the parties, as places among the intents, in the order of the parties' identifiers.
    pub intents: Vec<usize>,
    /// What was agreed, whether or not it was ratified in the end.
    pub package: Option<Package>,
    /// `verdicts[audience]` on a deal signed and ratified; empty without one.
    pub verdicts: Vec<Verdict>,
    /// `binding[audience]`: whether its verdict binds its actor in this world; empty as well where `verdicts` is.
    pub binding: Vec<bool>,
    /// The parties for which the deal is a defeat.
    pub defeated: Vec<ActorId>,
    /// The relative gain of each party from a deal signed and ratified; empty without one:
    ///
    /// ```text
    /// (U_i − W_i(t)) / (best_i − W_i(t))
    /// ```
    ///
    /// `best` is the most that it could hope for when the talks began; 0 where no deal was better than that.
    pub gains: Vec<(ActorId, f64)>,
    /// What a deal signed and ratified is worth to each party's leadership, in its own points; empty without one.
    pub points: Vec<(ActorId, f64)>,
    /// Π: what the run pays each party's leadership in all, in its own points; see `docs/model.md`.
    pub payoffs: Vec<(ActorId, f64)>,
    /// Why there is no deal, if there is none.
    pub cause: Option<Cause>,
    /// Who had its way, if somebody did.
    pub imposed_by: Option<ActorId>,
    /// Papers of earlier stages that were signed, apart from mere procedure: where there is no deal, they are in force.
    pub signed: Vec<StageId>,
    /// The parties that the mediator was pressing in the end.
    pub pressed: Vec<ActorId>,
    /// The last thing that stood in the way; `None` where a deal was ratified.
    pub blocked: Option<Block>,
    /// How long a deal signed and ratified is likely to hold; `None` without one, or where nothing is said of it.
    pub outlook: Option<Outlook>,
    /// What every observer believes in the end.
    pub beliefs: Vec<Belief>,
}

impl Run {
    /// Whether there is no deal, and a paper of an earlier stage is in force.
    pub fn is_interim(&self) -> bool {
        self.ending == Ending::NoDeal && !self.signed.is_empty()
    }
}

/// What is to be expected of a deal signed and ratified.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Its hazard, and the factors that make it.
    pub hazard: Hazard,
    /// The audiences of the parties that bear it now and would call it a defeat once sentiment has turned.
    pub turned: Vec<AudienceId>,
}

impl Course<'_> {
    /// A deal signed and ratified: what audiences say of it, for whom it is a defeat, and what it brought.
    pub fn judge(&self, place: Place, run: &mut Run) {
        let (n, defeat) = (self.talks.n, self.talks.settings.defeat);
        let audiences = || (0..n.audiences.len()).map(AudienceId);
        run.verdicts = audiences().map(|a| self.verdict(a, place)).collect();
        run.binding = audiences().map(|a| self.binds(a)).collect();
        for (i, party) in self.talks.parties.iter().enumerate() {
            let (utility, no_deal) = (self.utility(i, place), self.no_deal(i));
            let condemned = |a: &AudienceId| self.binds(*a) && run.verdicts[a.0] == Verdict::Defeat;
            let by_leader = defeat.counts_leaders() && utility.is_none_or(|u| u < no_deal);
            if party.audiences.iter().any(condemned) || by_leader {
                run.defeated.push(party.actor);
            }
            let package = self.space.package(n, place.0, place.1);
            let points = self.scores.while_it_holds(self.world, party.actor, &package);
            run.points.push((party.actor, self.space.scale.points(points)));
        }
        run.gains = self.gains(place);
        let package = self.space.package(n, place.0, place.1);
        run.ending = match (self.is_borne_by_enough(run), n.space.is_temporary(&package)) {
            (false, _) => Ending::Defeat,
            (true, true) => Ending::Truce,
            (true, false) => Ending::Settlement,
        };
        run.package = Some(package);
        run.blocked = None;
        run.outlook = self.outlook(place, run);
    }

    /// Whether a deal is a defeat for nobody whose consent it takes: those who signed it and whom it does not defeat suffice.
    fn is_borne_by_enough(&self, run: &Run) -> bool {
        let signed = || self.talks.parties.iter().zip(&self.agenda.consents);
        let bears: Vec<bool> =
            signed().map(|(party, signed)| *signed && !run.defeated.contains(&party.actor)).collect();
        run.defeated.is_empty() || (self.space.coalitions.is_some() && self.is_enough(&bears))
    }

    fn verdict(&self, a: AudienceId, place: Place) -> Verdict {
        let Some(score) = self.truly_felt(a, place) else { return Verdict::Defeat };
        if self.line(a, 0.0).is_some_and(|line| score < line) {
            Verdict::Defeat
        } else if self.scores.victory_line(self.world, a).is_some_and(|line| score >= line) {
            Verdict::Victory
        } else {
            Verdict::Bearable
        }
    }

    /// The outlook of the deal of a run; `None` if the scenario says nothing of it, or it is switched off.
    fn outlook(&self, place: Place, run: &Run) -> Option<Outlook> {
        let n = self.talks.n;
        let durability = n.durability.as_ref().filter(|_| self.talks.has(Mechanism::Durability))?;
        let judges: Vec<AudienceId> = n.parties().flat_map(|i| n.audiences_of(i)).collect();
        let (felt, bearing): (Vec<AudienceId>, Vec<AudienceId>) =
            judges.iter().copied().partition(|a| run.verdicts[a.0] == Verdict::Defeat);
        let turned: Vec<AudienceId> = bearing.into_iter().filter(|a| self.turns(*a, place)).collect();
        let share = |count: usize| if judges.is_empty() { 0.0 } else { count as f64 / judges.len() as f64 };
        let signing = Signing {
            package: run.package.as_ref()?,
            pressed: !run.pressed.is_empty(),
            defeat: share(felt.len()),
            turned: share(turned.len()),
        };
        Some(Outlook { hazard: durability.hazard(n, self.world, &signing), turned })
    }

    /// Whether an audience that bears a deal would call it a defeat once the conflict is over and its sentiment has turned.
    /// Where there never was a conflict, nothing turns.
    fn turns(&self, a: AudienceId, place: Place) -> bool {
        let by = self.world.value(self.talks.n.audience(a).turns);
        let crossed = || self.line(a, by).zip(self.truly_felt(a, place)).is_some_and(|(line, score)| score < line);
        self.fought && by != 0.0 && crossed()
    }
}
