//! A session as a page and as a screen: what was agreed, who played how, and the offers, those alike as one line.

use super::super::head::{head, notices};
use super::super::terms::as_list;
use super::Bargained;
use crate::num::{Share, Z95};
use crate::offers::{End, Offer, Repeated};
use crate::text::screen::{Role, Screen};
use crate::text::table::Table;
use crate::text::words::{capital, count, counted, counted_share, list, number, paragraph, percent, visible};

/// Offers that the screen shows of the beginning and of the end.
const SHOWN: usize = 5;

/// Packages that a page lists of repeated sessions.
const LISTED: usize = 5;

/// What must be known before a session is taken for talks.
const BEWARE: &str = "Leaderships alone, by rule: nobody at home is asked, all parties must agree, nothing happens \
                      meanwhile. `winset run` asks the rest.";

/// Everything, with every offer.
pub fn page(b: &Bargained) -> String {
    let lines = offers(b);
    let mut text = head(b.n, b.variants);
    text += &format!("\n{}\n", paragraph(&answer(b)).trim_end());
    text += &format!("\nTHE PARTIES\n\n{}", parties(b));
    if !lines.is_empty() {
        text += &format!("\nTHE OFFERS\n\n{}", table(&lines));
    }
    if let Some(repeated) = b.repeated {
        text += &format!("\nREPEATED\n\n{}", again(b, repeated));
    }
    text + "\n" + &paragraph(&format!("Exact for {}. {BEWARE}", b.called))
}

/// The first screen.
pub fn screen(b: &Bargained) -> Screen {
    let lines = offers(b);
    Screen::filled(|s, _| {
        s.ends(Role::Title, &visible(&b.n.title), "alternating offers");
        s.gap();
        s.paragraph(Role::Finding, &answer(b), 3);
        s.gap();
        let rows: Vec<String> = lines.iter().map(on_one_line).collect();
        let many = rows.len() > 2 * SHOWN + 1;
        let (from, to) = if many { (SHOWN, rows.len() - SHOWN) } else { (rows.len(), rows.len()) };
        if !rows.is_empty() {
            s.line(Role::Plain, "  rounds  own worth  who offers what");
        }
        rows[..from].iter().for_each(|row| s.line(Role::Plain, row));
        if many {
            s.line(Role::Plain, &format!("  … {} more: --full", counted(to - from, "offer")));
        }
        rows[to..].iter().for_each(|row| s.line(Role::Plain, row));
        s.gap();
        if let Some(repeated) = b.repeated {
            s.paragraph(Role::Plain, &shares(b, repeated), 3);
        }
        let notices = notices(b.n, b.variants).join(" ");
        s.marked(Role::Warning, &format!("Exact for {}. {BEWARE} {notices}", b.called), 3);
        s.line(Role::Hint, "More: --full | --repeat 1000 | --json");
    })
}

fn answer(b: &Bargained) -> String {
    let tactics: Vec<String> =
        (0..b.tactics.len()).map(|seat| format!("{} plays {}", b.name(seat), b.tactics[seat])).collect();
    let how = capital(&list(&tactics));
    let rounds = b.rules.rounds;
    match b.session.end {
        End::Agreed(agreed) => {
            let worth = |seat| format!("{} to {}", number(b.points(seat, agreed.package)), b.name(seat));
            let worth: Vec<String> = (0..b.tactics.len()).map(worth).collect();
            let paid = after_time(b, b.paid());
            let terms = as_list(b.n, &b.package(agreed.package));
            let round = agreed.round;
            format!("{how}: agreed in round {round} of 0 to {}, worth {}{paid}: {terms}.", rounds - 1, list(&worth))
        }
        End::Deadline => format!("{how}: no agreement in {}.", rounds_of(rounds)),
        End::Left(seat) => {
            format!("{how}: no agreement, since no package is worth more to {} than no deal.", b.name(seat))
        }
    }
}

