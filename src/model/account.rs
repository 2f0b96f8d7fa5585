//! The account of one package in one world: what each side can say of it at home, and what it will be charged with.
//!
//! A value without prose: identifiers, verdicts and units. The score of an audience is the sum of what it feels and of
//! what it is told, so every line below is a part of a score and together they are the whole.

use super::{
    ActorId, AimId, Audience, AudienceId, Beholder, ClaimId, Defeat, IssueId, Negotiation, OptionId, Package, Reason,
    ReasonKind, Scale, Scores, Verdict, World,
};

/// The account of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The package.
    pub package: Package,
    /// The scale of all units.
    pub scale: Scale,
    /// The rules that exclude it, as places among the rules; none if it is a settlement.
    pub excluded_by: Vec<usize>,
    /// The terms that holders must grant.
    pub grants: Vec<Grant>,
    /// The leaderships of the parties, in file order.
    pub leaderships: Vec<Judgement>,
    /// The audiences, in file order.
    pub audiences: Vec<Hearing>,
}

/// A term that somebody must grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The issue.
    pub issue: IssueId,
    /// The option.
    pub option: OptionId,
    /// Its holders, each with whether it grants the term of its own accord.
    pub holders: Vec<(ActorId, bool)>,
    /// Whether all grant it, or are brought along.
    pub granted: bool,
}

/// What a leadership makes of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Whose leadership.
    pub actor: ActorId,
    /// Its utility, in units.
    pub utility: i64,
    /// What no deal is worth to it, in units.
    pub no_deal: i64,
    /// Whether the package is worth at least as much as no deal to it, no red line crossed.
    pub rational: bool,
    /// When it would go back on the package, in units of time after the signature, though it would sign; `None` if it would keep it,
    /// or not sign.
    pub breaks_after: Option<f64>,
    /// Its red lines that are crossed, as places among them.
    pub crossed: Vec<usize>,
    /// The terms that it values, in units.
    pub terms: Vec<(IssueId, OptionId, i64)>,
    /// The combinations in force, as places among its links, in units.
    pub links: Vec<(usize, i64)>,
    /// What no deal adds, as far as the leadership doubts that the deal will hold, in units; 0 without foresight.
    pub without_it: i64,
}

/// What an audience says of a package, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    /// Who.
    pub audience: AudienceId,
    /// Whether its verdict binds its actor in this world.
    pub binds: bool,
    /// What it says.
    pub verdict: Verdict,
    /// Whether the verdict holds by construction: a line of the audience was placed by this very package.
    pub by_construction: bool,
    /// Its score, in units.
    pub score: i64,
    /// The line below which it speaks of defeat, in units.
    pub defeat_line: Option<i64>,
    /// The line from which it speaks of victory, in units.
    pub victory_line: Option<i64>,
    /// What it feels as gains, in units above 0.
    pub gains: Vec<(IssueId, OptionId, i64)>,
    /// The victory speech: what can be said at home.
    pub speech: Vec<Spoken>,
    /// The charge sheet: what the settlement will be charged with.
    pub charges: Charges,
}

/// One aim, as it is claimed to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The aim.
    pub aim: AimId,
    /// The claim that counts: the best one. `None` if those in force are worth nothing.
    pub claim: Option<ClaimId>,
    /// What it adds to the score, or takes from it if it is overheard, in units.
    pub units: i64,
    /// The other claims in force for the same aim.
    pub others: Vec<ClaimId>,
}

/// What speaks against a settlement in the eyes of an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charges {
    /// What it feels as losses, in units below 0.
    pub losses: Vec<(IssueId, OptionId, i64)>,
    /// Its red lines that are crossed, as places among them.
    pub crossed: Vec<usize>,
    /// What it overhears of the other side's claims, in units of 0 or below.
    pub overheard: Vec<Spoken>,
}

impl Account {
    /// The account of a package in a world.
    pub fn of(n: &Negotiation, scale: Scale, world: &World, package: &Package) -> Self {
        let accountant = Accountant { n, world, package, scores: Scores::new(n, scale) };
        let rules = n.space.rules.iter().enumerate();
        Self {
            package: package.clone(),
            scale,
            excluded_by: rules.filter(|(_, r)| r.excludes(|k| package.option(k))).map(|(i, _)| i).collect(),
            grants: accountant.grants(),
            leaderships: n.parties().map(|i| accountant.judgement(i)).collect(),
            audiences: (0..n.audiences.len()).map(|a| accountant.hearing(AudienceId(a))).collect(),
        }
    }

    /// Whether it is a settlement at all.
    pub fn is_allowed(&self) -> bool {
        self.excluded_by.is_empty()
    }

    /// Whether every term is granted.
    pub fn is_available(&self) -> bool {
        self.grants.iter().all(|g| g.granted)
    }

    /// The parties for which it is a defeat, by one reading of defeat.
    pub fn defeated(&self, n: &Negotiation, defeat: Defeat) -> Vec<ActorId> {
        let by_audience = |i: ActorId| {
            let own = self.audiences.iter().filter(|h| n.audience(h.audience).of == i);
            defeat.counts_audiences() && own.clone().any(|h| h.binds && h.verdict == Verdict::Defeat)
        };
        let by_leader = |l: &Judgement| defeat.counts_leaders() && !l.rational;
        let lost = self.leaderships.iter().filter(|l| by_audience(l.actor) || by_leader(l));
        lost.map(|l| l.actor).collect()
    }
}

