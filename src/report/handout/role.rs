//! The sheet of one party.

use itertools::Itertools as _;

use super::super::{clauses, html};
use super::{Handout, Worth, head};
use crate::model::{ActorId, AudienceId, Beholder, IssueId, OptionId, RedLine, likeliest};
use crate::text::words::{capital, change_of_points, list, number, percent, signed, visible};

/// Claims that are listed of one home at most.
const MOST_CLAIMS: usize = 12;

/// What a party may know: who it is, what it wants, who hears of it at home, and what no deal would mean.
pub fn sheet(h: &Handout, w: &Worth, party: ActorId) -> String {
    let n = h.n();
    let name = visible(&n.actor(party).name);
    let mut body = head(n, "for your eyes only");
    body += &html::element("h1", &html::text(&format!("You negotiate for {name}")));
    body += &html::paragraph(&n.question);
    body += &no_deal(w, party, &name);
    body += &html::element("h2", "What you can agree, and what each term is worth");
    body += &html::classed("p", "small", &html::text(&terms_are(w, party)));
    body += &terms(w, party);
    body += &limits(w, party);
    let home: Vec<AudienceId> = (0..n.audiences.len()).map(AudienceId).filter(|a| n.audience(*a).of == party).collect();
    body += &html::element("h2", "Those at home who must live with it");
    if home.is_empty() {
        body += "<p>Nobody at home judges what you sign.</p>\n";
    }
    body += &home.iter().map(|a| audience(w, *a)).collect::<String>();
    body += &html::element(
        "footer",
        &html::text(&format!(
            "Numbers are those of the likeliest world; points of one beholder are never compared with those of another. For what \
             a whole package comes to: winset verdict scenario.toml --side {} --package issue=option,…",
            n.actor(party).id
        )),
    );
    html::page(&format!("{name}: {}", n.title), &body)
}

fn no_deal(w: &Worth, party: ActorId, name: &str) -> String {
    let value = number(w.no_deal(party));
    let text = format!(
        "<p><strong>Without a deal</strong> things go on as they are, and {} expects what is worth <strong>{} points</strong> \
         to its leadership. Sign nothing that is worth less to you, and nothing that those at home call a defeat: they can stop it.</p>",
        html::text(name),
        html::text(&value)
    );
    html::classed("div", "box", &text)
}

fn terms_are(w: &Worth, party: ActorId) -> String {
    let homes = w.n.audiences.iter().any(|a| a.of == party);
    let home = if homes { " Beside it, what those at home feel of the term." } else { "" };
    format!(
        "In points of your leadership, everything else as it is now; ○ is how it is now, worth 0 to you.{home} Points add up, but for \
         combinations below. Where somebody else is needed, the term must be granted from outside."
    )
}

/// A row for each term: what it is worth to the leadership, in words and numbers, and to each audience at home.
fn terms(w: &Worth, party: ActorId) -> String {
    let n = w.n;
    let home: Vec<AudienceId> = (0..n.audiences.len()).map(AudienceId).filter(|a| n.audience(*a).of == party).collect();
    let names: Vec<String> = home.iter().map(|a| capital(&visible(&n.audience(*a).name))).collect();
    let heads: Vec<&str> =
        ["Issue", "Term", "To you", ""].into_iter().chain(names.iter().map(String::as_str)).collect();
    let numbers: Vec<usize> = (2..heads.len()).collect();
    let most = all(n).map(|(k, o)| w.term(Beholder::Leadership(party), k, o).abs()).fold(0.0, f64::max);
    let mut rows = Vec::new();
    for k in (0..n.space.issues.len()).map(IssueId) {
        let listed = w.listed(k);
        let issue = &n.space.issues[k.0];
        for (place, o) in listed.iter().enumerate() {
            let own = w.term(Beholder::Leadership(party), k, *o);
            let now = if issue.now == Some(*o) { "○ " } else { "" };
            let more = issue.options.len() - listed.len();
            let first = match place {
                0 => format!("<strong>{}</strong>", html::text(&issue.name)),
                1 if more > 0 => format!("<span class=\"small\">{more} more between</span>"),
                _ => String::new(),
            };
            let felt = home.iter().map(|a| html::text(&signed(w.term(Beholder::Audience(*a), k, *o), 1)));
            let held = holders(w, k, *o);
            let term = html::text(&format!("{now}{}{held}", issue.options[o.0].name));
            let own = [first, term, how(own, most).to_owned(), html::text(&signed(own, 1))];
            rows.push(own.into_iter().chain(felt).collect());
        }
    }
    html::table(&heads, &numbers, rows)
}

