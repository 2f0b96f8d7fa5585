//! The pictures of a run: leading packages, what the answer hangs on, the margin, and the two speeches of the package
//! found. The win-sets and all packages of one world belong to `solve`.

use super::super::CAVEAT;
use super::super::figure::{
    Caption, Picture, Theme, leading_packages as leading, margin, tornado, two_speeches as speeches,
};
use super::super::verdict::{Account, Judgement, Line};
use super::super::words::{count, full, list, percent, visible};
use super::super::{terms, words};
use super::Answer;
use super::answer::sentence;
use crate::analysis::{Histogram, Item, Share};
use crate::model::{IssueId, Verdict};

/// Bins of the margin.
const BINS: usize = 60;

/// All pictures that the answer gives cause for.
#[must_use]
pub fn pictures(a: &Answer, theme: Theme) -> Vec<Picture> {
    let packages = (!a.survey.leading.is_empty()).then(|| leading::draw(&packages(a), theme));
    let contributions = contributions(a);
    let hangs = (!contributions.contributions.is_empty()).then(|| tornado::draw(&contributions, theme));
    let margins = (a.survey.margin.finite() > 0).then(|| margin::draw(&margins(a), theme));
    let speeches = two_speeches(a).map(|data| speeches::draw(&data, theme));
    [packages, hangs, margins, speeches].into_iter().flatten().collect()
}

fn caption(a: &Answer, title: &str, subtitle: &str, description: &str) -> Caption {
    let worlds = words::plain_blanks(&count(a.survey.kept));
    Caption {
        title: title.to_owned(),
        subtitle: words::plain_blanks(subtitle),
        source: format!("{}: {CAVEAT}; {worlds} worlds, seed {}", visible(&a.n().title), a.settings.seed),
        description: words::plain_blanks(description),
    }
}

fn packages(a: &Answer) -> leading::LeadingPackages {
    let n = a.n();
    let bare = n.bare_minimum().map(|b| &b.package);
    let share = |s: Share| leading::Share { estimate: s.share, low: s.low, high: s.high };
    let listed: Vec<_> = a.survey.leading.iter().collect();
    let row = |l: &&crate::analysis::Leading| leading::LeadingPackage {
        terms: terms::as_list(n, &l.package),
        bare_minimum: bare == Some(&l.package),
        no_defeat: share(l.no_defeat),
        rational_and_available: share(l.would_do),
    };
    let said = listed.iter().map(|l| format!("{}: would do in {}.", terms::in_words(n, &l.package), full(l.would_do)));
    let description = said.collect::<Vec<_>>().join(" ");
    leading::LeadingPackages {
        caption: caption(a, "How often the leading packages would do", &sentence(a), &description),
        interval: "95 % interval (Wilson)".into(),
        packages: listed.iter().map(row).collect(),
    }
}

fn contributions(a: &Answer) -> tornado::Tornado {
    let kind = |item: Item| match item {
        Item::Option(..) => tornado::Kind::Option,
        Item::Claim(_) => tornado::Kind::Claim,
        Item::RedLine(..) => tornado::Kind::RedLine,
        Item::Audience(_) => tornado::Kind::Audience,
    };
    let moved: Vec<_> = a.survey.contributions.iter().filter(|c| c.finite > 0 && c.margin != 0.0).collect();
    let said =
        |c: &&&crate::analysis::Contribution| format!("{}: {}", terms::item(a.n(), c.item), words::change(c.margin));
    let mut largest = moved.clone();
    largest.sort_by(|x, y| y.margin.abs().total_cmp(&x.margin.abs()));
    let named: Vec<String> = largest.iter().take(5).map(|c| said(&c)).collect();
    let description = format!("The largest changes of the mean margin: {}.", list(&named));
    tornado::Tornado {
        caption: caption(
            a,
            "What the answer hangs on",
            "The change of the mean margin if one thing were missing",
            &description,
        ),
        axis: "change of the mean margin without it (share of an audience's span)".into(),
        contributions: moved
            .iter()
            .map(|c| tornado::Contribution {
                label: terms::label(a.n(), c.item),
                kind: kind(c.item),
                change: c.margin,
                interval: None,
            })
            .collect(),
    }
}

