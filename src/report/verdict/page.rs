//! The verdict as a page.

use super::super::{CAVEAT, head::told, terms};
use super::{AccountLine, Judged};
use crate::analysis::Share;
use crate::model::{ActorId, Beholder, Hearing, Judgement, Verdict};
use crate::text::WIDTH;
use crate::text::table::Table;
use crate::text::words::{
    capital, change_of_points, count, full, in_column, list, number, paragraph, percent, visible, wrapped,
};

/// The package, whether it is a settlement, who is defeated by it, each side's two speeches, who must grant what, and
/// the shares over many worlds.
pub fn page(j: &Judged) -> String {
    let mut text = paragraph(&visible(&j.n.title)) + &told(j.n, j.variants) + &title(j);
    text += &format!("\n{}", answer(j));
    for party in j.n.parties().filter(|party| j.shows(*party)) {
        text += &format!("\n{}", side(j, party));
    }
    let elsewhere =
        j.account.audiences.iter().filter(|h| !j.n.actor(j.n.audience(h.audience).of).is_party() && j.side.is_none());
    let elsewhere: String = elsewhere.map(|h| format!("\n{}", hearing(j, h))).collect();
    if !elsewhere.is_empty() {
        text += &format!("\nELSEWHERE\n{elsewhere}");
    }
    text += &legend(j);
    text + &grants(j) + &worlds(j)
}

/// The same without its head and its legend: what those of one side would say, and the shares over many worlds.
pub fn back_table(j: &Judged) -> String {
    let sides = j.n.parties().filter(|party| j.shows(*party)).map(|party| format!("\n{}", side(j, party)));
    title(j) + "\n" + &answer(j) + &sides.collect::<String>() + &grants(j) + &worlds(j)
}

fn title(j: &Judged) -> String {
    let package = &j.account.package;
    let what = terms::named(j.n, package).map_or("The package".to_owned(), |id| format!("`{id}`"));
    terms::sentence(j.n, &what, package)
}

/// Whether it is a settlement at all comes first.
fn answer(j: &Judged) -> String {
    let rules: Vec<String> =
        j.account.excluded_by.iter().map(|r| format!("`{}`", visible(&j.n.space.rules[*r].id))).collect();
    let mut text = String::new();
    if !rules.is_empty() {
        let exclude = if rules.len() == 1 { "the rule excludes" } else { "the rules exclude" };
        text += &paragraph(&format!("It is no settlement: {exclude} it ({}). Were it one:", list(&rules)));
    }
    text += &paragraph(&sentence(j));
    if j.is_now() {
        text += &paragraph(
            "Here what is now would be signed and so settled: that is what its points are for. No deal is another thing: \
             nothing is signed, and things go on.",
        );
    }
    text
}

fn sentence(j: &Judged) -> String {
    let defeated = j.names(&j.account.defeated(j.n, j.defeat));
    let whose = if defeated.is_empty() { "nobody".to_owned() } else { list(&defeated) };
    let failing = j.account.leaderships.iter().filter(|l| !l.rational);
    let (breaking, refusing): (Vec<&Judgement>, Vec<&Judgement>) = failing.partition(|l| l.breaks_after.is_some());
    let of = |some: &[&Judgement], what: &str| {
        let names = j.names(&some.iter().map(|l| l.actor).collect::<Vec<_>>());
        (!some.is_empty()).then(|| format!("{} would {what}", list(names)))
    };
    let why = [of(&refusing, "not sign"), of(&breaking, "sign and not keep it")];
    let why: Vec<String> = why.into_iter().flatten().collect();
    let suits = why.is_empty();
    let signed =
        if suits { "to every leadership it is worth at least as much as no deal".to_owned() } else { list(why) };
    let joint = if defeated.is_empty() == suits { "and" } else { "but" };
    format!("With every number at its likeliest, it is a defeat for {whose}, {joint} {signed}.")
}

fn side(j: &Judged, party: ActorId) -> String {
    let leaderships = j.account.leaderships.iter().filter(|l| l.actor == party).map(|l| leadership(j, l));
    let home = j.account.audiences.iter().filter(|h| j.n.audience(h.audience).of == party).map(|h| hearing(j, h));
    let parts: String = leaderships.chain(home).map(|part| format!("\n{part}")).collect();
    format!("{}\n{parts}", visible(&j.n.actor(party).name).to_uppercase())
}

fn leadership(j: &Judged, l: &Judgement) -> String {
    let sign = match l.breaks_after {
        Some(after) => format!("it would sign, and go back on it {}", span_after(j, after)),
        None if l.rational => "it would sign".to_owned(),
        None => "it would not sign".to_owned(),
    };
    let (utility, no_deal) = (j.points(l.utility), j.points(l.no_deal));
    let head = if j.is_now() {
        format!("Now, signed, is worth {} to the leadership; no deal, {}: {sign}.", points(utility), number(no_deal))
    } else {
        format!("The leadership gets {}, against {} without a deal: {sign}.", points(utility), number(no_deal))
    };
    wrapped(&head, "  ", "  ", WIDTH) + &lines(&j.utility(l)) + &crossed(j, Beholder::Leadership(l.actor), &l.crossed)
}

/// `in month 40 after the signature`.
fn span_after(j: &Judged, after: f64) -> String {
    if after <= 0.0 { "at once".into() } else { format!("in {} {}", j.n.per.word(), count(after.floor() as u128 + 1)) }
}