fn all(n: &crate::model::Negotiation) -> impl Iterator<Item = (IssueId, OptionId)> + '_ {
    let issues = n.space.issues.iter().enumerate();
    issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))))
}

/// Who must grant a term.
fn holders(w: &Worth, k: IssueId, o: OptionId) -> String {
    let names = w.n.space.issues[k.0].options[o.0].holders.iter().map(|(who, _)| visible(&w.n.actor(*who).name));
    let names = list(names.collect::<Vec<_>>());
    if names.is_empty() { names } else { format!(" (needs {names})") }
}

/// Points in words, beside the most that any term is worth. Source of the bounds: assumption.
fn how(points: f64, most: f64) -> &'static str {
    let share = if most > 0.0 { points / most } else { 0.0 };
    match share {
        s if s >= 0.6 => "very good",
        s if s >= 0.2 => "good",
        s if s > 0.0 => "a little good",
        s if s <= -0.6 => "very bad",
        s if s <= -0.2 => "bad",
        s if s < 0.0 => "a little bad",
        _ => "–",
    }
}

/// Combinations, red lines of the leadership, and what is no settlement at all.
fn limits(w: &Worth, party: ActorId) -> String {
    let (n, actor) = (w.n, w.n.actor(party));
    let links = actor.links.iter().map(|link| {
        let bonus = html::text(&change_of_points(w.world.value(link.bonus)));
        format!("{bonus} points more if {}.", html::text(&clauses::when(n, &link.clause)))
    });
    let lines = red_lines(w, &actor.red_lines, "You will not sign");
    let rules = n.space.rules.iter().map(|rule| {
        let (crate::model::Demand::Forbid(c) | crate::model::Demand::Require(c)) = &rule.demand;
        let what = match rule.demand {
            crate::model::Demand::Forbid(_) => "No settlement has",
            crate::model::Demand::Require(_) => "Every settlement has",
        };
        let when = clauses::when(n, &rule.clause);
        let when = if when.is_empty() { when } else { format!(" if {when}") };
        html::text(&format!("{what} {}{when}.", clauses::condition(n, c)))
    });
    html::list(links.chain(lines).chain(rules))
}

fn red_lines<'a>(w: &'a Worth, lines: &'a [RedLine], who: &'a str) -> impl Iterator<Item = String> + 'a {
    lines.iter().map(move |line| {
        html::text(&format!("Red line: {who} {} ({}).", visible(&line.name), clauses::when(w.n, &line.clause)))
    })
}

/// An audience: whether it can stop a deal, when, what it wants most and fears most, and what it can be told.
fn audience(w: &Worth, a: AudienceId) -> String {
    let (n, audience) = (w.n, w.n.audience(a));
    let name = capital(&visible(&audience.name));
    let chance = likeliest(&n.laws(None, &n.default_variants()), audience.veto);
    let veto = match chance {
        c if c >= 1.0 => "it can stop what you sign".to_owned(),
        c if c <= 0.0 => "it cannot stop what you sign, but it will speak".to_owned(),
        c => format!("it can stop what you sign, with a chance of {}", percent(c)),
    };
    let line = match w.defeat_line(a) {
        Some(line) => format!("a defeat is what comes to less than {} points in its eyes", number(line)),
        None if audience.red_lines.is_empty() => "it calls nothing a defeat".to_owned(),
        None => "only a red line makes a defeat".to_owned(),
    };
    let mut text = html::element("h3", &html::text(&name));
    text += &html::paragraph(&format!("{}; {line}.", capital(&veto)));
    text += &html::list(red_lines(w, &audience.red_lines, "it will not bear"));
    text + &claims(w, a)
}

/// What it can be told, the strongest first.
fn claims(w: &Worth, a: AudienceId) -> String {
    let heard = w.n.claims.iter().filter(|claim| claim.heard_by.contains(&a)).map(|claim| (claim, w.claim(claim, a)));
    let heard = heard.filter(|(_, points)| *points > 0.0).sorted_by(|x, y| y.1.total_cmp(&x.1)).collect_vec();
    let line = |(claim, points): &(&crate::model::Claim, f64)| {
        let when = clauses::when(w.n, &claim.clause);
        let when = if when.is_empty() { "always".to_owned() } else { format!("if {when}") };
        html::text(&format!("“{}” ({}; up to {})", claim.says, when, change_of_points(*points)))
    };
    let more = heard.len().saturating_sub(MOST_CLAIMS);
    let more = (more > 0).then(|| format!("and {more} more that count for less."));
    let lines = html::list(heard.iter().take(MOST_CLAIMS).map(line).chain(more));
    if lines.is_empty() {
        return lines;
    }
    html::classed("p", "small", "What you can tell it, of each aim the best counts:") + &lines
}
