//! What is divided: issues cut anywhere between their options, or a list of whole packages.

use super::super::{
    ActorId, AudienceId, Beholder, Issue, IssueId, IssueView, Negotiation, OptionSet, Package, Scale, Scores, Verdict,
    World, feeling,
};
use super::{MOST_LISTED, NotReckoned};
use crate::num;

/// What two sides divide.
#[derive(Debug, Clone, PartialEq)]
pub enum Pie {
    /// Issues that are cut anywhere; what they give is added up.
    Cut {
        /// The issues.
        strips: Vec<Strip>,
        /// What every division gives each side beside that, in points.
        beside: [f64; 2],
        /// What must be borne at home, of a single issue.
        bearing: Vec<Bearing>,
    },
    /// Whole packages, `worth[package][side]` in points; only those that both could sign.
    List(Vec<(Package, [f64; 2])>),
}

/// An issue that is cut anywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Which.
    pub issue: IssueId,
    /// What its options give each side, `points[option][side]`; between two of them values run straight.
    pub points: Vec<[f64; 2]>,
}

/// An audience with a veto.
#[derive(Debug, Clone, PartialEq)]
pub struct Bearing {
    /// Who.
    pub audience: AudienceId,
    /// Its score of each option of the only issue, `scores[option]`, in its own points.
    pub scores: Vec<f64>,
    /// Below this it is a defeat.
    pub line: f64,
}

/// A sum of products as a file would write it: to 10⁻⁹ of a point.
fn tidy(points: f64) -> f64 {
    num::round(points * 1e9) / 1e9
}

impl Pie {
    /// What two sides divide in a world.
    pub(super) fn of(n: &Negotiation, world: &World, sides: [ActorId; 2]) -> Result<Self, NotReckoned> {
        let cut = |k: &Issue| k.cut;
        if !n.space.issues.iter().any(cut) {
            return list(n, world, sides);
        }
        if let Some(whole) = n.space.issues.iter().find(|k| !k.cut) {
            return Err(NotReckoned(format!("`{}` is not cut anywhere, while another issue is", whole.id)));
        }
        plain_terms(n, sides)?;
        let strip = |(k, issue): (usize, &Issue)| Strip {
            issue: IssueId(k),
            points: (0..issue.options.len())
                .map(|o| sides.map(|i| felt(world, n.actor(i).views[k].as_ref(), o, None)))
                .collect(),
        };
        let strips: Vec<Strip> = n.space.issues.iter().enumerate().map(strip).collect();
        strips.iter().try_for_each(|strip| is_concave(n, strip))?;
        let links = |i: ActorId| tidy(n.actor(i).links.iter().map(|link| world.value(link.bonus)).sum());
        Ok(Self::Cut { bearing: bearing(n, world)?, beside: sides.map(links), strips })
    }
}

/// Points of one option in a view, in truth or beside what an audience takes as normal with its aversion to losses.
fn felt(world: &World, view: Option<&IssueView>, option: usize, against: Option<(Option<usize>, f64)>) -> f64 {
    let Some(view) = view else { return 0.0 };
    let value = |o: usize| view.values[o].value(|id| world.value(id));
    let (normal, aversion) = against.unwrap_or((None, 1.0));
    tidy(feeling(world.value(view.weight), 1.0, value(option) - normal.map_or(0.0, value), aversion))
}

/// Nothing but views, and links that hold for every package: values between two options would not be known.
fn plain_terms(n: &Negotiation, sides: [ActorId; 2]) -> Result<(), NotReckoned> {
    let fail = |what: &str, id: &str| {
        Err(NotReckoned(format!("{what} `{id}` knows only whole options, and the issue is cut")))
    };
    let always = |clause: &super::super::Clause| {
        clause.unless.is_empty() && clause.when.terms.iter().all(|(_, set): &(_, OptionSet)| set.is_full())
    };
    let mut links = sides.iter().flat_map(|i| &n.actor(*i).links);
    if let Some(link) = links.find(|link| !always(&link.clause)) {
        return fail("the link", &link.id);
    }
    if let Some(it) = n.modifiers.first() {
        return fail("the modifier", &it.id);
    }
    if let Some(it) = n.claims.first() {
        return fail("the claim", &it.id);
    }
    if let Some(it) = n.space.rules.first() {
        return fail("the rule", &it.id);
    }
    let lines = n.beholders().flat_map(|of| n.red_lines(of));
    if let Some(it) = lines.into_iter().next() {
        return fail("the red line", &it.id);
    }
    if let Some(it) = n.intents.iter().find(|it| !it.refuses.is_empty() || !it.requires.terms.is_empty()) {
        return fail("the intent", &it.id);
    }
    if let Some(it) = n.space.options().find(|it| !it.holders.is_empty() || it.secret.is_some()) {
        return fail("the option", &it.id);
    }
    Ok(())
}

