//! The answer as CSV: packages, options, unknowns, what the talks come to, and one row a run.

use itertools::Itertools as _;

use super::super::{story, terms};
use super::talks::{by_term, survival};
use super::{Answer, is_bare_minimum};
use crate::analysis::{Leading, Reached, Recorded, Share};
use crate::batch::{OutcomeColumns, quoted};
use crate::engine::talks::Ending;
use crate::model::Negotiation;
use crate::text::sheet::csv;

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
        ("verdicts.csv", verdicts(a)),
        ("terms.csv", terms(a)),
        ("options.csv", options(a)),
        ("unknowns.csv", unknowns(a)),
    ];
    if let Some(r) = &a.reached {
        sheets.extend([
            ("endings.csv", endings(a, r)),
            ("agreed.csv", agreed(a, r)),
            ("agreed-terms.csv", agreed_terms(a, r)),
            ("blocked.csv", blocked(a, r)),
        ]);
        sheets.extend(r.survival.as_ref().map(|s| ("survival.csv", survival(s))));
    }
    sheets
}

/// Packages in the order in which sheets list them: the list, the place in it from 1, and the package.
fn listed(a: &Answer) -> impl Iterator<Item = (&'static str, usize, &Leading)> {
    let lists = [("leading", &a.survey.leading), ("named", &a.survey.named)];
    lists.into_iter().flat_map(|(list, all)| all.iter().zip(1..).map(move |(l, place)| (list, place, l)))
}

/// One row a package: those that do most often, then those with names.
fn packages(a: &Answer) -> String {
    let n = a.n();
    let head = heads(["list", "place", "name", "package"], ["would_do", "no_defeat", "rational", "available"]);
    let row = |(list, place, l): (&str, usize, &Leading)| {
        let name = terms::named(n, &l.package).unwrap_or("").to_owned();
        let shares = [l.would_do, l.no_defeat, l.rational, l.available].map(cells).concat();
        [vec![list.to_owned(), place.to_string(), name, n.space.flag(&l.package)], shares].concat()
    };
    csv(&head, &listed(a).map(row).collect_vec())
}

/// One row a package of those lists, an audience and a verdict: in how many worlds it is that.
fn verdicts(a: &Answer) -> String {
    let rows = listed(a).flat_map(|(list, place, l)| {
        a.n().audiences.iter().zip(&l.verdicts).flat_map(move |(audience, counts)| {
            let of = counts.iter().sum();
            ["defeat", "bearable", "victory"].iter().zip(counts).map(move |(verdict, count)| {
                let key = vec![list.to_owned(), place.to_string(), audience.id.clone(), (*verdict).to_owned()];
                [key, cells(Share::of(*count, of))].concat()
            })
        })
    });
    csv(&heads(["list", "place", "audience", "verdict"], ["worlds"]), &rows.collect_vec())
}

/// One row an issue of a package of those lists, and of what was agreed: the option that it picks.
fn terms(a: &Answer) -> String {
    let n = a.n();
    let agreed =
        a.reached.iter().flat_map(|r| r.terms.iter().zip(1..)).map(|(it, place)| ("agreed", place, &it.package));
    let all = listed(a).map(|(list, place, l)| (list, place, &l.package)).chain(agreed);
    let rows = all.flat_map(|(list, place, package)| {
        n.space.picks(package).map(move |(issue, option)| {
            let now = issue.now.is_some_and(|now| issue.options[now.0].id == option.id);
            vec![list.to_owned(), place.to_string(), issue.id.clone(), option.id.clone(), u8::from(now).to_string()]
        })
    });
    csv(&heads(["list", "place", "issue", "option", "as_now"], []), &rows.collect_vec())
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
    let drawn = r.by_intent.iter().map(|it| ("intent-drawn", n.intent_id(it.intent), &it.drawn));
    let intents = r.by_intent.iter().map(|it| ("intent", n.intent_id(it.intent), &it.endings));
    let rows = all.into_iter().chain(readings).chain(intents).chain(drawn).flat_map(|(by, which, endings)| {
        let row = move |(ending, share): &(Ending, Share)| {
            [vec![by.to_owned(), which.clone(), ending.word().to_owned()], cells(*share)].concat()
        };
        endings.iter().map(row)
    });
    csv(&heads(["by", "which", "ending"], ["runs"]), &rows.collect_vec())
}

/// One row a package that was agreed, the most frequent first; of what was reached.
fn agreed(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let packages = r.terms.iter().zip(1..).map(|(agreed, place)| {
        let name = terms::named(n, &agreed.package).unwrap_or("").to_owned();
        let bare = u8::from(is_bare_minimum(n, &agreed.package)).to_string();
        [vec![place.to_string(), name, n.space.flag(&agreed.package), bare], cells(agreed.share)].concat()
    });
    csv(&heads(["place", "name", "package", "bare_minimum"], ["deals"]), &packages.collect_vec())
}

/// One row an option that was agreed, the most frequent first; of what was reached.
fn agreed_terms(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let rows = by_term(a, r).into_iter().map(|(k, o, share)| {
        let issue = &n.space.issues[k.0];
        let key = vec![issue.id.clone(), issue.options[o.0].id.clone(), terms::term(n, k, o)];
        [key, cells(share)].concat()
    });
    csv(&heads(["issue", "option", "name"], ["deals"]), &rows.collect_vec())
}

/// One row a thing that stood in the way last, then one a reason for no deal; of all runs.
fn blocked(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let blocks = r.blocked.iter().map(|(b, share)| ("blocked", story::blocked(n, *b), share));
    let causes = r.causes.iter().map(|(c, share)| ("no-deal", story::why(n, *c), share));
    let row = |(kind, what, share): (&str, String, &Share)| [vec![kind.to_owned(), what], cells(*share)].concat();
    csv(&heads(["kind", "what"], ["runs"]), &blocks.chain(causes).map(row).collect_vec())
}

/// The sheet of all runs, with its head: the run, the reading of its world, and what it came to.
pub fn runs(n: &Negotiation, rows: &str) -> String {
    let head: Vec<String> =
        heads(["run", "drawn_reading"], []).into_iter().chain(OutcomeColumns::of(n).heads()).collect();
    csv(&head, &[]) + rows
}

/// The row of one run.
pub fn recorded(n: &Negotiation, columns: &OutcomeColumns, run: &Recorded) -> String {
    let reading = run.reading.map_or("", |r| &n.readings[r].id);
    let mut row = format!("{},{},", run.run, quoted(reading));
    columns.add(&mut row, n, run.margin, run.played);
    row.push('\n');
    row
}
