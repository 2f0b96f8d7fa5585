//! Who takes part in a negotiation, as what, and what each expects without a deal; and audiences: what they feel, what
//! they are told, and when they call a settlement a defeat; in whose points a value is.

use serde::{Deserialize, Serialize};

use super::{Clause, InputId, IssueView, Link, OptionId, StateId};

/// Place of an actor in [`Negotiation::actors`](super::Negotiation::actors), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorId(pub usize);

/// What an actor is in the negotiation; it may be several things at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Must agree, and decides by its own utility.
    Party,
    /// Goes between the parties.
    Mediator,
    /// Stands behind the deal.
    Guarantor,
    /// Holds terms that the parties cannot grant themselves.
    Holder,
}

impl Role {
    /// Every role, with its word.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("party", Self::Party),
        ("mediator", Self::Mediator),
        ("guarantor", Self::Guarantor),
        ("holder", Self::Holder),
    ];
}

/// A state, a government, a union, a firm.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Whether the name is a plural, as "the Greens" is.
    pub plural: bool,
    /// What it is in these talks.
    pub roles: Vec<Role>,
    /// Interests of the leadership, `views[issue]`; `None` where it does not care.
    pub views: Vec<Option<IssueView>>,
    /// Bonuses and penalties for combinations of terms.
    pub links: Vec<Link>,
    /// What the leadership will not sign.
    pub red_lines: Vec<RedLine>,
    /// What it expects if no deal is made.
    pub no_deal: NoDeal,
    /// Who can bring this actor along when it refuses a term: the other actor, and the input (a chance).
    pub brought_along_by: Vec<(ActorId, InputId)>,
    /// How far it misjudges a state: added to the true value, one draw a world.
    pub misjudges: Vec<(StateId, InputId)>,
    /// The span of going on in which half of what it misjudges is unlearned, > 0; `None`: it learns nothing.
    pub learns_in: Option<InputId>,
    /// How far it misreads what issues weigh with the others: standard deviation of a factor on each weight, ≥ 0.
    pub misreads: InputId,
    /// How far it looks ahead to whether a deal will hold, in [0, 1]; by default 1 where anything is said of that.
    pub foresight: InputId,
    /// How far it keeps to the terms that it holds, in [0, 1], by default 1.
    pub complies: InputId,
}

impl Actor {
    /// Whether its consent makes or breaks a deal.
    pub fn is_party(&self) -> bool {
        self.roles.contains(&Role::Party)
    }
}

/// What an audience or a leadership will not bear, whatever else the package holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RedLine {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// When it is crossed.
    pub clause: Clause,
}

/// No deal, by what is still expected and never by what is already paid:
///
/// ```text
/// W_i(t) = base + Σ_s stake_s · favours_is · ( perceived_s(t) + change_s · E ) − cost · E
///
/// perceived_s(t) = s(t) + misjudges_s / (1 + fought/learns_in)
/// ```
///
/// All in points of the actor. E is the further time that it is expected to go on without a deal ([`GoingOn`](super::GoingOn),
/// or as the party believes), in units of time; a state's drift counts if the state moves as long as it goes on. *fought* is
/// the time that it has gone on; without `learns_in` nothing is learned.
/// Source: Fearon (1995) for the reservation value, Filson and Werner (2002) and Slantchev (2003) for what fighting teaches;
/// the straight lines are an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct NoDeal {
    /// Value before states and costs.
    pub base: InputId,
    /// Points for each unit of a state that favours the actor.
    pub stake: Vec<(StateId, InputId)>,
    /// Points that a unit of time costs while it goes on, ≥ 0.
    pub cost: InputId,
    /// The mean span that the actor believes it will go on, > 0; `None`: it knows.
    pub lasts: Option<InputId>,
    /// Points that it costs the actor to go back on a deal, ≥ 0.
    pub break_cost: InputId,
    /// Points that the talks themselves are worth while they go on (contact, an end to isolation).
    pub contact: InputId,
}

/// Place of an audience in [`Negotiation::audiences`](super::Negotiation::audiences), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AudienceId(pub usize);

/// Place of a war aim, or of any other aim, in [`Negotiation::aims`](super::Negotiation::aims).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct AimId(pub usize);

/// Place of a claim in [`Negotiation::claims`](super::Negotiation::claims), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ClaimId(pub usize);

