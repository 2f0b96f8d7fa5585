//! Sample data in the manner of the talks between Russia and Ukraine; every number here is made up.

use winset::figure::leading_packages::{LeadingPackage, LeadingPackages};
use winset::figure::margin::{Margin, Reading};
use winset::figure::outcomes::{Outcomes, Package, Party, PartyPair, Solution};
use winset::figure::tornado::{ClauseKind, Contribution, Tornado};
use winset::figure::two_speeches::{Listener, Sentence, Standard, Term, TwoSpeeches, Verdict};
use winset::figure::win_sets::{Issue, OptionCell, WinSets};
use winset::figure::{
    Caption, Density, Measured, Picture, Theme, leading_packages, margin, outcomes, tornado, two_speeches, win_sets,
};

#[path = "games.rs"]
mod games;
#[path = "results.rs"]
mod results;
#[path = "sensitivity.rs"]
mod sensitivity;
#[path = "talks.rs"]
mod talks;

const SOURCE: &str = "In this model, under these ranges; 10 000 worlds, seed 1. Claims of Kyiv are assumptions.";
const LONG: &str = "the line of contact, parallel, a limit on long-range arms by word, church restored, temporary";

fn caption(title: &str, subtitle: &str) -> Caption {
    Caption {
        title: title.into(),
        subtitle: subtitle.into(),
        source: SOURCE.into(),
        notes: vec![],
        description: format!("{title}. {subtitle}"),
    }
}

/// Every picture in its cases, with the name of the case.
pub fn all(theme: Theme) -> Vec<(&'static str, Picture)> {
    vec![
        ("two", outcomes::draw(&outcome_space(2), theme)),
        ("three", outcomes::draw(&outcome_space(3), theme)),
        ("four", outcomes::draw(&outcome_space(4), theme)),
        ("three-issues", win_sets::draw(&win_set_rows(3, 2), theme)),
        ("twelve-issues", win_sets::draw(&win_set_rows(12, 2), theme)),
        ("four-parties", win_sets::draw(&win_set_rows(12, 4), theme)),
        ("ten", leading_packages::draw(&leading(10), theme)),
        ("three", leading_packages::draw(&leading(3), theme)),
        ("many", tornado::draw(&contributions(23), theme)),
        ("few", tornado::draw(&contributions(4), theme)),
        ("four-readings", margin::draw(&margins(4), theme)),
        ("one-reading", margin::draw(&margins(1), theme)),
        ("two", two_speeches::draw(&speeches(2), theme)),
        ("four", two_speeches::draw(&speeches(4), theme)),
    ]
    .into_iter()
    .chain(stretched(theme))
    .chain(talks::all(theme))
    .chain(results::all(theme))
    .chain(sensitivity::all(theme))
    .chain(games::all(theme))
    .collect()
}

/// Names ten times as long as anybody writes, some without a space.
fn stretched(theme: Theme) -> Vec<(&'static str, Picture)> {
    let long = |name: &mut String| *name = format!("{name} {} {}", LONG.repeat(3), "Ы".repeat(90));
    let (mut space, mut pairs, mut rows) = (outcome_space(2), outcome_space(4), win_set_rows(5, 4));
    let (mut best, mut bars, mut readings, mut told) = (leading(4), contributions(9), margins(3), speeches(4));
    for data in [&mut space, &mut pairs] {
        data.parties.iter_mut().for_each(|p| long(&mut p.name));
        data.packages.iter_mut().for_each(|p| long(&mut p.label));
        long(&mut data.caption.title);
        long(&mut data.caption.subtitle);
        long(&mut data.caption.source);
    }
    rows.parties.iter_mut().for_each(long);
    rows.issues.iter_mut().for_each(|i| {
        long(&mut i.name);
        i.options.iter_mut().for_each(|o| long(&mut o.name));
    });
    best.packages.iter_mut().for_each(|p| long(&mut p.terms));
    bars.contributions.iter_mut().for_each(|c| long(&mut c.label));
    long(&mut bars.axis);
    readings.readings.iter_mut().for_each(|r| long(&mut r.name));
    long(&mut readings.axis);
    told.terms.iter_mut().for_each(|t| long(&mut t.option));
    told.sides.iter_mut().for_each(|s| long(&mut s.name));
    told.sides.iter_mut().flat_map(|s| &mut s.claims).for_each(|e| long(&mut e.words));
    vec![
        ("long", outcomes::draw(&space, theme)),
        ("long-four", outcomes::draw(&pairs, theme)),
        ("long", win_sets::draw(&rows, theme)),
        ("long", leading_packages::draw(&best, theme)),
        ("long", tornado::draw(&bars, theme)),
        ("long", margin::draw(&readings, theme)),
        ("long", two_speeches::draw(&told, theme)),
    ]
}