/// What is left after what time takes, where it takes something: behind what all is worth.
fn after_time(b: &Bargained, paid: Vec<f64>) -> String {
    if !b.ground.is_discounted() {
        return String::new();
    }
    let paid: Vec<String> = paid.into_iter().map(number).collect();
    format!(" ({} after what time takes)", list(&paid))
}

fn rounds_of(rounds: u32) -> String {
    if rounds == 1 { "the one round".into() } else { format!("{} rounds", count(rounds)) }
}

fn parties(b: &Bargained) -> String {
    let row = |seat: usize| {
        let (side, points) = (&b.ground.sides[seat], |units| number(b.ground.scale.points(units)));
        let rational = count(side.rational() as u128);
        let name = format!("{}: {}", b.name(seat), b.tactics[seat]);
        vec![points(side.no_deal), points(side.least), points(side.most), rational, name]
    };
    Table::of(&["no deal", "least", "most", "rational", "who, and how"], (0..b.tactics.len()).map(row)).text()
}

/// Offers alike of one party, from a round to a round.
struct Line {
    seat: usize,
    package: u32,
    from: u32,
    to: u32,
    cells: Vec<String>,
}

/// The offers, with those that a party makes again as one line.
fn offers(b: &Bargained) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Offer { round, seat, package, .. } in b.session.offers.iter().copied() {
        let last = lines.iter_mut().rev().find(|line| line.seat == seat);
        match last {
            Some(line) if line.package == package && line.to + 1 == round => line.to = round,
            _ => lines.push(Line { seat, package, from: round, to: round, cells: Vec::new() }),
        }
    }
    for line in &mut lines {
        let rounds = if line.from == line.to { line.from.to_string() } else { format!("{}–{}", line.from, line.to) };
        let worth = number(b.points(line.seat, line.package));
        let terms = as_list(b.n, &b.package(line.package));
        line.cells = vec![rounds, worth, format!("{}: {terms}", b.name(line.seat))];
    }
    lines
}

fn on_one_line(line: &Line) -> String {
    let [rounds, worth, what] = &line.cells[..] else { return String::new() };
    format!("{rounds:>8}  {worth:>9}  {what}")
}

fn table(lines: &[Line]) -> String {
    Table::of(&["rounds", "own worth", "who offers what"], lines.iter().map(|line| line.cells.clone())).text()
}

fn again(b: &Bargained, r: &Repeated) -> String {
    let row = |(package, times): (u32, u64)| {
        vec![percent(times as f64 / r.sessions as f64), as_list(b.n, &b.package(package))]
    };
    let listed = Table::of(&["of sessions", "agreed on"], r.most_agreed().into_iter().take(LISTED).map(row));
    let shares = paragraph(&shares(b, r));
    if listed.is_empty() { shares } else { format!("{shares}\n{}", listed.text()) }
}

/// What repeated sessions came to, in a sentence.
fn shares(b: &Bargained, r: &Repeated) -> String {
    let worth = |(seat, sums): (usize, &crate::num::Moments)| {
        let half = sums.error().map_or(String::new(), |error| format!(" ± {}", number(Z95 * error)));
        format!("{}{half} to {}", number(sums.mean().unwrap_or_default()), b.name(seat))
    };
    let worth: Vec<String> = r.utility.iter().enumerate().map(worth).collect();
    let paid = after_time(b, r.paid.iter().map(|sums| sums.mean().unwrap_or_default()).collect());
    let agreed = counted_share(Share::of(r.agreed, r.sessions), "session");
    let packages = r.packages.len();
    let on = if packages == 1 { "one package".into() } else { format!("{} packages", count(packages as u128)) };
    let on = if packages == 0 { String::new() } else { format!(" on {on}") };
    format!(
        "With lots for who begins and for which of equals is offered, {agreed} agree{on}; worth {}{paid}.",
        list(&worth)
    )
}
