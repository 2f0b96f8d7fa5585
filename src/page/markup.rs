//! Texts of this program as HTML: paragraphs, lists and tables as they stand on its pages, escaped.

use crate::report::html::{set, text};

/// What a line of a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Bullet,
    Table,
    Plain,
}

/// A page of text as HTML: heads, lists, tables as they are set, and paragraphs whose lines flow.
pub fn of_page(page: &str) -> String {
    let mut html = String::new();
    for block in page.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut run: Vec<&str> = Vec::new();
        let mut kind = None;
        for line in block.lines() {
            let is = kind_of(line, kind);
            if kind.is_some_and(|kind| kind != is) {
                html += &closed(kind, &run);
                run.clear();
            }
            kind = Some(is);
            run.push(line);
        }
        html += &closed(kind, &run);
    }
    html
}

fn kind_of(line: &str, before: Option<Kind>) -> Kind {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    if line.starts_with("- ") || (line.starts_with("  ") && before == Some(Kind::Bullet)) {
        Kind::Bullet
    } else if line.starts_with("  ") {
        Kind::Table
    } else if letters().count() > 3 && letters().all(char::is_uppercase) {
        Kind::Head
    } else {
        Kind::Plain
    }
}

fn closed(kind: Option<Kind>, lines: &[&str]) -> String {
    match kind {
        None => String::new(),
        Some(Kind::Head) => format!("<h2>{}</h2>\n", text(&sentence_case(&lines.join(" ")))),
        Some(Kind::Table) => set(&lines.join("\n")),
        Some(Kind::Plain) => format!("<p>{}</p>\n", text(&lines.join(" "))),
        Some(Kind::Bullet) => {
            let mut items: Vec<String> = Vec::new();
            for line in lines {
                match line.strip_prefix("- ") {
                    Some(first) => items.push(first.to_owned()),
                    None => items.iter_mut().last().into_iter().for_each(|item| *item += &format!(" {}", line.trim())),
                }
            }
            let items = items.iter().map(|item| format!("<li>{}</li>", text(item)));
            format!("<ul>{}</ul>\n", items.collect::<String>())
        }
    }
}

/// `WHAT IT HANGS ON` as `What it hangs on`.
fn sentence_case(head: &str) -> String {
    let mut letters = head.chars();
    letters.next().map_or(String::new(), |first| first.to_string() + &letters.as_str().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_heads_paragraphs_lists_and_tables() {
        let page = "WHAT IT IS\n\nOne line\nand its rest.\n\n- a point\n  that runs on\n- another <b>\n\n  1  a table\n  2  of two\nA word after it.\n";
        assert_eq!(
            of_page(page),
            "<h2>What it is</h2>\n<p>One line and its rest.</p>\n<ul><li>a point that runs on</li>\
             <li>another &lt;b&gt;</li></ul>\n<pre tabindex=\"0\">  1  a table\n  2  of two</pre>\n<p>A word after it.</p>\n"
        );
    }
}
