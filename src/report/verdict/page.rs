//! The verdict as a page.

use super::super::table::Table;
use super::super::words::{
    capital, change_of_points, count, full, in_column, list, number, paragraph, visible, wrapped,
};
use super::super::{CAVEAT, WIDTH, terms};
use super::account::{Account, Judgement, Line, Signature, names, title, word};
use crate::analysis::{Leading, Share};
use crate::model::{ActorId, Negotiation};

/// The package, who is defeated by it, each side's two speeches, who must grant what, and the shares over many worlds.
#[must_use]
pub fn page(n: &Negotiation, account: &Account, over_worlds: &Leading) -> String {
    let mut text = paragraph(&visible(&n.title)) + &paragraph(&capital(&title(n, &account.package)));
    text += &format!("\n{}", answer(n, account));
    for party in n.parties() {
        text += &format!("\n{}", side(n, account, party));
    }
    let elsewhere: Vec<&Judgement> =
        account.audiences.iter().filter(|j| !n.actor(n.audience(j.audience).of).is_party()).collect();
    if !elsewhere.is_empty() {
        text += "\nELSEWHERE\n";
        elsewhere.iter().for_each(|j| text += &format!("\n{}", judgement(n, j)));
    }
    text + &grants(account) + &worlds(n, over_worlds)
}

fn answer(n: &Negotiation, account: &Account) -> String {
    let defeated = names(n, &account.defeated);
    let home = if defeated.is_empty() {
        "it is a defeat for nobody".to_owned()
    } else {
        format!("it is a defeat for {}", list(&defeated))
    };
    let refusing: Vec<ActorId> = account.leaderships.iter().filter(|s| !s.would_sign).map(|s| s.actor).collect();
    let signed = if refusing.is_empty() {
        "every leadership prefers it to no deal".to_owned()
    } else {
        format!("{} would not sign", list(&names(n, &refusing)))
    };
    let joint = if defeated.is_empty() == refusing.is_empty() { "and" } else { "but" };
    let mut text = paragraph(&format!("With every number at its likeliest, {home}, {joint} {signed}."));
    if !account.excluded_by.is_empty() {
        let rules: Vec<String> = account.excluded_by.iter().map(|id| format!("`{id}`")).collect();
        text += &paragraph(&format!("It is no settlement: the rules exclude it ({}).", list(&rules)));
    }
    text
}

fn side(n: &Negotiation, account: &Account, party: ActorId) -> String {
    let mut text = format!("{}\n", visible(&n.actor(party).name).to_uppercase());
    for signature in account.leaderships.iter().filter(|s| s.actor == party) {
        text += &format!("\n{}", leadership(signature));
    }
    for j in account.audiences.iter().filter(|j| n.audience(j.audience).of == party) {
        text += &format!("\n{}", judgement(n, j));
    }
    text
}

fn leadership(s: &Signature) -> String {
    let sign = if s.would_sign { "it would sign" } else { "it would not sign" };
    let head =
        format!("The leadership gets {}, against {} without a deal: {sign}.", points(s.utility), number(s.no_deal));
    let crossed: String = s.crossed.iter().map(|name| red_line(name)).collect();
    wrapped(&head, "  ", "  ", WIDTH) + &lines(&s.lines) + &crossed
}

fn judgement(n: &Negotiation, j: &Judgement) -> String {
    let bound = if j.veto { "with a veto" } else { "without a veto" };
    let construction = if j.by_construction { "; by construction, since this package placed its line" } else { "" };
    let name = visible(&n.audience(j.audience).name);
    let head = format!("{}: {}, {bound}{construction}.", capital(&name), word(j.verdict));
    let mut text = wrapped(&head, "  ", "  ", WIDTH) + &wrapped(&scores(j), "  ", "  ", WIDTH);
    let speech = [&j.claims, &j.gains].map(|l| lines(l)).concat();
    text += &format!("    Victory speech\n{}", or_nothing(&speech));
    let crossed: String = j.crossed.iter().map(|name| red_line(name)).collect();
    let overheard: String =
        j.overheard.iter().map(|l| line(&Line { text: format!("overheard: {}", l.text), points: l.points })).collect();
    text += &format!("    Charge sheet\n{}", or_nothing(&(crossed + &lines(&j.losses) + &overheard)));
    text
}

fn points(x: f64) -> String {
    let text = number(x);
    if text == "1" || text == "−1" { format!("{text} point") } else { format!("{text} points") }
}

fn scores(j: &Judgement) -> String {
    let defeat =
        j.defeat_line.map_or("only a red line makes a defeat".into(), |d| format!("a defeat below {}", number(d)));
    let victory = j.victory_line.map_or("victory is never said".into(), |v| format!("a victory from {}", number(v)));
    format!("{}; {defeat}; {victory}.", points(j.score))
}

fn or_nothing(text: &str) -> String {
    if text.is_empty() { "              nothing\n".into() } else { text.to_owned() }
}

fn lines(all: &[Line]) -> String {
    all.iter().map(line).collect()
}

fn line(l: &Line) -> String {
    wrapped(&l.text, &format!("    {:>8}  ", change_of_points(l.points)), &" ".repeat(14), WIDTH)
}

fn red_line(name: &str) -> String {
    wrapped(&format!("the red line `{name}` is crossed"), &format!("    {:>8}  ", "!"), &" ".repeat(14), WIDTH)
}

fn grants(account: &Account) -> String {
    if account.grants.is_empty() {
        return String::new();
    }
    let mut text = "\nWHO MUST GRANT WHAT\n\n".to_owned();
    for grant in &account.grants {
        let holders: Vec<String> = grant
            .holders
            .iter()
            .map(|(name, grants)| format!("{} ({})", visible(name), if *grants { "grants it" } else { "refuses" }))
            .collect();
        let end = if grant.available { "available" } else { "not available" };
        text += &wrapped(&format!("{}: {}; {end}", grant.term, list(&holders)), "  ", "    ", WIDTH);
    }
    text
}

fn worlds(n: &Negotiation, l: &Leading) -> String {
    let mut text = format!("\nOVER {} WORLDS\n\n", count(l.would_do.of));
    let share = |what: &str, share: Share| wrapped(&format!("{what} in {}", full(share)), "  ", "    ", WIDTH);
    text += &share("it would do", l.would_do);
    text += &share("a defeat for nobody", l.no_defeat);
    text += &share("preferred to no deal by every leadership", l.rational);
    if n.space.issues.iter().flat_map(|k| &k.options).any(|o| !o.holders.is_empty()) {
        text += &share("granted by all who hold its terms", l.available);
    }
    if !n.audiences.is_empty() {
        let mut table = Table::new(&["defeat, %", "bearable, %", "victory, %", "says"]);
        for (audience, verdicts) in n.audiences.iter().zip(&l.verdicts) {
            let cells = verdicts.iter().map(|c| in_column(Share::of(*c, l.would_do.of)));
            table.row(cells.chain([visible(&audience.name)]).collect());
        }
        text += &format!("\n{}", table.text());
    }
    let again = format!("{}; the package again: --package {}", capital(CAVEAT), terms::as_flag(n, &l.package));
    (text + "\n" + &paragraph(&again)).replace('\u{a0}', " ")
}
