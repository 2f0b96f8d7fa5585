//! The key for the one who runs the class.

use itertools::Itertools as _;

use super::super::run::accounts;
use super::super::{CAVEAT, html, terms};
use super::{Handout, Worth, head, names};
use crate::model::{Account, AudienceId, Defeat, Package, Verdict};
use crate::space::{Limits, Listed, WorldTables, leaderships};
use crate::text::words::{capital, percent, signed, visible, worlds};

/// Points of the frontier that are listed.
const FRONTIER: usize = 12;

/// The answer, the packages that tell, and how forty-five minutes go.
pub fn sheet(h: &Handout, w: &Worth) -> String {
    let n = h.n();
    let mut body = head(n, "for the one who runs the class: it holds the answer");
    body += "<h1>Key</h1>\n";
    body += &html::paragraph(&n.question);
    body += &answer(h);
    body += &html::element("h2", "Packages that tell");
    body += &html::classed(
        "p",
        "small",
        "Points of each leadership in the likeliest world, and what becomes of the package at home. Where the leaderships would meet \
         if they asked nobody at home are the solution points; on the frontier no leadership can have more without another having less. ✗: its leadership would rather have no deal.",
    );
    body += &packages(h, w);
    body += PLAN;
    body += &html::element("h2", "Afterwards");
    body += &html::list(
        [
            "Who left value, and what would have been better for both? Did anybody see it, and why not?",
            "Whose envoy agreed to what its own home calls a defeat? Which claim was missing, or was overheard?",
            "Which deals lie where no home need call it a defeat, and do both leaderships gain by them?",
            "Bets beside the answer: that such a deal exists, that one would do however things are, that talks reach it.",
            "What would you change in the file? Every number of it is a claim or an assumption: winset check scenario.toml",
        ]
        .map(html::text),
    );
    body += &html::element(
        "footer",
        &html::text(&format!("{}: a model under stated assumptions, not a forecast.", capital(CAVEAT))),
    );
    html::page(&format!("Key: {}", n.title), &body)
}

/// How the class goes.
const PLAN: &str = "<h2 class=\"page\">Forty-five minutes</h2>\n<ol>\n\
    <li><strong>5 min.</strong> Pairs; each side reads its own sheet. Nobody shows it.</li>\n\
    <li><strong>3 min.</strong> Each pair writes its three bets on the form: that such a deal exists, that one package would do \
    however things are, that talks reach one.</li>\n\
    <li><strong>20 min.</strong> They negotiate, issue by issue or in packages. No deal is allowed.</li>\n\
    <li><strong>4 min.</strong> They tick what they agreed. You, or they, enter it: <code>winset class --enter scenario.toml \
    --package issue=option,… --bets 60,40,10</code>; <code>--no-deal</code> for none. Each pair keeps its code.</li>\n\
    <li><strong>3 min.</strong> Codes go into <code>codes.csv</code>, one a line, in any order.</li>\n\
    <li><strong>10 min.</strong> <code>winset class FOLDER --out debrief</code>, and all look at <code>debrief/page.html</code>: \
    every pair as a dot, no names, no grades.</li>\n</ol>\n";

fn answer(h: &Handout) -> String {
    let a = h.answer;
    let by = |range: Option<[crate::analysis::Share; 2]>| range.map_or("—".to_owned(), accounts::words);
    let mut rows = vec![vec![
        "a deal exists that is a defeat for nobody".to_owned(),
        by(accounts::exists(a)),
        percent(a.survey.exists.share),
    ]];
    if let Some(same) = &a.survey.same_package {
        rows.push(vec!["one same package would do".into(), by(accounts::same_package(a)), percent(same.share.share)]);
    }
    if let Some(reached) = &a.reached {
        rows.push(vec!["the talks reach one".into(), by(accounts::reached(a)), percent(reached.reached.share)]);
    }
    let rows = rows.into_iter().map(|row| row.iter().map(|cell| html::text(cell)).collect());
    let of = format!(
        "In {}, seed {}; pooled: {}.",
        worlds(a.survey.kept),
        a.choices.settings.drawing.seed,
        accounts::pooled(a)
    );
    html::element("h2", "The answer")
        + &html::table(&["In how many worlds …", "by account", "pooled"], &[1, 2], rows)
        + &html::classed("p", "small", &html::text(&of))
}