struct Accountant<'a> {
    n: &'a Negotiation,
    world: &'a World,
    package: &'a Package,
    scores: Scores<'a>,
}

impl Accountant<'_> {
    fn grants(&self) -> Vec<Grant> {
        let held = self.n.space.picks(self.package).enumerate().filter(|(_, (_, option))| !option.holders.is_empty());
        let grant = |(k, (_, option)): (usize, (_, &super::IssueOption))| {
            let (issue, picked) = (IssueId(k), self.package.option(IssueId(k)));
            let holders = option.holders.iter().map(|(who, grants)| (*who, self.world.happens(*grants)));
            Grant {
                issue,
                option: picked,
                holders: holders.collect(),
                granted: self.scores.granted(self.world, issue, picked),
            }
        };
        held.map(grant).collect()
    }

    fn judgement(&self, actor: ActorId) -> Judgement {
        let of = Beholder::Leadership(actor);
        let reasons = self.scores.reasons(self.world, of, self.package);
        Judgement {
            actor,
            utility: reasons.iter().map(|r| r.units).sum(),
            no_deal: self.scores.no_deal(self.world, actor),
            rational: self.scores.rational(self.world, actor, self.package),
            breaks_after: self
                .scores
                .breaks_after(self.world, actor, self.package)
                .filter(|_| self.scores.would_sign(self.world, actor, self.package)),
            crossed: self.scores.crossed(self.world, of, self.package),
            terms: terms(&reasons, |_| true),
            links: of_kind(&reasons, |kind| if let ReasonKind::Link(i) = kind { Some(i) } else { None }),
            without_it: reasons.iter().filter(|r| r.kind == ReasonKind::WithoutIt).map(|r| r.units).sum(),
        }
    }

    fn hearing(&self, a: AudienceId) -> Hearing {
        let (audience, of) = (self.n.audience(a), Beholder::Audience(a));
        let reasons = self.scores.reasons(self.world, of, self.package);
        let claimed = of_kind(&reasons, |kind| if let ReasonKind::Claimed(c) = kind { Some(c) } else { None });
        let overheard = of_kind(&reasons, |kind| if let ReasonKind::Overheard(c) = kind { Some(c) } else { None });
        let seen = self.scores.seen(self.world, self.package);
        let overhears = |c: ClaimId| self.n.claims[c.0].overheard.iter().any(|(who, _)| *who == a);
        Hearing {
            audience: a,
            binds: self.n.binds(self.world, a),
            verdict: self.scores.verdict(self.world, a, self.package),
            by_construction: self.places_a_line(audience),
            score: reasons.iter().map(|r| r.units).sum(),
            defeat_line: self.scores.defeat_line(self.world, a),
            victory_line: self.scores.victory_line(self.world, a),
            gains: terms(&reasons, |units| units > 0),
            speech: self.spoken(&seen, &claimed, |c| self.n.claims[c.0].heard_by.contains(&a)),
            charges: Charges {
                losses: terms(&reasons, |units| units < 0),
                crossed: self.scores.crossed(self.world, of, self.package),
                overheard: self.spoken(&seen, &overheard, overhears),
            },
        }
    }

    /// The claims in force that reach an audience, by aim, in file order of the first; `best` are those that count.
    fn spoken(&self, seen: &Package, best: &[(ClaimId, i64)], reaches: impl Fn(ClaimId) -> bool) -> Vec<Spoken> {
        let aim_of = |c: ClaimId| self.n.claims[c.0].aim;
        let mut spoken: Vec<Spoken> = Vec::new();
        let ids = (0..self.n.claims.len()).map(ClaimId);
        for c in ids.filter(|c| reaches(*c) && self.n.claims[c.0].clause.holds(|k| seen.option(k))) {
            let place = spoken.iter().position(|s| s.aim == aim_of(c)).unwrap_or_else(|| {
                let counted = best.iter().find(|(best, _)| aim_of(*best) == aim_of(c));
                let (claim, units) = counted.map_or((None, 0), |(claim, units)| (Some(*claim), *units));
                spoken.push(Spoken { aim: aim_of(c), claim, units, others: Vec::new() });
                spoken.len() - 1
            });
            if spoken[place].claim != Some(c) {
                spoken[place].others.push(c);
            }
        }
        spoken
    }

    fn places_a_line(&self, audience: &Audience) -> bool {
        let anchored = [&audience.defeat_below, &audience.victory_from].into_iter().flatten().filter_map(|l| l.between);
        let mut packages = anchored.flat_map(|(bears, rejects)| [bears, rejects]);
        packages.any(|p| self.n.packages[p].package == *self.package)
    }
}

/// What is felt of terms, in units of a kind.
fn terms(reasons: &[Reason], wanted: fn(i64) -> bool) -> Vec<(IssueId, OptionId, i64)> {
    let term = |r: &Reason| match r.kind {
        ReasonKind::Term(k, o) if wanted(r.units) => Some((k, o, r.units)),
        _ => None,
    };
    reasons.iter().filter_map(term).collect()
}

/// The reasons of one kind, in units.
fn of_kind<T>(reasons: &[Reason], pick: impl Fn(ReasonKind) -> Option<T>) -> Vec<(T, i64)> {
    reasons.iter().filter_map(|r| Some((pick(r.kind)?, r.units))).collect()
}
