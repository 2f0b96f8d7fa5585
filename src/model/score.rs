//! What a package is worth to everybody in one world: the formulas of the deal space, term by term.
//!
//! This is the definition. [`space`](crate::space) computes the same whole numbers for all packages at once from tables
//! filled by the functions [`feeling`], [`claim_worth`] and [`aim_points`] below; tests hold the two against each other.

use std::borrow::Cow;

use super::{
    ActorId, Audience, AudienceId, BearingLine, Beholder, Claim, ClaimId, Defeat, InputId, IssueId, IssueView,
    Modifier, Negotiation, OptionId, Package, RedLine, Scale, Scope, Standing, StateId, Verdict, World, doubted,
    foresight::Outcome,
};

/// Points of one feeling: weight · ℓ(m · z), ℓ(y) = y for gains and λ·y for losses. Leaderships have λ = 1.
///
/// Source: Kahneman and Tversky (1979) for the asymmetry; the linear form is an assumption.
pub fn feeling(weight: f64, factor: f64, z: f64, loss_aversion: f64) -> f64 {
    let y = factor * z;
    weight * if y < 0.0 { loss_aversion * y } else { y }
}

/// What one claim counts: worth · claims factor, and · credence if it is symbolic.
pub fn claim_worth(worth: f64, factor: f64, credence: Option<f64>) -> f64 {
    let material = worth * factor;
    credence.map_or(material, |c| material * c)
}

/// Points of one aim of which `best` is met.
pub fn aim_points(claims_weight: f64, share: f64, best: f64) -> f64 {
    claims_weight * (share * best)
}

/// The product of factors, the same for any order in which they are given.
pub fn product(factors: &mut [f64]) -> f64 {
    if factors.len() > 2 {
        factors.sort_unstable_by(f64::total_cmp);
    }
    factors.iter().product()
}

/// Scores, verdicts and no-deal values in any world, at one scale.
#[derive(Debug, Clone, Copy)]
pub struct Scores<'a> {
    pub(super) n: &'a Negotiation,
    pub(super) scale: Scale,
}

/// One line of an account of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it is about.
    pub kind: ReasonKind,
    /// What it adds, in units of the scale.
    pub units: i64,
}

/// What a line of an account is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// What is felt of a term.
    Term(IssueId, OptionId),
    /// The best claim for an aim that is heard.
    Claimed(ClaimId),
    /// The best claim for an aim that is overheard from elsewhere.
    Overheard(ClaimId),
    /// A combination of terms, by its place among the actor's links.
    Link(usize),
    /// What no deal would be worth, as far as the leadership doubts that the deal will hold.
    WithoutIt,
}

impl<'a> Scores<'a> {
    /// Scores of a negotiation at a scale.
    pub fn new(negotiation: &'a Negotiation, scale: Scale) -> Self {
        Self { n: negotiation, scale }
    }

    /// The scale.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Utility of a leadership, in units:
    ///
    /// ```text
    /// U_i(x) = Σ_k weight_ik · m_ik(x) · v_ik(x_k) + Σ_links bonus · 1[x ⊨ when]
    /// ```
    ///
    /// With foresight, every part counts (1 − φ) and no deal φ: see [`Foresight`](super::Foresight).
    pub fn leadership(&self, world: &World, actor: ActorId, package: &Package) -> i64 {
        self.reasons(world, Beholder::Leadership(actor), package).iter().map(|r| r.units).sum()
    }

    /// Utility of a leadership as it is while a deal holds, in units: without foresight.
    pub fn while_it_holds(&self, world: &World, actor: ActorId, package: &Package) -> i64 {
        let it = self.reasoning(world, Beholder::Leadership(actor), package);
        it.interests(actor, 0.0).iter().map(|r| r.units).sum()
    }

    /// Score of an audience, in units:
    ///
    /// ```text
    /// G_a(x) = Σ_k weight_ak · ℓ_a(m_ak(x) · z_ak(x_k)) + claims_weight_a · (Y_a(x) − O_a(x))
    /// ```
    pub fn audience(&self, world: &World, audience: AudienceId, package: &Package) -> i64 {
        self.reasons(world, Beholder::Audience(audience), package).iter().map(|r| r.units).sum()
    }

    /// The score of a beholder, line by line: every term that it values, the best claim of every aim, every link.
    pub fn reasons(&self, world: &World, beholder: Beholder, package: &Package) -> Vec<Reason> {
        let it = self.reasoning(world, beholder, package);
        match beholder {
            Beholder::Leadership(actor) => it.leadership(actor),
            Beholder::Audience(a) => {
                let mut reasons = it.feelings(&self.n.audience(a).views, 0.0);
                reasons.extend(it.claims(a));
                reasons
            }
        }
    }