/// Pictures of data without anything in it.
pub fn empty() -> Vec<Picture> {
    let theme = Theme::Light;
    vec![
        outcomes::draw(&Outcomes::default(), theme),
        win_sets::draw(&WinSets::default(), theme),
        leading_packages::draw(&LeadingPackages::default(), theme),
        tornado::draw(&Tornado::default(), theme),
        margin::draw(&Margin::default(), theme),
        two_speeches::draw(&TwoSpeeches::default(), theme),
    ]
    .into_iter()
    .chain(talks::empty(theme))
    .chain(results::empty(theme))
    .chain(sensitivity::empty(theme))
    .chain(games::empty(theme))
    .collect()
}

/// A picture whose words are markup.
pub fn hostile() -> Picture {
    let mut data = leading(1);
    data.caption.title = "<script>alert('1')</script> & \"more\" \u{0}\u{7}".into();
    data.packages[0].terms = "<script>x</script>".into();
    leading_packages::draw(&data, Theme::Light)
}

/// Numbers in [0, 1) that look like chance and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    }

    /// A number around 0 with spread 1, by the sum of twelve.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

const PARTIES: [&str; 4] = ["Russia", "Ukraine", "the United States", "the European Union"];

fn outcome_space(parties: usize) -> Outcomes {
    let mut chance = Numbers(7);
    let points: Vec<Vec<f64>> = (0..6_000).map(|_| package(parties, &mut chance)).collect();
    let pairs = (0..parties).flat_map(|y| (0..y).map(move |x| (x, y))).map(|(x, y)| pair(x, y, &points)).collect();
    let subtitle = "The green packages are no defeat for either side; the bare minimum is not among them, and the best \
                    of them lie close to the frontier";
    Outcomes {
        caption: caption("What each leadership gets from every allowed package", subtitle),
        parties: PARTIES[..parties]
            .iter()
            .enumerate()
            .map(|(i, name)| Party {
                name: if i < 2 { format!("{name}’s leadership") } else { format!("the leadership of {name}") },
                no_deal: [Some(4.0), Some(-12.5), Some(0.0), None][i],
            })
            .collect(),
        pairs,
        frontier: frontier(&points),
        packages: packages(&points),
        solutions: solutions(&points),
    }
}

fn package(parties: usize, chance: &mut Numbers) -> Vec<f64> {
    let give = chance.bell() * 16.0;
    (0..parties)
        .map(|party| match party {
            0 => 12.0 + give + chance.bell() * 7.0,
            1 => -8.0 - 0.8 * give + chance.bell() * 8.0,
            2 => 6.0 + chance.bell() * 5.0,
            _ => 3.0 - 0.4 * give + chance.bell() * 6.0,
        })
        .map(|u| (u * 2.0).round() / 2.0)
        .collect()
}

