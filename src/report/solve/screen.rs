//! The first screen of one world: how many packages pass each test, the best, those with names, what the answer hangs
//! on, and where leaders alone would meet.

use super::super::check::basis;
use super::super::head::notices;
use super::super::terms::{as_list, beholder, fitting, item, outside};
use super::{beside, is_free, packages, solutions};
use crate::ask::Exact;
use crate::model::{Account, Package};
use crate::num::Order;
use crate::space::{Census, Listed, Margin, NearestMiss, Pivot};
use crate::text::columns::{columns, padded};
use crate::text::screen::{LABEL, Role, Room, Screen, bar};
use crate::text::words::{change, count, counted, list, margin, number, visible};

/// The screen. Each number on it is one of the page's.
pub fn screen(x: &Exact) -> Screen {
    Screen::filled(|s, room| fill(x, s, room))
}

fn fill(x: &Exact, s: &mut Screen, room: Room) {
    s.ends(Role::Title, &visible(&x.n.title), "one world, exactly");
    s.paragraph(Role::Plain, &visible(&x.n.question), room.lines([2, 2, 1]));
    s.gap();
    s.paragraph(Role::Finding, &answer(x), 2);
    funnel(x, s);
    s.gap();
    best(x, s, room);
    s.items("Packages with a name", &named(x), room.lines([3, 2, 1]));
    let (label, hangs) = hangs(x);
    s.items(label, &hangs, room.lines([3, 1, 1]));
    s.gap();
    leaders(x, s, room);
    s.gap();
    s.marked(Role::Warning, &beware(x), room.lines([4, 3, 3]));
    s.line(Role::Hint, "More: --frontier | --solutions | --pivotal | --show all");
}

fn answer(x: &Exact) -> String {
    let census = &x.solved.packages;
    let all = count(census.all);
    let doing = match (x.solved.exists(), census.would_do) {
        (Some(true), Some(1)) => format!("Yes: one of {all} packages would do"),
        (Some(true), Some(many)) => format!("Yes: {} of {all} packages would do", count(many)),
        (Some(true), None) => format!("Yes: some of {all} packages would do"),
        (Some(false), _) => format!("No: none of {all} packages would do"),
        (None, _) => format!("Whether any of {all} packages would do cannot be said exactly"),
    };
    let free = if is_free(x) { "; nobody at home can stop a deal" } else { "" };
    format!("{doing}{free}.")
}

/// Packages left after each test; tests that none fails for want of anybody to ask are left out.
fn funnel(x: &Exact, s: &mut Screen) {
    let Census { all, allowed, rational, rational_no_defeat, would_do, .. } = x.solved.packages;
    let holders = x.n.space.issues.iter().flat_map(|k| &k.options).any(|o| !o.holders.is_empty());
    let [signs, bears] = match x.n.has_coalitions() {
        false => ["no leader prefers no deal", "and a defeat for nobody"],
        true => ["enough leaders would sign", "and no defeat for them"],
    };
    let steps = [
        (true, "packages", Some(all)),
        (!x.n.space.rules.is_empty(), "allowed by the rules", allowed),
        (true, signs, rational),
        (!is_free(x), bears, rational_no_defeat),
        (holders, "and granted", would_do),
    ];
    for (_, what, left) in steps.into_iter().filter(|(asked, ..)| *asked) {
        let value = left.map_or_else(|| "not known".to_owned(), count).replace('\u{a0}', " ");
        let bar = left.map_or_else(String::new, |left| bar(left as f64 / all as f64, 40));
        s.line(Role::Bar, &format!("  {}{}  {bar}", padded(what, 26), right(&value, 10)));
    }
    s.paragraph(Role::Plain, &outside(&x.n, x.solved.packages.share_failing_outside()), 3);
}

/// The best package, or the nearest miss.
fn best(x: &Exact, s: &mut Screen, room: Room) {
    let lines = room.lines([4, 3, 2]);
    let mut told = |label: &str, how: &str, package: &Package| {
        s.entry(label, &fitting(&x.n, package, [how, ""], LABEL, lines), lines);
    };
    let who = || list(x.solved.binding.iter().map(|b| beholder(&x.n, *b)));
    match (x.solved.margin, &x.solved.best, &x.solved.nearest_miss) {
        (Some(Margin::Share(share)), Some(best), _) if share >= 0.0 => {
            let how = format!("by {} of the span of {}: ", margin(share), who());
            told("Furthest from a defeat", &how, best);
        }
        (_, _, Some(miss)) => {
            told("Nearest miss", &format!("{} would refuse: ", refusing(x, miss)), &miss.package);
        }
        _ => {}
    }
}

/// Who refuses the nearest miss, and how far short it is.
fn refusing(x: &Exact, miss: &NearestMiss) -> String {
    let refuse = miss.judged.iter().filter(|j| j.refuses).map(|j| {
        let who = beholder(&x.n, j.beholder);
        match j.share.filter(|share| *share < 0.0) {
            Some(share) => format!("{who} ({} of its span short)", margin(-share)),
            None => format!("{who} (a red line is crossed)"),
        }
    });
    list(refuse)
}

fn named(x: &Exact) -> Vec<String> {
    x.n.packages.iter().map(|p| format!("`{}` {}", p.id, fares(x, &p.package))).collect()
}

