//! Whether a scenario is sound: does every sane world give the verdicts that its anchors demand, and is doing nothing
//! a settlement?

use super::leading::meets;
use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use crate::engine::{CannotRun, Drawing, Posed, adds_up, packs};
use crate::model::{
    Account, ActorId, AudienceId, Beholder, ClaimId, Expectation, Negotiation, Package, Scores, Spoken, Verdict, World,
};
use crate::num::Share;
use crate::space::Compiled;

/// What many worlds say of a scenario's anchors.
#[derive(Debug, Clone, PartialEq)]
pub struct Soundness {
    /// Worlds that give the verdict of each anchor, `anchors[anchor]`.
    pub anchors: Vec<Share>,
    /// Worlds that give all of them.
    pub all: Share,
    /// The package with everything as now, if rules allow it and no audience with a veto calls it a defeat in the modal
    /// world: then "one exists" may say no more than that nothing need change.
    pub doing_nothing: Option<Package>,
    /// What the present state already gives or costs somebody, in the modal world; empty if it gives nothing.
    pub present: Vec<Present>,
    /// The lines placed between two packages that lie far apart on the scale of their audience.
    pub wide_lines: Vec<WideLine>,
    /// Those who may call a package a defeat though all are worth the same to them.
    pub without_span: Vec<Beholder>,
}

/// What the package with everything as now holds although nothing is agreed: the present state is then not worth 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Present {
    /// A claim can be made of it.
    Claimed {
        /// Which.
        claim: ClaimId,
        /// Who is told so.
        audience: AudienceId,
        /// What it adds to the score, in points.
        points: f64,
    },
    /// A red line is crossed: its place among those of its owner.
    Crossed(Beholder, usize),
}

/// A line between two packages whose scores are far apart: where it lies between them is hardly known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WideLine {
    /// Whose line.
    pub audience: AudienceId,
    /// Whether it is the victory line; else it is the defeat line.
    pub victory: bool,
    /// The distance of the two scores in the modal world, as a share of the audience's span.
    pub share: f64,
}

/// How far apart, as a share of the span, the packages of a line may be. Source: assumption.
const WIDE: f64 = 0.25;

/// Looks at the anchors in many worlds; `settings.agreeing` plays no part.
///
/// # Errors
/// [`CannotRun::Space`], [`CannotRun::Threads`].
pub fn soundness(n: &Negotiation, settings: &Settings) -> Result<Soundness, CannotRun> {
    let counting = Counting { anchors: settings.runs, ..Counting::default() };
    Ok(surveyed(n, settings, counting, |_| ())?.soundness)
}

/// A named package that would do by the anchors alone, wherever its terms are granted: they say that every party accepts
/// it and that every audience bears it that may ever have a veto and can speak of defeat. Worlds that give all anchors
/// then have a settlement by construction.
pub fn settled_by_anchors(n: &Negotiation) -> Option<usize> {
    let said = |package: usize, wanted: &dyn Fn(Expectation) -> bool| {
        n.anchors.iter().any(|anchor| anchor.package == package && wanted(anchor.expects))
    };
    let judges = |a: &AudienceId| n.may_bind(*a) && n.can_say_defeat(*a) && n.range(n.audience(*a).veto).1 > 0.0;
    let judges: Vec<AudienceId> = (0..n.audiences.len()).map(AudienceId).filter(judges).collect();
    let borne = |a: AudienceId, e: Expectation| match e {
        Expectation::Bears(by) => by == a,
        Expectation::Says(by, verdict) => by == a && verdict != Verdict::Defeat,
        Expectation::Accepts(_) | Expectation::Refuses(_) => false,
    };
    (0..n.packages.len()).find(|p| {
        let own = |i| judges.iter().filter(move |a| n.audience(**a).of == i);
        let suits = |i| said(*p, &|e| e == Expectation::Accepts(i)) && own(i).all(|a| said(*p, &|e| borne(*a, e)));
        n.space.allows(&n.packages[*p].package) && n.suffice(suits)
    })
}

