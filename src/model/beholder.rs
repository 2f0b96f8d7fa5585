//! In whose points a value is.

use serde::Serialize;

use super::actor::ActorId;
use super::audience::AudienceId;

/// The holder of a scale of points: a leadership or an audience. Points of different beholders are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beholder {
    /// The leadership of an actor.
    Leadership(ActorId),
    /// One of the audiences.
    Audience(AudienceId),
}
