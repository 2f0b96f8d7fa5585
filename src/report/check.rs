//! What a scenario holds, what its numbers rest on, and how its anchors fare.

use itertools::Itertools as _;

use super::{run::shell, terms::beholder_id};
use crate::analysis::{Apart, Looking, Present, Share, Soundness, Stepped, Steps, Waiting, WideLine, word};
use crate::model::{
    Anchor, AudienceId, BearingLine, Beholder, Condition, Conduct, Expectation, IssueId, Negotiation, Never, OptionId,
    OptionSet, Scale, Verdict,
};
use crate::num::Order;
use crate::scenario::Scenario;
use crate::text::table::{Table, pairs};
use crate::text::words::{count, counted, fixed, full, in_column, list, margin, number, paragraph, visible, worlds};

/// The summary of a scenario, under its title.
pub fn summary(scenario: &Scenario) -> String {
    let n = &scenario.negotiation;
    let head = paragraph(&visible(&n.title)) + &paragraph(&visible(&n.question));
    let mut rows = vec![("Issues", issues(n)), ("Packages", packages(n)), ("Parties", parties(n))];
    if !n.audiences.is_empty() {
        rows.push(("Audiences", audiences(n)));
    }
    rows.extend([("With", told(n)), ("Numbers", basis(n))]);
    rows.extend(frozen(n).into_iter().map(|text| ("Frozen line", text)));
    rows.extend(vows(n).map(|text| ("Vows", text)));
    rows.extend(accounts(n));
    rows.push(("Rounding", scale(n)));
    format!("{head}\n{}", pairs(&rows))
}

fn issues(n: &Negotiation) -> String {
    let options: usize = n.space.issues.iter().map(|k| k.options.len()).sum();
    let ids: Vec<&str> = n.space.issues.iter().map(|k| k.id.as_str()).collect();
    format!("{} with {} in all: {}", count(n.space.issues.len() as u128), counted(options, "option"), ids.join(", "))
}

fn packages(n: &Negotiation) -> String {
    let size = n.space.size();
    let rules = n.space.rules.len();
    if rules == 0 { count(size) } else { format!("{} before {}", count(size), counted(rules, "rule")) }
}

fn parties(n: &Negotiation) -> String {
    let ids = n.parties().map(|i| n.actor(i).id.clone());
    let others = n.actors.iter().filter(|a| !a.is_party()).map(|a| a.id.clone()).collect::<Vec<_>>();
    let others = if others.is_empty() { String::new() } else { format!("; others: {}", list(&others)) };
    format!("{}{others}", list(ids))
}

fn audiences(n: &Negotiation) -> String {
    list(n.audiences.iter().map(|a| format!("{} (of {})", a.id, n.actor(a.of).id)))
}

fn told(n: &Negotiation) -> String {
    let lines = n.beholders().map(|of| n.red_lines(of).len()).sum::<usize>();
    let all = [
        (n.claims.len(), "claim"),
        (lines, "red line"),
        (n.modifiers.len(), "modifier"),
        (n.packages.len(), "named package"),
        (n.anchors.len(), "anchor"),
    ];
    let there: Vec<String> = all.iter().filter(|(k, _)| *k > 0).map(|(k, noun)| counted(*k, noun)).collect();
    if there.is_empty() { "no claims, red lines, modifiers, packages or anchors".into() } else { list(there) }
}

/// How many of the written numbers are assumptions, and how many are ranges.
pub fn basis(n: &Negotiation) -> String {
    let written: Vec<_> = n.inputs.iter().map(|(_, input)| input).filter(|input| input.written).collect();
    let assumed = written.iter().filter(|input| input.numbers == "assumption").count();
    let uncertain = written.iter().filter(|input| input.law.is_uncertain(input.kind)).count();
    let all = written.len();
    let whence = match assumed {
        _ if all == 0 => "The scenario writes no number".to_owned(),
        0 => format!("All {all} numbers are quoted, none is assumed"),
        _ if assumed == all => format!("All {} numbers are assumptions", count(all as u128)),
        _ => format!("{} of {} numbers are assumptions, the others quoted", count(assumed as u128), count(all as u128)),
    };
    format!("{whence}; {} of them uncertain.", if uncertain == 0 { "none".into() } else { count(uncertain as u128) })
}