/// What one side gains the other loses, and each further gain costs the other no less: else dividing is no bargaining over a
/// frontier that both know.
fn is_concave(n: &Negotiation, strip: &Strip) -> Result<(), NotReckoned> {
    let fail = |why: &str| Err(NotReckoned(format!("of `{}`, {why}", n.space.issues[strip.issue.0].id)));
    let steps: Vec<[f64; 2]> = strip.points.windows(2).map(|w| [w[1][0] - w[0][0], w[1][1] - w[0][1]]).collect();
    let rising = |side: usize| steps.iter().all(|d| d[side] >= 0.0);
    let falling = |side: usize| steps.iter().all(|d| d[side] <= 0.0);
    if (rising(0) && rising(1)) || (falling(0) && falling(1)) {
        return Ok(());
    }
    let strict = steps.iter().all(|d| d[0] * d[1] < 0.0);
    if !strict || !((rising(0) && falling(1)) || (falling(0) && rising(1))) {
        return fail("some options are better for both sides than others, or as good for one of them");
    }
    // From the best of the second side on, what it loses for a point of the first must not fall.
    let mut rates: Vec<f64> = steps.iter().map(|d| -d[1] / d[0]).collect();
    if falling(0) {
        rates.reverse();
    }
    if rates.windows(2).any(|w| w[1] < w[0] * (1.0 - 1e-9)) {
        return fail("a further gain costs the other side less than the one before");
    }
    Ok(())
}

/// What must be borne at home of a single issue.
fn bearing(n: &Negotiation, world: &World) -> Result<Vec<Bearing>, NotReckoned> {
    let binding = n.binding(world)?;
    if let (Some(a), true) = (binding.first(), n.space.issues.len() > 1) {
        let why = format!("`{}` has a veto, and several issues are cut", n.audience(*a).id);
        return Err(NotReckoned(why));
    }
    let of = |a: AudienceId| {
        let it = n.audience(a);
        let line = it.defeat_below.as_ref()?;
        let against = Some((it.normal[0].map(|o| o.0), world.value(it.loss_aversion)));
        let options = 0..n.space.issues[0].options.len();
        let scores = options.map(|o| felt(world, it.views[0].as_ref(), o, against)).collect();
        Some(Bearing { audience: a, scores, line: world.value(line.points) })
    };
    Ok(binding.into_iter().filter_map(of).collect())
}

/// All packages that both could sign: allowed, granted, crossing no red line of theirs, borne by those who bind them.
fn list(n: &Negotiation, world: &World, sides: [ActorId; 2]) -> Result<Pie, NotReckoned> {
    let size = n.space.size();
    if size > MOST_LISTED {
        return Err(NotReckoned(format!("{size} packages are more than {MOST_LISTED}; cut the issue \"anywhere\"")));
    }
    let scores = Scores::new(n, Scale::of(n));
    let binding = n.binding(world)?;
    let signs = |package: &Package| {
        let ruled_out = n.intents.iter().any(|it| {
            !it.requires.holds(|k| package.option(k)) || it.refuses.iter().any(|c| c.holds(|k| package.option(k)))
        });
        let crossed = |i: &ActorId| !scores.crossed(world, Beholder::Leadership(*i), package).is_empty();
        let borne = binding.iter().all(|a| scores.verdict(world, *a, package) != Verdict::Defeat);
        n.space.allows(package) && scores.available(world, package) && !ruled_out && !sides.iter().any(crossed) && borne
    };
    let worth = |package: &Package| {
        sides.map(|i| {
            let points = scores.scale().points(scores.leadership(world, i, package));
            tidy(points)
        })
    };
    let all = (0..size).map(|number| n.space.package(number)).filter(signs);
    let list: Vec<_> = all.map(|package| (worth(&package), package)).map(|(worth, package)| (package, worth)).collect();
    if list.is_empty() {
        return Err(NotReckoned("there is no package that both could sign".into()));
    }
    Ok(Pie::List(list))
}
