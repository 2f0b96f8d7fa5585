//! The page of one world, for a terminal of 80 columns.

use super::super::head::head;
use super::super::terms::{self, as_list, beholder, item};
use super::miss::miss;
use super::{beside, packages};
use crate::ask::Exact;
use crate::model::ActorId;
use crate::space::frontier::NoFrontier;
use crate::space::{Census, Listed, Margin, Pivot, UtilityPoint};
use crate::text::table::{Table, pairs};
use crate::text::words::{bullet, capital, change, count, counted, list, margin, number, paragraph, stacked, visible};

/// Points of the frontier shown.
const SHOWN: usize = 8;

/// A change of the margin, as a share of the span, from which on something hangs on an item. Source: assumption.
const TELLING: f64 = 0.01;

/// The packages with a name, the answer in one sentence, how many packages are what, the solution points, the frontier,
/// what it hangs on, and the nearest miss where no package would do.
pub fn page(x: &Exact) -> String {
    let (n, solved) = (&x.n, &x.solved);
    let decimals = beside::decimals(x).map(|told| format!(" {told}")).unwrap_or_default();
    let footer = paragraph(&format!("Exact for {}; {}.{decimals}", x.called, super::super::CAVEAT));
    let nearest = [(&solved.nearest_miss, false), (&solved.if_granted, true)];
    let [nearest, if_granted] = nearest
        .map(|(found, ungranted)| found.as_ref().map(|m| miss(n, solved.scale, m, ungranted)).unwrap_or_default());
    let start = [head(n, &x.variants), answer(x), named(x), census(x, &solved.packages), missing(x)];
    stacked(&[&start[..], &[nearest, if_granted, best_for(x), solutions(x), frontier(x), hangs(x), footer]].concat())
}

/// Parts of the page that can be asked for by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The whole page.
    All,
    /// The Pareto frontier of the leaderships.
    Frontier,
    /// Where the leaderships would meet, and what each solution means.
    Solutions,
    /// What the margin would be without each option, claim, red line and audience.
    Pivotal,
}

impl Show {
    /// All parts with the words by which they are asked for.
    pub const WORDS: [(&str, Self); 4] =
        [("all", Self::All), ("frontier", Self::Frontier), ("solutions", Self::Solutions), ("pivotal", Self::Pivotal)];
}

/// A part of the page, ended by a line break; empty where there is nothing of it.
pub fn shown(x: &Exact, show: Show) -> String {
    match show {
        Show::All => page(x),
        Show::Frontier => frontier(x),
        Show::Solutions => solutions(x),
        Show::Pivotal => hangs(x),
    }
}

/// What the solution points are, in a line each.
const GLOSSES: [(&str, &str); 4] = [
    ("Nash", "the product of what the sides gain over no deal is greatest."),
    ("Kalai–Smorodinsky", "the least share, of the most that each could gain, is the greatest."),
    ("Egalitarian", "the smallest of the gains is greatest."),
    ("Utilitarian", "the sum of all points is greatest."),
];

/// What the frontier is.
const PARETO: &str = "On it, nobody can get more without somebody getting less.";

fn answer(x: &Exact) -> String {
    let would_do = x.solved.packages.would_do;
    let text = match (x.solved.exists(), would_do) {
        (Some(true), Some(1)) => "Yes: one package would do.".to_owned(),
        (Some(true), Some(many)) => format!("Yes: {} packages would do.", count(many)),
        (Some(true), None) => "Yes: a package would do.".to_owned(),
        (Some(false), _) => "No package would do.".to_owned(),
        (None, _) => "Whether a package would do cannot be said exactly.".to_owned(),
    };
    let asked = terms::asked(&x.n);
    let meaning = format!(
        "To do, a package must be granted by all who hold its terms, be worth at least as much as no deal to every \
         leadership{asked}, and be a defeat for no party{asked}."
    );
    let outside = terms::outside(&x.n, x.solved.packages.share_failing_outside());
    let outside = if outside.is_empty() { outside } else { paragraph(&outside) };
    paragraph(&format!("{text} {meaning}"))
        + &outside
        + &best(x)
        + &Some(beside::told(x)).filter(|told| !told.is_empty()).map_or_else(String::new, |told| paragraph(&told))
}

