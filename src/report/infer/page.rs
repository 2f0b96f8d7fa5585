//! The page, for a terminal of 80 columns.

use super::super::CAVEAT;
use super::super::head::{pooled, told};
use itertools::Itertools as _;

use super::{Inference, asks, called, entries, otherwise};
use crate::analysis::{Likelihoods, Observation, OfParty, OfReading, Telling, Weight};
use crate::ask::WayToRead;
use crate::report::who::Who;
use crate::text::table::Table;
use crate::text::words::{
    bullet, capital, count, list, number, paragraph, percent, percent_of, signed, stacked, visible,
};

/// The answer in one sentence for each party, what each entry said, what it hangs on, and what would tell more.
///
/// `ways` are other ways to read the record, the first as the page does; none: no more is said.
pub fn page(a: &Inference, ways: &[WayToRead]) -> String {
    let inferred = a.answer;
    let mut parts = vec![paragraph(&visible(&a.n.title)) + &told(a.n, &a.settings.drawing.accounts.variants)];
    parts.extend(inferred.parties.iter().map(|party| answer(a, party)));
    for party in &inferred.parties {
        // Where nothing is asked of a party nothing hangs on how its entries are read.
        let asked = !party.asked.is_empty();
        parts.push(after(a, party));
        parts.extend(asked.then(|| hangs(a, party)));
        parts.extend([said(a, party), prior(a, party)]);
        parts.extend((asked && !ways.is_empty()).then(|| by_play(a, party, ways)));
        parts.push(next(a, party));
    }
    let record = inferred.order.len();
    let entries = if record == 1 { "1 entry".into() } else { format!("{} entries", count(record as u128)) };
    parts.push(paragraph(&format!(
        "From {entries} of the record and {} worlds under seed {}. Intervals at 95 % show only the error of drawing \
         worlds. What an intent does is the scenario's assumption, and so are these numbers: they hold {CAVEAT}.",
        count(inferred.worlds),
        a.settings.drawing.seed
    )));
    stacked(&parts)
}

fn name(a: &Inference, party: &OfParty) -> String {
    visible(&a.n.actor(party.party).name)
}

/// `58.1 % (57.2–59.0)`.
fn full(w: Weight) -> String {
    if w.high - w.low < 5e-4 {
        return percent(w.weight);
    }
    format!("{} ({}–{})", percent(w.weight), percent_of(w.low), percent_of(w.high))
}

fn answer(a: &Inference, party: &OfParty) -> String {
    let who = name(a, party);
    let them = Who::actor(a.n, party.party);
    let is = if them.plural { "are" } else { "is" };
    let asks = match party.serious {
        Some(_) => format!("{} {who} serious about making concessions?", capital(is)),
        None => format!("What {is} {who} after?"),
    };
    let before = party.asked.iter().map(|k| party.prior[*k]).sum::<f64>();
    let before = percent(before);
    let (words, joint) = match verdict(a, party) {
        Verdict::Plain(words) => (words, ": ".to_owned()),
        Verdict::Open(words) => (words, format!(". {}: ", subject(a, party))),
    };
    let all = full(party.answer);
    let numbers = match accounts(a, party) {
        Some(by) => {
            let after = party.by_reading.iter().map(|it| percent(it.weight[1])).join(", ");
            let pooled = pooled(a.n, false);
            format!(
                ". {by}. Over all of them {all}, {before} before the record, {pooled} then ({after} after it), {CAVEAT}."
            )
        }
        None => format!("{joint}{all}, {CAVEAT} ({before} before the record)."),
    };
    paragraph(&format!("{asks} {words}{numbers}{}{}", decides(a, party), moved(a, party)))
}

/// What is asked, as the subject of a number.
fn subject(a: &Inference, party: &OfParty) -> String {
    let them = Who::actor(a.n, party.party);
    let likeliest = party.asked.first().map(|k| format!("That {}", them.it_intends(a.n, party.intents[*k])));
    likeliest.filter(|_| party.serious.is_none()).unwrap_or_else(|| "As it is written".into())
}

/// What is answered: one way, with the weight behind it, or not.
enum Verdict {
    Plain(String),
    Open(String),
}

