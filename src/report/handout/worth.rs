//! What single terms are worth to one beholder in the modal world, everything else as it is now.

use crate::model::{
    AudienceId, Beholder, Claim, IssueId, Negotiation, OptionId, Package, ReasonKind, Scale, Scores, World, aim_points,
    claim_worth,
};

/// Options of one issue that are listed at most where issues are few, and rows in all.
const MOST_OPTIONS: usize = 9;
const MOST_ROWS: usize = 60;

/// The modal world, ready to be asked.
pub struct Worth<'a> {
    pub n: &'a Negotiation,
    pub world: &'a World,
    pub scale: Scale,
    scores: Scores<'a>,
    /// Everything as now; where an issue has no present state, its first option.
    base: Package,
}

impl<'a> Worth<'a> {
    pub fn of(n: &'a Negotiation, scale: Scale, world: &'a World) -> Self {
        let base = Package(n.space.issues.iter().map(|issue| issue.now.unwrap_or(OptionId(0))).collect());
        Self { n, world, scale, scores: Scores::new(n, scale), base }
    }

    /// What one term is worth to a beholder, in points.
    pub fn term(&self, of: Beholder, issue: IssueId, option: OptionId) -> f64 {
        let mut package = self.base.clone();
        package.0[issue.0] = option;
        let reasons = self.scores.reasons(self.world, of, &package);
        let own = reasons.iter().filter(|r| matches!(r.kind, ReasonKind::Term(k, _) if k == issue)).map(|r| r.units);
        self.scale.points(own.sum())
    }

    /// What no deal is worth to a leadership, in points.
    pub fn no_deal(&self, actor: crate::model::ActorId) -> f64 {
        self.scale.points(self.scores.no_deal(self.world, actor))
    }

    /// The line below which an audience speaks of defeat, in points.
    pub fn defeat_line(&self, audience: AudienceId) -> Option<f64> {
        Some(self.scale.points(self.scores.defeat_line(self.world, audience)?))
    }

    /// What a claim adds at most to the score of an audience that hears it, in points.
    pub fn claim(&self, claim: &Claim, audience: AudienceId) -> f64 {
        let (a, value) = (self.n.audience(audience), |id| self.world.value(id));
        let credence = claim.symbolic.then(|| value(a.credence));
        aim_points(value(a.claims_weight), value(a.aims[claim.aim.0]), claim_worth(value(claim.worth), 1.0, credence))
    }

    /// The options of an issue that a sheet lists, spread over all where they are many; the present state among them.
    pub fn listed(&self, issue: IssueId) -> Vec<OptionId> {
        let (all, now) = (self.n.space.issues[issue.0].options.len(), self.n.space.issues[issue.0].now);
        let most = (MOST_ROWS / self.n.space.issues.len().max(1)).clamp(2, MOST_OPTIONS);
        let rows: usize = self.n.space.issues.iter().map(|k| k.options.len()).sum();
        if all <= most || rows <= MOST_ROWS && all <= MOST_OPTIONS {
            return (0..all).map(OptionId).collect();
        }
        let mut places: Vec<OptionId> = (0..most).map(|at| OptionId(at * (all - 1) / (most - 1))).chain(now).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}