    fn reasoning<'b>(&'b self, world: &'b World, of: Beholder, package: &'b Package) -> Reasoning<'b> {
        Reasoning { n: self.n, scale: self.scale, world, of, seen: self.seen_by(world, of, package) }
    }

    /// The package as audiences see it, and as it can be spoken of: a secret term that has not leaked looks like the
    /// present state.
    pub fn seen(&self, world: &World, package: &Package) -> Package {
        let look = |(issue, option): (&super::Issue, &OptionId)| {
            let veiled = issue.options[option.0].secret.is_some_and(|secret| !world.happens(secret));
            if veiled { issue.now.unwrap_or(*option) } else { *option }
        };
        Package(self.n.space.issues.iter().zip(&package.0).map(look).collect())
    }

    fn seen_by<'p>(&self, world: &World, of: Beholder, package: &'p Package) -> Cow<'p, Package> {
        match of {
            Beholder::Leadership(_) => Cow::Borrowed(package),
            Beholder::Audience(_) => Cow::Owned(self.seen(world, package)),
        }
    }

    /// The red lines of a beholder that a package crosses, as places among them.
    pub fn crossed(&self, world: &World, of: Beholder, package: &Package) -> Vec<usize> {
        let seen = self.seen_by(world, of, package);
        let lines = self.n.red_lines(of).iter().enumerate();
        lines.filter(|(_, l)| l.clause.holds(|k| seen.option(k))).map(|(i, _)| i).collect()
    }

    /// By how much a package is worth more than a leadership asks for before the talks, in units; at least 0 where it is
    /// [rational](Self::rational), red lines aside.
    pub fn leader_slack(&self, world: &World, actor: ActorId, package: &Package) -> i64 {
        let states: Vec<f64> = self.n.states.iter().map(|state| world.value(state.start)).collect();
        let now = Standing::at_start(&states);
        let foreseen = self.leadership(world, actor, package) - self.no_deal_at(world, actor, &now);
        foreseen.min(self.while_it_holds(world, actor, package) - self.keeps_from(world, actor, &now))
    }

    /// The defeat line of an audience at the start, in units: `defeat_below` + Σ `per_state` · perceived state.
    pub fn defeat_line(&self, world: &World, audience: AudienceId) -> Option<i64> {
        let states: Vec<f64> = self.n.states.iter().map(|state| world.value(state.start)).collect();
        self.defeat_line_at(world, audience, &Standing::at_start(&states), 0.0)
    }

    /// The defeat line of an audience as things stand, when events or ultimatums have raised it by `raised` points, in
    /// units:
    ///
    /// ```text
    /// D_a(t) = defeat_below + per_round · t + Σ_s per_state_s · perceived_s(t) + raised
    /// ```
    pub fn defeat_line_at(&self, world: &World, a: AudienceId, now: &Standing, raised: f64) -> Option<i64> {
        let a = self.n.audience(a);
        let line = a.defeat_below.as_ref()?;
        let perceived = |s: usize| now.states[s] + self.misjudged(world, a.of, s, now);
        let shift = |(s, by): &(StateId, InputId)| world.value(*by) * perceived(s.0);
        let own = [world.value(line.points), world.value(a.per_round) * now.time, raised];
        Some(self.scale.units(sum_of(a.per_state.iter().map(shift).chain(own))))
    }

    /// The victory line of an audience, in units.
    pub fn victory_line(&self, world: &World, audience: AudienceId) -> Option<i64> {
        let at = |line: &BearingLine| self.scale.units(world.value(line.points));
        self.n.audience(audience).victory_from.as_ref().map(at)
    }

    /// What an audience says of a package.
    pub fn verdict(&self, world: &World, audience: AudienceId, package: &Package) -> Verdict {
        let crossed = !self.crossed(world, Beholder::Audience(audience), package).is_empty();
        self.says(world, audience, (!crossed).then(|| self.audience(world, audience, package)))
    }

    /// What an audience says of a package that scores so; `None`: it is ruled out for them, and a defeat.
    pub fn says(&self, world: &World, audience: AudienceId, score: Option<i64>) -> Verdict {
        let Some(score) = score else { return Verdict::Defeat };
        if self.defeat_line(world, audience).is_some_and(|line| score < line) {
            Verdict::Defeat
        } else if self.victory_line(world, audience).is_some_and(|line| score >= line) {
            Verdict::Victory
        } else {
            Verdict::Bearable
        }
    }

    /// Whether a package is worth signing and worth keeping to a leadership, and no red line of its own is crossed: as it
    /// foresees it no less than no deal, and no less than [that](Self::keeps_from) as long as it holds.
    pub fn rational(&self, world: &World, actor: ActorId, package: &Package) -> bool {
        self.leader_slack(world, actor, package) >= 0
            && self.crossed(world, Beholder::Leadership(actor), package).is_empty()
    }

    /// Whether a leadership would sign a package, whether or not it would keep it: as it foresees it, it is worth no less than
    /// no deal, and no red line of its own is crossed.
    pub fn would_sign(&self, world: &World, actor: ActorId, package: &Package) -> bool {
        self.leadership(world, actor, package) >= self.no_deal(world, actor)
            && self.crossed(world, Beholder::Leadership(actor), package).is_empty()
    }

    /// Whether every holder of every term grants it, or is brought along by one that does.
    pub fn available(&self, world: &World, package: &Package) -> bool {
        (0..self.n.space.issues.len()).all(|k| self.granted(world, IssueId(k), package.option(IssueId(k))))
    }

    /// Whether one term is available.
    pub fn granted(&self, world: &World, issue: IssueId, option: OptionId) -> bool {
        let holders = &self.n.space.issues[issue.0].options[option.0].holders;
        let grants = |who: ActorId| holders.iter().find(|(h, _)| *h == who).map(|(_, g)| world.happens(*g));
        holders.iter().all(|(holder, granted)| {
            let bringers = &self.n.actor(*holder).brought_along_by;
            world.happens(*granted)
                || bringers.iter().any(|(by, brings)| world.happens(*brings) && grants(*by).unwrap_or(true))
        })
    }

    /// Whether a package is a defeat for a party, by one reading of defeat.
    pub fn is_defeat_for(&self, world: &World, party: ActorId, package: &Package, defeat: Defeat) -> bool {
        let vetoes = |a| self.n.binds(world, a) && self.verdict(world, a, package) == Verdict::Defeat;
        let vetoed = defeat.counts_audiences() && self.n.audiences_of(party).any(vetoes);
        vetoed || (defeat.counts_leaders() && !self.rational(world, party, package))
    }
}