fn verdict(a: &Inference, party: &OfParty) -> Verdict {
    let points = |[low, high]: [f64; 2]| format!("{} to {}", percent_of(low), percent(high));
    if let Some(words) = party.serious.and_then(|serious| serious.by_prior.answer()) {
        return Verdict::Plain(words.into());
    }
    if party.is_open() {
        let several = accounts(a, party).is_some();
        let over = if several { "by account and as one entry" } else { "as one entry" };
        let range = points(party.range());
        return Verdict::Open(format!("The record does not decide it: {range}, {over} is dropped or read another way"));
    }
    let likeliest =
        |k: &usize| format!("Most likely {}", Who::actor(a.n, party.party).it_intends(a.n, party.intents[*k]));
    Verdict::Plain(match (party.serious, party.answer.weight) {
        (None, _) => party.asked.first().map_or(String::new(), likeliest),
        (_, w) if w > 0.95 => "Yes, almost surely".into(),
        (_, w) if w > 0.75 => "Probably".into(),
        (_, w) if w > 0.55 => "Rather yes than no".into(),
        (_, w) if w >= 0.45 => "It is open".into(),
        (_, w) if w >= 0.25 => "Rather not".into(),
        (_, w) if w >= 0.05 => "Probably not".into(),
        _ => "No, almost surely".into(),
    })
}

/// The answer of each account, where they differ by as much as the page shows.
fn accounts(a: &Inference, party: &OfParty) -> Option<String> {
    let each = party.by_reading.iter().map(|it| percent(it.answer.weight)).dedup().count();
    let of = |it: &OfReading| format!("{} {}", reading(a, it), percent(it.answer.weight));
    (each > 1).then(|| format!("By account: {}", party.by_reading.iter().map(of).join(", ")))
}

fn reading(a: &Inference, it: &OfReading) -> String {
    visible(&a.n.readings[it.reading].id)
}

/// The entry of which most hangs, with what comes of each way to read it; and whether one entry turns the answer of an account.
fn decides(a: &Inference, party: &OfParty) -> String {
    let turned = party.turned();
    let turns = match (accounts(a, party).is_some() && party.is_open(), &turned[..]) {
        (false, _) => String::new(),
        (true, []) => " In no account does one entry, dropped or read another way, turn it.".into(),
        (true, some) => {
            let under = list(some.iter().map(|at| reading(a, &party.by_reading[*at])));
            format!(" One entry, dropped or read another way, turns it under {under}.")
        }
    };
    let Some(entry) = party.deciding() else { return turns };
    let it = &a.n.record[entry];
    let ways = party.otherwise.iter().filter(|other| other.change.entry == entry);
    let ways = ways.map(|other| format!("{} {}", percent(other.answer), otherwise(it, other.change.coding))).join(", ");
    let over = if accounts(a, party).is_some() { ", over all accounts" } else { "" };
    format!("{turns} The entry of which most hangs is “{}”: {ways}{over}.", called(it))
}

/// What the record did, apart from the prior: of one account, of several or from equal priors, since that hangs on how the
/// intents on either side are mixed.
fn moved(a: &Inference, party: &OfParty) -> String {
    let Some(serious) = party.serious else { return String::new() };
    if let Some(words) = serious.by_prior.words() {
        return format!(" {words}");
    }
    let times = |odds: f64| {
        let (by, way) = if odds < 1.0 { (1.0 / odds, "lower") } else { (odds, "higher") };
        format!("{} times {way}", number((by * 100.0).round() / 100.0))
    };
    if accounts(a, party).is_some() {
        let each = party.by_reading.iter().map(|it| format!("{} under {}", times(it.odds), reading(a, it)));
        return format!(" The record makes the odds {}.", list(each));
    }
    if serious.bits.abs() < 0.01 {
        return " The record says next to nothing either way.".into();
    }
    format!(
        " The record makes the odds {}, {} bits; whoever weighs the intents on either side alike among themselves and thought \
         it {} likely before would now call it even.",
        times(crate::num::exp(serious.bits * std::f64::consts::LN_2)),
        signed(serious.bits, 2),
        percent(serious.even_prior)
    )
}