fn named(x: &Exact) -> String {
    let row = |p: &crate::model::NamedPackage| {
        let against = beside::against(x, &p.package);
        let against = against.join("; ");
        let answer = match beside::would_do(x, &p.package) {
            true if against.is_empty() => "yes".to_owned(),
            true => format!("yes, though {against}"),
            false => format!("no: {against}"),
        };
        (format!("`{}`", p.id), answer)
    };
    let rows: Vec<(String, String)> = x.n.packages.iter().map(row).collect();
    if rows.is_empty() { String::new() } else { paragraph("Would the packages with a name do?") + &pairs(&rows) }
}

fn best(x: &Exact) -> String {
    let who: Vec<String> = x.solved.binding.iter().map(|b| beholder(&x.n, *b)).collect();
    let text = match (x.solved.margin, &x.solved.best) {
        (Some(Margin::Share(share)), Some(best)) if share >= 0.0 => format!(
            "Furthest from a defeat is {}{}. It clears the line of {} by {} of the distance between their \
             best and worst (their span).",
            as_list(&x.n, best),
            as_good(x),
            list(&who),
            margin(share)
        ),
        (Some(Margin::Share(share)), Some(_)) => format!(
            "The best of those that {} leaderships would sign misses the line of {} by {} of the distance between their \
             best and worst (their span).",
            terms::all_or_enough(&x.n),
            list(&who),
            margin(-share)
        ),
        (Some(Margin::Unbounded), _) if super::is_free(x) => "No verdict can make a package a defeat here.".to_owned(),
        (Some(Margin::Unbounded), _) if x.n.has_coalitions() => {
            "Some package would do for enough, none of whom anybody at home can stop.".to_owned()
        }
        (Some(Margin::None), _) if x.solved.packages.signed_not_kept.is_some_and(|broken| broken > 0) => {
            "What all would sign somebody would not keep: once states have moved, going back on it is worth more."
                .to_owned()
        }
        (Some(Margin::None), _) if x.solved.without_span.is_empty() => format!(
            "Every package that {} would sign and that is granted crosses a red line, or there is none.",
            terms::all_or_enough(&x.n)
        ),
        _ => String::new(),
    };
    let text = text + &terms::without_span(&x.n, &x.solved.without_span);
    if text.is_empty() { text } else { paragraph(&text) }
}

/// How many other packages lie as far from a defeat as the best.
fn as_good(x: &Exact) -> String {
    let others = x.solved.ties.saturating_sub(1);
    if others > 0 { format!(" (and {} as far)", packages(others)) } else { String::new() }
}

fn census(x: &Exact, c: &Census) -> String {
    let number = |n: Option<u128>| n.map_or_else(|| "not known".to_owned(), count);
    let all = terms::all_or_enough(&x.n);
    let mut rows = vec![
        ("packages".to_owned(), count(c.all)),
        ("settlements at all".to_owned(), number(c.allowed)),
        ("  granted by all holders".to_owned(), number(c.available)),
        (format!("  no worse than no deal for {all}"), number(c.rational)),
    ];
    let party = |(i, n): &(ActorId, Option<u128>)| (format!("  no defeat for {}", name(x, *i)), number(*n));
    rows.extend(c.winset.iter().map(party));
    let anybody = if x.n.has_coalitions() { "  no defeat for enough" } else { "  no defeat for anybody" };
    rows.push((anybody.to_owned(), number(c.no_defeat)));
    rows.push((format!("    and no worse than no deal for {all}"), number(c.rational_no_defeat)));
    rows.push(("    and granted: these would do".to_owned(), number(c.would_do)));
    if x.n.has_coalitions() {
        rows.push(("      and fail for nobody outside".to_owned(), number(c.for_everybody)));
    }
    if let Some(broken) = c.signed_not_kept.filter(|broken| *broken > 0) {
        rows.push(("    would be signed, and not kept".to_owned(), count(broken)));
    }
    let width = rows.iter().map(|(_, n)| n.chars().count()).max().unwrap_or(0);
    let aligned: Vec<(String, String)> = rows.into_iter().map(|(l, n)| (l, right(&n, width))).collect();
    pairs(&aligned)
}