fn scale(n: &Negotiation) -> String {
    let digits = Scale::of(n).digits();
    match digits {
        0 => "whole points".into(),
        d if d > 0 => format!("every term is rounded once to 0.{}1 point", "0".repeat(d.unsigned_abs() as usize - 1)),
        d => format!("every term is rounded once to {} points", count(10_u128.pow(d.unsigned_abs()))),
    }
}

/// Lines placed between two packages, in points.
fn frozen(n: &Negotiation) -> Vec<String> {
    let both = n
        .audiences
        .iter()
        .flat_map(|a| [(&a.id, "defeat below", &a.defeat_below), (&a.id, "victory from", &a.victory_from)]);
    both.filter_map(|(id, what, line)| frozen_line(n, id, what, line.as_ref()?)).collect()
}

fn frozen_line(n: &Negotiation, id: &str, what: &str, line: &BearingLine) -> Option<String> {
    let (bears, rejects) = line.between?;
    let (low, high) = n.support(&n.inputs.get(line.points).law);
    let name = |p: usize| &n.packages[p].id;
    Some(format!(
        "`{id}`, {what}: between {} and {} points, frozen at the scores of `{}` and `{}` in the likeliest world; there its verdicts on these two hold by construction",
        number(low),
        number(high),
        name(rejects),
        name(bears)
    ))
}

/// Intents that rule packages out: what they refuse binds what they play, and not what they are paid.
fn vows(n: &Negotiation) -> Option<String> {
    let vowed = n.intents.iter().filter(|it| !it.refuses.is_empty() || !it.requires.terms.is_empty());
    let named = vowed.map(|it| format!("{}.{}", n.actor(it.of).id, it.id)).collect::<Vec<_>>();
    (!named.is_empty()).then(|| {
        format!(
            "{}: `refuses` and `requires` in an intent bind play, not payoff; if a side truly cannot live with what they rule out, write a \
             red line or a want",
            list(named)
        )
    })
}

fn accounts(n: &Negotiation) -> Vec<(&'static str, String)> {
    let readings = n.readings.iter().map(|r| r.id.clone()).collect::<Vec<_>>();
    let switched = |on: bool| if on { "on" } else { "off" };
    let variants = n.variants.iter().map(|v| format!("{} ({})", v.id, switched(v.on))).collect();
    let rows = [("Readings", readings), ("Variants", variants)];
    rows.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(head, ids)| (head, list(&ids))).collect()
}

/// How the anchors fare, what the present state holds, and whether doing nothing is a settlement; empty if there is
/// nothing to say. `name` is the file as it was called.
pub fn soundness(n: &Negotiation, sound: &Soundness, name: &str) -> String {
    let mut text = anchors(n, sound, name);
    let wide = sound.wide_lines.iter().map(|line| wide_line(n, *line));
    let present = sound.present.iter().map(|what| present(n, *what));
    let level = sound.without_span.iter().map(|of| level(n, *of));
    for warning in wide.chain(level).chain(present).chain(doing_nothing(sound)) {
        text += &format!("\n{}", paragraph(&format!("warning: {warning}")));
    }
    text
}