fn after(a: &Inference, party: &OfParty) -> String {
    let mut table = Table::new(&["before", "after", "95 %", "from equal priors", "it"]);
    for (k, intent) in party.intents.iter().enumerate() {
        let intent = &a.n.intents[*intent];
        let weight = party.posterior[k];
        let obstructs = if intent.obstructs { " (obstructs)" } else { "" };
        table.row(vec![
            percent_of(party.prior[k]),
            percent_of(weight.weight),
            format!("{}–{}", percent_of(weight.low), percent_of(weight.high)),
            percent_of(party.flat[k]),
            visible(&intent.name) + obstructs,
        ]);
    }
    format!("WHAT {} IS AFTER, IN PER CENT\n\n{}", name(a, party).to_uppercase(), table.text())
}

fn said(a: &Inference, party: &OfParty) -> String {
    let ids: Vec<String> = party.intents.iter().map(|k| visible(&a.n.intents[*k].id)).collect();
    let heads: Vec<&str> = ["rounds"].into_iter().chain(ids.iter().map(String::as_str)).chain(["entry"]).collect();
    let mut table = Table::new(&heads);
    let mut sums = vec![0.0; ids.len()];
    // What the prior has decided, no entry moves.
    let open: Vec<bool> = party.prior.iter().map(|p| *p > 0.0 && *p < 1.0).collect();
    let row = |said: &[f64]| -> Vec<String> {
        said.iter().zip(&open).map(|(b, open)| if *open { signed(*b, 2) } else { "–".into() }).collect()
    };
    for (entry, said) in entries(a, party) {
        let (first, last) = entry.rounds;
        let round = |r: i32| number(f64::from(r));
        let rounds = if first == last { round(first) } else { format!("{} to {}", round(first), round(last)) };
        sums.iter_mut().zip(said).for_each(|(sum, bits)| *sum += bits);
        table.row([rounds].into_iter().chain(row(said)).chain([called(entry)]).collect());
    }
    let all = [String::new()].into_iter().chain(row(&sums)).chain(["all of it".into()]);
    table.row(all.collect());
    let dash = " A dash: the prior rules it out or takes it for certain, and no record can change that.";
    let decided = if open.contains(&false) { dash } else { "" };
    let meaning = paragraph(&format!(
        "Bits by which each entry raised the odds of an intent against all others, after the entries before it: +1 doubles \
         the odds, −1 halves them. Rounds up to 0 lie before the talks.{decided}"
    ));
    format!("WHAT EACH OBSERVATION SAID OF {}\n\n{}\n{meaning}", name(a, party).to_uppercase(), table.text())
}

/// The answer as one entry at a time is read another way, in all worlds and by account.
fn hangs(a: &Inference, party: &OfParty) -> String {
    let ids: Vec<String> = party.by_reading.iter().map(|of| visible(&a.n.readings[of.reading].id)).collect();
    let several = ids.len() > 1;
    let accounts = || ids.iter().map(String::as_str).filter(|_| several);
    let heads: Vec<&str> = ["all"].into_iter().chain(accounts()).chain(["the record"]).collect();
    let mut table = Table::new(&heads);
    let mut row = |all: f64, by: &[f64], what: String| {
        let by = by.iter().filter(|_| several).map(|w| percent_of(*w));
        table.row([percent_of(all)].into_iter().chain(by).chain([what]).collect());
    };
    let written: Vec<f64> = party.by_reading.iter().map(|of| of.answer.weight).collect();
    row(party.answer.weight, &written, "as it is written".into());
    for other in &party.otherwise {
        let entry = &a.n.record[other.change.entry];
        row(other.answer, &other.by_reading, format!("{}: {}", called(entry), otherwise(entry, other.change.coding)));
    }
    let who = name(a, party).to_uppercase();
    let asked = party.asked.iter().map(|k| visible(&a.n.intents[party.intents[*k]].id)).join(" or ");
    format!("HOW MUCH HANGS ON ONE ENTRY ABOUT {who}, {} IN PER CENT\n\n{}", asked.to_uppercase(), table.text())
}

