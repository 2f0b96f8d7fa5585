//! Markdown of lessons as HTML: nothing of it is markup of its own, nothing is fetched, nothing carries a style.

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd, html};

use crate::report::html::text;

/// The HTML of Markdown with tables. Raw HTML is shown as text; links and pictures are their words.
pub fn of_markdown(words: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(words, Options::ENABLE_TABLES).filter_map(tame));
    out
}

fn tame(event: Event) -> Option<Event> {
    let lines = |words: &str| words.split('\n').map(text).collect::<Vec<_>>().join("\n");
    match event {
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
        | Event::End(TagEnd::Link | TagEnd::Image | TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))),
        Event::Start(Tag::CodeBlock(_)) => Some(Event::InlineHtml("<pre><code>".into())),
        Event::End(TagEnd::CodeBlock) => Some(Event::InlineHtml("</code></pre>\n".into())),
        Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
            Some(Event::InlineHtml(lines(&words).into()))
        }
        Event::Code(words) => Some(Event::InlineHtml(format!("<code>{}</code>", text(&words)).into())),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_becomes_words_and_never_markup_of_its_own() {
        let html = of_markdown(
            "## A head\n\nSome *words*, `a < b`, <b onclick=x>c</b> and [a link](javascript:x).\n\n\
             <script>alert(1)</script>\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```html\n<img src=x>\n  two\n```\n\n![p](http://x/y.png)\n\u{202e}",
        );
        for kept in [
            "<h2>A head</h2>",
            "<em>words</em>",
            "<code>a &lt; b</code>",
            "<td>2</td>",
            "<pre><code>&lt;img src=x&gt;\n  two\n</code></pre>",
        ] {
            assert!(html.contains(kept), "{kept}: {html}");
        }
        for gone in ["<b", "<script", "<img", "<a ", "javascript", "style=", "http", "\u{202e}"] {
            assert!(!html.contains(gone), "{gone}: {html}");
        }
    }
}