fn anchors(n: &Negotiation, sound: &Soundness, name: &str) -> String {
    if n.anchors.is_empty() {
        return String::new();
    }
    let tried = worlds(sound.all.of);
    let mut text = format!("\nANCHORS: per cent of {tried} that give the verdict, with the 95 % interval\n\n");
    let rows = n.anchors.iter().zip(&sound.anchors).map(|(anchor, share)| {
        let mark = if share.share < SOUND { "fails" } else { "" };
        vec![in_column(*share), mark.into(), expectation(n, anchor)]
    });
    text += &Table::of(&["given in", "", "verdict"], rows).text();
    text += &format!("\n{}", paragraph(&format!("All of them at once: {}.", full(sound.all))));
    let failing = failing(n, sound);
    let name = shell(name);
    if let Some((worst, _)) = failing.first() {
        let them = if failing.len() == 1 { "1 anchor is".to_owned() } else { format!("{} anchors are", failing.len()) };
        let keeps = if agreeing_helps(sound) {
            format!(" `winset run {name} --agreeing` keeps only the worlds that give all.")
        } else {
            String::new()
        };
        text += &paragraph(&format!(
            "{them} given in fewer than 95 % of worlds. `winset verdict {name} --named {}` shows which points make \
             the worst one fail.{keeps}",
            shell(&n.packages[worst.package].id)
        ));
    }
    text.replace('\u{a0}', " ")
}

/// How often runs keep each conduct; empty if the file has none.
pub fn conduct(n: &Negotiation, kept: &[Share]) -> String {
    let Some(most) = kept.iter().map(|share| share.of).max() else { return String::new() };
    let rows = n.conduct.iter().zip(kept).map(|(it, share)| {
        let mark = if share.of > 0 && share.share < SOUND { "fails" } else { "" };
        let told = if share.of == 0 { "no run".into() } else { in_column(*share) };
        let source = if it.source.is_empty() { String::new() } else { format!(" ({})", visible(&it.source)) };
        vec![told, mark.into(), format!("`{}`{source}: {}", it.id, never(n, it))]
    });
    let table = Table::of(&["kept in", "", "conduct"], rows).text();
    let text = format!(
        "\nCONDUCT: per cent of {}, or of those under its readings, that keep it\n\n{table}",
        counted(most as usize, "run")
    );
    text.replace('\u{a0}', " ")
}

/// What no deal is worth as time passes; empty if nothing moves it.
pub fn waiting(n: &Negotiation, all: &[Waiting], worlds: u64) -> String {
    if all.is_empty() {
        return String::new();
    }
    let row = |it: &Waiting| {
        let who = visible(&n.actor(it.of).name);
        let account = it.reading.map_or(String::new(), |at| format!(", `{}`", n.readings[at].id));
        it.worth.iter().map(|worth| fixed(*worth, 1)).chain([format!("{who}{account}")]).collect()
    };
    let heads = ["at first", "¼ year", "½ year", "¾ year", "a year", "what no deal is worth after waiting"];
    let table = Table::of(&heads, all.iter().map(row)).text();
    let note = format!(
        "What no deal is worth to each side in its own eyes and points{}: means of {} worlds, states without noise and events. \
         Where it rises by waiting, time is on that side.",
        if n.readings.is_empty() { "" } else { ", by account" },
        count(u128::from(worlds))
    );
    format!("\nWAITING\n\n{table}\n{}", paragraph(&note)).replace('\u{a0}', " ")
}

/// What it does how far those look ahead who decide; empty where nothing is said of how long deals hold.
pub fn looking(all: &[Looking]) -> String {
    let Some(runs) = all.first().map(|it| it.reached.of) else { return String::new() };
    let row = |it: &Looking| {
        let held = fixed(100.0 * it.holding.mean, 1);
        vec![number(it.years), in_column(it.exists), in_column(it.reached), held]
    };
    let table =
        Table::of(&["years", "one exists", "it is reached", "holding after a year"], all.iter().map(row)).text();
    let runs = counted(runs as usize, "run");
    let head =
        format!("LOOKING AHEAD: per cent of {runs}, by the years that those look ahead who decide (`looks_ahead`)");
    format!("\n{}\n{table}", paragraph(&head)).replace('\u{a0}', " ")
}

/// What is said where talks are asked for in steps and there are none.
pub const NO_STEPS: &str = "\nSTEP: the file has no talks, so that nothing hangs on the length of a round.\n";