fn prior(a: &Inference, party: &OfParty) -> String {
    if party.by_reading.is_empty() {
        return String::new();
    }
    let ids: Vec<String> = party.intents.iter().map(|k| visible(&a.n.intents[*k].id)).collect();
    let heads: Vec<&str> = ids.iter().map(String::as_str).chain(["reading"]).collect();
    let mut table = Table::new(&heads);
    for it in &party.by_reading {
        let cell = |(b, w): (&f64, &f64)| format!("{} → {}", percent_of(*b), percent_of(*w));
        let serious = party.serious.map_or(String::new(), |_| format!(" (serious: {})", percent(it.answer.weight)));
        let named = visible(&a.n.readings[it.reading].id) + &serious;
        table.row(it.prior.iter().zip(&it.posterior).map(cell).chain([named]).collect());
    }
    let who = name(a, party).to_uppercase();
    format!("HOW MUCH OF IT IS THE PRIOR ABOUT {who}: EACH READING BY ITSELF, BEFORE → AFTER\n\n{}", table.text())
}

/// What is asked, with the prior by hand and by the game, and the likelihoods by hand and by play: before and after the record.
fn by_play(a: &Inference, party: &OfParty, ways: &[WayToRead]) -> String {
    let ids: Vec<String> = party.by_reading.iter().map(|of| visible(&a.n.readings[of.reading].id)).collect();
    let heads: Vec<&str> = if ids.is_empty() { vec!["all"] } else { ids.iter().map(String::as_str).collect() };
    let mut table = Table::new(&heads.into_iter().chain(["prior, likelihood"]).collect_vec());
    for way in ways {
        let told = way
            .asked(party)
            .into_iter()
            .map(|(before, after)| format!("{} → {}", percent_of(before), percent_of(after)));
        let prior = if way.by_the_game { "by the game" } else { "by hand" };
        let by = if way.by == Likelihoods::ByPlay { "by play" } else { "by hand" };
        table.row(told.chain([format!("{prior}, {by}")]).collect());
    }
    let who = name(a, party).to_uppercase();
    let asked = party.asked.iter().map(|k| visible(&a.n.intents[party.intents[*k]].id)).join(" or ");
    let game = if ways.iter().any(|way| way.by_the_game) {
        let errs = match a.n.game.as_ref().and_then(|game| game.errs_by) {
            Some(_) => "as much as the file says",
            None => "by 1 point",
        };
        format!("“by the game”: intents are as likely as sides that err {errs} play them, found without the record")
    } else {
        "the game, which is asked of two players alone, has no prior here".to_owned()
    };
    let before = a.answer.order.iter().all(|e| a.n.record[*e].rounds.1 <= 0);
    let same = if before { " This record ends before the talks, so that by play is by hand." } else { "" };
    let note = paragraph(&format!(
        "Prior: {game}. Likelihood: “by play”: all entries along a run in which the party has the intent, and the mean over runs; “by \
         hand”: where nobody does anything but what the record says.{same}"
    ));
    format!("BY HAND AND BY PLAY ABOUT {who}: {}, BEFORE → AFTER\n\n{}\n{note}", asked.to_uppercase(), table.text())
}

fn next(a: &Inference, party: &OfParty) -> String {
    let who = name(a, party);
    // What is open is the same for all but the share, which is asked of offers only.
    let whole = |t: &&Telling| t.what != Observation::Share && t.share > 0.0;
    let entropy = party.next.iter().find(whole).map(|t| t.bits / t.share);
    let line = |t: &Telling| {
        let share = percent(t.share);
        let open = if t.what == Observation::Share { "what is open then" } else { "what is open" };
        bullet(&capital(&format!("{}: {:.3} bits, {share} of {open}.", asks(t.what, &who), t.bits)))
    };
    let open = entropy.map_or(String::new(), |bits| format!(" What is open about {who} now is {bits:.2} bits."));
    let lead = paragraph(&format!("Expected information of an observation in round {}.{open}", a.answer.next_round));
    let lines: String = party.next.iter().map(line).collect();
    format!("WHAT WOULD TELL MOST NEXT ABOUT {}\n\n{lead}{lines}", who.to_uppercase())
}
