//! The form on which a pair writes what it bets and what it agreed.

use super::super::html;
use super::head;
use crate::model::{IssueId, Negotiation};
use crate::text::words::visible;

/// Options of one issue that are ticked; where there are more, the value is written.
const MOST_TICKED: usize = 12;

/// Bets before, terms to tick, and room for the code.
pub fn sheet(n: &Negotiation) -> String {
    let mut body = head(n, "one for each pair");
    body += "<h1>What you bet, and what you agreed</h1>\n<h2>Before you begin, each pair together</h2>\n";
    body += "<p>How likely is it, in per cent, in steps of five?</p>\n<ul>\n";
    for question in [
        "There is a deal that no home need call a defeat:",
        "One same package would do, however things really are:",
        "Talks between the two sides reach such a deal:",
    ] {
        body += &format!("<li>{} <span class=\"field\">&nbsp;</span> %</li>\n", html::text(question));
    }
    body += "</ul>\n<h2>What you agreed: one tick in each line</h2>\n";
    body += &html::classed("p", "small", "○ is how it is now. Leave a line empty for that.");
    body += &html::table(&["Issue", "Terms"], &[], (0..n.space.issues.len()).map(|k| row(n, IssueId(k))));
    body += "<p><strong>☐ No deal.</strong> Round in which it ended: <span class=\"field\">&nbsp;</span></p>\n";
    body += "<h2>Your code</h2>\n";
    let group = format!("{}<b></b>", "<i></i>".repeat(5));
    body += &format!("<p class=\"cells\">{}</p>\n", group.repeat(4));
    body += &html::classed(
        "p",
        "small",
        "Twenty letters and digits: there is no letter U; O is written as 0, I and L as 1. Keep the last five: by them you find \
         your dot. No name is asked for.",
    );
    body += &html::classed(
        "p",
        "small",
        &html::text("winset class --enter scenario.toml --package issue=option,… --bets P,P,P"),
    );
    html::page(&format!("Outcome form: {}", n.title), &body)
}

fn row(n: &Negotiation, k: IssueId) -> Vec<String> {
    let issue = &n.space.issues[k.0];
    let name = format!(
        "<strong>{}</strong><br><span class=\"small\">{}</span>",
        html::text(&issue.name),
        html::text(&issue.id)
    );
    if issue.options.len() > MOST_TICKED {
        let [first, last] = [0, issue.options.len() - 1].map(|o| visible(&issue.options[o].name));
        let field = "<span class=\"field\">&nbsp;</span>";
        return vec![
            name,
            format!("{} <span class=\"small\">from {} to {}</span>", field, html::text(&first), html::text(&last)),
        ];
    }
    let option = |(o, option): (usize, &crate::model::IssueOption)| {
        let now = if issue.now == Some(crate::model::OptionId(o)) { " ○" } else { "" };
        let id = html::text(&option.id);
        format!("☐&nbsp;{}{now} <span class=\"small\">{id}</span>", html::text(&option.name))
    };
    let options: Vec<String> = issue.options.iter().enumerate().map(option).collect();
    vec![name, options.join(" &ensp; ")]
}