/// Whether a package would do; where nobody at home can stop it, what it is worth to the leaders.
fn fares(x: &Exact, package: &Package) -> String {
    let against = beside::against(x, package).join("; ");
    if !against.is_empty() {
        return if beside::would_do(x, package) { format!("would do, though {against}") } else { against };
    }
    if !is_free(x) {
        return "would do".into();
    }
    let account = Account::of(&x.n, x.solved.utilities, &x.world, package);
    let worth: Vec<i64> = account.leaderships.iter().map(|l| l.utility).collect();
    let beaten = x.solved.frontier.as_ref().is_ok_and(|f| f.points.iter().any(|p| beats(&p.utility, &worth)));
    let more = if beaten { ": all could have more" } else { "" };
    format!("{}{more}", points(x, &worth))
}

/// What each leader gets, in the order of the parties.
fn points(x: &Exact, utility: &[i64]) -> String {
    utility.iter().map(|u| number(x.solved.utilities.points(*u))).collect::<Vec<_>>().join(" : ")
}

/// What would turn the answer if it were left out; failing that, what takes most from the margin.
fn hangs(x: &Exact) -> (&'static str, Vec<String>) {
    let exists = x.solved.exists();
    let turning = |p: &&Pivot| exists.is_some_and(|exists| exists != p.margin.exists());
    let named = |p: &Pivot| item(&x.n, p.item);
    let turning: Vec<String> = x.solved.pivotal.iter().filter(turning).map(named).collect();
    if !turning.is_empty() {
        let label = if exists == Some(true) { "It hinges on" } else { "One would do without" };
        return (label, turning);
    }
    let Some(with) = x.solved.margin.and_then(Margin::share) else { return ("", Vec::new()) };
    let moved = |p: &Pivot| Some((p.margin.share()? - with, named(p)));
    let mut moved: Vec<(f64, String)> = x.solved.telling().filter_map(moved).filter(|(by, _)| *by < 0.0).collect();
    moved.order_by(|x, y| x.0.total_cmp(&y.0));
    ("The margin rests on", moved.into_iter().map(|(by, what)| format!("{what} ({})", change(by))).collect())
}

/// Where the leaders would meet without regard to their homes, one line for each different place.
fn leaders(x: &Exact, s: &mut Screen, room: Room) {
    let Ok(a) = &x.solved.solutions else { return };
    if a.ideal.is_empty() {
        return s.line(Role::Plain, "Leaders alone would not meet: no package suits all of them.");
    }
    let parties: Vec<String> = x.n.parties().map(|i| visible(&x.n.actor(i).name)).collect();
    let frontier = x.solved.frontier.as_ref().ok();
    let told = |f: &Listed| match super::coarsened(x, f) {
        None => format!("; {} on the Pareto frontier", packages(f.packages)),
        Some(_) => format!("; the Pareto frontier coarsened to {}", counted(f.size, "point")),
    };
    let frontier = frontier.map(told);
    let alone = if x.n.has_coalitions() { "Leaders alone, if all had to agree" } else { "Leaders alone" };
    let head = format!("{alone}, {} (no deal {})", parties.join(" : "), points(x, &a.no_deal));
    s.paragraph(Role::Plain, &format!("{head}{}:", frontier.unwrap_or_default()), 3);
    let mut places: Vec<(Vec<&str>, Option<&Listed>)> = Vec::new();
    for (_, name, listed) in solutions(a) {
        match places.iter_mut().find(|(_, other)| *other == listed) {
            Some((names, _)) => names.push(name),
            None => places.push((vec![name], listed)),
        }
    }
    let name = |names: &[&str]| if names.len() == 4 { "Nash and the three others".into() } else { names.join(", ") };
    let wide = places.iter().map(|(names, _)| columns(&name(names))).max().unwrap_or(0);
    for (names, listed) in places.iter().take(room.lines([4, 3, 3])) {
        s.line(Role::Plain, &format!("  {}  {}", padded(&name(names), wide), place(x, *listed)));
    }
}

fn place(x: &Exact, listed: Option<&Listed>) -> String {
    let Some(listed) = listed else { return "not known".into() };
    let Some(first) = listed.points.first() else { return "none".into() };
    let ties = if listed.packages > 1 { format!(", or {} as good", count(listed.packages - 1)) } else { String::new() };
    format!("{}  {}{ties}", points(x, &first.utility), as_list(&x.n, &first.package))
}

/// Vetoes that do not happen here, what is not known, and of which world all this is said.
fn beware(x: &Exact) -> String {
    let asleep = Some(beside::told(x)).filter(|told| !told.is_empty());
    let missing = x.solved.missing.as_ref().map(|why| format!("Some of it is not known: {why}."));
    let basis = basis(&x.n);
    let basis = basis.split_once(';').map_or(basis.as_str(), |(first, _)| first);
    let notices = notices(&x.n, &x.variants);
    let told = [format!("Exact for {}.", x.called)].into_iter().chain(beside::decimals(x)).chain(missing).chain(asleep);
    let told = told.chain(notices).chain([format!("{basis}.")]);
    told.collect::<Vec<_>>().join(" ")
}

/// Whether the first gives everybody at least as much as the second, and somebody more.
fn beats(first: &[i64], second: &[i64]) -> bool {
    first.iter().zip(second).all(|(a, b)| a >= b) && first != second
}

fn right(text: &str, wide: usize) -> String {
    " ".repeat(wide.saturating_sub(columns(text))) + text
}
