//! The debrief as one HTML file, to be shown in class.

use super::super::{CAVEAT, head, html};
use super::page::MOST;
use super::{Debriefed, finding};
use crate::session::Pair;
use crate::text::words::{capital, signed, visible};

/// The whole page; `svg` is the picture of the class.
pub fn web(d: &Debriefed, svg: Option<&str>) -> String {
    let n = d.n();
    let mut body = html::classed("p", "small", &html::text("A model under stated assumptions, not a forecast."));
    body += &html::element("h1", &html::text(&format!("{}.", finding(d.debrief))));
    body += &html::classed("p", "small", &html::text(&format!("{} · {}", n.title, n.question)));
    body += &html::paragraph(&d.also());
    if let Some(svg) = svg {
        body += &html::classed("div", "picture", svg);
        body += &html::classed(
            "p",
            "small",
            "Disc: a defeat for nobody. Square: a defeat for somebody at home, or no settlement. Rings: where the leaderships \
                 would meet if they asked nobody at home.",
        );
    }
    body += &html::element("h2", "Every pair");
    body += &pairs(d);
    for (title, about, items) in [
        (
            "Value left on the table",
            "No leadership would have had less, and some more; nobody else would have been defeated at home.",
            each(d, |deal| deal.better.as_ref().filter(|_| deal.left_value()).map(|better| d.better(deal, better))),
        ),
        (
            "Better for the leaders, but a defeat for somebody else at home",
            "This is why it was not to be had.",
            each(d, |deal| deal.better.as_ref().filter(|_| !deal.left_value()).map(|better| d.better(deal, better))),
        ),
        (
            "Defeated at home, though the envoy agreed",
            "Those who would stop the deal, in the likeliest world.",
            each(d, |deal| (!deal.by.is_empty()).then(|| d.defeated(deal))),
        ),
    ] {
        if !items.is_empty() {
            body += &(html::element("h2", title) + &html::classed("p", "small", about) + &html::list(items));
        }
    }
    body += &bets(d);
    body += &misread(d);
    body += &html::element(
        "footer",
        &html::text(&notices(
            d,
            "Points are those of the modal world, in which every number of the scenario is at its likeliest. Points of two \
             leaderships are not compared. Pairs are in an order of their results; a pair finds itself by the last five \
             letters of its code. Nothing here is a grade.",
        )),
    );
    html::page(&n.title, &body)
}

/// Under what it holds, and what else must be said of any result.
fn notices(d: &Debriefed, about: &str) -> String {
    let told = head::notices(d.n(), &d.answer.choices.settings.drawing.accounts.variants);
    [format!("{}.", capital(CAVEAT)), about.to_owned()].into_iter().chain(told).collect::<Vec<_>>().join(" ")
}

fn pairs(d: &Debriefed) -> String {
    let n = d.n();
    let parties: Vec<String> = n.parties().map(|i| visible(&n.actor(i).name)).collect();
    let heads: Vec<&str> = ["Pair", "Code ends", "What they agreed"]
        .into_iter()
        .chain(parties.iter().map(String::as_str))
        .chain(["At home"])
        .collect();
    let numbers: Vec<usize> = (3..3 + parties.len()).collect();
    html::table(&heads, &numbers, d.pairs().map(|(number, pair)| row(d, number, pair)))
}

fn row(d: &Debriefed, number: usize, pair: &Pair) -> Vec<String> {
    let deal = pair.deal.as_ref();
    let worth = |party: usize| deal.map_or(d.debrief.no_deal[party], |deal| deal.utilities[party]);
    let worth = (0..d.debrief.no_deal.len()).map(|party| html::text(&signed(d.points(worth(party)), 1)));
    let (agreed, home) = match deal {
        None => ("<em>no deal</em>".to_owned(), "what no deal is worth".to_owned()),
        Some(deal) => {
            let class = if deal.is_no_defeat() { "good" } else { "bad" };
            let sign = if deal.is_no_defeat() { "● " } else { "□ " };
            let told = html::text(&format!("{sign}{}", d.at_home(deal)));
            (html::text(&d.agreed(deal)), format!("<span class=\"{class}\">{told}</span>"))
        }
    };
    [number.to_string(), html::text(&Debriefed::mark(pair)), agreed].into_iter().chain(worth).chain([home]).collect()
}

/// A line for each pair of which something is to be said.
fn each(d: &Debriefed, told: impl Fn(&crate::session::Deal) -> Option<String>) -> Vec<String> {
    let line = |(number, pair): (usize, &Pair)| {
        let told = told(pair.deal.as_ref()?)?;
        Some(format!("<strong>Pair {number}</strong>: {}.", html::text(&told)))
    };
    let mut lines: Vec<String> = d.pairs().filter_map(line).collect();
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    lines.extend((more > 0).then(|| format!("and {more} more pairs.")));
    lines
}

fn bets(d: &Debriefed) -> String {
    let bets = d.bets();
    if bets.iter().all(|bet| bet.bets.is_empty()) {
        return String::new();
    }
    let row = |bet: &super::Bet| {
        let [by_account, pooled] = bet.answer();
        [bet.question[0].to_owned(), bet.told(), bet.bets.len().to_string(), by_account, pooled]
            .map(|cell| html::text(&cell))
            .to_vec()
    };
    let heads = ["How likely is it that …", "Median bet (least–most), %", "Bets", "Answer by account", "Pooled"];
    let note = format!("{}; pooled: {}.", d.bets_are_of(), super::accounts::pooled(d.answer));
    html::element("h2", "Your bets beside the answer")
        + &html::table(&heads, &[1, 2, 3, 4], bets.iter().map(row))
        + &html::classed("p", "small", &html::text(&note))
}

fn misread(d: &Debriefed) -> String {
    let line = |(place, misread): &(String, super::Misread)| {
        html::text(&format!("{place}: {} — {}.", misread.text, misread.why))
    };
    let more = (d.more > 0).then(|| format!("and {} more.", d.more));
    let again =
        (d.debrief.repeated > 0).then(|| format!("{} came again; each code is counted once.", d.debrief.repeated));
    let lines: Vec<String> = d.misread.iter().map(line).chain(more).chain(again).collect();
    if lines.is_empty() {
        String::new()
    } else {
        html::element("h2", "Codes that are not counted") + &html::list(lines)
    }
}
