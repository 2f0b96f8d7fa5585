//! The data of the picture "two-speeches".

use std::cmp::Reverse;

use itertools::Itertools as _;

use super::scene::Scene;
use super::words::{described, named, percentage};
use crate::figure::Caption;
use crate::figure::axis::signed;
use crate::figure::two_speeches::{Listener, Sentence, Standard, Term, TwoSpeeches, Verdict};
use crate::model::{self, ActorId, AudienceId, Beholder, IssueId, Package, Reason, ReasonKind};
use crate::num::Ordered;
use crate::text::words::{count, list};

/// Sides that a picture has room for.
const MOST_SIDES: usize = 4;

/// One package as each side tells it at home, in the modal world.
pub fn data(scene: &Scene) -> TwoSpeeches {
    let (package, why) = chosen(scene);
    let parties: Vec<ActorId> = scene.n.parties().collect();
    let sides: Vec<Listener> = parties.iter().take(MOST_SIDES).map(|i| side(scene, *i, &package)).collect();
    let rest = parties.len() > MOST_SIDES;
    TwoSpeeches {
        caption: scene.in_the_modal_world(Caption {
            title: "One package, as each side tells it at home".into(),
            subtitle: format!("{why}. {}", verdicts(&sides)),
            notes: rest
                .then(|| format!("Of {} sides the first {MOST_SIDES} are shown.", parties.len()))
                .into_iter()
                .collect(),
            description: table(scene, &package, &sides),
            ..Caption::default()
        }),
        terms: terms(scene, &package),
        sides,
    }
}

/// The one same package; where there is none, what comes nearest in the modal world; else what has a name.
fn chosen(scene: &Scene) -> (Package, String) {
    if let Some(same) = &scene.survey.same_package {
        let (share, of) = (percentage(&same.share), count(same.share.of));
        let name = named(scene.n, &same.package).map_or_else(String::new, |name| format!(" (“{name}”)"));
        let one = match same.ties {
            1 => "The package that would do most often".to_owned(),
            ties => format!("One of {} packages that would do equally often", count(ties)),
        };
        let why = format!("{one}{name}: in {share} of {of} worlds not used to choose it");
        return (same.package.clone(), why);
    }
    if let Some((head, tail)) = scene.nearest() {
        let why = "No package would do in any world used to choose one; this comes nearest in the modal world";
        return (scene.space().package(scene.n, head, tail), why.into());
    }
    let first = scene.n.bare_minimum().or(scene.n.packages.first()).map(|named| named.package.clone());
    let why = "No package is allowed, rational, available and free of red lines; this one serves as an example";
    (first.or_else(|| scene.n.space.as_now()).unwrap_or_else(|| scene.n.space.package(0)), why.into())
}

/// What changes, then a last line for what does not; everything, if little does.
fn terms(scene: &Scene, package: &Package) -> Vec<Term> {
    let picks = scene.n.space.picks(package).enumerate();
    let is_now = |k: usize, issue: &model::Issue| issue.now == Some(package.option(IssueId(k)));
    let changed = picks.filter(|(k, (issue, _))| !is_now(*k, issue)).map(|(k, (issue, option))| Term {
        issue: issue.name.clone(),
        option: option.name.clone(),
        remark: remark(scene, IssueId(k), package),
    });
    let changed: Vec<Term> = changed.collect();
    let left = scene.n.space.issues.len() - changed.len();
    let rest = match (left, changed.len()) {
        (0, _) => None,
        (_, 0) => Some("everything stays as now".to_owned()),
        (1, _) => Some("one other issue stays as now".to_owned()),
        _ => Some(format!("{left} other issues stay as now")),
    };
    let rest = rest.map(|option| Term { option, ..Term::default() });
    changed.into_iter().chain(rest).collect()
}

/// Who must grant a term and whether they do, and that it is secret.
fn remark(scene: &Scene, issue: IssueId, package: &Package) -> String {
    let option = &scene.n.space.issues[issue.0].options[package.option(issue).0];
    let holders: Vec<String> = option.holders.iter().map(|(holder, _)| scene.actor(*holder).to_owned()).collect();
    let granted = scene.scores().granted(&scene.world, issue, package.option(issue));
    let refused = if granted { "" } else { ", and in the modal world it is refused" };
    let held = (!holders.is_empty()).then(|| format!("{} must grant it{refused}", list(&holders)));
    let leaked = |secret| if scene.world.happens(secret) { "a secret that has leaked" } else { "kept secret" };
    let secret = option.secret.map(|secret| leaked(secret).to_owned());
    held.into_iter().chain(secret).join("; ")
}