fn name(x: &Exact, i: ActorId) -> String {
    visible(&x.n.actor(i).name)
}

fn missing(x: &Exact) -> String {
    x.solved.missing.as_ref().map_or_else(String::new, |why| paragraph(&format!("Some of it is not known: {why}.")))
}

fn solutions(x: &Exact) -> String {
    let Ok(a) = &x.solved.solutions else { return String::new() };
    if a.ideal.is_empty() {
        return paragraph(
            "No package that is granted is worth at least as much as no deal to all, so there is no solution point.",
        );
    }
    let mut table = table(x, "solution");
    let no_deal = a.no_deal.iter().map(|u| number(x.solved.utilities.points(*u))).collect();
    table.row(row("no deal", no_deal, String::new()));
    for (_, name, listed) in super::solutions(a) {
        match listed {
            Some(listed) => rows(x, &mut table, name, listed, 3),
            None => table.row(row(name, vec!["?".to_owned(); a.no_deal.len()], "not known".to_owned())),
        }
    }
    let unanimous = if x.n.has_coalitions() { " if all had to agree" } else { "" };
    let mut text = paragraph(&format!(
        "Where the leaderships would meet{unanimous}, without regard to their homes (the last two compare points of \
         different sides):"
    )) + &table.text()
        + &GLOSSES.map(|(name, gloss)| bullet(&format!("{name}: {gloss}"))).concat();
    for party in &a.left_out {
        text += &paragraph(&format!("{} has nothing to gain, so Kalai–Smorodinsky leaves it out.", name(x, *party)));
    }
    text
}

/// What is best for each side, given what the others bear.
fn best_for(x: &Exact) -> String {
    if x.solved.best_for.is_empty() {
        return String::new();
    }
    let mut table = table(x, "best for");
    for best in &x.solved.best_for {
        let worth = best.utility.iter().map(|u| number(x.solved.scale.points(*u))).collect();
        let own = if beside::would_do(x, &best.package) { "" } else { " (would not do)" };
        let terms = format!("{}{own}", as_list(&x.n, &best.package));
        table.row(row(&x.n.actor(best.party).id, worth, terms));
    }
    let who = if x.n.has_coalitions() { "enough of the others" } else { "all others" };
    paragraph(&format!(
        "What each leadership likes most of what {who} bear (granted, no worse than no deal for them, and no defeat at their \
         homes):"
    )) + &table.text()
}

fn frontier(x: &Exact) -> String {
    let list = match &x.solved.frontier {
        Ok(list) => list,
        Err(why) => {
            let told = match why {
                NoFrontier::Truncated { .. } | NoFrontier::Stopped { .. } => {
                    "; `--coarsen 10000` keeps some of it and says how far from the rest they may be"
                }
                _ => "",
            };
            return paragraph(&format!("The Pareto frontier is not known: {why}{told}."));
        }
    };
    let mut table = table(x, "");
    rows(x, &mut table, "", list, SHOWN);
    let points = counted(list.size, "point");
    let head = match super::coarsened(x, list) {
        None => format!("Pareto frontier of the leaderships: {points}, {} on them.", packages(list.packages)),
        Some(told) => format!("Pareto frontier of the leaderships, coarsened to {points}: {told}."),
    };
    paragraph(&format!("{head} {PARETO}")) + &table.text()
}

