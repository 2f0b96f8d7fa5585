//! The debrief as a page for a terminal.

use super::super::{CAVEAT, head::head};
use super::{Debriefed, finding};
use crate::text::WIDTH;
use crate::text::table::Table;
use crate::text::words::{capital, length, paragraph, signed, visible, wrapped};

/// The class in a sentence, every pair, who left value, who was defeated at home, the bets beside the answer, and the codes
/// that could not be read.
pub fn page(d: &Debriefed) -> String {
    let mut text = head(d.n(), &d.answer.choices.settings.drawing.accounts.variants);
    text += &format!("\n{}", paragraph(&format!("{}. {}", finding(d.debrief), d.also())));
    text += &format!("\n{}", pairs(d));
    for (title, lines) in [
        ("LEFT VALUE", left(d)),
        ("BETTER FOR THE LEADERS, BUT A DEFEAT AT HOME FOR SOMEBODY ELSE", dear(d)),
        ("DEFEATED AT HOME, THOUGH THE ENVOY AGREED", defeated(d)),
        ("BETS BESIDE THE ANSWER", bets(d)),
        ("CODES THAT ARE NOT COUNTED", misread(d)),
    ] {
        if !lines.is_empty() {
            text += &format!("\n{title}\n{lines}");
        }
    }
    let again = "Points are those of the modal world, in which every number is at its likeliest; those of two leaderships are \
                 not compared. The order of the codes makes no difference.";
    text + "\n" + &paragraph(&format!("{}. {again}", capital(CAVEAT)))
}

/// Columns up to which a head is a name and not an identifier.
const WIDEST: usize = 12;

fn pairs(d: &Debriefed) -> String {
    let n = d.n();
    let head = |i| {
        let (name, id) = (visible(&n.actor(i).name), visible(&n.actor(i).id));
        if length(&name) > WIDEST && length(&id) < length(&name) { id } else { name }
    };
    let parties = n.parties().map(head);
    let heads: Vec<String> =
        ["pair".to_owned()].into_iter().chain(parties).chain(["code ends, at home".into()]).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |(number, pair): (usize, &crate::session::Pair)| {
        let told = pair.deal.as_ref().map_or_else(|| "no deal".to_owned(), |deal| d.at_home(deal));
        let worth = |party: usize| pair.deal.as_ref().map_or(d.debrief.no_deal[party], |deal| deal.utilities[party]);
        let worth = (0..n.parties().count()).map(|party| signed(d.points(worth(party)), 1));
        [number.to_string()].into_iter().chain(worth).chain([format!("{}  {told}", Debriefed::mark(pair))]).collect()
    };
    Table::of(&heads, d.pairs().map(row)).text()
}

fn entry(number: usize, words: &str) -> String {
    wrapped(&format!("pair {number}: {words}."), "  ", "    ", WIDTH)
}

/// Entries of one list at most; how many more there are is said.
pub const MOST: usize = 40;

fn listed(entries: Vec<String>) -> String {
    let more = entries.len().saturating_sub(MOST);
    let more = if more > 0 { format!("  and {more} more pairs.\n") } else { String::new() };
    entries.into_iter().take(MOST).collect::<String>() + &more
}

fn left(d: &Debriefed) -> String {
    let deals = d.pairs().filter_map(|(number, pair)| Some((number, pair.deal.as_ref()?)));
    let left = deals.filter(|(_, deal)| deal.left_value());
    listed(left.filter_map(|(number, deal)| Some(entry(number, &d.better(deal, deal.better.as_ref()?)))).collect())
}

fn dear(d: &Debriefed) -> String {
    let deals = d.pairs().filter_map(|(number, pair)| Some((number, pair.deal.as_ref()?)));
    let dear = deals.filter(|(_, deal)| deal.better.is_some() && !deal.left_value());
    listed(dear.filter_map(|(number, deal)| Some(entry(number, &d.better(deal, deal.better.as_ref()?)))).collect())
}

fn defeated(d: &Debriefed) -> String {
    let deals = d.pairs().filter_map(|(number, pair)| Some((number, pair.deal.as_ref()?)));
    let lost = deals.filter(|(_, deal)| !deal.by.is_empty());
    listed(lost.map(|(number, deal)| entry(number, &d.defeated(deal))).collect())
}

fn bets(d: &Debriefed) -> String {
    let bets = d.bets();
    if bets.iter().all(|bet| bet.bets.is_empty()) {
        return String::new();
    }
    let mut table = Table::new(&["median bet (least–most), %", "bets", "by account", "pooled", "of what"]);
    for bet in &bets {
        let [by_account, pooled] = bet.answer();
        table.row(vec![bet.told(), bet.bets.len().to_string(), by_account, pooled, bet.question[1].into()]);
    }
    let pooled = format!("{}; pooled: {}.", d.bets_are_of(), super::accounts::pooled(d.answer));
    table.text() + &wrapped(&pooled, "  ", "  ", WIDTH)
}

fn misread(d: &Debriefed) -> String {
    let line = |(place, misread): &(String, super::Misread)| {
        let text = if misread.text.is_empty() { String::new() } else { format!(" `{}`", misread.text) };
        wrapped(&format!("{place}{text}: {}.", misread.why), "  ", "    ", WIDTH)
    };
    let mut lines: String = d.misread.iter().map(line).collect();
    if d.more > 0 {
        lines += &wrapped(&format!("and {} more.", d.more), "  ", "    ", WIDTH);
    }
    match d.debrief.repeated {
        0 => lines,
        1 => lines + "  one code came twice and is counted once.\n",
        many => lines + &wrapped(&format!("{many} codes came again; each code is counted once."), "  ", "    ", WIDTH),
    }
}