/// How the talks end in rounds of a unit of time, half of one and a seventh, and whether they agree.
pub fn in_steps(n: &Negotiation, steps: &Steps) -> String {
    let unit = word(&n.per);
    let apart = steps.apart();
    let row = |(which, it): (usize, &Apart)| {
        let shares = steps.all.iter().map(|stepped| in_column(stepped.endings[which].1));
        let mark = if it.agrees() { "" } else { ", apart" };
        shares.chain([format!("{}{mark}", it.ending.word())]).collect::<Vec<_>>()
    };
    let met = |which: usize| steps.all.iter().any(|stepped| stepped.endings[which].1.count > 0);
    let rows = apart.iter().enumerate().filter(|(which, _)| met(*which)).map(row);
    let median = |it: &Stepped| {
        it.deals.map_or("no deal".into(), |t| format!("{} ({}–{})", fixed(t.at, 1), fixed(t.low, 1), fixed(t.high, 1)))
    };
    let medians = steps.all.iter().map(median).chain([format!("{unit}s until half of the deals are made")]);
    let rows = rows.chain([medians.collect()]);
    let head = format!(
        "STEP: per cent of {}, in rounds of a {unit}, half of one and a seventh, with the 95 % interval",
        counted(steps.runs as usize, "run")
    );
    let table = Table::of(&["1", "1/2", "1/7", "ending"], rows).text();
    format!("\n{}\n{table}\n{}", paragraph(&head), paragraph(&verdict_on_steps(&unit, &apart))).replace('\u{a0}', " ")
}

fn verdict_on_steps(unit: &str, apart: &[Apart]) -> String {
    let allowed = "3 points and three standard errors of a difference";
    let worst = apart.iter().filter(|it| !it.agrees()).max_by(|a, b| (a.by - a.room).total_cmp(&(b.by - b.room)));
    let Some(worst) = worst else {
        return format!(
            "No difference beyond what is allowed was found: no share is farther from that in rounds of a {unit} than {allowed}."
        );
    };
    let points = |share: f64| fixed(100.0 * share, 1);
    format!(
        "They do not agree: in rounds of 1/{} {unit} `{}` is {} points from what it is in rounds of a {unit}, and {} are \
         allowed, {allowed}. Something in the file hangs on the length of a round: make `round` shorter and keep `per`, \
         until two lengths agree.",
        worst.parts,
        worst.ending.word(),
        points(worst.by),
        points(worst.room)
    )
}

fn never(n: &Negotiation, it: &Conduct) -> String {
    let who = it.by.map_or("nobody".into(), |i| visible(&n.actor(i).name));
    let not = if it.by.is_some() { " never" } else { " ever" };
    let when = match it.within {
        None => String::new(),
        Some((first, last)) if first == last => format!(" in {} {first}", word(&n.per)),
        Some((first, last)) => format!(" in {}s {first} to {last}", word(&n.per)),
    };
    let under: Vec<String> = it.readings.iter().map(|at| format!("`{}`", n.readings[*at].id)).collect();
    let under = if under.is_empty() { String::new() } else { format!(" under {}", list(under)) };
    let what = match &it.never {
        Never::Names(holding) => format!("{who}{not} names {}", held(n, holding)),
        Never::Makes(made) => format!("{who}{not} makes the move {}", made.iter().map(word).join(" or ")),
        Never::Agrees(holding) if holding.terms.is_empty() && it.by.is_none() => "nothing is agreed".into(),
        Never::Agrees(holding) if holding.terms.is_empty() => format!("no text of {who} is agreed"),
        Never::Agrees(holding) => {
            let of = it.by.map_or(String::new(), |i| format!(" of {}", visible(&n.actor(i).name)));
            format!("no text{of} is agreed with {}", held(n, holding))
        }
        Never::Signs(stage) => format!("{} is not signed", visible(&n.stage(*stage).name)),
    };
    format!("{what}{when}{under}")
}