/// The solution points, the package of most worlds, those with names, and the frontier; each package once.
fn packages(h: &Handout, w: &Worth) -> String {
    let n = h.n();
    let mut tables = WorldTables::new();
    h.space.at(w.world).space.fill(w.world, &mut tables);
    let found = leaderships(h.space, w.world, &tables, Limits { listed: 4_096, ..Limits::default() });
    let mut all: Vec<(Package, Vec<String>)> = Vec::new();
    let mut add = |package: &Package, what: String| match all.iter_mut().find(|(other, _)| other == package) {
        Some((_, told)) => told.push(what),
        None => all.push((package.clone(), vec![what])),
    };
    if let Ok(solved) = &found.solutions {
        let points: [(&str, &Listed); 4] = [
            ("Nash", &solved.nash),
            ("Kalai–Smorodinsky", &solved.kalai_smorodinsky),
            ("egalitarian", &solved.egalitarian),
            ("utilitarian", &solved.utilitarian),
        ];
        points
            .iter()
            .for_each(|(what, listed)| listed.points.iter().take(2).for_each(|p| add(&p.package, (*what).to_owned())));
    }
    if let Some(same) = &h.answer.survey.same_package {
        add(&same.package, format!("would do in {} of worlds", percent(same.share.share)));
    }
    n.packages.iter().for_each(|named| add(&named.package, format!("`{}`", visible(&named.id))));
    if let Ok(frontier) = &found.frontier {
        let (all, step) = (&frontier.points, frontier.points.len().div_ceil(FRONTIER).max(1));
        all.iter().step_by(step).for_each(|p| add(&p.package, "on the frontier".into()));
    }
    let parties: Vec<String> = n.parties().map(|i| visible(&n.actor(i).name)).collect();
    let heads: Vec<&str> =
        ["Package", "Terms"].into_iter().chain(parties.iter().map(String::as_str)).chain(["At home"]).collect();
    let numbers: Vec<usize> = (2..2 + parties.len()).collect();
    html::table(&heads, &numbers, all.iter().map(|(package, what)| row(w, package, what)))
}

fn row(w: &Worth, package: &Package, what: &[String]) -> Vec<String> {
    let n = w.n;
    let account = Account::of(n, w.scale, w.world, package);
    let worth = account.leaderships.iter().map(|l| {
        let sign = if l.rational { "" } else { " ✗" };
        html::text(&format!("{}{sign}", signed(w.scale.points(l.utility), 1)))
    });
    let verdict = |wanted: Verdict| {
        let heard = account.audiences.iter().filter(|h| h.verdict == wanted && h.binds).map(|h| h.audience);
        heard.map(|a: AudienceId| visible(&n.audience(a).name)).collect_vec()
    };
    let lost = account.defeated(n, Defeat::Audience);
    let home = if lost.is_empty() {
        "<span class=\"good\">● a defeat for nobody</span>".to_owned()
    } else {
        format!("<span class=\"bad\">□ a defeat in the eyes of {}</span>", names(verdict(Verdict::Defeat)))
    };
    let victory = verdict(Verdict::Victory);
    let victory = if victory.is_empty() { String::new() } else { format!("; a victory for {}", names(victory)) };
    let rules = if account.is_allowed() { "" } else { "; no settlement: a rule excludes it" };
    let granted = if account.is_available() { "" } else { "; not granted" };
    let what = html::text(&what.iter().dedup().join("; "));
    let terms = html::text(&terms::in_brief(n, package));
    [what, terms].into_iter().chain(worth).chain([format!("{home}{victory}{rules}{granted}")]).collect()
}