fn table(x: &Exact, first: &str) -> Table {
    let parties: Vec<String> = x.n.parties().map(|i| x.n.actor(i).id.clone()).collect();
    let mut head: Vec<&str> = vec![first];
    head.extend(parties.iter().map(String::as_str));
    head.push("package");
    Table::new(&head)
}

fn rows(x: &Exact, table: &mut Table, name: &str, listed: &Listed, most: usize) {
    let width = x.n.parties().count();
    if listed.points.is_empty() {
        table.row(row(name, vec!["–".to_owned(); width], "none".to_owned()));
    }
    for (at, point) in listed.points.iter().take(most).enumerate() {
        table.row(row(if at == 0 { name } else { "" }, utility(x, point), terms(x, point)));
    }
    if listed.size > most {
        let more = format!("and {} more", count((listed.size - most) as u128));
        table.row(row("", vec![String::new(); width], more));
    }
}

fn utility(x: &Exact, point: &UtilityPoint) -> Vec<String> {
    point.utility.iter().map(|u| number(x.solved.utilities.points(*u))).collect()
}

fn terms(x: &Exact, point: &UtilityPoint) -> String {
    let terms = as_list(&x.n, &point.package);
    if point.ties > 1 { format!("{terms} (and {} as good)", packages(point.ties - 1)) } else { terms }
}

fn hangs(x: &Exact) -> String {
    if x.solved.pivotal.is_empty() {
        return String::new();
    }
    let telling: Vec<&Pivot> = x.solved.pivotal.iter().filter(|p| is_telling(x, p)).collect();
    let rest = x.solved.pivotal.len() - telling.len();
    let least = "1\u{a0}%";
    if telling.is_empty() {
        return paragraph(&format!("No single item moves the margin by {least} of a span."));
    }
    let mut text = paragraph("What it hangs on, and the margin if this were left out (in brackets, its change):");
    for pivot in telling {
        text += &bullet(&format!("{}: {}", capital(&item(&x.n, pivot.item)), without(x, pivot)));
    }
    if rest > 0 {
        let others = counted(rest, "item");
        text += &paragraph(&format!("Each of the other {others} moves it by less than {least} or not at all."));
    }
    text
}

/// Whether the answer, or the margin by enough, is another without an item.
fn is_telling(x: &Exact, pivot: &Pivot) -> bool {
    let answer = x.solved.exists().is_some_and(|exists| exists != pivot.margin.exists());
    let shares = x.solved.margin.and_then(Margin::share).zip(pivot.margin.share());
    let moved = match shares {
        Some((with, without)) => (without - with).abs() >= TELLING,
        None => Some(pivot.margin) != x.solved.margin,
    };
    answer || moved
}

fn without(x: &Exact, pivot: &Pivot) -> String {
    let result = match (pivot.margin, x.solved.margin.and_then(Margin::share)) {
        (Margin::None, _) => "none, for all that is left crosses a red line or is refused".to_owned(),
        (Margin::Unbounded, _) if x.n.has_coalitions() => {
            "without bound, for some suffice whom no other audience can stop".to_owned()
        }
        (Margin::Unbounded, _) => {
            "without bound, for no other audience has a veto here and can speak of defeat".to_owned()
        }
        (Margin::Share(share), None) => margin(share),
        (Margin::Share(share), Some(with)) => format!("{} ({})", margin(share), change(share - with)),
    };
    let turns = match (x.solved.exists(), pivot.margin.exists()) {
        (Some(true), false) => "; no package would do",
        (Some(false), true) => "; some package would do",
        _ => "",
    };
    format!("{result}{turns}.")
}

fn row(name: &str, cells: Vec<String>, last: String) -> Vec<String> {
    [vec![name.to_owned()], cells, vec![last]].concat()
}

/// A number of a column, its blanks tied to it so that no line is broken there.
fn right(number: &str, width: usize) -> String {
    "\u{a0}".repeat(width - number.chars().count()) + number
}