/// What one beholder makes of one package in one world.
struct Reasoning<'a> {
    n: &'a Negotiation,
    scale: Scale,
    world: &'a World,
    of: Beholder,
    /// The package as the beholder sees it.
    seen: Cow<'a, Package>,
}

impl Reasoning<'_> {
    fn leadership(&self, actor: ActorId) -> Vec<Reason> {
        let (n, world, it) = (self.n, self.world, self.n.actor(actor));
        let foresight = if world.value(it.foresight) > 0.0 { n.foresight(actor) } else { None };
        let pulls = |d: &super::Durability| d.foreseen(n, |k| self.seen.option(k));
        let seen = foresight.as_ref().map_or(Outcome::SURE, |(d, foresight)| foresight.see(world, &pulls(d)));
        let mut reasons = self.interests(actor, seen.doubt);
        if seen.doubt > 0.0 {
            let units = self.scale.units(seen.instead);
            reasons.push(Reason { kind: ReasonKind::WithoutIt, units });
        }
        reasons
    }

    /// Terms and links, each counted (1 − doubt).
    fn interests(&self, actor: ActorId, doubt: f64) -> Vec<Reason> {
        let it = self.n.actor(actor);
        let mut reasons = self.feelings(&it.views, doubt);
        let in_force = it.links.iter().enumerate().filter(|(_, l)| l.clause.holds(|k| self.seen.option(k)));
        reasons.extend(in_force.map(|(i, l)| Reason {
            kind: ReasonKind::Link(i),
            units: self.scale.units(doubted(self.world.value(l.bonus), doubt)),
        }));
        reasons
    }

    fn feelings(&self, views: &[Option<IssueView>], doubt: f64) -> Vec<Reason> {
        let audience = if let Beholder::Audience(a) = self.of { Some(self.n.audience(a)) } else { None };
        let lambda = audience.map_or(1.0, |a| self.world.value(a.loss_aversion));
        let mut reasons = Vec::new();
        for (k, view) in views.iter().enumerate() {
            let Some(view) = view else { continue };
            let (issue, option) = (IssueId(k), self.seen.option(IssueId(k)));
            let z = self.felt_value(audience, view, issue, option);
            let factor = self.factor(Some((issue, option)), |m| if z > 0.0 { m.gains } else { m.losses });
            let points = doubted(feeling(self.world.value(view.weight), factor, z, lambda), doubt);
            reasons.push(Reason { kind: ReasonKind::Term(issue, option), units: self.scale.units(points) });
        }
        reasons
    }

    /// z = v(option) − v(what the audience takes as normal).
    fn felt_value(&self, a: Option<&Audience>, view: &IssueView, issue: IssueId, option: OptionId) -> f64 {
        let value = |o: OptionId| view.values[o.0].value(|id| self.world.value(id));
        match a.and_then(|a| a.normal[issue.0]) {
            Some(normal) => value(option) - value(normal),
            None => value(option),
        }
    }

    /// The product of the factors that `pick` takes from the modifiers in force for a term (or for claims: no term).
    fn factor(&self, term: Option<(IssueId, OptionId)>, pick: impl Fn(&Modifier) -> Option<InputId>) -> f64 {
        let form = term.and_then(|(k, o)| self.n.space.issues[k.0].options[o.0].form);
        let in_force = |m: &&Modifier| {
            m.beholders.contains(&self.of)
                && match &m.scope {
                    Scope::When(clause) => clause.holds(|k| self.seen.option(k)),
                    Scope::Form(f) => form == Some(*f),
                }
        };
        let picked = self.n.modifiers.iter().filter(in_force).filter_map(pick);
        product(&mut picked.map(|id| self.world.value(id)).collect::<Vec<f64>>())
    }

    fn claims(&self, a: AudienceId) -> Vec<Reason> {
        let (world, audience) = (self.world, self.n.audience(a));
        let weight = world.value(audience.claims_weight);
        let units = |aim: usize, best: f64| self.scale.units(aim_points(weight, world.value(audience.aims[aim]), best));
        let mut reasons = Vec::new();
        for aim in 0..self.n.aims.len() {
            let heard = |c: &Claim| c.heard_by.contains(&a).then_some(1.0);
            if let Some((claim, best)) = self.best(audience, aim, heard) {
                reasons.push(Reason { kind: ReasonKind::Claimed(claim), units: units(aim, best) });
            }
            let overheard = |c: &Claim| c.overheard.iter().find(|(who, _)| *who == a).map(|(_, s)| world.value(*s));
            if let Some((claim, best)) = self.best(audience, aim, overheard) {
                reasons.push(Reason { kind: ReasonKind::Overheard(claim), units: -units(aim, best) });
            }
        }
        reasons
    }

    /// The claim for an aim, in force for the package, that counts most; the first in file order on ties. Claims of no
    /// worth are no claims.
    fn best(&self, of: &Audience, aim: usize, share: impl Fn(&Claim) -> Option<f64>) -> Option<(ClaimId, f64)> {
        let credence = self.world.value(of.credence);
        let factor = self.factor(None, |m| m.claims);
        let mut best: Option<(ClaimId, f64)> = None;
        for (i, claim) in self.n.claims.iter().enumerate() {
            let Some(share) = share(claim) else { continue };
            if claim.aim.0 != aim || !claim.clause.holds(|k| self.seen.option(k)) {
                continue;
            }
            let worth = share * claim_worth(self.world.value(claim.worth), factor, claim.symbolic.then_some(credence));
            if worth > best.map_or(0.0, |b| b.1) {
                best = Some((ClaimId(i), worth));
            }
        }
        best
    }
}