fn side(scene: &Scene, party: ActorId, package: &Package) -> Listener {
    let beholder = speaker(scene, party);
    let reasons = scene.scores().reasons(&scene.world, beholder, package);
    let entries = |keep: &dyn Fn(&Reason) -> bool| -> Vec<Sentence> {
        let kept = reasons.iter().filter(|r| r.units != 0 && keep(r)).ordered_by_key(|r| Reverse(r.units.abs()));
        let sentence = |r: &Reason| Sentence { words: words(scene, beholder, r), points: Some(scene.points(r.units)) };
        kept.map(sentence).collect()
    };
    let felt = |r: &Reason| matches!(r.kind, ReasonKind::Term(..) | ReasonKind::Link(_) | ReasonKind::WithoutIt);
    let crossed = scene.scores().crossed(&scene.world, beholder, package);
    let red_line = |line: usize| scene.n.red_lines(beholder)[line].name.clone();
    let score: i64 = reasons.iter().map(|r| r.units).sum();
    Listener {
        name: match beholder {
            Beholder::Leadership(i) => format!("{} (leadership)", scene.actor(i)),
            Beholder::Audience(a) => scene.n.audience(a).name.clone(),
        },
        verdict: verdict(scene, beholder, package),
        score: scene.points(score),
        standard: standard(scene, beholder),
        others: others(scene, party, beholder, package),
        claims: entries(&|r| matches!(r.kind, ReasonKind::Claimed(_))),
        gains: entries(&|r| felt(r) && r.units > 0),
        losses: entries(&|r| felt(r) && r.units < 0),
        crossed: crossed.into_iter().map(|line| Sentence { words: red_line(line), points: None }).collect(),
        overheard: entries(&|r| matches!(r.kind, ReasonKind::Overheard(_))),
    }
}

/// Through whose ears a side hears a package: the audience of a party that is told most, those with a veto in force before
/// all others, the first of several; the leadership if the party has no audience.
fn speaker(scene: &Scene, party: ActorId) -> Beholder {
    let question = scene.question();
    let told = |a: &AudienceId| scene.n.claims.iter().filter(|c| c.heard_by.contains(a)).count();
    let binds = |a: &AudienceId| question.asks(Beholder::Audience(*a));
    let rank = |a: &AudienceId| (binds(a), told(a), Reverse(a.0));
    let first = scene.n.audiences_of(party).max_by_key(rank);
    first.map_or(Beholder::Leadership(party), Beholder::Audience)
}

fn words(scene: &Scene, of: Beholder, reason: &Reason) -> String {
    match reason.kind {
        ReasonKind::Term(k, o) => {
            let issue = &scene.n.space.issues[k.0];
            format!("{}: {}", issue.name, issue.options[o.0].name)
        }
        ReasonKind::Claimed(c) | ReasonKind::Overheard(c) => format!("“{}”", scene.n.claims[c.0].says),
        ReasonKind::WithoutIt => "what is left if the deal does not hold".into(),
        ReasonKind::Link(link) => match of {
            Beholder::Leadership(i) => scene.n.actor(i).links[link].id.clone(),
            Beholder::Audience(_) => String::new(),
        },
    }
}

fn verdict(scene: &Scene, beholder: Beholder, package: &Package) -> Verdict {
    match beholder {
        Beholder::Audience(a) => match scene.scores().verdict(&scene.world, a, package) {
            model::Verdict::Defeat => Verdict::Defeat,
            model::Verdict::Bearable => Verdict::Bearable,
            model::Verdict::Victory => Verdict::Victory,
        },
        Beholder::Leadership(i) if scene.scores().rational(&scene.world, i, package) => Verdict::Rational,
        Beholder::Leadership(_) => Verdict::Refused,
    }
}

fn standard(scene: &Scene, beholder: Beholder) -> Standard {
    match beholder {
        Beholder::Leadership(i) => Standard::NoDeal(scene.points(scene.scores().no_deal(&scene.world, i))),
        Beholder::Audience(a) => {
            let line = scene.scores().defeat_line(&scene.world, a);
            line.map_or(Standard::RedLines, |line| Standard::Defeat(scene.points(line)))
        }
    }
}

/// What the other audiences of the party say, and whether they bind.
fn others(scene: &Scene, party: ActorId, beholder: Beholder, package: &Package) -> Vec<String> {
    let rest = scene.n.audiences_of(party).filter(|a| Beholder::Audience(*a) != beholder);
    let told = |a: AudienceId| {
        let audience = scene.n.audience(a);
        let verdict = verdict(scene, Beholder::Audience(a), package).word();
        let score = signed(scene.points(scene.scores().audience(&scene.world, a, package)), 1);
        let veto = if scene.world.happens(audience.veto) { "" } else { ", no veto in the modal world" };
        format!("{}: {verdict} ({score}{veto})", audience.name)
    };
    rest.map(told).collect()
}

fn verdicts(sides: &[Listener]) -> String {
    let told = |side: &Listener| format!("{}: {}", side.name, side.verdict.word());
    format!("In the modal world, {}", sides.iter().map(told).join("; "))
}

fn table(scene: &Scene, package: &Package, sides: &[Listener]) -> String {
    let entry = |e: &Sentence| match e.points {
        Some(points) => format!("{} {}", e.words, signed(points, 1)),
        None => e.words.clone(),
    };
    let told = |side: &Listener| {
        let parts = [
            ("claims", &side.claims),
            ("gains felt", &side.gains),
            ("red lines crossed", &side.crossed),
            ("losses felt", &side.losses),
            ("overheard", &side.overheard),
        ];
        let parts = parts.into_iter().filter(|(_, list)| !list.is_empty());
        let parts = parts.map(|(name, list)| format!("{name}: {}", list.iter().map(entry).join("; "))).join(". ");
        format!("{}, {} points, {}. {parts}", side.name, signed(side.score, 1), side.standard.words())
    };
    format!("The terms: {}. {}", described(scene.n, package), sides.iter().map(told).join(". "))
}
