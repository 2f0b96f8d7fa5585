//! The answer as CSV: packages, options, unknowns, what the talks come to, and one row a run.

use itertools::Itertools as _;

use super::super::{calendar::iso, story, terms};
use super::talks::{by_term, intent_id, survival};
use super::{Answer, is_bare_minimum};
use crate::analysis::{Leading, Reached, Recorded, Share};
use crate::engine::talks::{Ending, Run};
use crate::model::{ActorId, Negotiation};
use crate::space::Margin;
use crate::text::sheet::{self, csv};

/// Plain heads, and behind them those of [`cells`] for each share.
fn heads<const N: usize, const S: usize>(plain: [&str; N], shares: [&str; S]) -> Vec<String> {
    const PARTS: [&str; 5] = ["count", "of", "share", "low", "high"];
    let of_share = |of: &str| PARTS.map(|part| format!("{of}_{part}"));
    plain.map(String::from).into_iter().chain(shares.into_iter().flat_map(of_share)).collect()
}

/// What stands under the heads of a share.
fn cells(share: Share) -> Vec<String> {
    let [count, of] = [share.count, share.of].map(|n| n.to_string());
    [count, of].into_iter().chain([share.share, share.low, share.high].map(|x| x.to_string())).collect()
}

/// Every text of a folder of results but page and summary: its name and what stands in it.
pub fn sheets(a: &Answer) -> Vec<(&'static str, String)> {
    let mut sheets = vec![
        ("manifest.json", format!("{:#}\n", super::manifest(a))),
        ("packages.csv", packages(a)),
        ("options.csv", options(a)),
        ("unknowns.csv", unknowns(a)),
    ];
    if let Some(r) = &a.reached {
        sheets.extend([("endings.csv", endings(a, r)), ("terms.csv", agreed(a, r)), ("blocked.csv", blocked(a, r))]);
        sheets.extend(r.survival.as_ref().map(|s| ("survival.csv", survival(s))));
    }
    sheets
}

/// One row a package: those that do most often, then those with names.
fn packages(a: &Answer) -> String {
    let n = a.n();
    let mut head = heads(["list", "name", "package"], ["would_do", "no_defeat", "rational", "available"]);
    for audience in &n.audiences {
        head.extend(["defeat", "bearable", "victory"].map(|verdict| format!("{}_{verdict}", audience.id)));
    }
    let row = |list: &str, l: &Leading| {
        let name = terms::named(n, &l.package).unwrap_or("").to_owned();
        let shares = [l.would_do, l.no_defeat, l.rational, l.available].map(cells).concat();
        let verdicts = l.verdicts.iter().flatten().map(u64::to_string).collect();
        [vec![list.to_owned(), name, terms::as_flag(n, &l.package)], shares, verdicts].concat()
    };
    let leading = a.survey.leading.iter().map(|l| row("leading", l));
    let named = a.survey.named.iter().map(|l| row("named", l));
    csv(&head, &leading.chain(named).collect_vec())
}

/// One row an option, claim, red line or audience: what would be without it.
fn options(a: &Answer) -> String {
    let mut head = heads(["kind", "path", "name"], ["exists_without"]);
    head.extend(["lost", "gained", "margin_change", "worlds_with_margin"].map(String::from));
    let rows = a.survey.contributions.iter().map(|c| {
        let item = vec![terms::kind(c.item).to_owned(), c.item.path(a.n()), terms::item(a.n(), c.item)];
        let numbers = vec![c.lost.to_string(), c.gained.to_string(), c.margin.to_string(), c.finite.to_string()];
        [item, cells(c.exists), numbers].concat()
    });
    csv(&head, &rows.collect_vec())
}

/// One row an uncertain input, the one that matters most on even runs first; but for what is `on_even` all is of odd ones.
fn unknowns(a: &Answer) -> String {
    let plain = ["path", "numbers", "median", "effect", "error", "margin_low", "margin_high"];
    let mut head = heads(plain, ["exists_low", "exists_high"]);
    head.push("effect_on_even".into());
    let talks = a.reached.is_some();
    if talks {
        head.extend(heads([], ["reached_low", "reached_high"]));
        head.extend(["reach", "reach_error", "reach_on_even"].map(String::from));
    }
    let rows = a.survey.drivers.iter().map(|d| {
        let (input, shown) = (a.n().inputs.get(d.input), &d.shown);
        let median = d.median().map_or(String::new(), |x| x.to_string());
        let numbers = [shown.effect, shown.error, shown.margin_low, shown.margin_high].map(|x| x.to_string()).into();
        let start = vec![input.path.clone(), input.numbers.clone(), median];
        let end = vec![d.chosen.effect.to_string()];
        let reach = [shown.reach, shown.reach_error, d.chosen.reach].map(|x| x.to_string()).into();
        let reached = [cells(shown.reached_low), cells(shown.reached_high), reach].concat();
        let reached = if talks { reached } else { Vec::new() };
        [start, numbers, cells(shown.exists_low), cells(shown.exists_high), end, reached].concat()
    });
    csv(&head, &rows.collect_vec())
}