fn margins(a: &Answer) -> margin::Margin {
    let s = a.survey;
    let range = range(&s.margin);
    let row = |name: &str, h: &Histogram, exists: Share| margin::Reading {
        name: name.to_owned(),
        counts: h.cells(range.0, range.1, BINS),
        quantiles: quantiles(h),
        one_exists: exists.share,
        none: h.none,
        unbounded: h.unbounded,
    };
    let mut readings = vec![row("all readings", &s.margin, s.exists)];
    let drawn = a.n().readings.iter().zip(&s.margin_by_reading).zip(&s.exists_by_reading);
    readings
        .extend(drawn.filter(|(_, exists)| exists.of > 0).map(|((r, h), exists)| row(&visible(&r.name), h, *exists)));
    let said = readings.iter().map(|r| format!("{}: one exists in {} of worlds", r.name, percent(r.one_exists)));
    let description = format!("{}.", said.collect::<Vec<_>>().join("; "));
    let title = "How much room the best package leaves";
    margin::Margin {
        caption: caption(a, title, &sentence(a), &description),
        axis: "margin (share of an audience's span)".into(),
        range,
        readings,
    }
}

fn quantiles(h: &Histogram) -> Option<[f64; 3]> {
    Some([h.quantile(0.05)?, h.quantile(0.5)?, h.quantile(0.95)?])
}

/// A range that holds nearly all margins, in whole bins with an edge at 0.
fn range(h: &Histogram) -> (f64, f64) {
    let low = h.quantile(0.001).unwrap_or(0.0).min(0.0);
    let high = h.quantile(0.999).unwrap_or(0.0).max(0.0);
    let bin = ((high - low) / (BINS as f64 - 2.0)).max(0.002);
    let below = (-low / bin).ceil().min(BINS as f64 - 1.0);
    (-below * bin, (BINS as f64 - below) * bin)
}

/// The speeches on the package found, by up to four audiences with a veto and a line.
fn two_speeches(a: &Answer) -> Option<speeches::TwoSpeeches> {
    let n = a.n();
    let package = &a.survey.same_package.as_ref()?.package;
    let accounts = &a.settings.accounts;
    let modal = n.modal_world(&n.laws(accounts.reading, &accounts.variants));
    let account = Account::of(n, &modal, package, a.settings.defeat);
    let judged = account.audiences.iter().filter(|j| j.veto && n.actor(n.audience(j.audience).of).is_party());
    let sides: Vec<_> = judged.filter_map(|j| side(&n.audience(j.audience).name, j)).take(4).collect();
    let term = |(k, (issue, option)): (usize, (&crate::model::Issue, &crate::model::IssueOption))| {
        let changed = issue.now != Some(package.option(IssueId(k)));
        let holders: Vec<String> = option.holders.iter().map(|(h, _)| visible(&n.actor(*h).name)).collect();
        let remark = if holders.is_empty() { String::new() } else { format!("{} must grant it", list(&holders)) };
        changed.then(|| speeches::Term { issue: visible(&issue.name), option: visible(&option.name), remark })
    };
    let said: Vec<String> = sides
        .iter()
        .map(|s| format!("{} scores {}, its line is {}", s.name, words::number(s.score), words::number(s.line)))
        .collect();
    let description = format!("{}. {}.", terms::in_words(n, package), list(&said));
    (sides.len() >= 2).then(|| speeches::TwoSpeeches {
        caption: caption(
            a,
            "The package found, as each side tells it at home",
            "With every number at its likeliest",
            &description,
        ),
        terms: n.space.picks(package).enumerate().filter_map(term).collect(),
        sides,
    })
}

fn side(name: &str, j: &Judgement) -> Option<speeches::Side> {
    let entries = |lines: &[Line]| {
        lines.iter().map(|l| speeches::Entry { words: l.text.clone(), points: Some(l.points) }).collect()
    };
    Some(speeches::Side {
        name: visible(name),
        verdict: match j.verdict {
            Verdict::Defeat => speeches::Verdict::Defeat,
            Verdict::Bearable => speeches::Verdict::Bearable,
            Verdict::Victory => speeches::Verdict::Victory,
        },
        score: j.score,
        line: j.defeat_line?,
        claims: entries(&j.claims),
        losses: entries(&j.losses),
        crossed: j.crossed.iter().map(|name| speeches::Entry { words: name.clone(), points: None }).collect(),
        overheard: entries(&j.overheard),
    })
}
