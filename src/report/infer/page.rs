//! The page, for a terminal of 80 columns.

use super::super::{CAVEAT, head::told};
use super::{Inference, asks, called, entries};
use crate::analysis::{Observation, OfParty, Serious, Telling, Weight};
use crate::report::who::Who;
use crate::text::table::Table;
use crate::text::words::{bullet, capital, count, number, paragraph, percent, percent_of, signed, stacked, visible};

/// The answer in one sentence for each party, what each entry said, what it hangs on, and what would tell more.
pub fn page(a: &Inference) -> String {
    let inferred = a.answer;
    let mut parts = vec![paragraph(&visible(&a.n.title)) + &told(a.n, &a.settings.drawing.accounts.variants)];
    parts.extend(inferred.parties.iter().map(|party| answer(a, party)));
    for party in &inferred.parties {
        parts.extend([after(a, party), said(a, party), prior(a, party), next(a, party)]);
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
    format!("{} ({}–{})", percent(w.weight), percent_of(w.low), percent_of(w.high))
}

fn answer(a: &Inference, party: &OfParty) -> String {
    let who = name(a, party);
    let Some(serious) = party.serious else {
        let best = (0..party.intents.len())
            .max_by(|x, y| party.posterior[*x].weight.total_cmp(&party.posterior[*y].weight).then(y.cmp(x)));
        let best = best.expect("a party of the record has intents");
        let them = Who::actor(a.n, party.party);
        let is = if them.plural { "are" } else { "is" };
        let likeliest = them.it_intends(a.n, party.intents[best]);
        let (after, before) = (full(party.posterior[best]), percent(party.prior[best]));
        let after = format!("What {is} {who} after? Most likely {likeliest}: {after}, {CAVEAT}");
        return paragraph(&format!("{after} ({before} before the record)."));
    };
    let verdict = match serious.posterior.weight {
        w if w > 0.95 => "Yes, almost surely",
        w if w > 0.75 => "Probably",
        w if w > 0.55 => "Rather yes than no",
        w if w >= 0.45 => "It is open",
        w if w >= 0.25 => "Rather not",
        w if w >= 0.05 => "Probably not",
        _ => "No, almost surely",
    };
    let after = format!("Is {who} serious about making concessions? {verdict}: {}, {CAVEAT}", full(serious.posterior));
    paragraph(&format!("{after} ({} before the record). {}", percent(serious.prior), moved(&serious)))
}

/// What the record did, apart from the prior.
fn moved(serious: &Serious) -> String {
    if let Some(words) = serious.by_prior.words() {
        return words.into();
    }
    let odds = crate::num::exp(serious.bits.abs() * std::f64::consts::LN_2);
    let way = if serious.bits < 0.0 { "lower" } else { "higher" };
    if serious.bits.abs() < 0.01 {
        return "The record says next to nothing either way.".into();
    }
    format!(
        "The record makes the odds {} times {way}, {} bits; whoever thought it {} likely before would now call it even.",
        number((odds * 100.0).round() / 100.0),
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

fn prior(a: &Inference, party: &OfParty) -> String {
    if party.by_reading.is_empty() {
        return String::new();
    }
    let obstructs = |k: usize| a.n.intents[party.intents[k]].obstructs;
    let ids: Vec<String> = party.intents.iter().map(|k| visible(&a.n.intents[*k].id)).collect();
    let heads: Vec<&str> = ids.iter().map(String::as_str).chain(["reading"]).collect();
    let mut table = Table::new(&heads);
    for (r, before, after) in &party.by_reading {
        let cell = |(b, w): (&f64, &f64)| format!("{} → {}", percent_of(*b), percent_of(*w));
        let open = after.iter().enumerate().filter(|(k, _)| !obstructs(*k));
        let serious = open.fold(0.0, |sum, (_, weight)| sum + weight);
        let serious = if party.serious.is_some() { format!(" (serious: {})", percent(serious)) } else { String::new() };
        let named = visible(&a.n.readings[*r].id) + &serious;
        table.row(before.iter().zip(after).map(cell).chain([named]).collect());
    }
    let who = name(a, party).to_uppercase();
    format!("HOW MUCH IS THE PRIOR ABOUT {who}: EACH READING BY ITSELF, BEFORE → AFTER\n\n{}", table.text())
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
