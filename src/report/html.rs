//! Pages of HTML that need nothing: one file, no script, nothing fetched, and whatever a scenario says stays text.

use sha2::{Digest, Sha256};

use crate::text::base64::encoded;
use crate::visible::visible;

/// How pages look, on a screen and on paper.
const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/paper.css"));

/// A text from outside: no character of it is markup, none moves the cursor or turns the writing.
pub fn text(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in visible(words).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{a0}' => safe.push_str("&nbsp;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Lines of text as they are set, one under the other; where they are wider than the screen, keys move them too.
pub fn set(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(text).collect();
    format!("<pre tabindex=\"0\">{}</pre>\n", lines.join("\n"))
}

/// An element around markup.
pub fn element(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>\n")
}

/// The same with a class of the style.
pub fn classed(name: &str, class: &str, inner: &str) -> String {
    format!("<{name} class=\"{class}\">{inner}</{name}>\n")
}

/// A paragraph of text from anywhere.
pub fn paragraph(words: &str) -> String {
    element("p", &text(words))
}

/// A list of markup.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: String = items.into_iter().map(|item| element("li", &item)).collect();
    if items.is_empty() { items } else { element("ul", &items) }
}

/// A table of markup under heads of text; `numbers` says which columns hold numbers. A wide one is moved by keys too.
pub fn table(heads: &[&str], numbers: &[usize], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let class = |column: usize| if numbers.contains(&column) { " class=\"number\"" } else { "" };
    let head = |(column, head): (usize, &&str)| format!("<th scope=\"col\"{}>{}</th>", class(column), text(head));
    let cell = |(column, cell): (usize, String)| format!("<td{}>{cell}</td>", class(column));
    let row = |row: Vec<String>| element("tr", &row.into_iter().enumerate().map(cell).collect::<String>());
    let body: String = rows.into_iter().map(row).collect();
    let head: String = heads.iter().enumerate().map(head).collect();
    format!(
        "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n<thead><tr>{head}</tr></thead>\n\
         <tbody>\n{body}</tbody>\n</table></div>\n"
    )
}

/// A whole page under a title, with markup in it. Its policy lets nothing run and nothing be fetched; its one style is named
/// by its hash.
pub fn page(title: &str, body: &str) -> String {
    let hash = hash(STYLE);
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        text(title)
    )
}

/// The hash by which a policy knows a style or a script.
pub fn hash(text: &str) -> String {
    encoded(&Sha256::digest(text.as_bytes()))
}

/// A picture as part of a page: without what only a file of its own has.
pub fn picture(svg: &str) -> &str {
    svg.find("<svg").map_or("", |at| &svg[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup_or_turns_the_writing() {
        let hostile = "<script>alert('x')</script> &amp; \"a\" \u{202e}b\u{0}";
        let safe = text(hostile);
        assert!(!safe.contains(['<', '>', '"', '\'', '\u{202e}', '\u{0}']));
        assert!(safe.contains("&amp;amp;") && safe.contains("&lt;script&gt;"));
    }

    #[test]
    fn a_page_has_one_style_no_script_and_a_policy_that_names_it() {
        let page = page("a < b", "<p>c</p>");
        assert_eq!(page.matches("<style>").count(), 1);
        assert!(!page.contains("<script") && !page.contains(" style=") && page.contains("<title>a &lt; b</title>"));
        let hash = hash(STYLE);
        assert!(page.contains(&format!("style-src 'sha256-{hash}'")));
    }
}