/// One row an ending: over all runs, those where one exists, those of each reading, those of each intent, standardised over
/// accounts and as drawn.
fn endings(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let all = [("all", String::new(), &r.endings), ("one-exists", String::new(), &r.where_one_exists)];
    let readings = n.readings.iter().zip(&r.by_reading).map(|(reading, e)| ("reading", reading.id.clone(), e));
    let drawn = r.by_intent.iter().map(|it| ("intent-drawn", intent_id(n, it.intent), &it.drawn));
    let intents = r.by_intent.iter().map(|it| ("intent", intent_id(n, it.intent), &it.endings));
    let rows = all.into_iter().chain(readings).chain(intents).chain(drawn).flat_map(|(by, which, endings)| {
        let row = move |(ending, share): &(Ending, Share)| {
            [vec![by.to_owned(), which.clone(), ending.word().to_owned()], cells(*share)].concat()
        };
        endings.iter().map(row)
    });
    csv(&heads(["by", "which", "ending"], ["runs"]), &rows.collect_vec())
}

/// One row a term that was agreed, then one a package that was, the most frequent first; of what was reached.
fn agreed(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let terms_agreed = by_term(a, r).into_iter().map(|(k, o, share)| {
        let issue = &n.space.issues[k.0];
        let flag = format!("{}={}", issue.id, issue.options[o.0].id);
        [vec!["term".to_owned(), terms::term(n, k, o), flag, String::new()], cells(share)].concat()
    });
    let packages = r.terms.iter().map(|agreed| {
        let name = terms::named(n, &agreed.package).unwrap_or("").to_owned();
        let (flag, bare) = (terms::as_flag(n, &agreed.package), is_bare_minimum(n, &agreed.package));
        [vec!["package".to_owned(), name, flag, bare.to_string()], cells(agreed.share)].concat()
    });
    let head = heads(["kind", "name", "terms", "bare_minimum"], ["deals"]);
    csv(&head, &terms_agreed.chain(packages).collect_vec())
}

/// One row a thing that stood in the way last, then one a reason for no deal; of all runs.
fn blocked(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let blocks = r.blocked.iter().map(|(b, share)| ("blocked", story::blocked(n, *b), share));
    let causes = r.causes.iter().map(|(c, share)| ("no-deal", story::why(n, *c), share));
    let row = |(kind, what, share): (&str, String, &Share)| [vec![kind.to_owned(), what], cells(*share)].concat();
    csv(&heads(["kind", "what"], ["runs"]), &blocks.chain(causes).map(row).collect_vec())
}

/// The sheet of all runs, with its head: run, reading, whether one exists, the margin as a share (empty where every package
/// is refused, `inf` where no veto is in force); with talks also intents, ending, round, the day on which it begins, what was
/// agreed, the relative gain of each party from a deal signed and ratified, why there is none, and what the run pays each
/// party in all.
pub fn runs(n: &Negotiation, rows: &str) -> String {
    let mut head = heads(["run", "reading", "exists", "margin"], []);
    if n.talks.is_some() {
        head.extend(["intents", "ending", "round", "date", "package"].map(String::from));
        head.extend(n.parties().map(|i| format!("gain_{}", n.actor(i).id)));
        head.push("cause".into());
        head.extend(n.parties().map(|i| format!("payoff_{}", n.actor(i).id)));
    }
    csv(&head, &[]) + rows
}

/// The row of one run.
pub fn recorded(n: &Negotiation, run: &Recorded) -> String {
    let reading = run.reading.map_or(String::new(), |r| n.readings[r].id.clone());
    let mut row = vec![run.run.to_string(), reading, run.margin.exists().to_string(), margin(run.margin)];
    row.extend(run.played.iter().flat_map(|run| played(n, run)));
    sheet::row(&row)
}

fn played(n: &Negotiation, run: &Run) -> Vec<String> {
    let package = run.package.as_ref().map_or(String::new(), |package| terms::as_flag(n, package));
    let of = |list: &[(ActorId, f64)], i| {
        list.iter().find(|(of, _)| *of == i).map_or(String::new(), |(_, points)| points.to_string())
    };
    let mut row = vec![
        run.intents.iter().map(|at| intent_id(n, *at)).join(" "),
        run.ending.word().to_owned(),
        run.rounds.to_string(),
    ];
    row.extend([iso(n, run.rounds).unwrap_or_default(), package]);
    row.extend(n.parties().map(|i| of(&run.gains, i)));
    row.push(run.cause.map_or(String::new(), |cause| cause.word().to_owned()));
    row.extend(n.parties().map(|i| of(&run.payoffs, i)));
    row
}

fn margin(margin: Margin) -> String {
    match margin {
        Margin::Share(share) => share.to_string(),
        Margin::Unbounded => "inf".into(),
        Margin::None => String::new(),
    }
}