fn pair(x: usize, y: usize, points: &[Vec<f64>]) -> PartyPair {
    let range = |p: usize| {
        let values = || points.iter().map(|u| u[p]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let cells = if points[0].len() > 2 { 32 } else { 50 };
    let mut allowed = Density::new(range(x), range(y), cells, cells);
    let mut no_defeat = allowed.clone();
    for u in points {
        allowed.add(u[x], u[y]);
        if u[0] > 8.0 && u[1] > -8.0 {
            no_defeat.add(u[x], u[y]);
        }
    }
    PartyPair { x, y, allowed, no_defeat }
}

fn frontier(points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let beats = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b) && a != b;
    let mut best: Vec<Vec<f64>> = points.iter().filter(|p| !points.iter().any(|q| beats(q, p))).cloned().collect();
    best.dedup();
    best
}

fn packages(points: &[Vec<f64>]) -> Vec<Package> {
    let names = [
        "the guns stop and nothing else changes",
        LONG,
        "Moscow’s opening",
        "Kyiv’s opening",
        "the frozen line, a memorandum, aid as approved before",
        "Istanbul 2022 with guarantees on paper",
    ];
    let picks = [3, 812, 2_500, 3_014, 4_203, 5_777];
    names
        .into_iter()
        .zip(picks)
        .map(|(label, i)| Package {
            label: label.into(),
            utilities: points[i].clone(),
            bare_minimum: i == 3,
            no_defeat: i % 3 == 0,
        })
        .collect()
}

fn solutions(points: &[Vec<f64>]) -> Vec<Solution> {
    let frontier = frontier(points);
    let best = |score: &dyn Fn(&[f64]) -> f64| {
        frontier.iter().max_by(|a, b| score(a).total_cmp(&score(b))).cloned().unwrap_or_default()
    };
    let nash = best(&|u| (u[0] - 4.0).max(0.0) * (u[1] + 12.5).max(0.0));
    [
        ("Nash", nash.clone()),
        ("Kalai–Smorodinsky", nash),
        ("egalitarian", best(&|u| (u[0] - 4.0).min(u[1] + 12.5))),
        ("utilitarian", best(&|u| u.iter().sum())),
    ]
    .map(|(label, utilities)| Solution { no_defeat: label != "utilitarian", label: label.into(), utilities })
    .to_vec()
}

const ISSUES: [(&str, &[&str]); 12] = [
    ("Territory", &["no line is agreed", "the current line of contact", "all of the claimed regions"]),
    ("Recognition of Russian gains", &["none", "tolerated in silence", "recognised in writing"]),
    ("Long-range arms for Ukraine", &["no limit", "a limit by word", "a limit on paper"]),
    ("Military aid", &["new volumes", "volumes approved before", "frozen"]),
    ("Recruitment", &["goes on", "halted"]),
    ("Ukraine’s membership of NATO", &["stays open", "shut in fact, not on paper", "ruled out in writing"]),
    ("The Moscow church in Ukraine", &["banned", "presence restored"]),
    ("Ukrainian institutions", &["unchanged", "rebuilt (denazification proper)"]),
    ("Strategic guarantees", &["none", "given by word", "given on paper"]),
    (
        "Sanctions, track between Washington and Moscow",
        &[
            "kept",
            "tightened",
            "eased by waiver",
            "US sanctions eased",
            "US lifted",
            "EU eased",
            "EU lifted",
            "all lifted",
        ],
    ),
    (
        "Sequence",
        &[
            "ceasefire without conditions first",
            "memorandum and ceasefire together",
            "principles, then a ceasefire",
            "no ceasefire before a peace agreement",
        ],
    ),
    ("Duration", &["temporary arrangement", "final"]),
];

fn win_set_rows(issues: usize, parties: usize) -> WinSets {
    let issues = ISSUES[..issues].iter().enumerate().map(|(i, (name, options))| Issue {
        name: (*name).into(),
        options: options
            .iter()
            .enumerate()
            .map(|(o, option)| {
                let borne: Vec<bool> = (0..parties)
                    .map(|party| if party % 2 == 0 { o > 0 || i % 2 == 0 } else { o + 1 < options.len() || i % 3 == 0 })
                    .collect();
                OptionCell {
                    name: (*option).into(),
                    now: o == 0,
                    no_defeat: borne.iter().all(|b| *b) && (i + o) % 4 != 3,
                    borne,
                }
            })
            .collect(),
    });
    WinSets {
        caption: caption(
            "Which options each side’s audiences can bear",
            "On every issue the win-sets meet somewhere; on recognition they meet only in silence",
        ),
        parties: PARTIES[..parties].iter().map(|p| (*p).into()).collect(),
        issues: issues.collect(),
    }
}

fn leading(count: usize) -> LeadingPackages {
    let terms = [
        LONG,
        "the guns stop and nothing else changes",
        "the line of contact, memorandum and ceasefire together, guarantees by word, sanctions eased by Washington, final, \
         a protocol of intent, recruitment halted and preparations halted",
        "the frozen line",
        "the line of contact, tolerated in silence, aid as approved before, NATO shut in fact",
    ];
    let packages = (0..count).map(|i| {
        let estimate = 0.83 - 0.09 * f64::from(u32::try_from(i).unwrap_or(0));
        let also = estimate * if i % 3 == 0 { 0.46 } else { 0.93 };
        LeadingPackage {
            terms: terms[i % 5].into(),
            bare_minimum: i == 1,
            no_defeat: Measured { estimate, low: estimate - 0.03, high: (estimate + 0.03).min(1.0) },
            rational_and_available: Measured { estimate: also, low: (also - 0.03).max(0.0), high: also + 0.03 },
        }
    });
    LeadingPackages {
        interval: "95 % interval (Wilson)".into(),
        shared: if count > 3 { format!("All hold: {LONG}") } else { String::new() },
        caption: caption(
            "How often the leading packages are no defeat",
            "The first package does for both sides in 83 % of the worlds, but is on the table in only 38 %",
        ),
        packages: packages.collect(),
    }
}

fn contributions(count: usize) -> Tornado {
    let labels = [
        ("the veto of the Ukrainian public", ClauseKind::Audience),
        ("“Nothing that reaches us is left in their hands.”", ClauseKind::Claim),
        ("recognition without guarantees, unless temporary", ClauseKind::RedLine),
        ("a limit on long-range arms by word", ClauseKind::Option),
        ("presence of the Moscow church restored", ClauseKind::Option),
        ("“Orthodoxy has been defended.”", ClauseKind::Claim),
    ];
    let contributions = (0..count).map(|i| {
        let (label, kind) = labels[i % 6];
        let size = 0.31 / (1.0 + f64::from(u32::try_from(i).unwrap_or(0)) * 0.8);
        let change = if matches!(kind, ClauseKind::Audience | ClauseKind::RedLine) { size } else { -size };
        let interval = Some((change - 0.012, change + 0.012));
        Contribution { label: label.into(), kind, change, gone: [0.7, 0.0, 0.03, 0.0][label.len() % 4], interval }
    });
    Tornado {
        caption: caption(
            "What the margin hangs on",
            "Without the veto of the Ukrainian public the margin would be 0.31 wider; no other clause does half as much",
        ),
        axis: "change in the mean margin without it (share of the audience’s span)".into(),
        contributions: contributions.collect(),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // Some thousand worlds.
fn margins(readings: usize) -> Margin {
    let names =
        ["Pastukhov: informal and symbolic", "Stanovaya: only in a package", "Preobrazhensky: playing for time"];
    let readings = (0..readings).map(|i| {
        let shift = [0.02, 0.09, 0.01, -0.11][i];
        let mut chance = Numbers(11 + i as u64);
        let mut values: Vec<f64> = (0..4_000).map(|_| shift + 0.11 * chance.bell()).collect();
        values.sort_by(f64::total_cmp);
        let mut counts = vec![0; 50];
        for v in &values {
            counts[(((v + 0.5) / 0.02).floor().clamp(0.0, 49.0)) as usize] += 1;
        }
        let above = values.iter().filter(|v| **v >= 0.0).count() as f64 / 4_000.0;
        Reading {
            name: if i == 0 { "all readings".into() } else { names[i - 1].into() },
            counts,
            quantiles: Some([values[200], values[2_000], values[3_800]]),
            one_exists: above,
            none: [41, 0, 12, 29][i],
            unbounded: [310, 104, 0, 206][i],
        }
    });
    Margin {
        caption: caption(
            "How far from a settlement, or past it, each reading of the talks is",
            "One exists in a little over half of the worlds; where Moscow plays for time, in a sixth",
        ),
        axis: "margin (share of the audience’s span)".into(),
        range: (-0.5, 0.5),
        readings: readings.collect(),
    }
}

fn entry(words: &str, points: f64) -> Sentence {
    Sentence { words: words.into(), points: Some(points) }
}

fn speeches(sides: usize) -> TwoSpeeches {
    let terms = [
        ("Territory", "the current line of contact", ""),
        ("Sequence", "memorandum and ceasefire together", ""),
        ("Long-range arms for Ukraine", "a limit by word", "Washington must grant it"),
        ("The Moscow church in Ukraine", "presence restored", ""),
        ("Ukraine’s membership of NATO", "shut in fact, not on paper", ""),
        ("Duration", "temporary arrangement", ""),
    ];
    let terms =
        terms.map(|(issue, option, remark)| Term { issue: issue.into(), option: option.into(), remark: remark.into() });
    let all =
        [russia(), ukraine(), partner("US Congress", Verdict::Victory), partner("European publics", Verdict::Bearable)];
    TwoSpeeches {
        caption: caption(
            "One package, as each side tells it at home",
            "Moscow has three victories to speak of and Kyiv two; its public calls the package a defeat by a little",
        ),
        terms: terms.to_vec(),
        sides: all.into_iter().take(sides).collect(),
    }
}

fn russia() -> Listener {
    Listener {
        name: "Russian public".into(),
        verdict: Verdict::Bearable,
        score: 9.4,
        standard: Standard::Defeat(-2.0),
        others: vec![],
        gains: vec![],
        claims: vec![
            entry("“Nothing that reaches us is left in their hands.”", 7.5),
            entry("“Orthodoxy has been defended, and traditional values have returned to where they belong.”", 2.6),
            entry("“Ukraine stays out of the alliance.”", 5.0),
        ],
        losses: vec![entry("Territory: the current line of contact and not the claimed regions", -4.2)],
        crossed: vec![],
        overheard: vec![entry("in Kyiv: “They came for the state and left without it.”", -1.5)],
    }
}

fn ukraine() -> Listener {
    Listener {
        name: "Ukrainian public".into(),
        verdict: Verdict::Defeat,
        score: -16.2,
        standard: Standard::Defeat(-15.0),
        others: vec![],
        gains: vec![],
        claims: vec![
            entry("“They came for the state and left without it.”", 6.0),
            entry("“Not a metre has been signed away.”", 4.5),
        ],
        losses: vec![
            entry("Long-range arms for Ukraine: a limit by word", -4.8),
            entry("The Moscow church in Ukraine: presence restored", -3.1),
        ],
        crossed: vec![Sentence { words: "No limit on arms without guarantees".into(), points: None }],
        overheard: vec![entry("in Moscow: “Nothing that reaches us is left in their hands.”", -2.2)],
    }
}

fn partner(name: &str, verdict: Verdict) -> Listener {
    Listener {
        name: name.into(),
        verdict,
        score: 3.0,
        standard: Standard::Defeat(0.0),
        others: vec![],
        gains: vec![],
        claims: vec![entry("“The killing has stopped, and it was we who stopped it.”", 3.0)],
        losses: vec![],
        crossed: vec![],
        overheard: vec![],
    }
}