fn present(c: &Compiled, world: &World) -> Vec<Present> {
    let Some(now) = c.n.space.as_now() else { return Vec::new() };
    let account = Account::of(c.n, c.scale, world, &now);
    let claimed = |audience: AudienceId, spoken: &Spoken| {
        let claim = spoken.claim.filter(|_| spoken.units != 0)?;
        Some(Present::Claimed { claim, audience, points: c.scale.points(spoken.units) })
    };
    let claims = account.audiences.iter().flat_map(|h| h.speech.iter().filter_map(|s| claimed(h.audience, s)));
    let leaders = account.leaderships.iter().map(|l| (Beholder::Leadership(l.actor), &l.crossed));
    let audiences = account.audiences.iter().map(|h| (Beholder::Audience(h.audience), &h.charges.crossed));
    let lines = leaders.chain(audiences).flat_map(|(of, all)| all.iter().map(move |line| Present::Crossed(of, *line)));
    claims.chain(lines).collect()
}

fn wide_lines(c: &Compiled) -> Vec<WideLine> {
    let space = &c.modal().space;
    let lines = c.n.audiences.iter().enumerate().flat_map(|(a, audience)| {
        let both = [(false, &audience.defeat_below), (true, &audience.victory_from)];
        both.into_iter().filter_map(move |(victory, line)| Some((AudienceId(a), victory, line.as_ref()?)))
    });
    let wide = lines.filter(|(_, _, line)| line.between.is_some()).filter_map(|(audience, victory, line)| {
        let span = c.spans.measure(space.score_of(Beholder::Audience(audience))?)?;
        let (low, high) = c.n.support(&c.n.inputs.get(line.points).law);
        Some(WideLine { audience, victory, share: (high - low) / c.scale.points(span as i64) })
    });
    wide.filter(|line| line.share > WIDE).collect()
}

fn doing_nothing(c: &Compiled, world: &World) -> Option<Package> {
    let now = c.n.space.as_now().filter(|now| c.n.space.allows(now))?;
    let scores = Scores::new(c.n, c.scale);
    let judged = (0..c.n.audiences.len()).map(AudienceId).filter(|a| c.n.binds(world, *a));
    let defeats = |a: AudienceId| scores.verdict(world, a, &now) == Verdict::Defeat;
    let defeated: Vec<ActorId> = judged.filter(|a| defeats(*a)).map(|a| c.n.audience(a).of).collect();
    c.n.suffice(|i| !defeated.contains(&i)).then_some(now)
}

/// In how many worlds anchors are met.
#[derive(Debug, Clone, Default)]
pub(super) struct Met {
    worlds: u64,
    all: u64,
    anchors: Vec<u64>,
}

adds_up!(Met: worlds, all, anchors);
packs!(Met: worlds, all, anchors);

impl Met {
    pub(super) fn none(n: &Negotiation) -> Self {
        Self { anchors: vec![0; n.anchors.len()], ..Self::default() }
    }

    pub(super) fn add(&mut self, posed: &Posed) {
        let met: Vec<bool> = posed.compiled.n.anchors.iter().map(|anchor| meets(posed, anchor)).collect();
        self.worlds += 1;
        self.all += u64::from(met.iter().all(|met| *met));
        self.anchors.iter_mut().zip(met).for_each(|(count, met)| *count += u64::from(met));
    }

    pub(super) fn told(&self, compiled: &Compiled, drawing: &Drawing) -> Soundness {
        let modal = drawing.accounts.modal(compiled.n);
        let alike = drawing.accounts.all_alike(compiled.n) && self.worlds > 0;
        let share = |count: u64| {
            let share = Share::of(count, self.worlds);
            if alike { share.exactly() } else { share }
        };
        Soundness {
            anchors: self.anchors.iter().map(|count| share(*count)).collect(),
            all: share(self.all),
            doing_nothing: doing_nothing(compiled, &modal),
            present: present(compiled, &modal),
            wide_lines: wide_lines(compiled),
            without_span: compiled.without_span(drawing.defeat),
        }
    }
}