fn hearing(j: &Judged, h: &Hearing) -> String {
    let audience = j.n.audience(h.audience);
    let veto = terms::veto(j.n, j.laws, j.world, h.audience);
    let construction = if h.by_construction {
        "; by construction in the likeliest world, for this package placed its line"
    } else {
        ""
    };
    let head = format!("{}: {}; {veto}{construction}.", capital(&visible(&audience.name)), word(h.verdict));
    let mut text = wrapped(&head, "  ", "  ", WIDTH) + &wrapped(&scores(j, h), "  ", "  ", WIDTH);
    let speech = lines(&j.spoken(&h.speech)) + &lines(&j.terms(&h.gains));
    text += &format!("    Victory speech\n{}", or_nothing(&speech));
    let crossed = crossed(j, Beholder::Audience(h.audience), &h.charges.crossed);
    let overheard = j.spoken(&h.charges.overheard).into_iter();
    let overheard: Vec<AccountLine> =
        overheard.map(|l| AccountLine { text: format!("overheard: {}", l.text), ..l }).collect();
    text += &format!("    Charge sheet\n{}", or_nothing(&(crossed + &lines(&j.losses(h)) + &lines(&overheard))));
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Defeat => "a defeat",
        Verdict::Bearable => "bearable",
        Verdict::Victory => "a victory",
    }
}

fn points(x: f64) -> String {
    let text = number(x);
    if text == "1" || text == "−1" { format!("{text} point") } else { format!("{text} points") }
}

fn scores(j: &Judged, h: &Hearing) -> String {
    let has_red_lines = !j.n.audience(h.audience).red_lines.is_empty();
    let defeat = match h.defeat_line {
        Some(line) => format!("a defeat below {}", number(j.points(line))),
        None if has_red_lines => "only a red line makes a defeat".to_owned(),
        None => "it cannot call anything a defeat".to_owned(),
    };
    let victory = h.victory_line.map(|line| format!("a victory from {}", number(j.points(line))));
    let victory = victory.unwrap_or_else(|| "victory is never said".into());
    format!("{}; {defeat}; {victory}.", points(j.points(h.score)))
}

fn or_nothing(text: &str) -> String {
    if text.is_empty() { "              nothing\n".into() } else { text.to_owned() }
}

fn lines(all: &[AccountLine]) -> String {
    all.iter().map(line).collect()
}

fn line(l: &AccountLine) -> String {
    let how = l.how.as_ref().map(|how| format!(" ({})", how.replace(' ', "\u{a0}"))).unwrap_or_default();
    let start = format!("    {:>8}  ", change_of_points(l.points));
    wrapped(&format!("{}{how}", l.text), &start, &" ".repeat(14), WIDTH)
}

fn crossed(j: &Judged, of: Beholder, places: &[usize]) -> String {
    let start = format!("    {:>8}  ", "!");
    let line = |name: &String| wrapped(&format!("the red line `{name}` is crossed"), &start, &" ".repeat(14), WIDTH);
    j.crossed(of, places).iter().map(line).collect()
}

/// What the brackets after a loss mean, if there are any.
fn legend(j: &Judged) -> String {
    let mut shown = j.account.audiences.iter().filter(|h| j.shows(j.n.audience(h.audience).of));
    if shown.all(|h| j.losses(h).iter().all(|l| l.how.is_none())) {
        return String::new();
    }
    let text = "In brackets, how a loss is made: weight × value, with what modifiers make of it, × loss aversion.";
    format!("\n{}", paragraph(text))
}

fn grants(j: &Judged) -> String {
    if j.account.grants.is_empty() {
        return String::new();
    }
    let mut text = "\nWHO MUST GRANT WHAT\n\n".to_owned();
    for grant in &j.account.grants {
        let does = |grants: bool| if grants { "grants it" } else { "refuses" };
        let holders = grant.holders.iter();
        let holders = holders.map(|(who, grants)| format!("{} ({})", visible(&j.n.actor(*who).name), does(*grants)));
        let end = if grant.granted { "available" } else { "not available" };
        let term = terms::term(j.n, grant.issue, grant.option);
        text += &wrapped(&format!("{term}: {}; {end}", list(holders)), "  ", "    ", WIDTH);
    }
    text
}

fn worlds(j: &Judged) -> String {
    let (n, l) = (j.n, j.over_worlds);
    let mut text = format!("\nOVER {} WORLDS\n\n", count(l.would_do.of));
    let dropped = j.drawn - l.would_do.of;
    if dropped > 0 {
        text += &wrapped(
            &format!(
                "{} of {} worlds drawn contradict the anchors and were dropped ({})",
                count(dropped),
                count(j.drawn),
                percent(Share::of(dropped, j.drawn).share)
            ),
            "  ",
            "    ",
            WIDTH,
        );
    }
    let share = |what: &str, share: Share| wrapped(&format!("{what} in {}", full(share)), "  ", "    ", WIDTH);
    text += &share("it would do", l.would_do);
    let asked = terms::asked(n);
    text += &share(&format!("a defeat for nobody{asked} who has a veto in that world"), l.no_defeat);
    text += &share(&format!("preferred to no deal by every leadership{asked}"), l.rational);
    if n.space.issues.iter().flat_map(|k| &k.options).any(|o| !o.holders.is_empty()) {
        text += &share("granted by all who hold its terms", l.available);
    }
    if !n.audiences.is_empty() {
        let mut table = Table::new(&["defeat, %", "bearable, %", "victory, %", "says"]);
        for (audience, verdicts) in n.audiences.iter().zip(&l.verdicts).filter(|(a, _)| j.shows(a.of)) {
            let cells = verdicts.iter().map(|c| in_column(Share::of(*c, l.would_do.of)));
            table.row(cells.chain([visible(&audience.name)]).collect());
        }
        text += &format!("\n{}", table.text());
    }
    let again = format!("{}; the package again: --package {}", capital(CAVEAT), terms::as_flag(n, &l.package));
    (text + "\n" + &paragraph(&again)).replace('\u{a0}', " ")
}