/// Those at home who must be able to live with a settlement.
#[derive(Debug, Clone, PartialEq)]
pub struct Audience {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Whether the name is a plural, as "the farmers" is.
    pub plural: bool,
    /// The actor at whose home it is.
    pub of: ActorId,
    /// Whether its verdict binds that actor (a chance).
    pub veto: InputId,
    /// Feelings, `views[issue]`; `None` where it does not care.
    pub views: Vec<Option<IssueView>>,
    /// What it takes as the normal state, `normal[issue]`; `None` is the present state.
    pub normal: Vec<Option<OptionId>>,
    /// λ: how much heavier a loss weighs than a gain, ≥ 0, by default 1.
    pub loss_aversion: InputId,
    /// Points that claims for one whole aim are worth, ≥ 0, by default 0.
    pub claims_weight: InputId,
    /// What a symbolic claim counts beside a material one, in [0, 1], by default 1.
    pub credence: InputId,
    /// Share of each aim, `aims[aim]`, by default 1.
    pub aims: Vec<InputId>,
    /// The defeat line in points at the start; `None`: only red lines make a defeat.
    pub defeat_below: Option<BearingLine>,
    /// Added to the defeat line in a unit of time, in points.
    pub per_round: InputId,
    /// Added to the defeat line for each unit of a state as its actor perceives it, in points.
    pub per_state: Vec<(StateId, InputId)>,
    /// Added to the defeat line once its actor has given an ultimatum, in points: hands are tied.
    pub tied_hands: InputId,
    /// Added to the defeat line once the conflict has ended, in points: sentiment turns.
    pub turns: InputId,
    /// Noise of its ballot, in points, ≥ 0.
    pub ballot_noise: InputId,
    /// Share of that noise which those who sign reckon with, ≥ 0: 1 knows it, 0 takes ballots for certain.
    pub noise_believed: InputId,
    /// How unsure those who sign are of its line: standard deviation of what is hidden of it, as a share of the span of its
    /// score, > 0; `None`: they know it.
    pub unsure: Option<InputId>,
    /// How much better than its line they hope that it bears a deal, as a share of that span.
    pub hopes: InputId,
    /// The least chance that it bears a deal with which its leader is content, in [0, 1]; `None`: that of the talks.
    pub accepts_if_borne: Option<InputId>,
    /// From how many points on it is a victory; `None`: it never says victory.
    pub victory_from: Option<BearingLine>,
    /// What it will not bear, whatever else is in the package.
    pub red_lines: Vec<RedLine>,
}

/// A line on an audience's scale.
#[derive(Debug, Clone, PartialEq)]
pub struct BearingLine {
    /// The line in points.
    pub points: InputId,
    /// The two named packages between which it was placed, if it was: `(bears, rejects)`, places in
    /// [`Negotiation::packages`](super::Negotiation::packages). A verdict on either holds by construction.
    pub between: Option<(usize, usize)>,
}

/// Something that can be said at home of a package: that it meets an aim.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Identifier used in the file.
    pub id: String,
    /// The sentence itself.
    pub says: String,
    /// The aim that it claims to meet. Claims for one aim are substitutes: the best one counts.
    pub aim: AimId,
    /// Who is told so.
    pub heard_by: Vec<AudienceId>,
    /// Who overhears it, and how much of it (a share, 0 to 1).
    pub overheard: Vec<(AudienceId, InputId)>,
    /// When it can be said.
    pub clause: Clause,
    /// How much of the aim it meets: 1 is the aim itself.
    pub worth: InputId,
    /// Whether it is symbolic, so that credence counts.
    pub symbolic: bool,
}

impl Claim {
    /// Whether an audience hears it, or overhears it.
    pub fn reaches(&self, audience: AudienceId) -> bool {
        self.heard_by.contains(&audience) || self.overheard.iter().any(|(by, _)| *by == audience)
    }
}

/// What an audience says of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A red line is crossed, or the score lies below the defeat line.
    Defeat,
    /// Neither.
    Bearable,
    /// The score reaches the victory line.
    Victory,
}

/// The holder of a scale of points: a leadership or an audience. Points of different beholders are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beholder {
    /// The leadership of an actor.
    Leadership(ActorId),
    /// One of the audiences.
    Audience(AudienceId),
}