/// Options as a condition names them.
fn held(n: &Negotiation, holding: &Condition) -> String {
    let term = |(k, set): &(IssueId, OptionSet)| {
        let issue = &n.space.issues[k.0];
        let options = issue.options.iter().enumerate().filter(|(at, _)| set.contains(OptionId(*at)));
        format!("`{}` = {}", issue.id, options.map(|(_, o)| format!("`{}`", o.id)).join(" or "))
    };
    holding.terms.iter().map(term).join(" and ")
}

/// The anchors that fewer than 95 % of worlds give, the worst one first.
pub fn failing<'a>(n: &'a Negotiation, sound: &Soundness) -> Vec<(&'a Anchor, Share)> {
    let all = n.anchors.iter().zip(sound.anchors.iter().copied());
    let mut failing: Vec<(&Anchor, Share)> = all.filter(|(_, share)| share.share < SOUND).collect();
    failing.order_by_key(|(_, share)| share.count);
    failing
}

/// Whether keeping only the worlds that give all anchors would keep some and drop some.
pub fn agreeing_helps(sound: &Soundness) -> bool {
    (1..sound.all.of).contains(&sound.all.count)
}

fn wide_line(n: &Negotiation, line: WideLine) -> String {
    let key = if line.victory { "victory_from" } else { "defeat_below" };
    format!(
        "`{key}` of `{}` lies between two packages that are {} of its span apart: such a line says almost nothing; \
         name packages nearer to each other, or give the line in points",
        n.audience(line.audience).id,
        margin(line.share)
    )
}

fn level(n: &Negotiation, of: Beholder) -> String {
    format!(
        "all packages are worth the same to `{}`: that leaves no span, so it can only bear all of them or none, and no \
         margin is measured from it",
        beholder_id(n, of)
    )
}

fn present(n: &Negotiation, what: Present) -> String {
    match what {
        Present::Claimed { claim, audience, points } => format!(
            "claim `{}` can be made if nothing changes: for it the present state is worth {} points to `{}`",
            n.claims[claim.0].id,
            number(points),
            n.audience(audience).id
        ),
        Present::Crossed(of, line) => format!(
            "red line `{}` of `{}` is crossed if nothing changes: it speaks of the present state too",
            n.red_lines(of)[line].id,
            beholder_id(n, of)
        ),
    }
}

fn doing_nothing(sound: &Soundness) -> Option<String> {
    let nothing = "everything as it is now counts as a settlement, and in the likeliest world it is a defeat for nobody; \
                   “one exists” may then say no more than that nothing need change. A rule can exclude it.";
    sound.doing_nothing.as_ref().map(|_| nothing.to_owned())
}

/// An anchor that fewer worlds give is named. Source: assumption.
const SOUND: f64 = 0.95;

/// Whether most worlds contradict some anchor.
pub fn contradicted(sound: &Soundness) -> bool {
    sound.anchors.iter().any(|share| share.share < 0.5)
}

/// What an anchor expects, in words.
pub fn expectation(n: &Negotiation, anchor: &Anchor) -> String {
    let package = &n.packages[anchor.package].id;
    let audience = |a: AudienceId| &n.audience(a).id;
    match anchor.expects {
        Expectation::Says(a, Verdict::Defeat) => format!("{} calls `{package}` a defeat", audience(a)),
        Expectation::Says(a, Verdict::Bearable) => format!("{} finds `{package}` bearable, no more", audience(a)),
        Expectation::Says(a, Verdict::Victory) => format!("{} calls `{package}` a victory", audience(a)),
        Expectation::Bears(a) => format!("{} bears `{package}`", audience(a)),
        Expectation::Accepts(i) => format!("{} accepts `{package}`", n.actor(i).id),
        Expectation::Refuses(i) => format!("{} refuses `{package}`", n.actor(i).id),
    }
}