/// The sum of numbers, the same for any order in which they come.
pub(super) fn sum_of(numbers: impl Iterator<Item = f64>) -> f64 {
    // Lines and no-deal values are asked for every round: few numbers, kept on the stack.
    let mut few = [0.0; 8];
    let mut all = Vec::new();
    let mut count = 0;
    for number in numbers {
        if count < few.len() {
            few[count] = number;
        } else {
            if count == few.len() {
                all.extend_from_slice(&few);
            }
            all.push(number);
        }
        count += 1;
    }
    if count <= few.len() { sum(&mut few[..count]) } else { sum(&mut all) }
}

pub(super) fn sum(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.iter().sum()
}

impl Negotiation {
    /// The red lines of a leadership or an audience.
    pub fn red_lines(&self, of: Beholder) -> &[RedLine] {
        match of {
            Beholder::Leadership(i) => &self.actor(i).red_lines,
            Beholder::Audience(a) => &self.audience(a).red_lines,
        }
    }

    /// Everybody with a scale of points: the leaderships of the parties, then the audiences.
    pub fn beholders(&self) -> impl Iterator<Item = Beholder> + '_ {
        let audiences = (0..self.audiences.len()).map(|a| Beholder::Audience(AudienceId(a)));
        self.parties().map(Beholder::Leadership).chain(audiences)
    }
}
